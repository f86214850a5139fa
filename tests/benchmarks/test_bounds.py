"""The gate of the headline measures: which ratios keep to a bound, and what an update writes."""

from pathlib import Path

import pytest

from tests.benchmarks import bounds
from tests.benchmarks.bounds import Bound

FAST = Bound("feed", "ics", 2.0, is_least=True)
SHORT = Bound("to_html", "to_json", 3.0, is_least=False)


class TestBound:
    """Times as fast where there is a least, times as long where there is a most."""

    @pytest.mark.parametrize(("ours", "holds"), [(1.0, True), (2.0, True), (2.1, False)])
    def test_half_the_time_is_twice_as_fast(self, ours: float, holds: bool) -> None:
        assert FAST.holds({"wtisd_model": ours, "ics": 4.0}) is holds

    @pytest.mark.parametrize(("ours", "holds"), [(2.0, True), (3.0, True), (3.1, False)])
    def test_three_times_the_time_is_three_times_as_long(self, ours: float, holds: bool) -> None:
        assert SHORT.holds({"wtisd_model": ours, "to_json": 1.0}) is holds


class TestFile:
    """`headlines.toml`."""

    def test_each_measure_has_a_bound(self) -> None:
        assert all(bound.limit > 0 for of_one in bounds.bounds().values() for bound in of_one)

    def test_an_update_writes_what_was_measured_and_no_bound(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, copy = bounds.bounds(), tmp_path / "headlines.toml"
        copy.write_bytes(bounds.FILE.read_bytes())
        monkeypatch.setattr(bounds, "FILE", copy)
        measured = [bound for of_one in before.values() for bound in of_one]
        bounds.update({bound: float(number) for number, bound in enumerate(measured)})
        lines = copy.read_text("utf-8").splitlines()
        assert [line.partition("last = ")[2] for line in lines if "last = " in line and line[0] != "#"] == [
            f"{number:.2f} }}" for number, _ in enumerate(measured)
        ]
        assert bounds.bounds() == before
