"""schedule.xml as it is written: valid, and the same as schedule.json in its words."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import XML, Element

import pytest
from hypothesis import given

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from tests.samples.whole import contact, days, later, text
from tests.schedule.samples import event, session
from tests.schedule.shape_xml import xml_problems
from wtisd_model import (
    Code,
    Document,
    DocumentKind,
    Dossier,
    Event,
    EventStatus,
    ExportError,
    Recording,
    TimeSlot,
    to_schedule_json,
    to_schedule_xml,
)

EVENTS = ours.events(status=EventStatus.SCHEDULED)


def parsed(of: Event, language: str | None = None) -> Element:
    """Return the root of the schedule of an event."""
    return XML(to_schedule_xml(of, language=language))


def written(*sessions: Any, **fields: Any) -> Element:
    """Return the first session of an event in XML."""
    return next(parsed(event(*sessions, **fields)).iter("event"))


def texts(element: Element, *names: str) -> list[str | None]:
    """Return the texts of some elements in another one."""
    return [element.findtext(name) for name in names]


NAMES = ("title", "subtitle", "type", "track", "description", "language")
REFERENCES = ("links", "attachments")
OPTED_OUT = {"true": True, "false": False, None: None}
MOST = timedelta(days=23)


def legal(said: str) -> str:
    """Return a text with the characters that XML can hold; those of events are no controls."""
    is_none = [0xFDD0 <= ord(each) <= 0xFDEF or ord(each) & 0xFFFE == 0xFFFE for each in said]
    return "".join("\ufffd" if none else each for each, none in zip(said, is_none, strict=True))


def in_json(of: Event) -> list[dict[str, Any]]:
    """Return what the JSON says of each session, in the order of days and rooms."""
    conference = json.loads(to_schedule_json(of))["schedule"]["conference"]
    return [
        {
            "day": (str(day["index"]), day["date"], day["day_start"], day["day_end"]),
            "room": (legal(room["name"]), room["guid"]),
            "ids": (each["guid"], str(each["id"])),
            "times": (each["date"], each["start"], each["duration"]),
            **{name: legal(each[name] or "") for name in NAMES},
            "persons": [(person["guid"], legal(person["name"])) for person in each["persons"]],
            **{
                name: [(link["type"], link["url"], legal(link.get("title", ""))) for link in each[name]]
                for name in REFERENCES
            },
            "opted out": each["do_not_record"],
        }
        for day in conference["days"]
        for room in conference["rooms"]
        for each in day["rooms"].get(room["name"], ())
    ]


def in_xml(of: Event) -> list[dict[str, Any]]:
    """Return what the XML says of each session."""
    return [
        {
            "day": tuple(day.get(name) for name in ("index", "date", "start", "end")),
            "room": (each.findtext("room"), room.get("guid")),
            "ids": (each.get("guid"), each.get("id")),
            "times": tuple(texts(each, "date", "start", "duration")),
            **{name: each.findtext(name, "") for name in NAMES},
            "persons": [(person.get("guid"), person.text) for person in each.findall("persons/person")],
            **{
                name: [(link.get("type"), link.get("href"), link.text or "") for link in each.findall(f"{name}/*")]
                for name in REFERENCES
            },
            "opted out": OPTED_OUT[each.findtext("recording/optout")],
        }
        for day in parsed(of).findall("day")
        for room in day.findall("room")
        for each in room.findall("event")
    ]


def in_hours(said: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of a session, with its length as a length, of as many days as XML can say."""
    minutes, hours, *more = map(int, reversed(said["times"][2].split(":")))
    length = timedelta(days=sum(more), hours=hours, minutes=minutes)
    return said | {"times": (*said["times"][:2], length if length < MOST else MOST + length % timedelta(days=1))}


class TestLaws:
    """The plain parser of the standard library, and the tables of shape_xml.py."""

    @LAW
    @given(EVENTS)
    def test_it_says_what_the_json_says(self, drawn: Event) -> None:
        assert [*map(in_hours, in_xml(drawn))] == [*map(in_hours, in_json(drawn))]

    @LAW
    @given(EVENTS | ours.events(status=EventStatus.POSTPONED))
    def test_every_schedule_is_valid(self, drawn: Event) -> None:
        assert xml_problems(parsed(drawn)) == []
        assert to_schedule_xml(drawn) == to_schedule_xml(Dossier(event=drawn))


class TestSessions:
    """What EventFahrplan and Giggity read."""

    def test_a_session_has_the_elements_that_programs_expect(self) -> None:
        found = written(
            session(
                uid="5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42",
                track="Policy",
                description=text("Welcome.\n\nTo all."),
                floor_languages=("en",),
                people=(contact(roles=()),),
                materials=(
                    Document(kind=DocumentKind.PRESENTATION, title=text("Slides"), url="https://example.org/s.pdf"),
                    Document(kind=DocumentKind.MEDIA, symbol="M-1", url="https://example.org/film"),
                ),
                url="https://example.org/opening",
            )
        )
        assert texts(found, "room", "title", "date", "start", "duration", "track", "language", "url") == [
            *("Popov", "Opening", "2027-03-03T10:00:00+01:00", "10:00", "00:45", "Policy", "en"),
            "https://example.org/opening",
        ]
        assert texts(found, "description", "persons/person", "links/link", "attachments/attachment") == [
            *("Welcome.\n\nTo all.", "Participant 1", "M-1", "Slides"),
        ]
        assert found.get("guid") == "5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42"
        assert found.findtext("slug") == f"forum-{found.get('id')}-opening"

    def test_one_without_a_page_has_no_address(self) -> None:
        assert written(session()).find("url") is None
        assert written(session(), url="https://example.org").findtext("url") == "https://example.org"

    @pytest.mark.parametrize(
        ("recording", "opted_out"),
        [(None, None), ("allowed", "false"), ("no-recording", "true"), ("no-streaming", "true")],
    )
    def test_whether_it_may_be_recorded(self, recording: str | None, opted_out: str | None) -> None:
        found = written(session(recording=None if recording is None else Recording(recording)))
        assert found.findtext("recording/optout") == opted_out
        licensed = session(extensions={"c3voc.de:recording_license": "CC BY"})
        assert texts(written(licensed), "recording/license", "recording/optout") == ["CC BY", "false"]

    @pytest.mark.parametrize(
        ("end", "length"),
        # The clocks went forward on 28 March.
        [("2027-03-05", "1:00:00"), ("2027-03-10", "6:00:00"), ("2027-03-29", "23:23:00"), ("2027-06-01", "23:23:00")],
    )
    def test_days_are_before_the_hours_and_at_most_23(self, end: str, length: str) -> None:
        slot = days("2027-03-04", end)
        found = written(session(slot=slot), slot=slot)
        assert found.findtext("duration") == length

    def test_what_does_not_take_place_is_left_out(self) -> None:
        root = parsed(event(session("gone").cancel(at=later(1)), session("draft", status=EventStatus.DRAFT)))
        assert not [*root.iter("event")]


class TestConference:
    """The elements before the days."""

    def test_each_day_has_all_rooms(self) -> None:
        root = parsed(event(session()))
        assert [[room.get("name") for room in day] for day in root.findall("day")] == [["Popov"], ["Popov"]]

    def test_it_states_the_zone_that_json_may_not(self) -> None:
        slot = TimeSlot.at("2027-03-03T09:00", "17:00", "Etc/GMT+5")
        assert parsed(event(slot=slot)).findtext("conference/time_zone_name") == "Etc/GMT+5"
        assert parsed(event()).findtext("conference/time_zone_name") == "Europe/Zurich"

    def test_a_track_has_a_color_of_the_right_form(self) -> None:
        extra = [{"name": "Policy", "color": "#0B5CAD"}, {"name": "Law", "color": "blue"}]
        whole = event(session("a", track="Policy"), session("b", track="Law"), extensions={"c3voc.de:tracks": extra})
        tracks = [track.attrib for track in parsed(whole).iter("track") if track.attrib]
        assert tracks == [{"name": "Policy", "color": "#0B5CAD"}, {"name": "Law"}]

    def test_texts_are_in_the_language_of_the_reader(self) -> None:
        both = event(session(title=text("Opening", fr="Ouverture")), title=text("Forum", fr="Forum mondial"))
        root = parsed(both, "fr-CH")
        assert texts(root, "conference/title", "day/room/event/title") == ["Forum mondial", "Ouverture"]


class TestHostileTexts:
    """XML 1.0 sections 2.2 and 2.4."""

    @pytest.mark.parametrize(
        "said",
        [
            "</title><event/>",
            "a & b &amp; c",
            "]]>",
            "<![CDATA[x]]>",
            "<!-- x --",
            "<?php x ?>",
            "'\"",
            "&#0;",
            "&x;",
            "😀é",
        ],
    )
    def test_a_text_is_a_text(self, said: str) -> None:
        whole = event(session(title=text(said), track=said, people=(contact(name=said, roles=()),)), title=text(said))
        root = parsed(whole)
        assert xml_problems(root) == []
        found = next(root.iter("event"))
        assert texts(found, "title", "track", "persons/person") == [said, said, said]
        assert root.findtext("conference/title") == said
        assert [track.get("name") for track in root.iter("track") if track.attrib] == [said]

    def test_what_xml_cannot_hold_is_replaced(self) -> None:
        odd = session(title=text("a\ufffeb\U0001ffffc"), extensions={"c3voc.de:subtitle": "x\x00\x1b\r\ny"})
        assert texts(written(odd), "title", "subtitle") == ["a\ufffdb\ufffdc", "x\ufffd\ufffd\ufffd\ny"]


class TestRefusals:
    """As `to_schedule_json`."""

    @pytest.mark.parametrize(
        ("refused", "code"),
        [
            (lambda: to_schedule_xml(event(status=EventStatus.DRAFT)), Code.EVENT_WITHOUT_SLOT),
            (lambda: to_schedule_xml(event(session(uid="a"), session("b", uid="a"))), Code.UID_REPEATED),
        ],
    )
    def test_by_code(self, refused: Callable[[], bytes], code: Code) -> None:
        with pytest.raises(ExportError) as caught:
            refused()
        assert [found.code for found in caught.value.findings] == [code]
