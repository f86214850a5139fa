"""marshmallow: schemas with validators, which make frozen attrs objects after all is checked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from tests.benchmarks.peers import forms, plain
from tests.benchmarks.peers.peer import Peer, pointer
from tests.benchmarks.peers.plain import is_moment
from tests.benchmarks.peers.rules import broken, repeats
from wtisd_model.schema.fields import camel_case


def text(longest: int, pattern: str, **options: Any) -> fields.String:
    """Make a field of a form."""
    # The length goes first, and a pattern is only then tried; both are told where both are wrong.
    return fields.String(validate=[validate.Length(max=longest), validate.Regexp(pattern)], **options)


def named(**options: Any) -> fields.String:
    """Make a field of a name."""
    return text(500, forms.NAME, **options)


def word(definition: str, **options: Any) -> fields.String:
    """Make a field of one word of a code list of the published schema."""
    return fields.String(validate=validate.OneOf(frozenset(forms.words(definition))), **options)


def each_once(items: Sequence[Any]) -> None:
    """Refuse a list with equal items."""
    if repeats(items):
        raise ValidationError("Two items are equal.")


def items(item: Any) -> fields.List:
    """Make a field of a list without equal items."""
    return fields.List(item, validate=[validate.Length(max=100), each_once], load_default=(), dump_default=())


class Timestamp(fields.Field[datetime]):
    """A moment with an offset."""

    form = validate.Regexp(forms.MOMENT)

    def _serialize(self, value: datetime | None, _attr: str | None, _obj: Any, **_: Any) -> str | None:
        return None if value is None else value.isoformat().replace("+00:00", "Z")

    def _deserialize(self, value: Any, _attr: str | None, _data: Any, **_: Any) -> datetime:
        if not isinstance(value, str) or len(value) > 32:
            raise ValidationError("Not a moment.")
        self.form(value)
        if not is_moment(value):
            raise ValidationError("There is no such moment.")
        return plain.moment(value)


class Document(Schema):
    """What all parts of a document have in common."""

    class Meta:
        """No unknown keys."""

        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Read and write keys in camelCase, and take no null though the default may be None."""
        field_obj.allow_none = False
        field_obj.data_key = field_obj.data_key or camel_case(field_name)


class Contact(Document):
    """A person."""

    name = named()
    email = text(254, forms.EMAIL)
    phone = text(16, forms.PHONE)
    language = text(35, forms.QUICK_LANGUAGE)
    roles = items(word("Role"))
    organization = named()

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> plain.Contact:
        return plain.Contact(**data)


class Transition(Document):
    """A step from a state to a state."""

    at = Timestamp(required=True)
    before = text(32, forms.STATE_NAME, required=True)
    after = text(32, forms.STATE_NAME, required=True)
    by = named(load_default=None)
    note = text(10_000, forms.NOTE, load_default=None)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> plain.Transition:
        return plain.Transition(**data)


class Reply(Document):
    """What was answered to an invitation."""

    at = Timestamp(required=True)
    status = word("ParticipationStatus", required=True)
    sequence = fields.Integer(strict=True, validate=validate.Range(0, 2**31 - 1), load_default=0)
    session_id = text(64, forms.IDENTIFIER, load_default=None)
    comment = text(10_000, forms.NOTE, load_default=None)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> plain.Reply:
        return plain.Reply(**data)


class Registration(Document):
    """A registration."""

    type = fields.String(validate=validate.Equal("Registration"), data_key="@type", load_only=True)
    schema_version = fields.Integer(strict=True, validate=validate.Equal(1), load_only=True)
    id = text(64, forms.IDENTIFIER, required=True)
    event_uid = text(255, forms.UID, required=True)
    participant = fields.Nested(Contact, load_default=None)
    organization = named(load_default=None)
    membership = word("Membership", load_default=None)
    country = word("Country", load_default=None)
    mode = word("ParticipationMode", required=True)
    session_ids = items(text(64, forms.IDENTIFIER))
    listening_languages = items(text(35, forms.QUICK_LANGUAGE))
    needs = items(word("Need"))
    listing_consent = word("ListingConsent", load_default=None)
    privacy_notice = text(500, forms.LINE, load_default=None)
    submitted_at = Timestamp(required=True)
    submitted_by = named(load_default=None)
    state = word("RegistrationState", load_default="pending")
    participation_status = word("ParticipationStatus", load_default="needs-action")
    waitlisted_at = Timestamp(load_default=None)
    checked_in_at = Timestamp(load_default=None)
    purged_at = Timestamp(load_default=None)
    history = fields.List(fields.Nested(Transition), validate=validate.Length(max=1000), load_default=())
    replies = fields.List(fields.Nested(Reply), validate=validate.Length(max=1000), load_default=())

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> plain.Registration:
        data.pop("type", None)
        data.pop("schema_version", None)
        made = plain.Registration(**data)
        found = broken(made)
        if found:
            raise ValidationError({pointer(place): [text] for place, text in found})
        return made


def _flat(messages: Any, place: str) -> Iterable[tuple[str, str]]:
    """Yield each place in nested messages; several messages about one value have one place."""
    if not isinstance(messages, dict):
        yield place, str(messages)
        return
    for key, inner in messages.items():
        here = str(key) if str(key).startswith("/") else place + ("" if key == "_schema" else pointer([key]))
        yield from _flat(inner, here)


def peers() -> tuple[Peer]:
    """Return the peer, its schema built."""
    schema = Registration()

    def from_bytes(raw: bytes) -> Any:
        return schema.load(orjson.loads(raw))

    def findings(raw: bytes) -> Sequence[Any]:
        try:
            from_bytes(raw)
        except (ValidationError, orjson.JSONDecodeError) as error:
            return told(raw, error)
        return ()

    def told(_raw: bytes, error: ValidationError | orjson.JSONDecodeError) -> Sequence[Any]:
        return list(_flat(error.messages, "")) if isinstance(error, ValidationError) else (("", str(error)),)

    def dump(made: Any) -> bytes:
        members = schema.dump(made)
        return orjson.dumps(_without_none(members))

    return (
        Peer(
            name="marshmallow",
            from_bytes=from_bytes,
            from_mapping=schema.load,
            findings=findings,
            told=told,
            pointers=lambda found: (found[0],),
            refusals=(ValidationError, orjson.JSONDecodeError),
            dump=dump,
        ),
    )


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(each) for key, each in value.items() if each is not None}
    return [_without_none(each) for each in value] if isinstance(value, list) else value
