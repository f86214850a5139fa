"""The fast way at its edges: limits, spellings, dicts that are more than JSON. None is a doubt, and doubts are safe."""

import json
from collections import OrderedDict, UserDict
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import count
from types import MappingProxyType
from typing import Any

import pytest

from tests.payload.constructed import anatomy
from tests.payload.test_agreement import WHOLE, Place, changed, places
from tests.payload.test_quick import is_doubtful
from tests.payload.ways import FORMS, quickly, slowly, written
from wtisd_model.findings import PayloadError
from wtisd_model.model.documents import DOCUMENTS, document_name
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.validator import from_json, validate

REGISTRATION, SESSION = WHOLE[Registration], WHOLE[Session]


def same(cls: type, payload: Any, limits: Limits) -> bool:
    """Tell whether the fast way takes a payload, after seeing that it then gives what the slow way gives."""
    taken, outcome = quickly(cls, payload, limits), slowly(cls, payload, limits)
    assert taken is None or anatomy(taken) == anatomy(outcome.value)
    assert validate(cls, payload, limits=limits).ok is outcome.ok
    return taken is not None


class TestLimits:
    """DESIGN, decision 6: "Reading is: limits, strict JSON, shape, object"."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
    def test_one_byte_too_many(self, cls: type, form: Any) -> None:
        raw = written(WHOLE[cls])
        exactly = len(raw)
        verdicts = [same(cls, form(raw), Limits(bytes=size)) for size in (1, exactly - 1, exactly, 30 * exactly)]
        assert verdicts[:2] == [False, False]
        assert verdicts[3]
        assert verdicts[2] or isinstance(form(raw), dict)  # a dict is measured roughly, and never below its size

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
    def test_one_value_too_many(self, cls: type, form: Any) -> None:
        raw = written(WHOLE[cls])
        count = 1 + len(list(places(WHOLE[cls])))
        assert [same(cls, form(raw), Limits(values=most)) for most in (1, count - 1, count)] == [False, False, True]

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
    def test_one_level_too_many(self, cls: type, form: Any) -> None:
        # Lowered below what its documents may have, the limit of depth leaves all of them to the slow way.
        verdicts = [same(cls, form(written(WHOLE[cls])), Limits(depth=depth)) for depth in range(1, 12)]
        assert verdicts == sorted(verdicts)
        assert not verdicts[0]
        assert verdicts[-1]

    @pytest.mark.parametrize("length", [*range(1, 22), 64, 300])
    def test_numbers_may_be_shorter_than_usual(self, length: int) -> None:
        for number in (0, -0, 230, 1_000_000, 1_000_001, 10**20, 10**70, -1, 2**63, 2**64, -(2**64)):
            document = changed(SESSION, ("locations", 0, "capacity"), number)
            for payload in (document, written(document)):
                assert same(Session, payload, Limits(number_length=length)) is (length >= 20 and 0 <= number <= 10**6)

    @pytest.mark.parametrize("number", ["230.0", "2.3e2", "230." + "0" * 80, "-0", "-0.0", "0e9", "1e400", "00", "1_0"])
    def test_numbers_as_they_may_be_written(self, number: str) -> None:
        raw = written(SESSION).replace(b'"capacity": 230', b'"capacity": ' + number.encode())
        assert same(Session, raw, Limits()) is (number == "-0")


GOOD = written(REGISTRATION).decode()


class TestSpelling:
    """RFC 8259: what may be written in several ways may, and what may not be written is refused."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_other_ways_to_write_the_same_are_taken(self, cls: type) -> None:
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
                assert anatomy(quickly(cls, form(raw.encode()))) == expected

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
    def test_what_is_not_json_or_no_document_is_not_taken(self, bad: str) -> None:
        assert bad != GOOD
        assert quickly(Registration, bad) is None
        assert not validate(Registration, bad).ok
        for raw in (bad.encode(errors="surrogatepass"), bad.encode("utf-16", errors="surrogatepass")):
            assert quickly(Registration, raw) is None
            assert not validate(Registration, raw).ok

    def test_bytes_that_are_not_utf_8(self) -> None:
        for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            raw = GOOD.encode().replace(b"Ministry 1", bad)
            assert quickly(Registration, raw) is None
            assert not validate(Registration, raw).ok

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize(
        "extra", [{"@type": "Event"}, {"schemaVersion": 1}, {"": 1}, {"type_": "Session"}], ids=str
    )
    def test_what_only_the_outermost_object_may_have_is_not_taken_in_its_parts(
        self, cls: type, extra: dict[str, object]
    ) -> None:
        for place in objects(WHOLE[cls]):
            document = changed(WHOLE[cls], place, {**at(WHOLE[cls], place), **extra})
            for payload in (document, written(document)):
                assert quickly(cls, payload) is None
                assert not validate(cls, payload).ok

    def test_the_type_of_a_document_is_its_own(self) -> None:
        for cls in DOCUMENTS:
            for other in DOCUMENTS:
                taken = quickly(cls, {**WHOLE[cls], "@type": document_name(other)})
                assert (taken is not None) is (cls is other)


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
    def test_what_is_more_than_json_or_other_than_json_is_not_taken(self, place: Place, value: object) -> None:
        assert quickly(Registration, changed_in(REGISTRATION, place, value)) is None
        # A view or an iterator cannot be asked twice, and the slow way is asked about them in its own tests.
        validate(Registration, changed_in(REGISTRATION, place, value))

    @pytest.mark.parametrize("key", [1, None, True, ("id",), b"id", 1.5, Word("other"), "\ud800"], ids=count())
    def test_other_keys_are_not_taken(self, key: object) -> None:
        unknown: Any = {key: "r-1"}
        for document in ({**REGISTRATION, **unknown}, {**unknown, **REGISTRATION}):
            assert quickly(Registration, document) is None
        assert quickly(Session, changed(SESSION, ("title", "translations"), unknown)) is None

    def test_a_tag_that_is_more_than_a_text_is_taken_by_the_slow_way_and_becomes_one(self) -> None:
        document = changed(SESSION, ("title", "translations"), {})
        document["title"]["translations"] = {Word("fr"): "Ouverture"}
        assert quickly(Session, document) is None
        (tag,) = from_json(Session, document).title.translations
        assert type(tag) is str

    @pytest.mark.slow
    def test_what_holds_itself_is_not_taken(self) -> None:
        ring: dict[str, Any] = {**REGISTRATION}
        ring["participant"] = ring
        rings: list[Any] = []
        rings.append(rings)
        for document in (ring, {**REGISTRATION, "sessionIds": rings}, {**REGISTRATION, "history": [ring]}):
            assert quickly(Registration, document) is None
            assert not validate(Registration, document).ok

    def test_what_stands_in_two_places_is_taken_and_left_as_it_is(self) -> None:
        shared = {"name": {"text": "Seat", "language": "en"}, "locality": "Genève", "country": "CH"}
        document = {**SESSION, "locations": [shared, shared]}
        before = json.dumps(document)
        first, second = quickly(Session, document).locations
        assert first == second
        assert json.dumps(document) == before

    def test_nothing_that_comes_of_it_is_what_was_sent(self) -> None:
        document = json.loads(written(changed(SESSION, ("title", "translations"), {"fr": "Ouverture"})))
        made = quickly(Session, document)
        before = anatomy(made)
        for place in objects(document):
            at(document, place).clear()
        document.clear()
        assert anatomy(made) == before

    def test_explicit_defaults_are_taken_as_they_are_where_they_may_stand(self) -> None:
        document = {**REGISTRATION, "state": "pending", "history": [], "sessionIds": [], "needs": []}
        bare = {key: each for key, each in REGISTRATION.items() if key not in {"sessionIds", "needs"}}
        for payload in (document, written(document)):
            assert anatomy(quickly(Registration, payload)) == anatomy(slowly(Registration, bare).value)

    @pytest.mark.parametrize("payload", [None, 1, [], (), object(), {1}, UserDict(REGISTRATION), b"".join], ids=count())
    def test_what_is_no_plain_payload_is_not_taken(self, payload: object) -> None:
        assert quickly(Registration, payload) is None

    def test_a_view_that_has_been_released_is_not_taken(self) -> None:
        view = memoryview(written(REGISTRATION))
        view.release()
        assert quickly(Registration, view) is None

    def test_kinds_of_bytes_and_texts_are_read_as_what_they_hold(self) -> None:
        class Raw(bytes):
            __slots__ = ()

        class Array(bytearray):
            __slots__ = ()

        raw = written(REGISTRATION)
        for payload in (Raw(raw), Array(raw), Word(raw.decode())):
            assert quickly(Registration, payload) is None
            assert anatomy(from_json(Registration, payload)) == anatomy(from_json(Registration, raw))


def changed_in(document: dict[str, Any], place: Place, value: object) -> dict[str, Any]:
    """Change one place without a copy of the value, which may be one that nobody can copy."""
    copy = json.loads(json.dumps(document))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return dict(copy)


class TestDoubts:
    """A doubt costs time and changes nothing: the slow way makes the same object."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_what_is_only_in_doubt_is_made_by_the_slow_way(self, cls: type) -> None:
        raw = written(WHOLE[cls])
        doubtful = raw.replace(b'"schemaVersion": 1', b'"schemaVersion": 1.0')
        assert is_doubtful(doubtful)
        assert quickly(cls, doubtful) is None
        assert anatomy(from_json(cls, doubtful)) == anatomy(slowly(cls, raw).value) == anatomy(quickly(cls, raw))

    def test_a_refusal_after_a_doubt_names_everything(self) -> None:
        with pytest.raises(PayloadError) as caught:
            from_json(Registration, changed(REGISTRATION, ("mode",), Mode.ON_SITE.upper()))
        assert [each.path for each in caught.value.findings] == ["/mode"]
