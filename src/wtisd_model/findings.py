"""What a check reports, and the errors that carry it; every exception of this package is a ModelError."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Self, cast

from attrs import AttrsInstance, evolve, field, fields, frozen

from wtisd_model.codes import SENTENCES, Code, Severity


class ReprMixin:
    """Prints as an attrs class does; a method of its own for each class would cost every import of the package more."""

    __slots__ = ()

    @classmethod
    def _repr_fields(cls) -> Iterator[str]:
        """Name the fields that are printed."""
        return (each.name for each in fields(cast("type[AttrsInstance]", cls)) if each.repr)

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in self._repr_fields())
        return f"{type(self).__name__}({', '.join(values)})"


@frozen(kw_only=True, repr=False)
class Finding(ReprMixin):
    """One thing that is wrong or doubtful, and how to mend it.

    Nothing of the input is in it: messages show bounds and suggestions only.
    """

    code: str
    """What is wrong: a `wtisd_model.codes.Code`, or the word of a rule of your own."""

    severity: Severity = Severity.ERROR
    """Whether it refuses or only warns."""

    path: str = ""
    """Where: a JSON Pointer (RFC 6901) into the payload or the object; empty for the whole."""

    message: str
    """The sentence for a person. Its wording may change; programs test the code."""

    fix: str
    """What the reader can do about it."""

    params: Mapping[str, str | int] = field(factory=dict[str, str | int], hash=False)
    """The figures and words in the message: bounds, choices, a suggestion."""

    def prefixed(self, path: str) -> Self:
        """Give the same finding seen from further out: *path* is the way to where its own path begins."""
        if type(self) is not Finding:
            return evolve(self, path=path + self.path)
        seen: Self = _fill(self.code, self.severity, path + self.path, self.message, self.fix, dict(self.params))
        return seen

    @property
    def length(self) -> int:
        """How many characters it has as text."""
        brackets_and_blanks = 9 if self.path else 4  # "[] at :  " or "[]  "
        return brackets_and_blanks + len(self.code) + len(self.path) + len(self.message) + len(self.fix)

    def __str__(self) -> str:
        place = f" at {self.path}:" if self.path else ""
        return f"[{self.code}]{place} {self.message} {self.fix}"


def finding(code: Code, path: str = "", **params: str | int) -> Finding:
    """Make the finding that *code* stands for.

    Args:
        code: what is wrong; its templates give the sentences.
        path: JSON Pointer to the place.
        params: what the templates ask for; ``suggestion``, if given, is added to the fix. Never input.
    """
    severity, message, fix = _sentences(code, *params.items()) if params else SENTENCES[code]
    found: Finding = _fill(code, severity, path, message, fix, params)
    return found


@lru_cache(4096)
def _sentences(code: Code, *params: tuple[str, str | int]) -> tuple[Severity, str, str]:
    # What is in them are bounds and suggestions of ours, and so the same ones come again.
    severity, message, fix = SENTENCES[code]
    values = dict(params)
    message, fix = message.format_map(values), fix.format_map(values)
    suggestion = values.get("suggestion")
    return severity, message, fix if suggestion is None else f'Did you mean "{suggestion}"? {fix}'


@cache
def unfrozen(cls: type) -> type:
    """Make the subclass in which an object of a frozen class can be filled past its constructor.

    With the same slots, so that the object can be given its class in the end; with both methods of object's own,
    storing an attribute goes straight to its slot.
    """
    members = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    subclass: type = type(f"Open{cls.__name__}", (cls,), members)
    return subclass


_OPEN_FINDING = unfrozen(Finding)
_new: Callable[[type], Any] = object.__new__


def _fill(code: str, severity: Severity, path: str, message: str, fix: str, params: Mapping[str, str | int]) -> Any:
    """Make a finding in half the time that its constructor takes; a bad payload has many."""
    made: Any = _new(_OPEN_FINDING)
    made.code = code
    made.severity = severity
    made.path = path
    made.message = message
    made.fix = fix
    made.params = params
    made.__class__ = Finding
    return made


def pointer(*tokens: str | int) -> str:
    """Write a JSON Pointer from its reference tokens (RFC 6901 section 3)."""
    way = "".join([f"/{token}" for token in tokens])
    if "~" not in way and way.count("/") == len(tokens):  # nothing to escape, as in most
        return way
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in tokens)


class ModelError(Exception):
    """The root of every error that this package raises on purpose."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings: tuple[Finding, ...] = findings

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.findings)


class InvalidValueError(ModelError, ValueError):
    """A value that an object cannot hold."""


class PayloadError(ModelError, ValueError):
    """A payload that could not be read, with all that is wrong in it."""


class MoveError(ModelError):
    """A step that the table of states does not allow."""


class ExportError(ModelError):
    """Something that cannot be written."""


class MessageError(ModelError):
    """A calendar message that breaks RFC 5546."""


MOST_FINDINGS = 100
MOST_TEXT = 20_000
MOST_COUNTED = 10_000


class EnoughError(Exception):
    """Ends a walk in which so much was found that the rest would tell nobody anything; never leaves `payload`."""


class FindingCollector:
    """Keeps findings until there are enough, and then counts them."""

    __slots__ = ("_text", "_warnings", "full", "kept", "omitted")

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.kept: list[Finding] = []
        self.omitted: int = 0
        self.full: bool = False
        """Whether further findings are only counted."""
        self._text = 0
        self._warnings = 0
        for found in findings:
            self.add(found)

    def __len__(self) -> int:
        return len(self.kept) + self.omitted

    def add(self, found: Finding) -> None:
        """Keep a finding, or count it; where there is no room, warnings give way to errors."""
        length = found.length
        while len(self.kept) == MOST_FINDINGS or self._text + length > MOST_TEXT:
            self.omitted += 1
            self.full = True
            if found.severity is Severity.WARNING or not self._warnings:
                return
            last = next(each for each in reversed(self.kept) if each.severity is Severity.WARNING)
            self.kept.remove(last)
            self._warnings -= 1
            self._text -= last.length
        self.kept.append(found)
        self._warnings += found.severity is Severity.WARNING
        self._text += length
        if len(self.kept) == MOST_FINDINGS:
            self.full = True

    def count(self) -> None:
        """Count a finding of which nothing but that it is there is to be told."""
        self.omitted += 1
        if self.omitted == MOST_COUNTED:
            raise EnoughError
