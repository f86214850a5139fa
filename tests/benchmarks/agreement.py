"""What each peer says of the payloads, before any time is taken: one that does not look is fast."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.benchmarks.payloads import Bad
from tests.benchmarks.peers.peer import Peer
from wtisd_model import Registration, from_json


class Agreement(NamedTuple):
    """How a peer judges what is known to be good and bad, and whether what it writes can be read."""

    good: int
    good_refused: int
    bad: int
    bad_accepted: int
    accepted_kinds: tuple[str, ...]
    """What was broken in the bad ones that were accepted."""
    errors: int
    errors_found: int
    elsewhere: int
    """Places where nothing was broken."""
    exact: int
    """Bad payloads for which the places are exactly those that were broken."""
    dumped_differently: int | None
    """Objects that are others once they are written by it and read by us; None where it writes none."""


def agreement(peer: Peer, good: Sequence[bytes], bad: Sequence[Bad]) -> Agreement:
    """Ask a peer about all payloads."""
    refused = [raw for raw in good if not _accepts(peer, raw)]
    accepted = [each.kinds for each in bad if _accepts(peer, each.raw)]
    said = [_places(peer, each.raw) for each in bad]
    counted = [matched(each.places, places) for each, places in zip(bad, said, strict=True)]
    return Agreement(
        good=len(good),
        good_refused=len(refused),
        bad=len(bad),
        bad_accepted=len(accepted),
        accepted_kinds=tuple(sorted({kind for kinds in accepted for kind in kinds})),
        errors=sum(len(each.places) for each in bad),
        errors_found=sum(found for found, _ in counted),
        elsewhere=sum(elsewhere for _, elsewhere in counted),
        exact=sum(sorted(places) == sorted(each.places) for each, places in zip(bad, said, strict=True)),
        dumped_differently=None if peer.dump is None or refused else sum(_differs(peer, raw) for raw in good),
    )


def _accepts(peer: Peer, raw: bytes) -> bool:
    try:
        peer.from_bytes(raw)
    except peer.refusals:
        return False
    return True


def _places(peer: Peer, raw: bytes) -> list[str]:
    # Some say of one value that its length is wrong and its form too; that is one thing to mend.
    return list(dict.fromkeys(place for said in peer.findings(raw) for place in peer.pointers(said)))


def _differs(peer: Peer, raw: bytes) -> bool:
    dumped = b"" if peer.dump is None else peer.dump(peer.from_bytes(raw))
    return from_json(Registration, dumped) != from_json(Registration, raw)


def matched(places: Iterable[str], said: Iterable[str]) -> tuple[int, int]:
    """Count the places that were found, and the findings beyond.

    A finding at what holds a place counts for it, once: that of a list in which an item is repeated, say, or of an
    object from which a key is missing.
    """
    missing = set(places)
    beyond: list[str] = []
    found = 0
    for place in said:
        if place in missing:
            missing.remove(place)
            found += 1
        else:
            beyond.append(place)
    elsewhere = 0
    for place in beyond:
        inner = next((each for each in sorted(missing) if each and each.rpartition("/")[0] == place), None)
        if inner is None:
            elsewhere += 1
        else:
            missing.remove(inner)
            found += 1
    return found, elsewhere
