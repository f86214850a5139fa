"""The codes of languages, spoken and signed, and what is suggested for others."""

import re

import pycountry
import pytest
from babel.core import get_global

from wtisd_model.data.languages import LANGUAGES, LONG_TO_SHORT, RETIRED, SIGN_LANGUAGES
from wtisd_model.programme.names import language_name


class TestLanguages:
    """ISO 639-1: codes of two letters."""

    def test_they_are_those_of_the_standard(self) -> None:
        published = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
        assert published == LANGUAGES
        assert len(LANGUAGES) == 184

    @pytest.mark.parametrize("code", ["iw", "mo", "xx", "FR", "fra", "uk-UA", ""])
    def test_retired_codes_and_longer_ones_are_not(self, code: str) -> None:
        assert code not in LANGUAGES


class TestLongToShort:
    """RFC 5646 section 2.2.1: where a language has a code of two letters, a tag uses that one."""

    def test_every_code_of_three_letters_is_there_that_has_one_of_two(self) -> None:
        listed = [language for language in pycountry.languages if hasattr(language, "alpha_2")]
        published = {language.alpha_3: language.alpha_2 for language in listed}
        older = {each.bibliographic: each.alpha_2 for each in listed if hasattr(each, "bibliographic")}
        assert published | older == LONG_TO_SHORT

    @pytest.mark.parametrize(
        ("long", "short"), [("fra", "fr"), ("fre", "fr"), ("deu", "de"), ("ger", "de"), ("zho", "zh"), ("ara", "ar")]
    )
    def test_both_kinds_lead_to_the_same_short_one(self, long: str, short: str) -> None:
        assert LONG_TO_SHORT[long] == short

    @pytest.mark.parametrize("code", ["gsw", "yue", "ckb", "haw", "ase", "ils"])
    def test_a_language_without_a_short_code_keeps_its_own(self, code: str) -> None:
        assert code not in LONG_TO_SHORT

    def test_cldr_leads_to_the_same_except_where_it_joins_languages(self) -> None:
        aliases = get_global("language_aliases")
        joined = {"hbs": "sr_Latn", "tgl": "fil", "twi": "ak"}
        assert {code: aliases[code] for code in LONG_TO_SHORT} == LONG_TO_SHORT | joined


class TestRetired:
    """RFC 5646 section 4.5: a subtag with a Preferred-Value is replaced by it."""

    @pytest.mark.parametrize(
        ("code", "now"),
        [("iw", "he"), ("in", "id"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro"), ("mol", "ro"), ("scr", "hr")],
    )
    def test_a_retired_code_leads_to_its_successor(self, code: str, now: str) -> None:
        assert RETIRED[code] == now

    def test_no_successor_is_retired_or_too_long_itself(self) -> None:
        successors = set(RETIRED.values())
        assert not successors & (RETIRED.keys() | LONG_TO_SHORT.keys())
        assert {code for code in successors if len(code) == 2} <= LANGUAGES
        assert {len(code) for code in successors} == {2, 3}

    def test_no_retired_code_is_accepted_elsewhere(self) -> None:
        assert not RETIRED.keys() & (LANGUAGES | LONG_TO_SHORT.keys() | SIGN_LANGUAGES)

    def test_cldr_leads_to_the_same_except_where_it_joins_languages(self) -> None:
        aliases = get_global("language_aliases")
        shared = {code: now for code, now in RETIRED.items() if code in aliases}
        joined = {"bh": "bho", "drh": "mn", "drw": "fa_AF", "tnf": "fa_AF"}
        assert len(shared) > 90
        assert {code: aliases[code] for code in shared} == shared | joined

    def test_every_two_letter_code_that_cldr_replaces_by_another_is_there(self) -> None:
        # In the registry sh, tl and tw are languages still; CLDR counts them to others.
        short = {code for code in get_global("language_aliases") if len(code) == 2} - {"sh", "tl", "tw"}
        assert {code for code in RETIRED if len(code) == 2} == short


class TestSignLanguages:
    """ISO 639-3 gives each sign language a code of its own; International Sign is ``ils``."""

    @pytest.mark.parametrize("code", ["ils", "ase", "bfi", "fsl", "sgg", "gsg", "sfb", "vgt", "asf"])
    def test_the_well_known_ones_are_there(self, code: str) -> None:
        assert code in SIGN_LANGUAGES

    def test_every_language_whose_name_says_so_is_there(self) -> None:
        signed = re.compile(r"\b(Sign|signes|Auslan|Gebarentaal)\b")
        named = {language.alpha_3: language.name for language in pycountry.languages if signed.search(language.name)}
        assert named.keys() == SIGN_LANGUAGES - {"dyl", "zhk"}

    def test_in_english_each_has_the_name_that_iso_639_gives_it(self) -> None:
        listed = {code: pycountry.languages.get(alpha_3=code) for code in SIGN_LANGUAGES - {"ase", "ils"}}
        names = {code: language.name for code, language in listed.items() if language is not None}
        assert {code: language_name(code, "en") for code in names} == names

    def test_pycountry_lacks_only_the_two_that_came_later(self) -> None:
        assert {code for code in SIGN_LANGUAGES if not pycountry.languages.get(alpha_3=code)} == {"dyl", "zhk"}

    def test_spoken_languages_and_the_group_of_all_are_not(self) -> None:
        assert not SIGN_LANGUAGES & (LANGUAGES | LONG_TO_SHORT.keys() | {"sgn"})
