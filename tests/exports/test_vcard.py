"""A list of participants as vCards."""

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.exported import ON_STAGE, drawn, listed, speaker
from tests.hypothesis_profiles import LAW
from tests.ical.evaluator import ContentLine, decoded_text, taken_apart, unfolded
from tests.ical.written import TEXTS
from tests.programme.format_laws import assert_format
from tests.refusals import refused
from tests.samples.whole import AT, event, later, registration
from wtisd_model import ListingConsent, Registration, Role, to_vcard
from wtisd_model.exports import badges
from wtisd_model.formats import FORMATS

CARDINALITY = {
    **dict.fromkeys(("BEGIN", "VERSION", "KIND", "UID", "FN", "END"), (1, 1)),
    **dict.fromkeys(("ORG", "TITLE", "ROLE", "TEL", "EMAIL", "LANG"), (0, 100)),
}
"""How often a property may be in a card that we write (RFC 6350 section 6)."""


def cards(written: bytes) -> Iterator[list[ContentLine]]:
    """Yield the lines of each card; fail for anything that RFC 6350 does not allow."""
    card: list[ContentLine] = []
    for line in map(taken_apart, unfolded(written)) if written else ():
        card.append(line)
        if line.name == "END":
            names = [each.name for each in card]
            assert names[:2] == ["BEGIN", "VERSION"]
            assert {each.value for each in (card[0], card[-1])} == {"VCARD"}
            assert card[1].value == "4.0"
            for name in names:
                least, most = CARDINALITY[name]
                assert least <= names.count(name) <= most
            yield card
            card = []
    assert card == []


def values(card: list[ContentLine], name: str) -> list[str]:
    return [decoded_text(each.value) for each in card if each.name == name]


class TestCard:
    """RFC 6350 section 6: VERSION and FN are required, and VERSION comes first."""

    def test_it_says_who_takes_part(self) -> None:
        participant = speaker(roles=frozenset({Role.SPEAKER, Role.CHAIR}), job_title="Adviser; Africa")
        (card,) = cards(to_vcard([listed(participant=participant)]))
        assert [(each.name, each.value) for each in card] == [
            ("BEGIN", "VCARD"),
            ("VERSION", "4.0"),
            ("KIND", "individual"),
            ("UID", "urn:uuid:ab34f445-8b7f-516f-949f-318b73458d63"),
            ("FN", "Participant 1"),
            ("ORG", "Ministry 1"),
            ("TITLE", "Adviser\\; Africa"),
            ("ROLE", "Chair"),
            ("ROLE", "Speaker"),
            ("END", "VCARD"),
        ]

    def test_the_organization_is_that_of_badges(self) -> None:
        """The one that the registration names or, without one, that of the person."""
        for own, expected in (("Ministry 2", "Ministry 2"), (None, "Organization 1")):
            made = listed(organization=own, participant=speaker(organization="Organization 1"))
            (card,) = cards(to_vcard([made]))
            (badge,) = badges([made], event(uid=made.event_uid), key=bytes(32))
            assert values(card, "ORG") == [badge.organization] == [expected]

    def test_a_person_without_organization_or_title_is_a_name(self) -> None:
        bare = listed(organization=None, participant=speaker(organization=None, job_title=None, roles=frozenset()))
        (card,) = cards(to_vcard([bare]))
        assert [each.name for each in card] == ["BEGIN", "VERSION", "KIND", "UID", "FN", "END"]

    def test_roles_are_in_the_language_of_the_list(self) -> None:
        (card,) = cards(to_vcard([listed(participant=speaker(roles=frozenset({Role.CHAIR})))], language="fr-CH"))
        (role,) = [each for each in card if each.name == "ROLE"]
        assert (role.parameters, role.value) == ({"LANGUAGE": "fr"}, "Présidence")

    def test_each_person_has_a_uid_that_stays(self) -> None:
        first, changed = listed(), listed(participant=speaker(name="Participant 2", email="p2@example.org"))
        others = (listed(id="r-2"), listed(event_uid="e-2"))
        uids = [values(card, "UID")[0] for card in cards(to_vcard([first, changed, *others]))]
        assert uids[0] == uids[1]
        assert len(set(uids)) == 3

    @LAW
    @given(st.lists(drawn(), max_size=3), st.booleans())
    def test_each_list_is_well_formed(self, made: list[Registration], in_touch: bool) -> None:
        written = to_vcard(made, may_contact=lambda _: in_touch)
        found = list(cards(written))
        assert [values(card, "FN") for card in found] == [
            [each.participant.name] for each in made if each.participant is not None
        ]
        assert to_vcard(iter(made), may_contact=lambda _: in_touch) == written

    @LAW
    @given(TEXTS.map(lambda text: " ".join(text.split())).filter(bool))
    def test_no_text_forges_a_line(self, text: str) -> None:
        hostile = f"a\\,;:{text}"[:500].strip()
        made = listed(organization=hostile, participant=speaker(name=hostile, job_title=hostile))
        (card,) = cards(to_vcard([made], may_contact=lambda _: True))
        assert [values(card, name) for name in ("FN", "ORG", "TITLE")] == [[hostile]] * 3


class TestFormat:
    """What is said of each field is true."""

    @LAW
    @given(drawn(), st.booleans())
    def test_each_field_is_carried_as_it_says(self, made: Registration, is_own: bool) -> None:
        assert made.participant is not None
        # Only one of the two organizations is written.
        organization, other = made.organization, made.participant.organization
        made = evolve(
            made,
            organization=organization if is_own else None,
            participant=evolve(made.participant, organization=None if is_own else other),
            filed_by=None,  # a focal point has roles too, which nobody finds
        )
        assert_format(FORMATS["vcard"], made, lambda each: to_vcard([each]))

    def test_what_each_registration_has_is_not_carried(self) -> None:
        made = listed()
        moved = made.reset(at=later(2)).approve(at=later(3)).check_in(at=later(4))
        changed: dict[str, Any] = {
            "participant": speaker(email="p2@example.org"),
            "mode": "remote",
            "submitted_at": later(-1),
        }
        assert to_vcard([evolve(moved, **changed)]) == to_vcard([made])


class TestConsent:
    """`ListingConsent`: "Who may see the participant in a list"."""

    @pytest.mark.parametrize(
        ("audience", "listed_for"),
        [("everyone", {"everyone"}), (ListingConsent.PARTICIPANTS, {"everyone", "participants"})],
    )
    def test_it_decides_who_is_listed(self, audience: Any, listed_for: set[str]) -> None:
        for consent in (None, *ListingConsent):
            found = to_vcard([listed(listing_consent=consent)], audience=audience)
            assert bool(found) == (consent in listed_for)

    def test_there_is_no_list_for_nobody(self) -> None:
        assert refused(lambda: to_vcard([], audience="nobody")) == ("value-unknown", "/audience")

    def test_only_those_who_take_part_are_listed(self) -> None:
        made = registration(listing_consent="everyone")
        approved = made.approve(at=later(1))
        others = (made, made.reject(at=later(1)), made.waitlist(at=later(1)), approved.withdraw(at=later(2)))
        assert to_vcard([*others, approved.mark_no_show(at=later(2))]) == b""
        assert to_vcard([approved.check_in(at=later(2))]) == to_vcard([approved])

    @pytest.mark.parametrize("role", Role)
    def test_a_list_for_everyone_names_those_whom_a_programme_names(self, role: Role) -> None:
        """Decision 40: roles on stage, and people without a role; no interpreter and nobody of the office."""
        made = listed(participant=speaker(roles={role, Role.SPEAKER})), listed(participant=speaker(roles={role}))
        is_on_stage = role in ON_STAGE
        both, *single = cards(to_vcard(made, language="en"))
        assert len(single) == is_on_stage
        assert (len(values(both, "ROLE")) == 2) == (is_on_stage and role is not Role.SPEAKER)
        assert len([*cards(to_vcard(made, audience="participants"))]) == 2

    def test_a_purged_person_is_not_listed(self) -> None:
        assert to_vcard([listed().purged(at=later(5))]) == b""

    def test_an_address_is_shown_by_another_consent_only(self) -> None:
        one, two = listed(), listed(id="r-2", participant=speaker(name="Participant 2", phone=None, language=None))
        first, second = cards(to_vcard([one, two], may_contact=lambda each: each.id == "r-2"))
        assert not {"EMAIL", "TEL", "LANG"} & {each.name for each in first}
        assert values(second, "EMAIL") == ["p1@example.org"]
        (only,) = cards(to_vcard([one], may_contact=lambda _: True))
        assert [(each.name, each.parameters, each.value) for each in only[-4:-1]] == [
            ("EMAIL", {}, "p1@example.org"),
            ("TEL", {"VALUE": "uri"}, "tel:+41227305111"),
            ("LANG", {}, "fr"),
        ]


class TestArguments:
    """A wrong argument is an error that names it."""

    def test_they_are_checked(self) -> None:
        assert refused(lambda: to_vcard([], language="french!")) == ("language-unknown", "/language")
        with pytest.raises(TypeError, match="must be an iterable"):
            to_vcard("r-1")  # type: ignore[arg-type]  # refused
        with pytest.raises(TypeError, match="Not a Registration"):
            to_vcard([AT])  # type: ignore[list-item]  # refused
