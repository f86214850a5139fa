"""`add_language`: the words of a language in a folder of one's own, checked against those of English."""

import os
import re
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from string import Formatter
from typing import Any, Final, TypeGuard, cast

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, FindingCollector, finding, pointer, safe_pointer_token
from wtisd_model.locales import (
    DEFAULT_LANGUAGE,
    BorrowedWord,
    OwnLanguage,
    borrowed,
    made_finding_texts,
    made_locale,
    put_language,
    shipped_languages,
    words_of,
)
from wtisd_model.schema.constraints import CodeList, Integer, Items, Pattern, Text
from wtisd_model.schema.json_values import is_array, is_object
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE, language_fallbacks

WORDS: Final = "words.toml"
FINDINGS: Final = "findings.toml"
NAMES: Final = "names.toml"

_TAG: Final = pointer(WORDS, "language")

_MOST_OCTETS: Final = 400_000
"""Of a file; the longest shipped one has 100,000."""
_MOST_DOTS: Final = 100
"""On a line, on which a key ends: tomllib takes as long for each part of a key as for all parts before it."""
_MOST_LEVELS: Final = 20
"""Levels of tables and lists; Python reads some more, or none of the file."""
_WORD: Final = Text(1000, name=True)
_ISOLATED: Final = re.compile("[\u2066-\u2068]([^\u2066-\u2069]*)\u2069")
"""What has a direction of its own, such as a telephone number in Arabic."""
_BETWEEN_WORDS: Final = frozenset({Code.TEXT_EMPTY, Code.TEXT_OUTER_BLANK})
"""What may be said of a word that separates others."""
_DIGITS: Final = Integer(1, 4)
_FIRST_OF_MONTH: Final = pointer(WORDS, "dates", "first_of_month")
"""It may lack the number: in French it is "1er"."""
_COUNTED: Final = ("/message", "/fix", "/fix_submission", "/good_lines", "/refused_lines")
"""The sentences that have plural forms in some languages, although English needs none."""
_CATEGORIES: Final = frozenset({"zero", "one", "two", "few", "many"})
_RANGES: Final = r"[0-9]{1,7}(?:\.\.[0-9]{1,7})?"
_RELATION: Final = rf"n(?: % [1-9][0-9]{{0,6}})? !?= {_RANGES}(?:,{_RANGES}){{0,9}}"
_RULE: Final = Pattern(rf"^{_RELATION}(?: (?:and|or) {_RELATION}){{0,9}}(?!\n)$", 1000, Code.PLURAL_RULE_MALFORMED)
"""What `Locale.plural_category` evaluates."""
_CODE: Final = re.compile(r"[A-Za-z0-9]{2,8}(?:-[A-Za-z0-9]{2,8}){0,3}")
"""Of a language, a script, a country or a region of the world."""


def add_language(path: Path | str) -> tuple[str, ...]:
    """Add a language to those of the package, for as long as the program runs; the same folder again is no mistake.

    Call it when a program starts, before anybody is answered. From then on, whatever takes a ``language`` or reads one
    from a request or a person has its words, and `Finding.in_language` its sentences. What the folder lacks is in
    English, or for a variant such as ``pt-BR`` in the shipped language that it is one of; pages, calendars and problem
    details mark it.

    Args:
        path: a folder with ``words.toml``, whose key ``language`` is the tag (BCP 47), and with ``findings.toml`` and
            ``names.toml`` if they are there, in UTF-8. ``wtisd-model language`` writes them.

    Returns:
        What is missing, as JSON Pointers that begin with the name of a file: ``/words.toml/page/skip``.

    Raises:
        InvalidValueError: nothing is added. ``words-unreadable``, ``payload-too-large``, ``payload-too-deep``,
            ``not-utf8`` or ``not-toml`` for a file; ``key-unknown``, ``key-missing``, ``wrong-type``,
            ``value-unknown``, ``number-out-of-range``, ``placeholders-differ``, ``plural-rule-malformed``, or a code of
            texts, with the name of the file and the keys as the path; ``language-unknown``; ``language-taken`` for a
            language of the package, or one that was added with other words.
        TypeError: *path* is no path.
    """
    if not isinstance(cast("object", path), Path | str):
        raise TypeError("Not a path: pass that of a folder with the words of a language.")
    tag, language = read_language(Path(path))
    if put_language(tag, language) != language:
        raise InvalidValueError(finding(Code.LANGUAGE_TAKEN, _TAG))
    return language.missing


def read_language(folder: Path) -> tuple[str, OwnLanguage]:
    """Return the tag and the words of the language in a folder, without adding it; errors as `add_language`."""
    reader = _FolderReader()
    words = reader.file(folder / WORDS) or {}
    reader.raise_if_refused()
    if "language" not in words:
        raise InvalidValueError(finding(Code.KEY_MISSING, _TAG))
    tag = require_valid(words.pop("language"), LANGUAGE, _TAG)
    shipped = shipped_languages()
    if tag in shipped:
        raise InvalidValueError(finding(Code.LANGUAGE_TAKEN, _TAG))
    reader.base = next((each for each in language_fallbacks(tag) if each in shipped), DEFAULT_LANGUAGE)
    said, findings = reader.words(words), reader.findings(reader.file(folder / FINDINGS))
    names = reader.names(reader.file(folder / NAMES) or {})
    reader.raise_if_refused()
    locale, texts = made_locale(tag, said), made_finding_texts(tag, findings)
    return tag, OwnLanguage(reader.base, locale, texts, names, tuple(reader.missing))


_Table = dict[str, Any]


class _FolderReader:
    """A reader of the files of a language, which notes what is wrong in them, and what is missing."""

    def __init__(self) -> None:
        self.base = DEFAULT_LANGUAGE
        self.missing: list[str] = []
        self._found = FindingCollector()
        self._categories = frozenset[str]()

    def raise_if_refused(self) -> None:
        """Raise an InvalidValueError with all that is wrong, if anything is."""
        if len(self._found):
            raise InvalidValueError(*self._found.kept)

    def file(self, path: Path) -> _Table | None:
        """Return what is in a file, or None if it is missing or cannot be read."""
        place = pointer(path.name)
        if path.name != WORDS and not os.path.lexists(path):
            self.missing.append(place)
            return None
        octets = _octets(path)
        if octets is None:
            self._refuse(finding(Code.WORDS_UNREADABLE), place)
        elif len(octets) > _MOST_OCTETS:
            self._refuse(finding(Code.PAYLOAD_TOO_LARGE, maximum=_MOST_OCTETS), place)
        elif any(line.count(b".") > _MOST_DOTS for line in octets.split(b"\n")):
            self._refuse(finding(Code.PAYLOAD_TOO_DEEP, maximum=_MOST_LEVELS), place)
        else:
            try:
                return tomllib.loads(octets.decode())
            except UnicodeDecodeError:
                self._refuse(finding(Code.NOT_UTF8), place)
            except RecursionError:
                self._refuse(finding(Code.PAYLOAD_TOO_DEEP, maximum=_MOST_LEVELS), place)
            except ValueError as error:  # a TOMLDecodeError, or of a number with thousands of digits
                line = re.search("at line ([0-9]+)", str(error))
                last = octets.count(b"\n") + 1
                self._refuse(finding(Code.NOT_TOML, line=last if line is None else int(line[1])), place)
        return None

    def words(self, own: _Table) -> _Table:
        """Return all of ``words.toml``, borrowed words too."""
        english, spare, place = words_of("en.toml"), words_of(f"{self.base}.toml"), pointer(WORDS)
        english.pop("plurals")
        plurals = own.pop("plurals", spare["plurals"])
        if self._is_table(plurals, f"{place}/plurals"):
            self._refuse_keys(plurals, _CATEGORIES, f"{place}/plurals")
            for category, rule in plurals.items():
                self._refuse(_RULE.check(rule), f"{place}/plurals{safe_pointer_token(category)}")
            self._categories = frozenset(plurals)
        self._require(own, "direction", place)
        return {**self._table(own, english, spare, place), "plurals": plurals}

    def findings(self, own: _Table | None) -> _Table:
        """Return all of ``findings.toml``, without the codes of which a sentence is missing."""
        english, noted = words_of("findings", "en.toml"), len(self.missing)
        spare = english | words_of("findings", f"{self.base}.toml")
        said = self._table(own or {}, english, spare, pointer(FINDINGS))
        if own is None:  # that the file is missing says it all
            del self.missing[noted:]
        whole = {"suggestion", "params", "problem", "report", "foreign"}
        return {key: value for key, value in said.items() if key in whole or not _borrows(value)}

    def names(self, own: _Table) -> _Table:
        """Return what ``names.toml`` has; English does not say which names there may be."""
        codes, zones = (each if is_object(each) else {} for each in (own.get("names"), own.get("towns")))
        english: _Table = {
            "pattern": "{name} ({parts})",
            "separator": ", ",
            "names": dict.fromkeys(filter(_CODE.fullmatch, codes), "Name"),
            "towns": dict.fromkeys(zones.keys() & ZONES, "Town"),
        }
        stated = {key: english[key] for key in english.keys() & own.keys()}
        return self._table(own, stated, stated, pointer(NAMES))

    def _refuse(self, found: Finding | None, path: str) -> None:
        if found is not None:
            self._found.add(found.prefixed(path))

    def _require(self, table: _Table, key: str, path: str) -> None:
        if key not in table:
            self._refuse(finding(Code.KEY_MISSING), path + pointer(key))

    def _is_table(self, value: Any, path: str) -> TypeGuard[_Table]:
        """Return True for a table; refuse anything else."""
        if not is_object(value):
            self._refuse(finding(Code.WRONG_TYPE, expected="object"), path)
        return is_object(value)

    def _refuse_keys(self, table: _Table, known: Iterable[str], path: str) -> None:
        """Refuse the keys of a table that have no meaning."""
        names = frozenset(known)
        keys = CodeList("Key", names, Code.KEY_UNKNOWN, near=names)
        for key in table.keys() - names:
            self._refuse(keys.check(key, suggest=not self._found.full), path + safe_pointer_token(key))

    def _table(self, own: Any, english: _Table, spare: _Table, path: str) -> _Table:
        """Return a table with what it has, and what it borrows."""
        if not self._is_table(own, path):
            return {}
        self._refuse_keys(own, english, path)
        said: _Table = {}
        for key, value in english.items():
            place = path + pointer(key)
            said[key] = self._value(own[key], value, spare[key], place) if key in own else self._lend(spare[key], place)
        return said

    def _lend(self, spare: Any, path: str) -> Any:
        """Return a word or a table of the other language, and note that it is missing."""
        if is_object(spare) and "count" not in spare:
            return {key: self._lend(value, path + pointer(key)) for key, value in spare.items()}
        self.missing.append(path)
        return _lent(spare, self.base)

    def _value(self, own: Any, english: Any, spare: Any, path: str) -> Any:
        """Return a value, and note what is wrong in it."""
        match english:
            case {"count": str(count), "other": str(sentence)}:
                self._sentence(own, sentence, path, count)
            case {}:
                return self._table(own, english, spare, path)
            case [*words]:
                if is_array(own):
                    self._refuse(Items(_WORD, tuple, len(words), len(words)).check(tuple(own)), path)
                else:
                    self._refuse(finding(Code.WRONG_TYPE, expected="array"), path)
            case int():
                self._refuse(_DIGITS.check(own), path)
            case "ltr":
                self._refuse(_one_of({"ltr", "rtl"}).check(own), path)
            case _ if path.endswith(_COUNTED):
                self._sentence(own, english, path)
            case _:
                self._word(own, english, path, may_lack=path == _FIRST_OF_MONTH)
        return own

    def _sentence(self, own: Any, english: str, path: str, *counts: str) -> None:
        """Refuse what is wrong in a sentence that may have plural forms, chosen by one of its numbers or *counts*."""
        if not is_object(own):
            self._word(own, english, path)
            return
        self._refuse_keys(own, {"count", "none", "other", *self._categories}, path)
        self.missing += [f"{path}/{each}" for each in sorted(self._categories - own.keys())]
        for key in ("count", "other"):
            self._require(own, key, path)
        for key, form in own.items():
            if key == "count":
                numbers = {*counts, *(name for name, *_ in _fields(english))}
                self._refuse(_one_of(numbers).check(form), f"{path}/count")
            else:
                self._word(form, english, path + safe_pointer_token(key), may_lack=key != "other")

    def _word(self, own: Any, english: str, path: str, *, may_lack: bool = False) -> None:
        """Refuse a text that is no word or sentence, or that has other placeholders than the English one."""
        found = _WORD.check(_ISOLATED.sub(r"\1", own) if isinstance(own, str) else own)
        if found is not None and (_has_letters(english) or found.code not in _BETWEEN_WORDS):
            self._refuse(found, path)
            return
        known, used = _fields(english), _fields(own)
        names = {name for name, *_ in known}
        if not used <= known | {(name, "", None) for name in names} or (
            not may_lack and {name for name, *_ in used} < names
        ):
            self._refuse(
                finding(Code.PLACEHOLDERS_DIFFER, choices=", ".join(f"{{{name}}}" for name in sorted(names))), path
            )


def _one_of(words: Iterable[str]) -> CodeList:
    choices = sorted(words)
    return CodeList("Word", frozenset(choices), Code.VALUE_UNKNOWN, params={"choices": ", ".join(choices)})


def _octets(path: Path) -> bytes | None:
    """Return the beginning of a file, or None if it cannot be read; a pipe might never be read to its end."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(_MOST_OCTETS + 1)
    return None


def _fields(sentence: str) -> set[tuple[str, str | None, str | None]]:
    """Return the placeholders of a sentence with their formats and conversions; a nameless one if a brace is alone."""
    with suppress(ValueError):
        return {(name, form, how) for _, name, form, how in Formatter().parse(sentence) if name is not None}
    return {("", None, None)}


def _has_letters(word: str) -> bool:
    """Return False for a word that separates others, or puts them in order."""
    return any(map(str.isalpha, "".join(text for text, *_ in Formatter().parse(word))))


def _lent(spare: Any, language: str) -> Any:
    """Return the words of another language with its tag."""
    if isinstance(spare, str):
        return borrowed(spare, language) if _has_letters(spare) else spare
    if is_array(spare):
        return [_lent(word, language) for word in spare]
    return {key: _lent(word, language) for key, word in spare.items()} if is_object(spare) else spare


def _borrows(said: Any) -> bool:
    """Return True if a word in a table is borrowed."""
    return any(map(_borrows, said.values())) if is_object(said) else isinstance(said, BorrowedWord)
