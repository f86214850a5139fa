"""Contacts and organizations, with their roles and memberships."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.fields import OFFICE, PERSONAL, Either, Invariant, SetOfEither, settled_by
from wtisd_model.schema.model import Model
from wtisd_model.types.country import CountryCode
from wtisd_model.types.language import LanguageTag, LocalizedText
from wtisd_model.types.text import NAME, Email, Identifier, Label, Name, OrganizationIdentifier, Phone


class Role(StrEnum):
    """The role of a person at an event, or in its letter of invitation."""

    CHAIR = "chair"
    CONTACT = "contact"
    HEAD_OF_DELEGATION = "head-of-delegation"
    HOST = "host"
    INTERPRETER = "interpreter"
    KEYNOTE = "keynote"
    """The speaker of a keynote."""
    MODERATOR = "moderator"
    PANELLIST = "panellist"
    RAPPORTEUR = "rapporteur"
    SECRETARY = "secretary"
    SIGNATORY = "signatory"
    SPEAKER = "speaker"
    VICE_CHAIR = "vice-chair"


RoleWord = Literal[
    "chair",
    "contact",
    "head-of-delegation",
    "host",
    "interpreter",
    "keynote",
    "moderator",
    "panellist",
    "rapporteur",
    "secretary",
    "signatory",
    "speaker",
    "vice-chair",
]


class Membership(StrEnum):
    """The category of a delegation in ITU's letters; those of another organizer are a question of its call."""

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


MembershipWord = Literal[
    "academia",
    "associate",
    "member-state",
    "observer",
    "other",
    "press",
    "regional-organization",
    "resolution-99",
    "sector-member",
    "un-agency",
]


@settled_by("name", "email")
def _name_or_email(name: str | None, email: str | None) -> Iterable[Finding]:
    return () if name is not None or email is not None else (finding(Code.CONTACT_UNNAMED),)


@frozen(kw_only=True, eq=False, repr=False)
class Contact(Model):
    """A person or an office to contact (RFC 8984 Participant, schema.org ContactPoint)."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_name_or_email,)

    id: Annotated[Identifier | None, PERSONAL, OFFICE] = None
    """An identifier of the person, the same wherever the office names them (RFC 8984 participants)."""
    name: Annotated[Name | None, PERSONAL] = None
    """The name of the person or office (RFC 5545 CN)."""
    email: Annotated[Email | None, PERSONAL] = None
    """The e-mail address (RFC 5545 CAL-ADDRESS)."""
    phone: Annotated[Phone | None, PERSONAL] = None
    """The telephone number (ITU-T E.164)."""
    language: LanguageTag | None = None
    """The preferred language of correspondence (RFC 8984 language; RFC 5545 LANGUAGE)."""
    roles: Annotated[frozenset[Role], OFFICE] = field(default=frozenset(), converter=SetOfEither[Role, RoleWord])
    """The roles of the person at this event, which only the office sets (RFC 8984 roles)."""
    organization: Annotated[Name | None, PERSONAL] = None
    """The organization that the person belongs to (schema.org affiliation)."""
    job_title: Annotated[Name | None, PERSONAL] = None
    """The function of the person there (schema.org jobTitle)."""


@frozen(kw_only=True, eq=False, repr=False)
class Organization(Model):
    """An organization that organizes an event, takes part or pledges (schema.org Organization)."""

    name: Annotated[LocalizedText, NAME]
    """The full name (schema.org name; RFC 5545 CN)."""
    acronym: Label | None = None
    """The acronym (schema.org alternateName)."""
    identifier: OrganizationIdentifier | None = None
    """Its identifier in a registry, such as ROR, as a URI (schema.org identifier)."""
    unit: Name | None = None
    """The department that acts for it (schema.org department)."""
    email: Email | None = None
    """The e-mail address (schema.org email; RFC 5545 CAL-ADDRESS)."""
    membership: Membership | None = field(default=None, converter=Either[Membership | None, MembershipWord])
    """The membership category."""
    country: CountryCode | None = None
    """The country where it is based (ISO 3166-1 alpha-2)."""
