"""Writing an event with its sessions as JSCalendar: `to_jscalendar`."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, InvalidValueError, finding
from wtisd_model.jscalendar.names import PRODUCT_NAME, Version
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.programme.announced import require_announced, require_size
from wtisd_model.types.language import require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.uid import name_based_uid


def to_jscalendar(
    event: Event,
    *,
    version: Version = "2.0",
    stamped: datetime | None = None,
    language: str | None = None,
    personal: bool = False,
) -> bytes:
    """Return an event in JSCalendar: an Event, or with its sessions a Group of Events.

    In a Group, the event comes first; each session names it as its parent (``relatedTo``). Drafts among the sessions
    are left out. There is no ``method``: it is a snapshot, not a message. Equal input gives equal bytes. What no
    property can hold is in ``wtisd-model:fields``, so that with *personal* `from_jscalendar` returns an equal
    event, but for its history, its provenance and its ``retention_days``.

    Args:
        event: not a draft.
        version: that of JSCalendar: ``2.0`` (draft-ietf-calext-jscalendarbis-18) or ``1.0`` (RFC 8984).
        stamped: the moment of this export, aware; used only if the event has no ``updated``.
        language: the language of texts, a tag such as ``fr``; a text without a translation is in the language it was
            written in. By default, texts are in that language, with their translations as ``localizations``.
        personal: True for the office: with everybody, the addresses, telephone numbers, ids and languages of people,
            and data of other programs (``extensions``). By default, only people on stage and contacts of the event are
            named, and only these contacts have addresses.

    Returns:
        UTF-8, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing`` where there is neither *stamped* nor
            ``event.updated``; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: an option is not allowed: ``value-unknown``, ``moment-naive``, ``moment-unreadable``,
            ``language-unknown`` or ``wrong-type``.
        TypeError: *event* is not an Event.
    """
    # Imported here, because only programs that write JSCalendar need them.
    import msgspec

    from wtisd_model.jscalendar.entries import JSCalendarWriter, in_seconds
    from wtisd_model.programme.languages import ProgrammeLanguages
    from wtisd_model.programme.people import Readers

    require_announced(event)
    if version not in {"1.0", "2.0"}:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/version", choices="1.0, 2.0"))
    at = None if stamped is None else moment_in_utc(stamped, "/stamped")
    updated = event.updated or at
    if updated is None:
        raise ExportError(finding(Code.STAMP_MISSING, "/stamped"))
    writer = JSCalendarWriter(
        event=event,
        languages=ProgrammeLanguages(event),
        version=version,
        language=require_language(language),
        readers=Readers.OFFICE if personal else Readers.PUBLIC,
        updated=in_seconds(updated),
    )
    sessions = announced_sessions(event)
    top = {"version": version} if version == "2.0" else {}  # version 1.0 has no such property
    whole = {"@type": "Group" if sessions else "Event", **top, "prodId": PRODUCT_NAME}
    first = writer.write()
    if not sessions:
        return _joined(iter([msgspec.json.encode(whole | first)]), b"")
    whole |= {"uid": group_uid(event), "updated": writer.updated, "title": first["title"], "locale": first["locale"]}
    entries = (msgspec.json.encode(writer.write(each)) for each in sessions)
    head = msgspec.json.encode(whole).removesuffix(b"}") + b',"entries":['
    return _joined(chain([head + msgspec.json.encode(first)], entries), b",") + b"]}"


def group_uid(event: Event) -> str:
    """Return the uid of the Group of an event and its sessions: it is another object than the event."""
    return name_based_uid(f"Group {event.uid}")


def _joined(pieces: Iterator[bytes], between: bytes) -> bytes:
    size, kept = 0, list[bytes]()
    for piece in pieces:
        size += len(piece) + 1
        require_size(size)
        kept.append(piece)
    return between.join(kept)
