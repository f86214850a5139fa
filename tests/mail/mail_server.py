"""A mail server on this machine, aiosmtpd, that keeps what it is sent."""

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

HERE = "127.0.0.1"


class Received:
    """The mails that a server received, and a way to send to it."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.port = 0
        self.stalls = False
        self.refused = ""
        """An address that it does not know."""
        self.in_hand = 0
        """The number of mails that it neither accepted nor refused yet."""

    @property
    def contents(self) -> list[bytes]:
        """The mails, as they came in."""
        return [each.content for each in self.envelopes if isinstance(each.content, bytes)]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address == self.refused:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it so
        self.in_hand += 1
        try:
            while self.stalls:  # noqa: ASYNC110 - it is set in another thread
                await asyncio.sleep(0.01)
        finally:
            self.in_hand -= 1
        self.envelopes.append(envelope)
        return "250 Message accepted"

    def send(self, mail: EmailMessage) -> None:
        """Send a mail as users do; that nobody is refused is looked at too."""
        # Without a name for itself, smtplib would ask the network for one.
        with smtplib.SMTP(HERE, self.port, local_hostname="localhost", timeout=30) as client:
            assert client.send_message(mail) == {}


@contextmanager
def mail_server(port: int = 0) -> Iterator[Received]:
    """Run a server on a port, by default a free one, until the end of the block."""
    received, loop = Received(), asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(lambda: SMTP(received, hostname="localhost", loop=loop), host=HERE, port=port)
    )
    received.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield received
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(server.wait_closed())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
