"""Elements of HTML and SVG as text that is escaped once, where it becomes part of an element.

An element is written so that HTML and XML read the same: every element is closed, but for the void elements of HTML,
which SVG does not have.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Final, Literal
from urllib.parse import quote

from wtisd_model.locales import BorrowedWord, language_of, locale_for
from wtisd_model.types.language import TaggedText

_VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_SVG_TEXTS: Final = frozenset({"desc", "text", "title", "tspan"})
"""Their direction is not said in HTML's words."""
_RAW: Final = frozenset({"script", "style"})
_ADDRESSES: Final = frozenset({"action", "href", "src"})
_ESCAPED: Final = re.compile("[&<>\"'\n\t]")
# A web address, a telephone number, a calendar in the page itself, its place or query, or a file of its site.
_SAFE_ADDRESS: Final = re.compile(
    r"(?:https?://|mailto:|tel:|data:text/calendar[;,]|[#?]|/(?![/\\])|\.\.?/|[A-Za-z0-9_][A-Za-z0-9._~-]*(?:[/?#]|\Z))"
)
# XML 1.0 section 2.2 cannot hold them, nor does HTML: controls, surrogates, noncharacters.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)


class Markup(str):
    """Text that is HTML or SVG already; any other text becomes part of an element escaped."""

    __slots__ = ()


Child = str | None
"""Text, which is escaped; `Markup`, which is not; or None for nothing."""

AttributeValue = str | float | bool | None
"""The value of an attribute; an attribute that is None or False is left out, and that of True is empty."""


def element(tag: str, /, *children: Child, **attributes: AttributeValue) -> Markup:
    """Return an element.

    Args:
        tag: its name.
        children: what is inside, borrowed words with their language; of ``script`` and ``style`` the only child is raw
            text.
        attributes: values by name, with hyphens for underscores, and without an underscore at the end: ``class_``,
            ``aria_label``.

    Raises:
        ValueError: an address with a scheme that may run something; ``<`` or ``&`` in raw text, which HTML and XML
            would read differently.
    """
    if len(children) == 1 and isinstance(children[0], BorrowedWord):
        attributes = {**said_in(children[0], tag), **attributes}
        children = (str(children[0]),)
    start = f"<{tag}{written_attributes(attributes)}>"
    if tag in _VOID:
        return Markup(start)
    content = _raw(*children) if tag in _RAW else "".join(_written(children))
    return Markup(f"{start}{content}</{tag}>")


def written_attributes(attributes: Mapping[str, AttributeValue]) -> str:
    """Return attributes as they are written after the name of an element, each with a blank before it."""
    return "".join(map(_attribute, attributes, attributes.values()))


def joined(*children: Child, separator: str = "") -> Markup:
    """Return elements and texts one after the other, with a text or an element between each two."""
    between = separator if type(separator) is Markup else escaped(separator)
    return Markup(between.join(_written(children)))


def lines(text: str) -> Markup:
    """Return a text with ``br`` for each line feed."""
    return Markup(escaped(text).replace("\n", "<br>"))


def tagged(tag: str, said: TaggedText, *, within: str = "", **attributes: AttributeValue) -> Markup:
    """Return an element of HTML with a text in its own language and direction, which affect nothing around it.

    Args:
        tag: the name of the element; ``bdi`` inside a line.
        said: the text, and the tag of its language; an empty tag if that is unknown.
        within: the language of what is around it.
        attributes: as for `element`.
    """
    text, language = said[0], language_of(*said)
    # "The dir global attribute defaults to auto on this element" (HTML, section 4.5.24).
    direction = None if tag == "bdi" else "auto"
    return element(tag, lines(text), lang=None if language == within else language, dir=direction, **attributes)


def html_document(head: Markup, body: Markup, *, language: str, direction: str) -> str:
    """Return a whole HTML document: its encoding, then the rest of its head, and its ``body`` element."""
    root = element("html", element("head", element("meta", charset="utf-8"), head), body, lang=language, dir=direction)
    return f"<!DOCTYPE html>\n{root}\n"


def escaped(text: str) -> str:
    """Return a text as it is written between two tags."""
    text = legal(text)
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return text


def legal(text: str) -> str:
    """Return a text without characters that neither XML nor HTML can hold."""
    # A line feed, which is allowed, is not printable.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def said_in(word: str, tag: str = "p") -> dict[str, str]:
    """Return the attributes of an element that say the language of a borrowed word; none for any other."""
    if not isinstance(word, BorrowedWord):
        return {}
    return {"lang": word.language} | ({} if tag in _SVG_TEXTS else {"dir": locale_for(word.language).direction})


def _written(children: Iterable[Child]) -> list[str]:
    return [
        child if type(child) is Markup else escaped(child) if type(child) is str else _other(child)
        for child in children
        if child is not None
    ]


def _other(text: str) -> str:
    return element("bdi", text) if isinstance(text, BorrowedWord) else escaped(text)


def _attribute(name: str, value: AttributeValue) -> str:
    if value is None or value is False:
        return ""
    if name == "style" and type(value) is str:
        return _style(value)
    return _written_attribute(name, value)


@lru_cache(maxsize=256)
def _style(value: str) -> str:
    # Mails repeat a few of them in each element, and they are the same in all: it saves a twentieth of the time.
    return _written_attribute("style", value)


def _written_attribute(name: str, value: str | float | Literal[True]) -> str:
    name = _attribute_name(name)
    if isinstance(value, str):
        if name in _ADDRESSES and not _SAFE_ADDRESS.match(value):
            raise ValueError(f"The address of {name} may run something.")
        written = legal(value)
        if _ESCAPED.search(written):  # most values have none
            # XML reads a line feed in an attribute as a space, but not its reference (section 3.3.3).
            written = escape(written).replace("\n", "&#10;").replace("\t", "&#9;")
    else:
        written = "" if value is True else f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return f' {name}="{written}"'


@cache
def _attribute_name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _raw(*children: Child) -> str:
    text = "".join(filter(None, children))
    if "<" in text or "&" in text:
        raise ValueError("Raw text must have neither < nor &.")
    return legal(text)


# RFC 3986, but for the marks with which a sentence goes on after an address; and no user information, as in the fields
# for addresses: a name before an @ makes a foreign host look like a known one.
_ADDRESS: Final = re.compile(
    r"(https?://(?![A-Za-z0-9._~:\[\]@!$&'()*+,;=%-]*@)"
    r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*[A-Za-z0-9_~/#@&=%$+-])"
)
_FOLLOWED: Final = ("http://", "https://", "tel:", "mailto:")


def link(address: str, *children: Child, **attributes: AttributeValue) -> Markup:
    """Return a link with *children* or, without any, one that shows where it leads.

    An address that a reader should not follow, such as ``javascript:`` or ``urn:``, is no link.
    """
    content = children or (element("bdi", address, dir="ltr"),)
    if not is_followed(address):
        return joined(*content)
    # A # is dialled at the end of a number, such as that of a conference; in the address of a link it would not be.
    dialled = address.replace("#", "%23") if address.startswith("tel:") else address
    return element("a", *content, href=dialled, **attributes)


def is_followed(address: str) -> bool:
    """Return True if a reader may follow an address."""
    return address.startswith(_FOLLOWED)


def mailto(email: str, *, subject: str = "") -> str:
    """Return the address of a link that writes to an e-mail address (RFC 6068).

    Other characters are escaped in it than in an e-mail address (section 2).
    """
    to = f"mailto:{quote(email, safe='@')}"
    return f"{to}?subject={quote(subject, safe='')}" if subject else to


def linked(text: str, **attributes: AttributeValue) -> Markup:
    """Return a text with a link, with *attributes*, for each web address, and ``br`` for each line feed."""
    # The pattern has one group, so every second piece is an address.
    pieces = _ADDRESS.split(text)
    return joined(
        *[link(piece, piece, **attributes) if number % 2 else lines(piece) for number, piece in enumerate(pieces)]
    )
