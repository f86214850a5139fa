"""`invite`: the files, their names, and the report on refused lines."""

import gzip
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from mailbox import mbox
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import wtisd_model as wm
from tests.cli.invited import EVENT, STAMPED, registration, seated
from tests.cli.running import Ended, here, process
from wtisd_model import Code, Theme
from wtisd_model import invitation as inv

STAMP = "2023-04-13T09:00:00Z"


def session(number: int, **changes: Any) -> wm.Session:
    start = wm.local_time("2023-05-17T14:30:00", "Europe/Zurich").add(minutes=number)
    return wm.Session(
        id=f"s-{number}",
        title=wm.LocalizedText(text=f"Session {number}", language="en"),
        slot=wm.TimeSlot(start=start, end=start.add(minutes=1)),
        **changes,
    )


def file_of(folder: Path, *lines: wm.Registration | bytes, name: str = "registrations.jsonl") -> Path:
    path = folder / name
    path.write_bytes(b"".join((each if isinstance(each, bytes) else wm.to_json(each)) + b"\n" for each in lines))
    return path


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return written(tmp_path, EVENT)


def written(folder: Path, document: wm.Event | wm.Dossier, name: str = "event.json") -> Path:
    path = folder / name
    path.write_bytes(wm.to_json(document))
    return path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


class TestFiles:
    """A file for each message, with the same bytes as in Python."""

    def test_calendar_files(self, event: Path, tmp_path: Path) -> None:
        people = [seated(1), seated(2)]
        ended = here("invite", event, file_of(tmp_path, *people), "--out", tmp_path / "out", "--stamped", STAMP)
        assert (ended.code, ended.err) == (0, "")
        assert ended.text == (
            f"{tmp_path}/registrations.jsonl: 2 lines, 2 invited, 0 not invited, 0 refused\n"
            f"Wrote 2 files into {tmp_path}/out.\n"
        )
        assert names(tmp_path / "out") == ["0000001-r-1.ics", "0000002-r-2.ics"]
        for path, made in zip(
            sorted((tmp_path / "out").iterdir()), inv.invites(EVENT, people, stamped=STAMPED), strict=True
        ):
            assert path.read_bytes() == made.ics

    @pytest.mark.parametrize("sender", [None, "Desk, 1 <desk1@example.org>"])
    def test_mails(self, sender: str | None, event: Path, tmp_path: Path) -> None:
        options = [] if sender is None else ["--sender", sender]
        people = file_of(tmp_path, seated(1))
        ended = here(
            "invite", event, people, "--out", tmp_path / "out", "--format", "eml", "--stamped", STAMP, *options
        )
        assert ended.code == 0
        assert EVENT.organizer is not None
        (path,) = (tmp_path / "out").iterdir()
        made = inv.mail(inv.invite(EVENT, seated(1), stamped=STAMPED), sender=sender or EVENT.organizer)
        assert (path.name, path.read_bytes()) == ("0000001-r-1.eml", bytes(made))

    def test_mails_in_a_colour_of_choice(self, event: Path, tmp_path: Path) -> None:
        options = ["--format", "eml", "--stamped", STAMP, "--accent", "#c8102e"]
        assert here("invite", event, file_of(tmp_path, seated(1)), "--out", tmp_path / "out", *options).code == 0
        assert EVENT.organizer is not None
        invited = inv.invite(EVENT, seated(1), stamped=STAMPED)
        made = inv.mail(invited, sender=EVENT.organizer, theme=Theme(accent="#c8102e"))
        assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [bytes(made)]

    def test_one_mailbox(self, event: Path, tmp_path: Path) -> None:
        people = [seated(number) for number in range(1, 4)]
        options = ["--format", "mbox", "--stamped", STAMP, "--sender", "desk1@example.org"]
        ended = here("invite", event, file_of(tmp_path, *people), "--out", tmp_path / "out", *options)
        assert ended.code == 0
        assert ended.text.endswith(f"\nWrote 3 mails into {tmp_path}/out/invitations.mbox.\n")
        raw = (tmp_path / "out" / "invitations.mbox").read_bytes()
        assert raw.startswith(b"From desk1@example.org Thu Apr 13 09:00:00 2023\nFrom: desk1@example.org\n")
        assert b"\r" not in raw
        with closing(mbox(tmp_path / "out" / "invitations.mbox")) as box:
            raws = [box.get_bytes(key) for key in box.iterkeys()]
        read = [message_from_bytes(each, policy=policy.SMTP) for each in raws]
        expected = [inv.mail(each, sender="desk1@example.org") for each in inv.invites(EVENT, people, stamped=STAMPED)]
        assert [each["Message-ID"] for each in read] == [each["Message-ID"] for each in expected]
        for one, other in zip(read, expected, strict=True):
            assert [part.get_payload() for part in one.walk() if not part.is_multipart()] == [
                part.get_payload() for part in other.walk() if not part.is_multipart()
            ]

    def test_a_mailbox_that_replaces_an_older_one_says_so(self, event: Path, tmp_path: Path) -> None:
        people, options = file_of(tmp_path, seated(1)), ["--format", "mbox", "--sender", "desk1@example.org"]
        first, second = (
            here("invite", event, people, "--out", tmp_path / "out", *options).text.splitlines()[-1] for _ in range(2)
        )
        assert first == f"Wrote 1 mail into {tmp_path}/out/invitations.mbox."
        assert second == f"Wrote 1 mail into {tmp_path}/out/invitations.mbox; it replaced an older one."

    def test_options_are_passed_on(self, event: Path, tmp_path: Path) -> None:
        options = ["--language", "ru", "--reminder", "PT15M", "--reminder", "P1D", "--utc", "--stamped", STAMP]
        here("invite", event, file_of(tmp_path, seated(1)), "--out", tmp_path / "out", *options)
        (path,) = (tmp_path / "out").iterdir()
        raw = path.read_bytes()
        assert raw.count(b"BEGIN:VALARM") == 2
        assert b"BEGIN:VTIMEZONE" not in raw
        assert b"DTSTART:20230517T123000Z" in raw

    def test_the_default_stamp_is_the_present_moment(self, event: Path, tmp_path: Path) -> None:
        here(
            "invite", event, file_of(tmp_path, seated(1)), "--out", tmp_path / "out",
            env={"SOURCE_DATE_EPOCH": "1681257600"},
        )  # fmt: skip
        (path,) = (tmp_path / "out").iterdir()
        assert b"DTSTAMP:20230412T000000Z\r\n" in path.read_bytes()

    def test_the_event_can_be_in_a_dossier(self, tmp_path: Path) -> None:
        dossier = written(tmp_path, wm.Dossier(event=EVENT))
        assert here("invite", dossier, file_of(tmp_path, seated(1)), "--out", tmp_path / "out").code == 0
        assert names(tmp_path / "out") == ["0000001-r-1.ics"]

    def test_a_document_without_a_type_is_a_usage_error(self, tmp_path: Path) -> None:
        plain = tmp_path / "plain.json"
        plain.write_bytes(wm.to_json(EVENT).replace(b'"@type":"Event",', b""))
        people = file_of(tmp_path, seated(1))
        assert here("invite", plain, people, "--out", tmp_path / "out").code == 2
        assert here("invite", plain, people, "--out", tmp_path / "out", "--as", "event").code == 0

    def test_registrations_can_be_gzip_or_standard_input(self, event: Path, tmp_path: Path) -> None:
        raw = file_of(tmp_path, seated(1)).read_bytes()
        packed = tmp_path / "registrations.jsonl.gz"
        packed.write_bytes(gzip.compress(raw))
        for source, stdin in ((packed, b""), ("-", raw), ("-", gzip.compress(raw))):
            ended = here("invite", event, source, "--out", tmp_path / "out", "--stamped", STAMP, stdin=stdin)
            assert ended.code == 0
        assert ended.text.startswith("standard input: 1 line, 1 invited, 0 not invited, 0 refused\n")
        assert "; 1 of them replaced older ones." in ended.text
        assert names(tmp_path / "out") == ["0000001-r-1.ics"]


class TestSharedMailbox:
    """People who share a mailbox are invited together."""

    def test_they_get_one_file_and_count_as_invited(self, event: Path, tmp_path: Path) -> None:
        people = [
            seated(number, participant=wm.Contact(name=f"Participant {number}", email="desk1@example.org"))
            for number in (1, 2, 3)
        ]
        ended = here("invite", event, file_of(tmp_path, *people), "--out", tmp_path / "out")
        assert ended.text.startswith(f"{tmp_path}/registrations.jsonl: 3 lines, 3 invited, 0 not invited, 0 refused\n")
        assert names(tmp_path / "out") == ["0000001-r-1.ics"]


class TestNames:
    """All files are inside the folder, and all names differ."""

    def test_equal_ids_and_ids_that_differ_in_case_only_have_different_files(self, event: Path, tmp_path: Path) -> None:
        same = [seated(1), seated(2, id="r-1"), seated(3, id="R-1")]
        here("invite", event, file_of(tmp_path, *same), "--out", tmp_path / "out")
        found = names(tmp_path / "out")
        assert len({each.casefold() for each in found}) == len(found) == 3

    @pytest.mark.parametrize("name", ["CON", "a.", "x" * 64, "a..b", "nul.txt"])
    def test_names_that_file_systems_reserve_are_never_the_whole_name(
        self, name: str, event: Path, tmp_path: Path
    ) -> None:
        here("invite", event, file_of(tmp_path, seated(1, id=name)), "--out", tmp_path / "out")
        assert names(tmp_path / "out") == [f"0000001-{name}.ics"]

    def test_each_session_has_a_file(self, tmp_path: Path) -> None:
        event = written(tmp_path, evolve(EVENT, sessions=(session(1), session(2), session(3))))
        people = [seated(1, session_ids=frozenset({"s-3", "s-1"})), seated(2)]
        ended = here("invite", event, file_of(tmp_path, *people), "--sessions", "--out", tmp_path / "out")
        assert ended.text.startswith(f"{tmp_path}/registrations.jsonl: 2 lines, 2 invited, 0 not invited, 0 refused\n")
        assert names(tmp_path / "out") == ["0000001-1-r-1.ics", "0000001-2-r-1.ics", "0000002-r-2.ics"]
        assert b"SUMMARY;LANGUAGE=en:Session 1\r\n" in (tmp_path / "out" / "0000001-1-r-1.ics").read_bytes()

    def test_a_person_without_a_session_that_takes_place_is_not_invited(self, tmp_path: Path) -> None:
        event = written(tmp_path, evolve(EVENT, sessions=(session(1, status=wm.EventStatus.DRAFT),)))
        people = file_of(tmp_path, seated(1, session_ids=frozenset({"s-1"})))
        ended = here("invite", event, people, "--sessions", "--out", tmp_path / "out")
        assert (ended.code, names(tmp_path / "out")) == (0, [])
        assert ": 1 line, 0 invited, 1 not invited, 0 refused\nWrote 0 files" in ended.text


class TestLines:
    """Refused lines are reported, counted and kept, without personal data in the report."""

    def mixed(self, folder: Path) -> Path:
        return file_of(
            folder,
            seated(1),
            b'{"id": "r-2"',
            registration(3).reject(at=STAMPED, note="Full."),
            seated(4, event_uid="another@example.org"),
            seated(5).purged(at=STAMPED),
            seated(6),
        )

    def test_lines_are_invited_skipped_or_refused(self, event: Path, tmp_path: Path) -> None:
        people, rejects = self.mixed(tmp_path), tmp_path / "rejects.jsonl"
        ended = here("invite", event, people, "--out", tmp_path / "out", "--rejects", rejects)
        assert (ended.code, ended.err) == (1, "")
        told = ended.text.splitlines()
        assert told[0] == f"{people}, line 2: 1 error"
        assert told[1].startswith("[not-json] ")
        assert told[3:5] == [
            f"{people}, line 4: 1 error",
            f"[event-uid-differs] at /eventUid: {Code.EVENT_UID_DIFFERS.message}",
        ]
        assert told[-2:] == [
            f"{people}: 6 lines, 2 invited, 2 not invited, 2 refused",
            f"Wrote 2 files into {tmp_path}/out.",
        ]
        assert names(tmp_path / "out") == ["0000001-r-1.ics", "0000006-r-6.ics"]
        lines = people.read_bytes().splitlines(keepends=True)
        assert rejects.read_bytes() == lines[1] + lines[3]
        assert "articipant" not in ended.text.replace("/participant", "")

    def test_older_rejects_are_replaced(self, event: Path, tmp_path: Path) -> None:
        rejects = tmp_path / "rejects.jsonl"
        rejects.write_bytes(b"old\n")
        here("invite", event, file_of(tmp_path, seated(1)), "--out", tmp_path / "out", "--rejects", rejects)
        assert rejects.read_bytes() == b""

    def test_an_overlong_line_does_not_affect_the_others(self, event: Path, tmp_path: Path) -> None:
        long = b'"' + b"x" * 2_000_000 + b'"'
        people, rejects = file_of(tmp_path, long, seated(2), long), tmp_path / "rejects.jsonl"
        ended = here("invite", event, people, "--out", tmp_path / "out", "--rejects", rejects)
        assert ended.text.count("[payload-too-large] ") == 2
        assert ": 3 lines, 1 invited, 0 not invited, 2 refused\n" in ended.text
        assert rejects.read_bytes() == long + b"\n" + long + b"\n"
        assert here("invite", event, people, "--out", tmp_path / "out").code == 1

    def test_damaged_gzip_is_an_error_and_nothing_is_written(self, event: Path, tmp_path: Path) -> None:
        packed = tmp_path / "registrations.jsonl.gz"
        packed.write_bytes(gzip.compress(file_of(tmp_path, seated(1)).read_bytes()) + b"rest")
        ended = here("invite", event, packed, "--out", tmp_path / "out")
        assert ended.code == 3
        assert ended.err == (
            f"Error: Cannot read {packed} from line 2 on: its gzip is damaged or cut off. Fetch the file again.\n"
        )
        # Somebody on the missing lines may share the address.
        assert names(tmp_path / "out") == []

    def test_an_empty_file_invites_nobody(self, event: Path, tmp_path: Path) -> None:
        ended = here("invite", event, file_of(tmp_path), "--out", tmp_path / "out")
        assert (ended.code, ended.text.splitlines()[1]) == (0, f"Wrote 0 files into {tmp_path}/out.")


class TestRefusals:
    """Errors in the event or in an option are found before anything is written."""

    def refused(self, folder: Path, document: wm.Event | wm.Dossier, *options: str) -> Ended:
        ended = here("invite", written(folder, document), file_of(folder, seated(1)), "--out", folder / "out", *options)
        assert not (folder / "out").exists()
        return ended

    @pytest.mark.parametrize("form", ["ics", "eml", "mbox"])
    def test_a_cancelled_event_is_refused(self, form: str, tmp_path: Path) -> None:
        cancelled = EVENT.cancel(at=STAMPED)
        ended = self.refused(tmp_path, cancelled, "--format", form)
        assert (ended.code, ended.err.splitlines()[0]) == (1, f"{tmp_path}/event.json: 1 error")
        assert ended.err.splitlines()[1].startswith("[event-cancelled] at /status: ")
        inside = self.refused(tmp_path, wm.Dossier(event=cancelled), "--format", form)
        assert inside.err.splitlines()[1].startswith("[event-cancelled] at /event/status: ")

    @pytest.mark.parametrize("form", ["ics", "eml"])
    @pytest.mark.parametrize("organizer", [None, wm.Organization(name=wm.LocalizedText(text="ITU", language="en"))])
    def test_an_event_without_an_organizer_is_refused(
        self, form: str, organizer: wm.Organization | None, tmp_path: Path
    ) -> None:
        ended = self.refused(tmp_path, evolve(EVENT, organizer=organizer), "--format", form)
        assert ended.code == 1
        assert ended.err.splitlines()[1].startswith("[organizer-without-address] at /organizer: ")

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--sender", "desk1@example.org"], "--sender needs --format eml or mbox"),
            (["--format", "eml", "--sender", "Desk 1"], "[email-malformed] at /sender: "),
            (["--format", "eml", "--sender", "Desk\r\nBcc: x <desk1@example.org>"], "[text-control] at /sender: "),
            (["--accent", "#c8102e"], "--accent needs --format eml or mbox"),
            (["--format", "eml", "--accent", "red"], "[color-malformed] at /accent: "),
            (["--language", "FR"], "[language-unknown] at /language: "),
            (["--reminder", "P400D"], "[duration-out-of-range] at /reminders/0: "),
            (["--format", "pdf"], "Invalid value for '--format'"),
            (["--stamped", "now"], "Not a date and time with an offset"),
            (["--rejects", "-"], "--rejects needs the name of a file."),
        ],
    )
    def test_an_invalid_option_is_a_usage_error(self, options: list[str], words: str, tmp_path: Path) -> None:
        ended = self.refused(tmp_path, EVENT, *options)
        assert ended.code == 2
        assert words in ended.err

    def test_two_files_of_one_run_are_never_the_same(self, event: Path, tmp_path: Path) -> None:
        people = file_of(tmp_path, seated(1))
        for rejects in (people, event, tmp_path / "out" / "invitations.mbox"):
            options = ["--format", "mbox", "--rejects", str(rejects)]
            assert here("invite", event, people, "--out", tmp_path / "out", *options).code == 2
        assert people.read_bytes() == wm.to_json(seated(1)) + b"\n"

    def test_standard_input_is_read_only_once(self, tmp_path: Path) -> None:
        ended = here("invite", "-", "-", "--out", tmp_path / "out")
        assert (ended.code, ended.err.splitlines()[-1]) == (
            2,
            "Error: Standard input can be given only once.",
        )

    def test_files_that_cannot_be_read_or_written_end_with_3(self, event: Path, tmp_path: Path) -> None:
        people = file_of(tmp_path, seated(1))
        (tmp_path / "file").write_bytes(b"")
        assert here("invite", event, tmp_path / "missing.jsonl", "--out", tmp_path / "out").code == 3
        assert here("invite", tmp_path / "missing.json", people, "--out", tmp_path / "out").code == 3
        assert here("invite", event, people, "--out", tmp_path / "file").code == 3
        (tmp_path / "full" / "0000001-r-1.ics").mkdir(parents=True)
        ended = here("invite", event, people, "--out", tmp_path / "full")
        assert (ended.code, ended.err.splitlines()[0]) == (
            3,
            f"Error: Cannot write {tmp_path}/full/0000001-r-1.ics: Is a directory",
        )

    def test_errors_in_the_event_are_reported(self, tmp_path: Path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_bytes(wm.to_json(EVENT).replace(b"Europe/Zurich", b"CEST"))
        ended = here("invite", bad, file_of(tmp_path, seated(1)), "--out", tmp_path / "out")
        assert ended.code == 1
        assert "[zone-unknown] at /slot/timeZone" in ended.err


class TestRun:
    """A long run can be interrupted."""

    @pytest.mark.parametrize(("form", "kept"), [("eml", ["0000001-r-1.eml", "0000002-r-2.eml"]), ("mbox", [])])
    def test_an_interrupted_run_has_a_summary_and_complete_files(
        self, form: str, kept: list[str], event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = inv.Mailer.mail

        def interrupted(mailer: inv.Mailer, message: inv.Message) -> EmailMessage:
            if message.recipient == "participant3@example.org":
                raise KeyboardInterrupt
            return whole(mailer, message)

        monkeypatch.setattr(inv.Mailer, "mail", interrupted)
        people = file_of(tmp_path, seated(1), seated(2), seated(3))
        rejects = tmp_path / "rejects.jsonl"
        rejects.write_bytes(b"old")
        ended = here("invite", event, people, "--out", tmp_path / "out", "--format", form, "--rejects", rejects)
        assert (ended.code, ended.err) == (130, "Interrupted.\n")
        assert ended.text == f"{people}: 3 lines, 2 invited, 1 not invited, 0 refused\n"
        assert (names(tmp_path / "out"), rejects.read_bytes()) == (kept, b"old")

    def test_nothing_is_said_of_a_good_run(self, event: Path, tmp_path: Path) -> None:
        ended = process("invite", event, file_of(tmp_path, seated(1)), "--out", tmp_path / "out")
        assert (ended.code, ended.err) == (0, "")
