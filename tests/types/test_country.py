"""Countries by their codes, and the groups that they were in on a day."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.refusals import refusal, refused
from tests.samples.whole import location
from wtisd_model import CountryGroup, group_members, in_group
from wtisd_model.data.countries import COUNTRIES


class TestCountryCode:
    """ISO 3166-1 alpha-2, upper case."""

    def test_every_assigned_code_is_accepted(self) -> None:
        assert [code for code in COUNTRIES if location(country=code).country != code] == []

    @pytest.mark.parametrize(
        ("code", "suggestion"),
        [
            ("ch", "CH"),
            ("Ch", "CH"),
            ("UK", "GB"),
            ("uk", "GB"),
            ("CHE", "CH"),
            ("EL", "GR"),
            ("SUI", "CH"),
            ("ZR", "CD"),
            ("XX", None),
            ("", None),
            ("CH\n", None),
            (" CH", None),
            ("ＣＨ", None),
            ("Switzerland", None),
            ("C" * 5000, None),
        ],
    )
    def test_any_other_is_refused_with_what_was_meant(self, code: str, suggestion: str | None) -> None:
        found = refusal(lambda: location(country=code))
        assert (found.code, found.path) == ("country-unknown", "/country")
        assert found.params.get("suggestion") == suggestion

    @pytest.mark.parametrize("code", ["EU", "UN"])
    def test_what_others_take_for_a_country_is_refused_with_what_to_do(self, code: str) -> None:
        found = refusal(lambda: location(country=code))
        assert (found.code, found.path) == ("country-unassigned", "/country")
        assert "Leave the code out" in found.fix


class TestInGroup:
    """P09: a country is in a group on a day; `until` is exclusive."""

    @pytest.mark.parametrize(
        ("country", "first_day_out", "left"),
        [
            ("GQ", date(2017, 6, 4), 47),
            ("VU", date(2020, 12, 4), 46),
            ("BT", date(2023, 12, 13), 45),
            ("ST", date(2024, 12, 13), 44),
        ],
    )
    def test_a_country_is_least_developed_up_to_the_day_on_which_it_leaves(
        self, country: str, first_day_out: date, left: int
    ) -> None:
        day_before = first_day_out - timedelta(days=1)
        assert in_group(country, "ldc", on=day_before)
        assert not in_group(country, CountryGroup.LDC, on=first_day_out)
        assert len(group_members("ldc", on=day_before)) == left + 1
        assert group_members("ldc", on=day_before) - group_members("ldc", on=first_day_out) == {country}

    def test_there_were_46_least_developed_countries_at_the_reference_event(self) -> None:
        members = group_members("ldc", on=date(2023, 5, 17))
        assert members == set(LDC_IN_MAY_2023.split())
        assert len(members) == 46

    @pytest.mark.parametrize(("group", "count"), [("lldc", 32), ("sids", 39)])
    def test_the_other_groups_have_as_many_as_their_offices_say(self, group: str, count: int) -> None:
        assert len(group_members(group, on=date(2023, 5, 17))) == count

    @pytest.mark.parametrize("group", CountryGroup)
    def test_the_two_ways_of_asking_agree(self, group: CountryGroup) -> None:
        for day in (date(2018, 1, 1), date(2020, 12, 3), date(2020, 12, 4), date(2026, 5, 15)):
            assert {country for country in COUNTRIES if in_group(country, group, on=day)} == group_members(
                group, on=day
            )

    @pytest.mark.parametrize(
        ("group", "first"), [("ldc", "2014-01-01"), ("lldc", "2017-10-18"), ("sids", "2017-10-18")]
    )
    def test_a_day_before_a_list_begins_is_refused(self, group: str, first: str) -> None:
        known = date.fromisoformat(first)
        assert group_members(group, on=known)
        for ask in (partial(group_members, group), partial(in_group, "CH", group)):
            for as_last_known in (False, True):
                found = refusal(partial(ask, on=known - timedelta(days=1), as_last_known=as_last_known))
                assert (found.code, found.path) == ("group-unknown-on-date", "/on")
                assert found.params == {"group": group, "minimum": first}

    def test_after_the_list_was_read_only_what_is_doubtful_is_refused(self) -> None:
        day = date(2026, 12, 1)
        assert in_group("TD", "ldc", on=day)
        assert not in_group("BT", "ldc", on=day)
        assert not in_group("CH", "ldc", on=day)
        assert len(group_members("lldc", on=day)) == 32
        assert len(group_members("sids", on=date(2100, 1, 1))) == 39
        for ask in (partial(group_members, "ldc"), partial(in_group, "BD", "ldc")):
            found = refusal(partial(ask, on=day))
            assert (found.code, found.path) == ("group-member-doubtful", "/on")
            assert found.params == {"group": "ldc", "countries": "BD, LA, NP"}

    def test_the_last_known_list_can_be_asked_for(self) -> None:
        for day in (date(2026, 12, 1), date(2100, 1, 1)):
            assert in_group("BD", "ldc", on=day, as_last_known=True)
            assert not in_group("BT", "ldc", on=day, as_last_known=True)
            assert len(group_members("ldc", on=day, as_last_known=True)) == 44

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"country": "UK"}, "country-unknown", "/country"),
            ({"country": None}, "wrong-type", "/country"),
            ({"group": "LDC"}, "value-unknown", "/group"),
            ({"group": ["ldc"]}, "value-unknown", "/group"),
            ({"on": "2023-05-17"}, "wrong-type", "/on"),
            ({"on": datetime(2023, 5, 17, tzinfo=UTC)}, "wrong-type", "/on"),
            ({"on": date(1969, 12, 31)}, "date-unreadable", "/on"),
        ],
    )
    def test_unknown_countries_groups_and_days_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        asked: dict[str, Any] = {"country": "TD", "group": "ldc", "on": date(2023, 5, 17), **changes}
        assert refused(lambda: in_group(**asked)) == (code, path)


LDC_IN_MAY_2023 = """
AF AO BD BF BI BJ BT CD CF DJ ER ET GM GN GW HT KH KI KM LA LR LS MG ML MM MR MW MZ NE NP RW SB SD SL SN SO SS ST TD TG
TL TV TZ UG YE ZM
"""
