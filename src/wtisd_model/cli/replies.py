"""`reply`: replies to invitations, read and added to a dossier."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from wtisd_model.cli.io import (
    FILE,
    OUT_FILE,
    UnreadableError,
    deliver,
    read_at_most,
    require_apart,
    say,
)
from wtisd_model.cli.report import DocumentError, as_text, load
from wtisd_model.codes import Code
from wtisd_model.findings import Finding, InvalidValueError, MessageError, PayloadError, finding
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier

if TYPE_CHECKING:
    from wtisd_model.invitation.receive import IncomingReply


@click.command("reply", short_help="Read replies to invitations.")
@click.argument(
    "files", metavar="FILE...", type=FILE, nargs=-1, required=True, help="Mails or .ics files; - is standard input."
)
@click.option(
    "--sender",
    metavar="ADDRESS",
    help="The address that the mail server has authenticated (default: that of From, which anybody can write).",
)
@click.option(
    "--dossier", "dossier_file", type=FILE, metavar="FILE", help="Add the replies to the registrations of this dossier."
)
@click.option("--registration", metavar="ID", help="Whose replies these are, if several people share the address.")
@click.option("--assistants", is_flag=True, help="Add replies that somebody else sent for the person (SENT-BY) too.")
@OUT_FILE
@click.pass_context
def read_replies(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    sender: str | None,
    dossier_file: str | None,
    registration: str | None,
    assistants: bool,
    out: Path | None,
) -> None:
    """Read replies to invitations: accepted, declined, another time.

    Each reply becomes a line of JSON; files without a reply are reported, and the others are read. With --dossier, the
    dossier is written with all replies in it, or nothing if one file has none that belongs to it. Nothing is sent.

    Exit codes: 0 all files have replies, 1 a file has none or one that is refused, 3 a file cannot be read.
    """
    from wtisd_model.invitation.apply import apply

    # A dossier may be written over by itself with its replies.
    require_apart([*files, *([dossier_file] if dossier_file and dossier_file != str(out) else [])], out=out)
    dossier: Dossier | None = None if dossier_file is None else load(dossier_file, None, among=(Dossier,))
    slot = None if dossier is None else dossier.event.slot
    zone = None if slot is None else slot.time_zone
    replies: dict[str, IncomingReply] = {}
    refused: dict[str, tuple[Finding, ...]] = {}
    worst = 0
    for file in files:
        try:
            reply = replies[file] = evolve(_read_reply(file, sender, zone), registration_id=registration)
        except (MessageError, PayloadError) as error:
            refused[file] = error.findings
            continue
        except UnreadableError as error:
            say(f"Error: {error.message}")
            worst = error.exit_code
            continue
        if reply.findings:
            say(as_text(file, Outcome[None](findings=reply.findings)).rstrip("\n"))
        if dossier is not None and reply.sent_by and not assistants:
            refused[file] = (finding(Code.ANSWERED_FOR_ANOTHER),)  # which anybody can claim
    if dossier is None:
        deliver(b"".join(map(_reply_line, replies.values())), out)
    elif not refused and not worst:
        try:
            dossier = apply(dossier, tuple(replies.values()))
        except MessageError as error:
            for found in error.findings:
                _, _, index, *path = found.path.split("/")
                file = [*replies][int(index)]
                refused[file] = (*refused.get(file, ()), evolve(found, path="/" + "/".join(path)))
        else:
            deliver(to_json(dossier), out)
    for file, findings in refused.items():
        say(as_text(file, Outcome[None](findings=findings)).rstrip("\n"))
        worst = max(worst, DocumentError.exit_code)
    ctx.exit(worst)


def _read_reply(file: str, sender: str | None, zone: str | None) -> "IncomingReply":
    """Read the reply in a file, about an event in a zone if that is known."""
    from wtisd_model.invitation.mail_parts import MOST_BYTES, from_address
    from wtisd_model.invitation.receive import read_reply

    data = read_at_most(file, MOST_BYTES + 1)
    address = from_address(data) if sender is None else sender
    if address is None:
        raise MessageError(finding(Code.SENDER_MISSING))
    try:
        return read_reply(data, sender=address, zone=zone)
    except InvalidValueError as error:
        raise click.UsageError(" ".join(map(str, error.findings))) from None


def _reply_line(reply: "IncomingReply") -> bytes:
    """Return a reply as a line of JSON, with the names that our documents use."""
    members: dict[str, object] = {
        "method": reply.method.lower(),
        "uid": reply.uid,
        "sequence": reply.sequence,
        "at": reply.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "attendee": reply.attendee,
        "status": reply.status.value,
        "sentBy": reply.sent_by,
        "delegatedTo": list(reply.delegated_to),
        "delegatedFrom": list(reply.delegated_from),
        "comment": reply.comment,
        "proposal": None if reply.proposal is None else to_builtins(reply.proposal),
        "proposedLocation": reply.proposed_location,
    }
    kept = {key: value for key, value in members.items() if value not in (None, [])}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
