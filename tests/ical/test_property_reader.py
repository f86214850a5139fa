"""Properties of others as values of our model."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.ical.foreign_timezones import CalendarZones
from wtisd_model.ical.property_reader import PropertyReader, email_of
from wtisd_model.reading.notes import Notes
from wtisd_model.schema.constraints import Text
from wtisd_model.types.text import LINE, LONG, NAME


def cleaned(value: str, constraint: Text) -> str | None:
    """Return a text as a field may hold it; a finding says so if it is another one."""
    reader = PropertyReader(zones=CalendarZones(Component("VCALENDAR"), zone=None), notes=Notes())
    kept = reader.text(value, constraint, Property("SUMMARY", EncodedValue(value), line=7))
    codes = [(each.code, each.path) for each in reader.notes.kept]
    assert codes == ([] if kept == value else [("property-dropped" if kept is None else "text-changed", "/lines/7")])
    return kept


class TestCleaned:
    """What may stand in a field stays; else it is made to fit, or is nothing."""

    @pytest.mark.parametrize(
        ("given", "line"),
        [
            ("Forum", "Forum"),
            (" Forum\t", "Forum"),
            ("a\nb\r\nc\u2028d", "a b c d"),
            ("a\x00\x07b", "ab"),
            ("\u200b", None),
            (" \n ", None),
            ("x" * 600, "x" * 500),
            ("x" * 499 + " y", "x" * 499),
        ],
    )
    def test_a_line(self, given: str, line: str | None) -> None:
        assert cleaned(given, LINE) == line

    def test_long_texts_keep_their_lines_and_names_lose_what_turns_them(self) -> None:
        assert cleaned("a\r\nb\x0bc ", LONG) == "a\nb\nc"
        assert cleaned("a\u202eb", NAME) == "ab"
        assert cleaned("a\u202eb", LINE) == "a\u202eb"

    def test_many_blanks_in_the_middle_take_no_time(self) -> None:
        begun = process_time()
        assert cleaned(f"a{' ' * 200_000}b", LONG) == "a"
        assert process_time() - begun < 1

    @LAW
    @given(st.text(max_size=60), st.sampled_from([LINE, NAME, LONG]))
    def test_what_comes_out_may_stand_there(self, given: str, node: object) -> None:
        assert node in {LINE, NAME, LONG}
        for each in (LINE, NAME, LONG):
            kept = cleaned(given, each)
            assert kept is None or each.check(kept) is None
            assert each.check(given) is not None or kept == given


class TestAddress:
    """RFC 5545 section 3.3.3, RFC 6068 section 2."""

    @pytest.mark.parametrize(
        ("value", "email"),
        [
            ("mailto:p1@example.org", "p1@example.org"),
            ("MAILTO:P1@Example.org", "P1@Example.org"),
            ("mailto:p%2B1%40example.org", "p+1@example.org"),
            ("mailto:p1@example.org?subject=x", "p1@example.org"),
            ("mailto:<p1@example.org>", "p1@example.org"),
            ("mailto:%FF@example.org", None),
            ("mailto:a@b@c", None),
            ("mailto:", None),
            ("invalid:nomail", None),
            ("urn:uuid:1", None),
        ],
    )
    def test_addresses(self, value: str, email: str | None) -> None:
        assert email_of(Property("ATTENDEE", EncodedValue(value))) == email

    def test_one_beside_counts_where_there_is_no_other(self) -> None:
        beside = {"EMAIL": ("p1@example.org",)}
        assert email_of(Property("ATTENDEE", EncodedValue("urn:uuid:1"), beside)) == "p1@example.org"
        assert email_of(Property("ATTENDEE", EncodedValue("mailto:p2@example.org"), beside)) == "p2@example.org"
