"""What the writer adds to a description comes out again, in each language, and nothing else does."""

import pytest

from tests.export.ical.sample import said
from wtisd_model.export.ical.wording import wording
from wtisd_model.invitation.importing.own_words import without_ours
from wtisd_model.values.location import VirtualLocation

NAMED = VirtualLocation(name=said("Webcast", "de"), uri="https://example.org/a")
BARE = VirtualLocation(uri="tel:+41225550100,,1234#")
UNKNOWN = VirtualLocation(name=said("Later"))


class TestWithoutOurs:
    """The sentence of a status, and the links."""

    @pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
    def test_sentences_and_links_are_taken_out_in_each_language(self, language: str) -> None:
        words = wording(language)
        links = f"Webcast: {NAMED.uri}\n\n{words.remote_participation}: {BARE.uri}"
        for sentence, is_cancelled in (
            (words.event_cancelled, True),
            (words.session_cancelled, True),
            (words.event_postponed, False),
            (words.session_postponed, False),
        ):
            for text, rest in (
                (f"{sentence}\n\nOf it\n\nall\n\n{links}", "Of it\n\nall"),
                (f"{sentence}\n\n{links}\n\nOf it", "Of it"),
                (f"{sentence}\n\n{links}", ""),
            ):
                found = without_ours(text, [NAMED, UNKNOWN, BARE])
                assert (found.text, found.languages) == (rest, frozenset({language, "de"}))
                assert (found.is_cancelled, found.is_postponed) == (is_cancelled, not is_cancelled)
            assert without_ours(sentence, []).text == ""

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
        found = without_ours(text, [NAMED, BARE])
        assert (found.text, found.languages) == (text, frozenset())
        assert not found.is_cancelled
        assert not found.is_postponed
