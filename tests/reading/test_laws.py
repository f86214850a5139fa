"""An event means the same in whatever format it comes: one reader of calendar entries, one answer to each question."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import reduce
from operator import itemgetter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.programme.format_laws import without_fields
from wtisd_model import (
    CalendarLimits,
    Event,
    EventStatus,
    Finding,
    Imported,
    Limits,
    LocalizedText,
    Location,
    MessageError,
    PayloadError,
    Session,
    TimeSlot,
    VirtualLocation,
    from_ical,
    from_jcal,
    from_jscalendar,
    from_json,
    from_schedule_json,
    to_ical,
    to_jcal,
    to_jscalendar,
    to_json,
    to_schedule_json,
    wtisd_23,
)
from wtisd_model.formats import FORMATS, Fields, Format
from wtisd_model.model.event import session_status
from wtisd_model.strategies import events, locations

STAMPED = datetime(2023, 4, 14, 10, tzinfo=UTC)
ONLINE = VirtualLocation(uri="https://example.org/live")
ANNOUNCED = st.sampled_from([each for each in EventStatus if each is not EventStatus.DRAFT])


CALENDAR_FORMATS = [FORMATS[name] for name in ("ical", "jscalendar")]
SCHEDULES = [FORMATS[name] for name in ("schedule-json", "schedule-json-2")]


def lost_in(formats: Iterable[Format]) -> Fields:
    """Return the fields that at least one of the formats does not carry."""

    def both(one: Fields, other: Fields) -> Fields:
        return {key: one.get(key, frozenset()) | other.get(key, frozenset()) for key in one.keys() | other.keys()}

    empty: Fields = {}
    return reduce(both, (part for each in formats for part in (each.not_carried, each.as_text)), empty)


CALENDARS: Fields = lost_in(CALENDAR_FORMATS)
ALL: Fields = lost_in([*CALENDAR_FORMATS, *SCHEDULES])


def said(findings: Iterable[Finding]) -> list[tuple[str, dict[str, Any]]]:
    """Return what findings say, but not where: each format has places of its own."""
    return sorted(((str(each.code), dict(each.params)) for each in findings), key=str)


def on_what_all_carry(event: Event, lost: Fields) -> Any:
    """Return the JSON of an event without the fields that a format loses, and without fractions of a second."""
    plain = without_fields(Event, json.loads(to_json(event)), lost)
    for part, session in zip(plain.get("sessions", ()), event.sessions, strict=True):
        part["status"] = session_status(event, session).value  # in iCalendar, a session has that of its event
        if session.track in event.keywords:  # in iCalendar, both are categories
            del part["track"]
    for key in ("created", "updated"):
        if key in plain:
            plain[key] = plain[key].partition(".")[0].removesuffix("Z") + "Z"
    return plain


ELSEWHERE: dict[str, Any] = {
    **dict.fromkeys(("locations", "virtual_locations", "people", "materials"), ()),
    **dict.fromkeys(("description", "inherited_places", "on_site_capacity", "remote_capacity"), None),
}


def online(event: Event) -> Event:
    """Return an event at a place, and with people, that every format can say."""
    sessions = tuple(evolve(each, **ELSEWHERE) for each in event.sessions)
    return evolve(
        event,
        locations=(),
        virtual_locations=(ONLINE,),
        venue_to_follow=False,
        description=None,
        contacts=(),
        documents=(),
        organizer=None,
        calls=(),
        sessions=sessions,
    )


def announced(event: Event) -> Event:
    """Return an event of which every format says the organizer, the revision, and the status of each session."""
    organizer = event.organizer if event.organizer is None or event.organizer.email is not None else None
    held = (EventStatus.SCHEDULED,) if event.status is not EventStatus.SCHEDULED else (*EventStatus,)
    sessions = tuple(evolve(each, changed_sequence=None) for each in event.sessions if each.status in held)
    return evolve(
        event,
        organizer=organizer,
        updated=event.updated or STAMPED,
        changed_sequence=None,
        minimum_sequence=None,
        sessions=sessions,
    )


EVENTS = ANNOUNCED.flatmap(lambda status: events(status=status)).map(announced)


def codes(error: MessageError) -> list[str]:
    return [str(each.code) for each in error.findings]


class TestOneEvent:
    """What two formats carry of an event is the same event, read from either."""

    @LAW
    @given(EVENTS)
    def test_in_two_calendars(self, event: Event) -> None:
        first, second = (
            from_ical(to_ical(event, stamped=STAMPED)),
            from_jscalendar(to_jscalendar(event, stamped=STAMPED)),
        )
        one, other = (on_what_all_carry(each.events[0], CALENDARS) for each in (first, second))
        assert one == other

    @LAW
    @given(EVENTS.map(online))
    def test_with_the_same_findings(self, event: Event) -> None:
        first, second = (
            from_ical(to_ical(event, stamped=STAMPED)),
            from_jscalendar(to_jscalendar(event, stamped=STAMPED)),
        )
        assert said(first.findings) == said(second.findings)

    @LAW
    @given(EVENTS, locations())
    def test_a_place_without_a_town_keeps_its_name_and_position(self, event: Event, place: Location) -> None:
        place = evolve(place, room=None, address=None, locality=None, country=None)
        event = evolve(event, locations=(place,), venue_to_follow=False, calls=(), sessions=())
        assert from_json(Event, to_json(event)) == event
        (again,) = from_jscalendar(to_jscalendar(event, stamped=STAMPED)).events
        assert again.locations == event.locations
        (read,) = from_ical(to_ical(event, stamped=STAMPED)).events[0].locations
        name, town, country = read.name.text, read.locality, read.country
        assert ", ".join(filter(None, (name, town))) == place.name.text
        assert (read.latitude, read.longitude) == (place.latitude, place.longitude)
        assert country is None or town is not None

    @LAW
    @given(EVENTS.map(online))
    def test_in_a_schedule_too(self, event: Event) -> None:
        listed = frozenset.intersection(*(each.statuses for each in SCHEDULES))
        event = evolve(event, sessions=[each for each in event.sessions if session_status(event, each) in listed])
        calendar, schedule = from_ical(to_ical(event, stamped=STAMPED)), from_schedule_json(to_schedule_json(event))
        one, other = (on_what_all_carry(each.events[0], ALL) for each in (calendar, schedule))
        for plain in (one, other):
            plain.get("sessions", []).sort(key=itemgetter("id"))  # a schedule has them by time
        assert one == other


def ics(*lines: str, part: Iterable[str] = (), uid: str | None = "e-1", method: str | None = None) -> bytes:
    """Return a calendar with an event and, if *part* is given, a session."""

    def entry(name: str | None, *more: str) -> list[str]:
        uids = () if name is None else (f"UID:{name}",)
        start, end = "DTSTART;TZID=Europe/Zurich:20230517T143000", "DTEND;TZID=Europe/Zurich:20230517T163000"
        conference = "CONFERENCE;VALUE=URI:https://example.org/live"
        return ["BEGIN:VEVENT", *uids, start, end, "SUMMARY:Forum", conference, *more, "END:VEVENT"]

    methods = () if method is None else (f"METHOD:{method}",)
    several = [*entry(uid, *lines), *(entry("s-1", "RELATED-TO:e-1", *part) if part else ())]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *methods, *several, "END:VCALENDAR", ""]).encode()


def jscal(part: dict[str, Any] | None = None, uid: str | None = "e-1", **members: Any) -> bytes:
    """Return the same in JSCalendar."""
    entry = {
        "@type": "Event",
        "title": "Forum",
        "start": "2023-05-17T14:30:00",
        "timeZone": "Europe/Zurich",
        "duration": "PT2H",
        "virtualLocations": {"1": {"uri": "https://example.org/live"}},
    }
    method = {} if (method := members.pop("method", None)) is None else {"method": method}
    whole = entry | ({} if uid is None else {"uid": uid}) | members
    if part is None:
        return json.dumps({"version": "2.0", **method, **whole}).encode()
    session = entry | {"uid": "s-1", "relatedTo": {"e-1": {"relation": {"parent": True}}}} | part
    return json.dumps({"@type": "Group", "version": "2.0", **method, "entries": [whole, session]}).encode()


class TestOneQuestion:
    """Each question has one answer, whichever format asks it."""

    @pytest.mark.parametrize(
        ("calendar", "document"),
        [
            pytest.param(ics(), jscal(), id="an event"),
            pytest.param(ics("STATUS:CANCELLED"), jscal(status="cancelled"), id="cancelled, nobody says when"),
            pytest.param(
                ics("STATUS:CANCELLED", "LAST-MODIFIED:20230421T000000Z"),
                jscal(status="cancelled", updated="2023-04-21T00:00:00Z"),
                id="cancelled, at the last change",
            ),
            pytest.param(ics("SEQUENCE:3", part=["SEQUENCE:1"]), jscal({"sequence": 1}, sequence=3), id="revisions"),
            pytest.param(
                ics(part=["CATEGORIES:Workshop"]), jscal({"keywords": {"Workshop": True}}), id="a kind of session"
            ),
            pytest.param(
                ics("CATEGORIES:a", part=["CATEGORIES:a,Security,Side event"]),
                jscal({"keywords": dict.fromkeys(("a", "Security", "Side event"), True)}, keywords={"a": True}),
                id="a kind and a track",
            ),
            pytest.param(
                ics(part=["CATEGORIES:Panel,Workshop"]),
                jscal({"keywords": {"Panel": True, "Workshop": True}}),
                id="two kinds",
            ),
            pytest.param(ics(part=["COLOR:red"]), jscal({"color": "red"}), id="a colour of a session"),
        ],
    )
    def test_both_calendars_say_the_same(self, calendar: bytes, document: bytes) -> None:
        first, second = from_ical(calendar), from_jscalendar(document)
        assert first.events == second.events
        assert said(first.findings) == said(second.findings)

    @pytest.mark.parametrize(
        "name",
        ["Hall, Geneva", "Hall,\tGeneva", "Hall,  Geneva", ", Geneva", "Hall,Geneva", "Zoom ", f"{'x' * 600}, Geneva"],
    )
    def test_a_place_in_one_text_is_the_same_place(self, name: str) -> None:
        first = from_ical(ics("LOCATION:" + name.replace(",", "\\,")))
        second = from_jscalendar(jscal(locations={"1": {"@type": "Location", "name": name}}))
        assert first.events == second.events

    @pytest.mark.slow
    def test_the_largest_feed_of_ours_is_read_with_the_usual_limits(self) -> None:
        event, text = wtisd_23(), LocalizedText(text="x" * 300, language="en")
        assert event.slot is not None
        sessions = [
            Session(id=f"s-{number}", title=event.title, slot=event.slot, description=text) for number in range(5000)
        ]
        event = evolve(event, sessions=sessions)
        for imported in (
            from_ical(to_ical(event, stamped=STAMPED)),
            from_jcal(to_jcal(event, stamped=STAMPED)),
            from_jscalendar(to_jscalendar(event, stamped=STAMPED)),
        ):
            assert [len(read.sessions) for read in imported.events] == [5000]

    def test_a_guess_of_the_moment_is_said(self) -> None:
        for imported in (from_ical(ics("STATUS:CANCELLED")), from_jscalendar(jscal(status="cancelled"))):
            (step,) = imported.events[0].history
            assert step.at == datetime(2023, 5, 17, 12, 30, tzinfo=UTC)
            assert said(imported.findings) == [("status-time-inferred", {"status": "cancelled"})]

    @pytest.mark.parametrize("method", [None, "PUBLISH"])
    def test_a_schedule_may_lack_uids(self, method: str | None) -> None:
        for imported in (
            from_ical(ics(uid=None, method=method)),
            from_jscalendar(jscal(uid=None, method=method and method.lower())),
        ):
            assert len(imported.events) == 1
            assert said(imported.findings) == [("uid-derived", {})]

    def test_a_message_needs_them(self) -> None:
        with pytest.raises(MessageError) as caught:
            from_ical(ics(uid=None, method="REQUEST"))
        assert codes(caught.value) == ["property-missing"]
        with pytest.raises(MessageError) as caught:
            from_jscalendar(jscal(uid=None, method="request"))
        assert codes(caught.value) == ["key-missing"]

    def test_a_series_has_as_many_occurrences_as_are_asked_for(self) -> None:
        year = (datetime(2023, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC))
        rule: Any = {"recurrenceRule": {"frequency": "daily"}}
        for imported in (
            from_ical(ics("RRULE:FREQ=DAILY"), expand=year, limits=CalendarLimits(occurrences=3)),
            from_jscalendar(jscal(**rule), expand=year, occurrences=3),
        ):
            assert len(imported.events) == 3
            assert said(imported.findings) == [("occurrences-omitted", {"maximum": 3})]

    def test_a_series_may_be_older_than_any_event(self) -> None:
        """RFC 8984 section 6.4 has one from 1900; its occurrences are events from 1970 on."""
        years = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
        old: Any = {"start": "1900-04-01T14:30:00", "recurrenceRule": {"frequency": "yearly", "interval": 2}}
        calendar = ics("RRULE:FREQ=YEARLY;INTERVAL=2").replace(b"20230517", b"19000401")
        for imported in (from_ical(calendar, expand=years), from_jscalendar(jscal(**old), expand=years)):
            (event,) = imported.events
            assert event.slot == TimeSlot.at("2026-04-01T14:30", "16:30", "Europe/Zurich")
            assert not imported.findings

    @pytest.mark.parametrize("end", [b"99991231", b"99000101"])
    def test_the_end_of_an_old_series_may_be_beyond_all_years(self, end: bytes) -> None:
        years = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
        first, _, rest = ics("RRULE:FREQ=YEARLY").partition(b":20230517T16")
        calendar = first.replace(b"20230517", b"19000401") + b":" + end + b"T16" + rest
        with pytest.raises(MessageError) as refused:
            from_ical(calendar, expand=years)
        assert [found.code for found in refused.value.findings] == ["year-out-of-range"]

    def test_a_series_of_days_may_be_as_old(self) -> None:
        years = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
        days: Any = {"start": "1900-04-01T00:00:00", "duration": "P1D", "showWithoutTime": True}
        rule = {"recurrenceRule": {"frequency": "yearly"}}
        calendar = ics("RRULE:FREQ=YEARLY").replace(b";TZID=Europe/Zurich:20230517T143000", b":19000401")
        calendar = calendar.replace(b";TZID=Europe/Zurich:20230517T163000", b":19000402")
        for imported in (
            from_ical(calendar, expand=years, zone="UTC"),
            from_jscalendar(jscal(**days | rule, timeZone=None), expand=years, zone="UTC"),
        ):
            assert [event.slot for event in imported.events] == [
                TimeSlot.days("2026-04-01", "2026-04-02", "UTC"),
                TimeSlot.days("2027-04-01", "2027-04-02", "UTC"),
            ]

    def test_an_old_series_may_have_an_end_that_cannot_be_read(self) -> None:
        calendar = ics("RRULE:FREQ=YEARLY").replace(b"20230517T14", b"19000401T14").replace(b"20230517T16", b"1900")
        with pytest.raises(MessageError) as caught:
            from_ical(calendar, expand=(datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)))
        assert codes(caught.value) == ["property-unreadable"]

    @pytest.mark.parametrize(
        ("rule", "part"),
        [
            ("RRULE:FREQ=YEARLY;COUNT=200", {"count": 200}),
            ("RRULE:FREQ=YEARLY;UNTIL=19500401T123000Z", {"until": "1950-04-01T14:30:00"}),
            ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", {"byMonth": ["2"], "byMonthDay": [30]}),
            (
                "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                {"frequency": "daily", "byMonth": ["2"], "byMonthDay": [30]},
            ),
            ("RRULE:FREQ=HOURLY", {"frequency": "hourly"}),
            ("RRULE:FREQ=NEVER", {"frequency": "never"}),
        ],
    )
    def test_a_series_without_an_occurrence_that_can_be_found_is_refused(self, rule: str, part: Any) -> None:
        years = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
        old: Any = {"start": "1900-04-01T14:30:00", "recurrenceRule": {"frequency": "yearly"} | part}
        with pytest.raises(MessageError) as caught:
            from_ical(ics(rule).replace(b"20230517", b"19000401"), expand=years)
        assert codes(caught.value) == ["year-out-of-range"]
        with pytest.raises(MessageError) as caught:
            from_jscalendar(jscal(**old), expand=years)
        assert codes(caught.value) == ["year-out-of-range"]

    @pytest.mark.parametrize(
        "read",
        [
            lambda: from_ical(ics(), limits=CalendarLimits(bytes=10)),
            lambda: from_jcal(b'["vcalendar", [], []]', limits=CalendarLimits(bytes=10)),
            lambda: from_jscalendar(jscal(), limits=Limits(bytes=10)),
            lambda: from_schedule_json(b'{"schedule": {}}', limits=Limits(bytes=10)),
        ],
    )
    def test_what_is_too_large_is_refused_with_one_error(self, read: Callable[[], Imported]) -> None:
        with pytest.raises(PayloadError) as caught:
            read()
        assert [(each.code, each.params) for each in caught.value.findings] == [("payload-too-large", {"maximum": 10})]
