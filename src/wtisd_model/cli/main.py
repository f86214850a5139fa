"""The program: its commands, and how it ends."""

import os
import platform
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module, metadata
from typing import Any, Final, NoReturn

import click
from click.exceptions import Exit
from click.shell_completion import shell_complete

from wtisd_model.cli import console, report
from wtisd_model.errors import ExportError
from wtisd_model.json import accelerator
from wtisd_model.types.tzif import RulesSource, source_and_version

NAME: Final = "wtisd-model"
COMPLETE: Final = "_WTISD_MODEL_COMPLETE"
"""The environment variable through which a shell asks for completions (click's own protocol)."""

DEPENDENCIES: Final = ("attrs", "click", "icalendar", "jsonschema", "msgspec", "pendulum", "rfc8785", "tzdata")
"""The packages that this one needs."""


def _write_version(ctx: click.Context, _option: click.Parameter, asked: Any) -> None:
    if asked and not ctx.resilient_parsing:
        console.write_text(f"{NAME} {version_of(NAME) or '(version unknown: not installed)'}\n")
        ctx.exit()


def version_of(distribution: str) -> str | None:
    """Return the version of an installed package, or None."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


_COMMANDS: Final = {
    "demo": ("demo", "write_demo", "Write the reference event and samples."),
    "validate": ("validate", "validate_files", "Report all errors in documents."),
    "check": ("validate", "check_dossier", "Check an event or a dossier by the rules."),
    "pledges": ("pledge_totals", "total_pledges", "Count pledges and add up their amounts."),
    "interpretation": ("interpretation_plan", "plan_interpretation", "Plan interpretation for an event."),
    "roster": ("roster", "write_roster", "Propose who interprets what, or check that."),
    "picture": ("pages", "draw_picture", "Draw a timetable, coverage, registrations or pledges."),
    "convert": ("convert", "convert", "Convert documents to and from other formats."),
    "page": ("pages", "write_page", "Write the web page of an event."),
    "invite": ("invitations", "write_invitations", "Write an invitation for each registration."),
    "updates": ("invitations", "write_updates", "Write the messages that a change requires."),
    "reply": ("invitations", "read_replies", "Read replies to invitations."),
    "language": ("own_language", "prepare_language", "Begin or check a language of your own."),
    "schema": ("validate", "write_schema", "Write JSON Schemas."),
    "doctor": ("main", "show_versions", "Show versions and the time zone database."),
}
"""The module and the function of each command, and what it does in a few words."""


def command_named(name: str) -> click.Command:
    """Load the module of a command, and return it."""
    module, function, _ = _COMMANDS[name]
    command: click.Command = getattr(import_module(f"wtisd_model.cli.{module}"), function)
    return command


class _NoCommandError(click.ClickException):
    """The program was called without anything; the message is its help."""

    exit_code = 2


class _Program(click.Group):
    """A group that loads a command when it is used, so that help and completion are quick."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, others = super().resolve_command(ctx, args)
        return name, command if name is None else command_named(name), others


@click.group(
    cls=_Program,
    commands=[click.Command(name, short_help=words) for name, (_, _, words) in _COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=False,  # before 8.2, click ends with 0 then
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_write_version, help="Write the version."
)
def program() -> None:
    """Check and convert documents about public events, in JSON.

    Documents are events, sessions, registrations, interpretation requests, pledges, and dossiers of all these.

    Exit codes: 0 success, 1 a document has errors, 2 usage error, 3 something cannot be read or written. Results go to
    standard output, messages to standard error.
    """


@click.command("doctor")
@click.pass_context
def show_versions(ctx: click.Context, /) -> None:
    """Show all versions in use, what parses payloads, and the time zone database.

    Equal input gives equal files only with equal time zone databases. Exit code 1 means that something is missing.
    """
    versions = {name: version_of(name) for name in (NAME, *DEPENDENCIES)}
    rows = [
        ("Python", f"{platform.python_version()} ({platform.python_implementation()}, {platform.system()})"),
        *((name, version or "not installed") for name, version in versions.items()),
        ("", ""),
        *_parser(),
        *_time_zones(),
    ]
    console.write_text("".join(f"{f'{name:14}{console.escaped(value)}'.rstrip()}\n" for name, value in rows))
    if None in {versions[name] for name in DEPENDENCIES} or _source(None) is None:
        console.say("Error: Something is missing; install wtisd-model again.")
        ctx.exit(1)


def _parser() -> Iterator[tuple[str, str]]:
    """Yield rows on what parses payloads."""
    if accelerator.SPEEDUPS is not None:
        yield "payloads", "parsed by the compiled accelerator"
    elif accelerator.LOAD_ERROR is None:
        yield "payloads", "parsed by plain Python: there is no accelerator for this Python"
    else:
        yield "payloads", "parsed by plain Python: the accelerator cannot be loaded"
        yield "", accelerator.LOAD_ERROR


def _time_zones() -> Iterator[tuple[str, str]]:
    """Yield rows on the time zone database in use, and on the tzdata package if that is another one."""
    in_use, packaged = _source(None), _source(())
    if in_use is None:
        yield "time zones", "no database found"
        return
    is_package = in_use.place == "tzdata"
    place = "the tzdata package" if is_package else in_use.place
    yield "time zones", f"{in_use.version or 'unknown release'}, from {place}"
    if packaged is not None and not is_package:
        yield "", f"The tzdata package has {packaged.version or 'an unknown release'}; empty PYTHONTZPATH to use it."


def _source(search_path: tuple[str, ...] | None) -> RulesSource | None:
    try:
        return source_and_version(search_path=search_path)
    except ExportError:
        return None


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit; *arguments* default to those of the command line."""
    for number in signal.Signals:  # Windows has no SIGHUP, which means that the terminal is closed
        if number.name in {"SIGHUP", "SIGTERM"} and signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP
            signal.signal(number, _terminate)
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def _terminate(number: int, _frame: object) -> NoReturn:
    # As an exception, so that no half-written file is left behind.
    raise console.TerminatedError(128 + number)  # as in shells


def run(arguments: Sequence[str]) -> int:
    """Run the program, write an error in one line, and return the exit code."""
    try:
        asked = os.environ.get(COMPLETE)
        if asked:
            return shell_complete(program, {}, NAME, COMPLETE, asked)
        with program.make_context(NAME, list(arguments)) as context:
            if not arguments:
                raise _NoCommandError(context.get_help())
            program.invoke(context)
    except Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _report(error)
    except OSError as error:
        # Commands write through our own streams, which raise CannotError; this is click's help on a broken pipe.
        return _report(console.cannot_write(error))
    except (KeyboardInterrupt, click.Abort):
        console.say("Interrupted.")
        return 130  # 128 and the number of SIGINT, as in shells
    return 0


def _report(error: click.ClickException) -> int:
    message = error.format_message()
    match error:
        case console.ReaderGoneError():
            pass
        case report.DocumentError() | _NoCommandError():
            console.say(message)
        case click.UsageError(ctx=click.Context() as context):
            if isinstance(error, click.MissingParameter):
                message = " ".join(message.split())  # click puts each choice in a line of its own
            console.say(
                f"{context.get_usage()}\nTry '{context.command_path} -h' for help.\n\nError: {console.escaped(message)}"
            )
        case _:
            console.say(f"Error: {console.escaped(message)}")
    return error.exit_code
