"""What is in the built wheel and sdist: all that git tracks of the package, what was compiled of it, and nothing else.

``python -m tests.gates.distribution DIST`` looks at the one wheel and the one sdist in the folder DIST, from the root
of a clean copy of the repository; it ends with 1 and a list where something is missing or too much. A wheel for any
platform holds modules in Python only, one for this platform what was compiled too, and neither the source of that.
"""

import re
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path, PurePosixPath

# Beside the package's own files; METADATA and the like are the build backend's.
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "top_level.txt"}
EGG_INFO = {"PKG-INFO", "SOURCES.txt", "dependency_links.txt", "entry_points.txt", "requires.txt", "top_level.txt"}
SDIST_METADATA = {"PKG-INFO", "setup.cfg", *(f"src/wtisd_model.egg-info/{name}" for name in EGG_INFO)}
LEFT_OUT = {".editorconfig", ".gitattributes", ".gitignore"}
COMPILED = re.compile(r"wtisd_model/json/native/compiled\.[A-Za-z0-9_.-]+\.(so|pyd)")
SUFFIXES_LEFT = {".pyc", ".so", ".pyd"}


def difference(what: str, wanted: set[str], got: set[str]) -> list[str]:
    """Say what is missing and what is too much."""
    return [f"{what} lacks {name}" for name in sorted(wanted - got)] + [
        f"{what} has {name} too" for name in sorted(got - wanted)
    ]


def tracked(root: Path, folder: str) -> set[str]:
    """List the files below a folder of the clean copy, apart from what Python and its tools left there since."""
    return {
        str(PurePosixPath(path.relative_to(root)))
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix not in SUFFIXES_LEFT and not path.parent.name.endswith(".egg-info")
    }


def wheel_findings(path: Path, root: Path, version: str) -> list[str]:
    """Compare the wheel with the package's folder."""
    info = f"wtisd_model-{version}.dist-info"
    package = {
        name.removeprefix("src/") for name in tracked(root, "src/wtisd_model") if not name.endswith((".pyx", ".pxi"))
    }
    with zipfile.ZipFile(path) as archive:
        held = set(archive.namelist())
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
    compiled = {name for name in held if COMPILED.fullmatch(name)}
    findings = difference("the wheel", package | {f"{info}/{name}" for name in METADATA}, held - compiled)
    wanted = 0 if path.stem.endswith("-none-any") else 1
    if len(compiled) != wanted:
        findings.append(f"{path.name} has {len(compiled)} compiled modules, not {wanted}")
    said = {name: metadata[name] for name in ("Version", "License-Expression", "License-File", "Requires-Python")}
    meant = {"Version": version, "License-Expression": "MIT", "License-File": "LICENSE", "Requires-Python": ">=3.11"}
    return findings if said == meant else [*findings, f"the metadata says {said}"]


def sdist_findings(path: Path, root: Path, version: str) -> list[str]:
    """Compare the sdist with the clean copy."""
    folders = {name for folder in ("src", "tests", "docs") for name in tracked(root, folder)}
    files = {each.name for each in root.iterdir() if each.is_file()} - LEFT_OUT
    with tarfile.open(path) as archive:
        got = {member.name.removeprefix(f"wtisd_model-{version}/") for member in archive if member.isfile()}
    return difference("the sdist", folders | files | SDIST_METADATA, got)


def main(folder: Path, root: Path) -> int:
    """Look at both, and print what is wrong."""
    version: str = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    findings = wheel_findings(wheel, root, version) + sdist_findings(sdist, root, version)
    print(*findings or [f"{wheel.name} and {sdist.name} hold what they should"], sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path.cwd()))
