"""The direction of a text: it is balanced, and isolated from text of the other direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.markup.characters import balanced, is_rtl, isolate

OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
ISOLATES = dict.fromkeys("\u2066\u2067\u2068", "\u2069")
CONTROLS = "".join({**OPENERS, **ISOLATES}) + "\u202c\u2069"
MIXED = st.text(st.sampled_from("ab אא ع1\n" + CONTROLS), max_size=30)


def left_open(line: str) -> list[str]:
    """Return the characters still open at the end of a line (UAX 9, rules X1 to X8); fail if one closes nothing."""
    stack: list[str] = []
    for each in line:
        if each in OPENERS or each in ISOLATES:
            stack.append(each)
        elif each == "\u202c":
            assert stack
            assert stack.pop() in OPENERS
        elif each == "\u2069":
            assert any(other in ISOLATES for other in stack)
            while stack.pop() not in ISOLATES:
                pass
    return stack


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
            ("\u2068ع\u2069, a", False),
            ("\u2066a \u2067b\u2069 c\u2069 ع", True),
            ("\u2068ع", None),
            ("\u2069ع", True),
        ],
    )
    def test_which_way_a_text_runs(self, text: str, *, to_the_left: bool | None) -> None:
        assert is_rtl(text) is to_the_left


class TestBalanced:
    """CVE-2021-42574: a text must not change the direction of the text around it."""

    @LAW
    @given(MIXED)
    def test_nothing_stays_open_at_the_end_of_a_line_and_nothing_closes_what_is_outside(self, text: str) -> None:
        assert [left_open(line) for line in balanced(text).split("\n")] == [[]] * (text.count("\n") + 1)

    @given(MIXED)
    def test_all_other_characters_stay(self, text: str) -> None:
        without = str.maketrans("", "", CONTROLS)
        assert balanced(text).translate(without) == text.translate(without)

    @given(MIXED)
    def test_what_is_balanced_stays_as_it_is(self, text: str) -> None:
        assert balanced(balanced(text)) == balanced(text)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("plain", "plain"),
            ("עברית", "עברית"),
            ("a\u202eb", "a\u202eb\u202c"),
            ("a\u2067b", "a\u2067b\u2069"),
            ("a\u2067b\u202ec\u2069d", "a\u2067b\u202ec\u2069d"),
            ("a\u202eb\u2069c", "a\u202ebc\u202c"),
            ("a\u2067b\u202cc", "a\u2067bc\u2069"),
            ("a\u202e\nb", "a\u202e\u202c\nb"),
        ],
    )
    def test_examples(self, text: str, expected: str) -> None:
        assert balanced(text) == expected


class TestIsolate:
    """A text of the other direction affects nothing around it."""

    def test_only_what_runs_the_other_way_is_set_apart(self) -> None:
        assert isolate("Popov", rtl=True) == "\u2068Popov\u2069"
        assert isolate("قاعة", rtl=False) == "\u2068قاعة\u2069"
        assert isolate("Popov", rtl=False) == "Popov"
        assert isolate("قاعة", rtl=True) == "قاعة"
        assert isolate("1–2", rtl=True) == "1–2"

    @given(text=MIXED, rtl=st.booleans())
    def test_nothing_stays_open(self, *, text: str, rtl: bool) -> None:
        line = text.replace("\n", "")
        isolated = isolate(line, rtl=rtl)
        assert left_open(isolated) == []
        assert is_rtl(isolated) in {None, rtl}
