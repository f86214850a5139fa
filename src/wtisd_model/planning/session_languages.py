"""The languages of a session: those spoken on the floor, and those that they are interpreted into.

Pictures, pages, mails and calendars say what is here, so that they agree with each other and with the table of
coverage.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.session import Session
from wtisd_model.planning.provision import Channel, Provision, Provisions


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


class ProgrammeLanguages:
    """The languages of an event and its sessions: the floor languages, and what approved requests provide.

    Where nobody has the floor, as in a break or a cancelled session, nothing is interpreted.
    """

    def __init__(self, event: Event, requests: Iterable[InterpretationRequest] = ()) -> None:
        self._provisions = Provisions(event, requests)
        self._known: dict[Provision, SessionLanguages] = {}

    def at(self, session: Session | None) -> SessionLanguages:
        """Return the languages of a session, its own ones or those of the event; for None, those of the event."""
        provision = self._provisions.at(session)
        if provision not in self._known:
            self._known[provision] = SessionLanguages(
                provision.floor,
                spoken=tuple(_directions(provision, _SPOKEN)),
                signed=tuple(_directions(provision, _SIGNED)),
                written=tuple(_directions(provision, _WRITTEN, is_written=True)),
            )
        return self._known[provision]


_SPOKEN: Final = frozenset({Channel.DIRECT, Channel.RELAY})
_SIGNED: Final = frozenset({Channel.SIGN})
_WRITTEN: Final = frozenset({Channel.CAPTIONS})


def _directions(provision: Provision, channels: frozenset[Channel], *, is_written: bool = False) -> Iterator[Direction]:
    """Yield what reaches people through some channels; targets with the same sources come together."""
    floor = provision.floor or tuple(sorted(provision.sources))
    together = defaultdict[tuple[str, ...], list[str]](list)
    for target in sorted(provision.languages):
        if not provision.floor and not channels.isdisjoint(provision.channels_from(None, target)):
            together[()].append(target)
            continue
        found = {each for each in floor if not channels.isdisjoint(provision.channels_from(each, target))}
        if found:
            # People who listen in a language that is spoken need no interpretation of it.
            heard = found if is_written else found | {target}
            together[tuple([each for each in floor if each in heard])].append(target)
    for sources in sorted(together, key=lambda each: (-len(each), [floor.index(tag) for tag in each])):
        targets = together[sources]
        if not is_written and len(sources) > 1 and {*sources} <= {*targets}:
            yield Direction(sources, sources, is_mutual=True)
            targets = [each for each in targets if each not in sources]
        if targets:
            yield Direction(sources if is_written else _others(sources, targets), tuple(targets))


def _others(sources: Iterable[str], targets: list[str]) -> tuple[str, ...]:
    """Return the sources without the only target, which is not interpreted into itself."""
    return tuple([each for each in sources if [each] != targets])
