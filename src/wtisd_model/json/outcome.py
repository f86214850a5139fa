"""What became of one payload."""

from typing import Generic, TypeVar

from attrs import frozen

from wtisd_model.codes import Severity
from wtisd_model.findings import Finding

T = TypeVar("T")


@frozen(kw_only=True)
class Outcome(Generic[T]):
    """What became of one payload."""

    value: T | None = None
    """The object, whenever it could be built, even where rules about it object."""
    findings: tuple[Finding, ...] = ()
    """All that is wrong or doubtful, 100 at most: object by object its keys as sent, what is missing, what does not fit
    together; then what the rules say."""
    line: int | None = None
    """The line of a JSON Lines file that it stood in, from 1."""
    omitted: int = 0
    """How many further findings there were; about the shape no more than 10,000 are counted. Warnings give way to
    errors."""

    @property
    def ok(self) -> bool:
        """Whether no error is among the findings. While there is a warning among them, no error was left out."""
        return all(each.severity is not Severity.ERROR for each in self.findings)
