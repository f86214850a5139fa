"""People and events that invitations are about; all made up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from attrs import evolve
from hypothesis import strategies as st

from tests.samples.whole import text
from tests.samples.wtisd import STAMPED, full_event
from wtisd_model import (
    Contact,
    Event,
    EventStatus,
    Organization,
    ParticipationMode,
    ParticipationStatus,
    Registration,
    RegistrationState,
)
from wtisd_model.invitation import is_invited
from wtisd_model.strategies import events, organizations, registrations

EVENT = full_event()
LATER = STAMPED + timedelta(days=1)
ORGANIZER = Organization(name=text("UIT", "fr", en="ITU"), email="organizer@example.org")

INVITED = st.sampled_from([each for each in RegistrationState if each.takes_seat])
ON = st.sampled_from([EventStatus.SCHEDULED, EventStatus.POSTPONED])
STAMPS = st.datetimes(datetime(2020, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


def person(number: int = 1, **changes: object) -> Contact:
    given = {"name": f"Participant {number}", "email": f"p{number}@example.org", **changes}
    return Contact(**given)  # type: ignore[arg-type]  # a test may give what the class refuses


def registration(number: int = 1, **changes: object) -> Registration:
    """Return an approved registration."""
    given = {
        "id": f"R-{number}",
        "event_uid": EVENT.uid,
        "participant": person(number),
        "mode": ParticipationMode.ON_SITE,
        "submitted_at": STAMPED,
        **changes,
    }
    pending = Registration(**given)  # type: ignore[arg-type]  # as above
    return pending.approve(at=STAMPED)


def answered(number: int, status: ParticipationStatus, **changes: object) -> Registration:
    return registration(number, participation_status=status, **changes)


@st.composite
def invitable(draw: st.DrawFn) -> Event:
    """Draw an event to which somebody may be invited; some of its sessions may be cancelled."""
    event = draw(ON.flatmap(lambda status: events(status=status)))
    return evolve(event, organizer=evolve(draw(organizations()), email="organizer@example.org"))


@st.composite
def guests(draw: st.DrawFn, event: Event) -> Registration:
    """Draw somebody who is invited, and who may read any of the languages of the event."""
    drawn = draw(INVITED.flatmap(lambda state: registrations(event=event, state=state)))
    if drawn.participant is None:
        drawn = evolve(drawn, participant=person(), purged_at=None)
    assert drawn.participant is not None
    texts = [event.title, *(session.title for session in event.sessions)]
    own = sorted({tag for text in texts for tag in (text.language, *text.translations)})
    language = draw(st.sampled_from([drawn.participant.language, *own]))
    guest = evolve(drawn, participant=evolve(drawn.participant, language=language))
    assert is_invited(event, guest)
    return guest


@st.composite
def invitations(draw: st.DrawFn) -> tuple[Event, Registration]:
    event = draw(invitable())
    return event, draw(guests(event))


def open_sessions(event: Event, guest: Registration) -> Iterator[str]:
    """Name the sessions to which a person may be invited."""
    for session in event.sessions:
        chosen = not guest.session_ids or session.id in guest.attended_ids
        mode = event.mode_of(session)
        offers = mode is not None and guest.mode in mode.modes
        if chosen and offers and session.status in {EventStatus.SCHEDULED, EventStatus.POSTPONED}:
            yield session.id
