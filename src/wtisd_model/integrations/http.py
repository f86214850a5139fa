"""What web handlers share: how much of a body they read, and the response to a refusal."""

from collections.abc import AsyncIterable, Iterable
from typing import Any

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError, RefusedError
from wtisd_model.findings import finding
from wtisd_model.integrations.accept_language import accepted_language
from wtisd_model.json.limits import Limits
from wtisd_model.json.problem_details import Problem, problem_of
from wtisd_model.model.documents import require_submission_class


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
