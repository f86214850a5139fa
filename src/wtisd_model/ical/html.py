"""A description as HTML: the same paragraphs, with links to click on and the language and direction of each text."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from attrs import evolve

from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_text
from wtisd_model.types.language import TaggedText

# RFC 3986, but for the marks with which a sentence goes on after an address.
_LINK: Final = re.compile(r"(https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*[A-Za-z0-9_~/#@&=%$+-])")

_HTML: Final = {"FMTTYPE": ("text/html",)}


def with_html(description: Property, paragraphs: Iterable[TaggedText]) -> list[Property]:
    """Return DESCRIPTION, marked as derived, and its *paragraphs* as HTML: STYLED-DESCRIPTION and X-ALT-DESC.

    Nothing in the HTML is loaded or run. The second property is for Outlook, which knows only that one.

    Source: RFC 9073 sections 5.3 and 6.5; MS-OXCICAL section 2.1.3.1.1.20.27.
    """
    html = encode_text(f"<html><body>{''.join(map(_paragraph, paragraphs))}</body></html>")
    return [
        evolve(description, parameters={**description.parameters, "DERIVED": ("TRUE",)}),
        Property("STYLED-DESCRIPTION", html, {"VALUE": ("TEXT",), **_HTML}),
        Property("X-ALT-DESC", html, _HTML),
    ]


def _paragraph(said: TaggedText) -> str:
    text, tag = said
    # The pattern has one group, so every second piece is an address.
    pieces = [_link(piece) if number % 2 else _escaped(piece) for number, piece in enumerate(_LINK.split(text))]
    return f'<p lang="{escape(tag)}" dir="auto">{"".join(pieces)}</p>'


def _link(address: str) -> str:
    """Return a link that shows where it leads."""
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
