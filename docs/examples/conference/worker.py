"""The worker: it sends the mails of the outbox. Any number of them may run, and each can be ended at any moment."""

from collections.abc import Callable
from email.message import EmailMessage
from logging import getLogger
from os import environ
from smtplib import SMTP, SMTPException
from threading import Event

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from conference.store import connect, send


def work(engine: Engine, server: str, wait: Callable[[], bool]) -> None:
    """Send what is due, and again after each *wait* that returns True."""

    def deliver(mail: EmailMessage) -> None:
        with SMTP(server, 0, "localhost", 10) as connection:
            connection.send_message(mail)

    while wait():
        try:
            while send(engine, deliver):
                pass
        except (OSError, SMTPException, SQLAlchemyError) as error:  # its message may contain addresses
            getLogger("uvicorn.error").warning("mails wait: %s", type(error).__name__)


if __name__ == "__main__":
    address = environ.get("CONFERENCE_DATABASE", "sqlite:///conference.db")
    work(connect(address), environ.get("CONFERENCE_SMTP", "127.0.0.1:25"), lambda: not Event().wait(10))
