"""Links: they lead where they say, and a text with addresses stays the same text."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.markup.reading import read_html, text_of
from tests.markup.texts import HOSTILE, TEXTS
from wtisd_model.markup.element import element, link, linked, mailto
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import EMAIL

ADDRESSES = st.builds("https://example.org/{}".format, st.text("aZ09-._~:/?#[]@!$&'()*+,;=%<>\" ", max_size=20))


class TestLinked:
    """The web addresses in a text, without the marks with which a sentence goes on."""

    @LAW
    @given(st.lists(TEXTS | ADDRESSES, max_size=4).map(" ".join) | st.sampled_from(HOSTILE))
    def test_the_text_stays_the_same(self, text: str) -> None:
        found = read_html(element("p", linked(text)))
        assert text_of(found) == text
        for each in found.iter():
            assert each.tag in {"p", "br", "a"}
            if each.tag == "a":
                assert each.attrib == {"href": text_of(each)}
                assert each.attrib["href"] in text

    def test_all_links_have_the_same_attributes(self) -> None:
        assert linked("https://a.example", class_="b") == '<a href="https://a.example" class="b">https://a.example</a>'

    def test_the_mark_after_an_address_is_outside(self) -> None:
        text = "See https://example.org/a?b=1&c=2, (http://example.org/d). 见https://example.org/e。javascript:alert(1)"
        assert [each.text for each in read_html(element("p", linked(text)))] == [
            "https://example.org/a?b=1&c=2",
            "http://example.org/d",
            "https://example.org/e",
        ]

    @pytest.mark.parametrize(
        "text", ["https://itu.int@evil.example/login", "https://itu.int:443@evil.example", "http://a%40b:c@[::1]/?d"]
    )
    def test_an_address_with_user_information_is_a_text(self, text: str) -> None:
        """The model refuses it in every field."""
        assert linked(f"See {text}, or https://example.org/@b?c=d@e.") == (
            f"See {text.replace('&', '&amp;')}, or "
            '<a href="https://example.org/@b?c=d@e">https://example.org/@b?c=d@e</a>.'
        )

    @pytest.mark.parametrize("text", ["https://", "https://.", "http:/example.org"])
    def test_half_an_address_is_a_text(self, text: str) -> None:
        assert linked(text) == text


class TestLink:
    """A link to an address that a reader may follow."""

    def test_it_shows_where_it_leads(self) -> None:
        shown = '<bdi dir="ltr">https://example.org/</bdi>'
        assert link("https://example.org/") == f'<a href="https://example.org/">{shown}</a>'
        assert link("tel:+41225550100", "Call") == '<a href="tel:+41225550100">Call</a>'
        # In the address of a link, a # would begin a fragment (RFC 3986 section 3.5), and not be dialled.
        assert link("tel:+41225550100,,1234#", "Call") == '<a href="tel:+41225550100,,1234%23">Call</a>'
        assert link("mailto:desk@example.org", "Desk", class_="b") == (
            '<a href="mailto:desk@example.org" class="b">Desk</a>'
        )

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "urn:example:1", "ftp://example.org", ""])
    def test_other_addresses_are_no_links(self, address: str) -> None:
        assert link(address, "Join") == "Join"
        assert link(address) == f'<bdi dir="ltr">{address}</bdi>'


class TestMailto:
    """RFC 6068: the address of a link that writes a mail."""

    @LAW
    @given(values_of(EMAIL), TEXTS)
    def test_it_holds_the_address_and_the_subject(self, email: str, subject: str) -> None:
        found = urlsplit(mailto(email, subject=subject))
        assert (found.scheme, found.netloc, unquote(found.path), found.fragment) == ("mailto", "", email, "")
        assert parse_qs(found.query) == ({"subject": [subject]} if subject else {})

    def test_what_means_something_else_in_it_is_escaped(self) -> None:
        assert mailto("a+b%c?d@example.org") == "mailto:a%2Bb%25c%3Fd@example.org"
        assert mailto("a@example.org", subject="A & B?") == "mailto:a@example.org?subject=A%20%26%20B%3F"
