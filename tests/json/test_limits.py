"""The bounds of a payload, and which document has which."""

import pytest

from wtisd_model import Code, Dossier, Event, InvalidValueError, Limits, Registration


def bounds(limits: Limits, cls: type) -> tuple[int, int, int, int]:
    found = limits.bounds_for(cls)
    return found.bytes, found.depth, found.values, found.number_length


class TestLimits:
    """1 MB, depth 32, 50,000 values; Event and Dossier 8 MB and 400,000 values."""

    def test_a_document_has_the_bounds_of_its_type(self) -> None:
        assert bounds(Limits(), Registration) == (1_000_000, 32, 50_000, 64)
        assert bounds(Limits(), Event) == bounds(Limits(), Dossier) == (8_000_000, 32, 400_000, 64)

    def test_a_bound_that_is_given_holds_for_every_type(self) -> None:
        limits = Limits(bytes=10, depth=3, values=2, number_length=5)
        assert bounds(limits, Event) == bounds(limits, Registration) == (10, 3, 2, 5)

    @pytest.mark.parametrize("bad", [{"bytes": 0}, {"depth": 0}, {"depth": 101}, {"values": -1}, {"number_length": 0}])
    def test_a_bound_that_makes_no_sense_is_a_mistake_of_the_caller(self, bad: dict[str, int]) -> None:
        with pytest.raises(InvalidValueError) as raised:
            Limits(**bad)
        assert [each.code for each in raised.value.findings] == [Code.NUMBER_OUT_OF_RANGE]
