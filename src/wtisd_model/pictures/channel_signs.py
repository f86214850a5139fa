"""Draws the signs that tell apart how a language reaches people, without colour."""

from typing import Final

from wtisd_model.pictures.pen import Pen
from wtisd_model.planning.provision import Channel

SIGN: Final = 12.0
"""The width and the height of a sign."""

_THICK: Final = 2.4
_THIN: Final = 1.6
# A hand: its fingers, then its thumb.
_FINGERS: Final = ((3.5, 6.5, 2.0), (5.8, 6.5, 0.8), (8.1, 6.5, 1.2), (10.4, 7.0, 2.8))


def draw_sign(pen: Pen, channel: Channel | None, start: float, top: float, color: str) -> None:
    """Draw the sign of a channel; without one, that of people who named no language.

    Args:
        pen: draws it.
        channel: the channel.
        start: the distance from where reading begins.
        top: its upper edge.
        color: its colour, such as ``accent``.
    """
    fill, stroke = f"fill-{color}", f"stroke-{color}"
    match channel:
        case Channel.FLOOR:
            pen.rectangle(start, top, SIGN, SIGN, fill, rx=SIGN / 2)
        case Channel.DIRECT:
            pen.strokes([_arrow(start + 2, top)], stroke, stroke_width=_THICK)
        case Channel.RELAY:
            pen.strokes([_arrow(start - 1, top), _arrow(start + 5, top)], stroke, stroke_width=_THICK)
        case Channel.SIGN:
            pen.rectangle(start + 2.7, top + 5.5, 8.5, 6.5, fill, rx=2.5)
            fingers = [((start + x, top + low), (start + x, top + high)) for x, low, high in _FINGERS]
            thumb = ((start + 3.6, top + 10), (start + 0.8, top + 7))
            pen.strokes([*fingers, thumb], stroke, stroke_width=_THIN + 0.2, stroke_linecap="round")
        case Channel.CAPTIONS:
            pen.rectangle(start, top + 1, SIGN, SIGN - 2, stroke, rx=2, fill="none", stroke_width=_THIN)
            lines = [((start + 2.5, top + 5), (start + 9.5, top + 5)), ((start + 2.5, top + 8), (start + 7, top + 8))]
            pen.strokes(lines, stroke, stroke_width=_THIN)
        case Channel.MISSING:
            low, high = 1.5, SIGN - 1.5
            cross = [
                ((start + low, top + low), (start + high, top + high)),
                ((start + high, top + low), (start + low, top + high)),
            ]
            pen.strokes(cross, stroke, stroke_width=_THICK)
        case _:  # people who named no language
            pen.text(start + SIGN / 2, top + SIGN - 1, "?", fill, size=14, bold=True, centred=True)


def _arrow(start: float, top: float) -> tuple[tuple[float, float], ...]:
    return (start + 1, top + 1), (start + 6, top + SIGN / 2), (start + 1, top + SIGN - 1)
