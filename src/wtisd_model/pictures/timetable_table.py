"""The table of a timetable: a row for each session, with all that its drawing shows."""

from collections.abc import Sequence
from typing import Final

from wtisd_model.markup.element import Markup, element, joined, lines, tagged
from wtisd_model.pictures.programme import Entry
from wtisd_model.pictures.timetable_words import Wording
from wtisd_model.types.language import TaggedText


def table_of(entries: Sequence[Entry], wording: Wording, caption: str) -> Markup:
    """Return the table; columns that would be empty are left out."""
    words, labels, language = wording.words, wording.locale.languages, wording.locale.language
    heads = (
        *(words.day, words.time, words.room, words.session, labels.spoken, labels.interpretation),
        *(words.seats, words.status, words.clashes),
    )
    rows = list[tuple[str, ...]]()
    for entry in entries:
        facts = wording.facts(entry, entry.first_day)
        rows.append(
            (
                wording.day(entry.first_day),
                facts.time,
                _several(facts.rooms, wording),
                _title(entry, language),
                facts.languages.floor,
                _lines(*facts.languages.services),
                _lines(*facts.seats),
                words.statuses[entry.status],
                _clashes(entry, wording),
            )
        )
    used = [index for index, column in enumerate(zip(*rows, strict=True)) if any(column)]
    head = element("thead", element("tr", *[element("th", heads[index], scope="col") for index in used]))
    body = element("tbody", *[element("tr", *[_cell(index, row[index]) for index in used]) for row in rows])
    return element("table", element("caption", caption), head, body)


_SESSION: Final = 3
_SHORT: Final = {0, 1, 6}
"""The columns whose texts are kept in one line."""


def _cell(column: int, content: str) -> Markup:
    if column == _SESSION:
        return element("th", content, scope="row")
    return element("td", content, class_="wm-short") if column in _SHORT else element("td", content)


def _title(entry: Entry, language: str) -> Markup:
    shown = tagged("bdi", entry.title, within=language)
    return element("s", shown) if entry.is_struck else shown


def _several(texts: Sequence[TaggedText], wording: Wording) -> Markup:
    shown = [tagged("bdi", each, within=wording.locale.language) for each in texts]
    return joined(*shown, separator=wording.locale.comma)


def _lines(*texts: str) -> str:
    """Return texts one below the other; an empty text if all are empty."""
    return lines("\n".join([each for each in texts if each]))


def _clashes(entry: Entry, wording: Wording) -> str:
    parts = list[Markup]()
    for same_room in (True, False) if entry.clashes else ():
        others = [each.other for each in entry.clashes if each.same_room is same_room]
        if others:
            reason = f"{wording.reason(same_room=same_room)}{wording.locale.colon}"
            parts.append(element("div", reason, _several(others, wording)))
    return joined(*parts) if parts else ""
