"""Content lines: what goes in comes back equal from a reader, or is refused."""

import sys
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import cast
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
from wtisd_model.codes import Code
from wtisd_model.findings import ExportError
from wtisd_model.ical.content_line import (
    Parameter,
    Value,
    address,
    component,
    date_time_local,
    date_time_utc,
    duration,
    geo,
    integer,
    line,
    parameter,
    text,
    texts,
    uri,
    word,
)
from wtisd_model.ical.names import ComponentName, ParameterName, PropertyName

# What the model refuses too: control characters but the line feed, line separators, halves of characters.
REFUSED = [
    chr(point)
    for point in range(sys.maxunicode + 1)
    if unicodedata.category(chr(point)) in {"Cc", "Cs", "Zl", "Zp"} and point != 0x0A
]
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n")
# Those that mean something in a content line, and characters of one to four octets, come often and in long runs.
TEXTS = st.text(st.one_of(CHARACTERS, st.sampled_from("\\;,:\"'^n\n \u00e9\u20ac\U0001f600"))) | st.lists(
    st.text(st.sampled_from('\\^";,\n a\u20ac\U0001f600'), max_size=3).map(lambda part: part * 40), max_size=5
).map("".join)

FOREIGN_NAMES = ["SUMMARY\r\nX-FORGED", "X-A;P=1", "X A", "X-A:", "", "summary", "SUMMARY\n", "BEGIN", "Süd"]


def event(*lines: bytes) -> bytes:
    return component(
        "VCALENDAR",
        line("VERSION", text("2.0")),
        line("PRODID", text("-//example.org//tests")),
        component(
            "VEVENT",
            line("UID", text("1@example.org")),
            line("DTSTAMP", date_time_utc(datetime(2023, 5, 17, tzinfo=UTC))),
            line("DTSTART", date_time_utc(datetime(2023, 5, 17, tzinfo=UTC))),
            *lines,
        ),
    )


def read_by_icalendar(*lines: bytes) -> icalendar.Component:
    read = icalendar.Calendar.from_ical(event(*lines)).walk("VEVENT")[0]
    assert read.errors == []
    return read


class TestText:
    """RFC 5545 section 3.3.11: "BACKSLASH, SEMICOLON, and COMMA characters MUST be escaped"."""

    @LAW
    @given(TEXTS)
    @example(r"C:\New")
    @example("C:\\\\new\\;\\,\\")
    @example("\ufeff\u00a0 outer blanks \u200d")
    def test_comes_back_equal(self, value: str) -> None:
        assert decoded_text(content_line(line("SUMMARY", text(value))).value) == value

    @LAW
    @given(TEXTS)
    @example(r"C:\New")
    def test_comes_back_equal_from_icalendar(self, value: str) -> None:
        assert str(read_by_icalendar(line("DESCRIPTION", text(value)))["DESCRIPTION"]) == value

    @given(TEXTS)
    @example(r"C:\New")
    def test_comes_back_equal_from_vobject(self, value: str) -> None:
        assert vobject.readOne(event(line("DESCRIPTION", text(value))).decode()).vevent.description.value == value

    def test_is_written_as_the_standard_says(self) -> None:
        assert text("a\\b;c,d\ne") == "a\\\\b\\;c\\,d\\ne"

    def test_every_control_character_separator_and_surrogate_is_refused_wherever_it_stands(self) -> None:
        assert len(REFUSED) == 64 + 2 + 2048
        for each in REFUSED:
            for value in (each, f"a{each}", f"{each}a", f"a{each}a"):
                with refused(Code.TEXT_CONTROL):
                    text(value)

    def test_a_list_is_separated_by_bare_commas(self) -> None:
        assert texts("a,b", "c") == "a\\,b,c"
        with refused(Code.TEXT_CONTROL):
            texts("a", "b\r")


class TestParameter:
    """RFC 5545 section 3.2 and RFC 6868 section 3.1: a quote, a caret or a line feed is written with a caret."""

    @LAW
    @given(TEXTS)
    @example('a"b^c\nd;e:f,g\\')
    @example("^n^'^^")
    def test_free_text_comes_back_equal(self, value: str) -> None:
        read = content_line(line("ORGANIZER", address("a@example.org"), parameter("CN", value)))
        assert read == ("ORGANIZER", {"CN": value}, "mailto:a@example.org")

    @LAW
    # icalendar takes backslash escapes for part of a parameter, which they are not (RFC 5545 section 3.2).
    @given(TEXTS.map(lambda value: value.replace("\\", "/")))
    @example('a"b^c\nd;e:f,g')
    def test_free_text_comes_back_equal_from_icalendar(self, value: str) -> None:
        read = read_by_icalendar(line("ORGANIZER", address("a@example.org"), parameter("CN", value)))["ORGANIZER"]
        # icalendar drops an empty parameter.
        assert read.params.get("CN", "") == value
        assert str(read) == "mailto:a@example.org"

    @pytest.mark.parametrize("name", ["ALTREP", "CN", "DIR", "EMAIL", "LABEL", "SENT-BY"])
    def test_free_text_is_always_quoted(self, name: ParameterName) -> None:
        assert parameter(name, "a") == f';{name}="a"'

    def test_every_control_character_separator_and_surrogate_is_refused_in_free_text(self) -> None:
        for each in REFUSED:
            with refused(Code.TEXT_CONTROL):
                parameter("CN", f"a{each}a")

    @pytest.mark.parametrize("value", ["fr-CH", "America/Port-au-Prince", "image/svg+xml", "DATE-TIME", "X_1.2"])
    def test_keywords_tags_and_zones_are_written_bare(self, value: str) -> None:
        assert parameter("TZID", value) == f";TZID={value}"

    @pytest.mark.parametrize("value", ["", "a;X=1", "a:b", 'a"', "a,b", "a b", "a\r\n", "a\n", "é", "\u0661"])
    def test_a_bare_value_with_another_character_is_refused(self, value: str) -> None:
        with refused(Code.TEXT_MALFORMED):
            parameter("LANGUAGE", value)

    def test_several_values_make_a_list(self) -> None:
        assert parameter("FEATURE", "AUDIO", "VIDEO") == ";FEATURE=AUDIO,VIDEO"

    @pytest.mark.parametrize("name", FOREIGN_NAMES)
    def test_a_name_that_is_not_in_the_list_is_refused(self, name: str) -> None:
        with refused(Code.NAME_UNKNOWN):
            parameter(cast("ParameterName", name), "a")


class TestLine:
    """RFC 5545 section 3.1: "contentline = name *(";" param) ":" value CRLF"."""

    def test_puts_name_parameters_and_value_together(self) -> None:
        written = line(
            "SUMMARY", text("Journée"), parameter("LANGUAGE", "fr"), parameter("ALTREP", "https://x.example/")
        )
        assert written == 'SUMMARY;LANGUAGE=fr;ALTREP="https://x.example/":Journée\r\n'.encode()

    @pytest.mark.parametrize("name", FOREIGN_NAMES)
    def test_a_name_that_is_not_in_the_list_is_refused(self, name: str) -> None:
        with refused(Code.NAME_UNKNOWN):
            line(cast("PropertyName", name), text("a"))

    @pytest.mark.parametrize("each", [*REFUSED[:70], "\n", "\udfff"])
    def test_a_control_character_in_an_unencoded_part_is_refused(self, each: str) -> None:
        with refused(Code.TEXT_CONTROL):
            line("SUMMARY", Value(f"a{each}BEGIN:VALARM"))
        with refused(Code.TEXT_CONTROL):
            line("SUMMARY", text("a"), Parameter(f";CN=a{each}"))

    @given(st.text())
    @example("a\r\nX-FORGED:1")
    @example('a";X=":')
    def test_no_text_forges_a_line_or_breaks_a_parameter(self, value: str) -> None:
        with suppress(ExportError):
            assert content_line(line("SUMMARY", text(value)))[:2] == ("SUMMARY", {})
        with suppress(ExportError):
            assert content_line(line("CONTACT", text(""), parameter("ALTREP", value)))[1:] == ({"ALTREP": value}, "")
        with suppress(ExportError):
            assert content_line(line("URL", uri(value))) == ("URL", {}, value)
        with suppress(ExportError):
            assert content_line(line("ATTENDEE", address(value)))[:2] == ("ATTENDEE", {})


class TestFolding:
    """RFC 5545 section 3.1: "Lines of text SHOULD NOT be longer than 75 octets, excluding the line break"."""

    def test_75_octets_stay_on_one_line_and_the_76th_begins_another(self) -> None:
        assert line("SUMMARY", text("a" * 67)) == b"SUMMARY:" + b"a" * 67 + b"\r\n"
        assert line("SUMMARY", text("a" * 68)) == b"SUMMARY:" + b"a" * 67 + b"\r\n a\r\n"

    def test_a_continuation_holds_74_octets_behind_its_blank(self) -> None:
        assert line("SUMMARY", text("a" * 142)) == b"SUMMARY:" + b"a" * 67 + b"\r\n " + b"a" * 74 + b"\r\n a\r\n"

    def test_octets_count_and_not_characters(self) -> None:
        assert line("SUMMARY", text("é" * 34)) == b"SUMMARY:" + "é".encode() * 33 + b"\r\n " + "é".encode() + b"\r\n"

    @pytest.mark.parametrize("special", ["\\", ";", ",", "\n"])
    def test_no_escape_of_text_is_cut(self, special: str) -> None:
        for length in range(60, 75):
            pieces = line("SUMMARY", text("a" * length + special + "b" * 80)).split(b"\r\n ")
            assert not any(piece.endswith(b"\\") for piece in pieces)

    @pytest.mark.parametrize("special", ['"', "^", "\n"])
    def test_no_caret_of_a_parameter_is_cut(self, special: str) -> None:
        for length in range(45, 75):
            written = line("ORGANIZER", address("a@example.org"), parameter("CN", "a" * length + special + "b" * 80))
            assert not any(piece.endswith(b"^") for piece in written.split(b"\r\n "))

    @LAW
    @given(st.text(st.sampled_from("\\;^a\u20ac"), max_size=400))
    @example("\\" * 400)
    @example("a" + "\\" * 400)
    @example("^\\" * 400)
    def test_a_long_run_of_backslashes_is_cut_between_escapes(self, value: str) -> None:
        for piece in line("SUMMARY", text(value))[:-2].split(b"\r\n "):
            assert (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 0

    @LAW
    @given(st.text(st.sampled_from('\\"^a\u20ac'), max_size=400))
    @example("^" * 400)
    @example("a" + '"' * 400)
    @example("\\^" * 400)
    def test_a_long_run_of_carets_is_cut_between_escapes(self, value: str) -> None:
        written = line("ORGANIZER", address("a@example.org"), parameter("CN", value))
        for piece in written[:-2].split(b"\r\n "):
            assert (len(piece) - len(piece.rstrip(b"^"))) % 2 == 0

    def test_what_no_encoding_of_ours_gives_is_cut_between_characters(self) -> None:
        value = "\\^" * 36 + "\\😀" + "\\^" * 100
        assert content_line(line("SUMMARY", Value(value))).value == value


class TestComponent:
    """RFC 5545 section 3.6: a component stands between BEGIN and END."""

    def test_holds_its_lines(self) -> None:
        written = component("VALARM", line("ACTION", word("DISPLAY")), line("SUMMARY", text("a")))
        assert written == b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nSUMMARY:a\r\nEND:VALARM\r\n"

    @pytest.mark.parametrize("name", ["VEVENT\r\nX", "vevent", "", "VTODO"])
    def test_a_name_that_is_not_in_the_list_is_refused(self, name: str) -> None:
        with refused(Code.NAME_UNKNOWN):
            component(cast("ComponentName", name))


class TestWord:
    """RFC 5545 section 3.1: "iana-token = 1*(ALPHA / DIGIT / "-")"."""

    @pytest.mark.parametrize("value", ["CONFIRMED", "NEEDS-ACTION", "2"])
    def test_is_given_as_it_is(self, value: str) -> None:
        assert word(value) == value

    @pytest.mark.parametrize("value", ["", "A B", "A\n", "A;B", "É", "A,B", "\u0661"])
    def test_another_character_is_refused(self, value: str) -> None:
        with refused(Code.TEXT_MALFORMED):
            word(value)


class TestInteger:
    """RFC 5545 section 3.3.8."""

    def test_is_written_in_digits(self) -> None:
        assert integer(12) == "12"


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
        assert uri(value) == value
        assert str(read_by_icalendar(line("URL", uri(value)))["URL"]) == value
        assert vobject.readOne(event(line("URL", uri(value))).decode()).vevent.url.value == value

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
            uri(value)


class TestAddress:
    """RFC 5545 section 3.3.3: a calendar address is a mailto URI (RFC 6068)."""

    def test_is_a_mailto_uri_letter_by_letter(self) -> None:
        value = "O'Neil+wtisd=a&b/c{d}|~!$*^`_-.x@sub-1.example.org"
        assert address(value) == f"mailto:{value}"

    def test_what_means_something_else_in_a_uri_is_percent_encoded(self) -> None:
        assert address("50%?#@example.org") == "mailto:50%25%3F%23@example.org"

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
            address(value)


class TestDateTime:
    """RFC 5545 section 3.3.5: form 2 is UTC with a Z, form 3 is local time with a TZID."""

    MOMENTS = (
        datetime(2023, 5, 17, 14, 30, tzinfo=ZoneInfo("Europe/Zurich")),
        pendulum.datetime(2023, 5, 17, 14, 30, tz="Europe/Zurich"),
        datetime(2023, 5, 17, 14, 30, 0, 999_999, tzinfo=ZoneInfo("Europe/Zurich")),
    )

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_utc_is_the_same_moment_in_whole_seconds(self, moment: datetime) -> None:
        assert date_time_utc(moment) == "20230517T123000Z"

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_local_time_is_what_the_clocks_show(self, moment: datetime) -> None:
        assert date_time_local(moment) == "20230517T143000"

    def test_the_second_of_two_equal_hours_is_another_moment_in_utc(self) -> None:
        night = datetime(2023, 10, 29, 2, 30, tzinfo=ZoneInfo("Europe/Zurich"))
        assert date_time_utc(night) == "20231029T003000Z"
        assert date_time_utc(night.replace(fold=1)) == "20231029T013000Z"

    def test_a_day_may_be_another_one_in_utc(self) -> None:
        assert date_time_utc(datetime(2024, 3, 1, 0, 5, tzinfo=ZoneInfo("Asia/Tokyo"))) == "20240229T150500Z"

    def test_a_floating_time_is_refused(self) -> None:
        naive = datetime(2023, 5, 17, 14, 30)  # noqa: DTZ001 - that is the point
        for write in (date_time_utc, date_time_local):
            with refused(Code.MOMENT_NAIVE):
                write(naive)

    @pytest.mark.parametrize("year", [1, 999, 1969, 2200, 9999])
    def test_a_year_that_the_model_does_not_know_is_refused(self, year: int) -> None:
        for write in (date_time_utc, date_time_local):
            with refused(Code.YEAR_OUT_OF_RANGE):
                write(datetime(year, 6, 1, tzinfo=UTC))

    @pytest.mark.parametrize("year", [1970, 2199])
    def test_the_first_and_last_year_of_the_model_are_written(self, year: int) -> None:
        assert date_time_utc(datetime(year, 6, 1, tzinfo=UTC)) == f"{year}0601T000000Z"


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
            (timedelta(days=15, hours=5, seconds=20), "P15DT5H20S"),
            (timedelta(days=-1, hours=-2, minutes=-3, seconds=-4), "-P1DT2H3M4S"),
            (pendulum.duration(days=1, hours=2), "P1DT2H"),
            (pendulum.duration(minutes=-90), "-PT1H30M"),
        ],
    )
    def test_is_written_in_days_hours_minutes_and_seconds(self, length: timedelta, written: str) -> None:
        assert duration(length) == written

    @given(st.integers(-(10**9), 10**9))
    def test_comes_back_equal_from_icalendar(self, seconds: int) -> None:
        length = timedelta(seconds=seconds)
        read = read_by_icalendar(line("DURATION", duration(length)))["DURATION"]
        assert isinstance(read, icalendar.vDDDTypes)
        assert read.dt == length

    @pytest.mark.parametrize(
        "length", [timedelta(seconds=1, microseconds=1), pendulum.duration(months=1), pendulum.duration(years=1)]
    )
    def test_a_fraction_of_a_second_and_a_month_are_refused(self, length: timedelta) -> None:
        with refused(Code.DURATION_NOT_WHOLE):
            duration(length)


class TestGeo:
    """RFC 5545 section 3.8.1.6: latitude, a semicolon, longitude, in degrees."""

    def test_keeps_all_decimals_and_needs_no_exponent(self) -> None:
        assert geo(Decimal("46.2200"), Decimal("-6.1E-7")) == "46.2200;-0.00000061"
