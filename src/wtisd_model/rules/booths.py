"""Booths that work both ways: several requests for the same sessions, whose teams can share one."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from wtisd_model.data.norms import booth_languages
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm
from wtisd_model.rules.schedule import InterpretationSchedule
from wtisd_model.rules.teams import to_be_interpreted
from wtisd_model.types.attendance import ParticipationMode


class Booth(NamedTuple):
    """What requests have in common if their teams can share a booth for two languages."""

    languages: frozenset[str]
    """The two languages, each spoken or interpreted into."""
    event_uid: str
    """The event."""
    session_ids: frozenset[str]
    """The sessions; empty means the whole event."""
    service: InterpretationService
    """The mode of interpretation."""
    norm: Norm
    """The norm by which the teams were sized."""
    interpreters_at: ParticipationMode | None
    """Where the interpreters work."""


class Crew(NamedTuple):
    """The interpreters who share a booth."""

    heads: int = 0
    """Their number."""
    booths: int = 0
    """The booths that their teams state."""
    targets: frozenset[str] = frozenset()
    """The languages that they interpret into."""

    def joined_by(self, other: "Crew") -> "Crew":
        """Return both crews as one."""
        return Crew(self.heads + other.heads, self.booths + other.booths, self.targets | other.targets)


_BOTH_WAYS: Final = 2  # languages of a booth that works both ways


def booth_and_crew(request: InterpretationRequest, schedule: InterpretationSchedule) -> tuple[Booth, Crew] | None:
    """Return the booth of an assigned team, and the team as its crew; None unless its two languages are known."""
    team, sources = request.team, schedule.sources(request)
    targets = to_be_interpreted(sources, request.target_languages)
    languages = booth_languages(sources) | targets
    if team is None or not request.state.is_open or not sources or len(languages) != _BOTH_WAYS:
        return None
    ids, at = request.session_ids, request.interpreters_at
    booth = Booth(languages, request.event_uid, ids, request.service, team.norm, at)
    return booth, Crew(team.heads, team.booths, targets)


def crews(requests: Iterable[InterpretationRequest], schedule: InterpretationSchedule) -> Mapping[Booth, Crew]:
    """Return the crew of each booth."""
    found: dict[Booth, Crew] = {}
    for request in requests:
        shared = booth_and_crew(request, schedule)
        if shared is not None:
            booth, crew = shared
            found[booth] = found.get(booth, Crew()).joined_by(crew)
    return found
