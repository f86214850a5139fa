"""The module of docs/how-to/databases.md, written to a file as a reader does."""

from pathlib import Path

from tests.gates.code_blocks import blocks

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "databases.md"


def write_module(path: Path) -> None:
    """Write the module that stores registrations to a file."""
    [text] = [block.text for block in blocks(PAGE.read_text(encoding="utf-8")) if "def receive(" in block.text]
    path.write_text(text, encoding="utf-8")
