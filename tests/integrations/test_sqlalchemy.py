"""SQLAlchemy: a column holds the JSON of `to_json`, and is read as `from_json` reads it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

import wtisd_model
from tests.integrations.hostile_rows import NUMBERS, WITH_NUL, in_digits
from tests.integrations.payloads import CASES, MARKER, STORED, Case, Verdict, assert_case, verdict_on
from tests.integrations.registration_rows import MADE, Base, Row
from tests.samples.whole import SAMPLES
from wtisd_model import Event, ModelError, Money, PayloadError, Registration, Submission, from_json, to_json
from wtisd_model.integrations.sqlalchemy import JsonDocument, StoredDocumentError
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.documents import DOCUMENTS


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def put(session: Session, stored: str) -> None:
    """Store JSON as another program would."""
    session.execute(sa.text("INSERT INTO row VALUES (1, :stored, NULL)"), {"stored": stored})


def get(session: Session) -> Any:
    return session.scalars(sa.select(Row.registration)).one()


def explain(error: StoredDocumentError) -> tuple[Verdict, str]:
    return verdict_on(error.findings), f"{error} {error!r}"


class TestTable:
    """What another program has stored has the verdict that the reader has."""

    @pytest.mark.parametrize("case", [each for each in CASES if not each.submission], ids=repr)
    def test_a_stored_document_has_the_verdict_of_the_table(self, case: Case) -> None:
        column: JsonDocument[Any] = JsonDocument(case.cls)
        assert_case(case, partial(column.process_result_value, json.loads(case.payload), None), explain)


class TestObjects:
    """An object comes back equal, and None is NULL."""

    @pytest.mark.parametrize("made", [each for each in SAMPLES if type(each) in DOCUMENTS])
    def test_every_document_comes_back(self, engine: sa.Engine, made: object) -> None:
        table = sa.Table("documents", sa.MetaData(), sa.Column("document", JsonDocument(type(made))))
        table.create(engine)
        with engine.begin() as connection:
            connection.execute(table.insert(), {"document": made})
            assert connection.scalar(sa.select(table)) == made
            [stored] = connection.execute(sa.text("SELECT document FROM documents")).scalars()
        assert json.loads(stored) == json.loads(to_json(made))

    @pytest.mark.parametrize(
        "large",
        [
            {"extensions": {f"example.org:{number}": "x" * 15_000 for number in range(80)}},
            {"extensions": {f"example.org:{number}": [0] * 700 for number in range(80)}},
        ],
        ids=["bytes", "values"],
    )
    def test_a_document_above_the_limits_of_a_payload_comes_back(self, session: Session, large: Any) -> None:
        made = evolve(MADE, **large)
        with pytest.raises(PayloadError):
            from_json(Registration, to_json(made))
        session.add(Row(registration=made))
        session.commit()
        assert get(session) == made

    def test_none_is_null(self, session: Session) -> None:
        session.add(Row(registration=MADE))
        assert session.scalars(sa.select(Row.number).where(Row.replaced.is_(None))).all() == [1]
        assert session.scalars(sa.select(Row.replaced)).one() is None

    def test_an_assignment_is_noticed(self, session: Session) -> None:
        row = Row(registration=MADE)
        session.add(row)
        session.flush()
        row.registration = MADE.check_in(at=MADE.history[-1].at)
        session.commit()
        assert get(session).state == "attended"

    @pytest.mark.parametrize(
        "wrong", [Submission(Registration, STORED), Money(amount=Decimal(1), currency="CHF"), STORED, "{}"]
    )
    def test_other_objects_are_refused(self, session: Session, wrong: Any) -> None:
        session.add(Row(registration=wrong))
        with pytest.raises(StatementError, match=f"Expected a Registration, not a {type(wrong).__name__}") as raised:
            session.flush()
        assert isinstance(raised.value.orig, TypeError)

    @pytest.mark.parametrize("cls", [Money, Submission, str])
    def test_only_documents_have_a_column(self, cls: type) -> None:
        with pytest.raises(TypeError):
            JsonDocument(cls)


class TestQueries:
    """SQL compares whole documents, and values in them."""

    @pytest.mark.parametrize(
        ("where", "found"),
        [
            (Row.registration == MADE, True),
            (Row.registration == MADE.check_in(at=MADE.history[-1].at), False),
            (Row.registration["mode"].as_string() == "on-site", True),
            (Row.registration["mode"].as_string() == "remote", False),
            (Row.registration["participant", "name"].as_string() == STORED["participant"]["name"], True),
        ],
    )
    def test_a_condition_finds_rows(self, session: Session, where: Any, found: bool) -> None:
        session.add(Row(registration=MADE))
        assert bool(session.scalars(sa.select(Row.number).where(where)).all()) is found

    def test_statements_are_cached_by_the_class(self) -> None:
        one, other, third = (JsonDocument(each)._static_cache_key for each in (Registration, Registration, Event))
        assert one == other
        assert one != third


class TestBadData:
    """Bad data in the database is an error of its own."""

    def test_it_has_all_findings_and_shows_no_value(self, session: Session) -> None:
        put(session, json.dumps({**STORED, "mode": MARKER, "needs": [MARKER]}))
        with pytest.raises(StoredDocumentError) as raised:
            get(session)
        assert verdict_on(raised.value.findings) == ("value-unknown /mode", "value-unknown /needs/0")
        assert raised.value.__notes__ == ["In a column of the type JsonDocument(wtisd_model.Registration)."]
        assert MARKER not in str(raised.value)

    def test_it_is_no_mistake_of_a_sender(self) -> None:
        assert issubclass(StoredDocumentError, ModelError)
        assert not issubclass(StoredDocumentError, PayloadError)

    def test_invalid_json_is_an_error_of_the_driver(self, session: Session) -> None:
        put(session, "{")
        with pytest.raises(json.JSONDecodeError):
            get(session)

    def test_the_last_of_repeated_keys_counts(self, session: Session) -> None:
        put(session, json.dumps(STORED).replace('"mode": "on-site"', '"mode": "remote", "mode": "on-site"'))
        assert get(session) == MADE

    @pytest.mark.parametrize("stored", [[], 5, "{}", json.dumps(STORED)])
    def test_another_value_is_refused(self, session: Session, stored: Any) -> None:
        put(session, json.dumps(stored))
        with pytest.raises(StoredDocumentError) as raised:
            get(session)
        assert verdict_on(raised.value.findings) == ("wrong-type",)


class TestPostgresql:
    """JSONB returns all digits of a number, and refuses U+0000."""

    DIALECT = sa.make_url("postgresql://").get_dialect()()

    def test_a_number_comes_back(self) -> None:
        column = JsonDocument(Registration)
        stored = json.dumps(column.process_bind_param(NUMBERS, self.DIALECT))
        assert column.process_result_value(json.loads(in_digits(stored)), self.DIALECT) == NUMBERS

    @pytest.mark.parametrize(("made", "paths"), WITH_NUL)
    def test_u_0000_is_refused_before_it_is_sent(self, made: Any, paths: list[str]) -> None:
        column = JsonDocument(type(made))
        with pytest.raises(StoredDocumentError) as raised:
            column.process_bind_param(made, self.DIALECT)
        assert verdict_on(raised.value.findings) == tuple(f"text-control {path}" for path in paths)
        assert MARKER not in f"{raised.value} {raised.value.__notes__}"

    def test_other_databases_hold_it(self, session: Session) -> None:
        made = evolve(MADE, extensions={"example.org:badge": "\0"})
        session.add(Row(registration=made))
        session.commit()
        assert get(session) == made

    def test_what_only_looks_like_it_is_stored(self) -> None:
        made = evolve(MADE, extensions={"example.org:badge": "\\u0000"})
        assert JsonDocument(Registration).process_bind_param(made, self.DIALECT) == to_builtins(made)


class TestDdl:
    """What the database makes of the column, and Alembic of the type."""

    @pytest.mark.parametrize(("database", "written"), [(sqlite, "JSON"), (postgresql, "JSONB")])
    def test_the_column_is_json(self, database: Any, written: str) -> None:
        assert JsonDocument(Registration).compile(database.dialect()) == written

    def test_a_migration_can_make_it_again(self) -> None:
        made = JsonDocument(Registration)
        again = eval(f"wtisd_model.integrations.sqlalchemy.{made!r}", {"wtisd_model": wtisd_model})  # noqa: S307 - ours
        assert isinstance(again, JsonDocument)
        assert again.cls is Registration
