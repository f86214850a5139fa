"""Objects as plain JSON values, and back: for libraries that parse and write JSON themselves."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast, get_args, get_origin

import msgspec

from wtisd_model.codes import Code
from wtisd_model.findings import EnoughError, FindingCollector, PayloadError, finding
from wtisd_model.json.decoder import object_decoder
from wtisd_model.json.encoder import struct_maker
from wtisd_model.json.json_types import JsonValue, Payload
from wtisd_model.json.limits import Limits
from wtisd_model.json.normalize import is_mapping
from wtisd_model.json.parser import read
from wtisd_model.json.validator import Submission, from_json, submission_class
from wtisd_model.model.documents import DOCUMENTS


def to_builtins(obj: object) -> JsonValue:
    """Return a document, or a part of one such as a TimeSlot, as the plain values of its JSON.

    Those of a Submission are what was sent.

    Raises:
        msgspec.DecodeError: a Submission of bytes or text that are not JSON.
    """
    if isinstance(obj, Submission):
        submission = cast("Submission[object]", obj)
        payload: Any = submission.payload
        return cast("JsonValue", payload if is_mapping(payload) else msgspec.json.decode(payload))
    cls: type = type(obj)
    plain: JsonValue = msgspec.to_builtins(struct_maker(cls)(obj), enc_hook=msgspec.json.decode)  # decodes Raw
    return plain


def from_builtins(kind: Any, value: object) -> Any:
    """Return the object that plain JSON values describe; a text is not parsed.

    Args:
        kind: a document, a part of one such as TimeSlot, or ``Submission[Registration]``.
        value: what ``json.loads`` returns.

    Raises:
        PayloadError: with all findings at once; about a Submission only that it is not an object.
        TypeError: *kind* is the Submission of a class that cannot be one.
    """
    return builtins_reader(kind)(value)


def builtins_reader(kind: Any) -> Callable[[object], Any]:
    """Return the function of plain JSON values that `from_builtins` is for one type."""
    make = _object_maker(kind)

    def read_object(value: object) -> Any:
        if not is_mapping(value):
            raise PayloadError(finding(Code.WRONG_TYPE, expected="an object"))
        return make(value)

    return read_object


def _object_maker(kind: Any) -> Callable[[Any], Any]:
    submitted: Any = submitted_class(kind)
    if submitted is not None:
        return partial(Submission, submitted)
    return partial(from_json if kind in DOCUMENTS else _part, kind)


def from_payload(kind: Any, payload: bytes | str) -> Any:
    """Return the object that a JSON text describes; a Submission holds it unread.

    Args:
        kind: as for `from_builtins`.
        payload: UTF-8 bytes, or a string.

    Raises:
        PayloadError: with all findings at once.
        TypeError: as for `from_builtins`.
    """
    return _object_maker(kind)(payload)


def submitted_class(kind: object) -> type | None:
    """Return Registration for ``Submission[Registration]``, and None for other types.

    Raises:
        TypeError: it is the Submission of a class that cannot be one, or of none.
    """
    if kind is Submission:
        raise TypeError("Name the document: Submission[Registration].")
    return submission_class(get_args(kind)[0]) if get_origin(kind) is Submission else None


def component_name(kind: Any) -> str:
    """Return the name that a type has among `openapi_components`, if it is one of them.

    Raises:
        TypeError: as `submitted_class` does.
    """
    submitted = submitted_class(kind)
    name: str = kind.__name__ if submitted is None else f"{submitted.__name__}Submission"
    return name


def _part(cls: type, payload: Payload) -> Any:
    plain = read(payload, Limits().bounds_for(cls))
    if isinstance(plain, tuple):
        findings = FindingCollector(plain)
    elif not isinstance(plain, dict):
        findings = FindingCollector([finding(Code.WRONG_TYPE, expected="an object")])
    else:
        findings = FindingCollector()
        try:
            made = object_decoder(cls).decode(plain, findings)
        except EnoughError:
            pass
        else:
            if not findings.kept:
                return made
    raise PayloadError(*findings.kept, omitted=findings.omitted)
