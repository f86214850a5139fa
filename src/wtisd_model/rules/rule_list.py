"""The list of rules: `check` calls them for a dossier, `judge_submission` for one submission that comes in for it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import chain

from attrs import evolve

from wtisd_model.findings import Finding, pointer
from wtisd_model.model.documents import SUBMISSION_FIELDS, SUBMISSIONS
from wtisd_model.model.dossier import Dossier
from wtisd_model.objects import unchecked_constructor
from wtisd_model.rules import event, interpretation, pledge, registration, session, submission
from wtisd_model.rules.context import AnySubmission, Context, PreparedDossier
from wtisd_model.rules.rule import Rule, own_findings
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import camel_case, fields_of

RULES: tuple[Rule, ...] = (
    event.deadlines_leave_time,
    event.capacity_fits_rooms,
    event.people_fit_rooms,
    event.uids_are_unique,
    event.addresses_can_exist,
    event.announced_places_can_be_found,
    pledge.targets_of_events_exist,
    submission.conditions_name_sessions,
    session.rooms_are_free,
    session.people_are_free,
    submission.ids_are_unique,
    submission.event_is_this_one,
    submission.sessions_exist,
    submission.sessions_take_place,
    submission.personal_data_is_purged,
    submission.modes_are_offered,
    submission.answers_fit_the_questions,
    submission.times_have_come,
    submission.decisions_follow_submissions,
    registration.registrations_are_in_the_window,
    registration.memberships_are_addressed,
    registration.visa_letters_are_for_on_site,
    registration.names_use_one_script,
    registration.participants_read_our_words,
    registration.sessions_can_be_attended,
    registration.check_ins_are_at_the_event,
    registration.no_shows_are_at_the_event,
    registration.people_register_once,
    registration.seats_suffice,
    registration.seats_go_in_turn,
    interpretation.event_languages_are_specific,
    interpretation.listening_languages_are_specific,
    interpretation.interpreted_languages_are_specific,
    interpretation.requests_are_in_time,
    interpretation.languages_are_offered,
    interpretation.speakers_are_understood,
    interpretation.teams_fit_their_norm,
    interpretation.hours_are_bearable,
    interpretation.deliveries_are_at_the_event,
    pledge.pledges_are_in_the_window,
    pledge.pledges_can_be_read,
    pledge.partners_are_others,
    pledge.currencies_are_in_use,
    pledge.targets_of_pledges_exist,
    pledge.pledges_are_measurable,
    pledge.reports_are_plausible,
    pledge.pledges_are_reported_on,
)
"""The rules of this package, in the order of findings at the same path."""


def findings_of(dossier: Dossier, now: datetime, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return the findings of rules in a dossier, in document order; *now* is in UTC."""
    prepared = PreparedDossier(dossier)
    contexts = prepared.contexts(now)
    findings = (
        rule.findings(prepared, contexts)
        if isinstance(rule, submission.SubmissionRule)
        else (rule if rule in RULES else partial(own_findings, rule))(dossier, now)
        for rule in rules
    )
    return in_document_order(Dossier, chain.from_iterable(findings))


def judge_submission(
    dossier: PreparedDossier,
    incoming: AnySubmission,
    now: datetime,
    noticed: Iterable[Finding] = (),
    rules: Sequence[Rule] = (),
) -> tuple[Finding, ...]:
    """Return the findings of the rules in one submission that comes in for a dossier; paths begin at the submission.

    They are those that `check` would have if the submission were the last of its list. In addition, a pending
    registration gets ``seats-exceeded`` if no seat is free and there is no waitlist.

    What was *noticed* in its document is returned too. The *rules* are the caller's: of what they find in the dossier
    with the submission, what is at the submission counts.
    """
    context = Context(dossier, now, None)
    cls = type(incoming)
    judged: Iterable[Finding] = (found for judge in _JUDGES[cls] for found in judge(context, incoming))
    if noticed or rules:
        judged = chain(noticed, judged, _at_incoming(dossier, incoming, now, rules))
    return in_document_order(cls, judged)


# There may already be as many submissions as a dossier can hold.
_unchecked_dossier: Callable[..., Dossier] = unchecked_constructor(Dossier)


def _at_incoming(
    dossier: PreparedDossier, incoming: AnySubmission, now: datetime, rules: Sequence[Rule]
) -> Iterator[Finding]:
    """Yield what rules find at a submission, which is the last of its list for them; paths begin at the submission."""
    name = SUBMISSION_FIELDS[type(incoming)]
    lists = {SUBMISSION_FIELDS[cls]: (*listed,) for cls, listed in dossier.lists.items()}
    place = pointer(camel_case(name), len(lists[name]))
    lists[name] = (*lists[name], incoming)
    larger = _unchecked_dossier(event=dossier.event, **lists)
    for rule in rules:
        for found in own_findings(rule, larger, now):
            if f"{found.path}/".startswith(f"{place}/"):
                yield evolve(found, path=found.path.removeprefix(place))


_JUDGES = {
    cls: tuple(rule.judge for rule in RULES if isinstance(rule, submission.SubmissionRule) and cls in rule.classes)
    for cls in SUBMISSIONS
}


_LAST = 10**9


def in_document_order(cls: type, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings about an object of *cls* in document order: keys as they are declared, items by index.

    Findings at the same path keep their order. Paths that the document does not have come last.
    """
    return tuple(sorted(findings, key=lambda found: _sort_key(cls, found.path)))


def _sort_key(cls: type, path: str) -> tuple[tuple[int, str], ...]:
    constraint: Constraint | None = Nested(cls)
    key: list[tuple[int, str]] = []
    for token in path.split("/")[1:]:
        rank = _LAST
        if isinstance(constraint, Nested):
            rank, constraint = _declared_keys(constraint.cls).get(token, (_LAST, None))
        elif isinstance(constraint, Items) and re.fullmatch(r"[0-9]{1,9}", token):
            rank, constraint = int(token), constraint.item
        else:
            constraint = None
        key.append((rank, "" if rank < _LAST else token))
    return tuple(key)


@cache
def _declared_keys(cls: type) -> Mapping[str, tuple[int, Constraint]]:
    return {spec.key: (rank, spec.constraint) for rank, spec in enumerate(fields_of(cls))}
