"""The files that are written of an event: their JSON, how large they may be, and what calendar files are called."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.json import Encoder

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.locales import plain_word
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.model.session import PAUSES, Session

MOST_OCTETS: Final = 64_000_000
"""The maximum size of a file. Sessions repeat the texts of their event, so a megabyte could become gigabytes."""


encode_json: Final = Encoder(decimal_format="number", enc_hook=plain_word).encode
"""Return JSON, also of words that a language of one's own borrows, which no other encoder of msgspec writes."""


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


def calendar_file_names(event: Event) -> Iterator[tuple[Session | None, str]]:
    """Yield pairs of a session, or None for the event, and the name of the calendar file that has it alone.

    Drafts, breaks and social events have none.

    The name of a session depends on its id alone, so that a published address never becomes that of another session.
    No two names are equal, also where upper and lower case are not distinguished, as on Windows and macOS.
    """
    yield None, "event.ics"
    for session in announced_sessions(event):
        if session.kind not in PAUSES:
            # No id has a tilde. After it comes, as a number, which letters are capitals.
            capitals = sum(1 << place for place, letter in enumerate(session.id) if letter.isupper())
            yield session, f"session-{session.id}~{capitals:x}.ics" if capitals else f"session-{session.id}.ics"
