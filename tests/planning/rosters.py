"""Rosters made by hand, for tests of what follows from them."""

from datetime import datetime
from typing import Any

from tests.samples.small import event, session, slot
from tests.samples.whole import contact
from wtisd_model import Contact, Dossier, Event, InterpretationRequest, TimeSlot
from wtisd_model.model.interpreter import Interpreter, Skill
from wtisd_model.model.roster import Assignment, Roster
from wtisd_model.model.terms import BoothTeam, Terms

TERMS = Terms(name="Ours", booths=[BoothTeam(language="ar", heads=3, both_ways=True)])


def interpreter(number: int, languages: str, **changes: Any) -> Interpreter:
    """Return an interpreter with languages such as ``fr:A en:C`` or ``ar:A en:B<ar``, a retour from Arabic."""
    into = dict[str, set[str]]()
    levels = dict[str, str]()
    for word in languages.split():
        language, _, level = word.partition(":")
        levels[language], _, source = level.partition("<")
        into.setdefault(source, set()).add(language)
    return Interpreter(
        **{
            "id": f"p-{number}",
            "contact": Contact(name=f"Interpreter {number}", email=f"interpreter{number}@example.org"),
            "languages": [
                Skill(language=language, level=level, into=into.get(language, set()))
                for language, level in levels.items()
            ],
            **changes,
        }
    )
