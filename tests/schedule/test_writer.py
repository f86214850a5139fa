"""schedule.json as it is written: valid in both versions, and read by people who look for a session."""

import json
from typing import Literal, cast

import pytest
from attrs import evolve
from hypothesis import given

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from tests.samples.whole import contact, days, later, location, slot, text, virtual_location
from tests.schedule.samples import conference, event, first, make_session, schedule, session, sessions
from tests.schedule.shape import problems
from wtisd_model import (
    Code,
    Document,
    DocumentKind,
    Event,
    EventStatus,
    ExportError,
    InvalidValueError,
    LocalizedText,
    Recording,
    Role,
    SessionKind,
    TimeSlot,
    to_schedule_json,
    to_schedule_xml,
)
from wtisd_model.programme import files as writing
from wtisd_model.schedule.vocabulary import numbers

VERSIONS = pytest.mark.parametrize("version", ["1", "2"])


def titles(of: Event) -> list[list[str]]:
    """Return the titles of the sessions of each day, in version 1."""
    return [[each["title"] for room in day["rooms"].values() for each in room] for day in conference(of)["days"]]


class TestBothVersions:
    """The tables of shape.py, which were written apart from the writer."""

    @VERSIONS
    @LAW
    @given(ours.events(status=EventStatus.SCHEDULED) | ours.events(status=EventStatus.POSTPONED))
    def test_every_schedule_is_valid(self, version: Literal["1", "2"], drawn: Event) -> None:
        written = to_schedule_json(drawn, version=version)
        assert problems(json.loads(written), version) == []
        assert to_schedule_json(drawn, version=version) == written

    @VERSIONS
    def test_an_event_without_sessions_has_days_all_the_same(self, version: Literal["1", "2"]) -> None:
        assert [day["date"] for day in conference(event(), version)["days"]] == ["2027-03-03", "2027-03-04"]

    @VERSIONS
    def test_people_are_named_without_their_addresses(self, version: Literal["1", "2"]) -> None:
        speaker = contact(roles=frozenset({Role.SPEAKER}))
        other = contact(id="person-2", name="Participant 2", roles=frozenset({Role.CONTACT}))
        office = evolve(speaker, id=None, name=None, roles=frozenset())
        written = to_schedule_json(event(session(people=(speaker, other, office))), version=version)
        assert b"Participant 1" in written
        for private in (b"Participant 2", b"p1@example.org", b"+41227305111", b"Ministry 1", b"Adviser"):
            assert private not in written

    @VERSIONS
    def test_a_draft_is_not_announced(self, version: Literal["1", "2"]) -> None:
        for refused, path in (
            (event(status=EventStatus.DRAFT), "/status"),
            (event(status=EventStatus.DRAFT, slot=None), "/slot"),
        ):
            with pytest.raises(ExportError) as caught:
                to_schedule_json(refused, version=version)
            assert [(each.code, each.path) for each in caught.value.findings] == [(Code.EVENT_WITHOUT_SLOT, path)]
        assert b"Opening" not in to_schedule_json(event(session(status=EventStatus.DRAFT)), version=version)

    @VERSIONS
    def test_two_sessions_of_one_uid_are_refused(self, version: Literal["1", "2"]) -> None:
        with pytest.raises(ExportError) as caught:
            to_schedule_json(event(session(uid="a"), session("closing", uid="a")), version=version)
        assert caught.value.findings[0].code == Code.UID_REPEATED

    @VERSIONS
    def test_texts_are_in_the_language_of_the_reader(self, version: Literal["1", "2"]) -> None:
        both = event(session(title=text("Opening", fr="Ouverture"), description=text("Welcome", fr="Bienvenue")))
        written = first(both, version, "fr-CH")
        assert (written["title"], written["description"]) == ("Ouverture", "Bienvenue")

    @VERSIONS
    def test_a_schedule_that_is_too_large_is_refused(
        self, version: Literal["1", "2"], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        places = tuple(virtual_location(uri=f"https://meet.example.org/{number}") for number in range(20))
        large = event(*(session(f"s{number}") for number in range(50)), virtual_locations=places)
        size = len(to_schedule_json(large, version=version))
        monkeypatch.setattr(writing, "MOST_OCTETS", size)
        to_schedule_json(large, version=version)
        for maximum in (size - 1, size // 2, 10):
            monkeypatch.setattr(writing, "MOST_OCTETS", maximum)
            with pytest.raises(ExportError) as caught:
                to_schedule_json(large, version=version)
            assert [(each.code, each.params) for each in caught.value.findings] == [
                (Code.FEED_TOO_LARGE, {"maximum": maximum})
            ]

    def test_xml_that_is_too_large_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        large = event(session(description=text("&" * 2000)))
        size = len(to_schedule_xml(large))
        monkeypatch.setattr(writing, "MOST_OCTETS", size)
        to_schedule_xml(large)
        monkeypatch.setattr(writing, "MOST_OCTETS", size - 1)
        with pytest.raises(ExportError) as caught:
            to_schedule_xml(large)
        assert [each.code for each in caught.value.findings] == [Code.FEED_TOO_LARGE]

    def test_other_arguments_are_refused(self) -> None:
        with pytest.raises(TypeError, match="Not an Event or a Dossier"):
            to_schedule_json(cast("Event", session()))
        with pytest.raises(InvalidValueError) as caught:
            to_schedule_json(event(), version=cast('Literal["1"]', "3"))
        assert caught.value.findings[0].code == Code.VALUE_UNKNOWN
        with pytest.raises(TypeError, match=r'^version must be a string: "1" or "2"\.$'):
            to_schedule_json(event(), version=cast('Literal["1"]', 1))
        with pytest.raises(InvalidValueError):
            to_schedule_json(event(), language="xx-!")


class TestVersion1:
    """What pretalx, frab and EventFahrplan write and read."""

    def test_a_session_has_the_members_that_programs_expect(self) -> None:
        named = session(
            uid="5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42",
            code="S1",
            track="Policy",
            kind=SessionKind.KEYNOTE,
            description=text("Welcome."),
            floor_languages=("en",),
            people=(contact(roles=frozenset({Role.KEYNOTE})),),
            materials=(
                Document(kind=DocumentKind.PRESENTATION, title=text("Slides"), url="https://example.org/slides.pdf"),
                Document(kind=DocumentKind.MEDIA, symbol="M-1", url="https://example.org/film"),
                Document(kind=DocumentKind.AGENDA, url="https://example.org/agenda"),
                Document(kind=DocumentKind.AGENDA),
            ),
            url="https://example.org/opening",
        )
        written = first(event(named))
        (person,) = written.pop("persons")
        assert (person["name"], person["public_name"]) == ("Participant 1", "Participant 1")
        assert 0 < written.pop("id") < 2**31
        assert written == {
            "guid": "5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42",
            "code": "S1",
            "logo": None,
            "date": "2027-03-03T10:00:00+01:00",
            "start": "10:00",
            "end": "2027-03-03T10:45:00+01:00",
            "duration": "00:45",
            "room": "Popov",
            "slug": "opening",
            "url": "https://example.org/opening",
            "title": "Opening",
            "subtitle": "",
            "track": "Policy",
            "type": "keynote",
            "language": "en",
            "abstract": "",
            "description": "Welcome.",
            "recording_license": "",
            "do_not_record": None,
            "links": [
                {"type": "media", "url": "https://example.org/film", "title": "M-1"},
                {"type": "related", "url": "https://example.org/agenda"},
            ],
            "attachments": [{"type": "slides", "url": "https://example.org/slides.pdf", "title": "Slides"}],
        }

    def test_a_session_after_midnight_belongs_to_the_day_before(self) -> None:
        late = session("party", "2027-03-04T01:00:00", "2027-03-04T02:00:00", title=text("Party"))
        early = session("run", "2027-03-04T04:00:00", "2027-03-04T05:00:00", title=text("Run"))
        assert titles(event(late, early)) == [["Party"], ["Run"]]

    def test_days_begin_at_four_and_follow_each_other(self) -> None:
        bounds = [(day["day_start"], day["day_end"]) for day in conference(event())["days"]]
        assert bounds == [
            ("2027-03-03T04:00:00+01:00", "2027-03-04T04:00:00+01:00"),
            ("2027-03-04T04:00:00+01:00", "2027-03-05T04:00:00+01:00"),
        ]

    def test_the_first_day_begins_with_its_first_session(self) -> None:
        dawn = session("dawn", "2027-03-03T02:00:00", "2027-03-03T05:00:00")
        early = event(dawn, slot=slot("2027-03-03T02:00:00", "2027-03-03T12:00:00"))
        (day,) = conference(early)["days"]
        assert (day["date"], day["day_start"]) == ("2027-03-03", "2027-03-03T02:00:00+01:00")
        assert titles(early) == [["Opening"]]

    def test_whole_days_are_dates_of_the_conference(self) -> None:
        whole = event(
            make_session(id="expo", title=text("Expo"), slot=days("2027-03-04", "2027-03-05")),
            slot=days("2027-03-03", "2027-03-05"),
        )
        bounds = conference(whole)
        assert (bounds["start"], bounds["end"], bounds["daysCount"]) == ("2027-03-03", "2027-03-04", 2)
        assert titles(whole) == [[], ["Expo"]]
        assert (first(whole)["date"], first(whole)["duration"]) == ("2027-03-04T00:00:00+01:00", "24:00")

    def test_what_does_not_take_place_is_left_out(self) -> None:
        moved = session("moved", status=EventStatus.SCHEDULED).postpone(at=later(1))
        gone = session("gone").cancel(at=later(1))
        assert titles(event(moved, gone, session())) == [["Opening"], []]
        assert titles(event(session()).cancel(at=later(1))) == [[], []]

    @pytest.mark.parametrize(
        ("recording", "written"),
        [
            (None, (None, None)),
            (Recording.ALLOWED, (False, None)),
            (Recording.NO_RECORDING, (True, None)),
            (Recording.NO_STREAMING, (True, True)),
        ],
    )
    def test_rules_about_recording_are_flags(
        self, recording: Recording | None, written: tuple[bool | None, ...]
    ) -> None:
        found = first(event(session(recording=recording)))
        assert (found["do_not_record"], found.get("do_not_stream")) == written

    def test_a_session_without_a_page_has_that_of_the_event_or_its_name(self) -> None:
        assert first(event(session(), url="https://example.org/"))["url"] == "https://example.org/"
        written = first(event(session()))
        assert written["url"] == f"urn:uuid:{written['guid']}"

    def test_numbers_of_sessions_differ(self) -> None:
        many = event(*(session(f"s{number}") for number in range(300)))
        assert len({each["id"] for each in sessions(schedule(many))}) == 300


class TestVersion2:
    """Version 2 has a list of events, each with its status, role of people and translations."""

    def test_status_is_written(self) -> None:
        assert "state" not in first(event(session()), "2")
        assert first(event(session().cancel(at=later(1))), "2")["state"] == "CANCELED"
        assert first(event(session()).postpone(at=later(1)), "2")["state"] == "DELAYED"

    def test_a_plain_break_is_a_meta_event(self) -> None:
        coffee = session("coffee", kind=SessionKind.BREAK, title=text("Coffee"))
        assert first(event(coffee), "2")["type"] == "BREAK"
        assert first(event(evolve(coffee, description=text("With cake."))), "2")["type"] == "OTHER"
        assert first(event(coffee.cancel(at=later(1))), "2")["state"] == "CANCELED"

    def test_translations_of_descriptions_are_written_the_original_first(self) -> None:
        about = text("Welcome", fr="Bienvenue", ase="WELCOME")
        assert [*first(event(session(description=about)), "2")["description"].items()] == [
            ("en", "Welcome"),
            ("fr", "Bienvenue"),
        ]
        in_sign = LocalizedText("WELCOME", "ase", translations={"en": "Welcome"})
        assert first(event(session(description=in_sign)), "2")["description"] == "WELCOME"

    def test_one_main_role_is_written(self) -> None:
        people = [
            contact(roles=frozenset(roles))
            for roles in ({Role.CHAIR}, {Role.CHAIR, Role.PANELLIST}, {Role.HOST}, {Role.RAPPORTEUR}, set[Role]())
        ]
        roles = [each["role"] for each in first(event(session(people=tuple(people))), "2")["participants"]]
        assert roles == ["MODERATOR", "SPEAKER", "HOST", "CONTRIBUTOR", "SPEAKER"]

    def test_a_language_of_two_letters_is_found(self) -> None:
        assert first(event(session(floor_languages=("ase", "fr-CH"))), "2")["language"] == "fr"
        assert first(event(session(), floor_languages=("es",)), "2")["language"] == "es"
        unknown = LocalizedText("Opening", "und")
        assert first(event(session(title=unknown)), "2")["language"] == "en"

    def test_a_session_without_a_track_is_in_one_without_a_name(self) -> None:
        both = event(session(), session("other", track="None"))
        assert conference(both, "2")["tracks"] == [{"name": "", "slug": "none"}, {"name": "None", "slug": "none_2"}]


class TestRooms:
    """A session is in one room, and rooms are known by their names."""

    def test_equal_names_of_rooms_are_told_apart(self) -> None:
        other = location(id=None, name=text("Annex"))
        rooms = conference(event(session(locations=(other,)), session("second")))["rooms"]
        assert [(each["name"], each["slug"], each["description"]) for each in rooms] == [
            ("Popov", "popov", "Seat, Place des Nations, Genève"),
            ("Popov (2)", "popov_2", "Annex, Place des Nations, Genève"),
        ]

    def test_a_session_without_a_place_is_where_its_event_is(self) -> None:
        assert first(event(session()))["room"] == "Popov"
        assert first(event(session(), locations=(location(room=None),)))["room"] == "Seat"

    def test_a_remote_session_is_in_an_online_room(self) -> None:
        remote = event(session(), locations=(), virtual_locations=(virtual_location(name=None),))
        (room,) = conference(remote)["rooms"]
        assert (room["name"], room["type"], room["url"]) == (
            "Remote participation",
            "online",
            "https://meet.example.org/1",
        )
        assert conference(remote, "2")["rooms"][0]["type"] == "VIRTUAL"
        assert first(remote)["room"] == "Remote participation"

    def test_a_session_on_site_links_to_its_virtual_place(self) -> None:
        mixed = event(session(), virtual_locations=(virtual_location(), virtual_location(name=None, uri=None)))
        assert first(mixed)["room"] == "Popov"
        assert first(mixed)["links"] == [{"type": "related", "url": "https://meet.example.org/1", "title": "Webcast"}]

    def test_a_venue_that_is_announced_later_is_a_room(self) -> None:
        later_known = event(session(), locations=(), venue_to_follow=True)
        assert first(later_known)["room"] == "The venue will be announced later."


class TestConference:
    """The event as a whole."""

    @pytest.mark.parametrize(
        ("short", "acronym"), [("WTISD-23", "wtisd_23"), ("ITU", "itu_2027"), ("Ü", "event_2027"), (None, "forum")]
    )
    def test_the_acronym_is_made_of_the_short_title(self, short: str | None, acronym: str) -> None:
        assert conference(event(short_title=short))["acronym"] == acronym

    @VERSIONS
    def test_looks_and_words_are_those_of_the_event(self, version: Literal["1", "2"]) -> None:
        shown = event(
            image="https://example.org/logo.png",
            color="teal",
            keywords=("b", "a"),
            url="https://example.org/",
            description=text("About"),
            floor_languages=("en", "ase"),
        )
        found = conference(shown, version)
        logo = found["logo"] if version == "1" else found["logo"]["url"]
        assert logo == "https://example.org/logo.png"
        assert (found["colors"], found["keywords"]) == ({"primary": "teal"}, ["a", "b"])
        assert (found["url"], found["description"]) == ("https://example.org/", "About")
        assert found.get("languages") == (None if version == "1" else ["en"])

    def test_the_version_of_a_schedule_is_the_revision(self) -> None:
        assert schedule(event())["version"] == "0"
        revised = event().revised(at=later(1), slot=slot("2027-03-03T09:00:00", "2027-03-05T03:00:00"))
        assert schedule(revised)["version"] == "1 (2023-04-14T10:00:00Z)"

    def test_a_zone_that_the_schema_does_not_know_is_kept_beside_it(self) -> None:
        pacific = event(slot=slot("2027-03-03T09:00:00", "2027-03-05T02:00:00", "US/Pacific"))
        assert "time_zone_name" not in conference(pacific)
        assert conference(pacific)["meta"]["wtisd-model"]["timeZone"] == "US/Pacific"

    def test_an_offset_with_seconds_is_written_in_utc(self) -> None:
        monrovia = event(slot=slot("1970-03-03T09:00:00", "1970-03-03T10:00:00", "Africa/Monrovia"))
        assert conference(monrovia)["start"] == "1970-03-03T09:44:30+00:00"

    def test_a_day_that_a_zone_never_had_is_left_out(self) -> None:
        apia = event(slot=TimeSlot.at("2011-12-29T09:00", "2011-12-31T12:00", "Pacific/Apia"))
        assert [day["date"] for day in conference(apia)["days"]] == ["2011-12-29", "2011-12-31"]


class TestExtensions:
    """What the reader keeps in extensions is written where it was."""

    KEPT = {  # noqa: RUF012 - never changed
        "c3voc.de:subtitle": "With music",
        "c3voc.de:logo": "https://example.org/logo.png",
        "c3voc.de:recording_license": "CC BY 4.0",
        "c3voc.de:feedback_url": "https://example.org/feedback",
        "c3voc.de:origin_url": "https://example.org/origin",
        "c3voc.de:type": "Lightning talk",
    }

    def test_version_1_has_members_for_them(self) -> None:
        written = first(event(session(extensions=self.KEPT)))
        assert {name: written[name.partition(":")[2]] for name in self.KEPT} == self.KEPT

    def test_version_2_has_links_for_two_of_them(self) -> None:
        written = first(event(session(extensions=self.KEPT)), "2")
        assert written["links"] == [
            {"type": "FEEDBACK", "url": "https://example.org/feedback"},
            {"type": "ORIGIN", "url": "https://example.org/origin"},
        ]
        assert (written["subtitle"], written["logo"]) == ("With music", {"url": "https://example.org/logo.png"})

    def test_a_type_that_contradicts_the_kind_is_not_written(self) -> None:
        assert first(event(session(extensions=self.KEPT, kind=SessionKind.PANEL)))["type"] == "panel"

    def test_what_is_no_text_or_no_address_is_not_written(self) -> None:
        odd = {"c3voc.de:subtitle": 5, "c3voc.de:logo": "logo.png"}
        written = first(event(session(extensions=odd)))
        assert (written["subtitle"], written["logo"]) == ("", None)

    def test_tracks_keep_their_colours_and_slugs(self) -> None:
        policy = {"name": "Policy", "slug": "1-policy", "color": "#00aa00"}
        tracks = [policy, {"name": "B", "slug": "!"}, 5, {"name": 5}]
        both = event(
            session(track="Policy"),
            session("again", track="Policy"),
            session("b", track="B"),
            session("c", track="議論"),
            extensions={"c3voc.de:tracks": tracks},
        )
        assert conference(both)["tracks"] == [
            policy,
            {"name": "B", "slug": "track"},
            {"name": "議論", "slug": "track_2"},
        ]
        assert conference(evolve(both, extensions={"c3voc.de:tracks": "x"}))["tracks"][0] == {
            "name": "Policy",
            "slug": "policy",
        }


def test_numbers_that_meet_are_moved_on() -> None:
    same = "00000000-0000-5000-8000-000000000000"
    other = "00000000-0000-5000-8000-00007fffffff"
    assert sorted(numbers([same, other]).values()) == [numbers([same])[same], numbers([same])[same] + 1]
