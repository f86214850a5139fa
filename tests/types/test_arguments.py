"""Arguments of public functions."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest

import wtisd_model as wm
from tests.invitation.refusal import invalid
from tests.samples.invited import EVENT, LATER, registration
from tests.samples.small import pledge, slot
from wtisd_model import Code, InvalidValueError, planning
from wtisd_model import invitation as inv
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import parse_enum, require_instance, require_iterable, require_records, require_valid


class Route(StrEnum):
    BY_AIR = "air"
    BY_LAND = "land"
    BY_SEA = "sea"


class TestArguments:
    """An argument is returned, or refused at its path."""

    def test_a_valid_argument_is_returned(self) -> None:
        value = 10**6
        assert require_valid(value, Integer(0, value), "/count") is value

    def test_an_invalid_argument_is_refused_at_its_path(self) -> None:
        with invalid(Code.NUMBER_OUT_OF_RANGE, "/count"):
            require_valid(11, Integer(0, 10), "/count")

    @pytest.mark.parametrize("value", ["sea", Route.BY_SEA])
    def test_a_string_is_accepted_for_its_member(self, value: str) -> None:
        assert parse_enum(Route, value, "/route") is Route.BY_SEA

    @pytest.mark.parametrize("value", ["SEA", "BY_SEA", "", None, 3, Route.BY_AIR])
    def test_an_unknown_word_is_refused_with_the_known_ones(self, value: object) -> None:
        some = (each for each in Route if each is not Route.BY_AIR)
        with pytest.raises(InvalidValueError) as refused:
            parse_enum(some, value, "/route")
        (found,) = refused.value.findings
        assert (found.code, found.path) == ("value-unknown", "/route")
        assert found.params == {"choices": "land, sea"}


OTHER: Any = "p@example.org"
REQUEST = inv.invite(EVENT, registration(), stamped=LATER)
DELEGATED = wm.ParticipationStatus.DELEGATED
DOSSIER = wm.Dossier(event=EVENT, registrations=(registration(),))
REPLY: Any = object()
RULE: Any = wm.default_rules()[0]
ONE: Any = registration()
LENGTH: Any = timedelta(minutes=15)
PLEDGE: Any = pledge("p-1")


def sized(**languages: Any) -> object:
    given: dict[str, Any] = {"source_languages": ["fr"], "target_languages": ["en"], **languages}
    return planning.team_size(**given, slot=slot(), service="simultaneous", norm="aiic")


CALLS: list[tuple[str, Callable[[], object]]] = [
    ("registrations", lambda: inv.invites(EVENT, ONE, stamped=LATER)),
    ("registrations", lambda: inv.invites(EVENT, ONE, stamped=LATER, by_session=True)),
    ("registrations", lambda: inv.invites(EVENT, DOSSIER, stamped=LATER)),  # type: ignore[arg-type]  # that is the test
    ("registrations", lambda: inv.cancels(EVENT, ONE, stamped=LATER)),
    ("others", lambda: inv.invite(EVENT, registration(), stamped=LATER, others=ONE)),
    ("others", lambda: inv.invites(EVENT, [], stamped=LATER, others=ONE)),
    ("reminders", lambda: inv.invite(EVENT, registration(), stamped=LATER, reminders=LENGTH)),
    ("reminders", lambda: inv.updates(DOSSIER, DOSSIER, stamped=LATER, reminders=LENGTH)),
    ("reminders", lambda: inv.publish(EVENT, stamped=LATER, reminders=LENGTH)),
    ("reminders", lambda: wm.to_ical(EVENT, stamped=LATER, reminders=LENGTH)),
    ("replies", lambda: inv.apply(DOSSIER, REPLY)),
    ("rules", lambda: wm.check(DOSSIER, now=LATER, rules=RULE)),
    ("pledges", lambda: wm.totals(PLEDGE, by="kind", on=date(2023, 5, 17))),
    ("rows", lambda: wm.to_csv(wm.Registration, ONE)),
    ("rows", lambda: wm.to_columns(wm.Pledge, PLEDGE)),
    ("source_languages", lambda: sized(source_languages="fr")),
    ("target_languages", lambda: sized(target_languages=None)),
]


class TestSeveral:
    """A single object in place of an iterable is refused with the name of the parameter."""

    @pytest.mark.parametrize(("parameter", "call"), CALLS)
    def test_a_single_object_is_refused_at_the_call(self, parameter: str, call: Callable[[], object]) -> None:
        with pytest.raises(TypeError) as raised:
            call()
        assert str(raised.value) == f"{parameter} must be an iterable: pass a list, even for a single item."

    @pytest.mark.parametrize("one", ["fr", b"fr", 5, None, LENGTH])
    def test_a_string_is_a_single_object(self, one: Any) -> None:
        with pytest.raises(TypeError, match=r"^words must be an iterable: "):
            require_iterable(one, "words")

    def test_an_iterable_is_returned_unchanged(self) -> None:
        def flowing() -> Iterator[int]:
            yield 1

        for given in ([1], (1,), {1}, frozenset({1}), {1: 2}, flowing(), range(2)):
            assert require_iterable(given, "numbers") is given


class TestInstances:
    """A TypeError says what to pass instead of an object of another class."""

    def test_an_instance_is_returned_unchanged(self) -> None:
        one = PLEDGE
        assert require_instance(one, wm.Pledge, "Not a Pledge.") is one
        assert list(require_records([one], wm.Pledge, "pledges")) == [one]

    def test_another_class_is_refused(self) -> None:
        with pytest.raises(TypeError, match=r"^Not a Pledge\.$"):
            require_instance(wm.Pledge, wm.Pledge, "Not a Pledge.")
        with pytest.raises(TypeError, match=r"^Not a Pledge: pass pledges, such as dossier\.pledges\.$"):
            list(require_records([PLEDGE, registration()], wm.Pledge, "pledges"))

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: wm.from_ical(b"", limits=OTHER), "limits must be CalendarLimits(...)."),
            (lambda: wm.from_jcal([], limits=OTHER), "limits must be CalendarLimits(...)."),
            (lambda: wm.from_jscalendar({}, limits=OTHER), "limits must be Limits(...)."),
            (lambda: wm.from_schedule_json({}, limits=OTHER), "limits must be Limits(...)."),
            (lambda: inv.reply(REQUEST, DELEGATED, stamped=LATER, delegate=OTHER), "delegate must be a Contact."),
            (lambda: inv.delegation(REQUEST, OTHER, stamped=LATER), "delegate must be a Contact."),
            (
                lambda: inv.request_for(OTHER, "p@example.org", stamped=LATER),
                "Not an Imported: pass the result of from_ical.",
            ),
        ],
    )
    def test_of_public_functions(self, call: Callable[[], object], message: str) -> None:
        with pytest.raises(TypeError) as raised:
            call()
        assert str(raised.value) == message
