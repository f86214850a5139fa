"""Writing an event as schedule.json."""

from typing import Any, Literal, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.model.event import Event
from wtisd_model.programme.announced import require_announced, require_size
from wtisd_model.types.language import require_language


def to_schedule_json(event: Event, *, version: Literal[1, 2] = 1, language: str | None = None) -> bytes:
    """Return an event as the schedule of a conference, a file that apps and signs at the doors of rooms read.

    Version 1 is what pretalx, frab and EventFahrplan write and read, and has no status: sessions that are cancelled or
    postponed are left out, as are drafts. Version 2 has them with their status. People are named, without addresses.
    Equal events give equal bytes.

    Args:
        event: not a draft.
        version: the version of the format.
        language: the language of texts, a tag such as ``fr``; by default, and without a translation, each text is in
            the language it was written in, and descriptions in version 2 have their translations.

    Returns:
        UTF-8, valid by the JSON Schema of the version, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: ``language-unknown``, ``wrong-type``; ``value-unknown`` for another *version*.
        TypeError: *event* is not an Event.

    Source: https://c3voc.de/wiki/schedule
    """
    slot = require_announced(event)
    if type(cast("object", version)) is not int or version not in {1, 2}:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/version", choices="1, 2"))
    tag = require_language(language)
    # Imported here, because few programs write schedules.
    from msgspec import Raw
    from msgspec.json import encode

    from wtisd_model.schedule_json.event_writer import document

    size = 0

    def encode_session(plain: dict[str, Any]) -> Raw:
        nonlocal size
        piece = encode(plain)
        size += len(piece)
        require_size(size)
        return Raw(piece)

    written = encode(document(event, slot, version, tag, encode_session))
    require_size(len(written))
    return written
