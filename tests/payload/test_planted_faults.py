"""Planted faults: each mistake that the fast way might come to have is noticed by what it is compared with."""

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tests.payload.building import text_of_module
from tests.payload.constructed import anatomy
from tests.payload.test_agreement import WHOLE, changed
from tests.payload.test_quick import is_doubtful
from tests.payload.ways import ROOMY, grid, slowly, twins, written
from wtisd_model import payload as package
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.plain import Bounds

CHAIN = ("structs", "leaves", "assembly", "building", "quick")
"""The modules that make up the fast way, each before those that import it."""

PLAIN = (Registration, Session, Pledge)
"""Documents that hold no others, and between them most parts."""

QuickOf = Callable[[type, Bounds], Callable[[Any], Any]]


class Fault(NamedTuple):
    """One change of one module."""

    what: str
    module: str
    good: str
    bad: str


FAULTS = (
    Fault("a text may be one character longer", "structs", "return node.maximum", "return node.maximum + 1"),
    Fault("a list may have one item more", "structs", "node.minimum, max_length=", "node.minimum, max_length=1 + "),
    Fault("a list may be empty", "structs", "min_length=node.minimum", "min_length=0"),
    Fault("one translation too many", "structs", "Annotated[by_key, Meta(max_length=node.maximum)]", "by_key"),
    Fault("a number may be one larger", "structs", "le=node.maximum", "le=node.maximum + 1"),
    Fault("a number may be one smaller", "structs", "ge=node.minimum", "ge=node.minimum - 1"),
    Fault("unknown keys pass", "structs", "forbid_unknown_fields=True", "forbid_unknown_fields=False"),
    Fault("any version passes", "structs", "Literal[SCHEMA_VERSION]", "int"),
    Fault("a blank parts day and time", "leaves", "text[4::3] ==", 'text[4::3].replace(" ", "T") =='),
    Fault("a year too many", "leaves", "moment.year <= LAST_YEAR else", "moment.year <= LAST_YEAR + 1 else"),
    Fault("an offset is dropped", "leaves", "moment.astimezone(UTC)", "moment.replace(tzinfo=UTC)"),
    Fault("an exact number has no upper bound", "leaves", "number <= node.maximum else", "number else"),
    Fault("an exact number keeps its zeros", "leaves", "return shortest(number)", "return (number)"),
    Fault("any day passes", "leaves", "    if not _DAY(text):\n        return None\n", ""),
    Fault("one good text lets its neighbours pass", "leaves", "if not all(map(", "if not any(map("),
    Fault("a title may be longer in a LocalizedText", "assembly", "len(text) > maximum", "len(text) > maximum + 1"),
    Fault("a translation may be longer", "assembly", "len(each) <= maximum and ", ""),
    Fault("a text is translated into its own language", "assembly", "not any(_no_second_", "(_no_second_"),
    Fault("tags may be more than texts", "assembly", "all(type(tag) is str for tag in translations)", "True"),
    Fault("a slot may end when it starts", "assembly", "to_utc(end) <= to_utc(start)", "to_utc(end) < to_utc(start)"),
    Fault("which of two hours is not looked at", "assembly", "struct.start_repeated)\n    end", "None)\n    end"),
    Fault("a slot stays open", "assembly", "    made.__class__ = TimeSlot\n", ""),
    Fault("an object stays open", "building", "    open_.__class__ = Contact\n", ""),
    Fault("a pattern is dropped", "building", " or (phone is not None and not _CONTACT_PHONE(phone))", ""),
    Fault("a required key may be missing", "building", "event_uid is None or ", "event_uid is not None and "),
    Fault("a rule between fields is dropped", "building", " or _contact_name_or_email(name, email)", ""),
    Fault("a rule is asked in vain", "building", "_registration_history_ends_in_state(made", "not (made"),
    Fault("items may come twice", "building", " or (roles is not None and len(made_roles) != len(roles))", ""),
    Fault("what is absent is something else", "building", "RegistrationState.PENDING", "RegistrationState.APPROVED"),
    Fault("two fields are exchanged", "building", "open_.latitude = made_latitude", "open_.latitude = made_longitude"),
    Fault("false counts as true", "building", "amount_is_estimate is True", "amount_is_estimate is not None"),
    Fault("an amount is held as it was sent", "building", "at_minor_unit(made_amount, currency)\n", "made_amount\n"),
    Fault("two quotes too few are counted", "building", "4 * (phone is not None)", "2 * (phone is not None)"),
    Fault("repeated keys pass", "quick", "raw.count(b'\"') == sum(quotes) or", "True or"),
    Fault("quotes hide a repeated key", "quick", 'b"\\\\u0022" not in raw and ', ""),
    Fault("one byte too many", "quick", "if len(raw) > small and", "if len(raw) > small + 1 and"),
    Fault("nesting is not measured", "quick", "bounds.depth < deepest(cls) or ", ""),
    Fault("a tuple is a list", "quick", "elif kind is list:", "elif kind is list or kind is tuple:"),
    Fault("a kind of text is a text", "quick", "kind is str:\n            s", "issubclass(kind, str):\n            s"),
)  # fmt: skip
"""What to replace where, and what that would mean. The builders are taken as they are written, before formatting."""


class Word(StrEnum):
    MODE = "remote"
    ORGANIZATION = "Ministry 1"
    TAG = "fr"


class Case(NamedTuple):
    """A payload, its limits, and what has to become of it."""

    what: str
    cls: type
    payload: Any
    limits: Limits
    expected: object
    may_doubt: bool


def case_of(what: str, cls: type, payload: Any, limits: Limits = ROOMY, *, may_doubt: bool = False) -> Case:
    value = slowly(cls, payload, limits).value
    return Case(what, cls, payload, limits, anatomy(value), may_doubt or limits is not ROOMY or is_doubtful(payload))


def both(what: str, cls: type, document: dict[str, Any]) -> Iterator[Case]:
    """Ask about a document as a dict, and as its JSON, in which the count of quotes notices some things too."""
    case = case_of(what, cls, document)
    yield case
    yield case._replace(payload=written(document))


@cache
def cases() -> tuple[Case, ...]:
    """Give what the fast way is asked about: grids, repeated keys, and a few things that have no place in a grid."""
    return (
        *special(),
        *(case for cls in PLAIN for what, each in grid(cls) for case in both(what, cls, each)),
        *(case_of(str(place), Registration, raw) for place, raw in twins(WHOLE[Registration], (None, 1))),
    )


def special() -> Iterator[Case]:
    registration, session, pledge = WHOLE[Registration], WHOLE[Session], WHOLE[Pledge]
    for cls in PLAIN:
        yield case_of("a dict", cls, WHOLE[cls])
        raw = written(WHOLE[cls])
        for size in (len(raw) - 1, len(raw)):
            yield case_of(f"{size} bytes", cls, raw, Limits(bytes=size))
        for depth in range(1, 8):
            yield case_of(f"{depth} levels", cls, raw, Limits(depth=depth))
    hidden = changed(registration, ("organization",), "HIDING")
    for place, raw in twins(hidden, (1,)):
        for hiding in (rb"\"\u0022\u0022", rb"\"\u0022\u0022\u0022\u0022"):
            yield case_of(f"{hiding!r} {place}", Registration, raw.replace(b"HIDING", hiding))
    yield case_of("a tuple", Registration, {**registration, "sessionIds": ("s-1",)})
    for key, word in (("mode", Word.MODE), ("organization", Word.ORGANIZATION)):
        yield case_of("more than a text", Registration, {**registration, key: word}, may_doubt=True)
    translated = changed(session, ("title", "translations"), {"fr": "x"})
    yield case_of("a translation", Session, translated)
    tagged = changed(translated, ("title", "translations"), {Word.TAG: "x"})
    yield case_of("a tag that is more", Session, tagged, may_doubt=True)
    yield case_of("a second original", Session, changed(session, ("title", "translations"), {"en": "x"}))
    yield case_of("a long one", Session, changed(session, ("title", "translations"), {"fr": "x" * 501}))
    yield case_of("one bad tag of two", Session, changed(session, ("title", "translations"), {"fr": "x", "!": "x"}))
    tags = [f"en-{number:08}" for number in range(101)]
    for count in (100, 101):
        many = dict.fromkeys(tags[:count], "x")
        yield case_of(f"{count} tags", Session, changed(session, ("title", "translations"), many))
    night = {"start": "2026-10-25T02:30:00", "end": "2026-10-25T03:30:00", "timeZone": "Europe/Zurich"}
    for which in ("first", "second"):
        yield case_of(f"the {which} 02:30", Session, {**session, "slot": {**night, "startRepeated": which}})
    yield case_of("02:30", Session, {**session, "slot": night})
    yield case_of("an empty slot", Session, {**session, "slot": {**session["slot"], "end": session["slot"]["start"]}})
    for moment in ("2023-04-14T09:00:00+02:00", "2023-04-14 09:00:00Z", "2200-01-01T00:00:00Z", "2023-04-14T24:00:00Z"):
        yield case_of(moment, Registration, {**registration, "submittedAt": moment})
    yield case_of("another state", Registration, {**registration, "state": "approved"})
    for amount in ("5", "5.5", "5.500", "0.0"):
        yield case_of(amount, Pledge, changed(pledge, ("pledged", "amount"), amount))
    yield case_of("zeros", Pledge, changed(pledge, ("countries", 0, "share"), "40.00"))
    yield case_of("no estimate", Pledge, {**pledge, "amountIsEstimate": False})


def complaints(quick: QuickOf) -> Iterator[str]:
    """Say for which payloads the fast way gives what it should not, or doubts what it should take."""
    for case in cases():
        taken = quick(case.cls, case.limits.bounds_for(case.cls))(case.payload)
        if taken is None:
            if case.expected != anatomy(None) and not case.may_doubt:
                yield f"{case.what}: in doubt"
        elif anatomy(taken) != case.expected:
            yield f"{case.what}: wrong"


def loaded(monkeypatch: pytest.MonkeyPatch, fault: Fault | None) -> QuickOf:
    """Load the modules of the fast way once more, one of them with a fault."""
    for name in CHAIN:
        path = Path(str(package.__file__)).with_name(f"{name}.py")
        source = text_of_module() if name == "building" else path.read_text(encoding="utf-8")
        if fault is not None and fault.module == name:
            assert fault.good in source, "The fault has lost its place."
            source = source.replace(fault.good, fault.bad, 1)
        module = ModuleType(f"wtisd_model.payload.{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(package, name, module)
        exec(compile(source, f"<{name}>", "exec"), vars(module))  # noqa: S102 - our own text, with our own fault
    quick: QuickOf = sys.modules["wtisd_model.payload.quick"].quick
    return quick


class TestPlantedFaults:
    """Issue 3: "at least 12 planted faults (an off-by-one length, an accepted separator, a dropped rule ...)"."""

    @pytest.mark.slow
    def test_without_a_fault_nobody_complains(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert list(complaints(loaded(monkeypatch, None))) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
    def test_each_is_noticed(self, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
        assert next(complaints(loaded(monkeypatch, fault)), None) is not None
