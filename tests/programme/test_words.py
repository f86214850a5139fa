"""The same words wherever people read them: calendars, JSCalendar, pages, mails and timetables, in each language."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_html, read_xml, text_of
from tests.planning.plans import plans
from wtisd_model import invitation, pictures
from wtisd_model.locales import languages, locale_for

AT = datetime(2023, 4, 14, 9, 5, tzinfo=UTC)
LANGUAGES = sorted(languages())
ISOLATES = re.compile("[\u2066-\u2069]")
OFFICE = wm.Organization(name=wm.LocalizedText("Office", "en"), email="office@example.org")

BUILDINGS = st.sampled_from(
    [
        wm.LocalizedText("Tower", "en", translations={"fr": "Tour", "ar": "البرج"}),
        wm.LocalizedText("Centre", "fr"),
        wm.LocalizedText("Hall", "en"),
    ]
)
PLACES = st.lists(
    st.builds(
        wm.Location,
        name=BUILDINGS,
        room=st.sampled_from([None, "Room A", "Room B", "القاعة"]),
        address=st.sampled_from([None, "Main Street 1"]),
        locality=st.sampled_from(["Geneva", "Chêne"]),
        country=st.just("CH"),
    ),
    max_size=2,
    unique_by=lambda place: (place.name.text, place.room),
).map(tuple)
REMOTE = st.lists(
    st.builds(
        wm.VirtualLocation,
        name=st.none() | BUILDINGS,
        uri=st.sampled_from([None, "https://example.org/live", "https://example.org/hall"]),
    ),
    max_size=2,
).map(tuple)
PEOPLE = st.lists(
    st.builds(
        wm.Contact,
        name=st.integers(1, 9).map("Participant {}".format),
        job_title=st.sampled_from([None, "Director"]),
        organization=st.sampled_from([None, "Ministry 1"]),
        roles=st.frozensets(st.sampled_from(list(wm.Role)), max_size=3),
    ),
    max_size=3,
).map(tuple)


@st.composite
def programmes(draw: st.DrawFn) -> wm.Dossier:
    """Draw an announced event with places, people and languages; its texts are all different, and in one line."""
    drawn = draw(plans(most_people=0))
    whole = drawn.event
    if whole.status is wm.EventStatus.DRAFT:
        whole = evolve(whole, status=wm.EventStatus.SCHEDULED)
    here, remote = draw(PLACES), draw(REMOTE)
    sessions = [
        evolve(
            session, people=draw(PEOPLE), locations=draw(PLACES), virtual_locations=draw(REMOTE), inherited_places=None
        )
        for session in whole.sessions
    ]
    follows = not here
    whole = evolve(
        whole,
        organizer=OFFICE,
        locations=here,
        virtual_locations=remote,
        venue_to_follow=follows,
        sessions=tuple(sessions),
    )
    return evolve(drawn, event=whole)


def said(element: Element | None) -> str:
    """Return the text of an element without the characters that isolate its parts."""
    return "" if element is None else ISOLATES.sub("", text_of(element))


class Outputs:
    """What is written of one event in one language, by the ids of its sessions; None is the event itself."""

    def __init__(self, drawn: wm.Dossier, language: str) -> None:
        event = drawn.event
        announced = [session.id for session in event.sessions if session.status is not wm.EventStatus.DRAFT]
        self.ids = [None, *announced]
        self._ids = {event.uid: None} | {session.export_uid(event.uid): session.id for session in event.sessions}
        self.entries = self._entries(wm.to_ical(drawn, stamped=AT, language=language))
        self.entries_of_event = self._entries(wm.to_ical(event, stamped=AT, language=language))
        whole = json.loads(wm.to_jscalendar(event, stamped=AT, language=language))
        group = {self._ids[entry["uid"]]: entry for entry in whole.get("entries", [whole])}
        self.jscalendar = {id_: entry.get("description", "").split("\n\n") for id_, entry in group.items()}
        self.page = read_html(wm.to_html(drawn, language=language).decode())
        items = {item.get("id"): item for item in self.page.iter("li")}
        self.items = {id_: items[f"session-{id_}"] for id_ in announced}
        self.messages = {id_: invitation.publish(drawn, session=id_, stamped=AT, language=language) for id_ in self.ids}
        self.mails = {id_: _text_of_mail(message) for id_, message in self.messages.items()}
        self.timetable = _boxes(pictures.timetable(drawn, language=language))

    def _entries(self, calendar: bytes) -> dict[str | None, list[str]]:
        """Return the paragraphs of each entry."""
        return {
            self._ids[str(entry["UID"])]: str(entry.get("DESCRIPTION", "")).split("\n\n")
            for entry in Calendar.from_ical(calendar).walk("VEVENT")
        }


def _text_of_mail(message: Any) -> str:
    parts = invitation.mail(message, sender="Desk 1 <desk1@example.org>").walk()
    plain = next(part.get_content() for part in parts if part.get_content_type() == "text/plain")
    return ISOLATES.sub("", plain.replace("\r\n", "\n"))


def _boxes(picture: Any) -> dict[str, list[str]]:
    """Return the lines about each box, by the first one, its title."""
    groups = [group for drawing in picture.drawings for group in read_xml(drawing.svg("wm")).iter("g")]
    boxes = [(group.findtext("title") or "").split("\n") for group in groups]
    return {title: lines for title, *lines in boxes}


class TestOutputs:
    """A reader finds the same sentence about a thing in each of them, in each language."""

    @pytest.mark.slow
    @LAW
    @given(programmes(), st.sampled_from(LANGUAGES))
    def test_all_say_the_same(self, drawn: wm.Dossier, language: str) -> None:
        outputs = Outputs(drawn, language)
        assert outputs.jscalendar == outputs.entries_of_event
        for id_ in outputs.ids:
            self.languages_are_said_alike(outputs, id_, language)
            self.what_does_not_take_place_is_said_alike(outputs, id_)
            self.links_have_the_same_names(outputs, id_)
        for id_ in outputs.items:
            self.people_are_named_alike(outputs, id_)
        self.places_have_the_same_words(outputs, drawn.event)

    def languages_are_said_alike(self, outputs: Outputs, id_: str | None, language: str) -> None:
        words, texts = locale_for(language), outputs.messages[id_].texts.languages
        lines = [f"{label}{words.colon}{text}" for label, text in texts]
        if lines:
            assert "\n".join(lines) in outputs.entries[id_]
        assert [line for line in lines if line not in outputs.mails[id_]] == []
        if id_ is None:
            facts = {said(row.find("dt")): said(row.find("dd")) for row in outputs.page.iterfind("body/header/dl/div")}
            assert facts | dict(texts) == facts
        else:
            spans = [said(span) for span in outputs.items[id_].iter("span")]
            assert [line for line in lines if line not in spans] == []
            assert [line for line in lines if line not in outputs.timetable[id_]] == []

    def what_does_not_take_place_is_said_alike(self, outputs: Outputs, id_: str | None) -> None:
        around = outputs.page.find("body/header") if id_ is None else outputs.items[id_].find("div")
        assert around is not None
        notices = [said(child) for child in around.iter("p") if child.get("class") == "notice"]
        status = outputs.messages[id_].texts.status
        assert len(notices) == (status is not wm.EventStatus.SCHEDULED)
        for notice in notices:
            assert outputs.entries[id_][0] == notice
            if status is wm.EventStatus.POSTPONED:  # a cancellation is another message
                assert outputs.mails[id_].startswith(notice)

    def links_have_the_same_names(self, outputs: Outputs, id_: str | None) -> None:
        links = [f"{name}: {address}" for (name, _), address in outputs.messages[id_].texts.links]
        assert [line for line in links if line not in outputs.entries[id_]] == []

    def people_are_named_alike(self, outputs: Outputs, id_: str) -> None:
        named = "\n".join([said(item) for item in outputs.items[id_].findall("./div/ul/li")])
        assert not named or named in outputs.entries[id_]
        assert named in outputs.mails[id_]

    def places_have_the_same_words(self, outputs: Outputs, event: wm.Event) -> None:
        """A page has each building once, with its rooms in brackets if there are several."""
        where = [ISOLATES.sub("", text) for text, _ in outputs.messages[None].texts.where]
        written = [said(value) for value in outputs.page.iterfind("body/header/dl/div/dd")]
        buildings = Counter((place.name.text, place.address, place.locality) for place in event.locations)
        assert not {*buildings.values()} <= {1} or [line for line in where if line not in written] == []
