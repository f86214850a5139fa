"""The calendar files of a page: each has one entry, that of the feed."""

from base64 import b64decode
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import icalendar
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.page.pages import EVENTS, links, read
from tests.samples.whole import event, session
from wtisd_model import Code, Dossier, Event, ExportError, to_html, to_ical
from wtisd_model.model.session import PAUSES
from wtisd_model.page import calendar_files
from wtisd_model.programme import files as writing

STAMPED: Final = datetime(2026, 5, 2, tzinfo=UTC)


def entries(calendar: bytes) -> list[bytes]:
    return [each.to_ical() for each in icalendar.Calendar.from_ical(calendar).walk("VEVENT")]


class TestCalendarFiles:
    """RFC 5545 section 3.8.4.7: an entry with the same UID is the same entry."""

    @LAW
    @given(EVENTS)
    def test_together_they_have_the_entries_of_the_feed(self, drawn: Event) -> None:
        # A color is that of a whole calendar; breaks and meals have no file.
        talks = [evolve(each, kind=None) if each.kind in PAUSES else each for each in drawn.sessions]
        drawn = evolve(drawn, color=None, sessions=tuple(talks))
        files = calendar_files(drawn, stamped=STAMPED)
        assert next(iter(files)) == "event.ics"
        feed = to_ical(drawn, stamped=STAMPED, language=drawn.title.language)
        assert [entry for each in files.values() for entry in entries(each)] == entries(feed)
        assert calendar_files(Dossier(event=drawn), stamped=STAMPED) == files

    def test_in_utc_they_need_no_time_zone(self) -> None:
        local, in_utc = (calendar_files(event(), stamped=STAMPED, utc=utc)["event.ics"] for utc in (False, True))
        assert b"BEGIN:VTIMEZONE" in local
        assert b"BEGIN:VTIMEZONE" not in in_utc
        assert entries(in_utc)[0] in entries(to_ical(event(color=None), stamped=STAMPED, language="en", utc=True))

    def test_the_page_links_to_all_of_them(self) -> None:
        names = [each for each in links(read(to_html(event()))) if each.endswith(".ics")]
        assert names == [*calendar_files(event(), stamped=STAMPED)] == ["event.ics", "session-s-1.ics"]

    def test_no_two_files_have_one_name_where_case_is_ignored(self) -> None:
        ids = ("a", "A", "A-2", "b", "1", "a-2", "CON")
        many = event(calls=(), sessions=tuple(session(id=each, uid=None) for each in ids))
        names = [*calendar_files(many, stamped=STAMPED)]
        assert len({each.lower() for each in names}) == len(ids) + 1
        assert names[1:] == [
            *("session-a.ics", "session-A~1.ics", "session-A-2~1.ics", "session-b.ics", "session-1.ics"),
            *("session-a-2.ics", "session-CON~7.ics"),
        ]
        assert [each for each in links(read(to_html(many))) if each.endswith(".ics")] == names

    @LAW
    @given(st.sets(st.from_regex(r"\A[ABab][ABab._-]{0,4}\Z"), min_size=1, max_size=8))
    def test_the_name_of_a_session_does_not_depend_on_others(self, ids: set[str]) -> None:
        """Somebody who loads a published address again gets the same session."""

        def names(*several: str) -> list[str]:
            given = event(calls=(), sessions=tuple(session(id=each, uid=None) for each in several))
            return [*calendar_files(given, stamped=STAMPED)][1:]

        together = names(*sorted(ids))
        assert together == [names(each)[0] for each in sorted(ids)]
        assert len({each.lower() for each in together}) == len(ids)

    def test_they_are_in_the_language_of_the_page(self) -> None:
        files = calendar_files(event(), language="fr", stamped=STAMPED)
        assert "Siège" in files["event.ics"].decode()

    def test_a_moment_is_needed(self) -> None:
        with pytest.raises(ExportError) as refused:
            calendar_files(event())
        assert refused.value.findings[0].code == Code.STAMP_MISSING

    def test_together_they_are_not_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            writing, "MOST_OCTETS", sum(map(len, calendar_files(event(), stamped=STAMPED).values())) - 1
        )
        with pytest.raises(ExportError) as refused:
            calendar_files(event(), stamped=STAMPED)
        assert refused.value.findings[0].code == Code.FEED_TOO_LARGE


class TestData:
    """RFC 2397: the calendars may be in the page itself."""

    def test_they_have_the_same_entries_in_utc(self) -> None:
        page = to_html(event(), calendar="data", stamped=STAMPED)
        found = [each for each in links(read(page)) if urlsplit(each).scheme == "data"]
        expected = entries(to_ical(evolve(event(), color=None), stamped=STAMPED, utc=True))
        assert [entries(b64decode(each.partition("base64,")[2]))[0] for each in found] == expected
