"""Links: to an address, and to the web addresses in a text."""

import re
from typing import Final
from urllib.parse import quote

from wtisd_model.markup.element import AttributeValue, Child, Markup, element, joined, lines

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
    shown = children or (element("bdi", address, dir="ltr"),)
    if not is_followed(address):
        return joined(*shown)
    # A # is dialled at the end of a number, such as that of a conference; in the address of a link it would not be.
    dialled = address.replace("#", "%23") if address.startswith("tel:") else address
    return element("a", *shown, href=dialled, **attributes)


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
