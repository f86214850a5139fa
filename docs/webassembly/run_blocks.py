"""Marks the Python blocks of the docs for docs/_static/run.js, and copies into the site what runs them.

docs/conf.py loads this extension of Sphinx if ``WTISD_MODEL_WEBASSEMBLY`` names the folder that fetch.py made.
"""

import os
import re
import shutil
import tomllib
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes  # type: ignore[import-untyped] # it has no types of its own
from sphinx.application import Sphinx

_FILE = re.compile(r"<!-- file: ([\w./-]+) -->")


def exemptions() -> dict[str, dict[str, str]]:
    """Return the reasons why blocks do not run, by the path of their page and one of their lines."""
    found: dict[str, dict[str, str]] = {}
    text = Path(__file__).with_name("exempt.toml").read_text(encoding="utf-8")
    for reason, pages in tomllib.loads(text).items():
        for page, lines in pages.items():
            found.setdefault(page, {}).update(dict.fromkeys(lines, reason))
    return found


def mark_blocks(app: Sphinx, doctree: Any) -> None:
    """Put each block that runs, and each that is written to a file, into a box that says so."""
    exempt = exemptions().get(f"docs/{app.env.docname}.md", {})
    for block in [*doctree.findall(nodes.literal_block)]:
        above = block.previous_sibling()
        file = _FILE.fullmatch(above.astext().strip()) if isinstance(above, nodes.raw) else None
        reason = next((exempt[line] for line in block.astext().splitlines() if line in exempt), None)
        end = "</div>"
        if file:
            start = f'<div data-file="{escape(file[1])}">'
        elif block.get("language") != "python":
            continue
        elif reason:
            start, end = "<div>", f'<p class="run-reason">This does not run here: {escape(reason)}</p></div>'
        else:
            start = '<div data-run="">'
        parts = [nodes.raw("", start, format="html"), block.deepcopy(), nodes.raw("", end, format="html")]
        block.parent.replace(block, parts)


def add_script(app: Sphinx, _page: str, _template: str, _context: object, doctree: Any) -> None:
    """Let a page that has such blocks load the script."""
    if doctree is not None and any("data-run" in each.astext() for each in doctree.findall(nodes.raw)):
        app.add_css_file("run.css")
        app.add_js_file("run.js", loading_method="defer")


def copy_folder(app: Sphinx, exception: Exception | None) -> None:
    """Copy what fetch.py made."""
    if exception is None and app.builder.format == "html":
        shutil.copytree(os.environ["WTISD_MODEL_WEBASSEMBLY"], Path(app.outdir, "webassembly"), dirs_exist_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the functions above."""
    app.connect("doctree-read", mark_blocks)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_folder)
    return {"parallel_read_safe": True}
