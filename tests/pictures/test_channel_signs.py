"""The signs of the channels differ in their shape, not only in their colour."""

import re

from tests.markup.reading import read_xml
from wtisd_model.markup.element import Markup, element
from wtisd_model.pictures.coverage_picture import SIGN, draw_signs
from wtisd_model.pictures.pen import Pen
from wtisd_model.planning.results import Channel

SIGNS = (*Channel, None)


PLACE = (20, 30)


def drawn(channel: Channel | None, *places: tuple[float, float], rtl: bool = False) -> Markup:
    pen = Pen(width=100, rtl=rtl, language="ar" if rtl else "en")
    draw_signs(pen, channel, places or [PLACE], "text")
    return pen.drawn()


def points(markup: Markup) -> list[tuple[float, float]]:
    """Return the points of all paths."""
    paths = "".join(each.get("d", "") for each in read_xml(element("svg", markup)).iter("path"))
    return [(float(start), float(top)) for start, top in re.findall(r"[ML]([0-9.]+) ([0-9.]+)", paths)]


class TestSigns:
    """WCAG 2.2, 1.4.1: colour is not the only means by which something is said."""

    def test_each_has_a_shape_of_its_own(self) -> None:
        assert len({drawn(each) for each in SIGNS}) == len(SIGNS)

    def test_it_is_the_same_at_several_places(self) -> None:
        for each in SIGNS:
            both = drawn(each, PLACE, (60, 70))
            assert {*points(drawn(each)), *points(drawn(each, (60, 70)))} == {*points(both)}
            shapes = [one.tag for one in read_xml(element("svg", both))]
            assert shapes.count("path") <= 1
            assert shapes.count("rect") in {0, 2}

    def test_no_sign_leaves_its_square(self) -> None:
        for start, top in (point for each in SIGNS for point in points(drawn(each))):
            assert 20 <= start <= 20 + SIGN
            assert 30 <= top <= 30 + SIGN

    def test_arrows_point_in_the_direction_of_reading(self) -> None:
        assert [start for start, _ in points(drawn(Channel.DIRECT))] == [23, 28, 23]
        assert [start for start, _ in points(drawn(Channel.DIRECT, rtl=True))] == [77, 72, 77]
