"""A request for interpretation: from and into which languages, for what, and what was decided."""

from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refused
from tests.samples.whole import contact, event, later, request, session, step, team
from wtisd_model import Dossier, InterpretationRequest, InterpretationService, InvalidValueError, RequestState, planning
from wtisd_model.planning.results import Channel
from wtisd_model.schema.fields import fields_of

SERVICE = InterpretationService


def languages(*tags: str) -> frozenset[str]:
    return frozenset(tags)


class TestMeetingsInSeveralLanguages:
    """The fix of ``languages-overlap`` says how to ask for interpretation between all languages spoken."""

    def test_without_source_languages_each_is_interpreted_into_the_others(self) -> None:
        both = languages("en", "fr")
        with pytest.raises(InvalidValueError) as refused:
            request(source_languages=both, target_languages=both)
        (found,) = refused.value.findings
        assert "leave the source languages out" in found.fix
        held = event(sessions=(session(id="s-1", floor_languages=("en", "fr"), kind=None),), floor_languages=())
        asked = request(
            source_languages=(), target_languages=both, session_ids=(), state="requested", team=None, history=()
        )
        approved = asked.approve(at=asked.submitted_at)
        rows = planning.coverage(Dossier(event=held, interpretation_requests=(approved,)))
        assert {row.language: row.offered for row in rows} == dict.fromkeys(both, (Channel.DIRECT,))


class TestInterpretationRequest:
    """I01: target languages not empty and apart from the source languages. I03: sign and captions."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"target_languages": frozenset()}, "too-few-items", "/targetLanguages"),
            ({"target_languages": languages("fr", "EN")}, "language-unknown", "/targetLanguages"),
            ({"target_languages": languages("fr", "en")}, "languages-overlap", "/targetLanguages"),
            ({"service": SERVICE.SIGN}, "sign-language-missing", "/targetLanguages"),
            (
                {"service": SERVICE.SIGN, "target_languages": languages("sgn")},
                "sign-language-missing",
                "/targetLanguages",
            ),
            ({"service": SERVICE.CAPTIONS}, "captions-need-one-language", "/targetLanguages"),
            (
                {"service": SERVICE.CAPTIONS, "target_languages": languages("ase")},
                "sign-language-spoken",
                "/targetLanguages",
            ),
            ({"service": "signs"}, "value-unknown", "/service"),
            ({"requester": None}, "requester-missing", "/requester"),
            ({"listeners": 0}, "number-out-of-range", "/listeners"),
            ({"team": team()}, "team-unfounded", "/team"),
            ({"state": RequestState.ASSIGNED}, "team-missing", "/team"),
            ({"state": RequestState.APPROVED}, "history-ends-elsewhere", "/state"),
            ({"note": "x" * 10_001}, "text-too-long", "/note"),
            (
                {"state": RequestState.DECLINED, "history": (step("requested", "declined"),)},
                "decision-without-reason",
                "/history/0/note",
            ),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: request(**changes)) == (code, path)

    @pytest.mark.parametrize(
        "changes",
        [
            {"source_languages": frozenset()},
            {"service": SERVICE.SIGN, "target_languages": languages("ils")},
            {"service": SERVICE.SIGN, "target_languages": languages("ase", "fsl")},
            {"service": SERVICE.SIGN, "source_languages": languages("ase"), "target_languages": languages("en")},
            # Captions in the language of the floor are what most people ask for.
            {"service": SERVICE.CAPTIONS, "source_languages": languages("en"), "target_languages": languages("en")},
            {"service": SERVICE.WHISPERED},
            {
                "service": SERVICE.CONSECUTIVE,
                "source_languages": languages("en"),
                "target_languages": languages("en-GB"),
            },
        ],
    )
    def test_valid_requests_are_accepted(self, changes: dict[str, Any]) -> None:
        assert request(**changes).state is RequestState.REQUESTED


DECLINED = request().decline(at=later(1), by="Officer 1", note="No booth")


class TestPurged:
    """R11: personal fields are gone after retention; languages, service, state and team stay for statistics."""

    def test_personal_data_is_removed(self) -> None:
        purged = DECLINED.purged(at=later(99))
        for spec in fields_of(InterpretationRequest):
            if spec.personal:
                assert not getattr(purged, spec.name), spec.name
            elif spec.name not in {"purged_at", "history"}:
                assert getattr(purged, spec.name) == getattr(DECLINED, spec.name), spec.name
        (declined,) = purged.history
        assert (purged.purged_at, declined.at, declined.by, declined.note) == (later(99), later(1), None, None)

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"requester": contact()}, "/requester"),
            ({"organization": "Ministry 1"}, "/organization"),
            ({"note": "For the delegation"}, "/note"),
            ({"history": DECLINED.history}, "/history/0/by"),
            ({"history": (step("requested", "declined", note="No booth"),)}, "/history/0/note"),
        ],
    )
    def test_nothing_personal_survives_purging(self, changes: dict[str, Any], path: str) -> None:
        purged = DECLINED.purged(at=later(99))
        assert refused(lambda: evolve(purged, **changes)) == ("purged-with-personal-data", path)

    def test_purging_once_more_changes_nothing(self) -> None:
        purged = request().purged(at=later(1))
        assert purged.purged(at=later(2)) == purged
        assert purged.withdraw(at=later(3)).purged_at == later(1)


class TestTeam:
    """I05: declined has a reason; assigned has booths, heads and norm."""

    ASSIGNED = request().approve(at=later(1)).assign(team(), at=later(2))

    def test_the_team_is_present_while_assigned_and_delivered(self) -> None:
        assert self.ASSIGNED.team == team()
        assert self.ASSIGNED.deliver(at=later(3)).team == team()

    def test_the_team_is_removed_on_release_and_withdrawal(self) -> None:
        assert self.ASSIGNED.release(at=later(3)).team is None
        assert self.ASSIGNED.withdraw(at=later(3)).team is None

    def test_another_one_may_come(self) -> None:
        again = self.ASSIGNED.release(at=later(3)).assign(team(heads=6), at=later(4))
        assert again.team == team(heads=6)

    def test_a_refusal_has_its_reason(self) -> None:
        assert request().decline(at=later(1), note="No booth").history[0].note == "No booth"
        unsaid: Any = None
        assert refused(lambda: request().decline(at=later(1), note=unsaid)) == (
            "decision-without-reason",
            "/history/0/note",
        )
        with pytest.raises(TypeError):
            request().decline(at=later(1))  # type: ignore[call-arg] # that is what is tried

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"booths": -1}, "number-out-of-range", "/booths"),
            ({"heads": 0}, "number-out-of-range", "/heads"),
            ({"heads": 4.0}, "wrong-type", "/heads"),
            ({"norm": "AIIC"}, "value-unknown", "/norm"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: team(**changes)) == (code, path)

    def test_assign_needs_a_team(self) -> None:
        unsaid: Any = None
        approved = request().approve(at=later(1))
        assert refused(lambda: approved.assign(unsaid, at=later(2))) == ("team-missing", "/team")
        assert refused(lambda: evolve(self.ASSIGNED, team=None)) == ("team-missing", "/team")
