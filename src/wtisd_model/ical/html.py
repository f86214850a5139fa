"""A description as HTML: the same paragraphs, with links to click on and the language and direction of each text."""

from collections.abc import Iterable
from typing import Final

from attrs import evolve

from wtisd_model.ical.component import Property
from wtisd_model.ical.values import encode_text
from wtisd_model.markup.element import element
from wtisd_model.markup.links import linked
from wtisd_model.types.language import TaggedText

_HTML: Final = {"FMTTYPE": ("text/html",)}


def with_html(description: Property, paragraphs: Iterable[TaggedText]) -> list[Property]:
    """Return DESCRIPTION, marked as derived, and its *paragraphs* as HTML: STYLED-DESCRIPTION and X-ALT-DESC.

    Nothing in the HTML is loaded or run. The second property is for Outlook, which knows only that one.

    Source: RFC 9073 sections 5.3 and 6.5; MS-OXCICAL section 2.1.3.1.1.20.27.
    """
    shown = [element("p", linked(text), lang=tag, dir="auto") for text, tag in paragraphs]
    html = encode_text(element("html", element("body", *shown)))
    return [
        evolve(description, parameters={**description.parameters, "DERIVED": ("TRUE",)}),
        Property("STYLED-DESCRIPTION", html, {"VALUE": ("TEXT",), **_HTML}),
        Property("X-ALT-DESC", html, _HTML),
    ]
