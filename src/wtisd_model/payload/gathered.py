"""What is found in one payload, as much as a reader can use: 100 findings and 20,000 characters of text."""

from collections.abc import Iterable

from wtisd_model.codes import Severity
from wtisd_model.findings import Finding

MOST_FINDINGS = 100
MOST_TEXT = 20_000
MOST_COUNTED = 10_000


class EnoughError(Exception):
    """Ends a walk in which so much was found that the rest would tell nobody anything; never leaves `payload`."""


class Gathered:
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
