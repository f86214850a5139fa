"""Small dossiers for the tests of rules: an afternoon in Geneva, and people who want to be there."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.samples import whole
from tests.samples.whole import ZURICH, text
from wtisd_model import (
    AttendanceMode,
    Call,
    CallKind,
    Code,
    Contact,
    Deadline,
    Dossier,
    Event,
    Finding,
    FocusArea,
    InterpretationRequest,
    InterpretationService,
    Location,
    Organization,
    ParticipationMode,
    Pledge,
    PledgeKind,
    PledgeScope,
    Registration,
    Session,
    Target,
    TimeSlot,
    VirtualLocation,
    Wait,
    check,
    default_rules,
)
from wtisd_model.rules.submission import SubmissionRule

DAY = "2023-05-17"
NOW = datetime(2023, 4, 20, 12, tzinfo=UTC)
SUBMITTED = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)


def slot(start: str = "14:30", end: str = "16:30", *, day: str = DAY, zone: str = ZURICH) -> TimeSlot:
    return whole.slot(f"{day}T{start}:00", f"{day}T{end}:00", zone)


def stretch(start: str, end: str, zone: str = ZURICH) -> TimeSlot:
    """Return a slot over several days: 2023-05-17T22:00 to 2023-05-18T01:00."""
    return whole.slot(f"{start}:00", f"{end}:00", zone)


def deadline(day: str, zone: str = ZURICH) -> Deadline:
    return Deadline(date=datetime.fromisoformat(day).date(), time_zone=zone)


def place(room: str | None = "Popov", **changes: Any) -> Location:
    return Location(**{"name": text("Seat"), "room": room, "locality": "Geneva", "country": "CH", **changes})


def call(kind: CallKind = CallKind.REGISTRATION, **changes: Any) -> Call:
    return Call(**{"kind": kind, "address_unknown": True, **changes})


def event(**changes: Any) -> Event:
    return Event(
        **{
            "uid": "e-1",
            "title": text("Forum"),
            "slot": slot(),
            "locations": (place(),),
            "virtual_locations": (VirtualLocation(),),
            "calls": (call(),),
            **changes,
        }
    )


def session(name: str, start: str = "14:30", end: str = "15:00", **changes: Any) -> Session:
    return Session(**{"id": name, "title": text(name), "slot": slot(start, end), **changes})


def registration(name: str, **changes: Any) -> Registration:
    return Registration(
        **{
            "id": name,
            "event_uid": "e-1",
            "participant": Contact(name=f"Participant {name}", email=f"{name}@example.org"),
            "mode": ParticipationMode.ON_SITE,
            "submitted_at": SUBMITTED,
            **changes,
        }
    )


def wait(session_id: str, since: float = 1, until: float | None = None) -> Wait:
    """Return a wait for a session between two numbers of hours after the registrations were submitted."""
    return Wait(session_id=session_id, since=hours(since), until=None if until is None else hours(until))


def hours(number: float) -> datetime:
    """Return the moment that many hours after the registrations were submitted."""
    return SUBMITTED + timedelta(hours=number)


def request(name: str, **changes: Any) -> InterpretationRequest:
    return InterpretationRequest(
        **{
            "id": name,
            "event_uid": "e-1",
            "requester": Contact(name="Participant 1"),
            "service": InterpretationService.SIMULTANEOUS,
            "target_languages": frozenset({"fr"}),
            "delivery": AttendanceMode.ON_SITE,
            "submitted_at": SUBMITTED,
            **changes,
        }
    )


def pledge(name: str, **changes: Any) -> Pledge:
    return Pledge(
        **{
            "id": name,
            "title": text("Schools"),
            "pledger": Organization(name=text("Body 1")),
            "kind": PledgeKind.POLICY,
            "focus_areas": frozenset({FocusArea.ACCESS}),
            "scope": PledgeScope.GLOBAL,
            "targets": (
                Target(text=text("Schools online"), number=Decimal(10), unit="schools", due=date(2025, 12, 31)),
            ),
            "submitted_at": SUBMITTED,
            **changes,
        }
    )


def dossier(
    *registrations: Registration,
    of: Event | None = None,
    requests: tuple[InterpretationRequest, ...] = (),
    pledges: tuple[Pledge, ...] = (),
) -> Dossier:
    return Dossier(
        event=event() if of is None else of,
        registrations=registrations,
        interpretation_requests=requests,
        pledges=pledges,
    )


def judged(made: Dossier, now: datetime = NOW) -> list[Finding]:
    """Return what the rules about single submissions find."""
    return [*check(made, now=now, rules=[rule for rule in default_rules() if isinstance(rule, SubmissionRule)])]


def places(code: Code, findings: Iterable[Finding]) -> list[str]:
    """Return the paths of the findings with a code, in their order."""
    return [each.path for each in findings if each.code == code]
