"""Generates the parts of the documentation that repeat the source: fields, enums, states, limits, codes, pictures.

``python -m tests.docs.generate`` rewrites the blocks between comments such as ``<!-- fields: begin -->`` and
``<!-- fields: end -->``, the quotations of codes on their pages, the links to codes, and the files that the code of the
gallery writes; it changes nothing else.
"""

import ast
import inspect
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir
from enum import StrEnum
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, fill
from typing import Any, assert_never

from tests.docs.format_matrix import matrix
from tests.gates.code_blocks import try_page
from wtisd_model import (
    Assignment,
    AttendanceMode,
    Code,
    Dimension,
    Event,
    InterpretationRequest,
    Limits,
    Nature,
    Pledge,
    Registration,
    ReportStatus,
    Roster,
    Severity,
)
from wtisd_model.cli.formats import EVENT_FORMATS
from wtisd_model.columns.header import csv_format
from wtisd_model.columns.table import OBJECTS, columns_of
from wtisd_model.findings import MOST_FINDINGS, MOST_TEXT
from wtisd_model.formats import FORMATS, Format
from wtisd_model.ical.calendar import MOST_REMINDERS
from wtisd_model.importers.indico import INDICO
from wtisd_model.importers.indico_registrations import INDICO_REGISTRATIONS
from wtisd_model.importers.members import Members
from wtisd_model.importers.pretix import PRETIX
from wtisd_model.invitation import Method, Privacy, Reason
from wtisd_model.json.json_schema import meanings, reached_classes
from wtisd_model.locales import finding_texts_for
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.interpretation import REQUEST_STATES
from wtisd_model.model.pledge_parts import PLEDGE_STATES
from wtisd_model.model.registration import REGISTRATION_STATES
from wtisd_model.model.roster import ASSIGNMENT_STATES
from wtisd_model.model.session import EVENT_STATES
from wtisd_model.programme.files import MOST_OCTETS
from wtisd_model.schema.constraints import (
    Boolean,
    CodeList,
    Constraint,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Leaf,
    Map,
    Nested,
    Pattern,
    Text,
    Timestamp,
)
from wtisd_model.schema.fields import FieldSpec, fields_of, json_form_of
from wtisd_model.schema.json_values import AnyJson, AnyOf
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.lifecycle import StateTable

DOCS = Path(__file__).parents[2] / "docs"

Rows = Iterable[Iterable[str]]


def table(head: Iterable[str], rows: Rows) -> str:
    """Return a table in Markdown."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def classes() -> list[type]:
    """Return every class that occurs in JSON: the documents first, then their parts by name."""
    parts = reached_classes(DOCUMENTS) - set(DOCUMENTS)
    return [*DOCUMENTS, *sorted(parts, key=lambda cls: cls.__name__)]


def classes_of_rosters() -> list[type]:
    """Return the classes that occur in rosters only; they have a page of their own, as one would be too long."""
    others = reached_classes([cls for cls in DOCUMENTS if cls is not Roster])
    return [cls for cls in classes() if cls not in others]


def fields_page() -> str:
    """Return the description of every field of every class, but those of rosters."""
    return "\n".join(_class(cls) for cls in classes() if cls not in classes_of_rosters())


def roster_fields_page() -> str:
    """Return the description of every field of the classes of rosters, with links to the page of all others."""
    own = classes_of_rosters()
    page = "\n".join(map(_class, own))
    ids = "|".join(cls.__name__.lower() for cls in own)
    return re.sub(rf"\]\(#(?!(?:{ids})\))", "](fields.md#", page)


def _class(cls: type) -> str:
    meant = meanings(json_form_of(cls))
    rows = [_row(spec, *split_term(meant[spec.name])) for spec in fields_of(cls)]
    head = ("Field", "Holds", "Given", "Meaning", "Standard's term")
    return f"## {cls.__name__}\n\n{first_paragraph(cls)}\n\n{table(head, rows)}"


def _row(spec: FieldSpec, meaning: str, term: str) -> tuple[str, ...]:
    marks = ["personal"] * spec.personal + ["office"] * spec.office
    given = "required" if spec.required else _default(spec)
    names = "<br>".join(f"`{name}`" for name in dict.fromkeys([spec.name, spec.key]))
    return (names, holds(spec.constraint), ", ".join([given, *marks]), meaning, term)


def _default(spec: FieldSpec) -> str:
    default = spec.default
    if isinstance(default, StrEnum):
        return f"else `{default.value}`"
    if isinstance(default, bool):
        return f"else {str(default).lower()}"
    return f"else {default}" if isinstance(default, int) else "optional"


def split_term(meaning: str) -> tuple[str, str]:
    """Return the text of a docstring and, from its parentheses, the term of a standard."""
    match = re.search(r" \(([^()]*)\)", meaning)
    return (meaning, "") if match is None else (meaning[: match.start()] + meaning[match.end() :], match[1])


def holds(constraint: Constraint) -> str:
    """Return a description of the values that a field may hold in JSON."""
    match constraint:
        case Nested():
            bound = "" if constraint.text is None else f", texts of 1 to {constraint.text.maximum:,} characters"
            return f"[{constraint.cls.__name__}](#{constraint.cls.__name__.lower()}){bound}"
        case Items():
            return _items(constraint)
        case Map():
            return f"object, at most {constraint.maximum} members: {_members(constraint)}"
        case AnyOf():
            return finding_texts_for("en").params["expected"][constraint.expected]
        case AnyJson():
            return f"any JSON value, at most {constraint.maximum:,} bytes"
        case _:
            return _single(constraint)


def _single(constraint: Leaf) -> str:
    match constraint:
        case Text():
            return f"{'text of several lines' if constraint.lines else 'text'}, 1 to {constraint.maximum:,} characters"
        case Pattern():
            return f"text, at most {constraint.maximum:,} characters, or {code_link(constraint.code)}"
        case CodeList():
            return f"one of `{constraint.title}` in the schema, or {code_link(constraint.code)}"
        case Enumeration():
            return f"[{constraint.members.__name__}](enums.md#{constraint.members.__name__.lower()})"
        case Integer():
            return f"whole number, {constraint.minimum:,} to {constraint.maximum:,}"
        case DecimalNumber():
            bounds = f"{constraint.minimum:,} to {constraint.maximum:,}"
            return f"decimal number as text, {bounds}, at most {constraint.places} decimals"
        case Boolean():
            return "true or false"
        case Date():
            return "date"
        case Timestamp():
            return "moment"
        case _:
            assert_never(constraint)


def _members(constraint: Map) -> str:
    match constraint.value:
        case Text():
            return "language tag to text"
        case value:
            key = "id of a question" if isinstance(value, AnyOf) else f"name, or {code_link(constraint.key.code)},"
            return f"{key} to {holds(value)}"


def _items(constraint: Items) -> str:
    kind = "set" if constraint.container is frozenset else "list"
    unique = ", no duplicates" if constraint.unique and kind == "list" else ""
    return f"{kind} of {constraint.minimum} to {constraint.maximum:,}{unique}: {holds(constraint.item)}"


def code_link(code: Code) -> str:
    """Return a link to a code on the page of its nature, from another folder of the docs."""
    return f"[{code.value}](../{code_page(code)}#{code.value})"


def code_page(code: Code) -> str:
    """Return the page that describes a code."""
    return f"errors/{code.nature.value}.md"


def first_paragraph(cls: type) -> str:
    """Return the first paragraph of a docstring as one line."""
    return " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())


def enums_page() -> str:
    """Return the description of every public enum: the fields that use it, and its members."""
    used: dict[type[StrEnum], list[str]] = {
        AttendanceMode: ["`Event.attendance_mode`"],
        Dimension: ["`Totals.by`"],
        ReportStatus: ["`Pledge.report_status`"],
    }
    for cls in classes():
        for spec in fields_of(cls):
            for members in _choices(spec.constraint):
                used.setdefault(members, []).append(f"`{cls.__name__}.{spec.name}`")
    enums: list[type[StrEnum]] = [*used, Severity, Nature, Method, Privacy, Reason]
    return "\n".join(_enum(each, used.get(each, [])) for each in sorted(enums, key=lambda each: each.__name__))


def _choices(constraint: Constraint) -> Iterator[type[StrEnum]]:
    if isinstance(constraint, Enumeration):
        yield constraint.members
    elif isinstance(constraint, Items):
        yield from _choices(constraint.item)


def _enum(members: type[StrEnum], used: list[str]) -> str:
    meant = _member_meanings(members)
    head = ("Python", "JSON", "Meaning") if meant else ("Python", "JSON")
    rows = [(f"`{each.name}`", f"`{each.value}`", *([meant.get(each.name, "")] if meant else [])) for each in members]
    at = f" In {', '.join(used)}." if used else ""
    about = fill(first_paragraph(members) + at, 120, break_long_words=False, break_on_hyphens=False)
    return f"## {members.__name__}\n\n{about}\n\n{table(head, rows)}"


def _member_meanings(members: type[StrEnum]) -> dict[str, str]:
    """Return the meaning of each member of an enum: the string below it in the source."""
    body = ast.parse(dedent(inspect.getsource(members))).body[0]
    found: dict[str, str] = {}
    for member, below in pairwise(body.body if isinstance(body, ast.ClassDef) else []):
        match member, below:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(value=ast.Constant(value=str() as meaning)):
                found[name] = meaning
            case _:
                pass
    return found


STATES: tuple[tuple[str, StateTable[Any], type, str], ...] = (
    ("Event and Session", EVENT_STATES, Event, "status"),
    ("Registration", REGISTRATION_STATES, Registration, "state"),
    ("InterpretationRequest", REQUEST_STATES, InterpretationRequest, "state"),
    ("Pledge", PLEDGE_STATES, Pledge, "state"),
    ("Assignment", ASSIGNMENT_STATES, Assignment, "state"),
)


def states_page() -> str:
    """Return the description of every state table: its moves, and its initial and final states."""
    return "\n".join(_states(*each) for each in STATES)


def _states(title: str, moves: StateTable[Any], cls: type, name: str) -> str:
    (spec,) = (spec for spec in fields_of(cls) if spec.name == name)
    (states,) = _choices(spec.constraint)
    left = {state for move in moves.moves for state in move.before}
    rows = [(f"`{each.verb}`", _words(each.before), f"`{each.after.value}`") for each in moves.moves]
    ends = _words(set(states) - left) or "none"
    return (
        f"## {title}\n\nThe field `{name}`. Initial state: {_words(moves.initial, 'or')}. Final states: {ends}.\n\n"
        f"{table(('Verb', 'From', 'To'), rows)}"
    )


def _words(states: Iterable[StrEnum], last: str = "") -> str:
    words = [f"`{each}`" for each in sorted(each.value for each in states)]
    joint = f" {last} " if last else ", "
    return joint.join(words)


def limits_page() -> str:
    """Return the description of the limits of a payload, which a caller sets, and of the fixed limits."""
    meant = meanings(Limits)
    rows = [(f"`{spec.name}`", holds(spec.constraint), meant[spec.name]) for spec in fields_of(Limits)]
    fixed = (
        ("Findings in an `Outcome`", f"{MOST_FINDINGS:,}"),
        ("Characters of the findings in an `Outcome`", f"{MOST_TEXT:,}"),
        ("Octets of what `to_ical` and the writers of other formats write", f"{MOST_OCTETS:,}"),
        ("Reminders for `to_ical`", f"{MOST_REMINDERS:,}"),
        ("Years of any date or time", f"{FIRST_YEAR} to {LAST_YEAR}"),
    )
    head = ("Name in `Limits`", "Holds", "Meaning and default")
    return f"{table(head, rows)}\n{table(('Fixed', 'At most'), fixed)}"


def columns_page() -> str:
    """Return the description of every column of the objects that become rows of a table."""
    return "\n".join(_columns(cls) for cls in OBJECTS)


def _columns(cls: type) -> str:
    rows = [
        (f"`{each.name}`", in_python(each.constraint), "personal" if each.personal else "") for each in columns_of(cls)
    ]
    return f"## {cls.__name__}\n\n{table(('Column', 'In Python', 'Only on request'), rows)}"


def in_python(constraint: Constraint) -> str:
    """Return the Python type of the values of a column."""
    match constraint:
        case Items():
            return f"tuple of {in_python(constraint.item)}"
        case Integer():
            return "`int`"
        case DecimalNumber():
            return "`Decimal`"
        case Boolean():
            return "`bool`"
        case Date():
            return "`date`"
        case Timestamp():
            return "`datetime`"
        case _:
            return "`str`"


def members_page(kinds: Mapping[str, Members]) -> str:
    """Return the members of the objects of another system, with the fields that they become."""
    return "\n".join(
        f"### {kind}\n\n{table((f'Field of {each.becomes}', 'Members'), _member_rows(each))}"
        for kind, each in kinds.items()
    )


def _member_rows(members: Members) -> Iterator[tuple[str, str]]:
    for name, read in members.fields.items():
        yield f"`{name}`", _listed(read)
    yield "left out", _listed(members.left_out)


def _listed(names: str) -> str:
    return ", ".join(f"`{each}`" for each in names.split())


def formats_page() -> str:
    """Return what each format of events carries of each field."""
    formats = [target.carries({"personal": True}) for target in EVENT_FORMATS.values()]
    return "\n".join(
        f"## {cls.__name__}\n\n{table(['Field', *(each.name for each in formats)], rows)}"
        for cls, rows in matrix(Event, formats)
    )


def exports_page() -> str:
    """Return what the formats of pledges and of registrations carry of each field."""
    return "\n".join(
        _export(root, each) for root, each in ((Pledge, FORMATS["iati"]), (Registration, FORMATS["vcard"]))
    )


def tables_page() -> str:
    """Return what tables carry of the fields of each class of rows."""
    return "\n".join(f"### {cls.__name__}\n\n{_export(cls, csv_format(cls))}" for cls in OBJECTS)


def _export(root: type, format_: Format) -> str:
    rows = (
        (f"`{cls.__name__}.{name.strip('`')}`", kept) for cls, cells in matrix(root, [format_]) for name, kept in cells
    )
    return table(("Field", format_.name), rows)


def tokens_page() -> str:
    """Return a table of the tokens that params of findings may hold, with their English words."""
    tables = finding_texts_for("en").params
    rows = [
        (f"`{key}`", f"`{token}`" if token else "(empty)", words)
        for key, tokens in tables.items()
        for token, words in tokens.items()
    ]
    return table(("Param", "Token", "In English"), rows)


def codes_page() -> str:
    """Return the list of codes by their nature; each has the anchor that it keeps if its nature changes."""
    return "\n".join(_nature(each) for each in Nature)


def _nature(nature: Nature) -> str:
    about = (DOCS / "errors" / f"{nature.value}.md").read_text(encoding="utf-8").split("\n\n")[1]
    rows = [
        f'- <a id="{each.value}"></a>[{each.value}]({code_page(each)}#{each.value}): {_plain(each.message)}\n'
        for each in Code
        if each.nature is nature
    ]
    return f"## {nature.value.title()}\n\n{about.replace('](../', '](')}\n\n{''.join(rows)}"


def example(path: str) -> str:
    """Return a file of the examples as a block of Python."""
    return f"```python\n{(DOCS / 'examples' / path).read_text(encoding='utf-8')}```\n"


def program(path: str) -> str:
    """Return a file of the examples as a block that is written to a file, and does not run by itself."""
    return f"<!-- file: {Path(path).name} -->\n{example(path)}"


BLOCKS: dict[str, dict[str, Callable[[], str]]] = {
    "errors.md": {"codes": codes_page},
    "how-to/coming-from-indico.md": {"indico": partial(members_page, {**INDICO, **INDICO_REGISTRATIONS})},
    "how-to/coming-from-pretix.md": {"pretix": partial(members_page, PRETIX)},
    "how-to/databases.md": {"store": partial(example, "conference/store.py")},
    "how-to/letters.md": {"worker": partial(program, "conference/worker.py")},
    "reference/columns.md": {"columns": columns_page},
    "reference/enums.md": {"enums": enums_page},
    "reference/fields.md": {"fields": fields_page},
    "reference/fields-of-rosters.md": {"fields": roster_fields_page},
    "reference/formats.md": {"formats": formats_page, "exports": exports_page, "tables": tables_page},
    "reference/limits.md": {"limits": limits_page},
    "reference/states.md": {"states": states_page},
    "reference/terms.md": {"tokens": tokens_page},
}
"""The blocks of each page, by their names in the comments."""

_SECTION = re.compile(r"^## (?P<word>\S+)\n\n(?:>.*\n)*\n?", re.MULTILINE)


def rewritten(page: str, text: str) -> str:
    """Return a page with its blocks brought up to date.

    Raises:
        LookupError: a block is not on the page.
    """
    for name, block in BLOCKS[page].items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, found, rest = text.partition(f"{begin}\n")
        _, closed, after = rest.partition(f"{end}\n")
        if not (found and closed):
            raise LookupError(f"{page} has no block {name}")
        text = f"{before}{begin}\n\n{block()}\n{end}\n{after}"
    return text


def with_quotations(text: str) -> str:
    """Return a page of codes with up-to-date quotations.

    Raises:
        ValueError: a section names no code.
    """
    return _SECTION.sub(lambda match: f"## {match['word']}\n\n{quotation(Code(match['word']))}\n", text)


def quotation(code: Code) -> str:
    """Return the quotation of a code: severity, message, fix, and the fix for the sender of a submission."""
    sender = finding_texts_for("en").codes[code].fix_submission
    to_sender = "" if sender is None else f"\\\n> to the sender: {sender}"
    return _plain(f"> {code.severity.value}: {code.message}\\\n> fix: {code.fix}{to_sender}\n")


def _plain(text: str) -> str:
    return text.replace(":d}", "}")  # a number that is not grouped


_LINK = re.compile(r"\]\([\w./]*\berrors(?:/\w+)?\.md#(?P<word>[a-z0-9-]+)\)")


def with_links(page: Path, text: str) -> str:
    """Return the text of a page with its links to codes leading to the pages of their natures."""
    natures = {each.value for each in Nature}

    def link(match: re.Match[str]) -> str:
        if match["word"] in natures:
            return match[0]
        target = os.path.relpath(DOCS / code_page(Code(match["word"])), page.parent)
        return f"]({target}#{match['word']})"

    return _LINK.sub(link, text)


def pages() -> list[Path]:
    """Return the pages of the docs, and those beside them."""
    return sorted([*DOCS.parent.glob("*.md"), *DOCS.rglob("*.md")])


WRITTEN = {"gallery.md": "gallery", "how-to/build-a-conference.md": "conference"}
"""The pages that show what their code writes, with the folder that it is in."""

WRITES_NOTHING = "\n## Take registrations\n"
"""The heading below which the code of these pages writes nothing that they show, and takes its time."""


def gallery() -> dict[str, bytes]:
    """Return the files that the code of these pages writes, by their paths in the gallery."""
    made: dict[str, bytes] = {}
    for page, folder in WRITTEN.items():
        text, _, _ = (DOCS / page).read_text(encoding="utf-8").partition(WRITES_NOTHING)
        inside = "" if folder == "gallery" else f"{folder}/"
        with TemporaryDirectory() as place, chdir(place):
            Path("docs").symlink_to(DOCS)
            try_page(text, Path(place))
            made |= {f"{inside}{path.name}": path.read_bytes() for path in Path(folder).iterdir()}
    return made


def main() -> None:
    """Rewrite every page, and the files of the gallery."""
    for page in BLOCKS:
        path = DOCS / page
        path.write_text(rewritten(page, path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (DOCS / "errors").glob("*.md"):
        path.write_text(with_quotations(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in pages():
        path.write_text(with_links(path, path.read_text(encoding="utf-8")), encoding="utf-8")
    for name, content in gallery().items():
        path = DOCS / "gallery" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
