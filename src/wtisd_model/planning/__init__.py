"""Planning for a dossier: seats; languages needed, coverage, and the size of teams; and statistics.

The classes of the results are in `wtisd_model.planning.results`.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Literal, TypeVar, overload

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.model.question import Question
from wtisd_model.planning.demand import Coverage, SessionNeeds, coverage_rows, session_needs
from wtisd_model.planning.provision import floors
from wtisd_model.planning.seat_rows import SeatRow, seat_rows
from wtisd_model.planning.statistics import (
    AnswerGroup,
    Counts,
    RegistrationDimension,
    answer_groups,
    registration_groups,
    suppressed,
)
from wtisd_model.rules.schedule import work_of
from wtisd_model.rules.teams import TeamSize, team_for, to_be_interpreted
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import parse_enum, require_instance, require_iterable, require_valid
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import LANGUAGE, is_unspecific
from wtisd_model.types.timeslot import TimeSlot

T = TypeVar("T")
Group = TypeVar("Group", bound=Hashable)

__all__ = ["answers", "counts", "coverage", "languages_needed", "registrations", "seats", "team_size"]


def languages_needed(dossier: Dossier) -> tuple[SessionNeeds, ...]:
    """Return the languages that people listen in at each session, and how many are served in each.

    Sessions are those that are scheduled or postponed, in their order, without breaks and social events. If there is
    none, the event itself takes their place. A draft or cancelled event needs nothing.

    People count if their registration for this event is pending, approved or attended, at the sessions that it names,
    or at all if it names none; each person once in a session. They are served in the first of their languages that
    reaches them through any `wtisd_model.planning.results.Channel`. If several languages are spoken and none of theirs
    reaches them from all of those, theirs may do so together. People who need captions are served by captions, and
    people who need signs by a signed language; spoken languages do not serve them.

    Raises:
        TypeError: *dossier* is not a Dossier.
    """
    return tuple(map(session_needs, floors(require_dossier(dossier))))


def coverage(dossier: Dossier) -> Coverage:
    """Return a table of sessions and languages, with how many people are served through which channel.

    It is a tuple of `wtisd_model.planning.results.CoverageRow`, which Jupyter shows as a picture.

    The rows of a session come together, sorted by language: the floor languages, those of approved requests, and those
    that somebody names first or is served in. The last row is for people who named no language, if there are any. A
    person is in one row of a session, and in one column of it. `languages_needed` says which sessions and people count,
    and in which of several languages somebody is served.

    Raises:
        TypeError: *dossier* is not a Dossier.
    """
    rows = (row for floor in floors(require_dossier(dossier)) for row in coverage_rows(floor))
    return Coverage.of(dossier.event, rows)


def team_size(
    *,
    source_languages: Iterable[str],
    target_languages: Iterable[str],
    slot: TimeSlot,
    service: InterpretationService | str,
    norm: Norm | str,
    interpreters_at: ParticipationMode | str = ParticipationMode.ON_SITE,
) -> TeamSize:
    """Return how many interpreters and booths a published norm asks for, and what it leaves open.

    Varieties of a language count as one: ``fr-CA`` and ``fr-CH`` share a booth. The only source language counts as a
    source alone, even if it is a target too.

    Args:
        source_languages: the languages spoken; none if that is not known.
        target_languages: the languages interpreted into, one at least.
        slot: when. All of it counts as work, so pass the time between two long breaks. Whole days, or a
            slot of more than 24 hours, do not say how long anybody works.
        service: the kind of interpretation, or its word: ``"sign"``.
        norm: the norm, or its word: ``"aiic-canada"``.
        interpreters_at: remote is over a platform, where interpreters work three hours a day at most.

    Raises:
        InvalidValueError: ``language-unknown`` or ``language-unspecific``; ``too-few-items`` without a target;
            ``languages-overlap`` if the only target is the only source; ``value-unknown`` for an unknown *service*,
            *norm* or *interpreters_at*.
        TypeError: *slot* is not a TimeSlot, or languages are passed as one string.

    Source: see ``source`` and ``hours_source`` of the result.
    """
    sources = _languages(source_languages, "source_languages")
    targets = _languages(target_languages, "target_languages")
    known_service = parse_enum(InterpretationService, service, "/service")
    known_norm = parse_enum(Norm, norm, "/norm")
    is_remote = parse_enum(ParticipationMode, interpreters_at, "/interpreters_at") is ParticipationMode.REMOTE
    require_instance(slot, TimeSlot, "Not a TimeSlot: pass the slot of an event or of a session.")
    if not targets:
        raise InvalidValueError(finding(Code.TOO_FEW_ITEMS, "/target_languages", minimum=1))
    if known_service is not InterpretationService.CAPTIONS:
        targets = to_be_interpreted(sources, targets)
    if not targets:
        raise InvalidValueError(finding(Code.LANGUAGES_OVERLAP, "/target_languages"))
    work = work_of((slot,)).longest_day
    return team_for(sources, targets, known_service, known_norm, work=work, remote=is_remote)


def seats(dossier: Dossier) -> tuple[SeatRow, ...]:
    """Return how many seats are offered, taken, waited for and free, at the event as a whole and in each session.

    There is a row for each mode of attendance that is offered, or in which somebody has or awaits a seat; first those
    of the event, then those of the sessions that are scheduled or postponed, in their order. A registration counts in
    the row of the event, and in those of the sessions that it names; one that names another event does not count. It
    holds seats if it is approved, attended or a no-show, and while it is pending if the call for registrations needs no
    approval or counts pending ones. The event does not limit a mode that only some of its sessions offer.

    Raises:
        TypeError: *dossier* is not a Dossier.
    """
    return tuple(seat_rows(require_dossier(dossier)))


def registrations(dossier: Dossier, *, by: RegistrationDimension | str, smallest: int = 5) -> Counts[str | None]:
    """Return how many people have registered, by a dimension, without groups so small that they point to single people.

    Small groups are put together as by `counts`. A group is a country, a language, the word of a mode, a membership or
    a state, or the id of a session; None is for people who state none or, by session, who come to the whole event.

    Each person counts once, by their first registration that is neither rejected nor withdrawn, in all dimensions:
    otherwise two tables would differ by a number that one of them hides. By language and by session a person may be in
    several groups: in those of all languages they listen in, and of all sessions that any of their registrations names.

    Args:
        dossier: the event and its registrations. To count a part, pass ``evolve(dossier, registrations=...)``.
        by: the dimension, or its word: ``country``, ``language``, ``membership``, ``mode``, ``session``, ``state``.
        smallest: the smallest number that is shown.

    Raises:
        InvalidValueError: ``value-unknown`` for an unknown dimension; ``number-out-of-range`` or ``wrong-type`` for
            *smallest*.
        TypeError: *dossier* is not a Dossier.
    """
    dimension = parse_enum(RegistrationDimension, by, "/by")
    groups = registration_groups(require_dossier(dossier), dimension)
    return counts(groups, lambda each: each, several=True, smallest=smallest)


@overload
def counts(
    things: Iterable[T], by: Callable[[T], Group], *, several: Literal[False] = False, smallest: int = 5
) -> Counts[Group]: ...


@overload
def counts(
    things: Iterable[T], by: Callable[[T], Iterable[Group]], *, several: Literal[True], smallest: int = 5
) -> Counts[Group]: ...


def counts(things: Iterable[T], by: Callable[[T], Any], *, several: bool = False, smallest: int = 5) -> Counts[Any]:
    """Return the number of things in each group, without groups so small that they point to single people.

    Groups with fewer than *smallest* things are put together. As long as the number of one of them could be worked out,
    the next smallest groups join them, all groups of one size together: then somebody who knows all possible groups
    finds at least two numbers for each hidden one, between which the table does not decide. If only one group is
    possible, the table says only whether it is too small.

    Count people, and not what they may have several of, or one person could pass for five; see *several*.

    Args:
        things: such as registrations.
        by: returns the group of a thing: ``lambda each: (each.country, each.mode)``. Make times coarser, for example
            ``lambda each: each.submitted_at.date()``.
        several: if True, *by* returns all groups of a thing: ``lambda each: each.listening_languages``. The thing
            counts in each of them that is shown, and once among the others if any of its groups is not.
        smallest: the smallest number that is shown.

    Raises:
        InvalidValueError: ``number-out-of-range`` or ``wrong-type`` for *smallest*.
        TypeError: *things* is not an iterable, or a group is not hashable; with *several*, *by* returns no iterable, or
            a string.
    """
    least = require_valid(smallest, Integer(1, 1_000_000), "/smallest")
    groups = map(by, require_iterable(things, "things"))
    return suppressed((require_iterable(group, "by") if several else (group,) for group in groups), least)


def answers(
    dossier: Dossier, question: Question | str, *, call: CallKind | str | None = None, smallest: int = 5
) -> Counts[AnswerGroup]:
    """Return how often each answer to a question was given, without groups so small that they point to single people.

    Small groups are put together as by `counts`. A group is a value of `Question.value`: the id of a choice, a country,
    a language, a day, a number, True or False. Texts, addresses and telephone numbers are all in the group True. Those
    who gave no answer, or one that does not fit the question, are in the group None. If several choices may be chosen,
    those who chose two count in both groups, and once in `Counts.others` if any of their choices is not shown.

    Registrations, requests and pledges for the event count unless they are rejected, declined, withdrawn or a draft.
    So the waitlisted and the no-shows do, which `languages_needed` leaves out: their answers hold. Those that were
    purged count with the answers that were kept.

    Args:
        dossier: the event and its submissions. To count a part, pass ``evolve(dossier, registrations=...)``.
        question: a question of the event, or its id.
        call: the kind of the call that asks it; by default the first that does, of those for registration, for
            interpretation and for pledges.
        smallest: the smallest number that is shown.

    Raises:
        InvalidValueError: ``value-unknown`` for *call*, or if no call asks the question; ``number-out-of-range`` or
            ``wrong-type`` for *smallest*.
        TypeError: *dossier* is not a Dossier.
    """
    id_ = question.id if isinstance(question, Question) else question
    kind = None if call is None else parse_enum(CallKind, call, "/call")
    groups = answer_groups(require_dossier(dossier), id_, kind)
    return counts(groups, lambda each: each, several=True, smallest=smallest)


def _languages(tags: Iterable[str], parameter: str) -> frozenset[str]:
    path = pointer(parameter)
    found = frozenset([require_valid(each, LANGUAGE, path) for each in require_iterable(tags, parameter)])
    if any(map(is_unspecific, found)):
        raise InvalidValueError(finding(Code.LANGUAGE_UNSPECIFIC, path))
    return found
