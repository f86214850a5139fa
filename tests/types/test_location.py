"""Places: one that people go to, and one that they dial into."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from tests.model.samples import location, refused, text, virtual_location
from wtisd_model.types.location import VirtualFeature, VirtualLocation


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
            ({"latitude": 46.2}, "wrong-type", "/latitude"),
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
            ({"features": {VirtualFeature.AUDIO}}, "wrong-type", "/features"),
            ({"features": frozenset({"audio"})}, "wrong-type", "/features"),
            ({"name": text("x" * 501)}, "text-too-long", "/name/text"),
            ({"name": text("\u202d1")}, "text-bidi", "/name/text"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: virtual_location(**changes)) == (code, path)
