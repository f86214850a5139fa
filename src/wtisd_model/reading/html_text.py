"""HTML as plain text, in time that is proportional to its length.

The parser of the standard library is not used: in Python 3.11.7, 40 kB of ``<a <a <a`` keep it busy for eight seconds
(CVE-2025-6069), and newer versions read comments and scripts differently.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from wtisd_model.schema.constraints import compiled

# Marks of tags in the text, whose own control characters are removed first.
_LINE, _PARAGRAPH, _BULLET = "\x01", "\x02", "\x03"
_ADDRESS, _LINK, _LINK_END = "\x04", "\x05", "\x06"

_PARAGRAPHS: Final = "blockquote dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul"
"""The elements with an empty line before and after them."""

_LINES: Final = "address article aside caption dd div dt footer header li main nav section tr"
"""The elements that begin a line, and end it."""

_MARKS: Final[Mapping[str, str]] = {
    **{mark: _PARAGRAPH for name in _PARAGRAPHS.split() for mark in (name, f"/{name}")},
    **{mark: _LINE for name in _LINES.split() for mark in (name, f"/{name}")},
    "li": _BULLET,
    "br": "\n",
    "td": " ",
    "th": " ",
    "/a": _LINK_END,
}
"""The mark that replaces a tag; other tags are removed."""

# Comments, declarations, and elements whose content is not for readers.
_HIDDEN: Final = (
    r"(?i)<!--.*?(?:-->|\Z)|<[!?][^<>]*+>"
    r"|<(head|noscript|object|script|style|svg|template|title)(?=[ />])[^<>]*+>.*?(?:</\1[^<>]*+>|\Z)"
)
# A tag ends at the first > that is not in quotes, but never after the next <: no character is looked at often. The
# address in <https://example.org> is not the name of an element.
_TAG: Final = r"<(/?[A-Za-z][A-Za-z0-9]*+)(?=[ />])((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+|[^<>]*+)>"
_HREF: Final = r"""(?i)[ "'/]href *+= *+(?:"([^"]*+)"|'([^']*+)'|([^ "'>]++))"""
# A longer number is no character, and Python refuses to convert the longest: it stays as it is written.
_REFERENCE: Final = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"


def html_text(source: str) -> str:
    """Return a text of HTML as people read it: without tags, and with the address of a link after its text.

    A text without tags is returned unchanged, since it is plain text or Markdown. A link keeps its address if it leads
    to a web page or a mailbox.
    """
    if "<" not in source:
        return source
    text = compiled(r"[\x00-\x20\x7f\xa0]+").sub(" ", source)
    text = compiled(_HIDDEN).sub("", text)
    text, tags = compiled(_TAG).subn(_mark, text)
    if not tags:
        return source
    text = compiled(f"{_ADDRESS}([^{_LINK}]++){_LINK}([^{_ADDRESS}{_LINK_END}]*+){_LINK_END}").sub(_with_address, text)
    text = compiled(f"{_ADDRESS}[^{_LINK}]++{_LINK}|{_LINK_END}").sub("", text)
    text = compiled(f"[ \n{_LINE}{_PARAGRAPH}{_BULLET}]{{2,}}").sub(lambda run: _space(run[0]), text)
    for mark in (_LINE, _PARAGRAPH, _BULLET):
        text = text.replace(mark, _space(mark))
    text = compiled(_REFERENCE).sub(lambda reference: _character(reference[0]), text.strip())
    return text.replace("\xa0", " ")


def _mark(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if name != "a":
        return _MARKS.get(name, "")
    href = compiled(_HREF).search(tag[2])
    address = "" if href is None else "".join(group or "" for group in href.groups()).strip()
    is_followed = compiled(r"(?i)https?://|mailto:").match(address)
    return f"{_ADDRESS}{address.removeprefix('mailto:')}{_LINK}" if is_followed else ""


def _with_address(link: re.Match[str]) -> str:
    address, words = link.groups()
    return words if address in words or not words.strip() else f"{words} ({address})"


def _space(run: str) -> str:
    """Return the space between two words that a run of blanks and marks stands for."""
    before, bullet, _ = run.partition(_BULLET)
    is_paragraph = _PARAGRAPH in before or before.count("\n") > 1
    is_line = bullet or before.strip(" ")
    space = "\n\n" if is_paragraph else "\n" if is_line else " "
    return f"{space}- " if bullet else space


@lru_cache(256)
def _character(reference: str) -> str:
    from html import unescape  # it loads all entities of HTML, of which few documents have one

    return unescape(reference)
