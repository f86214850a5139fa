"""The validator of JSCalendar against the texts: their examples, and for each rule a document that breaks it."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.jscalendar.documents import DOCUMENTS, Json
from tests.jscalendar.specification import SPECIFICATIONS
from tests.jscalendar.validator import RULES, Violation, validate

EXAMPLES: list[Json] = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
GONE = object()

# The rule that is broken, the document, the pointer of the violation, and the change that breaks it there. A fourth
# place says where to change, if that is elsewhere.
BREAKS: list[tuple[Any, ...]] = [
    ("I-JSON", "event 2.0", "/title", "\ud800"),
    ("I-JSON", "event 2.0", "/example.org:own/anything/0", 2**53),
    ("I-JSON", "event 1.0", "/keywords/\ufdd0", True),
    ("type", "event 2.0", "/title", 5),
    ("type", "event 2.0", "/keywords", ["a"]),
    ("type", "event 2.0", "/alerts", []),
    ("type", "event 2.0", "/alerts/soon/trigger", "-PT5M"),
    ("type", "event 2.0", "/keywords/interpreting", 1),
    ("type", "event 2.0", "/sequence", True),
    ("type", "event 2.0", "/recurrenceRule/byDay", {}),
    ("type", "event 2.0", "/timeZone", None),
    ("type", "event 2.0", "/recurrenceOverrides/2026-07-17T09:00:00", []),
    ("type", "event 1.0", "/localizations/fr", "Conférence"),
    ("type", "event 1.0", "/replyTo/other", 5),
    ("@type", "event 2.0", "/@type", "Journal"),
    ("@type", "group 2.0", "/entries/0/@type", GONE),
    ("@type", "group 2.0", "/entries/0/@type", "event"),
    ("@type", "event 2.0", "/locations/hall/@type", "Link"),
    ("@type", "event 2.0", "/alerts/later/trigger/@type", 5),
    ("@type", "event 1.0", "/locations/hall/@type", GONE),
    ("@type", "event 1.0", "/recurrenceRules/0/byDay/0/@type", GONE),
    ("mandatory", "event 2.0", "/uid", GONE),
    ("mandatory", "event 2.0", "/alerts/later/trigger/when", GONE),
    ("unknown", "event 2.0", "/flavour", 1),
    ("unknown", "event 2.0", "/no vendor:name", 1),
    ("unknown", "event 2.0", "/-example.org:name", 1),
    ("unknown", "event 2.0", '/example.org:"name', 1),
    ("case", "event 2.0", "/Title", "x"),
    ("case", "event 2.0", "/locations/hall/locationtypes", {}),
    ("context", "event 2.0", "/entries", []),
    ("context", "group 2.0", "/timeZone", "Europe/Zurich"),
    ("context", "group 1.0", "/name", "As RFC 8984 section 6.3 has it"),
    ("context", "event 1.0", "/recurrenceRule", {}),
    ("reserved", "event 2.0", "/localizations", {}),
    ("reserved", "event 2.0", "/extra", 1),
    ("reserved", "event 2.0", "/participants/p1/sendTo", {}),
    ("reserved", "event 2.0", "/virtualLocations/channel/description", "x"),
    ("reserved", "event 1.0", "/utcStart", "2026-05-17T07:00:00Z"),
    ("obsolete", "event 2.0", "/recurrenceRules", []),
    ("obsolete", "event 2.0", "/locations/hall/timeZone", "Asia/Tokyo"),
    ("obsolete", "event 2.0", "/links/logo/cid", "a@b"),
    ("value", "event 2.0", "/status", "Confirmed"),
    ("value", "event 2.0", "/participants/p1/roles/attendee", True),
    ("value", "event 2.0", "/recurrenceRule/frequency", "example.org:often"),
    ("value", "event 2.0", "/method", "REQUEST"),
    ("value", "task 2.0", "/participants/p1/progress", "cancelled"),
    ("value", "event 1.0", "/participants/p1/roles/required", True),
    ("value", "event 1.0", "/links/logo/display", "poster"),
    ("set", "event 2.0", "/keywords/interpreting", False),
    ("bounds", "event 2.0", "/priority", 10),
    ("bounds", "event 2.0", "/recurrenceRule/interval", 0),
    ("bounds", "event 2.0", "/recurrenceRule/byHour/0", 24),
    ("bounds", "event 2.0", "/recurrenceRule/byMonthDay/0", 0),
    ("bounds", "event 2.0", "/recurrenceRule/byDay/0/nthOfPeriod", 0),
    ("bounds", "task 2.0", "/percentComplete", 101),
    ("empty", "event 2.0", "/recurrenceRule/byMonth", []),
    ("empty", "event 2.0", "/locations/hall/links", {}),
    ("empty", "event 1.0", "/participants/p2/roles", {}),
    ("version", "event 2.0", "/version", "3.0"),
    ("version", "event 2.0", "/version", 2.0),
    ("version", "group 2.0", "/entries/0/version", "2.0"),
    ("version", "group 1.0", "/entries/0/version", "2.0"),
    ("Id", "event 2.0", "/locations/a b", {"name": "x"}),
    ("Id", "event 2.0", "/alerts/", {"trigger": {"offset": "PT0S"}}),
    ("Id", "event 2.0", "/links/" + "x" * 256, {"href": "a:"}),
    ("Int", "event 2.0", "/priority", -(2**53)),
    ("UnsignedInt", "event 2.0", "/sequence", -1),
    ("LocalDateTime", "event 2.0", "/start", "2026-05-17T09:00:00Z"),
    ("LocalDateTime", "event 2.0", "/start", "2026-02-29T09:00:00"),
    ("LocalDateTime", "event 2.0", "/start", "2026-05-17T09:00:00.5"),
    ("LocalDateTime", "event 2.0", "/start", "2026-05-17t09:00:00"),
    ("LocalDateTime", "event 2.0", "/start", "2026-05-17"),
    ("LocalDateTime", "event 1.0", "/start", "2026-05-17T09:00:00.50"),
    ("LocalDateTime", "event 2.0", "/recurrenceOverrides/2026-05-17", {}),
    ("UTCDateTime", "event 2.0", "/updated", "2026-01-02T18:23:04+00:00"),
    ("UTCDateTime", "event 2.0", "/updated", "2026-01-02T18:23:04.123Z"),
    ("UTCDateTime", "event 1.0", "/updated", "2026-01-02T18:23:04.0Z"),
    ("Duration", "event 2.0", "/duration", "-PT1H"),
    ("Duration", "event 2.0", "/duration", "P"),
    ("Duration", "event 2.0", "/duration", "PT"),
    ("Duration", "event 2.0", "/duration", "P1Y"),
    ("Duration", "event 2.0", "/duration", "PT1H5S"),
    ("Duration", "event 2.0", "/duration", "P1D1W"),
    ("Duration", "event 2.0", "/duration", "PT1.5S"),
    ("SignedDuration", "event 2.0", "/alerts/soon/trigger/offset", "--PT5M"),
    ("TimeZoneId", "event 2.0", "/timeZone", "CET time"),
    ("TimeZoneId", "event 2.0", "/timeZone", "/Own"),
    ("URI", "event 2.0", "/links/logo/href", "example.org/logo"),
    ("URI", "event 2.0", "/links/logo/href", "https://example.org/a b"),
    ("URI", "event 2.0", "/links/logo/href", "https://example.org/é"),
    ("URI", "event 2.0", "/links/logo/href", "https://example.org/%zz"),
    ("URI", "event 2.0", "/participants/p1/memberOf/staff", True),
    ("geo URI", "event 2.0", "/locations/hall/coordinates", "46.2,6.1"),
    ("media type", "event 2.0", "/links/logo/contentType", "svg"),
    ("text media type", "event 2.0", "/descriptionContentType", "application/json"),
    ("text media type", "event 2.0", "/descriptionContentType", "text/html; charset=latin1"),
    ("language tag", "event 2.0", "/locale", "en_GB"),
    ("language tag", "event 1.0", "/localizations/f", {}),
    ("addr-spec", "event 2.0", "/participants/p1/email", "mailto:participant.1@example.org"),
    ("addr-spec", "event 2.0", "/participants/p1/email", "participant 1@example.org"),
    ("registered relation", "event 1.0", "/links/logo/rel", "https://example.org/rel"),
    ("relation type", "event 2.0", "/links/logo/rel", "Item of"),
    ("color", "event 2.0", "/color", "#F0a"),
    ("color", "event 1.0", "/color", "reddish"),
    ("calendar system", "event 2.0", "/recurrenceRule/rscale", "Gregorian"),
    ("location type", "event 2.0", "/locations/hall/locationTypes/palace", True),
    ("month", "event 2.0", "/recurrenceRule/byMonth/0", "3l"),
    ("UTC offset", "event 1.0", "/timeZones/~1Own/standard/0/offsetTo", "+01:00"),
    ("status code", "event 1.0", "/participants/p1/scheduleStatus/0", "OK"),
    ("request status", "event 1.0", "/requestStatus", "2.0"),
    ("name of a method", "event 1.0", "/replyTo/by-post", "https://example.org"),
    ("content id", "event 1.0", "/links/logo/cid", "<a@b>"),
    ("count or until", "event 2.0", "/recurrenceRule/until", 5, "/recurrenceRule/count"),
    ("recurrence id alone", "event 2.0", "/recurrenceRule", "2026-05-17T09:00:00", "/recurrenceId"),
    ("zone of a recurrence id", "event 2.0", "/recurrenceIdTimeZone", "Europe/Zurich"),
    ("purpose of an image", "event 2.0", "/links/logo/display", GONE, "/links/logo/rel"),
    ("empty location", "event 2.0", "/locations/hall", {"@type": "Location"}),
    ("empty location", "event 1.0", "/locations/hall", {"@type": "Location", "relativeTo": "end"}),
    ("progress of a participant", "event 2.0", "/participants/p1/progress", "failed"),
    ("progress of a participant", "event 2.0", "/participants/p1/percentComplete", 5),
    (
        "progress of a participant",
        "task 2.0",
        "/participants/p1/progress",
        GONE,
        "/participants/p1/participationStatus",
    ),
    ("start of a recurring task", "task 2.0", "/start", GONE),
    ("start of a recurring task", "task 1.0", "/recurrenceRules", GONE, "/start", GONE, "/due"),
    ("methods of replying", "event 1.0", "/replyTo/imip", "https://example.org"),
    ("methods of replying", "event 1.0", "/participants/p1/sendTo/other", "by post"),
    ("somewhere to reply", "event 1.0", "/replyTo", GONE),
    ("participant of that id", "event 1.0", "/participants/p1/memberOf/p3", True),
    ("custom time zone", "event 1.0", "/timeZones/Own", {"@type": "TimeZone", "tzId": "Own"}),
    ("custom time zone", "event 1.0", "/timeZones/~1Own", GONE, "/locations/hall/timeZone"),
    ("time zone that is defined", "event 1.0", "/timeZone", "/Theirs"),
    ("main location", "event 2.0", "/mainLocationId", "foyer"),
    ("main location", "event 2.0", "/mainLocationId", GONE, "/locations/hall/name"),
    ("organizer", "event 2.0", "/organizerCalendarAddress", GONE, "/participants"),
    ("organizer", "event 2.0", "/organizerCalendarAddress", GONE),
    ("sender of an organizer", "event 2.0", "/sentBy", GONE, "/organizerCalendarAddress"),
    ("address of a participant", "event 2.0", "/participants/p1/kind", GONE, "/participants/p1/calendarAddress"),
    (
        "type of a description",
        "event 2.0",
        "/participants/p1/descriptionContentType",
        GONE,
        "/participants/p1/description",
    ),
    ("zone of the end", "event 2.0", "/endTimeZone", GONE, "/timeZone"),
    ("time of a task", "bare task 2.0", "/due", "Europe/Zurich", "/timeZone"),
    ("time of a task", "bare task 2.0", "/due", True, "/showWithoutTime"),
    ("alert of that id", "event 2.0", "/alerts/soon/relatedTo/other uid", {"relation": {}}),
]

# The same for patches: the rule, the version, the patch of an occurrence (or in "fr", of the language), and the pointer
# below the patch. Only the event is patched.
PATCHES: list[tuple[str, str, str, Json, str]] = [
    ("patch pointer", "2.0", "override", {"a~2b": 1}, "/a~02b"),
    (
        "patch into an array",
        "1.0",
        "override",
        {"participants/p1/scheduleStatus/0": "2.1"},
        "/participants~1p1~1scheduleStatus~10",
    ),
    ("patch into an array", "2.0", "override", {"example.org:own/anything/-": 1}, "/example.org:own~1anything~1-"),
    ("patch into an array", "2.0", "override", {"example.org:own/anything/1": 1}, "/example.org:own~1anything~11"),
    ("patch into an array", "2.0", "override", {"example.org:own/anything/0": None}, "/example.org:own~1anything~10"),
    ("patch of nothing", "2.0", "override", {"locations/foyer/name": "x"}, "/locations~1foyer~1name"),
    ("patch of nothing", "2.0", "override", {"title/en": "x"}, "/title~1en"),
    ("patch of nothing", "1.0", "fr", {"locations/foyer/name": "x"}, "/locations~1foyer~1name"),
    (
        "patch within another",
        "2.0",
        "override",
        {"locations": {}, "locations/hall/name": "x"},
        "/locations~1hall~1name",
    ),
    ("patch ignored", "2.0", "override", {"uid": "x"}, "/uid"),
    (
        "patch ignored",
        "2.0",
        "override",
        {"participants/p1/calendarAddress": "a:"},
        "/participants~1p1~1calendarAddress",
    ),
    ("patch ignored", "2.0", "override", {"relatedTo/another/relation": {}}, "/relatedTo~1another~1relation"),
    ("patch ignored", "1.0", "override", {"replyTo/imip": "mailto:a@example.org"}, "/replyTo~1imip"),
    ("patch of an exclusion", "2.0", "override", {"excluded": True, "title": "x"}, ""),
    ("patch of an exclusion", "2.0", "override", {"excluded": False}, ""),
    ("localized property", "1.0", "fr", {"uid": "x"}, "/uid"),
    ("localized property", "1.0", "fr", {"locations/hall/coordinates": "geo:1,2"}, "/locations~1hall~1coordinates"),
    (
        *("localized property", "1.0", "fr", {"recurrenceOverrides/2026-06-17T09:00:00/title": "x"}),
        None,  # type: ignore[list-item]  # it breaks nothing
    ),
    ("type", "2.0", "override", {"title": 5}, "/title"),
    ("type", "1.0", "fr", {"locations/hall/name": 5}, "/locations~1hall~1name"),
    ("mandatory", "2.0", "override", {"start": None}, "/start"),
    ("mandatory", "2.0", "override", {"links/logo/href": None}, "/links~1logo~1href"),
    ("Duration", "2.0", "override", {"duration": "1 hour"}, "/duration"),
    ("color", "2.0", "override", {"color": "reddish"}, "/color"),
    ("type", "2.0", "override", {"links": {"a": {"href": 5}}}, "/links/a/href"),
    ("unknown", "2.0", "override", {"flavour": 1}, "/flavour"),
    ("main location", "2.0", "override", {"locations": {"foyer": {"name": "x"}}}, ""),
    ("type", "1.0", "override", {"localizations/fr": {"title": 5}}, "/localizations~1fr/title"),
]


def _changed(document: Json, pointer: str, value: Any) -> Json:
    made = deepcopy(document)
    *parents, last = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
    target: Any = made
    for token in parents:
        target = target[int(token) if isinstance(target, list) else token]
    if value is GONE:
        del target[last]
    else:
        target[int(last) if isinstance(target, list) else last] = value
    return made


class TestExamples:
    """Every example of RFC 8984 section 6 and of draft-ietf-calext-jscalendarbis-18, completed where it has "..."."""

    @pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each['source']} {each['section']}")
    def test_an_example_of_the_texts_is_valid_apart_from_their_own_mistakes(self, example: Json) -> None:
        found = [[each.rule, each.pointer] for each in validate(example["document"])]
        assert found == example.get("mistakes", [])

    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_a_document_with_every_property_is_valid(self, name: str) -> None:
        assert validate(DOCUMENTS[name]) == []


class TestRules:
    @pytest.mark.parametrize("case", BREAKS, ids=lambda each: f"{each[0]}, {each[1]}{each[2]}")
    def test_a_document_that_breaks_a_rule_is_refused_at_its_pointer(self, case: tuple[Any, ...]) -> None:
        rule, name, pointer, value, *elsewhere = case
        document = _changed(DOCUMENTS[name], elsewhere[0] if elsewhere else pointer, value)
        for more_value, more_at in zip(elsewhere[1::2], elsewhere[2::2], strict=True):
            document = _changed(document, more_at, more_value)
        version = None if rule == "version" else DOCUMENTS[name].get("version")
        assert Violation(rule, pointer) in validate(document, version)

    @pytest.mark.parametrize(("rule", "version", "where", "patch", "below"), PATCHES)
    def test_a_patch_that_breaks_a_rule_is_refused_at_its_pointer(
        self, rule: str, version: str, where: str, patch: Json, below: str | None
    ) -> None:
        key = "/localizations/fr" if where == "fr" else "/recurrenceOverrides/2026-06-17T09:00:00"
        found = validate(_changed(DOCUMENTS[f"event {version}"], key, patch))
        if below is None:
            assert rule in {each.rule for each in found}
        else:
            assert [each for each in found if each.pointer.startswith(key)] == [Violation(rule, key + below)]

    def test_every_rule_has_a_document_that_breaks_it(self) -> None:
        assert {each[0] for each in (*BREAKS, *PATCHES)} == RULES

    def test_a_patch_may_replace_what_is_inside_of_an_array_since_version_2(self) -> None:
        patch = {"example.org:own/anything/0": 1, "recurrenceRule": {"frequency": "daily"}}
        document = _changed(DOCUMENTS["event 2.0"], "/recurrenceOverrides/2026-06-17T09:00:00", patch)
        assert [each.rule for each in validate(document)] == ["patch ignored"]

    def test_what_is_no_object_or_no_json_is_refused(self) -> None:
        for data in (b"{", '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": "é"}'.encode("utf-16")):
            assert validate(data) == [Violation("I-JSON", "")]
        assert validate("[]") == [Violation("type", "")]
        assert validate(json.dumps(DOCUMENTS["event 2.0"])) == []

    def test_a_document_without_a_version_is_of_version_1(self) -> None:
        document = {name: each for name, each in DOCUMENTS["event 1.0"].items() if name != "version"}
        assert validate(document) == []
        assert Violation("version", "/version") in validate(document, "2.0")


def _places(value: Any, pointer: str = "") -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, dict):
        for name, each in value.items():
            at = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            yield at, name, each
            if name not in {"recurrenceOverrides", "localizations", "example.org:own"}:
                yield from _places(each, at)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _places(each, f"{pointer}/{index}")


class TestTables:
    """Each property of the tables is in some document, and is refused there if it is wrong."""

    @pytest.mark.parametrize("version", SPECIFICATIONS)
    def test_every_property_is_in_a_document(self, version: str) -> None:
        documents = [document for name, document in DOCUMENTS.items() if name.endswith(version)]
        present = {name for document in documents for _, name, _ in _places(document)}
        assert {name for table in SPECIFICATIONS[version].types.values() for name in table} - present == set()

    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_a_value_of_another_type_is_refused(self, name: str) -> None:
        known = {each for table in SPECIFICATIONS[name[-3:]].types.values() for each in table} | {"@type"}
        patches = {"recurrenceOverrides", "localizations"}  # above
        document = {key: value for key, value in DOCUMENTS[name].items() if key not in patches}
        for pointer, key, value in _places(document):
            inside_unknown = "/other/trigger" in pointer or pointer.startswith("/entries/1/")
            if key in known and not inside_unknown and not pointer.endswith(("parameters", "keywords/interpreting")):
                wrong: Any = "" if isinstance(value, dict | list | bool | int) else {"x": 1}
                found = validate(_changed(document, pointer, wrong), name[-3:])
                assert any(each.pointer.startswith((pointer, "/version")) for each in found), pointer

    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_a_mandatory_property_that_is_missing_is_named(self, name: str) -> None:
        for pointer, key, _ in _places(DOCUMENTS[name]):
            mandatory = key in {"href", "uri", "frequency", "day", "offset", "when", "tzId", "start", "entries"}
            if pointer in {"/uid", "/updated"} or (mandatory and not name.startswith("task")):
                found = validate(_changed(DOCUMENTS[name], pointer, GONE), name[-3:])
                assert Violation("mandatory", pointer) in found, pointer
