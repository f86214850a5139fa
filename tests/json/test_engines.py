"""Both engines, on every way of a payload: they make what the walk makes, to the last type, and tell alike.

What the walk refuses none of them takes, and what it takes is in doubt only where `is_doubtful` says so.
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW, sampled
from tests.json.constructed import anatomy
from tests.json.entry_points import (
    FORMS,
    all_doubt,
    by_schema,
    each_engine,
    grid,
    is_doubtful,
    quickly,
    slowly,
    twins,
    validator,
    written,
)
from tests.json.test_agreement import WHOLE, changed, distinct_places, mutated, of_each_kind
from wtisd_model import strategies
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import from_json
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Registration

made = st.sampled_from(DOCUMENTS).flatmap(lambda cls: of_each_kind[cls].map(lambda value: (cls, value)))
sent = st.sampled_from(DOCUMENTS).flatmap(lambda cls: strategies.payloads(cls).map(lambda raw: (cls, raw)))


def taken_as(engine: str, cls: type, payload: Any, expected: object) -> int:
    """See that each way makes what is expected of a good payload, or doubts it for a reason; count the former."""
    taken = 0
    for way, made in quickly(engine, cls, payload):
        assert (made is None) is is_doubtful(way, payload), way
        if made is not None:
            assert anatomy(made) == expected, way
            taken += 1
    return taken


@each_engine
class TestSameObjects:
    """DESIGN, decision 6: "The fast way may only be stricter." What it takes becomes what the slow way makes of it."""

    @LAW
    @given(made)
    def test_every_document_that_we_write_is_taken_in_every_form_and_comes_back_as_it_was(
        self, engine: str, made: tuple[type, object]
    ) -> None:
        cls, value = made
        raw = to_json(value)
        for form in FORMS.values():
            taken_as(engine, cls, form(raw), anatomy(value))

    @pytest.mark.slow
    @LAW
    @given(sent)
    def test_documents_as_others_write_them_give_the_same_in_every_way(
        self, engine: str, sent: tuple[type, bytes]
    ) -> None:
        cls, raw = sent
        expected = anatomy(slowly(cls, raw).value)
        assert anatomy(by_schema(cls, json.loads(raw))) == expected
        assert anatomy(from_json(cls, raw)) == expected
        for form in FORMS.values():
            taken_as(engine, cls, form(raw), expected)

    @LAW
    @given(mutated())
    def test_a_changed_document_is_never_taken_where_it_should_be_refused(
        self, engine: str, mutated: tuple[type, dict[str, Any]]
    ) -> None:
        cls, document = mutated
        expected = by_schema(cls, document)
        slow = slowly(cls, document)
        assert anatomy(slow.value) == anatomy(expected)
        for payload in (written(document), document):
            assert validator(engine, cls)(payload) == slow  # every finding, in the same order and words
            for way, made in quickly(engine, cls, payload):
                assert made is None or anatomy(made) == anatomy(expected), way
                assert made is not None or expected is None or is_doubtful(way, payload), way


@each_engine
class TestGrid:
    """Every place of a document, every value that breaks programs, every bound of the published schema."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_whatever_is_refused_is_in_doubt_and_whatever_is_accepted_is_taken(self, engine: str, cls: type) -> None:
        taken = refused = 0
        judge = validator(engine, cls)
        for change, document in sampled(grid(cls), desk=11, gates=4):
            raw = written(document)
            slow = slowly(cls, raw)
            if slow.value is None:
                assert all_doubt(engine, cls, raw), change
                assert all_doubt(engine, cls, document), change
                # Every finding, in the same order and words.
                assert judge(raw) == slow, change
                assert judge(document) == slow, change
                refused += 1
            else:
                taken_as(engine, cls, document, anatomy(slow.value))
                taken += taken_as(engine, cls, raw, anatomy(slow.value))
        assert taken or cls is Dossier  # not in vain; few changes of its own leave a dossier good
        assert refused


@each_engine
class TestRepeatedKeys:
    """Of two equal keys msgspec keeps the last; RFC 8259 section 4 calls what then happens unpredictable."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_none_is_taken_at_any_place_however_it_is_spelled(self, engine: str, cls: type) -> None:
        for place, raw in sampled(twins(WHOLE[cls], (None, 1, "", 'a "quote"', []))):
            assert all_doubt(engine, cls, raw), place
            assert all_doubt(engine, cls, raw.decode()), place
            assert validator(engine, cls)(raw) == slowly(cls, raw), place
            assert not validator(engine, cls)(raw).ok, place

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_none_is_taken_in_json_without_blanks(self, engine: str, cls: type) -> None:
        # As short as JSON can be: only the length shows then that a key was dropped.
        for place, raw in twins(WHOLE[cls], (None, 1)):
            compact = raw.replace(b'": ', b'":').replace(b", ", b",")
            assert all_doubt(engine, cls, compact), place
            assert not validator(engine, cls)(compact).ok, place

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_none_is_taken_where_the_key_is_known_to_nobody(self, engine: str, cls: type) -> None:
        good = written(WHOLE[cls])
        for pair in (b'"zzz":1,"zzz":1', b'"zzz":1,"zz\\u007a":2', b'"@type":"x","@type":"x"', b'"zzz":{"a":1,"a":1}'):
            for raw in (good[:1] + pair + b"," + good[1:], good[:-1] + b"," + pair + b"}"):
                assert all_doubt(engine, cls, raw), pair
                assert validator(engine, cls)(raw) == slowly(cls, raw), pair

    def test_items_that_come_twice_are_not_lost_in_a_set(self, engine: str) -> None:
        for raw in (b'["a","a"]', b'["a", "a"]', rb'["a","\u0061"]'):
            document = to_json(from_json(Registration, WHOLE[Registration])).replace(b'["s-1"]', raw)
            assert raw in document
            assert all_doubt(engine, Registration, document)
            assert not validator(engine, Registration)(document).ok

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("hiding", [r"\u0022", r"\u0022\u0022", r"\"\u0022\u0022", r"\"", r"\"\"", r"\\u0022\""])
    def test_none_is_hidden_by_quotes_in_texts(self, engine: str, cls: type, hiding: str) -> None:
        # Two quotes that are escaped by their number make room for the two quotes of a key that msgspec drops.
        place = next(each for each in distinct_places(WHOLE[cls]) if each[-1] in {"text", "organization"})
        document = changed(WHOLE[cls], place, "HIDING")
        for twin, raw in twins(document, (1,)):
            assert all_doubt(engine, cls, raw.replace(b"HIDING", hiding.encode())), twin
        good = written(document).replace(b"HIDING", hiding.encode())
        taken_as(engine, cls, good, anatomy(slowly(cls, good).value))
        assert validator(engine, cls)(good).ok
