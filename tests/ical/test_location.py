"""Locations as components, on request, and in words."""

from decimal import Decimal

import pytest

from tests.ical.evaluator import decoded_text
from tests.ical.strict_reader import Component, parsed
from tests.samples.whole import text
from tests.samples.wtisd import event, session
from wtisd_model import Event, Location, from_ical, to_ical
from wtisd_model.locales import locale_for
from wtisd_model.model.places import Places
from wtisd_model.programme.places import where_in_words

HALL = Location(
    name=text("Hall", fr="Salle"),
    address="Place des Nations",
    locality="Geneva",
    country="CH",
    latitude=Decimal("46.2"),
    longitude=Decimal("6.1"),
)
ROOM = Location(name=text("Hall"), room="Room B", locality="Geneva", country="CH")


def vlocations(whole: Event, number: int, language: str | None = None) -> list[Component]:
    entries = parsed(to_ical(whole, language=language, structured=True)).inside
    entry = [each for each in entries if each.name == "VEVENT"][number]
    return [each for each in entry.inside if each.name == "VLOCATION"]


class TestVLocation:
    """RFC 9073 section 7.2: UID is required; a room has no calendar address, so it is no ATTENDEE."""

    WHOLE = event(locations=(HALL, ROOM), sessions=(session(), session("b", locations=(ROOM,))))

    def test_each_location_is_one_of_its_own(self) -> None:
        hall, room = vlocations(self.WHOLE, 0)
        assert decoded_text(hall.one("NAME").value) == "Hall"
        assert decoded_text(hall.one("DESCRIPTION").value) == "Hall, Place des Nations, Geneva"
        assert hall.one("GEO").value == "46.2;6.1"
        assert decoded_text(room.one("NAME").value) == "Room B"
        assert room.maybe("GEO") is None
        assert hall.one("UID").value != room.one("UID").value

    def test_a_session_has_those_where_it_takes_place(self) -> None:
        assert [len(vlocations(self.WHOLE, number)) for number in range(3)] == [2, 2, 1]

    def test_its_name_is_in_the_language_of_the_reader(self) -> None:
        name = vlocations(self.WHOLE, 0, "fr")[0].one("NAME")
        assert (decoded_text(name.value), name.parameters) == ("Salle", {"LANGUAGE": "fr"})

    def test_only_on_request_since_some_programs_misread_it(self) -> None:
        assert b"VLOCATION" not in to_ical(self.WHOLE)

    def test_a_file_with_it_is_read_as_without_it(self) -> None:
        with_it, without = (from_ical(to_ical(self.WHOLE, structured=each)) for each in (True, False))
        assert {each.code for each in with_it.findings} == {each.code for each in without.findings}
        assert with_it.events == without.events


class TestWhere:
    """A place in a mail has the commas of its language, and parts that run the other way do not mix with the rest."""

    @staticmethod
    def where(language: str, *locations: Location) -> list[str]:
        places = Places(locations, (), venue_to_follow=False)
        return [text for text, _ in where_in_words(places, language, locale_for(language))]

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("ar", "Hall، Room B، Geneva، \u2068سويسرا\u2069"),
            ("en", "Hall, Room B, Geneva, Switzerland"),
            ("fr", "Hall, Room B, Geneva, Suisse"),
            ("zh", "Hall、Room B、Geneva、瑞士"),
        ],
    )
    def test_its_parts_are_listed_as_on_the_page(self, language: str, text: str) -> None:
        assert self.where(language, ROOM) == [text]

    def test_what_is_not_known_of_it_is_left_out(self) -> None:
        assert self.where("fr", Location(name=text("Room 4"))) == ["Room 4"]
        assert self.where("fr", Location(name=text("Hall"), country="CH")) == ["Hall, Suisse"]

    def test_a_part_that_runs_the_other_way_is_isolated(self) -> None:
        hall = Location(name=text("Hall", ar="القاعة"), room="Lab 2", locality="Lagos", country="NG")
        assert self.where("ar", hall) == ["القاعة، \u2068Lab 2\u2069، \u2068Lagos\u2069، نيجيريا"]
        assert self.where("fr", hall) == ["Hall, Lab 2, Lagos, Nigeria"]

    def test_calendars_have_the_same_commas_in_every_language(self) -> None:
        assert b"LOCATION;LANGUAGE=en:Hall\\, Room B\\, Geneva" in to_ical(event(locations=(ROOM,)), language="ar")
