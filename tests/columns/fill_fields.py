"""Rows with a value in every field, and with marks in each text or in each personal field."""

import json
from collections.abc import Iterator
from typing import Any, Final

from tests.json.mutations import WHOLE
from tests.samples.whole import roster
from wtisd_model import (
    Assignment,
    Booth,
    InterpretationRequest,
    Interpreter,
    Pledge,
    Registration,
    Roster,
    Session,
    from_json,
    to_json,
)
from wtisd_model.schema.constraints import Constraint, Items, Nested, Text
from wtisd_model.schema.fields import fields_of

_STEP: Final = {
    "at": "2023-04-14T09:00:00Z",
    "by": "Desk 1",
    "note": "All is there",
    "reason": {"text": "A seat is free", "language": "en"},
}


def _moved(cls: type, key: str, before: str, after: str) -> dict[str, Any]:
    history = [{**_STEP, "before": before, "after": after}]
    return {**WHOLE[cls], key: after, "history": history}


ROWS: Final[dict[type, dict[str, Any]]] = {
    Session: _moved(Session, "status", "scheduled", "postponed"),
    Registration: {
        **_moved(Registration, "state", "pending", "approved"),
        "waits": [{"sessionId": "s-1", "since": "2023-04-14T09:00:00Z", "until": "2023-04-14T09:00:00Z"}],
        "entries": [
            {"uid": "e-1", "sequence": 1, "stamped": "2023-04-14T09:00:00Z", "start": "2023-05-17T12:30:00Z"},
        ],
    },
    InterpretationRequest: {
        **_moved(InterpretationRequest, "state", "approved", "assigned"),
        "history": [
            {**_STEP, "before": "requested", "after": "approved"},
            {**_STEP, "before": "approved", "after": "assigned"},
        ],
        "team": {"booths": 2, "heads": 4, "norm": "aiic"},
    },
    Pledge: _moved(Pledge, "state", "submitted", "published"),
    Interpreter: WHOLE[Roster]["interpreters"][0],
    Booth: WHOLE[Roster]["booths"][0],
    Assignment: {
        **WHOLE[Roster]["assignments"][0],
        "history": [{**_STEP, "before": "offered", "after": "accepted"}],
    },
}
"""A document of each kind of row, with a value in every field, also in the history."""


_LISTS: Final = {Interpreter: "interpreters", Booth: "booths", Assignment: "assignments"}
"""The lists of a roster whose objects are rows."""


def row_of(cls: type, document: Any) -> Any:
    """Return the object of a row, which is a document or is in a roster."""
    if cls not in _LISTS:
        return from_json(cls, document)
    (row,) = getattr(from_json(Roster, {"terms": {"name": "Terms 1"}, _LISTS[cls]: [document]}), _LISTS[cls])
    return row


def document_of(row: Any) -> Any:
    """Return the JSON of a row."""
    name = _LISTS.get(type(row))
    if name is None:
        return json.loads(to_json(row))
    return json.loads(to_json(roster(**{name: (row,)})))[name][0]


def with_texts(cls: type, document: dict[str, Any], texts: Iterator[str]) -> dict[str, Any]:
    """Return the document with the next of *texts* in each field of free text."""
    specs = {spec.key: spec.constraint for spec in fields_of(cls)}
    return {key: _filled(specs[key], value, texts) if key in specs else value for key, value in document.items()}


def _filled(constraint: Constraint, value: Any, texts: Iterator[str]) -> Any:
    match constraint:
        case Text():
            return next(texts)
        case Nested(cls=inner):
            return with_texts(inner, value, texts)
        case Items(item=item):
            return [_filled(item, each, texts) for each in value]
        case _:
            return value


WORD: Final = "zqxmk"
"""Made-up words that are no part of anything that this package writes."""

_MARKED: Final[dict[str, Any]] = {
    "email": f"{WORD}@example.org",
    "delegate": f"{WORD}@example.org",
    "id": WORD,
    "organization_identifier": f"https://example.org/{WORD}",
    "phone": "+41790917790",
    "language": "zgh",
    "roles": ["panellist"],
    "needs": ["hearing-loop"],
    "translations": {"fr": WORD},
    "country": "AQ",
    "latitude": "12.790917",
    "longitude": "13.790917",
    "capacity": 790_917,
    "amount": "790917.00",
    "currency": "CLF",
    "start": "2079-09-17T09:00:00",
    "end": "2079-09-17T13:00:00",
    "time_zone": "Antarctica/Troll",
    "answers": {WORD: f"=1+1 {WORD}", "choices": [WORD]},
    "extensions": {f"{WORD}.example.org:a": {WORD: [f"<b>{WORD}</b>", 790917]}},
}
MARKS: Final = (WORD, "790917", "zgh", "panellist", "hearing-loop", "AQ", "CLF", "2079-", "Antarctica")
"""The marks in the personal fields of the result of `with_persons`, and nowhere else."""


def with_persons(cls: type, document: dict[str, Any], *, personal: bool = False) -> dict[str, Any]:
    """Return the document with a mark in every personal field, and in every field of a personal object."""
    changed = dict(document)
    for spec in fields_of(cls):
        if spec.key in document:
            value = document[spec.key]
            changed[spec.key] = _marked(spec.name, spec.constraint, value, personal=personal or spec.personal)
    return changed


def _marked(name: str, constraint: Constraint, value: Any, *, personal: bool) -> Any:
    match constraint:
        case Nested(cls=inner):
            return with_persons(inner, value, personal=personal)
        case Items(item=Nested() as item):
            return [_marked(name, item, each, personal=personal) for each in value]
        case _ if not personal:
            return value
        case Text():
            return f"A {WORD}"
        case _:
            return _MARKED[name]
