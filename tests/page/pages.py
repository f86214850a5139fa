"""A page as a browser finds it."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from hypothesis import strategies as st

import wtisd_model.strategies as ours
from tests.markup.reading import read_html, text_of
from wtisd_model import EventStatus

EVENTS = st.sampled_from([each for each in EventStatus if each is not EventStatus.DRAFT]).flatmap(
    lambda status: ours.events(status=status)
)
"""Events that can be published."""

ELEMENTS: Final = {
    *("html", "head", "meta", "title", "link", "style", "script", "body", "a", "header", "main", "section", "nav"),
    *("footer", "h1", "h2", "h3", "h4", "p", "div", "dl", "dt", "dd", "ul", "ol", "li", "span", "bdi", "br", "time"),
    *("s", "small", "b"),
}


def read(page: bytes) -> Element:
    """Return the root of a page."""
    return read_html(page.decode())


def by_id(root: Element) -> dict[str, Element]:
    """Return the elements with an id; no two have the same one."""
    found = [each for each in root.iter() if "id" in each.attrib]
    ids = {each.attrib["id"]: each for each in found}
    assert len(ids) == len(found)
    return ids


def links(root: Element) -> Iterator[str]:
    """Yield where each link leads."""
    return (each.attrib["href"] for each in root.iter("a"))


def shown(root: Element) -> str:
    """Return the text that people read, with blanks for all white space."""
    body = next(root.iter("body"))
    return " ".join(text_of(body).split())
