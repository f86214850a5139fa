"""A dossier: an event with its registrations, requests and pledges."""

from typing import Annotated

from attrs import frozen

from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.schema.fields import Count
from wtisd_model.schema.model import Model


@frozen(kw_only=True, eq=False, repr=False)
class Dossier(Model):
    """All that an office knows of one event. What takes several of its objects is checked by `check`, not here."""

    event: Event
    """The event."""
    registrations: Annotated[tuple[Registration, ...], Count(maximum=100_000)] = ()
    """Who wants to take part."""
    interpretation_requests: Annotated[tuple[InterpretationRequest, ...], Count(maximum=100_000)] = ()
    """What interpretation was asked for."""
    pledges: Annotated[tuple[Pledge, ...], Count(maximum=100_000)] = ()
    """What was promised."""


def as_dossier(value: object) -> Dossier:
    """Give back a dossier; a TypeError for what is none, such as the event alone."""
    if not isinstance(value, Dossier):
        raise TypeError("Not a Dossier: put an event into one with Dossier(event=event).")
    return value
