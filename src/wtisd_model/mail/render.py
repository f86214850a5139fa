"""The content of a mail as plain text and as HTML: the same facts in the same order."""

from collections.abc import Iterator
from html import escape
from typing import Final

from wtisd_model.mail.content import Content, Fact
from wtisd_model.mail.sanitize import isolate
from wtisd_model.types.language import TaggedText

_FOLLOWED: Final = ("http://", "https://", "tel:")
"""Schemes of links that a reader may follow; the model has no others."""


def as_text(content: Content) -> str:
    """Return the content as plain text; each web address has a line to itself."""
    opening = content.opening.replace("{who}", isolate(content.sender, rtl=content.locale.direction == "rtl"))
    facts = "\n".join([line for fact in content.facts for line in _fact_lines(fact, content)])
    paragraphs = [text for text, _ in content.paragraphs]
    return "\n\n".join([opening, content.title[0], facts, *paragraphs, content.closing]) + "\n"


def _fact_lines(fact: Fact, content: Content) -> Iterator[str]:
    rtl, colon = content.locale.direction == "rtl", content.locale.colon
    texts = [isolate(text, rtl=rtl) for text, _ in fact.texts]
    if len(texts) == 1 and "\n" not in texts[0]:
        yield f"{fact.label}{colon}{texts[0]}"
        return
    yield f"{fact.label}{colon}".rstrip(" ")
    yield from texts
    for name, uri in fact.links:
        if name is not None:
            yield name[0]
        yield uri


def as_html(content: Content) -> str:
    """Return the content as HTML that loads nothing, runs nothing and needs no style sheet."""
    locale, title = content.locale, content.title
    opening = escape(content.opening).replace("{who}", f"<bdi>{escape(content.sender)}</bdi>")
    facts = "".join([line for fact in content.facts for line in _fact_elements(fact, content)])
    paragraphs = "".join([f"{_element('p', text, content)}\n" for text in content.paragraphs])
    return f"""\
<!DOCTYPE html>
<html lang="{locale.language}" dir="{locale.direction}">
<head>
<meta charset="utf-8">
{_element("title", title, content)}
</head>
<body>
<p>{opening}</p>
{_element("h1", title, content)}
<dl>
{facts}</dl>
{paragraphs}<p>{escape(content.closing)}</p>
</body>
</html>
"""


def _fact_elements(fact: Fact, content: Content) -> Iterator[str]:
    yield f"<dt>{escape(fact.label)}</dt>\n"
    for text in fact.texts:
        yield f"{_element('dd', text, content)}\n"
    for name, uri in fact.links:
        # The address itself is shown, so a link leads where it says.
        shown = f'<bdi dir="ltr">{escape(uri)}</bdi>'
        link = f'<a href="{escape(uri)}">{shown}</a>' if uri.startswith(_FOLLOWED) else shown
        label = "" if name is None else f"{_element('span', name, content)}<br>"
        yield f"<dd>{label}{link}</dd>\n"


def _element(name: str, said: TaggedText, content: Content) -> str:
    """Return an HTML element with the language of its text; its direction follows the text (``dir="auto"``)."""
    text, tag = said
    language = "" if tag == content.locale.language else f' lang="{escape(tag)}"'
    lines = escape(text).replace("\n", "<br>\n")
    return f'<{name}{language} dir="auto">{lines}</{name}>'
