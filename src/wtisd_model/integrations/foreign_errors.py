"""The findings of a payload as errors of other libraries, and their errors as findings."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError, RefusedError
from wtisd_model.findings import Finding, FindingCollector, errors_in, finding, pointer, safe_pointer_token
from wtisd_model.json.limits import DEFAULT_LIMITS
from wtisd_model.json.parser import read
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for
from wtisd_model.model.dossier import Dossier

OMITTED: Final = "findings-omitted"
"""The code of the last of `listed_errors` if there are others; ``params`` has their number as ``omitted``.

It is not a Code, because it is about the list and not about the payload: it is for libraries whose errors have no other
place for the number.
"""

_OURS: Final = frozenset(code.value for code in Code)
_ARRAY_INDEX: Final = re.compile("0|[1-9][0-9]*")  # RFC 6901 section 4


def listed_errors(error: PayloadError) -> tuple[Finding, ...]:
    """Return the findings except warnings; the last one has the number of those that are not listed, if any."""
    errors = errors_in(error.findings)
    return (*errors, _omitted(error.omitted)) if error.omitted else (*errors,)


def refused_error(findings: Iterable[Finding]) -> RefusedError:
    """Return the error with findings that `listed_errors` has returned, all of them about the request itself.

    As elsewhere, no more than 100 are listed: a body may contain many objects, each with that many.
    """
    collector, omitted = FindingCollector(), 0
    for found in findings:
        if found.code == OMITTED and "omitted" in found.params:  # an app may have an error of that name
            omitted += int(found.params["omitted"])
        else:
            collector.add(found)
    return RefusedError(*collector.kept, omitted=omitted + collector.omitted, for_office=True)


def location(path: str) -> tuple[int | str, ...]:
    """Return the reference tokens of a JSON Pointer, those of array items as numbers."""
    tokens = (token.replace("~1", "/").replace("~0", "~") for token in path.split("/")[1:])
    return tuple(int(token) if _ARRAY_INDEX.fullmatch(token) else token for token in tokens)


def path_of(steps: Iterable[int | str]) -> str:
    """Return a JSON Pointer without keys that may be personal data."""
    return "".join(pointer(step) if isinstance(step, int) else safe_pointer_token(step) for step in steps)


def body_error(body: bytes) -> RefusedError | None:
    """Return why our reader cannot parse a body that a framework could not parse, or None if it can."""
    parsed = read(body, DEFAULT_LIMITS.bounds_for(Dossier))
    return RefusedError(*parsed) if isinstance(parsed, tuple) else None


def misses_body(errors: Iterable[Mapping[str, Any]]) -> bool:
    """Return True if the body is missing as a whole: it was read, and is null or empty."""
    return any(error["type"] == "missing" and tuple(error["loc"]) == ("body",) for error in errors)


def request_finding(error: Mapping[str, Any], *, empty: bool) -> Finding:
    """Return an error that pydantic has found in a request as a finding.

    Args:
        error: its ``loc`` begins with the part of the request.
        empty: the request has no body.
    """
    part, *steps = error["loc"] or ("body",)
    path = path_of(steps)
    if part != "body":
        return foreign_finding(error["type"], "", {"in": part, "parameter": path.removeprefix("/")})
    params = dict(error.get("ctx", {}))
    if error["type"] in _OURS and "pointer" in params:  # else it is an error of the app that has one of our codes
        own = params.pop("pointer")  # it contains no personal data, and keys that path_of would leave out
        return finding(Code(error["type"]), path_of(steps[: len(steps) - own.count("/")]) + own, **params)
    if error["type"] == OMITTED and "omitted" in params:
        return _omitted(params["omitted"])
    if error["type"] == "missing" and steps:
        return finding(Code.KEY_MISSING, path)
    if error["type"] == "missing":  # null counts as absent too
        return finding(Code.NOT_JSON, offset=0) if empty else finding(Code.WRONG_TYPE, expected="object")
    return foreign_finding(error["type"], path)


def foreign_finding(code: str, path: str, params: Mapping[str, str | int] | None = None) -> Finding:
    """Return an error about a value that another library reads, without its message, which may repeat the value."""
    return _worded("", code, path, params or {})


def _omitted(count: int) -> Finding:
    return _worded(OMITTED, OMITTED, "", {"omitted": count})


def _worded(text_code: str, code: str, path: str, params: Mapping[str, str | int]) -> Finding:
    message, fix = finding_texts_for(DEFAULT_LANGUAGE).format_finding(text_code, params, to_sender=False)
    return Finding(code=code, path=path, message=message, fix=fix, params=params)
