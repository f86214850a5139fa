"""What the demo shows of interpretation: made-up people and requests for the reference event, and the plan for it."""

from datetime import datetime
from typing import Final

from attrs import evolve

from wtisd_model.cli.convert import indented
from wtisd_model.json.encoder import to_json
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm, Team
from wtisd_model.model.registration import Need, Registration
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Contact

_ON_SITE, _REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE

# Languages, the best first; how they take part; what they need.
_PEOPLE: Final[tuple[tuple[str, ParticipationMode, frozenset[Need]], ...]] = (
    ("fr", _ON_SITE, frozenset()),
    ("fr en", _REMOTE, frozenset()),
    ("en", _ON_SITE, frozenset()),
    ("en", _REMOTE, frozenset()),
    ("ar en", _ON_SITE, frozenset()),
    ("ar", _ON_SITE, frozenset()),
    ("es", _ON_SITE, frozenset()),
    ("es", _REMOTE, frozenset()),
    ("zh", _ON_SITE, frozenset()),
    ("ils", _ON_SITE, frozenset({Need.SIGN_LANGUAGE})),
    ("fr", _ON_SITE, frozenset({Need.CAPTIONS})),
    ("", _REMOTE, frozenset()),
)


def interpretation_files(event: Event, at: datetime) -> dict[str, bytes]:
    """Make the files: the event with people and requests, at the moment *at*, and what follows from them."""
    from wtisd_model.cli.plan import Plan, as_text  # every other command would take longer to start

    dossier = _dossier(event, at)
    return {
        "interpretation.json": indented(to_json(dossier)),
        "coverage.txt": as_text(Plan.of(dossier)).encode(),
    }


def _dossier(event: Event, at: datetime) -> Dossier:
    # The letter does not say what will be spoken; here it is French and English.
    asked = (
        _request(event, at, "i-1", "fr", "en").approve(at=at),
        _request(event, at, "i-2", "en", "fr").approve(at=at),
        _request(event, at, "i-3", "en", "es").approve(at=at).assign(_TEAM, at=at),
        _request(event, at, "i-4", "", "zh"),
        _request(event, at, "i-5", "", "ils", service=InterpretationService.SIGN).approve(at=at),
        _request(event, at, "i-6", "", "fr", service=InterpretationService.CAPTIONS).approve(at=at),
    )
    people = tuple(
        Registration(
            id=f"r-{number}",
            event_uid=event.uid,
            participant=Contact(name=f"Participant {number}", email=f"participant{number}@example.org"),
            mode=mode,
            listening_languages=tuple(languages.split()),
            needs=needs,
            submitted_at=at,
        )
        for number, (languages, mode, needs) in enumerate(_PEOPLE, 1)
    )
    spoken = evolve(event, floor_languages=("fr", "en"))
    return Dossier(event=spoken, registrations=people, interpretation_requests=asked)


_TEAM: Final = Team(booths=1, heads=2, norm=Norm.AIIC)


def _request(
    event: Event,
    at: datetime,
    name: str,
    source: str,
    target: str,
    service: InterpretationService = InterpretationService.SIMULTANEOUS,
) -> InterpretationRequest:
    return InterpretationRequest(
        id=name,
        event_uid=event.uid,
        requester=Contact(name="Office 1", email="office1@example.org"),
        service=service,
        source_languages=frozenset(source.split()),
        target_languages=frozenset(target.split()),
        delivery=_ON_SITE,
        submitted_at=at,
    )
