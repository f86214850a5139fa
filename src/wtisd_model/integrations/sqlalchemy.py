"""SQLAlchemy: a document in a column.

It needs SQLAlchemy: ``pip install 'wtisd-model[sqlalchemy]'``.
"""

import json
from typing import Any, TypeVar, cast

try:
    from sqlalchemy import JSON
    from sqlalchemy.dialects.postgresql import JSONB
    from sqlalchemy.exc import DontWrapMixin
    from sqlalchemy.types import TypeDecorator
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.sqlalchemy needs SQLAlchemy: pip install 'wtisd-model[sqlalchemy]'", name="sqlalchemy"
    ) from _missing

from wtisd_model.errors import ModelError
from wtisd_model.findings import Finding
from wtisd_model.integrations.stored import reader_of_stored, unstorable
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.normalize import is_mapping
from wtisd_model.model.documents import document_name

T = TypeVar("T")


class StoredDocumentError(ModelError, DontWrapMixin):
    """A stored document that the reader refuses, or a document that the database cannot store, with all findings.

    It is no `PayloadError`, so that nobody responds as if the sender of a request had to correct it.
    """


class JsonDocument(TypeDecorator[T]):
    """The type of a column with documents of one class, as JSON; in PostgreSQL as JSONB.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.

    Raises:
        TypeError: *cls* is not a document.
    """

    impl: Any = JSON
    cache_ok: bool | None = True

    def __init__(self, cls: type[T]) -> None:
        document_name(cls)
        super().__init__(none_as_null=True)
        self.cls = cls

    def __repr__(self) -> str:
        """Return the text that Alembic writes into a migration, which has to import this module."""
        return f"JsonDocument(wtisd_model.{self.cls.__name__})"

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Return the type of the column in a database."""
        return dialect.type_descriptor((JSONB if dialect.name == "postgresql" else JSON)(none_as_null=True))

    def process_bind_param(self, value: T | None, dialect: Any) -> Any:
        """Return the plain JSON values to store.

        Raises:
            TypeError: *value* is not an object of the class.
            StoredDocumentError: ``text-control`` for U+0000 in ``extensions``, which PostgreSQL cannot store.
        """
        if value is None:
            return None
        if type(value) is not self.cls:
            raise TypeError(f"Expected a {self.cls.__name__}, not a {type(value).__name__}.")
        findings = unstorable(value) if dialect.name == "postgresql" else ()
        if findings:
            raise self._refused(*findings)
        return to_builtins(value)

    def process_result_value(self, value: Any, dialect: Any) -> T | None:  # noqa: ARG002 - type checkers want the names of the overridden method
        """Return the stored object.

        Raises:
            StoredDocumentError: the object is refused, with all findings.
        """
        if value is None:
            return None
        # The reader would parse a string, so anything but an object is passed as its JSON, and refused.
        payload: Any = value if is_mapping(value) else json.dumps(value)
        cls: type = self.cls
        outcome = reader_of_stored(cls)(payload)
        if outcome.value is None:
            raise self._refused(*outcome.findings)
        return cast("T", outcome.value)

    def _refused(self, *findings: Finding) -> StoredDocumentError:
        refused = StoredDocumentError(*findings)
        refused.add_note(f"In a column of the type {self!r}.")
        return refused
