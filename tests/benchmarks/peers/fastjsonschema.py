"""fastjsonschema: the published schema as Python code, once to stop at the first error and once to list all."""

from collections.abc import Iterable
from typing import Any

import fastjsonschema

from tests.benchmarks.peers.forms import quick_schema
from tests.benchmarks.peers.judged import judged
from tests.benchmarks.peers.peer import Peer, pointer
from tests.benchmarks.peers.plain import is_moment


def _pointers(error: Any) -> Iterable[str]:
    place = pointer(error.path[1:])
    match error.rule:
        case "required":
            return [place + pointer([key]) for key in error.rule_definition if key not in error.value]
        case "additionalProperties":
            known = error.definition["properties"]
            return [place + pointer([key]) for key in error.value if key not in known]
        case _:
            return (place,)


def peers() -> tuple[Peer]:
    """Return the peer, its code generated."""
    # The pattern of an address says all about it.
    options = {"formats": {"date-time": is_moment, "email": lambda _value: True}, "use_default": False}
    accept = fastjsonschema.compile(quick_schema(), **options)
    collect = fastjsonschema.compile(quick_schema(), fast_fail=False, **options)

    def accepts(document: Any) -> bool:
        try:
            accept(document)
        except fastjsonschema.JsonSchemaException:
            return False
        return True

    def errors(document: Any) -> Iterable[Any]:
        try:
            collect(document)
        except fastjsonschema.JsonSchemaValuesException as error:
            return error.errors
        return ()

    return (judged("fastjsonschema", accepts, errors, _pointers),)
