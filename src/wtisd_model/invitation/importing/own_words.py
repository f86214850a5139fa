"""What this package adds to a description when it writes one, taken out again: a sentence on the status, and links."""

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from wtisd_model.export.ical.wording import Wording, wording
from wtisd_model.values.location import VirtualLocation

_BETWEEN: Final = "\n\n"
_LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")


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
    for words in map(wording, _LANGUAGES):
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
    for words in map(wording, _LANGUAGES):
        links, tags = _links(virtual, words)
        rest = _before(text, links) if links else None
        if rest is not None:
            text = rest
            languages |= tags
            break
    return OwnWords(text, frozenset(languages), is_cancelled, is_postponed)


def _links(virtual: Iterable[VirtualLocation], words: Wording) -> tuple[str, set[str]]:
    links: list[str] = []
    tags: set[str] = set()
    for each in virtual:
        if each.uri is not None:
            label, tag = each.name.in_language(None) if each.name else (words.remote_participation, words.language)
            tags.add(tag)
            links.append(f"{label}: {each.uri}")
    return _BETWEEN.join(links), tags


def _after(text: str, piece: str) -> str | None:
    """Give what stands behind a paragraph; None where the text does not begin with it."""
    if text == piece:
        return ""
    return text[len(piece) + len(_BETWEEN) :] if text.startswith(piece + _BETWEEN) else None


def _before(text: str, piece: str) -> str | None:
    """Give what stands before paragraphs at the end, or behind them where they are the first."""
    if text.endswith(_BETWEEN + piece):
        return text[: -len(piece) - len(_BETWEEN)]
    return _after(text, piece)
