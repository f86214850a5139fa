"""The whole page: its head, the facts of the event, and the programme."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

from wtisd_model.ical.languages import languages_in_words
from wtisd_model.jsonld.writer import to_jsonld
from wtisd_model.locales import language_for
from wtisd_model.markup.element import Child, Markup, element, html_document, joined, legal, tagged
from wtisd_model.markup.links import link, mailto
from wtisd_model.markup.theme import Theme
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import places_of
from wtisd_model.model.session import EventStatus
from wtisd_model.page import facts
from wtisd_model.page.context import PageContext
from wtisd_model.page.programme import calendar_link, programme
from wtisd_model.page.style import style_sheet
from wtisd_model.page.times import dated, previous, when
from wtisd_model.programme.people import people_named
from wtisd_model.types.display_names import language_heading, language_name
from wtisd_model.types.graphemes import shortened
from wtisd_model.types.language import TaggedText

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded or run, even if somebody adds to the page later.

The one script is the JSON-LD: browsers take it for data, but some checkers of pages want it to be allowed.
"""

_MOST_DESCRIBED: Final = 160
"""The length of a description that search engines show."""


def document(context: PageContext, theme: Theme, notice: TaggedText | None, alternates: Mapping[str, str]) -> str:
    """Return the page.

    Args:
        context: the event, and what it is shown with.
        theme: the colours.
        notice: a text for its top.
        alternates: the addresses of the pages in other languages, and maybe of this one, by languages.
    """
    event, words = context.event, context.words
    body = element(
        "body",
        element("a", words.page.skip, class_="skip", href="#main"),
        _header(context, notice, alternates),
        element(
            "main",
            _about(context),
            _take_part(context) if event.status is EventStatus.SCHEDULED else None,
            programme(context),
            _documents(context),
            _contact(context),
            id="main",
            tabindex=-1,
        ),
        _footer(context),
        class_=theme.scope,
    )
    return html_document(_head(context, theme, alternates), body, language=words.language, direction=words.direction)


def _head(context: PageContext, theme: Theme, alternates: Mapping[str, str]) -> Markup:
    event, words = context.event, context.words
    title, language = event.title.in_language(context.language)
    described, tag = _summary(context)
    calendar = context.calendars.get(None)
    # The hash is that of what is written.
    data = legal(to_jsonld(event, language=context.language, sessions=False).decode())
    policy = _POLICY.format(digest=b64encode(sha256(data.encode()).digest()).decode())
    return joined(
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title, lang=_unless_of_page(language, context)),
        element("meta", name="description", content=described, lang=_unless_of_page(tag, context)),
        element("link", rel="alternate", type="text/calendar", title=words.page.calendar, href=calendar.address)
        if calendar is not None and calendar.name is None
        else None,
        *[element("link", rel="alternate", hreflang=tag, href=each) for tag, each in alternates.items()],
        element("style", style_sheet(theme)),
        element("script", data, type="application/ld+json"),
    )


def _unless_of_page(language: str, context: PageContext) -> str | None:
    """Return the language of an element, or None if it is that of the page."""
    return None if language == context.words.language else language


def _summary(context: PageContext) -> TaggedText:
    """Return the theme and the description in a length that search engines show; the title if there are none.

    If they are in two languages, only the theme, because a description has one language.
    """
    event = context.event
    texts = [each.in_language(context.language) for each in (event.theme, event.description, event.title) if each]
    language = texts[0][1]
    said = [text for text, tag in texts[:-1] or texts if tag == language]
    return shortened(" ".join(" ".join(said).split()), _MOST_DESCRIBED), language


def _header(context: PageContext, notice: TaggedText | None, alternates: Mapping[str, str]) -> Markup:
    event, words = context.event, context.words
    is_held = event.status is EventStatus.SCHEDULED
    series = None if event.series is None else event.series.title
    links = [
        _register(context) if is_held else None,
        calendar_link(None, context),
        None if event.url is None else link(event.url, words.labels.page),
    ]
    return element(
        "header",
        _languages(context, alternates),
        None if is_held else element("p", words.event[event.status], class_="notice"),
        None if notice is None else tagged("p", notice, within=words.language, class_="notice"),
        None if series is None else element("p", f"{words.labels.part_of}{words.colon}", context.text("bdi", series)),
        element("h1", context.text("bdi", event.title)),
        None if event.short_title is None else element("p", facts.name(event.short_title), class_="muted"),
        None if event.theme is None else element("p", context.text("bdi", event.theme), class_="theme"),
        element("dl", *[_fact(label, *values) for label, values in _facts(context) if values]),
        element("p", *links, class_="links") if any(links) else None,
    )


def _languages(context: PageContext, alternates: Mapping[str, str]) -> Markup | None:
    """Return links to the pages in other languages, each called what its readers call the language."""
    words = context.words
    links = [
        element(
            "li",
            tagged(
                "a", (language_heading(tag, tag), language_for(tag)), within=words.language, href=each, hreflang=tag
            ),
        )
        for tag, each in alternates.items()
        if tag != context.language
    ]
    return element("nav", element("ul", *links), aria_label=words.page.other_languages) if links else None


def _register(context: PageContext) -> Markup | None:
    """Return a link to the first address where people register."""
    for call in context.event.calls:
        address = call.url or (None if call.email is None else mailto(call.email))
        if call.kind is CallKind.REGISTRATION and address is not None:
            return link(address, context.words.page.register, class_="button")
    return None


def _facts(context: PageContext) -> Iterator[tuple[str, Sequence[Child]]]:
    """Yield labels and what the page has under them, which may be nothing."""
    event, words, labels = context.event, context.words, context.words.labels
    places = places_of(event)
    is_held = event.status is EventStatus.SCHEDULED
    times = [each if is_held else element("s", each) for each in when(context.slot, context)]
    yield labels.date if context.slot.whole_days else labels.when, times
    yield labels.previous_time, [previous(event, context)] if is_held and event.previous_slots else []
    follows = [labels.venue_to_follow] if places.venue_to_follow else []
    yield labels.place, [*facts.places(places.locations, context), *follows]
    yield labels.remote_participation, [*facts.remote(places.virtual_locations, context, is_held=is_held)]
    yield labels.organizer, [] if event.organizer is None else [facts.organization(event.organizer, context)]
    for label, text in languages_in_words(context.languages.at(None), words):
        yield label, [text]
    audience = [words.choices["membership"][each] for each in sorted(event.audience)]
    yield words.page.audience, [words.comma.join(audience)] if audience else []


def _fact(label: str, *values: Child) -> Markup:
    return element("div", element("dt", label), *[element("dd", each) for each in values])


def _about(context: PageContext) -> Markup | None:
    about, words = context.event.description, context.words
    if about is None:
        return None
    _, tag = about.in_language(context.language)
    is_foreign = tag.partition("-")[0] != context.language.partition("-")[0]
    note = words.page.only_in.format(language=language_name(tag, words.language))
    return element(
        "div",
        element("p", note, class_="muted") if is_foreign else None,
        *facts.paragraphs(about, context),
        class_="description",
    )


def _take_part(context: PageContext) -> Markup | None:
    calls, words = context.event.calls, context.words
    terms = [_fact(words.participation[each.kind], *facts.call_terms(each, context)) for each in calls]
    return _section(words.page.take_part, element("dl", *terms)) if terms else None


def _documents(context: PageContext) -> Markup | None:
    found = [element("li", facts.document(each, context)) for each in context.event.documents]
    return _section(context.words.page.documents, element("ul", *found)) if found else None


def _contact(context: PageContext) -> Markup | None:
    found = [element("li", facts.contact(each, context)) for each in people_named(context.event)]
    return _section(context.words.page.contact, element("ul", *found)) if found else None


def _section(title: str, content: Markup) -> Markup:
    return element("section", element("h2", title), content)


def _footer(context: PageContext) -> Markup | None:
    updated, words = context.event.updated, context.words
    if updated is None:
        return None
    shown = dated(words.page.updated, updated.replace(second=0), context)
    return element("footer", element("p", shown, class_="muted"))
