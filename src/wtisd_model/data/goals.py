"""The targets of the Sustainable Development Goals.

Source: the 2030 Agenda for Sustainable Development (United Nations General Assembly resolution 70/1), whose list of
targets is closed.
"""

from typing import Final

# Goal, number of its targets that have a number, and letters of the others.
_TARGETS = """
1:5:ab 2:5:abc 3:9:abcd 4:7:abc 5:6:abc 6:6:ab 7:3:ab 8:10:ab 9:5:abc 10:7:abc 11:7:abc 12:8:abc 13:3:ab 14:7:abc
15:9:abc 16:10:ab 17:19:
"""


TARGETS: Final[dict[str, tuple[str, ...]]] = {
    goal: tuple(f"{goal}.{each}" for each in (*range(1, int(number) + 1), *letters))
    for goal, number, letters in (entry.split(":") for entry in _TARGETS.split())
}
"""The targets of each goal: 1.1 to 1.5, 1.a and 1.b for goal 1."""
