"""Every code that this package reports, with the sentence it prints and what mends it."""

from enum import StrEnum


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


_READING, _SHAPE, _INVARIANT = Nature.READING, Nature.SHAPE, Nature.INVARIANT
_RULE, _MOVE, _EXPORT = Nature.RULE, Nature.MOVE, Nature.EXPORT


_SAID: dict[str, tuple[Nature, str, str, Severity]] = {}


def _code(word: str, nature: Nature, message: str, fix: str, severity: Severity = Severity.ERROR) -> str:
    # Members that were tuples would not compare with strings in the eyes of a type checker.
    _SAID[word] = (nature, message, fix, severity)
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
    CONTACT_UNNAMED = _code("contact-unnamed", _INVARIANT, "Neither a name nor an e-mail address.", "Give one of them.")
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
        "Say who takes part; only a registration that was purged says it no more.",
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
        "Ids among these that no session of the event has: {unknown}.",
        "Name sessions that it has.",
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

    # Writing.
    STAMP_MISSING = _code(
        "stamp-missing",
        _EXPORT,
        "Neither a stamp nor the time of the last update.",
        "Give stamped, the moment of this export.",
    )
    NAME_UNKNOWN = _code(
        "name-unknown",
        _EXPORT,
        "Not a component, property or parameter that is written here.",
        "Use a name from the lists in wtisd_model.export.ical.names.",
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

    @property
    def nature(self) -> Nature:
        """Which part of the package decides about it."""
        return _SAID[self.value][0]

    @property
    def message(self) -> str:
        """The template of the sentence that it prints."""
        return _SAID[self.value][1]

    @property
    def fix(self) -> str:
        """The template of what mends it."""
        return _SAID[self.value][2]

    @property
    def severity(self) -> Severity:
        """Whether it refuses or only warns."""
        return _SAID[self.value][3]


def sentences_of(code: Code) -> tuple[Severity, str, str]:
    """Give what a finding takes from its code: the severity, and the templates of the sentence and of what mends it."""
    _, message, fix, severity = _SAID[code]
    return severity, message, fix
