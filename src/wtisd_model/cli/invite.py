"""`invite`: an invitation for each registration in a file of JSON Lines, written as files; nothing is sent."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import click
from attrs import evolve

from wtisd_model.cli.documents import load_sound
from wtisd_model.cli.message_options import message_options, require_mail
from wtisd_model.cli.outbox import MBOX
from wtisd_model.cli.parameters import FILE, OUTPUT, present, require_apart
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import STANDARD, Incoming, Outgoing, make_folder
from wtisd_model.findings import ExportError, Finding, InvalidValueError, MessageError
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event


@click.command("invite", short_help="Write an invitation for each registration.")
@click.argument("file", metavar="EVENT", type=FILE, help="An event or a dossier in JSON; - is standard input.")
@click.argument(
    "registrations", metavar="REGISTRATIONS", type=FILE, help="Registrations in JSON Lines; - is standard input."
)
@message_options
@click.option("--as", "kind", type=click.Choice(("event", "dossier")), help="What EVENT is, where no @type says it.")
@click.option("--rejects", type=OUTPUT, metavar="FILE", help="Write the lines that are refused into this file.")
@click.pass_context
def write_invitations(
    ctx: click.Context,
    /,
    *,
    file: str,
    registrations: str,
    out: Path,
    form: str,
    sender: str | None,
    stamped: datetime | None,
    sessions: bool,
    language: str | None,
    reminders: tuple[timedelta, ...],
    utc: bool,
    kind: str | None,
    rejects: Path | None,
) -> None:
    """Write an invitation for each registration that has a seat, for somebody else to send.

    Registrations that are not invited, such as those on the waitlist, are counted and passed over. Lines that cannot be
    read are told, and kept with --rejects.

    Files are named after the line and the id of the registration; those of the same names are replaced.

    Ends with 0 where all lines could be read, and with 1 where one could not.
    """
    _require_apart((file, registrations), {"--rejects": rejects, "--out": out / MBOX if form == "mbox" else None})
    require_mail(form, sender)
    # Every other command would take longer to start.
    from wtisd_model.cli.inviting import Run, author_of, outbox_for
    from wtisd_model.invitation.request import invites

    document = load_sound(file, kind, among=(Event, Dossier))
    event = document.event if isinstance(document, Dossier) else document
    moment = stamped or present()
    try:
        with ExitStack() as stack:
            incoming = stack.enter_context(Incoming(registrations))
            run = Run(event, incoming)
            # Whatever is wrong with the event or the options comes to light here, before anything is written.
            messages = invites(
                event,
                run.registrations(),
                stamped=moment,
                by_session=sessions,
                language=language,
                reminders=reminders,
                utc=utc,
            )
            author = None if form == "ics" else author_of(sender, event)
            make_folder(out)
            kept = None if rejects is None else stack.enter_context(Outgoing(rejects, more=False))
            end = run.deliver(messages, outbox_for(form, out, author, stack), kept)
    except InvalidValueError as refused:
        error: click.ClickException = click.UsageError(str(refused))
    except (ExportError, MessageError) as refused:
        findings = tuple(_in_document(each, document) for each in refused.findings)
        error = FoundError(readable(file, Outcome(findings=findings)).rstrip("\n"))
    else:
        ctx.exit(end)
    raise error


def _require_apart(read: tuple[str, str], written: dict[str, Path | None]) -> None:
    """Refuse to read two things from standard input, and to write over what is read or written."""
    if read == (STANDARD, STANDARD):
        raise click.UsageError("Only one of EVENT and REGISTRATIONS can be standard input.")
    require_apart(list(read), written)


def _in_document(found: Finding, document: Event | Dossier) -> Finding:
    """Let a finding about an argument point into the document that it came from."""
    return evolve(found, path=found.path.removeprefix("/event")) if isinstance(document, Event) else found
