"""Times that cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.samples.small import NOW, dossier, hours, judged, pledge, registration, request
from wtisd_model import Code, Dossier, PledgeState, Severity, Transition, Wait
from wtisd_model.rules.context import PreparedDossier
from wtisd_model.rules.rule_list import judge_submission

LATER = NOW + timedelta(seconds=1)
SOON = hours(1)


def found(made: Dossier) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in judged(made)]


class TestFuture:
    """What has been recorded has happened."""

    def test_nothing_is_submitted_after_now(self) -> None:
        made = dossier(
            registration("a", submitted_at=LATER),
            registration("b", submitted_at=NOW),
            requests=(request("a", submitted_at=LATER),),
            pledges=(pledge("a", submitted_at=LATER),),
        )
        assert found(made) == [
            (Code.TIME_IN_FUTURE, f"/{each}/0/submittedAt")
            for each in ("registrations", "interpretationRequests", "pledges")
        ]
        assert {each.severity for each in judged(made)} == {Severity.ERROR}

    def test_nothing_is_decided_after_now(self) -> None:
        decided = registration("a").approve(at=SOON).reset(at=LATER).approve(at=LATER)
        assert found(dossier(decided)) == [(Code.TIME_IN_FUTURE, "/registrations/0/history/1/at")]
        assert not found(dossier(registration("a").approve(at=NOW)))

    @pytest.mark.parametrize(
        ("changed", "path"),
        [
            (evolve(registration("a").waitlist(at=SOON), waitlisted_at=LATER), "/waitlistedAt"),
            (registration("a").purged(at=LATER), "/purgedAt"),
            (registration("a", waits=[Wait(session_id="s", since=SOON, until=LATER)]), "/waits/0/until"),
        ],
    )
    def test_the_other_times_of_a_registration_are_checked_too(self, changed: Any, path: str) -> None:
        assert found(dossier(changed)) == [(Code.TIME_IN_FUTURE, f"/registrations/0{path}")]

    def test_a_request_is_not_purged_after_now(self) -> None:
        made = dossier(requests=(request("a").purged(at=LATER), request("b").purged(at=NOW)))
        assert found(made) == [(Code.TIME_IN_FUTURE, "/interpretationRequests/0/purgedAt")]

    def test_a_submission_that_comes_in_now_is_in_time(self) -> None:
        now = judge_submission(PreparedDossier(dossier()), registration("a", submitted_at=NOW), NOW)
        assert not now
        later = judge_submission(PreparedDossier(dossier()), registration("a", submitted_at=LATER), NOW)
        assert [(each.code, each.path) for each in later] == [(Code.TIME_IN_FUTURE, "/submittedAt")]


class TestOrder:
    """Nothing is approved before it is submitted."""

    def test_a_decision_before_the_submission_is_impossible(self) -> None:
        early = hours(-72)
        made = dossier(
            registration("a").approve(at=early),
            registration("b").approve(at=hours(0)),
            requests=(request("a").approve(at=early),),
            pledges=(pledge("a").publish(at=early),),
        )
        assert found(made) == [
            (Code.HISTORY_BEFORE_SUBMISSION, f"/{each}/0/history/0/at")
            for each in ("registrations", "interpretationRequests", "pledges")
        ]

    def test_nothing_is_purged_before_the_submission(self) -> None:
        early = registration("a").submitted_at - timedelta(microseconds=1)
        made = dossier(
            registration("a").purged(at=early),
            registration("b").purged(at=registration("b").submitted_at),
            requests=(request("a").purged(at=request("a").submitted_at - timedelta(microseconds=1)),),
        )
        assert found(made) == [
            (Code.PURGED_BEFORE_SUBMISSION, f"/{each}/0/purgedAt")
            for each in ("registrations", "interpretationRequests")
        ]

    def test_a_draft_may_be_older_than_the_submission(self) -> None:
        drafted = pledge("a", state=PledgeState.DRAFT).submit(at=hours(-1))
        assert not found(dossier(pledges=(drafted,)))
        assert drafted.history == (Transition(at=hours(-1), before="draft", after="submitted"),)
