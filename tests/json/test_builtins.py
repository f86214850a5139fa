"""Plain JSON values of any object, a document or a part of one, and back."""

import json
from types import MappingProxyType
from typing import Any

import pytest

from tests.integrations.payloads import CASES, MARKER, STORED, SUBMITTED, Case, verdict_on
from tests.samples.whole import SAMPLES
from wtisd_model import (
    Code,
    Event,
    LocalizedText,
    Money,
    Outcome,
    PayloadError,
    Pledge,
    Registration,
    Submission,
    openapi_components,
    to_json,
)
from wtisd_model.findings import MOST_COUNTED, MOST_FINDINGS
from wtisd_model.json.builtins import (
    component_name,
    from_builtins,
    from_payload,
    is_object_of,
    submission_type,
    to_builtins,
)
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS
from wtisd_model.types.timeslot import WrittenSlot


def refused(kind: Any, value: object) -> PayloadError:
    with pytest.raises(PayloadError) as raised:
        from_builtins(kind, value)
    return raised.value


class TestBothWays:
    """Every class that is in a document has the JSON that it has there."""

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_an_object_comes_back(self, made: object) -> None:
        plain = to_builtins(made)
        assert json.loads(json.dumps(plain)) == plain
        if not isinstance(made, WrittenSlot):  # the JSON of a TimeSlot
            assert from_builtins(type(made), plain) == made

    @pytest.mark.parametrize("made", [made for made in SAMPLES if type(made) in DOCUMENTS])
    def test_a_document_is_what_to_json_writes(self, made: object) -> None:
        assert to_builtins(made) == json.loads(to_json(made))

    def test_a_part_has_no_envelope(self) -> None:
        assert to_builtins(LocalizedText("Forum", "en")) == {"text": "Forum", "language": "en"}


class TestRefusals:
    """The reader is the only one that refuses."""

    @pytest.mark.parametrize("case", [case for case in CASES if not case.submission], ids=repr)
    def test_a_document_has_the_findings_of_the_reader(self, case: Case) -> None:
        if case.verdict:
            assert verdict_on(refused(case.cls, case.document).findings) == case.verdict
        else:
            assert isinstance(from_builtins(case.cls, case.document), case.cls)

    @pytest.mark.parametrize("value", [json.dumps(STORED), json.dumps(STORED).encode(), [STORED], 47, None])
    @pytest.mark.parametrize("kind", [Registration, Money, Submission[Registration]])
    def test_no_text_is_parsed(self, kind: Any, value: object) -> None:
        assert verdict_on(refused(kind, value).findings) == ("wrong-type",)

    def test_a_part_has_all_findings_at_once(self) -> None:
        error = refused(Money, {"amount": 5, "currency": MARKER})
        assert verdict_on(error.findings) == ("wrong-type /amount", "currency-unknown /currency")

    def test_a_part_may_hold_only_json(self) -> None:
        assert verdict_on(refused(Money, {"amount": float("nan")}).findings) == (f"{Code.NUMBER_NOT_FINITE} /amount",)

    @pytest.mark.parametrize("kind", [Registration, Money])
    def test_omitted_findings_are_counted(self, kind: Any) -> None:
        several = {f"a key {number}": 1 for number in range(MOST_FINDINGS)}
        error = refused(kind, several)
        missing = len(refused(kind, {}).findings)
        assert (len(error.findings), error.omitted) == (MOST_FINDINGS, missing)

    def test_counting_ends_at_a_limit(self) -> None:
        assert refused(Money, {f"a key {number}": 1 for number in range(2 * MOST_COUNTED)}).omitted == MOST_COUNTED


class TestPayload:
    """A payload is read as bytes, by the same reader."""

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_an_object_comes_back(self, made: object) -> None:
        if not isinstance(made, WrittenSlot):
            assert from_payload(type(made), json.dumps(to_builtins(made)).encode()) == made

    @pytest.mark.parametrize(
        ("payload", "verdict"), [(b'{"amount": "1", "amount": "2"}', "key-repeated"), (b"[]", "wrong-type")]
    )
    def test_a_part_has_the_findings_of_the_reader(self, payload: bytes, verdict: str) -> None:
        with pytest.raises(PayloadError) as raised:
            from_payload(Money, payload)
        assert verdict_on(raised.value.findings) == (verdict,)

    def test_a_submission_holds_it_unread(self) -> None:
        assert from_payload(Submission[Registration], b"{").payload == b"{"


class TestSubmission:
    """A submission is held as it is."""

    def test_it_is_not_read(self) -> None:
        held = from_builtins(Submission[Registration], {**SUBMITTED, "mode": MARKER})
        assert held.payload == {**SUBMITTED, "mode": MARKER}

    def test_its_class_is_that_of_the_annotation(self) -> None:
        assert submission_type(Submission[Registration]) is Registration
        assert submission_type(Registration) is None
        assert submission_type(list[Registration]) is None

    @pytest.mark.parametrize("kind", [Submission, Submission[Event], Submission[int]])
    def test_others_cannot_be_submitted(self, kind: Any) -> None:
        with pytest.raises(TypeError):
            submission_type(kind)

    @pytest.mark.parametrize(
        ("payload", "verdict"),
        [
            (f'{{"name": "{MARKER}', "not-json"),
            (b'{"mode": "remote", "mode": "remote"}', "key-repeated"),
            ("\ud800", "not-utf8"),
            (b"[" * 1_000, "payload-too-deep"),
            (b"9" * 5_000, "number-too-long"),
            ({"answers": {"a": float("nan")}}, "number-not-finite /answers/a"),
        ],
    )
    def test_a_payload_that_is_not_json_cannot_be_written(self, payload: Any, verdict: str) -> None:
        with pytest.raises(PayloadError) as raised:
            to_builtins(Submission(Registration, payload))
        assert verdict_on(raised.value.findings) == (verdict,)
        assert MARKER not in str(raised.value)

    def test_it_is_written_as_plain_values(self) -> None:
        sent = MappingProxyType({"answers": MappingProxyType({"a": 1})})
        assert json.dumps(to_builtins(Submission(Registration, sent))) == '{"answers": {"a": 1}}'

    @pytest.mark.parametrize("other", [None, 5, {}, Registration, Outcome(value=1)])
    def test_nothing_else_is_written(self, other: object) -> None:
        with pytest.raises(TypeError, match="Not an object of wtisd_model"):
            to_builtins(other)


class TestIsObjectOf:
    """An object is not read again if it is one of exactly the type that is asked for."""

    def test_a_submission_is_one_of_its_class(self) -> None:
        sent = Submission(Registration, SUBMITTED)
        assert is_object_of(Submission[Registration], sent)
        assert not is_object_of(Submission[Pledge], sent)
        assert not is_object_of(Registration, sent)

    def test_another_object_is_one_of_its_class(self) -> None:
        made = from_builtins(Registration, STORED)
        assert is_object_of(Registration, made)
        assert not is_object_of(Submission[Registration], made)


class TestComponentName:
    """A type has the name of its schema."""

    def test_it_is_a_component(self) -> None:
        components = openapi_components()
        for kind in (*DOCUMENTS, *(Submission[each] for each in SUBMISSIONS), Money):  # type: ignore[valid-type]  # known when it runs
            assert component_name(kind) in components
