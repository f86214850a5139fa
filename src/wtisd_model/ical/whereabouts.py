"""Where something is: places to go to and places to dial in, as the lines of a VEVENT and in words."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from wtisd_model.ical.content_line import geo, line, parameter, said, uri
from wtisd_model.ical.joining import BETWEEN_PARTS, BETWEEN_PLACES, labelled
from wtisd_model.locales import Locale
from wtisd_model.types.language import Said
from wtisd_model.types.location import Location, VirtualLocation

Link = tuple[Said, str]
"""A place to dial in: what it is called, and its address."""


@frozen(kw_only=True)
class Place:
    """Where something is, for readers of one language who take part in one way."""

    where: tuple[Said, ...]
    """The places to go to."""
    links: tuple[Link, ...]
    """The places to dial in, of which the address is known."""
    remote_first: bool
    """Whether the reader takes part from afar."""
    lines: tuple[bytes, ...] = field(repr=False)
    """LOCATION, GEO and CONFERENCE."""

    def described(self, about: Sequence[Said]) -> Iterator[Said]:
        """Give the paragraphs of a description: what it is about, and the links, which go first to who needs them.

        Google and Apple do not read CONFERENCE, so that the links stand in the text as well.
        """
        links = [(labelled(label, address), tag) for (label, tag), address in self.links]
        yield from (*links, *about) if self.remote_first else (*about, *links)


def place(
    locations: Sequence[Location],
    virtual: Sequence[VirtualLocation],
    *,
    language: str | None,
    words: Locale,
    remote_first: bool,
) -> Place:
    """Write where something is.

    To whoever takes part from afar, LOCATION names the first place to dial in before the places to go to, since it is
    what calendar programs show; and there is no GEO, from which they reckon a journey.
    """
    where = tuple(_where(each, language) for each in locations)
    links = tuple(links_of(virtual, language, words))
    conferences = [_conference(each, each.uri, language) for each in virtual if each.uri is not None]
    if remote_first and virtual:
        first = (links[0][1], links[0][0][1]) if links else _name(virtual[0], language, words)
        lines = [*conferences, *said("LOCATION", [first, *where], BETWEEN_PLACES)]
    else:
        lines = [*said("LOCATION", where, BETWEEN_PLACES), *_position(locations), *conferences]
    return Place(where=where, links=links, remote_first=remote_first, lines=tuple(lines))


def links_of(virtual: Iterable[VirtualLocation], language: str | None, words: Locale) -> Iterator[Link]:
    """Give the places to dial in of which the address is known, for readers of a language."""
    for each in virtual:
        if each.uri is not None:
            yield _name(each, language, words), each.uri


def _name(virtual: VirtualLocation, language: str | None, words: Locale) -> Said:
    return (
        (words.labels.remote_participation, words.language)
        if virtual.name is None
        else virtual.name.in_language(language)
    )


def _where(location: Location, language: str | None) -> Said:
    name, tag = location.name.in_language(language)
    parts = (name, location.room, location.address, location.locality)
    return BETWEEN_PARTS.join(part for part in parts if part is not None), tag


def _position(locations: Sequence[Location]) -> list[bytes]:
    # GEO stands once (RFC 5545 section 3.6.1): the first place that has a position.
    for each in locations:
        if each.latitude is not None and each.longitude is not None:
            return [line("GEO", geo(each.latitude, each.longitude))]
    return []


def _conference(virtual: VirtualLocation, address: str, language: str | None) -> bytes:
    # "VALUE" has no default here (RFC 7986 section 5.11), and it takes FEATURE, LABEL and LANGUAGE.
    parameters = [parameter("VALUE", "URI")]
    if virtual.features:
        parameters.append(parameter("FEATURE", *sorted(each.upper() for each in virtual.features)))
    if virtual.name is not None:
        label, tag = virtual.name.in_language(language)
        parameters += [parameter("LABEL", label), parameter("LANGUAGE", tag)]
    return line("CONFERENCE", uri(address), *parameters)
