"""`pledges`: totals for people, as JSON and as CSV."""

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from tests.cli.running import EXAMPLES, here, process
from tests.samples.whole import dossier as dossier_of
from tests.samples.whole import later, money, pledge, share
from wtisd_model import (
    Dimension,
    FocusArea,
    Pledge,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Total,
    to_csv,
    to_json,
    totals,
)
from wtisd_model.cli.pledge_totals import totals_object, totals_text

ON = date(2024, 1, 1)
PLEDGES = (
    pledge(id="p-1", pledged=money("1234567.50"), countries=(share("NE"), share("TD"))),
    pledge(id="p-2", pledged=money("5000", "JPY"), focus_areas=frozenset(FocusArea)),
    pledge(id="p-3", kind=PledgeKind.POLICY, pledged=None, countries=(), scope=PledgeScope.GLOBAL),
    pledge(id="p-4", pledged=money("1"), state=PledgeState.DRAFT),
)


def pledge_lines(pledges: Iterable[Pledge]) -> bytes:
    return b"".join(to_json(each) + b"\n" for each in pledges)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The pledges as JSON Lines."""
    path = tmp_path / "pledges.jsonl"
    path.write_bytes(pledge_lines(PLEDGES))
    return path


TABLE = """\
Pledges by country on 2024-01-01:

country     pledges  without amount        amount
NE                2               0         2,000 JPY
                                     1,234,567.50 USD
TD                2               0         3,000 JPY
                                     1,234,567.50 USD
not stated        1               1             -
all               3               1         5,000 JPY
                                     1,234,567.50 USD

In several rows at once, undivided: 1,234,567.50 USD.

Estimates, included above: 5,000 JPY, 1,234,567.50 USD.
"""


class TestTotalsTable:
    """A line for each row, and for each further currency in it."""

    def test_it_is_aligned_and_has_the_undivided_amounts(self, file: Path) -> None:
        ended = here("pledges", file, "--by", "country", "--on", "2024-01-01")
        assert (ended.code, ended.err, ended.text) == (0, "", TABLE)

    def test_by_currency_a_row_names_it_once(self, file: Path) -> None:
        told = here("pledges", file, "--by", "currency", "--on", "2024-01-01").text
        assert told.split("\n\n")[1].splitlines() == [
            "currency    pledges  without amount        amount",
            "JPY               1               0         5,000",
            "USD               1               0  1,234,567.50",
            "not stated        1               1             -",
            "all               3               1         5,000 JPY",
            "                                     1,234,567.50 USD",
        ]

    def test_undivided_amounts_are_mentioned_only_if_there_are_any(self) -> None:
        assert totals_text(totals([], by="year", on=ON)).splitlines() == [
            "Pledges by year on 2024-01-01:",
            "",
            "year  pledges  without amount  amount",
            "all         0               0       -",
        ]


class TestPledgeSources:
    """JSON Lines, packed or not; a dossier; one pledge; standard input."""

    @pytest.mark.parametrize("by", Dimension)
    def test_the_output_is_that_of_totals(self, file: Path, by: Dimension) -> None:
        ended = here("pledges", file, "--by", by.value, "--on", "2024-01-01")
        assert ended.text == totals_text(totals(PLEDGES, by=by, on=ON))

    def test_lines_can_be_gzip_or_standard_input(self, tmp_path: Path) -> None:
        packed = tmp_path / "pledges.jsonl.gz"
        packed.write_bytes(gzip.compress(pledge_lines(PLEDGES)))
        options = ("--by", "country", "--on", "2024-01-01")
        assert here("pledges", packed, *options).text == TABLE
        assert process("pledges", "-", "--lines", *options, stdin=packed.read_bytes()).text == TABLE

    def test_a_dossier_or_one_pledge(self, tmp_path: Path) -> None:
        path = tmp_path / "dossier.json"
        path.write_bytes(to_json(dossier_of(pledges=PLEDGES)))
        assert here("pledges", path, "--by", "country", "--on", "2024-01-01").text == TABLE
        one = here("pledges", EXAMPLES / "pledge.json", "--by", "kind", "--on", "2024-01-01", "--json")
        assert json.loads(one.out)["whole"]["pledges"] == 1

    def test_the_default_day_is_today(self, file: Path) -> None:
        ended = here("pledges", file, "--by", "kind", env={"SOURCE_DATE_EPOCH": "1681257600"})
        assert ended.text.startswith("Pledges by kind on 2023-04-12:\n")
        assert [line.split() for line in ended.text.splitlines()[3:]] == [["all", "0", "0", "-"]]


class TestTotalsForms:
    """For programs: JSON and CSV."""

    def test_json_has_amounts_as_strings_and_no_empty_members(self, file: Path) -> None:
        ended = here("pledges", file, "--by", "country", "--on", "2024-01-01", "--json")
        assert ended.code == 0
        assert json.loads(ended.out) == totals_object(totals(PLEDGES, by="country", on=ON))
        assert json.loads(ended.out)["rows"][1:] == [
            {
                "key": "TD",
                "pledges": 2,
                "withoutAmount": 0,
                "amounts": {"JPY": "3000", "USD": "1234567.50"},
                "undivided": {"USD": "1234567.50"},
                "estimated": {"JPY": "3000", "USD": "1234567.50"},
            },
            {"pledges": 1, "withoutAmount": 1, "amounts": {}},
        ]

    def test_csv_is_the_output_of_to_csv(self, file: Path) -> None:
        ended = here("pledges", file, "--by", "country", "--on", "2024-01-01", "--csv")
        assert ended.out == b"".join(to_csv(Total, totals(PLEDGES, by="country", on=ON).rows))
        assert ended.text.splitlines() == [
            "key,pledges,without_amount,amounts.JPY,amounts.USD,undivided.USD,estimated.JPY,estimated.USD",
            "NE,2,0,2000,1234567.50,1234567.50,2000,1234567.50",
            "TD,2,0,3000,1234567.50,1234567.50,3000,1234567.50",
            ",1,1,,,,,",
        ]

    def test_json_and_csv_exclude_each_other(self, file: Path) -> None:
        ended = here("pledges", file, "--by", "kind", "--json", "--csv")
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.endswith("Error: --json and --csv exclude each other.\n")


class TestPledgeRefusals:
    """There are no totals of a part of the pledges."""

    def test_a_refused_line_is_reported_and_there_are_no_totals(self, tmp_path: Path) -> None:
        path = tmp_path / "pledges.jsonl"
        path.write_bytes(pledge_lines(PLEDGES[:2]) + b'{"@type":"Pledge"}\n' + pledge_lines(PLEDGES[2:]))
        ended = here("pledges", path, "--by", "kind", "--on", "2024-01-01")
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith(f"{path}, line 3: 7 errors\n[key-missing] at /id: ")
        assert ended.err.endswith("\nNo totals; wtisd-model validate reports all errors in the file.\n")

    def test_a_bad_document_too(self) -> None:
        ended = here("pledges", "-", "--by", "kind", stdin=b'{"@type":"Pledge"}')
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith("standard input: 7 errors\n")

    def test_other_types_are_refused(self) -> None:
        ended = here("pledges", EXAMPLES / "event.json", "--by", "kind")
        assert ended.code == 1
        assert "[value-unknown] at /@type" in ended.err

    def test_a_missing_file_ends_with_3(self, tmp_path: Path) -> None:
        for name in ("none.jsonl", "none.json"):
            ended = here("pledges", tmp_path / name, "--by", "kind")
            assert (ended.code, ended.out) == (3, b"")

    def test_a_day_of_another_form_is_told_the_form_of_a_day(self, file: Path) -> None:
        ended = here("pledges", file, "--by", "kind", "--on", "14.03.2027")
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.endswith("Not a valid date. Write it as 2023-04-20, with a year from 1970 to 2199.\n")

    def test_a_day_without_lists_of_groups_is_a_usage_error(self, file: Path) -> None:
        ended = here("pledges", file, "--by", "group", "--on", "2017-10-17")
        assert (ended.code, ended.out) == (2, b"")
        assert "Error: [group-unknown-on-date] at /on: " in ended.err
        assert ended.err.endswith(" Use --on 2017-10-18, for example.\n")
        assert here("pledges", file, "--by", "group", "--on", "2017-10-18").code == 0

    def test_today_may_be_after_the_lists_were_read(self, file: Path, tmp_path: Path) -> None:
        later_on = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 1, tzinfo=UTC).timestamp()))}
        assert here("pledges", file, "--by", "group", env=later_on).code == 0
        doubtful = pledge(countries=(share("BD"),), groups=frozenset())
        late = evolve(doubtful, submitted_at=datetime(2026, 12, 1, tzinfo=UTC), start=None, history=())
        path = tmp_path / "pledges.jsonl"
        path.write_bytes(pledge_lines([*PLEDGES, late]))
        for by in ("group", "group-at-submission"):
            ended = here("pledges", path, "--by", by, env=later_on)
            assert (ended.code, ended.out) == (2, b"")
            assert "Error: [group-member-doubtful] at /" in ended.err
            assert ended.err.endswith(" Use --as-last-known.\n")
            assert here("pledges", path, "--by", by, "--as-last-known", env=later_on).code == 0

    def test_a_pledge_from_such_a_day_is_an_error(self, tmp_path: Path) -> None:
        path = tmp_path / "pledges.jsonl"
        early = pledge(submitted_at=later(-24 * 365 * 10), groups=frozenset())
        path.write_bytes(pledge_lines([*PLEDGES, early]))
        ended = here("pledges", path, "--by", "group-at-submission", "--on", "2024-01-01")
        assert (ended.code, ended.out) == (1, b"")
        assert "[group-unknown-on-date] at /pledges/4/submittedAt: " in ended.err

    @pytest.mark.parametrize("options", [(), ("--by", "sector"), ("--by", "kind", "--on", "today")])
    def test_invalid_options_are_usage_errors(self, file: Path, options: tuple[str, ...]) -> None:
        ended = here("pledges", file, *options)
        assert (ended.code, ended.out) == (2, b"")


def test_amounts_are_written_out_whatever_their_size() -> None:
    large = totals([pledge(pledged=money("999999999999999999.99"))] * 20, by="kind", on=ON)
    assert totals_object(large)["whole"] == {
        "pledges": 20,
        "withoutAmount": 0,
        "amounts": {"USD": "19999999999999999999.80"},
        "estimated": {"USD": "19999999999999999999.80"},
    }
    assert "19,999,999,999,999,999,999.80 USD" in totals_text(large)
    assert large.whole.amounts["USD"] == Decimal("19999999999999999999.80")
