"""Results of planning as tables: totals and coverage."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.fill_fields import ROWS
from tests.hypothesis_profiles import LAW
from tests.planning.plans import plans
from wtisd_model import (
    Dimension,
    Dossier,
    FocusArea,
    Money,
    Pledge,
    PledgeKind,
    Total,
    from_json,
    planning,
    strategies,
    to_columns,
    to_csv,
    totals,
)
from wtisd_model.planning.results import Channel, CoverageRow

ON: Final = date(2024, 1, 1)
LATE: Final = date(2199, 12, 30)
DIMENSIONS: Final = [each for each in Dimension if not each.startswith("group")]
"""The dimensions that do not depend on lists of groups."""

PLEDGE: Final = from_json(Pledge, ROWS[Pledge])
IN_FRANCS: Final = evolve(PLEDGE, kind=PledgeKind.POLICY, pledged=Money(amount=Decimal("1250.5"), currency="CHF"))
WITHOUT: Final = evolve(IN_FRANCS, pledged=None)


def rows_of(columns: dict[str, list[Any]]) -> list[Total]:
    """Return the rows of a table; an amount that is None is absent."""
    names = [*columns]
    return [_row(dict(zip(names, cells, strict=True))) for cells in zip(*columns.values(), strict=True)]


def _row(cells: dict[str, Any]) -> Total:
    amounts: dict[str, dict[str, Decimal]] = {"amounts": {}, "undivided": {}, "estimated": {}}
    for name, value in cells.items():
        attribute, _, currency = name.partition(".")
        if currency and value is not None:
            amounts[attribute][currency] = value
    return Total(key=cells["key"], pledges=cells["pledges"], without_amount=cells["without_amount"], **amounts)


class TestTotals:
    """A total has a column for each attribute, and for amounts one for each currency in the rows."""

    def test_bytes(self) -> None:
        found = totals([PLEDGE, IN_FRANCS, WITHOUT], by=Dimension.KIND, on=ON)
        assert b"".join(to_csv(Total, found.rows)) == (
            b"key,pledges,without_amount,amounts.CHF,amounts.USD,estimated.CHF,estimated.USD\r\n"
            b"financial,1,0,,300000.00,,300000.00\r\npolicy,2,1,1250.50,,1250.50,\r\n"
        )

    def test_undivided_amounts_and_estimates_have_columns(self) -> None:
        found = totals(
            [evolve(PLEDGE, focus_areas=frozenset({FocusArea.ACCESS, FocusArea.ADOPTION}))], by="focus-area", on=ON
        )
        assert to_columns(Total, found.rows) == {
            "key": ["access", "adoption"],
            "pledges": [1, 1],
            "without_amount": [0, 0],
            "amounts.USD": [Decimal(300_000)] * 2,
            "undivided.USD": [Decimal(300_000)] * 2,
            "estimated.USD": [Decimal(300_000)] * 2,
        }

    def test_without_rows_there_is_no_currency(self) -> None:
        assert to_columns(Total, []) == {"key": [], "pledges": [], "without_amount": []}
        assert list(to_csv(Total, iter([]))) == [b"key,pledges,without_amount\r\n"]

    @LAW
    @given(st.lists(strategies.pledges(), max_size=5), st.sampled_from(DIMENSIONS))
    def test_rows_can_be_rebuilt_from_columns(self, pledges: list[Pledge], by: Dimension) -> None:
        rows = totals(pledges, by=by, on=LATE).rows
        columns = to_columns(Total, iter(rows))
        assert rows_of(columns) == [*rows]
        assert pa.table(columns).num_rows == len(rows)

    def test_a_hostile_key_is_escaped(self) -> None:
        row = Total(key="=1+1", pledges=1, without_amount=1, amounts={}, undivided={})
        assert list(to_csv(Total, [row])) == [b'key,pledges,without_amount\r\n"\'=1+1",1,1\r\n']

    def test_a_row_of_another_class_raises_at_the_call(self) -> None:
        rows: Any = [PLEDGE]
        with pytest.raises(TypeError, match="Row 1 is not a Total"):
            to_csv(Total, rows)


class TestCoverage:
    """A row for each session and language."""

    def test_bytes(self) -> None:
        row = CoverageRow(
            session_id="s-1",
            language="fr",
            offered=(Channel.DIRECT, Channel.CAPTIONS),
            floor=0,
            direct=12,
            relay=0,
            sign=0,
            captions=1,
            missing=0,
            unstated=0,
        )
        assert b"".join(to_csv(CoverageRow, [row])) == (
            b"session_id,language,offered,floor,direct,relay,sign,captions,missing,unstated\r\n"
            b"s-1,fr,direct | captions,0,12,0,0,1,0,0\r\n"
        )

    @given(plans())
    def test_rows_can_be_rebuilt_from_columns(self, dossier: Dossier) -> None:
        rows = planning.coverage(dossier)
        columns = to_columns(CoverageRow, rows)
        assert {type(each) for values in columns["offered"] for each in values} <= {str}
        assert [
            CoverageRow(**{name: _as_ways(value) for name, value in zip(columns, cells, strict=True)})
            for cells in zip(*columns.values(), strict=True)
        ] == [*rows]
        assert pa.table(columns).num_rows == len(rows)


def _as_ways(value: Any) -> Any:
    return tuple(map(Channel, value)) if isinstance(value, tuple) else value
