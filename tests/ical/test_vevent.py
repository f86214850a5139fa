"""What a VEVENT says of an event and of a session."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import attrs
import pytest

from tests.ical.evaluator import unfolded
from tests.ical.records import Conference, Entry, Said
from tests.ical.strict_reader import strictly
from tests.samples.whole import text
from tests.samples.wtisd import STAMPED, event, full_event, session
from wtisd_model import (
    Contact,
    Event,
    EventStatus,
    Location,
    Organization,
    Role,
    Session,
    VirtualFeature,
    VirtualLocation,
    to_ical,
)
from wtisd_model.model.event import session_status

NO_TIME = "The time shown here no longer holds. A new one has not been set."


def entries(each: Event, language: str | None = None) -> tuple[Entry, ...]:
    return strictly(to_ical(each, language=language)).entries


def place(name: str = "Hall", **changes: Any) -> Location:
    return attrs.evolve(Location(name=text(name), locality="Geneva", country="CH"), **changes)


class TestStatus:
    """RFC 5545 section 3.8.1.11; CONTRACT: "A cancelled event cancels its sessions"."""

    def test_a_scheduled_event_is_confirmed_and_says_nothing(self) -> None:
        (entry,) = entries(event())
        assert (entry.status, entry.description) == ("CONFIRMED", None)

    def test_a_postponed_event_is_tentative_and_says_so(self) -> None:
        (entry,) = entries(event().postpone(at=STAMPED), "en")
        assert entry.status == "TENTATIVE"
        assert entry.description == Said(text=f"This event has been postponed. {NO_TIME}", language="en")

    def test_a_cancelled_event_is_cancelled_and_says_so(self) -> None:
        (entry,) = entries(event().cancel(at=STAMPED), "en")
        assert entry.status == "CANCELLED"
        assert entry.description == Said(text="This event has been cancelled.", language="en")

    def test_it_keeps_its_uid_and_time_and_raises_its_sequence(self) -> None:
        (before,), (after,) = entries(event()), entries(event().cancel(at=STAMPED))
        assert (before.uid, before.starts_at, before.ends_at) == (after.uid, after.starts_at, after.ends_at)
        assert after.sequence == before.sequence + 1

    @pytest.mark.parametrize(
        ("of_event", "of_session", "status"),
        [
            ("scheduled", "scheduled", "scheduled"),
            ("scheduled", "postponed", "postponed"),
            ("scheduled", "cancelled", "cancelled"),
            ("postponed", "scheduled", "postponed"),
            ("postponed", "postponed", "postponed"),
            ("postponed", "cancelled", "cancelled"),
            ("cancelled", "scheduled", "cancelled"),
            ("cancelled", "postponed", "cancelled"),
            ("cancelled", "cancelled", "cancelled"),
        ],
    )
    def test_a_session_does_not_take_place_while_its_event_does_not(
        self, of_event: str, of_session: str, status: str
    ) -> None:
        moves = {"postponed": "postpone", "cancelled": "cancel"}
        part = session()
        part = part if of_session == "scheduled" else getattr(part, moves[of_session])(at=STAMPED)
        whole = event(sessions=(part,))
        whole = whole if of_event == "scheduled" else getattr(whole, moves[of_event])(at=STAMPED)
        assert session_status(whole, part) is EventStatus(status)

    def test_a_session_says_that_it_is_the_session(self) -> None:
        part = session(description=text("Welcome")).cancel(at=STAMPED)
        _, entry = entries(event(sessions=(part,)), "en")
        assert entry.description == Said(text="This session has been cancelled.\n\nWelcome", language="en")
        _, entry = entries(event(sessions=(session().postpone(at=STAMPED),)), "en")
        assert entry.description == Said(text=f"This session has been postponed. {NO_TIME}", language="en")

    def test_it_is_said_in_the_language_of_the_event_where_none_is_chosen(self) -> None:
        (entry,) = entries(event().cancel(at=STAMPED))
        assert entry.description == Said(text="Cet événement est annulé.", language="fr")

    def test_it_is_said_in_english_where_the_language_is_none_of_the_six(self) -> None:
        (entry,) = entries(event().cancel(at=STAMPED), "qaa")  # a code for local use, in which nobody writes
        assert entry.description == Said(text="This event has been cancelled.", language="en")


class TestTexts:
    """RFC 5545 section 3.2.10: LANGUAGE is "the language for text values in a property"."""

    @pytest.mark.parametrize(
        ("language", "words", "tag"),
        [
            (None, "Tag", "de"),
            ("fr", "Jour", "fr"),
            ("fr-CH", "Jour", "fr"),
            ("pt-BR", "Dia", "pt-BR"),
            ("pt", "Tag", "de"),
            ("de-CH", "Tag", "de"),
            ("ja", "Tag", "de"),
        ],
    )
    def test_the_best_text_for_the_reader_is_chosen(self, language: str | None, words: str, tag: str) -> None:
        title = text("Tag", "de", **{"fr": "Jour", "pt-BR": "Dia"})
        feed = strictly(to_ical(event(title=title), language=language))
        assert feed.name == feed.entries[0].title == Said(text=words, language=tag)

    def test_theme_and_description_are_paragraphs(self) -> None:
        (entry,) = entries(event(theme=text("Theme"), description=text("One.\n\nTwo.")))
        assert entry.description == Said(text="Theme\n\nOne.\n\nTwo.", language="en")

    def test_no_language_is_claimed_for_texts_in_several(self) -> None:
        (entry,) = entries(event(theme=text("Thème", "fr"), description=text("Description")))
        assert entry.description == Said(text="Thème\n\nDescription", language=None)


class TestPlaces:
    """CONTRACT: locations of a session, "empty on a session: the event's"."""

    def test_a_location_is_named_from_the_inside_out_as_it_is_stated(self) -> None:
        (entry,) = entries(event(locations=(place(room="Popov", address="Place des Nations"),)))
        assert entry.location == Said(text="Hall, Popov, Place des Nations, Geneva", language="en")

    def test_several_are_parted_by_semicolons(self) -> None:
        (entry,) = entries(event(locations=(place("A"), place("B"))))
        assert entry.location == Said(text="A, Geneva; B, Geneva", language="en")

    def test_the_position_is_that_of_the_first_place_that_has_one(self) -> None:
        here = {"latitude": Decimal("46.22"), "longitude": Decimal("-6.10000001")}
        (entry,) = entries(
            event(locations=(place("A"), place("B", **here), place("C", latitude=Decimal(0), longitude=Decimal(0))))
        )
        assert entry.position == (Decimal("46.22"), Decimal("-6.10000001"))

    def test_a_session_without_places_has_those_of_its_event(self) -> None:
        room, line = place("Room"), VirtualLocation(uri="https://example.org/room")
        hall, live = place("Hall"), VirtualLocation(uri="https://example.org/live")
        parts = (
            session("none"),
            session("room", locations=(room,)),
            session("line", virtual_locations=(line,)),
            session("both", locations=(room,), virtual_locations=(line,)),
        )
        _, *found = entries(event(locations=(hall,), virtual_locations=(live,), sessions=parts))
        where = [(each.location and each.location.text, [link.uri for link in each.conferences]) for each in found]
        assert where == [
            ("Hall, Geneva", ["https://example.org/live"]),
            ("Room, Geneva", ["https://example.org/live"]),
            ("Hall, Geneva", ["https://example.org/room"]),
            ("Room, Geneva", ["https://example.org/room"]),
        ]

    def test_a_place_to_dial_in_has_its_features_and_name(self) -> None:
        line = VirtualLocation(
            name=text("Live"),
            uri="https://example.org/live",
            features=frozenset({VirtualFeature.VIDEO, VirtualFeature.AUDIO}),
        )
        (entry,) = entries(event(virtual_locations=(line,)))
        assert entry.conferences == (
            Conference(
                uri="https://example.org/live",
                features=frozenset({"AUDIO", "VIDEO"}),
                label=Said(text="Live", language="en"),
            ),
        )

    def test_its_features_come_in_the_order_of_the_alphabet(self) -> None:
        line = VirtualLocation(uri="https://example.org/live", features=frozenset(VirtualFeature))
        written = to_ical(event(virtual_locations=(line,))).replace(b"\r\n ", b"")
        assert b";FEATURE=AUDIO,CHAT,FEED,MODERATOR,PHONE,SCREEN,VIDEO:https://example.org/live" in written

    def test_its_address_stands_in_the_description_too(self) -> None:
        lines = (
            VirtualLocation(name=text("Live"), uri="https://example.org/live"),
            VirtualLocation(uri="tel:+41225550100"),
            VirtualLocation(name=text("Later")),
        )
        (entry,) = entries(event(virtual_locations=lines), "en")
        words = "Live: https://example.org/live\n\nRemote participation: tel:+41225550100"
        assert entry.description == Said(text=words, language="en")


class TestPeople:
    """RFC 5545 section 3.8.4.2: CONTACT is whom to ask; nobody else's data belong in a feed."""

    def test_an_organizer_without_address_is_left_out(self) -> None:
        # "ORGANIZER ... Value Type: CAL-ADDRESS" (section 3.8.4.3): no address can be written.
        (entry,) = entries(event(organizer=Organization(name=text("ITU"))))
        assert entry.organizer is None

    def test_an_organizer_has_the_name_that_the_reader_knows(self) -> None:
        organizer = Organization(name=text("UIT", "fr", en="ITU"), email="organizer@example.org")
        (entry,) = entries(event(organizer=organizer), "en")
        assert entry.organizer == (Said(text="ITU", language="en"), "organizer@example.org")

    def test_only_contacts_are_shown(self) -> None:
        people = tuple(
            Contact(name=f"Participant {number}", email=f"p{number}@example.org", roles=frozenset(roles))
            for number, roles in enumerate([set[Role](), *({role} for role in Role), {Role.SPEAKER, Role.CONTACT}])
        )
        written = to_ical(event(contacts=people, sessions=(session(people=people),))).decode()
        shown = {number for number, person in enumerate(people) if f"p{number}@" in written}
        assert shown == {number for number, person in enumerate(people) if Role.CONTACT in person.roles}

    def test_a_contact_shows_name_and_address_as_far_as_they_are_known(self) -> None:
        contact = frozenset({Role.CONTACT})
        people = (
            Contact(name="Participant 1", email="p1@example.org", phone="+41225550101", roles=contact),
            Contact(name="Participant 2", roles=contact),
            Contact(email="p3@example.org", roles=contact),
        )
        (entry,) = entries(event(contacts=people))
        assert entry.contacts == ("Participant 1, p1@example.org, +41225550101", "Participant 2", "p3@example.org")


class TestParts:
    """What is said once of an event is said of its sessions too."""

    def test_an_event_and_its_sessions_share_what_they_have_in_common(self) -> None:
        written = unfolded(to_ical(full_event(), stamped=STAMPED))
        starts = [index for index, line in enumerate(written) if line == "BEGIN:VEVENT"]
        whole, *parts = (written[start:end] for start, end in pairwise([*starts, len(written)]))
        assert whole[1] == "UID:0afd7437-a0a7-510e-b2b6-ac4856994a8c"
        assert "TRANSP:TRANSPARENT" in whole
        common = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "ORGANIZER", "CONTACT", "IMAGE")
        shared = {line for line in whole if line.startswith(common)}
        assert parts
        assert all(shared | {f"RELATED-TO:{whole[1][4:]}"} <= {*part} for part in parts)

    def test_a_session_is_found_by_its_own_uid_or_by_its_id_and_that_of_the_event(self) -> None:
        parts: tuple[Session, ...] = (session("a"), session("b", uid="b@example.org"))
        _, first, second = entries(event(sessions=parts))
        assert (first.uid, second.uid) == (f"a.{event().uid}", "b@example.org")
        assert first.parent == second.parent == event().uid
