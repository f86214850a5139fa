"""The places of whole documents that hold a text of a fixed form."""

import json
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from tests.json.mutations import FULL, WHOLE, Place, described
from wtisd_model import json_schema
from wtisd_model.findings import pointer
from wtisd_model.model.documents import DOCUMENTS


@frozen(kw_only=True)
class Spot:
    """A place in a whole document that holds a text of a fixed form."""

    cls: type
    document: dict[str, Any]
    place: Place
    good: str
    """The value there."""
    said: dict[str, Any]
    """What the published schema says of it."""

    def __str__(self) -> str:
        return f"{self.cls.__name__}{pointer(*self.place)}"


def spots(cls: type, document: dict[str, Any], schema: dict[str, Any]) -> Iterator[Spot]:
    for place, value, said in described(document, schema, schema):
        if isinstance(value, str) and said.keys() & {"pattern", "format", "enum"}:
            yield Spot(cls=cls, document=document, place=place, good=value, said=dict(said))


def distinct() -> list[Spot]:
    """Return one spot for each constraint that a schema has on a text, in the smallest document that has it."""
    documents = [(cls, each[cls]) for cls in DOCUMENTS for each in (WHOLE, FULL)]
    found: dict[str, Spot] = {}
    for cls, document in sorted(documents, key=lambda each: len(str(each[1]))):
        for spot in spots(cls, document, json_schema(cls)):
            key = json.dumps(
                {word: each for word, each in spot.said.items() if word not in {"description", "$comment"}}
            )
            found.setdefault(key, spot)
    return list(found.values())


SPOTS = distinct()
