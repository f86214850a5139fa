"""Which objects are documents of their own, what their schemas are called, and the version of the format."""

import re
from collections.abc import Iterator

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session

DOCUMENTS: tuple[type, ...] = (Event, Session, Registration, InterpretationRequest, Pledge, Dossier)
"""The classes that JSON may have as its outermost object."""

SUBMISSIONS: tuple[type[Registration], type[InterpretationRequest], type[Pledge]] = (
    Registration,
    InterpretationRequest,
    Pledge,
)
"""The documents that strangers send."""

SCHEMA_VERSION = 1
"""The version of the JSON format that this package writes; older ones stay readable for ever."""


def document_name(cls: type) -> str:
    """Name a document as ``@type`` does.

    Raises:
        TypeError: a class that is no document.
    """
    if cls not in DOCUMENTS:
        names = ", ".join(each.__name__ for each in DOCUMENTS)
        raise TypeError(f"Not a document: give one of {names}.")
    return cls.__name__


def published() -> Iterator[tuple[type, bool]]:
    """Name each document that has a schema file, and whether it is the one for submissions."""
    for cls in DOCUMENTS:
        yield cls, False
        if cls in SUBMISSIONS:
            yield cls, True


def schema_name(cls: type, *, submission: bool) -> str:
    """Name a schema as its file and its ``$id`` do: registration-submission."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", document_name(cls)).lower()
    return f"{words}-submission" if submission else words
