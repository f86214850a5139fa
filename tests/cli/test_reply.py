"""`reply` and `import`: replies and calendars of others."""

import json
import shutil
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from attrs import evolve

from tests.cli.replies import CALENDARS, DATA, PERSON, REPLIES, SENDER
from tests.cli.running import here
from tests.samples.invited import EVENT, LATER, person, registration
from wtisd_model import Code, Dossier, Event, ParticipationStatus, Reply, from_ical, from_json, to_json
from wtisd_model.invitation import apply, invite, mail, read_reply

GOOGLE, EXCHANGE = REPLIES / "google-declined.eml", REPLIES / "exchange-counter.eml"
DOSSIER = Dossier(event=evolve(EVENT, sequence=1), registrations=())


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A dossier in which the person of the samples has registered."""
    path = tmp_path / "dossier.json"
    path.write_bytes(to_json(evolve(DOSSIER, registrations=(PERSON,))))
    return path


class TestReply:
    """`reply FILE...`: each reply is a line of JSON, or all are in a dossier."""

    def test_each_reply_is_a_line(self) -> None:
        ended = here("reply", GOOGLE, EXCHANGE)
        assert (ended.code, ended.err) == (0, "")
        first, second = map(json.loads, ended.out.splitlines())
        assert first == {
            "method": "reply",
            "uid": "0afd7437-a0a7-510e-b2b6-ac4856994a8c",
            "sequence": 0,
            "at": "2023-04-20T08:15:00Z",
            "attendee": SENDER,
            "status": "declined",
            "comment": "Je suis en mission",
        }
        assert second["method"] == "counter"
        assert second["proposal"] == {
            "start": "2023-05-18T10:00:00",
            "end": "2023-05-18T12:00:00",
            "timeZone": "Europe/Berlin",
        }

    def test_a_delegate_and_a_proposed_place_are_in_it(self) -> None:
        ended = here(
            "reply", *(REPLIES / f"{each}.ics" for each in ("delegate-accepted", "group-counter")), "--sender", SENDER
        )
        first, second = map(json.loads, ended.out.splitlines())
        assert first["delegatedFrom"] == ["participant2@example.org"]
        assert second["proposedLocation"] == "The blue room"
        assert [f"[{Code.ATTENDEES_IGNORED}]" in each for each in ended.err.splitlines()].count(True) == 2

    def test_a_delegate_is_recorded_with_the_person_who_delegated(self, tmp_path: Path) -> None:
        files = {name: tmp_path / f"{name}.json" for name in ("dossier", "out")}
        answer = Reply(at=LATER, status=ParticipationStatus.DELEGATED, delegated_to=frozenset({SENDER}))
        for answers, code in (((), 1), ((answer,), 0)):
            other = registration(2, participant=person(2, email="participant2@example.org"), replies=answers)
            files["dossier"].write_bytes(to_json(evolve(DOSSIER, registrations=(other,))))
            reply = REPLIES / "delegate-accepted.ics"
            ended = here("reply", reply, "--sender", SENDER, "--dossier", files["dossier"], "--out", files["out"])
            assert (ended.code, f"[{Code.DELEGATION_UNCONFIRMED}]" in ended.err) == (code, code == 1)
        (recorded,) = from_json(Dossier, files["out"].read_bytes()).registrations
        assert recorded.replies[-1].delegate == SENDER

    def test_a_repeated_local_time_says_which_one_is_meant(self) -> None:
        data = (REPLIES / "bare-refresh.ics").read_bytes().replace(b"METHOD:REFRESH", b"METHOD:COUNTER")
        when = b"DTSTART;TZID=Europe/Zurich:20231029T023000\nDURATION:PT2H\nEND:VEVENT"
        ended = here("reply", "-", "--sender", SENDER, stdin=data.replace(b"END:VEVENT", when))
        assert json.loads(ended.out)["proposal"]["startRepeated"] == "first"

    def test_a_proposal_of_whole_days_is_in_the_zone_of_the_dossier(self, dossier: Path) -> None:
        data = (REPLIES / "bare-refresh.ics").read_bytes().replace(b"METHOD:REFRESH", b"METHOD:COUNTER")
        data = data.replace(b"END:VEVENT", b"DTSTART;VALUE=DATE:20230518\nEND:VEVENT")
        assert here("reply", "-", "--sender", SENDER, stdin=data).code == 1
        ended = here("reply", "-", "--sender", SENDER, "--dossier", dossier, stdin=data)
        assert ended.code == 0, ended.err

    def test_the_sender_is_required_without_a_mail(self) -> None:
        bare = REPLIES / "bare-refresh.ics"
        ended = here("reply", bare)
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith(f"{bare}: 1 error\n[{Code.SENDER_MISSING}] ")
        assert json.loads(here("reply", bare, "--sender", SENDER).out)["status"] == "needs-action"
        ended = here("reply", bare, "--sender", "nobody")
        assert (ended.code, "[email-malformed]" in ended.err) == (2, True)

    def test_a_mail_that_two_people_may_have_sent_is_refused_and_the_rest_is_read(self, tmp_path: Path) -> None:
        strange = tmp_path / "strange.eml"
        strange.write_bytes(GOOGLE.read_bytes().replace(b"From: ", b"From: x@example.org\nFrom: "))
        ended = here("reply", strange, GOOGLE)
        assert (ended.code, json.loads(ended.out)["status"]) == (1, "declined")
        assert f"{strange}: 1 error\n[{Code.SENDER_MISSING}] " in ended.err

    def test_a_reply_from_another_sender_is_refused_and_the_rest_is_read(self) -> None:
        ended = here("reply", GOOGLE, REPLIES / "assistant-accepted.ics", "--sender", "assistant@example.org")
        assert ended.code == 1
        assert "google-declined.eml: 1 error" in ended.err
        assert "[sender-differs]" in ended.err
        assert "[answered-for-another] warning" in ended.err
        assert json.loads(ended.out)["sentBy"] == "assistant@example.org"

    def test_replies_are_added_to_a_dossier(self, dossier: Path, tmp_path: Path) -> None:
        ended = here("reply", EXCHANGE, REPLIES / "exchange-accepted.eml", "--dossier", dossier)
        assert (ended.code, ended.err) == (0, "")
        reply = read_reply((REPLIES / "exchange-accepted.eml").read_bytes(), sender=SENDER)
        expected = apply(from_json(Dossier, dossier.read_bytes()), [reply])
        assert from_json(Dossier, ended.out) == expected
        assert expected.registrations[0].participation_status is ParticipationStatus.ACCEPTED

        ended = here("reply", REPLIES / "exchange-accepted.eml", "--dossier", dossier, "--out", dossier)
        assert (ended.code, ended.out, ended.err) == (0, b"", f"Replaced {dossier}.\n")
        assert from_json(Dossier, dossier.read_bytes()) == expected
        out = tmp_path / "out.json"
        assert here("reply", GOOGLE, "--dossier", dossier, "--out", out).err == f"Wrote {out}.\n"

    def test_a_reply_for_somebody_else_is_added_only_with_an_option(self, dossier: Path) -> None:
        arguments: list[str | Path] = [
            REPLIES / "assistant-accepted.ics",
            "--sender",
            "assistant@example.org",
            "--dossier",
            dossier,
        ]
        refused = here("reply", *arguments)
        assert (refused.code, refused.out) == (1, b"")
        assert "[answered-for-another]" in refused.err
        taken = here("reply", *arguments, "--assistants")
        assert taken.code == 0
        assert from_json(Dossier, taken.out).registrations[0].replies[0].status is ParticipationStatus.ACCEPTED

    def test_a_reply_from_a_shared_mailbox_is_added_to_the_registration_that_is_named(self, tmp_path: Path) -> None:
        three = tuple(registration(number, participant=person(number, email=SENDER)) for number in (1, 2, 3))
        path = tmp_path / "dossier.json"
        path.write_bytes(to_json(evolve(DOSSIER, registrations=three)))
        arguments: list[str | Path] = [REPLIES / "exchange-accepted.eml", "--dossier", path]
        refused = here("reply", *arguments)
        assert (refused.code, refused.out) == (1, b"")
        assert "[reply-ambiguous] at /attendee" in refused.err
        named = here("reply", *arguments, "--registration", three[1].id)
        assert named.code == 0
        assert [len(each.replies) for each in from_json(Dossier, named.out).registrations] == [0, 1, 0]

    def test_either_all_replies_or_none_are_added(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.json"
        path.write_bytes(to_json(DOSSIER))
        ended = here("reply", GOOGLE, EXCHANGE, "--dossier", path)
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.count("[person-unknown] at /attendee") == 2
        path.write_bytes(to_json(evolve(DOSSIER, event=evolve(EVENT, uid="another@example.org"))))
        ended = here("reply", GOOGLE, "--dossier", path)
        assert ended.err.count("[uid-foreign] at /uid") == 1
        assert "roster" not in ended.err
        offer = (
            (REPLIES / "delegate-accepted.ics")
            .read_bytes()
            .replace(b"UID:0afd7437-a0a7-510e-b2b6-ac4856994a8c", b"UID:a-1." + b"0f" * 16)
        )
        (tmp_path / "offer.ics").write_bytes(offer)
        ended = here("reply", tmp_path / "offer.ics", "--sender", SENDER, "--dossier", path)
        assert "[uid-foreign] at /uid" in ended.err
        assert "belongs to a roster" in ended.err
        ended = here("reply", GOOGLE, DATA / "feed.ics", "--dossier", path, "--sender", SENDER)
        assert (ended.code, ended.out) == (1, b"")
        assert "[method-not-answer]" in ended.err

    def test_the_input_is_not_overwritten(self, dossier: Path, tmp_path: Path) -> None:
        mail = tmp_path / "a.eml"
        mail.write_bytes(GOOGLE.read_bytes())
        for arguments in ((mail, "--out", mail), (mail, "--dossier", dossier, "--out", mail)):
            assert here("reply", *arguments).code == 2
        assert mail.read_bytes() == GOOGLE.read_bytes()

    @pytest.mark.parametrize(("name", "code"), [("missing.eml", 3), ("bare.ics", 1), ("empty.eml", 1)])
    def test_a_file_that_has_no_reply_does_not_affect_the_others(
        self, name: str, code: int, dossier: Path, tmp_path: Path
    ) -> None:
        shutil.copy(REPLIES / "bare-refresh.ics", tmp_path / "bare.ics")
        (tmp_path / "empty.eml").write_bytes(b"From: participant1@example.org\n\n")
        bad = tmp_path / name
        ended = here("reply", bad, GOOGLE)
        assert (ended.code, ended.err.count(str(bad))) == (code, 1)
        assert ended.out == here("reply", GOOGLE).out
        ended = here("reply", bad, GOOGLE, "--dossier", dossier)
        assert (ended.code, ended.out) == (code, b"")


class TestImport:
    """`convert FILE.ics`: each event is a line of JSON."""

    def test_events_are_written_and_omissions_reported(self) -> None:
        path = CALENDARS / "pretalx-schedule.ics"
        ended = here("convert", path, "--source-language", "en")
        assert ended.code == 0
        read = [from_json(Event, line) for line in ended.out.splitlines()]
        assert read == list(from_ical(path.read_bytes(), language="en").events)
        assert ended.err == ""
        ended = here("convert", CALENDARS / "google-invite.ics")
        assert "[property-dropped] warning at /lines/15" in ended.err

    def test_times_without_a_zone_need_one(self) -> None:
        path = CALENDARS / "apple-floating.ics"
        ended = here("convert", path)
        assert (ended.code, ended.out) == (1, b"")
        assert "[time-floating] at /lines/7" in ended.err
        assert here("convert", path, "--zone", "Europe/Zurich").code == 0
        ended = here("convert", path, "--zone", "CEST")
        assert (ended.code, "[zone-unknown]" in ended.err) == (2, True)

    def test_recurring_events_are_read_as_their_occurrences(self) -> None:
        path = CALENDARS / "outlook-series.ics"
        ended = here("convert", path, "--expand", "2023-05-01T00:00:00Z", "2023-06-01T00:00:00+02:00")
        read = [from_json(Event, line) for line in ended.out.splitlines()]
        window = (datetime(2023, 5, 1, tzinfo=UTC), datetime(2023, 5, 31, 22, tzinfo=UTC))
        assert read == list(from_ical(path.read_bytes(), expand=window).events)
        assert len(read) > 1
        ended = here("convert", path, "--expand", "2023-06-01T00:00:00Z", "2023-05-01T00:00:00Z")
        assert (ended.code, "[slot-ends-before-start] at /expand/1" in ended.err) == (2, True)
        assert here("convert", path, "--expand", "2023-06-01", "2023-07-01").code == 2

    def test_an_event_that_cannot_be_read_does_not_affect_the_others(self) -> None:
        data = (CALENDARS / "pretalx-schedule.ics").read_bytes().replace(b"UID:pretalx-conf-A", "UID:é".encode())
        ended = here("convert", "--from", "ical", "-", stdin=data)
        assert ended.code == 1
        assert len(ended.out.splitlines()) == 1
        assert "[uid-malformed]" in ended.err

    def test_one_of_several_events_is_chosen_by_its_uid(self, tmp_path: Path) -> None:
        path, stamped = CALENDARS / "pretalx-schedule.ics", ("--stamped", "2026-11-27T00:00:00Z")
        lines = here("convert", path).out.splitlines(keepends=True)
        assert len(lines) == 2
        (tmp_path / "events.jsonl").write_bytes(b"".join(lines))
        first = here("convert", "--to", "ical", "-", *stamped, stdin=lines[0]).out
        for several in (path, tmp_path / "events.jsonl"):
            ended = here("convert", "--to", "ical", several, *stamped, "--uid", from_json(Event, lines[0]).uid)
            assert (ended.code, ended.out) == (0, first)
            assert here("convert", several, "--uid", from_json(Event, lines[0]).uid).out == lines[0]
            for uid, said in (
                ((), "has 2 documents; name one event with --uid UID."),
                (("--uid", "x"), "has no such document."),
            ):
                ended = here("convert", "--to", "jsonld", several, *uid)
                assert ended.code == 2
                assert said in ended.err
            whole = here("convert", "--to", "ical", several, *stamped)
            assert (whole.code, whole.out.count(b"BEGIN:VCALENDAR")) == (0, 1)

    def test_a_mail_is_no_calendar_and_an_invitation_is_no_reply(self, tmp_path: Path) -> None:
        invitation = tmp_path / "invitation.eml"
        invitation.write_bytes(bytes(mail(invite(EVENT, PERSON, stamped=LATER), sender=SENDER)))
        ended = here("convert", "--from", "ical", invitation)
        assert (ended.code, ended.out) == (1, b"")
        assert "[calendar-missing]" in ended.err
        assert "wtisd-model reply" in ended.err
        ended = here("reply", invitation)
        assert (ended.code, ended.out) == (1, b"")
        assert "wtisd-model convert" in ended.err
        parts = message_from_bytes(invitation.read_bytes()).walk()
        (calendar,) = (each for each in parts if each.get_content_type() == "text/calendar")
        # As docs/errors/incoming.md says.
        content = calendar.get_payload(decode=True)
        assert isinstance(content, bytes)
        (tmp_path / "part.ics").write_bytes(content)
        assert here("convert", tmp_path / "part.ics").code == 0

    def test_a_file_is_written(self, tmp_path: Path) -> None:
        out = tmp_path / "events.jsonl"
        ended = here("convert", CALENDARS / "google-invite.ics", "--out", out)
        assert ended.out == b""
        assert f"\nWrote {out}.\n" in ended.err
        assert from_json(Event, out.read_bytes()).title.text == "Forum"
        assert here("convert", out, "--out", out).code == 2
