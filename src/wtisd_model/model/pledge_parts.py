"""The parts of a pledge: its kinds and states, the countries it is for, targets and reports."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal

from attrs import field, frozen

from wtisd_model.schema.constraints import Date, DecimalNumber, Integer
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.country import CountryCode
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.lifecycle import Move, StateTable
from wtisd_model.types.money import Money
from wtisd_model.types.number import normalize_decimal
from wtisd_model.types.text import LINE, Name, Note


class PledgeKind(StrEnum):
    """The kind of pledge, as Partner2Connect names it."""

    ADVOCACY = "advocacy"
    FINANCIAL = "financial"
    OTHER = "other"
    POLICY = "policy"
    PROGRAMMATIC = "programmatic"


PledgeKindWord = Literal["advocacy", "financial", "other", "policy", "programmatic"]


class FocusArea(StrEnum):
    """A focus area, as Partner2Connect names it."""

    ACCELERATE = "accelerate"
    ACCESS = "access"
    ADOPTION = "adoption"
    VALUE_CREATION = "value-creation"


FocusAreaWord = Literal["accelerate", "access", "adoption", "value-creation"]


class PledgeScope(StrEnum):
    """The geographic scope of a pledge."""

    COUNTRIES = "countries"
    GLOBAL = "global"
    REGIONAL = "regional"


PledgeScopeWord = Literal["countries", "global", "regional"]


class PledgeState(StrEnum):
    """The state of a pledge (IATI activity status)."""

    COMPLETED = "completed"
    DRAFT = "draft"
    IN_PROGRESS = "in-progress"
    PUBLISHED = "published"
    REJECTED = "rejected"
    SUBMITTED = "submitted"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


PledgeStateWord = Literal[
    "completed", "draft", "in-progress", "published", "rejected", "submitted", "suspended", "withdrawn"
]


class ReportStatus(StrEnum):
    """How long ago a pledge was last reported on, in the colours of the United Nations' registry of partnerships."""

    GREEN = "green"
    """Less than a year ago."""
    YELLOW = "yellow"
    """A year ago or more."""
    RED = "red"
    """Two years ago or more."""


_DRAFT, _SUBMITTED, _PUBLISHED = PledgeState.DRAFT, PledgeState.SUBMITTED, PledgeState.PUBLISHED
_IN_PROGRESS, _SUSPENDED, _COMPLETED = PledgeState.IN_PROGRESS, PledgeState.SUSPENDED, PledgeState.COMPLETED
_REJECTED, _WITHDRAWN = PledgeState.REJECTED, PledgeState.WITHDRAWN

PLEDGE_STATES: StateTable[PledgeState] = StateTable(
    initial=frozenset({_DRAFT, _SUBMITTED}),
    moves=(
        Move("submit", frozenset({_DRAFT}), _SUBMITTED),
        Move("publish", frozenset({_SUBMITTED}), _PUBLISHED),
        Move("reject", frozenset({_SUBMITTED}), _REJECTED),
        Move("start_work", frozenset({_PUBLISHED}), _IN_PROGRESS),
        Move("complete", frozenset({_IN_PROGRESS}), _COMPLETED),
        Move("suspend", frozenset({_IN_PROGRESS}), _SUSPENDED),
        Move("resume", frozenset({_SUSPENDED, _COMPLETED}), _IN_PROGRESS),
        Move("withdraw", frozenset({_SUBMITTED, _PUBLISHED, _IN_PROGRESS, _SUSPENDED}), _WITHDRAWN),
        Move("return_to_draft", frozenset({_SUBMITTED, _REJECTED, _WITHDRAWN}), _DRAFT),
    ),
)
"""The states of a pledge."""

RUNNING: Final = frozenset({_PUBLISHED, _IN_PROGRESS, _SUSPENDED})
"""The states in which a pledge is being carried out, and reports are due."""


def end_of_utc_day(day: date) -> datetime:
    """Return the moment at which a day ends in UTC.

    Raises:
        InvalidValueError: ``wrong-type`` or ``date-unreadable`` at ``/on``.
    """
    require_valid(day, Date(), "/on")
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)


@frozen(kw_only=True, eq=False, repr=False)
class CountryShare(Model):
    """A country that a pledge is for, and its share of the pledge."""

    country: CountryCode
    """The country (ISO 3166-1 alpha-2; IATI recipient-country)."""
    share: Annotated[Decimal, DecimalNumber(0, 100, digits=3, places=4)] | None = field(
        default=None, converter=normalize_decimal
    )
    """Its share in percent; the shares of a pledge add up to 100 (IATI percentage)."""


@frozen(kw_only=True, eq=False, repr=False)
class Target(Model):
    """A measurable target (IATI indicator)."""

    text: Annotated[LocalizedText, LINE]
    """The target in words."""
    number: Annotated[Decimal, DecimalNumber(0, 10**15, digits=15, places=4)] | None = field(
        default=None, converter=normalize_decimal
    )
    """The number to be reached."""
    unit: Name | None = None
    """The unit of the number: schools, persons, kilometres."""
    due: date | None = None
    """The last day, included."""


@frozen(kw_only=True, eq=False, repr=False)
class Report(Model):
    """A report on the progress of a pledge (IATI result)."""

    on: date
    """The day that the report refers to."""
    percent: Annotated[int, Integer(0, 100)] | None = None
    """How much of the pledge has been fulfilled, in percent."""
    disbursed: Money | None = None
    """The amount paid so far (IATI transaction)."""
    note: Note | None = None
    """The progress in words."""
