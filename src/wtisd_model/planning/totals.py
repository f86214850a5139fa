"""Totals of pledges: how many, and how much, by what they are about, who made them, and whom they are for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Context, Decimal, Inexact
from typing import Final

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.findings import InvalidValueError, finding, pointer
from wtisd_model.model.pledge import RUNNING, CountryShare, Pledge, PledgeState, end_of
from wtisd_model.planning.dimensions import Dimension, Keys, as_dimension, keys_by, place_of
from wtisd_model.planning.rates import Rates
from wtisd_model.schema.model import EqMixin
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.mapping import FrozenMapping
from wtisd_model.types.number import exact_sum, from_units, split_by_shares, to_units


@frozen(kw_only=True, eq=False, repr=False)
class Total(EqMixin):
    """How many pledges there are in a row, and how much they promise."""

    key: str | None = None
    """What they have in common, a word or a code; None in the row of those that do not say, and for the whole."""
    pledges: int
    """How many there are; each counts once."""
    without_amount: int
    """How many of them say no amount."""
    amounts: Mapping[str, Decimal]
    """How much they promise, exact, by currency (ISO 4217)."""
    undivided: Mapping[str, Decimal]
    """The part of `amounts` that stands in several rows at once: nobody says how much of it is for which."""


@frozen(kw_only=True, eq=False, repr=False)
class Totals(EqMixin):
    """Pledges counted and added up by a dimension, as on a day.

    In each currency the ``amounts`` of the rows less what is ``undivided`` in them, and what is ``undivided`` in the
    whole, add up to the ``amounts`` of the whole. Where no pledge can be in two rows (kind, membership, year, currency)
    nothing is undivided, and the numbers of pledges add up as well.
    """

    by: Dimension
    """What the rows are told apart by."""
    on: date
    """The day that they hold for, to its end in UTC."""
    rates: Rates | None
    """The rates by which amounts were converted; None where they were not."""
    rows: tuple[Total, ...]
    """A row for each key that occurs, sorted; those that do not say come last."""
    whole: Total
    """All of them, each once."""


def totals(pledges: Iterable[Pledge], *, by: Dimension | str, on: date, rates: Rates | None = None) -> Totals:
    """Count pledges, and add up what they promise.

    A pledge counts if it had come in by the end of the day *on*, in UTC, and by its history was then submitted,
    published, in progress, suspended or completed: a draft is no promise yet, and what was rejected or withdrawn is
    none any more. It counts once in each row that it belongs to, and once in the whole.

    An amount for several countries is parted by their shares to the last minor unit, with nothing lost. Where several
    countries have no shares, and among several focus areas, goals or groups, nobody has said how much is for which: the
    whole amount stands in each of these rows, and there in `Total.undivided` too, so that no sum is taken for what it
    is not.

    Amounts in several currencies are not added up unless *rates* are given. Then each pledge is converted by itself,
    and rounded half to even at the minor unit before it is parted, so that what added up before adds up after.

    Equal pledges give equal totals in whatever order they come. They are looked at one by one and not kept, so they may
    come as a stream; two that have one id are two.

    Args:
        pledges: such as ``dossier.pledges``.
        by: the dimension, or its word: ``focus-area``.
        on: the day.
        rates: what each currency is worth in the one that amounts are to be in.

    Raises:
        InvalidValueError: ``value-unknown`` for a dimension that is none; ``wrong-type`` or ``date-unreadable`` for the
            day; ``group-unknown-on-date`` where the lists of groups do not speak of a day that is asked about: that
            at ``/on``, or at ``/pledges/0/submittedAt``; ``rate-missing`` for each currency that has no rate.
        TypeError: what is no pledge, *pledges* that are not several, and *rates* that are none.
    """
    dimension = as_dimension(by)
    if rates is not None and not _are_rates(rates):
        raise TypeError("rates are none: give Rates(...).")
    cells = _Cells(dimension, on, rates)
    refused: InvalidValueError | None = None
    for index, pledge in enumerate(require_iterable(pledges, "pledges")):
        try:
            cells.add(_as_pledge(pledge))
        except InvalidValueError as error:
            refused = InvalidValueError(*(found.prefixed(pointer("pledges", index)) for found in error.findings))
            break
    if refused is not None:
        raise refused
    rows, whole = cells.rows()
    return Totals(by=dimension, on=on, rates=rates, rows=rows, whole=whole)


def _are_rates(value: object) -> bool:
    return isinstance(value, Rates)


def _as_pledge(value: object) -> Pledge:
    if not isinstance(value, Pledge):
        raise TypeError("Not a Pledge: give pledges, such as dossier.pledges.")
    return value


COUNTED: Final = RUNNING | {PledgeState.SUBMITTED, PledgeState.COMPLETED}
"""The states in which a pledge counts."""

_DIGITS: Final = 64
"""Enough for more pledges than there can be, each as large as it can be."""


class _Cell:
    """Pledges of one currency that belong to the same rows."""

    __slots__ = ("amount", "pledges")

    def __init__(self) -> None:
        self.pledges = 0
        self.amount: Decimal | None = None


class _Cells:
    """Gathers pledges: each falls into one cell, so it counts once, and a part of an amount into that of its country.

    What is in a cell goes into rows only at the end: there are few cells, and many pledges.
    """

    def __init__(self, by: Dimension, on: date, rates: Rates | None) -> None:
        self._end = end_of(on)
        self._keys = keys_by(by, on)
        self._parted = by is Dimension.COUNTRY
        self._rates = rates
        self._cells: defaultdict[tuple[Keys, str | None], _Cell] = defaultdict(_Cell)
        self._without_rate: set[str] = set()
        # A context of its own, so that sums are exact whatever that of the thread says.
        self._sum = Context(prec=_DIGITS, traps=[Inexact]).add

    def add(self, pledge: Pledge) -> None:
        """Count a pledge, if it counts."""
        if pledge.state_before(self._end) not in COUNTED:
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
        if self._parted and len(keys) > 1 and pledge.countries[0].share is not None:
            for country, part in _parts(amount, MINOR_UNITS[currency], pledge.countries):
                self._put(part, self._cells[(country,), currency])
        else:
            self._put(amount, cell)

    def rows(self) -> tuple[tuple[Total, ...], Total]:
        """Give what was gathered: the rows, and the whole."""
        if self._without_rate:
            paths = (pointer("rates", "per", currency) for currency in sorted(self._without_rate))
            raise InvalidValueError(*(finding(Code.RATE_MISSING, path) for path in paths))
        rows: dict[str | None, _Row] = {}
        whole = _Row()
        for (keys, currency), cell in self._cells.items():
            undivided = len(keys) > 1
            whole.add(cell, currency, undivided=undivided)
            for key in keys or (None,):
                rows.setdefault(key, _Row()).add(cell, currency, undivided=undivided)
        return tuple(rows[key].total(key) for key in sorted(rows, key=place_of)), whole.total(None)

    def _put(self, amount: Decimal, cell: _Cell) -> None:
        cell.amount = amount if cell.amount is None else self._sum(cell.amount, amount)


class _Row:
    """Adds up cells."""

    def __init__(self) -> None:
        self._pledges = 0
        self._without_amount = 0
        self._amounts: dict[str, list[Decimal]] = {}
        self._undivided: dict[str, list[Decimal]] = {}

    def add(self, cell: _Cell, currency: str | None, *, undivided: bool) -> None:
        """Put a cell into this row, and say whether it is in others too."""
        self._pledges += cell.pledges
        if currency is None:
            self._without_amount += cell.pledges
        elif cell.amount is not None:
            self._amounts.setdefault(currency, []).append(cell.amount)
            if undivided:
                self._undivided.setdefault(currency, []).append(cell.amount)

    def total(self, key: str | None) -> Total:
        """Give the row."""
        return Total(
            key=None if key is None else str(key),
            pledges=self._pledges,
            without_amount=self._without_amount,
            amounts=_added(self._amounts),
            undivided=_added(self._undivided),
        )


def _added(amounts: Mapping[str, Iterable[Decimal]]) -> Mapping[str, Decimal]:
    return FrozenMapping({currency: exact_sum(several) for currency, several in amounts.items()})


_SHARE_PLACES: Final = 4


def _parts(amount: Decimal, places: int, countries: Iterable[CountryShare]) -> Iterator[tuple[str, Decimal]]:
    """Part an amount by the shares of countries; the code decides between those that were cut alike."""
    shares = sorted((each.country, to_units(each.share or Decimal(0), _SHARE_PLACES)) for each in countries)
    parts = split_by_shares(to_units(amount, places), [share for _, share in shares])
    for (country, _), part in zip(shares, parts, strict=True):
        yield country, from_units(part, places)
