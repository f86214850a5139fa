"""JSON out: what is written comes back equal, and equal objects give equal bytes."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.plain_json import plainly, written_moment
from wtisd_model import strategies
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import from_json
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.reference import wtisd_23
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.money import Money
from wtisd_model.types.timeslot import Deadline

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
BY_NAME = {
    "dossier": Dossier,
    "event": Event,
    "interpretation-request": InterpretationRequest,
    "pledge": Pledge,
    "registration": Registration,
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
        assert raw == json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
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
