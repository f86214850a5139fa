"""The base class of every object: validation, equality, hash and ``repr``.

attrs could generate these methods for each class; defined once, here, they save a third of the import time.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, get_type_hints

from attrs import fields

from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, pointer
from wtisd_model.objects import HooksMixin, ReprMixin
from wtisd_model.schema.fields import Invariant, fields_of_class, invariants_of, parameters_of

if TYPE_CHECKING:
    from inspect import Signature


class EqMixin(ReprMixin):
    """Equality and hash of attrs: by the attributes, among objects of the same class."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash((type(self), _values(self)))


class _PlainSignature:
    """The signature of a class with types only; the constraints in the annotations would hide them."""

    def __get__(self, _instance: object, cls: Any) -> "Signature":
        from inspect import signature  # when somebody looks at it: for all classes it is 1 ms of the import

        generated = cls.__init__
        # A subclass may name types that only its function or the type checker knows: they stay as they are written.
        with suppress(NameError):
            # help() looks here before it prints __init__, which then has the same types.
            generated.__annotations__ = get_type_hints(generated) | {"return": None}
        own = signature(generated)
        return own.replace(parameters=[*own.parameters.values()][1:])  # without self


class Model(HooksMixin, EqMixin):
    """The base class of objects that are validated on creation: each field, then the cross-field rules.

    A value that a field does not hold in the form it has, such as a list, is converted if it has only one meaning.

    Raises:
        TypeError: when the class is first used, if an annotation has no known constraint.
    """

    __slots__ = ()

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = ()
    """The cross-field rules: functions that take fields by name and yield findings."""

    __signature__: ClassVar[_PlainSignature] = _PlainSignature()

    def __attrs_post_init__(self) -> None:
        cls: type = type(self)
        for spec in fields_of_class(cls):
            value = getattr(self, spec.name)
            found = None if value is None and spec.optional else spec.constraint.check(value)
            if found is not None:
                from wtisd_model.schema.conversion import convert  # most values need none

                converted = convert(spec.constraint, value)
                if isinstance(converted, Finding):
                    raise InvalidValueError(converted.prefixed(pointer(spec.key)))
                object.__setattr__(self, spec.name, converted)
        for invariant in invariants_of(cls):
            for found in invariant(*[getattr(self, name) for name in parameters_of(invariant)]):
                raise InvalidValueError(found)

    @classmethod
    @cache
    def _repr_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields to print: all that are not personal."""
        own: type = cls
        return tuple(spec.name for spec in fields_of_class(own) if not spec.personal)


def _values(checked: object) -> object:
    cls: type = type(checked)
    return _values_of(cls)(checked)


@cache
def _values_of(cls: type) -> Callable[[object], object]:
    return attrgetter(*(attribute.name for attribute in fields(cls) if attribute.eq))
