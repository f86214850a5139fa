"""jsonschema-rs: the published schema in Rust, its patterns written without look-ahead where that can be."""

from collections.abc import Iterable
from typing import Any

import jsonschema_rs

from tests.benchmarks.peers.forms import rust_schema
from tests.benchmarks.peers.judged import judged
from tests.benchmarks.peers.peer import Peer, pointer
from tests.benchmarks.peers.plain import is_moment


def _pointers(error: Any) -> Iterable[str]:
    place = pointer(error.instance_path)
    match error.kind.name:
        case "required":
            return (place + pointer([error.kind.property]),)
        case "additionalProperties":
            return [place + pointer([key]) for key in error.kind.unexpected]
        case _:
            return (place,)


def peers() -> tuple[Peer]:
    """Return the peer, its validator built."""
    validator = jsonschema_rs.Draft202012Validator(
        # The pattern of an address says all about it.
        rust_schema(),
        validate_formats=True,
        formats={"date-time": is_moment, "email": lambda _value: True},
    )
    return (judged("jsonschema-rs", validator.is_valid, validator.iter_errors, _pointers),)
