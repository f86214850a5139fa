"""Changes of calendars and mails that keep their lines: what is changed by the byte seldom gets past a parser."""

import random
from collections.abc import Callable

from wtisd_model.contentlines.names import PROPERTIES
from wtisd_model.locales import locale_for

Mutate = Callable[[bytes, int], bytes]

FOREIGN = {"RDATE", "EXDATE", "X-WR-TIMEZONE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "RESOURCES"}
NAMES = sorted(PROPERTIES | FOREIGN | {"BEGIN", "END", "X-A", ""})
COMPONENTS = ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM", "VTODO", "VLOCATION", "a b", "")
PARAMETERS = (
    *("TZID=Europe/Zurich", "TZID=X", 'TZID="/x/../../Europe/Berlin"', "TZID=W. Europe Standard Time", "VALUE=DATE"),
    *("VALUE=DATE,PERIOD", "LANGUAGE=fr-ch", "LANGUAGE=i-klingon", 'CN="a^n^^b"', "CN=", 'CN="', "PARTSTAT=ACCEPTED"),
    *("PARTSTAT=X", "SENT-BY=mailto:a@example.org", 'DELEGATED-TO="mailto:a@example.org","b"', "RELTYPE=CHILD"),
    *("PARTSTAT=DELEGATED", "SENT-BY=mailto:participant1@example.org", "X-RESPONSE-COMMENT=a", "X-NUM-GUESTS=1"),
    *('DELEGATED-FROM="mailto:participant2@example.org"', 'DELEGATED-FROM="mailto:participant3@example.org"'),
    *("CUTYPE=ROOM", "FEATURE=VIDEO,X", "LABEL=a\\,b", "EMAIL=a@example.org", "A=%2C\\;", "\ufdd0=1", "=", ";", "A"),
)
VALUES = (
    *("20230517T143000", "20230517T143000Z", "20230326T023000", "20231029T023000", "20230517", "16010101T030000"),
    *(
        "00010101T000000",
        "99991231T235959Z",
        "21991231T235959",
        "20230230",
        "٢٠٢٣٠٥١٧",
        "1_0",
        "１",
        "-1",
        "2147483648",
    ),
    *("P", "PT", "P1D", "-PT1H", "P99999W", "PT999999999S", "+0100", "-2359", "+240000", "FREQ=YEARLY;BYDAY=-1SU"),
    *(
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYMONTH=3;BYDAY=-1SU",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY",
        "FREQ=YEARLY;X=1",
    ),
    *("FREQ=YEARLY;BYMONTH=10;BYDAY=5SU;UNTIL=00010101T000000Z", "FREQ=DAILY;COUNT=1;UNTIL=20230101", ";;;", "="),
    *("mailto:participant1@example.org", "mailto:participant2@example.org", "mailto:participant3@example.org"),
    *("MAILTO:a%FFb@example.org", "mailto:a@b@c", "urn:uuid:1", "a@example.org"),
    *("46.2211;6.1367", "91;0", "-0.0;-0.000000000001", "1e5;1", "https://example.org/a", "tel:+41227305111,,12#", "x"),
    *(
        "C:\\\\New\\, \\;\\n\\N\\x\\",
        "a, b; c, d",
        "a\\, b\\; c\\, d",
        "\u202e",
        "\u2028",
        "\x00",
        "\x85",
        " ",
        "\t",
        "😀",
    ),
    *(
        "CONFIRMED",
        "TENTATIVE",
        "CANCELLED",
        "REPLY",
        "COUNTER",
        "REFRESH",
        "REQUEST",
        "X-NONE",
        "GREGORIAN",
        "UTC",
        "ADD",
        "PUBLISH",
    ),
    *(
        "This event has been cancelled.",
        "Cet événement est annulé.\\n\\na",
        f"{locale_for('fr').session['postponed']}\\n\\na",
        "Remote participation: https://example.org/a",
    ),
    *(
        "e-1",
        "s-1.e-1",
        "a b",
        " a ",
        "é",
        "x" * 400,
        "royalblue",
        "RoyalBlue",
        "#fff",
        "Europe/Zurich",
        "-//wtisd_model//",
    ),
)
HEADERS = (
    *("Content-Type: text/calendar; method=REPLY", "Content-Type: multipart/mixed; boundary=x", "--x", "--x--"),
    *(
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Type: message/rfc822",
    ),
    *(
        'Content-Type: text/calendar; charset="utf-7"; method="COUNTER"',
        "Content-Type: text/calendar; charset=punycode",
    ),
    *("Content-Disposition: attachment; filename*=utf-8''a.ics", "Content-Type: application/ics; name=a.ics", "", "=?"),
    *("Content-Transfer-Encoding: x-uuencode", "begin 644 a.ics", 'Content-Type: text/calendar;;;=;"', "\ufeff"),
    *(
        "Content-Type: multipart/mixed; boundary\r\n =x",
        "Content-Type: multipart/digest;\r boundary*0\x1c=x;\n\tboundary*1=y",
    ),
    *(
        "Content-Type: message/delivery-status",
        "Content-Type:\r\n\ttext/calendar\r ;method\n =\r\n REPLY",
        "a:b\r\ra:b\r\r",
    ),
)
ENDS = (b"\r", b"\n", b"\r\n")


def dictionary() -> str:
    """Write what libFuzzer may put in."""
    words = {*NAMES, *COMPONENTS, *PARAMETERS, *VALUES, *HEADERS}
    plain = sorted(each for each in words if each and each.isascii() and each.isprintable() and len(each) < 60)
    return "".join(f'"{_quoted(each)}"\n' for each in plain)


def _quoted(text: str) -> str:
    return "".join(char if char.isalnum() else f"\\x{ord(char):02x}" for char in text)


def mutated_calendar(data: bytes, most: int, seed: int, raw: Mutate, head: int) -> bytes:
    """Change lines of a calendar or a mail that comes after *head* bytes."""
    choose = random.Random(seed)
    if choose.random() < 0.1:
        return raw(data, most)
    start, body = data[:head].ljust(head, b"\0"), data[head:]
    if head and choose.random() < 0.2:
        start = bytes(choose.randrange(16) for _ in start)
    ends = b"\r\n" if b"\r\n" in body else b"\n"
    lines = body.split(ends)
    for _ in range(choose.choice([1, 1, 1, 2, 4])):
        _change(lines, choose)
    if choose.random() < 0.1:
        ends = choose.choice(ENDS)
        lines = [each if choose.random() < 0.9 else each + choose.choice(ENDS) for each in lines]
    # Long ones take long, and seldom tell more.
    return (start + ends.join(lines))[: most if choose.random() < 0.02 else min(most, 20_000)]


def _change(lines: list[bytes], choose: random.Random) -> None:
    at = choose.randrange(len(lines))
    end = at + choose.choice([1, 1, 2, 8])
    match choose.randrange(11):
        case 0 if len(lines) > 1:  # never all of them
            del lines[at : min(end, at + len(lines) - 1)]
        case 1:
            lines[at:at] = lines[at:end]
        case 2:
            other = choose.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at:end] = lines[at:end] * choose.choice([2, 2, 3, 3, 3, 20, 200])
        case 4:
            header, _, _ = lines[at].partition(b":")
            lines[at] = header + b":" + _encoded(choose.choice(VALUES))
        case 5:
            header, colon, value = lines[at].partition(b":")
            lines[at] = header + b";" + _encoded(choose.choice(PARAMETERS)) + colon + value
        case 6:
            name, parameters = choose.choice(NAMES), choose.choice(["", "", f";{choose.choice(PARAMETERS)}"])
            lines.insert(at, _encoded(f"{name}{parameters}:{choose.choice(VALUES)}"))
        case 7:
            lines.insert(at, _encoded(f"{choose.choice(['BEGIN', 'END'])}:{choose.choice(COMPONENTS)}"))
        case 8:
            lines.insert(at, _encoded(choose.choice(HEADERS)))
        case 9:
            cut = choose.randint(0, len(lines[at]))
            fold = choose.choice([b"\r\n ", b"\n\t", b"\r\n\r\n ", b"\r ", b" "])
            lines[at] = lines[at][:cut] + fold + lines[at][cut:]
        case _:
            cut = choose.randint(0, len(lines[at]))
            lines[at] = lines[at][:cut] + _encoded(choose.choice(VALUES)) + lines[at][cut + choose.choice([0, 1, 9]) :]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
