"""The list of rules: `check` calls them for a dossier, `judge_submission` for one submission that comes in for it."""

from datetime import datetime

from wtisd_model.findings import Finding
from wtisd_model.model.documents import SUBMISSIONS
from wtisd_model.rules.answers import answers_fit_the_questions, conditions_name_sessions
from wtisd_model.rules.context import AnySubmission, Context, PreparedDossier
from wtisd_model.rules.event import (
    addresses_can_exist,
    capacity_fits_rooms,
    deadlines_leave_time,
    people_fit_rooms,
    uids_are_unique,
)
from wtisd_model.rules.goals import targets_of_events_exist, targets_of_pledges_exist
from wtisd_model.rules.interpretation import (
    deliveries_are_at_the_event,
    hours_are_bearable,
    languages_are_offered,
    requests_are_in_time,
    speakers_are_understood,
    teams_fit_their_norm,
)
from wtisd_model.rules.languages import (
    event_languages_are_specific,
    interpreted_languages_are_specific,
    listening_languages_are_specific,
)
from wtisd_model.rules.pledge import (
    currencies_are_in_use,
    partners_are_others,
    pledges_are_in_the_window,
    pledges_are_measurable,
    pledges_are_reported_on,
    pledges_can_be_read,
    reports_are_plausible,
)
from wtisd_model.rules.registration import (
    check_ins_are_at_the_event,
    free_seats_are_given,
    memberships_are_addressed,
    names_use_one_script,
    no_shows_are_at_the_event,
    nobody_is_passed_over,
    people_register_once,
    registrations_are_in_the_window,
    seats_suffice,
    sessions_can_be_attended,
    visa_letters_are_for_on_site,
)
from wtisd_model.rules.session import people_are_free, rooms_are_free
from wtisd_model.rules.sorting import in_document_order
from wtisd_model.rules.submission import (
    SubmissionRule,
    event_is_this_one,
    ids_are_unique,
    modes_are_offered,
    personal_data_is_purged,
    sessions_exist,
    sessions_take_place,
)
from wtisd_model.rules.times import decisions_follow_submissions, times_have_come

RULES = (
    deadlines_leave_time,
    capacity_fits_rooms,
    people_fit_rooms,
    uids_are_unique,
    addresses_can_exist,
    targets_of_events_exist,
    conditions_name_sessions,
    rooms_are_free,
    people_are_free,
    ids_are_unique,
    event_is_this_one,
    sessions_exist,
    sessions_take_place,
    personal_data_is_purged,
    modes_are_offered,
    answers_fit_the_questions,
    times_have_come,
    decisions_follow_submissions,
    registrations_are_in_the_window,
    memberships_are_addressed,
    visa_letters_are_for_on_site,
    names_use_one_script,
    sessions_can_be_attended,
    check_ins_are_at_the_event,
    no_shows_are_at_the_event,
    people_register_once,
    seats_suffice,
    free_seats_are_given,
    nobody_is_passed_over,
    event_languages_are_specific,
    listening_languages_are_specific,
    interpreted_languages_are_specific,
    requests_are_in_time,
    languages_are_offered,
    speakers_are_understood,
    teams_fit_their_norm,
    hours_are_bearable,
    deliveries_are_at_the_event,
    pledges_are_in_the_window,
    pledges_can_be_read,
    partners_are_others,
    currencies_are_in_use,
    targets_of_pledges_exist,
    pledges_are_measurable,
    reports_are_plausible,
    pledges_are_reported_on,
)
"""The rules of this package, in the order of findings at the same path."""


def judge_submission(dossier: PreparedDossier, submission: AnySubmission, now: datetime) -> tuple[Finding, ...]:
    """Return the findings of the rules in one submission that comes in for a dossier; paths begin at the submission.

    They are those that `check` would have if the submission were the last of its list. In addition, a pending
    registration gets ``seats-exceeded`` if no seat is free and there is no waitlist.

    Args:
        dossier: the dossier, which does not change.
        submission: a registration, a request for interpretation or a pledge.
        now: the present moment, in UTC.
    """
    context = Context(dossier, now, None)
    cls = type(submission)
    return in_document_order(cls, (found for judge in _JUDGES[cls] for found in judge(context, submission)))


_JUDGES = {
    cls: tuple(rule.judge for rule in RULES if isinstance(rule, SubmissionRule) and cls in rule.classes)
    for cls in SUBMISSIONS
}
