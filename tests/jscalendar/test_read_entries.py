"""Texts, states, numbers, places, links and people of an Event."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from tests.jscalendar.groups import EVENT, PART, group, read, said
from wtisd_model import (
    Attendee,
    Contact,
    EventStatus,
    LocalizedText,
    Location,
    Organization,
    ParticipationStatus,
    Role,
    VirtualFeature,
    VirtualLocation,
    from_jscalendar,
)
from wtisd_model.jscalendar.parts import FIELDS, LOCALIZATIONS

UND = "und"
LIVE = {"uri": "https://example.org/live"}


class TestTexts:
    """Titles and descriptions, with their languages."""

    @pytest.mark.parametrize("name", ["localizations", LOCALIZATIONS])
    def test_translations(self, name: str) -> None:
        patches = {"fr": {"title": "Forum mondial"}, "de_CH": {"title": "Weltforum"}, "en": {"title": "Forum"}}
        event, findings = read({"locale": "en", name: patches})
        assert event.title == LocalizedText("Forum", "en", translations={"fr": "Forum mondial", "de-CH": "Weltforum"})
        assert not findings

    def test_translations_of_what_is_not_read(self) -> None:
        patches = {"fr": {"alerts/1/action": "x", "title": 5}, "?": {}}
        event, findings = read({"localizations": patches})
        assert not event.title.translations
        assert findings == [
            ("value-dropped", "/localizations", {"reason": "language-unknown"}),
            ("value-dropped", "/localizations/fr/title", {"reason": "wrong-type"}),
            ("member-unsupported", "/localizations", {"member": "localizations"}),
        ]

    def test_of_two_translations_one_is_kept(self) -> None:
        event, findings = read(
            {
                "locale": "en",
                "localizations": {"fr": {"title": "Un"}, "en": {"title": "Other"}},
                LOCALIZATIONS: {"fr": {"title": "Deux"}},
            }
        )
        assert event.title.translations == {"fr": "Un"}
        assert findings == [
            ("value-dropped", f"/{LOCALIZATIONS}/fr/title", {"reason": "language-repeated"}),
            ("value-dropped", "/localizations/en/title", {"reason": "language-repeated"}),
        ]

    def test_a_language(self) -> None:
        assert read({"locale": "EN_gb"})[0].title.language == "en-GB"
        event, findings = read({"locale": "?"}, language="fr")
        assert event.title.language == "fr"
        assert findings == [("value-dropped", "/locale", {"reason": "language-unknown"})]

    def test_a_title_may_be_missing(self) -> None:
        event, findings = read({"title": None})
        assert event.title == LocalizedText("Untitled", "en")
        assert findings == [("title-missing", "", {})]

    def test_a_plain_description(self) -> None:
        for kind in ("text/plain", "TEXT/PLAIN; charset=utf-8"):
            assert str(read({"description": "About", "descriptionContentType": kind})[0].description) == "About"

    @pytest.mark.parametrize(
        ("kind", "description", "french"),
        [
            ("text/html", "About", "Sur"),
            ("Text/HTML; charset=utf-8", "About", "Sur"),
            (5, "<b>About</b>", "<i>Sur</i>"),
        ],
    )
    def test_a_description_in_html_is_read_as_people_read_it(self, kind: Any, description: str, french: str) -> None:
        patches = {"fr": {"description": "<i>Sur</i>"}}
        event, findings = read(
            {"description": "<b>About</b>", "descriptionContentType": kind, "localizations": patches}
        )
        assert event.description == LocalizedText(description, UND, translations={"fr": french})
        assert findings == [("member-unsupported", "/descriptionContentType", {"member": "descriptionContentType"})]

    def test_texts_are_mended(self) -> None:
        event, findings = read({"title": " Forum\n"})
        assert str(event.title) == "Forum"
        assert findings == [("text-changed", "/title", {"property": "title"})]


class TestValues:
    """States, numbers, keywords and what no field can hold."""

    @pytest.mark.parametrize(
        ("status", "kept", "findings"),
        [
            ("confirmed", EventStatus.SCHEDULED, 0),
            ("tentative", EventStatus.SCHEDULED, 1),
            ("example.org:maybe", EventStatus.SCHEDULED, 1),
            (5, EventStatus.SCHEDULED, 1),
            ([], EventStatus.SCHEDULED, 1),
        ],
    )
    def test_status(self, status: Any, kept: EventStatus, findings: int) -> None:
        event, found = read({"status": status})
        assert event.status is kept
        assert found == [("value-dropped", "/status", {"reason": "value-unknown"})] * findings

    def test_when_it_was_cancelled(self) -> None:
        times = [
            read({"status": "cancelled", "updated": updated})[0].history[0].at for updated in (EVENT["updated"], None)
        ]
        assert [f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in times] == ["2026-01-02T18:23:04Z", "2023-05-17T12:30:00Z"]
        event, findings = read({"status": "cancelled"})
        assert event.status is EventStatus.CANCELLED
        assert findings == [("status-time-inferred", "/status", {"status": "cancelled"})]

    @pytest.mark.parametrize(("value", "kept"), [(7, 7), (0, 0), (-1, 0), ("7", 0), (2**40, 0)])
    def test_sequence(self, value: Any, kept: int) -> None:
        event, findings = read({"sequence": value})
        assert event.sequence == kept
        assert bool(findings) is (value != kept)

    def test_moments(self) -> None:
        event, findings = read({"created": "2026-01-01T00:00:00Z", "updated": "yesterday"})
        assert event.created is not None
        assert event.updated is None
        assert findings == [("value-dropped", "/updated", {"reason": "moment-unreadable"})]

    def test_moments_of_ours_have_fractions_of_a_second(self) -> None:
        fields = {"created": "2026-01-01T00:00:00.250000Z", "updated": "2026-01-02T00:00:00.5Z"}
        event, findings = read({"created": "2026-01-01T00:00:00Z", "updated": "2026-01-03T00:00:00Z", FIELDS: fields})
        assert event.created == datetime(2026, 1, 1, 0, 0, 0, 250_000, tzinfo=UTC)
        assert event.updated == datetime(2026, 1, 3, tzinfo=UTC)
        assert not findings

    def test_keywords(self) -> None:
        assert read({"keywords": {"b": True, " a ": True, "": True}})[0].keywords == {"a", "b"}
        event, findings = read({"keywords": {f"k{number}": True for number in range(200)}})
        assert len(event.keywords) == 100
        assert findings == [("value-dropped", "/keywords", {"reason": "too-many-items"})]

    @pytest.mark.parametrize(
        ("members", "path"),
        [
            ({"keywords": ["a"]}, "/keywords"),
            ({"relatedTo": 5}, "/relatedTo"),
            ({"localizations": 5}, "/localizations"),
            ({"localizations": {"fr": 5}}, "/localizations/fr"),
            ({"timeZones": []}, "/timeZones"),
            ({"replyTo": "x"}, "/replyTo"),
            ({FIELDS: 5}, f"/{FIELDS}"),
            ({"virtualLocations": {"1": LIVE | {"features": ["video"]}}}, "/virtualLocations/1/features"),
            ({"participants": {"1": {"name": "Participant 1", "roles": ["chair"]}}}, "/participants/1/roles"),
            ({"participants": {"1": {"email": "p1@example.org", "delegatedFrom": 5}}}, "/participants/1/delegatedFrom"),
        ],
    )
    def test_what_is_no_object_is_reported(self, members: Any, path: str) -> None:
        assert read(members)[1] == [("value-dropped", path, {"reason": "wrong-type"})]

    def test_a_color(self) -> None:
        assert read({"color": "MediumPurple"})[0].color == "mediumpurple"
        for color, reason in (("#ff0000", "color-unknown"), (5, "wrong-type")):
            event, findings = read({"color": color})
            assert event.color is None
            assert findings == [("value-dropped", "/color", {"reason": reason})]

    def test_data_of_other_programs(self) -> None:
        event, findings = read({"example.org:id": {"a": [1]}, "Example.org:x": 1, "mine": 2, "p@example.org": 3})
        assert event.extensions == {"example.org:id": {"a": [1]}}
        assert [each[2]["member"] for each in findings] == ["?", "mine"]

    def test_data_of_other_programs_that_no_database_holds(self) -> None:
        event, findings = read({"example.org:id": {"a\0": ["\0b", 1e100, True]}, "example.org:x": "\t\\u0000"})
        assert event.extensions == {"example.org:id": {"a": ["b", 1e100, True]}, "example.org:x": "\t\\u0000"}
        assert findings == [("text-changed", "/example.org:id", {"property": "example.org:id"})]

    def test_defaults_say_nothing(self) -> None:
        assert not read({"priority": 0, "privacy": "public", "useDefaultAlerts": False})[1]
        assert read({"alerts": {"1": {}}})[1] == [("member-unsupported", "/alerts", {"member": "alerts"})]


class TestPlaces:
    """Locations and virtual locations."""

    def test_a_town_behind_a_comma(self) -> None:
        event, findings = read(
            {"locations": {"1": {"name": "ITU, Popov, Genève", "coordinates": "geo:46.22,6.14;u=5"}}}
        )
        (place,) = event.locations
        assert (str(place.name), place.locality, place.country) == ("ITU, Popov", "Genève", "CH")
        assert (str(place.latitude), str(place.longitude)) == ("46.22", "6.14")
        assert findings == [("country-inferred", "/locations/1", {"country": "CH"})]

    def test_a_room_of_a_place_that_is_given(self) -> None:
        place = Location(name=LocalizedText("ITU", "fr"), locality="Genève", country="CH")
        (room,) = read({"locations": {"1": {"name": "Popov"}}}, place=place)[0].locations
        assert (room.room, room.name) == ("Popov", place.name)

    def test_a_place_without_a_town_keeps_its_name_and_position(self) -> None:
        bowl = {"name": "The Music Bowl", "coordinates": "geo:52.5,4.6"}
        event, findings = read(
            {"locations": {"1": bowl}, "localizations": {"fr": {"locations/1/name": "La Coupe de la musique"}}}
        )
        name = LocalizedText("The Music Bowl", UND, translations={"fr": "La Coupe de la musique"})
        assert event.locations == (Location(name=name, latitude=Decimal("52.5"), longitude=Decimal("4.6")),)
        assert not findings

    @pytest.mark.parametrize("location", [{"coordinates": "geo:1,2"}, {"name": "Zoom"}])
    def test_a_place_without_a_name(self, location: Any) -> None:
        event, findings = read({"locations": {"1": location}})
        assert not event.locations
        assert findings[0] == ("location-dropped", "/locations/1", {})

    @pytest.mark.parametrize("locations", [{"1": {"name": "Zoom"}}, ["Palais Wilson"]])
    def test_an_event_whose_place_is_not_kept_is_not_online(self, locations: Any) -> None:
        event, findings = read({"locations": locations, "virtualLocations": None})
        assert (event.venue_to_follow, event.virtual_locations) == (True, ())
        assert "place-missing" not in [each[0] for each in findings]

    def test_a_place_in_an_unknown_country(self) -> None:
        place = {"1": {"name": "Hall, Town"}}
        unknown = Location(name=LocalizedText("Hall", UND), locality="Town")
        assert read({"locations": place, "timeZone": "UTC"})[0].locations == (unknown,)
        assert read({"locations": place, "timeZone": "UTC"}, zone="Africa/Lagos")[0].locations[0].country == "NG"

    def test_the_main_location_comes_first(self) -> None:
        places = {"1": {"name": "Parking, Genève"}, "2": {"name": "ITU, Genève"}}
        assert [str(each.name) for each in read({"locations": places, "mainLocationId": "2"})[0].locations] == [
            "ITU",
            "Parking",
        ]

    @pytest.mark.parametrize("where", ["46.2,6.1", "geo:91,0", "geo:x,y", 5])
    def test_a_position_that_is_none(self, where: Any) -> None:
        event, findings = read({"locations": {"1": {"name": "ITU, Genève", "coordinates": where}}})
        assert event.locations[0].latitude is None
        assert ("value-dropped", "/locations/1/coordinates", {"reason": "uri-malformed"}) in findings

    def test_translations_of_a_place(self) -> None:
        patches = {"fr": {"locations/1/name": "UIT, Genève"}}
        findings = read({"locations": {"1": {"name": "ITU, Genève"}}, "localizations": patches})[1]
        assert ("member-unsupported", "/localizations", {"member": "localizations"}) in findings

    def test_virtual_locations(self) -> None:
        online = {"name": "Live", "uri": "https://example.org/live", "features": {"video": True, "smell": True}}
        event, findings = read({"virtualLocations": {"p@example.org": online}})
        assert event.virtual_locations == (
            VirtualLocation(
                name=LocalizedText("Live", UND),
                uri="https://example.org/live",
                features=frozenset({VirtualFeature.VIDEO}),
            ),
        )
        assert findings == [("value-dropped", "/virtualLocations/features", {"reason": "value-unknown"})]

    def test_an_address_that_no_field_holds(self) -> None:
        event, findings = read({"virtualLocations": {"1": {"uri": "xmpp:room@example.org"}, "2": {}, "3": 5}})
        assert event.virtual_locations == (VirtualLocation(), VirtualLocation())
        assert findings == [
            ("value-dropped", "/virtualLocations/3", {"reason": "wrong-type"}),
            ("value-dropped", "/virtualLocations/1/uri", {"reason": "uri-malformed"}),
        ]

    def test_a_map_that_is_none(self) -> None:
        event, findings = read({"virtualLocations": []})
        assert event.virtual_locations == (VirtualLocation(),)
        assert findings == [
            ("value-dropped", "/virtualLocations", {"reason": "wrong-type"}),
            ("place-missing", "", {}),
        ]


class TestLinks:
    """The web page, the picture and the documents."""

    def test_relations(self) -> None:
        links: dict[str, Any] = {
            "a": {"href": "https://example.org/", "rel": "describedby"},
            "b": {"href": "https://example.org/i.png", "rel": "icon", "display": {"badge": True}},
            "c": {"href": "https://example.org/a.pdf", "rel": "enclosure", "title": "Agenda"},
            "d": {"href": "https://example.org/b"},
            "e": {"href": "mailto:x@example.org"},
            "f": {"href": "https://example.org/2", "rel": "describedby"},
            "g": {"href": "https://example.org/j.png", "rel": "icon"},
        }
        event, findings = read({"links": links})
        assert (event.url, event.image) == ("https://example.org/", "https://example.org/i.png")
        assert [each.url for each in event.documents] == [links[key]["href"] for key in "cdfg"]
        assert str(event.documents[0].title) == "Agenda"
        assert findings == [
            ("member-unsupported", "/links/b/display", {"member": "display"}),
            ("value-dropped", "/links/e/href", {"reason": "uri-malformed"}),
        ]


class TestPeople:
    """Organizers, people to contact and those who are invited."""

    ORGANIZER: ClassVar = {"name": "ITU", "calendarAddress": "mailto:info@example.org", "roles": {"owner": True}}
    GUEST: ClassVar = {
        "name": "Participant 1",
        "calendarAddress": "mailto:p1@example.org",
        "participationStatus": "accepted",
    }

    @staticmethod
    def invited(*participants: dict[str, Any], **changes: Any) -> tuple[Any, tuple[Attendee, ...], Any]:
        several = {str(number): each for number, each in enumerate(participants)}
        imported = from_jscalendar(EVENT | {"participants": several} | changes)
        return imported.events[0], imported.attendees, said(imported)

    def test_version_2(self) -> None:
        event, attendees, findings = self.invited(
            self.ORGANIZER, self.GUEST, organizerCalendarAddress="mailto:info@example.org"
        )
        assert event.organizer == Organization(name=LocalizedText("ITU", UND), email="info@example.org")
        assert attendees == (
            Attendee(uid="e-1", email="p1@example.org", name="Participant 1", status=ParticipationStatus.ACCEPTED),
        )
        assert not findings

    def test_version_1(self) -> None:
        owner = {
            "name": "ITU",
            "sendTo": {"imip": "mailto:info@example.org"},
            "roles": {"owner": True, "attendee": True},
        }
        desk = {"name": "Desk", "email": "desk@example.org", "roles": {"contact": True}, "language": "fr"}
        guest = {"email": "p1@example.org", "roles": {"attendee": True}, "language": "de", "delegatedFrom": {"0": True}}
        event, attendees, findings = self.invited(
            owner, desk, guest, replyTo={"imip": "mailto:info@example.org"}, version="1.0"
        )
        assert event.organizer is not None
        assert event.contacts == (
            Contact(name="Desk", email="desk@example.org", roles=frozenset({Role.CONTACT}), language="fr"),
        )
        assert [each.email for each in attendees] == ["info@example.org", "p1@example.org"]
        assert (attendees[1].language, attendees[1].delegated_from) == ("de", ("info@example.org",))
        assert not findings

    def test_delegation_by_address(self) -> None:
        guest = self.GUEST | {"delegatedFrom": {"mailto:p2@example.org": True, "?": True}}
        assert self.invited(guest)[1][0].delegated_from == ("p2@example.org",)

    def test_an_organizer_who_is_no_participant(self) -> None:
        event, _, _ = self.invited(self.GUEST, organizerCalendarAddress="mailto:info@example.org")
        assert event.organizer == Organization(name=LocalizedText("info@example.org", UND), email="info@example.org")

    def test_an_organizer_without_a_name(self) -> None:
        event, attendees, _ = self.invited(self.ORGANIZER | {"name": None, "participationStatus": "accepted"})
        assert str(event.organizer.name) == "info@example.org"
        assert len(attendees) == 1

    def test_other_owners_are_invited(self) -> None:
        other = self.GUEST | {"roles": {"owner": True}}
        event, attendees, _ = self.invited(self.ORGANIZER, other, organizerCalendarAddress="mailto:info@example.org")
        assert event.organizer.email == "info@example.org"
        assert [each.email for each in attendees] == ["p1@example.org"]

    def test_people_without_an_address(self) -> None:
        (event,) = from_jscalendar(group(PART | {"participants": {"1": {"name": "Participant 1"}}})).events
        assert event.sessions[0].people == (Contact(name="Participant 1"),)
        assert self.invited({"name": "Participant 1"})[0].contacts == (Contact(name="Participant 1"),)

    def test_rooms_are_not_invited(self) -> None:
        _, attendees, findings = self.invited(self.GUEST | {"kind": "location"})
        assert not attendees
        assert findings == [("value-dropped", "/participants/0", {"reason": "value-unknown"})]

    def test_what_is_lost_of_people_is_reported(self) -> None:
        guest: dict[str, Any] = self.GUEST | {"roles": {"attendee": True, "optional": True}, "delegatedTo": {"1": True}}
        guest |= {"sendTo": {"imip": "mailto:p1@example.org", "other": "https://example.org/p1"}}
        person: dict[str, Any] = {
            "name": "Participant 2",
            "roles": {"required": True, "contact": True},
            "participationStatus": "accepted",
        }
        owner = {"name": "ITU", "roles": {"owner": True}, "language": "fr"}
        _, _, findings = self.invited(guest, person, owner, replyTo={"web": "https://example.org/reply"})
        assert findings == [
            ("member-unsupported", "/participants/0/sendTo", {"member": "sendTo"}),
            ("member-unsupported", "/participants/0/delegatedTo", {"member": "delegatedTo"}),
            ("member-unsupported", "/participants/0/roles", {"member": "roles"}),
            ("member-unsupported", "/participants/1/participationStatus", {"member": "participationStatus"}),
            ("member-unsupported", "/participants/2/language", {"member": "language"}),
            ("member-unsupported", "/replyTo", {"member": "replyTo"}),
        ]

    @pytest.mark.parametrize("status", ["x", 5])
    def test_an_unknown_reply(self, status: Any) -> None:
        _, attendees, findings = self.invited(self.GUEST | {"participationStatus": status, "name": None})
        assert attendees[0].status is ParticipationStatus.NEEDS_ACTION
        assert attendees[0].name is None
        assert findings == [("partstat-unknown", "/participants/0/participationStatus", {})]

    def test_paths_do_not_repeat_addresses(self) -> None:
        guest = self.GUEST | {"participationStatus": 1}
        imported = from_jscalendar(EVENT | {"participants": {"p1@example.org": guest}})
        assert said(imported) == [("partstat-unknown", "/participants/participationStatus", {})]
