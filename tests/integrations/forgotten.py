"""What nobody may find in tables after somebody was purged."""

import hashlib
import json
from uuid import NAMESPACE_DNS, NAMESPACE_OID, NAMESPACE_URL, NAMESPACE_X500, uuid5

from wtisd_model import Registration, person_key


def assert_forgotten(dump: str, registration: Registration, *keys: str) -> None:
    """Assert that a dump of tables has neither a person's name and address nor what can be made of them or of a key."""
    person = registration.participant
    assert person
    parts = [
        person.name or "",
        person.email or "",
        f"{person.name} <{person.email}>",
        f"{person.email}{person.name}",
        *keys,
    ]
    spellings = {spelling for part in parts for spelling in (part, part.casefold(), part.upper())}
    digests = {
        digest
        for spelling in spellings
        for digest in (
            *(hashlib.new(name, spelling.encode()).hexdigest() for name in ("md5", "sha1", "sha256")),
            *(f"{uuid5(space, spelling)}" for space in (NAMESPACE_DNS, NAMESPACE_OID, NAMESPACE_URL, NAMESPACE_X500)),
        )
    }
    found = dump.casefold()
    written = {json.dumps(spelling)[1:-1] for spelling in spellings}
    assert [
        each for each in (*spellings, *written, *digests, str(person_key(registration))) if each.casefold() in found
    ] == []
