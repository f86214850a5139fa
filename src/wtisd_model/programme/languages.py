"""The languages of a session, those spoken and those that they are interpreted into, and the same in words.

Pictures, pages, mails and calendars say what is here, so that they agree with each other and with the table of
coverage.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from wtisd_model.locales import joined_words
from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.session import Session
from wtisd_model.planning.provision import Channel, Provision, ProvisionsOfEvent, services_asked_for
from wtisd_model.programme.names import language_name
from wtisd_model.rules.interpretation_schedule import floor_languages


class Direction(NamedTuple):
    """Languages that are each interpreted into the same others."""

    sources: tuple[str, ...]
    """Languages spoken, in the order of the floor; none if services are from anything on a floor that is not stated."""
    targets: tuple[str, ...]
    """Sorted by tag. One that is also a source is interpreted from the other sources."""
    is_mutual: bool = False
    """True if several languages are each interpreted into all others of them; *targets* are equal to *sources*."""


class SessionLanguages(NamedTuple):
    """The languages of a session, or of the event itself."""

    floor: tuple[str, ...] = ()
    """The languages spoken, as they are stated; none if that is not known."""
    spoken: tuple[Direction, ...] = ()
    """Interpretation into spoken languages; mutual directions and those from all floor languages come first."""
    signed: tuple[Direction, ...] = ()
    """The same for signed languages."""
    written: tuple[Direction, ...] = ()
    """Captions: languages spoken, and languages of the captions, which may be the same."""


# Why: docs/decisions/0039
class ProgrammeLanguages:
    """The languages of an event and its sessions: the floor languages, and what approved requests provide.

    Where nobody has the floor, as in a break or a cancelled session, nothing is interpreted.
    """

    def __init__(self, event: Event, requests: Iterable[InterpretationRequest] = ()) -> None:
        self._event = event
        several = tuple(requests)
        self._provisions = ProvisionsOfEvent(event, services_asked_for(event, several)) if several else None
        self._known: dict[Provision, SessionLanguages] = {}

    def at(self, session: Session | None) -> SessionLanguages:
        """Return the languages of a session, its own ones or those of the event; for None, those of the event."""
        if self._provisions is None:
            return SessionLanguages(floor_languages(self._event, session))
        provision = self._provisions.at(session)
        if provision not in self._known:
            self._known[provision] = SessionLanguages(
                provision.floor,
                spoken=tuple(_directions_of(provision, _SPOKEN)),
                signed=tuple(_directions_of(provision, _SIGNED)),
                written=tuple(_directions_of(provision, _WRITTEN, is_written=True)),
            )
        return self._known[provision]


_SPOKEN: Final = frozenset({Channel.DIRECT, Channel.RELAY})
_SIGNED: Final = frozenset({Channel.SIGN})
_WRITTEN: Final = frozenset({Channel.CAPTIONS})


def _directions_of(
    provision: Provision, channels: frozenset[Channel], *, is_written: bool = False
) -> Iterator[Direction]:
    """Yield what reaches people through some channels; targets with the same sources come together."""
    floor = provision.floor or tuple(sorted(provision.sources))
    together = defaultdict[tuple[str, ...], list[str]](list)
    for target in sorted(provision.languages):
        if not provision.floor and not channels.isdisjoint(provision.channels_from(None, target)):
            together[()].append(target)
            continue
        heard_from = {source for source in floor if not channels.isdisjoint(provision.channels_from(source, target))}
        if heard_from:
            # People who listen in a language that is spoken need no interpretation of it.
            heard = heard_from if is_written else heard_from | {target}
            together[tuple([source for source in floor if source in heard])].append(target)
    for sources in sorted(together, key=lambda tags: (-len(tags), [floor.index(tag) for tag in tags])):
        targets = together[sources]
        if not is_written and len(sources) > 1 and {*sources} <= {*targets}:
            yield Direction(sources, sources, is_mutual=True)
            targets = [target for target in targets if target not in sources]
        if targets:
            # The only target is not interpreted into itself.
            others = [source for source in sources if is_written or [source] != targets]
            yield Direction(tuple(others), tuple(targets))


class LanguageTexts(NamedTuple):
    """The languages of an event or a session as texts, each empty if there is nothing to say."""

    spoken: str = ""
    interpretation: str = ""
    signed: str = ""
    captions: str = ""

    def labelled(self, words: Locale) -> Iterator[tuple[str, str]]:
        """Yield the texts that are not empty, each after its label."""
        if not any(self):
            return
        services, labels = words.choices["service"], words.languages
        names = labels.spoken, labels.interpretation, services["sign"], services["captions"]
        for label, text in zip(names, self, strict=True):
            if text:
                yield label, text


def language_texts(languages: SessionLanguages, words: Locale) -> LanguageTexts:
    """Return the languages of an event or a session as texts: spoken, interpreted, signed and captioned."""
    if not any(languages):  # as for most sessions
        return LanguageTexts()
    floor = languages.floor
    return LanguageTexts(
        spoken=language_names(floor, words),
        interpretation=_in_words(languages.spoken, floor, words.languages.into, words),
        signed=_in_words(languages.signed, floor, "{targets}", words),
        captions=_in_words(languages.written, floor, "{targets}", words),
    )


def language_names(tags: Iterable[str], words: Locale) -> str:
    """Return the names of languages."""
    return joined_words([language_name(tag, words.language) for tag in tags], words.comma)


def _in_words(directions: Iterable[Direction], floor: tuple[str, ...], into: str, words: Locale) -> str:
    """Return directions in words; *into* is for those from all that is spoken, whose sources need not be named."""
    said = list[str]()
    for direction in directions:
        sources, targets = language_names(direction.sources, words), language_names(direction.targets, words)
        if direction.is_mutual:
            _, *others = direction.sources
            ways = words.languages.all_ways if len(others) > 1 else words.languages.both_ways
            said.append(ways.format(languages=sources))
        elif direction.sources == floor:
            said.append(into.format(targets=targets))
        else:
            said.append(words.languages.from_into.format(sources=sources, targets=targets))
    return words.languages.separator.join(said)
