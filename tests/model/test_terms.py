"""Terms of work by norms, a second time, as their sources state them."""

from typing import Any

import pytest

from tests.refusals import refused
from tests.samples.whole import terms
from wtisd_model import BoothTeam, Norm, Terms, Window
from wtisd_model.data.norms import TERMS
from wtisd_model.model.terms import terms_of


class TestNorms:
    """Minutes, heads and sittings; what a norm leaves open has no limit."""

    @pytest.mark.parametrize(
        ("norm", "stated"),
        [
            ("aiic", {"name": "AIIC", "sittings": 2, "remote_day": 180}),
            ("aiic-canada", {"name": "AIIC Canada", "sittings": 2, "remote_day": 180, "alone": 40}),
            ("apic", {"name": "APIC", "sitting": 240, "rest": 90, "sittings": 2, "day": 420, "alone": 59}),
            ("ep", {"name": "European Parliament"}),
            (
                "un",
                {
                    "name": "United Nations",
                    "sittings": 2,
                    "booths": [
                        BoothTeam(language="ar", heads=3, both_ways=True),
                        BoothTeam(language="zh", heads=3, both_ways=True),
                    ],
                    "windows": [
                        Window(days=7, sittings=8),
                        Window(days=4, sittings=7),
                        Window(days=3, sittings=5),
                    ],
                },
            ),
        ],
    )
    def test_each_norm_has_its_terms(self, norm: str, stated: dict[str, Any]) -> None:
        found = terms_of(norm)
        assert found == Terms(source=found.source, **stated)
        assert found.source

    def test_each_is_dated(self) -> None:
        assert all(agreement.source.read.year == 2026 for agreement in TERMS.values())

    @pytest.mark.parametrize("norm", Norm)
    def test_each_norm_for_teams_has_terms(self, norm: Norm) -> None:
        assert terms_of(norm) == terms_of(norm.value)

    def test_own_terms_are_taken_as_they_are(self) -> None:
        own = terms()
        assert terms_of(own) is own

    def test_another_word_is_refused(self) -> None:
        assert refused(lambda: terms_of("nato")) == ("value-unknown", "/norm")
