"""What this package adds to a description when it writes one, taken out again: a sentence on the status, and links."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from wtisd_model.ical.joining import BETWEEN_PARAGRAPHS, labelled
from wtisd_model.ical.location import links_of
from wtisd_model.locales import Locale, languages, locale_for
from wtisd_model.model.session import EventStatus
from wtisd_model.types.location import VirtualLocation


@frozen
class OwnWords:
    """A description without what we add, and what was added."""

    text: str
    languages: frozenset[str]
    """The languages of what was added."""
    status: EventStatus | None
    """What the sentence that was added says; None where there was none."""


def without_ours(text: str, virtual: Sequence[VirtualLocation], status: EventStatus | None) -> OwnWords:
    """Take out what the writer puts before a description and behind it.

    Args:
        text: the description.
        virtual: the places to dial in that stand beside it, whose links the writer adds.
        status: what STATUS beside it says. The writer adds a sentence only where it says the same: elsewhere these are
            the words of somebody else, and stay. None where it says nothing, as after programs that leave it out.
    """
    tags: set[str] = set()
    added: EventStatus | None = None
    for words in map(locale_for, sorted(languages())):
        found = _sentence(text, words, status)
        if found is not None:
            added, text = found
            tags.add(words.language)
            break
    for words in map(locale_for, sorted(languages())):
        links, named = _links(virtual, words)
        rest = _before(text, links) if links else None
        if rest is not None:
            text = rest
            tags |= named
            break
    return OwnWords(text, frozenset(tags), added)


def _sentence(text: str, words: Locale, status: EventStatus | None) -> tuple[EventStatus, str] | None:
    """Find a sentence on the status that *text* begins with: what it says, and what stands behind it."""
    for says, sentences in (
        (EventStatus.CANCELLED, (words.event["cancelled"], words.session["cancelled"])),
        (EventStatus.POSTPONED, (words.event["postponed"], words.session["postponed"])),
    ):
        if status in {says, None}:
            for each in sentences:
                rest = _after(text, each)
                if rest is not None:
                    return says, rest
    return None


def _links(virtual: Iterable[VirtualLocation], words: Locale) -> tuple[str, set[str]]:
    links = list(links_of(virtual, None, words))
    paragraphs = BETWEEN_PARAGRAPHS.join(labelled(label, address) for (label, _), address in links)
    return paragraphs, {tag for (_, tag), _ in links}


def _after(text: str, piece: str) -> str | None:
    """Give what stands behind a paragraph; None where the text does not begin with it."""
    if text == piece:
        return ""
    return text[len(piece) + len(BETWEEN_PARAGRAPHS) :] if text.startswith(piece + BETWEEN_PARAGRAPHS) else None


def _before(text: str, piece: str) -> str | None:
    """Give what stands before paragraphs at the end, or behind them where they are the first."""
    if text.endswith(BETWEEN_PARAGRAPHS + piece):
        return text[: -len(piece) - len(BETWEEN_PARAGRAPHS)]
    return _after(text, piece)
