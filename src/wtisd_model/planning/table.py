"""The table of coverage: sessions and languages, with how many people are served in which way."""

from collections.abc import Sequence

from attrs import frozen

from wtisd_model.findings import ReprMixin
from wtisd_model.model.dossier import Dossier
from wtisd_model.planning.places import Place, places
from wtisd_model.planning.ways import Way


@frozen(kw_only=True, repr=False)
class CoverageRow(ReprMixin):
    """One language at one session: how it is offered, and how many people are served in it in which way."""

    session_id: str | None
    """The session; None for the event itself."""
    language: str | None
    """The language; None for those who named no language."""
    offered: tuple[Way, ...]
    """How it comes to somebody there, the best way first; whether anybody listens or not."""
    floor: int
    """People whom the floor itself serves."""
    direct: int
    """People for whom it is interpreted straight from the floor."""
    relay: int
    """People for whom it is interpreted by relay."""
    sign: int
    """People for whom it is signed by interpreters."""
    captions: int
    """People who read it."""
    missing: int
    """People to whom none of their languages comes, of which this is the first."""
    unstated: int
    """People who named no language."""

    @property
    def people(self) -> int:
        """All of them."""
        return self.floor + self.direct + self.relay + self.sign + self.captions + self.missing + self.unstated


def table_of(dossier: Dossier) -> tuple[CoverageRow, ...]:
    """Carry out `coverage`."""
    return tuple(row for place in places(dossier) for row in _rows(place))


_COLUMNS = {way: index for index, way in enumerate(Way)}
_NOBODY = (0,) * len(Way)


def _rows(place: Place) -> list[CoverageRow]:
    counts: dict[str, list[int]] = {tag: [*_NOBODY] for tag in place.offer.languages}
    unstated = 0
    for each, number in place.people.items():
        if each.first is None or each.language is None or each.way is None:
            unstated += number
            continue
        counts.setdefault(each.first, [*_NOBODY])
        counts.setdefault(each.language, [*_NOBODY])[_COLUMNS[each.way]] += number
    rows = [_row(place, tag, place.offer.ways(tag), counts[tag]) for tag in sorted(counts)]
    return [*rows, _row(place, None, (), _NOBODY, unstated)] if unstated else rows


def _row(
    place: Place, language: str | None, offered: tuple[Way, ...], counts: Sequence[int], unstated: int = 0
) -> CoverageRow:
    floor, direct, relay, sign, captions, missing = counts
    return CoverageRow(
        session_id=place.session_id,
        language=language,
        offered=offered,
        floor=floor,
        direct=direct,
        relay=relay,
        sign=sign,
        captions=captions,
        missing=missing,
        unstated=unstated,
    )
