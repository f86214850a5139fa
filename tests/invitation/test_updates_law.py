"""The law of updates: whatever the order in which mail brings them, a calendar ends as it should."""

import os
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from tests.invitation.changes import changed, drawn, stamp
from tests.invitation.mailbox import Mailbox
from wtisd_model import Dossier, EventStatus, Registration
from wtisd_model import invitation as inv
from wtisd_model.invitation import Message

PAIRS = {"short": 1_000, "full": 1_000, "soak": 100_000}
"""How many changes are looked at."""
RECORDED = {"short": 300, "full": 1_500, "soak": 50_000}
"""How many of those whose messages are recorded."""


def invited(dossier: Dossier, *, step: int, by_session: bool) -> list[Message]:
    """Return the messages to people who are invited for the first time; of several with one address, the first."""
    if dossier.event.status is EventStatus.CANCELLED:
        return []
    people = [each for each in dossier.registrations if inv.is_invited(dossier.event, each)]
    messages: dict[object, Message] = {}
    for each in inv.invites(dossier, people, stamped=stamp(step), by_session=by_session):
        messages.setdefault((each.recipient, each.uid), each)
    return [*messages.values()]


def delivered(random: Random, messages: list[Message]) -> dict[str, Mailbox]:
    """Mail: nothing is lost, some comes twice, and nothing comes in the order in which it was sent."""
    boxes: dict[str, Mailbox] = {}
    mail = [*messages, *(each for each in messages if random.random() < 0.1)]
    random.shuffle(mail)
    for each in mail:
        assert each.recipient is not None
        boxes.setdefault(each.recipient, Mailbox()).receive(each.ics)
    return boxes


def calendars(boxes: dict[str, Mailbox]) -> dict[str, dict[str, frozenset[str]]]:
    """Return what people see in their calendars, without empty ones."""
    return {address: seen for address, box in boxes.items() if (seen := box.calendar())}


def chains(pairs: int) -> Iterator[tuple[Random, list[Dossier]]]:
    """Dossiers and what became of them, up to six times: so many changes in all."""
    seed = 0
    while pairs > 0:
        random = Random(seed)
        chain = [drawn(random)]
        for step in range(1, 1 + min(pairs, random.randrange(1, 7))):
            chain.append(changed(random, chain[-1], step))
        yield random, chain
        pairs -= len(chain) - 1
        seed += 1


class TestTheLaw:
    """RFC 5546 section 2.1.5: the SEQUENCE tells which message is newer, and the DTSTAMP where that is equal."""

    @pytest.mark.slow
    def test_a_calendar_that_took_every_message_in_any_order_is_that_of_who_was_told_of_the_end_alone(self) -> None:
        for random, chain in chains(PAIRS[os.environ.get("HYPOTHESIS_PROFILE", "short")]):
            by_session = random.random() < 0.5
            messages = invited(chain[0], step=0, by_session=by_session)
            for step, (before, after) in enumerate(pairwise(chain), start=1):
                messages += inv.updates(before, after, stamped=stamp(step), by_session=by_session)
            last = invited(chain[-1], step=len(chain), by_session=by_session)
            assert calendars(delivered(random, messages)) == calendars(delivered(random, last))
            # Who is invited once more accepts that: nothing that was sent before is newer.
            assert calendars(delivered(random, [*messages, *last])) == calendars(delivered(random, last))


def mixed(random: Random, dossier: Dossier, *, by_session: bool) -> list[Message]:
    """Invite some mailboxes the other way, so that only their entries tell how they were invited."""
    usual, others = (invited(dossier, step=0, by_session=choice) for choice in (by_session, not by_session))
    addresses = {each.recipient for each in usual} & {each.recipient for each in others}
    changed_over = {each for each in sorted(filter(None, addresses)) if random.random() < 0.5}
    return [
        *(each for each in usual if each.recipient not in changed_over),
        *(each for each in others if each.recipient in changed_over),
    ]


def has_lost_all(dossier: Dossier) -> bool:
    """Return True if the calendar of somebody who is invited to the event is empty."""
    full = {address_of(each) for each in dossier.registrations if each.entries}
    return dossier.event.status is not EventStatus.CANCELLED and any(
        inv.is_invited(dossier.event, each) and address_of(each) not in full for each in dossier.registrations
    )


def told_again(before: Dossier, after: Dossier, *, step: int, by_session: bool) -> list[Message]:
    """Return what a calendar needs that has nothing, by event or by session as the entries of each mailbox say."""
    event = after.event
    people: dict[str, list[Registration]] = {}
    held: dict[str, set[str]] = {}
    for each in after.registrations:
        if inv.is_invited(event, each) and event.status is not EventStatus.CANCELLED:
            people.setdefault(address_of(each), []).append(each)
    for each in before.registrations:
        held.setdefault(address_of(each), set()).update(entry.uid for entry in each.entries)
    messages: list[Message] = []
    for address, sharing in people.items():
        known = held.get(address, set())
        whole, parts = (
            list(inv.invites(after, sharing, stamped=stamp(step), by_session=choice)) for choice in (False, True)
        )
        if not known:
            messages += parts if by_session else whole
        elif event.uid in known:
            messages += [*whole, *(each for each in parts if each.uid in known - {event.uid})]
        else:
            messages += parts
    return messages


def address_of(registration: Registration) -> str:
    assert registration.participant is not None
    assert registration.participant.email is not None
    return registration.participant.email


def kept(dossier: Dossier) -> set[tuple[str, str, int, str, str]]:
    """Return the recorded entries of all mailboxes; of several for one uid the newest."""
    newest: dict[tuple[str, str], tuple[int, str, str]] = {}
    for each in dossier.registrations:
        for entry in each.entries:
            assert entry.start is not None
            found = (entry.sequence, f"{entry.stamped:%Y%m%dT%H%M%SZ}", f"{entry.start:%Y%m%dT%H%M%SZ}")
            key = (address_of(each), entry.uid)
            newest[key] = max(newest.get(key, found), found)
    return {(*key, *found) for key, found in newest.items()}


def has(boxes: dict[str, Mailbox]) -> set[tuple[str, str, int, str, str]]:
    """Return the entries of all calendars."""
    return {
        (address, uid, *entry.revision, entry.start)
        for address, box in boxes.items()
        for uid, entry in box.entries.items()
        if entry.lines is not None
    }


class TestWhatWasSent:
    """RFC 5546 section 2.1.5 again, for calendars whose entries are recorded."""

    @pytest.mark.slow
    def test_calendars_are_as_if_told_of_the_end_alone_and_are_what_is_recorded(self) -> None:
        left = RECORDED[os.environ.get("HYPOTHESIS_PROFILE", "short")]
        seed = 0
        while left > 0:
            seed, random = seed + 1, Random(seed)
            now, by_session = drawn(random), random.random() < 0.5
            messages = mixed(random, now, by_session=by_session)
            now = inv.recorded(now, messages)
            has_moved = False
            for step in range(1, 1 + random.randrange(1, 7)):
                after = changed(random, now, step)
                sent = list(inv.updates(now, after, stamped=stamp(step), by_session=by_session))
                fresh = told_again(now, after, step=step, by_session=by_session)
                before, now = now, inv.recorded(after, sent)
                messages += sent
                boxes = delivered(random, messages)
                assert calendars(boxes) == calendars(delivered(random, fresh))
                # An address that is left keeps its entries for others, and nobody knows whose the entries of one are.
                addresses = {each.id: address_of(each) for each in before.registrations}
                has_moved |= any(addresses.get(each.id) not in {None, address_of(each)} for each in now.registrations)
                assert kept(now) >= has(boxes) if has_moved else kept(now) == has(boxes)
                assert inv.recorded(now, sent) == now
                assert [*inv.updates(now, now, stamped=stamp(step + 1), by_session=not by_session)] == []
                left -= 1
                if not by_session and has_lost_all(now):
                    break  # nothing tells that they were invited by session
            sequences: dict[tuple[str | None, str], int] = {}
            for each in messages:
                assert sequences.get((each.recipient, each.uid), 0) <= each.sequence
                sequences[each.recipient, each.uid] = each.sequence
