"""The programme of an event: its days, each with a timetable, and its sessions in the order of time.

The timetable has the layout, the rooms and the words of `wtisd_model.pictures.timetable`, which is an image in a file
of its own; in a page, each session is a link that keyboards reach, texts wrap by themselves, and a session takes a
fifth of the space.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from attrs import frozen

from wtisd_model.markup.element import Child, Markup, element, joined, link, tagged
from wtisd_model.model.event import announced_sessions, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.page import facts
from wtisd_model.page.facts import PageContext
from wtisd_model.programme.announced import require_size
from wtisd_model.programme.languages import language_texts
from wtisd_model.programme.layout import Box, Layout, layout_of_rooms
from wtisd_model.programme.places import EventRooms, Room, building_of, locations_of
from wtisd_model.programme.times import ends_of, format_offset
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.timezone import at_zone

_HEADS: Final = 1
"""In a timetable, the row of the names of rooms, and the column of times."""


@frozen
class ProgrammeDay:
    """A day with the sessions that begin on it, in the order of time."""

    date: date
    sessions: Sequence[Session]

    @property
    def id(self) -> str:
        """The id of its heading."""
        return f"day-{self.date.isoformat()}"


def days_of(context: PageContext) -> list[ProgrammeDay]:
    """Return the days of the programme, by the clocks that the page shows."""
    dated = [(context.day(session.slot), session) for session in announced_sessions(context.event)]
    # Those of whole days come first; the sort is stable.
    dated.sort(key=lambda pair: (pair[0], not pair[1].slot.whole_days, pair[1].slot.starts_at))
    return [ProgrammeDay(day, [each for _, each in pairs]) for day, pairs in groupby(dated, key=lambda pair: pair[0])]


def programme(context: PageContext) -> Markup | None:
    """Return the section with all sessions; None without any."""
    days = days_of(context)
    if not days:
        return None
    words = context.words
    sessions = [session for day in days for session in day.sessions]
    writer = _SessionWriter(context, sessions)
    links = [element("li", element("a", words.dates.format_day(each.date), href=f"#{each.id}")) for each in days]
    contents = element("nav", element("ul", *links), aria_labelledby="programme") if len(days) > 1 else None
    zone = words.pictures.timetable.zone.format(zone=context.zone)
    return element(
        "section",
        element("h2", words.page.programme, id="programme"),
        element("p", zone, class_="muted"),
        contents,
        *map(writer.day, days),
    )


def _offsets(sessions: Sequence[Session], context: PageContext) -> list[str]:
    """Return the offsets from UTC that the times of *sessions* have, by the clocks that the page shows."""
    timed = [session.slot for session in sessions if not session.slot.whole_days]
    return sorted({format_offset(moment) for slot in timed for moment in ends_of(slot, context.zone)})


class _SessionWriter:
    """A writer of the sessions of an event."""

    def __init__(self, context: PageContext, sessions: Sequence[Session]) -> None:
        """Compare the announced *sessions*, to see what each of them has to say."""
        self._context = context
        # Unless all are in the place of the event, each has to say where it is.
        self._has_rooms = any(session.locations for session in sessions)
        self._places = places_of(context.event)
        self._buildings = {building_of(location) for location in self._places.locations}
        self._rooms = EventRooms(context.event, context.language)
        self._modes_differ = len({places_of(context.event, each).mode for each in sessions}) > 1
        self._offsets_differ = len(_offsets(sessions, context)) > 1
        self._written = 0

    def day(self, day: ProgrammeDay) -> Markup:
        """Return the heading of a day, and its sessions."""
        context = self._context
        shown = element("time", context.words.dates.format_day(day.date), datetime=day.date.isoformat())
        offsets = _offsets(day.sessions, context)
        clocks_change = len(offsets) > 1
        # If clocks change between days, each day has one offset; if they do on a day, each of its times has one.
        if self._offsets_differ and len(offsets) == 1:
            shown = joined(shown, " ", element("bdi", f"({offsets[0]})", dir="ltr"))
        return joined(
            element("h3", shown, id=day.id),
            _timetable(day.date, day.sessions, self._rooms, context, with_offsets=clocks_change),
            element(
                "ol", *[self.session(each, with_offsets=clocks_change) for each in day.sessions], class_="sessions"
            ),
        )

    def session(self, session: Session, *, with_offsets: bool) -> Markup:
        """Return a session as an item of a list; *with_offsets* adds the offsets from UTC to its times."""
        context, words = self._context, self._context.words
        status = session_status(context.event, session)
        is_held = status is EventStatus.SCHEDULED
        times = context.hours(session.slot, with_offsets=with_offsets)
        title = context.text("bdi", session.title)
        about = () if session.description is None else context.paragraphs(session.description)
        people = context.people(session)
        materials = [context.document(document) for document in session.materials]
        item = element(
            "li",
            element("p", times if is_held else element("s", times)),
            element(
                "div",
                element("h4", title if is_held else element("s", title), id=f"title-{session.id}"),
                None if is_held else element("p", words.session[status], class_="notice"),
                self._previous(session) if is_held else None,
                self._line(session, is_held=is_held),
                *about,
                element("ul", *[element("li", person) for person in people]) if people else None,
                element("ul", *[element("li", each) for each in materials]) if materials else None,
                None if session.recording is None else element("p", words.page.recordings[session.recording]),
                self._links(session),
            ),
            class_="pause" if session.kind in PAUSES else None,
            id=f"session-{session.id}",
        )
        # Before it is joined with the others, since they could be too many to join.
        self._written += len(item)
        require_size(self._written)
        return item

    def _previous(self, session: Session) -> Markup | None:
        context = self._context
        if not session.previous_slots:
            return None
        return element("p", context.labelled(context.words.labels.previous_time, context.previous(session)))

    def _line(self, session: Session, *, is_held: bool) -> Markup | None:
        """Return a line with the kind of session, where it is, how to take part, and in which languages."""
        context, event = self._context, self._context.event
        words, places = context.words, places_of(event, session)
        parts: list[Child] = []
        if session.kind is not None:
            parts.append(words.sessions[session.kind])
        parts.append(facts.name(session.code))
        if session.track is not None:
            parts.append(context.labelled(words.page.track, facts.name(session.track)))
        parts += self._where(session, places, is_held=is_held)
        parts += context.seats(session)
        languages = language_texts(context.languages.at(session), words).labelled(words)
        parts += [context.labelled(label, text) for label, text in languages]
        shown = joined(*parts, separator=" · ")
        return element("p", shown, class_="muted") if shown else None

    def _where(self, session: Session, places: Places, *, is_held: bool) -> Iterator[Markup]:
        context, words = self._context, self._context.words
        if self._has_rooms:
            for location in locations_of(context.event, session):
                # The page has the address of the event at its top.
                if building_of(location) not in self._buildings:
                    yield context.place([location])
                elif len(self._buildings) == 1 and location.room is not None:
                    yield context.labelled(words.pictures.timetable.room, facts.name(location.room))
                else:
                    yield joined(context.text("bdi", location.name), facts.name(location.room), separator=words.comma)
        is_usual = session.kind in PAUSES or not self._modes_differ
        if places.mode is not None and not (is_usual and places.mode is self._places.mode):
            modes = [words.choices["mode"][mode] for mode in ParticipationMode if mode in places.mode.modes]
            yield element("span", " / ".join(modes))
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
    found = context.calendars.get(session_id)
    if found is None:
        return None
    own = None if session_id is None else f"calendar-{session_id}"
    label = None if own is None else f"{own} title-{session_id}"
    text, name = context.words.page.calendar, found.name or True
    return element("a", text, href=found.address, download=name, id=own, aria_labelledby=label)


def _timetable(
    day: date, sessions: Sequence[Session], rooms: EventRooms, context: PageContext, *, with_offsets: bool
) -> Markup | None:
    """Return the timetable of a day; None if its sessions are one after the other in one room, as the list says.

    Sessions of whole days are in the list alone.
    """
    timed = [each for each in sessions if not each.slot.whole_days]
    periods = [(session.slot.starts_at, session.slot.ends_at) for session in timed]
    in_order, layout = layout_of_rooms(periods, [rooms.of(session) for session in timed], rooms.in_order)
    tracks = _Tracks(layout)
    if tracks.total == 1 or len(timed) == 1:
        return None
    words = context.words
    has_buildings = len({room.building for room in in_order if room is not None}) > 1
    heads = [_name(each, context, with_building=has_buildings) for each in in_order]
    heads += [words.pictures.timetable.no_room] * (layout.columns - len(in_order))
    title = words.pictures.timetable.title.format(event=words.dates.format_day(day))
    return element(
        "nav",
        element(
            "div",
            *[element("b", each, style=tracks.head(number)) for number, each in enumerate(heads)],
            *_times(layout, context, with_offsets=with_offsets),
            *[_box(timed[box.item], tracks.area(box), context) for box in layout.boxes],
            class_="grid",
            style=tracks.template,
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
    shown: list[Child] = [title]
    look = "pause" if session.kind in PAUSES else None
    if status is not EventStatus.SCHEDULED:
        shown = [element("s", title), " ", context.words.pictures.timetable.statuses[status]]
        look = "not-held"
    return element("a", *shown, class_=look, href=f"#session-{session.id}", style=area)


class _Tracks:
    """The columns of a grid: rooms are equally wide, and divided into as many as sessions are there at once."""

    def __init__(self, layout: Layout) -> None:
        lanes = layout.lanes()
        self._first = [1 + _HEADS]
        for lane in lanes:
            self._first.append(self._first[-1] + lane)
        self.total: int = sum(lanes)
        self.template: str = "grid-template-columns:auto " + " ".join(map(_track, lanes))

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


def _track(lanes: int) -> str:
    return "minmax(8rem,1fr)" if lanes == 1 else f"repeat({lanes},minmax(5rem,{1 / lanes:.3f}fr))"
