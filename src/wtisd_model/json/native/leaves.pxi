# What reads single values.

cdef class Reader:
    cpdef object held(self, object value):
        raise NotImplementedError

    cdef object parsed(self, Cursor cursor):
        """Make of the JSON that comes next what an object holds.

        After the doubt about a value without parts, the cursor may be anywhere in it.
        """
        text = next_text(cursor)
        return unsound if text is None else self.held(text)


@cython.final
cdef class TextReader(Reader):
    cdef Py_ssize_t maximum
    cdef object match

    def __cinit__(self, Py_ssize_t maximum, match):
        self.maximum = maximum
        self.match = match

    cpdef object held(self, object value):
        if type(value) is str and len(<str>value) <= self.maximum and (_is_plainly_good(<str>value) or self.match(value)):
            return value
        return unsound


cdef bint _is_plainly_good(str text):
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
cdef class PatternReader(Reader):
    cdef Py_ssize_t maximum
    cdef object test

    def __cinit__(self, Py_ssize_t maximum, test):
        self.maximum = maximum
        self.test = test

    cpdef object held(self, object value):
        if type(value) is str and len(<str>value) <= self.maximum and self.test(value):
            return value
        return unsound


@cython.final
cdef class EmailReader(Reader):
    cdef Py_ssize_t maximum
    cdef object test

    def __cinit__(self, Py_ssize_t maximum, test):
        self.maximum = maximum
        self.test = test

    cpdef object held(self, object value):
        if type(value) is str and len(<str>value) <= self.maximum and (is_usual_email(<str>value) or self.test(value)):
            return value
        return unsound


cpdef bint is_usual_email(str text):
    """Tell whether a text is an e-mail address, so short that none of its parts is too long."""
    cdef Py_ssize_t length = len(text)
    if length >= SHORT or not PyUnicode_IS_ASCII(text):
        return False
    cdef const unsigned char *at = <const unsigned char *>PyUnicode_DATA(text)  # which ends with a zero
    cdef const unsigned char *end = at + length
    while True:  # atoms and the dots between them
        if not at_kind(at, ATOM):
            return False
        while at_kind(at, ATOM):
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
        while at_kind(at, WORD) or at[0] == c"-":
            at += 1
        if at == label or label[0] == c"-" or (at - 1)[0] == c"-":
            return False
        labels += 1
        if at[0] != c".":
            break
    # Not a number: the last label begins with a letter.
    return at == end and labels > 1 and not c"0" <= label[0] <= c"9"


cdef enum:
    WORD = 1
    ATOM = 2
    PLAIN = 4  # stands in a string as it is

cdef unsigned char KINDS[256]


cdef inline bint at_kind(const unsigned char *at, unsigned char kind) noexcept:
    return KINDS[at[0]] & kind != 0


cdef void _mark_kinds() noexcept:
    cdef int character
    for character in range(256):
        if c"0" <= character <= c"9" or c"A" <= character <= c"Z" or c"a" <= character <= c"z":
            KINDS[character] = WORD | ATOM
        elif character != 0 and strchr("!#$%&'*+/=?^_`{|}~-", character) is not NULL:
            KINDS[character] = ATOM
        else:
            KINDS[character] = 0
        if character >= 0x20 and character != c'"' and character != c"\\":
            KINDS[character] |= PLAIN


_mark_kinds()


@cython.final
cdef class FamiliarReader(Reader):
    cdef Py_ssize_t maximum
    cdef object familiar
    cdef set texts

    def __cinit__(self, Py_ssize_t maximum, familiar):
        self.maximum = maximum
        self.familiar = familiar
        self.texts = familiar.texts

    cpdef object held(self, object value):
        if type(value) is str and (
            value in self.texts or (len(<str>value) <= self.maximum and self.familiar.learn(value))
        ):
            return value
        return unsound


@cython.final
cdef class OneOfReader(Reader):
    cdef frozenset values

    def __cinit__(self, frozenset values not None):
        self.values = values

    cpdef object held(self, object value):
        return value if type(value) is str and value in self.values else unsound


@cython.final
cdef class ChoiceReader(Reader):
    cdef dict members
    cdef list held_as
    cdef list spelled
    cdef const char *words[MOST_PLACES]
    cdef Py_ssize_t lengths[MOST_PLACES]

    def __cinit__(self, dict members not None):
        if len(members) > MOST_PLACES:
            raise TypeError("An enum with too many members.")
        self.members = members
        self.held_as = list(members.values())
        self.spelled = [(<str?>value).encode() for value in members]
        for index, word in enumerate(self.spelled):
            self.words[index] = PyBytes_AS_STRING(word)  # which the list keeps
            self.lengths[index] = len(word)

    cpdef object held(self, object value):
        return self.members.get(value, unsound) if type(value) is str else unsound

    cdef object parsed(self, Cursor cursor):
        cdef const unsigned char *start = cursor.at + 1
        cdef const unsigned char *end = start
        cdef Py_ssize_t index
        if cursor.at[0] != c'"':
            return unsound
        while end[0] != c'"' and end[0] > 0x20:
            end += 1
        for index in range(len(self.held_as)):
            if self.lengths[index] == end - start and memcmp(self.words[index], start, end - start) == 0:
                if end[0] != c'"':
                    return unsound
                cursor.at = end + 1
                return self.held_as[index]
        return Reader.parsed(self, cursor)  # it may be escaped


@cython.final
cdef class FlagReader(Reader):
    cpdef object held(self, object value):
        return value if value is True or value is False else unsound

    cdef object parsed(self, Cursor cursor):
        if is_next(cursor, c"t"):
            is_it = is_next(cursor, c"r") and is_next(cursor, c"u") and is_next(cursor, c"e")
            return True if is_it else unsound
        is_it = is_next(cursor, c"f") and is_next(cursor, c"a") and is_next(cursor, c"l")
        return False if is_it and is_next(cursor, c"s") and is_next(cursor, c"e") else unsound


@cython.final
cdef class WholeReader(Reader):
    cdef object constraint

    def __cinit__(self, constraint):
        self.constraint = constraint

    cpdef object held(self, object value):
        made = whole_of(self.constraint, value)
        return unsound if made is None else made

    cdef object parsed(self, Cursor cursor):
        cdef bint is_negative = is_next(cursor, c"-")
        cdef const unsigned char *first = cursor.at
        while c"0" <= cursor.at[0] <= c"9":
            cursor.at += 1
        cdef Py_ssize_t digits = cursor.at - first
        if digits == 0 or digits > 16 or (first[0] == c"0" and digits > 1):
            return unsound
        if cursor.at[0] == c"." or cursor.at[0] == c"e" or cursor.at[0] == c"E":  # which may be whole all the same
            return unsound
        cdef long long number = 0
        while first < cursor.at:
            number = 10 * number + (first[0] - c"0")
            first += 1
        made = whole_of(self.constraint, -number if is_negative else number)
        return unsound if made is None else made


@cython.final
cdef class MomentReader(Reader):
    cpdef object held(self, object value):
        if type(value) is not str:
            return unsound
        made = None
        if PyUnicode_IS_ASCII(value):
            made = _plain_moment(<const unsigned char *>PyUnicode_DATA(value), len(<str>value))
        if made is None:
            made = moment_of(value)
        return unsound if made is None else made

    cdef object parsed(self, Cursor cursor):
        cdef const unsigned char *end
        if cursor.at[0] == c'"':
            end = after_string(cursor.at)
            if end is not NULL:
                end -= 1
                made = _plain_moment(cursor.at + 1, end - cursor.at - 1)
                if made is not None:
                    cursor.at = end + 1
                    return made
        return Reader.parsed(self, cursor)


cdef object _plain_moment(const unsigned char *at, Py_ssize_t length):
    """Read a moment that is written as most are; None where it is not, or is none."""
    if length < 20 or length > 27:
        return None
    if at[4] != c"-" or at[7] != c"-" or at[10] != c"T" or at[13] != c":" or at[16] != c":":
        return None
    cdef int year = _number(at, 0, 4)
    cdef int month = _number(at, 5, 2)
    cdef int day = _number(at, 8, 2)
    cdef int hour = _number(at, 11, 2)
    cdef int minute = _number(at, 14, 2)
    cdef int second = _number(at, 17, 2)
    if (
        year < FIRST_YEAR or year > LAST_YEAR or month < 1 or month > 12 or day < 1 or day > _days(year, month)
        or hour < 0 or hour > 23 or minute < 0 or minute > 59 or second < 0 or second > 59
    ):
        return None
    cdef int fraction = 0
    cdef Py_ssize_t index
    cdef int offset
    if at[19] == c"." and at[length - 1] == c"Z" and length > 21:
        fraction = _number(at, 20, length - 21)
        if fraction < 0:
            return None
        for index in range(27 - length):
            fraction *= 10
    elif length == 25 and (at[19] == c"+" or at[19] == c"-") and at[22] == c":":
        offset = _number(at, 20, 2)
        if offset < 0 or offset > 23 or _number(at, 23, 2) < 0 or _number(at, 23, 2) > 59:
            return None
        offset = 60 * offset + _number(at, 23, 2)
        minute += 60 * hour + (offset if at[19] == c"-" else -offset)
        if minute < 0 or minute >= 24 * 60:  # another day in UTC
            return None
        hour = minute // 60
        minute -= 60 * hour
    elif length != 20 or at[19] != c"Z":
        return None
    return datetime_new(year, month, day, hour, minute, second, fraction, get_utc())


cdef int _number(const unsigned char *at, Py_ssize_t start, Py_ssize_t digits) noexcept:
    """Read up to six digits of ASCII; less than 0 where they are none."""
    cdef int number = 0
    cdef Py_ssize_t index
    for index in range(start, start + digits):
        if at[index] < c"0" or at[index] > c"9":
            return -1
        number = 10 * number + (at[index] - c"0")
    return number


cdef int _days(int year, int month) noexcept:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month == 4 or month == 6 or month == 9 or month == 11 else 31


@cython.final
cdef class WrittenReader(Reader):
    cdef object make

    def __cinit__(self, make):
        self.make = make

    cpdef object held(self, object value):
        made = self.make(value) if type(value) is str else None
        return unsound if made is None else made
