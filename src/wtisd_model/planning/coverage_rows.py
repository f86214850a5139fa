"""The rows of a coverage table: how a language at a session is provided, and how many people it serves."""

from collections.abc import Iterable, Iterator
from typing import Final, Self

from attrs import frozen

from wtisd_model.findings import HtmlMixin, ReprMixin
from wtisd_model.model.event import Event
from wtisd_model.planning.floor import Floor
from wtisd_model.planning.provision import Channel

COUNTS: Final = (*map(str, Channel), "unstated")
"""The attributes of a row that count people."""


@frozen(kw_only=True, repr=False)
class CoverageRow(ReprMixin):
    """One language at one session: how it is provided, and how many people it reaches through each channel."""

    session_id: str | None
    """The session; None for the event itself."""
    language: str | None
    """The language; None for people who named no language."""
    offered: tuple[Channel, ...]
    """The channels through which it reaches anybody there, best first, whether anybody listens or not."""
    floor: int
    """People served by the floor itself."""
    direct: int
    """People served by direct interpretation from the floor."""
    relay: int
    """People served by relay interpretation."""
    sign: int
    """People served by sign language interpreters."""
    captions: int
    """People served by captions."""
    missing: int
    """People who prefer this language, and are not served in any of theirs."""
    unstated: int
    """People who named no language."""

    @property
    def people(self) -> int:
        """All people in the row."""
        return self.floor + self.direct + self.relay + self.sign + self.captions + self.missing + self.unstated


class Coverage(HtmlMixin, tuple[CoverageRow, ...]):  # noqa: SLOT001 - a tuple cannot have slots with names
    """The rows of a coverage table; Jupyter shows them as a picture."""

    event: Event
    """The event that they are about."""

    @classmethod
    def of(cls, event: Event, rows: Iterable[CoverageRow]) -> Self:
        """Return the rows of an event."""
        made = cls(rows)
        made.event = event
        return made


def coverage_rows(floor: Floor) -> Iterator[CoverageRow]:
    """Yield the rows of a floor by language, then the people who named none."""
    nobody = dict.fromkeys(map(str, Channel), 0)
    counts = {tag: nobody.copy() for tag in floor.provision.languages}
    unstated = 0
    for served, number in floor.people.items():
        if served.first is None or served.language is None or served.channel is None:
            unstated += number
            continue
        counts.setdefault(served.first, nobody.copy())
        counts.setdefault(served.language, nobody.copy())[served.channel] += number
    for tag in sorted(counts):
        offered = floor.provision.channels(tag)
        yield CoverageRow(session_id=floor.session_id, language=tag, offered=offered, **counts[tag], unstated=0)
    if unstated:
        yield CoverageRow(session_id=floor.session_id, language=None, offered=(), **nobody, unstated=unstated)
