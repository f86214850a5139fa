"""The layout of the form of an event for two programs that draw forms from a JSON Schema."""

from collections.abc import Mapping
from typing import Any, Literal

from wtisd_model.json.form_schema import answers_in, resolved
from wtisd_model.json.json_schema import Schema
from wtisd_model.json.schema_files import json_schema
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.types.attendance import TakenSeats

FormProgram = Literal["json-forms", "react-jsonschema-form"]


# Why: docs/decisions/0023
def form_layout(
    event: Event | Dossier,
    program: FormProgram,
    *,
    cls: type = Registration,
    taken: TakenSeats | None = None,
    language: str | None = None,
) -> dict[str, Any]:
    """Return the UI schema of the form of an event, as a new dict: what `json_schema` cannot say.

    That is the order of the questions, when JSON Forms asks them, the widgets of texts of several lines and of several
    choices, hidden fields, and the times of sessions.

    Args:
        event: as for `json_schema`.
        program: ``json-forms`` or ``react-jsonschema-form``.
        cls: Registration, InterpretationRequest or Pledge.
        taken: as for `json_schema`.
        language: as for `json_schema`.

    Raises:
        TypeError: *program* is neither of them; as `json_schema` does.
        InvalidValueError: as `json_schema` does.
    """
    schema = json_schema(cls, submission=True, event=event, taken=taken, language=language)
    if program == "json-forms":
        return _json_forms(schema)
    if program == "react-jsonschema-form":
        return _react_jsonschema_form(schema)
    raise TypeError("program must be json-forms or react-jsonschema-form.")


def _react_jsonschema_form(schema: Schema) -> Schema:
    hidden = {key: {"ui:widget": "hidden"} for key in ("eventUid", "privacyNotice")}
    questions = {id_: field for id_, (field, _) in answers_in(schema).items()}
    answers = {**_hints(questions, schema), "ui:order": [*questions]}
    return {**_hints(schema["properties"], schema), **hidden, **({"answers": answers} if questions else {})}


def _hints(fields: Mapping[str, Schema], schema: Schema) -> Schema:
    return {key: hint for key, field in fields.items() if (hint := _hint(field, schema))}


def _hint(field: Schema, schema: Schema) -> Schema:
    match field:
        case {"contentMediaType": _}:
            return {"ui:widget": "textarea"}
        case {"type": "boolean", "oneOf": _}:
            return {"ui:widget": "radio", "ui:options": {"inline": True}}
        case {"items": {"oneOf": choices}} | {"items": {"else": {"oneOf": choices}}}:
            described = ((each.get("description"), each["title"]) for each in choices)
            labels = [{"ui:title": " - ".join(filter(None, texts))} for texts in described]
            return {"ui:widget": "checkboxes", "oneOf": labels}
        case _:
            return _hints(resolved(field, schema).get("properties", {}), schema)


def _json_forms(schema: Schema) -> Schema:
    conditions = {name: each for name, each in schema["$defs"].items() if name.startswith("asked-")}
    elements, questions = list[Schema](), list[Schema]()
    for key, field in schema["properties"].items():
        if key not in {"eventUid", "answers"}:
            elements.append(_element(f"#/properties/{key}", field, schema))
    for id_, (field, condition) in answers_in(schema).items():
        questions.append(_element(f"#/properties/answers/properties/{id_}", field, schema))
        if condition:
            asked = {"scope": "#", "schema": {**condition, "$defs": conditions}}
            questions[-1]["rule"] = {"effect": "SHOW", "condition": asked}
    if questions:
        elements.append({"type": "Group", "label": schema["properties"]["answers"]["title"], "elements": questions})
    return {"type": "VerticalLayout", "elements": elements}


def _element(scope: str, field: Schema, schema: Schema) -> Schema:
    properties = resolved(field, schema).get("properties")
    if properties:
        parts = [_element(f"{scope}/properties/{key}", part, schema) for key, part in properties.items()]
        return {"type": "Group", "label": field["title"], "elements": parts}
    options: Schema = {"showUnfocusedDescription": True} if "description" in field else {}
    if "contentMediaType" in field:
        options["multi"] = True
    elif field.get("type") == "boolean" and "oneOf" in field:
        options["format"] = "radio"
    return {"type": "Control", "scope": scope, "label": field["title"], "options": options}
