"""The parameters that commands share: their types, arguments and options, what does not go together, and the clock."""

import os
import re
import sys
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from functools import partial, reduce
from itertools import combinations
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click
from click.core import ParameterSource

from wtisd_model.cli import console, report
from wtisd_model.codes import Code
from wtisd_model.contentlines.values import decode_duration
from wtisd_model.findings import finding
from wtisd_model.locales import DEFAULT_LANGUAGE, languages
from wtisd_model.model.documents import DOCUMENTS, schema_name
from wtisd_model.schema.constraints import Timestamp
from wtisd_model.types.own_language import add_language
from wtisd_model.types.scalars import INVALID, decode_date, decode_timestamp, refusal

Command = TypeVar("Command", bound=Callable[..., Any])

KINDS: Final[dict[str, type]] = {schema_name(cls, submission=False): cls for cls in DOCUMENTS}
"""The types of document by their names on the command line: ``interpretation-request``."""

# Without checks of click's, which would end as usage errors: a file that cannot be opened is a `CannotError`.
FILE: Final = click.Path(allow_dash=True, readable=False)
OUTPUT: Final = click.Path(path_type=Path, readable=False)
KIND: Final = click.Choice(tuple(KINDS))


def moment(value: str) -> datetime:
    """Parse a moment as our documents write it."""
    parsed = decode_timestamp(value)
    if parsed is INVALID:
        found = refusal(Timestamp(), value)
        raise click.BadParameter(f"{found.message} {found.fix}")
    return cast("datetime", parsed)


def day(value: str) -> date:
    """Parse a calendar date as our documents write it."""
    parsed = decode_date(value)
    if parsed is INVALID:  # the fix of the finding is about documents too, whose dates can be months
        message = finding(Code.DATE_UNREADABLE).message
        raise click.BadParameter(f"{message} Write it as 2023-04-20, with a year from 1970 to 2199.")
    return cast("date", parsed)


def duration(value: str) -> timedelta:
    """Parse a duration as iCalendar writes it (RFC 5545 section 3.3.6), without a sign."""
    parsed = decode_duration(value) if value.startswith("P") else None
    if parsed is None:
        raise click.BadParameter("Not a duration. Write it as PT15M, PT1H30M, P1D or P1W.")
    return sum(parsed, timedelta())


def current_time() -> datetime:
    """Return the present moment in whole seconds; the environment variable ``SOURCE_DATE_EPOCH`` can set it.

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is not a moment of the years 1970 to 2199.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH 1.1.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.now(UTC).replace(microsecond=0)
    if re.fullmatch("[0-9]{1,10}", given):
        chosen = datetime.fromtimestamp(int(given), UTC)
        if Timestamp().check(chosen) is None:
            return chosen
    raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds since 1970, up to the year 2199.")


def require_apart(read: list[str], **written: Path | None) -> None:
    """Refuse to read standard input twice, to write over what is read, and to write two things into one file.

    *written* has the file of each option; ``--out -`` is standard output.
    """
    if read.count(console.STANDARD) > 1:
        raise click.UsageError("Standard input can be given only once.")
    files = {f"--{name}": path for name, path in written.items() if path is not None}
    if str(files.get("--out")) == console.STANDARD:
        del files["--out"]
    for option, path in files.items():
        if str(path) == console.STANDARD:
            raise click.UsageError(f"{option} needs the name of a file.")
        if any(_is_same(file, path) for file in read):
            raise click.UsageError(f"{option} names a file that is read; it would be lost.")
    for (one, first), (other, second) in combinations(files.items(), 2):
        if _is_same(str(first), second):
            raise click.UsageError(f"{one} and {other} name the same file.")


def _is_same(file: str, out: Path) -> bool:
    """Return True if *out* is the file that is read, also if the shell has opened it as standard input."""
    try:
        if file == console.STANDARD:
            return sys.stdin is not None and os.path.samestat(os.fstat(sys.stdin.fileno()), out.stat())
        # A file that does not exist yet can be compared by its name only.
        return os.path.realpath(out) == os.path.realpath(file) or out.samefile(file)
    except OSError:
        return False


class _Argument(click.Argument):
    """An argument with words on what it is, which click itself takes and shows from 8.5 on only."""

    def __init__(self, *arguments: Any, meaning: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.meaning: str = meaning


class _Command(click.Command):
    """A command whose help says what each argument is."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_help_text(ctx, formatter)
        arguments = [each for each in self.params if isinstance(each, _Argument)]
        if arguments:
            with formatter.section("Positional arguments"):
                formatter.write_dl([(each.human_readable_name, each.meaning) for each in arguments])


argument: Final = partial(click.argument, cls=_Argument)
files: Final = partial(argument, "files", nargs=-1, required=True, type=FILE)
command: Final = partial(click.command, cls=_Command)

EVENT: Final = argument(
    "file", metavar="EVENT", type=FILE, meaning="An event or a dossier in JSON; - is standard input."
)


def refuse_given(ctx: click.Context, others: Collection[str], chosen: str) -> None:
    """Refuse an option among *others* on the command line: it does not apply to what was *chosen*."""
    for option in ctx.command.params:
        if option.name in others and ctx.get_parameter_source(option.name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option.opts[0]} does not apply to {chosen}.")


KIND_OPTION: Final = click.option(
    "--as", "kind", type=KIND, metavar="TYPE", help=f"The type of documents without @type: {', '.join(KINDS)}."
)
EVENT_KIND: Final = click.option(
    "--as", "kind", type=click.Choice(("event", "dossier")), help="The type of an EVENT without @type."
)
RULES: Final = click.option(
    "--rules",
    multiple=True,
    metavar="MODULE:FUNCTION",
    help="Call this rule of your own too; can be given several times. Modules in the current folder are found first.",
)
LINES: Final = click.option("--lines", is_flag=True, help="FILE is JSON Lines (one document per line).")
OUT_FILE: Final = click.option(
    "--out", type=OUTPUT, metavar="FILE", help="Write to this file, and replace it if it exists."
)
OUT_FOLDER: Final = click.option(
    "--out", type=OUTPUT, metavar="DIR", required=True, help="The folder, which is made unless it exists."
)


def _add_languages(_ctx: click.Context, _option: click.Parameter, folders: tuple[Path, ...]) -> None:
    for folder in folders:
        with report.refusals_of_folder(str(folder)):
            add_language(folder)


LANGUAGE_FOLDERS: Final = click.option(
    "--language-dir",
    type=OUTPUT,
    metavar="DIR",
    multiple=True,
    is_eager=True,
    expose_value=False,
    callback=_add_languages,
    help="A folder with the words of a further language (see the command language); can be given several times.",
)


def _with_words(_ctx: click.Context, _option: click.Parameter, tag: str) -> str:
    if tag not in languages():
        known = ", ".join(sorted(languages()))
        raise click.BadParameter(f"Not one of {known}. Add your own with --language-dir.")
    return tag


def _complete_language(_ctx: click.Context, _option: click.Parameter, typed: str) -> list[str]:
    return [language for language in sorted(languages()) if language.startswith(typed)]


FINDINGS_LANGUAGE: Final = click.option(
    "--language",
    metavar="TAG",
    callback=_with_words,
    shell_complete=_complete_language,
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help="The language of all that is written about documents, such as fr; names, codes and paths stay.",
)
UTC_TIMES: Final = click.option("--utc", is_flag=True, help="Write all times in UTC, without time zones.")
REMINDER: Final = click.option(
    "--reminder",
    "reminders",
    type=duration,
    metavar="DURATION",
    multiple=True,
    help="Remind this long before the start, such as PT15M; can be given several times.",
)


def require_one_form(*, as_json: bool, as_csv: bool) -> None:
    """Refuse two forms of one answer."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other.")


def repeated(option: str, name: str, values: str, help_: str) -> Callable[[Command], Command]:
    """Return an option that takes as many *values* as are named, any number of times."""
    types = (str,) * len(values.split())
    return click.option(
        option, name, type=types, metavar=values, multiple=True, callback=_require_separate_values, help=help_
    )


def _require_separate_values(
    _ctx: click.Context, option: click.Parameter, given: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    for first, *_ in given:
        if re.fullmatch(r"\S+=\S+", first):  # the next argument is no value of this option
            one, _, other = first.partition("=")
            raise click.BadParameter(f"Two values are needed, without =: {option.opts[0]} {one} {other}")
    return given


def with_options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return a decorator that adds several options to a command, in this order."""
    return lambda command: reduce(lambda whole, option: option(whole), reversed(options), command)
