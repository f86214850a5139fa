# Objects as JSON.

@cython.final
@cython.internal
cdef class Paper:
    """What has been written."""

    cdef char *text
    cdef Py_ssize_t length
    cdef Py_ssize_t room

    def __cinit__(self):
        self.length = 0
        self.room = 1024
        self.text = <char *>PyMem_Malloc(self.room)
        if self.text is NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.text)

    cdef int make_room(self, Py_ssize_t more) except -1:
        cdef Py_ssize_t room = self.room
        cdef char *text
        if self.length + more <= room:
            return 0
        while room < self.length + more:
            room *= 2
        text = <char *>PyMem_Realloc(self.text, room)
        if text is NULL:
            raise MemoryError
        self.text = text
        self.room = room
        return 0

    cdef int put(self, const char *text, Py_ssize_t length) except -1:
        self.make_room(length)
        memcpy(self.text + self.length, text, length)
        self.length += length
        return 0

    cdef int put_text(self, object held) except -1:
        """Write a string (RFC 8259 section 7), with as few escapes as there may be."""
        cdef Py_ssize_t length
        cdef const unsigned char *at = <const unsigned char *>PyUnicode_AsUTF8AndSize(held, &length)
        cdef const unsigned char *end = at + length
        cdef const unsigned char *start = at
        cdef unsigned char escape
        self.make_room(6 * length + 2)  # an escape takes six at most
        self.text[self.length] = c'"'
        self.length += 1
        while at < end:
            escape = ESCAPES[at[0]]
            if escape:
                self.put(<const char *>start, at - start)
                self.put("\\", 1)
                self.put(<const char *>&escape, 1)
                if escape == c"u":
                    self.put("00", 2)
                    self.put(&HEX[at[0] >> 4], 1)
                    self.put(&HEX[at[0] & 15], 1)
                start = at + 1
            at += 1
        self.put(<const char *>start, at - start)
        self.put('"', 1)
        return 0

    cdef int put_digits(self, int number, int digits) except -1:
        cdef int index
        self.make_room(digits)
        for index in range(digits - 1, -1, -1):
            self.text[self.length + index] = <char>(c"0" + number % 10)
            number //= 10
        self.length += digits
        return 0


cdef const char *HEX = "0123456789abcdef"
cdef unsigned char ESCAPES[256]


cdef void _mark_escapes() noexcept:
    cdef int character
    for character in range(256):
        ESCAPES[character] = c"u" if character < 0x20 else 0
    ESCAPES[c'"'] = c'"'
    ESCAPES[c"\\"] = c"\\"
    ESCAPES[c"\b"] = c"b"
    ESCAPES[c"\f"] = c"f"
    ESCAPES[c"\n"] = c"n"
    ESCAPES[c"\r"] = c"r"
    ESCAPES[c"\t"] = c"t"


_mark_escapes()


cdef class Writer:
    """Writes what an object holds: text, and members of enums, which are texts too."""

    cdef int put(self, object held, Paper paper) except -1:
        return paper.put_text(held)


@cython.final
cdef class WholeWriter(Writer):
    cdef int put(self, object held, Paper paper) except -1:
        if type(held) is not int:
            raise TypeError("Not a whole number.")
        cdef bytes digits = str(held).encode()
        return paper.put(PyBytes_AS_STRING(digits), len(digits))


@cython.final
cdef class FlagWriter(Writer):
    cdef int put(self, object held, Paper paper) except -1:
        if held is not True and held is not False:
            raise TypeError("Neither true nor false.")
        return paper.put("true", 4) if held is True else paper.put("false", 5)


@cython.final
cdef class MomentWriter(Writer):
    cdef int put(self, object held, Paper paper) except -1:
        if type(held) is not datetime or datetime_tzinfo(held) is not get_utc():
            raise TypeError("Not a moment in UTC.")
        paper.put('"', 1)
        paper.put_digits(datetime_year(held), 4)
        paper.put("-", 1)
        paper.put_digits(datetime_month(held), 2)
        paper.put("-", 1)
        paper.put_digits(datetime_day(held), 2)
        paper.put("T", 1)
        paper.put_digits(datetime_hour(held), 2)
        paper.put(":", 1)
        paper.put_digits(datetime_minute(held), 2)
        paper.put(":", 1)
        paper.put_digits(datetime_second(held), 2)
        if datetime_microsecond(held):
            paper.put(".", 1)
            paper.put_digits(datetime_microsecond(held), 6)
        return paper.put('Z"', 2)


@cython.final
cdef class MadeWriter(Writer):
    """Writes the text that *make* gives, or the texts by their keys."""

    cdef object make

    def __cinit__(self, make):
        self.make = make

    cdef int put(self, object held, Paper paper) except -1:
        made = self.make(held)
        if type(made) is not dict:
            return paper.put_text(made)
        cdef bint is_first = True
        paper.put("{", 1)
        for key, value in (<dict>made).items():
            if not is_first:
                paper.put(",", 1)
            is_first = False
            paper.put_text(key)
            paper.put(":", 1)
            paper.put_text(value)
        return paper.put("}", 1)


@cython.final
cdef class ItemsWriter(Writer):
    cdef Writer item
    cdef bint is_set

    def __cinit__(self, Writer item not None, bint is_set):
        self.item = item
        self.is_set = is_set

    cdef int put(self, object held, Paper paper) except -1:
        cdef bint is_first = True
        paper.put("[", 1)
        for each in sorted(held) if self.is_set and len(held) > 1 else held:
            if not is_first:
                paper.put(",", 1)
            is_first = False
            self.item.put(each, paper)
        return paper.put("]", 1)


@cython.final
cdef class Member:
    cdef readonly str name
    cdef bytes key
    cdef Writer writer
    cdef bint leaves_empty

    def __cinit__(self, str name not None, str key not None, Writer writer not None, bint leaves_empty):
        self.name = name
        self.key = f',"{key}":'.encode()
        self.writer = writer
        self.leaves_empty = leaves_empty


@cython.final
cdef class ObjectWriter(Writer):
    cdef type cls
    cdef tuple members
    cdef Py_ssize_t offsets[MOST_PLACES]
    cdef Py_ssize_t count
    cdef bytes head

    def __cinit__(self, type cls not None, tuple members not None, str document):
        if len(members) > MOST_PLACES:
            raise TypeError("A class with too many fields.")
        self.cls = cls
        self.members = members
        self.count = len(members)
        for index, member in enumerate(members):
            self.offsets[index] = _offset(cls, (<Member?>member).name)
        self.head = b"" if document is None else f'"@type":"{document}","schemaVersion":{SCHEMA_VERSION}'.encode()

    cdef int put(self, object held, Paper paper) except -1:
        if not is_of(held, self.cls):
            raise TypeError(f"Not an object of the class {self.cls.__name__}.")
        cdef Py_ssize_t index
        cdef Member member
        cdef bint is_first = not self.head
        paper.put("{", 1)
        paper.put(PyBytes_AS_STRING(self.head), len(self.head))
        for index in range(self.count):
            member = <Member>self.members[index]
            # A class that somebody made of ours may have more than the slot under a name.
            value = content(held, self.offsets[index]) if type(held) is self.cls else getattr(held, member.name)
            if value is None:
                continue
            if member.leaves_empty and not value:
                continue
            # The comma is the first character of a key.
            paper.put(PyBytes_AS_STRING(member.key) + is_first, len(member.key) - is_first)
            is_first = False
            member.writer.put(value, paper)
        return paper.put("}", 1)

    def json(self, held):
        """Write an object as compact UTF-8."""
        cdef Paper paper = Paper()
        self.put(held, paper)
        return paper.text[:paper.length]
