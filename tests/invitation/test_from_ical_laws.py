"""What we wrote is read back, and written the same again; and what is read is what other readers read."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.readers import READERS
from tests.ical.records import Said
from tests.ical.sample import STAMPED
from tests.invitation.sample import invitable
from wtisd_model.findings import ExportError
from wtisd_model.ical.feed import to_ical
from wtisd_model.invitation import from_ical, invite
from wtisd_model.locales import languages, locale_for
from wtisd_model.model.event import Event
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.session import EventStatus
from wtisd_model.strategies import events, registrations
from wtisd_model.strategies.patterns import language_tags
from wtisd_model.types.language import LocalizedText

# What a calendar does not say, and what is made of other things when it is written: neither is lost.
EXPECTED = {"country-inferred", "place-missing", "component-dropped"}

APPROVED = RegistrationState.APPROVED
OPTIONS = st.fixed_dictionaries(
    {
        "stamped": st.just(STAMPED),
        "language": st.none() | language_tags(),
        "utc": st.booleans(),
        "reminders": st.sampled_from([(), (timedelta(minutes=15),)]),
        "refresh": st.sampled_from([None, timedelta(hours=12)]),
    }
)
ANNOUNCED = st.sampled_from([each for each in EventStatus if each is not EventStatus.DRAFT])
EVENTS = ANNOUNCED.flatmap(lambda status: events(status=status))

SENTENCES = [
    sentence
    for words in map(locale_for, sorted(languages()))
    for about in (words.event, words.session)
    for sentence in (about["cancelled"], about["postponed"])
]


def written(event: Event, options: dict[str, Any]) -> bytes:
    """Write an event that can be written, and that is no larger than what is read."""
    data = b""
    with suppress(ExportError):
        data = to_ical(event, **options)
    assume(data)
    assume(len(data) <= 1_000_000 and data.count(b"\n") < 20_000)
    return data


class TestOurs:
    """Our own .ics comes back without loss."""

    @pytest.mark.slow
    @LAW
    @given(EVENTS, OPTIONS, st.just("und") | language_tags(), st.sampled_from([None, "Asia/Tokyo"]))
    def test_what_we_wrote_is_read_and_written_the_same_again(
        self, event: Event, options: dict[str, Any], language: str, zone: str | None
    ) -> None:
        data = written(event, options)
        imported = from_ical(data, language=language, zone=zone)
        (again,) = imported.events
        assert {each.code for each in imported.findings} <= EXPECTED
        assert to_ical(again, **options) == data
        assert again.slot == event.slot
        assert [each.slot for each in again.sessions] == [
            each.slot for each in event.sessions if each.status is not EventStatus.DRAFT
        ]

    @LAW
    @given(EVENTS, OPTIONS, st.lists(st.sampled_from([*SENTENCES, "All"]), min_size=1, max_size=3), language_tags())
    def test_also_what_says_itself_what_the_writer_says_of_a_status(
        self, event: Event, options: dict[str, Any], paragraphs: list[str], tag: str
    ) -> None:
        about = LocalizedText(text="\n\n".join(paragraphs), language=tag)
        sessions = tuple(evolve(each, description=about) for each in event.sessions)
        event = evolve(event, theme=None, description=about, sessions=sessions)
        data = written(event, options)
        (again,) = from_ical(data).events
        assert to_ical(again, **options) == data
        assert (again.status, again.description and again.description.text) == (event.status, about.text)

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
    def test_we_read_what_others_read(self, event: Event, utc: bool, reader: str) -> None:  # noqa: FBT001 - drawn
        data = written(event, {"stamped": STAMPED, "utc": utc})
        (made,) = from_ical(data).events
        parts: list[Any] = [made, *made.sessions]
        entries = READERS[reader](data).entries
        for ours, theirs in zip(parts, entries, strict=True):
            assert (ours.uid if ours is made else ours.export_uid(made.uid)) == theirs.uid
            assert (ours.slot.starts_at, ours.slot.ends_at) == (theirs.starts_at, theirs.ends_at)
            assert (ours.title.text, ours.title.language) == (theirs.title.text, theirs.title.language)
            assert (made.sequence, made.created, made.updated) == (theirs.sequence, theirs.created, theirs.updated)
            assert (made.url, made.image, made.keywords) == (theirs.url, theirs.image, theirs.keywords)
            assert people(made) == (theirs.organizer, theirs.contacts)


def people(event: Event) -> tuple[tuple[Said, str] | None, tuple[str, ...]]:
    """Name the people of an event as the records have them."""
    organizer = None
    if event.organizer is not None:
        name = event.organizer.name
        organizer = Said(text=name.text, language=name.language), event.organizer.email or ""
    contacts = (", ".join(filter(None, (each.name, each.email))) for each in event.contacts)
    return organizer, tuple(contacts)
