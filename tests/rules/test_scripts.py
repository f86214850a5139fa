"""Words that mix scripts whose letters look alike."""

import sys
from unicodedata import category, name

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.samples.small import NOW, dossier, judged, registration
from wtisd_model import Code, Contact, Registration, Severity
from wtisd_model.rules.registration import mixes_scripts

A = {"LATIN": "b", "GREEK": "β", "CYRILLIC": "б"}


def script_of(letter: str) -> str | None:
    """Return the script of a letter by its Unicode name, a source independent of the ranges."""
    words = name(letter, "").replace("-", " ").split()
    if "MATHEMATICAL" in words or "COPTIC" in words or "SQUARED" in words:
        return None
    if name(letter, "") in {"KELVIN SIGN", "ANGSTROM SIGN", "TURNED CAPITAL F", "TURNED SMALL F"}:
        return "LATIN"
    if name(letter, "") == "OHM SIGN":
        return "GREEK"
    return next((each for each in A if each in words), None)


class TestWords:
    """UTS 39 section 5.1: a string is mixed-script if its characters have no script in common."""

    @pytest.mark.parametrize(
        "text",
        [
            "Pаrticipant 1",  # the second letter is Cyrillic
            "Рarticipant 1",  # the first one is
            "ministrу",
            "Οrganisation",  # a Greek first letter
            "Минiстерство",  # a Latin i
            "Σοфία",  # a Cyrillic letter in a Greek word
            "Ze\u0301\u0440\u043e",  # a mark does not part a word: all Latin before it, all Cyrillic after it
            "Pp\u200dар",  # nor does what cannot be seen
            "Pp\u00adар",
            "ﬁгура",
            "Ｐаrticipant",
            "İстанбул",
            "日本Aб",
        ],
    )
    def test_a_word_of_two_scripts_is_noticed(self, text: str) -> None:
        assert mixes_scripts(text)
        assert mixes_scripts(f"Ministry 1, {text} (A)")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Participant 1",
            "Łukasz Ñandú-Œuvre",
            "Участник Первый",
            "Участник Participant",
            "IT-специалист",
            "T-Мобайл, O'Нил, O’Нил",
            "Зал2B",
            "Συμμετέχων Participant",
            "東京タワーTokyo",
            "김Kim철수",
            "王小明ABC有限公司",
            "日本Ω研究所",
            "µTorrent",  # the micro sign is no Greek letter
            "Hawaiʻi",
            "مشارك Participant",
            "משתתפת",
            "प्रतिभागी",
            "é e\u0301 Ё й и\u0306",
        ],
    )
    def test_usual_names_are_not(self, text: str) -> None:
        assert not mixes_scripts(text)

    @pytest.mark.slow
    def test_the_ranges_hold_the_letters_that_unicode_names_by_their_script(self) -> None:
        # Modifier letters, such as a raised h, are not named by their script, nor are the two ordinals and the Roman C.
        every = map(chr, range(sys.maxunicode + 1))
        letters = [each for each in every if category(each) in {"Ll", "Lo", "Lt", "Lu"} and each not in "ªºↃ"]
        wrong = [
            (letter, script)
            for letter in letters
            for script, other in A.items()
            if mixes_scripts(letter + other) is not (script_of(letter) not in {None, script})
        ]
        assert wrong == []

    @LAW
    @given(st.text(max_size=20), st.sampled_from([" ", "-", "1", "'"]), st.text(max_size=20))
    def test_a_text_mixes_scripts_where_one_of_its_words_does(self, before: str, between: str, after: str) -> None:
        assert mixes_scripts(before + between + after) is (mixes_scripts(before) or mixes_scripts(after))

    @given(st.text(st.characters(codec="ascii")))
    def test_ascii_is_one_script(self, text: str) -> None:
        assert not mixes_scripts(text)


class TestRegistration:
    """Confusables warn, and never refuse."""

    @pytest.mark.parametrize(
        ("one", "path"),
        [
            (
                registration("a", participant=Contact(name="Pаrticipant 1", email="participant1@example.org")),
                "/participant/name",
            ),
            (
                registration(
                    "a",
                    participant=Contact(name="P", email="participant1@example.org", organization="Мinistry 1"),
                ),
                "/participant/organization",
            ),
            (registration("a", organization="Οrganization 1"), "/organization"),
            (registration("a", submitted_by="Dеsk 1"), "/submittedBy"),
        ],
    )
    def test_a_name_in_two_scripts_has_a_warning_at_its_path(self, one: Registration, path: str) -> None:
        (found,) = judged(dossier(one))
        assert (found.code, found.severity, found.path) == (
            Code.NAME_MIXES_SCRIPTS,
            Severity.WARNING,
            f"/registrations/0{path}",
        )

    def test_purged_registrations_have_no_name(self) -> None:
        one = registration("a", participant=Contact(name="Pаrt", email="participant1@example.org")).purged(at=NOW)
        assert judged(dossier(one)) == []
