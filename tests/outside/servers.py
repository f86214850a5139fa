"""Servers that a test starts on this machine."""

import socket
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
