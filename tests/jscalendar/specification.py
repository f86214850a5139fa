"""The tables of JSCalendar: each object type, its properties, and what each property holds.

Version 1.0 is RFC 8984 with its three verified errata. Version 2.0 is draft-ietf-calext-jscalendarbis, read in
revision 18 of 31 July 2026. A signature is written as the texts write it, such as ``Id[Location]``. Behind it follow
the attributes: ``!`` for mandatory, the formats and values that its strings must have, and its bounds.
"""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from tests.jscalendar.values import words


@frozen
class Property:
    """What a table says about one property."""

    signature: str
    mandatory: bool = False
    default_type: str | None = None
    """The type of an object that names none, where the signature leaves several open."""

    format: str | None = None
    """What a string, or a key of a map that is a set, must look like: a name of `values.FORMATS`."""

    values: frozenset[str] = frozenset()
    """The enumerated values of a string, or of the keys of a set."""

    vendor: bool = True
    """True if a vendor may add a value of its own to the enumerated ones."""

    bounds: tuple[int, int] | None = None
    nonzero: bool = False
    nonempty: bool = False


def _p(
    signature: str,
    *values: str,
    format: str | None = None,  # noqa: A002  # the word of the tables
    default: str | None = None,
    vendor: bool = True,
    bounds: tuple[int, int] | None = None,
    nonzero: bool = False,
    nonempty: bool = False,
) -> Property:
    return Property(
        signature.removesuffix("!"),
        mandatory=signature.endswith("!"),
        default_type=default,
        format=format,
        values=frozenset(values),
        vendor=vendor,
        bounds=bounds,
        nonzero=nonzero,
        nonempty=nonempty,
    )


Table = Mapping[str, Property]

_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_ITIP = ("publish", "request", "reply", "add", "cancel", "refresh", "counter", "declinecounter")  # RFC 5546
_RELATIONS = ("first", "next", "child", "parent")
_IMAGES = ("badge", "graphic", "fullsize", "thumbnail")

_RELATION: Table = {"relation": _p("String[Boolean]", *_RELATIONS)}
_LINK: Table = {
    "href": _p("String!", format="URI"),
    "contentType": _p("String", format="media type"),
    "size": _p("UnsignedInt"),
    "title": _p("String"),
}
_N_DAY: Table = {"day": _p("String!", *_DAYS, vendor=False), "nthOfPeriod": _p("Int", nonzero=True)}
_RECURRENCE_RULE: Table = {
    "frequency": _p(
        *("String!", "yearly", "monthly", "weekly", "daily", "hourly", "minutely", "secondly"), vendor=False
    ),
    "interval": _p("UnsignedInt", bounds=(1, 2**53 - 1)),
    "rscale": _p("String", format="calendar system"),
    "skip": _p("String", "omit", "backward", "forward", vendor=False),
    "firstDayOfWeek": _p("String", *_DAYS, vendor=False),
    "byDay": _p("NDay[]"),
    "byMonthDay": _p("Int[]", nonempty=True, nonzero=True, bounds=(-31, 31)),
    "byMonth": _p("String[]", nonempty=True, format="month"),
    "byYearDay": _p("Int[]", nonempty=True, nonzero=True, bounds=(-366, 366)),
    "byWeekNo": _p("Int[]", nonempty=True, nonzero=True, bounds=(-53, 53)),
    "byHour": _p("UnsignedInt[]", nonempty=True, bounds=(0, 23)),
    "byMinute": _p("UnsignedInt[]", nonempty=True, bounds=(0, 59)),
    "bySecond": _p("UnsignedInt[]", nonempty=True, bounds=(0, 60)),
    "bySetPosition": _p("Int[]", nonempty=True, nonzero=True),
    "count": _p("UnsignedInt", bounds=(1, 2**53 - 1)),
    "until": _p("LocalDateTime"),
}
_LOCATION: Table = {
    "name": _p("String"),
    "locationTypes": _p("String[Boolean]", format="location type", nonempty=True),
    "coordinates": _p("String", format="geo URI"),
    "links": _p("Id[Link]", nonempty=True),
}
_VIRTUAL_LOCATION: Table = {
    "name": _p("String"),
    "uri": _p("String!", format="URI"),
    "features": _p("String[Boolean]", "audio", "chat", "feed", "moderator", "phone", "screen", "video"),
}
_OFFSET_TRIGGER: Table = {
    "offset": _p("SignedDuration!"),
    "relativeTo": _p("String", "start", "end", vendor=False),
}
_ABSOLUTE_TRIGGER: Table = {"when": _p("UTCDateTime!")}
_ALERT: Table = {
    "trigger": _p("OffsetTrigger|AbsoluteTrigger|UnknownTrigger!", default="OffsetTrigger"),
    "acknowledged": _p("UTCDateTime"),
    "relatedTo": _p("String[Relation]"),
    "action": _p("String", "display", "email"),
}
_PARTICIPANT: Table = {
    "name": _p("String"),
    "email": _p("String", format="addr-spec"),
    "description": _p("String"),
    "kind": _p("String", "individual", "group", "location", "resource"),
    "participationStatus": _p("String", "needs-action", "accepted", "declined", "tentative", "delegated"),
    "expectReply": _p("Boolean"),
    "links": _p("Id[Link]", nonempty=True),
    "percentComplete": _p("UnsignedInt", bounds=(0, 100)),
}
_ANY: Table = {  # what an event, a task and a group share
    "uid": _p("String!"),
    "prodId": _p("String"),
    "created": _p("UTCDateTime"),
    "updated": _p("UTCDateTime!"),
    "title": _p("String"),
    "description": _p("String"),
    "descriptionContentType": _p("String", format="text media type"),
    "links": _p("Id[Link]"),
    "locale": _p("String", format="language tag"),
    "keywords": _p("String[Boolean]"),
    "categories": _p("String[Boolean]", format="URI"),
}
_ENTRY: Table = {  # what an event and a task share
    **_ANY,
    "relatedTo": _p("String[Relation]"),
    "sequence": _p("UnsignedInt"),
    "method": _p("String", *_ITIP, vendor=False),
    "showWithoutTime": _p("Boolean"),
    "locations": _p("Id[Location]"),
    "virtualLocations": _p("Id[VirtualLocation]"),
    "recurrenceId": _p("LocalDateTime"),
    "recurrenceOverrides": _p("LocalDateTime[PatchObject]"),
    "priority": _p("Int", bounds=(0, 9)),
    "freeBusyStatus": _p("String", "free", "busy"),
    "privacy": _p("String", "public", "private", "secret"),
    "participants": _p("Id[Participant]"),
    "alerts": _p("Id[Alert]"),
}
_EVENT: Table = {
    "start": _p("LocalDateTime!"),
    "duration": _p("Duration"),
    "status": _p("String", "confirmed", "cancelled", "tentative"),
}
_PROGRESS = ("needs-action", "in-process", "completed", "failed", "cancelled")
_TASK: Table = {
    "due": _p("LocalDateTime"),
    "start": _p("LocalDateTime"),
    "estimatedDuration": _p("Duration"),
    "percentComplete": _p("UnsignedInt", bounds=(0, 100)),
    "progress": _p("String", *_PROGRESS),
}
_GROUP: Table = {"entries": _p("(Task|Event)[]!"), "source": _p("String", format="URI")}

# draft-ietf-calext-jscalendar-icalendar-25 section "New Properties": what came from a calendar and has no name here.
_I_CALENDAR: Table = {"iCalendar": _p("ICalComponent")}
_I_CAL_COMPONENT: Table = {
    "name": _p("String!"),
    "components": _p("*[]"),
    "convertedProperties": _p("String[ICalProperty]"),
    "properties": _p("*[]"),
}
_I_CAL_PROPERTY: Table = {"name": _p("String!"), "valueType": _p("String"), "parameters": _p("String[*]")}

_VERSION: Table = {"version": _p("String", "1.0", "2.0", vendor=False)}


def _version_1() -> dict[str, Table]:
    rule = _RECURRENCE_RULE
    entry: Table = {
        **_ENTRY,
        **_VERSION,
        "color": _p("String", format="color of 1.0"),
        "recurrenceIdTimeZone": _p("TimeZoneId|null"),
        "recurrenceRules": _p("RecurrenceRule[]"),
        "excludedRecurrenceRules": _p("RecurrenceRule[]"),
        "excluded": _p("Boolean"),
        "replyTo": _p("String[String]", format="name of a method", nonempty=True),
        "sentBy": _p("String", format="addr-spec"),
        "requestStatus": _p("String", format="request status"),
        "useDefaultAlerts": _p("Boolean"),
        "localizations": _p("String[PatchObject]", format="language tag"),
        "timeZone": _p("TimeZoneId|null"),
        "timeZones": _p("TimeZoneId[TimeZone]"),
    }
    participant: Table = {
        **_PARTICIPANT,
        "sendTo": _p("String[String]", format="name of a method", nonempty=True),
        "roles": _p(
            *("String[Boolean]!", "owner", "attendee", "optional", "informational", "chair", "contact"), nonempty=True
        ),
        "locationId": _p("Id"),
        "language": _p("String", format="language tag"),
        "participationComment": _p("String"),
        "scheduleAgent": _p("String", "server", "client", "none"),
        "scheduleForceSend": _p("Boolean"),
        "scheduleSequence": _p("UnsignedInt"),
        "scheduleStatus": _p("String[]", format="status code"),
        "scheduleUpdated": _p("UTCDateTime"),
        "sentBy": _p("String", format="addr-spec"),
        "invitedBy": _p("Id"),
        "delegatedTo": _p("Id[Boolean]", nonempty=True),
        "delegatedFrom": _p("Id[Boolean]", nonempty=True),
        "memberOf": _p("Id[Boolean]", nonempty=True),
        "progress": _p("String", *_PROGRESS),
        "progressUpdated": _p("UTCDateTime"),
    }
    return {
        "Event": {**entry, **_EVENT},
        "Task": {**entry, **_TASK, "progressUpdated": _p("UTCDateTime")},
        "Group": {
            **_ANY,
            **_VERSION,
            **_GROUP,
            "color": _p("String", format="color of 1.0"),
            "timeZones": _p("TimeZoneId[TimeZone]"),
        },
        "Relation": _RELATION,
        "Link": {
            **_LINK,
            "cid": _p("String", format="content id"),
            "rel": _p("String", format="registered relation"),
            "display": _p("String", *_IMAGES),
        },
        "Location": {
            **_LOCATION,
            "description": _p("String"),
            "relativeTo": _p("String", "start", "end"),
            "timeZone": _p("TimeZoneId"),
        },
        "VirtualLocation": {**_VIRTUAL_LOCATION, "description": _p("String")},
        "RecurrenceRule": rule,
        "NDay": _N_DAY,
        "Participant": participant,
        "Alert": _ALERT,
        "OffsetTrigger": _OFFSET_TRIGGER,
        "AbsoluteTrigger": _ABSOLUTE_TRIGGER,
        "TimeZone": {
            "tzId": _p("String!"),
            "updated": _p("UTCDateTime"),
            "url": _p("String", format="URI"),
            "validUntil": _p("UTCDateTime"),
            "aliases": _p("String[Boolean]"),
            "standard": _p("TimeZoneRule[]"),
            "daylight": _p("TimeZoneRule[]"),
        },
        "TimeZoneRule": {
            "start": _p("LocalDateTime!"),
            "offsetFrom": _p("String!", format="UTC offset"),
            "offsetTo": _p("String!", format="UTC offset"),
            "recurrenceRules": _p("RecurrenceRule[]"),
            "recurrenceOverrides": _p("LocalDateTime[PatchObject]"),
            "names": _p("String[Boolean]"),
            "comments": _p("String[]"),
        },
    }


def _version_2() -> dict[str, Table]:
    entry: Table = {
        **_ENTRY,
        **_VERSION,
        **_I_CALENDAR,
        "color": _p("String", format="color"),
        "mainLocationId": _p("String"),
        "recurrenceIdTimeZone": _p("TimeZoneId"),
        "recurrenceRule": _p("RecurrenceRule"),
        "organizerCalendarAddress": _p("String", format="URI"),
        "sentBy": _p("String", format="addr-spec"),
        "timeZone": _p("TimeZoneId"),
    }
    return {
        "Event": {**entry, **_EVENT, "endTimeZone": _p("TimeZoneId")},
        "Task": {**entry, **_TASK},
        "Group": {**_ANY, **_VERSION, **_I_CALENDAR, **_GROUP, "color": _p("String", format="color")},
        "Relation": {"relation": _p("String[Boolean]", *_RELATIONS, "snooze")},
        "Link": {
            **_LINK,
            "rel": _p("String", format="relation type"),
            "display": _p("String[Boolean]", *_IMAGES),
        },
        "Location": {**_LOCATION, **_I_CALENDAR},
        "VirtualLocation": _VIRTUAL_LOCATION,
        "RecurrenceRule": _RECURRENCE_RULE,
        "NDay": _N_DAY,
        "Participant": {
            **_PARTICIPANT,
            **_I_CALENDAR,
            "descriptionContentType": _p("String", format="text media type"),
            "calendarAddress": _p("String", format="URI"),
            "roles": _p("String[Boolean]", "owner", "optional", "informational", "chair", "required", nonempty=True),
            "sentBy": _p("String", format="addr-spec"),
            # Section 3.4.6 writes Id[Boolean] for the last of them, and asks for a URI: appendix A.2.3 has the reason.
            "delegatedTo": _p("String[Boolean]", format="URI", nonempty=True),
            "delegatedFrom": _p("String[Boolean]", format="URI", nonempty=True),
            "memberOf": _p("String[Boolean]", format="URI", nonempty=True),
            "progress": _p("String", "in-process", "completed", "failed"),
        },
        "Alert": {**_ALERT, **_I_CALENDAR},
        "OffsetTrigger": _OFFSET_TRIGGER,
        "AbsoluteTrigger": _ABSOLUTE_TRIGGER,
        "ICalComponent": _I_CAL_COMPONENT,
        "ICalProperty": _I_CAL_PROPERTY,
    }


@frozen
class Specification:
    """One version of JSCalendar: its tables, and the names that it no longer or not yet has."""

    version: str
    types: Mapping[str, Table]
    reserved: frozenset[tuple[str, str]] = frozenset()
    """Type and property that "MUST NOT" be set, though the name is registered; ``*`` for every type."""

    obsolete: frozenset[tuple[str, str]] = frozenset()
    ignored_in_overrides: frozenset[str] = frozenset()
    """Pointers that an override "MUST" not reach, by their exact text; ``*`` for any token."""

    ignored_prefixes: frozenset[str] = frozenset()
    arrays_in_patches: bool = False
    """True if a patch may replace what is inside of an array."""


def _pairs(*names: str) -> frozenset[tuple[str, str]]:
    pairs = (name.split(".") for name in names)
    return frozenset((type_, name) for type_, name in pairs)


# draft-ietf-jmap-calendars, which registers them for its own use: "Reserved".
_JMAP = ("baseEventId", "calendarIds", "hideAttendees", "id", "isDraft", "isOrigin", "utcEnd", "utcStart")
_JMAP_RESERVED = _pairs(*(f"{type_}.{name}" for type_ in ("Event", "Task") for name in _JMAP))

_OVERRIDES_1 = words(
    """@type excludedRecurrenceRules method privacy prodId recurrenceId recurrenceIdTimeZone recurrenceOverrides
    recurrenceRules relatedTo replyTo sentBy timeZones uid""",
)
_OVERRIDES_2 = words(
    """@type method organizerCalendarAddress participants/*/calendarAddress privacy prodId recurrenceId
    recurrenceIdTimeZone sentBy uid""",
)
_BOTH = ("Event", "Task")

SPECIFICATIONS: Final[Mapping[str, Specification]] = {
    "1.0": Specification(
        "1.0",
        _version_1(),
        reserved=_JMAP_RESERVED,
        ignored_prefixes=_OVERRIDES_1,
    ),
    "2.0": Specification(
        "2.0",
        _version_2(),
        reserved=_JMAP_RESERVED
        | _pairs(
            *("*.extra", "Location.description", "VirtualLocation.description"),
            *(f"{each}.{name}" for each in _BOTH for name in ("excluded", "localizations", "replyTo", "requestStatus")),
            *(f"{each}.useDefaultAlerts" for each in _BOTH),
            *(
                f"Participant.{name}"
                for name in words(
                    """invitedBy participationComment scheduleAgent scheduleForceSend scheduleSequence
                    scheduleStatus scheduleUpdated sendTo""",
                )
            ),
        ),
        obsolete=_pairs(
            *("Link.cid", "Location.relativeTo", "Location.timeZone", "Group.timeZones"),
            *(f"Participant.{name}" for name in ("language", "locationId", "progressUpdated")),
            *(f"{each}.{name}" for each in _BOTH for name in ("excludedRecurrenceRules", "recurrenceRules")),
            *(f"{each}.{name}" for each in _BOTH for name in ("progressUpdated", "timeZones")),
        ),
        ignored_in_overrides=_OVERRIDES_2,
        ignored_prefixes=frozenset({"recurrenceOverrides", "recurrenceRule", "relatedTo"}),
        arrays_in_patches=True,
    ),
}
"""Both versions, by the value of the property "version"."""
