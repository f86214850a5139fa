"""`add_language`: the words of a language in a folder of one's own, checked against those of English."""

import os
import re
import tomllib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from string import Formatter
from typing import Any, Final, TypeGuard, cast

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import FindingCollector, finding, pointer, safe_pointer_token
from wtisd_model.locales import (
    ADDING,
    DEFAULT_LANGUAGE,
    BorrowedWord,
    OwnLanguage,
    borrowed,
    languages,
    made_finding_texts,
    made_locale,
    own_languages,
    put_language,
    shipped_languages,
    words_of,
)
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.json_values import is_array, is_object
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE, language_fallbacks

WORDS: Final = "words.toml"
FINDINGS: Final = "findings.toml"
NAMES: Final = "names.toml"

_MOST_OCTETS: Final = 400_000
"""Of a file; the longest shipped one has 100,000."""
_LONGEST_LINE: Final = 2_000
"""Octets, of a word and what is around it."""
_MOST_DOTS: Final = 100
"""On a line, on which a key ends: tomllib takes as long for each part of a key as for all parts before it."""
_MOST_LEVELS: Final = 20
"""Levels of tables and lists; Python reads some more, or none of the file."""
_WORD: Final = Text(1000, name=True)
_ISOLATED: Final = re.compile("[\u2066-\u2068]([^\u2066-\u2069]*)\u2069")
"""What has a direction of its own, such as a telephone number in Arabic."""
_BETWEEN_WORDS: Final = frozenset({Code.TEXT_EMPTY, Code.TEXT_OUTER_BLANK})
"""What may be said of a word that separates others."""
_PLACEHOLDER: Final = re.compile(r"\{\w+(?::\w+)?\}")
_MAY_LACK_A_PLACEHOLDER: Final = pointer(WORDS, "dates", "first_of_month")
"""French writes the first of a month "1er"."""
_FORMS: Final = pointer(FINDINGS)
_COUNTED: Final = ("/message", "/fix", "/fix_submission", "/good_lines", "/refused_lines")
"""The sentences that have plural forms in some languages, although English needs none."""
_CATEGORIES: Final = frozenset({"zero", "one", "two", "few", "many"})
_RANGES: Final = r"[0-9]{1,7}(?:\.\.[0-9]{1,7})?"
_RELATION: Final = rf"n(?: % [1-9][0-9]{{0,6}})? !?= {_RANGES}(?:,{_RANGES}){{0,9}}"
_RULE: Final = re.compile(rf"{_RELATION}(?: (?:and|or) {_RELATION}){{0,9}}")
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
            language of the package, or of another folder.
        TypeError: *path* is no path.
    """
    if not isinstance(cast("object", path), Path | str):
        raise TypeError("Not a path: pass that of a folder with the words of a language.")
    folder = Path(path)
    with ADDING:
        for known in own_languages().values():
            if known.folder == _name_of(folder):
                return known.missing
        tag, language = read_language(folder)
        if tag in languages():
            raise InvalidValueError(finding(Code.LANGUAGE_TAKEN, pointer(WORDS, "language")))
        put_language(tag, language)
    return language.missing


def read_language(folder: Path) -> tuple[str, OwnLanguage]:
    """Return the tag and the words of the language in a folder, without adding it; errors as `add_language`."""
    reader, name, place = _FolderReader(), _name_of(folder), pointer(WORDS, "language")
    words = reader.file(folder / WORDS)
    reader.raise_if_refused()
    if words is None:
        raise InvalidValueError(finding(Code.WORDS_UNREADABLE, pointer(WORDS)))
    if "language" not in words:
        raise InvalidValueError(finding(Code.KEY_MISSING, place))
    tag = require_valid(words.pop("language"), LANGUAGE, place)
    if tag in shipped_languages():
        raise InvalidValueError(finding(Code.LANGUAGE_TAKEN, place))
    reader.base = next((each for each in language_fallbacks(tag) if each in shipped_languages()), DEFAULT_LANGUAGE)
    said, findings = reader.words(words), reader.findings(reader.file(folder / FINDINGS))
    names = reader.names(reader.file(folder / NAMES))
    reader.raise_if_refused()
    locale, texts = made_locale(tag, said), made_finding_texts(tag, findings)
    return tag, OwnLanguage(name, reader.base, locale, texts, names, tuple(reader.missing))


def _name_of(folder: Path) -> str:
    with suppress(OSError, ValueError, RuntimeError):  # of a NUL character, and of links in a circle
        return str(folder.resolve())
    raise InvalidValueError(finding(Code.WORDS_UNREADABLE))


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
        if not os.path.lexists(path) and path.parent.is_dir():
            self.missing.append(place)
            return None
        octets = _octets(path)
        if octets is None:
            self._found.add(finding(Code.WORDS_UNREADABLE, place))
        elif len(octets) > _MOST_OCTETS:
            self._found.add(finding(Code.PAYLOAD_TOO_LARGE, place, maximum=_MOST_OCTETS))
        elif max(map(len, octets.split(b"\n"))) > _LONGEST_LINE:
            self._found.add(finding(Code.TEXT_TOO_LONG, place, maximum=_LONGEST_LINE))
        elif any(line.count(b".") > _MOST_DOTS for line in octets.split(b"\n")):
            self._found.add(finding(Code.PAYLOAD_TOO_DEEP, place, maximum=_MOST_LEVELS))
        else:
            try:
                return tomllib.loads(octets.decode())
            except UnicodeDecodeError:
                self._found.add(finding(Code.NOT_UTF8, place))
            except tomllib.TOMLDecodeError as error:
                line = re.search("at line ([0-9]+)", str(error))
                last = octets.count(b"\n") + 1
                self._found.add(finding(Code.NOT_TOML, place, line=last if line is None else int(line[1])))
            except RecursionError:
                self._found.add(finding(Code.PAYLOAD_TOO_DEEP, place, maximum=_MOST_LEVELS))
        return None

    def words(self, own: _Table) -> _Table:
        """Return all of ``words.toml``, borrowed words too."""
        wanted, spare, place = words_of("en.toml"), words_of(f"{self.base}.toml"), pointer(WORDS)
        wanted.pop("plurals")
        plurals = own.pop("plurals", spare["plurals"])
        if self._is_table(plurals, f"{place}/plurals"):
            self._refuse_keys(plurals, _CATEGORIES, f"{place}/plurals")
            for category, rule in plurals.items():
                if not isinstance(rule, str) or not _RULE.fullmatch(rule):
                    self._found.add(
                        finding(Code.PLURAL_RULE_MALFORMED, f"{place}/plurals{safe_pointer_token(category)}")
                    )
            self._categories = frozenset(plurals)
        if "direction" not in own:
            self._found.add(finding(Code.KEY_MISSING, f"{place}/direction"))
        return {**self._table(own, wanted, spare, place), "plurals": plurals}

    def findings(self, own: _Table | None) -> _Table:
        """Return all of ``findings.toml``, without the codes of which a sentence is missing."""
        wanted, missing = words_of("findings", "en.toml"), [*self.missing]
        spare = wanted | words_of("findings", f"{self.base}.toml")
        said = self._table(own or {}, wanted, spare, pointer(FINDINGS))
        if own is None:  # which is said in a word
            self.missing = missing
        whole = {"suggestion", "params", "problem", "report", "foreign"}
        return {key: value for key, value in said.items() if key in whole or not _borrows(value)}

    def names(self, own: _Table | None) -> _Table:
        """Return what ``names.toml`` has; which names there may be is not said by English."""
        missing, given = [*self.missing], (own or {}).get("names")
        codes = filter(_CODE.fullmatch, given if is_object(given) else ())
        names, towns = dict.fromkeys(codes, "Name"), dict.fromkeys(ZONES, "Town")
        wanted = {"pattern": "{name} ({parts})", "separator": ", ", "names": names, "towns": towns}
        self._table(own or {}, wanted, wanted, pointer(NAMES))
        self.missing = missing
        return own or {}

    def _is_table(self, value: Any, path: str) -> TypeGuard[_Table]:
        """Return True for a table; refuse anything else."""
        if not is_object(value):
            self._found.add(finding(Code.WRONG_TYPE, path, expected="object"))
        return is_object(value)

    def _refuse_keys(self, table: _Table, known: Collection[str], path: str) -> None:
        """Refuse the keys of a table that have no meaning."""
        unknown = table.keys() - known
        spellings = Spellings({each.casefold(): each for each in known}) if unknown else Spellings()
        for key in unknown:
            meant = None if self._found.full else close_to(key, spellings)
            more = {} if meant is None else {"suggestion": meant}
            self._found.add(finding(Code.KEY_UNKNOWN, path + safe_pointer_token(key), **more))

    def _table(self, own: Any, wanted: _Table, spare: _Table, path: str) -> _Table:
        """Return a table with what it has, and what it borrows."""
        if not self._is_table(own, path):
            return {}
        self._refuse_keys(own, wanted.keys(), path)
        said: _Table = {}
        for key, value in wanted.items():
            place = path + pointer(key)
            said[key] = self._value(own[key], value, spare[key], place) if key in own else self._lend(spare[key], place)
        return said

    def _lend(self, spare: Any, path: str) -> Any:
        """Return a word or a table of the other language, and note that it is missing."""
        if is_object(spare) and "count" not in spare:
            return {key: self._lend(value, path + pointer(key)) for key, value in spare.items()}
        self.missing.append(path)
        return _lent(spare, self.base)

    def _value(self, own: Any, wanted: Any, spare: Any, path: str) -> Any:
        """Return a value, and note what is wrong in it."""
        match wanted:
            case {"count": str(count), "other": str(sentence)}:
                own = {"count": count, **own} if is_object(own) else own
                self._forms(own, sentence, {count}, path)
            case {}:
                return self._table(own, wanted, spare, path)
            case [*words]:
                self._list(own, len(words), path)
            case int():
                if not isinstance(own, int) or own not in range(1, 5):
                    self._found.add(finding(Code.NUMBER_OUT_OF_RANGE, path, minimum=1, maximum=4))
            case "ltr":
                if own not in ("ltr", "rtl"):
                    self._found.add(finding(Code.VALUE_UNKNOWN, path, choices="ltr, rtl"))
            case str() if is_object(own) and path.startswith(_FORMS) and path.endswith(_COUNTED):
                self._forms(own, wanted, {name for name, _ in _fields(wanted) or ()}, path)
            case _:
                self._word(own, wanted, path)
        return own

    def _list(self, own: Any, length: int, path: str) -> None:
        """Refuse a list that has another length, or anything but words."""
        if not is_array(own):
            self._found.add(finding(Code.WRONG_TYPE, path, expected="array"))
        elif len(own) < length:
            self._found.add(finding(Code.TOO_FEW_ITEMS, path, minimum=length))
        elif len(own) > length:
            self._found.add(finding(Code.TOO_MANY_ITEMS, path, maximum=length))
        else:
            for number, word in enumerate(own):
                self._word(word, "Word", f"{path}/{number}")

    def _forms(self, own: Any, wanted: str, counts: set[str], path: str) -> None:
        """Refuse what is wrong in a sentence that may have a form for each plural category; one of *counts* counts."""
        if not is_object(own):
            self._word(own, wanted, path)
            return
        self._refuse_keys(own, {"count", "none", "other", *self._categories}, path)
        if "other" not in own:
            self._found.add(finding(Code.KEY_MISSING, f"{path}/other"))
        if own.get("count") not in counts:
            self._found.add(finding(Code.VALUE_UNKNOWN, f"{path}/count", choices=", ".join(sorted(counts))))
        self.missing += [f"{path}/{each}" for each in sorted(self._categories - own.keys())]
        for category in sorted(own.keys() & {"none", "other", *self._categories}):
            self._word(own[category], wanted, f"{path}/{category}", may_lack=category != "other")

    def _word(self, own: Any, wanted: str, path: str, *, may_lack: bool = False) -> None:
        """Refuse a text that is no word or sentence, or that has other placeholders than the English one."""
        found = _WORD.check(_ISOLATED.sub(r"\1", own) if isinstance(own, str) else own)
        if found is not None and (_has_letters(wanted) or found.code not in _BETWEEN_WORDS):
            self._found.add(found.prefixed(path))
            return
        known, used = _fields(wanted) or set(), _fields(own)
        names = {name for name, _ in known}
        lacks = used is None or (
            not may_lack and path != _MAY_LACK_A_PLACEHOLDER and names - {name for name, _ in used}
        )
        if used is None or lacks or used - known - {(name, "") for name in names}:
            choices = ", ".join(f"{{{name}}}" for name in sorted(names))
            self._found.add(finding(Code.PLACEHOLDERS_DIFFER, path, choices=choices))


def _octets(path: Path) -> bytes | None:
    """Return the beginning of a file, or None if it cannot be read; a pipe might never be read to its end."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(_MOST_OCTETS + 1)
    return None


def _fields(sentence: str) -> set[tuple[str, str]] | None:
    """Return the placeholders of a sentence with their formats; None if a brace stands alone, or converts something."""
    with suppress(ValueError):
        parts = [*Formatter().parse(sentence)]
        if not any(conversion for _, _, _, conversion in parts):
            return {(name, form or "") for _, name, form, _ in parts if name is not None}
    return None


def _has_letters(word: str) -> bool:
    """Return False for a word that separates others, or puts them in order."""
    return any(map(str.isalpha, _PLACEHOLDER.sub("", word)))


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
