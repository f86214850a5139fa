"""The form of an event for a browser without JavaScript, drawn from the JSON Schema of the event."""

from typing import Any

from jsonschema import Draft202012Validator

from wtisd_model import Event, Registration, json_schema

Schema = dict[str, Any]

NOT_DRAWN = {
    *("/country", "/filedBy", "/listeningLanguages", "/membership", "/organizationIdentifier"),
    *("/participant/jobTitle", "/participant/language", "/participant/organization"),
}
"""The optional fields that this desk does not ask for."""
_SENT = {True: "on", False: "off"}  # as `clean_form` reads them
_KINDS = {"boolean": "tick", "object": "group", "text/plain": "textarea", "email": "email", "date": "date"}


def ask(event: Event, language: str, payload: dict[str, Any]) -> tuple[Schema, set[str]]:
    """Return the schema of the form, and the ids of the questions whose condition *payload* meets.

    The schema has only these questions and those without a condition. Answers to others are removed from *payload*.
    """
    known, asked = language if language in event.title.translations else None, set[str]()
    schema = json_schema(Registration, submission=True, event=event, language=known)
    answers = schema["properties"].get("answers")
    for part in schema["allOf"]:
        if "$ref" in part["if"]:
            then = part["then"]["properties"]["answers"]
            if Draft202012Validator(part["if"] | {"$defs": schema["$defs"]}).is_valid(payload):
                asked.update(then["properties"])
                answers["properties"] |= then["properties"]
                answers["required"] += then.get("required", [])
            elif isinstance(given := payload.get("answers"), dict):
                given.pop(next(iter(then["properties"])), None)
    if answers:
        in_order = sorted(answers["properties"], key=answers["propertyNames"]["enum"].index)
        answers["properties"] = {id_: answers["properties"][id_] for id_ in in_order}
    return schema, asked


def described(path: str, part: Schema, definitions: Schema) -> Schema:
    """Return the schema of a field, with the ``name``, the ``kind`` and the ``choices`` of its input."""
    first, *rest = path.removeprefix("/").split("/")
    name = first + "".join(f"[{key}]" if "." in key else f".{key}" for key in rest)
    part = definitions.get(part.get("$ref", "").removeprefix("#/$defs/"), {}) | part
    items = part.get("items", part)
    choices = [
        (_SENT.get(each["const"], each["const"]), each["title"]) for each in items.get("else", items).get("oneOf", ())
    ]
    kind = _KINDS.get(part.get("format") or part.get("contentMediaType") or part["type"], "text")
    if choices:
        kind = "checkbox" if part["type"] == "array" else "radio"
    return part | {"name": name, "kind": "hidden" if "const" in part else kind, "choices": choices}
