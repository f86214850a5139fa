"""Letters on their whole way: a database, a mail server, and a calendar on a CalDAV server for each person."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.orm import Session as Transaction

from tests.docs.desk import EXAMPLES, calendar_of, has_calendar, parsed
from tests.mail.mail_server import HERE, Received, mail_server
from tests.outside.calendars import Seen
from tests.outside.in_python import with_icalendar
from tests.outside.radicale import CalDav, caldav, kept
from tests.samples.whole import text
from wtisd_model import (
    Call,
    Dossier,
    Event,
    Location,
    Organization,
    Registration,
    Session,
    Submission,
    TimeSlot,
    VirtualLocation,
    invitation,
    promote,
)

pytestmark = pytest.mark.outside


def session(id_: str, start: str, end: str, **changes: Any) -> Session:
    return Session(
        id=id_,
        title=text(id_.capitalize()),
        slot=TimeSlot.at(f"2199-03-04T{start}", end, "Africa/Lagos"),
        locations=[evolve(HALL, room=id_.capitalize())],
        **changes,
    )


HALL = Location(name=text("Landmark Centre"), locality="Lagos", country="NG")
EVENT = Event(
    uid="forum-2199@example.org",
    title=text("Forum"),
    slot=TimeSlot.at("2199-03-04T09:00", "18:00", "Africa/Lagos"),
    locations=[HALL],
    virtual_locations=[VirtualLocation(uri="https://meet.example.org/forum")],
    organizer=Organization(name=text("Desk"), email="desk@example.org"),
    sessions=[
        session("opening", "09:00", "10:00"),
        session("maps", "11:00", "12:00", inherited_places="on-site", on_site_capacity=2),
        session("panel", "14:00", "15:00"),
    ],
    calls=[Call(kind="registration", address_unknown=True, on_site_capacity=6, waitlist=True)],
)
CHOSEN = [
    (1, "on-site", ["opening", "maps"]),
    (2, "on-site", ["opening"]),
    (3, "on-site", ["panel"]),
    (4, "on-site", []),
    (5, "on-site", ["maps"]),
    (6, "on-site", ["maps", "opening"]),  # the two seats in it are taken
    (7, "remote", ["opening"]),
    (7, "remote", ["panel"]),  # a colleague with the same address
    (8, "on-site", ["opening"]),  # the six seats at the event are taken
]
CONCERNED = {1, 3, 5, 6, 7, 8}
"""Whoever chose what moves or is dropped, withdraws, or gets a seat; the mailbox of two among them."""


def form(index: int) -> dict[str, Any]:
    number, mode, sessions = CHOSEN[index]
    person = {"name": f"Delegate {index + 1}", "email": f"p{number}@example.org"}
    return {"eventUid": EVENT.uid, "mode": mode, "participant": person, "sessionIds": sessions}


def changed(dossier: Dossier, now: datetime) -> Dossier:
    """Move a session, drop another, and let somebody withdraw, whose seats are for others."""
    opening, maps, _ = dossier.event.sessions
    maps = evolve(maps, slot=TimeSlot.at("2199-03-04T16:00", "17:30", "Africa/Lagos"))
    event = dossier.event.revised(at=now, sessions=[opening, maps])
    people = [
        each.withdraw(at=now) if each.participant and each.participant.email == "p5@example.org" else each
        for each in dossier.registrations
    ]
    return promote(evolve(dossier, event=event, registrations=people), now=now)


class Calendars:
    """A calendar on the server for each address, which programs keep by the mails that arrive."""

    def __init__(self, server: CalDav) -> None:
        self._server = server
        for number in range(1, 9):
            assert server.ask("MKCALENDAR", f"/p{number}/calendar/", user=f"p{number}")[0] == 201

    def receive(self, mails: Iterable[EmailMessage]) -> Counter[int]:
        """Put what mails carry into the calendars, and return how many each person got."""
        got = Counter[int]()
        for mail in mails:
            [to] = mail["To"].addresses
            got[int(to.username.removeprefix("p"))] += 1
            if has_calendar(mail):
                calendar = calendar_of(mail)
                [entry] = with_icalendar(calendar)
                path, is_off = f"/{to.username}/calendar/{entry.uid}.ics", entry.method == "CANCEL"
                verb, body = ("DELETE", b"") if is_off else ("PUT", kept(calendar))
                assert self._server.ask(verb, path, body, user=to.username)[0] in {200, 201, 204}
        return got

    def entries(self, number: int) -> list[Seen]:
        """Return what icalendar finds in a calendar."""
        status, body = self._server.ask("GET", f"/p{number}/calendar/", user=f"p{number}")
        assert status == 200
        return sorted(with_icalendar(body), key=lambda each: each.uid)


def fresh(dossier: Dossier, number: int, *, by_session: bool) -> list[Seen]:
    """Return what a calendar has that was only invited to the dossier as it is."""
    people = [
        each
        for each in dossier.registrations
        if each.participant and each.participant.email == f"p{number}@example.org"
        if invitation.is_invited(dossier.event, each)
    ]
    made = invitation.invites(dossier.event, people, stamped=datetime.now(UTC), by_session=by_session)
    seen = [evolve(each, method=None) for message in made for each in with_icalendar(message.ics)]
    return sorted(seen, key=lambda each: each.uid)


@pytest.fixture
def calendars(tmp_path: Path) -> Iterator[Calendars]:
    with caldav(tmp_path) as server:
        yield Calendars(server)


@pytest.fixture
def received() -> Iterator[Received]:
    with mail_server() as started:
        yield started


def taken(received: Received) -> list[EmailMessage]:
    """Return the mails that have come since the last call."""
    mails = [parsed(each) for each in received.contents]
    received.envelopes.clear()
    return mails


@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_by_event_each_person_whose_day_changes_has_one_mail_and_all_calendars_are_right(
    database: str,
    calendars: Calendars,
    received: Received,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    store, worker = import_module("conference.store"), import_module("conference.worker")
    url = f"sqlite:///{tmp_path}/forum.db" if database == "sqlite" else request.getfixturevalue(database)
    engine = store.connect(url)
    try:
        store.DeskBase.metadata.drop_all(engine)
        store.DeskBase.metadata.create_all(engine)
        with Transaction(engine) as transaction, transaction.begin():
            transaction.add(store.EventRow(uid=EVENT.uid, event=EVENT))

        def mails() -> list[EmailMessage]:
            worker.work(engine, f"{HERE}:{received.port}", iter([True, False]).__next__)
            return taken(received)

        for index in range(len(CHOSEN)):
            outcome = store.receive(engine, EVENT.uid, Submission(Registration, form(index))).outcome
            assert outcome.value_or_raise()
        assert calendars.receive(mails()) == Counter(number for number, _, _ in CHOSEN)
        before, after, findings = store.change(engine, EVENT.uid, changed)
        assert findings == ()
        assert calendars.receive(mails()) == dict.fromkeys(CONCERNED, 1)
        for number in range(1, 9):
            assert calendars.entries(number) == fresh(after, number, by_session=False)
        assert calendars.entries(5) == []
        # What is recorded is what the calendars have.
        for each in after.registrations:
            [entries] = [calendars.entries(number) for number, _, _ in [CHOSEN[int(each.participant.name[9:]) - 1]]]
            assert [(one.uid, one.sequence) for one in each.entries] == [(one.uid, one.sequence) for one in entries]
        # The next change is told in the same way, also after the database has been read again.
        store.change(engine, EVENT.uid, lambda dossier, now: evolve(dossier, event=dossier.event.cancel(at=now)))
        told = calendars.receive(mails())
        assert told == {number: 1 for number, _, _ in CHOSEN if number != 5}
        assert [calendars.entries(number) for number in range(1, 9)] == [[]] * 8
        with Transaction(engine) as transaction:
            assert transaction.scalars(sa.select(store.OutboxRow)).all() == []
        assert before.registrations != after.registrations
    finally:
        engine.dispose()
        for name in ("conference.store", "conference.worker"):
            del sys.modules[name]


def test_by_session_the_first_mail_says_all_and_each_entry_is_right(calendars: Calendars, received: Received) -> None:
    came = datetime(2198, 12, 1, 8, tzinfo=UTC)
    people = list[Registration]()
    for index in range(len(CHOSEN)):
        known = Dossier(event=EVENT, registrations=people)
        sent = Submission(Registration, form(index))
        people.append(sent.accept(known, now=came + timedelta(minutes=index)).value_or_raise())
    nobody, first = Dossier(event=EVENT), Dossier(event=EVENT, registrations=people)
    assert EVENT.organizer
    mailer = invitation.Mailer(EVENT.organizer)

    def tell(before: Dossier, after: Dossier, now: datetime) -> tuple[Dossier, dict[str, int]]:
        letters = invitation.letters(before, after, stamped=now, by_session=True)
        for letter in letters:
            for mail in mailer.mails(letter):
                received.send(mail)
        return invitation.recorded(after, letters), {
            letter.recipient: max(1, len(letter.messages)) for letter in letters
        }

    invited, _ = tell(nobody, first, came + timedelta(hours=1))
    calendars.receive(taken(received))
    for number in range(1, 9):
        assert calendars.entries(number) == fresh(invited, number, by_session=True)
    now = came + timedelta(days=1)
    after, letters = tell(invited, changed(invited, now), now)
    assert {int(address[1]) for address in letters} == CONCERNED
    assert calendars.receive(taken(received)) == {int(address[1]): mails for address, mails in letters.items()}
    for number in range(1, 9):
        assert calendars.entries(number) == fresh(after, number, by_session=True)
