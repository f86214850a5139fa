"""What a web page says of an event in schema.org's words."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.jsonld.samples import bare_session
from tests.jsonld.search_engines import events_of, problems
from tests.samples import whole
from tests.samples.whole import days, slot, step, text
from wtisd_model import (
    CallKind,
    Event,
    EventStatus,
    Location,
    ParticipationMode,
    Role,
    SessionKind,
    to_jsonld,
    wtisd_23,
)


def written(event: Event, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_jsonld(event, **options))
    return found


def page(**changes: Any) -> dict[str, Any]:
    """Return what is written of an event with every field, and some changes."""
    return written(whole.event(**changes))


def sessions_of(*sessions: Any, **changes: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page(sessions=sessions, **changes)["subEvent"]
    return found


def names(things: Iterable[dict[str, Any]]) -> list[str]:
    return [each["name"] for each in things]


class TestEvent:
    """An Event of schema.org has its members in the words that the fields name."""

    def test_texts_and_addresses(self) -> None:
        found = page()
        assert (found["@context"], found["@type"]) == ("https://schema.org", "Event")
        assert (found["name"], found["alternateName"]) == ("Forum", "WTISD-23")
        assert found["description"] == "Theme\n\nLong\ntext"
        assert (found["identifier"], found["url"]) == ("e-1", "https://www.example.org/wtisd")
        assert (found["image"], found["keywords"]) == ("https://www.example.org/wtisd.png", ["telecommunication"])
        assert found["inLanguage"] == ["en", "fr"]

    def test_about(self) -> None:
        goals = {"@type": "DefinedTerm", "inDefinedTermSet": "http://metadata.un.org/sdg"}
        assert page()["about"] == [
            goals | {"@id": "http://metadata.un.org/sdg/9", "name": "SDG 9", "termCode": "9"},
            goals | {"@id": "http://metadata.un.org/sdg/9.c", "name": "SDG 9.c", "termCode": "9.c"},
            {"@type": "DefinedTerm", "name": "Least developed countries", "termCode": "LDC"},
        ]
        assert page()["audience"] == [{"@type": "Audience", "audienceType": "Academia"}]

    def test_a_series(self) -> None:
        assert page()["superEvent"] == {"@type": "EventSeries", "identifier": "forum", "name": "Forum"}

    def test_a_series_is_not_its_first_event(self) -> None:
        """`Event.next_edition` begins a series with the uid of its first event."""
        series = whole.series(uid="0afd7437-a0a7-510e-b2b6-ac4856994a8c")
        assert "@id" not in page(series=series)["superEvent"]

    def test_what_is_absent_is_left_out(self) -> None:
        assert set(written(Event(uid="e", title=text(), slot=slot(), venue_to_follow=True))) == {
            *("@context", "@type", "identifier", "name", "startDate", "endDate"),
            *("eventStatus", "eventAttendanceMode", "description"),
        }

    def test_texts_are_in_the_language_of_the_reader(self) -> None:
        event = whole.event(title=text(fr="Journée"), sessions=(whole.session(title=text(fr="Ouverture")),))
        french = written(event, language="fr-CH")
        assert (french["name"], names(french["subEvent"])) == ("Journée", ["Ouverture"])
        assert french["audience"][0]["audienceType"] == "Établissement universitaire"
        assert written(event)["name"] == "Forum"

    @pytest.mark.parametrize(
        ("uid", "iri"),
        [
            ("e-1", None),
            ("x y@example.org", None),
            ("https://example.org/e/1", None),
            ("urn:example:a b", None),
            ("urn:example:e1", "urn:example:e1"),
            ("javascript:alert(1)", None),
            ("0AFD7437-a0a7-510e-b2b6-ac4856994a8c", "urn:uuid:0afd7437-a0a7-510e-b2b6-ac4856994a8c"),
        ],
    )
    def test_a_uid_that_is_a_urn_names_the_event(self, uid: str, iri: str | None) -> None:
        assert (page(uid=uid).get("@id"), page(uid=uid)["identifier"]) == (iri, uid)


class TestTime:
    """ "startDate ... in ISO 8601 date format": a time with its offset, and a whole day as a date."""

    @pytest.mark.parametrize(
        ("given", "start", "end"),
        [
            (slot(), "2023-05-17T14:30:00+02:00", "2023-05-17T16:30:00+02:00"),
            (slot(zone="UTC"), "2023-05-17T14:30:00+00:00", "2023-05-17T16:30:00+00:00"),
            (days("2023-05-17", "2023-05-19"), "2023-05-17", "2023-05-18"),
            # Until 1972 clocks in Liberia were 44 minutes and 30 seconds behind UTC.
            (
                slot("1970-01-01T12:00:00", "1970-01-01T13:00:00", "Africa/Monrovia"),
                "1970-01-01T12:44:30+00:00",
                "1970-01-01T13:44:30+00:00",
            ),
        ],
    )
    def test_slots(self, given: Any, start: str, end: str) -> None:
        found = page(slot=given, sessions=(), calls=())
        assert (found["startDate"], found["endDate"]) == (start, end)


class TestStatus:
    """eventStatus, and previousStartDate only for what was rescheduled."""

    MOVED = step("scheduled", "scheduled")

    @pytest.mark.parametrize(
        ("changes", "status", "previous"),
        [
            ({}, "EventScheduled", None),
            ({"previous_slots": (slot("2023-05-16T14:30:00"),)}, "EventRescheduled", "2023-05-16"),
            ({"previous_slots": (days("2023-05-01", "2023-05-02"), days("2023-05-08", "2023-05-09"))}, None, None),
            ({"status": "postponed", "history": (step("scheduled", "postponed"),)}, "EventPostponed", None),
            (
                {
                    "status": "cancelled",
                    "history": (MOVED, step("scheduled", "cancelled", 1)),
                    "previous_slots": (slot("2023-05-16T14:30:00"),),
                },
                "EventCancelled",
                None,
            ),
        ],
    )
    def test_statuses(self, changes: Any, status: str | None, previous: str | None) -> None:
        for found in (page(**changes), sessions_of(whole.session(**changes))[0]):
            if status is None:
                assert found["previousStartDate"] == ["2023-05-01", "2023-05-08"]
            else:
                assert found["eventStatus"] == f"https://schema.org/{status}"
                assert found.get("previousStartDate") == previous

    def test_the_sessions_of_a_cancelled_event_are_cancelled(self) -> None:
        cancelled = {"status": EventStatus.CANCELLED, "history": (step("scheduled", "cancelled"),)}
        (found,) = sessions_of(whole.session(), **cancelled)
        assert found["eventStatus"] == "https://schema.org/EventCancelled"

    def test_sessions_but_breaks_have_the_languages_of_their_event(self) -> None:
        kinds = {"s-1": SessionKind.PANEL, "s-2": SessionKind.BREAK}
        sessions = [bare_session(id=id_, kind=kind, floor_languages=()) for id_, kind in kinds.items()]
        own = bare_session(id="s-3", floor_languages=("es",))
        found = sessions_of(*sessions, own, floor_languages=("en", "fr"))
        assert [each.get("inLanguage") for each in found] == [["en", "fr"], None, "es"]

    def test_a_cancelled_session_may_be_without_a_place(self) -> None:
        cancelled = whole.session(
            status="cancelled",
            history=(step("scheduled", "cancelled"),),
            locations=(),
            virtual_locations=(),
            inherited_places=ParticipationMode.ON_SITE,
        )
        (found,) = sessions_of(cancelled, locations=(), calls=())
        assert found["eventStatus"] == "https://schema.org/EventCancelled"
        assert not {"eventAttendanceMode", "location"} & found.keys()


class TestPlaces:
    """Place with PostalAddress, VirtualLocation with url."""

    def test_a_room_is_a_place_in_a_place_and_has_the_capacity(self) -> None:
        place, virtual = page()["location"]
        assert place == {
            "@type": "Place",
            "identifier": "popov",
            "name": "Seat",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Place des Nations",
                "addressLocality": "Genève",
                "addressCountry": "CH",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 46.2206, "longitude": 6.1374},
            "containsPlace": {"@type": "Place", "name": "Popov", "maximumAttendeeCapacity": 230},
        }
        assert virtual == {"@type": "VirtualLocation", "name": "Webcast", "url": "https://meet.example.org/1"}

    def test_a_single_place_is_no_list(self) -> None:
        place = whole.location(room=None, latitude=None, longitude=None)
        found = page(locations=(place,), virtual_locations=(), calls=())
        assert found["location"]["maximumAttendeeCapacity"] == 230
        assert not {"geo", "containsPlace"} & set(found["location"])
        assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"

    def test_a_place_may_have_only_a_name(self) -> None:
        found = page(locations=(Location(name=text("Room 4")),), virtual_locations=(), calls=())
        assert found["location"] == {"@type": "Place", "name": "Room 4"}

    def test_the_equator_is_a_place(self) -> None:
        found = page(locations=(whole.location(latitude=0, longitude=0),), virtual_locations=(), calls=())
        assert found["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 0.0, "longitude": 0.0}

    def test_a_virtual_location_without_an_address_is_called_so(self) -> None:
        found = page(locations=(), virtual_locations=(whole.virtual_location(name=None, uri=None),), calls=())
        assert found["location"] == {"@type": "VirtualLocation", "name": "Remote participation"}
        assert found["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"

    def test_a_venue_to_follow_is_said_in_the_description(self) -> None:
        found = page(locations=(), venue_to_follow=True, sessions=())
        assert found["description"].endswith("\n\nThe venue will be announced later.")
        assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"

    def test_sessions_repeat_the_places_that_they_inherit(self) -> None:
        remote = bare_session(inherited_places=ParticipationMode.REMOTE)
        own = bare_session(id="s-2", locations=(whole.location(room="A"),))
        both = bare_session(id="s-3")
        found = sessions_of(remote, own, both)
        assert [each["identifier"] for each in found] == ["s-1.e-1", "s-2.e-1", "s-3.e-1"]
        assert found[0]["location"]["url"] == "https://meet.example.org/1"
        assert found[1]["location"][0]["containsPlace"]["name"] == "A"
        assert found[2]["location"] == page()["location"]


class TestSeats:
    """maximumPhysicalAttendeeCapacity and maximumVirtualAttendeeCapacity are those of registration."""

    def test_seats(self) -> None:
        found = page(calls=(whole.call(kind=CallKind.PLEDGE, questions=()), whole.call()))
        for each, seats in ((found, (200, 1000)), (found["subEvent"][0], (30, 300))):
            assert (each["maximumPhysicalAttendeeCapacity"], each["maximumVirtualAttendeeCapacity"]) == seats

    def test_no_seats_are_a_number(self) -> None:
        assert page(calls=(whole.call(on_site_capacity=0),))["maximumPhysicalAttendeeCapacity"] == 0


class TestPeople:
    """The organizer, whom to contact, and who is on the programme: no address of a speaker."""

    def test_the_organizer_has_the_contacts(self) -> None:
        assert page()["organizer"] == {
            "@type": "Organization",
            "identifier": "https://ror.org/02mhbdp94",
            "name": "Operator 1",
            "alternateName": "OP1",
            "department": {"@type": "Organization", "name": "SG"},
            "email": "office@example.org",
            "address": {"@type": "PostalAddress", "addressCountry": "CH"},
            "contactPoint": [
                {
                    "@type": "ContactPoint",
                    "name": "Participant 1",
                    "email": "p1@example.org",
                    "telephone": "+41227305111",
                }
            ],
        }

    def test_contacts_without_an_organizer(self) -> None:
        found = page(organizer=None)["organizer"]
        assert (found["@type"], len(found["contactPoint"])) == ("Organization", 1)

    def test_only_contacts_with_that_role_are_named(self) -> None:
        signatory = whole.contact(roles=frozenset({Role.SIGNATORY}))
        assert "contactPoint" not in page(contacts=(signatory,))["organizer"]
        assert "organizer" not in page(organizer=None, contacts=(signatory,))

    @pytest.mark.parametrize(
        ("roles", "parts"),
        [
            ((), ["performer"]),
            (("moderator",), ["performer"]),
            (("chair", "rapporteur"), ["performer"]),
            (("interpreter",), []),
            (("interpreter", "speaker"), ["performer"]),
            (("interpreter", "rapporteur"), ["contributor"]),
            (("rapporteur",), ["contributor"]),
        ],
    )
    def test_people_of_a_session(self, roles: tuple[str, ...], parts: list[str]) -> None:
        (found,) = sessions_of(whole.session(people=(whole.contact(roles=roles),)))
        assert [each for each in ("performer", "translator", "contributor") if each in found] == parts

    def test_a_speaker_has_no_address(self) -> None:
        speaker = whole.contact(roles=frozenset({Role.SPEAKER, Role.CHAIR}))
        data = to_jsonld(whole.event(contacts=(), sessions=(whole.session(people=(speaker,)),)))
        assert json.loads(data)["subEvent"][0]["performer"] == [
            {
                "@type": "Person",
                "name": "Participant 1",
                "description": "Chair, Speaker",
                "jobTitle": "Adviser",
                "affiliation": {"@type": "Organization", "name": "Ministry 1"},
            }
        ]
        assert b"p1@example.org" not in data
        assert b"+4122" not in data

    def test_a_person_without_a_name_is_left_out(self) -> None:
        (found,) = sessions_of(whole.session(people=(whole.contact(name=None),)))
        assert "performer" not in found


class TestCalls:
    """potentialAction says what people can do, where, and until when."""

    def test_registration(self) -> None:
        assert page()["potentialAction"] == [
            {
                "@type": "RegisterAction",
                "target": [
                    {"@type": "EntryPoint", "urlTemplate": "https://www.example.org/register"},
                    {"@type": "EntryPoint", "urlTemplate": "mailto:office@example.org"},
                ],
                "object": {
                    "@type": "Offer",
                    "availabilityStarts": "2023-04-14T09:00:00+00:00",
                    "availabilityEnds": whole.deadline().date.isoformat(),
                    "itemOffered": {
                        "@type": "Service",
                        "availableChannel": {"@type": "ServiceChannel", "availableLanguage": ["fr", "en"]},
                    },
                },
            }
        ]

    @pytest.mark.parametrize(
        ("kind", "action", "terms"),
        [(CallKind.INTERPRETATION, "AskAction", "Offer"), (CallKind.PLEDGE, "DonateAction", "Demand")],
    )
    def test_other_calls(self, kind: CallKind, action: str, terms: str) -> None:
        (found,) = page(calls=(whole.call(kind=kind, questions=(), languages=(), opens=None),))["potentialAction"]
        assert (found["@type"], set(found["object"])) == (action, {"@type", "availabilityEnds"})
        assert found["object"]["@type"] == terms

    def test_a_call_without_terms_and_address(self) -> None:
        bare = whole.call(
            url=None, email=None, address_unknown=True, opens=None, deadline=None, languages=(), questions=()
        )
        assert page(calls=(bare,))["potentialAction"] == [{"@type": "RegisterAction"}]

    def test_an_address_is_escaped_in_a_uri(self) -> None:
        (found,) = page(calls=(whole.call(url=None, email="a{b}%c?d&e@example.org"),))["potentialAction"]
        assert found["target"][0]["urlTemplate"] == "mailto:a%7Bb%7D%25c%3Fd%26e@example.org"


class TestDocuments:
    """subjectOf: the documents about an event."""

    def test_a_document(self) -> None:
        (found,) = page()["subjectOf"]
        assert found == {
            "@type": "DigitalDocument",
            "identifier": "CL-23/9",
            "name": "Invitation",
            "genre": "Circular letter",
            "datePublished": "2023-04-12",
            "url": "https://www.example.org/9",
            "inLanguage": "fr",
            "translationOfWork": {"@type": "CreativeWork", "inLanguage": "en"},
            "audience": [{"@type": "Audience", "audienceType": "Member State"}],
            "isBasedOn": {
                "@type": "DigitalDocument",
                "identifier": "CL-23/5",
                "name": "Invitation",
                "genre": "Circular letter",
                "datePublished": "2023-03",
                "url": "https://www.example.org/5",
            },
        }
        assert page()["subEvent"][0]["subjectOf"] == [found]

    def test_an_original_is_no_translation(self) -> None:
        (found,) = page(documents=(whole.document(original_language="fr", follows=None),))["subjectOf"]
        assert not {"translationOfWork", "isBasedOn"} & set(found)


class TestSessions:
    """subEvent: the sessions that are announced."""

    def test_track_and_kind_are_keywords(self) -> None:
        (found,) = sessions_of(whole.session(kind=SessionKind.SIDE_EVENT))
        assert found["keywords"] == ["Connectivity", "Side event"]
        (found,) = sessions_of(whole.session(kind=None, track=None))
        assert "keywords" not in found

    def test_drafts_are_left_out(self) -> None:
        draft = whole.session(id="s-2", uid=None, title=text("Secret"), status=EventStatus.DRAFT)
        assert names(sessions_of(whole.session(), draft)) == ["Opening"]
        assert "subEvent" not in page(sessions=(draft,))


class TestSearchEngines:
    """The rules that search engines publish."""

    def test_a_complete_event_breaks_none(self) -> None:
        for each in events_of(page()):
            assert not [*problems(each)]

    def test_what_an_event_may_lack(self) -> None:
        """The letter of 2023 names no address for remote participation."""
        assert [*problems(written(wtisd_23()))] == ["location.url is required online"]

    @pytest.mark.parametrize(
        "broken",
        [
            {"name": ""},
            {"location": []},
            {"location": {"@type": "Place"}},
            {"eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"},
            {"eventStatus": "https://schema.org/EventPlanned"},
            {"previousStartDate": "2023-05-01"},
            {"eventStatus": "https://schema.org/EventRescheduled"},
            {"startDate": "2023-05-17T14:30:00"},
            {"startDate": "2023-05-17"},
            {"startDate": "2023-05-19T14:30:00+02:00"},
            {"organizer": {"@type": "Organization"}},
        ],
    )
    def test_each_rule_finds_what_breaks_it(self, broken: dict[str, Any]) -> None:
        assert [*problems(page() | broken)]
