"""A message of each kind."""

from collections.abc import Iterator

from tests.ical.feeds import past_every_check
from tests.samples.invited import EVENT, LATER, person, registration
from tests.samples.whole import slot
from wtisd_model import Contact, Event, ListingConsent, ParticipationStatus, Registration
from wtisd_model import invitation as inv

Given = tuple[Event, Registration, Contact, str]
"""What messages are made of: an event, a registration, a delegate and a comment."""


GUEST = registration(participant=person(language="es"))
DELEGATE = person(2)
PLAIN: Given = (EVENT, GUEST, DELEGATE, "Gladly; with pleasure")


def every_message(given: Given) -> Iterator[inv.Message]:
    """Make one of each kind, about the event and about a session."""
    event, guest, delegate, comment = given
    if event is not EVENT:
        guest = past_every_check(guest, "event_uid", event.uid)
    session = event.sessions[0]
    other = past_every_check(registration(3, listing_consent=ListingConsent.EVERYONE), "event_uid", event.uid)
    for about in (None, session):
        request = inv.invite(event, guest, stamped=LATER, session=about)
        yield request
        yield inv.invite(event, guest, stamped=LATER, session=about, others=[other])
        yield inv.reply(request, ParticipationStatus.ACCEPTED, stamped=LATER, comment=comment)
        yield inv.reply(request, ParticipationStatus.DELEGATED, stamped=LATER, delegate=delegate)
        yield inv.delegation(request, delegate, stamped=LATER)
        yield inv.counter(request, slot("2023-06-17T14:30:00", "2023-06-17T16:30:00"), stamped=LATER, comment=comment)
        yield inv.refresh(request, stamped=LATER, comment=comment)
        yield inv.cancel(event, guest, stamped=LATER, session=about)
        yield inv.publish(event, stamped=LATER, session=about)
        yield inv.decline_counter(event, guest, stamped=LATER, session=about, comment=comment)
