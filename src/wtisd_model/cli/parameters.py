"""What arguments and options may be: files, folders, types of document, moments and lengths of time."""

import os
import re
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Final, cast

import click

from wtisd_model.cli.streams import STANDARD, is_same
from wtisd_model.findings import Finding
from wtisd_model.json.scalars import plain_value
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, schema_name
from wtisd_model.schema.constraints import Date, Timestamp

KINDS: Final[dict[str, type]] = {schema_name(cls, submission=False): cls for cls in DOCUMENTS}
"""The types of document by the words that name them here: ``interpretation-request``."""

# Whether it can be read or written is found out by doing it: what click would ask before may be untrue a moment later,
# and would end as a mistake in usage.
FILE: Final = click.Path(allow_dash=True, readable=False)
OUTPUT: Final = click.Path(path_type=Path, readable=False)
KIND: Final = click.Choice(tuple(KINDS))

_SENT: Final = ", ".join(word for word, each in KINDS.items() if each in SUBMISSIONS)

_LENGTH = re.compile(
    r"P(?:(?P<weeks>[0-9]{1,6})W"
    r"|(?=.)(?:(?P<days>[0-9]{1,6})D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]{1,8})H)?(?:(?P<minutes>[0-9]{1,8})M)?(?:(?P<seconds>[0-9]{1,8})S)?)?)"
)


class _Moment(click.ParamType[datetime]):
    """A moment as our documents write it."""

    name = "moment"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        moment = plain_value(Timestamp(), value)
        if isinstance(moment, Finding):
            self.fail(f"{moment.message} {moment.fix}", param, ctx)
        return cast("datetime", moment)


class _Day(click.ParamType[date]):
    """A calendar date as our documents write it."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        day = plain_value(Date(), value)
        if isinstance(day, Finding):
            self.fail(f"{day.message} {day.fix}", param, ctx)
        return cast("date", day)


class _Length(click.ParamType[timedelta]):
    """A length of time as iCalendar writes it (RFC 5545 section 3.3.6), without a sign."""

    name = "duration"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        match = _LENGTH.fullmatch(value)
        if match is None:
            self.fail("Not a length of time. Write it as PT15M, PT1H30M, P1D or P1W.", param, ctx)
        return timedelta(**{unit: int(digits or 0) for unit, digits in match.groupdict().items()})


MOMENT: Final = _Moment()
DAY: Final = _Day()
LENGTH: Final = _Length()


def require_submission(cls: type) -> None:
    """Refuse ``--submission`` for what strangers do not send.

    Raises:
        UsageError: *cls* is no Registration, InterpretationRequest or Pledge.
    """
    if cls not in SUBMISSIONS:
        raise click.UsageError(f"--submission goes with what strangers send: {_SENT}.")


def require_judged(cls: type) -> None:
    """Refuse ``--dossier`` for what is not judged beside one.

    Raises:
        UsageError: *cls* is no Registration, InterpretationRequest or Pledge.
    """
    if cls not in SUBMISSIONS:
        raise click.UsageError(f"--dossier goes with what is judged beside one: {_SENT}.")


def require_apart(read: list[str], written: dict[str, Path | None]) -> None:
    """Refuse to write over what is read, or two things into one file.

    Raises:
        UsageError: an option of *written* names such a file, or no file.
    """
    files = {option: path for option, path in written.items() if path is not None}
    for option, path in files.items():
        if str(path) == STANDARD:
            raise click.UsageError(f"{option} needs the name of a file.")
        if any(is_same(file, path) for file in read):
            raise click.UsageError(f"{option} names a file that is read; it would be lost.")
    for (one, first), (other, second) in combinations(files.items(), 2):
        if is_same(str(first), second):
            raise click.UsageError(f"{one} and {other} name the same file.")


def present() -> datetime:
    """Read the clock, in whole seconds; ``SOURCE_DATE_EPOCH`` sets it, so that a build can be repeated.

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is no moment of the years 1970 to 2199.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH 1.1.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.now(UTC).replace(microsecond=0)
    if re.fullmatch("[0-9]{1,10}", given):
        moment = datetime.fromtimestamp(int(given), UTC)
        if Timestamp().check(moment) is None:
            return moment
    raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds since 1970, up to the year 2199.")
