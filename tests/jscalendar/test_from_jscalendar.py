"""Documents of other programs: what becomes of each property, and what is reported."""

import json
from typing import Any

import pytest

from tests.jscalendar.groups import EVENT, LINK, PART, group, read, said
from tests.samples.whole import slot
from wtisd_model import (
    Code,
    EventStatus,
    InvalidValueError,
    Limits,
    MessageError,
    PayloadError,
    TimeSlot,
    from_jscalendar,
)
from wtisd_model.invitation import Method
from wtisd_model.jscalendar.parts import FIELDS


def refused(document: Any, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(MessageError) as caught:
        from_jscalendar(document, **options)
    return [(each.code, each.path) for each in caught.value.findings]


class TestDocuments:
    """An Event, or a Group of Events; from bytes, text or a mapping."""

    @pytest.mark.parametrize("data", [EVENT, json.dumps(EVENT), json.dumps(EVENT).encode()])
    def test_an_event(self, data: Any) -> None:
        imported = from_jscalendar(data)
        assert imported.ok
        assert not imported.findings
        assert imported.method is None
        (event,) = imported.events
        assert (event.uid, str(event.title), event.title.language) == ("e-1", "Forum", "und")
        assert event.slot == slot()
        assert event.status is EventStatus.SCHEDULED

    @pytest.mark.parametrize(
        ("document", "findings"),
        [
            ([], [("wrong-type", "")]),
            ({}, [("value-unknown", "/@type")]),
            ({"@type": "Task"}, [("value-unknown", "/@type")]),
            (EVENT | {"version": "3.0"}, [("value-unknown", "/version")]),
            (EVENT | {"version": 2}, [("value-unknown", "/version")]),
            ({"@type": "Group", "entries": {}}, [("wrong-type", "/entries")]),
            ({"@type": "Group", "entries": []}, [("event-missing", "")]),
            (EVENT | {"method": "x"}, [("method-unknown", "/method")]),
            (EVENT | {"uid": None}, [("uid-malformed", "/uid")]),
            (EVENT | {"uid": "é"}, [("uid-malformed", "/uid")]),
            (
                {"method": "request"} | {key: value for key, value in EVENT.items() if key != "uid"},
                [("key-missing", "/uid")],
            ),
        ],
    )
    def test_what_is_refused(self, document: Any, findings: Any) -> None:
        assert refused(json.dumps(document)) == findings

    def test_what_is_not_json(self) -> None:
        for data, limits in ((b"{", Limits()), (json.dumps(EVENT).encode(), Limits(bytes=10))):
            with pytest.raises(PayloadError):
                from_jscalendar(data, limits=limits)

    def test_other_types(self) -> None:
        data: Any = 5
        with pytest.raises(TypeError):
            from_jscalendar(data)

    @pytest.mark.parametrize(
        ("options", "code", "path"),
        [
            ({"zone": "CEST"}, Code.ZONE_UNKNOWN, "/zone"),
            ({"language": "deutsch!"}, Code.LANGUAGE_UNKNOWN, "/language"),
            ({"place": "Geneva"}, Code.WRONG_TYPE, "/place"),
            ({"expand": 5}, Code.WRONG_TYPE, "/expand"),
        ],
    )
    def test_options(self, options: Any, code: Code, path: str) -> None:
        with pytest.raises(InvalidValueError) as caught:
            from_jscalendar(EVENT, **options)
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]

    def test_a_message_has_a_method(self) -> None:
        assert from_jscalendar(EVENT | {"method": "request"}).method is Method.REQUEST

    def test_a_group_of_unrelated_events(self) -> None:
        other = PART | {"relatedTo": {}, "virtualLocations": LINK, "color": "blue"}
        imported = from_jscalendar(group(other, {"@type": "Task"}, {"@type": "X"}, 5, color="red", links={"1": {}}))
        assert [(each.uid, each.color) for each in imported.events] == [("e-1", "red"), ("p-1", "blue")]
        assert said(imported) == [
            ("member-unsupported", "/links", {"member": "links"}),
            ("component-dropped", "/entries/2", {"component": "Task"}),
            ("value-dropped", "/entries/3", {"reason": "value-unknown"}),
            ("value-dropped", "/entries/4", {"reason": "value-unknown"}),
        ]

    def test_of_two_events_with_one_uid_the_latest_is_kept(self) -> None:
        imported = from_jscalendar(group(EVENT | {"title": "New", "sequence": 1}, EVENT | {"title": "Old"}))
        assert [str(each.title) for each in imported.events] == ["New"]
        assert [each[:2] for each in said(imported)] == [
            ("entry-repeated", "/entries/0"),
            ("entry-repeated", "/entries/2"),
        ]

    def test_one_bad_event_does_not_spoil_the_others(self) -> None:
        imported = from_jscalendar(group(PART | {"uid": "x", "start": "?", "relatedTo": {}}))
        assert not imported.ok
        assert [each.uid for each in imported.events] == ["e-1"]
        assert said(imported) == [("time-unreadable", "/entries/1/start", {})]


class TestSessions:
    """An Event that names another one of its Group as its parent is a session of it."""

    def test_a_part_is_a_session(self) -> None:
        (event,) = from_jscalendar(group(PART)).events
        (part,) = event.sessions
        assert (part.id, part.uid, str(part.title)) == ("session-1", "p-1", "Opening")
        assert part.locations == part.virtual_locations == ()

    def test_an_id_in_a_uid(self) -> None:
        imported = from_jscalendar(group(PART | {"uid": "opening.e-1"}, PART | {"uid": "session-1.e-1"}, PART))
        ids = [(each.id, each.uid) for each in imported.events[0].sessions]
        assert ids == [("opening", None), ("session-1", None), ("session-2", "p-1")]

    @pytest.mark.parametrize(
        "changes",
        [
            {"relatedTo": {"other": {"relation": {"parent": True}}}},
            {"start": "2023-05-18T14:30:00"},
            {"uid": "x" * 300},
        ],
    )
    def test_what_cannot_be_a_session(self, changes: Any) -> None:
        imported = from_jscalendar(group(PART | {"virtualLocations": LINK} | changes))
        assert ("relation-dropped", "/entries/1/relatedTo", {}) in said(imported)
        assert not imported.events[0].sessions

    def test_a_part_of_a_part_is_an_event(self) -> None:
        inner = PART | {"uid": "p-2", "relatedTo": {"p-1": {"relation": {"parent": True}}}, "virtualLocations": LINK}
        imported = from_jscalendar(group(PART, inner))
        assert [each.uid for each in imported.events] == ["e-1", "p-2"]

    def test_a_cancelled_part_may_lie_outside(self) -> None:
        (event,) = from_jscalendar(group(PART | {"start": "2023-05-18T14:30:00", "status": "cancelled"})).events
        assert event.sessions[0].status is EventStatus.CANCELLED
        assert len(event.sessions[0].history) == 1

    def test_an_empty_relation_is_a_parent_in_version_2_only(self) -> None:
        part = PART | {"relatedTo": {"e-1": {}}, "virtualLocations": LINK}
        assert len(from_jscalendar(group(part)).events) == 1
        one = from_jscalendar(group(part, version="1.0"))
        assert len(one.events) == 2
        assert ("member-unsupported", "/entries/1/relatedTo", {"member": "relatedTo"}) in said(one)

    def test_what_only_an_event_has(self) -> None:
        person = {"o": {"name": "O", "calendarAddress": "mailto:o@example.org", "roles": {"owner": True}}}
        part = PART | {"color": "red", "created": "2020-01-01T00:00:00Z", "participants": person}
        part |= {"organizerCalendarAddress": "mailto:o@example.org", "keywords": {"a": True, "b": True}}
        part |= {"links": {"1": {"href": "https://example.org/i", "rel": "icon"}}}
        imported = from_jscalendar(group(part))
        assert {each[2]["field"] for each in said(imported)} == {"color", "created", "organizer", "image", "keywords"}

    def test_one_more_keyword_is_the_track(self) -> None:
        first = {"keywords": {"forum": True}}
        (event,) = from_jscalendar(group(PART | {"keywords": {"forum": True, "Policy": True}}, first=first)).events
        assert event.sessions[0].track == "Policy"

    def test_places_of_its_own(self) -> None:
        other = {"1": {"uri": "https://example.org/other"}}
        (event,) = from_jscalendar(group(PART | {"virtualLocations": other}, PART | {"uid": "p-2"})).events
        assert [len(each.virtual_locations) for each in event.sessions] == [1, 0]

    def test_busy_and_free(self) -> None:
        assert not said(from_jscalendar(group(PART, first={"freeBusyStatus": "free"})))
        assert not read({"freeBusyStatus": "busy"})[1]
        statuses: list[Any] = ["free", "tentative", []]
        for status in statuses:
            assert read({"freeBusyStatus": status})[1] == [
                ("member-unsupported", "/freeBusyStatus", {"member": "freeBusyStatus"})
            ]
        assert said(from_jscalendar(group(PART | {"freeBusyStatus": "free"}))) == [
            ("member-unsupported", "/entries/1/freeBusyStatus", {"member": "freeBusyStatus"})
        ]

    def test_a_track_of_ours_that_is_no_text_is_dropped(self) -> None:
        imported = from_jscalendar(group(PART | {FIELDS: {"track": {}}}))
        path = f"/entries/1/{FIELDS}/track"
        assert said(imported) == [(Code.VALUE_DROPPED, path, {"reason": Code.WRONG_TYPE})]
        assert imported.events[0].sessions[0].track is None


class TestTimes:
    """``start``, ``timeZone``, ``duration`` and ``showWithoutTime``."""

    def test_a_floating_time_needs_a_zone(self) -> None:
        assert refused({key: each for key, each in EVENT.items() if key != "timeZone"}) == [("time-floating", "/start")]
        event, findings = read({"timeZone": None}, zone="Europe/Zurich")
        assert (event.slot, findings) == (slot(), [])

    def test_a_zone_that_is_not_known_is_that_of_the_caller(self) -> None:
        event, findings = read({"timeZone": "Customized Time Zone"}, zone="Europe/Zurich")
        assert (event.slot, findings) == (slot(), [("value-dropped", "/timeZone", {"reason": "zone-unknown"})])

    def test_utc_has_the_name_that_json_has_for_it(self) -> None:
        in_utc = {"timeZone": "Etc/UTC"}
        assert read(in_utc)[0].slot == slot("2023-05-17T14:30:00", "2023-05-17T16:30:00", "UTC")
        kept = read(in_utc | {FIELDS: in_utc})[0].slot
        assert kept == slot("2023-05-17T14:30:00", "2023-05-17T16:30:00", "Etc/UTC")
        assert read({"timeZone": "Etc/UTC", "endTimeZone": "Etc/UTC"})[1] == []

    def test_whole_days(self) -> None:
        days = {"start": "2023-05-17T00:00:00", "duration": "P2D", "showWithoutTime": True}
        event, findings = read(days | {"timeZone": None}, zone="Africa/Lagos")
        assert event.slot == TimeSlot.days("2023-05-17", "2023-05-19", "Africa/Lagos")
        assert not findings
        assert read(days)[0].slot == TimeSlot.days("2023-05-17", "2023-05-19", "Europe/Zurich")
        assert read(days | {"duration": None})[0].slot == TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich")

    def test_whole_days_of_the_last_year(self) -> None:
        days = {"start": "2199-12-30T00:00:00", "duration": "P1D", "showWithoutTime": True}
        assert read(days)[0].slot == TimeSlot.days("2199-12-30", "2199-12-31", "Europe/Zurich")

    def test_the_last_second_of_a_zone_is_later_in_utc(self) -> None:
        last = {"start": "2199-11-03T06:30:00", "timeZone": "Etc/UTC", "duration": "PT1414H29M59S"}
        found = read(last | {FIELDS: {"timeZone": "America/New_York"}})[0].slot
        assert found is not None
        assert str(found.end) == "2199-12-31 23:59:59-05:00"

    def test_a_time_that_is_not_shown_is_kept(self) -> None:
        assert read({"showWithoutTime": True})[0].slot == slot()

    @pytest.mark.parametrize(
        ("changes", "codes"),
        [
            ({"duration": None}, ["end-missing"]),
            ({"duration": "PT0S"}, ["end-missing"]),
            ({"start": "2023-03-26T02:30:00"}, ["time-jumped"]),
            ({"endTimeZone": "Asia/Tokyo"}, ["end-zone-replaced"]),
            ({"endTimeZone": "Europe/Zurich"}, []),
            ({"timeZone": "/own", "timeZones": {"/own": {"tzId": "Europe/Zurich"}}}, []),
            ({"timeZone": "W. Europe Standard Time"}, []),
        ],
    )
    def test_what_is_changed(self, changes: Any, codes: list[str]) -> None:
        assert [each[0] for each in read(changes)[1]] == codes

    @pytest.mark.parametrize(
        ("changes", "findings"),
        [
            ({"start": None}, [("time-unreadable", "/start")]),
            ({"duration": "P1M"}, [("property-unreadable", "/duration")]),
            ({"timeZone": "Mars/Olympus"}, [("zone-unknown", "/timeZone")]),
            ({"timeZone": 5}, [("wrong-type", "/timeZone")]),
            ({"timeZone": "/own", "timeZones": {"/own": {"tzId": 5}}}, [("zone-unknown", "/timeZone")]),
            ({"start": "1969-05-17T14:30:00"}, [("year-out-of-range", "/start")]),
            ({"start": "2199-12-31T23:30:00", "duration": "P1D"}, [("year-out-of-range", "/start")]),
            (
                {"start": "2199-12-31T00:00:00", "duration": "P1D", "showWithoutTime": True},
                [("year-out-of-range", "/start")],
            ),
            ({"start": "2199-12-31T23:30:00", "timeZone": "Pacific/Apia"}, [("year-out-of-range", "/start")]),
            ({"duration": "P99999W"}, [("year-out-of-range", "/start")]),
            ({"duration": "P999999W"}, [("property-unreadable", "/duration")]),
            (
                {"start": "2199-12-31T20:00:00", "timeZone": "UTC", FIELDS: {"timeZone": "Pacific/Kiritimati"}},
                [("year-out-of-range", "/start")],
            ),
            (
                {
                    "start": "2011-12-30T00:00:00",
                    "duration": "P1D",
                    "timeZone": "Pacific/Apia",
                    "showWithoutTime": True,
                },
                [("time-skipped", "/start")],
            ),
        ],
    )
    def test_what_is_no_slot(self, changes: Any, findings: Any) -> None:
        assert refused(EVENT | changes) == findings

    def test_without_a_start(self) -> None:
        assert refused({key: each for key, each in EVENT.items() if key != "start"}) == [("key-missing", "/start")]
