# cython: language_level=3, wraparound=False, auto_pickle=False
"""The accelerator: makes the object of a payload without errors, straight from its bytes.

It is optional, and has no findings. If anything is wrong or only unusual (a key with an escape, a number with a point,
a duplicate key), it returns None, and `wtisd_model.json.decoder` decides. So it may be stricter than the reader, but
never laxer.

For each constraint there is a parser: from a cursor at a value it returns what the object holds, with the cursor behind
the value; or `INVALID`, with the cursor anywhere. A bytes object ends with a zero, which no token of JSON contains: so a
loop over the characters of a token cannot leave the payload.
"""

cimport cython
from cpython.bytes cimport PyBytes_AS_STRING
from cpython.datetime cimport datetime_new, get_utc, import_datetime
from cpython.ref cimport PyObject
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_DecodeUTF8, PyUnicode_KIND, PyUnicode_READ
from libc.math cimport isfinite
from libc.stdint cimport uint64_t
from libc.string cimport memcmp, memcpy, strchr

from types import MemberDescriptorType

from msgspec import DecodeError
from msgspec.json import Decoder, Encoder

from wtisd_model.json import decoder as _decoder
from wtisd_model.types import scalars as _scalars
from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.schema import constraints as _constraints
from wtisd_model.schema import json_values as _json_values
from wtisd_model.schema.patterns import UNSEEN_FIRST as _UNSEEN_FIRST
from wtisd_model.schema.fields import fields_of, json_form_of
from wtisd_model.types.text import EMAIL

import_datetime()

cdef extern from "Python.h":
    PyObject *PyList_GET_ITEM(object items, Py_ssize_t index)
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISPRINTABLE(Py_UCS4 character)
    object PyUnicode_New(Py_ssize_t length, Py_UCS4 largest)
    PyObject **PySequence_Fast_ITEMS(object items)
    object PyObject_Vectorcall(object function, PyObject *const *arguments, size_t count, PyObject *names)

cdef extern from *:
    """
    #include "structmember.h"
    static PyObject *new_object(PyObject *cls) {
        return PyType_GenericAlloc((PyTypeObject *)cls, 0);
    }
    /* Where in an object a slot is; -1 where the descriptor is of another kind. */
    static Py_ssize_t slot_offset(PyObject *descriptor) {
        PyMemberDef *member = ((PyMemberDescrObject *)descriptor)->d_member;
        return member->type == T_OBJECT_EX && !(member->flags & READONLY) ? member->offset : -1;
    }
    /* Fill an empty slot of a new object. */
    static void fill_slot(PyObject *made, Py_ssize_t offset, PyObject *value) {
        Py_INCREF(value);
        *(PyObject **)((char *)made + offset) = value;
    }
    /* Return what a slot holds, or, if it is empty or not a slot, what the attribute is. */
    static PyObject *slot_value(PyObject *held, Py_ssize_t offset, PyObject *name) {
        PyObject *value = offset < 0 ? NULL : *(PyObject **)((char *)held + offset);
        return value == NULL ? PyObject_GetAttr(held, name) : Py_NewRef(value);
    }
    """
    object new_object(object cls)
    Py_ssize_t slot_offset(object descriptor)
    void fill_slot(object made, Py_ssize_t offset, object value)
    object slot_value(object held, Py_ssize_t offset, object name)

cdef enum:
    MOST_MEMBERS = 63  # of an object, in the bits of one mask
    MOST_ASKED = 16  # fields of one check
    MOST_DIGITS = 16  # of a whole number: more may not fit
    LONGEST_NUMBER = 32  # in characters
    DEEPEST = 9 + 8  # no document of ours nests deeper, and no data of other programs in it
    MOST_CACHED = 8192  # strings of one pattern

cdef object INVALID = object()
cdef object scalar_invalid = _scalars.INVALID
cdef object decode_any = Decoder().decode
cdef object decode_text = Decoder(str).decode
cdef object encode = Encoder().encode
cdef frozenset UNSEEN_FIRST = _UNSEEN_FIRST
cdef Py_ssize_t SHORT = _constraints.SHORT
cdef int FIRST_YEAR = _constraints.FIRST_YEAR
cdef int LAST_YEAR = _constraints.LAST_YEAR


# Characters

cdef enum:
    WORD = 1  # ASCII letters and digits
    ATOM = 2  # what the local part of an address is made of
    PLAIN = 4  # allowed in a JSON string without an escape

cdef unsigned char KINDS[256]


cdef inline bint is_kind(const unsigned char *at, unsigned char kind) noexcept:
    return KINDS[at[0]] & kind != 0


cdef int _each
for _each in range(256):
    KINDS[_each] = 0
    if c"0" <= _each <= c"9" or c"A" <= _each <= c"Z" or c"a" <= _each <= c"z":
        KINDS[_each] = WORD | ATOM
    elif _each != 0 and strchr("!#$%&'*+/=?^_`{|}~-", _each) is not NULL:
        KINDS[_each] = ATOM
    if _each >= 0x20 and _each != c'"' and _each != c"\\":
        KINDS[_each] |= PLAIN


# Tokens

@cython.final
@cython.internal
@cython.freelist(8)
cdef class Cursor:
    """A position in the bytes of a payload."""
    cdef bytes raw
    cdef const unsigned char *at

    def __cinit__(self, bytes raw not None):
        self.raw = raw
        self.at = <const unsigned char *>PyBytes_AS_STRING(raw)


cdef inline void skip_blanks(Cursor cursor) noexcept:
    while cursor.at[0] == c" " or cursor.at[0] == c"\n" or cursor.at[0] == c"\r" or cursor.at[0] == c"\t":
        cursor.at += 1


cdef inline bint take(Cursor cursor, unsigned char character) noexcept:
    """Return True if a character comes next, and go behind it."""
    if cursor.at[0] != character:
        return False
    cursor.at += 1
    return True


cdef enum:
    ANOTHER, END, BROKEN


cdef int after_item(Cursor cursor, unsigned char bracket) noexcept:
    """Go behind the comma or the closing bracket after an item."""
    skip_blanks(cursor)
    if take(cursor, bracket):
        return END
    if not take(cursor, c","):
        return BROKEN
    skip_blanks(cursor)
    return ANOTHER


cdef object parse_string(Cursor cursor):
    """Return the string at the cursor, or None if there is no string or it cannot be decoded."""
    if cursor.at[0] != c'"':
        return None
    cdef const unsigned char *start = cursor.at + 1
    cdef const unsigned char *end = start
    cdef unsigned char bits = 0
    while is_kind(end, PLAIN):
        bits |= end[0]
        end += 1
    if end[0] == c"\\":
        end = after_string(cursor.at)
        if end is NULL:
            return None
        start, cursor.at = cursor.at, end
        try:
            return decode_text((<const char *>start)[:end - start])
        except (DecodeError, UnicodeDecodeError):
            return None
    if end[0] != c'"':  # a control character, such as the zero at the end
        return None
    cursor.at = end + 1
    if bits < 0x80:
        text = PyUnicode_New(end - start, 0x7f)
        memcpy(PyUnicode_DATA(text), start, end - start)
        return text
    try:
        return PyUnicode_DecodeUTF8(<const char *>start, end - start, NULL)
    except UnicodeDecodeError:
        return None


cdef const unsigned char *after_string(const unsigned char *at) noexcept:
    """Return the position behind a string, or NULL if it does not end."""
    at += 1
    while at[0] != c'"':
        if at[0] == c"\\":
            at += 1
        if at[0] < 0x20:
            return NULL
        at += 1
    return at + 1


cdef Py_ssize_t parse_plain_key(Cursor cursor) noexcept:
    """Go behind a key and its colon, and return its length; -1 unless it is printable ASCII without escapes."""
    cdef const unsigned char *end = cursor.at + 1
    cdef Py_ssize_t length
    if cursor.at[0] != c'"':
        return -1
    while end[0] != c'"':
        if end[0] < 0x20 or end[0] > 0x7e or end[0] == c"\\":
            return -1
        end += 1
    length = end - cursor.at - 1
    cursor.at = end + 1
    skip_blanks(cursor)
    if not take(cursor, c":"):
        return -1
    skip_blanks(cursor)
    return length


# Parsers of single values

cdef class Parser:
    cdef object parse(self, Cursor cursor):
        """Return what the object holds for the JSON value at the cursor, or INVALID."""
        text = parse_string(cursor)
        return INVALID if text is None else self.decode(text)

    cdef object decode(self, str text):
        """Return what the object holds for a string, or INVALID."""
        return INVALID


@cython.final
cdef class TextParser(Parser):
    """Parses free text; *test* decides about what is not obviously good."""
    cdef Py_ssize_t maximum
    cdef object test

    def __cinit__(self, Py_ssize_t maximum, test):
        self.maximum = maximum
        self.test = test

    cdef object decode(self, str text):
        return text if len(text) <= self.maximum and (is_printable(text) or self.test(text)) else INVALID


cdef bint is_printable(str text):
    """Return True for text that `wtisd_model.schema.constraints.holds` accepts without a look at the pattern."""
    cdef Py_ssize_t length = len(text)
    if length == 0:
        return False
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_UCS4 character = PyUnicode_READ(kind, data, 0)
    cdef Py_ssize_t index
    if PyUnicode_READ(kind, data, length - 1) == u" ":
        return False
    if PyUnicode_IS_ASCII(text):
        if character == u" ":
            return False
        for index in range(length):
            character = PyUnicode_READ(kind, data, index)
            if character < 0x20 or character == 0x7f:
                return False
        return True
    if text[0] in UNSEEN_FIRST:
        return False
    for index in range(length):
        if not Py_UNICODE_ISPRINTABLE(PyUnicode_READ(kind, data, index)):
            return False
    return True


@cython.final
cdef class PatternParser(Parser):
    """Parses the strings of a pattern, and keeps those of a *recurring* one, which come again and again."""
    cdef Py_ssize_t maximum
    cdef object test
    cdef bint is_email
    cdef set known

    def __cinit__(self, constraint, bint recurring):
        self.maximum = constraint.maximum
        self.test = _constraints.matcher_of(constraint)
        self.is_email = constraint is EMAIL
        self.known = set() if recurring else None

    cdef object decode(self, str text):
        if self.known is not None and text in self.known:
            return text
        if len(text) > self.maximum or not (self.is_email and is_plain_email(text) or self.test(text)):
            return INVALID
        if self.known is not None:
            if len(self.known) >= MOST_CACHED:
                self.known.clear()
            self.known.add(text)
        return text


cdef bint is_plain_email(str text):
    """Return True for a usual e-mail address, too short for one of its parts to be too long."""
    if len(text) >= SHORT or not PyUnicode_IS_ASCII(text):
        return False
    cdef const unsigned char *at = <const unsigned char *>PyUnicode_DATA(text)  # which ends with a zero
    cdef const unsigned char *end = at + len(text)
    while True:  # atoms and the dots between them
        if not is_kind(at, ATOM):
            return False
        while is_kind(at, ATOM):
            at += 1
        if at[0] != c".":
            break
        at += 1
    if at[0] != c"@":
        return False
    cdef Py_ssize_t labels = 0
    cdef const unsigned char *label
    while True:
        at += 1
        label = at
        while is_kind(at, WORD) or at[0] == c"-":
            at += 1
        if at == label or label[0] == c"-" or (at - 1)[0] == c"-":
            return False
        labels += 1
        if at[0] != c".":
            break
    # The last label begins with a letter, not with a digit.
    return at == end and labels > 1 and not c"0" <= label[0] <= c"9"


@cython.final
cdef class ChoiceParser(Parser):
    """Parses the codes of a list, or the values of an enum."""
    cdef dict held

    def __cinit__(self, dict held not None):
        self.held = held

    cdef object decode(self, str text):
        return self.held.get(text, INVALID)


@cython.final
cdef class BooleanParser(Parser):
    """Parses true and false."""
    cdef object parse(self, Cursor cursor):
        # No comparison goes behind the zero at the end, which differs from every letter.
        if take(cursor, c"t"):
            return True if take(cursor, c"r") and take(cursor, c"u") and take(cursor, c"e") else INVALID
        if not (take(cursor, c"f") and take(cursor, c"a") and take(cursor, c"l")):
            return INVALID
        return False if take(cursor, c"s") and take(cursor, c"e") else INVALID


@cython.final
cdef class IntegerParser(Parser):
    """Parses whole numbers without a point or an exponent."""
    cdef long long minimum
    cdef long long maximum

    def __cinit__(self, long long minimum, long long maximum):
        self.minimum = minimum
        self.maximum = maximum

    cdef object parse(self, Cursor cursor):
        cdef bint is_negative = take(cursor, c"-")
        cdef const unsigned char *first = cursor.at
        cdef long long number = 0
        while c"0" <= cursor.at[0] <= c"9" and cursor.at - first <= MOST_DIGITS:
            number = 10 * number + (cursor.at[0] - c"0")
            cursor.at += 1
        cdef Py_ssize_t digits = cursor.at - first
        if digits == 0 or digits > MOST_DIGITS or (first[0] == c"0" and digits > 1):
            return INVALID
        if cursor.at[0] == c"." or cursor.at[0] == c"e" or cursor.at[0] == c"E":  # it may still be whole
            return INVALID
        if is_negative:
            number = -number
        return number if self.minimum <= number <= self.maximum else INVALID


cdef class ScalarParser(Parser):
    """Parses strings as the reader decodes them."""
    cdef object decoder

    def __cinit__(self, decoder):
        self.decoder = decoder

    cdef object decode(self, str text):
        made = self.decoder(text)
        return INVALID if made is scalar_invalid else made


@cython.final
cdef class TimestampParser(ScalarParser):
    """Parses moments; those in the most common formats without the reader."""
    cdef object decode(self, str text):
        made = None
        if PyUnicode_IS_ASCII(text):
            made = parse_timestamp(<const unsigned char *>PyUnicode_DATA(text), len(text))
        return ScalarParser.decode(self, text) if made is None else made


cdef object parse_timestamp(const unsigned char *at, Py_ssize_t length):
    """Return a moment that is on the same day in UTC; None for any other, and if it is malformed."""
    if length < 20 or length > 27:
        return None
    if at[4] != c"-" or at[7] != c"-" or at[10] != c"T" or at[13] != c":" or at[16] != c":":
        return None
    cdef int year = parse_digits(at, 0, 4)
    cdef int month = parse_digits(at, 5, 2)
    cdef int day = parse_digits(at, 8, 2)
    cdef int hour = parse_digits(at, 11, 2)
    cdef int minute = parse_digits(at, 14, 2)
    cdef int second = parse_digits(at, 17, 2)
    if (
        year < FIRST_YEAR or year > LAST_YEAR or month < 1 or month > 12 or day < 1 or day > 31 or hour < 0 or hour > 23
        or minute < 0 or minute > 59 or second < 0 or second > 59
    ):
        return None
    cdef int fraction = 0
    cdef Py_ssize_t index
    cdef int offset
    if at[19] == c"." and at[length - 1] == c"Z" and length > 21:
        fraction = parse_digits(at, 20, length - 21)
        if fraction < 0:
            return None
        for index in range(27 - length):
            fraction *= 10
    elif length == 25 and (at[19] == c"+" or at[19] == c"-") and at[22] == c":":
        offset = parse_digits(at, 20, 2)
        if offset < 0 or offset > 23 or parse_digits(at, 23, 2) < 0 or parse_digits(at, 23, 2) > 59:
            return None
        offset = 60 * offset + parse_digits(at, 23, 2)
        minute += 60 * hour + (offset if at[19] == c"-" else -offset)
        if minute < 0 or minute >= 24 * 60:  # another day in UTC
            return None
        hour = minute // 60
        minute -= 60 * hour
    elif length != 20 or at[19] != c"Z":
        return None
    try:
        return datetime_new(year, month, day, hour, minute, second, fraction, get_utc())
    except ValueError:  # the month has no such day
        return None


cdef int parse_digits(const unsigned char *at, Py_ssize_t start, Py_ssize_t digits) noexcept:
    """Return the value of up to six digits, or -1."""
    cdef int number = 0
    cdef Py_ssize_t index
    for index in range(start, start + digits):
        if at[index] < c"0" or at[index] > c"9":
            return -1
        number = 10 * number + (at[index] - c"0")
    return number


# Parsers of arrays and objects

@cython.final
cdef class ArrayParser(Parser):
    """Parses arrays as tuples or frozensets."""
    cdef Parser item
    cdef Py_ssize_t minimum
    cdef Py_ssize_t maximum
    cdef bint unique
    cdef bint is_set

    def __cinit__(self, Parser item not None, constraint):
        self.item = item
        self.minimum = constraint.minimum
        self.maximum = constraint.maximum
        self.unique = constraint.unique
        self.is_set = constraint.container is frozenset

    cdef object parse(self, Cursor cursor):
        cdef list items = []
        cdef int state = ANOTHER
        if not take(cursor, c"["):
            return INVALID
        skip_blanks(cursor)
        if take(cursor, c"]"):
            state = END
        while state == ANOTHER:
            made = self.item.parse(cursor)
            if made is INVALID or len(items) == self.maximum:
                return INVALID
            items.append(made)
            state = after_item(cursor, c"]")
        if state == BROKEN or len(items) < self.minimum:
            return INVALID
        if self.is_set:
            unique = frozenset(items)
            return unique if len(unique) == len(items) else INVALID
        return INVALID if self.unique and len(set(items)) != len(items) else tuple(items)


@cython.final
cdef class MapParser(Parser):
    """Parses objects with any keys, such as translations by their language."""
    cdef Parser key
    cdef Parser value
    cdef Py_ssize_t maximum
    cdef object convert

    def __cinit__(self, Parser key not None, Parser value not None, Py_ssize_t maximum, convert):
        self.key = key
        self.value = value
        self.maximum = maximum
        self.convert = convert

    cdef object parse(self, Cursor cursor):
        cdef dict made = {}
        cdef int state = ANOTHER
        if not take(cursor, c"{"):
            return INVALID
        skip_blanks(cursor)
        if take(cursor, c"}"):
            state = END
        while state == ANOTHER:
            key = self.key.parse(cursor)
            skip_blanks(cursor)
            if key is INVALID or key in made or len(made) == self.maximum or not take(cursor, c":"):
                return INVALID
            skip_blanks(cursor)
            value = self.value.parse(cursor)
            if value is INVALID:
                return INVALID
            made[key] = value
            state = after_item(cursor, c"}")
        return INVALID if state == BROKEN else self.convert(made)


@cython.final
cdef class AnyOfParser(Parser):
    """Parses values of several kinds, which differ in their first character."""
    cdef Parser text
    cdef Parser boolean
    cdef Parser integer
    cdef Parser array

    def __cinit__(self, dict kinds not None):
        self.text, self.boolean = kinds[str], kinds[bool]
        self.integer, self.array = kinds.get(int), kinds.get(tuple)

    cdef object parse(self, Cursor cursor):
        cdef unsigned char first = cursor.at[0]
        cdef Parser parser = self.integer
        if first == c'"':
            parser = self.text
        elif first == c"[":
            parser = self.array
        elif first == c"t" or first == c"f":
            parser = self.boolean
        return INVALID if parser is None else parser.parse(cursor)


@cython.final
cdef class JsonParser(Parser):
    """Parses any JSON value that *check* allows."""
    cdef object check

    def __cinit__(self, check):
        self.check = check

    cdef object parse(self, Cursor cursor):
        made = parse_json(cursor, _json_values.DEEPEST)
        if made is INVALID:
            return INVALID
        made = _json_values.frozen_json(made)
        return made if self.check(made) is None else INVALID


cdef object parse_json(Cursor cursor, int levels):
    """Return a JSON value of plain Python types, or INVALID; it is nested no deeper than *levels*."""
    cdef unsigned char first = cursor.at[0]
    cdef int state = ANOTHER
    if first == c'"':
        text = parse_string(cursor)
        return INVALID if text is None else text
    if first == c"t" or first == c"f":
        return BOOLEAN.parse(cursor)
    if first == c"n":
        cursor.at += 1
        is_null = take(cursor, c"u") and take(cursor, c"l") and take(cursor, c"l")
        return None if is_null else INVALID
    if first != c"[" and first != c"{":
        return parse_number(cursor)
    if levels == 0:
        return INVALID
    cursor.at += 1
    skip_blanks(cursor)
    cdef dict members = {}
    cdef list items = []
    if take(cursor, c"]" if first == c"[" else c"}"):
        state = END
    while state == ANOTHER:
        if first == c"[":
            item = parse_json(cursor, levels - 1)
            if item is INVALID:
                return INVALID
            items.append(item)
            state = after_item(cursor, c"]")
        else:
            key = parse_string(cursor)
            skip_blanks(cursor)
            if key is None or key in members or not take(cursor, c":"):
                return INVALID
            skip_blanks(cursor)
            item = parse_json(cursor, levels - 1)
            if item is INVALID:
                return INVALID
            members[key] = item
            state = after_item(cursor, c"}")
    if state == BROKEN:
        return INVALID
    return items if first == c"[" else members


cdef object parse_number(Cursor cursor):
    """Return a number that is not too long, or INVALID."""
    cdef const unsigned char *start = cursor.at
    while cursor.at[0] != 0 and strchr("+-.0123456789Ee", cursor.at[0]) is not NULL:
        cursor.at += 1
    if cursor.at == start or cursor.at - start > LONGEST_NUMBER:
        return INVALID
    try:
        return decode_any((<const char *>start)[:cursor.at - start])
    except DecodeError:
        return INVALID


cdef Parser BOOLEAN = BooleanParser()


@cython.final
cdef class Check:
    """A rule between fields, called with the values of its fields."""
    cdef object ask
    cdef Py_ssize_t numbers[MOST_ASKED]
    cdef Py_ssize_t count
    cdef uint64_t about

    def __cinit__(self, check):
        if len(check.numbers) > MOST_ASKED:
            raise TypeError("A check takes too many fields.")
        self.ask = check.ask
        self.count = len(check.numbers)
        for index in range(self.count):
            self.numbers[index] = check.numbers[index]
        self.about = check.about

    cdef bint fails(self, list values) except -1:
        """Return True if the rule has a finding; *values* has one for each field."""
        cdef PyObject *arguments[MOST_ASKED]
        cdef Py_ssize_t index
        for index in range(self.count):
            arguments[index] = PyList_GET_ITEM(values, self.numbers[index])  # a reference that the list keeps
        found = PyObject_Vectorcall(self.ask, arguments, self.count, NULL)
        if type(found) is tuple:
            return len(<tuple>found) != 0
        for _ in found:
            return True
        return False


@cython.final
cdef class ObjectParser(Parser):
    """Parses the objects of a class and fills their slots."""
    cdef type cls
    cdef list defaults
    cdef list keys  # of the fields, then of the envelope; they own the characters below
    cdef const char *characters[MOST_MEMBERS]
    cdef Py_ssize_t lengths[MOST_MEMBERS]
    cdef list parsers
    cdef Py_ssize_t offsets[MOST_MEMBERS]
    cdef Py_ssize_t fields
    cdef Py_ssize_t members
    cdef uint64_t required
    cdef list checks
    cdef object finish

    def __cinit__(self, type cls not None, text, dict envelope not None):
        specs = fields_of(cls)
        self.cls = json_form_of(cls)
        self.fields = len(specs)
        self.keys = [key.encode() for key in [*[spec.key for spec in specs], *envelope]]
        self.members = len(self.keys)
        if self.members > MOST_MEMBERS:
            raise TypeError("A class with too many fields.")
        for index in range(self.members):
            self.characters[index] = PyBytes_AS_STRING(self.keys[index])
            self.lengths[index] = len(self.keys[index])
        self.defaults = [spec.default for spec in specs]
        self.parsers = [
            _parser(_decoder.narrowed(spec.constraint, text), _decoder.converter_of(spec, cls), False) for spec in specs
        ] + list(envelope.values())
        for index in range(self.fields):
            self.offsets[index] = _offset(self.cls, specs[index].name)
            if self.offsets[index] < 0 or self.cls.__new__ is not object.__new__:
                raise TypeError(f"A class that is more than its slots: {cls.__name__}.{specs[index].name}")
        # The lowest bit belongs to no field, as in the reader's masks.
        self.required = 1 + sum([2 << number for number, spec in enumerate(specs) if spec.required])
        self.checks = [Check(check) for check in _decoder.checks_of(cls)]
        self.finish = _decoder.finisher_of(cls)

    cdef object parse(self, Cursor cursor):
        cdef list values = self.defaults[:]
        cdef uint64_t present = 1
        cdef uint64_t bit
        cdef Py_ssize_t number = -1
        cdef Py_ssize_t length
        cdef const unsigned char *key
        cdef int state = ANOTHER
        if not take(cursor, c"{"):
            return INVALID
        skip_blanks(cursor)
        if take(cursor, c"}"):
            state = END
        while state == ANOTHER:
            key = cursor.at + 1
            length = parse_plain_key(cursor)
            number = -1 if length < 0 else self.find(key, length, number + 1)
            if number < 0:
                return INVALID
            bit = <uint64_t>2 << number
            if present & bit:  # a duplicate key
                return INVALID
            present |= bit
            made = (<Parser>self.parsers[number]).parse(cursor)
            if made is INVALID:
                return INVALID
            if number < self.fields:
                values[number] = made
            state = after_item(cursor, c"}")
        if state == BROKEN or self.required & ~present:
            return INVALID
        for check in self.checks:
            if (<Check>check).about & present and (<Check>check).fails(values):
                return INVALID
        return self.construct(values)

    cdef Py_ssize_t find(self, const unsigned char *key, Py_ssize_t length, Py_ssize_t expected) noexcept:
        """Return the number of the member with a key, or -1; most come in the order in which they are declared."""
        cdef Py_ssize_t index
        for index in range(expected, self.members):
            if self.lengths[index] == length and memcmp(self.characters[index], key, length) == 0:
                return index
        for index in range(expected):
            if self.lengths[index] == length and memcmp(self.characters[index], key, length) == 0:
                return index
        return -1

    cdef object construct(self, list values):
        made = new_object(self.cls)
        cdef Py_ssize_t index
        for index in range(self.fields):
            fill_slot(made, self.offsets[index], <object>PyList_GET_ITEM(values, index))
        return made if self.finish is None else self.finish(made)


cdef Py_ssize_t _offset(type cls, str name) except? -1:
    """Return where in the objects of a class a slot is, or -1 if the attribute is not a slot."""
    slot = getattr(cls, name, None)
    if type(slot) is not MemberDescriptorType or not issubclass(cls, slot.__objclass__):
        return -1
    return slot_offset(slot)


# The parsers of the declarations

cdef dict _parsers = {}  # of classes, by what their texts are narrowed to, and of recurring patterns


cdef Parser _parser(constraint, convert, bint recurring):
    kind = type(constraint)
    if kind is _constraints.Nested:
        key = constraint.cls, constraint.text
        if key not in _parsers:
            _parsers[key] = ObjectParser(*key, {})
        return _parsers[key]
    if kind is _constraints.Items:
        return ArrayParser(_parser(constraint.item, None, True), constraint)
    if kind is _constraints.Map:
        key, value = _parser(constraint.key, None, True), _parser(constraint.value, None, False)
        return MapParser(key, value, constraint.maximum, convert)
    if kind is _json_values.AnyOf:
        return AnyOfParser({each: _parser(inner, None, each is tuple) for each, inner in constraint.kinds.items()})
    if kind is _json_values.AnyJson:
        return JsonParser(constraint.check)
    if kind is _constraints.Text:
        return TextParser(constraint.maximum, _constraints.matcher_of(constraint))
    if kind is _constraints.Pattern:
        if not recurring and constraint not in _scalars.RECURRING:
            return PatternParser(constraint, False)
        return _parsers.setdefault(constraint, PatternParser(constraint, True))
    if kind is _constraints.CodeList:
        return ChoiceParser({value: value for value in constraint.values})
    if kind is _constraints.Enumeration:
        return ChoiceParser({member.value: member for member in constraint.members})
    if kind is _constraints.Boolean:
        return BooleanParser()
    if kind is _constraints.Integer:
        return IntegerParser(constraint.minimum, constraint.maximum)
    decoder = _scalars.scalar_decoder(constraint)
    return TimestampParser(decoder) if kind is _constraints.Timestamp else ScalarParser(decoder)


# The door

cdef struct Room:
    Py_ssize_t bytes
    Py_ssize_t values


@cython.final
cdef class Accelerator:
    """Makes the objects of documents of a class; *bounds* are the limits of a payload."""
    cdef ObjectParser parser
    cdef Room room

    def __cinit__(self, type cls not None, bounds):
        envelope = {
            "@type": ChoiceParser({document_name(cls): document_name(cls)}),
            "schemaVersion": IntegerParser(SCHEMA_VERSION, SCHEMA_VERSION),
            "$schema": TextParser(bounds.bytes, bool),
        }
        self.parser = ObjectParser(cls, None, envelope)
        self.room = Room(bounds.bytes, bounds.values)
        if bounds.depth < DEEPEST or bounds.number_length < LONGEST_NUMBER:
            self.room.bytes = -1  # the reader looks at every bound

    def make(self, payload):
        """Return the object of bytes or a plain dict, or None if the reader has to decide."""
        cdef Room room = self.room
        if type(payload) is dict:
            try:
                payload = encode(payload) if is_plain(payload, &room, DEEPEST) else None
            except Exception:  # half a surrogate pair; or another thread has changed the dict
                return None
        if type(payload) is not bytes or not has_room(<bytes>payload, self.room):
            return None
        cdef Cursor cursor = Cursor(payload)
        skip_blanks(cursor)
        made = self.parser.parse(cursor)
        skip_blanks(cursor)
        is_whole = cursor.at == <const unsigned char *>PyBytes_AS_STRING(payload) + len(<bytes>payload)
        return made if is_whole and made is not INVALID else None


cdef bint has_room(bytes payload, Room room):
    """Return True if a payload surely has no more bytes and values than there is room for."""
    cdef const unsigned char *characters = <const unsigned char *>PyBytes_AS_STRING(payload)
    cdef Py_ssize_t index, values = 1
    if len(payload) > room.bytes:
        return False
    if len(payload) <= 2 * room.values:  # a value takes two bytes at least, with what separates it from the next
        return True
    for index in range(len(payload)):  # those inside of texts count too, so that this takes next to no time
        values += (characters[index] == c",") | (characters[index] == c"[") | (characters[index] == c"{")
    return values <= room.values


cdef bint is_plain(object value, Room *room, Py_ssize_t levels) except -1:
    """Return True for JSON of plain Python types with no more values and characters than there is room for.

    No code of the payload is run.
    """
    room.values -= 1
    if type(value) is str:
        room.bytes -= len(<str>value)
    elif type(value) is dict:
        if levels == 0 or len(<dict>value) > room.values:
            return False
        for key, each in (<dict>value).items():
            if type(key) is not str:
                return False
            room.bytes -= len(<str>key)
            if not is_plain(each, room, levels - 1):
                return False
    elif type(value) is list:
        if levels == 0 or len(<list>value) > room.values:
            return False
        for each in <list>value:
            if not is_plain(each, room, levels - 1):
                return False
    elif type(value) is float:
        if not isfinite(<double>value):
            return False
    elif value is not None and value is not True and value is not False and type(value) is not int:
        return False
    return room.bytes >= 0 and room.values >= 0


# Encoding

cdef list NOTHING = []  # never changed; msgspec omits an empty list


@cython.final
cdef class StructMaker:
    """Copies the attributes of objects into structs, as the encoder does in Python."""
    cdef type cls
    cdef object struct
    cdef tuple head
    cdef list names
    cdef list converters
    cdef Py_ssize_t offsets[MOST_MEMBERS]

    def __cinit__(self, type cls not None, struct, tuple head not None, list members not None):
        if len(members) > MOST_MEMBERS:
            raise TypeError("A class with too many fields.")
        self.cls = cls
        self.struct = struct
        self.head = head
        self.names = [name for name, _ in members]
        self.converters = [converter for _, converter in members]
        for index in range(len(members)):
            self.offsets[index] = _offset(cls, self.names[index])

    def make(self, held):
        """Return the struct of an object."""
        cdef list values = list(self.head)
        cdef bint is_usual = type(held) is self.cls  # a subclass may have other slots
        cdef Py_ssize_t index
        for index in range(len(self.names)):
            value = slot_value(held, self.offsets[index] if is_usual else -1, self.names[index])
            converter = self.converters[index]
            if type(value) is tuple:
                if not <tuple>value:
                    value = NOTHING
                elif converter is not None:
                    value = [converter(each) for each in <tuple>value]
                else:
                    value = list(<tuple>value)
            elif type(value) is frozenset:
                value = sorted(value) if value else NOTHING
            elif converter is not None and value is not None:
                value = converter(value)
            values.append(value)
        return PyObject_Vectorcall(self.struct, PySequence_Fast_ITEMS(values), len(values), NULL)
