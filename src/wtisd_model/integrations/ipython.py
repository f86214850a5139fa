"""Objects and findings for Jupyter and other programs that ask an object for ``_repr_html_``.

A table has the fields that ``repr`` prints: none with its default value, and no personal data. It has no colours and no
script, so that it suits light and dark pages, and its size is limited. An event and a dossier show their timetable too,
whose colours follow the light or dark mode of the reader.
"""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from wtisd_model.errors import ExportError
from wtisd_model.findings import Finding
from wtisd_model.json.outcome import Outcome
from wtisd_model.markup.characters import shortened
from wtisd_model.markup.element import Markup, element, joined
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.objects import HtmlMixin, ReprMixin
from wtisd_model.pictures.bars import pledges
from wtisd_model.pictures.coverage_picture import coverage_picture
from wtisd_model.pictures.timetable import timetable
from wtisd_model.planning.demand import Coverage
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
MOST_BOXES: Final = 100
"""The maximum number of sessions of a timetable, each counted in all of its rooms."""

_LANGUAGE: Final = "en"
"""The language of a table: the names of fields, and the words of programs."""
_STYLE: Final = "text-align: left; vertical-align: top"
"""Jupyter would align texts like numbers."""


def html_of(thing: HtmlMixin) -> str:
    """Return the picture of an object that has one, its table, or both."""
    match thing:
        case Coverage():
            return coverage_picture(thing).fragment
        case Totals():
            return pledges(thing).fragment
        case Finding():
            return findings_html((thing,), "1 finding")
        case Outcome():
            return outcome_html(cast("Outcome[object]", thing))
        case _:
            return object_html(cast("ReprMixin", thing))


def object_html(thing: ReprMixin) -> str:
    """Return the table of an object, with a row for each field; that of an event or a dossier below its timetable."""
    rows = [[_cell("th", name), _cell("td", _value(value))] for name, value in thing.__rich_repr__()]
    return _timetable(thing) + _table(type(thing).__name__, rows)


def _timetable(thing: object) -> str:
    """Return the timetable of an event or a dossier; an empty text without a slot or with too many sessions."""
    if not isinstance(thing, Event | Dossier):
        return ""
    event, _ = event_and_requests(thing)
    if sum([max(1, len(session.locations)) for session in event.sessions]) > MOST_BOXES:
        return ""
    try:
        return timetable(thing).fragment
    except ExportError:  # a draft without a slot
        return ""


def findings_html(findings: Iterable[Finding], caption: str) -> str:
    """Return the table of findings, with a row for each."""
    names = ("severity", "code", "path", "message", "fix")
    rows = [
        [
            *[_cell("td", _text(value)) for value in (found.severity, found.code, found.path)],
            *[_cell("td", _said(text, found.language)) for text in (found.message, found.fix)],
        ]
        for found in findings
    ]
    return _table(caption, [[_cell("th", name) for name in names], *rows])


def outcome_html(outcome: Outcome[object]) -> str:
    """Return the tables of the findings of an outcome and of its object, if there are any."""
    number = len(outcome.findings) + outcome.omitted
    caption = "1 finding" if number == 1 else f"{number or 'No'} findings"
    if outcome.omitted:
        caption += f", {len(outcome.findings)} of them listed"
    if outcome.line is not None:
        caption = f"Line {outcome.line}: {caption}"
    listed = findings_html(outcome.findings, caption) if outcome.findings else element("p", caption)
    return listed + (object_html(outcome.value) if isinstance(outcome.value, ReprMixin) else "")


def _table(caption: str, rows: Iterable[Iterable[Markup]]) -> str:
    body = [element("tr", *row) for row in rows]
    return element("table", element("caption", caption, style=_STYLE), *body, dir="ltr", lang=_LANGUAGE)


def _cell(tag: str, content: str) -> Markup:
    return element(tag, content, style=_STYLE)


def _value(value: object, level: int = 0) -> str:
    """Return a value; an object as its fields, and those of a field of the table one below the other."""
    match value:
        case LocalizedText():
            languages = _joined((value.language, *value.translations), ", ")
            return joined(_said(value.text, value.language), " (", languages, ")")
        case TimeSlot() if level < MOST_NESTED:
            return _value(value.written(), level)
        case ReprMixin():
            named = list(value.__rich_repr__() if level < MOST_NESTED else ())
            if not named:
                return type(value).__name__
            parts = [joined(f"{name}: ", _value(field_value, level + 1)) for name, field_value in named]
            texts = joined(*parts, separator="; ")
            return joined("(", texts, ")") if level else texts
        case tuple():
            items = cast("tuple[object, ...]", value)
            return _joined(items, ", " if level else element("br"), level)
        case frozenset():
            return _joined(sorted(cast("frozenset[object]", value), key=str), ", ", level)
        case FrozenMapping() if not isinstance(value, JsonObject):
            pairs = cast("FrozenMapping[object]", value).items()
            return _joined([f"{key}: {item}" for key, item in pairs], ", ")
        case _:
            return _text(value)


def _joined(items: Sequence[object], separator: str, level: int = 0) -> Markup:
    more = [f"and {len(items) - MOST_ITEMS} more"] if len(items) > MOST_ITEMS else []
    return joined(*[_value(item, level) for item in items[:MOST_ITEMS]], *more, separator=separator)


def _text(value: object) -> Markup:
    """Return a value as text that does not change the direction of the text around it."""
    return _said(str(value), _LANGUAGE)


def _said(text: str, language: str) -> Markup:
    return element("bdi", shortened(text, MOST_CHARACTERS), lang=None if language == _LANGUAGE else language)
