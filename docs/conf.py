"""How Sphinx builds the docs: ``sphinx-build -W -b html docs docs/_build``."""

import importlib
from typing import Any

from django.conf import settings
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
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

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"wtisd_model {version}"
html_copy_source = False
# Messages are quoted as they print.
smartquotes = False

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_class_signature = "mixed"
autodoc_default_options = {"members": True, "exclude-members": "INVARIANTS, json_form"}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_custom_sections = ["Source"]


def plain_type_hints(*arguments: Any, **settings: Any) -> dict[str, Any]:
    """Read the types of attributes without their bounds, which are in the table of fields and would hide the type."""
    return get_type_hints(*arguments, **{**settings, "include_extras": False})


# Sphinx has no setting for this, so its loader is given another reader of types.
_loader.get_type_hints = plain_type_hints  # type: ignore[attr-defined] # imported there, not defined

# The modules whose `__all__` is promised.
PROMISED = ("wtisd_model", "wtisd_model.integrations.arrow", "wtisd_model.planning", "wtisd_model.strategies")

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


def require_public_names(_app: Sphinx, environment: BuildEnvironment) -> None:
    """Warn of each public name that the reference does not describe; ``-W`` makes that an error."""
    described = {name for name, *_ in environment.get_domain("py").get_objects()}
    for module in PROMISED:
        for name in importlib.import_module(module).__all__:
            if f"{module}.{name}" not in described:
                sphinx_logging.getLogger(__name__).warning("%s.%s is public and not in the reference", module, name)


def setup(app: Sphinx) -> None:
    """Connect what is said above; napoleon runs at Sphinx's default priority, 500."""
    app.connect("autodoc-process-docstring", keep_attribute, priority=400)
    app.connect("autodoc-process-docstring", restore_attribute, priority=600)
    # Pygments has no reader of iCalendar, and a page that shows a few lines of it is right to say so.
    app.add_lexer("ics", TextLexer)
    app.connect("env-check-consistency", require_public_names)
