"""The bytes of a file or stream, decompressed if they are gzip (RFC 1952)."""

from collections.abc import Callable, Iterator
from typing import Any, Final

CHUNK: Final = 65_536
"""Bytes that are read or decompressed at once, which bounds the memory that a gzip bomb can use."""

MAGIC: Final = b"\x1f\x8b"
"""The first two bytes of gzip (RFC 1952 section 2.3.1)."""

ReadBytes = Callable[[int], object]


class DamagedError(Exception):
    """Gzip data that is damaged or cut off; never leaves `wtisd_model.json`."""


class _Source:
    """A binary stream whose first bytes can be looked at."""

    def __init__(self, read: ReadBytes) -> None:
        self._read = read
        self._ahead = b""

    def starts_with_magic(self) -> bool:
        while len(self._ahead) < len(MAGIC) and (piece := self._piece(CHUNK)):
            self._ahead += piece
        return self._ahead.startswith(MAGIC)

    def read(self, size: int) -> bytes:
        if self._ahead:
            piece, self._ahead = self._ahead[:size], self._ahead[size:]
            return piece
        return self._piece(size)

    def _piece(self, size: int) -> bytes:
        piece = self._read(size)
        if not isinstance(piece, bytes):
            raise TypeError("Not a source: its read() gives no bytes. Open it in binary mode, and blocking.")
        return piece


def decompressed(read: ReadBytes, *, packed: bool) -> Iterator[bytes]:
    """Yield the bytes of a stream, decompressed if they begin as gzip does.

    Args:
        read: returns at most the given number of bytes, and none at the end.
        packed: True if it has to be gzip, and anything else is damaged.

    Raises:
        DamagedError: the gzip data is damaged or cut off.
        TypeError: *read* returns something other than bytes.
    """
    source = _Source(read)
    next_piece: Callable[[int], bytes] = source.read
    # No JSON begins like gzip: the second byte cannot follow the first in UTF-8.
    is_packed = source.starts_with_magic()
    if packed and not is_packed:
        raise DamagedError
    if is_packed:
        from gzip import GzipFile  # only needed for gzip

        fileobj: Any = source  # GzipFile only calls its read()
        next_piece = GzipFile(fileobj=fileobj, mode="rb").read1
    while piece := _undamaged(next_piece):
        yield piece


def _undamaged(next_piece: Callable[[int], bytes]) -> bytes:
    from gzip import BadGzipFile
    from zlib import error

    try:
        return next_piece(CHUNK)
    except (BadGzipFile, EOFError, error):
        raise DamagedError from None
