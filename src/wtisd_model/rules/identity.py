"""Whether two contacts are the same person, two places the same room, or two organizations the same."""

from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location
from wtisd_model.types.people import Contact, Organization

Identity = tuple[str, str]
"""The e-mail address and the name of a person, each empty if it is not known; for comparing only."""


def identity_of(contact: Contact) -> Identity:
    """Return the e-mail address and the name of a contact, in a form that can be compared.

    People may share a mailbox, and others a name, so the same person has both.
    """
    return (contact.email or "").casefold(), match_key(contact.name or "")


class People:
    """People, some of whom are known by an address in one place and by a name in another."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._emails: defaultdict[str, set[str]] = defaultdict(set)
        for email, name in map(identity_of, contacts):
            if email and name:
                self._names[email].add(name)
                self._emails[name].add(email)

    def identity(self, contact: Contact) -> Identity:
        """Return the identity of a contact; what it leaves out is taken from the only person who fits."""
        email, name = identity_of(contact)
        return email or _only(self._emails.get(name, set())), name or _only(self._names.get(email, set()))


class Rooms:
    """The rooms of an event; a building may have several names, in several languages."""

    def __init__(self, locations: Iterable[Location]) -> None:
        self._languages: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for location in locations:
            for key in _room_keys(location):
                self._languages[key].add(location.name.language)

    def keys(self, location: Location) -> list[tuple[str, ...]]:
        """Return a key for each name of the building that a room is in; no key without the name of a room.

        Two places are the same room if they have a key in common. The town is compared only where all places with that
        key are described in one language: Genève and Geneva are one town.
        """
        town = match_key(location.locality)
        return [(*key, town if len(self._languages[key]) == 1 else "") for key in _room_keys(location)]


def is_same_organization(one: Organization, other: Organization) -> bool:
    """Return True if two organizations, or departments, share a name in some language, or one is named by an acronym.

    Organizations in different countries are different, whatever their names.
    """
    if len({one.country, other.country} - {None}) > 1 or match_key(one.unit or "") != match_key(other.unit or ""):
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


def _room_keys(location: Location) -> list[tuple[str, ...]]:
    """Return the keys of a room, without the town, in alphabetical order."""
    if location.room is None:
        return []
    return [(location.country, match_key(location.room), name) for name in sorted(names_of(location.name))]


def _acronym(organization: Organization) -> str | None:
    return None if organization.acronym is None else match_key(organization.acronym)


def _only(values: set[str]) -> str:
    """Return the only one of some texts, or nothing."""
    return next(iter(values)) if len(values) == 1 else ""
