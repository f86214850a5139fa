"""The codes, and their sentences."""

import ast
import pickle
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

from tests.gates.import_graph import package_folder
from wtisd_model import Code, Nature, Severity
from wtisd_model.findings import finding, for_sender
from wtisd_model.integrations.foreign_errors import OMITTED
from wtisd_model.locales import finding_texts_for
from wtisd_model.locales.locale import PluralForms, Sentence

TESTS = Path(__file__).parent
SENTENCES = finding_texts_for("en").codes


def templates(sentence: Sentence | None) -> Iterator[str]:
    """Yield every form of a sentence."""
    if isinstance(sentence, PluralForms):
        forms = (getattr(sentence, form) for form in ("none", "zero", "one", "two", "few", "many", "other"))
        yield from filter(None, forms)
    elif sentence is not None:
        yield sentence


def parts(code: Code) -> list[Sentence]:
    text = SENTENCES[code]
    return [part for part in (text.message, text.fix, text.fix_submission, text.only_value) if part is not None]


def all_templates(code: Code) -> list[str]:
    return [each for part in parts(code) for each in templates(part)]


def placeholders(code: Code) -> set[str]:
    """Return the params that the sentences of a code need, those that choose a plural form included."""
    shown = {name for each in all_templates(code) for _, name, _, _ in Formatter().parse(each) if name is not None}
    return shown | {part.count for part in parts(code) if isinstance(part, PluralForms)}


def reports() -> Iterator[tuple[str, set[str]]]:
    """Read from the source each call that reports a code, with the names of its params; unknown ones are left out."""
    for path in package_folder().rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="finding") | ast.Attribute(attr="note" | "note_once" | "note_once_at"),
                    args=[ast.Attribute(value=ast.Name(id="Code"), attr=name), *_],
                ) if all(each.arg for each in node.keywords):
                    yield name, {each.arg or "" for each in node.keywords}
                case _:
                    pass


class TestCode:
    """STYLE: programs test the code; the wording may improve at any time."""

    def test_no_program_can_change_what_a_code_means(self) -> None:
        for name, value in (("severity", Severity.WARNING), ("nature", Nature.RULE), ("message", "x"), ("value", "x")):
            with pytest.raises(AttributeError):
                setattr(Code.KEY_MISSING, name, value)
        assert Code.KEY_MISSING.severity is Severity.ERROR

    def test_each_is_the_name_of_its_member_in_kebab_case(self) -> None:
        wrong = [code for code in Code if code.value != code.name.lower().replace("_", "-")]
        assert not wrong
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code) for code in Code)

    def test_it_equals_its_text_and_survives_pickling(self) -> None:
        text: str = "zone-unknown"
        assert text == Code.ZONE_UNKNOWN
        assert f"{Code.ZONE_UNKNOWN}" == text
        assert Code(text) is pickle.loads(pickle.dumps(Code.ZONE_UNKNOWN)) is Code.ZONE_UNKNOWN

    def test_only_rules_and_what_is_left_out_of_a_format_are_warnings(self) -> None:
        assert {code.nature for code in Code if code.severity is Severity.WARNING} == {
            Nature.RULE,
            Nature.EXPORT,
            Nature.INCOMING,
        }

    def test_each_is_provoked_by_a_test(self) -> None:
        files = [path for path in TESTS.rglob("*.py") if path != Path(__file__) and path.name != "generate.py"]
        tests = "".join(path.read_text(encoding="utf-8") for path in files)
        assert [code.name for code in Code if f"Code.{code.name}" not in tests and f'"{code}"' not in tests] == []


class TestSentences:
    """STYLE: a message never repeats the input, and the reader can carry out the fix."""

    def test_each_code_has_sentences_and_no_sentence_is_left_over(self) -> None:
        assert sorted(SENTENCES) == sorted([*Code, OMITTED])

    def test_its_placeholders_are_the_params_that_it_is_reported_with(self) -> None:
        known = [*reports()]
        assert len({name for name, _ in known}) > len(Code) * 0.8
        wrong = [(name, names) for name, names in known if names - {"suggestion"} != placeholders(Code[name])]
        assert wrong == []

    def test_no_message_holds_a_brace(self) -> None:
        for code, number in product(Code, (0, 1, 2, 5)):
            found = finding(code, "/a", **dict.fromkeys(placeholders(code), number), suggestion="fr")
            for told in (found, for_sender(found)):
                assert not {*str(told)} & {"{", "}"}, code

    def test_each_is_a_whole_sentence(self) -> None:
        texts = [each for code in Code for each in all_templates(code)]
        assert [each for each in texts if each != each.strip() or not each.endswith((".", '".'))] == []

    def test_a_fix_is_not_python_because_the_command_line_shows_it_too(self) -> None:
        # No document holds these: only a constructor refuses them.
        for code in {*Code} - {Code.LIST_MISSING, Code.TEXT_WITHOUT_LANGUAGE, Code.ZONE_MISSING}:
            for fix in (*templates(SENTENCES[code].fix), *templates(SENTENCES[code].fix_submission)):
                assert re.search(r"\w=|\w\(|\.\.\.", fix) is None
                for function, command in (("from_ical", "import"), ("read_reply", "reply")):
                    assert function not in fix or f"wtisd-model {command}" in fix or "in Python" in fix

    def test_the_general_form_stands_for_a_sentence_with_plural_forms(self) -> None:
        assert Code.TOO_FEW_ITEMS.message == "At least {minimum} items are required."
        assert Code.TOO_FEW_ITEMS.fix == "Add more items."
