"""Two tests that must fail, under ``python -O`` too; ``.ci/run`` runs this file and is content with nothing else.

The name keeps it out of the ordinary runs.
"""

from tests.gates.alive import must_agree


class TestAsserts:
    """An assert that is dead makes every test pass."""

    def test_an_assert_in_a_test_fails(self) -> None:
        assert [1] == [2]

    def test_an_assert_in_a_helper_fails(self) -> None:
        must_agree(1, 2)
