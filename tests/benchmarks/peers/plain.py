"""Objects for the peers that only judge: frozen attrs classes without any check, made of a document that was judged."""

from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from tests.benchmarks.peers.rules import END, FIRST


@frozen
class Contact:
    """A person."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    roles: tuple[str, ...] = ()
    organization: str | None = None


@frozen
class Transition:
    """A step from a state to a state."""

    at: datetime
    before: str
    after: str
    by: str | None
    note: str | None


@frozen
class Reply:
    """What was answered to an invitation."""

    at: datetime
    status: str
    sequence: int
    session_id: str | None
    comment: str | None


@frozen
class Registration:
    """A registration."""

    id: str
    event_uid: str
    participant: Contact | None
    organization: str | None
    membership: str | None
    country: str | None
    mode: str
    session_ids: tuple[str, ...]
    listening_languages: tuple[str, ...]
    needs: tuple[str, ...]
    listing_consent: str | None
    privacy_notice: str | None
    submitted_at: datetime
    submitted_by: str | None
    state: str
    participation_status: str
    waitlisted_at: datetime | None
    checked_in_at: datetime | None
    purged_at: datetime | None
    history: tuple[Transition, ...]
    replies: tuple[Reply, ...]


def built(document: dict[str, Any]) -> Registration:
    """Make the object of a document whose shape is good."""
    get = document.get
    participant = get("participant")
    return Registration(
        document["id"],
        document["eventUid"],
        None if participant is None else Contact(**participant),
        get("organization"),
        get("membership"),
        get("country"),
        document["mode"],
        tuple(get("sessionIds", ())),
        tuple(get("listeningLanguages", ())),
        tuple(get("needs", ())),
        get("listingConsent"),
        get("privacyNotice"),
        moment(document["submittedAt"]),
        get("submittedBy"),
        get("state", "pending"),
        get("participationStatus", "needs-action"),
        _moment_or_none(get("waitlistedAt")),
        _moment_or_none(get("checkedInAt")),
        _moment_or_none(get("purgedAt")),
        tuple([_step(step) for step in get("history", ())]),
        tuple([_answer(each) for each in get("replies", ())]),
    )


def moment(text: str) -> datetime:
    """Read a moment that has the form of one.

    Raises:
        ValueError: there is no such day, or it is in another century.
    """
    value = datetime.fromisoformat(text.upper()).astimezone(UTC)
    if not FIRST <= value < END:
        raise ValueError("Not in the years 1970 to 2199.")
    return value


def _moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def _step(step: dict[str, Any]) -> Transition:
    return Transition(moment(step["at"]), step["before"], step["after"], step.get("by"), step.get("note"))


def _answer(answer: dict[str, Any]) -> Reply:
    get = answer.get
    return Reply(moment(answer["at"]), answer["status"], get("sequence", 0), get("sessionId"), get("comment"))


def is_moment(value: object) -> bool:
    """Return True if a text in the format of a moment is one; for a peer's table of formats."""
    if not isinstance(value, str):
        return True
    try:
        moment(value)
    except ValueError:
        return False
    return True
