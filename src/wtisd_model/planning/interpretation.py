"""Planning interpretation: which languages are needed, what covers them, and how large teams are.

The classes of what they give have their public names in `wtisd_model.planning.results`. All that is loaded when it is
asked for: many a program never plans interpretation.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.timeslot import TimeSlot

if TYPE_CHECKING:
    from wtisd_model.planning.demand import SessionNeeds
    from wtisd_model.planning.table import CoverageRow
    from wtisd_model.rules.teams import TeamSize


def languages_needed(dossier: Dossier) -> "tuple[SessionNeeds, ...]":
    """Say for each session who listens in what, what the floor serves, what approved requests cover, what is missing.

    The sessions are those that are scheduled or postponed, in their order. Where there is none, it is the event itself;
    for a draft or cancelled event, nothing.

    People count where their registration for this event is pending, approved or attended, at the sessions that it
    names, or at all where it names none; each person once in a session. They are served in the first of their languages
    that comes to them in any way (see `wtisd_model.planning.ways.Way`). Where several languages are spoken and none of
    theirs comes to them from all of those, theirs may do so together. Those who need captions are served by captions,
    and those who need signs by a signed language; what is spoken does not serve them.

    Raises:
        TypeError: *dossier* is none.
    """
    from wtisd_model.planning.demand import demand_of

    return demand_of(as_dossier(dossier))


def coverage(dossier: Dossier) -> "tuple[CoverageRow, ...]":
    """Make a table of sessions and languages with how many people are served in which way.

    The rows of a session are together, by language: those that somebody names first or is served in, that are spoken
    on the floor, or that an approved request is for; and at the end those who named no language, if there are such. A
    person is in one row of a session and in one column of it. For which sessions and people count, and in which of
    several languages somebody is served, see `languages_needed`.

    Raises:
        TypeError: *dossier* is none.
    """
    from wtisd_model.planning.table import table_of

    return table_of(as_dossier(dossier))


def team_size(
    *,
    source_languages: Iterable[str],
    target_languages: Iterable[str],
    slot: TimeSlot,
    service: InterpretationService | str,
    norm: Norm | str,
    delivery: ParticipationMode | str = ParticipationMode.ON_SITE,
) -> "TeamSize":
    """Say how many interpreters and booths a published norm asks for, and what it leaves open.

    Languages are counted by their tags. What is the only source and a target too counts as a source alone.

    Args:
        source_languages: what is spoken; none where that is not known.
        target_languages: what is interpreted into, one language at least.
        slot: when; all of it counts as work, so give what lies between two long breaks. Longer than 24 hours, it does
            not say how long anybody works.
        service: how is interpreted; its word will do too: ``"sign"``.
        norm: whose rule is to count; its word will do too: ``"aiic-canada"``.
        delivery: remote means over a platform, where three hours a day are the most.

    Raises:
        InvalidValueError: ``language-unknown``; ``too-few-items`` without a target; ``languages-overlap`` where the
            only target is the only source; ``value-unknown`` for a *service*, *norm* or *delivery* that is none.
        TypeError: *slot* is no TimeSlot, or languages are given as one string.

    Source: that of the result, and its `hours_source`.
    """
    from wtisd_model.planning.teams import sized

    return sized(source_languages, target_languages, slot, service, norm, delivery)
