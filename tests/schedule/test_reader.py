"""The schedules of other programs: what of them becomes an event, and what is said about the rest."""

import json
from collections.abc import Callable
from typing import Any, Literal, cast

import pytest
from attrs import evolve

from tests.samples.whole import location, text, virtual_location
from tests.schedule.foreign import Plain, frab, hub, pretalx, pretalx_2020, voctosched
from tests.schedule.samples import event, session
from wtisd_model import (
    AttendanceMode,
    Code,
    DocumentKind,
    Event,
    EventStatus,
    Finding,
    Imported,
    InvalidValueError,
    Limits,
    LocalizedText,
    Location,
    MessageError,
    PayloadError,
    Recording,
    Role,
    Session,
    SessionKind,
    Severity,
    TimeSlot,
    from_schedule_json,
    to_schedule_json,
)

PLACE = location(room=None, capacity=None)
ZURICH = "Europe/Zurich"
DAY = "/schedule/conference/days"


def read(data: Plain, **options: Any) -> Event:
    """Return the event of a schedule."""
    (found,) = from_schedule_json(data, **{"place": PLACE, **options}).events
    return found


def read_session(data: Plain, **options: Any) -> Session:
    """Return the first session of a schedule."""
    return read(data, **options).sessions[0]


def said(data: Plain, **options: Any) -> set[tuple[str, str]]:
    """Return the codes and paths of the findings about a schedule."""
    found = from_schedule_json(data, **{"place": PLACE, **options}).findings
    return {(each.code, each.path) for each in found}


def refusal(data: Any, **options: Any) -> list[tuple[str, str]]:
    """Return the codes and paths with which a schedule is refused."""
    with pytest.raises((MessageError, PayloadError)) as caught:
        from_schedule_json(data, **options)
    return [(each.code, each.path) for each in caught.value.findings]


def conference(data: Plain, **members: Any) -> Plain:
    """Return a schedule whose conference has other members; None removes one."""
    changed = {**data["schedule"]["conference"], **members}
    return {"schedule": {**data["schedule"], "conference": {k: v for k, v in changed.items() if v is not None}}}


class TestPrograms:
    """The shapes that pretalx, frab, voctosched and the hub of the CCC write."""

    def test_pretalx_is_read_without_loss_of_what_the_model_has(self) -> None:
        found = read_session(pretalx())
        (person,) = found.people
        assert found.slot == TimeSlot.at("2027-03-05T00:30", "01:15", ZURICH)
        assert (found.id, found.uid, found.code) == ("G9JGWY", "5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42", "G9JGWY")
        assert found.description == LocalizedText("A short text.\n\nA long text.\nWith two lines.", "en")
        assert (found.kind, found.track, found.recording) == (SessionKind.KEYNOTE, "Policy", Recording.NO_RECORDING)
        assert (person.id, person.name, person.roles) == ("NQTF8Y", "Participant 1", frozenset({Role.SPEAKER}))
        assert found.locations == (evolve(PLACE, id=None, room="Room 1", capacity=120),)
        assert [(each.kind, each.url) for each in found.materials] == [
            (DocumentKind.OTHER, "https://example.org/paper"),
            (DocumentKind.OTHER, "https://pretalx.example.org/media/forum/slides.pdf"),
        ]
        assert found.url == "https://pretalx.example.org/forum/talk/G9JGWY/"
        assert found.extensions == {
            "c3voc.de:feedback_url": "https://pretalx.example.org/forum/talk/G9JGWY/feedback/",
            "c3voc.de:logo": "https://pretalx.example.org/media/forum/submissions/G9JGWY/logo.png",
            "c3voc.de:origin_url": "https://pretalx.example.org/forum/talk/G9JGWY/",
            "c3voc.de:type": "Keynote (45 min)",
        }

    def test_what_of_pretalx_has_no_field_is_said(self) -> None:
        person = f"{DAY}/1/rooms/0/persons/0"
        assert said(pretalx()) == {
            (Code.MEMBER_UNSUPPORTED, "/schedule/conference/colors"),
            (Code.MEMBER_UNSUPPORTED, f"{person}/biography"),
            (Code.MEMBER_UNSUPPORTED, f"{person}/url"),
            (Code.EVENT_EXTENDED, "/schedule/conference"),
        }

    def test_an_older_pretalx_names_no_zone(self) -> None:
        assert refusal(pretalx_2020()) == [(Code.TIME_FLOATING, "/schedule/conference/time_zone_name")]
        found = read_session(pretalx_2020(), zone="Europe/Berlin")
        assert found.slot == TimeSlot.at("2027-03-03T09:00", "2027-03-04T11:30", "Europe/Berlin")
        assert (found.id, found.description, found.floor_languages) == ("25", None, ("de-formal",))

    def test_answers_to_questions_are_not_read(self) -> None:
        found = from_schedule_json(pretalx_2020(), zone=ZURICH, place=PLACE)
        assert [each.params for each in found.findings] == [{"member": "event.answers"}]
        assert "0160" not in repr(found.findings)

    def test_frab_has_a_subtitle_and_a_licence(self) -> None:
        found = read_session(frab())
        assert (found.id, found.kind, found.recording) == ("10386", None, Recording.ALLOWED)
        assert found.extensions == {
            "c3voc.de:logo": "https://frab.example.org/system/events/logos/000/010/386/large/logo.png",
            "c3voc.de:recording_license": "CC BY 4.0",
            "c3voc.de:subtitle": "With music",
        }
        assert read(frab()).slot == TimeSlot.days("2027-03-03", "2027-03-04", "Europe/Berlin")
        assert said(frab()) == set()

    def test_no_extension_has_what_no_database_holds(self) -> None:
        schedule = conference(frab(subtitle="With\0 music"), tracks=[{"name": "Policy", "x": "\0"}])
        found = read(schedule)
        assert found.extensions == {"c3voc.de:tracks": [{"name": "Policy", "x": ""}]}
        assert found.sessions[0].extensions["c3voc.de:subtitle"] == "With music"
        assert said(schedule) == {
            (Code.TEXT_CHANGED, "/schedule/conference/tracks"),
            (Code.TEXT_CHANGED, f"{DAY}/0/rooms/0/subtitle"),
        }

    def test_voctosched_knows_no_addresses(self) -> None:
        found = read(voctosched(), zone=ZURICH)
        assert (found.url, found.sessions[0].url, found.sessions[0].track) == (None, None, None)

    def test_the_hub_writes_version_2(self) -> None:
        found = read(hub())
        opening, coffee = found.sessions
        assert found.slot == TimeSlot.at("2027-03-03T10:30", "18:45", "Europe/Berlin")
        assert (found.title.language, found.floor_languages) == ("en", ("en", "de"))
        assert found.description == LocalizedText("A forum.", "en", translations={"de": "Ein Forum."})
        assert opening.description == LocalizedText("Short.\n\nLong.", "en", translations={"de": "Kurz.\n\nLang."})
        assert [[*each.roles] for each in opening.people] == [[Role.SPEAKER], [Role.MODERATOR], []]
        assert (opening.track, coffee.kind, coffee.title.text) == ("Policy", SessionKind.BREAK, "Coffee")
        assert found.mode_of(opening) is AttendanceMode.ON_SITE
        assert found.virtual_locations[0].uri == "https://live.example.org/1"
        assert opening.extensions["c3voc.de:origin_url"] == "https://cfp.example.org/talk/HQCCYH/"

    @pytest.mark.parametrize("program", [pretalx, pretalx_2020, frab, voctosched, hub])
    def test_bytes_text_and_mapping_are_the_same(self, program: Callable[[], Plain]) -> None:
        plain = program()
        whole = from_schedule_json(plain, zone=ZURICH)
        assert from_schedule_json(json.dumps(plain), zone=ZURICH) == whole
        assert from_schedule_json(json.dumps(plain).encode(), zone=ZURICH) == whole
        assert whole.ok

    @pytest.mark.parametrize("program", [pretalx, pretalx_2020, frab, voctosched, hub])
    def test_what_is_read_is_written_and_read_again(self, program: Callable[[], Plain]) -> None:
        found = read(program(), zone=ZURICH)
        assert read(json.loads(to_schedule_json(found)), place=None).sessions[0].uid == found.sessions[0].uid

    def test_the_uid_of_an_event_stays_when_its_schedule_changes(self) -> None:
        assert read(conference(pretalx(), title="Other", end="2027-03-06")).uid == read(pretalx()).uid
        assert read(conference(pretalx(), start="2026-03-03")).uid != read(pretalx()).uid


class TestPlaces:
    """A room has neither town nor country in a schedule."""

    def test_without_a_place_a_room_is_a_place_that_is_known_by_name(self) -> None:
        found = read(pretalx(), place=None)
        (room,) = found.sessions[0].locations
        assert (found.locations, found.venue_to_follow) == ((room,), False)
        assert (str(room.name), room.room, room.locality, room.country, room.capacity) == (
            *("Room 1", None, None, None),
            120,
        )
        again = read(json.loads(to_schedule_json(found)), place=None)
        assert again.sessions[0].locations == found.sessions[0].locations

    def test_a_schedule_without_rooms_has_the_place(self) -> None:
        empty = conference(pretalx(), rooms=None, days=[])
        assert read(empty).locations == (PLACE,)
        assert read(empty, place=None).virtual_locations == (virtual_location(name=None, uri=None, features=()),)
        assert (Code.PLACE_MISSING, "/schedule/conference/rooms") in said(empty, place=None)

    def test_a_session_in_an_online_room_is_remote(self) -> None:
        online = {"name": "Online", "guid": "ba692ba3-421b-5371-8309-60acc34a3c06"}
        found = read(hub(room=online))
        assert found.mode_of(found.sessions[0]) is AttendanceMode.REMOTE
        only = conference(hub(room=online), rooms=[{**online, "type": "online"}])
        assert read(only).attendance_mode is AttendanceMode.REMOTE
        assert read(only, place=None).attendance_mode is AttendanceMode.REMOTE

    def test_a_link_to_an_online_room_is_a_place(self) -> None:
        found = read_session(hub(links=[{"url": "https://live.example.org/1"}], attachments=[]))
        assert (found.materials, found.virtual_locations[0].uri) == ((), "https://live.example.org/1")

    def test_a_room_that_only_a_session_names_is_a_room(self) -> None:
        assert read_session(conference(pretalx(), rooms=None)).locations[0].room == "Room 1"
        assert read_session(hub(room={"guid": "x", "name": "Room 7"})).locations[0].room == "Room 7"
        assert read_session(hub(room={"guid": "x"})).locations == ()

    def test_the_room_of_a_venue_that_follows_is_none(self) -> None:
        room = location(name=text("Room 2"), room=None)
        later = event(session(), session("b", locations=(room,)), locations=(), venue_to_follow=True)
        again = read(json.loads(to_schedule_json(later)), place=None)
        assert again.venue_to_follow
        assert [[str(place.name) for place in each.locations] for each in again.sessions] == [[], ["Room 2"]]

    def test_rooms_without_sessions_are_places(self) -> None:
        again = read(json.loads(to_schedule_json(event(locations=(location(room="Popov"),)))), place=None)
        assert [str(place.name) for place in again.locations] == ["Popov"]


class TestTimes:
    """Programs write moments with an offset, and durations in hours and minutes."""

    @pytest.mark.parametrize(
        ("members", "end"),
        [
            ({"end": None, "duration": "01:30"}, "11:30"),
            ({"end": None, "duration": "0:30"}, "10:30"),
            ({"end": None, "duration": "0:23:59"}, "2027-03-04T09:59"),
            ({"end": None, "duration": "25:00"}, "2027-03-04T11:00"),
            ({"end": None, "duration": "PT1H30M"}, "11:30"),
            ({"end": "2027-03-03T10:20:00Z"}, "11:20"),
            ({"end": "2027-03-03 10:20+0000"}, "11:20"),
            ({"end": "2027-03-03T11:20"}, "11:20"),
        ],
    )
    def test_an_end_or_a_duration(self, members: Plain, end: str) -> None:
        found = read_session(pretalx(date="2027-03-03T10:00:00+01:00", **members))
        assert found.slot == TimeSlot.at("2027-03-03T10:00", end, ZURICH)

    def test_a_day_and_a_time_are_a_start(self) -> None:
        found = read_session(pretalx(date="2027-03-03", start="10:00", end=None))
        assert found.slot == TimeSlot.at("2027-03-03T10:00", "10:45", ZURICH)

    @pytest.mark.parametrize("duration", [None, "00:00", "00:45:00"])  # the last one is in hours, minutes and seconds
    def test_a_session_without_an_end_lasts_a_second(self, duration: str | None) -> None:
        data = pretalx(date="2027-03-03T10:00:00+01:00", end=None, duration=duration)
        assert read_session(data).slot.duration.total_seconds() == 1
        assert (Code.END_MISSING, f"{DAY}/1/rooms/0") in said(data)

    def test_an_end_that_cannot_be_read_is_left_out(self) -> None:
        data = pretalx(date="2027-03-03T10:00:00+01:00", end="soon", duration="P")
        assert {(Code.VALUE_DROPPED, f"{DAY}/1/rooms/0/end"), (Code.END_MISSING, f"{DAY}/1/rooms/0")} <= said(data)

    @pytest.mark.parametrize(
        "date", ["soon", "2027-02-30T10:00:00Z", "9999-03-03T10:00:00Z", "2027-03-03T10:00:00.5Z", "9999-03-03", 5]
    )
    def test_a_session_whose_start_cannot_be_read_is_left_out(self, date: object) -> None:
        found = from_schedule_json(pretalx(date=date, start=None), place=PLACE)
        assert found.events[0].sessions == ()
        assert Code.VALUE_DROPPED in {each.code for each in found.findings}

    def test_a_session_that_ends_before_it_starts_is_left_out(self) -> None:
        data = pretalx(date="2027-03-03T10:00:00+01:00", end="2027-03-03T09:00:00+01:00")
        found = from_schedule_json(data, place=PLACE)
        assert found.events[0].sessions == ()
        dropped = [each.params for each in found.findings if each.code is Code.VALUE_DROPPED]
        assert {"reason": "slot-ends-before-start"} in dropped

    def test_the_second_of_two_equal_times_is_kept(self) -> None:
        data = pretalx(date="2027-10-31T02:30:00+01:00", end="2027-10-31T03:00:00+01:00")
        assert read_session(data).slot.starts_at.isoformat() == "2027-10-31T01:30:00+00:00"

    @pytest.mark.parametrize(
        ("start", "end", "slot", "code"),
        [
            ("2027-03-03", "2027-03-04", TimeSlot.days("2027-03-03", "2027-03-05", ZURICH), None),
            (
                *("2027-03-03T09:00:00+01:00", "2027-03-04"),
                *(TimeSlot.at("2027-03-03T09:00", "2027-03-05T00:00", ZURICH), Code.WHOLE_DAY_TIMED),
            ),
            (
                *("2027-03-03", "2027-03-03"),
                *(TimeSlot.at("2027-03-03T00:00", "2027-03-04T12:00", ZURICH), Code.EVENT_EXTENDED),
            ),
            (
                *("2027-03-05", "2027-03-05"),
                *(TimeSlot.at("2027-03-04T11:00", "2027-03-06T00:00", ZURICH), Code.EVENT_EXTENDED),
            ),
            (None, None, TimeSlot.at("2027-03-04T11:00", "12:00", ZURICH), Code.EVENT_EXTENDED),
        ],
    )
    def test_the_time_of_the_event_includes_its_sessions(
        self, start: str | None, end: str | None, slot: TimeSlot, code: Code | None
    ) -> None:
        data = pretalx(date="2027-03-04T11:00:00+01:00", end="2027-03-04T12:00:00+01:00")
        data = conference(data, start=start, end=end, colors=None)
        assert read(data).slot == slot
        assert ({each for each, _ in said(data)} - {Code.MEMBER_UNSUPPORTED}) == ({code} if code else set())

    @pytest.mark.parametrize("version", ["1", "2"])
    def test_whole_days_of_our_own_are_whole_days_again(self, version: Literal["1", "2"]) -> None:
        slot = TimeSlot.days("2027-03-04", "2027-03-05", ZURICH)
        whole = event(evolve(session(), slot=slot), slot=TimeSlot.days("2027-03-03", "2027-03-05", ZURICH))
        assert read(json.loads(to_schedule_json(whole, version=version)), place=None).sessions[0].slot == slot

    def test_an_event_without_a_time_is_refused(self) -> None:
        empty = conference(pretalx(), days=[], start=None)
        assert refusal(empty) == [(Code.EVENT_WITHOUT_SLOT, "")]

    def test_a_zone_that_is_unknown_needs_another(self) -> None:
        elsewhere = conference(pretalx(), time_zone_name="Mars/Base")
        assert refusal(elsewhere) == [(Code.ZONE_UNKNOWN, "/schedule/conference/time_zone_name")]
        assert (Code.VALUE_DROPPED, "/schedule/conference/time_zone_name") in said(elsewhere, zone=ZURICH)


class TestSessions:
    """One member after another."""

    @pytest.mark.parametrize(
        ("type_", "kind", "is_kept"),
        [
            ("Talk", None, False),
            ("lecture", None, False),
            ("Workshop", SessionKind.WORKSHOP, False),
            ("Tutorial (3 h)", SessionKind.WORKSHOP, True),
            ("podium", SessionKind.PANEL, True),
            ("DISCUSSION", SessionKind.PANEL, False),
            ("Opening ceremony", SessionKind.CEREMONY, True),
            ("lightning_talk", None, True),
            ("Lunch break", SessionKind.BREAK, True),
            ("coffee_breaks", SessionKind.BREAK, True),
            ("Breakout session", None, True),
            ("Opening ceremonies", SessionKind.CEREMONY, True),
            ("social", SessionKind.SOCIAL, False),
            ("Social programme", SessionKind.SOCIAL, True),
            ("Social sciences", None, True),
            ("Parties", SessionKind.SOCIAL, True),
            ("Third-party talk", None, True),
            ("side-event", SessionKind.SIDE_EVENT, False),
            ("Concert", SessionKind.SOCIAL, True),
            ("other", SessionKind.OTHER, False),
            (None, None, False),
        ],
    )
    def test_types_are_kinds(self, type_: str | None, kind: SessionKind | None, is_kept: bool) -> None:
        found = read_session(pretalx(type=type_))
        assert found.kind is kind
        assert ("c3voc.de:type" in found.extensions) is is_kept

    @pytest.mark.parametrize(
        ("state", "status"),
        [
            ("CONFIRMED", EventStatus.SCHEDULED),
            ("CANCELED", EventStatus.CANCELLED),
            ("DELAYED", EventStatus.POSTPONED),
            ("SUBMITTED", EventStatus.DRAFT),
        ],
    )
    def test_states_are_statuses(self, state: str, status: EventStatus) -> None:
        found = read_session(hub(state=state))
        assert (found.status, len(found.history)) == (status, int(state in {"CANCELED", "DELAYED"}))

    def test_the_moment_of_a_change_of_status_is_inferred_and_said_once_for_each_status(self) -> None:
        data = hub()
        (one, _) = data["schedule"]["events"]
        states = ("CANCELED", "WITHDRAWN", "DELAYED", "CONFIRMED")
        data["schedule"]["events"] = [{**one, "guid": None, "state": each} for each in states]
        found = from_schedule_json(data, place=PLACE)
        inferred = [(each.path, each.params) for each in found.findings if each.code == Code.STATUS_TIME_INFERRED]
        assert inferred == [
            ("/schedule/events/0/state", {"status": "cancelled"}),
            ("/schedule/events/2/state", {"status": "postponed"}),
        ]
        assert [each.at for each in found.events[0].sessions[0].history] == [found.events[0].sessions[0].slot.starts_at]

    def test_a_state_that_is_unknown_is_left_out(self) -> None:
        assert (Code.VALUE_DROPPED, "/schedule/events/0/state") in said(hub(state="SOON"))

    @pytest.mark.parametrize("value", [True, "true"])
    def test_what_must_not_be_streamed(self, value: object) -> None:
        assert read_session(pretalx(do_not_stream=value)).recording is Recording.NO_STREAMING

    @pytest.mark.parametrize(
        ("value", "recording"),
        [("true", Recording.NO_RECORDING), ("False", Recording.ALLOWED), ("", None), (None, None)],
    )
    def test_flags_may_be_words(self, value: object, recording: Recording | None) -> None:
        data = pretalx(do_not_record=value)
        assert read_session(data).recording is recording
        assert (Code.VALUE_DROPPED, f"{DAY}/1/rooms/0/do_not_record") not in said(data)

    @pytest.mark.parametrize("name", ["do_not_record", "do_not_stream"])
    @pytest.mark.parametrize("value", ["perhaps", 1, []])
    def test_a_flag_of_another_type_is_left_out(self, name: str, value: object) -> None:
        assert (Code.VALUE_DROPPED, f"{DAY}/1/rooms/0/{name}") in said(pretalx(**{name: value}))

    def test_roles_without_an_equivalent_are_said_once(self) -> None:
        roles = ("GUEST", "GUEST", "CONTRIBUTOR", "speaker", None, "JUGGLER", 5)
        people = [{"name": f"Participant {number}", "role": role} for number, role in enumerate(roles)]
        found = from_schedule_json(hub(participants=people), place=PLACE)
        kept = [[*each.roles] for each in found.events[0].sessions[0].people]
        assert kept == [[], [], [], [Role.SPEAKER], [Role.SPEAKER], [], []]
        said_of_roles = [(each.code, each.path, each.params) for each in found.findings if each.path.endswith("/role")]
        people_at = "/schedule/events/0/participants"
        assert said_of_roles == [
            (Code.MEMBER_UNSUPPORTED, f"{people_at}/0/role", {"member": "GUEST"}),
            (Code.MEMBER_UNSUPPORTED, f"{people_at}/2/role", {"member": "CONTRIBUTOR"}),
            (Code.VALUE_DROPPED, f"{people_at}/5/role", {"reason": Code.VALUE_UNKNOWN}),
            (Code.VALUE_DROPPED, f"{people_at}/6/role", {"reason": Code.WRONG_TYPE}),
        ]

    @pytest.mark.parametrize("room", ["Room 2", {"name": "Room 1"}, 5])
    def test_a_room_that_contradicts_its_list_is_left_out(self, room: object) -> None:
        data = pretalx(room=room)
        assert read_session(data).locations[0].room == "Room 1"
        assert (Code.VALUE_DROPPED, f"{DAY}/1/rooms/0/room") in said(data)

    @pytest.mark.parametrize("room", ["Room 1", "", None])
    def test_a_room_that_agrees_with_its_list_is_not_mentioned(self, room: object) -> None:
        assert (Code.VALUE_DROPPED, f"{DAY}/1/rooms/0/room") not in said(pretalx(room=room))

    def test_ids_are_the_first_that_can_be_one(self) -> None:
        assert read_session(pretalx(code=None)).id == "17"
        assert read_session(pretalx(code=None, id=None)).id == "forum-17-opening"
        assert read_session(pretalx(code=None, id=None, slug="?")).id == "5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42"
        assert read_session(pretalx(code=None, id=None, slug=5, guid=None)).id == "session"

    def test_equal_ids_are_numbered(self) -> None:
        data = hub()
        data["schedule"]["events"] = [{**data["schedule"]["events"][0], "guid": None} for _ in range(3)]
        assert [each.id for each in read(data).sessions] == ["HQCCYH", "HQCCYH-2", "HQCCYH-3"]

    def test_the_second_session_of_a_guid_is_left_out(self) -> None:
        data = hub()
        data["schedule"]["events"] *= 2
        assert (Code.ENTRY_REPEATED, "/schedule/events/2") in said(data)
        assert len(read(data).sessions) == 3  # the break has no guid

    def test_a_session_without_a_title_is_untitled(self) -> None:
        assert read_session(pretalx(title=" ")).title.text == "Untitled"
        assert (Code.TITLE_MISSING, f"{DAY}/1/rooms/0") in said(pretalx(title=None))

    def test_a_language_that_is_none_is_left_out(self) -> None:
        found = read_session(pretalx(language="Klingon!"), language="fr")
        assert (found.floor_languages, found.title.language) == ((), "fr")
        assert (Code.VALUE_DROPPED, f"{DAY}/1/rooms/0/language") in said(pretalx(language="Klingon!"))
        assert read_session(pretalx(language="EN_us")).floor_languages == ("en-US",)

    def test_a_track_may_be_named_in_several_ways(self) -> None:
        assert read_session(hub(track={"name": "Other"})).track == "Other"
        assert read_session(hub(track={"slug": "unknown"})).track == "unknown"
        assert read_session(hub(track=None)).track is None

    @pytest.mark.parametrize("track", [{"en": "Policy", "de": "Politik"}, {"slug": 5}, 5])
    def test_a_track_of_another_form_is_left_out(self, track: object) -> None:
        assert read_session(hub(track=track)).track is None
        assert (Code.VALUE_DROPPED, "/schedule/events/0/track") in said(hub(track=track))

    @pytest.mark.parametrize("track", [None, {}, {"slug": None, "name": ""}])
    def test_a_track_without_a_name_is_not_mentioned(self, track: object) -> None:
        assert (Code.VALUE_DROPPED, "/schedule/events/0/track") not in said(hub(track=track))

    def test_links_may_be_addresses_alone(self) -> None:
        found = read_session(pretalx(links=["https://example.org/a", {"title": "Nothing"}], attachments=[]))
        assert [each.url for each in found.materials] == ["https://example.org/a"]

    def test_an_address_that_is_none_is_left_out(self) -> None:
        found = from_schedule_json(pretalx(url="javascript:alert(1)", links=[{"url": "http://["}], attachments=[]))
        (only,) = found.events[0].sessions
        assert (only.url, only.materials) == (None, ())
        dropped = {each.path for each in found.findings if each.code == Code.VALUE_DROPPED}
        assert dropped == {f"{DAY}/1/rooms/0/url", f"{DAY}/1/rooms/0/links/0/url"}

    def test_the_page_of_the_event_is_not_that_of_a_session(self) -> None:
        assert read_session(pretalx(url="https://pretalx.example.org/forum/schedule/")).url is None
        assert read_session(pretalx(url="urn:uuid:5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42")).url is None

    def test_no_more_sessions_are_read_than_an_event_has(self) -> None:
        one = {"title": "Talk", "start": "2027-03-03T10:30:00+01:00", "end": "2027-03-03T11:00:00+01:00"}
        data = hub()
        data["schedule"]["events"] = [{**one, "slug": f"s-{number}"} for number in range(5001)]
        found = from_schedule_json(data)
        assert len(found.events[0].sessions) == 5000
        assert "/schedule/events/5000" in {each.path for each in found.findings if each.code == Code.VALUE_DROPPED}

    def test_no_more_people_and_documents_are_read_than_a_session_has(self) -> None:
        people = [{"guid": str(number), "name": f"Participant {number}"} for number in range(201)]
        found = from_schedule_json(hub(participants=people, links=["https://example.org/"] * 101))
        dropped = {each.path for each in found.findings if each.code == Code.VALUE_DROPPED}
        assert {
            "/schedule/events/0/participants/200",
            "/schedule/events/0/links/100",
            "/schedule/events/0/attachments/0",
        } <= dropped
        (first, _) = found.events[0].sessions
        assert (len(first.people), len(first.materials)) == (200, 100)

    def test_people_in_both_lists_are_read_as_one_list(self) -> None:
        people = [{"guid": str(number), "name": f"Participant {number}"} for number in range(250)]
        found = from_schedule_json(hub(persons=people[:150], participants=people[150:]))
        assert [person.id for person in found.events[0].sessions[0].people] == [str(number) for number in range(200)]
        dropped = [each.path for each in found.findings if each.code == Code.VALUE_DROPPED]
        assert "/schedule/events/0/participants/50" in dropped

    @pytest.mark.parametrize(("type_", "place"), [("online", PLACE), ("online", None), ("room", None)])
    def test_no_more_rooms_are_read_than_an_event_has(self, type_: str, place: Location | None) -> None:
        rooms = [{"name": f"Room {number}", "type": type_} for number in range(130)]
        found = from_schedule_json(conference(pretalx(room=""), rooms=rooms), place=place)
        (read_event,) = found.events
        assert len(read_event.virtual_locations if type_ == "online" else read_event.locations) == 100
        assert [each.path for each in found.findings if each.params.get("reason") == Code.TOO_MANY_ITEMS] == [
            "/schedule/conference/rooms/100"
        ]

    def test_keywords_that_say_nothing_do_not_count(self) -> None:
        words = [" ", *map(str, range(101))]
        found = from_schedule_json(conference(pretalx(), keywords=words), place=PLACE)
        assert found.events[0].keywords == {*words[1:-1]}
        assert (Code.VALUE_DROPPED, "/schedule/conference/keywords/101") in {
            (each.code, each.path) for each in found.findings
        }


class TestConference:
    """The event as a whole."""

    def test_a_colour_by_its_name_is_read(self) -> None:
        assert read(conference(pretalx(), colors={"primary": "Teal"})).color == "teal"

    def test_words_and_pictures_are_read(self) -> None:
        found = read(conference(pretalx(), keywords=["a", "b ", "", 5], logo="logo.png", url="https://example.org/"))
        assert (found.keywords, found.image) == (frozenset({"a", "b"}), "https://pretalx.example.org/logo.png")
        assert found.url == "https://example.org/"

    def test_an_event_without_a_title_is_untitled(self) -> None:
        assert read(conference(pretalx(), title=None)).title.text == "Untitled"

    def test_one_language_of_the_conference_is_that_of_its_texts(self) -> None:
        assert read(conference(hub(), defaults=None, languages=["de"])).title.language == "de"
        assert read(conference(hub(), defaults=None, title="Forum")).title.language == "und"

    def test_translations_of_other_types_are_left_out(self) -> None:
        data = conference(hub(), description={"en": "A forum.", "xx-!": "?", "fr": 5, "es": None})
        assert read(data).description == LocalizedText("A forum.", "en")
        assert (Code.VALUE_DROPPED, "/schedule/conference/description") in said(data)

    def test_a_track_without_a_slug_is_known_by_its_name(self) -> None:
        assert read_session(conference(hub(), tracks=[{"name": "Policy"}])).track == "policy"

    def test_a_track_of_the_conference_with_translations_is_left_out(self) -> None:
        data = conference(hub(), tracks=[{"name": {"en": "Policy", "de": "Politik"}, "slug": "policy"}])
        assert (Code.VALUE_DROPPED, "/schedule/conference/tracks/0/name") in said(data)

    def test_members_of_other_types_are_left_out(self) -> None:
        days = [5, {"rooms": []}, {"rooms": {"A": 5}}]
        data = conference(pretalx(), rooms=5, tracks=[5, {}], logo=5, days=days, keywords="a", meta={"x": 1})
        assert said(data) == {
            (Code.VALUE_DROPPED, "/schedule/conference/rooms"),
            (Code.VALUE_DROPPED, "/schedule/conference/tracks/0"),
            (Code.VALUE_DROPPED, "/schedule/conference/logo"),
            (Code.VALUE_DROPPED, f"{DAY}/0"),
            (Code.VALUE_DROPPED, f"{DAY}/2/rooms/A"),
            (Code.VALUE_DROPPED, "/schedule/conference/keywords"),
            (Code.MEMBER_UNSUPPORTED, "/schedule/conference/meta/x"),
            (Code.MEMBER_UNSUPPORTED, "/schedule/conference/colors"),
        }


class TestOurFiles:
    """What `to_schedule_json` writes besides the members of the format is read only as what our fields may hold."""

    def test_what_others_changed_in_it_is_checked(self) -> None:
        data = json.loads(to_schedule_json(event(session("Opening.1"))))
        meta = data["schedule"]["conference"]["meta"]["wtisd-model"]
        meta |= {"shortTitle": 5, "floorLanguages": "en", "timeZone": 7, "language": 8}
        for exact in meta["sessions"]:
            exact |= {
                "kind": 5,
                "timeZone": "Mars/Base",
                "uid": [],
                "floorLanguages": {},
                "language": 3,
                "recording": 1,
            }
        found = read(data)
        assert (found.short_title, found.sessions[0].id, found.sessions[0].kind) == (None, "Opening.1", None)
        meta["sessions"] = 5
        assert read(data).sessions[0].id == "opening_1"

    def test_a_file_without_a_uid_of_ours_is_of_others(self) -> None:
        data = json.loads(to_schedule_json(event(session())))
        data["schedule"]["conference"]["meta"]["wtisd-model"] = {"uid": 5}
        assert read(data).uid != "forum@example.org"


class TestRefusals:
    """Errors are ours, and never repeat what the file holds."""

    @pytest.mark.parametrize(
        ("data", "found"),
        [
            ([], [(Code.WRONG_TYPE, "")]),
            ({}, [(Code.KEY_MISSING, "/schedule")]),
            ({"schedule": 5}, [(Code.WRONG_TYPE, "/schedule")]),
            ({"schedule": {}}, [(Code.KEY_MISSING, "/schedule/conference")]),
            ({"schedule": {"conference": None}}, [(Code.WRONG_TYPE, "/schedule/conference")]),
        ],
    )
    def test_what_is_no_schedule_is_refused(self, data: Any, found: list[tuple[str, str]]) -> None:
        assert refusal(json.dumps(data)) == found

    def test_what_is_no_json_is_refused(self) -> None:
        assert refusal(b"BEGIN:VCALENDAR") == [(Code.NOT_JSON, "")]
        assert refusal(pretalx(), limits=Limits(values=10)) == [(Code.PAYLOAD_TOO_MANY_VALUES, "")]

    @pytest.mark.parametrize(
        ("option", "value", "code"),
        [
            ("zone", "Mars/Base", Code.ZONE_UNKNOWN),
            ("language", "xx-!", Code.LANGUAGE_UNKNOWN),
            ("language", None, Code.WRONG_TYPE),
            ("place", 5, Code.WRONG_TYPE),
        ],
    )
    def test_arguments_are_checked(self, option: str, value: object, code: Code) -> None:
        with pytest.raises(InvalidValueError) as caught:
            from_schedule_json(pretalx(), **cast("dict[str, Any]", {option: value}))
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, f"/{option}")]

    def test_a_document_without_a_usable_event_is_no_malformed_payload(self) -> None:
        for data in ({}, pretalx_2020(), conference(pretalx(), days=[], start=None)):
            with pytest.raises(MessageError) as caught:
                from_schedule_json(data)
            assert {each.severity for each in caught.value.findings} == {Severity.ERROR}
        with pytest.raises(PayloadError):
            from_schedule_json(b"{")

    def test_nothing_of_a_person_is_in_a_finding(self) -> None:
        address = "participant1@example.org"
        data = hub(**{address: 1, "participants": [{"name": [address], address: 1}], "title": {address: address}})
        found: Imported = from_schedule_json(data)
        assert found.findings
        assert not [each for each in found.findings if address in _shown(each)]


def _shown(found: Finding) -> str:
    return f"{found} {found.path} {found.params}"
