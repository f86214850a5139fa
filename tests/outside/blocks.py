"""Runs the Python of pages as blocks.mjs does, in CPython, and prints the same JSON: what each code printed."""

import contextlib
import io
import json
import logging
import os
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


def main() -> None:
    """Run each page in a folder of its own."""
    task = json.load(sys.stdin)
    shown = []
    path, modules, folder = [*sys.path], {*sys.modules}, Path.cwd()
    for page in task["pages"]:
        with TemporaryDirectory() as own:
            os.chdir(own)
            Path("docs").symlink_to(Path(task["checkout"], "docs"))
            sys.path[:] = [own, *path]
            names: dict[str, object] = {"__name__": "__main__"}
            results = [_run(step, names) for step in page["steps"]]
            shown.append({"page": page["page"], "results": [each for each in results if each]})
            os.chdir(folder)
            for name in {*sys.modules} - modules:
                if str(getattr(sys.modules[name], "__file__", None)).startswith(own):
                    del sys.modules[name]
            logging.root.handlers.clear()
    print(json.dumps(shown))  # noqa: T201 - for the test


def _run(step: dict[str, Any], names: dict[str, object]) -> dict[str, str | None] | None:
    if "path" in step:
        Path(step["path"]).parent.mkdir(parents=True, exist_ok=True)
        Path(step["path"]).write_text(step["text"], encoding="utf-8")
        return None
    if step["exempt"]:
        return {"printed": "", "error": None}
    error = None
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(step["code"], "page", "exec", dont_inherit=True), names)  # noqa: S102 - the page is ours
        except Exception:  # noqa: BLE001 - the test shows it
            error = traceback.format_exc()
    return {"printed": out.getvalue(), "error": error}


if __name__ == "__main__":
    main()
