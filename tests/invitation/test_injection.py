"""No text in any field of any message forges a line, breaks a parameter, or is changed silently."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

import attrs
import pytest

from tests.hypothesis_profiles import sampled
from tests.ical.feeds import BRIEF, FIELDS, HOSTILE, Put, by_the_front_door, event_with, line_names, past_every_check
from tests.invitation.messages import DELEGATE, GUEST, PLAIN, Given, every_message
from tests.invitation.strict_message import message
from tests.samples.invited import EVENT, LATER, person
from wtisd_model import Code, ExportError, InvalidValueError, ModelError, Session
from wtisd_model import invitation as inv


def names_of_lines(given: Given) -> list[list[str]]:
    return [line_names(each.ics) for each in every_message(given)]


def person_with(name: str, text: str, put: Put) -> Given:
    return EVENT, put(GUEST, "participant", put(GUEST.participant, name, text)), DELEGATE, PLAIN[3]


def delegate_with(name: str, text: str, put: Put) -> Given:
    return EVENT, GUEST, put(DELEGATE, name, text), PLAIN[3]


def registration_with(name: str, text: str, put: Put) -> Given:
    value: Any = (text,) if name == "listening_languages" else frozenset({text}) if name == "session_ids" else text
    silent = attrs.evolve(GUEST, participant=person())
    return EVENT, put(silent, name, value), DELEGATE, PLAIN[3]


def with_event(cls: type, name: str, text: str, put: Put) -> Given:
    return event_with(cls, name, text, put), GUEST, DELEGATE, PLAIN[3]


def comment_with(text: str, _put: Put) -> Given:
    return EVENT, GUEST, DELEGATE, text


Make = Callable[[str, Put], Given]


def fields() -> Iterator[tuple[str, Make]]:
    for cls, name in FIELDS:
        yield f"{cls.__name__}.{name}", cast("Make", partial(with_event, cls, name))
    for name in ("name", "email", "language", "phone", "organization"):
        yield f"participant.{name}", cast("Make", partial(person_with, name))
    for name in ("name", "email", "language"):
        yield f"delegate.{name}", cast("Make", partial(delegate_with, name))
    for name in ("id", "event_uid", "organization", "listening_languages", "session_ids", "submitted_by"):
        yield f"Registration.{name}", cast("Make", partial(registration_with, name))
    yield "comment", comment_with


ALL = list(fields())

# A session with a uid of its own has its id as well.
UNCHANGED = {
    "": names_of_lines(PLAIN),
    "Session.uid": names_of_lines(with_event(Session, "uid", "another", by_the_front_door)),
}
"""The names of the lines of all messages, by the field that is tried where they are not the usual ones."""


class TestInjection:
    """Issue: "Injection and control characters in every field of every message: forged lines 0"."""

    @pytest.mark.slow
    @pytest.mark.parametrize(("field", "make"), ALL, ids=[field for field, _ in ALL])
    def test_it_comes_through_or_is_refused_by_code(self, field: str, make: Make) -> None:
        for kind, text in HOSTILE.items():
            self.try_out(field, kind, partial(make, text, by_the_front_door))

    @pytest.mark.slow
    @pytest.mark.parametrize(("field", "make"), ALL, ids=[field for field, _ in ALL])
    def test_the_writer_stands_where_the_model_has_been_passed_by(self, field: str, make: Make) -> None:
        for kind, text in sampled(BRIEF.items(), desk=2):
            self.try_out(field, kind, partial(make, text, past_every_check))

    def try_out(self, field: str, kind: str, make: Callable[[], Given]) -> None:
        case = f"{field}: {kind}"
        try:
            written = [each.ics for each in every_message(make())]
        except ModelError as refused:
            self.is_ours(case, refused)
            return
        assert [line_names(each) for each in written] == UNCHANGED.get(field, UNCHANGED[""]), case
        message(written[0])

    def is_ours(self, case: str, refused: ModelError) -> None:
        (finding,) = refused.findings
        assert isinstance(finding.code, Code), case
        # As long as any refusal: nothing of the input is in it.
        assert len(str(finding)) < 400, case
        assert refused.__context__ is None, case

    def test_a_hostile_text_comes_through_both_ways(self) -> None:
        # Else the two laws above would hold because everything is refused.
        given = person_with("name", HOSTILE["quotes"], by_the_front_door)
        sent = inv.invite(given[0], given[1], stamped=LATER)
        assert message(sent.ics).attendees[0].parameters["CN"] == HOSTILE["quotes"]
        with pytest.raises(InvalidValueError):
            person_with("name", HOSTILE["line break"], by_the_front_door)
        with pytest.raises(ExportError):
            list(every_message(person_with("name", HOSTILE["line break"], past_every_check)))

    def test_every_kind_of_message_is_tried(self) -> None:
        never_written = {inv.Method.ADD}
        assert {each.method for each in every_message(PLAIN)} == set(inv.Method) - never_written
