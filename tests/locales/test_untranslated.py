"""A code whose sentences are not translated yet is in English, and says so."""

from datetime import UTC, datetime

import pytest

from tests.gates.translations import waiting
from wtisd_model import Code, Registration, to_problem, validate
from wtisd_model.findings import finding, for_sender
from wtisd_model.locales import finding_texts_for

CODE = Code.EVENT_UID_DIFFERS


@pytest.fixture
def _without_french(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the sentences of a code out of the French ones."""
    codes = finding_texts_for("fr").codes
    assert isinstance(codes, dict)
    monkeypatch.delitem(codes, CODE)


@pytest.mark.usefixtures("_without_french")
class TestACodeInEnglishAlone:
    def test_the_finding_stays_english_and_says_so(self) -> None:
        # No other test has these params, whose sentences might be remembered.
        found = finding(CODE, "/eventUid", test="untranslated")
        assert found.in_language("fr") == found
        assert found.in_language("fr").language == "en"

    def test_the_fix_for_the_sender_stays_one(self) -> None:
        found = for_sender(finding(CODE, "/eventUid", test="untranslated"))
        assert found.in_language("fr") == found

    def test_it_comes_back_from_another_language(self) -> None:
        found = finding(CODE, "/eventUid", test="untranslated").in_language("es")
        assert (found.language, found.in_language("fr").language) == ("es", "en")

    def test_a_problem_in_french_marks_it(self) -> None:
        missing = validate(Registration, {}, submission=True, now=datetime(2023, 4, 14, tzinfo=UTC)).findings
        problem = to_problem([finding(CODE, "/eventUid", test="untranslated"), *missing], language="fr")
        first, *others = problem["errors"]
        assert (first["detail"], first.get("language")) == ("This belongs to another event.", "en")
        assert [entry for entry in others if "language" in entry] == []

    def test_the_release_waits_for_it(self) -> None:
        assert CODE in waiting("fr")
        assert CODE not in waiting("es")
