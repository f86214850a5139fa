"""The look of a mail in HTML: the inline styles of its elements, and the same elements on a dark screen.

What can be used is decided by mail programs (https://www.caniemail.com): in Outlook on Windows, which draws with Word,
only cells have padding, and fonts do not reach into tables; GMX and Orange know only the names of colours in
``background-color``, but all colours in ``background``; Outlook and Orange need a space before ``!important``.
"""

from collections.abc import Mapping
from typing import Final

from attrs import asdict

from wtisd_model.markup.theme import Palette, Theme

# Without quotes, which an attribute would have to escape. Without the first one, Outlook takes Times New Roman.
_FONTS: Final = "font-family:Segoe UI,Helvetica Neue,Arial,Noto Sans,PingFang SC,Microsoft YaHei,sans-serif"

# Some mail programs on the web drop the style sheet and keep the classes, which may be those of their own pages.
_PREFIX: Final = "wm-"

_ROLES: Final = {
    "card": (
        "width:600px;max-width:100%;margin:0 auto;border-collapse:collapse;table-layout:fixed;word-break:break-word",
        "background:{page};color:{text};border:1px solid {faint}",
    ),
    "notice": (
        f"padding:16px 24px;font-size:17px;line-height:1.4;{_FONTS}",
        "background:{soft};color:{text};border-top:6px solid {accent}",
    ),
    "alert": (
        f"padding:16px 24px;font-size:17px;line-height:1.4;font-weight:bold;{_FONTS}",
        "background:{alert_soft};color:{text};border-top:6px solid {alert}",
    ),
    "notice-sign": ("font-size:21px;font-weight:bold", "color:{accent}"),
    "alert-sign": ("font-size:21px", "color:{alert}"),
    "facts": (f"padding:24px;font-size:16px;line-height:1.5;{_FONTS}", ""),
    "title": (f"margin:0;font-size:25px;line-height:1.25;{_FONTS}", "color:{text}"),
    "label": (f"margin:20px 0 2px;font-size:14px;line-height:1.4;font-weight:normal;{_FONTS}", "color:{muted}"),
    "text": ("margin:0", ""),
    "time": ("margin:0;font-size:21px;line-height:1.35;font-weight:bold", ""),
    "zone": ("display:block;font-size:15px;font-weight:normal", "color:{muted}"),
    "past": ("margin:0", "color:{muted}"),
    "place": ("margin:0;font-size:18px;font-weight:bold", ""),
    "button-box": ("border-spacing:0;margin:6px 0 10px", ""),
    "button": (
        "padding:11px 20px;border-radius:6px;line-height:1.4",
        "background:{accent};border:1px solid {accent}",
    ),
    "button-link": ("display:block;text-decoration:none", "color:{page}"),
    "second-button": (
        "padding:11px 20px;border-radius:6px;line-height:1.4",
        "background:{page};border:1px solid {accent}",
    ),
    "second-button-link": ("display:block;text-decoration:none", "color:{accent}"),
    "button-name": ("font-size:17px", ""),
    "button-address": ("font-size:14px;text-decoration:underline", ""),
    "link": ("", "color:{accent}"),
    "to-do-box": ("border-spacing:0;margin:18px 0 4px", ""),
    "to-do": (
        f"padding:14px 20px 16px;border-radius:6px;font-size:16px;line-height:1.5;{_FONTS}",
        "background:{soft};color:{text};border:2px solid {accent}",
    ),
    "to-do-heading": (f"margin:0;font-size:19px;line-height:1.35;{_FONTS}", "color:{accent}"),
    "to-do-text": ("margin:6px 0 0", ""),
    "about": (f"padding:20px 24px 8px;font-size:16px;line-height:1.5;{_FONTS}", "border-top:1px solid {faint}"),
    "paragraph": ("margin:0 0 14px", ""),
    "closing": (
        f"padding:16px 24px;font-size:15px;line-height:1.5;{_FONTS}",
        "background:{surface};color:{text};border-top:1px solid {faint}",
    ),
}
"""For each element, by its class: what is the same on every screen, and its colours."""


def attributes_by_role(theme: Theme) -> Mapping[str, dict[str, str]]:
    """Return the attributes of each element, by its role; they need no style sheet."""
    return {name: _attributes(name, layout, _colors(colors, theme.light)) for name, (layout, colors) in _ROLES.items()}


def dark_sheet(theme: Theme) -> str:
    """Return the style sheet with the colours of a dark screen, which replace those of the attributes."""
    rules = [
        f".{_PREFIX}{name}{{{_colors(colors, theme.dark).replace(';', ' !important;')} !important}}"
        for name, (_, colors) in _ROLES.items()
        if colors
    ]
    return f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}"


def _attributes(name: str, layout: str, colors: str) -> dict[str, str]:
    style = {"style": ";".join(filter(None, (layout, colors)))}
    return {"class": f"{_PREFIX}{name}", **style} if colors else style


def _colors(template: str, palette: Palette) -> str:
    return template.format_map(asdict(palette))
