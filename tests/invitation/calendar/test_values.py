"""Values by the letter of RFC 5545: what is read, and what is none."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.ical.values import encode_cal_address, encode_text_list
from wtisd_model.invitation.calendar import values
from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import EMAIL, LINE, LONG, NAME, WEB_ADDRESS


class TestText:
    r"""RFC 5545 section 3.3.11: ``\\``, ``\;``, ``\,``, ``\n`` and ``\N``, and nothing else."""

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            (r"C:\\New", r"C:\New"),
            (r"a\nb\Nc\,d\;e", "a\nb\nc,d;e"),
            (r"\\n\\\n", "\\n\\\n"),
            (r"\x\:", r"\x\:"),
            ("a\\", "a\\"),
            ("", ""),
        ],
    )
    def test_escapes_are_undone(self, written: str, meant: str) -> None:
        assert values.text(written) == meant

    @pytest.mark.parametrize(
        ("written", "meant"),
        [("a,b", ["a", "b"]), (r"a\,b,c\\,d", ["a,b", "c\\", "d"]), ("", [""]), (",", ["", ""]), ("a\\", ["a\\"])],
    )
    def test_lists_are_parted_at_commas(self, written: str, meant: list[str]) -> None:
        assert list(values.texts(written)) == meant

    @LAW
    @given(st.lists(values_of(LONG), min_size=1, max_size=4))
    def test_what_we_write_is_read_back(self, said: list[str]) -> None:
        assert list(values.texts(encode_text_list(said))) == said


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
        assert values.cleaned(given, LINE) == line

    def test_long_texts_keep_their_lines_and_names_lose_what_turns_them(self) -> None:
        assert values.cleaned("a\r\nb\x0bc ", LONG) == "a\nb\nc"
        assert values.cleaned("a\u202eb", NAME) == "ab"
        assert values.cleaned("a\u202eb", LINE) == "a\u202eb"

    def test_many_blanks_in_the_middle_take_no_time(self) -> None:
        begun = process_time()
        assert values.cleaned(f"a{' ' * 200_000}b", LONG) == "a"
        assert process_time() - begun < 1

    @LAW
    @given(st.text(max_size=60), st.sampled_from([LINE, NAME, LONG]))
    def test_what_comes_out_may_stand_there(self, given: str, node: object) -> None:
        assert node in {LINE, NAME, LONG}
        for each in (LINE, NAME, LONG):
            kept = values.cleaned(given, each)
            assert kept is None or each.check(kept) is None
            assert each.check(given) is not None or kept == given


class TestNumbersAndTimes:
    """RFC 5545 sections 3.3.4 to 3.3.8, in ASCII digits."""

    @pytest.mark.parametrize("value", ["", "-1", "+1", "1_0", "١", "1.0", " 1", "1" * 11])
    def test_what_is_no_whole_number(self, value: str) -> None:
        assert values.integer(value) is None

    def test_whole_numbers(self) -> None:
        assert values.integer("0012") == 12

    @pytest.mark.parametrize("value", ["", "20230230", "2023-05-17", "٢٠٢٣٠٥١٧", "00000101", "202305170"])
    def test_what_is_no_day(self, value: str) -> None:
        assert values.day(value) is None
        assert values.wall_time(f"{value}T143000") is None

    def test_days_and_times(self) -> None:
        assert values.day("20240229") == date(2024, 2, 29)
        naive = datetime(2023, 5, 17, 14, 30)  # noqa: DTZ001 - a wall time
        assert values.wall_time("20230517T143000") == (naive, False)
        assert values.wall_time("20230517T143000Z") == (naive, True)
        assert values.wall_time("20161231T235960Z") == (datetime(2016, 12, 31, 23, 59, 59), True)  # noqa: DTZ001 - what clocks show
        assert values.moment("20230517T143000Z") == naive.replace(tzinfo=UTC)

    @pytest.mark.parametrize("value", ["20230517T240000", "20230517T146000", "20230517T143061", "20230517t143000", "x"])
    def test_what_is_no_time(self, value: str) -> None:
        assert values.wall_time(value) is None
        assert values.moment(value) is None

    @pytest.mark.parametrize("value", ["20230517T143000", "19691231T235959Z", "22000101T000000Z"])
    def test_a_local_time_is_no_moment_nor_is_one_of_years_that_we_do_not_know(self, value: str) -> None:
        assert values.wall_time(value) is not None
        assert values.moment(value) is None

    @pytest.mark.parametrize(
        ("value", "days", "rest"),
        [
            ("P1W", 7, 0),
            ("P1DT2H3M4S", 1, 7384),
            ("-PT15M", 0, -900),
            ("+P2D", 2, 0),
            ("PT0S", 0, 0),
            ("P999999D", 999999, 0),
        ],
    )
    def test_durations(self, value: str, days: int, rest: int) -> None:
        assert values.duration(value) == (timedelta(days=days), timedelta(seconds=rest))

    @pytest.mark.parametrize("value", ["", "P", "PT", "P1DT", "P1M", "PT1H1D", "P1W1D", "1D", "P-1D", "P١D"])
    def test_what_is_no_duration(self, value: str) -> None:
        assert values.duration(value) is None

    @pytest.mark.parametrize(
        ("value", "position"),
        [
            ("46.2211;6.1367", ("46.2211", "6.1367")),
            (" +46 ; -6.5 ", ("46", "-6.5")),
            ("0.123456789;-0.0", ("0.12345679", "0")),
            ("90;-180", ("90", "-180")),
        ],
    )
    def test_positions(self, value: str, position: tuple[str, str]) -> None:
        assert values.position(value) == tuple(map(Decimal, position))

    @pytest.mark.parametrize("value", ["", "46.2", "46,2;6,1", "91;0", "0;181", "1e1;1", "NaN;0", "46.2;6.1;3"])
    def test_what_is_no_position(self, value: str) -> None:
        assert values.position(value) is None


class TestLanguage:
    """BCP 47, in the one form that we keep."""

    @pytest.mark.parametrize(
        ("given", "tag"),
        [("fr", "fr"), ("fr-ch", "fr-CH"), ("EN_us", "en-US"), ("french", None), ("", None), (None, None)],
    )
    def test_tags_are_written_in_canonical_form(self, given: str | None, tag: str | None) -> None:
        assert values.language(given) == tag


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
        assert values.address(Property("ATTENDEE", {}, value, 1)) == email

    def test_one_beside_counts_where_there_is_no_other(self) -> None:
        beside = {"EMAIL": ("p1@example.org",)}
        assert values.address(Property("ATTENDEE", beside, "urn:uuid:1", 1)) == "p1@example.org"
        assert values.address(Property("ATTENDEE", beside, "mailto:p2@example.org", 1)) == "p2@example.org"

    @LAW
    @given(values_of(EMAIL))
    def test_what_we_write_is_read_back(self, email: str) -> None:
        assert values.mail_address(encode_cal_address(email)) == email

    def test_a_field_tells_what_it_may_hold(self) -> None:
        assert values.allowed("https://example.org", WEB_ADDRESS)
        assert not values.allowed("ftp://example.org", WEB_ADDRESS)
        assert not values.allowed("Forum", LINE)
