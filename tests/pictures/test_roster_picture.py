"""The picture of a roster: who works when, what is missing, and what is heard by relay."""

from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve

from tests.markup.reading import read_xml
from tests.markup.texts import HOSTILE
from tests.pictures.figures import must_be_readable, must_be_sound, rows_of, texts_of
from tests.planning.rosters import FORUM, PEOPLE, ROSTER, TERMS, assigned
from tests.refusals import refused
from tests.samples.rosters import asked, person
from tests.samples.small import dossier, event, place, session, slot, stretch
from wtisd_model import Assignment, Booth, Code, Contact, InvalidValueError, LocalizedText, Roster, TimeSlot
from wtisd_model.locales import languages, locale_for
from wtisd_model.pictures import Picture, roster
from wtisd_model.pictures.roster_picture import MOST_ROWS

WORDS, TASKS = locale_for("en").pictures.roster, locale_for("en").interpreting.tasks
BY = ("people", "booths")


def boxes(picture: Picture) -> list[Element]:
    """Return the boxes of sittings, which say what they are."""
    (drawing,) = picture.drawings
    return [each for each in read_xml(f"<svg>{drawing.content}</svg>").iter("rect") if each.find("title") is not None]


def said(picture: Picture) -> list[list[str]]:
    """Return the lines that each box says in words."""
    return [str(each.findtext("title")).splitlines() for each in boxes(picture)]


def lines(picture: Picture) -> set[str]:
    return {line for box in said(picture) for line in box}


def with_assignments(*assignments: Assignment, **changes: Any) -> Roster:
    return evolve(ROSTER, assignments=assignments, **changes)


class TestPeople:
    """A row for each interpreter, with a box for each sitting."""

    def test_a_box_says_what_when_into_which_language_and_how_far_it_is(self) -> None:
        assert [
            "one, two",
            "Wednesday, 17 May 2023, 14:00–16:00",
            "Popov",
            "Arabic (Popov.ar)",
            TASKS["head-of-team"],
            WORDS.states["accepted"],
        ] in said(roster(ROSTER, [FORUM]))

    def test_languages_come_together_and_people_without_work_last(self) -> None:
        people = (person("p-10", "ar:A"), *PEOPLE)
        rows = rows_of(roster(evolve(ROSTER, interpreters=people), [FORUM]))
        assert list(dict.fromkeys(row[0] for row in rows)) == [
            *("Interpreter 1", "Interpreter 4", "Interpreter 5", "Interpreter 2", "Interpreter 3", "p-6"),
            "Interpreter 10",
        ]
        assert rows[-1][1:] == [""] * 7

    def test_numbers_in_names_are_compared_as_numbers(self) -> None:
        people = [person(f"p-{number}", "fr:A en:C") for number in (10, 9)]
        made = with_assignments(assigned(10, "fr", "late"), assigned(9, "fr", "late"), interpreters=people)
        assert [row[0] for row in rows_of(roster(made, [FORUM]))] == ["Interpreter 9", "Interpreter 10"]

    def test_accents_and_case_do_not_change_the_order_of_names(self) -> None:
        names = ("Zoé", "Émile", "eva", "Adam")
        people = [person(f"p-{number}", "fr:A", contact=Contact(name=name)) for number, name in enumerate(names)]
        rows = rows_of(roster(with_assignments(interpreters=people), [FORUM]))
        assert [row[0] for row in rows] == ["Adam", "Émile", "eva", "Zoé"]

    def test_a_box_names_the_room_and_the_times_however_short_it_is(self) -> None:
        texts = texts_of(roster(ROSTER, [FORUM]))
        assert {"ar \N{MIDDLE DOT} Popov", "es \N{MIDDLE DOT} Popov"} <= set(texts)
        assert {"14:00–16:00", "14:00–15:00", "15:00–16:00", "18:00–19:00"} <= set(texts)

    def test_a_box_is_as_wide_as_the_name_of_a_room_but_not_as_any(self) -> None:
        for name, is_whole in (("Committee Room 5", True), ("Room " * 12 + "1", False)):
            brief = session("brief", "14:30", "14:45", locations=(place(name),), floor_languages=("en",))
            one = dossier(of=event(sessions=(brief,)), requests=(asked("fr", id_="i-1"),))
            texts = texts_of(roster(with_assignments(assigned(3, "fr", "brief")), [one]))
            assert (f"fr \N{MIDDLE DOT} {name}" in texts) is is_whole
            assert "14:30–14:45" in texts

    def test_an_offer_is_an_outline_and_a_delivery_has_an_edge(self) -> None:
        content = roster(ROSTER, [FORUM]).drawings[0].content
        assert 'class="fill-hue-1 stroke-hue-1"' in content  # Arabic is accepted
        assert 'class="fill-page stroke-hue-2"' in content  # English is offered
        assert 'class="fill-hue-3"' in content  # one sitting of Spanish is delivered
        texts = texts_of(roster(ROSTER, [FORUM]))
        assert [each for each in texts if each in WORDS.states.values()] == ["Offered", "Accepted", "Delivered"]

    def test_states_that_nobody_is_in_are_not_explained(self) -> None:
        made = with_assignments(assigned(3, "fr", "late"))
        assert {"Accepted", "Delivered"}.isdisjoint(texts_of(roster(made, [FORUM])))

    def test_the_table_has_all_work(self) -> None:
        assert rows_of(roster(ROSTER, [FORUM]))[0] == [
            *("Interpreter 1", "Wednesday, 17 May 2023", "14:00–16:00", "one, two", "Popov", "Arabic"),
            *(TASKS["head-of-team"], WORDS.states["accepted"]),
        ]


class TestBooths:
    """A row for each booth, below its room."""

    def test_a_box_says_who_is_there_who_is_missing_and_what_is_heard_how(self) -> None:
        found = said(roster(ROSTER, [FORUM], by="booths"))
        assert [
            "one",
            "Wednesday, 17 May 2023, 14:00–15:00",
            f"Interpreter 2: {TASKS['turn']} \N{MIDDLE DOT} {WORDS.states['delivered']}",
            "Missing interpreters: 1",
            "Arabic through French",
        ] in found
        assert ["one", "Wednesday, 17 May 2023, 14:00–15:00", "Missing interpreters: 2"] in found

    def test_a_relay_and_a_floor_that_is_not_heard_are_marked(self) -> None:
        texts = texts_of(roster(ROSTER, [FORUM], by="booths"))
        assert "ar → fr" in texts
        made = with_assignments(assigned(2, "es", "one"))
        texts = texts_of(roster(made, [FORUM], by="booths"))
        assert "ar → fr" not in texts
        assert "ar" in texts
        assert "Arabic: Not heard" in lines(roster(made, [FORUM], by="booths"))
        assert WORDS.not_heard in texts  # its sign is not that of missing interpreters

    def test_names_within_a_sentence_are_as_the_language_writes_them_there(self) -> None:
        assert "Arabe par français" in lines(roster(ROSTER, [FORUM], by="booths", language="fr"))

    def test_signs_that_are_not_used_are_not_explained(self) -> None:
        whole = dossier(of=event(floor_languages=("en",)), requests=(asked("fr", id_="i-1"),))
        team = [assigned(number, "fr", None) for number in (3, 4)]
        people = [person(f"p-{number}", "fr:A en:C") for number in (3, 4)]
        texts = texts_of(roster(with_assignments(*team, interpreters=people), [whole], by="booths"))
        assert {WORDS.missing, WORDS.not_heard}.isdisjoint(texts)
        assert "Interpretation by relay" not in texts
        assert " ".join(texts[:2]) == WORDS.complete

    def test_a_sitting_in_two_pieces_lacks_its_interpreters_once(self) -> None:
        made = with_assignments(assigned(2, "es", "one", "accepted"), assigned(2, "es", "two"))
        only = evolve(FORUM, interpretation_requests=[asked("es", id_="i-1", session_ids={"one", "two"})])
        picture = roster(made, [only], by="booths")
        assert [box.count("Missing interpreters: 1") for box in said(picture)] == [1, 1]
        assert "Missing interpreters: 1" in texts_of(picture)

    def test_each_session_stands_above_its_booths_once(self) -> None:
        texts = texts_of(roster(ROSTER, [FORUM], by="booths"))
        assert [texts.count(each) for each in ("Popov", "one", "two", "late")] == [1, 1, 1, 1]

    def test_rooms_and_teams_without_a_booth_have_names(self) -> None:
        online = dossier(
            of=event(locations=(), floor_languages=("en",)),
            requests=(asked("fr", id_="i-1"), asked("en", id_="i-2", service="captions")),
        )
        rows = rows_of(roster(ROSTER, [online], by="booths"))
        assert [(row[0], row[4]) for row in rows] == [("English (Captions)", "Hub"), ("French (hub.fr)", "Hub")]
        rooms = [session(f"s-{number}", locations=(place(f"Room {number}"),)) for number in (10, 9)]
        several = dossier(of=event(sessions=rooms, floor_languages=("en",)), requests=(asked("fr", id_="i-1"),))
        assert [row[4] for row in rows_of(roster(ROSTER, [several], by="booths"))] == ["Room 9", "Room 10"]

    def test_teams_of_simultaneous_interpretation_without_a_booth_say_so(self) -> None:
        rows = rows_of(roster(evolve(with_assignments(), booths=[]), [FORUM], by="booths"))
        assert "French (Popov.fr)" in {row[0] for row in rows}
        booth = Booth(id="B-1", room="Popov", language="ar", seats=3)
        rows = rows_of(roster(evolve(with_assignments(), booths=[booth]), [FORUM], by="booths"))
        assert "French (No booth)" in {row[0] for row in rows}

    def test_each_box_says_its_times(self) -> None:
        assert {"14:00–15:00", "15:00–16:00", "18:00–19:00"} <= set(texts_of(roster(ROSTER, [FORUM], by="booths")))

    def test_one_booth_can_be_drawn_for_its_door(self) -> None:
        picture = roster(ROSTER, [FORUM], by="booths", booth="Popov.es")
        assert picture.title == "Interpreters: Forum (Popov.es)"
        assert {row[0] for row in rows_of(picture)} == {"Spanish (Popov.es)"}
        assert "Missing interpreters: 1" in texts_of(picture)

    def test_what_has_no_booth_yet_is_not_on_a_door(self) -> None:
        course = evolve(session("course"), slot=TimeSlot.days("2023-05-18", "2023-05-20", "Europe/Zurich"))
        times, sessions = stretch("2023-05-17T10:00", "2023-05-19T17:00"), (session("a"), course)
        whole = dossier(
            of=event(sessions=sessions, slot=times, floor_languages=("en",)), requests=(asked("fr", id_="i-1"),)
        )
        picture = roster(ROSTER, [whole], by="booths", booth="Popov.fr")
        assert not [text for text in texts_of(picture) if text.startswith("Hours not known")]

    def test_a_booth_without_work_is_refused(self) -> None:
        assert refused(lambda: roster(ROSTER, [FORUM], booth="B-7")) == (Code.VALUE_UNKNOWN, "/booth")

    def test_the_table_has_every_booth(self) -> None:
        rows = rows_of(roster(ROSTER, [FORUM], by="booths"))
        assert rows[4][:5] == ["Spanish (Popov.es)", "Wednesday, 17 May 2023", "14:00–15:00", "one", "Popov"]
        said = f"Interpreter 2: {TASKS['turn']} \N{MIDDLE DOT} {WORDS.states['delivered']}"
        assert rows[4][5:] == [said + "\nMissing interpreters: 1", "Arabic through French"]


class TestTasks:
    """Pivots, retours and people on standby have a letter, by people and by booths."""

    @pytest.mark.parametrize("by", BY)
    def test_a_letter_is_explained_if_it_is_used(self, by: Any) -> None:
        tasks = ("pivot", "retour", "turn")
        team = [assigned(number, "fr", "late", task=task) for number, task in enumerate(tasks, 2)]
        texts = texts_of(roster(with_assignments(*team), [FORUM], by=by))
        assert {TASKS["pivot"], TASKS["retour"], "P", "R"} <= set(texts)
        assert {TASKS["standby"], TASKS["turn"], "S"}.isdisjoint(texts)
        if by == "people":
            assert {f"fr{letter} \N{MIDDLE DOT} Popov" for letter in ("", " P", " R")} <= set(texts)


class TestTime:
    """Days and hours are columns, without the hours at which nobody works."""

    def test_idle_hours_take_no_room(self) -> None:
        early = dossier(
            of=event(
                slot=stretch("2023-05-17T06:00", "2023-05-19T23:00"),
                floor_languages=("en",),
                sessions=(session("a", "06:00", "07:00"), session("b", "22:00", "23:00")),
            ),
            requests=(asked("fr", id_="i-1"),),
        )
        made = with_assignments(assigned(3, "fr", "a"), assigned(3, "fr", "b"))
        places = [float(each.get("x", "")) for each in boxes(roster(made, [early]))]
        assert 0 < places[1] - places[0] < 120

    def test_the_parts_of_a_long_session_are_numbered(self) -> None:
        whole = dossier(
            of=event(
                slot=slot("09:00", "15:00"),
                sessions=(session("day", "09:00", "15:00", floor_languages=("en",)),),
            ),
            requests=(asked("fr", id_="i-1"),),
        )
        picture = roster(ROSTER, [whole], by="booths")
        assert [row[3] for row in rows_of(picture)] == ["day (1/2)", "day (2/2)"]
        assert [each for each in texts_of(picture) if each.endswith(" day")] == ["1/2 day", "2/2 day"]

    def test_one_day_can_be_drawn(self) -> None:
        two = [session("a"), session("b", slot=slot("10:00", "11:00", day="2023-05-18"))]
        both = dossier(
            of=event(slot=stretch("2023-05-17T10:00", "2023-05-18T17:00"), sessions=two, floor_languages=("en",)),
            requests=(asked("fr", id_="i-1"),),
        )
        for by, day, titles in (("booths", 17, ["a"]), ("booths", 18, ["b"]), ("people", 19, [])):
            picture = roster(ROSTER, [both], by=by, day=date(2023, 5, day))  # type: ignore[arg-type] # refused
            assert [box[0] for box in said(picture)] == titles

            assert said(roster(ROSTER, [both], by=by, day=f"2023-05-{day}")) == said(picture)  # type: ignore[arg-type] # refused

    @pytest.mark.parametrize(
        ("day", "code"), [(datetime(2023, 5, 17), Code.WRONG_TYPE), ("17 May", Code.DATE_UNREADABLE)]
    )
    def test_what_is_no_day_is_refused(self, day: Any, code: Code) -> None:
        assert refused(lambda: roster(ROSTER, [FORUM], day=day)) == (code, "/day")

    @pytest.mark.parametrize("by", BY)
    def test_sessions_whose_hours_are_not_known_lack_everybody(self, by: Any) -> None:
        course = evolve(session("course"), slot=TimeSlot.days("2023-05-18", "2023-05-20", "Europe/Zurich"))
        whole = dossier(
            of=event(sessions=(course,), slot=stretch("2023-05-17T10:00", "2023-05-19T17:00"), floor_languages=("en",)),
            requests=(asked("fr", id_="i-1"),),
        )
        note = "Hours not known: course (from Thursday, 18 May 2023 to Friday, 19 May 2023)"
        for day in (None, "2023-05-18", "2023-05-19"):
            texts = " ".join(texts_of(roster(ROSTER, [whole], by=by, day=day)))
            assert "Missing interpreters: 2" in texts
            assert note in texts
        assert note not in " ".join(texts_of(roster(ROSTER, [whole], by=by, day="2023-05-17")))
        must_be_readable(roster(ROSTER, [whole], by=by))

    def test_sessions_at_once_are_in_one_column(self) -> None:
        rooms = [
            session("a", "14:30", "15:30", locations=(place("A"),)),
            session("b", "15:00", "16:00", locations=(place("B"),)),
        ]
        both = dossier(of=event(sessions=rooms, floor_languages=("en",)), requests=(asked("fr", id_="i-1"),))
        texts = texts_of(roster(ROSTER, [both], by="booths"))
        assert "14:30" in texts
        assert "15:00" not in texts

    def test_several_zones_are_said_with_the_time(self) -> None:
        elsewhere = dossier(
            of=event(
                uid="e-2",
                slot=slot(zone="Africa/Lagos"),
                floor_languages=("en",),
                locations=(place("Popov"),),
            ),
            requests=(asked("fr", id_="i-9", event_uid="e-2"),),
        )
        both = roster(ROSTER, [FORUM, elsewhere])
        assert both.title == "Interpreters: 2 events"
        made = with_assignments(assigned(3, "fr", None, event_uid="e-2"))
        assert "14:30–16:30 Africa/Lagos" in {row[2] for row in rows_of(roster(made, [FORUM, elsewhere]))}
        assert "All times: Europe/Zurich" in texts_of(roster(ROSTER, [FORUM]))
        assert not [each for each in texts_of(both) if each.startswith("All times")]

    def test_a_night_when_the_clocks_change_is_drawn(self) -> None:
        night = dossier(
            of=event(slot=stretch("2023-10-29T01:00", "2023-10-29T04:00"), floor_languages=("en",)),
            requests=(asked("fr", id_="i-1"),),
        )
        picture = roster(ROSTER, [night], by="booths")
        assert {row[2] for row in rows_of(picture)} == {"01:00 UTC+2–02:00 UTC+1", "02:00–04:00"}
        first, second = (float(each.get("x", "")) for each in boxes(picture))
        assert first < second


class TestPicture:
    """What holds for each picture holds for these."""

    @pytest.mark.parametrize("by", BY)
    def test_it_is_sound_readable_and_mirrored(self, by: Any) -> None:
        left, right = (roster(ROSTER, [FORUM], by=by, language=tag) for tag in ("en", "ar"))
        for picture in (left, right):
            must_be_sound(picture)
            must_be_readable(picture)
        for one, other in zip(boxes(left), boxes(right), strict=True):  # a legend is as wide as its words
            end = float(other.get("x", "")) + float(other.get("width", ""))
            assert abs(left.drawings[0].width - float(one.get("x", "")) - end) < 0.11

    @pytest.mark.parametrize("language", sorted(languages()))
    @pytest.mark.parametrize("by", BY)
    def test_it_speaks_every_language(self, by: Any, language: str) -> None:
        picture = roster(ROSTER, [FORUM], by=by, language=language)
        words = locale_for(language).pictures.roster
        assert picture.title == words.title.format(event="Forum") or "Forum" in picture.title
        assert words.states["offered"] in texts_of(picture)
        assert picture.drawings[0].description in {words.people_description, words.booths_description}

    @pytest.mark.parametrize("name", HOSTILE[:4])  # names are of one line, in one direction
    @pytest.mark.parametrize("by", BY)
    def test_titles_and_names_are_data(self, by: Any, name: str) -> None:
        people = [evolve(each, contact=Contact(name=name, email="p@example.org")) for each in PEOPLE]
        sessions = [evolve(each, title=LocalizedText(name, "en")) for each in FORUM.event.sessions]
        hostile = evolve(FORUM, event=evolve(FORUM.event, sessions=sessions, title=LocalizedText(name, "en")))
        must_be_sound(roster(evolve(ROSTER, interpreters=people), [hostile], by=by))

    @pytest.mark.parametrize("by", BY)
    def test_without_requests_there_is_nothing_to_draw(self, by: Any) -> None:
        picture = roster(Roster(terms=TERMS), [dossier()], by=by)
        assert " ".join(texts_of(picture)).startswith("Nothing to interpret")
        assert rows_of(picture) == []
        must_be_sound(picture)

    def test_what_is_too_much_for_a_drawing_is_in_the_table(self) -> None:
        people = [person(f"p-{number}", "fr:A en:C") for number in range(MOST_ROWS + 1)]
        picture = roster(evolve(ROSTER, interpreters=people), [FORUM])
        assert "Rows only in the table: 1" in texts_of(picture)
        assert len({row[0] for row in rows_of(picture)}) == MOST_ROWS + 1

    def test_wrong_arguments_are_refused(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            roster(ROSTER, [FORUM], by="rooms")  # type: ignore[arg-type] # refused
        (found,) = caught.value.findings
        assert (found.code, found.path) == (Code.VALUE_UNKNOWN, "/by")
        with pytest.raises(TypeError, match="Not a Roster"):
            roster(FORUM, [FORUM])  # type: ignore[arg-type] # refused
