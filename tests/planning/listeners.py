"""People who listen in some language, and requests that serve them."""

from typing import Any

from tests.samples.small import dossier, event, hours, registration, request, session
from wtisd_model import Dossier, InterpretationRequest, InterpretationService, Need, ParticipationMode, Registration

ON_SITE, REMOTE = ParticipationMode
CAPTIONS, SIGN = Need.CAPTIONS, Need.SIGN_LANGUAGE


def listens(name: str, *languages: str, **changes: Any) -> Registration:
    return registration(name, listening_languages=languages, **changes).approve(at=hours(1))


def approved(
    name: str, source: str, target: str, service: str = "simultaneous", **changes: Any
) -> InterpretationRequest:
    return request(
        name,
        service=InterpretationService(service),
        source_languages=frozenset(source.split()),
        target_languages=frozenset(target.split()),
        **changes,
    ).approve(at=hours(1))


def plan(*registrations: Registration, floor: str = "en", requests: tuple[InterpretationRequest, ...] = ()) -> Dossier:
    made = event(sessions=(session("s", floor_languages=tuple(floor.split())),))
    return dossier(*registrations, of=made, requests=requests)
