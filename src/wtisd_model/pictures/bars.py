"""Bar charts: a name and a number for each bar, and texts above and below them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import isolate
from wtisd_model.markup.element import Markup, joined
from wtisd_model.pictures.pen import LINE, NARROW, Pen, fitted, paragraph, text_width
from wtisd_model.types.language import TaggedText

MOST_BARS: Final = 60
"""The maximum number of bars; the table has all groups."""

_SIZE: Final = 13.0
_SMALL: Final = 12.0
_HEADLINE: Final = 20.0
_BAR: Final = 12.0
"""The thickness of a bar."""
_GAP: Final = 12.0
"""The space above a bar with its name, which belong together."""
_CLOSE: Final = 2.0
"""The space between lines, or between a name and its bar, that belong together."""
_LONGEST_NUMBER: Final = NARROW * 2 / 3
"""The room that a number and that space may take beside a name, which would otherwise be cut after a word or two."""
_SAMPLE: Final = 2 * _BAR
"""The length of the bar that shows what is marked: the lines of `HATCHING` cross it several times."""
_OUTLINE: Final = 1.0
"""The width of the line around a marked part, half of which is on either side of its edge."""


# A number with what must stay on its line: the currency, and the spaces within numbers in French.
_NUMBER: Final = re.compile(r"[^ \n\u2e80-\uffef]*\d[^ \n\u2e80-\uffef]*")


class Bar(NamedTuple):
    """A bar."""

    name: TaggedText
    value: str
    """Its number, as it is written."""
    share: float
    """Its length, from 0 to 1."""
    marked: float = 0.0
    """The part of this length that is hatched or hollow, at its end."""


class BarTexts(NamedTuple):
    """The texts above and below the bars."""

    headlines: Sequence[str]
    facts: Sequence[str] = ()
    """What else there is to say, below it."""
    marked: str = ""
    """The meaning of a hatched or hollow part."""
    is_hollow: bool = False
    """True if such parts are hollow; False if they are hatched."""
    notes: Sequence[str] = ()
    """How the numbers are counted, at the end."""


def draw_bars(locale: Locale, texts: BarTexts, bars: Iterable[Bar]) -> tuple[float, Markup]:
    """Return the height of a drawing of `NARROW` and its elements."""
    rtl = locale.direction == "rtl"
    pen = Pen(width=NARROW, rtl=rtl, language=locale.language)
    top = 0.0
    for headline in texts.headlines:
        top = paragraph(pen, headline, "fill-text", top=top, width=NARROW, size=_headline_size(headline), bold=True)
    for fact in texts.facts:
        top = paragraph(pen, fact, "fill-text", top=top + _CLOSE, width=NARROW, size=_SIZE)
    if texts.marked:
        top += _GAP / 2
        _draw(pen, 0, top + _CLOSE, _SAMPLE, _SAMPLE, is_hollow=texts.is_hollow)
        start = _SAMPLE + _BAR
        top = paragraph(pen, texts.marked, "fill-muted", top=top, start=start, width=NARROW - start, size=_SMALL)
    parts = [pen.group()]
    top += _GAP
    for bar in bars:
        name, language = bar.name
        taken = text_width(bar.value, _SIZE, bold=True) + 16  # the least space between a name and its number
        is_long = taken > _LONGEST_NUMBER
        room = NARROW if is_long else NARROW - taken
        end = paragraph(pen, name, "fill-text", top=top, width=room, size=_SIZE, most=3, language=language or None)
        if is_long:  # a line of its own
            top, end = end, end + _SIZE * LINE
        value = fitted(bar.value, NARROW, _SIZE, bold=True)
        pen.text(NARROW, top + _SIZE, value, "fill-text", size=_SIZE, bold=True, at_end=True)
        end += _CLOSE
        _draw(pen, 0, end, NARROW * bar.share, NARROW * bar.marked, is_hollow=texts.is_hollow)
        parts.append(pen.group(title=f"{isolate(name, rtl=rtl)}{locale.colon}{bar.value}"))
        top = end + _BAR + _GAP
    for note in texts.notes:
        top = paragraph(pen, note, "fill-muted", top=top, width=NARROW, size=_SMALL) + 4
    return top, joined(*parts, pen.drawn())


def _headline_size(text: str) -> float:
    """Return the size of a headline: the usual one, or smaller if a number would have to be parted.

    The first line of a parted number reads as a smaller amount.
    """
    widest = max([text_width(number, _HEADLINE, bold=True) for number in _NUMBER.findall(text)], default=0.0)
    return _HEADLINE * min(1.0, NARROW / widest) if widest else _HEADLINE


def _draw(pen: Pen, start: float, top: float, width: float, marked: float, *, is_hollow: bool) -> None:
    """Draw a bar whose end is hatched or hollow."""
    plain = width - marked
    if plain:
        pen.rectangle(start, top, plain, _BAR, "fill-accent")
    if marked:
        edge = _OUTLINE / 2
        inside = max(marked - _OUTLINE, edge)  # a part that is as narrow as its outline is seen too
        pen.rectangle(start + plain + edge, top + edge, inside, _BAR - _OUTLINE, "fill-page stroke-accent")
        if not is_hollow:
            pen.hatching(start + plain, top, marked, _BAR, "stroke-accent")
