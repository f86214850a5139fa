"""The columns of results of planning, derived from the types of their attributes."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter, methodcaller
from typing import Final, get_origin

from attrs import AttrsInstance, fields

from wtisd_model.columns.columns import Column, Step, words_of
from wtisd_model.schema.constraints import DecimalNumber, Integer, Items, Text

_WORD: Final = Text(64)
_WORDS: Final = Items(_WORD, tuple)
_COUNT: Final = Integer(0, 10**9)
_SUM: Final = DecimalNumber(0, 10**30, digits=30, places=4)


def columns_of_results(cls: type[AttrsInstance], rows: Sequence[object]) -> Iterator[Column]:
    """Yield the columns of a class of results: one per attribute, and for amounts one per currency in *rows*."""
    for attribute in fields(cls):
        name, get = attribute.name, Step(attrgetter(attribute.name))
        if get_origin(attribute.type) is Mapping:
            amounts: Iterator[Mapping[str, Decimal]] = map(attrgetter(name), rows)
            for currency in sorted({each for row in amounts for each in row}):
                steps = (get, Step(methodcaller("get", currency)))
                yield Column(name=f"{name}.{currency}", constraint=_SUM, steps=steps)
        elif get_origin(attribute.type) is tuple:
            yield Column(name=name, constraint=_WORDS, steps=(get, Step(words_of)))
        else:
            yield Column(name=name, constraint=_COUNT if attribute.type is int else _WORD, steps=(get,))
