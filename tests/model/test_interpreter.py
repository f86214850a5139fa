"""Interpreters: between which languages they work, and what of them is personal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import refused
from tests.samples.whole import AT, contact, interpreter, later, skill, terms
from wtisd_model import InterpretationService, Interpreter, LanguageLevel, Skill, strategies

SERVICE = InterpretationService


def having(*skills: Skill) -> Interpreter:
    return interpreter(languages=skills)


def known(language: str, level: str, *into: str, services: tuple[str, ...] = ()) -> Skill:
    return Skill(language=language, level=LanguageLevel(level), into=into, services=tuple(map(SERVICE, services)))


class TestPairs:
    """ISO 20539: into their A languages people work from all others, into a B language from those that say so."""

    PERSON = having(known("fr", "A", "en"), known("en", "B"), known("es", "C"))

    def test_into_an_a_language_from_all_others_and_elsewhere_where_it_is_said(self) -> None:
        assert self.PERSON.pairs(SERVICE.SIMULTANEOUS) == {("en", "fr"), ("es", "fr"), ("fr", "en")}

    @pytest.mark.parametrize(
        ("source", "target", "works"),
        [("en", "fr", True), ("fr", "en", True), ("es", "en", False), ("fr", "fr", False), ("ar", "fr", False)],
    )
    def test_they_work_between_the_languages_of_a_pair(self, source: str, target: str, works: bool) -> None:
        assert self.PERSON.works(source, target, SERVICE.SIMULTANEOUS) is works

    def test_they_take_a_booth_into_whose_language_they_work_from_another(self) -> None:
        assert [tag for tag in ("fr", "en", "es") if self.PERSON.takes(tag, SERVICE.SIMULTANEOUS)] == ["fr", "en"]
        assert not having(known("fr", "A")).takes("fr", SERVICE.SIMULTANEOUS)

    def test_two_a_languages_are_worked_between_both_ways(self) -> None:
        assert having(known("fr", "A"), known("en", "A")).pairs(SERVICE.CONSECUTIVE) == {("en", "fr"), ("fr", "en")}

    def test_varieties_of_a_language_are_one(self) -> None:
        person = having(known("fr-CA", "A"), known("fr-CH", "A"), known("cmn", "C"))
        assert person.pairs(SERVICE.SIMULTANEOUS) == {("zh", "fr")}
        assert person.works("zh-Hans", "fr", SERVICE.SIMULTANEOUS)

    def test_what_is_not_said_is_speech_between_spoken_languages_and_sign_with_a_signed_one(self) -> None:
        person = having(known("fr", "A", "fsl"), known("fsl", "A"), known("en", "C"))
        assert person.pairs(SERVICE.SIGN) == {("fr", "fsl"), ("fsl", "fr"), ("en", "fsl")}
        assert person.pairs(SERVICE.WHISPERED) == {("en", "fr")}
        assert not person.pairs(SERVICE.CAPTIONS)

    def test_a_service_has_to_be_done_into_one_language_and_not_excluded_from_the_other(self) -> None:
        person = having(known("fr", "A", services=("consecutive",)), known("en", "C"), known("es", "C"))
        assert person.pairs(SERVICE.CONSECUTIVE) == {("en", "fr"), ("es", "fr")}
        assert not person.pairs(SERVICE.SIMULTANEOUS)
        person = having(known("fr", "A"), known("en", "C", services=("consecutive",)), known("es", "C"))
        assert person.pairs(SERVICE.SIMULTANEOUS) == {("es", "fr")}

    def test_captions_may_be_in_the_language_that_is_spoken(self) -> None:
        person = having(known("en", "A", services=("captions", "simultaneous")), known("fr", "C"))
        assert person.pairs(SERVICE.CAPTIONS) == {("en", "en"), ("fr", "en")}
        assert person.takes("en", SERVICE.CAPTIONS)

    @pytest.mark.parametrize(
        ("method", "given"),
        [
            ("works", (1, "fr", SERVICE.SIMULTANEOUS)),
            ("works", ("en", None, SERVICE.SIMULTANEOUS)),
            ("takes", (1, SERVICE.SIMULTANEOUS)),
            ("takes", ("fr", SERVICE.SIMULTANEOUS, "en")),
            ("takes", ("fr", SERVICE.SIMULTANEOUS, [1])),
            ("has_retour_only", (b"fr",)),
        ],
    )
    def test_what_is_no_language_is_a_type_error(self, method: str, given: tuple[object, ...]) -> None:
        with pytest.raises(TypeError, match=r"must be (a text|an iterable)"):
            getattr(self.PERSON, method)(*given)


class TestRetour:
    """Into a language that is none of their A languages they work by retour."""

    @pytest.mark.parametrize(
        ("tag", "only"), [("fr", False), ("en", True), ("en-GB", True), ("es", False), ("ar", False)]
    )
    def test_it_is_into_another_language_than_their_own(self, tag: str, only: bool) -> None:
        assert TestPairs.PERSON.has_retour_only(tag) is only

    def test_a_language_is_not_worked_into_from_itself(self) -> None:
        assert not having(known("fr", "A"), known("en", "B", "en-GB")).has_retour_only("en")

    @given(strategies.interpreters(), st.sampled_from(SERVICE))
    def test_whoever_works_into_a_language_has_it_as_an_a_language_or_by_retour(
        self, person: Interpreter, service: InterpretationService
    ) -> None:
        mothers = [one.language for one in person.languages if one.level is LanguageLevel.A]
        for source, target in person.pairs(service):
            assert person.works(source, target, service)
            assert person.takes(target, service)
            into_own = any(person.works(source, tag, service) and not person.has_retour_only(tag) for tag in mothers)
            assert source == target or into_own or person.has_retour_only(target)


class TestInterpreter:
    """Each language once; and what is known about the person can be removed."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"languages": ()}, "too-few-items", "/languages"),
            ({"languages": (skill("fr"), skill("en"), skill("fr", "C"))}, "skill-repeated", "/languages/2/language"),
            ({"contract": "day"}, "value-unknown", "/contract"),
            ({"purged_at": AT}, "purged-with-personal-data", "/contact"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: interpreter(**changes)) == (code, path)

    def test_purging_leaves_languages_contract_and_terms(self) -> None:
        left = interpreter().purged(at=later(1))
        assert left == interpreter(contact=None, base=None, available=(), cost=None, extensions={}, purged_at=later(1))
        assert left.purged(at=later(2)) == left

    def test_nothing_personal_is_printed(self) -> None:
        person = interpreter(contact=contact(name="Interpreter 1"), base="Lyon", terms=terms())
        for secret in ("Interpreter 1", "Lyon", "2023", "666"):
            assert secret not in repr(person)
