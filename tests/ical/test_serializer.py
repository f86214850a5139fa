"""Content lines and components: no value can forge a line."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.evaluator import content_line
from tests.ical.refusal import refused
from tests.ical.written import REFUSED, TEXTS, line, read_by_icalendar
from wtisd_model import Code, ExportError
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.serializer import serialize, serialize_property
from wtisd_model.contentlines.values import encode_cal_address, encode_text, encode_uri

FOREIGN_NAMES = ["SUMMARY\r\nX-FORGED", "X-A;P=1", "X A", "X-A:", "", "summary", "SUMMARY\n", "BEGIN", "Süd"]
ADDRESS = encode_cal_address("a@example.org")
ALARM = Component("VALARM", [Property("ACTION", EncodedValue("DISPLAY")), Property("SUMMARY", EncodedValue("a"))])


class TestParameter:
    """RFC 5545 section 3.2 and RFC 6868 section 3.1: a quote, a caret or a line feed is written with a caret."""

    @LAW
    @given(TEXTS)
    @example('a"b^c\nd;e:f,g\\')
    @example("^n^'^^")
    def test_free_text_comes_back_equal(self, value: str) -> None:
        read = content_line(line("ORGANIZER", ADDRESS, CN=value))
        assert read == ("ORGANIZER", {"CN": value}, "mailto:a@example.org")

    @LAW
    # icalendar takes backslash escapes for part of a parameter, which they are not (RFC 5545 section 3.2).
    @given(TEXTS.map(lambda value: value.replace("\\", "/")))
    @example('a"b^c\nd;e:f,g')
    def test_free_text_comes_back_equal_from_icalendar(self, value: str) -> None:
        read = read_by_icalendar(Property("ORGANIZER", ADDRESS, {"CN": (value,)}))["ORGANIZER"]
        # icalendar drops an empty parameter.
        assert read.params.get("CN", "") == value
        assert str(read) == "mailto:a@example.org"

    @pytest.mark.parametrize("name", ["ALTREP", "CN", "DIR", "EMAIL", "LABEL", "SENT-BY"])
    def test_free_text_is_always_quoted(self, name: str) -> None:
        assert line("SUMMARY", "b", **{name: "a"}) == f'SUMMARY;{name}="a":b\r\n'.encode()

    def test_every_control_character_separator_and_surrogate_is_refused_in_free_text(self) -> None:
        for each in REFUSED:
            with refused(Code.TEXT_CONTROL):
                line("SUMMARY", "b", CN=f"a{each}a")

    @pytest.mark.parametrize("value", ["fr-CH", "America/Port-au-Prince", "image/svg+xml", "DATE-TIME", "X_1.2"])
    def test_keywords_tags_and_zones_are_written_bare(self, value: str) -> None:
        assert line("SUMMARY", "b", TZID=value) == f"SUMMARY;TZID={value}:b\r\n".encode()

    @pytest.mark.parametrize("value", ["", "a;X=1", "a:b", 'a"', "a,b", "a b", "a\r\n", "a\n", "é", "\u0661"])
    def test_a_bare_value_with_another_character_is_refused(self, value: str) -> None:
        with refused(Code.TEXT_MALFORMED):
            line("SUMMARY", "b", LANGUAGE=value)

    def test_several_values_make_a_list(self) -> None:
        features = Property("CONFERENCE", EncodedValue("b"), {"FEATURE": ("AUDIO", "VIDEO"), "LABEL": ("c", "d")})
        assert serialize_property(features) == b'CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL="c","d":b\r\n'

    @pytest.mark.parametrize("name", FOREIGN_NAMES)
    def test_a_name_that_is_not_in_the_list_is_refused(self, name: str) -> None:
        with refused(Code.NAME_UNKNOWN):
            line("SUMMARY", "b", **{name: "a"})


class TestLine:
    """RFC 5545 section 3.1: "contentline = name *(";" param) ":" value CRLF"."""

    def test_puts_name_parameters_and_value_together(self) -> None:
        written = line("SUMMARY", encode_text("Journée"), LANGUAGE="fr", ALTREP="https://x.example/")
        assert written == 'SUMMARY;LANGUAGE=fr;ALTREP="https://x.example/":Journée\r\n'.encode()

    @pytest.mark.parametrize("name", FOREIGN_NAMES)
    def test_a_name_that_is_not_in_the_list_is_refused(self, name: str) -> None:
        with refused(Code.NAME_UNKNOWN):
            line(name, encode_text("a"))

    @pytest.mark.parametrize("each", [*REFUSED[:70], "\n", "\udfff"])
    def test_a_control_character_in_an_unencoded_part_is_refused(self, each: str) -> None:
        with refused(Code.TEXT_CONTROL):
            line("SUMMARY", f"a{each}BEGIN:VALARM")

    @given(st.text())
    @example("a\r\nX-FORGED:1")
    @example('a";X=":')
    def test_no_text_forges_a_line_or_breaks_a_parameter(self, value: str) -> None:
        with suppress(ExportError):
            assert content_line(line("SUMMARY", encode_text(value)))[:2] == ("SUMMARY", {})
        with suppress(ExportError):
            assert content_line(line("CONTACT", "", ALTREP=value))[1:] == ({"ALTREP": value}, "")
        with suppress(ExportError):
            assert content_line(line("URL", encode_uri(value))) == ("URL", {}, value)
        with suppress(ExportError):
            assert content_line(line("ATTENDEE", encode_cal_address(value)))[:2] == ("ATTENDEE", {})


class TestFolding:
    """RFC 5545 section 3.1: "Lines of text SHOULD NOT be longer than 75 octets, excluding the line break"."""

    def test_75_octets_stay_on_one_line_and_the_76th_begins_another(self) -> None:
        assert line("SUMMARY", encode_text("a" * 67)) == b"SUMMARY:" + b"a" * 67 + b"\r\n"
        assert line("SUMMARY", encode_text("a" * 68)) == b"SUMMARY:" + b"a" * 67 + b"\r\n a\r\n"

    def test_a_continuation_holds_74_octets_behind_its_blank(self) -> None:
        assert line("SUMMARY", encode_text("a" * 142)) == b"SUMMARY:" + b"a" * 67 + b"\r\n " + b"a" * 74 + b"\r\n a\r\n"

    def test_octets_count_and_not_characters(self) -> None:
        assert line("SUMMARY", "é" * 34) == b"SUMMARY:" + "é".encode() * 33 + b"\r\n " + "é".encode() + b"\r\n"

    @pytest.mark.parametrize("special", ["\\", ";", ",", "\n"])
    def test_no_escape_of_text_is_cut(self, special: str) -> None:
        for length in range(60, 75):
            pieces = line("SUMMARY", encode_text("a" * length + special + "b" * 80)).split(b"\r\n ")
            assert not any(piece.endswith(b"\\") for piece in pieces)

    @pytest.mark.parametrize("special", ['"', "^", "\n"])
    def test_no_caret_of_a_parameter_is_cut(self, special: str) -> None:
        for length in range(45, 75):
            written = line("ORGANIZER", ADDRESS, CN="a" * length + special + "b" * 80)
            assert not any(piece.endswith(b"^") for piece in written.split(b"\r\n "))

    @LAW
    @given(st.text(st.sampled_from("\\;^a\u20ac"), max_size=400))
    @example("\\" * 400)
    @example("a" + "\\" * 400)
    @example("^\\" * 400)
    def test_a_long_run_of_backslashes_is_cut_between_escapes(self, value: str) -> None:
        for piece in line("SUMMARY", encode_text(value))[:-2].split(b"\r\n "):
            assert (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 0

    @LAW
    @given(st.text(st.sampled_from('\\"^a\u20ac'), max_size=400))
    @example("^" * 400)
    @example("a" + '"' * 400)
    @example("\\^" * 400)
    def test_a_long_run_of_carets_is_cut_between_escapes(self, value: str) -> None:
        written = line("ORGANIZER", ADDRESS, CN=value)
        for piece in written[:-2].split(b"\r\n "):
            assert (len(piece) - len(piece.rstrip(b"^"))) % 2 == 0

    def test_a_text_of_nothing_but_backslashes_is_cut_between_two_of_them(self) -> None:
        pieces = line("SUMMARY", encode_text("\\" * 100)).removesuffix(b"\r\n").split(b"\r\n ")
        assert {piece.count(b"\\") % 2 for piece in pieces} == {0}

    def test_what_no_encoding_of_ours_gives_is_cut_between_characters(self) -> None:
        value = "\\^" * 36 + "\\😀" + "\\^" * 100
        assert content_line(line("SUMMARY", value)).value == value


class TestComponent:
    """RFC 5545 section 3.6: a component is between BEGIN and END."""

    def test_holds_its_lines(self) -> None:
        assert serialize(ALARM) == b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nSUMMARY:a\r\nEND:VALARM\r\n"

    @pytest.mark.parametrize("name", ["VEVENT\r\nX", "vevent", "", "VJOURNAL"])
    def test_a_name_that_is_not_in_the_list_is_refused(self, name: str) -> None:
        with refused(Code.NAME_UNKNOWN):
            serialize(Component(name))
