"""How the messages of one call are to be written, as the caller chose it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from attrs import frozen

from wtisd_model.ical.alarms import checked_reminders
from wtisd_model.ical.method import Method
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.timeslot import moment_in_utc


class Privacy(StrEnum):
    """Who else may see it in the calendar of a person (RFC 8984 privacy, RFC 5545 CLASS)."""

    PRIVATE = "private"
    """Others see when, and not what."""
    PUBLIC = "public"
    """Others may see it all."""
    SECRET = "secret"  # noqa: S105 - a word of the standard
    """Others see nothing."""


@frozen(kw_only=True)
class Manner:
    """How all messages of one call are written."""

    method: Method
    stamped: datetime
    utc: bool
    reminders: tuple[timedelta, ...]
    privacy: Privacy | None
    transparent: bool

    @classmethod
    def of(
        cls,
        method: Method,
        *,
        stamped: datetime,
        utc: bool = False,
        reminders: Iterable[timedelta] = (),
        privacy: Privacy | None = None,
        transparent: bool = False,
    ) -> Self:
        """Check what the caller gave.

        Raises:
            InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``wrong-type``; ``value-unknown`` for *privacy*;
                for *reminders* what `checked_reminders` refuses.
        """
        return cls(
            method=method,
            stamped=moment_in_utc(stamped, "/stamped"),
            utc=utc,
            reminders=checked_reminders(reminders),
            privacy=None if privacy is None else parse_enum(Privacy, privacy, "/privacy"),
            transparent=transparent,
        )
