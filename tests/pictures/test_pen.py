"""Drawing in both directions: what is measured from the beginning is mirrored as a whole."""

import re
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_xml
from wtisd_model.markup.element import element
from wtisd_model.pictures.pen import Pen

WIDTH = 200
NUMBERS = st.integers(0, WIDTH)


def pens() -> tuple[Pen, Pen]:
    return Pen(width=WIDTH, rtl=False, language="en"), Pen(width=WIDTH, rtl=True, language="ar")


def only(pen: Pen) -> Element:
    (found,) = read_xml(element("svg", pen.drawn()))
    return found


class TestPen:
    """Distances are measured from the side where reading begins."""

    @LAW
    @given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
    def test_shapes_are_mirrored(self, start: int, top: int, width: int, height: int) -> None:
        left, right = pens()
        for pen in (left, right):
            pen.rectangle(start, top, width, height, "fill-soft", radius=4)
        one, other = only(left).attrib, only(right).attrib
        assert float(one["x"]) + float(one["width"]) == WIDTH - float(other["x"])
        assert {**one, "x": ""} == {**other, "x": ""}

    def test_lines_are_mirrored(self) -> None:
        left, right = pens()
        for pen in (left, right):
            pen.line(10, 0, 60, 5, "stroke-line")
        assert [only(left).attrib[name] for name in ("x1", "y1", "x2", "y2")] == ["10", "0", "60", "5"]
        assert [only(right).attrib[name] for name in ("x1", "y1", "x2", "y2")] == ["190", "0", "140", "5"]

    @pytest.mark.parametrize(
        ("rtl", "text", "at_end", "anchor"),
        # SVG 2 section 11.6: "start" is where the text begins: at the right, if it is right to left.
        [
            (False, "Forum", False, None),
            (False, "Forum", True, "end"),
            (False, "منتدى", False, "end"),
            (False, "منتدى", True, None),
            (True, "منتدى", False, None),
            (True, "منتدى", True, "end"),
            (True, "Forum", False, "end"),
            (True, "Forum", True, None),
            (True, "14:30", False, None),
            (False, "14:30", False, None),
        ],
    )
    def test_a_text_begins_or_ends_at_its_place(
        self, *, rtl: bool, text: str, at_end: bool, anchor: str | None
    ) -> None:
        pen = Pen(width=WIDTH, rtl=rtl, language="en")
        pen.text(20, 40, text, "fill-text", at_end=at_end)
        found = only(pen)
        assert found.text == text
        assert (found.get("x"), found.get("y")) == ("180" if rtl else "20", "40")
        assert found.get("text-anchor") == anchor

    def test_a_text_has_its_direction_and_language(self) -> None:
        pen, _ = pens()
        pen.text(0, 0, "منتدى", "fill-text", language="ar", bold=True, struck=True, centred=True)
        shown = only(pen).attrib
        assert (shown["direction"], shown["lang"], shown["text-decoration"]) == ("rtl", "ar", "line-through")
        assert (shown["text-anchor"], shown["font-weight"], shown["class"]) == ("middle", "600", "fill-text")
        pen, _ = pens()
        pen.text(0, 0, "Forum", "fill-text", language="en")
        assert only(pen).attrib == {"x": "0", "y": "0", "class": "fill-text", "font-size": "12"}
        pen, _ = pens()
        pen.text(0, 0, "Forum", "", size=None)
        assert only(pen).attrib == {"x": "0", "y": "0"}

    def test_a_group_has_what_was_drawn_and_its_title(self) -> None:
        pen, _ = pens()
        pen.rectangle(0, 0, 1, 1, "", title="<2>")
        group = read_xml(pen.group(title="<1>", class_="fill-soft"))
        assert [(each.tag, each.text) for each in group.iter()] == [
            *(("g", None), ("title", "<1>"), ("rect", None), ("title", "<2>"))
        ]
        assert [each.get("class") for each in group.iter()] == ["fill-soft", None, None, None]
        assert pen.group() == "<g></g>"
        pen.add(element("g"))
        assert pen.drawn() == "<g></g>"

    @LAW
    @given(NUMBERS, NUMBERS, st.integers(1, WIDTH), st.integers(1, 40))
    def test_hatching_stays_inside_its_rectangle_and_is_mirrored(
        self, start: int, top: int, width: int, height: int
    ) -> None:
        left, right = pens()
        for pen in (left, right):
            pen.hatching(start, top, width, height, "stroke-line")
        one, other = points(only(left)), points(only(right))
        assert one
        assert all(start <= x <= start + width and top <= y <= top + height for x, y in one)
        assert [(round(WIDTH - x, 1), y) for x, y in one] == other

    def test_strokes_go_through_their_points(self) -> None:
        _, pen = pens()
        pen.strokes([((10, 1), (20.25, 2), (10, 3)), ((0, 0), (1, 1))], "stroke-accent", stroke_width=2)
        found = only(pen)
        assert found.get("d") == "M190 1L179.8 2L190 3M200 0L199 1"
        assert (found.get("fill"), found.get("stroke-width")) == ("none", "2")


def points(path: Element) -> list[tuple[float, float]]:
    numbers = re.findall(r"[ML](-?[0-9.]+) (-?[0-9.]+)", path.get("d", ""))
    return [(float(start), float(top)) for start, top in numbers]
