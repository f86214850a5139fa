"""Typed columns: every plain field of every document, with its value in JSON, and no other."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.answered import ANSWERS, of_kind
from tests.json.mutations import of_each_kind
from tests.samples.whole import asking, event, registration
from wtisd_model import Dossier, Event, Registration, to_json
from wtisd_model.integrations.arrow import _MOST_ROWS, typed_column
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import CodeList, Constraint, Enumeration, Items, Map, Nested, Pattern, Text
from wtisd_model.schema.fields import camel_case, fields_of

FINDINGS_TEXT = 20_000
"""Characters of all findings of one payload at most (docs/reference/limits.md)."""


def plain_fields(cls: type, before: str = "") -> Iterator[tuple[str, Constraint]]:
    """Yield each field with a plain value or a list of plain values, also inside other objects."""
    for spec in fields_of(cls):
        match spec.constraint:
            case Nested(cls=inner):
                yield from plain_fields(inner, f"{before}{spec.name}.")
            case Map() | Items(item=Nested()):
                pass
            case constraint:
                yield before + spec.name, constraint


COLUMNS = {cls: {name: typed_column(cls, name) for name, _ in plain_fields(cls)} for cls in DOCUMENTS}


def in_json(document: Any, name: str) -> Any:
    """Return the value in JSON at the path of a column, or None."""
    for part in name.split("."):
        document = document.get(camel_case(part)) if document is not None else None
    return document


def as_json(value: Any) -> Any:
    """Return a value from Arrow as in JSON."""
    match value:
        case list():
            return [as_json(each) for each in value]
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return value


class TestValues:
    """A column has the value that JSON has at the same path; JSON omits empty lists and false."""

    @given(st.data(), st.sampled_from(DOCUMENTS))
    def test_every_plain_field_of_every_document(self, data: st.DataObject, cls: type) -> None:
        objects = data.draw(st.lists(of_each_kind[cls], min_size=1, max_size=2))
        documents = [json.loads(to_json(each)) for each in objects]
        for name, column in COLUMNS[cls].items():
            array: Any = pa.array([*column.column.values(objects)], column.type)
            for value, document in zip(array.to_pylist(), documents, strict=True):
                there = in_json(document, name)
                if isinstance(value, Decimal):
                    assert value == Decimal(there)
                else:
                    assert (as_json(value) or None) == (there or None)

    def test_there_is_a_column_of_every_type(self) -> None:
        types = {str(column.type) for columns in COLUMNS.values() for column in columns.values()}
        assert types == {
            "string",
            "list<item: string>",
            "bool",
            "int64",
            "date32[day]",
            "timestamp[us, tz=UTC]",
            "decimal128(22, 4)",
        }

    def test_a_slot_has_the_columns_of_its_json(self) -> None:
        assert [[*COLUMNS[Event][f"slot.{name}"].column.values([event()])] for name in ("start", "time_zone")] == [
            ["2023-05-17T14:30:00"],
            ["Europe/Zurich"],
        ]

    def test_a_slot_has_moments_too(self) -> None:
        slot = event().slot
        assert slot is not None
        for name, moment in (("slot.starts_at", slot.starts_at), ("slot.ends_at", slot.ends_at)):
            column = typed_column(Event, name)
            assert str(column.type) == "timestamp[us, tz=UTC]"
            assert [*column.column.values([event()])] == [moment]

    def test_the_longest_values_fit_into_a_batch(self) -> None:
        """Arrow's string and list have offsets of 32 bits: a column that is longer would be cut into chunks."""
        longest = {
            f"{cls.__name__}.{name}": size(constraint) for cls in DOCUMENTS for name, constraint in plain_fields(cls)
        }
        assert max(4 * FINDINGS_TEXT, *longest.values()) * _MOST_ROWS < 2**31


def size(constraint: Constraint) -> int:
    """Return the maximum size of a value in bytes, with four for each character."""
    match constraint:
        case Items(item=item, maximum=maximum):
            return maximum * size(item)
        case Text(maximum=maximum) | Pattern(maximum=maximum):
            return 4 * maximum
        case CodeList(values=values):
            return max(map(len, values))
        case Enumeration(members=members):
            return max(len(member.value) for member in members)
        case _:
            return 16


class TestRefusals:
    """An unknown field, or one without plain values, is a TypeError with advice."""

    @pytest.mark.parametrize(
        ("cls", "name", "advice"),
        [
            (Registration, "", ""),
            (Registration, "eventUid", " Did you mean 'event_uid'?"),
            (Registration, "participant.mail", " Did you mean 'participant.email'?"),
            (Registration, "partcipant.name", " Did you mean 'participant.name'?"),
            (Event, "slot.startsAt", " Did you mean 'slot.starts_at'?"),
            (Registration, "approve", ""),
            (Registration, "history", ""),
            (Event, "title.translations", ""),
            (Event, "slot", ""),
            (Dossier, "registrations", ""),
        ],
    )
    def test_fields_that_cannot_be_columns(self, cls: type, name: str, advice: str) -> None:
        with pytest.raises(TypeError) as raised:
            typed_column(cls, name)
        said = f"{cls.__name__} has no column {name!r}, with a plain value or a list of them."
        assert str(raised.value) == f"{said}{advice}"


class TestAnswers:
    """An answer has a column with the type of its question, if the event is known."""

    ASKS = asking(*(of_kind(kind) for kind in ANSWERS))

    def test_each_kind_has_its_type_and_its_value(self) -> None:
        types = {}
        for kind, (answer, value) in ANSWERS.items():
            column = typed_column(Registration, f"answers.q-{kind}", self.ASKS)
            objects = [registration(answers={f"q-{kind}": answer})]
            array: Any = pa.array([*column.column.values(objects)], column.type)
            assert array.to_pylist() == [list(value) if isinstance(value, tuple) else value]
            types[kind] = str(column.type)
        texts = ("choice", "country", "email", "language", "long-text", "phone", "text", "url")
        assert types == {
            **dict.fromkeys(texts, "string"),
            **dict.fromkeys(("agreement", "boolean"), "bool"),
            "choices": "list<item: string>",
            "date": "date32[day]",
            "decimal": "decimal128(22, 6)",
            "integer": "int64",
        }

    @pytest.mark.parametrize(
        ("name", "event", "advice"),
        [
            ("answers.q-date", None, " Pass the dossier whose event asks the question."),
            ("answers.qdate", ASKS, " Did you mean 'answers.q-date'?"),
            ("answers.zzz", ASKS, ""),
            ("answers", ASKS, ""),
            ("other_answers", ASKS, ""),
        ],
    )
    def test_other_names_have_none(self, name: str, event: Event | None, advice: str) -> None:
        with pytest.raises(TypeError) as raised:
            typed_column(Registration, name, event)
        assert (
            str(raised.value) == f"Registration has no column {name!r}, with a plain value or a list of them.{advice}"
        )
