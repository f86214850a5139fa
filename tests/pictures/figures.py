"""What the tests of several pictures ask of each of them."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from attrs import asdict

from tests.markup.reading import read_html, read_xml, text_of
from wtisd_model import Theme
from wtisd_model.markup.theme import MARK_CONTRAST, TEXT_CONTRAST, contrast
from wtisd_model.pictures import Picture

_BACKGROUNDS: Final = ("page", "surface", "soft", "alert_soft")


def must_be_sound(picture: Picture) -> None:
    """Fail unless HTML and XML read a picture, it is an image with a title, and nothing in it runs or is loaded."""
    for text in (picture.svg, picture.html, f"<div>{picture.fragment}</div>"):
        root = read_xml(text.removeprefix("<!DOCTYPE html>\n"))
        style = "".join(each.text or "" for each in root.iter("style"))
        used = {name for each in root.iter() for name in each.get("class", "").split()}
        colors = {name for name in used if name.startswith(("fill-", "stroke-"))}
        assert colors
        assert all(style.count(f".{each}{{") == len(("light", "dark")) for each in colors)
        tags = {each.tag for each in root.iter()}
        assert not tags & {"script", "link", "img", "image", "use", "iframe", "object", "foreignobject", "a"}
        names = {name for each in root.iter() for name in each.attrib}
        assert not {name for name in names if name.startswith("on")} | names & {"href", "src", "style", "id"}
        for each in root.iter("svg"):
            assert each.get("role") == "img"
            assert each.findtext("title")
            assert each.findtext("desc")
    read_html(picture.html)
    assert table_of(picture).find("caption") is not None


def table_of(picture: Picture) -> Element:
    return read_html(picture.table)


def rows_of(picture: Picture) -> list[list[str]]:
    """Return the texts of the rows of the table below its headings, each cell repeated in all rows it is for."""
    found, open_cells = list[list[str]](), list[tuple[int, str]]()
    for row in table_of(picture).iter("tr"):
        texts = [text for _, text in open_cells]
        open_cells = [(span - 1, text) for span, text in open_cells if span > 1]
        for cell in row:
            span = int(cell.get("rowspan", "1"))
            texts.append(text_of(cell))
            if span > 1:
                open_cells.append((span - 1, text_of(cell)))
        found.append(texts)
    return found[1:]


def texts_of(picture: Picture) -> list[str]:
    """Return all texts of the drawings, those for tooltips included."""
    return [
        text_of(each)
        for drawing in picture.drawings
        for each in read_xml(f"<svg>{drawing.content}</svg>").iter()
        if each.tag in {"text", "title"}
    ]


def _painted(drawn: Element, class_: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name of each element of a drawing and its class, or that of its group."""
    for each in drawn:
        own = each.get("class", class_)
        yield each.tag, own
        yield from _painted(each, own)


def must_be_readable(picture: Picture) -> None:
    """Fail unless each text and each mark has the contrast that WCAG 2.2 asks for, in both modes."""
    painted = [each for drawing in picture.drawings for each in _painted(read_xml(f"<svg>{drawing.content}</svg>"))]
    # What is written on a colour has the colour of the page, whose contrast with it is the same the other way round.
    texts = {class_ for tag, class_ in painted if tag == "text"} - {"fill-page"}
    marks = {
        name
        for tag, class_ in painted
        if tag in {"path", "line", "rect"}
        for name in class_.split()
        if name not in {"fill-page", "fill-surface", "fill-soft", "fill-alert-soft", "stroke-faint"}
    }
    for palette in (asdict(mode) | mode.hues for mode in (Theme().light, Theme().dark)):
        for names, least in ((texts, TEXT_CONTRAST), (marks, MARK_CONTRAST)):
            for name in names:
                short = name.partition("-")[2]
                color = palette[short if short in palette else short.replace("-", "_")]
                assert all(contrast(color, palette[each]) >= least for each in _BACKGROUNDS), name


def must_be_mirrored(left: Picture, right: Picture) -> None:
    """Fail unless every rectangle of one drawing is in the other, counted from the other side."""
    for one, other in zip(left.drawings, right.drawings, strict=True):
        assert one.width == other.width
        places, mirrored = (
            [
                (float(each.get("x", "")), float(each.get("width", "")))
                for each in read_xml(f"<svg>{drawn.content}</svg>").iter("rect")
            ]
            for drawn in (one, other)
        )
        assert len(places) == len(mirrored)
        for (start, width), (end, again) in zip(places, mirrored, strict=True):
            assert abs(width - again) < 0.11
            assert abs(one.width - start - width - end) < 0.11
