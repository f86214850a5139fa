"""The content of a mail: its subject, a sentence, and the facts in the reader's order; `mail.layout` shows it."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import balanced
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.programme.times import has_same_clocks
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


class Shared(NamedTuple):
    """The part of a message that its mail shows, without the people: that of all messages that share a page."""

    method: Method
    reason: Reason
    language: str
    texts: Texts

    @classmethod
    def of(cls, message: Message) -> Self:
        """Return the part of a message that its mail shows."""
        return cls(message.method, message.reason, message.language, message.texts)


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


def content_of(shared: Shared, locale: Locale, *, sender: str, zone: str | None) -> Content:
    """Return the content of the mail about what messages share, with times in the reader's *zone* if that is known.

    Raises:
        ExportError: ``text-control`` if a text has control characters; texts of the model have none.
        InvalidValueError: ``email-malformed`` if the organizer's address is malformed.
    """
    texts, occasion, title = shared.texts, _occasion(shared), _line(shared.texts.title)
    paragraphs = () if shared.method in _WITHOUT_DESCRIPTION else texts.about
    return Content(
        locale=locale,
        occasion=occasion,
        is_off=_is_off(shared),
        subject=locale.subjects[occasion].replace("{title}", title[0]),
        opening=_opening(shared, locale, occasion),
        sender=sanitize(sender),
        title=title,
        facts=tuple(_facts(shared, locale, zone)),
        paragraphs=tuple([(sanitize(text, multiline=True), tag) for text, tag in paragraphs]),
    )


def _occasion(shared: Shared) -> str:
    """Return the occasion of a mail."""
    texts = shared.texts
    if shared.reason is Reason.ANSWERED and texts.answer not in {None, ParticipationStatus.NEEDS_ACTION}:
        return str(texts.answer)
    if texts.status is EventStatus.POSTPONED and shared.method in {Method.PUBLISH, Method.REQUEST}:
        return EventStatus.POSTPONED
    return shared.reason


def _opening(shared: Shared, locale: Locale, occasion: str) -> str:
    """Return the first sentence; that of a change names what changed, if that is known."""
    texts = shared.texts
    if occasion in locale.person:
        return locale.person[occasion]
    before = {"time": texts.previous, "place": texts.previous_where} if occasion == Reason.MOVED else {}
    changed = [name for name, value in before.items() if value is not None]
    return (locale.event if texts.within is None else locale.session)["-".join([occasion, *changed])]


def _is_off(shared: Shared) -> bool:
    return shared.texts.status in {EventStatus.CANCELLED, EventStatus.POSTPONED} and shared.method not in _TO_ORGANIZER


def _line(said: TaggedText) -> TaggedText:
    return sanitize(said[0]), said[1]


def _facts(shared: Shared, locale: Locale, zone: str | None) -> Iterator[Fact]:
    texts, labels, is_cancel = shared.texts, locale.labels, shared.method is Method.CANCEL
    to_do, comment = tuple(_to_do(shared, locale)), tuple(_comment(shared, locale))
    places_first = is_cancel or texts.previous_where is not None
    if texts.within is not None:
        yield Fact(label=labels.part_of, texts=(_line(texts.within),))
    if is_cancel:
        yield from comment  # the reason
    yield from _times(shared, locale, zone)
    if not places_first:
        yield from to_do
    if shared.method not in _TO_ORGANIZER:  # the organizer knows the rest
        yield from _places(shared, locale)
        if places_first:
            yield from to_do
        if not is_cancel:
            for label, text in texts.languages:
                yield Fact(label=sanitize(label), texts=((sanitize(text), locale.language),))
        if texts.organizer is not None:
            email = None if to_do else organizer_email(shared.texts)
            yield Fact(label=labels.organizer, texts=(_line(texts.organizer),), email=email)
        if texts.url is not None:
            yield Fact(label=labels.page, links=((None, sanitize(texts.url)),))
    if not is_cancel:
        yield from comment


def _to_do(shared: Shared, locale: Locale) -> Iterator[Fact]:
    """Yield what the reader is asked to do, if there is anything."""
    steps, is_request = locale.steps, shared.method is Method.REQUEST
    if shared.method is Method.CANCEL:
        label, how, write = steps.remove, steps.how_to_remove, steps.ask
    elif (
        is_request
        and shared.reason in {Reason.INVITED, Reason.MOVED, Reason.PROMOTED}
        and shared.texts.status is EventStatus.SCHEDULED
    ):
        label = steps.answer_again if shared.reason is Reason.MOVED else steps.answer
        how, write = steps.how_to_answer, steps.or_write
    else:
        return
    email = organizer_email(shared.texts)
    said = (how,) if email is None else (how, write)
    yield Fact(kind=FactKind.TO_DO, label=label, texts=tuple([(line, locale.language) for line in said]), email=email)


def organizer_email(texts: Texts) -> str | None:
    """Return the address of the organizer, or None without one.

    Raises:
        InvalidValueError: ``email-malformed``.
    """
    email = texts.organizer_email
    return None if email is None else require_valid(email, EMAIL, "/texts/organizerEmail")


def _comment(shared: Shared, locale: Locale) -> Iterator[Fact]:
    if shared.texts.comment is not None:
        comment = sanitize(shared.texts.comment, multiline=True), UNKNOWN_LANGUAGE
        yield Fact(kind=FactKind.COMMENT, label=locale.labels.comment, texts=(comment,))


def _times(shared: Shared, locale: Locale, zone: str | None) -> Iterator[Fact]:
    slot, previous, labels = shared.texts.slot, shared.texts.previous, locale.labels
    is_proposal, holds = shared.method is Method.COUNTER, not _is_off(shared)
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


def _places(shared: Shared, locale: Locale) -> Iterator[Fact]:
    texts, labels = shared.texts, locale.labels
    unnamed = labels.remote_participation, locale.language  # the calendar's name for a link without one
    # A person who no longer takes part needs no link.
    links = () if shared.method is Method.CANCEL else texts.links
    remote = Fact(
        kind=FactKind.REMOTE,
        label=labels.remote_participation,
        links=tuple([(None if name == unnamed else _line(name), sanitize(uri)) for name, uri in links]),
    )
    holds = texts.status is not EventStatus.CANCELLED
    label = labels.place if holds else labels.planned_place
    places = Fact(kind=FactKind.PLACE, label=label, texts=tuple(map(_line, texts.where)), holds=holds)
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
