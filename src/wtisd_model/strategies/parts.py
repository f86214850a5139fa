"""The parts of events and submissions: languages, texts, places, people, money, documents, histories."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar, cast

from attrs import evolve
from hypothesis import strategies as st

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.model.interpretation import REQUEST_STATES
from wtisd_model.model.pledge_parts import PLEDGE_STATES
from wtisd_model.model.registration import REGISTRATION_STATES
from wtisd_model.model.roster import ASSIGNMENT_STATES
from wtisd_model.model.session import EVENT_STATES
from wtisd_model.schema.constraints import DecimalNumber, Text
from wtisd_model.schema.fields import constraint_of
from wtisd_model.strategies.combinators import COIN, collections_of, draw_optional, weighted
from wtisd_model.strategies.fields import FEW, decimals_of, draw_object, objects, register, values_of
from wtisd_model.strategies.strings import languages
from wtisd_model.strategies.times import clipped, deadlines, moments, slots
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.document import Document, DocumentReference
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.lifecycle import StateTable, Transition
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.money import Money
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.provenance import Provenance
from wtisd_model.types.series import Series
from wtisd_model.types.text import IDENTIFIER, LONG
from wtisd_model.types.timeslot import TimeSlot

IDS = values_of(IDENTIFIER)

Thing = TypeVar("Thing")


def with_unique_ids(draw: st.DrawFn, things: st.SearchStrategy[Thing], max_size: int = FEW) -> tuple[Thing, ...]:
    """Draw objects, each with an id of its own."""
    ids = draw(collections_of(IDS, tuple, max_size=max_size, unique=True))
    return tuple(evolve(cast("Any", draw(things)), id=id_) for id_ in ids)


def countries() -> st.SearchStrategy[str]:
    """Generate country codes."""
    return st.sampled_from(sorted(COUNTRIES))


@st.composite
def localized_texts(draw: st.DrawFn, *, text: Text = LONG) -> LocalizedText:
    """Generate texts in many scripts with their language, some with translations.

    Args:
        text: the constraint of each text, such as ``wtisd_model.types.text.LINE`` for a title.
    """
    words, language = values_of(text), draw(languages())
    tags = draw(_TAGS) if draw(_SOMETIMES) else ()
    translations = {tag: draw(words) for tag in tags if tag != language}
    return draw_object(draw, LocalizedText, text=draw(words), language=language, translations=translations)


_SOMETIMES = st.sampled_from((False, False, True))
_TAGS = collections_of(languages(), tuple, max_size=FEW, unique=True)


@st.composite
def money(draw: st.DrawFn, *, positive: bool = False) -> Money:
    """Generate amounts from zero to the maximum, with the decimals of their currency; if *positive*, no zero."""
    currency = draw(_CURRENCIES)
    places = MINOR_UNITS[currency]
    if draw(_SOMETIMES):
        return Money(amount=Decimal(draw(st.integers(1, 9999))) * 100, currency=currency)
    constraint = cast("DecimalNumber", constraint_of(Money, "amount"))
    return Money(amount=draw(decimals_of(constraint, places, above=positive)), currency=currency)


_CURRENCIES = weighted(
    (3, st.sampled_from(("USD", "CHF", "EUR", "JPY", "BHD", "CLF"))), (1, st.sampled_from(sorted(MINOR_UNITS)))
)


@st.composite
def locations(draw: st.DrawFn) -> Location:
    """Generate physical places, some with a position anywhere between the poles and the date line."""
    has_position = draw(COIN)
    latitude, longitude = (
        (draw(values_of(constraint_of(Location, name))) if has_position else None) for name in ("latitude", "longitude")
    )
    return draw_object(draw, Location, latitude=latitude, longitude=longitude)


def virtual_locations() -> st.SearchStrategy[VirtualLocation]:
    """Generate virtual places, some without an address."""
    return objects(VirtualLocation)


@st.composite
def contacts(draw: st.DrawFn, *, whole: bool = False) -> Contact:
    """Generate contacts with a name or an e-mail address or, if *whole*, with both."""
    has_name, has_email = (True, True) if whole else draw(_NAME_OR_EMAIL)
    name = draw(values_of(constraint_of(Contact, "name"))) if has_name else None
    email = draw(values_of(constraint_of(Contact, "email"))) if has_email else None
    return draw_object(draw, Contact, name=name, email=email)


_NAME_OR_EMAIL = st.sampled_from(((True, True), (True, False), (False, True)))


def organizations() -> st.SearchStrategy[Organization]:
    """Generate organizations."""
    return objects(Organization)


_SERIES = st.sampled_from(("CL", "TSB", "ADM", "R"))
_SYMBOL = re.compile(r"[A-Z]+-[0-9]{2}/[0-9]+")
_ISSUED: st.SearchStrategy[str] = values_of(constraint_of(Document, "issued"))
_LABELS: st.SearchStrategy[str] = values_of(constraint_of(Document, "symbol")).filter(
    lambda text: not _SYMBOL.fullmatch(text)
)


def _symbol(draw: st.DrawFn, issued: str | None) -> str | None:
    """Draw a symbol or None; a symbol in ITU's format contains the year of issue."""
    if not draw(COIN):
        return None
    if issued is None or draw(COIN):
        return draw(_LABELS)
    return f"{draw(_SERIES)}-{issued[2:4]}/{draw(st.integers(1, 99))}"


@st.composite
def document_references(draw: st.DrawFn) -> DocumentReference:
    """Generate references to documents."""
    issued = draw_optional(draw, _ISSUED)
    return draw_object(draw, DocumentReference, issued=issued, symbol=_symbol(draw, issued))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Generate documents; the one that a document follows is another one and not newer."""
    issued = draw_optional(draw, _ISSUED)
    symbol, follows = _symbol(draw, issued), draw_optional(draw, document_references())
    if follows is not None and (follows.symbol == symbol or _is_older(issued, follows.issued)):
        follows = evolve(follows, symbol=None, issued=issued)
    return draw_object(draw, Document, issued=issued, symbol=symbol, follows=follows)


@st.composite
def provenance(draw: st.DrawFn) -> Provenance:
    """Generate entries about values that every event has."""
    return draw_object(draw, Provenance, path=draw(_PATHS))


_PATHS = st.sampled_from(("/uid", "/title", "/title/text", "/title/language", "/status", "/sequence"))


@st.composite
def series(draw: st.DrawFn, *, event_uid: str | None = None) -> Series:
    """Generate series whose previous and next event are two different ones, and neither that with *event_uid*."""
    drawn = draw_object(draw, Series)
    if drawn.previous is not None and drawn.previous == event_uid:
        drawn = evolve(drawn, previous=None)
    return evolve(drawn, next=None) if drawn.next in {event_uid, drawn.previous} else drawn


def _is_older(issued: str | None, than: str | None) -> bool:
    """Return True if *issued* is before *than*; either may be None, or a month."""
    return issued is not None and than is not None and issued < than[: len(issued)]


register(LocalizedText, localized_texts)
register(TimeSlot, slots)
register(Deadline, deadlines)
register(Money, money)
register(Location, locations)
register(Contact, contacts)
register(DocumentReference, document_references)
register(Document, documents)
register(Provenance, provenance)
register(Series, series)


State = TypeVar("State", bound=StrEnum)


def states(table: StateTable[State]) -> tuple[State, ...]:
    """Return the states of a table."""
    return tuple(sorted({*table.initial, *(move.after for move in table.moves)}))


_PAUSES = st.sampled_from(
    (timedelta(days=1), timedelta(hours=3), timedelta(), timedelta(microseconds=1), timedelta(days=400))
)
_DETOUR = st.sampled_from((0, 1, 1, 2, 4))


@cache
def _shortest_paths(table: StateTable[State], target: State) -> dict[State, tuple[State, ...]]:
    """Return the shortest path to *target* from each state that leads there, without the state itself."""
    paths: dict[State, tuple[State, ...]] = {target: ()}
    states_found = [target]
    for state in states_found:
        for move in table.moves:
            if move.after == state:
                for before in sorted(move.before):
                    if before not in paths:
                        paths[before] = (state, *paths[state])
                        states_found.append(before)
    return paths


def _walk(draw: st.DrawFn, table: StateTable[State], target: State) -> Sequence[StrEnum]:
    """Draw a path through *table* from an initial state to *target*, both included."""
    paths = _shortest_paths(table, target)
    # A failing test shrinks to the shortest history, an empty one if possible.
    first = sorted((state for state in table.initial if state in paths), key=lambda state: len(paths[state]))
    walk = [draw(st.sampled_from(first))]
    for _ in range(draw(_DETOUR)):
        onward = sorted({move.after for move in table.moves if walk[-1] in move.before and move.after in paths})
        if not onward:
            break
        walk.append(draw(st.sampled_from(onward)))
    return (*walk, *paths[walk[-1]])


@st.composite
def transitions(draw: st.DrawFn) -> Transition:
    """Generate transitions that some state table allows."""
    move = draw(st.sampled_from(_MOVES))
    before = draw(st.sampled_from(sorted(move.before)))
    return draw_object(draw, Transition, before=before.value, after=move.after.value)


_TABLES: tuple[StateTable[Any], ...] = (
    EVENT_STATES,
    REGISTRATION_STATES,
    REQUEST_STATES,
    PLEDGE_STATES,
    ASSIGNMENT_STATES,
)
_MOVES = tuple(move for table in _TABLES for move in table.moves)
register(Transition, transitions)


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    table: StateTable[Any] | None = None,
    state: StrEnum | None = None,
    since: datetime | None = None,
    personal: bool = True,
) -> tuple[Transition, ...]:
    """Generate histories that a state table allows, in chronological order; some moves happen at the same moment.

    Args:
        table: by default the table of events and sessions, ``wtisd_model.model.session.EVENT_STATES``.
        state: the state in which the history ends.
        since: the earliest time of a move.
        personal: False for a history without authors, notes and reasons.
    """
    table = EVENT_STATES if table is None else table
    target = draw(st.sampled_from(states(table))) if state is None else state
    at = draw(moments()) if since is None else since
    absent: Mapping[str, None] = {} if personal else {"by": None, "note": None, "reason": None}
    steps: list[Transition] = []
    walk = _walk(draw, table, target)
    for before, after in pairwise(walk):
        at = clipped(at + draw(_PAUSES))
        steps.append(draw_object(draw, Transition, at=at, before=before.value, after=after.value, **absent))
    return tuple(steps)
