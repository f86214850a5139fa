"""The languages of an event or a session in words, the same in calendars, mails, pages and pictures."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wtisd_model.locales.locale import Locale
from wtisd_model.planning.session_languages import Direction, SessionLanguages
from wtisd_model.types.display_names import language_name
from wtisd_model.types.language import TaggedText


class LanguageTexts(NamedTuple):
    """The languages of an event or a session as texts, each empty if there is nothing to say."""

    spoken: str
    interpretation: str
    signed: str
    captions: str

    def labelled(self, words: Locale) -> Iterator[tuple[str, str]]:
        """Yield the texts that are not empty, each after its label."""
        services, labels = words.choices["service"], words.languages
        shown = labels.spoken, labels.interpretation, services["sign"], services["captions"]
        for label, text in zip(shown, self, strict=True):
            if text:
                yield label, text


def language_texts(languages: SessionLanguages, words: Locale) -> LanguageTexts:
    """Return the languages of an event or a session as texts."""
    floor = languages.floor
    return LanguageTexts(
        spoken=language_names(floor, words),
        interpretation=_directions(languages.spoken, floor, words.languages.into, words),
        signed=_directions(languages.signed, floor, "{targets}", words),
        captions=_directions(languages.written, floor, "{targets}", words),
    )


def languages_in_words(languages: SessionLanguages, words: Locale) -> Iterator[tuple[str, str]]:
    """Yield labels, each with a text: what is spoken, interpreted, signed and captioned, as far as it is known."""
    return language_texts(languages, words).labelled(words)


def labelled_lines(said: Iterable[tuple[str, str]], words: Locale) -> Iterator[TaggedText]:
    """Yield a paragraph with a line for each label and text, if there are any."""
    lines = [f"{label}{words.colon}{text}" for label, text in said]
    if lines:
        yield "\n".join(lines), words.language


def language_names(tags: Iterable[str], words: Locale) -> str:
    """Return the names of languages."""
    return words.comma.join([language_name(each, words.language) for each in tags])


def _directions(directions: Iterable[Direction], floor: tuple[str, ...], into: str, words: Locale) -> str:
    """Return directions in words; *into* is for those from all that is spoken, whose sources need not be named."""
    said = list[str]()
    for each in directions:
        sources, targets = language_names(each.sources, words), language_names(each.targets, words)
        if each.is_mutual:
            _, *others = each.sources
            ways = words.languages.all_ways if len(others) > 1 else words.languages.both_ways
            said.append(ways.format(languages=sources))
        elif each.sources == floor:
            said.append(into.format(targets=targets))
        else:
            said.append(words.languages.from_into.format(sources=sources, targets=targets))
    return words.languages.separator.join(said)
