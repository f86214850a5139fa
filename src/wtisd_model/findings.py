"""Findings, and the errors that carry them; every exception of this package is a `ModelError`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Self, TypeVar, cast

from attrs import AttrsInstance, Factory, evolve, field, fields, frozen

from wtisd_model.codes import Code, Severity
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for, language_of_code

T = TypeVar("T")


class HtmlMixin:
    """A picture or a small table of an object, for Jupyter."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return it as HTML."""
        from wtisd_model.integrations.ipython import html_of

        return html_of(self)


class ReprMixin(HtmlMixin):
    """The ``repr`` of an object: as that of an attrs class, but without fields that have their default value.

    Written once instead of generated for each class, it makes the import faster.
    """

    __slots__ = ()

    @classmethod
    @cache
    def _repr_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields that are printed."""
        return tuple(each.name for each in fields(cast("type[AttrsInstance]", cls)) if each.repr)

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        """Yield the same fields for Rich, which otherwise prints every field of an attrs class.

        A traceback with locals may print an object before all its fields are set.
        """
        cls: type = type(self)
        defaults = _defaults_of(cls)
        for name in self._repr_fields():
            if hasattr(self, name) and (value := getattr(self, name)) != defaults[name]:
                yield name, value

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({', '.join(values)})"

    def __dir__(self) -> list[str]:
        """List the public names: fields, properties and methods."""
        return [name for name in super().__dir__() if name[0].islower()]


@cache
def _defaults_of(cls: type) -> dict[str, object]:
    factory = cast("type[Any]", Factory)  # attrs declares it as a function
    return {
        each.name: each.default.factory() if isinstance(each.default, factory) else each.default
        for each in fields(cast("type[AttrsInstance]", cls))
    }


_printed = lru_cache(512)(ReprMixin.__repr__)


@frozen(eq=False, repr=False)
class ConstraintRepr(ReprMixin):
    """A repr as that of `ReprMixin`, but remembered: when attrs makes a class, it prints all constraints of its fields.

    For objects that compare by identity and cannot change. Those without attributes need no decorator of their own.
    """

    def __repr__(self) -> str:
        return _printed(self)


@cache
def unchecked_constructor(cls: type[T]) -> Callable[..., T]:
    """Return a function that makes an object of a frozen attrs class from all its fields, in their order or by name.

    It checks nothing and applies no default or converter, so it takes a fifth of the time of the constructor. Use it
    for values that are known to be good.
    """
    # Attributes of a subclass with the methods of `object` can be set; having the same slots, its objects can then
    # become objects of the class itself. As in attrs, the function is generated: a loop would take three times as long.
    methods = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    unfrozen = type(cls.__name__, (cls,), methods)
    names = [each.name for each in fields(cast("type[AttrsInstance]", cls))]
    stores = (f"made.{name} = {name}" for name in names)
    body = "\n  ".join(["made = new(unfrozen)", *stores, "made.__class__ = cls", "return made"])
    scope: dict[str, Any] = {"new": object.__new__, "unfrozen": unfrozen, "cls": cls}
    exec(f"def construct({', '.join(names)}):\n  {body}", scope)  # noqa: S102 - the text has only names of fields, and no input
    construct: Callable[..., T] = scope["construct"]
    return construct


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

    def prefixed(self, path: str) -> Self:
        """Return the same finding with *path* before its own path."""
        path += self.path
        if type(self) is not Finding:
            return evolve(self, path=path)
        prefixed: Self = _construct_finding(
            self.code, self.severity, path, self.message, self.fix, dict(self.params), self.language
        )
        return prefixed

    # Why: docs/decisions/0038
    def in_language(self, tag: str) -> Self:
        """Return the same finding with its message and fix in Arabic, Chinese, English, French, Russian or Spanish.

        The code, the path and the params stay. A finding with sentences of your own is returned unchanged.

        Args:
            tag: the language of the reader, such as ``fr`` or ``fr-CH``. English takes the place of a language that is
                not one of these, and of sentences that are not translated yet: ``language`` of the result says so.
        """
        params = tuple(self.params.items())
        try:
            language, message, fix = _translated(self.language, tag, self.code, params, self.message, self.fix)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return self  # the sentences or the params are not ours
        if type(self) is not Finding:
            return evolve(self, message=message, fix=fix, language=language)
        translated: Self = _construct_finding(
            self.code, self.severity, self.path, message, fix, dict(self.params), language
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

    def _repr_html_(self) -> str:
        from wtisd_model.integrations.ipython import findings_html

        return findings_html((self,), "1 finding")


_construct_finding: Callable[..., Any] = unchecked_constructor(Finding)


def finding(code: Code, path: str = "", **params: str | int) -> Finding:
    """Return the finding of a code.

    Args:
        code: what is wrong.
        path: JSON Pointer to the place.
        params: values for the placeholders of its sentences, no personal data, since they stay in memory; a
            ``suggestion`` is put before the fix.
    """
    message, fix = _sentences(DEFAULT_LANGUAGE, code, tuple(params.items()), to_sender=False)
    found: Finding = _construct_finding(code, code.severity, path, message, fix, params, DEFAULT_LANGUAGE)
    return found


_Params = tuple[tuple[str, str | int], ...]


@lru_cache(4096)  # bounds, suggestions and ids come again
def _sentences(language: str, code: str, params: _Params, *, to_sender: bool) -> tuple[str, str]:
    return finding_texts_for(language).format_finding(code, dict(params), to_sender=to_sender)


@lru_cache(4096)
def _translated(source: str, tag: str, code: str, params: _Params, message: str, fix: str) -> tuple[str, str, str]:
    """Return the language of a reader, and in it the sentences of a finding, which are in the language *source*.

    Raises:
        KeyError: they are not ours. They may name a person, and an error is kept by no cache.
    """
    # The texts of "" are about a value that another library refuses; its code may be one of ours.
    texts = finding_texts_for(source)
    for known, values in (("", {}), (code, dict(params))) if code in texts.codes else (("", {}),):
        for to_sender in (False, True):
            if texts.format_finding(known, values, to_sender=to_sender) == (message, fix):
                language = language_of_code(tag, code)
                return language, *finding_texts_for(language).format_finding(known, values, to_sender=to_sender)
    raise KeyError(code)


def for_sender(found: Finding) -> Finding:
    """Return a finding of a code, with the fix that the sender of a submission can carry out."""
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


_MOST_PRINTED = 3
"""Findings in the ``repr`` of an error, which logs and tracebacks print in one line."""


class ModelError(Exception):
    """The base class of all errors that this package raises on purpose."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings: tuple[Finding, ...] = findings

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.findings)

    def __repr__(self) -> str:
        printed = [repr(each) for each in self.findings[:_MOST_PRINTED]]
        if len(self.findings) > _MOST_PRINTED:
            printed.append(f"and {len(self.findings) - _MOST_PRINTED} more")
        return f"{type(self).__name__}({', '.join(printed)})"


class InvalidValueError(ModelError, ValueError):
    """A value that an object cannot hold."""


class PayloadError(ModelError, ValueError):
    """A payload that was refused, with all its findings.

    Args:
        findings: at least one.
        omitted: the number of findings that are not listed.
        for_office: True if a response may contain findings about other people.
    """

    def __init__(self, *findings: Finding, omitted: int = 0, for_office: bool = False) -> None:
        super().__init__(*findings)
        self.omitted = omitted
        self.for_office = for_office


class RefusedError(PayloadError):
    """A payload that was refused, for its sender to correct: web frameworks with our handlers respond with it.

    They pass on any other `PayloadError`, which may be about stored data that the sender must not see.
    """


class MoveError(ModelError):
    """A transition that the table of states does not allow."""


class ExportError(ModelError):
    """Something that cannot be written."""


class MessageError(ModelError):
    """A calendar message that breaks RFC 5546."""


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

    def add(self, found: Finding) -> None:
        """Store a finding if there is room, else count it; an error takes the place of the last warnings."""
        # The length comes last: it is not needed for the many findings that come when the list is full.
        while len(self.kept) == MOST_FINDINGS or self._text + (length := len(str(found))) > MOST_TEXT:
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
        self._text += length
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
