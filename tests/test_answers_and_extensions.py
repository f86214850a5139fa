"""Hostile answers and data of other programs in every output: nowhere but where they belong."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.cli.running import here
from tests.hypothesis_profiles import LAW
from tests.refusals import refusal
from tests.samples.invited import ORGANIZER, registration
from tests.samples.whole import asked, pledge, request
from tests.samples.wtisd import event, session
from wtisd_model import (
    Call,
    CallKind,
    Dossier,
    Event,
    InterpretationRequest,
    Outcome,
    ParticipationStatus,
    Pledge,
    Registration,
    Session,
    TimeSlot,
    check,
    from_json,
    json_schema,
    planning,
    to_columns,
    to_csv,
    to_ical,
    to_json,
    to_problem,
    validate,
)
from wtisd_model import invitation as inv
from wtisd_model.columns.table import OTHER_ANSWERS
from wtisd_model.invitation import mail
from wtisd_model.model.documents import CALL_KINDS
from wtisd_model.planning.results import CoverageRow, SeatRow
from wtisd_model.schema.fields import constraint_of
from wtisd_model.strategies.fields import values_of

AT = datetime(2023, 4, 14, 9, 15, tzinfo=UTC)
LATER = AT + timedelta(days=1)
WORD = "zqxmk"

HOSTILE = (
    f"=HYPERLINK({WORD})",
    f"@{WORD}\n=1+1",
    f"<script>{WORD}</script>&lt;",
    f'"}}],"{WORD}":[{{"',
    f"{WORD}\nATTENDEE:mailto:p2@example.org\nBEGIN:VALARM",
    f"\\n;,:{WORD}'''",
)
"""Formulas, HTML, lines of a calendar and of a mail, and ends of JSON; an answer may hold any of them."""
ONLY_ELSEWHERE = (f"{WORD}\r\nBcc: p2@example.org\r\n\r\n", f"\u202e{WORD}\u2066\u2028\x00\ufeff", f"  {WORD}\x1b[2J")
"""Line ends, directions and control characters, which only other programs may keep."""


def whole(answers: dict[str, Any], extensions: dict[str, Any]) -> Dossier:
    """Return a dossier whose objects have all of these; the questions of its event are others."""
    ours = evolve(registration(), answers=answers, extensions=extensions)
    questions = (asked("meal"), asked("guests", "integer", statistical=True))
    calls = tuple(Call(kind=kind, email="desk@example.org", questions=questions) for kind in CallKind)
    asks = event(
        sessions=(session("first", extensions=extensions),), organizer=ORGANIZER, calls=calls, extensions=extensions
    )
    uid = asks.uid
    return Dossier(
        event=asks,
        registrations=(evolve(ours, event_uid=uid),),
        interpretation_requests=(request(event_uid=uid, session_ids=(), answers=answers, extensions=extensions),),
        pledges=(pledge(event_uid=uid, answers=answers, extensions=extensions),),
    )


def outputs(dossier: Dossier) -> Iterator[tuple[str, object]]:
    """Yield every output about a dossier, with its name."""
    asks, (one, *_) = dossier.event, dossier.registrations
    yield "ical", to_ical(asks)
    yield "schema", json_schema(Registration, submission=True, event=asks)
    invited = inv.invite(asks, one, stamped=AT)
    later = TimeSlot.days("2027-03-04", "2027-03-05", "UTC")
    revised = asks.revised(at=LATER, slot=later, sessions=())
    messages = {
        "request": invited,
        "of a session": inv.invite(asks, one, session="first", stamped=AT),
        "reply": inv.reply(invited, ParticipationStatus.ACCEPTED, stamped=AT),
        "cancel": inv.cancel(asks, one, stamped=AT),
        "publish": inv.publish(asks, stamped=AT),
        "refresh": inv.refresh(invited, stamped=AT),
    }
    messages |= {
        f"update {number}": message
        for number, message in enumerate(inv.updates(dossier, evolve(dossier, event=revised), stamped=LATER))
    }
    for name, message in messages.items():
        yield name, message.ics
        if name != "publish":
            yield f"mail {name}", bytes(mail(message, sender="desk@example.org"))
    rows: tuple[tuple[type, Any], ...] = (
        (Session, asks.sessions),
        (Registration, dossier.registrations),
        (InterpretationRequest, dossier.interpretation_requests),
        (Pledge, dossier.pledges),
        (CoverageRow, planning.coverage(dossier)),
        (SeatRow, planning.seats(dossier)),
    )
    for cls, objects in rows:
        yield f"columns of {cls.__name__}", to_columns(cls, objects, personal=True)
        yield f"csv of {cls.__name__}", b"".join(to_csv(cls, objects, personal=True))
        if cls in CALL_KINDS:
            yield f"public csv of {cls.__name__}", b"".join(to_csv(cls, objects, event=asks))
    yield "repr", tuple(map(repr, (dossier, asks, *asks.sessions, *(each for _, (each, *_) in rows[1:4]))))


BARE = dict(outputs(whole({}, {})))


class TestOutputs:
    """Answers are only in the columns of a table with the event; data of other programs only in JSON."""

    def check(self, dossier: Dossier) -> None:
        written = dict(outputs(dossier))
        assert [*written] == [*BARE]
        assert [name for name in written if written[name] != BARE[name]] == []

    def test_hostile_values_change_no_output(self) -> None:
        answers = {"meal": HOSTILE[0], "guests": HOSTILE[1], **{f"a{at}": each for at, each in enumerate(HOSTILE)}}
        values = [*HOSTILE, *ONLY_ELSEWHERE]
        extensions = {"example.org:list": values, "example.org:keys": dict.fromkeys(values, WORD)}
        dossier = whole(answers, extensions)
        self.check(dossier)
        assert from_json(Dossier, to_json(dossier)) == dossier
        document = json.loads(to_json(dossier))
        assert document["registrations"][0]["answers"] == answers
        assert document["event"]["extensions"] == extensions

    @LAW
    @given(values_of(constraint_of(Registration, "answers")), values_of(constraint_of(Registration, "extensions")))
    def test_no_values_change_any_output(self, answers: dict[str, Any], extensions: dict[str, Any]) -> None:
        self.check(whole(answers, extensions))

    def test_answers_are_in_the_tables_with_the_event(self) -> None:
        """The search would find them."""
        dossier = whole({"meal": HOSTILE[0], "guests": HOSTILE[1], "other": [WORD]}, {"example.org:a": "vbnhj"})
        columns = to_columns(Registration, dossier.registrations, personal=True, event=dossier.event)
        assert columns["answers.meal"] == [HOSTILE[0]]
        assert json.loads(columns[OTHER_ANSWERS][0]) == {"guests": HOSTILE[1], "other": [WORD]}
        assert not [name for name, (value,) in columns.items() if "vbnhj" in repr(value)]
        usual = to_columns(Registration, dossier.registrations, event=dossier.event)
        assert WORD not in repr(usual)


class TestFindings:
    """A message never repeats what was sent."""

    @pytest.mark.parametrize("value", [*HOSTILE, *ONLY_ELSEWHERE, [WORD, 5], {WORD: WORD}, [f"{WORD} "] * 2, 5e300])
    @pytest.mark.parametrize("key", ["answers", "extensions"])
    def test_of_a_submission(self, key: str, value: Any) -> None:
        event = whole({}, {}).event
        sent = {
            "eventUid": event.uid,
            "participant": {"name": "Participant 1", "email": "p1@example.org"},
            "mode": "on-site",
            key: {"meal": value, "guests": value, "example.org:a": value, f"{WORD}@example.org": value, f"={WORD}": 1},
        }
        outcome = validate(Registration, sent, submission=True, dossier=Dossier(event=event), now=AT)
        assert outcome.findings
        said = (outcome, *outcome.findings, *map(str, outcome.findings), to_problem(outcome.findings))
        assert WORD not in repr(said)
        assert "5e+300" not in repr(said)

    @pytest.mark.parametrize("cls", [Event, Session, Registration, InterpretationRequest, Pledge])
    @pytest.mark.parametrize("value", [*HOSTILE, *ONLY_ELSEWHERE, [[[[[[[[[[WORD]]]]]]]]]], WORD * 20_000])
    def test_of_a_stored_document(self, cls: type, value: Any) -> None:
        dossier = whole({}, {})
        one: dict[type, Any] = {
            Event: dossier.event,
            Session: dossier.event.sessions[0],
            Registration: dossier.registrations[0],
            InterpretationRequest: dossier.interpretation_requests[0],
            Pledge: dossier.pledges[0],
        }
        document = json.loads(to_json(one[cls]))
        document["extensions"] = {"example.org:a": value, f"{WORD} {WORD}": value, f"{WORD}@example.org:b": value}
        outcome: Outcome[Any] = validate(cls, document)
        assert outcome.findings
        said = (outcome, *map(str, outcome.findings), to_problem(outcome.findings, for_office=True))
        assert WORD not in repr(said)

    def test_of_a_dossier(self, tmp_path: Any) -> None:
        answers = {"meal": HOSTILE[0], "guests": HOSTILE[1], "other": HOSTILE[2]}
        dossier = whole(answers, {"example.org:a": [*ONLY_ELSEWHERE]})
        found = check(dossier, now=AT)
        assert {"wrong-type", "answer-unknown"} <= {each.code for each in found}
        assert WORD not in repr((found, *map(str, found)))
        file = tmp_path / "dossier.json"
        file.write_bytes(to_json(dossier))
        tables = ["convert", "--to", "csv", "--as", "registration"]
        for words in (["check"], ["validate"], ["convert", "--to", "ical"], ["interpretation"], tables):
            ended = here(*words, file)
            assert ended.code == (1 if words == ["check"] else 0)
            assert WORD not in ended.text + ended.err


class TestPaths:
    """docs/errors/: a key that may be personal data is in no path; the reader and the constructor agree."""

    @pytest.mark.parametrize(("key", "path"), [("diet", "/diet"), ("41227305111", ""), ("Participant.1", "")])
    def test_the_id_of_an_answer_is_in_it_only_if_it_looks_like_a_name(self, key: str, path: str) -> None:
        payload = {**json.loads(to_json(registration())), "answers": {key: 1.5}}
        (found,) = validate(Registration, payload).findings
        assert found.path == f"/answers{path}"
        assert refusal(lambda: evolve(registration(), answers={key: 1.5})).path == found.path
