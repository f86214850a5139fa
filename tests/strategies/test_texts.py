"""Free texts: what may be is drawn, nothing else, and what breaks programs is drawn often."""

import re

import pytest
from hypothesis import find

from tests.strategies.drawing import drawn
from wtisd_model.schema.constraints import Text
from wtisd_model.strategies.fields import values_of
from wtisd_model.strategies.strings import SAMPLES
from wtisd_model.types.text import LINE, LONG, NAME

NODES = [LINE, LONG, NAME, Text(64, name=True)]
SMALL = [Text(1), Text(2), Text(3, lines=True), Text(2, name=True)]


class TestTexts:
    """Nothing is drawn that the node refuses."""

    @pytest.mark.slow
    @pytest.mark.parametrize("constraint", [*NODES, *SMALL], ids=str)
    def test_every_text_is_allowed_by_its_constraint(self, constraint: Text) -> None:
        assert [text for text in drawn(values_of(constraint), 500) if constraint.check(text) is not None] == []

    @pytest.mark.slow
    @pytest.mark.parametrize("constraint", NODES, ids=str)
    def test_some_are_as_long_as_can_be(self, constraint: Text) -> None:
        lengths = [len(text) for text in drawn(values_of(constraint), 1500)]
        assert constraint.maximum in lengths

    @pytest.mark.parametrize("constraint", SMALL, ids=str)
    def test_a_short_bound_is_kept(self, constraint: Text) -> None:
        assert max(map(len, drawn(values_of(constraint)))) == constraint.maximum

    def test_many_end_around_the_end_of_a_line_of_icalendar(self) -> None:
        """RFC 5545 section 3.1: lines are folded at 75 octets."""
        assert sum(40 <= len(text) <= 75 for text in drawn(values_of(LINE), 500)) > 25

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "what",
        [
            "[\u0600-\u06ff]",
            "[\u0590-\u05ff]",
            "[\u4e00-\u9fff]",
            "[\u0400-\u04ff]",
            "[\u0900-\u097f]",
            "[\u0300-\u036f]",
            "[\U00010000-\U0010ffff]",
            "\U0001f469\U0001f3fd\u200d\U0001f4bb",
            "[\u200e\u200f]",
            "\u2067",
            "\u202e",
            "\u200c",
            "\u00a0",
            '"',
            "'",
            ",",
            ";",
            ":",
            r"C:\\New",
            r"\\\\",
            r"\\$",
            r"\^n",
            "BEGIN:VEVENT",
            "^=",
            "\n",
            "\n\n",
            "\nBEGIN:VEVENT",
            "<b>",
            "%0D%0A",
            "[^\u0000-\u2fff]",
        ],
        ids=ascii,
    )
    def test_edge_cases_are_frequent(self, what: str) -> None:
        assert sum(re.search(what, text) is not None for text in drawn(values_of(LONG), 2000)) >= 3

    def test_every_sample_is_a_text_for_some_field(self) -> None:
        assert [each for each in SAMPLES if LONG.check(each) is not None] == []
        assert len(set(SAMPLES)) == len(SAMPLES)

    def test_a_name_has_no_override_and_a_line_no_break(self) -> None:
        assert not any(re.search("[\u202a-\u202e\u2066-\u2069\n]", text) for text in drawn(values_of(NAME), 500))

    def test_a_failing_test_shows_a_plain_text(self) -> None:
        """The first text that is tried is the plainest; Hypothesis promises no more of what it reduces to."""
        assert find(values_of(LONG), lambda _: True) == "Forum"
