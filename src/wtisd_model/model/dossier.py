"""A dossier: an event with its registrations, requests and pledges."""

from collections.abc import Iterable
from typing import Annotated

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.schema.fields import Count, TupleOf
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_instance, require_iterable


@frozen(kw_only=True, eq=False, repr=False)
class Dossier(Model):
    """Everything that the office holds about one event. Rules across its objects are run by `check`, not here."""

    event: Event
    """The event."""
    # Why: docs/decisions/0009
    registrations: Annotated[tuple[Registration, ...], Count(maximum=100_000)] = field(
        default=(), converter=TupleOf[Registration]
    )
    """The registrations for the event."""
    interpretation_requests: Annotated[tuple[InterpretationRequest, ...], Count(maximum=100_000)] = field(
        default=(), converter=TupleOf[InterpretationRequest]
    )
    """The requests for interpretation."""
    pledges: Annotated[tuple[Pledge, ...], Count(maximum=100_000)] = field(default=(), converter=TupleOf[Pledge])
    """The pledges made for the event."""


def event_and_requests(subject: Event | Dossier) -> tuple[Event, tuple[InterpretationRequest, ...]]:
    """Return an event and the requests for interpretation that are known: those of a dossier, or none.

    Raises:
        TypeError: *subject* is neither an Event nor a Dossier.
    """
    if isinstance(subject, Dossier):
        return subject.event, subject.interpretation_requests
    return require_instance(subject, Event, "Not an Event or a Dossier."), ()


def require_dossier(value: object) -> Dossier:
    """Return *value* if it is a Dossier; raise a TypeError otherwise, such as for a lone event."""
    return require_instance(value, Dossier, "Not a Dossier. Wrap a lone event: Dossier(event=event).")


def require_dossiers(values: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """Return the dossiers of several events.

    Raises:
        InvalidValueError: ``item-repeated`` if two have the same event.
        TypeError: one is not a Dossier, or *values* is not an iterable.
    """
    dossiers: dict[str, Dossier] = {}
    for index, value in enumerate(require_iterable(values, "dossiers")):
        uid = require_dossier(value).event.uid
        if uid in dossiers:
            raise InvalidValueError(finding(Code.ITEM_REPEATED, pointer("dossiers", index)))
        dossiers[uid] = value
    return tuple(dossiers.values())
