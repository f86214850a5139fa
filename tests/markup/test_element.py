"""Elements: what is written is what programs read, whatever the texts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.markup.reading import outline, read_html, read_xml, text_of
from tests.markup.texts import TEXTS
from wtisd_model.markup.element import Markup, element, html_document, joined, lines, tagged


class TestElement:
    """Texts are data: HTML and XML read the same elements, and the texts that were given."""

    @LAW
    @given(TEXTS, TEXTS)
    def test_html_and_xml_read_what_was_written(self, text: str, value: str) -> None:
        written = element("p", text, element("b", text), element("br"), text, title=value)
        for found in (read_html(written), read_xml(written)):
            assert [each.tag for each in found.iter()] == ["p", "b", "br"]
            assert found.attrib == {"title": value}
            assert text_of(found) == text + text + "\n" + text
        assert outline(read_html(written)) == outline(read_xml(written))

    @LAW
    @given(st.text())
    def test_any_python_text_can_be_read(self, text: str) -> None:
        written = element("p", text, title=text)
        assert outline(read_html(written)) == outline(read_xml(written))

    def test_what_neither_can_hold_is_replaced(self) -> None:
        assert element("p", "a\0b\r\x85\ud800\ufffe\U0010ffff", title="\x1b") == (
            '<p title="\ufffd">a\ufffdb\ufffd\ufffd\ufffd\ufffd\ufffd</p>'
        )

    def test_markup_is_written_as_it_is_and_a_part_of_it_is_a_text_again(self) -> None:
        inner = element("b", "<")
        assert element("p", inner) == "<p><b>&lt;</b></p>"
        assert element("p", inner[:3]) == "<p>&lt;b&gt;</p>"
        assert element("p", f"{inner}") == "<p>&lt;b&gt;&amp;lt;&lt;/b&gt;</p>"

    def test_none_is_nothing(self) -> None:
        assert element("p", None, "a", None, title=None) == "<p>a</p>"
        assert joined(None, "<", None) == "&lt;"

    def test_a_separator_is_between_what_is_there(self) -> None:
        assert joined(None, "a", None, element("b", "c"), separator=" & ") == "a &amp; <b>c</b>"
        assert joined("a", "b", separator=element("br")) == "a<br>b"
        assert joined(None, separator=", ") == joined("", separator=", ") == ""

    def test_names_of_attributes_have_hyphens(self) -> None:
        written = element("label", class_="a", for_="b", aria_label="c", viewBox="0 0 1 1")
        assert written == '<label class="a" for="b" aria-label="c" viewBox="0 0 1 1"></label>'

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (0, "0"),
            (12, "12"),
            (1_000_000, "1000000"),
            (0.5, "0.5"),
            (1.126, "1.13"),
            (2.0, "2"),
            (-1.5, "-1.5"),
            (3.999, "4"),
            (True, ""),
        ],
    )
    def test_numbers_have_two_decimals_at_most(self, value: float, written: str) -> None:
        assert element("rect", x=value) == f'<rect x="{written}"></rect>'

    def test_an_attribute_that_is_false_is_left_out(self) -> None:
        assert element("p", hidden=False) == "<p></p>"

    @pytest.mark.parametrize(
        "address",
        [
            "https://example.org/?a=1&b=2",
            "mailto:a@example.org",
            "tel:+41225550100",
            "#s-1",
            "./s-1.ics",
            "../fr/",
            "/fr/index.html",
            "s-1.ics",
            "a",
        ],
    )
    def test_an_address_that_loads_a_page_or_a_file_is_taken(self, address: str) -> None:
        assert read_html(element("a", "Join", href=address)).attrib == {"href": address}

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,a",
            "\u0001javascript:alert(1)",
            "//evil",
            "/\\evil",
            " a",
            "",
        ],
    )
    def test_an_address_that_may_run_something_is_refused(self, address: str) -> None:
        for name in ("href", "src", "action"):
            with pytest.raises(ValueError, match="may run something"):
                element("a", "Join", **{name: address})

    def test_a_style_sheet_is_raw(self) -> None:
        assert element("style", "a>b{content:'x'}") == "<style>a>b{content:'x'}</style>"

    @pytest.mark.parametrize("text", ["</style>", "a&b", "<!--"])
    def test_raw_text_that_html_and_xml_read_differently_is_refused(self, text: str) -> None:
        for tag in ("script", "style"):
            with pytest.raises(ValueError, match="neither < nor &"):
                element(tag, text)


class TestTexts:
    """A text in its own language: with its tag and its direction, and nothing around it is affected."""

    def test_it_has_its_language_if_that_differs(self) -> None:
        assert tagged("bdi", ("Forum", "en"), within="en") == "<bdi>Forum</bdi>"
        assert tagged("p", ("منتدى", "ar"), within="en") == '<p lang="ar" dir="auto">منتدى</p>'
        assert tagged("dd", ("?", ""), within="en", class_="a") == '<dd lang="" dir="auto" class="a">?</dd>'

    def test_line_feeds_are_kept(self) -> None:
        assert lines("a\n<b>") == "a<br>&lt;b&gt;"
        assert tagged("p", ("a\nb", "en")) == '<p lang="en" dir="auto">a<br>b</p>'


class TestDocument:
    """A document says its encoding, its language and its direction."""

    def test_it_is_a_document(self) -> None:
        written = html_document(element("title", "منتدى <"), element("body", "a"), language="ar", direction="rtl")
        assert written.startswith('<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>')
        assert [each.tag for each in read_html(written).iter()] == ["html", "head", "meta", "title", "body"]
        assert isinstance(joined(), Markup)
