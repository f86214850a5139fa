"""Findings: what is wrong, where it is, and what to do about it."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code, Severity
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for, language_for, language_of_code
from wtisd_model.objects import ReprMixin, unchecked_constructor


@frozen(kw_only=True, repr=False)
class Finding(ReprMixin):
    """One thing that is wrong or doubtful, and what to do about it.

    It never repeats what people wrote: its sentences contain only bounds, words and suggestions from known lists, and
    the ids that the organizer chose for sessions, questions and choices.
    """

    code: str
    """What is wrong: a `wtisd_model.codes.Code`, or the code of a rule of your own."""

    severity: Severity = Severity.ERROR
    """Error or warning."""

    path: str = ""
    """Where it is: a JSON Pointer (RFC 6901) into the payload or the object; empty for the whole."""

    message: str
    """What is wrong, as a sentence. The wording may change; programs test the code."""

    fix: str
    """What the reader can do about it."""

    params: Mapping[str, str | int] = field(factory=dict[str, str | int], hash=False)
    """The numbers, names and tokens in the sentences: bounds, choices, a suggestion; the same in every language."""

    language: str = DEFAULT_LANGUAGE
    """The language of the sentences, and of the words that `str` puts around them."""

    if not TYPE_CHECKING:  # pragma: no branch - a checker, which alone goes past this, would take every name for ours

        def __getattr__(self, name: str) -> Any:
            """Write the sentences of a finding made by `finding`, when one of them is first read."""
            if name not in {"message", "fix"}:
                return object.__getattribute__(self, name)  # raises the usual error
            message, fix = _sentences(self.language, self.code, tuple(self.params.items()), to_sender=False)
            object.__setattr__(self, "message", message)
            object.__setattr__(self, "fix", fix)
            return message if name == "message" else fix

    def prefixed(self, path: str) -> Self:
        """Return the same finding with *path* before its own path."""
        path += self.path
        if type(self) is not Finding:
            return evolve(self, path=path)
        prefixed: Self = _construct_finding(
            self.code, self.severity, path, self.message, self.fix, {**self.params}, self.language
        )
        return prefixed

    # Why: docs/decisions/0038
    def in_language(self, tag: str, *, labels: Mapping[str, str] | None = None) -> Self:
        """Return the same finding with its message and fix in the language of the reader.

        That may be Arabic, Chinese, English, French, German, Portuguese, Russian or Spanish. The code, the path and the
        params stay. A finding with sentences of your own is returned unchanged.

        Args:
            tag: the language of the reader, such as ``fr`` or ``fr-CH``. English takes the place of a language that is
                not one of these, and of sentences that are not translated yet: ``language`` of the result says so.
            labels: what the sentences show instead of some of the params.
        """
        translation = _translation(self, language_for(tag), labels)
        if translation is None:
            return self
        language, message, fix = translation
        if type(self) is not Finding:
            return evolve(self, message=message, fix=fix, language=language)
        translated: Self = _construct_finding(
            self.code, self.severity, self.path, message, fix, {**self.params}, language
        )
        return translated

    @property
    def label(self) -> str:
        """The code, the word for a warning and the path, as printed before a message: ``[code] warning at /path:``."""
        words = finding_texts_for(self.language).report
        warning = f" {words.warning}" if self.severity is Severity.WARNING else ""
        place = f" {words.at.format(path=self.path)}" if self.path else ""
        return f"[{self.code}]{warning}{place}{':' if warning or place else ''}"

    def __str__(self) -> str:
        return f"{self.label} {self.message} {self.fix}"


_construct_finding: Callable[..., Any] = unchecked_constructor(Finding)
_construct_unwritten: Callable[..., Any] = unchecked_constructor(Finding, without=("message", "fix"))


def finding(code: Code, path: str = "", **params: str | int) -> Finding:
    """Return the finding of a code.

    Args:
        code: what is wrong.
        path: JSON Pointer to the place.
        params: values for the placeholders of its sentences, no personal data, since they stay in memory; a
            ``suggestion`` is put before the fix.
    """
    unwritten: Finding = _construct_unwritten(code, code.severity, path, params, DEFAULT_LANGUAGE)
    return unwritten


_Params = tuple[tuple[str, str | int], ...]


@lru_cache(4096)  # bounds, suggestions and ids come again
def _sentences(language: str, code: str, params: _Params, *, to_sender: bool) -> tuple[str, str]:
    return finding_texts_for(language).format_finding(code, dict(params), to_sender=to_sender)


@lru_cache(4096)
def _length(code: str, params: _Params) -> int:
    """Return the length of the text of an error without a path, with the colon that comes before the message."""
    return len("[]:  ") + len(code) + sum(map(len, _sentences(DEFAULT_LANGUAGE, code, params, to_sender=False)))


def has_our_sentences(found: Finding) -> bool:
    """Return True if the sentences of a finding are those of its code in its language, with its params."""
    return _translation(found, language_for(found.language), None) is not None


def _translation(found: Finding, reader: str, labels: Mapping[str, str] | None) -> tuple[str, str, str] | None:
    """Return what `_translated` does for a finding; None if the sentences or the params are not ours."""
    # Most findings are in English, and are shown with their own params.
    source = DEFAULT_LANGUAGE if found.language == DEFAULT_LANGUAGE else language_for(found.language)
    params = tuple(found.params.items())
    shown = tuple({**found.params, **labels}.items()) if labels else None
    try:
        return _translated(source, reader, found.code, params, shown, found.message, found.fix)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        return None


@lru_cache(4096)
def _translated(
    source: str, tag: str, code: str, params: _Params, shown: _Params | None, message: str, fix: str
) -> tuple[str, str, str]:
    """Return the language of a reader, and in it the sentences of a finding, which are in the language *source*.

    Raises:
        KeyError: they are not ours. They may name a person, and an error is kept by no cache.
    """
    # The texts of "" are about a value that another library refuses; its code may be one of ours.
    texts = finding_texts_for(source)
    for known, values in (("", {}), (code, dict(params))) if code in texts.codes else (("", {}),):
        for to_sender in (False, True):
            if texts.format_finding(known, values, to_sender=to_sender) == (message, fix):
                words = values if shown is None or not values else dict(shown)
                language = language_of_code(tag, known, words)
                return language, *finding_texts_for(language).format_finding(known, words, to_sender=to_sender)
    raise KeyError(code)


def for_sender(found: Finding) -> Finding:
    """Return a finding of a code, with the fix that the sender can carry out; one of your own is returned unchanged."""
    if found.code not in finding_texts_for(found.language).codes:
        return found
    _, fix = _sentences(found.language, Code(found.code), tuple(found.params.items()), to_sender=True)
    return found if fix == found.fix else evolve(found, fix=fix)


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are errors."""
    return [each for each in findings if each.severity is Severity.ERROR]


def pointer(*tokens: str | int) -> str:
    """Return the JSON Pointer with these reference tokens (RFC 6901 section 3)."""
    path = "".join([f"/{token}" for token in tokens])
    if "~" not in path and path.count("/") == len(tokens):  # nothing to escape, as in most
        return path
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in tokens)


# Four digits at the beginning may be those of a telephone number.
_IDENTIFIER = r"(?!.{65})(?![0-9]{4})@?[A-Za-z0-9_$][A-Za-z0-9_-]*"


def safe_pointer_token(key: object) -> str:
    """Return a key as a step of a JSON Pointer; an empty string if it may be personal data rather than a name."""
    return pointer(key) if isinstance(key, str) and re.fullmatch(_IDENTIFIER, key) else ""


MOST_FINDINGS = 100
"""Findings that are stored."""
MOST_TEXT = 20_000
"""Characters of all stored findings together."""
MOST_COUNTED = 10_000
"""Findings that are counted but not stored; a validation ends at the last one."""


class EnoughError(Exception):
    """Ends a validation that has counted `MOST_COUNTED` findings; it never reaches a caller of this package."""


class FindingCollector:
    """Stores findings until a limit is reached, then only counts them."""

    __slots__ = ("_text", "_warnings", "full", "kept", "omitted")

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.kept: list[Finding] = []
        self.omitted: int = 0
        """The number of findings that were counted without being stored."""
        self.full: bool = False
        """True once a limit is reached."""
        self._text = 0
        self._warnings = 0
        for found in findings:
            self.add(found)

    def __len__(self) -> int:
        return len(self.kept) + self.omitted

    def refuse(self, new: Finding, path: str = "") -> None:
        """Store an error that `finding` has made and nobody else holds, with *path* before its own, or count it.

        Its text is counted without being written.

        Raises:
            EnoughError: as `count` does.
        """
        if self.full:
            return self.count()
        if path:
            object.__setattr__(new, "path", path + new.path)
        place = len(" at ") + len(new.path) if new.path else -len(":")
        return self.add(new, place + _length(new.code, tuple(new.params.items())))

    def add(self, found: Finding, length: int | None = None) -> None:
        """Store a finding if there is room, else count it; an error takes the place of the last warnings."""
        # The length comes last: it is not needed for the many findings that come when the list is full.
        while len(self.kept) == MOST_FINDINGS or self._text + (counted := length or len(str(found))) > MOST_TEXT:
            self.omitted += 1
            self.full = True
            if found.severity is Severity.WARNING or not self._warnings:
                return
            last = next(each for each in reversed(self.kept) if each.severity is Severity.WARNING)
            self.kept.remove(last)
            self._warnings -= 1
            self._text -= len(str(last))
        self.kept.append(found)
        self._warnings += found.severity is Severity.WARNING
        self._text += counted
        if len(self.kept) == MOST_FINDINGS:
            self.full = True

    def leave_out(self) -> None:
        """Count a finding without storing it."""
        self.omitted += 1

    def count(self) -> None:
        """Count a finding without storing it, and stop the reader of a value that has too many.

        Raises:
            EnoughError: `MOST_COUNTED` findings have been counted.
        """
        self.omitted += 1
        if self.omitted == MOST_COUNTED:
            raise EnoughError
