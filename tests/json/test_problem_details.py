"""`to_problem`: what a web handler answers to a payload that is refused."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.examples import example
from wtisd_model import (
    Code,
    Dossier,
    Event,
    Finding,
    Limits,
    Nature,
    PayloadError,
    Registration,
    Severity,
    Validator,
    from_json,
    to_problem,
    validate,
)
from wtisd_model.findings import finding
from wtisd_model.json.problem_details import problem_of
from wtisd_model.locales import finding_texts_for, languages

NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
SENT = {
    "eventUid": "0afd7437-a0a7-510e-b2b6-ac4856994a8c",
    "participant": {"name": "Participant 1", "email": "participant1@example.org"},
    "mode": "remote",
}
# Whatever a template asks for.
WORDS: dict[str, str | int] = {
    **dict.fromkeys(
        (
            "allowed",
            "booths",
            "choices",
            "component",
            "countries",
            "country",
            "encoding",
            "expected",
            "field",
            "form",
            "goal",
            "group",
            "id",
            "floor",
            "ids",
            "language",
            "member",
            "method",
            "parameter",
            "part",
            "product",
            "property",
            "reason",
            "span",
            "what",
            "status",
            "zone",
        ),
        "a, b",
    ),
    **dict.fromkeys(
        (
            "booths",
            "count",
            "days",
            "heads",
            "last",
            "line",
            "maximum",
            "minimum",
            "minutes",
            "needed",
            "norm",
            "offset",
            "other",
            "places",
            "session",
            "sessions",
            "taken",
            "unknown",
            "whole_days",
            "years",
        ),
        2,
    ),
}
WARNING = finding(Code.VISA_LETTER_REMOTE, "/needs")
ABOUT_OTHERS = [
    finding(Code.REGISTRATION_REPEATED, "/participant"),
    finding(Code.MAILBOX_SHARED, "/participant/email"),
    finding(Code.ID_REPEATED, "/id"),
    finding(Code.WAITLIST_PASSED_OVER, "/registrations/1/state"),
]


def said(code: Code, path: str = "") -> Finding:
    """Make a finding, with whatever its templates ask for."""
    words: dict[str, Any] = WORDS
    return finding(code, path, **words)


def status(*codes: Code) -> object:
    return to_problem([said(code) for code in codes])["status"]


def errors_of(problem: Mapping[str, Any]) -> list[dict[str, Any]]:
    errors: list[dict[str, Any]] = problem["errors"]
    return errors


def dossier_with(sent: dict[str, Any]) -> Dossier:
    """Make a dossier in which somebody has sent this before."""
    event = from_json(Event, example("event"))
    taken = validate(Registration, sent, submission=True, now=NOW).value
    assert taken is not None
    return Dossier(event=event, registrations=(taken,))


class TestProblem:
    """RFC 9457 section 3: "type", "status", "title", "detail", and members of one's own such as "errors"."""

    def test_a_refused_payload_tells_all_that_is_wrong_with_it(self) -> None:
        outcome = validate(Registration, {**SENT, "mode": "onsite", "country": "ch"}, submission=True, now=NOW)
        assert to_problem(outcome.findings) == {
            "type": "urn:wtisd-model:problem:1:invalid",
            "title": "The document is not valid.",
            "status": 422,
            "detail": "Found: 2 errors. Correct the listed errors and send it again.",
            "errors": [
                {
                    "detail": "Not one of the allowed values.",
                    "pointer": "#/mode",
                    "code": "value-unknown",
                    "severity": "error",
                    "fix": 'Did you mean "on-site"? Use one of: on-site, remote.',
                    "params": {"choices": "on-site, remote", "suggestion": "on-site"},
                },
                {
                    "detail": "Not an ISO 3166-1 alpha-2 country code.",
                    "pointer": "#/country",
                    "code": "country-unknown",
                    "severity": "error",
                    "fix": 'Did you mean "CH"? Use two capital letters, such as CH.',
                    "params": {"suggestion": "CH"},
                },
            ],
        }

    def test_the_findings_of_an_error_are_told_like_those_of_an_outcome(self) -> None:
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, b"{}")
        assert to_problem(raised.value.findings) == to_problem(validate(Registration, b"{}").findings)

    def test_any_iterable_of_findings_will_do(self) -> None:
        one = finding(Code.NOT_UTF8)
        assert to_problem(iter([one])) == to_problem((one,)) == to_problem({one})

    def test_its_values_are_plain_and_any_json_library_writes_them(self) -> None:
        def kinds(value: object) -> set[type]:
            inner: list[object] = []
            if isinstance(value, dict):
                inner = [*value, *value.values()]
            elif isinstance(value, list):
                inner = value
            return {type(value)}.union(*map(kinds, inner))

        for code in Code:
            problem = to_problem([said(code, "/a")], for_office=True) or to_problem(
                [said(code, "/a"), finding(Code.NOT_UTF8)], for_office=True
            )
            assert json.loads(json.dumps(problem)) == problem, code
            assert kinds(problem) <= {dict, list, str, int}, code

    def test_what_a_rule_of_yours_says_is_told_in_plain_values_too(self) -> None:
        mine = Finding(code="my-own", message="M.", fix="F.", params={"a": Code.NOT_JSON, "b": True})
        (told,) = errors_of(to_problem([mine]))
        assert told == {
            "detail": "M.",
            "pointer": "#",
            "code": "my-own",
            "severity": "error",
            "fix": "F.",
            "params": {"a": "not-json", "b": "True"},
        }
        assert {type(each) for each in told["params"].values()} == {str}


class TestLanguage:
    """RFC 9457 section 3.1.3: a title does not change, "except for localization"."""

    def test_a_response_is_in_one_language(self) -> None:
        outcome = validate(Registration, {**SENT, "mode": "onsite"}, submission=True, now=NOW)
        problem = to_problem([*outcome.findings, WARNING], omitted=3, language="fr-CH")
        assert problem["title"] == "Le document n'est pas valide."
        assert problem["detail"] == (
            "Résultat\u00a0: 1 erreur, 1 avertissement, 3 autres constatations, non énumérées."
            " Corrigez les erreurs énumérées et renvoyez le document."
        )
        first, second = problem["errors"]
        assert first["fix"].startswith("Vouliez-vous dire «\u00a0on-site\u00a0»\u00a0? Utilisez")
        assert second["detail"] == WARNING.in_language("fr").message

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_what_programs_read_is_the_same_in_each_language(self, language: str) -> None:
        translated = [code for code in Code if code in finding_texts_for(language).codes]
        said_in, english = (
            to_problem([said(code, "/a") for code in translated], omitted=1, for_office=True, language=each)
            for each in (language, "en")
        )
        assert (said_in["type"], said_in["status"]) == (english["type"], english["status"])
        texts = {"detail", "fix"}
        assert [{key: value for key, value in each.items() if key not in texts} for each in errors_of(said_in)] == [
            {key: value for key, value in each.items() if key not in texts} for each in errors_of(english)
        ]

    @pytest.mark.parametrize(
        ("language", "details"),
        [
            ("ar", [f"النتيجة: {n}." for n in ("خطأ واحد", "خطآن", "5 أخطاء", "11 خطأً", "100 خطأ")]),
            ("de", [f"Ergebnis: {n} Fehler." for n in (1, 2, 5, 11, 100)]),
            ("es", [f"Resultado: {n}." for n in ("1 error", "2 errores", "5 errores", "11 errores", "100 errores")]),
            ("pt", [f"Resultado: {n}." for n in ("1 erro", "2 erros", "5 erros", "11 erros", "100 erros")]),
            ("ru", [f"Обнаружено: {n}." for n in ("1 ошибка", "2 ошибки", "5 ошибок", "11 ошибок", "100 ошибок")]),
            ("zh", [f"发现：{n}个错误。" for n in (1, 2, 5, 11, 100)]),
        ],
    )
    def test_numbers_have_the_plural_forms_of_the_language(self, language: str, details: list[str]) -> None:
        problems = [to_problem([said(Code.KEY_MISSING)] * n, language=language) for n in (1, 2, 5, 11, 100)]
        assert [str(each["detail"])[: len(wanted)] for each, wanted in zip(problems, details, strict=True)] == details

    def test_for_a_language_without_words_it_is_in_english(self) -> None:
        findings = [said(Code.KEY_MISSING)]
        assert to_problem(findings, language="it") == to_problem(findings)

    def test_findings_in_another_language_become_those_of_the_response(self) -> None:
        findings = [said(Code.KEY_MISSING), WARNING]
        assert to_problem([each.in_language("zh") for each in findings], language="ru") == to_problem(
            findings, language="ru"
        )


class TestStatus:
    """RFC 9110: 413 "larger than the server is willing or able to process", 400 "malformed request syntax", 422."""

    def test_too_much_is_413(self) -> None:
        assert status(Code.PAYLOAD_TOO_LARGE) == status(Code.PAYLOAD_TOO_MANY_VALUES) == 413

    @pytest.mark.parametrize("code", [Code.NOT_JSON, Code.NOT_UTF8, Code.KEY_REPEATED, Code.PAYLOAD_TOO_DEEP])
    def test_what_is_no_strict_json_is_400(self, code: Code) -> None:
        assert status(code) == 400

    def test_what_could_be_read_is_422(self) -> None:
        errors = [code for code in Code if code.nature is not Nature.READING and code.severity is Severity.ERROR]
        assert [code for code in errors if to_problem([said(code)], for_office=True)["status"] != 422] == []

    def test_a_newer_version_is_well_formed(self) -> None:
        assert status(Code.SCHEMA_VERSION_NEWER) == 422

    def test_the_gravest_one_counts(self) -> None:
        assert status(Code.KEY_MISSING, Code.NOT_JSON) == 400
        assert status(Code.KEY_MISSING, Code.NOT_JSON, Code.PAYLOAD_TOO_LARGE) == 413

    def test_each_status_has_one_type_and_one_title(self) -> None:
        problems = [to_problem([said(code)], for_office=True) for code in Code]
        assert len({(each["status"], each["type"], each["title"]) for each in problems if each}) == 3

    @pytest.mark.parametrize(
        ("payload", "limits", "expected"),
        [
            (b"{", Limits(), 400),
            (b'{"a":1,"a":2}', Limits(), 400),
            (b"{}", Limits(bytes=1), 413),
            (b"[1,2]", Limits(values=2), 413),
            (b"{}", Limits(), 422),
            (b'{"schemaVersion":2}', Limits(), 422),
        ],
    )
    def test_a_payload_is_answered_with_it(self, payload: bytes, limits: Limits, expected: int) -> None:
        assert to_problem(validate(Registration, payload, limits=limits).findings)["status"] == expected


class TestPointer:
    """RFC 6901 section 6: a pointer as a URI fragment is percent-encoded."""

    @pytest.mark.parametrize(
        ("path", "pointer"),
        [
            ("", "#"),
            ("/participant/email", "#/participant/email"),
            ("/@type", "#/@type"),
            ("/a~1b/m~0n", "#/a~1b/m~0n"),
            ("/c%d", "#/c%25d"),
            ('/g"h #é', "#/g%22h%20%23%C3%A9"),
            ("/\ud800", "#/?"),
        ],
    )
    def test_a_path_is_written_as_a_fragment(self, path: str, pointer: str) -> None:
        (told,) = errors_of(to_problem([finding(Code.NOT_UTF8, path)]))
        assert told["pointer"] == pointer


class TestOmitted:
    """At most 100 findings an Outcome, saying how many more."""

    def test_findings_beyond_the_cap_are_counted(self) -> None:
        outcome = validate(Registration, {f"k{index}": 1 for index in range(120)})
        problem = to_problem(outcome.findings, omitted=outcome.omitted)
        assert problem["omitted"] == outcome.omitted == 25
        assert (
            problem["detail"]
            == "Found: 100 errors, 25 further findings, not listed. Correct the listed errors and send it again."
        )
        assert "omitted" not in to_problem(outcome.findings)

    def test_warnings_are_told_beside_errors(self) -> None:
        problem = to_problem([finding(Code.NULL_REFUSED, "/a"), WARNING], omitted=1)
        assert problem["detail"] == (
            "Found: 1 error, 1 warning, 1 further finding, not listed. Correct the listed errors and send it again."
        )
        assert [each["severity"] for each in errors_of(problem)] == ["error", "warning"]

    def test_errors_that_were_all_cut_off_are_a_problem_all_the_same(self) -> None:
        assert (
            to_problem([], omitted=1)["detail"]
            == "Found: 1 further finding, not listed. Correct the listed errors and send it again."
        )
        assert to_problem(ABOUT_OTHERS, omitted=1)["errors"] == []

    def test_while_a_warning_was_kept_no_error_was_cut_off(self) -> None:
        assert to_problem([WARNING], omitted=1) == {}


class TestAboutOthers:
    """CONTRACT: "leaves out findings that tell one registrant about another ... unless asked"."""

    @pytest.mark.parametrize("secret", ABOUT_OTHERS, ids=lambda each: each.code)
    @pytest.mark.parametrize("others", [[], [WARNING], [finding(Code.NULL_REFUSED, "/country"), WARNING]])
    def test_they_leave_no_trace(self, secret: Finding, others: list[Finding]) -> None:
        assert to_problem([secret, *others]) == to_problem(others) == to_problem([*others, secret])

    @pytest.mark.parametrize("secret", ABOUT_OTHERS, ids=lambda each: each.code)
    def test_the_office_is_told(self, secret: Finding) -> None:
        told = to_problem([secret, finding(Code.NULL_REFUSED, "/country")], for_office=True)
        assert [each["code"] for each in errors_of(told)] == [secret.code, "null-refused"]

    def test_whether_somebody_is_registered_cannot_be_read_from_an_answer(self) -> None:
        dossier = dossier_with(SENT)
        nobody = evolve(dossier, registrations=())
        later = NOW.replace(hour=9)
        for sent in (SENT, {**SENT, "country": "ch"}, {**SENT, "needs": ["visa-letter"]}, {**SENT, "mode": "x"}):
            answers = [
                to_problem(Validator(Registration, submission=True, dossier=each, now=later)(sent).findings)
                for each in (dossier, nobody)
            ]
            assert answers[0] == answers[1]
        known = validate(Registration, SENT, submission=True, dossier=dossier, now=later)
        assert [each.code for each in known.findings] == [Code.REGISTRATION_REPEATED]
        assert not known.ok
        assert to_problem(known.findings) == {}

    def test_one_form_sent_twice_by_one_click_is_answered_twice_alike(self) -> None:
        dossier = dossier_with(SENT)
        again = validate(Registration, SENT, submission=True, dossier=dossier, now=NOW)
        assert [each.code for each in again.findings] == [Code.REGISTRATION_REPEATED]
        assert to_problem(again.findings) == {}
        retried = validate(
            Registration, SENT, submission=True, id=dossier.registrations[0].id, dossier=dossier, now=NOW
        )
        assert Code.ID_REPEATED in {each.code for each in retried.findings}
        assert to_problem(retried.findings) == {}

    def test_an_id_that_stands_twice_in_one_document_is_the_senders_own(self) -> None:
        event = example("event")
        event["sessions"] = [event["sessions"][0]] * 2
        (told,) = errors_of(to_problem(validate(Event, event).findings))
        assert (told["code"], told["pointer"]) == ("id-repeated", "#/sessions/1/id")

    def test_that_no_seat_is_left_tells_of_nobody(self) -> None:
        assert to_problem([finding(Code.SEATS_EXCEEDED, "/mode", maximum=2)])["status"] == 422


class TestNothingToRefuse:
    """An empty dict is false: ``if problem := to_problem(...)`` asks whether there is anything to answer with."""

    def test_a_good_payload_and_one_that_is_only_warned_about_give_no_problem(self) -> None:
        assert to_problem([]) == to_problem([WARNING]) == to_problem([WARNING], for_office=True) == {}

    @LAW
    @given(
        st.lists(
            st.sampled_from(
                [said(code, "/a") for code in Code],
            ),
            max_size=5,
        )
    )
    def test_to_the_office_it_is_a_problem_exactly_where_an_error_is_among_them(self, findings: list[Finding]) -> None:
        errors = any(each.severity is Severity.ERROR for each in findings)
        assert bool(to_problem(findings, for_office=True)) is errors

    @pytest.mark.parametrize(
        "one", [validate(Registration, b""), finding(Code.NOT_JSON, offset=0), "not-json"], ids=type
    )
    def test_one_thing_is_a_mistake_of_the_caller(self, one: Any) -> None:
        with pytest.raises(TypeError, match="findings must be an iterable"):
            to_problem(one)


class TestProblemOf:
    """The response to an error is never empty."""

    HIDDEN = finding(Code.REGISTRATION_REPEATED, "/participant")

    def test_it_is_the_problem_of_its_findings(self) -> None:
        shown = finding(Code.KEY_MISSING, "/mode")
        assert problem_of(PayloadError(shown, omitted=3)) == (422, to_problem([shown], omitted=3))
        office = PayloadError(self.HIDDEN, for_office=True)
        assert problem_of(office) == (422, to_problem([self.HIDDEN], for_office=True))

    def test_an_error_with_only_hidden_findings_is_raised(self) -> None:
        error = PayloadError(self.HIDDEN)
        with pytest.raises(PayloadError) as raised:
            problem_of(error)
        assert raised.value is error
