"""The tables are what their sources publish in the versions that constraints.txt pins."""

from importlib import metadata
from typing import ClassVar

import pytest

from tests.data import generate
from wtisd_model.locales import languages


class TestGenerate:
    """The tables are generated, committed, and current."""

    MODULES: ClassVar = sorted(generate.blocks())

    @pytest.mark.parametrize("module", MODULES)
    def test_a_module_is_as_the_generator_writes_it(self, module: str) -> None:
        committed = (generate.FOLDER / f"{module}.py").read_text(encoding="utf-8")
        assert committed == generate.rewritten(module, committed)

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_a_file_of_names_is_as_the_generator_writes_it(self, language: str) -> None:
        committed = (generate.FOLDER / "names" / f"{language}.toml").read_text(encoding="utf-8")
        assert committed == generate.names_file(language)

    def test_the_licence_of_cldr_goes_along_word_for_word(self) -> None:
        assert metadata.distribution("wtisd-model").read_text("licenses/LICENSES/Unicode-3.0.txt") == (
            generate.cldr_licence()
        )

    def test_a_block_that_has_fallen_behind_is_brought_up_to_date(self) -> None:
        current = (generate.FOLDER / "countries.py").read_text(encoding="utf-8")
        behind = current.replace("CHE:CH ", "").replace("tzdata ", "tzdata 1.")
        assert behind != current
        assert generate.rewritten("countries", behind) == current

    def test_a_module_without_its_block_is_refused(self) -> None:
        with pytest.raises(LookupError, match="_ALPHA_3"):
            generate.rewritten("countries", "")
