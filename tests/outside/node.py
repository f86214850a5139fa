"""Runs scripts with node and the npm packages that the session `outside` of noxfile.py installs."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def node(script: str, data: bytes) -> str:
    """Run a script of this folder, and return what it prints."""
    return run_node(HERE / script, data)


def node_modules() -> Path:
    """Return the folder of the npm packages; fail without one, so that the tests are not skipped."""
    folder = os.environ.get("NODE_PATH")
    assert folder, "NODE_PATH names no folder with ajv and ical.js; nox -s outside makes one"
    return Path(folder)


def run_node(script: Path, data: bytes, *arguments: str | Path) -> str:
    """Run a script with the packages of NODE_PATH; fail without Node, so that the tests are not skipped."""
    program = shutil.which("node")
    assert program, "node is missing"
    assert node_modules().is_dir()
    result = subprocess.run(  # noqa: S603 - our own script, or that of a package
        [program, str(script), *map(str, arguments)], input=data, capture_output=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stdout.decode() + result.stderr.decode()
    return result.stdout.decode()


def step(action: str, label: str = "", value: str = "", path: str = "") -> dict[str, str]:
    """Return a step of `browse`; browser.mjs has the actions."""
    return {"action": action, "label": label, "value": value, "path": path}


def browse(address: str, *steps: dict[str, str]) -> list[Any]:
    """Do some steps in a browser, and return the results of those that look at something."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing"
    task = {"chromium": chromium, "address": address, "steps": steps}
    shown: list[Any] = json.loads(node("browser.mjs", json.dumps(task).encode()))
    return shown
