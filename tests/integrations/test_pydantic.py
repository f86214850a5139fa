"""pydantic: it validates, serializes and describes as our own reader, writer and schemas do."""

import json
import pickle
from copy import copy, deepcopy
from functools import cache, partial
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from tests.integrations.payloads import CASES, MARKER, STORED, SUBMITTED, Case, Verdict, assert_case, verdict_on
from tests.samples.whole import SAMPLES
from wtisd_model import (
    Event,
    LocalizedText,
    PayloadError,
    Pledge,
    Registration,
    Submission,
    TimeSlot,
    from_json,
    openapi_components,
    to_json,
    wtisd_23,
)
from wtisd_model.findings import MOST_FINDINGS, pointer
from wtisd_model.integrations.foreign_errors import OMITTED
from wtisd_model.types.timeslot import WrittenSlot


class Desk(BaseModel):
    """A model of somebody else, with our classes in it."""

    sent: Submission[Registration]
    stored: list[Registration] = []
    event: Event | None = None
    slots: dict[str, TimeSlot] = {}
    title: LocalizedText | None = None


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def refused(kind: Any, value: object) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        adapter(kind).validate_python(value)
    return raised.value


def verdict_of(error: ValidationError) -> Verdict:
    lines = [each for each in error.errors() if each["type"] != OMITTED]
    return tuple(f"{each['type']} {pointer(*each['loc'])}".rstrip() for each in lines)


def explain(error: ValidationError | PayloadError) -> tuple[Verdict, str]:
    if isinstance(error, PayloadError):  # of a submission that is not accepted
        return verdict_on(error.findings), f"{error} {error!r}"
    return verdict_of(error), f"{error} {error!r} {error.errors()} {error.json()}"


class TestTable:
    """Every payload has the verdict that the reader has."""

    @pytest.mark.parametrize("case", CASES, ids=repr)
    def test_plain_values_and_json_have_the_verdict_of_the_table(self, case: Case) -> None:
        for read, value in (("validate_python", case.document), ("validate_json", case.payload)):
            assert_case(case, partial(getattr(adapter(case.kind), read), value), explain)


class TestWhatItParsesItself:
    """`validate_json` parses the JSON itself: its results for input that our parser refuses."""

    def test_the_last_of_repeated_keys_counts(self) -> None:
        raw = json.dumps(STORED).replace('"mode": "on-site"', '"mode": "remote", "mode": "on-site"')
        assert adapter(Registration).validate_json(raw) == from_json(Registration, STORED)

    @pytest.mark.parametrize("raw", [b"{", b'{"id": "\xff"}', b"\xef\xbb\xbf{}", b""])
    def test_invalid_json_is_an_error_of_the_framework(self, raw: bytes) -> None:
        with pytest.raises(ValidationError) as raised:
            adapter(Registration).validate_json(raw)
        assert [each["type"] for each in raised.value.errors()] == ["json_invalid"]

    @pytest.mark.parametrize(
        ("changes", "verdict"),
        [
            ({"organization": "x" * 1_000_001}, "payload-too-large"),
            ({"extensions": {"example.org:a": [0] * 50_001}}, "payload-too-many-values"),
            ({"answers": {"a": float("inf")}}, "number-not-finite /answers/a"),
        ],
    )
    def test_the_limits_of_a_payload_hold(self, changes: dict[str, Any], verdict: str) -> None:
        assert verdict_of(refused(Registration, {**STORED, **changes})) == (verdict,)


class TestErrors:
    """A `ValidationError` has our code as ``type``, the exact ``loc``, and all errors at once."""

    def test_they_are_merged_with_those_of_other_fields(self) -> None:
        with pytest.raises(ValidationError) as raised:
            Desk.model_validate(
                {
                    "sent": json.dumps(SUBMITTED),
                    "stored": [STORED, {**STORED, "mode": MARKER, "needs": ["captions", MARKER]}],
                    "event": 47,
                    "title": {"text": ""},
                }
            )
        assert [(each["type"], each["loc"]) for each in raised.value.errors()] == [
            ("wrong-type", ("sent",)),
            ("value-unknown", ("stored", 1, "mode")),
            ("value-unknown", ("stored", 1, "needs", 1)),
            ("wrong-type", ("event",)),
            ("text-empty", ("title", "text")),
            ("key-missing", ("title", "language")),
        ]
        assert {each["input"] for each in raised.value.errors()} == {None}

    def test_each_has_the_sentences_and_params_of_its_finding(self) -> None:
        payload = {**STORED, "mode": "onsite", "country": "UK", "needs": 5, "email": 1, "extensions": {"a~/b.c": 5}}
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, payload)
        found = [
            (f"{each.message} {each.fix}", {**each.params, "pointer": each.path}) for each in raised.value.findings
        ]
        lines = refused(Registration, payload).errors()
        assert [(each["msg"], each["ctx"]) for each in lines] == found
        assert [pointer(*each["loc"]) for each in lines] == [each.path for each in raised.value.findings]

    def test_omitted_findings_are_counted(self) -> None:
        lines = refused(Registration, {f"key {number}": 1 for number in range(MOST_FINDINGS + 15)}).errors()
        assert len(lines) == MOST_FINDINGS + 1
        assert (lines[-1]["type"], lines[-1]["ctx"]) == (OMITTED, {"omitted": 20, "pointer": ""})
        assert lines[-1]["msg"] == "20 more findings are not listed. Correct the listed errors first."
        lines = refused(Registration, {f"key {number}": 1 for number in range(MOST_FINDINGS - 4)}).errors()
        assert lines[-1]["msg"] == "1 more finding is not listed. Correct the listed errors first."

    def test_an_error_names_the_class(self) -> None:
        assert str(refused(Registration, 5)).startswith("1 validation error for function-plain[Registration()]\n")

    @pytest.mark.parametrize("kind", [Submission, Submission[Event]])
    def test_a_class_that_nobody_submits_is_a_type_error(self, kind: Any) -> None:
        with pytest.raises(TypeError):
            TypeAdapter(kind)


class TestObjects:
    """An object is taken as it is, and written as `to_json` writes it."""

    DESK = Desk(
        sent=Submission(Registration, SUBMITTED),
        stored=[from_json(Registration, STORED)],
        event=wtisd_23(),
        title=LocalizedText("Desk", "en"),
    )

    def test_an_object_is_taken_as_it_is(self) -> None:
        made = from_json(Registration, STORED)
        assert adapter(Registration).validate_python(made) is made
        assert refused(Registration, wtisd_23()).error_count() == 1

    @pytest.mark.parametrize("made", SAMPLES, ids=lambda made: type(made).__name__)
    def test_every_class_comes_back(self, made: object) -> None:
        door: TypeAdapter[Any] = TypeAdapter(type(made))
        if not isinstance(made, WrittenSlot):  # the JSON of a TimeSlot
            assert door.validate_json(door.dump_json(made)) == made

    def test_a_document_is_written_as_to_json_does(self) -> None:
        assert adapter(Event).dump_json(wtisd_23()) == to_json(wtisd_23())

    def test_a_model_comes_back(self) -> None:
        again = Desk.model_validate_json(self.DESK.model_dump_json())
        assert (again.stored, again.event, again.title) == (self.DESK.stored, self.DESK.event, self.DESK.title)
        assert again.sent.payload == SUBMITTED

    def test_in_python_it_becomes_plain_values_as_a_model_does(self) -> None:
        dumped = self.DESK.model_dump()
        assert dumped["event"] == json.loads(to_json(wtisd_23()))
        assert Desk.model_validate(dumped).event == self.DESK.event

    @pytest.mark.parametrize("mode", ["python", "json"])
    @pytest.mark.parametrize(
        "choice",
        [{"exclude": {"event": {"contacts"}}}, {"include": {"stored": {0: {"id"}}}}, {"include": {"sent": {}}}],
    )
    def test_its_fields_cannot_be_chosen(self, choice: Any, mode: Any) -> None:
        with pytest.raises(PydanticSerializationError, match="Write a model of your own"):
            self.DESK.model_dump(mode=mode, **choice)

    def test_it_can_be_left_out_as_a_whole(self) -> None:
        assert self.DESK.model_dump(exclude={"sent", "event", "title", "slots"}) == self.DESK.model_dump(
            include={"stored"}
        )
        chosen = self.DESK.model_dump(
            include={"stored": {0: True}, "event": True}, exclude_none=True, exclude_defaults=True, by_alias=True
        )
        assert chosen == self.DESK.model_dump(include={"stored", "event"})

    @pytest.mark.parametrize("payload", [SUBMITTED, json.dumps(SUBMITTED), json.dumps(SUBMITTED).encode()])
    def test_a_submission_is_written_unread(self, payload: Any) -> None:
        assert json.loads(Desk(sent=Submission(Registration, payload)).model_dump_json())["sent"] == SUBMITTED

    def test_a_submission_that_is_not_json_cannot_be_written(self) -> None:
        with pytest.raises(PydanticSerializationError) as raised:
            Desk(sent=Submission(Registration, f'{{"name": {MARKER}')).model_dump_json()
        assert MARKER not in str(raised.value)

    def test_a_model_can_be_copied_and_pickled(self) -> None:
        for again in (copy(self.DESK), deepcopy(self.DESK), pickle.loads(pickle.dumps(self.DESK))):
            assert again.event == self.DESK.event
            assert again.sent.payload == SUBMITTED


class TestUnions:
    """A submission is of the class that the annotation names."""

    EITHER: ClassVar[TypeAdapter[Any]] = TypeAdapter(Submission[Pledge] | Submission[Registration])

    def test_the_submission_of_another_class_is_refused(self) -> None:
        sent = Submission(Registration, SUBMITTED)
        assert verdict_of(refused(Submission[Pledge], sent)) == ("wrong-type",)
        assert self.EITHER.validate_python(sent) is sent

    def test_the_type_that_a_document_names_chooses(self) -> None:
        assert self.EITHER.validate_python({**SUBMITTED, "@type": "Registration"}).cls is Registration
        with pytest.raises(ValidationError):
            self.EITHER.validate_python({**SUBMITTED, "@type": "Event"})

    @pytest.mark.parametrize("named", [{}, {"@type": MARKER}, {"@type": []}])
    def test_without_one_the_first_is_taken(self, named: dict[str, object]) -> None:
        assert self.EITHER.validate_python(SUBMITTED | named).cls is Pledge


class TestSchema:
    """Schemas are the components of OpenAPI, under their names."""

    @pytest.mark.parametrize("mode", ["validation", "serialization"])
    def test_definitions_are_the_components(self, mode: Any) -> None:
        schema = Desk.model_json_schema(mode=mode, ref_template="#/components/schemas/{model}")
        published = openapi_components()
        assert {name: published[name] for name in schema["$defs"]} == schema["$defs"]
        assert {"Event", "Registration", "RegistrationSubmission", "ContactSubmission", "TimeSlot"} < {*schema["$defs"]}

    def test_a_field_refers_to_its_component(self) -> None:
        fields = Desk.model_json_schema()["properties"]
        assert fields["sent"] == {"$ref": "#/$defs/RegistrationSubmission"}
        assert fields["stored"]["items"] == {"$ref": "#/$defs/Registration"}
        assert fields["event"]["anyOf"] == [{"$ref": "#/$defs/Event"}, {"type": "null"}]

    def test_every_reference_leads_somewhere(self) -> None:
        schema = TypeAdapter(list[Event]).json_schema()
        references = {part.partition('"')[0] for part in json.dumps(schema).split('"#/$defs/')[1:]}
        assert references == {*schema["$defs"]}

    def test_a_class_of_the_same_name_is_another_component(self) -> None:
        class Contact(BaseModel):
            telex: int

        class Both(BaseModel):
            theirs: Contact
            ours: Registration

        names = {name for name in Both.model_json_schema()["$defs"] if name.endswith("Contact")}
        assert len(names) == 2

    def test_only_components_have_a_json_schema(self) -> None:
        with pytest.raises(TypeError, match="WrittenSlot has no JSON Schema"):
            TypeAdapter(WrittenSlot).json_schema()

    def test_a_subclass_is_no_field(self) -> None:
        class Registration(Event):
            """Not ours, with the name of one that is."""

        with pytest.raises(TypeError, match="Registration is a subclass"):
            TypeAdapter(Registration)
