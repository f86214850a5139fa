"""Recurring events: the first occurrence, or those in a window."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.jscalendar.groups import EVENT, PART, group, read, said
from wtisd_model import Imported, InvalidValueError, MessageError, from_ical, from_jscalendar
from wtisd_model.jscalendar.read_times import read_rule
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notes import Notes
from wtisd_model.types.recurrence import Frequency

WEEKLY = {"recurrenceRule": {"frequency": "weekly", "count": 4}}
FIRST = "2023-05-17T14:30:00"
SECOND = "2023-05-24T14:30:00"
THIRD = "2023-05-31T14:30:00"
FOURTH = "2023-06-07T14:30:00"


def window(since: str = "2023-01-01", until: str = "2024-01-01") -> tuple[datetime, datetime]:
    return datetime.fromisoformat(since).replace(tzinfo=UTC), datetime.fromisoformat(until).replace(tzinfo=UTC)


def expanded(changes: dict[str, Any], *window_: str) -> Imported:
    document = {key: value for key, value in (EVENT | changes).items() if value is not None}
    return from_jscalendar(document, expand=window(*window_))


def starts(imported: Imported) -> list[str]:
    return [each.slot.start.strftime("%Y-%m-%dT%H:%M:%S") for each in imported.events if each.slot is not None]


class TestFirst:
    """Without a window."""

    def test_the_first_is_kept(self) -> None:
        event, findings = read(WEEKLY)
        assert event.uid == "e-1"
        assert findings == [("recurrence-dropped", "/recurrenceRule", {"property": "recurrenceRule"})]

    def test_in_its_changed_form(self) -> None:
        overrides = {FIRST: {"title": "New", "virtualLocations/1/name": "Live"}, SECOND: {"excluded": True}}
        event, findings = read({"recurrenceOverrides": overrides})
        assert str(event.title) == "New"
        assert str(event.virtual_locations[0].name) == "Live"
        assert findings == [("recurrence-dropped", "/recurrenceOverrides", {"property": "recurrenceOverrides"})]

    @pytest.mark.parametrize("patch", [{"excluded": True}, {}])
    def test_or_unchanged(self, patch: Any) -> None:
        assert str(read({"recurrenceOverrides": {FIRST: patch}})[0].title) == "Forum"

    def test_a_bad_patch_is_not_applied(self) -> None:
        event, findings = read({"recurrenceOverrides": {FIRST: {"title": "New", "nothing/x": 1}}})
        assert str(event.title) == "Forum"
        assert findings[1] == ("value-dropped", "/recurrenceOverrides", {"reason": "path-malformed"})

    def test_one_occurrence_alone(self) -> None:
        assert read({"recurrenceId": SECOND})[1] == [
            ("recurrence-dropped", "/recurrenceId", {"property": "recurrenceId"})
        ]

    def test_the_series_is_preferred_to_an_occurrence(self) -> None:
        imported = from_jscalendar(group(EVENT | {"recurrenceId": SECOND}, first=WEEKLY))
        assert [each[:2] for each in said(imported)] == [
            ("recurrence-dropped", "/entries/0/recurrenceRule"),
            ("occurrence-dropped", "/entries/1"),
        ]


class TestWindow:
    """With a window, each occurrence is an event."""

    def test_all(self) -> None:
        imported = expanded(WEEKLY)
        assert starts(imported) == [FIRST, SECOND, THIRD, FOURTH]
        assert {each.series.uid for each in imported.events if each.series is not None} == {"e-1"}
        assert len({each.uid for each in imported.events}) == 4
        assert not imported.findings

    def test_the_uids_are_those_that_a_calendar_gives(self) -> None:
        lines = "BEGIN:VCALENDAR BEGIN:VEVENT UID:e-1 DTSTART:20230517T123000Z DURATION:PT2H RRULE:FREQ=WEEKLY;COUNT=4"
        calendar = "\n".join((*lines.split(), "END:VEVENT", "END:VCALENDAR"))
        in_calendar = from_ical(calendar, expand=window()).events
        assert [each.uid for each in expanded(WEEKLY).events] == [each.uid for each in in_calendar]

    def test_only_those_in_the_window(self) -> None:
        assert starts(expanded(WEEKLY, "2023-05-20", "2023-06-01")) == [SECOND, THIRD]
        assert expanded(WEEKLY, "2030-01-01", "2030-02-01").events == ()

    def test_an_endless_rule(self) -> None:
        endless = {"recurrenceRule": {"frequency": "daily"}}
        assert len(expanded(endless, "2030-01-01", "2030-01-11").events) == 10

    def test_until(self) -> None:
        assert starts(expanded({"recurrenceRule": {"frequency": "weekly", "until": SECOND}})) == [FIRST, SECOND]

    def test_the_first_counts_even_if_the_rule_does_not_describe_it(self) -> None:
        rule = {"frequency": "weekly", "byDay": [{"day": "th"}], "count": 2}
        assert starts(expanded({"recurrenceRule": rule})) == [FIRST, "2023-05-18T14:30:00"]

    def test_several_rules_of_version_1(self) -> None:
        rules = [WEEKLY["recurrenceRule"], {"frequency": "daily", "count": 2}]
        changes = {"version": "1.0", "recurrenceRules": rules}
        assert starts(expanded(changes)) == [FIRST, "2023-05-18T14:30:00", SECOND, THIRD, FOURTH]
        excluded = {"excludedRecurrenceRules": [{"frequency": "weekly", "interval": 2}]}
        assert starts(expanded(changes | excluded)) == ["2023-05-18T14:30:00", SECOND, FOURTH]

    def test_changes(self) -> None:
        person = {"calendarAddress": "mailto:p1@example.org", "participationStatus": "accepted"}
        overrides = {
            "2023-05-16T10:00:00": {"title": "Introduction"},
            SECOND: {"excluded": True},
            THIRD: {"start": "2023-05-31T18:00:00", "participants/1/participationStatus": "declined", "uid": "x"},
            FOURTH: {"nothing/x": 1},
            "?": {},
        }
        imported = expanded(WEEKLY | {"recurrenceOverrides": overrides, "participants": {"1": person}})
        assert starts(imported) == ["2023-05-16T10:00:00", FIRST, "2023-05-31T18:00:00"]
        assert [str(each.title) for each in imported.events] == ["Introduction", "Forum", "Forum"]
        assert [(each.uid, each.status) for each in imported.attendees] == [
            ("e-1", "accepted"),
            (imported.events[2].uid, "declined"),
        ]
        assert [each[0] for each in said(imported)] == ["value-dropped", "value-dropped"]

    def test_occurrences_as_events_of_their_own(self) -> None:
        other = EVENT | {"recurrenceId": SECOND, "title": "Second", "start": "2023-05-24T15:00:00"}
        bad = EVENT | {"recurrenceId": "?"}
        imported = from_jscalendar(group(other, bad, first=WEEKLY), expand=window())
        assert starts(imported) == [FIRST, "2023-05-24T15:00:00", THIRD, FOURTH]
        assert [each[:2] for each in said(imported)] == [("property-unreadable", "/entries/2/recurrenceId")]
        alone = from_jscalendar(EVENT | {"recurrenceId": SECOND, "start": SECOND}, expand=window())
        assert alone.events[0].uid == imported.events[1].uid

    def test_whole_days(self) -> None:
        days = {"start": "2023-05-17T00:00:00", "duration": "P1D", "showWithoutTime": True, "timeZone": None}
        document = {key: each for key, each in (EVENT | WEEKLY | days).items() if each is not None}
        imported = from_jscalendar(document, expand=window(), zone="Africa/Lagos")
        assert len(imported.events) == 4

    def test_a_uid_that_no_series_can_have(self) -> None:
        document = EVENT | WEEKLY | {"uid": "x" * 300}
        assert {each.series for each in from_jscalendar(document, expand=window()).events} == {None}

    def test_an_occurrence_after_the_last_year_is_left_out(self) -> None:
        dates: dict[str, Any] = {f"22{year}-05-17T14:30:00": {} for year in ("00", "01")}
        rule = {"frequency": "yearly"}
        late = {"start": "2197-05-17T14:30:00", "recurrenceRule": rule, "recurrenceOverrides": dates}
        assert len(expanded(late, "2197-01-01", "2199-12-31").events) == 3
        daily = {"start": "2199-12-25T14:30:00", "recurrenceRule": {"frequency": "daily"}}
        assert len(expanded(daily, "2199-01-01", "2199-12-31").events) == 6

    def test_events_that_do_not_recur(self) -> None:
        imported = from_jscalendar(EVENT, expand=window("2030-01-01", "2031-01-01"))
        assert [each.uid for each in imported.events] == ["e-1"]

    @pytest.mark.parametrize(
        "rule",
        [
            {"frequency": "often"},
            {"frequency": "weekly", "rscale": "hebrew"},
            {"frequency": "monthly", "skip": "forward"},
            {"frequency": "weekly", "byDay": ["mo"]},
            {"frequency": "weekly", "byDay": [{"day": "mo", "nthOfPeriod": 1.5}]},
            {"frequency": "weekly", "count": 2.5},
            {"frequency": "weekly", "interval": [2]},
        ],
    )
    def test_a_rule_that_cannot_be_read(self, rule: Any) -> None:
        imported = expanded({"recurrenceRule": rule})
        assert starts(imported) == [FIRST]
        assert [each[:2] for each in said(imported)] == [("value-dropped", "/recurrenceRule")]

    @pytest.mark.parametrize("name", ["recurrenceRules", "excludedRecurrenceRules"])
    def test_rules_that_are_no_list(self, name: str) -> None:
        imported = expanded({name: 5})
        assert starts(imported) == [FIRST]
        assert [each[:2] for each in said(imported)] == [("value-dropped", f"/{name}")]

    def test_a_bad_event_is_an_error(self) -> None:
        with pytest.raises(MessageError):
            expanded(WEEKLY | {"start": "?"})

    def test_a_part_belongs_to_the_occurrence_in_which_it_takes_place(self) -> None:
        part = PART | {"start": SECOND}
        imported = from_jscalendar(group(part, first=WEEKLY), expand=window())
        assert [len(each.sessions) for each in imported.events] == [0, 1, 0, 0]

    def test_a_place_is_missing_once(self) -> None:
        assert [each[0] for each in said(expanded(WEEKLY | {"virtualLocations": None}))] == ["place-missing"]

    def test_a_description_is_read_once(self) -> None:
        """In HTML it takes longer than all else: a file of 20 kB would take a second."""
        imported = expanded(WEEKLY | {"description": f"<p>{'x' * 11_000}", "descriptionContentType": "text/html"})
        assert [str(each.description)[:9_000] for each in imported.events] == ["x" * 9_000] * 4
        assert [(each.code, each.path) for each in imported.findings] == [
            ("member-unsupported", "/descriptionContentType"),
            ("text-changed", "/description"),
        ]

    def test_too_many(self) -> None:
        imported = from_jscalendar(EVENT | WEEKLY, expand=window(), occurrences=3)
        assert starts(imported) == [FIRST, SECOND, THIRD]
        assert said(imported) == [("occurrences-omitted", "", {"maximum": 3})]

    @pytest.mark.parametrize("number", [0, 100_001, "3"])
    def test_a_number_of_occurrences_that_is_not_allowed(self, number: Any) -> None:
        with pytest.raises(InvalidValueError) as caught:
            from_jscalendar(EVENT, occurrences=number)
        assert [each.path for each in caught.value.findings] == ["/occurrences"]

    def test_too_much_work(self) -> None:
        rule = {"frequency": "secondly", "byYearDay": [200], "byHour": [3], "bySetPosition": [2]}
        assert said(expanded({"recurrenceRule": rule}))[0][0] == "occurrences-incomplete"
        starts_at = [window()[0] + timedelta(hours=each) for each in range(3000)]
        overrides = {f"{each:%Y-%m-%dT%H:%M:%S}": {"description": "x" * 900} for each in starts_at}
        changed = {"recurrenceOverrides": overrides, "keywords": {f"{'x' * 400}{each}": True for each in range(90)}}
        assert "occurrences-incomplete" in [each[0] for each in said(expanded(changed))]


class TestRules:
    """ "A RecurrenceRule object is a JSON object mapping of a RECUR value type in iCalendar"."""

    def test_all_parts(self) -> None:
        parts = {
            "@type": "RecurrenceRule",
            "frequency": "monthly",
            "interval": 2,
            "rscale": "gregorian",
            "skip": "omit",
            "firstDayOfWeek": "su",
            "byDay": [{"@type": "NDay", "day": "mo", "nthOfPeriod": -1}, {"day": "tu"}],
            "byMonth": ["1", "12"],
            "byHour": [9, 10],
            "bySetPosition": [-1],
            "until": "2027-01-31T09:00:00",
        }
        rule = read_rule(ForeignValue(parts, "", Notes()), whole_days=False)
        assert (rule.frequency, rule.interval, rule.week_start) == (Frequency.MONTHLY, 2, 6)
        assert rule.weekdays == {(-1, 0), (0, 1)}
        assert (rule.months, rule.hours, rule.positions) == (frozenset({1, 12}), (9, 10), frozenset({-1}))
        assert rule.until == datetime(2027, 1, 31, 9)
        assert not rule.until_in_utc

    def test_it_is_an_object(self) -> None:
        with pytest.raises(InvalidValueError):
            read_rule(ForeignValue([], "", Notes()), whole_days=False)
