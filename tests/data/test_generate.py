"""The tables are what their sources publish in the versions that constraints.txt pins."""

from importlib import metadata
from typing import ClassVar

import pytest

from tests.data import generate
from wtisd_model.locales import languages


class TestGenerate:
    """The tables are generated, committed, and current."""

    LISTS: ClassVar = sorted(generate.blocks())

    @pytest.mark.parametrize("name", LISTS)
    def test_lists_are_as_the_generator_writes_them(self, name: str) -> None:
        committed = generate.list_path(name).read_text(encoding="utf-8")
        assert committed == generate.rewritten(name, committed)

    @pytest.mark.parametrize("name", LISTS)
    def test_a_module_names_the_versions_of_its_lists(self, name: str) -> None:
        committed = (generate.FOLDER / f"{name}.py").read_text(encoding="utf-8")
        assert committed == generate.with_versions(committed)

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_a_file_of_names_is_as_the_generator_writes_it(self, language: str) -> None:
        committed = (generate.FOLDER / "names" / f"{language}.toml").read_text(encoding="utf-8")
        assert committed == generate.names_file(language)

    def test_the_licence_of_cldr_goes_along_word_for_word(self) -> None:
        assert metadata.distribution("wtisd-model").read_text("licenses/LICENSES/Unicode-3.0.txt") == (
            generate.cldr_licence()
        )

    def test_what_has_fallen_behind_is_brought_up_to_date(self) -> None:
        current = generate.list_path("countries").read_text(encoding="utf-8")
        assert generate.rewritten("countries", current.replace("CHE:CH ", "")) == current
        module = (generate.FOLDER / "countries.py").read_text(encoding="utf-8")
        assert generate.with_versions(module.replace("tzdata ", "tzdata 1.")) == module

    def test_a_file_without_its_list_is_refused(self) -> None:
        with pytest.raises(LookupError, match="alpha_3"):
            generate.rewritten("countries", "")
