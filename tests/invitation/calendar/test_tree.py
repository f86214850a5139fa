"""Components in one another: depth, balance, and what is passed over."""

import pytest

from tests.invitation.calendars import refusals
from wtisd_model.findings import Finding
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.calendar.tree import Component, calendars


def tree(text: str, limits: CalendarLimits | None = None) -> tuple[list[Component], list[Finding]]:
    noted: list[Finding] = []
    found = calendars(text.encode(), limits or CalendarLimits(), noted.append)
    return list(found), noted


class TestCalendars:
    """RFC 5545 sections 3.4 and 3.6."""

    def test_components_lie_in_one_another(self) -> None:
        (calendar,), noted = tree(
            "begin:vcalendar\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nX-A:2\nBEGIN:VALARM\nACTION:x\nEND:VALARM\n"
            "END:VEVENT\nBEGIN: VEVENT \nEND:VEVENT\nEND:VCALENDAR\n"
        )
        assert noted == []
        assert [(each.name, each.value) for each in calendar.properties] == [("METHOD", "REQUEST")]
        first, second = calendar.parts("VEVENT")
        assert (first.line, second.line) == (3, 10)
        assert [each.name for each in first.properties] == ["UID"]
        assert [each.name for each in first.components] == ["VALARM"]
        assert first.components[0].properties == []

    def test_several_calendars_may_follow_one_another(self) -> None:
        found, _ = tree("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n")
        assert [each.line for each in found] == [1, 3]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("BEGIN:VCALENDAR\nEND:VEVENT\n", 2),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3),
            ("END:VCALENDAR\n", 1),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", 2),
        ],
    )
    def test_what_does_not_balance_is_refused(self, text: str, line: int) -> None:
        assert refusals(lambda: tree(text)) == [("component-unbalanced", f"/lines/{line}")]

    @pytest.mark.parametrize("text", ["", "A:1\n", "BEGIN:VEVENT\nEND:VEVENT\n", "\x00", "{}"])
    def test_what_is_no_calendar_is_refused(self, text: str) -> None:
        assert refusals(lambda: tree(text)) == [("calendar-missing", "")]

    def test_no_component_lies_deeper_than_allowed(self) -> None:
        text = "BEGIN:VCALENDAR\n" * 2 + "END:VCALENDAR\n" * 2
        assert len(tree(text, CalendarLimits(depth=2))[0]) == 1
        assert refusals(lambda: tree(text, CalendarLimits(depth=1))) == [("payload-too-deep", "/lines/2")]
        assert refusals(lambda: tree("BEGIN:VCALENDAR\n" * 9)) == [("payload-too-deep", "/lines/9")]

    def test_what_is_no_content_line_is_noted_and_passed_over(self) -> None:
        _, noted = tree("BEGIN:VCALENDAR\nnothing\nMETHOD;x:REQUEST\nEND:VCALENDAR\n")
        assert [(each.code, each.path) for each in noted] == [
            ("line-unreadable", "/lines/2"),
            ("line-unreadable", "/lines/3"),
        ]
