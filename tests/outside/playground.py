"""Serves the playground with its Python, and uses it in headless Chromium."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.outside.node import node
from tests.outside.servers import serving

DOCS = Path(__file__).parents[2] / "docs"
# HTTP has one for each of the files that the page loads, and modules and WebAssembly need theirs.
TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}


def webassembly() -> Path:
    """Return the folder that docs/webassembly/fetch.py made; fail without one, so that the tests are not skipped."""
    folder = os.environ.get("WTISD_MODEL_WEBASSEMBLY")
    assert folder, "WTISD_MODEL_WEBASSEMBLY names no folder of docs/webassembly/fetch.py; nox -s outside makes one"
    return Path(folder)


@contextmanager
def served(*, with_python: bool = True) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Serve the page, and yield its address and the content of each file that was sent."""
    folders = {"playground": DOCS / "playground"} | ({"webassembly": webassembly()} if with_python else {})
    sent: dict[str, bytes] = {}

    def respond(path: str, _posted: bytes | None) -> tuple[int, str, bytes]:
        folder, _, name = path.partition("?")[0].lstrip("/").partition("/")
        file = folders.get(folder, DOCS / "none") / (name or "index.html")
        if not file.is_file():
            return 404, "text/plain", b""
        content = file.read_bytes()
        sent[f"{folder}/{name}"] = content
        return 200, TYPES.get(file.suffix, "application/octet-stream"), content

    with serving(respond) as address:
        yield f"{address}playground/", sent


def seen(scenario: str, *flags: str, folder: Path | None = None, with_python: bool = True) -> Any:
    """Return what a scenario of playground.mjs saw."""
    with served(with_python=with_python) as (address, _):
        return run(scenario, address, *flags, folder=folder)


def run(scenario: str, address: str, *flags: str, folder: Path | None = None) -> Any:
    """Run a scenario of playground.mjs at an address."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing"
    task = {"chromium": chromium, "address": address, "scenario": scenario, "flags": flags}
    return json.loads(node("playground.mjs", json.dumps({**task, "folder": folder and str(folder)}).encode()))
