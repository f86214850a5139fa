"""The libraries that docs/performance.md compares us with judge registrations as we do."""

import pytest

from tests.benchmarks.comparison import PEERS, Comparison, loaded

pytestmark = pytest.mark.outside


class TestPeers:
    """docs/performance.md: "Every library has the same rules"."""

    def test_every_library_judges_as_we_do_and_only_msgspec_accepts_what_is_bad(self) -> None:
        peers, missing = loaded(PEERS)
        assert missing == []
        said = Comparison(peers, quick=True).agreement()
        wrong = {name for name, each in said.items() if each.good_refused or each.elsewhere or each.dumped_differently}
        assert wrong == set()
        assert {name for name, each in said.items() if each.bad_accepted} == {"msgspec"}
