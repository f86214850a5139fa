"""Nothing of what was sent in any message, repr, log, warning or chain of exceptions: marked values, searched for."""

import json
import logging
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.cli.running import here
from tests.hypothesis_profiles import sampled
from tests.json.mutations import FULL, WHOLE, Place, changed, places
from tests.samples.whole import SAMPLES
from wtisd_model import (
    Call,
    Dossier,
    Event,
    Finding,
    Limits,
    Location,
    ModelError,
    Outcome,
    PayloadError,
    Registration,
    Validator,
    check,
    from_json,
    local_time,
    to_problem,
    validate,
    validate_lines,
)
from wtisd_model.findings import pointer
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS
from wtisd_model.schema.constraints import Constraint, Items, Map, Nested, compiled
from wtisd_model.schema.fields import fields_of, json_form_of
from wtisd_model.schema.model import Model

# Made up, and not a piece of any word that this package writes. It is in the middle, so that no format matches it.
WORD = "zqxmk"
NUMBER = "790917"
MARKS = (WORD, NUMBER)
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)

BAD: tuple[object, ...] = (
    *(f"a {WORD} {NUMBER}\x00", f" {WORD}", f"{WORD}@{WORD}", f"{WORD}\u202e", f"{WORD} " * 3_000, f"\ud800{WORD}"),
    # What a suggestion could be made of.
    *(
        f"FR-{NUMBER}",
        f"fr_{WORD}1",
        f"EN-{WORD}",
        f"Europe/{WORD}",
        f"visa-letter {WORD}",
        f"{WORD}@example",
        f"{WORD}.c",
    ),
    *(
        f"2023-04-{NUMBER}",
        f"+41{NUMBER}x",
        f"javascript:{WORD}",
        int(NUMBER) * 10**9,
        -int(NUMBER),
        float(f"{NUMBER}.5"),
    ),
    *([f"{WORD} {NUMBER}\n", [f"{WORD}"]], {f"{WORD} {NUMBER}": WORD}, {f"{WORD}@example.org": {f"{WORD} x": NUMBER}}),
    {"text": f"{WORD}\x00", "language": WORD, "translations": {f"{WORD} {NUMBER}": WORD, "fr": f" {WORD}"}},
    {"start": WORD, "end": NUMBER, "timeZone": f"{WORD}/{NUMBER}"},
)
"""Values that are wrong nearly everywhere; where one is right, there is no finding."""


def leaked(*said: object) -> list[str]:
    """Return the texts that contain a mark."""
    texts = [each if isinstance(each, str) else repr(each) for each in said]
    return [each for each in texts if any(mark in each.casefold() for mark in MARKS)]


def all_of(findings: tuple[Finding, ...]) -> Iterator[object]:
    """Yield everything that findings can print; the repr of one has all its attributes."""
    yield from (findings, to_problem(findings, for_office=True), PayloadError(*findings).args)
    yield "\n".join(map(str, findings))


def all_of_error(error: BaseException) -> Iterator[object]:
    """Yield everything that an exception can print, with its context."""
    assert isinstance(error, ModelError)
    assert (error.__context__, error.__cause__) == (None, None)
    yield from (error, str(error), error.args, vars(error), getattr(error, "__notes__", ()))
    yield "".join(traceback.format_exception(error))
    yield from all_of(error.findings)


def all_of_outcome(outcome: Outcome[Any]) -> Iterator[object]:
    yield outcome
    yield from all_of(outcome.findings)


def refused(call: Callable[[], object]) -> ModelError | None:
    """Return the error of this package that a call raises, or None."""
    try:
        call()
    except ModelError as error:
        return error
    return None


@pytest.fixture(autouse=True)
def _silence(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing is logged, and nothing warned about, whatever comes in."""
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        yield
    assert caplog.records == []
    assert warned == []


def spoiled(cls: type) -> Iterator[dict[str, Any]]:
    """Yield documents with a bad value in each place, and with unknown keys in each object."""
    whole = WHOLE[cls] | {key: value for key, value in FULL[cls].items() if key not in WHOLE[cls]}
    # Whatever is further down in a dossier is a separate document.
    for place in (each for each in places(whole) if cls is not Dossier or len(each) < 4):
        inner: Any = whole
        for step in place:
            inner = inner[step]
        for bad in BAD:
            yield changed(whole, place, bad)
        if isinstance(inner, dict):
            yield changed(whole, place, {**inner, f"{WORD} {NUMBER}": {WORD: NUMBER}, f"{WORD}@example.org": WORD})


class TestRefusals:
    """No value of a personal field is in any message, repr, log or exception chain; nor one of another field."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_no_bad_value_in_any_place_is_told(self, cls: type) -> None:
        limits = Limits(bytes=10**7)
        for index, document in enumerate(sampled(spoiled(cls), gates=3)):
            # By the doors in turn: either would do, and both take twice as long.
            payload = document if index % 2 else json.dumps(document).encode()
            outcome: Outcome[Any] = validate(cls, payload, limits=limits)
            if outcome.value is None:
                assert leaked(*all_of_outcome(outcome)) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_nor_of_a_submission(self, cls: type) -> None:
        judge: Validator[Any] = Validator(cls, submission=True, now=NOW, dossier=marked_dossier())
        for document in sampled(spoiled(cls), gates=3):
            outcome = judge(document)
            assert leaked(*all_of(outcome.findings)) == []
        assert leaked(judge) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_an_error_says_as_little_and_nothing_hangs_on_it(self, cls: type) -> None:
        for index, document in enumerate(sampled(spoiled(cls), gates=3)):
            if index % 7 == 0:
                refusal = refused(partial(from_json, cls, document))
                assert refusal is None or leaked(*all_of_error(refusal)) == []

    @pytest.mark.parametrize(
        "payload",
        [
            WORD,
            f'{{"{WORD}": {WORD}}}',
            f'{{"{WORD} {NUMBER}": 1, "{WORD} {NUMBER}": 2}}',
            f'{{"a": "{WORD}\ud800"}}',
            f'{{"a": {NUMBER * 20}}}',
            f'{{"a": {NUMBER}e999}}',
            f'{{"{WORD}',
            f'["{WORD}"',
            b'\xff{"' + WORD.encode(),
            b'{"schemaVersion": ' + NUMBER.encode() + b"}",
            json.dumps({"@type": WORD}),
            f'{{"a": NaN, "{WORD}": 1}}',
            b'\xef\xbb\xbf{"' + WORD.encode() + b'": 1}',
            "[" * 40 + f'"{WORD}"' + "]" * 40,
            {f"{WORD} {NUMBER}": {1, WORD}, WORD.upper() + " x": {NUMBER: b""}},
            {f"{WORD}@example.org": object(), 5: WORD},
        ],
    )
    def test_what_cannot_be_read_is_not_told_either(self, payload: bytes | str | Mapping[str, object]) -> None:
        outcome = validate(Registration, payload)
        assert outcome.value is None
        assert leaked(*all_of_outcome(outcome)) == []
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, payload)
        assert leaked(*all_of_error(raised.value)) == []

    def test_lines_say_as_little(self) -> None:
        lines = [json.dumps(each).encode() for index, each in enumerate(spoiled(Registration)) if index % 9 == 0]
        lines += [WORD.encode(), b'{"' + WORD.encode(), b"\xff" + WORD.encode(), WORD.encode() * 10**6]
        outcomes = list(validate_lines(Registration, BytesIO(b"\n".join(lines))))
        assert len(outcomes) == len(lines)
        for outcome in outcomes:
            assert leaked(*all_of(outcome.findings)) == []

    def test_a_key_that_looks_like_a_name_is_the_one_thing_that_is_told(self) -> None:
        (found,) = [each for each in validate(Registration, {WORD: NUMBER}).findings if each.code == "key-unknown"]
        assert found.path == f"/{WORD}"
        assert leaked(found.message, found.fix, found.params) == []


def marked(value: Any) -> Any:
    """Mark every text, and keep its form as well as it goes."""
    if isinstance(value, dict):
        return {key: marked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [marked(each) for each in value]
    if not isinstance(value, str):
        return value
    if "@" in value:
        return f"{WORD}.{NUMBER}@example.org"
    if value.startswith("+"):
        return f"+41{NUMBER}123"
    # A word out of a list, such as a role, a language, a country or a zone, stays as it is.
    is_code = compiled(r"[A-Z]{2,3}|[A-Z][a-z]+/[A-Z][a-z]+").fullmatch(value)
    return f"A {WORD} {NUMBER}" if value[:1].isupper() and not is_code else value


def personal(constraint: Constraint, value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield the places of a document that hold personal data."""
    match constraint:
        case Nested():
            specs = {spec.key: spec for spec in fields_of(constraint.cls)}
            for key, each in value.items():
                if key in specs and specs[key].personal:
                    yield (*place, key)
                elif key in specs:
                    yield from personal(specs[key].constraint, each, (*place, key))
        case Items():
            for index, each in enumerate(value):
                yield from personal(constraint.item, each, (*place, index))
        case _:
            pass


def with_marks(cls: type, document: Mapping[str, Any]) -> dict[str, Any]:
    """Mark what is personal in a good document, which stays good."""
    whole = deepcopy(dict(document))
    for place in personal(Nested(cls), whole):
        inner: Any = whole
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = marked(inner[place[-1]])
    return whole


def marked_dossier() -> Dossier:
    return from_json(Dossier, with_marks(Dossier, WHOLE[Dossier]))


def within(value: object) -> Iterator[object]:
    """Yield an object and every object in it, but no places: those of events are public, and where a person lives is in
    a field that is not printed.
    """
    if isinstance(value, Location):
        return
    yield value
    if isinstance(value, Model):
        for spec in fields_of(type(value)) if json_form_of(type(value)) is type(value) else ():
            inner = getattr(value, spec.name)
            for each in inner if isinstance(inner, tuple | frozenset) else (inner,):
                yield from within(each)


class TestObjects:
    """Hazard 27: ``repr=False`` on personal fields."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("source", [WHOLE, FULL], ids=["whole", "full"])
    def test_no_object_shows_what_is_personal_in_it(self, cls: type, source: Mapping[type, dict[str, Any]]) -> None:
        document = with_marks(cls, source[cls])
        outcome: Outcome[Any] = validate(cls, document)
        assert outcome.findings == ()
        assert outcome.value is not None
        hidden = [each for each in within(outcome.value) if isinstance(each, Model)]
        assert leaked(outcome, str(outcome), *hidden, *map(str, hidden)) == []
        # They are there, all the same.
        if WORD in json.dumps(document):
            assert any(WORD in repr(getattr(each, spec.name)) for each in hidden for spec in _own(each))

    def test_what_somebody_needs_is_not_shown(self) -> None:
        assert "visa" not in repr(from_json(Registration, WHOLE[Registration]))

    def test_rules_say_nothing_of_people(self) -> None:
        dossier = marked_dossier()
        twice = evolve(dossier, registrations=dossier.registrations * 2)
        for each in (dossier, twice, from_json(Dossier, with_marks(Dossier, FULL[Dossier]))):
            assert leaked(*all_of(check(each, now=NOW))) == []
        assert check(twice, now=NOW)

    def test_moves_that_are_not_allowed_say_nothing_of_who_made_them(self) -> None:
        one = from_json(Registration, with_marks(Registration, WHOLE[Registration]))
        with pytest.raises(ModelError) as raised:
            one.check_in(at=NOW, by=f"A {WORD}", note=WORD)
        assert leaked(*all_of_error(raised.value)) == []


def _own(value: object) -> list[Any]:
    return [spec for spec in fields_of(type(value)) if hasattr(value, spec.name)]


class TestConstructors:
    """Every class refuses a bad value of every field without showing it."""

    @pytest.mark.slow
    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
    def test_no_bad_value_is_in_the_error(self, sample: Any) -> None:
        refusals = [
            refused(partial(evolve, sample, **{attribute.name: bad}))
            for attribute in type(sample).__attrs_attrs__
            for bad in BAD
        ]
        assert any(refusals)
        for each in refusals:
            assert each is None or leaked(*all_of_error(each)) == []

    @pytest.mark.parametrize(
        "call",
        [
            lambda: local_time(f"2023-05-17T{WORD}", "Europe/Zurich"),
            lambda: local_time("2023-05-17T14:30:00", f"Europe/{WORD}"),
            lambda: local_time("2023-05-17T14:30:00", "UTC", repeated=WORD),  # type: ignore[arg-type]  # the mistake
            lambda: Limits(bytes=-int(NUMBER)),
            lambda: Validator(Registration, now=WORD),  # type: ignore[arg-type]  # the mistake
            lambda: Call(kind=WORD),  # type: ignore[arg-type]  # the mistake
            lambda: from_json(Event, FULL[Event]).slot_in(WORD),
        ],
    )
    def test_no_argument_is_in_the_error(self, call: Callable[[], object]) -> None:
        with pytest.raises(ModelError) as raised:
            call()
        # The traceback shows the line of this test that made the mistake.
        told = [each for each in all_of_error(raised.value) if "Traceback" not in str(each)]
        assert leaked(*told) == []


class TestCommandLine:
    """What the program prints, for people and for programs."""

    @pytest.mark.parametrize("arguments", [("validate",), ("validate", "--json"), ("json",), ("ical",), ("check",)])
    def test_nothing_of_a_document_is_printed(self, tmp_path: Path, arguments: tuple[str, ...]) -> None:
        bad = json.dumps({"@type": "Event", **next(_every_place_spoiled())})
        for name, text in {"bad": bad, "broken": f'{{"{WORD}', "other": json.dumps({"@type": WORD})}.items():
            file = tmp_path / f"{name}.json"
            file.write_text(text, encoding="utf-8")
            ended = here(*arguments, file)
            assert ended.code != 0
            assert leaked(ended.text, ended.err) == []

    def test_nothing_of_a_line_is_printed(self, tmp_path: Path) -> None:
        file = tmp_path / "people.jsonl"
        lines = [json.dumps(each) for index, each in enumerate(spoiled(Registration)) if index % 20 == 0]
        file.write_text("\n".join([*lines, WORD, f'{{"{WORD} {NUMBER}": 1}}']), encoding="utf-8", errors="replace")
        for extra in ((), ("--json",)):
            ended = here("validate", "--as", "registration", *extra, file)
            assert ended.code == 1
            assert leaked(ended.text, ended.err) == []


def _every_place_spoiled() -> Iterator[dict[str, Any]]:
    whole = deepcopy(WHOLE[Event])
    for spec in fields_of(Event):
        if not isinstance(spec.constraint, Map):
            whole[spec.key] = f" {WORD} {NUMBER}"
    yield {**whole, f"{WORD}@example.org": WORD}


class TestTheSearch:
    """A search that finds nothing proves nothing unless it would find something."""

    def test_it_finds_a_mark_wherever_it_is(self) -> None:
        hidden = Finding(code="x", message="m", fix="f", params={"a": f"x{WORD.upper()}x"})
        assert leaked(*all_of((hidden,)))
        error = PayloadError(Finding(code="x", path=pointer(NUMBER), message="m", fix="f"))
        assert leaked(*all_of_error(error))
        try:
            try:
                raise KeyError(WORD)  # noqa: TRY301 - the chain is what is looked for
            except KeyError:
                raise PayloadError from None
        except PayloadError as chained:
            with pytest.raises(AssertionError):
                list(all_of_error(chained))
