"""Printers and loggers that look into objects, as Rich looks into attrs fields: none of them shows personal data."""

import io
import pprint
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from attrs import evolve
from IPython.core.formatters import DisplayFormatter
from IPython.lib import pretty
from loguru import logger
from rich.console import Console
from rich.pretty import pretty_repr
from rich.traceback import Traceback

from tests.ical.calendars import one, read
from tests.samples.invited import EVENT, ORGANIZER
from tests.samples.whole import SAMPLES, contact, event, pledge, registration, request
from tests.samples.wtisd import STAMPED
from wtisd_model import Code, Dossier, Outcome, ParticipationStatus, Registration, Submission, to_json, validate
from wtisd_model.findings import finding
from wtisd_model.invitation import invite, read_reply, reply
from wtisd_model.invitation.recipients import invited
from wtisd_model.schema.fields import fields_of
from wtisd_model.schema.model import Model

MARK = "zqxmk"
ADDRESS = f"{MARK}@example.org"
PERSON = contact(name=MARK, email=ADDRESS, organization=MARK)
HELD = registration(participant=PERSON, submitted_by=MARK, organization=MARK, event_uid=EVENT.uid).approve(
    at=datetime(2023, 5, 1, tzinfo=UTC), by=MARK, note=MARK
)
DOSSIER = Dossier(
    event=event(contacts=(PERSON,)),
    registrations=(HELD,),
    interpretation_requests=(request(requester=PERSON, note=MARK),),
    pledges=(pledge(contact=PERSON),),
)
MESSAGE = invite(evolve(EVENT, organizer=ORGANIZER), HELD, stamped=STAMPED)
ACCEPTED = reply(MESSAGE, status=ParticipationStatus.ACCEPTED, stamped=STAMPED, comment=MARK)
IMPORTED = read(one(f"ATTENDEE;CN={MARK}:mailto:{ADDRESS}", f"CONTACT:{MARK}"))
OBJECTS = {
    "registration": HELD,
    "dossier": DOSSIER,
    "documents": [DOSSIER.event, *DOSSIER.interpretation_requests, *DOSSIER.pledges],
    "outcome": validate(Registration, to_json(HELD)),
    "submission": Submission(Registration, to_json(HELD)),
    "message": MESSAGE,
    "texts": ACCEPTED.texts,
    "incoming": read_reply(ACCEPTED.ics, sender=ADDRESS),
    "imported": [IMPORTED, *IMPORTED.attendees],
    "person": invited(EVENT, HELD),
}


def rich_print(shown: object) -> str:
    out = io.StringIO()
    Console(file=out, width=200).print(shown)
    return out.getvalue()


def failed(shown: object) -> KeyError:
    """Return an error that was raised while *shown* was a local variable."""
    with pytest.raises(KeyError) as caught:
        {"shown": shown}["absent"]
    return caught.value


def rich_traceback(shown: object) -> str:
    error = failed(shown)
    lines = Traceback.from_exception(
        KeyError, error, error.__traceback__, show_locals=True, locals_max_length=1000, locals_max_string=10_000
    )
    return rich_print(lines)


def structlog_tracebacks(shown: object) -> str:
    return str(structlog.processors.dict_tracebacks(None, "error", {"exc_info": failed(shown)}))


def loguru_exception(shown: object) -> str:
    out = io.StringIO()
    handler = logger.add(out, backtrace=True, diagnose=True)
    logger.opt(exception=failed(shown)).error("Failed for {}", shown)
    logger.remove(handler)
    return out.getvalue()


def jupyter(shown: object) -> str:
    formatter: Any = DisplayFormatter()
    formatter.active_types = ["text/plain", "text/html"]
    formats, _ = formatter.format(shown)
    return "\n".join(formats.values())


@pytest.mark.parametrize("shown", OBJECTS.values(), ids=OBJECTS)
@pytest.mark.parametrize(
    "printed",
    [rich_print, rich_traceback, structlog_tracebacks, loguru_exception, jupyter, pretty.pretty, pprint.pformat, repr],
    ids=lambda each: each.__name__,
)
def test_no_personal_data_is_printed(printed: Callable[[object], str], shown: object) -> None:
    text = printed(shown)
    assert MARK not in text
    assert any(type(each).__name__ in text for each in (shown if isinstance(shown, list) else [shown]))


@pytest.mark.parametrize(
    "shown", [*SAMPLES, finding(Code.KEY_MISSING), Outcome()], ids=lambda each: type(each).__name__
)
def test_rich_prints_the_same_as_repr(shown: object) -> None:
    assert pretty_repr(shown, max_width=10_000) == repr(shown)


def test_a_finding_and_an_outcome_are_printed_without_default_values() -> None:
    found = finding(Code.KEY_MISSING)
    assert repr(found) == f"Finding(code={Code.KEY_MISSING!r}, message={found.message!r}, fix={found.fix!r})"
    assert repr(Outcome(findings=(found,))) == f"Outcome(findings=({found!r},))"
    assert repr(Outcome()) == "Outcome()"


@pytest.mark.parametrize(
    "sample", [each for each in SAMPLES if isinstance(each, Model)], ids=lambda each: type(each).__name__
)
def test_a_field_with_its_default_value_is_not_printed(sample: object) -> None:
    printed = repr(sample)
    specs = [spec for spec in fields_of(type(sample)) if not spec.personal and hasattr(sample, spec.name)]
    assert specs
    for spec in specs:
        assert (f"{spec.name}={getattr(sample, spec.name)!r}" in printed) is (
            getattr(sample, spec.name) != spec.default
        )


def test_a_short_event_is_short_in_print() -> None:
    """Three sessions took 3,711 characters, most of them None and ()."""
    made = event()
    assert repr(evolve(made, sessions=())).count("None") == 0
    assert "()" not in repr(made)


def test_an_object_is_printed_before_its_fields_are_set() -> None:
    made = object.__new__(Registration)
    assert pretty_repr(made) == repr(made) == "Registration()"
