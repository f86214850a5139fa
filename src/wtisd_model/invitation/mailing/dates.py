"""When something is, in words: weekday, day, month, clock and zone, in the six languages of the United Nations."""

# ruff: noqa: RUF001 - Cyrillic and Chinese text is made of letters that look like others

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from attrs import frozen
from pendulum import DateTime

from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, zone_of


@frozen(kw_only=True)
class Dates:
    """How a language writes dates and times; names and order are those of Unicode CLDR, Gregorian calendar."""

    weekdays: tuple[str, ...]
    """From Monday on."""
    months: tuple[str, ...]
    """From January on, in the form that follows a day."""
    day: str
    first: str = "{day}"
    """How the first day of a month is written."""
    clock: str = "{hour:02}:{minute:02}"
    clock_with_seconds: str = "{hour:02}:{minute:02}:{second:02}"
    one_day: str
    """From a start to an end on the same day."""
    several_days: str
    """From a start to an end on another day."""
    zone: str
    """What stands behind a time: how far it is from UTC, and the name of the zone."""


def in_words(slot: TimeSlot, dates: Dates, zone: str | None = None) -> str:
    """Say from when to when a slot is, and by which clocks: those of the place, or of another *zone* that is known."""
    start, end = _shown(slot, zone)
    first, last = _clock(start, dates), _clock(end, dates)
    if start.utcoffset() != end.utcoffset():
        # On the night when the clocks go back, the end may show an earlier time than the start.
        first, last = f"{first} ({_offset(start)})", f"{last} ({_offset(end)})"
        which = f" ({zone_of(start)})"
    else:
        which = _zone(start, dates)
    if start.date() == end.date():
        return dates.one_day.format(day=_day(start, dates), start=first, end=last) + which
    return dates.several_days.format(first=_day(start, dates), start=first, last=_day(end, dates), end=last) + which


def _shown(slot: TimeSlot, zone: str | None) -> tuple[DateTime, DateTime]:
    """Give the start and the end of a slot as the clocks of a known zone show them, or those of its place."""
    # Not as another slot: at the end of our years, other clocks may show the year after.
    return (slot.start, slot.end) if zone is None else (at_zone(slot.starts_at, zone), at_zone(slot.ends_at, zone))


def same_clocks(slot: TimeSlot, zone: str) -> bool:
    """Tell whether the clocks of a known zone show the same as those of the place."""
    start, end = _shown(slot, zone)
    return slot.start.naive() == start.naive() and slot.end.naive() == end.naive()


def _day(moment: DateTime, dates: Dates) -> str:
    number = (dates.first if moment.day == 1 else "{day}").format(day=moment.day)
    return dates.day.format(
        weekday=dates.weekdays[moment.weekday()],
        day=number,
        month=dates.months[moment.month - 1],
        year=moment.year,
    )


def _clock(moment: DateTime, dates: Dates) -> str:
    form = dates.clock_with_seconds if moment.second else dates.clock
    return form.format(hour=moment.hour, minute=moment.minute, second=moment.second)


def _zone(moment: DateTime, dates: Dates) -> str:
    name = zone_of(moment)
    return " (UTC)" if name == "UTC" else dates.zone.format(offset=_offset(moment), zone=name)


def _offset(moment: DateTime) -> str:
    offset = moment.utcoffset() or timedelta()
    minutes, seconds = divmod(abs(offset).seconds, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if offset < timedelta() else "+"
    # Before 1972 some places were apart from UTC by seconds: Africa/Monrovia.
    rest = f":{minutes:02}:{seconds:02}" if seconds else f":{minutes:02}" if minutes else ""
    return f"UTC{sign}{hours}{rest}"


def _names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_ZONE: Final = " ({offset}, {zone})"

DATES: Final[Mapping[str, Dates]] = {
    "ar": Dates(
        weekdays=_names("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"),
        # The digits are those of the letters of ITU, and the months as most of those who read them say.
        months=_names("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        day="{weekday}، {day} {month} {year}",
        one_day="{day}، من الساعة {start} إلى الساعة {end}",
        several_days="من {first}، الساعة {start}، إلى {last}، الساعة {end}",
        zone=" ({offset}، {zone})",
    ),
    "en": Dates(
        weekdays=_names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        months=_names("January February March April May June July August September October November December"),
        day="{weekday}, {day} {month} {year}",
        one_day="{day}, from {start} to {end}",
        several_days="from {first}, {start}, to {last}, {end}",
        zone=_ZONE,
    ),
    "es": Dates(
        weekdays=_names("lunes martes miércoles jueves viernes sábado domingo"),
        months=_names("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        day="{weekday}, {day} de {month} de {year}",
        one_day="{day}, de {start} a {end}",
        several_days="del {first}, {start}, al {last}, {end}",
        zone=_ZONE,
    ),
    "fr": Dates(
        weekdays=_names("lundi mardi mercredi jeudi vendredi samedi dimanche"),
        months=_names("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        day="{weekday} {day} {month} {year}",
        first="1er",
        # As the reference letter writes it: "de 14 h 30 à 16 h 30".
        clock="{hour}\u00a0h\u00a0{minute:02}",
        clock_with_seconds="{hour}\u00a0h\u00a0{minute:02}\u00a0min\u00a0{second:02}\u00a0s",
        one_day="{day}, de {start} à {end}",
        several_days="du {first}, {start}, au {last}, {end}",
        zone=_ZONE,
    ),
    "ru": Dates(
        weekdays=_names("понедельник вторник среда четверг пятница суббота воскресенье"),
        months=_names("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        day="{weekday}, {day} {month} {year}\u00a0г.",
        one_day="{day}, с {start} до {end}",
        # Two prepositions would ask for other cases of the weekdays.
        several_days="начало: {first}, {start}; окончание: {last}, {end}",
        zone=_ZONE,
    ),
    "zh": Dates(
        weekdays=_names("星期一 星期二 星期三 星期四 星期五 星期六 星期日"),
        months=_names("1 2 3 4 5 6 7 8 9 10 11 12"),
        day="{year}年{month}月{day}日{weekday}",
        one_day="{day} {start}至{end}",
        several_days="{first} {start}至{last} {end}",
        zone="（{offset}，{zone}）",
    ),
}
"""How each language writes dates and times."""
