"""The page of several events: each in the order of time, with a link to its page, and one calendar of them all."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.markup.reading import text_of
from tests.page.pages import ELEMENTS, EVENTS, links, read, shown
from tests.samples.mails import LANGUAGES
from tests.samples.whole import later, text
from wtisd_model.page import overview

FORUM = wm.Event(
    uid="forum@example.org",
    title=text("Forum", fr="Forum mondial"),
    slot=wm.TimeSlot.at("2027-03-03T09:00", "17:00", "Africa/Lagos"),
    locations=[wm.Location(name=text("Palexpo"))],
)
EARLY = evolve(
    FORUM,
    uid="early@example.org",
    title=text("Early & <first>"),
    slot=wm.TimeSlot.at("2026-03-03T09:00", "17:00", "Africa/Lagos"),
    locations=(),
    venue_to_follow=True,
)
PAGES = {FORUM.uid: "forum/index.html", EARLY.uid: "./early/index.html"}


def written(*events: wm.Event | wm.Dossier, **options: Any) -> Element:
    """Return the page of some events."""
    return read(overview(events, **{"name": "Our events", "pages": PAGES, **options}))


def titles(root: Element) -> list[str]:
    """Return the titles that it lists."""
    return [text_of(each) for each in root.iter("h2")]


@LAW
@given(st.lists(EVENTS, min_size=1, max_size=3, unique_by=lambda each: each.uid), st.sampled_from(LANGUAGES))
def test_a_page_is_well_formed_and_lists_each_event_once(drawn: list[wm.Event], language: str) -> None:
    uids = [uid for each in drawn for uid in (each.uid, *(session.export_uid(each.uid) for session in each.sessions))]
    assume(len({*uids}) == len(uids))
    pages = {each.uid: f"{number}/" for number, each in enumerate(drawn)}
    root = read(overview(drawn, name=text("Ours"), pages=pages, calendar="events.ics", language=language))
    assert {each.tag for each in root.iter()} <= ELEMENTS
    inside = [each.title.in_language(language)[0] for each in drawn]
    assert sorted(map(str.split, titles(root))) == sorted(map(str.split, inside))
    assert set(pages.values()) <= set(links(root))


class TestEvents:
    """What people see of each."""

    def test_they_are_in_the_order_of_time_and_lead_to_their_pages(self) -> None:
        root = written(FORUM, wm.Dossier(event=EARLY), calendar="events.ics")
        assert titles(root) == ["Early & <first>", "Forum"]
        assert [*links(root)] == ["#main", "events.ics", "./early/index.html", "forum/index.html"]
        assert text_of(next(root.iter("h1"))) == "Our events"
        assert [each.get("href") for each in root.iter("link")] == ["events.ics"]

    def test_each_has_its_day_its_time_and_its_place(self) -> None:
        said = shown(written(FORUM, EARLY))
        assert "Early & <first>Date and timeTuesday, 3 March 2026, from 09:00 to 17:00 (UTC+1, Africa/Lagos)" in said
        assert "PlacePalexpo" in said
        assert "PlacePalexpo" in said
        assert "Add to calendar" not in said

    def test_what_does_not_take_place_says_so(self) -> None:
        item = next(written(FORUM.cancel(at=later(1))).iter("section"))
        assert "This event has been cancelled." in text_of(item)
        assert [each.tag for each in item.iter("s")] == ["s"]

    def test_an_event_without_a_page_has_no_link(self) -> None:
        assert [*links(written(FORUM, pages={}))] == ["#main"]

    def test_it_is_in_the_language_of_its_readers(self) -> None:
        name = text("Our events", fr="Nos manifestations")
        root = written(FORUM, name=name, language="fr", alternates={"fr": "index.html", "en": "en/index.html"})
        assert (root.get("lang"), text_of(next(root.iter("h1"))), titles(root)) == (
            *("fr", "Nos manifestations"),
            ["Forum mondial"],
        )
        assert "en/index.html" in links(root)

    @pytest.mark.parametrize("said", ["<script>alert(1)</script>", "a & b", '" onclick="x'])
    def test_a_hostile_text_is_a_text(self, said: str) -> None:
        root = written(evolve(FORUM, title=text(said)), name=said)
        assert (titles(root), text_of(next(root.iter("h1")))) == ([said], said)


class TestRefusals:
    """By code and path."""

    @pytest.mark.parametrize(
        ("events", "options", "code", "path"),
        [
            ((), {}, wm.Code.TOO_FEW_ITEMS, ""),
            ((FORUM, FORUM), {}, wm.Code.UID_REPEATED, "/1/uid"),
            ((FORUM, evolve(EARLY, status="draft")), {}, wm.Code.EVENT_WITHOUT_SLOT, "/1/status"),
            ((FORUM,), {"pages": {FORUM.uid: "javascript:alert(1)"}}, wm.Code.URI_MALFORMED, "/pages"),
            ((FORUM,), {"calendar": "//example.org/a"}, wm.Code.URI_MALFORMED, "/calendar"),
            ((FORUM,), {"language": "xx-!"}, wm.Code.LANGUAGE_UNKNOWN, "/language"),
            ((FORUM,), {"name": "a\x00"}, wm.Code.TEXT_CONTROL, "/name"),
        ],
    )
    def test_what_cannot_be_written(
        self, events: tuple[wm.Event, ...], options: dict[str, Any], code: wm.Code, path: str
    ) -> None:
        with pytest.raises(wm.ModelError) as caught:
            written(*events, **options)
        assert [(found.code, found.path) for found in caught.value.findings] == [(code, path)]
