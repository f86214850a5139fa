"""`updates`: the messages that a change requires, as files, and its errors."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from attrs import evolve

import wtisd_model as wm
from tests.cli.invited import EVENT, seated
from tests.cli.running import Ended, here, process
from wtisd_model import Code
from wtisd_model import invitation as inv

AT = datetime(2023, 4, 14, 9, tzinfo=UTC)
STAMP, STAMPED = "2023-04-14T09:01:00Z", AT + timedelta(minutes=1)

PEOPLE = (seated(1), seated(2))
assert EVENT.slot is not None
LATER = wm.TimeSlot(start=EVENT.slot.start.add(hours=1), end=EVENT.slot.end.add(hours=1))
BEFORE = wm.Dossier(event=EVENT, registrations=PEOPLE)
AFTER = wm.Dossier(event=EVENT.reschedule(LATER, at=AT), registrations=(PEOPLE[0], PEOPLE[1].withdraw(at=AT)))


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, dossier in (("before.json", BEFORE), ("after.json", AFTER)):
        Path(name).write_bytes(wm.to_json(dossier))


def run(*options: str, before: str = "before.json", after: str = "after.json") -> Ended:
    return here("updates", before, after, "--out", "out", "--stamped", STAMP, *options)


class TestFiles:
    """A file for each message, and a line with their numbers."""

    def test_each_message_has_a_file_with_its_number_and_reason(self) -> None:
        ended = run()
        assert (ended.code, ended.text) == (
            0,
            "2 messages to 2 addresses: 1 request (1 moved), 1 cancellation (1 withdrawn)\nWrote 2 files into out.\n",
        )
        messages = [*inv.updates(BEFORE, AFTER, stamped=STAMPED)]
        assert {each.name: each.read_bytes() for each in Path("out").iterdir()} == {
            "0000001-moved.ics": messages[0].ics,
            "0000002-withdrawn.ics": messages[1].ics,
        }

    def test_a_mail_has_the_former_time(self) -> None:
        assert run("--format", "eml", "--sender", "desk1@example.org").code == 0
        mail = message_from_bytes(Path("out/0000001-moved.eml").read_bytes(), policy=policy.default)
        assert mail["To"].addresses[0].addr_spec == "participant1@example.org"
        plain = mail.get_body(("plain",))
        assert plain is not None
        assert "14 h 30" in plain.get_content().replace("\N{NO-BREAK SPACE}", " ").replace(
            "\N{NARROW NO-BREAK SPACE}", " "
        )

    def test_all_mails_can_be_in_one_mailbox(self) -> None:
        assert run("--format", "mbox").text.endswith("Wrote 2 mails into out/invitations.mbox.\n")

    def test_messages_are_counted_by_kind_and_reason_without_names(self) -> None:
        after = evolve(
            BEFORE,
            event=EVENT.revised(at=AT, title=wm.LocalizedText(text="Forum", language="en")),
            registrations=(PEOPLE[0], PEOPLE[1].withdraw(at=AT), seated(3), seated(4), seated(4, id="r-9")),
        )
        Path("after.json").write_bytes(wm.to_json(after))
        ended = run()
        assert ended.text.splitlines()[0] == (
            "4 messages to 4 addresses: 3 requests (1 edited, 2 invited), 1 cancellation (1 withdrawn)"
        )
        assert "articipant" not in ended.text + " ".join(each.name for each in Path("out").iterdir())

    def test_an_address_is_counted_once(self) -> None:
        Path("after.json").write_bytes(wm.to_json(evolve(AFTER, registrations=PEOPLE[:1])))
        Path("before.json").write_bytes(wm.to_json(evolve(BEFORE, registrations=PEOPLE[:1])))
        assert run().text.startswith("1 message to 1 address: 1 request (1 moved)\n")

    def test_without_changes_there_is_no_message(self) -> None:
        ended = run(after="before.json")
        assert (ended.code, ended.text) == (0, "0 messages: nothing is new to anybody\nWrote 0 files into out.\n")

    def test_the_options_are_those_of_invite(self) -> None:
        assert run("--sessions", "--language", "fr", "--reminder", "PT15M", "--utc").code == 0
        expected = inv.updates(
            BEFORE,
            AFTER,
            stamped=STAMPED,
            by_session=True,
            language="fr",
            reminders=[timedelta(minutes=15)],
            utc=True,
        )
        assert Path("out/0000001-moved.ics").read_bytes() == next(iter(expected)).ics


class TestFolder:
    """The folder has to be empty, since all files in it will be sent."""

    def test_a_second_run_into_one_folder_is_refused_and_changes_nothing(self) -> None:
        assert run().code == 0
        files = {each.name: each.read_bytes() for each in Path("out").iterdir()}
        for options in ((), ("--format", "mbox"), ("--format", "eml")):
            ended = run(*options, after="before.json")
            assert (ended.code, ended.out) == (2, b"")
            assert ended.err.endswith(
                "\nError: --out needs an empty folder: out has files, and the messages of two runs would be sent"
                " together.\n"
            )
            assert {each.name: each.read_bytes() for each in Path("out").iterdir()} == files

    def test_hidden_files_are_allowed(self) -> None:
        Path("out").mkdir()
        Path("out/.gitkeep").touch()
        assert run().code == 0

    def test_a_folder_that_cannot_be_read_or_made_ends_with_3(self) -> None:
        Path("out").symlink_to("out")
        ended = run()
        assert (ended.code, ended.out) == (3, b"")
        assert ended.err.startswith("Error: Cannot read the folder out: ")
        Path("out").unlink()
        Path("out").touch()
        ended = run()
        assert (ended.code, ended.err) == (3, "Error: Cannot make the folder out: File exists\n")


class TestRefusals:
    """Errors are reported with their codes, and nothing is written."""

    def test_a_change_without_a_new_sequence_is_refused(self) -> None:
        Path("after.json").write_bytes(wm.to_json(wm.Dossier(event=evolve(EVENT, slot=LATER, sessions=()))))
        ended = run()
        assert ended.code == 1
        assert "[sequence-not-raised] at /event/sequence" in ended.err
        assert not Path("out").exists()

    def test_swapped_versions_are_refused(self) -> None:
        ended = run(before="after.json", after="before.json")
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err == (
            "before.json: 1 error\n"
            f"[version-older] at /event/sequence: {Code.VERSION_OLDER.message}\n"
            f"    {Code.VERSION_OLDER.fix}\n"
        )
        assert not Path("out").exists()

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--language", "fr_CH"), "language-unknown"),
            (("--sender", "desk1@example.org"), "--sender needs"),
        ],
    )
    def test_invalid_options_are_usage_errors(self, options: tuple[str, ...], said: str) -> None:
        ended = run(*options)
        assert ended.code == 2
        assert said in ended.err

    def test_standard_input_is_read_only_once(self) -> None:
        assert run(before="-", after="-").code == 2

    def test_one_of_them_can_be_standard_input(self) -> None:
        ended = process(
            "updates", "-", "after.json", "--out", "out", "--stamped", STAMP, stdin=Path("before.json").read_bytes()
        )
        assert ended.code == 0

    def test_a_mailbox_does_not_overwrite_the_input(self) -> None:
        Path("out").mkdir()
        Path("out/invitations.mbox").write_bytes(wm.to_json(BEFORE))
        assert run("--format", "mbox", before="out/invitations.mbox").code == 2
