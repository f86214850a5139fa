"""The content of a mail about an event or a session: its subject, a sentence, and the facts in the reader's order."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from attrs import field, frozen

from wtisd_model.formats.method import Method
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.locales.locale import Locale
from wtisd_model.mail.sanitize import sanitize
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.types.language import TaggedText
from wtisd_model.types.slot_words import has_same_clocks, slot_and_zone
from wtisd_model.types.timeslot import TimeSlot

UNKNOWN_LANGUAGE: Final = ""

_NO_ANSWER: Final = frozenset({None, ParticipationStatus.NEEDS_ACTION})
_TO_ORGANIZER: Final = frozenset({Method.COUNTER, Method.REFRESH, Method.REPLY})
_OFF: Final = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})
_TO_BE_ANSWERED: Final = frozenset({Reason.INVITED, Reason.MOVED, Reason.PROMOTED})


class FactKind(Enum):
    """What a fact is about, where that decides how it looks."""

    TIME = auto()
    PREVIOUS_TIME = auto()
    """The time that held before; not that which a proposal would replace."""
    COMMENT = auto()
    """A text that may have several lines."""
    PLACE = auto()
    REMOTE = auto()
    """The links to take part remotely."""
    OTHER = auto()


@frozen(kw_only=True)
class Fact:
    """A label and the texts or links that follow it."""

    kind: FactKind = FactKind.OTHER
    label: str
    texts: tuple[TaggedText, ...] = ()
    zone: str = ""
    """Follows the text of a time."""
    links: tuple[tuple[TaggedText | None, str], ...] = ()
    """Addresses, each with its name if it has one."""


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
    closing: str

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its texts, that of the mail first."""
        texts = [self.title, *(each for fact in self.facts for each in fact.texts), *self.paragraphs]
        return tuple(dict.fromkeys([self.locale.language, *(tag for _, tag in texts if tag != UNKNOWN_LANGUAGE)]))


def content_of(message: Message, locale: Locale, *, sender: str, zone: str | None) -> Content:
    """Return the content of the mail about a message.

    Args:
        message: the calendar message in the mail.
        locale: the words of the reader's language.
        sender: the name of the sender.
        zone: the reader's zone, a known one; None to show only the times of the place.

    Raises:
        ExportError: ``text-control`` if a text has control characters; texts of the model have none.
    """
    texts, closing = message.texts, locale.closing
    occasion, title = _occasion(message), _line(texts.title)
    about = locale.event if texts.within is None else locale.session
    is_asked = message.reason in _TO_BE_ANSWERED and texts.status is EventStatus.SCHEDULED
    paragraphs = () if message.method in _TO_ORGANIZER else texts.about
    return Content(
        locale=locale,
        occasion=occasion,
        is_off=texts.status in _OFF and message.method not in _TO_ORGANIZER,
        subject=locale.subjects[occasion].replace("{title}", title[0]),
        opening=locale.person.get(occasion) or about[occasion],
        sender=sanitize(sender),
        title=title,
        facts=tuple(_facts(message, locale, zone)),
        paragraphs=tuple([(sanitize(text, multiline=True), tag) for text, tag in paragraphs]),
        closing=closing.please_answer if is_asked else closing.attachment,
    )


def _occasion(message: Message) -> str:
    """Return the occasion of a message."""
    texts = message.texts
    if message.reason is Reason.ANSWERED and texts.answer not in _NO_ANSWER:
        return str(texts.answer)
    if texts.status is EventStatus.POSTPONED and message.method in {Method.PUBLISH, Method.REQUEST}:
        return EventStatus.POSTPONED
    return message.reason


def _line(said: TaggedText) -> TaggedText:
    return sanitize(said[0]), said[1]


def _facts(message: Message, locale: Locale, zone: str | None) -> Iterator[Fact]:
    texts, labels = message.texts, locale.labels
    if texts.within is not None:
        yield Fact(label=labels.part_of, texts=(_line(texts.within),))
    yield from _times(message, locale, zone)
    if message.method not in _TO_ORGANIZER:  # the organizer knows the rest
        yield from _places(message, locale)
        if texts.organizer is not None:
            yield Fact(label=labels.organizer, texts=(_line(texts.organizer),))
        if texts.url is not None:
            yield Fact(label=labels.page, links=((None, sanitize(texts.url)),))
    if texts.comment is not None:
        comment = sanitize(texts.comment, multiline=True), UNKNOWN_LANGUAGE
        yield Fact(kind=FactKind.COMMENT, label=labels.comment, texts=(comment,))


def _times(message: Message, locale: Locale, zone: str | None) -> Iterator[Fact]:
    texts, labels = message.texts, locale.labels
    is_proposal = message.method is Method.COUNTER
    label = labels.proposed_time if is_proposal else labels.date if texts.slot.whole_days else labels.when
    times: list[tuple[FactKind, str, TimeSlot, str | None]] = [(FactKind.TIME, label, texts.slot, None)]
    if zone is not None and not has_same_clocks(texts.slot, zone):
        times.append((FactKind.TIME, labels.local_time, texts.slot, zone))
    if texts.previous is not None:
        before = FactKind.OTHER if is_proposal else FactKind.PREVIOUS_TIME
        times.append((before, labels.previous_time, texts.previous, None))
    for kind, name, slot, clocks in times:
        words, suffix = slot_and_zone(slot, locale.dates, clocks)
        yield Fact(kind=kind, label=name, texts=((words, locale.language),), zone=suffix)


def _places(message: Message, locale: Locale) -> Iterator[Fact]:
    texts, labels = message.texts, locale.labels
    unnamed = labels.remote_participation, locale.language  # the calendar's name for a link without one
    # A person who no longer takes part needs no link.
    links = () if message.method is Method.CANCEL else texts.links
    places = Fact(kind=FactKind.PLACE, label=labels.place, texts=tuple(map(_line, texts.where)))
    remote = Fact(
        kind=FactKind.REMOTE,
        label=labels.remote_participation,
        links=tuple([(None if name == unnamed else _line(name), sanitize(uri)) for name, uri in links]),
    )
    for each in (remote, places) if texts.remote_first else (places, remote):
        if each.texts or each.links:
            yield each
