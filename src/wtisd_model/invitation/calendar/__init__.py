"""iCalendar of other programs, for all who read it: from bytes to a small tree of components, and what is in it.

Data moves ``unfolding`` (bytes to lines) → ``content_line`` (a line to its name, parameters and value) → ``tree``
(components in one another) → ``values`` (a value to text, number, time), with ``clocks`` for the time zones. Of a whole
component, ``identity`` says what it is about and ``slot`` when; ``method`` says what the calendar asks for.
"""
