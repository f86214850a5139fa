"""Contacts that are the same person, places that are the same room, organizations that are one."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.hypothesis_profiles import LAW
from tests.samples.small import NOW, dossier, hours, place, registration
from tests.samples.whole import text
from wtisd_model import (
    Code,
    Contact,
    LocalizedText,
    Location,
    Organization,
    Registration,
    RegistrationState,
    check,
    person_key,
    to_csv,
    to_json,
)
from wtisd_model.rules.identity import People, Rooms, is_same_organization, match_key
from wtisd_model.strategies import contacts, registrations


def in_both(first: str, other: str) -> LocalizedText:
    """Return a name in French, with its English translation."""
    return LocalizedText(text=first, language="fr", translations={"en": other})


def are_one_person(one: Contact, other: Contact, *others: Contact) -> bool:
    """Return True if two of several contacts are the same person."""
    people = People([one, other, *others])
    return people.identity(one) == people.identity(other)


class TestIdentity:
    """The same person has the same address and the same name: a delegation may share a mailbox."""

    def test_the_case_of_an_address_and_of_a_name_makes_no_difference(self) -> None:
        one = Contact(email="P1@Example.org", name="Participant 1")
        assert are_one_person(one, Contact(email="p1@example.org", name="PARTICIPANT 1"))

    def test_people_with_one_mailbox_or_one_name_are_different(self) -> None:
        one = Contact(name="Participant 1", email="p1@example.org")
        assert not are_one_person(one, Contact(name="Participant 1", email="p2@example.org"))
        assert not are_one_person(one, Contact(name="Participant 2", email="p1@example.org"))

    def test_a_name_is_not_taken_for_an_address(self) -> None:
        assert not are_one_person(Contact(name="p1@example.org"), Contact(email="p1@example.org"))


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
        assert are_one_person(Contact(name=one), Contact(name=other))

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
        assert people.identity(known) == people.identity(self.BOTH) == ("p1@example.org", "participant 1")

    def test_two_who_fit_are_nobody(self) -> None:
        namesake = Contact(email="p2@example.org", name="Participant 1")
        colleague = Contact(email="p1@example.org", name="Participant 2")
        people = People([self.BOTH, namesake, colleague, self.BOTH])
        assert people.identity(Contact(name="Participant 1")) == ("", "participant 1")
        assert people.identity(Contact(email="p1@example.org")) == ("p1@example.org", "")

    def test_without_anybody_else_a_contact_is_itself(self) -> None:
        assert People([]).identity(Contact(name="Participant 1")) == ("", "participant 1")


NAMES, ADDRESSES, IDS = (None, "Participant 1", "Participant 2"), (None, "p1@example.org", "p2@example.org"), "abc"


def some_contacts(*, identified: bool | None = None) -> SearchStrategy[Contact]:
    """Generate contacts of a few people, some with ids."""
    ids = st.just(None) if identified is False else st.sampled_from(IDS)
    return st.builds(
        lambda id_, both: Contact(id=id_, name=both[0], email=both[1]),
        ids if identified is not None else st.none() | ids,
        st.sampled_from([(name, email) for name in NAMES for email in ADDRESSES if name or email]),
    )


class TestIds:
    """An id of the office is believed before names and addresses."""

    ONE = Contact(id="a", name="Participant 1", email="p1@example.org")

    @given(st.lists(some_contacts()), some_contacts(identified=True), some_contacts(identified=True))
    def test_two_people_with_ids_are_one_exactly_if_the_ids_are_equal(
        self, others: list[Contact], one: Contact, other: Contact
    ) -> None:
        assert are_one_person(one, other, *others) is (one.id == other.id)

    @given(st.lists(some_contacts(identified=False)), some_contacts(identified=False))
    def test_an_id_that_one_gets_changes_nothing_for_the_others(self, others: list[Contact], one: Contact) -> None:
        before, after = (People([*others, each]) for each in (one, evolve(one, id="a")))
        for each in others:
            for other in others:
                same = before.identity(each) == before.identity(other)
                assert (after.identity(each) == after.identity(other)) is same

    @pytest.mark.parametrize(
        "plain",
        [
            Contact(name="participant 1", email="P1@example.org"),
            Contact(name="Participant 1"),
            Contact(email="p1@example.org"),
        ],
    )
    def test_without_an_id_one_is_the_only_person_who_fits(self, plain: Contact) -> None:
        assert are_one_person(plain, self.ONE)
        assert not are_one_person(plain, self.ONE, evolve(self.ONE, id="b"))

    def test_another_name_with_the_same_address_is_somebody_else(self) -> None:
        assert not are_one_person(Contact(name="Participant 2", email="p1@example.org"), self.ONE)

    def test_the_id_itself_may_be_known_by_several_names(self) -> None:
        other = Contact(id="a", name="P. One", email="p1@example.org")
        assert are_one_person(self.ONE, Contact(name="P. One", email="p1@example.org"), other)

    @given(st.lists(some_contacts()), some_contacts())
    def test_a_newcomer_is_who_they_would_be_among_the_others(self, others: list[Contact], newcomer: Contact) -> None:
        whole = [each for each in (*others, newcomer) if each.name and each.email]
        if newcomer not in whole[-1:]:
            return
        before, after = People(whole[:-1]), People(whole)
        known = {before.identity(each) for each in whole[:-1]}
        is_known = after.identity(newcomer) in {after.identity(each) for each in whole[:-1]}
        assert (before.identity(newcomer) in known) is is_known


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

    def test_an_id_is_believed_before_all_names(self) -> None:
        annexe = place(id="r1", name=text("Annexe"), room="Montbrillant", locality="Lausanne", country="FR")
        one, other = (place(id=each, name=self.POPOV.name) for each in ("r1", "r2"))
        assert are_one(one, annexe)
        assert not are_one(one, other)

    def test_a_room_without_an_id_is_the_only_one_that_fits(self) -> None:
        one, other = (place(id=each, name=self.POPOV.name, locality="Genève") for each in ("r1", "r2"))
        plain = place(name=text("ITU HQ"), locality="Genève")
        assert are_one(plain, one)
        assert are_one(plain, self.POPOV)
        rooms = Rooms([one, other, plain])
        assert not set(rooms.keys(plain)) & {*rooms.keys(one), *rooms.keys(other)}

    def test_a_building_with_an_id_is_no_room(self) -> None:
        assert Rooms([]).keys(place(None, id="r1")) == []

    def test_a_place_without_a_room_has_no_key(self) -> None:
        assert Rooms([self.POPOV]).keys(place(None)) == []

    def test_the_order_of_keys_does_not_depend_on_hashes(self) -> None:
        keys = Rooms([self.POPOV]).keys(self.POPOV)
        assert keys == sorted(keys)
        assert len(keys) == 2


ROR = "https://ror.org/02mhbdp94"


class TestOrganizations:
    """An organization has a name in each language, and an acronym."""

    UIT = Organization(
        name=in_both("Union internationale", "International Union"), acronym="UIT", country="CH", identifier=ROR
    )

    @pytest.mark.parametrize(
        "other",
        [
            Organization(name=text("INTERNATIONAL UNION")),
            Organization(name=text("Another"), acronym="x", unit=None),
            Organization(name=text("uit")),
            Organization(name=text("International Union"), unit="Bureau 1"),
            Organization(name=text("International Union"), country="FR"),
            Organization(name=text("Other Union"), acronym="UIT"),
            Organization(name=text("IU"), country="FR", identifier=ROR),
            Organization(name=text("IU"), unit="Bureau 1", identifier=ROR),
            Organization(name=text("uit"), identifier="urn:oid:2.999.1"),
        ],
    )
    def test_an_identifier_or_in_one_country_a_name_is_enough_within_a_department(self, other: Organization) -> None:
        same = other.name.text in {"INTERNATIONAL UNION", "uit"} or (other.identifier == ROR and other.unit is None)
        assert is_same_organization(self.UIT, other) is same
        assert is_same_organization(other, self.UIT) is same


class TestPersonKey:
    """Decision 18: the key under which a database finds somebody who registers twice."""

    PERSON = Contact(name="Participant 1", email="p1@example.org")
    ONE = registration("a", participant=PERSON)

    @pytest.mark.parametrize(
        "other",
        [
            Contact(name="PARTICIPANT\u00a0 1", email="P1@Example.org"),
            Contact(name="Participant 1", email="p1@example.org", id="c-1"),
        ],
    )
    def test_neither_the_spelling_nor_an_id_makes_a_difference(self, other: Contact) -> None:
        assert person_key(registration("b", participant=other)) == person_key(self.ONE)

    def test_another_event_address_or_name_makes_another_key(self) -> None:
        others = [
            self.ONE,
            evolve(self.ONE, event_uid="e-2"),
            evolve(self.ONE, participant=evolve(self.PERSON, name="Participant 2")),
            evolve(self.ONE, participant=evolve(self.PERSON, email="p2@example.org")),
        ]
        assert len({person_key(each) for each in others}) == len(others)

    def test_who_may_come_again_has_none(self) -> None:
        waits = self.ONE.waitlist(at=hours(1))
        ended = [self.ONE.reject(at=hours(1)), waits.withdraw(at=hours(2)), self.ONE.purged(at=hours(3))]
        assert [person_key(each) for each in (waits, *ended)] == [person_key(self.ONE), None, None, None]

    def test_a_stored_one_stays_comparable(self) -> None:
        assert person_key(self.ONE) == "f082f05906ec310231280c7d047fc7a3e7d1784d8bc7dd5636df3751157c4ad7"

    def test_it_is_nowhere_else(self) -> None:
        key = str(person_key(self.ONE))
        twice = dossier(self.ONE, evolve(self.ONE, id="b"))
        table = b"".join(to_csv(Registration, twice.registrations, personal=True))
        assert key not in f"{twice!r} {to_json(twice)!r} {table!r} {check(twice, now=NOW)!r}"

    def test_only_a_registration_has_one(self) -> None:
        with pytest.raises(TypeError, match="must be a Registration"):
            person_key(dossier())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    @LAW
    @given(st.data())
    def test_two_have_one_key_exactly_if_one_is_a_repeat(self, data: st.DataObject) -> None:
        people = contacts(whole=True).map(lambda person: evolve(person, id=None))
        active = [state for state in RegistrationState if state.is_active]
        submissions = st.sampled_from(active).flatmap(lambda state: registrations(state=state))
        first, other = data.draw(people), data.draw(people)
        assert first.name
        assert first.email
        other = evolve(
            other,
            name=data.draw(st.sampled_from((other.name, first.name, first.name.replace(" ", "\u00a0")))),
            email=data.draw(st.sampled_from((other.email, first.email, first.email.title()))),
        )
        two = [
            evolve(data.draw(submissions), id=id_, event_uid="e-1", participant=person, purged_at=None)
            for id_, person in (("r-1", first), ("r-2", other))
        ]
        findings = check(dossier(*two), now=NOW)
        repeats = [found for found in findings if found.code == Code.REGISTRATION_REPEATED]
        assert len({person_key(each) for each in two}) == 2 - len(repeats)
