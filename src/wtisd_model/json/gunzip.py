"""Bytes as they flow out of a file or stream, unpacked where they are gzip (RFC 1952); damage is told where it is."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Final

CHUNK: Final = 65_536
"""Bytes that are asked for at once, as many as a processor's cache holds well, and the most that are unpacked at once:
what a gzip bomb can cost."""

MAGIC: Final = b"\x1f\x8b"
"""How gzip begins (RFC 1952 section 2.3.1)."""
# Packed data is unpacked in such pieces: behind each member the rest is copied, and a member may have 20 bytes.
_PACKED: Final = 16_384
# A gzip header and trailer around the data, of which each has a check of its own.
_GZIP: Final = 31

Read = Callable[[int], object]


class DamagedError(Exception):
    """Packed data that is damaged or cut off; never leaves the room."""


def flowing(read: Read, *, packed: bool) -> Iterator[bytes]:
    """Give what *read* gives, piece by piece, unpacked where it begins as gzip does.

    Args:
        read: gives so many bytes at most, and none at the end.
        packed: it is to be gzip, and anything else is damage.

    Raises:
        DamagedError: after everything that could be unpacked.
        TypeError: *read* gives something else than bytes.
    """
    pieces = iter(partial(_bytes, read), b"")
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= len(MAGIC):
            break
    whole = chain((head,), pieces)
    # No JSON begins like this: the second byte cannot follow the first in UTF-8.
    return _unpacked(whole) if packed or head.startswith(MAGIC) else whole


def _bytes(read: Read) -> bytes:
    piece = read(CHUNK)
    if not isinstance(piece, bytes):
        raise TypeError("Not a source: its read() gives no bytes. Open it in binary mode, and blocking.")
    return piece


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack one gzip member after the other (RFC 1952 section 2.2); zeros after one of them are padding."""
    import zlib

    member, members = zlib.decompressobj(_GZIP), 0
    begun = False
    unpacked: bytes | None
    for piece in _even(pieces):
        rest, lags = piece, False
        while rest or lags:
            if members and not begun:
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
            begun, before = True, member.copy()
            try:
                unpacked = member.decompress(rest, CHUNK)
            except zlib.error:
                unpacked = None
            if unpacked is None:
                yield from _salvaged(before.decompress, rest, zlib.error)
                raise DamagedError
            yield unpacked
            rest, lags = member.unconsumed_tail, len(unpacked) == CHUNK
            if member.eof:
                rest, lags = member.unused_data, False
                member, members, begun = zlib.decompressobj(_GZIP), members + 1, False
    if begun or not members:
        raise DamagedError


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut packed data at the same places, however it came in: so what damage costs is the same too."""
    held = b""
    for piece in pieces:
        held += piece
        whole = len(held) - len(held) % _PACKED
        for at in range(0, whole, _PACKED):
            yield held[at : at + _PACKED]
        held = held[whole:]
    yield held


def _salvaged(unpack: Callable[[bytes], bytes], rest: bytes, failure: type[Exception]) -> Iterator[bytes]:
    """Unpack byte by byte, up to the damage."""
    for at in range(len(rest)):  # pragma: no branch - it ends at the damage, which is in one of these bytes
        try:
            unpacked = unpack(rest[at : at + 1])
        except failure:
            return
        yield unpacked
