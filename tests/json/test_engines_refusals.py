"""Both engines at their edges: limits, spellings, dicts that are more than JSON. What is in doubt is told as ever."""

import gc
import json
import sys
import threading
from collections import OrderedDict, UserDict
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import compress, count, islice, product
from types import MappingProxyType
from typing import Any

import pytest
from msgspec import DecodeError

from tests.json.constructed import anatomy
from tests.json.engines import ENGINES, made_with
from tests.json.entry_points import FORMS, all_doubt, each_engine, is_doubtful, quickly, slowly, validator, written
from tests.json.test_agreement import WHOLE, Place, changed, places
from wtisd_model.json.json_types import LONGEST_NUMBER
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.parser import _decoder, value_decoder
from wtisd_model.json.validator import from_json
from wtisd_model.model.documents import DOCUMENTS, document_name
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session

REGISTRATION, SESSION = WHOLE[Registration], WHOLE[Session]


def same(engine: str, cls: type, payload: Any, limits: Limits) -> list[bool]:
    """Tell of each way whether it takes a payload, after seeing that it then gives what the walk gives."""
    outcome = slowly(cls, payload, limits)
    taken = list(quickly(engine, cls, payload, limits))
    for way, made in taken:
        assert made is None or anatomy(made) == anatomy(outcome.value), way
    assert validator(engine, cls, limits)(payload) == outcome
    return [made is not None for _, made in taken]


@each_engine
class TestLimits:
    """DESIGN, decision 6: "Reading is: limits, strict JSON, shape, object"."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
    def test_one_byte_too_many(self, engine: str, cls: type, form: Any) -> None:
        raw = written(WHOLE[cls])
        exactly = len(raw)
        few, less, enough, many = (
            same(engine, cls, form(raw), Limits(bytes=size)) for size in (1, exactly - 1, exactly, 30 * exactly)
        )
        assert not any(few)
        assert all(many)
        if isinstance(form(raw), dict):  # as it is a dict is measured roughly, and never below its size
            assert not enough[0]
        else:
            assert not any(less)
            assert all(enough)

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
    def test_one_value_too_many(self, engine: str, cls: type, form: Any) -> None:
        raw = written(WHOLE[cls])
        count = 1 + len(list(places(WHOLE[cls])))
        one, less, enough, many = (
            same(engine, cls, form(raw), Limits(values=most)) for most in (1, count - 1, count, 30 * count)
        )
        assert not any(one)
        assert not any(less)
        assert enough[-1]  # the others measure roughly, and never below what there is
        assert all(many)

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
    def test_one_level_too_many(self, engine: str, cls: type, form: Any) -> None:
        # Lowered below what documents may have, the limit of depth leaves all of them to the strict parser.
        verdicts = [same(engine, cls, form(written(WHOLE[cls])), Limits(depth=depth)) for depth in range(1, 20)]
        assert verdicts == sorted(verdicts)
        assert not any(verdicts[0])
        assert all(verdicts[-1])

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", [Session, Registration, Event])
    @pytest.mark.parametrize("depth", [1, 9, 17, 18, 19, 32])
    def test_what_is_unknown_may_not_be_deeper_either(self, engine: str, cls: type, depth: int) -> None:
        for place in (("zzz",), *((*each, "zzz") for each in islice(objects(WHOLE[cls]), 0, None, 7))):
            for levels in range(max(1, depth - len(place) - 1), depth - len(place) + 3):
                for value in (nested(levels), nested(levels, of_lists=True)):
                    document = changed(WHOLE[cls], place, value)
                    for payload in (document, written(document)):
                        assert not any(same(engine, cls, payload, Limits(depth=depth)))

    @pytest.mark.slow
    @pytest.mark.parametrize("length", [*range(1, 22), 64, 300])
    def test_numbers_may_be_shorter_than_usual(self, engine: str, length: int) -> None:
        for number in (0, -0, 230, 1_000_000, 1_000_001, 10**20, 10**70, -1, 2**53 + 1, 2**63, 2**64, -(2**64)):
            document = changed(SESSION, ("locations", 0, "capacity"), number)
            unknown = changed(SESSION, ("locations", 0, "zzz"), number)
            for payload in (document, written(document)):
                *others, copied = same(engine, Session, payload, Limits(number_length=length))
                is_good, are_usual = 0 <= number <= 10**6, length >= LONGEST_NUMBER
                assert {*others} <= {is_good and are_usual}
                # What is copied is measured on the way, number by number.
                is_short = are_usual if isinstance(payload, bytes) else len(str(number)) <= length
                assert copied is (is_good and is_short)
            for payload in (unknown, written(unknown)):
                assert not any(same(engine, Session, payload, Limits(number_length=length)))

    @pytest.mark.parametrize(
        "number",
        [
            *(
                "230.0",
                "2.3e2",
                "230." + "0" * 80,
                "-0",
                "-0.0",
                "0e9",
                "1e400",
                "00",
                "1_0",
                "01",
                "+1",
                "-",
                "1.",
                ".5",
            ),
            *(
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x10",
                "1a",
                "1 0",
                "-01",
                "123456789012345",
                "1234567890123456",
                "9" * 40,
                "0" * 20,
                "١",
            ),
        ],
    )
    def test_numbers_as_they_may_be_written(self, engine: str, number: str) -> None:
        for key in ("capacity", "zzz"):
            raw = written(SESSION).replace(b'"capacity": 230', f'"capacity": 230, "{key}": {number}'.encode())
            raw = raw.replace(b'"capacity": 230, "capacity"', b'"capacity"')
            taken = same(engine, Session, raw, Limits())
            assert {*taken} == {number == "-0" and key == "capacity"}


def nested(levels: int, *, of_lists: bool = False) -> Any:
    """Give so many empty containers inside one another."""
    value: Any = [] if of_lists else {}
    for _ in range(levels - 1):
        value = [value] if of_lists else {"a": value}
    return value


GOOD = written(REGISTRATION).decode()


@each_engine
class TestSpelling:
    """RFC 8259: what may be written in several ways may, and what may not be written is refused."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_other_ways_to_write_the_same_are_taken(self, engine: str, cls: type) -> None:
        expected = anatomy(from_json(cls, WHOLE[cls]))
        turned = turned_over(WHOLE[cls])
        for raw in (
            json.dumps(WHOLE[cls], separators=("\r\n, ", " \t: ")),
            json.dumps(WHOLE[cls], indent="\t"),
            json.dumps(turned),
            json.dumps({key: each for key, each in WHOLE[cls].items() if key not in {"@type", "schemaVersion"}}),
            json.dumps(WHOLE[cls]).replace('"language"', r'"\u006canguag\u0065"'),
            f" \n{json.dumps(WHOLE[cls])}\n ",
        ):
            for form in FORMS.values():
                payload = form(raw.encode())
                for way, made in quickly(engine, cls, payload):
                    assert (made is None) is is_doubtful(way, payload), way
                    assert made is None or anatomy(made) == expected, way

    @pytest.mark.parametrize(
        "bad",
        [
            *("", " ", "{", "null", "[]", "1", '"x"', "{}", GOOD[:-1], GOOD + "x", GOOD + GOOD, GOOD + "\x00"),
            *("\ufeff" + GOOD, GOOD.replace('"', "'"), GOOD[:-1] + ",}", GOOD + "//", GOOD.replace(":", "=", 1)),
            GOOD.replace('"remote"', "NaN").replace('"on-site"', "NaN"),
            GOOD[:-1] + ', "country": Infinity}',
            GOOD.replace("Ministry 1", "\t"),
            GOOD.replace("Ministry 1", r"\ud800"),
            GOOD.replace("Ministry 1", r"\udc00\ud800"),
            GOOD.replace("Ministry 1", r"\x41"),
            GOOD.replace("Ministry 1", "\ud800"),
            GOOD.replace('"schemaVersion": 1', '"schemaVersion": 2'),
            GOOD.replace('"schemaVersion": 1', '"schemaVersion": 0'),
            GOOD.replace('"schemaVersion": 1', '"schemaVersion": "1"'),
            GOOD.replace('"schemaVersion": 1', '"schemaVersion": true'),
            GOOD.replace('"schemaVersion": 1', '"schemaVersion": null'),
            GOOD.replace('"@type": "Registration"', '"@type": "Event"'),
            GOOD.replace('"@type": "Registration"', '"@type": "registration"'),
            GOOD.replace('"@type": "Registration"', '"@type": null'),
            *("[" * 10_000, '{"participant":' * 10_000),
        ],
        ids=count(),
    )
    def test_what_is_not_json_or_no_document_is_not_taken(self, engine: str, bad: str) -> None:
        assert bad != GOOD
        assert all_doubt(engine, Registration, bad)
        for raw in (bad, bad.encode(errors="surrogatepass"), bad.encode("utf-16", errors="surrogatepass")):
            assert all_doubt(engine, Registration, raw)
            outcome = validator(engine, Registration, Limits())(raw)
            assert not outcome.ok
            assert outcome == slowly(Registration, raw, Limits())

    def test_bytes_that_are_not_utf_8(self, engine: str) -> None:
        for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            raw = GOOD.encode().replace(b"Ministry 1", bad)
            assert all_doubt(engine, Registration, raw)
            assert validator(engine, Registration)(raw) == slowly(Registration, raw)
            assert not validator(engine, Registration)(raw).ok

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize(
        "extra", [{"@type": "Event"}, {"schemaVersion": 1}, {"": 1}, {"type_": "Session"}], ids=str
    )
    def test_what_only_the_outermost_object_may_have_is_not_taken_in_its_parts(
        self, engine: str, cls: type, extra: dict[str, object]
    ) -> None:
        for place in objects(WHOLE[cls]):
            document = changed(WHOLE[cls], place, {**at(WHOLE[cls], place), **extra})
            for payload in (document, written(document)):
                assert all_doubt(engine, cls, payload)
                assert not validator(engine, cls)(payload).ok

    def test_the_type_of_a_document_is_its_own(self, engine: str) -> None:
        for cls in DOCUMENTS:
            for other in DOCUMENTS:
                document = {**WHOLE[cls], "@type": document_name(other)}
                for payload in (document, written(document)):
                    for way, made in quickly(engine, cls, payload):
                        assert (made is not None) is (cls is other), way


def at(document: object, place: Place) -> Any:
    inner: Any = document
    for step in place:
        inner = inner[step]
    return inner


def objects(document: dict[str, Any]) -> Iterator[Place]:
    return (place for place in places(document) if isinstance(at(document, place), dict))


def turned_over(value: Any) -> Any:
    """Write the keys of each object backwards."""
    if isinstance(value, dict):
        return {key: turned_over(each) for key, each in reversed(value.items())}
    return [turned_over(each) for each in value] if isinstance(value, list) else value


class Mode(StrEnum):
    ON_SITE = "on-site"


class Word(str):
    """A text that raises when it is looked at."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, _other: object) -> bool:
        raise ValueError

    def __str__(self) -> str:
        raise ValueError


class Number(int):
    """A number that is more than one."""


class List(list[object]):
    """A list that is more than one."""


@each_engine
class TestDicts:
    """CONTRACT: "bytes, str or mapping"; a dict is taken if it holds what a JSON parser makes, and nothing else."""

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            (("sessionIds",), ("s-1",)),
            (("sessionIds",), frozenset({"s-1"})),
            (("sessionIds",), {"s-1"}),
            (("sessionIds",), List(["s-1"])),
            (("sessionIds",), iter(["s-1"])),
            (("sessionIds",), {"s-1": 1}.keys()),
            (("sessionIds", 0), b"s-1"),
            (("sessionIds", 0), Word("s-1")),
            (("mode",), Mode.ON_SITE),
            (("organization",), Word("x")),
            (("organization",), bytearray(b"x")),
            (("organization",), "\ud800"),
            (("organization",), None),
            (("listingConsent",), Mode.ON_SITE),
            (("participant",), UserDict(REGISTRATION["participant"])),
            (("participant",), OrderedDict(REGISTRATION["participant"])),
            (("participant",), MappingProxyType(REGISTRATION["participant"])),
            (("participant",), from_json(Registration, REGISTRATION).participant),
            (("submittedAt",), from_json(Registration, REGISTRATION).submitted_at),
            (("schemaVersion",), Number(1)),
            (("schemaVersion",), True),
            (("schemaVersion",), Decimal(1)),
        ],
        ids=count(),
    )
    def test_what_is_more_than_json_or_other_than_json_is_not_taken_for_plain(
        self, engine: str, place: Place, value: object
    ) -> None:
        only_copied(engine, Registration, changed_in(REGISTRATION, place, value))

    @pytest.mark.parametrize("key", [1, None, True, ("id",), b"id", 1.5, Word("other"), "\ud800"], ids=count())
    def test_other_keys_are_not_taken(self, engine: str, key: object) -> None:
        unknown: Any = {key: "r-1"}
        for document in ({**REGISTRATION, **unknown}, {**unknown, **REGISTRATION}):
            only_copied(engine, Registration, document)
        only_copied(engine, Session, changed(SESSION, ("title", "translations"), unknown))

    def test_a_tag_that_is_more_than_a_text_is_taken_by_the_slow_way_and_becomes_one(self, engine: str) -> None:
        document = changed(SESSION, ("title", "translations"), {})
        document["title"]["translations"] = {Word("fr"): "Ouverture"}
        only_copied(engine, Session, document)
        made: Any = validator(engine, Session)(document).value
        (tag,) = made.title.translations
        assert type(tag) is str

    @pytest.mark.slow
    def test_what_holds_itself_is_not_taken(self, engine: str) -> None:
        ring: dict[str, Any] = {**REGISTRATION}
        ring["participant"] = ring
        rings: list[Any] = []
        rings.append(rings)
        for document in (ring, {**REGISTRATION, "sessionIds": rings}, {**REGISTRATION, "history": [ring]}):
            assert all_doubt(engine, Registration, document)
            outcome = validator(engine, Registration, Limits())(document)
            assert outcome == slowly(Registration, document, Limits())
            assert not outcome.ok

    def test_what_stands_in_two_places_is_taken_and_left_as_it_is(self, engine: str) -> None:
        shared = {"name": {"text": "Seat", "language": "en"}, "locality": "Genève", "country": "CH"}
        document = {**SESSION, "locations": [shared, shared]}
        before = json.dumps(document)
        for _, made in quickly(engine, Session, document):
            first, second = made.locations
            assert first == second
        assert json.dumps(document) == before

    def test_nothing_that_comes_of_it_is_what_was_sent(self, engine: str) -> None:
        document = json.loads(written(changed(SESSION, ("title", "translations"), {"fr": "Ouverture"})))
        made = [each for _, each in quickly(engine, Session, document)]
        before = anatomy(made[0])
        for place in reversed([*objects(document)]):
            at(document, place).clear()
        document.clear()
        assert [anatomy(each) for each in made] == [before, before]

    def test_each_part_that_a_thread_changes_meanwhile_is_taken_as_it_was_before_or_after(self, engine: str) -> None:
        judge = validator(engine, Registration)
        document = json.loads(written(REGISTRATION))
        changes: list[Callable[[], object]] = [
            lambda: document.update(zzz=1),
            lambda: document.pop("zzz", None),
            lambda: document["participant"].update(name=5),
            lambda: document["participant"].update(name="Participant 1"),
            lambda: document["sessionIds"].extend(["!"] * 50),
            lambda: document.update(sessionIds=["s-1"]),
            lambda: document.pop("mode"),
            lambda: document.update(mode="on-site"),
        ]
        expected = set()
        for some in product((False, True), repeat=4):
            for change in compress(changes[::2], some):
                change()
            expected.add(told(slowly(Registration, document)))
            for change in changes[1::2]:
                change()
        assert len(expected) == 16
        ended = threading.Event()

        def disturb() -> None:
            while not ended.is_set():
                for change in changes:
                    change()

        interval = sys.getswitchinterval()
        disturber = threading.Thread(target=disturb)
        sys.setswitchinterval(1e-6)
        disturber.start()
        try:
            for _ in range(1000):
                assert told(judge(document)) in expected
        finally:
            ended.set()
            disturber.join()
            sys.setswitchinterval(interval)

    def test_keys_that_are_no_texts_are_not_asked_for_their_equals(self, engine: str) -> None:
        class Key:
            def __hash__(self) -> int:
                return 7

            def __eq__(self, other: object) -> bool:
                if armed:
                    raise LookupError
                return self is other

        armed: list[bool] = []
        sparse: dict[Any, int] = {}
        for _ in range(20):
            sparse[Key()] = 1
        for key in list(sparse)[2:]:
            del sparse[key]  # so few of so many, that a copy puts them in one by one
        armed.append(True)
        for document in (sparse, {"a": sparse}, {"a": [sparse]}):
            assert validator(engine, Registration)(document) == slowly(Registration, document)

    def test_what_is_changed_by_whoever_runs_where_memory_is_asked_for(self, engine: str) -> None:
        judge = validator(engine, Registration)
        document: dict[str, Any] = {}

        def change(_phase: str, _info: object) -> None:
            if len(document) < 1100:  # there is no end to how often it runs
                document[f"k{len(document)}"] = 1.5
                for row in document.get("rows", ()):
                    row.extend([f"zzz{len(row)}"] * 50)

        before = gc.get_threshold()
        gc.callbacks.append(change)
        gc.set_threshold(1)
        try:
            for count in (1000, 1050):
                document.clear()
                document |= {f"k{number}": 1.5 for number in range(count)}
                document["rows"] = [[f"{number}abc" for number in range(50)] for _ in range(20)]
                assert judge(document).value is None
        finally:
            gc.callbacks.remove(change)
            gc.set_threshold(*before)

    def test_explicit_defaults_are_taken_as_they_are_where_they_may_stand(self, engine: str) -> None:
        document = {**REGISTRATION, "state": "pending", "history": [], "sessionIds": [], "needs": []}
        bare = {key: each for key, each in REGISTRATION.items() if key not in {"sessionIds", "needs"}}
        for payload in (document, written(document)):
            for way, made in quickly(engine, Registration, payload):
                assert anatomy(made) == anatomy(slowly(Registration, bare).value), way

    @pytest.mark.parametrize("payload", [None, 1, [], (), object(), {1}, b"".join], ids=count())
    def test_what_is_no_payload_is_a_mistake_of_the_caller(self, engine: str, payload: object) -> None:
        with pytest.raises(TypeError, match="Not a payload"):
            validator(engine, Registration)(payload)  # type: ignore[arg-type]  # that it is refused is what is tested

    def test_a_view_that_has_been_released_is_one_too(self, engine: str) -> None:
        view = memoryview(written(REGISTRATION))
        view.release()
        with pytest.raises(TypeError, match="Not a payload"):
            validator(engine, Registration)(view)

    def test_kinds_of_bytes_texts_and_mappings_are_read_as_what_they_hold(self, engine: str) -> None:
        class Raw(bytes):
            __slots__ = ()

        class Array(bytearray):
            __slots__ = ()

        raw = written(REGISTRATION)
        for payload in (Raw(raw), Array(raw), Word(raw.decode()), UserDict(REGISTRATION), OrderedDict(REGISTRATION)):
            ((way, made),) = quickly(engine, Registration, payload)
            assert way.name == "copied"
            assert anatomy(made) == anatomy(from_json(Registration, raw))


def only_copied(engine: str, cls: type, document: dict[str, Any]) -> None:
    """See that nothing comes of a dict as plain JSON, and of a copy of what it holds what the walk makes of it."""
    assert next(made for way, made in quickly(engine, cls, document) if way.name == "snapshot") is None
    assert validator(engine, cls)(document) == slowly(cls, document)


def told(outcome: Outcome[Any]) -> frozenset[tuple[str, str]]:
    """Give what is found where; whether that is nothing is whether there is an object."""
    assert (outcome.value is None) is bool(outcome.findings)
    return frozenset((each.code, each.path) for each in outcome.findings)


def changed_in(document: dict[str, Any], place: Place, value: object) -> dict[str, Any]:
    """Change one place without a copy of the value, which may be one that nobody can copy."""
    copy = json.loads(json.dumps(document))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return dict(copy)


@each_engine
class TestDoubts:
    """A doubt costs time and changes nothing: the slow way makes the same object."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_what_is_only_in_doubt_is_made_by_the_slow_way(self, engine: str, cls: type) -> None:
        raw = written(WHOLE[cls])
        doubtful = raw.replace(b'"schemaVersion": 1', b'"schemaVersion": 1.0')
        for way, made in quickly(engine, cls, doubtful):
            assert is_doubtful(way, doubtful)
            assert made is None, way
        assert anatomy(validator(engine, cls)(doubtful).value) == anatomy(slowly(cls, raw).value)

    def test_a_refusal_after_a_doubt_names_everything(self, engine: str) -> None:
        outcome = validator(engine, Registration)(changed(REGISTRATION, ("mode",), Mode.ON_SITE.upper()))
        assert [each.path for each in outcome.findings] == ["/mode"]


@each_engine
class TestDoor:
    """The validator takes what a way makes, tells of what it doubts, and asks the next one where it gives nothing."""

    def test_what_bytes_become_at_once_is_taken_or_told_or_left(self, engine: str) -> None:
        judge = made_with(engine, Registration)
        asked: list[bytes] = []

        def parse(raw: bytes) -> Any:
            asked.append(raw)
            return None if raw.startswith(b" ") else judge._held(json.loads(raw))

        judge._parse = parse
        good, bad = written(REGISTRATION), written({**REGISTRATION, "mode": "x"})
        for raw in (good, bad, b" " + good, b" " + bad):
            assert judge(raw) == slowly(Registration, raw)
        assert asked == [good, bad, b" " + good, b" " + bad]

    def test_a_reader_of_no_kind_reads_nothing(self, engine: str) -> None:
        with pytest.raises(NotImplementedError):
            ENGINES[engine].Reader().held("x")


def test_what_stands_in_an_object_is_parsed_as_the_whole_is() -> None:
    deep = (b"[" * 8 + b"]" * 8, b"[" * 9 + b"]" * 9)
    for raw in (b"1", b'"x"', b"null", b"1.0", b"9007199254740993", b"nul", *deep):
        try:
            whole: Any = _decoder()(b'{"a":' + raw + b"}")
        except DecodeError:
            with pytest.raises(DecodeError):
                value_decoder()(raw)
        else:
            assert whole == {"a": value_decoder()(raw)}
