"""Findings, and the errors that carry them."""

import copy
import gc
import itertools
import pickle
import weakref
from string import Formatter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model import (
    Code,
    ExportError,
    Finding,
    InvalidValueError,
    MessageError,
    ModelError,
    MoveError,
    PayloadError,
    RefusedError,
    Severity,
)
from wtisd_model.findings import (
    MOST_COUNTED,
    MOST_FINDINGS,
    MOST_TEXT,
    EnoughError,
    FindingCollector,
    finding,
    for_sender,
    pointer,
)
from wtisd_model.integrations.foreign_errors import OMITTED, foreign_finding
from wtisd_model.locales import finding_texts_for, languages
from wtisd_model.locales.locale import PluralForms, Sentence
from wtisd_model.objects import unchecked_constructor

KINDS = (InvalidValueError, PayloadError, RefusedError, MoveError, ExportError, MessageError)


class TestFinding:
    """A finding is data: a code, a severity, a path, a message that never repeats the input, and a fix."""

    def test_it_is_filled_from_the_templates_of_its_code(self) -> None:
        found = finding(Code.NUMBER_OUT_OF_RANGE, "/capacity", minimum=0, maximum=9)
        assert found == Finding(
            code="number-out-of-range",
            severity=Severity.ERROR,
            path="/capacity",
            message="Not between 0 and 9.",
            fix="Correct the number.",
            params={"minimum": 0, "maximum": 9},
        )

    def test_it_takes_the_severity_of_its_code(self) -> None:
        assert finding(Code.VISA_LETTER_REMOTE).severity is Severity.WARNING

    def test_a_suggestion_goes_before_the_fix(self) -> None:
        found = finding(Code.ZONE_UNKNOWN, suggestion="Europe/Zurich")
        assert found.fix == 'Did you mean "Europe/Zurich"? ' + finding(Code.ZONE_UNKNOWN).fix

    def test_braces_in_a_suggestion_are_kept(self) -> None:
        assert '"{x}"' in finding(Code.ZONE_UNKNOWN, suggestion="{x}").fix

    def test_a_sentence_takes_the_form_of_its_number(self) -> None:
        assert [finding(Code.SEATS_EXCEEDED, maximum=n).message for n in (0, 1, 2)] == [
            "There are no seats for this mode of attendance.",
            "The one seat for this mode of attendance is taken.",
            "All 2 seats for this mode of attendance are taken.",
        ]

    def test_numbers_are_written_as_english_does(self) -> None:
        found = finding(Code.TEXT_TOO_LONG, maximum=100_000)
        assert (found.message, found.params) == ("Longer than 100,000 characters.", {"maximum": 100_000})
        assert finding(Code.YEAR_OUT_OF_RANGE, minimum=1970, maximum=2199).message.endswith("1970 and 2199.")

    def test_a_range_of_one_number_is_that_number(self) -> None:
        assert finding(Code.NUMBER_OUT_OF_RANGE, minimum=1, maximum=1).message == "Only 1 is allowed."

    def test_it_prints_its_code_its_place_and_its_sentences(self) -> None:
        printed = str(finding(Code.ZONES_DIFFER, "/slot/end"))
        assert printed == (
            "[zones-differ] at /slot/end: Start and end are in different time zones. Use one zone for both."
        )

    def test_it_prints_that_it_is_a_warning(self) -> None:
        found = finding(Code.VISA_LETTER_REMOTE, "/needs")
        assert str(found).startswith("[visa-letter-remote] warning at /needs: A visa letter")
        assert str(evolve(found, path="")).startswith("[visa-letter-remote] warning: A visa letter")

    def test_without_a_path_it_prints_no_place(self) -> None:
        assert str(finding(Code.NOT_UTF8)) == f"[not-utf8] {Code.NOT_UTF8.message} {Code.NOT_UTF8.fix}"

    def test_a_prefixed_subclass_keeps_its_class(self) -> None:
        class Own(Finding):
            """A finding of a user."""

        own = Own(code="no-blue-badges", path="/badge", message="Blue.", fix="Take red.")
        assert type(own.prefixed("/a")) is Own
        assert own.prefixed("/a").path == "/a/badge"

    def test_a_rule_of_a_user_has_its_own_code(self) -> None:
        own = Finding(code="no-blue-badges", message="Blue.", fix="Take red.")
        assert (own.code, own.severity, own.path, own.params) == ("no-blue-badges", Severity.ERROR, "", {})

    def test_prefixed_puts_a_path_before_its_own(self) -> None:
        inner = finding(Code.ID_REPEATED, "/id")
        assert inner.prefixed("/sessions/2").path == "/sessions/2/id"
        assert inner.path == "/id"

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            finding(Code.ID_REPEATED).path = "/elsewhere"  # type: ignore[misc] # that is what is tried

    @pytest.mark.parametrize("first", ["message", "fix"])
    def test_its_sentences_are_written_when_one_of_them_is_read(self, first: str) -> None:
        found, other = (
            finding(Code.TEXT_TOO_LONG, "/title", maximum=9),
            finding(Code.TEXT_TOO_LONG, "/title", maximum=9),
        )
        slot: Any = vars(Finding)[first]
        with pytest.raises(AttributeError):
            slot.__get__(found)
        assert getattr(found, first) == slot.__get__(found)
        # Nobody sees whether they are written yet.
        assert (found, hash(found), repr(found)) == (other, hash(other), repr(other))
        pickled: Any = lambda each: pickle.loads(pickle.dumps(each))  # noqa: E731 - one of several functions
        copiers: tuple[Any, ...] = (copy.copy, copy.deepcopy, evolve, pickled)
        for copied in copiers:
            unwritten = finding(Code.TEXT_TOO_LONG, "/title", maximum=9)
            assert (copied(unwritten), str(copied(unwritten))) == (found, str(found))

    def test_it_has_no_other_attributes(self) -> None:
        with pytest.raises(AttributeError, match="'Finding' object has no attribute 'messages'"):
            finding(Code.ID_REPEATED).messages  # type: ignore[attr-defined] # noqa: B018 - the access is the test

    def test_it_hashes_and_pickles(self) -> None:
        found = finding(Code.TOO_FEW_ITEMS, "/a", minimum=1)
        assert len({found, finding(Code.TOO_FEW_ITEMS, "/a", minimum=1)}) == 1
        assert pickle.loads(pickle.dumps(found)) == found


class TestFindingCollector:
    """At most 100 findings and 20,000 characters are listed; while a warning is listed, no error is left out."""

    ERROR = finding(Code.KEY_MISSING, "/mode")
    WARNING = finding(Code.VISA_LETTER_REMOTE, "/needs")

    def test_findings_are_stored_up_to_a_number_and_then_counted(self) -> None:
        for number, expected in ((99, (99, 0, False)), (100, (100, 0, True)), (101, (100, 1, True))):
            collector = FindingCollector([self.ERROR] * number)
            assert (len(collector.kept), collector.omitted, collector.full) == expected
            assert len(collector) == number

    def test_findings_are_stored_up_to_a_length(self) -> None:
        long = finding(Code.KEY_MISSING, "/" + "x" * (MOST_TEXT // 2))
        collector = FindingCollector([long, self.WARNING, long])
        assert (collector.kept, collector.omitted, collector.full) == ([long], 2, True)

    @pytest.mark.parametrize("path", ["", "/sessions/2"])
    @pytest.mark.parametrize(
        ("code", "params"),
        [
            (Code.KEY_MISSING, {}),
            (Code.TEXT_TOO_LONG, {"maximum": 100_000}),
            (Code.WRONG_TYPE, {"expected": "object:start, end"}),
            (Code.ZONE_UNKNOWN, {"suggestion": "Europe/Zurich"}),
        ],
    )
    def test_a_text_that_is_not_written_counts_as_much(self, code: Code, path: str, params: dict[str, Any]) -> None:
        length = len(str(finding(code, path, **params)))
        for room in (length, length - 1):
            before = Finding(code="x", message="x" * (MOST_TEXT - room - len("[x]  ")), fix="")
            collector = FindingCollector([before])
            collector.refuse(finding(code, **params), path)
            assert len(collector.kept) == 1 + (room == length)
            assert collector.full is (room < length)

    def test_an_error_takes_the_place_of_the_last_warning(self) -> None:
        other = self.WARNING.prefixed("/registrations/0")
        collector = FindingCollector([self.WARNING, other, *[self.ERROR] * MOST_FINDINGS])
        assert collector.kept == [self.ERROR] * MOST_FINDINGS
        assert collector.omitted == 2
        collector.add(self.WARNING)
        assert collector.omitted == 3

    def test_counting_ends_at_a_limit(self) -> None:
        collector = FindingCollector()
        for _ in range(MOST_COUNTED - 1):
            collector.count()
        with pytest.raises(EnoughError):
            collector.count()
        assert len(collector) == MOST_COUNTED


class TestPointer:
    """RFC 6901 section 3: in a reference token ``~`` is written ``~0`` and ``/`` is written ``~1``."""

    def test_the_tokens_are_joined(self) -> None:
        assert pointer("sessions", 2, "slot") == "/sessions/2/slot"
        assert pointer() == ""

    @given(st.lists(st.text()))
    def test_the_tokens_can_be_read_back(self, tokens: list[str]) -> None:
        written = pointer(*tokens)
        read = [token.replace("~1", "/").replace("~0", "~") for token in written.split("/")[1:]]
        assert read == tokens


class TestUncheckedConstructor:
    """Objects that are made past their constructor are like those that the constructor makes."""

    def test_its_objects_are_equal_frozen_and_of_the_class_itself(self) -> None:
        construct = unchecked_constructor(Finding)
        made = construct("no-blue-badges", Severity.ERROR, "", "Blue.", "Take red.", {}, "en")
        assert made == Finding(code="no-blue-badges", message="Blue.", fix="Take red.")
        assert type(made) is Finding
        with pytest.raises(AttributeError):
            made.path = "/elsewhere"  # type: ignore[misc] # that is what is tried

    def test_it_takes_a_value_for_each_field(self) -> None:
        with pytest.raises(TypeError):
            unchecked_constructor(Finding)("no-blue-badges")


class TestModelError:
    """Every exception of this package is a ModelError; it has its findings, and it pickles."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_keeps_its_findings_and_prints_one_a_line(self, kind: type[ModelError]) -> None:
        both = finding(Code.ID_REPEATED, "/a"), finding(Code.ZONES_DIFFER, "/b")
        error = kind(*both)
        assert isinstance(error, ModelError)
        assert error.findings == both
        assert str(error) == f"{both[0]}\n{both[1]}"
        assert repr(error) == f"{kind.__name__}({both[0]!r}, {both[1]!r})"

    def test_its_repr_prints_the_first_findings_and_counts_the_others(self) -> None:
        found = finding(Code.ID_REPEATED, "/a")
        assert repr(PayloadError(found, found, found)) == f"PayloadError({found!r}, {found!r}, {found!r})"
        assert repr(PayloadError(*[found] * 100)) == f"PayloadError({found!r}, {found!r}, {found!r}, and 97 more)"
        assert repr(PayloadError()) == "PayloadError()"

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_pickles_and_copies(self, kind: type[ModelError]) -> None:
        error = kind(finding(Code.TOO_MANY_ITEMS, "/a", maximum=3))
        for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(other) is kind
            assert other.findings == error.findings
            assert str(other) == str(error)

    @pytest.mark.parametrize("kind", [InvalidValueError, PayloadError, RefusedError])
    def test_errors_about_values_are_value_errors(self, kind: type[ModelError]) -> None:
        assert issubclass(kind, ValueError)

    @pytest.mark.parametrize("kind", [MoveError, ExportError, MessageError])
    def test_other_errors_are_not(self, kind: type[ModelError]) -> None:
        assert not issubclass(kind, ValueError)


LANGUAGES = sorted(languages())


def any_finding(code: Code, *, number: int = 1, suggestion: str | None = None) -> Finding:
    """Return a finding of a code with a value for each of its params."""
    texts = finding_texts_for("en").codes[code]
    sentences = [
        each for each in (texts.message, texts.fix, texts.fix_submission, texts.only_value) if each is not None
    ]
    names = {name for each in sentences for name in names_in(each)}
    params: dict[str, str | int] = dict.fromkeys(names, number)
    return finding(code, "/a", **params, **({} if suggestion is None else {"suggestion": suggestion}))


def names_in(sentence: Sentence) -> set[str]:
    if isinstance(sentence, PluralForms):
        return {sentence.count}.union(*map(names_in, filter(None, (sentence.none, sentence.one, sentence.other))))
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


class TestLanguages:
    """A finding can be said in eight languages; its code, path and params stay."""

    def test_it_is_said_in_the_language_of_the_reader(self) -> None:
        found = finding(Code.SESSION_UNKNOWN, "/sessionIds", unknown=2, sessions=2, choices="a, b", suggestion="a")
        assert found.in_language("fr-CH") == evolve(
            found,
            message="2 séances indiquées n'existent pas dans l'événement.",
            fix="Vouliez-vous dire «\u00a0a\u00a0»\u00a0? L'événement a les séances suivantes\u00a0: a, b.",
            language="fr",
        )

    @pytest.mark.parametrize(
        ("language", "message"),
        [
            ("ar", "القيمة المتوقعة: قيمة من قيم EventStatus."),
            ("de", "Erwartet: ein Wert von EventStatus."),
            ("en", "Expected a member of EventStatus."),
            ("es", "Se esperaba un miembro de EventStatus."),
            ("fr", "Valeur attendue\u00a0: un membre de EventStatus."),
            ("pt", "Valor esperado: um membro de EventStatus."),
            ("ru", "Ожидается: значение из EventStatus."),
            ("zh", "应为：EventStatus 的成员。"),
        ],
    )
    def test_tokens_become_words(self, language: str, message: str) -> None:
        assert finding(Code.WRONG_TYPE, expected="member:EventStatus").in_language(language).message == message

    @pytest.mark.parametrize("tag", ["it", "xx-Latn", "", "fra", "-fr", "x" * 100_000])
    def test_a_reader_of_another_language_gets_english(self, tag: str) -> None:
        found = finding(Code.ZONE_UNKNOWN)
        assert found.in_language("ru").in_language(tag) == found.in_language(tag) == found

    def test_tags_are_read_in_any_case(self) -> None:
        assert finding(Code.ZONE_UNKNOWN).in_language("RU") == finding(Code.ZONE_UNKNOWN).in_language("ru-RU")

    def test_only_the_last_language_counts(self) -> None:
        made = [
            any_finding(code, number=number, suggestion="fr" if number == 2 else None)
            for code in Code
            for number in (0, 1, 2, 5, 11, 100, 10_000)
        ]
        for each, language in itertools.product([*made, *map(for_sender, made)], LANGUAGES):
            if each.code not in finding_texts_for(language).codes:
                continue  # not translated yet
            said = each.in_language(language)
            assert not {*said.message, *said.fix} & {"{", "}"}
            assert (language == "en") is (said.message == each.message)
            assert said.language == language
            assert said.in_language("en") == each
            assert said.in_language("ru") == each.in_language("ru")

    @pytest.mark.parametrize("code", ["too-short", OMITTED, Code.TEXT_TOO_LONG])
    def test_only_the_last_language_counts_for_a_value_that_another_library_refuses(self, code: str) -> None:
        found = foreign_finding(code, "/age", {"in": "query"})
        for language, other in itertools.product(LANGUAGES, repeat=2):
            assert found.in_language(language).in_language(other) == found.in_language(other)
        assert found.in_language("fr").message == "Cette valeur n'est pas valide."

    @pytest.mark.parametrize(
        ("language", "message"),
        [
            ("ar", "العدد ليس بين \u200e-1,000 و12,345."),
            ("en", "Not between -1,000 and 12,345."),
            ("es", "El valor no está comprendido entre -1000 y 12.345."),
            ("fr", "La valeur n'est pas comprise entre -1\u202f000 et 12\u202f345."),
            ("ru", "Число должно быть от -1\u00a0000 до 12\u00a0345."),
            ("zh", "数值必须在-1,000至12,345之间。"),
        ],
    )
    def test_numbers_are_written_as_the_language_does(self, language: str, message: str) -> None:
        found = finding(Code.NUMBER_OUT_OF_RANGE, minimum=-1000, maximum=12_345).in_language(language)
        assert found.message == message
        assert found.params == {"minimum": -1000, "maximum": 12_345}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_years_and_places_in_a_file_are_not_grouped(self, language: str) -> None:
        for code in (Code.YEAR_OUT_OF_RANGE, Code.NOT_JSON, Code.ROW_MALFORMED, Code.SEQUENCE_EXCEEDED):
            said = any_finding(code, number=1970).in_language(language)
            assert "1970" in said.message + said.fix

    @pytest.mark.parametrize(
        ("language", "label"),
        [
            ("ar", "[visa-letter-remote] تحذير في /needs:"),
            ("en", "[visa-letter-remote] warning at /needs:"),
            ("es", "[visa-letter-remote] advertencia en /needs:"),
            ("fr-CH", "[visa-letter-remote] avertissement à /needs:"),
            ("ru", "[visa-letter-remote] предупреждение в /needs:"),
            ("zh", "[visa-letter-remote] 警告 位于 /needs:"),
        ],
    )
    def test_it_prints_in_its_language(self, language: str, label: str) -> None:
        said = finding(Code.VISA_LETTER_REMOTE, "/needs").in_language(language)
        assert said.label == label
        assert str(said) == f"{label} {said.message} {said.fix}"
        assert said.prefixed("/a").label == label.replace("/needs", "/a/needs")

    def test_sentences_of_your_own_print_in_their_language(self) -> None:
        own = Finding(code="no-blue-badges", path="/badge", message="Bleu.", fix="Prenez le rouge.", language="fr")
        assert str(own) == "[no-blue-badges] à /badge: Bleu. Prenez le rouge."
        assert own.in_language("ru") == own

    def test_the_fix_for_a_sender_stays_one_for_a_sender(self) -> None:
        found = finding(Code.SEATS_EXCEEDED, maximum=2)
        fixes = {each.in_language("es").fix for each in (found, for_sender(found))}
        assert len(fixes) == 2
        assert for_sender(found.in_language("es")) == for_sender(found).in_language("es")
        assert for_sender(found).in_language("es").fix == finding_texts_for("es").codes[found.code].fix_submission

    def test_sentences_of_your_own_stay(self) -> None:
        for code in ("too-short", Code.ZONE_UNKNOWN, Code.TEXT_TOO_LONG, Code.SEATS_EXCEEDED):
            own = Finding(code=code, message="Of my own.", fix="Do it.", params={"maximum": "many"})
            assert own.in_language("fr") == own

    def test_nothing_keeps_sentences_of_your_own(self) -> None:
        """They may name a person, and docs/how-to/personal-data.md promises that nothing is kept between payloads."""

        class Marked(str):
            """A text that can be watched."""

            __slots__ = ("__weakref__",)

        text = Marked("Participant 1 is not invited.")
        watched = weakref.ref(text)
        for language in ("en", "fr"):
            Finding(code="too-short", message=text, fix="Do it.", params={"who": text}).in_language(language)
            Finding(code=Code.ZONE_UNKNOWN, message=text, fix="Do it.").in_language(language)
            Finding(code=Code.WRONG_TYPE, message=text, fix="Do it.", params={"expected": text}).in_language(language)
        del text
        gc.collect()
        assert watched() is None

    @pytest.mark.parametrize("code", ["too-short", Code.ZONE_UNKNOWN, Code.TOO_FEW_ITEMS])
    def test_params_of_your_own_may_be_anything(self, code: str) -> None:
        several: list[dict[str, Any]] = [{"rooms": ["Popov"]}, {"minimum": float("inf"), "maximum": float("nan")}]
        for params in several:
            own = Finding(code=code, message="Of my own.", fix="Do it.", params=params)
            assert own.in_language("fr") == own

    def test_a_finding_of_a_subclass_keeps_its_class(self) -> None:
        class Own(Finding):
            """A finding of a user."""

        own = Own(code=Code.ZONE_UNKNOWN, message=Code.ZONE_UNKNOWN.message, fix=Code.ZONE_UNKNOWN.fix)
        said, expected = own.in_language("fr"), finding(Code.ZONE_UNKNOWN).in_language("fr")
        assert type(said) is Own
        assert (said.message, said.fix) == (expected.message, expected.fix)

    def test_its_params_are_its_own(self) -> None:
        found = finding(Code.TEXT_TOO_LONG, maximum=2)
        said = found.in_language("zh")
        assert said.params == found.params
        assert said.params is not found.params
