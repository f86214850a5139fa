"""What each field is declared to be, against the bounds of the contract: a second telling, on purpose."""

from collections.abc import Iterator

import attrs
import pytest

from tests.samples.whole import SAMPLES
from wtisd_model.schema.constraints import Constraint, DecimalNumber, Integer, Items, Map, Nested, Pattern, Text
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.schema.json_values import JsonObject
from wtisd_model.types.language import Translations

CLASSES = sorted({type(sample) for sample in SAMPLES}, key=lambda cls: cls.__name__)


def declared() -> Iterator[tuple[str, FieldSpec]]:
    for cls in CLASSES:
        for spec in fields_of(cls):
            if cls.__name__ != "TimeSlot":  # described by WrittenSlot
                yield f"{cls.__name__}.{spec.name}", spec


def innermost(constraint: Constraint) -> Constraint:
    return innermost(constraint.item) if isinstance(constraint, Items) else constraint


DECLARED = dict(declared())


class TestTexts:
    """Bounds: title, name, room 500; long text 10,000; e-mail 254; URI 2,048; language tag 35; id 64; uid 255."""

    LABELS = (
        "Document.symbol",
        "DocumentReference.symbol",
        "Event.short_title",
        "Organization.acronym",
        "Session.code",
        "Terms.name",
    )
    LONG = (
        "Reply.comment",
        "Event.description",
        "InterpretationRequest.note",
        "LocalizedText.text",
        "LocalizedText.translations",
        "Pledge.description",
        "Provenance.note",
        "Question.help",
        "Report.note",
        "Session.description",
        "Transition.note",
        "Transition.reason",
    )
    LINES = (
        "Choice.label",
        "Document.title",
        "DocumentReference.title",
        "Event.keywords",
        "Event.theme",
        "Event.title",
        "Pledge.title",
        "Question.label",
        "Registration.privacy_notice",
        "Series.title",
        "Session.title",
        "Target.text",
        "Terms.source",
    )
    NAMES = (
        "Booth.room",
        "Shortage.room",
        "Contact.job_title",
        "Contact.name",
        "Contact.organization",
        "InterpretationRequest.organization",
        "Interpreter.base",
        "Location.address",
        "Location.locality",
        "Location.name",
        "Location.room",
        "Organization.name",
        "Organization.unit",
        "Registration.organization",
        "Registration.submitted_by",
        "Session.track",
        "Target.unit",
        "Transition.by",
        "VirtualLocation.name",
    )

    def free(self) -> dict[str, Text]:
        found: dict[str, Text] = {}
        for name, spec in DECLARED.items():
            match innermost(spec.constraint):
                case Text() as text:
                    found[name] = text
                case Nested(text=Text() as text) | Map(value=Text() as text):
                    found[name] = text
                case _:
                    pass
        return found

    def test_each_free_text_is_of_one_of_four_kinds(self) -> None:
        kinds = {
            **dict.fromkeys(self.LABELS, (64, False, True)),
            **dict.fromkeys(self.LONG, (10_000, True, False)),
            **dict.fromkeys(self.LINES, (500, False, False)),
            **dict.fromkeys(self.NAMES, (500, False, True)),
        }
        assert {name: (text.maximum, text.lines, text.name) for name, text in self.free().items()} == kinds

    def test_each_fixed_form_has_its_longest(self) -> None:
        longest = {
            "id-malformed": {64},
            "uid-malformed": {255, 320},
            "email-malformed": {254},
            "uri-malformed": {2048},
            "organization-identifier-malformed": {2048},
            "language-unknown": {35},
            "phone-malformed": {16},
            "path-malformed": {255},
            "date-unreadable": {10},
            "time-unreadable": {19},
            "state-unknown": {32},
            "goal-unknown": {5},
        }
        found: dict[str, set[int]] = {}
        for spec in DECLARED.values():
            constraint = innermost(spec.constraint)
            if isinstance(constraint, Pattern):
                found.setdefault(constraint.code, set()).add(constraint.maximum)
        assert found == longest


class TestNumbers:
    """Seats in persons, percent, places on the globe."""

    @pytest.mark.parametrize("kind", [Integer, DecimalNumber])
    def test_each_has_its_bounds(self, kind: type[Integer] | type[DecimalNumber]) -> None:
        seats = Integer(0, 1_000_000)
        heads, minutes, amount = Integer(1, 10), Integer(0, 10_080), Integer(0, 10**12)
        expected = {
            "Call.on_site_capacity": seats,
            "Call.remote_capacity": seats,
            "Question.maximum": Integer(-(2**53 - 1), 2**53 - 1),
            "Question.minimum": Integer(-(2**53 - 1), 2**53 - 1),
            "Event.retention_days": Integer(0, 36_500),
            "Entry.sequence": Integer(0, 2**31 - 1),
            "Reply.sequence": Integer(0, 2**31 - 1),
            "Event.sequence": Integer(0, 2**31 - 1),
            "Event.changed_sequence": Integer(0, 2**31 - 1),
            "Event.minimum_sequence": Integer(0, 2**31 - 1),
            "Session.changed_sequence": Integer(0, 2**31 - 1),
            "Session.on_site_capacity": seats,
            "Session.remote_capacity": seats,
            "InterpretationRequest.listeners": Integer(1, 1_000_000),
            "Location.capacity": seats,
            "Report.percent": Integer(0, 100),
            "Series.edition": Integer(1, 10_000),
            "Team.booths": Integer(0, 100),
            "Team.heads": Integer(1, 1000),
            "Booth.seats": heads,
            "BoothTeam.heads": heads,
            "Terms.heads": heads,
            "Terms.fewest": heads,
            "Terms.alone": minutes,
            "Terms.day": minutes,
            "Terms.night": minutes,
            "Terms.remote_day": minutes,
            "Terms.rest": minutes,
            "Terms.room_change": minutes,
            "Terms.sitting": Integer(15, 1440),
            "Terms.sittings": Integer(0, 20),
            "Terms.travel": minutes,
            "Window.days": Integer(1, 366),
            "Window.sittings": Integer(0, 1000),
            "Assignment.sequence": Integer(0, 2**31 - 1),
            "Assignment.session_sequence": Integer(0, 2**31 - 1),
            "Roster.sequence": Integer(0, 2**31 - 1),
            "Shortage.missing": Integer(1, 1000),
            **dict.fromkeys((name for name in DECLARED if name.startswith("Objectives.")), amount),
            **dict.fromkeys(("Load.minutes", "Load.sittings"), amount),
            **dict.fromkeys(
                (
                    f"Shortage.{name}"
                    for name in ("available", "booths_then", "fewest", "holders", "needed", "needed_then")
                ),
                amount,
            ),
            "CountryShare.share": DecimalNumber(0, 100, digits=3, places=4),
            "Location.latitude": DecimalNumber(-90, 90, digits=2, places=8),
            "Location.longitude": DecimalNumber(-180, 180, digits=3, places=8),
            "Money.amount": DecimalNumber(0, 10**18, digits=18, places=4),
            "Target.number": DecimalNumber(0, 10**15, digits=15, places=4),
        }
        found = {name: repr(spec.constraint) for name, spec in DECLARED.items() if isinstance(spec.constraint, kind)}
        assert found == {
            name: repr(constraint) for name, constraint in expected.items() if isinstance(constraint, kind)
        }


class TestLists:
    """Sessions 5,000; sessionIds 100; people in a session 200; history 1,000; other lists 100."""

    LISTS = {name: spec.constraint for name, spec in DECLARED.items() if isinstance(spec.constraint, Items)}  # noqa: RUF012 - read only

    def test_they_hold_at_most_so_many(self) -> None:
        more = {
            "Call.questions": 200,
            "Dossier.interpretation_requests": 100_000,
            "Dossier.pledges": 100_000,
            "Dossier.registrations": 100_000,
            "Question.choices": 500,
            "Event.history": 1000,
            "Event.sessions": 5000,
            "InterpretationRequest.history": 1000,
            "Pledge.history": 1000,
            "Registration.replies": 1000,
            "Registration.waits": 1000,
            "Registration.entries": 1000,
            "Registration.history": 1000,
            "Session.history": 1000,
            "Session.people": 200,
            "Assignment.history": 1000,
            "Assignment.replies": 1000,
            "Interpreter.available": 1000,
            "Interpreter.languages": 50,
            "Relay.session_ids": 5000,
            "Roster.assignments": 100_000,
            "Roster.booths": 10_000,
            "Roster.interpreters": 10_000,
            "Roster.loads": 10_000,
            "Roster.relays": 100_000,
            "Roster.shortages": 100_000,
            "Roster.unreached": 100_000,
            "Shortage.session_ids": 5000,
            "Terms.booths": 200,
            "Terms.windows": 20,
        }
        assert {
            name: constraint.maximum for name, constraint in self.LISTS.items() if constraint.maximum != 100
        } == more

    def test_three_need_an_item(self) -> None:
        needed = {name: constraint.minimum for name, constraint in self.LISTS.items() if constraint.minimum}
        assert needed == {
            "InterpretationRequest.target_languages": 1,
            "Interpreter.languages": 1,
            "Pledge.focus_areas": 1,
        }

    def test_languages_names_and_sessions_in_an_order_come_once(self) -> None:
        once = {name for name, constraint in self.LISTS.items() if constraint.unique and constraint.container is tuple}
        assert once == {
            "Call.fields",
            "Call.languages",
            "Call.required",
            "Condition.answers",
            "Event.floor_languages",
            "Registration.listening_languages",
            "Session.floor_languages",
            "Relay.session_ids",
            "Shortage.session_ids",
        }

    def test_a_set_never_repeats(self) -> None:
        assert all(constraint.unique for constraint in self.LISTS.values() if constraint.container is frozenset)

    def test_translations_are_a_hundred_at_most(self) -> None:
        constraint = DECLARED["LocalizedText.translations"].constraint
        assert isinstance(constraint, Map)
        assert constraint.maximum == 100


class TestDefaults:
    """What is not said is false, the first state, or nothing."""

    def test_these_fields_have_a_default_value(self) -> None:
        silent: list[object] = [attrs.NOTHING, None, (), frozenset(), Translations(), JsonObject()]
        said = {name: spec.default for name, spec in DECLARED.items() if spec.default not in silent}
        assert said == {
            "Reply.sequence": 0,
            "Call.address_unknown": False,
            "Event.venue_to_follow": False,
            "Call.needs_approval": False,
            "Call.pending_counts": False,
            "Call.waitlist": False,
            "Choice.retired": False,
            "Question.required": False,
            "Question.retired": False,
            "Question.statistical": False,
            "Document.signed": False,
            "Event.sequence": 0,
            "Event.status": "scheduled",
            "InterpretationRequest.state": "requested",
            "Pledge.amount_is_estimate": False,
            "Pledge.public": False,
            "Pledge.state": "submitted",
            "Registration.participation_status": "needs-action",
            "Registration.state": "pending",
            "Session.status": "scheduled",
            "Assignment.sequence": 0,
            "Assignment.service": "simultaneous",
            "Relay.service": "simultaneous",
            "Shortage.service": "simultaneous",
            "Assignment.state": "offered",
            "Assignment.task": "turn",
            "Booth.both_ways": False,
            "Booth.plays_to": "mixed",
            "Booth.seats": 3,
            "BoothTeam.both_ways": False,
            **dict.fromkeys((name for name in DECLARED if name.startswith("Objectives.")), 0),
            "Roster.proven": False,
            "Roster.sequence": 0,
            "Shortage.available": 0,
            "Shortage.booths_then": 0,
            "Shortage.fewest": 0,
            "Shortage.holders": 0,
            "Shortage.needed_then": 0,
            "Terms.fewest": 2,
            "Terms.heads": 2,
            "Terms.rest": 90,
            "Terms.room_change": 0,
            "Terms.sitting": 180,
        }

    def test_optional_fields_are_none_by_default(self) -> None:
        assert all(spec.default is None for spec in DECLARED.values() if spec.optional)

    def test_these_fields_are_required(self) -> None:
        assert {name for name, spec in DECLARED.items() if spec.required} == {
            "Reply.at",
            "Reply.status",
            "Call.kind",
            "Choice.id",
            "Choice.label",
            "CountryShare.country",
            "Deadline.date",
            "Deadline.time_zone",
            "Question.id",
            "Question.kind",
            "Question.label",
            "Document.kind",
            "DocumentReference.kind",
            "Dossier.event",
            "Event.title",
            "Event.uid",
            "InterpretationRequest.delivery",
            "InterpretationRequest.event_uid",
            "InterpretationRequest.id",
            "InterpretationRequest.service",
            "InterpretationRequest.submitted_at",
            "InterpretationRequest.target_languages",
            "LocalizedText.language",
            "LocalizedText.text",
            "Location.name",
            "Money.amount",
            "Money.currency",
            "Organization.name",
            "Pledge.focus_areas",
            "Pledge.id",
            "Pledge.kind",
            "Pledge.pledger",
            "Pledge.scope",
            "Pledge.submitted_at",
            "Pledge.title",
            "Provenance.kind",
            "Provenance.path",
            "Registration.event_uid",
            "Registration.id",
            "Registration.mode",
            "Registration.submitted_at",
            "Report.on",
            "Series.uid",
            "Session.id",
            "Session.slot",
            "Session.title",
            "Target.text",
            "Team.booths",
            "Team.heads",
            "Team.norm",
            "Transition.after",
            "Transition.at",
            "Transition.before",
            "Entry.sequence",
            "Entry.stamped",
            "Entry.uid",
            "Wait.session_id",
            "Wait.since",
            "WrittenSlot.end",
            "WrittenSlot.start",
            "WrittenSlot.time_zone",
            "Assignment.event_uid",
            "Assignment.id",
            "Assignment.interpreter_id",
            "Assignment.language",
            "Booth.id",
            "Booth.language",
            "BoothTeam.heads",
            "BoothTeam.language",
            "Interpreter.id",
            "Interpreter.languages",
            "Load.interpreter_id",
            "Load.minutes",
            "Load.sittings",
            "Relay.event_uid",
            "Relay.floor",
            "Relay.language",
            "Roster.terms",
            "Shortage.event_uid",
            "Shortage.language",
            "Shortage.missing",
            "Shortage.needed",
            "Shortage.reason",
            "Shortage.starts_at",
            "Skill.language",
            "Skill.level",
            "Terms.name",
            "Window.days",
            "Window.sittings",
        }


class TestMarks:
    """CONTRACT: what the office sets (``id``, ``state``, ``history``, ``submittedAt``, ``team``, decisions ...)."""

    def test_the_office_sets_these(self) -> None:
        assert {name for name, spec in DECLARED.items() if spec.office} == {
            "Contact.id",
            "Contact.roles",
            "InterpretationRequest.history",
            "InterpretationRequest.id",
            "InterpretationRequest.interpreters_at",
            "InterpretationRequest.state",
            "InterpretationRequest.purged_at",
            "InterpretationRequest.submitted_at",
            "InterpretationRequest.team",
            "InterpretationRequest.extensions",
            "Pledge.extensions",
            "Registration.extensions",
            "Pledge.history",
            "Pledge.id",
            "Pledge.reports",
            "Pledge.state",
            "Pledge.submitted_at",
            "Registration.entries",
            "Registration.replies",
            "Registration.checked_in_at",
            "Registration.history",
            "Registration.id",
            "Registration.participation_status",
            "Registration.purged_at",
            "Registration.state",
            "Registration.submitted_at",
            "Registration.submitted_by",
            "Registration.waitlisted_at",
            "Registration.waits",
        }

    def test_these_fields_are_absent_only_after_purging(self) -> None:
        assert {name for name, spec in DECLARED.items() if spec.submitted is not None} == {
            "InterpretationRequest.requester",
            "Registration.participant",
        }

    def test_these_fields_are_personal(self) -> None:
        assert {name for name, spec in DECLARED.items() if spec.personal} == {
            "Reply.comment",
            "Reply.delegate",
            "Reply.delegated_to",
            "Contact.email",
            "Contact.id",
            "Contact.job_title",
            "Contact.name",
            "Contact.organization",
            "Contact.phone",
            "InterpretationRequest.filed_by",
            "InterpretationRequest.note",
            "Event.extensions",
            "InterpretationRequest.answers",
            "InterpretationRequest.extensions",
            "Pledge.answers",
            "Pledge.extensions",
            "Registration.answers",
            "Registration.extensions",
            "Session.extensions",
            "InterpretationRequest.organization",
            "InterpretationRequest.requester",
            "Pledge.filed_by",
            "Registration.filed_by",
            "Registration.needs",
            "Registration.organization",
            "Registration.organization_identifier",
            "Registration.participant",
            "Registration.submitted_by",
            "Transition.by",
            "Transition.note",
            "Transition.reason",
            "Interpreter.available",
            "Interpreter.base",
            "Interpreter.contact",
            "Interpreter.cost",
            "Interpreter.extensions",
        }
