"""The state of a registration in another system, with the history that leads to it."""

from datetime import datetime
from functools import cached_property
from typing import Any

from attrs import frozen

from wtisd_model.model.registration import RegistrationState
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notes import At
from wtisd_model.types.scalars import INVALID, decode_timestamp


@frozen(slots=False)
class Members:
    """The members of one kind of foreign object, by name; a member that is not listed is reported if it has a value."""

    becomes: type
    """The model class."""
    fields: dict[str, str]
    """The names of the members, with blanks between them, by the field that they become."""
    left_out: str
    """The members that are left out without a finding, because they say nothing about the model object."""

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of all listed members."""
        return frozenset(" ".join((*self.fields.values(), self.left_out)).split())


def state_after(source: ForeignValue, *steps: tuple[datetime, RegistrationState]) -> dict[str, Any]:
    """Return the state that some steps lead to, with the history of them."""
    states = (RegistrationState.PENDING, *(after for _, after in steps))
    history = [
        {"at": at.isoformat(), "before": before.value, "after": after.value}
        for before, (at, after) in zip(states, steps, strict=False)
    ]
    return {"state": At(states[-1].value, source.path), "history": history}


def attended(source: ForeignValue, approved: datetime, arrived: datetime) -> dict[str, Any]:
    """Return the state of a person who has arrived; who was entered only later counts as approved since then."""
    steps = ((min(approved, arrived), RegistrationState.APPROVED), (arrived, RegistrationState.ATTENDED))
    return state_after(source, *steps) | {"checkedInAt": arrived.isoformat()}


def moment(source: ForeignValue) -> datetime | None:
    """Return a moment of RFC 3339; None if it cannot be read."""
    decoded = decode_timestamp(source.value)
    return None if decoded is INVALID else decoded
