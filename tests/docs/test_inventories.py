"""The inventories of other projects are lines of theirs, and the script that adds to them refuses what is not there."""

import re
import zlib
from pathlib import Path

import pytest

from tests.docs import inventories

HEADER = b"# Sphinx inventory version 2\n# Project: P\n# Version: 1\n# The remainder of this file is compressed.\n"


class TestInventories:
    """Sphinx's `objects.inv`: a name, its kind, its priority in a search, its place, and what to call it."""

    @pytest.mark.parametrize("path", sorted(inventories.FOLDER.iterdir()), ids=lambda path: path.stem)
    def test_every_line_has_its_parts_and_the_names_are_in_order(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not re.fullmatch(r"[\w.]+ py:\w+ 1 \S+ -", line)] == []
        assert lines == sorted(lines)

    def test_names_are_added_from_an_inventory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(inventories, "FOLDER", tmp_path)
        (tmp_path / "p.txt").write_text("p.Old py:class 1 old.html#$ -\n", encoding="utf-8")
        lines = b"p.New py:class 1 new.html#$ -\np.Old py:class 1 moved.html#$ -\np.Other py:class 1 other.html#$ -\n"
        (tmp_path / "objects.inv").write_bytes(HEADER + zlib.compress(lines))
        inventories.add("p", tmp_path / "objects.inv", "p.New")
        assert (tmp_path / "p.txt").read_text(encoding="utf-8") == (
            "p.New py:class 1 new.html#$ -\np.Old py:class 1 moved.html#$ -\n"
        )
        with pytest.raises(LookupError, match=r"p does not describe p\.Gone"):
            inventories.add("p", tmp_path / "objects.inv", "p.Gone")
