"""The Python of the README and the docs as modules, for type checkers: a page passes them as it stands.

``python -m tests.gates.typed_blocks FOLDER`` writes a package for each page: a module of the blocks that run, on the
lines that they have in the page, and the files that the page writes. `nox -s types` checks them.
"""

import json
import re
import sys
from pathlib import Path

from tests.gates.code_blocks import blocks

CHECKOUT = Path(__file__).parents[2]
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])


def page_modules(page: str, package: str) -> dict[str, str]:
    """Return the Python of a page by the paths of its modules."""
    found = [block for block in blocks(page) if block.language == "python"]
    own = "|".join({re.split(r"[/.]", block.file)[0] for block in found if block.file is not None} or {"(?!)"})
    made: dict[str, str] = {}
    for block in found:
        path = block.file or "page.py"
        text = made.get(path, "")
        above = "\n" * (block.line - text.count("\n"))
        # The page takes its files for modules of its own, such as ``desk``.
        made[path] = text + above + re.sub(rf"^from ({own})\b", rf"from {package}.\1", block.text, flags=re.MULTILINE)
    return made


def write(folder: Path) -> None:
    """Write the modules of all pages into an empty *folder*."""
    for page in PAGES:
        package = re.sub(r"\W", "_", str(page.relative_to(CHECKOUT).with_suffix("")))
        for name, text in page_modules(page.read_text(encoding="utf-8"), package).items():
            path = folder / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    # pyright checks them as it checks other programs, not as strictly as the package. Pages import the examples.
    settings = json.dumps({"extraPaths": [str(CHECKOUT / "docs" / "examples")]})
    (folder / "pyrightconfig.json").write_text(settings, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
