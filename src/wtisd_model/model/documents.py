"""The classes that are documents of their own, the names of their schemas, and the version of the format."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.question import Question
from wtisd_model.model.registration import Registration
from wtisd_model.model.roster import Roster
from wtisd_model.model.session import Session
from wtisd_model.model.submissions import questions_of
from wtisd_model.types.arguments import require_instance

T = TypeVar("T")

DOCUMENTS: tuple[type, ...] = (Event, Session, Registration, InterpretationRequest, Pledge, Dossier, Roster)
"""The classes that may be the top-level object of a JSON document."""

SUBMISSIONS: tuple[type[Registration], type[InterpretationRequest], type[Pledge]] = (
    Registration,
    InterpretationRequest,
    Pledge,
)
"""The documents that people outside the office send."""

CALL_KINDS: Mapping[type, CallKind] = {
    Registration: CallKind.REGISTRATION,
    InterpretationRequest: CallKind.INTERPRETATION,
    Pledge: CallKind.PLEDGE,
}
"""The kind of call that each of them responds to."""


SUBMISSION_FIELDS: Mapping[type, str] = {
    Registration: "registrations",
    InterpretationRequest: "interpretation_requests",
    Pledge: "pledges",
}
"""The field of a dossier that holds them."""


def submissions_in(dossier: Dossier) -> Mapping[type, tuple[Any, ...]]:
    """Return the submissions that a dossier holds, by their class."""
    return {cls: getattr(dossier, name) for cls, name in SUBMISSION_FIELDS.items()}


def questions_for(cls: type, event: Event) -> tuple[Question, ...]:
    """Return the questions that an event asks those who send objects of *cls*, including retired ones.

    Raises:
        TypeError: *event* is not an Event, or *cls* is not a submission.
    """
    require_instance(event, Event, "Not an Event: pass event=dossier.event.")
    if cls not in CALL_KINDS:
        raise TypeError("Only a Registration, an InterpretationRequest or a Pledge has answers: leave out event=.")
    return questions_of(event, CALL_KINDS[cls])


SCHEMA_VERSION = 1
"""The version of the JSON format that this package writes; older ones stay readable for ever."""


def document_name(cls: type) -> str:
    """Return the name of a document class, as in ``@type``.

    Raises:
        TypeError: the class is not a document.
    """
    if cls not in DOCUMENTS:
        names = ", ".join(document.__name__ for document in DOCUMENTS)
        raise TypeError(f"Not a document class. Use one of {names}.")
    return cls.__name__


def require_submission_class(cls: type[T]) -> type[T]:
    """Return the class of a submission.

    Raises:
        TypeError: it is not a class that people outside the office submit.
    """
    if cls not in SUBMISSIONS:
        names = " or ".join(submission.__name__ for submission in SUBMISSIONS)
        raise TypeError(f"{getattr(cls, '__name__', 'This')} cannot be a submission. Use {names}.")
    return cls


def schema_variants() -> Iterator[tuple[type, bool]]:
    """Yield the class of each schema file, and whether the file is for submissions."""
    for cls in DOCUMENTS:
        yield cls, False
        if cls in SUBMISSIONS:
            yield cls, True


def schema_name(cls: type, *, submission: bool) -> str:
    """Return the name of a schema, as in its file name and ``$id``: registration-submission."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", document_name(cls)).lower()
    return f"{words}-submission" if submission else words
