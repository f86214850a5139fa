"""`invite`, `updates` and `reply`: calendar messages, written as files, and the replies to them; nothing is sent."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from attrs import evolve

from wtisd_model.cli import console, jsonl, loading, params, report
from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError, MessageError, PayloadError
from wtisd_model.findings import Finding, finding
from wtisd_model.invitation.apply import apply
from wtisd_model.invitation.mail_parts import MOST_BYTES, from_address
from wtisd_model.invitation.message import Message
from wtisd_model.invitation.recipients import invited
from wtisd_model.invitation.reply_reader import IncomingReply, read_reply
from wtisd_model.invitation.request import invites, updates
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.mail.compose import Mailer, parse_sender
from wtisd_model.markup.theme import Theme
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.types.people import Organization

MBOX: Final = "invitations.mbox"
"""The name of a mailbox in its folder."""


def _or_now(_ctx: click.Context, _option: click.Parameter, value: datetime | None) -> datetime:
    return value or params.current_time()


_MESSAGE_OPTIONS: Final = params.with_options(
    params.OUT_FOLDER,
    click.option(
        "--format",
        "form",
        type=click.Choice(("ics", "eml", "mbox")),
        default="ics",
        show_default=True,
        help="A calendar file or a mail for each message, or one mailbox with all mails.",
    ),
    click.option(
        "--sender",
        metavar="ADDRESS",
        help='The sender of mails, such as "Desk 1 <desk1@example.org>" (default: the organizer).',
    ),
    click.option("--accent", metavar="COLOR", help="The colour of buttons and links in mails, such as #0b5cad."),
    click.option(
        "--stamped",
        type=params.moment,
        metavar="MOMENT",
        callback=_or_now,
        help="When messages are made (default: the present moment).",
    ),
    click.option("--sessions", "by_session", is_flag=True, help="One message for each session that a person chose."),
    click.option("--language", metavar="TAG", help="The language of all texts (default: that of each reader)."),
    params.LANGUAGE_FOLDERS,
    params.REMINDER,
    params.UTC_TIMES,
)
"""The options of all commands that write messages."""


@params.command("invite")
@params.EVENT
@params.argument(
    "registrations",
    metavar="REGISTRATIONS",
    type=params.FILE,
    meaning="Registrations in JSON Lines; - is standard input.",
)
@_MESSAGE_OPTIONS
@params.EVENT_KIND
@click.option("--rejects", type=params.OUTPUT, metavar="FILE", help="Write refused lines to this file, unchanged.")
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
    accent: str | None,
    kind: str | None,
    rejects: Path | None,
    **options: Any,
) -> None:
    """Write an invitation for each registration that has a seat. Nothing is sent.

    For a dossier, invitations also have the languages of interpretation.

    Registrations that are not invited, such as those on the waitlist, are counted and skipped. Refused lines are
    reported, and written to --rejects.

    Files are named after the line and the id of the registration, and replace older ones of the same name.

    Exit codes: 0 all lines could be read; 1 lines were refused.
    """
    params.require_apart([file, registrations], rejects=rejects, out=out / MBOX if form == "mbox" else None)
    document: Event | Dossier = loading.load(file, kind, among=(Event, Dossier))
    event, _ = event_and_requests(document)

    def locate(found: Finding) -> Finding:
        return evolve(found, path=found.path.removeprefix("/event")) if document is event else found

    with ExitStack() as stack, report.refusals(file, locate):
        source = _Registrations(event, stack.enter_context(console.InputFile(registrations)))
        # Errors in the event or in an option are raised here, before anything is written.
        messages = invites(document, source, **options)
        outbox = _Outbox(out, form, _author(form, sender, event), _theme(form, accent), stack)
        if rejects is not None:
            source.reject = stack.enter_context(console.OutputFile(rejects)).write
        try:
            for message in messages:
                outbox.put(message, source.name_for(message))
                source.messages[message.recipient] += 1
        except BaseException:
            if source.line:
                console.write_text(source.summary())
            raise
    console.write_text(source.summary() + outbox.summary())
    ctx.exit(1 if source.refused else 0)


class _Registrations:
    """The registrations in a file that are invited; the others are counted, and refused lines reported."""

    def __init__(self, event: Event, file: console.InputFile) -> None:
        self.reject: Callable[[bytes], object] = jsonl.ignore
        """Takes refused lines."""
        self.line = 0
        self.messages = Counter[str | None]()
        """How many messages were written to each address."""
        self.refused = 0
        self._skipped = 0
        self._guests: list[tuple[str, str]] = []
        """The id and the address of each; the lines are those where they come first."""
        self._lines: dict[tuple[str, str], int] = {}
        self._event = event
        self._file = file

    def __iter__(self) -> Iterator[Registration]:
        validator = loading.validator_for(Registration)
        for block in jsonl.split(self._file, "registration")[1]:
            for outcome, line in jsonl.validated(block, Registration, validator, self.reject):
                self.line = outcome.line or 0
                registration = outcome.value
                if registration is None:
                    self._refuse(outcome, line)
                    continue
                guest = invited(self._event, registration)
                if not isinstance(guest, Finding):
                    key = registration.id, guest.email.casefold()
                    self._guests.append(key)
                    self._lines.setdefault(key, self.line)
                    yield registration
                elif guest.code in {Code.REGISTRATION_NOT_INVITED, Code.REGISTRATION_PURGED}:
                    self._skipped += 1
                else:
                    self._refuse(Outcome(findings=(guest,), line=self.line), line)

    def _refuse(self, outcome: Outcome[Registration], line: bytes) -> None:
        self.refused += 1
        console.write_text(report.as_text(self._file.name, outcome))
        self.reject(line + b"\n")

    def name_for(self, message: Message) -> str:
        """Return the name of the file of a message: after the first of those who share it."""
        id_, address = message.registration_ids[0], (message.recipient or "").casefold()
        number = "" if message.uid == self._event.uid else f"-{self.messages[message.recipient] + 1}"
        # The number of the line makes names differ if ids are repeated, or differ in case only.
        return f"{self._lines[id_, address]:07}{number}-{id_}"

    def summary(self) -> str:
        lines = console.counted(len(self._guests) + self._skipped + self.refused, "line")
        told = {(address or "").casefold() for address in self.messages}
        # Without a message, no session that the guest chose takes place, or the run was interrupted.
        invited_guests = sum(address in told for _, address in self._guests)
        skipped = self._skipped + len(self._guests) - invited_guests
        return (
            f"{console.name_of(self._file.name)}: {lines}, {invited_guests} invited, {skipped} not invited,"
            f" {self.refused} refused\n"
        )


def _author(form: str, sender: str | None, event: Event) -> str | Organization | None:
    """Return the sender of mails; None for calendar files."""
    if sender is None:
        return None if form == "ics" else event.organizer
    if form == "ics":
        raise click.UsageError("--sender needs --format eml or mbox: a calendar file has no sender.")
    parse_sender(sender, event.title.language)
    return sender


def _theme(form: str, accent: str | None) -> Theme | None:
    """Return the theme of mails; None for the usual one."""
    if accent is None:
        return None
    if form == "ics":
        raise click.UsageError("--accent needs --format eml or mbox: a calendar file has no colours.")
    return Theme(accent=accent)


class _Outbox:
    """A writer of messages into a folder: a file for each, or one mailbox for all (RFC 4155, the form ``mboxrd``)."""

    def __init__(
        self, folder: Path, form: str, author: str | Organization | None, theme: Theme | None, stack: ExitStack
    ) -> None:
        console.make_folder(folder)
        self._folder = folder
        self._form = form
        self._mailer = None if author is None else Mailer(author, theme=theme)
        self._mailbox = stack.enter_context(console.OutputFile(folder / MBOX)) if form == "mbox" else None
        self._count = self._replaced = 0

    def put(self, message: Message, name: str) -> None:
        """Write a message; *name* is unique in a run, and made of letters, digits and ``._-``."""
        self._count += 1
        if self._mailer is None:
            self._replaced += console.write_file(self._folder / f"{name}.{self._form}", message.ics)
            return
        composed = self._mailer.mail(message)
        if self._mailbox is None:
            self._replaced += console.write_file(self._folder / f"{name}.{self._form}", bytes(composed))
            return
        # No line of our mails begins with "From ", so none has to be escaped.
        address = composed["From"].addresses[0].addr_spec
        self._mailbox.write(f"From {address} {time.asctime(message.stamped.utctimetuple())}\n".encode())
        self._mailbox.write(composed.as_bytes(policy=composed.policy.clone(linesep="\n")) + b"\n")

    def summary(self) -> str:
        """Return how many messages were written, and how many older ones they replaced."""
        if self._mailbox is None:
            written, place, older = "file", self._folder, console.replaced_note(self._replaced)
        else:
            written, place = "mail", self._folder / MBOX
            older = "; it replaced an older one" if self._mailbox.replaces else ""
        return f"Wrote {console.counted(self._count, written)} into {console.escaped(str(place))}{older}.\n"


@params.command("updates")
@params.argument(
    "before", metavar="BEFORE", type=params.FILE, meaning="The dossier as people know it; - is standard input."
)
@params.argument("after", metavar="AFTER", type=params.FILE, meaning="The dossier as it is now; - is standard input.")
@_MESSAGE_OPTIONS
def write_updates(
    *, before: str, after: str, out: Path, form: str, sender: str | None, accent: str | None, **options: Any
) -> None:
    """Write the messages that a change of an event or its registrations requires. Nothing is sent.

    A person who was informed of BEFORE and gets these messages has AFTER in the calendar. Nobody gets a message that
    says nothing new. Use the options of the last run, and a later moment.

    Files are named after their number and the reason. The folder has to be empty, so that the messages of two runs are
    not sent together.
    """
    params.require_apart([before, after], out=out / MBOX if form == "mbox" else None)
    _require_empty(out)
    old, new = (loading.load(file, "dossier", among=(Dossier,)) for file in (before, after))
    addresses = set[str]()
    counts = Counter[tuple[str, str]]()
    with (
        ExitStack() as stack,
        report.refusals(after, lambda found: evolve(found, path=found.path.removeprefix("/after"))),
    ):
        messages = updates(old, new, **options)
        outbox = _Outbox(out, form, _author(form, sender, new.event), _theme(form, accent), stack)
        for number, message in enumerate(messages, start=1):
            outbox.put(message, f"{number:07}-{message.reason}")
            addresses.add((message.recipient or "").casefold())
            counts["request" if message.method == "REQUEST" else "cancellation", message.reason.value] += 1
    console.write_text(f"{_summary(counts, len(addresses))}\n{outbox.summary()}")


def _require_empty(out: Path) -> None:
    """Refuse a folder with files, other than hidden ones."""
    names: list[str] = []
    with (
        console.failing_as(f"read the folder {console.name_of(str(out))}"),
        suppress(FileNotFoundError, NotADirectoryError),
    ):
        names += [entry.name for entry in out.iterdir()]
    if any(not name.startswith(".") for name in names):
        raise click.UsageError(
            f"--out needs an empty folder: {console.name_of(str(out))} has files, and the messages of two runs would be"
            " sent together."
        )


def _summary(counts: Counter[tuple[str, str]], addresses: int) -> str:
    """Return how many messages there are by kind and reason, without names."""
    if not counts:
        return "0 messages: nothing is new to anybody"
    kinds: list[str] = []
    for kind in ("request", "cancellation"):
        reasons = {reason: count for (each, reason), count in sorted(counts.items()) if each == kind}
        if reasons:
            listed = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
            kinds.append(f"{console.counted(sum(reasons.values()), kind)} ({listed})")
    return (
        f"{console.counted(counts.total(), 'message')} to {console.counted(addresses, 'address')}: {', '.join(kinds)}"
    )


@params.command("reply")
@params.files(metavar="FILE...", meaning="Mails or .ics files; - is standard input.")
@click.option(
    "--sender",
    metavar="ADDRESS",
    help="The address that the mail server has authenticated (default: that of From, which anybody can write).",
)
@click.option(
    "--dossier",
    "dossier_file",
    type=params.FILE,
    metavar="FILE",
    help="Add the replies to the registrations of this dossier.",
)
@click.option("--registration", metavar="ID", help="Whose replies these are, if several people share the address.")
@click.option("--assistants", is_flag=True, help="Add replies that somebody else sent for the person (SENT-BY) too.")
@params.OUT_FILE
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
    # A dossier may be written over by itself with its replies.
    params.require_apart([*files, *([dossier_file] if dossier_file and dossier_file != str(out) else [])], out=out)
    dossier: Dossier | None = None if dossier_file is None else loading.load(dossier_file, None, among=(Dossier,))
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
        except console.UnreadableError as error:
            console.say(f"Error: {error.message}")
            worst = error.exit_code
            continue
        if reply.findings:
            report.tell(file, Outcome[None](findings=reply.findings))
        if dossier is not None and reply.sent_by and not assistants:
            refused[file] = (finding(Code.ANSWERED_FOR_ANOTHER),)  # which anybody can claim
    if dossier is None:
        console.deliver(b"".join(map(_reply_line, replies.values())), out)
    elif not refused and not worst:
        try:
            dossier = apply(dossier, tuple(replies.values()))
        except MessageError as error:
            for found in error.findings:
                _, _, index, *path = found.path.split("/")
                file = [*replies][int(index)]
                refused[file] = (*refused.get(file, ()), evolve(found, path="/" + "/".join(path)))
        else:
            console.deliver(to_json(dossier), out)
    for file, findings in refused.items():
        report.tell(file, Outcome[None](findings=findings))
        if any(found.code == Code.UID_FOREIGN for found in findings) and _OFFER.fullmatch(replies[file].uid):
            console.say("    It is that of an interpreter, and belongs to a roster: use invitation.answer in Python.")
        worst = max(worst, report.DocumentError.exit_code)
    ctx.exit(worst)


_OFFER: Final = re.compile(r".+\.[0-9a-f]{32}")
"""The uid of what an interpreter replies to: the id of the assignment, and a hash."""


def _read_reply(file: str, sender: str | None, zone: str | None) -> IncomingReply:
    """Read the reply in a file, about an event in a zone if that is known."""
    data = console.read_at_most(file, MOST_BYTES + 1)
    address = from_address(data) if sender is None else sender
    if address is None:
        raise MessageError(finding(Code.SENDER_MISSING))
    try:
        return read_reply(data, sender=address, zone=zone)
    except InvalidValueError as error:
        raise click.UsageError(" ".join(map(str, error.findings))) from None


def _reply_line(reply: IncomingReply) -> bytes:
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
    stated = {key: value for key, value in members.items() if value not in (None, [])}
    return json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
