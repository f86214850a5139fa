"""What each peer says of the payloads, before any time is taken: one that does not look is fast."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.benchmarks.payloads import Bad
from tests.benchmarks.peers.peer import Peer


class Agreement(NamedTuple):
    """How a peer judges what is known to be good and bad."""

    good_refused: int
    bad_accepted: int
    errors_found: int
    errors: int
    elsewhere: int
    """Findings at places where nothing was broken, or a second one at a place."""
    differing: tuple[str, ...]
    """What was broken in the bad ones that were accepted."""


def agreement(peer: Peer, good: Iterable[bytes], bad: Sequence[Bad]) -> Agreement:
    """Ask a peer about all payloads."""
    accepted = [each.kinds for each in bad if _accepts(peer, each.raw)]
    found = elsewhere = 0
    for each in bad:
        some, more = matched(each.places, [place for said in peer.findings(each.raw) for place in peer.pointers(said)])
        found += some
        elsewhere += more
    return Agreement(
        good_refused=sum(not _accepts(peer, raw) for raw in good),
        bad_accepted=len(accepted),
        errors_found=found,
        errors=sum(len(each.places) for each in bad),
        elsewhere=elsewhere,
        differing=tuple(sorted({kind for kinds in accepted for kind in kinds})),
    )


def _accepts(peer: Peer, raw: bytes) -> bool:
    try:
        peer.from_bytes(raw)
    except peer.refusals:
        return False
    return True


def matched(places: Iterable[str], said: Iterable[str]) -> tuple[int, int]:
    """Count the places that were found, and the findings beyond.

    A finding at what holds a place counts for it, once: that of a list in which an item is repeated, say, or of an
    object from which a key is missing.
    """
    missing, beyond = set(places), []
    for place in said:
        if place in missing:
            missing.remove(place)
        else:
            beyond.append(place)
    found = len(set(places)) - len(missing)
    elsewhere = 0
    for place in beyond:
        inner = next((each for each in sorted(missing) if each.rpartition("/")[0] == place and each != place), None)
        if inner is None:
            elsewhere += 1
        else:
            missing.remove(inner)
            found += 1
    return found, elsewhere
