"""`interpretation`: who is served at which session in which language, who is not, and how large teams are."""

from collections.abc import Iterator
from typing import TypeVar

import click

from wtisd_model.cli.documents import load_sound
from wtisd_model.cli.line_files import lines_of
from wtisd_model.cli.numbers import counted
from wtisd_model.cli.parameters import FILE
from wtisd_model.cli.report import FoundError
from wtisd_model.cli.streams import STANDARD, Incoming, say, shown, write, write_text
from wtisd_model.findings import InvalidValueError
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.registration import Registration

Answer = TypeVar("Answer", Registration, InterpretationRequest)


@click.command("interpretation", short_help="Plan interpretation for an event.")
@click.argument("event", metavar="EVENT", type=FILE, help="An event or a dossier in JSON; - is standard input.")
@click.argument(
    "registrations", metavar="[REGISTRATIONS]...", nargs=-1, type=FILE, help="Registrations for it, as JSON Lines."
)
@click.option(
    "--requests", metavar="FILE", type=FILE, multiple=True, help="Requests for interpretation, as JSON Lines."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--csv", "as_table", is_flag=True, help="Write the table of coverage as CSV.")
@click.pass_context
def plan_interpretation(
    ctx: click.Context,
    /,
    *,
    event: str,
    registrations: tuple[str, ...],
    requests: tuple[str, ...],
    as_json: bool,
    as_table: bool,
) -> None:
    """Say who is served at which session in which language, who is not, and how many interpreters each norm asks for.

    What a dossier holds counts too. Lines with errors are left out, and their number is told.

    Ends with 0 where all could be read, gaps or not, and with 1 where a document or a line has errors.
    """
    if as_json and as_table:
        raise click.UsageError("--json and --csv are two forms of the same; give one of them.")
    if [event, *registrations, *requests].count(STANDARD) > 1:
        raise click.UsageError("Standard input can be read once only.")
    # Every other command would take longer to start.
    from wtisd_model.cli.plan import Plan, as_csv, as_object, as_text

    document = load_sound(event, None, among=(Event, Dossier))
    dossier = document if isinstance(document, Dossier) else Dossier(event=document)
    reading = _Reading(dossier.event)
    plan = Plan.of(
        together(
            dossier,
            (*dossier.registrations, *reading.all_of(Registration, registrations)),
            (*dossier.interpretation_requests, *reading.all_of(InterpretationRequest, requests)),
        )
    )
    if as_json:
        write(as_object(plan).encode())
    elif as_table:
        for chunk in as_csv(plan):
            write(chunk)
    else:
        write_text(as_text(plan))
    ctx.exit(min(reading.refused, 1))


class _Reading:
    """Lines of files, read one after the other; what is not taken is counted, and told file by file."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self.refused = 0

    def all_of(self, cls: type[Answer], files: tuple[str, ...]) -> Iterator[Answer]:
        """Read the sound lines of files."""
        for file in files:
            refused = elsewhere = 0
            with Incoming(file) as incoming:
                for outcome in lines_of(cls, incoming):
                    if outcome.value is None:
                        refused += 1
                        continue
                    elsewhere += outcome.value.event_uid != self._event.uid
                    yield outcome.value
            if refused:
                say(f"{shown(file)}: {counted(refused, 'line')} with errors left out; `validate` says what is wrong.")
            if elsewhere:
                say(f"{shown(file)}: {counted(elsewhere, 'line')} for another event left out.")
            self.refused += refused


def together(
    dossier: Dossier, registrations: tuple[Registration, ...], requests: tuple[InterpretationRequest, ...]
) -> Dossier:
    """Make one dossier of all that was read.

    Raises:
        FoundError: it is more than a dossier holds.
    """
    try:
        return Dossier(event=dossier.event, registrations=registrations, interpretation_requests=requests)
    except InvalidValueError as error:
        refusal = str(error)
    raise FoundError(refusal)
