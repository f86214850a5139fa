"""Badges, their tickets and QR codes."""

import csv
import json
import sys
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.exports.exported import EVENT, KEY, seated
from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import AT, call, contact, event, later, registration
from wtisd_model import Event, InvalidValueError, ParticipationMode, Registration, Role, to_json
from wtisd_model.exports import Badge, badges, badges_to_csv, badges_to_json, ticket_svg, verify_ticket
from wtisd_model.exports.badges import TICKET

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEYS = st.binary(min_size=32, max_size=64)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)


def ticket(made: Registration, key: bytes = KEY, at: Event = EVENT) -> str:
    (badge,) = badges([made], at, key=key)
    return badge.ticket


class TestBadge:
    """A badge for each person who has a seat."""

    def test_it_says_who_comes(self) -> None:
        made = seated(participant=contact(roles=frozenset({Role.SPEAKER})), country="TD")
        assert badges([made], EVENT, key=KEY) == (
            Badge(
                registration_id="r-1",
                name="Participant 1",
                organization="Ministry 1",
                job_title="Adviser",
                country="TD",
                mode=ParticipationMode.ON_SITE,
                roles=frozenset({Role.SPEAKER}),
                languages=("fr", "en"),
                ticket=ticket(made),
            ),
        )

    def test_the_organization_of_the_contact_counts_where_no_other_is_named(self) -> None:
        (badge,) = badges([seated(organization=None, participant=contact(organization="Operator 1"))], EVENT, key=KEY)
        assert badge.organization == "Operator 1"

    def test_nobody_else_has_one(self) -> None:
        made = registration()
        approved = made.approve(at=later(1))
        others = [made, made.reject(at=later(1)), made.waitlist(at=later(1)), approved.withdraw(at=later(2))]
        assert badges([*others, approved.purged(at=later(5))], EVENT, key=KEY) == ()
        came = [approved.check_in(at=later(2)), approved.mark_no_show(at=later(2))]
        assert [each.ticket for each in badges(came, EVENT, key=KEY)] == [ticket(approved)] * 2

    def test_a_pending_registration_has_one_if_it_holds_a_seat(self) -> None:
        for counts in (True, False):
            needs_no_approval = event(calls=(call(needs_approval=not counts, pending_counts=False),))
            assert bool(badges([registration()], needs_no_approval, key=KEY)) == counts

    def test_its_repr_names_nobody(self) -> None:
        (badge,) = badges([seated()], EVENT, key=KEY)
        shown = repr(badge)
        assert shown == (
            "Badge(registration_id='r-1', mode=<ParticipationMode.ON_SITE: 'on-site'>, "
            "roles=frozenset({<Role.CONTACT: 'contact'>}), languages=('fr', 'en'))"
        )


class TestTicket:
    """Nobody can compute it without the key, and a mistyped one is noticed."""

    def test_it_stays_the_same_across_releases(self) -> None:
        assert ticket(seated()) == "6HK5-9CSN-7H7Z"

    def test_it_depends_on_the_registration_alone(self) -> None:
        changed = seated(participant=contact(name="Participant 2"), country="CH").check_in(at=later(2))
        assert ticket(changed) == ticket(seated())

    @LAW
    @given(st.lists(IDS, min_size=2, max_size=20, unique=True), KEYS)
    def test_each_registration_has_another(self, ids: list[str], key: bytes) -> None:
        made = [seated(id=each) for each in ids]
        found = [each.ticket for each in badges(made, EVENT, key=key)]
        assert len(set(found)) == len(ids)
        assert all(TICKET.check(each) is None for each in found)
        for each, code in zip(made, found, strict=True):
            assert verify_ticket(code, made, EVENT, key=key) is each

    def test_another_event_or_key_gives_another(self) -> None:
        other = ticket(seated(event_uid="e-2"), at=evolve(EVENT, uid="e-2"))
        assert len({ticket(seated()), other, ticket(seated(), b"x" * 32)}) == 3

    @LAW
    @given(IDS, st.integers(0, 11), st.sampled_from(ALPHABET))
    def test_one_wrong_character_is_noticed(self, id_: str, place: int, character: str) -> None:
        made = seated(id=id_)
        code = ticket(made).replace("-", "")
        wrong = code[:place] + character + code[place + 1 :]
        assume(wrong != code)
        assert not is_well_formed(wrong)

    @LAW
    @given(IDS, st.integers(0, 11), st.integers(0, 11))
    def test_two_exchanged_characters_are_noticed(self, id_: str, one: int, other: int) -> None:
        code = list(ticket(seated(id=id_)).replace("-", ""))
        assume(code[one] != code[other])
        code[one], code[other] = code[other], code[one]
        assert not is_well_formed("".join(code))

    @pytest.mark.parametrize(
        "write",
        [
            str.lower,
            lambda code: code.replace("-", ""),
            lambda code: f"  {code.replace('-', ' ')} ",
            lambda code: code.replace("0", "O").replace("1", "I"),
            lambda code: code.replace("0", "o").replace("1", "l"),
        ],
    )
    def test_it_may_be_typed_in_many_ways(self, write: Callable[[str], str]) -> None:
        crowd = [seated(id=f"r-{number}") for number in range(30)]
        for each, badge in zip(crowd, badges(crowd, EVENT, key=KEY), strict=True):
            assert verify_ticket(write(badge.ticket), crowd, EVENT, key=KEY) is each

    @given(st.text(max_size=100) | st.text(ALPHABET, min_size=12, max_size=12))
    def test_other_text_is_nobodys(self, code: str) -> None:
        assert verify_ticket(code, [seated()], EVENT, key=KEY) is None

    @pytest.mark.parametrize("code", ["", "6HK5-9CSN", "6HK5-9CSN-7H70"])
    def test_one_that_is_cut_off_or_mistyped_is_nobodys(self, code: str) -> None:
        assert verify_ticket(code, [seated()], EVENT, key=KEY) is None

    def test_without_a_seat_it_is_nobodys(self) -> None:
        made = seated()
        withdrawn = made.withdraw(at=later(2))
        assert verify_ticket(ticket(made), [withdrawn], EVENT, key=KEY) is None
        attended = made.check_in(at=later(2))
        assert verify_ticket(ticket(made), [withdrawn, attended], EVENT, key=KEY) is attended

    def test_after_a_rotation_the_old_key_still_finds_it(self) -> None:
        made, new = seated(), b"n" * 32
        assert verify_ticket(ticket(made), [made], EVENT, key=new) is None
        assert verify_ticket(ticket(made), [made], EVENT, key=KEY) is made

    def test_a_purged_registration_is_found(self) -> None:
        purged = seated().purged(at=later(5))
        assert verify_ticket(ticket(seated()), [purged], EVENT, key=KEY) is purged


def is_well_formed(code: str) -> bool:
    """Return True if its last character fits the others: the sum of powers in the field of 32 elements is zero."""
    powers = [1]
    while len(powers) < 31:
        powers.append(powers[-1] << 1 if powers[-1] < 16 else powers[-1] << 1 ^ 37)
    total = 0
    for place, character in enumerate(reversed(code)):
        digit = ALPHABET.index(character)
        if digit:
            total ^= powers[(powers.index(digit) + place) % 31]
    return total == 0


class TestQrCode:
    """ISO/IEC 18004. `tests/outside/test_badges.py` reads it with another program."""

    def test_it_is_an_image_without_anything_else(self) -> None:
        code = ticket(seated())
        image = ticket_svg(code)
        assert ticket_svg(code) == image
        root = fromstring(image)  # noqa: S314 - our own bytes
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.attrib == {"viewBox": "0 0 29 29"}
        assert {each.tag.partition("}")[2] for each in root} == {"path"}
        assert {name for each in root for name in each.attrib} <= {"d", "fill", "stroke"}

    @pytest.mark.parametrize("code", ["", "<svg>", "7q2m-xk4d-9r0t", "7Q2MXK4D9R0T", "7Q2M-XK4D-9R0T\n"])
    def test_anything_else_is_refused(self, code: str) -> None:
        assert refused(lambda: ticket_svg(code)) == ("ticket-malformed", "/ticket")

    def test_without_the_extra_the_error_names_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "segno", None)
        with pytest.raises(ImportError, match=r"wtisd-model\[badges\]") as raised:
            ticket_svg(ticket(seated()))
        assert raised.value.name == "segno"


class TestForPrinters:
    """Badges as a table or as JSON, for a program that prints them."""

    def test_a_table_has_a_column_for_each_field(self) -> None:
        made = seated(participant=contact(name="=1+1", roles=frozenset({Role.SPEAKER, Role.CHAIR})))
        lines = b"".join(badges_to_csv(badges([made], EVENT, key=KEY), delimiter=";", bom=True)).decode("utf-8-sig")
        (row,) = csv.DictReader(lines.splitlines(), delimiter=";")
        assert row == {
            "registration_id": "r-1",
            "name": "'=1+1",
            "organization": "Ministry 1",
            "job_title": "Adviser",
            "country": "TD",
            "mode": "on-site",
            "roles": "chair | speaker",
            "languages": "fr | en",
            "ticket": ticket(made),
        }

    def test_json_leaves_out_what_is_absent(self) -> None:
        bare = contact(job_title=None, organization=None, roles=frozenset())
        made = seated(organization=None, country=None, participant=bare, listening_languages=())
        assert json.loads(badges_to_json(badges([made], EVENT, key=KEY))) == [
            {"registrationId": "r-1", "name": "Participant 1", "mode": "on-site", "ticket": ticket(made)}
        ]

    def test_only_badges_are_written(self) -> None:
        with pytest.raises(TypeError, match="Not a Badge"):
            badges_to_json([seated()])  # type: ignore[list-item]  # refused
        with pytest.raises(TypeError, match="must be an iterable"):
            list(badges_to_csv("r-1"))  # type: ignore[arg-type]  # refused


class TestArguments:
    """A wrong argument is an error that names it, and never the key."""

    def test_a_registration_for_another_event_is_refused(self) -> None:
        with pytest.raises(InvalidValueError) as raised:
            badges([seated(), seated(event_uid="e-2")], EVENT, key=KEY)
        assert [(each.code, each.path) for each in raised.value.findings] == [
            ("event-uid-differs", "/registrations/1/eventUid")
        ]

    def test_a_key_is_long(self) -> None:
        with pytest.raises(InvalidValueError) as raised:
            badges([], EVENT, key=b"k" * 31)
        assert [(each.code, each.path) for each in raised.value.findings] == [("too-few-items", "/key")]
        assert "kkk" not in str(raised.value)

    @pytest.mark.parametrize("key", ["k" * 32, None])
    def test_a_key_is_bytes(self, key: Any) -> None:
        with pytest.raises(TypeError, match="must be bytes") as raised:
            badges([], EVENT, key=key)
        assert "kkk" not in str(raised.value)

    def test_other_objects_are_a_type_error(self) -> None:
        with pytest.raises(TypeError, match="Not an Event"):
            badges([], AT, key=KEY)  # type: ignore[arg-type]  # refused
        with pytest.raises(TypeError, match="Not a Registration"):
            badges([AT], EVENT, key=KEY)  # type: ignore[list-item]  # refused
        with pytest.raises(TypeError, match="must be a string"):
            verify_ticket(b"7Q2M", [], EVENT, key=KEY)  # type: ignore[arg-type]  # refused

    def test_a_document_holds_no_ticket(self) -> None:
        made = seated()
        assert ticket(made).encode() not in to_json(evolve(made))
