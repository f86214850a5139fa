"""`updates`: the messages that a change asks for, as files, and what it refuses."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from attrs import evolve

import wtisd_model as wm
from tests.cli.running import Ended, here, on_a_terminal, process
from tests.cli.test_invitations import EVENT, seated
from wtisd_model import invitation as inv
from wtisd_model.codes import Code

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
    """A file for each message, and a line that says how many there are of each kind."""

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

    def test_a_mail_says_when_it_was_to_be(self) -> None:
        assert run("--format", "eml", "--sender", "desk1@example.org").code == 0
        mail = message_from_bytes(Path("out/0000001-moved.eml").read_bytes(), policy=policy.default)
        assert mail["To"].addresses[0].addr_spec == "participant1@example.org"
        plain = mail.get_body(("plain",))
        assert plain is not None
        assert "14 h 30" in plain.get_content().replace("\N{NO-BREAK SPACE}", " ").replace(
            "\N{NARROW NO-BREAK SPACE}", " "
        )

    def test_all_mails_of_a_mailbox_are_in_one_file(self) -> None:
        assert run("--format", "mbox").text.endswith("Wrote 2 mails into out/invitations.mbox.\n")

    def test_messages_are_counted_by_what_they_do_and_why_and_nobody_is_named(self) -> None:
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

    def test_one_address_is_one(self) -> None:
        Path("after.json").write_bytes(wm.to_json(evolve(AFTER, registrations=PEOPLE[:1])))
        Path("before.json").write_bytes(wm.to_json(evolve(BEFORE, registrations=PEOPLE[:1])))
        assert run().text.startswith("1 message to 1 address: 1 request (1 moved)\n")

    def test_where_nothing_is_new_there_is_no_message(self) -> None:
        ended = run(after="before.json")
        assert (ended.code, ended.text) == (0, "0 messages: nothing is new to anybody\nWrote 0 files into out.\n")

    def test_the_options_are_those_of_the_invitations(self) -> None:
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

    def test_a_terminal_sees_them_counted(self) -> None:
        shown = on_a_terminal("updates", "before.json", "after.json", "--out", "out", "--stamped", STAMP)
        assert b"messages" in shown[0]


class TestFolder:
    """Who sends a folder sends all that is in it: so nothing else may be there."""

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

    def test_an_empty_one_and_what_a_person_does_not_see_will_do(self) -> None:
        Path("out").mkdir()
        Path("out/.gitkeep").touch()
        assert run().code == 0

    def test_what_cannot_be_looked_into_or_is_none_is_told(self) -> None:
        Path("out").symlink_to("out")
        ended = run()
        assert (ended.code, ended.out) == (3, b"")
        assert ended.err.startswith("Error: Cannot read the folder out: ")
        Path("out").unlink()
        Path("out").touch()
        ended = run()
        assert (ended.code, ended.err) == (3, "Error: Cannot make the folder out: File exists\n")


class TestRefusals:
    """What cannot be told is refused with its code, and nothing is written."""

    def test_a_change_that_did_not_raise_the_sequence(self) -> None:
        Path("after.json").write_bytes(wm.to_json(wm.Dossier(event=evolve(EVENT, slot=LATER, sessions=()))))
        ended = run()
        assert ended.code == 1
        assert "[sequence-not-raised] at /event/sequence" in ended.err
        assert not Path("out").exists()

    def test_two_versions_that_may_be_swapped(self) -> None:
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
    def test_options_that_cannot_be(self, options: tuple[str, ...], said: str) -> None:
        ended = run(*options)
        assert ended.code == 2
        assert said in ended.err

    def test_standard_input_is_one_thing(self) -> None:
        assert run(before="-", after="-").code == 2

    def test_one_of_them_may_be_standard_input(self) -> None:
        ended = process(
            "updates", "-", "after.json", "--out", "out", "--stamped", STAMP, stdin=Path("before.json").read_bytes()
        )
        assert ended.code == 0

    def test_a_mailbox_is_not_written_over_what_is_read(self) -> None:
        Path("out").mkdir()
        Path("out/invitations.mbox").write_bytes(wm.to_json(BEFORE))
        assert run("--format", "mbox", before="out/invitations.mbox").code == 2
