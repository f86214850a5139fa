"""Calendars of others, read into events and sessions: what is kept, and the findings about the rest."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.ical.calendars import codes, one, read, refusals, vcalendar, vevent
from tests.ical.imported import OURS, left_out, text
from wtisd_model import (
    CalendarLimits,
    Contact,
    Event,
    EventStatus,
    InvalidValueError,
    LocalizedText,
    Location,
    Organization,
    ParticipationStatus,
    PayloadError,
    Role,
    TimeSlot,
    VirtualFeature,
    VirtualLocation,
    from_ical,
    from_json,
    to_json,
)
from wtisd_model.invitation import Method, read_reply, reply, request_for

CALENDARS = Path(__file__).parents[1] / "data" / "calendars"
SEAT = Location(name=LocalizedText(text="Seat", language="fr"), locality="Genève", country="CH")
DECODES = pytest.mark.skipif(not hasattr(icalendar.prop, "vBroken"), reason="before 7, icalendar decodes less")
LATER = ("DTSTART;TZID=Europe/Zurich:20240517T143000", "DTEND;TZID=Europe/Zurich:20240517T163000")


def event(*lines: str, **changes: Any) -> Event:
    return read(one(*lines, **changes)).events[0]


class TestOthers:
    """What real programs write."""

    def test_google_invites_to_two_days(self) -> None:
        imported = read((CALENDARS / "google-invite.ics").read_bytes())
        (made,) = imported.events
        assert imported.method is Method.REQUEST
        assert imported.ok
        assert made.slot is not None
        assert made.slot == TimeSlot.days(date(2023, 5, 17), date(2023, 5, 19), "Europe/Zurich")
        assert made.title == text("Forum")
        assert made.locations[0].locality == "Genève"
        assert [each.uri for each in made.virtual_locations] == ["https://meet.example.org/abc-defg-hij"]
        assert made.organizer == Organization(name=text("Office"), email="office@example.org")
        assert made.sequence == 2
        assert made.created == datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
        assert [each.email for each in imported.attendees] == ["participant1@example.org"]
        # STATUS:TENTATIVE, the blank behind the title, the room among the people, and the reminder.
        assert sorted(codes(imported)) == [
            "component-dropped",
            "parameter-dropped",
            "parameter-dropped",
            "property-dropped",
            "property-dropped",
            "property-unsupported",
            "text-changed",
        ]
        assert left_out(imported) == ["RSVP", "CUTYPE", "TRANSP", "VALARM", "STATUS", "ATTENDEE"]

    def test_outlook_has_a_series_in_a_zone_of_its_own(self) -> None:
        imported = read((CALENDARS / "outlook-series.ics").read_bytes(), zone="Europe/Vienna")
        (made,) = imported.events
        assert made.slot is not None
        assert made.slot.starts_at == datetime(2023, 5, 1, 7, tzinfo=UTC)
        assert made.slot.time_zone == "Europe/Vienna"
        assert made.title == text("Vorbereitung", "de-CH")
        assert made.keywords == {"Blue Category", "Forum"}
        assert [each.uri for each in made.virtual_locations] == ["https://teams.example.org/l/meetup-join/1"]
        assert set(codes(imported)) == {
            "zone-replaced",
            "recurrence-dropped",
            "property-unsupported",
            "occurrence-dropped",
        }
        (found,) = (each for each in imported.findings if each.code == "zone-replaced")
        assert (found.path, found.params) == ("/lines/28", {"zone": "Europe/Vienna"})
        assert "--zone" in found.fix
        assert left_out(imported) == [
            "X-CALSTART",
            "X-WR-RELCALID",
            "X-WR-CALNAME",
            "RRULE",
            None,
        ]  # the other occurrence

    def test_pretalx_writes_talks_in_rooms(self) -> None:
        imported = read((CALENDARS / "pretalx-schedule.ics").read_bytes(), place=SEAT, language="en")
        assert [each.title.text for each in imported.events] == [
            "Opening - Speaker 1",
            "Networks for all - Speaker 2",
        ]
        assert [each.locations[0].room for each in imported.events] == ["Main hall", "Room 2"]
        assert {each.locations[0].name for each in imported.events} == {SEAT.name}
        assert {each.title.language for each in imported.events} == {"en"}
        assert imported.findings == ()

    def test_apple_lets_times_float(self) -> None:
        data = (CALENDARS / "apple-floating.ics").read_bytes()
        assert refusals(lambda: read(data)) == [("time-floating", "/lines/7")]
        (made,) = read(data, zone="Europe/Zurich").events
        assert made.title.text == 'C:\\New, \\"quoted\\"'
        assert made.status is EventStatus.CANCELLED
        assert made.locations[0].latitude == Decimal("46.2211")
        assert made.slot is not None
        assert made.slot.duration.in_minutes() == 90


class TestTexts:
    """LANGUAGE, and what becomes of texts that no field holds."""

    def test_a_text_is_in_the_language_that_it_says_or_the_caller(self) -> None:
        data = vcalendar(vevent("DESCRIPTION;LANGUAGE=FR-ch:Tout", "X-A:1"))
        assert event("DESCRIPTION;LANGUAGE=FR-ch:Tout").description == text("Tout", "fr-CH")
        assert read(data, language="de").events[0].title == text("Forum", "de")
        imported = read(one("DESCRIPTION;LANGUAGE=klingon:Tout"))
        assert imported.events[0].description == text("Tout")
        assert left_out(imported) == ["LANGUAGE"]

    def test_an_event_without_a_title_gets_one(self) -> None:
        data = one().replace(b"SUMMARY:Forum\r\n", b"")
        imported = read(data)
        assert imported.events[0].title == text("Untitled", "en")
        assert codes(imported) == ["title-missing"]
        blank = read(one().replace(b"SUMMARY:Forum", b"SUMMARY: "))
        assert blank.events[0].title == text("Untitled", "en")
        assert codes(blank) == ["title-missing"]

    def test_what_does_not_fit_is_cut_and_told(self) -> None:
        imported = read(one().replace(b"SUMMARY:Forum", b"SUMMARY:" + b"x" * 600))
        assert imported.events[0].title.text == "x" * 500
        assert codes(imported) == ["text-changed"]

    def test_a_line_break_in_a_title_becomes_a_space_and_the_finding_says_so(self) -> None:
        imported = read(one().replace(b"SUMMARY:Forum", b"SUMMARY:Forum\\nGeneva"))
        assert imported.events[0].title.text == "Forum Geneva"
        (found,) = (each for each in imported.findings if each.code == "text-changed")
        assert "a line break or tab became a space" in found.message

    def test_a_description_that_cannot_be_kept_is_left_out(self) -> None:
        imported = read(one("DESCRIPTION:\x07"))
        assert imported.events[0].description is None
        assert codes(imported) == ["property-dropped"]
        assert event("DESCRIPTION:").description is None

    def test_a_description_in_html_is_read_where_there_is_no_other(self) -> None:
        """RFC 9073 section 6.5."""
        styled = "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html;LANGUAGE=fr:<p>Tout\\, <b>ici</b></p>"
        imported = read(one(styled))
        assert imported.events[0].description == text("Tout, ici", "fr")
        assert codes(imported) == []
        for lines in (("DESCRIPTION:Tout", styled), (styled.replace("html", "enriched"),)):
            assert left_out(read(one(*lines))) == ["STYLED-DESCRIPTION"]

    def test_words_are_kept_once_and_a_hundred_at_most(self) -> None:
        assert event("CATEGORIES:b,a\\,c, ,b", "CATEGORIES:d").keywords == {"b", "a,c", "d"}
        data = one(*[f"CATEGORIES:{number}" for number in range(150)])
        imported = read(data)
        assert imported.events[0].keywords == set(map(str, range(100)))
        dropped = [each.path for each in imported.findings if each.code == "value-dropped"]
        assert dropped == [f"/lines/{data.splitlines().index(b'CATEGORIES:100') + 1}"]
        assert left_out(read(one("CATEGORIES:" + "," * 1000 + "a"))) == ["CATEGORIES"]
        imported = read(one("CATEGORIES:\x07,a "))
        assert imported.events[0].keywords == {"a"}
        assert codes(imported) == ["property-dropped", "text-changed"]

    def test_only_we_write_tentative_for_what_is_postponed(self) -> None:
        line = "STATUS:TENTATIVE"
        assert codes(read(one(line))) == ["property-dropped"]
        (made,) = read(vcalendar(vevent(line), product=OURS)).events
        assert made.status is EventStatus.POSTPONED


class TestPlaces:
    """LOCATION, GEO and CONFERENCE."""

    def test_a_place_is_taken_apart_at_its_last_comma(self) -> None:
        made = event(place="LOCATION;LANGUAGE=fr:Siège\\, Popov\\, Genève").locations[0]
        assert (made.name, made.locality, made.country) == (text("Siège, Popov", "fr"), "Genève", "CH")

    @pytest.mark.parametrize(("zone", "country"), [("Asia/Tokyo", "JP"), ("US/Samoa", "AS")])
    def test_its_country_is_that_of_the_zone(self, zone: str, country: str) -> None:
        when = (f"DTSTART;TZID={zone}:20230517T143000", "DURATION:PT1H")
        imported = read(one(when=when))
        assert imported.events[0].locations[0].country == country
        assert [(each.code, each.params) for each in imported.findings] == [("country-inferred", {"country": country})]

    def test_the_country_of_a_place_in_utc_is_unknown(self) -> None:
        when = ("DTSTART:20230517T143000Z", "DURATION:PT1H")
        imported = read(one(when=when))
        assert imported.events[0].locations == (Location(name=text("Seat", "und"), locality="Geneva"),)
        assert codes(imported) == []
        assert read(one(when=when), zone="Asia/Tokyo").events[0].locations[0].country == "JP"

    def test_a_place_in_utc_takes_the_country_of_the_calendar(self) -> None:
        data = vcalendar("X-WR-TIMEZONE:Asia/Tokyo", vevent(when=("DTSTART:20230517T143000Z", "DURATION:PT1H")))
        assert read(data).events[0].locations[0].country == "JP"

    def test_a_zone_of_the_calendar_that_nobody_knows_is_left_out(self) -> None:
        imported = read(vcalendar("X-WR-TIMEZONE:here", vevent()))
        assert len(imported.events) == 1
        assert left_out(imported) == ["X-WR-TIMEZONE"]

    @pytest.mark.parametrize(("written", "name"), [("Seat\\, \\n", "Seat,"), ("\\, Geneva", ", Geneva")])
    def test_half_a_place_is_a_name(self, written: str, name: str) -> None:
        (place,) = event(place=f"LOCATION:{written}").locations
        assert (place.name.text, place.locality, place.country) == (name, None, None)

    def test_a_place_without_a_town_keeps_its_name_and_position_or_is_a_room(self) -> None:
        data = one("GEO:46.2;6.1", place="LOCATION:Room 4")
        imported = read(data)
        (place,) = imported.events[0].locations
        assert place == Location(name=text("Room 4", "und"), latitude=Decimal("46.2"), longitude=Decimal("6.1"))
        assert codes(imported) == []
        assert read(data, place=SEAT).events[0].locations[0].room == "Room 4"

    @pytest.mark.parametrize(
        "named", ["Microsoft Teams Meeting", "Réunion Microsoft Teams", "Zoom", "online ", "Participation à distance"]
    )
    def test_an_online_meeting_is_no_place(self, named: str) -> None:
        imported = read(one(place=f"LOCATION:{named}"))
        assert imported.events[0].locations == ()
        assert imported.events[0].virtual_locations == ()
        assert imported.events[0].venue_to_follow
        assert codes(imported) == ["location-dropped"]

    def test_a_room_with_an_online_meeting_is_a_place(self) -> None:
        assert str(event(place="LOCATION:Microsoft Teams Meeting\\; Room 4").locations[0].name)[-6:] == "Room 4"

    def test_a_place_of_which_nothing_is_known_is_left_out(self) -> None:
        assert codes(read(one(place="LOCATION:"))) == ["place-missing"]
        assert codes(read(one(place="LOCATION:\x07"))) == ["property-dropped"]
        assert codes(read(one(place="LOCATION:\x07"), place=SEAT)) == ["property-dropped"]

    def test_a_position_needs_a_place(self) -> None:
        assert event("GEO:46.2;6.1").locations[0].longitude == Decimal("6.1")
        assert codes(read(one("GEO:46.2;6.1", place=None))) == ["property-dropped", "place-missing"]
        assert codes(read(one("GEO:x"))) == ["property-dropped"]

    def test_places_to_dial_in(self) -> None:
        made = event(
            "CONFERENCE;VALUE=URI;FEATURE=VIDEO,x-new,audio;LABEL=\"Room ^'A^'\";LANGUAGE=fr:https://example.org/a",
            "CONFERENCE;VALUE=URI:tel:+41225550100",
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://example.org/a",
            "X-GOOGLE-CONFERENCE:https://example.org/b",
        )
        assert made.virtual_locations == (
            VirtualLocation(
                name=text('Room "A"', "fr"),
                uri="https://example.org/a",
                features=frozenset({VirtualFeature.AUDIO, VirtualFeature.VIDEO}),
            ),
            VirtualLocation(uri="tel:+41225550100"),
            VirtualLocation(uri="https://example.org/b"),
        )

    def test_an_address_of_another_kind_is_left_out(self) -> None:
        assert codes(read(one("CONFERENCE:xmpp:a@example.org"))) == ["property-dropped"]
        many = read(one(*(f"CONFERENCE:https://example.org/{number}" for number in range(101))))
        assert len(many.events[0].virtual_locations) == 100
        assert codes(many) == ["value-dropped"]

    def test_an_address_for_a_place_is_one_to_dial_in(self) -> None:
        made = read(one(place="LOCATION: https://example.org/a "))
        assert made.events[0].virtual_locations == (VirtualLocation(uri="https://example.org/a"),)
        assert codes(made) == []


class TestPeople:
    """ORGANIZER, CONTACT and ATTENDEE."""

    def test_a_body_without_a_name_is_called_by_its_address(self) -> None:
        made = event("ORGANIZER:mailto:office@example.org").organizer
        assert made == Organization(name=text("office@example.org"), email="office@example.org")
        assert event('ORGANIZER;CN="\u202e":mailto:office@example.org').organizer == made
        assert codes(read(one("ORGANIZER:invalid:nomail"))) == ["property-dropped"]

    def test_whom_to_ask(self) -> None:
        made = event(
            "CONTACT:Desk 1\\, desk@example.org",
            "CONTACT:desk@example.org",
            "CONTACT:Desk 1\\, Hall 2",
            "CONTACT:Desk 1\\, desk@example.org\\, +41227305111",
            "CONTACT:Desk 1\\, +41227305111",
            "CONTACT:desk@example.org\\, +41227305111",
            "CONTACT:+41227305111",
            "CONTACT:\x07",
        )
        roles = frozenset({Role.CONTACT})
        assert made.contacts == (
            Contact(name="Desk 1", email="desk@example.org", roles=roles),
            Contact(email="desk@example.org", roles=roles),
            Contact(name="Desk 1, Hall 2", roles=roles),
            Contact(name="Desk 1", email="desk@example.org", phone="+41227305111", roles=roles),
            Contact(name="Desk 1", phone="+41227305111", roles=roles),
            Contact(email="desk@example.org", phone="+41227305111", roles=roles),
            Contact(name="+41227305111", roles=roles),
        )

    def test_who_is_invited(self) -> None:
        imported = read(
            one(
                'ATTENDEE;CN="Participant 1";LANGUAGE=fr;PARTSTAT=accepted:mailto:p1@example.org',
                "ATTENDEE:mailto:p2@example.org",
                "ATTENDEE;PARTSTAT=COMPLETED:mailto:p3@example.org",
                "ATTENDEE;CUTYPE=ROOM:mailto:room@example.org",
                "ATTENDEE:invalid:nomail",
            )
        )
        assert [(each.email, each.name, each.language, each.status) for each in imported.attendees] == [
            ("p1@example.org", "Participant 1", "fr", ParticipationStatus.ACCEPTED),
            ("p2@example.org", None, None, ParticipationStatus.NEEDS_ACTION),
            ("p3@example.org", None, None, ParticipationStatus.NEEDS_ACTION),
        ]
        assert {each.uid for each in imported.attendees} == {"e-1"}
        assert codes(imported)[-3:] == ["partstat-unknown", "property-dropped", "property-dropped"]
        assert left_out(imported)[0] == "CUTYPE"
        assert "p1@example.org" not in repr(imported)
        assert "Participant 1" not in repr(imported.attendees)


class TestFields:
    """The rest of an event."""

    def test_what_is_carried(self) -> None:
        made = event(
            "URL:https://example.org/e",
            "IMAGE;VALUE=URI:https://example.org/e.png",
            "COLOR:RoyalBlue",
            "SEQUENCE:3",
            "CREATED:20230413T081500Z",
            "LAST-MODIFIED:20230420T081500Z",
        )
        assert (made.url, made.image, made.color) == ("https://example.org/e", "https://example.org/e.png", "royalblue")
        assert (made.sequence, made.updated) == (3, datetime(2023, 4, 20, 8, 15, tzinfo=UTC))

    def test_the_colour_of_the_calendar_is_that_of_its_events(self) -> None:
        data = vcalendar("COLOR:navy", vevent("COLOR:tan", uid="e-1"), vevent(uid="e-2"))
        assert [each.color for each in read(data).events] == ["tan", "navy"]

    @pytest.mark.parametrize(
        "line",
        [
            "URL:ftp://example.org",
            "IMAGE;VALUE=BINARY:AAAA",
            "COLOR:#ff0000",
            "SEQUENCE:1_0",
            "SEQUENCE:2147483648",
            "CREATED:20230413T081500",
            "LAST-MODIFIED:19690101T000000Z",
            "STATUS:TENTATIVE",
            "X-WTISD-ZONE:Asia/Tokyo",
            "X-GOOGLE-CONFERENCE:room 5",
            "RELATED-TO;RELTYPE=SIBLING:e-2",
        ],
    )
    def test_what_is_not_is_named(self, line: str) -> None:
        imported = read(one(line))
        assert [(each.code, each.path) for each in imported.findings if each.code != "country-inferred"] == [
            ("property-dropped", "/lines/11")
        ]
        (found,) = [each for each in imported.findings if each.code != "country-inferred"]
        assert found.params["property"] == line.partition(":")[0].partition(";")[0]
        assert imported.ok

    def test_parts_of_an_event_are_left_out_and_told_once(self) -> None:
        alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nREPEAT:2147483647\r\nEND:VALARM"
        place = "BEGIN:VLOCATION\r\nUID:1\r\nNAME:Popov\r\nEND:VLOCATION"
        imported = read(vcalendar(vevent(alarm, place, alarm), vevent(alarm, uid="e-2")))
        assert codes(imported) == ["component-dropped"] * 2
        assert left_out(imported) == ["VALARM", "VLOCATION"]

    @pytest.mark.parametrize("name", ["COLOR", "METHOD", "X-WR-TIMEZONE"])
    def test_what_a_calendar_says_twice_is_told(self, name: str) -> None:
        value = {"COLOR": ("red", "blue"), "METHOD": ("PUBLISH", "REPLY"), "X-WR-TIMEZONE": ("UTC", "UTC")}[name]
        data = vcalendar(vevent()).replace(
            b"BEGIN:VEVENT", f"{name}:{value[0]}\r\n{name}:{value[1]}\r\nBEGIN:VEVENT".encode()
        )
        assert codes(read(data)) == ["property-repeated"]

    @pytest.mark.parametrize(
        "lines", [("URL:https://example.org/",) * 2, ("IMAGE:https://example.org/",) * 2, ("COLOR:red", "COLOR:blue")]
    )
    def test_what_an_event_says_twice_is_told(self, lines: tuple[str, ...]) -> None:
        assert codes(read(one(*lines))) == ["property-repeated"]

    @pytest.mark.parametrize("name", ["VTODO", "VJOURNAL", "VFREEBUSY", "VCALENDAR", "X-A"])
    def test_what_is_no_event_is_told(self, name: str) -> None:
        other = f"BEGIN:{name}\r\nEND:{name}\r\n"
        assert codes(read(vcalendar(vevent(), other.strip()))) == ["component-dropped"]

    def test_what_lies_outside_of_a_calendar_is_told(self) -> None:
        data = b"MIME-Version: 1.0\r\n" + vcalendar(vevent()) + b"BEGIN:VEVENT\r\nUID:e-2\r\nEND:VEVENT\r\nX-A:1\r\n"
        assert len(read(data).events) == 1
        assert codes(read(data)) == ["line-unreadable", "line-unreadable", "component-dropped"]

    def test_a_second_zone_of_one_name_is_told(self) -> None:
        zones = [f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\nEND:VTIMEZONE" for name in ("A", "B", "A")]
        assert codes(read(vcalendar(*zones, vevent()))) == ["component-dropped"]

    def test_a_cancelled_event_says_when_it_was(self) -> None:
        for lines, at in (
            (["LAST-MODIFIED:20230421T000000Z"], datetime(2023, 4, 21, tzinfo=UTC)),
            ([], datetime(2023, 4, 20, 8, 15, tzinfo=UTC)),
        ):
            (step,) = event("STATUS:CANCELLED", *lines).history
            assert (step.at, step.before, step.after) == (at, "scheduled", "cancelled")
        bare = one("STATUS:CANCELLED").replace(b"DTSTAMP:20230420T081500Z\r\n", b"")
        assert read(bare).events[0].history[0].at == datetime(2023, 5, 17, 12, 30, tzinfo=UTC)


class TestSessions:
    """RELATED-TO: RFC 5545 section 3.8.4.5."""

    PART = "RELATED-TO:e-1"
    INSIDE = ("DTSTART;TZID=Europe/Zurich:20230517T150000", "DTEND;TZID=Europe/Zurich:20230517T160000")

    def test_parts_become_sessions_in_their_order(self) -> None:
        data = vcalendar(
            vevent(self.PART, uid="opening.e-1", when=self.INSIDE),
            vevent("URL:https://example.org"),
            vevent("RELATED-TO;RELTYPE=PARENT:e-1", uid="panel@example.org", when=self.INSIDE),
            vevent(self.PART, "STATUS:CANCELLED", uid=".e-1", when=LATER),
        )
        imported = read(data)
        (made,) = imported.events
        assert [(each.id, each.uid) for each in made.sessions] == [
            ("opening", None),
            ("session-1", "panel@example.org"),
            ("session-2", ".e-1"),
        ]
        assert [each.export_uid(made.uid) for each in made.sessions] == ["opening.e-1", "panel@example.org", ".e-1"]
        assert made.sessions[2].status is EventStatus.CANCELLED
        assert codes(imported) == ["status-time-inferred"]

    def test_an_id_is_not_given_twice(self) -> None:
        data = vcalendar(
            vevent(),
            vevent(self.PART, uid="session-1.e-1", when=self.INSIDE),
            vevent(self.PART, uid="x", when=self.INSIDE),
        )
        assert [each.id for each in read(data).events[0].sessions] == ["session-1", "session-2"]

    @pytest.mark.parametrize("stated", ["session-2", "x y", "a" * 65])
    def test_an_id_that_is_taken_or_malformed_is_left_out(self, stated: str) -> None:
        data = vcalendar(
            vevent(),
            vevent(self.PART, uid="session-2.e-1", when=self.INSIDE),
            vevent(self.PART, "X-WTISD-ID:session-1", uid="a", when=self.INSIDE),
            vevent(self.PART, f"X-WTISD-ID:{stated}", uid="b", when=self.INSIDE),
        )
        imported = read(data)
        assert [each.id for each in imported.events[0].sessions] == ["session-2", "session-1", "session-3"]
        assert left_out(imported) == ["X-WTISD-ID"]

    def test_the_id_in_a_derived_uid_is_preferred(self) -> None:
        uid = f"opening.{'e' * 250}"
        part = vevent(f"RELATED-TO:{'e' * 250}", "X-WTISD-ID:panel", uid=uid, when=self.INSIDE)
        (made,) = read(vcalendar(vevent(uid="e" * 250), part)).events[0].sessions
        assert (made.id, made.uid) == ("opening", None)

    def test_an_event_has_no_such_id(self) -> None:
        imported = read(vcalendar(vevent("X-WTISD-ID:opening")))
        assert left_out(imported) == ["X-WTISD-ID"]

    @pytest.mark.parametrize(
        "parts",
        [
            (vevent(PART, uid="late", when=LATER),),
            (vevent(PART, uid="x" * 300, when=INSIDE),),
        ],
    )
    def test_what_cannot_be_a_part_is_an_event(self, parts: tuple[str, ...]) -> None:
        imported = read(vcalendar(vevent(), *parts))
        assert imported.events[0].sessions == ()
        assert codes(imported)[0] == "relation-dropped"

    def test_parts_of_parts_and_rings_are_events(self) -> None:
        nested = vcalendar(
            vevent(), vevent(self.PART, uid="a", when=self.INSIDE), vevent("RELATED-TO:a", uid="b", when=self.INSIDE)
        )
        imported = read(nested)
        assert [(each.uid, len(each.sessions)) for each in imported.events] == [("e-1", 1), ("b", 0)]
        ring = vcalendar(vevent("RELATED-TO:a"), vevent(self.PART, uid="a"), vevent("RELATED-TO:c", uid="c"))
        assert [each.uid for each in read(ring).events] == ["e-1", "a", "c"]
        assert codes(read(ring)) == ["relation-dropped"] * 3

    def test_other_relations_mean_nothing_and_strangers_are_told(self) -> None:
        data = vcalendar(vevent("RELATED-TO;RELTYPE=SIBLING:e-2"), vevent("RELATED-TO:nowhere", uid="e-2"))
        assert len(read(data).events) == 2
        assert codes(read(data)) == ["property-dropped", "relation-dropped"]

    def test_of_two_parents_the_first_counts(self) -> None:
        part = vevent("RELATED-TO;RELTYPE=CHILD:x", self.PART, "RELATED-TO:e-2", uid="opening.e-1", when=self.INSIDE)
        imported = read(vcalendar(vevent(), part, vevent(uid="e-2")))
        assert [len(each.sessions) for each in imported.events] == [1, 0]
        assert codes(imported) == ["property-dropped"] * 2

    def test_no_more_sessions_than_an_event_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wtisd_model.reading.build_events.MOST_SESSIONS", 1)
        parts = [vevent(self.PART, uid=f"{number}.e-1", when=self.INSIDE) for number in range(2)]
        imported = read(vcalendar(vevent(), *parts))
        assert [len(each.sessions) for each in imported.events] == [1, 0]
        assert codes(imported) == ["relation-dropped"]

    def test_what_a_session_has_no_field_for_is_named(self) -> None:
        imported = read(
            vcalendar(
                vevent("URL:https://example.org/a", "COLOR:tan"),
                vevent(
                    *(self.PART, "CATEGORIES:a,b", "COLOR:tan", "CREATED:20230413T081500Z"),
                    uid="s",
                    when=self.INSIDE,
                ),
            )
        )
        assert [(each.code, each.params) for each in imported.findings if each.code != "country-inferred"] == [
            ("session-field-dropped", {"field": "created"}),
            ("session-field-dropped", {"field": "keywords"}),
        ]

    @pytest.mark.parametrize(
        ("own", "track", "left_out"),
        [
            ("CATEGORIES:Security", "Security", ["keywords"]),
            ("CATEGORIES:Security,telecom", "Security", []),
            ("CATEGORIES:telecom", None, []),
            ("CATEGORIES:Security,Privacy,telecom", None, ["keywords"]),
            ("CATEGORIES:\u2066a\u2069", None, ["keywords"]),
            ("COMMENT:", None, []),
        ],
    )
    def test_the_category_that_only_a_session_has_is_its_track(
        self, own: str, track: str | None, left_out: list[str]
    ) -> None:
        part = vevent(self.PART, own, uid="s", when=self.INSIDE)
        imported = read(vcalendar(vevent("CATEGORIES:telecom"), part))
        (session,) = imported.events[0].sessions
        assert session.track == track
        assert [each.params["field"] for each in imported.findings if "field" in each.params] == left_out

    @pytest.mark.parametrize(
        ("of_event", "of_session", "track", "left_out"),
        [
            (100, 101, "100", []),
            (100, 102, None, ["session-field-dropped"]),
            (101, 101, "100", ["value-dropped"]),
            (150, 150, None, ["value-dropped", "session-field-dropped"]),
        ],
    )
    def test_a_session_has_a_hundred_keywords_of_its_event_and_a_track(
        self, of_event: int, of_session: int, track: str | None, left_out: list[str]
    ) -> None:
        words = [f"CATEGORIES:{number}" for number in range(of_session)]
        part = vevent(self.PART, *reversed(words), uid="s", when=self.INSIDE)
        imported = read(vcalendar(vevent("CATEGORIES:" + ",".join(map(str, range(of_event)))), part))
        assert imported.events[0].keywords == set(map(str, range(100)))
        assert imported.events[0].sessions[0].track == track
        assert codes(imported) == left_out

    def test_a_page_of_its_own_is_that_of_the_session(self) -> None:
        part = vevent(self.PART, "URL:https://example.org/b", uid="s", when=self.INSIDE)
        (made,) = read(vcalendar(vevent("URL:https://example.org/a"), part)).events
        assert (made.url, made.sessions[0].url) == ("https://example.org/a", "https://example.org/b")
        same = part.replace("org/b", "org/a")
        assert read(vcalendar(vevent("URL:https://example.org/a"), same)).events[0].sessions[0].url is None


class TestSeries:
    """RFC 5545 section 3.8.4.4: one uid, several VEVENTs."""

    def test_the_first_occurrence_is_kept_as_it_was_changed(self) -> None:
        first = "RECURRENCE-ID;TZID=Europe/Zurich:20230517T143000"
        master, changed = vevent("RRULE:FREQ=DAILY"), vevent(first, when=LATER).replace("Forum", "Changed")
        for parts in ((master, changed), (changed, master)):
            imported = read(vcalendar(*parts))
            assert [each.title.text for each in imported.events] == ["Changed"]
            assert set(codes(imported)) == {"recurrence-dropped", "occurrence-dropped"}

    def test_other_occurrences_are_left_out(self) -> None:
        other = vevent("RECURRENCE-ID;TZID=Europe/Zurich:20230518T143000", when=LATER).replace("Forum", "Changed")
        for parts in ((vevent(), other), (other, vevent())):
            imported = read(vcalendar(*parts))
            assert [each.title.text for each in imported.events] == ["Forum"]
            assert codes(imported) == ["occurrence-dropped"]

    def test_of_occurrences_alone_the_first_is_kept(self) -> None:
        days = [vevent(f"RECURRENCE-ID:202305{day}T000000Z").replace("Forum", day) for day in ("19", "18", "20")]
        imported = read(vcalendar(*days))
        assert [each.title.text for each in imported.events] == ["18"]
        assert codes(imported) == ["occurrence-dropped", "occurrence-dropped", "recurrence-dropped"]

    def test_an_occurrence_alone_is_told(self) -> None:
        imported = read(one("RECURRENCE-ID;TZID=Europe/Zurich:20230517T143000"))
        (found,) = (each for each in imported.findings if each.code == "recurrence-dropped")
        assert (found.path, found.params) == ("/lines/4", {"property": "RECURRENCE-ID"})

    def test_of_two_revisions_the_later_is_kept(self) -> None:
        old, new = vevent("SEQUENCE:1"), vevent("SEQUENCE:2").replace("Forum", "New")
        for parts in ((old, new), (new, old)):
            imported = read(vcalendar(*parts))
            assert [each.title.text for each in imported.events] == ["New"]
            assert codes(imported) == ["entry-repeated"]

    def test_so_it_is_where_a_file_holds_several_calendars(self) -> None:
        imported = read(vcalendar(vevent()) + vcalendar(vevent(), vevent(uid="e-2")))
        assert [each.uid for each in imported.events] == ["e-1", "e-2"]
        assert codes(imported) == ["entry-repeated"]

    def test_the_later_revision_may_be_in_another_calendar(self) -> None:
        old, new = vcalendar(vevent("SEQUENCE:1")), vcalendar(vevent("SEQUENCE:2").replace("Forum", "New"))
        for data, path in ((old + new, "/lines/4"), (new + old, "/lines/17")):
            imported = read(data)
            assert [each.title.text for each in imported.events] == ["New"]
            assert [each.path for each in imported.findings if each.code == "entry-repeated"] == [path]

    def test_sessions_stay_with_the_later_revision_of_their_event(self) -> None:
        session = vevent("RELATED-TO:e-1", uid="e-1.opening")
        imported = read(vcalendar(vevent("SEQUENCE:1"), session) + vcalendar(vevent("SEQUENCE:2")))
        assert [(each.uid, len(each.sessions)) for each in imported.events] == [("e-1", 1)]
        assert codes(imported) == ["entry-repeated"]

    def test_an_event_has_the_color_of_its_own_calendar(self) -> None:
        red, other = vcalendar("COLOR:red", vevent()), vcalendar(vevent(uid="e-2"))
        assert [each.color for each in read(red + other).events] == ["red", None]


class TestRefusals:
    """An error where nothing can be read; a finding where something can."""

    @pytest.mark.parametrize(
        ("data", "code", "path"),
        [
            (b"", "calendar-missing", ""),
            (vcalendar(), "event-missing", ""),
            (vcalendar("BEGIN:VTODO", "UID:1", "END:VTODO"), "event-missing", ""),
            (vcalendar("METHOD:NONSENSE", vevent()), "method-unknown", "/lines/4"),
            (vcalendar("CALSCALE:JULIAN", vevent()), "calendar-scale-unknown", "/lines/4"),
            (vcalendar("METHOD:PUBLISH", vevent()) + vcalendar(vevent()), "calendars-disagree", ""),
            (one(uid="é"), "uid-malformed", "/lines/5"),
            (one(uid="x" * 300), "uid-malformed", "/lines/4"),
        ],
    )
    def test_nothing_can_be_read(self, data: bytes, code: str, path: str) -> None:
        assert refusals(lambda: read(data)) == [(code, path)]

    @pytest.mark.parametrize("uid", ["series 1", " 2371c2d9", "only-dst@example.com ", "a\\,b"])
    def test_a_uid_is_kept_character_by_character(self, uid: str) -> None:
        """It is TEXT (RFC 5545 section 3.8.4.7), and other programs find their event by it."""
        people = ("ORGANIZER:mailto:office@example.org", "ATTENDEE:mailto:p1@example.org")
        imported = read(vcalendar("METHOD:REQUEST", vevent(*people, uid=uid)))
        (made,) = imported.events
        assert made.uid == uid.replace("\\,", ",")
        assert from_json(Event, to_json(made)) == made
        request = request_for(imported, "p1@example.org", stamped=datetime(2023, 4, 20, tzinfo=UTC))
        answer = reply(request, ParticipationStatus.ACCEPTED, stamped=datetime(2023, 4, 21, tzinfo=UTC))
        assert f"\r\nUID:{uid}\r\n".encode() in answer.ics
        assert read_reply(answer.ics, sender="p1@example.org").uid == made.uid

    def test_an_occurrence_that_a_message_adds_is_an_event(self) -> None:
        """RFC 5546 section 3.2.4."""
        imported = read(vcalendar("METHOD:ADD", vevent()))
        assert imported.method is Method.ADD
        assert [each.uid for each in imported.events] == ["e-1"]
        assert [(each.code, each.path) for each in imported.findings if each.code != "country-inferred"] == [
            ("recurrence-dropped", "/lines/4")
        ]

    def test_what_can_be_read_is_given_beside_errors(self) -> None:
        imported = read(vcalendar(vevent(), vevent(uid="é")))
        assert [each.uid for each in imported.events] == ["e-1"]
        assert not imported.ok

    def test_no_more_than_a_hundred_findings_are_kept(self) -> None:
        imported = read(one("ATTACH:x", *["CATEGORIES: a"] * 150))
        assert (len(imported.findings), imported.omitted) == (100, 52)

    def test_no_more_contacts_than_an_event_has(self) -> None:
        imported = read(one(*(f"CONTACT:Desk {number}" for number in range(102))))
        assert len(imported.events[0].contacts) == 100
        assert codes(imported) == ["value-dropped"]

    def test_a_contact_who_says_nothing_does_not_count(self) -> None:
        imported = read(one(*["CONTACT:\u202e"] * 100, "CONTACT:Desk 1"))
        assert [contact.name for contact in imported.events[0].contacts] == ["Desk 1"]

    def test_upper_and_lower_case_of_names_are_alike(self) -> None:
        assert read(one().replace(b"SUMMARY", b"Summary").replace(b"VEVENT", b"Vevent")).events[0].title == text(
            "Forum"
        )
        assert read(vcalendar("method: Request ", vevent())).method is Method.REQUEST

    def test_an_argument_that_cannot_be_is_refused(self) -> None:
        wrong: Any = "Seat"
        for options, code, path in (
            ({"zone": "CEST"}, "zone-unknown", "/zone"),
            ({"language": "french"}, "language-unknown", "/language"),
            ({"place": wrong}, "wrong-type", "/place"),
        ):
            with pytest.raises(InvalidValueError) as caught:
                read(one(), **options)
            assert (caught.value.findings[0].code, caught.value.findings[0].path) == (code, path)
        with pytest.raises(TypeError):
            from_ical(None)  # type: ignore[arg-type]  # no bytes, no string and no calendar
        assert read(bytearray(one())).events  # type: ignore[arg-type]  # bytes of another kind are taken too

    def test_a_string_and_a_calendar_of_the_icalendar_package_are_taken_too(self) -> None:
        data = one("DESCRIPTION:Old\\, new and é", "CATEGORIES:a,b")
        expected = from_ical(data)
        assert from_ical(data.decode()) == expected
        calendar = icalendar.Calendar.from_ical(data)
        assert from_ical(calendar).events == expected.events
        assert [each.path for each in from_ical(calendar).findings] == ["/lines/0"]
        with pytest.raises(PayloadError, match="payload-too-deep"):
            from_ical(calendar, limits=CalendarLimits(depth=1))
        assert refusals(lambda: from_ical(one("COMMENT:x").decode().replace("T:x", "T:\ud800"))) == [
            ("not-utf8", "/lines/11")
        ]

    @DECODES
    def test_the_texts_of_a_calendar_are_those_that_it_has_decoded(self) -> None:
        data = one("DESCRIPTION:C:\\\\New\\, and é", "CATEGORIES:a\\,b,C:\\\\N")
        assert from_ical(icalendar.Calendar.from_ical(data)).events == from_ical(data).events

    def test_people_are_of_the_events_that_were_read(self) -> None:
        guests = ["ATTENDEE:mailto:p1@example.org"]
        part = vevent(*guests, "RELATED-TO:e-1", uid="s.e-1")
        whole = vcalendar(vevent(*guests, uid="e-1"), part, vevent(*guests, uid="x" * 256))
        again = vcalendar(vevent(*guests, uid="e-1"))
        imported = read(whole + again)
        assert [each.uid for each in imported.attendees] == ["e-1", "s.e-1"]

    def test_a_calendar_made_by_hand_is_taken(self) -> None:
        calendar, entry = icalendar.Calendar(), icalendar.Event()
        values: dict[str, object] = {
            "uid": "e-1",
            "dtstart": "20230517T120000Z",
            "dtend": "20230517T130000Z",
            "summary": "C:\\\\New, and é",
            "sequence": 3,
            "categories": ["a", "b"],
            "created": datetime(2023, 5, 1, tzinfo=UTC),
        }
        for name, value in values.items():
            entry[name] = value
        calendar.add_component(entry)
        imported = from_ical(calendar)
        (made,) = imported.events
        assert (made.title.text, made.keywords) == ("C:\\\\New, and é", frozenset("ab"))
        # The package itself would write a number as an error, and this moment as "2023-05-01 00:00:00+00:00".
        assert [each.params["property"] for each in imported.findings if each.params] == ["CREATED", "SEQUENCE"]

    @DECODES
    def test_what_the_package_parses_but_cannot_write_is_left_out(self) -> None:
        data = one("RDATE;VALUE=PERIOD:20230517T120000Z/000000")
        calendar = icalendar.Calendar.from_ical(data)
        with pytest.raises(TypeError):
            calendar.to_ical()
        assert codes(from_ical(calendar)) == codes(from_ical(data))

    def test_limits_may_be_moved(self) -> None:
        with pytest.raises(PayloadError, match="calendar-too-long"):
            from_ical(one(), limits=CalendarLimits(lines=5))

    def test_what_stands_in_it_is_not_repeated(self) -> None:
        secret = "Xyzzy"  # noqa: S105 - what is looked for
        data = one(
            f"URL:{secret}", f"CONTACT: {secret}", f"ATTENDEE:{secret}", f"{secret}", uid=f"{secret} é", place=secret
        )
        assert all(secret not in found for found in map(repr, [*refusals(lambda: read(data))]))
        imported = read(vcalendar(vevent(), vevent(f"URL:{secret}", f"ATTENDEE;CN={secret}:{secret}", uid="e-2")))
        assert secret not in repr(imported.findings)
