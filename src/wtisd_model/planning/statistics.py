"""Counts of people and of answers by group, without groups that are too small to be shown.

The field calls this small-cell suppression. Hidden groups are shown together, and more groups join them until no number
of a single one follows from what is shown. Readers may know which groups are possible and how groups are hidden, but
nothing else about the things that are counted.

Why this holds: groups are hidden by their size alone, so that exchanging two hidden groups changes nothing that is
shown. If their sizes differ, both groups may have either. If all hidden groups have one size, below ``smallest - 1``, a
thing may be moved from one to another: both are still hidden. If that size is ``smallest - 1``, the next groups join;
and if all groups are hidden, one thing in one of them and all others in another would look the same.

Where things are in several groups, None cannot be exchanged with another group: what states nothing is in no other. So
it is hidden together with two others at least, between which the number of things, known from another table, does not
decide.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, Literal, TypeVar, cast, overload

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.model.call import CallKind
from wtisd_model.model.documents import CALL_KINDS, submissions_in
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.interpretation import RequestState
from wtisd_model.model.question import IN_OWN_WORDS, Question, read_answer
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.submissions import belongs_to, questions_of
from wtisd_model.planning.audience import registrations_by_person
from wtisd_model.planning.totals import COUNTED_PLEDGES
from wtisd_model.schema.constraints import Integer, Items
from wtisd_model.types.arguments import parse_enum, require_iterable, require_valid
from wtisd_model.types.identifiers import first_ids

T = TypeVar("T")
Group = TypeVar("Group", bound=Hashable)

FEWEST_OTHERS: Final = 3
"""Of two others, in two groups that could be hidden with ``smallest=2``, each would be known."""


@frozen(kw_only=True)
class Counts(Generic[Group]):
    """The numbers of things by group, without groups too small to be shown."""

    groups: Mapping[Group, int] = field(hash=False)
    """The number in each group that is shown, the largest first."""
    others: int | None
    """The number in any other group: 0, or enough to be shown, at least 3; None if even all things are too few."""

    @property
    def total(self) -> int | None:
        """The sum of these numbers; None if they are too few to be shown.

        It is the number of things, unless things are in several groups.
        """
        return None if self.others is None else sum(self.groups.values()) + self.others


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
        by: returns the group of a thing: ``lambda person: (person.country, person.mode)``. Make times coarser, for
            example ``lambda person: person.submitted_at.date()``.
        several: if True, *by* returns all groups of a thing: ``lambda person: person.listening_languages``. The thing
            counts in each of them that is shown, and once among the others if any of its groups is not.
        smallest: the smallest number that is shown.

    Raises:
        InvalidValueError: ``number-out-of-range`` or ``wrong-type`` for *smallest*.
        TypeError: *things* is not an iterable, or a group is not hashable; with *several*, *by* returns no iterable, or
            a string.
    """
    groups = map(by, require_iterable(things, "things"))
    return _suppressed((require_iterable(group, "by") if several else (group,) for group in groups), smallest)


# Why: docs/decisions/0017
def _suppressed(things: Iterable[Iterable[Group]], smallest: int) -> Counts[Group]:
    """Return the groups with at least *smallest* things, and the number of things in any other group.

    Args:
        things: the groups that each thing is in. One in several groups counts once in each of them, and once among the
            others, so that a single one cannot pass for many.
        smallest: the smallest number that is shown. The smallest groups join the others, all groups of one size
            together, while the others have fewer things, or if all of them have the size ``smallest - 1``; where things
            are in several groups, also while None is hidden with fewer than two other groups.
    """
    require_valid(smallest, Integer(1, 1_000_000), "/smallest")
    alike = Counter(groups for groups in map(frozenset, things) if groups)
    enough = max(smallest, FEWEST_OTHERS)
    # With ``smallest=2``, two people in one group of a table would say that in another, hidden one they are in two.
    if smallest > 1 and 0 < alike.total() < enough:
        return Counts(groups={}, others=None)
    members: dict[Group, list[frozenset[Group]]] = {}
    for groups in alike:
        for group in groups:
            members.setdefault(group, []).append(groups)
    of_size: dict[int, list[Group]] = {}
    for group, several in members.items():
        of_size.setdefault(sum(map(alike.__getitem__, several)), []).append(group)
    sizes, hidden_sizes = sorted(of_size, reverse=True), list[int]()
    overlap = any(len(groups) > 1 for groups in alike)
    hidden: set[frozenset[Group]] = set()
    others = 0

    def is_told() -> bool:
        joined = [group for size in hidden_sizes for group in of_size[size]]
        return others < enough or hidden_sizes == [smallest - 1] or (overlap and None in joined and len(joined) <= 2)  # noqa: PLR2004 - itself and one other

    while sizes and (sizes[-1] < smallest or (hidden_sizes and is_told())):
        hidden_sizes.append(sizes.pop())
        joining = {groups for group in of_size[hidden_sizes[-1]] for groups in members[group]} - hidden
        others += sum(map(alike.__getitem__, joining))
        hidden |= joining
    # The text of a group decides the order of groups of one size, so that equal input gives equal results.
    groups_shown = {group: size for size in sizes for group in sorted(of_size[size], key=_text)}
    return Counts(groups=groups_shown, others=others)


def _text(group: object) -> str:
    """Return a text to sort groups by; that of a set does not depend on the order of its members."""
    if isinstance(group, AbstractSet):
        return f"{{{', '.join(sorted(map(_text, cast('AbstractSet[object]', group))))}}}"
    if isinstance(group, tuple):
        return f"({', '.join(map(_text, cast('tuple[object, ...]', group)))})"
    return repr(group)


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
    """The sessions that they chose and do not wait for, by id."""
    STATE = "state"
    """The state of the registration."""

    @property
    def overlaps(self) -> bool:
        """True if a person may be in several groups."""
        return self in {RegistrationDimension.LANGUAGE, RegistrationDimension.SESSION}


def registrations(dossier: Dossier, *, by: RegistrationDimension | str, smallest: int = 5) -> Counts[str | None]:
    """Return how many people have registered, by a dimension, without groups so small that they point to single people.

    Small groups are put together as by `counts`. A group is a country, a language, the word of a mode, a membership or
    a state, or the id of a session; None is for people who state none or, by session, who come to the whole event or
    wait for all their sessions.

    Each person counts once, by their first registration that is neither rejected nor withdrawn, in all dimensions:
    otherwise two tables would differ by a number that one of them hides. By language and by session a person may be in
    several groups: in those of all languages they listen in, and of all sessions that any of their registrations names
    and does not wait for.

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
    event = require_dossier(dossier).event
    # In each dimension the same people: rejected ones in one table only would be what two totals differ by.
    counted = [
        registration
        for registration in dossier.registrations
        if registration.state.is_active and belongs_to(registration, event)
    ]
    return _suppressed((_groups(person, dimension) for person in registrations_by_person(counted)), smallest)


def _groups(person: Sequence[Registration], by: RegistrationDimension) -> frozenset[str | None]:
    """Return the groups that a person is in, at least one; None is the group of those who state nothing."""
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
            groups = set[str | None]()
            for registration in person:  # those who wait for the event wait for their sessions too
                groups |= (registration.waitlisted_at is None and registration.attended_ids) or {None}
            return frozenset(groups)
        case _:  # the state
            return frozenset({first.state})


AnswerGroup = str | bool | int | Decimal | date | None
"""The value of an answer, or True for any text; None without an answer."""

_COUNTED_SUBMISSIONS: Final[Mapping[CallKind, AbstractSet[StrEnum]]] = {
    CallKind.REGISTRATION: frozenset(state for state in RegistrationState if state.is_active),
    CallKind.INTERPRETATION: frozenset(state for state in RequestState if state.is_active),
    CallKind.PLEDGE: COUNTED_PLEDGES,
}
"""The states in which an answer holds; the order of the calls is that in which they are asked for a question.

It does on the waitlist and after a no-show, although `wtisd_model.planning.audience` counts neither: meals are planned
for those who may still come, and were ordered for those who did not.
"""


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
    return _suppressed(_answer_groups(require_dossier(dossier), id_, kind), smallest)


def _answer_groups(dossier: Dossier, question: str, call: CallKind | None) -> Iterator[Iterable[AnswerGroup]]:
    """Yield the groups of each answer to a question: one, or several if several choices were chosen.

    Raises:
        InvalidValueError: ``value-unknown``, if no call of the event asks the question.
    """
    kind, asked = _find(dossier, question, call)
    submissions = {CALL_KINDS[cls]: submissions for cls, submissions in submissions_in(dossier).items()}
    constraint = asked.constraint
    for submission in submissions[kind]:
        if submission.state not in _COUNTED_SUBMISSIONS[kind] or not belongs_to(submission, dossier.event):
            continue
        value, refusal = read_answer(constraint, submission.answers.get(asked.id))
        if refusal is not None:
            yield (None,)
        elif isinstance(constraint, Items):
            yield cast("tuple[str, ...]", value) or (None,)
        else:
            yield (cast("AnswerGroup", value) if asked.kind not in IN_OWN_WORDS else True,)


def _find(dossier: Dossier, question: str, call: CallKind | None) -> tuple[CallKind, Question]:
    kinds = tuple(_COUNTED_SUBMISSIONS) if call is None else (call,)
    questions = [(kind, asked) for kind in kinds for asked in questions_of(dossier.event, kind)]
    for kind, asked in questions:
        if asked.id == question:
            return kind, asked
    ids = sorted({asked.id for _, asked in questions})
    raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/question", choices=first_ids(ids)))
