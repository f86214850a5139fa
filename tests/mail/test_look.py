"""The look of a mail in HTML: its colours, with and without a style sheet, and its size."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_html, text_of
from tests.samples.mails import LANGUAGES, letters, message, messages, texts
from tests.samples.whole import slot
from wtisd_model import Theme
from wtisd_model.invitation import Letter, Mailer, Message
from wtisd_model.markup.theme import TEXT_CONTRAST, contrast
from wtisd_model.types.text import LONG

LINK = (("Stream", "en"), "https://example.org/?a=1&b=%22")

ACCENTS = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)


def html(made: Message | Letter, theme: Theme | None = None, **options: Any) -> str:
    mailer = Mailer("Desk 1 <desk1@example.org>", theme=theme)
    first = mailer.mails(made, **options)[0] if isinstance(made, Letter) else mailer.mail(made, **options)
    page = first.get_body(("html",))
    assert page is not None
    return str(page.get_content())


class TestLook:
    """Everything can be read: on light and dark screens, with and without a style sheet, in all colours."""

    @LAW
    @given(messages() | letters(), ACCENTS)
    def test_every_text_has_the_contrast_of_wcag(self, made: Message | Letter, accent: str) -> None:
        root = read_html(html(made, Theme(accent=accent)))
        (sheet,) = [text_of(each) for each in root.iter("style")]
        dark = dict(re.findall(r"\.([a-z-]+){([^}]*)}", sheet))
        assert all(contrast(*each) >= TEXT_CONTRAST for each in colors(root, {}))
        assert all(contrast(*each) >= TEXT_CONTRAST for each in colors(root, dark))

    @LAW
    @given(messages())
    def test_the_style_sheet_only_replaces_colours(self, made: Message) -> None:
        root = read_html(html(made))
        (sheet,) = [text_of(each) for each in root.iter("style")]
        rules = dict(re.findall(r"\.([a-z-]+){([^}]*)}", sheet))
        for each in root.iter():
            replaced = declared(rules[each.get("class", "")]) if each.get("class") else {}
            assert replaced.keys() <= declared(each.get("style", "")).keys()

    def test_the_accent_is_that_of_the_theme(self) -> None:
        theme = Theme(accent="#c8102e")
        invited = message(texts=texts(links=(LINK,)))
        assert theme.light.accent in html(invited, theme)
        assert theme.dark.accent in html(invited, theme)
        assert theme.light.accent not in html(invited)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_usual_mail_is_small(self, language: str) -> None:
        usual = texts(
            within=("Conference", "en"),
            previous=slot("2026-05-16T09:00:00", "2026-05-16T10:30:00"),
            where=(("Hall", "en"),),
            links=(LINK, LINK),
            about=(("Paragraph. " * 80, "en"),) * 3,
            organizer=("ITU", "en"),
            url="https://example.org/",
            comment="Bring a pen.",
        )
        assert len(html(message(language=language, texts=usual), zone="Asia/Kathmandu").encode()) < 12_000

    def test_gmail_shows_the_longest_text_whole(self) -> None:
        """Gmail cuts what is behind the first 102 kB."""
        longest = "长" * LONG.maximum
        full = texts(about=((longest, "zh"), (longest, "zh")), comment=longest)
        assert len(html(message(language="zh", texts=full)).encode()) < 102_000


def declared(style: str) -> dict[str, str]:
    """Return the declarations of a style by property."""
    pairs = (each.partition(":") for each in style.replace(" !important", "").split(";") if each)
    return {name: value for name, _, value in pairs}


def colors(
    each: Element, rules: dict[str, str], color: str = "#000000", background: str = "#ffffff"
) -> Iterator[tuple[str, str]]:
    """Yield the colour and the background of every text in the body; rules are styles by class."""
    if each.tag == "head":
        return
    style = declared(each.get("style", "")) | declared(rules.get(each.get("class", ""), ""))
    color, background = style.get("color", color), style.get("background", background)
    if (each.text or "").strip():
        yield color, background
    for child in each:
        yield from colors(child, rules, color, background)
        if (child.tail or "").strip():
            yield color, background
