"""Markup as programs read it that know nothing of ours: an HTML parser and an XML parser, both strict."""

import re
from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})


class _Builder(HTMLParser):
    """Builds the tree of an HTML text in which each element is closed where it has to be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"an attribute of {tag} is there twice"
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"HTML knows no empty element: {tag} {attrs}")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a CDATA section: {data}")


def read_html(text: str) -> Element:
    """Return the only element of an HTML text, whose names are in lowercase, as HTML reads them."""
    builder = _Builder()
    builder.feed(text.removeprefix("<!DOCTYPE html>\n").removesuffix("\n"))
    builder.close()
    assert builder.open == []
    return builder.tree.close()


def read_xml(text: str) -> Element:
    """Return the root of an XML text, or of HTML whose void elements are closed first; without namespaces."""
    text = re.sub(rf"<({'|'.join(VOID)})((?: [^<>]*)?)>", r"<\1\2></\1>", text)
    parser = XMLParser()  # noqa: S314 - ours
    parser.feed(text.encode())
    root = parser.close()
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2].lower()
        each.attrib = {name.lower(): value for name, value in each.attrib.items()}
    return root


def outline(root: Element) -> object:
    """Return an element with all that is inside it as plain values, to compare it with another."""
    return root.tag, root.attrib, root.text or "", [(outline(each), each.tail or "") for each in root]


def must_be_isolated(root: Element, text: str) -> None:
    """Fail unless *text*, which runs the other way, is isolated in each name and description with more in its line."""
    names = [each.text or "" for each in root.iter() if each.tag in {"title", "desc"}]
    names += [each.get(name, "") for each in root.iter() for name in ("aria-label", "title")]
    beside = [line for each in names for line in each.split("\n") if text in line and line != text]
    assert beside
    for each in beside:
        assert each.count(text) == each.count(f"\u2068{text}\u2069")


def text_of(root: Element) -> str:
    """Return the text inside an element, with a line feed for each ``br``."""
    inside = "".join(text_of(each) + (each.tail or "") for each in root)
    return "\n" if root.tag == "br" else (root.text or "") + inside
