"""The columns of a drawing whose boxes are times: those of each day, without the hours between them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Final

from wtisd_model.pictures.coverage_picture import SIDE

_BETWEEN_TIMES: Final = 10.0
_BETWEEN_DAYS: Final = 20.0
_BEFORE: Final = datetime(1, 1, 1)  # noqa: DTZ001 - by the clocks of the place
_HOUR: Final = timedelta(hours=1)
_HOUR_WIDTH: Final = 48.0
"""The width of an hour; it is wider where a text needs more room."""

ClockSpan = tuple[datetime, datetime]
"""A start and an end by the clocks of the place."""


class Columns:
    """The columns of a drawing: the times of each day at which somebody works, without the hours between them."""

    def __init__(self, widths: Mapping[ClockSpan, float]) -> None:
        """Lay them out, with the least width that each span needs."""
        columns, latest = list[list[ClockSpan]](), _BEFORE
        for span in sorted(widths):
            start, end = span
            if columns and start <= latest and start.date() == columns[-1][0][0].date():
                columns[-1].append(span)
            else:
                columns.append([span])
                latest = end
            latest = max(latest, end)
        self.hours: list[tuple[datetime, float]] = []
        """The start of each column, and where it is."""
        self.places: dict[ClockSpan, tuple[float, float]] = {}
        """Where each span begins and ends."""
        self.days: list[tuple[date, float]] = []
        """Each day, and where it begins."""
        self.end: float = SIDE
        for day, group in groupby(columns, key=lambda column: column[0][0].date()):
            self.end += _BETWEEN_DAYS if self.days else 0
            self.days.append((day, self.end))
            for number, column in enumerate(group):
                self.end += _BETWEEN_TIMES if number else 0
                self._add(column, widths)

    def _add(self, column: Sequence[ClockSpan], widths: Mapping[ClockSpan, float]) -> None:
        """Add a column, in which each moment comes as early as the hours and the texts before it allow."""
        edges = sorted({moment for span in column for moment in span})
        self.hours.append((edges[0], self.end))
        places = {edges[0]: self.end}
        for before, edge in pairwise(edges):
            fitting = [places[span[0]] + widths[span] for span in column if span[1] == edge]
            places[edge] = self.end = max([places[before] + (edge - before) / _HOUR * _HOUR_WIDTH, *fitting])
        self.places |= {(start, end): (places[start], places[end]) for start, end in column}
