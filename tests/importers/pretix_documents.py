"""Documents in the shape that pretix 2026.8 writes, with nobody in them.

The shapes are those of `pretix/api/serializers/order.py` and `pretix/base/exporters/json.py`.
"""

from typing import Any

SECRET = "s3cr3ts3cr3ts3cr3t"  # noqa: S105 - what must not be kept


def answer(identifier: str, text: str, *options: str, question: int = 12) -> dict[str, Any]:
    """Return an answer; a choice has the identifiers of its options."""
    return {
        "question": question,
        "answer": text,
        "question_identifier": identifier,
        "options": list(range(len(options))),
        "option_identifiers": list(options),
    }


def checkin(moment: str, **changes: Any) -> dict[str, Any]:
    """Return a scan of a ticket."""
    return {
        "id": 1,
        "datetime": moment,
        "list": 44,
        "auto_checked_in": False,
        "gate": None,
        "device": 1,
        "device_id": 1,
        "type": "entry",
    } | changes


def position(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a position of an order: a ticket of item 1."""
    return {
        "id": 500 + number,
        "order": "ABC12",
        "positionid": number,
        "item": 1,
        "variation": None,
        "price": "23.00",
        "attendee_name": f"Participant {number}",
        "attendee_name_parts": {"_scheme": "full", "full_name": f"Participant {number}"},
        "company": None,
        "street": "Street 1",
        "zipcode": "1211",
        "city": "Geneva",
        "country": None,
        "state": None,
        "discount": None,
        "attendee_email": None,
        "voucher": None,
        "tax_rate": "0.00",
        "tax_value": "0.00",
        "secret": SECRET,
        "addon_to": None,
        "subevent": None,
        "checkins": [],
        "print_logs": [],
        "downloads": [{"output": "pdf", "url": f"https://tickets.example.org/{SECRET}/"}],
        "answers": [],
        "tax_rule": None,
        "tax_code": None,
        "pseudonymization_id": "MQLJvANO3B",
        "seat": None,
        "canceled": False,
        "valid_from": None,
        "valid_until": None,
        "blocked": None,
        "voucher_budget_use": None,
        "plugin_data": {},
    } | changes


def order(*positions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a paid order of these positions, or of one ticket."""
    return {
        "code": "ABC12",
        "event": "forum",
        "status": "p",
        "testmode": False,
        "secret": SECRET,
        "email": "participant1@example.org",
        "phone": None,
        "locale": "en",
        "datetime": "2027-01-10T09:00:00+01:00",
        "expires": "2027-01-24T23:59:59+01:00",
        "payment_date": "2027-01-11",
        "payment_provider": "banktransfer",
        "fees": [{"id": 1, "fee_type": "payment", "value": "0.25"}],
        "total": "23.25",
        "tax_rounding_mode": "line",
        "comment": "Seen at the desk",
        "custom_followup_at": None,
        "invoice_address": {"name": "Participant 9", "street": "Street 9", "vat_id": "EU1"},
        "positions": list(positions or (position(),)),
        "downloads": [],
        "checkin_attention": False,
        "checkin_text": None,
        "last_modified": "2027-01-12T10:00:00Z",
        "payments": [{"local_id": 1, "details": {"iban": SECRET}}],
        "refunds": [],
        "require_approval": False,
        "sales_channel": "web",
        "url": f"https://tickets.example.org/forum/order/ABC12/{SECRET}/",
        "customer": None,
        "valid_if_pending": False,
        "api_meta": {},
        "cancellation_date": None,
        "plugin_data": {},
    } | changes


def page(*orders: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the API."""
    return {"count": len(orders), "next": None, "previous": None, "results": list(orders)}


def export(*orders: dict[str, Any]) -> dict[str, Any]:
    """Return the export "Order data (JSON)", whose answers name only the ids of their questions."""
    kept = ("code", "status", "testmode", "email", "phone", "locale", "comment", "expires", "datetime", "total")
    exported = [
        {key: each[key] for key in kept}
        | {"user": each["email"], "positions": [_exported_position(one) for one in each["positions"]]}
        for each in orders
    ]
    questions = [{"id": 12, "identifier": "DIET", "required": False, "question": "Diet", "type": "S"}]
    return {"event": {"name": "Forum", "slug": "forum", "items": [], "questions": questions, "orders": exported}}


def _exported_position(whole: dict[str, Any]) -> dict[str, Any]:
    absent = {"order", "attendee_name_parts", "checkins", "downloads", "print_logs", "pseudonymization_id", "canceled"}
    answers = [{"question": each["question"], "answer": each["answer"]} for each in whole["answers"]]
    return {key: value for key, value in whole.items() if key not in absent} | {"answers": answers}
