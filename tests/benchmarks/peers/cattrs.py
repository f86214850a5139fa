"""cattrs with attrs: frozen classes whose fields say their form, a hook for each form, and attrs for what is between.

One converter stops at the first error, which is quicker; another one lists them, class by class.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, get_args, get_origin

import orjson
from attrs import fields, frozen
from cattrs import Converter
from cattrs.errors import AttributeValidationNote, CattrsError, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.orjson import configure_converter

from tests.benchmarks.peers import forms
from tests.benchmarks.peers.peer import Peer, pointer
from tests.benchmarks.peers.plain import moment
from tests.benchmarks.peers.rules import broken, repeats
from tests.benchmarks.peers.words import Consent, Country, Membership, Mode, Need, Role, State, Status
from wtisd_model.schema.fields import camel_case


@frozen
class Form:
    """What a text may be."""

    longest: int
    pattern: str


@frozen
class EachOnce:
    """A list without equal items."""

    longest: int = 100


@frozen
class Between:
    """The bounds of a whole number."""

    least: int
    greatest: int


class RuleError(ValueError):
    """Fields that do not fit together, and where."""

    def __init__(self, place: tuple[str | int, ...], text: str) -> None:
        super().__init__(text)
        self.place = place


Name = Annotated[str, Form(500, forms.NAME)]
Line = Annotated[str, Form(500, forms.LINE)]
Note = Annotated[str, Form(10_000, forms.NOTE)]
Identifier = Annotated[str, Form(64, forms.IDENTIFIER)]
Uid = Annotated[str, Form(255, forms.UID)]
Address = Annotated[str, Form(254, forms.EMAIL)]
Phone = Annotated[str, Form(16, forms.PHONE)]
Language = Annotated[str, Form(35, forms.QUICK_LANGUAGE)]
StateName = Annotated[str, Form(32, forms.STATE_NAME)]
ABSENT: Any = None
"""The default of a field that may be left out and takes no null."""


@frozen(kw_only=True)
class Contact:
    """A person."""

    name: Name = ABSENT
    email: Address = ABSENT
    phone: Phone = ABSENT
    language: Language = ABSENT
    roles: Annotated[tuple[Role, ...], EachOnce()] = ()
    organization: Name = ABSENT


@frozen(kw_only=True)
class Transition:
    """A step from a state to a state."""

    at: datetime
    before: StateName
    after: StateName
    by: Name = ABSENT
    note: Note = ABSENT


@frozen(kw_only=True)
class Reply:
    """What was answered to an invitation."""

    at: datetime
    status: Status
    sequence: Annotated[int, Between(0, 2**31 - 1)] = 0
    session_id: Identifier = ABSENT
    comment: Note = ABSENT


@frozen(kw_only=True)
class Registration:
    """A registration."""

    type: Literal["Registration"] = "Registration"
    schema_version: Literal[1] = 1
    id: Identifier
    event_uid: Uid
    participant: Contact = ABSENT
    organization: Name = ABSENT
    membership: Membership = ABSENT
    country: Country = ABSENT
    mode: Mode
    session_ids: Annotated[tuple[Identifier, ...], EachOnce()] = ()
    listening_languages: Annotated[tuple[Language, ...], EachOnce()] = ()
    needs: Annotated[tuple[Need, ...], EachOnce()] = ()
    listing_consent: Consent = ABSENT
    privacy_notice: Line = ABSENT
    submitted_at: datetime
    submitted_by: Name = ABSENT
    state: State = "pending"
    participation_status: Status = "needs-action"
    waitlisted_at: datetime = ABSENT
    checked_in_at: datetime = ABSENT
    purged_at: datetime = ABSENT
    history: tuple[Transition, ...] = ()
    replies: tuple[Reply, ...] = ()

    def __attrs_post_init__(self) -> None:
        found = broken(self)
        if found:
            raise ExceptionGroup("Registration", [RuleError(place, text) for place, text in found])


def _text_hook(hint: Any) -> Callable[[Any, Any], str]:
    form: Form = get_args(hint)[1]
    longest, match = form.longest, re.compile(form.pattern).match

    def read(value: Any, _hint: Any) -> str:
        if type(value) is str and len(value) <= longest and match(value):
            return value
        raise ValueError("Not of that form.")

    return read


def _whole_hook(hint: Any) -> Callable[[Any, Any], int]:
    between: Between = get_args(hint)[1]

    def read(value: Any, _hint: Any) -> int:
        if type(value) is int and between.least <= value <= between.greatest:
            return value
        raise ValueError("Not such a number.")

    return read


def _word_hook(hint: Any) -> Callable[[Any, Any], Any]:
    words = frozenset(get_args(hint))  # its own hook goes through all 249 countries one by one
    kind = type(get_args(hint)[0])

    def read(value: Any, _hint: Any) -> Any:
        if type(value) is kind and value in words:
            return value
        raise ValueError("Not one of the words.")

    return read


def _moment_hook(value: Any, _hint: Any) -> datetime:
    if type(value) is str and len(value) <= 32 and _MOMENT(value):
        return moment(value)
    raise ValueError("Not a moment.")


_MOMENT = re.compile(forms.MOMENT).match


def _each_once_hook(hint: Any, converter: Converter) -> Callable[[Any, Any], tuple[Any, ...]]:
    plain, once = get_args(hint)
    items = converter.get_structure_hook(plain)

    def read(value: Any, _hint: Any) -> tuple[Any, ...]:
        if type(value) is not list or len(value) > once.longest:
            raise ValueError("Not such a list.")
        made: tuple[Any, ...] = items(value, plain)
        if repeats(made):
            raise ValueError("Two items are equal.")
        return made

    return read


def _says(kind: type) -> Callable[[Any], bool]:
    return lambda hint: get_origin(hint) is Annotated and isinstance(get_args(hint)[1], kind)


def _converter(*, detailed: bool) -> Converter:
    converter = Converter(detailed_validation=detailed, forbid_extra_keys=True)
    configure_converter(converter)
    converter.register_structure_hook(datetime, _moment_hook)
    converter.register_structure_hook_factory(lambda hint: getattr(hint, "__origin__", None) is Literal, _word_hook)
    converter.register_structure_hook_factory(_says(Form), _text_hook)
    converter.register_structure_hook_factory(_says(Between), _whole_hook)
    converter.register_structure_hook_factory(_says(EachOnce), _each_once_hook)
    for cls in (Contact, Transition, Reply, Registration):
        names: Any = {
            each.name: override(rename="@type" if each.name == "type" else camel_case(each.name))
            for each in fields(cls)
        }
        read = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **names)
        converter.register_structure_hook(cls, _objects_only(read))
        write = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **names)
        converter.register_unstructure_hook(cls, write)
    return converter


def _objects_only(read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def checked(value: Any, hint: Any) -> Any:
        if type(value) is not dict:
            raise ValueError("Not an object.")
        return read(value, hint)

    return checked


def _flat(error: BaseException, place: tuple[str | int, ...]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """Yield each error in a tree of errors, with its place."""
    if isinstance(error, ExceptionGroup):  # that of a class and that of a list are such groups
        for inner in error.exceptions:
            yield from _flat(inner, (*place, *_steps(inner)))
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in error.extra_fields:
            yield (*place, key), "unknown"
    elif isinstance(error, KeyError):
        yield (*place, error.args[0]), "missing"
    elif isinstance(error, RuleError):
        yield (*place, *error.place), str(error)
    else:
        yield place, str(error)


def _steps(error: BaseException) -> list[str | int]:
    steps: list[str | int] = []
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote) and not isinstance(error, KeyError):
            steps.append("@type" if note.name == "type" else camel_case(note.name))
        elif isinstance(note, IterableValidationNote):
            steps.append(note.index)
    return steps


REFUSALS = (ValueError, KeyError, ExceptionGroup, CattrsError)


def peers() -> tuple[Peer]:
    """Return the peer, its converters built."""
    quick, detailed = _converter(detailed=False), _converter(detailed=True)
    read, write = quick.get_structure_hook(Registration), quick.get_unstructure_hook(Registration)

    def from_mapping(document: dict[str, Any]) -> Any:
        return read(document, Registration)

    def from_bytes(raw: bytes) -> Any:
        return read(orjson.loads(raw), Registration)

    def findings(raw: bytes) -> Sequence[Any]:
        try:
            detailed.structure(orjson.loads(raw), Registration)
        except REFUSALS as error:
            return list(_flat(error, ()))
        return ()

    return (
        Peer(
            name="cattrs",
            from_bytes=from_bytes,
            from_mapping=from_mapping,
            findings=findings,
            told=lambda raw, _error: findings(raw),
            pointers=lambda found: (pointer(found[0]),),
            refusals=REFUSALS,
            dump=lambda made: orjson.dumps(write(made), option=orjson.OPT_UTC_Z),
        ),
    )
