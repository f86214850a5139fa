"""What all objects have: their ``repr``, their look in Jupyter, and a constructor that checks nothing."""

import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, ClassVar, Never, TypeVar, cast

from attrs import AttrsInstance, Factory, fields, frozen

T = TypeVar("T")


class HtmlMixin:
    """A picture or a small table of an object, for Jupyter."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return it as HTML."""
        from wtisd_model.integrations.ipython import html_of

        return html_of(self)


class ReprMixin(HtmlMixin):
    """The ``repr`` of an object: as that of an attrs class, but without fields that have their default value.

    Written once instead of generated for each class, it makes the import faster.
    """

    __slots__ = ()

    @classmethod
    @cache
    def _repr_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields that are printed."""
        return tuple(each.name for each in fields(cast("type[AttrsInstance]", cls)) if each.repr)

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        """Yield the same fields for Rich, which otherwise prints every field of an attrs class.

        A traceback with locals may print an object before all its fields are set.
        """
        cls: type = type(self)
        defaults = _defaults_of(cls)
        for name in self._repr_fields():
            if hasattr(self, name) and (value := getattr(self, name)) != defaults[name]:
                yield name, value

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({', '.join(values)})"

    def __dir__(self) -> list[str]:
        """List the public names: fields, properties and methods."""
        return [name for name in super().__dir__() if name[0].islower()]


@cache
def _defaults_of(cls: type) -> dict[str, object]:
    factory = cast("type[Any]", Factory)  # attrs declares it as a function
    return {
        each.name: each.default.factory() if isinstance(each.default, factory) else each.default
        for each in fields(cast("type[AttrsInstance]", cls))
    }


_printed = lru_cache(512)(ReprMixin.__repr__)


@frozen(eq=False, repr=False)
class ConstraintRepr(ReprMixin):
    """A repr as that of `ReprMixin`, but remembered: when attrs makes a class, it prints all constraints of its fields.

    For objects that compare by identity and cannot change. Those without attributes need no decorator of their own.
    """

    def __repr__(self) -> str:
        return _printed(self)


@cache
def unchecked_constructor(cls: type[T], *, without: tuple[str, ...] = ()) -> Callable[..., T]:
    """Return a function that makes an object of a frozen attrs class from its fields, in their order or by name.

    It checks nothing, applies no default or converter, and leaves the fields *without* unset, so it takes a fifth of
    the time of the constructor. Use it for values that are known to be good.
    """
    # Attributes of a subclass with the methods of `object` can be set; having the same slots, its objects can then
    # become objects of the class itself. As in attrs, the function is generated: a loop would take three times as long.
    changed = ("__init__", "__setattr__", "__delattr__")
    methods = {"__slots__": (), **{name: getattr(object, name) for name in changed}}
    unfrozen = type(cls.__name__, (cls,), methods)
    names = [each.name for each in fields(cast("type[AttrsInstance]", cls)) if each.name not in without]
    stores = [f"made.{name} = {name}" for name in names]
    if hasattr(cls, "_attrs_cached_hash"):  # of a class with cache_hash
        stores.append("made._attrs_cached_hash = None")
    body = "\n  ".join(["made = unfrozen()", *stores, "made.__class__ = cls", "return made"])
    scope: dict[str, Any] = {"unfrozen": unfrozen, "cls": cls}
    exec(f"def construct({', '.join(names)}):\n  {body}", scope)  # noqa: S102 - the text has only names of fields, and no input
    construct: Callable[..., T] = scope["construct"]
    return construct


def _refuse(made: object) -> Never:
    name = type(made).__name__
    raise TypeError(
        f"msgspec must not fill {name}, because it ignores unknown keys and does not ask dec_hook. Name the type "
        f"wtisd_model.integrations.msgspec.Json[{name}], or Submission[Registration] for a document from a sender."
    )


class _RefusalOfMsgspec:
    """The method ``__attrs_pre_init__``, for msgspec but not for attrs.

    attrs looks for it when it makes a class, which has no ``__attrs_attrs__`` yet; it would call it in the constructor.
    """

    def __get__(self, _made: object, cls: type) -> Any:
        if "__attrs_attrs__" not in vars(cls):
            raise AttributeError
        return _refuse


# Why: docs/decisions/0027
class HooksMixin:
    """The hooks of every class that has a JSON form: documents, their parts, and `Submission`."""

    __slots__ = ()

    def __init_subclass__(cls, **options: Any) -> None:
        """Register the class with our plugin of Hypothesis, if that is loaded."""
        super().__init_subclass__(**options)
        if "_wtisd_model_hypothesis" in sys.modules:
            import _wtisd_model_hypothesis

            _wtisd_model_hypothesis.register(cls)

    __attrs_pre_init__: ClassVar[_RefusalOfMsgspec] = _RefusalOfMsgspec()
    """Raises a TypeError: msgspec calls this, but no hook, before it fills an object of an attrs class."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, _handler: Any) -> Any:
        """Return the schema by which pydantic validates, serializes and describes objects of the class."""
        from wtisd_model.integrations.pydantic import core_schema_for

        return core_schema_for(source)
