"""A picture as an SVG file, as an HTML document and in a notebook."""

import re
from itertools import pairwise

import pytest
from attrs import evolve

from tests.markup.reading import read_html, read_xml
from wtisd_model import Theme
from wtisd_model.markup.element import element
from wtisd_model.pictures import Drawing, Picture

HOSTILE = "</title><script>alert(1)</script> منتدى"


def picture(*, language: str = "en", days: int = 1) -> Picture:
    drawings = tuple(
        Drawing(
            title=HOSTILE if days == 1 else f"{HOSTILE} {day}",
            description="Read it.",
            width=100 + 50 * day,
            height=40,
            content=element("rect", class_="fill-soft", width=10, height=10),
        )
        for day in range(days)
    )
    table = element("table", element("caption", "T"), element("tr", element("th", "Day", scope="col")))
    return Picture(language=language, theme=Theme(), title=HOSTILE, drawings=drawings, make_table=lambda: table)


class TestSvg:
    """One file that nothing has to be loaded for, with a title and a description."""

    def test_it_is_an_image_with_a_title_and_a_description(self) -> None:
        root = read_xml(picture().svg)
        assert (root.tag, root.get("role"), root.get("lang")) == ("svg", "img", "en")
        assert [each.tag for each in root][:3] == ["title", "desc", "style"]
        assert (root[0].text, root[1].text) == (HOSTILE, "Read it.")
        assert 'xmlns="http://www.w3.org/2000/svg"' in picture().svg

    def test_drawings_are_one_below_the_other(self) -> None:
        root = read_xml(picture(days=3).svg)
        places = [each.get("transform") for each in root if each.tag == "g"]
        assert {each.rpartition(" ")[0] for each in places if each} == {"translate(16"}
        tops = [float(each.rpartition(" ")[2].rstrip(")")) for each in places if each]
        assert all(above + 40 < below for above, below in pairwise(tops))
        assert root.get("viewbox", "").startswith("0 0 232 ")
        assert float(root.get("height", "0")) == tops[-1] + 40 + 16

    def test_they_begin_at_the_right_in_arabic(self) -> None:
        root = read_xml(picture(days=2, language="ar").svg)
        places = [each.get("transform", "").partition(" ")[0] for each in root if each.tag == "g"]
        assert places == ["translate(66", "translate(16"]

    def test_headings_are_above_the_drawings(self) -> None:
        shown = ["".join(each.text or "" for each in read_xml(picture(days=days).svg).iter("text")) for days in (1, 2)]
        squeezed = ["".join(each.split()) for each in shown]
        assert squeezed == ["".join(HOSTILE.split()), "".join(f"{HOSTILE} {HOSTILE} 0 {HOSTILE} 1".split())]

    def test_its_colours_are_plain_and_in_both_modes(self) -> None:
        text = picture().svg
        assert "var(" not in text
        for palette in (Theme().light, Theme().dark):
            assert f".fill-soft{{fill:{palette.soft}}}" in text

    def test_it_has_the_colours_that_it_uses(self) -> None:
        for text, used in ((picture().svg, {"page", "soft", "text"}), (picture().html, {"soft"})):
            assert {*re.findall(r"\.fill-([a-z-]+)\{", text)} == used
            assert ".stroke-" not in text

    def test_it_loads_nothing(self) -> None:
        for text in (picture().svg, picture().html):
            assert not {each.tag for each in read_xml(text.removeprefix("<!DOCTYPE html>\n")).iter()} & {
                *("script", "link", "img", "image", "use", "iframe", "object", "foreignobject")
            }
            assert "url(" not in text
            assert "@import" not in text


class TestHtml:
    """A document with the drawings and the table, each in a region that can be scrolled."""

    @pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
    def test_it_has_a_language_a_direction_and_one_heading(self, language: str, direction: str) -> None:
        root = read_html(picture(language=language).html)
        assert (root.get("lang"), root.get("dir")) == (language, direction)
        assert [each.text for each in root.iter("h1")] == [HOSTILE]
        assert list(root.iter("h2")) == []

    def test_several_drawings_have_headings(self) -> None:
        root = read_html(picture(days=2).html)
        assert [each.text for each in root.iter("h2")] == [f"{HOSTILE} 0", f"{HOSTILE} 1"]

    def test_regions_can_be_reached_with_the_keyboard_and_have_different_names(self) -> None:
        regions = [each for each in read_html(picture(days=2).html).iter() if each.get("role") == "region"]
        assert [each.get("tabindex") for each in regions] == ["0", "0", "0"]
        assert [each.get("aria-label") for each in regions] == [f"{HOSTILE} 0", f"{HOSTILE} 1", "The same as a table"]
        assert [[inner.tag for inner in each] for each in regions] == [["svg"], ["svg"], ["table"]]

    def test_a_wide_drawing_is_printed_across(self) -> None:
        wide = [evolve(each, width=800) for each in picture().drawings]
        assert "@page{size:landscape" in evolve(picture(), drawings=tuple(wide)).html
        assert "@page" not in picture().html


class TestNotebook:
    """In Jupyter, a fragment: the drawings, and the table to open."""

    def test_it_is_a_fragment(self) -> None:
        found = read_html(picture(language="ar")._repr_html_())
        assert (found.tag, found.get("lang"), found.get("dir")) == ("div", "ar", "rtl")
        assert [each.tag for each in found] == ["style", "div", "details"]
        assert next(found.iter("summary")).text == "البيانات نفسها في جدول"
        assert len(list(found.iter("table"))) == 1

    def test_its_repr_has_no_texts(self) -> None:
        assert "alert" not in repr(picture())
