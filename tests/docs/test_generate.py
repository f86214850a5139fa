"""The pages that say what the source says are current, and every code has its words."""

import re
from typing import ClassVar

import pytest

from tests.docs import generate
from wtisd_model import Code, Nature
from wtisd_model.schema.fields import fields_of

CODES = {nature: (generate.DOCS / f"errors/{nature.value}.md").read_text(encoding="utf-8") for nature in Nature}


def sections(page: str) -> dict[str, str]:
    """Part a page at its headings of the second level."""
    parts = re.split(r"^## (\S+)\n", page, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


SECTIONS = {word: section for page in CODES.values() for word, section in sections(page).items()}


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
        name = "fields-of-rosters" if cls in generate.classes_of_rosters() else "fields"
        page = (generate.DOCS / f"reference/{name}.md").read_text(encoding="utf-8")
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
        del files["forum.json"], files["interpreters.csv"]
        committed = {name: path.read_bytes() for name, path in files.items()}
        assert generate.gallery() == committed, "run python -m tests.docs.generate"

    def test_every_file_is_shown_on_the_page(self) -> None:
        page = (generate.DOCS / "gallery.md").read_text(encoding="utf-8")
        shown = set(re.findall(r"gallery/([\w.-]+)", page))
        assert shown == {path.name for path in self.FOLDER.iterdir()}


class TestCodes:
    """STYLE: "Each `Code` has a paragraph in `docs/errors.md`"."""

    def test_every_code_has_its_section_on_the_page_of_its_nature_and_no_section_is_left_over(self) -> None:
        assert {nature: sorted(sections(page)) for nature, page in CODES.items()} == {
            nature: sorted(each.value for each in Code if each.nature is nature) for nature in Nature
        }
        assert {path.stem for path in (generate.DOCS / "errors").iterdir()} == {nature.value for nature in Nature}

    def test_a_section_quotes_the_code_as_it_speaks_now(self) -> None:
        for page in CODES.values():
            assert generate.with_quotations(page) == page, "run python -m tests.docs.generate"
        assert [each for each in Code if generate.quotation(each) not in SECTIONS[each.value]] == []

    def test_a_section_says_in_words_when_it_appears_and_where_it_points(self) -> None:
        words = {each: SECTIONS[each.value].replace(generate.quotation(each), "").split() for each in Code}
        assert [each.value for each in Code if len(words[each]) < 12] == []

    def test_a_quotation_that_has_fallen_behind_is_brought_up_to_date(self) -> None:
        current = CODES[Nature.SHAPE]
        behind = current.replace(f"> error: {Code.ZONE_UNKNOWN.message}", "> error: Unknown.")
        assert behind != current
        assert generate.with_quotations(behind) == current

    def test_a_section_about_no_code_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no-such-code"):
            generate.with_quotations("## no-such-code\n\nWords.\n")

    def test_every_link_to_a_code_leads_to_the_page_of_its_nature(self) -> None:
        behind = [
            path for path in generate.pages() if (text := path.read_text("utf-8")) != generate.with_links(path, text)
        ]
        assert behind == [], "run python -m tests.docs.generate"

    def test_a_link_to_a_code_is_brought_up_to_date_and_one_to_a_nature_stays(self) -> None:
        text = "[unknown](../errors.md#zone-unknown), [of the rules](../errors.md#rule)"
        assert generate.with_links(generate.DOCS / "how-to/json.md", text) == (
            "[unknown](../errors/shape.md#zone-unknown), [of the rules](../errors.md#rule)"
        )
