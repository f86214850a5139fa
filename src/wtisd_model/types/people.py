"""People and bodies, as far as an event has to know them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, ClassVar

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.fields import PERSONAL, Invariant
from wtisd_model.schema.model import Model
from wtisd_model.types.country import CountryCode
from wtisd_model.types.language import LanguageTag, LocalizedText
from wtisd_model.types.text import NAME, Email, Label, Name, Phone


class Role(StrEnum):
    """What somebody does at an event, or in its letter."""

    CHAIR = "chair"
    CONTACT = "contact"
    INTERPRETER = "interpreter"
    MODERATOR = "moderator"
    PANELLIST = "panellist"
    SIGNATORY = "signatory"
    SPEAKER = "speaker"


class Membership(StrEnum):
    """The category of a delegation, in the words of ITU's letters."""

    ACADEMIA = "academia"
    ASSOCIATE = "associate"
    MEMBER_STATE = "member-state"
    OBSERVER = "observer"
    OTHER = "other"
    PRESS = "press"
    REGIONAL_ORGANIZATION = "regional-organization"
    RESOLUTION_99 = "resolution-99"
    SECTOR_MEMBER = "sector-member"
    UN_AGENCY = "un-agency"


def _name_or_email(name: str | None, email: str | None) -> Iterable[Finding]:
    return () if name is not None or email is not None else (finding(Code.CONTACT_UNNAMED),)


@frozen(kw_only=True, eq=False, repr=False)
class Contact(Model):
    """A person, or a desk that answers (RFC 8984 Participant, schema.org ContactPoint)."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_name_or_email,)

    name: Annotated[Name | None, PERSONAL] = None
    """What the person or the desk is called (RFC 5545 CN)."""
    email: Annotated[Email | None, PERSONAL] = None
    """Where it can be written to (RFC 5545 CAL-ADDRESS)."""
    phone: Annotated[Phone | None, PERSONAL] = None
    """Where it can be called (ITU-T E.164)."""
    language: LanguageTag | None = None
    """The language to write in (RFC 8984 language; RFC 5545 LANGUAGE)."""
    roles: frozenset[Role] = frozenset()
    """What the person does here (RFC 8984 roles)."""
    organization: Annotated[Name | None, PERSONAL] = None
    """The body that the person belongs to (schema.org affiliation)."""


@frozen(kw_only=True, eq=False, repr=False)
class Organization(Model):
    """A body that organizes, takes part or pledges (schema.org Organization)."""

    name: Annotated[LocalizedText, NAME]
    """What it is called (schema.org name; RFC 5545 CN)."""
    acronym: Label | None = None
    """Its short name (schema.org alternateName)."""
    unit: Name | None = None
    """The part of it that acts (schema.org department)."""
    email: Email | None = None
    """Where it can be written to (schema.org email; RFC 5545 CAL-ADDRESS)."""
    membership: Membership | None = None
    """Its category."""
    country: CountryCode | None = None
    """Where it is (ISO 3166-1 alpha-2)."""
