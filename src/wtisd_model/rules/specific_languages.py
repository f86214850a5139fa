"""Rules about tags that name no particular language, in which nobody can speak, sign or listen."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.registration import Registration
from wtisd_model.rules.context import Context
from wtisd_model.rules.submission import rule_for
from wtisd_model.types.language import is_unspecific


def event_languages_are_specific(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """The floor languages of an event and its sessions, and those that its calls offer, are particular languages."""
    event = dossier.event
    yield from _unspecific(event.floor_languages, "event", "floorLanguages")
    for index, call in enumerate(event.calls):
        yield from _unspecific(call.languages, "event", "calls", index, "languages")
    for index, session in enumerate(event.sessions):
        yield from _unspecific(session.floor_languages, "event", "sessions", index, "floorLanguages")


@rule_for(Registration)
def listening_languages_are_specific(_context: Context, registration: Registration) -> Iterator[Finding]:
    """People listen in particular languages."""
    if registration.state.is_active:
        yield from _unspecific(registration.listening_languages, "listeningLanguages")


@rule_for(InterpretationRequest)
def interpreted_languages_are_specific(_context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """Interpreters work from and into particular languages; sets have no order, so the finding is at the whole set."""
    if request.state.is_open:
        for key, tags in (("sourceLanguages", request.source_languages), ("targetLanguages", request.target_languages)):
            if any(map(is_unspecific, tags)):
                yield finding(Code.LANGUAGE_UNSPECIFIC, pointer(key))


def _unspecific(tags: Iterable[str], *path: str | int) -> Iterator[Finding]:
    for index, tag in enumerate(tags):
        if is_unspecific(tag):
            yield finding(Code.LANGUAGE_UNSPECIFIC, pointer(*path, index))
