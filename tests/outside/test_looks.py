"""Pictures, the web page and mails as people see them: whole at every width, readable for all, and loading nothing."""

from pathlib import Path

import pytest

from tests.outside.looks import problems_in_chromium, problems_of_markup, write_documents

pytestmark = pytest.mark.outside

WRONG = """<!DOCTYPE html>
<html><head><title>Wrong</title><link rel="stylesheet" href="style.css"></head>
<body><p style="color: #ccc; width: 2000px">Hard to read</p>
<svg width="90" height="20"><text x="80" y="15">outside</text></svg></body></html>
"""


class TestLooks:
    """Every document of the gallery, in Arabic and English."""

    def test_everything_fits_and_axe_core_finds_nothing(self, tmp_path: Path) -> None:
        assert problems_in_chromium(write_documents(tmp_path)) == []

    def test_the_nu_html_checker_finds_nothing(self, tmp_path: Path) -> None:
        assert problems_of_markup(write_documents(tmp_path)) == []

    def test_a_document_with_faults_is_noticed(self, tmp_path: Path) -> None:
        (tmp_path / "wrong.html").write_text(WRONG, encoding="utf-8")
        found = "\n".join(problems_in_chromium([tmp_path / "wrong.html"]))
        for each in ("loads file:", "px wide", "outside of its picture: outside", "color-contrast", "html-has-lang"):
            assert each in found
        assert problems_of_markup([tmp_path / "wrong.html"])
