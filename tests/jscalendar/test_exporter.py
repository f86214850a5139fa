"""An event and its sessions in JSCalendar: valid in its version, complete, and the same story as in iCalendar."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import icalendar
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW, LAW_OF_FIELDS
from tests.jscalendar.events import EVENTS, STAMPED, session, small
from tests.jscalendar.validator import Violation, validate
from tests.programme.format_laws import assert_format
from tests.samples.whole import days, slot, text
from tests.samples.wtisd import full_event
from wtisd_model import (
    Code,
    Contact,
    Document,
    DocumentKind,
    Event,
    EventStatus,
    ExportError,
    InvalidValueError,
    Location,
    Organization,
    Role,
    Session,
    TimeSlot,
    VirtualLocation,
    from_jscalendar,
    to_ical,
    to_jscalendar,
)
from wtisd_model.formats import FORMATS, losses
from wtisd_model.jscalendar.parts import FIELDS, LOCALIZATIONS
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.programme import files as writing
from wtisd_model.programme.people import people_named
from wtisd_model.schema.json_values import without_nul
from wtisd_model.types.duration import parse_duration
from wtisd_model.types.timezone import first_moment, to_utc

VERSIONS = pytest.mark.parametrize("version", ["1.0", "2.0"])


LANGUAGES = st.sampled_from([None, "fr", "en", "ar"])


def written(event: Event, **options: Any) -> Any:
    return json.loads(to_jscalendar(event, **({"personal": True} | options)))


def entries(event: Event, **options: Any) -> list[Any]:
    document = written(event, **options)
    found: list[Any] = document.get("entries", [document])
    return found


def read_back(document: bytes) -> Event:
    imported = from_jscalendar(document)
    assert {each.code for each in imported.findings} <= {Code.STATUS_TIME_INFERRED}  # the history is not carried
    (event,) = imported.events
    return event


class TestLaws:
    """What is written is valid, carries what its formats say, and says what the calendar says."""

    @LAW
    @given(EVENTS, LANGUAGES, st.booleans(), st.sampled_from(["1.0", "2.0"]))
    def test_it_is_valid(self, event: Event, language: str | None, personal: bool, version: Any) -> None:
        broken = validate(to_jscalendar(event, version=version, language=language, personal=personal), version)
        assert not [each for each in broken if not of_other_programs(each)]

    @LAW_OF_FIELDS
    @given(EVENTS, st.sampled_from(["1.0", "2.0"]))
    def test_it_carries_what_the_format_says(self, event: Event, version: Any) -> None:
        storable = from_builtins(Event, without_nul(to_builtins(event)))
        personal = FORMATS["jscalendar-personal"]
        assert_format(personal, storable, lambda each: to_jscalendar(each, version=version, personal=True), read_back)

    @LAW_OF_FIELDS
    @given(EVENTS, st.sampled_from(["1.0", "2.0"]))
    def test_by_default_it_carries_what_the_format_says(self, event: Event, version: Any) -> None:
        public = public_part(event)
        assert to_jscalendar(event, version=version) == to_jscalendar(public, version=version, personal=True)
        assert_format(FORMATS["jscalendar"], public, lambda each: to_jscalendar(each, version=version), read_back)
        assert_changed_fields_are_reported(event, public)

    def test_a_role_that_is_left_out_of_a_person_to_contact_is_reported(self) -> None:
        person = Contact(name="Participant 1", email="p1@example.org", roles=frozenset({Role.CONTACT, Role.CHAIR}))
        event = small(contacts=[person])
        assert_changed_fields_are_reported(event, public_part(event))

    @LAW
    @given(EVENTS, LANGUAGES, st.sampled_from(["1.0", "2.0"]))
    def test_it_is_read_in_every_language(self, event: Event, language: str | None, version: Any) -> None:
        imported = from_jscalendar(to_jscalendar(event, version=version, language=language))
        assert len(imported.events) == 1
        # A description says all that a calendar says, which may be more than the field can hold.
        assert {each.code for each in imported.findings} <= {Code.TEXT_CHANGED, Code.STATUS_TIME_INFERRED}

    @LAW
    @given(EVENTS, LANGUAGES)
    def test_the_calendar_tells_the_same_story(self, event: Event, language: str | None) -> None:
        calendar = icalendar.Calendar.from_ical(to_ical(event, stamped=STAMPED, language=language))
        in_calendar = [story_of_component(each) for each in calendar.walk("VEVENT")]
        assert [story_of_entry(each) for each in entries(event, language=language)] == in_calendar


def public_part(event: Event) -> Event:
    """Return an event without data of other programs, people whom the public is not told of, and addresses."""
    sessions = tuple(evolve(each, extensions={}, people=without_addresses(each)) for each in event.sessions)
    return evolve(event, extensions={}, contacts=without_addresses(event), sessions=sessions)


def without_addresses(thing: Event | Session) -> tuple[Contact, ...]:
    """Return the people who are named; only people to contact have addresses."""
    return tuple(
        each if Role.CONTACT in each.roles else evolve(each, id=None, email=None, phone=None, language=None)
        for each in people_named(thing)
    )


def assert_changed_fields_are_reported(event: Event, public: Event) -> None:
    """Assert that `losses` names what the public does not see, and nothing else of that kind."""
    hidden = {
        Code.PEOPLE_LEFT_OUT.value,
        "Event.extensions",
        "Session.extensions",
        *(f"Contact.{name}" for name in FORMATS["jscalendar"].private),
    }
    assert bool(hidden & reported(event)) is (event != public)
    assert hidden.isdisjoint(reported(public))


def reported(event: Event) -> set[str]:
    """Return the fields that `losses` names, and the codes of all that is lost."""
    lost = [*losses(FORMATS["jscalendar"], event)]
    return {str(each.params.get("field", each.code)) for each in lost} | {str(each.code) for each in lost}


def of_other_programs(violation: Violation) -> bool:
    """Return True for data of other programs, which is written as it is: some numbers only a Python program reads."""
    return violation.rule == "I-JSON" and ":" in violation.pointer and FIELDS not in violation.pointer


def story_of_entry(entry: Any) -> dict[str, Any]:
    """Return what an Event says, in the words that it has in common with a calendar."""
    wall, length = datetime.fromisoformat(entry["start"]), parse_duration(entry["duration"])
    assert length is not None
    if "timeZone" in entry:
        start = first_moment(wall, entry["timeZone"])
        end: Any = to_utc(first_moment(wall + length[0], entry["timeZone"])) + length[1]
        times = [to_utc(start), end]
    else:
        assert entry["showWithoutTime"]
        times = [wall.date(), wall.date() + length[0]]
    links = {link["rel"]: link["href"] for link in entry.get("links", {}).values() if link["rel"] != "enclosure"}
    located = [each.get("coordinates") for each in entry.get("locations", {}).values()]
    return {
        "uid": entry["uid"],
        "sequence": entry["sequence"],
        "title": plain(entry["title"]),
        "description": plain(entry.get("description", "")),
        "times": times,
        "status": entry["status"],
        "free": entry.get("freeBusyStatus") == "free",
        "parent": [*entry.get("relatedTo", {})],
        "locations": plain("; ".join(each["name"] for each in entry.get("locations", {}).values())),
        "position": next(([*map(float, each[4:].split(","))] for each in located if each is not None), None),
        "virtual": sorted(each["uri"] for each in entry.get("virtualLocations", {}).values()),
        "url": links.get("describedby"),
        "image": links.get("icon"),
        "keywords": {plain(each) for each in entry.get("keywords", {})},
        "organizer": unquote(entry.get("organizerCalendarAddress", "")),
        "created": entry.get("created"),
    }


def story_of_component(vevent: Any) -> dict[str, Any]:
    def text_of(name: str) -> str:
        return plain(str(vevent.get(name, "")))

    def listed(name: str) -> list[Any]:
        value = vevent.get(name, [])
        return value if isinstance(value, list) else [value]

    categories = vevent.get("CATEGORIES")
    created = vevent.get("CREATED")
    geo = vevent.get("GEO")
    return {
        "uid": str(vevent["UID"]),
        "sequence": int(vevent["SEQUENCE"]),
        "title": text_of("SUMMARY"),
        "description": text_of("DESCRIPTION"),
        "times": [moment(vevent[name].dt) for name in ("DTSTART", "DTEND")],
        "status": str(vevent["STATUS"]).lower(),
        "free": vevent.get("TRANSP") == "TRANSPARENT",
        "parent": list(map(str, listed("RELATED-TO"))),
        "locations": text_of("LOCATION"),
        "position": geo and [geo.latitude, geo.longitude],
        "virtual": sorted(map(str, listed("CONFERENCE"))),
        "url": vevent.get("URL") and str(vevent["URL"]),
        "image": vevent.get("IMAGE") and str(vevent["IMAGE"]),
        "keywords": set() if categories is None else {plain(each) for each in categories.cats},
        "organizer": unquote(str(vevent.get("ORGANIZER", ""))),
        "created": created and f"{created.dt:%Y-%m-%dT%H:%M:%SZ}",
    }


def plain(said: str) -> str:
    """Return a text without what calendar programs read differently: backslashes, and kinds of line breaks."""
    return " ".join(said.replace("\\", "").split())


def moment(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


class TestDocuments:
    """What the documents look like."""

    @VERSIONS
    def test_an_event_alone_is_an_event(self, version: Any) -> None:
        document = written(small(), version=version)
        assert document["@type"] == "Event"
        assert document["prodId"] == "-//wtisd_model//JSCalendar//EN"
        assert document.get("version", "1.0") == version

    @VERSIONS
    def test_with_its_sessions_it_is_a_group(self, version: Any) -> None:
        event = small(sessions=(session(), session("s-2", status=EventStatus.DRAFT)), locations=(), url=None)
        document = written(event, version=version)
        assert (document["@type"], document["title"], document["locale"]) == ("Group", "Forum", "en")
        assert document.get("version", "1.0") == version
        assert document["uid"] not in {each["uid"] for each in document["entries"]}
        first, second = document["entries"]
        assert not {"version", "prodId", "relatedTo"} & first.keys()
        assert first["freeBusyStatus"] == "free"
        assert second["uid"] == "s-1.e-1"
        assert second["relatedTo"] == {"e-1": {"@type": "Relation", "relation": {"parent": True}}}

    def test_equal_events_give_equal_bytes(self) -> None:
        assert to_jscalendar(full_event()) == to_jscalendar(evolve(full_event()))

    @VERSIONS
    def test_translations_are_patches(self, version: Any) -> None:
        place = Location(name=text("Hall", fr="Salle"), room="A", locality="Genève", country="CH")
        online = VirtualLocation(name=text("Live", fr="En direct"), uri="https://example.org/live")
        event = small(
            title=text("Forum", fr="Forum mondial", zh="论坛"),
            venue_to_follow=False,
            locations=(place,),
            virtual_locations=(online,),
        )
        (entry,) = entries(event, version=version)
        assert entry["locations"]["1"]["name"] == "Hall, A, Genève"
        assert entry["localizations" if version == "1.0" else LOCALIZATIONS] == {
            "fr": {
                "title": "Forum mondial",
                "description": "En direct: https://example.org/live",
                "locations/1/name": "Salle, A, Genève",
                "virtualLocations/1/name": "En direct",
            },
            "zh": {"title": "论坛"},
        }

    def test_in_one_language_there_are_no_translations(self) -> None:
        event = small(title=text("Forum", fr="Forum mondial"), theme=text("Bridges"))
        (entry,) = entries(event, language="fr")
        assert (entry["title"], entry["locale"]) == ("Forum mondial", "fr")
        assert entry["description"].startswith("Bridges\n\n")
        assert LOCALIZATIONS not in entry

    def test_a_description_in_another_language_than_the_title_says_so(self) -> None:
        (entry,) = entries(small(venue_to_follow=False, locations=(HALL,), description=LOCAL))
        assert entry["description"] == LOCAL.text
        assert entry[FIELDS]["description"] == {"language": "fr"}

    @pytest.mark.parametrize(
        ("when", "times"),
        [
            (slot(), {"start": "2023-05-17T14:30:00", "timeZone": "Europe/Zurich", "duration": "PT2H"}),
            (days("2023-05-17", "2023-05-19"), {"start": "2023-05-17T00:00:00", "duration": "P2D"}),
            (
                slot("2023-05-17T14:30:00", "2023-05-17T16:30:00", "UTC"),
                {"start": "2023-05-17T14:30:00", "timeZone": "Etc/UTC", "duration": "PT2H"},
            ),
        ],
    )
    def test_times(self, when: TimeSlot, times: dict[str, str]) -> None:
        (entry,) = entries(small(slot=when))
        assert {key: entry[key] for key in ("start", "timeZone", "duration") if key in entry} == times
        assert entry.get("showWithoutTime", False) is when.whole_days

    def test_where_participants_reply(self) -> None:
        organizer = Organization(name=text("ITU"), email="info@example.org", unit="SG")
        (one,), (two,) = (entries(small(organizer=organizer), version=each) for each in ("1.0", "2.0"))
        assert one["replyTo"] == {"imip": "mailto:info@example.org"}
        assert one["participants"]["organizer"]["sendTo"] == one["replyTo"]
        assert two["organizerCalendarAddress"] == two["participants"]["organizer"]["calendarAddress"]
        assert two["participants"]["organizer"]["roles"] == {"owner": True}

    def test_an_address_is_a_uri(self) -> None:
        organizer = Organization(name=text("ITU"), email="a^b{c}`d|e%f#g?h@example.org")
        event = small(organizer=organizer)
        assert entries(event)[0]["organizerCalendarAddress"] == "mailto:a%5Eb%7Bc%7D%60d%7Ce%25f%23g%3Fh@example.org"
        assert read_back(to_jscalendar(event)).organizer == organizer

    def test_an_organizer_without_an_address(self) -> None:
        organizer = Organization(name=text("ITU"))
        (one,), (two,) = (entries(small(organizer=organizer), version=each) for each in ("1.0", "2.0"))
        assert "replyTo" not in one
        assert one["participants"]["organizer"]["roles"] == {"owner": True}
        assert two["participants"]["organizer"].keys() == {"@type", "name", FIELDS}

    def test_several_places_have_a_main_one(self) -> None:
        event = small(venue_to_follow=False, locations=(HALL, evolve(HALL, room="B")))
        assert entries(event)[0]["mainLocationId"] == "1"
        assert "mainLocationId" not in entries(event, version="1.0")[0]
        assert "mainLocationId" not in entries(evolve(event, locations=(HALL,)))[0]

    def test_links(self) -> None:
        letter = Document(kind=DocumentKind.INVITATION, title=text("Letter"), url="https://example.org/letter.pdf")
        event = small(url="https://example.org/", image="https://example.org/i.png", documents=(letter,))
        links = entries(event)[0]["links"]
        assert {key: each["rel"] for key, each in links.items()} == {
            "url": "describedby",
            "image": "icon",
            "document-1": "enclosure",
        }
        assert links["document-1"]["title"] == "Letter"


HALL = Location(name=text("Hall"), locality="Genève", country="CH")
LOCAL = evolve(text("En français"), language="fr")


class TestPeople:
    """The addresses of people, for everybody or not."""

    PEOPLE = (
        Contact(name="Participant 1", email="participant.1@example.org", roles=frozenset({Role.CONTACT})),
        Contact(name="Participant 2", email="participant.2@example.org", phone="+41227306036", language="fr"),
        Contact(email="participant.3@example.org", roles=frozenset({Role.CHAIR, Role.SPEAKER})),
    )

    @VERSIONS
    def test_the_public_sees_the_addresses_of_contacts_alone(self, version: Any) -> None:
        whole = small(contacts=self.PEOPLE[:1], sessions=(session(people=self.PEOPLE[1:2]),))
        document = to_jscalendar(whole, version=version)
        assert b"participant.1@example.org" in document
        assert b"participant.2" not in document
        assert b"+41" not in document
        assert b"Participant 2" in document
        assert b"participant.2" in to_jscalendar(whole, version=version, personal=True)

    def test_the_public_does_not_see_data_of_other_programs(self) -> None:
        event = small(extensions={"example.org:id": 5})
        assert entries(event)[0]["example.org:id"] == 5
        assert "example.org:id" not in entries(event, personal=False)[0]

    def test_roles_in_version_1(self) -> None:
        participants = entries(small(contacts=self.PEOPLE), version="1.0")[0]["participants"]
        assert [{*each["roles"]} for each in participants.values()] == [
            {"contact"},
            {"wtisd-model:participant"},
            {"chair", "wtisd-model:speaker"},
        ]

    def test_version_2_has_no_address_for_people_who_are_not_invited(self) -> None:
        first, *others = entries(small(contacts=self.PEOPLE))[0]["participants"].values()
        assert first["description"] == "participant.1@example.org"
        assert all({"email", "calendarAddress", "roles", "description"}.isdisjoint(each) for each in others)


class TestRefusals:
    """What cannot be written is refused with its code."""

    @pytest.mark.parametrize(
        ("event", "code", "path"),
        [
            (small(status=EventStatus.DRAFT), Code.EVENT_WITHOUT_SLOT, "/status"),
            (small(status=EventStatus.DRAFT, slot=None), Code.EVENT_WITHOUT_SLOT, "/slot"),
            (small(updated=None), Code.STAMP_MISSING, "/stamped"),
            (small(sessions=(session(uid="e-1"),)), Code.UID_REPEATED, "/sessions/0/uid"),
        ],
    )
    def test_events(self, event: Event, code: Code, path: str) -> None:
        with pytest.raises(ExportError) as caught:
            to_jscalendar(event)
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]

    @pytest.mark.parametrize(
        ("options", "code", "path"),
        [
            ({"version": "3.0"}, Code.VALUE_UNKNOWN, "/version"),
            ({"language": "xx_"}, Code.LANGUAGE_UNKNOWN, "/language"),
            ({"stamped": datetime(2026, 1, 1)}, Code.MOMENT_NAIVE, "/stamped"),
        ],
    )
    @pytest.mark.parametrize("updated", [None, STAMPED])
    def test_options(self, options: Any, code: Code, path: str, updated: datetime | None) -> None:
        with pytest.raises(InvalidValueError) as caught:
            to_jscalendar(small(updated=updated), **({"stamped": STAMPED} | options))
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]

    def test_other_objects(self) -> None:
        thing: Any = session()
        with pytest.raises(TypeError):
            to_jscalendar(thing)

    def test_too_many_octets(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "MOST_OCTETS", 500)
        with pytest.raises(ExportError) as caught:
            to_jscalendar(small(sessions=(session(),)))
        assert [each.code for each in caught.value.findings] == [Code.FEED_TOO_LARGE]
