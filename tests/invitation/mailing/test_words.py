"""The words of a mail, in six languages."""

import re
from enum import StrEnum

import pytest
from attrs import asdict

from tests.invitation.mailing.letters import LANGUAGES
from wtisd_model.ical.wording import wording
from wtisd_model.invitation.mailing.labels import labels
from wtisd_model.invitation.mailing.sayings import saying
from wtisd_model.invitation.message import Reason
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus

ANSWERS = [each for each in ParticipationStatus if each is not ParticipationStatus.NEEDS_ACTION]
OCCASIONS: list[StrEnum] = [*Reason, *ANSWERS, EventStatus.POSTPONED]
# From those who were asked, and about them.
OF_SOMEBODY = {Reason.ANSWERED, Reason.ASKED, Reason.COUNTERED, *ANSWERS}
SCRIPTS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u4e00-\u9fff]"}


class TestSayings:
    """Every reason and every answer has its words in every language."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("occasion", OCCASIONS)
    def test_the_subject_ends_with_the_title_and_the_sentences_name_who_is_meant(
        self, language: str, occasion: StrEnum
    ) -> None:
        said = saying(occasion, language)  # type: ignore[arg-type] # a list of three enums
        assert said.subject.endswith("{title}")
        assert said.subject.count("{") == 1
        named = ["{who}"] if occasion in OF_SOMEBODY else []
        for sentence in (said.event, said.session):
            assert re.findall(r"\{.*?\}", sentence) == named
            assert sentence == sentence.strip()
            assert sentence.endswith((".", "。"))
            assert re.search(SCRIPTS.get(language, "[a-z]"), sentence)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_two_occasions_have_one_subject(self, language: str) -> None:
        subjects = [saying(each, language).subject for each in OCCASIONS]  # type: ignore[arg-type] # a list of three enums
        assert len(set(subjects)) == len(OCCASIONS)

    @pytest.mark.parametrize("occasion", OCCASIONS)
    def test_no_two_languages_say_the_same(self, occasion: StrEnum) -> None:
        said = {saying(occasion, each).event for each in LANGUAGES}  # type: ignore[arg-type] # a list of three enums
        assert len(said) == len(LANGUAGES)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_calendar_says_the_same_of_what_does_not_take_place(self, language: str) -> None:
        words = wording(language)
        assert saying(Reason.CANCELLED, language).session == words.session_cancelled
        assert saying(EventStatus.POSTPONED, language).event == words.event_postponed


class TestLabels:
    """The reader's language chooses them; who reads another one gets English."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_language_has_all_of_them_and_no_two_alike(self, language: str) -> None:
        words = labels(language)
        texts = {name: text for name, text in asdict(words, recurse=False).items() if isinstance(text, str)}
        assert all(text.strip() for text in texts.values())
        assert len(set(texts.values())) == len(texts)
        assert words.language == language
        assert words.rtl is (language == "ar")

    @pytest.mark.parametrize(
        ("tag", "language"), [("fr-CH", "fr"), ("zh-Hant", "zh"), ("ar-TD", "ar"), ("de", "en"), ("fra", "en")]
    )
    def test_which_words_a_tag_chooses(self, tag: str, language: str) -> None:
        assert labels(tag).language == language

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_file_is_named_as_it_is_attached(self, language: str) -> None:
        assert "invite.ics" in labels(language).answer
        assert "invite.ics" in labels(language).attached
