"""A document may stand in any web page, and nothing but an event becomes one."""

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve

from tests.ical.refusal import refused
from tests.samples import whole
from tests.samples.whole import step, text
from wtisd_model import Code, Event, EventStatus, InvalidValueError, to_jsonld
from wtisd_model.programme import files as writing

PROFILES = [None, "cpev"]


class Page(HTMLParser):
    """Reads a page with one script, and notes all that is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as its base calls it
        self.found.append(("start", tag))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("data", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


def in_a_page(document: bytes) -> Any:
    """Return the JSON that an HTML parser finds in the one script of a page."""
    page = Page()
    page.feed(f'<script type="application/ld+json">{document.decode()}</script>')
    page.close()
    kinds = [kind for kind, _ in page.found]
    assert kinds == ["start", *["data"] * (len(kinds) - 2), "end"]
    return json.loads("".join(data for kind, data in page.found if kind == "data"))


HOSTILE = [
    "</script><script>alert(1)</script>",
    "</SCRIPT >",
    "<!-- <script>",
    "]]>",
    "&lt;/script&gt;",
    '"}, "x": {"',
    "\\u003c/script>",
]


class TestScript:
    """HTML "Restrictions for contents of script elements": no ``<!--``, ``<script`` or ``</script`` is in it."""

    @pytest.mark.parametrize("profile", PROFILES)
    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_no_text_ends_the_script(self, hostile: str, profile: Any) -> None:
        event = whole.event(
            title=text(hostile),
            keywords={hostile},
            organizer=whole.organization(unit=hostile),
            locations=(whole.location(room=hostile),),
            sessions=(whole.session(title=text(hostile), people=(whole.contact(name=hostile),)),),
        )
        document = to_jsonld(event, profile=profile)
        assert not {*"<>&"} & {*document.decode()}
        found = in_a_page(document)
        assert found == json.loads(document)
        assert hostile in (found["title"]["en"] if profile else found["name"])

    def test_quotes_of_texts_do_not_end_a_string(self) -> None:
        found = json.loads(to_jsonld(whole.event(title=text('"},"@id":"https://example.org/x'))))
        assert (found["name"], found.get("@id")) == ('"},"@id":"https://example.org/x', None)


class TestRefusals:
    """As for a calendar: a draft is not announced, and two things have two names."""

    @pytest.mark.parametrize("profile", PROFILES)
    def test_a_draft(self, profile: Any) -> None:
        with refused(Code.EVENT_WITHOUT_SLOT):
            to_jsonld(whole.event(status=EventStatus.DRAFT), profile=profile)
        with refused(Code.EVENT_WITHOUT_SLOT):
            to_jsonld(whole.event(status=EventStatus.DRAFT, slot=None), profile=profile)

    def test_sessions_with_one_uid(self) -> None:
        with refused(Code.UID_REPEATED):
            to_jsonld(whole.event(sessions=(whole.session(uid="e-1"),)))

    def test_a_document_that_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        size = len(to_jsonld(whole.event()))
        monkeypatch.setattr(writing, "MOST_OCTETS", size)
        to_jsonld(whole.event())
        monkeypatch.setattr(writing, "MOST_OCTETS", size - 1)
        with refused(Code.FEED_TOO_LARGE):
            to_jsonld(whole.event())

    @pytest.mark.parametrize(
        ("options", "code", "path"),
        [
            ({"language": "french"}, Code.LANGUAGE_UNKNOWN, "/language"),
            ({"language": 5}, Code.WRONG_TYPE, "/language"),
            ({"profile": "schema"}, Code.VALUE_UNKNOWN, "/profile"),
            ({"profile": 5}, Code.VALUE_UNKNOWN, "/profile"),
        ],
    )
    def test_options(self, options: dict[str, Any], code: Code, path: str) -> None:
        with pytest.raises(InvalidValueError) as caught:
            to_jsonld(whole.event(), **options)
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]

    def test_nothing_but_an_event(self) -> None:
        session: Any = whole.session()
        with pytest.raises(TypeError, match="Not an Event"):
            to_jsonld(session)


class TestBytes:
    """Equal events give equal bytes, whatever was done to them in the office."""

    @pytest.mark.parametrize("profile", PROFILES)
    def test_what_the_office_notes_changes_nothing(self, profile: Any) -> None:
        event = whole.event()
        noted = evolve(
            event,
            retention_days=None,
            extensions={},
            provenance=(),
            updated=datetime(2023, 5, 1, tzinfo=UTC),
            history=(step("draft", "scheduled"),),
            sequence=7,
        )
        assert to_jsonld(noted, profile=profile) == to_jsonld(event, profile=profile)

    @pytest.mark.parametrize("profile", PROFILES)
    def test_the_order_of_sets_changes_nothing(self, profile: Any) -> None:
        words = [f"word {number}" for number in range(20)]
        first, second = (whole.event(keywords=frozenset(each)) for each in (words, reversed(words)))
        assert to_jsonld(first, profile=profile) == to_jsonld(second, profile=profile)

    def test_it_is_compact_utf_8(self) -> None:
        document = to_jsonld(Event(uid="e", title=text("Genève"), slot=whole.slot(), venue_to_follow=True))
        assert document.startswith(b'{"@context":"https://schema.org","@type":"Event","identifier":"e"')
        assert "Genève".encode() in document
