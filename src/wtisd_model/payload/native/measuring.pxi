# How much there is in a payload.

def is_surely_within(dict payload not None, Py_ssize_t most):
    return _size(payload, most, DEEPEST) <= most


cdef Py_ssize_t _size(object value, Py_ssize_t most, Py_ssize_t levels) except -1:
    """Say how many bytes a value takes at most; more than *most* where that is in doubt."""
    cdef Py_ssize_t size = 100
    if type(value) is str:
        return size + 4 * len(<str>value)
    if type(value) is dict:
        if levels == 0:
            return most + 1
        for key, each in (<dict>value).items():
            if type(key) is not str:
                return most + 1
            size += _size(each, most, levels - 1)
            if size > most:
                break
    elif type(value) is list:
        if levels == 0:
            return most + 1
        for each in <list>value:
            size += _size(each, most, levels - 1)
            if size > most:
                break
    return size


def holds_all(bytes raw not None, dict plain not None):
    """Tell whether no key stands twice in JSON, of which a parser made a dict, and kept the last of equal keys."""
    return _strings(raw, len(raw)) == _texts(plain)


cdef Py_ssize_t _strings(const unsigned char *at, Py_ssize_t length) noexcept:
    """Count the strings in JSON that is well-formed."""
    cdef Py_ssize_t count = 0
    cdef Py_ssize_t index
    if memchr(at, c"\\", length) is NULL:
        for index in range(length):
            count += at[index] == c'"'
        return count // 2
    index = 0
    while index < length:
        if at[index] == c'"':
            count += 1
            index += 1
            while index < length and at[index] != c'"':
                index += 2 if at[index] == c"\\" else 1
        index += 1
    return count


cdef Py_ssize_t _texts(object value) except -1:
    """Count the texts in a value, keys among them."""
    cdef Py_ssize_t count = 0
    if type(value) is str:
        return 1
    if type(value) is dict:
        count = len(<dict>value)
        for each in (<dict>value).values():
            count += _texts(each)
    elif type(value) is list:
        for each in <list>value:
            count += _texts(each)
    return count
