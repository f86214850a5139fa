"""Registrations in a database: one row for a person, no seat given twice, and letters about every change."""

import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from typing import NamedTuple

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.event import listen
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import wtisd_model as wm
from wtisd_model import invitation, planning
from wtisd_model.integrations.sqlalchemy import JsonDocument

DAY = 24 * 60 * 60
LEASE = 5 * 60  # seconds until a mail that was taken from the outbox, but not sent, is due again
KEY_REUSED = wm.Finding(
    code="key-reused", path="", message="This Idempotency-Key came with another form.", fix="Use another key."
)

link_of: Callable[[wm.Registration], str] | None = None
"""Where a person changes or withdraws a registration, for letters; an application sets it before there are any."""


class DeskBase(DeclarativeBase):
    type_annotation_map = {wm.Event: JsonDocument(wm.Event), wm.Registration: JsonDocument(wm.Registration)}


class EventRow(DeskBase):
    __tablename__ = "event"
    uid: Mapped[str] = mapped_column(primary_key=True)
    event: Mapped[wm.Event]
    stamped: Mapped[float] = mapped_column(default=0)  # of the last letters, in seconds, as reminded
    reminded: Mapped[float | None]


class RegistrationRow(DeskBase):
    __tablename__ = "registration"
    id: Mapped[str] = mapped_column(primary_key=True)
    event_uid: Mapped[str] = mapped_column(sa.ForeignKey("event.uid"), index=True)
    mode: Mapped[str]
    state: Mapped[str]
    person: Mapped[str | None] = mapped_column(unique=True)
    mailbox: Mapped[str | None] = mapped_column(index=True)
    reminded: Mapped[bool] = mapped_column(default=False)  # whether they were invited at EventRow.reminded
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


class OutboxRow(DeskBase):  # a mail that is still to be sent; one about a repeat stays for a day, without its content
    __tablename__ = "outbox"
    number: Mapped[int] = mapped_column(primary_key=True)
    mail: Mapped[bytes | None]
    due: Mapped[float] = mapped_column(index=True)  # in seconds, as until
    until: Mapped[float] = mapped_column(index=True)
    repeated: Mapped[str | None] = mapped_column(unique=True)  # the id of a registration whose person came again
    purged_with: Mapped[str | None] = mapped_column(index=True)  # the id of a registration


class Received(NamedTuple):
    outcome: wm.Outcome[wm.Registration]
    repeated: wm.Registration | None = None  # the stored one of the same person, which is not for the sender


class Changed(NamedTuple):
    before: wm.Dossier
    after: wm.Dossier
    findings: tuple[wm.Finding, ...] = ()  # what should reach somebody, and reaches nobody


def connect(url: str, wait: float = 60) -> sa.Engine:
    """Return the engine for PostgreSQL or SQLite, in whose errors no documents are shown."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, isolation_level="READ COMMITTED", hide_parameters=True)
    engine = sa.create_engine(url, connect_args={"timeout": wait, "isolation_level": None}, hide_parameters=True)
    listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


@contextmanager
def locked(engine: sa.Engine, uid: str) -> Iterator[tuple[Session, wm.Event, datetime]]:
    """Begin a transaction that no other one for this event runs beside, and yield its present moment."""
    with Session(engine) as session, session.begin():
        query = sa.select(EventRow).where(EventRow.uid == uid).with_for_update()
        event, now = session.scalars(query).one().event, datetime.now(UTC)
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


def mailbox(registration: wm.Registration) -> str | None:
    """Return the address of a registration, as addresses are compared."""
    person = registration.participant
    return person.email.casefold() if person and person.email else None


def stored(session: Session, uid: str, *only: sa.ColumnElement[bool]) -> tuple[wm.Registration, ...]:
    """Return registrations of an event in the order in which they came."""
    query = sa.select(RegistrationRow.registration).where(RegistrationRow.event_uid == uid, *only)
    return tuple(sorted(session.scalars(query), key=lambda each: (each.submitted_at, each.id)))


def save(session: Session, event: wm.Event, registration: wm.Registration) -> None:
    """Store a registration with the key of its person and the seats that it holds, both as they are now."""
    session.merge(
        RegistrationRow(
            id=registration.id,
            event_uid=registration.event_uid,
            mode=registration.mode.value,
            state=registration.state.value,
            person=wm.person_key(registration),
            mailbox=mailbox(registration),
            registration=registration,
        )
    )
    session.flush()
    session.execute(sa.delete(SeatRow).where(SeatRow.registration_id == registration.id))
    held = planning.seats_held(event, registration)
    session.add_all(SeatRow(registration_id=registration.id, session_id=each) for each in held)
    if registration.purged_at is not None:
        session.execute(sa.delete(AnswerRow).where(AnswerRow.registration_id == registration.id))
        session.execute(sa.delete(OutboxRow).where(OutboxRow.purged_with == registration.id))


def post(
    session: Session, event: wm.Event, letters: Iterable[invitation.Letter], now: datetime, repeated: str | None = None
) -> Iterator[invitation.Letter]:
    """Put the mails of letters into the outbox, and yield the letters."""
    mailer, seconds = invitation.Mailer(event.organizer or ""), now.timestamp()
    was_told = repeated and session.scalar(sa.select(OutboxRow.number).where(OutboxRow.repeated == repeated))
    for letter in letters:
        again = None if letter.messages else repeated  # a letter that says more than that has to be sent
        row = {"due": seconds, "until": seconds + (DAY if again else 7 * DAY), "repeated": again}
        row["purged_with"] = goes_with(letter)
        rows = [row | {"mail": bytes(mail)} for mail in mailer.mails(letter, sent=now)]
        if not (again and was_told):
            session.execute(sa.insert(OutboxRow), rows)
        yield letter


def goes_with(letter: invitation.Letter) -> str | None:
    """Return the id of the registration with whose purge a letter goes; None if it still has to be sent then."""
    is_last = invitation.Reason.ERASED in letter.reasons
    cancels = any(each.method is invitation.Method.CANCEL for each in letter.messages)
    return None if is_last or cancels or letter.registration_ids[1:] else letter.registration_ids[0]


def is_silent(event: wm.Event) -> bool:
    """Return True if there are no letters about an event yet."""
    return event.status is wm.EventStatus.DRAFT or not (event.organizer and event.organizer.email)


def tell(
    session: Session,
    before: wm.Dossier,
    after: wm.Dossier,
    now: datetime,
    repeated: wm.Registration | None = None,
    erased: Iterable[str] = (),
) -> Changed:
    """Put the letters about a change into the outbox, and return it with what calendars have once they are sent."""
    event = after.event
    if is_silent(event):
        return Changed(before, after)  # the first letters after this reach everybody
    row = session.get_one(EventRow, event.uid)
    # A calendar keeps the later of two messages, and compares their seconds. Who is new has no earlier one.
    row.stamped = max(int(now.timestamp()), row.stamped + bool(before.registrations))
    again, stamped = [repeated] if repeated else [], datetime.fromtimestamp(row.stamped, UTC)
    letters = invitation.letters(before, after, stamped=stamped, repeated=again, erased=erased, link=link_of)
    posted = post(session, event, letters, now, repeated.id if repeated else None)
    return Changed(before, invitation.recorded(after, posted), letters.findings)


def send(engine: sa.Engine, deliver: Callable[[EmailMessage], object]) -> bool:
    """Send the mail that is due first, without a lock meanwhile; return False if none is due."""
    now = datetime.now(UTC).timestamp()
    due = sa.select(OutboxRow.number).where(OutboxRow.mail.is_not(None), OutboxRow.due <= now)
    first = due.order_by(OutboxRow.due, OutboxRow.number).limit(1).with_for_update(skip_locked=True)
    take = sa.update(OutboxRow).where(OutboxRow.number == first.scalar_subquery()).values(due=now + LEASE)
    with Session(engine) as session, session.begin():
        session.execute(sa.delete(OutboxRow).where(OutboxRow.until < now))
        row = session.execute(take.returning(OutboxRow.number, OutboxRow.mail)).first()
    if row is None:
        return False
    deliver(message_from_bytes(row.mail, policy=policy.SMTP))
    sent = OutboxRow.number == row.number
    with Session(engine) as session, session.begin():
        session.execute(sa.delete(OutboxRow).where(sent, OutboxRow.repeated.is_(None)))
        session.execute(sa.update(OutboxRow).where(sent).values(mail=None))
    return True


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
        if first := session.get(AnswerRow, (uid, key_digest)):
            same = first.form == form
            return Received(answered(first.answer, sent) if same else wm.Outcome(findings=(KEY_REUSED,)))
        outcome = sent.accept(wm.Dossier(event=event), now=now, taken=taken(session, event))
        if wm.to_problem(outcome.findings):
            return Received(outcome)
        new = outcome.value_or_raise()
        key_of, known = wm.person_key(new), stored(session, uid, RegistrationRow.mailbox == mailbox(new))
        repeated = next((each for each in known if wm.person_key(each) == key_of), None)
        before = wm.Dossier(event=event, registrations=known)
        after = before if repeated else evolve(before, registrations=(*known, new))
        for each in tell(session, before, after, now, repeated).after.registrations:
            if each not in known:
                save(session, event, each)
        if key:
            answer = AnswerRow(event_uid=uid, key=key_digest, form=form, until=now.timestamp() + DAY)
            answer.answer, answer.registration_id = new.purged(at=now), (repeated or new).id
            session.add(answer)
    return Received(outcome, repeated)


def change(
    engine: sa.Engine, uid: str, step: Callable[[wm.Dossier, datetime], wm.Dossier], erased: Iterable[str] = ()
) -> Changed:
    """Store what a step of the office changes in an event and its registrations, with the letters about it."""
    with locked(engine, uid) as (session, event, now):
        before = wm.Dossier(event=event, registrations=stored(session, uid))
        changed = tell(session, before, step(before, now), now, erased=erased)
        session.get_one(EventRow, uid).event = changed.after.event
        known = {each.id: each for each in before.registrations}
        for each in changed.after.registrations:
            if changed.after.event is not event or each is not known.get(each.id):
                save(session, changed.after.event, each)
    return changed


def remind(engine: sa.Engine, uid: str, before: timedelta) -> None:
    """Put reminders of what begins within a time into the outbox, but those that a person had in an earlier call."""
    with locked(engine, uid) as (session, event, now):
        if is_silent(event):
            return
        row, calls = session.get_one(EventRow, uid), defaultdict[float | None, list[wm.Registration]](list)
        for each in session.scalars(sa.select(RegistrationRow).where(RegistrationRow.event_uid == uid)):
            calls[row.reminded if each.reminded else None].append(each.registration)
            each.reminded = invitation.is_invited(event, each.registration)
        for last, people in calls.items():
            since = None if last is None else datetime.fromtimestamp(last, UTC)
            dossier = wm.Dossier(event=event, registrations=people)
            letters = invitation.reminders(dossier, now=now, before=before, since=since, link=link_of)
            for _ in post(session, event, letters, now):
                pass
        row.reminded = int(now.timestamp())


def withdrawn(dossier: wm.Dossier, id_: str, now: datetime) -> wm.Dossier:
    """Return a dossier in which a registration is withdrawn, and its seats are given to who has waited longest."""
    kept = {each.id: each for each in dossier.registrations}
    kept[id_] = kept[id_].withdraw(at=now)
    return wm.promote(evolve(dossier, registrations=tuple(kept.values())), now=now)


def withdraw(engine: sa.Engine, uid: str, id_: str) -> Changed:
    """Withdraw a registration, and give its seats to those who have waited longest."""
    return change(engine, uid, lambda dossier, now: withdrawn(dossier, id_, now))


def erased(dossier: wm.Dossier, id_: str, now: datetime) -> wm.Dossier:
    """Return a dossier in which a registration is withdrawn, as far as it is open, and purged."""
    is_open = any(each.id == id_ and each.state.is_open for each in dossier.registrations)
    left = withdrawn(dossier, id_, now) if is_open else dossier
    kept = {each.id: each for each in left.registrations}
    kept[id_] = kept[id_].purged(at=now, event=left.event)
    return evolve(left, registrations=tuple(kept.values()))


def erase(engine: sa.Engine, uid: str, id_: str) -> Changed:
    """Remove a person who asks for it, from all that is stored, and tell them so in a last letter."""
    return change(engine, uid, lambda dossier, now: erased(dossier, id_, now), erased=[id_])


def purge(engine: sa.Engine, uid: str, id_: str) -> None:
    """Remove a person, whose data have been kept long enough, from all that is stored."""
    with locked(engine, uid) as (session, event, now):
        query = sa.select(RegistrationRow.registration).where(RegistrationRow.event_uid == uid)
        save(session, event, session.scalars(query.where(RegistrationRow.id == id_)).one().purged(at=now, event=event))
