"""The relation of a submission to its event: the uid, the fields and questions of the call, and the modes."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import OPTIONAL_FIELDS, Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.question import Question
from wtisd_model.schema.json_values import is_object
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


# Why: docs/decisions/0023
class FormFields:
    """The optional fields of the form of a call, as the steps to each: ``["participant", "phone"]``."""

    def __init__(self, call: Call) -> None:
        optional = OPTIONAL_FIELDS[call.kind]
        shown = optional if call.fields is None else call.fields
        self.unasked: list[list[str]] = [name.split(".") for name in optional if name not in shown]
        """Those for which it does not ask."""
        self.required: list[list[str]] = [name.split(".") for name in call.required]
        """Those that have to be filled in."""

    def findings(self, document: Mapping[str, Any]) -> tuple[list[Finding], list[Finding]]:
        """Return the findings about required fields that a submission lacks, and about those that were not asked for.

        An empty list is no answer to a required field.
        """
        missing = [
            finding(Code.KEY_MISSING, pointer(*steps))
            for steps in self.required
            if is_object(inner := _holder(document, steps)) and inner.get(steps[-1], []) == []
        ]
        unasked = [
            finding(Code.FIELD_NOT_ASKED, pointer(*steps))
            for steps in self.unasked
            if is_object(inner := _holder(document, steps)) and steps[-1] in inner
        ]
        return missing, unasked


def form_fields(event: Event, kind: CallKind) -> FormFields | None:
    """Return the optional fields of a form; None if it asks for all of them and requires none."""
    call = event.call(kind)
    return None if call is None or (call.fields is None and not call.required) else FormFields(call)


def _holder(document: Mapping[str, Any], steps: Sequence[str]) -> object:
    """Return what should be the object with the last of the *steps*."""
    return document if len(steps) == 1 else document.get(steps[0])
