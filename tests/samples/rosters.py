"""What rosters are made of: approved requests, interpreters, and their assignments."""

from collections.abc import Iterable
from typing import Any

from tests.samples.small import NOW, request
from wtisd_model import Assignment, Contact, InterpretationRequest, Interpreter, LanguageLevel, Skill


def asked(*targets: str, id_: str = "r-1", **changes: Any) -> InterpretationRequest:
    """Return an approved request for interpretation into some languages."""
    return request(id_, target_languages=targets, **changes).approve(at=NOW)


def person(id_: str, languages: str | Iterable[Skill] = "fr:A en:C", **changes: Any) -> Interpreter:
    """Return somebody with languages such as "fr:A en:C>ar,es": the last one is also for retour into two others."""
    number = id_.rpartition("-")[2]
    given: dict[str, Any] = {
        "id": id_,
        "contact": Contact(name=f"Interpreter {number}", email=f"{id_}@example.org"),
        "languages": [*map(_skill, languages.split())] if isinstance(languages, str) else [*languages],
        **changes,
    }
    return Interpreter(**given)


def _skill(text: str) -> Skill:
    language, _, rest = text.partition(":")
    level, _, into = rest.partition(">")
    return Skill(language=language, level=LanguageLevel(level or "A"), into=into.split(",") if into else ())


def assignment(**changes: Any) -> Assignment:
    """Return an offer to work into French, in a session if one is given."""
    given: dict[str, Any] = {"id": "a-1", "interpreter_id": "i-1", "event_uid": "e-1", "language": "fr", **changes}
    return Assignment(**given)
