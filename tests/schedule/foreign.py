"""Schedules as other programs write them, in the shape that their source code produces; people and texts are ours."""

from typing import Any

Plain = dict[str, Any]


def pretalx(**event: Any) -> Plain:
    """Return a schedule of pretalx 2026.3 (``schedule/interfaces/exporters.py``, August 2026) with one session."""
    session = {
        "guid": "5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42",
        "code": "G9JGWY",
        "id": 17,
        "logo": "https://pretalx.example.org/media/forum/submissions/G9JGWY/logo.png",
        "date": "2027-03-05T00:30:00+01:00",
        "start": "00:30",
        "end": "2027-03-05T01:15:00+01:00",
        "duration": "00:45",
        "room": "Room 1",
        "slug": "forum-17-opening",
        "url": "https://pretalx.example.org/forum/talk/G9JGWY/",
        "title": "Opening",
        "subtitle": "",
        "track": "Policy",
        "type": "Keynote (45 min)",
        "language": "en",
        "abstract": "A short text.",
        "description": "A long text.\r\nWith two lines.",
        "recording_license": "",
        "do_not_record": True,
        "persons": [
            {
                "code": "NQTF8Y",
                "name": "Participant 1",
                "avatar": None,
                "biography": "Has taken part before.",
                "public_name": "Participant 1",
                "guid": "8f14e45f-ceea-567a-9b36-5c2d3e1f4a5b",
                "url": "https://pretalx.example.org/forum/speaker/NQTF8Y/",
            }
        ],
        "links": [{"title": "Paper", "url": "https://example.org/paper", "type": "related"}],
        "feedback_url": "https://pretalx.example.org/forum/talk/G9JGWY/feedback/",
        "origin_url": "https://pretalx.example.org/forum/talk/G9JGWY/",
        "attachments": [{"title": "Slides", "url": "/media/forum/slides.pdf", "type": "related"}],
    }
    return {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "pretalx", "version": "2026.3.0", "url": "https://pretalx.example.org"},
        "schedule": {
            "url": "https://pretalx.example.org/forum/schedule/",
            "version": "v1.1",
            "base_url": "https://pretalx.example.org",
            "conference": {
                "acronym": "forum-2027",
                "title": "Forum",
                "start": "2027-03-03",
                "end": "2027-03-04",
                "daysCount": 2,
                "timeslot_duration": "00:05",
                "time_zone_name": "Europe/Zurich",
                "colors": {"primary": "#3aa57c"},
                "rooms": [
                    {
                        "name": "Room 1",
                        "slug": "1-room-1",
                        "guid": "b379c473-93b9-5eae-9a09-d482e86cede3",
                        "description": None,
                        "capacity": 120,
                    }
                ],
                "tracks": [{"name": "Policy", "slug": "1-policy", "color": "#00aa00"}],
                "days": [
                    {
                        "index": 1,
                        "date": "2027-03-03",
                        "day_start": "2027-03-03T04:00:00+01:00",
                        "day_end": "2027-03-04T03:59:00+01:00",
                        "rooms": {},
                    },
                    {
                        "index": 2,
                        "date": "2027-03-04",
                        "day_start": "2027-03-04T04:00:00+01:00",
                        "day_end": "2027-03-05T03:59:00+01:00",
                        "rooms": {"Room 1": [{**session, **event}]},
                    },
                ],
            },
        },
    }


def pretalx_2020(**event: Any) -> Plain:
    """Return a schedule of pretalx of 2020, which names no zone, lists no rooms and numbers people."""
    session = {
        "id": 25,
        "guid": "8079583e-8321-506c-95af-fd2903a5f075",
        "logo": "",
        "date": "2027-03-03T09:00:00+01:00",
        "start": "09:00",
        "duration": "1:02:30",
        "room": "Room 1",
        "slug": "forum-25-opening",
        "url": "https://pretalx.example.org/forum/talk/G9JGWY/",
        "title": "Opening",
        "subtitle": "",
        "track": None,
        "type": "Workshop",
        "language": "de-formal",
        "abstract": None,
        "description": None,
        "recording_license": "",
        "do_not_record": False,
        "persons": [{"id": 26, "code": "NQTF8Y", "public_name": "Participant 1", "biography": "", "answers": []}],
        "links": [],
        "attachments": [],
        "answers": [{"question": 10, "answer": "0160 0000000", "options": []}],
    }
    day = {"day_start": "2027-03-03T04:00:00+01:00", "day_end": "2027-03-04T03:59:00+01:00"}
    rooms = {"Room 1": [{**session, **event}]}
    return {
        "schedule": {
            "version": "1.3",
            "base_url": "https://pretalx.example.org/forum/schedule/",
            "conference": {
                "acronym": "forum-2027",
                "title": "Forum",
                "start": "2027-03-03",
                "end": "2027-03-04",
                "daysCount": 2,
                "timeslot_duration": "00:05",
                "days": [{"index": 1, "date": "2027-03-03", **day, "rooms": rooms}],
            },
        }
    }


def frab(**event: Any) -> Plain:
    """Return a schedule of frab (``public/schedule/index.json.jbuilder``, June 2026)."""
    session = {
        "url": "https://frab.example.org/en/forum/public/events/10386",
        "id": 10386,
        "guid": "a0a0fcfe-b7fb-46e3-84b6-97a5406016b4",
        "logo": "/system/events/logos/000/010/386/large/logo.png",
        "date": "2027-03-03T11:00:00+01:00",
        "start": "11:00",
        "duration": "00:30",
        "room": "Room 1",
        "slug": "forum-10386-opening_ceremony",
        "title": "Opening ceremony",
        "subtitle": "With music",
        "track": "Plenary",
        "type": "lecture",
        "language": "en",
        "abstract": "Welcome.",
        "description": "",
        "recording_license": "CC BY 4.0",
        "do_not_record": False,
        "persons": [
            {
                "guid": "3dc5daf5-ba21-4577-97e4-fb6e4b5d40e1",
                "id": 7797,
                "name": "Participant 1",
                "public_name": "Participant 1",
            }
        ],
        "links": [{"url": "https://example.org/music", "title": "Music"}],
        "attachments": [{"url": "/system/event_attachments/1/slides.pdf?1", "title": "Slides"}],
    }
    return {
        "schedule": {
            "version": "Version 1",
            "base_url": "https://frab.example.org/",
            "conference": {
                "acronym": "forum",
                "title": "Forum",
                "start": "2027-03-03",
                "end": "2027-03-03",
                "daysCount": 1,
                "timeslot_duration": "00:15",
                "time_zone_name": "Europe/Berlin",
                "rooms": [{"name": "Room 1", "guid": "b379c473-93b9-4eae-9a09-d482e86cede3", "capacity": None}],
                "days": [
                    {
                        "index": 1,
                        "date": "2027-03-03",
                        "day_start": "2027-03-03T09:00:00+01:00",
                        "day_end": "2027-03-04T02:00:00+01:00",
                        "rooms": {"Room 1": [{**session, **event}]},
                    }
                ],
            },
        }
    }


def voctosched(**event: Any) -> Plain:
    """Return a schedule of voctosched (``export_handlers/frab_json.py``, June 2026), with its members in order."""
    session = {
        "abstract": "",
        "attachments": [],
        "date": "2027-03-03T11:00:00+01:00",
        "description": "Welcome.",
        "do_not_record": False,
        "duration": "00:30",
        "guid": "0d7a1f3e-57a4-4ac4-8b1a-60d1d9e5c001",
        "id": 1,
        "language": "en",
        "links": [],
        "logo": "",
        "persons": [{"id": 1, "public_name": "Participant 1"}],
        "recording_license": "CC BY 4.0",
        "room": "Room 1",
        "slug": "forum-1-opening",
        "start": "11:00",
        "subtitle": "",
        "title": "Opening",
        "track": "",
        "type": "Talk",
        "url": None,
        "video_download_url": "https://example.org/opening.mp4",
    }
    return {
        "schedule": {
            "base_url": None,
            "conference": {
                "acronym": "forum",
                "daysCount": 1,
                "days": [
                    {
                        "date": "2027-03-03",
                        "day_end": "2027-03-03T11:30:00+01:00",
                        "day_start": "2027-03-03T11:00:00+01:00",
                        "index": 1,
                        "rooms": {"Room 1": [{**session, **event}], "Room 2": []},
                    }
                ],
                "end": "2027-03-03",
                "start": "2027-03-03",
                "timeslot_duration": "00:10",
                "title": "Forum",
            },
            "version": "1.0",
        }
    }


def hub(**event: Any) -> Plain:
    """Return a schedule in version 2 of the hub of the CCC (example ``hub-schedule2.json`` of voc/schedule)."""
    session = {
        "type": "TALK",
        "guid": "270fa44c-821a-577f-8ca3-33e8d4a8c2a7",
        "code": "HQCCYH",
        "start": "2027-03-03T10:30:00+01:00",
        "end": "2027-03-03T11:00:00+01:00",
        "room": {"name": "Room 1", "slug": "room-1", "guid": "ba692ba3-421b-5371-8309-60acc34a3c05"},
        "url": "https://hub.example.org/event/opening/",
        "slug": "opening",
        "title": "Opening",
        "subtitle": None,
        "language": "en",
        "track": {"slug": "policy"},
        "abstract": {"de": "Kurz.", "en": "Short."},
        "description": {"de": "Lang.", "en": "Long."},
        "logo": {"url": "https://hub.example.org/logo.png"},
        "participants": [
            {"guid": "0c16ffaa-709d-599f-959f-9a38b911361a", "name": "Participant 1", "role": "SPEAKER"},
            {"guid": "721a267b-b09d-5422-8221-4f9a71cfc727", "name": "Participant 2", "role": "MODERATOR"},
            {"guid": "4cee1e72-681f-5c8b-8dcd-8e58c8f4a445", "name": "Participant 3", "role": "CONTRIBUTOR"},
        ],
        "links": [
            {"url": "https://example.org/", "title": "More"},
            {"type": "ORIGIN", "url": "https://cfp.example.org/talk/HQCCYH/"},
            {"type": "FEEDBACK", "url": "https://cfp.example.org/talk/HQCCYH/feedback/"},
        ],
        "attachments": [{"type": "SLIDES", "url": "https://example.org/1235.pdf"}],
    }
    coffee = {
        "type": "BREAK",
        "title": "Coffee",
        "start": "2027-03-03T11:00:00+01:00",
        "end": "2027-03-03T11:30:00+01:00",
    }
    return {
        "$schema": "https://c3voc.de/schema/schedule2",
        "schedule": {
            "version": "2027-02-26 20:23",
            "conference": {
                "acronym": "forum",
                "title": "Forum",
                "description": {"en": "A forum.", "de": "Ein Forum."},
                "start": "2027-03-03T09:30:00+00:00",
                "end": "2027-03-03T17:45:00+00:00",
                "time_zone_name": "Europe/Berlin",
                "url": "https://hub.example.org/",
                "logo": {"url": "https://hub.example.org/forum.png"},
                "languages": ["en", "de"],
                "defaults": {"theme": "dark", "language": "en"},
                "tracks": [{"name": "Policy", "slug": "policy", "colors": {"light": "#F9B000", "dark": "#F9B000"}}],
                "rooms": [
                    {
                        "type": "STAGE",
                        "name": "Room 1",
                        "slug": "room-1",
                        "guid": "ba692ba3-421b-5371-8309-60acc34a3c05",
                        "stream_id": "s1",
                        "capacity": 3025,
                        "features": {"recording": "RECORD_BY_DEFAULT"},
                    },
                    {
                        "type": "VIRTUAL",
                        "name": "Online",
                        "guid": "ba692ba3-421b-5371-8309-60acc34a3c06",
                        "url": "https://live.example.org/1",
                    },
                ],
                "days": [
                    {
                        "index": 1,
                        "date": "2027-03-03",
                        "start": "2027-03-03T09:30:00+00:00",
                        "end": "2027-03-04T06:00:00+01:00",
                    }
                ],
            },
            "events": [{**session, **event}, coffee],
            "persons": [{"guid": "0c16ffaa-709d-599f-959f-9a38b911361a", "name": "Participant 1"}],
        },
    }
