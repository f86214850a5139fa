"""Registrations in the shape that Indico 3.3 writes, with nobody in them, and the event that they are for."""

from typing import Any

from tests.importers.forum import forum
from wtisd_model import QuestionKind

SECRET = "11111111-2222-3333-4444-555555555555"  # noqa: S105 - what must not be kept
EVENT = forum(
    "indico-event-7@indico.example.org",
    {
        "1": QuestionKind.TEXT,
        "2": QuestionKind.INTEGER,
        "3": QuestionKind.DECIMAL,
        "4": QuestionKind.BOOLEAN,
        "5": QuestionKind.COUNTRY,
        "6": QuestionKind.DATE,
        "7": QuestionKind.CHOICE,
        "8": QuestionKind.CHOICES,
    },
    choices=("aaaa-1", "bbbb-2"),
)


def field(number: int, data: Any, kind: str = "text") -> dict[str, Any]:
    """Return a field of a form with the data that a person gave."""
    return {
        "id": number,
        "position": number,
        "title": "Question",
        "description": "",
        "input_type": kind,
        "data": data,
        "default_value": "",
    }


def person(*fields: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a registration as `CheckinRegistrationSchema` writes it."""
    section = {"id": 1, "position": 1, "title": "Personal Data", "description": "", "fields": list(fields)}
    return {
        "id": 42,
        "regform_id": 3,
        "event_id": 7,
        "full_name": "Participant 1",
        "email": "participant1@example.org",
        "state": "complete",
        "checked_in": False,
        "checked_in_dt": None,
        "checkin_secret": SECRET,
        "is_paid": True,
        "price": 10.0,
        "payment_date": "2027-01-11T10:00:00+00:00",
        "currency": "EUR",
        "formatted_price": "€10.00",
        "tags": [],
        "occupied_slots": 1,
        "registration_date": "2027-01-10T09:00:00.123456+00:00",
        "registration_data": [section],
        "personal_data_picture": None,
    } | changes
