"""How people take part, in words for those who have not registered: remotely, and by the calls of the event."""

from collections.abc import Iterable, Iterator, Sequence

from wtisd_model.locales.locale import Locale
from wtisd_model.model.call import Call
from wtisd_model.types.language import TaggedText
from wtisd_model.types.location import VirtualLocation
from wtisd_model.types.timezone import at_zone


def how_to_take_part(
    virtual: Sequence[VirtualLocation], calls: Iterable[Call], *, zone: str, words: Locale
) -> Iterator[TaggedText]:
    """Yield paragraphs about an event or a session, in the language of *words*.

    Args:
        virtual: its virtual locations. If an address of one is known, the description has the link, which says enough.
        calls: the calls to name, with their addresses and terms.
        zone: the zone of the event, in which times are written.
        words: the words of a language.
    """
    if virtual and all(each.uri is None for each in virtual):
        yield words.participation["remote"], words.language
    lines = [call_in_words(each, zone, words) for each in calls]
    if lines:
        yield "\n".join(lines), words.language


def call_in_words(call: Call, zone: str, words: Locale) -> str:
    """Return a line about a call, with times in *zone*: what it is for, where to respond, from when and until when."""
    said, dates = words.participation, words.dates
    known = [each for each in (call.url, call.email) if each is not None]
    line = f"{said[call.kind]}{words.colon}{words.comma.join(known) or said['ask-organizer']}"
    if call.opens is not None:
        line += f" ({said['opens'].format(moment=dates.format_moment(at_zone(call.opens, zone)))})"
    if call.deadline is not None:
        last = said["last-day"].format(day=dates.format_day(call.deadline.date))
        elsewhere = "" if call.deadline.time_zone == zone else f"{words.comma}{call.deadline.time_zone}"
        line += f" ({last}{elsewhere})"
    return line
