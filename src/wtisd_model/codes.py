"""The codes of all findings, with their nature and severity; their sentences are in ``locales/findings``."""

from enum import StrEnum
from typing import Any, Self

from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The input is refused, or breaks a rule."""

    WARNING = "warning"
    """The input is accepted, but somebody should look at it."""


class Nature(StrEnum):
    """What a code is about. If several parts of the package report a code, this is the part that it belongs to."""

    READING = "reading"
    """The payload cannot be parsed, so its fields are not checked."""

    SHAPE = "shape"
    """A value breaks what JSON Schema can check too: types, lengths, patterns, known keys."""

    INVARIANT = "invariant"
    """The fields of one object contradict each other; JSON Schema cannot check that."""

    RULE = "rule"
    """A rule that needs several objects, a clock or judgement."""

    MOVE = "move"
    """A transition between states that is not allowed."""

    EXPORT = "export"
    """Found while a calendar or a table is written."""

    MESSAGE = "message"
    """Found while a calendar message is made."""

    INCOMING = "incoming"
    """Found in a calendar or a reply from others; a warning says what was left out, changed or inferred."""


READING, SHAPE, INVARIANT, RULE = Nature.READING, Nature.SHAPE, Nature.INVARIANT, Nature.RULE
MOVE, EXPORT, MESSAGE, INCOMING = Nature.MOVE, Nature.EXPORT, Nature.MESSAGE, Nature.INCOMING
WARNING = Severity.WARNING


# Why: docs/decisions/0002
class _Definition(str):
    """The text of a code, with its nature and severity.

    It is a string, not a tuple, because pyright takes the value of a member for its type: members that were tuples
    would never equal a string.
    """

    __slots__ = ("nature", "severity")

    nature: Nature
    severity: Severity

    def __new__(cls, code: str, nature: Nature, severity: Severity = Severity.ERROR) -> Self:
        made = super().__new__(cls, code)
        made.nature = nature
        made.severity = severity
        return made


class Code(StrEnum):
    """The kind of a finding. A code never changes its meaning; its sentences may improve at any time."""

    PAYLOAD_TOO_LARGE = _Definition("payload-too-large", READING)
    PAYLOAD_TOO_DEEP = _Definition("payload-too-deep", READING)
    PAYLOAD_TOO_MANY_VALUES = _Definition("payload-too-many-values", READING)
    NUMBER_TOO_LONG = _Definition("number-too-long", READING)
    NUMBER_NOT_FINITE = _Definition("number-not-finite", READING)
    GZIP_DAMAGED = _Definition("gzip-damaged", READING)
    NOT_UTF8 = _Definition("not-utf8", READING)
    NOT_JSON = _Definition("not-json", READING)
    NOT_TOML = _Definition("not-toml", READING)
    WORDS_UNREADABLE = _Definition("words-unreadable", READING)
    KEY_REPEATED = _Definition("key-repeated", READING)
    MAPPING_UNREADABLE = _Definition("mapping-unreadable", READING)
    SCHEMA_VERSION_NEWER = _Definition("schema-version-newer", READING)
    ROW_MALFORMED = _Definition("row-malformed", READING)
    BYTES_UNDECODABLE = _Definition("bytes-undecodable", READING)

    WRONG_TYPE = _Definition("wrong-type", SHAPE)
    KEY_MISSING = _Definition("key-missing", SHAPE)
    KEY_UNKNOWN = _Definition("key-unknown", SHAPE)
    FIELD_NOT_YOURS = _Definition("field-not-yours", SHAPE)
    NULL_REFUSED = _Definition("null-refused", SHAPE)
    VALUE_UNKNOWN = _Definition("value-unknown", SHAPE)
    FORM_FIELD_ALWAYS_ASKED = _Definition("form-field-always-asked", SHAPE)
    STATE_UNKNOWN = _Definition("state-unknown", SHAPE)
    TEXT_EMPTY = _Definition("text-empty", SHAPE)
    TEXT_TOO_LONG = _Definition("text-too-long", SHAPE)
    TEXT_OUTER_BLANK = _Definition("text-outer-blank", SHAPE)
    TEXT_CONTROL = _Definition("text-control", SHAPE)
    TEXT_BIDI = _Definition("text-bidi", SHAPE)
    ID_MALFORMED = _Definition("id-malformed", SHAPE)
    UID_MALFORMED = _Definition("uid-malformed", SHAPE)
    EMAIL_MALFORMED = _Definition("email-malformed", SHAPE)
    PHONE_MALFORMED = _Definition("phone-malformed", SHAPE)
    URI_MALFORMED = _Definition("uri-malformed", SHAPE)
    ORGANIZATION_IDENTIFIER_MALFORMED = _Definition("organization-identifier-malformed", SHAPE)
    LANGUAGE_UNKNOWN = _Definition("language-unknown", SHAPE)
    LANGUAGE_TAKEN = _Definition("language-taken", SHAPE)
    PLACEHOLDERS_DIFFER = _Definition("placeholders-differ", SHAPE)
    PLURAL_RULE_MALFORMED = _Definition("plural-rule-malformed", SHAPE)
    COUNTRY_UNKNOWN = _Definition("country-unknown", SHAPE)
    COUNTRY_UNASSIGNED = _Definition("country-unassigned", SHAPE)
    CURRENCY_UNKNOWN = _Definition("currency-unknown", SHAPE)
    COLOR_UNKNOWN = _Definition("color-unknown", SHAPE)
    COLOR_MALFORMED = _Definition("color-malformed", SHAPE)
    GOAL_UNKNOWN = _Definition("goal-unknown", SHAPE)
    ZONE_UNKNOWN = _Definition("zone-unknown", SHAPE)
    PATH_MALFORMED = _Definition("path-malformed", SHAPE)
    EXTENSION_KEY_MALFORMED = _Definition("extension-key-malformed", SHAPE)
    DATE_UNREADABLE = _Definition("date-unreadable", SHAPE)
    TIME_UNREADABLE = _Definition("time-unreadable", SHAPE)
    MOMENT_UNREADABLE = _Definition("moment-unreadable", SHAPE)
    MOMENT_NAIVE = _Definition("moment-naive", SHAPE)
    NUMBER_OUT_OF_RANGE = _Definition("number-out-of-range", SHAPE)
    NUMBER_MALFORMED = _Definition("number-malformed", SHAPE)
    TOO_FEW_ITEMS = _Definition("too-few-items", SHAPE)
    TOO_MANY_ITEMS = _Definition("too-many-items", SHAPE)
    ITEM_REPEATED = _Definition("item-repeated", SHAPE)

    # Mistakes that are possible in Python, but not in JSON.
    LIST_MISSING = _Definition("list-missing", SHAPE)
    ORDER_UNKNOWN = _Definition("order-unknown", SHAPE)
    TEXT_WITHOUT_LANGUAGE = _Definition("text-without-language", SHAPE)
    ZONE_MISSING = _Definition("zone-missing", SHAPE)

    TIME_SKIPPED = _Definition("time-skipped", INVARIANT)
    TIME_REPEATED = _Definition("time-repeated", INVARIANT)
    TIME_NOT_REPEATED = _Definition("time-not-repeated", INVARIANT)
    ZONES_DIFFER = _Definition("zones-differ", INVARIANT)
    SLOT_ENDS_BEFORE_START = _Definition("slot-ends-before-start", INVARIANT)
    SLOT_FORMS_DIFFER = _Definition("slot-forms-differ", INVARIANT)
    DAY_NOT_WHOLE = _Definition("day-not-whole", INVARIANT)
    LANGUAGE_REPEATED = _Definition("language-repeated", INVARIANT)
    SKILL_REPEATED = _Definition("skill-repeated", INVARIANT)
    MONEY_MINOR_UNIT = _Definition("money-minor-unit", INVARIANT)
    POSITION_INCOMPLETE = _Definition("position-incomplete", INVARIANT)
    CONTACT_UNNAMED = _Definition("contact-unnamed", INVARIANT)
    EVENT_WITHOUT_SLOT = _Definition("event-without-slot", INVARIANT)
    EVENT_WITHOUT_PLACE = _Definition("event-without-place", INVARIANT)
    VENUE_CONTRADICTED = _Definition("venue-contradicted", INVARIANT)
    SESSION_WITHOUT_PLACE = _Definition("session-without-place", INVARIANT)
    PREVIOUS_SLOT_MISSING = _Definition("previous-slot-missing", INVARIANT)
    CALL_REPEATED = _Definition("call-repeated", INVARIANT)
    CALL_WITHOUT_ADDRESS = _Definition("call-without-address", INVARIANT)
    CALL_ADDRESS_CONTRADICTED = _Definition("call-address-contradicted", INVARIANT)
    CALL_CLOSES_BEFORE_OPENING = _Definition("call-closes-before-opening", INVARIANT)
    QUESTION_WITHOUT_CHOICES = _Definition("question-without-choices", INVARIANT)
    CHOICES_UNFOUNDED = _Definition("choices-unfounded", INVARIANT)
    BOUNDS_UNFOUNDED = _Definition("bounds-unfounded", INVARIANT)
    BOUNDS_REVERSED = _Definition("bounds-reversed", INVARIANT)
    STATISTICAL_UNFOUNDED = _Definition("statistical-unfounded", INVARIANT)
    CONDITION_INCOMPLETE = _Definition("condition-incomplete", INVARIANT)
    CONDITION_UNFOUNDED = _Definition("condition-unfounded", INVARIANT)
    QUESTION_UNKNOWN = _Definition("question-unknown", INVARIANT)
    FORM_FIELD_UNKNOWN = _Definition("form-field-unknown", INVARIANT)
    EXTENSION_TOO_LARGE = _Definition("extension-too-large", INVARIANT)
    EXTENSION_TOO_DEEP = _Definition("extension-too-deep", INVARIANT)
    CAPACITY_WITHOUT_PLACE = _Definition("capacity-without-place", INVARIANT)
    DOCUMENT_FOLLOWS_ITSELF = _Definition("document-follows-itself", INVARIANT)
    DOCUMENT_FOLLOWS_NEWER = _Definition("document-follows-newer", INVARIANT)
    DOCUMENT_YEAR_DIFFERS = _Definition("document-year-differs", INVARIANT)
    RECURRENCE_MALFORMED = _Definition("recurrence-malformed", INVARIANT)
    RECURRENCE_UNBOUNDED = _Definition("recurrence-unbounded", INVARIANT)
    RECURRENCE_TOO_COMPLEX = _Definition("recurrence-too-complex", INVARIANT)
    START_OUTSIDE_RULE = _Definition("start-outside-rule", INVARIANT)
    OCCURRENCES_TOO_MANY = _Definition("occurrences-too-many", INVARIANT)
    EXCLUDED_OUTSIDE_RULE = _Definition("excluded-outside-rule", INVARIANT)
    SERIES_CIRCULAR = _Definition("series-circular", INVARIANT)
    SEQUENCE_EXCEEDED = _Definition("sequence-exceeded", INVARIANT)
    SESSION_OUTSIDE_EVENT = _Definition("session-outside-event", INVARIANT)
    ID_REPEATED = _Definition("id-repeated", INVARIANT)
    PARTICIPANT_INCOMPLETE = _Definition("participant-incomplete", INVARIANT)
    PARTICIPANT_MISSING = _Definition("participant-missing", INVARIANT)
    REQUESTER_MISSING = _Definition("requester-missing", INVARIANT)
    PURGED_WITH_PERSONAL_DATA = _Definition("purged-with-personal-data", INVARIANT)
    WAITLISTED_AT_MISSING = _Definition("waitlisted-at-missing", INVARIANT)
    WAITLISTED_AT_UNFOUNDED = _Definition("waitlisted-at-unfounded", INVARIANT)
    WAIT_ENDS_BEFORE_START = _Definition("wait-ends-before-start", INVARIANT)
    WAIT_NOT_CHOSEN = _Definition("wait-not-chosen", INVARIANT)
    WAIT_REPEATED = _Definition("wait-repeated", INVARIANT)
    WAIT_UNFOUNDED = _Definition("wait-unfounded", INVARIANT)
    CHECKED_IN_AT_MISSING = _Definition("checked-in-at-missing", INVARIANT)
    CHECKED_IN_AT_UNFOUNDED = _Definition("checked-in-at-unfounded", INVARIANT)
    REPLIES_OUT_OF_ORDER = _Definition("replies-out-of-order", INVARIANT)
    PARTICIPATION_STATUS_UNFOUNDED = _Definition("participation-status-unfounded", INVARIANT)
    LANGUAGES_OVERLAP = _Definition("languages-overlap", INVARIANT)
    SIGN_LANGUAGE_MISSING = _Definition("sign-language-missing", INVARIANT)
    SIGN_LANGUAGE_SPOKEN = _Definition("sign-language-spoken", INVARIANT)
    CAPTIONS_NEED_ONE_LANGUAGE = _Definition("captions-need-one-language", INVARIANT)
    DECISION_WITHOUT_REASON = _Definition("decision-without-reason", INVARIANT)
    TEAM_MISSING = _Definition("team-missing", INVARIANT)
    TEAM_UNFOUNDED = _Definition("team-unfounded", INVARIANT)
    AMOUNT_MISSING = _Definition("amount-missing", INVARIANT)
    AMOUNT_ZERO = _Definition("amount-zero", INVARIANT)
    PERIOD_ENDS_BEFORE_START = _Definition("period-ends-before-start", INVARIANT)
    REPORT_BEFORE_START = _Definition("report-before-start", INVARIANT)
    TARGET_OUTSIDE_PERIOD = _Definition("target-outside-period", INVARIANT)
    SCOPE_WITHOUT_COUNTRY = _Definition("scope-without-country", INVARIANT)
    COUNTRY_REPEATED = _Definition("country-repeated", INVARIANT)
    SHARES_INCOMPLETE = _Definition("shares-incomplete", INVARIANT)
    SHARES_NOT_WHOLE = _Definition("shares-not-whole", INVARIANT)
    PARTNER_IS_PLEDGER = _Definition("partner-is-pledger", INVARIANT)
    REPORT_MISSING = _Definition("report-missing", INVARIANT)
    HISTORY_OUT_OF_ORDER = _Definition("history-out-of-order", INVARIANT)
    HISTORY_BROKEN = _Definition("history-broken", INVARIANT)
    HISTORY_ENDS_ELSEWHERE = _Definition("history-ends-elsewhere", INVARIANT)

    MOVE_NOT_ALLOWED = _Definition("move-not-allowed", MOVE)

    DEADLINE_AFTER_EVENT = _Definition("deadline-after-event", RULE)
    DEADLINE_ON_LAST_DAY = _Definition("deadline-on-last-day", RULE, WARNING)
    LEAD_TIME_SHORT = _Definition("lead-time-short", RULE, WARNING)
    ADDRESS_IMPOSSIBLE = _Definition("address-impossible", RULE)
    LOCATION_INCOMPLETE = _Definition("location-incomplete", RULE, WARNING)
    UID_REPEATED = _Definition("uid-repeated", RULE)
    CAPACITY_EXCEEDS_ROOM = _Definition("capacity-exceeds-room", RULE, WARNING)
    ROOM_TOO_SMALL = _Definition("room-too-small", RULE, WARNING)
    ROOM_DOUBLE_BOOKED = _Definition("room-double-booked", RULE, WARNING)
    PERSON_DOUBLE_BOOKED = _Definition("person-double-booked", RULE, WARNING)
    SESSION_UNKNOWN = _Definition("session-unknown", RULE)
    SESSION_CANCELLED = _Definition("session-cancelled", RULE, WARNING)
    SESSIONS_PARALLEL = _Definition("sessions-parallel", RULE, WARNING)
    EVENT_UID_DIFFERS = _Definition("event-uid-differs", RULE)
    MODE_NOT_OFFERED = _Definition("mode-not-offered", RULE)
    MODE_ONLY_IN_SESSIONS = _Definition("mode-only-in-sessions", RULE)
    SESSION_MODE_NOT_OFFERED = _Definition("session-mode-not-offered", RULE)
    REGISTRATION_UNKNOWN = _Definition("registration-unknown", RULE)
    REGISTRATION_REPEATED = _Definition("registration-repeated", RULE)
    MAILBOX_SHARED = _Definition("mailbox-shared", RULE, WARNING)
    CALL_NOT_OPEN = _Definition("call-not-open", RULE)
    CALL_CLOSED = _Definition("call-closed", RULE)
    FIELD_NOT_ASKED = _Definition("field-not-asked", RULE)
    ANSWER_MISSING = _Definition("answer-missing", RULE)
    ANSWER_UNKNOWN = _Definition("answer-unknown", RULE)
    ANSWER_NOT_ASKED = _Definition("answer-not-asked", RULE)
    ANSWER_RETIRED = _Definition("answer-retired", RULE)
    CHOICE_UNKNOWN = _Definition("choice-unknown", RULE)
    AGREEMENT_MISSING = _Definition("agreement-missing", RULE)
    SEATS_EXCEEDED = _Definition("seats-exceeded", RULE)
    WAITLIST_NEEDED = _Definition("waitlist-needed", RULE, WARNING)
    SESSION_SEATS_EXCEEDED = _Definition("session-seats-exceeded", RULE)
    SESSION_WAITLIST_NEEDED = _Definition("session-waitlist-needed", RULE, WARNING)
    WAITLIST_ORDER = _Definition("waitlist-order", RULE, WARNING)
    WAITLIST_NEEDLESS = _Definition("waitlist-needless", RULE, WARNING)
    WAITLIST_PASSED_OVER = _Definition("waitlist-passed-over", RULE, WARNING)
    MEMBERSHIP_NOT_ADDRESSED = _Definition("membership-not-addressed", RULE, WARNING)
    VISA_LETTER_REMOTE = _Definition("visa-letter-remote", RULE, WARNING)
    NAME_MIXES_SCRIPTS = _Definition("name-mixes-scripts", RULE, WARNING)
    REQUEST_LATE = _Definition("request-late", RULE, WARNING)
    LANGUAGE_UNSPECIFIC = _Definition("language-unspecific", RULE)
    LANGUAGE_WITHOUT_WORDS = _Definition("language-without-words", RULE, WARNING)
    LANGUAGE_NOT_OFFERED = _Definition("language-not-offered", RULE, WARNING)
    LANGUAGE_NOT_OFFICIAL = _Definition("language-not-official", RULE, WARNING)
    TEAM_TOO_SMALL = _Definition("team-too-small", RULE, WARNING)
    BOOTHS_DIFFER = _Definition("booths-differ", RULE, WARNING)
    TOO_MANY_LISTENERS = _Definition("too-many-listeners", RULE, WARNING)
    WORK_TOO_LONG = _Definition("work-too-long", RULE, WARNING)
    ASSIGNMENT_UNFOUNDED = _Definition("assignment-unfounded", RULE)
    ASSIGNMENT_OUTDATED = _Definition("assignment-outdated", RULE, WARNING)
    INTERPRETER_UNKNOWN = _Definition("interpreter-unknown", RULE)
    BOOTH_UNKNOWN = _Definition("booth-unknown", RULE)
    BOOTH_ROOM_UNKNOWN = _Definition("booth-room-unknown", RULE, WARNING)
    PIVOT_NOT_HELD = _Definition("pivot-not-held", RULE, WARNING)
    INTERPRETER_REMOTE = _Definition("interpreter-remote", RULE, WARNING)
    INTERPRETER_DOUBLE_BOOKED = _Definition("interpreter-double-booked", RULE)
    INTERPRETER_UNAVAILABLE = _Definition("interpreter-unavailable", RULE)
    LANGUAGE_NOT_HELD = _Definition("language-not-held", RULE)
    RETOUR_NOT_HELD = _Definition("retour-not-held", RULE)
    BOOTH_UNDERSTAFFED = _Definition("booth-understaffed", RULE, WARNING)
    BOOTH_FULL = _Definition("booth-full", RULE)
    TEAM_DIVIDED = _Definition("team-divided", RULE, WARNING)
    ROOM_BOOTHS_MISSING = _Definition("room-booths-missing", RULE)
    PIVOT_MISSING = _Definition("pivot-missing", RULE, WARNING)
    RELAY_OF_RELAY = _Definition("relay-of-relay", RULE, WARNING)
    SITTING_TOO_LONG = _Definition("sitting-too-long", RULE)
    DAY_TOO_LONG = _Definition("day-too-long", RULE)
    REMOTE_DAY_TOO_LONG = _Definition("remote-day-too-long", RULE)
    DAY_SITTINGS_EXCEEDED = _Definition("day-sittings-exceeded", RULE)
    PERIOD_SITTINGS_EXCEEDED = _Definition("period-sittings-exceeded", RULE)
    REST_TOO_SHORT = _Definition("rest-too-short", RULE)
    NIGHT_TOO_SHORT = _Definition("night-too-short", RULE)
    TRAVEL_TOO_SHORT = _Definition("travel-too-short", RULE)
    ALONE_TOO_LONG = _Definition("alone-too-long", RULE, WARNING)
    OFFER_EXPIRED = _Definition("offer-expired", RULE, WARNING)
    TIME_IN_FUTURE = _Definition("time-in-future", RULE)
    HISTORY_BEFORE_SUBMISSION = _Definition("history-before-submission", RULE)
    PURGED_BEFORE_SUBMISSION = _Definition("purged-before-submission", RULE)
    CHECKED_IN_TOO_EARLY = _Definition("checked-in-too-early", RULE)
    CHECKED_IN_TOO_LATE = _Definition("checked-in-too-late", RULE, WARNING)
    NO_SHOW_TOO_EARLY = _Definition("no-show-too-early", RULE)
    DELIVERED_TOO_EARLY = _Definition("delivered-too-early", RULE)
    RETENTION_OVER = _Definition("retention-over", RULE)
    GOAL_TARGET_UNKNOWN = _Definition("goal-target-unknown", RULE)
    CURRENCY_WITHDRAWN = _Definition("currency-withdrawn", RULE)
    REPORT_IN_FUTURE = _Definition("report-in-future", RULE)
    MEASURABLE_TARGET_MISSING = _Definition("measurable-target-missing", RULE, WARNING)
    DISBURSED_ABOVE_PLEDGED = _Definition("disbursed-above-pledged", RULE, WARNING)
    REPORT_OVERDUE = _Definition("report-overdue", RULE, WARNING)
    GROUP_UNKNOWN_ON_DATE = _Definition("group-unknown-on-date", RULE)
    GROUP_MEMBER_DOUBTFUL = _Definition("group-member-doubtful", RULE)
    RATE_MISSING = _Definition("rate-missing", RULE)
    CURRENCIES_DIFFER = _Definition("currencies-differ", RULE)

    TEXT_MALFORMED = _Definition("text-malformed", EXPORT)
    STAMP_MISSING = _Definition("stamp-missing", EXPORT)
    SENDER_WITHOUT_ADDRESS = _Definition("sender-without-address", EXPORT)
    NAME_UNKNOWN = _Definition("name-unknown", EXPORT)
    YEAR_OUT_OF_RANGE = _Definition("year-out-of-range", EXPORT)
    DURATION_NOT_WHOLE = _Definition("duration-not-whole", EXPORT)
    DURATION_OUT_OF_RANGE = _Definition("duration-out-of-range", EXPORT)
    FEED_TOO_LARGE = _Definition("feed-too-large", EXPORT)
    PICTURE_TOO_LARGE = _Definition("picture-too-large", EXPORT)
    ZONE_RULES_MISSING = _Definition("zone-rules-missing", EXPORT)
    ZONE_RULES_UNREADABLE = _Definition("zone-rules-unreadable", EXPORT)
    ZONES_UNREADABLE = _Definition("zones-unreadable", EXPORT)
    TICKET_MALFORMED = _Definition("ticket-malformed", EXPORT)
    SHARES_MISSING = _Definition("shares-missing", EXPORT)
    PUBLIC_PLEDGE_MISSING = _Definition("public-pledge-missing", EXPORT)
    FIELD_NOT_CARRIED = _Definition("field-not-carried", EXPORT, WARNING)
    FIELD_AS_TEXT = _Definition("field-as-text", EXPORT, WARNING)
    SESSIONS_LEFT_OUT = _Definition("sessions-left-out", EXPORT, WARNING)
    PEOPLE_LEFT_OUT = _Definition("people-left-out", EXPORT, WARNING)

    ORGANIZER_WITHOUT_ADDRESS = _Definition("organizer-without-address", MESSAGE)
    EVENT_CANCELLED = _Definition("event-cancelled", MESSAGE)
    SESSION_NOT_ANNOUNCED = _Definition("session-not-announced", MESSAGE)
    SESSION_NOT_CHOSEN = _Definition("session-not-chosen", MESSAGE)
    SESSION_AWAITED = _Definition("session-awaited", MESSAGE)
    REGISTRATION_NOT_INVITED = _Definition("registration-not-invited", MESSAGE)
    REGISTRATION_NOT_PURGED = _Definition("registration-not-purged", MESSAGE)
    REGISTRATION_PURGED = _Definition("registration-purged", MESSAGE)
    SEQUENCE_NOT_RAISED = _Definition("sequence-not-raised", MESSAGE)
    VERSION_OLDER = _Definition("version-older", MESSAGE)
    ZONE_RULES_DIFFER = _Definition("zone-rules-differ", MESSAGE)
    ENTRY_UNREACHABLE = _Definition("entry-unreachable", MESSAGE)
    NOT_A_REQUEST = _Definition("not-a-request", MESSAGE)
    DELEGATE_MISSING = _Definition("delegate-missing", MESSAGE)
    DELEGATE_UNFOUNDED = _Definition("delegate-unfounded", MESSAGE)
    PROPERTY_COUNT = _Definition("property-count", MESSAGE)

    CALENDAR_TOO_LONG = _Definition("calendar-too-long", INCOMING)
    CALENDAR_MISSING = _Definition("calendar-missing", INCOMING)
    COMPONENT_UNBALANCED = _Definition("component-unbalanced", INCOMING)
    CALENDAR_SCALE_UNKNOWN = _Definition("calendar-scale-unknown", INCOMING)
    CALENDARS_DISAGREE = _Definition("calendars-disagree", INCOMING)
    METHOD_UNKNOWN = _Definition("method-unknown", INCOMING)
    EVENT_MISSING = _Definition("event-missing", INCOMING)
    PROPERTY_MISSING = _Definition("property-missing", INCOMING)
    PROPERTY_UNREADABLE = _Definition("property-unreadable", INCOMING)
    TIME_FLOATING = _Definition("time-floating", INCOMING)
    ZONE_RULES_FOREIGN = _Definition("zone-rules-foreign", INCOMING)
    LINE_UNREADABLE = _Definition("line-unreadable", INCOMING, WARNING)
    PROPERTY_DROPPED = _Definition("property-dropped", INCOMING, WARNING)
    ROWS_ABOVE_HEADER = _Definition("rows-above-header", INCOMING, WARNING)
    COLUMN_MISSING = _Definition("column-missing", INCOMING)
    COLUMN_REPEATED = _Definition("column-repeated", INCOMING)
    COLUMN_UNSUPPORTED = _Definition("column-unsupported", INCOMING, WARNING)
    CELLS_TOO_MANY = _Definition("cells-too-many", INCOMING)
    CELL_ITEMS_DIFFER = _Definition("cell-items-differ", INCOMING)
    VALUE_DROPPED = _Definition("value-dropped", INCOMING, WARNING)
    MEMBER_UNSUPPORTED = _Definition("member-unsupported", INCOMING, WARNING)
    RECORDS_MISSING = _Definition("records-missing", INCOMING)
    PAGE_INCOMPLETE = _Definition("page-incomplete", INCOMING, WARNING)
    ORDER_FOR_TEST = _Definition("order-for-test", INCOMING, WARNING)
    DATE_NOT_CHOSEN = _Definition("date-not-chosen", INCOMING, WARNING)
    PRODUCT_UNKNOWN = _Definition("product-unknown", INCOMING, WARNING)
    TICKET_MISSING = _Definition("ticket-missing", INCOMING, WARNING)
    PROPERTY_UNSUPPORTED = _Definition("property-unsupported", INCOMING, WARNING)
    PROPERTY_REPEATED = _Definition("property-repeated", INCOMING, WARNING)
    PARAMETER_DROPPED = _Definition("parameter-dropped", INCOMING, WARNING)
    COMPONENT_DROPPED = _Definition("component-dropped", INCOMING, WARNING)
    RECURRENCE_DROPPED = _Definition("recurrence-dropped", INCOMING, WARNING)
    OCCURRENCES_OMITTED = _Definition("occurrences-omitted", INCOMING, WARNING)
    OCCURRENCES_INCOMPLETE = _Definition("occurrences-incomplete", INCOMING, WARNING)
    OCCURRENCE_DROPPED = _Definition("occurrence-dropped", INCOMING, WARNING)
    ENTRY_REPEATED = _Definition("entry-repeated", INCOMING, WARNING)
    RELATION_DROPPED = _Definition("relation-dropped", INCOMING, WARNING)
    SESSION_FIELD_DROPPED = _Definition("session-field-dropped", INCOMING, WARNING)
    TEXT_CHANGED = _Definition("text-changed", INCOMING, WARNING)
    TITLE_MISSING = _Definition("title-missing", INCOMING, WARNING)
    UID_DERIVED = _Definition("uid-derived", INCOMING, WARNING)
    END_MISSING = _Definition("end-missing", INCOMING, WARNING)
    END_ZONE_INFERRED = _Definition("end-zone-inferred", INCOMING, WARNING)
    END_ZONE_REPLACED = _Definition("end-zone-replaced", INCOMING, WARNING)
    EVENT_EXTENDED = _Definition("event-extended", INCOMING, WARNING)
    WHOLE_DAY_TIMED = _Definition("whole-day-timed", INCOMING, WARNING)
    TIME_JUMPED = _Definition("time-jumped", INCOMING, WARNING)
    ZONE_REPLACED = _Definition("zone-replaced", INCOMING, WARNING)
    LOCATION_DROPPED = _Definition("location-dropped", INCOMING, WARNING)
    COUNTRY_INFERRED = _Definition("country-inferred", INCOMING, WARNING)
    PLACE_MISSING = _Definition("place-missing", INCOMING, WARNING)
    STATUS_TIME_INFERRED = _Definition("status-time-inferred", INCOMING, WARNING)
    PARTSTAT_UNKNOWN = _Definition("partstat-unknown", INCOMING, WARNING)
    REPLY_MISSING = _Definition("reply-missing", INCOMING)
    MAIL_UNREADABLE = _Definition("mail-unreadable", INCOMING)
    METHOD_NOT_ANSWER = _Definition("method-not-answer", INCOMING)
    EVENT_COUNT = _Definition("event-count", INCOMING)
    ATTENDEE_COUNT = _Definition("attendee-count", INCOMING)
    ATTENDEES_IGNORED = _Definition("attendees-ignored", INCOMING, WARNING)
    SENDER_MISSING = _Definition("sender-missing", INCOMING)
    SENDER_DIFFERS = _Definition("sender-differs", INCOMING)
    ANSWERED_FOR_ANOTHER = _Definition("answered-for-another", INCOMING, WARNING)
    UID_FOREIGN = _Definition("uid-foreign", INCOMING)
    SEQUENCE_AHEAD = _Definition("sequence-ahead", INCOMING)
    DELEGATION_UNCONFIRMED = _Definition("delegation-unconfirmed", INCOMING)
    DELEGATOR_MISSING = _Definition("delegator-missing", INCOMING)
    REPLY_AMBIGUOUS = _Definition("reply-ambiguous", INCOMING)
    PERSON_UNKNOWN = _Definition("person-unknown", INCOMING)

    _definition: _Definition

    def __new__(cls, definition: Any) -> Self:
        """Return the member of a definition; StrEnum would do the same in twice the time, at every import."""
        made = str.__new__(cls, definition)
        made._value_ = str(made)
        made._definition = definition  # noqa: SLF001 - an attribute of this class
        return made

    @property
    def nature(self) -> Nature:
        """What the code is about."""
        return self._definition.nature

    @property
    def severity(self) -> Severity:
        """Error or warning."""
        return self._definition.severity

    @property
    def message(self) -> str:
        """The template of the message, in English; with several plural forms, the general one."""
        return finding_texts_for(DEFAULT_LANGUAGE).codes[self].templates()[0]

    @property
    def fix(self) -> str:
        """The template of the fix, in English; with several plural forms, the general one."""
        return finding_texts_for(DEFAULT_LANGUAGE).codes[self].templates()[1]
