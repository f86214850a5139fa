"""Objects and findings as small tables, for Jupyter and other programs that ask an object for ``_repr_html_``.

A table has the fields that ``repr`` prints: none with its default value, and no personal data. It has no colours and no
script, so that it suits light and dark pages, and its size is limited.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final, cast

from wtisd_model.findings import Finding, HtmlMixin, ReprMixin
from wtisd_model.json.outcome import Outcome
from wtisd_model.pictures.coverage_picture import coverage_picture
from wtisd_model.pictures.pledge_bars import pledges
from wtisd_model.planning.coverage_rows import Coverage
from wtisd_model.planning.totals import Totals
from wtisd_model.schema.json_values import JsonObject
from wtisd_model.schema.mapping import FrozenMapping
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.timeslot import TimeSlot

MOST_ITEMS: Final = 5
"""The maximum number of items of a collection."""
MOST_CHARACTERS: Final = 200
"""The maximum length of a text."""
MOST_NESTED: Final = 2
"""The levels of objects inside the object of a table."""

_STYLE = 'style="text-align: left; vertical-align: top"'
"""Jupyter would align texts like numbers."""


def html_of(shown: HtmlMixin) -> str:
    """Return the picture of an object that has one, or else its table."""
    match shown:
        case Coverage():
            return coverage_picture(shown).fragment
        case Totals():
            return pledges(shown).fragment
        case _:
            return object_html(cast("ReprMixin", shown))


def object_html(shown: ReprMixin) -> str:
    """Return the table of an object, with a row for each field."""
    rows = [[_cell("th", name), _cell("td", _value(value))] for name, value in shown.__rich_repr__()]
    return _table(type(shown).__name__, rows)


def findings_html(findings: Iterable[Finding], caption: str) -> str:
    """Return the table of findings, with a row for each."""
    names = ("severity", "code", "path", "message", "fix")
    rows = [[_cell("td", _text(getattr(each, name))) for name in names] for each in findings]
    return _table(caption, [[_cell("th", name) for name in names], *rows])


def outcome_html(outcome: Outcome[Any]) -> str:
    """Return the tables of the findings of an outcome and of its object, if there are any."""
    number = len(outcome.findings) + outcome.omitted
    caption = "1 finding" if number == 1 else f"{number or 'No'} findings"
    if outcome.omitted:
        caption += f", {len(outcome.findings)} of them listed"
    if outcome.line is not None:
        caption = f"Line {outcome.line}: {caption}"
    listed = findings_html(outcome.findings, caption) if outcome.findings else f"<p>{caption}</p>"
    return listed + (object_html(outcome.value) if isinstance(outcome.value, ReprMixin) else "")


def _table(caption: str, rows: Iterable[Iterable[str]]) -> str:
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<table dir="ltr" lang="en"><caption {_STYLE}>{escape(caption)}</caption>{body}</table>'


def _cell(tag: str, content: str) -> str:
    return f"<{tag} {_STYLE}>{content}</{tag}>"


def _value(value: object, level: int = 0) -> str:
    """Return a value; an object as its fields, and those of a field of the table one below the other."""
    match value:
        case LocalizedText():
            languages = _joined((value.language, *value.translations), ", ")
            return f'<bdi lang="{escape(value.language)}">{_cut(value.text)}</bdi> ({languages})'
        case TimeSlot() if level < MOST_NESTED:
            return _value(value.written(), level)
        case ReprMixin():
            named = value.__rich_repr__() if level < MOST_NESTED else ()
            texts = "; ".join(f"{name}: {_value(each, level + 1)}" for name, each in named)
            return f"({texts})" if texts and level else texts or type(value).__name__
        case tuple():
            return _joined(cast("tuple[object, ...]", value), ", " if level else "<br/>", level)
        case frozenset():
            return _joined(sorted(cast("frozenset[object]", value), key=str), ", ", level)
        case FrozenMapping() if not isinstance(value, JsonObject):
            pairs = cast("FrozenMapping[object]", value).items()
            return _joined([f"{key}: {each}" for key, each in pairs], ", ")
        case _:
            return _text(value)


def _joined(items: Sequence[object], separator: str, level: int = 0) -> str:
    more = [f"and {len(items) - MOST_ITEMS} more"] if len(items) > MOST_ITEMS else []
    return separator.join([*(_value(each, level) for each in items[:MOST_ITEMS]), *more])


def _text(value: object) -> str:
    """Return a value as text that does not change the direction of the text around it."""
    return f"<bdi>{_cut(str(value))}</bdi>"


def _cut(text: str) -> str:
    return escape(text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…")
