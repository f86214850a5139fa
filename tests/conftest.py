"""Set up every test: asserts live under ``python -O``, the network is closed, and Hypothesis has its profile."""

import gc
import ipaddress
import signal
import sys
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

# pytest rewrites the asserts of test_*.py and conftest.py, so that they live under `python -O`. It rewrites other
# modules only if they are registered before they are imported, so everything in this folder is registered.
pytest.register_assert_rewrite(
    *sorted({f"tests.{each.stem}" for each in Path(__file__).parent.glob("[!_.]*") if each.name != "conftest.py"})
)

# A shell lets its background jobs ignore SIGINT, and processes inherit that: tests of interrupts would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)
# nohup does the same with SIGHUP. A handler does not end this process either, and processes do not inherit it.
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # Windows has none
    signal.signal(signal.SIGHUP, lambda *_: None)

# It loads the profile of Hypothesis; imported here, as it has to come after the registration above.
import_module("tests.hypothesis_profiles")


def pytest_sessionstart() -> None:
    """Refuse to test a compiled module that is older than its source."""
    from tests.gates.import_graph import package_folder

    for source in package_folder().rglob("*.pyx"):
        for module in map(source.with_suffix, EXTENSION_SUFFIXES):
            if module.exists() and module.stat().st_mtime < source.stat().st_mtime:
                message = f"{source.name} was changed since it was compiled: pip install -e . again, or remove {module}"
                raise pytest.UsageError(message)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what has been made so far: all tests and modules, which stay until the end."""
    gc.collect()
    gc.freeze()


class NetworkUsedError(RuntimeError):
    """A test, or the package under it, tried to leave this machine."""


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        # A Unix socket's address is a path, and a datagram on a connected socket has none.
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise NetworkUsedError(event)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"} and not _is_loopback(
        str(args[0])
    ):
        raise NetworkUsedError(event)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", "None", ""}


# An audit hook sees every use of a socket, whichever way it was reached, and cannot be removed.
sys.addaudithook(_refuse_network)
