"""The bounds of a payload, and which document has which."""

import pytest

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.payload.limits import Limits


class TestLimits:
    """1 MB, depth 32, 50,000 values; Event and Dossier 8 MB and 400,000 values."""

    def test_a_document_has_the_bounds_of_its_type(self) -> None:
        assert (Limits().bytes_for(Registration), Limits().values_for(Registration)) == (1_000_000, 50_000)
        assert (Limits().bytes_for(Event), Limits().values_for(Event)) == (8_000_000, 400_000)
        assert (Limits().bytes_for(Dossier), Limits().values_for(Dossier)) == (8_000_000, 400_000)

    def test_a_bound_that_is_given_holds_for_every_type(self) -> None:
        limits = Limits(bytes=10, values=2)
        assert {limits.bytes_for(cls) for cls in (Event, Registration)} == {10}
        assert {limits.values_for(cls) for cls in (Event, Registration)} == {2}

    @pytest.mark.parametrize("bad", [{"bytes": 0}, {"depth": 0}, {"depth": 101}, {"values": -1}, {"number_length": 0}])
    def test_a_bound_that_makes_no_sense_is_a_mistake_of_the_caller(self, bad: dict[str, int]) -> None:
        with pytest.raises(InvalidValueError) as raised:
            Limits(**bad)
        assert [each.code for each in raised.value.findings] == [Code.NUMBER_OUT_OF_RANGE]
