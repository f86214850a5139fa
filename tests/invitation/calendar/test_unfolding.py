"""Content lines out of bytes: folds of every kind, encodings, limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.invitation.calendars import refusals
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.calendar.unfolding import Line, unfolded

LIMITS = CalendarLimits()


def texts(data: bytes, limits: CalendarLimits = LIMITS) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in unfolded(data, limits)]


class TestUnfolded:
    """RFC 5545 section 3.1: "a CRLF immediately followed by a single linear white-space character"."""

    def test_what_others_wrote_is_not_shown(self) -> None:
        assert repr(Line(3, "ATTENDEE:mailto:participant1@example.org")) == "Line(3)"

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
        lines = [f"A:{line}" for line in lines]
        ends = data.draw(st.sampled_from([b"\r\n", b"\n"]))
        folded: list[bytes] = []
        for line in lines:
            octets = line.encode()
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
        small = CalendarLimits(octets=10, lines=2)
        assert texts(b"A:1\r\nB:22", small) == [(1, "A:1"), (2, "B:22")]
        assert refusals(lambda: texts(b"A:1\r\nB:2222", small)) == [("payload-too-large", "")]
        assert refusals(lambda: texts(b"A:1\nB:2\nC", small)) == [("calendar-too-long", "")]
