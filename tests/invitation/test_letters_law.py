"""The laws of letters: who hears of a change, once, and nothing about anybody else."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from attrs import asdict, evolve

from tests.invitation.changes import FIRST, changed, drawn, stamp
from wtisd_model import (
    Contact,
    Dossier,
    Event,
    EventStatus,
    ListingConsent,
    MoveError,
    Need,
    ParticipationMode,
    Registration,
    RegistrationState,
    Wait,
    planning,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import Letter, Message

PAIRS = {"short": 1_500, "full": 1_500, "soak": 100_000}
"""How many changes are looked at."""

ENDED = (RegistrationState.REJECTED, RegistrationState.WITHDRAWN)


def chains(pairs: int) -> Iterator[tuple[Random, list[Dossier]]]:
    """Dossiers and what became of them, up to six times: so many changes in all."""
    seed = 0
    while pairs > 0:
        random = Random(seed)
        chain = [with_tokens(with_waits(random, drawn(random)))]
        for step in range(1, 1 + min(pairs, random.randrange(1, 7))):
            after = changed(random, chain[-1], step)
            for _ in range(random.choice([0, 0, 1, 2])):
                after = random.choice([promoted, chosen, purged])(random, after, stamp(step) - timedelta(minutes=1))
            chain.append(with_tokens(after))
        yield random, chain
        pairs -= len(chain) - 1
        seed += 1


def with_waits(random: Random, dossier: Dossier) -> Dossier:
    """Let some people wait for a session that they chose."""
    people = [
        evolve(each, waits=(Wait(session_id=sorted(each.session_ids)[0], since=FIRST),))
        if each.session_ids
        and each.state in {RegistrationState.PENDING, RegistrationState.APPROVED}
        and random.random() < 0.4
        else each
        for each in dossier.registrations
    ]
    return evolve(dossier, registrations=tuple(people))


def promoted(_random: Random, before: Dossier, at: datetime) -> Dossier:
    """End all waits for sessions with seats."""
    people = [
        evolve(each, waits=tuple(evolve(one, until=one.until or at) for one in each.waits))
        for each in before.registrations
    ]
    return evolve(before, registrations=tuple(people))


def chosen(random: Random, before: Dossier, at: datetime) -> Dossier:
    """Let somebody choose other sessions."""
    people = [each for each in before.registrations if each.participant is not None]
    sessions = [each.id for each in before.event.sessions if random.random() < 0.5]
    try:
        return planning.choose(before, random.choice(people).id, sessions, now=at) if people else before
    except (MoveError, ValueError):
        return before


def purged(random: Random, before: Dossier, at: datetime) -> Dossier:
    people = [each.purged(at=at) if random.random() < 0.1 else each for each in before.registrations]
    return evolve(before, registrations=tuple(people))


def with_tokens(dossier: Dossier) -> Dossier:
    """Put a word of its own into every field in which something about a person may stand."""
    return evolve(dossier, registrations=tuple(map(_with_tokens, dossier.registrations)))


def _with_tokens(one: Registration) -> Registration:
    person = one.participant
    if person is None:
        return one
    name = person.name or ""
    return evolve(
        one,
        participant=evolve(
            person,
            name=name if name.startswith("Name") else f"Name{one.id} {name}",
            organization=f"Secret{one.id}a",
            job_title=f"Secret{one.id}b",
            phone="+4122730" + one.id.removeprefix("p").zfill(4),
        ),
        organization=f"Secret{one.id}c",
        organization_identifier=f"https://secret{one.id}d.example.org",
        needs=frozenset({Need.CAPTIONS}),
        listing_consent=ListingConsent.EVERYONE,
        filed_by=Contact(name=f"Filer{one.id}", email=f"filer{one.id}@example.org"),
        answers={"q": f"Secret{one.id}e"},
        submitted_by=f"Secret{one.id}f",
        history=tuple(evolve(step, by=f"Secret{one.id}g", note=f"Secret{one.id}h") for step in one.history),
        extensions={"example.org:note": f"Secret{one.id}i"},
    )


def text_of(letter: Letter) -> str:
    """Return all that a letter says, but who gets a copy."""
    said = asdict(evolve(letter, copied_to=None, messages=(), registration_ids=()))
    calendars = [re.sub(r"\r\n[ \t]", "", each.ics.decode()) for each in letter.messages]
    texts = [repr(asdict(evolve(each, copied_to=None, ics=b"", registration_ids=()))) for each in letter.messages]
    return "\n".join([repr(said), *texts, *calendars])


def boxes(dossier: Dossier) -> dict[str, list[Registration]]:
    found: dict[str, list[Registration]] = {}
    for each in dossier.registrations:
        if each.participant is not None and each.participant.email is not None:
            found.setdefault(each.participant.email.casefold(), []).append(each)
    return found


def seen(event: Event, one: Registration, reader: Registration) -> object:
    """Return what somebody knows of a registration whose person is not written to for a calendar."""
    if one.state in ENDED:
        return one.state
    if event.status is EventStatus.CANCELLED:
        return event.status
    person, is_invited = one.participant, inv.is_invited(event, one)
    own = (one.mode, one.session_ids, person and person.name, person and person.email)
    waits = frozenset(each.session_id for each in one.waits if each.until is None)
    if is_invited:
        return "invited", own, waits
    language = reader.participant and reader.participant.language
    programme = [
        (
            each.id,
            each.title.in_language(language),
            each.slot,
            each.status,
            one.mode is ParticipationMode.ON_SITE and each.status.is_held and each.id not in waits and each.locations,
        )
        for each in event.sessions
        if each.id in one.session_ids and each.status is not EventStatus.DRAFT
    ]
    return one.state, own, waits, event.last_change(), programme


def concerned(before: Dossier, after: Dossier, messages: list[Message]) -> set[str]:
    """Return the mailboxes of those whose calendar or registration changed, found by comparing what they know."""
    found = {each.recipient.casefold() for each in messages if each.recipient is not None}
    then = {each.id: each for each in before.registrations}
    for address, people in boxes(after).items():
        for now in people:
            was = then.get(now.id)
            missed = RegistrationState.NO_SHOW in {now.state, was and was.state}
            if was is not None and missed:
                now, was = evolve(now, waits=()), evolve(was, waits=())
            if was is None or seen(before.event, was, now) != seen(after.event, now, now):
                found.add(address)
    ids = {each.id for each in after.registrations}
    gone = {
        address
        for address, people in boxes(before).items()
        for each in people
        if each.id not in ids and each.state not in ENDED
    }
    return found | gone


class TestWhoHears:
    """A letter for each mailbox whose day or registration changed, and for nobody else."""

    @pytest.mark.slow
    def test_everybody_concerned_has_one_letter_with_their_messages_and_nobody_else_has_one(self) -> None:
        for random, chain in chains(PAIRS[os.environ.get("HYPOTHESIS_PROFILE", "short")]):
            by_session = random.random() < 0.5
            for step, (before, after) in enumerate(pairwise(chain), start=1):
                made = inv.letters(before, after, stamped=stamp(step), by_session=by_session)
                letters, messages = [*made], [*inv.updates(before, after, stamped=stamp(step), by_session=by_session)]
                assert [*made] == letters

                addresses = [each.recipient.casefold() for each in letters]
                assert len(addresses) == len({*addresses})
                due = concerned(before, after, messages)
                assert {*addresses} == due, explain(before, after, letters, due ^ {*addresses})
                assert [each for letter in letters for each in letter.messages] == messages
                assert all(
                    each.recipient.casefold() == letter.recipient.casefold()
                    for letter in letters
                    for each in letter.messages
                )
                assert all(each.reasons and each.texts.notices for each in letters)


class TestNobodyElse:
    """Nothing reveals others, but to those who share their mailbox; and no text of a form's sender but the names."""

    @pytest.mark.slow
    def test_a_letter_says_nothing_about_people_with_another_address(self) -> None:
        for random, chain in chains(PAIRS["short"]):
            by_session = random.random() < 0.5
            for step, (before, after) in enumerate(pairwise(chain), start=1):
                for letter in inv.letters(before, after, stamped=stamp(step), by_session=by_session):
                    said, address = text_of(letter), letter.recipient.casefold()
                    assert "Secret" not in said.title().replace("Secretary", "")
                    names = {one.id for dossier in (before, after) for one in boxes(dossier).get(address, [])}
                    assert {each.removeprefix("Name") for each in re.findall(r"Namep\d+", said)} <= names
                    assert {each.casefold() for each in re.findall(r"\bp\d@example.org", said)} <= {address}
                    assert "iler" not in said


def explain(before: Dossier, after: Dossier, letters: list[Letter], addresses: set[str]) -> object:
    return [
        (
            address,
            [each.reasons for each in letters if each.recipient.casefold() == address],
            boxes(before).get(address),
            boxes(after).get(address),
            [seen(after.event, x, x) for x in boxes(after).get(address, [])],
            [seen(before.event, x, x) for x in boxes(before).get(address, [])],
        )
        for address in addresses
    ]
