"""Sessions that need the same room or the same person."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.rules.crowds import programmes
from tests.samples.small import DAY, NOW, dossier, event, hours, place, session, slot
from tests.samples.whole import days, text
from wtisd_model import (
    Code,
    Contact,
    Event,
    EventStatus,
    Finding,
    LocalizedText,
    ParticipationMode,
    Session,
    Severity,
    TimeSlot,
    local_time,
)
from wtisd_model.rules.session import people_are_free, rooms_are_free

ONE = Contact(name="Participant 1")


def rooms(*sessions: Session, **changes: Any) -> list[Finding]:
    return list(rooms_are_free(dossier(of=event(sessions=sessions, **changes)), NOW))


def people(*sessions: Session, **changes: Any) -> list[Finding]:
    return list(people_are_free(dossier(of=event(sessions=sessions, **changes)), NOW))


def in_room(
    name: str, start: str = "14:30", end: str = "15:00", /, *, room: str | None = "Popov", **changes: Any
) -> Session:
    return session(name, start, end, locations=(place(room, **changes),))


def slowly(programme: Event, *, of_rooms: bool) -> set[str]:
    """Return the sessions that a comparison of all pairs finds."""

    def wanted(each: Session) -> set[str]:
        if not of_rooms:
            return {(contact.email or "").lower() for contact in each.people}
        inherits = len(programme.locations) == 1 and each.inherited_places != "remote"
        places = each.locations or (programme.locations if inherits else ())
        return {location.room.lower() for location in places if location.room is not None}

    held = [each for each in programme.sessions if each.status in {EventStatus.DRAFT, EventStatus.SCHEDULED}]
    found: set[str] = set()
    for index, one in enumerate(held):
        for other in held[index + 1 :]:
            if one.slot.overlaps(other.slot) and wanted(one) & wanted(other):
                found.add(other.id if one.slot.starts_at <= other.slot.starts_at else one.id)
    return found


class TestRooms:
    """S02: same room overlapping. "Session: touching end to start is no overlap"."""

    def test_two_sessions_in_one_room_conflict_and_the_later_one_has_the_finding(self) -> None:
        found = rooms(in_room("late", "14:45", "15:30"), in_room("early"))
        assert [(each.code, each.path, each.params["other"]) for each in found] == [
            (Code.ROOM_DOUBLE_BOOKED, "/event/sessions/0/locations/0", 1)
        ]
        assert found[0].severity is Severity.WARNING
        assert found[0].message == 'The session "early" is in this room at the same time.'

    def test_back_to_back_sessions_do_not_overlap(self) -> None:
        assert not rooms(in_room("a", "14:30", "15:00"), in_room("b", "15:00", "15:30"))

    def test_sessions_without_a_location_are_in_the_only_room_of_the_event(self) -> None:
        found = rooms(session("a"), session("b"), in_room("c"))
        assert [each.path for each in found] == ["/event/sessions/1/slot", "/event/sessions/2/locations/0"]

    def test_a_session_that_inherits_no_room_needs_none(self) -> None:
        remote = session("b", inherited_places=ParticipationMode.REMOTE)
        assert not rooms(session("a"), remote)
        assert rooms(session("a"), evolve(remote, inherited_places=ParticipationMode.ON_SITE))

    def test_with_two_rooms_of_the_event_none_is_assumed(self) -> None:
        assert not rooms(session("a"), session("b"), locations=(place("A"), place("B")))

    def test_locations_without_a_room_do_not_count(self) -> None:
        assert not rooms(in_room("a", room=None), in_room("b", room=None))
        assert not rooms(session("a"), session("b"), locations=(place(None),))

    @pytest.mark.parametrize(
        "elsewhere", [{"name": text("Annex")}, {"locality": "Lausanne"}, {"country": "FR"}, {"room": "Montbrillant"}]
    )
    def test_a_room_of_the_same_name_elsewhere_is_another_room(self, elsewhere: dict[str, Any]) -> None:
        assert not rooms(in_room("a"), in_room("b", **elsewhere))

    def test_the_spelling_of_a_room_does_not_matter(self) -> None:
        found = rooms(in_room("a", room="Salle Zoë"), in_room("b", room="SALLE ZOE\u0308", address="Street 1"))
        assert [each.path for each in found] == ["/event/sessions/1/locations/0"]

    def test_a_room_described_in_two_languages_is_one_room(self) -> None:
        """Popov in the "Siège de l'UIT" (fr, with en) is Popov in the "ITU HQ" (en, with fr)."""
        french = LocalizedText(text="Siège de l'UIT", language="fr", translations={"en": "ITU HQ"})
        english = LocalizedText(text="ITU HQ", language="en", translations={"fr": "Siège de l'UIT"})
        found = rooms(in_room("a", name=french, locality="Genève"), in_room("b", name=english))
        assert [(each.code, each.path) for each in found] == [
            (Code.ROOM_DOUBLE_BOOKED, "/event/sessions/1/locations/0")
        ]

    def test_a_session_of_whole_days_has_its_room_for_all_of_them(self) -> None:
        two = days("2023-05-17", "2023-05-19")
        exhibition = session("b", slot=days("2023-05-17", "2023-05-18"), locations=(place(),))
        assert [each.path for each in rooms(in_room("a"), exhibition, slot=two)] == ["/event/sessions/0/locations/0"]
        next_day = evolve(exhibition, slot=days("2023-05-18", "2023-05-19"))
        assert not rooms(in_room("a"), next_day, slot=two)

    def test_a_session_does_not_conflict_with_itself(self) -> None:
        assert not rooms(session("a", locations=(place(), place())))

    def test_a_room_named_twice_is_reported_where_it_is_named_first(self) -> None:
        found = rooms(in_room("a"), session("b", locations=(place(), place())))
        assert [each.path for each in found] == ["/event/sessions/1/locations/0"]

    def test_every_room_of_a_session_counts(self) -> None:
        both = session("both", locations=(place("A"), place("B")))
        found = rooms(in_room("a", room="A"), in_room("b", room="B"), both)
        assert [(each.path, each.params["other"]) for each in found] == [
            ("/event/sessions/2/locations/0", 0),
            ("/event/sessions/2/locations/1", 1),
        ]

    def test_cancelled_and_postponed_sessions_need_no_room(self) -> None:
        off, put_off = in_room("b").cancel(at=hours(1)), in_room("c").postpone(at=hours(1))
        assert not rooms(in_room("a"), off, put_off)

    def test_sessions_of_a_cancelled_or_postponed_event_need_no_room(self) -> None:
        clashing = event(sessions=(in_room("a"), in_room("b")))
        assert list(rooms_are_free(dossier(of=clashing), NOW))
        assert not list(rooms_are_free(dossier(of=clashing.cancel(at=hours(1))), NOW))
        assert not list(rooms_are_free(dossier(of=clashing.postpone(at=hours(1))), NOW))

    def test_drafts_are_checked_like_other_sessions(self) -> None:
        draft = session("b", status=EventStatus.DRAFT, locations=(place(),))
        assert len(rooms(in_room("a"), draft)) == 1

    def test_times_are_compared_as_moments(self) -> None:
        # 13:30 in London is 14:30 in Geneva.
        london = session("b", slot=slot("13:30", "13:45", zone="Europe/London"), locations=(place(),))
        assert len(rooms(in_room("a"), london)) == 1

    def test_a_repeated_hour_is_no_conflict(self) -> None:
        night = "2023-10-29T02:{}:00"
        first, second = (
            TimeSlot(
                start=local_time(night.format("10"), "Europe/Zurich", repeated=which),
                end=local_time(night.format("50"), "Europe/Zurich", repeated=which),
            )
            for which in ("first", "second")
        )
        whole = TimeSlot(start=local_time(f"{DAY}T00:00:00", "UTC"), end=local_time("2023-11-01T00:00:00", "UTC"))
        assert not rooms(session("a", slot=first), session("b", slot=second), slot=whole)
        assert len(rooms(session("a", slot=first), session("b", slot=first), slot=whole)) == 1

    @LAW
    @given(programmes())
    def test_it_finds_what_comparing_all_pairs_finds(self, programme: Event) -> None:
        found = {int(each.path.split("/")[3]) for each in rooms_are_free(dossier(of=programme), NOW)}
        assert {programme.sessions[index].id for index in found} == slowly(programme, of_rooms=True)


class TestPeople:
    """S03: same person overlapping."""

    def test_a_session_of_whole_days_does_not_say_when_somebody_is_there(self) -> None:
        exhibition = session("b", slot=days("2023-05-17", "2023-05-18"), people=(ONE,))
        assert not people(session("a", people=(ONE,)), exhibition, slot=exhibition.slot)

    def test_a_person_in_two_sessions_at_once_is_reported_at_the_later_one(self) -> None:
        two = Contact(name="Participant 2")
        found = people(session("a", people=(ONE,)), session("b", "14:45", "15:30", people=(two, ONE)))
        assert [(each.code, each.path, each.params["other"], each.severity) for each in found] == [
            (Code.PERSON_DOUBLE_BOOKED, "/event/sessions/1/people/1", 0, Severity.WARNING)
        ]
        assert found[0].params["id"] == "a"

    def test_a_person_named_here_and_addressed_there_is_one_person(self) -> None:
        both = Contact(name="Participant 1", email="p1@example.org")
        found = people(session("a", people=(both,)), session("b", people=(ONE,)), session("c", people=(ONE,)))
        assert [each.path for each in found] == ["/event/sessions/1/people/0", "/event/sessions/2/people/0"]

    def test_people_who_share_a_mailbox_are_different(self) -> None:
        one, other = (Contact(name=f"Participant {each}", email="desk1@example.org") for each in (1, 2))
        assert not people(session("a", people=(one,)), session("b", people=(other,)))

    def test_the_finding_does_not_identify_the_person(self) -> None:
        found = people(session("a", people=(ONE,)), session("b", people=(ONE,)))
        assert "Participant" not in str(found)

    def test_somebody_may_go_from_one_session_to_the_next(self) -> None:
        assert not people(session("a", people=(ONE,)), session("b", "15:00", "15:30", people=(ONE,)))

    def test_two_roles_in_one_session_are_no_conflict(self) -> None:
        assert not people(session("a", people=(ONE, ONE)))

    def test_of_two_roles_in_one_session_the_first_is_reported(self) -> None:
        found = people(session("a", people=(ONE,)), session("b", people=(ONE, ONE)))
        assert [each.path for each in found] == ["/event/sessions/1/people/0"]

    def test_people_of_a_cancelled_session_are_free(self) -> None:
        assert not people(session("a", people=(ONE,)), session("b", people=(ONE,)).cancel(at=hours(1)))

    @LAW
    @given(programmes())
    def test_it_finds_what_comparing_all_pairs_finds(self, programme: Event) -> None:
        found = {int(each.path.split("/")[3]) for each in people_are_free(dossier(of=programme), NOW)}
        assert {programme.sessions[index].id for index in found} == slowly(programme, of_rooms=False)
