"""The outcome of validating a payload."""

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from attrs import field, frozen

from wtisd_model.errors import RefusedError
from wtisd_model.findings import Finding
from wtisd_model.json.problem_details import is_refusal, shown_findings
from wtisd_model.model.event import Event
from wtisd_model.objects import unchecked_constructor
from wtisd_model.schema.model import EqMixin

T = TypeVar("T")


@frozen(kw_only=True, eq=False, repr=False)
class Outcome(EqMixin, Generic[T]):
    """The outcome of validating a payload."""

    value: T | None = None
    """The object, if it could be created; it may still break rules."""
    findings: tuple[Finding, ...] = ()
    """The findings, at most 100: for each object, keys in the order of the payload, missing keys, and cross-field
    rules; then the findings of rules."""
    line: int | None = None
    """The line number in a JSON Lines file or a table, from 1."""
    omitted: int = 0
    """The number of findings that are not listed; about the shape at most 10,000 are counted."""
    event: Event | None = field(default=None, eq=False, repr=False)
    """The event whose form was filled in, if the payload is a submission that was judged against a dossier."""

    @property
    def ok(self) -> bool:
        """True if there is no error, among the omitted findings either: those have one only if no warning is listed."""
        return not is_refusal(self.findings, self.omitted)

    def value_or_raise(self, *, for_office: bool = False) -> T:
        """Return the object, unless `to_problem` refuses it.

        The error is for the sender: frameworks with one of our integrations answer it as problem details, in which
        sessions and choices have the labels of the form. Like `to_problem`, it leaves out the findings about other
        people, and a payload with no others is not refused.

        Args:
            for_office: True if the response goes to people who may know who is registered; nothing is left out.

        Raises:
            RefusedError: with the findings that the sender may see.
            TypeError: there is neither an object nor a finding that refuses it; a `Validator` returns no such outcome.
        """
        shown = shown_findings(self.findings, for_office=for_office)
        if is_refusal(shown, self.omitted):
            raise RefusedError(*shown, omitted=self.omitted, for_office=for_office, event=self.event)
        if self.value is None:
            raise TypeError("This outcome has no value, and no finding that refuses it.")
        return self.value


new_outcome: Final[Callable[..., Outcome[Any]]] = unchecked_constructor(Outcome)  # one is made for each line of a file
