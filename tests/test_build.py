"""What is built: the gates notice what is missing or too much, what is stale, and what was not compiled."""

import os
import sys
import tarfile
import zipfile
from importlib.machinery import EXTENSION_SUFFIXES
from io import BytesIO
from pathlib import Path

import pytest

from tests.gates import distribution, engine

INFO = "wtisd_model-1.0.dist-info"
SAID = b"Version: 1.0\nLicense-Expression: MIT\nLicense-File: LICENSE\nRequires-Python: >=3.11\n\n"
SOURCES = (
    "__init__.py",
    "payload/__init__.py",
    "payload/native/compiled.pyx",
    "payload/native/leaves.pxi",
    "payload/schemas/event.json",
)
MODULE = "wtisd_model/payload/native/compiled.cpython-311-x86_64-linux-gnu.so"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a repository with as little in it as can be, after a build that left what builds leave."""
    root = tmp_path / "root"
    for name in (
        *(f"src/wtisd_model/{each}" for each in SOURCES),
        "src/wtisd_model.egg-info/PKG-INFO",
        "src/wtisd_model/payload/native/compiled.cpython-311-x86_64-linux-gnu.so",
        "src/wtisd_model/__pycache__/__init__.cpython-311.pyc",
        "tests/test_it.py",
        "docs/index.md",
        "README.md",
        ".gitignore",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (root / "pyproject.toml").write_text('[project]\nversion = "1.0"\n', encoding="utf-8")
    (tmp_path / "dist").mkdir()
    write_wheel(tmp_path, good_wheel())
    write_sdist(tmp_path, good_sdist())
    return root


def good_wheel() -> set[str]:
    package = {f"wtisd_model/{name}" for name in SOURCES if not name.endswith((".pyx", ".pxi"))}
    return package | {MODULE, *(f"{INFO}/{name}" for name in distribution.METADATA)}


def good_sdist() -> set[str]:
    sources = {f"src/wtisd_model/{name}" for name in SOURCES}
    return sources | {"tests/test_it.py", "docs/index.md", "README.md", "pyproject.toml"} | distribution.SDIST_METADATA


def write_wheel(folder: Path, names: set[str], tag: str = "cp311-cp311-linux_x86_64", said: bytes = SAID) -> None:
    for old in (folder / "dist").glob("*.whl"):
        old.unlink()
    with zipfile.ZipFile(folder / "dist" / f"wtisd_model-1.0-{tag}.whl", "w") as archive:
        for name in names:
            archive.writestr(name, said if name.endswith("METADATA") else b"")


def write_sdist(folder: Path, names: set[str]) -> None:
    with tarfile.open(folder / "dist" / "wtisd_model-1.0.tar.gz", "w:gz") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(f"wtisd_model-1.0/{name}"), BytesIO())


def told(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    status = distribution.main(root.parent / "dist", root)
    lines = capsys.readouterr().out.splitlines()
    assert status == (0 if lines[0].endswith("hold what they should") else 1)
    return lines


class TestDistribution:
    """All that git tracks of the package is in a wheel and an sdist, what was compiled of it, and nothing else."""

    def test_what_should_be_there_is_enough(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert told(root, capsys) == [
            "wtisd_model-1.0-cp311-cp311-linux_x86_64.whl and wtisd_model-1.0.tar.gz hold what they should"
        ]

    def test_a_wheel_for_any_platform_holds_nothing_compiled(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_wheel(root.parent, good_wheel() - {MODULE}, tag="py3-none-any")
        assert told(root, capsys)[0].endswith("hold what they should")
        write_wheel(root.parent, good_wheel(), tag="py3-none-any")
        assert told(root, capsys) == ["wtisd_model-1.0-py3-none-any.whl has 1 compiled modules, not 0"]

    def test_a_wheel_for_a_platform_lacks_what_was_not_compiled(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_wheel(root.parent, good_wheel() - {MODULE})
        assert told(root, capsys) == ["wtisd_model-1.0-cp311-cp311-linux_x86_64.whl has 0 compiled modules, not 1"]

    @pytest.mark.parametrize("name", sorted(good_wheel() - {MODULE, f"{INFO}/METADATA"}))
    def test_each_file_that_a_wheel_lacks_is_missed(
        self, name: str, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_wheel(root.parent, good_wheel() - {name})
        assert told(root, capsys) == [f"the wheel lacks {name}"]

    @pytest.mark.parametrize(
        "name",
        [
            "wtisd_model/payload/native/compiled.pyx",
            "wtisd_model/payload/native/compiled.c",
            "tests/test_it.py",
            "wtisd_model/x.so",
        ],
    )
    def test_sources_of_what_is_compiled_and_other_files_are_too_much_for_a_wheel(
        self, name: str, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_wheel(root.parent, good_wheel() | {name})
        assert told(root, capsys) == [f"the wheel has {name} too"]

    def test_what_the_metadata_says_is_compared(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write_wheel(root.parent, good_wheel(), said=SAID.replace(b"MIT", b"BSD"))
        assert ["'License-Expression': 'BSD'" in line for line in told(root, capsys)] == [True]

    @pytest.mark.parametrize("name", sorted(good_sdist()))
    def test_each_file_that_an_sdist_lacks_is_missed(
        self, name: str, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_sdist(root.parent, good_sdist() - {name})
        assert told(root, capsys) == [f"the sdist lacks {name}"]

    @pytest.mark.parametrize(
        "name", [".gitignore", ".ci/run", "src/wtisd_model/payload/native/compiled.c", f"src/{MODULE}"]
    )
    def test_other_files_are_too_much_for_an_sdist(
        self, name: str, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_sdist(root.parent, good_sdist() | {name})
        assert told(root, capsys) == [f"the sdist has {name} too"]


class TestStale:
    """What is older than its source is not tested."""

    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        source = tmp_path / "payload" / "native" / "compiled.pyx"
        source.parent.mkdir(parents=True)
        for each in (source, source.with_name("leaves.pxi")):
            each.touch()
            os.utime(each, (1000, 1000))
        return source

    @staticmethod
    def module_of(source: Path, when: int) -> Path:
        module = source.with_suffix(EXTENSION_SUFFIXES[0])
        module.touch()
        os.utime(module, (when, when))
        return module

    def test_it_is_found_where_the_source_was_changed_since(self, source: Path) -> None:
        assert engine.stale(source.parents[2]) is None
        module = self.module_of(source, 999)
        assert engine.stale(source.parents[2]) == module
        self.module_of(source, 1000)
        assert engine.stale(source.parents[2]) is None
        os.utime(source.with_name("leaves.pxi"), (1001, 1001))
        assert engine.stale(source.parents[2]) == module

    def test_what_another_python_would_load_is_its_own_affair(self, source: Path) -> None:
        other = source.with_suffix(".cpython-310-other.so")
        other.touch()
        os.utime(other, (1, 1))
        assert engine.stale(source.parents[2]) is None

    def test_without_its_source_there_is_nothing_to_compare(self, source: Path) -> None:
        self.module_of(source, 999)
        source.unlink()
        source.with_name("leaves.pxi").unlink()
        assert engine.stale(source.parents[2]) is None

    def test_no_test_runs_and_it_is_said_what_helps(self, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from tests.conftest import pytest_sessionstart

        monkeypatch.setattr("tests.gates.import_graph.package_folder", lambda: source.parents[2])
        pytest_sessionstart()
        module = self.module_of(source, 999)
        with pytest.raises(pytest.UsageError) as refused:
            pytest_sessionstart()
        assert module.name in str(refused.value)
        assert "pip install -e ." in str(refused.value)


class TestEngine:
    """Where C can be compiled, what is not compiled is a mistake."""

    @pytest.mark.parametrize(
        ("wanted", "there", "verdict"),
        [
            ("compiled", "module and compiler", "good"),
            ("compiled", "module", "good"),
            ("compiled", "compiler", "bad"),
            ("compiled", "neither", "good"),
            ("plain", "module and compiler", "bad"),
            ("plain", "module", "bad"),
            ("plain", "compiler", "good"),
            ("plain", "neither", "good"),
            ("compiler", "module", "bad"),
            ("compiler", "compiler", "good"),
        ],
    )
    def test_each_case(self, wanted: str, there: str, verdict: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engine, "is_compiled", lambda: "module" in there)
        monkeypatch.setattr(engine, "can_compile", lambda: "compiler" in there)
        assert engine.verdict(wanted)[0] is (verdict == "good")

    def test_a_compiler_that_is_not_there_compiles_nothing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("CC", str(tmp_path / "cc"))
        assert not engine.can_compile()

    def test_without_the_headers_of_python_nothing_can_be_compiled(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("CC", f"{sys.executable} --with-an-option")
        monkeypatch.setattr("sysconfig.get_path", lambda _name: str(tmp_path))
        assert not engine.can_compile()
        (tmp_path / "Python.h").touch()
        assert engine.can_compile()
