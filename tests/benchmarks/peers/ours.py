"""wtisd_model through its public doors: `from_json`, a bound `Validator`, `to_json`."""

from functools import partial
from typing import Any

from tests.benchmarks.peers.peer import Peer
from wtisd_model import Finding, PayloadError, Registration, Validator, from_json, to_json


def _pointers(found: Finding) -> tuple[str]:
    return (found.path,)


def _told(_raw: bytes, error: PayloadError) -> tuple[Finding, ...]:
    return error.findings


def peers() -> tuple[Peer, ...]:
    """Return the two entry points: `from_json`, and a `Validator` that is made once."""
    validator = Validator(Registration)

    def findings(raw: bytes) -> tuple[Finding, ...]:
        return validator(raw).findings

    def bound(payload: Any) -> Registration:
        outcome = validator(payload)
        if outcome.value is None:
            raise PayloadError(*outcome.findings)
        return outcome.value

    door = Peer(
        name="wtisd_model",
        from_bytes=partial(from_json, Registration),
        from_mapping=partial(from_json, Registration),
        findings=findings,
        told=_told,
        pointers=_pointers,
        refusals=(PayloadError,),
        dump=to_json,
    )
    return door, Peer(
        name="wtisd_model, bound Validator",
        from_bytes=bound,
        from_mapping=bound,
        findings=findings,
        told=_told,
        pointers=_pointers,
        refusals=(PayloadError,),
        dump=to_json,
    )
