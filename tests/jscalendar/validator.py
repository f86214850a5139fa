"""A validator of JSCalendar 1.0 and 2.0, which knows the two specifications and nothing of the package.

PyPI and npm had no validator of JSCalendar in November 2026, so this one is ours: `specification` has the tables,
`values` the value types, `between` the rules between properties. `test_validator` holds it against every example of the
texts, and has for each rule a document that breaks it.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import define, field, frozen

from tests.jscalendar.between import BETWEEN
from tests.jscalendar.patches import escape, faults, patched
from tests.jscalendar.specification import SPECIFICATIONS, Property, Specification
from tests.jscalendar.values import FORMATS, SCALARS, is_vendor

Json = dict[str, Any]

STRUCTURE: Final = frozenset(
    {
        *("I-JSON", "type", "@type", "mandatory", "unknown", "case", "context", "reserved", "obsolete", "version"),
        *("value", "set", "bounds", "empty", "patch pointer", "patch into an array", "patch of nothing"),
        *("patch within another", "patch ignored", "patch of an exclusion", "localized property"),
    }
)
RULES: Final = frozenset(
    STRUCTURE
    | {each.name for each in BETWEEN}
    | (FORMATS.keys() - {"color of 1.0"})
    | (SCALARS["2.0"].keys() - {"*", "String", "Boolean", "null"}),
)
"""The name of every rule."""


@frozen
class Violation:
    """A rule that a document breaks, and the JSON Pointer of the value that breaks it."""

    rule: str
    pointer: str


def validate(document: bytes | str | Mapping[str, Any], version: str | None = None) -> list[Violation]:
    """Return every violation of *version*, by default the one that the document names, and 1.0 if it names none."""
    if isinstance(document, bytes | str):
        try:
            text = document.decode() if isinstance(document, bytes) else document
            document = json.loads(text, object_pairs_hook=_without_repeated_names, parse_constant=_not_json)
        except ValueError:
            return [Violation("I-JSON", "")]
    if not isinstance(document, dict):
        return [Violation("type", "")]
    stated = document.get("version", "1.0")
    chosen = version or (stated if isinstance(stated, str) else "")
    if chosen not in SPECIFICATIONS:
        return [Violation("version", "/version")]
    validation = _Validation(SPECIFICATIONS[chosen])
    validation.i_json(document, "")
    name = document.get("@type")
    if isinstance(name, str) and name in {"Event", "Task", "Group"}:
        validation.version(document)
        validation.object(document, name, "", document)
    else:
        validation.add("@type", "/@type")
    return validation.violations


def _not_json(constant: str) -> Any:
    raise ValueError(constant)


def _without_repeated_names(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError
    return made


_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")  # surrogates and noncharacters
_JSON_TYPES: Mapping[str, type] = {"Int": int, "UnsignedInt": int, "Boolean": bool, "null": type(None)}


@define
class _Validation:
    specification: Specification
    violations: list[Violation] = field(factory=list[Violation])

    def add(self, rule: str, pointer: str) -> None:
        violation = Violation(rule, pointer)
        if violation not in self.violations:
            self.violations.append(violation)

    def i_json(self, value: Any, pointer: str) -> None:
        """RFC 7493: no surrogates or noncharacters in strings, and integers that a double holds."""
        if isinstance(value, str):
            if _FORBIDDEN.search(value):
                self.add("I-JSON", pointer)
        elif isinstance(value, dict):
            for name, each in value.items():
                self.i_json(name, f"{pointer}/{escape(name)}")
                self.i_json(each, f"{pointer}/{escape(name)}")
        elif isinstance(value, list):
            for index, each in enumerate(value):
                self.i_json(each, f"{pointer}/{index}")
        elif isinstance(value, int) and abs(value) >= 2**53:
            self.add("I-JSON", pointer)

    def version(self, document: Json) -> None:
        """Section 3.1.2: the topmost object of 2.0 "MUST set" it, entries of a group "MUST NOT"; optional in 1.0."""
        chosen = self.specification.version
        if document.get("version", "1.0") != chosen:
            self.add("version", "/version")
        entries = document.get("entries")
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict) and "version" in entry and (chosen, entry["version"]) != ("1.0", "1.0"):
                self.add("version", f"/entries/{index}/version")

    def object(self, value: Json, name: str, pointer: str, entry: Json) -> None:
        """Check an object of the type *name* in the event or task *entry*."""
        table = self.specification.types[name]
        for key, each in value.items():
            here = f"{pointer}/{escape(key)}"
            if key == "@type":
                if each != name:
                    self.add("@type", here)
            elif key in table:
                self.value(each, table[key], here, entry)
            elif not is_vendor(key):
                self.add(self._fault_of(key, name), here)
        if "@type" not in value and self.specification.version == "1.0":
            self.add("@type", f"{pointer}/@type")
        for key, property_ in table.items():
            if property_.mandatory and key not in value:
                self.add("mandatory", f"{pointer}/{key}")
        for rule in BETWEEN:
            if name in rule.types and self.specification.version in rule.versions:
                for suffix in rule.check(value, entry):
                    self.add(rule.name, f"{pointer}/{suffix}".rstrip("/"))
        if name in {"Event", "Task", "TimeZoneRule"}:
            self._patches(value, name, pointer)

    def _fault_of(self, key: str, name: str) -> str:
        pairs = {(name, key), ("*", key)}
        if pairs & self.specification.reserved:
            return "reserved"
        if pairs & self.specification.obsolete:
            return "obsolete"
        known = {each for one in SPECIFICATIONS.values() for table in one.types.values() for each in table}
        if key in known:
            return "context"
        # Section 1.7.1: "invalid if a type name, property name, or enumerated value only differs in case".
        return "case" if key.lower() in {each.lower() for each in known} else "unknown"

    def value(self, value: Any, property_: Property, pointer: str, entry: Json) -> None:
        """Check the value of a property."""
        if property_.nonempty and value in ([], {}):
            self.add("empty", pointer)
        self._of_type(value, property_.signature, property_, pointer, entry)

    def _of_type(self, value: Any, signature: str, property_: Property, pointer: str, entry: Json) -> None:
        if signature.endswith("[]"):
            if not isinstance(value, list):
                self.add("type", pointer)
                return
            for index, each in enumerate(value):
                self._of_type(each, signature[:-2].strip("()"), property_, f"{pointer}/{index}", entry)
        elif signature.endswith("]"):
            self._map(value, signature, property_, pointer, entry)
        elif signature in SCALARS["1.0"] or signature.endswith("|null"):
            self._scalar(value, signature, property_, pointer)
        elif not isinstance(value, dict):
            self.add("type", pointer)
        else:
            self._one_of(value, signature.split("|"), property_, pointer, entry)

    def _one_of(self, value: Json, names: list[str], property_: Property, pointer: str, entry: Json) -> None:
        default = names[0] if len(names) == 1 else property_.default_type
        name = value.get("@type", default)
        if isinstance(name, str) and name in names and name in self.specification.types:
            # The entries of a group are the events and tasks that their own parts belong to.
            self.object(value, name, pointer, value if name in {"Event", "Task"} else entry)
        elif len(names) == 1 or not isinstance(name, str) or name.lower() in {each.lower() for each in names}:
            self.add("@type", f"{pointer}/@type")
        # Any other type is an UnknownTrigger, or an entry that "implementations MUST ignore".

    def _map(self, value: Any, signature: str, property_: Property, pointer: str, entry: Json) -> None:
        if not isinstance(value, dict):
            self.add("type", pointer)
            return
        key_type, _, value_type = signature[:-1].partition("[")
        for key, each in value.items():
            here = f"{pointer}/{escape(key)}"
            if key_type != "TimeZoneId":  # the names of custom zones have a rule of their own
                self._scalar(key, key_type, property_, here)
            if value_type == "Boolean":
                if each is not True:
                    self.add("set" if isinstance(each, bool) else "type", here)
            elif value_type == "String":
                if not isinstance(each, str):
                    self.add("type", here)
            elif value_type != "PatchObject":
                self._of_type(each, value_type, property_, here, entry)

    def _scalar(self, value: Any, signature: str, property_: Property, pointer: str) -> None:
        tests = SCALARS[self.specification.version]
        fitting = [name for name in signature.split("|") if tests[name](value)]
        if not fitting:
            first = signature.split("|", 1)[0]
            expected = _JSON_TYPES.get(first, str)
            right_kind = isinstance(value, expected) and not (expected is int and isinstance(value, bool))
            self.add(first if right_kind and first != "String" else "type", pointer)
        elif isinstance(value, str):
            self._string(value, property_, pointer)
        elif isinstance(value, int) and not isinstance(value, bool):
            low, high = property_.bounds or (value, value)
            if not low <= value <= high or (property_.nonzero and value == 0):
                self.add("bounds", pointer)

    def _string(self, value: str, property_: Property, pointer: str) -> None:
        if property_.values and value not in property_.values and not (property_.vendor and is_vendor(value)):
            self.add("value", pointer)
        if property_.format and not FORMATS[property_.format](value):
            self.add("color" if property_.format == "color of 1.0" else property_.format, pointer)

    def _patches(self, base: Json, name: str, pointer: str) -> None:
        # A translation of an occurrence is a patch of the localizations in its override, so these are part of it.
        for key, apart in (("recurrenceOverrides", ()), ("localizations", ("localizations",))):
            patches = base.get(key)
            if not isinstance(patches, dict) or key not in self.specification.types[name]:
                continue
            plain = {each: value for each, value in base.items() if each not in {"recurrenceOverrides", *apart}}
            unpatched = _Validation(self.specification)
            unpatched.object(plain, name, "", plain)
            for of, patch in patches.items():
                here = f"{pointer}/{key}/{escape(of)}"
                if not isinstance(patch, dict):
                    self.add("type", here)
                elif key == "recurrenceOverrides" and "excluded" in patch and self.specification.version == "2.0":
                    # Section 3.3.4: "MUST be a JSON object with a single member".
                    if len(patch) > 1 or patch["excluded"] is not True:
                        self.add("patch of an exclusion", here)
                else:
                    self._patch(plain, patch, key, name, here, unpatched.violations)

    def _patch(self, base: Json, patch: Json, key: str, name: str, here: str, known: list[Violation]) -> None:
        found = list(faults(base, patch, key, self.specification))
        for rule, pointer in found:
            self.add(rule, f"{here}/{escape(pointer)}")
        if any(rule != "patch ignored" for rule, _ in found):
            return
        # Condition 4: "the value for the patch MUST be valid for the property being set".
        whole = patched(base, patch)
        after = _Validation(self.specification)
        after.object(whole, name, "", whole)
        for violation in after.violations:
            if violation not in known:
                at = next((each for each in patch if f"{violation.pointer}/".startswith(f"/{each}/")), None)
                rest = "" if at is None else violation.pointer.removeprefix(f"/{at}")
                self.add(violation.rule, here if at is None else f"{here}/{escape(at)}{rest}")
