"""What is stored is read: all documents, on two databases, by SQLAlchemy and by Django, each reading the other's."""

from tests.integrations.django_site import database

# isort: split
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from django.core.exceptions import ValidationError
from django.db import connections, models
from hypothesis import strategies as st

from tests.hypothesis_profiles import chosen
from tests.integrations.hostile_rows import NUMBERS, WITH_NUL
from tests.strategies.drawing import drawn
from wtisd_model import Dossier, Event, Registration, Roster
from wtisd_model.integrations.django import DocumentField
from wtisd_model.integrations.sqlalchemy import JsonDocument, StoredDocumentError
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.json_values import MOST_EXACT, without_nul

pytestmark = pytest.mark.outside

_TIMES = 4 if chosen(os.environ) == "soak" else 1
HOW_MANY = {Event: 40 * _TIMES, Dossier: 20 * _TIMES}
OTHERS = 110 * _TIMES
"""How many documents of each class are stored, most with a dozen numbers of other programs: 500 together."""

_NUMBERS = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-MOST_EXACT, MOST_EXACT)
    | st.builds(float, st.builds("{}e{}".format, st.integers(-999, 999), st.integers(-330, 305)))
)
_EXTENSIONS = st.dictionaries(
    st.sampled_from(["example.org:a", "example.org:B", "a.example.org:b"]),
    st.recursive(
        _NUMBERS | st.text(max_size=8) | st.sampled_from([None, True, False, sys.float_info.max]),
        lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=4), inside, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
)
"""Data of other programs, most of it numbers, with keys in any order."""


@cache
def documents(cls: type) -> list[Any]:
    """Return documents with hostile data of other programs, but nothing that JSONB cannot hold."""
    pairs = drawn(st.tuples(st.from_type(cls), _EXTENSIONS), HOW_MANY.get(cls, OTHERS))
    return [from_builtins(cls, without_nul(to_builtins(_with_extensions(*each)))) for each in pairs]


def _with_extensions(document: Any, extensions: Any) -> Any:
    if isinstance(document, Dossier):
        return evolve(document, event=_with_extensions(document.event, extensions))
    if isinstance(document, Roster):
        people = [_with_extensions(each, extensions) for each in document.interpreters]
        return evolve(document, interpreters=people)
    is_purged = getattr(document, "purged_at", None) is not None  # and may have no extensions
    return document if is_purged else evolve(document, extensions=extensions)


def model(cls: type) -> Any:
    """Return Django's model of the table with documents of a class."""
    meta = type("Meta", (), {"app_label": "stored", "db_table": cls.__name__})
    return type(cls.__name__, (models.Model,), {"__module__": __name__, "Meta": meta, "document": DocumentField(cls)})


MODELS = {cls: model(cls) for cls in DOCUMENTS}

METADATA = sa.MetaData()
TABLES = {
    cls: sa.Table(
        cls.__name__, METADATA, sa.Column("id", sa.Integer, primary_key=True), sa.Column("document", JsonDocument(cls))
    )
    for cls in DOCUMENTS
}


@pytest.fixture(params=["postgresql", "sqlite"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """Yield a database that Django has too, as "default", with empty tables."""
    with database(tmp_path):
        url = f"sqlite:///{tmp_path}/django.sqlite3"
        settings = connections["default"].settings_dict
        before = {**settings}
        if request.param == "postgresql":
            url = request.getfixturevalue("postgresql")
            settings |= {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "postgres",
                "USER": "postgres",
                "HOST": sa.make_url(url).query["host"],
                "OPTIONS": {},
            }
            del connections["default"]
        engine = sa.create_engine(url)
        METADATA.create_all(engine)
        yield engine
        METADATA.drop_all(engine)
        engine.dispose()
        connections.close_all()
        settings |= before
        del connections["default"]


class TestStored:
    """A document that was stored is read, and is equal."""

    def test_documents_of_each_class(self, engine: sa.Engine) -> None:
        for cls in DOCUMENTS:
            made, table, rows = documents(cls), TABLES[cls], MODELS[cls].objects
            half = len(made) // 2
            with engine.begin() as connection:
                connection.execute(table.insert(), [{"id": n, "document": made[n]} for n in range(half)])
            rows.bulk_create([MODELS[cls](id=n, document=made[n]) for n in range(half, len(made))])
            with engine.connect() as connection:
                read = connection.execute(sa.select(table.c.document).order_by(table.c.id)).scalars().all()
            assert read == made
            assert list(rows.order_by("id").values_list("document", flat=True)) == made
        assert sum(map(len, map(documents, DOCUMENTS))) == 610 * _TIMES

    def test_a_row_is_found_by_its_document(self, engine: sa.Engine) -> None:
        table, rows = TABLES[Registration], MODELS[Registration].objects
        rows.create(id=1, document=NUMBERS)
        with engine.connect() as connection:
            assert connection.execute(sa.select(table.c.id).where(table.c.document == NUMBERS)).scalars().all() == [1]
        assert rows.get(document=NUMBERS).document == NUMBERS

    @pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
    @pytest.mark.parametrize("made", [made for made, _ in WITH_NUL])
    def test_what_jsonb_cannot_hold_is_refused_with_its_place(self, engine: sa.Engine, made: Any) -> None:
        cls = type(made)
        with engine.begin() as connection, pytest.raises(StoredDocumentError, match="text-control"):
            connection.execute(TABLES[cls].insert(), {"id": 1, "document": made})
        with pytest.raises(ValidationError):
            MODELS[cls].objects.create(id=1, document=made)
        assert not MODELS[cls].objects.exists()
