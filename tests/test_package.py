"""The package as a whole: which way its imports point, what importing costs and touches, what it promises."""

import ast
import inspect
import itertools
import json
import re
import socket
import subprocess
import sys
import tomllib
from collections import Counter
from graphlib import TopologicalSorter
from importlib import metadata
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook

import wtisd_model
from tests.conftest import NetworkUsedError
from tests.gates.doors import INSIDE, deep_imports, imports_of_tests, public_names
from tests.gates.import_graph import (
    ADAPTERS,
    CODECS,
    HOOKS,
    ROOMS,
    definitions,
    folder,
    imports,
    is_package,
    modules,
    package_folder,
    room,
)
from tests.gates.type_names import type_names

CHECKOUT = Path(__file__).parents[1]
FILES = modules(package_folder())
IMPORTS = tuple(imports(FILES))
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
APPLICATIONS = sorted((CHECKOUT / "tests" / "floors" / "applications").glob("*.txt"))


def in_a_fresh_python(code: str) -> str:
    """Run *code* in a new process with this environment and return what it prints."""
    optimised = ["-O"] * sys.flags.optimize
    result = subprocess.run(  # noqa: S603 - our own code, in this very interpreter
        [sys.executable, *optimised, "-c", code], check=True, capture_output=True, text=True, timeout=120
    )
    return result.stdout


class TestImportGraph:
    """An import points only up the list of rooms, and names the module that defines the thing."""

    def test_every_module_has_a_room(self) -> None:
        assert {room(each) for each in FILES} - {""} <= set(ROOMS)

    def test_the_architecture_has_the_rooms_in_their_order(self) -> None:
        table = re.findall(r"^\| (`.+?) \|", (CHECKOUT / "docs/architecture.md").read_text("utf-8"), re.MULTILINE)
        assert tuple(re.findall(r"`(\w+)(?:/|\.py)`", " ".join(table))) == ROOMS

    def test_the_architecture_names_modules_that_are_there(self) -> None:
        text = (CHECKOUT / "docs/architecture.md").read_text("utf-8")
        named = {path for path in re.findall(r"`(\w+/\w+\.py)`", text) if path.partition("/")[0] in ROOMS}
        assert named >= {"json/decoder.py", "ical/feed.py"}
        assert sorted(path for path in named - {"notice/write.py"} if not (package_folder() / path).is_file()) == []

    def test_every_import_points_upwards(self) -> None:
        wrong = [
            str(each)
            for each in IMPORTS
            if not is_package(FILES, each.importer)
            and not each.is_hook
            and room(each.imported)
            and ROOMS.index(room(each.imported)) > ROOMS.index(room(each.importer))
        ]
        assert wrong == []

    def test_an_adapter_imports_of_another_only_what_everybody_may(self) -> None:
        """A public name, which stays, a codec, or what it carries, which `FORMATS` has too; not what it is made of."""
        inside = [
            f"{each} ({name})"
            for each in IMPORTS
            if {room(each.importer), room(each.imported)} <= ADAPTERS
            and room(each.importer) != room(each.imported)
            and each.imported not in CODECS
            for name in each.names
            if name not in public_names() | {"FORMAT"}
        ]
        assert inside == []

    def test_folders_of_one_room_leave_each_other_alone(self) -> None:
        wrong = [
            str(each)
            for each in IMPORTS
            if room(each.importer) == room(each.imported)
            and folder(each.importer)
            and folder(each.imported) not in {"", folder(each.importer)}
        ]
        assert wrong == []

    def test_there_is_no_loop(self) -> None:
        edges: dict[str, set[str]] = {}
        for each in IMPORTS:
            if not is_package(FILES, each.importer) and not each.is_hook:
                edges.setdefault(each.importer, set()).add(each.imported)
        TopologicalSorter(edges).prepare()  # raises CycleError, with the loop

    def test_each_hook_is_there(self) -> None:
        assert {(each.importer, each.imported) for each in IMPORTS if each.is_hook} == HOOKS

    def test_an_import_names_the_module_that_defines_the_thing(self) -> None:
        wrong = [
            f"{each} ({name})"
            for each in IMPORTS
            for name in each.names
            if each.imported not in FILES or name not in definitions(FILES[each.imported])
        ]
        assert wrong == []

    def test_no_module_imports_the_package_that_gathers_it(self) -> None:
        gathered = [str(each) for each in IMPORTS if not each.names and is_package(FILES, each.imported)]
        assert gathered == []


class TestDoors:
    """A test imports public names, so that a module may move without it."""

    def test_no_folder_has_more_imports_past_the_doors_than_it_may(self) -> None:
        found = deep_imports()
        assert {folder: count for folder, count in found.items() if count > INSIDE.get(folder, 0)} == {}

    def test_no_module_imports_from_one_with_tests(self) -> None:
        """Except for the page that says what the tests of invitations show."""
        assert imports_of_tests() == ["tests/docs/test_itip_page.py"]


class TestTypeNames:
    """A type has a name of its own, so that a search for it finds one thing."""

    def test_each_is_defined_once(self) -> None:
        """Except `DocumentField`, in Django and in REST framework, and `Problem`, which FastAPI documents."""
        defined = Counter(name for path in FILES.values() for name in type_names(path))
        assert {name for name, times in defined.items() if times > 1} == {"DocumentField", "Problem"}


class TestPublicNames:
    """What ``__all__`` lists is what we promise. (Ruff's RUF022 keeps it sorted.)"""

    def test_each_is_there_once(self) -> None:
        assert len(set(wtisd_model.__all__)) == len(wtisd_model.__all__)
        assert [name for name in wtisd_model.__all__ if not hasattr(wtisd_model, name)] == []

    def test_it_says_its_version(self) -> None:
        assert wtisd_model.__version__ == metadata.version("wtisd-model")

    def test_dir_shows_nothing_else(self) -> None:
        assert dir(wtisd_model) == sorted(wtisd_model.__all__)

    def test_each_class_and_function_says_what_it_is(self) -> None:
        silent = [
            name
            for name in wtisd_model.__all__
            if inspect.isclass(value := getattr(wtisd_model, name)) or inspect.isroutine(value)
            if not value.__dict__.get("__doc__", getattr(value, "__doc__", None))
        ]
        assert silent == []

    def test_type_checkers_see_the_names_that_are_loaded_later(self) -> None:
        """A test of the table in ``__getattr__``, which they cannot read."""
        tree = ast.parse((package_folder() / "__init__.pyi").read_text(encoding="utf-8"))
        lines = [line for line in tree.body if isinstance(line, ast.ImportFrom)]
        seen = {alias.name: line.module for line in lines for alias in line.names}
        assert seen == vars(wtisd_model)["_ROOMS"]
        (listed,) = [ast.literal_eval(part.value) for part in tree.body if isinstance(part, ast.Assign)]
        assert listed == wtisd_model.__all__

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="module 'wtisd_model' has no attribute 'to_pdf'"):
            wtisd_model.to_pdf  # type: ignore[attr-defined] # noqa: B018 - the access is the test, and mypy sees it

    def test_type_checkers_may_trust_the_annotations(self) -> None:
        assert (package_folder() / "py.typed").is_file()


class TestImporting:
    """Importing the package is cheap, and leaves the process as it was."""

    def test_it_loads_nothing_heavy(self) -> None:
        code = "import sys; before = {*sys.modules}; import wtisd_model; print(*sys.modules.keys() - before)"
        loaded = {name.split(".")[0] for name in in_a_fresh_python(code).split()}
        assert not loaded & {
            "cattrs",
            "click",
            "csv",
            "django",
            "email",
            "fastapi",
            "flask",
            "highspy",
            "hypothesis",
            "icalendar",
            "jsonschema",
            "litestar",
            "ninja",
            "numpy",
            "orjson",
            "pyarrow",
            "pydantic",
            "quart",
            "referencing",
            "rest_framework",
            "sqlalchemy",
            "starlette",
            "tomllib",
        }

    def test_it_changes_no_global_state(self) -> None:
        before, after = (json.loads(line) for line in in_a_fresh_python(STATE_BEFORE_AND_AFTER).splitlines())
        assert before == after


STATE_BEFORE_AND_AFTER = """
import decimal, gc, json, locale, logging, os, random, signal, socket, sys, threading, warnings
import attrs, msgspec, pendulum

def state():
    return json.dumps({
        "decimal": repr(decimal.getcontext()),
        "environment": sorted(os.environ.items()),
        "excepthook": repr(sys.excepthook),
        "folder": os.getcwd(),
        "gc": [gc.isenabled(), gc.get_threshold()],
        "handlers": len(logging.getLogger().handlers),
        "locale": locale.setlocale(locale.LC_ALL),
        "pendulum": [pendulum.get_locale(), str(pendulum.local_timezone())],
        "path": sys.path,
        "random": hash(random.getstate()),
        "recursion": sys.getrecursionlimit(),
        "signals": [repr(signal.getsignal(each)) for each in signal.valid_signals()],
        "threads": threading.active_count(),
        "timeout": socket.getdefaulttimeout(),
        "warnings": repr(warnings.filters),
    })

print(state())
import wtisd_model
print(state())
"""


class TestDecisions:
    """The code that a decision binds names it."""

    def test_each_is_named_and_is_there(self) -> None:
        docs = (CHECKOUT / "docs").glob("[pw]*/*.py")  # of the playground and WebAssembly
        files = [*FILES.values(), *package_folder().parent.glob("_wtisd_model_*.py"), *docs]
        text = "".join([path.read_text(encoding="utf-8") for path in files])
        named = {*re.findall(r"docs/decisions/(\d{4})", text)}
        assert named == {path.name[:4] for path in (CHECKOUT / "docs/decisions").glob("0*.md")}


class TestRelease:
    """One version, said in two places that cannot differ."""

    def test_the_changelog_tells_of_this_version(self) -> None:
        changelog = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
        headings = re.findall(r"^## \[?(\d+\.\d+\.\d+)\b", changelog, re.MULTILINE)
        assert headings[:1] == [wtisd_model.__version__]

    def test_the_pins_are_names_and_versions_only(self) -> None:
        lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith("#")]
        assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []
        assert pins == sorted(pins, key=str.casefold)

    def test_what_an_extra_asks_for_is_pinned(self) -> None:
        asked = [*PROJECT["dependencies"], *itertools.chain(*PROJECT["optional-dependencies"].values())]
        pins = dict(
            line.casefold().split("==")
            for line in (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
            if "==" in line
        )
        loose = [each for each in asked if re.split(r"[\[<>=]", each)[0].casefold() not in pins]
        assert loose == []

    @pytest.mark.parametrize("file", APPLICATIONS, ids=lambda file: file.stem)
    def test_an_application_beside_which_it_is_tried_is_on_the_page(self, file: Path) -> None:
        page = (CHECKOUT / "docs" / "reference" / "versions.md").read_text(encoding="utf-8")
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{file.stem}` |")]
        pins = dict(line.split("==") for line in file.read_text(encoding="utf-8").splitlines() if "==" in line)
        assert len(pins) >= 8
        assert set(re.findall(r"\d+(?:\.\d+)+", row.split("|")[2].replace("Airflow 2.9", ""))) <= set(pins.values())

    @pytest.mark.parametrize("name", [*PROJECT["dependencies"]])
    def test_the_oldest_version_of_a_dependency_is_on_the_page(self, name: str) -> None:
        page = (CHECKOUT / "docs" / "reference" / "versions.md").read_text(encoding="utf-8")
        package, oldest = name.split(">=")
        assert f"\n| {package} | {oldest} |" in page


class TestGates:
    """A gate that cannot close keeps nothing out."""

    def test_asserts_live_under_python_o(self) -> None:
        with pytest.raises(AssertionError):
            assert sys.flags.optimize < 0
        helpers = [module for name, module in sys.modules.items() if name.startswith("tests.") and module.__file__]
        loaders = [each.__spec__ and each.__spec__.loader for each in helpers]
        assert [each for each in loaders if not isinstance(each, AssertionRewritingHook)] == []

    @pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
    def test_the_network_is_dead(self, kind: socket.SocketKind) -> None:
        # 192.0.2.0/24 is for documentation (RFC 5737): nobody is there.
        with socket.socket(type=kind) as one, pytest.raises(NetworkUsedError):
            one.connect(("192.0.2.1", 9))

    def test_no_name_is_looked_up(self) -> None:
        with pytest.raises(NetworkUsedError):
            socket.getaddrinfo("example.org", 443)
