"""The pages that say what the source says are current, and every code has its words."""

import re
from typing import ClassVar

import pytest

from tests.docs import generate
from wtisd_model import Code, Nature
from wtisd_model.schema.fields import fields_of

ERRORS = (generate.DOCS / "errors.md").read_text(encoding="utf-8")


def sections(page: str) -> dict[str, str]:
    """Part a page at its headings of the third level."""
    parts = re.split(r"^### (\S+)\n", page, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], (re.split(r"^## ", part, flags=re.MULTILINE)[0] for part in parts[1::2]), strict=True))


class TestPages:
    """A field is declared once; the page that describes it is generated, committed, and current."""

    NAMES: ClassVar = sorted(generate.BLOCKS)

    @pytest.mark.parametrize("page", NAMES)
    def test_a_page_is_as_the_generator_writes_it(self, page: str) -> None:
        committed = (generate.DOCS / page).read_text(encoding="utf-8")
        assert committed == generate.rewritten(page, committed), "run python -m tests.docs.generate"

    def test_a_page_that_has_fallen_behind_is_brought_up_to_date(self) -> None:
        current = (generate.DOCS / "reference/states.md").read_text(encoding="utf-8")
        behind = current.replace("`waitlist`", "`queue`")
        assert behind != current
        assert generate.rewritten("reference/states.md", behind) == current

    def test_a_page_without_its_block_is_refused(self) -> None:
        with pytest.raises(LookupError, match="states"):
            generate.rewritten("reference/states.md", "<!-- states: begin -->\n")

    @pytest.mark.parametrize("cls", generate.classes())
    def test_every_field_has_a_row_with_its_key_and_its_meaning(self, cls: type) -> None:
        page = (generate.DOCS / "reference/fields.md").read_text(encoding="utf-8")
        section = page.partition(f"\n## {cls.__name__}\n")[2].partition("\n## ")[0]
        rows = [[cell.strip() for cell in line.split(" | ")] for line in section.splitlines() if line.startswith("| `")]
        names = [re.findall("`(.+?)`", row[0]) for row in rows]
        assert [(each[0], each[-1]) for each in names] == [(spec.name, spec.key) for spec in fields_of(cls)]
        assert [row for row in rows if not row[3]] == []

    def test_the_term_of_a_standard_stands_apart_from_the_meaning(self) -> None:
        assert generate.split_term("What it is called (schema.org name); None for a desk.") == (
            "What it is called; None for a desk.",
            "schema.org name",
        )
        assert generate.split_term("Why.") == ("Why.", "")


class TestGallery:
    """The code on a page makes the pictures that the page shows."""

    FOLDER: ClassVar = generate.DOCS / "gallery"

    def test_the_files_are_as_the_code_of_the_pages_writes_them(self) -> None:
        files = {path.relative_to(self.FOLDER).as_posix(): path for path in self.FOLDER.rglob("*") if path.is_file()}
        del files["forum.json"]
        committed = {name: path.read_bytes() for name, path in files.items()}
        assert generate.gallery() == committed, "run python -m tests.docs.generate"

    def test_every_file_is_shown_on_the_page(self) -> None:
        page = (generate.DOCS / "gallery.md").read_text(encoding="utf-8")
        shown = set(re.findall(r"gallery/([\w.-]+)", page))
        assert shown == {path.name for path in self.FOLDER.iterdir()}


class TestCodes:
    """STYLE: "Each `Code` has a paragraph in `docs/errors.md`"."""

    def test_every_code_has_its_section_under_its_nature_and_no_section_is_left_over(self) -> None:
        parts = re.split(r"^## (\S+)$", ERRORS, flags=re.MULTILINE)[1:]
        on_page = {title: list(sections(part)) for title, part in zip(parts[::2], parts[1::2], strict=True)}
        known = {nature.value.title(): [each.value for each in Code if each.nature is nature] for nature in Nature}
        assert {title: sorted(words) for title, words in on_page.items()} == {
            title: sorted(words) for title, words in known.items()
        }
        assert list(on_page) == [nature.value.title() for nature in Nature]

    def test_a_section_quotes_the_code_as_it_speaks_now(self) -> None:
        assert generate.with_quotations(ERRORS) == ERRORS, "run python -m tests.docs.generate"
        assert [each for each in Code if generate.quotation(each) not in sections(ERRORS)[each.value]] == []

    def test_a_section_says_in_words_when_it_appears_and_where_it_points(self) -> None:
        words = {each: sections(ERRORS)[each.value].replace(generate.quotation(each), "").split() for each in Code}
        assert [each.value for each in Code if len(words[each]) < 12] == []

    def test_a_quotation_that_has_fallen_behind_is_brought_up_to_date(self) -> None:
        behind = ERRORS.replace(f"> error: {Code.ZONE_UNKNOWN.message}", "> error: Unknown.")
        assert behind != ERRORS
        assert generate.with_quotations(behind) == ERRORS

    def test_a_section_about_no_code_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no-such-code"):
            generate.with_quotations("### no-such-code\n\nWords.\n")
