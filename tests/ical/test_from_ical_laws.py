"""What we wrote comes back, and what is read is what other readers read."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.expected import expected_ends
from tests.ical.readers import READERS
from tests.ical.records import Entry, Said
from tests.ical.strict_reader import strictly
from tests.samples.invited import invitable
from tests.samples.wtisd import STAMPED
from wtisd_model import Document, Event, EventStatus, ExportError, RegistrationState, Session, from_ical, to_ical
from wtisd_model.invitation import invite
from wtisd_model.locales import locale_for
from wtisd_model.model.event import places_of, session_status
from wtisd_model.schema.patterns import BLANK
from wtisd_model.strategies import events, languages, registrations
from wtisd_model.types.text import LONG, NAME

# What a calendar does not say, and what is made of other things when it is written: neither is lost.
EXPECTED = {
    "country-inferred",
    "place-missing",
    "component-dropped",
    "property-dropped",
    "text-changed",
    "status-time-inferred",
}

APPROVED = RegistrationState.APPROVED
OPTIONS = st.fixed_dictionaries(
    {
        "stamped": st.just(STAMPED),
        "language": st.none() | languages(),
        "utc": st.booleans(),
        "reminders": st.sampled_from([(), (timedelta(minutes=15),)]),
        "refresh": st.sampled_from([None, timedelta(hours=12)]),
    }
)
ANNOUNCED = st.sampled_from([each for each in EventStatus if each is not EventStatus.DRAFT])
EVENTS = ANNOUNCED.flatmap(lambda status: events(status=status))


def written(event: Event, options: dict[str, Any]) -> bytes:
    """Write an event that can be written, and that is no larger than what is read."""
    data = b""
    with suppress(ExportError):
        data = to_ical(event, **options)
    assume(data)
    assume(len(data) <= 1_000_000 and data.count(b"\n") < 20_000)
    return data


class TestOurs:
    """Our own .ics comes back with its texts and times; JSON is for the rest."""

    @LAW
    @given(EVENTS, OPTIONS, st.sampled_from([None, "Asia/Tokyo"]))
    def test_an_event_comes_back(self, event: Event, options: dict[str, Any], zone: str | None) -> None:
        data = written(event, options)
        imported = from_ical(data, zone=zone)
        (again,) = imported.events
        assert {each.code for each in imported.findings} <= EXPECTED
        assert (again.uid, again.entry_sequence(), again.status, again.slot) == (
            event.uid,
            event.entry_sequence(),
            event.status,
            event.slot,
        )
        assert (again.created, again.updated) == (in_seconds(event.created), in_seconds(event.updated))
        assert (again.url, again.image, again.color) == (event.url, event.image, event.color)
        assert again.keywords == event.keywords
        assert addresses(again.documents) == addresses(event.documents)
        whole, *parts = strictly(data).entries
        assert said(again, again) == texts(whole)
        assert people(again) == (whole.organizer, whole.contacts)
        announced = [each for each in event.sessions if each.status is not EventStatus.DRAFT]
        for ours, theirs, entry in zip(again.sessions, announced, parts, strict=True):
            assert (ours.id, ours.slot) == (theirs.id, theirs.slot)
            assert again.entry_sequence(ours) == event.entry_sequence(theirs)
            assert ours.export_uid(event.uid) == theirs.export_uid(event.uid)
            assert ours.status is session_status(event, theirs)
            assert (ours.url or again.url) == (theirs.url or event.url)
            assert ours.track == (None if theirs.track in event.keywords else theirs.track)
            assert ours.kind is theirs.kind
            assert addresses(ours.materials) == addresses(theirs.materials)
            assert ours.people == ()
            mine, wanted = said(ours, again), texts(entry)
            if entry.location is None and not entry.conferences:  # an entry without a place is where its event is
                assert (mine[:2], ours.locations, ours.virtual_locations) == (wanted[:2], (), ())
            else:
                assert mine == wanted

    @LAW
    @given(invitable().flatmap(lambda event: st.tuples(st.just(event), registrations(event=event, state=APPROVED))))
    def test_an_invitation_of_ours_is_the_event(self, both: tuple[Event, Any]) -> None:
        event, registration = both
        assume(registration.participant)
        message = invite(event, registration, stamped=STAMPED)
        imported = from_ical(message.ics)
        (made,) = imported.events
        assert (made.uid, made.sequence, made.slot) == (message.uid, message.sequence, message.texts.slot)
        assert (made.title.text, made.title.language) == message.texts.title
        assert [each.email for each in imported.attendees][:1] == [message.recipient]


class TestOtherReaders:
    """The package icalendar and vobject: instants, texts and people."""

    @LAW
    @given(EVENTS, st.booleans(), st.sampled_from(sorted(READERS)))
    def test_we_read_what_others_read(self, event: Event, utc: bool, reader: str) -> None:
        data = written(event, {"stamped": STAMPED, "utc": utc})
        (made,) = from_ical(data).events
        parts: list[Any] = [made, *made.sessions]
        entries = READERS[reader](data).entries
        for ours, theirs in zip(parts, entries, strict=True):
            assert (ours.uid if ours is made else ours.export_uid(made.uid)) == theirs.uid
            assert expected_ends(ours.slot) == (theirs.starts_at, theirs.ends_at)
            assert (ours.title.text, ours.title.language) == (theirs.title.text, theirs.title.language)
            assert made.entry_sequence(None if ours is made else ours) == theirs.sequence
            assert (made.created, made.updated) == (theirs.created, theirs.updated)
            words = locale_for(event.title.language)
            own = set() if ours is made or ours.track is None else {ours.track}
            own |= set() if ours is made or ours.kind is None else {words.sessions[ours.kind]}
            assert (ours.url or made.url, made.image) == (theirs.url, theirs.image)
            assert made.keywords.union(own) == theirs.keywords
            assert [each.url for each in documents(ours)] == [each.uri for each in theirs.attachments]
            assert people(made) == (theirs.organizer, theirs.contacts)


def documents(each: Event | Session) -> tuple[Document, ...]:
    return each.materials if isinstance(each, Session) else each.documents


def addresses(several: Iterable[Document]) -> list[str]:
    return [each.url for each in several if each.url is not None]


def in_seconds(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(microsecond=0)


def said(each: Event | Session, event: Event) -> tuple[object, ...]:
    """Return the texts of an event or a session, and where it is, as the strict reader has them."""
    description = None if each.description is None else each.description.text
    places = places_of(event, each if isinstance(each, Session) else None)
    (place,) = places.locations or (None,)
    where = None if place is None else ", ".join(filter(None, (place.name.text, place.locality)))
    position = None if place is None or place.latitude is None else (place.latitude, place.longitude)
    links = [each.uri for each in places.virtual_locations if each.uri is not None]
    return (each.title.text, each.title.language), description, where, position, links


def cut(text: str, longest: int) -> str:
    """Return the beginning of a text, without characters that no text may end with."""
    return re.sub(rf"[\s{BLANK}]+\Z", "", text[:longest]) if len(text) > longest else text


def texts(entry: Entry) -> tuple[object, ...]:
    """Return the same of an entry, cut where a field of ours ends."""
    description = None if entry.description is None else cut(entry.description.text, LONG.maximum)
    where = None
    if entry.location is not None:
        name, comma, town = entry.location.text.rpartition(", ")
        # Without a town, the text is a name.
        where = f"{cut(name, NAME.maximum)}{comma}{cut(town, NAME.maximum)}" if comma else cut(town, NAME.maximum)
    links = [each.uri for each in entry.conferences]
    return (entry.title.text, entry.title.language), description, where, entry.position, links


def people(event: Event) -> tuple[tuple[Said, str] | None, tuple[str, ...]]:
    """Name the people of an event as the records have them."""
    organizer = None
    if event.organizer is not None:
        name = event.organizer.name
        organizer = Said(text=name.text, language=name.language), event.organizer.email or ""
    contacts = (", ".join(filter(None, (each.name, each.email, each.phone))) for each in event.contacts)
    return organizer, tuple(contacts)
