"""A typed model of public events, from a payload to iCalendar and JSON."""

from importlib import import_module

__version__ = "0.1.0"

_ROOMS = {
    name: room
    for room, names in {
        "wtisd_model.codes": "Code Nature Severity",
        "wtisd_model.errors": (
            "ExportError InvalidValueError MessageError ModelError MoveError PayloadError RefusedError"
        ),
        "wtisd_model.findings": "Finding",
        "wtisd_model.json.limits": "Limits",
        "wtisd_model.model.call": "Call CallKind",
        "wtisd_model.model.dossier": "Dossier",
        "wtisd_model.model.event": "Event",
        "wtisd_model.model.interpretation": "InterpretationRequest InterpretationService Norm RequestState Team",
        "wtisd_model.model.interpreter": "Contract Interpreter LanguageLevel Skill",
        "wtisd_model.model.pledge": "Pledge",
        "wtisd_model.model.pledge_parts": (
            "CountryShare FocusArea PledgeKind PledgeScope PledgeState Report ReportStatus Target"
        ),
        "wtisd_model.model.question": "Choice Condition Question QuestionKind",
        "wtisd_model.model.registration": "Entry ListingConsent Need Registration RegistrationState Wait",
        "wtisd_model.model.reply": "ParticipationStatus Reply",
        "wtisd_model.model.roster": (
            "Assignment AssignmentState Booth Load Objectives Relay Roster Shortage ShortageReason Task"
        ),
        "wtisd_model.model.session": "EventStatus Recording Session SessionKind",
        "wtisd_model.model.terms": "BoothTeam Terms Window",
        "wtisd_model.types.attendance": "AttendanceMode ParticipationMode",
        "wtisd_model.types.country": "CountryGroup group_members in_group",
        "wtisd_model.types.deadline": "Deadline",
        "wtisd_model.types.document": "Document DocumentKind DocumentReference",
        "wtisd_model.types.language": "LocalizedText",
        "wtisd_model.types.lifecycle": "Transition",
        "wtisd_model.types.location": "Location VirtualFeature VirtualLocation",
        "wtisd_model.types.money": "Money",
        "wtisd_model.types.own_language": "add_language",
        "wtisd_model.types.people": "Contact Membership Organization Role",
        "wtisd_model.types.provenance": "Provenance ProvenanceKind",
        "wtisd_model.types.series": "Series",
        "wtisd_model.types.timeslot": "TimeSlot",
        "wtisd_model.types.timezone": "Repeated local_time",
        "wtisd_model.types.zones": "Zones",
        "wtisd_model.columns.csv": "to_csv",
        "wtisd_model.columns.csv_reader": "from_csv",
        "wtisd_model.columns.table": "to_columns",
        "wtisd_model.exports.iati": "to_iati",
        "wtisd_model.exports.vcard": "to_vcard",
        "wtisd_model.ical.feed": "to_ical to_icalendar to_jcal",
        "wtisd_model.ical.parser": "CalendarLimits",
        "wtisd_model.ical.read": "from_ical from_jcal",
        "wtisd_model.importers.indico": "from_indico",
        "wtisd_model.importers.indico_registrations": "from_indico_registrations",
        "wtisd_model.importers.pretix": "from_pretix",
        "wtisd_model.jscalendar.write": "to_jscalendar",
        "wtisd_model.jscalendar.read": "from_jscalendar",
        "wtisd_model.json.encoder": "to_json",
        "wtisd_model.json.html_form": "clean_form",
        "wtisd_model.json.lines": "validate_lines",
        "wtisd_model.json.outcome": "Outcome",
        "wtisd_model.json.positions": "Position positions",
        "wtisd_model.json.problem_details": "Problem to_problem",
        "wtisd_model.json.form_layout": "form_layout",
        "wtisd_model.json.schema_files": "json_schema openapi_components schema_validator",
        "wtisd_model.json.validator": "Submission Validator from_json validate",
        "wtisd_model.jsonld.write": "to_jsonld",
        "wtisd_model.markup.theme": "Theme",
        "wtisd_model.page.write": "to_html",
        "wtisd_model.planning.totals": "Dimension Rates Total Totals totals",
        "wtisd_model.planning.waitlist": "promote",
        "wtisd_model.reading.imported": "Attendee Imported ImportedRecords",
        "wtisd_model.reference": "wtisd_23",
        "wtisd_model.rules.check": "check default_roster_rules default_rules",
        "wtisd_model.rules.identity": "person_key",
        "wtisd_model.rules.roster": "RosterRule",
        "wtisd_model.rules.rule": "Rule",
        "wtisd_model.schedule.read": "from_schedule_json",
        "wtisd_model.schedule.write": "to_schedule_json",
        "wtisd_model.schedule.write_xml": "to_schedule_xml",
        "wtisd_model.types.recurrence": "occurrences",
    }.items()
    for name in names.split()
}
"""Where each public name is: a program loads what it uses."""

# Why: docs/decisions/0041. Type checkers read the stub beside this file, which lists the names.
__all__ = sorted(_ROOMS)  # noqa: PLE0605 - a list  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    """Load the module of a public name when it is first asked for, so that the import stays quick (PEP 562)."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = value  # found without this function from now on
    return value


def __dir__() -> list[str]:
    """List the public names, and no module that happens to be loaded."""
    return [*__all__]
