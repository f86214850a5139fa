"""msgspec: it decodes and encodes as our own reader and writer do."""

import json
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

import msgspec
import pytest

from tests.integrations.payloads import CASES, MARKER, STORED, SUBMITTED, Case, Verdict, assert_case, verdict_on
from tests.samples.whole import SAMPLES, slot
from wtisd_model import Event, Money, PayloadError, Registration, Submission, TimeSlot, from_json, to_json, wtisd_23
from wtisd_model.integrations.msgspec import Json, dec_hook, enc_hook
from wtisd_model.types.timeslot import WrittenSlot

JSON = msgspec.json
PACK = msgspec.msgpack


class Desk(msgspec.Struct):
    """A type of somebody else, with our classes in it."""

    sent: Submission[Registration]
    stored: list[Json[Registration]] = []
    event: Json[Event] | None = None
    slots: dict[str, Json[TimeSlot]] = {}


def decoded(raw: bytes, kind: Any) -> Any:
    return JSON.decode(raw, type=kind, dec_hook=dec_hook)


def verdict_of(error: Exception) -> Verdict:
    """Return the verdict in a PayloadError, or in the error that msgspec makes of one."""
    found = error.__cause__ if isinstance(error, msgspec.ValidationError) else error
    assert isinstance(found, PayloadError)
    return verdict_on(found.findings)


def explain(error: Exception) -> tuple[Verdict, str]:
    return verdict_of(error), f"{error} {error!r} {error.__cause__!r}"


def refused(raw: bytes, kind: Any) -> tuple[msgspec.ValidationError, Verdict]:
    with pytest.raises(msgspec.ValidationError) as raised:
        decoded(raw, kind)
    return raised.value, verdict_of(raised.value)


class TestTable:
    """Every payload has the verdict that the reader has."""

    @pytest.mark.parametrize("case", CASES, ids=repr)
    def test_json_and_msgpack_and_plain_values_have_the_verdict_of_the_table(self, case: Case) -> None:
        packed = PACK.encode(case.document)
        kind: Any = case.kind if case.submission else Json[case.cls]  # type: ignore[name-defined]  # known when it runs
        for read, given in ((JSON.decode, case.payload), (PACK.decode, packed), (msgspec.convert, case.document)):
            assert_case(case, partial(read, given, type=kind, dec_hook=dec_hook), explain)


class TestWhatItParsesItself:
    """msgspec parses the JSON itself: its results for input that our parser refuses."""

    def test_the_last_of_repeated_keys_counts(self) -> None:
        raw = json.dumps(STORED).replace('"mode": "on-site"', '"mode": "remote", "mode": "on-site"').encode()
        assert decoded(raw, Json[Registration]).value == from_json(Registration, STORED)

    def test_raw_json_keeps_them(self) -> None:
        raw = json.dumps(STORED).replace('"mode": "on-site"', '"mode": "remote", "mode": "on-site"').encode()
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, bytes(JSON.decode(raw, type=msgspec.Raw)))
        assert verdict_on(raised.value.findings) == ("key-repeated",)

    @pytest.mark.parametrize("raw", [b"{", b'{"id": "\xff"}', b"\xef\xbb\xbf{}", b""])
    def test_invalid_json_is_an_error_of_msgspec(self, raw: bytes) -> None:
        with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)) as raised:
            decoded(raw, Json[Registration])
        assert not isinstance(raised.value, msgspec.ValidationError)

    @pytest.mark.parametrize(
        ("changes", "verdict"),
        [
            ({"organization": "x" * 1_000_001}, "payload-too-large"),
            ({"extensions": {"example.org:a": [0] * 50_001}}, "payload-too-many-values"),
        ],
    )
    def test_the_limits_of_a_payload_hold(self, changes: dict[str, Any], verdict: str) -> None:
        assert refused(json.dumps({**STORED, **changes}).encode(), Json[Registration])[1] == (verdict,)


class TestErrors:
    """A `msgspec.ValidationError` has our sentences and codes, the place of the object, and the PayloadError."""

    def test_the_cause_has_all_findings(self) -> None:
        desk = {"sent": SUBMITTED, "stored": [STORED, {**STORED, "mode": "onsite", "needs": [MARKER]}]}
        error, verdict = refused(json.dumps(desk).encode(), Desk)
        assert verdict == ("value-unknown /mode", "value-unknown /needs/0")
        first, second = str(error).split("\n")
        assert first.startswith('[value-unknown] at /mode: Not one of the allowed values. Did you mean "on-site"?')
        assert second.endswith(" - at `$.stored[1]`")

    @pytest.mark.parametrize("kind", [Submission, Submission[Event], Json, Json[int], int, Json[TimeSlot | None]])
    def test_other_types_are_not_for_the_hook(self, kind: Any) -> None:
        with pytest.raises((TypeError, NotImplementedError)):
            dec_hook(kind, {})

    @pytest.mark.parametrize("obj", [wtisd_23(), {1, 2}, None])
    def test_other_objects_are_not_for_the_hook(self, obj: object) -> None:
        with pytest.raises(NotImplementedError, match=f"this is a {type(obj).__name__}"):
            enc_hook(obj)


class TestRefusal:
    """Without a hook, msgspec would fill our objects: with an id and a state of the sender, and unknown keys."""

    FORGED = MappingProxyType(
        {
            "id": "r-1",
            "event_uid": "e-1",
            "participant": {"name": "Participant 1", "email": "participant1@example.org"},
            "mode": "remote",
            "submitted_at": "2023-04-13T08:15:00Z",
            "state": "approved",
            "unknown": True,
        }
    )

    @pytest.mark.parametrize("hook", [None, dec_hook])
    def test_nobody_approves_himself(self, hook: Any) -> None:
        plain: Any = {**self.FORGED}
        packed = PACK.encode(plain)
        for read, given in ((JSON.decode, JSON.encode(plain)), (PACK.decode, packed), (msgspec.convert, plain)):
            with pytest.raises(TypeError, match=r"msgspec must not fill Registration.*Submission\[Registration\]"):
                read(given, type=Registration, dec_hook=hook)

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_no_class_is_filled(self, made: object) -> None:
        with pytest.raises(TypeError, match=f"must not fill {type(made).__name__}"):
            decoded(b"{}", type(made))

    def test_an_object_is_taken_as_it_is(self) -> None:
        made = from_json(Registration, STORED)
        assert msgspec.convert(made, Registration) is made

    @pytest.mark.parametrize("made", [from_json(Registration, STORED), wtisd_23()])
    def test_a_document_is_not_written_by_the_names_of_its_fields(self, made: object) -> None:
        with pytest.raises(NotImplementedError, match="Wrap objects of wtisd_model in Json"):
            JSON.encode(made, enc_hook=enc_hook)
        with pytest.raises(TypeError, match="unsupported"):
            JSON.encode(made)

    def test_a_part_is(self) -> None:
        assert JSON.encode(Money(amount=Decimal(5), currency="CHF")) == b'{"amount":"5.00","currency":"CHF"}'


class TestObjects:
    """An object in `Json` is written as `to_json` writes it, and comes back."""

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_every_class_comes_back(self, made: Any) -> None:
        if not isinstance(made, WrittenSlot):  # the JSON of a TimeSlot
            kind: Any = Json[type(made)]  # type: ignore[misc]  # made when the test runs
            assert decoded(JSON.encode(Json(made), enc_hook=enc_hook), kind) == Json(made)

    def test_a_document_is_written_as_to_json_does(self) -> None:
        assert JSON.encode(Json(wtisd_23()), enc_hook=enc_hook) == to_json(wtisd_23())

    @pytest.mark.parametrize("payload", [SUBMITTED, json.dumps(SUBMITTED), json.dumps(SUBMITTED).encode()])
    def test_a_type_with_our_classes_comes_back(self, payload: Any) -> None:
        desk = Desk(
            sent=Submission(Registration, payload),
            stored=[Json(from_json(Registration, STORED))],
            event=Json(wtisd_23()),
            slots={"opening": Json(slot())},
        )
        again = decoded(JSON.encode(desk, enc_hook=enc_hook), Desk)
        assert (again.stored, again.event, again.slots) == (desk.stored, desk.event, desk.slots)
        assert again.sent.payload == SUBMITTED

    def test_a_submission_that_is_not_json_cannot_be_written(self) -> None:
        with pytest.raises(PayloadError) as raised:
            JSON.encode(Submission(Registration, f'{{"name": {MARKER}'), enc_hook=enc_hook)
        assert MARKER not in str(raised.value)

    def test_equality_is_that_of_the_objects(self) -> None:
        one, other = Json(wtisd_23()), Json(wtisd_23())
        assert one == other
        assert len({one, other, Json(wtisd_23().slot)}) == 2
        assert one != wtisd_23()

    def test_it_prints_no_personal_data(self) -> None:
        assert repr(Json(from_json(Registration, STORED))) == f"Json({from_json(Registration, STORED)!r})"
