"""`to_html`: what readers of the page of an event find on it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.markup.reading import text_of
from tests.page.pages import by_id, links, read, shown
from tests.page.programmes import TITLES, programme
from tests.samples.whole import AT, contact, event, location, session, text
from wtisd_model import Theme, to_html, wtisd_23
from wtisd_model.locales import languages
from wtisd_model.markup.element import element
from wtisd_model.page import calendar_files
from wtisd_model.programme import files as writing
from wtisd_model.types.text import PAGE_ADDRESS

STAMPED: Final = datetime(2026, 5, 2, tzinfo=UTC)


def facts(root: Element) -> dict[str, list[str]]:
    """Return what the page says under each label."""
    return {
        text_of(next(each.iter("dt"))): [" ".join(text_of(value).split()) for value in each.iter("dd")]
        for each in root.iter("div")
        if any(inside.tag == "dt" for inside in each)
    }


def page(event: Any = None, **options: Any) -> Element:
    return read(to_html(wtisd_23() if event is None else event, **options))


def item(root: Element, session_id: str) -> str:
    """Return the text of a session."""
    return " ".join(text_of(by_id(root)[f"session-{session_id}"]).split())


class TestLanguage:
    """A page is in one language: that of its title, or the one that is asked for."""

    def test_it_is_the_language_of_the_title(self) -> None:
        root = page()
        assert root.attrib == {"lang": "fr", "dir": "ltr"}
        assert facts(root)["Date et heure"] == ["mercredi 17 mai 2023, de 14 h 30 à 16 h 30 (UTC+2, Europe/Zurich)"]
        assert facts(root)["Lieu"] == ["Siège de l'UIT, Popov, Genève, Suisse"]
        assert not [each for each in root.iter() if each.tag != "html" and "lang" in each.attrib]

    def test_other_texts_are_translated_into_it(self) -> None:
        given = event(
            title=text("Forum"),
            locations=(location(name=wm.LocalizedText("Siège", "fr", translations={"en": "Seat"})),),
        )
        assert facts(page(given))["Place"][0].startswith("Seat, ")

    def test_a_text_without_a_translation_keeps_its_language(self) -> None:
        root = page(language="ar")
        assert root.attrib == {"lang": "ar", "dir": "rtl"}
        (title,) = root.iter("h1")
        assert title[0].attrib == {"lang": "fr"}
        assert facts(root)["المكان"] == ["Siège de l'UIT، Popov، Genève، سويسرا"]

    def test_a_language_without_words_of_its_own_has_english_ones(self) -> None:
        root = page(event(title=text("Forum", it="Fiera")), language="it-CH")
        assert root.attrib["lang"] == "en"
        (title,) = root.iter("title")
        assert (text_of(title), title.attrib) == ("Fiera", {"lang": "it"})

    def test_a_notice_is_in_the_language_that_was_asked_for(self) -> None:
        for language, attributes in (("it", {"lang": "it", "dir": "auto"}), ("fr", {"dir": "auto"})):
            root = page(event(), language=language, notice="Attenzione")
            (said,) = [each for each in root.iter("p") if text_of(each) == "Attenzione"]
            assert said.attrib == {"class": "notice", **attributes}

    def test_a_notice_may_be_in_several_languages(self) -> None:
        notice = text("Storm", fr="Tempête")
        for language, attributes in (("fr", {}), ("ru", {"lang": "en"})):
            root = page(event(), language=language, notice=notice)
            (said,) = [each for each in root.iter("p") if each.attrib.get("class") == "notice"]
            assert text_of(said) == notice.in_language(language)[0]
            assert said.attrib == {"class": "notice", "dir": "auto", **attributes}

    def test_a_description_in_another_language_says_so(self) -> None:
        notes = {
            language: [
                text_of(each)
                for each in page(language=language).iter("p")
                if each.attrib.get("class") == "muted" and "dir" not in each.attrib
            ][:2]
            for language in ("en", "fr", "fr-CH")
        }
        assert notes["en"] == ["WTISD-23", "Available only in: French"]
        assert notes["fr"] == notes["fr-CH"] == ["WTISD-23"]


class TestAlternates:
    """The pages of an event in several languages lead to each other."""

    PAGES: Final = {"en": "../en/", "fr": "https://example.org/fr/?a=1#b", "ar": "/ar/index.html", "it": "it.html"}
    QUERIES: Final = {"en": "?language=en", "fr": "?language=fr#main"}

    def test_it_links_to_the_others_by_their_own_names(self) -> None:
        root = page(event(), language="fr", alternates=self.PAGES)
        (switch,) = next(root.iter("header")).iter("nav")
        assert switch.attrib == {"aria-label": "Autres langues"}
        assert [(text_of(each), each.attrib) for each in switch.iter("a")] == [
            ("English", {"lang": "en", "dir": "auto", "href": "../en/", "hreflang": "en"}),
            ("العربية", {"lang": "ar", "dir": "auto", "href": "/ar/index.html", "hreflang": "ar"}),
            ("Italian", {"lang": "en", "dir": "auto", "href": "it.html", "hreflang": "it"}),
        ]

    def test_a_page_that_a_program_writes_differs_by_its_query(self) -> None:
        root = page(event(), language="fr", calendar=None, alternates=self.QUERIES)
        (switch,) = next(root.iter("header")).iter("nav")
        assert [each.attrib["href"] for each in switch.iter("a")] == ["?language=en"]

    def test_programs_find_all_of_them(self) -> None:
        root = page(event(), language="fr", calendar=None, alternates=self.PAGES)
        found = {each.attrib["hreflang"]: each.attrib["href"] for each in root.iter("link")}
        assert found == self.PAGES
        assert {each.attrib["rel"] for each in root.iter("link")} == {"alternate"}

    @LAW
    @given(st.from_regex(PAGE_ADDRESS.pattern, fullmatch=True))
    def test_an_address_leads_to_the_same_site_or_is_whole(self, address: str) -> None:
        assume(PAGE_ADDRESS.check(address) is None)
        parts = urlsplit(urljoin("https://example.org/en/index.html", address))
        assert parts.netloc == "example.org" or address.startswith(("http://", "https://"))
        assert parts.scheme in {"http", "https"}
        assert element("a", href=address)

    def test_a_page_alone_has_no_links(self) -> None:
        for alternates in (None, {}, {"en": "index.html"}):
            root = page(event(), alternates=alternates)
            assert not [*next(root.iter("header")).iter("nav")]

    @pytest.mark.parametrize(
        ("alternates", "code", "path"),
        [
            ({"?": "fr.html"}, wm.Code.LANGUAGE_UNKNOWN, "/alternates"),
            *(
                ({"fr": address}, wm.Code.URI_MALFORMED, "/alternates/fr")
                for address in (
                    *(
                        "javascript:alert(1)",
                        "//example.org",
                        "/\\example.org",
                        "data:text/html,a",
                        "a b",
                        "",
                        "#a",
                        "? ",
                    ),
                    *("fr.html\n", "https://example.org\n", '../fr"', "fr:html", "http://[::g]/"),
                )
            ),
        ],
    )
    def test_an_address_that_may_lead_astray_is_refused(self, alternates: Any, code: wm.Code, path: str) -> None:
        with pytest.raises(wm.InvalidValueError) as refused:
            to_html(event(), alternates=alternates)
        assert [(each.code, each.path) for each in refused.value.findings] == [(code, path)]


class TestTimes:
    """Readers see the times of one zone and, if the clocks of the place differ, those too."""

    def test_both_are_shown_if_they_differ(self) -> None:
        root = page(language="en", zone="America/New_York")
        assert facts(root)["Date and time"] == [
            "Wednesday, 17 May 2023, from 08:30 to 10:30 (UTC-4, America/New_York)",
            "Wednesday, 17 May 2023, from 14:30 to 16:30 (UTC+2, Europe/Zurich)",
        ]
        assert facts(page(language="en", zone="Europe/Berlin"))["Date and time"] == [
            "Wednesday, 17 May 2023, from 14:30 to 16:30 (UTC+2, Europe/Berlin)"
        ]

    def test_each_end_of_several_days_is_a_piece_and_so_is_the_zone(self) -> None:
        days = wm.TimeSlot.at("2027-10-30T08:00", "2027-10-31T23:00", "Europe/Zurich")
        for slot, language, pieces in (
            (
                programme(1).slot,
                "ar",
                [
                    "الاثنين، 17 مايو 2027، الساعة 08:00 –",
                    "الأربعاء، 19 مايو 2027، الساعة 23:00",
                    "(UTC+2, Europe/Zurich)",
                ],
            ),
            (
                days,
                "en",
                [
                    "Saturday, 30 October 2027, 08:00 (UTC+2) –",
                    "Sunday, 31 October 2027, 23:00 (UTC+1)",
                    "(Europe/Zurich)",
                ],
            ),
            (
                wm.TimeSlot.days("2027-05-17", "2027-05-20", "Europe/Zurich"),
                "zh",
                ["2027年5月17日星期一 –", "2027年5月19日星期三"],
            ),
        ):
            given = evolve(programme(1), slot=slot, sessions=())
            value = next(next(page(given, language=language).iter("dl")).iter("dd"))
            assert [text_of(each) for each in value] == pieces
            assert [each.tag for each in value] == ["time", "time", "bdi"][: len(pieces)]
            assert [each.attrib for each in value][2:] == [{"dir": "ltr"}] * (len(pieces) - 2)

    def test_sessions_are_listed_on_the_days_of_the_zone(self) -> None:
        ids = by_id(page(programme(12), zone="Asia/Tokyo")).keys()
        assert {each for each in ids if each.startswith("day-")} == {
            "day-2027-05-17",
            "day-2027-05-18",
            "day-2027-05-19",
        }
        late = evolve(programme(1), sessions=(evolve(programme(1).sessions[0], slot=_slot("18:00", "19:00")),))
        root = page(late, zone="Asia/Tokyo")
        assert "day-2027-05-18" in by_id(root)
        assert item(root, "s1").startswith("01:00–02:00Monday, 17 May 2027 18:00–19:00 GenevaConnecting")

    def test_the_times_at_the_place_follow_in_short(self) -> None:
        late = evolve(
            programme(1).sessions[0], slot=wm.TimeSlot.at("2027-05-17T20:00", "2027-05-18T00:30", "Asia/Tokyo")
        )
        given = evolve(programme(1), locations=(), sessions=(late,))
        root = page(given, zone="Asia/Kolkata")
        assert item(root, "s1").startswith("16:30–21:0020:00–00:30 (+1) TokyoConnecting")

    def test_a_machine_reads_the_same_moment(self) -> None:
        times = [each.attrib["datetime"] for each in by_id(page(programme(1)))["session-s1"].iter("time")]
        assert times == ["2027-05-17T07:00Z", "2027-05-17T07:45Z"]

    @pytest.mark.parametrize(
        ("slot", "expected"),
        [
            (wm.TimeSlot.days("2027-05-17", "2027-05-18", "Europe/Zurich"), "All day"),
            (wm.TimeSlot.days("2027-05-17", "2027-05-19", "Europe/Zurich"), "All day, Tuesday, 18 May 2027 (+1)"),
            (
                wm.TimeSlot.at("2027-05-17T22:00", "2027-05-18T01:00", "Europe/Zurich"),
                "22:00–01:00, Tuesday, 18 May 2027 (+1)",
            ),
            (wm.TimeSlot.at("2027-05-17T22:00", "2027-05-18T00:00", "Europe/Zurich"), "22:00–00:00"),
            (
                wm.TimeSlot.at(
                    "2027-10-31T02:30", "02:30", "Europe/Zurich", start_repeated="first", end_repeated="second"
                ),
                "02:30 UTC+2–02:30 UTC+1",
            ),
        ],
    )
    def test_a_day_is_named_where_it_is_not_that_of_the_heading(self, slot: wm.TimeSlot, expected: str) -> None:
        whole = wm.TimeSlot.days("2027-05-01", "2027-12-01", "Europe/Zurich")
        given = evolve(programme(1), slot=whole, sessions=(evolve(programme(1).sessions[0], slot=slot),))
        assert item(page(given), "s1").startswith(f"{expected}Connecting")

    def test_each_day_has_its_offset_if_clocks_change_between_two_days(self) -> None:
        hours = [wm.TimeSlot.at(f"2027-10-{day}T09:00", "10:00", "Europe/Zurich") for day in (30, 31)]
        sessions = [evolve(programme(1).sessions[0], id=f"s{day}", slot=slot) for day, slot in enumerate(hours)]
        whole = wm.TimeSlot.days("2027-10-30", "2027-11-01", "Europe/Zurich")
        root = page(evolve(programme(1), slot=whole, sessions=tuple(sessions)))
        assert [text_of(each) for each in root.iter("h3")] == [
            "Saturday, 30 October 2027 (UTC+2)",
            "Sunday, 31 October 2027 (UTC+1)",
        ]
        # The blank before it would be on its other side in Arabic.
        assert [each.text for heading in root.iter("h3") for each in heading.iter("bdi")] == ["(UTC+2)", "(UTC+1)"]
        assert next(text_of(each) for each in page(programme(12)).iter("h3")) == "Monday, 17 May 2027"

    def test_sessions_of_whole_days_come_first(self) -> None:
        first = evolve(
            programme(1).sessions[0], id="all", slot=wm.TimeSlot.days("2027-05-17", "2027-05-18", "Europe/Zurich")
        )
        given = evolve(
            programme(1),
            sessions=(*programme(1).sessions, first),
            slot=wm.TimeSlot.days("2027-05-17", "2027-05-18", "Europe/Zurich"),
        )
        assert [each for each in by_id(page(given)) if each.startswith("session-")] == ["session-all", "session-s1"]

    def test_an_event_of_whole_days_has_a_date(self) -> None:
        given = event(slot=wm.TimeSlot.days("2027-05-17", "2027-05-18", "Europe/Zurich"), sessions=(), calls=())
        root = page(given)
        assert facts(root)["Date"] == ["Monday, 17 May 2027"]
        assert [each.attrib["datetime"] for each in next(root.iter("dl")).iter("time")] == ["2027-05-17"]


def _slot(start: str, end: str) -> wm.TimeSlot:
    return wm.TimeSlot.at(f"2027-05-17T{start}", end, "Europe/Zurich")


class TestStatus:
    """What does not take place is said in words, before everything else."""

    def test_a_cancelled_event(self) -> None:
        root = page(
            programme(1).cancel(at=STAMPED.replace(year=2027), note="Speaker 1 is ill"),
            notice="Because of a storm.\nWe are sorry.",
        )
        header = next(root.iter("header"))
        assert [text_of(each) for each in header][:2] == [
            "This event has been cancelled.",
            "Because of a storm.\nWe are sorry.",
        ]
        assert "This session has been cancelled." in item(root, "s1")
        assert [text_of(each) for each in by_id(root)["session-s1"].iter("s")] == ["09:00–09:45", TITLES[0]]
        assert [each.tag for each in header.iter("s")] == ["s"]
        assert "ill" not in shown(root).split()

    def test_a_cancelled_or_postponed_event_invites_nobody(self) -> None:
        held = event(sessions=(session(),))
        assert "How to take part" in shown(page(held))
        later = STAMPED.replace(year=2027)
        for changed in (held.cancel(at=later), held.postpone(at=later)):
            for calendar in ("files", "data"):
                root = page(changed, calendar=calendar, stamped=later)
                assert "How to take part" not in shown(root)
                assert "Add to calendar" not in shown(root)
                assert not [each for each in links(root) if each.endswith(".ics") or each.startswith("data:")]
                assert not [*root.iter("link")]

    def test_what_does_not_take_place_names_its_virtual_places_without_links(self) -> None:
        named = wm.VirtualLocation(name=text("Stream"), uri="https://example.org/join/1")
        bare = wm.VirtualLocation(uri="https://example.org/join/2")
        nowhere = wm.VirtualLocation(name=text("By telephone"))
        own = session(virtual_locations=(named, bare, nowhere, wm.VirtualLocation()))
        held = event(virtual_locations=(bare, named), sessions=(own,))
        assert len([each for each in links(page(held)) if "/join/" in each]) == 4
        assert "Remote participation is possible." in item(page(held), own.id)
        later = STAMPED.replace(year=2027)
        for changed in (held.cancel(at=later), held.postpone(at=later)):
            root = page(changed)
            assert facts(root)["Remote participation"] == ["Stream"]
            assert "Stream · By telephone" in item(root, own.id)
            assert not [each for each in links(root) if "/join/" in each]
        alone = page(evolve(held, sessions=(own.cancel(at=later),)))
        assert len([each for each in links(alone) if "/join/" in each]) == 2

    def test_a_postponed_session(self) -> None:
        given = programme(2)
        moved = evolve(given, sessions=(given.sessions[0].postpone(at=AT), given.sessions[1]))
        assert "This session has been postponed." in item(page(moved), "s1")
        assert "postponed" not in item(page(moved), "s2")
        assert [each for each in links(page(moved)) if each.endswith(".ics")] == ["event.ics", "session-s2.ics"]
        assert "session-s1.ics" in calendar_files(moved)

    def test_the_time_before_a_move_is_struck_through(self) -> None:
        given = programme(1)
        moved = given.reschedule(
            wm.TimeSlot.at("2027-05-17T08:00", "2027-05-20T00:00", "Europe/Zurich"),
            at=AT,
            sessions=(given.sessions[0].reschedule(_slot("10:00", "11:00"), at=AT),),
        )
        root = page(moved)
        assert facts(root)["Previous time"] == [
            "from Monday, 17 May 2027, 08:00, to Wednesday, 19 May 2027, 23:00 (UTC+2, Europe/Zurich)"
        ]
        assert "Previous time: Monday, 17 May 2027, from 09:00 to 09:45" in item(root, "s1")
        assert len([*root.iter("s")]) == 2


class TestFacts:
    """All that somebody needs who wants to come, or to follow from afar."""

    def test_a_place_has_a_map_if_its_position_is_known(self) -> None:
        maps = [each for each in links(page(event())) if "openstreetmap" in each]
        assert maps[0] == "https://www.openstreetmap.org/?mlat=46.2206&mlon=6.1374#map=17/46.2206/6.1374"
        nowhere = event(locations=(location(latitude=None, longitude=None),), sessions=())
        assert not [each for each in links(page(nowhere)) if "openstreetmap" in each]
        tiny = event(locations=(location(latitude=Decimal("0.00000001")),), sessions=())
        assert any("mlat=0.00000001&" in each for each in links(page(tiny)))

    def test_a_place_may_have_only_a_name(self) -> None:
        root = page(event(locations=(wm.Location(name=text("Room 4")),), sessions=()))
        assert facts(root)["Place"] == ["Room 4"]

    def test_a_building_is_named_once_with_its_rooms(self) -> None:
        rooms = (location(room="A", latitude=None, longitude=None), location(room="B"), location(room=None))
        root = page(event(locations=(*rooms, location(name=text("Tower"))), sessions=()))
        assert facts(root)["Place"] == [
            "Seat (A, B), Place des Nations, Genève, Switzerland (Map)",
            "Tower, Popov, Place des Nations, Genève, Switzerland (Map)",
        ]

    def test_a_venue_that_follows_is_said(self) -> None:
        given = event(locations=(), venue_to_follow=True, sessions=())
        assert facts(page(given))["Place"] == ["The venue will be announced later."]

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            (wm.VirtualLocation(), "Remote participation is possible."),
            (wm.VirtualLocation(name=text("Webcast")), "Webcast"),
            (wm.VirtualLocation(uri="tel:+41227305111"), "tel:+41227305111"),
        ],
    )
    def test_virtual_places(self, place: wm.VirtualLocation, expected: str) -> None:
        given = event(virtual_locations=(place,), contacts=(), sessions=())
        assert facts(page(given))["Remote participation"] == [expected]
        assert [each for each in links(page(given)) if each.startswith("tel:")] == ([place.uri] if place.uri else [])

    def test_a_deadline_is_the_last_day_at_the_place(self) -> None:
        call = wm.Call(
            kind=wm.CallKind.REGISTRATION,
            url="https://example.org/register",
            opens=datetime(2023, 4, 1, 7, 30, tzinfo=UTC),
            deadline=wm.Deadline(date=date(2023, 4, 20), time_zone="Europe/Zurich"),
            languages=("fr", "ar"),
            on_site_capacity=1200,
        )
        assert facts(page(event(calls=(call,))))["Registration"] == [
            "https://example.org/register",
            "opening: Saturday, 1 April 2023, 09:30 (UTC+2, Europe/Zurich)",
            "last day: Thursday, 20 April 2023, local time in Genève",
            "Languages: French, Arabic",
            "Seats (On site): 1,200",
        ]
        there = evolve(call, deadline=wm.Deadline(date=date(2023, 4, 20), time_zone="America/New_York"))
        assert "last day: Thursday, 20 April 2023, local time in New York" in shown(page(event(calls=(there,))))
        nowhere = evolve(call, deadline=wm.Deadline(date=date(2023, 4, 20), time_zone="Etc/GMT+12"))
        assert "last day: Thursday, 20 April 2023, local time in UTC-12" in shown(page(event(calls=(nowhere,))))
        remote = event(calls=(evolve(call, on_site_capacity=None),), locations=(), sessions=())
        assert "last day: Thursday, 20 April 2023, local time in Zurich" in shown(page(remote))

    def test_the_address_where_people_register_is_at_the_top(self) -> None:
        web = wm.Call(kind=wm.CallKind.REGISTRATION, url="https://example.org/register", email="desk1@example.org")
        mail = wm.Call(kind=wm.CallKind.REGISTRATION, email="desk+1@example.org")
        other = wm.Call(kind=wm.CallKind.PLEDGE, url="https://example.org/pledge")
        unknown = wm.Call(kind=wm.CallKind.REGISTRATION, address_unknown=True)
        for calls, address in (
            ((other, web), "https://example.org/register"),
            ((mail,), "mailto:desk%2B1@example.org"),
            ((other, unknown), None),
        ):
            given = event(calls=calls)
            header = next(page(given).iter("header"))
            found = [each for each in header.iter("a") if text_of(each) == "Register"]
            assert [each.attrib for each in found] == ([{"class": "button", "href": address}] if address else [])
            later = page(given.postpone(at=STAMPED.replace(year=2027)))
            assert "Register" not in text_of(next(later.iter("header")))

    def test_a_call_without_an_address_sends_people_to_the_organizer(self) -> None:
        assert facts(page())["Inscription"] == ["s'adresser à l'organisateur"]
        assert "mailto:strategy@itu.int" in [*links(next(page().iter("section")))]
        unknown = wm.Call(kind=wm.CallKind.REGISTRATION, address_unknown=True)
        root = page(event(calls=(unknown,), organizer=None))
        assert facts(root)["Registration"] == ["ask the organizer"]
        assert not [*links(next(root.iter("section")))]

    def test_documents_say_what_they_are(self) -> None:
        root = page(language="en")
        assert "Circular letter CL-23/9 (Wednesday, 12 April 2023, French, Follow-up to: " in shown(root)
        assert "Circular letter CL-23/5 (2023-03), Addressed to: Academia, " in shown(root)
        assert "Signatory: Doreen Bogdan-Martin, Secrétaire générale)" in shown(root)
        month = event(documents=(wm.Document(kind=wm.DocumentKind.OTHER, issued="2023-04"),), sessions=())
        assert "Document (2023-04)" in shown(page(month))
        bare = event(documents=(wm.Document(kind=wm.DocumentKind.AGENDA),), sessions=())
        assert shown(page(bare)).count("Agenda") == 1

    def test_addresses_in_texts_are_links(self) -> None:
        given = event(
            description=text("See https://example.org/a.\n\nAnd\nthen\n\n\n\n\nhttps://example.org/b"), sessions=()
        )
        assert {"https://example.org/a", "https://example.org/b"} <= {*links(page(given))}
        paragraphs = [each for each in next(page(given).iter("main")).iter("p") if each.attrib.get("dir") == "auto"]
        assert [text_of(each) for each in paragraphs] == [
            "See https://example.org/a.",
            "And\nthen",
            "https://example.org/b",
        ]

    def test_the_last_change_is_at_the_end(self) -> None:
        footer = next(page(programme(1)).iter("footer"))
        assert text_of(footer) == "Last change: Monday, 1 March 2027, 01:00 (UTC+1, Europe/Zurich)"


class TestSessions:
    """A session says what differs from its event."""

    def test_rooms_are_named_once_they_differ(self) -> None:
        assert "Room: Room 1" in item(page(programme(2)), "s1")
        alone = evolve(programme(1), sessions=(evolve(programme(1).sessions[0], locations=()),))
        assert "Room" not in item(page(alone), "s1")
        elsewhere = evolve(programme(1).sessions[0], locations=(location(name=text("Tower"), room=None),))
        root = page(evolve(programme(2), sessions=(elsewhere,)))
        assert "Tower, Place des Nations, Genève, Switzerland (Map)" in item(root, "s1")

    def test_the_address_of_the_event_is_not_said_again(self) -> None:
        first, second = programme(2).sessions
        hall = programme(2).locations[0]
        annex = evolve(hall, name=text("Annex"), room="Studio")
        sessions = (evolve(first, locations=(annex,)), evolve(second, locations=(evolve(annex, room=None),)))
        root = page(evolve(programme(2), locations=(hall, annex), sessions=sessions))
        assert "Panel · Annex, Studio · Languages" in item(root, "s1")
        assert "Panel · Annex · Languages" in item(root, "s2")

    def test_seats_are_shown_where_they_are_limited(self) -> None:
        few = evolve(programme(1).sessions[0], on_site_capacity=4)
        said = item(page(evolve(programme(1), sessions=(few,), virtual_locations=())), "s1")
        assert "Seats (On site): 4" in said
        assert "Seats (Remote)" not in said

    @pytest.mark.parametrize("kind", [wm.SessionKind.BREAK, wm.SessionKind.SOCIAL])
    def test_breaks_and_meals_are_not_for_calendars(self, kind: wm.SessionKind) -> None:
        talk, pause = programme(2).sessions
        given = evolve(programme(2), sessions=(talk, evolve(pause, kind=kind)))
        for calendar in ("files", "data"):
            root = page(given, calendar=calendar, stamped=STAMPED)
            assert "Add to calendar" in item(root, "s1")
            assert "Add to calendar" not in item(root, "s2")
            assert [by_id(root)[f"session-{each}"].attrib.get("class") for each in ("s1", "s2")] == [None, "pause"]
        assert [*calendar_files(given)] == ["event.ics", "session-s1.ics"]

    def test_nothing_says_in_which_of_several_places_a_session_is(self) -> None:
        first, second = programme(2).sessions
        places = (location(room="A"), location(room="B"))
        root = page(evolve(programme(2), locations=places, sessions=(evolve(first, locations=()), second)))
        assert "Room" not in item(root, "s1")
        assert "Conference Centre, Room 1" in item(root, "s2")

    def test_how_one_can_take_part_is_said_where_it_differs(self) -> None:
        only = evolve(programme(1).sessions[0], locations=(), inherited_places=wm.ParticipationMode.REMOTE)
        assert "Remote" in item(page(evolve(programme(1), sessions=(only,))), "s1")
        own = evolve(programme(1).sessions[0], virtual_locations=(wm.VirtualLocation(uri="https://example.org/s1"),))
        root = page(evolve(programme(1), sessions=(own,)))
        assert "https://example.org/s1" in links(by_id(root)["session-s1"])
        assert "Remote" not in item(root, "s1")

    def test_if_sessions_differ_each_but_a_break_says_how_one_can_take_part(self) -> None:
        both, lunch = evolve(programme(1).sessions[0], id="both", locations=()), wm.SessionKind.BREAK
        workshop = evolve(both, id="workshop", inherited_places=wm.ParticipationMode.ON_SITE)
        root = page(evolve(programme(1), sessions=(both, workshop, evolve(both, id="lunch", kind=lunch))))
        items = by_id(root)
        first = {id_: text_of(next(items[f"session-{id_}"].iter("span"))) for id_ in ("both", "workshop", "lunch")}
        assert first == {"both": "On site / Remote", "workshop": "On site", "lunch": "Languages: English"}

    def test_people_are_named_with_their_roles_and_organizations(self) -> None:
        assert "Moderator: Participant 1, Ministry 1" in item(page(programme(1)), "s1")

    def test_materials_recordings_and_codes(self) -> None:
        given = event(sessions=(session(people=()),))
        said = item(page(given), "s-1")
        for each in (
            "Ceremony · 1A · Track: Connectivity · ",
            "Invitation (Circular letter, CL-23/9",
            "not recorded",
            "More information",
        ):
            assert each in said

    def test_it_may_say_no_more_than_its_title_and_time(self) -> None:
        bare = wm.Session(id="s1", title=text("Talk"), slot=_slot("10:00", "11:00"))
        whole = evolve(programme(1), sessions=(bare,), floor_languages=())
        assert item(page(whole, calendar=None), "s1") == "10:00–11:00Talk"

    def test_it_has_the_languages_of_the_event_unless_it_is_a_break(self) -> None:
        talk = wm.Session(id="s1", title=text("Talk"), slot=_slot("10:00", "11:00"))
        pause = evolve(talk, id="s2", kind=wm.SessionKind.BREAK)
        root = page(evolve(programme(1), sessions=(talk, pause)), calendar=None)
        assert item(root, "s1").endswith("Languages: English, French")
        assert "Languages" not in item(root, "s2")

    def test_drafts_are_left_out(self) -> None:
        root = page(event(sessions=(session(status=wm.EventStatus.DRAFT),)))
        assert "session-s-1" not in by_id(root)
        assert "programme" not in by_id(root)


class TestInterpretation:
    """For a dossier, a page shows what is provided, and nothing about who asked for it."""

    def dossier(self, *session_ids: str) -> wm.Dossier:
        request = wm.InterpretationRequest(
            id="i1",
            event_uid="programme@example.org",
            session_ids=frozenset(session_ids),
            requester=wm.Contact(name="Participant 99"),
            organization="Ministry 99",
            service=wm.InterpretationService.SIMULTANEOUS,
            target_languages=frozenset({"ar", "zh"}),
            delivery=wm.AttendanceMode.MIXED,
            note="Reason 99",
            submitted_at=AT,
        )
        captions = evolve(
            request, id="i2", service=wm.InterpretationService.CAPTIONS, target_languages=frozenset({"en"})
        )
        sign = evolve(request, id="i3", service=wm.InterpretationService.SIGN, target_languages=frozenset({"ase"}))
        asked = evolve(request, id="i4", target_languages=frozenset({"ru"}))
        approved = [each.approve(at=AT) for each in (request, captions, sign)]
        return wm.Dossier(event=programme(2), interpretation_requests=(*approved, asked))

    def test_sessions_have_their_languages(self) -> None:
        root = page(self.dossier("s1"))
        said = item(root, "s1")
        for each in (
            "Interpretation: into Arabic, Chinese",
            "Captions: English",
            "Sign language interpretation: American",
        ):
            assert each in said
        assert "Interpretation" not in item(root, "s2")
        assert "99" not in shown(root)
        assert "Russian" not in shown(root)

    def test_a_meeting_in_two_languages_says_from_what_into_what(self) -> None:
        dossier = self.dossier("s1")
        (asked, *_) = dossier.interpretation_requests
        both = evolve(asked, target_languages=frozenset({"ar", "en", "fr"}))
        spoken = evolve(dossier.event.sessions[0], floor_languages=("en", "fr"))
        whole = evolve(dossier.event, sessions=(spoken, *dossier.event.sessions[1:]))
        root = page(evolve(dossier, event=whole, interpretation_requests=(both,)))
        said = "Languages: English, French · Interpretation: English, French (in both directions); into Arabic"
        assert said in item(root, "s1")

    def test_an_event_without_sessions_has_them_itself(self) -> None:
        dossier = self.dossier()
        alone = evolve(dossier, event=evolve(dossier.event, sessions=()))
        assert facts(page(alone))["Interpretation"] == ["into Arabic, Chinese"]

    def test_an_event_alone_has_none(self) -> None:
        assert "Interpretation:" not in shown(page(self.dossier().event))

    def test_a_contact_may_have_no_address(self) -> None:
        desk = wm.Contact(name="Desk 1", phone="+41227305112", roles=frozenset({wm.Role.CONTACT}))
        root = page(event(contacts=(desk,), organizer=None, calls=()))
        assert "Desk 1, +41227305112" in shown(root)


class TestPrivacy:
    """Nobody is named whom calendars and JSON-LD do not name, and speakers have no addresses."""

    def test_speakers_have_no_addresses(self) -> None:
        speaker = contact(roles=frozenset({wm.Role.SPEAKER}))
        other = contact(name="Participant 7", email="p7@example.org", roles=frozenset({wm.Role.SECRETARY}))
        given = event(
            contacts=(contact(name="Desk 1", email="desk1@example.org", phone="+41227305112"), other),
            sessions=(session(people=(speaker,)),),
        )
        written = to_html(given).decode()
        for hidden in (
            "p1@example.org",
            "+41227305111",
            "person-1",
            "Participant 7",
            "p7@example.org",
            "example.org:stream",
        ):
            assert hidden not in written
        for named in ("Desk 1", "desk1@example.org", "+41227305112", "Participant 1, Adviser, Ministry 1"):
            assert named in shown(read(written.encode()))


class TestHead:
    """What browsers and search engines read."""

    def test_nothing_is_loaded_or_run(self) -> None:
        metas = [each.attrib for each in page(event()).iter("meta")]
        (policy,) = [each["content"] for each in metas if "http-equiv" in each]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
        assert not [*page(event()).iter("img")]
        assert "url(" not in to_html(event()).decode()

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, "Theme Long text"),
            ({"theme": None, "description": None}, "Forum"),
            ({"description": text("é" * 200), "theme": None}, "é" * 159 + "…"),
            ({"description": text("e\u0301" * 200), "theme": None}, "e\u0301" * 159 + "…"),
        ],
    )
    def test_a_description_is_short(self, changes: Any, expected: str) -> None:
        metas = {
            each.attrib.get("name"): each.attrib["content"]
            for each in page(event(**changes)).iter("meta")
            if "content" in each.attrib
        }
        assert metas["description"] == expected

    def test_the_description_for_search_engines_has_one_language(self) -> None:
        french = wm.LocalizedText("Données ouvertes", "fr")
        for changes, expected in (
            ({"theme": french}, ("Données ouvertes", "fr")),
            ({"theme": None, "description": french}, ("Données ouvertes", "fr")),
            ({"theme": french, "description": french}, ("Données ouvertes Données ouvertes", "fr")),
            ({"theme": text("Open"), "description": french}, ("Open", None)),
        ):
            (meta,) = (each for each in page(event(**changes)).iter("meta") if each.attrib.get("name") == "description")
            assert (meta.attrib["content"], meta.attrib.get("lang")) == expected

    def test_a_link_to_a_calendar_is_named_after_its_session_in_the_language_of_the_title(self) -> None:
        root = page(event(sessions=(session(title=wm.LocalizedText("Ouverture", "fr")),)))
        (link,) = (each for each in root.iter("a") if each.attrib.get("href") == "session-s-1.ics")
        own, title = (by_id(root)[each] for each in link.attrib["aria-labelledby"].split())
        assert own is link
        assert text_of(title) == "Ouverture"
        assert title[0].attrib["lang"] == "fr"

    def test_other_programs_find_the_calendar(self) -> None:
        (alternate,) = [each.attrib for each in page(event()).iter("link")]
        assert (alternate["rel"], alternate["type"], alternate["href"]) == ("alternate", "text/calendar", "event.ics")
        assert not [*page(event(), calendar=None).iter("link")]
        assert not [*page(event(), calendar="data", stamped=STAMPED).iter("link")]

    def test_the_accent_is_that_of_the_theme(self) -> None:
        assert "#990000" in to_html(event(), theme=Theme(accent="#990000")).decode()


class TestSize:
    """A page of 100 sessions with usual texts has at most 120 kB."""

    def test_a_hundred_sessions(self) -> None:
        for language in languages():
            assert len(to_html(programme(100, days=5), language=language, zone="America/New_York")) <= 120_000

    def test_a_minimal_event_is_small(self) -> None:
        alone = wm.Event(uid="e", title=text("Open evening"), slot=_slot("18:00", "20:00"), venue_to_follow=True)
        root = page(alone, calendar=None)
        assert shown(root) == (
            "Skip to contentOpen eveningDate and timeMonday, 17 May 2027, from 18:00 to 20:00 (UTC+2, Europe/Zurich)"
            "PlaceThe venue will be announced later."
        )
        assert [*links(root)] == ["#main"]


class TestRefusals:
    """Nothing is published that was not announced."""

    @pytest.mark.parametrize(
        "given", [event(status=wm.EventStatus.DRAFT), wm.Dossier(event=event(status=wm.EventStatus.DRAFT))]
    )
    def test_a_draft(self, given: Any) -> None:
        with pytest.raises(wm.ExportError) as refused:
            to_html(given)
        assert [(each.code, each.path) for each in refused.value.findings] == [(wm.Code.EVENT_WITHOUT_SLOT, "/status")]

    @pytest.mark.parametrize(
        ("options", "code", "path"),
        [
            ({"language": "?"}, wm.Code.LANGUAGE_UNKNOWN, "/language"),
            ({"zone": "Geneva"}, wm.Code.ZONE_UNKNOWN, "/zone"),
            ({"calendar": "file"}, wm.Code.VALUE_UNKNOWN, "/calendar"),
            ({"notice": ""}, wm.Code.TEXT_EMPTY, "/notice"),
            ({"stamped": datetime(2026, 1, 1)}, wm.Code.MOMENT_NAIVE, "/stamped"),
        ],
    )
    def test_an_option(self, options: Any, code: wm.Code, path: str) -> None:
        with pytest.raises(wm.InvalidValueError) as refused:
            to_html(event(), **options)
        assert [(each.code, each.path) for each in refused.value.findings] == [(code, path)]

    def test_data_need_a_moment(self) -> None:
        with pytest.raises(wm.ExportError) as refused:
            to_html(event(), calendar="data")
        assert refused.value.findings[0].code == wm.Code.STAMP_MISSING

    def test_other_types(self) -> None:
        refusals: list[tuple[Any, Any, str]] = [
            (session(), {}, "Not a"),
            (event(), {"theme": "#990000"}, "Not a Theme"),
            (event(), {"notice": ["cancelled"]}, "notice must be"),
            (event(), {"alternates": ["fr.html"]}, "alternates must be"),
        ]
        for subject, options, said in refusals:
            with pytest.raises(TypeError, match=said):
                to_html(subject, **options)

    def test_a_page_that_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "MOST_OCTETS", len(to_html(event())))
        to_html(event())
        for most in (len(to_html(event())) - 1, 1000):
            monkeypatch.setattr(writing, "MOST_OCTETS", most)
            with pytest.raises(wm.ExportError) as refused:
                to_html(event())
            assert refused.value.findings[0].code == wm.Code.FEED_TOO_LARGE
