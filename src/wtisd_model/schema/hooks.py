"""The methods that other libraries look for on a class; each loads its code when it is called."""

from typing import Any


class PydanticMixin:
    """Lets pydantic validate, serialize and describe objects of a class."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, _handler: Any) -> Any:
        from wtisd_model.integrations.pydantic import core_schema_for

        return core_schema_for(source)
