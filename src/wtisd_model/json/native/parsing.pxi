# Texts, keys and values out of the bytes of a payload; what is not as most JSON is, is left to the strict parser.

@cython.final
@cython.internal
cdef class Cursor:
    """Where in the bytes of a payload a parser is; after the last one stands a zero, which is nothing in JSON."""

    cdef bytes raw
    cdef const unsigned char *at
    cdef bint is_lost
    """Whether something came that is left to the strict parser; then nothing is read on."""

    def __cinit__(self, bytes raw not None):
        self.raw = raw
        self.is_lost = False
        self.at = <const unsigned char *>PyBytes_AS_STRING(raw)


cdef inline void skip_blanks(Cursor cursor) noexcept:
    while cursor.at[0] == c" " or cursor.at[0] == c"\n" or cursor.at[0] == c"\r" or cursor.at[0] == c"\t":
        cursor.at += 1


cdef inline bint is_next(Cursor cursor, unsigned char character) noexcept:
    """Tell whether a character comes next, and go beyond it."""
    if cursor.at[0] != character:
        return False
    cursor.at += 1
    return True


cdef object next_text(Cursor cursor):
    """Parse a string; None where it is none, or none that a text may be."""
    if cursor.at[0] != c'"':
        return None
    cdef const unsigned char *start = cursor.at + 1
    cdef const unsigned char *end = start
    cdef unsigned char bits = 0
    while at_kind(end, PLAIN):
        bits |= end[0]
        end += 1
    if end[0] != c'"':  # a control, as is the end of the payload, or a backslash
        return _escaped_text(cursor) if end[0] == c"\\" else None
    cursor.at = end + 1
    if bits < 0x80:
        text = PyUnicode_New(end - start, 0x7f)
        memcpy(PyUnicode_DATA(text), start, end - start)
        return text
    try:
        return PyUnicode_DecodeUTF8(<const char *>start, end - start, NULL)
    except UnicodeDecodeError:
        return None


cdef object _escaped_text(Cursor cursor):
    cdef const unsigned char *start = cursor.at
    cdef const unsigned char *end = after_string(start)
    if end is NULL:
        return None
    cursor.at = end
    try:
        return decode_text((<const char *>start)[:end - start])
    except (DecodeError, UnicodeDecodeError):
        return None


cdef object next_value(Cursor cursor):
    """Parse a value of any kind; the cursor is lost where it is left to the strict parser."""
    cdef const unsigned char *start = cursor.at
    cdef Py_ssize_t depth = 0
    if start[0] == c'"':
        value = next_text(cursor)
        if value is None:
            cursor.is_lost = True
        return value
    if start[0] == c"{" or start[0] == c"[":
        while True:
            if cursor.at[0] == c'"':
                cursor.at = after_string(cursor.at)
                if cursor.at is NULL:
                    break
                continue
            if cursor.at[0] == c"{" or cursor.at[0] == c"[":
                depth += 1
            elif cursor.at[0] == c"}" or cursor.at[0] == c"]":
                depth -= 1
            elif cursor.at[0] == 0:
                cursor.at = NULL
                break
            cursor.at += 1
            if depth == 0:
                break
    else:
        while at_kind(cursor.at, WORD) or cursor.at[0] == c"-" or cursor.at[0] == c"+" or cursor.at[0] == c".":
            cursor.at += 1
    if cursor.at is NULL:
        cursor.at = start
        cursor.is_lost = True
        return None
    raw = (<const char *>start)[:cursor.at - start]
    try:
        value = decode_value(raw)
    except (DecodeError, UnicodeDecodeError):
        cursor.is_lost = True
        return None
    if _strings(start, cursor.at - start) != _texts(value):  # a key that stands twice
        cursor.is_lost = True
    return value


cdef Py_ssize_t next_plain_key(Cursor cursor) noexcept:
    """Go beyond a key and its colon, and give its length; less than 0 where it is written otherwise than ours are."""
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
    if not is_next(cursor, c":"):
        return -1
    skip_blanks(cursor)
    return length


cdef const unsigned char *after_string(const unsigned char *at) noexcept:
    """Find what comes after a string; NULL where it does not end."""
    at += 1
    while at[0] != c'"':
        if at[0] == c"\\":
            at += 1
        if at[0] < 0x20:
            return NULL
        at += 1
    return at + 1
