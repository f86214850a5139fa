"""What the published schema says of a document through jsonschema, as places that can be compared."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtisd_model.findings import pointer


def places(errors: Iterable[Any]) -> set[str]:
    """Return the places of all errors of a validator."""
    return {place for error in errors for place in pointers(error)}


def pointers(error: Any) -> Iterable[str]:
    """Yield the places of an error: for a missing or unknown key or a repeated item, the key or the item itself."""
    place = pointer(*error.absolute_path)
    match error.validator:
        case "required":
            missing = (key for key in error.validator_value if error.message.startswith(f"{key!r} "))
            return [place + pointer(key) for key in missing]
        case "additionalProperties":
            return [place + pointer(key) for key in error.instance if key not in error.schema["properties"]]
        case "uniqueItems":
            return [place + pointer(index) for index in repeated(error.instance)]
        case _:
            return (place,)


def repeated(items: Sequence[Any]) -> list[int]:
    """Return the indexes of items that are equal to an earlier one."""
    return [index for index, item in enumerate(items) if item in items[:index]]
