"""ORGANIZER, CONTACT and ATTENDEE as objects."""

from collections.abc import Iterable, Iterator
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext, addresses_in, email_of, participation_status_of
from wtisd_model.ical.property import Property
from wtisd_model.ical.values import decode_text, decode_text_list
from wtisd_model.model.event import Event
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import Session
from wtisd_model.reading.imported import Attendee
from wtisd_model.schema.constraints import Pattern
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import LocalizedText, language_tag
from wtisd_model.types.people import Contact, Organization, Role
from wtisd_model.types.text import EMAIL, NAME, PHONE

MOST_CONTACTS: Final = most_items(Event, "contacts")


def read_organizer(vevent: Component, context: ImportContext) -> Organization | None:
    """Return ORGANIZER as an organization, named by its address if it has no name."""
    source = context.single(vevent, "ORGANIZER")
    if source is None:
        return None
    email = email_of(source)
    if email is None:
        context.drop(source)
        return None
    name = context.parameter(source, "CN", NAME) or email
    return Organization(name=LocalizedText(text=name, language=context.language_of(source)), email=email)


def read_contacts(sources: Iterable[Property], context: ImportContext) -> Iterator[Contact]:
    """Yield each CONTACT: a name, an address and a telephone number, each optional, as this package writes them."""
    for count, each in enumerate(sources):
        if count == MOST_CONTACTS:
            context.drop(each)
            return
        whole = decode_text(each.value)
        rest, phone = _last_part(whole, PHONE)
        name, email = _last_part(rest, EMAIL)
        if (name and NAME.check(name) is not None) or not (name or email):
            name, email, phone = context.text(whole, NAME, each) or "", None, None
        if name or email:
            yield Contact(name=name or None, email=email, phone=phone, roles=_CONTACT)


def _last_part(text: str, constraint: Pattern) -> tuple[str, str | None]:
    """Return a text without its last part behind a comma, and that part, if it has the form of *constraint*."""
    rest, _, last = text.rpartition(", ")
    return (rest, last) if constraint.check(last, suggest=False) is None else (text, None)


_CONTACT: Final = frozenset({Role.CONTACT})


def read_participants(vevent: Component, context: ImportContext) -> Iterator[Contact]:
    """Yield each PARTICIPANT who is named: people who speak or take part, and people to contact.

    Source: RFC 9073 section 7.1.
    """
    for count, each in enumerate(vevent.all_components("PARTICIPANT")):
        kind = each.get("PARTICIPANT-TYPE")
        roles = _PARTICIPANTS.get("" if kind is None else kind.value.strip().upper())
        summary, address = each.get("SUMMARY"), each.get("CALENDAR-ADDRESS")
        name = None if summary is None else context.text(decode_text(summary.value), NAME, summary)
        email = None if address is None else email_of(address)
        if roles is None or count >= MOST_PEOPLE or (name is None and email is None):
            context.note_once(Code.COMPONENT_DROPPED, each, component=each.name)
            continue
        words = [word for source in each.all("CATEGORIES") for word in decode_text_list(source.value)]
        yield Contact(
            name=name, email=email, roles=frozenset(_ROLES[word] for word in words if word in _ROLES) or roles
        )


MOST_PEOPLE: Final = most_items(Session, "people")

_ROLES: Final = {each.value: each for each in Role}
_PARTICIPANTS: Final = {
    "ACTIVE": frozenset[Role](),
    "PERFORMER": frozenset[Role](),
    "SPEAKER": frozenset({Role.SPEAKER}),
    **dict.fromkeys(("CONTACT", "BOOKING-CONTACT", "PLANNER-CONTACT", "PUBLICITY-CONTACT"), _CONTACT),
}
"""The roles that a PARTICIPANT-TYPE means; the others name nobody who is at an event (RFC 9073 section 6.2)."""


def read_attendees(uid: str, sources: Iterable[Property], context: ImportContext) -> Iterator[Attendee]:
    """Yield each ATTENDEE but rooms and equipment."""
    for each in sources:
        email = email_of(each)
        if email is None or each.keyword("CUTYPE") in {"ROOM", "RESOURCE"}:
            context.drop(each)
            continue
        status = participation_status_of(each)
        if status is None:
            context.note(Code.PARTSTAT_UNKNOWN, each)
        yield Attendee(
            uid=uid,
            email=email,
            name=context.parameter(each, "CN", NAME),
            language=language_tag(each.parameter("LANGUAGE")),
            status=status or ParticipationStatus.NEEDS_ACTION,
            delegated_from=addresses_in(each, "DELEGATED-FROM"),
        )
