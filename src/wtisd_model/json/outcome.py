"""The outcome of validating a payload."""

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from attrs import frozen

from wtisd_model.codes import Severity
from wtisd_model.findings import Finding, unchecked_constructor

T = TypeVar("T")


@frozen(kw_only=True)
class Outcome(Generic[T]):
    """The outcome of validating a payload."""

    value: T | None = None
    """The object, if it could be created; it may still break rules."""
    findings: tuple[Finding, ...] = ()
    """The findings, at most 100: for each object, keys in the order of the payload, missing keys, and cross-field
    rules; then the findings of rules."""
    line: int | None = None
    """The line number in a JSON Lines file, from 1."""
    omitted: int = 0
    """The number of findings that are not listed; about the shape at most 10,000 are counted. Warnings are omitted
    before errors."""

    @property
    def ok(self) -> bool:
        """True if there is no error among the findings. Errors are omitted only if no warning is listed."""
        return all(each.severity is not Severity.ERROR for each in self.findings)


new_outcome: Final[Callable[..., Outcome[Any]]] = unchecked_constructor(Outcome)  # one is made for each line of a file
