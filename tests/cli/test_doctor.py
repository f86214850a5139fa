"""`doctor`: what it tells of this environment, and of broken ones."""

import platform
import shutil
import tomllib
import zoneinfo
from importlib import metadata, resources
from pathlib import Path

import pytest

from tests.cli.running import Ended, here, process
from wtisd_model.cli.doctor import DEPENDENCIES
from wtisd_model.ical import tzif

CHECKOUT = Path(__file__).parents[2]
INDENT = " " * 14


def zones_told(ended: Ended) -> list[str]:
    """Give what stands from the line of time zones on."""
    lines = ended.text.splitlines()
    return lines[next(at for at, line in enumerate(lines) if line.startswith("time zones")) :]


@pytest.fixture
def package() -> Path:
    """The folder of the tzdata package."""
    return Path(str(resources.files("tzdata").joinpath("zoneinfo")))


@pytest.fixture
def release(package: Path) -> str:
    """The release of the tzdata package, as its first line says."""
    first, _, _ = (package / "tzdata.zi").read_text(encoding="ascii").partition("\n")
    return first.removeprefix("# version ")


class TestVersions:
    """All that an answer to a question needs to know."""

    def test_all_that_the_package_needs_is_told(self) -> None:
        project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert [each.partition(">=")[0] for each in project["dependencies"]] == list(DEPENDENCIES)

    def test_versions_stand_beside_their_names(self) -> None:
        ended = here("doctor")
        assert (ended.code, ended.err) == (0, "")
        rows = dict(line.split(maxsplit=1) for line in ended.text.partition("\n\n")[0].splitlines())
        assert set(rows) == {"Python", "wtisd-model", *DEPENDENCIES}
        assert rows["Python"].startswith(f"{platform.python_version()} (")
        assert {name: rows[name] for name in DEPENDENCIES} == {name: metadata.version(name) for name in DEPENDENCIES}

    def test_what_reads_payloads_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for native, told in ((None, "plain Python"), (platform, "what was compiled")):
            monkeypatch.setattr("wtisd_model.cli.doctor.NATIVE", native)
            assert f"\n\npayloads      are read by {told}\ntime zones" in here("doctor").text

    def test_what_is_missing_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def version(name: str) -> str:
            if name in {"msgspec", "wtisd-model"}:
                raise metadata.PackageNotFoundError(name)
            return "1.0"

        monkeypatch.setattr(metadata, "version", version)
        ended = here("doctor")
        assert ended.code == 1
        assert ended.err == "Error: Something is missing; install wtisd-model again.\n"
        assert f"{'msgspec':14}not installed\n" in ended.text
        assert here("--version").text == "wtisd-model of an unknown version: it is not installed\n"


class TestTimeZones:
    """PEP 615: zoneinfo reads TZPATH before the tzdata package, and the two may differ."""

    def test_the_package_alone_is_named(self, release: str) -> None:
        ended = process("doctor", env={"PYTHONTZPATH": ""})
        assert ended.code == 0
        assert zones_told(ended) == [f"time zones    {release}, from the tzdata package"]

    def test_an_equal_database_is_said_to_be_equal(
        self, package: Path, release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "zones").symlink_to(package)
        monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path / "zones"),))
        assert zones_told(here("doctor")) == [
            f"time zones    {release}, from {tmp_path}/zones",
            f"{INDENT}The tzdata package has {release}.",
            f"{INDENT}Both give the same times from 1970 to 2199, in all zones.",
        ]

    def test_zones_that_differ_are_named(
        self, package: Path, release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        zones = tmp_path / "\x1b"
        shutil.copytree(package / "Europe", zones / "Europe")
        shutil.copyfile(package / "Europe" / "London", zones / "Europe" / "Zurich")
        (zones / "Europe" / "Paris").write_bytes(b"TZif")
        monkeypatch.setattr(zoneinfo, "TZPATH", (str(zones),))
        ended = here("doctor")
        assert ended.code == 0
        assert zones_told(ended) == [
            rf"time zones    of an unknown release, from {tmp_path}/\x1b",
            f"{INDENT}The tzdata package has {release}.",
            f"{INDENT}They differ, somewhere from 1970 to 2199, in:",
            f"{INDENT}  Europe/Paris",
            f"{INDENT}  Europe/Zurich",
            f"{INDENT}To use the package: set PYTHONTZPATH to nothing.",
        ]

    def test_no_database_is_an_error(self, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tzif, "_package", lambda: None)
        (tmp_path / "zones").symlink_to(package)
        monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path / "zones"),))
        assert len(zones_told(here("doctor"))) == 1
        monkeypatch.setattr(zoneinfo, "TZPATH", ())
        ended = here("doctor")
        assert ended.code == 1
        assert zones_told(ended) == ["time zones    none is found"]
        assert ended.err == "Error: Something is missing; install wtisd-model again.\n"
