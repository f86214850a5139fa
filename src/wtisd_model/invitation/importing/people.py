"""Who holds it, whom to ask, and who is invited: ORGANIZER, CONTACT and ATTENDEE."""

from collections.abc import Iterable, Iterator
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import finding
from wtisd_model.ical.joining import BETWEEN_PARTS
from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.invitation.calendar.context import Context
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.invitation.calendar.values import address, allowed, language, participation_status, text
from wtisd_model.invitation.importing.outcome import Attendee
from wtisd_model.model.event import Event
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.people import Contact, Organization, Role
from wtisd_model.types.text import EMAIL, NAME

MOST_CONTACTS: Final = most_items(Event, "contacts")


def organizer(found: Property, context: Context) -> Organization | None:
    """Read ORGANIZER: a body with its name, or with its address for a name."""
    email = address(found)
    if email is None:
        context.drop(found)
        return None
    called = found.parameter("CN")
    name = None if called is None else context.clean(called, NAME, found)
    return Organization(name=LocalizedText(text=name or email, language=context.tag(found)), email=email)


def contacts(found: Iterable[Property], context: Context) -> Iterator[Contact]:
    """Read CONTACT: a name and an address behind a comma, as this package writes them, or one of both."""
    for count, each in enumerate(found):
        if count == MOST_CONTACTS:
            context.drop(each)
            return
        said = text(each.value)
        name, _, email = said.rpartition(BETWEEN_PARTS)
        if allowed(said, EMAIL):
            yield Contact(email=said, roles=_CONTACT)
        elif allowed(email, EMAIL) and NAME.check(name) is None:
            yield Contact(name=name, email=email, roles=_CONTACT)
        else:
            kept = context.clean(said, NAME, each)
            if kept is not None:
                yield Contact(name=kept, roles=_CONTACT)


_CONTACT: Final = frozenset({Role.CONTACT})


def attendees(uid: str, found: Iterable[Property], context: Context) -> Iterator[Attendee]:
    """Read ATTENDEE; rooms and equipment among them are left out."""
    for each in found:
        email = address(each)
        if email is None or each.keyword("CUTYPE") in {"ROOM", "RESOURCE"}:
            context.drop(each)
            continue
        called = each.parameter("CN")
        status = participation_status(each)
        if status is None:
            context.note(finding(Code.PARTSTAT_UNKNOWN, line_path(each.line)))
        yield Attendee(
            uid=uid,
            email=email,
            name=None if called is None else context.clean(called, NAME, each),
            language=language(each.parameter("LANGUAGE")),
            status=status or ParticipationStatus.NEEDS_ACTION,
        )
