"""Whom a document names: the people of an event, of its sessions and of its registrations, by who reads it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from attrs import evolve

from wtisd_model.locales import joined_words
from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.types.document import Document
from wtisd_model.types.people import Contact, Role


class Readers(StrEnum):
    """Who reads a document."""

    OFFICE = "office"
    PUBLIC = "public"


# The order in which a programme lists several roles of one person.
_ON_STAGE: Final = (
    *(Role.CHAIR, Role.VICE_CHAIR, Role.HOST, Role.MODERATOR),
    *(Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST, Role.RAPPORTEUR),
)
_NO_ROLE: Final = frozenset({None})
_ALL: Final = _NO_ROLE.union(Role)
_PROGRAMME: Final = _NO_ROLE.union(_ON_STAGE)

NAMED: Final[Mapping[Readers, Mapping[type, frozenset[Role | None]]]] = {
    Readers.OFFICE: {Event: _ALL, Session: _ALL, Registration: _ALL},
    Readers.PUBLIC: {
        Event: frozenset({Role.CONTACT, Role.SIGNATORY}),
        Session: _PROGRAMME,
        Registration: _PROGRAMME,
    },
}
"""The roles in which a document names people, by what they belong to; None stands for people without a role.

In public only contacts are named with their addresses, so others without a name are left out there; and signatories
only with the document that they signed (`signatories_of`).
"""


# Why: docs/decisions/0040
def people_named(thing: Event | Session | Registration, readers: Readers = Readers.PUBLIC) -> list[Contact]:
    """Return the people of an event, a session or a registration whom a document names, with their roles there.

    Whether somebody who has registered agreed to be named is for the caller to ask.
    """
    named = _roles_named(thing, readers)
    return [
        person if person.roles <= named else evolve(person, roles=person.roles & named)
        for person in _people_of(thing)
        if _is_named(person, named, readers)
    ]


def _people_of(thing: Event | Session | Registration) -> tuple[Contact, ...]:
    if isinstance(thing, Registration):
        return () if thing.participant is None else (thing.participant,)
    return thing.contacts if isinstance(thing, Event) else thing.people


def positions_unnamed(thing: Event | Session, readers: Readers) -> list[int]:
    """Return the positions of the people of an event or a session whom a document leaves out, wholly or in a role."""
    named = _roles_named(thing, readers)
    return [
        position
        for position, person in enumerate(_people_of(thing))
        if not (person.roles <= named and _is_named(person, named, readers))
    ]


def _roles_named(thing: Event | Session | Registration, readers: Readers) -> frozenset[Role | None]:
    named = NAMED[readers][type(thing)]
    # Of several signed documents, we do not know who signed which.
    has_signatories = not isinstance(thing, Event) or sum(document.signed for document in thing.documents) == 1
    return named if has_signatories or readers is Readers.OFFICE else named - {Role.SIGNATORY}


def _is_named(person: Contact, named: frozenset[Role | None], readers: Readers) -> bool:
    has_role = not named.isdisjoint(person.roles or _NO_ROLE)
    is_known = person.name is not None or readers is Readers.OFFICE or Role.CONTACT in named & person.roles
    return has_role and is_known


def contacts_of(event: Event) -> list[Contact]:
    """Return the people to contact, whose addresses are public."""
    return [person for person in people_named(event) if Role.CONTACT in person.roles]


def signatories_of(event: Event, document: Document) -> list[Contact]:
    """Return the people by name who signed a document, if it is the one of the event that is signed."""
    if not document.signed or document not in event.documents:
        return []
    return [person for person in people_named(event) if Role.SIGNATORY in person.roles and person.name]


def roles_on_stage(person: Contact) -> list[Role]:
    """Return the roles that a programme shows, in its order."""
    return [role for role in _ON_STAGE if role in person.roles]


def roles_in_words(person: Contact, words: Locale) -> str:
    """Return the roles that a programme shows; empty if there are none."""
    return joined_words(map(words.choices["roles"].__getitem__, roles_on_stage(person)), words.comma)


def person_in_words(person: Contact, words: Locale) -> str:
    """Return the roles, the name, the job title and the organization of a person, but no address."""
    roles = roles_in_words(person, words)
    about = words.comma.join(filter(None, (person.name, person.job_title, person.organization)))
    return f"{roles}{words.colon}{about}" if roles else about


def organization_of(registration: Registration, participant: Contact) -> str | None:
    """Return the organization that a registration names or, without one, that of its participant."""
    return registration.organization or participant.organization
