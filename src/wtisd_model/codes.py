"""Every code that this package reports, with the sentence it prints and what mends it."""

from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The payload or the object is refused, or breaks a rule."""

    WARNING = "warning"
    """It may stand, and somebody should look."""


class Nature(StrEnum):
    """Which part of the package decides about a code."""

    READING = "reading"
    """Found before the payload is looked at as JSON."""

    SHAPE = "shape"
    """What JSON Schema can say too: types, lengths, patterns, known keys."""

    INVARIANT = "invariant"
    """What an object can see of itself and JSON Schema cannot say."""

    RULE = "rule"
    """What takes two objects, a clock or a judgement."""

    MOVE = "move"
    """A step between states."""

    EXPORT = "export"
    """Found when something is written."""


_READING, _SHAPE, _INVARIANT = Nature.READING, Nature.SHAPE, Nature.INVARIANT
_RULE, _MOVE, _EXPORT = Nature.RULE, Nature.MOVE, Nature.EXPORT


class Code(StrEnum):
    """A kind of finding. Its value never changes meaning; the wording may improve at any time."""

    _value_: str
    nature: Nature
    message: str
    fix: str
    severity: Severity

    def __new__(cls, value: str, nature: Nature, message: str, fix: str, severity: Severity = Severity.ERROR) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.nature = nature
        member.message = message
        member.fix = fix
        member.severity = severity
        return member

    # Reading: bytes to JSON values.
    PAYLOAD_TOO_LARGE = "payload-too-large", _READING, "More than {maximum} bytes.", "Send a smaller payload."
    PAYLOAD_TOO_DEEP = "payload-too-deep", _READING, "Nested deeper than {maximum} levels.", "Send a flatter payload."
    PAYLOAD_TOO_MANY_VALUES = (
        "payload-too-many-values",
        _READING,
        "More than {maximum} values.",
        "Send fewer values, or several payloads.",
    )
    NUMBER_TOO_LONG = (
        "number-too-long",
        _READING,
        "A number with more than {maximum} characters.",
        "Send an exact amount as a string, as the field asks.",
    )
    NUMBER_NOT_FINITE = (
        "number-not-finite",
        _READING,
        "Not a finite number.",
        "Send a number that JSON knows (RFC 8259 section 6).",
    )
    NOT_UTF8 = "not-utf8", _READING, "Not UTF-8.", "Encode the payload as UTF-8 without a byte order mark."
    NOT_JSON = (
        "not-json",
        _READING,
        "Not JSON; reading stopped at byte {offset}.",
        "Send one JSON value (RFC 8259) and nothing after it.",
    )
    KEY_REPEATED = "key-repeated", _READING, "The same key stands twice in this object.", "Keep one of them."
    SCHEMA_VERSION_NEWER = (
        "schema-version-newer",
        _READING,
        "Written for a newer version of this format than {maximum}.",
        "Update wtisd-model, or send version {maximum}.",
    )

    # Shape: what JSON Schema can say.
    WRONG_TYPE = "wrong-type", _SHAPE, "Not {expected}.", "Give {expected}."
    KEY_MISSING = "key-missing", _SHAPE, "This key is required.", "Give it a value."
    KEY_UNKNOWN = "key-unknown", _SHAPE, "No key of this name is known here.", "Take the key out."
    FIELD_NOT_YOURS = (
        "field-not-yours",
        _SHAPE,
        "This is set by the office, not by the sender.",
        "Take the key out.",
    )
    NULL_REFUSED = "null-refused", _SHAPE, "A null says nothing.", "Leave the key out."
    VALUE_UNKNOWN = "value-unknown", _SHAPE, "Not one of the known values.", "Give one of: {choices}."
    STATE_UNKNOWN = (
        "state-unknown",
        _SHAPE,
        "Not the name of a state.",
        "Write it as the state fields do: small letters and hyphens.",
    )
    TEXT_EMPTY = "text-empty", _SHAPE, "Empty, or nothing that can be seen.", "Give a text, or leave the key out."
    TEXT_TOO_LONG = "text-too-long", _SHAPE, "Longer than {maximum} characters.", "Shorten it."
    TEXT_OUTER_BLANK = (
        "text-outer-blank",
        _SHAPE,
        "Begins or ends with a blank.",
        "Take blanks at the beginning and the end away.",
    )
    TEXT_CONTROL = (
        "text-control",
        _SHAPE,
        "Holds a control character, a line separator or half a character.",
        "Take it out. Line feeds are allowed in long texts only.",
    )
    TEXT_BIDI = (
        "text-bidi",
        _SHAPE,
        "Holds a character that changes the direction of text.",
        "Take directional formatting characters out of names.",
    )
    TEXT_MALFORMED = "text-malformed", _SHAPE, "Not of the form {form}.", "Write it as {form}."
    ID_MALFORMED = (
        "id-malformed",
        _SHAPE,
        "Not an id.",
        "Use letters, digits, dot, underscore and hyphen, 64 at most, beginning with a letter or digit.",
    )
    UID_MALFORMED = "uid-malformed", _SHAPE, "Not a uid.", "Use printable ASCII without blanks, 255 at most."
    EMAIL_MALFORMED = (
        "email-malformed",
        _SHAPE,
        "Not an e-mail address.",
        "Give one address such as name@example.org, 254 characters at most.",
    )
    PHONE_MALFORMED = (
        "phone-malformed",
        _SHAPE,
        "Not a telephone number of the form of ITU-T E.164.",
        "Write + and up to 15 digits, without blanks: +41227305111.",
    )
    URI_MALFORMED = (
        "uri-malformed",
        _SHAPE,
        "Not a web address.",
        "Give an https or http URI (RFC 3986) in ASCII, 2,048 characters at most.",
    )
    LANGUAGE_UNKNOWN = (
        "language-unknown",
        _SHAPE,
        "Not a language tag in canonical form (BCP 47).",
        "Write it like fr, fr-CH or zh-Hans.",
    )
    COUNTRY_UNKNOWN = (
        "country-unknown",
        _SHAPE,
        "Not a country code of ISO 3166-1 alpha-2.",
        "Write two capital letters, such as CH.",
    )
    CURRENCY_UNKNOWN = (
        "currency-unknown",
        _SHAPE,
        "Not a currency code of ISO 4217.",
        "Write three capital letters, such as CHF.",
    )
    COLOR_UNKNOWN = (
        "color-unknown",
        _SHAPE,
        "Not a colour name of CSS3.",
        "Write it in small letters, such as royalblue.",
    )
    GOAL_UNKNOWN = (
        "goal-unknown",
        _SHAPE,
        "Neither a Sustainable Development Goal nor a target of one.",
        "Write a goal from 1 to 17, or a target such as 9.c.",
    )
    ZONE_UNKNOWN = (
        "zone-unknown",
        _SHAPE,
        "Not the name of an IANA time zone.",
        "Name a zone as area and city, such as Europe/Zurich, or UTC.",
    )
    DATE_UNREADABLE = "date-unreadable", _SHAPE, "Not a calendar date.", "Write it as 2023-04-20, year 1970 to 2199."
    TIME_UNREADABLE = (
        "time-unreadable",
        _SHAPE,
        "Not a local date and time in whole seconds.",
        "Write it without an offset, as 2023-05-17T14:30:00, year 1970 to 2199; the zone stands beside it.",
    )
    MOMENT_UNREADABLE = (
        "moment-unreadable",
        _SHAPE,
        "Not a date and time with an offset (RFC 3339).",
        "Write it as 2023-04-13T08:15:00Z, year 1970 to 2199.",
    )
    MOMENT_NAIVE = (
        "moment-naive",
        _SHAPE,
        "A time without an offset says no moment.",
        "Give an aware datetime, such as one in UTC.",
    )
    NUMBER_OUT_OF_RANGE = (
        "number-out-of-range",
        _SHAPE,
        "Not between {minimum} and {maximum}.",
        "Give a number from {minimum} to {maximum}.",
    )
    NUMBER_MALFORMED = (
        "number-malformed",
        _SHAPE,
        "Not a plain decimal number.",
        'Write digits as a string, such as "1250.50", with {places} decimals at most.',
    )
    TOO_FEW_ITEMS = "too-few-items", _SHAPE, "Fewer than {minimum} items.", "Give at least {minimum}."
    TOO_MANY_ITEMS = "too-many-items", _SHAPE, "More than {maximum} items.", "Give {maximum} at most."
    ITEM_REPEATED = "item-repeated", _SHAPE, "The same item stands here before.", "Keep one of them."

    # Invariants: what an object can see of itself.
    TIME_SKIPPED = (
        "time-skipped",
        _INVARIANT,
        "The clocks jump over this time at this place.",
        "Give a time before or after the jump.",
    )
    TIME_REPEATED = (
        "time-repeated",
        _INVARIANT,
        "The clocks show this time twice.",
        'Say which is meant: "first" or "second".',
    )
    TIME_NOT_REPEATED = (
        "time-not-repeated",
        _INVARIANT,
        "The clocks show this time only once.",
        'Leave out "first" and "second".',
    )
    ZONES_DIFFER = "zones-differ", _INVARIANT, "Start and end are in different zones.", "Give both in one zone."
    SLOT_ENDS_BEFORE_START = (
        "slot-ends-before-start",
        _INVARIANT,
        "The end is not after the start.",
        "Give an end later than the start.",
    )
    LANGUAGE_REPEATED = (
        "language-repeated",
        _INVARIANT,
        "A translation into the language of the text itself.",
        "Take the translation out.",
    )
    MONEY_MINOR_UNIT = (
        "money-minor-unit",
        _INVARIANT,
        "More decimals than the currency has.",
        "Give {places} decimals at most.",
    )
    POSITION_INCOMPLETE = (
        "position-incomplete",
        _INVARIANT,
        "A position needs latitude and longitude.",
        "Give both, or neither.",
    )
    CONTACT_UNNAMED = "contact-unnamed", _INVARIANT, "Neither a name nor an e-mail address.", "Give one of them."
    EVENT_WITHOUT_SLOT = (
        "event-without-slot",
        _INVARIANT,
        "Only a draft has no date and time.",
        "Give the event a slot.",
    )
    EVENT_WITHOUT_PLACE = (
        "event-without-place",
        _INVARIANT,
        "Only a draft has no place.",
        "Give a location or a virtual location.",
    )
    PREVIOUS_SLOT_MISSING = (
        "previous-slot-missing",
        _INVARIANT,
        "It was moved, and where it stood before is not kept.",
        "Keep the old slot in previousSlots.",
    )
    CALL_REPEATED = "call-repeated", _INVARIANT, "A second call of the same kind.", "Keep one call of each kind."
    CALL_WITHOUT_ADDRESS = (
        "call-without-address",
        _INVARIANT,
        "No address to answer to.",
        "Give url or email, or say addressUnknown.",
    )
    CALL_ADDRESS_CONTRADICTED = (
        "call-address-contradicted",
        _INVARIANT,
        "The address is given and said to be unknown.",
        "Take addressUnknown out.",
    )
    CALL_CLOSES_BEFORE_OPENING = (
        "call-closes-before-opening",
        _INVARIANT,
        "The deadline passes before the call opens.",
        "Give a deadline after the opening.",
    )
    CAPACITY_WITHOUT_PLACE = (
        "capacity-without-place",
        _INVARIANT,
        "Seats for a way of taking part that the event does not offer.",
        "Add the place, or take the capacity out.",
    )
    DOCUMENT_FOLLOWS_ITSELF = (
        "document-follows-itself",
        _INVARIANT,
        "A document does not follow itself.",
        "Name the document before it.",
    )
    DOCUMENT_FOLLOWS_NEWER = (
        "document-follows-newer",
        _INVARIANT,
        "It follows a document that was issued later.",
        "Correct one of the two dates.",
    )
    DOCUMENT_YEAR_DIFFERS = (
        "document-year-differs",
        _INVARIANT,
        "The year in the symbol is not the year of issue.",
        "Correct the symbol or the date.",
    )
    SESSION_OUTSIDE_EVENT = (
        "session-outside-event",
        _INVARIANT,
        "Not inside the time of its event.",
        "Move the session, or lengthen the event.",
    )
    ID_REPEATED = "id-repeated", _INVARIANT, "Another one has this id.", "Give each its own id."
    PARTICIPANT_INCOMPLETE = (
        "participant-incomplete",
        _INVARIANT,
        "A participant has a name and an e-mail address.",
        "Give both.",
    )
    PARTICIPANT_MISSING = (
        "participant-missing",
        _INVARIANT,
        "Only a purged registration has no participant.",
        "Give the participant.",
    )
    PURGED_WITH_PERSONAL_DATA = (
        "purged-with-personal-data",
        _INVARIANT,
        "Purged, and personal data are still there.",
        "Take the personal field out, or purgedAt.",
    )
    WAITLISTED_AT_MISSING = (
        "waitlisted-at-missing",
        _INVARIANT,
        "Waitlisted, and since when is not said.",
        "Give waitlistedAt.",
    )
    WAITLISTED_AT_UNFOUNDED = (
        "waitlisted-at-unfounded",
        _INVARIANT,
        "A place on the waitlist, and not waitlisted.",
        "Take waitlistedAt out.",
    )
    CHECKED_IN_AT_MISSING = (
        "checked-in-at-missing",
        _INVARIANT,
        "Attended, and when they checked in is not said.",
        "Give checkedInAt.",
    )
    CHECKED_IN_AT_UNFOUNDED = (
        "checked-in-at-unfounded",
        _INVARIANT,
        "Checked in, and not attended.",
        "Take checkedInAt out.",
    )
    LANGUAGES_OVERLAP = (
        "languages-overlap",
        _INVARIANT,
        "A language to interpret from and into.",
        "Name each language on one side only.",
    )
    SIGN_LANGUAGE_MISSING = (
        "sign-language-missing",
        _INVARIANT,
        "Sign interpretation without a sign language.",
        "Name one, such as ase (American) or ils (International Sign).",
    )
    SIGN_LANGUAGE_SPOKEN = (
        "sign-language-spoken",
        _INVARIANT,
        "A sign language cannot be written as captions.",
        "Name a language that is written.",
    )
    CAPTIONS_NEED_ONE_LANGUAGE = (
        "captions-need-one-language",
        _INVARIANT,
        "Captions are in exactly one language.",
        "Make one request for each language.",
    )
    DECISION_WITHOUT_REASON = (
        "decision-without-reason",
        _INVARIANT,
        "Declined without a reason.",
        "Give the reason as the note of the transition.",
    )
    TEAM_MISSING = (
        "team-missing",
        _INVARIANT,
        "Assigned, and the team is not said.",
        "Give the team: booths, heads and norm.",
    )
    TEAM_UNFOUNDED = (
        "team-unfounded",
        _INVARIANT,
        "A team, and none is assigned.",
        "Take the team out, or assign it.",
    )
    AMOUNT_MISSING = (
        "amount-missing",
        _INVARIANT,
        "A financial pledge without an amount.",
        "Give pledged, greater than zero.",
    )
    AMOUNT_ZERO = (
        "amount-zero",
        _INVARIANT,
        "An amount of zero; not known is not zero.",
        "Give an amount greater than zero, or none.",
    )
    PERIOD_ENDS_BEFORE_START = (
        "period-ends-before-start",
        _INVARIANT,
        "The last day is before the first.",
        "Give an end on or after the start.",
    )
    REPORT_BEFORE_START = (
        "report-before-start",
        _INVARIANT,
        "A report from before the pledge began.",
        "Correct the date of the report or the start.",
    )
    TARGET_OUTSIDE_PERIOD = (
        "target-outside-period",
        _INVARIANT,
        "Due outside the period of the pledge.",
        "Give a day between start and end.",
    )
    SCOPE_WITHOUT_COUNTRY = (
        "scope-without-country",
        _INVARIANT,
        "For countries, and none is named.",
        "Name a country, or give the scope regional or global.",
    )
    COUNTRY_REPEATED = "country-repeated", _INVARIANT, "This country is named before.", "Name each country once."
    SHARES_INCOMPLETE = (
        "shares-incomplete",
        _INVARIANT,
        "Some countries have a share and some have not.",
        "Give every country a share, or none.",
    )
    SHARES_NOT_WHOLE = (
        "shares-not-whole",
        _INVARIANT,
        "The shares do not add up to 100.",
        "Give shares in percent that add up to 100.",
    )
    PARTNER_IS_PLEDGER = (
        "partner-is-pledger",
        _INVARIANT,
        "The pledger is not its own partner.",
        "Take it out of the partners.",
    )
    REPORT_MISSING = (
        "report-missing",
        _INVARIANT,
        "Completed, and no report says so.",
        "Give a report.",
    )
    HISTORY_OUT_OF_ORDER = (
        "history-out-of-order",
        _INVARIANT,
        "Earlier than the transition before it.",
        "Put transitions in the order of time.",
    )
    HISTORY_BROKEN = (
        "history-broken",
        _INVARIANT,
        "It does not begin where the transition before it ended.",
        "Put in the missing transition.",
    )
    HISTORY_ENDS_ELSEWHERE = (
        "history-ends-elsewhere",
        _INVARIANT,
        "The present state is not where the history ends.",
        "Record the missing transition, or correct the state.",
    )

    # Moves between states.
    MOVE_NOT_ALLOWED = (
        "move-not-allowed",
        _MOVE,
        "This step is not in the table of states.",
        "From here it may go to: {choices}.",
    )

    # Rules: two objects, a clock or a judgement.
    DEADLINE_AFTER_EVENT = (
        "deadline-after-event",
        _RULE,
        "The deadline passes when it is too late to act on it.",
        "Close interpretation before the event starts, and registration before it ends.",
    )
    LEAD_TIME_SHORT = (
        "lead-time-short",
        _RULE,
        "Only {days} days from the deadline to the event; {norm} are usual.",
        "Give an earlier deadline where you can.",
        Severity.WARNING,
    )
    UID_REPEATED = "uid-repeated", _RULE, "Another one exports under this uid.", "Give each its own uid."
    CAPACITY_EXCEEDS_ROOM = (
        "capacity-exceeds-room",
        _RULE,
        "More seats on site than the rooms hold.",
        "Lower the capacity to {maximum}, or take larger rooms.",
    )
    ROOM_DOUBLE_BOOKED = (
        "room-double-booked",
        _RULE,
        "Another session is in this room at this time.",
        "Move one of them.",
        Severity.WARNING,
    )
    PERSON_DOUBLE_BOOKED = (
        "person-double-booked",
        _RULE,
        "This person is in another session at this time.",
        "Move one of the sessions.",
        Severity.WARNING,
    )
    SESSION_UNKNOWN = "session-unknown", _RULE, "The event has no session of this id.", "Name one that it has."
    EVENT_UID_DIFFERS = (
        "event-uid-differs",
        _RULE,
        "It belongs to another event.",
        "Put it beside its own event, or correct eventUid.",
    )
    MODE_NOT_OFFERED = (
        "mode-not-offered",
        _RULE,
        "The event cannot be attended in this mode.",
        "Choose one of: {choices}.",
    )
    REGISTRATION_REPEATED = (
        "registration-repeated",
        _RULE,
        "This person has an active registration already.",
        "Withdraw one of the two.",
    )
    CALL_NOT_OPEN = "call-not-open", _RULE, "Sent before the call opened.", "Send it when the call is open."
    CALL_CLOSED = "call-closed", _RULE, "Sent after the call closed.", "Ask the office."
    SEATS_EXCEEDED = (
        "seats-exceeded",
        _RULE,
        "All {maximum} seats of this mode are taken.",
        "Put it on the waitlist where the call has one, or refuse it.",
    )
    WAITLIST_ORDER = (
        "waitlist-order",
        _RULE,
        "A seat is free and somebody has waited for it longer.",
        "Promote in the order of waitlistedAt, then id.",
        Severity.WARNING,
    )
    MEMBERSHIP_NOT_ADDRESSED = (
        "membership-not-addressed",
        _RULE,
        "The event is not addressed to this category.",
        "Check the membership.",
        Severity.WARNING,
    )
    VISA_LETTER_REMOTE = (
        "visa-letter-remote",
        _RULE,
        "A visa letter, and attendance from afar.",
        "Take the need out, or change the mode.",
        Severity.WARNING,
    )
    CHECKED_IN_TOO_EARLY = (
        "checked-in-too-early",
        _RULE,
        "Checked in before the first day of the event.",
        "Correct checkedInAt.",
    )
    RETENTION_OVER = (
        "retention-over",
        _RULE,
        "Personal data are kept longer than {days} days after the event.",
        "Purge the registration.",
    )

    # Writing.
    STAMP_MISSING = (
        "stamp-missing",
        _EXPORT,
        "Neither a stamp nor the time of the last update.",
        "Give stamped, the moment of this export.",
    )
    NAME_UNKNOWN = (
        "name-unknown",
        _EXPORT,
        "Not a component, property or parameter that is written here.",
        "Use a name from the lists in wtisd_model.export.ical.names.",
    )
    YEAR_OUT_OF_RANGE = (
        "year-out-of-range",
        _EXPORT,
        "Not in the years {minimum} to {maximum}.",
        "Give a moment in these years.",
    )
    DURATION_NOT_WHOLE = (
        "duration-not-whole",
        _EXPORT,
        "A length of time with a fraction of a second.",
        "Give whole seconds.",
    )
    ZONE_RULES_MISSING = (
        "zone-rules-missing",
        _EXPORT,
        "The time zone database in use does not have this zone.",
        "Install a newer tzdata; wtisd-model doctor tells which one is in use.",
    )
    ZONE_RULES_UNREADABLE = (
        "zone-rules-unreadable",
        _EXPORT,
        "The time zone database in use cannot be read for this zone.",
        "Install tzdata again; wtisd-model doctor tells which one is in use.",
    )
