"""Django: documents in the fields of models and forms, the bodies of requests, and refusals as problem details.

It needs Django: ``pip install 'wtisd-model[django]'``.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

try:
    from django import forms
    from django.core.exceptions import ValidationError
    from django.core.serializers.json import DjangoJSONEncoder
    from django.db import DataError, models
    from django.db.models.fields.json import KeyTransform
    from django.http import HttpRequest, JsonResponse
    from django.utils.deprecation import MiddlewareMixin
    from django.utils.translation import get_language
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.django needs Django: pip install 'wtisd-model[django]'", name="django"
    ) from _missing

from wtisd_model.errors import PayloadError, RefusedError
from wtisd_model.integrations.foreign_errors import listed_errors
from wtisd_model.integrations.http import most_bytes, problem_parts
from wtisd_model.integrations.stored import reader_of_stored, unstorable
from wtisd_model.json.builtins import (
    from_builtins,
    from_payload,
    is_object_of,
    require_document_or_submission,
    to_builtins,
)
from wtisd_model.json.validator import Submission
from wtisd_model.locales import DEFAULT_LANGUAGE
from wtisd_model.model.documents import DOCUMENTS, document_name
from wtisd_model.objects import HooksMixin

__all__ = [
    "DocumentEncoder",
    "DocumentField",
    "DocumentFormField",
    "ProblemDetailsMiddleware",
    "problem_response",
    "read_submission",
    "validation_error",
]

T = TypeVar("T")


class DocumentEncoder(DjangoJSONEncoder):
    """An encoder of our objects as their JSON: ``JsonResponse({"registrations": [...]}, encoder=DocumentEncoder)``."""

    def default(self, o: Any) -> Any:
        """Return the plain JSON values of an object."""
        return to_builtins(o) if isinstance(o, HooksMixin) else super().default(o)


class DocumentField(models.JSONField):
    """A field of a model that holds a document; a column of JSON, with the lookups of `JSONField`.

    The lookups take the keys of the JSON: ``filter(registration__mode="remote")``. None is stored as NULL. A mapping
    becomes an object in ``full_clean()``, and is read before it is stored. Each finding about it becomes a
    ValidationError, as `validation_error` returns it. If a stored document cannot be read, that is a DataError.

    Args:
        document: Registration or another class of a document, or its name, as in migrations.
        verbose_name: as for every field.
        name: as for every field.
        options: those of every field, such as ``null``.

    Raises:
        TypeError: *document* is not the class of a document, or its name.
    """

    description: Any = "A document of wtisd_model"
    empty_values: Any = (None,)

    def __init__(
        self, document: type | str, verbose_name: str | None = None, name: str | None = None, **options: Any
    ) -> None:
        by_name = {cls.__name__: cls for cls in DOCUMENTS}
        self.document: type = by_name.get(document, object) if isinstance(document, str) else document
        document_name(self.document)
        super().__init__(verbose_name, name, encoder=DocumentEncoder, **options)

    def deconstruct(self) -> Any:
        """Return the arguments for a migration, with the name of the document: modules of classes may change."""
        name, path, _, options = super().deconstruct()
        del options["encoder"]
        return name, path, [document_name(self.document)], options

    def to_python(self, value: Any) -> Any:
        """Return the document; a mapping is read.

        Raises:
            ValidationError: with all findings.
        """
        return value if value is None or type(value) is self.document else _checked(from_builtins, self.document, value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002 - type checkers want the names of the overridden method
        """Return the stored document.

        Raises:
            DataError: it cannot be read.
        """
        if value is None:
            return None
        outcome = reader_of_stored(self.document)(value)
        if outcome.value is None:
            findings = "\n".join(map(str, outcome.findings))
            raise DataError(f"{self} does not hold a valid {document_name(self.document)}.\n{findings}")
        return outcome.value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Return the JSON of a document to store; an expression is returned unchanged.

        Raises:
            ValidationError: with all findings; ``text-control`` for U+0000 in ``extensions``, which PostgreSQL cannot
                store.
        """
        if not hasattr(value, "as_sql"):
            value = self.to_python(value)
            findings = unstorable(value) if value is not None and connection.vendor == "postgresql" else ()
            if findings:
                raise validation_error(PayloadError(*findings))
        return super().get_db_prep_save(value, connection)

    def get_transform(self, lookup_name: str) -> Any:
        """Return the transform of a key in a lookup, such as ``mode`` in ``registration__mode``, to plain JSON."""
        member = partial(KeyTransform, lookup_name, output_field=models.JSONField(encoder=DocumentEncoder))
        return super(models.JSONField, self).get_transform(lookup_name) or member

    def value_to_string(self, obj: models.Model) -> Any:
        """Return the plain JSON values of a document, for ``dumpdata``."""
        value = self.to_python(self.value_from_object(obj))
        return None if value is None else to_builtins(value)

    def formfield(self, *arguments: Any, **options: Any) -> Any:
        """Return a `DocumentFormField`."""
        defaults: dict[str, Any] = {"form_class": DocumentFormField, "document": self.document}
        return super(models.JSONField, self).formfield(*arguments, **defaults | options)


class DocumentFormField(forms.Field):
    """A field of a form that takes a document as JSON text, or as the dict that `clean_form` returns.

    Args:
        document: the class of a document, or ``Submission[Registration]`` to get a `Submission`.
        options: those of every field, such as ``required``.

    Raises:
        TypeError: *document* is neither.
    """

    widget = forms.Textarea

    def __init__(self, document: Any, **options: Any) -> None:
        self.document: Any = require_document_or_submission(document)
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """Return the document or submission.

        Raises:
            ValidationError: with all findings.
        """
        if value in self.empty_values:
            return None
        if is_object_of(self.document, value):
            return value
        return _checked(from_payload if isinstance(value, str) else from_builtins, self.document, value)

    def prepare_value(self, value: Any) -> Any:
        """Return the text in the form: the input, or the JSON of a document."""
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, cls=DocumentEncoder, ensure_ascii=False, indent=2)


def _checked(read: Callable[..., object], *arguments: object) -> Any:
    try:
        return read(*arguments)
    except PayloadError as error:
        raise validation_error(error) from None


def validation_error(error: PayloadError) -> ValidationError:
    """Return the errors of a payload as those of a field.

    A form shows them by ``form.add_error("registration", validation_error(error))``. Each has the code of a finding;
    ``params`` has those of the finding, and its path as ``pointer``. They are in the active language of Django.
    """
    language = get_language() or DEFAULT_LANGUAGE
    errors = [
        ValidationError(
            f"{f'{found.path}: ' if found.path else ''}{found.message} {found.fix}".replace("%", "%%"),
            code=str(found.code),
            params={**found.params, "pointer": found.path},
        )
        for found in (found.in_language(language) for found in listed_errors(error))
    ]
    return ValidationError(errors)


def read_submission(request: HttpRequest, cls: type[T]) -> Submission[T]:
    """Return the body of a request as a submission; no more than `Limits` allow is read.

    Args:
        request: a request whose body has not been read, or was read by ``request.body``.
        cls: Registration, InterpretationRequest or Pledge.

    Raises:
        TypeError: *cls* cannot be a submission.
    """
    # One byte more than is allowed, so that the reader finds that it is too large.
    return Submission(cls, request.read(most_bytes(cls) + 1))


def problem_response(error: PayloadError, request: HttpRequest | None = None) -> JsonResponse:
    """Return problem details (RFC 9457) as the response to a refused payload, without any input.

    Args:
        error: what was refused, and why.
        request: the request, which chooses the language: the one that LocaleMiddleware has set, or else its
            Accept-Language. Without a request, the response is in English.

    Raises:
        PayloadError: *error* itself, if it has only findings that the sender may not see.
    """
    accepted = None
    if request is not None:
        # LocaleMiddleware takes its language from the path, a cookie or Accept-Language.
        accepted = [getattr(request, "LANGUAGE_CODE", None) or request.headers.get("Accept-Language", "")]
    problem, status, headers = problem_parts(error, accepted)
    content_type = headers.pop("Content-Type")  # JsonResponse takes it only as an argument
    return JsonResponse(problem, status=status, content_type=content_type, headers=headers)


class ProblemDetailsMiddleware(MiddlewareMixin):
    """Responds with problem details to a `RefusedError` that a view raises."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> JsonResponse | None:
        """Return the response to a `RefusedError`, and None for other exceptions."""
        return problem_response(exception, request) if isinstance(exception, RefusedError) else None
