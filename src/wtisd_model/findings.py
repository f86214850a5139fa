"""What a check reports, and the errors that carry it; every exception of this package is a ModelError."""

from collections.abc import Iterator, Mapping
from typing import Self, cast

from attrs import AttrsInstance, field, fields, frozen

from wtisd_model.codes import Code, Severity, sentences_of


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
        return type(self)(
            code=self.code,
            severity=self.severity,
            path=path + self.path,
            message=self.message,
            fix=self.fix,
            params=self.params,
        )

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
    severity, message, fix = sentences_of(code)
    if params:
        message, fix = message.format_map(params), fix.format_map(params)
        suggestion = params.get("suggestion")
        if suggestion is not None:
            fix = f'Did you mean "{suggestion}"? {fix}'
    return Finding(code=code, severity=severity, path=path, message=message, fix=fix, params=params)


def pointer(*tokens: str | int) -> str:
    """Write a JSON Pointer from its reference tokens (RFC 6901 section 3)."""
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
