"""`reply` and `import`: answers to invitations, and calendars of others, read into what our documents hold."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from wtisd_model.cli.documents import load_sound
from wtisd_model.cli.parameters import FILE, OUTPUT
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import deliver, is_same, read_at_most, say, shown
from wtisd_model.codes import Code
from wtisd_model.findings import Finding, InvalidValueError, MessageError, finding
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier
from wtisd_model.types.timeslot import TimeSlot

if TYPE_CHECKING:
    from wtisd_model.invitation.receiving.reply import IncomingReply

_Refused = dict[str, tuple[Finding, ...]]
"""Files, and what is wrong with them."""


@click.command("reply", short_help="Read answers to invitations.")
@click.argument(
    "files", metavar="FILE...", type=FILE, nargs=-1, required=True, help="Mails or .ics files; - is standard input."
)
@click.option(
    "--sender",
    metavar="ADDRESS",
    help="The address that the mail server has authenticated; otherwise that of From, which anybody can write.",
)
@click.option("--dossier", type=FILE, metavar="FILE", help="Put the answers into the registrations of this dossier.")
@click.option(
    "--assistants", is_flag=True, help="Put answers in, too, that somebody else sent for the person (SENT-BY)."
)
@click.option("--out", type=OUTPUT, metavar="FILE", help="The file to write, in place of what is there.")
def read_replies(
    *, files: tuple[str, ...], sender: str | None, dossier: str | None, assistants: bool, out: Path | None
) -> None:
    """Read what people answer to invitations: accepted, declined, another time.

    Each answer becomes a line of JSON. With --dossier, the dossier is written with all answers in it, or not at all
    where one of them is not of this dossier. Nothing is sent.
    """
    from wtisd_model.invitation.receiving.reply import IncomingReply  # every other command would take longer to start

    read_too = files if dossier is None else (*files, dossier)
    if out is not None and dossier != str(out) and any(is_same(each, out) for each in read_too):
        raise click.UsageError("--out names what is read; it would be lost.")
    whole: Dossier | None = None if dossier is None else load_sound(dossier, None, among=(Dossier,))
    read = {file: _read(file, sender) for file in files}
    replies = {file: each for file, each in read.items() if isinstance(each, IncomingReply)}
    refused: _Refused = {file: each for file, each in read.items() if isinstance(each, tuple)}
    if whole is not None and not assistants:
        # Anybody can say that they answer for somebody else.
        refused |= {file: (finding(Code.ANSWERED_FOR_ANOTHER),) for file, each in replies.items() if each.sent_by}
    for file, reply in replies.items():
        if reply.findings:
            say(_told(file, reply.findings))
    if whole is None:
        deliver(b"".join(map(_line, replies.values())), out)
    elif not refused:
        applied, refused = _applied(whole, tuple(replies), tuple(replies.values()))
        if not refused:
            deliver(to_json(applied), out)
    if refused:
        raise FoundError("\n".join(_told(file, findings) for file, findings in refused.items()))


def _read(file: str, sender: str | None) -> "IncomingReply | tuple[Finding, ...]":
    """Read the answer in a file, or say why it is none.

    Raises:
        UsageError: *sender* is no address; or it is not given, and the file says none.
    """
    from wtisd_model.invitation.incoming import read_reply
    from wtisd_model.invitation.receiving.mail_parts import MOST_BYTES, from_address

    data = read_at_most(file, MOST_BYTES + 1)
    address = from_address(data) if sender is None else sender
    if address is None:
        raise click.UsageError(f"Who has sent {shown(file)}? It has no From: say --sender ADDRESS.")
    findings: tuple[Finding, ...]
    try:
        return read_reply(data, sender=address)
    except MessageError as error:
        return error.findings
    except InvalidValueError as error:
        findings = error.findings
    raise click.UsageError("\n".join(map(str, findings)))


def _line(reply: "IncomingReply") -> bytes:
    """Write an answer as a line of JSON, in the words of our documents."""
    members: dict[str, object] = {
        "method": reply.method.lower(),
        "uid": reply.uid,
        "sequence": reply.sequence,
        "at": reply.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "attendee": reply.attendee,
        "status": reply.status.value,
        "sentBy": reply.sent_by,
        "delegatedTo": list(reply.delegated_to),
        "comment": reply.comment,
        "proposal": None if reply.proposal is None else _slot(reply.proposal),
    }
    kept = {key: value for key, value in members.items() if value not in (None, [])}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _slot(slot: TimeSlot) -> dict[str, str]:
    start, end, zone, start_repeated, end_repeated = slot.fields_written()
    repeated = {"startRepeated": start_repeated, "endRepeated": end_repeated}
    return {"start": start, "end": end, "timeZone": zone, **{key: each for key, each in repeated.items() if each}}


def _applied(dossier: Dossier, files: Sequence[str], replies: "Sequence[IncomingReply]") -> tuple[Dossier, _Refused]:
    """Put answers into a dossier, or say of each file that keeps them from it why it does."""
    from wtisd_model.invitation.applying import apply

    refused: _Refused = {}
    try:
        return apply(dossier, replies), refused
    except MessageError as error:
        for found in error.findings:
            _, _, index, *rest = found.path.split("/")
            told = evolve(found, path=f"/{'/'.join(rest)}")
            refused[files[int(index)]] = (*refused.get(files[int(index)], ()), told)
    return dossier, refused


@click.command("import", short_help="Read a calendar file of others.")
@click.argument("file", metavar="FILE", type=FILE, help="An .ics file; - is standard input.")
@click.option("--zone", metavar="ZONE", help="The zone of times that have none, such as Europe/Zurich.")
@click.option("--language", metavar="TAG", default="und", help="The language of texts that do not say theirs.")
@click.option("--out", type=OUTPUT, metavar="FILE", help="The file to write, in place of what is there.")
def import_calendar(*, file: str, zone: str | None, language: str, out: Path | None) -> None:
    """Read the events of an iCalendar file, and write each as a line of JSON.

    What they do not carry is told on standard error. Ends with 1 where an event could not be read at all.
    """
    if out is not None and is_same(file, out):
        raise click.UsageError("--out names the calendar that is read; it would be lost.")
    from wtisd_model.invitation.calendar.limits import CalendarLimits
    from wtisd_model.invitation.incoming import from_ical

    wrong: click.ClickException
    try:
        imported = from_ical(read_at_most(file, CalendarLimits().octets + 1), zone=zone, language=language)
    except InvalidValueError as error:
        wrong = click.UsageError(str(error))
    except MessageError as error:
        wrong = FoundError(_told(file, error.findings))
    else:
        deliver(b"".join(to_json(each) + b"\n" for each in imported.events), out)
        if imported.ok:
            say(readable(file, Outcome(findings=imported.findings, omitted=imported.omitted)).rstrip("\n"))
            return
        wrong = FoundError(_told(file, imported.findings))
    raise wrong


def _told(file: str, findings: tuple[Finding, ...]) -> str:
    return readable(file, Outcome(findings=findings)).rstrip("\n")
