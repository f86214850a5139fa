"""The content of a mail as plain text and as HTML."""

from typing import Any

import pytest
from hypothesis import example, given

from tests.hypothesis_profiles import LAW
from tests.mail.samples import HOSTILE, LANGUAGES, Page, message, messages, texts
from wtisd_model.formats.method import Method
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.locales import locale_for
from wtisd_model.mail.content import Content, content_of
from wtisd_model.mail.render import as_html, as_text
from wtisd_model.model.reply import ParticipationStatus

ELEMENTS = {"a", "bdi", "body", "br", "dd", "dl", "dt", "h1", "head", "html", "meta", "p", "span", "title"}
ATTRIBUTES = {"charset", "dir", "href", "lang"}
TO_THE_ORGANIZER = {Method.COUNTER, Method.REFRESH, Method.REPLY}
LINK = (("Stream", "en"), "https://example.org/?a=1&b=%22")
REPLY: dict[str, Any] = {"method": Method.REPLY, "reason": Reason.ANSWERED}


def said(made: Message, *, who: str = "Desk 1") -> Content:
    return content_of(made, locale_for(made.language), sender=who, zone=None)


def all_hostile(text: str) -> Message:
    pair = (text.strip(), "en")
    hostile = texts(
        title=pair,
        within=pair,
        where=(pair, pair),
        links=((pair, text.strip()), (pair, "https://example.org/")),
        about=(pair,),
        organizer=pair,
        url=text.strip(),
        comment=text.strip(),
    )
    return message(texts=hostile, name=text.strip())


class TestText:
    """Plain text: every fact on its line, and a web address alone on one."""

    def test_it_reads_like_a_letter(self) -> None:
        full = texts(
            within=("Conference", "en"),
            where=(("Hall", "en"),),
            links=(LINK,),
            about=(("First.\nSecond.", "en"), ("Third.", "en")),
            url="https://example.org/",
            comment="Bring\na pen.",
        )
        assert as_text(said(message(texts=full))) == (
            "You are invited to this session.\n"
            "\n"
            "Opening\n"
            "\n"
            "Part of: Conference\n"
            "Date and time: Sunday, 17 May 2026, from 14:30 to 16:30 (UTC+2, Europe/Zurich)\n"
            "Place: Hall\n"
            "Remote participation:\n"
            "Stream\n"
            "https://example.org/?a=1&b=%22\n"
            "More information:\n"
            "https://example.org/\n"
            "Message:\n"
            "Bring\n"
            "a pen.\n"
            "\n"
            "First.\n"
            "Second.\n"
            "\n"
            "Third.\n"
            "\n"
            "Please answer in your calendar program, or open the attached file invite.ics with it.\n"
        )

    def test_several_places_stand_below_their_label(self) -> None:
        places = texts(where=(("Hall 1", "en"), ("Hall 2", "en")))
        assert "\nPlace:\nHall 1\nHall 2\n" in as_text(said(message(texts=places)))

    def test_what_runs_the_other_way_is_set_apart_within_a_line(self) -> None:
        reply = message(**REPLY, language="ar", texts=texts(answer=ParticipationStatus.ACCEPTED))
        assert as_text(said(reply)).startswith("ورد من \u2068Desk 1\u2069 تأكيد بالحضور.\n")
        invited = message(language="ar", texts=texts(where=(("Popov", "fr"),)))
        assert "\nالمكان: \u2068Popov\u2069\n" in as_text(said(invited))
        assert as_text(said(message(texts=texts(where=(("قاعة", "ar"),))))).count("\u2068قاعة\u2069\n") == 1

    @LAW
    @given(messages())
    def test_every_text_of_the_message_is_in_it(self, made: Message) -> None:
        text = as_text(said(made))
        for each in made.texts.about if made.method not in TO_THE_ORGANIZER else ():
            assert without_directions(each[0]) in without_directions(text)
        assert without_directions(made.texts.title[0]) in without_directions(text)


def without_directions(text: str) -> str:
    return "".join(each for each in text if not "\u202a" <= each <= "\u202e" and not "\u2066" <= each <= "\u2069")


class TestHtml:
    """HTML that loads nothing, runs nothing, and says the same."""

    @LAW
    @given(messages())
    def test_it_is_made_of_our_elements_and_attributes_alone(self, made: Message) -> None:
        page = Page(as_html(said(made)))
        assert {name for name, _ in page.elements} <= ELEMENTS
        assert {each for _, attributes in page.elements for each in attributes} <= ATTRIBUTES
        assert all((each["href"] or "").startswith(("https://", "http://", "tel:")) for each in page.all("a"))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_stays_text(self, text: str) -> None:
        page = Page(as_html(said(all_hostile(text))))
        assert {name for name, _ in page.elements} <= ELEMENTS
        shown = [without_directions(each) for _, each in page.texts]
        # The title and its twin in the head, the event, two places, two links by name and one by address, the
        # organizer, the page, the paragraph and the comment.
        assert shown.count(without_directions(text.strip())) == 12
        assert [each["href"] for each in page.all("a")] == ["https://example.org/"]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_hostile_name_stays_a_name(self, text: str) -> None:
        answered = message(**REPLY, texts=texts(answer=ParticipationStatus.ACCEPTED))
        page = Page(as_html(said(answered, who=text.strip())))
        assert {name for name, _ in page.elements} <= ELEMENTS
        assert [without_directions(each) for each in page.within("bdi")] == [without_directions(text.strip())]

    @LAW
    @given(messages())
    @example(message(texts=texts(about=(("a\n\nb", "en"),))))
    def test_it_says_what_the_plain_text_says_in_the_same_order(self, made: Message) -> None:
        written = said(made)
        page = Page(as_html(written))
        text = without_directions(as_text(written))
        at = 0
        for where, each in page.texts:
            if where in {"title", "head", "html", "body", "dl"} or not each.strip():
                continue
            at = text.index(without_directions(each).strip("\n"), at)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_says_its_language_and_direction(self, language: str) -> None:
        page = Page(as_html(said(message(language=language))))
        assert list(page.all("html")) == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]

    def test_a_text_in_another_language_says_so_and_runs_its_own_way(self) -> None:
        page = Page(as_html(said(message(language="ar", texts=texts(title=("Ouverture", "fr"))))))
        assert list(page.all("h1")) == [{"lang": "fr", "dir": "auto"}]
        assert list(page.all("title")) == [{"lang": "fr", "dir": "auto"}]

    def test_a_text_in_the_language_of_the_mail_says_nothing_of_it(self) -> None:
        assert list(Page(as_html(said(message()))).all("h1")) == [{"dir": "auto"}]

    def test_the_language_of_a_comment_is_unknown(self) -> None:
        page = Page(as_html(said(message(texts=texts(comment="Merci")))))
        assert {"lang": "", "dir": "auto"} in list(page.all("dd"))

    def test_a_name_in_a_sentence_is_set_apart(self) -> None:
        reply = message(**REPLY, texts=texts(answer=ParticipationStatus.ACCEPTED))
        assert Page(as_html(said(reply, who="شخص 1"))).within("bdi") == ["شخص 1"]

    def test_a_link_shows_where_it_leads(self) -> None:
        page = Page(as_html(said(message(texts=texts(links=(LINK,))))))
        assert [each["href"] for each in page.all("a")] == [LINK[1]]
        assert page.within("bdi") == [LINK[1]]
        assert page.within("span") == ["Stream"]
