"""Signs that tell apart how a language reaches people, without colour."""

from collections.abc import Sequence
from typing import Final

from wtisd_model.pictures.pen import Pen
from wtisd_model.planning.provision import Channel

SIGN: Final = 12.0
"""The width and the height of a sign."""

_THICK: Final = 2.4
_THIN: Final = 1.6
_Strokes = Sequence[tuple[tuple[float, float], ...]]
_LOW: Final = 1.5
_HIGH: Final = SIGN - _LOW
_CROSS: Final = (((_LOW, _LOW), (_HIGH, _HIGH)), ((_HIGH, _LOW), (_LOW, _HIGH)))
_LINES: Final = (((2.5, 5.0), (9.5, 5.0)), ((2.5, 8.0), (7.0, 8.0)))
# Its fingers, then its thumb.
_HAND: Final = (
    ((3.5, 6.5), (3.5, 2.0)),
    ((5.8, 6.5), (5.8, 0.8)),
    ((8.1, 6.5), (8.1, 1.2)),
    ((10.4, 7.0), (10.4, 2.8)),
    ((3.6, 10.0), (0.8, 7.0)),
)


def draw_signs(pen: Pen, channel: Channel | None, places: Sequence[tuple[float, float]], color: str) -> None:
    """Draw the sign of a channel at several places; without a channel, that of people who named no language.

    The lines of all of them are one element.

    Args:
        pen: draws them.
        channel: the channel.
        places: the distance of each from where reading begins, and its upper edge.
        color: their colour, such as ``accent``.
    """
    fill, stroke = f"fill-{color}", f"stroke-{color}"
    match channel:
        case Channel.FLOOR:
            for start, top in places:
                pen.rectangle(start, top, SIGN, SIGN, fill, radius=SIGN / 2)
        case Channel.DIRECT:
            pen.strokes([_arrow(start + 2, top) for start, top in places], stroke, stroke_width=_THICK)
        case Channel.RELAY:
            arrows = [_arrow(start + shift, top) for start, top in places for shift in (-1, 5)]
            pen.strokes(arrows, stroke, stroke_width=_THICK)
        case Channel.SIGN:
            for start, top in places:
                pen.rectangle(start + 2.7, top + 5.5, 8.5, 6.5, fill, radius=2.5)
            pen.strokes(_moved(_HAND, places), stroke, stroke_width=_THIN + 0.2, stroke_linecap="round")
        case Channel.CAPTIONS:
            for start, top in places:
                pen.rectangle(start, top + 1, SIGN, SIGN - 2, stroke, radius=2, fill="none", stroke_width=_THIN)
            pen.strokes(_moved(_LINES, places), stroke, stroke_width=_THIN)
        case Channel.MISSING:
            pen.strokes(_moved(_CROSS, places), stroke, stroke_width=_THICK)
        case _:  # people who named no language
            for start, top in places:
                pen.text(start + SIGN / 2, top + SIGN - 1, "?", fill, size=14, bold=True, centred=True)


def _arrow(start: float, top: float) -> tuple[tuple[float, float], ...]:
    return (start + 1, top + 1), (start + 6, top + SIGN / 2), (start + 1, top + SIGN - 1)


def _moved(strokes: _Strokes, places: Sequence[tuple[float, float]]) -> _Strokes:
    return [tuple([(start + x, top + y) for x, y in points]) for start, top in places for points in strokes]
