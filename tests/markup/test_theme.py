"""Themes: whatever the accent is, everything can be read."""

import pytest
from attrs import asdict
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_html
from wtisd_model import Code, InvalidValueError, Theme
from wtisd_model.markup.element import element
from wtisd_model.markup.theme import MARK_CONTRAST, TEXT_CONTRAST, contrast, mixed, readable

ACCENTS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def luminance(color: str) -> float:
    """WCAG 2.2: L = 0.2126 R + 0.7152 G + 0.0722 B, each of them linear (written once more, and not shared)."""
    total = 0.0
    for start, weight in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
        share = int(color[start : start + 2], 16) / 255
        total += weight * (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return total


def ratio(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


class TestContrast:
    """WCAG 2.2: "(L1 + 0.05) / (L2 + 0.05)"."""

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        # As published: black on white, and the greys that just pass and fail on white.
        [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#767676", "#ffffff", 4.54),
            ("#777777", "#ffffff", 4.48),
        ],
    )
    def test_known_ratios(self, one: str, other: str, expected: float) -> None:
        assert round(contrast(one, other), 2) == expected

    @LAW
    @given(ACCENTS, ACCENTS)
    def test_it_is_the_formula_in_both_directions(self, one: str, other: str) -> None:
        assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio(one, other))

    @LAW
    @given(ACCENTS, ACCENTS)
    def test_a_colour_is_shifted_until_it_can_be_read(self, color: str, background: str) -> None:
        found = readable(color, background)
        assert ratio(found, background) >= TEXT_CONTRAST
        if ratio(color, background) >= TEXT_CONTRAST:
            assert found == color

    def test_black_or_white_is_the_last_resort(self) -> None:
        assert readable("#808080", "#ffffff", ratio=21) == "#000000"
        assert readable("#808080", "#000000", ratio=22) == "#ffffff"

    def test_a_mix_lies_between(self) -> None:
        assert mixed("#000000", "#ffffff", 0) == "#ffffff"
        assert mixed("#000000", "#ffffff", 1) == "#000000"
        assert mixed("#ff0000", "#0000ff", 0.5) == "#800080"


class TestTheme:
    """WCAG 2.2, 1.4.3: text has a contrast of 4.5:1; 1.4.11: what means something has 3:1."""

    @LAW
    @given(ACCENTS)
    @example("#ffffff")
    @example("#000000")
    @example("#ffff00")
    def test_everything_can_be_read_whatever_the_accent(self, accent: str) -> None:
        theme = Theme(accent=accent)
        for found in (theme.light, theme.dark):
            grounds = (found.page, found.surface, found.soft, found.alert_soft)
            for text in (found.text, found.muted, found.accent, found.alert):
                assert min(ratio(text, each) for each in grounds) >= TEXT_CONTRAST
            assert min(ratio(found.line, each) for each in grounds) >= MARK_CONTRAST

    def test_an_accent_that_can_be_read_is_kept(self) -> None:
        assert Theme(accent="#0B5CAD").light.accent == "#0b5cad"
        assert Theme() == Theme(accent="#0b5cad")

    @pytest.mark.parametrize("accent", ["blue", "#0b5", "0b5cad", "#0b5cag", "#0b5cad;", "#0b5cad\n", ""])
    def test_anything_else_is_refused(self, accent: str) -> None:
        with pytest.raises(InvalidValueError) as refused:
            Theme(accent=accent)
        assert [(each.code, each.path) for each in refused.value.findings] == [(Code.COLOR_MALFORMED, "/accent")]

    def test_the_style_sheet_has_each_colour_in_each_mode(self) -> None:
        theme = Theme(accent="#AA0000")
        css = theme.style_sheet()
        read_html(element("style", css))
        assert theme.scope == "wm-aa0000"
        assert css.count(".wm-aa0000{") == 2
        for palette in (theme.light, theme.dark):
            for name, value in asdict(palette).items():
                assert f"--{name.replace('_', '-')}:{value};" in css
        assert css.index(theme.light.page) < css.index("prefers-color-scheme:dark") < css.index(theme.dark.page)
