"""Time zone files made for a test, and a place to read them from."""

import struct
import zoneinfo
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class LocalType(NamedTuple):
    """A local time type of RFC 8536."""

    offset: int
    is_dst: bool
    name: str


def time_zone_file(
    footer: str, types: Sequence[LocalType], onsets: Sequence[tuple[int, int]] = (), *, version: int = 2
) -> bytes:
    """Write a file of RFC 8536 with these local time types, onsets (moment, index of type) and string at its end."""
    names = "".join(f"{each.name}\0" for each in types).encode()
    starts = [sum(len(before.name) + 1 for before in types[:index]) for index in range(len(types))]
    records = b"".join(
        struct.pack(">lBB", each.offset, each.is_dst, start) for each, start in zip(types, starts, strict=True)
    )

    def block(width: str) -> bytes:
        counts = struct.pack(">6L", 0, 0, 0, len(onsets), len(types), len(names))
        moments = struct.pack(f">{len(onsets)}{width}", *(at for at, _ in onsets))
        indices = bytes(index for _, index in onsets)
        mark = b"\0" if version == 1 else str(version).encode()
        return b"TZif" + mark + bytes(15) + counts + moments + indices + records + names

    return block("l") if version == 1 else block("l") + block("q") + f"\n{footer}\n".encode()


@contextmanager
def reading_from(*directories: Path) -> Generator[None]:
    """Let zoneinfo look in these directories, and then in the tzdata package, as it always does."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[str(each) for each in directories])
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(to=before)


def put(directory: Path, zone: str, data: bytes) -> None:
    """Put a file where zoneinfo looks for a zone."""
    path = directory / zone
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
