"""Provenance: which values of an event its own documents do not state, and where those come from."""

from enum import StrEnum
from typing import Annotated, Literal

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.schema.constraints import Pattern
from wtisd_model.schema.fields import Either
from wtisd_model.schema.model import Model
from wtisd_model.types.text import Note, WebAddress

# The keys of an event, indices and language tags need no escapes.
ValuePath = Annotated[str, Pattern(r"^(?:/[A-Za-z0-9-]+)+(?!\n)$", 255, Code.PATH_MALFORMED)]
"""A JSON Pointer (RFC 6901) into the JSON of an object: /title/translations/en."""


# Why: docs/decisions/0019
class ProvenanceKind(StrEnum):
    """How a value that no document of the event states is known."""

    INFERRED = "inferred"
    """It follows from what the documents state."""
    OUTSIDE = "outside"
    """It is from another source."""


ProvenanceKindWord = Literal["inferred", "outside"]


@frozen(kw_only=True, eq=False, repr=False)
class Provenance(Model):
    """Where a value of an event comes from, if not from the documents of the event (W3C PROV)."""

    path: ValuePath
    """The value, and all that it contains, as a JSON Pointer into the event (RFC 6901)."""
    kind: ProvenanceKind = field(converter=Either[ProvenanceKind, ProvenanceKindWord])
    """How the value is known."""
    url: WebAddress | None = None
    """The web page of the other source (schema.org citation)."""
    note: Note | None = None
    """Why it can be inferred, or what the source says."""
