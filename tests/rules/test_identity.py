"""Contacts that are the same person."""

import pytest

from wtisd_model.rules.identity import caseless, identity_of
from wtisd_model.types.people import Contact


class TestIdentity:
    """The contract: "Same person: casefolded e-mail, else NFC-casefolded name"."""

    def test_the_case_of_an_address_makes_no_difference(self) -> None:
        one, other = Contact(email="P1@Example.org", name="Participant 1"), Contact(email="p1@example.org")
        assert identity_of(one) == identity_of(other)

    def test_an_address_goes_before_a_name(self) -> None:
        one = Contact(name="Participant 1", email="p1@example.org")
        other = Contact(name="Participant 1", email="p2@example.org")
        assert identity_of(one) != identity_of(other)

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
        ],
    )
    def test_without_an_address_the_name_counts_in_any_encoding(self, one: str, other: str) -> None:
        assert one != other
        assert identity_of(Contact(name=one)) == identity_of(Contact(name=other))

    def test_a_name_is_not_taken_for_an_address(self) -> None:
        assert identity_of(Contact(name="p1@example.org")) != identity_of(Contact(email="p1@example.org"))

    def test_folding_twice_changes_nothing(self) -> None:
        folded = caseless("\u1f80 ǰ İ ﬃ Å")
        assert caseless(folded) == folded
