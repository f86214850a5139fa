"""Fetch what runs Python in a browser, and the wheels that the docs import: ``python docs/webassembly/fetch.py OUT``.

It takes `pyodide`, which is CPython in WebAssembly, from npm and wheels from the package index, in the versions of
constraints.txt; our own wheel is built of this checkout, or of the sdist that ``--package`` names. OUT becomes

``manifest.json``  ``{"pyodide": folder, "core": [wheels], "docs": [further wheels], "modules": {module: wheel}, ...}``
``worker.js``      the worker that loads all this; with its Python, ``page.py`` and ``one_thread.py``, it is a copy
``docs.zip``       the files that blocks of the docs read
``pyodide/``       what a browser needs of npm's package
``wheels/``        ``core`` is the package and what it imports, ``docs`` is what blocks of the docs import besides

``WTISD_MODEL_WEBASSEMBLY=OUT sphinx-build ...`` copies OUT into the site. Nothing of it is in git, sdist or wheel.
docs/decisions/0045-python-in-a-browser.md says why.
"""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
PYODIDE = "314.0.7"
PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "package.json")

CORE = ("attrs", "msgspec", "pendulum", "python-dateutil", "six", "rfc8785", "tzdata")
DOCS = (
    *("click", "icalendar", "typing_extensions", "segno"),
    *("pydantic", "pydantic_core", "annotated-types", "typing-inspection"),
    *("fastapi", "opentelemetry-api", "starlette", "annotated-doc", "anyio", "idna", "sniffio"),
    *("flask", "werkzeug", "jinja2", "itsdangerous", "blinker"),
    *("quart", "hypercorn", "aiofiles", "h11", "h2", "hpack", "hyperframe", "priority", "wsproto"),
    *("httpx2", "phonenumbers"),
    *("ipython", "traitlets", "pygments"),
    *("cattrs", "hypothesis", "sortedcontainers", "sqlalchemy"),
)
# The index has these for other machines and as source, whose C they do without.
WITHOUT_C = ("markupsafe",)

OWN = ("worker.js", "page.py", "one_thread.py")
# What blocks of the docs read.
FILES = ("docs/examples", "docs/gallery")


def main() -> None:
    """Fetch everything into an empty or new folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--package", type=Path, default=CHECKOUT, help="sdist, wheel or checkout of wtisd_model")
    parser.add_argument("--pyodide", default=PYODIDE, help=f"version of npm's pyodide (default: {PYODIDE})")
    parser.add_argument("--core", action="store_true", help="fetch `core` alone, less what has no wheel for its Python")
    arguments = parser.parse_args()
    out: Path = arguments.out
    wheels = out / "wheels"
    for folder in (out / "pyodide", wheels):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    info = fetch_pyodide(arguments.pyodide, out / "pyodide")
    # The ones of `core` come first, so that what is there by then is `core`.
    build(arguments.package, wheels)
    if arguments.core:
        for name in CORE:
            with contextlib.suppress(subprocess.CalledProcessError):
                download((name,), info, wheels)
    else:
        download(CORE, info, wheels)
    core = sorted(each.name for each in wheels.iterdir())
    if not arguments.core:
        download(DOCS, info, wheels)
        for name in WITHOUT_C:
            pip("wheel", "--no-binary", name, name, folder=wheels, CC="/nonexistent")
    for name in OWN:
        shutil.copy(HERE / name, out)
    with zipfile.ZipFile(out / "docs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            for path in sorted((CHECKOUT / name).rglob("*")):
                archive.write(path, path.relative_to(CHECKOUT))
    manifest = {
        "pyodide": "pyodide",
        "info": info,
        "core": core,
        "docs": sorted({each.name for each in wheels.iterdir()} - set(core)),
        "modules": {
            module: each.name
            for each in sorted(wheels.iterdir())
            if each.name not in core
            for module in sorted(modules(each))
        },
        "bytes": {
            str(each.relative_to(out).as_posix()): each.stat().st_size
            for folder in (out / "pyodide", wheels)
            for each in sorted(folder.iterdir())
        },
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def fetch_pyodide(version: str, folder: Path) -> dict[str, str]:
    """Unpack what a browser needs of npm's package, and return what it says of its Python and its platform."""
    with tempfile.TemporaryDirectory() as work:
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("npm is missing: it fetches pyodide")
        subprocess.run([npm, "pack", "--silent", f"pyodide@{version}"], cwd=work, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - a package and its version
        (archive,) = Path(work).glob("*.tgz")
        with tarfile.open(archive) as packed:
            for name in PARTS:
                packed.extract(f"package/{name}", work, filter="data")
                shutil.copy(Path(work, "package", name), folder)
            packed.extract("package/pyodide-lock.json", work, filter="data")
        lock = json.loads(Path(work, "package", "pyodide-lock.json").read_text(encoding="utf-8"))
        info: dict[str, str] = lock["info"]
        return info


def build(package: Path, folder: Path) -> None:
    """Build our wheel without the compiled module."""
    if package.suffix == ".whl":
        shutil.copy(package, folder)
        return
    with tempfile.TemporaryDirectory() as work:
        # What an earlier build left in the checkout would get into the wheel.
        settings = Path(work, "settings.cfg")
        settings.write_text(f"[build]\nbuild_base = {work}/build\n", encoding="utf-8")
        pip("wheel", str(package), folder=folder, WTISD_MODEL_PURE="1", DIST_EXTRA_CONFIG=str(settings))


def download(names: tuple[str, ...], info: dict[str, str], folder: Path) -> None:
    """Download the wheels of some packages, without what they need in turn."""
    version = ".".join(info["python"].split(".")[:2])
    target = ("--python-version", version, "--platform", f"pyemscripten_{info['abi_version']}_wasm32")
    pip("download", "--only-binary", ":all:", *target, *names, folder=folder)


def modules(wheel: Path) -> set[str]:
    """Return the names that can be imported once a wheel is unpacked."""
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    return {name.partition(".")[0] for name in tops if not name.endswith((".dist-info", ".data"))}


def pip(command: str, *arguments: str, folder: Path, **env: str) -> None:
    """Run a command of pip that puts wheels into a folder."""
    to = "--dest" if command == "download" else "--wheel-dir"
    constraints = str(CHECKOUT / "constraints.txt")
    subprocess.run(  # noqa: S603 - packages of the lists above
        [sys.executable, "-m", "pip", command, "--quiet", "--no-deps", to, str(folder), *arguments],
        check=True,
        env={**os.environ, "PIP_CONSTRAINT": constraints, "PIP_BUILD_CONSTRAINT": constraints, **env},
    )


if __name__ == "__main__":
    main()
