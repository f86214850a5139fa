"""Documents for validators of JSON Schema, and their verdicts beside ours."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.hypothesis_profiles import chosen
from tests.json.mutations import mutated, of_each_kind
from wtisd_model import Code, Nature, Outcome, to_json, validate
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, schema_variants
from wtisd_model.schema.fields import fields_of

NOW = datetime(2023, 4, 1, tzinfo=UTC)
COUNT = 30_000 if chosen(os.environ) == "soak" else 3_600
"""Documents of all kinds together, two thirds of them as they were generated, the others changed in a few places.

Outside of a soak they are the same ones each time; wrong values come in every place of a document besides.
"""
KINDS = (*DOCUMENTS, *DOCUMENTS, *SUBMISSIONS)
"""Those that people send are drawn most: few of them are good without the fields of the office."""


# The schema of a submission also asks for what is absent only after purging.
_ALSO_IN_SCHEMAS = {Code.PARTICIPANT_MISSING, Code.PARTICIPANT_INCOMPLETE, Code.REQUESTER_MISSING}
Document = dict[str, Any]


@cache
def documents(count: int = COUNT) -> dict[tuple[type, bool], list[Document]]:
    """Return good and changed documents for each schema; a submission is one without the fields of the office."""
    found: dict[tuple[type, bool], list[Document]] = {each: [] for each in schema_variants()}
    good = st.sampled_from(KINDS).flatmap(
        lambda cls: of_each_kind[cls].map(lambda value: (cls, json.loads(to_json(value))))
    )

    @settings(max_examples=count, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.one_of(good, good, mutated(KINDS)))
    def collect(made: tuple[type, Document]) -> None:
        cls, document = made
        found[cls, False].append(document)
        if cls in SUBMISSIONS:
            office = {spec.key for spec in fields_of(cls) if spec.office}
            found[cls, True].append({key: value for key, value in document.items() if key not in office})

    collect()
    return found


def reader_accepts(cls: type, document: Document, *, submission: bool) -> bool:
    """Return True if the reader finds nothing that a schema can find."""
    outcome: Outcome[Any] = validate(cls, document, submission=submission, now=NOW if submission else None)
    codes = {Code(each.code) for each in outcome.findings}
    seen = {Code.SCHEMA_VERSION_NEWER, *(_ALSO_IN_SCHEMAS if submission else ())}
    return not codes & seen and all(each.nature is not Nature.SHAPE for each in codes)


def rust_verdicts(schema: Document, tried: list[Document]) -> Iterator[bool]:
    import jsonschema_rs  # which only the session `outside` installs

    accepts = jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid
    for document in tried:
        try:
            json.dumps(document, ensure_ascii=False).encode()
        except UnicodeEncodeError:  # half a surrogate pair cannot even be passed to Rust
            yield False
        else:
            yield accepts(document)
