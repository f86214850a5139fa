"""Submissions as an engine of data frames holds them: most are good, some are wrong, some are not there."""

import json
import os
from datetime import UTC, datetime

from tests.hypothesis_profiles import chosen
from wtisd_model import wtisd_23

NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)


def payload(number: int) -> str | None:
    """Write one of many submissions: most are good, some have a mistake, some are no JSON, some are not there."""
    if number % 10 == 7:
        return None
    person = {"name": f"Participant {number} à Genève", "email": f"p{number}@example.org"}
    document = {"eventUid": wtisd_23().uid, "participant": person, "mode": "remote"}
    if number % 5 == 3:
        document |= {"mode": "onsite", "state": "approved"}
    line = json.dumps(document, ensure_ascii=False)
    return line[:-1] if number % 5 == 4 else line


PAYLOADS = [payload(number) for number in range(200)]

MANY = 1_000_000 if chosen(os.environ) == "soak" else 100_000
"""Rows of a large frame: a million take minutes in all engines, for a night."""
