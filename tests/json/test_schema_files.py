"""The published schemas: current, valid, self-contained, and without the network."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.json.examples import example
from tests.json.generate import TYPES, write_schemas
from wtisd_model import (
    Event,
    InterpretationRequest,
    Pledge,
    Registration,
    Severity,
    from_json,
    json_schema,
    openapi_components,
    schema_validator,
    to_json,
    to_problem,
    validate,
    wtisd_23,
)
from wtisd_model.json.json_schema import SCHEMAS, as_file, describe, meanings, reached_classes
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, schema_name, schema_variants
from wtisd_model.schema.fields import FieldSpec, fields_of, json_form_of

ALL = list(schema_variants())
NOW = datetime(2023, 4, 1, tzinfo=UTC)
PEOPLE = [
    (Registration, "participant"),
    (Registration, "filedBy"),
    (InterpretationRequest, "requester"),
    (InterpretationRequest, "filedBy"),
    (Pledge, "contact"),
    (Pledge, "filedBy"),
]
"""Whom a submission names."""


def references(schema: object) -> Iterator[str]:
    match schema:
        case {"$ref": str() as reference}:
            yield reference
        case dict():
            for each in schema.values():
                yield from references(each)
        case list():
            for each in schema:
                yield from references(each)
        case _:
            pass


class TestFiles:
    """The published schema files are generated, committed, and tested to be current."""

    @pytest.mark.parametrize(("cls", "submission"), ALL)
    def test_each_is_what_the_classes_say_today(self, cls: type, submission: bool) -> None:
        published = json_schema(cls, submission=submission)
        assert as_file(published) == as_file(describe(cls, submission=submission))

    def test_no_file_is_left_over(self) -> None:
        assert {each.name for each in SCHEMAS.iterdir()} == {"schemas.json", TYPES}

    def test_writing_them_anew_writes_them_all(self, tmp_path: Path) -> None:
        write_schemas(tmp_path)
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
            each.name: each.read_bytes() for each in SCHEMAS.iterdir()
        }


class TestSchemas:
    """JSON Schema 2020-12; each file is self-contained; `$id` is a URN of ours."""

    @pytest.mark.parametrize(("cls", "submission"), ALL)
    def test_each_is_valid_against_the_metaschema(self, cls: type, submission: bool) -> None:
        validator = schema_validator(cls, submission=submission)
        schema = json_schema(cls, submission=submission)
        validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == f"urn:wtisd-model:schema:1:{schema_name(cls, submission=submission)}"

    @pytest.mark.parametrize(("cls", "submission"), ALL)
    def test_every_reference_stays_in_the_file(self, cls: type, submission: bool) -> None:
        schema = json_schema(cls, submission=submission)
        assert {*references(schema)} == {f"#/$defs/{name}" for name in schema["$defs"]}

    def test_a_schema_is_a_dict_of_your_own(self) -> None:
        json_schema(Event)["properties"].clear()
        assert json_schema(Event)["properties"]

    def test_a_class_that_is_no_document_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(TypeError, match="Not a document"):
            json_schema(dict)
        with pytest.raises(TypeError, match="cannot be a submission"):
            json_schema(Event, submission=True)

    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_a_submission_has_no_field_of_the_office(self, cls: type) -> None:
        office = {spec.key for spec in fields_of(cls) if spec.office}
        whole, sent = json_schema(cls), json_schema(cls, submission=True)
        assert office
        assert set(whole["properties"]) - set(sent["properties"]) == office
        assert not office & set(sent["required"])

    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_nor_has_a_person_in_it(self, cls: type) -> None:
        whole, sent = json_schema(cls)["$defs"], json_schema(cls, submission=True)["$defs"]
        assert "Contact" not in sent
        assert whole["Contact"]["properties"].keys() - sent["ContactSubmission"]["properties"].keys() == {
            "id",
            "roles",
        }

    @pytest.mark.parametrize(("cls", "person"), PEOPLE)
    @pytest.mark.parametrize(("key", "named"), [("id", "person-1"), ("roles", ["chair"]), ("roles", [])])
    def test_nobody_names_the_id_or_the_roles_of_a_person(self, cls: type, person: str, key: str, named: Any) -> None:
        properties = json_schema(cls, submission=True)["properties"]
        stored: dict[str, Any] = example(schema_name(cls, submission=False))
        document = {each: value for each, value in stored.items() if each in properties}
        document[person] = {"name": "Participant 1", "email": "p1@example.org", key: named}
        (found,) = validate(cls, document, submission=True, now=NOW).findings
        assert (found.code, found.path) == ("field-not-yours", f"/{person}/{key}")
        assert not schema_validator(cls, submission=True).is_valid(document)

    @pytest.mark.parametrize("key", ["filedBy", "submittedBy"])
    def test_a_focal_point_may_be_named_but_not_noted(self, key: str) -> None:
        document: Any = example("registration-submission")
        document[key] = (
            {"name": "Focal point 1", "email": "focal1@example.org"} if key == "filedBy" else "Focal point 1"
        )
        outcome = validate(Registration, document, submission=True, now=NOW)
        assert outcome.ok is schema_validator(Registration, submission=True).is_valid(document) is (key == "filedBy")

    def test_the_example_of_a_submission_is_valid(self) -> None:
        assert schema_validator(Registration, submission=True).is_valid(example("registration-submission"))
        assert not schema_validator(Registration, submission=True).is_valid(example("registration"))

    @pytest.mark.parametrize("path", [("participant",), ("participant", "name"), ("participant", "email")])
    def test_a_submission_needs_what_the_reader_asks_for(self, path: tuple[str, ...]) -> None:
        document: Any = example("registration-submission")
        inner = document
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
        assert not validate(Registration, document, submission=True, now=NOW).ok
        (error,) = schema_validator(Registration, submission=True).iter_errors(document)
        assert error.validator == "required"
        assert tuple(error.absolute_path) == path[:-1]

    def test_a_purged_registration_needs_none_of_it(self) -> None:
        document = to_json(from_json(Registration, json.dumps(example("registration"))).purged(at=NOW))
        assert schema_validator(Registration).is_valid(json.loads(document))

    def test_a_definition_has_a_name_without_its_bounds(self) -> None:
        names = {name for cls in DOCUMENTS for name in json_schema(cls)["$defs"]}
        assert {"LocalizedText", "LocalizedLine", "LocalizedName", "TimeSlot", "Country"} <= names
        assert [name for name in names if not name.isalpha()] == []

    def test_no_description_mentions_none(self) -> None:
        assert "None" not in json.dumps(openapi_components())

    @pytest.mark.parametrize(("cls", "submission"), ALL)
    def test_a_reference_has_no_other_keys(self, cls: type, submission: bool) -> None:
        """Generators of code take a reference that has a description for another type, and number it."""

        def lone(schema: object) -> bool:
            match schema:
                case {"$ref": _, **rest}:
                    return not rest
                case dict():
                    return all(map(lone, schema.values()))
                case list():
                    return all(map(lone, schema))
                case _:
                    return True

        assert lone(json_schema(cls, submission=submission))


COMPONENTS = """
    Assignment AssignmentState AttendanceMode Booth BoothTeam Call CallKind Choice Color Condition Contact
    ContactSubmission Contract Country CountryGroup CountryShare Currency Deadline Document DocumentKind
    DocumentReference Dossier EmbeddedEvent EmbeddedInterpretationRequest EmbeddedPledge EmbeddedRegistration
    EmbeddedSession Entry Event EventStatus FocusArea FormField InterpretationRequest InterpretationRequestSubmission
    InterpretationService Interpreter LanguageLevel ListingConsent Load LocalizedLine LocalizedName LocalizedText
    Location Membership Money Need Norm Objectives Organization ParticipationMode ParticipationStatus Pledge
    PledgeKind PledgeScope PledgeState PledgeSubmission Problem ProblemEntry Provenance ProvenanceKind Question
    QuestionKind Recording Registration RegistrationState RegistrationSubmission Relay Repeated Reply Report
    RequestState Role Roster Series Session SessionKind Shortage ShortageReason Skill Target Task Team Terms TimeSlot
    TimeZone Transition VirtualFeature VirtualLocation Wait Window
"""


class TestComponents:
    """OpenAPI 3.1.1 section 4.8.7: a description of a service holds schemas by name, and refers to them."""

    def test_their_names_are_stable(self) -> None:
        assert list(openapi_components()) == COMPONENTS.split()

    def test_every_reference_leads_to_one_and_every_part_is_referred_to(self) -> None:
        components = openapi_components()
        referred = {each.removeprefix("#/components/schemas/") for each in references(components)}
        documents = {json_schema(cls, submission=submission)["title"] for cls, submission in ALL}
        assert referred | documents | {"Problem"} == components.keys()
        assert referred & documents == set()

    def test_each_has_its_name_as_title_and_no_id_to_which_references_would_be_relative(self) -> None:
        for name, each in openapi_components().items():
            assert each["title"] == name
            assert each.keys().isdisjoint({"$schema", "$id", "$defs"})

    @pytest.mark.parametrize(("cls", "submission"), ALL)
    def test_they_are_the_published_schemas_with_other_references(self, cls: type, submission: bool) -> None:
        components = openapi_components()
        schema = json_schema(cls, submission=submission)
        for each in (schema, *schema["$defs"].values()):
            written = json.dumps({key: value for key, value in each.items() if key not in {"$schema", "$id", "$defs"}})
            assert json.loads(written.replace("#/$defs/", "#/components/schemas/")) == components[each["title"]]

    @pytest.mark.parametrize(("cls", "submission"), ALL)
    def test_a_schema_refers_to_them_where_the_caller_keeps_them(self, cls: type, submission: bool) -> None:
        schema = json_schema(cls, submission=submission, ref_template="#/components/schemas/{name}")
        assert schema == openapi_components()[schema["title"]]
        elsewhere = json_schema(cls, submission=submission, ref_template="parts.json#{name}")
        assert all(each.startswith("parts.json#") for each in references(elsewhere))

    def test_problem_details_are_among_them(self) -> None:
        components = openapi_components()
        refused = to_problem(validate(Registration, {}, submission=True, now=NOW).findings)
        omitting = to_problem([], omitted=1)
        for problem in (refused, omitting):
            assert problem.keys() <= components["Problem"]["properties"].keys()
            assert set(components["Problem"]["required"]) <= problem.keys()
        keys = components["ProblemEntry"]["properties"].keys() - {"language"}
        assert [entry.keys() for entry in refused["errors"]] == [keys] * 3

    def test_the_severity_in_problem_details_is_one_of_ours(self) -> None:
        assert openapi_components()["ProblemEntry"]["properties"]["severity"] == {"enum": sorted(Severity)}

    def test_a_template_without_a_place_for_the_name_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(TypeError, match=r"\{name\}"):
            json_schema(Event, ref_template="#/components/schemas/")

    def test_a_form_keeps_its_definitions(self) -> None:
        with pytest.raises(TypeError, match="form"):
            json_schema(Registration, submission=True, event=wtisd_23(), ref_template="#/{name}")


class TestMeanings:
    """Each field says what it means, once, below its declaration."""

    def specs(self) -> list[tuple[type, FieldSpec]]:
        return [(json_form_of(cls), spec) for cls in reached_classes(DOCUMENTS) for spec in fields_of(cls)]

    def test_every_field_of_every_class_has_a_meaning(self) -> None:
        assert [(cls, spec.name) for cls, spec in self.specs() if not meanings(cls).get(spec.name)] == []

    def test_only_fields_have_one(self) -> None:
        for cls, _ in self.specs():
            assert set(meanings(cls)) <= {each.name for each in attrs.fields(cls)}
