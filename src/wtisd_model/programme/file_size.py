"""How large a file may be that is written of an event."""

from collections.abc import Iterable
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding

MOST_OCTETS: Final = 64_000_000
"""The maximum size of a file. Sessions repeat the texts of their event, so a megabyte could become gigabytes."""


def require_size(octets: int) -> None:
    """Refuse a file that is too large (``feed-too-large``)."""
    if octets > MOST_OCTETS:
        raise ExportError(finding(Code.FEED_TOO_LARGE, maximum=MOST_OCTETS))


def joined_pieces(pieces: Iterable[bytes], between: bytes = b"") -> bytes:
    """Return the pieces of a file as one; one that is too large is refused before all of it is made."""
    size, joined = 0, list[bytes]()
    for piece in pieces:
        size += len(piece) + len(between)
        require_size(size)
        joined.append(piece)
    return between.join(joined)
