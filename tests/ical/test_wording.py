"""The sentences that we add, in six languages."""

import pytest
from attrs import asdict

from wtisd_model.ical.wording import wording

OFFICIAL = ["ar", "en", "es", "fr", "ru", "zh"]


class TestWording:
    """Issue: "Postponed and cancelled events say so"."""

    @pytest.mark.parametrize("tag", OFFICIAL)
    def test_each_official_language_of_the_united_nations_has_its_own(self, tag: str) -> None:
        assert wording(tag).language == tag
        sentences = [each for key, each in asdict(wording(tag)).items() if key != "language"]
        assert all(sentences)
        assert len(set(sentences)) == len(sentences)
        others = {each for other in OFFICIAL if other != tag for each in asdict(wording(other)).values()}
        assert not others & set(sentences)

    @pytest.mark.parametrize(("tag", "found"), [("fr-CH", "fr"), ("zh-Hant-TW", "zh"), ("ar-Latn", "ar")])
    def test_a_language_of_a_country_or_script_reads_the_same(self, tag: str, found: str) -> None:
        assert wording(tag).language == found

    @pytest.mark.parametrize("tag", ["de", "ase", "fro", "est", "zha"])
    def test_all_others_read_english(self, tag: str) -> None:
        assert wording(tag).language == "en"

    @pytest.mark.parametrize("tag", OFFICIAL)
    def test_none_has_a_backslash_or_a_line_break(self, tag: str) -> None:
        # Some programs misread a backslash, however it is escaped.
        assert not any({"\\", "\n"} & set(each) for each in asdict(wording(tag)).values())
