"""Texts of forms and of cells: what a person wrote becomes the JSON value that the field holds."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from wtisd_model.schema.constraints import Boolean, Integer, Leaf, Pattern, compiled
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.country import COUNTRY
from wtisd_model.types.scalars import INVALID, scalar_decoder
from wtisd_model.types.text import PHONE
from wtisd_model.types.timezone import LOCAL_TIMES, with_seconds

ABSENT: Final[Any] = object()
"""What `value_of_text` returns for a text that is empty or blank."""

CleanPhone = Callable[[str], str]


def value_of_text(constraint: Leaf, text: str, clean_phone: CleanPhone) -> Any:
    """Return the JSON value of a text.

    A text that the field accepts is never changed. Otherwise outer blanks are removed, and numbers, booleans, local
    times and telephone numbers are written as JSON has them. What means nothing to the field is returned as text, so
    that validation reports it.
    """
    if scalar_decoder(constraint)(text) is not INVALID:
        return text
    text = text.replace("\r\n", "\n").strip()  # HTML sends CRLF for the ends of lines in a textarea
    if not text:
        return ABSENT
    match constraint:
        case Boolean():
            return _BOOLEANS.get(text.lower(), text)
        case Integer() if compiled(r"-?[0-9]{1,18}").fullmatch(text):
            return int(text)
        case Pattern() if constraint in LOCAL_TIMES:  # an input of the type datetime-local leaves seconds out
            return with_seconds(text)
        case Pattern() if constraint is PHONE:
            return clean_phone(text)
        case _:
            return text


_BOOLEANS: Final = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}


def phone_cleaner(country: str | None) -> CleanPhone:
    """Return a function that writes telephone numbers as in ITU-T E.164, and returns any other text unchanged.

    Args:
        country: the country of numbers without a country code, which need the extra ``phone``; None if there are none.

    Raises:
        InvalidValueError: ``country-unknown``.
        ImportError: *country* is passed, and phonenumbers is not installed.
    """
    if country is None:
        return _without_separators
    require_valid(country, COUNTRY, "/country")
    try:
        phonenumbers: Any = import_module("phonenumbers")
    except ImportError as missing:
        raise ImportError(
            "National telephone numbers need phonenumbers: pip install 'wtisd-model[phone]'", name="phonenumbers"
        ) from missing

    def clean(text: str) -> str:
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            return text
        if number.extension or not phonenumbers.is_valid_number(number):
            return text
        written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return written

    return clean


def _without_separators(text: str) -> str:
    """Return an international number without the separators of ITU-T E.123; return any other text unchanged."""
    compact = compiled(r"[ \u00a0./-]").sub("", text)
    return compact if compiled(r"\+[0-9]+").fullmatch(compact) else text
