"""cattrs: a converter structures and unstructures as our own reader and writer do."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from attrs import Factory, field, frozen
from cattrs import BaseConverter, ClassValidationError, Converter, transform_error
from cattrs.preconf.json import make_converter as make_json_converter
from cattrs.preconf.msgspec import make_converter as make_msgspec_converter
from cattrs.preconf.orjson import make_converter as make_orjson_converter

from tests.integrations.payloads import CASES, MARKER, STORED, SUBMITTED, Case, Verdict, assert_case, verdict_on
from tests.samples.whole import SAMPLES, slot
from wtisd_model import Event, PayloadError, Registration, Submission, TimeSlot, from_json, to_json, wtisd_23
from wtisd_model.integrations.cattrs import register_hooks
from wtisd_model.types.timeslot import WrittenSlot


@frozen(kw_only=True)
class Desk:
    """A class of somebody else, with our classes in it."""

    sent: Submission[Registration] = field(eq=False)
    stored: tuple[Registration, ...] = ()
    event: Event | None = None
    slots: Mapping[str, TimeSlot] = Factory(dict)


def with_hooks(make: Callable[..., Any], **options: Any) -> Any:
    converter = make(**options)
    register_hooks(converter)
    return converter


CONVERTER = with_hooks(Converter)
JSON = with_hooks(make_json_converter)
CONVERTERS = [with_hooks(BaseConverter), CONVERTER, with_hooks(Converter, detailed_validation=False), JSON]


def leaves(error: Exception) -> list[Exception]:
    if isinstance(error, ExceptionGroup):
        return [leaf for each in error.exceptions for leaf in leaves(each)]
    return [error]


def explain(error: PayloadError) -> tuple[Verdict, str]:
    return verdict_on(error.findings), f"{error} {error!r} {transform_error(error)}"


class TestTable:
    """Every payload has the verdict that the reader has."""

    @pytest.mark.parametrize("case", CASES, ids=repr)
    def test_plain_values_have_the_verdict_of_the_table(self, case: Case) -> None:
        for converter in CONVERTERS:
            assert_case(case, partial(converter.structure, case.document, case.kind), explain)


class TestWhatItParsesItself:
    """A preconfigured converter parses the JSON itself: its results for input that our parser refuses."""

    def test_the_last_of_repeated_keys_counts(self) -> None:
        raw = json.dumps(STORED).replace('"mode": "on-site"', '"mode": "remote", "mode": "on-site"')
        assert JSON.loads(raw, Registration) == from_json(Registration, STORED)

    @pytest.mark.parametrize("raw", [b"{", b'{"id": "\xff"}', b""])
    def test_invalid_json_is_an_error_of_the_parser(self, raw: bytes) -> None:
        with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
            JSON.loads(raw, Registration)

    @pytest.mark.parametrize(
        ("changes", "verdict"),
        [
            ({"organization": "x" * 1_000_001}, "payload-too-large"),
            ({"extensions": {"example.org:a": [0] * 50_001}}, "payload-too-many-values"),
            ({"answers": {"a": float("inf")}}, "number-not-finite /answers/a"),
        ],
    )
    def test_the_limits_of_a_payload_hold(self, changes: dict[str, Any], verdict: str) -> None:
        with pytest.raises(PayloadError) as raised:
            JSON.loads(json.dumps({**STORED, **changes}), Registration)
        assert verdict_on(raised.value.findings) == (verdict,)


class TestErrors:
    """A refused object raises a `PayloadError`, in the group that cattrs makes for a class around it."""

    def test_the_group_has_all_findings(self) -> None:
        desk = {"sent": SUBMITTED, "stored": [{**STORED, "mode": "onsite", "needs": [MARKER]}], "event": 47}
        with pytest.raises(ClassValidationError) as raised:
            CONVERTER.structure(desk, Desk)
        found = [verdict_on(each.findings) for each in leaves(raised.value) if isinstance(each, PayloadError)]
        assert found == [("value-unknown /mode", "value-unknown /needs/0"), ("wrong-type",)]
        assert MARKER not in " ".join(transform_error(raised.value))

    @pytest.mark.parametrize("kind", [Submission, Submission[Event]])
    def test_a_class_that_nobody_submits_is_a_type_error(self, kind: Any) -> None:
        with pytest.raises(TypeError):
            CONVERTER.structure(SUBMITTED, kind)

    def test_other_types_are_left_to_cattrs(self) -> None:
        assert CONVERTER.structure(["1", 2], list[int]) == [1, 2]


class TestObjects:
    """An object is written as `to_json` writes it, and comes back."""

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_every_class_comes_back(self, made: Any) -> None:
        if not isinstance(made, WrittenSlot):  # the JSON of a TimeSlot
            assert JSON.loads(JSON.dumps(made), type(made)) == made

    def test_a_document_is_written_as_to_json_does(self) -> None:
        assert CONVERTER.unstructure(wtisd_23()) == json.loads(to_json(wtisd_23()))

    @pytest.mark.parametrize("make", [make_json_converter, make_orjson_converter, make_msgspec_converter])
    def test_a_class_with_ours_comes_back_in_every_format(self, make: Callable[[], Any]) -> None:
        desk = Desk(
            sent=Submission(Registration, SUBMITTED),
            stored=(from_json(Registration, STORED),),
            event=wtisd_23(),
            slots={"opening": slot()},
        )
        converter = with_hooks(make)
        again = converter.loads(converter.dumps(desk), Desk)
        assert again == desk
        assert again.sent.payload == SUBMITTED
