"""Teams by a published norm, for whatever languages, hours and service somebody asks about."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.rules.teams import TeamSize, team_for, to_be_interpreted
from wtisd_model.rules.workload import work_of
from wtisd_model.values.attendance import ParticipationMode
from wtisd_model.values.language import LANGUAGE
from wtisd_model.values.timeslot import TimeSlot

Member = TypeVar("Member", bound=StrEnum)


def sized(
    source_languages: Iterable[str],
    target_languages: Iterable[str],
    slot: TimeSlot,
    service: str,
    norm: str,
    delivery: str,
) -> TeamSize:
    """Carry out `team_size`, whose arguments anybody may have given."""
    sources = _languages(source_languages, "/source_languages")
    targets = _languages(target_languages, "/target_languages")
    how = _member(InterpretationService, service, "/service")
    whose = _member(Norm, norm, "/norm")
    remote = _member(ParticipationMode, delivery, "/delivery") is ParticipationMode.REMOTE
    if not isinstance(cast("object", slot), TimeSlot):
        raise TypeError("Not a TimeSlot: give the slot of an event or of a session.")
    if not targets:
        raise InvalidValueError(finding(Code.TOO_FEW_ITEMS, "/target_languages", minimum=1))
    if how is not InterpretationService.CAPTIONS:
        targets = to_be_interpreted(sources, targets)
    if not targets:
        raise InvalidValueError(finding(Code.LANGUAGES_OVERLAP, "/target_languages"))
    return team_for(sources, targets, how, whose, work=work_of((slot,)).longest_day, remote=remote)


def _languages(tags: Iterable[str], path: str) -> frozenset[str]:
    if isinstance(tags, str):
        raise TypeError("Not several languages: give a set or a list of tags.")
    given = tuple(tags)
    for each in given:
        found = LANGUAGE.check(each)
        if found is not None:
            raise InvalidValueError(found.below(path))
    return frozenset(given)


def _member(members: type[Member], value: str, path: str) -> Member:
    for each in members:
        if each == value:
            return each
    raise InvalidValueError(finding(Code.VALUE_UNKNOWN, path, choices=", ".join(members)))
