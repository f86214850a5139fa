"""What the five objects are made of: texts in languages, places, people, money, documents."""

import re
from decimal import Decimal
from typing import cast

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.schema.constraints import DecimalNumber, Text
from wtisd_model.schema.fields import constraint_of
from wtisd_model.strategies.combinators import COIN, collections, maybe, weighted
from wtisd_model.strategies.times import deadlines, slots
from wtisd_model.strategies.patterns import language_tags
from wtisd_model.strategies.fields import FEW, decimals_of, register, draw_object, objects, values_of
from wtisd_model.types.document import Document, DocumentReference
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.money import Money
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import LONG
from wtisd_model.types.timeslot import Deadline, TimeSlot


def languages(*, signed: bool | None = None) -> SearchStrategy[str]:
    """Draw language tags: spoken ones, signed ones, or both where it is not said."""
    return language_tags(signed=signed)


def countries() -> SearchStrategy[str]:
    """Draw codes of countries."""
    return st.sampled_from(sorted(COUNTRIES))


@st.composite
def localized_texts(draw: st.DrawFn, *, text: Text = LONG) -> LocalizedText:
    """Draw texts with their language, in many scripts; some have translations.

    What they may be is said by *text*: ``wtisd_model.types.text.LINE`` for what a title may be.
    """
    words, language = values_of(text), draw(language_tags())
    tags = draw(_TAGS) if draw(_SOMETIMES) else ()
    translations = {tag: draw(words) for tag in tags if tag != language}
    return draw_object(draw, LocalizedText, text=draw(words), language=language, translations=translations)


_SOMETIMES = st.sampled_from((False, False, True))
_TAGS = collections(language_tags(), tuple, most=FEW, unique=True)


@st.composite
def money(draw: st.DrawFn, *, positive: bool = False) -> Money:
    """Draw amounts in the minor unit of their currency, from nothing (or the least, if *positive*) to the greatest."""
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
    """Draw places that people go to; some have a position, to the poles and the date line."""
    there = draw(COIN)
    latitude, longitude = (
        (draw(values_of(constraint_of(Location, name))) if there else None) for name in ("latitude", "longitude")
    )
    return draw_object(draw, Location, latitude=latitude, longitude=longitude)


def virtual_locations() -> SearchStrategy[VirtualLocation]:
    """Draw places that people dial into; some without an address yet."""
    return objects(VirtualLocation)


@st.composite
def contacts(draw: st.DrawFn, *, whole: bool = False) -> Contact:
    """Draw people and desks, each with a name or an e-mail address; with both where they are to be *whole*."""
    named, reached = (True, True) if whole else draw(_NAMED_OR_REACHED)
    name = draw(values_of(constraint_of(Contact, "name"))) if named else None
    email = draw(values_of(constraint_of(Contact, "email"))) if reached else None
    return draw_object(draw, Contact, name=name, email=email)


_NAMED_OR_REACHED = st.sampled_from(((True, True), (True, False), (False, True)))


def organizations() -> SearchStrategy[Organization]:
    """Draw bodies that organize, take part or pledge."""
    return objects(Organization)


_SERIES = st.sampled_from(("CL", "TSB", "ADM", "R"))
_SYMBOL = re.compile(r"[A-Z]+-[0-9]{2}/[0-9]+")
_ISSUED: SearchStrategy[str] = values_of(constraint_of(Document, "issued"))
_LABELS: SearchStrategy[str] = values_of(constraint_of(Document, "symbol")).filter(
    lambda text: not _SYMBOL.fullmatch(text)
)


def _symbol(draw: st.DrawFn, issued: str | None) -> str | None:
    """Draw a symbol, or none; one in ITU's form has the year of issue in it."""
    if not draw(COIN):
        return None
    if issued is None or draw(COIN):
        return draw(_LABELS)
    return f"{draw(_SERIES)}-{issued[2:4]}/{draw(st.integers(1, 99))}"


@st.composite
def document_references(draw: st.DrawFn) -> DocumentReference:
    """Draw references to documents, as far as another document names them."""
    issued = maybe(draw, _ISSUED)
    return draw_object(draw, DocumentReference, issued=issued, symbol=_symbol(draw, issued))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw documents; what one follows is not newer, and another."""
    issued = maybe(draw, _ISSUED)
    symbol, follows = _symbol(draw, issued), maybe(draw, document_references())
    if follows is not None and (follows.symbol == symbol or _is_older(issued, follows.issued)):
        follows = evolve(follows, symbol=None, issued=issued)
    return draw_object(draw, Document, issued=issued, symbol=symbol, follows=follows)


def _is_older(issued: str | None, than: str | None) -> bool:
    """Tell whether one date is before another, as far as both are known; they may be months."""
    return issued is not None and than is not None and issued < than[: len(issued)]


register(LocalizedText, localized_texts)
register(TimeSlot, slots)
register(Deadline, deadlines)
register(Money, money)
register(Location, locations)
register(Contact, contacts)
register(DocumentReference, document_references)
register(Document, documents)
