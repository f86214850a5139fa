/**
 * The JSON documents of wtisd_model, version 1 of the format, and problem details about them.
 *
 * A document has the type of its class, such as Registration; the document of a sender is a RegistrationSubmission.
 * These types know neither lengths nor patterns: the JSON Schemas next to this file do.
 */

/** One interpreter in one booth for one session, or for a part of it. */
export interface Assignment {
  /** An identifier that is unique in the roster. */
  id: string;
  /** The id of the interpreter. */
  interpreterId: string;
  /** The uid of the event. */
  eventUid: string;
  /** The id of the session; absent for an event without sessions. */
  sessionId?: string;
  /** The id of the booth; absent where there is none, such as for consecutive interpretation. */
  boothId?: string;
  /** The language that the person works into: that of the booth. */
  language: string;
  /** The service that the person does in it. */
  service?: InterpretationService;
  /**
   * When the person works, as it was offered: the session, or a part of it; absent means the whole session, whenever it
   * is.
   */
  slot?: TimeSlot;
  /**
   * Where the person works, as it was offered: on site, also in a hub, or remotely; absent means where they would work
   * now, by the request and by `Interpreter.works_at`.
   */
  worksAt?: ParticipationMode;
  /** What the person does. */
  task?: Task;
  /** The current state. */
  state?: AssignmentState;
  /** When the offer ends, in UTC; it is then as good as declined. */
  expiresAt?: string;
  /** The `Roster.sequence` in which its slot, its place or the state of the offer last changed. */
  sequence?: number;
  /**
   * The `Event.entry_sequence` of its session when it was last offered, by which answers to that offer are known;
   * absent means the current one.
   */
  sessionSequence?: number;
  /** The changes of its state. */
  history?: Transition[];
  /** The replies of the interpreter to its offers. */
  replies?: Reply[];
}

/** The state of an assignment. */
export type AssignmentState = "accepted" | "declined" | "delivered" | "offered" | "released";

/** How an event can be attended, or where the listeners of a service are (schema.org eventAttendanceMode). */
export type AttendanceMode = "on-site" | "remote" | "mixed";

/** A booth, where interpreters of one language work (ISO 20539). */
export interface Booth {
  /** An identifier that is unique among the booths of the roster. */
  id: string;
  /** The room that it looks into, by the id of the location or, without one, its room or name; absent in a hub. */
  room?: string;
  /** The language that it works into. */
  language: string;
  /** The interpreters who have a seat and a microphone. */
  seats?: number;
  /** True if it also works from its language into others, which other booths then hear. */
  bothWays?: boolean;
  /** Where the listeners are who can hear it. */
  playsTo?: AttendanceMode;
}

/** The number of interpreters in the booth of one language. */
export interface BoothTeam {
  /** The language that the booth works into. */
  language: string;
  /** The interpreters in it. */
  heads: number;
  /** True if the booth also works from its language into others, which other booths hear. */
  bothWays?: boolean;
}

/** An invitation to act, and its terms (schema.org potentialAction). */
export interface Call {
  /** What people are asked to do. */
  kind: CallKind;
  /** The web page where people respond (schema.org urlTemplate). */
  url?: string;
  /** The address to which people respond (schema.org urlTemplate, as a mailto URI). */
  email?: string;
  /** True if there is an address, but it was not published. */
  addressUnknown?: boolean;
  /** When it opens, in UTC; absent if it is open already (schema.org availabilityStarts). */
  opens?: string;
  /** The last day, included; absent if the call stays open (schema.org availabilityEnds). */
  deadline?: Deadline;
  /** Seats on site, in persons (schema.org maximumPhysicalAttendeeCapacity). */
  onSiteCapacity?: number;
  /** Remote seats, in persons (schema.org maximumVirtualAttendeeCapacity). */
  remoteCapacity?: number;
  /** True if the office decides on each registration, request or pledge. */
  needsApproval?: boolean;
  /** True if people may wait for a seat when all seats are taken. */
  waitlist?: boolean;
  /** True if a pending registration takes a seat although it needs approval; where none is needed it always does. */
  pendingCounts?: boolean;
  /** The languages that people may request, or respond in (schema.org availableLanguage). */
  languages?: string[];
  /** The optional fields that its form shows, such as ``organization`` and ``participant.phone``; absent means all. */
  fields?: FormField[];
  /** Those of them that have to be filled in. */
  required?: FormField[];
  /** The questions of the organizer, in the order in which they are asked. */
  questions?: Question[];
}

/** What people are asked to do. */
export type CallKind = "interpretation" | "pledge" | "registration";

/** One of the answers that a question offers. */
export interface Choice {
  /** An identifier that is unique among the choices, and is the answer; it stays when the label changes. */
  id: string;
  /** The text that people read. */
  label: LocalizedLine;
  /** True if it is no longer offered; answers that chose it stay. */
  retired?: boolean;
}

export type Color = "aliceblue" | "antiquewhite" | "aqua" | "aquamarine" | "azure" | "beige" | "bisque" | "black" |
  "blanchedalmond" | "blue" | "blueviolet" | "brown" | "burlywood" | "cadetblue" | "chartreuse" | "chocolate" | "coral"
  | "cornflowerblue" | "cornsilk" | "crimson" | "cyan" | "darkblue" | "darkcyan" | "darkgoldenrod" | "darkgray" |
  "darkgreen" | "darkgrey" | "darkkhaki" | "darkmagenta" | "darkolivegreen" | "darkorange" | "darkorchid" | "darkred" |
  "darksalmon" | "darkseagreen" | "darkslateblue" | "darkslategray" | "darkslategrey" | "darkturquoise" | "darkviolet" |
  "deeppink" | "deepskyblue" | "dimgray" | "dimgrey" | "dodgerblue" | "firebrick" | "floralwhite" | "forestgreen" |
  "fuchsia" | "gainsboro" | "ghostwhite" | "gold" | "goldenrod" | "gray" | "green" | "greenyellow" | "grey" | "honeydew"
  | "hotpink" | "indianred" | "indigo" | "ivory" | "khaki" | "lavender" | "lavenderblush" | "lawngreen" | "lemonchiffon"
  | "lightblue" | "lightcoral" | "lightcyan" | "lightgoldenrodyellow" | "lightgray" | "lightgreen" | "lightgrey" |
  "lightpink" | "lightsalmon" | "lightseagreen" | "lightskyblue" | "lightslategray" | "lightslategrey" |
  "lightsteelblue" | "lightyellow" | "lime" | "limegreen" | "linen" | "magenta" | "maroon" | "mediumaquamarine" |
  "mediumblue" | "mediumorchid" | "mediumpurple" | "mediumseagreen" | "mediumslateblue" | "mediumspringgreen" |
  "mediumturquoise" | "mediumvioletred" | "midnightblue" | "mintcream" | "mistyrose" | "moccasin" | "navajowhite" |
  "navy" | "oldlace" | "olive" | "olivedrab" | "orange" | "orangered" | "orchid" | "palegoldenrod" | "palegreen" |
  "paleturquoise" | "palevioletred" | "papayawhip" | "peachpuff" | "peru" | "pink" | "plum" | "powderblue" | "purple" |
  "red" | "rosybrown" | "royalblue" | "saddlebrown" | "salmon" | "sandybrown" | "seagreen" | "seashell" | "sienna" |
  "silver" | "skyblue" | "slateblue" | "slategray" | "slategrey" | "snow" | "springgreen" | "steelblue" | "tan" | "teal"
  | "thistle" | "tomato" | "turquoise" | "violet" | "wheat" | "white" | "whitesmoke" | "yellow" | "yellowgreen";

/** When a question is asked: all parts that are present have to be met. */
export interface Condition {
  /** The id of an earlier question, which has to be asked too. */
  question?: string;
  /** Its answers that meet the condition; one of several choices is enough. */
  answers?: (string | boolean)[];
  /** The modes of a registration that meet the condition. */
  modes?: ParticipationMode[];
  /** The memberships of a registration that meet the condition. */
  memberships?: Membership[];
  /** The sessions of a registration or a request that meet the condition; one of them has to be chosen. */
  sessionIds?: string[];
}

/** A person or an office to contact (RFC 8984 Participant, schema.org ContactPoint). */
export interface Contact {
  /** An identifier of the person, the same wherever the office names them (RFC 8984 participants). */
  id?: string;
  /** The name of the person or office (RFC 5545 CN). */
  name?: string;
  /** The e-mail address (RFC 5545 CAL-ADDRESS). */
  email?: string;
  /** The telephone number (ITU-T E.164). */
  phone?: string;
  /** The preferred language of correspondence (RFC 8984 language; RFC 5545 LANGUAGE). */
  language?: string;
  /** The roles of the person at this event, which only the office sets (RFC 8984 roles). */
  roles?: Role[];
  /** The organization that the person belongs to (schema.org affiliation). */
  organization?: string;
  /** The function of the person there (schema.org jobTitle). */
  jobTitle?: string;
}

/** A person or an office to contact (RFC 8984 Participant, schema.org ContactPoint). */
export interface ContactSubmission {
  /** The name of the person or office (RFC 5545 CN). */
  name?: string;
  /** The e-mail address (RFC 5545 CAL-ADDRESS). */
  email?: string;
  /** The telephone number (ITU-T E.164). */
  phone?: string;
  /** The preferred language of correspondence (RFC 8984 language; RFC 5545 LANGUAGE). */
  language?: string;
  /** The organization that the person belongs to (schema.org affiliation). */
  organization?: string;
  /** The function of the person there (schema.org jobTitle). */
  jobTitle?: string;
}

/** How an interpreter is employed. */
export type Contract = "freelance" | "staff";

export type Country = "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" |
  "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" |
  "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" |
  "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" |
  "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" |
  "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" |
  "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" |
  "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" |
  "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" |
  "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" |
  "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" |
  "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" |
  "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" |
  "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" |
  "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "XK" | "YE" | "YT" | "ZA" | "ZM" | "ZW";

/** A group of countries that the United Nations keeps a list of. */
export type CountryGroup = "ldc" | "lldc" | "sids";

/** A country that a pledge is for, and its share of the pledge. */
export interface CountryShare {
  /** The country (ISO 3166-1 alpha-2; IATI recipient-country). */
  country: Country;
  /** Its share in percent; the shares of a pledge add up to 100 (IATI percentage). */
  share?: string;
}

export type Currency = "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZM" | "AZN" | "BAM" |
  "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BYR"
  | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CSD" | "CUC" |
  "CUP" | "CVE" | "CYP" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EEK" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP"
  | "GBP" | "GEL" | "GHC" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HRK" | "HTG" | "HUF" |
  "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW"
  | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LTL" | "LVL" | "LYD" | "MAD" | "MDL" | "MGA" |
  "MGF" | "MKD" | "MMK" | "MNT" | "MOP" | "MRO" | "MRU" | "MTL" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZM"
  | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" |
  "PYG" | "QAR" | "ROL" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDD" | "SDG" | "SEK" | "SGD" | "SHP"
  | "SIT" | "SKK" | "SLE" | "SLL" | "SOS" | "SRD" | "SRG" | "SSP" | "STD" | "STN" | "SVC" | "SYP" | "SZL" | "THB" |
  "TJS" | "TMM" | "TMT" | "TND" | "TOP" | "TRL" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI"
  | "UYU" | "UYW" | "UZS" | "VEB" | "VED" | "VEF" | "VES" | "VND" | "VUV" | "WST" | "XAD" | "XAF" | "XCD" | "XCG" |
  "XDR" | "XOF" | "XPF" | "XUA" | "YER" | "ZAR" | "ZMK" | "ZMW" | "ZWD" | "ZWG" | "ZWL" | "ZWR";

/** The last calendar day on which something may be done, in the local time of a place. */
export interface Deadline {
  /** The last day, included until it ends. */
  date: string;
  /** The time zone in which the day ends. */
  timeZone: TimeZone;
}

/** A document of an event (schema.org subjectOf). */
export interface Document {
  /** The kind of document. */
  kind: DocumentKind;
  /** Its symbol: series, year and number, such as CL-23/9 (schema.org identifier). */
  symbol?: string;
  /** The date of issue (schema.org datePublished). */
  issued?: string;
  /** The language of this copy (schema.org inLanguage). */
  language?: string;
  /** The language of the original, if the document states it (schema.org translationOfWork). */
  originalLanguage?: string;
  /** The title (schema.org name). */
  title?: LocalizedLine;
  /** Its web address (schema.org url). */
  url?: string;
  /** True if the original is signed. */
  signed?: boolean;
  /** The membership categories that it is addressed to (schema.org audience). */
  addressees?: Membership[];
  /** The document that it follows up on (schema.org isBasedOn). */
  follows?: DocumentReference;
}

/** The kind of document. */
export type DocumentKind = "agenda" | "circular-letter" | "invitation" | "media" | "other" | "presentation" | "report";

/** A reference to a document that another document follows. */
export interface DocumentReference {
  /** The kind of document. */
  kind: DocumentKind;
  /** Its symbol: series, year and number (schema.org identifier). */
  symbol?: string;
  /** The date of issue (schema.org datePublished). */
  issued?: string;
  /** The title (schema.org name). */
  title?: LocalizedLine;
  /** Its web address (schema.org url). */
  url?: string;
}

/** Everything that the office holds about one event. Rules across its objects are run by `check`, not here. */
export interface Dossier {
  "@type"?: "Dossier";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
  /** The event. */
  event: EmbeddedEvent;
  /** The registrations for the event. */
  registrations?: EmbeddedRegistration[];
  /** The requests for interpretation. */
  interpretationRequests?: EmbeddedInterpretationRequest[];
  /** The pledges made for the event. */
  pledges?: EmbeddedPledge[];
}

/** A public event (RFC 5545 VEVENT, RFC 8984 Event, schema.org Event). */
export interface EmbeddedEvent {
  /** A globally unique identifier, which an edit never changes (RFC 5545 UID). */
  uid: string;
  /** The title (RFC 8984 title; RFC 5545 SUMMARY). */
  title: LocalizedLine;
  /** A short title or acronym (schema.org alternateName). */
  shortTitle?: string;
  /** The theme of this edition, such as a motto. */
  theme?: LocalizedLine;
  /** The series that it belongs to, as an edition or an occurrence (schema.org superEvent). */
  series?: Series;
  /** What it is about (RFC 8984 description; RFC 5545 DESCRIPTION). */
  description?: LocalizedText;
  /** When it takes place; if postponed, the old time. Only a draft may have none (RFC 5545 DTSTART, DTEND). */
  slot?: TimeSlot;
  /** Whether it takes place (RFC 5545 STATUS; schema.org eventStatus). */
  status?: EventStatus;
  /** The slots that it had before it was rescheduled, oldest first (schema.org previousStartDate). */
  previousSlots?: TimeSlot[];
  /** The places where people meet (RFC 5545 LOCATION; schema.org location). */
  locations?: Location[];
  /** The virtual places to dial into (RFC 7986 CONFERENCE; schema.org VirtualLocation). */
  virtualLocations?: VirtualLocation[];
  /** True if people will meet at a place that is announced later. */
  venueToFollow?: boolean;
  /** The organizer (RFC 5545 ORGANIZER; schema.org organizer). */
  organizer?: Organization;
  /** The people to contact, and who signed the invitation (RFC 5545 CONTACT). */
  contacts?: Contact[];
  /** The membership categories that it is addressed to (schema.org audience). */
  audience?: Membership[];
  /** The languages spoken there; empty means not stated (schema.org inLanguage). */
  floorLanguages?: string[];
  /** The calls for registrations, requests and pledges, at most one of each kind (schema.org potentialAction). */
  calls?: Call[];
  /** The documents about it, such as the invitation (schema.org subjectOf). */
  documents?: Document[];
  /** The groups of countries that it is about (schema.org about). */
  groups?: CountryGroup[];
  /** The Sustainable Development Goals that it serves (schema.org about). */
  goals?: string[];
  /** Keywords for searching (RFC 8984 keywords; RFC 5545 CATEGORIES). */
  keywords?: string[];
  /** Its web page (RFC 5545 URL). */
  url?: string;
  /** Its picture (RFC 7986 IMAGE). */
  image?: string;
  /** Its colour in a calendar (RFC 7986 COLOR). */
  color?: Color;
  /** Its sessions (schema.org subEvent). */
  sessions?: EmbeddedSession[];
  /** The values that its documents do not state, and where those come from. */
  provenance?: Provenance[];
  /** For how many days after its end personal data may be kept; absent if there is no limit. */
  retentionDays?: number;
  /** The revision: how often it or a session has changed in time, place or status (RFC 5545 SEQUENCE). */
  sequence?: number;
  /** The sequence when its own time, place or status last changed; if absent, the current one. */
  changedSequence?: number;
  /** The lowest SEQUENCE in calendars and messages, from which a new organizer begins. */
  minimumSequence?: number;
  /** When the record was created, in UTC (RFC 5545 CREATED). */
  created?: string;
  /** When the record last changed, in UTC (RFC 5545 LAST-MODIFIED). */
  updated?: string;
  /** The changes of its status. */
  history?: Transition[];
  /** Data of other programs, by names that begin with the domain of their owner. */
  extensions?: Record<string, unknown>;
}

/** A request for interpretation at an event or at some of its sessions. */
export interface EmbeddedInterpretationRequest {
  /** An identifier that is unique among the requests of the event. */
  id: string;
  /** The uid of the event. */
  eventUid: string;
  /** The sessions to be interpreted; empty means the whole event. */
  sessionIds?: string[];
  /** The person who asks; absent only after purging. */
  requester?: Contact;
  /** The organization of the requester, in the requester's own words. */
  organization?: string;
  /** The mode of interpretation (ISO 20539). */
  service: InterpretationService;
  /** The languages to interpret from; empty means all floor languages (ISO 20539 source language). */
  sourceLanguages?: string[];
  /** The languages to interpret into (ISO 20539 target language). */
  targetLanguages: string[];
  /** Where the listeners are; mixed means that one team works for those on site and those who are remote. */
  delivery: AttendanceMode;
  /** Where the interpreters work: on site, or remotely over a platform; absent if that is not stated. */
  interpretersAt?: ParticipationMode;
  /** The number of listeners. */
  listeners?: number;
  /** The reason for the request. */
  note?: string;
  /** The focal point who filed it for the requester. */
  filedBy?: Contact;
  /** The answers to the questions of the call, by the ids of the questions. */
  answers?: Record<string, string | boolean | number | string[]>;
  /** When it was submitted, in UTC. */
  submittedAt: string;
  /** The current state. */
  state?: RequestState;
  /** The team; present exactly while assigned or delivered. */
  team?: Team;
  /** When the personal data were removed, in UTC. */
  purgedAt?: string;
  /** The changes of its state. */
  history?: Transition[];
  /** Data of other programs, by names that begin with the domain of their owner. */
  extensions?: Record<string, unknown>;
}

/** A pledge made at an event, or for it (IATI activity). */
export interface EmbeddedPledge {
  /** An identifier that is unique among the pledges (IATI iati-identifier). */
  id: string;
  /** The uid of the event that it was made for. */
  eventUid?: string;
  /** The title (IATI title). */
  title: LocalizedLine;
  /** A description of what is pledged (IATI description). */
  description?: LocalizedText;
  /** The organization that pledges (IATI reporting-org). */
  pledger: Organization;
  /** The organizations that take part in it (IATI participating-org). */
  partners?: Organization[];
  /** The person to contact (IATI contact-info). */
  contact?: Contact;
  /** The kind of pledge. */
  kind: PledgeKind;
  /** The focus areas. */
  focusAreas: FocusArea[];
  /** The amount pledged; absent means unknown, not zero (IATI budget). */
  pledged?: Money;
  /** True if the amount is an estimate. */
  amountIsEstimate?: boolean;
  /** The first day of the work (IATI activity-date). */
  start?: string;
  /** The last day of the work, included (IATI activity-date). */
  end?: string;
  /** The geographic scope (IATI activity-scope). */
  scope: PledgeScope;
  /** The countries that benefit, each at most once (IATI recipient-country). */
  countries?: CountryShare[];
  /** The groups of countries that benefit. */
  groups?: CountryGroup[];
  /** The Sustainable Development Goals, or their targets, that it serves (IATI tag). */
  goals?: string[];
  /** The measurable targets (IATI result). */
  targets?: Target[];
  /** The focal point who filed it for the pledger. */
  filedBy?: Contact;
  /** When it was submitted, in UTC. */
  submittedAt: string;
  /** The current state (IATI activity-status). */
  state?: PledgeState;
  /** True if it may be published. */
  public?: boolean;
  /** The changes of its state. */
  history?: Transition[];
  /** The reports so far. */
  reports?: Report[];
  /** The answers to the questions of the call, by the ids of the questions. */
  answers?: Record<string, string | boolean | number | string[]>;
  /** Data of other programs, by names that begin with the domain of their owner. */
  extensions?: Record<string, unknown>;
}

/** One person's registration for an event (schema.org EventReservation, RFC 5545 ATTENDEE). */
export interface EmbeddedRegistration {
  /** An identifier that is unique among the registrations of the event (schema.org reservationId). */
  id: string;
  /** The uid of the event (schema.org reservationFor). */
  eventUid: string;
  /** The person who wants to take part (schema.org underName); absent only after purging. */
  participant?: Contact;
  /** The organization of the person, in the person's own words (schema.org affiliation). */
  organization?: string;
  /** The identifier of that organization in a registry, such as ROR, as a URI (schema.org identifier). */
  organizationIdentifier?: string;
  /** The category of the delegation. */
  membership?: Membership;
  /** The country of the delegation (ISO 3166-1 alpha-2). */
  country?: Country;
  /** On site or remote; required. */
  mode: ParticipationMode;
  /** The sessions that the person chose; empty means the whole event. */
  sessionIds?: string[];
  /** The languages that the person listens in, best first (BCP 47). */
  listeningLanguages?: string[];
  /** The needs of the person (schema.org accessibilityFeature). */
  needs?: Need[];
  /** Who may see the person in a list of participants; absent if the person was not asked. */
  listingConsent?: ListingConsent;
  /** The version of the privacy notice that the person was shown. */
  privacyNotice?: string;
  /** The focal point who filed it for the person, and gets a copy of their mails (schema.org bookingAgent). */
  filedBy?: Contact;
  /** The answers to the questions of the call, by the ids of the questions. */
  answers?: Record<string, string | boolean | number | string[]>;
  /** When it was submitted, in UTC (schema.org bookingTime). */
  submittedAt: string;
  /** The sender, such as a focal point, if not the person; noted by the office (schema.org bookingAgent). */
  submittedBy?: string;
  /** The current state (schema.org reservationStatus). */
  state?: RegistrationState;
  /** The reply of the person to the invitation to the whole event (RFC 8984 participationStatus). */
  participationStatus?: ParticipationStatus;
  /** When it joined the waitlist, in UTC; present exactly while waitlisted. */
  waitlistedAt?: string;
  /** The waits for seats in sessions, open and ended; open ones only for chosen sessions, and not while waitlisted. */
  waits?: Wait[];
  /** When the person arrived, in UTC; present exactly when attended. */
  checkedInAt?: string;
  /** When the personal data were removed, in UTC. */
  purgedAt?: string;
  /** The changes of its state. */
  history?: Transition[];
  /** The replies of the person and of their delegates to invitations, ordered by revision and then by time. */
  replies?: Reply[];
  /** What the person's calendar has, as far as it is recorded; each uid once. */
  entries?: Entry[];
  /** Data of other programs, by names that begin with the domain of their owner. */
  extensions?: Record<string, unknown>;
}

/** A part of an event (schema.org subEvent). */
export interface EmbeddedSession {
  /** An identifier that is unique among the sessions of the event. */
  id: string;
  /** Its own uid, if it came with one (RFC 5545 UID). */
  uid?: string;
  /** The title (RFC 8984 title; RFC 5545 SUMMARY). */
  title: LocalizedLine;
  /** What it is about (RFC 8984 description; RFC 5545 DESCRIPTION). */
  description?: LocalizedText;
  /** When it takes place (RFC 8984 start, timeZone; RFC 5545 DTSTART, DTEND); if postponed, the old time. */
  slot: TimeSlot;
  /** Whether it takes place (RFC 5545 STATUS; schema.org eventStatus). */
  status?: EventStatus;
  /** The slots that it had before it was rescheduled, oldest first (schema.org previousStartDate). */
  previousSlots?: TimeSlot[];
  /** The places; empty means those of the event (RFC 5545 LOCATION; schema.org location). */
  locations?: Location[];
  /** The virtual places; empty means those of the event (RFC 7986 CONFERENCE). */
  virtualLocations?: VirtualLocation[];
  /** The places that it inherits from the event unless it has its own: on site or virtual; absent means both. */
  inheritedPlaces?: ParticipationMode;
  /** Seats on site, in persons (schema.org maximumPhysicalAttendeeCapacity). */
  onSiteCapacity?: number;
  /** Remote seats, in persons (schema.org maximumVirtualAttendeeCapacity). */
  remoteCapacity?: number;
  /** The kind of session (schema.org keywords; CPEV eventType). */
  kind?: SessionKind;
  /** A short code for the programme. */
  code?: string;
  /** The track of the programme that it belongs to, by its name (RFC 5545 CATEGORIES). */
  track?: string;
  /** The speakers, chairs and moderators (RFC 8984 participants; schema.org performer). */
  people?: Contact[];
  /** The languages spoken there; empty means not stated (schema.org inLanguage). */
  floorLanguages?: string[];
  /** Whether it may be recorded or streamed; absent if that is not stated. */
  recording?: Recording;
  /** The documents about it, such as presentations (schema.org subjectOf). */
  materials?: Document[];
  /** Its own web page; absent means that of the event (RFC 5545 URL). */
  url?: string;
  /** The event's sequence when the session's time, place or status last changed; if absent, the current one. */
  changedSequence?: number;
  /** The changes of its status. */
  history?: Transition[];
  /** Data of other programs, by names that begin with the domain of their owner. */
  extensions?: Record<string, unknown>;
}

/** What a person's calendar has for one uid, as far as messages put it there; it names nobody. */
export interface Entry {
  /** The uid of the event or of a session in calendars (RFC 5545 UID). */
  uid: string;
  /** The revision in the last message (RFC 5545 SEQUENCE). */
  sequence: number;
  /** When that message was made, in UTC (RFC 5545 DTSTAMP). */
  stamped: string;
  /** The start that it stated, in UTC by the rules for clocks of then; absent for whole days (RFC 5545 DTSTART). */
  start?: string;
}

/** A public event (RFC 5545 VEVENT, RFC 8984 Event, schema.org Event). */
export interface Event extends EmbeddedEvent {
  "@type"?: "Event";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
}

/** Whether an event or a session takes place (RFC 5545 STATUS, schema.org eventStatus). */
export type EventStatus = "cancelled" | "draft" | "postponed" | "scheduled";

/** A focus area, as Partner2Connect names it. */
export type FocusArea = "accelerate" | "access" | "adoption" | "value-creation";

export type FormField = "amountIsEstimate" | "contact" | "countries" | "country" | "description" | "end" | "filedBy" |
  "goals" | "groups" | "listeners" | "listeningLanguages" | "listingConsent" | "membership" | "needs" | "note" |
  "organization" | "organizationIdentifier" | "participant.jobTitle" | "participant.language" |
  "participant.organization" | "participant.phone" | "partners" | "pledged" | "pledger.acronym" | "pledger.country" |
  "pledger.identifier" | "pledger.membership" | "pledger.unit" | "privacyNotice" | "public" | "requester.jobTitle" |
  "requester.language" | "requester.organization" | "requester.phone" | "sessionIds" | "sourceLanguages" | "start" |
  "targets";

/** A request for interpretation at an event or at some of its sessions. */
export interface InterpretationRequest extends EmbeddedInterpretationRequest {
  "@type"?: "InterpretationRequest";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
}

/** A request for interpretation at an event or at some of its sessions. */
export interface InterpretationRequestSubmission {
  "@type"?: "InterpretationRequest";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
  /** The uid of the event. */
  eventUid: string;
  /** The sessions to be interpreted; empty means the whole event. */
  sessionIds?: string[];
  /** The person who asks; absent only after purging. */
  requester: ContactSubmission;
  /** The organization of the requester, in the requester's own words. */
  organization?: string;
  /** The mode of interpretation (ISO 20539). */
  service: InterpretationService;
  /** The languages to interpret from; empty means all floor languages (ISO 20539 source language). */
  sourceLanguages?: string[];
  /** The languages to interpret into (ISO 20539 target language). */
  targetLanguages: string[];
  /** Where the listeners are; mixed means that one team works for those on site and those who are remote. */
  delivery: AttendanceMode;
  /** The number of listeners. */
  listeners?: number;
  /** The reason for the request. */
  note?: string;
  /** The focal point who filed it for the requester. */
  filedBy?: ContactSubmission;
  /** The answers to the questions of the call, by the ids of the questions. */
  answers?: Record<string, string | boolean | number | string[]>;
}

/** A mode of interpretation (ISO 20539). */
export type InterpretationService = "captions" | "consecutive" | "sign" | "simultaneous" | "whispered";

/** An interpreter whom the office may ask to work at its events. */
export interface Interpreter {
  /** An identifier that is unique among the interpreters of the roster. */
  id: string;
  /** The person. */
  contact?: Contact;
  /** The languages of the person, each once. */
  languages: Skill[];
  /** The town where the person lives or is employed. */
  base?: string;
  /** The contract; absent if that is not stated. */
  contract?: Contract;
  /** Where the person works: only on site, or only remotely; absent means both. */
  worksAt?: ParticipationMode;
  /** When the person is available; empty means whenever. */
  available?: TimeSlot[];
  /** The person's own terms, which then apply instead of those of the roster. */
  terms?: Terms;
  /** The fee for a sitting; absent means none. */
  cost?: Money;
  /** When the personal data were removed, in UTC. */
  purgedAt?: string;
  /** Data of other programs, by names that begin with the domain of their owner. */
  extensions?: Record<string, unknown>;
}

/** How well an interpreter has a language (ISO 20539). */
export type LanguageLevel = "A" | "B" | "C";

/** Who may see the participant in a list. */
export type ListingConsent = "everyone" | "nobody" | "participants";

/** The work of one interpreter. */
export interface Load {
  /** The id of the interpreter. */
  interpreterId: string;
  /** The number of sittings. */
  sittings: number;
  /** The work in them, in minutes. */
  minutes: number;
}

/** A text in its original language, and its translations. */
export interface LocalizedLine {
  /** The original text (schema.org text with inLanguage). */
  text: string;
  /** The language of the original text (RFC 5545 LANGUAGE). */
  language: string;
  /** Translations by language tag (RFC 8984 localizations). */
  translations?: Record<string, string>;
}

/** A text in its original language, and its translations. */
export interface LocalizedName {
  /** The original text (schema.org text with inLanguage). */
  text: string;
  /** The language of the original text (RFC 5545 LANGUAGE). */
  language: string;
  /** Translations by language tag (RFC 8984 localizations). */
  translations?: Record<string, string>;
}

/** A text in its original language, and its translations. */
export interface LocalizedText {
  /** The original text (schema.org text with inLanguage). */
  text: string;
  /** The language of the original text (RFC 5545 LANGUAGE). */
  language: string;
  /** Translations by language tag (RFC 8984 localizations). */
  translations?: Record<string, string>;
}

/** A place that people go to (schema.org Place, RFC 8984 Location). */
export interface Location {
  /** An identifier of the place, the same wherever the event names it (RFC 8984 locations). */
  id?: string;
  /** The name of the building or site (RFC 5545 LOCATION; schema.org name). */
  name: LocalizedName;
  /** The room in that building. */
  room?: string;
  /** Street and number, in one line (schema.org streetAddress). */
  address?: string;
  /** The town (schema.org addressLocality). */
  locality?: string;
  /** The country (ISO 3166-1 alpha-2; schema.org addressCountry). */
  country?: Country;
  /** Degrees north (WGS 84; RFC 5545 GEO). */
  latitude?: string;
  /** Degrees east (WGS 84; RFC 5545 GEO). */
  longitude?: string;
  /** The capacity of the room, in persons (schema.org maximumAttendeeCapacity). */
  capacity?: number;
}

/** The category of a delegation in ITU's letters; those of another organizer are a question of its call. */
export type Membership = "academia" | "associate" | "member-state" | "observer" | "other" | "press" |
  "regional-organization" | "resolution-99" | "sector-member" | "un-agency";

/** An amount that was promised or paid, held with the decimals of its currency: 5 USD is 5.00 USD. */
export interface Money {
  /** The amount, not negative, with no more decimals than the currency has (schema.org MonetaryAmount value). */
  amount: string;
  /** The currency (ISO 4217; schema.org currency). */
  currency: Currency;
}

/** A need of a participant, such as captions. */
export type Need = "captions" | "dietary" | "hearing-loop" | "sign-language" | "visa-letter" | "wheelchair-access";

/** The publisher of a rule for the size of a team. */
export type Norm = "aiic" | "aiic-canada" | "ep" | "un";

/** The objectives of a roster in their order, each an integer, and the smaller the better. */
export interface Objectives {
  /** Heads that are needed and missing, over all booths and sittings. */
  headsShort?: number;
  /** Booths with less than the minimum, over all sittings. */
  boothsShort?: number;
  /** Heads short, each times the priority of its session. */
  priorityShort?: number;
  /** Floor languages that do not reach a booth, over all booths and sittings. */
  floorsUnreached?: number;
  /** Kept seats that were lost. */
  changes?: number;
  /** Floor languages that reach a booth by relay, over all booths and sittings. */
  relays?: number;
  /** Seats of people who work by retour, and floor languages that reach a booth by retour. */
  retours?: number;
  /** The fees, in minor units of the currency. */
  cost?: number;
  /** The sittings of the person who has most. */
  largestLoad?: number;
  /** The people who are new in a team that has met before at the event. */
  replaced?: number;
}

/** An organization that organizes an event, takes part or pledges (schema.org Organization). */
export interface Organization {
  /** The full name (schema.org name; RFC 5545 CN). */
  name: LocalizedName;
  /** The acronym (schema.org alternateName). */
  acronym?: string;
  /** Its identifier in a registry, such as ROR, as a URI (schema.org identifier). */
  identifier?: string;
  /** The department that acts for it (schema.org department). */
  unit?: string;
  /** The e-mail address (schema.org email; RFC 5545 CAL-ADDRESS). */
  email?: string;
  /** The membership category. */
  membership?: Membership;
  /** The country where it is based (ISO 3166-1 alpha-2). */
  country?: Country;
}

/** How one person takes part, or where a team of interpreters works. */
export type ParticipationMode = "on-site" | "remote";

/** How an invited person replied (RFC 8984 participationStatus, RFC 5545 PARTSTAT). */
export type ParticipationStatus = "accepted" | "declined" | "delegated" | "needs-action" | "tentative";

/** A pledge made at an event, or for it (IATI activity). */
export interface Pledge extends EmbeddedPledge {
  "@type"?: "Pledge";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
}

/** The kind of pledge, as Partner2Connect names it. */
export type PledgeKind = "advocacy" | "financial" | "other" | "policy" | "programmatic";

/** The geographic scope of a pledge. */
export type PledgeScope = "countries" | "global" | "regional";

/** The state of a pledge (IATI activity status). */
export type PledgeState = "completed" | "draft" | "in-progress" | "published" | "rejected" | "submitted" | "suspended" |
  "withdrawn";

/** A pledge made at an event, or for it (IATI activity). */
export interface PledgeSubmission {
  "@type"?: "Pledge";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
  /** The uid of the event that it was made for. */
  eventUid?: string;
  /** The title (IATI title). */
  title: LocalizedLine;
  /** A description of what is pledged (IATI description). */
  description?: LocalizedText;
  /** The organization that pledges (IATI reporting-org). */
  pledger: Organization;
  /** The organizations that take part in it (IATI participating-org). */
  partners?: Organization[];
  /** The person to contact (IATI contact-info). */
  contact?: ContactSubmission;
  /** The kind of pledge. */
  kind: PledgeKind;
  /** The focus areas. */
  focusAreas: FocusArea[];
  /** The amount pledged; absent means unknown, not zero (IATI budget). */
  pledged?: Money;
  /** True if the amount is an estimate. */
  amountIsEstimate?: boolean;
  /** The first day of the work (IATI activity-date). */
  start?: string;
  /** The last day of the work, included (IATI activity-date). */
  end?: string;
  /** The geographic scope (IATI activity-scope). */
  scope: PledgeScope;
  /** The countries that benefit, each at most once (IATI recipient-country). */
  countries?: CountryShare[];
  /** The groups of countries that benefit. */
  groups?: CountryGroup[];
  /** The Sustainable Development Goals, or their targets, that it serves (IATI tag). */
  goals?: string[];
  /** The measurable targets (IATI result). */
  targets?: Target[];
  /** The focal point who filed it for the pledger. */
  filedBy?: ContactSubmission;
  /** True if it may be published. */
  public?: boolean;
  /** The answers to the questions of the call, by the ids of the questions. */
  answers?: Record<string, string | boolean | number | string[]>;
}

/** Problem details (RFC 9457 section 3.1) with the members of this package. */
export interface Problem {
  detail: string;
  errors: ProblemEntry[];
  language?: string;
  omitted?: number;
  status: number;
  title: string;
  type: string;
}

/** One finding. */
export interface ProblemEntry {
  code: string;
  detail: string;
  fix: string;
  language?: string;
  params: Record<string, string | number>;
  pointer: string;
  severity: "error" | "warning";
}

/** Where a value of an event comes from, if not from the documents of the event (W3C PROV). */
export interface Provenance {
  /** The value, and all that it contains, as a JSON Pointer into the event (RFC 6901). */
  path: string;
  /** How the value is known. */
  kind: ProvenanceKind;
  /** The web page of the other source (schema.org citation). */
  url?: string;
  /** Why it can be inferred, or what the source says. */
  note?: string;
}

/** How a value that no document of the event states is known. */
export type ProvenanceKind = "inferred" | "outside";

/** A question that an organizer asks in a call, in addition to the fields of registrations, requests and pledges. */
export interface Question {
  /** An identifier that is unique among the questions of the call; it stays when the label changes. */
  id: string;
  /** The question that people read. */
  label: LocalizedLine;
  /** A text that helps to answer it. */
  help?: LocalizedText;
  /** The kind of its answer. */
  kind: QuestionKind;
  /** True if it has to be answered wherever it is asked. */
  required?: boolean;
  /** True if its answers are no personal data, so that ``purged(at=..., event=...)`` keeps them. */
  statistical?: boolean;
  /** The choices, in the order in which they are offered. */
  choices?: Choice[];
  /** The lowest number, or the lowest number of choices. */
  minimum?: number;
  /** The highest number, the highest number of choices, or the length of a text in characters. */
  maximum?: number;
  /** When it is asked; absent means always. */
  when?: Condition;
  /** True if it is no longer asked; its answers stay. */
  retired?: boolean;
}

/** The kind of answer that a question has. */
export type QuestionKind = "agreement" | "boolean" | "choice" | "choices" | "country" | "date" | "decimal" | "email" |
  "integer" | "language" | "long-text" | "phone" | "text" | "url";

/** The streaming and recording that a session allows. */
export type Recording = "allowed" | "no-recording" | "no-streaming";

/** One person's registration for an event (schema.org EventReservation, RFC 5545 ATTENDEE). */
export interface Registration extends EmbeddedRegistration {
  "@type"?: "Registration";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
}

/** The state of a registration (schema.org reservationStatus). */
export type RegistrationState = "approved" | "attended" | "no-show" | "pending" | "rejected" | "waitlisted" |
  "withdrawn";

/** One person's registration for an event (schema.org EventReservation, RFC 5545 ATTENDEE). */
export interface RegistrationSubmission {
  "@type"?: "Registration";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
  /** The uid of the event (schema.org reservationFor). */
  eventUid: string;
  /** The person who wants to take part (schema.org underName); absent only after purging. */
  participant: ContactSubmission & Required<Pick<ContactSubmission, "name" | "email">>;
  /** The organization of the person, in the person's own words (schema.org affiliation). */
  organization?: string;
  /** The identifier of that organization in a registry, such as ROR, as a URI (schema.org identifier). */
  organizationIdentifier?: string;
  /** The category of the delegation. */
  membership?: Membership;
  /** The country of the delegation (ISO 3166-1 alpha-2). */
  country?: Country;
  /** On site or remote; required. */
  mode: ParticipationMode;
  /** The sessions that the person chose; empty means the whole event. */
  sessionIds?: string[];
  /** The languages that the person listens in, best first (BCP 47). */
  listeningLanguages?: string[];
  /** The needs of the person (schema.org accessibilityFeature). */
  needs?: Need[];
  /** Who may see the person in a list of participants; absent if the person was not asked. */
  listingConsent?: ListingConsent;
  /** The version of the privacy notice that the person was shown. */
  privacyNotice?: string;
  /** The focal point who filed it for the person, and gets a copy of their mails (schema.org bookingAgent). */
  filedBy?: ContactSubmission;
  /** The answers to the questions of the call, by the ids of the questions. */
  answers?: Record<string, string | boolean | number | string[]>;
}

/** A floor language that a booth hears through another booth, or does not hear. */
export interface Relay {
  /** The uid of the event. */
  eventUid: string;
  /** The sessions of the sitting; empty for an event without sessions. */
  sessionIds?: string[];
  /** The language of the booth that hears it, or does not. */
  language: string;
  /** The service of the team; in a booth it is simultaneous. */
  service?: InterpretationService;
  /** The language spoken on the floor. */
  floor: string;
  /** The language in which it hears it; absent if it reaches the booth neither directly nor by relay. */
  pivot?: string;
}

/** Which of two repeated local times is meant, on the night when the clocks go back. */
export type Repeated = "first" | "second";

/** One reply of an invited person, or of their delegate, to an invitation (RFC 5546 section 3.2.3, REPLY). */
export interface Reply {
  /** When the person's calendar program created it, in UTC (RFC 5545 DTSTAMP). */
  at: string;
  /** The status that the person replied with (RFC 5545 PARTSTAT). */
  status: ParticipationStatus;
  /** The revision of the event or the session that the reply is about (RFC 5545 SEQUENCE). */
  sequence?: number;
  /** The session that the reply is about; absent for the whole event. */
  sessionId?: string;
  /** The comment that the person added (RFC 5545 COMMENT). */
  comment?: string;
  /** The addresses of those who come instead of the person, if the status is delegated (RFC 5545 DELEGATED-TO). */
  delegatedTo?: string[];
  /** The address of the delegate who sent it instead of the person (RFC 5545 DELEGATED-FROM). */
  delegate?: string;
}

/** A report on the progress of a pledge (IATI result). */
export interface Report {
  /** The day that the report refers to. */
  on: string;
  /** How much of the pledge has been fulfilled, in percent. */
  percent?: number;
  /** The amount paid so far (IATI transaction). */
  disbursed?: Money;
  /** The progress in words. */
  note?: string;
}

/** The state of a request. */
export type RequestState = "approved" | "assigned" | "declined" | "delivered" | "requested" | "withdrawn";

/** The role of a person at an event, or in its letter of invitation. */
export type Role = "chair" | "contact" | "head-of-delegation" | "host" | "interpreter" | "keynote" | "moderator" |
  "panellist" | "rapporteur" | "secretary" | "signatory" | "speaker" | "vice-chair";

/** Who interprets what: a document of the office, which no interpreter and no reader of an event gets. */
export interface Roster {
  "@type"?: "Roster";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
  /** The people whom the office may ask. */
  interpreters?: Interpreter[];
  /** The booths that there are. */
  booths?: Booth[];
  /** The terms of all interpreters who have none of their own. */
  terms: Terms;
  /** The languages in which other booths may hear a booth, by relay or by retour; empty means any. */
  pivots?: string[];
  /** Who works where, and what they have answered. */
  assignments?: Assignment[];
  /** What the booths lack. */
  shortages?: Shortage[];
  /** The floor languages that booths hear through others. */
  relays?: Relay[];
  /** The floor languages that booths do not hear. */
  unreached?: Relay[];
  /** The work of each interpreter who has any. */
  loads?: Load[];
  /** The values of the objectives, counted from the assignments; absent for a roster that was not proposed. */
  values?: Objectives;
  /**
   * The values below which no roster can be, if those before are as good; absent for a roster that was not proposed.
   * They are of rosters that keep to the terms, and in which people stay in their team for a sitting. Some such rosters
   * are not searched: where booths lack and could be dealt out in another way, where somebody could keep a part of a
   * sitting after having declined the rest, and where terms would count a sitting of somebody in one way or in another,
   * as remote or not, or by its parts. Then these are 0, which is always true.
   */
  bounds?: Objectives;
  /** True if every value is its bound, so that no such roster is better. */
  proven?: boolean;
  /** The number of the proposal, which rises with each one (RFC 5545 SEQUENCE). */
  sequence?: number;
}

/** The series that an event belongs to (schema.org superEvent, an EventSeries). */
export interface Series {
  /** The identifier of the series, which all its events share. */
  uid: string;
  /** The title of the series, without the year or number of an edition (schema.org name). */
  title?: LocalizedLine;
  /** The number of the event in the series, from 1. */
  edition?: number;
  /** The uid of the event before it in the series (CPEV hasPreviousEvent). */
  previous?: string;
  /** The uid of the event after it in the series (CPEV hasNextEvent). */
  next?: string;
}

/** A part of an event (schema.org subEvent). */
export interface Session extends EmbeddedSession {
  "@type"?: "Session";
  /** Absent means 1. */
  schemaVersion?: 1;
  /** The address of this schema, for editors; it is ignored. */
  "$schema"?: string;
}

/** The kind of session. */
export type SessionKind = "break" | "ceremony" | "keynote" | "other" | "panel" | "plenary" | "side-event" | "social" |
  "workshop";

/** What a booth lacks in a sitting, and why. */
export interface Shortage {
  /** The uid of the event. */
  eventUid: string;
  /** The sessions of the sitting; empty for an event without sessions. */
  sessionIds?: string[];
  /** The language that the booth works into. */
  language: string;
  /** The service of the team; in a booth it is simultaneous. */
  service?: InterpretationService;
  /** When the sitting starts, in UTC. */
  startsAt: string;
  /** The heads that it needs. */
  needed: number;
  /** The heads that it lacks. */
  missing: number;
  /** Why it lacks them. */
  reason: ShortageReason;
  /** The heads that all booths of the language need at that time. */
  neededThen?: number;
  /** The number of these booths. */
  boothsThen?: number;
  /** The people who have the language: they work into it from what is heard there. */
  holders?: number;
  /** Those of them who are available then, work at such a place, and have refused nothing at that time. */
  available?: number;
  /** The room of the sitting, as `Booth.room` names it; absent if it is not known, or nowhere on site. */
  room?: string;
  /** The fewest heads with whom the terms allow the work. */
  fewest?: number;
}

/** Why a booth lacks interpreters. */
export type ShortageReason = "booths" | "fixed" | "language" | "limits" | "people" | "unavailable" | "unplanned";

/** A language of an interpreter. */
export interface Skill {
  /** The language (BCP 47). */
  language: string;
  /** The level (ISO 20539). */
  level: LanguageLevel;
  /**
   * The languages that they also work into from this one: retour. Into their A languages they work from all. Retour is
   * stated at the language that is worked from, as in ``en:A>fr``: level B alone gives none.
   */
  into?: string[];
  /** What they do into and from it; empty means simultaneous, consecutive and whispered interpretation, or sign. */
  services?: InterpretationService[];
}

/** A measurable target (IATI indicator). */
export interface Target {
  /** The target in words. */
  text: LocalizedLine;
  /** The number to be reached. */
  number?: string;
  /** The unit of the number: schools, persons, kilometres. */
  unit?: string;
  /** The last day, included. */
  due?: string;
}

/** What an interpreter does in a sitting. */
export type Task = "captions" | "head-of-team" | "pivot" | "retour" | "sign" | "standby" | "turn";

/** The team of interpreters assigned to a request. */
export interface Team {
  /** Booths: for simultaneous interpretation, one for each target language; otherwise none (ISO 20539). */
  booths: number;
  /** Interpreters, in persons. */
  heads: number;
  /** The published rule by which the team was sized. */
  norm: Norm;
}

/** The terms of work of interpreters; a limit that is absent is not checked. */
export interface Terms {
  /** The name of the norm or the agreement. */
  name: string;
  /** Where its text can be read. */
  source?: string;
  /** The interpreters in a booth (ISO 23155: team strength). */
  heads?: number;
  /** The languages whose booths differ from that. */
  booths?: BoothTeam[];
  /** The minimum in a booth that has less than it should, unless the sitting is so short that one may be alone. */
  fewest?: number;
  /** How long one may work alone, in minutes. */
  alone?: number;
  /**
   * The maximum length of a sitting, which is work without a rest, in minutes; a longer session is split into equal
   * parts.
   */
  sitting?: number;
  /** The minimum rest between two sittings of a day, in minutes; a shorter break does not end a sitting. */
  rest?: number;
  /** The maximum number of sittings in a local day. */
  sittings?: number;
  /** The maximum work in a local day, in minutes. */
  day?: number;
  /** The maximum work in a local day on which they work remotely, in minutes. */
  remoteDay?: number;
  /** The minimum rest between the sittings of two local days, in minutes. */
  night?: number;
  /** The limits over several days, such as a week. */
  windows?: Window[];
  /** The time to come from one room to another of the same town, in minutes. */
  roomChange?: number;
  /** The time to come from one town to another, in minutes. */
  travel?: number;
}

/** A period of time at a place, from a time to a time or of whole days; two slots that touch do not overlap. */
export interface TimeSlot {
  /** The first second of the slot, in local time, or its first day (RFC 8984 start; RFC 5545 DTSTART). */
  start: string;
  /** The first second after the slot, in local time, or the first day after it (RFC 5545 DTEND). */
  end: string;
  /** The time zone of the place (RFC 8984 timeZone; RFC 5545 TZID). */
  timeZone: TimeZone;
  /** Which start is meant when the clocks show that time twice; required then, and only then. */
  startRepeated?: Repeated;
  /** Which end is meant when the clocks show that time twice; required then, and only then. */
  endRepeated?: Repeated;
}

export type TimeZone = "Africa/Abidjan" | "Africa/Accra" | "Africa/Addis_Ababa" | "Africa/Algiers" | "Africa/Asmara" |
  "Africa/Asmera" | "Africa/Bamako" | "Africa/Bangui" | "Africa/Banjul" | "Africa/Bissau" | "Africa/Blantyre" |
  "Africa/Brazzaville" | "Africa/Bujumbura" | "Africa/Cairo" | "Africa/Casablanca" | "Africa/Ceuta" | "Africa/Conakry" |
  "Africa/Dakar" | "Africa/Dar_es_Salaam" | "Africa/Djibouti" | "Africa/Douala" | "Africa/El_Aaiun" | "Africa/Freetown"
  | "Africa/Gaborone" | "Africa/Harare" | "Africa/Johannesburg" | "Africa/Juba" | "Africa/Kampala" | "Africa/Khartoum" |
  "Africa/Kigali" | "Africa/Kinshasa" | "Africa/Lagos" | "Africa/Libreville" | "Africa/Lome" | "Africa/Luanda" |
  "Africa/Lubumbashi" | "Africa/Lusaka" | "Africa/Malabo" | "Africa/Maputo" | "Africa/Maseru" | "Africa/Mbabane" |
  "Africa/Mogadishu" | "Africa/Monrovia" | "Africa/Nairobi" | "Africa/Ndjamena" | "Africa/Niamey" | "Africa/Nouakchott"
  | "Africa/Ouagadougou" | "Africa/Porto-Novo" | "Africa/Sao_Tome" | "Africa/Timbuktu" | "Africa/Tripoli" |
  "Africa/Tunis" | "Africa/Windhoek" | "America/Adak" | "America/Anchorage" | "America/Anguilla" | "America/Antigua" |
  "America/Araguaina" | "America/Argentina/Buenos_Aires" | "America/Argentina/Catamarca" |
  "America/Argentina/ComodRivadavia" | "America/Argentina/Cordoba" | "America/Argentina/Jujuy" |
  "America/Argentina/La_Rioja" | "America/Argentina/Mendoza" | "America/Argentina/Rio_Gallegos" |
  "America/Argentina/Salta" | "America/Argentina/San_Juan" | "America/Argentina/San_Luis" | "America/Argentina/Tucuman"
  | "America/Argentina/Ushuaia" | "America/Aruba" | "America/Asuncion" | "America/Atikokan" | "America/Atka" |
  "America/Bahia" | "America/Bahia_Banderas" | "America/Barbados" | "America/Belem" | "America/Belize" |
  "America/Blanc-Sablon" | "America/Boa_Vista" | "America/Bogota" | "America/Boise" | "America/Buenos_Aires" |
  "America/Cambridge_Bay" | "America/Campo_Grande" | "America/Cancun" | "America/Caracas" | "America/Catamarca" |
  "America/Cayenne" | "America/Cayman" | "America/Chicago" | "America/Chihuahua" | "America/Ciudad_Juarez" |
  "America/Coral_Harbour" | "America/Cordoba" | "America/Costa_Rica" | "America/Coyhaique" | "America/Creston" |
  "America/Cuiaba" | "America/Curacao" | "America/Danmarkshavn" | "America/Dawson" | "America/Dawson_Creek" |
  "America/Denver" | "America/Detroit" | "America/Dominica" | "America/Edmonton" | "America/Eirunepe" |
  "America/El_Salvador" | "America/Ensenada" | "America/Fort_Nelson" | "America/Fort_Wayne" | "America/Fortaleza" |
  "America/Glace_Bay" | "America/Godthab" | "America/Goose_Bay" | "America/Grand_Turk" | "America/Grenada" |
  "America/Guadeloupe" | "America/Guatemala" | "America/Guayaquil" | "America/Guyana" | "America/Halifax" |
  "America/Havana" | "America/Hermosillo" | "America/Indiana/Indianapolis" | "America/Indiana/Knox" |
  "America/Indiana/Marengo" | "America/Indiana/Petersburg" | "America/Indiana/Tell_City" | "America/Indiana/Vevay" |
  "America/Indiana/Vincennes" | "America/Indiana/Winamac" | "America/Indianapolis" | "America/Inuvik" |
  "America/Iqaluit" | "America/Jamaica" | "America/Jujuy" | "America/Juneau" | "America/Kentucky/Louisville" |
  "America/Kentucky/Monticello" | "America/Knox_IN" | "America/Kralendijk" | "America/La_Paz" | "America/Lima" |
  "America/Los_Angeles" | "America/Louisville" | "America/Lower_Princes" | "America/Maceio" | "America/Managua" |
  "America/Manaus" | "America/Marigot" | "America/Martinique" | "America/Matamoros" | "America/Mazatlan" |
  "America/Mendoza" | "America/Menominee" | "America/Merida" | "America/Metlakatla" | "America/Mexico_City" |
  "America/Miquelon" | "America/Moncton" | "America/Monterrey" | "America/Montevideo" | "America/Montreal" |
  "America/Montserrat" | "America/Nassau" | "America/New_York" | "America/Nipigon" | "America/Nome" | "America/Noronha"
  | "America/North_Dakota/Beulah" | "America/North_Dakota/Center" | "America/North_Dakota/New_Salem" | "America/Nuuk" |
  "America/Ojinaga" | "America/Panama" | "America/Pangnirtung" | "America/Paramaribo" | "America/Phoenix" |
  "America/Port-au-Prince" | "America/Port_of_Spain" | "America/Porto_Acre" | "America/Porto_Velho" |
  "America/Puerto_Rico" | "America/Punta_Arenas" | "America/Rainy_River" | "America/Rankin_Inlet" | "America/Recife" |
  "America/Regina" | "America/Resolute" | "America/Rio_Branco" | "America/Rosario" | "America/Santa_Isabel" |
  "America/Santarem" | "America/Santiago" | "America/Santo_Domingo" | "America/Sao_Paulo" | "America/Scoresbysund" |
  "America/Shiprock" | "America/Sitka" | "America/St_Barthelemy" | "America/St_Johns" | "America/St_Kitts" |
  "America/St_Lucia" | "America/St_Thomas" | "America/St_Vincent" | "America/Swift_Current" | "America/Tegucigalpa" |
  "America/Thule" | "America/Thunder_Bay" | "America/Tijuana" | "America/Toronto" | "America/Tortola" |
  "America/Vancouver" | "America/Virgin" | "America/Whitehorse" | "America/Winnipeg" | "America/Yakutat" |
  "America/Yellowknife" | "Antarctica/Casey" | "Antarctica/Davis" | "Antarctica/DumontDUrville" | "Antarctica/Macquarie"
  | "Antarctica/Mawson" | "Antarctica/McMurdo" | "Antarctica/Palmer" | "Antarctica/Rothera" | "Antarctica/South_Pole" |
  "Antarctica/Syowa" | "Antarctica/Troll" | "Antarctica/Vostok" | "Arctic/Longyearbyen" | "Asia/Aden" | "Asia/Almaty" |
  "Asia/Amman" | "Asia/Anadyr" | "Asia/Aqtau" | "Asia/Aqtobe" | "Asia/Ashgabat" | "Asia/Ashkhabad" | "Asia/Atyrau" |
  "Asia/Baghdad" | "Asia/Bahrain" | "Asia/Baku" | "Asia/Bangkok" | "Asia/Barnaul" | "Asia/Beirut" | "Asia/Bishkek" |
  "Asia/Brunei" | "Asia/Calcutta" | "Asia/Chita" | "Asia/Choibalsan" | "Asia/Chongqing" | "Asia/Chungking" |
  "Asia/Colombo" | "Asia/Dacca" | "Asia/Damascus" | "Asia/Dhaka" | "Asia/Dili" | "Asia/Dubai" | "Asia/Dushanbe" |
  "Asia/Famagusta" | "Asia/Gaza" | "Asia/Harbin" | "Asia/Hebron" | "Asia/Ho_Chi_Minh" | "Asia/Hong_Kong" | "Asia/Hovd" |
  "Asia/Irkutsk" | "Asia/Istanbul" | "Asia/Jakarta" | "Asia/Jayapura" | "Asia/Jerusalem" | "Asia/Kabul" |
  "Asia/Kamchatka" | "Asia/Karachi" | "Asia/Kashgar" | "Asia/Kathmandu" | "Asia/Katmandu" | "Asia/Khandyga" |
  "Asia/Kolkata" | "Asia/Krasnoyarsk" | "Asia/Kuala_Lumpur" | "Asia/Kuching" | "Asia/Kuwait" | "Asia/Macao" |
  "Asia/Macau" | "Asia/Magadan" | "Asia/Makassar" | "Asia/Manila" | "Asia/Muscat" | "Asia/Nicosia" | "Asia/Novokuznetsk"
  | "Asia/Novosibirsk" | "Asia/Omsk" | "Asia/Oral" | "Asia/Phnom_Penh" | "Asia/Pontianak" | "Asia/Pyongyang" |
  "Asia/Qatar" | "Asia/Qostanay" | "Asia/Qyzylorda" | "Asia/Rangoon" | "Asia/Riyadh" | "Asia/Saigon" | "Asia/Sakhalin" |
  "Asia/Samarkand" | "Asia/Seoul" | "Asia/Shanghai" | "Asia/Singapore" | "Asia/Srednekolymsk" | "Asia/Taipei" |
  "Asia/Tashkent" | "Asia/Tbilisi" | "Asia/Tehran" | "Asia/Tel_Aviv" | "Asia/Thimbu" | "Asia/Thimphu" | "Asia/Tokyo" |
  "Asia/Tomsk" | "Asia/Ujung_Pandang" | "Asia/Ulaanbaatar" | "Asia/Ulan_Bator" | "Asia/Urumqi" | "Asia/Ust-Nera" |
  "Asia/Vientiane" | "Asia/Vladivostok" | "Asia/Yakutsk" | "Asia/Yangon" | "Asia/Yekaterinburg" | "Asia/Yerevan" |
  "Atlantic/Azores" | "Atlantic/Bermuda" | "Atlantic/Canary" | "Atlantic/Cape_Verde" | "Atlantic/Faeroe" |
  "Atlantic/Faroe" | "Atlantic/Jan_Mayen" | "Atlantic/Madeira" | "Atlantic/Reykjavik" | "Atlantic/South_Georgia" |
  "Atlantic/St_Helena" | "Atlantic/Stanley" | "Australia/ACT" | "Australia/Adelaide" | "Australia/Brisbane" |
  "Australia/Broken_Hill" | "Australia/Canberra" | "Australia/Currie" | "Australia/Darwin" | "Australia/Eucla" |
  "Australia/Hobart" | "Australia/LHI" | "Australia/Lindeman" | "Australia/Lord_Howe" | "Australia/Melbourne" |
  "Australia/NSW" | "Australia/North" | "Australia/Perth" | "Australia/Queensland" | "Australia/South" |
  "Australia/Sydney" | "Australia/Tasmania" | "Australia/Victoria" | "Australia/West" | "Australia/Yancowinna" |
  "Brazil/Acre" | "Brazil/DeNoronha" | "Brazil/East" | "Brazil/West" | "CET" | "CST6CDT" | "Canada/Atlantic" |
  "Canada/Central" | "Canada/Eastern" | "Canada/Mountain" | "Canada/Newfoundland" | "Canada/Pacific" |
  "Canada/Saskatchewan" | "Canada/Yukon" | "Chile/Continental" | "Chile/EasterIsland" | "Cuba" | "EET" | "EST" |
  "EST5EDT" | "Egypt" | "Eire" | "Etc/GMT" | "Etc/GMT+0" | "Etc/GMT+1" | "Etc/GMT+10" | "Etc/GMT+11" | "Etc/GMT+12" |
  "Etc/GMT+2" | "Etc/GMT+3" | "Etc/GMT+4" | "Etc/GMT+5" | "Etc/GMT+6" | "Etc/GMT+7" | "Etc/GMT+8" | "Etc/GMT+9" |
  "Etc/GMT-0" | "Etc/GMT-1" | "Etc/GMT-10" | "Etc/GMT-11" | "Etc/GMT-12" | "Etc/GMT-13" | "Etc/GMT-14" | "Etc/GMT-2" |
  "Etc/GMT-3" | "Etc/GMT-4" | "Etc/GMT-5" | "Etc/GMT-6" | "Etc/GMT-7" | "Etc/GMT-8" | "Etc/GMT-9" | "Etc/GMT0" |
  "Etc/Greenwich" | "Etc/UCT" | "Etc/UTC" | "Etc/Universal" | "Etc/Zulu" | "Europe/Amsterdam" | "Europe/Andorra" |
  "Europe/Astrakhan" | "Europe/Athens" | "Europe/Belfast" | "Europe/Belgrade" | "Europe/Berlin" | "Europe/Bratislava" |
  "Europe/Brussels" | "Europe/Bucharest" | "Europe/Budapest" | "Europe/Busingen" | "Europe/Chisinau" |
  "Europe/Copenhagen" | "Europe/Dublin" | "Europe/Gibraltar" | "Europe/Guernsey" | "Europe/Helsinki" |
  "Europe/Isle_of_Man" | "Europe/Istanbul" | "Europe/Jersey" | "Europe/Kaliningrad" | "Europe/Kiev" | "Europe/Kirov" |
  "Europe/Kyiv" | "Europe/Lisbon" | "Europe/Ljubljana" | "Europe/London" | "Europe/Luxembourg" | "Europe/Madrid" |
  "Europe/Malta" | "Europe/Mariehamn" | "Europe/Minsk" | "Europe/Monaco" | "Europe/Moscow" | "Europe/Nicosia" |
  "Europe/Oslo" | "Europe/Paris" | "Europe/Podgorica" | "Europe/Prague" | "Europe/Riga" | "Europe/Rome" |
  "Europe/Samara" | "Europe/San_Marino" | "Europe/Sarajevo" | "Europe/Saratov" | "Europe/Simferopol" | "Europe/Skopje" |
  "Europe/Sofia" | "Europe/Stockholm" | "Europe/Tallinn" | "Europe/Tirane" | "Europe/Tiraspol" | "Europe/Ulyanovsk" |
  "Europe/Uzhgorod" | "Europe/Vaduz" | "Europe/Vatican" | "Europe/Vienna" | "Europe/Vilnius" | "Europe/Volgograd" |
  "Europe/Warsaw" | "Europe/Zagreb" | "Europe/Zaporozhye" | "Europe/Zurich" | "GB" | "GB-Eire" | "GMT" | "GMT+0" |
  "GMT-0" | "GMT0" | "Greenwich" | "HST" | "Hongkong" | "Iceland" | "Indian/Antananarivo" | "Indian/Chagos" |
  "Indian/Christmas" | "Indian/Cocos" | "Indian/Comoro" | "Indian/Kerguelen" | "Indian/Mahe" | "Indian/Maldives" |
  "Indian/Mauritius" | "Indian/Mayotte" | "Indian/Reunion" | "Iran" | "Israel" | "Jamaica" | "Japan" | "Kwajalein" |
  "Libya" | "MET" | "MST" | "MST7MDT" | "Mexico/BajaNorte" | "Mexico/BajaSur" | "Mexico/General" | "NZ" | "NZ-CHAT" |
  "Navajo" | "PRC" | "PST8PDT" | "Pacific/Apia" | "Pacific/Auckland" | "Pacific/Bougainville" | "Pacific/Chatham" |
  "Pacific/Chuuk" | "Pacific/Easter" | "Pacific/Efate" | "Pacific/Enderbury" | "Pacific/Fakaofo" | "Pacific/Fiji" |
  "Pacific/Funafuti" | "Pacific/Galapagos" | "Pacific/Gambier" | "Pacific/Guadalcanal" | "Pacific/Guam" |
  "Pacific/Honolulu" | "Pacific/Johnston" | "Pacific/Kanton" | "Pacific/Kiritimati" | "Pacific/Kosrae" |
  "Pacific/Kwajalein" | "Pacific/Majuro" | "Pacific/Marquesas" | "Pacific/Midway" | "Pacific/Nauru" | "Pacific/Niue" |
  "Pacific/Norfolk" | "Pacific/Noumea" | "Pacific/Pago_Pago" | "Pacific/Palau" | "Pacific/Pitcairn" | "Pacific/Pohnpei"
  | "Pacific/Ponape" | "Pacific/Port_Moresby" | "Pacific/Rarotonga" | "Pacific/Saipan" | "Pacific/Samoa" |
  "Pacific/Tahiti" | "Pacific/Tarawa" | "Pacific/Tongatapu" | "Pacific/Truk" | "Pacific/Wake" | "Pacific/Wallis" |
  "Pacific/Yap" | "Poland" | "Portugal" | "ROC" | "ROK" | "Singapore" | "Turkey" | "UCT" | "US/Alaska" | "US/Aleutian" |
  "US/Arizona" | "US/Central" | "US/East-Indiana" | "US/Eastern" | "US/Hawaii" | "US/Indiana-Starke" | "US/Michigan" |
  "US/Mountain" | "US/Pacific" | "US/Samoa" | "UTC" | "Universal" | "W-SU" | "WET" | "Zulu";

/** A change of state, with its time and author, and why. */
export interface Transition {
  /** The time of the change, in UTC. */
  at: string;
  /** The state before the change. */
  before: string;
  /** The state after the change. */
  after: string;
  /** The person who made the change. */
  by?: string;
  /** A remark for the office, which writes it to nobody. */
  note?: string;
  /** The reason that the person concerned is given. */
  reason?: LocalizedText;
}

/** A feature of a virtual location (RFC 8984 section 4.2.6). */
export type VirtualFeature = "audio" | "chat" | "feed" | "moderator" | "phone" | "screen" | "video";

/** A virtual place that people dial into (schema.org VirtualLocation); its address may follow later. */
export interface VirtualLocation {
  /** The name (RFC 7986 CONFERENCE LABEL; RFC 8984 name). */
  name?: LocalizedName;
  /** The address to dial into (RFC 7986 CONFERENCE; RFC 8984 uri). */
  uri?: string;
  /** The features it offers (RFC 7986 FEATURE; RFC 8984 features). */
  features?: VirtualFeature[];
}

/**
 * A registration's wait for a seat in a session that it chose; those that have ended stay, for the order of seats.
 */
export interface Wait {
  /** The session. */
  sessionId: string;
  /** When it began, in UTC; for a registration that was waitlisted before, when that began. */
  since: string;
  /** When it ended, in UTC: with a seat, or without one; absent while it is open. */
  until?: string;
}

/** A limit on the sittings in some days on end. */
export interface Window {
  /** The number of local days on end. */
  days: number;
  /** The maximum number of sittings in them. */
  sittings: number;
}
