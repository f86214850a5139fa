"""Findings about foreign documents."""

from hypothesis import given
from hypothesis import strategies as st

from wtisd_model import Code
from wtisd_model.findings import MOST_FINDINGS, finding
from wtisd_model.reading.notes import Notes


class TestNotes:
    """Each place is named; a repetition is not, since it would drown the others."""

    WARNING = finding(Code.VISA_LETTER_REMOTE, "/needs")

    @given(st.integers(0, MOST_FINDINGS + 1), st.lists(st.sampled_from([Code.KEY_MISSING, Code.VISA_LETTER_REMOTE])))
    def test_the_finding_of_a_code_is_added_as_any_other(self, before: int, codes: list[Code]) -> None:
        one, other = (Notes([self.WARNING] * before) for _ in range(2))
        for code in codes:
            one.note(code, "/needs")
            other.add(finding(code, "/needs"))
        assert (one.kept, one.omitted, one.full) == (other.kept, other.omitted, other.full)

    def test_a_repetition_is_not_noted(self) -> None:
        collector = Notes()
        for path, member in (("/a", "x"), ("/b", "x"), ("/b", "y")):
            collector.note_once(Code.MEMBER_UNSUPPORTED, path, member=member)
        for path in ("/a", "/a", "/b"):
            collector.note_once_at(Code.PLACE_MISSING, path)
        assert [(each.code, each.path) for each in collector.kept] == [
            (Code.MEMBER_UNSUPPORTED, "/a"),
            (Code.MEMBER_UNSUPPORTED, "/b"),
            (Code.PLACE_MISSING, "/a"),
            (Code.PLACE_MISSING, "/b"),
        ]
