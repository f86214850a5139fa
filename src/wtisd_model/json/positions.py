"""The places of findings in the text of a payload, by line and column: for editors, and for annotations."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from json import JSONDecoder
from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, pointer

# Skips a value at the speed of C. It is never deeper than a document that was parsed.
_decode: Final = JSONDecoder().raw_decode


class Position(NamedTuple):
    """A place in a text: the line and the column, both counted from 1; columns are characters."""

    line: int
    column: int


def positions(raw: bytes, findings: Sequence[Finding], *, first_line: int = 1) -> list[Position]:
    """Return the position of each finding in a payload.

    It is the start of the member or item at the path of the finding. For a missing member, it is the start of the
    object that should contain it; for a repeated key, the start of the later one.

    Args:
        raw: the payload that was read, as it was before any compression.
        findings: those of its Outcome.
        first_line: the number of the first line of the payload.
    """
    text, is_complete = _decoded(raw)
    repeated = {each.path for each in findings if each.code == Code.KEY_REPEATED}
    members = _Members(text, {each.path for each in findings if each.path} | repeated, repeated)
    found: list[Position] = []
    for each in findings:
        offset = members.offset(each.path)
        if each.code == Code.NOT_JSON:
            offset = len(raw[: int(each.params["offset"])].decode())
        elif each.code == Code.NOT_UTF8 and not is_complete:
            offset = len(text)
        line = first_line + text.count("\n", 0, offset)
        found.append(Position(line, offset - text.rfind("\n", 0, offset)))
    return found


def _decoded(raw: bytes) -> tuple[str, bool]:
    """Return a payload as text, and True; or the text before the first byte that is not UTF-8, and False."""
    try:
        return raw.decode(), True
    except UnicodeDecodeError as error:
        return raw[: error.start].decode(), False


class _Members:
    """The starts of the members and items at *paths*, and of the objects and arrays around them."""

    def __init__(self, text: str, paths: Iterable[str], repeated: Iterable[str]) -> None:
        self._text = text
        self._repeated = frozenset(repeated)
        tokens = [path.split("/") for path in paths]
        self._wanted = {path for each in tokens for path in accumulate(each, "{}/{}".format)}
        self._around = {path for each in tokens for path in accumulate(each[:-1], "{}/{}".format)} | self._repeated
        self._offsets = {"": self._skip(0)}
        if self._wanted:
            self._end(self._offsets[""], "")

    def offset(self, path: str) -> int:
        """Return the start of a member or item, or of the innermost object or array on the way to it."""
        while path not in self._offsets:
            path = path.rpartition("/")[0]
        return self._offsets[path]

    def _end(self, at: int, path: str) -> int:
        """Return the end of the value at *at*, and record the starts of the wanted members in it."""
        text, opening = self._text, self._text[at]
        if opening not in "[{" or path not in self._around:
            return _decode(text, at)[1]
        keys = set[object]()
        at = self._skip(at + 1)
        while text[at] not in "]}":
            begin, key = at, len(keys)
            if opening == "{":
                key, at = _decode(text, at)
                at = self._skip(self._skip(at) + 1)
                if key in keys and path in self._repeated:
                    self._offsets[path] = begin
            keys.add(key)
            inner = path + pointer(key)
            if inner in self._wanted:
                self._offsets[inner] = begin
            at = self._skip(self._end(at, inner))
            if text[at] == ",":
                at = self._skip(at + 1)
        return at + 1

    def _skip(self, at: int) -> int:
        """Return the end of the blanks at *at*."""
        while self._text[at : at + 1] in {" ", "\t", "\r", "\n"}:
            at += 1
        return at
