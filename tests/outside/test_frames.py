"""pandas, Polars and DuckDB: they take columns, read from CSV what was written, and are divided by their payloads."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.columns.csv_injection import expected_cells, hostile_rows, without_escapes
from tests.columns.fill_fields import ROWS
from tests.gates.code_blocks import blocks
from tests.outside.payloads import MANY, NOW, PAYLOADS
from wtisd_model import Pledge, Registration, Session, from_csv, from_json, to_columns, to_csv, validate
from wtisd_model.columns.table import columns_of
from wtisd_model.integrations.arrow import filter_frame

pytestmark = pytest.mark.outside

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=[*ROWS], ids=lambda cls: cls.__name__)
def rows(request: pytest.FixtureRequest) -> tuple[type, list[Any]]:
    return request.param, hostile_rows(request.param)


def listed(values: list[Any]) -> list[Any]:
    """Return lists as the tuples that they were made from."""
    return [tuple(each) if isinstance(each, list) else each for each in values]


class TestPandas:
    """pandas: ``DataFrame(columns)`` and ``read_csv``."""

    def test_it_takes_columns(self, rows: tuple[type, list[Any]]) -> None:
        import pandas as pd  # .ci/outside installs it

        columns = to_columns(*rows, personal=True)
        frame: Any = pd.DataFrame(columns)
        assert list(frame.columns) == [*columns]
        for name, values in columns.items():
            found = [None if each is None or each is pd.NaT or each != each else each for each in frame[name]]  # noqa: PLR0124 - NaN is no NaN
            assert found == values, name

    def test_moments_are_aware(self) -> None:
        import pandas as pd

        frame: Any = pd.DataFrame(to_columns(Pledge, [from_json(Pledge, ROWS[Pledge])]))
        assert str(frame["submitted_at"].dtype.tz) == "UTC"
        assert frame["pledged.amount"].iloc[0] == Decimal(300_000)
        assert list(frame.explode(["countries.country", "countries.share"])["countries.country"]) == ["NE", "TD"]

    def test_it_reads_what_was_written(self, rows: tuple[type, list[Any]]) -> None:
        import pandas as pd

        content = b"".join(to_csv(*rows, personal=True))
        frame: Any = pd.read_csv(BytesIO(content), keep_default_na=False, dtype=str)
        cells = {name: list(frame[name]) for name in frame.columns}
        assert without_escapes(cells) == expected_cells(*rows)


class TestPolars:
    """Polars: ``DataFrame(columns)`` and ``read_csv``."""

    def test_it_takes_columns(self, rows: tuple[type, list[Any]]) -> None:
        import polars as pl  # .ci/outside installs it

        columns = to_columns(*rows, personal=True)
        frame = pl.DataFrame(columns)
        assert {name: listed(values) for name, values in frame.to_dict(as_series=False).items()} == columns

    def test_no_decimal_of_a_share_is_lost(self) -> None:
        import polars as pl

        shares = [
            {"country": "NE", "share": "66"},
            {"country": "TD", "share": "33.25"},
            {"country": "CH", "share": "0.75"},
        ]
        columns = to_columns(Pledge, [from_json(Pledge, {**ROWS[Pledge], "countries": shares})])
        frame = pl.DataFrame(columns).explode("countries.country", "countries.share")
        assert [str(each) for each in frame["countries.share"]] == ["66.0000", "33.2500", "0.7500"]

    def test_it_reads_what_was_written(self, rows: tuple[type, list[Any]]) -> None:
        import polars as pl

        content = b"".join(to_csv(*rows, personal=True))
        frame = pl.read_csv(content, infer_schema=False, empty_string_is_null=False)
        assert frame.columns == [each.name for each in columns_of(rows[0])]
        assert without_escapes(frame.to_dict(as_series=False)) == expected_cells(*rows)


FRAME: dict[str, list[Any]] = {
    "title": ["=1+1", 'Room "A", b', "Zwei\nZeilen; é"],
    "start": [datetime(2027, 3, 4, 9, 0), datetime(2027, 3, 4, 10, 0), datetime(2027, 3, 4, 11, 30)],
    "end": [datetime(2027, 3, 4, 9, 30), datetime(2027, 3, 4, 10, 30), datetime(2027, 3, 4, 12, 0)],
    "on_site_capacity": [120, None, 40],
    "track": ["A", None, "it's"],
}
"""A programme in a data frame."""


class TestFromCsv:
    """`from_csv` reads what data frames write."""

    def sessions(self, content: bytes) -> list[tuple[Any, ...]]:
        defaults = {"title.language": "en"}
        outcomes = from_csv(Session, content, zone="UTC", defaults=defaults, columns={"": None})
        rows = [each.value_or_raise() for each in outcomes]
        return [(str(row.title), row.slot.start.naive(), row.on_site_capacity, row.track) for row in rows]

    def test_of_pandas_and_polars(self) -> None:
        import pandas as pd
        import polars as pl

        titles = [each.replace("\n", " ") for each in FRAME["title"]]  # a title has one line
        frame = FRAME | {"title": titles}
        expected = list(zip(titles, frame["start"], frame["on_site_capacity"], frame["track"], strict=True))
        pandas_frame: Any = pd.DataFrame(frame)
        assert self.sessions(pandas_frame.to_csv().encode()) == expected
        assert self.sessions(pandas_frame.to_csv(index=False, sep=";", encoding="utf-8-sig").encode()) == expected
        polars_frame = pl.DataFrame(frame)
        options: dict[str, Any]
        for options in ({}, {"separator": "\t"}, {"include_bom": True, "quote_style": "always"}):
            written: Any = polars_frame.write_csv(datetime_format="%Y-%m-%d %H:%M:%S", **options)
            assert self.sessions(written.encode()) == expected


class TestPage:
    """docs/how-to/tables.md."""

    def test_it_says_what_works(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        page = [*blocks((CHECKOUT / "docs" / "how-to" / "tables.md").read_text(encoding="utf-8"))]
        # What takes data frames comes last: it speaks of pledges, which the page makes further down.
        code = [each.text for each in page if each.language == "python"]
        code += [each.text for each in page if each.language == "text"]
        names: dict[str, Any] = {}
        monkeypatch.chdir(tmp_path)
        exec("\n".join(code), names)  # noqa: S102 - the page is ours
        assert list(names["pandas_read"]["country"]) == list(names["polars_read"]["country"]) == ["NA", "NA"]
        assert len(names["pandas_shares"]) == len(names["polars_shares"]) == 6
        assert list(names["pandas_frame"]["id"]) == list(names["polars_frame"]["id"]) == ["r-1", "r-2"]


def to_pandas(table: Any) -> Any:
    return table.to_pandas()


def to_polars(table: Any) -> Any:
    import polars as pl

    return pl.DataFrame(table)


def to_duckdb(table: Any) -> Any:
    import duckdb

    return duckdb.connect().from_arrow(table)


FRAMES: dict[str, Callable[[Any], Any]] = {
    "duckdb": to_duckdb,
    "pandas": to_pandas,
    "polars": to_polars,
    "pyarrow": lambda table: table,
    "reader": lambda table: table.to_reader(50_000),
}
"""The frames of the engines; `test_spark` has Spark's."""


@pytest.fixture(scope="module")
def many_rows() -> tuple[Any, Any, Any]:
    """Return a table of many rows, those that `validate` takes, and what it finds in the others."""
    found = [validate(Registration, each or "null", submission=True, now=NOW).findings for each in PAYLOADS]
    times, row = MANY // len(PAYLOADS), count()
    numbers: Any = pa.array(range(times * len(PAYLOADS)))
    table: Any = pa.table({"number": numbers, "payload": pa.array(PAYLOADS * times)})
    told = [(str(each.code), each.path, each.message, each.fix) for several in found for each in several]
    columns = [pa.array(list(values) * times) for values in zip(*told, strict=True)]
    rows = [number for _ in range(times) for several, number in zip(found, row, strict=False) for _ in several]
    good = pa.array([not several for several in found] * times)
    return table, table.filter(good), pa.table([pa.array(rows), *columns], ["row", "code", "path", "message", "fix"])


class TestFilterFrame:
    """`filter_frame` has the verdicts of `validate`, whichever engine made the frame."""

    @pytest.mark.parametrize("engine", FRAMES)
    def test_all_rows_have_the_verdicts_of_validate(self, engine: str, many_rows: tuple[Any, Any, Any]) -> None:
        table, expected, errors = many_rows
        good, failures = filter_frame(FRAMES[engine](table), submission=True, now=NOW)
        assert failures.equals(errors)
        assert good["number"].equals(expected["number"])
        assert good["payload"].cast(pa.string()).equals(expected["payload"])

    @pytest.mark.parametrize("engine", ["duckdb", "pandas", "polars"])
    @pytest.mark.parametrize("rows", [0, 3])
    def test_a_frame_without_payloads_has_no_good_rows(self, engine: str, rows: int) -> None:
        good, failures = filter_frame(FRAMES[engine](pa.table({"payload": pa.nulls(rows, pa.string())})))
        assert (good.num_rows, failures["row"].to_pylist()) == (0, [*range(rows)])

    def test_the_page_says_what_works(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        page = (CHECKOUT / "docs" / "how-to" / "arrow.md").read_text(encoding="utf-8")
        names: dict[str, Any] = {}
        for block in blocks(page):
            engine = next((each for each in ("pandas", "polars", "duckdb") if f"import {each}" in block.text), None)
            if block.language == "python" or (engine and "filter_frame" in block.text):
                exec(block.text, names)  # noqa: S102 - the page is ours
            if engine and "filter_frame" in block.text:
                assert len(names["good_rows"]) == 1
                if engine != "duckdb":
                    assert [*names["refused"]["row"]] == [2, 3]
        assert [str(each) for each in names["failures"]["code"]] == ["value-unknown", "wrong-type"]
