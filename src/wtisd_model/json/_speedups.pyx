# cython: language_level=3, wraparound=False, boundscheck=False, auto_pickle=False, freethreading_compatible=True
"""The accelerator: makes the object of a payload, or what is good of it, from its bytes or from plain Python values.

It is optional, and has no findings. What is wrong or only unusual it leaves to `wtisd_model.json.decoder`: a field, or
the whole payload (a known key with an escape, a duplicate key). So it may be stricter than the reader, but never laxer.

For each constraint there is a parser with two methods. From a value of exactly a dict, list, str, int, float, bool or
None, *read* returns what the object holds, or `INVALID`; it runs no code of the payload. From a cursor at a value in
JSON, *parse* returns the same, with the cursor behind the value; or `INVALID`, with the cursor anywhere. A bytes object
ends with a zero, which no token of JSON contains: so a loop over the characters of a token cannot leave the payload.

Threads share the parsers, which do not change once they are made, but for the strings that a `TextParser` keeps, and
the dict of parsers. Both only ever grow, or are emptied at once, by single calls, for which a Python without a global
lock locks them. Slots are read as they are, since objects are frozen.
"""

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.datetime cimport datetime_new, get_utc, import_datetime
from cpython.ref cimport PyObject
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_DecodeUTF8, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint64_t
from libc.string cimport memcpy, strchr, strncmp

from types import MemberDescriptorType

from msgspec import DecodeError
from msgspec.json import Decoder

from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.schema import constraints as _constraints
from wtisd_model.schema import fields as _fields
from wtisd_model.schema import json_values as _json_values
from wtisd_model.schema.fields import fields_of, json_form_of
from wtisd_model.schema.patterns import UNSEEN_FIRST as _UNSEEN_FIRST
from wtisd_model.types import scalars as _scalars
from wtisd_model.types.text import EMAIL

import_datetime()

cdef extern from "Python.h":
    const Py_ssize_t PY_SSIZE_T_MAX
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
    /* Return what a slot holds; NULL if it is empty or not a slot. */
    static PyObject *in_slot(PyObject *held, Py_ssize_t offset) {
        return offset < 0 ? NULL : *(PyObject **)((char *)held + offset);
    }
    """
    object new_object(object cls)
    Py_ssize_t slot_offset(object descriptor)
    void fill_slot(PyObject *made, Py_ssize_t offset, PyObject *value)
    PyObject *in_slot(PyObject *held, Py_ssize_t offset)

cdef enum:
    MOST_MEMBERS = 63  # of an object, in the bits of one mask
    MOST_ASKED = 16  # fields of one check
    LONGEST_NUMBER = 32  # in characters
    DEEPEST = 9 + 8  # no document of ours nests deeper, and no data of other programs in it
    MOST_CACHED = 8192  # strings of one pattern

cdef object INVALID = _scalars.INVALID
cdef object decode_any = Decoder().decode
cdef frozenset UNSEEN_FIRST = _UNSEEN_FIRST
cdef Py_ssize_t SHORT = _constraints.SHORT
cdef int FIRST_YEAR = _constraints.FIRST_YEAR
cdef int LAST_YEAR = _constraints.LAST_YEAR
cdef object LARGEST = 10 ** (LONGEST_NUMBER - 1)


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

cdef struct Cursor:
    const unsigned char *at  # a position in the bytes of a payload


cdef inline void skip_blanks(Cursor *cursor) noexcept:
    while cursor.at[0] == c" " or cursor.at[0] == c"\n" or cursor.at[0] == c"\r" or cursor.at[0] == c"\t":
        cursor.at += 1


cdef inline bint take(Cursor *cursor, unsigned char character) noexcept:
    """Return True if a character comes next, and go behind it."""
    if cursor.at[0] != character:
        return False
    cursor.at += 1
    return True


cdef enum:
    ANOTHER, END, BROKEN


cdef inline int before_item(Cursor *cursor, unsigned char opening, unsigned char closing) noexcept:
    """Move past the opening bracket, and past the closing one if no item comes between them."""
    if not take(cursor, opening):
        return BROKEN
    skip_blanks(cursor)
    return END if take(cursor, closing) else ANOTHER


cdef inline int after_item(Cursor *cursor, unsigned char bracket) noexcept:
    """Go behind the comma or the closing bracket after an item."""
    skip_blanks(cursor)
    if take(cursor, bracket):
        return END
    if not take(cursor, c","):
        return BROKEN
    skip_blanks(cursor)
    return ANOTHER


cdef object parse_string(Cursor *cursor):
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
            return decode_any((<const char *>start)[:end - start])
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


cdef inline bint take_colon(Cursor *cursor) noexcept:
    """Return True if a colon comes next, and go to the value behind it."""
    skip_blanks(cursor)
    if not take(cursor, c":"):
        return False
    skip_blanks(cursor)
    return True


# Parsers of single values

cdef struct Room:
    Py_ssize_t bytes
    Py_ssize_t values


cdef class Parser:
    """Refuses everything."""

    cdef object parse(self, Cursor *cursor):
        """Return what the object holds for the JSON value at the cursor, or INVALID."""
        value = parse_json(cursor, DEEPEST)
        return INVALID if value is INVALID else self.decode_value(value)

    cdef object read(self, value, Room *room):
        """Return what the object holds for a plain value, which takes from the room, or INVALID."""
        return INVALID

    cpdef object decode_value(self, value):
        """Return what the object holds for a plain value of a payload that is not too large, or INVALID."""
        cdef Room room = Room(PY_SSIZE_T_MAX, PY_SSIZE_T_MAX)
        return self.read(value, &room)


cdef class StringParser(Parser):
    """Refuses everything but the strings that a subclass decodes."""

    cdef object parse(self, Cursor *cursor):
        text = parse_string(cursor)
        return INVALID if text is None else self.decode(text)

    cdef object read(self, value, Room *room):
        if type(value) is not str:
            return INVALID
        room.bytes -= length_in_bytes(<str>value)
        return self.decode(<str>value)

    cdef object decode(self, str text):
        """Return what the object holds for a string, or INVALID."""
        return INVALID


cdef inline Py_ssize_t length_in_bytes(str text) noexcept:
    """Return the length of a text in UTF-8, or more."""
    return len(text) if PyUnicode_IS_ASCII(text) else 4 * len(text)


ctypedef bint (*Test)(str) except? -1


cdef class TextParser(StringParser):
    """Parses free text and the strings of a pattern; *test* decides about what is not obviously good.

    It keeps the strings of a *recurring* pattern, which come again and again.
    """
    cdef Py_ssize_t maximum
    cdef Test is_good
    cdef object test
    cdef set known

    def __cinit__(self, constraint, bint recurring):
        self.maximum, self.test = constraint.maximum, _constraints.matcher_of(constraint)
        self.is_good = NULL
        if type(constraint) is _constraints.Text:
            self.is_good = is_printable
        if constraint is EMAIL:
            self.is_good = is_plain_email
        self.known = set() if recurring else None

    cdef object decode(self, str text):
        if self.known is not None and text in self.known:
            return text
        if len(text) > self.maximum or not (self.is_good is not NULL and self.is_good(text) or self.test(text)):
            return INVALID
        if self.known is not None:
            if len(self.known) >= MOST_CACHED:
                self.known.clear()
            self.known.add(text)
        return text


cdef bint is_printable(str text) except? -1:
    """Return True for text that `wtisd_model.schema.constraints.holds` accepts without a look at the pattern."""
    cdef Py_ssize_t length = len(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_UCS4 character = PyUnicode_READ(kind, data, 0)  # a zero if it is empty
    cdef Py_ssize_t index
    if length == 0 or character == u" " or PyUnicode_READ(kind, data, length - 1) == u" ":
        return False
    if PyUnicode_IS_ASCII(text):
        for index in range(length):
            if (<const unsigned char *>data)[index] < 0x20 or (<const unsigned char *>data)[index] == 0x7f:
                return False
        return True
    if text[0] in UNSEEN_FIRST:
        return False
    for index in range(length):
        character = PyUnicode_READ(kind, data, index)
        if not (0x20 <= character < 0x7f or Py_UNICODE_ISPRINTABLE(character)):
            return False
    return True


cdef bint is_plain_email(str text) except? -1:
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


cdef class ChoiceParser(StringParser):
    """Parses the codes of a list, or the values of an enum."""
    cdef dict held

    def __cinit__(self, dict held not None):
        self.held = held

    cdef object decode(self, str text):
        return self.held.get(text, INVALID)


cdef class BooleanParser(Parser):
    """Parses true and false."""
    cdef object read(self, value, Room *room):
        return value if value is True or value is False else INVALID


cdef class IntegerParser(Parser):
    """Parses whole numbers; *decoder* decides about values that are not int."""
    cdef object minimum, maximum, decoder

    def __cinit__(self, minimum, maximum, decoder):
        self.minimum, self.maximum, self.decoder = minimum, maximum, decoder

    cdef object read(self, value, Room *room):
        if type(value) is not int:
            return self.decoder(value)
        return value if self.minimum <= value <= self.maximum else INVALID


cdef class ScalarParser(StringParser):
    """Parses strings as the reader decodes them."""
    cdef object decoder

    def __cinit__(self, decoder):
        self.decoder = decoder

    cdef object decode(self, str text):
        return self.decoder(text)


cdef class TimestampParser(ScalarParser):
    """Parses moments; those in the most common formats without the reader."""
    cdef object decode(self, str text):
        made = None
        if PyUnicode_IS_ASCII(text):
            made = parse_timestamp(<const unsigned char *>PyUnicode_DATA(text), len(text))
        return ScalarParser.decode(self, text) if made is None else made


cdef object parse_timestamp(const unsigned char *at, Py_ssize_t length):
    """Return a moment that is on the same day in UTC; None for any other, and if it is malformed."""
    if length < 20 or length > 27 or at[4] != c"-" or at[7] != c"-" or at[10] != c"T" or at[13] != c":" or at[16] != c":":
        return None
    cdef int year = parse_digits(at, 0, 4)
    cdef int hour = parse_digits(at, 11, 2)
    cdef int minute = parse_digits(at, 14, 2)
    cdef int fraction = 0, offset, rest
    cdef Py_ssize_t index
    if year < FIRST_YEAR or year > LAST_YEAR or hour < 0 or hour > 23 or minute < 0 or minute > 59:
        return None
    if at[19] == c"." and at[length - 1] == c"Z" and length > 21:
        fraction = parse_digits(at, 20, length - 21)
        if fraction < 0:
            return None
        for index in range(27 - length):
            fraction *= 10
    elif length == 25 and (at[19] == c"+" or at[19] == c"-") and at[22] == c":":
        offset, rest = parse_digits(at, 20, 2), parse_digits(at, 23, 2)
        if offset < 0 or offset > 23 or rest < 0 or rest > 59:
            return None
        offset = 60 * offset + rest
        minute += 60 * hour + (offset if at[19] == c"-" else -offset)
        if minute < 0 or minute >= 24 * 60:  # another day in UTC
            return None
        hour = minute // 60
        minute -= 60 * hour
    elif length != 20 or at[19] != c"Z":
        return None
    cdef int month = parse_digits(at, 5, 2), day = parse_digits(at, 8, 2), second = parse_digits(at, 17, 2)
    try:
        return datetime_new(year, month, day, hour, minute, second, fraction, get_utc())
    except ValueError:  # -1, or too large
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

cdef class ArrayParser(Parser):
    """Parses arrays as tuples or frozensets."""
    cdef Parser item
    cdef Py_ssize_t minimum, maximum
    cdef bint unique, is_set

    def __cinit__(self, Parser item not None, constraint):
        self.item, self.unique = item, constraint.unique
        self.minimum, self.maximum = constraint.minimum, constraint.maximum
        self.is_set = constraint.container is frozenset

    cdef object parse(self, Cursor *cursor):
        cdef list items = []
        cdef int state = before_item(cursor, c"[", c"]")
        while state == ANOTHER:
            made = self.item.parse(cursor)
            if made is INVALID or len(items) == self.maximum:
                return INVALID
            items.append(made)
            state = after_item(cursor, c"]")
        return INVALID if state == BROKEN else self.collected(items)

    cdef object read(self, value, Room *room):
        cdef list items = []
        if type(value) is not list or len(<list>value) > self.maximum or len(<list>value) > room.values:
            return INVALID
        room.values -= len(<list>value)
        for each in <list>value:
            made = self.item.read(each, room)
            if made is INVALID:
                return INVALID
            items.append(made)
        return self.collected(items)

    cdef object collected(self, list items):
        # Of more items than at first only if another thread changes the list.
        if len(items) < self.minimum or len(items) > self.maximum:
            return INVALID
        unique = frozenset(items) if self.unique else None
        if unique is not None and len(<frozenset>unique) != len(items):
            return INVALID
        return unique if self.is_set else tuple(items)


cdef class MapParser(Parser):
    """Parses objects with any keys, such as translations by their language."""
    cdef Parser key, value
    cdef Py_ssize_t maximum
    cdef object convert

    def __cinit__(self, Parser key not None, Parser value not None, Py_ssize_t maximum, convert):
        self.key, self.value, self.maximum, self.convert = key, value, maximum, convert

    cdef object parse(self, Cursor *cursor):
        cdef dict made = {}
        cdef int state = before_item(cursor, c"{", c"}")
        while state == ANOTHER:
            key = self.key.parse(cursor)
            if key is INVALID or key in made or len(made) == self.maximum or not take_colon(cursor):
                return INVALID
            value = self.value.parse(cursor)
            if value is INVALID:
                return INVALID
            made[key] = value
            state = after_item(cursor, c"}")
        return INVALID if state == BROKEN else self.convert(made)

    cdef object read(self, value, Room *room):
        cdef dict made = {}
        if type(value) is not dict or len(<dict>value) > self.maximum or len(<dict>value) > room.values:
            return INVALID
        room.values -= len(<dict>value)
        for key, each in (<dict>value).items():
            key = self.key.read(key, room)
            each = INVALID if key is INVALID else self.value.read(each, room)
            if each is INVALID:
                return INVALID
            made[key] = each
        return self.convert(made)


cdef class AnyOfParser(Parser):
    """Parses values of several kinds, each of a type of its own."""
    cdef dict kinds

    def __cinit__(self, dict kinds not None):
        self.kinds = kinds

    cdef object read(self, value, Room *room):
        parser = self.kinds.get(tuple if type(value) is list else type(value))
        return INVALID if parser is None else (<Parser>parser).read(value, room)


cdef class JsonParser(Parser):
    """Parses any JSON value that *check* allows."""
    cdef object check

    def __cinit__(self, check):
        self.check = check

    cdef object read(self, value, Room *room):
        if not is_plain(value, room, _json_values.DEEPEST):
            return INVALID
        made = _json_values.frozen_json(value)
        return made if self.check(made) is None else INVALID


cdef object parse_json(Cursor *cursor, int levels):
    """Return a JSON value of plain Python types, or INVALID; it is nested no deeper than *levels*."""
    cdef unsigned char first = cursor.at[0]
    cdef unsigned char bracket = c"]" if first == c"[" else c"}"
    cdef int state
    if first == c'"':
        text = parse_string(cursor)
        return INVALID if text is None else text
    if first != c"[" and first != c"{":
        return parse_single(cursor)
    if levels == 0:
        return INVALID
    cdef dict members = {}
    cdef list items = []
    state = before_item(cursor, first, bracket)
    while state == ANOTHER:
        key = None
        if first == c"{":
            key = parse_string(cursor)
            if key is None or key in members or not take_colon(cursor):
                return INVALID
        item = parse_json(cursor, levels - 1)
        if item is INVALID:
            return INVALID
        if first == c"{":
            members[key] = item
        else:
            items.append(item)
        state = after_item(cursor, bracket)
    if state == BROKEN:
        return INVALID
    return items if first == c"[" else members


cdef object parse_single(Cursor *cursor):
    """Return a number that is not too long, true, false or null; or INVALID."""
    cdef const unsigned char *start = cursor.at
    while is_kind(cursor.at, WORD) or cursor.at[0] == c"." or cursor.at[0] == c"-" or cursor.at[0] == c"+":
        cursor.at += 1
    if cursor.at - start == 1 and c"0" <= start[0] <= c"9":  # as most are
        return <int>start[0] - c"0"
    if cursor.at - start > LONGEST_NUMBER:
        return INVALID
    try:
        return decode_any((<const char *>start)[:cursor.at - start])
    except DecodeError:
        return INVALID


cdef bint is_plain(object value, Room *room, Py_ssize_t levels) except -1:
    """Return True for JSON of plain Python types with no more values and characters than there is room for."""
    if type(value) is str:
        room.bytes -= length_in_bytes(<str>value)
    elif type(value) is int:
        return -LARGEST < value < LARGEST
    elif type(value) is dict or type(value) is list:
        room.values -= len(value)
        if levels == 0 or room.values < 0:
            return False
        if type(value) is dict:
            for key in <dict>value:
                if type(key) is not str or not is_plain(key, room, 0):
                    return False
        for each in (<dict>value).values() if type(value) is dict else value:
            if not is_plain(each, room, levels - 1):
                return False
    elif value is not None and type(value) is not bool and type(value) is not float:
        return False
    return room.bytes >= 0


cdef class Check:
    """A rule between fields, called with the values of its fields."""
    cdef object ask
    cdef Py_ssize_t numbers[MOST_ASKED]
    cdef Py_ssize_t count
    cdef uint64_t about, settled

    def __cinit__(self, check):
        self.ask, self.about, self.settled, self.count = check.ask, check.about, check.settled, len(check.numbers)
        if self.count > MOST_ASKED:
            raise TypeError("A check takes too many fields.")
        for index in range(self.count):
            self.numbers[index] = check.numbers[index]

    cdef bint fails(self, list values) except -1:
        """Return True if the rule has a finding; *values* has one for each field."""
        cdef PyObject *arguments[MOST_ASKED]
        cdef Py_ssize_t index
        for index in range(self.count):
            arguments[index] = PyList_GET_ITEM(values, self.numbers[index])  # a reference that the list keeps
        found = PyObject_Vectorcall(self.ask, arguments, self.count, NULL)
        for _ in found:
            return True
        return False


cdef class ObjectParser(Parser):
    """Parses the objects of a class and fills their slots."""
    cdef type cls
    cdef list defaults
    cdef list names  # the keys of the fields, then of the envelope
    cdef list keys  # the same in bytes; they own the characters below
    cdef const char *characters[MOST_MEMBERS]
    cdef Py_ssize_t lengths[MOST_MEMBERS]
    cdef Py_ssize_t offsets[MOST_MEMBERS]
    cdef Py_ssize_t fields, members
    cdef list parsers
    cdef uint64_t required
    cdef list checks
    cdef object finish

    def __cinit__(self, type cls not None, text, dict envelope not None, bint submission):
        specs = fields_of(cls)
        self.cls = json_form_of(cls)
        self.fields = len(specs)
        self.names = [*[spec.key for spec in specs], *envelope]
        self.keys = [key.encode() for key in self.names]
        self.members = len(self.keys)
        if self.members > MOST_MEMBERS:
            raise TypeError("A class with too many fields.")
        for index in range(self.members):
            self.characters[index] = PyBytes_AS_STRING(self.keys[index])
            self.lengths[index] = len(self.keys[index])
        self.defaults = [spec.default for spec in specs]
        self.parsers = [
            Parser() if submission and spec.office else parser_of(
                _constraints.narrowed(spec.constraint, text), _fields.converter_of(spec, cls), False, submission
            )
            for spec in specs
        ] + list(envelope.values())
        for index in range(self.fields):
            self.offsets[index] = _offset(self.cls, specs[index].name)
            if self.offsets[index] < 0 or self.cls.__new__ is not object.__new__:
                raise TypeError(f"A class that is more than its slots: {cls.__name__}.{specs[index].name}")
        # The lowest bit belongs to no field, as in the reader's masks.
        self.required = 1 + sum([2 << number for number, spec in enumerate(specs) if spec.required])
        self.checks = [Check(check) for check in _fields.checks_of(cls)]
        self.finish = _fields.finisher_of(cls)

    cdef object parse(self, Cursor *cursor):
        cdef list values = self.defaults[:]
        cdef uint64_t present = self.parse_members(cursor, values, True)
        return INVALID if present == 0 else self.checked(values, present)

    cdef uint64_t parse_members(self, Cursor *cursor, list values, bint is_strict) except? 0:
        """Parse an object into *values*, and return the bits of their fields; return 0 for what is unusual or not JSON.

        If there are members that are not good, return 0 too, or, if not *is_strict*, append a dict of them to *values*.
        """
        cdef uint64_t present = 1, seen = 1, bit
        cdef Py_ssize_t number = -1
        cdef const unsigned char *start
        cdef dict rest = None
        cdef int state = before_item(cursor, c"{", c"}")
        key = None  # that of no field
        while state == ANOTHER:
            number = self.find(cursor.at + 1, c'"', number + 1) if cursor.at[0] == c'"' else -1
            if number >= 0:
                bit = <uint64_t>2 << number
                cursor.at += self.lengths[number] + 2
            else:
                bit = 0
                key = None if is_strict else parse_string(cursor)
                if key is None or key in self.names or rest is not None and key in rest:
                    return 0
            if seen & bit or not take_colon(cursor):  # a duplicate key
                return 0
            seen |= bit
            start = cursor.at
            made = INVALID if bit == 0 else (<Parser>self.parsers[number]).parse(cursor)
            if made is not INVALID:
                present |= bit
                if number < self.fields:
                    values[number] = made
            elif is_strict or number >= self.fields:
                return 0
            else:
                cursor.at = start
                made = parse_json(cursor, DEEPEST)
                if made is INVALID:
                    return 0
                if rest is None:
                    rest = {}
                    values.append(rest)
                rest[key if bit == 0 else self.names[number]] = made
            state = after_item(cursor, c"}")
        return 0 if state == BROKEN else present

    cdef object read(self, value, Room *room):
        cdef list values = self.defaults[:]
        if type(value) is not dict or len(<dict>value) > room.values:
            return INVALID
        cdef uint64_t present = self.read_members(<dict>value, values, True, room)
        return INVALID if present == 0 else self.checked(values, present)

    cdef uint64_t read_members(self, dict value, list values, bint is_strict, Room *room) except? 0:
        """Do the same as `parse_members` with a dict."""
        cdef uint64_t present = 1, bit
        cdef dict rest = None
        cdef Py_ssize_t number = -1
        room.values -= len(value)
        for key, each in value.items():
            if type(key) is str and PyUnicode_IS_ASCII(key):
                number = self.find(<const unsigned char *>PyUnicode_DATA(key), 0, number + 1)
            else:
                number = -1
            # A key with a zero in it is longer than the one that was found.
            bit = 0 if number < 0 or self.lengths[number] != len(<str>key) else <uint64_t>2 << number
            # Twice only if another thread changes the dict.
            made = INVALID if bit == 0 or present & bit else (<Parser>self.parsers[number]).read(each, room)
            if made is not INVALID:
                present |= bit
                room.bytes -= self.lengths[number]
                if number < self.fields:
                    values[number] = made
            elif is_strict:
                return 0
            else:
                if rest is None:
                    rest = {}
                    values.append(rest)
                rest[key] = each
        return present

    def fill(self, dict value not None, list values not None):
        """Fill the values of an object; return the bits of their fields, and the members that are not good."""
        cdef Room room = Room(PY_SSIZE_T_MAX, PY_SSIZE_T_MAX)
        cdef uint64_t present = self.read_members(value, values, False, &room)
        return present, values.pop() if len(values) > self.fields else {}

    cdef object checked(self, list values, uint64_t present):
        """Return the object of the values of all fields, or INVALID."""
        if self.required & ~present:
            return INVALID
        for check in self.checks:
            if (<Check>check).about & present and not (<Check>check).settled & present and (<Check>check).fails(values):
                return INVALID
        made = new_object(self.cls)
        cdef PyObject **filled = PySequence_Fast_ITEMS(values)
        cdef Py_ssize_t index
        for index in range(self.fields):
            fill_slot(<PyObject *>made, self.offsets[index], filled[index])
        return made if self.finish is None else self.finish(made)

    cdef Py_ssize_t find(self, const unsigned char *key, unsigned char end, Py_ssize_t expected) noexcept:
        """Return the number of the member with a key, or -1; most come in the order in which they are declared."""
        cdef Py_ssize_t step, length, index = expected - 1
        cdef const char *name
        for step in range(self.members):
            index = index + 1 if index + 1 < self.members else 0
            name, length = self.characters[index], self.lengths[index]
            if name[0] == key[0] and strncmp(name, <const char *>key, length) == 0 and key[length] == end:
                return index
        return -1


cdef Py_ssize_t _offset(type cls, str name) except? -1:
    """Return where in the objects of a class a slot is, or -1 if the attribute is not a slot."""
    slot = getattr(cls, name, None)
    if type(slot) is not MemberDescriptorType or not issubclass(cls, slot.__objclass__):
        return -1
    return slot_offset(slot)


# The parsers of the declarations

cdef dict _parsers = {}  # of classes, by what their texts are narrowed to, and of recurring patterns


cpdef Parser parser_of(constraint, convert, bint recurring, bint submission):
    """Return the parser of a constraint: of strings that are *recurring*, or in a *submission*, without office fields."""
    kind = type(constraint)
    if kind is _constraints.Nested:
        key = constraint.cls, constraint.text, submission
        if key not in _parsers:
            # The first one stays, also if another thread makes it at the same time.
            _parsers.setdefault(key, ObjectParser(constraint.cls, constraint.text, {}, submission))
        return _parsers[key]
    if kind is _constraints.Items:
        return ArrayParser(parser_of(constraint.item, None, True, submission), constraint)
    if kind is _constraints.Map:
        key, value = parser_of(constraint.key, None, True, False), parser_of(constraint.value, None, False, False)
        return MapParser(key, value, constraint.maximum, convert)
    if kind is _json_values.AnyOf:
        return AnyOfParser({each: parser_of(inner, None, each is tuple, False) for each, inner in constraint.kinds.items()})
    if kind is _json_values.AnyJson:
        return JsonParser(constraint.check)
    if kind is _constraints.Pattern and (recurring or constraint in _scalars.RECURRING):
        return _parsers.setdefault(constraint, TextParser(constraint, True))
    if kind is _constraints.Text or kind is _constraints.Pattern:
        return TextParser(constraint, False)
    if kind is _constraints.CodeList:
        return ChoiceParser({value: value for value in constraint.values})
    if kind is _constraints.Enumeration:
        return ChoiceParser({member.value: member for member in constraint.members})
    if kind is _constraints.Boolean:
        return BooleanParser()
    if kind is _constraints.Integer:
        return IntegerParser(constraint.minimum, constraint.maximum, _scalars.scalar_decoder(constraint))
    decoder = _scalars.scalar_decoder(constraint)
    return TimestampParser(decoder) if kind is _constraints.Timestamp else ScalarParser(decoder)


# The door

cdef class Accelerator:
    """Makes the objects of documents of a class; *bounds* are the limits of a payload."""
    cdef ObjectParser parser
    cdef Room room

    def __cinit__(self, type cls not None, bounds):
        envelope = {
            "@type": ChoiceParser({document_name(cls): document_name(cls)}),
            "schemaVersion": IntegerParser(SCHEMA_VERSION, SCHEMA_VERSION, lambda value: INVALID),
            "$schema": TextParser(_constraints.Text(bounds.bytes), False),
        }
        self.parser = ObjectParser(cls, None, envelope, False)
        self.room = Room(bounds.bytes, bounds.values)
        if bounds.depth < DEEPEST or bounds.number_length < LONGEST_NUMBER:
            self.room.bytes = -1  # the reader looks at every bound

    def make(self, payload):
        """Return the object of bytes or a plain dict; None if the reader has to decide.

        For bytes with something wrong in them, return the values of the fields, the bits of those that are good, and
        a dict of the members that the reader has to look at.
        """
        cdef Room room = self.room
        if type(payload) is dict and room.bytes >= 0:
            try:
                made = self.parser.read(payload, &room)
            except RuntimeError:  # another thread has changed the dict
                return None
            return made if made is not INVALID and room.bytes >= 0 and room.values > 0 else None
        if type(payload) is not bytes or len(<bytes>payload) > room.bytes:
            return None
        # A value takes two bytes at least, with what separates it from the next. Before each but the first is one of
        # these characters; those in texts count too.
        if len(<bytes>payload) > 2 * room.values and sum(map(payload.count, (b",", b"[", b"{"))) >= room.values:
            return None
        cdef Cursor cursor = Cursor(<const unsigned char *>PyBytes_AS_STRING(payload))
        cdef list values = self.parser.defaults[:]
        skip_blanks(&cursor)
        cdef uint64_t present = self.parser.parse_members(&cursor, values, False)
        skip_blanks(&cursor)
        if present == 0 or cursor.at != <const unsigned char *>PyBytes_AS_STRING(payload) + len(<bytes>payload):
            return None
        if len(values) == self.parser.fields:
            made = self.parser.checked(values, present)
            return (values, present, {}) if made is INVALID else made
        rest = values.pop()
        return values, present, rest


# Encoding

cdef class StructMaker:
    """Copies the attributes of objects into structs, as the encoder does in Python."""
    cdef type cls
    cdef object struct
    cdef list blank, names, converters, defaults
    cdef Py_ssize_t offsets[MOST_MEMBERS]
    cdef Py_ssize_t head, count

    def __cinit__(self, type cls not None, struct, list blank not None, list members not None):
        if len(members) > MOST_MEMBERS:
            raise TypeError("A class with too many fields.")
        self.cls, self.struct, self.blank = cls, struct, blank
        self.names, self.converters, self.defaults = map(list, zip(*members))
        self.head, self.count = len(blank) - len(members), len(members)
        for index in range(self.count):
            self.offsets[index] = _offset(cls, self.names[index])

    def make(self, held):
        """Return the struct of an object."""
        cdef PyObject *values[MOST_MEMBERS + 1]  # references that the slots, *blank* and *owned* keep
        cdef list owned = []
        cdef bint is_usual = type(held) is self.cls  # a subclass may have other slots
        cdef PyObject *slot, **defaults = PySequence_Fast_ITEMS(self.defaults)
        cdef Py_ssize_t index
        memcpy(values, PySequence_Fast_ITEMS(self.blank), len(self.blank) * sizeof(PyObject *))
        for index in range(self.count):
            slot = in_slot(<PyObject *>held, self.offsets[index] if is_usual else -1)
            if slot is defaults[index]:
                continue
            value = getattr(held, self.names[index]) if slot is NULL else <object>slot
            converter = self.converters[index]
            if type(value) is tuple:
                value = list(<tuple>value) if converter is None else [converter(each) for each in <tuple>value]
            elif type(value) is frozenset:
                value = sorted(value)
            elif converter is not None and value is not None:
                value = converter(value)
            if <PyObject *>value is not slot:
                owned.append(value)
            values[self.head + index] = <PyObject *>value
        return PyObject_Vectorcall(self.struct, values, len(self.blank), NULL)
