"""The results of planning have public names, and are loaded only when they are needed."""

import subprocess
import sys

from tests.planning.listeners import approved, listens
from tests.samples.small import dossier, event, session, slot
from wtisd_model import planning, to_csv
from wtisd_model.planning import results

FORUM = dossier(
    listens("r-1", "fr"),
    of=event(sessions=(session("a", floor_languages=("en",)),)),
    requests=(approved("i-1", "en", "fr"),),
)


class TestResults:
    """Every class in the results of a function of planning."""

    def test_results_have_the_public_classes(self) -> None:
        (needs,) = planning.languages_needed(FORUM)
        rows = planning.coverage(FORUM)
        size = planning.team_size(
            source_languages=["en"], target_languages=["ils"], slot=slot(), service="sign", norm="aiic"
        )
        assert type(needs) is results.SessionNeeds
        assert type(needs.people) is results.Heads
        assert {type(each) for each in needs.languages} == {results.LanguageNeeded}
        assert type(rows) is results.Coverage
        assert {type(each) for each in rows} == {results.CoverageRow}
        assert {type(each) for row in rows for each in row.offered} == {results.Channel}
        assert {type(each) for each in planning.seats(FORUM)} == {results.SeatRow}
        assert type(size) is results.TeamSize
        assert type(size.source) is results.Source
        assert {type(each) for each in size.unsettled} == {results.Unsettled}

    def test_a_table_is_written_by_the_public_name(self) -> None:
        assert b"".join(to_csv(results.CoverageRow, planning.coverage(FORUM))).startswith(b"session_id,language,")

    def test_the_package_does_not_load_them(self) -> None:
        code = "import sys, wtisd_model; sys.exit('wtisd_model.planning.demand' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - ours
