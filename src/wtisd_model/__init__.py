"""A typed model of public events, from a payload to iCalendar and JSON."""

from wtisd_model.codes import Code, Nature, Severity
from wtisd_model.export.ical.feed import to_ical
from wtisd_model.export.json import to_json
from wtisd_model.findings import (
    ExportError,
    Finding,
    InvalidValueError,
    MessageError,
    ModelError,
    MoveError,
    PayloadError,
)
from wtisd_model.model.answer import Answer, ParticipationStatus
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm, RequestState, Team
from wtisd_model.model.pledge import (
    CountryGroup,
    CountryShare,
    FocusArea,
    Pledge,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Report,
    Target,
)
from wtisd_model.model.registration import (
    ListingConsent,
    Need,
    Registration,
    RegistrationState,
)
from wtisd_model.model.session import EventStatus, Session, SessionKind
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.lines import validate_lines
from wtisd_model.payload.outcome import Outcome
from wtisd_model.payload.problem import Problem, to_problem
from wtisd_model.payload.schema import json_schema, schema_validator
from wtisd_model.payload.validator import Validator, from_json, validate
from wtisd_model.planning.waitlist import promote
from wtisd_model.reference.wtisd_23 import wtisd_23
from wtisd_model.rules.check import RULES, Rule, check
from wtisd_model.values.attendance import AttendanceMode, ParticipationMode
from wtisd_model.values.document import Document, DocumentKind, DocumentReference
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.lifecycle import Transition
from wtisd_model.values.location import Location, VirtualFeature, VirtualLocation
from wtisd_model.values.money import Money
from wtisd_model.values.people import Contact, Membership, Organization, Role
from wtisd_model.values.timeslot import Deadline, TimeSlot
from wtisd_model.values.zones import Repeated, local_time

__all__ = [
    "RULES",
    "Answer",
    "AttendanceMode",
    "Call",
    "CallKind",
    "Code",
    "Contact",
    "CountryGroup",
    "CountryShare",
    "Deadline",
    "Document",
    "DocumentKind",
    "DocumentReference",
    "Dossier",
    "Event",
    "EventStatus",
    "ExportError",
    "Finding",
    "FocusArea",
    "InterpretationRequest",
    "InterpretationService",
    "InvalidValueError",
    "Limits",
    "ListingConsent",
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
    "Organization",
    "Outcome",
    "ParticipationMode",
    "ParticipationStatus",
    "PayloadError",
    "Pledge",
    "PledgeKind",
    "PledgeScope",
    "PledgeState",
    "Problem",
    "Registration",
    "RegistrationState",
    "Repeated",
    "Report",
    "RequestState",
    "Role",
    "Rule",
    "Session",
    "SessionKind",
    "Severity",
    "Target",
    "Team",
    "TimeSlot",
    "Transition",
    "Validator",
    "VirtualFeature",
    "VirtualLocation",
    "check",
    "from_json",
    "json_schema",
    "local_time",
    "promote",
    "schema_validator",
    "to_ical",
    "to_json",
    "to_problem",
    "validate",
    "validate_lines",
    "wtisd_23",
]
