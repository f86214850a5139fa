"""Every code about a value, an invariant or a move is provoked from Python, and found at its place."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refusal, refused
from tests.samples.whole import (
    AT,
    NEXT_DAY,
    ZURICH,
    answer,
    call,
    condition,
    contact,
    deadline,
    document,
    event,
    interpreter,
    later,
    location,
    money,
    organization,
    pledge,
    provenance,
    question,
    reference,
    registration,
    report,
    request,
    series,
    session,
    share,
    skill,
    slot,
    step,
    target,
    team,
    text,
)
from wtisd_model import (
    CallKind,
    Code,
    Contact,
    EventStatus,
    InterpretationService,
    InvalidValueError,
    LocalizedText,
    MoveError,
    Nature,
    ParticipationMode,
    ParticipationStatus,
    PledgeState,
    QuestionKind,
    RegistrationState,
    RequestState,
    Theme,
    TimeSlot,
    Wait,
    local_time,
)

UNTYPED: Any = 5
UNSAID: Any = None
NAIVE = datetime(2023, 4, 14)
REMOTE = ParticipationMode.REMOTE
CAPTIONS, SIGN = InterpretationService.CAPTIONS, InterpretationService.SIGN
COMPLETED = (step("submitted", "published"), step("published", "in-progress"), step("in-progress", "completed"))

DEEP = [[[[[[[[[1]]]]]]]]]
"""Nine arrays inside one another."""

PROVOKED: list[tuple[Code, str, Callable[[], object]]] = [
    (Code.WRONG_TYPE, "/title", lambda: event(title=UNTYPED)),
    (Code.LIST_MISSING, "/floorLanguages", lambda: event(floor_languages="en")),
    (Code.ORDER_UNKNOWN, "/floorLanguages", lambda: event(floor_languages={"en", "fr"})),
    (Code.TEXT_WITHOUT_LANGUAGE, "/title", lambda: event(title="Forum")),
    (Code.ZONE_MISSING, "/start", lambda: TimeSlot(start=NAIVE, end=NAIVE)),
    (Code.VALUE_UNKNOWN, "/repeated", lambda: local_time("2023-10-29T02:30:00", ZURICH, repeated=UNTYPED)),
    (Code.STATE_UNKNOWN, "/after", lambda: step("pending", "Approved!")),
    (Code.TEXT_EMPTY, "/name", lambda: contact(name="\u200b")),
    (Code.TEXT_TOO_LONG, "/title/text", lambda: event(title=text("x" * 501))),
    (Code.TEXT_OUTER_BLANK, "/room", lambda: location(room="Popov ")),
    (Code.TEXT_CONTROL, "/room", lambda: location(room="Pop\x1bov")),
    (Code.TEXT_BIDI, "/room", lambda: location(room="Pop\u202eov")),
    (Code.ID_MALFORMED, "/id", lambda: session(id="a b")),
    (Code.UID_MALFORMED, "/uid", lambda: event(uid="é")),
    (Code.EMAIL_MALFORMED, "/email", lambda: contact(email="@")),
    (Code.COLOR_MALFORMED, "/accent", lambda: Theme(accent="blue")),
    (Code.PHONE_MALFORMED, "/phone", lambda: contact(phone="022 730 51 11")),
    (Code.URI_MALFORMED, "/url", lambda: event(url="www.itu.int/wtisd")),
    (Code.ORGANIZATION_IDENTIFIER_MALFORMED, "/identifier", lambda: organization(identifier="XM-DAC-41122")),
    (Code.PATH_MALFORMED, "/path", lambda: provenance(path="slot.time_zone")),
    (Code.LANGUAGE_UNKNOWN, "/floorLanguages/0", lambda: event(floor_languages=("french",))),
    (Code.COUNTRY_UNKNOWN, "/country", lambda: registration(country="XX")),
    (Code.COUNTRY_UNASSIGNED, "/country", lambda: registration(country="EU")),
    (Code.CURRENCY_UNKNOWN, "/currency", lambda: money("5", "XXX")),
    (Code.COLOR_UNKNOWN, "/color", lambda: event(color="itublue")),
    (Code.GOAL_UNKNOWN, "/goals", lambda: event(goals=frozenset({"18"}))),
    (Code.ZONE_UNKNOWN, "/timeZone", lambda: deadline(time_zone="CEST")),
    (Code.DATE_UNREADABLE, "/due", lambda: target(due=date(1969, 12, 31))),
    (Code.TIME_UNREADABLE, "/wall", lambda: local_time("2023-05-17 14:30", ZURICH)),
    (Code.MOMENT_UNREADABLE, "/submittedAt", lambda: registration(submitted_at=AT.replace(year=1969))),
    (Code.MOMENT_NAIVE, "/submittedAt", lambda: registration(submitted_at=NAIVE)),
    (Code.NUMBER_OUT_OF_RANGE, "/percent", lambda: report(percent=101)),
    (Code.NUMBER_MALFORMED, "/latitude", lambda: location(latitude=Decimal("NaN"))),
    (Code.TOO_FEW_ITEMS, "/targetLanguages", lambda: request(target_languages=frozenset())),
    (Code.TOO_MANY_ITEMS, "/contacts", lambda: event(contacts=(contact(),) * 101)),
    (Code.ITEM_REPEATED, "/languages/1", lambda: call(languages=("fr", "fr"))),
    (Code.TIME_SKIPPED, "/wall", lambda: local_time("2023-03-26T02:30:00", ZURICH)),
    (Code.TIME_REPEATED, "/repeated", lambda: local_time("2023-10-29T02:30:00", ZURICH)),
    (Code.TIME_NOT_REPEATED, "/repeated", lambda: local_time("2023-05-17T14:30:00", ZURICH, repeated="first")),
    (Code.ZONES_DIFFER, "/end", lambda: TimeSlot(start=slot().start, end=slot().in_zone("UTC").end)),
    (Code.SLOT_ENDS_BEFORE_START, "/end", lambda: TimeSlot(start=slot().end, end=slot().start)),
    (Code.SLOT_FORMS_DIFFER, "/end", lambda: evolve(slot().written(), end="2023-05-18")),
    (Code.DAY_NOT_WHOLE, "/start", lambda: evolve(slot(), whole_days=True)),
    (
        Code.LANGUAGE_REPEATED,
        "/translations/en",
        lambda: LocalizedText(text="a", language="en", translations={"en": "b"}),
    ),
    (
        Code.SKILL_REPEATED,
        "/languages/1/language",
        lambda: interpreter(languages=[skill("fr"), skill("fr", "C")]),
    ),
    (Code.MONEY_MINOR_UNIT, "/amount", lambda: money("0.5", "JPY")),
    (Code.POSITION_INCOMPLETE, "/longitude", lambda: location(longitude=None)),
    (Code.CONTACT_UNNAMED, "", lambda: Contact(phone="+41227305111")),
    (Code.EVENT_WITHOUT_SLOT, "/slot", lambda: event(slot=None)),
    (Code.EVENT_WITHOUT_PLACE, "/locations", lambda: event(locations=(), virtual_locations=())),
    (Code.PREVIOUS_SLOT_MISSING, "/previousSlots", lambda: event(history=(step("scheduled", "scheduled"),))),
    (Code.CALL_REPEATED, "/calls/1/kind", lambda: event(calls=(call(), call()))),
    (Code.CALL_WITHOUT_ADDRESS, "", lambda: call(url=None, email=None)),
    (Code.CALL_ADDRESS_CONTRADICTED, "/addressUnknown", lambda: call(address_unknown=True)),
    (Code.QUESTION_WITHOUT_CHOICES, "/choices", lambda: question(choices=())),
    (Code.CHOICES_UNFOUNDED, "/choices", lambda: question(kind=QuestionKind.TEXT, minimum=None, maximum=None)),
    (Code.BOUNDS_UNFOUNDED, "/minimum", lambda: question(kind=QuestionKind.CHOICE, maximum=None)),
    (Code.BOUNDS_REVERSED, "/maximum", lambda: question(minimum=3)),
    (
        Code.STATISTICAL_UNFOUNDED,
        "/statistical",
        lambda: question(kind=QuestionKind.TEXT, minimum=None, choices=()),
    ),
    (Code.CONDITION_INCOMPLETE, "/answers", lambda: condition(question="size")),
    (Code.CONDITION_UNFOUNDED, "/questions/0/when/modes", lambda: call(kind=CallKind.INTERPRETATION)),
    (
        Code.QUESTION_UNKNOWN,
        "/questions/0/when/question",
        lambda: call(questions=(question(when=condition(question="size", answers=("s",))),)),
    ),
    (Code.FORM_FIELD_UNKNOWN, "/required/0", lambda: call(fields=(), required=("country",), questions=())),
    (Code.FORM_FIELD_ALWAYS_ASKED, "/fields/0", lambda: call(fields=("mode",), required=(), questions=())),
    (Code.EXTENSION_KEY_MALFORMED, "/extensions", lambda: event(extensions={"badge": 1})),
    (Code.EXTENSION_TOO_LARGE, "/extensions/example.org:a", lambda: event(extensions={"example.org:a": "x" * 65_536})),
    (Code.EXTENSION_TOO_DEEP, "/extensions/example.org:a", lambda: event(extensions={"example.org:a": DEEP})),
    (Code.CALL_CLOSES_BEFORE_OPENING, "/deadline", lambda: call(opens=later(1000))),
    (Code.VENUE_CONTRADICTED, "/venueToFollow", lambda: event(venue_to_follow=True)),
    (
        Code.SESSION_WITHOUT_PLACE,
        "/sessions/0/inheritedPlaces",
        lambda: event(
            virtual_locations=(),
            calls=(),
            sessions=(session(locations=(), virtual_locations=(), inherited_places=REMOTE, on_site_capacity=None),),
        ),
    ),
    (Code.CAPACITY_WITHOUT_PLACE, "/calls/0/remoteCapacity", lambda: event(virtual_locations=())),
    (Code.DOCUMENT_FOLLOWS_ITSELF, "/follows/symbol", lambda: document(follows=reference(symbol="CL-23/9"))),
    (Code.DOCUMENT_FOLLOWS_NEWER, "/follows/issued", lambda: document(follows=reference(issued="2023-05"))),
    (Code.DOCUMENT_YEAR_DIFFERS, "/symbol", lambda: document(symbol="CL-22/9")),
    (Code.SERIES_CIRCULAR, "/series/next", lambda: event(series=series(next="e-0"))),
    (Code.SEQUENCE_EXCEEDED, "/minimumSequence", lambda: event(sequence=3, minimum_sequence=4)),
    (Code.SESSION_OUTSIDE_EVENT, "/sessions/0/slot", lambda: event(sessions=(session(slot=NEXT_DAY),))),
    (Code.ID_REPEATED, "/sessions/1/id", lambda: event(sessions=(session(), session()))),
    (Code.PARTICIPANT_INCOMPLETE, "/participant/email", lambda: registration(participant=contact(email=None))),
    (Code.PARTICIPANT_MISSING, "/participant", lambda: registration(participant=None)),
    (Code.REQUESTER_MISSING, "/requester", lambda: request(requester=None)),
    (Code.PURGED_WITH_PERSONAL_DATA, "/participant", lambda: registration(purged_at=AT)),
    (Code.WAITLISTED_AT_MISSING, "/waitlistedAt", lambda: registration(state=RegistrationState.WAITLISTED)),
    (Code.WAIT_ENDS_BEFORE_START, "/until", lambda: Wait(session_id="w", since=later(1), until=AT)),
    (Code.WAIT_NOT_CHOSEN, "/waits/0/sessionId", lambda: registration(waits=(Wait(session_id="w", since=AT),))),
    (
        Code.WAIT_REPEATED,
        "/waits/1/sessionId",
        lambda: registration(session_ids={"w"}, waits=(Wait(session_id="w", since=AT),) * 2),
    ),
    (
        Code.WAIT_UNFOUNDED,
        "/waits/0/until",
        lambda: evolve(registration(session_ids={"w"}).waitlist(at=AT), waits=(Wait(session_id="w", since=AT),)),
    ),
    (Code.WAITLISTED_AT_UNFOUNDED, "/waitlistedAt", lambda: registration(waitlisted_at=AT)),
    (Code.CHECKED_IN_AT_MISSING, "/checkedInAt", lambda: registration(state=RegistrationState.ATTENDED)),
    (Code.CHECKED_IN_AT_UNFOUNDED, "/checkedInAt", lambda: registration(checked_in_at=AT)),
    (Code.REPLIES_OUT_OF_ORDER, "/replies/1", lambda: registration(replies=(answer(sequence=1), answer()))),
    (
        Code.PARTICIPATION_STATUS_UNFOUNDED,
        "/participationStatus",
        lambda: registration(replies=(answer(),), participation_status=ParticipationStatus.DECLINED),
    ),
    (Code.LANGUAGES_OVERLAP, "/targetLanguages", lambda: request(source_languages=frozenset({"fr"}))),
    (Code.SIGN_LANGUAGE_MISSING, "/targetLanguages", lambda: request(service=SIGN)),
    (
        Code.SIGN_LANGUAGE_SPOKEN,
        "/targetLanguages",
        lambda: request(service=CAPTIONS, target_languages=frozenset({"ils"})),
    ),
    (Code.CAPTIONS_NEED_ONE_LANGUAGE, "/targetLanguages", lambda: request(service=CAPTIONS)),
    (Code.DECISION_WITHOUT_REASON, "/history/0/note", lambda: request().decline(at=AT, note=UNSAID)),
    (Code.TEAM_MISSING, "/team", lambda: request(state=RequestState.ASSIGNED)),
    (Code.TEAM_UNFOUNDED, "/team", lambda: request(team=team())),
    (Code.AMOUNT_MISSING, "/pledged", lambda: pledge(pledged=None)),
    (Code.AMOUNT_ZERO, "/pledged/amount", lambda: pledge(pledged=money("0"))),
    (Code.PERIOD_ENDS_BEFORE_START, "/end", lambda: pledge(end=date(2023, 5, 31))),
    (Code.REPORT_BEFORE_START, "/reports/0/on", lambda: pledge(reports=(report(on=date(2023, 5, 31)),))),
    (Code.TARGET_OUTSIDE_PERIOD, "/targets/0/due", lambda: pledge(targets=(target(due=date(2026, 1, 1)),))),
    (Code.SCOPE_WITHOUT_COUNTRY, "/countries", lambda: pledge(countries=())),
    (Code.COUNTRY_REPEATED, "/countries/1/country", lambda: pledge(countries=(share("NE"), share("NE")))),
    (Code.SHARES_INCOMPLETE, "/countries/1/share", lambda: pledge(countries=(share("NE", "100"), share("TD")))),
    (Code.SHARES_NOT_WHOLE, "/countries", lambda: pledge(countries=(share("NE", "50"),))),
    (Code.PARTNER_IS_PLEDGER, "/partners/0", lambda: pledge(partners=(pledge().pledger,))),
    (
        Code.REPORT_MISSING,
        "/reports",
        lambda: pledge(reports=(), state=PledgeState.COMPLETED, history=COMPLETED),
    ),
    (
        Code.HISTORY_OUT_OF_ORDER,
        "/history/1/at",
        lambda: registration().approve(at=later(1)).reset(at=later(0)),
    ),
    (Code.HISTORY_BROKEN, "/history/0/before", lambda: registration(history=(step("approved", "pending"),))),
    (Code.HISTORY_ENDS_ELSEWHERE, "/status", lambda: event(status=EventStatus.CANCELLED)),
    (Code.MOVE_NOT_ALLOWED, "/history/0/after", lambda: registration(history=(step("pending", "attended"),))),
]

# What only a document can do: leave a key out, invent one, send what the office sets, or send null.
OF_DOCUMENTS = {Code.KEY_MISSING, Code.KEY_UNKNOWN, Code.FIELD_NOT_YOURS, Code.NULL_REFUSED}

# Mistakes that only a recurrence rule can have; see tests/types/test_occurrences.py.
OF_RECURRENCE = {
    Code.EXCLUDED_OUTSIDE_RULE,
    Code.OCCURRENCES_TOO_MANY,
    Code.RECURRENCE_MALFORMED,
    Code.RECURRENCE_TOO_COMPLEX,
    Code.RECURRENCE_UNBOUNDED,
    Code.START_OUTSIDE_RULE,
}

# What only the files of a language can do; see tests/locales/test_own_language.py.
OF_LANGUAGES = {Code.LANGUAGE_TAKEN, Code.PLACEHOLDERS_DIFFER, Code.PLURAL_RULE_MALFORMED}


class TestRefusals:
    """STYLE: each code has a test that provokes it; refusals are checked by code and path."""

    def test_every_code_of_shape_and_invariants_and_moves_is_here(self) -> None:
        asked = {code for code in Code if code.nature in {Nature.SHAPE, Nature.INVARIANT, Nature.MOVE}}
        assert {code for code, _, _ in PROVOKED} == asked - OF_DOCUMENTS - OF_RECURRENCE - OF_LANGUAGES

    @pytest.mark.parametrize(("code", "path", "make"), PROVOKED, ids=[code.value for code, _, _ in PROVOKED])
    def test_each_is_provoked_and_found_at_its_place(self, code: Code, path: str, make: Callable[[], object]) -> None:
        assert refused(make, InvalidValueError) == (code, path)

    def test_a_verb_is_refused_by_an_error_of_its_own(self) -> None:
        found = refusal(lambda: registration().check_in(at=AT), MoveError)
        assert (found.code, found.path) == (Code.MOVE_NOT_ALLOWED, "/state")
        assert found.fix == "Allowed next states: approved, rejected, waitlisted, withdrawn."
