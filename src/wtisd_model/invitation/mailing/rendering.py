"""A letter as plain text and as HTML: the same facts in the same order."""

from collections.abc import Iterator
from html import escape
from typing import Final

from wtisd_model.invitation.mailing.direction import beside
from wtisd_model.invitation.mailing.letter import Fact, Letter
from wtisd_model.types.language import Said

_FOLLOWED: Final = ("http://", "https://", "tel:")
"""What an address begins with that a reader may follow; the model has no others."""


def as_text(letter: Letter) -> str:
    """Write a letter as plain text, its paragraphs apart; a web address has a line of its own and nothing beside it."""
    rtl = letter.words.direction == "rtl"
    facts = [line for fact in letter.facts for line in _fact_in_lines(fact, letter)]
    paragraphs = [text for text, _ in letter.paragraphs]
    opening = letter.opening.replace("{who}", beside(letter.who, rtl=rtl))
    return "\n\n".join([opening, letter.title[0], "\n".join(facts), *paragraphs, letter.closing]) + "\n"


def _fact_in_lines(fact: Fact, letter: Letter) -> Iterator[str]:
    rtl, colon = letter.words.direction == "rtl", letter.words.colon
    texts = [beside(text, rtl=rtl) for text, _ in fact.said]
    if len(texts) == 1 and "\n" not in texts[0]:
        yield f"{fact.label}{colon}{texts[0]}"
        return
    yield f"{fact.label}{colon}".rstrip(" ")
    yield from texts
    for called, uri in fact.links:
        if called is not None:
            yield called[0]
        yield uri


def as_html(letter: Letter) -> str:
    """Write a letter as HTML that loads nothing, runs nothing and needs no style sheet."""
    words = letter.words
    opening = escape(letter.opening).replace("{who}", f"<bdi>{escape(letter.who)}</bdi>")
    facts = "".join(_fact_in_html(fact, letter) for fact in letter.facts)
    paragraphs = "".join(f"{_element('p', said, letter)}\n" for said in letter.paragraphs)
    return f"""\
<!DOCTYPE html>
<html lang="{words.language}" dir="{words.direction}">
<head>
<meta charset="utf-8">
{_element("title", letter.title, letter)}
</head>
<body>
<p>{opening}</p>
{_element("h1", letter.title, letter)}
<dl>
{facts}</dl>
{paragraphs}<p>{escape(letter.closing)}</p>
</body>
</html>
"""


def _fact_in_html(fact: Fact, letter: Letter) -> str:
    label = f"<dt>{escape(fact.label)}</dt>\n"
    said = "".join(f"{_element('dd', said, letter)}\n" for said in fact.said)
    links = "".join(f"<dd>{_link(called, uri, letter)}</dd>\n" for called, uri in fact.links)
    return label + said + links


def _link(called: Said | None, uri: str, letter: Letter) -> str:
    # The address is what can be read, so that nobody is led elsewhere than they see.
    shown = f'<bdi dir="ltr">{escape(uri)}</bdi>'
    link = f'<a href="{escape(uri)}">{shown}</a>' if uri.startswith(_FOLLOWED) else shown
    return link if called is None else f"{_element('span', called, letter)}<br>{link}"


def _element(name: str, said: Said, letter: Letter) -> str:
    """Write a text in an element that says its language, and whose direction is the text's own."""
    text, tag = said
    language = "" if tag == letter.words.language else f' lang="{escape(tag)}"'
    lines = escape(text).replace("\n", "<br>\n")
    return f'<{name}{language} dir="auto">{lines}</{name}>'
