# cython: language_level=3, wraparound=False, auto_pickle=False
"""What `shaping`, `telling`, `wtisd_model.json.writing` and `wtisd_model.schema.suggestions` say, for a C compiler.

Each class with the same name and arguments gives the same; a docstring stands where it is said first. The parser alone
has no twin: it makes of bytes what the readers would make of what a parser gives them, and leaves to the strict one
whatever is not written as most JSON is.

A bytes object ends with a zero, which stands nowhere in JSON: what reads on while characters are of a kind cannot get
beyond the end.
"""

cimport cython
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.datetime cimport (
    datetime,
    datetime_day,
    datetime_hour,
    datetime_microsecond,
    datetime_minute,
    datetime_month,
    datetime_new,
    datetime_second,
    datetime_tzinfo,
    datetime_year,
    get_utc,
    import_datetime,
)
from cpython.long cimport PyLong_AsLongLongAndOverflow
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.ref cimport PyObject
from libc.stdint cimport uint64_t
from libc.string cimport memchr, memcmp, memcpy, strchr
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_DecodeASCII, PyUnicode_DecodeUTF8, PyUnicode_KIND, PyUnicode_READ

from types import MemberDescriptorType

from msgspec import DecodeError
from msgspec.json import Decoder

from wtisd_model.schema.characters import UNSEEN_FIRST as _UNSEEN_FIRST
from wtisd_model.codes import Severity
from wtisd_model.findings import Finding
from wtisd_model.model.documents import SCHEMA_VERSION
from wtisd_model.schema.constraints import FIRST_YEAR as _FIRST_YEAR
from wtisd_model.schema.constraints import LAST_YEAR as _LAST_YEAR
from wtisd_model.schema.constraints import SHORT as _SHORT
from wtisd_model.json import doubts as _doubts
from wtisd_model.json.doubts import MISSING as _MISSING
from wtisd_model.json.doubts import NO_VALUE as _NO_VALUE
from wtisd_model.json.doubts import NOT_YOURS as _NOT_YOURS
from wtisd_model.json.doubts import UNSOUND as _UNSOUND
from wtisd_model.findings import EnoughError
from wtisd_model.findings import MOST_COUNTED as _MOST_COUNTED
from wtisd_model.findings import MOST_FINDINGS as _MOST_FINDINGS
from wtisd_model.findings import MOST_TEXT as _MOST_TEXT
from wtisd_model.json.scalars import moment_of as _moment_of
from wtisd_model.json.scalars import whole_of as _whole_of
from wtisd_model.json.json_types import A_CHARACTER as _A_CHARACTER
from wtisd_model.json.json_types import A_VALUE as _A_VALUE
from wtisd_model.json.json_types import DEEPEST as _DEEPEST
from wtisd_model.json.json_types import MOST_EXACT as _MOST_EXACT
from wtisd_model.json.json_types import safe_pointer_token
from wtisd_model.json.parser import value_decoder as _value_decoder
from wtisd_model.schema.suggestions import close_to as _close_to
from wtisd_model.schema.suggestions import LONGEST_TO_COMPARE as _LONGEST_TO_COMPARE

import_datetime()

cdef extern from "Python.h":
    PyObject *PyList_GET_ITEM(object whole, Py_ssize_t index)
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *length) except NULL
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISPRINTABLE(Py_UCS4 character)
    object PyUnicode_New(Py_ssize_t length, Py_UCS4 largest)
    object PyObject_Vectorcall(object function, PyObject *const *arguments, size_t count, PyObject *names)

cdef frozenset UNSEEN_FIRST = _UNSEEN_FIRST
cdef Py_ssize_t SHORT = _SHORT
cdef Py_ssize_t MOST_COUNTED = _MOST_COUNTED
cdef Py_ssize_t MOST_FINDINGS = _MOST_FINDINGS
cdef Py_ssize_t MOST_TEXT = _MOST_TEXT
cdef object WARNING = Severity.WARNING
cdef object MISSING = _MISSING
cdef object NOT_YOURS = _NOT_YOURS
cdef object NO_VALUE = _NO_VALUE
cdef Py_ssize_t LONGEST_TO_COMPARE = _LONGEST_TO_COMPARE
cdef Py_ssize_t A_CHARACTER = _A_CHARACTER
cdef Py_ssize_t A_VALUE = _A_VALUE
cdef Py_ssize_t DEEPEST = _DEEPEST
cdef long long MOST_EXACT = _MOST_EXACT
cdef int FIRST_YEAR = _FIRST_YEAR
cdef int LAST_YEAR = _LAST_YEAR
cdef object moment_of = _moment_of
cdef object decode_text = Decoder(str).decode
cdef object decode_value = _value_decoder()
cdef object unsound = _UNSOUND
cdef object whole_of = _whole_of

cdef enum:
    MOST_ASKED = 16
    MOST_PLACES = 63

cdef uint64_t _always = <uint64_t>1 << MOST_PLACES
ALWAYS = _always

include "slots.pxi"
include "parsing.pxi"
include "leaves.pxi"
include "plans.pxi"
include "measuring.pxi"
include "words.pxi"
include "telling.pxi"
include "writing.pxi"

_doubts.KINDS.update((PartDoubt, PartsDoubt))
