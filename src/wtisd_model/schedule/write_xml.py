"""`to_schedule_xml`: the schedule of version 1 in the XML of frab, for programs that read no JSON.

It is made of `to_schedule_json`, so that both say the same in the same words.
"""

import re
from collections.abc import Iterator
from typing import Final

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

    It says what `to_schedule_json` says in version 1, as far as there are elements for it, with all rooms on each day,
    so that they are in one order. Characters that XML cannot hold become U+FFFD. Equal events give equal bytes.

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


def _elements(members: Plain, names: str) -> Iterator[Markup]:
    """Yield an element for each of these members that is stated."""
    return (_element(name, members[name]) for name in names.split() if members.get(name) is not None)


def _pieces(document: Plain) -> Iterator[str]:
    schedule = document["schedule"]
    conference = schedule["conference"]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<schedule>\n'
    yield f"{_element('generator', name=document['generator']['name'])}\n{_element('version', schedule['version'])}\n"
    yield f"{_conference(conference, schedule.get('base_url'))}\n"
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


def _conference(conference: Plain, base_url: str | None) -> Markup:
    zone = conference.get("time_zone_name") or conference["meta"][META]["timeZone"]
    stated = {**conference, "days": str(conference["daysCount"]), "base_url": base_url, "time_zone_name": zone}
    colors = [str(track.get("color")) for track in conference["tracks"]]
    return _element(
        "conference",
        *_elements(stated, "title acronym start end days timeslot_duration base_url logo url time_zone_name"),
        *[
            _element("track", name=track["name"], color=color if _COLOR.fullmatch(color) else None)
            for track, color in zip(conference["tracks"], colors, strict=True)
        ],
    )


def _event(session: Plain, acronym: str) -> Markup:
    opted_out, license_ = session["do_not_record"], session["recording_license"]
    recording = _element("license", license_), _element("optout", "true" if opted_out else "false")
    stated = {
        **session,
        "duration": _duration(session["duration"]),
        "slug": f"{acronym}-{session['id']}-{session['slug']}",
        "track": session["track"] or "",
        # XML allows only addresses of the web.
        "url": session["url"] if session["url"].startswith("http") else None,
    }
    names = "room title subtitle type date start duration abstract slug track logo language description"
    return _element(
        "event",
        *_elements(stated, f"{names} url feedback_url origin_url"),
        _element(
            "persons", *[_element("person", person["name"], guid=person["guid"]) for person in session["persons"]]
        ),
        None if opted_out is None and not license_ else _element("recording", *recording),
        *[_element(f"{tag}s", *_references(tag, session[f"{tag}s"])) for tag in ("link", "attachment")],
        id=session["id"],
        guid=session["guid"],
    )


def _references(tag: str, links: list[Plain]) -> Iterator[Markup]:
    return (_element(tag, link.get("title"), href=link["url"], type=link["type"]) for link in links)


def _duration(length: str) -> str:
    """Return a length of hours and minutes with its days before them, as pretalx does: ``1:02:00``.

    Giggity reads no schedule with more than 23 hours or 23 days in any place, so a longer session is cut there.
    """
    hours, minutes = length.split(":")
    days, hour = divmod(int(hours), 24)
    return f"{min(days, 23)}:{hour:02}:{minutes}" if days else length
