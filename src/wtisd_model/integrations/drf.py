"""Django REST framework: documents in serializers, and refusals as problem details.

It needs Django REST framework: ``pip install 'wtisd-model[drf]'``, and the settings of Django when it is imported.
"""

from collections.abc import Iterator
from json import JSONDecodeError
from traceback import walk_tb
from typing import Any, cast

try:
    from rest_framework import parsers, serializers, views
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.drf needs Django REST framework: pip install 'wtisd-model[drf]'",
        name="rest_framework",
    ) from _missing

from attrs import evolve
from django.http import HttpResponseBase
from django.utils.translation import get_language
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.request import is_form_media_type
from rest_framework.settings import api_settings

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError, RefusedError
from wtisd_model.findings import Finding, finding
from wtisd_model.integrations.django import problem_response
from wtisd_model.integrations.foreign_errors import (
    body_error,
    foreign_finding,
    listed_errors,
    location,
    path_of,
    refused_error,
)
from wtisd_model.json.builtins import from_builtins, from_payload, require_document_or_submission, to_builtins
from wtisd_model.json.limits import DEFAULT_LIMITS
from wtisd_model.locales import DEFAULT_LANGUAGE

__all__ = ["DocumentField", "exception_handler"]


class _FindingCode(str):
    """The code of a finding, and the finding: REST framework copies only the text and the code of an error."""

    __slots__ = ("finding",)

    finding: Finding


class DocumentField(serializers.JSONField):
    """A field of a serializer that takes a document as JSON, or as text in an HTML form.

    Its errors are nested as those of serializers are: ``errors["registration"]["participant"]["email"]`` is a list of
    ErrorDetail with the codes of findings.

    Args:
        document: the class of a document, or ``Submission[Registration]`` to get a `Submission`.
        options: those of every field, such as ``required``.

    Raises:
        TypeError: *document* is neither.
    """

    def __init__(self, document: Any, **options: Any) -> None:
        self.document: Any = require_document_or_submission(document)
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Any:
        """Return the document or submission.

        Raises:
            ValidationError: with all findings.
        """
        read = from_payload if getattr(data, "is_json_string", False) else from_builtins
        try:
            return read(self.document, data)
        except PayloadError as error:
            raise ValidationError(_detail(error)) from None

    def to_representation(self, value: Any) -> Any:
        """Return a document as plain JSON values."""
        return to_builtins(value)


def _detail(error: PayloadError) -> Any:
    """Return the errors of a payload, nested by the keys and indices of their paths."""
    root: dict[Any, Any] = {}
    language = get_language() or DEFAULT_LANGUAGE
    for listed in listed_errors(error):
        found = listed.in_language(language)
        code = _FindingCode(found.code)
        code.finding = found
        node = root
        for step in location(found.path):
            node = node.setdefault(step, {})
        node.setdefault(None, []).append(ErrorDetail(f"{found.message} {found.fix}", code))
    return _nested(root)


def _nested(node: dict[Any, Any]) -> Any:
    here: list[ErrorDetail] = node.pop(None, [])
    below = {step: _nested(inner) for step, inner in node.items()}
    if not below:
        return here
    key = api_settings.NON_FIELD_ERRORS_KEY
    return {**below, key: [*here, *below.get(key, [])]} if here else below


def exception_handler(exception: Exception, context: Any) -> HttpResponseBase | None:
    """Return problem details (RFC 9457) as the response to a `RefusedError`, or to a ValidationError of a serializer.

    It is the setting ``EXCEPTION_HANDLER``. Both become the same response, with the same codes and pointers, and so
    does a body that is not the JSON that it is declared as. It repeats no input: for errors in fields of other types it
    has only the code and the place. The response to other exceptions is that of REST framework.
    """
    refusal = _unparsed(exception, context.get("request"))
    if refusal:
        exception = RefusedError(refusal)
    elif isinstance(exception, ValidationError):
        exception = refused_error(_findings(exception.detail, ()))
    if isinstance(exception, RefusedError):
        views.set_rollback()
        return problem_response(exception, context.get("request"))
    return views.exception_handler(exception, context)


def _unparsed(exception: Exception, request: Any) -> Finding | None:
    """Return what is wrong with a body that REST framework could not parse as JSON, or took for an empty object."""
    match exception:
        case ParseError(__context__=JSONDecodeError() as error):
            refused = body_error(error.doc.encode())
            return (
                refused.findings[0] if refused else finding(Code.NOT_JSON, offset=len(error.doc[: error.pos].encode()))
            )
        case ParseError(__context__=UnicodeDecodeError()):
            return finding(Code.NOT_UTF8)
        case RecursionError() if any(
            frame.f_globals.get("__name__") == parsers.__name__ for frame, _ in walk_tb(exception.__traceback__)
        ):
            return finding(Code.PAYLOAD_TOO_DEEP, maximum=DEFAULT_LIMITS.depth)
        case ValidationError() if (
            request
            and request.method in {"PATCH", "POST", "PUT"}
            and not is_form_media_type(request.content_type)
            and request.stream is None
        ):
            return finding(Code.NOT_JSON, offset=0)
        case _:
            return None


def _findings(detail: Any, place: tuple[int | str, ...]) -> Iterator[Finding]:
    """Yield the errors in the detail of a ValidationError, with their places."""
    if isinstance(detail, dict):
        for key, inner in cast("dict[int | str, Any]", detail).items():
            yield from _findings(inner, place if key == api_settings.NON_FIELD_ERRORS_KEY else (*place, key))
    elif isinstance(detail, list):
        for index, inner in enumerate(cast("list[object]", detail)):
            yield from _findings(inner, place if isinstance(inner, ErrorDetail) else (*place, index))
    else:
        yield _finding(detail, path_of(place))


def _finding(error: ErrorDetail, path: str) -> Finding:
    if isinstance(error.code, _FindingCode):
        return evolve(error.code.finding, path=path)
    if error.code == "required":
        return finding(Code.KEY_MISSING, path)
    return foreign_finding(error.code or "invalid", path)
