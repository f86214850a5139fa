"""One good object of each class, with every field given where that can be."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from wtisd_model import (
    Assignment,
    AttendanceMode,
    Booth,
    BoothTeam,
    Call,
    CallKind,
    Choice,
    Condition,
    Contact,
    Contract,
    CountryGroup,
    CountryShare,
    Deadline,
    Document,
    DocumentKind,
    DocumentReference,
    Dossier,
    Entry,
    Event,
    FocusArea,
    InterpretationRequest,
    InterpretationService,
    Interpreter,
    LanguageLevel,
    ListingConsent,
    Load,
    LocalizedText,
    Location,
    Membership,
    Money,
    Need,
    Norm,
    Objectives,
    Organization,
    ParticipationMode,
    ParticipationStatus,
    Pledge,
    PledgeKind,
    PledgeScope,
    Provenance,
    ProvenanceKind,
    Question,
    QuestionKind,
    Recording,
    Registration,
    Relay,
    Repeated,
    Reply,
    Report,
    Role,
    Roster,
    Series,
    Session,
    SessionKind,
    Shortage,
    ShortageReason,
    Skill,
    Target,
    Task,
    Team,
    Terms,
    TimeSlot,
    Transition,
    VirtualFeature,
    VirtualLocation,
    Wait,
    Window,
    local_time,
)
from wtisd_model.types.timeslot import WrittenSlot

AT = datetime(2023, 4, 14, 9, tzinfo=UTC)
ZURICH = "Europe/Zurich"


def later(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def slot(
    start: str = "2023-05-17T14:30:00",
    end: str = "2023-05-17T16:30:00",
    zone: str = ZURICH,
    *,
    start_repeated: Repeated | None = None,
    end_repeated: Repeated | None = None,
) -> TimeSlot:
    return TimeSlot(
        start=local_time(start, zone, repeated=start_repeated), end=local_time(end, zone, repeated=end_repeated)
    )


def days(start: str, end: str, zone: str = ZURICH) -> TimeSlot:
    return TimeSlot.days(start, end, zone)


NEXT_DAY = slot("2023-05-18T14:30:00", "2023-05-18T16:30:00")


def text(words: str = "Forum", language: str = "en", **translations: str) -> LocalizedText:
    return LocalizedText(text=words, language=language, translations=translations)


def step(before: str, after: str, hours: int = 0, **said: Any) -> Transition:
    return Transition(at=later(hours), before=before, after=after, **said)


def answer(**changes: Any) -> Reply:
    whole = {"at": AT, "status": ParticipationStatus.ACCEPTED, "session_id": None, "comment": "Why"}
    return Reply(**{**whole, **changes})


def location(**changes: Any) -> Location:
    whole = {
        "id": "popov",
        "name": text("Seat", fr="Siège"),
        "room": "Popov",
        "address": "Place des Nations",
        "locality": "Genève",
        "country": "CH",
        "latitude": Decimal("46.2206"),
        "longitude": Decimal("6.1374"),
        "capacity": 230,
    }
    return Location(**{**whole, **changes})


def virtual_location(**changes: Any) -> VirtualLocation:
    whole = {
        "name": text("Webcast"),
        "uri": "https://meet.example.org/1",
        "features": frozenset({VirtualFeature.AUDIO, VirtualFeature.VIDEO}),
    }
    return VirtualLocation(**{**whole, **changes})


def contact(**changes: Any) -> Contact:
    whole = {
        "id": "person-1",
        "name": "Participant 1",
        "email": "p1@example.org",
        "phone": "+41227305111",
        "language": "fr",
        "roles": frozenset({Role.CONTACT}),
        "organization": "Ministry 1",
        "job_title": "Adviser",
    }
    return Contact(**{**whole, **changes})


def focal_point(**changes: Any) -> Contact:
    return contact(**{"id": "person-2", "name": "Focal point 1", "email": "focal1@example.org", **changes})


def organization(**changes: Any) -> Organization:
    whole = {
        "name": text("Operator 1"),
        "acronym": "OP1",
        "identifier": "https://ror.org/02mhbdp94",
        "unit": "SG",
        "email": "office@example.org",
        "membership": Membership.SECTOR_MEMBER,
        "country": "CH",
    }
    return Organization(**{**whole, **changes})


def deadline(**changes: Any) -> Deadline:
    return Deadline(**{"date": date(2023, 4, 20), "time_zone": ZURICH, **changes})


def choice(**changes: Any) -> Choice:
    return Choice(**{"id": "veg", "label": text("Vegetarian"), "retired": True, **changes})


def condition(**changes: Any) -> Condition:
    whole = {
        "modes": frozenset({ParticipationMode.ON_SITE}),
        "memberships": frozenset({Membership.ACADEMIA}),
        "session_ids": frozenset({"s-1"}),
    }
    return Condition(**{**whole, **changes})


def question(**changes: Any) -> Question:
    whole = {
        "id": "diet",
        "label": text("What do you eat?"),
        "help": text("There is lunch."),
        "kind": QuestionKind.CHOICES,
        "required": True,
        "statistical": True,
        "choices": (Choice(id="meat", label=text("Meat")), choice()),
        "minimum": 1,
        "maximum": 2,
        "when": condition(),
        "retired": True,
    }
    return Question(**{**whole, **changes})


def asked(id_: str = "q", kind: str = "text", **changes: Any) -> Question:
    """Return a question with only the fields that it needs."""
    return Question(**{"id": id_, "label": text("Why?", fr="Pourquoi ?"), "kind": QuestionKind(kind), **changes})


def call(**changes: Any) -> Call:
    whole = {
        "kind": CallKind.REGISTRATION,
        "url": "https://www.example.org/register",
        "email": "office@example.org",
        "opens": AT,
        "deadline": deadline(),
        "on_site_capacity": 200,
        "remote_capacity": 1000,
        "needs_approval": True,
        "waitlist": True,
        "pending_counts": True,
        "languages": ("fr", "en"),
        "questions": (question(),),
    }
    if changes.get("kind", CallKind.REGISTRATION) is CallKind.REGISTRATION:
        whole |= {"fields": ("organization", "membership", "sessionIds"), "required": ("organization",)}
    return Call(**{**whole, **changes})


SIZES = (
    Choice(id="small", label=text("Small")),
    Choice(id="medium", label=text("Medium")),
    Choice(id="none", label=text("None"), retired=True),
)


def asking(*questions: Question, kind: CallKind = CallKind.REGISTRATION) -> Event:
    return event(calls=(call(kind=kind, questions=questions, fields=None, required=()),))


def reference(**changes: Any) -> DocumentReference:
    whole = {
        "kind": DocumentKind.CIRCULAR_LETTER,
        "symbol": "CL-23/5",
        "issued": "2023-03",
        "title": text("Invitation"),
        "url": "https://www.example.org/5",
    }
    return DocumentReference(**{**whole, **changes})


def document(**changes: Any) -> Document:
    whole = {
        "kind": DocumentKind.CIRCULAR_LETTER,
        "symbol": "CL-23/9",
        "issued": "2023-04-12",
        "language": "fr",
        "original_language": "en",
        "title": text("Invitation"),
        "url": "https://www.example.org/9",
        "signed": True,
        "addressees": frozenset({Membership.MEMBER_STATE}),
        "follows": reference(),
    }
    return Document(**{**whole, **changes})


def provenance(**changes: Any) -> Provenance:
    whole = {
        "path": "/title/translations/en",
        "kind": ProvenanceKind.OUTSIDE,
        "url": "https://www.example.org/news",
        "note": "An English name",
    }
    return Provenance(**{**whole, **changes})


def series(**changes: Any) -> Series:
    whole = {"uid": "forum", "title": text("Forum"), "edition": 17, "previous": "e-0", "next": "e-2"}
    return Series(**{**whole, **changes})


def session(**changes: Any) -> Session:
    whole = {
        "id": "s-1",
        "uid": "s-1@example.org",
        "title": text("Opening"),
        "description": text("Welcome\nand thanks"),
        "slot": slot(end="2023-05-17T15:00:00"),
        "locations": (location(),),
        "virtual_locations": (virtual_location(),),
        "inherited_places": ParticipationMode.ON_SITE,
        "on_site_capacity": 30,
        "remote_capacity": 300,
        "kind": SessionKind.CEREMONY,
        "code": "1A",
        "track": "Connectivity",
        "people": (contact(),),
        "floor_languages": ("en", "fr"),
        "recording": Recording.NO_RECORDING,
        "materials": (document(),),
        "url": "https://www.example.org/opening",
        "extensions": {"example.org:stream": {"key": 5, "parts": [1.5, None]}},
    }
    return Session(**{**whole, **changes})


def event(**changes: Any) -> Event:
    whole = {
        "uid": "e-1",
        "title": text(),
        "short_title": "WTISD-23",
        "theme": text("Theme"),
        "series": series(),
        "description": text("Long\ntext"),
        "slot": slot(),
        "locations": (location(),),
        "virtual_locations": (virtual_location(),),
        "organizer": organization(),
        "contacts": (contact(),),
        "audience": frozenset({Membership.ACADEMIA}),
        "floor_languages": ("en", "fr"),
        "extensions": {"example.org:stream": {"key": 5, "parts": [1.5, None]}},
        "calls": (call(),),
        "documents": (document(),),
        "groups": frozenset({CountryGroup.LDC}),
        "goals": frozenset({"9", "9.c"}),
        "keywords": frozenset({"telecommunication"}),
        "url": "https://www.example.org/wtisd",
        "image": "https://www.example.org/wtisd.png",
        "color": "royalblue",
        "sessions": (session(),),
        "provenance": (provenance(),),
        "retention_days": 90,
        "created": AT,
    }
    return Event(**{**whole, **changes})


def registration(**changes: Any) -> Registration:
    whole = {
        "id": "r-1",
        "event_uid": "e-1",
        "participant": contact(),
        "organization": "Ministry 1",
        "organization_identifier": "urn:oid:2.999.1",
        "membership": Membership.MEMBER_STATE,
        "country": "TD",
        "mode": ParticipationMode.ON_SITE,
        "session_ids": frozenset({"s-1"}),
        "listening_languages": ("fr", "en"),
        "needs": frozenset({Need.VISA_LETTER}),
        "listing_consent": ListingConsent.NOBODY,
        "privacy_notice": "2023-01",
        "filed_by": focal_point(),
        "answers": {"diet": ["veg"], "age": 30},
        "extensions": {"example.org:badge": "A-17"},
        "submitted_at": AT,
        "submitted_by": "Focal point 1",
        "replies": (answer(session_id="s-1", delegate="p8@example.org"),),
    }
    return Registration(**{**whole, **changes})


def request(**changes: Any) -> InterpretationRequest:
    whole = {
        "id": "i-1",
        "event_uid": "e-1",
        "session_ids": frozenset({"s-1"}),
        "requester": contact(),
        "organization": "Ministry 1",
        "service": InterpretationService.SIMULTANEOUS,
        "source_languages": frozenset({"en"}),
        "target_languages": frozenset({"ar", "fr"}),
        "delivery": AttendanceMode.MIXED,
        "interpreters_at": ParticipationMode.ON_SITE,
        "listeners": 12,
        "note": "For the delegation",
        "filed_by": focal_point(),
        "answers": {"sign": True},
        "extensions": {"example.org:booth": 5},
        "submitted_at": AT,
    }
    return InterpretationRequest(**{**whole, **changes})


def team(**changes: Any) -> Team:
    return Team(**{"booths": 2, "heads": 4, "norm": Norm.AIIC, **changes})


def money(amount: str = "300000", currency: str = "USD") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def share(country: str, part: str | None = None) -> CountryShare:
    return CountryShare(country=country, share=None if part is None else Decimal(part))


def target(**changes: Any) -> Target:
    whole = {"text": text("Schools"), "number": Decimal(120), "unit": "schools", "due": date(2025, 6, 30)}
    return Target(**{**whole, **changes})


def report(**changes: Any) -> Report:
    return Report(
        **{"on": date(2024, 6, 1), "percent": 40, "disbursed": money("120000"), "note": "On its way", **changes}
    )


def pledge(**changes: Any) -> Pledge:
    whole = {
        "id": "p-1",
        "event_uid": "e-1",
        "title": text("Schools online"),
        "description": text("All\nof them"),
        "pledger": organization(),
        "partners": (organization(name=text("Operator 2")),),
        "contact": contact(),
        "kind": PledgeKind.FINANCIAL,
        "focus_areas": frozenset({FocusArea.ACCESS}),
        "pledged": money(),
        "amount_is_estimate": True,
        "start": date(2023, 6, 1),
        "end": date(2025, 12, 31),
        "scope": PledgeScope.COUNTRIES,
        "countries": (share("NE", "40"), share("TD", "60")),
        "groups": frozenset({CountryGroup.LDC}),
        "goals": frozenset({"4", "9.c"}),
        "targets": (target(),),
        "filed_by": focal_point(),
        "submitted_at": AT,
        "public": True,
        "reports": (report(),),
        "answers": {"partner": "Partner 1"},
        "extensions": {"example.org:file": None},
    }
    return Pledge(**{**whole, **changes})


def dossier(**changes: Any) -> Dossier:
    whole = {
        "event": event(),
        "registrations": (registration(),),
        "interpretation_requests": (request(),),
        "pledges": (pledge(),),
    }
    return Dossier(**{**whole, **changes})


def skill(language: str = "fr", level: str = "A", **changes: Any) -> Skill:
    whole = {"into": frozenset({"en"}), "services": frozenset({InterpretationService.SIMULTANEOUS})}
    return Skill(language=language, level=LanguageLevel(level), **{**whole, **changes})


def terms(**changes: Any) -> Terms:
    whole = {
        "name": "Terms 1",
        "source": "Agreement 1, article 2",
        "heads": 2,
        "booths": (BoothTeam(language="ar", heads=3, both_ways=True),),
        "fewest": 1,
        "alone": 40,
        "sitting": 150,
        "rest": 60,
        "sittings": 2,
        "day": 300,
        "remote_day": 180,
        "night": 720,
        "windows": (Window(days=7, sittings=8),),
        "room_change": 10,
        "travel": 600,
    }
    return Terms(**{**whole, **changes})


def interpreter(**changes: Any) -> Interpreter:
    whole = {
        "id": "t-1",
        "contact": contact(),
        "languages": (skill(), skill("en", "B", into=frozenset())),
        "base": "Geneva",
        "contract": Contract.FREELANCE,
        "works_at": ParticipationMode.ON_SITE,
        "available": (slot(),),
        "terms": terms(),
        "cost": money("666", "USD"),
        "extensions": {"example.org:account": "A-17"},
    }
    return Interpreter(**{**whole, **changes})


def booth(**changes: Any) -> Booth:
    whole = {
        "id": "b-1",
        "room": "Room 1",
        "language": "fr",
        "seats": 2,
        "both_ways": True,
        "plays_to": AttendanceMode.ON_SITE,
    }
    return Booth(**{**whole, **changes})


def assignment(**changes: Any) -> Assignment:
    whole = {
        "id": "a-1",
        "interpreter_id": "t-1",
        "event_uid": "e-1",
        "session_id": "s-1",
        "booth_id": "b-1",
        "language": "fr",
        "service": "whispered",
        "slot": slot(),
        "works_at": "on-site",
        "task": Task.PIVOT,
        "expires_at": later(3),
        "sequence": 1,
        "session_sequence": 2,
        "replies": (answer(session_id="s-1", delegate="p8@example.org"),),
    }
    return Assignment(**{**whole, **changes})


def shortage(**changes: Any) -> Shortage:
    whole = {
        "event_uid": "e-1",
        "session_ids": ("s-1",),
        "language": "ar",
        "service": "consecutive",
        "starts_at": AT,
        "needed": 3,
        "missing": 2,
        "reason": ShortageReason.PEOPLE,
        "needed_then": 30,
        "booths_then": 10,
        "holders": 29,
        "available": 28,
        "room": "Popov",
        "fewest": 2,
    }
    return Shortage(**{**whole, **changes})


def relay(**changes: Any) -> Relay:
    whole = {
        "event_uid": "e-1",
        "session_ids": ("s-1",),
        "language": "fr",
        "service": "captions",
        "floor": "ar",
        "pivot": "en",
    }
    return Relay(**{**whole, **changes})


def objectives(**changes: Any) -> Objectives:
    whole = {
        "heads_short": 2,
        "booths_short": 1,
        "priority_short": 4,
        "floors_unreached": 1,
        "changes": 1,
        "relays": 1,
        "retours": 1,
        "cost": 66600,
        "largest_load": 1,
        "replaced": 1,
    }
    return Objectives(**{**whole, **changes})


def roster(**changes: Any) -> Roster:
    whole = {
        "interpreters": (interpreter(),),
        "booths": (booth(),),
        "terms": terms(),
        "pivots": frozenset({"en"}),
        "assignments": (assignment().accept(at=AT, by="Officer 1", note="By telephone"),),
        "shortages": (shortage(),),
        "relays": (relay(),),
        "unreached": (relay(service="whispered", floor="zh", pivot=None),),
        "loads": (Load(interpreter_id="t-1", sittings=1, minutes=120),),
        "values": objectives(),
        "bounds": objectives(),
        "proven": True,
        "sequence": 1,
    }
    return Roster(**{**whole, **changes})


SAMPLES: tuple[object, ...] = (
    WrittenSlot(start="2023-05-17T14:30:00", end="2023-05-17T16:30:00", time_zone=ZURICH),
    slot(),
    deadline(),
    text("Forum", fr="Forum"),
    step("pending", "rejected", by="Officer 1", note="Why", reason=text("No seat is left.")),
    location(),
    virtual_location(),
    contact(),
    organization(),
    reference(),
    document(),
    provenance(),
    series(),
    money(),
    choice(),
    condition(question="diet", answers=("veg",)),
    question(),
    call(),
    session(),
    event(),
    answer(session_id="s-1", delegated_to=frozenset({"p9@example.org"}), delegate="p8@example.org"),
    registration(),
    Wait(session_id="s-1", since=AT, until=later(1)),
    Entry(uid="e-1", sequence=1, stamped=AT, start=later(2)),
    request(),
    team(),
    share("NE", "100"),
    target(),
    report(),
    pledge(),
    dossier(),
    skill(),
    BoothTeam(language="ar", heads=3, both_ways=True),
    Window(days=7, sittings=8),
    terms(),
    interpreter(),
    booth(),
    assignment(),
    shortage(),
    relay(),
    Load(interpreter_id="t-1", sittings=1, minutes=120),
    objectives(),
    roster(),
)
"""An object of every class that a user makes."""
