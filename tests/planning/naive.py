"""Coverage computed the slow and simple way, person by person and request by request, to compare with."""

from collections.abc import Iterator, Sequence

from wtisd_model import Dossier, Event, InterpretationRequest, Registration, Session
from wtisd_model.rules.identity import People
from wtisd_model.types.language import is_signed

CHANNELS = ("floor", "direct", "relay", "sign", "captions", "missing")
Table = dict[tuple[str | None, str | None], dict[str, int]]
"""For each session and language, how many people are served through which channel."""


def alike(one: str, other: str) -> bool:
    """Return True if one tag begins with all subtags of the other."""
    parts = list(zip(one.split("-"), other.split("-"), strict=False))
    return all(a == b for a, b in parts)


def counts(registration: Registration) -> bool:
    return registration.state in {"pending", "approved", "attended"}


def offered(event: Event, session: Session) -> set[str]:
    """Return how one can take part in a session."""
    inherited = session.inherited_places
    on_site = session.locations or (inherited != "remote" and (event.locations or event.venue_to_follow))
    remote = session.virtual_locations or (inherited != "on-site" and event.virtual_locations)
    return {mode for mode, places in (("on-site", on_site), ("remote", remote)) if places}


def people_at(dossier: Dossier, session: Session | None) -> Iterator[Registration]:
    """Yield the first registration of each person who comes to a session."""
    seen = set()
    counted = [each for each in dossier.registrations if counts(each) and each.event_uid == dossier.event.uid]
    everybody = People(each.participant for each in counted if each.participant is not None)
    for each in sorted(counted, key=lambda each: each.submitted_at):
        if session is None or (
            (not each.session_ids or session.id in each.session_ids)
            and each.mode in offered(dossier.event, session)
            and not any(wait.session_id == session.id and wait.until is None for wait in each.waits)
        ):
            person = each.id if each.participant is None else everybody.identity(each.participant)
            if person not in seen:
                seen.add(person)
                yield each


def requests_for(dossier: Dossier, session: Session | None) -> list[InterpretationRequest]:
    return [
        each
        for each in dossier.interpretation_requests
        if each.state in {"approved", "assigned", "delivered"}
        and each.event_uid == dossier.event.uid
        and (not each.session_ids or (session is not None and session.id in each.session_ids))
    ]


def works_from(request: InterpretationRequest, floor: str | None) -> bool:
    return not request.source_languages or any(
        floor is not None and alike(floor, source) for source in request.source_languages
    )


def relays_from(request: InterpretationRequest, floor: str | None, others: Sequence[InterpretationRequest]) -> bool:
    return any(
        works_from(other, floor) and any(alike(source, target) for target in other.target_languages)
        for source in request.source_languages
        for other in others
        if other.service in {"simultaneous", "consecutive", "sign"}
    )


def channels(
    floor: str | None, tag: str, mode: str, requests: Sequence[InterpretationRequest], *, written: bool
) -> Iterator[str]:
    """Yield the channels through which one floor language reaches people in a mode."""
    if not written and floor is not None and alike(floor, tag):
        yield "floor"
    for each in requests:
        into = each.delivery in {mode, "mixed"} and any(alike(tag, target) for target in each.target_languages)
        straight, relayed = works_from(each, floor), relays_from(each, floor, requests)
        if into and (straight or relayed):
            if each.service == "captions":
                yield "captions"
            elif not written:
                yield "sign" if is_signed(tag) else "direct" if straight else "relay"
    yield "missing"


def served(registration: Registration, floors: Sequence[str | None], requests: list[InterpretationRequest]) -> str:
    """Return how somebody is served, as the language, a colon and the channel."""
    deaf = {"captions", "sign-language"} & registration.needs
    found: dict[str, list[str]] = {}
    for tag in registration.listening_languages:
        written = bool(deaf) and not is_signed(tag)
        if not written or "captions" in deaf:
            found[tag] = [
                min(channels(each, tag, registration.mode, requests, written=written), key=CHANNELS.index)
                for each in floors
            ]
    for tag, each in found.items():
        if "missing" not in each:
            return f"{tag}:{max(each, key=CHANNELS.index)}"
    together = [
        min((each[index] for each in found.values()), key=CHANNELS.index, default="missing")
        for index in range(len(floors))
    ]
    if "missing" in together:
        return f"{registration.listening_languages[0]}:missing"
    first = next(tag for tag, each in found.items() if any(channel != "missing" for channel in each))
    return f"{first}:{max(together, key=CHANNELS.index)}"


def table(dossier: Dossier) -> Table:
    """Count everybody, without languages and channels that serve nobody."""
    event = dossier.event
    if event.status not in {"scheduled", "postponed"}:
        return {}
    rows: Table = {}
    held: list[Session | None] = [
        each
        for each in event.sessions
        if each.status in {"scheduled", "postponed"} and each.kind not in {"break", "social"}
    ]
    for session in held or [None]:
        floors = event.floor_languages if session is None else session.floor_languages or event.floor_languages
        requests = requests_for(dossier, session)
        for each in people_at(dossier, session):
            language: str | None = None
            channel = "unstated"
            if each.listening_languages:
                language, channel = served(each, floors or (None,), requests).split(":")
            row = rows.setdefault((None if session is None else session.id, language), {})
            row[channel] = row.get(channel, 0) + 1
    return rows
