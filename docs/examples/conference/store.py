"""Registrations in a database: one row for a person, and nobody gets a seat that is taken."""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.event import listen
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import wtisd_model as wm
from wtisd_model import planning
from wtisd_model.integrations.sqlalchemy import JsonDocument

DAY = 24 * 60 * 60
KEY_REUSED = wm.Finding(
    code="key-reused", path="", message="This Idempotency-Key came with another form.", fix="Use another key."
)


class DeskBase(DeclarativeBase):
    type_annotation_map = {wm.Event: JsonDocument(wm.Event), wm.Registration: JsonDocument(wm.Registration)}


class EventRow(DeskBase):
    __tablename__ = "event"
    uid: Mapped[str] = mapped_column(primary_key=True)
    event: Mapped[wm.Event]


class RegistrationRow(DeskBase):
    __tablename__ = "registration"
    id: Mapped[str] = mapped_column(primary_key=True)
    event_uid: Mapped[str] = mapped_column(sa.ForeignKey("event.uid"), index=True)
    mode: Mapped[str]
    state: Mapped[str]
    person: Mapped[str | None] = mapped_column(unique=True)
    registration: Mapped[wm.Registration]


class SeatRow(DeskBase):  # a seat that a registration holds: at the event, without a session_id, or in a session
    __tablename__ = "seat"
    number: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[str] = mapped_column(sa.ForeignKey("registration.id"), index=True)
    session_id: Mapped[str | None]


class AnswerRow(DeskBase):  # the answer to a form, without its person, and digests of the form and its Idempotency-Key
    __tablename__ = "answer"
    event_uid: Mapped[str] = mapped_column(sa.ForeignKey("event.uid"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str]
    answer: Mapped[wm.Registration]
    until: Mapped[float] = mapped_column(index=True)  # in seconds
    registration_id: Mapped[str] = mapped_column(sa.ForeignKey("registration.id"), index=True)


class Received(NamedTuple):
    outcome: wm.Outcome[wm.Registration]
    repeated: wm.Registration | None = None  # the stored one of the same person, which is not for the sender


def connect(url: str) -> sa.Engine:
    """Return the engine for PostgreSQL or SQLite, in whose errors no documents are shown."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, isolation_level="READ COMMITTED", hide_parameters=True)
    engine = sa.create_engine(url, connect_args={"timeout": 60, "isolation_level": None}, hide_parameters=True)
    listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


@contextmanager
def locked(engine: sa.Engine, uid: str) -> Iterator[tuple[Session, wm.Event, datetime]]:
    """Begin a transaction that no other one for this event runs beside, and yield its present moment."""
    with Session(engine) as session, session.begin():
        query = sa.select(EventRow.event).where(EventRow.uid == uid).with_for_update()
        event, now = session.scalars(query).one(), datetime.now(UTC)
        session.execute(sa.delete(AnswerRow).where(AnswerRow.event_uid == uid, AnswerRow.until < now.timestamp()))
        yield session, event, now


def taken(session: Session, event: wm.Event) -> dict[tuple[str | None, str], int]:
    """Return the numbers of seats that are taken, as SQL counts them."""
    query = (
        sa.select(SeatRow.session_id, RegistrationRow.mode, sa.func.count())
        .join(RegistrationRow, RegistrationRow.id == SeatRow.registration_id)
        .where(RegistrationRow.event_uid == event.uid)
        .group_by(SeatRow.session_id, RegistrationRow.mode)
    )
    known = {None, *(each.id for each in event.sessions)}
    return {(where, mode): number for where, mode, number in session.execute(query) if where in known}


def save(session: Session, event: wm.Event, registration: wm.Registration) -> None:
    """Store a registration with the key of its person and the seats that it holds, both as they are now."""
    session.merge(
        RegistrationRow(
            id=registration.id,
            event_uid=registration.event_uid,
            mode=registration.mode.value,
            state=registration.state.value,
            person=wm.person_key(registration),
            registration=registration,
        )
    )
    session.flush()
    session.execute(sa.delete(SeatRow).where(SeatRow.registration_id == registration.id))
    held = planning.seats_held(event, registration)
    session.add_all(SeatRow(registration_id=registration.id, session_id=each) for each in held)


def digests(key: str, sent: wm.Submission[wm.Registration]) -> tuple[str, str]:
    """Return a hash of an Idempotency-Key, and a digest of the form which nobody can guess without the key."""
    form = sent.payload
    if isinstance(form, str | Mapping):  # one that holds a file, which is no JSON, is refused later
        form = json.dumps(form, sort_keys=True, default=repr).encode()
    return sha256(key.encode()).hexdigest(), hmac.digest(key.encode(), form, "sha256").hex()


def answered(first: wm.Registration, sent: wm.Submission[wm.Registration]) -> wm.Outcome[wm.Registration]:
    """Return the first answer to a form again: the person is in the form, and all else in what was kept."""
    again = wm.validate(wm.Registration, sent.payload, submission=True, now=first.submitted_at, id=first.id)
    value = evolve(again.value_or_raise(), waits=first.waits)
    return wm.Outcome(value=value if first.waitlisted_at is None else value.waitlist(at=first.waitlisted_at))


def receive(engine: sa.Engine, uid: str, sent: wm.Submission[wm.Registration], key: str | None = None) -> Received:
    """Store a submission with its seats and its waits for those that are taken, unless the person is registered."""
    key_digest, form = digests(key, sent) if key else ("", "")
    with locked(engine, uid) as (session, event, now):
        if before := session.get(AnswerRow, (uid, key_digest)):
            same = before.form == form
            return Received(answered(before.answer, sent) if same else wm.Outcome(findings=(KEY_REUSED,)))
        outcome = sent.accept(wm.Dossier(event=event), now=now, taken=taken(session, event))
        if wm.to_problem(outcome.findings):
            return Received(outcome)
        new = outcome.value_or_raise()
        query = sa.select(RegistrationRow.registration).where(RegistrationRow.person == wm.person_key(new))
        repeated = session.scalars(query).one_or_none()
        if repeated is None:
            save(session, event, new)
        if key:
            answer = AnswerRow(event_uid=uid, key=key_digest, form=form, until=now.timestamp() + DAY)
            answer.answer, answer.registration_id = new.purged(at=now), (repeated or new).id
            session.add(answer)
    return Received(outcome, repeated)


def change(
    engine: sa.Engine, uid: str, step: Callable[[wm.Dossier, datetime], wm.Dossier]
) -> tuple[wm.Dossier, wm.Dossier]:
    """Store what a step of the office changes in an event and its registrations, and return both versions."""
    with locked(engine, uid) as (session, event, now):
        query = sa.select(RegistrationRow.registration).where(RegistrationRow.event_uid == uid)
        before = wm.Dossier(event=event, registrations=tuple(session.scalars(query)))
        after = step(before, now)
        session.merge(EventRow(uid=uid, event=after.event))
        known = {each.id: each for each in before.registrations}
        for each in after.registrations:
            if after.event is not event or each is not known.get(each.id):
                save(session, after.event, each)
    return before, after


def withdrawn(dossier: wm.Dossier, id_: str, now: datetime) -> wm.Dossier:
    """Return a dossier in which a registration is withdrawn, and its seats are given to who has waited longest."""
    kept = {each.id: each for each in dossier.registrations}
    kept[id_] = kept[id_].withdraw(at=now)
    return wm.promote(evolve(dossier, registrations=tuple(kept.values())), now=now)


def withdraw(engine: sa.Engine, uid: str, id_: str) -> tuple[wm.Dossier, wm.Dossier]:
    """Withdraw a registration, and give its seats to those who have waited longest."""
    return change(engine, uid, lambda dossier, now: withdrawn(dossier, id_, now))


def purge(engine: sa.Engine, uid: str, id_: str) -> None:
    """Remove a person from a registration, and from what says that they sent it."""
    with locked(engine, uid) as (session, event, now):
        query = sa.select(RegistrationRow.registration).where(RegistrationRow.event_uid == uid)
        purged = session.scalars(query.where(RegistrationRow.id == id_)).one().purged(at=now, event=event)
        save(session, event, purged)
        session.execute(sa.delete(AnswerRow).where(AnswerRow.registration_id == id_))
