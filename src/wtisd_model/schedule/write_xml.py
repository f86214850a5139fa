"""`to_schedule_xml`: the schedule of version 1 in the XML of frab, for programs that read no JSON.

It is made of `to_schedule_json`, so that both say the same in the same words.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec.json import decode

from wtisd_model.markup.element import AttributeValue, Child, Markup, joined, written_attributes
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.programme.files import joined_pieces
from wtisd_model.programme.format import format_like, listed
from wtisd_model.schedule.vocabulary import META
from wtisd_model.schedule.write import FORMATS, Plain, to_schedule_json

FORMAT: Final = format_like(
    FORMATS["1"],
    name="schedule-xml",
    media_type="application/vnd.c3voc.schedule+xml",
    extension=".xml",
    as_text=listed(Event="short_title", Session="floor_languages id recording uid"),
    not_carried=listed(
        Event="color description floor_languages keywords uid", LocalizedText="language", Session="code"
    ),
)
"""What `to_schedule_xml` writes: of the members that the JSON has beside these, XML has none."""


def to_schedule_xml(event: Event | Dossier, *, language: str | None = None) -> bytes:
    """Return an event as the schedule of a conference in XML, for apps that read only this, such as Giggity.

    It says what `to_schedule_json` says in version 1, as far as there are elements for it: not what is in ``meta``, nor
    anything about the event but its title, time, zone, addresses, picture and tracks. Each day has all rooms, so that
    they are in one order. Characters that XML cannot hold become U+FFFD. Equal events give equal bytes.

    Args:
        event: not a draft; or the dossier of such an event.
        language: the language of texts, as for `to_schedule_json`.

    Returns:
        UTF-8, valid by the XML Schema of June 2026, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: ``language-unknown``, ``wrong-type``.
        TypeError: *event* is not an Event or a Dossier.

    Source: https://c3voc.de/schedule/schema.xsd
    """
    document: Plain = decode(to_schedule_json(event, language=language))
    return joined_pieces(piece.encode() for piece in _pieces(document))


def _element(tag: str, *inside: Child, **attributes: AttributeValue) -> Markup:
    # Not `element`, for which a link is an element of HTML that has nothing inside.
    return Markup(f"<{tag}{written_attributes(attributes)}>{joined(*inside)}</{tag}>")


def _elements(members: Mapping[str, Any], *names: str) -> Iterator[Markup]:
    """Yield an element for each of these members that say something."""
    return (_element(name, str(members[name])) for name in names if members.get(name))


def _pieces(document: Plain) -> Iterator[str]:
    schedule = document["schedule"]
    conference = schedule["conference"]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<schedule>\n'
    yield f"{_element('generator', name=document['generator']['name'])}\n{_element('version', schedule['version'])}\n"
    yield f"{_conference(schedule, conference)}\n"
    for day in conference["days"]:
        bounds = {"start": day["day_start"], "end": day["day_end"]}
        yield f"<day{written_attributes({'index': day['index'], 'date': day['date'], **bounds})}>\n"
        for room in conference["rooms"]:
            yield f"<room{written_attributes({'name': room['name'], 'guid': room['guid']})}>\n"
            for session in day["rooms"].get(room["name"], ()):
                yield f"{_event(session, conference['acronym'])}\n"
            yield "</room>\n"
        yield "</day>\n"
    yield "</schedule>\n"


_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]+")
"""The forms of an attribute of a track, which is left out if it has another one."""


def _conference(schedule: Plain, conference: Plain) -> Markup:
    zone = conference.get("time_zone_name") or conference["meta"][META]["timeZone"]
    tracks = [
        _element(
            "track",
            name=track["name"],
            color=_matching(_COLOR, track.get("color")),
            slug=_matching(_SLUG, track.get("slug")),
        )
        for track in conference["tracks"]
    ]
    return _element(
        "conference",
        *_elements(conference, "title", "acronym", "start", "end"),
        _element("days", str(conference["daysCount"])),
        *_elements({**conference, **schedule}, "timeslot_duration", "base_url", "logo", "url"),
        _element("time_zone_name", zone),
        *tracks,
    )


def _matching(form: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and form.fullmatch(value) else None


def _event(session: Plain, acronym: str) -> Markup:
    """Return a session, whose address without a page of its own is left out: XML allows only those of the web."""
    recording = None
    if session["recording_license"] or session["do_not_record"] is not None:
        opted_out = "true" if session["do_not_record"] else "false"
        recording = _element(
            "recording", _element("license", session["recording_license"]), _element("optout", opted_out)
        )
    persons = [_element("person", person["name"], guid=person["guid"]) for person in session["persons"]]
    web = {**session, "url": session["url"] if session["url"].startswith("http") else None}
    return _element(
        "event",
        *_elements(session, "room", "title"),
        _element("subtitle", session["subtitle"]),
        *_elements(session, "type", "date", "start"),
        _element("duration", _duration(session["duration"])),
        _element("abstract", session["abstract"]),
        _element("slug", f"{acronym}-{session['id']}-{session['slug']}"),
        _element("track", session["track"]),
        *_elements(session, "logo"),
        _element("persons", *persons),
        *_elements(session, "language", "description"),
        recording,
        _element("links", *[_reference("link", link) for link in session["links"]]),
        _element("attachments", *[_reference("attachment", link) for link in session["attachments"]]),
        *_elements(web, "url", "feedback_url", "origin_url"),
        id=session["id"],
        guid=session["guid"],
    )


def _reference(tag: str, link: Plain) -> Markup:
    return _element(tag, link.get("title"), href=link["url"], type=link["type"])


_MOST_DAYS: Final = 23
_HOURS: Final = 24


def _duration(length: str) -> str:
    """Return a length of hours and minutes with its days before them, as pretalx does: ``1:02:00``.

    Giggity reads no schedule with more than 23 hours or 23 days in any place, so a longer session is cut there.
    """
    hours, minutes = length.split(":")
    days, hour = divmod(int(hours), _HOURS)
    return f"{min(days, _MOST_DAYS)}:{hour:02}:{minutes}" if days else length
