"""The page of codes is right: its mistakes are refused with that code, and the corrections are accepted."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import wtisd_model as wm
from tests.samples.mails import message
from wtisd_model import invitation as inv

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
CLASSES = {
    "event": wm.Event,
    "registration": wm.Registration,
    "interpretation-request": wm.InterpretationRequest,
    "pledge": wm.Pledge,
}
EVENT, REGISTRATION, REQUEST, PLEDGE = CLASSES

Changes = Mapping[str, Any]
GONE = object()


def changed(name: str, changes: Changes) -> dict[str, Any]:
    """Return an example with other values at some paths."""
    whole: dict[str, Any] = deepcopy(json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")))
    for path, value in changes.items():
        *way, last = path.split("/")[1:]
        at: Any = whole
        for token in way:
            at = at[int(token) if isinstance(at, list) else token]
        if value is GONE:
            del at[last]
        else:
            at[int(last) if isinstance(at, list) else last] = value
    return whole


def slot(start: str, end: str, **which: str) -> dict[str, Any]:
    """Return the changes that move an event without sessions to a slot in Zurich."""
    return {"/slot": {"start": start, "end": end, "timeZone": "Europe/Zurich", **which}, "/sessions": []}


def step(before: str, after: str, at: str = "2025-04-14T09:00:00Z") -> dict[str, str]:
    """Return a transition."""
    return {"at": at, "before": before, "after": after}


def answered(sequence: int) -> dict[str, Any]:
    """Return a reply about the event."""
    return {"at": "2023-04-20T08:00:00Z", "status": "accepted", "sequence": sequence}


# The example, the changes, the code, and the path unless it is the first one that was changed.
REFUSED: list[tuple[str, Changes, str, str | None]] = [
    (REGISTRATION, {"/mode": GONE}, "key-missing", None),
    (REGISTRATION, {"/mod": "remote"}, "key-unknown", None),
    (REGISTRATION, {"/<b>": "1"}, "key-unknown", ""),
    (REGISTRATION, {"/country": None}, "null-refused", None),
    (REGISTRATION, {"/mode": "onsite"}, "value-unknown", None),
    (REGISTRATION, {"/@type": "Event"}, "value-unknown", None),
    (REGISTRATION, {"/schemaVersion": 2}, "schema-version-newer", None),
    (REGISTRATION, {"/schemaVersion": 0}, "number-out-of-range", None),
    (REQUEST, {"/listeners": "12"}, "wrong-type", None),
    (PLEDGE, {"/pledged/amount": 1250.5}, "wrong-type", None),
    (REGISTRATION, {"/history/0/after": "No Show"}, "state-unknown", None),
    (REGISTRATION, {"/history/0/after": "no-show"}, "move-not-allowed", None),
    (EVENT, {"/locations/0/room": ""}, "text-empty", None),
    (EVENT, {"/locations/0/room": "\u200b"}, "text-empty", None),
    (EVENT, {"/title/text": "a" * 501}, "text-too-long", None),
    (EVENT, {"/locations/0/room": "Popov "}, "text-outer-blank", None),
    (EVENT, {"/locations/0/room": "Popov\u00a0"}, "text-outer-blank", None),
    (EVENT, {"/locations/0/room": "Po\tpov"}, "text-control", None),
    (EVENT, {"/title/text": "Two\nlines"}, "text-control", None),
    (EVENT, {"/locations/0/room": "Po\u202epov"}, "text-bidi", None),
    (REGISTRATION, {"/sessionIds/0": "Opening 2"}, "id-malformed", None),
    (REGISTRATION, {"/eventUid": "événement"}, "uid-malformed", None),
    (REGISTRATION, {"/participant/email": "Participant 1 <participant1@example.org>"}, "email-malformed", None),
    (EVENT, {"/contacts/0/phone": "+41 22 730 51 11"}, "phone-malformed", None),
    (EVENT, {"/contacts/0/phone": "022 730 51 11"}, "phone-malformed", None),
    (EVENT, {"/url": "www.itu.int/wtisd"}, "uri-malformed", None),
    (EVENT, {"/url": "https://somebody@example.org/"}, "uri-malformed", None),
    *((EVENT, {"/title/language": tag}, "language-unknown", None) for tag in ("fr-ch", "fr_CH", "fra", "sgn-US")),
    *((REGISTRATION, {"/country": code}, "country-unknown", None) for code in ("ch", "CHE", "Switzerland", "UK")),
    *((PLEDGE, {"/pledged/currency": code}, "currency-unknown", None) for code in ("Fr.", "XAU")),
    (EVENT, {"/color": "#4169e1"}, "color-unknown", None),
    *((PLEDGE, {"/goals/0": goal}, "goal-unknown", None) for goal in ("SDG 9", "9C")),
    *((EVENT, {"/slot/timeZone": zone}, "zone-unknown", None) for zone in ("CEST", "+02:00", "Europe/Geneva")),
    (EVENT, {"/slot/timeZone": "Europe/Geneva"}, "zone-unknown", None),
    *((PLEDGE, {"/end": day}, "date-unreadable", None) for day in ("20.4.2023", "2023-02-30")),
    (EVENT, {"/slot/start": "2023-05-17T14:30"}, "time-unreadable", None),
    (EVENT, {"/slot/start": "2023-05-17T14:30:00+02:00"}, "time-unreadable", None),
    (REGISTRATION, {"/submittedAt": "2023-04-13 08:15"}, "moment-unreadable", None),
    *((PLEDGE, {"/pledged/amount": n}, "number-malformed", None) for n in ("1,250.50", "1.25e3", "0001250.50", "+5")),
    (REQUEST, {"/targetLanguages": []}, "too-few-items", None),
    (PLEDGE, {"/focusAreas": []}, "too-few-items", None),
    (EVENT, {"/floorLanguages": ["fr"] * 101}, "too-many-items", None),
    (EVENT, {"/floorLanguages": ["fr", "fr"]}, "item-repeated", "/floorLanguages/1"),
    (EVENT, slot("2026-03-29T02:30:00", "2026-03-29T05:00:00"), "time-skipped", "/slot/start"),
    (EVENT, slot("2026-10-25T02:30:00", "2026-10-25T05:00:00"), "time-repeated", "/slot/startRepeated"),
    (
        EVENT,
        slot("2026-10-24T02:30:00", "2026-10-24T05:00:00", startRepeated="first"),
        "time-not-repeated",
        "/slot/startRepeated",
    ),
    (EVENT, slot("2026-10-24T05:00:00", "2026-10-24T05:00:00"), "slot-ends-before-start", "/slot/end"),
    (EVENT, {"/title/translations": {"fr": "Titre"}}, "language-repeated", "/title/translations/fr"),
    (PLEDGE, {"/pledged/amount": "1250.50", "/pledged/currency": "JPY"}, "money-minor-unit", None),
    (EVENT, {"/locations/0/latitude": "46.2"}, "position-incomplete", "/locations/0/longitude"),
    (EVENT, {"/contacts/0": {"roles": ["contact"]}}, "contact-unnamed", None),
    (EVENT, {"/slot": GONE}, "event-without-slot", None),
    (EVENT, {"/locations": [], "/virtualLocations": []}, "event-without-place", None),
    (EVENT, {"/history": [step("scheduled", "scheduled")]}, "previous-slot-missing", "/previousSlots"),
    (EVENT, {"/calls/1/kind": "registration"}, "call-repeated", None),
    (EVENT, {"/calls/0/addressUnknown": GONE}, "call-without-address", "/calls/0"),
    (EVENT, {"/calls/1/addressUnknown": True}, "call-address-contradicted", None),
    (EVENT, {"/calls/1/opens": "2023-04-21T00:00:00Z"}, "call-closes-before-opening", "/calls/1/deadline"),
    (EVENT, {"/calls/0/onSiteCapacity": 5, "/locations": []}, "capacity-without-place", None),
    (EVENT, {"/documents/0/follows/symbol": "CL-23/9"}, "document-follows-itself", None),
    (EVENT, {"/documents/0/follows/issued": "2023-05"}, "document-follows-newer", None),
    (EVENT, {"/documents/0/symbol": "CL-22/9"}, "document-year-differs", None),
    (EVENT, {"/sessions/0/slot/start": "2023-05-17T14:00:00"}, "session-outside-event", "/sessions/0/slot"),
    (REGISTRATION, {"/participant/email": GONE}, "participant-incomplete", None),
    (REGISTRATION, {"/participant": GONE}, "participant-missing", None),
    *(
        (
            REGISTRATION,
            {"/purgedAt": "2024-01-01T00:00:00Z", "/history/0/by": "Desk 1"},
            "purged-with-personal-data",
            at,
        )
        for at in ("/participant", "/organization", "/needs", "/history/0/by")
    ),
    (REGISTRATION, {"/waitlistedAt": "2023-04-14T09:00:00Z"}, "waitlisted-at-unfounded", None),
    (REGISTRATION, {"/checkedInAt": "2023-05-17T09:00:00Z"}, "checked-in-at-unfounded", None),
    (REGISTRATION, {"/state": "waitlisted"}, "waitlisted-at-missing", "/waitlistedAt"),
    (REGISTRATION, {"/state": "attended"}, "checked-in-at-missing", "/checkedInAt"),
    (REGISTRATION, {"/replies": [answered(1), answered(0)]}, "replies-out-of-order", "/replies/1"),
    (
        REGISTRATION,
        {"/participationStatus": "declined", "/replies": [answered(0)]},
        "participation-status-unfounded",
        None,
    ),
    (REQUEST, {"/targetLanguages": ["en"]}, "languages-overlap", None),
    (REQUEST, {"/service": "sign"}, "sign-language-missing", "/targetLanguages"),
    (REQUEST, {"/service": "captions"}, "captions-need-one-language", "/targetLanguages"),
    (REQUEST, {"/targetLanguages": ["ils"], "/service": "captions"}, "sign-language-spoken", None),
    (REQUEST, {"/history": [step("requested", "declined")]}, "decision-without-reason", "/history/0/note"),
    (REQUEST, {"/team": GONE}, "team-missing", None),
    (REQUEST, {"/state": "requested"}, "team-unfounded", "/team"),
    (PLEDGE, {"/pledged": GONE}, "amount-missing", None),
    (PLEDGE, {"/pledged/amount": "0"}, "amount-zero", None),
    (PLEDGE, {"/end": "2023-05-31"}, "period-ends-before-start", None),
    (PLEDGE, {"/reports/0/on": "2023-05-31"}, "report-before-start", None),
    (PLEDGE, {"/targets/0/due": "2026-01-01"}, "target-outside-period", None),
    (PLEDGE, {"/countries": []}, "scope-without-country", None),
    (PLEDGE, {"/countries/1/country": "NE"}, "country-repeated", None),
    (PLEDGE, {"/countries/1/share": GONE}, "shares-incomplete", None),
    (PLEDGE, {"/countries/1/share": "50"}, "shares-not-whole", "/countries"),
    (PLEDGE, {"/history/1/at": "2022-06-01T08:00:00Z"}, "history-out-of-order", None),
    (PLEDGE, {"/history/1/before": "suspended"}, "history-broken", None),
    (PLEDGE, {"/state": "published"}, "history-ends-elsewhere", None),
    (PLEDGE, {"/state": "completed", "/reports": []}, "report-missing", "/reports"),
]

ACCEPTED: list[tuple[str, Changes]] = [
    (REGISTRATION, {"/participant/email": "participant1@example.org"}),
    (REGISTRATION, {"/eventUid": "cl-23-9@example.org"}),
    (REGISTRATION, {"/id": "opening-2"}),
    (REGISTRATION, {"/submittedAt": "2023-04-13T10:15:00+02:00"}),
    *((REGISTRATION, {"/country": code}) for code in ("CH", "GB")),
    (EVENT, {"/contacts/0/phone": "+41227305111"}),
    (EVENT, {"/virtualLocations/0/uri": "tel:+41227305111"}),
    *((EVENT, {"/title/language": tag}) for tag in ("fr-CH", "fr", "ase")),
    (EVENT, {"/color": "royalblue"}),
    (EVENT, {"/locations/0/room": "Po\u200epov"}),
    (EVENT, {"/description": {"text": "Two\nlines", "language": "en"}}),
    (EVENT, {"/locations": [], "/virtualLocations": [{}]}),
    (EVENT, {"/calls/1/opens": "2023-04-20T08:00:00Z"}),
    (
        EVENT,
        {
            "/sessions/0/slot/start": "2023-05-17T14:00:00",
            "/sessions/0/status": "cancelled",
            "/sessions/0/history": [step("scheduled", "cancelled")],
        },
    ),
    (EVENT, slot("2026-03-29T03:30:00", "2026-03-29T05:00:00")),
    (EVENT, slot("2026-10-25T02:30:00", "2026-10-25T02:30:00", startRepeated="first", endRepeated="second")),
    *((PLEDGE, {"/goals/0": goal}) for goal in ("9", "9.c")),
    (PLEDGE, {"/pledged/amount": "1250.50"}),
    (PLEDGE, {"/pledged": {"amount": "1250", "currency": "JPY"}}),
    (PLEDGE, {"/end": "2023-06-01", "/targets": []}),
    (
        PLEDGE,
        {
            "/countries": [
                {"country": "TD", "share": "33.3333"},
                {"country": "NE", "share": "33.3333"},
                {"country": "NP", "share": "33.3334"},
            ]
        },
    ),
    (REQUEST, {"/targetLanguages": ["en"], "/service": "captions"}),
]

AT = datetime(2023, 4, 12, tzinfo=UTC)
NAIVE = AT.replace(tzinfo=None)
MESSAGE = message()

CALLS: list[tuple[Callable[[], object], str, str]] = [
    (lambda: wm.Team(booths=1, heads=2, norm=1), "wrong-type", "/norm"),  # type: ignore[arg-type] # the mistake
    (
        lambda: wm.TimeSlot(
            start=wm.local_time("2023-05-17T14:30:00", "Europe/Zurich"),
            end=wm.local_time("2023-05-17T14:30:00", "UTC"),
        ),
        "zones-differ",
        "/end",
    ),
    (lambda: wm.check(wm.Dossier(event=wm.wtisd_23()), now=NAIVE), "moment-naive", "/now"),
    (lambda: wm.local_time("2023-05-17T14:30:00", "CEST"), "zone-unknown", "/zone"),
    (lambda: wm.wtisd_23().calls[1].deadline.remaining_in_words(AT, "fr_CH"), "language-unknown", "/language"),  # type: ignore[union-attr] # it has one
    (lambda: wm.to_ical(wm.wtisd_23()), "stamp-missing", "/stamped"),
    (lambda: wm.to_ical(wm.wtisd_23(), stamped=NAIVE), "moment-naive", "/stamped"),
    (lambda: wm.to_ical(wm.wtisd_23(), stamped=AT, language="FR"), "language-unknown", "/language"),
    (
        lambda: wm.to_ical(wm.wtisd_23(), stamped=AT, reminders=[timedelta(days=367)]),
        "duration-out-of-range",
        "/reminders/0",
    ),
    (lambda: wm.to_ical(wm.wtisd_23(), stamped=AT, refresh=timedelta(seconds=1.5)), "duration-not-whole", "/refresh"),
    (
        lambda: wm.wtisd_23().cancel(at=AT).revised(at=AT, slot=wm.wtisd_23().slot_in("UTC")),
        "move-not-allowed",
        "/slot",
    ),
    (
        lambda: wm.wtisd_23().postpone(at=AT).revised(at=AT, slot=wm.wtisd_23().slot_in("UTC")),
        "move-not-allowed",
        "/slot",
    ),
    (lambda: wm.Limits(depth=1000), "number-out-of-range", "/depth"),
    (lambda: inv.mail(MESSAGE, sender=wm.Contact(name="Desk 1")), "sender-without-address", "/sender/email"),
    (lambda: inv.mail(MESSAGE, sender="Desk 1"), "email-malformed", "/sender"),
    (lambda: wm.in_group("NP", "ldc", on=date(2026, 11, 24)), "group-member-doubtful", "/on"),
    (lambda: wm.totals([], by="group", on=date(2017, 10, 17)), "group-unknown-on-date", "/on"),
    (
        lambda: wm.totals(
            [wm.from_json(wm.Pledge, changed(PLEDGE, {"/pledged/currency": "EUR"}))],
            by="kind",
            on=date(2023, 5, 17),
            rates=wm.Rates(into="USD", on=date(2023, 5, 17), per={}),
        ),
        "rate-missing",
        "/rates/per/EUR",
    ),
]


class TestExamples:
    """A reader of ``docs/errors/`` does what it says, and it works."""

    @pytest.mark.parametrize(("name", "changes", "code", "path"), REFUSED)
    def test_a_mistake_is_found_where_the_page_says(
        self, name: str, changes: Changes, code: str, path: str | None
    ) -> None:
        findings = wm.validate(CLASSES[name], changed(name, changes)).findings
        assert (code, next(iter(changes)) if path is None else path) in {(each.code, each.path) for each in findings}

    @pytest.mark.parametrize(("name", "changes"), ACCEPTED)
    def test_what_to_write_instead_is_accepted(self, name: str, changes: Changes) -> None:
        assert wm.validate(CLASSES[name], changed(name, changes)).findings == ()

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b'{"mode":"remote",}', "not-json"),
            (b"{'mode':'remote'}", "not-json"),
            (b"{} {}", "not-json"),
            (b"", "not-json"),
            (b'{"a":NaN}', "number-not-finite"),
            (b'{"a":1e400}', "number-not-finite"),
            (b"\xef\xbb\xbf{}", "not-utf8"),
            ("\ud800", "not-utf8"),
            (b'{"mode":"remote","mode":"on-site"}', "key-repeated"),
        ],
    )
    def test_what_cannot_be_read_gets_one_finding_about_the_whole(self, raw: bytes | str, code: str) -> None:
        assert [(each.code, each.path) for each in wm.validate(wm.Event, raw).findings] == [(code, "")]

    @pytest.mark.parametrize(("call", "code", "path"), CALLS)
    def test_a_call_is_refused_where_the_page_says(self, call: Callable[[], object], code: str, path: str) -> None:
        with pytest.raises(wm.ModelError) as caught:
            call()
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]
