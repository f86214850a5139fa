"""The words of pictures in one language, as the TOML file of its locale has them."""

from collections.abc import Mapping

from msgspec import Struct


class TimetableWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a timetable."""

    title: str
    """Its heading, with the title of the event."""
    description: str
    """How to read it, for people who do not see it."""
    zone: str
    """A note that names the zone of all times."""
    day: str
    time: str
    room: str
    session: str
    seats: str
    status: str
    clashes: str
    no_room: str
    """Instead of a room, for a session that has none of its own."""
    online: str
    """Instead of a room, for a session without a place that people go to."""
    whole_day: str
    """Instead of times."""
    taken_of: str
    """How many seats are taken of those that are offered."""
    same_room: str
    """Before the titles of sessions that are in the same room at the same time."""
    same_person: str
    """Before the titles of sessions that have a speaker in common at the same time."""
    clash: str
    """A sign in words for both."""
    statuses: Mapping[str, str]
    """The word for each `EventStatus`."""


class CoverageWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the picture of who is served in which language."""

    title: str
    """Its heading, with the title of the event."""
    description: str
    """How to read it, for people who do not see it."""
    language: str
    offered: str
    """Heads the column of the channels through which a language reaches anybody."""
    not_offered: str
    """In that column, if there are none."""
    whole_event: str
    """Instead of a session."""
    gaps: str
    """How many of the sessions have people who are not served."""
    no_gaps: str
    nobody: str
    nothing: str
    """Instead of the rows, if there are none."""
    unused: str
    """The meaning of a 0."""
    empty: str
    """The meaning of an empty cell."""
    several: str
    """A note on people who listen in a floor language, and are not served."""
    sessions_only_in_table: str
    languages_only_in_table: str
    channels: Mapping[str, str]
    """The name of each `Channel`, and of the people who named no language."""


class RosterWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the picture of a roster of interpreters."""

    title: str
    """Its heading, with the title of the event."""
    title_of_several: str
    """The same with the number of events."""
    people_description: str
    """How to read the picture by people, for people who do not see it."""
    booths_description: str
    """The same by booths."""
    interpreter: str
    team: str
    missing: str
    """Heads the column of the number of interpreters that are missing, and stands before that number."""
    complete: str
    """Instead of it, if none are missing."""
    nothing: str
    """Instead of the rows, if there are none."""
    unplanned: str
    """A note on sessions whose hours are not known, each with its days."""
    not_heard: str
    """A floor language that does not reach a booth."""
    no_booth: str
    """Instead of the id of a booth, where none is free for simultaneous interpretation."""
    hub: str
    """Instead of a room, for a booth that has none."""
    rows_only_in_table: str
    states: Mapping[str, str]
    """The word for each `AssignmentState` in which somebody works."""


class RegistrationWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the picture of the people who have registered."""

    description: str
    people: str
    total: str
    nobody: str
    too_few: str
    """Instead of all numbers, if even the total is too small."""
    once: str
    """A note, if people are in one group only."""
    overlapping: str
    """A note, if they may be in several."""
    hidden: str
    """A note on the groups that are not shown."""
    others: str
    """The group of all that are not shown."""
    not_stated: str
    whole_event: str
    """Instead of a session, for people who chose none."""
    not_announced: str
    """Instead of the title of a draft session, and of an id that none has."""
    titles: Mapping[str, str]
    """The heading by the `RegistrationDimension`."""
    states: Mapping[str, str]


class PledgeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the picture of pledges."""

    description: str
    numbers_description: str
    """The same of a drawing of how many there are."""
    pledges: str
    numbers: str
    """Its heading."""
    without_amount: str
    estimated: str
    """The part of an amount that is an estimate."""
    undivided: str
    """The part of an amount that is in several rows."""
    repeated: str
    not_added: str
    currencies_only_in_table: str
    rates: str
    """Before the currency and the day of the exchange rates."""
    total: str
    nothing: str
    not_stated: str
    goal: str
    """A Sustainable Development Goal by its number."""
    year: str
    titles: Mapping[str, str]
    """The heading by the `Dimension`."""


class Pictures(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of pictures."""

    as_table: str
    """The heading of a table with the data of a picture."""
    groups_only_in_table: str
    """A note on the groups that are not drawn."""
    timetable: TimetableWords
    coverage: CoverageWords
    roster: RosterWords
    registrations: RegistrationWords
    pledges: PledgeWords
