"""`add_language`: the words of a language in a folder of one's own, checked against those of English."""

import re
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from string import Formatter
from typing import Any, Final, cast

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, FindingCollector, finding, pointer, safe_pointer_token
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
_LONG_LINE: Final = re.compile(rb"[^\n]{4097}")
"""A line that no word needs; each part of a key in it would take as long as all parts before."""
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
    reader, name = _FolderReader(), _name_of(folder)
    words = reader.file(folder / WORDS) or {}
    if reader.missing:
        raise InvalidValueError(finding(Code.WORDS_UNREADABLE, pointer(WORDS)))
    reader.raise_if_refused()
    tag = words.pop("language", None)
    if tag is None:
        raise InvalidValueError(finding(Code.KEY_MISSING, pointer(WORDS, "language")))
    require_valid(tag, LANGUAGE, pointer(WORDS, "language"))
    if tag in shipped_languages():
        raise InvalidValueError(finding(Code.LANGUAGE_TAKEN, pointer(WORDS, "language")))
    reader.base = next((each for each in language_fallbacks(tag) if each in shipped_languages()), DEFAULT_LANGUAGE)
    said = reader.locale(words)
    findings = reader.findings(reader.file(folder / FINDINGS))
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

    def _refuse(self, found: Finding, path: str) -> None:
        self._found.add(found.prefixed(path))

    def file(self, path: Path) -> _Table | None:
        """Return what is in a file, or None if it is missing or cannot be read."""
        place = pointer(path.name)
        try:
            if not path.exists() and path.parent.is_dir():
                self.missing.append(place)
                return None
            if not path.is_file():  # opening a pipe might wait for ever
                self._refuse(finding(Code.WORDS_UNREADABLE), place)
                return None
            with path.open("rb") as file:
                octets = file.read(_MOST_OCTETS + 1)
        except OSError:
            self._refuse(finding(Code.WORDS_UNREADABLE), place)
            return None
        if len(octets) > _MOST_OCTETS:
            self._refuse(finding(Code.PAYLOAD_TOO_LARGE, maximum=_MOST_OCTETS), place)
        elif _LONG_LINE.search(octets):
            self._refuse(finding(Code.TEXT_TOO_LONG, maximum=4096), place)
        else:
            try:
                return tomllib.loads(octets.decode())
            except UnicodeDecodeError:
                self._refuse(finding(Code.NOT_UTF8), place)
            except tomllib.TOMLDecodeError as error:
                line = re.search("at line ([0-9]+)", str(error))
                last = octets.count(b"\n") + 1
                self._refuse(finding(Code.NOT_TOML, line=last if line is None else int(line[1])), place)
            except RecursionError:
                self._refuse(finding(Code.PAYLOAD_TOO_DEEP, maximum=_MOST_LEVELS), place)
        return None

    def locale(self, words: _Table) -> _Table:
        """Return all words of ``words.toml``, borrowed ones too."""
        wanted, spare = words_of("en.toml"), words_of(f"{self.base}.toml")
        wanted.pop("plurals")
        plurals = self._plurals(words.pop("plurals", spare["plurals"]))
        self._categories = frozenset(plurals)
        if "direction" not in words:
            self._refuse(finding(Code.KEY_MISSING), pointer(WORDS, "direction"))
        return {**self._table(words, wanted, spare, pointer(WORDS)), "plurals": plurals}

    def _plurals(self, rules: Any) -> Mapping[str, str]:
        place = pointer(WORDS, "plurals")
        if not is_object(rules):
            self._refuse(finding(Code.WRONG_TYPE, expected="object"), place)
            return {}
        self._refuse_keys(rules, _CATEGORIES, place)
        for category in rules.keys() & _CATEGORIES:
            if not isinstance(rules[category], str) or not _RULE.fullmatch(rules[category]):
                self._refuse(finding(Code.PLURAL_RULE_MALFORMED), f"{place}/{category}")
        return rules

    def findings(self, own: _Table | None) -> _Table:
        """Return all of ``findings.toml``, without the codes of which a sentence is missing."""
        wanted, place, missing = words_of("findings", "en.toml"), pointer(FINDINGS), [*self.missing]
        spare = wanted | words_of("findings", f"{self.base}.toml")
        said = self._table(own or {}, wanted, spare, place)
        if own is None:  # which is said in a word
            self.missing = missing
        whole = {"params", "problem", "report", "foreign"}
        return {key: value for key, value in said.items() if key in whole or key == "suggestion" or not _borrows(value)}

    def names(self, own: _Table | None) -> _Table:
        """Return what ``names.toml`` has."""
        if own is None:
            return {}
        place = pointer(NAMES)
        self._refuse_keys(own, {"pattern", "separator", "names", "towns"}, place)
        if "pattern" in own:
            self._word(own["pattern"], "{name} ({parts})", f"{place}/pattern")
        if "separator" in own:
            self._word(own["separator"], ", ", f"{place}/separator")
        for table in ("names", "towns"):
            names = own.get(table, {})
            if not is_object(names):
                self._refuse(finding(Code.WRONG_TYPE, expected="object"), f"{place}/{table}")
                continue
            for code, name in names.items():
                if not (_CODE.fullmatch(code) if table == "names" else code in ZONES):
                    self._refuse(finding(Code.KEY_UNKNOWN), f"{place}/{table}")
                elif (found := _WORD.check(name)) is not None:
                    self._refuse(found, f"{place}/{table}{pointer(code)}")
        return own

    def _refuse_keys(self, table: _Table, known: Collection[str], path: str) -> None:
        """Refuse the keys of a table that have no meaning."""
        for key in table.keys() - known:
            meant = close_to(key, Spellings({each.casefold(): each for each in known}))
            more = {} if meant is None else {"suggestion": meant}
            self._refuse(finding(Code.KEY_UNKNOWN, **more), path + safe_pointer_token(key))

    def _table(self, own: Any, wanted: _Table, spare: _Table, path: str) -> _Table:
        if not is_object(own):
            self._refuse(finding(Code.WRONG_TYPE, expected="object"), path)
            return {}
        self._refuse_keys(own, wanted.keys(), path)
        return {
            key: self._value(own[key], value, spare[key], path + pointer(key))
            if key in own
            else self._borrowed(spare[key], path + pointer(key))
            for key, value in wanted.items()
        }

    def _borrowed(self, spare: Any, path: str) -> Any:
        """Return a word or a table of the other language, and note that it is missing."""
        if is_object(spare) and "count" not in spare:
            return {key: self._borrowed(value, path + pointer(key)) for key, value in spare.items()}
        self.missing.append(path)
        return _lent(spare, self.base)

    def _value(self, own: Any, wanted: Any, spare: Any, path: str) -> Any:
        match wanted:
            case {"count": str(count), "other": str(sentence)}:
                self._forms(own, sentence, count, path)
                return {**own, "count": count} if is_object(own) else own
            case _ if is_object(wanted):
                return self._table(own, wanted, spare, path)
            case _ if is_array(wanted):
                self._list(own, len(wanted), path)
            case int():
                if not isinstance(own, int) or own not in range(1, 5):
                    self._refuse(finding(Code.NUMBER_OUT_OF_RANGE, minimum=1, maximum=4), path)
            case "ltr":
                if own not in {"ltr", "rtl"}:
                    self._refuse(finding(Code.VALUE_UNKNOWN, choices="ltr, rtl"), path)
            case _ if is_object(own) and path.startswith(_FORMS) and path.endswith(_COUNTED):
                self._forms(own, wanted, None, path)
            case _:
                self._word(own, wanted, path)
        return own

    def _list(self, own: Any, length: int, path: str) -> None:
        """Refuse a list that has another length, or anything but words."""
        if not is_array(own):
            self._refuse(finding(Code.WRONG_TYPE, expected="array"), path)
            return
        if len(own) < length:
            self._refuse(finding(Code.TOO_FEW_ITEMS, minimum=length), path)
        elif len(own) > length:
            self._refuse(finding(Code.TOO_MANY_ITEMS, maximum=length), path)
        for number, word in enumerate(own[:length]):
            self._word(word, "word", f"{path}/{number}")

    def _forms(self, own: Any, wanted: str, count: str | None, path: str) -> None:
        """Refuse what is wrong in a sentence that may have a form for each plural category of *count*.

        Where English has a single form, *count* is None, and any of the placeholders may count.
        """
        if not is_object(own):
            self._word(own, wanted, path)
            return
        self._refuse_keys(own, {"count", "none", "other", *self._categories}, path)
        if "other" not in own:
            self._refuse(finding(Code.KEY_MISSING), f"{path}/other")
        counts = {name for name, _ in _fields(wanted) or ()} if count is None else {count}
        if own.get("count", count) not in counts:
            self._refuse(finding(Code.VALUE_UNKNOWN, choices=", ".join(sorted(counts))), f"{path}/count")
        self.missing += [f"{path}/{each}" for each in sorted(self._categories - own.keys())]
        for category in sorted(own.keys() & {"none", "other", *self._categories}):
            self._word(own[category], wanted, f"{path}/{category}", may_lack=category != "other")

    def _word(self, own: Any, wanted: str, path: str, *, may_lack: bool = False) -> None:
        """Refuse a text that is no word or sentence, or that has other placeholders than the English one."""
        found = _WORD.check(_ISOLATED.sub(r"\1", own) if isinstance(own, str) else own)
        separates = not _has_letters(wanted)
        if found is not None and not (separates and found.code in _BETWEEN_WORDS):
            self._refuse(found, path)
            return
        known, used = _fields(wanted), _fields(own)
        names = {name for name, _ in known or ()}
        allowed = {*(known or ()), *((name, "") for name in names)}
        lacks = names - {name for name, _ in used or ()} and not may_lack and path != _MAY_LACK_A_PLACEHOLDER
        if used is None or lacks or not allowed.issuperset(used):
            choices = ", ".join(f"{{{name}}}" for name in sorted(names))
            self._refuse(finding(Code.PLACEHOLDERS_DIFFER, choices=choices), path)


def _fields(sentence: str) -> set[tuple[str, str]] | None:
    """Return the placeholders of a sentence with their formats; None if a brace stands alone, or converts something."""
    try:
        parts = [*Formatter().parse(sentence)]
    except ValueError:
        return None
    if any(conversion for _, _, _, conversion in parts):
        return None
    return {(name, form or "") for _, name, form, _ in parts if name is not None}


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
