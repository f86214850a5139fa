"""The gate to the icalendar package: what it splits, what is hidden from it, and that nothing of it gets out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.written import line as written_line
from wtisd_model.ical.values import encode_text
from wtisd_model.invitation.calendar import content_line
from wtisd_model.invitation.calendar.content_line import LONGEST_HEADER, Property, name_of, reader
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.calendar.unfolding import Line, unfolded
from wtisd_model.invitation.calendar.values import text as decoded

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from('\\^%";:,\n'), max_size=40)


def read(line: str) -> Property | None:
    return reader()(Line(3, line))


class TestReader:
    """RFC 5545 section 3.1; RFC 6868."""

    @pytest.mark.parametrize(
        ("line", "name", "parameters", "value"),
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
        ],
    )
    def test_a_line_has_a_name_parameters_and_a_value(
        self, line: str, name: str, parameters: dict[str, Any], value: str
    ) -> None:
        found = read(line)
        assert found is not None
        assert (found.name, dict(found.parameters), found.value, found.line) == (name, parameters, value, 3)

    @pytest.mark.parametrize(
        "line",
        [
            "",
            "A",
            ":a",
            "A;B",
            "A;B:c",
            "A;:c",
            'A;B="c:d',
            'A;B=c"d:e',
            "A;B=c\x01:d",
            "A;B=\ufdd1:c",
            "A;" + "B=c;" * (LONGEST_HEADER // 4) + "B=c:d",
        ],
    )
    def test_what_is_no_content_line_is_none(self, line: str) -> None:
        assert read(line) is None

    def test_whatever_the_package_raises_means_that_it_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_text: object) -> None:
            raise RuntimeError(_text)

        monkeypatch.setattr(content_line, "_content_line", fail)
        assert read("A;B=c:d") is None

    def test_parameters_are_read_as_one_text_or_as_a_keyword(self) -> None:
        found = read("A;CN=Participant,1;RELTYPE=parent:x")
        assert found is not None
        assert found.parameter("CN") == "Participant,1"
        assert found.keyword("RELTYPE") == "PARENT"
        assert found.parameter("X") is None
        assert found.keyword("X") is None

    def test_what_it_holds_is_not_printed(self) -> None:
        assert "secret" not in repr(read("ATTENDEE;CN=secret:mailto:secret@example.org"))

    @pytest.mark.parametrize(("line", "name"), [("a-b;x", "A-B"), ("A B:c", None), ("A", None), ("É:x", None)])
    def test_names_are_of_letters_digits_and_hyphens(self, line: str, name: str | None) -> None:
        assert name_of(Line(1, line)) == name

    @LAW
    @given(WORDS, WORDS)
    def test_what_we_write_is_read_back(self, name: str, value: str) -> None:
        octets = written_line("CONTACT", encode_text(value), CN=name, LANGUAGE="fr-CH")
        (line,) = unfolded(octets, CalendarLimits())
        found = reader()(line)
        assert found is not None
        assert found.parameters == {"CN": (name,), "LANGUAGE": ("fr-CH",)}
        assert decoded(found.value) == value
