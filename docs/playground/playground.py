"""What the playground shows, by the public doors of the package: `answer` takes a question, and returns what is shown.

It runs in the worker of the page beside it, in WebAssembly, and wherever else Python runs. Questions and answers hold
values that JSON has.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypedDict

from attrs import evolve

import wtisd_model as wm

# What makes documents is imported where one is made: who waits for the first finding does not wait for that.

_OFFERED: Final = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")


class Question(TypedDict):
    """What is typed and chosen in the page."""

    event: str
    """An Event in JSON."""
    payload: str
    """A Registration in JSON."""
    form: Mapping[str, Sequence[str]] | None
    """What a browser would send of the form; it takes the place of the payload."""
    isSent: bool
    """True if the form is to say what is wrong."""
    language: str
    now: str
    """The time of the question, such as ``2027-01-15T09:00:00Z``."""
    wanted: Sequence[str]
    """Names of `DOCUMENTS`."""


def languages() -> list[str]:
    """Return the languages that findings are written in, of those that the page offers."""
    (found,) = wm.validate(wm.Event, "").findings
    return [tag for tag in _OFFERED if found.in_language(tag).language == tag]


# Why: docs/decisions/0046
def answer(asked: Question) -> dict[str, Any]:
    """Return what is wrong with an event and a registration for it, and what the package makes of them.

    Returns:
        ``findings``, those of the event, the payload and the time, with their lines and columns, and the number of
        those ``omitted``; ``state``, that of the registration, or None if it is refused; ``payload``, the text that a
        form has become; and each document that is wanted, with its ``text``, or with the ``findings`` that say why
        there is none: an empty object if the others say it.
    """
    language, written = asked["language"], _encoded(asked["event"])
    read = wm.validate(wm.Event, written)
    payload, made = asked["payload"], dict[str, Any]()
    if asked["form"] is not None and read.value is not None:
        values = wm.clean_form(wm.Registration, asked["form"], event=read.value)
        made["payload"] = payload = json.dumps(values, ensure_ascii=False, indent=2)
    sent, now = _encoded(payload), datetime.fromisoformat(asked["now"])
    nothing = {name: dict[str, Any]() for name in asked["wanted"]}
    try:
        outcome = _judged(sent, read.value, now)
        ours = () if read.value is None else wm.check(wm.Dossier(event=read.value), now=now)
    except wm.InvalidValueError as error:
        return (
            made | nothing | {"findings": _placed("now", b"{}", error.findings, language), "omitted": 0, "state": None}
        )
    # The dossier is ours: what is typed begins at its event.
    found = [*read.findings, *(evolve(each, path=each.path.removeprefix("/event")) for each in ours)]
    made["findings"] = [
        *_placed("event", written, found, language),
        *_placed("payload", sent, outcome.findings, language),
    ]
    made["omitted"] = read.omitted + outcome.omitted
    made["state"] = outcome.value.state if outcome.value is not None and outcome.ok else None
    if read.value is None:
        return made | nothing
    desk = _Desk(read.value, outcome, sent, language, now, asked["isSent"])
    for name in asked["wanted"]:
        try:
            text = DOCUMENTS[name](desk)
            made[name] = {} if text is None else {"text": text}
        except wm.ModelError as error:
            made[name] = {"findings": _placed("event", written, error.findings, language)}
    return made


def _encoded(text: str) -> bytes:
    """Return a text as UTF-8, or as what is no UTF-8 if it has half of a surrogate pair: a finding says so."""
    return text.encode("utf-8", "surrogatepass")


def _judged(payload: bytes, event: wm.Event | None, now: datetime) -> wm.Outcome[wm.Registration]:
    """Return what is wrong with a payload; by the form and the rules of the event, if it could be read."""
    if event is None:
        return wm.validate(wm.Registration, payload, submission=True, now=now)
    # An id of ours, so that it stays the same registration.
    return wm.Submission(wm.Registration, payload).accept(wm.Dossier(event=event), now=now, id="playground")


def _placed(document: str, text: bytes, findings: Sequence[wm.Finding], language: str) -> list[dict[str, Any]]:
    """Return findings in the language of the reader, in the order of their places in the text of their document."""
    placed = zip(wm.positions(text, findings), findings, strict=True)
    said = [(place, found.in_language(language)) for place, found in sorted(placed, key=lambda pair: pair[0])]
    return [
        {
            "document": document,
            "line": place.line,
            "column": place.column,
            "code": found.code,
            "severity": found.severity,
            "path": found.path,
            "message": found.message,
            "fix": found.fix,
            "language": found.language,
        }
        for place, found in said
    ]


class _Desk(NamedTuple):
    """What documents are made of."""

    event: wm.Event
    outcome: wm.Outcome[wm.Registration]
    payload: bytes
    language: str
    now: datetime
    is_sent: bool


def _form(desk: _Desk) -> str:
    from wtisd_model import page

    findings = desk.outcome.findings
    is_read = all(wm.Code(found.code).nature is not wm.Nature.READING for found in findings)
    values: object = json.loads(desk.payload) if is_read else None
    form = page.form(
        desk.event,
        language=desk.language,
        values=values if isinstance(values, Mapping) else None,
        findings=findings if desk.is_sent else (),
        alone=True,
    )
    return form.decode()


def _invitation(desk: _Desk) -> str | None:
    """Return the calendar message to the person, once the registration is accepted."""
    from wtisd_model import invitation

    if desk.outcome.value is None or not desk.outcome.ok:
        return None
    guest = desk.outcome.value.approve(at=desk.now)
    return invitation.invite(desk.event, guest, stamped=desk.now, language=desk.language).ics.decode()


def _style(desk: _Desk) -> str:
    from wtisd_model import page

    return page.form_style(desk.event)


def _timetable(desk: _Desk) -> str:
    from wtisd_model import pictures

    return pictures.timetable(desk.event, language=desk.language).html


DOCUMENTS: Final[Mapping[str, Callable[[_Desk], str | None]]] = {
    "form": _form,
    "style": _style,
    "page": lambda desk: wm.to_html(desk.event, language=desk.language, calendar=None).decode(),
    "timetable": _timetable,
    "calendar": lambda desk: wm.to_ical(desk.event, stamped=desk.now, language=desk.language).decode(),
    "invitation": _invitation,
}
"""What is made of an event and a registration, by its name."""
