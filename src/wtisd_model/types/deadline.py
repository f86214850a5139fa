"""Deadlines, which include their day."""

import datetime as dt

from attrs import frozen
from pendulum import DateTime, Duration

from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE, language_fallbacks
from wtisd_model.types.moment import moment_in_utc, to_duration
from wtisd_model.types.timezone import TimeZone, end_of_day, to_utc


@frozen(kw_only=True, eq=False, repr=False)
class Deadline(Model):
    """The last calendar day on which something may be done, in the local time of a place."""

    date: dt.date
    """The last day, included until it ends."""
    time_zone: TimeZone
    """The time zone in which the day ends."""

    @property
    def closes_at(self) -> DateTime:
        """The first moment that is too late: the end of the day in the time zone."""
        return end_of_day(self.date, self.time_zone)

    def is_open(self, at: dt.datetime) -> bool:
        """Return True if an aware moment is in time (``wrong-type``, ``moment-naive``, ``moment-unreadable``)."""
        return moment_in_utc(at, "/at") < to_utc(self.closes_at)

    def remaining(self, at: dt.datetime) -> Duration:
        """Return the time left at an aware moment; negative after the deadline (errors as `is_open`)."""
        return to_duration(to_utc(self.closes_at) - moment_in_utc(at, "/at"))

    def remaining_in_words(self, at: dt.datetime, language: str = "en") -> str:
        """Return the time left in words, such as ``7 days 14 hours``; for fr-CH the words are those of fr.

        They are English for a language for which pendulum has no words, such as Arabic.

        Raises:
            InvalidValueError: as `is_open`, and ``language-unknown`` for a malformed *language*.
        """
        require_valid(language, LANGUAGE, "/language")
        remaining = self.remaining(at)
        for tag in language_fallbacks(language):
            try:
                return remaining.in_words(locale="pt-BR" if tag == "pt" else tag)  # its only Portuguese
            except ValueError:
                continue
        return remaining.in_words(locale="en")
