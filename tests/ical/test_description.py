"""Descriptions: the same paragraphs and categories in a feed and in JSCalendar."""

import json

import pytest

from tests.ical.strict_reader import strictly
from tests.samples.wtisd import event, full_event, session
from wtisd_model import SessionKind, to_ical, to_jscalendar
from wtisd_model.locales import locale_for
from wtisd_model.programme.texts import categories


class TestDescription:
    """RFC 8984 section 4.2.2 and RFC 5545 section 3.8.1.5: both are the description of an event, as plain text."""

    @pytest.mark.parametrize("language", [None, "fr", "ar"])
    def test_both_formats_say_the_same(self, language: str | None) -> None:
        entries = strictly(to_ical(full_event(), language=language)).entries
        group = json.loads(to_jscalendar(full_event(), language=language))["entries"]
        assert [each["uid"] for each in group] == [each.uid for each in entries]
        said = [None if each.description is None else each.description.text for each in entries]
        assert [each.get("description") for each in group] == said
        assert sum(each is not None for each in said) > 1


class TestCategories:
    """RFC 5545 section 3.8.1.2."""

    def test_a_session_has_those_of_its_event_its_track_and_its_kind(self) -> None:
        part = session(track="Access", kind=SessionKind.WORKSHOP)
        whole = event(keywords={"LDC", "Banks"}, sessions=(session("a"), part))
        words = locale_for("fr")
        assert categories(whole, None, words) == ["Banks", "LDC"]
        assert categories(whole, whole.sessions[0], words) == ["Banks", "LDC"]
        assert categories(whole, part, words) == ["Access", "Banks", "LDC", words.sessions[SessionKind.WORKSHOP]]
