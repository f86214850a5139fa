"""A release of the time zone database, read in place from a folder or a wheel, whatever is in there."""

import pickle
import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from os import mkfifo
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile
from zoneinfo import ZoneInfo

import pytest

from tests.refusals import refused
from tests.types.zone_files import LocalType, put, time_zone_file
from wtisd_model import Code, Zones

ZURICH = "Europe/Zurich"
AAA, BBB = LocalType(3600, is_dst=False, name="AAA"), LocalType(7200, is_dst=True, name="BBB")
FILE = time_zone_file("AAA-1BBB,M3.5.0,M10.5.0/3", [AAA, BBB])
UNREADABLE = (Code.ZONES_UNREADABLE, "/source")
DAMAGED = (Code.ZONE_RULES_UNREADABLE, "/source/Europe~1Zurich")
SUMMER = datetime(2026, 7, 6)


def wheel(path: Path, files: Mapping[str, bytes] = MappingProxyType({}), *, method: int = ZIP_DEFLATED) -> Path:
    """Write a wheel with these files of a database; its zone is Zurich's."""
    with ZipFile(path, "w", method) as archive:
        for name, data in {ZURICH: FILE, **files}.items():
            archive.writestr(f"tzdata/zoneinfo/{name}", data)
        archive.writestr("tzdata-2026.6.dist-info/METADATA", "Name: tzdata\n")
    return path


class TestSource:
    """PEP 615: a folder has the files under their IANA names; the wheel of tzdata has them in tzdata/zoneinfo."""

    @pytest.mark.parametrize(
        ("files", "version"),
        [
            ({"tzdata.zi": b"# version 2026f\n# This zic input file is in the public domain.\n"}, "2026f"),
            ({"+VERSION": b"2025b\n"}, "2025b"),
            ({"+VERSION": b"2025b\n", "tzdata.zi": b"# version 2026f\n"}, "2025b"),
            ({"+VERSION": b"latest\n", "tzdata.zi": b"# version 2026f\n"}, "2026f"),
            ({}, None),
        ],
    )
    def test_it_states_its_release(self, files: dict[str, bytes], version: str | None, tmp_path: Path) -> None:
        for name, data in {**files, ZURICH: FILE}.items():
            put(tmp_path / "zoneinfo", name, data)
        packed = wheel(tmp_path / "tzdata.whl", files)
        assert Zones(tmp_path / "zoneinfo").version == Zones(packed).version == version

    @pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
    def test_a_zone_has_its_rules(self, method: int, tmp_path: Path) -> None:
        zones = Zones(str(wheel(tmp_path / "tzdata.whl", method=method)))
        for asked in (ZURICH, ZoneInfo(ZURICH)):
            zone = zones.zone(asked)
            assert (zone.key, zone.tzname(SUMMER)) == (ZURICH, "BBB")
        assert ZURICH in zones
        assert "Asia/Tokyo" not in zones

    def test_it_stays_as_it_was_read(self, tmp_path: Path) -> None:
        put(tmp_path, ZURICH, FILE)
        zones = Zones(tmp_path)
        put(tmp_path, ZURICH, time_zone_file("CCC-3", [AAA]))
        assert zones.zone(ZURICH).tzname(SUMMER) == "BBB"
        assert [each.name for each in tmp_path.iterdir()] == ["Europe"]
        assert Zones(tmp_path).zone(ZURICH).tzname(SUMMER) == "CCC"

    def test_it_can_be_stored_and_hashed_and_shows_its_release_alone(self, tmp_path: Path) -> None:
        zones = Zones(wheel(tmp_path / "tzdata.whl", {"+VERSION": b"2025b"}))
        assert repr(zones) == "Zones(version='2025b')"
        assert len({zones, zones, Zones(tmp_path / "tzdata.whl")}) == 2
        assert pickle.loads(pickle.dumps(zones)).zone(ZURICH).tzname(SUMMER) == "BBB"
        with pytest.raises(AttributeError):
            zones.version = "2026f"  # type: ignore[misc]  # frozen

    def test_that_of_python_is_read_as_python_reads_it(self) -> None:
        tzdata: Any = import_module("tzdata")
        zones = Zones(Path(tzdata.__file__).parent / "zoneinfo")
        assert zones.version == tzdata.IANA_VERSION
        moment = datetime(2026, 7, 6, tzinfo=UTC)
        assert moment.astimezone(zones.zone("America/Havana")).utcoffset() is not None


class TestNames:
    """Only names of the accepted zones are looked up, so no name leads elsewhere."""

    @pytest.mark.parametrize("name", ["../secret", "/etc/localtime", "Europe/../Europe/Zurich", "Factory", "", "A\0B"])
    def test_others_are_unknown(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / "zoneinfo", ZURICH, FILE)
        put(tmp_path, "secret", FILE)
        zones = Zones(tmp_path / "zoneinfo")
        assert refused(lambda: zones.zone(name)) == (Code.ZONE_UNKNOWN, "/zone")
        assert name not in zones

    def test_members_of_a_wheel_that_lead_elsewhere_are_not_read(self, tmp_path: Path) -> None:
        zones = Zones(wheel(tmp_path / "tzdata.whl", {"../../../secret": b"x", "/Europe/Paris": b"x", "//": b""}))
        assert refused(lambda: zones.zone("Europe/Paris")) == (Code.ZONE_RULES_MISSING, "/zone")

    def test_what_a_release_does_not_have_is_missing(self, tmp_path: Path) -> None:
        zones = Zones(wheel(tmp_path / "tzdata.whl"))
        assert refused(lambda: zones.zone("America/Coyhaique")) == (Code.ZONE_RULES_MISSING, "/zone")


class TestSourceThatIsNone:
    """What is no database, or may harm, is refused before a zone is asked for."""

    @pytest.mark.parametrize("source", [3, None, b"/usr/share/zoneinfo", ["tzdata.whl"]])
    def test_only_a_path_is_one(self, source: object) -> None:
        with pytest.raises(TypeError, match="Not a path"):
            Zones(source)  # type: ignore[arg-type]  # refused

    def test_nothing_and_folders_and_files_without_zones(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "text").write_bytes(b"PK\3\4 but no archive")
        mkfifo(tmp_path / "pipe")
        with ZipFile(tmp_path / "other.zip", "w") as archive:
            archive.writestr("zoneinfo/Europe/Zurich", FILE)
        for name in ("absent", "empty", "text", "pipe", "other.zip"):
            assert refused(lambda name=name: Zones(tmp_path / name)) == UNREADABLE, name  # type: ignore[misc]  # at once

    def test_links_in_a_circle_and_to_a_device(self, tmp_path: Path) -> None:
        (tmp_path / "Europe").mkdir()
        (tmp_path / "Europe/Zurich").symlink_to("Zurich")
        (tmp_path / "UTC").symlink_to("/dev/zero")
        (tmp_path / "Asia").symlink_to("Asia")
        assert refused(lambda: Zones(tmp_path)) == UNREADABLE

    def test_a_folder_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path, ZURICH, FILE)

        def refuse(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", refuse)
        assert refused(lambda: Zones(tmp_path)) == UNREADABLE

    @pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
    def test_methods_without_a_bound(self, method: int, tmp_path: Path) -> None:
        packed = wheel(tmp_path / "tzdata.whl", method=method)
        assert refused(lambda: Zones(packed)) == UNREADABLE

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        packed = wheel(tmp_path / "tzdata.whl", {ZURICH: FILE + bytes(50_000_000)})
        assert packed.stat().st_size < 100_000
        assert refused(lambda: Zones(packed)) == DAMAGED

    def test_an_archive_that_is_too_large(self, tmp_path: Path) -> None:
        packed = wheel(tmp_path / "tzdata.whl", {"other": bytes(4_194_304)}, method=ZIP_STORED)
        assert refused(lambda: Zones(packed)) == UNREADABLE

    def test_an_archive_with_a_password(self, tmp_path: Path) -> None:
        packed = wheel(tmp_path / "tzdata.whl")
        data = bytearray(packed.read_bytes())
        at = data.index(b"PK\1\2") + 8
        data[at] |= 1
        data[6] |= 1
        packed.write_bytes(data)
        assert refused(lambda: Zones(packed)) == UNREADABLE

    def test_an_archive_with_changed_bytes(self, tmp_path: Path) -> None:
        good = wheel(tmp_path / "tzdata.whl", method=ZIP_STORED).read_bytes()
        packed = tmp_path / "damaged.whl"
        packed.write_bytes(good.replace(b"AAA-1BBB", b"AAA-2BBB"))
        assert refused(lambda: Zones(packed)) == UNREADABLE


def second_header(data: bytes) -> int:
    return data.index(b"TZif", 4)


def with_count(data: bytes, number: int, count: int) -> bytes:
    """Return a file whose second header states another count, by its number in RFC 8536 section 3.1."""
    at = second_header(data) + 20 + 4 * number
    return data[:at] + struct.pack(">L", count) + data[at + 4 :]


class TestFileThatIsNone:
    """RFC 8536; some of these let zoneinfo crash the process, or never return."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda data: data[:0],
            lambda data: data[:4],
            lambda data: data[:60],
            lambda data: data[:-1],
            lambda data: data[: data.index(b"\nAAA")],
            lambda data: data.replace(b"TZif", b"ZIPf"),
            lambda data: data.replace(b",M3.5.0,M10.5.0/3", b",M3.5.0"),
            lambda data: with_count(data, 4, 0),
            lambda data: with_count(data, 4, 2**32 - 1),
            lambda data: with_count(data, 3, 2**32 - 1),
            lambda data: data + bytes(65_536),
        ],
    )
    def test_what_is_cut_off_or_miscounted_is_unreadable(
        self, change: Callable[[bytes], bytes], tmp_path: Path
    ) -> None:
        put(tmp_path, ZURICH, change(FILE))
        assert refused(lambda: Zones(tmp_path)) == DAMAGED

    @pytest.mark.parametrize(
        "data",
        [
            time_zone_file("AAA-1", [AAA, BBB], [(200, 1), (100, 0)]),
            time_zone_file("AAA-1", [AAA, BBB], [(100, 2)]),
            time_zone_file("AAA-1", [LocalType(86_400, is_dst=False, name="AAA")]),
            time_zone_file("AAA-1", [AAA]).replace(b"\x0e\x10\0", b"\x0e\x10\xff"),
            time_zone_file("AAA-99", [AAA]),
        ],
        ids=["out-of-order", "no-such-type", "a-day-ahead", "neither-true-nor-false", "offset-of-days"],
    )
    def test_what_cannot_be_true_is_unreadable(self, data: bytes, tmp_path: Path) -> None:
        put(tmp_path, ZURICH, data)
        assert refused(lambda: Zones(tmp_path)) == DAMAGED

    def test_a_file_of_the_first_version_is_read(self, tmp_path: Path) -> None:
        put(tmp_path, ZURICH, time_zone_file("", [AAA, BBB], [(100, 1)], version=1))
        assert Zones(tmp_path).zone(ZURICH).tzname(SUMMER) == "BBB"
