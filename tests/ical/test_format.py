"""What the page of formats says of iCalendar is true."""

from attrs import evolve
from hypothesis import assume, given

from tests.hypothesis_profiles import LAW
from tests.programme.format_laws import assert_format
from tests.samples.whole import text
from tests.samples.wtisd import STAMPED, event, session
from wtisd_model import (
    Contact,
    Document,
    Event,
    EventStatus,
    Location,
    Role,
    Session,
    VirtualLocation,
    from_ical,
    to_ical,
)
from wtisd_model.formats import FORMATS, losses
from wtisd_model.strategies import events


def write(thing: Event) -> bytes:
    return to_ical(thing, stamped=STAMPED)


def read(data: bytes) -> Event:
    (made,) = from_ical(data).events
    return made


def told_apart(thing: Event) -> Event:
    """Return an event of which each part is announced, has what a calendar needs, and differs from the others.

    A document without address, a person who is not on stage and an organizer without e-mail are not in a calendar. A
    session that says the same as its event is read as one that says nothing.
    """
    sessions = [each for each in thing.sessions if each.status is EventStatus.SCHEDULED]
    return evolve(
        thing,
        organizer=thing.organizer and evolve(thing.organizer, email="organizer@example.org"),
        contacts=tuple(evolve(each, roles=frozenset({Role.CONTACT})) for each in thing.contacts),
        documents=addressed(thing.documents),
        virtual_locations=with_links(thing.virtual_locations, "event"),
        sessions=tuple(session_told_apart(thing, each, number) for number, each in enumerate(sessions, 1)),
        changed_sequence=None,
        minimum_sequence=None,
        created=thing.created and thing.created.replace(microsecond=0),
        updated=thing.updated and thing.updated.replace(microsecond=0),
    )


def session_told_apart(thing: Event, each: Session, number: int) -> Session:
    locations = tuple(evolve(place, room=f"Room {number}") for place in each.locations)
    virtual = with_links(each.virtual_locations, str(number))
    inherits_some = thing.locations and thing.virtual_locations and not locations and not virtual
    return evolve(
        each,
        uid=None if each.uid is None else f"{number}.{each.uid}"[:255],
        track=None if each.track in thing.keywords else each.track,
        floor_languages=() if each.floor_languages == thing.floor_languages else each.floor_languages,
        url=f"https://example.org/{number}" if each.url == thing.url else each.url,
        locations=locations,
        virtual_locations=virtual,
        inherited_places=each.inherited_places if inherits_some else None,
        people=tuple(on_stage(person, place) for place, person in enumerate(each.people)),
        materials=addressed(each.materials),
        changed_sequence=None,
    )


def on_stage(person: Contact, number: int) -> Contact:
    return evolve(person, name=person.name or f"Participant {number}", roles=frozenset({Role.SPEAKER}))


def addressed(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    return tuple(evolve(each, url=each.url or "https://example.org/document") for each in documents)


def with_links(virtual: tuple[VirtualLocation, ...], name: str) -> tuple[VirtualLocation, ...]:
    return tuple(evolve(each, uri=f"https://example.org/{name}/{index}") for index, each in enumerate(virtual))


class TestFormat:
    """What is carried comes back, what is a text is seen, and what is left out changes nothing."""

    @LAW
    @given(events(status=EventStatus.SCHEDULED))
    def test_it_carries_what_it_says(self, drawn: Event) -> None:
        thing = told_apart(drawn)
        assume(len(write(thing)) <= 1_000_000)
        assert_format(FORMATS["ical"], thing, write, read)

    def test_a_sequence_of_its_own_is_seen_and_not_read_back_as_such(self) -> None:
        part = session(changed_sequence=2)
        whole = event(sequence=3, changed_sequence=1, minimum_sequence=2, sessions=(part,))
        for other in (
            evolve(whole, minimum_sequence=None),
            evolve(whole, changed_sequence=None),
            evolve(whole, sessions=(evolve(part, changed_sequence=None),)),
        ):
            assert write(other) != write(whole)

    def test_a_loss_is_told_once_for_each_field(self) -> None:
        whole = event(
            theme=text("Theme", fr="Thème"), locations=(Location(name=text("Hall"), locality="A", country="CH"),)
        )
        found = [(str(each.code), each.path) for each in losses(FORMATS["ical"], whole)]
        assert found == [("field-as-text", "/theme"), ("field-as-text", "/locations")]
