"""Planted faults in what is compiled: each is noticed by a test that every engine has to pass.

Each fault is built for itself, which takes a while: they stand apart from what the README's command runs.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from tests.export import test_writing as writing
from tests.laws import sampled
from tests.payload import test_engines as engines
from tests.payload import test_engines_bytes as raw_bytes
from tests.payload import test_engines_pieces as pieces
from tests.payload import test_engines_refusals as refusals
from tests.payload.engines import ENGINES
from tests.payload.test_planted_faults import cases
from tests.payload.ways import ROOMY, validator
from wtisd_model.model.event import Event
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.payload import native

SOURCES = Path(str(native.__file__)).parent


class Fault(NamedTuple):
    """One change of one of the sources."""

    what: str
    source: str
    good: str
    bad: str


FAULTS = (
    Fault(
        "a vertical tab is a blank",
        "parsing",
        'or cursor.at[0] == c"\\t":',
        'or cursor.at[0] == c"\\t" or cursor.at[0] == 11:',
    ),
    Fault("controls stand in texts", "leaves", "if character >= 0x20 and", "if character > 0 and"),
    Fault("a quote that is escaped ends a text", "parsing", '        if at[0] == c"\\\\":\n            at += 1\n', ""),
    Fault(
        "half a surrogate pair is UTF-8",
        "parsing",
        "PyUnicode_DecodeUTF8(<const char *>start, end - start, NULL)",
        'PyUnicode_DecodeUTF8(<const char *>start, end - start, "surrogatepass")',
    ),
    Fault(
        "what is unknown may have keys twice",
        "parsing",
        "    if _strings(start, cursor.at - start) != _texts(value):",
        "    if False:",
    ),
    Fault(
        "a colon may be missing",
        "parsing",
        '    if not is_next(cursor, c":"):\n        return -1\n',
        '    is_next(cursor, c":")\n',
    ),
    Fault(
        "keys are taken as they are spelled",
        "parsing",
        ' or end[0] == c"\\\\":\n            return -1',
        ":\n            return -1",
    ),
    Fault(
        "a field may come twice", "plans", "if there >> place.number & 1 or (plain is not None", "if (plain is not None"
    ),
    Fault("a field in doubt may come twice", "plans", "& 1 or (plain is not None and place.key in plain):", "& 1:"),
    Fault("an unknown key may come twice", "plans", "if cursor.is_lost or name in head:", "if cursor.is_lost:"),
    Fault("a language may come twice", "plans", "key in made or len(made)", "len(made)"),
    Fault(
        "a list may have one item more",
        "plans",
        "if one is unsound or len(made) == self.maximum:",
        "if one is unsound or len(made) > self.maximum:",
    ),
    Fault(
        "a comma may be missing between parts",
        "plans",
        'if not is_next(cursor, c","):\n                    cursor.is_lost',
        'if not is_next(cursor, c",") and False:\n                    cursor.is_lost',
    ),
    Fault(
        "a field that is required is not counted",
        "plans",
        "if lacking == 0 and plain is None and",
        "if plain is None and",
    ),
    Fault("anything may come after a document", "plans", "return made if is_whole and not", "return made if not"),
    Fault("null is there", "plans", "if not (made is unsound and value is None):", "if True:"),
    Fault("a number may begin with nought", "leaves", ' or (first[0] == c"0" and digits > 1)', ""),
    Fault("there are 25 hours", "leaves", "hour > 23", "hour > 24"),
    Fault("every year has a 29 February", "leaves", "return 29 if year % 4 == 0 and", "return 29 if True or"),
    Fault(
        "a word may end in a control",
        "leaves",
        "                if end[0] != c'\"':\n                    return unsound\n",
        "",
    ),
    Fault("an address may have one label", "leaves", "labels > 1 and ", ""),
    Fault(
        "a blank at the end is not seen",
        "leaves",
        '    if PyUnicode_READ(kind, data, length - 1) == u" ":\n        return False\n',
        "",
    ),
    Fault("strings are miscounted", "measuring", 'index += 2 if at[index] == c"\\\\" else 1', "index += 1"),
    Fault(
        "characters take one byte",
        "measuring",
        "room[0] -= A_CHARACTER * len(<str>value)",
        "room[0] -= len(<str>value)",
    ),
    Fault(
        "depth is not measured",
        "measuring",
        "    if levels == 0:\n        return None\n",
        "    if levels == -900:\n        return None\n",
    ),
    Fault("rules are asked about what is unsound", "telling", " and not rule.asked & unsound:", ":"),
    Fault(
        "findings are not bounded",
        "telling",
        "        if len(self.kept) == MOST_FINDINGS:\n            self.full = True\n",
        "",
    ),
    Fault("of two words the other was meant", "words", "each > near", "each < near"),
    Fault("backslashes are written as they are", "writing", '    ESCAPES[c"\\\\"] = c"\\\\"\n', ""),
    Fault(
        "fractions of a second are cut off",
        "writing",
        "paper.put_digits(datetime_microsecond(held), 6)",
        "paper.put_digits(datetime_microsecond(held) // 10, 5)",
    ),
)
"""What to replace where, and what that would mean."""

Check = Callable[[str], object]


def checks() -> Iterator[Check]:
    """Give tests of an engine, the quick ones first."""
    bytes_, blanks, strings, unknown = (
        raw_bytes.TestEveryByte(),
        raw_bytes.TestBlanks(),
        raw_bytes.TestStrings(),
        raw_bytes.TestUnknown(),
    )
    yield lambda name: [
        blanks.test_each_blank_and_what_is_none_in_each_place(name, cls) for cls in (Registration, Session)
    ]
    yield lambda name: bytes_.test_nothing_may_come_after_a_document_or_before_it(name, Registration)
    yield strings.test_in_a_text_alone
    yield lambda name: strings.test_in_each_string(name, Pledge)
    yield lambda name: [
        engines.TestRepeatedKeys().test_none_is_taken_in_json_without_blanks(name, cls)
        for cls in (Session, Registration)
    ]
    yield lambda name: engines.TestRepeatedKeys().test_none_is_taken_where_the_key_is_known_to_nobody(
        name, Registration
    )
    yield bytes_.test_one_short_document_and_the_bytes_that_mean_most
    yield lambda name: pieces.TestMoments().test_every_field(name)
    yield lambda name: pieces.TestMail().test_every_short_text_of_characters_that_are_special(name)
    yield lambda name: pieces.TestMail().test_every_character_of_ascii_in_every_place(name)
    yield lambda name: pieces.TestTexts().test_every_short_text_of_characters_that_are_special(name)
    yield lambda name: pieces.TestSnapshot().test_nor_of_what_is_too_deep_or_holds_itself(name)
    yield lambda name: pieces.TestSnapshot().test_documents_are_measured_alike(name)
    yield lambda name: pieces.TestWhetherAllIsHeld().test_quotes_and_backslashes(name)
    yield lambda name: pieces.TestWhatWasMeant().test_keys_with_one_or_two_letters_changed(name, Event)
    yield lambda name: pieces.TestWhatWasMeant().test_any_text(name)
    yield lambda name: writing.TestSameBytes().test_every_character_and_every_pair_with_one_that_is_escaped(name)
    yield lambda name: writing.TestSameBytes().test_moments_with_any_fraction(name)
    for number in ("01", "00", "-01", "1.", "1e", "230.0"):
        yield lambda name, number=number: refusals.TestLimits().test_numbers_as_they_may_be_written(name, number)  # type: ignore[misc]  # its default is a text
    for value in ('{"a":1,"a":1}', "[1 2]", '"x', "null", '[{"a":{"b":1,"b":1}}]'):
        yield lambda name, value=value: unknown.test_it_is_told_as_the_strict_parser_and_the_walk_tell_it(name, value)  # type: ignore[misc]  # its default is a text
    yield told_alike


def told_alike(name: str) -> None:
    """Ask about the grids of other planted faults."""
    for case in cases():
        if not case.submission and case.limits is ROOMY:
            assert validator(name, case.cls)(case.payload) == case.expected, case.what


def built(folder: Path, fault: Fault | None) -> ModuleType:
    """Build the sources with a fault, in a folder of its own, and load them beside what is installed."""
    for each in (*SOURCES.glob("*.pyx"), *SOURCES.glob("*.pxi")):
        text = each.read_text(encoding="utf-8")
        if fault is not None and each.stem == fault.source:
            assert fault.good in text, "The fault has lost its place."
            text = text.replace(fault.good, fault.bad, 1)
        (folder / each.name).write_text(text, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "Cython.Build.Cythonize", "-q", "-i", "compiled.pyx"],
        check=True,
        cwd=folder,
        env={**os.environ, "CFLAGS": "-O0"},
        capture_output=True,
    )
    path = next(each for each in folder.iterdir() if each.suffix in {".so", ".pyd"})
    spec = spec_from_file_location("compiled", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def complaint(folder: Path, fault: Fault | None) -> str | None:
    """Say which of the checks notices a fault, and how."""
    name = f"built {folder.name}"
    module: Any = built(folder, fault)
    with patch.dict(ENGINES, {name: module}), patch.dict(writing.ENGINES, {name: module}):
        for number, check in enumerate(checks()):
            try:
                check(name)
            except Exception as noticed:  # noqa: BLE001 - a fault may do anything
                return f"check {number}: {str(noticed)[:200]}"
    return None


@pytest.mark.skipif(not [*SOURCES.glob("*.pxi")], reason="is about sources, which no wheel holds")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_each_has_its_place(fault: Fault) -> None:
    (source,) = SOURCES.glob(f"{fault.source}.p[xy][ix]")
    assert fault.good in source.read_text(encoding="utf-8")
    assert fault.good != fault.bad


@pytest.mark.outside
@pytest.mark.slow
@pytest.mark.skipif(native.NATIVE is None or find_spec("Cython") is None, reason="needs what it is compiled with")
class TestPlantedFaults:
    """The parser in C is the one place that could be laxer than JSON: a mistake in it is noticed."""

    def test_without_a_fault_nobody_complains(self, tmp_path: Path) -> None:
        assert complaint(tmp_path, None) is None

    @pytest.mark.parametrize("fault", [*sampled(FAULTS, desk=16)], ids=lambda fault: fault.what)
    def test_each_is_noticed(self, fault: Fault, tmp_path: Path) -> None:
        assert complaint(tmp_path, fault) is not None
        shutil.rmtree(tmp_path)
