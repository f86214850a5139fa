"""Places: one that people go to, and one that they dial into."""

import math
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import location, text, virtual_location
from wtisd_model import VirtualLocation


class TestLocation:
    """schema.org Place: a name, a room, a town, a country, a position on the globe."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"latitude": None}, "position-incomplete", "/latitude"),
            ({"longitude": None}, "position-incomplete", "/longitude"),
            ({"latitude": Decimal("90.1")}, "number-out-of-range", "/latitude"),
            ({"latitude": Decimal(-91)}, "number-out-of-range", "/latitude"),
            ({"longitude": Decimal("180.00000001")}, "number-out-of-range", "/longitude"),
            ({"longitude": Decimal("0.000000001")}, "number-malformed", "/longitude"),
            ({"latitude": Decimal("46." + "2" * 40)}, "number-malformed", "/latitude"),
            ({"latitude": Decimal("1E400")}, "number-malformed", "/latitude"),
            ({"latitude": Decimal("NaN")}, "number-malformed", "/latitude"),
            ({"latitude": float("nan")}, "number-malformed", "/latitude"),
            ({"latitude": -math.inf}, "number-malformed", "/latitude"),
            ({"latitude": 46.123456789}, "number-malformed", "/latitude"),
            ({"latitude": 90.1}, "number-out-of-range", "/latitude"),
            ({"latitude": 1e300}, "number-malformed", "/latitude"),
            ({"latitude": 5e-324}, "number-malformed", "/latitude"),
            ({"latitude": True}, "wrong-type", "/latitude"),
            ({"latitude": "46.2206"}, "wrong-type", "/latitude"),
            ({"capacity": -1}, "number-out-of-range", "/capacity"),
            ({"capacity": 1_000_001}, "number-out-of-range", "/capacity"),
            ({"capacity": True}, "wrong-type", "/capacity"),
            ({"country": "uk"}, "country-unknown", "/country"),
            ({"name": text("two\nlines")}, "text-control", "/name/text"),
            ({"name": text("Salle\u202e")}, "text-bidi", "/name/text"),
            ({"name": text("Seat", fr="Si\u2066ège")}, "text-bidi", "/name/translations/fr"),
            ({"room": "Popov\u202e"}, "text-bidi", "/room"),
            ({"room": "x" * 501}, "text-too-long", "/room"),
            ({"address": "Place des Nations\n1211 Genève"}, "text-control", "/address"),
            ({"locality": " Genève"}, "text-outer-blank", "/locality"),
            ({"locality": ""}, "text-empty", "/locality"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: location(**changes)) == (code, path)

    @pytest.mark.parametrize("written", ["46.2206", "46.22060", "4.62206E1", "46.220600000000"])
    def test_equal_positions_are_equal_however_they_are_written(self, written: str) -> None:
        same = location(latitude=Decimal(written))
        assert same == location()
        assert hash(same) == hash(location())
        assert repr(same) == repr(location())

    @pytest.mark.parametrize(
        ("number", "held"), [(46.2206, "46.2206"), (46.0, "46"), (46, "46"), (1e-07, "0.0000001"), (-0.0, "0")]
    )
    def test_a_float_is_held_as_the_decimals_that_python_prints(self, number: float, held: str) -> None:
        made = location(latitude=number)
        assert f"{made.latitude}" == str(Decimal(held))
        assert made == location(latitude=Decimal(held))
        assert type(made.latitude) is Decimal

    @LAW
    @given(st.floats(-90, 90))
    def test_a_float_is_held_exactly_or_refused(self, number: float) -> None:
        if round(number, 8) == number:
            held = location(latitude=number).latitude
            assert held is not None
            assert float(held) == number
        else:
            assert refused(lambda: location(latitude=number)) == ("number-malformed", "/latitude")

    @pytest.mark.parametrize("ends", [(-90, -180), (90, 180), (0, 0)])
    def test_the_ends_of_the_globe_are_on_it(self, ends: tuple[int, int]) -> None:
        latitude, longitude = map(Decimal, ends)
        assert location(latitude=latitude, longitude=longitude).latitude == latitude

    def test_it_may_have_no_position(self) -> None:
        assert evolve(location(), latitude=None, longitude=None).latitude is None


class TestVirtualLocation:
    """schema.org VirtualLocation; its address may come later, and it needs no name (CONTRACT)."""

    def test_it_may_be_empty(self) -> None:
        assert VirtualLocation() == VirtualLocation(name=None, uri=None, features=frozenset())

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"uri": "meet.example.org"}, "uri-malformed", "/uri"),
            ({"features": {"sound"}}, "value-unknown", "/features"),
            ({"features": "audio"}, "list-missing", "/features"),
            ({"name": text("x" * 501)}, "text-too-long", "/name/text"),
            ({"name": text("\u202d1")}, "text-bidi", "/name/text"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: virtual_location(**changes)) == (code, path)
