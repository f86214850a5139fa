"""What web handlers share: the language that a request prefers, the size of its body, and the response to a refusal."""

import re
from collections.abc import AsyncIterable, Iterable, Iterator
from typing import Any, Final

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError, RefusedError
from wtisd_model.findings import finding
from wtisd_model.json.limits import Limits
from wtisd_model.json.problem_details import Problem, problem_of
from wtisd_model.locales import DEFAULT_LANGUAGE, languages
from wtisd_model.model.documents import require_submission_class

__all__ = ["accepted_language"]

_MOST_RANGES: Final = 100
_RANGE: Final = re.compile(r"(\*|[a-z]{1,8})(?:(?<!\*)-[a-z0-9]{1,8})*")  # RFC 4647 section 2.1
_WEIGHT: Final = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")  # RFC 9110 section 12.4.2


def accepted_language(header: str | None) -> str:
    """Return the language of this package that a value of Accept-Language prefers; English if it accepts none of them.

    A range with a script or a region, such as ``fr-CH``, accepts its language; ``fr_CH``, which some apps send, is read
    as ``fr-CH``. Of languages with the same weight, the first one is taken. Malformed ranges are skipped, and only the
    first hundred ranges are read.

    Source: RFC 9110 section 12.5.4; the lookup of RFC 4647 section 3.4.
    """
    weights: dict[str, float] = {}
    for language, weight in _ranges(header or ""):
        if weight > weights.get(language, -1.0):
            weights.pop(language, None)  # so that the order is that of the weights that count
            weights[language] = weight
    others = weights.get("*", 0.0)
    known = [language for language in (*weights, DEFAULT_LANGUAGE, *sorted(languages())) if language in languages()]
    best = max(known, key=lambda language: weights.get(language, others))
    return best if weights.get(best, others) else DEFAULT_LANGUAGE


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Yield the language of each range, or ``*``, with its weight."""
    for language_range in header.lower().replace("_", "-").split(",", _MOST_RANGES)[:_MOST_RANGES]:
        tag, semicolon, parameter = language_range.partition(";")
        matched = _RANGE.fullmatch(tag.strip(" \t"))
        weight = _WEIGHT.fullmatch(parameter.strip(" \t") if semicolon else "q=1")
        if matched and weight:
            yield matched[1], float(weight[1])


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
