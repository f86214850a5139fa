"""Totals of pledges: how many there are and how much they promise, by a dimension such as the country."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Final, cast

from attrs import define, field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.pledge_parts import RUNNING, CountryShare, PledgeState, end_of_utc_day
from wtisd_model.schema.constraints import Date, DecimalNumber
from wtisd_model.schema.mapping import FrozenMapping
from wtisd_model.schema.model import EqMixin
from wtisd_model.types.arguments import parse_enum, require_instance, require_records
from wtisd_model.types.country import CountryGroup, require_groups_on
from wtisd_model.types.money import CURRENCY
from wtisd_model.types.number import exact_add, exact_sum, from_units, rounded_product, split_by_shares, to_units


class Dimension(StrEnum):
    """The property by which totals of pledges are grouped."""

    COUNTRY = "country"
    """The countries that a pledge is for (ISO 3166-1 alpha-2)."""
    CURRENCY = "currency"
    """The currency of the amount (ISO 4217)."""
    FOCUS_AREA = "focus-area"
    """The focus areas."""
    GOAL = "goal"
    """The Sustainable Development Goals, 1 to 17; a target counts for its goal."""
    GROUP = "group"
    """The groups of countries, by the lists on the day of the totals."""
    GROUP_AT_SUBMISSION = "group-at-submission"
    """The groups of countries, by the lists on the day of submission, in UTC."""
    KIND = "kind"
    """The kind of promise."""
    MEMBERSHIP = "membership"
    """The category of the pledger."""
    YEAR = "year"
    """The year of submission, in UTC."""


GroupKeys = frozenset[str] | tuple[str | None]
"""The keys of the rows that a pledge belongs to, each once; empty, or with None, if it states none."""


def _keys_by(dimension: Dimension, on: date, *, as_last_known: bool) -> Callable[[Pledge], GroupKeys]:
    """Return the function that returns the keys of a pledge, as of a day.

    Raises:
        InvalidValueError: ``group-unknown-on-date`` if the lists of groups do not cover that day.
    """
    match dimension:
        case Dimension.GROUP:
            require_groups_on(on, "/on")  # refused whether there are pledges or not
            return partial(_groups, on=on, as_last_known=as_last_known)
        case Dimension.GROUP_AT_SUBMISSION:
            return partial(_groups, on=None, as_last_known=as_last_known)
        case Dimension.COUNTRY:
            return lambda pledge: frozenset(share.country for share in pledge.countries)
        case Dimension.CURRENCY:
            return lambda pledge: (None if pledge.pledged is None else pledge.pledged.currency,)
        case Dimension.FOCUS_AREA:
            return lambda pledge: pledge.focus_areas
        case Dimension.GOAL:
            return lambda pledge: frozenset(goal.partition(".")[0] for goal in pledge.goals)
        case Dimension.KIND:
            return lambda pledge: (pledge.kind,)
        case Dimension.MEMBERSHIP:
            return lambda pledge: (pledge.pledger.membership,)
        case _:  # the year
            return lambda pledge: (str(pledge.submitted_at.year),)


def _sort_key(key: str | None) -> tuple[bool, int, str]:
    """Return the sort key of the key of a row: numbers by value, then words, then None."""
    if key is None:
        return True, 0, ""
    return False, int(key) if key.isdecimal() else 0, key


def _groups(pledge: Pledge, on: date | None, *, as_last_known: bool) -> GroupKeys:
    return frozenset(group for group in CountryGroup if pledge.targets_group(group, on, as_last_known=as_last_known))


_PLACES: Final = 15
_RATE: Final = DecimalNumber(0, 10**9, digits=10, places=_PLACES)
_LEAST: Final = f"0.{1:0{_PLACES}}"


def _frozen(value: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    # Anything else is left for the check to refuse.
    return FrozenMapping(value) if isinstance(cast("object", value), Mapping) else value


@frozen(kw_only=True, eq=False, repr=False)
class Rates(EqMixin):
    """The value of other currencies in one currency, on a day.

    Raises:
        InvalidValueError: ``currency-unknown``, ``date-unreadable``, ``number-malformed``, ``number-out-of-range`` or
            ``wrong-type``. A rate is greater than zero; the rate of a currency into itself is 1.
    """

    into: str
    """The currency to convert into (ISO 4217)."""
    on: date
    """The day of the rates."""
    per: Mapping[str, Decimal] = field(converter=_frozen)
    """The value of one unit of each other currency: ``{"EUR": Decimal("1.0838")}``; at most 15 decimals."""

    def __attrs_post_init__(self) -> None:
        for name, found in (("into", CURRENCY.check(self.into)), ("on", Date().check(self.on))):
            if found is not None:
                raise InvalidValueError(found.prefixed(pointer(name)))
        if not isinstance(cast("object", self.per), Mapping):
            raise InvalidValueError(finding(Code.WRONG_TYPE, "/per", expected="mapping"))
        for currency, rate in self.per.items():
            found = CURRENCY.check(currency)
            if found is not None:
                raise InvalidValueError(found.prefixed("/per"))
            found = _RATE.check(rate)
            if found is None and not rate:
                found = finding(Code.NUMBER_OUT_OF_RANGE, minimum=_LEAST, maximum=_RATE.maximum)
            if found is None and currency == self.into and rate != 1:
                found = finding(Code.NUMBER_OUT_OF_RANGE, minimum=1, maximum=1)
            if found is not None:
                raise InvalidValueError(found.prefixed(pointer("per", currency)))

    def know(self, currency: str) -> bool:
        """Return True if amounts in *currency* can be converted."""
        return currency == self.into or currency in self.per

    def converted(self, amount: Decimal, currency: str) -> Decimal:
        """Return an amount of a known currency converted to `into`, rounded half to even at the minor unit."""
        if currency == self.into:
            return amount
        return rounded_product(amount, self.per[currency], MINOR_UNITS[self.into])


@frozen(kw_only=True, eq=False, repr=False)
class Total(EqMixin):
    """The number of pledges in a row, and how much they promise."""

    key: str | None = None
    """The value of the dimension, such as a country code; None for pledges without one, and for the whole."""
    pledges: int
    """The number of pledges; each counts once."""
    without_amount: int
    """The number of pledges without an amount."""
    amounts: Mapping[str, Decimal]
    """How much they promise, exact, by currency (ISO 4217)."""
    undivided: Mapping[str, Decimal]
    """The part of `amounts` that is in several rows at once, because no pledge says how much of it is for which."""
    estimated: Mapping[str, Decimal] = FrozenMapping()
    """The part of `amounts` that is an estimate."""


@frozen(kw_only=True, eq=False, repr=False)
class Totals(EqMixin):
    """Pledges counted and added up by a dimension, as of a day.

    In each currency, the ``amounts`` of the rows without their ``undivided`` part, plus the ``undivided`` part of the
    whole, are the ``amounts`` of the whole. By kind, membership, year or currency a pledge is in one row only: nothing
    is undivided, and the numbers of pledges add up as well.
    """

    by: Dimension
    """The dimension of the rows."""
    on: date
    """The day; pledges count as they were at its end, in UTC."""
    rates: Rates | None
    """The rates at which amounts were converted; None if they were not."""
    rows: tuple[Total, ...]
    """A row for each key, sorted; pledges that state no key come last."""
    whole: Total
    """All pledges, each once."""


# Why: docs/decisions/0013
def totals(
    pledges: Iterable[Pledge], *, by: Dimension | str, on: date, rates: Rates | None = None, as_last_known: bool = False
) -> Totals:
    """Return how many pledges there are and how much they promise, as of a day.

    A pledge counts if it was submitted by the end of the day *on*, in UTC, and if it was then submitted, published, in
    progress, suspended or completed according to its history. Drafts are not promises yet; rejected and withdrawn
    pledges no longer are. A pledge counts once in each row that it belongs to, and once in the whole.

    An amount for several countries is split by their shares, to the last minor unit. If the countries have no shares,
    and always among several focus areas, goals or groups, it is not known how to divide it. Then the whole amount is in
    each of the rows, and in their `Total.undivided` too.

    Currencies are kept apart unless you pass *rates*. Then each pledge is converted by itself, rounded half to even at
    the minor unit, before it is split, so that rows and the whole still add up.

    The order of the pledges does not matter. They are read one by one and not kept, so they may be a stream; two with
    the same id count as two.

    Args:
        pledges: such as ``dossier.pledges``.
        by: the dimension, or its word: ``focus-area``.
        on: the day.
        rates: what each currency is worth in the currency of the result.
        as_last_known: by group, count countries that may have left a group as its members.

    Raises:
        InvalidValueError: ``value-unknown`` for an unknown dimension; ``wrong-type`` or ``date-unreadable`` for *on*;
            ``group-unknown-on-date`` for a day before the lists of groups begin, and ``group-member-doubtful`` for a
            pledge that is in a group only by countries that may have left it, at ``/on`` or at
            ``/pledges/0/submittedAt``; ``rate-missing`` for each currency without a rate.
        TypeError: *pledges* is not an iterable of pledges, or *rates* is not Rates.
    """
    dimension = parse_enum(Dimension, by, "/by")
    if rates is not None:
        require_instance(rates, Rates, "Not Rates: pass Rates(...).")
    cells = _Cells(dimension, on, rates, as_last_known=as_last_known)
    refused: list[Finding] = []
    for index, pledge in enumerate(require_records(pledges, Pledge, "pledges")):
        try:
            cells.add(pledge)
        except InvalidValueError as error:
            # The day is an argument; everything else is in the pledge.
            path = pointer("pledges", index)
            refused = [found if found.path == "/on" else found.prefixed(path) for found in error.findings]
            break
    if refused:  # raised here, so that it has no context: the first error names another path
        raise InvalidValueError(*refused)
    rows, whole = cells.rows()
    return Totals(by=dimension, on=on, rates=rates, rows=rows, whole=whole)


COUNTED_PLEDGES: Final = RUNNING | {PledgeState.SUBMITTED, PledgeState.COMPLETED}
"""The states in which a pledge counts."""


@define(eq=False)
class _Cell:
    """Pledges in one currency that belong to the same rows."""

    pledges: int = 0
    amount: Decimal | None = None
    estimated: Decimal | None = None


class _Cells:
    """The sums of pledges by currency and by the set of rows that they belong to.

    So each pledge is in one cell; only a part of an amount goes into the cell of its country. Cells are put into rows
    at the end: there are few cells, and many pledges.
    """

    def __init__(self, by: Dimension, on: date, rates: Rates | None, *, as_last_known: bool) -> None:
        self._end = end_of_utc_day(on)
        self._keys = _keys_by(by, on, as_last_known=as_last_known)
        self._is_split = by is Dimension.COUNTRY
        self._rates = rates
        self._cells: defaultdict[tuple[GroupKeys, str | None], _Cell] = defaultdict(_Cell)
        self._without_rate: set[str] = set()

    def add(self, pledge: Pledge) -> None:
        """Add a pledge, if it counts."""
        if pledge.state_before(self._end) not in COUNTED_PLEDGES:
            return
        keys, money, rates = self._keys(pledge), pledge.pledged, self._rates
        if money is None:
            self._cells[keys, None].pledges += 1
            return
        amount, currency = money.amount, money.currency
        if rates is not None:
            if not rates.know(currency):
                self._without_rate.add(currency)
                return
            amount, currency = rates.converted(amount, currency), rates.into
        cell = self._cells[keys, currency]
        cell.pledges += 1
        if self._is_split and len(keys) > 1 and pledge.countries[0].share is not None:
            for country, part in _parts(amount, MINOR_UNITS[currency], pledge.countries):
                self._put(part, self._cells[(country,), currency], is_estimate=pledge.amount_is_estimate)
        else:
            self._put(amount, cell, is_estimate=pledge.amount_is_estimate)

    def rows(self) -> tuple[tuple[Total, ...], Total]:
        """Return the rows, and the whole."""
        if self._without_rate:
            paths = (pointer("rates", "per", currency) for currency in sorted(self._without_rate))
            raise InvalidValueError(*(finding(Code.RATE_MISSING, path) for path in paths))
        entries = self._cells.items()
        rows: defaultdict[str | None, list[_KeyedCell]] = defaultdict(list)
        for entry in entries:
            (keys, _), _ = entry
            for key in keys or (None,):
                rows[key].append(entry)
        return tuple(_total(key, rows[key]) for key in sorted(rows, key=_sort_key)), _total(None, entries)

    def _put(self, amount: Decimal, cell: _Cell, *, is_estimate: bool) -> None:
        cell.amount = amount if cell.amount is None else exact_add(cell.amount, amount)
        if is_estimate:
            cell.estimated = amount if cell.estimated is None else exact_add(cell.estimated, amount)


_KeyedCell = tuple[tuple[GroupKeys, str | None], _Cell]


def _total(key: str | None, entries: Iterable[_KeyedCell]) -> Total:
    pledges = without_amount = 0
    amounts: defaultdict[str, list[Decimal]] = defaultdict(list)
    undivided: defaultdict[str, list[Decimal]] = defaultdict(list)
    estimated: defaultdict[str, list[Decimal]] = defaultdict(list)
    for (keys, currency), cell in entries:
        pledges += cell.pledges
        if currency is None:
            without_amount += cell.pledges
        elif cell.amount is not None:
            amounts[currency].append(cell.amount)
            if len(keys) > 1:
                undivided[currency].append(cell.amount)
            if cell.estimated is not None:
                estimated[currency].append(cell.estimated)
    return Total(
        key=None if key is None else str(key),
        pledges=pledges,
        without_amount=without_amount,
        amounts=_sums(amounts),
        undivided=_sums(undivided),
        estimated=_sums(estimated),
    )


def _sums(amounts: Mapping[str, Iterable[Decimal]]) -> FrozenMapping[Decimal]:
    return FrozenMapping({currency: exact_sum(parts) for currency, parts in amounts.items()})


_SHARE_PLACES: Final = 4


def _parts(amount: Decimal, places: int, countries: Iterable[CountryShare]) -> Iterator[tuple[str, Decimal]]:
    """Yield the part of each country, split by shares; in a tie the remainder goes by country code."""
    shares = sorted((part.country, to_units(part.share or Decimal(0), _SHARE_PLACES)) for part in countries)
    parts = split_by_shares(to_units(amount, places), [share for _, share in shares])
    for (country, _), part in zip(shares, parts, strict=True):
        yield country, from_units(part, places)
