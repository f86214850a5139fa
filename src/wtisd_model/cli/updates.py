"""`updates`: the messages that a change asks for, written as files; nothing is sent."""

from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from wtisd_model.cli.documents import load_sound
from wtisd_model.cli.message_options import message_options, require_mail
from wtisd_model.cli.numbers import counted
from wtisd_model.cli.outbox import MBOX
from wtisd_model.cli.parameters import FILE, present, require_apart
from wtisd_model.cli.progress import with_count
from wtisd_model.cli.report import FoundError, readable
from wtisd_model.cli.streams import STANDARD, make_folder, names_in, shown, write_text
from wtisd_model.findings import ExportError, InvalidValueError, MessageError
from wtisd_model.json.outcome import Outcome
from wtisd_model.model.dossier import Dossier

if TYPE_CHECKING:
    from wtisd_model.invitation.message import Message


@click.command("updates", short_help="Write the messages that a change asks for.")
@click.argument("before", metavar="BEFORE", type=FILE, help="The dossier when people were last told; - for stdin.")
@click.argument("after", metavar="AFTER", type=FILE, help="The dossier as it is now; - is standard input.")
@message_options
def write_updates(
    *,
    before: str,
    after: str,
    out: Path,
    form: str,
    sender: str | None,
    stamped: datetime | None,
    sessions: bool,
    language: str | None,
    reminders: tuple[timedelta, ...],
    utc: bool,
) -> None:
    """Write the messages that a change of an event or its people asks for, for somebody else to send.

    Who was told of BEFORE and gets these messages has AFTER in the calendar. Nobody gets one that says nothing new.
    Give the options that were given before, and a later moment.

    Files are named after their number and the reason. The folder has to be empty, so that nobody sends the messages of
    two runs as one. Ends with 2 where it is not.
    """
    if (before, after) == (STANDARD, STANDARD):
        raise click.UsageError("Only one of BEFORE and AFTER can be standard input.")
    require_apart([before, after], {"--out": out / MBOX if form == "mbox" else None})
    require_mail(form, sender)
    _require_empty(out)
    # Every other command would take longer to start.
    from wtisd_model.cli.inviting import author_of, outbox_for
    from wtisd_model.invitation.updates import updates

    old, new = (load_sound(file, "dossier", among=(Dossier,)) for file in (before, after))
    try:
        messages = updates(
            old,
            new,
            stamped=stamped or present(),
            by_session=sessions,
            language=language,
            reminders=reminders,
            utc=utc,
        )
        author = None if form == "ics" else author_of(sender, new.event)
        make_folder(out)
        told = _Told()
        with ExitStack() as stack:
            outbox = outbox_for(form, out, author, stack)
            for number, message in enumerate(with_count(messages, "messages"), start=1):
                outbox.put(message, f"{number:07}-{message.reason}")
                told.add(message)
    except InvalidValueError as refused:
        error: click.ClickException = click.UsageError(str(refused))
    except (ExportError, MessageError) as refused:
        findings = tuple(evolve(each, path=each.path.removeprefix("/after")) for each in refused.findings)
        error = FoundError(readable(after, Outcome(findings=findings)).rstrip("\n"))
    else:
        write_text(f"{told.summary()}\n{outbox.told()}")
        return
    raise error


def _require_empty(out: Path) -> None:
    """Refuse a folder with anything in it that a person sees."""
    if any(not name.startswith(".") for name in names_in(out)):
        raise click.UsageError(
            f"--out needs an empty folder: something is in {shown(str(out))}, and two runs would be sent as one."
        )


class _Told:
    """Counts who is told what."""

    def __init__(self) -> None:
        self._addresses: set[str] = set()
        self._kinds: dict[str, Counter[str]] = {"request": Counter(), "cancellation": Counter()}

    def add(self, message: "Message") -> None:
        """Count a message, which has a recipient."""
        self._addresses.add((message.recipient or "").casefold())
        self._kinds["request" if message.method == "REQUEST" else "cancellation"][message.reason.value] += 1

    def summary(self) -> str:
        """Say how many messages of which kind go to how many addresses, and why; nobody is named."""
        kinds = [
            f"{counted(reasons.total(), kind)} ({', '.join(f'{reasons[each]} {each}' for each in sorted(reasons))})"
            for kind, reasons in self._kinds.items()
            if reasons
        ]
        messages = sum(reasons.total() for reasons in self._kinds.values())
        if not kinds:
            return "0 messages: nothing is new to anybody"
        to = f"{len(self._addresses)} address{'' if len(self._addresses) == 1 else 'es'}"
        return f"{counted(messages, 'message')} to {to}: {', '.join(kinds)}"
