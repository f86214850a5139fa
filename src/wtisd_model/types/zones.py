"""A release of the time zone database that a program names, beside the one that Python uses."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zoneinfo import ZoneInfo

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.objects import ReprMixin
from wtisd_model.types.timezone import require_zone
from wtisd_model.types.tzif import VERSION_FILES, stated_version, zone_info

_MOST_OF_A_ZONE = 65_536
"""Bytes of the file of a zone; the largest ones have 4,000."""

_MOST_OF_A_WHEEL = 4_194_304
"""Bytes of a wheel, which has 350,000; their number also bounds its list of files."""


def _read(source: Path | str) -> Mapping[str, bytes]:
    """Return the files of a database by name, those of zones well-formed; errors as `Zones`."""
    if not isinstance(cast("object", source), Path | str):
        raise TypeError("Not a path: pass that of a folder of time zones, or of a wheel of tzdata.")
    files = _files_in(Path(source))
    if not files.keys() & ZONES:
        raise InvalidValueError(finding(Code.ZONES_UNREADABLE, "/source"))
    for name in sorted(files.keys() & ZONES):
        if len(files[name]) > _MOST_OF_A_ZONE or zone_info(files[name], name) is None:
            raise InvalidValueError(finding(Code.ZONE_RULES_UNREADABLE, pointer("source", name)))
    return files


@frozen(eq=False, repr=False)
class Zones(ReprMixin):
    """A release of the time zone database, as it was when this object was made.

    It is read in place: nothing is unpacked, only the names of accepted zones are looked up, and what Python uses for
    all other times stays the same.

    Args:
        source: the path of a folder of TZif files, such as ``/usr/share/zoneinfo``, or of a wheel of tzdata.

    Raises:
        InvalidValueError: ``zones-unreadable`` if it is neither, or has no zone; ``zone-rules-unreadable`` if the file
            of a zone is malformed.
        TypeError: *source* is no path.

    Source: RFC 8536; PEP 615; PEP 427.
    """

    _files: Mapping[str, bytes] = field(alias="source", converter=_read, repr=False)
    version: str | None = field(init=False)
    """The release, such as ``2026f``; None if the database does not state it."""

    def __attrs_post_init__(self) -> None:
        stated = stated_version(self._files.get(name, b"") for name in VERSION_FILES)
        object.__setattr__(self, "version", stated)

    def __contains__(self, zone: str) -> bool:
        """Return True if it has a zone of this name."""
        return zone in ZONES and zone in self._files

    def zone(self, zone: str | ZoneInfo) -> ZoneInfo:
        """Return a zone by its IANA name, with the rules of this release.

        Raises:
            InvalidValueError: ``zone-unknown``; ``zone-rules-missing`` if this release does not have it.
        """
        name = require_zone(zone)
        if name not in self._files:
            raise InvalidValueError(finding(Code.ZONE_RULES_MISSING, "/zone"))
        return cast("ZoneInfo", zone_info(self._files[name], name))


def _files_in(path: Path) -> Mapping[str, bytes]:
    """Return the files of a database, by name; of each at most one byte more than that of a zone may have.

    Raises:
        InvalidValueError: ``zones-unreadable``.
    """
    names = (*VERSION_FILES, *sorted(ZONES))
    try:
        if path.is_dir():
            return dict(_in_folder(path, names))
        if path.is_file() and path.stat().st_size <= _MOST_OF_A_WHEEL:
            with ZipFile(path) as wheel:
                return dict(_in_wheel(wheel, names))
    # A damaged or encrypted archive raises all of these.
    except (OSError, ValueError, RuntimeError, EOFError, BadZipFile, zlib.error):
        pass
    # Outside the block, so that the error has no context.
    raise InvalidValueError(finding(Code.ZONES_UNREADABLE, "/source"))


def _in_folder(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        file = folder.joinpath(*name.split("/"))
        if file.is_file():  # neither a link that leads nowhere, or in a circle, nor a device
            with file.open("rb") as opened:
                yield name, opened.read(_MOST_OF_A_ZONE + 1)


def _in_wheel(wheel: ZipFile, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    members = {member.filename: member for member in wheel.infolist()}
    for name in names:
        member = members.get(f"tzdata/zoneinfo/{name}")
        if member is None:
            continue
        if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BadZipFile("zipfile unpacks other methods without a bound")
        with wheel.open(member) as opened:
            yield name, opened.read(_MOST_OF_A_ZONE + 1)
