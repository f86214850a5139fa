"""An event with a question of every kind, and an answer to each."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.samples.whole import SIZES, asked, asking
from wtisd_model import Question
from wtisd_model.model.question import IN_OWN_WORDS

ANSWERS: dict[str, tuple[Any, Any]] = {
    "agreement": (True, True),
    "boolean": (False, False),
    "choice": ("small", "small"),
    "choices": (["small", "none"], ("small", "none")),
    "country": ("CH", "CH"),
    "date": ("2027-03-04", date(2027, 3, 4)),
    "decimal": ("1.50", Decimal("1.50")),
    "email": ("participant-1@example.org", "participant-1@example.org"),
    "integer": (2, 2),
    "language": ("fr", "fr"),
    "long-text": ("One\nTwo", "One\nTwo"),
    "phone": ("+41227305111", "+41227305111"),
    "text": ("Fish", "Fish"),
    "url": ("https://example.org/", "https://example.org/"),
}
"""An answer of each kind as in JSON, and its value."""


def of_kind(kind: str, **changes: Any) -> Question:
    return asked(f"q-{kind}", kind, choices=SIZES if kind.startswith("choice") else (), **changes)


EVENT = asking(*(of_kind(kind, statistical=kind not in IN_OWN_WORDS) for kind in ANSWERS))
