"""The people of a session in a feed: in words, and as components on request."""

import pytest

from tests.ical.records import Said
from tests.ical.strict_reader import parsed, strictly
from tests.samples.wtisd import event, session
from wtisd_model import Contact, Event, Role, from_ical, to_ical


def person(number: int, *roles: Role, **changes: str) -> Contact:
    return Contact(name=f"Participant {number}", email=f"p{number}@example.org", roles=frozenset(roles), **changes)


def with_people(*people: Contact) -> Event:
    return event(sessions=(session(people=people),))


def in_words(whole: Event, language: str | None = "en") -> Said | None:
    return strictly(to_ical(whole, language=language)).entries[1].description


def components(whole: Event) -> list[dict[str, str]]:
    """Read the PARTICIPANTs of the first session."""
    session_component = parsed(to_ical(whole, structured=True)).inside[-1]
    return [
        {line.name: line.value for line in each.lines}
        for each in session_component.inside
        if each.name == "PARTICIPANT"
    ]


class TestWords:
    """Programs that do not know RFC 9073 show the description."""

    def test_each_person_has_a_line_with_their_roles(self) -> None:
        chair = person(1, Role.CHAIR, job_title="Director", organization="Organization 1")
        both, none = person(2, Role.SPEAKER, Role.MODERATOR), person(3)
        assert in_words(with_people(chair, both, none)) == Said(
            text="Chair: Participant 1, Director, Organization 1\nModerator, Speaker: Participant 2\nParticipant 3",
            language="en",
        )

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("ar", "متحدث: Participant 1"),
            ("es", "Orador: Participant 1"),
            ("fr", "Orateur\u00a0: Participant 1"),
            ("ru", "Выступающий: Participant 1"),
            ("zh", "演讲者：Participant 1"),
        ],
    )
    def test_the_roles_are_in_the_language_of_the_reader(self, language: str, text: str) -> None:
        assert in_words(with_people(person(1, Role.SPEAKER)), language) == Said(text=text, language=language)

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("ar", "رئيس، متحدث: Participant 1، Organization 1"),
            ("zh", "主席、演讲者：Participant 1、Organization 1"),
        ],
    )
    def test_lists_have_the_comma_of_the_language(self, language: str, text: str) -> None:
        chair = person(1, Role.CHAIR, Role.SPEAKER, organization="Organization 1")
        assert in_words(with_people(chair), language) == Said(text=text, language=language)

    def test_who_is_not_on_stage_or_has_no_name_is_not_shown(self) -> None:
        shown = {Role.CHAIR, Role.VICE_CHAIR, Role.HOST, Role.MODERATOR, Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST}
        others = set(Role) - shown - {Role.RAPPORTEUR}
        nameless = Contact(email="p9@example.org", roles=frozenset({Role.SPEAKER}))
        assert in_words(with_people(nameless, *(person(number, role) for number, role in enumerate(others)))) is None

    def test_no_address_is_shown(self) -> None:
        written = to_ical(with_people(person(1, Role.SPEAKER)), structured=True)
        assert b"Participant 1" in written
        assert b"p1@" not in written


class TestParticipants:
    """RFC 9073 section 7.1: UID and PARTICIPANT-TYPE are required."""

    def test_only_on_request_since_some_programs_misread_them(self) -> None:
        assert b"BEGIN:PARTICIPANT" not in to_ical(with_people(person(1, Role.SPEAKER)))

    def test_each_person_is_one_with_type_name_and_roles(self) -> None:
        speaker = person(1, Role.SPEAKER, Role.CHAIR, job_title="Director", organization="Organization 1")
        first, second, third = components(with_people(speaker, person(2, Role.MODERATOR), person(3)))
        assert len({each.pop("UID") for each in (first, second, third)}) == 3
        assert first == {
            "PARTICIPANT-TYPE": "SPEAKER",
            "SUMMARY": "Participant 1",
            "DESCRIPTION": "Director\\, Organization 1",
            "CATEGORIES": "chair,speaker",
        }
        assert second == {"PARTICIPANT-TYPE": "ACTIVE", "SUMMARY": "Participant 2", "CATEGORIES": "moderator"}
        assert third == {"PARTICIPANT-TYPE": "ACTIVE", "SUMMARY": "Participant 3"}

    def test_two_of_one_name_have_uids_of_their_own_and_the_same_each_time(self) -> None:
        twice = with_people(person(1), person(1))
        first, second = components(twice)
        assert first["UID"] != second["UID"]
        assert components(twice) == [first, second]

    def test_names_and_roles_come_back(self) -> None:
        whole = with_people(person(1, Role.SPEAKER, Role.CHAIR), person(2))
        (again,) = from_ical(to_ical(whole, structured=True)).events
        assert [(each.name, each.roles) for each in again.sessions[0].people] == [
            ("Participant 1", frozenset({Role.SPEAKER, Role.CHAIR})),
            ("Participant 2", frozenset()),
        ]
