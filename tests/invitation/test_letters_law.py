"""The laws of letters: who hears of a change, once, and nothing about anybody else."""

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from attrs import asdict, evolve

from tests.invitation.changes import FIRST, changed, drawn, stamp
from wtisd_model import (
    Contact,
    Dossier,
    Event,
    EventStatus,
    InvalidValueError,
    ListingConsent,
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


def chains() -> Iterator[tuple[Random, list[Dossier]]]:
    """Dossiers and what became of them, up to six times: so many changes in all."""
    seed, pairs = 0, PAIRS[os.environ.get("HYPOTHESIS_PROFILE", "short")]
    while pairs > 0:
        random = Random(seed)
        chain = [with_tokens(with_waits(random, drawn(random)))]
        for step in range(1, 1 + min(pairs, random.randrange(1, 7))):
            after = changed(random, chain[-1], step)
            for _ in range(random.choice([0, 0, 1, 2])):
                after = random.choice([waited, chosen, purged])(random, after, stamp(step) - timedelta(minutes=1))
            chain.append(with_tokens(after))
        yield random, chain
        pairs -= len(chain) - 1
        seed += 1


def with_waits(random: Random, dossier: Dossier) -> Dossier:
    """Let some people wait for a session that they chose."""
    waiting = {RegistrationState.PENDING, RegistrationState.APPROVED}
    people = [
        evolve(each, waits=(Wait(session_id=min(each.session_ids), since=FIRST),))
        if each.session_ids and each.state in waiting and random.random() < 0.4
        else each
        for each in dossier.registrations
    ]
    return evolve(dossier, registrations=tuple(people))


def waited(_random: Random, before: Dossier, at: datetime) -> Dossier:
    """End all waits for sessions, with seats."""
    people = [
        evolve(each, waits=tuple(evolve(wait, until=wait.until or at) for wait in each.waits))
        for each in before.registrations
    ]
    return evolve(before, registrations=tuple(people))


def chosen(random: Random, before: Dossier, at: datetime) -> Dossier:
    """Let somebody choose other sessions, if that is allowed."""
    people = [each.id for each in before.registrations if each.participant is not None]
    sessions = [each.id for each in before.event.sessions if random.random() < 0.5]
    try:
        return planning.choose(before, random.choice(people), sessions, now=at) if people else before
    except InvalidValueError:
        return before


def purged(random: Random, before: Dossier, at: datetime) -> Dossier:
    people = [each.purged(at=at) if random.random() < 0.1 else each for each in before.registrations]
    return evolve(before, registrations=tuple(people))


def with_tokens(dossier: Dossier) -> Dossier:
    """Put a word of its own into every field that says something about a person."""
    return evolve(dossier, registrations=tuple(map(_with_tokens, dossier.registrations)))


def _with_tokens(one: Registration) -> Registration:
    person, secret = one.participant, f"Secret-{one.id}"
    if person is None:
        return one
    name = f"Name-{one.id} {(person.name or '').split()[-1]}"
    return evolve(
        one,
        participant=evolve(person, name=name, organization=secret, job_title=secret, phone="+4122730" + one.id[1:]),
        organization=secret,
        organization_identifier=f"https://{secret}.example.org",
        needs=frozenset({Need.CAPTIONS}),
        listing_consent=ListingConsent.EVERYONE,
        filed_by=Contact(name=secret, email=f"{secret}@example.org"),
        answers={"q": secret},
        submitted_by=secret,
        history=tuple(evolve(step, by=secret, note=secret) for step in one.history),
        extensions={"example.org:note": secret},
    )


def said(letter: Letter) -> str:
    """Return all that a letter says to its reader, but who gets a copy."""
    parts = [asdict(evolve(letter, copied_to=None, messages=()))]
    parts += [asdict(evolve(each, copied_to=None, ics=b"")) for each in letter.messages]
    calendars = [re.sub(r"\r\n[ \t]", "", each.ics.decode()) for each in letter.messages]
    mails = letter.mails(sender="desk@example.org")
    texts = [part.get_content() for mail in mails for part in mail.walk() if part.get_content_maintype() == "text"]
    heads = [f"{mail['From']} {mail['To']} {mail['Reply-To']} {mail['Subject']}" for mail in mails]
    return "\n".join([*map(repr, parts), *calendars, *heads, *map(str, texts)])


def mailboxes(dossier: Dossier) -> dict[str, list[Registration]]:
    found: dict[str, list[Registration]] = {}
    for each in dossier.registrations:
        if each.participant is not None and each.participant.email is not None:
            found.setdefault(each.participant.email.casefold(), []).append(each)
    return found


def seen(event: Event, one: Registration, reader: Registration) -> object:
    """Return what the person of a registration knows of it and, without an entry in a calendar, of the event."""
    if one.state in ENDED:
        return one.state
    if event.status is EventStatus.CANCELLED:
        return event.status
    person, waits = one.participant, {each.session_id for each in one.waits if each.until is None}
    own = one.mode, one.session_ids, person and (person.name, person.email), waits
    if inv.is_invited(event, one):
        return own
    language = None if reader.participant is None else reader.participant.language
    # Of a session in which somebody waits for a seat, nothing says where it is.
    shows_rooms = one.mode is ParticipationMode.ON_SITE and one.state is not RegistrationState.WAITLISTED
    programme = [
        (
            each.id,
            each.title.in_language(language),
            each.slot,
            each.status,
            shows_rooms and each.status.is_held and each.id not in waits and each.locations,
        )
        for each in event.sessions
        if each.id in one.session_ids and each.status is not EventStatus.DRAFT
    ]
    return one.state, own, event.last_change(), programme


def knew_otherwise(before: Event, was: Registration, after: Event, one: Registration) -> bool:
    """Return True if the person knows something that is no longer so; nobody writes about the waits of a no-show."""
    if RegistrationState.NO_SHOW in {one.state, was.state}:
        was, one = evolve(was, waits=()), evolve(one, waits=())
    return seen(before, was, one) != seen(after, one, one)


def concerned(before: Dossier, after: Dossier, messages: list[Message]) -> set[str]:
    """Return the mailboxes of those whose calendar changes, or who know something that is no longer so."""
    found = {each.recipient.casefold() for each in messages if each.recipient is not None}
    then, now = ({each.id: each for each in dossier.registrations} for dossier in (before, after))
    at = {each.id: address for address, people in mailboxes(after).items() for each in people}
    is_on = after.event.status is not EventStatus.CANCELLED
    for address, people in mailboxes(after).items():
        for one in people:
            was = then.get(one.id)
            if was is None or knew_otherwise(before.event, was, after.event, one):
                found.add(address)
    for address, people in mailboxes(before).items():
        hoping = [each for each in people if each.state not in ENDED]
        left = {each.id for each in hoping if is_on and at.get(each.id, address) != address}
        if left or any(each.id not in now for each in hoping):
            found.add(address)
    return found


@pytest.mark.slow
class TestTheLaws:
    """A letter for each mailbox whose day or registration changed; nothing reveals others."""

    def test_everybody_concerned_has_one_letter_with_their_messages_and_nobody_else_has_one(self) -> None:
        for random, chain in chains():
            by_session = random.random() < 0.5
            for step, (before, after) in enumerate(pairwise(chain), start=1):
                again = after.registrations[: random.choice([0, 0, 1])]
                made = inv.letters(before, after, stamped=stamp(step), by_session=by_session, repeated=again)
                letters, messages = [*made], [*inv.updates(before, after, stamped=stamp(step), by_session=by_session)]
                addresses = [each.recipient.casefold() for each in letters]
                assert len(addresses) == len({*addresses})
                again_at = {*mailboxes(evolve(after, registrations=again))}
                assert {*addresses} == concerned(before, after, messages) | again_at
                assert [each for letter in letters for each in letter.messages] == messages
                for letter in letters:
                    assert {(each.recipient or "").casefold() for each in letter.messages} <= {
                        letter.recipient.casefold()
                    }
                    assert {*letter.reasons} == {reason for each in letter.texts.notices for reason in each.reasons}
                    assert letter.reasons

    def test_a_letter_says_nothing_about_people_with_another_address_nor_what_a_sender_wrote_but_names(self) -> None:
        for random, chain in chains():
            by_session, given = random.random() < 0.5, random.random() < 0.2
            for step, (before, after) in enumerate(pairwise(chain), start=1):
                others = after.registrations[:1] if given else ()
                made = inv.letters(
                    before,
                    after,
                    stamped=stamp(step),
                    by_session=by_session,
                    others=others,
                    link=lambda one: f"https://example.org/Link-{one.id}",
                )
                for letter in made:
                    if random.random() < 0.7:
                        continue  # mails take long to write
                    words, address = said(letter), letter.recipient.casefold()
                    here = [one for dossier in (before, after) for one in mailboxes(dossier).get(address, ())]
                    known = {one.id for one in (*here, *others)}
                    emails = {address, *(one.participant.email for one in others if one.participant is not None)}
                    assert "secret" not in words.casefold()
                    assert "+4122730" not in words
                    assert {*re.findall(r"Name-(p\d)", words)} <= known
                    assert {*re.findall(r"Link-(p\d)", words)} <= {one.id for one in mailboxes(after).get(address, ())}
                    assert {each.casefold() for each in re.findall(r"\bp\d@example.org", words)} <= emails
                    assert letter.copied_to is None or letter.copied_to.name in {f"Secret-{one.id}" for one in here}
