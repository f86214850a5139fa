"""A dossier: an event with its registrations, requests and pledges."""

from typing import Annotated

from attrs import frozen

from wtisd_model.fields import Checked, Count, derive
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration


@frozen(kw_only=True, field_transformer=derive)
class Dossier(Checked):
    """All that an office knows of one event. What takes several of its objects is checked by `check`, not here."""

    event: Event
    """The event."""
    registrations: Annotated[tuple[Registration, ...], Count(maximum=100_000)] = ()
    """Who wants to take part."""
    interpretation_requests: Annotated[tuple[InterpretationRequest, ...], Count(maximum=100_000)] = ()
    """What interpretation was asked for."""
    pledges: Annotated[tuple[Pledge, ...], Count(maximum=100_000)] = ()
    """What was promised."""
