"""One table of payloads for every library that takes our classes: same verdict, same codes, same pointers.

A test of a library turns its response to a case into a verdict, by `verdict_on_problem` or of its own, and compares it
with ``case.verdict``. Wrong values and personal data contain `MARKER`, which no response, log or ``repr`` may contain.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from attrs import frozen

from tests.json.examples import example
from wtisd_model import (
    Dossier,
    Event,
    Finding,
    InterpretationRequest,
    Pledge,
    Registration,
    Session,
    Severity,
    Submission,
    from_json,
)
from wtisd_model.locales import finding_texts_for
from wtisd_model.model.documents import DOCUMENTS

Verdict = tuple[str, ...]
"""The code and the JSON Pointer of each error, ``value-unknown /mode``; empty for a payload that is taken."""

MARKER = "xq47"

CLASSES = {cls.__name__: cls for cls in DOCUMENTS}
"""The classes of documents by their names, which tests of web frameworks have in addresses."""


@frozen(kw_only=True, repr=False)
class Case:
    """A payload for one class, of the office or submitted, and the findings that the sender sees."""

    name: str
    cls: type
    submission: bool
    document: Any
    verdict: Verdict

    @property
    def kind(self) -> Any:
        """The type that a library is asked for."""
        return Submission[self.cls] if self.submission else self.cls  # type: ignore[name-defined]  # known when it runs

    @property
    def payload(self) -> bytes:
        return json.dumps(self.document).encode()

    def __repr__(self) -> str:  # the name of a test
        return f"{self.cls.__name__}{' submission' if self.submission else ''}, {self.name}"


def verdict_on(findings: Iterable[Finding]) -> Verdict:
    return tuple(f"{each.code} {each.path}".rstrip() for each in findings if each.severity is Severity.ERROR)


def verdict_on_problem(problem: Mapping[str, Any]) -> Verdict:
    """Return the verdict of a response with problem details; an empty dict is that of a payload that is taken."""
    entries = [each for each in problem.get("errors", ()) if each["severity"] == "error"]
    return tuple(f"{each['code']} {unquote(each['pointer'].removeprefix('#'))}".rstrip() for each in entries)


FRENCH = {"Accept-Language": "it, fr-CH;q=0.9, en;q=0.5"}
"""The header of a browser whose user prefers French to English."""


def assert_language(language: str, headers: Any, body: bytes | str, *, varies: bool = True) -> None:
    """Fail unless a response with problem details says that it is in a language, and is.

    *varies* is False for a response without a request, whose language depends on no header.
    """
    texts, problem = finding_texts_for(language), json.loads(body)
    assert headers["Content-Language"] == language
    assert ("Accept-Language" in headers.get("Vary", "").split(", ")) is varies
    assert problem["title"] in texts.problem.titles.values()
    for each in problem["errors"]:
        assert each["fix"] == texts.codes.get(each["code"], texts.foreign).fix


def assert_case(case: Case, read: Callable[[], Any], explain: Callable[[Any], tuple[Verdict, str]]) -> None:
    """Fail if a library has another verdict than the table, or shows a value.

    Args:
        case: a case of the table.
        read: returns the library's object of ``case.kind``; a submission is then accepted.
        explain: returns the verdict of an error, and all that can be printed of it.
    """
    try:
        made = read()
        if case.submission:
            made.accept(DOSSIER, now=NOW).value_or_raise()
    except Exception as error:  # noqa: BLE001 - *explain* fails if it is none of the library's
        verdict, printed = explain(error)
    else:
        verdict, printed = (), repr(made)
    assert verdict == case.verdict
    assert MARKER not in printed


def _without(document: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in keys}


NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)

_EVENT = example("event")
_CALL: dict[str, Any] = {
    "kind": "registration",
    "addressUnknown": True,
    "onSiteCapacity": 1,
    "questions": [
        {
            "id": "tshirt",
            "label": {"text": "Size of your T-shirt?", "language": "en"},
            "kind": "choice",
            "choices": [{"id": each, "label": {"text": each, "language": "en"}} for each in ("small", "large")],
        }
    ],
}
EVENT = from_json(Event, {**_EVENT, "calls": [_CALL, *_EVENT["calls"][1:]]})

PERSON = {"name": f"Participant {MARKER}", "email": f"{MARKER}@example.org"}
SUBMITTED: dict[str, Any] = {"eventUid": EVENT.uid, "participant": PERSON, "mode": "remote"}
STORED: dict[str, Any] = {**example("registration"), "participant": PERSON}
REQUEST: dict[str, Any] = {**example("interpretation-request"), "requester": PERSON}
PLEDGE = example("pledge")
SESSION: dict[str, Any] = {**_EVENT["sessions"][0], "people": [{"name": f"Speaker {MARKER}", "roles": ["chair"]}]}
REGISTERED = {**PERSON, "email": "p2@example.org"}
DOSSIER = Dossier(event=EVENT, registrations=(from_json(Registration, {**STORED, "participant": REGISTERED}),))
"""The dossier of every submission: the one seat on site is taken by the person with the address p2@example.org."""


def _nobody_is_unwelcome(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    for index, registration in enumerate(dossier.registrations):
        if registration.participant is not None and registration.participant.email == UNWELCOME:
            path = f"/registrations/{index}/participant/email"
            yield Finding(code="our-address", path=path, message="Not this address.", fix="Use another one.")


UNWELCOME = "unwelcome@example.org"
RULES = (_nobody_is_unwelcome,)
"""The rules that the apps have of their own, beside ours: one refuses an address."""

_ENVELOPE = ("@type", "schemaVersion")
_OFFICE = (*_ENVELOPE, "id", "submittedAt", "state", "history")
REQUESTED = _without(REQUEST, *_OFFICE, "team")
PLEDGED = _without(PLEDGE, *_OFFICE, "reports")

_TABLE: dict[tuple[type, bool], list[tuple[Any, ...]]] = {
    (Registration, True): [
        ("as a form sends it", SUBMITTED),
        (
            "with everything that a sender may set",
            {
                **SUBMITTED,
                "country": "CH",
                "membership": "academia",
                "organization": "University 1",
                "sessionIds": ["opening"],
                "listeningLanguages": ["fr", "en"],
                "needs": ["captions"],
                "listingConsent": "nobody",
                "answers": {"tshirt": "small"},
            },
        ),
        ("with the envelope of a document", {"@type": "Registration", "schemaVersion": 1, **SUBMITTED}),
        ("of a person who is registered already", {**SUBMITTED, "participant": REGISTERED}),
        (
            "with his own approval",
            {**SUBMITTED, "id": MARKER, "state": "approved"},
            "field-not-yours /id",
            "field-not-yours /state",
        ),
        ("with a history", {**SUBMITTED, "history": STORED["history"]}, "field-not-yours /history"),
        ("with nothing in it", {}, "key-missing /eventUid", "key-missing /mode", "participant-missing /participant"),
        ("as an array", [SUBMITTED], "wrong-type"),
        ("as a text", json.dumps(SUBMITTED), "wrong-type"),
        ("as a number", 47, "wrong-type"),
        ("as true", True, "wrong-type"),
        ("without a mode", _without(SUBMITTED, "mode"), "key-missing /mode"),
        ("with an unknown mode", {**SUBMITTED, "mode": MARKER}, "value-unknown /mode"),
        (
            "with an e-mail address without @",
            {**SUBMITTED, "participant": {**PERSON, "email": MARKER}},
            "email-malformed /participant/email",
        ),
        (
            "without an e-mail address",
            {**SUBMITTED, "participant": {"name": MARKER}},
            "participant-incomplete /participant/email",
        ),
        ("with an unknown key", {**SUBMITTED, "mod": MARKER}, "key-unknown /mod"),
        ("with a name as a key", {**SUBMITTED, f"Participant {MARKER}": True}, "key-unknown"),
        ("with null", {**SUBMITTED, "organization": None}, "null-refused /organization"),
        ("with a number as a country", {**SUBMITTED, "country": 47}, "wrong-type /country"),
        ("with an unknown country", {**SUBMITTED, "country": "UK"}, "country-unknown /country"),
        (
            "with five mistakes",
            {
                "eventUid": 47,
                "participant": {"name": "", "email": MARKER},
                "mode": "onsite",
                "needs": [MARKER],
                "sessionIds": ["opening", "opening"],
            },
            "wrong-type /eventUid",
            "text-empty /participant/name",
            "email-malformed /participant/email",
            "value-unknown /mode",
            "value-unknown /needs/0",
            "item-repeated /sessionIds/1",
        ),
        ("with the wrong type of document", {**SUBMITTED, "@type": "Pledge"}, "value-unknown /@type"),
        (
            "of a newer version",
            {**SUBMITTED, "schemaVersion": 2, "mode": MARKER},
            "schema-version-newer /schemaVersion",
        ),
        ("for another event", {**SUBMITTED, "eventUid": MARKER}, "event-uid-differs /eventUid"),
        ("with a session that does not exist", {**SUBMITTED, "sessionIds": [MARKER]}, "session-unknown /sessionIds"),
        ("when all seats are taken", {**SUBMITTED, "mode": "on-site"}, "seats-exceeded /mode"),
        (
            "with an unknown choice as an answer",
            {**SUBMITTED, "answers": {"tshirt": MARKER}},
            "choice-unknown /answers/tshirt",
        ),
        ("with an answer to no question", {**SUBMITTED, "answers": {"shirt": MARKER}}, "answer-unknown /answers/shirt"),
    ],
    (InterpretationRequest, True): [
        ("as a form sends it", REQUESTED),
        ("with an unknown service", {**REQUESTED, "service": MARKER}, "value-unknown /service"),
        ("with a team", {**REQUESTED, "team": REQUEST["team"]}, "field-not-yours /team"),
        ("without languages", {**REQUESTED, "targetLanguages": []}, "too-few-items /targetLanguages"),
        (
            "with an unknown key inside",
            {**REQUESTED, "requester": {**PERSON, "mail": MARKER}},
            "key-unknown /requester/mail",
        ),
    ],
    (Pledge, True): [
        ("as a form sends it", PLEDGED),
        (
            "with shares above 100 percent",
            {**PLEDGED, "countries": [{"country": "NE", "share": "60"}, {"country": "TD", "share": "60"}]},
            "shares-not-whole /countries",
        ),
        (
            "with an amount as a number",
            {**PLEDGED, "pledged": {"amount": 300000, "currency": "USD"}},
            "wrong-type /pledged/amount",
        ),
        (
            "with an end before its start",
            {**PLEDGED, "end": "2023-05-01"},
            "period-ends-before-start /end",
            "target-outside-period /targets/0/due",
        ),
        ("with a state", {**PLEDGED, "state": "published"}, "field-not-yours /state"),
    ],
    (Registration, False): [
        ("as it is stored", STORED),
        ("without an envelope", _without(STORED, *_ENVELOPE)),
        (
            "with nothing in it",
            {},
            "key-missing /id",
            "key-missing /eventUid",
            "key-missing /mode",
            "key-missing /submittedAt",
            "participant-missing /participant",
        ),
        ("as a text", json.dumps(STORED), "wrong-type"),
        ("with a history of another state", {**STORED, "state": "pending"}, "history-ends-elsewhere /state"),
        (
            "with a moment without an offset",
            {**STORED, "submittedAt": "2023-04-13T08:15:00"},
            "moment-unreadable /submittedAt",
        ),
        ("with a moment that is a text", {**STORED, "submittedAt": MARKER}, "moment-unreadable /submittedAt"),
        (
            "with 120 unknown keys",
            {**STORED, **{f"{MARKER} {number}": 1 for number in range(120)}},
            *["key-unknown"] * 100,
        ),
    ],
    (InterpretationRequest, False): [
        ("as it is stored", REQUEST),
        (
            "with an impossible team",
            {**REQUEST, "team": {"booths": 0, "heads": -1, "norm": MARKER}},
            "number-out-of-range /team/heads",
            "value-unknown /team/norm",
        ),
    ],
    (Pledge, False): [
        ("as it is stored", PLEDGE),
        (
            "with a report of 140 percent",
            {**PLEDGE, "reports": [{"on": "2024-06-01", "percent": 140}]},
            "number-out-of-range /reports/0/percent",
        ),
    ],
    (Session, False): [
        ("as it is stored", SESSION),
        (
            "in a zone that does not exist",
            {**SESSION, "slot": {**SESSION["slot"], "timeZone": "Europe/Zurch"}},
            "zone-unknown /slot/timeZone",
        ),
        (
            "that ends before it starts",
            {**SESSION, "slot": {**SESSION["slot"], "end": "2023-05-17T14:00:00"}},
            "slot-ends-before-start /slot/end",
        ),
    ],
    (Event, False): [
        ("as it is stored", _EVENT),
        ("with a title without a language", {**_EVENT, "title": {"text": MARKER}}, "key-missing /title/language"),
        ("with two sessions of one id", {**_EVENT, "sessions": 2 * _EVENT["sessions"]}, "id-repeated /sessions/1/id"),
        (
            "deep inside",
            {**_EVENT, "calls": [{**_CALL, "questions": [{**_CALL["questions"][0], "kind": MARKER}]}]},
            "value-unknown /calls/0/questions/0/kind",
        ),
    ],
    (Dossier, False): [
        (
            "as it is stored",
            {
                "event": _without(_EVENT, *_ENVELOPE),
                "registrations": [_without(STORED, *_ENVELOPE)],
                "interpretationRequests": [],
                "pledges": [],
            },
        ),
        (
            "with a mistake in its second registration",
            {
                "event": _without(_EVENT, *_ENVELOPE),
                "registrations": [_without(STORED, *_ENVELOPE), {**SUBMITTED, "mode": MARKER}],
            },
            "value-unknown /registrations/1/mode",
            "key-missing /registrations/1/id",
            "key-missing /registrations/1/submittedAt",
        ),
        ("without an event", {"registrations": []}, "key-missing /event"),
    ],
}

CASES = tuple(
    Case(name=name, cls=cls, submission=submission, document=document, verdict=tuple(verdict))
    for (cls, submission), rows in _TABLE.items()
    for name, document, *verdict in rows
)

UNPARSABLE: tuple[tuple[bytes, int, Verdict], ...] = (
    (b'{"mode": "remote", "mode": "remote"}', 400, ("key-repeated",)),
    (b'{"mode": "\xff"}', 400, ("not-utf8",)),
    (json.dumps(SUBMITTED).encode("utf-16"), 400, ("not-utf8",)),
    (b"", 400, ("not-json",)),
    (b"mode=remote", 400, ("not-json",)),
    (b"[" * 1_000, 400, ("payload-too-deep",)),
    (b"{}" + b" " * 1_000_000, 413, ("payload-too-large",)),
)
"""Bodies that are no JSON, or more than is allowed, and the status and verdict of the responses to them."""
