"""Languages by their tags, and text that says which language it is in."""

import copy
import pickle
from collections.abc import Mapping
from typing import Any

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import refusal, refused
from tests.samples.whole import text
from wtisd_model import LocalizedText
from wtisd_model.data.languages import LANGUAGES, LONG_TO_SHORT, RETIRED, SIGN_LANGUAGES
from wtisd_model.types.language import LANGUAGE, TagSet, Translations, is_signed, language_fallbacks, language_tag

GOOD = [
    "fr", "fr-CH", "zh-Hans", "zh-Hant-HK", "zh-Hans-CN", "es-419", "ase", "ils", "gsw", "yue", "cmn", "und", "mul",
    "de-1901", "de-CH-1996", "sl-rozaj-biske", "sl-rozaj-biske-1994", "en-GB-oxendict", "ca-valencia", "sr-Latn-RS",
    "sgn", "hy-arevela", "uz-Arab", "sh", "no", "nb",
    "de-CH-1901-1902-1903-1904-1905-1906", "en-US-abcdefgh-abcdefgh-abcdefgh",
]  # fmt: skip

REFUSED = [
    ("fr-ch", "fr-CH"),
    ("FR", "fr"),
    ("fr_CH", "fr-CH"),
    ("en_us", "en-US"),
    ("ZH-hANS", "zh-Hans"),
    ("DE-latn-ch", "de-Latn-CH"),
    ("ES-419", "es-419"),
    ("de-CH-1901", None),  # good; here to show that it is
    ("DE-ch-1901", "de-CH-1901"),
    ("DE-ch-1901-1902-1903-1904-1905-1906", "de-CH-1901-1902-1903-1904-1905-1906"),  # 35 characters
    ("en-US-1901-1902-1903-1904-1905-abcde", None),  # 36
    ("en-zoes", None),  # four letters may be a name: only scripts that texts come in are repeated
    ("fra", "fr"),
    ("fre-CH", "fr-CH"),
    ("eng-gb", "en-GB"),
    ("zho-Hans", "zh-Hans"),
    ("iw", "he"),
    ("iw-IL", "he-IL"),
    ("in", "id"),
    ("mo", "ro"),
    ("ajp", "apc"),
    ("scr", "hr"),
    ("sgn-ase", "ase"),
    ("sgn-ase-US", "ase-US"),
    ("SGN-ILS", "ils"),
    ("sgn-FR", "fsl"),
    ("sgn-fr", "fsl"),
    ("sgn-US", "ase"),
    ("sgn-BE-FR", "sfb"),
    ("sgn-CH-DE", "sgg"),
    ("zh-cmn", "cmn"),
    ("zh-cmn-Hans", "cmn-Hans"),
    ("zh-yue-HK", "yue-HK"),
    ("zh-min-nan", "nan"),
    ("zh-hakka", "hak"),
    ("art-lojban", "jbo"),
    ("i-klingon", "tlh"),
    ("no-bok", "nb"),
    ("", None),
    ("f", None),
    ("french", None),
    ("Français", None),
    ("xx", None),
    ("fr-", None),
    ("-fr", None),
    ("fr--CH", None),
    ("fr-CH-", None),
    ("fr-C", None),
    ("fr-u-co-phonebk", None),
    ("x-private", None),
    ("fr-x-private", None),
    ("i-default", None),
    ("fr\n", None),
    ("\nfr", None),
    ("fr ", None),
    ("fr-CH\n", None),
    ("ｆｒ", None),
    ("fr-４１９", None),
    ("es-٤١٩", None),
    ("fr-abcdefghi", None),
    ("FR-abcdefgh", None),
    ("en-US-abcdefgh-abcdefgh-abcdefgh-abcdefgh", None),
    ("EN-1234-5678-9012-3456-7890-1234-5678", None),
    ("max-muller", None),
    ("Max-Muller", None),
    ("fr;q=0.5", None),
    ("*", None),
    ("a" * 5000, None),
]


class TestLanguageTag:
    """RFC 5646 sections 2.1 and 4.5: a language tag in canonical form."""

    @pytest.mark.parametrize("tag", GOOD)
    def test_a_canonical_tag_is_accepted(self, tag: str) -> None:
        assert LANGUAGE.check(tag) is None

    @pytest.mark.parametrize(
        ("tag", "meant"), [each for each in REFUSED if each[0] not in {"de-CH-1901", "max-muller"}]
    )
    def test_any_other_is_refused_with_what_was_meant(self, tag: str, meant: str | None) -> None:
        found = refusal(lambda: LocalizedText(text="x", language=tag))
        assert (found.code, found.path) == ("language-unknown", "/language")
        assert found.params.get("suggestion") == meant

    def test_every_code_of_the_lists_is_accepted(self) -> None:
        assert [tag for tag in LANGUAGES | SIGN_LANGUAGES if LANGUAGE.check(tag) is not None] == []

    def test_every_code_that_another_one_replaces_leads_to_that(self) -> None:
        for code, meant in (LONG_TO_SHORT | RETIRED).items():
            found = LANGUAGE.check(code)
            assert found is not None, code
            assert found.params["suggestion"] == meant

    def test_a_letter_that_only_lowers_to_ascii_suggests_nothing(self) -> None:
        assert "\u212ak".lower() == "kk"  # the Kelvin sign
        found = LANGUAGE.check("\u212ak")
        assert found is not None
        assert "suggestion" not in found.params

    def test_a_suggestion_is_valid(self) -> None:
        for tag, meant in REFUSED:
            assert meant is None or LANGUAGE.check(meant) is None, tag

    @given(st.from_regex(r"\A[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8}){0,4}\Z"))
    def test_every_suggestion_is_valid_and_repeats_no_long_part(self, tag: str) -> None:
        found = LANGUAGE.check(tag)
        if found is not None and "suggestion" in found.params:
            meant = str(found.params["suggestion"])
            assert LANGUAGE.check(meant) is None
            assert all(len(part) < 5 or not part.isalpha() for part in meant.split("-"))

    @pytest.mark.parametrize(
        ("country", "name"),
        [
            ("BR", "Brazilian"),
            ("CO", "Colombian"),
            ("DE", "German"),
            ("DK", "Danish"),
            ("ES", "Spanish"),
            ("FR", "French"),
            ("GB", "British"),
            ("GR", "Greek"),
            ("IE", "Irish"),
            ("IT", "Italian"),
            ("JP", "Japanese"),
            ("MX", "Mexican"),
            ("NI", "Nicaraguan"),
            ("NL", "Dutch"),
            ("NO", "Norwegian"),
            ("PT", "Portuguese"),
            ("SE", "Swedish"),
            ("US", "American"),
            ("ZA", "South African"),
        ],
    )
    def test_the_sign_language_of_a_country_is_named_by_itself(self, country: str, name: str) -> None:
        found = LANGUAGE.check(f"sgn-{country}")
        assert found is not None
        meant = pycountry.languages.get(alpha_3=str(found.params["suggestion"]))
        assert meant is not None
        assert meant.name == f"{name} Sign Language"


class TestIsSigned:
    """I03: a sign service names a sign language, or International Sign."""

    @pytest.mark.parametrize("tag", ["ase", "ils", "fsl", "ase-US", "sgg-CH"])
    def test_a_signed_language_is(self, tag: str) -> None:
        assert is_signed(tag)

    @pytest.mark.parametrize("tag", ["fr", "fr-CH", "sgn", "zh-Hans"])
    def test_a_spoken_one_and_the_name_of_all_is_not(self, tag: str) -> None:
        assert not is_signed(tag)


class TestShortened:
    """RFC 4647 section 3.4: lookup cuts a range off at its end."""

    def test_each_part_goes_in_turn(self) -> None:
        assert list(language_fallbacks("zh-Hans-CN")) == ["zh-Hans-CN", "zh-Hans", "zh"]
        assert list(language_fallbacks("")) == []


class TestTagSet:
    """RFC 4647 sections 3.3.1 and 3.4: a range matches longer tags, and a tag falls back to shorter ones."""

    @pytest.mark.parametrize(
        ("tag", "is_in"),
        [("fr", True), ("fr-CH", True), ("fr-CA", True), ("en", True), ("en-GB", True), ("en-US", False), ("f", False)],
    )
    def test_a_tag_matches_shorter_and_longer_ones(self, tag: str, *, is_in: bool) -> None:
        assert (tag in TagSet(["fr", "en-GB"])) is is_in


class TestTranslations:
    """A mapping that cannot be changed and has no order of its own."""

    ONE = Translations({"fr": "Texte", "es": "Texto"})

    def test_it_is_a_mapping_sorted_by_tag(self) -> None:
        assert list(self.ONE.items()) == [("es", "Texto"), ("fr", "Texte")]
        assert self.ONE["fr"] == "Texte"
        assert len(self.ONE) == 2
        assert "de" not in self.ONE
        assert dict(Translations()) == {}

    def test_equal_are_those_with_the_same_texts_in_any_order(self) -> None:
        other = Translations({"es": "Texto", "fr": "Texte"})
        assert other == self.ONE
        assert hash(self.ONE) == hash(other)
        assert Translations({"fr": "Texte"}) != self.ONE
        assert self.ONE == {"es": "Texto", "fr": "Texte"}

    def test_it_does_not_see_what_happens_to_the_mapping_it_was_made_of(self) -> None:
        given_ = {"fr": "Texte"}
        made = Translations(given_)
        given_["fr"] = "Autre"
        assert made["fr"] == "Texte"

    def test_it_cannot_be_changed(self) -> None:
        changeable: Any = Translations({"fr": "Texte"})
        with pytest.raises(TypeError):
            changeable["fr"] = "Autre"
        with pytest.raises(TypeError):
            del changeable["fr"]
        with pytest.raises(AttributeError):
            changeable._texts = {}
        with pytest.raises(AttributeError):
            changeable.other = 1
        with pytest.raises(AttributeError):
            del changeable._texts
        assert changeable == {"fr": "Texte"}

    def test_it_pickles_and_copies(self) -> None:
        for again in (pickle.loads(pickle.dumps(self.ONE)), copy.copy(self.ONE), copy.deepcopy(self.ONE)):
            assert again == self.ONE
            assert type(again) is Translations
            assert list(again) == list(self.ONE)

    def test_it_prints_what_it_holds(self) -> None:
        assert repr(Translations({"fr": "Texte"})) == "Translations({'fr': 'Texte'})"


class TestLocalizedText:
    """E08: a LocalizedText holds its default language and no blank text."""

    THREE = text("Forum", fr="Forum (fr)", **{"zh-Hans": "论坛"})

    def test_as_a_string_it_is_its_text(self) -> None:
        assert str(self.THREE) == f"{self.THREE}" == "Forum"
        assert repr(text()) == "LocalizedText(text='Forum', language='en')"

    def test_its_translations_are_copied_and_sorted(self) -> None:
        assert isinstance(self.THREE.translations, Translations)
        assert list(self.THREE.translations) == ["fr", "zh-Hans"]
        assert text() == LocalizedText(text="Forum", language="en", translations={})
        assert text("a", fr="b", es="c") == text("a", es="c", fr="b")
        assert hash(text("a", fr="b", es="c")) == hash(text("a", es="c", fr="b"))

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"text": ""}, "text-empty", "/text"),
            ({"text": "\u200b\n"}, "text-empty", "/text"),
            ({"text": "x" * 10_001}, "text-too-long", "/text"),
            ({"translations": {"fr": " "}}, "text-empty", "/translations/fr"),
            ({"translations": {"fr-ch": "Texte"}}, "language-unknown", "/translations"),
            ({"translations": {"en": "Text"}}, "language-repeated", "/translations/en"),
            (
                {"translations": {f"{a}{b}{c}": "x" for a in "cdgh" for b in "abcde" for c in "xyzqjp"}},
                "too-many-items",
                "/translations",
            ),
            ({"translations": {1: "x", "fr": "y"}}, "wrong-type", "/translations"),
            ({"translations": [("fr", "Texte")]}, "wrong-type", "/translations"),
            ({"translations": None}, "wrong-type", "/translations"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: LocalizedText(**{"text": "Text", "language": "en", **changes})) == (code, path)

    def test_text_and_language_may_be_given_without_their_names(self) -> None:
        assert LocalizedText("Forum", "en") == LocalizedText(text="Forum", language="en")
        assert LocalizedText("Forum", language="en", translations={"fr": "Le forum"}).translations["fr"] == "Le forum"
        untyped: Any = LocalizedText
        with pytest.raises(TypeError):
            untyped("Forum", "en", {"fr": "Le forum"})

    def test_it_yields_each_text_with_its_pointer(self) -> None:
        assert list(self.THREE.texts()) == [
            ("/text", "Forum"),
            ("/translations/fr", "Forum (fr)"),
            ("/translations/zh-Hans", "论坛"),
        ]

    @pytest.mark.parametrize(
        ("tag", "words", "language"),
        [
            ("fr", "Forum (fr)", "fr"),
            ("fr-CH", "Forum (fr)", "fr"),
            ("fr-CH-1990", "Forum (fr)", "fr"),
            ("FR-ch", "Forum (fr)", "fr"),
            ("zh-Hans-CN", "论坛", "zh-Hans"),
            ("zh-hans-cn", "论坛", "zh-Hans"),
            ("zh", "Forum", "en"),
            ("en-GB", "Forum", "en"),
            ("es", "Forum", "en"),
            ("", "Forum", "en"),
            (None, "Forum", "en"),
            ("not a tag", "Forum", "en"),
        ],
    )
    def test_a_reader_gets_the_tag_itself_or_a_shorter_one_or_the_original(
        self, tag: str | None, words: str, language: str
    ) -> None:
        assert self.THREE.in_language(tag) == (words, language)

    @given(st.dictionaries(st.sampled_from(GOOD), st.just("x"), max_size=5), st.sampled_from(GOOD))
    def test_a_reader_always_gets_a_text(self, translations: Mapping[str, str], tag: str) -> None:
        whole = LocalizedText(text="y", language="tlh", translations=translations)
        words, language = whole.in_language(tag)
        assert {**translations, "tlh": "y"}[language] == words
        if tag in translations:
            assert language == tag


class TestTagsOfOtherPrograms:
    """BCP 47, in the one form that we keep."""

    @pytest.mark.parametrize(
        ("given", "tag"),
        [("fr", "fr"), ("fr-ch", "fr-CH"), ("EN_us", "en-US"), ("french", None), ("", None), (None, None), (5, None)],
    )
    def test_tags_are_written_in_canonical_form(self, given: object, tag: str | None) -> None:
        assert language_tag(given) == tag
