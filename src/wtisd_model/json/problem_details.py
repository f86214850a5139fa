"""What a web handler answers to a payload that is refused: problem details (RFC 9457), as a dict."""

from collections.abc import Iterable
from typing import Final, TypedDict

from wtisd_model.codes import Code, Nature, Severity
from wtisd_model.findings import Finding
from wtisd_model.types.arguments import require_iterable


class ProblemEntry(TypedDict):
    """What is wrong in one place."""

    detail: str
    pointer: str
    code: str
    severity: str
    fix: str
    params: dict[str, str | int]


class Problem(TypedDict, total=False):
    """Problem details (RFC 9457 section 3.1) with what this package adds; empty where nothing is to be refused."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemEntry]
    omitted: int


# Status, type and title. Programs test the type; the title is the same each time (RFC 9457 section 3.1.3).
_TOO_LARGE: Final = (413, "urn:wtisd-model:problem:1:too-large", "The document is too large.")
_UNREADABLE: Final = (400, "urn:wtisd-model:problem:1:unreadable", "The document cannot be read.")
_INVALID: Final = (422, "urn:wtisd-model:problem:1:invalid", "The document is not valid.")

_LARGE: Final = frozenset({Code.PAYLOAD_TOO_LARGE, Code.PAYLOAD_TOO_MANY_VALUES})
# Well-formed, and of a kind that this release does not know: RFC 9110 section 15.5.21 has 422 for that.
_READABLE: Final = frozenset({Code.SCHEMA_VERSION_NEWER})
_CANNOT_BE_READ: Final = frozenset(each for each in Code if each.nature is Nature.READING) - _LARGE - _READABLE

_ABOUT_OTHERS: Final = frozenset({Code.REGISTRATION_REPEATED, Code.WAITLIST_PASSED_OVER})


def to_problem(findings: Iterable[Finding], *, omitted: int = 0, for_office: bool = False) -> Problem:
    """Write findings as problem details, or an empty dict where there is nothing to refuse.

    The members are ``type``, ``title``, ``status``, ``detail`` and ``errors``: for each finding its ``detail`` (what is
    wrong), its ``pointer`` (a JSON Pointer as a URI fragment), ``code``, ``severity``, ``fix`` and ``params``. All are
    plain values that any JSON library writes; send them as ``application/problem+json``. ``status`` is 413 for what is
    too large, 400 for what is no JSON of ours, and 422 for all else.

    What tells the sender about somebody else is left out: ``registration-repeated``, ``waitlist-passed-over``, and
    ``id-repeated`` for the id of the document itself. It leaves no trace, not even a number, and where it was all there
    is the dict is empty, just as for a payload with nothing wrong. Warnings alone refuse nothing either. So let the
    dict decide what is answered, and not `Outcome.ok`, which knows more than the sender may.

    Args:
        findings: those of an `Outcome`, of a `PayloadError`, or your own.
        omitted: `Outcome.omitted`, which is told in ``detail`` and as a member of that name.
        for_office: the answer goes to those who may know who is registered; nothing is left out.

    Raises:
        TypeError: *findings* is one thing, such as an `Outcome`; give its findings.

    Source: RFC 9457, and the example in its section 3; RFC 6901 section 6 for the pointers.
    """
    told = [each for each in require_iterable(findings, "findings") if for_office or not _is_about_others(each)]
    errors = [each for each in told if each.severity is Severity.ERROR]
    warnings = len(told) - len(errors)
    # Among findings that were cut off an error may be, unless a warning was kept: warnings give way to errors.
    if not errors and (warnings or not omitted):
        return {}
    status, kind, title = _kind(errors)
    problem: Problem = {
        "type": kind,
        "title": title,
        "status": status,
        "detail": _detail(len(errors), warnings, omitted),
        "errors": [_error(each) for each in told],
    }
    if omitted:
        problem["omitted"] = omitted
    return problem


def _is_about_others(found: Finding) -> bool:
    # Two sessions with one id stand in one document, further down; whose id is taken there learns nothing of others.
    return found.code in _ABOUT_OTHERS or (found.code == Code.ID_REPEATED and found.path == "/id")


def _kind(errors: list[Finding]) -> tuple[int, str, str]:
    codes = {each.code for each in errors}
    if codes & _LARGE:
        return _TOO_LARGE
    return _UNREADABLE if codes & _CANNOT_BE_READ else _INVALID


def _detail(errors: int, warnings: int, omitted: int) -> str:
    counted = ((errors, "error"), (warnings, "warning"), (omitted, "further finding"))
    counts = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted if count]
    unlisted = ", not listed" if omitted else ""
    return f"Found: {', '.join(counts)}{unlisted}. Mend what errors lists, and send it again."


def _error(found: Finding) -> ProblemEntry:
    from urllib.parse import quote  # for refusals alone

    return {
        "detail": found.message,
        # What RFC 3986 section 3.5 allows in a fragment stands as itself; half a character becomes a question mark.
        "pointer": "#" + quote(found.path, safe="/~!$&'()*+,;=:@?", errors="replace"),
        "code": str(found.code),
        "severity": found.severity.value,
        "fix": found.fix,
        "params": {str(key): value if type(value) is int else str(value) for key, value in found.params.items()},
    }
