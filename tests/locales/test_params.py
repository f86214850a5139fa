"""The tokens that code puts into params of findings, and their words: each token has some, and none are left over."""

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from string import Formatter
from typing import Any

import pytest

import wtisd_model as wm
from tests.gates.import_graph import package_folder
from wtisd_model import Code, EventStatus, ModelError, ReportStatus
from wtisd_model.locales import finding_texts_for, languages
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notes import Notes
from wtisd_model.types.recurrence import parse_rule

LANGUAGES = sorted(languages())
AT = datetime(2023, 4, 12, tzinfo=UTC)
FOLLOWED = ("expected", "form", "allowed", "span")
"""Params that hold tokens only."""
OPEN = ("choices", "member", "part", "minimum", "maximum")
"""Params that hold numbers and names too, which are shown as they are."""


class TestParams:
    """A param is a number, a name or a token, and a token has words in every language."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_param_with_words_is_tested_here(self, language: str) -> None:
        assert finding_texts_for(language).params.keys() == {*FOLLOWED, *OPEN, "status"}

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("key", FOLLOWED)
    def test_the_tokens_in_the_source_are_those_with_words(self, key: str, language: str) -> None:
        assert tokens(key) == finding_texts_for(language).params[key].keys()

    def test_each_finding_is_given_what_its_sentences_need(self) -> None:
        """They are written when somebody reads them, far from the call that left a param out."""
        texts = finding_texts_for("en").codes
        lacking = [
            ast.unparse(call)
            for call, _ in calls()
            if ast.unparse(call.func) == "finding" and isinstance(call.args[0], ast.Attribute)
            if all(keyword.arg for keyword in call.keywords)
            and not placeholders(texts[Code[call.args[0].attr]]) <= {keyword.arg for keyword in call.keywords}
        ]
        assert lacking == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_status_has_words(self, language: str) -> None:
        statuses = {*EventStatus, ReportStatus.YELLOW, ReportStatus.RED}
        assert finding_texts_for(language).params["status"].keys() == statuses

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_token_among_names_and_numbers_has_words(self, language: str) -> None:
        event = wm.wtisd_23()
        found = [
            refused(lambda: event.cancel(at=AT).postpone(at=AT)),
            *unsupported(),
            refused(lambda: parse_rule("FREQ=DAILY;PARTICIPANT=1")),
            refused(lambda: wm.to_ical(event, stamped=AT, reminders=[timedelta(days=-1)])),
            refused(lambda: wm.to_ical(event, stamped=AT, refresh=timedelta(0))),
        ]
        words = finding_texts_for(language).params
        used = {(key, of(key, str(value))) for params in found for key, value in params.items() if key in OPEN}
        assert used == {(key, token) for key in OPEN for token in words[key]}


def of(key: str, value: str) -> str:
    """Return the token in a value: all of it, or what is before a name."""
    return value[: value.find(":") + 1] or value if key == "member" else value


def refused(call: Callable[[], object]) -> dict[str, str | int]:
    """Return the params of the only finding of the error that a call raises."""
    with pytest.raises(ModelError) as error:
        call()
    (found,) = error.value.findings
    return dict(found.params)


def unsupported() -> Iterator[dict[str, str | int]]:
    """Yield the params of findings about members of a foreign document whose names may be personal data."""
    notes = Notes()
    for name in ("", "person"):
        ForeignValue({"participant@example.org": 1}, "", notes).note_others((), name)
    yield from (dict(each.params) for each in notes.findings)


def placeholders(text: Any) -> set[str]:
    """Return the params that the sentences of a code name."""
    return {name for template in text.templates() for _, name, _, _ in Formatter().parse(template) if name}


@cache
def scopes() -> tuple[ast.AST, ...]:
    """Return the functions and methods of the package, and what its modules do when they are imported."""
    found: list[ast.AST] = []
    for path in package_folder().rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
        tree.body = [each for each in tree.body if not isinstance(each, ast.FunctionDef | ast.ClassDef)]
        found.append(tree)
    return tuple(found)


@cache
def calls() -> tuple[tuple[ast.Call, ast.AST], ...]:
    """Return each call, and its scope."""
    return tuple((node, scope) for scope in scopes() for node in ast.walk(scope) if isinstance(node, ast.Call))


@cache
def tokens(key: str) -> frozenset[str]:
    """Return the tokens that a param may hold, of those with a name after a colon only what is before it.

    Raises:
        AssertionError: the source does not show what it holds.
    """
    found: set[str] = set()
    for call, scope in calls():
        for value in (each.value for each in call.keywords if each.arg == key):
            if not (isinstance(value, ast.Attribute) and value.attr == key):  # was a keyword when the object was made
                held = {*strings(value, scope)}
                assert held, ast.unparse(call)
                found |= held
    return frozenset(each[: each.find(":") + 1] or each for each in found)


def strings(value: ast.expr, scope: ast.AST) -> Iterator[str]:
    """Yield each string that an expression may have as its value; of an f-string, what is before its first value."""
    match value:
        case ast.Constant(value=str(text)) | ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from strings(body, scope)
            yield from strings(orelse, scope)
        case ast.Attribute(value=ast.Attribute(attr="container"), attr="__name__"):  # a class
            yield from ("tuple", "frozenset")
        case ast.Attribute(attr=name):
            for source, setter in kept(name):
                yield from strings(source, setter)
        case ast.Name(id=name):
            for source, caller in (*assigned(name, scope), *passed(name, scope)):
                yield from strings(source, caller)


def assigned(name: str, scope: ast.AST) -> Iterator[tuple[ast.expr, ast.AST]]:
    """Yield what a variable may be set to: by assignments, and by a loop over tuples that are there."""
    tuples = [each for each in ast.walk(scope) if isinstance(each, ast.Tuple) and isinstance(each.ctx, ast.Load)]
    for each in ast.walk(scope):
        match each:
            case ast.Assign(targets=[ast.Name(id=bound)], value=value) if bound == name:
                yield value, scope
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple() as row):
                yield from ((value, scope) for value in at(name, names, row))
            case ast.For(target=ast.Tuple(elts=names)):
                yield from ((value, scope) for row in tuples for value in at(name, names, row))
            case _:
                pass


def kept(name: str) -> Iterator[tuple[ast.expr, ast.AST]]:
    """Yield what an attribute of an object is set to."""
    for scope in scopes():
        for each in ast.walk(scope):
            match each:
                case ast.Assign(targets=[ast.Attribute(attr=bound)], value=value) if bound == name:
                    yield value, scope
                case _:
                    pass


def at(name: str, names: list[ast.expr], row: ast.Tuple) -> Iterator[ast.expr]:
    """Yield the item of a tuple that goes to a variable."""
    if len(names) == len(row.elts):
        yield from (
            value for each, value in zip(names, row.elts, strict=True) if isinstance(each, ast.Name) and each.id == name
        )


def passed(name: str, scope: ast.AST) -> Iterator[tuple[ast.expr, ast.AST]]:
    """Yield what a positional argument of a private function is in its calls."""
    if isinstance(scope, ast.FunctionDef):
        names = [each.arg for each in scope.args.args]
        for call, caller in calls() if name in names else ():
            if isinstance(call.func, ast.Name) and call.func.id == scope.name:
                yield call.args[names.index(name)], caller
