"""Bars: as long as their numbers, with these in words above them."""

import pytest

from tests.markup.reading import read_xml
from wtisd_model.locales import locale_for
from wtisd_model.markup.element import element
from wtisd_model.pictures.bars import Bar, BarTexts, draw_bars
from wtisd_model.pictures.pen import NARROW

LONG = "Empowering the least developed countries through information and communication technologies: a table"
BARS = (
    Bar(("Switzerland", "en"), "46", 1.0),
    Bar((LONG, "en"), "23", 0.5, marked=0.25),
    Bar(("Chad", "en"), "0", 0.0),
)


def rectangles(language: str = "en", class_: str = "fill-accent") -> list[tuple[float, float]]:
    """Return where each rectangle begins, and its width."""
    _, content = draw_bars(locale_for(language), BarTexts(["Total"]), BARS)
    return [
        (float(each.get("x", "")), float(each.get("width", "")))
        for each in read_xml(element("svg", content)).iter("rect")
        if class_ in each.get("class", "").split()
    ]


class TestBars:
    """A bar is as long as its share, and ends with its marked part."""

    def test_they_are_as_long_as_their_shares(self) -> None:
        assert rectangles() == [(0, NARROW), (0, NARROW / 4)]
        assert rectangles(class_="stroke-accent") == [(NARROW / 4 + 0.5, NARROW / 4 - 1)]

    @pytest.mark.parametrize("is_hollow", [True, False])
    def test_a_hollow_part_has_an_outline_only(self, *, is_hollow: bool) -> None:
        _, content = draw_bars(locale_for("en"), BarTexts(["Total"], is_hollow=is_hollow), BARS)
        drawn = read_xml(element("svg", content))
        assert len([each for each in drawn.iter("rect") if "stroke-accent" in each.get("class", "").split()]) == 1
        assert (next(drawn.iter("path"), None) is None) is is_hollow

    def test_they_begin_at_the_right_in_arabic(self) -> None:
        assert rectangles("ar") == [(0, NARROW), (NARROW * 3 / 4, NARROW / 4)]
        assert rectangles("ar", "stroke-accent") == [(NARROW / 2 + 0.5, NARROW / 4 - 1)]

    def test_each_has_its_name_and_number_in_a_group_with_the_whole_name(self) -> None:
        _, content = draw_bars(locale_for("en"), BarTexts(["Total"]), BARS)
        groups = [each for each in read_xml(element("svg", content)) if each.find("title") is not None]
        assert [each.findtext("title") for each in groups] == ["Switzerland: 46", f"{LONG}: 23", "Chad: 0"]
        assert [[*each.iter("text")][-1].text for each in groups] == ["46", "23", "0"]

    def test_a_number_that_is_too_long_to_be_beside_its_name_is_below_it(self) -> None:
        amount = "CHF 999,999,999,999,999,999.99"
        bars = (Bar(("Switzerland", "en"), amount, 1.0), Bar(("Chad", "en"), amount * 2, 1.0))
        _, content = draw_bars(locale_for("en"), BarTexts(["Total"]), bars)
        texts = [*read_xml(element("svg", content)).iter("text")][1:]
        assert [each.text for each in texts[:3]] == ["Switzerland", amount, "Chad"]
        assert (texts[3].text or "").endswith("…")
        tops = [float(each.get("y", "")) for each in texts]
        assert tops == sorted(set(tops))

    @pytest.mark.parametrize("marked", ["", "Without an amount: 3"])
    def test_the_texts_around_them_are_drawn_in_order(self, marked: str) -> None:
        texts = BarTexts(["Total: 3"], ["Estimated: 1"], marked, notes=["Each counts once."])
        height, content = draw_bars(locale_for("en"), texts, BARS[:1])
        found = [each.text for each in read_xml(element("svg", content)).iter("text")]
        legend = [marked] if marked else []
        assert found == ["Total: 3", "Estimated: 1", *legend, "Switzerland", "46", "Each counts once."]
        lowest = max(float(each.get("y", "")) for each in read_xml(element("svg", content)).iter("text"))
        assert lowest < height
