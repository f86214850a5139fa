"""A format, and what it carries of the fields of our objects."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event, session_status
from wtisd_model.model.session import EventStatus
from wtisd_model.programme.people import Readers, positions_unnamed
from wtisd_model.schema.constraints import Items, Nested
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.people import Contact, Role

Fields = Mapping[str, frozenset[str]]
"""Names of fields by the name of their class: ``{"Session": frozenset({"code"})}``."""

_NO_FIELDS: Final[Fields] = MappingProxyType({})


def listed(**names: str) -> dict[str, frozenset[str]]:
    """Return names of fields by their class, where each class has them in one text: ``Session="code track"``."""
    return {cls: frozenset(text.split()) for cls, text in names.items()}


ANNOUNCED: Final = frozenset(EventStatus) - {EventStatus.DRAFT}


@frozen(kw_only=True)
class Format:
    """A format that objects are written in. What is not listed here is carried: programs can read it back.

    A class that only occurs in fields which are not carried need not be listed.
    """

    name: str
    media_type: str
    extension: str
    """How the names of its files end."""
    as_text: Fields = field(factory=dict[str, frozenset[str]])
    """The fields that people can read in a text, but that programs cannot read back."""
    not_carried: Fields = field(factory=dict[str, frozenset[str]])
    statuses: frozenset[EventStatus] = ANNOUNCED
    """The statuses of sessions that it lists; sessions with another one are left out."""
    readers: Readers = Readers.PUBLIC
    """Who reads it, which decides who of an event is named."""
    private: frozenset[str] = frozenset()
    """The fields of a Contact that are left out unless its role is to be contacted."""


def format_like(
    format_: Format,
    *,
    carried: Fields = _NO_FIELDS,
    as_text: Fields = _NO_FIELDS,
    not_carried: Fields = _NO_FIELDS,
    **changes: Any,
) -> Format:
    """Return a format that differs from another one in its name, and in what it does with these fields."""
    return evolve(
        format_,
        as_text=_moved(format_.as_text, as_text, carried, not_carried),
        not_carried=_moved(format_.not_carried, not_carried, carried, as_text),
        **changes,
    )


def _moved(fields: Fields, added: Fields, *removed: Fields) -> Fields:
    names = {cls: fields.get(cls, frozenset()) | added.get(cls, frozenset()) for cls in {**fields, **added}}
    return {cls: names[cls].difference(*(others.get(cls, ()) for others in removed)) for cls in names}


def losses(format_: Format, thing: object) -> Iterator[Finding]:
    """Yield a warning for each field of an object that has a value which a format does not carry.

    ``field-not-carried`` or ``field-as-text``, once for each field, at its first value; ``sessions-left-out``, once
    for each status of sessions that the format does not list, at the first of them; and ``people-left-out``, once for
    each field, at the first person whom it leaves out, wholly or in a role.
    """
    reported: set[str] = set()
    for code, name, path in _lost(format_, type(thing), to_builtins(thing), ""):
        if name not in reported:
            reported.add(name)
            yield finding(code, path, field=name)
    if isinstance(thing, Dossier):
        yield from _left_out(format_, thing.event, "/event")
    elif isinstance(thing, Event):
        yield from _left_out(format_, thing, "")


def _left_out(format_: Format, event: Event, path: str) -> Iterator[Finding]:
    yield from _sessions_left_out(format_, event, path)
    lost = format_.not_carried.get("Event", frozenset())
    if "contacts" not in lost:
        # A signatory is named with the document that is signed, where a format has that.
        has_letter = "documents" not in lost and "signed" not in format_.not_carried.get("Document", ())
        for position in positions_unnamed(event if has_letter else evolve(event, documents=()), format_.readers)[:1]:
            yield finding(Code.PEOPLE_LEFT_OUT, path + pointer("contacts", position), field="Event.contacts")
    for index, session in enumerate(event.sessions):
        unnamed = () if session.status is EventStatus.DRAFT else positions_unnamed(session, format_.readers)
        if unnamed:
            place = pointer("sessions", index, "people", unnamed[0])
            yield finding(Code.PEOPLE_LEFT_OUT, path + place, field="Session.people")
            return


def _sessions_left_out(format_: Format, event: Event, path: str) -> Iterator[Finding]:
    reported: set[EventStatus] = set()
    for index, session in enumerate(event.sessions):
        # A draft was not announced, so it is not cancelled with its event.
        is_draft = session.status is EventStatus.DRAFT
        status = EventStatus.DRAFT if is_draft else session_status(event, session)
        if status not in format_.statuses | reported:
            reported.add(status)
            yield finding(Code.SESSIONS_LEFT_OUT, path + pointer("sessions", index), status=status.value)


def _lost(format_: Format, cls: type, plain: Any, path: str) -> Iterator[tuple[Code, str, str]]:
    """Yield the code, the name and the path of each value that is lost, in the JSON of an object of *cls*."""
    for spec in fields_of(cls):
        if spec.key not in plain:
            continue
        name, here = f"{cls.__name__}.{spec.name}", path + pointer(spec.key)
        is_private = cls is Contact and spec.name in format_.private and Role.CONTACT not in plain.get("roles", ())
        if is_private or spec.name in format_.not_carried.get(cls.__name__, ()):
            yield Code.FIELD_NOT_CARRIED, name, here
        elif spec.name in format_.as_text.get(cls.__name__, ()):
            yield Code.FIELD_AS_TEXT, name, here
        elif isinstance(spec.constraint, Nested):
            yield from _lost(format_, spec.constraint.cls, plain[spec.key], here)
        elif isinstance(spec.constraint, Items) and isinstance(spec.constraint.item, Nested):
            for index, item in enumerate(plain[spec.key]):
                yield from _lost(format_, spec.constraint.item.cls, item, here + pointer(index))
