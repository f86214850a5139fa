"""Descriptions as HTML: the same paragraphs, safe, with links."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.evaluator import content_line, decoded_text
from tests.ical.strict_reader import parsed
from tests.samples.whole import text
from tests.samples.wtisd import event, full_event, session
from wtisd_model import VirtualLocation, from_ical, to_ical
from wtisd_model.ical.feed import description_lines
from wtisd_model.strategies import localized_texts


class Page(HTMLParser):
    """What a browser finds: the text, a line feed for each BR, two between paragraphs; links and their texts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.languages: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attrs)
        match tag:
            case "p":
                assert found.keys() == {"lang", "dir"}
                self.languages.append(found["lang"])
                self.paragraphs.append("")
            case "br":
                self.paragraphs[-1] += "\n"
            case "a":
                assert found.keys() == {"href"}
                self.links.append(found["href"] or "")
            case _:
                assert not found

    def handle_data(self, data: str) -> None:
        self.paragraphs[-1] += data


def page(text: str, language: str = "en") -> Page:
    _, styled, for_outlook = map(content_line, re.split(rb"(?<=\r\n)(?! |$)", description_lines([(text, language)])))
    assert styled.value == for_outlook.value
    return Page(decoded_text(styled.value))


class TestHtml:
    """Issue: "safe HTML made from the same paragraphs with links clickable, nothing that is not in the text"."""

    @LAW
    @given(
        localized_texts() | st.sampled_from(["<script>&amp;</script>", "a <b>\n\nc&lt;", "'\"><img src=x onerror=y>"])
    )
    def test_a_browser_shows_the_text_and_no_other_element(self, text: object) -> None:
        written = str(text)
        found = page(written)
        assert found.paragraphs == [written]
        assert found.tags <= {"html", "body", "p", "br", "a"}
        assert all(each in written for each in found.links)

    def test_web_addresses_are_links_without_the_mark_after_them(self) -> None:
        text = "See https://example.org/a?b=1&c=2, (http://example.org/d). 见https://example.org/e。javascript:alert(1)"
        assert page(text).links == ["https://example.org/a?b=1&c=2", "http://example.org/d", "https://example.org/e"]
        assert page("https://").links == page("https://.").links == []

    def test_each_paragraph_has_its_language(self) -> None:
        whole = event(theme=text("Thème", "fr"), description=text("One.\n\nTwo."))
        calendar = parsed(to_ical(whole, html=True))
        html = decoded_text(calendar.inside[-1].one("X-ALT-DESC").value)
        assert Page(html).languages == ["fr", "en"]
        assert Page(html).paragraphs == ["Thème", "One.\n\nTwo."]

    def test_it_comes_with_the_description_only_on_request(self) -> None:
        """RFC 9073 section 6.5: beside a STYLED-DESCRIPTION, a DESCRIPTION is derived."""
        whole = event(description=text("One."), sessions=(session(),))
        plain = parsed(to_ical(whole)).inside[1:]
        both, none = parsed(to_ical(whole, html=True)).inside[1:]
        assert not [each for component in plain for each in component.lines if "-DESC" in each.name]
        assert both.one("DESCRIPTION").parameters == {"LANGUAGE": "en", "DERIVED": "TRUE"}
        assert both.one("STYLED-DESCRIPTION").parameters == {"VALUE": "TEXT", "FMTTYPE": "text/html"}
        assert both.one("X-ALT-DESC").parameters == {"FMTTYPE": "text/html"}
        assert both.one("X-ALT-DESC").value == both.one("STYLED-DESCRIPTION").value
        assert not [each for each in none.lines if "DESC" in each.name]

    def test_a_calendar_with_it_is_read_as_without_it(self) -> None:
        with_it, without = (from_ical(to_ical(full_event(), html=each, structured=each)) for each in (True, False))
        assert {each.code for each in with_it.findings} == {each.code for each in without.findings}
        assert with_it.events[0].description == without.events[0].description

    def test_the_link_to_dial_in_is_clickable(self) -> None:
        whole = event(virtual_locations=(VirtualLocation(uri="https://example.org/live?a=1,2;b"),))
        html = decoded_text(parsed(to_ical(whole, html=True)).inside[-1].one("X-ALT-DESC").value)
        assert Page(html).links == ["https://example.org/live?a=1,2;b"]
