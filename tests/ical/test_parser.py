"""Bytes to components: folds and encodings, content lines, nesting and limits."""

from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.calendars import refusals
from tests.ical.written import line
from wtisd_model import CalendarLimits, Finding, PayloadError
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.values import decode_text, encode_text
from wtisd_model.findings import FindingCollector
from wtisd_model.ical.parser import LONGEST_HEADER, parse_calendars, parse_line, unfold

LIMITS = CalendarLimits()


def texts(data: bytes, limits: CalendarLimits = LIMITS) -> list[tuple[int, str]]:
    return list(unfold(data, limits))


class TestUnfolded:
    """RFC 5545 section 3.1: "a CRLF immediately followed by a single linear white-space character"."""

    @pytest.mark.parametrize(
        ("data", "lines"),
        [
            (b"A:1\r\nB:2\r\n", [(1, "A:1"), (2, "B:2")]),
            (b"A:1\nB:2", [(1, "A:1"), (2, "B:2")]),
            (b"A:1\r\r\nB:2\r\n", [(1, "A:1"), (2, "B:2")]),
            (b"A:1\r\n 2\r\n\t3\r\nB:4", [(1, "A:123"), (4, "B:4")]),
            (b"A:1\r\n  2", [(1, "A:1 2")]),
            (b"A:1\n\n 2\n\nB:3", [(1, "A:12"), (5, "B:3")]),
            (b"A:\xc3\r\n \xa9", [(1, "A:é")]),
            (b"A:1\rB:2\r\n", [(1, "A:1\rB:2")]),
            (b" A:1\r\nB:2", [(1, " A:1"), (2, "B:2")]),
            (b"\xef\xbb\xbfA:1", [(1, "A:1")]),
            ("A:é\r\nB:2".encode("utf-16"), [(1, "A:é"), (2, "B:2")]),
            (b"\xfe\xff" + "A:é".encode("utf-16-be"), [(1, "A:é")]),
            (b"", []),
            (b"\r\n\r\n", []),
        ],
    )
    def test_lines_are_put_together_again(self, data: bytes, lines: list[tuple[int, str]]) -> None:
        assert texts(data) == lines

    @LAW
    @given(
        st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), min_size=1), min_size=1), st.data()
    )
    def test_folds_anywhere_change_nothing(self, lines: list[str], data: st.DataObject) -> None:
        lines = [f"A:{each}" for each in lines]
        ends = data.draw(st.sampled_from([b"\r\n", b"\n"]))
        folded: list[bytes] = []
        for each in lines:
            octets = each.encode()
            cuts = sorted(data.draw(st.sets(st.integers(1, len(octets)), max_size=3)))
            pieces = [octets[a:b] for a, b in zip([0, *cuts], [*cuts, len(octets)], strict=True)]
            folded.append((ends + data.draw(st.sampled_from([b" ", b"\t"]))).join(pieces))
        assert [text for _, text in texts(ends.join(folded))] == lines

    @pytest.mark.parametrize("data", [b"A:1\r\nB:\xff\r\n", b"A:1\r\nB:\xc3\r\nC:3"])
    def test_what_is_not_utf8_is_refused_by_its_line(self, data: bytes) -> None:
        assert refusals(lambda: texts(data)) == [("not-utf8", "/lines/2")]

    def test_nor_is_half_a_character_of_utf_16(self) -> None:
        assert refusals(lambda: texts(b"\xff\xfeA")) == [("not-utf8", "")]

    def test_limits_are_kept_and_may_be_moved(self) -> None:
        small = CalendarLimits(bytes=10, lines=2)
        assert texts(b"A:1\r\nB:22", small) == [(1, "A:1"), (2, "B:22")]
        for data, code in ((b"A:1\r\nB:2222", "payload-too-large"), (b"A:1\nB:2\nC", "calendar-too-long")):
            with pytest.raises(PayloadError, match=code):
                texts(data, small)


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from('\\^%";:,\n'), max_size=40)


def read(text: str) -> Property | None:
    return parse_line(text, 3)


class TestContentLines:
    """RFC 5545 section 3.1; RFC 6868."""

    @pytest.mark.parametrize(
        ("text", "name", "parameters", "value"),
        [
            ("SUMMARY:a", "SUMMARY", {}, "a"),
            ("summary:", "SUMMARY", {}, ""),
            ("SUMMARY:a:b;c", "SUMMARY", {}, "a:b;c"),
            ("A;B=c:d", "A", {"B": ("c",)}, "d"),
            ("A;b=c;D=e,f:g", "A", {"B": ("c",), "D": ("e", "f")}, "g"),
            ('A;B="c:d;e,f":g', "A", {"B": ("c:d;e,f",)}, "g"),
            ('A;B="c","d":e', "A", {"B": ("c", "d")}, "e"),
            ('A;B="c^^d^ne^\'f^x":g', "A", {"B": ('c^d\ne"f^x',)}, "g"),
            ("A;B=c\\,d\\;e=f:g", "A", {"B": ("c\\", "d\\"), "E": ("f",)}, "g"),
            ("A;B=%2C%5C%25:c", "A", {"B": ("%2C%5C%25",)}, "c"),
            ('A;B="C:\\New":c', "A", {"B": ("C:\\New",)}, "c"),
            ("A;B=:c", "A", {"B": ("",)}, "c"),
            ("A; B = c :d", "A", {"B": ("c",)}, "d"),
            ("A:\ufdd0", "A", {}, "\ufdd0"),
            ('A; B = "c" , d :e', "A", {"B": ("c", "d")}, "e"),
            ("A;B=c;b=c:e", "A", {"B": ("c",)}, "e"),
            ("A;B=c\td:e", "A", {"B": ("c\td",)}, "e"),
        ],
    )
    def test_a_line_has_a_name_parameters_and_a_value(
        self, text: str, name: str, parameters: dict[str, Any], value: str
    ) -> None:
        found = read(text)
        assert found is not None
        assert (found.name, dict(found.parameters), found.value, found.line) == (name, parameters, value, 3)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "A",
            "A B:c",
            "É:x",
            ":a",
            "A;B",
            "A;B:c",
            "A;:c",
            'A;B="c:d',
            'A;B=c"d:e',
            "A;B=c\x01:d",
            "A;B=c;b=d:e",
            "A;B=c;B=c,d:e",
            "A;" + "B=c;" * (LONGEST_HEADER // 4) + "B=c:d",
        ],
    )
    def test_what_is_no_content_line_is_none(self, text: str) -> None:
        assert read(text) is None

    def test_parameters_are_read_as_one_text_or_as_a_keyword(self) -> None:
        found = read("A;CN=Participant,1;RELTYPE=parent:x")
        assert found is not None
        assert found.parameter("CN") == "Participant,1"
        assert found.keyword("RELTYPE") == "PARENT"
        assert found.parameter("X") is None
        assert found.keyword("X") is None

    def test_what_it_holds_is_not_printed(self) -> None:
        assert "secret" not in repr(read("ATTENDEE;CN=secret:mailto:secret@example.org"))

    @LAW
    @given(WORDS, WORDS)
    def test_what_we_write_is_read_back(self, name: str, value: str) -> None:
        octets = line("CONTACT", encode_text(value), CN=name, LANGUAGE="fr-CH")
        ((number, text),) = unfold(octets, CalendarLimits())
        found = parse_line(text, number)
        assert found is not None
        assert found.parameters == {"CN": (name,), "LANGUAGE": ("fr-CH",)}
        assert decode_text(found.value) == value

    @pytest.mark.parametrize("header", ["A;B=" + '"c",' * 2_000, "A" + ";B= " * 2_000, "A;B=" + " " * 9_000 + '"'])
    def test_no_header_takes_long(self, header: str) -> None:
        begun = process_time()
        for _ in range(25):
            read(header + ":" + header)
        # Eight times what it takes while coverage is measured.
        assert process_time() - begun < 1


def tree(text: str, limits: CalendarLimits | None = None) -> tuple[list[Component], list[Finding]]:
    findings = FindingCollector()
    return list(parse_calendars(text.encode(), limits or CalendarLimits(), findings)), findings.kept


class TestCalendars:
    """RFC 5545 sections 3.4 and 3.6."""

    def test_a_line_with_the_header_of_an_earlier_one_is_read_as_if_it_stood_alone(self) -> None:
        header = 'A;B="c:d";E=f'
        lines = [f"{header}:1", f"{header}:2:3", "A;E=f:4", "a;E=f:5", "A;E=f:", "A:6", 'A:"', "A;E=f"]
        (calendar,), refused = tree("\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]))
        alone = [parse_line(line, number) for number, line in enumerate(lines, 2)]
        assert calendar.properties == [prop for prop in alone if prop is not None]
        assert [prop.line for prop in calendar.properties] == [*range(2, 9)]
        assert [(found.code, found.path) for found in refused] == [("line-unreadable", "/lines/9")]

    def test_nor_is_it_one_of_a_calendar_outside_of_it(self) -> None:
        _, refused = tree("BEGIN:VCALENDAR\nA:1\nEND:VCALENDAR\nA:2")
        assert [(found.code, found.path) for found in refused] == [("line-unreadable", "/lines/4")]

    def test_components_lie_in_one_another(self) -> None:
        (calendar,), noted = tree(
            "begin:vcalendar\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nX-A:2\nBEGIN:VALARM\nACTION:x\nEND:VALARM\n"
            "END:VEVENT\nBEGIN: VEVENT \nEND:VEVENT\nEND:VCALENDAR\n"
        )
        assert noted == []
        assert [(each.name, each.value) for each in calendar.properties] == [("METHOD", "REQUEST")]
        first, second = calendar.all_components("VEVENT")
        assert (first.line, second.line) == (3, 10)
        assert [each.name for each in first.properties] == ["UID", "X-A"]
        assert [each.name for each in first.components] == ["VALARM"]
        assert [each.value for each in first.components[0].properties] == ["x"]

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
        for data, limits, at in ((text, CalendarLimits(depth=1), 2), ("BEGIN:VCALENDAR\n" * 9, CalendarLimits(), 9)):
            with pytest.raises(PayloadError) as caught:
                tree(data, limits)
            assert [(each.code, each.path) for each in caught.value.findings] == [("payload-too-deep", f"/lines/{at}")]

    def test_what_is_no_content_line_is_noted_and_passed_over(self) -> None:
        _, noted = tree("BEGIN:VCALENDAR\nnothing\nMETHOD;x:REQUEST\nEND:VCALENDAR\n")
        assert [(each.code, each.path) for each in noted] == [
            ("line-unreadable", "/lines/2"),
            ("line-unreadable", "/lines/3"),
        ]
