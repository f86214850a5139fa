"""Gnumeric, a spreadsheet: it works nothing out in what we write, and does in the same texts without apostrophes."""

import csv
import gzip
import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.columns.csv_injection import TEXTS, hostile_rows
from tests.columns.fill_fields import ROWS
from wtisd_model import Money, Pledge, from_csv, to_csv
from wtisd_model.columns.csv import write_rows

pytestmark = pytest.mark.outside

SHEET = """Titel,Beschreibung,Art,Beginn,Betrag
Schools,"one, ""two""
and three",Geld,2027-03-04,1250.5
"Écoles; Müller","a | b",Rat,2027-03-05,
"""
"""What is typed into a sheet."""

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


class TestTables:
    """`from_csv` reads the CSV that a spreadsheet saves."""

    @pytest.mark.parametrize(
        ("separator", "encoding", "stated"),
        [(",", "UTF-8", None), (";", "UTF-8", None), ("\t", "ISO-8859-1", "latin-1"), (";", "UTF-16", None)],
    )
    def test_a_saved_sheet_is_read(self, separator: str, encoding: str, stated: str | None, tmp_path: Path) -> None:
        program = shutil.which("ssconvert")
        assert program, "gnumeric is missing; .ci/outside installs it"
        typed, sheet, saved = (tmp_path / name for name in ("typed.csv", "sheet.gnumeric", "saved.txt"))
        typed.write_text(SHEET, encoding="utf-8")
        options = f"separator='{separator}' charset={encoding}"
        for command in (
            [str(typed), str(sheet)],
            ["--export-type=Gnumeric_stf:stf_assistant", "-O", options, str(sheet), str(saved)],
        ):
            subprocess.run([program, *command], capture_output=True, timeout=120, check=True)  # noqa: S603 - our own file
        texts = {f"{name}.language": "de" for name in ("title", "description", "pledger.name")}
        outcomes = from_csv(
            Pledge,
            saved,
            columns={
                "Titel": "title",
                "Beschreibung": "description",
                "Art": "kind",
                "Beginn": "start",
                "Betrag": "pledged.amount",
            },
            values={"kind": {"Geld": "financial", "Rat": "advocacy"}},
            defaults={
                **texts,
                "pledger.name": "Operator 1",
                "focus_areas": ["access"],
                "scope": "global",
                "pledged.currency": "CHF",
                "submitted_at": datetime(2027, 3, 1, tzinfo=UTC),
            },
            date_format="%Y/%m/%d",
            encoding=stated,
        )
        found = [(each.line, each.value_or_raise()) for each in outcomes]
        rows = [(line, str(each.title), str(each.description), each.start, each.pledged) for line, each in found]
        assert rows == [
            (2, "Schools", 'one, "two"\nand three', date(2027, 3, 4), Money(amount=Decimal("1250.5"), currency="CHF")),
            (4, "Écoles; Müller", "a | b", date(2027, 3, 5), None),
        ]


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
