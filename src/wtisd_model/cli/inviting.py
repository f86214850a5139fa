"""Invitations for the registrations in a file of JSON Lines: read line by line, and written one by one."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final, cast

from wtisd_model.cli.documents import bound
from wtisd_model.cli.interrupts import TerminatedError, terminating
from wtisd_model.cli.line_files import damaged_from, parted
from wtisd_model.cli.lines import EndedError, StoppedError
from wtisd_model.cli.numbers import counted
from wtisd_model.cli.outbox import MBOX, Files, Mailbox, Outbox
from wtisd_model.cli.progress import Progress
from wtisd_model.cli.report import readable
from wtisd_model.cli.streams import Incoming, Outgoing, shown, write_text
from wtisd_model.codes import Code
from wtisd_model.findings import Finding
from wtisd_model.invitation.invited import invited
from wtisd_model.invitation.message import Message
from wtisd_model.json.jsonl import Part, refusal
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.mail import mail
from wtisd_model.mail.compose import parse_sender
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.types.people import Organization

# What keeps a registration from an invitation and is no mistake: a state, or personal data that were removed.
_PASSED_OVER: Final = frozenset({Code.REGISTRATION_NOT_INVITED, Code.REGISTRATION_PURGED})


def author_of(sender: str | None, event: Event) -> str | Organization:
    """Find who sends the mails (``email-malformed``, or what a name is refused for)."""
    if sender is not None:
        parse_sender(sender, event.title.language)
        return sender
    return cast("Organization", event.organizer)  # nobody can be invited to what nobody holds


def outbox_for(form: str, out: Path, author: str | Organization | None, stack: ExitStack) -> Outbox:
    """Make what takes the messages; without an author, calendar files."""
    if author is None:
        return Files(out, form, lambda message: message.ics)
    if form == "eml":
        return Files(out, form, lambda message: bytes(mail(message, sender=author)))
    path = out / MBOX
    return Mailbox(path, stack.enter_context(Outgoing(path, more=False)), lambda message: mail(message, sender=author))


class Run:
    """One run over one file of registrations."""

    def __init__(self, event: Event, incoming: Incoming) -> None:
        self._event = event
        self._incoming = incoming
        self._rejects: Outgoing | None = None
        self._progress = Progress(incoming)
        self._validator = bound(Registration)
        self._line = self._refused = self._passed_over = self._invited = 0
        self._id = ""
        self._messages = 0
        """How many were made of the line."""
        self._damaged = False

    def registrations(self) -> Iterator[Registration]:
        """Give the registrations that are invited, one after the other, and tell of what is refused."""
        maximum = Limits().bounds_for(Registration).bytes
        for part, first, pieces in parted(self._incoming, "registration")[1]:
            self._progress.show(self._incoming.position, first)
            if part is Part.LINES:
                for line, payload in enumerate(pieces, first):
                    self._line, self._messages = line, 0
                    registration = self._sound(payload)
                    if registration is not None:
                        self._id = registration.id
                        yield registration
                        # None of the sessions that the person chose takes place.
                        self._passed_over += not self._messages
            elif part is Part.DAMAGED:
                self._line, self._damaged = first, True
            else:
                self._overlong(part, first, pieces[0], maximum)
        self._progress.show(self._incoming.position, self._line)

    def deliver(self, messages: Iterable[Message], outbox: Outbox, rejects: Outgoing | None) -> int:
        """Write the messages and the lines that are refused, sum up, and give the code to end with.

        Raises:
            CannotError: the file cannot be read, or something cannot be written.
            StoppedError: it was interrupted.
        """
        self._rejects = rejects
        end: KeyboardInterrupt | None = None
        try:
            with terminating(), self._progress:
                for message in messages:
                    self._messages += 1
                    self._invited += self._messages == 1
                    # The number of the line makes the name another one wherever ids are repeated, or differ in case.
                    which = "" if message.uid == self._event.uid else f"-{self._messages}"
                    outbox.put(message, f"{self._line:07}{which}-{self._id}")
        except KeyboardInterrupt as interrupt:
            end = interrupt
        self._progress.make_way()
        write_text(self._summary() + outbox.told())
        if end is not None:
            kind = EndedError if isinstance(end, TerminatedError) else StoppedError
            raise kind(f"Interrupted at line {self._line}.")
        if self._damaged:
            raise damaged_from(self._incoming.name, self._line)
        return 1 if self._refused else 0

    def _sound(self, payload: bytes) -> Registration | None:
        """Read a registration that is invited; what cannot be read or belongs to another event is refused."""
        outcome = self._validator(payload, line=self._line)
        if outcome.value is None:
            self._refuse(outcome, payload)
            return None
        found = invited(self._event, outcome.value)
        if not isinstance(found, Finding):
            return outcome.value
        if found.code in _PASSED_OVER:
            self._passed_over += 1
        else:
            self._refuse(Outcome(findings=(found,), line=self._line), payload)
        return None

    def _overlong(self, part: Part, line: int, piece: bytes, maximum: int) -> None:
        """Keep the pieces of a line that is too long as they come, and refuse it where it ends."""
        self._line = line
        if part is Part.LAST:
            self._refuse(Outcome(findings=(refusal(part, maximum),), line=line), piece)
        elif self._rejects is not None:
            self._rejects.write(piece)

    def _refuse(self, outcome: Outcome[Registration], payload: bytes) -> None:
        self._refused += 1
        self._progress.make_way()
        write_text(readable(self._incoming.name, outcome))
        if self._rejects is not None:
            self._rejects.write(payload + b"\n")

    def _summary(self) -> str:
        lines = self._invited + self._passed_over + self._refused
        return (
            f"{shown(self._incoming.name)}: {counted(lines, 'line')}, {self._invited} invited, "
            f"{self._passed_over} not invited, {self._refused} refused\n"
        )
