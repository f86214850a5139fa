"""Where messages go that somebody else is to send: files in a folder, or one mailbox; nothing is sent here."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wtisd_model.cli.interrupts import undisturbed
from wtisd_model.cli.numbers import counted
from wtisd_model.cli.streams import Outgoing, escaped, write_file

if TYPE_CHECKING:
    from email.message import EmailMessage

    from wtisd_model.invitation.message import Message

MBOX: Final = "invitations.mbox"
"""The name of a mailbox in its folder."""


class Files:
    """A file for each message."""

    def __init__(self, folder: Path, ending: str, content: "Callable[[Message], bytes]") -> None:
        self._folder = folder
        self._ending = ending
        self._content = content
        self._count = self._replaced = 0

    def put(self, message: "Message", name: str) -> None:
        """Write a file, in place of one of this name.

        Raises:
            CannotError: it cannot be written.
        """
        content = self._content(message)
        with undisturbed():
            self._replaced += write_file(self._folder / f"{name}.{self._ending}", content)
            self._count += 1

    def told(self) -> str:
        """Say how many there are, and how many replaced older ones."""
        older = f"; {self._replaced} of them replaced older ones" if self._replaced else ""
        return f"Wrote {counted(self._count, 'file')} into {escaped(str(self._folder))}{older}.\n"


class Mailbox:
    """One file with all mails, as Unix programs have kept them for long (RFC 4155, the form ``mboxrd``)."""

    def __init__(self, path: Path, out: Outgoing, mail: "Callable[[Message], EmailMessage]") -> None:
        self._path = path
        self._out = out
        self._mail = mail
        self._count = 0

    def put(self, message: "Message", name: str) -> None:  # noqa: ARG002 - in a mailbox a mail has no name
        """Write a mail behind those that are there.

        Raises:
            CannotError: it cannot be written.
        """
        mail = self._mail(message)
        address = mail["From"].addresses[0].addr_spec
        # No line of a mail of ours begins with "From ", so that none has to be changed.
        begin = f"From {address} {time.asctime(message.stamped.utctimetuple())}\n".encode()
        content = mail.as_bytes(policy=mail.policy.clone(linesep="\n"))
        with undisturbed():
            self._out.write(begin + content + b"\n")
            self._count += 1

    def told(self) -> str:
        """Say how many there are, and whether there was an older mailbox."""
        older = "; it replaced an older one" if self._out.replaces else ""
        return f"Wrote {counted(self._count, 'mail')} into {escaped(str(self._path))}{older}.\n"


Outbox = Files | Mailbox
"""Takes messages, one at a time; each name is made of letters, digits and ``._-``, and no other's in a run."""
