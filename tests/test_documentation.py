"""Every code block of the README, the docs and the docstrings runs, and answers what the page says."""

import doctest
import importlib
from codeop import compile_command
from pathlib import Path

import pytest

from tests.gates.code_blocks import Block, Reader, blocks
from tests.gates.import_graph import modules, package_folder

CHECKOUT = Path(__file__).parents[1]
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])

INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt"
COMMANDS = [
    f"{INSTALL} . && .venv/bin/wtisd-model demo --out demo-out",
    f"{INSTALL} -e '.[test]' && .venv/bin/python -m pytest -q",
]


def unpasteable(text: str) -> int | None:
    """Give the line, from 0, at which Python's prompt would refuse a block or wait for more of it; None for none."""
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
    """A page is tried from top to bottom in an empty folder, beside links to docs/ and tests/."""

    @pytest.mark.slow
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
    def test_every_block_does_what_the_page_says(
        self, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("docs", "tests"):
            (tmp_path / name).symlink_to(CHECKOUT / name)
        # Where a page has made an environment of its own, this one stands for it.
        (tmp_path / ".venv").mkdir()
        (tmp_path / ".venv" / "bin").symlink_to(tmp_path / ".bin")
        monkeypatch.chdir(tmp_path)
        reader = Reader(page=str(page.relative_to(CHECKOUT)), folder=tmp_path)
        for block in blocks(page.read_text(encoding="utf-8")):
            reader.run(block)

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
    def test_every_python_block_can_be_pasted_at_the_prompt(self, page: Path) -> None:
        stuck = [
            f"line {block.line + line}"
            for block in blocks(page.read_text(encoding="utf-8"))
            if block.language == "python"
            for line in [unpasteable(block.text)]
            if line is not None
        ]
        assert stuck == []

    def test_the_readme_has_the_two_commands_that_the_gates_run(self) -> None:
        lines = (CHECKOUT / "README.md").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line.startswith("python3 -m venv")] == COMMANDS


class TestPrompt:
    """Python 3.11's prompt reads line by line: a compound statement ends at an empty line, and only there."""

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("for x in ():\n    print(x)\nprint(1)\n", 2),
            ("def f():\n    x = 1\n\n    return x\n", 3),
            ("print(1\n", 1),
            ("x = 1\ny = = 2\n", 1),
            ("for x in ():\n    print(x)\n\nprint(1)\n", None),
            ("# Why.\nx = [\n    1,\n\n    2,\n]\ntry:\n    x\nexcept ValueError:\n    x\n", None),
        ],
    )
    def test_the_line_at_which_it_gets_stuck(self, text: str, line: int | None) -> None:
        assert unpasteable(text) == line


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


class TestReader:
    """A reader who notices nothing proves nothing."""

    @pytest.fixture
    def reader(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
        monkeypatch.chdir(tmp_path)
        return Reader(page="page.md", folder=tmp_path)

    def read(self, reader: Reader, page: str) -> None:
        for block in blocks(page):
            reader.run(block)

    @pytest.mark.parametrize(
        "page",
        [
            "```python\nassert 1 == 2\n```\n",
            "```python\nprint(1)\n```\n\n```output\n2\n```\n",
            "```output\n2\n```\n",
            "```pycon\n>>> 1 + 1\n3\n```\n",
            "```console\n$ echo one\ntwo\n```\n",
            "```console\n$ exit 3\n```\n",
            "```sh\nfalse\ntrue\n```\n",
            "```json\n{'a': 1}\n```\n",
            "```toml\na = \n```\n",
            "```cobol\nSTOP RUN.\n```\n",
            "```\nnobody knows\n```\n",
            "````{note}\n```python\nassert False\n```\n````\n",
            ":::{tip}\n```python\nassert False\n```\n:::\n",
            "- item\n\n  ```python\n  assert False\n  ```\n",
            "```{code-block} python\n:linenos:\n\nassert False\n```\n",
        ],
    )
    def test_what_is_wrong_on_a_page_is_noticed(self, reader: Reader, page: str) -> None:
        with pytest.raises((AssertionError, ValueError)):
            self.read(reader, page)

    @pytest.mark.parametrize(
        "page",
        [
            "```python\nx = 1\n```\n\n```python\nassert x == 1\nprint('a', 2)\n```\n\n```output\na ...\n```\n",
            "```python\nx = 1\n```\n\n```pycon\n>>> y = x + 1\n>>> y\n2\n```\n\n```python\nassert y == 2\n```\n",
            "<!-- file: a.txt -->\n```text\nhi\n```\n\n```console\n$ cat \\\n  a.txt\nhi\n$ wc -l <a.txt\n1\n```\n",
            "```sh\npip install something\n```\n",
            "```{toctree}\n:glob:\n\nguide*\n```\n",
        ],
    )
    def test_what_is_right_on_a_page_passes(self, reader: Reader, page: str) -> None:
        self.read(reader, page)

    def test_a_traceback_names_the_line_of_the_page(self, reader: Reader) -> None:
        block = next(blocks("Title\n\n```python\n\nraise KeyError\n```\n"))
        assert block == Block(language="python", text="\nraise KeyError\n", line=4)
        with pytest.raises(KeyError) as caught:
            reader.run(block)
        assert caught.traceback[-1].lineno + 1 == 5
