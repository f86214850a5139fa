"""The fast way: what it gives is what the slow way gives, to the last type; what that refuses it never takes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import LAW
from tests.payload.constructed import anatomy
from tests.payload.test_agreement import WHOLE, changed, distinct_places, mutated, of_each_kind
from tests.payload.ways import FORMS, ROOMY, by_schema, grid, quickly, slowly, twins, written
from wtisd_model import strategies
from wtisd_model.export.json import to_json
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.registration import Registration
from wtisd_model.payload.outcome import Outcome
from wtisd_model.payload.validator import from_json, validate

made = st.sampled_from(DOCUMENTS).flatmap(lambda cls: of_each_kind[cls].map(lambda value: (cls, value)))
sent = st.sampled_from(DOCUMENTS).flatmap(lambda cls: strategies.payloads(cls).map(lambda raw: (cls, raw)))


def leaves(value: object) -> Iterator[object]:
    """Give each text, number, true and false of a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        yield value
        return
    for each in inner:
        yield from leaves(each)


def is_doubtful(payload: Any) -> bool:
    r"""Tell whether a good document is one of those that the fast way leaves to the slow one.

    They are JSON with a whole number that is written with a point, and JSON in which quotes are escaped in both
    ways: \u0022 might stand for one that would otherwise show that a key was dropped.
    """
    if isinstance(payload, dict):
        return False
    raw = payload.encode() if isinstance(payload, str) else bytes(payload)
    return (rb"\u0022" in raw and rb"\"" in raw) or any(isinstance(each, float) for each in leaves(json.loads(raw)))


class TestSameObjects:
    """DESIGN, decision 6: "The fast way may only be stricter." What it takes becomes what the slow way makes of it."""

    @LAW
    @given(made)
    def test_every_document_that_we_write_is_taken_in_every_form_and_comes_back_as_it_was(
        self, made: tuple[type, object]
    ) -> None:
        cls, value = made
        raw = to_json(value)
        for form in FORMS.values():
            payload = form(raw)
            taken = quickly(cls, payload)
            assert (taken is None) is is_doubtful(payload)
            if taken is not None:
                assert anatomy(taken) == anatomy(value)

    @LAW
    @given(sent)
    def test_documents_as_others_write_them_give_the_same_in_every_way(self, sent: tuple[type, bytes]) -> None:
        cls, raw = sent
        expected = anatomy(slowly(cls, raw).value)
        assert anatomy(by_schema(cls, json.loads(raw))) == expected
        assert anatomy(from_json(cls, raw)) == expected
        for form in FORMS.values():
            payload = form(raw)
            taken = quickly(cls, payload)
            assert (taken is None) is is_doubtful(payload)
            if taken is not None:
                assert anatomy(taken) == expected

    @LAW
    @given(mutated())
    def test_a_changed_document_is_never_taken_where_it_should_be_refused(
        self, mutated: tuple[type, dict[str, Any]]
    ) -> None:
        cls, document = mutated
        expected = by_schema(cls, document)
        slow = slowly(cls, document)
        outcome: Outcome[Any] = validate(cls, document, limits=ROOMY)
        assert anatomy(slow.value) == anatomy(expected)
        assert anatomy(outcome.value) == anatomy(expected)
        assert outcome == slow  # every finding, in the same order and words
        for payload in (written(document), document):
            taken = quickly(cls, payload)
            assert taken is None or anatomy(taken) == anatomy(expected)
            assert taken is not None or expected is None or is_doubtful(payload)


class TestGrid:
    """Every place of a document, every value that breaks programs, every bound of the published schema."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_whatever_is_refused_is_in_doubt_and_whatever_is_accepted_is_taken(self, cls: type) -> None:
        taken = refused = 0
        for change, document in grid(cls):
            raw = written(document)
            quick = quickly(cls, raw)
            of_dict = quickly(cls, document)
            assert anatomy(of_dict) == anatomy(slowly(cls, raw).value if is_doubtful(raw) else quick), change
            if quick is None:
                outcome: Outcome[Any] = validate(cls, raw, limits=ROOMY)
                assert outcome.value is None or is_doubtful(raw), change
                assert outcome == slowly(cls, raw), change  # every finding, in the same order and words
                refused += 1
            else:
                assert anatomy(slowly(cls, raw).value) == anatomy(quick), change
                taken += 1
        assert taken > 15  # not in vain
        assert refused > 300


class TestRepeatedKeys:
    """Of two equal keys msgspec keeps the last; RFC 8259 section 4 calls what then happens unpredictable."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_none_is_taken_at_any_place_however_it_is_spelled(self, cls: type) -> None:
        for place, raw in twins(WHOLE[cls], (None, 1, "", 'a "quote"', [])):
            assert quickly(cls, raw) is None, place
            assert quickly(cls, raw.decode()) is None, place
            assert not validate(cls, raw).ok, place

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_none_is_taken_in_json_without_blanks(self, cls: type) -> None:
        # As short as JSON can be: only the length shows then that a key was dropped.
        for place, raw in twins(WHOLE[cls], (None, 1)):
            compact = raw.replace(b'": ', b'":').replace(b", ", b",")
            assert quickly(cls, compact) is None, place
            assert not validate(cls, compact).ok, place

    def test_items_that_come_twice_are_not_lost_in_a_set(self) -> None:
        for raw in (b'["a","a"]', b'["a", "a"]', rb'["a","\u0061"]'):
            document = to_json(from_json(Registration, WHOLE[Registration])).replace(b'["s-1"]', raw)
            assert raw in document
            assert quickly(Registration, document) is None
            assert not validate(Registration, document).ok

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("hiding", [r"\u0022", r"\u0022\u0022", r"\"\u0022\u0022", r"\"", r"\"\"", r"\\u0022\""])
    def test_none_is_hidden_by_quotes_in_texts(self, cls: type, hiding: str) -> None:
        # Two quotes that are escaped by their number make room for the two quotes of a key that msgspec drops.
        place = next(each for each in distinct_places(WHOLE[cls]) if each[-1] in {"text", "organization"})
        document = changed(WHOLE[cls], place, "HIDING")
        for twin, raw in twins(document, (1,)):
            assert quickly(cls, raw.replace(b"HIDING", hiding.encode())) is None, twin
        good = written(document).replace(b"HIDING", hiding.encode())
        assert (quickly(cls, good) is None) is is_doubtful(good)
        assert validate(cls, good).ok
