"""Teams by a published norm, for whatever languages, hours and service somebody asks about."""

from collections.abc import Iterable
from typing import cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding, pointer
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.rules.teams import TeamSize, team_for, to_be_interpreted
from wtisd_model.rules.workload import work_of
from wtisd_model.types.arguments import checked, parse_enum, require_iterable
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.timeslot import TimeSlot


def sized(
    source_languages: Iterable[str],
    target_languages: Iterable[str],
    slot: TimeSlot,
    service: str,
    norm: str,
    delivery: str,
) -> TeamSize:
    """Carry out `team_size`, whose arguments anybody may have given."""
    sources = _languages(source_languages, "source_languages")
    targets = _languages(target_languages, "target_languages")
    how = parse_enum(InterpretationService, service, "/service")
    whose = parse_enum(Norm, norm, "/norm")
    remote = parse_enum(ParticipationMode, delivery, "/delivery") is ParticipationMode.REMOTE
    if not isinstance(cast("object", slot), TimeSlot):
        raise TypeError("Not a TimeSlot: give the slot of an event or of a session.")
    if not targets:
        raise InvalidValueError(finding(Code.TOO_FEW_ITEMS, "/target_languages", minimum=1))
    if how is not InterpretationService.CAPTIONS:
        targets = to_be_interpreted(sources, targets)
    if not targets:
        raise InvalidValueError(finding(Code.LANGUAGES_OVERLAP, "/target_languages"))
    return team_for(sources, targets, how, whose, work=work_of((slot,)).longest_day, remote=remote)


def _languages(tags: Iterable[str], parameter: str) -> frozenset[str]:
    return frozenset([checked(each, LANGUAGE, pointer(parameter)) for each in require_iterable(tags, parameter)])
