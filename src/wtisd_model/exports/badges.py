"""Badges for people who have a seat, with a ticket that nobody can make without a key, and its QR code."""

import hmac
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Annotated, Final, cast

from attrs import frozen
from msgspec.json import encode

from wtisd_model.codes import Code
from wtisd_model.columns.csv import Delimiter, write_rows
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.json.encoder import struct_maker
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.programme.people import organization_of
from wtisd_model.rules.seats import seats_held
from wtisd_model.schema.constraints import Pattern
from wtisd_model.schema.fields import PERSONAL, Count, fields_of
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_instance, require_iterable, require_records, require_valid
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.country import CountryCode
from wtisd_model.types.language import LanguageTag
from wtisd_model.types.people import Contact, Role
from wtisd_model.types.text import Identifier, Name

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L and O, which look like digits, and without U."""

_GROUP: Final = f"[{_ALPHABET}]{{4}}"

TICKET: Final = Pattern(rf"^{_GROUP}-{_GROUP}-{_GROUP}(?!\n)$", 14, Code.TICKET_MALFORMED)
"""The constraint of a ticket: eleven characters, and one by which a mistyped one is noticed."""

_TYPED: Final = re.compile(f"[{_ALPHABET}]{{12}}")
_AS_MEANT: Final = str.maketrans("OIL", "011", " -")
_LONGEST_TYPED: Final = 64
_SHORTEST_KEY: Final = 32
_PURPOSE: Final = b"wtisd-model ticket 1"


@frozen(kw_only=True, eq=False, repr=False)
class Badge(Model):
    """What a badge shows of a person who has a seat."""

    registration_id: Identifier
    """The id of the registration."""
    name: Annotated[Name, PERSONAL]
    """The name of the person."""
    organization: Annotated[Name | None, PERSONAL] = None
    """The organization of the person."""
    job_title: Annotated[Name | None, PERSONAL] = None
    """The function of the person there."""
    country: Annotated[CountryCode | None, PERSONAL] = None
    """The country of the delegation (ISO 3166-1 alpha-2)."""
    mode: ParticipationMode
    """On site or remote."""
    roles: frozenset[Role] = frozenset()
    """The roles of the person at this event."""
    languages: Annotated[tuple[LanguageTag, ...], Count(unique=True)] = ()
    """The languages that the person listens in, best first (BCP 47)."""
    ticket: Annotated[str, TICKET, PERSONAL]
    """The ticket, such as ``7Q2M-XK4D-9R0T``."""


def badges(registrations: Iterable[Registration], event: Event, *, key: bytes) -> tuple[Badge, ...]:
    """Return the badge of each person who has a seat, in the order of *registrations*.

    Purged registrations have none. A ticket is derived from the key, the uid of the event and the id of the
    registration (HMAC-SHA-256), so a registration has the same one each time, whatever changes in it, and nobody can
    compute it from what a person sent. Somebody who registers again under another id has another ticket.

    Args:
        registrations: such as ``dossier.registrations``.
        event: their event.
        key: a secret of at least 32 random bytes, such as ``secrets.token_bytes(32)``. Keep it as long as the tickets
            are valid, and out of the documents.

    Raises:
        InvalidValueError: ``event-uid-differs`` for a registration for another event; ``too-few-items`` for a short
            *key*.
        TypeError: *registrations* is not an iterable of registrations; *event* is not an Event; *key* is not bytes.
    """
    seated = _with_seat(registrations, event, key)
    return tuple(
        _badge(registration, participant, key)
        for registration in seated
        if (participant := registration.participant) is not None
    )


def _badge(registration: Registration, participant: Contact, key: bytes) -> Badge:
    return Badge(
        registration_id=registration.id,
        name=participant.name or "",  # a participant has a name
        organization=organization_of(registration, participant),
        job_title=participant.job_title,
        country=registration.country,
        mode=registration.mode,
        roles=participant.roles,
        languages=registration.listening_languages,
        ticket=_ticket(registration, key),
    )


def verify_ticket(code: str, registrations: Iterable[Registration], event: Event, *, key: bytes) -> Registration | None:
    """Return the registration that a ticket is for, or None if nobody who has a seat has this ticket.

    Case, spaces and hyphens do not matter, and O, I and L are read as the digits that they look like. A mistyped
    ticket is noticed: no other one differs in a single character, or by two characters that are exchanged. A person who
    has been checked in already is returned too: look at ``state``. The time does not depend on how much of a ticket is
    right.

    Args:
        code: as it was scanned or typed.
        registrations: those of the event.
        event: the event.
        key: the key that the tickets were made with. For a while after you changed it, try the new key and then the old
            one.

    Raises:
        InvalidValueError: as for `badges`.
        TypeError: as for `badges`, or *code* is not a string.
    """
    typed = _as_meant(require_instance(code, str, "code must be a string."))
    found: Registration | None = None
    for registration in _with_seat(registrations, event, key):
        # All are compared, to the end.
        if hmac.compare_digest(_ticket(registration, key), typed):
            found = registration
    return found


def ticket_svg(ticket: str) -> bytes:
    """Return the QR code of a ticket as an SVG image, which can be a file or part of a page.

    It has a quiet zone and a white ground, no script and no text, and no size: give it one in the page.

    Raises:
        ImportError: segno is not installed: ``pip install 'wtisd-model[badges]'``.
        InvalidValueError: ``ticket-malformed``.

    Source: ISO/IEC 18004, with error correction of level M or better.
    """
    require_valid(ticket, TICKET, "/ticket")
    try:
        import segno
    except ImportError as missing:
        raise ImportError("QR codes need segno: pip install 'wtisd-model[badges]'", name="segno") from missing
    image = BytesIO()
    code = segno.make_qr(ticket, error="m")
    code.save(image, kind="svg", xmldecl=False, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return image.getvalue()


def badges_to_csv(badges: Iterable[Badge], *, delimiter: Delimiter = ",", bom: bool = False) -> Iterator[bytes]:
    """Yield badges as CSV for a program that prints them, in the format of `to_csv`; every column is personal.

    Raises:
        InvalidValueError: ``value-unknown`` for *delimiter*, immediately.
        TypeError: *badges* is not an iterable, immediately; a row is not a Badge, during
            iteration.
    """
    names = [spec.name for spec in fields_of(Badge)]
    rows = ([_cell(getattr(badge, name)) for name in names] for badge in _checked(badges))
    return write_rows(names, rows, delimiter=delimiter, bom=bom)


def badges_to_json(badges: Iterable[Badge]) -> bytes:
    """Encode badges as a JSON array of objects, with the keys of our format: ``registrationId``, ``jobTitle``.

    Raises:
        TypeError: *badges* is not an iterable of badges.
    """
    return encode(list(map(struct_maker(Badge), _checked(badges))))


def _checked(badges: Iterable[Badge]) -> Iterator[Badge]:
    for badge in require_iterable(badges, "badges"):
        yield require_instance(badge, Badge, "Not a Badge: pass the result of badges().")


def _cell(value: object) -> object:
    return sorted(cast("frozenset[Role]", value)) if isinstance(value, frozenset) else value


def _with_seat(registrations: Iterable[Registration], event: Event, key: bytes) -> Iterator[Registration]:
    """Yield the registrations that hold a seat, and check all arguments."""
    require_instance(event, Event, "Not an Event: pass dossier.event.")
    advice = f"key must be bytes, such as secrets.token_bytes({_SHORTEST_KEY})."
    if len(require_instance(key, bytes, advice)) < _SHORTEST_KEY:
        raise InvalidValueError(finding(Code.TOO_FEW_ITEMS, "/key", minimum=_SHORTEST_KEY))
    for index, registration in enumerate(require_records(registrations, Registration, "registrations")):
        if registration.event_uid != event.uid:
            raise InvalidValueError(finding(Code.EVENT_UID_DIFFERS, pointer("registrations", index, "eventUid")))
        if seats_held(event, registration):
            yield registration


def _ticket(registration: Registration, key: bytes) -> str:
    # Neither a uid nor an id contains a null character, so no two pairs make the same message.
    message = b"\0".join((_PURPOSE, registration.event_uid.encode(), registration.id.encode()))
    number = int.from_bytes(hmac.digest(key, message, "sha256")[:7]) >> 1
    digits = [number >> shift & 31 for shift in range(50, -1, -5)]
    whole = "".join(_ALPHABET[digit] for digit in (*digits, _check_digit(digits)))
    return f"{whole[:4]}-{whole[4:8]}-{whole[8:]}"


def _check_digit(digits: Iterable[int]) -> int:
    """Return the digit that makes a Reed-Solomon code of the others, over the field of 32 elements.

    Each digit is multiplied by another power of a primitive element, so no single change and no exchange of two digits
    leaves the sum as it was.
    """
    found = 0
    for digit in digits:
        found = (found ^ digit) << 1
        if found & 0b100000:
            found ^= 0b100101  # x^5 + x^2 + 1
    return found


def _as_meant(code: str) -> str:
    """Return a typed ticket in the form in which it was made; an empty text if it cannot be one."""
    typed = code.upper().translate(_AS_MEANT) if len(code) <= _LONGEST_TYPED else ""
    if not _TYPED.fullmatch(typed):
        return ""
    digits = [_ALPHABET.index(character) for character in typed]
    if _check_digit(digits[:-1]) != digits[-1]:
        return ""
    return f"{typed[:4]}-{typed[4:8]}-{typed[8:]}"
