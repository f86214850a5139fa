"""Timetables: what the drawing and the table say about an event."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from hypothesis import assume, given

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.markup.reading import must_be_isolated, read_html, read_xml, text_of
from tests.markup.texts import HOSTILE
from tests.samples.whole import AT, contact, dossier, event, location, registration, text
from tests.samples.whole import request as sample_request
from wtisd_model import Code, ExportError, InvalidValueError, pictures
from wtisd_model.locales import locale_for
from wtisd_model.markup.element import element
from wtisd_model.pictures.timetable import legend
from wtisd_model.pictures.timetable_content import Wording, entries_of
from wtisd_model.strategies import dossiers, events

ZURICH = "Europe/Zurich"
WHOLE = wm.TimeSlot.at("2023-05-01T00:00", "2023-11-30T00:00", ZURICH)


def session(id: str, start: str, end: str, zone: str = ZURICH, **changes: Any) -> wm.Session:
    given: dict[str, Any] = {"title": text(f"Session {id}"), "slot": wm.TimeSlot.at(start, end, zone), **changes}
    return wm.Session(id=id, **given)


def room(called: str | None, **changes: Any) -> wm.Location:
    return location(id=None, room=called, capacity=None, **changes)


def approved(whole: wm.Event, *into: str, **changes: Any) -> wm.InterpretationRequest:
    """Return an approved request for interpretation into some languages."""
    given: dict[str, Any] = {"event_uid": whole.uid, "state": "requested", "team": None, "history": ()}
    languages = {"source_languages": (), "target_languages": into, "session_ids": ()}
    return sample_request(**{**given, **languages, **changes}).approve(at=AT)


def forum(*sessions: wm.Session, **changes: Any) -> wm.Event:
    given: dict[str, Any] = {
        "slot": WHOLE,
        "locations": (room(None),),
        "virtual_locations": (),
        "calls": (),
        "floor_languages": (),
    }
    return event(sessions=sessions, history=(), previous_slots=(), status="scheduled", **{**given, **changes})


def rows(picture: pictures.Picture) -> list[dict[str, str]]:
    """Return the rows of the table by its heads."""
    table = read_html(picture.table)
    heads, *body = [[text_of(cell) for cell in row] for row in table.iter("tr")]
    return [dict(zip(heads, row, strict=True)) for row in body]


def column(picture: pictures.Picture, head: str) -> list[str]:
    return [row[head] for row in rows(picture)]


def groups(drawing: pictures.Drawing) -> list[list[str]]:
    """Return the lines of text of each box."""
    root = read_xml(drawing.svg("wm"))
    return [
        [each.text or "" for each in box.iter("text")]
        for box in root.iter()
        if box.find("title") is not None and box.tag != "svg"
    ]


def texts(drawing: pictures.Drawing) -> list[str]:
    return [each.text or "" for each in read_xml(drawing.svg("wm")).iter("text")]


def titles(drawing: pictures.Drawing) -> list[str]:
    """Return what the boxes say to somebody who points at them."""
    return [each.text or "" for each in read_xml(f"<svg>{drawing.content}</svg>").iter("title")]


def box(drawing: pictures.Drawing, title: str) -> Element:
    """Return the box of a session."""
    found = [each for each in read_xml(drawing.svg("wm")).iter() if (each.findtext("title") or "").startswith(title)]
    return found[-1]


class TestTable:
    """The table has a row for each session, with all that its drawing shows."""

    def test_a_row_says_everything(self) -> None:
        plenary = session(
            "1",
            "2023-05-17T09:00",
            "10:30",
            locations=(room("Popov"),),
            floor_languages=("en", "fr"),
            on_site_capacity=30,
        )
        whole = forum(plenary, virtual_locations=("https://example.org/live",))
        requests = (
            approved(whole, "ar", "es"),
            approved(whole, "en", id="i-2", service="captions", session_ids=("1",)),
            approved(whole, "zh", id="i-3").withdraw(at=AT),
        )
        taking = registration(
            event_uid=whole.uid, mode="on-site", session_ids=("1",), state="pending", history=(), replies=()
        )
        held = wm.Dossier(event=whole, registrations=(taking.approve(at=AT),), interpretation_requests=requests)
        picture = pictures.timetable(held, seats=True)
        assert rows(picture) == [
            {
                "Day": "Wednesday, 17 May 2023",
                "Time": "09:00–10:30",
                "Room": "Popov",
                "Session": "Session 1",
                "Languages": "English, French",
                "Interpretation": "into Arabic, Spanish\nCaptions: English",
                "Seats": "1 of 30 taken",
                "Status": "Scheduled",
            }
        ]
        assert groups(picture.drawings[0]) == [
            [
                *(
                    "09:00–10:30",
                    "Session 1",
                    "English, French → Arabic, Spanish",
                    "Captions: English",
                    "1 of 30 taken",
                ),
            ]
        ]

    @pytest.mark.parametrize(
        ("floor", "pairs", "drawn", "said"),
        [
            (
                "en fr",
                [("", "ar en fr")],
                "English ⇄ French → Arabic",
                "English, French (in both directions); into Arabic",
            ),
            ("en fr", [("en", "fr")], "English, French; English → French", "from English into French"),
            (
                "en fr ru",
                [("", "en fr ru")],
                "English ⇄ French ⇄ Russian",
                "English, French, Russian (each into the others)",
            ),
            (
                "en fr ru",
                [("en", "fr"), ("fr", "en")],
                "English, French, Russian; English ⇄ French",
                "English, French (in both directions)",
            ),
            ("", [("", "ar")], "→ Arabic", "into Arabic"),
        ],
    )
    def test_arrows_go_from_what_is_spoken_to_what_it_is_interpreted_into(
        self, floor: str, pairs: list[tuple[str, str]], drawn: str, said: str
    ) -> None:
        whole = forum(session("1", "2023-05-17T09:00", "10:30", floor_languages=floor.split()))
        requests = [
            approved(whole, *into.split(), id=f"i-{number}", source_languages=[source] if source else ())
            for number, (source, into) in enumerate(pairs)
        ]
        picture = pictures.timetable(wm.Dossier(event=whole, interpretation_requests=tuple(requests)))
        assert groups(picture.drawings[0])[0][2] == drawn
        assert column(picture, "Interpretation") == [said]
        assert (box(picture.drawings[0], "Session 1").findtext("title") or "").endswith(f"\nInterpretation: {said}")

    def test_seats_are_for_the_office(self) -> None:
        """`registrations` hides a single person; by default, so does a timetable."""
        limited = session("1", "2023-05-17T09:00", "10:30", on_site_capacity=30)
        held = wm.Dossier(event=forum(limited))
        assert "Seats" not in rows(pictures.timetable(held))[0]
        assert "30" not in pictures.timetable(held).html.replace("10:30", "")
        assert pictures.timetable(held).html == pictures.timetable(held.event).html

    def test_seats_of_both_modes_are_named(self) -> None:
        limited = session("1", "2023-05-17T09:00", "10:30", on_site_capacity=30, remote_capacity=5)
        held = wm.Dossier(event=forum(limited, virtual_locations=("https://example.org/live",)))
        assert column(pictures.timetable(held, seats=True), "Seats") == ["On site: 0 of 30 taken\nRemote: 0 of 5 taken"]

    def test_numbers_of_seats_are_written_as_in_the_language(self) -> None:
        held = wm.Dossier(event=forum(session("1", "2023-05-17T09:00", "10:30", on_site_capacity=1250)))
        assert column(pictures.timetable(held, seats=True), "Seats") == ["0 of 1,250 taken"]
        assert column(pictures.timetable(held, language="ru", seats=True), "Места") == ["занято: 0 из 1\u00a0250"]

    def test_rows_are_in_the_order_of_time(self) -> None:
        times = (("b", "2023-05-18T09:00"), ("c", "2023-05-17T11:00"), ("a", "2023-05-17T09:00"))
        picture = pictures.timetable(forum(*(session(id_, start, f"{start[:11]}12:00") for id_, start in times)))
        assert column(picture, "Session") == ["Session a", "Session c", "Session b"]
        assert [each.title for each in picture.drawings] == ["Wednesday, 17 May 2023", "Thursday, 18 May 2023"]

    def test_the_title_of_each_session_is_the_head_of_its_row(self) -> None:
        table = read_html(pictures.timetable(forum(session("1", "2023-05-17T09:00", "10:30"))).table)
        assert [each.get("scope") for each in table.iter("th")] == ["col"] * 5 + ["row"]
        assert [text_of(each) for each in table.iter("caption")] == ["Timetable: Forum"]


class TestDays:
    """A session belongs to the day on which it begins, by the clocks of the zone that is chosen."""

    def test_each_day_has_a_drawing_in_any_zone(self) -> None:
        late = forum(session("1", "2023-05-17T20:00", "21:00"), session("2", "2023-05-18T09:00", "10:00"))
        assert [each.title for each in pictures.timetable(late).drawings] == [
            "Wednesday, 17 May 2023",
            "Thursday, 18 May 2023",
        ]
        assert [each.title for each in pictures.timetable(late, zone="Asia/Tokyo").drawings] == [
            "Thursday, 18 May 2023"
        ]
        assert column(pictures.timetable(late, zone="Asia/Tokyo"), "Time") == ["03:00–04:00", "16:00–17:00"]

    def test_a_session_over_midnight_is_on_its_first_day(self) -> None:
        picture = pictures.timetable(forum(session("1", "2023-05-17T22:00", "2023-05-18T02:00")))
        assert [groups(each) for each in picture.drawings] == [[["22:00–02:00 (+1)", "Session 1"]]]

    def test_midnight_is_the_end_of_a_day(self) -> None:
        picture = pictures.timetable(forum(session("1", "2023-05-17T22:00", "2023-05-18T00:00")))
        assert column(picture, "Time") == ["22:00–00:00"]

    def test_one_day_has_all_that_takes_place_on_it(self) -> None:
        whole = forum(
            session("1", "2023-05-17T22:00", "2023-05-18T02:00"),
            session("2", "2023-05-18T09:00", "10:00"),
            session("3", "2023-05-19T09:00", "10:00"),
            wm.Session(id="4", title=text("Exhibition"), slot=wm.TimeSlot.days("2023-05-16", "2023-05-19", ZURICH)),
        )
        for day in ("2023-05-18", date(2023, 5, 18)):
            picture = pictures.timetable(whole, day=day)
            assert [each.title for each in picture.drawings] == ["Thursday, 18 May 2023"]
            assert groups(picture.drawings[0]) == [
                ["from Tuesday, 16 May 2023 to Thursday, 18 May 2023", "Exhibition", "Seat"],
                ["22:00 (-1)–02:00", "Session 1"],
                ["09:00–10:00", "Session 2"],
            ]
            assert [each for each in texts(picture.drawings[0]) if each == "00:00"] == ["00:00"]

    @pytest.mark.parametrize(
        ("zone", "start", "end", "shown"),
        [
            ("Africa/Cairo", "2026-04-23T20:00", "2026-04-23T22:00", {"2026-04-23": "22:00 UTC+2–01:00 (+1) UTC+3"}),
            ("America/Havana", "2026-11-01T04:15", "2026-11-01T05:00", {"2026-11-01": "00:15 UTC-4–00:00 UTC-5"}),
            ("America/Santiago", "2026-04-05T02:30", "2026-04-05T04:00", {"2026-04-04": "23:30 UTC-3–00:00 UTC-4"}),
            # In St. John's, 00:00 to 00:01 came once more after an hour of the day before.
            (
                "America/St_Johns",
                "2010-11-07T02:30",
                "2010-11-07T02:45",
                {"2010-11-06": "00:00 UTC-2:30–23:15 (-1) UTC-3:30"},
            ),
        ],
    )
    def test_where_the_clocks_change_at_midnight_a_session_is_on_the_days_of_its_moments(
        self, zone: str, start: str, end: str, shown: dict[str, str]
    ) -> None:
        whole = forum(
            session("1", start, end, "UTC"), slot=wm.TimeSlot.at("2010-01-01T00:00", "2026-12-31T00:00", "UTC")
        )
        around = date.fromisoformat(start[:10])
        found: dict[str, str] = {}
        for day in (around - timedelta(days=1), around, around + timedelta(days=1)):
            try:
                picture = pictures.timetable(whole, zone=zone, day=day)
            except wm.InvalidValueError:
                continue
            assert all(
                float(each.get("height", "1")) > 0 for each in read_xml(picture.svg).iter() if each.tag[-4:] == "rect"
            )
            (found[str(day)],) = column(picture, "Time")
        assert found == shown

    @pytest.mark.parametrize(
        "sessions",
        [
            (session("2", "2023-05-19T09:00", "10:00"), session("1", "2023-05-17T22:00", "23:00")),
            (),  # the event itself is shown
        ],
    )
    def test_a_day_without_sessions_is_refused_with_the_days_that_have_some(
        self, sessions: tuple[wm.Session, ...]
    ) -> None:
        with pytest.raises(wm.InvalidValueError) as refused:
            pictures.timetable(forum(*sessions), day="2023-12-24")
        (found,) = refused.value.findings
        assert (found.code, found.path) == (wm.Code.VALUE_UNKNOWN, "/day")
        days = ["2023-05-17", "2023-05-19"] if sessions else ["2023-05-01"]
        assert found.params == {"choices": ", ".join(days)}
        for day in days:
            assert "<table" in pictures.timetable(forum(*sessions), day=day).table

    def test_a_whole_day_has_no_times(self) -> None:
        day = wm.Session(id="1", title=text("Exhibition"), slot=wm.TimeSlot.days("2023-05-17", "2023-05-18", ZURICH))
        picture = pictures.timetable(forum(day), zone="Asia/Tokyo")
        assert column(picture, "Time") == ["All day"]
        assert texts(picture.drawings[0]) == ["All day", "Exhibition", "Seat"]

    def test_what_lasts_a_day_or_longer_has_both_days(self) -> None:
        picture = pictures.timetable(forum(session("1", "2023-05-17T09:00", "2023-05-18T09:00")))
        (shown,) = groups(picture.drawings[0])
        assert "".join(shown).startswith("from Wednesday, 17 May 2023, 09:00, to Thursday, 18 May 2023, 09:00 (UTC+2, ")

    @pytest.mark.parametrize(
        ("start", "end", "shown"),
        [
            (("2023-10-29T02:30", "first"), ("2023-10-29T02:30", "second"), ["02:30 UTC+2–02:30 UTC+1", "UTC+2"]),
            (("2023-03-26T01:30", None), ("2023-03-26T03:30", None), ["01:30 UTC+1–03:30 UTC+2", "UTC+1"]),
        ],
    )
    def test_on_the_day_when_the_clocks_change_times_have_their_offset(
        self, start: tuple[str, Any], end: tuple[str, Any], shown: list[str]
    ) -> None:
        slot = wm.TimeSlot.at(start[0], end[0], ZURICH, start_repeated=start[1], end_repeated=end[1])
        night = forum(session("1", "2023-05-17T22:00", "23:00", slot=slot), slot=slot)
        picture = pictures.timetable(night)
        assert column(picture, "Time") == shown[:1]
        assert shown[1] in texts(picture.drawings[0])
        assert texts(picture.drawings[0])[0] == "All times: Europe/Zurich"
        assert texts(pictures.timetable(night, zone="UTC").drawings[0])[0] == "All times: UTC"

    def test_an_offset_that_stays_is_said_once(self) -> None:
        night = wm.TimeSlot.at("2023-10-29T01:30", "2023-10-29T02:30", ZURICH, end_repeated="second")
        whole = forum(session("1", "2023-05-17T22:00", "23:00", slot=night), session("2", "2023-10-29T09:00", "10:00"))
        picture = pictures.timetable(whole)
        assert column(picture, "Time") == ["01:30 UTC+2–02:30 UTC+1", "09:00–10:00 UTC+1"]

    def test_the_zone_is_named_with_its_offset(self) -> None:
        whole = forum(session("1", "2023-05-17T22:00", "23:00"))
        assert texts(pictures.timetable(whole).drawings[0])[0] == "All times: Europe/Zurich (UTC+2)"
        assert texts(pictures.timetable(whole, zone="Asia/Kolkata").drawings[0])[0] == (
            "All times: Asia/Kolkata (UTC+5:30)"
        )


class TestRooms:
    """Rooms are columns; what has no room of its own fills the width, or has a column if others take place."""

    def test_rooms_are_in_the_order_of_the_event_then_of_its_sessions(self) -> None:
        whole = forum(
            session("1", "2023-05-17T11:00", "12:00", locations=(room("B"),)),
            session("2", "2023-05-17T09:00", "10:00", locations=(room("C"), room("A"))),
            locations=(room("A"),),
        )
        drawn = texts(pictures.timetable(whole).drawings[0])
        assert [each for each in drawn if len(each) == 1] == ["A", "B", "C"]
        assert column(pictures.timetable(whole), "Room") == ["C, A", "B"]

    def test_a_session_in_two_rooms_apart_from_each_other_has_two_boxes(self) -> None:
        whole = forum(
            session("1", "2023-05-17T11:00", "12:00", locations=(room("A"),)),
            session("2", "2023-05-17T11:00", "12:00", locations=(room("B"),)),
            session("3", "2023-05-17T13:00", "14:00", locations=(room("A"), room("B"))),
            session("4", "2023-05-17T15:00", "16:00", locations=(room("C"),)),
            session("5", "2023-05-17T17:00", "18:00", locations=(room("A"), room("C"))),
        )
        titles = [each[1] for each in groups(pictures.timetable(whole).drawings[0])]
        assert titles == ["Session 1", "Session 2", "Session 3", "Session 4", "Session 5", "Session 5"]
        assert len(rows(pictures.timetable(whole))) == 5

    def test_in_many_rooms_a_session_is_written_out_in_four(self) -> None:
        """The picture would else be many times as large as the event."""
        rooms = [room(f"Room {number}") for number in range(12)]
        plenary = session("1", "2023-05-17T09:00", "10:30", locations=rooms[::2], floor_languages=("en",))
        other = session("2", "2023-05-17T09:00", "10:30", locations=rooms[1::2])
        (drawing,) = pictures.timetable(forum(plenary, other, locations=rooms)).drawings
        assert [texts(drawing).count(each) for each in ("Session 1", "English")] == [6, 4]
        assert len([each for each in groups(drawing) if "Session 1" in each]) == 4

    def test_a_drawing_has_a_largest_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = forum(session("1", "2023-05-17T09:00", "10:30"))
        monkeypatch.setattr(import_module("wtisd_model.pictures.timetable"), "MOST_OCTETS", 100)
        with pytest.raises(ExportError) as refused:
            pictures.timetable(whole)
        (found,) = refused.value.findings
        assert (found.code, found.path, found.params) == (Code.PICTURE_TOO_LARGE, "", {"maximum": 100})

    def test_a_break_fills_the_width(self) -> None:
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", locations=(room("A"),)),
            session("2", "2023-05-17T09:00", "10:00", locations=(room("B"),)),
            session("3", "2023-05-17T10:00", "10:30", kind="break"),
        )
        (drawing,) = pictures.timetable(whole).drawings
        first, second, pause = (box(drawing, f"Session {each}").find("rect") for each in (1, 2, 3))
        assert first is not None
        assert second is not None
        assert pause is not None
        assert float(pause.attrib["width"]) == float(first.attrib["width"]) + float(second.attrib["width"]) + 4
        assert pause.get("class") == "fill-surface"
        assert "No room of its own" not in texts(drawing)

    def test_without_a_room_at_the_same_time_as_others_it_has_a_column(self) -> None:
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", locations=(room("A"),)), session("2", "2023-05-17T09:30", "10:00")
        )
        assert "No room of its own" in texts(pictures.timetable(whole).drawings[0])

    def test_remote_sessions_are_online(self) -> None:
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", locations=(room("A"),)),
            session("2", "2023-05-17T09:30", "10:00", inherited_places="remote"),
            virtual_locations=("https://example.org/live",),
        )
        assert column(pictures.timetable(whole), "Room") == ["A", "Online"]
        assert "Online" in texts(pictures.timetable(whole).drawings[0])

    def test_a_session_is_in_the_only_room_of_the_event(self) -> None:
        whole = forum(session("1", "2023-05-17T09:00", "10:00"), locations=(room("Popov"),))
        assert column(pictures.timetable(whole), "Room") == ["Popov"]
        several = evolve(whole, locations=(room("Popov"), room("A")))
        assert "Room" not in rows(pictures.timetable(several))[0]

    def test_buildings_are_named_if_there_are_several(self) -> None:
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", locations=(room("A"),)),
            session("2", "2023-05-17T09:00", "10:00", locations=(room("A", name=text("Annex", fr="Annexe")),)),
        )
        drawn = texts(pictures.timetable(whole, language="fr").drawings[0])
        assert [each for each in drawn if each in {"A", "Siège", "Annexe"}] == ["A", "Siège", "A", "Annexe"]


class TestStatus:
    """What does not take place is struck through, and a word says so."""

    @pytest.mark.parametrize(
        ("changed", "word", "is_struck"),
        [
            (session("1", "2023-05-17T09:00", "10:00").cancel(at=AT), "Cancelled", True),
            (session("1", "2023-05-17T09:00", "10:00").postpone(at=AT), "Postponed", True),
            (session("1", "2023-05-17T09:00", "10:00", status="draft"), "Draft", False),
        ],
        ids=["cancelled", "postponed", "draft"],
    )
    def test_it_is_said_in_words(self, *, changed: wm.Session, word: str, is_struck: bool) -> None:
        picture = pictures.timetable(forum(changed))
        assert column(picture, "Status") == [word]
        assert groups(picture.drawings[0]) == [["09:00–10:00", "Session 1", word]]
        assert ("line-through" in picture.svg) is is_struck
        assert ("<s>" in picture.table) is is_struck
        assert "stroke-dasharray" in picture.svg

    def test_a_cancelled_event_cancels_its_sessions(self) -> None:
        whole = forum(session("1", "2023-05-17T09:00", "10:00")).cancel(at=AT)
        assert column(pictures.timetable(whole), "Status") == ["Cancelled"]


class TestClashes:
    """S02 and S03: a session with the room or the speaker of another one has a sign, a word, and that one's title."""

    def test_the_same_room(self) -> None:
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", locations=(room("A"),)),
            session("2", "2023-05-17T09:30", "10:30", locations=(room("A"),)),
            session("3", "2023-05-17T10:30", "11:30", locations=(room("A"),)),
        )
        picture = pictures.timetable(whole)
        assert column(picture, "Clashes") == [
            "Same room at the same time: Session 2",
            "Same room at the same time: Session 1",
            "",
        ]
        boxes = groups(picture.drawings[0])
        assert ["Clash: Same room" in " ".join(each) for each in boxes] == [True, True, False]
        assert picture.svg.count("<polygon") == 2
        assert texts(picture.drawings[0])[-2:] == ["Clash", "Session"]

    def test_the_same_speaker_is_not_named(self) -> None:
        speaker = (wm.Contact(name="Participant 1", email="p1@example.org", roles=frozenset({wm.Role.SPEAKER})),)
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", locations=(room("A"),), people=speaker),
            session("2", "2023-05-17T09:30", "10:30", locations=(room("B"),), people=speaker),
        )
        picture = pictures.timetable(whole)
        assert column(picture, "Clashes") == [
            "Same speaker at the same time: Session 2",
            "Same speaker at the same time: Session 1",
        ]
        assert "Participant" not in picture.svg + picture.html

    def test_two_rooms_and_a_speaker_are_one_clash_each(self) -> None:
        speaker = (wm.Contact(name="Participant 1", email="p1@example.org", roles=frozenset({wm.Role.SPEAKER})),)
        both = (room("A"), room("B"))
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", locations=both, people=speaker),
            session("2", "2023-05-17T09:30", "10:30", locations=both, people=speaker),
        )
        assert column(pictures.timetable(whole), "Clashes")[0] == (
            "Same room at the same time: Session 2Same speaker at the same time: Session 2"
        )


class TestLegend:
    """What the boxes look like is said in words, below the last day, if they differ."""

    def test_it_names_what_is_there(self) -> None:
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00"),
            session("2", "2023-05-18T09:00", "10:00", kind="break"),
            session("3", "2023-05-18T10:00", "11:00", kind="social"),
            session("4", "2023-05-18T11:00", "12:00").cancel(at=AT),
            session("5", "2023-05-18T12:00", "13:00", status="draft"),
            floor_languages=("en",),
        )
        held = wm.Dossier(event=whole, interpretation_requests=(approved(whole, "fr"),))
        first, last = pictures.timetable(held).drawings
        expected = ["Session", "Break, Social event", "Cancelled, Draft", "→ Interpretation"]
        assert texts(last)[-4:] == expected
        assert texts(first)[-1] == "English → French"
        arabic = pictures.timetable(held, language="ar")
        assert texts(arabic.drawings[0])[-1] == "الإنجليزية ← الفرنسية"
        assert texts(arabic.drawings[1])[-1] == "← الترجمة الشفوية"

    def test_it_has_both_arrows(self) -> None:
        whole = forum(session("1", "2023-05-17T09:00", "10:00", floor_languages=("en", "fr")))
        held = wm.Dossier(event=whole, interpretation_requests=(approved(whole, "en", "fr", "ar"),))
        for language, expected in (("en", "→ ⇄ Interpretation"), ("ar", "← ⇄ الترجمة الشفوية")):
            assert texts(pictures.timetable(held, language=language).drawings[0])[-1] == expected

    def test_boxes_that_look_alike_need_none(self) -> None:
        whole = forum(session("1", "2023-05-17T09:00", "10:00"))
        assert texts(pictures.timetable(whole).drawings[0])[-1] == "Session 1"

    def test_it_may_have_several_lines(self) -> None:
        words = locale_for("en")
        sessions = (session("1", "2023-05-17T09:00", "10:00"), session("2", "2023-05-17T10:00", "11:00", kind="break"))
        entries = entries_of(forum(*sessions), words, "en", ZURICH, seats=False)
        wording = Wording(words, ZURICH, entries)
        (wide, _), (narrow, drawn) = (legend(entries, wording, width) for width in (500, 100))
        assert narrow > wide
        assert len({each.get("y") for each in read_xml(element("svg", drawn)).iter("text")}) == 2


class TestEvent:
    """An event without sessions shows itself."""

    def test_it_is_in_its_room(self) -> None:
        picture = pictures.timetable(wm.wtisd_23(outside_facts=True))
        assert column(picture, "Session") == ["World Telecommunication and Information Society Day"]
        assert column(picture, "Room") == ["Popov"]
        assert groups(picture.drawings[0])[0][:1] == ["14:30–16:30"]

    def test_a_dossier_knows_its_seats_and_interpretation(self) -> None:
        whole = forum(slot=wm.TimeSlot.at("2023-05-17T09:00", "10:00", ZURICH), floor_languages=("en",))
        call = wm.Call(kind=wm.CallKind.REGISTRATION, email="office@example.org", on_site_capacity=20)
        held = wm.Dossier(event=evolve(whole, calls=(call,)), interpretation_requests=(approved(whole, "fr"),))
        (row,) = rows(pictures.timetable(held, seats=True))
        assert [row["Languages"], row["Interpretation"], row["Seats"]] == ["English", "into French", "0 of 20 taken"]

    def test_a_draft_without_a_slot_has_nothing_to_show(self) -> None:
        draft = wm.Event(uid="e-1", title=text(), status=wm.EventStatus.DRAFT)
        with pytest.raises(ExportError) as refused:
            pictures.timetable(draft)
        assert [(each.code, each.path) for each in refused.value.findings] == [(Code.EVENT_WITHOUT_SLOT, "/slot")]
        planned = evolve(draft, sessions=(session("1", "2023-05-17T09:00", "10:00", "Asia/Tokyo"),))
        assert column(pictures.timetable(planned), "Time") == ["09:00–10:00"]


class TestArguments:
    """Arguments are checked, and unknown languages have English words."""

    @pytest.mark.parametrize(
        ("wrong", "code", "path"),
        [
            ({"language": "xx-"}, Code.LANGUAGE_UNKNOWN, "/language"),
            ({"zone": "CEST"}, Code.ZONE_UNKNOWN, "/zone"),
            ({"day": "17 May"}, Code.DATE_UNREADABLE, "/day"),
            ({"day": 17}, Code.WRONG_TYPE, "/day"),
        ],
    )
    def test_they_are_checked(self, wrong: dict[str, Any], code: Code, path: str) -> None:
        with pytest.raises(InvalidValueError) as refused:
            pictures.timetable(event(), **wrong)
        assert [(each.code, each.path) for each in refused.value.findings] == [(code, path)]

    def test_anything_else_than_an_event_is_refused(self) -> None:
        with pytest.raises(TypeError, match="Not an Event or a Dossier"):
            pictures.timetable(registration())  # type: ignore[arg-type]  # refused

    def test_texts_are_in_the_language_and_say_their_own(self) -> None:
        title = wm.LocalizedText("Apertura", "it", translations={"fr": "Ouverture"})
        whole = forum(session("1", "2023-05-17T09:00", "10:00", title=title))
        french, english, italian = (pictures.timetable(whole, language=each) for each in ("fr", "en", "it"))
        assert (french.language, english.language, italian.language) == ("fr", "en", "en")
        assert [column(french, "Séance"), column(english, "Session")] == [["Ouverture"], ["Apertura"]]
        assert '<bdi lang="it">Apertura</bdi>' in english.table
        assert 'lang="it"' in english.svg
        assert 'lang="fr" dir' not in french.table

    def test_anything_else_than_a_theme_is_refused(self) -> None:
        with pytest.raises(TypeError, match="Not a Theme"):
            pictures.timetable(event(), theme="#aa0000")  # type: ignore[arg-type]  # refused

    def test_a_theme_colours_it(self) -> None:
        assert "fill:#aa0000" in pictures.timetable(event(), theme=wm.Theme(accent="#aa0000")).svg


def rectangles(drawing: pictures.Drawing) -> list[tuple[float, float]]:
    """Return where each rectangle is, without the legend, which is moved as a whole: its words differ in length."""
    root = read_xml(drawing.svg("wm"))
    moved = {rect for group in root.iter("g") if group.get("transform") for rect in group.iter("rect")}
    found = (each for each in root.iter("rect") if each not in moved)
    return [(float(each.attrib["x"]), float(each.attrib["width"])) for each in found]


class TestLaws:
    """Whatever an event holds, its timetable can be read, and says nothing about people."""

    @LAW
    @given(events())
    def test_every_event_has_a_timetable(self, drawn: wm.Event) -> None:
        assume(drawn.slot is not None or drawn.sessions)
        picture = pictures.timetable(drawn, language="ar")
        read_xml(picture.svg)
        read_html(picture.html)
        read_html(picture._repr_html_())
        assert len(rows(picture)) == max(1, len(drawn.sessions))
        shown = [each.title for each in picture.drawings]
        assert len(set(shown)) == len(shown)

    @LAW
    @given(dossiers())
    def test_nothing_about_people_changes_it_but_their_number_if_asked_for(self, drawn: wm.Dossier) -> None:
        assume(drawn.event.slot is not None or drawn.event.sessions)
        others = [
            evolve(each, participant=contact(), organization=None, filed_by=None) if each.purged_at is None else each
            for each in drawn.registrations
        ]
        changed = evolve(drawn, registrations=tuple(others))
        assert pictures.timetable(drawn, seats=True).html == pictures.timetable(changed, seats=True).html
        assert pictures.timetable(drawn).html == pictures.timetable(evolve(drawn, registrations=())).html

    @LAW
    @given(events())
    def test_from_the_right_is_the_mirror_of_from_the_left(self, drawn: wm.Event) -> None:
        assume(drawn.slot is not None or drawn.sessions)
        sessions = tuple([evolve(each, title=text("T")) for each in drawn.sessions])
        plain = evolve(drawn, sessions=sessions, title=text("T"))
        left, right = (pictures.timetable(plain, language=each) for each in ("en", "ar"))
        for one, other in zip(left.drawings, right.drawings, strict=True):
            assert one.width == other.width
            for (x, width), (mirrored, same) in zip(rectangles(one), rectangles(other), strict=True):
                assert width == same
                assert mirrored == pytest.approx(one.width - x - width, abs=0.11)

    @pytest.mark.parametrize("hostile", HOSTILE[:5])
    def test_hostile_texts_stay_texts(self, hostile: str) -> None:
        whole = forum(
            session("1", "2023-05-17T09:00", "10:00", title=text(hostile), locations=(room("A", name=text("N")),)),
            session("2", "2023-05-17T09:00", "10:00", title=text(hostile), locations=(room("A", name=text("N")),)),
            title=text(hostile),
        )
        picture = pictures.timetable(whole)
        for root in (read_xml(picture.svg), read_html(picture.html)):
            tags = {each.tag for each in root.iter()}
            assert not tags & {"script", "img", "iframe"}
            assert not {name for each in root.iter() for name in each.attrib if name.startswith("on")}
        assert column(picture, "Session") == [hostile, hostile]

    @pytest.mark.parametrize(("language", "other"), [("en", "قاعة 5"), ("ar", "Hall 5")])
    def test_texts_that_run_the_other_way_affect_nothing_beside_them(self, language: str, other: str) -> None:
        rooms = (room(other), room("1"))
        whole = forum(session("1", "2023-05-17T09:00", "10:00", locations=rooms), title=text(other))
        picture = pictures.timetable(whole, language=language)
        for root in (read_xml(picture.svg), read_html(picture.html)):
            must_be_isolated(root, other)
        assert any(f"\u2068{other}\u2069" in each.split("\n")[-1] for each in titles(picture.drawings[0]))

    def test_very_long_texts_are_cut_in_the_drawing_only(self) -> None:
        long = ("connectivity " * 38).strip()
        whole = forum(session("1", "2023-05-17T09:00", "10:00", title=text(long), locations=(room("R" * 500),)))
        picture = pictures.timetable(whole)
        assert [each[-1] for each in groups(picture.drawings[0])[0] if each.endswith("…")] == ["…"]
        assert column(picture, "Session") == [long]
        assert long in picture.svg

    def test_it_is_the_same_each_time(self) -> None:
        assert pictures.timetable(dossier()).html == pictures.timetable(dossier()).html
