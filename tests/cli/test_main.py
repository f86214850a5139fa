"""The program as a whole: its help, its usage errors, its completions, its exit codes, and `doctor`."""

import fcntl
import os
import platform
import shutil
import signal
import subprocess
import sys
import termios
import time
import tomllib
import zoneinfo
from array import array
from collections.abc import Callable
from importlib import metadata, resources
from pathlib import Path

import pytest

from tests.cli.running import PROGRAM, Ended, here, process
from wtisd_model.cli.console import escaped
from wtisd_model.cli.main import COMPLETE, DEPENDENCIES, NAME, command_named, main, program
from wtisd_model.types import tzif

COMMANDS = sorted(program.commands)


class TestHelp:
    """Every command has a help text, in ASCII and 80 columns."""

    def test_the_commands_are_those_of_the_issue(self) -> None:
        assert COMMANDS == [
            "check",
            "convert",
            "demo",
            "doctor",
            "interpretation",
            "invite",
            "language",
            "page",
            "picture",
            "pledges",
            "reply",
            "roster",
            "schema",
            "updates",
            "validate",
        ]

    @pytest.mark.parametrize("arguments", [[], *([each] for each in COMMANDS)], ids=" ".join)
    def test_help_says_what_a_command_does(self, arguments: list[str]) -> None:
        short, long = here(*arguments, "-h"), here(*arguments, "--help")
        assert short == long
        assert short.code == 0
        assert short.err == ""
        assert short.out.isascii()
        assert short.text.startswith("Usage: wtisd-model")
        assert [line for line in short.text.splitlines() if len(line) > 80] == []

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_and_argument_is_explained(self, name: str) -> None:
        parameters = command_named(name).params
        told = {each.name: str(getattr(each, "help", None) or getattr(each, "meaning", None)) for each in parameters}
        assert [name for name, words in told.items() if not words.endswith(".")] == []

    def test_the_list_of_commands_is_not_cut_off(self) -> None:
        assert "..." not in here("-h").text.partition("Commands:")[2]

    def test_without_a_command_the_help_is_shown_with_exit_code_2(self) -> None:
        ended = here()
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err == here("-h").text

    def test_the_version_is_that_of_the_package(self) -> None:
        ended = here("--version")
        assert ended.code == 0
        assert ended.text.startswith("wtisd-model ")


class TestStart:
    """Help and completion are quick."""

    def test_heavy_modules_are_loaded_by_the_commands_that_need_them(self) -> None:
        heavy = {"concurrent.futures.process", "icalendar", "wtisd_model.invitation", "wtisd_model.planning.demand"}
        code = f"import sys, wtisd_model.cli.main; print(*{heavy} & sys.modules.keys())"
        assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"\n"  # noqa: S603 - ours


class TestUsage:
    """Exit code 2: the message explains the error, with control characters escaped."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["valdate"], "'valdate'"),
            (["validate", "--submision", "-"], "--submission"),
            (["validate"], "Missing argument 'FILE...'"),
            (["validate", "-", "--as", "registrations"], "'registration'"),
            (["schema"], "Name a TYPE, or use --out DIR"),
            (["demo"], "Missing option '--out'"),
            (["demo", "--out", "x", "y"], "unexpected extra argument"),
        ],
    )
    def test_a_usage_error_is_explained(self, arguments: list[str], said: str) -> None:
        ended = here(*arguments)
        assert (ended.code, ended.out) == (2, b"")
        assert said in ended.err
        assert ended.err.splitlines()[-1].startswith("Error: ")

    def test_choices_are_listed_in_one_line(self) -> None:
        ended = here("pledges", "pledges.jsonl")
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.splitlines()[-1] == (
            "Error: Missing option '--by'. Choose from: country, currency, focus-area, goal, group,"
            " group-at-submission, kind, membership, year"
        )

    @pytest.mark.parametrize(
        "arguments", [["{}"], ["-{}"], ["--{}"], ["doctor", "{}"], ["schema", "{}"], ["convert", "{}"]]
    )
    def test_control_characters_in_arguments_are_escaped(self, arguments: list[str]) -> None:
        hostile = "\x1b[2J\u202e\u2066\nError: all good\x9b"
        ended = here(*(each.format(hostile) for each in arguments))
        assert ended.code in {2, 3}
        assert ended.err.replace("\n", "") == escaped(ended.err.replace("\n", ""))
        assert sum(line.startswith("Error: ") for line in ended.err.splitlines()) == 1


class TestCompletion:
    """click's protocol for shells."""

    def test_a_shell_gets_its_script(self) -> None:
        ended = here(env={COMPLETE: "bash_source"})
        assert ended.code == 0
        assert COMPLETE in ended.text

    def test_commands_and_types_are_completed(self) -> None:
        ended = here(env={COMPLETE: "bash_complete", "COMP_WORDS": "wtisd-model va", "COMP_CWORD": "1"})
        assert ended.text == "plain,validate\n"
        ended = here(env={COMPLETE: "bash_complete", "COMP_WORDS": "wtisd-model schema pl", "COMP_CWORD": "2"})
        assert ended.text == "plain,pledge\n"

    def test_completing_behind_the_version_writes_no_version(self) -> None:
        words = {"COMP_WORDS": "wtisd-model --version do", "COMP_CWORD": "2"}
        assert here(env={COMPLETE: "bash_complete", **words}).text == "plain,doctor\n"

    def test_an_unknown_shell_is_an_error(self) -> None:
        assert here(env={COMPLETE: "cmd_source"}).code == 1


class TestEnd:
    """130: interrupted, as shells say it (128 and the number of the signal)."""

    def test_main_ends_the_process_with_the_code(self, monkeypatch: pytest.MonkeyPatch) -> None:
        handlers: list[tuple[int, Callable[..., object]]] = []
        monkeypatch.setattr(signal, "signal", lambda *each: handlers.append(each))
        monkeypatch.setattr(signal, "getsignal", lambda _: signal.SIG_DFL)
        with pytest.raises(SystemExit) as raised:
            main(["schema"])
        assert raised.value.code == 2
        monkeypatch.setattr("sys.argv", ["wtisd-model", "--version"])
        with pytest.raises(SystemExit) as raised:
            main()
        assert raised.value.code == 0
        assert [number for number, _ in handlers] == [signal.SIGHUP, signal.SIGTERM] * 2
        for code, (number, handler) in zip((129, 143), handlers[:2], strict=True):
            with pytest.raises(SystemExit) as raised:
                handler(number, None)
            assert raised.value.code == code

    def test_a_signal_that_is_ignored_stays_so(self) -> None:
        before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
        try:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            with pytest.raises(SystemExit):
                main(["--version"])
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def test_an_interrupted_run_ends_with_130(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("wtisd_model.cli.console.read_at_most", interrupted)
        ended = here("validate", "-")
        assert (ended.code, ended.out, ended.err) == (130, b"", "Interrupted.\n")

    def test_a_signal_gets_one_line_and_no_traceback(self, tmp_path: Path) -> None:
        fifo = tmp_path / "fifo"
        os.mkfifo(fifo)
        with (
            subprocess.Popen([*PROGRAM, "validate", str(fifo)], stderr=subprocess.PIPE) as started,  # noqa: S603 - ours
            fifo.open("wb", buffering=0) as pipe,
        ):
            pipe.write(b" ")
            while array("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]:
                time.sleep(0.01)
            time.sleep(0.2)  # It has read the blank, and now waits for more.
            started.send_signal(signal.SIGINT)
            _, err = started.communicate(timeout=60)
        assert (started.returncode, err) == (130, b"Interrupted.\n")

    def test_an_interrupt_while_it_is_loaded_ends_it_quietly(self, tmp_path: Path) -> None:
        (tmp_path / "click.py").write_text("import time; print(flush=True); time.sleep(60)")
        with subprocess.Popen(  # noqa: S603 - ours
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {program_script()}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as started:
            if started.stdout is None:
                raise AssertionError
            started.stdout.readline()
            started.send_signal(signal.SIGINT)
            _, err = started.communicate(timeout=60)
        assert (started.returncode, err) == (130, b"")

    @pytest.mark.parametrize("handler", ["SIG_IGN", "default_int_handler"])
    def test_interrupts_are_as_before_once_it_is_loaded(self, handler: str) -> None:
        """A shell ignores interrupts for what it runs in the background."""
        code = f"""
import atexit, signal
signal.signal(signal.SIGINT, signal.{handler})
atexit.register(lambda: print(signal.getsignal(signal.SIGINT) == signal.{handler}))
{program_script()}
"""
        assert process(command=[sys.executable, "-c", code, "--version"]).text.endswith("\nTrue\n")

    def test_a_process_has_the_same_output(self) -> None:
        assert process("schema", "pledge") == here("schema", "pledge")


def program_script() -> str:
    """Return what the installed program does, as its entry point says."""
    (script,) = metadata.entry_points(group="console_scripts", name=NAME)
    return f"from {script.module} import {script.attr}; {script.attr}()"


CHECKOUT = Path(__file__).parents[2]
INDENT = " " * 14


def zone_rows(ended: Ended) -> list[str]:
    """Return the rows about time zones."""
    lines = ended.text.splitlines()
    return lines[next(at for at, line in enumerate(lines) if line.startswith("time zones")) :]


@pytest.fixture
def package() -> Path:
    """The folder of the tzdata package."""
    return Path(str(resources.files("tzdata").joinpath("zoneinfo")))


@pytest.fixture
def release(package: Path) -> str:
    """The release of the tzdata package, as its first line says."""
    first, _, _ = (package / "tzdata.zi").read_text(encoding="ascii").partition("\n")
    return first.removeprefix("# version ")


class TestVersions:
    """The versions that a bug report needs."""

    @pytest.fixture(autouse=True)
    def no_time_zones_are_compared(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zoneinfo, "TZPATH", ())

    def test_the_dependencies_are_those_of_the_project(self) -> None:
        project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert [each.partition(">=")[0] for each in project["dependencies"]] == list(DEPENDENCIES)

    def test_the_version_of_each_package_is_shown(self) -> None:
        ended = here("doctor")
        assert (ended.code, ended.err) == (0, "")
        rows = dict(line.split(maxsplit=1) for line in ended.text.partition("\n\n")[0].splitlines())
        assert set(rows) == {"Python", "wtisd-model", *DEPENDENCIES}
        assert rows["Python"].startswith(f"{platform.python_version()} (")
        assert {name: rows[name] for name in DEPENDENCIES} == {name: metadata.version(name) for name in DEPENDENCIES}

    def test_the_parser_of_payloads_is_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = "plain Python: there is no accelerator for this Python"
        broken = f"plain Python: the accelerator cannot be loaded\n{INDENT}too short"
        for native, error, told in (
            (None, None, plain),
            (None, "too short", broken),
            (platform, None, "the compiled accelerator"),
        ):
            monkeypatch.setattr("wtisd_model.json.accelerator.SPEEDUPS", native)
            monkeypatch.setattr("wtisd_model.json.accelerator.LOAD_ERROR", error)
            assert f"\n\npayloads      parsed by {told}\ntime zones" in here("doctor").text

    def test_missing_packages_are_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def version(name: str) -> str:
            if name in {"msgspec", "wtisd-model"}:
                raise metadata.PackageNotFoundError(name)
            return "1.0"

        monkeypatch.setattr(metadata, "version", version)
        ended = here("doctor")
        assert ended.code == 1
        assert ended.err == "Error: Something is missing; install wtisd-model again.\n"
        assert f"{'msgspec':14}not installed\n" in ended.text
        assert here("--version").text == "wtisd-model (version unknown: not installed)\n"


class TestTimeZones:
    """PEP 615: zoneinfo reads TZPATH before the tzdata package, and the two may differ."""

    def test_the_package_is_named_if_it_is_the_only_database(self, release: str) -> None:
        ended = process("doctor", env={"PYTHONTZPATH": ""})
        assert ended.code == 0
        assert zone_rows(ended) == [f"time zones    {release}, from the tzdata package"]

    def test_another_database_is_named_beside_the_package(
        self, package: Path, release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "zones").symlink_to(package)
        monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path / "zones"),))
        assert zone_rows(here("doctor")) == [
            f"time zones    {release}, from {tmp_path}/zones",
            f"{INDENT}The tzdata package has {release}; empty PYTHONTZPATH to use it.",
        ]

    def test_a_database_may_not_state_its_release(
        self, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        zones = tmp_path / "\x1b"
        shutil.copytree(package / "Europe", zones / "Europe")
        monkeypatch.setattr(zoneinfo, "TZPATH", (str(zones),))
        assert zone_rows(here("doctor"))[0] == rf"time zones    unknown release, from {tmp_path}/\x1b"

    def test_no_database_is_an_error(self, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tzif, "_package", lambda: None)
        (tmp_path / "zones").symlink_to(package)
        monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path / "zones"),))
        assert len(zone_rows(here("doctor"))) == 1
        monkeypatch.setattr(zoneinfo, "TZPATH", ())
        ended = here("doctor")
        assert ended.code == 1
        assert zone_rows(ended) == ["time zones    no database found"]
        assert ended.err == "Error: Something is missing; install wtisd-model again.\n"
