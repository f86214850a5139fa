# What reads lists and objects, and what it gives in place of what it could not make.

@cython.final
@cython.internal
@cython.freelist(16)
cdef class PartDoubt:
    cdef readonly type cls
    cdef readonly object text
    cdef Plan plan
    cdef readonly dict plain
    cdef readonly bint all_known
    cdef readonly Py_ssize_t lacking
    cdef readonly uint64_t there
    cdef readonly dict doubtful
    cdef readonly list values


@cython.final
@cython.internal
cdef class PartsDoubt:
    cdef readonly list made
    cdef readonly list sent


cdef bint is_doubt(object made) noexcept:
    return made is unsound or type(made) is PartDoubt or type(made) is PartsDoubt


@cython.final
cdef class ItemsReader(Reader):
    cdef Reader item
    cdef Py_ssize_t minimum
    cdef Py_ssize_t maximum
    cdef bint unique
    cdef bint is_set

    def __cinit__(self, Reader item not None, Py_ssize_t minimum, Py_ssize_t maximum, bint unique, bint is_set):
        self.item = item
        self.minimum = minimum
        self.maximum = maximum
        self.unique = unique
        self.is_set = is_set

    cpdef object held(self, object value):
        if type(value) is not list or not self.minimum <= len(<list>value) <= self.maximum:
            return unsound
        cdef list made = []
        for each in <list>value:
            one = self.item.held(each)
            if one is unsound:
                return unsound
            made.append(one)
        return self.several(made)

    cdef object parsed(self, Cursor cursor):
        cdef list made = []
        if not is_next(cursor, c"["):
            return unsound
        skip_blanks(cursor)
        if not is_next(cursor, c"]"):
            while True:
                one = self.item.parsed(cursor)
                if one is unsound or len(made) == self.maximum:
                    return unsound
                made.append(one)
                skip_blanks(cursor)
                if is_next(cursor, c"]"):
                    break
                if not is_next(cursor, c","):
                    return unsound
                skip_blanks(cursor)
        return self.several(made)

    cdef object several(self, list made):
        if len(made) < self.minimum:
            return unsound
        if self.is_set:
            several = frozenset(made)
            return several if len(several) == len(made) else unsound
        if self.unique and len(made) > 1 and len(set(made)) != len(made):
            return unsound
        return tuple(made)


@cython.final
cdef class PartsReader(Reader):
    cdef Plan part
    cdef Py_ssize_t minimum
    cdef Py_ssize_t maximum

    def __cinit__(self, Plan part not None, Py_ssize_t minimum, Py_ssize_t maximum):
        self.part = part
        self.minimum = minimum
        self.maximum = maximum

    cpdef object held(self, object value):
        if type(value) is not list or not self.minimum <= len(<list>value) <= self.maximum:
            return unsound
        cdef list made = []
        cdef Py_ssize_t doubts = 0
        for each in <list>value:
            one = self.part.held(each)
            made.append(one)
            if is_doubt(one):
                doubts += 1
                if doubts == MOST_FINDINGS:
                    break
        return _parts_doubt(made, <list>value) if doubts else tuple(made)

    cdef object parsed(self, Cursor cursor):
        cdef list made = []
        cdef list sent = []
        cdef bint is_sound = True
        cdef const unsigned char *start
        if not is_next(cursor, c"["):
            return unsound
        skip_blanks(cursor)
        if not is_next(cursor, c"]"):
            while True:
                start = cursor.at
                one = self.part.parsed(cursor)
                if one is unsound and not cursor.is_lost:
                    cursor.at = start
                    sent.append(next_value(cursor))
                else:
                    sent.append(True)  # it is not looked at again
                if not is_sound and len(made) == MOST_FINDINGS:
                    cursor.is_lost = True
                if cursor.is_lost or len(made) == self.maximum:
                    return unsound
                if is_doubt(one):
                    is_sound = False
                made.append(one)
                skip_blanks(cursor)
                if is_next(cursor, c"]"):
                    break
                if not is_next(cursor, c","):
                    cursor.is_lost = True
                    return unsound
                skip_blanks(cursor)
        if len(made) < self.minimum:
            return unsound
        return tuple(made) if is_sound else _parts_doubt(made, sent)


cdef PartsDoubt _parts_doubt(list made, list sent):
    cdef PartsDoubt doubt = PartsDoubt.__new__(PartsDoubt)
    doubt.made = made
    doubt.sent = sent
    return doubt


@cython.final
cdef class EntriesReader(Reader):
    cdef Reader key
    cdef Reader value
    cdef Py_ssize_t maximum

    def __cinit__(self, Reader key not None, Reader value not None, Py_ssize_t maximum):
        self.key = key
        self.value = value
        self.maximum = maximum

    cpdef object held(self, object value):
        if type(value) is not dict or len(<dict>value) > self.maximum:
            return unsound
        for key, each in (<dict>value).items():
            if self.key.held(key) is unsound or self.value.held(each) is unsound:
                return unsound
        return value

    cdef object parsed(self, Cursor cursor):
        cdef dict made = {}
        if not is_next(cursor, c"{"):
            return unsound
        skip_blanks(cursor)
        if is_next(cursor, c"}"):
            return made
        while True:
            key = self.key.parsed(cursor)
            skip_blanks(cursor)
            if key is unsound or key in made or len(made) == self.maximum or not is_next(cursor, c":"):
                return unsound
            skip_blanks(cursor)
            value = self.value.parsed(cursor)
            if value is unsound:
                return unsound
            made[key] = value
            skip_blanks(cursor)
            if is_next(cursor, c"}"):
                return made
            if not is_next(cursor, c","):
                return unsound
            skip_blanks(cursor)


@cython.final
cdef class Place:
    cdef readonly str name
    cdef readonly str key
    cdef readonly Py_ssize_t number
    cdef Reader reader
    cdef readonly object absent
    cdef readonly bint required
    cdef bytes spelled

    def __cinit__(self, Py_ssize_t number, str name not None, str key not None, Reader reader not None, absent, bint required):
        self.number = number
        self.name = name
        self.key = key
        self.spelled = key.encode()
        self.reader = reader
        self.absent = absent
        self.required = required


@cython.final
cdef class Rule:
    cdef object ask
    cdef Py_ssize_t fields[MOST_ASKED]
    cdef Py_ssize_t count
    cdef Py_ssize_t least  # so many values there have to be
    cdef readonly uint64_t about
    cdef readonly uint64_t asked

    def __cinit__(self, ask, tuple fields not None, uint64_t about):
        if len(fields) > MOST_ASKED:
            raise TypeError("A rule between too many fields.")
        self.ask = ask
        self.count = len(fields)
        self.least = 0
        for index in range(self.count):
            self.fields[index] = fields[index]
            if not 0 <= self.fields[index] < MOST_PLACES:
                raise TypeError("A field that no class has.")
            self.least = max(self.least, self.fields[index] + 1)
        self.about = about
        self.asked = sum([1 << number for number in fields])

    cpdef object found(self, list values):
        cdef PyObject *arguments[MOST_ASKED]
        cdef Py_ssize_t index
        if values is None or len(values) < self.least:
            raise TypeError("Not the values of an object.")
        for index in range(self.count):
            arguments[index] = PyList_GET_ITEM(values, self.fields[index])  # which the list keeps
        return PyObject_Vectorcall(self.ask, arguments, self.count, NULL)


@cython.final
cdef class Plan(Reader):
    cdef type cls
    cdef object text
    cdef object make
    cdef dict head
    cdef object known  # what `Telling` is to know about the fields, once it was asked for
    cdef tuple rules
    cdef tuple places
    cdef const char *keys[MOST_PLACES]
    cdef Py_ssize_t lengths[MOST_PLACES]
    cdef Py_ssize_t places_count
    cdef dict by_key
    cdef list absent
    cdef Py_ssize_t required
    cdef Py_ssize_t offsets[MOST_PLACES]
    cdef Py_ssize_t count

    def __cinit__(self, type cls not None, text, tuple places not None, tuple rules not None, make, dict head not None):
        if len(places) > MOST_PLACES:
            raise TypeError("A class with too many fields.")
        self.cls = cls
        self.text = text
        self.make = make
        self.head = head
        self.rules = rules
        cdef Place place
        self.places = places
        self.places_count = len(places)
        for index in range(self.places_count):
            place = <Place?>places[index]
            if place.number != index:
                raise TypeError("A field that stands elsewhere than it says.")
            self.keys[index] = PyBytes_AS_STRING(place.spelled)  # which the place keeps
            self.lengths[index] = len(place.spelled)
        self.by_key = {place.key: place for place in places}
        self.absent = [place.absent for place in places]
        self.required = sum([place.required for place in places])
        self.count = 0 if make is not None else len(places)
        for index in range(self.count):
            self.offsets[index] = _offset(cls, places[index].name)

    cpdef object held(self, object value):
        if type(value) is not dict:
            return unsound
        cdef dict plain = <dict>value
        cdef list values = self.absent[:]
        cdef dict doubtful = None
        cdef Py_ssize_t lacking = self.required
        cdef Py_ssize_t known = 0
        cdef uint64_t there = _always
        cdef Place place
        for key, each in plain.items():
            found = self.by_key.get(key)
            if found is None or each is None:
                known += each is not None and each == self.head.get(key) and type(each) is not bool
                continue
            place = <Place>found
            known += 1
            lacking -= place.required
            there |= <uint64_t>1 << place.number
            made = place.reader.held(each)
            values[place.number] = made
            if is_doubt(made):
                if doubtful is None:
                    doubtful = {}
                doubtful[key] = made
        if lacking == 0 and doubtful is None and known == len(plain) and not self.is_broken(values, there):
            made = self.filled(values) if self.make is None else self.make(*values)
            if made is not None:
                return made
        return self.doubt(plain, known == len(plain), lacking, there, doubtful, values)

    def parse(self, bytes raw not None):
        """Make an object of JSON, or say what of it is in doubt; None where it is left to the strict parser."""
        cdef Cursor cursor = Cursor(raw)
        skip_blanks(cursor)
        made = self.parsed(cursor)
        skip_blanks(cursor)
        is_whole = cursor.at == <const unsigned char *>PyBytes_AS_STRING(raw) + len(raw)
        return made if is_whole and not cursor.is_lost and made is not unsound else None

    cdef object parsed(self, Cursor cursor):
        cdef list values = self.absent[:]
        cdef Py_ssize_t lacking = self.required
        cdef uint64_t there = _always
        cdef Py_ssize_t expected = 0
        cdef dict plain = None
        cdef dict doubtful = None
        cdef set head = None
        cdef bint all_known = True
        cdef Place place
        cdef const unsigned char *key
        cdef const unsigned char *start
        cdef Py_ssize_t length
        if not is_next(cursor, c"{"):
            return unsound
        skip_blanks(cursor)
        if not is_next(cursor, c"}"):
            while True:
                key = cursor.at + 1
                length = next_plain_key(cursor)
                if length < 0:
                    cursor.is_lost = True
                    return unsound
                place = self.place_of(key, length, expected)
                start = cursor.at
                if place is None:
                    name = PyUnicode_DecodeASCII(<const char *>key, length, NULL)
                    if head is None:
                        head = set()
                    value = next_value(cursor)
                    if cursor.is_lost or name in head:
                        cursor.is_lost = True
                        return unsound
                    head.add(name)
                    if value is None or value != self.head.get(name) or type(value) is bool:
                        all_known = False
                        if plain is None:
                            plain = {}
                        plain[name] = value
                else:
                    expected = place.number + 1
                    if there >> place.number & 1 or (plain is not None and place.key in plain):
                        cursor.is_lost = True
                        return unsound
                    made = place.reader.parsed(cursor)
                    if cursor.is_lost:
                        return unsound
                    if is_doubt(made):
                        value = True  # what a part is made of is not looked at again
                        if made is unsound:
                            cursor.at = start
                            value = next_value(cursor)
                            if cursor.is_lost:
                                return unsound
                        elif type(made) is PartsDoubt:
                            value = made.sent
                        if plain is None:
                            plain = {}
                        plain[place.key] = value
                        if value is None:
                            all_known = False
                        else:
                            if doubtful is None:
                                doubtful = {}
                            doubtful[place.key] = made
                    if not (made is unsound and value is None):
                        there |= <uint64_t>1 << place.number
                        lacking -= place.required
                        values[place.number] = made
                skip_blanks(cursor)
                if is_next(cursor, c"}"):
                    break
                if not is_next(cursor, c","):
                    cursor.is_lost = True
                    return unsound
                skip_blanks(cursor)
        if lacking == 0 and plain is None and not self.is_broken(values, there):
            made = self.filled(values) if self.make is None else self.make(*values)
            if made is not None:
                return made
        return self.doubt({} if plain is None else plain, all_known, lacking, there, doubtful, values)

    cdef PartDoubt doubt(
        self, dict plain, bint all_known, Py_ssize_t lacking, uint64_t there, dict doubtful, list values
    ):
        cdef PartDoubt made = PartDoubt.__new__(PartDoubt)
        made.cls = self.cls
        made.text = self.text
        made.plan = self
        made.plain = plain
        made.all_known = all_known
        made.lacking = lacking
        made.there = there
        made.doubtful = {} if doubtful is None else doubtful
        made.values = values
        return made

    cdef Place place_of(self, const unsigned char *key, Py_ssize_t length, Py_ssize_t expected):
        """Find the field of a key; most come in the order in which they are declared."""
        cdef Py_ssize_t index
        for index in range(expected, self.places_count):
            if self.lengths[index] == length and memcmp(self.keys[index], key, length) == 0:
                return <Place>self.places[index]
        for index in range(expected):
            if self.lengths[index] == length and memcmp(self.keys[index], key, length) == 0:
                return <Place>self.places[index]
        return None

    cdef bint is_broken(self, list values, uint64_t there) except -1:
        cdef Rule rule
        for each in self.rules:
            rule = <Rule>each
            if not rule.about & there:
                continue
            found = rule.found(values)
            if type(found) is tuple:
                if found:
                    return True
                continue
            for _ in found:
                return True
        return False

    cdef object filled(self, list values):
        made = blank(self.cls)
        cdef Py_ssize_t index
        for index in range(self.count):
            fill(made, self.offsets[index], <object>PyList_GET_ITEM(values, index))
        return made
