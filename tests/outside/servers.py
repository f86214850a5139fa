"""Servers that a test starts on this machine."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import urlopen

from tests.mail.mail_server import HERE

SECONDS = 30
"""How long a server may take for one step."""


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as tried:
        tried.bind((HERE, 0))
        port: int = tried.getsockname()[1]
        return port


def answers(address: str) -> bool:
    """Return True if a page can be read at an address."""
    try:
        with urlopen(address) as response:  # noqa: S310 - our own server
            return bool(response.status == 200)
    except OSError:
        return False


@contextmanager
def serving(answer: Callable[[str, bytes | None], tuple[int, str, bytes]]) -> Iterator[str]:
    """Answer requests in a thread, and yield the address.

    *answer* takes the path and what is posted, None for a GET, and returns the status, the media type and the content.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond(None)

        def do_POST(self) -> None:
            self.respond(self.rfile.read(int(self.headers["Content-Length"])))

        def respond(self, posted: bytes | None) -> None:
            status, kind, content = answer(self.path, posted)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((HERE, 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://{HERE}:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
