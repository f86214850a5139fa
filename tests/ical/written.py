"""What the tests write with the codec: single content lines, events with lines of theirs, and time zones."""

import sys
import unicodedata
from datetime import UTC, datetime
from typing import Final

import icalendar
from hypothesis import strategies as st

from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.serializer import serialize, serialize_property
from wtisd_model.contentlines.values import encode_date_time_utc, encode_text
from wtisd_model.ical.times import vtimezone

# What the model refuses too: control characters but the line feed, line separators, halves of characters.
REFUSED: Final = [
    chr(point)
    for point in range(sys.maxunicode + 1)
    if unicodedata.category(chr(point)) in {"Cc", "Cs", "Zl", "Zp"} and point != 0x0A
]
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n")
# Those that mean something in a content line, and characters of one to four octets, come often and in long runs.
TEXTS = st.text(st.one_of(CHARACTERS, st.sampled_from("\\;,:\"'^n\n \u00e9\u20ac\U0001f600"))) | st.lists(
    st.text(st.sampled_from('\\^";,\n a\u20ac\U0001f600'), max_size=3).map(lambda part: part * 40), max_size=5
).map("".join)


def line(name: str, value: str, **parameters: str) -> bytes:
    """Write a content line from a value that is encoded already, and parameters with one value each."""
    return serialize_property(
        Property(name, EncodedValue(value), {name: (value,) for name, value in parameters.items()})
    )


def event(*properties: Property) -> bytes:
    now = encode_date_time_utc(datetime(2023, 5, 17, tzinfo=UTC))
    required = [Property("UID", encode_text("1@example.org")), Property("DTSTAMP", now), Property("DTSTART", now)]
    names = [Property("VERSION", encode_text("2.0")), Property("PRODID", encode_text("-//example.org//tests"))]
    return serialize(Component("VCALENDAR", names, [Component("VEVENT", [*required, *properties])]))


def read_by_icalendar(prop: Property) -> icalendar.cal.Component:
    read = icalendar.Calendar.from_ical(event(prop)).walk("VEVENT")[0]
    assert read.errors == []
    return read


def vtimezone_octets(zone: str, *, first: datetime, last: datetime) -> bytes:
    return vtimezone(zone, first=first, last=last)
