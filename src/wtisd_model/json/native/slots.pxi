# Where the slots of an object are, and objects that are filled past their constructor.

cdef extern from *:
    """
    static PyObject *blank(PyObject *cls) {
        return PyType_GenericAlloc((PyTypeObject *)cls, 0);
    }
    #include "structmember.h"
    /* Where in an object a slot is; -1 where it is another kind of member. */
    static Py_ssize_t offset_of(PyObject *slot) {
        PyMemberDef *member = ((PyMemberDescrObject *)slot)->d_member;
        return member->type == T_OBJECT_EX && !(member->flags & READONLY) ? member->offset : -1;
    }
    #define SLOT(whole, offset) (*(PyObject **)((char *)(whole) + (offset)))
    static void fill(PyObject *whole, Py_ssize_t offset, PyObject *value) {
        Py_INCREF(value);
        SLOT(whole, offset) = value;  /* a new object, whose slots are empty */
    }
    static PyObject *content(PyObject *whole, Py_ssize_t offset) {
        PyObject *value = SLOT(whole, offset);
        if (value == NULL)
            PyErr_SetString(PyExc_AttributeError, "A slot that was never filled.");
        Py_XINCREF(value);
        return value;
    }
    static int is_of(PyObject *whole, PyObject *cls) {
        return PyObject_TypeCheck(whole, (PyTypeObject *)cls);
    }
    """
    object blank(object cls)
    Py_ssize_t offset_of(object slot)
    void fill(object whole, Py_ssize_t offset, object value)
    object content(object whole, Py_ssize_t offset)
    bint is_of(object whole, object cls)


cdef Py_ssize_t _offset(type cls, str name) except -1:
    """Find where in the objects of a class a slot is."""
    slot = getattr(cls, name, None)
    if (
        type(slot) is not MemberDescriptorType or not issubclass(cls, slot.__objclass__)
        or cls.__new__ is not object.__new__ or offset_of(slot) < 0
    ):
        raise TypeError(f"A class that is more than its slots: {cls.__name__}.{name}")
    return offset_of(slot)


@cython.final
cdef class Filler:
    """Makes objects of a class of what is in its slots, in their order."""

    cdef type cls
    cdef Py_ssize_t offsets[MOST_PLACES]
    cdef Py_ssize_t count

    def __cinit__(self, type cls not None, tuple names not None):
        self.cls = cls
        self.count = len(names)
        if self.count > MOST_PLACES:
            raise TypeError("A class with too many fields.")
        for index in range(self.count):
            self.offsets[index] = _offset(cls, names[index])

    def __call__(self, *values):
        if len(values) != self.count:
            raise TypeError("As many values as there are slots.")
        made = blank(self.cls)
        cdef Py_ssize_t index
        for index in range(self.count):
            fill(made, self.offsets[index], values[index])
        return made
