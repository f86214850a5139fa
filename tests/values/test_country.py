"""Countries by their codes."""

import pytest

from tests.model.samples import location, refusal
from wtisd_model.tables.countries import COUNTRIES


class TestCountryCode:
    """ISO 3166-1 alpha-2, upper case."""

    @pytest.mark.parametrize("code", sorted(COUNTRIES))
    def test_every_assigned_code_is_accepted(self, code: str) -> None:
        assert location(country=code).country == code

    @pytest.mark.parametrize(
        ("code", "suggestion"),
        [
            ("ch", "CH"),
            ("Ch", "CH"),
            ("UK", "GB"),
            ("uk", "GB"),
            ("CHE", "CH"),
            ("EL", "GR"),
            ("SUI", "CH"),
            ("ZR", "CD"),
            ("XK", None),
            ("XX", None),
            ("EU", None),
            ("", None),
            ("CH\n", None),
            (" CH", None),
            ("ＣＨ", None),
            ("Switzerland", None),
            ("C" * 5000, None),
        ],
    )
    def test_any_other_is_refused_with_what_was_meant(self, code: str, suggestion: str | None) -> None:
        found = refusal(lambda: location(country=code))
        assert (found.code, found.path) == ("country-unknown", "/country")
        assert found.params.get("suggestion") == suggestion
