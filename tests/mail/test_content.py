"""The content of a mail, and its order."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.mail.reading import said
from tests.samples.mails import AFTERNOON, message, messages, texts
from tests.samples.whole import slot
from wtisd_model import EventStatus, ExportError, ParticipationStatus, TimeSlot
from wtisd_model.invitation import Message, Method, Reason
from wtisd_model.locales import locale_for
from wtisd_model.mail.content import Content, FactKind

HALL = ("Hall", "en")
LINK = (("Stream", "en"), "https://example.org/stream")
EARLIER = slot("2026-05-17T09:00:00", "2026-05-17T10:00:00")


def opening(made: Message) -> str:
    """Return the first sentence of a mail to one person."""
    ((sentence,),) = [each.sentences for each in said(made).openings]
    return sentence


def labels_of(made: Message, *, zone: str | None = None) -> list[str]:
    return [fact.label for fact in said(made, zone=zone).facts]


class TestFacts:
    """The most important facts come first."""

    def test_all_of_them_in_order(self) -> None:
        full = texts(
            within=("Conference", "en"),
            previous=EARLIER,
            where=(HALL,),
            links=(LINK,),
            languages=(("Languages", "English"), ("Interpretation", "into French")),
            organizer=("ITU", "en"),
            url="https://example.org/",
            comment="Bring a pen.",
        )
        assert labels_of(message(texts=full), zone="Africa/Ndjamena") == [
            "Part of",
            "New time",
            "In your time zone",
            "New duration",
            "Previous time",
            "Please answer",
            "Place",
            "Remote participation",
            "Languages",
            "Interpretation",
            "Organizer",
            "More information",
            "Message",
        ]
        cancelled = labels_of(message(texts=full, method=Method.CANCEL, reason=Reason.CANCELLED))
        assert {"Languages", "Interpretation"}.isdisjoint(cancelled)

    def test_nothing_is_said_of_what_is_not_known(self) -> None:
        assert labels_of(message(reason=Reason.EDITED)) == ["Date and time"]

    def test_whoever_takes_part_from_afar_is_told_of_the_links_first(self) -> None:
        far = texts(where=(HALL,), links=(LINK,), remote_first=True)
        assert labels_of(message(texts=far))[2:] == ["Remote participation", "Place"]

    def test_whoever_takes_part_no_more_is_told_of_no_link(self) -> None:
        gone = message(method=Method.CANCEL, reason=Reason.WITHDRAWN, texts=texts(where=(HALL,), links=(LINK,)))
        assert labels_of(gone) == ["Date and time", "Place", "Your calendar"]

    @pytest.mark.parametrize(
        ("method", "reason"),
        [(Method.REPLY, Reason.ANSWERED), (Method.REFRESH, Reason.ASKED), (Method.COUNTER, Reason.COUNTERED)],
    )
    def test_the_organizer_is_not_told_what_the_organizer_said(self, method: Method, reason: Reason) -> None:
        full = texts(where=(HALL,), links=(LINK,), organizer=("ITU", "en"), url="https://example.org/", comment="Soon.")
        told = message(method=method, reason=reason, texts=evolve(full, about=(("About.", "en"),)))
        assert labels_of(told)[1:] == ["Message"]
        assert said(told).paragraphs == ()

    def test_a_link_without_a_name_of_its_own_is_not_named_twice(self) -> None:
        unnamed = texts(links=((("Remote participation", "en"), LINK[1]), LINK))
        assert said(message(texts=unnamed)).facts[2].links == ((None, LINK[1]), LINK)

    def test_the_zone_of_the_reader_is_shown_where_its_clocks_differ(self) -> None:
        assert labels_of(message(), zone="Europe/Paris")[:2] == ["Date and time", "Please answer"]
        there = said(message(), zone="Asia/Kathmandu").facts[1]
        assert (there.label, there.slot, there.clocks) == ("In your time zone", AFTERNOON, "Asia/Kathmandu")

    def test_a_proposed_time_is_called_so_and_stands_before_the_one_that_holds(self) -> None:
        proposal = message(method=Method.COUNTER, reason=Reason.COUNTERED, texts=texts(previous=EARLIER))
        assert labels_of(proposal) == ["Proposed time", "Previous time"]

    def test_nobody_said_which_language_a_comment_is_in(self) -> None:
        assert said(message(texts=texts(comment="Merci"))).facts[-1].texts == (("Merci", ""),)

    def test_the_languages_of_the_mail_are_its_own_and_those_of_the_texts(self) -> None:
        mixed = texts(title=("Ouverture", "fr"), about=(("Hello", "en"), ("مرحبا", "ar")), comment="Merci")
        assert said(message(texts=mixed)).languages == ("en", "fr", "ar")


class TestHowItStands:
    """What the look of a mail depends on: whether the time holds, and whether it replaced another."""

    @pytest.mark.parametrize(
        ("method", "status", "is_off"),
        [
            (Method.REQUEST, EventStatus.SCHEDULED, False),
            (Method.REQUEST, EventStatus.POSTPONED, True),
            (Method.CANCEL, EventStatus.CANCELLED, True),
            # The person no longer takes part, but the others do.
            (Method.CANCEL, EventStatus.SCHEDULED, False),
            # The organizer knows.
            (Method.COUNTER, EventStatus.POSTPONED, False),
        ],
    )
    def test_what_does_not_take_place(self, method: Method, status: EventStatus, *, is_off: bool) -> None:
        assert said(message(method=method, texts=texts(status=status))).is_off is is_off

    def test_a_time_that_was_replaced_is_told_from_one_that_a_proposal_would_replace(self) -> None:
        before = texts(previous=EARLIER)
        moved, proposed = message(reason=Reason.MOVED, texts=before), message(method=Method.COUNTER, texts=before)
        old = [next(fact for fact in said(made).facts if fact.slot == EARLIER) for made in (moved, proposed)]
        assert [(fact.label, fact.holds) for fact in old] == [("Previous time", False), ("Previous time", True)]


class TestChanges:
    """A change says what changed, and shows the old below the new."""

    ELSEWHERE = (("Garden", "en"),)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"previous": EARLIER}, "The time of this {} has changed."),
            ({"previous_where": ELSEWHERE}, "The place of this {} has changed."),
            (
                {"previous": EARLIER, "previous_where": ELSEWHERE},
                "The time and the place of this {} have changed.",
            ),
            # There was none until now.
            ({"previous_where": ()}, "The place of this {} has changed."),
            # The link, or the sender did not say.
            ({}, "The time, the place or another important detail of this {} has changed."),
        ],
    )
    def test_the_first_sentence_names_what_changed(self, changes: dict[str, Any], sentence: str) -> None:
        of_event = message(reason=Reason.MOVED, texts=texts(**changes))
        of_session = message(reason=Reason.MOVED, texts=texts(within=("Conference", "en"), **changes))
        assert opening(of_event) == sentence.format("event")
        assert opening(of_session) == sentence.format("session")

    def test_the_previous_place_follows_the_new_one(self) -> None:
        moved = said(message(reason=Reason.MOVED, texts=texts(where=(HALL,), previous_where=self.ELSEWHERE)))
        places = [(fact.label, fact.texts, fact.holds) for fact in moved.facts if fact.kind is FactKind.PLACE]
        assert places == [("New place", (HALL,), True), ("Previous place", self.ELSEWHERE, False)]

    def test_what_changed_comes_before_what_to_do(self) -> None:
        moved = message(reason=Reason.MOVED, texts=texts(where=(HALL,), previous_where=self.ELSEWHERE))
        assert labels_of(moved) == ["Date and time", "New place", "Previous place", "Please answer again"]
        later = message(
            reason=Reason.MOVED, texts=texts(where=(HALL,), previous=slot("2026-05-17T10:00:00", "2026-05-17T12:00:00"))
        )
        assert labels_of(later) == ["New time", "Previous time", "Please answer again", "Place"]

    def test_a_venue_that_was_to_follow_is_no_previous_place(self) -> None:
        to_follow = (locale_for("en").labels.venue_to_follow, "en")
        found = message(reason=Reason.MOVED, texts=texts(where=(HALL,), previous_where=(to_follow,)))
        assert labels_of(found) == ["Date and time", "New place", "Please answer again"]

    def test_another_duration_is_named(self) -> None:
        moved = said(message(reason=Reason.MOVED, texts=texts(previous=EARLIER)))
        assert [fact.texts for fact in moved.facts if fact.label == "New duration"] == [
            (("2 hours (previously 1 hour)", "en"),)
        ]

    @pytest.mark.parametrize(
        "previous",
        [
            slot("2026-05-17T09:00:00", "2026-05-17T11:00:00"),
            # The dates say so.
            TimeSlot.days("2026-05-17", "2026-05-18", "Europe/Zurich"),
            # It has 23 hours, since the clocks go forward.
            TimeSlot.days("2026-03-29", "2026-03-30", "Europe/Zurich"),
            slot("2026-05-16T09:00:00", "2026-05-17T10:00:00"),
        ],
    )
    def test_the_same_duration_and_that_of_days_are_not(self, previous: TimeSlot) -> None:
        assert "New duration" not in labels_of(message(reason=Reason.MOVED, texts=texts(previous=previous)))
        moved = texts(slot=previous, previous=AFTERNOON)
        assert "New duration" not in labels_of(message(reason=Reason.MOVED, texts=moved))

    def test_what_moved_and_was_postponed_at_once_has_the_time_that_the_reader_knows(self) -> None:
        postponed = texts(status=EventStatus.POSTPONED, previous=EARLIER)
        found = said(message(reason=Reason.MOVED, texts=postponed), zone="Asia/Kathmandu").facts
        assert [(fact.label, fact.slot, fact.holds) for fact in found] == [
            ("Originally planned time", EARLIER, False),
            ("In your time zone", EARLIER, False),
        ]


class TestToDo:
    """What to do is near the top, and names the address of the organizer once."""

    @LAW
    @given(messages())
    def test_the_organizer_is_named_with_one_address_at_most(self, made: Message) -> None:
        written = said(made)
        assert sum(fact.email is not None for fact in written.facts) <= 1
        asks = [fact for fact in written.facts if fact.kind is FactKind.TO_DO]
        assert len(asks) == (written.closing is None)
        assert all(each.email == made.texts.organizer_email for each in asks)

    @LAW
    @given(messages())
    def test_a_cancellation_asks_to_remove_the_entry_and_describes_nothing(self, made: Message) -> None:
        cancelled = said(evolve(made, method=Method.CANCEL, reason=Reason.CANCELLED))
        assert cancelled.locale.steps.remove in [fact.label for fact in cancelled.facts]
        assert cancelled.paragraphs == ()
        assert FactKind.REMOTE not in [fact.kind for fact in cancelled.facts]

    def test_the_reason_for_a_cancellation_comes_first(self) -> None:
        off = texts(status=EventStatus.CANCELLED, where=(HALL,), comment="The hall is closed.")
        cancelled = message(method=Method.CANCEL, reason=Reason.CANCELLED, texts=off)
        assert labels_of(cancelled) == [
            "Message",
            "Originally planned time",
            "Originally planned place",
            "Your calendar",
        ]

    def test_who_is_not_asked_finds_the_address_with_the_organizer(self) -> None:
        held = texts(organizer=("ITU", "en"), organizer_email="itu@example.org")
        told = {fact.label: fact.email for fact in said(message(reason=Reason.EDITED, texts=held)).facts}
        assert told == {"Date and time": None, "Organizer": "itu@example.org"}
        asked = {fact.label: fact.email for fact in said(message(texts=held)).facts}
        assert asked == {"Date and time": None, "Please answer": "itu@example.org", "Organizer": None}


class TestSubjectAndOpening:
    """The reason decides the subject and the first sentence."""

    @pytest.mark.parametrize(
        ("changes", "subject", "sentence"),
        [
            ({}, "Invitation: Opening", "You are invited to this event."),
            (
                {"texts": texts(within=("Conference", "en"))},
                "Invitation: Opening",
                "You are invited to this session.",
            ),
            (
                {"reason": Reason.MOVED, "texts": texts(status=EventStatus.POSTPONED)},
                "Postponed: Opening",
                "This event has been postponed. The time shown here no longer holds. A new one has not been set.",
            ),
            (
                {"method": Method.CANCEL, "reason": Reason.WITHDRAWN, "texts": texts(status=EventStatus.POSTPONED)},
                "Participation ended: Opening",
                "You are no longer registered for this event.",
            ),
            (
                {
                    "method": Method.REPLY,
                    "reason": Reason.ANSWERED,
                    "texts": texts(answer=ParticipationStatus.DECLINED),
                },
                "Declined: Opening",
                "{who} will not attend.",
            ),
            (
                {
                    "method": Method.REPLY,
                    "reason": Reason.ANSWERED,
                    "texts": texts(answer=ParticipationStatus.NEEDS_ACTION),
                },
                "Answer: Opening",
                "{who} has answered the invitation.",
            ),
            (
                {"method": Method.REPLY, "reason": Reason.ANSWERED},
                "Answer: Opening",
                "{who} has answered the invitation.",
            ),
        ],
    )
    def test_subject_and_opening(self, changes: dict[str, Any], subject: str, sentence: str) -> None:
        made = said(message(**changes))
        assert (made.subject, opening(message(**changes)), made.sender) == (subject, sentence, "Desk 1")

    def test_the_words_are_those_of_the_readers_language(self) -> None:
        made = message(language="fr-CH", texts=texts(title=("Ouverture", "fr")))
        assert said(made).subject == "Invitation\u00a0: Ouverture"
        assert opening(made) == "Nous avons le plaisir de vous inviter à cet événement."

    @pytest.mark.parametrize(
        ("reason", "status", "asked"),
        [
            (Reason.INVITED, EventStatus.SCHEDULED, True),
            (Reason.MOVED, EventStatus.SCHEDULED, True),
            (Reason.PROMOTED, EventStatus.SCHEDULED, True),
            (Reason.EDITED, EventStatus.SCHEDULED, False),
            (Reason.MOVED, EventStatus.POSTPONED, False),
            (Reason.CANCELLED, EventStatus.CANCELLED, False),
        ],
    )
    def test_who_is_asked_for_an_answer(self, reason: Reason, status: EventStatus, *, asked: bool) -> None:
        made = said(message(reason=reason, texts=texts(status=status)))
        assert any(fact.kind is FactKind.TO_DO for fact in made.facts) is asked
        assert made.closing == (None if asked else locale_for("en").steps.attachment)


class TestTexts:
    """Of a message made by hand nothing is trusted."""

    @pytest.mark.parametrize("control", ["\r\nBcc: x", "\n", "\x00", "\x1b[31m", "\u2028", "\x85", "\ud800"])
    @pytest.mark.parametrize(
        "changed",
        [
            lambda text: {"title": (text, "en")},
            lambda text: {"within": (text, "en")},
            lambda text: {"where": ((text, "en"),)},
            lambda text: {"links": (((text, "en"), "https://example.org/"),)},
            lambda text: {"links": ((("Stream", "en"), text),)},
            lambda text: {"organizer": (text, "en")},
            lambda text: {"url": text},
        ],
    )
    def test_no_line_holds_a_control_character(self, control: str, changed: Any) -> None:
        with pytest.raises(ExportError) as caught:
            said(message(texts=texts(**changed(f"a{control}b"))))
        assert [each.code for each in caught.value.findings] == ["text-control"]

    @pytest.mark.parametrize("control", ["\r", "\x00", "\u2029", "\ud800"])
    @pytest.mark.parametrize("field", ["about", "comment"])
    def test_a_paragraph_holds_line_feeds_and_no_other(self, control: str, field: str) -> None:
        def made(text: str) -> Content:
            return said(message(texts=texts(**{field: ((text, "en"),) if field == "about" else text})))

        good = made("a\nb")
        assert "a\nb" in [text for text, _ in (*good.facts[-1].texts, *good.paragraphs)]
        with pytest.raises(ExportError):
            made(f"a{control}b")

    def test_no_text_turns_what_is_behind_it(self) -> None:
        turned = said(message(texts=texts(title=("a\u202eb", "en"), about=(("c\u2067d", "en"),))))
        assert turned.title[0] == "a\u202eb\u202c"
        assert turned.paragraphs == (("c\u2067d\u2069", "en"),)
