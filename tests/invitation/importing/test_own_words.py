"""What the writer adds to a description comes out again, in each language, and nothing else does."""

import pytest

from tests.ical.sample import said
from wtisd_model.invitation.importing.own_words import without_ours
from wtisd_model.locales import locale_for
from wtisd_model.model.session import EventStatus
from wtisd_model.types.location import VirtualLocation

NAMED = VirtualLocation(name=said("Webcast", "de"), uri="https://example.org/a")
BARE = VirtualLocation(uri="tel:+41225550100,,1234#")
UNKNOWN = VirtualLocation(name=said("Later"))


class TestWithoutOurs:
    """The sentence of a status, and the links."""

    @pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
    def test_sentences_and_links_are_taken_out_in_each_language(self, language: str) -> None:
        words = locale_for(language)
        links = f"Webcast: {NAMED.uri}\n\n{words.labels.remote_participation}: {BARE.uri}"
        for sentence, status in (
            (words.event["cancelled"], EventStatus.CANCELLED),
            (words.session["cancelled"], EventStatus.CANCELLED),
            (words.event["postponed"], EventStatus.POSTPONED),
            (words.session["postponed"], EventStatus.POSTPONED),
        ):
            for text, rest in (
                (f"{sentence}\n\nOf it\n\nall\n\n{links}", "Of it\n\nall"),
                (f"{sentence}\n\n{links}\n\nOf it", "Of it"),
                (f"{sentence}\n\n{links}", ""),
            ):
                found = without_ours(text, [NAMED, UNKNOWN, BARE], status)
                assert (found.text, found.languages) == (rest, frozenset({language, "de"}))
                assert found.status is status
                assert without_ours(text, [NAMED, UNKNOWN, BARE], None) == found
            assert without_ours(sentence, [], status).text == ""
            for other in {EventStatus.SCHEDULED, EventStatus.POSTPONED, EventStatus.CANCELLED} - {status}:
                found = without_ours(sentence, [], other)
                assert (found.text, found.languages, found.status) == (sentence, frozenset(), None)

    @pytest.mark.parametrize(
        "text",
        [
            "Of it",
            "This event has been cancelled. Or not.",
            "Of it\n\nThis event has been cancelled.",
            "Webcast: https://example.org/ab",
            "Webcast: https://example.org/a",
            "",
        ],
    )
    def test_other_words_stay(self, text: str) -> None:
        found = without_ours(text, [NAMED, BARE], None)
        assert (found.text, found.languages, found.status) == (text, frozenset(), None)
