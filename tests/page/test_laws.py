"""For all events: a page can be read by machines and by people, and says what the event says."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import pairwise, repeat
from typing import Any, Final
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wtisd_model.strategies as ours
from tests.columns.fill_fields import with_texts
from tests.hypothesis_profiles import LAW, LAW_OF_FIELDS
from tests.jsonld.announced import announced
from tests.markup.reading import outline, read_xml, text_of
from tests.page.pages import ELEMENTS, EVENTS, by_id, links, read, shown
from tests.programme.format_laws import assert_format, without_fields
from tests.samples.mails import HOSTILE, LANGUAGES
from tests.samples.whole import document, session
from tests.samples.whole import event as sample
from wtisd_model import Event, EventStatus, LocalizedText, to_html, to_jsonld
from wtisd_model.formats import FORMATS
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.model.event import session_status
from wtisd_model.model.session import PAUSES
from wtisd_model.page import calendar_files

STAMPED: Final = datetime(2026, 5, 2, tzinfo=UTC)
ATTRIBUTES: Final = {
    *("lang", "dir", "charset", "name", "content", "http-equiv", "rel", "type", "title", "href", "class", "id"),
    *("tabindex", "aria-label", "aria-hidden", "aria-labelledby", "datetime", "hreflang", "download", "style"),
}
BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Names cannot have them."""
ALTERNATES: Final = {"en": "../en/index.html", "ar": "https://example.org/ar/"}
OPTIONS: Final = st.fixed_dictionaries(
    {
        "language": st.sampled_from(LANGUAGES),
        "zone": st.none() | ours.zones(),
        "calendar": st.sampled_from(["files", "data", None]),
        "alternates": st.sampled_from([None, ALTERNATES]),
    }
)


@LAW
@given(EVENTS, OPTIONS)
def test_a_page_is_well_formed_and_leads_only_where_it_may_and_has_each_announced_session_once(
    drawn: Event, options: dict[str, Any]
) -> None:
    page = to_html(drawn, stamped=STAMPED, **options)
    assert to_html(drawn, stamped=STAMPED, **options) == page
    root = read(page)
    assert_well_formed(root, page, drawn, options["language"])
    assert_announced_sessions(root, drawn, options)
    assert_no_gap_between_headings(root)
    assert_data(root, drawn, options["language"])


def assert_well_formed(root: Element, page: bytes, drawn: Event, language: str) -> None:
    """Fail if a page has what no page may have, or leads anywhere else than it may."""
    assert outline(root) == outline(read_xml(page.decode().removeprefix("<!DOCTYPE html>")))
    assert {each.tag for each in root.iter()} <= ELEMENTS
    assert {name for each in root.iter() for name in each.attrib} <= ATTRIBUTES
    assert [each.attrib["type"] for each in root.iter("script")] == ["application/ld+json"]
    ids, files = by_id(root), calendar_files(drawn, stamped=STAMPED)
    for each in links(root):
        if each.startswith("#"):
            assert each[1:] in ids
        else:
            known = {*files, *ALTERNATES.values()}
            assert each.startswith(("https://", "http://", "mailto:", "tel:", "data:text/calendar;")) or each in known
    assert root.attrib == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}


def assert_announced_sessions(root: Element, drawn: Event, options: dict[str, Any]) -> None:
    """Fail unless each announced session is there once, and in the order of time."""
    sessions = {f"session-{each.id}": each for each in drawn.sessions if each.status is not EventStatus.DRAFT}
    found = [each for each in root.iter("li") if each.attrib.get("id", "").startswith("session-")]
    assert {each.attrib["id"] for each in found} == sessions.keys()
    assert len(found) == len(sessions)
    in_order = [sessions[each.attrib["id"]] for each in found if not sessions[each.attrib["id"]].slot.whole_days]
    assert all(one.slot.starts_at <= other.slot.starts_at for one, other in pairwise(in_order))
    for each in found:
        session = sessions[each.attrib["id"]]
        title, _ = session.title.in_language(options["language"])
        assert text_of(next(each.iter("h4"))) == title
        calendars = [link for link in each.iter("a") if "download" in link.attrib]
        is_noted = session_status(drawn, session) is EventStatus.SCHEDULED and session.kind not in PAUSES
        assert len(calendars) == (is_noted and options["calendar"] is not None)


def assert_no_gap_between_headings(root: Element) -> None:
    levels = [int(each.tag[1]) for each in root.iter() if each.tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@LAW_OF_FIELDS
@given(EVENTS)
def test_it_carries_what_it_says(drawn: Event) -> None:
    # A page is in one language, and says of a document who signed it, but not that somebody did.
    left_out = {"LocalizedText": frozenset({"translations"}), "Document": frozenset({"signed"})}
    plain = without_fields(Event, to_builtins(announced(drawn)), left_out)
    assert_format(FORMATS["html"], from_builtins(Event, plain), partial(to_html, calendar=None))


def assert_data(root: Element, drawn: Event, language: str) -> None:
    """Fail unless the data in a page are those of JSON-LD without sessions."""
    (script,) = root.iter("script")
    assert (script.text or "").encode() == to_jsonld(drawn, language=language, sessions=False)
    assert _hash_of(script) in _policy(root)


@pytest.mark.parametrize("text", ["x", *HOSTILE, "no character \ufffe"])
def test_the_policy_allows_the_data_whatever_they_are(text: str) -> None:
    root = read(to_html(sample(description=LocalizedText(text.strip(), "en"))))
    (script,) = root.iter("script")
    assert _hash_of(script) in _policy(root)


def _policy(root: Element) -> str:
    (policy,) = [each.attrib["content"] for each in root.iter("meta") if "http-equiv" in each.attrib]
    return policy


def _hash_of(script: Element) -> str:
    """Return the source expression for a script (Content Security Policy Level 3, section 8.3)."""
    return f"script-src 'sha256-{b64encode(sha256((script.text or '').encode()).digest()).decode()}';"


def _skeleton(root: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the elements with the names of their attributes, without line breaks in texts."""
    return ((each.tag, tuple(each.attrib)) for each in root.iter() if each.tag != "br")


@pytest.mark.parametrize("calendar", ["files", "data"])
@pytest.mark.parametrize("hostile", [each[:64].strip() for each in HOSTILE if not BIDI.search(each)])
def test_no_text_adds_an_element_or_an_attribute(hostile: str, calendar: Any) -> None:
    # A document must not follow itself, as it would if all texts were the same.
    plain: Any = to_builtins(sample(documents=(document(follows=None),), sessions=(session(materials=()),)))
    harmless, event = (from_builtins(Event, with_texts(Event, plain, repeat(text))) for text in ("x", hostile))
    page = read(to_html(event, notice=hostile, calendar=calendar, stamped=STAMPED))
    assert [*_skeleton(page)] == [*_skeleton(read(to_html(harmless, notice="x", calendar=calendar, stamped=STAMPED)))]
    assert " ".join(hostile.split()) in shown(page)
