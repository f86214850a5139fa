"""Values: each comes back equal from a reader, or it is refused."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import icalendar
import pendulum
import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.evaluator import content_line, decoded_text
from tests.ical.refusal import refused
from tests.ical.written import REFUSED, TEXTS, event, line, read_by_icalendar
from wtisd_model import Code
from wtisd_model.contentlines.component import Property
from wtisd_model.contentlines.values import (
    decode_date,
    decode_date_time,
    decode_date_time_utc,
    decode_duration,
    decode_integer,
    decode_text,
    decode_text_list,
    decode_utc_offset,
    encode_cal_address,
    encode_date_time_local,
    encode_date_time_utc,
    encode_duration,
    encode_geo,
    encode_integer,
    encode_keyword,
    encode_text,
    encode_text_list,
    encode_uri,
    encode_utc_offset,
)
from wtisd_model.reading.notations import decode_cal_address, decode_geo
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import EMAIL, LONG


class TestText:
    """RFC 5545 section 3.3.11: "BACKSLASH, SEMICOLON, and COMMA characters MUST be escaped"."""

    @LAW
    @given(TEXTS)
    @example(r"C:\New")
    @example("C:\\\\new\\;\\,\\")
    @example("\ufeff\u00a0 outer blanks \u200d")
    def test_comes_back_equal(self, value: str) -> None:
        assert decoded_text(content_line(line("SUMMARY", encode_text(value))).value) == value

    @LAW
    @given(TEXTS)
    @example(r"C:\New")
    def test_comes_back_equal_from_icalendar(self, value: str) -> None:
        assert str(read_by_icalendar(Property("DESCRIPTION", encode_text(value)))["DESCRIPTION"]) == value

    @given(TEXTS)
    @example(r"C:\New")
    def test_comes_back_equal_from_vobject(self, value: str) -> None:
        assert (
            vobject.readOne(event(Property("DESCRIPTION", encode_text(value))).decode()).vevent.description.value
            == value
        )

    def test_is_written_as_the_standard_says(self) -> None:
        assert encode_text("a\\b;c,d\ne") == "a\\\\b\\;c\\,d\\ne"

    def test_every_control_character_separator_and_surrogate_is_refused_wherever_it_stands(self) -> None:
        assert len(REFUSED) == 64 + 2 + 2048
        for each in REFUSED:
            for value in (each, f"a{each}", f"{each}a", f"a{each}a"):
                with refused(Code.TEXT_CONTROL):
                    line("SUMMARY", encode_text(value))

    def test_a_list_is_separated_by_bare_commas(self) -> None:
        assert encode_text_list(["a,b", "c"]) == "a\\,b,c"


class TestWord:
    """RFC 5545 section 3.1: "iana-token = 1*(ALPHA / DIGIT / "-")"."""

    @pytest.mark.parametrize("value", ["CONFIRMED", "NEEDS-ACTION", "2"])
    def test_is_given_as_it_is(self, value: str) -> None:
        assert encode_keyword(value) == value

    @pytest.mark.parametrize("value", ["", "A B", "A\n", "A;B", "É", "A,B", "\u0661"])
    def test_another_character_is_refused(self, value: str) -> None:
        with refused(Code.TEXT_MALFORMED):
            encode_keyword(value)


class TestInteger:
    """RFC 5545 section 3.3.8."""

    def test_is_written_in_digits(self) -> None:
        assert encode_integer(12) == "12"


class TestUri:
    """RFC 5545 section 3.3.13: a URI is written as it is, without backslashes."""

    @pytest.mark.parametrize(
        "value",
        [
            "https://www.itu.int/wtisd",
            "http://[2001:db8::1]:8080/a;b,c?d=e&f=%20#g",
            "tel:+41227305111,,123#",
            "mailto:a@example.org",
            "geo:46.2206,6.1376",
        ],
    )
    def test_is_given_as_it_is_and_read_back_equal(self, value: str) -> None:
        assert encode_uri(value) == value
        assert str(read_by_icalendar(Property("URL", encode_uri(value)))["URL"]) == value
        assert vobject.readOne(event(Property("URL", encode_uri(value))).decode()).vevent.url.value == value

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "www.itu.int",
            "https:",
            "https://a b",
            "https://a\r\nX:1",
            "https://a\n",
            "https://a\\b",
            'https://a"',
            "https://a<b>",
            "https://é.example",
            "https://a\u00a0b",
            "https://a\ud800",
            "1https://a",
        ],
    )
    def test_blanks_quotes_controls_and_a_missing_scheme_are_refused(self, value: str) -> None:
        with refused(Code.URI_MALFORMED):
            encode_uri(value)


class TestAddress:
    """RFC 5545 section 3.3.3: a calendar address is a mailto URI (RFC 6068)."""

    def test_is_a_mailto_uri_letter_by_letter(self) -> None:
        value = "O'Neil+wtisd=a&b/c{d}|~!$*^`_-.x@sub-1.example.org"
        assert encode_cal_address(value) == f"mailto:{value}"

    def test_what_means_something_else_in_a_uri_is_percent_encoded(self) -> None:
        assert encode_cal_address("50%?#@example.org") == "mailto:50%25%3F%23@example.org"

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "a",
            "@example.org",
            "a@",
            "a@b@example.org",
            "a b@example.org",
            '"a"@example.org',
            "<a@example.org>",
            "a@example.org,b@example.org",
            "a;b@example.org",
            "a:b@example.org",
            "a\\b@example.org",
            "a@example.org\r\nX:1",
            "a@example.org\n",
            "a\x00@example.org",
            "é@example.org",
            "a@é.example",
            "mailto:a@example.org",
        ],
    )
    def test_anything_but_one_plain_address_is_refused(self, value: str) -> None:
        with refused(Code.EMAIL_MALFORMED):
            encode_cal_address(value)


class TestDateTime:
    """RFC 5545 section 3.3.5: form 2 is UTC with a Z, form 3 is local time with a TZID."""

    MOMENTS = (
        datetime(2023, 5, 17, 14, 30, tzinfo=ZoneInfo("Europe/Zurich")),
        pendulum.datetime(2023, 5, 17, 14, 30, tz="Europe/Zurich"),
        datetime(2023, 5, 17, 14, 30, 0, 999_999, tzinfo=ZoneInfo("Europe/Zurich")),
    )

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_utc_is_the_same_moment_in_whole_seconds(self, moment: datetime) -> None:
        assert encode_date_time_utc(moment) == "20230517T123000Z"

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_local_time_is_what_the_clocks_show(self, moment: datetime) -> None:
        assert encode_date_time_local(moment) == "20230517T143000"

    def test_the_second_of_two_equal_hours_is_another_moment_in_utc(self) -> None:
        night = datetime(2023, 10, 29, 2, 30, tzinfo=ZoneInfo("Europe/Zurich"))
        assert encode_date_time_utc(night) == "20231029T003000Z"
        assert encode_date_time_utc(night.replace(fold=1)) == "20231029T013000Z"

    def test_a_day_may_be_another_one_in_utc(self) -> None:
        assert encode_date_time_utc(datetime(2024, 3, 1, 0, 5, tzinfo=ZoneInfo("Asia/Tokyo"))) == "20240229T150500Z"

    def test_a_floating_time_is_refused(self) -> None:
        naive = datetime(2023, 5, 17, 14, 30)
        for write in (encode_date_time_utc, encode_date_time_local):
            with refused(Code.MOMENT_NAIVE):
                write(naive)

    @pytest.mark.parametrize("year", [1, 999, 1969, 2200, 9999])
    def test_a_year_that_the_model_does_not_know_is_refused(self, year: int) -> None:
        for write in (encode_date_time_utc, encode_date_time_local):
            with refused(Code.YEAR_OUT_OF_RANGE):
                write(datetime(year, 6, 1, tzinfo=UTC))

    @pytest.mark.parametrize("year", [1970, 2199])
    def test_the_first_and_last_year_of_the_model_are_written(self, year: int) -> None:
        assert encode_date_time_utc(datetime(year, 6, 1, tzinfo=UTC)) == f"{year}0601T000000Z"


class TestDuration:
    """RFC 5545 section 3.3.6."""

    @pytest.mark.parametrize(
        ("length", "written"),
        [
            (timedelta(), "PT0S"),
            (timedelta(minutes=15), "PT15M"),
            (timedelta(minutes=-15), "-PT15M"),
            (timedelta(hours=12), "PT12H"),
            (timedelta(days=1), "P1D"),
            (timedelta(days=-7), "-P7D"),
            (timedelta(days=15, hours=5, seconds=20), "P15DT5H0M20S"),
            (timedelta(days=-1, hours=-2, minutes=-3, seconds=-4), "-P1DT2H3M4S"),
            (pendulum.duration(days=1, hours=2), "P1DT2H"),
            (pendulum.duration(minutes=-90), "-PT1H30M"),
        ],
    )
    def test_is_written_in_days_hours_minutes_and_seconds(self, length: timedelta, written: str) -> None:
        assert encode_duration(length) == written

    @given(st.integers(-(10**9), 10**9))
    def test_has_seconds_only_after_minutes(self, seconds: int) -> None:
        """dur-hour = 1*DIGIT "H" [dur-minute]; dur-minute = 1*DIGIT "M" [dur-second]."""
        grammar = r"-?P(?:\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?"
        assert re.fullmatch(grammar, encode_duration(timedelta(seconds=seconds)))

    @given(st.integers(-(10**9), 10**9))
    def test_comes_back_equal_from_icalendar(self, seconds: int) -> None:
        length = timedelta(seconds=seconds)
        read = read_by_icalendar(Property("DURATION", encode_duration(length)))["DURATION"]
        assert isinstance(read, icalendar.vDDDTypes)
        assert read.dt == length

    @pytest.mark.parametrize(
        "length", [timedelta(seconds=1, microseconds=1), pendulum.duration(months=1), pendulum.duration(years=1)]
    )
    def test_a_fraction_of_a_second_and_a_month_are_refused(self, length: timedelta) -> None:
        with refused(Code.DURATION_NOT_WHOLE):
            encode_duration(length)


class TestGeo:
    """RFC 5545 section 3.8.1.6: latitude, a semicolon, longitude, in degrees."""

    def test_keeps_all_decimals_and_needs_no_exponent(self) -> None:
        assert encode_geo(Decimal("46.2200"), Decimal("-6.1E-7")) == "46.2200;-0.00000061"


class TestDecodedText:
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
        assert decode_text(written) == meant

    @pytest.mark.parametrize(
        ("written", "meant"),
        [("a,b", ["a", "b"]), (r"a\,b,c\\,d", ["a,b", "c\\", "d"]), ("", [""]), (",", ["", ""]), ("a\\", ["a\\"])],
    )
    def test_lists_are_parted_at_commas(self, written: str, meant: list[str]) -> None:
        assert list(decode_text_list(written)) == meant

    @LAW
    @given(st.lists(values_of(LONG), min_size=1, max_size=4))
    def test_what_we_write_is_read_back(self, said: list[str]) -> None:
        assert list(decode_text_list(encode_text_list(said))) == said


class TestNumbersAndTimes:
    """RFC 5545 sections 3.3.4 to 3.3.8, in ASCII digits."""

    @pytest.mark.parametrize("value", ["", "-1", "+1", "1_0", "١", "1.0", " 1", "1" * 11])
    def test_what_is_no_whole_number(self, value: str) -> None:
        assert decode_integer(value) is None

    def test_whole_numbers(self) -> None:
        assert decode_integer("0012") == 12

    @pytest.mark.parametrize("value", ["", "20230230", "2023-05-17", "٢٠٢٣٠٥١٧", "00000101", "202305170"])
    def test_what_is_no_day(self, value: str) -> None:
        assert decode_date(value) is None
        assert decode_date_time(f"{value}T143000") is None

    def test_days_and_times(self) -> None:
        assert decode_date("20240229") == date(2024, 2, 29)
        naive = datetime(2023, 5, 17, 14, 30)
        assert decode_date_time("20230517T143000") == (naive, False)
        assert decode_date_time("20230517T143000Z") == (naive, True)
        assert decode_date_time("20161231T235960Z") == (datetime(2016, 12, 31, 23, 59, 59), True)
        assert decode_date_time_utc("20230517T143000Z") == naive.replace(tzinfo=UTC)

    @pytest.mark.parametrize("value", ["20230517T240000", "20230517T146000", "20230517T143061", "20230517t143000", "x"])
    def test_what_is_no_time(self, value: str) -> None:
        assert decode_date_time(value) is None
        assert decode_date_time_utc(value) is None

    @pytest.mark.parametrize("value", ["20230517T143000", "19691231T235959Z", "22000101T000000Z"])
    def test_a_local_time_is_no_moment_nor_is_one_of_years_that_we_do_not_know(self, value: str) -> None:
        assert decode_date_time(value) is not None
        assert decode_date_time_utc(value) is None

    @pytest.mark.parametrize(
        ("value", "days", "rest"),
        [
            ("P1W", 7, 0),
            ("P1DT2H3M4S", 1, 7384),
            ("-PT15M", 0, -900),
            ("+P2D", 2, 0),
            ("PT0S", 0, 0),
            ("P999999D", 999999, 0),
            ("PT7258118399S", 0, 7258118399),
        ],
    )
    def test_durations(self, value: str, days: int, rest: int) -> None:
        assert decode_duration(value) == (timedelta(days=days), timedelta(seconds=rest))

    @pytest.mark.parametrize("value", ["", "P", "PT", "P1DT", "P1M", "PT1H1D", "P1W1D", "1D", "P-1D", "P١D"])
    def test_what_is_no_duration(self, value: str) -> None:
        assert decode_duration(value) is None

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
        found = decode_geo(value)
        assert found is not None
        assert tuple(map(str, found)) == position  # zero has no sign: Decimal("-0.0") equals 0, and is refused later

    @pytest.mark.parametrize("value", ["", "46.2", "46,2;6,1", "91;0", "0;181", "1e1;1", "NaN;0", "46.2;6.1;3"])
    def test_what_is_no_position(self, value: str) -> None:
        assert decode_geo(value) is None

    @pytest.mark.parametrize(("value", "seconds"), [("+0100", 3600), ("-0330", -12_600), ("+053020", 19_820)])
    def test_offsets(self, value: str, seconds: int) -> None:
        assert decode_utc_offset(value) == timedelta(seconds=seconds)
        assert encode_utc_offset(seconds) == value

    @pytest.mark.parametrize("value", ["", "0100", "+2400", "+0160", "+01:00", "+01"])
    def test_what_is_no_offset(self, value: str) -> None:
        assert decode_utc_offset(value) is None


class TestDecodedAddress:
    """RFC 5545 section 3.3.3, RFC 6068 section 2."""

    @LAW
    @given(values_of(EMAIL))
    def test_what_we_write_is_read_back(self, email: str) -> None:
        assert decode_cal_address(encode_cal_address(email)) == email
