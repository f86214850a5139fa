"""What is said about a foreign document: findings, at the places where its values were found."""

from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any, Final, NamedTuple

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import MOST_FINDINGS, Finding, FindingCollector, finding
from wtisd_model.schema.constraints import Text, compiled
from wtisd_model.schema.patterns import BIDI, BLANK, CONTROL

UNTITLED: Final = {"text": "Untitled", "language": "en"}
"""The title of an event or a session without one, as JSON of this package."""


class At(NamedTuple):
    """A value for a model field, and the path of the place in the foreign document where it was found."""

    value: Any
    path: str


class Notes(FindingCollector):
    """The findings about a foreign document, 100 at most; further ones are counted (``omitted``)."""

    __slots__ = ("_noted",)

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        super().__init__(findings)
        self._noted = set[tuple[str | int, ...]]()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are kept."""
        return tuple(self.kept)

    def note(self, code: Code, path: str, **params: str | int) -> None:
        """Add the finding of a code; a warning for which there is no room is counted without being made."""
        if code.severity is Severity.WARNING and len(self.kept) == MOST_FINDINGS:
            # A hostile file has 100,000 of them; unlike `count`, this never stops the reader.
            self.leave_out()
        else:
            self.add(finding(code, path, **params))

    def note_once(self, code: Code, path: str, **params: str | int) -> None:
        """Add the finding of a code unless one has the same params, so that repetitions do not drown the others."""
        if self._is_new(code, *params.values()):
            self.note(code, path, **params)

    def note_once_at(self, code: Code, path: str, **params: str | int) -> None:
        """Add the finding of a code unless the place has one already."""
        if self._is_new(code, path):
            self.note(code, path, **params)

    def _is_new(self, *key: str | int) -> bool:
        is_new = key not in self._noted
        self._noted.add(key)
        return is_new

    def first(self, drafts: Iterable[At], most: int) -> list[At]:
        """Return as many drafts as a field may hold, with a finding about the first one that is left out."""
        first = list(islice(drafts, most + 1))
        for left_out in first[most:]:
            # Once for all occurrences of a series, which have their lists from one place.
            self.note_once_at(Code.VALUE_DROPPED, left_out.path, reason=Code.TOO_MANY_ITEMS)
        return first[:most]

    def text(self, value: object, constraint: Text, path: str) -> At | None:
        """Return a text that a field may hold, with a finding if it had to be changed; None without a text.

        An empty or blank text, and null, count as absent.
        """
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        text = mended(value, constraint) if isinstance(value, str) else None
        if text is None:
            reason = Code.TEXT_EMPTY if isinstance(value, str) else Code.WRONG_TYPE
            self.note(Code.VALUE_DROPPED, path, reason=reason)
            return None
        if text != value:
            self.note(Code.TEXT_CHANGED, path, property=path.rpartition("/")[2])
        return At(text, path)


def mended(value: str, constraint: Text) -> str | None:
    """Return a text of another program, changed as little as its field needs, or None if nothing is left.

    Control characters and outer blanks are removed, and a text that is too long is cut. A text that the field may hold
    is returned unchanged.
    """
    if constraint.check(value) is None:
        return value
    between = "\n" if constraint.lines else " "
    text = compiled(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]").sub(between, value).replace("\t", " ")
    text = compiled(f"[{CONTROL}{BIDI if constraint.name else ''}]").sub("", text)
    # Cut in the middle, so that the blank before the cut has to go too.
    text = text.strip(_blanks())[: constraint.maximum].strip(_blanks())
    return text if constraint.check(text) is None else None


@cache
def _blanks() -> str:
    """Return the characters that no text may end with; a pattern for them at the end would try at each."""
    return "".join(compiled(f"[{BLANK}]").findall("".join(map(chr, range(0x10000)))))
