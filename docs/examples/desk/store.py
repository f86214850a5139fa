"""The database, which is the module of docs/how-to/databases.md for one event, and the thread that sends its mails."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from math import inf

import sqlalchemy as sql
from attrs import evolve
from sqlalchemy.orm import Session

from conference import store
from conference.worker import work
from wtisd_model import Dossier, Event, Outcome, Registration, Submission, invitation, planning, promote

PAUSE, WAIT = 60, 5  # seconds until the outbox is looked at again, and as long as a locked database is waited for


def passed_on(before: Dossier, after: Dossier, now: datetime, decided: str | None) -> Dossier:
    """Give seats that have become free to people who wait, except to the one whose registration was just *decided*."""
    then, free = (
        {(row.session_id, row.mode): inf if row.free is None else row.free for row in planning.seats(each)}
        for each in (before, after)
    )
    if all(number <= then.get(where, 0) for where, number in free.items()):
        return after
    kept = {each.id: each for each in after.registrations if each.id == decided}
    given = promote(after, now=now).registrations
    return evolve(after, registrations=tuple(kept.get(each.id, each) for each in given))


class Store:
    """A database in which one lock guards every change, and all letters about it are stored with it."""

    def __init__(self, url: str, event: Event, mail_server: str) -> None:
        self._engine, self._uid = store.connect(url, wait=WAIT), event.uid
        self._news, self.closed = threading.Semaphore(0), False
        store.DeskBase.metadata.create_all(self._engine)
        with Session(self._engine) as session, session.begin():
            if session.get(store.EventRow, event.uid) is None:
                session.add(store.EventRow(uid=event.uid, event=event))
        # If this is a new version of the event, people get a letter, may have to reply again, and get added seats.
        self.change(lambda dossier, _: invitation.apply(evolve(dossier, event=event), ()))
        threading.Thread(target=work, args=(self._engine, mail_server, self._wait), daemon=True).start()

    def read(self) -> tuple[Dossier, int]:
        """Return the event with its registrations in the order of submission, and the number of waiting mails."""
        with Session(self._engine) as session:
            event = session.get_one(store.EventRow, self._uid).event
            waiting = session.scalars(sql.select(sql.func.count(store.OutboxRow.mail))).one()
            return Dossier(event=event, registrations=store.stored(session, self._uid)), waiting

    def receive(self, form: Mapping[str, object]) -> Outcome[Registration]:
        """Store a registration, unless the person is registered, and return what a new person would get."""
        outcome = store.receive(self._engine, self._uid, Submission(Registration, form)).outcome
        self._news.release()
        return outcome

    def change(self, step: Callable[[Dossier, datetime], Dossier], decided: str | None = None) -> None:
        """Store what *step* makes of the stored dossier by now, and pass on the seats; nothing if it raises."""
        store.change(self._engine, self._uid, lambda dossier, now: passed_on(dossier, step(dossier, now), now, decided))
        self._news.release()

    def remind(self) -> None:
        """Write to people about what begins within a day, but once."""
        store.remind(self._engine, self._uid, timedelta(days=1))
        self._news.release()

    def _wait(self) -> bool:
        """Wait for news or, if a mail could not be sent, a while; return False if the desk is closed."""
        self._news.acquire(timeout=PAUSE)
        return not self.closed
