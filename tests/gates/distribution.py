"""What is in the built wheel and sdist: all that git tracks of the package, and nothing else.

``python -m tests.gates.distribution DIST`` looks at the one wheel and the one sdist in the folder DIST, from the root
of a clean copy of the repository; it ends with 1 and a list where something is missing or too much.
"""

import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path, PurePosixPath

# Beside the package's own files; METADATA and the like are the build backend's.
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
LEFT_OUT = {".ci", ".editorconfig", ".gitattributes"}


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
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def wheel_findings(path: Path, root: Path, version: str) -> list[str]:
    """Compare the wheel with the package's folder."""
    info = f"wtisd_model-{version}.dist-info"
    package = {name.removeprefix("src/") for name in tracked(root, "src/wtisd_model")}
    with zipfile.ZipFile(path) as archive:
        findings = difference("the wheel", package | {f"{info}/{name}" for name in METADATA}, set(archive.namelist()))
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
    said = {name: metadata[name] for name in ("Version", "License-Expression", "License-File", "Requires-Python")}
    meant = {"Version": version, "License-Expression": "MIT", "License-File": "LICENSE", "Requires-Python": ">=3.11"}
    return findings if said == meant else [*findings, f"the metadata says {said}"]


def sdist_findings(path: Path, root: Path, version: str) -> list[str]:
    """Compare the sdist with the clean copy."""
    folders = {name for folder in ("src", "tests", "docs") for name in tracked(root, folder)}
    files = {each.name for each in root.iterdir() if each.is_file()} - LEFT_OUT
    with tarfile.open(path) as archive:
        got = {member.name.removeprefix(f"wtisd_model-{version}/") for member in archive if member.isfile()}
    return difference("the sdist", folders | files | {"PKG-INFO"}, got)


def main(folder: Path, root: Path) -> int:
    """Look at both, and print what is wrong."""
    version: str = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    findings = wheel_findings(wheel, root, version) + sdist_findings(sdist, root, version)
    print(*findings or [f"{wheel.name} and {sdist.name} hold what they should"], sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path.cwd()))
