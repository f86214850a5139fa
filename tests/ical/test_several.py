"""One calendar of several events: each once, in order, with one VTIMEZONE for each zone."""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.expected import expected
from tests.ical.feeds import ANNOUNCED
from tests.ical.readers import READERS
from tests.samples.whole import text
from tests.samples.wtisd import STAMPED
from wtisd_model import (
    Code,
    Dossier,
    Event,
    EventStatus,
    InvalidValueError,
    LocalizedText,
    ModelError,
    Session,
    TimeSlot,
    from_ical,
    from_jcal,
    from_jscalendar,
    to_ical,
    to_icalendar,
    to_jcal,
    to_jscalendar,
)

Given = Event | Dossier | Iterable[Event | Dossier]
Write = Callable[..., bytes]

WRITERS = pytest.mark.parametrize("write", [to_ical, to_jcal, to_jscalendar])
NAME = LocalizedText("Events of the Union", "en", translations={"fr": "Manifestations de l'Union"})
LUNCH = Session(id="lunch", title=text("Lunch"), slot=TimeSlot.at("2027-03-04T12:00", "13:00", "Africa/Lagos"))
FORUM = Event(
    uid="forum@example.org",
    title=text("Forum"),
    slot=TimeSlot.at("2027-03-04T09:00", "17:00", "Africa/Lagos"),
    sessions=[LUNCH],
    venue_to_follow=True,
    url="https://example.org/forum",
    color="navy",
)
SUMMER = TimeSlot.at("2028-08-04T09:00", "17:00", "Europe/Zurich")
LATER = evolve(FORUM, uid="later@example.org", slot=SUMMER, sessions=())
EARLY = evolve(LATER, uid="early@example.org", slot=TimeSlot.at("2026-01-04T09:00", "17:00", "Europe/Zurich"))


def uids(event: Event) -> set[str]:
    """Return the uids of an event and of its announced sessions."""
    return {each.uid for each in expected(event, stamped=STAMPED).entries}


def several() -> st.SearchStrategy[list[Event]]:
    """Draw up to four announced events without a uid in common."""
    return st.lists(ANNOUNCED, min_size=1, max_size=4).filter(
        lambda drawn: sum(len(uids(each)) for each in drawn) == len(set[str]().union(*map(uids, drawn)))
    )


def refusal(call: Callable[[], object]) -> tuple[type[ModelError], list[tuple[str, str]]]:
    """Return the error of a call, with the codes and the paths of its findings."""
    with pytest.raises(ModelError) as caught:
        call()
    return type(caught.value), [(found.code, found.path) for found in caught.value.findings]


class TestLaws:
    """What is read of several events is what is read of each."""

    @LAW
    @given(several(), st.booleans())
    def test_every_reader_finds_each_event_once(self, drawn: list[Event], utc: bool) -> None:
        written = to_ical(drawn, stamped=STAMPED, name=NAME, utc=utc)
        entries = tuple(entry for each in drawn for entry in expected(each, stamped=STAMPED).entries)
        for name, read in READERS.items():
            found = read(written)
            assert (found.entries, found.name.text) == (entries, NAME.text), name
        assert written.count(b"\r\nTZID:") == len(set(written.split(b"\r\nTZID:")[1:]))

    @LAW
    @given(several())
    def test_they_are_read_back_as_from_calendars_of_their_own(self, drawn: list[Event]) -> None:
        ours: list[tuple[Write, Callable[[Any], Any]]] = [
            (to_ical, from_ical),
            (to_jcal, from_jcal),
            (lambda given, stamped: to_jscalendar(given, stamped=stamped, personal=True), from_jscalendar),
        ]
        for write, read in ours:
            alone = [event for each in drawn for event in read(write(each, stamped=STAMPED)).events]
            assert list(read(write(drawn, stamped=STAMPED)).events) == alone

    @given(ANNOUNCED)
    def test_a_list_of_one_is_that_event(self, event: Event) -> None:
        for write in (to_ical, to_jcal, to_jscalendar):
            assert write([event], stamped=STAMPED) == write(event, stamped=STAMPED)


class TestCalendar:
    """RFC 5545 sections 3.4 and 3.6.5, RFC 7986 section 5, RFC 8984 section 2."""

    def test_events_are_in_the_order_in_which_they_are_given(self) -> None:
        given_: list[Event | Dossier] = [LATER, Dossier(event=FORUM), EARLY]
        written = to_ical(iter(given_), stamped=STAMPED)
        found = [event.uid for event in from_ical(written).events]
        assert found == ["later@example.org", "forum@example.org", "early@example.org"]
        assert [written.count(part) for part in (b"BEGIN:VCALENDAR", b"PRODID", b"BEGIN:VEVENT")] == [1, 1, 4]

    def test_one_time_zone_covers_all_years(self) -> None:
        calendar = to_icalendar([LATER, FORUM, EARLY], stamped=STAMPED)
        zones = {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
        assert sorted(zones) == ["Africa/Lagos", "Europe/Zurich"]
        alone = to_icalendar(EARLY, stamped=STAMPED).walk("VTIMEZONE")
        assert [zones["Europe/Zurich"].to_ical()] == [zone.to_ical() for zone in alone]

    def test_a_name_is_said_and_that_of_an_event_is_not_that_of_several(self) -> None:
        head = to_ical([FORUM, LATER], stamped=STAMPED).partition(b"BEGIN:V")[2].partition(b"BEGIN:V")[0]
        assert not [part for part in (b"NAME", b"COLOR", b"URL") if part in head]
        named = to_ical([FORUM, LATER], stamped=STAMPED, name=NAME, language="fr", refresh=timedelta(hours=6))
        assert b"NAME;LANGUAGE=fr:Manifestations de l'Union\r\nX-WR-CALNAME:Manifestations de l'Union\r\n" in named
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in named
        assert b"X-WR-CALNAME:Ours\r\nURL:https://example.org/forum" in to_ical(FORUM, stamped=STAMPED, name="Ours")

    def test_each_entry_has_the_moment_of_its_own_event(self) -> None:
        changed = [evolve(FORUM, updated=STAMPED), evolve(LATER, updated=STAMPED + timedelta(days=1))]
        stamps = [entry["DTSTAMP"].to_ical()[:8] for entry in to_icalendar(changed).walk("VEVENT")]
        assert stamps == [b"20230413", b"20230413", b"20230414"]

    def test_a_group_has_them_all(self) -> None:
        changed = [evolve(FORUM, updated=STAMPED), evolve(LATER, updated=STAMPED + timedelta(days=1))]
        group = json.loads(to_jscalendar(changed, name=NAME, language="fr"))
        assert (group["title"], group["locale"]) == ("Manifestations de l'Union", "fr")
        assert (group["@type"], group["updated"][:10]) == ("Group", "2023-04-14")
        assert [entry["title"] for entry in group["entries"]] == ["Forum", "Lunch", "Forum"]
        assert "title" not in json.loads(to_jscalendar(changed))

    def test_a_named_event_is_a_group_too(self) -> None:
        group = json.loads(to_jscalendar(LATER, stamped=STAMPED, name="Ours"))
        assert (group["@type"], group["title"], group["locale"]) == ("Group", "Ours", "und")
        assert from_jscalendar(group).events == from_jscalendar(to_jscalendar(LATER, stamped=STAMPED)).events


class TestRefusals:
    """A path begins with the index of the event."""

    @WRITERS
    def test_two_with_one_uid(self, write: Write) -> None:
        own = evolve(LATER, sessions=[evolve(LUNCH, slot=SUMMER, uid="lunch.forum@example.org")])
        for given_, path in (
            ([FORUM, LATER, FORUM], "/2/uid"),
            ([FORUM, own], "/1/sessions/0/uid"),
            ([FORUM, evolve(LATER, uid="lunch.forum@example.org")], "/1/uid"),
        ):
            assert refusal(partial(write, given_, stamped=STAMPED))[1] == [(Code.UID_REPEATED, path)]

    @WRITERS
    def test_a_draft(self, write: Write) -> None:
        draft = evolve(LATER, status=EventStatus.DRAFT)
        assert refusal(lambda: write([FORUM, draft], stamped=STAMPED))[1] == [(Code.EVENT_WITHOUT_SLOT, "/1/status")]

    @WRITERS
    def test_one_without_a_stamp(self, write: Write) -> None:
        assert refusal(lambda: write([evolve(FORUM, updated=STAMPED), LATER]))[1] == [(Code.STAMP_MISSING, "/stamped")]

    @WRITERS
    def test_no_event_at_all(self, write: Write) -> None:
        assert refusal(lambda: write([], stamped=STAMPED)) == (InvalidValueError, [(Code.TOO_FEW_ITEMS, "")])

    @WRITERS
    def test_a_name_that_is_none(self, write: Write) -> None:
        found = refusal(lambda: write([FORUM], stamped=STAMPED, name="a\rb"))
        assert found == (InvalidValueError, [(Code.TEXT_CONTROL, "/name")])
        with pytest.raises(TypeError, match=r"^name must be a string or a LocalizedText\.$"):
            write([FORUM], stamped=STAMPED, name=cast("str", 1))

    @WRITERS
    def test_something_else(self, write: Write) -> None:
        for given_ in ("ab", 1, None, [FORUM, LUNCH], {"event": FORUM}, [[FORUM]]):
            with pytest.raises(TypeError, match="Not an Event or a Dossier"):
                write(cast("Given", given_), stamped=STAMPED)
