"""What the XML Schema of c3voc requires of schedule.xml, told apart from the writer.

`xml_problems` yields where a document differs from it. The schema itself is read by the tests marked ``outside``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import Element

from attrs import field, frozen

Text = Callable[[str], object]
"""A check of a text: it is falsy, or raises a ValueError, for what is wrong."""

GUID: Final[Text] = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
WEB: Final[Text] = re.compile(r"https?://\S*").fullmatch
NUMBER: Final[Text] = re.compile(r"[1-9][0-9]*").fullmatch
DAY: Final[Text] = date.fromisoformat
ZONED: Final[Text] = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)").fullmatch


def anything(_: str) -> bool:
    """Accept any text."""
    return True


def nothing(text: str) -> bool:
    """Accept white space only."""
    return not text.strip()


@frozen
class Of:
    """What an element is like: its attributes, its text, and how often each element is in it, at least and at most."""

    text: Text = nothing
    required: Mapping[str, Text] = field(factory=dict[str, Text])
    optional: Mapping[str, Text] = field(factory=dict[str, Text])
    inside: Mapping[str, tuple[int, float, "Of"]] = field(factory=dict[str, tuple[int, float, "Of"]])


def one(text: Text = anything) -> tuple[int, float, Of]:
    """Return an element that has to be there, with a text."""
    return 1, 1, Of(text)


def maybe(text: Text = anything) -> tuple[int, float, Of]:
    """Return an element that may be there, with a text."""
    return 0, 1, Of(text)


MANY: Final = float("inf")
_LINK: Final = Of(anything, optional={"href": anything, "type": anything})
_EVENT: Final = Of(
    required={"guid": GUID, "id": NUMBER},
    inside={
        **dict.fromkeys(("room", "title", "subtitle", "type", "abstract", "track"), one()),
        "date": one(ZONED),
        "start": one(re.compile("[0-2][0-9]:[0-5][0-9]").fullmatch),
        "duration": one(re.compile("[0-9]{1,2}:[0-9]{2}(?::[0-9]{1,2})?").fullmatch),
        "slug": one(re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{4,}").fullmatch),
        **dict.fromkeys(("logo", "url", "feedback_url", "origin_url"), maybe(WEB)),
        **dict.fromkeys(("language", "description"), maybe()),
        "recording": (0, 1, Of(inside={"license": one(), "optout": one({"true", "false"}.__contains__)})),
        "persons": (0, 1, Of(inside={"person": (0, MANY, Of(anything, optional={"guid": GUID}))})),
        "links": (0, 1, Of(inside={"link": (0, MANY, _LINK)})),
        "attachments": (0, 1, Of(inside={"attachment": (0, MANY, _LINK)})),
    },
)
_ROOM: Final = Of(required={"name": anything}, optional={"guid": GUID}, inside={"event": (0, MANY, _EVENT)})
_TRACK: Final = Of(
    required={"name": anything},
    optional={"color": re.compile("#[0-9a-fA-F]{6}").fullmatch, "slug": re.compile("[a-z][a-z0-9-]+").fullmatch},
)
_CONFERENCE: Final = Of(
    inside={
        "title": one(),
        "acronym": one(re.compile("[a-z0-9_-]{4,}").fullmatch),
        **dict.fromkeys(("start", "end"), one(datetime.fromisoformat)),
        "days": one(NUMBER),
        "timeslot_duration": one(re.compile("[0-9]{2}:[0-9]{2}").fullmatch),
        **dict.fromkeys(("base_url", "logo", "url"), maybe(WEB)),
        "time_zone_name": one(),
        "track": (0, MANY, _TRACK),
    }
)
_DAY: Final = Of(
    required={"index": NUMBER, "date": DAY, "start": ZONED, "end": ZONED}, inside={"room": (0, MANY, _ROOM)}
)
SCHEDULE: Final = Of(
    inside={
        "generator": (0, 1, Of(optional={"name": anything})),
        "version": one(),
        "conference": (1, 1, _CONFERENCE),
        "day": (1, MANY, _DAY),
    }
)


def xml_problems(root: Element) -> list[str]:
    """Return where a document differs from what the schema requires."""
    found = [*_problems(root, SCHEDULE, root.tag)] if root.tag == "schedule" else ["schedule is not the root"]
    events = list(root.iter("event"))
    keys = {
        "guid": [event.get("guid") for event in events],
        "id": [event.get("id") for event in events],
        "slug": [event.findtext("slug") for event in events],
    }
    found += [f"{name} is repeated" for name, values in keys.items() if len(set(values)) < len(values)]
    return found


def _problems(element: Element, of: Of, path: str) -> Iterator[str]:
    known = {**of.required, **of.optional}
    yield from (f"{path} lacks {name}" for name in of.required if name not in element.attrib)
    for name, value in element.attrib.items():
        if name not in known or not _accepts(known[name], value):
            yield f"{path}/@{name}"
    if not _accepts(of.text, element.text or ""):
        yield f"{path} has another text"
    for name, (least, most, inside) in of.inside.items():
        children = element.findall(name)
        if not least <= len(children) <= most:
            yield f"{path} has {len(children)} {name}"
        for child in children:
            yield from _problems(child, inside, f"{path}/{name}")
            if not nothing(child.tail or ""):
                yield f"{path} has text after {name}"
    yield from (f"{path}/{child.tag} is unknown" for child in element if child.tag not in of.inside)


def _accepts(check: Text, text: str) -> bool:
    try:
        return bool(check(text))
    except ValueError:
        return False
