"""The Python blocks of the docs run in WebAssembly, and print there what CPython prints."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import wtisd_model as wm
from tests.gates.code_blocks import blocks
from tests.gates.typed_blocks import CHECKOUT, PAGES
from tests.outside.node import node, run_node
from tests.outside.servers import serving

pytestmark = pytest.mark.outside

HERE = Path(__file__).parent
EXEMPT: dict[str, dict[str, list[str]]] = tomllib.loads(
    (CHECKOUT / "docs" / "webassembly" / "exempt.toml").read_text(encoding="utf-8")
)
"""Reason, page and a line of each block."""


def site(name: str) -> Path:
    """Return a folder that docs/webassembly/fetch.py made; fail without one, so that the tests are not skipped."""
    folder = os.environ.get(name)
    assert folder, f"{name} names no folder of docs/webassembly/fetch.py; nox -s outside makes one"
    return Path(folder)


def steps(page: Path) -> list[dict[str, Any]]:
    """Return the files that a page writes and the code that it runs, in order."""
    return [
        {"path": block.file, "text": block.text}
        if block.file is not None
        else {"code": block.text, "line": block.line, "exempt": exempt(page, block.text)}
        for block in blocks(page.read_text(encoding="utf-8"))
        if block.file is not None or block.language == "python"
    ]


def exempt(page: Path, code: str) -> list[str]:
    """Return the lines for which a block is exempt."""
    name = page.relative_to(CHECKOUT).as_posix()
    lines = code.splitlines()
    return [line for pages in EXEMPT.values() for line in pages.get(name, ()) if line in lines]


@pytest.fixture(scope="module")
def both() -> tuple[list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]], dict[str, str]]:
    """Return each block with its page and what it does in WebAssembly and in CPython, and the modules unused."""
    pages = [{"page": page.relative_to(CHECKOUT).as_posix(), "steps": steps(page)} for page in PAGES]
    pages = [page for page in pages if any("code" in step for step in page["steps"])]
    task = {"site": str(site("WTISD_MODEL_WEBASSEMBLY")), "checkout": str(CHECKOUT), "pages": pages}
    data = json.dumps(task).encode()
    # Hypothesis draws the same examples each time, however slow a machine is, where CI is set: worker.js sets it too.
    here = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(HERE / "blocks.py")],
        input=data,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
        env={**os.environ, "CI": "true"},
    )
    there = json.loads(run_node(HERE / "blocks.mjs", data))
    blocks_of_pages = [
        (page["page"], step, *results)
        for page, *results_of_page in zip(pages, there["shown"], json.loads(here.stdout), strict=True)
        for step, *results in zip(
            [step for step in page["steps"] if "code" in step],
            *(each["results"] for each in results_of_page),
            strict=True,
        )
    ]
    return blocks_of_pages, there["unused"]


@pytest.fixture
def tried(both: Any) -> Any:
    """Return the blocks alone."""
    return both[0]


class TestBlocks:
    def test_webassembly_prints_what_cpython_prints(self, tried: Any) -> None:
        wrong = [
            f"{page}:{step['line'] + 1}\n{there['error'] or there['printed']}\n{here['error'] or here['printed']}"
            for page, step, there, here in tried
            if not step["exempt"] and (there["error"] or here["error"] or there["printed"] != here["printed"])
        ]
        assert wrong == [], "\n".join(wrong)

    def test_what_is_exempt_does_not_run(self, tried: Any) -> None:
        runs = [f"{page}:{step['line'] + 1}" for page, step, there, _ in tried if step["exempt"] and not there["error"]]
        assert runs == []

    def test_at_most_forty_are_exempt_and_each_is_a_block(self, tried: Any) -> None:
        found = [line for _, step, _, _ in tried for line in step["exempt"]]
        assert sorted(found) == sorted(chain(*(lines for pages in EXEMPT.values() for lines in pages.values())))
        assert len(found) <= 40
        assert len(tried) > 300

    def test_no_wheel_is_fetched_that_no_block_imports(self, both: Any) -> None:
        manifest = json.loads((site("WTISD_MODEL_WEBASSEMBLY") / "manifest.json").read_text(encoding="utf-8"))
        imported = {wheel for module, wheel in manifest["modules"].items() if module not in both[1]}
        assert sorted({*manifest["docs"]} - imported) == []


def route(name: str, *, lazy: bool = False) -> dict[str, str]:
    """Return what each part of route.py shows in WebAssembly, by its name."""
    code = (HERE / "route.py").read_text(encoding="utf-8")
    first = {"code": "import sys\nsys.set_lazy_imports('all')\n" if lazy else "", "line": 0}
    task = {"site": str(site(name)), "pages": [{"page": "route.py", "steps": [first, {"code": code, "line": 0}]}]}
    [page] = json.loads(run_node(HERE / "blocks.mjs", json.dumps(task).encode()))["shown"]
    assert [each["error"] for each in page["results"]] == [None, None]
    return parts(page["results"][1]["printed"])


def parts(printed: str) -> dict[str, str]:
    """Return what route.py printed, by the names of its parts."""
    return dict(line.split(" ", 1) for line in printed.splitlines())


@pytest.fixture(scope="module")
def here() -> dict[str, str]:
    """Return what each part of route.py shows in this Python."""
    command = [sys.executable, str(HERE / "route.py")]
    printed = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", timeout=60, check=True).stdout  # noqa: S603 - our own script
    return parts(printed)


class TestVersions:
    def test_all_works_on_314(self, here: dict[str, str]) -> None:
        assert route("WTISD_MODEL_WEBASSEMBLY") == here

    # PEP 810: what is imported lazily is not registered before it is used.
    @pytest.mark.parametrize("lazy", [False, True])
    def test_all_works_on_315_but_what_waits_for_msgspec(self, here: dict[str, str], lazy: bool) -> None:
        name = "WTISD_MODEL_WEBASSEMBLY_NEXT"
        wheels = json.loads((site(name) / "manifest.json").read_text(encoding="utf-8"))["core"]
        waits = () if any(each.startswith("msgspec-") for each in wheels) else WAIT_FOR_MSGSPEC
        assert route(name, lazy=lazy) == here | dict.fromkeys(waits, "needs msgspec")


WAIT_FOR_MSGSPEC = ("findings", "payloads", "json", "calendar", "page")
"""What does not work on 3.15 as long as the index has no wheel of msgspec for it in WebAssembly."""

PAGE = """
# Tables

Some blocks.

<!-- file: own/answer.py -->
```python
ANSWER = 42
```

```python
from pathlib import Path

from own.answer import ANSWER

import wtisd_model as wm
```

```python
import pyarrow as pa
```

```python
print(ANSWER, wm.wtisd_23().uid)
Path("answer.txt").write_text("42\\n")
```

```python
print(wm.EventStatus("none"))
```

```python
print("never")
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what builds a page "with" and "without" what runs it."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "how-to").mkdir()
    (folder / "how-to" / "tables.md").write_text(PAGE, encoding="utf-8")
    (folder / "index.md").write_text(
        "# Docs\n\nThis is all.\n\n```{toctree}\n:caption: Pages\n\nhow-to/tables\n```\n", encoding="utf-8"
    )
    name = "WTISD_MODEL_WEBASSEMBLY"

    @cache
    def build(which: str) -> Path:
        out = tmp_path_factory.mktemp("site")
        env = {**os.environ, name: str(site(name)) if which == "with" else ""}
        command = (sys.executable, "-m", "sphinx", "-q", "-c", CHECKOUT / "docs", "-d", out / "doctrees", folder, out)
        subprocess.run(command, check=True, env=env, stderr=subprocess.DEVNULL)  # noqa: S603 - Sphinx
        return out

    return build


def pressed(folder: Path, button: str, width: int, scheme: str) -> dict[str, Any]:
    """Return what a reader sees who presses a button."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing"

    def answer(path: str, _posted: bytes | None) -> tuple[int, str, bytes]:
        file = folder / path.lstrip("/").partition("?")[0]
        kind = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".css": "text/css"}
        if not file.is_file():
            return 404, "text/plain", b""
        return 200, kind.get(file.suffix, "text/html"), file.read_bytes()

    with serving(answer) as address:
        task = {"chromium": chromium, "address": f"{address}/how-to/tables.html", "button": button}
        data = json.dumps({**task, "width": width, "scheme": scheme}).encode()
        shown: dict[str, Any] = json.loads(node("run_button.mjs", data))
        # Nothing but the files of the site.
        assert shown["loaded"] == [address.rstrip("/")]
    assert not shown["wide"]
    assert shown["violations"] == []
    assert shown["outline"] != "none"
    return shown


class TestRun:
    @pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (900, "dark")])
    def test_run_shows_what_a_block_prints_and_runs_those_above_it(
        self, built: Callable[[str], Path], width: int, scheme: str
    ) -> None:
        shown = pressed(built("with"), "Run block 2", width, scheme)
        assert shown["outputs"] == ["", f"42 {wm.wtisd_23().uid}\n", "", ""]
        assert shown["statuses"] == ["", "", "", ""]
        assert shown["files"] == [["answer.txt", "42\n"]]

    def test_what_fails_is_shown_and_ends_the_run(self, built: Callable[[str], Path]) -> None:
        shown = pressed(built("with"), "Run block 4", 360, "dark")
        assert "Block 3" in shown["outputs"][2]
        assert "ValueError" in shown["outputs"][2]
        assert shown["outputs"][3] == ""
        assert shown["statuses"] == ["", "", "", "Block 3 ended with an error."]

    def test_without_a_script_or_the_folder_nothing_is_missing(self, built: Callable[[str], Path]) -> None:
        whole, plain = (
            (built(which) / "how-to" / "tables.html").read_text(encoding="utf-8") for which in ("with", "without")
        )
        assert "PyArrow has no wheel" in whole
        assert "Run block" not in whole
        assert "run.js" not in plain
        assert "PyArrow has no wheel" not in plain
        assert not (built("without") / "webassembly").exists()
