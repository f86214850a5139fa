"""JSON out: what is written comes back equal, and equal objects give equal bytes."""

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.plain_json import dumps, plainly, written_moment
from tests.samples.whole import SAMPLES
from wtisd_model import (
    Call,
    CallKind,
    Contact,
    Deadline,
    Dossier,
    Event,
    InterpretationRequest,
    Money,
    Pledge,
    Registration,
    Roster,
    from_json,
    strategies,
    to_json,
    wtisd_23,
)
from wtisd_model.json import encoder
from wtisd_model.json.accelerator import SPEEDUPS
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.fields import fields_of

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
BY_NAME = {
    "dossier": Dossier,
    "event": Event,
    "interpretation-request": InterpretationRequest,
    "pledge": Pledge,
    "registration": Registration,
    "roster": Roster,
}


class TestExamples:
    """`examples/*.json` load, and come back byte for byte in compact form."""

    @pytest.mark.parametrize(("name", "cls"), BY_NAME.items())
    def test_each_comes_back_byte_for_byte(self, name: str, cls: type) -> None:
        raw = (EXAMPLES / f"{name}.json").read_bytes()
        compact = json.dumps(json.loads(raw), ensure_ascii=False, separators=(",", ":")).encode()
        assert to_json(from_json(cls, raw)) == compact


documents = st.one_of(
    strategies.events(),
    strategies.sessions(),
    strategies.registrations(),
    strategies.interpretation_requests(),
    strategies.pledges(),
    strategies.dossiers(),
)


class TestRoundTrip:
    """Nothing is lost and nothing is changed on the way out and in again."""

    @LAW
    @given(documents)
    def test_every_object_comes_back_equal_and_is_written_alike(self, obj: object) -> None:
        raw = to_json(obj)
        back = from_json(type(obj), raw)
        assert back == obj
        assert to_json(back) == raw

    @LAW
    @given(documents)
    def test_a_second_writer_writes_the_same(self, obj: object) -> None:
        assert to_json(obj) == plainly(obj)

    @LAW
    @given(documents)
    def test_equal_objects_give_equal_bytes(self, obj: object) -> None:
        assert to_json(deepcopy(obj)) == to_json(obj)

    @LAW
    @given(documents)
    def test_the_bytes_are_compact_utf_8_with_keys_in_declared_order(self, obj: object) -> None:
        raw = to_json(obj)
        document = json.loads(raw)
        assert raw == dumps(document).encode()
        assert list(document)[:2] == ["@type", "schemaVersion"]
        declared = [spec.key for spec in fields_of(type(obj))]
        assert [key for key in declared if key in document] == list(document)[2:]


class TestForms:
    """Decimals are strings, sets are sorted, moments are in UTC; None, empty and false are left out."""

    def test_a_moment_has_no_more_digits_than_it_needs(self) -> None:
        assert written_moment(datetime(2023, 4, 13, 8, 15, tzinfo=UTC)) == "2023-04-13T08:15:00Z"
        assert written_moment(datetime(2023, 4, 13, 8, 15, 0, 500, tzinfo=UTC)) == "2023-04-13T08:15:00.000500Z"

    def test_a_day_is_written_as_days_are(self) -> None:
        class Date(date):
            def isoformat(self) -> str:
                return "tomorrow"

        deadline = Deadline(date=Date(2023, 4, 20), time_zone="Europe/Zurich")
        call = Call(kind=CallKind.REGISTRATION, address_unknown=True, deadline=deadline)
        event = evolve(wtisd_23(), calls=(call,))
        assert json.loads(to_json(event))["calls"][0]["deadline"]["date"] == "2023-04-20"

    def test_an_amount_is_written_at_its_minor_unit(self) -> None:
        pledge = from_json(Pledge, (EXAMPLES / "pledge.json").read_bytes())
        large = evolve(pledge, pledged=Money(amount=Decimal("3E+5"), currency="USD"))
        assert to_json(large) == to_json(pledge)

    def test_only_a_dossier_writes_empty_lists(self) -> None:
        dossier = from_json(Dossier, (EXAMPLES / "dossier.json").read_bytes())
        document = json.loads(to_json(evolve(dossier, registrations=())))
        assert (document["registrations"], document["interpretationRequests"], document["pledges"]) == ([], [], [])
        assert "sessions" not in document["event"]

    @pytest.mark.parametrize("obj", [{}, "x", None, Money(amount=Decimal(1), currency="CHF")])
    def test_what_is_no_document_is_a_mistake_of_the_caller(self, obj: object) -> None:
        with pytest.raises(TypeError, match="Not a document"):
            to_json(obj)


SPEEDUPS_OF: dict[str, Any] = {"plain": None} | ({} if SPEEDUPS is None else {"compiled": SPEEDUPS})
each_engine = pytest.mark.parametrize("engine", SPEEDUPS_OF)
WHOLE: dict[type, Any] = {type(each): each for each in SAMPLES if type(each) in DOCUMENTS}


@cache
def writer(engine: str, cls: type) -> Callable[[object], bytes]:
    """Return the encoder of a class with one of the makers of structs."""
    caches = encoder._document_maker, encoder._struct_maker
    try:
        for each in caches:
            each.cache_clear()
        with patch("wtisd_model.json.accelerator.SPEEDUPS", SPEEDUPS_OF[engine]):
            make = encoder._document_maker(cls)
    finally:
        for each in caches:
            each.cache_clear()
    return lambda obj: encoder._encode(make(obj))


@each_engine
class TestBothMakers:
    """The bytes are those of a plain walk over the fields, whether the structs are made in C or in Python."""

    @LAW
    @given(documents)
    def test_every_document(self, engine: str, obj: object) -> None:
        cls: type = type(obj)
        assert writer(engine, cls)(obj) == plainly(obj)

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_a_document_with_every_field(self, engine: str, cls: type) -> None:
        assert writer(engine, cls)(WHOLE[cls]) == plainly(WHOLE[cls])

    @pytest.mark.slow
    def test_every_character_and_every_pair_with_one_that_is_escaped(self, engine: str) -> None:
        request = WHOLE[Registration]
        texts = [
            chr(code) for code in (*range(0x20, 0x500), 0x2027, 0x202F, 0x20AC, 0xFFFD, 0x10000, 0x1F600, 0x10FFFF)
        ]
        for text in texts:
            for note in (f"a{text}a", f'"{text}\\', f"{text}é國😀a", f"x{text * 7}/x"):
                try:
                    changed = evolve(request, organization=note)
                except ValueError:  # a control character
                    continue
                assert writer(engine, Registration)(changed) == plainly(changed)

    def test_controls_where_lines_may_stand(self, engine: str) -> None:
        pledge = WHOLE[Pledge]
        for text in (
            "a\nb",
            "\n".join("x" * 50),
            'a"\n"\\\n\\b',
            "a\n" * 2000 + "b",
            '"' * 9000,
            "\\" * 9999,
            "é" * 9999,
        ):
            changed = evolve(pledge, description=evolve(pledge.description, text=text))
            assert writer(engine, Pledge)(changed) == plainly(changed)

    def test_moments_with_any_fraction(self, engine: str) -> None:
        for micro in (0, 1, 10, 99_999, 100_000, 500_000, 999_999):
            for year in (1970, 2023, 2199):
                moment = datetime(year, 2, 3, 4, 5, 6, micro, UTC)
                changed = evolve(WHOLE[Event], created=datetime(1970, 1, 1, tzinfo=UTC), updated=moment)
                assert writer(engine, Event)(changed) == plainly(changed)

    def test_a_moment_of_another_zone_is_held_in_utc_and_written_so(self, engine: str) -> None:
        moment = datetime(2023, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
        changed = evolve(WHOLE[Registration], submitted_at=moment)
        assert b'"submittedAt":"2022-12-31T22:30:00Z"' in writer(engine, Registration)(changed)

    def test_large_documents(self, engine: str) -> None:
        many = evolve(
            WHOLE[Dossier], registrations=tuple(evolve(WHOLE[Registration], id=f"r-{at}") for at in range(2000))
        )
        raw = writer(engine, Dossier)(many)
        assert raw == plainly(many)
        assert len(json.loads(raw)["registrations"]) == 2000


@each_engine
class TestSpoiledObjects:
    """Objects that somebody changed past their class."""

    def test_a_part_that_says_otherwise_than_its_slot_holds(self, engine: str) -> None:
        class Loud(Contact):
            __slots__ = ()

            @property
            def name(self) -> str:
                return "LOUD"

        registration = WHOLE[Registration]
        contact: Any = object.__new__(Loud)
        for key in (spec.name for spec in fields_of(Contact) if spec.name != "name"):
            vars(Contact)[key].__set__(contact, getattr(registration.participant, key))
        loud = object.__new__(Registration)
        for spec in fields_of(Registration):
            object.__setattr__(loud, spec.name, getattr(registration, spec.name))
        object.__setattr__(loud, "participant", contact)
        expected = json.loads(plainly(registration))
        expected["participant"]["name"] = "LOUD"
        assert json.loads(writer(engine, Registration)(loud)) == expected

    @pytest.mark.parametrize("other", [True, 1.5, "3", 1, [1]], ids=str)
    def test_what_is_no_number_and_no_flag_in_an_object_that_was_changed_past_its_class(
        self, engine: str, other: object
    ) -> None:
        class Forged(int):
            def __str__(self) -> str:
                return '1,"x":2'

        for cls, name, value in (
            (Event, "retention_days", Forged(1)),
            (Event, "retention_days", other),
            (Pledge, "amount_is_estimate", other),
        ):
            broken = evolve(WHOLE[cls])
            object.__setattr__(broken, name, value)
            with suppress(TypeError):
                raw = writer(engine, cls)(broken)
                assert json.loads(raw).keys() == json.loads(plainly(WHOLE[cls])).keys()

    def test_an_object_that_was_never_filled(self, engine: str) -> None:
        with pytest.raises(AttributeError):
            writer(engine, Registration)(object.__new__(Registration))
