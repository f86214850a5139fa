"""What a mail says of an event or a session: its subject, a sentence, and the facts in the order of the reader."""

from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from wtisd_model.ical.method import Method
from wtisd_model.invitation.mailing.dates import in_words, same_clocks
from wtisd_model.invitation.mailing.safe_text import line, lines, said_in_a_line, said_in_lines
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.locales import Locale
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus
from wtisd_model.types.language import Said
from wtisd_model.types.timeslot import TimeSlot

UNKNOWN: Final = ""
"""Stands for a language that nobody said."""

_NOT_YET: Final = ParticipationStatus.NEEDS_ACTION
_TO_THE_ORGANIZER: Final = frozenset({Method.COUNTER, Method.REFRESH, Method.REPLY})
_TO_BE_ANSWERED: Final = frozenset({Reason.INVITED, Reason.MOVED, Reason.PROMOTED})


@frozen(kw_only=True)
class Fact:
    """A label, and what it stands before."""

    label: str
    said: tuple[Said, ...] = ()
    """Texts, each with its language."""
    links: tuple[tuple[Said | None, str], ...] = ()
    """Addresses, each with what it is called."""


@frozen(kw_only=True)
class Letter:
    """What a mail says."""

    words: Locale
    subject: str = field(repr=False)
    opening: str = field(repr=False)
    """The first sentence, with ``{who}`` in the place of a name."""
    who: str = field(repr=False)
    title: Said
    facts: tuple[Fact, ...]
    paragraphs: tuple[Said, ...]
    closing: str

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is in, its own first."""
        said = [self.title, *(each for fact in self.facts for each in fact.said), *self.paragraphs]
        return tuple(dict.fromkeys([self.words.language, *(tag for _, tag in said if tag != UNKNOWN)]))


def letter(message: Message, words: Locale, *, who: str, zone: str | None) -> Letter:
    """Find the words for a message.

    Args:
        message: what the mail is around.
        words: those of the reader's language.
        who: the one who sends it.
        zone: the reader's, one that is known; None for that of the place alone.

    Raises:
        ExportError: ``text-control`` where a text holds control characters, as none of the model's does.
    """
    texts, title, occasion = message.texts, said_in_a_line(message.texts.title), _occasion(message)
    about = words.event if texts.within is None else words.session
    return Letter(
        words=words,
        subject=words.subjects[occasion].replace("{title}", title[0]),
        opening=words.person.get(occasion) or about[occasion],
        who=line(who),
        title=title,
        facts=tuple(_facts(message, words, zone)),
        paragraphs=() if message.method in _TO_THE_ORGANIZER else tuple(map(said_in_lines, texts.about)),
        closing=words.closing.please_answer if _asks(message) else words.closing.attachment,
    )


def _occasion(message: Message) -> str:
    texts = message.texts
    if message.reason is Reason.ANSWERED and texts.answer is not None and texts.answer is not _NOT_YET:
        return texts.answer
    if texts.status is EventStatus.POSTPONED and message.method in {Method.PUBLISH, Method.REQUEST}:
        return EventStatus.POSTPONED
    return message.reason


def _asks(message: Message) -> bool:
    return message.reason in _TO_BE_ANSWERED and message.texts.status is EventStatus.SCHEDULED


def _facts(message: Message, words: Locale, zone: str | None) -> Iterator[Fact]:
    texts = message.texts
    if texts.within is not None:
        yield Fact(label=words.labels.part_of, said=(said_in_a_line(texts.within),))
    yield from _times(message, words, zone)
    if message.method not in _TO_THE_ORGANIZER:  # who knows the rest
        yield from _whereabouts(message, words)
        if texts.organizer is not None:
            yield Fact(label=words.labels.organizer, said=(said_in_a_line(texts.organizer),))
        if texts.url is not None:
            yield Fact(label=words.labels.page, links=((None, line(texts.url)),))
    if texts.comment is not None:
        yield Fact(label=words.labels.comment, said=((lines(texts.comment), UNKNOWN),))


def _whereabouts(message: Message, words: Locale) -> Iterator[Fact]:
    texts = message.texts
    places = [Fact(label=words.labels.place, said=tuple(map(said_in_a_line, texts.where)))] if texts.where else []
    # Whoever takes part no more needs no link.
    addresses = () if message.method is Method.CANCEL else texts.links
    links = tuple((_called(said_in_a_line(name), words), line(uri)) for name, uri in addresses)
    dialled = [Fact(label=words.labels.remote_participation, links=links)] if links else []
    yield from [*dialled, *places] if texts.remote_first else [*places, *dialled]


def _called(name: Said, words: Locale) -> Said | None:
    # The calendar calls a place that has no name as the label before it does.
    return None if name == (words.labels.remote_participation, words.language) else name


def _times(message: Message, words: Locale, zone: str | None) -> Iterator[Fact]:
    slot, previous = message.texts.slot, message.texts.previous
    yield _time(words.labels.proposed_time if message.method is Method.COUNTER else words.labels.when, slot, words)
    if zone is not None and not same_clocks(slot, zone):
        yield _time(words.labels.local_time, slot, words, zone)
    if previous is not None:
        yield _time(words.labels.previous_time, previous, words)


def _time(label: str, slot: TimeSlot, words: Locale, zone: str | None = None) -> Fact:
    return Fact(label=label, said=((in_words(slot, words.dates, zone), words.language),))
