"""The words and the plural rules of one language, as its TOML file has them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from wtisd_model.locales import BorrowedWord, locale_for, marked
from wtisd_model.locales.picture_words import Pictures


class PluralForms(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence in several forms, chosen by one of the numbers in it."""

    count: str
    """Name of the placeholder whose number chooses the form."""
    other: str
    none: str | None = None
    """Used instead of every other form when the number is 0, in any language."""
    zero: str | None = None
    one: str | None = None
    two: str | None = None
    few: str | None = None
    many: str | None = None


Sentence = str | PluralForms
"""A sentence with placeholders: ``"More than {maximum} bytes."``"""


class Dates(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes dates and times."""

    weekdays: tuple[str, str, str, str, str, str, str]
    """From Monday on."""
    months: tuple[str, ...]
    """From January on, in the form that follows a day."""
    day: str
    first_of_month: str
    """The number of the first day of a month: French has ``1er``."""
    time: str
    time_with_seconds: str
    moment: str
    """A day and a time."""
    one_day: str
    """From a start to an end on the same day."""
    several_days: str
    """From a start to an end on another day."""
    whole_days: str
    """From a first to a last day, both included, without times."""
    zone: str
    """Follows a time: its offset from UTC and the name of its zone."""

    @property
    def unbroken(self) -> "Dates":
        """The same, with no-break spaces from the number of a day to its year."""
        before, number, after = self.day.partition("{day}")
        return replace(self, day=marked(before + number + after.replace(" ", "\N{NO-BREAK SPACE}"), self.day))

    def format_day(self, day: date) -> str:
        """Return a day with its weekday, as "Wednesday, 17 May 2023"."""
        number = (self.first_of_month if day.day == 1 else "{day}").format(day=day.day)
        weekday, month = self.weekdays[day.weekday()], self.months[day.month - 1]
        said = self.day.format(weekday=weekday, day=number, month=month, year=day.year)
        return marked(said, month)

    def format_time(self, moment: datetime) -> str:
        """Return the time that the clocks of the zone of *moment* show."""
        template = self.time_with_seconds if moment.second else self.time
        return template.format(hour=moment.hour, minute=moment.minute, second=moment.second)

    def format_moment(self, moment: datetime) -> str:
        """Return the day and the time that the clocks of the zone of *moment* show."""
        return self.moment.format(day=self.format_day(moment), time=self.format_time(moment))


class Durations(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes lengths of time, such as "1 hour 30 minutes"."""

    separator: str
    """Between the parts, with its blanks."""
    day: Sentence
    hour: Sentence
    minute: Sentence


class Numbers(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes numbers (Unicode CLDR); the digits are the Western ones in all of them."""

    group: str
    """Separates the thousands."""
    decimal: str
    """Separates the decimals."""
    minimum_grouping_digits: int
    """How many digits a number has at least before its first separator: Spanish does not group 1000."""
    minus: str
    """In Arabic with a mark that keeps it to the left of the digits."""
    money: str
    """An amount and its currency, joined by a no-break space."""

    def format(self, number: int | Decimal) -> str:
        """Return a number with all of its decimals: "1,250.50"."""
        whole, _, decimals = f"{Decimal(number).copy_abs():,f}".partition(".")
        digits = whole.replace(",", "")
        if len(digits) >= len("000") + self.minimum_grouping_digits:
            digits = whole.replace(",", self.group)
        sign = self.minus if number < 0 else ""
        return f"{sign}{digits}{self.decimal}{decimals}" if decimals else f"{sign}{digits}"

    def format_money(self, amount: Decimal, currency: str) -> str:
        """Return an amount with all of its decimals, and the code of its currency: "CHF 1,250.50"."""
        return self.money.format(amount=self.format(amount), currency=currency)


class Labels(Struct, frozen=True, forbid_unknown_fields=True):
    """The label of each fact in a mail."""

    part_of: str
    """The event that a session belongs to."""
    when: str
    date: str
    """Instead of *when*, before whole days."""
    proposed_time: str
    previous_time: str
    """The time before a change, or the time that a proposal would replace."""
    new_time: str
    planned_time: str
    """The time of what does not take place then."""
    new_duration: str
    duration_before: str
    """A new duration and the previous one."""
    local_time: str
    """The same time in the reader's zone."""
    place: str
    previous_place: str
    new_place: str
    planned_place: str
    """The place of what does not take place."""
    venue_to_follow: str
    """A sentence in place of the location, also in calendars."""
    remote_participation: str
    """The links for remote participants; also the name of a link without one in a calendar."""
    join: str
    """On the button to a link without a name, in a mail in HTML."""
    organizer: str
    page: str
    """The web address."""
    follows: str
    """The document that a document follows up on, in calendars and on pages, as is *addressees*."""
    addressees: str
    """The membership categories that it is addressed to."""
    comment: str
    now_before: str
    """What holds of a session now and what held before, after a label."""
    added: str
    """A sentence about a session, as is *new_link*."""
    new_link: str
    chosen_by: str
    """Those who chose a session, where several people share a mailbox."""
    decision: str
    """The reason that the office gives to the person."""


class Steps(Struct, frozen=True, forbid_unknown_fields=True):
    """What the reader of a mail can do."""

    answer: str
    """A heading, as are the next one and *remove*."""
    answer_again: str
    how_to_answer: str
    or_write: str
    """Before the organizer's address, as is *ask*."""
    remove: str
    how_to_remove: str
    ask: str
    attachment: str
    """A sentence about the attached file, if there is nothing to do."""
    registration: str
    """A heading."""
    change: str
    """On the button to the page of the registration."""
    write_to_change: str
    """Before the organizer's address; *or_write_to_change* if an answer is asked for as well."""
    or_write_to_change: str


class LanguageWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words about the languages spoken at a session, and those interpreted into."""

    spoken: str
    interpretation: str
    both_ways: str
    """Two languages, each interpreted into the other."""
    all_ways: str
    """More languages, each interpreted into the others."""
    into: str
    """The languages that all that is spoken is interpreted into."""
    from_into: str
    """The same from some languages only."""
    separator: str
    """Between such parts, with its blanks."""


class ProgrammeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words about the sessions that the reader chose."""

    heading: str
    awaited: str
    """Beside a session in which the reader waits for a seat."""
    nothing_left: str
    """A sentence for people who chose sessions, none of which takes place any more."""


class InterpretingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words about the work of an interpreter in a session."""

    in_booth: str
    """The booth by the language that they work into, behind the title of the session; its room may follow."""
    booth: str
    """The label of a booth, as are those that follow."""
    task: str
    team: str
    """The others of the team."""
    relay: str
    """The floor languages that come through another booth."""
    through: str
    """One of these, and the language in which they hear it."""
    answer_by: str
    """When the offer ends; a moment and its zone follow."""
    sentences: Mapping[str, str]
    """The first sentence of a mail about a session, where it is another one than for those who take part."""
    tasks: Mapping[str, str]
    """The name of each `Task`."""


class PageWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the web page of an event."""

    skip: str
    """A link at the top, for people who use a keyboard."""
    other_languages: str
    """The label of the links to the same page in other languages."""
    only_in: str
    """A note about a description that is in another language than the page."""
    programme: str
    take_part: str
    """The heading of the calls and of the links for remote participants."""
    register: str
    """A link to the address where people register."""
    documents: str
    contact: str
    audience: str
    """The label of the membership categories that it is addressed to."""
    track: str
    """The label of a strand of the programme."""
    map: str
    calendar: str
    """A link to a calendar file."""
    local_time: str
    """A day, and the town or the time zone in whose local time it ends."""
    updated: str
    only_if: str
    """The label of the choices with which a question of a form is asked."""
    required: str
    """Follows the label of a field of a form."""
    send: str
    """On the button of a form other than that of registrations."""
    recordings: Mapping[str, str]
    """A sentence for each `Recording`."""


class Locale(Struct, frozen=True, forbid_unknown_fields=True):
    """All words of one language."""

    language: str
    """BCP 47 tag, which is the name of the file."""
    direction: Literal["ltr", "rtl"]
    colon: str
    """Separates a label from its value."""
    comma: str
    """Separates the items of a list."""
    plurals: Mapping[str, str]
    """The CLDR rule of each plural category but ``other``, for whole numbers: ``n % 10 = 1 and n % 100 != 11``."""
    dates: Dates
    durations: Durations
    numbers: Numbers
    labels: Labels
    steps: Steps
    subjects: Mapping[str, str]
    """The subject of a mail by its occasion: a `Reason`, a participation status, or ``postponed``."""
    event: Mapping[str, str]
    """The first sentence of a mail about an event, by occasion; of a change also by what changed."""
    session: Mapping[str, str]
    """The same about a session; what only letters say, which are about events, is not among them."""
    participation: Mapping[str, str]
    """How to take part, for people who have not registered: the label of each `CallKind`, and what follows it."""
    documents: Mapping[str, str]
    """The name of a document without a title, by its `DocumentKind`."""
    languages: LanguageWords
    programme: ProgrammeWords
    sessions: Mapping[str, str]
    """The category of a session in calendars, by its `SessionKind`."""
    person: Mapping[str, str]
    """The first sentence of a mail about a message that a person (``{who}``) sent, by occasion."""
    fields: Mapping[str, str]
    """The title of each field of a form by its JSON key, with the name of the class before it where keys differ."""
    hints: Mapping[str, str]
    """How to fill in a field, by its key, or an answer, by the `QuestionKind`."""
    choices: Mapping[str, Mapping[str, str]]
    """The label of each value of an enum by the key of the field, and of yes and no under ``boolean``."""
    seats: Mapping[str, str]
    """How a form says that no seat is left: ``full``, ``waiting`` with a waitlist, and ``noted`` behind a title."""
    interpreting: InterpretingWords
    """What an interpreter is told of a session."""
    roster: Mapping[str, str]
    """What a proposal of a roster says: of a `Shortage`, with each `ShortageReason`, and of its values."""
    pictures: Pictures
    """The words of pictures and of their tables."""
    page: PageWords
    """The words of the web page of an event."""

    def borrowed_in_forms(self) -> dict[str, str]:
        """Return the borrowed words that the schema of a form repeats, each with its language."""
        tables = (self.participation, self.fields, self.hints, *self.choices.values())
        words = (word for table in tables for word in table.values())
        return {str(word): word.language for word in words if isinstance(word, BorrowedWord)}

    def plural_category(self, n: int) -> str:
        """Return the CLDR plural category of a whole number: zero, one, two, few, many or other.

        Source: Unicode Technical Standard 35, part 3, section 5, "Language Plural Rules".
        """
        for category, rule in self.plurals.items():
            if any(all(_holds(each, n) for each in part.split(" and ")) for part in rule.split(" or ")):
                return category
        return "other"

    def format(self, sentence: Sentence, values: Mapping[str, str | int]) -> str:
        """Return a sentence with its placeholders filled, in the plural form that its number asks for."""
        if isinstance(sentence, PluralForms):
            count = values[sentence.count]
            n = count if isinstance(count, int) else -1  # a language of one's own may count what is no number
            rules = locale_for(sentence.other.language) if isinstance(sentence.other, BorrowedWord) else self
            form: str | None = getattr(sentence, rules.plural_category(n))
            if n == 0 and sentence.none is not None:
                form = sentence.none
            sentence = form or sentence.other
        return sentence.format_map(values)

    def format_duration(self, minutes: int) -> str:
        """Return a length of time in words: "1 hour 30 minutes"."""
        units = ((self.durations.day, 1440), (self.durations.hour, 60), (self.durations.minute, 1))
        parts: list[str] = []
        for sentence, length in units:
            count, minutes = divmod(minutes, length)
            if count or (length == 1 and not parts):
                parts.append(self.format(sentence, {"n": count}))
        return self.durations.separator.join(parts)


def _holds(relation: str, n: int) -> bool:
    """Evaluate a relation of CLDR's plural rules: ``n % 100 != 11..14,21``."""
    operand, operator, ranges = relation.rsplit(" ", 2)
    modulus = operand.partition(" % ")[2]
    value = n % int(modulus) if modulus else n
    ends = (each.partition("..") for each in ranges.split(","))
    return any(int(first) <= value <= int(last or first) for first, _, last in ends) == (operator == "=")
