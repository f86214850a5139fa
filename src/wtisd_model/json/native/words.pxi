# What was probably meant.

cpdef object close_to(str value, spellings):
    """Find what was probably meant, as `wtisd_model.schema.suggestions.close_to` does."""
    if len(value) > LONGEST_TO_COMPARE:
        return None
    cdef str folded = value.casefold()
    cdef str each
    cdef str near = ""
    cdef double likeness = 0
    cdef double like
    cdef Py_ssize_t length = len(folded)
    cdef Py_ssize_t letters
    found = spellings.get(folded)
    if found is not None:
        return found
    if length > 64:  # few letters become three when case is folded
        return _close_to(value, spellings)
    cdef uint64_t own = _letters(folded)
    for each in spellings:
        letters = len(each) + length
        # No more letters are in common than the shorter one has.
        if 8 * min(len(each), length) < 3 * letters:
            continue
        # Nor of the letters of one that the other one has not.
        if own & ~_letters(each) and 8 * _found(folded, _letters(each)) < 3 * letters:
            continue
        if 8 * _common(each, folded) < 3 * letters:
            continue
        like = _matching(each, 0, len(each), folded, 0, length) / <double>letters
        if like > likeness or (like == likeness and each > near):
            likeness = like
            near = each
    return spellings[near] if 8 * likeness >= 3 else None


cdef uint64_t _letters(str word):
    """Give which letters a word has, as bits; some letters share one."""
    cdef uint64_t found = 0
    cdef Py_UCS4 letter
    for letter in word:
        found |= <uint64_t>1 << (<unsigned int>letter & 63)
    return found


cdef Py_ssize_t _found(str word, uint64_t letters):
    """Count the letters of a word that are among others, or seem to be."""
    cdef Py_ssize_t count = 0
    cdef Py_UCS4 letter
    for letter in word:
        count += letters >> (<unsigned int>letter & 63) & 1
    return count


cdef Py_ssize_t _common(str one, str other):
    """Count the letters that two words have in common, in whatever order."""
    cdef Py_ssize_t count = 0
    cdef uint64_t used = 0  # which letters of the other one were found; it has no more than there are bits
    cdef Py_ssize_t index
    cdef Py_ssize_t length = len(other)
    for letter in one:
        for index in range(length):
            if other[index] == letter and not used >> index & 1:
                used |= <uint64_t>1 << index
                count += 1
                break
    return count


cdef Py_ssize_t _matching(
    str one, Py_ssize_t start, Py_ssize_t end, str other, Py_ssize_t begin, Py_ssize_t close
):
    """Count the letters of the longest piece that two words have in common, and of those before it and behind it."""
    cdef Py_ssize_t size = 0
    cdef Py_ssize_t first = 0
    cdef Py_ssize_t second = 0
    cdef Py_ssize_t here
    cdef Py_ssize_t there
    cdef Py_ssize_t length
    for here in range(start, end):
        if end - here <= size:
            break
        for there in range(begin, close):
            if close - there <= size:
                break
            length = 0
            while here + length < end and there + length < close and one[here + length] == other[there + length]:
                length += 1
            if length > size:
                size, first, second = length, here, there
    if size == 0:
        return 0
    return (
        size
        + _matching(one, start, first, other, begin, second)
        + _matching(one, first + size, end, other, second + size, close)
    )
