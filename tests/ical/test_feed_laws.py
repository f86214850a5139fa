"""Laws of feeds: every reader finds what the event says."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import attrs
import pytest
from hypothesis import event as count
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW, sampled
from tests.ical.expected import expected
from tests.ical.feeds import (
    BRIEF,
    FIELDS,
    HOSTILE,
    Options,
    by_the_front_door,
    event_with,
    feeds,
    line_names,
    past_every_check,
)
from tests.ical.readers import READERS
from tests.ical.strict_reader import strictly
from tests.samples.wtisd import STAMPED, full_event
from wtisd_model import (
    Code,
    Contact,
    Event,
    EventStatus,
    ExportError,
    InvalidValueError,
    LocalizedText,
    Location,
    ModelError,
    Organization,
    Session,
    VirtualLocation,
    to_ical,
)
from wtisd_model.strategies import events, moments


class TestRoundTrip:
    """Issue: "same UTC instants, zone names, texts, people, states"."""

    @LAW
    @given(feeds(), st.booleans())
    def test_what_is_read_back_equals_what_was_written(
        self,
        feed: tuple[Event, Options],
        utc: bool,
    ) -> None:
        event, options = feed
        count(f"sessions: {len(event.sessions)}")
        written = to_ical(event, **options, utc=utc)
        for name, read in READERS.items():
            assert read(written) == expected(event, **options), name

    @given(feeds(), st.booleans())
    def test_equal_input_gives_equal_bytes(
        self,
        feed: tuple[Event, Options],
        utc: bool,
    ) -> None:
        event, options = feed
        again = attrs.evolve(event, keywords=frozenset(sorted(event.keywords, reverse=True)))
        assert to_ical(event, **options, utc=utc) == to_ical(again, **options, utc=utc)

    @given(events(status=EventStatus.DRAFT), moments())
    def test_no_draft_is_written(self, draft: Event, stamped: datetime) -> None:
        with pytest.raises(ExportError) as caught:
            to_ical(draft, stamped=stamped)
        assert [each.code for each in caught.value.findings] == [Code.EVENT_WITHOUT_SLOT]


class TestInjection:
    """Issue: no text in any field "forges a line, breaks a parameter, or is changed silently"."""

    UNCHANGED = tuple(each for each in line_names(to_ical(full_event(), stamped=STAMPED)) if each != "X-WTISD-ID")

    @pytest.mark.slow
    @pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[f"{cls.__name__}.{name}" for cls, name in FIELDS])
    def test_it_comes_back_equal_or_is_refused_by_code(self, cls: type, name: str) -> None:
        for kind, text in HOSTILE.items():
            self.try_out(kind, partial(event_with, cls, name, text, by_the_front_door), InvalidValueError)

    @pytest.mark.slow
    @pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[f"{cls.__name__}.{name}" for cls, name in FIELDS])
    def test_the_writer_stands_where_the_model_has_been_passed_by(self, cls: type, name: str) -> None:
        for kind, text in sampled(BRIEF.items(), desk=2):
            self.try_out(kind, partial(event_with, cls, name, text, past_every_check), ExportError)

    def try_out(self, kind: str, make: Callable[[], Event], refusal: type[ModelError]) -> None:
        try:
            event = make()
            written = to_ical(event, stamped=STAMPED, language="es")
        except refusal as refused:
            self.is_ours(kind, refused)
            return
        names = line_names(written)
        assert names.count("X-WTISD-ID") == sum(each.uid is not None for each in event.sessions), kind
        assert [each for each in names if each != "X-WTISD-ID"] == list(self.UNCHANGED), kind
        assert strictly(written) == expected(event, stamped=STAMPED, language="es"), kind

    def is_ours(self, kind: str, refused: ModelError) -> None:
        (finding,) = refused.findings
        assert isinstance(finding.code, Code), kind
        # As long as any refusal: nothing of the input is in it.
        assert len(str(finding)) < 400, kind
        assert refused.__context__ is None, kind

    def test_every_text_of_an_event_is_tried(self) -> None:
        assert len(FIELDS) > 30
        assert {(Event, "title"), (Session, "title"), (Location, "room"), (Contact, "name")} <= set(FIELDS)
        assert {(VirtualLocation, "name"), (Organization, "name"), (LocalizedText, "language")} <= set(FIELDS)

    def test_a_hostile_text_comes_through_both_ways(self) -> None:
        # Else the two laws above would hold because everything is refused.
        assert b"FORGED" in to_ical(event_with(Event, "title", HOSTILE["quotes"], by_the_front_door), language="es")
        with pytest.raises(InvalidValueError):
            event_with(Event, "title", HOSTILE["line break"], by_the_front_door)
        with pytest.raises(ExportError):
            to_ical(event_with(Event, "title", HOSTILE["line break"], past_every_check))
