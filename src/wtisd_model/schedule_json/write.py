"""`to_schedule_json`: an event and its sessions as the schedule of a conference, in either version."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec.json import encode

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.programme.announced import require_announced, require_size
from wtisd_model.programme.format import Format
from wtisd_model.schedule_json.both_versions import ScheduleWriter
from wtisd_model.schedule_json.version_1 import Version1Writer
from wtisd_model.schedule_json.version_2 import Version2Writer
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.language import require_language

_WRITERS: Final[Mapping[str, type[ScheduleWriter]]] = {"1": Version1Writer, "2": Version2Writer}

FORMATS: Final[Mapping[str, Format]] = {version: writer.FORMAT for version, writer in _WRITERS.items()}
"""What each version carries of an event."""


def to_schedule_json(event: Event | Dossier, *, version: Literal["1", "2"] = "1", language: str | None = None) -> bytes:
    """Return an event as the schedule of a conference, a file that apps and signs at the doors of rooms read.

    Version 1 is what pretalx, frab and EventFahrplan write and read, and has no status: sessions that are cancelled or
    postponed are left out, as are drafts. Version 2 has them with their status. People are named, without addresses.
    Equal events give equal bytes.

    Args:
        event: not a draft; or the dossier of such an event.
        version: the version of the format.
        language: the language of texts, a tag such as ``fr``; by default, and without a translation, each text is in
            the language it was written in, and descriptions in version 2 have their translations.

    Returns:
        UTF-8, valid by the JSON Schema of the version, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: ``language-unknown``, ``wrong-type``; ``value-unknown`` for another *version*.
        TypeError: *event* is not an Event or a Dossier, or *version* is not a string.

    Source: https://c3voc.de/wiki/schedule
    """
    the_event, _ = event_and_requests(event)
    slot = require_announced(the_event)
    if require_instance(version, str, 'version must be a string: "1" or "2".') not in _WRITERS:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/version", choices=", ".join(_WRITERS)))
    tag = require_language(language)
    written = encode(_WRITERS[version](the_event, slot, tag).document())
    require_size(len(written))
    return written
