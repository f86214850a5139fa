"""pydantic 2: frozen models that refuse unknown keys, everything in its Rust core that the core can say.

What is absent is None, though no field takes a null: so it is with a default outside of the type. Moments pass a
pattern before they are read, because the core's own reader takes numbers, blanks and times without seconds; forms of
texts have no look-ahead, which Rust's engine has not; only a rare language tag falls back to Python's engine. Rules
between fields stand in one validator after all others, and say the place of each that is broken.
"""

from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal

from annotated_types import MaxLen
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetPydanticSchema,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from tests.benchmarks.peers import forms
from tests.benchmarks.peers.peer import Peer, pointer
from tests.benchmarks.peers.rules import END, FIRST, broken, repeats
from tests.benchmarks.peers.words import Consent, Country, Membership, Mode, Need, Role, State, Status


def _text(pattern: str, longest: int) -> StringConstraints:
    return StringConstraints(strict=True, max_length=longest, pattern=forms.for_rust(pattern))


def _moment(_source: Any, _handler: Any) -> core_schema.CoreSchema:
    return core_schema.chain_schema(
        [
            core_schema.str_schema(strict=True, max_length=32, pattern=forms.for_rust(forms.MOMENT)),
            core_schema.datetime_schema(tz_constraint="aware", ge=FIRST, lt=END),
        ]
    )


def _address(_source: Any, _handler: Any) -> core_schema.CoreSchema:
    return core_schema.chain_schema(
        [
            core_schema.str_schema(strict=True, max_length=254, pattern=forms.LOCAL_PART),
            core_schema.str_schema(pattern=forms.for_rust(forms.ADDRESS)),
        ]
    )


def _language(_source: Any, _handler: Any) -> core_schema.CoreSchema:
    return core_schema.union_schema(
        [
            core_schema.str_schema(strict=True, max_length=35, pattern=forms.for_rust(forms.COMMON_LANGUAGE)),
            core_schema.str_schema(strict=True, max_length=35, pattern=forms.LANGUAGE, regex_engine="python-re"),
        ],
        mode="left_to_right",
        custom_error_type="language",
        custom_error_message="Not a language tag in canonical form",
    )


def _each_once(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if repeats(items):
        raise PydanticCustomError("item_repeated", "Two items are equal")
    return items


Name = Annotated[str, _text(forms.NAME, 500)]
Line = Annotated[str, _text(forms.LINE, 500)]
Note = Annotated[str, _text(forms.NOTE, 10_000)]
Identifier = Annotated[str, _text(forms.IDENTIFIER, 64)]
Uid = Annotated[str, _text(forms.UID, 255)]
Phone = Annotated[str, _text(forms.PHONE, 16)]
StateName = Annotated[str, _text(forms.STATE_NAME, 32)]
Timestamp = Annotated[datetime, GetPydanticSchema(_moment)]
Language = Annotated[str, GetPydanticSchema(_language)]
Address = Annotated[str, GetPydanticSchema(_address)]
EachOnce = (MaxLen(100), AfterValidator(_each_once))


def absent() -> Any:
    """Make the default of a field that may be left out and takes no null."""
    return Field(default=None)


class Document(BaseModel):
    """What all parts of a document have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)


class Contact(Document):
    """A person."""

    name: Name = absent()
    email: Address = absent()
    phone: Phone = absent()
    language: Language = absent()
    roles: Annotated[tuple[Role, ...], *EachOnce] = ()
    organization: Name = absent()


class Transition(Document):
    """A step from a state to a state."""

    at: Timestamp
    before: StateName
    after: StateName
    by: Name = absent()
    note: Note = absent()


class Reply(Document):
    """What was answered to an invitation."""

    at: Timestamp
    status: Status
    sequence: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] = 0
    session_id: Identifier = absent()
    comment: Note = absent()


class Registration(Document):
    """A registration."""

    type: Literal["Registration"] = Field(default="Registration", alias="@type")
    schema_version: Literal[1] = 1
    id: Identifier
    event_uid: Uid
    participant: Contact = absent()
    organization: Name = absent()
    membership: Membership = absent()
    country: Country = absent()
    mode: Mode
    session_ids: Annotated[tuple[Identifier, ...], *EachOnce] = ()
    listening_languages: Annotated[tuple[Language, ...], *EachOnce] = ()
    needs: Annotated[tuple[Need, ...], *EachOnce] = ()
    listing_consent: Consent = absent()
    privacy_notice: Line = absent()
    submitted_at: Timestamp
    submitted_by: Name = absent()
    state: State = "pending"
    participation_status: Status = "needs-action"
    waitlisted_at: Timestamp = absent()
    checked_in_at: Timestamp = absent()
    purged_at: Timestamp = absent()
    history: Annotated[tuple[Transition, ...], MaxLen(1000)] = ()
    replies: Annotated[tuple[Reply, ...], MaxLen(1000)] = ()

    @model_validator(mode="after")
    def _fits(self) -> "Registration":
        found = broken(self)
        if found:
            raise ValidationError.from_exception_data(
                "Registration",
                [
                    InitErrorDetails(type=PydanticCustomError("invariant", text), loc=place, input=None)
                    for place, text in found
                ],
            )
        return self


def peers() -> tuple[Peer]:
    """Return the peer, its adapter built."""
    adapter = TypeAdapter(Registration)

    def told(_raw: bytes, error: ValidationError) -> list[Any]:
        return error.errors(include_url=False, include_input=False)

    def findings(raw: bytes) -> list[Any]:
        try:
            adapter.validate_json(raw)
        except ValidationError as error:
            return told(raw, error)
        return []

    return (
        Peer(
            name="pydantic",
            from_bytes=adapter.validate_json,
            from_mapping=adapter.validate_python,
            findings=findings,
            told=told,
            pointers=lambda found: (pointer(found["loc"]),),
            refusals=(ValidationError,),
            dump=partial(adapter.dump_json, by_alias=True, exclude_none=True),
        ),
    )
