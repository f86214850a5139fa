"""An immutable mapping, sorted by key so that equal mappings are written alike."""

from collections.abc import ItemsView, Iterator, Mapping
from typing import Self, TypeVar

V = TypeVar("V")


class FrozenMapping(Mapping[str, V]):
    """An immutable mapping from strings, sorted by key, that can be hashed, copied and pickled."""

    __slots__ = ("_values",)
    _values: Mapping[str, V]

    def __init__(self, values: Mapping[str, V] | None = None) -> None:
        given = values or {}
        try:
            keys = sorted(given)
        except TypeError:  # keys that are not all texts, which a check will refuse
            keys = sorted(given, key=str)
        object.__setattr__(self, "_values", {key: given[key] for key in keys})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed.")

    def __reduce__(self) -> tuple[type[Self], tuple[Mapping[str, V]]]:
        # The default would set attributes, which __setattr__ refuses.
        return type(self), (self._values,)

    def __getitem__(self, key: str) -> V:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def items(self) -> ItemsView[str, V]:
        """Return a view of the members, which is faster than the one that Mapping makes."""
        return self._values.items()

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._values!r})"
