"""JSON documents as other programs write them."""

import json
from datetime import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies.drawing import drawn
from wtisd_model import Event, Registration, RegistrationState, from_json, to_json
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.strategies import payloads, registrations
from wtisd_model.strategies.fields import objects_of
from wtisd_model.strategies.times import FIRST, LAST

EVENTS = payloads(Event)


class TestPayloads:
    """Each is read as the object that it was made of."""

    @given(st.data())
    def test_a_round_trip_returns_an_equal_object(self, data: st.DataObject) -> None:
        cls = data.draw(st.sampled_from(DOCUMENTS))
        obj = data.draw(objects_of(cls))
        assert from_json(cls, data.draw(payloads(cls, of=obj))) == obj

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_any_payload_is_accepted_by_default(self, cls: type[Any]) -> None:
        assert {type(from_json(cls, payload)) for payload in drawn(payloads(cls), 5)} == {cls}

    def test_few_are_in_our_own_form(self) -> None:
        written = drawn(payloads(Registration), 100)
        assert sum(to_json(from_json(Registration, each)) == each for each in written) < 10

    @pytest.mark.slow
    def test_keys_come_in_any_order_and_texts_escaped_or_not(self) -> None:
        written = drawn(EVENTS, 120)
        assert len({next(iter(json.loads(each))) for each in written}) > 3
        assert any(b"\\u" in each for each in written)
        assert any(not each.isascii() for each in written)
        assert any(b"\n" in each for each in written)
        assert any(b"\n" not in each for each in written)

    @pytest.mark.slow
    def test_numbers_moments_and_what_is_empty_are_written_otherwise(self) -> None:
        written = drawn(EVENTS, 120)
        assert any(b".0," in each for each in written)
        assert any(b"+05:45" in each for each in written)
        assert any(b"t" in each for each in written)
        assert any(b"[]" in each and b"false" in each for each in written)

    @pytest.mark.parametrize("moment", [FIRST, LAST])
    def test_a_moment_stays_within_the_years_that_are_accepted(self, moment: datetime) -> None:
        """With another offset, the first moment of 1970 is one of 1969."""
        pending = drawn(registrations(state=RegistrationState.PENDING), 1)[0]
        registration = evolve(pending, history=(), submitted_at=moment)
        written = drawn(payloads(Registration, of=registration), 100)
        assert {from_json(Registration, each) for each in written} == {registration}
        assert {json.loads(each)["submittedAt"][:4] for each in written} == {str(moment.year)}

    def test_a_class_that_is_not_a_document_is_refused(self) -> None:
        with pytest.raises(TypeError):
            drawn(payloads(int), 1)
