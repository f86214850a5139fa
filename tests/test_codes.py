"""The codes, and the sentences that stand behind them."""

import pickle
import re
from string import Formatter

import pytest

from wtisd_model.codes import Code, Nature, Severity

# Whatever a template may ask for: bounds, and words from lists of ours. Nothing that was sent in.
PARAMETERS = {
    "allowed", "choices", "count", "country", "days", "expected", "field", "form", "group", "maximum", "method",
    "minimum", "minutes", "norm", "offset", "other", "places", "property", "span", "status", "unknown", "years", "zone",
}  # fmt: skip


def asked_for(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


class TestCode:
    """STYLE: programs test the code; wording may improve at any time."""

    @pytest.mark.parametrize("code", Code)
    def test_it_is_the_name_of_its_member_in_kebab_case(self, code: Code) -> None:
        assert code.value == code.name.lower().replace("_", "-")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code)

    def test_no_two_are_alike(self) -> None:
        assert len({code.value for code in Code}) == len(Code.__members__)

    def test_it_compares_with_the_plain_word(self) -> None:
        word: str = "zone-unknown"
        assert word == Code.ZONE_UNKNOWN
        assert f"{Code.ZONE_UNKNOWN}" == word

    @pytest.mark.parametrize("code", Code)
    def test_it_says_what_is_wrong_and_what_mends_it_in_whole_sentences(self, code: Code) -> None:
        for sentence in (code.message, code.fix):
            assert sentence == sentence.strip()
            assert sentence.endswith((".", '".'))

    @pytest.mark.parametrize("code", Code)
    def test_what_mends_it_is_no_python_since_the_command_line_shows_it_too(self, code: Code) -> None:
        assert re.search(r"\w=|\w\(|\.\.\.", code.fix) is None
        words = {each.strip(":;,.") for each in code.fix.split()}
        # Functions that a command stands for.
        for function, command in (("from_ical", "import"), ("read_reply", "reply")):
            assert function not in words or f"wtisd-model {command}" in code.fix or "in Python" in code.fix

    @pytest.mark.parametrize("code", Code)
    def test_its_templates_ask_for_bounds_and_words_of_ours_only(self, code: Code) -> None:
        assert asked_for(code.message) | asked_for(code.fix) <= PARAMETERS

    @pytest.mark.parametrize("code", Code)
    def test_it_says_who_decides_about_it_and_how_bad_it_is(self, code: Code) -> None:
        assert code.nature in Nature
        assert code.severity in Severity

    @pytest.mark.parametrize("code", [code for code in Code if code.nature not in {Nature.RULE, Nature.INCOMING}])
    def test_only_a_rule_may_warn_and_what_is_left_out_of_what_others_wrote(self, code: Code) -> None:
        assert code.severity is Severity.ERROR

    def test_some_rules_warn(self) -> None:
        assert Code.LEAD_TIME_SHORT.severity is Severity.WARNING

    @pytest.mark.parametrize("code", Code)
    def test_it_is_the_same_after_pickling(self, code: Code) -> None:
        assert pickle.loads(pickle.dumps(code)) is code  # noqa: S301 - our own bytes
