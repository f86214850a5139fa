"""Gnumeric, a spreadsheet: it works nothing out in what we write, and does in the same texts without apostrophes."""

import csv
import gzip
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.columns.csv_injection import TEXTS, hostile_rows
from tests.columns.fill_fields import ROWS
from wtisd_model.columns.csv import to_csv, write_rows

pytestmark = pytest.mark.outside

CELL = "{http://www.gnumeric.org/v10.dtd}Cell"


def formulas(path: Path) -> list[str]:
    """Open a CSV file in Gnumeric, and give what it takes for formulas; it gives those no type of value."""
    program = shutil.which("ssconvert")
    assert program, "gnumeric is missing; .ci/outside installs it"
    out = path.with_suffix(".gnumeric")
    subprocess.run(  # noqa: S603 - our own file
        [program, "--import-type=Gnumeric_stf:stf_csvtab", str(path), str(out)],
        capture_output=True,
        timeout=120,
        check=True,
    )
    cells = [*ET.fromstring(gzip.decompress(out.read_bytes())).iter(CELL)]  # noqa: S314 - Gnumeric has just written it
    assert cells
    return [each.text or "" for each in cells if "ValueType" not in each.attrib]


class TestFormulas:
    """CWE-1236."""

    @pytest.mark.parametrize("cls", ROWS, ids=lambda cls: cls.__name__)
    def test_none_is_in_our_tables(self, cls: type, tmp_path: Path) -> None:
        rows: list[Any] = hostile_rows(cls)
        path = tmp_path / "table.csv"
        path.write_bytes(b"".join(to_csv(cls, rows, personal=True)))
        assert formulas(path) == []

    def test_there_are_some_without_the_apostrophes(self, tmp_path: Path) -> None:
        rows = [[f"row {number}", text] for number, text in enumerate(TEXTS)]
        ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
        ours.write_bytes(b"".join(write_rows(["id", "text"], rows)))
        with theirs.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["id", "text"], *rows])
        assert "=1+1" in formulas(theirs)
        assert formulas(ours) == []

    @pytest.mark.parametrize("before", ['"', "''", "\"'"])
    def test_none_is_behind_a_quotation_mark(self, before: str, tmp_path: Path) -> None:
        """Gnumeric guesses the delimiter from what follows one."""
        for number, text in enumerate(TEXTS):
            path = tmp_path / f"{number}.csv"
            path.write_bytes(b"".join(write_rows(["id", "text"], [[before, text]])))
            assert formulas(path) == []
