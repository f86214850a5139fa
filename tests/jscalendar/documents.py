"""Documents of JSCalendar that have every property of the tables, each with a valid value."""

from typing import Any, Final

Json = dict[str, Any]

_ZONE = "Europe/Zurich"
_UPDATED = "2026-01-02T18:23:04Z"
_RULE: Json = {
    "@type": "RecurrenceRule",
    "frequency": "yearly",
    "interval": 2,
    "rscale": "gregorian",
    "skip": "omit",
    "firstDayOfWeek": "su",
    "byDay": [{"@type": "NDay", "day": "mo", "nthOfPeriod": -1}],
    "byMonthDay": [-31, 31],
    "byMonth": ["1", "12", "3L"],
    "byYearDay": [1, -366],
    "byWeekNo": [53],
    "byHour": [0, 23],
    "byMinute": [59],
    "bySecond": [60],
    "bySetPosition": [-1],
}
_LINK: Json = {
    "@type": "Link",
    "href": "https://example.org/a%20b?c=[1]#d",
    "contentType": "image/svg+xml",
    "size": 0,
    "rel": "icon",
    "title": "Logo",
}
_ALERT: Json = {
    "@type": "Alert",
    "trigger": {"@type": "OffsetTrigger", "offset": "-P1WT12H", "relativeTo": "end"},
    "acknowledged": _UPDATED,
    "action": "email",
}
_ABSOLUTE: Json = {"@type": "Alert", "trigger": {"@type": "AbsoluteTrigger", "when": "2026-05-16T07:00:00Z"}}
_UNKNOWN: Json = {"@type": "Alert", "trigger": {"@type": "example.org:Weather", "rain": True}}
_ANY: Json = {
    "uid": "7f0c5f6e-8d5b-4ba2-8a3b-0d3a5b1d7e61",
    "prodId": "-//Example//EN",
    "created": "2025-12-31T23:59:60Z",
    "updated": _UPDATED,
    "title": "Conference",
    "description": "<p>Two days</p>",
    "descriptionContentType": "text/html; charset=utf-8",
    "locale": "sr-Latn-RS",
    "keywords": {"interpreting": True},
    "categories": {"https://example.org/categories/conference": True},
    "color": "MediumPurple",
}
_ENTRY: Json = {
    **_ANY,
    "sequence": 3,
    "method": "request",
    "showWithoutTime": False,
    "priority": 9,
    "freeBusyStatus": "busy",
    "privacy": "example.org:members",
    "timeZone": _ZONE,
}
_PERSON: Json = {
    "@type": "Participant",
    "name": "Participant 1",
    "email": "participant.1@example.org",
    "description": "Speaks first",
    "kind": "individual",
    "participationStatus": "accepted",
    "expectReply": True,
}
_LOCATION: Json = {
    "@type": "Location",
    "name": "Hall 1",
    "locationTypes": {"convention-center": True},
    "coordinates": "geo:46.2268,6.1400,375;u=35",
    "links": {"plan": {"@type": "Link", "href": "https://example.org/plan"}},
}
_ROOM: Json = {
    "@type": "VirtualLocation",
    "name": "Channel 1",
    "uri": "tel:+1-555-555-5555",
    "features": {"audio": True, "example.org:captions": True},
}

_ENTRY_1: Json = {
    **_ENTRY,
    "version": "1.0",
    "relatedTo": {"another": {"@type": "Relation", "relation": {"parent": True}}},
    "links": {"logo": {**_LINK, "cid": "logo@example.org", "display": "badge"}},
    "locations": {
        "hall": {**_LOCATION, "description": "By the lake", "relativeTo": "end", "timeZone": "/Own"},
    },
    "virtualLocations": {"channel": {**_ROOM, "description": "Code 1"}},
    "recurrenceRules": [{**_RULE, "until": "2030-01-01T00:00:00.5"}],
    "excludedRecurrenceRules": [{"@type": "RecurrenceRule", "frequency": "monthly", "count": 5}],
    "excluded": False,
    "recurrenceOverrides": {
        "2026-06-17T09:00:00": {
            "title": "Last day",
            "locations/hall/name": "Hall 2",
            "localizations/fr/title": "Dernier jour",
            "keywords": None,
        },
        "2026-07-17T09:00:00": {"excluded": True},
        "2026-08-17T09:00:00": {},
    },
    "replyTo": {"imip": "mailto:office@example.org", "web": "https://example.org/reply"},
    "sentBy": "office@example.org",
    "requestStatus": "2.0;Success",
    "useDefaultAlerts": True,
    "localizations": {
        "fr": {"title": "Conférence", "locations/hall/name": "Salle 1", "virtualLocations/channel/name": "Canal 1"},
    },
    "timeZones": {
        "/Own": {
            "@type": "TimeZone",
            "tzId": "Own",
            "updated": _UPDATED,
            "url": "https://example.org/zones",
            "validUntil": "2030-01-01T00:00:00Z",
            "aliases": {"Mine": True},
            "standard": [
                {
                    "@type": "TimeZoneRule",
                    "start": "1970-10-25T03:00:00",
                    "offsetFrom": "+0200",
                    "offsetTo": "+010000",
                    "recurrenceRules": [{"@type": "RecurrenceRule", "frequency": "yearly"}],
                    "recurrenceOverrides": {"1971-10-31T03:00:00": {}},
                    "names": {"OWN": True},
                    "comments": ["Ours"],
                },
            ],
            "daylight": [],
        },
    },
    "participants": {
        "p1": {
            **_PERSON,
            "sendTo": {"imip": "mailto:participant.1@example.org", "other": "https://example.org/p1"},
            "roles": {"attendee": True, "chair": True},
            "locationId": "hall",
            "language": "fr",
            "participationComment": "Gladly",
            "scheduleAgent": "none",
            "scheduleForceSend": False,
            "scheduleSequence": 1,
            "scheduleStatus": ["2.0", "3.7.1"],
            "scheduleUpdated": _UPDATED,
            "sentBy": "secretary@example.org",
            "invitedBy": "p2",
            "delegatedTo": {"p2": True},
            "delegatedFrom": {"p2": True},
            "memberOf": {"p2": True},
            "links": {"photo": {"@type": "Link", "href": "https://example.org/photo"}},
        },
        "p2": {"@type": "Participant", "roles": {"example.org:interpreter": True}},
    },
    "alerts": {
        "soon": {**_ALERT, "relatedTo": {"later": {"@type": "Relation", "relation": {"parent": True}}}},
        "later": _ABSOLUTE,
        "other": _UNKNOWN,
    },
}
_ENTRY_2: Json = {
    **_ENTRY,
    "version": "2.0",
    "relatedTo": {"another": {"relation": {"parent": True}}},
    "links": {"logo": {**_LINK, "display": {"badge": True}}},
    "locations": {"hall": {**_LOCATION, "iCalendar": {"name": "vlocation"}}},
    "mainLocationId": "hall",
    "virtualLocations": {"channel": _ROOM},
    "recurrenceRule": {**_RULE, "until": "2030-01-01T00:00:00"},
    "recurrenceOverrides": {
        "2026-06-17T09:00:00": {"title": "Last day", "locations/hall/name": "Hall 2"},
        "2026-07-17T09:00:00": {"excluded": True},
    },
    "organizerCalendarAddress": "mailto:office@example.org",
    "sentBy": "office@example.org",
    "participants": {
        "p1": {
            **_PERSON,
            "descriptionContentType": "text/plain",
            "calendarAddress": "mailto:participant.1@example.org",
            "roles": {"required": True},
            "sentBy": "secretary@example.org",
            "delegatedTo": {"mailto:participant.2@example.org": True},
            "delegatedFrom": {"mailto:participant.3@example.org": True},
            "memberOf": {"mailto:staff@example.org": True},
            "links": {"photo": {"href": "https://example.org/photo"}},
            "iCalendar": {"name": "attendee"},
        },
    },
    "alerts": {
        "soon": {
            **_ALERT,
            "relatedTo": {"later": {"relation": {"snooze": True}}},
            "iCalendar": {
                "@type": "ICalComponent",
                "name": "valarm",
                "components": [["x-a", [], []]],
                "properties": [["x-b", {}, "unknown", "c"]],
                "convertedProperties": {
                    "action": {"@type": "ICalProperty", "name": "action", "valueType": "text", "parameters": {}},
                },
            },
        },
        "later": _ABSOLUTE,
        "bare": {"trigger": {"offset": "PT0S"}},
        "other": _UNKNOWN,
    },
    "iCalendar": {"name": "vevent"},
    "example.org:own": {"anything": [None]},
}
_EVENT: Json = {"start": "2026-05-17T09:00:00", "duration": "P1W2DT3H4M5S", "status": "confirmed"}
_TASK: Json = {
    "start": "2026-05-17T09:00:00",
    "due": "2026-05-18T09:00:00",
    "estimatedDuration": "PT90M",
    "percentComplete": 50,
    "progress": "in-process",
}


def _of_task(entry: Json, **extra: Any) -> Json:
    first = {**entry["participants"]["p1"], "progress": "completed", "percentComplete": 100, **extra}
    return {**entry, "participants": {**entry["participants"], "p1": first}}


_ITEM: Json = {"@type": "Event", "uid": "b", "updated": _UPDATED, "start": "2026-05-17T09:00:00"}
_INSTANCE: Json = {"recurrenceId": "2026-05-17T09:00:00", "recurrenceIdTimeZone": _ZONE}

DOCUMENTS: Final[dict[str, Json]] = {
    "event 1.0": {"@type": "Event", **_ENTRY_1, **_EVENT, "duration": "PT1.50S"},
    "task 1.0": {
        "@type": "Task",
        **_of_task(_ENTRY_1, progressUpdated=_UPDATED),
        **_TASK,
        "progressUpdated": _UPDATED,
    },
    "group 1.0": {
        "@type": "Group",
        **_ANY,
        "version": "1.0",
        "color": "#F0a",
        "links": {"logo": {**_LINK, "rel": "item"}},
        "timeZones": {"/Own": {"@type": "TimeZone", "tzId": "Own"}},
        "source": "https://example.org/feed",
        "entries": [{**_ITEM, "timeZone": "/Own", "timeZones": {"/Own": {"@type": "TimeZone", "tzId": "Own"}}}],
    },
    "instance 1.0": {**_ITEM, **_INSTANCE},
    "floating 1.0": {**_ITEM, "timeZone": None, "recurrenceId": "2026-05-17T09:00:00", "recurrenceIdTimeZone": None},
    "event 2.0": {"@type": "Event", **_ENTRY_2, **_EVENT, "endTimeZone": "Asia/Tokyo"},
    "task 2.0": {
        "@type": "Task",
        **_of_task(_ENTRY_2),
        **_TASK,
        "recurrenceRule": {"frequency": "daily", "count": 5},
    },
    "group 2.0": {
        "@type": "Group",
        **_ANY,
        "version": "2.0",
        "color": "#FF00aa",
        "links": {"logo": {**_LINK, "rel": "https://example.org/rel"}},
        "source": "https://example.org/feed",
        "iCalendar": {"name": "vcalendar"},
        "entries": [_ITEM, {"@type": "Note", "uid": 5}],
    },
    "instance 2.0": {**_ITEM, **_INSTANCE, "version": "2.0"},
    "bare task 2.0": {"@type": "Task", "version": "2.0", "uid": "c", "updated": _UPDATED},
}
"""Valid documents by name and version."""
