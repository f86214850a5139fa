"""The plan of each class: what reads its fields, put together from their declarations when it is first asked for."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, partial
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any, Final

from pendulum import DateTime

from wtisd_model.json import shaping
from wtisd_model.json.json_types import MOST_EXACT
from wtisd_model.json.native import NATIVE
from wtisd_model.json.scalars import COME_AGAIN, day_of, exact_of, familiar
from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.schema.constraints import (
    Boolean,
    CodeList,
    Constraint,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Map,
    Nested,
    Pattern,
    Text,
    Timestamp,
    compiled,
    holds,
)
from wtisd_model.schema.fields import (
    FieldSpec,
    Invariant,
    dependencies_of,
    fields_of,
    invariants_of,
    json_form_of,
    parameters_of,
)
from wtisd_model.types.language import LocalizedText, Translations
from wtisd_model.types.money import Money
from wtisd_model.types.text import EMAIL
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import Repeated, resolve, to_utc

ENGINE: Final[Any] = NATIVE or shaping
"""The module whose readers are used."""


@cache
def document_plan(cls: type, engine: Any = ENGINE) -> Any:
    """Give what reads the documents of a class, which may say what they are and in which version of the format."""
    return _plan(cls, None, engine, {"@type": document_name(cls), "schemaVersion": SCHEMA_VERSION})


@cache
def plan_of(cls: type, text: Text | None = None, engine: Any = ENGINE) -> Any:
    """Give what reads the objects of a class, whose free texts are narrowed to *text*.

    Raises:
        TypeError: a class that would be filled otherwise than by its constructor, for the author of the class.
    """
    return _plan(cls, text, engine, {})


def _plan(cls: type, text: Text | None, engine: Any, head: dict[str, Any]) -> Any:
    specs = fields_of(cls)
    make = _maker_of(cls, engine)
    if make is None and "__attrs_post_init__" in vars(cls):
        raise TypeError(f"Its constructor does more than to check: {cls}")
    places = tuple(_place(number, spec, text, engine) for number, spec in enumerate(specs))
    # What makes a slot asks what the rules of its written form ask.
    return engine.Plan(cls, text, places, () if cls is TimeSlot else rules_of(cls, engine), make, head)


@cache
def rules_of(cls: type, engine: Any = ENGINE) -> tuple[Any, ...]:
    """Give the rules between the fields of a class."""
    places = fields_of(cls)
    return tuple(_rule(rule, places, engine) for rule in invariants_of(json_form_of(cls)))


def _rule(rule: Invariant, specs: tuple[FieldSpec, ...], engine: Any) -> Any:
    numbers = {spec.name: number for number, spec in enumerate(specs)}
    names = parameters_of(rule)
    asked = [numbers[name] for name in names]

    def named(*values: Any) -> Any:
        return rule(**dict(zip(names, values, strict=True)))

    parameters = signature(rule).parameters.values()
    ask = named if any(each.kind is Parameter.KEYWORD_ONLY for each in parameters) else rule
    about = sum(1 << numbers[name] for name in dependencies_of(rule))
    needs = any(specs[number].required for number in asked)
    if not needs and any(ask(*(_absent(specs[number]) for number in asked))):
        about |= engine.ALWAYS
    return engine.Rule(ask, tuple(asked), about)


def _place(number: int, spec: FieldSpec, text: Text | None, engine: Any) -> Any:
    reader = _reader(spec.constraint, text, engine)
    return engine.Place(number, spec.name, spec.key, reader, _absent(spec), spec.required)


def _absent(spec: FieldSpec) -> Any:
    """Give what an object holds where a field is absent."""
    match spec.constraint:
        case Map():
            return _NO_ENTRIES
        case Items() | Boolean() if not spec.required and spec.default is None:
            raise TypeError(f"A field that is None, not empty, where it is absent: {spec}")
        case _:
            return None if spec.required else spec.default


def _reader(constraint: Constraint, text: Text | None, engine: Any) -> Any:
    match constraint:
        case Nested(cls=cls, text=narrowed):
            return plan_of(cls, narrowed, engine)
        case Items(item=Nested(), unique=True):
            raise TypeError(f"Parts of which no two are equal, which no reader looks at: {constraint}")
        case Items(item=Nested() as part, minimum=minimum, maximum=maximum):
            return engine.PartsReader(_reader(part, None, engine), minimum, maximum)
        case Items(item=item, minimum=minimum, maximum=maximum, unique=unique, container=container):
            inner = _familiar(item, engine) if isinstance(item, Pattern) else _reader(item, None, engine)
            return engine.ItemsReader(inner, minimum, maximum, unique, container is frozenset)
        case Map(key=key, value=value, maximum=maximum):
            return engine.EntriesReader(_familiar(key, engine), _reader(text or value, None, engine), maximum)
        case _:
            return _leaf_reader(text if isinstance(constraint, Text) and text is not None else constraint, engine)


@cache
def _leaf_reader(constraint: Any, engine: Any) -> Any:
    match constraint:
        case Text(maximum=maximum, pattern=pattern):
            return engine.TextReader(maximum, compiled(pattern).match)
        case Pattern() if constraint in COME_AGAIN:
            return _familiar(constraint, engine)
        case Pattern(maximum=maximum):
            return (engine.EmailReader if constraint is EMAIL else engine.PatternReader)(maximum, holds(constraint))
        case CodeList(values=values):
            return engine.OneOfReader(values)
        case Enumeration(members=members):
            return engine.ChoiceReader({member.value: member for member in members})
        case Boolean():
            return engine.FlagReader()
        case Integer(minimum=minimum, maximum=maximum):
            if minimum < -MOST_EXACT or maximum > MOST_EXACT:
                raise TypeError(f"Numbers that not all programs can hold: {constraint}")
            return engine.WholeReader(constraint)
        case Timestamp():
            return engine.MomentReader()
        case Date():
            return engine.WrittenReader(day_of)
        case DecimalNumber():
            return engine.WrittenReader(partial(exact_of, constraint))
        case _:
            raise TypeError(f"A kind of value that no reader knows: {constraint}")


@cache
def _familiar(constraint: Pattern, engine: Any) -> Any:
    return engine.FamiliarReader(constraint.maximum, familiar(constraint))


_NO_ENTRIES: Final[Mapping[str, str]] = MappingProxyType({})


def _maker_of(cls: type, engine: Any) -> Callable[..., Any] | None:
    """Give what makes an object of which the values of its fields are not all it holds; None where they are."""
    if cls is LocalizedText:
        return partial(_localized_text, engine.Filler(LocalizedText, ("text", "language", "translations")))
    if cls is TimeSlot:
        return partial(_time_slot, engine.Filler(TimeSlot, ("start", "end")))
    return _money if cls is Money else None


def _localized_text(
    fill: Callable[..., Any], text: str, language: str, translations: Mapping[str, str]
) -> LocalizedText:
    made: LocalizedText = fill(text, language, Translations(translations))
    return made


def _money(amount: Decimal, currency: str) -> Money:
    return Money(amount=amount, currency=currency)  # which brings the amount to its minor unit


def _time_slot(
    fill: Callable[..., Any],
    start: str,
    end: str,
    zone: str,
    start_repeated: Repeated | None,
    end_repeated: Repeated | None,
) -> TimeSlot | None:
    """Make a slot, if both times come on the clocks of its zone, and in this order."""
    first, last = resolve(start, zone, start_repeated), resolve(end, zone, end_repeated)
    if not isinstance(first, DateTime) or not isinstance(last, DateTime) or to_utc(last) <= to_utc(first):
        return None
    made: TimeSlot = fill(first, last)
    return made
