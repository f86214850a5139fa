"""Every code block of the README, the docs and the docstrings runs, and answers what the page says."""

import doctest
import importlib
import logging
import sys
from codeop import compile_command
from pathlib import Path

import pytest

from tests.gates.code_blocks import blocks, try_page
from tests.gates.import_graph import modules, package_folder
from tests.gates.typed_blocks import CHECKOUT, PAGES, page_modules, write
from tests.locales.own import forgetting

INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt"
COMMANDS = [
    f"{INSTALL} . && .venv/bin/wtisd-model demo --out demo-out",
    f"{INSTALL} -e '.[test]' && .venv/bin/python -m pytest -q",
]


def unpasteable(text: str) -> int | None:
    """Return the line, from 0, at which Python's prompt refuses a block or waits for more of it, or None.

    The prompt of 3.11 reads line by line: a compound statement ends at an empty line, and only there.
    """
    typed: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate([*lines, ""]):
        typed.append(line)
        try:
            complete = compile_command("\n".join(typed)) is not None
        except SyntaxError:
            return number
        if complete:
            typed.clear()
    return len(lines) if typed else None


class TestPages:
    """A page is tried from top to bottom in a folder with nothing but links to docs/ and tests/."""

    @pytest.mark.slow
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
    def test_every_block_does_what_the_page_says(
        self, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("docs", "tests"):
            (tmp_path / name).symlink_to(CHECKOUT / name)
        # If a page creates an environment, this one takes its place.
        (tmp_path / ".venv").mkdir()
        (tmp_path / ".venv" / "bin").symlink_to(tmp_path / ".bin")
        monkeypatch.chdir(tmp_path)
        # A page may import the examples.
        monkeypatch.setattr(sys, "path", [*sys.path])
        # An app of Litestar sets the handlers of all logs.
        monkeypatch.setattr(logging.root, "handlers", [*logging.root.handlers])
        monkeypatch.setattr(logging.root, "level", logging.root.level)
        with forgetting():
            try_page(page.read_text(encoding="utf-8"), tmp_path)

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
    def test_every_python_block_can_be_pasted_at_the_prompt(self, page: Path) -> None:
        stuck = [
            f"line {block.line + line}"
            for block in blocks(page.read_text(encoding="utf-8"))
            if block.language == "python" and block.file is None
            for line in [unpasteable(block.text)]
            if line is not None
        ]
        assert stuck == []

    def test_the_readme_has_the_two_commands_that_the_gates_run(self) -> None:
        lines = (CHECKOUT / "README.md").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line.startswith("python3 -m venv")] == COMMANDS

    @pytest.mark.parametrize(
        "page",
        [
            "```python\nassert 1 == 2\n```\n",
            "```python\nprint(1)\n```\n\n```output\n2\n```\n",
            "```console\n$ echo one\ntwo\n```\n",
            "```console\n$ exit 3\n```\n",
            "- item\n\n  ```sh\n  false\n  true\n  ```\n",
            "```cobol\nSTOP RUN.\n```\n",
        ],
    )
    def test_a_block_that_is_wrong_is_noticed(self, page: str, tmp_path: Path) -> None:
        with pytest.raises((AssertionError, ValueError)):
            try_page(page, tmp_path)


class TestTypes:
    """`nox -s types` checks the blocks of a page as one module, and the files that it writes as others."""

    def test_a_block_keeps_its_lines(self) -> None:
        page = "# Page\n\n```python\none = 1\n```\n\nMore.\n\n```python\none += 1\n```\n"
        assert page_modules(page, "docs_page") == {"page.py": "\n\n\none = 1\n\n\n\n\n\none += 1\n"}

    def test_a_page_imports_its_own_files(self) -> None:
        page = "<!-- file: desk/models.py -->\n```python\nfrom desk.rows import Row\nfrom desks import Desk\n```\n"
        assert page_modules(page, "docs_page") == {
            "desk/models.py": "\n\nfrom docs_page.desk.rows import Row\nfrom desks import Desk\n"
        }

    def test_every_page_with_python_becomes_a_package(self, tmp_path: Path) -> None:
        write(tmp_path)
        assert (tmp_path / "README" / "page.py").read_text(encoding="utf-8").count("wm.Event(") == 1
        assert {"docs_tutorial", "docs_how_to_django"} < {each.name for each in tmp_path.iterdir()}
        assert not (tmp_path / "CHANGELOG").exists()


class TestDocstrings:
    """An example in a docstring is read in the reference, and runs too."""

    def test_every_example_answers_what_it_says(self) -> None:
        wrong = [
            name
            for name, path in modules(package_folder()).items()
            if ">>> " in path.read_text(encoding="utf-8")
            and doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).failed
        ]
        assert wrong == []
