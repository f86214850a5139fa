"""The program: its commands, and how it ends: 0 good, 1 findings, 2 usage, 3 cannot read or write, 130, 143 signals."""

import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import click
from click.exceptions import Exit, NoArgsIsHelpError
from click.shell_completion import shell_complete

from wtisd_model.cli.convert import write_calendar, write_json
from wtisd_model.cli.demo import write_demo
from wtisd_model.cli.doctor import tell_versions, version_of
from wtisd_model.cli.incoming import import_calendar, read_replies
from wtisd_model.cli.interpretation import plan_interpretation
from wtisd_model.cli.invite import write_invitations
from wtisd_model.cli.judge import check_dossier, validate_files
from wtisd_model.cli.lines import StoppedError
from wtisd_model.cli.pledges import total_pledges
from wtisd_model.cli.report import FoundError
from wtisd_model.cli.schema import write_schema
from wtisd_model.cli.streams import cannot_write, escaped, say, write_text
from wtisd_model.cli.table import write_csv
from wtisd_model.cli.updates import write_updates

NAME: Final = "wtisd-model"
COMPLETE: Final = "_WTISD_MODEL_COMPLETE"
"""The environment variable through which a shell asks for completions (click's own protocol)."""

INTERRUPTED: Final = 130


def _write_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click calls it so
    if asked and not ctx.resilient_parsing:
        write_text(f"{NAME} {version_of(NAME) or 'of an unknown version: it is not installed'}\n")
        ctx.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_write_version, help="Write the version."
)
def program() -> None:
    """Check and convert documents about public events, in JSON.

    They are events, sessions, registrations, interpretation requests, pledges, and dossiers of all these.

    Ends with 0 where all is well, 1 where a document has errors, 2 where the command is mistaken, 3 where something
    cannot be read or written. Results go to standard output, messages to standard error.
    """


for _command in (
    write_demo,
    validate_files,
    check_dossier,
    total_pledges,
    plan_interpretation,
    write_calendar,
    write_invitations,
    write_updates,
    write_json,
    write_csv,
    import_calendar,
    read_replies,
    write_schema,
    tell_versions,
):
    program.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and end the process; *arguments* are those of the command line where they are not given."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the program; say in one line what keeps it from its work, and give the code to end with."""
    try:
        return _run(arguments)
    except Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _told(error)
    except OSError as error:
        # Commands write through our own streams, which raise CannotError; this is click's help on a broken pipe.
        return _told(cannot_write(error))
    except (KeyboardInterrupt, click.Abort):
        say("Interrupted.")
        return INTERRUPTED


def _run(arguments: Sequence[str]) -> int:
    asked = os.environ.get(COMPLETE)
    if asked:
        return shell_complete(program, {}, NAME, COMPLETE, asked)
    with program.make_context(NAME, list(arguments)) as context:
        program.invoke(context)
    return 0


def _told(error: click.ClickException) -> int:
    match error:
        case FoundError() | StoppedError() | NoArgsIsHelpError():
            say(error.format_message())
        case click.UsageError(ctx=click.Context() as context):
            say(f"{context.get_usage()}\nTry '{context.command_path} -h' for help.\n")
            say(f"Error: {escaped(_message(error))}")
        case _:
            say(f"Error: {escaped(error.format_message())}")
    return error.exit_code


def _message(error: click.UsageError) -> str:
    # What is missing nobody typed, so that line feeds and tabs between choices are click's own.
    message = error.format_message()
    return " ".join(message.split()) if isinstance(error, click.MissingParameter) else message
