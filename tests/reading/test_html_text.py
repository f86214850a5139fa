"""HTML becomes text as people read it, in linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.reading.html_text import html_text

PAGE = """
<h2>Welcome</h2>
<p>Come to the <a class="x" href="https://example.org/a?b=1&amp;c=2">venue</a>,<br/>or <b>dial</b>&nbsp;in.</p>
<!-- a <b>comment</b> -->
<ul><li>One</li>
<li><p>Two &amp; three</p></li></ul>
<script>alert("<p>no</p>")</script><STYLE>p { color: red }</STYLE>
<table><tr><th>Day</th><td>4</td></tr><tr><td>Hall</td></tr></table>
"""
TEXT = """Welcome

Come to the venue (https://example.org/a?b=1&c=2),
or dial in.

- One
- Two & three

Day 4
Hall"""


class TestHtmlText:
    """Tags, references and comments of HTML."""

    def test_a_page_is_read_as_people_do(self) -> None:
        assert html_text(PAGE) == TEXT

    @pytest.mark.parametrize(
        "plain",
        [
            "",
            "one\n* two",
            "1 < 2 & 3 > 2",
            "<https://example.org> and <participant1@example.org>",
            "a <- b",
            "R&amp;D",
            "<b",
            "<!",
        ],
    )
    def test_a_text_without_tags_is_unchanged(self, plain: str) -> None:
        assert html_text(plain) == plain

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("<p>a</p>b<div>c</div>d", "a\n\nb\nc\nd"),
            ("a<br>b<br><br>c", "a\nb\n\nc"),
            ("<b>a</b> <i>b</i>", "a b"),
            ("<p>a <!-- never ends", "a"),
            ("<p>a</p><script>x", "a"),
            ("<?xml version='1.0'?><!DOCTYPE html><p>a", "a"),
            ("<p title='a > b'>c</p>", "c"),
            ("<p title='never ends>c</p>", "c"),
            (
                "<p>&lt;b&gt; &#233; &#xe9; &copy; &zz; & &#99999999999;</p>",
                "<b> é é © &zz; & &#99999999999;",
            ),
            ("<p>a\x00b\x01c</p>", "a b c"),
            ("<ol><li>a<ul><li>b</li></ul></li></ol>", "- a\n\n- b"),
        ],
    )
    def test_what_becomes_of_tags(self, source: str, text: str) -> None:
        assert html_text(source) == text

    @pytest.mark.parametrize(
        ("link", "text"),
        [
            ("<a href='https://example.org'>Home</a>", "Home (https://example.org)"),
            ("<a href=https://example.org>Home</a>", "Home (https://example.org)"),
            ("<a href='https://example.org'>https://example.org</a>", "https://example.org"),
            ("<a href='mailto:office@example.org'>Write</a>", "Write (office@example.org)"),
            ("<a href='https://example.org'><b>Home</b></a>", "Home (https://example.org)"),
            ("<a href='https://example.org'><img src='x.png'></a>", ""),
            ("<a href='javascript:alert(1)'>Home</a>", "Home"),
            ("<a href='/event/7/'>Home</a>", "Home"),
            ("<a name='x'>Home</a>", "Home"),
            ("<a href='https://example.org'>Home", "Home"),
            ("Home</a>!", "Home!"),
            ("<a href='https://example.org'><a href='https://example.net'>Home</a></a>", "Home (https://example.net)"),
        ],
    )
    def test_a_link_keeps_its_address(self, link: str, text: str) -> None:
        assert html_text(link) == text

    @LAW
    @given(st.text("<>/!-ap br='\"&;#x1", max_size=60))
    def test_no_tag_is_left(self, source: str) -> None:
        text = html_text(source)
        assert text == source or not {"<p>", "<br>", "<a>"} & {text[at : at + 4].strip() for at in range(len(text))}

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "bomb",
        [
            *(
                "<",
                "</",
                "<a ",
                "<a b='",
                '<a b="',
                "<a/",
                "<a =",
                "<x y=z ",
                "<!--",
                "<!",
                "<?",
                "<![CDATA[",
                "<script>",
            ),
            *(
                "<b>",
                "<br>",
                "<br> a",
                "<li>",
                "&lt;",
                "&#9",
                "<a href=http://x>a</a>",
                "<a href=' >",
                "</a>",
                "<p> <li>",
            ),
        ],
    )
    def test_a_megabyte_takes_less_than_half_a_second(self, bomb: str) -> None:
        source = "<p>" + bomb * (1_000_000 // len(bomb))
        begun = time.process_time()
        html_text(source)
        assert time.process_time() - begun < 0.5
