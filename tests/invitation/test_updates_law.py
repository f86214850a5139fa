"""The law of updates: whatever the order in which mail brings them, a calendar ends as it should."""

import os
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from tests.invitation.changes import changed, drawn, stamp
from tests.invitation.mailbox import Mailbox
from wtisd_model import Dossier, EventStatus
from wtisd_model import invitation as inv
from wtisd_model.invitation import Message

PAIRS = {"short": 1_000, "full": 1_000, "soak": 100_000}
"""How many changes are looked at."""


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
