"""How long a mail takes, compared with the same tree built by hand with the standard library's EmailMessage.

    python tests/benchmarks/mail.py [--json] [--quick]

By hand, the headers, the texts and the calendar object are there already, and only put together; `mail` finds the words
first. Both are timed as objects, and as the bytes that are sent. The two take turns; what is given is the least
processor time in microseconds, and how many times as fast as EmailMessage ours is. The messages share their texts by
language and mode, as those of `invites` do, which a kept `Mailer` writes once. The bound is in `headlines.toml`.
"""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from attrs import evolve

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

import wtisd_model as wm
from tests.benchmarks.bounds import OURS, least
from tests.benchmarks.rounds import Times, microseconds, over, race, ratios
from wtisd_model import invitation as inv

BY_HAND = "EmailMessage"
KEPT, KEPT_SENT = f"{OURS}, kept", f"{OURS}, kept, as bytes"
OURS_SENT, BY_HAND_SENT = f"{OURS}, as bytes", f"{BY_HAND}, as bytes"
SENDER = "Desk 1 <desk1@example.org>"
STAMPED = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
LANGUAGES = ("en", "fr", "ar", "ru", "zh", "es", "de", "pt")


def messages(count: int) -> list[inv.Message]:
    """Invite people of eight languages, half of them from afar, to the reference event."""
    event = evolve(
        wm.wtisd_23(outside_facts=True), virtual_locations=(wm.VirtualLocation(uri="https://example.org/join"),)
    )
    registrations = (
        wm.Registration(
            id=f"r-{each}",
            event_uid=event.uid,
            participant=wm.Contact(
                name=f"Participant {each}",
                email=f"participant{each}@example.org",
                language=LANGUAGES[each % len(LANGUAGES)],
            ),
            mode=wm.ParticipationMode.REMOTE if each % 2 else wm.ParticipationMode.ON_SITE,
            submitted_at=STAMPED,
        ).approve(at=STAMPED)
        for each in range(count)
    )
    return list(inv.invites(event, registrations, stamped=STAMPED))


def ours(message: inv.Message) -> EmailMessage:
    """Make a mail."""
    return inv.mail(message, sender=SENDER)


class ByHand:
    """What a mail says, ready to be put together."""

    def __init__(self, message: inv.Message) -> None:
        mail = ours(message)
        self.name, self.address = message.name or "", str(message.recipient)
        self.subject, self.identifier = str(mail["Subject"]), str(mail["Message-ID"])
        self.language, self.date = str(mail["Content-Language"]), message.stamped
        self.text, self.page = (
            str(part.get_content()) for kind in ("plain", "html") if (part := mail.get_body((kind,))) is not None
        )
        self.ics, self.calendar, self.method = message.ics, message.ics.decode(), str(message.method)

    def put_together(self) -> EmailMessage:
        """Do what the documentation of the standard library shows."""
        mail = EmailMessage(policy=SMTP)
        mail["From"] = Address("Desk 1", addr_spec="desk1@example.org")
        mail["To"] = Address(self.name, addr_spec=self.address)
        mail["Reply-To"] = Address("ITU", addr_spec="strategy@itu.int")
        mail["Subject"] = self.subject
        mail["Date"] = self.date
        mail["Message-ID"] = self.identifier
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = self.language
        mail.set_content(self.text)
        mail.add_alternative(self.page, subtype="html")
        mail.add_alternative(self.calendar, subtype="calendar", cte="base64", params={"method": self.method})
        mail.add_attachment(self.ics, maintype="application", subtype="ics", filename="invite.ics")
        return mail


def mail_times(rounds: int = 7, count: int = 200) -> Times:
    """Time each way of making *count* mails, in turns."""
    made = messages(count)
    by_hand = [ByHand(each) for each in made]
    mailer = inv.Mailer(SENDER)
    return race(
        {
            KEPT: over(mailer.mail, made),
            KEPT_SENT: over(lambda message: bytes(mailer.mail(message)), made),
            OURS: over(ours, made),
            BY_HAND: over(ByHand.put_together, by_hand),
            OURS_SENT: over(lambda message: bytes(ours(message)), made),
            BY_HAND_SENT: over(lambda each: bytes(each.put_together()), by_hand),
        },
        rounds,
    )


def mail_ratio(times: Times) -> float:
    """Return how many times as fast as EmailMessage ours is: the lower of two ratios, as an object and as bytes."""
    return min(ratios(times, BY_HAND)[OURS], ratios(times, BY_HAND_SENT)[OURS_SENT])


def main(arguments: Iterable[str]) -> int:
    """Print the figures; ends with 1 where ours is too slow."""
    rounds, count = (3, 50) if "--quick" in arguments else (7, 200)
    times = mail_times(rounds, count)
    bound = least("mail", BY_HAND)
    figures = {"microseconds": microseconds(times, count), "ratio": mail_ratio(times), "bound": bound}
    if "--json" in arguments:
        print(json.dumps(figures))
    else:
        for name, taken in microseconds(times, count).items():
            print(f"{name}: {taken:.0f} us")
        print(f"{figures['ratio']:.2f} times as fast, at least {bound}")
    return 0 if mail_ratio(times) >= bound else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
