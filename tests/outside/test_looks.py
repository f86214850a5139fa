"""Pictures, the web page and mails as people see them: whole at every width, readable for all, and loading nothing."""

import re
from pathlib import Path

import pytest
from babel import Locale

from tests.outside.looks import FONTS, problems_in_chromium, problems_of_markup, widths_in_chromium, write_documents
from wtisd_model import locales
from wtisd_model.locales import languages
from wtisd_model.pictures.pen import text_width

pytestmark = pytest.mark.outside

WRONG = """<!DOCTYPE html>
<html><head><title>Wrong</title><link rel="stylesheet" href="style.css"></head>
<body><p style="color: #ccc; width: 2000px">Hard to read</p>
<table role="presentation" style="table-layout:fixed;width:30px"><tr><td>Unbreakable</td></tr></table>
<svg width="90" height="20"><text x="80" y="15">outside</text></svg></body></html>
"""


class TestLooks:
    """Every document of the gallery in Arabic and English, all but letters in German, wide letters in the others."""

    @pytest.mark.parametrize("font", FONTS)
    def test_everything_fits_in_each_font_and_axe_core_finds_nothing(self, font: str, tmp_path: Path) -> None:
        assert problems_in_chromium(write_documents(tmp_path), font, tmp_path) == []

    def test_the_nu_html_checker_finds_nothing(self, tmp_path: Path) -> None:
        assert problems_of_markup(write_documents(tmp_path)) == []

    def test_a_document_with_faults_is_noticed(self, tmp_path: Path) -> None:
        (tmp_path / "wrong.html").write_text(WRONG, encoding="utf-8")
        found = "\n".join(problems_in_chromium([tmp_path / "wrong.html"], FONTS[0], tmp_path))
        for each in (
            "loads file:",
            "px wide",
            "outside of its picture: outside",
            "wider than its cell: Unb",
            "color-contrast",
            "html-has-lang",
        ):
            assert each in found
        assert problems_of_markup([tmp_path / "wrong.html"])

    def test_a_font_that_is_missing_is_noticed(self, tmp_path: Path) -> None:
        with pytest.raises(AssertionError, match="Helvetica is missing"):
            problems_in_chromium([], "Helvetica", tmp_path)


LOCALES = Path(locales.__file__).parent
OTHERS = "am bg bn de el fa gu he hi hy ja ka km kn ko lo ml mr my or pa pl si sr ta te th tr uk ur vi"


def names(language: str) -> list[str]:
    """Return the names of all countries and languages."""
    locale = Locale(language)
    return sorted({*locale.territories.values(), *locale.languages.values()})


class TestWidths:
    """Texts are measured "rather too wide than too narrow", since nothing is squeezed and no font is known."""

    @pytest.mark.parametrize("font", FONTS)
    def test_no_text_is_wider_than_we_think(self, font: str, tmp_path: Path) -> None:
        words = [re.findall('"([^"{}]+)"', file.read_text(encoding="utf-8")) for file in LOCALES.glob("*.toml")]
        texts = {each for several in (*words, *map(names, languages())) for each in several}
        # In other scripts, letters are not measured one by one: a word may be wider, but five names are not.
        for language in OTHERS.split():
            several = names(language)
            texts |= {", ".join(several[at : at + 5]) for at in range(0, len(several) - 4, 5)}
        shown = sorted(texts)
        for weight, widths in widths_in_chromium(shown, font, tmp_path).items():
            ours = [text_width(each, 100, bold=weight == "600") for each in shown]
            assert [text for text, our, width in zip(shown, ours, widths, strict=True) if our < width] == []
