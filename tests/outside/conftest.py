"""What the tests of this folder have in common: they are not even imported unless asked for, and PostgreSQL."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave this folder out if its tests are deselected, since their programs need not be installed then."""
    return True if "not outside" in config.getoption("-m") else None


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """Start a server that only this machine reaches, by a socket in a folder; where it is missing this fails."""
    # It refuses to run as root, and its user cannot reach the temporary folder of nox.
    folder = Path(mkdtemp(prefix="wtisd-", dir="/tmp"))
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))

    def postgres(program: str, *options: str) -> None:
        command = [*user, str(programs / program), "-D", str(folder / "data"), *options]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)  # noqa: S603 - the server

    try:
        postgres("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        postgres("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses=''", "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            postgres("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
