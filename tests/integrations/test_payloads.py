"""The table that every integration is compared with: payloads, and the verdicts of our own reader."""

import pytest

from tests.integrations.payloads import CASES, DOSSIER, MARKER, NOW, Case, Verdict, verdict_on, verdict_on_problem
from wtisd_model import PayloadError, Submission, from_json
from wtisd_model.json.problem_details import problem_of


def raised(case: Case) -> PayloadError | None:
    """Return the error about a case, or None."""
    try:
        if case.submission:
            Submission(case.cls, case.payload).accept(DOSSIER, now=NOW).value_or_raise()
        else:
            from_json(case.cls, case.payload)
    except PayloadError as error:
        return error
    return None


class TestTable:
    """60 good and bad payloads, of every document, and of every submission."""

    @pytest.mark.parametrize("case", CASES, ids=repr)
    def test_the_reader_has_the_verdict_of_the_table(self, case: Case) -> None:
        error = raised(case)
        found: Verdict = () if error is None else verdict_on(error.findings)
        assert found == case.verdict

    @pytest.mark.parametrize("case", CASES, ids=repr)
    def test_the_response_has_the_same_verdict_and_no_value(self, case: Case) -> None:
        error = raised(case)
        problem = {} if error is None else problem_of(error)[1]
        assert verdict_on_problem(problem) == case.verdict
        assert MARKER not in f"{error} {error!r} {problem}"
