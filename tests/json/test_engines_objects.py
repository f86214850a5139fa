"""Objects that were filled past their constructor: they are objects like any other."""

import copy
import gc
import pickle
import resource
import sys
import weakref
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields, has

from tests.json.constructed import anatomy, constructed
from tests.json.engines import ENGINES
from tests.json.entry_points import each_engine, quickly, slowly, validator, written
from tests.json.test_agreement import WHOLE, without
from wtisd_model.findings import InvalidValueError
from wtisd_model.json import plans
from wtisd_model.json.doubts import UNSOUND
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.schema_files import reached_classes
from wtisd_model.json.writing import PURE, document_writer
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.types.language import Translations
from wtisd_model.types.money import Money
from wtisd_model.types.people import Contact

OURS = reached_classes(DOCUMENTS)


def parts(value: Any) -> Iterator[Any]:
    """Give an object of ours and all that it is made of."""
    if isinstance(value, tuple | frozenset):
        for each in value:
            yield from parts(each)
    elif has(type(value)):
        yield value
        for attribute in fields(type(value)):
            yield from parts(getattr(value, attribute.name))


def made(engine: str, cls: type) -> Iterator[Any]:
    """Make the object of a document on every way, of its bytes and as a dict."""
    for payload in (written(WHOLE[cls]), WHOLE[cls]):
        for _, each in quickly(engine, cls, payload):
            yield each


@each_engine
@pytest.mark.parametrize("cls", DOCUMENTS)
class TestRealObjects:
    """Objects are built without running validators again; nothing tells them from those of a constructor."""

    def test_each_is_of_its_class_and_of_no_subclass(self, cls: type, engine: str) -> None:
        for whole in made(engine, cls):
            assert type(whole) is cls
            seen = {type(part) for part in parts(whole)}
            assert seen <= OURS
            assert not any(subclass.__name__.startswith("Open") for subclass in seen)

    def test_each_is_equal_to_what_the_constructors_make(self, cls: type, engine: str) -> None:
        twin = constructed(cls, WHOLE[cls])
        for whole in made(engine, cls):
            assert whole == twin
            assert twin == whole
            assert hash(whole) == hash(twin)
            assert repr(whole) == repr(twin)
            assert len({whole, twin}) == 1
            assert anatomy(whole) == anatomy(twin)

    def test_nothing_in_it_can_be_changed(self, cls: type, engine: str) -> None:
        for part in (part for whole in made(engine, cls) for part in parts(whole)):
            for attribute in fields(type(part)):
                before = getattr(part, attribute.name)
                with pytest.raises(AttributeError):
                    setattr(part, attribute.name, before)
                with pytest.raises(AttributeError):
                    delattr(part, attribute.name)
                assert getattr(part, attribute.name) is before
            with pytest.raises(AttributeError):
                part.something_else = 1
            assert not hasattr(part, "__dict__")

    def test_no_container_in_it_can_be_changed(self, cls: type, engine: str) -> None:
        for part in (part for whole in made(engine, cls) for part in parts(whole)):
            for attribute in fields(type(part)):
                value = getattr(part, attribute.name)
                assert not isinstance(value, list | dict | set)
                assert type(value) is Translations or not isinstance(value, Mapping)
                hash(value)

    def test_each_is_copied_pickled_and_changed_like_any_other(self, cls: type, engine: str) -> None:
        for part in (part for whole in made(engine, cls) for part in parts(whole)):
            for other in (copy.copy(part), copy.deepcopy(part), pickle.loads(pickle.dumps(part)), evolve(part)):  # noqa: S301 - our own
                assert type(other) is type(part)
                assert other == part
                assert anatomy(other) == anatomy(part)
            assert weakref.ref(part)() is part

    def test_a_change_is_checked_by_the_constructor(self, cls: type, engine: str) -> None:
        for part in (part for whole in made(engine, cls) for part in parts(whole)):
            if isinstance(part, Contact):
                with pytest.raises(InvalidValueError):
                    evolve(part, email="a@")
            if isinstance(part, Money):
                assert evolve(part, currency="JPY").amount.as_tuple().exponent == 0

    def test_the_collector_sees_what_it_should_of_it(self, cls: type, engine: str) -> None:
        for whole in made(engine, cls):
            assert gc.is_tracked(whole) is gc.is_tracked(constructed(cls, WHOLE[cls]))
            assert all(any(each is value for each in gc.get_referents(whole)) for value in held_by(whole))


def held_by(whole: Any) -> Iterator[object]:
    return (getattr(whole, attribute.name) for attribute in fields(type(whole)))


@each_engine
class TestOutcomes:
    """An outcome is made like an object of a payload."""

    def test_it_is_an_outcome_like_any_other(self, engine: str) -> None:
        raw = written(WHOLE[Registration])
        good = validator(engine, Registration)(raw)
        assert type(good) is Outcome
        assert good == Outcome(value=next(made(engine, Registration))) == slowly(Registration, raw)
        assert (good.ok, good.findings, good.line, good.omitted) == (True, (), None, 0)
        assert pickle.loads(pickle.dumps(good)) == copy.deepcopy(good) == good  # noqa: S301 - our own
        with pytest.raises(AttributeError):
            good.value = None  # type: ignore[misc]  # that it is refused is what is tested
        with pytest.raises(AttributeError):
            del good.value


@each_engine
class TestFilling:
    """What an engine fills has as many slots as it is given values, and holds no more."""

    def test_another_number_of_values_is_refused(self, engine: str) -> None:
        fill = ENGINES[engine].Filler(Money, ("amount", "currency"))
        for values in ((), (1,), (1, 2, 3)):
            with pytest.raises((TypeError, ValueError)):
                fill(*values)

    def test_what_it_does_not_fill_is_not_there(self, engine: str) -> None:
        half = ENGINES[engine].Filler(Money, ("currency",))("CHF")
        assert half.currency == "CHF"
        with pytest.raises(AttributeError):
            half.amount  # noqa: B018 - that it raises is what is tested


def shared(engine: str, cls: type) -> list[object]:
    """Give what documents have in common: constants, members of enums, keys, and what is absent."""
    return [
        *(None, True, False, UNSOUND, (), frozenset(), cls, RegistrationState.PENDING, RegistrationState.APPROVED),
        *WHOLE[cls],
        plans.document_plan(cls, ENGINES[engine]),
        plans._NO_ENTRIES,
    ]


@each_engine
class TestLeaks:
    """What is read, told and written leaves nothing behind."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_nothing_grows(self, engine: str, cls: type) -> None:
        judge = validator(engine, cls)
        good = written(WHOLE[cls])
        key = next(key for key in WHOLE[cls] if key not in {"@type", "schemaVersion"})
        bad = [
            written(without(WHOLE[cls], (key,))),
            written({**WHOLE[cls], key: None, "zzz": [{"a": 1}]}),
            *(good[: len(good) * each // 7] for each in range(1, 7)),
            good.replace(b'"en"', b'"xx-"').replace(b":", b"::", 1),
            good.replace(b'"country"', b'"id": "a", "id"'),
        ]
        forms: list[Any] = [good, WHOLE[cls], good.decode(), *bad]
        write = document_writer(cls, PURE if engine == "plain" else ENGINES[engine])

        def rounds(count: int) -> None:
            for _ in range(count):
                for form in forms:
                    outcome = judge(form)
                    if outcome.value is not None:
                        write(outcome.value)
                        with pytest.raises(TypeError):
                            write(outcome)

        rounds(200)  # what is kept for the next time is kept by then
        # A cache of another test may grow meanwhile; what leaks grows each time.
        for _ in range(3):
            leaks = grown(shared(engine, cls), partial(rounds, ROUNDS))
            if not leaks:
                break
        assert leaks == {}


def grown(counted: list[object], run: Callable[[], None]) -> dict[str, int]:
    """Name what there is more of after a run, by far: references to what is *counted*, objects, blocks, pages."""
    gc.collect()
    before = [sys.getrefcount(each) for each in counted]
    objects, blocks, pages = len(gc.get_objects()), sys.getallocatedblocks(), resident_pages()
    run()
    gc.collect()
    more = {
        "objects": (len(gc.get_objects()) - objects, ROUNDS // 4),
        "blocks": (sys.getallocatedblocks() - blocks, ROUNDS // 2),
        # Buffers are none of these blocks: one that was lost each time would take a megabyte.
        "pages": (resident_pages() - pages, ROUNDS * 512 // resource.getpagesize()),
    }
    for each, count in zip(counted, before, strict=True):
        more[repr(each)[:40]] = (sys.getrefcount(each) - count, ROUNDS // 20)
    return {what: count for what, (count, most) in more.items() if count > most}


ROUNDS = 200
"""Eleven documents each."""


def resident_pages() -> int:
    """Say how many pages of memory the process has; nothing where the system does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text(encoding="ascii").split()[1]) if told.exists() else 0
