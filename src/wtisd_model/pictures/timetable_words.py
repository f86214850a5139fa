"""What a timetable says about a session, in words: its time, rooms, languages, seats and clashes."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from wtisd_model.ical.languages import LanguageTexts, language_names, language_texts
from wtisd_model.locales.locale import Locale
from wtisd_model.locales.picture_words import TimetableWords
from wtisd_model.markup.direction import isolate
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.programme import Entry
from wtisd_model.planning.session_languages import SessionLanguages
from wtisd_model.types.language import TaggedText
from wtisd_model.types.slot_words import format_offset, format_slot, format_times

MUTUAL: Final = "⇄"
"""Between languages that are each interpreted into the others."""


class LanguageFacts(NamedTuple):
    """What a timetable says about the languages of an entry."""

    floor: str
    """The languages spoken."""
    services: tuple[str, ...]
    """What is interpreted, which may be empty; then the signed languages and captions, with labels."""
    arrows: tuple[str, ...]
    """The floor languages with arrows to the languages that they are interpreted into; then as `services`."""
    words: str
    """The same in words, a line each with its label, for screen readers."""


class Facts(NamedTuple):
    """What a timetable says about an entry."""

    time: str
    rooms: list[TaggedText]
    where: str
    """The names of the rooms as one text."""
    seats: tuple[str, ...]
    status: str | None
    """None if it takes place."""
    languages: LanguageFacts
    clashes: list[str]
    """Why it clashes with others."""


class Wording:
    """The words about the entries of one day or, for a table, of all days."""

    def __init__(self, locale: Locale, zone: str, entries: Iterable[Entry]) -> None:
        """Prepare the words; times have their offset from UTC if the clocks change between them.

        Args:
            locale: the language.
            zone: the zone of all times.
            entries: those of the day.
        """
        self.locale = locale
        self.words: TimetableWords = locale.pictures.timetable
        self.zone = zone
        self.arrow: str = "←" if locale.direction == "rtl" else "→"
        """Points from the languages spoken to those interpreted into."""
        self._rtl = locale.direction == "rtl"
        self._days: dict[date, str] = {}
        self._languages: dict[SessionLanguages, LanguageFacts] = {}
        timed = [each for each in entries if not each.fills_days]
        # One moment for each offset, since formatting takes longer than comparing.
        moments = {moment.utcoffset(): moment for each in timed for moment in (each.start, each.end)}
        self._offsets = sorted(map(format_offset, moments.values()))
        self.clocks_change: bool = len(self._offsets) > 1

    def zone_note(self) -> str:
        """Return a sentence about the zone of all times."""
        known = self.zone in {"UTC", *self._offsets} or self.clocks_change
        return self.words.zone.format(zone=self.zone if known else f"{self.zone} ({self._offsets[0]})")

    def time(self, entry: Entry, day: date) -> str:
        """Return when an entry takes place, on *day* unless it says another day: "22:00–02:00 (+1)"."""
        if entry.fills_days:
            if entry.slot.whole_days and entry.slot.first_day == entry.slot.last_day == day:
                return self.words.whole_day
            return format_slot(entry.slot, self.locale.dates, self.zone)
        return format_times(entry.start, entry.end, day, self.locale.dates, with_offsets=self.clocks_change)

    def day(self, day: date) -> str:
        """Return a day in words."""
        if day not in self._days:
            self._days[day] = self.locale.dates.format_day(day)
        return self._days[day]

    def facts(self, entry: Entry, day: date) -> Facts:
        """Return the words about an entry on a day."""
        words = self.words
        rooms = [(words.online, self.locale.language) if each is None else each.name for each in entry.rooms]
        reasons = {self.reason(same_room=each.same_room) for each in entry.clashes}
        return Facts(
            time=self.time(entry, day),
            rooms=rooms,
            where=self.locale.comma.join([isolate(name, rtl=self._rtl) for name, _ in rooms]),
            languages=self._language_facts(entry.languages),
            seats=entry.seats,
            status=None if entry.status is EventStatus.SCHEDULED else words.statuses[entry.status],
            clashes=[f"{words.clash}{self.locale.colon}{each}" for each in sorted(reasons)],
        )

    def reason(self, *, same_room: bool) -> str:
        """Return why two sessions clash."""
        return self.words.same_room if same_room else self.words.same_person

    def _language_facts(self, languages: SessionLanguages) -> LanguageFacts:
        if languages not in self._languages:
            texts = language_texts(languages, self.locale)
            others = self._lines(texts._replace(spoken="", interpretation=""))
            self._languages[languages] = LanguageFacts(
                floor=texts.spoken,
                services=(texts.interpretation, *others),
                arrows=(self._arrows(languages), *others),
                words="\n".join(self._lines(texts)),
            )
        return self._languages[languages]

    def _lines(self, texts: LanguageTexts) -> list[str]:
        return [f"{label}{self.locale.colon}{text}" for label, text in texts.labelled(self.locale)]

    def _arrows(self, languages: SessionLanguages) -> str:
        """Return the languages spoken, with arrows to those that they are interpreted into."""
        locale, parts = self.locale, list[str]()
        floor = language_names(languages.floor, locale)
        for each in languages.spoken:
            is_whole = each.sources == languages.floor
            if each.is_mutual:
                shown = f" {MUTUAL} ".join([language_names([tag], locale) for tag in each.sources])
            else:
                before = floor if is_whole else language_names(each.sources, locale)
                shown = f"{before} {self.arrow} {language_names(each.targets, locale)}".lstrip()
            if is_whole:
                floor = shown
            else:
                parts.append(shown)
        return locale.languages.separator.join([each for each in (floor, *parts) if each])
