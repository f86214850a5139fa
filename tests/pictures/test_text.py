"""Texts in pictures: measured rather too wide than too narrow, broken into lines, and cut between graphemes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.markup.characters import ELLIPSIS, graphemes
from wtisd_model.pictures.pen import fitted, text_width, wrapped
from wtisd_model.strategies import localized_texts

TEXTS = localized_texts().map(str).map(lambda each: each.replace("\n", " "))
WIDTHS = st.floats(20, 400)


class TestWidth:
    """Measured in Chromium, at 100 pixels: the widest of DejaVu Sans, Noto Sans and Liberation Sans."""

    @pytest.mark.parametrize(
        ("text", "widest"),
        [
            ("World Telecommunication and Information Society Day", 2741),
            ("Journée mondiale des télécommunications et de la société de l'information", 3751),
            ("Всемирный день электросвязи и информационного общества", 3280),
            ("اليوم العالمي للاتصالات ومجتمع المعلومات", 1758),
            ("世界电信和信息社会日", 1000),
            ("세계전기통신의날", 736),
            ("14:30–16:30", 630),
            ("👨‍👩‍👧", 225),
        ],
    )
    def test_it_is_no_less_than_in_common_fonts_and_not_much_more(self, text: str, widest: float) -> None:
        assert widest <= text_width(text, 100) <= widest * (1.25 if text[0].isalnum() else 2)

    @pytest.mark.parametrize(
        ("text", "widest"),
        [
            ("ເວທີຂໍ້ມູນເປີດ ເປົ້າໝາຍການພັດທະນາແບບຍືນຍົງ", 1968),
            ("തുറന്ന ഡാറ്റ ഫോറം സുസ്ഥിര വികസന ലക്ഷ്യങ്ങൾ", 2759),
            ("திறந்த தரவு மன்றம் நிலையான வளர்ச்சி இலக்குகள் தொடர்பான கருத்தரங்கு", 4207),
            ("బహిరంగ డేటా ఫోరం సుస్థిర అభివృద్ధి లక్ష్యాలు", 1961),
            ("ಮುಕ್ತ ದತ್ತಾಂಶ ವೇದಿಕೆ ಸುಸ್ಥಿರ ಅಭಿವೃದ್ಧಿ", 1736),
            ("විවෘත දත්ත සංසදය තිරසාර සංවර්ධන අරමුණු", 2309),
            ("เวทีข้อมูลเปิด เป้าหมายการพัฒนาที่ยั่งยืน", 1604),
            ("\ufdfd", 1100),
            ("\ufdf6", 232),
            ("\u2e3a\u2e3b", 476),
            ("ŒÆ", 204),
            ("ǄǱǅ", 414),
            ("ШИРОКОФОРМАТНЫЙ ЩИТ ЖЮРИ", 1809),
            ("🄰ﷺ世", 200),
        ],
    )
    def test_wide_letters_and_signs_fit(self, text: str, widest: float) -> None:
        """From the widths in the widest of these fonts, in scripts of India each letter by itself."""
        assert widest <= text_width(text, 100) <= 3 * widest

    def test_it_grows_with_the_size_and_the_weight(self) -> None:
        assert text_width("Forum", 24) == 2 * text_width("Forum", 12)
        assert text_width("Forum", 12, bold=True) > text_width("Forum", 12)

    def test_marks_above_letters_have_no_width(self) -> None:
        assert text_width("e\u0301", 12, bold=True) == text_width("e", 12, bold=True)


class TestFitted:
    """A text that is too long ends with an ellipsis."""

    @LAW
    @given(TEXTS, WIDTHS)
    def test_it_fits_and_is_cut_between_graphemes(self, text: str, width: float) -> None:
        found = fitted(text, width, 12)
        assert text_width(found, 12) <= width
        if found != text:
            assert found.endswith(ELLIPSIS)
            pieces = graphemes(text)
            beginnings = {"".join(pieces[:number]).rstrip() for number in range(len(pieces))}
            assert found.removesuffix(ELLIPSIS) in beginnings

    def test_a_text_that_fits_is_not_cut(self) -> None:
        assert fitted("Forum", text_width("Forum", 12), 12) == "Forum"


def widest_grapheme(text: str) -> float:
    return max(text_width(each, 12) for each in graphemes(text))


class TestWrapped:
    """Lines end between words; nothing is lost unless the last line says so."""

    @LAW
    @given(TEXTS, WIDTHS, st.integers(1, 6))
    def test_every_line_fits(self, text: str, width: float, most: int) -> None:
        lines = wrapped(text, width, 12, most=most)
        assert 1 <= len(lines) <= most
        assert max(text_width(each, 12) for each in lines) <= max(width, widest_grapheme(text))

    @LAW
    @given(TEXTS, WIDTHS)
    def test_nothing_is_lost_where_there_is_room(self, text: str, width: float) -> None:
        def letters(written: str) -> str:
            return "".join(written.split())

        assert letters("".join(wrapped(text, width, 12, most=10_000))) == letters(text)

    @LAW
    @given(TEXTS, WIDTHS, st.integers(1, 3))
    def test_a_text_that_is_cut_ends_with_an_ellipsis(self, text: str, width: float, most: int) -> None:
        width = max(width, widest_grapheme(text))  # where a letter is wider than a line, it gets one all the same
        whole, found = wrapped(text, width, 12, most=10_000), wrapped(text, width, 12, most=most)
        assert found[: most - 1] == whole[: most - 1]
        if len(whole) > most:
            assert found[-1].endswith(ELLIPSIS)
        else:
            assert found == whole

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("Opening ceremony of the forum", ["Opening", "ceremony of", "the forum"]),
            ("Telecommunication", ["Telecommuni", "cation"]),
            ("世界电信和信息社会日，开幕式", ["世界电信和信", "息社会日，开", "幕式"]),
            ("open tele-medicine", ["open tele-", "medicine"]),
            ("a（世界）b", ["a（世界）b"]),
            ("a Telecommunication", ["a", "Telecommuni", "cation"]),
            ("tele-1 2-way", ["tele-1 2-way"]),
            ("tele-1medicine", ["tele-1medici", "ne"]),
            ("", [""]),
            (" " * 99, [""]),
        ],
    )
    def test_where_lines_end(self, text: str, lines: list[str]) -> None:
        assert wrapped(text, 83, 12, most=9) == lines

    @LAW
    @given(st.integers(10**15, 10**24), WIDTHS, st.booleans())
    def test_a_word_for_which_the_size_was_chosen_fits(self, number: int, width: float, bold: bool) -> None:
        size = 20 * width / text_width(f"{number:,}", 20, bold=bold)
        assert wrapped(f"Total: {number:,}", width, size, most=9, bold=bold) == ["Total:", f"{number:,}"]

    def test_a_letter_wider_than_the_line_has_a_line(self) -> None:
        assert wrapped("MÖ M", 1, 12, most=9) == ["M", "Ö", "M"]
