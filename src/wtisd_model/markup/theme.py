"""The colours of pictures, pages and mails, computed from one accent colour so that everything can be read."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from attrs import asdict, frozen

from wtisd_model.codes import Code
from wtisd_model.schema.constraints import Pattern
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_instance

FONTS: Final = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,'Noto Sans Arabic',"
    "'Noto Naskh Arabic','PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
)
"""System fonts, with those for Arabic and Chinese; nothing is loaded."""


def style_rules(path: Path, between: str = "") -> str:
    """Return the lines of a CSS file without comments; ``$fonts`` stands for `FONTS`."""
    rules = re.sub(r"/\*.*?\*/\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return between.join(rules.splitlines()).replace("$fonts", FONTS)


TEXT_CONTRAST: Final = 4.5
"""The least contrast of a text with its background (WCAG 2.2, 1.4.3)."""
MARK_CONTRAST: Final = 3.0
"""The least contrast of a line or a mark that means something with what is around it (WCAG 2.2, 1.4.11)."""

_ACCENT: Final = "#0b5cad"
_STEPS: Final = 64
_HUES: Final = ("#1d5fbf", "#b54708", "#0f766e", "#8b2fc9", "#c01574", "#4d7c0f")
HUES: Final = len(_HUES)
"""The number of `Palette.hues`."""


@frozen(kw_only=True)
class Palette:
    """The colours of one mode, each as ``#rrggbb``.

    A text may be ``text``, ``muted``, ``accent`` or ``alert`` on each of the backgrounds ``page``, ``surface``,
    ``soft`` and ``alert_soft``, and ``page`` on ``accent`` or ``alert``. Lines are ``line``, or ``faint`` if they mean
    nothing.
    """

    page: str
    """The background of everything."""
    surface: str
    """A background that is set off a little, such as that of a heading."""
    soft: str
    """A background with a hint of the accent."""
    alert_soft: str
    """A background of what needs attention."""
    text: str
    muted: str
    """Text that is less important."""
    accent: str
    """Links, headings and bars."""
    alert: str
    """What needs attention; a word or a sign says so as well."""
    line: str
    """A line or a mark that means something."""
    faint: str
    """A line that only guides the eye."""

    @property
    def hues(self) -> dict[str, str]:
        """The colours that tell groups apart, ``hue-1`` and so on, as readable as the accent; a word says the same."""
        grounds = self.page, self.surface, self.soft, self.alert_soft
        return {f"hue-{number}": readable(hue, *grounds) for number, hue in enumerate(_HUES, 1)}


@frozen(kw_only=True, eq=False, repr=False)
class Theme(Model):
    """The look of pictures, pages and mails: an accent colour, from which all others follow.

    Raises:
        InvalidValueError: ``color-malformed``.
    """

    accent: Annotated[str, Pattern(r"^#[0-9A-Fa-f]{6}(?!\n)$", 7, Code.COLOR_MALFORMED)] = _ACCENT
    """The colour of links, bars and headings: ``#0b5cad``. It is made darker or lighter where it could not be read."""

    @property
    def light(self) -> Palette:
        """The colours on a light background, which are also those on paper."""
        return _palette(self.accent, page="#ffffff", surface="#f4f5f7", text="#1b1f24", tint=0.1)

    @property
    def dark(self) -> Palette:
        """The colours on a dark background."""
        return _palette(self.accent, page="#14171b", surface="#1f242a", text="#e8ebee", tint=0.22)

    @property
    def scope(self) -> str:
        """The class of elements in which the style sheet defines the colours."""
        return f"wm-{self.accent[1:].lower()}"

    def style_sheet(self) -> str:
        """Return CSS that defines each colour as a property, ``--page`` to ``--faint``, for elements of the `scope`."""
        light, dark = (
            "".join(f"--{name.replace('_', '-')}:{color};" for name, color in asdict(palette).items())
            for palette in (self.light, self.dark)
        )
        return (
            f".{self.scope}{{color-scheme:light dark;{light}}}"
            f"@media screen and (prefers-color-scheme:dark){{.{self.scope}{{{dark}}}}}"
        )


def require_theme(theme: object) -> Theme:
    """Return *theme*, or the usual one for None; raise a TypeError if it is something else."""
    return Theme() if theme is None else require_instance(theme, Theme, 'Not a Theme: pass Theme(accent="#0b5cad").')


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    Source: WCAG 2.2, definitions of "contrast ratio" and "relative luminance".
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: str, *backgrounds: str, ratio: float = TEXT_CONTRAST) -> str:
    """Return the colour closest to *color* that has the contrast: darker on light backgrounds, lighter on dark ones.

    Black or white if none has it.
    """
    pole = "#000000" if contrast(backgrounds[0], "#000000") > contrast(backgrounds[0], "#ffffff") else "#ffffff"
    shades = (mixed(pole, color, step / _STEPS) for step in range(_STEPS))
    return next((shade for shade in shades if all(contrast(shade, other) >= ratio for other in backgrounds)), pole)


def mixed(one: str, other: str, share: float) -> str:
    """Return a mix of two colours, with *share* of the first, from 0 to 1."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(first * share + second * (1 - share)):02x}" for first, second in pairs)


@lru_cache(32)
def _palette(accent: str, *, page: str, surface: str, text: str, tint: float) -> Palette:
    soft, alert_soft = mixed(accent, page, tint), mixed("#d92d20", page, tint)
    grounds = (page, surface, soft, alert_soft)
    return Palette(
        page=page,
        surface=surface,
        soft=soft,
        alert_soft=alert_soft,
        text=readable(text, *grounds),
        muted=readable("#6b7480", *grounds),
        accent=readable(accent.lower(), *grounds),
        alert=readable("#d92d20", *grounds),
        line=readable("#858e99", *grounds, ratio=MARK_CONTRAST),
        faint=mixed(text, page, 0.14),
    )


def _luminance(color: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - as in the definition
        for share in (channel / 255 for channel in _channels(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
