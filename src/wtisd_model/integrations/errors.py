"""What web frameworks and other libraries share: bodies, refusals as responses and errors, their errors as findings."""

import re
from collections.abc import AsyncIterable, Iterable, Mapping
from typing import Any, Final

from wtisd_model.codes import Code
from wtisd_model.findings import (
    Finding,
    FindingCollector,
    PayloadError,
    RefusedError,
    errors_in,
    finding,
    pointer,
    safe_pointer_token,
)
from wtisd_model.integrations.accept_language import accepted_language
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.parser import read
from wtisd_model.json.problem_details import Problem, problem_of
from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for
from wtisd_model.model.documents import require_submission_class
from wtisd_model.model.dossier import Dossier

OMITTED: Final = "findings-omitted"
"""The code of the last of `listed_errors` if there are others; ``params`` has their number as ``omitted``.

It is not a Code, because it is about the list and not about the payload: it is for libraries whose errors have no other
place for the number.
"""

_OURS: Final = frozenset(each.value for each in Code)
_ARRAY_INDEX: Final = re.compile("0|[1-9][0-9]*")  # RFC 6901 section 4


def most_bytes(cls: type[Any], most_of_app: int | None = None) -> int:
    """Return how many bytes the body of a submission may have, by our limits and by that of an app, if it has one.

    Raises:
        TypeError: *cls* cannot be a submission.
    """
    most = Limits().bounds_for(require_submission_class(cls)).bytes
    return most if most_of_app is None else min(most, most_of_app)


def too_large(most: int) -> RefusedError:
    """Return the error for a body of more than *most* bytes."""
    return RefusedError(finding(Code.PAYLOAD_TOO_LARGE, maximum=most))


async def join_chunks(chunks: AsyncIterable[bytes], most: int) -> bytes:
    """Return all chunks of a body as one, and stop reading after more than *most* bytes.

    Raises:
        RefusedError: ``payload-too-large``.
    """
    body = bytearray()
    async for chunk in chunks:
        if len(body) + len(chunk) > most:
            raise too_large(most)
        body += chunk
    return bytes(body)


def problem_parts(error: PayloadError, accepted: Iterable[str] | None) -> tuple[Problem, int, dict[str, str]]:
    """Return the body, the status and the headers of the response to a payload that was refused.

    Args:
        error: what was refused, and why.
        accepted: the values of Accept-Language, none if the request has no such header; None without a request.

    Raises:
        PayloadError: *error* itself, if it has only findings that the sender may not see.

    Source: RFC 9457; RFC 9110 sections 8.5 (Content-Language) and 12.5.5 (Vary).
    """
    language = accepted_language(",".join(accepted or ()))
    status, problem = problem_of(error, language)
    headers = {"Content-Type": "application/problem+json", "Content-Language": language}
    if accepted is not None:
        headers["Vary"] = "Accept-Language"
    return problem, status, headers


def listed_errors(error: PayloadError) -> tuple[Finding, ...]:
    """Return the findings except warnings; the last one has the number of those that are not listed, if any."""
    errors = errors_in(error.findings)
    return (*errors, _omitted(error.omitted)) if error.omitted else (*errors,)


def refused_error(findings: Iterable[Finding]) -> RefusedError:
    """Return the error with findings that `listed_errors` has returned, all of them about the request itself.

    As elsewhere, no more than 100 are listed: a body may contain many objects, each with that many.
    """
    collector, omitted = FindingCollector(), 0
    for each in findings:
        if each.code == OMITTED and "omitted" in each.params:  # an app may have an error of that name
            omitted += int(each.params["omitted"])
        else:
            collector.add(each)
    return RefusedError(*collector.kept, omitted=omitted + collector.omitted, for_office=True)


def location(path: str) -> tuple[int | str, ...]:
    """Return the reference tokens of a JSON Pointer, those of array items as numbers."""
    tokens = (token.replace("~1", "/").replace("~0", "~") for token in path.split("/")[1:])
    return tuple(int(token) if _ARRAY_INDEX.fullmatch(token) else token for token in tokens)


def path_of(steps: Iterable[int | str]) -> str:
    """Return a JSON Pointer without keys that may be personal data."""
    return "".join(pointer(each) if isinstance(each, int) else safe_pointer_token(each) for each in steps)


def body_error(body: bytes) -> RefusedError | None:
    """Return why our reader cannot parse a body that a framework could not parse, or None if it can."""
    parsed = read(body, DEFAULT_LIMITS.bounds_for(Dossier))
    return RefusedError(*parsed) if isinstance(parsed, tuple) else None


def misses_body(errors: Iterable[Mapping[str, Any]]) -> bool:
    """Return True if the body is missing as a whole: it was read, and is null or empty."""
    return any(each["type"] == "missing" and tuple(each["loc"]) == ("body",) for each in errors)


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
