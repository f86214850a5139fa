"""Places out of the one text that a calendar has: any way that writes the same text again."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.invitation.importing.location_text import MOST, Budget, PlaceNames, one_place, place_names
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import NAME

NAMES = values_of(NAME) | st.sampled_from(["a, b", "a; b", ", a", "a,  b", "; , a", "x" * 500, "&amp; <b>x</b>" * 30])
PLACES = st.tuples(NAMES, st.none() | NAMES, st.none() | NAMES, NAMES)


def written(places: list[PlaceNames]) -> str:
    return "; ".join(", ".join(part for part in place if part is not None) for place in places)


class TestPlaceNames:
    """Name, room, address and town; several places behind semicolons."""

    @LAW
    @given(st.lists(PLACES, min_size=1, max_size=4))
    def test_what_we_write_is_taken_apart_and_written_the_same(self, places: list[PlaceNames]) -> None:
        text = written(places)
        apart = list(place_names(text, Budget()))
        assert written(apart) == text
        for place in apart:
            assert all(part is None or NAME.check(part) is None for part in place)

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("Seat, Geneva", ("Seat", None, None, "Geneva")),
            ("Seat, Popov, Place des Nations, Geneva", ("Seat, Popov, Place des Nations", None, None, "Geneva")),
            (f"{'x' * 500}, Popov, Geneva", ("x" * 500, "Popov", None, "Geneva")),
            (", ".join(["x" * 500] * 4), ("x" * 500,) * 4),
            ("Seat", None),
            ("", None),
            (", ", None),
            ("Seat, ", None),
            ("Seat, \x00", None),
            (", ".join(["x" * 500] * 5), None),
            ("x" * 501 + ", Geneva", None),
        ],
    )
    def test_one_place(self, text: str, place: PlaceNames | None) -> None:
        assert one_place(text) == place

    def test_no_more_places_than_an_event_has(self) -> None:
        assert len(place_names("; ".join(["a, b"] * MOST), Budget())) == MOST
        assert place_names("; ".join(["a, b"] * (MOST + 1)), Budget()) == ()
        assert place_names("; ".join(["a, b"] * 3000), Budget()) == ()

    def test_no_place_is_longer_than_its_names_may_be(self) -> None:
        assert list(place_names(f"{'x' * 1500}; {'y' * 1000}, a; b, c", Budget())) == []
        assert list(place_names(f"{'x' * 300}; {'y' * 150}, a", Budget())) == [
            (f"{'x' * 300}; {'y' * 150}", None, None, "a")
        ]

    def test_a_calendar_has_only_so_many_tries_in_vain(self) -> None:
        assert list(place_names("a, b; c, d", Budget(0))) == []
        budget = Budget()
        begun = process_time()
        for _ in range(100):
            place_names("a; , ; " * 250 + " , d", budget)
        assert budget.tries == 0
        assert list(place_names("a, b", budget)) == []
        assert process_time() - begun < 5
