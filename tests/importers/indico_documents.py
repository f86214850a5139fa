"""Documents in the shape that Indico 3.3 writes, with nobody in them.

The shapes are those of `indico/modules/events/api.py` and `indico/modules/events/timetable/legacy.py`.
"""

from datetime import datetime
from typing import Any

from wtisd_model import Contact, Event, Session

HOST = "https://indico.example.org"
ZONE = "Europe/Zurich"


def moment(wall: str, zone: str = ZONE) -> dict[str, str]:
    """Return a moment: ``2027-03-04T09:00:00``."""
    date, _, time = wall.partition("T")
    return {"date": date, "time": time, "tz": zone}


def person(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a chair or a speaker; ``email`` is there only for managers."""
    return {
        "_type": "ContributionParticipation",
        "_fossil": "contributionParticipationMetadata",
        "first_name": "Participant",
        "last_name": str(number),
        "fullName": f"{number}, Participant",
        "id": str(number),
        "affiliation": "Organization 1",
        "emailHash": "0" * 32,
        "db_id": number,
        "person_id": number,
    } | changes


def convener(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a convener of a block."""
    return {
        "fax": "",
        "familyName": str(number),
        "firstName": "Participant",
        "name": f"{number}, Participant",
        "last_name": str(number),
        "first_name": "Participant",
        "title": "",
        "_type": "SlotChair",
        "affiliation": "Organization 2",
        "_fossil": "conferenceParticipation",
        "fullName": f"{number}, Participant",
        "id": number,
        "db_id": number,
        "person_id": number,
        "emailHash": None,
    } | changes


def presenter(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a person of a timetable."""
    return {
        "firstName": "Participant",
        "familyName": str(number),
        "affiliation": "Organization 1",
        "emailHash": None,
        "name": f"Participant {number}",
        "displayOrderKey": [0, "Participant"],
    } | changes


def attachment(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a file in a folder."""
    return {
        "_type": "attachment",
        "id": number,
        "download_url": f"{HOST}/event/7/attachments/1/{number}/slides.pdf",
        "title": f"Slides {number}",
        "description": "",
        "modified_dt": "2027-02-01T10:00:00+00:00",
        "type": "file",
        "is_protected": False,
        "filename": "slides.pdf",
        "content_type": "application/pdf",
        "size": 1024,
        "checksum": "0" * 32,
    } | changes


def folder(*attachments: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a folder with its files."""
    return {
        "_type": "folder",
        "id": 1,
        "title": None,
        "description": "",
        "attachments": list(attachments),
        "default_folder": True,
        "is_protected": False,
    } | changes


def contribution(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a contribution without a session."""
    return {
        "_type": "Contribution",
        "_fossil": "contributionMetadataWithSubContribs",
        "id": str(number),
        "db_id": 100 + number,
        "friendly_id": number,
        "title": f"Contribution {number}",
        "startDate": moment("2027-03-04T09:30:00"),
        "endDate": moment("2027-03-04T10:00:00"),
        "duration": 30,
        "roomFullname": "Main hall",
        "room": "Main hall",
        "note": {},
        "location": "Seat",
        "type": None,
        "description": "",
        "folders": [],
        "url": f"{HOST}/event/7/contributions/{100 + number}/",
        "material": [],
        "speakers": [],
        "primaryauthors": [],
        "coauthors": [],
        "keywords": [],
        "track": None,
        "session": None,
        "references": [],
        "board_number": "",
        "code": "",
        "subContributions": [],
    } | changes


def block(*contributions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a block of a session."""
    title = changes.pop("of", "Plenary")
    return {
        "_type": "SessionSlot",
        "_fossil": "sessionMetadata",
        "id": 21,
        "conference": {"_type": "Conference", "id": "7"},
        "startDate": moment("2027-03-04T11:00:00"),
        "endDate": moment("2027-03-04T12:00:00"),
        "description": "",
        "title": title,
        "url": f"{HOST}/event/7/sessions/11/",
        "contributions": list(contributions),
        "note": {},
        "session": {
            "folders": [],
            "startDate": moment("2027-03-04T11:00:00"),
            "endDate": moment("2027-03-04T12:00:00"),
            "_type": "Session",
            "sessionConveners": [],
            "title": title,
            "color": "#eeeeee",
            "textColor": "#000000",
            "description": "",
            "material": [],
            "isPoster": False,
            "type": None,
            "url": f"{HOST}/event/7/sessions/11/",
            "roomFullname": "Main hall",
            "location": "Seat",
            "address": "",
            "_fossil": "sessionMinimal",
            "numSlots": 1,
            "id": "1",
            "db_id": 11,
            "friendly_id": 1,
            "room": "Main hall",
            "code": "",
        },
        "room": "Main hall",
        "roomFullname": "Main hall",
        "location": "Seat",
        "inheritLoc": True,
        "inheritRoom": True,
        "slotTitle": "",
        "address": "",
        "conveners": [],
        "code": "",
    } | changes


def older_session(*contributions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a session as in the documentation of the HTTP API, which is older than blocks."""
    return {
        "_type": "Session",
        "_fossil": "sessionMetadata",
        "id": "0",
        "startDate": moment("2027-03-04T14:00:00"),
        "endDate": moment("2027-03-04T15:00:00"),
        "room": "",
        "numSlots": 1,
        "color": "#EEE0EF",
        "material": [],
        "isPoster": False,
        "sessionConveners": [],
        "location": "Seat",
        "address": "",
        "title": "d2s1",
        "textColor": "#1D041F",
        "contributions": list(contributions),
    } | changes


def conference(**changes: Any) -> dict[str, Any]:
    """Return an event as with ``detail=sessions``."""
    return {
        "_type": "Conference",
        "id": "7",
        "title": "Forum",
        "description": "<p>All about <b>forums</b>.</p>",
        "startDate": moment("2027-03-04T09:00:00"),
        "timezone": ZONE,
        "endDate": moment("2027-03-05T18:00:00"),
        "room": "Main hall",
        "location": "Seat",
        "address": "Street 1, Geneva",
        "type": "conference",
        "references": [],
        "_fossil": "conferenceMetadataWithSessions",
        "categoryId": 2,
        "category": "Forums",
        "note": {},
        "roomFullname": "Main hall",
        "url": f"{HOST}/event/7/",
        "creationDate": moment("2026-12-01T10:00:00"),
        "creator": person(9, _type="Avatar"),
        "hasAnyProtection": False,
        "roomMapURL": "",
        "folders": [],
        "chairs": [],
        "material": [],
        "keywords": [],
        "organizer": "",
        "language": "en_GB",
        "label": None,
        "visibility": {"id": "", "name": "Everywhere"},
        "contributions": [],
        "sessions": [],
    } | changes


def result(*events: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the answer of the API."""
    return {
        "count": len(events),
        "additionalInfo": {},
        "ts": 1_800_000_000,
        "url": f"{HOST}/export/event/7.json?detail=sessions",
        "results": list(events),
        "_type": "HTTPAPIResult",
    } | changes


def entry(kind: str, number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return an entry of a timetable."""
    key = f"{kind[0].lower()}{number}"
    more: dict[str, Any]
    match kind:
        case "Session":
            more = {
                "sessionSlotId": 20 + number,
                "sessionId": 11,
                "sessionCode": "",
                "title": "Plenary",
                "slotTitle": "",
                "attachments": {"files": None, "folders": []},
                "code": "",
                "contribDuration": 20.0,
                "conveners": [],
                "isPoster": False,
                "entries": {},
                "pdf": "/event/7/sessions/11/session-timetable.pdf",
                "url": "/event/7/sessions/11/",
                "friendlyId": 1,
            }
        case "Contribution":
            more = {
                "_type": "ContribSchEntry",
                "_fossil": "contribSchEntryDisplay",
                "contributionId": 100 + number,
                "attachments": {"files": None, "folders": []},
                "pdf": "/event/7/contributions/101/contribution.pdf",
                "presenters": [],
                "code": "",
                "sessionCode": None,
                "sessionId": None,
                "sessionSlotId": None,
                "sessionSlotEntryId": None,
                "title": f"Contribution {number}",
                "url": f"/event/7/contributions/{100 + number}/",
                "friendlyId": number,
                "references": [],
                "board_number": "",
                "authors": [],
            }
        case _:
            more = {
                "_type": "BreakTimeSchEntry",
                "_fossil": "breakTimeSchEntry",
                "color": "#90c0f0",
                "textColor": "#202020",
                "sessionId": None,
                "sessionCode": None,
                "sessionSlotId": None,
                "sessionSlotEntryId": None,
                "title": "Coffee",
            }
    common = {
        "startDate": moment("2027-03-04T10:00:00"),
        "endDate": moment("2027-03-04T10:30:00"),
        "id": key,
        "uniqueId": key,
        "conferenceId": 7,
        "location": "Seat",
        "room": "Main hall",
        "inheritLoc": True,
        "inheritRoom": True,
        "entryType": kind,
        "description": "",
        "duration": 30.0,
    }
    return common | more | changes


def timetable(*entries: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of the API for the first day of an event."""
    day = {each["id"]: each for each in entries}
    return result(results={"7": {"20270304": day, "20270305": {}}})


def _utc(at: datetime) -> dict[str, str]:
    return moment(f"{at:%Y-%m-%dT%H:%M:%S}", "UTC")


def _people(contacts: tuple[Contact, ...]) -> list[dict[str, Any]]:
    return [
        person(fullName=each.name or "", first_name="", last_name="", email=each.email, affiliation=each.organization)
        for each in contacts
    ]


def _contribution(number: int, session: Session) -> dict[str, Any]:
    return contribution(
        number,
        title=session.title.text,
        description="" if session.description is None else session.description.text,
        startDate=_utc(session.slot.starts_at),
        endDate=_utc(session.slot.ends_at),
        code=session.code or "",
        type=None if session.kind is None else session.kind.value.replace("-", " ").title(),
        track=session.track,
        speakers=_people(session.people),
        roomFullname="",
        room="",
        location="",
        url=session.url,
    )


def inside(event: Event) -> list[Session]:
    """Return the sessions that Indico could have: cancelled ones may be at another time than their event."""
    slot = event.slot
    assert slot is not None
    return [
        each for each in event.sessions if slot.starts_at <= each.slot.starts_at and each.slot.ends_at <= slot.ends_at
    ]


def as_conference(event: Event) -> dict[str, Any]:
    """Return an event as Indico would write it."""
    assert event.slot is not None
    return conference(
        title=event.title.text,
        description="" if event.description is None else event.description.text,
        language=event.title.language,
        startDate=_utc(event.slot.starts_at),
        endDate=_utc(event.slot.ends_at),
        timezone=event.slot.time_zone,
        organizer="" if event.organizer is None else event.organizer.name.text,
        chairs=_people(event.contacts),
        keywords=sorted(event.keywords),
        contributions=[_contribution(number, each) for number, each in enumerate(inside(event))],
    )
