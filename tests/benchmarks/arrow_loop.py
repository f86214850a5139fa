"""Payloads in Arrow record batches, on one core: `validate_batches`, and the same columns made with a peer."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from tests.benchmarks.peers.peer import Peer
from wtisd_model.integrations.arrow import output_schema, validate_batches

# Of PyArrow's types only some are known to type checkers.
pa: Any = import_module("pyarrow")
COLUMNS = ("event_uid", "country", "mode", "session_ids", "submitted_at", "participant.email")
_AT_ONCE = 4096


def batches(payloads: Sequence[bytes]) -> list[Any]:
    """Put payloads into record batches."""
    starts = range(0, len(payloads), _AT_ONCE)
    return [pa.record_batch({"payload": pa.array(payloads[start : start + _AT_ONCE], pa.binary())}) for start in starts]


def ours(given: Sequence[Any]) -> list[Any]:
    """Validate them."""
    return list(validate_batches(iter(given), columns=COLUMNS))


def theirs(peer: Peer, given: Sequence[Any]) -> list[Any]:
    """Validate them with a peer, in the loop that its user would write."""
    return list(_theirs(peer, given))


def _theirs(peer: Peer, given: Sequence[Any]) -> Iterator[Any]:
    from_bytes, refusals = peer.from_bytes, peer.refusals
    schema = output_schema(columns=COLUMNS)
    for batch in given:
        rows = [_row(peer, raw, from_bytes, refusals) for raw in batch.column("payload").to_pylist()]
        columns = zip(*rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _row(peer: Peer, raw: bytes, from_bytes: Any, refusals: Any) -> tuple[Any, ...]:
    try:
        it = from_bytes(raw)
    except refusals as error:
        return (False, [_finding(peer, said) for said in peer.told(raw, error)], 0, *_NOTHING)
    email = it.participant.email if it.participant else None
    return True, (), 0, it.event_uid, it.country, it.mode, it.session_ids, it.submitted_at, email


_NOTHING = (None,) * len(COLUMNS)


def _finding(peer: Peer, said: Any) -> tuple[str, str, str, str, str]:
    place = next(iter(peer.pointers(said)))
    return said["type"], "error", place, said["msg"], ""


def same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Return True if both agree, apart from the findings, which each library puts in its own words."""
    chosen = ["ok", *COLUMNS]
    return bool(pa.Table.from_batches(one).select(chosen).equals(pa.Table.from_batches(other).select(chosen)))
