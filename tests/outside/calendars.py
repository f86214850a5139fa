"""Every kind of calendar message about two hundred events in thirty zones, and what a reader is to find in each.

What is to be found is told from the events and people alone.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from attrs import asdict, evolve, frozen

from wtisd_model import (
    Call,
    CallKind,
    Contact,
    Deadline,
    Document,
    DocumentKind,
    Event,
    InvalidValueError,
    LocalizedText,
    Location,
    Organization,
    ParticipationMode,
    ParticipationStatus,
    Registration,
    Role,
    Session,
    SessionKind,
    TimeSlot,
    local_time,
    to_ical,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import Message
from wtisd_model.locales import locale_for
from wtisd_model.types.timezone import to_local_time

STAMPED = datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC)
EVENTS = 200
_FIRST_PART = 45
"""Minutes of the first session."""
_OF_DAYS = 7
"""The last of each eight events is of whole days, and so is the proposal of another time for the one before it."""
ZONES = (
    *("Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi"),
    *("America/Argentina/Buenos_Aires", "America/New_York", "America/Phoenix", "America/Santiago"),
    *("America/St_Johns", "America/Sao_Paulo", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem"),
    *("Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores"),
    *("Australia/Lord_Howe", "Australia/Sydney", "Europe/Dublin", "Europe/London", "Europe/Moscow"),
    *("Europe/Zurich", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham"),
)

_TITLES = (
    "Forum",
    "Journée mondiale; « connectivité », l'accès",
    "Всемирный день электросвязи и информационного общества, заседание высокого уровня для наименее развитых стран",
    "اليوم العالمي للاتصالات",
    "世界电信和信息社会日，关于最不发达国家信息通信技术的高级别会议，日内瓦国际电信联盟总部波波夫会议厅举行",
    'A "quoted" title \N{PARTY POPPER}',
)
_DESCRIPTIONS = (
    "Two lines,\none with a semicolon; and a comma",
    "Ein langer Absatz über die Übertragung. " * 12 + "\n\nUnd das Ende.",
)
_CALL = Call(kind=CallKind.PLEDGE, email="office@example.org")
_LAST_DAY = date(2022, 12, 31)
_CALL_SAID = "Engagements\u00a0: office@example.org (dernier jour\u00a0: samedi 31 décembre 2022)"
_NAMES = ("Participant 1", "Müller, Participant 2", "O’Participant 3", "Участник 4", "参加者 5")


@frozen(kw_only=True)
class Seen:
    """What a reader finds in one VEVENT; moments in seconds since 1970, and the dates of whole days as text."""

    method: str | None
    uid: str
    sequence: int | None
    start: int | str | None = None
    end: int | str | None = None
    title: str | None = None
    description: str | None = None
    location: str | None = None
    organizer: str | None = None
    """The address."""
    people: tuple[tuple[str, str | None, str], ...] = ()
    """Address, name and answer of each ATTENDEE."""


@frozen
class Case:
    """A file, and what is in it."""

    name: str
    ics: bytes
    seen: tuple[Seen, ...]

    @property
    def moments(self) -> list[int]:
        """Every moment in it."""
        return [moment for each in self.seen for moment in (each.start, each.end) if isinstance(moment, int)]


def cases() -> list[Case]:
    """All files, the same each time."""
    made = [case for number in range(EVENTS) for case in _of_one_event(Random(number), number)]
    assert len({case.name for case in made}) == len(made) >= EVENTS * 10
    return made


def as_found(found: dict[str, Any]) -> Seen:
    """What a program of another language printed as JSON."""
    return Seen(**{**found, "people": tuple((each[0], each[1], each[2]) for each in found["people"])})


def differing(cases_: list[Case], found: list[list[Seen]]) -> list[tuple[str, str, object, object]]:
    """Each place at which a reader found something else: the file, the field, what is meant and what was found."""
    assert len(cases_) == len(found)
    rows: list[tuple[str, str, object, object]] = []
    for case, theirs in zip(cases_, found, strict=True):
        meant = {each.uid: asdict(each) for each in case.seen}
        read = {each.uid: asdict(each) for each in theirs}
        if meant.keys() != read.keys() or len(theirs) != len(read):
            rows.append((case.name, "uid", [*meant], [each.uid for each in theirs]))
            continue
        rows += [
            (case.name, key, value, read[uid][key])
            for uid, whole in meant.items()
            for key, value in whole.items()
            if read[uid][key] != value
        ]
    return rows


def _of_one_event(random: Random, number: int) -> Iterator[Case]:
    event, person = _event(random, number), _person(random, number)
    session = event.sessions[0]
    request = inv.invite(event, person, stamped=STAMPED)
    other_time = _slot(random, session.slot.time_zone)
    if number % 8 == _OF_DAYS - 1:
        other_time = TimeSlot.days(other_time.first_day, other_time.last_day + timedelta(days=2), other_time.time_zone)
    cancelled = event.cancel(at=STAMPED)
    proposal = inv.counter(request, other_time, stamped=STAMPED)
    whole, part = _about_event(event), _about_session(event, session)
    asked, answered = _people(person), _people(person, "TENTATIVE")
    sentence = locale_for(event.title.language).event["cancelled"]
    kinds: dict[str, tuple[Message, Seen]] = {
        "request": (request, evolve(whole, people=asked)),
        "session": (inv.invite(event, person, stamped=STAMPED, session=session), evolve(part, people=asked)),
        "cancel": (
            inv.cancel(cancelled, person, stamped=STAMPED),
            evolve(
                whole,
                sequence=event.sequence + 1,
                description=f"{sentence}\n\n{whole.description}",
                people=asked,
            ),
        ),
        "cancel-one": (inv.cancel(event, person, stamped=STAMPED), evolve(whole, people=asked)),
        "reply": (
            inv.reply(request, ParticipationStatus.TENTATIVE, stamped=STAMPED),
            evolve(whole, description=None, location=None, people=answered),
        ),
        "counter": (
            proposal,
            evolve(whole, start=_ends(other_time)[0], end=_ends(other_time)[1], people=answered),
        ),
        "decline-counter": (
            inv.decline_counter(event, person, stamped=STAMPED),
            # RFC 5546 section 3.2.8 asks for the person and the revision.
            Seen(method=None, uid=event.uid, sequence=event.sequence, organizer=whole.organizer, people=asked),
        ),
        "refresh": (
            inv.refresh(request, stamped=STAMPED),
            Seen(method=None, uid=event.uid, sequence=None, organizer=whole.organizer, people=asked),
        ),
        "publish": (inv.publish(event, stamped=STAMPED), whole),
    }
    for kind, (message, seen) in kinds.items():
        yield Case(f"{number}-{kind}", message.ics, (evolve(seen, method=message.method.value),))
    parts = [_about_session(event, each) for each in event.sessions]
    yield Case(f"{number}-feed", to_ical(event, stamped=STAMPED), (whole, *parts))
    assert event.slot is not None
    called = evolve(event, calls=(evolve(_CALL, deadline=Deadline(date=_LAST_DAY, time_zone=event.slot.time_zone)),))
    everything = to_ical(called, stamped=STAMPED, html=True, structured=True, deadlines="task")
    said = evolve(whole, description=f"{event.description}\n\n{_CALL_SAID}\n\n{_agenda_said(event)}")
    yield Case(f"{number}-everything", everything, (said, *parts))


def _agenda_said(event: Event) -> str:
    return f"{event.documents[0].title}: {event.documents[0].url}"


def _about_event(event: Event) -> Seen:
    assert event.slot is not None
    assert event.description is not None
    assert event.organizer is not None
    start, end = _ends(event.slot)
    return Seen(
        method=None,
        uid=event.uid,
        sequence=event.sequence,
        start=start,
        end=end,
        title=event.title.text,
        description=f"{event.description}\n\n{_agenda_said(event)}",
        location="Palais, Room 1, Geneva",
        organizer=event.organizer.email,
    )


def _about_session(event: Event, session: Session) -> Seen:
    start, end = _ends(session.slot)
    return evolve(
        _about_event(event),
        uid=f"{session.id}.{event.uid}",
        start=start,
        end=end,
        title=session.title.text,
        description="Orateur\u00a0: Participant 8, Office" if session.people else None,
    )


def _people(person: Registration, answer: str = "NEEDS-ACTION") -> tuple[tuple[str, str | None, str], ...]:
    contact = person.participant
    assert contact is not None
    assert contact.email is not None
    return ((contact.email, contact.name, answer),)


def seconds_or_date(value: object) -> int | str | None:
    """Return a moment in seconds since 1970, or a date as text."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    return value.isoformat() if isinstance(value, date) else None


def _ends(slot: TimeSlot) -> tuple[int | str, int | str]:
    if slot.whole_days:
        start, end, *_ = slot.fields_written()
        return start, end
    return int(slot.start.timestamp()), int(slot.end.timestamp())


def _event(random: Random, number: int) -> Event:
    slot, zone = _slot(random, ZONES[number % len(ZONES)]), ZONES[number % len(ZONES)]
    middle = slot.start.add(minutes=_FIRST_PART)
    parts = TimeSlot(start=slot.start, end=middle), TimeSlot(start=middle, end=slot.end)
    if number % 8 == _OF_DAYS:
        days = [slot.first_day + timedelta(days=each) for each in (0, 1, 3)]
        slot = TimeSlot.days(days[0], days[2], zone)
        parts = TimeSlot.days(days[0], days[1], zone), TimeSlot.days(days[1], days[2], zone)
    return Event(
        uid=f"event-{number}",
        title=_text(random, _TITLES),
        description=_text(random, _DESCRIPTIONS),
        slot=slot,
        locations=(Location(name=_text(random, ["Palais"]), room="Room 1", locality="Geneva", country="CH"),),
        organizer=Organization(name=_text(random, ["Office, Events"]), email="office@example.org"),
        documents=(
            Document(kind=DocumentKind.AGENDA, title=_text(random, _TITLES), url="https://example.org/a?b=1,2;c"),
        ),
        sessions=(
            Session(
                id="s1",
                title=_text(random, _TITLES),
                slot=parts[0],
                kind=random.choice([*SessionKind]),
                track=random.choice([None, "Accès, connectivité"]),
                people=(Contact(name="Participant 8", organization="Office", roles=frozenset({Role.SPEAKER})),),
            ),
            Session(id="s2", title=_text(random, _TITLES), slot=parts[1]),
        ),
        sequence=random.choice([0, 1, 17]),
    )


def _text(random: Random, words: "tuple[str, ...] | list[str]") -> LocalizedText:
    return LocalizedText(text=random.choice(words), language="fr")


def _person(random: Random, number: int) -> Registration:
    return Registration(
        id="r-1",
        event_uid=f"event-{number}",
        participant=Contact(name=random.choice(_NAMES), email=f"participant{random.randrange(9)}@example.org"),
        mode=ParticipationMode.ON_SITE,
        submitted_at=STAMPED,
    ).approve(at=STAMPED)


def _slot(random: Random, zone: str) -> TimeSlot:
    """Some hours of a day: often the day before, on which or after which the clocks change."""
    while True:
        day = random.choice(_changes(zone, random.randrange(2023, 2046)) or [datetime(2030, 6, 1)])
        day += timedelta(days=random.choice([-1, 0, 0, 0, 1, random.randrange(-200, 200)]))
        start = day + timedelta(minutes=15 * random.randrange(4 * 24))
        # Where an hour comes twice, readers do not agree which of them is meant: a test of its own looks at that.
        end = start + timedelta(minutes=15 * random.randrange(4, 40))
        try:
            slot = TimeSlot(start=local_time(start.isoformat(), zone), end=local_time(end.isoformat(), zone))
            if to_local_time(slot.start.add(minutes=_FIRST_PART))[2] is None:
                return slot
        except InvalidValueError:
            continue


def _changes(zone: str, year: int) -> list[datetime]:
    """The days of a year on which the offset of a zone is not that of the day before."""
    days = [datetime(year, 1, 1) + timedelta(days=number) for number in range(365)]
    offsets = [day.replace(tzinfo=ZoneInfo(zone)).utcoffset() for day in days]
    return [before for before, one, other in zip(days, offsets, offsets[1:], strict=False) if one != other]
