"""docs/zones.md: what it says about each zone is what is written."""

import pytest

from tests.ical.zone_kinds import BEGIN, END, KINDS, NAMES, PAGE, kind, release, tables, with_tables, written
from wtisd_model.data.zones import ZONES


class TestZonesPage:
    """A table that nobody compares goes stale."""

    @pytest.mark.slow
    def test_its_tables_are_those_of_the_release_that_it_names(self) -> None:
        page = PAGE.read_text(encoding="utf-8")
        if f"release {release()}," not in page:
            pytest.skip("The page is of another release of the time zone database.")
        assert with_tables(page) == page

    def test_every_zone_stands_in_it_once(self) -> None:
        made = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
        lists = made[made.index("###") :].replace("|", ",").replace(".\n", ",").replace("\n", ",").split(",")
        listed = [each.strip() for each in lists if each.strip() in ZONES]
        assert sorted(listed) == NAMES

    def test_the_pair_of_geneva_is_printed_as_it_is_written(self) -> None:
        assert written("Europe/Zurich", 2023).replace("\r\n", "\n") in PAGE.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("zone", "year", "expected"),
        [
            ("Asia/Tokyo", 2023, "fixed"),
            ("Europe/Zurich", 2023, "yearly"),
            ("Africa/Cairo", 2023, "dated"),
            ("America/New_York", 2006, "dated, then yearly"),
        ],
    )
    def test_the_kinds_are_told_apart_in_any_release(self, zone: str, year: int, expected: str) -> None:
        assert kind(written(zone, year)) == expected

    def test_the_tables_of_the_installed_release_name_all_kinds(self) -> None:
        made = tables()
        assert all(each in made for each in KINDS.values())
