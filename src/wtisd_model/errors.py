"""The errors that carry findings; every exception of this package is a `ModelError`."""

from wtisd_model.findings import Finding

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
        event: the event whose form was filled in, if it is known: a response names what the form offers by its labels.
    """

    def __init__(self, *findings: Finding, omitted: int = 0, for_office: bool = False, event: object = None) -> None:
        super().__init__(*findings)
        self.omitted: int = omitted
        self.for_office: bool = for_office
        self.event: object = event


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
