"""The content of a mail: its subject, a sentence, and the facts in the reader's order; `mail.layout` shows it."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum, auto
from operator import attrgetter
from typing import Final, NamedTuple, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.invitation.message import Letter, Message, Notice, Reason, Texts
from wtisd_model.invitation.recipients import Person
from wtisd_model.locales import language_of, locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import balanced, isolate
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.programme.chosen import ChosenSession
from wtisd_model.programme.times import ends_of, format_slot, format_times, format_zone, has_same_clocks
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
_POSTPONABLE: Final = frozenset({Reason.EDITED, Reason.INVITED, Reason.MOVED, Reason.PROMOTED, Reason.PUBLISHED})
_ASKING: Final = frozenset({Reason.INVITED, Reason.MOVED, Reason.PROMOTED})
_OVER: Final = frozenset(
    {
        *(Reason.ADDRESS_CHANGED, Reason.CANCELLED, Reason.DROPPED),
        *(Reason.ERASED, Reason.REJECTED, Reason.WITHDRAWN),
    }
)
_MINUTES_OF_A_DAY: Final = 24 * 60


class Matter(NamedTuple):
    """The part of a message or a letter that its mail shows, without the people: that of all that share a page."""

    method: Method | None
    """That of the calendar object in the mail; None without one."""
    reasons: tuple[Reason, ...]
    """The most important first."""
    language: str
    texts: Texts
    is_brief: bool = False
    """True for a mail that only carries a further message of a letter."""

    @classmethod
    def of(cls, message: Message, *, is_brief: bool = False) -> Self:
        """Return the part of a message that its mail shows."""
        return cls(message.method, (message.reason,), message.language, message.texts, is_brief)

    @classmethod
    def of_letter(cls, letter: Letter) -> Self:
        """Return the part of a letter that its first mail shows."""
        method = letter.messages[0].method if letter.messages else None
        texts = letter.texts
        if not texts.notices:
            texts = evolve(texts, notices=(Notice(reasons=letter.reasons),))
        return cls(method, letter.reasons, letter.language, texts)

    @property
    def is_personal(self) -> bool:
        """True if it says something that is meant for one reader only."""
        texts = self.texts
        return (
            texts.comment is not None
            or texts.answer is not None
            or any(notice.name or notice.decision or notice.link for notice in texts.notices)
            or any(session.names for session in (*texts.sessions, *(texts.previous_sessions or ())))
        )

    @property
    def is_over(self) -> bool:
        """True if the reader takes part no more, or not at this address, or if it does not take place."""
        return _OVER.issuperset(self.reasons) if self.texts.notices else self.method is Method.CANCEL

    @property
    def is_changed_by_mail(self) -> bool:
        """True if the readers of a letter have a registration, and no page to change it."""
        notices = self.texts.notices
        return bool(notices) and not self.is_over and not any(notice.link for notice in notices)

    @property
    def is_to_organizer(self) -> bool:
        """True if a person writes to the organizer."""
        return self.method in _TO_ORGANIZER


class FactKind(Enum):
    """What a fact is about, where that decides how it looks."""

    TIME = auto()
    TO_DO = auto()
    COMMENT = auto()
    """A text that may have several lines."""
    PLACE = auto()
    REMOTE = auto()
    """The links to take part remotely."""
    PROGRAMME = auto()
    """The sessions that the reader chose."""
    REGISTRATION = auto()
    """How to change it: the links that do so, or an address."""
    OTHER = auto()


@frozen(kw_only=True)
class Row:
    """A session in the reader's programme."""

    starts_at: datetime
    day: tuple[str, str]
    """The day in words, and the zone of the times that follows it."""
    time: str
    title: TaggedText
    facts: tuple[TaggedText, ...]
    """Where it is, for whom, and when it is in the reader's zone."""
    links: tuple[tuple[TaggedText | None, str], ...]
    notes: tuple[str, ...]
    """What is special about it, and what changed."""
    holds: bool
    """False if it takes place no more, or not for the reader."""


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
    rows: tuple[Row, ...] = ()
    holds: bool = True
    """False for a time or a place that is no longer true."""


@frozen(kw_only=True)
class Opening:
    """What a mail says first, to one person."""

    name: str | None = field(default=None, repr=False)
    """The name, where several people share the mailbox, or somebody gets a copy."""
    occasion: str
    sentences: tuple[str, ...]
    """One for each reason, with ``{who}`` as the placeholder of the sender's name; and what still holds."""
    decision: TaggedText | None = field(default=None, repr=False)
    """The reason that the office gives."""


@frozen(kw_only=True)
class Content:
    """The content of a mail, before it is written as text or HTML."""

    locale: Locale
    occasion: str
    """The key of its subject and its first sentence: a `Reason`, a participation status, or ``postponed``."""
    is_off: bool
    """True if nothing takes place at the time: it is cancelled or postponed."""
    subject: str = field(repr=False)
    image: tuple[str, str] | None
    """The address of the organizer's picture, and the text that stands for it."""
    openings: tuple[Opening, ...]
    sender: str = field(repr=False)
    title: TaggedText
    facts: tuple[Fact, ...]
    paragraphs: tuple[TaggedText, ...]
    has_calendar: bool

    @property
    def asks_for_action(self) -> bool:
        """True if the reader is asked to do something."""
        return any(fact.kind is FactKind.TO_DO for fact in self.facts)

    @property
    def closing(self) -> str | None:
        """The last sentence; None if the reader has been asked to do something, or if no file is attached."""
        return None if self.asks_for_action or not self.has_calendar else self.locale.steps.attachment

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its texts, that of the mail first."""
        texts = [self.title, *(opening.decision for opening in self.openings if opening.decision is not None)]
        for fact in self.facts:
            texts += fact.texts
            texts += [text for row in fact.rows for text in (row.title, *row.facts)]
        texts += self.paragraphs
        here = self.locale.language
        words = [
            *(fact.label for fact in self.facts),
            *(said for opening in self.openings for said in opening.sentences),
        ]
        texts += [(word, here) for word in (*words, self.closing or "")]
        return tuple(dict.fromkeys([here, *(language_of(*said) for said in texts if said[1] != UNKNOWN_LANGUAGE)]))


def content_of(matter: Matter, sender: Person, *, zone: str | None, logo: bool = True) -> Content:
    """Return the content of a mail, with times in the reader's *zone* if that is known.

    With *logo* it has the picture of the event, if there is one that mail programs load. A letter names the sender's
    address where the organizer has none.

    Raises:
        ExportError: ``text-control`` if a text has control characters; texts of the model have none.
        InvalidValueError: ``email-malformed`` if the organizer's address is malformed.
    """
    locale, texts, title = locale_for(matter.language), matter.texts, _line(matter.texts.title)
    occasion, begins = _occasion(matter.reasons[0], matter), ""
    if occasion == Reason.SESSION_REMINDED:
        begins = _enumerated([session.title[0] for session in texts.sessions], locale)
    is_described = not (matter.is_brief or matter.is_over or matter.is_to_organizer)
    has_image = logo and not matter.is_to_organizer and (texts.image or "").startswith("https://")
    return Content(
        locale=locale,
        occasion=occasion,
        is_off=_is_off(matter),
        subject=locale.subjects[occasion].replace("{title}", begins or title[0]),
        image=(sanitize(texts.image or ""), sanitize((texts.organizer or ("",))[0])) if has_image else None,
        openings=tuple(_openings(matter, locale)),
        sender=sanitize(sender.name or sender.email),
        title=title,
        facts=tuple(_facts(matter, locale, zone, sender.email)),
        paragraphs=tuple([(sanitize(text, multiline=True), tag) for text, tag in texts.about]) if is_described else (),
        has_calendar=matter.method is not None,
    )


def _occasion(reason: Reason, matter: Matter) -> str:
    """Return the occasion of a sentence, and of the mail for the most important reason."""
    texts = matter.texts
    if reason is Reason.ANSWERED and texts.answer not in {None, ParticipationStatus.NEEDS_ACTION}:
        return str(texts.answer)
    return EventStatus.POSTPONED if texts.status is EventStatus.POSTPONED and reason in _POSTPONABLE else reason


def _openings(matter: Matter, locale: Locale) -> Iterator[Opening]:
    for notice in matter.texts.notices or (Notice(reasons=matter.reasons),):
        decision = notice.decision
        yield Opening(
            name=None if notice.name is None else sanitize(notice.name),
            occasion=_occasion(notice.reasons[0], matter),
            sentences=tuple(dict.fromkeys(_sentences(notice, matter, locale))),
            decision=None if decision is None else (sanitize(decision[0], multiline=True), decision[1]),
        )


def _sentences(notice: Notice, matter: Matter, locale: Locale) -> Iterator[str]:
    for reason in notice.reasons:
        yield _sentence(reason, notice, matter, locale)
    if notice.still is not None:
        yield locale.event[f"still-{notice.still}"]


def _sentence(reason: Reason, notice: Notice, matter: Matter, locale: Locale) -> str:
    """Return the sentence for a reason; that of a change names what changed, if that is known."""
    texts, occasion = matter.texts, _occasion(reason, matter)
    if occasion in locale.person:
        return locale.person[occasion]
    before = {"time": texts.previous, "place": texts.previous_where} if occasion == Reason.MOVED else {}
    changed = [name for name, value in before.items() if value is not None]
    if reason is Reason.PROGRAMME_CHANGED and _has_nothing_left(texts, notice.name):
        return locale.programme.nothing_left
    if occasion == Reason.INVITED and texts.notices:
        occasion = "registered"  # a letter is about a registration
    # What only letters say, which are about events, has no sentence about a session.
    sentences = locale.event if texts.within is None else {**locale.event, **locale.session}
    if texts.for_interpreter:
        sentences = {**sentences, **locale.interpreting.sentences}
    return sentences["-".join([occasion, *changed])]


def _has_nothing_left(texts: Texts, name: str | None) -> bool:
    """Return True if no session that a person chose takes place any more; the name may be that of one of several."""
    several = any(one.names for one in (*texts.sessions, *(texts.previous_sessions or ())))
    if texts.nothing_left or not several:
        return texts.nothing_left
    return not any(one.status.is_held for one in texts.sessions if not one.names or name in one.names)


def _is_off(matter: Matter) -> bool:
    return matter.texts.status in {EventStatus.CANCELLED, EventStatus.POSTPONED} and not matter.is_to_organizer


def _line(said: TaggedText) -> TaggedText:
    return sanitize(said[0]), said[1]


def _facts(matter: Matter, locale: Locale, zone: str | None, address: str) -> Iterator[Fact]:
    texts, labels, is_over = matter.texts, locale.labels, matter.is_over
    email = organizer_email(texts) or (address if texts.notices else None)
    to_do, comment = tuple(_to_do(matter, locale, email)), tuple(_comment(matter, locale))
    programme = tuple(_programme(matter, locale, zone))
    programme_first = texts.previous_sessions is not None or Reason.SESSION_REMINDED in matter.reasons
    places_first = is_over or texts.previous_where is not None
    if texts.within is not None:
        yield Fact(label=labels.part_of, texts=(_line(texts.within),))
    if is_over and not matter.is_brief:
        yield from comment  # the reason
    yield from _times(matter, locale, zone)
    if matter.is_brief:
        return
    if programme_first:
        yield from programme
    if not places_first:
        yield from to_do
    if not matter.is_to_organizer:  # the organizer knows the rest
        yield from _places(matter, locale)
        if places_first:
            yield from to_do
        if not programme_first:
            yield from programme
        if not is_over:
            for label, text in texts.languages:
                yield Fact(label=sanitize(label), texts=((sanitize(text), locale.language),))
        unused = None if to_do else email
        registration = tuple(_registration(matter, locale, unused))
        yield from _organizer(matter, locale, None if any(fact.email for fact in registration) else unused)
        yield from registration
    if not is_over:
        yield from comment


def _to_do(matter: Matter, locale: Locale, email: str | None) -> Iterator[Fact]:
    """Yield what the reader is asked to do, if there is anything."""
    steps = locale.steps
    deadline: tuple[str, ...] = ()
    if matter.method is Method.CANCEL:
        label, how = steps.remove, steps.how_to_remove
        write = steps.write_to_change if matter.is_changed_by_mail else steps.ask
    elif (
        matter.method is Method.REQUEST
        and not _ASKING.isdisjoint(matter.reasons)
        and matter.texts.status is EventStatus.SCHEDULED
    ):
        label = steps.answer_again if matter.reasons[0] is Reason.MOVED else steps.answer
        how = steps.how_to_answer
        write = steps.or_write_to_change if matter.is_changed_by_mail else steps.or_write
        if matter.texts.answer_by is not None:
            by, dates = matter.texts.answer_by, locale.dates
            moment = dates.format_moment(by) + format_zone(by, dates)
            deadline = (f"{locale.interpreting.answer_by}{locale.colon}{moment}",)
    else:
        return
    said = (*deadline, how) if email is None else (*deadline, how, write)
    yield Fact(kind=FactKind.TO_DO, label=label, texts=tuple([(line, locale.language) for line in said]), email=email)


def _organizer(matter: Matter, locale: Locale, email: str | None) -> Iterator[Fact]:
    """Yield who organizes it, with an address to write to, and where more is said."""
    texts = matter.texts
    if texts.organizer is not None:
        yield Fact(label=locale.labels.organizer, texts=(_line(texts.organizer),), email=email)
    if texts.url is not None:
        yield Fact(label=locale.labels.page, links=((None, sanitize(texts.url)),))


def _registration(matter: Matter, locale: Locale, email: str | None) -> Iterator[Fact]:
    """Yield where the readers of a letter change their registrations: on their pages or, without any, by mail."""
    notices, steps, rtl = matter.texts.notices, locale.steps, locale.direction == "rtl"
    links = list[tuple[TaggedText, str]]()
    for notice in notices:
        if notice.link is not None:
            named = "" if notice.name is None else f" ({isolate(sanitize(notice.name), rtl=rtl)})"
            links.append(((steps.change + named, locale.language), sanitize(notice.link)))
    if links:
        yield Fact(kind=FactKind.REGISTRATION, label=steps.registration, links=tuple(links))
    elif matter.is_changed_by_mail and email is not None:
        said = steps.write_to_change, locale.language
        yield Fact(kind=FactKind.REGISTRATION, label=steps.registration, texts=(said,), email=email)


def _programme(matter: Matter, locale: Locale, zone: str | None) -> Iterator[Fact]:
    """Yield the sessions that the reader chose, and those of before that are no longer among them, by time."""
    texts, earlier = matter.texts, matter.texts.previous_sessions
    if matter.is_over or matter.is_to_organizer or texts.status is EventStatus.CANCELLED:
        return
    # One may be there twice, if of those who share a mailbox one has a seat and another one waits.
    exactly = {(session.id, session.names): session for session in earlier or ()}
    by_id = {session.id: session for session in earlier or ()}
    rows = list[Row]()
    for session in texts.sessions:
        before = exactly.get((session.id, session.names)) or by_id.get(session.id)
        place = None if before is None else _other_place(session, before, texts, locale)
        changes = () if earlier is None else tuple(_changes(session, before, place, locale))
        # What is said of another place names the new one.
        rows.append(_row(session if place is None else evolve(session, where=()), changes, locale, zone))
    dropped = by_id.keys() - {session.id for session in texts.sessions}
    for session in earlier or ():
        if session.id in dropped:
            gone = evolve(session, links=(), awaited=False)
            rows.append(evolve(_row(gone, (locale.session[Reason.DROPPED],), locale, zone), holds=False))
    if rows:
        rows.sort(key=attrgetter("starts_at"))
        yield Fact(kind=FactKind.PROGRAMME, label=locale.programme.heading, rows=tuple(rows))


def _row(session: ChosenSession, changes: Iterable[str], locale: Locale, zone: str | None) -> Row:
    labels, dates, slot = locale.labels, locale.dates, session.slot
    holds = session.status is EventStatus.SCHEDULED
    facts = list(map(_line, session.where))
    if session.names:
        facts.append((labels.chosen_by + locale.colon + _enumerated(session.names, locale), locale.language))
    if zone is not None and not has_same_clocks(slot, zone):
        there = format_times(*ends_of(slot, zone), slot.start.date(), dates, with_offsets=True)
        facts.append((labels.local_time + locale.colon + there, locale.language))
    how = Reason.SESSION_WAITLISTED if session.awaited and holds else session.status
    notes = [] if how is EventStatus.SCHEDULED else [locale.session[how]]
    return Row(
        starts_at=slot.starts_at,
        day=(dates.format_day(slot.first_day), "" if slot.whole_days else format_zone(slot.start, dates)),
        time=_hours(slot, locale),
        title=_line(session.title),
        facts=tuple(facts),
        links=_named(session.links, locale),
        notes=(*notes, *changes),
        holds=holds,
    )


def _hours(slot: TimeSlot, locale: Locale) -> str:
    if slot.whole_days:
        days = (slot.last_day - slot.first_day).days
        return locale.pictures.timetable.whole_day + (f" (+{days})" if days else "")
    has_offsets = slot.start.utcoffset() != slot.end.utcoffset()
    return format_times(slot.start, slot.end, slot.start.date(), locale.dates, with_offsets=has_offsets)


def _changes(now: ChosenSession, before: ChosenSession | None, place: str | None, locale: Locale) -> Iterator[str]:
    """Yield what changed about a session that was chosen before, too, with its other *place*; or that it is new."""
    labels, words = locale.labels, locale.labels.now_before
    if before is None:
        yield labels.added
        return
    if now.slot != before.slot:
        is_same_day = (now.slot.first_day, now.slot.time_zone) == (before.slot.first_day, before.slot.time_zone)
        new, old = (
            _hours(slot, locale) if is_same_day else format_slot(slot, locale.dates) for slot in (now.slot, before.slot)
        )
        yield f"{locale.pictures.timetable.time}{locale.colon}{words.format(now=new, before=old)}"
    if before.awaited and not now.awaited:
        yield locale.session[Reason.SEAT_FOUND]
    elif now.status.is_held and not now.awaited:  # otherwise nothing is said of the place
        if place is not None:
            yield place
        if now.links and {uri for _, uri in now.links} != {uri for _, uri in before.links}:
            yield labels.new_link


def _other_place(now: ChosenSession, before: ChosenSession, texts: Texts, locale: Locale) -> str | None:
    """Return where a session is and was, if that changed and what is said of the event does not say it."""
    if before.awaited or now.awaited or not now.status.is_held:
        return None
    labels = locale.labels
    new, old = (_enumerated([text for text, _ in session.where], locale) for session in (now, before))
    if new and old and texts.previous_where is not None:
        # A room that is not in the buildings of the event has its address, whose parts a comma divides.
        parts, earlier = (set(places.split(locale.comma)) for places in (new, old))
        if parts <= earlier or earlier <= parts:
            return None
    if new and old and new != old:
        return f"{labels.place}{locale.colon}{labels.now_before.format(now=new, before=old)}"
    return None if new == old else f"{labels.new_place if new else labels.previous_place}{locale.colon}{new or old}"


def _enumerated(texts: Iterable[str], locale: Locale) -> str:
    """Return names in a line, each of which runs its own way."""
    return locale.comma.join([isolate(sanitize(text), rtl=locale.direction == "rtl") for text in texts])


def _named(links: Iterable[tuple[TaggedText, str]], locale: Locale) -> tuple[tuple[TaggedText | None, str], ...]:
    """Return links without the name that calendars have for one without."""
    unnamed = locale.labels.remote_participation, locale.language
    return tuple([(None if name == unnamed else _line(name), sanitize(uri)) for name, uri in links])


def organizer_email(texts: Texts) -> str | None:
    """Return the address of the organizer, or None without one.

    Raises:
        InvalidValueError: ``email-malformed``.
    """
    email = texts.organizer_email
    return None if email is None else require_valid(email, EMAIL, "/texts/organizerEmail")


def _comment(matter: Matter, locale: Locale) -> Iterator[Fact]:
    if matter.texts.comment is not None:
        comment = sanitize(matter.texts.comment, multiline=True), UNKNOWN_LANGUAGE
        yield Fact(kind=FactKind.COMMENT, label=locale.labels.comment, texts=(comment,))


def _times(matter: Matter, locale: Locale, zone: str | None) -> Iterator[Fact]:
    slot, previous, labels = matter.texts.slot, matter.texts.previous, locale.labels
    is_proposal, holds = matter.method is Method.COUNTER, not _is_off(matter)
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


def _places(matter: Matter, locale: Locale) -> Iterator[Fact]:
    texts, labels = matter.texts, locale.labels
    # A person who no longer takes part needs no link.
    links = () if matter.is_over else texts.links
    remote = Fact(
        kind=FactKind.REMOTE,
        label=labels.remote_participation,
        links=_named(links, locale),
    )
    holds = texts.status is not EventStatus.CANCELLED
    label = labels.place if holds else labels.planned_place
    places = Fact(
        kind=FactKind.PLACE,
        label=label,
        texts=tuple(map(_line, texts.where)),
        links=tuple(_maps(texts, locale)) if holds and not matter.is_over else (),
        holds=holds,
    )
    facts = [places]
    if texts.previous_where is not None:
        unknown = labels.venue_to_follow, locale.language
        before = [_line(place) for place in texts.previous_where if place != unknown]
        facts = [
            evolve(places, label=labels.new_place),
            Fact(kind=FactKind.PLACE, label=labels.previous_place, texts=tuple(before), holds=False),
        ]
    for fact in (remote, *facts) if texts.remote_first else (*facts, remote):
        if fact.texts or fact.links:
            yield fact


def _maps(texts: Texts, locale: Locale) -> Iterator[tuple[TaggedText, str]]:
    """Yield a link to a map for each building, with its name if there are several."""
    for (name, _), address in texts.maps:
        named = "" if len(texts.maps) == 1 else f"{locale.colon}{_enumerated([name], locale)}"
        yield (locale.page.map + named, locale.language), sanitize(address)
