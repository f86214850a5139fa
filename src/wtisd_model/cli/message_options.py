"""The options of all commands that write calendar messages: where they go, in which form, and how they are written."""

from collections.abc import Callable
from functools import reduce
from typing import Any, Final, TypeVar

import click

from wtisd_model.cli.parameters import LENGTH, MOMENT, OUTPUT

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS: Final = (
    click.option(
        "--out", type=OUTPUT, metavar="DIR", required=True, help="The folder; it is made where it is not there."
    ),
    click.option(
        "--format",
        "form",
        type=click.Choice(("ics", "eml", "mbox")),
        default="ics",
        show_default=True,
        help="A calendar file or a mail for each invitation, or one mailbox of all mails.",
    ),
    click.option(
        "--sender", metavar="ADDRESS", help='Who sends mails: "Desk 1 <desk1@example.org>"; else the organizer.'
    ),
    click.option("--stamped", type=MOMENT, metavar="MOMENT", help="When they are made; otherwise the present moment."),
    click.option("--sessions", is_flag=True, help="One invitation for each session that a person chose."),
    click.option("--language", metavar="TAG", help="Whose texts to choose, for all; otherwise those of each reader."),
    click.option(
        "--reminder",
        "reminders",
        type=LENGTH,
        metavar="DURATION",
        multiple=True,
        help="Remind so long before the start, such as PT15M; may be given several times.",
    ),
    click.option("--utc", is_flag=True, help="Write all times in UTC, without time zones."),
)


def message_options(command: Command) -> Command:
    """Add the options to a command, in their order."""
    return reduce(lambda whole, option: option(whole), reversed(_OPTIONS), command)


def require_mail(form: str, sender: str | None) -> None:
    """Refuse a sender of what has none."""
    if sender is not None and form == "ics":
        raise click.UsageError("--sender goes with --format eml or mbox: a calendar file has no sender.")
