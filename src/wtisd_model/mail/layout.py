"""The content of a mail as plain text, and as HTML that looks alike in all mail programs.

What can be used is decided by mail programs (https://www.caniemail.com): in Outlook on Windows, which draws with Word,
only cells have padding, and fonts do not reach into tables; GMX and Orange know only the names of colours in
``background-color``, but all colours in ``background``; Outlook and Orange need a space before ``!important``.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from attrs import asdict

from wtisd_model.invitation.message import Reason
from wtisd_model.locales import capitalized
from wtisd_model.mail.content import Content, Fact, FactKind, Opening, Row
from wtisd_model.markup.characters import is_rtl, isolate
from wtisd_model.markup.element import (
    Markup,
    element,
    html_document,
    is_followed,
    joined,
    link,
    linked,
    mailto,
    said_in,
    tagged,
)
from wtisd_model.markup.theme import Theme
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.programme.times import format_slot, slot_and_zone
from wtisd_model.types.language import TaggedText
from wtisd_model.types.timeslot import TimeSlot

# Some mail programs on the web drop the style sheet and keep the classes, which may be those of their own pages.
_PREFIX: Final = "wm-"

_LOOKS: Final = tomllib.loads(Path(__file__).with_name("looks.toml").read_text("utf-8"))
_FONTS: Final[str] = _LOOKS.pop("fonts")


class Look(NamedTuple):
    """How a mail looks in the colours of a theme."""

    attributes: Mapping[str, dict[str, str]]
    """The attributes of each element, by its role; they need no style sheet."""
    dark_sheet: str
    """The style sheet with the colours of a dark screen, which replace those of the attributes."""


@lru_cache(maxsize=32)
def look_of(theme: Theme, *, rtl: bool = False) -> Look:
    """Return the look of mails in the colours of a theme, that are read from the right if *rtl* is true."""
    light, dark = asdict(theme.light), asdict(theme.dark)
    attributes, rules = dict[str, dict[str, str]](), list[str]()
    # Outlook on Windows does not know "start", and centres heads.
    align = f"text-align:{'right' if rtl else 'left'}"
    for name, look in _LOOKS.items():
        layout, colors = look["layout"].replace("{fonts}", _FONTS), look.get("colors", "")
        aligned = layout.replace("text-align:start", align)
        attributes[name] = {"style": ";".join(filter(None, (aligned, colors.format_map(light))))}
        if colors:
            attributes[name] = {"class": f"{_PREFIX}{name}", **attributes[name]}
            written = colors.format_map(dark).replace(";", " !important;")
            rules.append(f".{_PREFIX}{name}{{{written} !important}}")
    return Look(attributes, f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}")


_SIGNS: Final[Mapping[str, str]] = {
    EventStatus.POSTPONED: "!",
    ParticipationStatus.ACCEPTED: "✓",
    ParticipationStatus.DECLINED: "×",
    ParticipationStatus.TENTATIVE: "?",
    Reason.ADDRESS_CHANGED: "!",
    Reason.CANCELLED: "×",
    Reason.CHANGED: "!",
    Reason.CLOCKS_CHANGED: "!",
    Reason.COUNTER_DECLINED: "×",
    Reason.DROPPED: "×",
    Reason.MOVED: "!",
    Reason.PROGRAMME_CHANGED: "!",
    Reason.PROMOTED: "✓",
    Reason.REJECTED: "×",
    Reason.SEAT_FOUND: "✓",
    Reason.WITHDRAWN: "×",
}
"""What precedes the first sentence, by occasion, so that colours are not the only sign."""
_ALERTS: Final = frozenset({EventStatus.POSTPONED, Reason.CANCELLED, Reason.DROPPED, Reason.REJECTED, Reason.WITHDRAWN})
_ROLES: Final = {FactKind.PLACE: "place", FactKind.TIME: "time"}


def as_text(content: Content) -> str:
    """Return the content as plain text; each web address has a line to itself."""
    openings = ["\n".join(_opening_lines(opening, content)) for opening in content.openings]
    facts = "\n".join([line for fact in content.facts for line in _fact_lines(fact, content)]).strip("\n")
    paragraphs = [text for text, _ in content.paragraphs]
    closing = [] if content.closing is None else [content.closing]
    return "\n\n".join([*openings, content.title[0], facts, *paragraphs, *closing]) + "\n"


def _opening_lines(opening: Opening, content: Content) -> Iterator[str]:
    locale, rtl = content.locale, content.locale.direction == "rtl"
    sender = isolate(content.sender, rtl=rtl)
    named = "" if opening.name is None else f"{isolate(opening.name, rtl=rtl)}{locale.colon}"
    for sentence in opening.sentences:
        yield named + sentence.replace("{who}", sender)
    if opening.decision is not None:
        yield f"{locale.labels.decision}{locale.colon}{isolate(opening.decision[0], rtl=rtl)}"


def _row_lines(row: Row, content: Content, before: Row | None) -> Iterator[str]:
    """Yield the lines of a session, after an empty one, and before them its day if the one *before* has another."""
    rtl = content.locale.direction == "rtl"
    yield ""
    if before is None or row.day != before.day:
        yield "".join(row.day)
    yield f"{row.time}{content.locale.colon}{isolate(row.title[0], rtl=rtl)}"
    yield from (isolate(text, rtl=rtl) for text, _ in row.facts)
    yield from _link_lines(row.links)
    yield from row.notes


def _link_lines(links: Sequence[tuple[TaggedText | None, str]]) -> Iterator[str]:
    for name, uri in links:
        if name is not None:
            yield name[0]
        yield uri


def _fact_lines(fact: Fact, content: Content) -> Iterator[str]:
    rtl, colon = content.locale.direction == "rtl", content.locale.colon
    texts = [isolate(text, rtl=rtl) for text, _ in fact.texts]
    if fact.slot is not None:
        texts = [format_slot(fact.slot, content.locale.dates, fact.clocks)]
    around = [""] if fact.kind in {FactKind.TO_DO, FactKind.PROGRAMME, FactKind.REGISTRATION} else []
    yield from around
    if len(texts) == 1 and fact.email is None and "\n" not in texts[0]:
        yield f"{fact.label}{colon}{texts[0]}"
    else:
        yield f"{fact.label}{colon}".rstrip(" ")
        yield from texts
    yield from _link_lines(fact.links)
    if fact.email is not None:
        yield fact.email
    for before, row in zip((None, *fact.rows), fact.rows, strict=False):
        yield from _row_lines(row, content, before)
    yield from around


def as_html(content: Content, theme: Theme) -> str:
    """Return the content as HTML that loads nothing but the logo, runs nothing and needs no style sheet."""
    locale = content.locale
    card = _Card(content, theme).table()
    # Many mail programs drop html, body and main, with their attributes.
    frame = element("div", card, lang=locale.language, dir=locale.direction, style="padding:16px 8px")
    body = element("body", element("main", frame))
    head = joined(
        element("meta", name="viewport", content="width=device-width"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="supported-color-schemes", content="light dark"),
        tagged("title", content.title, within=locale.language),
        element("style", look_of(theme).dark_sheet),
    )
    return html_document(head, body, language=locale.language, direction=locale.direction)


class _Card:
    """A table with the content of a mail, in one column."""

    def __init__(self, content: Content, theme: Theme) -> None:
        self._content = content
        self._language = content.locale.language
        self._look = look_of(theme, rtl=content.locale.direction == "rtl").attributes

    def table(self) -> Markup:
        content, look = self._content, self._look
        title = element("h1", self._text("span", content.title), **look["title"])
        about = [self._linked("p", paragraph, **look["paragraph"]) for paragraph in content.paragraphs]
        cells = [
            *self._logo(),
            self._opening(),
            element("td", title, *[part for fact in content.facts for part in self._fact(fact)], **look["facts"]),
            *([element("td", *about, **look["about"])] if about else []),
        ]
        if content.closing is not None:
            cells.append(element("td", element("p", content.closing, **look["text"]), **look["closing"]))
        return element("table", *[element("tr", cell) for cell in cells], role="presentation", **look["card"])

    def _logo(self) -> Iterator[Markup]:
        if self._content.image is not None:
            address, name = self._content.image
            # Outlook on Windows reads no other height.
            yield element(
                "td", element("img", src=address, alt=name, height=72, **self._look["image"]), **self._look["logo"]
            )

    def _opening(self) -> Markup:
        content, look = self._content, self._look
        role = "alert" if content.occasion in _ALERTS else "notice"
        said = [part for opening in content.openings for part in self._sentences(opening, look[f"{role}-sign"])]
        return element("td", *said, **look[role])

    def _sentences(self, opening: Opening, sign_look: Mapping[str, str]) -> Iterator[Markup]:
        """Yield the sentences to one person, each after the name if several share the mailbox, and the decision."""
        content, look = self._content, self._look
        sign = _SIGNS.get(opening.occasion)
        mark = sign and element("span", f"{sign}\N{NO-BREAK SPACE}", aria_hidden="true", **sign_look)
        name = opening.name and joined(element("strong", opening.name, dir="auto"), content.locale.colon)
        for sentence in opening.sentences:
            before, placeholder, after = sentence.partition("{who}")
            sender = element("span", content.sender, dir="auto") if placeholder else None
            yield element("p", mark, name, before, sender, after, **said_in(sentence), **look["text"])
            mark = None
        if opening.decision is not None:
            label = content.locale.labels.decision + content.locale.colon
            yield element("p", label, self._text("span", opening.decision), **look["decision"])

    def _fact(self, fact: Fact) -> Iterator[Markup]:
        look, kind = self._look, fact.kind
        if kind is FactKind.TO_DO:
            heading = element("h2", fact.label, **look["to-do-heading"])
            yield self._box("to-do-box", "to-do", heading, *self._lines(fact, look["to-do-text"]))
            return
        yield element("h2", fact.label, **look["heading" if fact.rows else "label"])
        is_prominent = kind in _ROLES and not self._content.is_off
        role = "past" if not fact.holds else _ROLES[kind] if is_prominent else "text"
        yield from self._lines(fact, look[role])
        if fact.rows:
            yield self._programme(fact.rows)
        yield from (self._link(name, uri, kind) for name, uri in fact.links)

    def _link(self, name: TaggedText | None, uri: str, kind: FactKind) -> Markup:
        """Return a link of a fact, as a button if readers are meant to follow it."""
        is_invited = kind is FactKind.REGISTRATION or (kind is FactKind.REMOTE and not self._content.is_off)
        if is_invited and is_followed(uri):
            # If the reader is asked to do something else, it is less conspicuous.
            return self._button(name, uri, "second-button" if self._content.asks_for_action else "button")
        label, shown = None if name is None else self._text("span", name), _address(uri)
        if kind is FactKind.PLACE:
            # The rest of the address of a map tells people nothing.
            label, shown = None, joined(label, " ", _address(urlsplit(uri).netloc))
        elif label is not None:
            label = joined(label, element("br"))
        return element("p", label, link(uri, shown, **self._look["link"]), **self._look["text"])

    def _lines(self, fact: Fact, attributes: Mapping[str, str]) -> Iterator[Markup]:
        """Yield the time, the texts and the e-mail address of a fact, each on a line."""
        written = self._linked if fact.kind is FactKind.COMMENT else self._text
        said = [written("span", text) for text in fact.texts]
        if fact.slot is not None:
            said.append(self._time(fact.slot, fact.clocks))
        if fact.email is not None:
            address = mailto(fact.email, subject=self._content.subject)
            said.append(link(address, _address(fact.email), **self._look["link"]))
        for line in said:
            yield element("p", line if fact.holds else element("s", line), **attributes)

    def _programme(self, rows: Sequence[Row]) -> Markup:
        """Return the sessions as a table with a group of rows for each day, whose headers say what a cell is about."""
        look, locale = self._look, self._content.locale
        heads = (locale.pictures.timetable.time, locale.sessions["other"])
        columns = [
            element("th", head, scope="col", **look[name])
            for name, head in zip(("time-column", "column"), heads, strict=True)
        ]
        groups = [element("thead", element("tr", *columns))]
        for (day, zone), of_day in groupby(rows, attrgetter("day")):
            head = element("th", day, self._zone(zone), scope="rowgroup", colspan=2, **look["day"])
            groups.append(element("tbody", element("tr", head), *map(self._row, of_day)))
        return element("table", *groups, **look["programme"])

    def _row(self, row: Row) -> Markup:
        look = self._look
        time = element("strong", row.time if row.holds else element("s", row.time))
        parts = [element("p", self._text("strong", row.title), **look["text"])]
        parts += [element("p", self._text("span", fact), **look["past"]) for fact in row.facts]
        for name, uri in row.links:
            parts.append(self._button(name, uri, "second-button"))
        parts += [element("p", note, **look["note"]) for note in row.notes]
        return element("tr", element("td", time, **look["session"]), element("td", *parts, **look["session"]))

    def _time(self, slot: TimeSlot, clocks: str | None) -> Markup:
        """Return a time with its zone on a line of its own; no line breaks within a date after the day."""
        words, zone = slot_and_zone(slot, self._content.locale.dates.unbroken, clocks)
        time = self._text("span", (capitalized(words), self._language))
        return joined(time, self._zone(zone))

    def _zone(self, zone: str) -> Markup | None:
        # The blank is for programs that show both on one line.
        return element("span", " ", element("span", zone.strip(), dir="ltr"), **self._look["zone"]) if zone else None

    def _button(self, name: TaggedText | None, uri: str, role: str) -> Markup:
        """Return a link that looks like a button; without a name it is one to take part."""
        look, said = self._look, name or (self._content.locale.labels.join, self._language)
        label, address = self._text("strong", said, **look["button-name"]), _address(uri, **look["button-address"])
        return self._box("button-box", role, link(uri, label, element("br"), address, **look[f"{role}-link"]))

    def _box(self, around: str, inside: str, *children: Markup) -> Markup:
        """Return a table with one cell: only cells have a background and padding in every mail program."""
        cell = element("td", *children, **self._look[inside])
        return element("table", element("tr", cell), role="presentation", **self._look[around])

    def _text(self, tag: str, said: TaggedText, **attributes: str) -> Markup:
        """Return a text within a line; not in ``bdi``, which Gmail drops."""
        return tagged(tag, said, within=self._language, **attributes)

    def _linked(self, tag: str, said: TaggedText, **attributes: str) -> Markup:
        """Return a text in which web addresses are links."""
        text, language = said
        # Outlook has trouble with the direction of links, so they have one only if their order depends on it.
        content = linked(text, dir="ltr" if is_rtl(text) else None, **self._look["link"])
        return element(tag, content, lang=None if language == self._language else language, dir="auto", **attributes)


def _address(uri: str, **attributes: str) -> Markup:
    """Return the address that a link leads to, to be read."""
    return element("span", uri, dir="ltr", **attributes)
