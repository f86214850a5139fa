"""The Sustainable Development Goals of the 2030 Agenda, by their numbers."""

from typing import Annotated

from wtisd_model.codes import Code
from wtisd_model.schema.constraints import Pattern

Goal = Annotated[str, Pattern(r"^(?:1[0-7]|[1-9])(?:\.(?:[1-9][0-9]?|[a-h]))?(?!\n)$", 5, Code.GOAL_UNKNOWN)]
"""A Sustainable Development Goal, or one of its targets: 9, 9.1, 9.c."""
