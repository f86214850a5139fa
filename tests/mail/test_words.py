"""The words of a mail in each language: every reason and every answer has its own."""

import re
from enum import StrEnum

import pytest

from wtisd_model import EventStatus, ParticipationStatus
from wtisd_model.invitation import Reason
from wtisd_model.locales import languages, locale_for

ANSWERS = {each for each in ParticipationStatus if each is not ParticipationStatus.NEEDS_ACTION}
OCCASIONS: set[StrEnum] = {*Reason, *ANSWERS, EventStatus.POSTPONED}
# From those who were asked, and about them.
OF_SOMEBODY = {Reason.ANSWERED, Reason.ASKED, Reason.COUNTERED, *ANSWERS}
CHANGES = {"moved-time", "moved-place", "moved-time-place"}
OF_REGISTRATIONS = {
    *(Reason.ADDRESS_CHANGED, Reason.ERASED, Reason.PENDING, Reason.PROGRAMME_CHANGED, Reason.RECEIVED),
    *(Reason.REJECTED, Reason.REMINDED, Reason.REPEATED, Reason.SESSION_REMINDED, Reason.WAITLISTED),
}
"""What only letters say, which are about an event."""
OF_LETTERS = {"registered", "still-pending", "still-waitlisted"}
"""What letters say instead of the sentence of a reason, or after it."""
SCRIPTS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u4e00-\u9fff]"}


@pytest.mark.parametrize("language", sorted(languages()))
class TestWords:
    """A subject that ends with the title, then one sentence that asks for no gender and no case of a name."""

    def test_every_occasion_has_a_subject_and_a_sentence(self, language: str) -> None:
        words = locale_for(language)
        assert set(words.subjects) == OCCASIONS
        assert set(words.person) == OF_SOMEBODY
        assert set(words.event) == (OCCASIONS - OF_SOMEBODY) | CHANGES | OF_LETTERS
        assert set(words.session) == set(words.event) - OF_REGISTRATIONS - OF_LETTERS

    def test_the_subject_ends_with_the_title(self, language: str) -> None:
        subjects = list(locale_for(language).subjects.values())
        assert all(each.endswith("{title}") and each.count("{") == 1 for each in subjects)
        assert len(set(subjects)) == len(subjects)

    def test_the_sentences_name_who_is_meant(self, language: str) -> None:
        words = locale_for(language)
        for sentences, named in ((words.event, []), (words.session, []), (words.person, ["{who}"])):
            for sentence in sentences.values():
                assert re.findall(r"\{.*?\}", sentence) == named
                assert sentence.endswith((".", "。"))
                assert re.search(SCRIPTS.get(language, r"\w"), sentence)

    def test_none_has_a_backslash_or_a_line_break(self, language: str) -> None:
        # Some calendar programs misread a backslash, however it is escaped.
        words = locale_for(language)
        for sentence in (*words.event.values(), *words.session.values(), words.labels.remote_participation):
            assert not {"\\", "\n"} & set(sentence)

    def test_the_file_is_named_as_it_is_attached(self, language: str) -> None:
        steps = locale_for(language).steps
        for sentence in (steps.how_to_answer, steps.how_to_remove, steps.attachment):
            assert "invite.ics" in sentence

    def test_what_precedes_an_address_ends_as_a_label_does(self, language: str) -> None:
        words = locale_for(language)
        steps = words.steps
        for sentence in (steps.or_write, steps.ask, steps.write_to_change, steps.or_write_to_change):
            assert sentence.endswith(words.colon.rstrip(" "))
