"""vobject, ical.js and vcard4 find in a list of participants who is listed."""

import json
from typing import Any

import pytest
import vobject
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.exports.exported import drawn, listed, speaker
from tests.outside.node import node
from wtisd_model import Registration, Role, to_vcard

pytestmark = pytest.mark.outside

Card = dict[str, list[str]]


def by_vobject(written: bytes) -> list[Card]:
    """Read cards with vobject, which takes vCard 4.0 for 3.0; their structure is the same."""
    cards: Any = vobject.readComponents(written.decode())
    return [
        {
            name.upper(): [each.value[0] if name == "org" else each.value for each in lines]
            for name, lines in card.contents.items()
            if name not in {"version", "kind"}
        }
        for card in cards
    ]


def expected(made: Registration) -> Card:
    """Return what a card says, from the registration."""
    participant = made.participant
    assert participant is not None
    values = {
        "FN": [participant.name],
        "ORG": [made.organization or participant.organization],
        "TITLE": [participant.job_title],
        "EMAIL": [participant.email],
        "TEL": [participant.phone and f"tel:{participant.phone}"],
        "LANG": [participant.language],
    }
    return {name: [each for each in found if each is not None] for name, found in values.items() if found != [None]}


def without_roles(card: Card) -> Card:
    return {name: values for name, values in card.items() if name not in {"ROLE", "UID"}}


def is_plain(card: Card) -> bool:
    return not any("\\" in value for values in card.values() for value in values)


class TestParticipants:
    """RFC 6350: "a vCard object is delimited by BEGIN:VCARD and END:VCARD"."""

    # Each example starts node: none is spent on making a failing one smaller.
    @settings(phases=[Phase.generate])
    @given(st.lists(drawn(), min_size=2, max_size=5))
    def test_vobject_and_ical_js_find_the_same(self, made: list[Registration]) -> None:
        written = to_vcard(made, may_contact=lambda _: True)
        cards = [expected(each) for each in made]
        assert list(map(without_roles, by_vobject(written))) == cards
        # ical.js 2.2.1 takes a semicolon behind an escaped backslash for escaped. vcard4 4.0.5 unescapes only the first
        # semicolon of a text, and loses folded lines that others find: it reads the cards below.
        pairs = list(zip(map(without_roles, json.loads(node("vcards.mjs", written))["ical.js"]), cards, strict=True))
        assert [one for one, card in pairs if is_plain(card)] == [card for _, card in pairs if is_plain(card)]

    def test_all_readers_find_special_characters_and_roles(self) -> None:
        name = "Participant \\ 1, a; b: \u00e9\u20ac\U0001f600 " + "x" * 200
        made = [
            listed(id=id_, organization=name, participant=speaker(name=name, job_title=name, roles=frozenset(Role)))
            for id_ in ("r-1", "r-2")
        ]
        written = to_vcard(made)
        found: dict[str, list[Card]] = {"vobject": by_vobject(written), **json.loads(node("vcards.mjs", written))}
        for cards in found.values():
            first, second = cards
            assert [first[each] for each in ("FN", "ORG", "TITLE")] == [[name]] * 3
            assert len(first["ROLE"]) == 8  # those on stage, since everybody may read it
            assert first["UID"] != second["UID"]
