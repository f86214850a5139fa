"""The content of a mail: its subject, a sentence, and the facts in the reader's order; the same as text and as HTML.

What can be used is decided by mail programs (https://www.caniemail.com): in Outlook on Windows, which draws with Word,
only cells have padding, and fonts do not reach into tables; GMX and Orange know only the names of colours in
``background-color``, but all colours in ``background``; Outlook and Orange need a space before ``!important``.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Final

from attrs import asdict, evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import balanced, is_rtl, isolate
from wtisd_model.markup.element import Markup, element, html_document, is_followed, joined, link, linked, mailto, tagged
from wtisd_model.markup.theme import Palette, Theme
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.programme.times import format_slot, has_same_clocks, slot_and_zone
from wtisd_model.schema.patterns import CONTROL
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import TaggedText
from wtisd_model.types.text import EMAIL
from wtisd_model.types.timeslot import TimeSlot

_REFUSED: Final = re.compile(f"[{CONTROL}]")


def sanitize(text: str, *, multiline: bool = False) -> str:
    """Return *text* with its directional characters balanced.

    The model refuses most of this already, by stricter rules; a message made by hand has only this check.

    Raises:
        ExportError: ``text-control`` for a control character, and for a line feed unless *multiline*.
    """
    if not text.isprintable() and (_REFUSED.search(text) or ("\n" in text and not multiline)):
        raise ExportError(finding(Code.TEXT_CONTROL))
    return balanced(text)


UNKNOWN_LANGUAGE: Final = ""

_TO_ORGANIZER: Final = frozenset({Method.COUNTER, Method.REFRESH, Method.REPLY})
_WITHOUT_DESCRIPTION: Final = _TO_ORGANIZER | {Method.CANCEL}
_MINUTES_OF_A_DAY: Final = 24 * 60


class FactKind(Enum):
    """What a fact is about, where that decides how it looks."""

    TIME = auto()
    TO_DO = auto()
    COMMENT = auto()
    """A text that may have several lines."""
    PLACE = auto()
    REMOTE = auto()
    """The links to take part remotely."""
    OTHER = auto()


@frozen(kw_only=True)
class Fact:
    """A label, and the time, texts or links that follow it."""

    kind: FactKind = FactKind.OTHER
    label: str
    slot: TimeSlot | None = None
    clocks: str | None = None
    """The zone of the clocks that show the time; None for that of the place."""
    texts: tuple[TaggedText, ...] = ()
    links: tuple[tuple[TaggedText | None, str], ...] = ()
    """Addresses, each with its name if it has one."""
    email: str | None = field(default=None, repr=False)
    """The address to write to, after the texts."""
    holds: bool = True
    """False for a time or a place that is no longer true."""


@frozen(kw_only=True)
class Content:
    """The content of a mail, before it is written as text or HTML."""

    locale: Locale
    occasion: str
    """The key of its subject and its first sentence: a `Reason`, a participation status, or ``postponed``."""
    is_off: bool
    """True if nothing takes place at the time: it is cancelled or postponed."""
    subject: str = field(repr=False)
    opening: str = field(repr=False)
    """The first sentence, with ``{who}`` as the placeholder of the sender's name."""
    sender: str = field(repr=False)
    title: TaggedText
    facts: tuple[Fact, ...]
    paragraphs: tuple[TaggedText, ...]

    @property
    def asks_for_action(self) -> bool:
        """True if the reader is asked to do something."""
        return any(fact.kind is FactKind.TO_DO for fact in self.facts)

    @property
    def closing(self) -> str | None:
        """The last sentence; None if the reader has been asked to do something."""
        return None if self.asks_for_action else self.locale.steps.attachment

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its texts, that of the mail first."""
        texts = [self.title, *(text for fact in self.facts for text in fact.texts), *self.paragraphs]
        return tuple(dict.fromkeys([self.locale.language, *(tag for _, tag in texts if tag != UNKNOWN_LANGUAGE)]))


def content_of(message: Message, locale: Locale, *, sender: str, zone: str | None) -> Content:
    """Return the content of the mail about a message, with times in the reader's *zone* if that is known.

    Raises:
        ExportError: ``text-control`` if a text has control characters; texts of the model have none.
        InvalidValueError: ``email-malformed`` if the organizer's address is malformed.
    """
    texts, occasion, title = message.texts, _occasion(message), _line(message.texts.title)
    paragraphs = () if message.method in _WITHOUT_DESCRIPTION else texts.about
    return Content(
        locale=locale,
        occasion=occasion,
        is_off=_is_off(message),
        subject=locale.subjects[occasion].replace("{title}", title[0]),
        opening=_opening(message, locale, occasion),
        sender=sanitize(sender),
        title=title,
        facts=tuple(_facts(message, locale, zone)),
        paragraphs=tuple([(sanitize(text, multiline=True), tag) for text, tag in paragraphs]),
    )


def _occasion(message: Message) -> str:
    """Return the occasion of a message."""
    texts = message.texts
    if message.reason is Reason.ANSWERED and texts.answer not in {None, ParticipationStatus.NEEDS_ACTION}:
        return str(texts.answer)
    if texts.status is EventStatus.POSTPONED and message.method in {Method.PUBLISH, Method.REQUEST}:
        return EventStatus.POSTPONED
    return message.reason


def _opening(message: Message, locale: Locale, occasion: str) -> str:
    """Return the first sentence; that of a change names what changed, if that is known."""
    texts = message.texts
    if occasion in locale.person:
        return locale.person[occasion]
    before = {"time": texts.previous, "place": texts.previous_where} if occasion == Reason.MOVED else {}
    changed = [name for name, value in before.items() if value is not None]
    return (locale.event if texts.within is None else locale.session)["-".join([occasion, *changed])]


def _is_off(message: Message) -> bool:
    return (
        message.texts.status in {EventStatus.CANCELLED, EventStatus.POSTPONED} and message.method not in _TO_ORGANIZER
    )


def _line(said: TaggedText) -> TaggedText:
    return sanitize(said[0]), said[1]


def _facts(message: Message, locale: Locale, zone: str | None) -> Iterator[Fact]:
    texts, labels, is_cancel = message.texts, locale.labels, message.method is Method.CANCEL
    to_do, comment = tuple(_to_do(message, locale)), tuple(_comment(message, locale))
    places_first = is_cancel or texts.previous_where is not None
    if texts.within is not None:
        yield Fact(label=labels.part_of, texts=(_line(texts.within),))
    if is_cancel:
        yield from comment  # the reason
    yield from _times(message, locale, zone)
    if not places_first:
        yield from to_do
    if message.method not in _TO_ORGANIZER:  # the organizer knows the rest
        yield from _places(message, locale)
        if places_first:
            yield from to_do
        if not is_cancel:
            for label, text in texts.languages:
                yield Fact(label=sanitize(label), texts=((sanitize(text), locale.language),))
        if texts.organizer is not None:
            email = None if to_do else organizer_email(message)
            yield Fact(label=labels.organizer, texts=(_line(texts.organizer),), email=email)
        if texts.url is not None:
            yield Fact(label=labels.page, links=((None, sanitize(texts.url)),))
    if not is_cancel:
        yield from comment


def _to_do(message: Message, locale: Locale) -> Iterator[Fact]:
    """Yield what the reader is asked to do, if there is anything."""
    steps, is_request = locale.steps, message.method is Method.REQUEST
    if message.method is Method.CANCEL:
        label, how, write = steps.remove, steps.how_to_remove, steps.ask
    elif (
        is_request
        and message.reason in {Reason.INVITED, Reason.MOVED, Reason.PROMOTED}
        and message.texts.status is EventStatus.SCHEDULED
    ):
        label = steps.answer_again if message.reason is Reason.MOVED else steps.answer
        how, write = steps.how_to_answer, steps.or_write
    else:
        return
    email = organizer_email(message)
    said = (how,) if email is None else (how, write)
    yield Fact(kind=FactKind.TO_DO, label=label, texts=tuple([(line, locale.language) for line in said]), email=email)


def organizer_email(message: Message) -> str | None:
    """Return the address of the organizer, or None without one.

    Raises:
        InvalidValueError: ``email-malformed``.
    """
    email = message.texts.organizer_email
    return None if email is None else require_valid(email, EMAIL, "/texts/organizerEmail")


def _comment(message: Message, locale: Locale) -> Iterator[Fact]:
    if message.texts.comment is not None:
        comment = sanitize(message.texts.comment, multiline=True), UNKNOWN_LANGUAGE
        yield Fact(kind=FactKind.COMMENT, label=locale.labels.comment, texts=(comment,))


def _times(message: Message, locale: Locale, zone: str | None) -> Iterator[Fact]:
    slot, previous, labels = message.texts.slot, message.texts.previous, locale.labels
    is_proposal, holds = message.method is Method.COUNTER, not _is_off(message)
    label = labels.date if slot.whole_days else labels.when
    if not holds:
        label = labels.planned_time
        # If the time changed as well, the reader only knows the previous one.
        slot, previous = previous or slot, None
    elif previous is not None:
        label = labels.proposed_time if is_proposal else labels.new_time
    yield Fact(kind=FactKind.TIME, label=label, slot=slot, holds=holds)
    if zone is not None and not has_same_clocks(slot, zone):
        yield Fact(kind=FactKind.TIME, label=labels.local_time, slot=slot, clocks=zone, holds=holds)
    if previous is None:
        return
    if is_proposal:
        yield Fact(label=labels.previous_time, slot=previous)
        return
    yield from _duration(slot, previous, locale)
    yield Fact(kind=FactKind.TIME, label=labels.previous_time, slot=previous, holds=False)


def _duration(slot: TimeSlot, previous: TimeSlot, locale: Locale) -> Iterator[Fact]:
    """Yield the new and the previous duration if they differ and are shorter than a day; dates show longer ones."""
    if slot.whole_days or previous.whole_days:  # such a day has 23 hours when the clocks go forward
        return
    now, before = (round((period.ends_at - period.starts_at).total_seconds() / 60) for period in (slot, previous))
    if now != before and max(now, before) < _MINUTES_OF_A_DAY:
        words = {"now": locale.format_duration(now), "before": locale.format_duration(before)}
        said = locale.labels.duration_before.format_map(words), locale.language
        yield Fact(label=locale.labels.new_duration, texts=(said,))


def _places(message: Message, locale: Locale) -> Iterator[Fact]:
    texts, labels = message.texts, locale.labels
    unnamed = labels.remote_participation, locale.language  # the calendar's name for a link without one
    # A person who no longer takes part needs no link.
    links = () if message.method is Method.CANCEL else texts.links
    remote = Fact(
        kind=FactKind.REMOTE,
        label=labels.remote_participation,
        links=tuple([(None if name == unnamed else _line(name), sanitize(uri)) for name, uri in links]),
    )
    holds = texts.status is not EventStatus.CANCELLED
    label = labels.place if holds else labels.planned_place
    places = Fact(kind=FactKind.PLACE, label=label, texts=tuple(map(_line, texts.where)), holds=holds)
    found = [places]
    if texts.previous_where is not None:
        unknown = labels.venue_to_follow, locale.language
        before = [_line(place) for place in texts.previous_where if place != unknown]
        found = [
            evolve(places, label=labels.new_place),
            Fact(kind=FactKind.PLACE, label=labels.previous_place, texts=tuple(before), holds=False),
        ]
    for fact in (remote, *found) if texts.remote_first else (*found, remote):
        if fact.texts or fact.links:
            yield fact


# Without quotes, which an attribute would have to escape. Without the first one, Outlook takes Times New Roman.
_FONTS: Final = "font-family:Segoe UI,Helvetica Neue,Arial,Noto Sans,PingFang SC,Microsoft YaHei,sans-serif"

# Some mail programs on the web drop the style sheet and keep the classes, which may be those of their own pages.
_PREFIX: Final = "wm-"

_LOOKS: Final = {
    "card": (
        "width:600px;max-width:100%;margin:0 auto;border-collapse:collapse;table-layout:fixed;word-break:break-word",
        "background:{page};color:{text};border:1px solid {faint}",
    ),
    "notice": (
        f"padding:16px 24px;font-size:17px;line-height:1.4;{_FONTS}",
        "background:{soft};color:{text};border-top:6px solid {accent}",
    ),
    "alert": (
        f"padding:16px 24px;font-size:17px;line-height:1.4;font-weight:bold;{_FONTS}",
        "background:{alert_soft};color:{text};border-top:6px solid {alert}",
    ),
    "notice-sign": ("font-size:21px;font-weight:bold", "color:{accent}"),
    "alert-sign": ("font-size:21px", "color:{alert}"),
    "facts": (f"padding:24px;font-size:16px;line-height:1.5;{_FONTS}", ""),
    "title": (f"margin:0;font-size:25px;line-height:1.25;{_FONTS}", "color:{text}"),
    "label": (f"margin:20px 0 2px;font-size:14px;line-height:1.4;font-weight:normal;{_FONTS}", "color:{muted}"),
    "text": ("margin:0", ""),
    "time": ("margin:0;font-size:21px;line-height:1.35;font-weight:bold", ""),
    "zone": ("display:block;font-size:15px;font-weight:normal", "color:{muted}"),
    "past": ("margin:0", "color:{muted}"),
    "place": ("margin:0;font-size:18px;font-weight:bold", ""),
    "button-box": ("border-spacing:0;margin:6px 0 10px", ""),
    "button": (
        "padding:11px 20px;border-radius:6px;line-height:1.4",
        "background:{accent};border:1px solid {accent}",
    ),
    "button-link": ("display:block;text-decoration:none", "color:{page}"),
    "second-button": (
        "padding:11px 20px;border-radius:6px;line-height:1.4",
        "background:{page};border:1px solid {accent}",
    ),
    "second-button-link": ("display:block;text-decoration:none", "color:{accent}"),
    "button-name": ("font-size:17px", ""),
    "button-address": ("font-size:14px;text-decoration:underline", ""),
    "link": ("", "color:{accent}"),
    "to-do-box": ("border-spacing:0;margin:18px 0 4px", ""),
    "to-do": (
        f"padding:14px 20px 16px;border-radius:6px;font-size:16px;line-height:1.5;{_FONTS}",
        "background:{soft};color:{text};border:2px solid {accent}",
    ),
    "to-do-heading": (f"margin:0;font-size:19px;line-height:1.35;{_FONTS}", "color:{accent}"),
    "to-do-text": ("margin:6px 0 0", ""),
    "about": (f"padding:20px 24px 8px;font-size:16px;line-height:1.5;{_FONTS}", "border-top:1px solid {faint}"),
    "paragraph": ("margin:0 0 14px", ""),
    "closing": (
        f"padding:16px 24px;font-size:15px;line-height:1.5;{_FONTS}",
        "background:{surface};color:{text};border-top:1px solid {faint}",
    ),
}
"""For each element, by its class: what is the same on every screen, and its colours."""


def attributes_by_role(theme: Theme) -> Mapping[str, dict[str, str]]:
    """Return the attributes of each element, by its role; they need no style sheet."""
    return {name: _attributes(name, layout, _colors(colors, theme.light)) for name, (layout, colors) in _LOOKS.items()}


def dark_sheet(theme: Theme) -> str:
    """Return the style sheet with the colours of a dark screen, which replace those of the attributes."""
    rules = [
        f".{_PREFIX}{name}{{{_colors(colors, theme.dark).replace(';', ' !important;')} !important}}"
        for name, (_, colors) in _LOOKS.items()
        if colors
    ]
    return f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}"


def _attributes(name: str, layout: str, colors: str) -> dict[str, str]:
    style = {"style": ";".join(filter(None, (layout, colors)))}
    return {"class": f"{_PREFIX}{name}", **style} if colors else style


def _colors(template: str, palette: Palette) -> str:
    return template.format_map(asdict(palette))


_SIGNS: Final[Mapping[str, str]] = {
    EventStatus.POSTPONED: "!",
    ParticipationStatus.ACCEPTED: "✓",
    ParticipationStatus.DECLINED: "×",
    ParticipationStatus.TENTATIVE: "?",
    Reason.CANCELLED: "×",
    Reason.COUNTER_DECLINED: "×",
    Reason.DROPPED: "×",
    Reason.MOVED: "!",
    Reason.PROMOTED: "✓",
    Reason.WITHDRAWN: "×",
}
"""What precedes the first sentence, by occasion, so that colours are not the only sign."""
_ALERTS: Final = frozenset({EventStatus.POSTPONED, Reason.CANCELLED, Reason.DROPPED, Reason.WITHDRAWN})
_ROLES: Final = {FactKind.PLACE: "place", FactKind.TIME: "time"}


def as_text(content: Content) -> str:
    """Return the content as plain text; each web address has a line to itself."""
    opening = content.opening.replace("{who}", isolate(content.sender, rtl=content.locale.direction == "rtl"))
    facts = "\n".join([line for fact in content.facts for line in _fact_lines(fact, content)]).strip("\n")
    paragraphs = [text for text, _ in content.paragraphs]
    closing = [] if content.closing is None else [content.closing]
    return "\n\n".join([opening, content.title[0], facts, *paragraphs, *closing]) + "\n"


def _fact_lines(fact: Fact, content: Content) -> Iterator[str]:
    rtl, colon = content.locale.direction == "rtl", content.locale.colon
    texts = [isolate(text, rtl=rtl) for text, _ in fact.texts]
    if fact.slot is not None:
        texts = [format_slot(fact.slot, content.locale.dates, fact.clocks)]
    around = [""] if fact.kind is FactKind.TO_DO else []
    yield from around
    if len(texts) == 1 and fact.email is None and "\n" not in texts[0]:
        yield f"{fact.label}{colon}{texts[0]}"
    else:
        yield f"{fact.label}{colon}".rstrip(" ")
        yield from texts
    for name, uri in fact.links:
        if name is not None:
            yield name[0]
        yield uri
    if fact.email is not None:
        yield fact.email
    yield from around


def as_html(content: Content, theme: Theme) -> str:
    """Return the content as HTML that loads nothing, runs nothing and needs no style sheet."""
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
        element("style", dark_sheet(theme)),
    )
    return html_document(head, body, language=locale.language, direction=locale.direction)


class _Card:
    """A table with the content of a mail, in one column."""

    def __init__(self, content: Content, theme: Theme) -> None:
        self._content = content
        self._language = content.locale.language
        self._look = attributes_by_role(theme)

    def table(self) -> Markup:
        content, look = self._content, self._look
        title = element("h1", self._text("span", content.title), **look["title"])
        about = [self._linked("p", paragraph, **look["paragraph"]) for paragraph in content.paragraphs]
        cells = [
            self._opening(),
            element("td", title, *[each for fact in content.facts for each in self._fact(fact)], **look["facts"]),
            *([element("td", *about, **look["about"])] if about else []),
        ]
        if content.closing is not None:
            cells.append(element("td", element("p", content.closing, **look["text"]), **look["closing"]))
        return element("table", *[element("tr", cell) for cell in cells], role="presentation", **look["card"])

    def _opening(self) -> Markup:
        content, look = self._content, self._look
        before, placeholder, after = content.opening.partition("{who}")
        sender = element("span", content.sender, dir="auto") if placeholder else None
        role = "alert" if content.occasion in _ALERTS else "notice"
        sign = _SIGNS.get(content.occasion)
        shown = sign and element("span", f"{sign}\N{NO-BREAK SPACE}", aria_hidden="true", **look[f"{role}-sign"])
        return element("td", element("p", shown, before, sender, after, **look["text"]), **look[role])

    def _fact(self, fact: Fact) -> Iterator[Markup]:
        look, kind = self._look, fact.kind
        if kind is FactKind.TO_DO:
            heading = element("h2", fact.label, **look["to-do-heading"])
            yield self._box("to-do-box", "to-do", heading, *self._lines(fact, look["to-do-text"]))
            return
        yield element("h2", fact.label, **look["label"])
        is_prominent = kind in _ROLES and not self._content.is_off
        role = "past" if not fact.holds else _ROLES[kind] if is_prominent else "text"
        yield from self._lines(fact, look[role])
        for name, uri in fact.links:
            if kind is FactKind.REMOTE and not self._content.is_off and is_followed(uri):
                yield self._button(name or (self._content.locale.labels.join, self._language), uri)
                continue
            label = None if name is None else joined(self._text("span", name), element("br"))
            yield element("p", label, link(uri, _address(uri), **look["link"]), **look["text"])

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

    def _time(self, slot: TimeSlot, clocks: str | None) -> Markup:
        """Return a time with its zone on a line of its own; no line breaks within a date after the day."""
        words, zone = slot_and_zone(slot, self._content.locale.dates.unbroken, clocks)
        shown = self._text("span", (words[:1].upper() + words[1:], self._language))
        if not zone:
            return shown
        # The blank is for programs that show both on one line.
        return joined(shown, element("span", " ", element("span", zone.strip(), dir="ltr"), **self._look["zone"]))

    def _button(self, name: TaggedText, uri: str) -> Markup:
        """Return a link that looks like a button; if the reader is asked to do something, it is less conspicuous."""
        look = self._look
        label, address = self._text("strong", name, **look["button-name"]), _address(uri, **look["button-address"])
        role = "second-button" if self._content.asks_for_action else "button"
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
        shown = linked(text, dir="ltr" if is_rtl(text) else None, **self._look["link"])
        return element(tag, shown, lang=None if language == self._language else language, dir="auto", **attributes)


def _address(uri: str, **attributes: str) -> Markup:
    """Return the address that a link leads to, to be read."""
    return element("span", uri, dir="ltr", **attributes)
