"""The people who have registered as groups that can be counted, by a dimension such as the country."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Registration
from wtisd_model.model.submissions import belongs_to
from wtisd_model.planning.audience import registrations_by_person


class RegistrationDimension(StrEnum):
    """The property by which people who have registered are grouped."""

    COUNTRY = "country"
    """The country of the delegation (ISO 3166-1 alpha-2)."""
    LANGUAGE = "language"
    """The languages that they listen in (BCP 47)."""
    MEMBERSHIP = "membership"
    """The category of the delegation."""
    MODE = "mode"
    """On site or remote."""
    SESSION = "session"
    """The sessions that they chose, by id."""
    STATE = "state"
    """The state of the registration."""

    @property
    def overlaps(self) -> bool:
        """True if a person may be in several groups."""
        return self in _OVERLAPPING


_OVERLAPPING: Final = {RegistrationDimension.LANGUAGE, RegistrationDimension.SESSION}

Groups = frozenset[str | None]
"""The groups that a person is in, at least one; None is the group of those who state nothing."""


def registration_groups(dossier: Dossier, by: RegistrationDimension) -> Iterator[Groups]:
    """Yield the groups of each person who has registered for the event."""
    # In each dimension the same people: rejected ones in one table only would be what two totals differ by.
    counted = [each for each in dossier.registrations if each.state.is_active and belongs_to(each, dossier.event)]
    for person in registrations_by_person(counted):
        yield _groups(person, by)


def _groups(person: Sequence[Registration], by: RegistrationDimension) -> Groups:
    first = person[0]
    match by:
        case RegistrationDimension.COUNTRY:
            return frozenset({first.country})
        case RegistrationDimension.LANGUAGE:
            return frozenset(first.listening_languages or (None,))
        case RegistrationDimension.MEMBERSHIP:
            return frozenset({first.membership})
        case RegistrationDimension.MODE:
            return frozenset({first.mode})
        case RegistrationDimension.SESSION:
            return frozenset(id_ for each in person for id_ in each.session_ids or (None,))
        case _:  # the state
            return frozenset({first.state})
