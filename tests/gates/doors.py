"""The imports in tests that go past the doors of the package: each one moves when a module moves.

A door is a module that `docs/reference/python.md` and its pages name. What is behind it may move at any time.
"""

import re
from collections import Counter
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]

INSIDE = {
    ".": 13,
    "benchmarks": 17,
    "cli": 22,
    "columns": 33,
    "data": 11,
    "docs": 24,
    "exports": 1,
    "fuzz": 21,
    "gates": 1,
    "ical": 52,
    "importers": 5,
    "integrations": 24,
    "invitation": 13,
    "jscalendar": 19,
    "json": 54,
    "jsonld": 4,
    "locales": 4,
    "mail": 14,
    "markup": 7,
    "model": 26,
    "outside": 20,
    "page": 6,
    "pictures": 24,
    "planning": 12,
    "programme": 17,
    "reading": 9,
    "roster": 22,
    "rules": 32,
    "samples": 4,
    "schedule": 5,
    "schema": 26,
    "strategies": 47,
    "types": 33,
}
"""How many there may be in each folder of the tests. A number only falls: where fewer are left, lower it.

They are for what has no door. Some tests are about every class and constraint (`benchmarks`, `docs`, `fuzz`,
`strategies`) or about rooms without public names (`data`, `locales`, `markup`, `schema`, `types`), and some about parts
that nothing else would hold to account: the accelerator (`json`), the codecs (`ical`), the layout (`pictures`).
"""

_TESTS = re.compile(r"^\s*from tests\S* import \(?.*\btest_|^\s*(?:from|import) tests\S*\btest_", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:from|import) (wtisd_model\.\w+\.[\w.]+)", re.MULTILINE)


def doors() -> set[str]:
    """Return the modules from which the docs import."""
    named = re.compile(r"^\.\. (?:currentmodule:: ([\w.]+)|auto\w+:: ([\w.]+)\.\w+)$", re.MULTILINE)
    return {current or owner for page in _pages() for current, owner in named.findall(page)}


def public_names() -> set[str]:
    """Return the names of the functions and classes on the pages of the Python API."""
    return {
        name for page in _pages() for name in re.findall(r"^\.\. auto[\w:]+ (?:[\w.]+\.)?(\w+)$", page, re.MULTILINE)
    }


def _pages() -> list[str]:
    return [page.read_text("utf-8") for page in (CHECKOUT / "docs/reference").rglob("*.md")]


def deep_imports() -> Counter[str]:
    """Return how many imports in each folder of the tests name a module in a room of the package that is no door."""
    public = doors()
    counted: Counter[str] = Counter()
    for path in (CHECKOUT / "tests").rglob("*.py"):
        folder = path.relative_to(CHECKOUT / "tests").parts[0] if path.parent.name != "tests" else "."
        counted[folder] += sum(module not in public for module in _IMPORT.findall(path.read_text("utf-8")))
    return +counted


def imports_of_tests() -> list[str]:
    """Return the files that import from a module with tests; what several need is in a module without any."""
    files = [path.relative_to(CHECKOUT) for path in (CHECKOUT / "tests").rglob("*.py")]
    return sorted(path.as_posix() for path in files if _TESTS.search((CHECKOUT / path).read_text("utf-8")))
