"""Both engines' writers: what they write is what a plain walk over the fields writes, byte for byte."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.plain_json import plainly
from tests.model.samples import SAMPLES
from wtisd_model import strategies
from wtisd_model.json.encoder import to_json
from wtisd_model.json.native import NATIVE
from wtisd_model.json.writing import PURE, document_writer
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.people import Contact

ENGINES: dict[str, Any] = {"plain": PURE} if NATIVE is None else {"plain": PURE, "compiled": NATIVE}
each_engine = pytest.mark.parametrize("engine", ENGINES)

documents = st.one_of(
    strategies.events(),
    strategies.sessions(),
    strategies.registrations(),
    strategies.interpretation_requests(),
    strategies.pledges(),
    strategies.dossiers(),
)
WHOLE: dict[type, Any] = {type(each): each for each in SAMPLES if type(each) in DOCUMENTS}


def writer(engine: str, cls: type) -> Callable[[object], bytes]:
    return document_writer(cls, ENGINES[engine])


@each_engine
class TestSameBytes:
    """Equal objects give equal bytes, whoever writes them."""

    @LAW
    @given(documents)
    def test_every_document(self, engine: str, obj: object) -> None:
        assert writer(engine, type(obj))(obj) == plainly(obj)

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
class TestOthers:
    """What is no document of the class is a mistake of the caller, and leaves the writer as it was."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_other_objects(self, engine: str, cls: type) -> None:
        others = [each for other, each in WHOLE.items() if other is not cls]
        for other in (*others, None, {}, "x", object(), cls, cls.__name__):
            with pytest.raises(TypeError, match="Not an object of the class"):
                writer(engine, cls)(other)
        assert writer(engine, cls)(WHOLE[cls]) == plainly(WHOLE[cls])

    def test_a_class_that_is_no_document(self, engine: str) -> None:
        with pytest.raises(TypeError, match="Not a document"):
            document_writer(dict, ENGINES[engine])

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_an_object_of_a_subclass_is_no_document(self, engine: str, cls: type) -> None:
        sub: Any = type(cls.__name__, (cls,), {"__slots__": ()})
        other: Any = object.__new__(sub)
        with pytest.raises(TypeError, match="Not a document"):
            to_json(other)
        with pytest.raises((TypeError, AttributeError)):
            writer(engine, cls)(other)

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

    def test_a_part_of_another_class_in_an_object_that_was_filled_past_its_constructor(self, engine: str) -> None:
        broken = object.__new__(Registration)
        names: Any = Registration.__slots__
        for name in names:
            if name != "__weakref__":
                object.__setattr__(broken, name, getattr(WHOLE[Registration], name))
        object.__setattr__(broken, "participant", WHOLE[Session])
        with pytest.raises(TypeError, match="Not an object of the class Contact"):
            writer(engine, Registration)(broken)
        object.__setattr__(broken, "participant", WHOLE[Registration].participant)
        assert writer(engine, Registration)(broken) == plainly(WHOLE[Registration])
