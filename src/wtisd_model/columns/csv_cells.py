"""The cells of a table that anybody may have written: texts become the JSON values of fields."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from attrs import frozen

from wtisd_model.columns.csv import split_items, unescape_formula
from wtisd_model.columns.header import TargetField
from wtisd_model.columns.item_texts import ItemText
from wtisd_model.columns.table import OTHER_ANSWERS
from wtisd_model.columns.time_patterns import TimeFormats
from wtisd_model.json.limits import Limits
from wtisd_model.json.parser import read
from wtisd_model.json.text_values import ABSENT, CleanPhone, value_of_text
from wtisd_model.reading.codes_by_name import country_named, language_named
from wtisd_model.schema.constraints import Date, DecimalNumber, Integer, Leaf, Pattern, Timestamp, compiled
from wtisd_model.schema.json_values import JsonObject, is_object
from wtisd_model.types.country import COUNTRY
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.scalars import INVALID, scalar_decoder
from wtisd_model.types.timezone import LOCAL_TIMES

ReadText = Callable[[str], Any]
"""A function that returns the JSON value of a text; `ABSENT` if it is empty or blank."""

BAR: Final = "|"
"""What separates items where nothing else is stated."""


@frozen(kw_only=True)
class CellFormats:
    """How the cells of a table write their values."""

    times: TimeFormats
    decimal: str | None
    """The decimal mark of numbers whose digits may be grouped; None if numbers are as in JSON."""
    separator: str
    clean_phone: CleanPhone


def items_of(cell: str, separator: str) -> list[str]:
    """Return the texts of the items in a cell; an empty list if it is blank."""
    if cell.isspace():
        return []
    text = unescape_formula(cell)
    return split_items(text) if separator == BAR else text.split(separator)


def text_reader(constraint: Leaf, formats: CellFormats, words: Mapping[str, str]) -> ReadText:
    """Return a function that reads the text of a single value; *words* are what some casefolded texts mean."""
    read = _reader(constraint, formats)
    if not words:
        return read
    return lambda text: read(words.get(text.strip().casefold(), text))


def _reader(constraint: Leaf, formats: CellFormats) -> ReadText:
    match constraint:
        case Date():
            return _rewritten(formats.times.day_text)
        case Timestamp():
            return _rewritten(formats.times.moment_text)
        case Pattern() if constraint in LOCAL_TIMES:
            return _rewritten(formats.times.local_text)
        case DecimalNumber() if formats.decimal is not None:
            return _rewritten(_number_text(formats.decimal))
        case Integer():
            number_text = str if formats.decimal is None else _number_text(formats.decimal)
            return _rewritten(lambda text: _whole(number_text(text)))
        case _ if constraint is COUNTRY:
            return _code_or_name(constraint, country_named)
        case _ if constraint is LANGUAGE:
            return _code_or_name(constraint, language_named)
        case _:
            decode, clean_phone = scalar_decoder(constraint), formats.clean_phone
            # Most texts are what the field accepts.
            return lambda text: text if decode(text) is not INVALID else value_of_text(constraint, text, clean_phone)


def _code_or_name(constraint: Leaf, code_named: Callable[[str], str | None]) -> ReadText:
    """Return a function that reads a code or, if the text is not one, a name."""
    decode = scalar_decoder(constraint)

    def code_of(text: str) -> str:
        return text if decode(text) is not INVALID else code_named(text) or text

    return _rewritten(code_of)


def _rewritten(rewrite: ReadText) -> ReadText:
    def read(text: str) -> Any:
        stripped = text.strip()
        return rewrite(stripped) if stripped else ABSENT

    return read


def _whole(text: str) -> int | str:
    # A column of whole numbers with an empty cell is one of floats in pandas: 12.0.
    return int(text.partition(".")[0]) if compiled(r"-?[0-9]{1,18}(?:\.0{1,18})?").fullmatch(text) else text


def _number_text(decimal: str) -> Callable[[str], str]:
    """Return a function that writes a number as JSON has it; any other text becomes one that no field accepts."""
    grouping = "[ \u00a0\u202f'\u2019" + (",]" if decimal == "." else ".]")
    match = re.compile(
        rf"(?P<sign>-?)(?P<whole>[0-9]{{1,3}}(?P<group>{grouping})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[0-9]+)"
        rf"(?:{re.escape(decimal)}(?P<places>[0-9]+))?"
    ).fullmatch

    def number_text(text: str) -> str:
        matched = match(text)
        if matched is None:
            return ""
        whole = matched["whole"].replace(matched["group"], "") if matched["group"] else matched["whole"]
        return f"{matched['sign']}{whole}" + (f".{matched['places']}" if matched["places"] else "")

    return number_text


def cell_reader(target: TargetField, formats: CellFormats, words: Mapping[str, str]) -> ReadText:
    """Return a function that reads the cells of a column: one value, or a list with the values of all items.

    In a list of objects an item may be `ABSENT`, and so may any cell.
    """
    if target.name == OTHER_ANSWERS:
        return _json_object
    read_text = text_reader(target.leaf, formats, {**target.labels, **words})
    if target.item_text is not None:
        return partial(_objects, target.item_text, formats.times, read_text)
    if target.list_at is not None:
        return lambda cell: list(map(read_text, items_of(cell, formats.separator))) or ABSENT
    if target.is_list:
        return lambda cell: (
            [item for item in map(read_text, items_of(cell, formats.separator)) if item is not ABSENT] or ABSENT
        )
    return lambda cell: read_text(unescape_formula(cell))


def _objects(item_text: ItemText, times: TimeFormats, read_text: ReadText, cell: str) -> Any:
    texts = map(read_text, item_text.separator.split(unescape_formula(cell)))
    return [item_text.read(text, times) for text in texts if text is not ABSENT] or ABSENT


def _json_object(cell: str) -> Any:
    text = unescape_formula(cell).strip()
    if not text:
        return ABSENT
    value = read(text, _OTHER_ANSWERS_BOUNDS)
    return value if is_object(value) else text


_OTHER_ANSWERS_BOUNDS: Final = Limits().bounds_for(JsonObject)
