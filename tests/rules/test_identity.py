"""Contacts that are the same person, places that are the same room, organizations that are one."""

from typing import Any

import pytest

from tests.rules.samples import place, text
from wtisd_model.rules.identity import People, Rooms, identity_of, is_same_organization, match_key
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location
from wtisd_model.types.people import Contact, Organization


def in_both(first: str, other: str) -> LocalizedText:
    """Return a name in French, with its English translation."""
    return LocalizedText(text=first, language="fr", translations={"en": other})


class TestIdentity:
    """The same person has the same address and the same name: a delegation may share a mailbox."""

    def test_the_case_of_an_address_and_of_a_name_makes_no_difference(self) -> None:
        one, other = Contact(email="P1@Example.org", name="Participant 1"), Contact(email="p1@example.org")
        assert identity_of(one)[0] == identity_of(other)[0]
        assert identity_of(one) == identity_of(Contact(email="p1@example.org", name="PARTICIPANT 1"))

    def test_people_with_one_mailbox_or_one_name_are_different(self) -> None:
        one = Contact(name="Participant 1", email="p1@example.org")
        assert identity_of(one) != identity_of(Contact(name="Participant 1", email="p2@example.org"))
        assert identity_of(one) != identity_of(Contact(name="Participant 2", email="p1@example.org"))

    def test_a_name_is_not_taken_for_an_address(self) -> None:
        assert identity_of(Contact(name="p1@example.org")) != identity_of(Contact(email="p1@example.org"))


class TestComparable:
    """Unicode Standard section 3.13, compatibility caseless matching; with spaces and apostrophes."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Zoë", "ZOE\u0308"),
            ("Straße", "STRASSE"),
            ("\u1f80", "\u0391\u0313\u0345"),
            # Two marks in either order are one text, until folding makes a letter of the second.
            ("\u03b1\u0345\u0301", "\u03b1\u0301\u0345"),
            # Folding takes the first apart and leaves the second half together.
            ("\u0390", "\u03aa\u0301"),
            ("Siège de l'UIT", "Siège de l\u2019UIT"),
            ("Room 3", "Room\u00a0 3"),
            ("Popov", "\uff30\uff4f\uff50\uff4f\uff56"),
        ],
    )
    def test_one_text_has_one_form(self, one: str, other: str) -> None:
        assert one != other
        assert match_key(one) == match_key(other)
        assert identity_of(Contact(name=one)) == identity_of(Contact(name=other))

    def test_a_second_time_nothing_changes(self) -> None:
        folded = match_key("\u1f80 ǰ İ ﬃ Å \u212b \u03aa\u0301")
        assert match_key(folded) == folded

    def test_accents_make_a_difference(self) -> None:
        assert match_key("Genève") != match_key("Geneve")


class TestPeople:
    """S03: one is known by an address, another time by a name."""

    BOTH = Contact(email="p1@example.org", name="Participant 1")

    @pytest.mark.parametrize("known", [Contact(email="P1@example.org"), Contact(name="participant 1")])
    def test_what_is_left_out_is_taken_from_the_only_one_who_fits(self, known: Contact) -> None:
        people = People([known, self.BOTH, self.BOTH])
        assert people.identity(known) == people.identity(self.BOTH) == identity_of(self.BOTH)

    def test_two_who_fit_are_nobody(self) -> None:
        namesake = Contact(email="p2@example.org", name="Participant 1")
        colleague = Contact(email="p1@example.org", name="Participant 2")
        people = People([self.BOTH, namesake, colleague])
        assert people.identity(Contact(name="Participant 1")) == ("", "participant 1")
        assert people.identity(Contact(email="p1@example.org")) == ("p1@example.org", "")

    def test_without_anybody_else_a_contact_is_itself(self) -> None:
        assert People([]).identity(Contact(name="Participant 1")) == ("", "participant 1")


def are_one(one: Location, *others: Location) -> bool:
    """Return True if the first place is the same room as each of the others."""
    rooms = Rooms([one, *others])
    return all(set(rooms.keys(one)) & set(rooms.keys(other)) for other in others)


class TestRooms:
    """S02: a building has a name in each language."""

    POPOV = place(name=in_both("Siège de l'UIT", "ITU HQ"), locality="Genève")

    @pytest.mark.parametrize(
        "name",
        [
            text("itu hq"),
            LocalizedText(text="ITU HQ", language="en", translations={"fr": "Siège de l\u2019UIT"}),
            in_both("Siège", "ITU HQ"),
        ],
    )
    @pytest.mark.parametrize("locality", ["Genève", "GENÈVE"])
    def test_one_name_in_common_is_enough(self, name: LocalizedText, locality: str) -> None:
        assert are_one(self.POPOV, place(name=name, locality=locality))

    def test_a_town_has_another_name_in_another_language(self) -> None:
        assert are_one(self.POPOV, place(name=text("ITU HQ"), locality="Geneva"))

    @pytest.mark.parametrize(
        "elsewhere",
        [
            {"name": in_both("Annexe", "Annex")},
            {"locality": "Lausanne"},
            {"country": "FR"},
            {"room": "Montbrillant"},
        ],
    )
    def test_a_room_elsewhere_is_another_room(self, elsewhere: dict[str, Any]) -> None:
        usual = {"name": self.POPOV.name, "locality": "Genève"}
        assert not are_one(self.POPOV, place(**{**usual, **elsewhere}))

    def test_a_place_without_a_room_has_no_key(self) -> None:
        assert Rooms([self.POPOV]).keys(place(None)) == []

    def test_the_order_of_keys_does_not_depend_on_hashes(self) -> None:
        keys = Rooms([self.POPOV]).keys(self.POPOV)
        assert keys == sorted(keys)
        assert len(keys) == 2


class TestOrganizations:
    """An organization has a name in each language, and an acronym."""

    UIT = Organization(name=in_both("Union internationale", "International Union"), acronym="UIT", country="CH")

    @pytest.mark.parametrize(
        "other",
        [
            Organization(name=text("INTERNATIONAL UNION")),
            Organization(name=text("Another"), acronym="x", unit=None),
            Organization(name=text("uit")),
            Organization(name=text("International Union"), unit="Bureau 1"),
            Organization(name=text("International Union"), country="FR"),
            Organization(name=text("Other Union"), acronym="UIT"),
        ],
    )
    def test_one_name_in_common_is_enough_in_one_country_and_department(self, other: Organization) -> None:
        same = other.name.text in {"INTERNATIONAL UNION", "uit"}
        assert is_same_organization(self.UIT, other) is same
        assert is_same_organization(other, self.UIT) is same
