"""`overview`: the page of several events, which leads to the page of each and to one calendar of them all."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from zoneinfo import ZoneInfo

from wtisd_model.markup.element import Markup, element, html_document, joined, tagged
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.event import places_of
from wtisd_model.model.session import EventStatus
from wtisd_model.page.facts import PageContext
from wtisd_model.page.sections import head_of, other_languages
from wtisd_model.page.write import checked_pages, context_of
from wtisd_model.programme.announced import Events, announced_events
from wtisd_model.programme.files import require_size
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LocalizedText, TaggedText, localized, require_language
from wtisd_model.types.text import PAGE_ADDRESS


def overview(
    events: Events,
    *,
    name: str | LocalizedText,
    pages: Mapping[str, str],
    calendar: str | None = None,
    language: str | None = None,
    zone: str | ZoneInfo | None = None,
    theme: Theme | None = None,
    alternates: Mapping[str, str] | None = None,
) -> bytes:
    """Return the web page of several events, in the order of time: when and where each is, and a link to its page.

    It is a static file like that of `to_html`, in which nothing runs and nothing is loaded. What does not take place
    says so.

    Args:
        events: an iterable of events and dossiers; not drafts.
        name: what they are called together, the title of the page; a string is in *language*.
        pages: the addresses of the pages of events by their uids: web addresses, or paths from this page. An event
            without one has no link.
        calendar: the address of the calendar with all of them, which `to_ical` writes; None for no such link.
        language: the language of the page; by default that of the title of the first event.
        zone: as for `to_html`.
        theme: as for `to_html`.
        alternates: as for `to_html`.

    Returns:
        UTF-8, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft, at its index: ``/1/slot``; ``uid-repeated``;
            ``feed-too-large``.
        InvalidValueError: ``language-unknown``, ``zone-unknown``; a code of texts for *name*; ``uri-malformed`` for
            *pages*, *calendar* or *alternates*; ``too-few-items`` for no event at all.
        TypeError: an argument has another type than these.
    """
    given, colours = [event for event, _ in announced_events(events)], require_theme(theme)
    tag = require_language(language) or given[0].title.language
    contexts = sorted([context_of(event, tag, zone) for event in given], key=attrgetter("slot.starts_at"))
    for address in pages.values():
        require_valid(address, PAGE_ADDRESS, "/pages")
    if calendar is not None:
        require_valid(calendar, PAGE_ADDRESS, "/calendar")
    title = localized(name, tag, "name").in_language(tag)
    page = _document(contexts, title, pages, calendar, colours, checked_pages(alternates)).encode()
    require_size(len(page))
    return page


def _document(
    contexts: Sequence[PageContext],
    title: TaggedText,
    pages: Mapping[str, str],
    calendar: str | None,
    theme: Theme,
    alternates: Mapping[str, str],
) -> str:
    words = contexts[0].words
    add = None if calendar is None else element("a", words.page.calendar, href=calendar, download=True)
    body = element(
        "body",
        element("a", words.page.skip, class_="skip", href="#main"),
        element(
            "header",
            other_languages(contexts[0], alternates),
            element("h1", tagged("bdi", title, within=words.language)),
            None if add is None else element("p", add, class_="links"),
        ),
        element(
            "main",
            *[_section(context, pages.get(context.event.uid)) for context in contexts],
            id="main",
            tabindex=-1,
        ),
        class_=theme.scope,
    )
    head = head_of(contexts[0], title, theme, alternates, calendar=calendar)
    return html_document(head, body, language=words.language, direction=words.direction)


def _section(context: PageContext, address: str | None) -> Markup:
    event, words = context.event, context.words
    is_held = event.status is EventStatus.SCHEDULED
    title = context.text("bdi", event.title)
    times = [time if is_held else element("s", time) for time in context.when(context.slot)]
    places = places_of(event)
    where = [*context.places(places.locations), *([words.labels.venue_to_follow] if places.venue_to_follow else [])]
    where += context.remote(places.virtual_locations, is_held=is_held)
    return element(
        "section",
        element("h2", title if address is None else element("a", title, href=address)),
        None if is_held else element("p", words.event[event.status], class_="notice"),
        *[element("p", time) for time in times],
        element("p", joined(*where, separator=" · "), class_="muted") if where else None,
    )
