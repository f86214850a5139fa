"""Rules about tags that name no particular language."""

from typing import Any

import pytest

from tests.samples.small import NOW, call, dossier, event, hours, judged, places, registration, request, session
from wtisd_model import CallKind, Code, Norm, Registration, Severity, Team, check, from_json, validate

NO_LANGUAGE = ["und", "mul", "zxx", "sgn", "und-Latn", "sgn-CH"]
PAYLOAD = {
    "eventUid": "e-1",
    "participant": {"name": "Participant 1", "email": "p1@example.org"},
    "mode": "on-site",
    "listeningLanguages": ["fr", "zxx"],
}


class TestUnspecificLanguages:
    """ISO 639-2: und, mul and zxx are undetermined, several and no languages; ISO 639-5: sgn is all sign languages."""

    @pytest.mark.parametrize("tag", NO_LANGUAGE)
    def test_nobody_can_listen_in_one(self, tag: str) -> None:
        (found,) = judged(dossier(registration("r-1", listening_languages=("fr", tag))))
        assert (found.code, found.severity, found.path) == (
            Code.LANGUAGE_UNSPECIFIC,
            Severity.ERROR,
            "/registrations/0/listeningLanguages/1",
        )
        assert tag not in str(found)

    @pytest.mark.parametrize("tag", ["mis", "ils", "ase", "qaa", "umu"])
    def test_other_tags_name_a_language(self, tag: str) -> None:
        assert judged(dossier(registration("r-1", listening_languages=(tag,)))) == []

    @pytest.mark.parametrize("tag", NO_LANGUAGE)
    def test_nothing_is_interpreted_from_or_into_one(self, tag: str) -> None:
        made = request("i-1", source_languages=frozenset({tag, "en"}), target_languages=frozenset({"fr", "ase"}))
        path = "/interpretationRequests/0/sourceLanguages"
        assert places(Code.LANGUAGE_UNSPECIFIC, judged(dossier(requests=(made,)))) == [path]
        made = request("i-1", target_languages=frozenset({tag, "fr"}))
        path = "/interpretationRequests/0/targetLanguages"
        assert places(Code.LANGUAGE_UNSPECIFIC, judged(dossier(requests=(made,)))) == [path]

    def test_an_event_names_the_languages_that_are_spoken_and_offered(self) -> None:
        of = event(
            floor_languages=("en", "mul"),
            sessions=(session("s"), session("t", floor_languages=("zxx",))),
            calls=(call(), call(CallKind.INTERPRETATION, languages=("sgn", "fr"))),
        )
        assert places(Code.LANGUAGE_UNSPECIFIC, check(dossier(of=of), now=NOW)) == [
            "/event/floorLanguages/1",
            "/event/calls/1/languages/0",
            "/event/sessions/1/floorLanguages/0",
        ]

    @pytest.mark.parametrize("verb", ["reject", "withdraw"])
    def test_registrations_that_ended_have_no_finding(self, verb: str) -> None:
        made = registration("r-1", listening_languages=("und",))
        assert judged(dossier(getattr(made, verb)(at=hours(1)))) == []

    @pytest.mark.parametrize("verb", ["decline", "withdraw"])
    def test_requests_that_ended_have_no_finding(self, verb: str) -> None:
        said: dict[str, Any] = {"note": "No booth."} if verb == "decline" else {}
        made = getattr(request("i-1", target_languages=frozenset({"zxx"})), verb)(at=hours(1), **said)
        assert judged(dossier(requests=(made,))) == []

    def test_a_delivered_request_has_no_finding(self) -> None:
        team = Team(booths=1, heads=2, norm=Norm.AIIC)
        made = request("i-1", target_languages=frozenset({"zxx"})).approve(at=hours(1)).assign(team, at=hours(2))
        assert places(Code.LANGUAGE_UNSPECIFIC, judged(dossier(requests=(made,)))) != []
        assert places(Code.LANGUAGE_UNSPECIFIC, judged(dossier(requests=(made.deliver(at=hours(3)),)))) == []


class TestOldAndNew:
    """A document that an earlier release accepted stays readable; a new submission for a dossier is refused."""

    def test_a_document_reads_as_before(self) -> None:
        old = {**PAYLOAD, "id": "r-1", "submittedAt": "2023-04-13T08:15:00Z"}
        assert from_json(Registration, old).listening_languages == ("fr", "zxx")

    def test_a_submission_for_a_dossier_is_refused(self) -> None:
        assert validate(Registration, PAYLOAD, submission=True, now=NOW).findings == ()
        outcome = validate(Registration, PAYLOAD, submission=True, now=NOW, dossier=dossier())
        assert [(each.code, each.path) for each in outcome.findings] == [
            (Code.LANGUAGE_UNSPECIFIC, "/listeningLanguages/1")
        ]
