r"""The one gate to the icalendar package: a content line to its name, parameters and value.

The package splits what stands before the value; whatever it raises there means that the line is none. It would also
undo backslashes and percent signs in parameters, which mean nothing there, and carets by the line ends of the machine:
so these characters are hidden from it, and `wtisd_model.invitation.calendar` decodes values itself.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, cast

from attrs import field, frozen
from icalendar.parser.content_line import Contentline

from wtisd_model.invitation.calendar.unfolding import Line


@frozen
class Property:
    """A property: RFC 5545 section 3.1."""

    name: str
    """In capital letters."""
    parameters: Mapping[str, tuple[str, ...]] = field(repr=False)
    """Each by its name in capital letters, its values without quotes and carets."""
    value: str = field(repr=False)
    """As it stands."""
    line: int

    def parameter(self, name: str) -> str | None:
        """Give the value of a parameter; several as one text, which is what a comma without quotes was meant for."""
        values = self.parameters.get(name)
        return None if values is None else ",".join(values)

    def keyword(self, name: str) -> str | None:
        """Give the value of a parameter whose case means nothing, in capital letters."""
        value = self.parameter(name)
        return None if value is None else value.upper()


LONGEST_HEADER: Final = 10_000
"""Characters before the value of a line: a name, an address and all else that describes a person are far shorter."""

_NAME: Final = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_HIDDEN: Final = "\\^%"
# Noncharacters, which no text that is interchanged has: where one has them, the line is none (Unicode chapter 23.7).
_SUBSTITUTES: Final = "\ufdd0\ufdd1\ufdd2"
_HIDE: Final = str.maketrans(_HIDDEN, _SUBSTITUTES)
_SHOW: Final = str.maketrans(_SUBSTITUTES, _HIDDEN)
_CARET: Final = re.compile(r"\^[n'^]")
_MEANT: Final = {"^n": "\n", "^'": '"', "^^": "^"}

_Parameters = Mapping[str, tuple[str, ...]]
ReadLine = Callable[[Line], Property | None]


def name_of(line: Line) -> str | None:
    """Name the property of a line, in capital letters; None where it has no name that may be one."""
    match = _NAME.match(line.text)
    return None if match is None else match[0].upper()


def reader() -> ReadLine:
    """Give what reads the lines of one calendar; lines that begin alike are split once."""
    known: dict[str, tuple[str, _Parameters] | None] = {}

    def read(line: Line) -> Property | None:
        """Read a line; None where it is no content line."""
        end = _end_of_header(line.text)
        if end is None:
            return None
        header = line.text[:end]
        if header not in known:
            known[header] = _split(header)
        split = known[header]
        return None if split is None else Property(*split, line.text[end + 1 :], line.number)

    return read


def _end_of_header(text: str) -> int | None:
    # Most lines have no quotes before the value, and need not be looked at character by character.
    end = text.find(":", 0, LONGEST_HEADER)
    if '"' in text[: max(end, 0)]:
        end = _content_line(text[:LONGEST_HEADER]).value_separator_index()
    return None if end < 1 else end


def _split(header: str) -> tuple[str, _Parameters] | None:
    if any(each in header for each in _SUBSTITUTES):
        return None
    try:
        name, found, _ = _content_line(f"{header.translate(_HIDE)}:").raw_parts()
    except Exception:  # noqa: BLE001 - the gate: whatever a line of a stranger makes the package raise
        return None
    parameters = cast("Mapping[str, str | list[str]]", found)
    return name.upper(), {key.upper(): _values(value) for key, value in parameters.items()}


def _content_line(text: str) -> Contentline:
    make: Callable[[str], Contentline] = Contentline  # the package says no type for its argument
    return make(text)


def _values(value: str | list[str]) -> tuple[str, ...]:
    return (_meant(value),) if isinstance(value, str) else tuple(map(_meant, value))


def _meant(value: str) -> str:
    """Undo RFC 6868 section 3.2: other carets stand for themselves."""
    return _CARET.sub(lambda match: _MEANT[match[0]], value.translate(_SHOW))
