"""The content of a mail as plain text and as HTML."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given

from tests.hypothesis_profiles import LAW
from tests.mail.reading import Page, said
from tests.markup.reading import read_html, text_of
from tests.samples.mails import HOSTILE, LANGUAGES, letters, message, messages, texts
from tests.samples.whole import slot
from wtisd_model import EventStatus, ParticipationStatus, Theme, TimeSlot
from wtisd_model.invitation import Letter, Message, Method, Reason
from wtisd_model.locales import locale_for
from wtisd_model.mail.layout import as_html, as_text, look_of
from wtisd_model.programme.times import slot_and_zone

ELEMENTS = {
    *{"html", "head", "meta", "title", "style", "body", "main", "div", "table", "tr", "td"},
    *{"h1", "h2", "p", "br", "a", "s", "span", "strong", "img", "thead", "tbody", "th"},
}
ATTRIBUTES = {
    *{"alt", "aria-hidden", "charset", "class", "colspan", "content", "dir", "height", "href", "lang", "name", "role"},
    *{"scope", "src", "style"},
}
TO_THE_ORGANIZER = {Method.COUNTER, Method.REFRESH, Method.REPLY}
LINK = (("Stream", "en"), "https://example.org/?a=1&b=%22")
EDITED = message(reason=Reason.EDITED, texts=texts(links=(LINK,)))
REPLY: dict[str, Any] = {"method": Method.REPLY, "reason": Reason.ANSWERED}


def html(made: Message | Letter, *, who: str = "Desk 1") -> str:
    return as_html(said(made, who=who), Theme())


def tree(made: Message | Letter) -> Element:
    return read_html(html(made))


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
            organizer_email="desk@example.org",
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
            "\n"
            "Please answer:\n"
            "Use the buttons that your mail or calendar program shows for this invitation, such as Yes and No. If "
            "there are none, open the attached file invite.ics with your calendar program.\n"
            "Or write to the organizer:\n"
            "desk@example.org\n"
            "\n"
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
        )

    def test_the_attached_file_is_named_if_there_is_nothing_to_do(self) -> None:
        assert as_text(said(message(reason=Reason.EDITED))).endswith(
            "\n\nThe attached file invite.ics holds this information for your calendar program.\n"
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
        for each in made.texts.about if made.method not in {*TO_THE_ORGANIZER, Method.CANCEL} else ():
            assert without_directions(each[0]) in without_directions(text)
        assert without_directions(made.texts.title[0]) in without_directions(text)


def comparable(text: str) -> str:
    """Return what a text says, wherever its dates may break."""
    return without_directions(text).replace("\u00a0", " ").strip("\n")


def without_directions(text: str) -> str:
    return "".join(each for each in text if not "\u202a" <= each <= "\u202e" and not "\u2066" <= each <= "\u2069")


class TestHtml:
    """HTML that loads nothing, runs nothing, and says the same."""

    @LAW
    @given(messages() | letters())
    def test_it_is_made_of_our_elements_and_attributes_alone(self, made: Message | Letter) -> None:
        page = Page(html(made))
        assert {name for name, _ in page.elements} <= ELEMENTS
        assert {each for _, attributes in page.elements for each in attributes} <= ATTRIBUTES
        schemes = ("https://", "http://", "tel:", "mailto:")
        assert all((each["href"] or "").startswith(schemes) for each in page.all("a"))

    @LAW
    @given(messages() | letters())
    def test_no_text_gets_into_a_style(self, made: Message | Letter) -> None:
        root, usual = tree(made), tree(message())
        ours = {each["style"] for rtl in (False, True) for each in look_of(Theme(), rtl=rtl).attributes.values()}
        frame = {each.get("style") for each in usual.iter("div")}
        assert {each.get("style") for each in root.iter()} <= {*ours, *frame, None}
        assert [each.text for each in root.iter("style")] == [each.text for each in usual.iter("style")]

    @LAW
    @given(messages() | letters())
    def test_nothing_is_loaded_but_the_logo(self, made: Message | Letter) -> None:
        root = tree(made)
        assert {each.tag for each in root.iter() if each.get("href")} <= {"a"}
        assert {(each.tag, each.get("src")) for each in root.iter() if each.get("src")} <= {("img", made.texts.image)}
        styles = [each.get("style", "") for each in root.iter()] + [text_of(each) for each in root.iter("style")]
        assert not re.search(r"url\(|@import|expression|//|\\", " ".join(styles))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_stays_text(self, text: str) -> None:
        page = Page(html(all_hostile(text)))
        assert {name for name, _ in page.elements} <= ELEMENTS
        shown = [without_directions(each) for _, each in page.texts]
        # The title and its twin in the head, the event, two places, two links by name and one by address, the
        # organizer, the page, the paragraph and the comment.
        assert shown.count(without_directions(text.strip())) == 12
        assert [each["href"] for each in page.all("a")] == ["https://example.org/"]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_hostile_name_stays_a_name(self, text: str) -> None:
        answered = message(**REPLY, texts=texts(answer=ParticipationStatus.ACCEPTED))
        page = Page(html(answered, who=text.strip()))
        assert {name for name, _ in page.elements} <= ELEMENTS
        shown = [without_directions(each) for each in page.within("span")]
        assert shown.count(without_directions(text.strip())) == 1

    @LAW
    @given(messages() | letters())
    @example(message(texts=texts(about=(("a\n\nb", "en"),))))
    def test_it_says_what_the_plain_text_says_in_the_same_order(self, made: Message | Letter) -> None:
        written = said(made)
        dates = written.locale.dates
        times = [slot_and_zone(each.slot, dates, each.clocks)[0] for each in written.facts if each.slot is not None]
        # A time begins a row in HTML, and follows its label in plain text.
        in_text = {comparable(each[:1].upper() + each[1:]): comparable(each) for each in times}
        text = comparable(as_text(written))
        # The name of a button without one, and the columns of a table.
        locale = written.locale
        only_in_html = {locale.labels.join, locale.pictures.timetable.time, locale.sessions["other"]}
        at = 0
        for each in map(comparable, shown_texts(read_html(as_html(written, Theme())))):
            if each.strip() and each not in only_in_html:
                at = text.index(in_text.get(each, each), at)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_says_its_language_and_direction_also_without_its_outer_elements(self, language: str) -> None:
        """Many mail programs drop ``html`` and ``body``."""
        page = Page(html(message(language=language)))
        own = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
        assert list(page.all("html")) == [own]
        assert [own.items() <= each.items() for each in page.all("div")] == [True]

    def test_a_text_in_another_language_says_so_and_runs_its_own_way(self) -> None:
        root = tree(message(language="ar", texts=texts(title=("Ouverture", "fr"))))
        for parent in ("head", "h1"):
            assert [each.attrib for each in element(root, parent) if each.get("dir")] == [{"lang": "fr", "dir": "auto"}]

    def test_a_text_in_the_language_of_the_mail_says_nothing_of_it(self) -> None:
        assert [each.attrib for each in element(tree(message()), "h1")] == [{"dir": "auto"}]

    def test_the_language_of_a_comment_is_unknown(self) -> None:
        page = Page(html(message(texts=texts(comment="Merci"))))
        assert {"lang": "", "dir": "auto"} in list(page.all("span"))

    def test_a_name_in_a_sentence_is_set_apart(self) -> None:
        reply = message(**REPLY, texts=texts(answer=ParticipationStatus.ACCEPTED))
        root = read_html(html(reply, who="شخص 1"))
        assert [each.get("dir") for each in root.iter("span") if each.text == "شخص 1"] == ["auto"]

    def test_headings_lead_to_each_fact(self) -> None:
        root = tree(message(texts=texts(where=(("Hall", "en"),), comment="Soon.")))
        assert [text_of(each) for each in root.iter("h1")] == ["Opening"]
        assert [text_of(each) for each in root.iter("h2")] == ["Date and time", "Please answer", "Place", "Message"]
        assert {each.get("role") for each in root.iter("table")} == {"presentation"}

    def test_web_addresses_in_descriptions_and_comments_are_links(self) -> None:
        root = tree(
            message(texts=texts(about=(("See https://example.org/a?b=1&c=2.", "en"),), comment="http://b.example"))
        )
        links = {each.get("href"): text_of(each) for each in root.iter("a")}
        assert links == {
            "https://example.org/a?b=1&c=2": "https://example.org/a?b=1&c=2",
            "http://b.example": "http://b.example",
        }

    @pytest.mark.parametrize(
        ("about", "direction"), [("انظر https://example.org/", "ltr"), ("See https://example.org/", None)]
    )
    def test_an_address_in_a_text_from_right_to_left_runs_its_own_way(self, about: str, direction: str | None) -> None:
        root = tree(message(texts=texts(about=((about, "ar"),))))
        assert [each.get("dir") for each in root.iter("a")] == [direction]


class TestTimes:
    """A time begins a row, and a date stays in one piece."""

    LONG = slot("2026-05-17T09:00:00", "2026-05-18T16:30:00")

    @pytest.mark.parametrize(
        ("language", "row"),
        [
            ("ar", "من الأحد، 17~مايو~2026، الساعة 09:00، إلى الاثنين، 18~مايو~2026، الساعة 16:30"),
            ("en", "From Sunday, 17~May~2026, 09:00, to Monday, 18~May~2026, 16:30"),
            ("de", "Von Sonntag, 17.~Mai~2026, 09:00~Uhr, bis Montag, 18.~Mai~2026, 16:30~Uhr"),
            ("es", "Del domingo, 17~de~mayo~de~2026, 09:00, al lunes, 18~de~mayo~de~2026, 16:30"),
            ("fr", "Du dimanche 17~mai~2026, 9~h~00, au lundi 18~mai~2026, 16~h~30"),
            ("pt", "De domingo, 17~de~maio~de~2026, 09:00, a segunda-feira, 18~de~maio~de~2026, 16:30"),
            ("ru", "Начало: воскресенье, 17~мая~2026~г., 09:00; окончание: понедельник, 18~мая~2026~г., 16:30"),
            ("zh", "2026年5月17日星期日 09:00至2026年5月18日星期一 16:30"),
        ],
    )
    def test_a_time_begins_with_a_capital_and_its_dates_do_not_break(self, language: str, row: str) -> None:
        root = tree(message(language=language, texts=texts(slot=self.LONG)))
        assert row.replace("~", "\u00a0") in [each.text for each in root.iter("span")]

    @pytest.mark.parametrize(
        ("language", "zone"), [("ar", "(UTC+2, Europe/Zurich)"), ("zh", "（UTC+2，Europe/Zurich）")]
    )
    def test_the_zone_runs_from_left_to_right(self, language: str, zone: str) -> None:
        shown = [each.get("dir") for each in tree(message(language=language)).iter("span") if each.text == zone]
        assert shown == ["ltr"]

    @LAW
    @given(messages() | letters())
    def test_the_zone_is_a_row_of_its_own(self, made: Message | Letter) -> None:
        page = Page(html(made))
        zone = look_of(Theme()).attributes["zone"]["style"]
        facts = said(made).facts
        days = [day for fact in facts for day, _ in groupby(row.day for row in fact.rows)]
        assert sum(each.get("style") == zone for each in page.all("span")) == sum(
            fact.slot is not None and not fact.slot.whole_days for fact in facts
        ) + sum(bool(there) for _, there in days)

    def test_whole_days_have_none(self) -> None:
        dates = texts(slot=TimeSlot.days("2026-05-17", "2026-05-18", "Europe/Zurich"))
        assert "Zurich" not in html(message(texts=dates))


class TestToDo:
    """What to do is a box with a heading, and the address of the organizer is a link that knows the subject."""

    HELD: Final = {"organizer": ("ITU", "en"), "organizer_email": "a+b%c@example.org"}

    @pytest.mark.parametrize("title", ["Opening", *HOSTILE])
    def test_the_link_writes_to_the_organizer_about_the_mail(self, title: str) -> None:
        made = message(texts=texts(title=(title.strip(), "en"), **self.HELD))
        (found,) = tree(made).iter("a")
        assert text_of(found) == "a+b%c@example.org"
        address = urlsplit(found.attrib["href"])
        assert (address.scheme, unquote(address.path), address.fragment) == ("mailto", "a+b%c@example.org", "")
        assert parse_qs(address.query, strict_parsing=True) == {"subject": [said(made).subject]}

    @pytest.mark.parametrize(
        ("made", "role"),
        [(message(texts=texts(links=(LINK,))), "second-button"), (EDITED, "button")],
    )
    def test_a_button_to_take_part_is_less_conspicuous_next_to_it(self, made: Message, role: str) -> None:
        styles = [each.get("style") for each in tree(made).iter("td")]
        assert look_of(Theme()).attributes[role]["style"] in styles

    def test_in_plain_text_it_stands_alone(self) -> None:
        text = as_text(said(message(texts=texts(**self.HELD))))
        assert "\nOr write to the organizer:\na+b%c@example.org\n\nOrganizer: ITU\n" in text
        edited = as_text(said(message(reason=Reason.EDITED, texts=texts(**self.HELD))))
        assert "\nOrganizer:\nITU\na+b%c@example.org\n" in edited


class TestButtons:
    """A link to take part is a button that shows where it leads."""

    def test_it_shows_its_name_and_its_address(self) -> None:
        root = tree(message(texts=texts(links=(LINK,))))
        assert [(each.get("href"), text_of(each)) for each in root.iter("a")] == [(LINK[1], f"Stream\n{LINK[1]}")]
        assert [text_of(each) for each in root.iter("strong")] == ["Stream"]
        assert [each.get("dir") for each in root.iter("span") if each.text == LINK[1]] == ["ltr"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_without_a_name_it_says_what_it_is_for(self, language: str) -> None:
        labels = locale_for(language).labels
        unnamed = (labels.remote_participation, language), LINK[1]
        root = tree(message(language=language, texts=texts(links=(unnamed,))))
        assert [text_of(each) for each in root.iter("strong")] == [labels.join]

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "urn:example:1"])
    def test_what_may_not_be_followed_is_text(self, address: str) -> None:
        root = tree(message(texts=texts(links=((("Stream", "en"), address),))))
        assert list(root.iter("a")) == list(root.iter("strong")) == []
        assert address in text_of(root)

    def test_what_does_not_take_place_invites_nobody_to_join(self) -> None:
        root = tree(message(reason=Reason.MOVED, texts=texts(status=EventStatus.POSTPONED, links=(LINK,))))
        assert [text_of(each) for each in root.iter("a")] == [LINK[1]]
        assert list(root.iter("strong")) == []

    def test_the_page_of_the_event_is_a_link_with_its_address(self) -> None:
        root = tree(message(texts=texts(url="https://example.org/")))
        assert [(each.get("href"), text_of(each)) for each in root.iter("a")] == [("https://example.org/",) * 2]


class TestSigns:
    """What changed is seen, read and heard, and never by a colour alone."""

    @pytest.mark.parametrize(
        ("made", "sign"),
        [
            (message(), None),
            (message(reason=Reason.MOVED), "!"),
            (message(reason=Reason.MOVED, texts=texts(status=EventStatus.POSTPONED)), "!"),
            (message(method=Method.CANCEL, reason=Reason.CANCELLED), "×"),
            (message(method=Method.CANCEL, reason=Reason.WITHDRAWN), "×"),
            (message(**REPLY, texts=texts(answer=ParticipationStatus.ACCEPTED)), "✓"),
            (message(**REPLY, texts=texts(answer=ParticipationStatus.TENTATIVE)), "?"),
        ],
    )
    def test_a_sign_precedes_the_first_sentence(self, made: Message, sign: str | None) -> None:
        signs = [text_of(each).strip() for each in tree(made).iter() if each.get("aria-hidden") == "true"]
        assert signs == ([] if sign is None else [sign])

    def test_a_previous_time_is_struck_through_below_its_label(self) -> None:
        before = slot("2026-05-16T09:00:00", "2026-05-16T10:30:00")
        root = tree(message(reason=Reason.MOVED, texts=texts(previous=before)))
        assert [text_of(each) for each in root.iter("s")] == [
            "Saturday, 16\u00a0May\u00a02026, from 09:00 to 10:30 (UTC+2, Europe/Zurich)"
        ]
        assert [text_of(each) for each in root.iter("h2")][:3] == ["New time", "New duration", "Previous time"]

    def test_a_time_that_a_proposal_would_replace_still_holds(self) -> None:
        before = slot("2026-05-16T09:00:00", "2026-05-16T10:30:00")
        proposal = message(method=Method.COUNTER, reason=Reason.COUNTERED, texts=texts(previous=before))
        assert list(tree(proposal).iter("s")) == []

    def test_the_time_and_the_place_of_what_is_cancelled_are_struck_through_below_their_labels(self) -> None:
        off = texts(status=EventStatus.CANCELLED, where=(("Hall", "en"),))
        root = tree(message(method=Method.CANCEL, reason=Reason.CANCELLED, texts=off))
        assert [text_of(each) for each in root.iter("s")][1:] == ["Hall"]
        assert len(list(root.iter("s"))) == 2
        labels = [text_of(each) for each in root.iter("h2")]
        assert labels == ["Originally planned time", "Originally planned place", "Your calendar"]

    def test_a_postponed_event_still_has_its_place(self) -> None:
        off = texts(status=EventStatus.POSTPONED, where=(("Hall", "en"),))
        root = tree(message(reason=Reason.MOVED, texts=off))
        assert "Hall" not in [text_of(each) for each in root.iter("s")]
        assert [text_of(each) for each in root.iter("h2")] == ["Originally planned time", "Place"]


def element(root: Element, tag: str) -> Element:
    (found,) = root.iter(tag)
    return found


def shown_texts(root: Element) -> Iterator[str]:
    """Yield the texts that are read to people, in order."""
    if root.tag in {"title", "style"}:
        return
    if root.get("aria-hidden") != "true":
        yield root.text or ""
        for each in root:
            yield from shown_texts(each)
    yield root.tail or ""
