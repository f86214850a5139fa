"""The value types of JSCalendar: which strings and numbers each of them admits.

RFC 8984 section 1.4; draft-ietf-calext-jscalendarbis-18 section 1.5, and what both refer to. Written from these texts
alone: nothing of the package is used.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Final
from zoneinfo import available_timezones


def words(text: str) -> frozenset[str]:
    """Return the words of *text*."""
    return frozenset(text.split())


_UNRESERVED = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]"
_PERCENT = r"%[0-9A-Fa-f]{2}"
_URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:(?:{_UNRESERVED}|{_PERCENT})*")
_GEO = re.compile(
    r"geo:-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?)?(?:;[A-Za-z0-9\-]+(?:=[A-Za-z0-9\-._~%:&+$\[\]!'()*]+)?)*",
)
_RESTRICTED_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&\-^_.+]{0,126}"  # RFC 6838 section 4.2
_MEDIA_TYPE = re.compile(rf'{_RESTRICTED_NAME}/{_RESTRICTED_NAME}(?: *; *[!-~]+=(?:"[^"\x00-\x1f\x7f]*"|[^\s;"]+))*')
_CHARSET = re.compile(r";\s*charset=\"?([^\";\s]+)", re.IGNORECASE)
_LANGUAGE = re.compile(  # RFC 5646 section 2.1: langtag, or private use
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+)",
    re.IGNORECASE,
)
_ATOM = r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\x80-\U0010ffff]+"
_ADDR_SPEC = re.compile(
    rf'(?:{_ATOM}(?:\.{_ATOM})*|"(?:[^"\\\x00-\x1f\x7f]|\\[ -~])*")@(?:{_ATOM}(?:\.{_ATOM})*|\[[!-Z^-~]*\])',
)
_DATE_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
_FRACTION = r"(?:\.\d*[1-9])?"  # "MUST NOT be included unless non-zero and MUST NOT have trailing zeros"
_V_LABEL = r"[A-Za-z0-9\x80-\U0010ffff](?:[A-Za-z0-9\x80-\U0010ffff\-]*[A-Za-z0-9\x80-\U0010ffff])?"
_VENDOR = re.compile(rf"{_V_LABEL}(?:\.{_V_LABEL})*:[\t !#-.0-}}\x80-\U0010ffff]+")
_OFFSET = re.compile(r"[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?")
_STATUS_CODE = r"\d(?:\.\d{1,2}){1,2}"
_MAX = 2**53 - 1

_COLORS = words(  # CSS Color Module Level 3, section 4.3
    """aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
    cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
    darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
    firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
    hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
    lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
    mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
    midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple red
    rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray
    slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
    yellowgreen""",
)
LOCATION_TYPES: Final = words(  # RFC 4589 section 3
    """aircraft airport arena automobile bank bar bicycle bus bus-station cafe campground care-facility classroom club
    construction convention-center detached-unit fire-station government hospital hotel industrial landmark-address
    library motorcycle municipal-garage museum office other outdoors parking phone-box place-of-worship post-office
    prison public public-transport residence restaurant school shopping-area stadium store street theater toll-booth
    town-hall train train-station truck underway unknown utilitybox warehouse waste-transfer-facility water
    water-facility watercraft youth-camp""",
)
CALENDAR_SYSTEMS: Final = words(  # Unicode CLDR, and the name that both texts use for "gregory"
    """buddhist chinese coptic dangi ethioaa ethiopic ethiopic-amete-alem gregorian gregory hebrew indian islamic
    islamic-civil islamic-rgsa islamic-tbla islamic-umalqura iso8601 japanese persian roc""",
)


def _zones() -> frozenset[str]:
    lines = files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    return frozenset({*lines, *available_timezones()} - {"Factory", "localtime", "posixrules"})


_ZONES = _zones()


def is_vendor(text: str) -> bool:
    """Return True if *text* is a `v-extension`: a domain name, a colon and a name."""
    return _VENDOR.fullmatch(text) is not None


def is_time_zone(text: str) -> bool:
    """Return True if *text* is a name of the IANA Time Zone Database."""
    return text in _ZONES


def is_text_media_type(text: str) -> bool:
    """Return True if *text* is a media type of type "text", whose charset is UTF-8 if it names one."""
    charset = _CHARSET.search(text)
    return (
        _MEDIA_TYPE.fullmatch(text) is not None
        and text.lower().startswith("text/")
        and (charset is None or charset[1].lower() == "utf-8")
    )


def is_uri(text: str) -> bool:
    """Return True if *text* is a URI in the characters of RFC 3986, the others being percent-encoded."""
    return _URI.fullmatch(text) is not None


def _date_time(text: str) -> bool:
    head = text[:19]
    if not re.fullmatch(_DATE_TIME, head):
        return False
    try:
        datetime.fromisoformat(head[:17] + head[17:].replace("60", "59"))  # RFC 3339 admits a leap second
    except ValueError:
        return False
    return True


def _duration(fraction: str) -> str:
    second = rf"\d+{fraction}S"
    minute = rf"\d+M(?:{second})?"
    hour = rf"\d+H(?:{minute})?"
    time = rf"T(?:{hour}|{minute}|{second})"
    return rf"P(?:(?:\d+W(?:\d+D)?|\d+D)(?:{time})?|{time})"


def _matching(pattern: str) -> Callable[[object], bool]:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _moment(suffix: str) -> Callable[[object], bool]:
    tail = re.compile(suffix)
    return lambda value: isinstance(value, str) and tail.fullmatch(value[19:]) is not None and _date_time(value)


def _integer(low: int) -> Callable[[object], bool]:
    # Section 1.4.2: "an integer", so that 1.0 would do in JSON; nobody is helped by it.
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= _MAX


def _text(value: object) -> bool:
    return isinstance(value, str)


_COMMON: dict[str, Callable[[object], bool]] = {
    "*": lambda _value: True,
    "String": _text,
    "Boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "Id": _matching(r"[A-Za-z0-9_\-]{1,255}"),
    "Int": _integer(-_MAX),
    "UnsignedInt": _integer(0),
    # A custom zone of version 1.0 begins with a solidus, and must be in "timeZones".
    "TimeZoneId": lambda value: isinstance(value, str) and (value.startswith("/") or is_time_zone(value)),
}
SCALARS: Final[Mapping[str, Mapping[str, Callable[[object], bool]]]] = {
    "1.0": {
        **_COMMON,
        "LocalDateTime": _moment(_FRACTION),
        "UTCDateTime": _moment(_FRACTION + "Z"),
        "Duration": _matching(_duration(r"(?:\.\d+)?")),
        "SignedDuration": _matching(r"[+-]?" + _duration(r"(?:\.\d+)?")),
    },
    "2.0": {
        **_COMMON,
        "TimeZoneId": lambda value: isinstance(value, str) and is_time_zone(value),
        "LocalDateTime": _moment(""),
        "UTCDateTime": _moment("Z"),
        "Duration": _matching(_duration("")),
        "SignedDuration": _matching(r"[+-]?" + _duration("")),
    },
}
"""What a value of each scalar type is, by version."""

_RELATION_TYPE = r"[a-z][a-z0-9.\-]*"

FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {
    "URI": is_uri,
    "geo URI": lambda text: _GEO.fullmatch(text) is not None,
    "media type": lambda text: _MEDIA_TYPE.fullmatch(text) is not None,
    "text media type": is_text_media_type,
    "language tag": lambda text: _LANGUAGE.fullmatch(text) is not None,
    "addr-spec": lambda text: _ADDR_SPEC.fullmatch(text) is not None,
    "registered relation": _matching(_RELATION_TYPE),
    "relation type": lambda text: re.fullmatch(_RELATION_TYPE, text) is not None or is_uri(text),
    "color": lambda text: text.lower() in _COLORS or re.fullmatch("#[0-9A-Fa-f]{6}", text) is not None,
    "color of 1.0": lambda text: text.lower() in _COLORS or re.fullmatch("#(?:[0-9A-Fa-f]{3}){1,2}", text) is not None,
    "calendar system": lambda text: text in CALENDAR_SYSTEMS or is_vendor(text),
    "location type": LOCATION_TYPES.__contains__,
    "month": _matching(r"(?:[1-9]|1[0-3])L?"),
    "UTC offset": lambda text: _OFFSET.fullmatch(text) is not None,
    "status code": _matching(_STATUS_CODE),
    "request status": _matching(_STATUS_CODE + r";[^;]*(?:;[^;]*)?"),
    "name of a method": _matching("[A-Za-z0-9]+"),
    "content id": _matching(rf"(?:{_UNRESERVED}|{_PERCENT})+"),
}
"""What further texts must look like, by the name that the tables use."""
