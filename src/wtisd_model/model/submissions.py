"""The relation of a submission to its event: the uid, the questions of the call, and the modes of attendance."""

from typing import Any

from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.question import Question
from wtisd_model.types.attendance import ParticipationMode


def belongs_to(submission: Any, event: Event) -> bool:
    """Return True unless a submission names another event; a pledge does not have to name one."""
    return submission.event_uid is None or submission.event_uid == event.uid


def questions_of(event: Event, kind: CallKind) -> tuple[Question, ...]:
    """Return the questions of a call of an event, including retired ones; an empty tuple without the call."""
    call = event.call(kind)
    return () if call is None else call.questions


def all_modes(event: Event) -> frozenset[ParticipationMode] | None:
    """Return how one can take part in an event or in one of its sessions; None for a draft without a place."""
    if event.attendance_mode is None:
        return None
    found = (event.attendance_mode, *map(event.mode_of, event.sessions))
    return frozenset(mode for each in found if each is not None for mode in each.modes)
