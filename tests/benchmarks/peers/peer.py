"""What is asked of a peer: the same five things, through whatever its best users would call."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A library with the rules of a registration told to it, everything built that can be built beforehand."""

    name: str
    from_bytes: Callable[[bytes], Any]
    """Makes an object, or raises one of *refusals*."""
    from_mapping: Callable[[dict[str, Any]], Any]
    """The same, from what `json.loads` gives."""
    findings: Callable[[bytes], Sequence[Any]]
    """Says what is wrong with bytes, in the peer's own words; nothing if nothing is."""
    told: Callable[[bytes, Any], Sequence[Any]]
    """Says the same of bytes that were refused, with the error that was raised."""
    pointers: Callable[[Any], Iterable[str]]
    """Gives the JSON Pointers that a finding points at; not timed."""
    refusals: tuple[type[Exception], ...]
    dump: Callable[[Any], bytes] | None = None
    """Writes an object as JSON; None where the peer makes no objects."""


def pointer(place: Iterable[str | int]) -> str:
    """Write a place as a JSON Pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in place)
