"""The whole page: its head, the facts of the event, and the programme with its sessions in the order of time.

The timetable of a day has the layout, the rooms and the words of `wtisd_model.pictures.timetable`, which is an image in
a file of its own; in a page, each session is a link that keyboards reach, texts wrap by themselves, and a session takes
a fifth of the space.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from wtisd_model.jsonld.write import to_jsonld
from wtisd_model.locales import joined_words, language_for
from wtisd_model.markup.characters import shortened
from wtisd_model.markup.element import Child, Markup, element, html_document, joined, legal, link, mailto, tagged
from wtisd_model.markup.theme import Theme, style_rules
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import announced_sessions, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.page.facts import PageContext, proper_name
from wtisd_model.programme.files import require_size
from wtisd_model.programme.languages import SessionLanguages, language_texts
from wtisd_model.programme.names import language_heading, language_name
from wtisd_model.programme.people import contacts_of, people_named, person_in_words
from wtisd_model.programme.places import EventRooms, Room, building_of, locations_of
from wtisd_model.programme.times import ends_of, format_offset, offsets_of
from wtisd_model.programme.timetable_layout import Box, Layout, layout_of_rooms
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import TaggedText
from wtisd_model.types.timezone import at_zone

_FOLDER: Final = Path(__file__).parent

BASE: Final = style_rules(_FOLDER / "base.css")
"""The rules of all pages, beside the colours of their theme, for screens, phones and paper."""
_RULES: Final = BASE + style_rules(_FOLDER / "event.css")

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src '{script}'; base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded or run, even if somebody adds to the page later.

The one script is the JSON-LD: browsers take it for data, but some checkers of pages want it to be allowed.
"""

_MOST_DESCRIBED: Final = 160
"""The length of a description that search engines show."""


def document(context: PageContext, theme: Theme, notice: TaggedText | None, alternates: Mapping[str, str]) -> str:
    """Return the page, with a text for its top, and links to those in other languages."""
    event, words = context.event, context.words
    is_held = event.status is EventStatus.SCHEDULED
    register = _register(context) if is_held else None
    body = element(
        "body",
        element("a", words.page.skip, class_="skip", href="#main"),
        header(context, notice, alternates, register, calendar_link(None, context)),
        element(
            "main",
            _about(context),
            _take_part(context) if is_held else None,
            programme(context),
            _list(words.page.documents, map(context.document, event.documents)),
            _list(words.page.contact, map(context.contact, contacts_of(event))),
            id="main",
            tabindex=-1,
        ),
        _footer(context),
        class_=theme.scope,
    )
    return html_document(_head(context, theme, alternates), body, language=words.language, direction=words.direction)


def _head(context: PageContext, theme: Theme, alternates: Mapping[str, str]) -> Markup:
    event, (described, tag) = context.event, _summary(context)
    file = context.calendars.get(None)
    # The hash is that of what is written.
    data = legal(to_jsonld(event, language=context.language, sessions=False).decode())
    digest = b64encode(sha256(data.encode()).digest()).decode()
    about = element("meta", name="description", content=described, lang=_unless_of_page(tag, context))
    calendar = None if file is None or file.name is not None else file.address
    title = event.title.in_language(context.language)
    head = _head_of(context, title, theme, alternates, calendar, about, script=f"sha256-{digest}")
    return joined(head, element("script", data, type="application/ld+json"))


def _head_of(
    context: PageContext,
    title: TaggedText,
    theme: Theme,
    alternates: Mapping[str, str],
    calendar: str | None,
    *more: Markup,
    script: str = "none",
) -> Markup:
    """Return what the heads of all pages have; *calendar* is the address of a file, *script* the only one allowed."""
    (said, tag), name = title, context.words.page.calendar
    return joined(
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY.format(script=script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", said, lang=_unless_of_page(tag, context)),
        *more,
        element("link", rel="alternate", type="text/calendar", title=name, href=calendar) if calendar else None,
        *[element("link", rel="alternate", hreflang=tag, href=address) for tag, address in alternates.items()],
        element("style", theme.style_sheet() + _RULES),
    )


def _unless_of_page(language: str, context: PageContext) -> str | None:
    """Return the language of an element, or None if it is that of the page."""
    return None if language == context.words.language else language


def _summary(context: PageContext) -> TaggedText:
    """Return the theme and the description in a length that search engines show; the title if there are none.

    If they are in two languages, only the theme, because a description has one language.
    """
    event = context.event
    texts = [text.in_language(context.language) for text in (event.theme, event.description, event.title) if text]
    language = texts[0][1]
    said = [text for text, tag in texts[:-1] or texts if tag == language]
    return shortened(" ".join(" ".join(said).split()), _MOST_DESCRIBED), language


def list_of_events(
    contexts: Sequence[PageContext],
    title: TaggedText,
    pages: Mapping[str, str],
    calendar: str | None,
    theme: Theme,
    alternates: Mapping[str, str],
) -> str:
    """Return the page of several events, with the address of the page of each by its uid, and that of a calendar."""
    first, words = contexts[0], contexts[0].words
    add = None if calendar is None else element("a", words.page.calendar, href=calendar, download=True)
    body = element(
        "body",
        element("a", words.page.skip, class_="skip", href="#main"),
        element(
            "header",
            _languages(first, alternates),
            element("h1", tagged("bdi", title, within=words.language)),
            None if add is None else element("p", add, class_="links"),
        ),
        element("main", *[_listed(each, pages.get(each.event.uid)) for each in contexts], id="main", tabindex=-1),
        class_=theme.scope,
    )
    head = _head_of(first, title, theme, alternates, calendar)
    return html_document(head, body, language=words.language, direction=words.direction)


def _listed(context: PageContext, address: str | None) -> Markup:
    title, status = context.text("bdi", context.event.title), context.event.status
    return element(
        "section",
        element("h2", title if address is None else element("a", title, href=address)),
        None if status is EventStatus.SCHEDULED else element("p", context.words.event[status], class_="notice"),
        _list_of_facts(context),
    )


def header(
    context: PageContext, notice: TaggedText | None, alternates: Mapping[str, str], *more_links: Markup | None
) -> Markup:
    """Return what is at the top of a page: the title and the facts of the event, and before them what has changed."""
    event, words = context.event, context.words
    is_held = event.status is EventStatus.SCHEDULED
    series = None if event.series is None else event.series.title
    links = [*more_links, None if event.url is None else link(event.url, words.labels.page)]
    return element(
        "header",
        _languages(context, alternates),
        None if is_held else element("p", words.event[event.status], class_="notice"),
        None if notice is None else tagged("p", notice, within=words.language, class_="notice"),
        None if series is None else element("p", words.labels.part_of + words.colon, context.text("bdi", series)),
        element("h1", context.text("bdi", event.title)),
        None if event.short_title is None else element("p", proper_name(event.short_title), class_="muted"),
        None if event.theme is None else element("p", context.text("bdi", event.theme), class_="theme"),
        _list_of_facts(context),
        element("p", *links, class_="links") if any(links) else None,
    )


def _languages(context: PageContext, alternates: Mapping[str, str]) -> Markup | None:
    """Return links to the pages in other languages, each called what its readers call the language."""
    words = context.words
    links = [
        tagged("a", (language_heading(tag, tag), language_for(tag)), within=words.language, href=address, hreflang=tag)
        for tag, address in alternates.items()
        if tag != context.language
    ]
    items = [element("li", link) for link in links]
    return element("nav", element("ul", *items), aria_label=words.page.other_languages) if items else None


def _register(context: PageContext) -> Markup | None:
    """Return a link to the first address where people register."""
    for call in context.event.calls:
        address = call.url or (None if call.email is None else mailto(call.email))
        if call.kind is CallKind.REGISTRATION and address is not None:
            return link(address, context.words.page.register, class_="button")
    return None


def _list_of_facts(context: PageContext) -> Markup:
    return element("dl", *[_fact(label, *values) for label, values in _facts(context) if values])


def _facts(context: PageContext) -> Iterator[tuple[str, Sequence[Child]]]:
    """Yield labels and what the page has under them, which may be nothing."""
    event, words, labels = context.event, context.words, context.words.labels
    places = places_of(event)
    is_held = event.status is EventStatus.SCHEDULED
    times = [time if is_held else element("s", time) for time in context.when(context.slot)]
    yield labels.date if context.slot.whole_days else labels.when, times
    yield labels.previous_time, [context.previous(event)] if is_held and event.previous_slots else []
    follows = [labels.venue_to_follow] if places.venue_to_follow else []
    yield labels.place, [*context.places(places.locations), *follows]
    yield labels.remote_participation, [*context.remote(places.virtual_locations, is_held=is_held)]
    yield labels.organizer, [] if event.organizer is None else [context.organization(event.organizer)]
    for label, text in language_texts(context.languages.at(None), words).labelled(words):
        yield label, [text]
    audience = [words.choices["membership"][category] for category in sorted(event.audience)]
    yield words.page.audience, [joined_words(audience, words.comma)] if audience else []


def _fact(label: str, *values: Child) -> Markup:
    return element("div", element("dt", label), *[element("dd", value) for value in values])


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
        *context.paragraphs(about),
        class_="description",
    )


def _take_part(context: PageContext) -> Markup | None:
    calls, words = context.event.calls, context.words
    terms = [_fact(words.participation[call.kind], *context.call_terms(call)) for call in calls]
    return element("section", element("h2", words.page.take_part), element("dl", *terms)) if terms else None


def _list(title: str, items: Iterable[Markup]) -> Markup | None:
    listed = [element("li", item) for item in items]
    return element("section", element("h2", title), element("ul", *listed)) if listed else None


def _footer(context: PageContext) -> Markup | None:
    updated, words = context.event.updated, context.words
    if updated is None:
        return None
    return element("footer", element("p", context.dated(words.page.updated, updated.replace(second=0)), class_="muted"))


_HEADS: Final = 1
"""In a timetable, the row of the names of rooms, and the column of times."""


def programme(context: PageContext) -> Markup | None:
    """Return the section with all sessions; None without any."""
    words, sessions = context.words, announced_sessions(context.event)
    days = by_day(context, sessions)
    if not days:
        return None
    writer = SessionWriter(context, sessions)
    links = [element("li", element("a", words.dates.format_day(day), href=f"#day-{day.isoformat()}")) for day in days]
    contents = element("nav", element("ul", *links), aria_labelledby="programme") if len(days) > 1 else None
    zone = words.pictures.timetable.zone.format(zone=context.zone)
    return element(
        "section",
        element("h2", words.page.programme, id="programme"),
        element("p", zone, class_="muted"),
        contents,
        *map(writer.day, days, days.values()),
    )


def by_day(context: PageContext, sessions: Iterable[Session]) -> dict[date, list[Session]]:
    """Return sessions in the order of time, by the days on which they begin; those of whole days come first."""
    days: dict[date, list[Session]] = {}
    dated = [(context.day(session.slot), session) for session in sessions]
    for day, session in sorted(dated, key=lambda pair: (pair[0], not pair[1].slot.whole_days, pair[1].slot.starts_at)):
        days.setdefault(day, []).append(session)
    return days


class SessionWriter:
    """A writer of the sessions of an event."""

    def __init__(self, context: PageContext, sessions: Sequence[Session]) -> None:
        """Compare the announced *sessions*, to see what each of them has to say."""
        self._context = context
        # Unless all are in the place of the event, each has to say where it is.
        self._has_rooms = any(session.locations for session in sessions)
        self._places = places_of(context.event)
        self._buildings = {building_of(location) for location in self._places.locations}
        self._rooms = EventRooms(context.event, context.language)
        self._modes_differ = len({self._places.of_session(session).mode for session in sessions}) > 1
        self._offsets_differ = len(self._offsets(sessions)) > 1
        self._languages: dict[SessionLanguages, list[Markup]] = {}
        self._octets = 0

    def day(self, day: date, sessions: Sequence[Session]) -> Markup:
        """Return the heading of a day, and the sessions that begin on it, in the order of time."""
        heading, clocks_change = self.heading(day, sessions)
        items = [self.session(session, with_offsets=clocks_change) for session in sessions]
        return joined(
            element("h3", heading, id=f"day-{day.isoformat()}"),
            _timetable(day, sessions, self._rooms, self._context, with_offsets=clocks_change),
            element("ol", *items, class_="sessions"),
        )

    def heading(self, day: date, sessions: Sequence[Session]) -> tuple[Markup, bool]:
        """Return a day in words, and whether each of its times needs its offset from UTC."""
        heading = [element("time", self._context.words.dates.format_day(day), datetime=day.isoformat())]
        offsets = self._offsets(sessions) if self._offsets_differ else []
        # If clocks change between days, each day has one offset; if they do on a day, each of its times has one.
        if len(offsets) == 1:
            heading.append(element("bdi", f"({offsets[0]})", dir="ltr"))
        return joined(*heading, separator=" "), len(offsets) > 1

    def _offsets(self, sessions: Iterable[Session]) -> list[str]:
        """Return the offsets from UTC that the times of *sessions* have, by the clocks that the page shows."""
        slots = [session.slot for session in sessions if not session.slot.whole_days]
        return offsets_of(moment for slot in slots for moment in ends_of(slot, self._context.zone))

    def session(self, session: Session, *, with_offsets: bool) -> Markup:
        """Return a session as an item of a list; *with_offsets* adds the offsets from UTC to its times."""
        context, words = self._context, self._context.words
        status = session_status(context.event, session)
        is_held = status is EventStatus.SCHEDULED
        times = context.hours(session.slot, with_offsets=with_offsets)
        title = context.text("bdi", session.title)
        about = () if session.description is None else context.paragraphs(session.description)
        people = [element("li", proper_name(person_in_words(person, words))) for person in people_named(session)]
        previous = context.previous(session) if is_held and session.previous_slots else None
        materials = [element("li", context.document(document)) for document in session.materials]
        item = element(
            "li",
            element("p", times if is_held else element("s", times)),
            element(
                "div",
                element("h4", title if is_held else element("s", title), id=f"title-{session.id}"),
                None if is_held else element("p", words.session[status], class_="notice"),
                previous and element("p", context.labelled(words.labels.previous_time, previous)),
                self.line(session, is_held=is_held),
                *about,
                element("ul", *people) if people else None,
                element("ul", *materials) if materials else None,
                None if session.recording is None else element("p", words.page.recordings[session.recording]),
                self._links(session),
            ),
            class_="pause" if session.kind in PAUSES else None,
            id=f"session-{session.id}",
        )
        # Before it is joined with the others, since they could be too many to join.
        self._octets += len(item)
        require_size(self._octets)
        return item

    def line(self, session: Session, *, is_held: bool) -> Markup | None:
        """Return a line with the kind of session, where it is, how to take part, and in which languages."""
        context, words = self._context, self._context.words
        parts: list[Child] = []
        if session.kind is not None:
            parts.append(words.sessions[session.kind])
        parts.append(proper_name(session.code))
        if session.track is not None:
            parts.append(context.labelled(words.page.track, proper_name(session.track)))
        parts += self._where(session, self._places.of_session(session), is_held=is_held)
        parts += context.seats(session)
        languages = context.languages.at(session)
        if languages not in self._languages:
            labelled = language_texts(languages, words).labelled(words)
            self._languages[languages] = [context.labelled(label, text) for label, text in labelled]
        line = joined(*parts, *self._languages[languages], separator=" · ")
        return element("p", line, class_="muted") if line else None

    def _where(self, session: Session, places: Places, *, is_held: bool) -> Iterator[Markup]:
        context, words = self._context, self._context.words
        if self._has_rooms:
            for location in locations_of(context.event, session):
                # The page has the address of the event at its top.
                if building_of(location) not in self._buildings:
                    yield context.place([location])
                elif len(self._buildings) == 1 and location.room is not None:
                    yield context.labelled(words.pictures.timetable.room, proper_name(location.room))
                else:
                    yield joined(context.text("bdi", location.name), proper_name(location.room), separator=words.comma)
        is_usual = session.kind in PAUSES or not self._modes_differ
        if places.mode is not None and not (is_usual and places.mode is self._places.mode):
            modes = [words.choices["mode"][mode] for mode in ParticipationMode if mode in places.mode.modes]
            yield element("span", joined_words(modes, " / "))
        if places.virtual_locations != self._places.virtual_locations:
            yield from context.remote(places.virtual_locations, is_held=is_held)

    def _links(self, session: Session) -> Markup | None:
        context, words = self._context, self._context.words
        page = None if session.url is None else link(session.url, words.labels.page)
        calendar = calendar_link(session.id, context)
        return element("p", calendar, page, class_="links") if calendar or page else None


def calendar_link(session_id: str | None, context: PageContext) -> Markup | None:
    """Return the link to a calendar file, if the page has such links.

    That of a session is named after it too, for people who hear the links of a page one after the other. Its title may
    be in another language, which an attribute could not say.
    """
    calendar = context.calendars.get(session_id)
    if calendar is None:
        return None
    own = None if session_id is None else f"calendar-{session_id}"
    label = None if own is None else f"{own} title-{session_id}"
    name = calendar.name or True
    return element(
        "a", context.words.page.calendar, href=calendar.address, download=name, id=own, aria_labelledby=label
    )


def _timetable(
    day: date, sessions: Sequence[Session], rooms: EventRooms, context: PageContext, *, with_offsets: bool
) -> Markup | None:
    """Return the timetable of a day; None if its sessions are one after the other in one room, as the list says.

    Sessions of whole days are in the list alone.
    """
    timed = [session for session in sessions if not session.slot.whole_days]
    periods = [(session.slot.starts_at, session.slot.ends_at) for session in timed]
    in_order, layout = layout_of_rooms(periods, [rooms.of(session) for session in timed], rooms.in_order)
    columns = _GridColumns(layout)
    if columns.total == 1 or len(timed) == 1:
        return None
    words = context.words
    has_buildings = len({room.building for room in in_order if room is not None}) > 1
    heads = [_name(room, context, with_building=has_buildings) for room in in_order]
    heads += [words.pictures.timetable.no_room] * (layout.columns - len(in_order))
    title = words.pictures.timetable.title.format(event=words.dates.format_day(day))
    return element(
        "nav",
        element(
            "div",
            *[element("b", head, style=columns.head(number)) for number, head in enumerate(heads)],
            *_times(layout, context, with_offsets=with_offsets),
            *[_box(timed[box.item], columns.area(box), context) for box in layout.boxes],
            class_="grid",
            style=columns.template,
        ),
        class_="timetable",
        aria_label=title,
    )


def _name(room: Room | None, context: PageContext, *, with_building: bool) -> str:
    """Return the name of a room, on request with that of its building; the word for remote participation for None."""
    language = context.words.language
    if room is None:
        return context.words.pictures.timetable.online
    name = tagged("bdi", room.name, within=language)
    if room.building is None or not with_building:
        return name
    return joined(name, element("small", tagged("bdi", room.building, within=language)))


def _times(layout: Layout, context: PageContext, *, with_offsets: bool) -> Iterator[Markup]:
    """Yield the time of each row in which a session begins."""
    dates = context.words.dates
    for row in layout.beginnings():
        moment = at_zone(layout.moments[row], context.zone)
        offset = element("small", format_offset(moment)) if with_offsets else None
        yield element("span", dates.format_time(moment), offset, style=f"grid-row:{row + 1 + _HEADS}")


def _box(session: Session, area: str, context: PageContext) -> Markup:
    status = session_status(context.event, session)
    title = context.text("bdi", session.title)
    content: list[Child] = [title]
    look = "pause" if session.kind in PAUSES else None
    if status is not EventStatus.SCHEDULED:
        content = [element("s", title), " ", context.words.pictures.timetable.statuses[status]]
        look = "not-held"
    return element("a", *content, class_=look, href=f"#session-{session.id}", style=area)


class _GridColumns:
    """The columns of a grid: rooms are equally wide, and divided into as many as sessions are there at once."""

    def __init__(self, layout: Layout) -> None:
        lanes = layout.lanes()
        self._first = [1 + _HEADS]
        for lane in lanes:
            self._first.append(self._first[-1] + lane)
        self.total: int = sum(lanes)
        widths = [
            "minmax(8rem,1fr)" if lane == 1 else f"repeat({lane},minmax(5rem,{1 / lane:.3f}fr))" for lane in lanes
        ]
        self.template: str = f"grid-template-columns:auto {' '.join(widths)}"

    def head(self, column: int) -> str:
        """Return the place of the name of a room."""
        return f"grid-column:{self._first[column]}/{self._first[column + 1]}"

    def area(self, box: Box) -> str:
        """Return the place of a session."""
        start, end = self._first[box.first], self._first[box.last + 1]
        if box.first == box.last:
            width = end - start
            start, end = (start + lane * width // box.lanes for lane in (box.lane, box.lane + 1))
        return f"grid-area:{box.top + 1 + _HEADS}/{start}/{box.bottom + 1 + _HEADS}/{end}"
