"""The layout of the form of an event for two programs that draw forms from a JSON Schema."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal

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
    if program not in _LAYOUTS:
        raise TypeError(f"program must be one of: {', '.join(_LAYOUTS)}.")
    return _LAYOUTS[program](json_schema(cls, submission=True, event=event, taken=taken, language=language))


def _react_jsonschema_form(schema: Schema) -> Schema:
    layout = _hints(schema["properties"], schema["$defs"])
    layout |= {key: {"ui:widget": "hidden"} for key in ("eventUid", "privacyNotice")}
    questions = {id_: field for id_, field, _ in _questions(schema)}
    if questions:
        layout["answers"] = {**_hints(questions, schema["$defs"]), "ui:order": [*questions]}
    return layout


def _hints(fields: Mapping[str, Schema], definitions: Schema) -> Schema:
    return {key: hint for key, field in fields.items() if (hint := _hint(field, definitions))}


def _hint(field: Schema, definitions: Schema) -> Schema:
    match field:
        case {"contentMediaType": _}:
            return {"ui:widget": "textarea"}
        case {"type": "boolean", "oneOf": _}:
            return {"ui:widget": "radio", "ui:options": {"inline": True}}
        case {"items": item}:
            labels = [
                {"ui:title": " - ".join(filter(None, (each.get("description"), each["title"])))}
                for each in item.get("else", item).get("oneOf", ())
            ]
            return {"ui:widget": "checkboxes", "oneOf": labels} if labels else {}
        case _:
            return _hints(_properties(field, definitions), definitions)


def _json_forms(schema: Schema) -> Schema:
    definitions, fields = schema["$defs"], schema["properties"]
    elements = [
        _element(f"#/properties/{key}", field, definitions)
        for key, field in fields.items()
        if key not in {"eventUid", "answers"}
    ]
    conditions = {name: condition for name, condition in definitions.items() if name.startswith("asked-")}
    questions: list[Schema] = []
    for id_, field, condition in _questions(schema):
        element = _element(f"#/properties/answers/properties/{id_}", field, definitions)
        if condition:
            asked = {"scope": "#", "schema": {**condition, "$defs": conditions}}
            element["rule"] = {"effect": "SHOW", "condition": asked}
        questions.append(element)
    if questions:
        elements.append({"type": "Group", "label": fields["answers"]["title"], "elements": questions})
    return {"type": "VerticalLayout", "elements": elements}


def _element(scope: str, field: Schema, definitions: Schema) -> Schema:
    properties = _properties(field, definitions)
    if properties:
        parts = [_element(f"{scope}/properties/{key}", part, definitions) for key, part in properties.items()]
        return {"type": "Group", "label": field["title"], "elements": parts}
    options: Schema = {"showUnfocusedDescription": True} if "description" in field else {}
    if "contentMediaType" in field:
        options["multi"] = True
    elif field.get("type") == "boolean" and "oneOf" in field:
        options["format"] = "radio"
    return {"type": "Control", "scope": scope, "label": field["title"], **({"options": options} if options else {})}


def _properties(field: Schema, definitions: Schema) -> Mapping[str, Schema]:
    """Return the fields of an object; none for other values."""
    definition = definitions.get(field.get("$ref", "").removeprefix("#/$defs/"), {})
    properties: Schema = definition.get("properties", {})
    return properties


def _questions(schema: Schema) -> Iterator[tuple[str, Schema, Schema]]:
    """Yield the id of each question, in the order of the call, with its schema and its condition, if it has any."""
    answers = schema["properties"].get("answers", {"properties": {}, "propertyNames": {"enum": ()}})
    found: dict[str, tuple[Schema, Schema]] = {id_: (field, {}) for id_, field in answers["properties"].items()}
    for part in schema["allOf"]:
        asked = part["then"]["properties"].get("answers", {}).get("properties", {})
        found |= {id_: (field, part["if"]) for id_, field in asked.items()}
    for id_ in answers["propertyNames"]["enum"]:
        yield id_, *found[id_]


_LAYOUTS: Final[Mapping[str, Callable[[Schema], Schema]]] = {
    "json-forms": _json_forms,
    "react-jsonschema-form": _react_jsonschema_form,
}
