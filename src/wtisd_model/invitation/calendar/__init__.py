"""iCalendar of other programs: from bytes to a small tree of components, and the values in it.

Data moves ``unfolding`` (bytes to lines) → ``content_line`` (a line to its name, parameters and value) → ``tree``
(components in one another) → ``values`` (a value to text, number, time), with ``clocks`` for the time zones.
"""
