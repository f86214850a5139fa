"""What is said of an event in the words of the Core Public Event Vocabulary."""

import json
from typing import Any

import pycountry
import pytest

from tests.jsonld.samples import bare_session
from tests.samples import whole
from tests.samples.whole import days, slot, step, text
from wtisd_model import Event, LocalizedText, Location, ParticipationMode, Role, to_jsonld
from wtisd_model.data.languages import LANGUAGES


def page(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_jsonld(whole.event(**changes), profile="cpev"))
    return found


def code(value: str) -> dict[str, str]:
    return {"@type": "Code", "notation": value}


class TestPublicEvent:
    """Its properties, with the cardinality 0..* each."""

    def test_texts_are_in_all_their_languages(self) -> None:
        found = page(
            title=text(fr="Journée"),
            theme=text("Theme", fr="Thème"),
            description=LocalizedText("Texte", "fr"),
        )
        assert found["title"] == {"en": "Forum", "fr": "Journée"}
        assert found["description"] == {"en": "Theme", "fr": "Thème\n\nTexte"}

    def test_texts_are_in_the_language_of_the_reader(self) -> None:
        event = whole.event(title=text(fr="Journée"))
        assert json.loads(to_jsonld(event, profile="cpev", language="fr-CH"))["title"] == {"fr": "Journée"}

    def test_a_term_is_that_of_its_vocabulary(self) -> None:
        """The words for times are those of OWL-Time; a few names are not those of their terms."""
        context = page()["@context"]
        assert {name for name, iri in context.items() if str(iri).startswith("time:")} == {
            *("Instant", "TemporalEntity", "hasBeginning", "hasEnd", "hasTime")
        }
        terms = {name: iri for name, iri in context.items() if not isinstance(iri, dict) and iri[:4] != "http"}
        assert {name: iri for name, iri in terms.items() if not iri.endswith(f":{name}")} == {
            "Code": "skos:Concept",
            "eventType": "dct:type",
            "hasEmail": "cv:email",
            "hasTelephone": "cv:telephone",
            "registration": "cv:registrationPage",
            "topic": "dct:subject",
        }
        assert context["title"] == {"@id": "dct:title", "@container": "@language"}

    def test_codes(self) -> None:
        found = page()
        assert found["eventStatus"]["@id"] == "https://schema.org/EventScheduled"
        assert found["format"]["@id"] == "https://schema.org/MixedEventAttendanceMode"
        assert found["audience"] == [code("academia")]
        assert found["topic"] == [
            code("9") | {"@id": "http://metadata.un.org/sdg/9"},
            code("9.c") | {"@id": "http://metadata.un.org/sdg/9.c"},
            code("ldc"),
            {"@type": "Code", "prefLabel": {"und": "telecommunication"}},
        ]

    def test_series(self) -> None:
        found = page()
        assert found["eventNumber"] == {"und": "17"}
        assert found["parentEvent"] == {"@type": "PublicEvent", "identifier": "forum", "title": {"en": "Forum"}}
        assert found["hasPreviousEvent"] == {"@type": "PublicEvent", "identifier": "e-0"}
        assert found["hasNextEvent"] == {"@type": "PublicEvent", "identifier": "e-2"}

    def test_a_series_is_not_its_first_event(self) -> None:
        first = "0afd7437-a0a7-510e-b2b6-ac4856994a8c"
        found = page(series=whole.series(uid=first, previous=first))
        assert "@id" not in found["parentEvent"]
        assert found["hasPreviousEvent"]["@id"] == f"urn:uuid:{first}"

    def test_pages(self) -> None:
        found = page()
        assert found["homepage"] == {"@type": "Document", "@id": "https://www.example.org/wtisd"}
        assert found["registration"] == {"@type": "Document", "@id": "https://www.example.org/register"}

    def test_an_address(self) -> None:
        assert page()["address"] == [
            {
                "@type": "Address",
                "fullAddress": {
                    "en": "Seat, Popov, Place des Nations, Genève, CH",
                    "fr": "Siège, Popov, Place des Nations, Genève, CH",
                },
                "locatorName": {"en": "Seat", "fr": "Siège"},
                "locatorDesignator": "Popov",
                "thoroughfare": {"und": "Place des Nations"},
                "postName": {"und": "Genève"},
                "adminUnitL1": {"und": "CH"},
            }
        ]

    def test_an_address_may_be_a_name(self) -> None:
        assert page(locations=(Location(name=text("Room 4")),))["address"] == [
            {"@type": "Address", "fullAddress": {"en": "Room 4"}, "locatorName": {"en": "Room 4"}}
        ]

    @pytest.mark.parametrize(
        ("given", "beginning", "end"),
        [
            (
                slot(),
                {"inXSDDateTimeStamp": "2023-05-17T14:30:00+02:00"},
                {"inXSDDateTimeStamp": "2023-05-17T16:30:00+02:00"},
            ),
            (days("2023-05-17", "2023-05-19"), {"inXSDDate": "2023-05-17"}, {"inXSDDate": "2023-05-18"}),
        ],
    )
    def test_times(self, given: Any, beginning: Any, end: Any) -> None:
        found = page(slot=given, sessions=())["hasTime"]
        assert found["hasBeginning"] == {"@type": "Instant", **beginning}
        assert found["hasEnd"] == {"@type": "Instant", **end}

    def test_what_is_absent_is_left_out(self) -> None:
        event = Event(uid="e", title=text(), slot=slot(), venue_to_follow=True)
        assert set(json.loads(to_jsonld(event, profile="cpev"))) == {
            *("@context", "@type", "identifier", "title", "hasTime", "eventStatus", "format")
        }

    def test_a_session(self) -> None:
        sessions = [
            whole.session(status="cancelled", history=(step("scheduled", "cancelled"),)),
            bare_session(id="s-2", kind=None, track=None, floor_languages=()),
            bare_session(id="s-3", inherited_places=ParticipationMode.REMOTE),
        ]
        first, second, third = page(sessions=sessions)["subEvent"]
        assert first["eventStatus"]["@id"] == "https://schema.org/EventCancelled"
        assert (first["eventType"], first["topic"]["prefLabel"]) == (code("ceremony"), {"und": "Connectivity"})
        assert second["address"] == page()["address"]
        assert not {"eventType", "topic"} & set(second)
        assert "address" not in third
        assert second["language"] == page()["language"]

    def test_a_cancelled_session_may_be_without_a_place(self) -> None:
        cancelled = bare_session(
            status="cancelled",
            history=(step("scheduled", "cancelled"),),
            inherited_places=ParticipationMode.ON_SITE,
        )
        (found,) = page(sessions=[cancelled], locations=(), calls=())["subEvent"]
        assert not {"address", "format"} & found.keys()


class TestPeople:
    """Participations of agents, and contact points: no address of a speaker."""

    def test_the_organizer(self) -> None:
        assert page()["hasParticipation"] == {
            "@type": "Participation",
            "role": code("organizer"),
            "hasParticipant": {
                "@type": "Agent",
                "@id": "https://ror.org/02mhbdp94",
                "title": {"en": "Operator 1"},
                "type": code("sector-member"),
                "address": {"@type": "Address", "adminUnitL1": {"und": "CH"}},
            },
        }
        assert "hasParticipation" not in page(organizer=None)

    def test_little_is_known_of_an_organizer(self) -> None:
        found = page(organizer=whole.organization(membership=None, country=None, identifier=None))
        assert set(found["hasParticipation"]["hasParticipant"]) == {"@type", "title"}

    def test_people_of_a_session(self) -> None:
        people = (whole.contact(roles=frozenset({Role.CHAIR, Role.SPEAKER})), whole.contact(name=None, id=None))
        data = to_jsonld(whole.event(contacts=(), sessions=(whole.session(people=people),)), profile="cpev")
        assert json.loads(data)["subEvent"][0]["hasParticipation"] == [
            {
                "@type": "Participation",
                "role": [code("chair"), code("speaker")],
                "hasParticipant": {"@type": "Agent", "title": {"und": "Participant 1"}},
            }
        ]
        assert b"p1@example.org" not in data

    def test_contact_points(self) -> None:
        contacts = (
            whole.contact(),
            whole.contact(id=None, email=None),
            whole.contact(id=None, email="office@example.org"),
            whole.contact(id=None, email="p2@example.org", roles=frozenset({Role.SIGNATORY})),
        )
        found = page(contacts=contacts)["contactPoint"]
        known = [(each.get("hasEmail"), each["hasTelephone"]) for each in found]
        phone = "+41227305111"
        assert known == [("p1@example.org", phone), (None, phone), ("office@example.org", phone)]
        assert page(contacts=contacts, organizer=None)["contactPoint"] == found

    def test_an_organizer_without_contacts_has_an_address(self) -> None:
        assert page(contacts=())["contactPoint"] == [{"@type": "ContactPoint", "hasEmail": "office@example.org"}]
        assert "contactPoint" not in page(contacts=(), organizer=None)
        assert "contactPoint" not in page(contacts=(whole.contact(email=None, phone=None),), organizer=None)


class TestLanguages:
    """The Publications Office lists languages by the three letters of ISO 639-3."""

    def test_languages(self) -> None:
        table = "http://publications.europa.eu/resource/authority/language/"
        assert page(floor_languages=("fr-CH", "zh", "ase"))["language"] == [
            {"@type": "LinguisticSystem", "@id": f"{table}FRA", "identifier": "fr-CH"},
            {"@type": "LinguisticSystem", "@id": f"{table}ZHO", "identifier": "zh"},
            {"@type": "LinguisticSystem", "@id": f"{table}ASE", "identifier": "ase"},
        ]

    def test_each_language_of_two_letters_has_its_code(self) -> None:
        languages = sorted(LANGUAGES)
        found = [page(floor_languages=(each,))["language"][0]["@id"].rpartition("/")[2] for each in languages]
        known: Any = pycountry.languages
        assert found == [known.get(alpha_2=each).alpha_3.upper() for each in languages]
