"""Foreign documents: their values become a payload of this package, whose reader makes the objects.

The reader of a format only says which value belongs to which JSON key of the model, and where it was found. What a
value may be is decided by the declarations of the model fields: what a field refuses is left out, and reported at its
place in the foreign document.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, TypeVar, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, FindingCollector
from wtisd_model.json.accelerator import SPEEDUPS
from wtisd_model.json.decoder import object_decoder
from wtisd_model.json.json_types import Bounds
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.constraints import Constraint, Items, Map, Nested
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.schema.json_values import is_array, is_object
from wtisd_model.types.scalars import INVALID

T = TypeVar("T")

_Steps = tuple[str | int, ...]
"""The keys and indices that lead to a value."""


Draft = dict[str, Any]
"""A payload of this package, in which any value may be an `At`."""


class _AllFindings(FindingCollector):
    """Stores every finding: each is about a value of the document, so that there are no more of them than values."""

    def add(self, found: Finding, length: int | None = None) -> None:  # noqa: ARG002 - nothing is counted
        """Store a finding."""
        self.kept.append(found)


def make(cls: type[T], draft: Mapping[str, Any] | At, notes: Notes) -> T | None:
    """Return the object that a draft describes, without the values that its fields refuse.

    A refused value is left out, with ``value-dropped``, if its field is optional or if it is an item of a list; if not,
    the object that holds it is left out.

    Args:
        cls: the class of the object.
        draft: a payload of this package, in which any value may be an `At`, as may the whole. None is left out. A value
            that is an object of the model already, such as a `TimeSlot`, is taken as it is.
        notes: where findings are added, at the places in the foreign document.

    Returns:
        The object; None with an error among the findings if it cannot be made.
    """
    payload, refused = _copied(draft, with_places=False), _AllFindings()
    decode, accelerated = _decoders(cast("type", cls))
    fast = None if accelerated is None else accelerated(payload)
    built = decode(payload, refused) if fast is None else fast
    if built is not INVALID:  # most drafts are good, and need no places
        return cast("T", built)
    whole = _copied(draft, with_places=True)
    tree, root = whole if type(whole) is At else (whole, "")
    while built is INVALID:
        lost: set[_Steps] = set()
        for refusal in refused.kept:
            steps, place = _located(refusal.path, tree, root)
            optional = _optional_part(cls, steps)
            if not optional:
                notes.add(evolve(refusal, path=place))
                return None
            if all(optional[:length] not in lost for length in range(1, len(optional) + 1)):
                lost.add(optional)
                notes.note(Code.VALUE_DROPPED, place, reason=refusal.code)
        # From the last to the first, so that the indices of the others stay true.
        for steps in sorted(lost, reverse=True):
            _remove(tree, steps)
        refused = _AllFindings()
        built = decode(_copied(tree, with_places=False), refused)
    return cast("T", built)


@cache
def _decoders(cls: type) -> tuple[Callable[..., Any], Callable[[Any], Any] | None]:
    """Return the decoder of a class, and the function of the accelerator that makes objects of good payloads.

    An event has ready slots, which the accelerator cannot take.
    """
    is_accelerated = SPEEDUPS and cls in DOCUMENTS and cls is not Event
    return object_decoder(cls).decode, SPEEDUPS.Accelerator(cls, _BOUNDS).make if is_accelerated else None


# The foreign document has been measured.
_BOUNDS: Final = Bounds(bytes=2**40, depth=100, values=2**40, number_length=300)


def guessed_history(status: EventStatus, at: At | datetime, notes: Notes, path: str) -> list[Draft]:
    """Return the transition to cancelled or postponed, without which nothing has such a status; nothing for another.

    *at* is a guess, which is noted: documents do not say when that was.
    """
    if status not in {EventStatus.CANCELLED, EventStatus.POSTPONED}:
        return []
    notes.note_once(Code.STATUS_TIME_INFERRED, path, status=status.value)
    moment = at.isoformat() if isinstance(at, datetime) else at
    return [{"at": moment, "before": EventStatus.SCHEDULED.value, "after": status.value}]


def _copied(draft: Any, *, with_places: bool, of_others: bool = False) -> Any:
    """Return a draft in new dicts and lists, without None, unless it is JSON *of_others*, of other programs."""
    if type(draft) is At:
        copy = _copied(draft.value, with_places=with_places, of_others=of_others)
        return At(copy, draft.path) if with_places and copy is not None else copy
    if is_object(draft):
        members: Draft = {}
        for key, value in draft.items():
            copy = value
            if type(value) is not str:
                copy = _copied(value, with_places=with_places, of_others=of_others or key == _OF_OTHERS)
            if copy is not None or of_others:
                members[key] = copy
        return members
    if type(draft) in {list, tuple}:
        copies = [_copied(item, with_places=with_places, of_others=of_others) for item in draft]
        return copies if of_others else [copy for copy in copies if copy is not None]
    return draft


_OF_OTHERS: Final = "extensions"
"""The key of data of other programs, which are not interpreted."""


def _member(constraint: Constraint | None, step: str | int) -> tuple[Constraint | None, bool]:
    """Return the constraint of a member or an item, if it has one, and whether it must be there."""
    if isinstance(constraint, Nested):
        spec = _specs(constraint.cls).get(step)
        return (None, False) if spec is None else (spec.constraint, spec.required)
    if isinstance(constraint, Items):
        return constraint.item, False
    return (constraint.value, False) if isinstance(constraint, Map) else (None, False)


@cache
def _specs(cls: type) -> dict[str | int, FieldSpec]:
    return {spec.key: spec for spec in fields_of(cls)}


def _located(path: str, tree: Any, root: str) -> tuple[_Steps, str]:
    """Return the steps to the value that a finding is about, and its place in the foreign document.

    Where a key is missing, they are those of the object that lacks it.
    """
    steps: list[str | int] = []
    place, node = root, tree
    for token in path.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if is_object(node) and key in node:
            steps.append(key)
            node = node[key]
        elif is_array(node):
            steps.append(int(token))
            node = node[int(token)]
        else:
            break
        if type(node) is At:
            node, place = node
    return tuple(steps), place


def _optional_part(cls: type, steps: _Steps) -> _Steps:
    """Return the steps to the innermost of these values that may be left out; none if that is the whole object."""
    constraint: Constraint | None = Nested(cls)
    optional: _Steps = ()
    for number, step in enumerate(steps, 1):
        constraint, is_required = _member(constraint, step)
        if not is_required:
            optional = steps[:number]
    return optional


def _remove(tree: Any, steps: _Steps) -> None:
    node = tree
    for step in steps[:-1]:
        node = node[step]
        if type(node) is At:
            node = node.value
    del node[steps[-1]]
