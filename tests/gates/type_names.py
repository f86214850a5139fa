"""The names of classes and of other types that the package defines, read from its source, Python and Cython."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_CYTHON_CLASS = re.compile(r"^(?:cdef )?class (\w+)", re.MULTILINE)
_TYPE_NAME = re.compile(r"_?[A-Z]\w*[a-z]\w*")
"""Capitalized words, as `PayloadError` and `SeatId`; constants have no small letters."""


def type_names(path: Path) -> Iterator[str]:
    """Yield the name of each class and each alias of a type in a module, but not of type variables."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".pyx":
        yield from _CYTHON_CLASS.findall(source)
        return
    module = ast.parse(source)
    yield from (node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef))
    for node in module.body:
        if isinstance(node, ast.Assign) and not ast.unparse(node.value).startswith("TypeVar("):
            yield from filter(_TYPE_NAME.fullmatch, map(ast.unparse, node.targets))
