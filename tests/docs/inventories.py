"""Names of other projects that the reference links to, with their places in the documentation of those projects.

Sphinx would fetch them each time; these are in docs/inventories/, so that the docs are built without a network. Their
lines are those of an ``objects.inv`` of Sphinx. ``python -m tests.docs.inventories python OBJECTS_INV NAME...`` adds
names from a copy of it, such as the one in Debian's package python3-doc; pendulum has none; its file is by hand.
"""

import re
import sys
import zlib
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs/inventories"

_LINE = re.compile(r"(?P<name>\S+) py:\w+ -?\d+ \S+ .+")
_HEADER_LINES = 4


def add(project: str, inventory: Path, *names: str) -> None:
    """Write the lines about *names* and about those that the file of a project has already, from its inventory.

    Raises:
        LookupError: a name is not there.
    """
    path = FOLDER / f"{project}.txt"
    wanted = {*names, *(line.split()[0] for line in path.read_text(encoding="utf-8").splitlines())}
    *_, packed = inventory.read_bytes().split(b"\n", _HEADER_LINES)
    found = {match["name"]: match[0] for match in _LINE.finditer(zlib.decompress(packed).decode())}
    if missing := sorted(wanted - found.keys()):
        raise LookupError(f"{project} does not describe {', '.join(missing)}")
    path.write_text("".join(f"{found[name]}\n" for name in sorted(wanted)), encoding="utf-8")


if __name__ == "__main__":
    add(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
