"""What a reader of an event's feed should find, from the event alone: the second telling of what the writer does."""

from collections.abc import Iterable
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.ical.records import Alarm, Attachment, Conference, Entry, Feed, Said
from wtisd_model import Document, Event, LocalizedText, Location, Registration, Session, TimeSlot, VirtualLocation
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import is_rtl, isolate
from wtisd_model.programme.names import country_name, language_name

STATUS = {"scheduled": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}


def expected(
    event: Event,
    *,
    stamped: datetime | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    refresh: timedelta | None = None,
) -> Feed:
    announced = [session for session in event.sessions if session.status != "draft"]
    both: list[Event | Session] = [event, *announced]
    entries = [
        expected_entry(
            event, each, stamped=stamped, language=language, reminders=tuple(reminders), crowded=bool(announced)
        )
        for each in both
    ]
    return Feed(
        name=_said(event.title, language),
        url=event.url,
        color=event.color,
        refresh=refresh,
        entries=tuple(entries),
    )


def expected_entry(
    event: Event,
    each: Event | Session,
    *,
    stamped: datetime | None,
    language: str | None,
    reminders: tuple[timedelta, ...] = (),
    crowded: bool = False,
    remote: bool = False,
    stated: bool = True,
    announced: bool = True,
    guest: Registration | None = None,
) -> Entry:
    """Return what a calendar shows of an event or session: to remote participants, with a status, to all or to one.

    A *guest* who chose sessions of the event is told of them.
    """
    everybodys, programme = event, list[Said]()
    if guest is not None and each is event:
        programme = expected_programme(event, guest, language)
        each = event = seen_by(guest, event)
    status = _status(event, each)
    locations, virtual = _places(event, each)
    stamp = stamped or event.updated
    slot, own = each.slot, each.changed_sequence
    assert stamp is not None
    assert slot is not None
    title, ends = _said(each.title, language), expected_ends(slot)
    return Entry(
        uid=(each.uid or f"{each.id}.{event.uid}") if isinstance(each, Session) else event.uid,
        parent=event.uid if isinstance(each, Session) else None,
        stamped=_in_whole_seconds(stamp),
        created=None if event.created is None else _in_whole_seconds(event.created),
        updated=None if event.updated is None else _in_whole_seconds(event.updated),
        sequence=max(event.sequence if own is None else own, event.minimum_sequence or 0),
        status=STATUS[status] if stated else None,
        transparent=crowded and each is event,
        starts_at=ends[0],
        ends_at=ends[1],
        zone=slot.time_zone,
        title=title,
        description=_joined(
            "\n\n",
            _description(
                event,
                each,
                status if stated else "scheduled",
                virtual,
                language,
                remote=remote,
                announced=announced and stated,
                announced_at_all=announced,
                programme=programme,
                elsewhere=event is not everybodys,
            ),
        ),
        location=_joined(
            "; ",
            [
                *([_first_place(event, virtual, language)] if remote and virtual else []),
                *(_where(location, language) for location in locations),
            ],
        ),
        position=None if remote and virtual else _position(locations),
        url=(each.url or event.url) if isinstance(each, Session) else event.url,
        keywords=event.keywords.union(_categories(each, locale_for(language or event.title.language))),
        organizer=_organizer(event, language),
        contacts=tuple(
            ", ".join(part for part in (contact.name, contact.email, contact.phone) if part)
            for contact in event.contacts
            if "contact" in contact.roles
        ),
        conferences=tuple(_conference(place, place.uri, language) for place in virtual if place.uri is not None),
        image=event.image,
        attachments=tuple(
            Attachment(uri=document.url, label=_document(event, document, language))
            for document in _documents(each, announced=announced)
            if document.url is not None
        ),
        kind=each.kind and each.kind.value if isinstance(each, Session) else None,
        id=each.id if announced and isinstance(each, Session) and each.uid is not None else None,
        color=event.color,
        alarms=tuple(
            Alarm(before=before, text=title)
            for before in sorted(reminders, reverse=True)
            if STATUS[status] == "CONFIRMED"
        ),
    )


def expected_ends(slot: TimeSlot) -> tuple[datetime | date, datetime | date]:
    """Return the first day and the day after the last one, or two moments."""
    if slot.whole_days:
        return slot.start.naive().date(), slot.end.naive().date()
    return slot.starts_at, slot.ends_at


def _in_whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _status(event: Event, each: Event | Session) -> str:
    """What is put off or called off takes all of its parts with it."""
    return next(status for status in ("cancelled", "postponed", "scheduled") if status in {event.status, each.status})


def _description(
    event: Event,
    each: Event | Session,
    status: str,
    virtual: tuple[VirtualLocation, ...],
    language: str | None,
    *,
    remote: bool,
    announced: bool,
    announced_at_all: bool,
    programme: list[Said],
    elsewhere: bool,
) -> list[Said]:
    words = locale_for(language or event.title.language)
    sentences = words.session if isinstance(each, Session) else words.event
    sentence = sentences[status] if status in {"cancelled", "postponed"} else None
    first = [] if sentence is None else [Said(text=sentence, language=words.language)]
    about: list[Said] = []
    if announced_at_all and isinstance(each, Event) and each.short_title is not None:
        about.append(Said(text=each.short_title, language=words.language))
    about += [] if isinstance(each, Session) or each.theme is None else [_said(each.theme, language)]
    about += [] if each.description is None else [_said(each.description, language)]
    people = _people(each, words) if isinstance(each, Session) else ""
    about += [Said(text=people, language=words.language)] if people else []
    spoken = _languages(event, each, words)
    about += [Said(text=spoken, language=words.language)] if spoken else []
    if announced and status == "scheduled":
        said = [words.participation["remote"]] if virtual and not any(p.uri for p in virtual) else []
        said += [] if isinstance(each, Session) or not each.calls else [_calls(each, words)]
        about += [Said(text=text, language=words.language) for text in said]
    if announced_at_all and isinstance(each, Event):
        asked = _asked(each, language, words)
        about += [Said(text=asked, language=words.language)] if asked else []
    for document in _documents(each, announced=announced_at_all):
        label = _document(event, document, language)
        copy = ""
        if document.language and document.language != label.language:
            copy = f" ({language_name(document.language, words.language)})"
        lines = _facts(event, document, language, words) if announced_at_all else []
        if document.url is not None:
            lines.insert(0, f"{label.text}{copy}: {document.url}")
        elif announced_at_all:
            kind = f"{words.documents[document.kind.value]}{words.colon}" if document.title else ""
            lines.insert(0, f"{kind}{label.text}{copy}")
        about += [Said(text="\n".join(lines), language=label.language)] if lines else []
    links: list[Said] = []
    for place in () if programme and elsewhere else virtual:  # each session says where it is
        if place.uri is not None:
            name = _dialled(event, place, language)
            links.append(Said(text=f"{name.text}: {place.uri}", language=name.language))
    later = [Said(text=words.labels.venue_to_follow, language=words.language)] if _venue_follows(event, each) else []
    if remote:
        return [*first, *links, *programme, *about, *later]
    return [*first, *programme, *about, *links, *later]


def expected_programme(event: Event, guest: Registration, language: str | None) -> list[Said]:
    """Return the paragraphs about the sessions that somebody chose: a heading, and one for each day or all days."""
    assert event.slot is not None
    words = locale_for(language or event.title.language)
    awaited = {wait.session_id for wait in guest.waits if wait.until is None}
    asked = [each for each in event.sessions if each.id in awaited | guest.attended_ids]
    drafts = any(each.status == "draft" for each in asked)
    chosen = sorted(
        (each for each in asked if each.status != "draft"),
        key=lambda each: (_clock(each.slot)[0].date(), not each.slot.whole_days, each.slot.starts_at, each.id),
    )
    if not chosen and (drafts or not (awaited | guest.attended_ids)):
        return []
    heading = words.programme.heading
    first, last = _clock(event.slot)
    announced = [each for each in event.sessions if each.status != "draft"]
    by_day = first.date() != (last - timedelta(seconds=1)).date() or first.utcoffset() != last.utcoffset()
    by_day = by_day or any(each.slot.time_zone != event.slot.time_zone for each in announced)
    if not by_day and not all(each.slot.whole_days for each in announced):
        heading += _zone(announced[0].slot, words)
    paragraphs = [heading]
    if not drafts and all(_status(event, each) == "cancelled" for each in chosen):
        paragraphs[-1] += f"\n{words.programme.nothing_left}"
    day = ""
    for each in chosen:
        start, _ = _clock(each.slot)
        its_day = words.dates.format_day(start.date()) + ("" if each.slot.whole_days else _zone(each.slot, words))
        if by_day and its_day != day:
            paragraphs.append(its_day)
            day = its_day
        paragraphs[-1] += f"\n{_chosen(event, each, guest, language, words, waits=each.id in awaited)}"
    tags = {_said(each.title, language).language for each in chosen} - {words.language}
    return [Said(text=text, language=None if tags else words.language) for text in paragraphs]


def _chosen(
    event: Event, each: Session, guest: Registration, language: str | None, words: Locale, *, waits: bool
) -> str:
    """Return the lines about a session that somebody chose."""
    status, (start, end), remote = _status(event, each), _clock(each.slot), guest.mode == "remote"
    located, virtual = _places(event, each)
    if not each.locations and (len(located) > 1 or not all(place.room for place in located)):
        located = ()  # the event says where it is
    here = {(place.name.text, place.address, place.locality, place.country) for place in event.locations}
    parts = [_said(each.title, language).text]
    if status != "cancelled" and not waits and not remote:
        for room in located:
            name = _said(room.name, language).text
            if (room.name.text, room.address, room.locality, room.country) in here:
                parts.append(room.room or name)
            else:
                country = None if room.country is None else country_name(room.country, words.language)
                address = [part for part in (name, room.room, room.address, room.locality, country) if part]
                rtl = bool(is_rtl("".join(address)))
                parts.append(words.comma.join(isolate(part, rtl=rtl) for part in address))
    rtl = bool(is_rtl("".join(parts)))
    line = words.comma.join(isolate(part, rtl=rtl) for part in parts)
    if waits:
        line = words.seats["noted"].format(title=line, note=words.programme.awaited)
    if not each.slot.whole_days:
        times = [words.dates.format_time(moment) for moment in (start, end)]
        # By the face of the clock, but midnight ends the day of the second before: clocks skip days, and repeat hours.
        days = ((each.slot.last_day if end.time() == time() else end.date()) - start.date()).days
        times[1] += f" ({days:+})" if days else ""
        offsets = [f" {_offset(moment)}" for moment in (start, end)]
        if offsets[0] != offsets[1]:
            times = [time + offset for time, offset in zip(times, offsets, strict=True)]
        line = f"{'–'.join(times)} {line}"
    elif each.slot.first_day != each.slot.last_day:
        both = [words.dates.format_day(day) for day in (each.slot.first_day, each.slot.last_day)]
        days_of = words.dates.whole_days.format(first=both[0], last=both[1])
        line = f"{days_of}{words.colon}{line}"
    if status != "scheduled":
        line = f"{words.pictures.timetable.statuses[status]}{words.colon}{line}"
    links = list[str]()
    if status != "cancelled" and not waits and remote and any(one.virtual_locations for one in _announced(event)):
        for place in virtual:
            if place.uri is not None:
                links.append(f"{_dialled(event, place, language).text}: {place.uri}")
    return "\n".join([line, *links])


def _announced(event: Event) -> list[Session]:
    return [each for each in event.sessions if each.status != "draft"]


def _clock(slot: TimeSlot) -> tuple[datetime, datetime]:
    """Return the start and the end by the clocks of the place, of whole days too."""
    zone = ZoneInfo(slot.time_zone)
    return slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)


def _offset(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta()
    minutes = round(abs(offset).total_seconds() / 60)
    rest = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{'-' if offset < timedelta() else '+'}{minutes // 60}{rest}"


def _zone(slot: TimeSlot, words: Locale) -> str:
    if slot.time_zone == "UTC":
        return " (UTC)"
    return words.dates.zone.format(offset=_offset(_clock(slot)[0]), zone=slot.time_zone)


STAGE = ("chair", "vice-chair", "host", "moderator", "keynote", "speaker", "panellist", "rapporteur")


def _people(session: Session, words: Locale) -> str:
    """Return a line for each person of the programme: roles, name, job title and organization."""
    lines: list[str] = []
    for person in session.people:
        roles = [words.choices["roles"][role] for role in STAGE if role in person.roles]
        if person.name and (roles or not person.roles):
            who = words.comma.join(filter(None, (person.name, person.job_title, person.organization)))
            lines.append(f"{words.comma.join(roles)}{words.colon}{who}" if roles else who)
    return "\n".join(lines)


def _languages(event: Event, each: Event | Session, words: Locale) -> str:
    """Return a line with the languages spoken: of a session its own or, except in a break, those of its event."""
    tags = each.floor_languages
    if not tags and isinstance(each, Session) and each.kind not in {"break", "social"}:
        tags = event.floor_languages
    names = [language_name(tag, words.language) for tag in tags]
    return f"{words.languages.spoken}{words.colon}{words.comma.join(names)}" if names else ""


def _documents(each: Event | Session, *, announced: bool) -> tuple[Document, ...]:
    """Return the documents of an event, and those of a session where they are announced."""
    if isinstance(each, Session):
        return each.materials if announced else ()
    return each.documents


def _document(event: Event, document: Document, language: str | None) -> Said:
    words = locale_for(language or event.title.language)
    if document.title is not None:
        return _said(document.title, language)
    kind = words.documents[document.kind.value]
    return Said(text=" ".join(filter(None, (kind, document.symbol))), language=words.language)


def _asked(event: Event, language: str | None, words: Locale) -> str:
    """Return a line about the department of the organizer, and one for each person to contact."""
    lines: list[str] = []
    if event.organizer is not None and event.organizer.unit is not None:
        lines.append(f"{words.labels.organizer}{words.colon}{_said(event.organizer.name, language).text}{words.comma}")
        lines[0] += event.organizer.unit
    for contact in event.contacts:
        if "contact" in contact.roles:
            known = words.comma.join(part for part in (contact.name, contact.email, contact.phone) if part)
            lines.append(f"{words.page.contact}{words.colon}{known}")
    return "\n".join(lines)


def _facts(event: Event, document: Document, language: str | None, words: Locale) -> list[str]:
    """Return a line for each fact of a document: its date, the one before it, its addressees, and who signed it."""
    facts: list[tuple[str, str]] = []
    if document.issued is not None:
        facts.append((words.labels.date, _issued(document.issued, words)))
    if document.follows is not None:
        before = document.follows
        name = f"{words.documents[before.kind.value]} {before.symbol or ''}".rstrip()
        name = name if before.title is None else _said(before.title, language).text
        facts.append((words.labels.follows, name + (f" ({_issued(before.issued, words)})" if before.issued else "")))
    if document.addressees:
        names = [words.choices["membership"][each] for each in sorted(document.addressees)]
        facts.append((words.labels.addressees, words.comma.join(names)))
    if [each for each in event.documents if each.signed] == [document]:
        for person in event.contacts:
            if "signatory" in person.roles and person.name:
                said = words.comma.join(filter(None, (person.name, person.job_title, person.organization)))
                facts.append((words.choices["roles"]["signatory"], said))
    return [f"{label}{words.colon}{fact}" for label, fact in facts]


def _issued(issued: str, words: Locale) -> str:
    return words.dates.format_day(date.fromisoformat(issued)) if len(issued) == 10 else issued


def _categories(each: Event | Session, words: Locale) -> set[str]:
    """Return the categories that a session adds to those of its event."""
    if not isinstance(each, Session):
        return set()
    return {*([each.track] if each.track else []), *([words.sessions[each.kind.value]] if each.kind else [])}


def _places(event: Event, each: Event | Session) -> tuple[tuple[Location, ...], tuple[VirtualLocation, ...]]:
    """Return the places of an event or session; a session may inherit only some of those of its event."""
    inherited = each.inherited_places if isinstance(each, Session) else None
    return (
        each.locations or (() if inherited == "remote" else event.locations),
        each.virtual_locations or (() if inherited == "on-site" else event.virtual_locations),
    )


def seen_by(guest: Registration, event: Event) -> Event:
    """Return an event with the places to which it invites somebody who chose sessions with places of their own."""
    is_remote = guest.mode == "remote"
    chosen = [each for each in event.sessions if each.id in guest.attended_ids and each.status != "draft"]
    stays = not is_remote and (event.locations or event.venue_to_follow)
    if stays or not any(each.virtual_locations if is_remote else each.locations for each in chosen):
        return event
    places = [_places(event, each)[is_remote] for each in chosen if each.status != "cancelled"]
    own = tuple(dict.fromkeys(place for several in places for place in several))
    seen = copy(event)  # an event for everybody may not lack these places
    object.__setattr__(seen, "locations", () if is_remote else own)
    object.__setattr__(seen, "virtual_locations", own if is_remote else ())
    object.__setattr__(seen, "venue_to_follow", False)
    return seen


def without_links(event: Event) -> Event:
    """Return an event and its sessions without their virtual locations, as who takes part no more sees them."""
    seen = copy(event)  # an event for everybody may not lack these places
    sessions = tuple(map(copy, event.sessions))
    for each in (seen, *sessions):
        object.__setattr__(each, "virtual_locations", ())
    object.__setattr__(seen, "sessions", sessions)
    return seen


def _venue_follows(event: Event, each: Event | Session) -> bool:
    inherits = not isinstance(each, Session) or each.inherited_places != "remote"
    return event.venue_to_follow and not each.locations and inherits


def _calls(event: Event, words: Locale) -> str:
    """Return a line for each call: its kind, its address, when it opens, and its last day."""
    assert event.slot is not None
    zone = ZoneInfo(event.slot.time_zone)
    lines: list[str] = []
    for call in event.calls:
        terms: list[str] = []
        if call.opens is not None:
            opens = call.opens.astimezone(zone)
            day, time = words.dates.format_day(opens), words.dates.format_time(opens)
            moment = words.dates.moment.replace("{day}", day).replace("{time}", time)
            terms.append(words.participation["opens"].replace("{moment}", moment))
        if call.deadline is not None:
            day = words.dates.format_day(call.deadline.date)
            foreign = call.deadline.time_zone != event.slot.time_zone
            terms.append(
                words.participation["last-day"].replace("{day}", day)
                + f"{words.comma}{call.deadline.time_zone}" * foreign
            )
        where = words.comma.join(filter(None, (call.url, call.email))) or words.participation["ask-organizer"]
        lines.append(
            f"{words.participation[call.kind.value]}{words.colon}{where}" + "".join(f" ({term})" for term in terms)
        )
    return "\n".join(lines)


def _dialled(event: Event, place: VirtualLocation, language: str | None) -> Said:
    words = locale_for(language or event.title.language)
    label = Said(text=words.labels.remote_participation, language=words.language)
    return label if place.name is None else _said(place.name, language)


def _first_place(event: Event, virtual: tuple[VirtualLocation, ...], language: str | None) -> Said:
    """The first address that is known; else what the first place is called."""
    for place in virtual:
        if place.uri is not None:
            return Said(text=place.uri, language=_dialled(event, place, language).language)
    return _dialled(event, virtual[0], language)


def _where(location: Location, language: str | None) -> Said:
    name = _said(location.name, language)
    parts = [name.text, location.room or "", location.address or "", location.locality or ""]
    return Said(text=", ".join(filter(None, parts)), language=name.language)


def _position(locations: tuple[Location, ...]) -> tuple[Decimal, Decimal] | None:
    for each in locations:
        if each.latitude is not None and each.longitude is not None:
            return each.latitude, each.longitude
    return None


def _organizer(event: Event, language: str | None) -> tuple[Said, str] | None:
    if event.organizer is None or event.organizer.email is None:
        return None
    return _said(event.organizer.name, language), event.organizer.email


def _conference(place: VirtualLocation, uri: str, language: str | None) -> Conference:
    return Conference(
        uri=uri,
        features=frozenset(each.upper() for each in place.features),
        label=None if place.name is None else _said(place.name, language),
    )


def _said(text: LocalizedText, language: str | None) -> Said:
    words, tag = text.in_language(language)
    return Said(text=words, language=tag)


def _joined(separator: str, parts: list[Said]) -> Said | None:
    if not parts:
        return None
    languages = {each.language for each in parts}
    return Said(
        text=separator.join(each.text for each in parts),
        language=languages.pop() if len(languages) == 1 else None,
    )
