"""msgspec: frozen structs with bounds and patterns in their types, and `__post_init__` for the rest.

Its own reader of moments is taken, which is quick and reads a blank for the T and an offset without a colon; what it
accepts too much is seen in the line on agreement.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from tests.benchmarks.peers import forms
from tests.benchmarks.peers.peer import Peer, pointer
from tests.benchmarks.peers.rules import END, FIRST, broken, repeats
from tests.benchmarks.peers.words import Consent, Country, Membership, Mode, Need, Role, State, Status

Name = Annotated[str, Meta(max_length=500, pattern=forms.NAME)]
Line = Annotated[str, Meta(max_length=500, pattern=forms.LINE)]
Note = Annotated[str, Meta(max_length=10_000, pattern=forms.NOTE)]
Identifier = Annotated[str, Meta(max_length=64, pattern=forms.IDENTIFIER)]
Uid = Annotated[str, Meta(max_length=255, pattern=forms.UID)]
Address = Annotated[str, Meta(max_length=254, pattern=forms.EMAIL)]
Phone = Annotated[str, Meta(max_length=16, pattern=forms.PHONE)]
Language = Annotated[str, Meta(max_length=35, pattern=forms.QUICK_LANGUAGE)]
StateName = Annotated[str, Meta(max_length=32, pattern=forms.STATE_NAME)]
Timestamp = Annotated[datetime, Meta(tz=True)]


class Document(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, rename="camel"):
    """What all parts of a document have in common."""


class Contact(Document, frozen=True, kw_only=True):
    """A person."""

    name: Name | UnsetType = UNSET
    email: Address | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    roles: Annotated[tuple[Role, ...], Meta(max_length=100)] = ()
    organization: Name | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.roles and repeats(self.roles):
            raise ValueError("Two items are equal - at `$.roles`")


class Transition(Document, frozen=True, kw_only=True):
    """A step from a state to a state."""

    at: Timestamp
    before: StateName
    after: StateName
    by: Name | UnsetType = UNSET
    note: Note | UnsetType = UNSET

    def __post_init__(self) -> None:
        _in_range(self.at)


class Reply(Document, frozen=True, kw_only=True):
    """What was answered to an invitation."""

    at: Timestamp
    status: Status
    sequence: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    session_id: Identifier | UnsetType = UNSET
    comment: Note | UnsetType = UNSET

    def __post_init__(self) -> None:
        _in_range(self.at)


class Registration(Document, frozen=True, kw_only=True):
    """A registration."""

    type: Literal["Registration"] = msgspec.field(default="Registration", name="@type")
    schema_version: Literal[1] = 1
    id: Identifier
    event_uid: Uid
    participant: Contact | UnsetType = UNSET
    organization: Name | UnsetType = UNSET
    membership: Membership | UnsetType = UNSET
    country: Country | UnsetType = UNSET
    mode: Mode
    session_ids: Annotated[tuple[Identifier, ...], Meta(max_length=100)] = ()
    listening_languages: Annotated[tuple[Language, ...], Meta(max_length=100)] = ()
    needs: Annotated[tuple[Need, ...], Meta(max_length=100)] = ()
    listing_consent: Consent | UnsetType = UNSET
    privacy_notice: Line | UnsetType = UNSET
    submitted_at: Timestamp
    submitted_by: Name | UnsetType = UNSET
    state: State = "pending"
    participation_status: Status = "needs-action"
    waitlisted_at: Timestamp | UnsetType = UNSET
    checked_in_at: Timestamp | UnsetType = UNSET
    purged_at: Timestamp | UnsetType = UNSET
    history: Annotated[tuple[Transition, ...], Meta(max_length=1000)] = ()
    replies: Annotated[tuple[Reply, ...], Meta(max_length=1000)] = ()

    def __post_init__(self) -> None:
        _in_range(self.submitted_at)
        for moment in (self.waitlisted_at, self.checked_in_at, self.purged_at):
            if moment:
                _in_range(moment)
        if repeats(self.session_ids):
            raise ValueError("Two items are equal - at `$.sessionIds`")
        if repeats(self.listening_languages):
            raise ValueError("Two items are equal - at `$.listeningLanguages`")
        if repeats(self.needs):
            raise ValueError("Two items are equal - at `$.needs`")
        found = broken(self)
        if found:
            raise ValueError(f"{found[0][1]} - at `$.{'.'.join(map(str, found[0][0]))}`")


def _in_range(moment: datetime) -> None:
    if not FIRST <= moment < END:
        raise ValueError("Not in the years 1970 to 2199.")


def _pointers(message: str) -> Sequence[str]:
    """Read the place out of a message: the key that is named first, below the last path."""
    steps: list[str | int] = []
    for path in re.findall(r"`\$([^`]*)`", message)[::-1]:  # the one of a rule is within the one of its object
        steps += [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)]
    named = re.search(r"(?:required|unknown) field `([^`]*)`", message)
    return (pointer([*steps, named[1]] if named else steps),)


def peers() -> tuple[Peer]:
    """Return the peer, its decoder and encoder built."""
    decoder = msgspec.json.Decoder(Registration)
    encoder = msgspec.json.Encoder()

    def from_mapping(document: dict[str, Any]) -> Registration:
        return msgspec.convert(document, Registration)

    def told(_raw: bytes, error: msgspec.MsgspecError) -> Sequence[str]:
        return (str(error),)

    def findings(raw: bytes) -> Sequence[str]:
        try:
            decoder.decode(raw)
        except msgspec.MsgspecError as error:
            return told(raw, error)
        return ()

    return (
        Peer(
            name="msgspec",
            from_bytes=decoder.decode,
            from_mapping=from_mapping,
            findings=findings,
            told=told,
            pointers=_pointers,
            refusals=(msgspec.MsgspecError,),
            dump=encoder.encode,
        ),
    )
