"""Every code that this package reports, with the sentence it prints and what mends it."""

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The payload or the object is refused, or breaks a rule."""

    WARNING = "warning"
    """It may stand, and somebody should look."""


class Nature(StrEnum):
    """What a code is about. Where several parts of the package may report it, this is where it is at home."""

    READING = "reading"
    """What keeps a payload from being read at all, before its fields are looked at."""

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

    MESSAGE = "message"
    """Found when a calendar message is made."""

    INCOMING = "incoming"
    """Found in a calendar or an answer that others wrote; a warning tells what of it is left out or was inferred."""


_READING, _SHAPE, _INVARIANT = Nature.READING, Nature.SHAPE, Nature.INVARIANT
_RULE, _MOVE, _EXPORT = Nature.RULE, Nature.MOVE, Nature.EXPORT
_MESSAGE, _INCOMING = Nature.MESSAGE, Nature.INCOMING


SENTENCES: Final[dict[str, tuple[Severity, str, str]]] = {}
"""What a finding takes from its code: the severity, and the templates of the sentence and of what mends it."""
_NATURES: Final[dict[str, Nature]] = {}


def _code(word: str, nature: Nature, message: str, fix: str, severity: Severity = Severity.ERROR) -> str:
    # Members that were tuples would not compare with strings in the eyes of a type checker.
    _NATURES[word] = nature
    SENTENCES[word] = (severity, message, fix)
    return word


class Code(StrEnum):
    """A kind of finding. Its value never changes meaning; the wording may improve at any time."""

    # Reading: bytes to JSON values.
    PAYLOAD_TOO_LARGE = _code("payload-too-large", _READING, "More than {maximum} bytes.", "Send a smaller payload.")
    PAYLOAD_TOO_DEEP = _code(
        "payload-too-deep", _READING, "Nested deeper than {maximum} levels.", "Send a flatter payload."
    )
    PAYLOAD_TOO_MANY_VALUES = _code(
        "payload-too-many-values",
        _READING,
        "More than {maximum} values.",
        "Send fewer values, or several payloads.",
    )
    NUMBER_TOO_LONG = _code(
        "number-too-long",
        _READING,
        "A number with more than {maximum} characters.",
        "Send an exact amount as a string, as the field asks.",
    )
    NUMBER_NOT_FINITE = _code(
        "number-not-finite",
        _READING,
        "Not a finite number.",
        "Send a number that JSON knows (RFC 8259 section 6).",
    )
    GZIP_DAMAGED = _code(
        "gzip-damaged",
        _READING,
        "Packed data that is damaged or ends too early; nothing can be read from this line on.",
        "Fetch the file again, or pack it again.",
    )
    NOT_UTF8 = _code("not-utf8", _READING, "Not UTF-8.", "Encode the payload as UTF-8 without a byte order mark.")
    NOT_JSON = _code(
        "not-json",
        _READING,
        "Not JSON; reading stopped at byte {offset}.",
        "Send one JSON value (RFC 8259) and nothing after it.",
    )
    KEY_REPEATED = _code("key-repeated", _READING, "The same key stands twice in this object.", "Keep one of them.")
    MAPPING_UNREADABLE = _code(
        "mapping-unreadable",
        _READING,
        "A mapping whose members cannot be read: its own code fails.",
        "Give a dict, as a JSON parser makes it.",
    )
    SCHEMA_VERSION_NEWER = _code(
        "schema-version-newer",
        _READING,
        "Written for a newer version of this format than {maximum}.",
        "Update wtisd-model, or send version {maximum}.",
    )

    # Shape: what JSON Schema can say.
    WRONG_TYPE = _code("wrong-type", _SHAPE, "Not {expected}.", "Give a value of that kind.")
    KEY_MISSING = _code("key-missing", _SHAPE, "This key is required.", "Give it a value.")
    KEY_UNKNOWN = _code(
        "key-unknown", _SHAPE, "No key of this name is known here.", "Correct its name, or take it out."
    )
    FIELD_NOT_YOURS = _code(
        "field-not-yours",
        _SHAPE,
        "This is set by the office, not by the sender.",
        "Take the key out.",
    )
    NULL_REFUSED = _code(
        "null-refused", _SHAPE, "A null says nothing.", "Give a value, or leave the key out where it is not required."
    )
    VALUE_UNKNOWN = _code("value-unknown", _SHAPE, "Not one of the known values.", "Give one of: {choices}.")
    STATE_UNKNOWN = _code(
        "state-unknown",
        _SHAPE,
        "Not the name of a state.",
        "Write it as the state fields do: small letters and hyphens.",
    )
    TEXT_EMPTY = _code(
        "text-empty", _SHAPE, "Empty, or nothing that can be seen.", "Give a text, or leave the key out."
    )
    TEXT_TOO_LONG = _code("text-too-long", _SHAPE, "Longer than {maximum} characters.", "Shorten it.")
    TEXT_OUTER_BLANK = _code(
        "text-outer-blank",
        _SHAPE,
        "Begins or ends with a blank.",
        "Take blanks at the beginning and the end away.",
    )
    TEXT_CONTROL = _code(
        "text-control",
        _SHAPE,
        "Holds a control character, a line separator or half a character.",
        "Take it out. Line feeds are allowed in long texts only.",
    )
    TEXT_BIDI = _code(
        "text-bidi",
        _SHAPE,
        "Holds a character that changes the direction of text.",
        "Take directional formatting characters out of names.",
    )
    TEXT_MALFORMED = _code("text-malformed", _EXPORT, "Not of the form {form}.", "Write it as {form}.")
    ID_MALFORMED = _code(
        "id-malformed",
        _SHAPE,
        "Not an id.",
        "Use letters, digits, dot, underscore and hyphen, 64 at most, beginning with a letter or digit.",
    )
    UID_MALFORMED = _code("uid-malformed", _SHAPE, "Not a uid.", "Use printable ASCII without blanks, 255 at most.")
    EMAIL_MALFORMED = _code(
        "email-malformed",
        _SHAPE,
        "Not an e-mail address.",
        "Give one address such as name@example.org, 254 characters at most.",
    )
    PHONE_MALFORMED = _code(
        "phone-malformed",
        _SHAPE,
        "Not a telephone number of the form of ITU-T E.164.",
        "Write + and up to 15 digits, without blanks: +41227305111.",
    )
    URI_MALFORMED = _code(
        "uri-malformed",
        _SHAPE,
        "Not a web address.",
        "Give an https or http URI (RFC 3986) in ASCII, 2,048 characters at most.",
    )
    LANGUAGE_UNKNOWN = _code(
        "language-unknown",
        _SHAPE,
        "Not a language tag in canonical form (BCP 47).",
        "Write it like fr, fr-CH or zh-Hans.",
    )
    COUNTRY_UNKNOWN = _code(
        "country-unknown",
        _SHAPE,
        "Not a country code of ISO 3166-1 alpha-2.",
        "Write two capital letters, such as CH.",
    )
    CURRENCY_UNKNOWN = _code(
        "currency-unknown",
        _SHAPE,
        "Not a currency code of ISO 4217.",
        "Write three capital letters, such as CHF.",
    )
    COLOR_UNKNOWN = _code(
        "color-unknown",
        _SHAPE,
        "Not a colour name of CSS3.",
        "Write it in small letters, such as royalblue.",
    )
    GOAL_UNKNOWN = _code(
        "goal-unknown",
        _SHAPE,
        "Neither a Sustainable Development Goal nor a target of one.",
        "Write a goal from 1 to 17, or a target such as 9.c.",
    )
    ZONE_UNKNOWN = _code(
        "zone-unknown",
        _SHAPE,
        "Not the name of an IANA time zone.",
        "Name a zone as area and city, such as Europe/Zurich, or UTC.",
    )
    DATE_UNREADABLE = _code(
        "date-unreadable",
        _SHAPE,
        "Not a calendar date.",
        "Write it as 2023-04-20, year 1970 to 2199; for a document 2023-04 will do, from 1900 on.",
    )
    TIME_UNREADABLE = _code(
        "time-unreadable",
        _SHAPE,
        "Not a local date and time in whole seconds.",
        "Write it without an offset, as 2023-05-17T14:30:00, year 1970 to 2199; the zone stands beside it.",
    )
    MOMENT_UNREADABLE = _code(
        "moment-unreadable",
        _SHAPE,
        "Not a date and time with an offset (RFC 3339).",
        "Write it as 2023-04-13T08:15:00Z, year 1970 to 2199.",
    )
    MOMENT_NAIVE = _code(
        "moment-naive",
        _SHAPE,
        "A time without an offset says no moment.",
        "Give an aware datetime, such as one in UTC.",
    )
    NUMBER_OUT_OF_RANGE = _code(
        "number-out-of-range",
        _SHAPE,
        "Not between {minimum} and {maximum}.",
        "Give a number from {minimum} to {maximum}.",
    )
    NUMBER_MALFORMED = _code(
        "number-malformed",
        _SHAPE,
        "Not a plain decimal number.",
        'Write digits as a string, such as "1250.50", with {places} decimals at most.',
    )
    TOO_FEW_ITEMS = _code("too-few-items", _SHAPE, "Fewer than {minimum} items.", "Give at least {minimum}.")
    TOO_MANY_ITEMS = _code("too-many-items", _SHAPE, "More than {maximum} items.", "Give {maximum} at most.")
    ITEM_REPEATED = _code("item-repeated", _SHAPE, "The same item stands here before.", "Keep one of them.")

    # Invariants: what an object can see of itself.
    TIME_SKIPPED = _code(
        "time-skipped",
        _INVARIANT,
        "The clocks jump over this time at this place.",
        "Give a time before or after the jump.",
    )
    TIME_REPEATED = _code(
        "time-repeated",
        _INVARIANT,
        "The clocks show this time twice.",
        'Say which is meant: "first" or "second".',
    )
    TIME_NOT_REPEATED = _code(
        "time-not-repeated",
        _INVARIANT,
        "The clocks show this time only once.",
        'Leave out "first" and "second".',
    )
    ZONES_DIFFER = _code("zones-differ", _INVARIANT, "Start and end are in different zones.", "Give both in one zone.")
    SLOT_ENDS_BEFORE_START = _code(
        "slot-ends-before-start",
        _INVARIANT,
        "The end is not after the start.",
        "Give an end later than the start.",
    )
    LANGUAGE_REPEATED = _code(
        "language-repeated",
        _INVARIANT,
        "A translation into the language of the text itself.",
        "Take the translation out.",
    )
    MONEY_MINOR_UNIT = _code(
        "money-minor-unit",
        _INVARIANT,
        "More decimals than the currency has.",
        "Give {places} decimals at most.",
    )
    POSITION_INCOMPLETE = _code(
        "position-incomplete",
        _INVARIANT,
        "A position needs latitude and longitude.",
        "Give both, or neither.",
    )
    CONTACT_UNNAMED = _code(
        "contact-unnamed",
        _INVARIANT,
        "Neither a name nor an e-mail address.",
        "Give one of them; whoever registers gives both.",
    )
    EVENT_WITHOUT_SLOT = _code(
        "event-without-slot",
        _INVARIANT,
        "Only a draft has no date and time, and a draft is not announced.",
        "Give the event a slot, and schedule it.",
    )
    EVENT_WITHOUT_PLACE = _code(
        "event-without-place",
        _INVARIANT,
        "Only a draft has no place.",
        "Give a location or a virtual location.",
    )
    PREVIOUS_SLOT_MISSING = _code(
        "previous-slot-missing",
        _INVARIANT,
        "It was moved, and where it stood before is not kept.",
        "Keep the old slot in previousSlots.",
    )
    CALL_REPEATED = _code("call-repeated", _INVARIANT, "A second call of the same kind.", "Keep one call of each kind.")
    CALL_WITHOUT_ADDRESS = _code(
        "call-without-address",
        _INVARIANT,
        "No address to answer to.",
        "Give url or email, or say addressUnknown.",
    )
    CALL_ADDRESS_CONTRADICTED = _code(
        "call-address-contradicted",
        _INVARIANT,
        "The address is given and said to be unknown.",
        "Take addressUnknown out.",
    )
    CALL_CLOSES_BEFORE_OPENING = _code(
        "call-closes-before-opening",
        _INVARIANT,
        "The deadline passes before the call opens.",
        "Give a deadline after the opening.",
    )
    CAPACITY_WITHOUT_PLACE = _code(
        "capacity-without-place",
        _INVARIANT,
        "Seats for a way of taking part that the event does not offer.",
        "Add the place, or take the capacity out.",
    )
    DOCUMENT_FOLLOWS_ITSELF = _code(
        "document-follows-itself",
        _INVARIANT,
        "A document does not follow itself.",
        "Name the document before it.",
    )
    DOCUMENT_FOLLOWS_NEWER = _code(
        "document-follows-newer",
        _INVARIANT,
        "It follows a document that was issued later.",
        "Correct one of the two dates.",
    )
    DOCUMENT_YEAR_DIFFERS = _code(
        "document-year-differs",
        _INVARIANT,
        "The year in the symbol is not the year of issue.",
        "Correct the symbol or the date.",
    )
    SESSION_OUTSIDE_EVENT = _code(
        "session-outside-event",
        _INVARIANT,
        "Not inside the time of its event.",
        "Move the session, or lengthen the event; to move both, give the event its sessions with the new slot.",
    )
    ID_REPEATED = _code("id-repeated", _INVARIANT, "Another one has this id.", "Give each its own id.")
    PARTICIPANT_INCOMPLETE = _code(
        "participant-incomplete",
        _INVARIANT,
        "A participant has a name and an e-mail address.",
        "Give both.",
    )
    PARTICIPANT_MISSING = _code(
        "participant-missing",
        _INVARIANT,
        "The participant is missing.",
        "Give a participant with a name and an e-mail address.",
    )
    PURGED_WITH_PERSONAL_DATA = _code(
        "purged-with-personal-data",
        _INVARIANT,
        "Purged, and personal data are still there.",
        "Take the personal field out, or purgedAt.",
    )
    WAITLISTED_AT_MISSING = _code(
        "waitlisted-at-missing",
        _INVARIANT,
        "Waitlisted, and since when is not said.",
        "Give waitlistedAt.",
    )
    WAITLISTED_AT_UNFOUNDED = _code(
        "waitlisted-at-unfounded",
        _INVARIANT,
        "A place on the waitlist, and not waitlisted.",
        "Take waitlistedAt out.",
    )
    CHECKED_IN_AT_MISSING = _code(
        "checked-in-at-missing",
        _INVARIANT,
        "Attended, and when they checked in is not said.",
        "Give checkedInAt.",
    )
    CHECKED_IN_AT_UNFOUNDED = _code(
        "checked-in-at-unfounded",
        _INVARIANT,
        "Checked in, and not attended.",
        "Take checkedInAt out.",
    )
    REPLIES_OUT_OF_ORDER = _code(
        "replies-out-of-order",
        _INVARIANT,
        "An answer to an older revision than the one before it, or an earlier answer to the same.",
        "Put answers in the order of their sequence, and then of time.",
    )
    PARTICIPATION_STATUS_UNFOUNDED = _code(
        "participation-status-unfounded",
        _INVARIANT,
        "Not what the last answer about the event says.",
        "Give the status of that answer, or needs-action where it was about an older revision.",
    )
    LANGUAGES_OVERLAP = _code(
        "languages-overlap",
        _INVARIANT,
        "A language to interpret from and into.",
        "Name each language on one side only.",
    )
    SIGN_LANGUAGE_MISSING = _code(
        "sign-language-missing",
        _INVARIANT,
        "Sign interpretation without a sign language.",
        "Name one, such as ase (American) or ils (International Sign).",
    )
    SIGN_LANGUAGE_SPOKEN = _code(
        "sign-language-spoken",
        _INVARIANT,
        "A sign language cannot be written as captions.",
        "Name a language that is written.",
    )
    CAPTIONS_NEED_ONE_LANGUAGE = _code(
        "captions-need-one-language",
        _INVARIANT,
        "Captions are in exactly one language.",
        "Make one request for each language.",
    )
    DECISION_WITHOUT_REASON = _code(
        "decision-without-reason",
        _INVARIANT,
        "Declined without a reason.",
        "Give the reason as the note of the transition.",
    )
    TEAM_MISSING = _code(
        "team-missing",
        _INVARIANT,
        "Assigned, and the team is not said.",
        "Give the team: booths, heads and norm.",
    )
    TEAM_UNFOUNDED = _code(
        "team-unfounded",
        _INVARIANT,
        "A team, and none is assigned.",
        "Take the team out, or assign it.",
    )
    AMOUNT_MISSING = _code(
        "amount-missing",
        _INVARIANT,
        "A financial pledge without an amount.",
        "Give pledged, greater than zero.",
    )
    AMOUNT_ZERO = _code(
        "amount-zero",
        _INVARIANT,
        "An amount of zero; not known is not zero.",
        "Give an amount greater than zero, or none.",
    )
    PERIOD_ENDS_BEFORE_START = _code(
        "period-ends-before-start",
        _INVARIANT,
        "The last day is before the first.",
        "Give an end on or after the start.",
    )
    REPORT_BEFORE_START = _code(
        "report-before-start",
        _INVARIANT,
        "A report from before the pledge began.",
        "Correct the date of the report or the start.",
    )
    TARGET_OUTSIDE_PERIOD = _code(
        "target-outside-period",
        _INVARIANT,
        "Due outside the period of the pledge.",
        "Give a day between start and end.",
    )
    SCOPE_WITHOUT_COUNTRY = _code(
        "scope-without-country",
        _INVARIANT,
        "For countries, and none is named.",
        "Name a country, or give the scope regional or global.",
    )
    COUNTRY_REPEATED = _code("country-repeated", _INVARIANT, "This country is named before.", "Name each country once.")
    SHARES_INCOMPLETE = _code(
        "shares-incomplete",
        _INVARIANT,
        "Some countries have a share and some have not.",
        "Give every country a share, or none.",
    )
    SHARES_NOT_WHOLE = _code(
        "shares-not-whole",
        _INVARIANT,
        "The shares do not add up to 100.",
        "Give shares in percent that add up to 100.",
    )
    PARTNER_IS_PLEDGER = _code(
        "partner-is-pledger",
        _INVARIANT,
        "The pledger is not its own partner.",
        "Take it out of the partners.",
    )
    REPORT_MISSING = _code(
        "report-missing",
        _INVARIANT,
        "Completed, and no report says so.",
        "Give a report.",
    )
    HISTORY_OUT_OF_ORDER = _code(
        "history-out-of-order",
        _INVARIANT,
        "Earlier than the transition before it.",
        "Put transitions in the order of time.",
    )
    HISTORY_BROKEN = _code(
        "history-broken",
        _INVARIANT,
        "It does not begin where the transition before it ended.",
        "Put in the missing transition.",
    )
    HISTORY_ENDS_ELSEWHERE = _code(
        "history-ends-elsewhere",
        _INVARIANT,
        "The present state is not where the history ends.",
        "Record the missing transition, or correct the state.",
    )

    # Moves between states.
    MOVE_NOT_ALLOWED = _code(
        "move-not-allowed",
        _MOVE,
        "This step is not in the table of states.",
        "From here it may go to: {choices}.",
    )

    # Rules: two objects, a clock or a judgement.
    DEADLINE_AFTER_EVENT = _code(
        "deadline-after-event",
        _RULE,
        "The deadline passes when it is too late to act on it.",
        "Close interpretation before the event starts, and registration before it ends; registration without a "
        "deadline closes with the event.",
    )
    LEAD_TIME_SHORT = _code(
        "lead-time-short",
        _RULE,
        "Only {days} days from the deadline to the event; {norm} are usual.",
        "Give an earlier deadline where you can.",
        Severity.WARNING,
    )
    UID_REPEATED = _code("uid-repeated", _RULE, "Another one exports under this uid.", "Give each its own uid.")
    CAPACITY_EXCEEDS_ROOM = _code(
        "capacity-exceeds-room",
        _RULE,
        "More seats on site than the rooms hold.",
        "Lower the capacity to {maximum}, or take larger rooms.",
        Severity.WARNING,
    )
    ROOM_DOUBLE_BOOKED = _code(
        "room-double-booked",
        _RULE,
        "The session at index {other} is in this room at this time.",
        "Move one of them.",
        Severity.WARNING,
    )
    PERSON_DOUBLE_BOOKED = _code(
        "person-double-booked",
        _RULE,
        "This person is in the session at index {other} at this time.",
        "Move one of the sessions.",
        Severity.WARNING,
    )
    SESSION_UNKNOWN = _code(
        "session-unknown",
        _RULE,
        "Number of ids here that no session of the event has: {unknown}.",
        "Name sessions that it has: {choices}.",
    )
    EVENT_UID_DIFFERS = _code(
        "event-uid-differs",
        _RULE,
        "It belongs to another event.",
        "Put it beside its own event, or correct eventUid.",
    )
    MODE_NOT_OFFERED = _code(
        "mode-not-offered",
        _RULE,
        "The event cannot be attended in this mode.",
        "Choose one of: {choices}.",
    )
    REGISTRATION_REPEATED = _code(
        "registration-repeated",
        _RULE,
        "This person has an active registration already.",
        "Withdraw one of the two.",
    )
    CALL_NOT_OPEN = _code("call-not-open", _RULE, "Sent before the call opened.", "Send it when the call is open.")
    CALL_CLOSED = _code("call-closed", _RULE, "Sent after the call closed.", "Ask the office.")
    SEATS_EXCEEDED = _code(
        "seats-exceeded",
        _RULE,
        "All {maximum} seats of this mode are taken.",
        "Put it on the waitlist where the call has one, or refuse it; reset it first where it was approved.",
    )
    WAITLIST_ORDER = _code(
        "waitlist-order",
        _RULE,
        "A seat is free, and this one is next in line for it.",
        "Promote in the order of waitlistedAt, then id.",
        Severity.WARNING,
    )
    WAITLIST_PASSED_OVER = _code(
        "waitlist-passed-over",
        _RULE,
        "Another one that has waited less was given a seat.",
        "Give it the next seat of its mode.",
        Severity.WARNING,
    )
    MEMBERSHIP_NOT_ADDRESSED = _code(
        "membership-not-addressed",
        _RULE,
        "The event is not addressed to this category.",
        "Check the membership.",
        Severity.WARNING,
    )
    VISA_LETTER_REMOTE = _code(
        "visa-letter-remote",
        _RULE,
        "A visa letter, and attendance from afar.",
        "Take the need out, or change the mode.",
        Severity.WARNING,
    )
    NAME_MIXES_SCRIPTS = _code(
        "name-mixes-scripts",
        _RULE,
        "A word with letters of more than one of the Latin, Greek and Cyrillic scripts, of which some look alike.",
        "See whether it is the name that it seems to be.",
        Severity.WARNING,
    )
    REQUEST_LATE = _code(
        "request-late",
        _RULE,
        "Sent after the deadline for requests.",
        "See whether it can be met; it may still be approved.",
        Severity.WARNING,
    )
    LANGUAGE_NOT_OFFICIAL = _code(
        "language-not-official",
        _RULE,
        "Languages to interpret from that are none of the six official ones: {unknown}.",
        "Ask the speakers to bring an interpreter, or a text in Arabic, Chinese, English, French, Russian or Spanish.",
        Severity.WARNING,
    )
    TEAM_TOO_SMALL = _code(
        "team-too-small",
        _RULE,
        "Fewer interpreters than the {minimum} that the norm {norm} asks for.",
        "Assign more, or name the norm that the team was sized by.",
        Severity.WARNING,
    )
    WORK_TOO_LONG = _code(
        "work-too-long",
        _RULE,
        "{minutes} minutes of interpretation in a {span}; a team works {maximum} at most.",
        "Plan for more interpreters, a break of 90 minutes, or fewer hours.",
        Severity.WARNING,
    )
    CHECKED_IN_TOO_EARLY = _code(
        "checked-in-too-early",
        _RULE,
        "Checked in before the first day of the event.",
        "Correct checkedInAt.",
    )
    RETENTION_OVER = _code(
        "retention-over",
        _RULE,
        "Personal data are kept longer than {days} days after the event.",
        "Purge the registration.",
    )

    REPORT_IN_FUTURE = _code(
        "report-in-future",
        _RULE,
        "A report of a day that has not come yet anywhere.",
        "Correct the date of the report.",
    )
    MEASURABLE_TARGET_MISSING = _code(
        "measurable-target-missing",
        _RULE,
        "No target says how much of what is to be reached by which day.",
        "Give a target with number, unit and due.",
        Severity.WARNING,
    )
    DISBURSED_ABOVE_PLEDGED = _code(
        "disbursed-above-pledged",
        _RULE,
        "More has been paid than was pledged.",
        "See whether both amounts are right.",
        Severity.WARNING,
    )
    REPORT_OVERDUE = _code(
        "report-overdue",
        _RULE,
        "Whole years without a report: {years}, which is {status}.",
        "Ask the pledger what was done, and add a report; or record that it is completed or withdrawn.",
        Severity.WARNING,
    )
    GROUP_UNKNOWN_ON_DATE = _code(
        "group-unknown-on-date",
        _RULE,
        "Which countries were in {group} is known from {minimum} to {maximum} only.",
        "Ask for a day in that time, or update wtisd-model.",
    )
    RATE_MISSING = _code(
        "rate-missing",
        _RULE,
        "Amounts in this currency, and no rate for it.",
        "Give the rate of every currency that is pledged in.",
    )

    # Writing.
    STAMP_MISSING = _code(
        "stamp-missing",
        _EXPORT,
        "Neither a stamp nor the time of the last update.",
        "Give stamped, the moment of this export.",
    )
    SENDER_WITHOUT_ADDRESS = _code(
        "sender-without-address",
        _EXPORT,
        "Whoever sends it has no e-mail address.",
        "Give a sender with an e-mail address.",
    )
    NAME_UNKNOWN = _code(
        "name-unknown",
        _EXPORT,
        "Not a component, property or parameter that is written here.",
        "Use a name from the lists in wtisd_model.ical.names.",
    )
    YEAR_OUT_OF_RANGE = _code(
        "year-out-of-range",
        _EXPORT,
        "Not in the years {minimum} to {maximum}.",
        "Give a moment in these years.",
    )
    DURATION_NOT_WHOLE = _code(
        "duration-not-whole",
        _EXPORT,
        "Not a whole number of seconds: a fraction, or months or years.",
        "Give whole seconds, minutes, hours, days or weeks.",
    )
    DURATION_OUT_OF_RANGE = _code(
        "duration-out-of-range",
        _EXPORT,
        "A length of time below {minimum} or above {maximum}.",
        "Give a length from {minimum} to {maximum}.",
    )
    FEED_TOO_LARGE = _code(
        "feed-too-large",
        _EXPORT,
        "More than {maximum} octets: each session repeats what its event says.",
        "Shorten what the event says of places, contacts and keywords, or split the event.",
    )
    ZONE_RULES_MISSING = _code(
        "zone-rules-missing",
        _EXPORT,
        "The time zone database in use does not have this zone.",
        "Install a newer tzdata; wtisd-model doctor tells which one is in use.",
    )
    ZONE_RULES_UNREADABLE = _code(
        "zone-rules-unreadable",
        _EXPORT,
        "The time zone database in use cannot be read for this zone.",
        "Install tzdata again; wtisd-model doctor tells which one is in use.",
    )

    # Calendar messages: made, read and applied.
    ORGANIZER_WITHOUT_ADDRESS = _code(
        "organizer-without-address",
        _MESSAGE,
        "Nobody with an e-mail address holds the event, so that nobody can invite to it or be answered.",
        "Give the event an organizer with an email.",
    )
    EVENT_CANCELLED = _code(
        "event-cancelled",
        _MESSAGE,
        "It is cancelled, and nobody is invited to it.",
        "Tell people that it is cancelled: with cancel, or with updates.",
    )
    SESSION_NOT_ANNOUNCED = _code(
        "session-not-announced", _MESSAGE, "The session is a draft, of which nobody is told.", "Schedule it first."
    )
    SESSION_NOT_CHOSEN = _code(
        "session-not-chosen",
        _MESSAGE,
        "The registration is for other sessions.",
        "Name one of its sessions, or none for the whole event.",
    )
    REGISTRATION_NOT_INVITED = _code(
        "registration-not-invited",
        _MESSAGE,
        "It has no seat: it waits for a decision or for a seat, was refused, or was taken back.",
        "Invite it when it is approved, or leave it out; is_invited tells.",
    )
    REGISTRATION_PURGED = _code(
        "registration-purged",
        _MESSAGE,
        "Its personal data were removed, so that there is nobody to write to.",
        "Leave it out.",
    )
    SEQUENCE_NOT_RAISED = _code(
        "sequence-not-raised",
        _MESSAGE,
        "A time, a place or a status changed, and the sequence did not rise: calendars would ignore the change.",
        "Raise the sequence of the event by one; in Python its verbs, such as reschedule, and revised do.",
    )
    VERSION_OLDER = _code(
        "version-older",
        _MESSAGE,
        "Older than the version that it is to follow.",
        "Give the older version first and the newer one after it; they may be swapped.",
    )
    NOT_A_REQUEST = _code(
        "not-a-request",
        _MESSAGE,
        "Not an invitation, so that there is nothing to answer.",
        "Give what invite made for the person who answers.",
    )
    DELEGATE_MISSING = _code(
        "delegate-missing",
        _MESSAGE,
        "Delegated, and nobody with an e-mail address is named who comes instead.",
        "Give delegate, with an email.",
    )
    DELEGATE_UNFOUNDED = _code(
        "delegate-unfounded",
        _MESSAGE,
        "Somebody is named who comes instead, and it is not delegated.",
        "Leave delegate out, or answer delegated.",
    )
    PROPERTY_COUNT = _code(
        "property-count",
        _MESSAGE,
        "{property} stands {count} times in a {method}, which has {allowed}.",
        "Write it as often as RFC 5546 section 3.2 says.",
    )
    # Calendars of others, and answers to invitations.
    CALENDAR_TOO_LONG = _code(
        "calendar-too-long",
        _INCOMING,
        "More than {maximum} lines.",
        "Send fewer events, or several files.",
    )
    CALENDAR_MISSING = _code(
        "calendar-missing",
        _INCOMING,
        "No iCalendar object: there is no VCALENDAR.",
        "Give the content of an .ics file. In a mail that is the part text/calendar; answers are read from "
        "the whole mail, with read_reply or wtisd-model reply.",
    )
    COMPONENT_UNBALANCED = _code(
        "component-unbalanced",
        _INCOMING,
        "A BEGIN without its END, or an END without its BEGIN.",
        "Fetch the file again; it is cut off or damaged.",
    )
    CALENDAR_SCALE_UNKNOWN = _code(
        "calendar-scale-unknown",
        _INCOMING,
        "Not the Gregorian calendar.",
        "Ask for it with CALSCALE:GREGORIAN.",
    )
    CALENDARS_DISAGREE = _code(
        "calendars-disagree",
        _INCOMING,
        "Several calendars that do not say the same.",
        "Give them one by one.",
    )
    METHOD_UNKNOWN = _code(
        "method-unknown",
        _INCOMING,
        "A METHOD that RFC 5546 does not have.",
        "It is one of: {choices}.",
    )
    EVENT_MISSING = _code(
        "event-missing",
        _INCOMING,
        "No event in it.",
        "Give a calendar with a VEVENT.",
    )
    PROPERTY_MISSING = _code(
        "property-missing",
        _INCOMING,
        "{property} is missing.",
        "Ask the sender for it: RFC 5545 requires it.",
    )
    PROPERTY_UNREADABLE = _code(
        "property-unreadable",
        _INCOMING,
        "Not a value of the form of {property}.",
        "Write it as RFC 5545 says.",
    )
    TIME_FLOATING = _code(
        "time-floating",
        _INCOMING,
        "A time or a day without a zone.",
        "Say which zone is meant, such as Europe/Zurich: with zone, or with --zone.",
    )
    ZONE_RULES_FOREIGN = _code(
        "zone-rules-foreign",
        _INCOMING,
        "A time zone of the sender's own, whose rules are not evaluated.",
        "Ask for times in an IANA zone or in UTC.",
    )
    LINE_UNREADABLE = _code(
        "line-unreadable",
        _INCOMING,
        "Not a content line; it is passed over.",
        "Nothing, unless something is missing: then fetch the file again.",
        Severity.WARNING,
    )
    PROPERTY_DROPPED = _code(
        "property-dropped",
        _INCOMING,
        "{property} has no place in our objects as it stands, and is left out.",
        "Nothing, unless it matters: then add what it says by hand.",
        Severity.WARNING,
    )
    PROPERTY_REPEATED = _code(
        "property-repeated",
        _INCOMING,
        "{property} stands once, and this is another one; it is passed over.",
        "See that the first is the right one.",
        Severity.WARNING,
    )
    COMPONENT_DROPPED = _code(
        "component-dropped",
        _INCOMING,
        "A part of an event, such as a reminder, that our objects do not have; it is left out.",
        "Nothing; reminders are set when a calendar is written.",
        Severity.WARNING,
    )
    RECURRENCE_DROPPED = _code(
        "recurrence-dropped",
        _INCOMING,
        "{property} makes a series of it, and only the first occurrence is kept.",
        "Ask for each occurrence by itself.",
        Severity.WARNING,
    )
    OCCURRENCE_DROPPED = _code(
        "occurrence-dropped",
        _INCOMING,
        "Another occurrence of a series of which one is kept.",
        "Ask for each occurrence with a uid of its own.",
        Severity.WARNING,
    )
    ENTRY_REPEATED = _code(
        "entry-repeated",
        _INCOMING,
        "Another entry has its uid, and is newer or stands first.",
        "Give each its own uid.",
        Severity.WARNING,
    )
    RELATION_DROPPED = _code(
        "relation-dropped",
        _INCOMING,
        "A part of an event that lies outside its time, or has parts of its own; it becomes an event.",
        "Correct the time, or leave it as an event.",
        Severity.WARNING,
    )
    SESSION_FIELD_DROPPED = _code(
        "session-field-dropped",
        _INCOMING,
        "A session has no {field} of its own; that of its event stands.",
        "Nothing, unless it matters: then make it an event.",
        Severity.WARNING,
    )
    TEXT_CHANGED = _code(
        "text-changed",
        _INCOMING,
        "{property} has blanks at its ends, characters that no text has, or is too long; it was cut.",
        "See whether it still says what it should.",
        Severity.WARNING,
    )
    TITLE_MISSING = _code(
        "title-missing",
        _INCOMING,
        "It has no title.",
        "Give it one.",
        Severity.WARNING,
    )
    END_MISSING = _code(
        "end-missing",
        _INCOMING,
        "It does not say when it ends, and is given a second.",
        "Give it a slot.",
        Severity.WARNING,
    )
    TIME_JUMPED = _code(
        "time-jumped",
        _INCOMING,
        "The clocks jump over this time; it is read as long after the jump as it was written.",
        "Ask which time is meant.",
        Severity.WARNING,
    )
    ZONE_REPLACED = _code(
        "zone-replaced",
        _INCOMING,
        "The zone is none of ours, or not that of the start: the moments are kept, by the clocks of {zone}.",
        "See whether these are the clocks of the place; if not, write the slot by those.",
        Severity.WARNING,
    )
    LOCATION_DROPPED = _code(
        "location-dropped",
        _INCOMING,
        "A place of which neither town nor country is known; it is left out.",
        "Add the place by hand; in Python, from_ical takes the place of all rooms.",
        Severity.WARNING,
    )
    COUNTRY_INFERRED = _code(
        "country-inferred",
        _INCOMING,
        "No calendar says the country of a place; {country} is that of its time zone.",
        "Correct the country where it is another one.",
        Severity.WARNING,
    )
    PLACE_MISSING = _code(
        "place-missing",
        _INCOMING,
        "It has no place; a virtual location without an address stands for it.",
        "Give it a location or a virtual location.",
        Severity.WARNING,
    )
    PARTSTAT_UNKNOWN = _code(
        "partstat-unknown",
        _INCOMING,
        "An answer that RFC 5545 does not have for events; it counts as none.",
        "Ask the person.",
        Severity.WARNING,
    )
    REPLY_MISSING = _code(
        "reply-missing",
        _INCOMING,
        "No calendar in the mail.",
        "Give a mail with a part text/calendar, or with an .ics file attached.",
    )
    MAIL_UNREADABLE = _code(
        "mail-unreadable",
        _INCOMING,
        "Not a mail that can be read.",
        "Give the message as it came, whole and with its headers.",
    )
    METHOD_NOT_ANSWER = _code(
        "method-not-answer",
        _INCOMING,
        "A message, but not an answer to one: its METHOD is none of {choices}.",
        "Read schedules and invitations with from_ical, or with wtisd-model import.",
    )
    EVENT_COUNT = _code(
        "event-count",
        _INCOMING,
        "An answer is about one event, and this is about {count}.",
        "Have each answered by itself.",
    )
    ATTENDEE_COUNT = _code(
        "attendee-count",
        _INCOMING,
        "An answer is from one person, and this has {count} ATTENDEEs with an address.",
        "Refuse it; RFC 5546 section 3.2.3 allows one.",
    )
    SENDER_DIFFERS = _code(
        "sender-differs",
        _INCOMING,
        "The sender is not the person who answers.",
        "Refuse it, or ask the person.",
    )
    ANSWERED_FOR_ANOTHER = _code(
        "answered-for-another",
        _INCOMING,
        "Somebody else sent it for the person, and only says that they may.",
        "Accept it if you know that this person answers for the other.",
        Severity.WARNING,
    )
    UID_FOREIGN = _code(
        "uid-foreign",
        _INCOMING,
        "About another event than the dossier's.",
        "Apply it to the dossier of that event.",
    )
    SEQUENCE_AHEAD = _code(
        "sequence-ahead",
        _INCOMING,
        "An answer to a later revision than {maximum}, which is the event's.",
        "Apply it to the latest version of the dossier; if there is none, refuse it.",
    )
    PERSON_UNKNOWN = _code(
        "person-unknown",
        _INCOMING,
        "From an address that no registration has.",
        "Ask who it is; the person may have registered with another address.",
    )

    @property
    def nature(self) -> Nature:
        """Which part of the package decides about it."""
        return _NATURES[self.value]

    @property
    def message(self) -> str:
        """The template of the sentence that it prints."""
        return SENTENCES[self.value][1]

    @property
    def fix(self) -> str:
        """The template of what mends it."""
        return SENTENCES[self.value][2]

    @property
    def severity(self) -> Severity:
        """Whether it refuses or only warns."""
        return SENTENCES[self.value][0]
