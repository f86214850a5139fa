"""What our jCal and that of other packages have in common."""

import re
from typing import Any

from wtisd_model.contentlines.values import decode_text

# A content line and the property of jCal that says the same, in both directions.
SAME = {
    "a text": (r"SUMMARY:a\, b\; c\\d\ne", ["summary", {}, "text", "a, b; c\\d\ne"]),
    "texts": (r"CATEGORIES:a\,b,c", ["categories", {}, "text", "a,b", "c"]),
    "a date": ("DTSTART;VALUE=DATE:20110517", ["dtstart", {}, "date", "2011-05-17"]),
    "a time in UTC": ("DTSTAMP:20121017T120000Z", ["dtstamp", {}, "date-time", "2012-10-17T12:00:00Z"]),
    "a time in a zone": (
        "DTEND;TZID=Europe/Zurich:20121017T120000",
        ["dtend", {"tzid": "Europe/Zurich"}, "date-time", "2012-10-17T12:00:00"],
    ),
    "dates": ("EXDATE;VALUE=DATE:20110517,20110518", ["exdate", {}, "date", "2011-05-17", "2011-05-18"]),
    "periods": (
        "RDATE;VALUE=PERIOD:20110517T090000/PT1H,20110518T090000Z/20110518T100000Z",
        [
            *("rdate", {}, "period", ["2011-05-17T09:00:00", "PT1H"]),
            ["2011-05-18T09:00:00Z", "2011-05-18T10:00:00Z"],
        ],
    ),
    "busy times": (
        "FREEBUSY;FBTYPE=BUSY:20110517T090000Z/PT1H",
        ["freebusy", {"fbtype": "BUSY"}, "period", ["2011-05-17T09:00:00Z", "PT1H"]],
    ),
    "a rule": (
        "RRULE:FREQ=YEARLY;COUNT=5;BYDAY=-1SU,2MO;BYMONTH=10",
        ["rrule", {}, "recur", {"freq": "YEARLY", "count": 5, "byday": ["-1SU", "2MO"], "bymonth": 10}],
    ),
    "a rule that ends": (
        "RRULE:FREQ=DAILY;UNTIL=20110517T090000Z",
        ["rrule", {}, "recur", {"freq": "DAILY", "until": "2011-05-17T09:00:00Z"}],
    ),
    "a rule that ends on a day": (
        "EXRULE:FREQ=DAILY;UNTIL=20110517",
        ["exrule", {}, "recur", {"freq": "DAILY", "until": "2011-05-17"}],
    ),
    "an offset": ("TZOFFSETTO:+0530", ["tzoffsetto", {}, "utc-offset", "+05:30"]),
    "an offset with seconds": ("TZOFFSETFROM:-004430", ["tzoffsetfrom", {}, "utc-offset", "-00:44:30"]),
    "a number": ("SEQUENCE:2", ["sequence", {}, "integer", 2]),
    "a position": ("GEO:37.386013;-122.082932", ["geo", {}, "float", [37.386013, -122.082932]]),
    "a small position": ("GEO:0.000001;-5", ["geo", {}, "float", [0.000001, -5.0]]),
    "a status": (
        r"REQUEST-STATUS:2.8;Success\, repeating\; ignored;RRULE:FREQ=DAILY",
        ["request-status", {}, "text", ["2.8", "Success, repeating; ignored", "RRULE:FREQ=DAILY"]],
    ),
    "a duration": ("TRIGGER:-PT15M", ["trigger", {}, "duration", "-PT15M"]),
    "another type": (
        "TRIGGER;VALUE=DATE-TIME:20110517T090000Z",
        ["trigger", {}, "date-time", "2011-05-17T09:00:00Z"],
    ),
    "a type without a default": (
        "REFRESH-INTERVAL;VALUE=DURATION:P1W",
        ["refresh-interval", {}, "duration", "P1W"],
    ),
    "a truth": ("X-A;VALUE=BOOLEAN:TRUE", ["x-a", {}, "boolean", True]),
    "a time of day": ("X-A;VALUE=TIME:230000Z", ["x-a", {}, "time", "23:00:00Z"]),
    "a decimal": ("X-A;VALUE=FLOAT:1.5", ["x-a", {}, "float", 1.5]),
    "octets": (
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:YQ==",
        ["attach", {"encoding": "BASE64"}, "binary", "YQ=="],
    ),
    "an address": (
        'ATTENDEE;CN=A;MEMBER="mailto:a@example.org","mailto:b@example.org":mailto:c@example.org',
        [
            *("attendee", {"cn": "A", "member": ["mailto:a@example.org", "mailto:b@example.org"]}),
            *("cal-address", "mailto:c@example.org"),
        ],
    ),
    "a parameter with a line break": (
        'CONTACT;ALTREP="a^nb^\'c":d',
        ["contact", {"altrep": 'a\nb"c'}, "text", "d"],
    ),
    "a property of somebody's own": (r"X-A;X-B=c:d\,e;f", ["x-a", {"x-b": "c"}, "unknown", r"d\,e;f"]),
    "a type of somebody's own": ("X-A;VALUE=X-B:c,d", ["x-a", {}, "x-b", "c,d"]),
    # The examples of RFC 7265, where they are not above.
    "a parameter of nobody": (
        "DTSTART;X-SLACK=30.3;VALUE=DATE:20110512",
        ["dtstart", {"x-slack": "30.3"}, "date", "2011-05-12"],
    ),
    "a property of nobody": (
        "X-COMPLAINT-DEADLINE:20110512T120000Z",
        ["x-complaint-deadline", {}, "unknown", "20110512T120000Z"],
    ),
    "coffee": (
        r"X-COFFEE-DATA:Stenophylla;Guinea\,Africa",
        ["x-coffee-data", {}, "unknown", r"Stenophylla;Guinea\,Africa"],
    ),
    "a percentage": ("PERCENT-COMPLETE:95", ["percent-complete", {}, "integer", 95]),
    "an invalid user": (
        "REQUEST-STATUS:3.7;Invalid calendar user;ATTENDEE:mailto:jsmith@example.org",
        [
            *("request-status", {}, "text"),
            ["3.7", "Invalid calendar user", "ATTENDEE:mailto:jsmith@example.org"],
        ],
    ),
    "a free period": (
        "FREEBUSY;FBTYPE=FREE:19970308T160000Z/P1D",
        ["freebusy", {"fbtype": "FREE"}, "period", ["1997-03-08T16:00:00Z", "P1D"]],
    ),
    "days of a month": (
        "RRULE:FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,15,-1;UNTIL=20131001",
        ["rrule", {}, "recur", {"freq": "MONTHLY", "interval": 2, "bymonthday": [1, 15, -1], "until": "2013-10-01"}],
    ),
    "an address of a page": ("URL:https://example.org/a;b,c", ["url", {}, "uri", "https://example.org/a;b,c"]),
}


def common(value: Any) -> Any:
    """Return an array of jCal in the form that we share with icalendar 7.3.2 and ical.js 2.2.1.

    They do not know the types of NAME and COLOR (RFC 7986), so that they do not decode them. icalendar takes
    backslashes in parameters for escapes, against RFC 6868, and adds a Z to the times of a zone without an offset; it
    writes P0D for PT0S, and a list with texts for each part of a rule, where RFC 7265 section 3.6.10 also has one
    number alone. ical.js takes a backslash before an N in a parameter for a line break, and joins several values of
    FEATURE.
    """
    match value:
        case [str(name), dict(parameters), str(type_), *values]:
            if type_ == "unknown" and name in {"name", "color"}:
                type_, values = "text", [decode_text(values[0])]
            if type_ == "recur":
                values = [{key: _texts(each) for key, each in values[0].items()}]
            if type_ == "duration" and values == ["P0D"]:
                values = ["PT0S"]
            if "tzid" in parameters:
                values = [str(each).removesuffix("Z") for each in values]
            joined = {key: ",".join(each) if isinstance(each, list) else each for key, each in parameters.items()}
            return [name, {key: re.sub(r"\\[nN]?|\n", "", each) for key, each in joined.items()}, type_, *values]
        case list():
            return [common(each) for each in value]
        case _:
            return value


def _texts(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value])]
