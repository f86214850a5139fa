"""SQLAlchemy: a document in a column.

It needs SQLAlchemy: ``pip install 'wtisd-model[sqlalchemy]'``.
"""

from typing import Any, TypeVar

try:
    from sqlalchemy import JSON
    from sqlalchemy.dialects.postgresql import JSONB
    from sqlalchemy.types import TypeDecorator
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.sqlalchemy needs SQLAlchemy: pip install 'wtisd-model[sqlalchemy]'", name="sqlalchemy"
    ) from _missing

from wtisd_model.findings import ModelError, PayloadError
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.model.documents import document_name

T = TypeVar("T")


class StoredDocumentError(ModelError):
    """A document in a database that the reader refuses, with all its findings.

    It is no `PayloadError`, so that nobody responds as if the sender of a request had to correct it.
    """


class JsonDocument(TypeDecorator[T]):
    """The type of a column with documents of one class, as JSON; in PostgreSQL as JSONB.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.

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

    def process_bind_param(self, value: T | None, dialect: Any) -> Any:  # noqa: ARG002 - type checkers want the names of the overridden method
        """Return the plain JSON values to store.

        Raises:
            TypeError: *value* is not an object of the class.
        """
        if value is None:
            return None
        if type(value) is not self.cls:
            raise TypeError(f"Expected a {self.cls.__name__}, not a {type(value).__name__}.")
        return to_builtins(value)

    def process_result_value(self, value: Any, dialect: Any) -> T | None:  # noqa: ARG002 - type checkers want the names of the overridden method
        """Return the stored object.

        Raises:
            StoredDocumentError: the object is refused, with all findings.
        """
        if value is None:
            return None
        try:
            made: T = from_builtins(self.cls, value)
        except PayloadError as error:
            refused = StoredDocumentError(*error.findings)
            refused.add_note(f"Read from a column of the type {self!r}.")
            raise refused from None
        return made
