"""Time zone files: the same ones that zoneinfo reads, read the same way."""

import importlib
import struct
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.ical.refusal import refused
from tests.types.zone_files import LocalType, put, reading_from, time_zone_file
from wtisd_model import Code
from wtisd_model.types import tzif
from wtisd_model.types.tzif import RulesSource, history_of, read_tzif, source_and_version

AAA, BBB = LocalType(3600, is_dst=False, name="AAA"), LocalType(7200, is_dst=True, name="BBB")
FOREIGN = time_zone_file("AAA-1", [AAA])

OUTSIDE = ["", "Factory", "CEST", "Europe", "europe/zurich", "../../etc/passwd", "Europe/../Europe/Zurich", "A\0B"]


class TestHistoryOf:
    """PEP 615: "If a time zone is found in TZPATH it is used, otherwise the tzdata package is"."""

    @pytest.mark.parametrize("zone", OUTSIDE)
    def test_only_names_of_the_list_reach_the_files(self, zone: str) -> None:
        with refused(Code.ZONE_UNKNOWN):
            history_of(zone)

    def test_the_first_directory_that_has_the_zone_decides_as_for_zoneinfo(self, tmp_path: Path) -> None:
        put(tmp_path / "second", "Europe/Zurich", FOREIGN)
        put(tmp_path / "third", "Europe/Zurich", time_zone_file("BBB-2", [BBB]))
        with reading_from(tmp_path / "first", tmp_path / "second", tmp_path / "third"):
            assert [each.observance.name for each in history_of("Europe/Zurich").onsets] == ["AAA"]
            assert datetime(2023, 5, 17, tzinfo=ZoneInfo.no_cache("Europe/Zurich")).tzname() == "AAA"

    def test_what_no_directory_has_comes_from_the_package(self, tmp_path: Path) -> None:
        put(tmp_path, "Europe/Paris", FOREIGN)
        with reading_from(tmp_path):
            moment = datetime(2023, 5, 17, tzinfo=UTC)
            history = history_of("Europe/Zurich")
            assert history.onsets[history.index_at(moment.timestamp())].observance.name == "CEST"

    def test_another_search_path_is_noticed_at_once(self, tmp_path: Path) -> None:
        before = history_of("Asia/Tokyo")
        put(tmp_path, "Asia/Tokyo", FOREIGN)
        with reading_from(tmp_path):
            assert history_of("Asia/Tokyo") is not before
        assert history_of("Asia/Tokyo") is before

    def test_without_directories_and_package_the_rules_are_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "tzdata", None)
        tzif._history.cache_clear()  # what was read before is not read again
        with reading_from():
            for ask in (history_of, source_and_version):
                with refused(Code.ZONE_RULES_MISSING):
                    ask("Asia/Tokyo")

    @pytest.mark.parametrize(
        "data", [b"", b"TZif", b"TZif2" + bytes(39), FOREIGN[:-1], FOREIGN.replace(b"TZif", b"TZiF"), b"\xff" * 200]
    )
    def test_a_file_that_is_none_is_unreadable(self, data: bytes, tmp_path: Path) -> None:
        put(tmp_path, "Asia/Tokyo", data)
        with reading_from(tmp_path), refused(Code.ZONE_RULES_UNREADABLE):
            history_of("Asia/Tokyo")

    def test_a_file_that_cannot_be_opened_is_unreadable(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path, "Asia/Tokyo", FOREIGN)

        def refuse(_: Path) -> bytes:
            raise PermissionError

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with reading_from(tmp_path), refused(Code.ZONE_RULES_UNREADABLE):
            history_of("Asia/Tokyo")


class TestReadTzif:
    """RFC 8536 section 3: a header, a block for 32 bits, a header, a block for 64 bits, a string."""

    def test_lists_the_changes_and_goes_on_with_the_rule(self) -> None:
        begin = int(datetime(2023, 3, 26, 1, tzinfo=UTC).timestamp())
        history = read_tzif(time_zone_file("AAA-1BBB,M3.5.0,M10.5.0/3", [AAA, BBB], [(begin, 1)]))
        assert [each.observance.name for each in history.onsets[:4]] == ["AAA", "BBB", "AAA", "BBB"]
        assert history.onsets[1].at == begin
        assert history.onsets[2].at == int(datetime(2023, 10, 29, 1, tzinfo=UTC).timestamp())
        assert history.yearly_from == 1
        assert EPOCH + timedelta(seconds=history.onsets[-1].at) == datetime(2199, 10, 27, 1, tzinfo=UTC)

    def test_the_yearly_rule_begins_where_every_later_change_is_one_of_it(self) -> None:
        odd = int(datetime(2022, 4, 3, 1, tzinfo=UTC).timestamp())
        autumn = int(datetime(2022, 10, 30, 1, tzinfo=UTC).timestamp())
        history = read_tzif(time_zone_file("AAA-1BBB,M3.5.0,M10.5.0/3", [AAA, BBB], [(odd, 1), (autumn, 0)]))
        assert history.onsets[history.yearly_from].at == autumn

    def test_an_onset_that_ends_another_offset_than_the_rules_is_not_yet_one_of_it(self) -> None:
        early = LocalType(0, is_dst=False, name="CCC")
        spring = int(datetime(2022, 3, 27, 1, tzinfo=UTC).timestamp())
        history = read_tzif(time_zone_file("AAA-1BBB,M3.5.0,M10.5.0/3", [early, AAA, BBB], [(spring, 2)]))
        assert history.onsets[1].at == spring
        assert history.yearly_from == 2

    def test_a_rule_older_than_1970_begins_in_1970(self) -> None:
        history = read_tzif(time_zone_file("AAA-1BBB,M3.5.0,M10.5.0/3", [AAA]))
        assert history.onsets[history.yearly_from].at == int(datetime(1970, 3, 29, 1, tzinfo=UTC).timestamp())
        assert history.onsets[history.yearly_from - 1].at < 0

    def test_changes_without_a_difference_and_those_over_as_they_begin_are_left_out(self) -> None:
        history = read_tzif(time_zone_file("BBB-2", [AAA, BBB], [(0, 0), (100, 1), (100, 0), (200, 1), (300, 1)]))
        assert [(each.at, each.observance.name) for each in history.onsets[1:]] == [(200, "BBB")]

    def test_a_rule_that_never_takes_effect_is_no_change(self) -> None:
        # "All-year daylight saving time" (RFC 8536 section 3.3.1): each winter ends as it begins.
        history = read_tzif(time_zone_file("XXX3EDT4,0/0,J365/23", [LocalType(-14400, is_dst=True, name="EDT")]))
        assert [each.observance.name for each in history.onsets if each.at >= 0] == []

    def test_a_file_of_the_first_version_ends_with_its_list(self) -> None:
        history = read_tzif(time_zone_file("", [AAA, BBB], [(100, 1)], version=1))
        assert [each.observance.name for each in history.onsets] == ["AAA", "BBB"]
        assert (history.yearly, history.yearly_from) == (None, 2)

    def test_a_file_without_a_string_ends_with_its_list(self) -> None:
        assert len(read_tzif(time_zone_file("", [AAA, BBB], [(100, 1)])).onsets) == 2

    def test_a_file_cut_anywhere_is_refused(self) -> None:
        data = time_zone_file("AAA-1BBB,M3.5.0,M10.5.0/3", [AAA, BBB], [(0, 1), (10**6, 0)])
        for length in range(len(data)):
            with pytest.raises((ValueError, IndexError, struct.error)):
                read_tzif(data[:length])


class TestIndexAt:
    """An onset is in force from its own moment on."""

    def test_counts_the_moment_itself(self) -> None:
        history = read_tzif(time_zone_file("BBB-2", [AAA, BBB], [(100, 1)]))
        assert [history.index_at(moment) for moment in (-(10**12), 99, 99.9, 100, 101)] == [0, 0, 0, 1, 1]


class TestSourceAndVersion:
    """What `doctor` prints: which time zone database is in use, and which release of it."""

    def test_the_package_tells_its_release(self) -> None:
        with reading_from():
            assert source_and_version() == RulesSource(
                place="tzdata", version=importlib.import_module("tzdata").IANA_VERSION
            )

    @pytest.mark.parametrize(
        ("files", "version"),
        [
            ({}, None),
            ({"+VERSION": "2026b\n"}, "2026b"),
            ({"tzdata.zi": "# version 2026a-rearguard\n# more"}, "2026a"),
            ({"+VERSION": "unknown", "tzdata.zi": "# version 2025b"}, "2025b"),
            ({"+VERSION": "2025c", "tzdata.zi": "# version 2025b"}, "2025c"),
            ({"tzdata.zi": "# 20260101"}, None),
        ],
    )
    def test_a_directory_tells_it_in_one_of_two_files(
        self, files: dict[str, str], version: str | None, tmp_path: Path
    ) -> None:
        put(tmp_path, "Europe/Zurich", FOREIGN)
        for name, content in files.items():
            (tmp_path / name).write_text(content)
        with reading_from(tmp_path):
            assert source_and_version() == RulesSource(place=str(tmp_path), version=version)
            assert source_and_version("Europe/Paris").place == "tzdata"

    def test_a_search_path_takes_the_place_of_zoneinfo_s(self, tmp_path: Path) -> None:
        put(tmp_path / "own", "Europe/Zurich", FOREIGN)
        put(tmp_path / "of_zoneinfo", "Europe/Zurich", FOREIGN)
        with reading_from(tmp_path / "of_zoneinfo"):
            assert source_and_version(search_path=[str(tmp_path / "own")]).place == str(tmp_path / "own")
            assert source_and_version(search_path=[]).place == "tzdata"

    @pytest.mark.parametrize("zone", OUTSIDE)
    def test_only_names_of_the_list_reach_the_files(self, zone: str) -> None:
        with refused(Code.ZONE_UNKNOWN):
            source_and_version(zone)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
