"""An event of drawn values in the shape of Indico comes back with what the table of the docs promises."""

from datetime import datetime
from typing import Any

from hypothesis import assume, given

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from tests.importers.indico_documents import HOST, conference, contribution, person, result
from wtisd_model.importers.html_text import html_text
from wtisd_model.importers.indico import from_indico
from wtisd_model.importers.indico_programme import INDICO
from wtisd_model.importers.pretix_orders import PRETIX
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.location import Location
from wtisd_model.types.people import Contact


def moment(at: datetime) -> dict[str, str]:
    return {"date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M:%S}", "tz": "UTC"}


def people(contacts: tuple[Contact, ...]) -> list[dict[str, Any]]:
    return [
        person(fullName=each.name or "", first_name="", last_name="", email=each.email, affiliation=each.organization)
        for each in contacts
    ]


def as_contribution(number: int, session: Session) -> dict[str, Any]:
    return contribution(
        number,
        title=session.title.text,
        description="" if session.description is None else session.description.text,
        startDate=moment(session.slot.starts_at),
        endDate=moment(session.slot.ends_at),
        code=session.code or "",
        type=None if session.kind is None else session.kind.value.replace("-", " ").title(),
        track=session.track,
        speakers=people(session.people),
        roomFullname="",
        room="",
        location="",
        url=session.url,
    )


def inside(event: Event) -> list[Session]:
    """Return the sessions that Indico could have: cancelled ones may be at another time than their event."""
    slot = event.slot
    assert slot is not None
    return [
        each for each in event.sessions if slot.starts_at <= each.slot.starts_at and each.slot.ends_at <= slot.ends_at
    ]


def as_conference(event: Event) -> dict[str, Any]:
    """Return an event as Indico would write it."""
    assert event.slot is not None
    return conference(
        title=event.title.text,
        description="" if event.description is None else event.description.text,
        language=event.title.language,
        startDate=moment(event.slot.starts_at),
        endDate=moment(event.slot.ends_at),
        timezone=event.slot.time_zone,
        organizer="" if event.organizer is None else event.organizer.name.text,
        chairs=people(event.contacts),
        keywords=sorted(event.keywords),
        contributions=[as_contribution(number, each) for number, each in enumerate(inside(event))],
    )


def written(contacts: tuple[Contact, ...]) -> list[tuple[str | None, ...]]:
    return [(each.name, each.email, each.organization) for each in contacts]


class TestLaws:
    """docs/how-to/coming-from-indico.md, "What goes where"."""

    @LAW
    @given(ours.events(status=EventStatus.SCHEDULED), ours.locations())
    def test_what_is_read_of_an_event_comes_back(self, event: Event, place: Location) -> None:
        texts = [each.description.text for each in (event, *event.sessions) if each.description is not None]
        assume(all(html_text(each) == each for each in texts))
        imported = from_indico(result(as_conference(event)), place=place)
        (back,) = imported.events
        assert event.slot is not None
        assert back.slot is not None
        assert imported.findings == ()
        assert back.title.text == event.title.text
        assert back.title.language == event.title.language
        assert (back.slot.starts_at, back.slot.ends_at) == (event.slot.starts_at, event.slot.ends_at)
        assert back.slot.time_zone == event.slot.time_zone
        assert back.keywords == event.keywords
        assert written(back.contacts) == written(event.contacts)
        assert (back.organizer and back.organizer.name.text) == (event.organizer and event.organizer.name.text)
        assert [each.name for each in back.locations] == [place.name]
        for again, session in zip(back.sessions, inside(event), strict=True):
            assert again.title.text == session.title.text
            assert (again.description and again.description.text) == (session.description and session.description.text)
            assert (again.slot.starts_at, again.slot.ends_at) == (session.slot.starts_at, session.slot.ends_at)
            assert (again.code, again.kind, again.track) == (session.code, session.kind, session.track)
            assert written(again.people) == written(session.people)
            assert again.url == session.url

    def test_the_tables_name_fields(self) -> None:
        for each in (*INDICO.values(), *PRETIX.values()):
            assert each.fields.keys() <= {spec.name for spec in fields_of(each.becomes)}

    def test_the_tables_have_every_member_that_is_written(self) -> None:
        unsupported = {"references", "board_number", "subContributions", "primaryauthors", "coauthors", "keywords"}
        assert conference().keys() - INDICO["Conference"].known == {"references"}
        assert contribution().keys() - INDICO["Contribution"].known == unsupported
        assert HOST in conference()["url"]
