"""Registrations in a table of SQLAlchemy."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.integrations.payloads import STORED
from wtisd_model import Registration, from_json
from wtisd_model.integrations.sqlalchemy import JsonDocument


class Base(DeclarativeBase):
    """Somebody else's tables."""

    type_annotation_map = {Registration: JsonDocument(Registration)}  # noqa: RUF012 - as SQLAlchemy wants it


class Row(Base):
    """A registration, and perhaps the one that it replaces."""

    __tablename__ = "row"
    number: Mapped[int] = mapped_column(primary_key=True)
    registration: Mapped[Registration]
    replaced: Mapped[Registration | None]


MADE = from_json(Registration, STORED)
