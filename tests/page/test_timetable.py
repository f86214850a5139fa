"""The timetable of a day on a page: which rooms and sessions are where in its grid."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from attrs import evolve
from hypothesis import given

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.markup.reading import text_of
from tests.page.pages import EVENTS, by_id, read
from tests.page.programmes import programme
from tests.samples.whole import AT, location, text
from wtisd_model import to_html
from wtisd_model.pictures import timetable


def grids(event: wm.Event, **options: Any) -> list[Element]:
    return [each for each in read(to_html(event, **options)).iter("div") if each.attrib.get("class") == "grid"]


def placed(grid: Element) -> list[tuple[str, str, str]]:
    """Return the tag, the text and the place of each part of a grid."""
    return [(each.tag, text_of(each), each.attrib["style"].replace("grid-", "")) for each in grid]


def session(number: int, start: str, end: str, *rooms: str, **changes: Any) -> wm.Session:
    place = programme(1).locations[0]
    return wm.Session(
        id=f"s{number}",
        title=text(f"Talk {number}"),
        slot=wm.TimeSlot.at(f"2027-05-17T{start}", end, "Europe/Zurich"),
        locations=tuple(evolve(place, room=each) for each in rooms),
        **changes,
    )


def day(*sessions: wm.Session, **changes: Any) -> wm.Event:
    return evolve(programme(1), sessions=sessions, **changes)


class TestTimetable:
    """Rooms are columns, and time runs from top to bottom."""

    def test_each_session_is_in_the_column_of_its_room(self) -> None:
        (grid,) = grids(day(session(1, "09:00", "10:00", "A"), session(2, "09:30", "11:00", "B")))
        assert grid.attrib["style"] == "grid-template-columns:auto minmax(8rem,1fr) minmax(8rem,1fr)"
        assert placed(grid) == [
            ("b", "A", "column:2/3"),
            ("b", "B", "column:3/4"),
            ("span", "09:00", "row:2"),
            ("span", "09:30", "row:3"),
            ("a", "Talk 1", "area:2/2/4/3"),
            ("a", "Talk 2", "area:3/3/5/4"),
        ]
        assert [each.attrib["href"] for each in grid.iter("a")] == ["#session-s1", "#session-s2"]

    def test_rooms_are_in_one_order_on_all_days(self) -> None:
        days = [
            *(session(1, "09:00", "10:00", "A"), session(2, "09:00", "10:00", "B"), session(3, "09:00", "10:00", "C")),
            *(session(4, "09:00", "10:00", "C"), session(5, "09:00", "10:00", "B")),
        ]
        moved = [evolve(each, slot=wm.TimeSlot.at("2027-05-18T09:00", "10:00", "Europe/Zurich")) for each in days[3:]]
        heads = [
            [said for tag, said, _ in placed(grid) if tag == "b"]
            for grid in grids(day(*days[:3], *moved, slot=programme(2).slot))
        ]
        assert heads == [["A", "B", "C"], ["B", "C"]]

    def test_a_break_without_a_room_is_not_in_the_building_of_the_event(self) -> None:
        building = evolve(programme(1).locations[0], room=None)
        pause = session(3, "10:00", "10:30", kind=wm.SessionKind.BREAK)
        (grid,) = grids(
            day(session(1, "09:00", "10:00", "A"), session(2, "09:00", "10:00", "B"), pause, locations=(building,))
        )
        assert [said for tag, said, _ in placed(grid) if tag == "b"] == ["A", "B"]
        assert ("a", "Talk 3", "area:3/2/4/4") in placed(grid)
        assert {text_of(each): each.attrib.get("class") for each in grid.iter("a")} == {
            "Talk 1": None,
            "Talk 2": None,
            "Talk 3": "pause",
        }

    def test_buildings_without_rooms_have_columns_on_pages_and_in_pictures(self) -> None:
        building = evolve(programme(1).locations[0], room=None)
        other = evolve(session(2, "09:00", "10:00"), locations=(evolve(building, name=text("Other House")),))
        shown = day(session(1, "09:00", "10:00"), other, locations=(building,))
        (grid,) = grids(shown)
        assert [said for tag, said, _ in placed(grid) if tag == "b"] == ["Conference Centre", "Other House"]
        cells = [text_of(each) for each in read(timetable(shown).html.encode()).iter("td")]
        assert [each for each in cells if each in {"Conference Centre", "Other House"}] == [
            "Conference Centre",
            "Other House",
        ]

    def test_a_room_has_a_column_for_each_session_that_it_has_at_once(self) -> None:
        (grid,) = grids(
            day(
                *(
                    session(1, "09:00", "10:00", "A"),
                    session(2, "09:00", "10:00", "A"),
                    session(3, "10:00", "11:00", "A"),
                ),
                session(4, "09:00", "11:00", "B"),
            )
        )
        assert grid.attrib["style"].endswith(":auto repeat(2,minmax(5rem,0.500fr)) minmax(8rem,1fr)")
        assert {(said, where) for tag, said, where in placed(grid) if tag in {"a", "b"}} == {
            *(("A", "column:2/4"), ("B", "column:4/5"), ("Talk 1", "area:2/2/3/3"), ("Talk 2", "area:2/3/3/4")),
            *(("Talk 3", "area:3/2/4/4"), ("Talk 4", "area:2/4/4/5")),
        }

    def test_a_session_in_two_rooms_fills_both(self) -> None:
        (grid,) = grids(day(session(1, "09:00", "10:00", "A"), session(2, "10:00", "11:00", "A", "B")))
        assert ("a", "Talk 2", "area:3/2/4/4") in placed(grid)

    def test_sessions_without_a_room_have_a_column_if_others_are_held_at_the_time(self) -> None:
        places = (*programme(1).locations, *programme(2).sessions[1].locations)
        (grid,) = grids(day(session(1, "09:00", "10:00", "A"), session(2, "09:00", "10:00"), locations=places))
        assert ("b", "No room of its own", "column:3/4") in placed(grid)

    def test_remote_sessions_have_a_column_after_the_rooms(self) -> None:
        remote = session(1, "09:00", "10:00", inherited_places=wm.ParticipationMode.REMOTE)
        (grid,) = grids(day(remote, session(2, "09:00", "10:00", "A")))
        assert ("b", "A", "column:2/3") in placed(grid)
        assert ("b", "Online", "column:3/4") in placed(grid)
        assert ("a", "Talk 1", "area:2/3/3/4") in placed(grid)

    def test_buildings_are_named_if_there_are_several(self) -> None:
        first, second = session(1, "09:00", "10:00", "A"), session(2, "09:00", "10:00", "A")
        annex = evolve(second, locations=(evolve(second.locations[0], name=text("Annex", fr="Annexe")),))
        (grid,) = grids(day(first, annex), language="fr")
        assert [each for each in placed(grid) if each[0] == "b"] == [
            ("b", "AConference Centre", "column:2/3"),
            ("b", "AAnnexe", "column:3/4"),
        ]
        assert [each.attrib.get("lang") for each in grid.iter("bdi")][:4] == ["", "en", "", None]
        house = evolve(second, locations=(evolve(second.locations[0], room=None, name=text("Tower")),))
        (grid,) = grids(day(first, house))
        assert {each[1] for each in placed(grid) if each[0] == "b"} == {"AConference Centre", "Tower"}

    def test_on_the_day_when_the_clocks_change_times_have_their_offset(self) -> None:
        hours = [
            wm.TimeSlot.at("2027-10-31T02:15", "02:45", "Europe/Zurich", start_repeated=each, end_repeated=each)
            for each in ("first", "second")
        ]
        sessions = [evolve(session(number, "09:00", "10:00", "A"), slot=slot) for number, slot in enumerate(hours)]
        year = wm.TimeSlot.days("2027-01-01", "2028-01-01", "Europe/Zurich")
        given = day(*sessions, evolve(sessions[0], id="s9", locations=(location(room="B"),)), slot=year)
        (grid,) = grids(given)
        assert [said for tag, said, _ in placed(grid) if tag == "span"] == ["02:15UTC+2", "02:15UTC+1"]
        items = by_id(read(to_html(given)))
        assert text_of(items["session-s0"]).startswith("02:15–02:45 UTC+2")
        assert text_of(items["session-s1"]).startswith("02:15–02:45 UTC+1")

    def test_what_does_not_take_place_is_struck_through_and_said(self) -> None:
        (grid,) = grids(day(session(1, "09:00", "10:00", "A").cancel(at=AT), session(2, "09:00", "10:00", "B")))
        (struck,) = grid.iter("s")
        assert text_of(struck) == "Talk 1"
        assert ("a", "Talk 1 Cancelled", "area:2/2/3/3") in placed(grid)
        assert [each.attrib.get("class") for each in grid.iter("a")] == ["not-held", None]

    def test_times_are_those_of_the_page(self) -> None:
        (grid,) = grids(day(session(1, "09:00", "10:00", "A"), session(2, "09:00", "10:00", "B")), zone="Asia/Tokyo")
        assert ("span", "16:00", "row:2") in placed(grid)

    def test_a_day_in_one_room_needs_none(self) -> None:
        assert grids(day(session(1, "09:00", "10:00", "A"), session(2, "10:00", "11:00", "A"))) == []
        assert grids(day(session(1, "09:00", "10:00", "A", "B"))) == []

    @LAW
    @given(EVENTS)
    def test_no_two_sessions_are_in_one_place(self, drawn: wm.Event) -> None:
        for grid in grids(drawn):
            taken = set[tuple[int, int]]()
            for each in grid.iter("a"):
                top, start, bottom, end = map(int, each.attrib["style"].removeprefix("grid-area:").split("/"))
                cells = {(row, column) for row in range(top, bottom) for column in range(start, end)}
                assert cells
                assert not cells & taken
                taken |= cells
            tracks = re.findall(r"repeat\((\d+)|minmax\(8rem", grid.attrib["style"])
            assert all(column <= 1 + sum(int(lanes or 1) for lanes in tracks) for _, column in taken)
