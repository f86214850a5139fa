"""What this package adds to a description when it writes one, taken out again: a sentence on the status, and links."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from wtisd_model.export.ical.joining import BETWEEN_PARAGRAPHS, labelled
from wtisd_model.export.ical.whereabouts import links_of
from wtisd_model.export.ical.wording import WORDING_LANGUAGES, Wording, wording
from wtisd_model.values.location import VirtualLocation


@frozen
class OwnWords:
    """A description without what we add, and what was added."""

    text: str
    languages: frozenset[str]
    """The languages of what was added."""
    is_cancelled: bool
    is_postponed: bool


def without_ours(text: str, virtual: Sequence[VirtualLocation]) -> OwnWords:
    """Take out what the writer puts before a description and behind it.

    Args:
        text: the description.
        virtual: the places to dial in that stand beside it, whose links the writer adds.
    """
    languages: set[str] = set()
    is_cancelled = is_postponed = False
    for words in map(wording, WORDING_LANGUAGES):
        cancelled, postponed = (
            next((rest for each in sentences if (rest := _after(text, each)) is not None), None)
            for sentences in (
                (words.event_cancelled, words.session_cancelled),
                (words.event_postponed, words.session_postponed),
            )
        )
        rest = postponed if cancelled is None else cancelled
        if rest is not None:
            text, is_cancelled, is_postponed = rest, cancelled is not None, postponed is not None
            languages.add(words.language)
            break
    for words in map(wording, WORDING_LANGUAGES):
        links, tags = _links(virtual, words)
        rest = _before(text, links) if links else None
        if rest is not None:
            text = rest
            languages |= tags
            break
    return OwnWords(text, frozenset(languages), is_cancelled, is_postponed)


def _links(virtual: Iterable[VirtualLocation], words: Wording) -> tuple[str, set[str]]:
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
