"""jCal: what is written as iCalendar and as jCal is the same calendar, for us and for the icalendar package."""

import json
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.calendars import vcalendar, vevent
from tests.ical.feeds import Options, feeds
from tests.ical.jcal_readers import SAME, common
from tests.samples.wtisd import STAMPED, full_event
from wtisd_model import (
    CalendarLimits,
    Code,
    Event,
    ExportError,
    MessageError,
    ModelError,
    PayloadError,
    from_ical,
    from_jcal,
    to_ical,
    to_jcal,
)
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.findings import FindingCollector
from wtisd_model.ical.jcal import parse_jcal, to_array
from wtisd_model.ical.parser import parse_calendars
from wtisd_model.programme import files

Array = list[Any]


_ADDRESS = ("cal-address", "mailto:a@example.org")

# What cannot be written with its type is written unchanged.
UNREADABLE = [
    *("DTSTART:tomorrow", "DTSTART:20110517T25", "EXDATE:20110517T090000,", "GEO:1", "GEO:1;2;3", "GEO:a;b"),
    *("SEQUENCE:two", "TZOFFSETTO:+1", "RRULE:FREQ", "RRULE:FREQ=DAILY;FREQ=DAILY", "RRULE:UNTIL=never"),
    *("FREEBUSY:20110517T090000Z", "FREEBUSY:/PT1H"),
]

# Read leniently, because it can mean only one thing.
ALSO_READ = {
    "a status in one text": (r"REQUEST-STATUS:2.0\;Success", ["request-status", {}, "text", "2.0;Success"]),
    "small letters": ("RRULE:FREQ=daily", ["RRULE", {}, "RECUR", {"freq": "daily"}]),
    "a basic time": ("DTSTAMP:20110517T090000Z", ["dtstamp", {}, "date-time", "20110517T090000Z"]),
    "a parameter for the type": ("SUMMARY:a", ["summary", {"value": "DATE"}, "text", "a"]),
    "a whole float": ("SEQUENCE:2", ["sequence", {}, "integer", 2.0]),
    "a rule of lists": ("RRULE:BYMONTH=3;FREQ=YEARLY", ["rrule", {}, "recur", {"bymonth": [3], "freq": ["YEARLY"]}]),
    "a line break of Windows": (r"SUMMARY:a\nb", ["summary", {}, "text", "a\r\nb"]),
    "the period of appendix B.2": (
        "RDATE;TZID=US/Eastern;VALUE=PERIOD:20060102T150000/PT2H",
        ["rdate", {"tzid": "US/Eastern"}, "period", "2006-01-02T15:00:00/PT2H"],
    ),
    "a parameter in a list": ("ATTENDEE;CN=A:mailto:a@example.org", ["attendee", {"cn": ["A"]}, *_ADDRESS]),
    "a wrong offset": ("TZOFFSETTO:+1", ["tzoffsetto", {}, "utc-offset", "+1"]),
    "a wrong time": ("DTSTART:2011-05-17T9", ["dtstart", {}, "date-time", "2011-05-17T9"]),
    "a wrong time of day": ("X-A;VALUE=TIME:9", ["x-a", {}, "time", "9"]),
}

MALFORMED: dict[str, Any] = {
    "no array": "summary",
    "an object": {"summary": "a"},
    "no name": [],
    "no type": ["summary", {}],
    "no value": ["summary", {}, "text"],
    "a number as a name": [5, {}, "text", "a"],
    "a name that is none": ["sum mary", {}, "text", "a"],
    "a name with a line break": ["x-a:b\r\nattendee", {}, "text", "a"],
    "a type that is none": ["summary", {}, "text:b", "a"],
    "parameters that are a list": ["summary", [], "text", "a"],
    "a parameter that is a number": ["summary", {"language": 5}, "text", "a"],
    "a parameter without values": ["summary", {"language": []}, "text", "a"],
    "a parameter with an object": ["summary", {"language": [{}]}, "text", "a"],
    "a parameter that is a line": ["summary", {"language": "fr\r\nATTENDEE:mailto:a@example.org"}, "text", "a"],
    "a name of a parameter that is a line": ["summary", {"x:y\r\nattendee": "fr"}, "text", "a"],
    "a parameter twice": ["summary", {"language": "fr", "LANGUAGE": "en"}, "text", "a"],
    "a number as a text": ["summary", {}, "text", 5],
    "null": ["summary", {}, "text", None],
    "a text as a number": ["sequence", {}, "integer", "2"],
    "true as a number": ["sequence", {}, "integer", True],
    "a number as true": ["x-a", {}, "boolean", 1],
    "a number as a time": ["dtstamp", {}, "date-time", 20110517],
    "a number as a time of day": ["x-a", {}, "time", 9],
    "a number as an offset": ["tzoffsetto", {}, "utc-offset", 1],
    "an address with a line break": ["url", {}, "uri", "https://example.org\r\nATTENDEE:mailto:a@example.org"],
    "a value of its own with a line break": ["x-a", {}, "unknown", "b\nATTENDEE:mailto:a@example.org"],
    "a duration with a line break": ["trigger", {}, "duration", "PT1H\nX:y"],
    "a period of one": ["freebusy", {}, "period", ["2011-05-17T09:00:00Z"]],
    "half a period in a text": ["freebusy", {}, "period", "2011-05-17T09:00:00Z"],
    "a period of numbers": ["freebusy", {}, "period", [1, "PT1H"]],
    "a rule in a text": ["rrule", {}, "recur", "FREQ=DAILY"],
    "a rule of nothing": ["rrule", {}, "recur", {}],
    "a rule with a line break": ["rrule", {}, "recur", {"freq": "DAILY\r\nX:y"}],
    "a rule with two parts in one": ["rrule", {}, "recur", {"freq": "DAILY;COUNT=5"}],
    "a rule with a name that is none": ["rrule", {}, "recur", {"freq;count": "DAILY"}],
    "a rule with an empty list": ["rrule", {}, "recur", {"freq": []}],
    "a rule that ends in a number": ["rrule", {}, "recur", {"until": 5}],
    "a position of texts": ["geo", {}, "float", ["1", "2"]],
    "no position": ["geo", {}, "float", []],
}


def _lines(*lines: str) -> list[Property]:
    (calendar,) = parse_calendars(vcalendar(*lines), CalendarLimits(), FindingCollector())
    return [each for each in calendar.properties if each.name not in {"PRODID", "VERSION"}]


def _read(*properties: Any) -> tuple[list[Property], FindingCollector]:
    findings = FindingCollector()
    (calendar,) = parse_jcal(["vcalendar", [*properties], []], CalendarLimits(), findings, [])
    return list(calendar.properties), findings


def _calendar(*properties: Any, **parts: Any) -> Array:
    """Return a calendar with an event whose properties are as given."""
    usual: dict[str, Any] = {
        "uid": ["uid", {}, "text", "e-1"],
        "dtstart": ["dtstart", {}, "date-time", "2023-05-17T14:30:00Z"],
        "dtend": ["dtend", {}, "date-time", "2023-05-17T15:30:00Z"],
        "summary": ["summary", {}, "text", "Forum"],
        **parts,
    }
    event = ["vevent", [*(each for each in usual.values() if each is not None), *properties], []]
    return ["vcalendar", [["version", {}, "text", "2.0"]], [event]]


class TestValues:
    """RFC 7265 section 3.6: each value type has a form in JSON."""

    @pytest.mark.parametrize(("line", "array"), SAME.values(), ids=SAME)
    def test_a_property_is_the_same_in_both_forms(self, line: str, array: Array) -> None:
        (prop,) = _lines(line)
        assert to_array(Component("VCALENDAR", [prop])) == ["vcalendar", [array], []]
        assert _read(array)[0] == [prop]

    @pytest.mark.parametrize("line", UNREADABLE)
    def test_a_value_that_is_malformed_for_its_type_is_kept_as_unknown(self, line: str) -> None:
        (prop,) = _lines(line)
        name, _, value = line.partition(":")
        array = [name.lower(), {}, "unknown", value]
        assert to_array(Component("VCALENDAR", [prop])) == ["vcalendar", [array], []]
        assert _read(array)[0] == [prop]

    @pytest.mark.parametrize(("line", "array"), ALSO_READ.values(), ids=ALSO_READ)
    def test_what_can_mean_only_one_thing_is_read(self, line: str, array: Array) -> None:
        assert _read(array)[0] == _lines(line)


class TestMalformed:
    @pytest.mark.parametrize("malformed", MALFORMED.values(), ids=MALFORMED)
    def test_a_malformed_property_is_left_out_and_reported_at_its_place(self, malformed: Any) -> None:
        before = ["x-before", {}, "unknown", "a"]
        found, findings = _read(before, malformed)
        assert found == _lines("X-BEFORE:a")
        assert [(each.code, each.path) for each in findings.kept] == [(Code.VALUE_DROPPED, "/1/1")]

    @pytest.mark.parametrize(
        "malformed", [None, "vevent", [], ["vevent"], ["vevent", {}, []], [5, [], []], ["a b", [], []]]
    )
    def test_a_malformed_component_is_left_out_and_reported_at_its_place(self, malformed: Any) -> None:
        calendar = _calendar()
        calendar[2].append(malformed)
        imported = from_jcal(calendar, zone="UTC")
        assert [each.uid for each in imported.events] == ["e-1"]
        assert [(each.code, each.path) for each in imported.findings if each.code == Code.VALUE_DROPPED] == [
            (Code.VALUE_DROPPED, "/2/1")
        ]

    @pytest.mark.parametrize(
        "value", ["Forum\r\nATTENDEE:mailto:a@example.org", "Forum\nEND:VEVENT", "Forum\x00", "Forum\u2028ATTENDEE:b"]
    )
    def test_a_text_with_line_breaks_forges_no_property(self, value: str) -> None:
        imported = from_jcal(_calendar(summary=["summary", {}, "text", value]))
        (event,) = imported.events
        assert imported.attendees == ()
        assert "\n" not in str(event.title)
        assert Code.TEXT_CHANGED in {each.code for each in imported.findings}
        assert b"\nATTENDEE" not in to_ical(event, stamped=STAMPED)


class TestReading:
    """`from_jcal` reads what `from_ical` reads, and says where in the JSON something was left out."""

    def test_the_example_of_the_standard_is_read(self) -> None:
        """RFC 7265 appendix B.1."""
        data = """
            ["vcalendar",
              [["calscale", {}, "text", "GREGORIAN"],
               ["prodid", {}, "text", "-//Example Inc.//Example Calendar//EN"],
               ["version", {}, "text", "2.0"]],
              [["vevent",
                [["dtstamp", {}, "date-time", "2008-02-05T19:12:24Z"],
                 ["dtstart", {}, "date", "2008-10-06"],
                 ["summary", {}, "text", "Planning meeting"],
                 ["uid", {}, "text", "4088E990AD89CB3DBB484909"]], []]]]
        """
        for form in (data, data.encode(), json.loads(data)):
            (event,) = from_jcal(form, zone="America/New_York").events
            assert (event.uid, str(event.title)) == ("4088E990AD89CB3DBB484909", "Planning meeting")
            assert event.slot is not None
            assert event.slot.whole_days

    def test_several_calendars_are_read(self) -> None:
        second = _calendar(uid=["uid", {}, "text", "e-2"])
        assert [each.uid for each in from_jcal([_calendar(), second]).events] == ["e-1", "e-2"]
        (found,) = [each for each in from_jcal([["vcard", [], []], second]).findings if each.path == "/0"]
        assert found.code == Code.COMPONENT_DROPPED

    def test_findings_point_at_properties(self) -> None:
        given = _calendar(
            ["x-a", {}, "unknown", "b"],
            ["url", {}, "uri", "not an address"],
            dtstart=["dtstart", {}, "date-time", "now"],
        )
        with pytest.raises(MessageError) as caught:
            from_jcal(given)
        assert [(each.code, each.path) for each in caught.value.findings] == [("property-unreadable", "/2/0/1/1")]
        given[2][0][1][1] = ["dtstart", {}, "date-time", "2023-05-17T14:30:00Z"]
        paths = {each.code: each.path for each in from_jcal(given).findings}
        assert paths["property-unsupported"] == "/2/0/1/4"
        assert paths["property-dropped"] == "/2/0/1/5"

    def test_a_finding_about_the_whole_keeps_its_path(self) -> None:
        with pytest.raises(MessageError) as caught:
            from_jcal(["vcalendar", [], []])
        assert [(each.code, each.path) for each in caught.value.findings] == [("event-missing", "")]

    def test_a_finding_about_a_generated_property_points_nowhere(self) -> None:
        window = tuple(moment for moment in (STAMPED.replace(year=2023), STAMPED.replace(year=2024)))
        rule = ["rrule", {}, "recur", {"freq": "WEEKLY", "count": 3}]
        imported = from_jcal(_calendar(rule), expand=window)  # type: ignore[arg-type]  # it has two moments
        assert [len(imported.events), sum(len(each.sessions) for each in imported.events)] in ([3, 0], [1, 2], [1, 3])
        assert all(each.path == "" or each.path.startswith("/2/0") for each in imported.findings)


class TestLimits:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"[" * 7_000_000, "payload-too-many-values"),
            (b"[" * 1000, "payload-too-deep"),
            ([[]] * 6_400_001, "payload-too-many-values"),
            (b"[" + b"[]," * 10_000 + b"[]]", "calendar-missing"),
            (b'["vcalendar", [' + b'"",' * 200_000 + b'""], []]', "event-missing"),
            (b"[1, 2", "not-json"),
            (b'["vcalendar", [["x-a", {"b": "c", "b": "d"}, "unknown", "e"]], []]', "key-repeated"),
            (b"\xff", "not-utf8"),
            (b" " * 8_000_001, "payload-too-large"),
            (b"{}", "calendar-missing"),
            (b"[]", "calendar-missing"),
            (b"[[]]", "calendar-missing"),
            (b"5", "calendar-missing"),
            ([float("nan")], "number-not-finite"),
            ([{"a": object()}], "wrong-type"),
        ],
    )
    def test_what_is_no_calendar_is_refused(self, data: Any, code: str) -> None:
        with pytest.raises(ModelError) as caught:
            from_jcal(data)
        assert code in {str(each.code) for each in caught.value.findings}
        assert isinstance(caught.value, PayloadError | MessageError)

    def test_findings_point_into_a_list_of_python(self) -> None:
        given = _calendar(dtstart=["dtstart", {}, "date-time", STAMPED])
        with pytest.raises(PayloadError) as caught:
            from_jcal(given)
        assert [(each.code, each.path) for each in caught.value.findings] == [("wrong-type", "/2/0/1/1/3")]
        assert (caught.value.omitted, caught.value.__context__) == (0, None)

    def test_components_are_as_deep_as_in_a_calendar_file(self) -> None:
        def nested(depth: int) -> Array:
            inside = nested(depth - 1) if depth > 1 else None
            return ["x-a", [], [] if inside is None else [inside]]

        calendar = _calendar()
        calendar[2].append(nested(7))
        assert from_jcal(calendar).events
        calendar[2][1] = nested(8)
        for data in (calendar, json.dumps(calendar)):
            with pytest.raises(PayloadError) as caught:
                from_jcal(data)
            assert [(each.code, each.path) for each in caught.value.findings] == [
                ("payload-too-deep", "/2/1" + "/2/0" * 7)
            ]

    def test_a_property_counts_as_a_line(self) -> None:
        calendar = _calendar()
        assert from_jcal(calendar, limits=CalendarLimits(lines=7)).events
        with pytest.raises(PayloadError) as caught:
            from_jcal(calendar, limits=CalendarLimits(lines=6))
        assert [each.code for each in caught.value.findings] == ["calendar-too-long"]

    def test_other_types_are_a_type_error(self) -> None:
        with pytest.raises(TypeError):
            from_jcal(5)  # type: ignore[arg-type]  # refused

    def test_a_feed_that_is_too_large_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "MOST_OCTETS", 1000)
        with pytest.raises(ExportError) as caught:
            to_jcal(full_event())
        assert [each.code for each in caught.value.findings] == ["feed-too-large"]


class TestLaws:
    @LAW
    @given(feeds(), st.booleans())
    def test_jcal_says_what_the_calendar_says(self, feed: tuple[Event, Options], utc: bool) -> None:
        event, options = feed
        calendar, array = to_ical(event, **options, utc=utc), to_jcal(event, **options, utc=utc)
        limits = CalendarLimits(bytes=100_000_000, lines=1_000_000)
        findings = FindingCollector()
        (written,) = parse_calendars(calendar, limits, findings)
        (read,) = parse_jcal(array, limits, findings, [])
        assert to_array(read) == to_array(written) == json.loads(array)
        assert findings.kept == []
        assert _bare(read) == _bare(written)
        one, other = from_ical(calendar, limits=limits), from_jcal(array, limits=limits)
        assert (other.events, other.attendees, other.method) == (one.events, one.attendees, one.method)
        assert [each.code for each in other.findings] == [each.code for each in one.findings]

    @LAW
    @given(feeds(), st.booleans())
    def test_icalendar_writes_and_reads_the_same(self, feed: tuple[Event, Options], utc: bool) -> None:
        event, options = feed
        ours = json.loads(to_jcal(event, **options, utc=utc))
        theirs = icalendar.Calendar.from_ical(to_ical(event, **options, utc=utc)).to_jcal()
        assert common(theirs) == common(ours)
        assert common(icalendar.Calendar.from_jcal(ours).to_jcal()) == common(ours)

    def test_the_arguments_are_those_of_to_ical(self) -> None:
        options: dict[str, Any] = {
            "stamped": STAMPED,
            "language": "fr",
            "reminders": [timedelta(hours=1)],
            "refresh": timedelta(days=1),
            "utc": True,
        }
        array = json.loads(to_jcal(full_event(), **options))
        (written,) = parse_calendars(to_ical(full_event(), **options), CalendarLimits(), FindingCollector())
        assert array == to_array(written)
        for wrong in ({"language": "?"}, {"refresh": timedelta()}, {"reminders": [timedelta(seconds=0.5)]}):
            with pytest.raises(ModelError) as ours:
                to_jcal(full_event(), **{**options, **wrong})
            with pytest.raises(ModelError) as theirs:
                to_ical(full_event(), **{**options, **wrong})
            assert ours.value.findings == theirs.value.findings

    def test_a_calendar_of_another_program_is_the_same_in_both_forms(self) -> None:
        data = vcalendar(
            "METHOD:REQUEST",
            "X-WR-TIMEZONE:Europe/Zurich",
            vevent(
                "ATTENDEE;CN=Participant 1;PARTSTAT=ACCEPTED:mailto:p1@example.org",
                "ORGANIZER:mailto:organizer@example.org",
                "RDATE:20230518T143000Z,20230519T143000Z",
                "X-ALT-DESC;FMTTYPE=text/html:<p>Forum</p>",
            ),
        )
        (written,) = parse_calendars(data, CalendarLimits(), FindingCollector())
        one, other = from_ical(data), from_jcal(to_array(written))
        assert other == evolve(one, findings=other.findings)
        assert [each.code for each in one.findings] == [each.code for each in other.findings]


def _bare(component: Component) -> Any:
    """Return what a component holds, without its lines; a position with as many decimals as it needs."""

    def value(prop: Property) -> str:
        return ";".join(str(float(each)) for each in prop.value.split(";")) if prop.name == "GEO" else prop.value

    properties = [(each.name, value(each), dict(each.parameters)) for each in component.properties]
    return component.name, properties, [_bare(each) for each in component.components]
