"""A deadline includes its day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import ZURICH, deadline
from tests.types.moments import MOMENTS, NOT_MOMENTS, ZONE_NAMES
from wtisd_model import Deadline
from wtisd_model.data.zones import ZONES
from wtisd_model.schema.patterns import FIRST_YEAR
from wtisd_model.types.timezone import at_zone, to_utc
from wtisd_model.types.tzif import history_of

LETTER = datetime(2023, 4, 12, 22, tzinfo=UTC)


def dates_at_midnight_changes() -> Iterator[tuple[str, date]]:
    """Yield each day from 1970 to 2040 whose end is within two hours of a clock change, with the zone."""
    for zone in sorted(ZONES):
        onsets = history_of(zone).onsets
        for index in range(1, len(onsets)):
            at = onsets[index].at
            if not 3 * 86400 < at < (2041 - FIRST_YEAR) * 365.25 * 86400:
                continue
            moment = datetime.fromtimestamp(at, UTC)
            before, after = at_zone(moment - timedelta(seconds=1), zone), at_zone(moment, zone)
            if {before.hour, after.hour} & {22, 23, 0, 1} or before.date() != after.date():
                for days in range(-1, (after.date() - before.date()).days + 2):
                    yield zone, (datetime.fromisoformat(before.date().isoformat()) + timedelta(days=days)).date()


class TestDeadline:
    """T05: a deadline day is inclusive and ends at midnight in its own zone."""

    def test_the_twentieth_of_april_in_geneva_closes_at_22_hours_utc(self) -> None:
        closes = deadline().closes_at
        assert to_utc(closes) == datetime(2023, 4, 20, 22, tzinfo=UTC)
        assert closes.timezone_name == ZURICH

    def test_all_of_the_day_is_in_time_and_nothing_after_it(self) -> None:
        assert deadline().is_open(LETTER)
        assert deadline().is_open(datetime(2023, 4, 20, 21, 59, 59, 999_999, tzinfo=UTC))
        assert not deadline().is_open(datetime(2023, 4, 20, 22, tzinfo=UTC))
        assert not deadline().is_open(deadline().closes_at)

    @pytest.mark.slow
    def test_it_closes_exactly_when_its_day_is_over_for_good_at_every_change_near_midnight(self) -> None:
        tried = 0
        for zone, day in dates_at_midnight_changes():
            closes = to_utc(Deadline(date=day, time_zone=zone).closes_at)
            clock, tried = ZoneInfo(zone), tried + 1
            assert (closes - timedelta(seconds=1)).astimezone(clock).date() <= day, (zone, day)
            for minutes in (0, 1, 60, 119):
                assert (closes + timedelta(minutes=minutes)).astimezone(clock).date() > day, (zone, day)
        assert tried > 5000

    @LAW
    @given(ZONE_NAMES, st.dates(date(1970, 1, 1), date(2199, 12, 31)))
    def test_it_closes_when_its_day_is_over_on_any_other_day(self, zone: str, day: date) -> None:
        closes = to_utc(Deadline(date=day, time_zone=zone).closes_at)
        assert (closes - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() <= day
        assert closes.astimezone(ZoneInfo(zone)).date() > day

    def test_it_returns_the_time_left(self) -> None:
        assert deadline().remaining(LETTER) == pendulum.duration(days=8)
        late = datetime(2023, 4, 20, 22, 0, 0, 1, tzinfo=UTC)
        assert deadline().remaining(late) == pendulum.duration(microseconds=-1)
        assert not deadline().remaining(deadline().closes_at)

    @given(ZONE_NAMES, MOMENTS)
    def test_the_remaining_time_is_the_difference(self, zone: str, moment: datetime) -> None:
        last = Deadline(date=date(2199, 12, 31), time_zone=zone)
        assert last.remaining(moment).as_timedelta() == to_utc(last.closes_at) - moment

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", "1 week 1 day"),
            ("fr", "1 semaine 1 jour"),
            ("fr-CH", "1 semaine 1 jour"),
            ("de", "1 Woche 1 Tag"),
            ("es", "1 semana 1 día"),
            ("pt", "1 semana 1 dia"),
            ("pt-PT", "1 semana 1 dia"),
            ("ru", "1 неделя 1 день"),
            ("pt-BR", "1 semana 1 dia"),
            ("zh-Hans-CN", "1周 1天"),
            ("ar", "1 week 1 day"),
            ("ase", "1 week 1 day"),
            ("haw-US", "1 week 1 day"),
        ],
    )
    def test_it_returns_the_time_left_in_words(self, language: str, words: str) -> None:
        assert deadline().remaining_in_words(LETTER, language) == words

    def test_the_words_are_english_by_default_whatever_locale_pendulum_has(self) -> None:
        assert deadline().remaining_in_words(LETTER + timedelta(hours=10)) == "1 week 14 hours"
        assert deadline().remaining_in_words(deadline().closes_at.add(hours=2)) == "-2 hours"
        pendulum.set_locale("fr")
        try:
            assert (
                deadline().remaining_in_words(LETTER, "ar") == deadline().remaining_in_words(LETTER) == "1 week 1 day"
            )
        finally:
            pendulum.set_locale("en")

    @pytest.mark.parametrize(
        "language",
        ["", "EN", "en_US", "fr-ch", "../locales/fr", "__pycache__", "\0", "x" * 5000, "en\n"],
    )
    def test_a_malformed_tag_is_refused(self, language: str) -> None:
        assert refused(lambda: deadline().remaining_in_words(LETTER, language)) == ("language-unknown", "/language")

    @pytest.mark.parametrize("language", [None, 5, b"en", ["en"]])
    def test_a_language_is_named_by_a_text(self, language: str) -> None:
        assert refused(lambda: deadline().remaining_in_words(LETTER, language)) == ("wrong-type", "/language")

    @pytest.mark.parametrize(("moment", "code"), NOT_MOMENTS)
    def test_a_value_that_is_not_an_aware_datetime_is_refused(self, moment: datetime, code: str) -> None:
        assert refused(lambda: deadline().is_open(moment)) == (code, "/at")
        assert refused(lambda: deadline().remaining(moment)) == (code, "/at")
        assert refused(lambda: deadline().remaining_in_words(moment)) == (code, "/at")

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"time_zone": "CEST"}, "zone-unknown", "/timeZone"),
            ({"date": date(1969, 12, 31)}, "date-unreadable", "/date"),
            ({"date": LETTER}, "wrong-type", "/date"),
        ],
    )
    def test_it_is_a_day_in_a_zone(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: deadline(**changes)) == (code, path)
