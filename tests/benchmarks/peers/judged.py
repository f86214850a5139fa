"""The peers that only judge a document: it is read, judged, looked at between its fields, and made an object."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson

from tests.benchmarks.peers.peer import Peer, pointer
from tests.benchmarks.peers.plain import Registration, built
from tests.benchmarks.peers.rules import broken

Places = Iterable[str]


class RefusedError(Exception):
    """The document is refused."""


def judged(
    name: str, accepts: Callable[[Any], bool], errors: Callable[[Any], Iterable[Any]], places: Callable[[Any], Places]
) -> Peer:
    """Make a peer of its judgement on a document and of its list of errors."""

    def from_mapping(document: dict[str, Any]) -> Registration:
        if not accepts(document):
            raise RefusedError
        made = built(document)
        if broken(made):
            raise RefusedError
        return made

    def from_bytes(raw: bytes) -> Registration:
        try:
            document = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise RefusedError from error
        return from_mapping(document)

    def findings(raw: bytes) -> Sequence[Any]:
        try:
            document = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            return (((), str(error)),)
        # What is between the fields can be asked of an object only, so only where the shape is good.
        return list(errors(document)) or broken(built(document))

    def told(raw: bytes, _error: RefusedError) -> Sequence[Any]:
        return findings(raw)

    def pointers(found: Any) -> Places:
        return (pointer(found[0]),) if isinstance(found, tuple) else places(found)

    return Peer(
        name=name,
        from_bytes=from_bytes,
        from_mapping=from_mapping,
        findings=findings,
        told=told,
        pointers=pointers,
        refusals=(RefusedError,),
    )
