"""How Sphinx builds the docs: ``sphinx-build -W -b html docs docs/_build``."""

import builtins
import importlib
import importlib.metadata
import os
import re
import shutil
import sys
import zlib
from pathlib import Path
from typing import Any

from django.conf import settings
from docutils import nodes  # type: ignore[import-untyped] # it has no types of its own
from pygments.lexers.special import TextLexer
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.ext.autodoc._dynamic import _loader
from sphinx.util import logging as sphinx_logging
from sphinx.util.typing import get_type_hints

import wtisd_model

# Django REST framework asks for them when it is imported.
settings.configure()

project = "wtisd_model"
author = "the wtisd_model authors"
project_copyright = f"2026, {author}"
version = release = wtisd_model.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
]
# Where this names the folder that docs/webassembly/fetch.py made, the blocks of Python have "Run".
if os.environ.get("WTISD_MODEL_WEBASSEMBLY"):
    sys.path.append(str(Path(__file__).with_name("webassembly")))
    extensions.append("run_blocks")
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "inventories", "webassembly"]
templates_path = ["_templates"]
html_theme = "furo"
html_static_path = ["_static", "gallery"]
html_css_files = ["custom.css"]
html_js_files = [("site.js", {"defer": "defer"})]
SIDEBAR = ("brand", "versions", "search", "scroll-start", "navigation", "scroll-end")
# The tree of pages would be a fifth of a page of source code.
html_sidebars = {
    "[!_]**": [f"sidebar/{part}.html" for part in SIDEBAR],
    "_**": [f"sidebar/{part}.html" for part in SIDEBAR if part != "navigation"],
}
html_search_scorer = str(Path(__file__).with_name("search_scorer.js"))
html_title = f"wtisd_model {version}"
# Where all versions are, as pyproject.toml has it.
project_urls = dict(each.split(", ") for each in importlib.metadata.metadata(project).get_all("Project-URL", ()))
html_context = {"all_versions": project_urls["Documentation"]}
html_copy_source = False
# Messages are quoted as they print.
smartquotes = False

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

# What people type: no output, no prompts, and of a console no answers.
copybutton_selector = ", ".join(
    f"div.highlight-{name} pre" for name in ("console", "javascript", "python", "sh", "toml")
)
copybutton_prompt_text = "$ "
copybutton_line_continuation_character = "\\"

# The projects whose names the reference links to; tests/docs/inventories.py says where the inventories are from.
PROJECTS = {
    "attrs": "https://www.attrs.org/en/stable",
    "pendulum": "https://pendulum.eustace.io/docs/",
    "Python": "https://docs.python.org/3",
}
INVENTORIES = {each: Path(__file__).with_name("inventories") / f"{each.lower()}.txt" for each in PROJECTS}
LINKED = {line.split()[0] for each in INVENTORIES.values() for line in each.read_text(encoding="utf-8").splitlines()}

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
python_display_short_literal_types = True
add_module_names = False
toc_object_entries_show_parents = "hide"
autodoc_default_options = {"members": True, "exclude-members": "INVARIANTS, json_form"}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_custom_sections = ["Source"]


def plain_type_hints(*arguments: Any, **settings: Any) -> dict[str, Any]:
    """Read the types of attributes without their bounds, which are in the table of fields and would hide the type."""
    return get_type_hints(*arguments, **{**settings, "include_extras": False})


# Sphinx has no setting for this, so its loader is given another reader of types.
_loader.get_type_hints = plain_type_hints  # type: ignore[attr-defined] # imported there, not defined

# Words that people look for, each with the one page, or section of a page, that is their first result.
search_words = {
    "changelog": ("release notes",),
    "errors": ("errors", "error codes"),
    "examples/desk/README": ("container", "deploy"),
    "faq#how-do-participants-get-the-zoom-link": ("Zoom", "Zoom link", "meeting link"),
    "faq#is-there-a-docker-image": ("Docker",),
    "faq#what-about-tickets-and-payment": ("payment", "tickets"),
    "how-to/arrow": ("Arrow",),
    "how-to/arrow#duckdb": ("DuckDB",),
    "how-to/arrow#pyspark": ("Spark",),
    "how-to/build-a-conference": ("conference", "getting started"),
    "how-to/build-a-conference#a-full-workshop-and-a-double-click": ("overbooking", "full workshop", "double click"),
    "how-to/build-a-conference#confirm-by-mail": ("confirmation", "confirmation mail"),
    "how-to/databases": ("PostgreSQL", "postgres", "SQLite"),
    "how-to/databases#who-gets-the-last-seat": ("concurrency", "duplicate", "idempotency"),
    "how-to/django": ("Django",),
    "how-to/fastapi": ("FastAPI",),
    "how-to/json-schema": ("TypeScript",),
    "how-to/languages": ("languages", "German", "Portuguese", "translation"),
    "how-to/mail#how-mail-programs-treat-it": ("Outlook",),
    "how-to/notebooks": ("Jupyter",),
    "how-to/own-rule": ("rule", "own rule", "custom rule", "rule of one's own"),
    "how-to/personal-data": ("GDPR",),
    "how-to/publish-a-page": ("programme web page", "multilingual site", "print", "PDF", "brand colour", "hreflang"),
    "how-to/questions": ("custom field", "custom fields"),
    "how-to/schedule-json": ("XML",),
    "how-to/seats": ("capacity", "hybrid", "waitlist", "waiting list"),
    "how-to/series": ("recurring",),
    "how-to/zones-and-clocks": ("timezone", "DST", "daylight saving"),
    "playground": ("playground", "online", "demo", "sandbox", "without installing"),
    "promises": ("version", "supported versions", "deprecation"),
    "reference/python/events": ("Event",),
    "reference/python/pledges": ("Pledge",),
    "reference/python/registrations": ("Registration",),
    "reference/python/sessions": ("Session",),
}

# The modules whose `__all__` is promised.
PROMISED = (
    "wtisd_model",
    "wtisd_model.integrations.arrow",
    "wtisd_model.pictures",
    "wtisd_model.planning",
    "wtisd_model.strategies",
)

# What napoleon takes for "type: description" where the docstring of an attribute has a colon in it.
_ATTRIBUTES = frozenset({"attribute", "data", "property"})
_as_written: dict[str, list[str]] = {}


def keep_attribute(_app: Sphinx, what: str, name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """Set the docstring of an attribute aside, before napoleon reads it."""
    if what in _ATTRIBUTES:
        _as_written[name] = list(lines)


def restore_attribute(_app: Sphinx, what: str, name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """Restore the docstring that an attribute was written with."""
    if what in _ATTRIBUTES:
        lines[:] = _as_written.pop(name)


def readable_defaults(
    _app: Sphinx, _what: str, _name: str, _obj: object, _options: object, signature: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    """Write an empty object of JSON as a dict: its `repr` is no Python, so that Sphinx would show the whole as text."""
    return (None if signature is None else signature.replace("JsonObject(0 members)", "{}"), returns)


def link_builtins(_app: Sphinx, doctree: Any) -> None:
    """Link `bytes` in signatures to Python's; Sphinx would find the field of `Limits` by its class or by its end."""
    for reference in doctree.findall(addnodes.pending_xref):
        if reference["refdomain"] == "py" and hasattr(builtins, reference["reftarget"]):
            for name in ("py:class", "py:module", "refspecific"):
                reference.attributes.pop(name, None)


def open_gallery(app: Sphinx, doctree: Any) -> None:
    """Let links to web pages of the gallery open them; Sphinx would offer them as downloads."""
    up = "../" * app.env.docname.count("/")
    for link in [*doctree.findall(addnodes.download_reference)]:
        _, inside, path = link["reftarget"].partition("gallery/")
        if inside and path.endswith(".html"):
            link.replace_self(nodes.reference("", "", *link.children, refuri=f"{up}_static/{path}", internal=True))


def write_inventories(app: Sphinx, config: Config) -> None:
    """Write the inventories that intersphinx reads, which would fetch them otherwise."""
    for name, address in PROJECTS.items():
        header = f"# Sphinx inventory version 2\n# Project: {name}\n# Version: \n# zlib\n"
        inventory = Path(app.doctreedir, f"{name}.inv")
        inventory.parent.mkdir(parents=True, exist_ok=True)
        inventory.write_bytes(header.encode() + zlib.compress(INVENTORIES[name].read_bytes()))
        config.intersphinx_mapping[name] = (address, str(inventory))


def report_unlinked(_app: Sphinx, _environment: BuildEnvironment, reference: Any, _shown: object) -> None:
    """Warn of each name of Python, attrs or pendulum that no inventory has; ``-W`` makes that an error."""
    name = reference["reftarget"]
    module, dot, _ = name.partition(".")
    known = module in PROJECTS or module in sys.stdlib_module_names if dot else hasattr(builtins, name)
    # A link would tell nobody what None is.
    if reference["refdomain"] == "py" and known and name not in LINKED | {"None"}:
        message = "%s is not in docs/inventories; tests/docs/inventories.py adds it"
        sphinx_logging.getLogger(__name__).warning(message, name, location=reference)


def add_search_words(app: Sphinx, doctree: Any) -> None:
    """Make a page or a section the first result for each of its search words, and the section of a code for the code.

    They are main entries of the index. Those of a page have no place in it: with one, as the directive has it, the
    search looks there for an excerpt, finds none, and shows the page twice.
    """
    page = app.env.docname
    sections = {place for section in doctree.findall(nodes.section) for place in section["ids"]}
    places = [(code, code) for code in sections] if page.startswith("errors/") else []
    for target, words in app.config.search_words.items():
        inside, _, place = target.partition("#")
        if inside == page:
            places += [(word, place) for word in words]
            if place not in {"", *sections}:
                sphinx_logging.getLogger(__name__).warning("search_words has %s, which is no section", target)
    doctree.append(addnodes.index(entries=[("single", word, place, "main", None) for word, place in sorted(places)]))


def require_public_names(_app: Sphinx, environment: BuildEnvironment) -> None:
    """Warn of each public name that the reference does not describe; ``-W`` makes that an error."""
    described = {name for name, *_ in environment.get_domain("py").get_objects()}
    for module in PROMISED:
        for name in importlib.import_module(module).__all__:
            if f"{module}.{name}" not in described:
                sphinx_logging.getLogger(__name__).warning("%s.%s is public and not in the reference", module, name)


def write_llms_txt(app: Sphinx, exception: Exception | None) -> None:
    """Write ``llms.txt`` (llmstxt.org): the pages in the order of the sidebar, each with its first sentence."""
    if exception is not None or app.builder.format != "html":
        return
    index = app.env.get_doctree("index")
    lines = [f"# {project}", "", f"> {first_sentence(index)}"]
    for group in index.findall(addnodes.toctree):
        lines += ["", f"## {group['caption']}", ""]
        for entry in group["includefiles"]:
            for page in (entry, *app.env.toctree_includes.get(entry, ())):
                title, about = app.env.titles[page].astext(), first_sentence(app.env.get_doctree(page))
                lines.append(f"- [{title}]({page}.html): {about}")
    Path(app.outdir, "llms.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


def copy_playground(app: Sphinx, exception: Exception | None) -> None:
    """Copy the playground, which is a page of its own; without ``WTISD_MODEL_WEBASSEMBLY`` it says what is missing."""
    if exception is None and app.builder.format == "html":
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(
            Path(__file__).with_name("playground"), Path(app.outdir, "playground"), ignore=ignored, dirs_exist_ok=True
        )


def first_sentence(page: Any) -> str:
    """Return the first sentence of a page."""
    text: str = next(page.findall(nodes.paragraph)).astext().replace("\n", " ")
    return re.split(r"(?<=[.?])\s", text, maxsplit=1)[0].rstrip(":")


def setup(app: Sphinx) -> None:
    """Connect the functions above; napoleon runs at Sphinx's default priority, 500."""
    app.connect("autodoc-process-docstring", keep_attribute, priority=400)
    app.connect("autodoc-process-docstring", restore_attribute, priority=600)
    # Pygments has no reader of iCalendar, and a page that shows a few lines of it is right to say so.
    app.add_lexer("ics", TextLexer)
    app.add_config_value("search_words", {}, "env")
    app.connect("doctree-read", add_search_words)
    app.connect("autodoc-process-signature", readable_defaults)
    app.connect("doctree-read", link_builtins)
    app.connect("doctree-read", open_gallery)
    app.connect("config-inited", write_inventories, priority=100)
    app.connect("missing-reference", report_unlinked)
    app.connect("env-check-consistency", require_public_names)
    app.connect("build-finished", write_llms_txt)
    app.connect("build-finished", copy_playground)
