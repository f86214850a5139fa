"""Dates and times in words."""

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.samples.mails import LANGUAGES
from tests.samples.whole import slot
from wtisd_model import TimeSlot, local_time
from wtisd_model.locales import locale_for
from wtisd_model.programme.times import format_slot, has_same_clocks, last_day_of, slot_and_zone
from wtisd_model.strategies import slots, zones

# Babel writes Arabic months with European digits for this region, as ITU does, and French has "1 janvier" in CLDR.
LOCALES = {"ar": "ar_AE", "de": "de", "en": "en_GB", "es": "es", "fr": "fr", "pt": "pt", "ru": "ru", "zh": "zh"}
A_YEAR = [date(2026, 1, 1) + timedelta(days=each) for each in range(365)]


class TestDays:
    """Unicode CLDR: the full date of each language."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_day_of_a_year_is_written_as_cldr_does(self, language: str) -> None:
        for day in A_YEAR:
            said = format_slot(slot(f"{day}T09:00:00", f"{day}T10:00:00", "UTC"), locale_for(language).dates)
            expected = format_date(day, "full", locale=LOCALES[language])
            if language == "fr" and day.day == 1:
                expected = expected.replace(" 1 ", " 1er ")
            assert said.startswith(expected.replace("\u202f", "\u00a0"))


class TestLastDay:
    """What ends at midnight belongs to the day before."""

    @pytest.mark.parametrize(
        ("end", "zone", "repeated", "day"),
        [
            ("2026-05-18T00:00:00", "Europe/Zurich", None, 17),
            ("2026-05-18T00:00:01", "Europe/Zurich", None, 18),
            # The clocks in Cairo skip midnight.
            ("2026-04-24T01:00:00", "Africa/Cairo", None, 24),
            # On this night in Havana, 00:00 comes twice on one day.
            ("2026-11-01T00:00:00", "America/Havana", "first", 31),
            ("2026-11-01T00:00:00", "America/Havana", "second", 1),
        ],
    )
    def test_an_end_at_midnight_belongs_to_the_day_before(self, end: str, zone: str, repeated: Any, day: int) -> None:
        assert last_day_of(local_time(end, zone, repeated=repeated)).day == day


class TestFormatSlot:
    """From when to when by the clocks of the place, and which clocks these are."""

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("ar", "الأحد، 17 مايو 2026، من الساعة 14:30 إلى الساعة 16:30 (UTC+2, Europe/Zurich)"),
            ("de", "Sonntag, 17. Mai 2026, von 14:30 bis 16:30 Uhr (UTC+2, Europe/Zurich)"),
            ("en", "Sunday, 17 May 2026, from 14:30 to 16:30 (UTC+2, Europe/Zurich)"),
            ("es", "domingo, 17 de mayo de 2026, de 14:30 a 16:30 (UTC+2, Europe/Zurich)"),
            ("fr", "dimanche 17 mai 2026, de 14 h 30 à 16 h 30 (UTC+2, Europe/Zurich)"),
            ("pt", "domingo, 17 de maio de 2026, das 14:30 às 16:30 (UTC+2, Europe/Zurich)"),
            ("ru", "воскресенье, 17 мая 2026 г., с 14:30 до 16:30 (UTC+2, Europe/Zurich)"),
            ("zh", "2026年5月17日星期日 14:30至16:30（UTC+2，Europe/Zurich）"),
        ],
    )
    def test_an_afternoon(self, language: str, said: str) -> None:
        afternoon = slot("2026-05-17T14:30:00", "2026-05-17T16:30:00")
        assert format_slot(afternoon, locale_for(language).dates).replace("\u00a0", " ") == said

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("ar", "من الأحد، 31 مايو 2026، الساعة 09:05، إلى الاثنين، 1 يونيو 2026، الساعة 00:00 (UTC)"),
            ("de", "von Sonntag, 31. Mai 2026, 09:05 Uhr, bis Montag, 1. Juni 2026, 00:00 Uhr (UTC)"),
            ("en", "from Sunday, 31 May 2026, 09:05, to Monday, 1 June 2026, 00:00 (UTC)"),
            ("es", "del domingo, 31 de mayo de 2026, 09:05, al lunes, 1 de junio de 2026, 00:00 (UTC)"),
            ("fr", "du dimanche 31 mai 2026, 9 h 05, au lundi 1er juin 2026, 0 h 00 (UTC)"),
            ("pt", "de domingo, 31 de maio de 2026, 09:05, a segunda-feira, 1 de junho de 2026, 00:00 (UTC)"),
            ("ru", "начало: воскресенье, 31 мая 2026 г., 09:05; окончание: понедельник, 1 июня 2026 г., 00:00 (UTC)"),
            ("zh", "2026年5月31日星期日 09:05至2026年6月1日星期一 00:00 (UTC)"),
        ],
    )
    def test_several_days(self, language: str, said: str) -> None:
        days = slot("2026-05-31T09:05:00", "2026-06-01T00:00:00", "UTC")
        assert format_slot(days, locale_for(language).dates).replace("\u00a0", " ") == said

    @pytest.mark.parametrize(
        ("start", "zone", "offset"),
        [
            ("2026-05-17T14:30:00", "Asia/Kathmandu", "UTC+5:45"),
            ("2026-01-17T14:30:00", "America/St_Johns", "UTC-3:30"),
            ("2026-01-17T14:30:00", "Pacific/Chatham", "UTC+13:45"),
            ("2026-01-17T14:30:00", "Europe/London", "UTC+0"),
            ("1971-01-17T14:30:00", "Africa/Monrovia", "UTC-0:44:30"),
        ],
    )
    def test_how_far_a_zone_is_from_utc(self, start: str, zone: str, offset: str) -> None:
        said = format_slot(slot(start, start.replace("14:30:00", "16:00:00"), zone), locale_for("en").dates)
        assert said.endswith(f" ({offset}, {zone})")

    def test_seconds_are_said_where_there_are_some(self) -> None:
        odd = slot("2026-05-17T14:30:05", "2026-05-17T16:30:00")
        assert "from 14:30:05 to 16:30 " in format_slot(odd, locale_for("en").dates)
        assert "de 14 h 30 min 05 s à 16 h 30 " in format_slot(odd, locale_for("fr").dates).replace("\u00a0", " ")

    def test_over_a_change_of_the_clocks_each_time_says_how_far_it_is_from_utc(self) -> None:
        night = TimeSlot(
            start=local_time("2026-10-25T02:30:00", "Europe/Zurich", repeated="first"),
            end=local_time("2026-10-25T02:30:00", "Europe/Zurich", repeated="second"),
        )
        said = "Sunday, 25 October 2026, from 02:30 (UTC+2) to 02:30 (UTC+1) (Europe/Zurich)"
        assert format_slot(night, locale_for("en").dates) == said

    def test_the_zone_can_be_told_from_the_times(self) -> None:
        dates = locale_for("en").dates
        afternoon = slot("2026-05-17T14:30:00", "2026-05-17T16:30:00")
        assert slot_and_zone(afternoon, dates)[1] == " (UTC+2, Europe/Zurich)"
        assert slot_and_zone(TimeSlot.days("2026-05-17", "2026-05-18", "Europe/Zurich"), dates)[1] == ""

    @LAW
    @given(slots(), zones())
    def test_what_is_said_differs_exactly_where_the_zones_do(self, each: TimeSlot, zone: str) -> None:
        for language in LANGUAGES:
            dates = locale_for(language).dates
            said, again = format_slot(each, dates), format_slot(each, dates, zone)
            assert (said == again) == (zone == each.time_zone or each.whole_days)

    @LAW
    @given(slots(), zones())
    def test_clocks_are_the_same_where_the_zones_are_as_far_from_utc(self, each: TimeSlot, zone: str) -> None:
        """And whole days are the same days everywhere."""
        other = [moment.astimezone(ZoneInfo(zone)) for moment in (each.starts_at, each.ends_at)]
        apart = [moment.utcoffset() for moment in other] == [each.start.utcoffset(), each.end.utcoffset()]
        assert has_same_clocks(each, zone) is (apart or each.whole_days)

    @pytest.mark.parametrize(
        ("language", "one_day", "several"),
        [
            ("ar", "الجمعة، 1 مايو 2026", "من الخميس، 30 أبريل 2026 إلى الجمعة، 1 مايو 2026"),
            ("de", "Freitag, 1. Mai 2026", "von Donnerstag, 30. April 2026, bis Freitag, 1. Mai 2026"),
            ("en", "Friday, 1 May 2026", "from Thursday, 30 April 2026 to Friday, 1 May 2026"),
            ("es", "viernes, 1 de mayo de 2026", "del jueves, 30 de abril de 2026 al viernes, 1 de mayo de 2026"),
            ("fr", "vendredi 1er mai 2026", "du jeudi 30 avril 2026 au vendredi 1er mai 2026"),
            (
                "pt",
                "sexta-feira, 1 de maio de 2026",
                "de quinta-feira, 30 de abril de 2026, a sexta-feira, 1 de maio de 2026",
            ),
            (
                "ru",
                "пятница, 1 мая 2026 г.",
                "начало: четверг, 30 апреля 2026 г.; окончание: пятница, 1 мая 2026 г.",
            ),
            ("zh", "2026年5月1日星期五", "2026年4月30日星期四至2026年5月1日星期五"),
        ],
    )
    def test_whole_days_have_neither_times_nor_a_zone(self, language: str, one_day: str, several: str) -> None:
        dates = locale_for(language).dates
        one, two = (TimeSlot.days(start, "2026-05-02", "Africa/Lagos") for start in ("2026-05-01", "2026-04-30"))
        assert format_slot(one, dates).replace("\u00a0", " ") == one_day
        assert format_slot(two, dates, "Asia/Tokyo").replace("\u00a0", " ") == several

    @LAW
    @given(slots().filter(lambda each: each.whole_days), zones())
    def test_no_time_is_said_of_whole_days(self, each: TimeSlot, zone: str) -> None:
        for language in LANGUAGES:
            assert not re.search(r"\d\d:\d\d|\d.h.\d\d", format_slot(each, locale_for(language).dates, zone))

    def test_at_the_end_of_our_years_other_clocks_show_the_next(self) -> None:
        last = slot("2199-12-31T22:00:00", "2199-12-31T23:00:00", "UTC")
        assert format_slot(last, locale_for("en").dates, "Asia/Tokyo").startswith(
            "Wednesday, 1 January 2200, from 07:00 to 08:00 "
        )
