"""Events of Indico become events of ours."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.importers.indico_documents import (
    HOST,
    ZONE,
    attachment,
    block,
    conference,
    contribution,
    convener,
    entry,
    folder,
    moment,
    older_session,
    person,
    presenter,
    result,
    timetable,
)
from wtisd_model import (
    Event,
    EventStatus,
    InvalidValueError,
    Limits,
    LocalizedText,
    Location,
    MessageError,
    PayloadError,
    Role,
    Session,
    SessionKind,
    TimeSlot,
    VirtualLocation,
    from_indico,
    local_time,
)

SEAT = Location(name=LocalizedText("Seat", "en"), locality="Geneva", country="CH")


def read(*events: dict[str, Any], place: Location | None = SEAT, **options: Any) -> tuple[Event, list[tuple[str, ...]]]:
    """Return the first event, and the findings in short."""
    imported = from_indico(result(*events), place=place, **options)
    return imported.events[0], [(each.code, each.path, *map(str, each.params.values())) for each in imported.findings]


def sessions(*events: dict[str, Any], **options: Any) -> list[Session]:
    """Return the sessions of an event that is read without a loss."""
    event, found = read(*events, **options)
    assert found == []
    return list(event.sessions)


def slot(start: str, end: str, zone: str = ZONE) -> TimeSlot:
    return TimeSlot(start=local_time(start, zone), end=local_time(end, zone))


class TestEvent:
    """indico/modules/events/api.py, `_build_event_api_data`."""

    def test_an_event_is_read_without_a_loss(self) -> None:
        event, found = read(conference(keywords=["forum"], organizer="Organization 1"))
        assert found == []
        assert event.title == LocalizedText("Forum", "en-GB")
        assert event.description == LocalizedText("All about forums.", "en-GB")
        assert event.slot == slot("2027-03-04T09:00", "2027-03-05T18:00")
        assert event.keywords == {"forum"}
        assert event.url == f"{HOST}/event/7/"
        assert event.organizer is not None
        assert event.organizer.name.text == "Organization 1"
        assert event.created is not None
        assert event.created.isoformat() == "2026-12-01T09:00:00+00:00"

    def test_it_keeps_the_uid_of_the_calendars_of_indico(self) -> None:
        event, _ = read(conference(url="https://indico.example.org:8443/event/7/"))
        assert event.uid == "indico-event-7@indico.example.org"

    def test_without_a_host_there_is_no_uid(self) -> None:
        with pytest.raises(MessageError) as caught:
            read(conference(url=None))
        assert [(each.code, each.path) for each in caught.value.findings] == [("uid-malformed", "/results/0/url")]

    def test_times_in_another_zone_are_those_of_the_event(self) -> None:
        """`tz` is the zone of the request, and `timezone` that of the event."""
        start, end = moment("2027-10-31T00:30:00", "UTC"), moment("2027-10-31T01:30:00", "UTC")
        event, found = read(conference(startDate=start, endDate=end))
        assert found == []
        assert event.slot == TimeSlot(
            start=local_time("2027-10-31T02:30", ZONE, repeated="first"),
            end=local_time("2027-10-31T02:30", ZONE, repeated="second"),
        )

    @pytest.mark.parametrize("zone", [None, "", "Nowhere/Nowhere"])
    def test_without_a_zone_of_its_own_it_has_that_of_its_times(self, zone: str | None) -> None:
        event, found = read(conference(timezone=zone))
        assert found == ([("value-dropped", "/results/0/timezone", "zone-unknown")] if zone else [])
        assert event.slot is not None
        assert event.slot.time_zone == ZONE

    @pytest.mark.parametrize(
        ("start", "path", "reason"),
        [
            (None, "", "key-missing"),
            (5, "/startDate", "wrong-type"),
            ({"date": "2027-02-30", "time": "09:00:00", "tz": ZONE}, "/startDate", "time-unreadable"),
            ({"date": "2027-03-04", "time": "09:00:00", "tz": "Mars"}, "/startDate/tz", "zone-unknown"),
            ({"date": "2027-03-04", "time": "09:00:00"}, "", "key-missing"),
        ],
    )
    def test_a_time_that_is_none_is_refused_with_its_reason(self, start: Any, path: str, reason: str) -> None:
        imported = from_indico(result(conference(startDate=start), conference(id="8")), place=SEAT)
        found = [(each.code, each.path, each.params.get("reason")) for each in imported.findings]
        assert found == [("value-dropped", f"/results/0{path}", reason), ("event-without-slot", "/results/0", None)]

    def test_only_errors_are_raised(self) -> None:
        with pytest.raises(MessageError) as caught:
            read(conference(startDate=None, references=[5]))
        assert [each.code for each in caught.value.findings] == ["event-without-slot"]

    @pytest.mark.parametrize("changes", [{"timezone": None}, {"timezone": "Mars"}])
    def test_an_event_without_a_zone_needs_one(self, changes: Any) -> None:
        start, end = ({"date": "2027-03-04", "time": time} for time in ("09:00:00", "18:00:00"))
        whole = conference(startDate=start, endDate=end | {"tz": "Mars"}, **changes)
        with pytest.raises(MessageError) as caught:
            read(whole)
        assert [(each.code, each.path) for each in caught.value.findings] == [("time-floating", "/results/0")]
        event, found = read(whole, zone=ZoneInfo(ZONE))
        assert event.slot == slot("2027-03-04T09:00", "2027-03-04T18:00")
        stated = [("value-dropped", "/results/0/timezone", "zone-unknown")] if changes["timezone"] else []
        assert found == [*stated, ("value-dropped", "/results/0/endDate/tz", "zone-unknown")]

    def test_a_zone_that_is_stated_is_kept(self) -> None:
        event, _ = read(conference(), zone="Africa/Nairobi")
        assert event.slot is not None
        assert event.slot.time_zone == ZONE

    def test_a_moment_that_cannot_be_read_is_noted(self) -> None:
        event, found = read(conference(creationDate={"date": "2026-12-01", "time": "10:00:00", "tz": "Mars"}))
        assert event.created is None
        assert found == [("value-dropped", "/results/0/creationDate", "moment-unreadable")]

    def test_chairs_are_contacts_and_speakers_of_a_lecture(self) -> None:
        chairs = [person(1, email="participant1@example.org"), {"fullName": "Participant 2"}, {"affiliation": "X"}]
        event, found = read(conference(chairs=chairs))
        assert found == []
        assert [(each.name, each.email, each.organization) for each in event.contacts] == [
            ("Participant 1", "participant1@example.org", "Organization 1"),
            ("Participant 2", None, None),
        ]
        assert event.contacts[0].roles == {Role.CHAIR}
        lecture, _ = read(conference(chairs=chairs, type="simple_event"))
        assert lecture.contacts[0].roles == {Role.SPEAKER}

    def test_files_links_and_minutes_are_documents(self) -> None:
        link = attachment(2, type="link", link_url="https://example.org/live", title="Live")
        event, found = read(
            conference(folders=[folder(attachment(1), link)], note={"html": "", "url": f"{HOST}/event/7/note/"})
        )
        assert found == []
        assert [(each.title and each.title.text, each.url) for each in event.documents] == [
            ("Slides 1", f"{HOST}/event/7/attachments/1/1/slides.pdf"),
            ("Live", "https://example.org/live"),
            (None, f"{HOST}/event/7/note/"),
        ]

    @pytest.mark.parametrize(
        "folders", [[folder(attachment(), is_protected=True)], [folder(attachment(is_protected=True))]]
    )
    def test_protected_files_are_left_out(self, folders: Any) -> None:
        event, found = read(conference(folders=folders))
        assert event.documents == ()
        assert [(code, name) for code, _, name in found] == [("member-unsupported", "is_protected")]

    def test_people_who_made_or_manage_it_are_left_out(self) -> None:
        allowed = {"users": ["participant8@example.org"], "groups": []}
        event, found = read(conference(allowed=allowed))
        assert found == []
        assert "participant" not in repr(event.extensions).lower()
        assert event.contacts == ()

    def test_an_event_that_does_not_happen_is_cancelled(self) -> None:
        label = {"title": "Cancelled", "color": "red", "is_event_not_happening": True, "message": ""}
        event, found = read(conference(label=label))
        assert found == [("status-time-inferred", "/results/0/label", "cancelled")]
        assert event.status is EventStatus.CANCELLED
        assert event.history[0].at.timestamp() == 1_800_000_000

    @pytest.mark.parametrize("ts", [None, "yesterday", -1, 10**18])
    def test_in_a_document_without_its_time_it_is_cancelled_since_its_start(self, ts: Any) -> None:
        label = {"title": "Cancelled", "color": "red", "is_event_not_happening": True, "message": ""}
        imported = from_indico(result(conference(label=label), ts=ts), place=SEAT)
        (event,) = imported.events
        assert event.slot is not None
        assert event.status is EventStatus.CANCELLED
        assert event.history[0].at == event.slot.starts_at
        assert [(each.code, each.path) for each in imported.findings] == [("status-time-inferred", "/results/0/label")]

    def test_an_event_that_does_not_happen_at_no_time_is_refused(self) -> None:
        label = {"title": "Cancelled", "color": "red", "is_event_not_happening": True, "message": ""}
        with pytest.raises(MessageError, match="event-without-slot"):
            from_indico(result(conference(label=label, startDate=None), ts=None), place=SEAT)

    def test_another_label_is_noted(self) -> None:
        _, found = read(conference(label={"title": "New", "color": "red", "is_event_not_happening": False}))
        assert found == [("member-unsupported", "/results/0/label", "label")]

    @pytest.mark.parametrize(
        ("language", "tag"), [(None, "und"), ("", "und"), ("fr_FR", "fr-FR"), ("zh_Hans_CN", "zh-Hans-CN")]
    )
    def test_texts_are_in_the_language_of_the_event(self, language: str | None, tag: str) -> None:
        event, found = read(conference(language=language))
        assert found == []
        assert event.title.language == tag

    def test_a_language_that_is_none_is_noted(self) -> None:
        event, found = read(conference(language="not a language"), language="fr")
        assert event.title.language == "fr"
        assert found == [("value-dropped", "/results/0/language", "language-unknown")]

    def test_what_no_field_can_hold_is_noted_once(self) -> None:
        events = [conference(references=[{"type": "DOI"}]), conference(id="8", references=[{"type": "DOI"}], x_y=1)]
        _, found = read(*events)
        assert found == [
            ("member-unsupported", "/results/0/references", "references"),
            ("member-unsupported", "/results/1/x_y", "x_y"),
        ]

    def test_more_than_a_field_can_hold_is_cut(self) -> None:
        event, found = read(conference(chairs=[person(number) for number in range(150)]))
        assert len(event.contacts) == 100
        assert found == [("value-dropped", "/results/0/chairs/100", "too-many-items")]


class TestPlace:
    """Indico names a venue, a room and an address, but neither town nor country."""

    def test_the_given_place_has_the_rooms(self) -> None:
        event, found = read(conference(), place=SEAT)
        assert found == []
        assert [(each.name.text, each.room) for each in event.locations] == [("Seat", "Main hall")]

    def test_without_one_the_town_is_the_end_of_the_address(self) -> None:
        event, found = read(conference(address="Building 5\nStreet 1,\n Geneva "), place=None)
        (location,) = event.locations
        assert (location.name.text, location.room, location.address) == ("Seat", "Main hall", "Building 5, Street 1")
        assert (location.locality, location.country) == ("Geneva", "CH")
        assert found == [("country-inferred", "/results/0", "CH")]

    def test_a_room_without_a_venue_is_the_place(self) -> None:
        event, _ = read(conference(location=""), place=None)
        assert [(each.name.text, each.room) for each in event.locations] == [("Main hall", None)]

    @pytest.mark.parametrize(
        ("changes", "town"), [({"address": ""}, None), ({"address": " ,\n"}, None), ({"timezone": "UTC"}, "Geneva")]
    )
    def test_a_place_without_town_or_country_keeps_its_name(self, changes: Any, town: str | None) -> None:
        event, found = read(conference(**changes), place=None)
        (place,) = event.locations
        assert (place.name.text, place.room, place.locality, place.country) == ("Seat", "Main hall", town, None)
        assert found == []

    @pytest.mark.parametrize(
        "changes",
        [
            {"location": 5, "room": "", "roomFullname": ""},
            {"location": "\x01", "room": "", "roomFullname": ""},
        ],
    )
    def test_a_place_without_a_name_is_left_out(self, changes: Any) -> None:
        event, found = read(conference(**changes), place=None)
        assert (event.locations, event.virtual_locations) == ((), ())
        assert event.venue_to_follow
        assert [code for code, *_ in found if code != "value-dropped"] == ["location-dropped"]

    def test_an_event_whose_sessions_name_a_place_is_not_online(self) -> None:
        nowhere = conference(location="", room="", roomFullname="", contributions=[contribution()])
        event, found = read(nowhere, place=None)
        assert event.virtual_locations == ()
        assert event.venue_to_follow
        assert event.sessions[0].locations[0].name.text == "Seat"
        assert found == []

    def test_an_event_without_a_place(self) -> None:
        event, found = read(conference(location="", room="", roomFullname=""), place=None)
        assert event.virtual_locations == (VirtualLocation(),)
        assert found == [("place-missing", "/results/0")]

    def test_a_session_in_another_room_has_a_location(self) -> None:
        nothing = {"location": "", "roomFullname": "", "room": ""}
        rooms = [{}, {"roomFullname": "Room 2"}, nothing, {"roomFullname": ""}]
        made = sessions(conference(contributions=[contribution(number, **each) for number, each in enumerate(rooms)]))
        assert [[place.room for place in each.locations] for each in made] == [[], ["Room 2"], [], []]

    def test_an_event_that_names_no_place_has_the_rooms_of_its_sessions(self) -> None:
        nowhere = conference(location="", room="", roomFullname="", contributions=[contribution()])
        (made,) = sessions(nowhere)
        assert [(each.name.text, each.room) for each in made.locations] == [("Seat", "Main hall")]

    @pytest.mark.parametrize("place", [None, SEAT])
    def test_a_session_at_another_venue_is_there(self, place: Location | None) -> None:
        event, found = read(conference(contributions=[contribution(location="Annex")]), place=place)
        (annex,) = event.sessions[0].locations
        assert (annex.name.text, annex.room, annex.locality) == ("Annex", "Main hall", None)
        assert "location-dropped" not in [code for code, *_ in found]

    def test_a_session_whose_place_cannot_be_read_is_at_that_of_the_event(self) -> None:
        nameless = contribution(location="\x01", room="", roomFullname="")
        event, found = read(conference(contributions=[nameless]), place=None)
        assert event.sessions[0].locations == ()
        assert ("location-dropped", "/results/0/contributions/0") in found


class TestProgramme:
    """`_serialize_contribution` and `_serialize_session_block`."""

    def test_a_contribution_is_a_session(self) -> None:
        (made,) = sessions(
            conference(
                contributions=[
                    contribution(
                        description="See <https://example.org>\n* one\n* two",
                        code="C-1",
                        type="Keynote",
                        track="Access",
                        speakers=[person(1)],
                        folders=[folder(attachment())],
                    )
                ]
            )
        )
        assert (made.id, made.uid) == ("c101", "indico-contribution-101@indico.example.org")
        assert made.slot == slot("2027-03-04T09:30", "2027-03-04T10:00")
        assert made.description is not None
        assert made.description.text == "See <https://example.org>\n* one\n* two"
        assert (made.code, made.kind, made.track) == ("C-1", SessionKind.KEYNOTE, "Access")
        assert [(each.name, *each.roles) for each in made.people] == [("Participant 1", Role.SPEAKER)]
        assert len(made.materials) == 1
        assert made.url == f"{HOST}/event/7/contributions/101/"

    def test_a_contribution_that_is_not_scheduled_is_left_out(self) -> None:
        event, found = read(conference(contributions=[contribution(startDate=None, endDate=None)]))
        assert event.sessions == ()
        assert found == [("value-dropped", "/results/0/contributions/0", "key-missing")]

    def test_a_contribution_without_an_id_is_left_out(self) -> None:
        event, found = read(conference(contributions=[contribution(id=None, db_id=None)] * 2))
        assert event.sessions == ()
        assert found == [("value-dropped", f"/results/0/contributions/{number}", "key-missing") for number in (0, 1)]

    def test_a_contribution_outside_the_event_is_left_out(self) -> None:
        late = moment("2027-03-06T09:00:00")
        event, found = read(conference(contributions=[contribution(endDate=late)]))
        assert event.sessions == ()
        assert found == [("value-dropped", "/results/0/contributions/0", "session-outside-event")]

    def test_a_block_with_contributions_is_their_track(self) -> None:
        made = sessions(conference(sessions=[block(contribution(1), contribution(2), conveners=[convener(3)])]))
        assert [(each.id, each.track) for each in made] == [("c101", "Plenary"), ("c102", "Plenary")]
        assert [[each.name for each in each.people if Role.CHAIR in each.roles] for each in made] == [
            ["Participant 3"],
            ["Participant 3"],
        ]

    def test_a_session_of_an_older_export_is_the_track_of_its_contributions(self) -> None:
        held = contribution(3, id="3", db_id=None, session="d2s1", title="d2s1c1")
        (made,) = sessions(conference(sessions=[older_session(held, sessionConveners=[convener(3)])]))
        assert (made.id, made.track, made.title.text) == ("c3", "d2s1", "d2s1c1")
        assert [(each.name, each.roles) for each in made.people] == [("Participant 3", frozenset({Role.CHAIR}))]

    def test_a_session_of_an_older_export_without_contributions_is_a_session(self) -> None:
        (made,) = sessions(conference(sessions=[older_session(sessionConveners=[convener(3)], type="Workshop")]))
        assert (made.id, made.uid, made.kind, made.track) == ("s0", None, SessionKind.WORKSHOP, None)
        assert [each.name for each in made.people] == ["Participant 3"]

    def test_what_is_lost_of_a_session_of_an_older_export_is_noted(self) -> None:
        _, found = read(conference(sessions=[older_session(contribution(3), description="About it")]))
        assert found == [("member-unsupported", "/results/0/sessions/0/description", "description")]

    def test_a_block_without_contributions_is_a_session(self) -> None:
        whole = block(conveners=[convener(3)], of="Workshop", code="W")
        whole["session"] |= {"type": "Workshop", "description": "On <i>ships</i>"}
        (made,) = sessions(conference(sessions=[whole]))
        assert (made.id, made.uid) == ("s21", "indico-session-block-21@indico.example.org")
        assert (made.title.text, made.code, made.kind, made.track) == ("Workshop", "W", SessionKind.WORKSHOP, None)
        assert made.description is not None
        assert made.description.text == "On ships"
        assert [each.name for each in made.people] == ["Participant 3"]

    def test_the_description_of_a_block_that_is_a_track_is_noted(self) -> None:
        whole = block(contribution())
        whole["session"]["description"] = "About it"
        _, found = read(conference(sessions=[whole]))
        assert found == [("member-unsupported", "/results/0/sessions/0/session/description", "description")]

    def test_the_files_of_a_block_that_is_a_track_are_noted(self) -> None:
        whole = block(contribution())
        whole["session"]["folders"] = [folder(attachment())]
        _, found = read(conference(sessions=[whole]))
        assert found == [("member-unsupported", "/results/0/sessions/0/session/folders/0/attachments/0", "attachments")]

    def test_an_unknown_kind_and_a_second_track_are_noted(self) -> None:
        _, found = read(conference(contributions=[contribution(type="Demo", track="A", session="B")]))
        assert [name for _, _, name in found] == ["session", "type"]

    @pytest.mark.parametrize("changes", [{"title": "Another one"}, {"startDate": moment("2027-03-04T09:40:00")}])
    def test_another_contribution_with_its_id_is_noted(self, changes: Any) -> None:
        event, found = read(conference(contributions=[contribution(), contribution(**changes)]))
        assert [each.title.text for each in event.sessions] == ["Contribution 1"]
        assert found == [("entry-repeated", "/results/0/contributions/1")]

    def test_a_block_has_another_title_in_the_timetable(self) -> None:
        held = entry("Session", 1, title="Plenary", startDate=moment("2027-03-04T11:00:00"))
        assert len(sessions(conference(sessions=[block(of="Plenary: First part")]), timetable=timetable(held))) == 1

    def test_a_contribution_that_comes_twice_is_one(self) -> None:
        assert len(sessions(conference(contributions=[contribution()], sessions=[block(contribution())]))) == 1


class TestTimetable:
    """indico/modules/events/timetable/legacy.py."""

    def test_breaks_come_from_it(self) -> None:
        talk, held = contribution(1), block()
        known = (
            entry("Contribution", 1, startDate=talk["startDate"]),
            entry("Session", 1, startDate=held["startDate"]),
        )
        days = timetable(entry("Break"), *known)
        made = sessions(conference(contributions=[talk], sessions=[held]), timetable=days)
        assert [(each.id, each.kind, each.url is None) for each in made] == [
            ("c101", None, False),
            ("s21", None, False),
            ("b1", SessionKind.BREAK, True),
        ]

    def test_entries_that_the_event_lacks_come_from_it(self) -> None:
        talk = entry(
            "Contribution",
            2,
            presenters=[presenter()],
            attachments={"files": [{"title": "A", "download_url": "/a.pdf"}], "folders": [folder(attachment())]},
        )
        held = entry("Session", 1, entries={"c2": talk, "b3": entry("Break", 3)}, conveners=[presenter(4)])
        made = sessions(conference(), timetable=timetable(held, entry("Session", 5, title="Workshop")))
        assert [(each.id, each.track) for each in made] == [("c102", "Plenary"), ("b3", None), ("s25", None)]
        assert made[0].uid == "indico-contribution-102@indico.example.org"
        assert made[0].url == f"{HOST}/event/7/contributions/102/"
        assert next(each.url for each in made[0].materials) == f"{HOST}/a.pdf"
        assert [each.name for each in made[0].people] == ["Participant 1", "Participant 4"]

    def test_findings_about_it_have_a_path_of_their_own(self) -> None:
        _, found = read(conference(), timetable=timetable(entry("Party"), entry("Break", startDate=5)))
        assert [(code, path) for code, path, _ in found] == [
            ("value-dropped", "/timetable/results/7/p1/entryType"),
            ("value-dropped", "/timetable/results/7/b1/startDate"),
        ]


class TestOlderVersions:
    """Exports of Indico 0.98 to 1.2 in public repositories, rebuilt."""

    def test_an_export_of_2011(self) -> None:
        material = {
            "_type": "Slides",
            "_fossil": "materialMetadata",
            "id": "slides",
            "title": "Slides",
            "resources": [
                {
                    "_type": "LocalFile",
                    "_fossil": "localFileMetadata",
                    "id": "0",
                    "name": "talk.pdf",
                    "url": f"{HOST}/a.pdf",
                }
            ],
        }
        talk = {
            "_type": "Contribution",
            "_fossil": "contributionMetadata",
            "id": "0",
            "title": "Contribution 1",
            "startDate": moment("2011-06-23T08:20:00"),
            "endDate": moment("2011-06-23T08:40:00"),
            "duration": 20,
            "location": "CERN",
            "room": "1-1-025",
            "track": None,
            "session": None,
            "type": None,
            "description": "",
            "speakers": [
                {"_type": "ContributionParticipation", "id": "0", "fullName": "1, Participant", "affiliation": ""}
            ],
            "material": [material],
            "url": f"{HOST}/contributionDisplay.py?contribId=0&confId=137346",
        }
        old: dict[str, Any] = {
            "category": "TEST Category",
            "startDate": moment("2011-06-23T08:00:00"),
            "_type": "Conference",
            "endDate": moment("2011-06-24T18:00:00"),
            "description": "",
            "title": "Export Test",
            "url": f"{HOST}/conferenceDisplay.py?confId=137346",
            "location": "CERN",
            "_fossil": "conferenceMetadataWithContribs",
            "timezone": "Europe/Zurich",
            "type": "meeting",
            "id": "137346",
            "room": "1-1-025",
            "contributions": [talk],
            "material": [material],
        }
        event, found = read(old)
        assert found == []
        assert event.uid == "indico-event-137346@indico.example.org"
        (made,) = event.sessions
        assert (made.id, made.uid) == ("c0", None)
        assert [each.name for each in made.people] == ["1, Participant"]
        assert [each.url for each in (*event.documents, *made.materials)] == [f"{HOST}/a.pdf"] * 2

    def test_a_timetable_of_2013(self) -> None:
        old: dict[str, Any] = {
            "startDate": moment("2027-03-04T16:00:00"),
            "_type": "ContribSchEntry",
            "material": [],
            "endDate": moment("2027-03-04T16:30:00"),
            "description": "",
            "title": "Contribution 1",
            "id": "c0",
            "contributionId": "0",
            "sessionSlotId": None,
            "conferenceId": "7",
            "presenters": [],
            "sessionId": None,
            "location": "Seat",
            "uniqueId": "a7t0",
            "_fossil": "contribSchEntryDisplay",
            "sessionCode": None,
            "entryType": "Contribution",
            "room": "Room 2",
        }
        (made,) = sessions(conference(), timetable=timetable(old))
        assert (made.id, made.uid, made.locations[0].room) == ("c0", None, "Room 2")


class TestReading:
    """Whatever comes in, it is an event or an error of ours."""

    def test_bytes_a_string_and_a_mapping_are_the_same(self) -> None:
        plain = result(conference(contributions=[contribution()]))
        text = json.dumps(plain)
        assert from_indico(plain) == from_indico(text) == from_indico(text.encode())

    def test_several_events_are_read(self) -> None:
        uids = [each.uid for each in from_indico(result(conference(), conference(id="8"))).events]
        assert uids == ["indico-event-7@indico.example.org", "indico-event-8@indico.example.org"]

    def test_an_event_that_is_listed_twice_is_read_once(self) -> None:
        imported = from_indico(result(conference(title="Forum"), conference()), place=SEAT)
        assert [each.title.text for each in imported.events] == ["Forum"]
        assert [(each.code, each.path) for each in imported.findings] == [("entry-repeated", "/results/1")]

    def test_one_event_that_cannot_be_read_does_not_stop_the_others(self) -> None:
        imported = from_indico(result(conference(title=""), conference(id="8")), place=SEAT)
        assert [each.uid for each in imported.events] == ["indico-event-8@indico.example.org"]
        assert not imported.ok

    @pytest.mark.parametrize("results", [[], {}, None])
    def test_a_document_without_an_event_is_refused(self, results: Any) -> None:
        with pytest.raises(MessageError) as caught:
            from_indico(result(results=results))
        assert [(each.code, each.path) for each in caught.value.findings] == [("event-missing", "/results")]

    @pytest.mark.parametrize(
        ("data", "code"),
        [(b"[", "not-json"), ("\udc00", "not-utf8"), (b"[]", "event-missing"), (b"1", "event-missing")],
    )
    def test_what_is_no_document_of_indico_is_refused(self, data: Any, code: str) -> None:
        with pytest.raises(MessageError if code == "event-missing" else PayloadError) as caught:
            from_indico(data)
        assert [each.code for each in caught.value.findings] == [code]

    def test_each_document_has_its_limits(self) -> None:
        with pytest.raises(PayloadError, match="payload-too-deep"):
            from_indico(result(conference()), limits=Limits(depth=3))
        with pytest.raises(PayloadError, match="payload-too-deep"):
            from_indico(result(conference()), timetable=timetable(entry("Break")), limits=Limits(depth=4))

    def test_arguments_are_checked(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            from_indico(result(conference()), language="English")
        assert caught.value.findings[0].path == "/language"
        with pytest.raises(InvalidValueError, match="zone-unknown"):
            from_indico(result(conference()), zone="Mars")
        with pytest.raises(InvalidValueError) as caught:
            from_indico(result(conference()), place="Seat")  # type: ignore[arg-type]  # refused
        assert caught.value.findings[0].path == "/place"
        with pytest.raises(TypeError):
            from_indico(5)  # type: ignore[arg-type]  # refused

    @pytest.mark.parametrize("wrong", [5, "x", True, [5], {"x": 5}])
    def test_a_list_that_is_none_is_noted(self, wrong: Any) -> None:
        event, found = read(conference(chairs=wrong, keywords=wrong, folders=wrong, contributions=wrong))
        assert event.contacts == event.documents == event.sessions == ()
        assert {code for code, *_ in found} == {"value-dropped"}

    def test_messages_repeat_nothing(self) -> None:
        name = "Zaphod"
        secret = conference(
            chairs=[{"fullName": name * 200, "email": f"{name}@", "affiliation": [name]}],
            keywords=[{name: name}],
            contributions=[contribution(title=name * 200, type=name, url=name, speakers=[name], code=name * 20)],
            **{f"{name} {name}": name},
        )
        _, found = read(secret)
        assert len(found) > 6
        assert name not in str(found)
