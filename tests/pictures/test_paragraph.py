"""Paragraphs: no line is wider than its room, and the next thing begins below the last one."""

import pytest

from tests.markup.reading import read_xml
from wtisd_model.markup.element import element
from wtisd_model.pictures.pen import LINE, Pen, paragraph, text_width

TEXT = "Empowering the least developed countries through information and communication technologies"


class TestParagraph:
    """A text in lines of its own."""

    def test_each_line_fits_and_they_are_below_each_other(self) -> None:
        pen = Pen(width=200, rtl=False, language="en")
        end = paragraph(pen, TEXT, "fill-text", top=10, width=150, size=12, start=20, most=9, language="fr")
        lines = list(read_xml(element("svg", pen.drawn())))
        assert " ".join(each.text or "" for each in lines) == TEXT
        assert all(text_width(each.text or "", 12) <= 150 for each in lines)
        tops = [float(each.get("y", "")) for each in lines]
        assert tops == sorted(tops)
        assert 10 < tops[0] < 10 + 12 * LINE
        assert end == pytest.approx(10 + len(lines) * 12 * LINE)
        assert {each.get("x") for each in lines} <= {"20", "20.0"}
        assert {each.get("lang") for each in lines} == {"fr"}

    def test_what_does_not_fit_is_cut(self) -> None:
        pen = Pen(width=200, rtl=False, language="en")
        paragraph(pen, TEXT, "fill-text", top=0, width=150, size=12, most=2)
        *_, last = read_xml(element("svg", pen.drawn()))
        assert (last.text or "").endswith("…")
