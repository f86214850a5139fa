# How much there is in a payload, and a copy of it.

def snapshot(dict payload not None, Py_ssize_t most):
    cdef Py_ssize_t room = most - A_VALUE
    return _copy(payload, &room, DEEPEST)


cdef object _copy(object value, Py_ssize_t *room, Py_ssize_t levels):
    """Copy a dict or a list and all that is in it, and take what it needs from the room; None where that is in doubt."""
    cdef dict whole
    cdef list items
    cdef Py_ssize_t index
    if levels == 0:
        return None
    if type(value) is dict:
        if A_VALUE * len(<dict>value) > room[0]:
            return None
        for key in <dict>value:  # of another kind, it may be asked for its equals by what copies the dict
            if type(key) is not str:
                return None
        try:
            whole = (<dict>value).copy()
        except Exception:  # somebody changes it meanwhile
            return None
        room[0] -= A_VALUE * len(whole)
        for key, each in whole.items():
            if type(key) is not str:
                return None
            room[0] -= A_CHARACTER * len(<str>key)
            if type(each) is dict or type(each) is list:
                each = _copy(each, room, levels - 1)
                if each is None:
                    return None
                whole[key] = each
            elif not _is_plain(each, room):
                return None
        return whole if room[0] >= 0 else None
    if A_VALUE * len(<list>value) > room[0]:
        return None
    # One by one, since whoever runs where memory is asked for may change it; here no memory is that is watched.
    items = []
    for each in <list>value:
        items.append(each)
    room[0] -= A_VALUE * len(items)
    for index in range(len(items)):
        each = items[index]
        if type(each) is dict or type(each) is list:
            each = _copy(each, room, levels - 1)
            if each is None:
                return None
            items[index] = each
        elif not _is_plain(each, room):
            return None
    return items if room[0] >= 0 else None


cdef bint _is_plain(object value, Py_ssize_t *room) except -1:
    """Tell whether a single value is one of JSON, and take what it needs from the room."""
    cdef int overflow = 0
    cdef long long number
    if type(value) is str:
        room[0] -= A_CHARACTER * len(<str>value)
        return True
    if type(value) is int:
        number = PyLong_AsLongLongAndOverflow(value, &overflow)
        return overflow == 0 and -MOST_EXACT <= number <= MOST_EXACT
    return value is None or value is True or value is False


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
