"""The methods of a class that other libraries call; each loads its code when it is called."""

from typing import Any, ClassVar, Never


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

    __attrs_pre_init__: ClassVar[_RefusalOfMsgspec] = _RefusalOfMsgspec()
    """Raises a TypeError: msgspec calls this, but no hook, before it fills an object of an attrs class."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, _handler: Any) -> Any:
        """Return the schema by which pydantic validates, serializes and describes objects of the class."""
        from wtisd_model.integrations.pydantic import core_schema_for

        return core_schema_for(source)
