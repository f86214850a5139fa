# What is wrong with a document, finding by finding.

@cython.final
cdef class FindingCollector:
    cdef readonly list kept
    cdef readonly Py_ssize_t omitted
    cdef readonly bint full
    cdef Py_ssize_t text
    cdef Py_ssize_t warnings

    def __cinit__(self):
        self.kept = []

    def __init__(self, findings=()):
        for found in findings:
            self.add(found)

    def __len__(self):
        return len(self.kept) + self.omitted

    cpdef add(self, found):
        cdef Py_ssize_t length = _length(found)
        cdef bint is_warning = (content(found, SEVERITY) if type(found) is Finding else found.severity) is WARNING
        while len(self.kept) == MOST_FINDINGS or self.text + length > MOST_TEXT:
            self.omitted += 1
            self.full = True
            if is_warning or not self.warnings:
                return
            last = [each for each in self.kept if each.severity is WARNING].pop()
            self.kept.remove(last)
            self.warnings -= 1
            self.text -= _length(last)
        self.kept.append(found)
        self.warnings += is_warning
        self.text += length
        if len(self.kept) == MOST_FINDINGS:
            self.full = True

    cpdef count(self):
        self.omitted += 1
        if self.omitted == MOST_COUNTED:
            raise EnoughError


cdef Py_ssize_t _length(object found) except -1:
    if type(found) is not Finding:
        return found.length
    cdef Py_ssize_t path = len(<str?>content(found, PATH))
    cdef object code = content(found, CODE)
    return (9 if path else 4) + len(code) + path + len(content(found, MESSAGE)) + len(content(found, FIX))


cdef Py_ssize_t PATH = _offset(Finding, "path")
cdef Py_ssize_t CODE = _offset(Finding, "code")
cdef Py_ssize_t SEVERITY = _offset(Finding, "severity")
cdef Py_ssize_t PARAMS = _offset(Finding, "params")
cdef Py_ssize_t MESSAGE = _offset(Finding, "message")
cdef Py_ssize_t FIX = _offset(Finding, "fix")


@cython.final
cdef class Teller:
    cdef object known

    def __cinit__(self, known):
        self.known = known

    def told(self, made, sent, frozenset office not None, head):
        cdef Telling telling = Telling(head, self.known)
        if type(made) is not PartDoubt:
            for key in sent:
                if key in office:
                    telling.add(NOT_YOURS, safe_pointer_token(key))
            return telling.findings
        try:
            telling.tell(<PartDoubt>made, "", sent if office else None, office)
        except EnoughError:
            pass
        return telling.findings


@cython.final
cdef class Telling:
    cdef readonly FindingCollector findings
    cdef object known

    def __cinit__(self, head, known):
        self.findings = FindingCollector(head)
        self.known = known

    cpdef tell(self, PartDoubt doubt, str path, sent=None, frozenset office=frozenset()):
        if doubt is None or doubt.plan is None:
            raise TypeError("Not a doubt about an object.")
        if doubt.plan.known is None:
            doubt.plan.known = self.known(doubt.cls, doubt.text)
        fields, required, rules, unknown = doubt.plan.known
        cdef uint64_t unsound = 0
        cdef uint64_t bit
        cdef Rule rule
        for key in (doubt.doubtful if doubt.all_known else doubt.plain) if sent is None else sent:
            field = (<dict?>fields).get(key)
            made = doubt.doubtful.get(key)
            if made is not None:
                number, step, tell = field
                unsound |= <uint64_t>number
                if type(made) is PartDoubt:
                    self.tell(<PartDoubt>made, path + step)
                else:
                    tell(self, doubt.plain[key], made, path + step)
            elif key in office:
                self.add(NOT_YOURS, path + safe_pointer_token(key))
            elif field is None:
                if self.findings.full:
                    self.findings.count()
                else:
                    self.add(unknown(key), path + safe_pointer_token(key))
            elif doubt.plain[key] is None:
                number, step, _ = field
                unsound |= <uint64_t>number
                self.add(NO_VALUE, path + step)
        if doubt.lacking:
            for key, number in required:
                bit = number
                if not doubt.there & bit:
                    unsound |= bit
                    if key not in doubt.plain and key not in office:
                        self.add(MISSING, path + (<dict>fields)[key][1])
        for each in rules:
            rule = <Rule?>each
            if rule.about & doubt.there and not rule.asked & unsound:
                for found in rule.found(doubt.values):
                    self.add(found, path)

    cpdef add(self, found, str path=""):
        if self.findings.full:
            self.findings.count()
            return
        if path:
            found = _below(found, path) if type(found) is Finding else found.prefixed(path)
        self.findings.add(found)


cdef object _below(object found, str path):
    """Give the same finding seen from further out, as `Finding.below` does."""
    made = blank(Finding)
    fill(made, CODE, content(found, CODE))
    fill(made, SEVERITY, content(found, SEVERITY))
    fill(made, PATH, path + <str?>content(found, PATH))
    fill(made, MESSAGE, content(found, MESSAGE))
    fill(made, FIX, content(found, FIX))
    params = content(found, PARAMS)
    fill(made, PARAMS, (<dict>params).copy() if type(params) is dict else dict(params))
    return made
