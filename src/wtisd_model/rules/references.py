"""What names something else: the event that an answer is for, its sessions, and ids that must be told apart."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.rules.deadlines import Terms


class Identified(Protocol):
    """An object with an id."""

    @property
    def id(self) -> str:
        """What tells it from others of its kind."""
        ...


def names_this_event(terms: Terms, event_uid: str | None) -> Iterator[Finding]:
    """An answer that names an event names the one beside which it is kept."""
    if event_uid is not None and event_uid != terms.event_uid:
        yield finding(Code.EVENT_UID_DIFFERS, "/eventUid")


def names_known_sessions(terms: Terms, session_ids: frozenset[str]) -> Iterator[Finding]:
    """S04: the sessions that somebody chose are sessions of the event.

    One finding for all of them, at the whole list: a set has no order, so no index would be sure to point to the
    same id in the payload that it came from.
    """
    unknown = sorted(session_ids - terms.sessions)
    if unknown:
        meant = next((terms.spellings[each.casefold()] for each in unknown if each.casefold() in terms.spellings), None)
        suggestion = {} if meant is None else {"suggestion": meant}
        yield finding(Code.SESSION_UNKNOWN, "/sessionIds", unknown=len(unknown), choices=terms.choices, **suggestion)


def ids_are_apart(key: str, things: Iterable[Identified]) -> Iterator[Finding]:
    """No two in the list *key* of a dossier have one id; the later one is to be given another."""
    seen: set[str] = set()
    for index, each in enumerate(things):
        if each.id in seen:
            yield finding(Code.ID_REPEATED, pointer(key, index, "id"))
        seen.add(each.id)
