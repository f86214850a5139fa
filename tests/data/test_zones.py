"""The time zones that are accepted, and what is suggested for other names. tests/reading/test_zones.py uses them."""

import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from tests.data import generate
from wtisd_model.data import code_lists
from wtisd_model.data.zones import AREA_ZONES, ZONES, zone_hints

BARE = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
SAID = [line.partition(": ")[::2] for line in code_lists("zones")["other_names"].splitlines() if line]


class TestZones:
    """Accepted are the names of the tzdata package."""

    def test_they_are_the_names_of_the_package(self) -> None:
        assert generate.accepted_zones() == ZONES
        assert generate.area_zones() == AREA_ZONES

    def test_the_package_has_rules_for_each(self) -> None:
        rules = files("tzdata").joinpath("zoneinfo")
        assert [zone for zone in ZONES if rules.joinpath(*zone.split("/")).read_bytes()[:4] != b"TZif"] == []

    def test_every_zone_in_use_in_some_country_is_there(self) -> None:
        assert generate.zone_tab() <= ZONES

    @pytest.mark.parametrize("name", ["CEST", "UTC+5", "Etc/GMT+13", "Europe/Geneva", "Factory", "Europe"])
    def test_other_abbreviations_offsets_and_inventions_are_not(self, name: str) -> None:
        assert name not in ZONES


class TestZoneHints:
    """Geneva and CEST get a hint from a small table, not from edit distance."""

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("Geneva", "Europe/Zurich"),
            ("Genève", "Europe/Zurich"),
            ("Europe/Geneva", "Europe/Zurich"),
            ("CEST", "Europe/Zurich"),
            ("CET", "Europe/Zurich"),
            ("europe/zurich", "Europe/Zurich"),
            ("Zurich", "Europe/Zurich"),
            ("ZÜRICH", "Europe/Zurich"),
            ("Z", "UTC"),
            ("utc", "UTC"),
            ("GMT", "UTC"),
            ("Etc/UTC", "UTC"),
            ("BST", "Europe/London"),
            ("EST", "America/New_York"),
            ("PST", "America/Los_Angeles"),
            ("IST", "Asia/Kolkata"),
            ("JST", "Asia/Tokyo"),
            ("New Delhi", "Asia/Kolkata"),
            ("Asia/New_Delhi", "Asia/Kolkata"),
            ("Beijing", "Asia/Shanghai"),
            ("Washington", "America/New_York"),
            ("New York", "America/New_York"),
            ("New_York", "America/New_York"),
            ("America/New York", "America/New_York"),
            ("Kiev", "Europe/Kyiv"),
            ("İstanbul", "Europe/Istanbul"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("Buenos Aires", "America/Argentina/Buenos_Aires"),
            ("Petersburg", None),
            ("UTC+2", None),
            ("etc/gmt-2", "Etc/GMT-2"),
            ("Etc/GMT+13", None),
            ("Atlantis", None),
        ],
    )
    def test_common_names_have_the_intended_zone_as_hint(self, said: str, meant: str | None) -> None:
        assert zone_hints().get(said.casefold()) == meant

    def test_every_suggestion_is_accepted(self) -> None:
        assert set(zone_hints().values()) <= ZONES

    def test_no_accepted_name_needs_a_hint(self) -> None:
        assert not zone_hints().keys() & ZONES

    def test_names_are_casefolded_and_composed(self) -> None:
        assert [name for name in zone_hints() if name != unicodedata.normalize("NFC", name.casefold())] == []

    def test_a_name_is_found_with_blanks_and_with_underscores(self) -> None:
        for name, zone in zone_hints().items():
            assert zone_hints()[name.replace(" ", "_")] == zone
            assert zone_hints()[name.replace("_", " ")] == zone

    def test_an_accepted_name_in_the_wrong_case_leads_to_itself(self) -> None:
        assert {zone: zone_hints()[zone.casefold()] for zone in AREA_ZONES} == {zone: zone for zone in AREA_ZONES}

    def test_hand_made_hints_name_no_place_twice(self) -> None:
        counted = Counter(name for _, names in SAID for name in names.split(", "))
        assert [name for name, times in counted.items() if times > 1] == []

    def test_hand_made_hints_suggest_current_names(self) -> None:
        assert {zone for zone, _ in SAID} <= generate.zone_tab() | {"UTC"}

    def test_windows_names_lead_where_cldr_says(self) -> None:
        windows = generate.windows_zones()
        assert len(windows) > 100
        assert {name: zone_hints()[name.casefold()] for name in windows} == windows

    def test_bare_names_of_the_database_lead_where_the_database_says(self) -> None:
        links = generate.zone_links()
        # EST and MST are fixed offsets in the database, and a person means the places that have summer time. CET is
        # best known to our readers from Geneva. Iceland has a name of its own, though its clocks are Abidjan's.
        ours = {"CET": "Europe/Zurich", "MET": "Europe/Zurich", "EST": "America/New_York", "MST": "America/Denver"}
        ours["Iceland"] = "Atlantic/Reykjavik"
        for name in BARE:
            if name in links and "/" not in name and name != "UTC":
                expected = ours.get(name, links[name])
                assert zone_hints()[name.casefold()] == ("UTC" if expected.startswith("Etc/") else expected), name

    def test_of_the_names_without_an_area_only_offsets_lead_to_themselves(self) -> None:
        offsets = {f"Etc/GMT{sign}{hours}" for sign, last in (("+", 12), ("-", 14)) for hours in range(1, last + 1)}
        themselves = {zone for zone in ZONES - AREA_ZONES if zone_hints()[zone.casefold()] == zone}
        assert themselves == offsets | {"UTC"}
