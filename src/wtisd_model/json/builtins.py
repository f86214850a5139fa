"""Conversion of objects to plain JSON values and back: for libraries that parse and write JSON themselves."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast, get_args, get_origin

import msgspec

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError
from wtisd_model.findings import EnoughError, FindingCollector, finding
from wtisd_model.json.decoder import object_decoder
from wtisd_model.json.encoder import struct_maker
from wtisd_model.json.json_types import JsonValue, Payload
from wtisd_model.json.limits import DEFAULT_LIMITS
from wtisd_model.json.normalize import is_mapping
from wtisd_model.json.parser import read
from wtisd_model.json.validator import Submission, from_json
from wtisd_model.model.documents import DOCUMENTS, document_name, require_submission_class
from wtisd_model.objects import HooksMixin

_NAMES: Final = frozenset(cls.__name__ for cls in DOCUMENTS)


def to_builtins(obj: object) -> JsonValue:
    """Return a document, or a part of one such as a TimeSlot, as the plain values of its JSON.

    For a Submission they are the payload that was sent.

    Raises:
        PayloadError: the payload of a Submission is not JSON, or exceeds `Limits`.
        TypeError: *obj* is not an object of wtisd_model that has a JSON form.
    """
    if isinstance(obj, Submission):
        submission = cast("Submission[object]", obj)
        sent = read(submission.payload, DEFAULT_LIMITS.bounds_for(submission.cls))
        if isinstance(sent, tuple):
            raise PayloadError(*sent)
        return sent
    if not isinstance(obj, HooksMixin):
        raise TypeError(f"Not an object of wtisd_model: {type(obj).__name__}")
    cls: type = type(obj)
    plain: JsonValue = msgspec.to_builtins(struct_maker(cls)(obj), enc_hook=msgspec.json.decode)  # decodes Raw
    return plain


def from_builtins(kind: Any, value: object) -> Any:
    """Return the object that plain JSON values describe; a text is not parsed.

    Args:
        kind: a document, a part of one such as TimeSlot, or ``Submission[Registration]``.
        value: what ``json.loads`` returns.

    Raises:
        PayloadError: with all findings at once; for a Submission, only if it is not an object, or is another document
            by its ``@type``, so that unions can choose.
        TypeError: *kind* is a Submission of a class that nobody submits.
    """
    return builtins_reader(kind)(value)


def builtins_reader(kind: Any) -> Callable[[object], Any]:
    """Return `from_builtins` for one type, which is examined only once.

    Raises:
        TypeError: as for `from_builtins`.
    """
    submitted = submission_type(kind)
    read_payload = _payload_reader(kind, submitted)

    def read_builtins(value: object) -> Any:
        if not is_mapping(value):
            raise PayloadError(finding(Code.WRONG_TYPE, expected="object"))
        if submitted is not None and type(value) is dict:
            stated: object = cast("dict[object, object]", value).get("@type")
            if type(stated) is str and stated in _NAMES and stated != submitted.__name__:
                raise PayloadError(finding(Code.VALUE_UNKNOWN, "/@type", choices=submitted.__name__))
        return read_payload(value)

    return read_builtins


def from_payload(kind: Any, payload: Any) -> Any:
    """Return the object that a payload describes; a Submission holds it unread.

    Args:
        kind: as for `from_builtins`.
        payload: UTF-8 bytes, a string, or a mapping.

    Raises:
        PayloadError: with all findings at once.
        TypeError: as for `from_builtins`.
    """
    return _payload_reader(kind, submission_type(kind))(payload)


def _payload_reader(kind: Any, submitted: type | None) -> Callable[[Any], Any]:
    if submitted is not None:
        return partial(Submission[Any], submitted)
    return partial(from_json if kind in DOCUMENTS else _part, kind)


def is_object_of(kind: Any, value: object) -> bool:
    """Return True if a value is an object of exactly this type; a Submission also of the same document."""
    if type(value) is not Submission:
        return type(value) is kind
    return cast("Submission[object]", value).cls is submission_type(kind)


def submission_type(kind: object) -> type | None:
    """Return Registration for ``Submission[Registration]``, and None for other types.

    Raises:
        TypeError: it is a Submission without a class, or of a class that nobody submits.
    """
    if kind is Submission:
        raise TypeError("Name the document: Submission[Registration].")
    return require_submission_class(get_args(kind)[0]) if get_origin(kind) is Submission else None


def require_document_or_submission(kind: Any) -> Any:
    """Return the class of a document, or ``Submission[Registration]``.

    Raises:
        TypeError: it is neither.
    """
    if submission_type(kind) is None:
        document_name(kind)
    return kind


def component_name(kind: Any) -> str:
    """Return the name that a type has among `openapi_components`, if it is one of them.

    Raises:
        TypeError: as for `submission_type`, or *kind* is a class of another package, which may have the same name.
    """
    submitted = submission_type(kind)
    if submitted is None and not kind.__module__.startswith("wtisd_model."):
        raise TypeError(f"{kind.__name__} is a subclass; the JSON format has only the classes of wtisd_model.")
    name: str = kind.__name__ if submitted is None else f"{submitted.__name__}Submission"
    return name


def _part(cls: type, payload: Payload) -> Any:
    plain = read(payload, DEFAULT_LIMITS.bounds_for(cls))
    if isinstance(plain, tuple):
        findings = FindingCollector(plain)
    elif not isinstance(plain, dict):
        findings = FindingCollector([finding(Code.WRONG_TYPE, expected="object")])
    else:
        findings = FindingCollector()
        try:
            part = object_decoder(cls).decode(plain, findings)
        except EnoughError:
            pass
        else:
            if not findings.kept:
                return part
    raise PayloadError(*findings.kept, omitted=findings.omitted)
