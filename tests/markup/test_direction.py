"""The direction of a text."""

import pytest

from wtisd_model.markup.direction import is_rtl


class TestDirection:
    """UAX 9 rules P2 and P3: the first strong character decides."""

    @pytest.mark.parametrize(
        ("text", "to_the_left"),
        [
            ("12:30", None),
            ("12:30 a", False),
            ("é", False),
            ("١٢ —", None),
            ("12 ع a", True),
            ("א", True),
            ("漢", False),
        ],
    )
    def test_which_way_a_text_runs(self, text: str, *, to_the_left: bool | None) -> None:
        assert is_rtl(text) is to_the_left
