"""What no schema of a peer can say: equal items, and what has to fit together in a registration.

Written once, as a user of any of the peers would write it by hand: over the attributes of the object that was made,
where what is absent is false.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(2200, 1, 1, tzinfo=UTC)
"""All moments lie in the years 1970 to 2199, in UTC."""

MOVES = frozenset(
    {
        ("pending", "approved"),
        ("waitlisted", "approved"),
        ("pending", "waitlisted"),
        ("pending", "rejected"),
        ("waitlisted", "rejected"),
        ("pending", "withdrawn"),
        ("waitlisted", "withdrawn"),
        ("approved", "withdrawn"),
        ("approved", "attended"),
        ("approved", "no-show"),
        ("approved", "pending"),
        ("rejected", "pending"),
    }
)

Place = tuple[str | int, ...]
Broken = tuple[Place, str]


def repeats(items: Sequence[Any]) -> bool:
    """Return True if two items are equal."""
    return len(set(items)) != len(items)


def broken(it: Any) -> list[Broken]:
    """Return the contradictions in a registration: the path to each, and a sentence."""
    found: list[Broken] = []
    participant = it.participant
    if participant:
        if not participant.name and not participant.email:
            found.append((("participant",), "A contact needs a name or an e-mail address."))
        elif not participant.name:
            found.append((("participant", "name"), "A participant needs a name."))
        elif not participant.email:
            found.append((("participant", "email"), "A participant needs an e-mail address."))
    elif not it.purged_at:
        found.append((("participant",), "Only the purged have no participant."))
    if it.purged_at:
        found.extend(_personal(it))
    if (it.state == "waitlisted") is not bool(it.waitlisted_at):
        found.append((("waitlistedAt",), "It is required if the state is waitlisted, and only then."))
    if (it.state == "attended") is not bool(it.checked_in_at):
        found.append((("checkedInAt",), "It is required if the state is attended, and only then."))
    if it.history:
        found.extend(_history(it))
    elif it.state != "pending":
        found.append((("state",), "Without a history the state is pending."))
    if it.replies:
        found.extend(_answers(it))
    return found


def _personal(it: Any) -> Iterator[Broken]:
    personal: dict[Place, object] = {
        ("participant",): it.participant,
        ("organization",): it.organization,
        ("needs",): it.needs,
        ("submittedBy",): it.submitted_by,
    }
    for index, step in enumerate(it.history or ()):
        personal["history", index, "by"] = step.by
        personal["history", index, "note"] = step.note
    for index, answer in enumerate(it.replies or ()):
        personal["replies", index, "comment"] = answer.comment
    for place, value in personal.items():
        if value:
            yield place, "The purged have no personal data."


def _history(it: Any) -> Iterator[Broken]:
    before, at = "pending", None
    for index, step in enumerate(it.history):
        if step.before != before:
            yield ("history", index, "before"), "It is not the state that was reached before."
        if (step.before, step.after) not in MOVES:
            yield ("history", index, "after"), "There is no such move."
        if at is not None and step.at < at:
            yield ("history", index, "at"), "It lies before the move before it."
        before, at = step.after, step.at
    if before != it.state:
        yield ("state",), "The history ends in another state."


def _answers(it: Any) -> Iterator[Broken]:
    before, said = (0, FIRST), None
    for index, answer in enumerate(it.replies):
        if (answer.sequence, answer.at) < before:
            yield ("replies", index), "It is older than the answer before it."
        before = answer.sequence, answer.at
        said = said if answer.session_id else answer.status
    if said and it.participation_status not in {said, "needs-action"}:
        yield ("participationStatus",), "The last answer says something else."
