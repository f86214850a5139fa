"""Calls as users write them: mypy and pyright check this file, and nothing runs it.

A line that a type checker must refuse carries an ignore; both checkers report an ignore that nobody needs.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any, assert_type

import pendulum
from attrs import evolve

import wtisd_model as wm
from wtisd_model import invitation as inv
from wtisd_model import planning
from wtisd_model.planning.results import Counts, Coverage, CoverageRow, SessionNeeds, TeamSize

NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)


def what_is_read_has_the_type_that_was_asked_for(payload: bytes, mapping: wm.Problem) -> None:
    """The class that is passed is the class that comes back."""
    assert_type(wm.from_json(wm.Event, payload), wm.Event)
    assert_type(wm.from_json(wm.Registration, mapping, limits=wm.Limits()), wm.Registration)
    assert_type(wm.person_key(wm.from_json(wm.Registration, payload)), str | None)

    outcome = wm.validate(wm.Pledge, payload, now=NOW, submission=True)
    assert_type(outcome, wm.Outcome[wm.Pledge])
    assert_type(outcome.value, wm.Pledge | None)
    assert_type(outcome.findings, tuple[wm.Finding, ...])
    assert_type(outcome.ok, bool)
    assert_type(wm.Validator(wm.InterpretationRequest)(payload).value, wm.InterpretationRequest | None)

    with Path("pledges.jsonl").open("rb") as stream:
        for each in wm.validate_lines(wm.Pledge, stream, submission=True, now=NOW):
            assert_type(each.value, wm.Pledge | None)
    with closing(wm.validate_lines(wm.Registration, Path("registrations.jsonl.gz"))) as outcomes:
        assert_type(next(outcomes), wm.Outcome[wm.Registration])
    wm.validate_lines(wm.Registration, "{}")
    wm.validate_lines(wm.Registration, b"{}")

    assert_type(wm.json_schema(wm.Dossier), dict[str, Any])
    assert_type(wm.clean_form(wm.Registration, {"mode": ["remote"]}, country="CH"), dict[str, Any])
    assert_type(wm.to_problem(outcome.findings, omitted=outcome.omitted, language="fr"), wm.Problem)
    assert_type(outcome.findings[0].in_language("fr"), wm.Finding)


def what_is_written_is_bytes(event: wm.Event) -> None:
    """Bytes go to files and sockets as they are."""
    assert_type(wm.to_json(event), bytes)
    assert_type(wm.to_ical(event, stamped=NOW, reminders=[pendulum.duration(minutes=15)]), bytes)


def a_mail_is_a_message_of_the_standard_library(message: inv.Message, desk: wm.Organization) -> None:
    """What sends mail takes it as it is."""
    assert_type(inv.mail(message, sender=desk, zone="Africa/Ndjamena", sent=NOW), EmailMessage)
    inv.mail(message, sender="Desk 1 <desk1@example.org>")
    inv.mail(message)  # type: ignore[call-arg] # somebody sends it


def what_is_laid_flat_is_of_the_class_that_was_named(dossier: wm.Dossier, totals: wm.Totals) -> None:
    """A table is written in chunks, and its columns are lists."""
    assert_type(wm.to_csv(wm.Registration, dossier.registrations, delimiter=";"), Iterator[bytes])
    assert_type(wm.to_columns(wm.Pledge, iter(dossier.pledges), personal=True), dict[str, list[Any]])
    wm.to_csv(wm.Total, totals.rows)
    wm.to_csv(wm.Registration, dossier.registrations, delimiter="|")  # type: ignore[arg-type] # no spreadsheet has it


def totals_have_exact_amounts(dossier: wm.Dossier, day: date) -> None:
    """A dimension may be said by its word; what comes out cannot be changed."""
    found = wm.totals(dossier.pledges, by="focus-area", on=day)
    assert_type(found, wm.Totals)
    assert_type(found.by, wm.Dimension)
    assert_type(found.rows, tuple[wm.Total, ...])
    assert_type(found.whole.amounts["USD"], Decimal)
    rates = wm.Rates(into="USD", on=day, per={"EUR": Decimal("1.0838")})
    wm.totals(iter(dossier.pledges), by=wm.Dimension.GROUP, on=day, rates=rates)
    wm.totals(dossier.pledges, by="kind")  # type: ignore[call-arg] # the day is missing
    wm.totals(dossier, by="kind", on=day)  # type: ignore[arg-type] # a dossier is no sequence of pledges
    found.whole.amounts["USD"] = Decimal(1)  # type: ignore[index] # totals are frozen

    assert_type(wm.in_group("TD", "ldc", on=day), bool)
    assert_type(wm.group_members(wm.CountryGroup.SIDS, on=day), frozenset[str])
    assert_type(dossier.pledges[0].report_status(day), wm.ReportStatus | None)
    assert_type(dossier.pledges[0].targets_group("ldc"), bool)


def a_plan_has_types(dossier: wm.Dossier, slot: wm.TimeSlot) -> None:
    """What planning gives is loaded when it is asked for, and typed all the same."""
    assert_type(planning.languages_needed(dossier), tuple[SessionNeeds, ...])
    assert_type(planning.coverage(dossier), Coverage)
    assert_type(planning.coverage(dossier)[0], CoverageRow)
    assert_type(planning.registrations(dossier, by="mode"), Counts[str | None])
    size = planning.team_size(
        source_languages=(), target_languages={"fr"}, slot=slot, service=wm.InterpretationService.SIGN, norm=wm.Norm.UN
    )
    assert_type(size, TeamSize)
    assert_type(size.heads, int | None)
    assert_type(planning.counts(dossier.registrations, lambda each: each.mode), Counts[wm.ParticipationMode])


def a_verb_gives_the_same_class(event: wm.Event, registration: wm.Registration, slot: wm.TimeSlot) -> None:
    """A move makes a new object, and a frozen one cannot be written to."""
    assert_type(registration.approve(at=NOW, by="Participant 1"), wm.Registration)
    assert_type(registration.purged(at=NOW), wm.Registration)
    assert_type(event.reschedule(slot, at=NOW), wm.Event)
    assert_type(evolve(registration, organization=None), wm.Registration)
    assert_type(registration.state, wm.RegistrationState)

    registration.organization = None  # type: ignore[misc] # objects are frozen
    registration.approve(NOW)  # type: ignore[call-arg] # arguments have names


def a_constructor_takes_what_people_have(hall: wm.Location, start: datetime, end: datetime) -> None:
    """Attributes have exact types; an argument may be all that means one thing."""
    slot = wm.TimeSlot(start=start, end=end)
    assert_type(slot.start, pendulum.DateTime)
    assert_type(wm.TimeSlot.at("2027-03-04T09:00", "10:30", "Africa/Lagos", end_repeated="first"), wm.TimeSlot)
    assert_type(wm.TimeSlot.days("2027-03-04", date(2027, 3, 6), "Africa/Lagos").last_day, date)
    assert_type(slot + timedelta(days=7), wm.TimeSlot)
    assert_type(slot - slot.duration, wm.TimeSlot)
    assert_type(wm.LocalizedText("Forum", "en").text, str)
    assert_type(evolve(hall, latitude=6.4225, longitude=3).latitude, Decimal | None)
    title = wm.LocalizedText("Forum", "en")
    session = wm.Session(
        id="s-1", title=title, slot=slot, kind="plenary", locations=[hall], virtual_locations=["https://example.org/tv"]
    )
    assert_type(session.locations, tuple[wm.Location, ...])
    assert_type(session.virtual_locations, tuple[wm.VirtualLocation, ...])
    assert_type(session.kind, wm.SessionKind | None)
    assert_type(session.recording, wm.Recording | None)
    assert_type(session.materials, tuple[wm.Document, ...])

    wm.TimeSlot(start="2027-03-04T09:00", end=end)  # type: ignore[arg-type] # a text has no zone
    wm.TimeSlot.at("2027-03-04T09:00", 90, "Africa/Lagos")  # type: ignore[arg-type] # the end is a time
    wm.LocalizedText("Forum")  # type: ignore[call-arg] # its language is asked for
    wm.Session(id="s-1", title=title, slot=slot, floor_languages="en")  # type: ignore[arg-type] # a text is no tuple of texts
    wm.Session(id="s-1", title=title, slot=slot, floor_languages={"en"})  # type: ignore[arg-type] # which order?
    wm.Session(id="s-1", title=title, slot=slot, kind="Plenary")  # type: ignore[arg-type] # no word of the enum
    wm.Session(id="s-1", title=title, slot=slot, virtual_locations="https://example.org")  # type: ignore[arg-type] # a list
    wm.Contact(name="Participant 1", roles={"speeker"})  # type: ignore[arg-type] # no word of the enum
    wm.Money(amount=19.99, currency="USD")  # type: ignore[arg-type] # no float is exact


def variables_are_taken_as_literals_are(
    halls: list[wm.Location],
    modes: set[wm.ParticipationMode],
    ids: list[str],
    places: list[wm.VirtualLocation],
    kind: str,
    slot: wm.TimeSlot,
) -> None:
    """A list of members is a list of members or words."""
    title = wm.LocalizedText("Forum", "en")
    wm.Session(id="s-1", title=title, slot=slot, locations=halls, virtual_locations=places, kind=wm.SessionKind(kind))
    assert_type(wm.Condition(modes=modes, session_ids=ids).modes, frozenset[wm.ParticipationMode])
    wm.Condition(modes=frozenset(modes), memberships=[wm.Membership.PRESS, "academia"], session_ids=set(ids))

    wm.Session(id="s-1", title=title, slot=slot, kind=kind)  # type: ignore[arg-type] # any text
    wm.Session(id="s-1", title=title, slot=slot, locations=(hall for hall in halls))  # type: ignore[arg-type] # no list


def a_change_is_checked_as_an_argument_is(event: wm.Event, session: wm.Session) -> None:
    """mypy knows the fields behind ``evolve``; pyright does not. Both know those behind ``revised``."""
    assert_type(evolve(event, sessions=[session], status="draft").sessions, tuple[wm.Session, ...])
    assert_type(event.revised(at=NOW, sessions=[session], virtual_locations=["https://example.org/tv"]), wm.Event)
    event.schedule(at=NOW, sessions=[session])

    event.revised(at=NOW, titel="Forum")  # type: ignore[call-arg] # a typo
    event.revised(at=NOW, title="Forum")  # type: ignore[arg-type] # its language is asked for
    event.revised(at=NOW, status="moved")  # type: ignore[arg-type] # no word of the enum
    event.revised(at=NOW, updated=NOW)  # type: ignore[call-arg] # it is computed


def a_constructor_knows_its_fields(start: pendulum.DateTime, end: pendulum.DateTime) -> None:
    """Editors complete the keywords, and checkers see a wrong one."""
    assert_type(wm.TimeSlot(start=start, end=end).duration, pendulum.Duration)
    assert_type(wm.local_time("2023-05-17T14:30:00", "Europe/Zurich", repeated="first"), pendulum.DateTime)
    wm.LocalizedText(text="Emerging technologies", language="en")

    wm.LocalizedText(text=1, language="en")  # type: ignore[arg-type] # a text is a str
    wm.LocalizedText(text="Emerging technologies")  # type: ignore[call-arg] # its language is asked for
    wm.local_time("2023-05-17T14:30:00", "Europe/Zurich", repeated="third")  # type: ignore[arg-type] # there are two


def a_rule_is_a_function(dossier: wm.Dossier) -> None:
    """Users add rules of their own by passing them."""

    def my_rule(dossier: wm.Dossier, now: datetime) -> Iterator[wm.Finding]:
        if dossier.event.created and dossier.event.created > now:
            yield wm.Finding(code="created-in-the-future", message="It is not made yet.", fix="Wait.")

    assert_type(wm.check(dossier, now=NOW, rules=(*wm.default_rules(), my_rule)), tuple[wm.Finding, ...])
    assert_type(wm.promote(dossier, now=NOW), wm.Dossier)

    def no_rule(_dossier: wm.Dossier) -> tuple[wm.Finding, ...]:
        return ()

    wm.check(dossier, now=NOW, rules=[no_rule])  # type: ignore[list-item] # the present moment is missing
    wm.check(dossier)  # type: ignore[call-overload] # so it is here


def a_rule_about_rosters_gets_the_dossiers_too(roster: wm.Roster, dossier: wm.Dossier) -> None:
    """Which rules are called depends on what is checked."""

    def my_rule(roster: wm.Roster, dossiers: Sequence[wm.Dossier], _now: datetime) -> Iterator[wm.Finding]:
        if len(dossiers) > len(roster.assignments):
            yield wm.Finding(code="our-roster-empty", message="Few assignments.", fix="Make more.")

    rules = (*wm.default_roster_rules(), my_rule)
    assert_type(wm.check(roster, dossiers=[dossier], now=NOW, rules=rules), tuple[wm.Finding, ...])
    wm.check(roster, now=NOW, rules=wm.default_rules())  # type: ignore[arg-type] # they are about dossiers
    wm.check(dossier, now=NOW, dossiers=[dossier])  # type: ignore[call-overload] # they are for a roster
