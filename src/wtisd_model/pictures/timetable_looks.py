"""How the boxes of a timetable look, and the legend that explains it."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from wtisd_model.markup.element import Markup
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.pen import Pen
from wtisd_model.pictures.programme import Entry
from wtisd_model.pictures.text import text_width
from wtisd_model.pictures.timetable_words import MUTUAL, Wording
from wtisd_model.planning.session_languages import Direction

BAR: Final = 4.0
"""The width of the bar at the side of a box where reading begins."""
RADIUS: Final = 3

_SIZE: Final = 11.0
_LINE: Final = 18.0
_SAMPLE: Final = 18.0
_SPACE: Final = 7.0


class Look(NamedTuple):
    """How a box is drawn; a word in it, or in the legend, means the same."""

    fill: str
    bar: str
    is_dashed: bool = False

    def draw(self, pen: Pen, start: float, top: float, width: float, height: float) -> None:
        """Draw a box without its texts."""
        outline = {"stroke_dasharray": "4 3"} if self.is_dashed else {}
        class_ = f"{self.fill} stroke-line" if self.is_dashed else self.fill
        pen.rectangle(start, top, width, height, class_, radius=RADIUS, **outline)
        pen.rectangle(start, top, BAR, height, self.bar, radius=RADIUS / 2)


_SESSION: Final = Look("fill-soft", "fill-accent")
_PAUSE: Final = Look("fill-surface", "fill-line")
_NOT_HELD: Final = Look("fill-page", "fill-line", is_dashed=True)
_CLASH: Final = Look("fill-alert-soft", "fill-alert")


def look_of(entry: Entry) -> Look:
    """Return how the box of an entry looks."""
    if entry.is_struck or entry.status is EventStatus.DRAFT:
        return _NOT_HELD
    if entry.clashes:
        return _CLASH
    return _PAUSE if entry.is_pause else _SESSION


def legend(entries: Iterable[Entry], wording: Wording, width: float) -> tuple[float, Markup]:
    """Return the height and the elements of a legend: of the boxes if they differ, and of the arrows between languages.

    The height is 0 if nothing needs to be explained.
    """
    found: dict[Look | None, dict[str, None]] = {}
    directions = list[Direction]()
    for entry in entries:
        look = look_of(entry)
        found.setdefault(look, {})[_label(entry, look, wording)] = None
        directions += entry.languages.spoken
    samples: list[tuple[Look | None, str]] = [
        (look, wording.locale.comma.join(labels)) for look, labels in found.items()
    ]
    if len(samples) == 1:
        samples = []
    arrows = {MUTUAL if each.is_mutual else wording.arrow for each in directions}
    if arrows:
        samples.append((None, " ".join([*sorted(arrows), wording.locale.languages.interpretation])))
    pen = Pen(width=width, rtl=wording.locale.direction == "rtl", language=wording.locale.language)
    start, top = 0.0, _SPACE
    for sample, label in samples:
        before, taken = 0.0 if sample is None else _SAMPLE + _SPACE, text_width(label, _SIZE)
        if start and start + before + taken > width:
            start, top = 0.0, top + _LINE
        if sample is not None:
            sample.draw(pen, start + 1, top + 1, _SAMPLE, 12)
        pen.text(start + before, top + 11, label, "fill-muted", size=_SIZE)
        start += before + taken + 2 * _SPACE
    return (top + _LINE if samples else 0.0), pen.drawn()


def _label(entry: Entry, look: Look, wording: Wording) -> str:
    if look is _CLASH:
        return wording.words.clash
    if look is _NOT_HELD:
        return wording.words.statuses[entry.status]
    kind = None if entry.session is None or not entry.is_pause else entry.session.kind
    return wording.words.session if kind is None else wording.locale.sessions[kind]
