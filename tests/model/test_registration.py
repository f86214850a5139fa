"""A registration: one person's wish to take part, and what became of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refused
from tests.samples.whole import AT, answer, contact, later, registration, step
from wtisd_model import Membership, Need, ParticipationMode, ParticipationStatus, Registration, RegistrationState
from wtisd_model.schema.fields import fields_of

APPROVED = registration().approve(at=later(1), by="Officer 1", note="Welcome")
APPROVED = evolve(APPROVED, replies=(answer(comment="I come by train."),))


class TestRegistration:
    """schema.org EventReservation, RFC 5545 ATTENDEE."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"id": ""}, "id-malformed", "/id"),
            ({"event_uid": "é1"}, "uid-malformed", "/eventUid"),
            ({"participant": None}, "participant-missing", "/participant"),
            ({"participant": contact(name=None)}, "participant-incomplete", "/participant/name"),
            ({"participant": contact(email=None)}, "participant-incomplete", "/participant/email"),
            ({"organization": "\u202eevil"}, "text-bidi", "/organization"),
            ({"country": "UK"}, "country-unknown", "/country"),
            ({"mode": None}, "wrong-type", "/mode"),
            ({"mode": "onsite"}, "value-unknown", "/mode"),
            ({"session_ids": frozenset(map(str, range(101)))}, "too-many-items", "/sessionIds"),
            ({"session_ids": frozenset({"s 1"})}, "id-malformed", "/sessionIds"),
            ({"listening_languages": ("fr", "en", "fr")}, "item-repeated", "/listeningLanguages/2"),
            ({"needs": frozenset({"visa"})}, "value-unknown", "/needs"),
            ({"privacy_notice": " "}, "text-empty", "/privacyNotice"),
            ({"submitted_at": datetime(2023, 4, 14)}, "moment-naive", "/submittedAt"),
            ({"submitted_at": None}, "wrong-type", "/submittedAt"),
            ({"state": RegistrationState.APPROVED}, "history-ends-elsewhere", "/state"),
            ({"state": RegistrationState.WAITLISTED}, "waitlisted-at-missing", "/waitlistedAt"),
            ({"waitlisted_at": AT}, "waitlisted-at-unfounded", "/waitlistedAt"),
            ({"state": RegistrationState.ATTENDED}, "checked-in-at-missing", "/checkedInAt"),
            ({"checked_in_at": AT}, "checked-in-at-unfounded", "/checkedInAt"),
            ({"purged_at": AT}, "purged-with-personal-data", "/participant"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: registration(**changes)) == (code, path)

    def test_a_hundred_sessions_may_be_chosen(self) -> None:
        assert len(registration(session_ids=frozenset(map(str, range(100)))).session_ids) == 100


class TestStates:
    """R06: waitlisted_at exactly when waitlisted. R09: checked_in_at exactly when attended."""

    def test_waiting_begins_and_ends_with_the_state(self) -> None:
        waiting = registration().waitlist(at=later(1))
        assert waiting.waitlisted_at == later(1)
        for verb in ("approve", "reject", "withdraw"):
            assert getattr(waiting, verb)(at=later(2)).waitlisted_at is None

    def test_checking_in_is_recorded(self) -> None:
        assert APPROVED.check_in(at=later(9)).checked_in_at == later(9)
        assert APPROVED.mark_no_show(at=later(9)).checked_in_at is None
        assert APPROVED.reset(at=later(9)).history[-1].after == "pending"

    def test_approved_attended_and_no_show_count_against_the_capacity(self) -> None:
        assert {each.value for each in RegistrationState if each.takes_seat} == {"approved", "attended", "no-show"}

    def test_the_rejected_and_the_withdrawn_may_register_again(self) -> None:
        assert {each.value for each in RegistrationState if not each.is_active} == {"rejected", "withdrawn"}


class TestAnswers:
    """RFC 5546 section 2.1.5: SEQUENCE orders, and DTSTAMP where that is equal."""

    OLD = answer(status=ParticipationStatus.DECLINED, at=later(9))
    NEW = answer(status=ParticipationStatus.ACCEPTED, at=later(1), sequence=1)
    OF_A_SESSION = answer(status=ParticipationStatus.TENTATIVE, at=later(2), sequence=1, session_id="s-1")

    def test_a_late_reply_to_an_old_revision_precedes_one_to_a_newer(self) -> None:
        assert registration(replies=(self.OLD, self.NEW, self.OF_A_SESSION)).last_reply() == self.NEW
        assert refused(lambda: registration(replies=(self.NEW, self.OLD))) == ("replies-out-of-order", "/replies/1")

    def test_replies_to_one_revision_are_in_chronological_order(self) -> None:
        early, late = answer(at=later(1)), answer(at=later(2))
        assert registration(replies=(early, late, late)).last_reply() == late
        assert refused(lambda: registration(replies=(late, early))) == ("replies-out-of-order", "/replies/1")

    def test_the_last_about_a_session_is_found(self) -> None:
        both = registration(replies=(self.NEW, self.OF_A_SESSION))
        assert both.last_reply(session_id="s-1") == self.OF_A_SESSION
        assert both.last_reply(session_id="s-2") is None
        assert registration().last_reply() is None

    @pytest.mark.parametrize(
        "status", [ParticipationStatus.ACCEPTED, ParticipationStatus.NEEDS_ACTION], ids=lambda each: each.value
    )
    def test_the_status_is_that_of_the_last_reply_about_the_event_or_needs_action(
        self, status: ParticipationStatus
    ) -> None:
        answers = (self.OLD, self.NEW, self.OF_A_SESSION)
        assert registration(replies=answers, participation_status=status).participation_status is status

    def test_any_other_status_is_refused(self) -> None:
        for status in (ParticipationStatus.DECLINED, ParticipationStatus.TENTATIVE, ParticipationStatus.DELEGATED):
            changes: dict[str, Any] = {"replies": (self.OLD, self.NEW), "participation_status": status}
            assert refused(lambda: registration(**changes)) == (  # noqa: B023 - called at once
                "participation-status-unfounded",
                "/participationStatus",
            )

    def test_a_reply_about_a_session_is_not_about_the_event(self) -> None:
        declined = registration(replies=(self.OF_A_SESSION,), participation_status=ParticipationStatus.DECLINED)
        assert declined.participation_status is ParticipationStatus.DECLINED

    def test_the_reply_of_a_delegate_is_not_the_persons_own(self) -> None:
        delegated = answer(status=ParticipationStatus.DELEGATED, delegated_to=frozenset({"p2@example.org"}))
        declined = answer(status=ParticipationStatus.DECLINED, at=later(1), delegate="p2@example.org")
        both = registration(replies=(delegated, declined), participation_status=ParticipationStatus.DELEGATED)
        assert both.last_reply() == delegated
        purged = both.purged(at=later(99))
        assert purged.replies == (evolve(delegated, comment=None, delegated_to=frozenset()),)
        assert "p2" not in repr(both)

    def test_the_comment_is_not_printed(self) -> None:
        assert "train" not in repr(APPROVED)


class TestPurged:
    """R11: personal fields are gone after retention; state, membership, country and mode stay for statistics."""

    PURGED = APPROVED.purged(at=later(99))

    def test_personal_data_is_removed(self) -> None:
        for spec in fields_of(Registration):
            if spec.personal:
                assert not getattr(self.PURGED, spec.name), spec.name
        assert [(each.by, each.note) for each in self.PURGED.history] == [(None, None)]
        assert self.PURGED.replies == (answer(comment=None),)

    def test_the_data_for_statistics_is_kept(self) -> None:
        assert self.PURGED.purged_at == later(99)
        assert self.PURGED.state is RegistrationState.APPROVED
        assert self.PURGED.membership is Membership.MEMBER_STATE
        assert self.PURGED.country == "TD"
        assert self.PURGED.mode is ParticipationMode.ON_SITE
        kept = [
            spec.name
            for spec in fields_of(Registration)
            if not spec.personal and spec.name not in {"purged_at", "history", "replies"}
        ]
        assert [getattr(self.PURGED, name) for name in kept] == [getattr(APPROVED, name) for name in kept]
        assert [(each.at, each.before, each.after) for each in self.PURGED.history] == [
            (later(1), "pending", "approved")
        ]

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"participant": contact()}, "/participant"),
            ({"organization": "Ministry 1"}, "/organization"),
            ({"needs": frozenset({Need.DIETARY})}, "/needs"),
            ({"submitted_by": "Focal point 1"}, "/submittedBy"),
            ({"history": (step("pending", "approved", by="Officer 1"),)}, "/history/0/by"),
            ({"history": (step("pending", "approved", note="Why"),)}, "/history/0/note"),
            ({"replies": (answer(comment=None), answer(comment="Why"))}, "/replies/1/comment"),
            (
                {"replies": (answer(comment=None, delegated_to=frozenset({"p2@example.org"})),)},
                "/replies/0/delegatedTo",
            ),
            ({"replies": (answer(comment=None, delegate="p2@example.org"),)}, "/replies/0/delegate"),
        ],
    )
    def test_nothing_personal_survives_purging(self, changes: dict[str, Any], path: str) -> None:
        assert refused(lambda: evolve(self.PURGED, **changes)) == ("purged-with-personal-data", path)

    def test_it_can_be_moved_on_without_a_name(self) -> None:
        assert self.PURGED.withdraw(at=later(100)).purged_at == later(99)
        assert refused(lambda: self.PURGED.withdraw(at=later(100), by="Officer 1")) == (
            "purged-with-personal-data",
            "/history/1/by",
        )

    def test_the_one_before_stays_as_it_was(self) -> None:
        assert APPROVED.participant == contact()

    def test_purging_once_more_changes_nothing(self) -> None:
        assert self.PURGED.purged(at=later(200)) == self.PURGED
        naive = datetime(2023, 4, 14)
        assert refused(lambda: APPROVED.purged(at=naive)) == ("moment-naive", "/purgedAt")
        assert APPROVED.purged(at=datetime(2024, 1, 1, tzinfo=UTC)).participant is None
