"""What is released, judged by the tools of package indexes and of the service that builds it."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from email import message_from_bytes
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyroma import projectdata, ratings
from readme_renderer import markdown
from twine.commands.check import check

from tests.outside.node import HERE, run_node

pytestmark = pytest.mark.outside

CHECKOUT = Path(__file__).parents[2]
PYTHONS = ("cp311", "cp312", "cp313", "cp314", "cp314t", "cp315", "cp315t")
TARGETS = {
    "linux": ("manylinux_x86_64", "manylinux_aarch64", "musllinux_x86_64", "musllinux_aarch64"),
    "macos": ("macosx_x86_64", "macosx_arm64"),
    "windows": ("win_amd64", "win_arm64"),
}
MADE = {"SOURCE_DATE_EPOCH": "1790000000"}
"""When the commit was made, which a build takes for the time of all files."""

NEW_MACHINE = "windows-11-arm"
"""A machine of GitHub's since 2025, which actionlint 1.7.7 does not know."""


def run(*command: str | Path, folder: Path, **settings: str) -> str:
    done = subprocess.run(  # noqa: S603 - git, or Python with a tool of this environment
        list(map(str, command)), cwd=folder, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked() -> list[str]:
    git = shutil.which("git")
    assert git, "git is missing"
    return run(git, "ls-files", folder=CHECKOUT).splitlines()


def copied(folder: Path, *, modified: int) -> Path:
    """Return a copy of all that git tracks, as if all of it had been written at one moment."""
    for name in tracked():
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, copy)
        os.utime(copy, (modified, modified))
    return folder


def built(kind: str, source: Path, **settings: str) -> Path:
    """Return the sdist or the pure wheel of some source, built with what this environment has."""
    command = (sys.executable, "-m", "build", "--no-isolation", "--skip-dependency-check", f"--{kind}")
    run(*command, folder=source, WTISD_MODEL_PURE="1", **settings)
    (archive,) = (source / "dist").iterdir()
    return archive


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", copied(tmp_path_factory.mktemp("one"), modified=1_800_000_000), **MADE)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", copied(tmp_path_factory.mktemp("sdist"), modified=1_800_000_000))


@pytest.fixture(scope="module")
def described(wheel: Path) -> Message:
    """What the wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        return message_from_bytes(archive.read(name))


class Shown(HTMLParser):
    """The addresses on a page of an index, and the elements that it keeps."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: dict[str, list[str]] = {"href": [], "src": []}
        self.elements: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            if name in self.addresses and value:
                self.addresses[name].append(value)


class TestWheel:
    """The wheel without compiled code can be built again by anybody, who then gets the same bytes."""

    def test_it_is_the_same_in_another_folder_at_another_time(self, wheel: Path, tmp_path: Path) -> None:
        source = copied(tmp_path / "another" / "folder", modified=1_600_000_000)
        again = built("wheel", source, TZ="Asia/Kathmandu", PYTHONHASHSEED="7", **MADE)
        assert wheel.name == again.name
        assert wheel.name.endswith("-py3-none-any.whl")
        assert wheel.read_bytes() == again.read_bytes()

    def test_it_holds_no_test_and_no_path_of_a_machine(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            tops = {name.partition("/")[0] for name in archive.namelist()}
            code = [name for name in archive.namelist() if str(wheel.parents[1]).encode() in archive.read(name)]
        names = {"wtisd_model", "_wtisd_model_cli.py", "_wtisd_model_hypothesis.py", "_wtisd_model_pytest.py"}
        assert {name for name in tops if not name.endswith(".dist-info")} == names
        assert code == []


class TestSdist:
    """The sdist is what git tracks, but for files and folders that begin with a dot, and is enough to build a wheel."""

    def test_it_holds_what_is_tracked_and_nothing_else(self, sdist: Path) -> None:
        with tarfile.open(sdist) as archive:
            held = {each.name.partition("/")[2] for each in archive if each.isfile()}
        made = {"PKG-INFO", "setup.cfg", *[name for name in held if ".egg-info/" in name]}
        assert held - made == {name for name in tracked() if not name.startswith(".")}

    def test_a_wheel_of_it_is_the_wheel(self, sdist: Path, wheel: Path, tmp_path: Path) -> None:
        with tarfile.open(sdist) as archive:
            archive.extractall(tmp_path, filter="data")
        (source,) = tmp_path.iterdir()
        assert built("wheel", source, **MADE).read_bytes() == wheel.read_bytes()


class TestIndex:
    """A package index refuses what it cannot show, and shows a README as its own renderer makes it."""

    def test_both_archives_are_accepted(self, wheel: Path, sdist: Path) -> None:
        printed = io.StringIO()
        with redirect_stdout(printed):
            failed = check([str(wheel), str(sdist)], strict=True)
        assert not failed, printed.getvalue()

    def test_nothing_is_missing_that_people_look_for(self) -> None:
        """Names, addresses, licence, versions of Python, and the issues as the place to write to."""
        _, failures = ratings.rate(projectdata.get_data(str(CHECKOUT)))
        assert failures == ["Your package does not have author-email data."]

    def test_the_readme_keeps_its_picture_its_links_and_its_code(self, described: Message) -> None:
        readme = str(described.get_payload())
        rendered = markdown.render(readme)
        assert rendered is not None
        shown = Shown(rendered)
        (picture,) = shown.addresses["src"]
        assert picture.endswith("/docs/gallery/timetable.svg")
        links = [each for each in shown.addresses["href"] if not each.startswith("#")]
        assert len(links) > 50
        assert [each for each in [picture, *links] if not each.startswith("https://")] == []
        assert {"h1", "h2", "pre", "code", "ul", "img", "a"} <= shown.elements
        assert ("table" in shown.elements) == bool(re.search(r"^\|[ :|-]+\|$", readme, re.MULTILINE))


class TestBuilds:
    """cibuildwheel makes what pyproject.toml says."""

    @pytest.mark.parametrize("platform", TARGETS)
    def test_each_python_has_a_wheel_on_each_platform(self, platform: str) -> None:
        architectures = {"windows": "AMD64,ARM64", "macos": "x86_64,arm64", "linux": "x86_64,aarch64"}[platform]
        printed = self.printed("--platform", platform, "--archs", architectures)
        assert sorted(printed) == sorted(f"{python}-{target}" for python in PYTHONS for target in TARGETS[platform])

    def test_both_kinds_of_macs_are_served_from_one(self) -> None:
        assert {each.partition("-")[2] for each in self.printed("--platform", "macos")} == set(TARGETS["macos"])

    def test_one_wheel_is_for_pyodide(self) -> None:
        assert self.printed("--platform", "pyodide") == ["cp314-pyodide_wasm32"]

    def test_the_tests_that_run_on_each_are_there(self) -> None:
        pyproject = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
        commands = " ".join(pyproject["tool"]["cibuildwheel"]["test-command"])
        named = re.findall(r"\btests/[\w/.]+", commands)
        assert len(named) > 10
        assert [name for name in named if not (CHECKOUT / name).exists()] == []

    def printed(self, *options: str) -> list[str]:
        command = (sys.executable, "-m", "cibuildwheel", "--print-build-identifiers", *options)
        return run(*command, folder=CHECKOUT).split()


class TestWorkflows:
    """actionlint knows what a workflow may say; zizmor, in `lint`, what it had better not."""

    def faults(self, workflow: str, name: str) -> list[str]:
        found = json.loads(run_node(HERE / "actionlint.cjs", workflow.encode(), name))
        return [each["message"] for each in found if not each["message"].startswith(f'label "{NEW_MACHINE}"')]

    @pytest.mark.parametrize("path", sorted((CHECKOUT / ".github" / "workflows").iterdir()), ids=lambda path: path.name)
    def test_each_is_without_fault(self, path: Path) -> None:
        assert self.faults(path.read_text(encoding="utf-8"), path.name) == []

    def test_a_fault_is_found(self) -> None:
        text = (CHECKOUT / ".github" / "workflows" / "wheels.yml").read_text(encoding="utf-8")
        (fault,) = self.faults(text.replace("needs.sdist.outputs.epoch", "needs.sdist.outputs.time"), "wheels.yml")
        assert '"time"' in fault

    def test_only_the_release_may_prove_who_it_is(self) -> None:
        for path, text in self.texts():
            granted = re.findall(r"^ +([a-z-]+: write)", text, re.MULTILINE)
            assert granted == (["id-token: write"] if path.name == "wheels.yml" else [])

    def test_each_action_is_pinned_with_its_version_beside_it(self) -> None:
        for _, text in self.texts():
            used = re.findall(r"uses: (.+)", text)
            assert used
            assert [each for each in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []

    def texts(self) -> Iterator[tuple[Path, str]]:
        for path in sorted((CHECKOUT / ".github" / "workflows").iterdir()):
            yield path, path.read_text(encoding="utf-8")
