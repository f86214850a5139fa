"""Identity of people, rooms and organizations."""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from unicodedata import normalize

from wtisd_model.model.registration import Registration
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location
from wtisd_model.types.people import Contact, Organization

Identity = tuple[str, ...]
"""The id of a person, or else the e-mail address and the name, each empty if it is not known; for comparing only."""


# Why: docs/decisions/0018
class People:
    """People, known by an id, by an address in one place, or by a name in another.

    People may share a mailbox, and others a name, so without an id the same person has both.
    """

    def __init__(self, contacts: Iterable[Contact]) -> None:
        # The name of a mailbox that has only one, and the mailbox of such a name; empty if there are several.
        self._names: dict[str, str] = {}
        self._emails: dict[str, str] = {}
        self._ids: defaultdict[Identity, set[str]] = defaultdict(set)
        identified: list[tuple[str, Contact]] = []
        for contact in contacts:
            email, name = _pair(contact)
            if email and name:
                self._names[email] = name if self._names.get(email, name) == name else ""
                self._emails[name] = email if self._emails.get(name, email) == email else ""
            if contact.id is not None:
                identified.append((contact.id, contact))
        for id_, contact in identified:
            self._ids[self._completed(contact)].add(id_)
        self._known = {id_ for id_, _ in identified}

    def identity(self, contact: Contact) -> Identity:
        """Return the identity of a contact; what it leaves out is taken from the only person who fits.

        If only one id is known for an address and a name, it applies to contacts without an id too.
        """
        pair = self._completed(contact)
        ids = self._ids.get(pair, set())
        if contact.id is not None and (ids or contact.id in self._known):
            return (contact.id,)
        return tuple(ids) if len(ids) == 1 else pair

    def _completed(self, contact: Contact) -> Identity:
        email, name = _pair(contact)
        return email or self._emails.get(name, ""), name or self._names.get(email, "")


def person_key(registration: Registration) -> str | None:
    """Return a key of the person at the event, for a UNIQUE column of a database.

    Registrations with the same ``event_uid``, address and name, without case and as ``registration-repeated`` compares
    them, have one key, and others have others. ``Contact.id`` does not count, since nobody outside the office has one.
    It is None for a rejected, withdrawn or purged registration, whose person may register again.

    The key is 64 hexadecimal digits, and personal data like the name: who tries names and addresses finds those that
    fit. Compute it anew whenever the registration is stored; it is in no document.

    Raises:
        TypeError: *registration* is not a Registration.
    """
    require_instance(registration, Registration, "registration must be a Registration.")
    person = active_participant(registration)
    if person is None:
        return None
    # In an array no part can run into the next one.
    return sha256(json.dumps([registration.event_uid, *_pair(person)]).encode()).hexdigest()


def active_participant(registration: Registration) -> Contact | None:
    """Return a participant who cannot register again; None if the registration prevents nobody."""
    return registration.participant if registration.state.is_active else None


def _pair(contact: Contact) -> tuple[str, str]:
    """Return the address and the name of a contact in a form that can be compared, each empty if it is not known."""
    return mailbox_of(contact), match_key(contact.name or "")


def mailbox_of(contact: Contact) -> str:
    """Return the e-mail address of a contact in a form that can be compared, empty if it is not known."""
    return (contact.email or "").casefold()


class Rooms:
    """The rooms of an event, with or without ids; a building may have several names, in several languages."""

    def __init__(self, locations: Iterable[Location]) -> None:
        self._match_key = cache(match_key)  # the sessions of an event name the same few rooms again and again
        self._languages: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._ids: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        identified: list[tuple[str, Location]] = []
        for location in locations:
            for key in self._room_keys(location):
                self._languages[key].add(location.name.language)
            if location.id is not None:
                identified.append((location.id, location))
        for id_, location in identified:
            for key in self._names(location):
                self._ids[key].add(id_)

    def keys(self, location: Location) -> list[tuple[str, ...]]:
        """Return the id of a room or, without one, a key for each name of its building; none without a room's name.

        Two places are the same room if they have a key in common. A room without an id also has that of the only one
        with an id and such a name. The town is compared only where all places with that key are described in one
        language: Genève and Geneva are one town. A town or a country that is not known equals no known one.
        """
        names = self._names(location)
        if location.id is not None:
            return [(location.id,)] if names else []
        ids = {id_ for key in names for id_ in self._ids.get(key, ())}
        return [tuple(ids), *names] if len(ids) == 1 else names

    def _names(self, location: Location) -> list[tuple[str, ...]]:
        town = self._match_key(location.locality or "")
        return [(*key, town if len(self._languages[key]) == 1 else "") for key in self._room_keys(location)]

    def _room_keys(self, location: Location) -> list[tuple[str, ...]]:
        """Return the keys of a room, without the town, in alphabetical order."""
        if location.room is None:
            return []
        names = {self._match_key(name) for _, name in location.name.texts()}
        return [(location.country or "", self._match_key(location.room), name) for name in sorted(names)]


def is_same_organization(one: Organization, other: Organization) -> bool:
    """Return True if two organizations, or departments, share an identifier, or a name in some language or an acronym.

    Different identifiers may be those of two registries, and prove nothing. Organizations in different countries are
    different, whatever their names.
    """
    if match_key(one.unit or "") != match_key(other.unit or ""):
        return False
    if one.identifier is not None and one.identifier == other.identifier:
        return True
    if len({one.country, other.country} - {None}) > 1:
        return False
    names, others = names_of(one.name), names_of(other.name)
    return not names.isdisjoint(others) or _acronym(one) in others or _acronym(other) in names


def names_of(text: LocalizedText) -> frozenset[str]:
    """Return a name in all its languages, in a form that can be compared."""
    return frozenset(map(match_key, (text.text, *text.translations.values())))


def match_key(text: str) -> str:
    """Return the key under which two spellings of a text are the same: without case, encoding, spacing and apostrophes.

    Source: Unicode Standard section 3.13, compatibility caseless matching.
    """
    # Folding may take a text out of its normal form, and decomposed text may fold otherwise: so before and after.
    folded = normalize("NFKC", normalize("NFKC", text).casefold())
    return " ".join(normalize("NFKC", folded.casefold()).replace("\u2019", "'").split())


def _acronym(organization: Organization) -> str | None:
    return None if organization.acronym is None else match_key(organization.acronym)
