"""Tables of objects and findings in Jupyter, parsed as strictly as XML."""

import re
from datetime import date
from typing import Any
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from hypothesis import given
from IPython.core.formatters import DisplayFormatter

from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_xml
from tests.samples.whole import (
    SAMPLES,
    call,
    days,
    dossier,
    event,
    location,
    pledge,
    question,
    registration,
    text,
    virtual_location,
)
from wtisd_model import Code, Dossier, Event, EventStatus, Finding, Outcome, VirtualLocation, planning, totals
from wtisd_model.findings import finding
from wtisd_model.integrations.ipython import MOST_BOXES, MOST_CHARACTERS, MOST_ITEMS
from wtisd_model.objects import ReprMixin
from wtisd_model.pictures import coverage, pledges
from wtisd_model.strategies import dossiers
from wtisd_model.types.text import LINE

LARGEST = 100_000
"""The maximum number of characters of a table, of whatever object."""
LARGEST_WITH_TIMETABLE = 2_000_000
"""The maximum number of characters with a timetable, which has each title six times, as "&amp;" if it must be."""

UNREADABLE = finding(Code.ID_MALFORMED, "/id")
UNKNOWN = finding(Code.KEY_UNKNOWN, "/participant")


def html(shown: object) -> str:
    """Return the HTML that Jupyter gets from an object."""
    formatter: Any = DisplayFormatter()
    formatter.active_types = ["text/html"]
    formats, _ = formatter.format(shown)
    return str(formats["text/html"])


def parsed(shown: object) -> Element:
    return read_xml(f"<div>{html(shown)}</div>")


def rows(shown: object) -> list[list[str]]:
    """Return the texts of the cells of each row, with a stroke between lines; without those of a timetable."""
    found = parsed(shown)
    for each in found.iter("br"):
        each.text = " | "
    return [["".join(cell.itertext()) for cell in row] for table in found.findall("table") for row in table.iter("tr")]


def row(shown: object, name: str) -> str:
    return next(value for field, value in rows(shown) if field == name)


def captions(shown: object) -> list[str | None]:
    return [each.findtext("caption", each.text) for each in parsed(shown) if each.tag in {"table", "p"}]


class TestObjects:
    """A table has the class as its caption, and a row for each field that ``repr`` prints."""

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_its_rows_are_the_fields_that_repr_prints(self, sample: ReprMixin) -> None:
        assert captions(sample) == [type(sample).__name__]
        assert [name for name, _ in rows(sample)] == [name for name, _ in sample.__rich_repr__()]

    def test_a_text_has_its_languages(self) -> None:
        assert row(event(title=text("Forum", fr="Forum (fr)", de="Forum (de)")), "title") == "Forum (en, de, fr)"

    def test_a_slot_is_as_in_json(self) -> None:
        timed, whole = event(sessions=()), event(sessions=(), slot=days("2023-05-17", "2023-05-18"))
        assert row(timed, "slot") == "start: 2023-05-17T14:30:00; end: 2023-05-17T16:30:00; time_zone: Europe/Zurich"
        assert row(whole, "slot") == "start: 2023-05-17; end: 2023-05-18; time_zone: Europe/Zurich"

    def test_each_object_of_a_field_has_a_line(self) -> None:
        places = (VirtualLocation(), virtual_location(name=None, features=()))
        assert row(event(virtual_locations=places), "virtual_locations") == (
            "VirtualLocation | uri: https://meet.example.org/1"
        )

    def test_objects_inside_them_are_in_parentheses(self) -> None:
        (line,) = row(event(calls=(call(questions=()),)), "calls").split(" | ")
        assert "; deadline: (date: 2023-04-20; time_zone: Europe/Zurich); " in line
        assert "; calls: (kind: registration; " in row(dossier(), "event")
        assert "; deadline: Deadline; " in row(dossier(), "event")
        assert "; slot: TimeSlot; " in row(dossier(), "event")

    def test_sets_are_sorted(self) -> None:
        assert row(event(goals={"9.c", "4", "17"}), "goals") == "17, 4, 9.c"

    def test_amounts_are_listed_by_currency(self) -> None:
        assert row(totals((pledge(),), by="kind", on=date(2024, 1, 1)).whole, "amounts") == "USD: 300000.00"


class TestPictures:
    """What planning returns is shown as its picture, with the same data in a table that can be opened."""

    def test_totals(self) -> None:
        found = totals((pledge(),), by="kind", on=date(2024, 1, 1))
        assert html(found) == pledges(found).fragment
        assert [each.tag for each in parsed(found)[0]] == ["style", "div", "div", "details"]

    def test_coverage(self) -> None:
        dossier = Dossier(event=event())
        assert html(planning.coverage(dossier)) == coverage(dossier).fragment


class TestTimetables:
    """An event and a dossier show their timetable."""

    def test_it_is_above_the_table_and_its_data_can_be_opened(self) -> None:
        for shown in (event(), dossier()):
            assert [each.tag for each in parsed(shown)] == ["div", "table"]
            assert [each.findtext("summary") for each in parsed(shown).iter("details")] == ["The same as a table"]
        assert [each.tag for each in parsed(Outcome(value=event()))] == ["p", "div", "table"]

    def test_a_draft_without_a_slot_has_none(self) -> None:
        assert [each.tag for each in parsed(Event(uid="e-1", title=text(), status=EventStatus.DRAFT))] == ["table"]

    def test_it_has_no_personal_data(self) -> None:
        assert "Participant" not in html(dossier())
        assert "example.org/1" in html(event())


class TestFindings:
    """A finding is a row; an outcome has the number of its findings as a caption, and then its object."""

    def test_a_row_has_all_that_a_finding_says(self) -> None:
        head, line = rows(UNREADABLE)
        assert head == ["severity", "code", "path", "message", "fix"]
        assert line == ["error", "id-malformed", "/id", UNREADABLE.message, UNREADABLE.fix]

    def test_its_sentences_say_their_language(self) -> None:
        """The heads are the names of its fields, which are the same in each language."""
        translated = UNREADABLE.in_language("fr")
        marked = {each.text: each.get("lang") for each in parsed(Outcome(findings=(translated, UNKNOWN))).iter("bdi")}
        assert {each for each in marked if marked[each] == "fr"} == {translated.message, translated.fix}
        assert marked[UNKNOWN.message] is marked[UNKNOWN.fix] is marked["id-malformed"] is None

    def test_each_finding_has_its_row(self) -> None:
        assert [line[1] for line in rows(Outcome[Event](findings=(UNREADABLE, UNKNOWN)))] == [
            "code",
            "id-malformed",
            "key-unknown",
        ]

    @pytest.mark.parametrize(
        ("outcome", "caption"),
        [
            (Outcome(), "No findings"),
            (Outcome(findings=(UNREADABLE,)), "1 finding"),
            (Outcome(findings=(UNREADABLE, UNKNOWN)), "2 findings"),
            (Outcome(findings=(UNREADABLE, UNKNOWN), omitted=900), "902 findings, 2 of them listed"),
            (Outcome(line=7), "Line 7: No findings"),
            (Outcome(findings=(UNREADABLE,), line=7), "Line 7: 1 finding"),
        ],
        ids=str,
    )
    def test_the_caption_counts_them(self, outcome: Outcome[Event], caption: str) -> None:
        assert captions(outcome) == [caption]

    def test_the_object_comes_last(self) -> None:
        assert captions(Outcome(value=event(), findings=(UNKNOWN,))) == ["1 finding", "Event"]
        assert captions(Outcome(value=event())) == ["No findings", "Event"]


class TestMarkup:
    """Texts are data: they do not become elements, change no direction, and do not fill the page."""

    def test_texts_are_escaped(self) -> None:
        hostile = "<script>alert(\"1\")</script>&<b onclick='x'>"
        own = Finding(code=hostile, path=hostile, message=hostile, fix=hostile)
        shown = event(title=text(hostile), keywords={hostile}, url="https://example.org/?a=1&b='2'")
        for each in (own, shown, Outcome(value=shown, findings=(own,))):
            assert hostile in "".join(parsed(each).itertext())
            assert {element.tag for element in parsed(each).iter()} <= {
                *("div", "table", "caption", "p", "tr", "th", "td", "bdi", "br"),
                *("thead", "tbody", "section", "details", "summary", "style"),
                *("svg", "title", "desc", "g", "rect", "line", "text"),
            }

    def test_a_direction_ends_with_its_text(self) -> None:
        override = "\u202e"
        shown = event(title=text("\u0645\u0646\u062a\u062f\u0649"), keywords={"\u0645\u0646\u062a\u062f\u0649"})
        own = Finding(code="mine", message=f"{override}M.", fix="F.")
        # In a drawing, each line of text is an element, which runs in the direction that it says.
        apart = {"bdi", "text", "title"}
        outside = [each.text or "" for made in (shown, own) for each in parsed(made).iter() if each.tag not in apart]
        isolated = re.compile("\u2068[^\u2069]*\u2069")
        marks = {bidirectional(mark) for each in outside for mark in isolated.sub("", each)}
        assert not marks & {"AL", "R", "LRE", "LRO", "RLE", "RLO", "LRI", "RLI", "FSI"}

    def test_a_long_text_is_cut(self) -> None:
        assert row(event(title=text("a" * 500)), "title") == "a" * (MOST_CHARACTERS - 1) + "… (en)"
        assert row(event(title=text("a" * MOST_CHARACTERS)), "title") == "a" * MOST_CHARACTERS + " (en)"

    @pytest.mark.parametrize("letter", ["e\u0301", "🇨🇭", "👩🏽"])
    def test_no_letter_is_cut(self, letter: str) -> None:
        whole = event(title=text(letter * MOST_CHARACTERS), keywords={letter * (MOST_CHARACTERS + 1)})
        assert row(whole, "title") == letter * MOST_CHARACTERS + " (en)"
        assert row(whole, "keywords") == letter * (MOST_CHARACTERS - 1) + "…"

    def test_a_long_list_is_cut(self) -> None:
        ids = [f"s-{number}" for number in range(MOST_ITEMS + 2)]
        assert row(registration(session_ids=ids), "session_ids") == "s-0, s-1, s-2, s-3, s-4, and 2 more"
        assert row(registration(session_ids=ids[:MOST_ITEMS]), "session_ids") == "s-0, s-1, s-2, s-3, s-4"

    def test_a_large_object_has_a_small_table(self) -> None:
        asked = [question(id=f"q-{number}", label=text("Q" * 500)) for number in range(25)]
        large = call(questions=asked)
        many = [evolve(registration(), id=f"r-{number}") for number in range(1000)]
        shown = dossier(event=event(calls=(large,), description=text("D" * 10_000)), registrations=many)
        assert max(len(html(each)) for each in (shown, shown.event, large)) < LARGEST

    def test_a_large_programme_is_not_drawn(self) -> None:
        sessions = [evolve(event().sessions[0], id=f"s-{number}") for number in range(MOST_BOXES + 1)]
        assert len(html(event(sessions=sessions))) < LARGEST
        assert len(list(parsed(event(sessions=sessions)).iter("svg"))) == 0
        assert len(list(parsed(event(sessions=sessions[1:])).iter("svg"))) == 1

    def test_a_session_counts_in_all_of_its_rooms(self) -> None:
        rooms = [location(id=None, room=f"Room {number}") for number in range(MOST_BOXES + 1)]
        one, other = (evolve(event().sessions[0], id=f"s-{number}") for number in range(2))
        for first, drawings in ((0, 0), (1, 1)):
            parts = tuple(rooms[first:60]), tuple(rooms[60:])
            shown = event(sessions=[evolve(one, locations=parts[0]), evolve(other, locations=parts[1])])
            assert len(list(parsed(shown).iter("svg"))) == drawings

    def test_the_largest_timetable_has_a_bound(self) -> None:
        longest = evolve(event().sessions[0], title=text("&" * LINE.maximum))
        shown = event(sessions=[evolve(longest, id=f"s-{number}") for number in range(MOST_BOXES)])
        assert LARGEST < len(html(shown)) < LARGEST_WITH_TIMETABLE

    @LAW
    @given(dossiers())
    def test_every_dossier_has_a_table(self, drawn: Dossier) -> None:
        for each in (drawn, drawn.event, *drawn.registrations, *drawn.pledges):
            assert captions(each) == [type(each).__name__]
        for each in (*drawn.registrations, *drawn.pledges):
            assert len(html(each)) < LARGEST
