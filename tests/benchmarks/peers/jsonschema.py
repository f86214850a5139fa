"""jsonschema: the published schema with its formats, as `schema_validator` gives it; it decides what is right."""

from tests.benchmarks.peers.judged import judged
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.referee import pointers
from wtisd_model import Registration, schema_validator


def peers() -> tuple[Peer]:
    """Return the peer, its validator built."""
    validator = schema_validator(Registration)
    return (judged("jsonschema", validator.is_valid, validator.iter_errors, pointers),)
