"""The names of languages and countries."""

import pytest

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.languages import LANGUAGES, SIGN_LANGUAGES
from wtisd_model.locales import languages
from wtisd_model.programme.names import country_name, language_name, name_order
from wtisd_model.reading.codes_by_name import country_named, language_named, unambiguous
from wtisd_model.types.language import LANGUAGE

SHIPPED = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")


class TestLanguageName:
    """Unicode Technical Standard 35, part 2: the longest known tag, and the other parts in parentheses."""

    @pytest.mark.parametrize(
        ("tag", "english", "french"),
        [
            ("fr", "French", "français"),
            ("fr-CH", "Swiss French", "français suisse"),
            ("zh-Hans", "Simplified Chinese", "chinois simplifié"),
            ("sr-Latn-RS", "Serbian (Latin, Serbia)", "serbe (latin, Serbie)"),
            ("zh-Hant-MO", "Traditional Chinese (Macao SAR China)", "chinois traditionnel (R.A.S. chinoise de Macao)"),
            ("de-1996", "German (1996)", "allemand (1996)"),
            ("fsl", "French Sign Language", "langue des signes (France)"),
            ("ils", "International Sign", "signes internationaux"),
            ("qaa", "qaa", "qaa"),
            ("qaa-CH", "qaa-CH", "qaa-CH"),
        ],
    )
    def test_a_tag_is_named_in_the_language_of_the_reader(self, tag: str, english: str, french: str) -> None:
        assert language_name(tag, "en") == english
        assert language_name(tag, "fr-CA") == french

    def test_brackets_in_a_part_are_square(self) -> None:
        assert language_name("en-HK", "ru") == "английский (Гонконг [САР])"

    def test_each_language_has_its_own_punctuation(self) -> None:
        assert language_name("sr-Latn-RS", "zh") == "塞尔维亚语（拉丁文，塞尔维亚）"
        assert language_name("sr-Latn-RS", "ar") == "الصربية (اللاتينية، صربيا)"

    @pytest.mark.parametrize("language", SHIPPED)
    def test_every_common_language_has_a_name(self, language: str) -> None:
        assert not {each for each in LANGUAGES | SIGN_LANGUAGES if language_name(each, language) == each}

    def test_who_reads_another_language_gets_english_names(self) -> None:
        assert language_name("fr", "it") == "French"
        assert country_name("CH", "it") == "Switzerland"


class TestCountryName:
    """ISO 3166-1 alpha-2 codes, as Unicode CLDR names them."""

    @pytest.mark.parametrize("language", SHIPPED)
    def test_every_country_has_a_name(self, language: str) -> None:
        assert not {each for each in COUNTRIES if country_name(each, language) == each}

    def test_a_code_without_a_name_is_returned(self) -> None:
        assert country_name("XX", "fr") == "XX"


def test_names_are_there_for_each_language_of_the_package() -> None:
    assert languages() == {*SHIPPED}
    assert len({language_name("fr", each) for each in SHIPPED}) == len(SHIPPED)


class TestNamed:
    """A name means one code, in whichever language it is; what may be another one means nothing."""

    @pytest.mark.parametrize("language", SHIPPED)
    def test_every_country_is_found_by_its_name(self, language: str) -> None:
        assert all(country_named(country_name(each, language).upper()) == each for each in COUNTRIES)

    @pytest.mark.parametrize("language", SHIPPED)
    def test_every_common_language_is_found_by_its_name_unless_that_may_be_another(self, language: str) -> None:
        for tag in LANGUAGES | SIGN_LANGUAGES:
            name = language_name(tag, language)
            is_tag = LANGUAGE.check(name.casefold()) is None and name.casefold() != tag
            assert language_named(name) == (None if is_tag else tag)

    @pytest.mark.parametrize("name", ["Ga", "Makua", "Bas-allemand", "Latin script", "", "CH"])
    def test_a_name_that_may_be_another_or_none_means_nothing(self, name: str) -> None:
        assert language_named(name) is None
        assert country_named(name) is None

    def test_an_apostrophe_may_be_straight(self) -> None:
        assert country_named("CÔTE D'IVOIRE") == country_named("Côte d’Ivoire") == "CI"

    def test_a_word_of_two_meanings_means_neither(self) -> None:
        assert unambiguous([("a", "1"), ("b", "1"), ("b", "1"), ("a", "2")]) == {"b": "1"}


class TestNameOrder:
    """A list for people is sorted as they look for names."""

    def test_accents_and_case_make_no_difference_and_numbers_have_values(self) -> None:
        names = ["Zoé", "room 10", "Émile", "eva", "Room 2", "Adam", "Room"]
        assert sorted(names, key=name_order) == ["Adam", "Émile", "eva", "Room", "Room 2", "room 10", "Zoé"]
