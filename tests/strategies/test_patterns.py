"""Strings of a fixed form."""

from typing import Annotated, Any, get_args

import pytest
from hypothesis import given

from tests.strategies.drawing import constraints, drawn
from wtisd_model import Code
from wtisd_model.schema.constraints import Pattern
from wtisd_model.strategies import languages
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.document import IssueDate
from wtisd_model.types.extensions import EXTENSION_KEY
from wtisd_model.types.language import LanguageTag, is_signed
from wtisd_model.types.provenance import ValuePath
from wtisd_model.types.text import ConferenceAddress, Email, Identifier, Uid, WebAddress


def pattern(annotation: Any) -> Pattern:
    return next(each for each in get_args(annotation) if isinstance(each, Pattern))


class TestForms:
    """Nothing is drawn that the pattern refuses; a pattern that nobody has named is drawn from its expression."""

    @pytest.mark.parametrize(
        "constraint", [each for each in constraints() if isinstance(each, Pattern)], ids=lambda each: each.code
    )
    def test_every_string_is_of_the_form(self, constraint: Pattern) -> None:
        strings = drawn(values_of(constraint))
        assert [each for each in strings if constraint.check(each) is not None] == []
        assert len(set(strings)) > 15

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("annotation", "longest"),
        [
            *((Identifier, 64), (Uid, 255), (Email, 254), (WebAddress, 2048), (ConferenceAddress, 2048)),
            *((LanguageTag, 35), (ValuePath, 255), (Annotated[str, EXTENSION_KEY], 255)),
        ],
    )
    def test_some_are_as_long_as_can_be(self, annotation: Any, longest: int) -> None:
        assert pattern(annotation).maximum == longest
        assert longest in map(len, drawn(values_of(pattern(annotation)), 1000))

    def test_a_new_form_needs_no_strategy(self) -> None:
        constraint = Pattern(r"^[ab]{1,3}(?:-[0-9]{2})?(?!\n)$", 6, Code.ID_MALFORMED)
        strings = drawn(values_of(constraint))
        assert [each for each in strings if constraint.check(each) is not None] == []
        assert {len(each) for each in strings} == {1, 2, 3, 4, 5, 6}

    NOT_TWICE = Pattern(r"^[ab]{1,6}(?!\n)$", 6, Code.ID_MALFORMED, accepts=lambda text: "bb" not in text)

    @given(values_of(NOT_TWICE))
    def test_matches_that_are_not_accepted_are_filtered_out(self, text: str) -> None:
        assert self.NOT_TWICE.check(text) is None

    def test_dates_of_issue_are_days_and_months_of_three_centuries(self) -> None:
        dates = drawn(values_of(pattern(IssueDate)))
        assert {len(each) for each in dates} == {7, 10}
        assert {each[:2] for each in dates} == {"19", "20", "21"}


class TestLanguages:
    """Spoken languages, signed ones, or both where it is not said."""

    def test_signed_ones_are_signed(self) -> None:
        assert all(map(is_signed, drawn(languages(signed=True))))

    def test_spoken_ones_are_not(self) -> None:
        assert not any(map(is_signed, drawn(languages(signed=False))))

    def test_both_come(self) -> None:
        tags = drawn(languages(), 600)
        assert 20 < sum(map(is_signed, tags)) < 500

    def test_ours_and_those_written_from_right_to_left_come_often(self) -> None:
        tags = drawn(languages(), 600)
        assert all(tags.count(tag) > 5 for tag in ("ar", "de", "zh", "en", "fr", "pt", "ru", "es", "he"))

    def test_scripts_regions_and_variants_come(self) -> None:
        tags = drawn(languages(), 600)
        assert {"zh-Hans", "fr-CH", "es-419", "de-1996"} <= set(tags)
