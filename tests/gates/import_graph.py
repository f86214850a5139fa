"""Who imports whom in the package, read from its source, Python and Cython, without running it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from symtable import symtable

from attrs import frozen

ROOT = "wtisd_model"

ROOMS = (
    "locales",
    "codes",
    "objects",
    "findings",
    "errors",
    "schema",
    "data",
    "types",
    "model",
    "rules",
    "roster",
    "planning",
    "json",
    "markup",
    "programme",
    "reading",
    "columns",
    "contentlines",
    "ical",
    "jscalendar",
    "jsonld",
    "schedule",
    "importers",
    "exports",
    "invitation",
    "mail",
    "pictures",
    "page",
    "formats",
    "reference",
    "integrations",
    "strategies",
    "cli",
    "__main__",
)
"""The rooms of the house, from the ground up: an import points to an earlier room of this list, or into its own."""

ADAPTERS = frozenset(
    {"columns", "exports", "ical", "importers", "jscalendar", "jsonld", "page", "pictures", "schedule"}
)
"""The rooms that write or read the formats of others."""

CODECS = frozenset({"wtisd_model.columns.csv"})
"""What is no inside of one adapter: CSV that is safe in spreadsheets."""

HOOKS = frozenset(
    {
        ("wtisd_model.objects", "wtisd_model.integrations.ipython"),
        ("wtisd_model.objects", "wtisd_model.integrations.pydantic"),
    }
)
"""The imports that point down: a method that another library looks for on a class, and the module that it loads."""

_CYTHON_IMPORT = re.compile(r"^[ \t]*((?:from[ \t]+[\w.]+[ \t]+)?c?import[ \t]+(?:\([^)]*\)|.+))", re.MULTILINE)
_CYTHON_DEFINITION = re.compile(r"^(?:cdef |cpdef )?(?:class|def) (\w+)", re.MULTILINE)


@frozen
class Import:
    """One import of a module of ours by a module of ours."""

    importer: str
    imported: str
    names: tuple[str, ...] = ()
    """The names taken from it; empty where the module itself is taken."""

    @property
    def is_hook(self) -> bool:
        """True for an import in a method that only another library calls."""
        return (self.importer, self.imported) in HOOKS

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported} {' '.join(self.names)}".rstrip()


def package_folder() -> Path:
    """Return the folder of the package that the tests run against: the checkout's or what is installed."""
    spec = find_spec(ROOT)
    if spec is None or not spec.submodule_search_locations:
        message = f"{ROOT} cannot be imported"
        raise LookupError(message)
    return Path(next(iter(spec.submodule_search_locations)))


def modules(folder: Path) -> dict[str, Path]:
    """Map the dotted name of each module to its file; a package goes by its folder's name."""
    return {
        ".".join((ROOT, *path.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in sorted(folder.rglob("*.py*"))
        if path.suffix in {".py", ".pyx"}
    }


def imports(files: dict[str, Path]) -> Iterator[Import]:
    """Yield every import of ours, also those inside functions and under ``if TYPE_CHECKING``."""
    for importer, path in files.items():
        for node in ast.walk(_syntax(path)):
            if isinstance(node, ast.Import):
                yield from (Import(importer, each.name) for each in node.names if _is_ours(each.name))
            elif isinstance(node, ast.ImportFrom) and (node.level or _is_ours(node.module or "")):
                module = "." * node.level + (node.module or "")
                names = [each.name for each in node.names]
                # `from wtisd_model.data import zones` takes a module.
                inner = {name: f"{module}.{name}" for name in names if f"{module}.{name}" in files}
                yield from (Import(importer, each) for each in inner.values())
                if defined := tuple(name for name in names if name not in inner):
                    yield Import(importer, module, defined)


def _syntax(path: Path) -> ast.Module:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".pyx":  # All that is read of Cython are its imports, which with this change are Python's.
        source = "\n".join(each.replace("cimport", "import") for each in _CYTHON_IMPORT.findall(source))
    return ast.parse(source)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == ROOT


def room(module: str) -> str:
    """Return the first part of a module's name below the package; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def folder(module: str) -> str:
    """Return the folder of a module inside its room, ``ical.importer``; empty if it is in the room itself."""
    parts = module.split(".")
    return ".".join(parts[1:3]) if len(parts) > 3 else ""


def is_package(files: dict[str, Path], module: str) -> bool:
    """Return True for an ``__init__.py``, which gathers what others define."""
    return module in files and files[module].name == "__init__.py"


@cache
def definitions(path: Path) -> frozenset[str]:
    """Return the names that a module itself defines at its top level."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".pyx":
        return frozenset(_CYTHON_DEFINITION.findall(source))
    symbols = symtable(source, str(path), "exec").get_symbols()
    return frozenset(each.get_name() for each in symbols if each.is_assigned() and not each.is_imported())
