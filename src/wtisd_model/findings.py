"""What a check reports, and the errors that carry it; every exception of this package is a ModelError."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Self, cast

from attrs import AttrsInstance, evolve, field, fields, frozen

from wtisd_model.codes import SENTENCES, Code, Severity


class Shown:
    """Prints as an attrs class does; a method of its own for each class would cost every import of the package more."""

    __slots__ = ()

    @classmethod
    def _shown_fields(cls) -> Iterator[str]:
        """Name the fields that are printed."""
        return (each.name for each in fields(cast("type[AttrsInstance]", cls)) if each.repr)

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in self._shown_fields())
        return f"{type(self).__name__}({', '.join(values)})"


@frozen(kw_only=True, repr=False)
class Finding(Shown):
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

    def below(self, path: str) -> Self:
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
def opened(cls: type) -> type:
    """Make the subclass in which an object of a frozen class can be filled past its constructor.

    With the same slots, so that the object can be given its class in the end; with both methods of object's own,
    storing an attribute goes straight to its slot.
    """
    members = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    subclass: type = type(f"Open{cls.__name__}", (cls,), members)
    return subclass


_OPEN_FINDING = opened(Finding)
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
