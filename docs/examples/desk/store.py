"""The database: the event, its registrations, and the mails that are still to be sent."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from logging import getLogger
from smtplib import SMTP, SMTPException

import sqlalchemy as sql
from attrs import evolve
from sqlalchemy import Column, delete, insert, select, update

from wtisd_model import Dossier, Event, Registration, invitation
from wtisd_model.integrations.sqlalchemy import JsonDocument

TABLES, DOCUMENT = sql.MetaData(), JsonDocument(Registration)
EVENT = sql.Table("event", TABLES, Column("document", JsonDocument(Event)), Column("last_stamp", sql.BigInteger))
PEOPLE = sql.Table("registration", TABLES, Column("id", sql.String, primary_key=True), Column("document", DOCUMENT))
CONTENT, DUE = Column("content", sql.LargeBinary), Column("due", sql.Double, default=0)
MAIL = sql.Table("mail", TABLES, Column("id", sql.Integer, primary_key=True), CONTENT, DUE)
PAUSE, LEASE = 60, 300  # seconds until the mails are looked at again, and until one that was not sent is due again


class Store:
    """A database in which one lock guards every change."""

    def __init__(self, url: str, event: Event, mail_server: str) -> None:
        self._engine = sql.create_engine(url, hide_parameters=True)  # errors would show personal data
        self._news, self.closed = threading.Semaphore(0), False
        with self._engine.begin() as connection:
            TABLES.create_all(connection)
            if connection.scalar(select(EVENT.c.last_stamp)) is None:
                connection.execute(insert(EVENT).values(document=event, last_stamp=0))
        # If this is a new version of the event, people get a mail, and may have to reply again.
        self.change(lambda dossier, _: invitation.apply(evolve(dossier, event=event), ()))
        threading.Thread(target=self._send_mails, args=(mail_server,), daemon=True).start()

    def read(self) -> tuple[Dossier, int]:
        """Return the event with its registrations in the order of submission, and the number of waiting mails."""
        with self._engine.connect() as connection:
            return _dossier(connection), connection.scalars(select(sql.func.count(MAIL.c.id))).one()

    def change(self, step: Callable[[Dossier, datetime], Dossier]) -> None:
        """Store what *step* makes of the stored dossier by now, and mails about the changes; nothing if it raises."""
        with self._engine.begin() as connection:
            # A write comes first: SQLite locks the file and PostgreSQL the row until the end. So the dossier is the
            # newest one, and the clock is read in the order of the changes.
            connection.execute(update(EVENT).values(last_stamp=EVENT.c.last_stamp))
            before, now = _dossier(connection), datetime.now(UTC)
            last: int = connection.scalars(select(EVENT.c.last_stamp)).one()
            after = step(before, now)
            for each in set(after.registrations).difference(before.registrations):
                connection.execute(delete(PEOPLE).where(PEOPLE.c.id == each.id))
                connection.execute(insert(PEOPLE).values(id=each.id, document=each))
            # A calendar keeps the later one of two messages, and compares their times in seconds.
            stamp = max(int(now.timestamp()), last + 1)
            for message in invitation.updates(before, after, stamped=datetime.fromtimestamp(stamp, UTC)):
                mail = invitation.mail(message, sender=after.event.organizer or "")  # without one, there is no message
                connection.execute(insert(MAIL).values(content=bytes(mail)))
                last = stamp
            connection.execute(update(EVENT).values(document=after.event, last_stamp=last))
        self._news.release()

    def _send_mails(self, mail_server: str) -> None:
        """Send the mails in their order; one that failed, perhaps for ever, comes after the others that are due."""
        while not self.closed:
            now = datetime.now(UTC).timestamp()
            one = select(MAIL.c.id).where(MAIL.c.due <= now).order_by(MAIL.c.due, MAIL.c.id).limit(1).scalar_subquery()
            # Of two servers that choose the same mail, the second one finds that it is not due any more.
            claim = update(MAIL).where(MAIL.c.id == one, MAIL.c.due <= now).values(due=now + LEASE).returning(*MAIL.c)
            try:
                with self._engine.begin() as connection:
                    mail = connection.execute(claim).first()
                if mail is not None:  # no transaction is open while the mail server is asked
                    with SMTP(mail_server, 0, "localhost", 10) as server:
                        server.send_message(message_from_bytes(mail.content, policy=policy.SMTP))
                    with self._engine.begin() as connection:
                        connection.execute(delete(MAIL).where(MAIL.c.id == mail.id))
                    continue
            except (OSError, SMTPException, sql.exc.SQLAlchemyError) as error:  # its message may contain addresses
                getLogger("uvicorn.error").warning("mails wait: %s", type(error).__name__)
            self._news.acquire(timeout=PAUSE)


def _dossier(connection: sql.Connection) -> Dossier:
    people = sorted(connection.scalars(select(PEOPLE.c.document)), key=lambda each: (each.submitted_at, each.id))
    return Dossier(event=connection.scalars(select(EVENT.c.document)).one(), registrations=tuple(people))
