"""The names of colours."""

from importlib import import_module

import pytest

from wtisd_model.data.colors import COLORS


def known_to_pygments(name: str) -> bool:
    """Return True if the lexer of CSS, which lists the names itself, reads *name* as a constant."""
    lexer = import_module("pygments.lexers").get_lexer_by_name("css")
    constant = import_module("pygments.token").Keyword.Constant
    return (constant, name) in lexer.get_tokens(f"p {{ color: {name} }}")


class TestColors:
    """RFC 7986 section 5.9: "a case-insensitive color name taken from the CSS3 set of names"."""

    def test_each_is_a_name_of_css(self) -> None:
        assert not known_to_pygments("aubergine")
        assert [name for name in sorted(COLORS) if not known_to_pygments(name)] == []

    def test_there_are_as_many_as_in_the_recommendation(self) -> None:
        assert len(COLORS) == 147

    def test_every_gray_is_a_grey_as_well(self) -> None:
        grays = {name for name in COLORS if "gray" in name}
        assert len(grays) == 7
        assert {name.replace("gray", "grey") for name in grays} == {name for name in COLORS if "grey" in name}

    @pytest.mark.parametrize("name", ["rebeccapurple", "transparent", "currentcolor", "Red", "#ff0000", ""])
    def test_later_css_names_and_keywords_are_not_accepted(self, name: str) -> None:
        assert name not in COLORS
