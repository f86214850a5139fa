"""Who imports whom in the package, read from the source without running it."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

ROOT = "wtisd_model"

# The rooms of the house, from the ground up: an import points to a room further down in this list, or into its own.
ROOMS = (
    "locales",
    "codes",
    "findings",
    "schema",
    "data",
    "types",
    "model",
    "rules",
    "planning",
    "json",
    "columns",
    "ical",
    "invitation",
    "reference",
    "integrations",
    "strategies",
    "cli",
    "__main__",
)

# Folders in a room that others beside them in that room import; all others leave each other alone.
SHARED_FOLDERS = frozenset({"invitation.calendar"})


@frozen(kw_only=True)
class Import:
    """One import of a module of ours by a module of ours."""

    importer: str
    imported: str
    names: tuple[str, ...]
    """What is taken from it; empty where the module itself is taken."""
    line: int

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}, imports {self.imported} {' '.join(self.names)}".rstrip()


def package_folder() -> Path:
    """Find the package that the tests run against: the checkout or what is installed."""
    spec = find_spec(ROOT)
    if spec is None or not spec.submodule_search_locations:
        message = f"{ROOT} cannot be imported"
        raise LookupError(message)
    return Path(next(iter(spec.submodule_search_locations)))


def modules(folder: Path) -> dict[str, Path]:
    """Map the dotted name of each module to its file; a package goes by its folder's name."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = [ROOT, *path.relative_to(folder).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(files: dict[str, Path]) -> Iterator[Import]:
    """Read every import of ours, also those inside functions and under ``if TYPE_CHECKING``."""
    for importer, path in files.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name.split(".")[0] == ROOT:
                        yield Import(importer=importer, imported=alias.name, names=(), line=node.lineno)
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ""
                if node.level or module.split(".")[0] == ROOT:
                    yield from _from(importer, "." * node.level + module, node, files)


def _from(importer: str, module: str, node: ast.ImportFrom, files: dict[str, Path]) -> Iterator[Import]:
    plain: list[str] = []
    for alias in node.names:
        inner = f"{module}.{alias.name}"
        if inner in files:  # `from wtisd_model.data import zones` takes a module
            yield Import(importer=importer, imported=inner, names=(), line=node.lineno)
        else:
            plain.append(alias.name)
    if plain:
        yield Import(importer=importer, imported=module, names=tuple(plain), line=node.lineno)


def room(module: str) -> str:
    """Name the room of a module: the first part below the package."""
    return module.split(".")[1] if "." in module else ""


def folder(module: str) -> str:
    """Name the folder of a module inside its room: ``invitation.mailing``; empty where it stands in the room itself."""
    parts = module.split(".")
    return ".".join(parts[1:3]) if len(parts) > 3 else ""


def gathers(files: dict[str, Path], module: str) -> bool:
    """Tell whether the module is an ``__init__.py``, which gathers what others define."""
    return module in files and files[module].name == "__init__.py"


@cache
def definitions(path: Path) -> frozenset[str]:
    """Collect the names that a module itself defines at its top level, conditional ones included."""
    return frozenset(_defined(ast.parse(path.read_text(encoding="utf-8")).body))


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for each in ast.walk(target):
                    if isinstance(each, ast.Name):
                        yield each.id
        elif isinstance(node, ast.If):
            yield from _defined(node.body)
            yield from _defined(node.orelse)
        elif isinstance(node, ast.Try):
            yield from _defined(node.body)
            for handler in node.handlers:
                yield from _defined(handler.body)


def loop(edges: dict[str, set[str]]) -> list[str]:
    """Find modules that import each other in a ring: the ring, or an empty list."""
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name not in done:
            for imported in sorted(edges.get(name, ())):
                if ring := walk(imported, [*trail, name]):
                    return ring
            done.add(name)
        return []

    return next((ring for name in sorted(edges) if (ring := walk(name, []))), [])
