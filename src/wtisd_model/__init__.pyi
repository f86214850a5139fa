# The public names for type checkers; at run time each is loaded when it is asked for.

from wtisd_model.codes import Code, Nature, Severity
from wtisd_model.columns.csv import to_csv
from wtisd_model.columns.csv_reader import from_csv
from wtisd_model.columns.table import to_columns
from wtisd_model.errors import (
    ExportError,
    InvalidValueError,
    MessageError,
    ModelError,
    MoveError,
    PayloadError,
    RefusedError,
)
from wtisd_model.exports.iati import to_iati
from wtisd_model.exports.vcard import to_vcard
from wtisd_model.findings import Finding
from wtisd_model.ical.feed import to_ical, to_icalendar, to_jcal
from wtisd_model.ical.parser import CalendarLimits
from wtisd_model.ical.read import from_ical, from_jcal
from wtisd_model.importers.indico import from_indico
from wtisd_model.importers.indico_registrations import from_indico_registrations
from wtisd_model.importers.pretix import from_pretix
from wtisd_model.jscalendar.read import from_jscalendar
from wtisd_model.jscalendar.write import to_jscalendar
from wtisd_model.json.encoder import to_json
from wtisd_model.json.form_layout import form_layout
from wtisd_model.json.html_form import clean_form
from wtisd_model.json.limits import Limits
from wtisd_model.json.lines import validate_lines
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.positions import Position, positions
from wtisd_model.json.problem_details import Problem, to_problem
from wtisd_model.json.schema_files import json_schema, openapi_components, schema_validator
from wtisd_model.json.validator import Submission, Validator, from_json, validate
from wtisd_model.jsonld.write import to_jsonld
from wtisd_model.markup.theme import Theme
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm, RequestState, Team
from wtisd_model.model.interpreter import Contract, Interpreter, LanguageLevel, Skill
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.pledge_parts import (
    CountryShare,
    FocusArea,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Report,
    ReportStatus,
    Target,
)
from wtisd_model.model.question import Choice, Condition, Question, QuestionKind
from wtisd_model.model.registration import Entry, ListingConsent, Need, Registration, RegistrationState, Wait
from wtisd_model.model.reply import ParticipationStatus, Reply
from wtisd_model.model.roster import (
    Assignment,
    AssignmentState,
    Booth,
    Load,
    Objectives,
    Relay,
    Roster,
    Shortage,
    ShortageReason,
    Task,
)
from wtisd_model.model.session import EventStatus, Recording, Session, SessionKind
from wtisd_model.model.terms import BoothTeam, Terms, Window
from wtisd_model.page.write import to_html
from wtisd_model.planning.totals import Dimension, Rates, Total, Totals, totals
from wtisd_model.planning.waitlist import promote
from wtisd_model.reading.imported import Attendee, Imported, ImportedRecords
from wtisd_model.reference import wtisd_23
from wtisd_model.rules.check import check, default_roster_rules, default_rules
from wtisd_model.rules.identity import person_key
from wtisd_model.rules.roster import RosterRule
from wtisd_model.rules.rule import Rule
from wtisd_model.schedule.read import from_schedule_json
from wtisd_model.schedule.write import to_schedule_json
from wtisd_model.schedule.write_xml import to_schedule_xml
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.country import CountryGroup, group_members, in_group
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.document import Document, DocumentKind, DocumentReference
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.location import Location, VirtualFeature, VirtualLocation
from wtisd_model.types.money import Money
from wtisd_model.types.own_language import add_language
from wtisd_model.types.people import Contact, Membership, Organization, Role
from wtisd_model.types.provenance import Provenance, ProvenanceKind
from wtisd_model.types.recurrence import occurrences
from wtisd_model.types.series import Series
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import Repeated, local_time
from wtisd_model.types.zones import Zones

__all__ = [
    "Assignment",
    "AssignmentState",
    "AttendanceMode",
    "Attendee",
    "Booth",
    "BoothTeam",
    "CalendarLimits",
    "Call",
    "CallKind",
    "Choice",
    "Code",
    "Condition",
    "Contact",
    "Contract",
    "CountryGroup",
    "CountryShare",
    "Deadline",
    "Dimension",
    "Document",
    "DocumentKind",
    "DocumentReference",
    "Dossier",
    "Entry",
    "Event",
    "EventStatus",
    "ExportError",
    "Finding",
    "FocusArea",
    "Imported",
    "ImportedRecords",
    "InterpretationRequest",
    "InterpretationService",
    "Interpreter",
    "InvalidValueError",
    "LanguageLevel",
    "Limits",
    "ListingConsent",
    "Load",
    "LocalizedText",
    "Location",
    "Membership",
    "MessageError",
    "ModelError",
    "Money",
    "MoveError",
    "Nature",
    "Need",
    "Norm",
    "Objectives",
    "Organization",
    "Outcome",
    "ParticipationMode",
    "ParticipationStatus",
    "PayloadError",
    "Pledge",
    "PledgeKind",
    "PledgeScope",
    "PledgeState",
    "Position",
    "Problem",
    "Provenance",
    "ProvenanceKind",
    "Question",
    "QuestionKind",
    "Rates",
    "Recording",
    "RefusedError",
    "Registration",
    "RegistrationState",
    "Relay",
    "Repeated",
    "Reply",
    "Report",
    "ReportStatus",
    "RequestState",
    "Role",
    "Roster",
    "RosterRule",
    "Rule",
    "Series",
    "Session",
    "SessionKind",
    "Severity",
    "Shortage",
    "ShortageReason",
    "Skill",
    "Submission",
    "Target",
    "Task",
    "Team",
    "Terms",
    "Theme",
    "TimeSlot",
    "Total",
    "Totals",
    "Transition",
    "Validator",
    "VirtualFeature",
    "VirtualLocation",
    "Wait",
    "Window",
    "Zones",
    "add_language",
    "check",
    "clean_form",
    "default_roster_rules",
    "default_rules",
    "form_layout",
    "from_csv",
    "from_ical",
    "from_indico",
    "from_indico_registrations",
    "from_jcal",
    "from_jscalendar",
    "from_json",
    "from_pretix",
    "from_schedule_json",
    "group_members",
    "in_group",
    "json_schema",
    "local_time",
    "occurrences",
    "openapi_components",
    "person_key",
    "positions",
    "promote",
    "schema_validator",
    "to_columns",
    "to_csv",
    "to_html",
    "to_iati",
    "to_ical",
    "to_icalendar",
    "to_jcal",
    "to_jscalendar",
    "to_json",
    "to_jsonld",
    "to_problem",
    "to_schedule_json",
    "to_schedule_xml",
    "to_vcard",
    "totals",
    "validate",
    "validate_lines",
    "wtisd_23",
]

__version__: str
