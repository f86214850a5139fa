"""Orders of pretix become registrations."""

import json
from typing import Any

import pytest
from attrs import evolve

from tests.importers.pretix_documents import SECRET, answer, checkin, export, order, page, position
from tests.importers.pretix_event import EVENT
from wtisd_model import (
    ImportedRecords,
    InvalidValueError,
    Limits,
    MessageError,
    ParticipationMode,
    PayloadError,
    Registration,
    RegistrationState,
    from_pretix,
    to_json,
)

Found = list[tuple[str, ...]]


def read(*orders: Any, **options: Any) -> tuple[tuple[Registration, ...], Found]:
    """Return the registrations, and the findings in short."""
    options.setdefault("modes", {1: "on-site", 2: "remote"})
    imported = from_pretix(page(*orders), EVENT, **options)
    return imported.records, short(imported)


def short(imported: ImportedRecords[Registration]) -> Found:
    return [(each.code, each.path, *map(str, each.params.values())) for each in imported.findings]


def one(*positions: Any, **changes: Any) -> Registration:
    """Return the only registration of an order that is read without a loss."""
    records, found = read(order(*positions, **changes))
    assert found == []
    (record,) = records
    return record


class TestTicket:
    """Each position with a product that has a mode is a registration."""

    def test_a_ticket_is_read_without_a_loss(self) -> None:
        record = one(position(company="Organization 1", country="CH"), phone="+41225550100", locale="de-informal")
        assert record.id == "ABC12-1"
        assert record.event_uid == EVENT.uid
        assert record.mode is ParticipationMode.ON_SITE
        assert record.participant is not None
        assert record.participant.name == "Participant 1"
        assert record.participant.email == "participant1@example.org"
        assert record.participant.phone == "+41225550100"
        assert record.participant.language == "de"
        assert (record.organization, record.country) == ("Organization 1", "CH")
        assert record.submitted_at.isoformat() == "2027-01-10T08:00:00+00:00"
        assert record.filed_by is None

    def test_who_ordered_for_somebody_else_filed_it(self) -> None:
        record = one(position(attendee_email="participant2@example.org"), phone="+41225550100")
        assert record.participant is not None
        assert (record.participant.email, record.participant.phone) == ("participant2@example.org", None)
        assert record.filed_by is not None
        assert (record.filed_by.email, record.filed_by.phone) == ("participant1@example.org", "+41225550100")
        assert one(position(attendee_email="Participant1@example.org")).filed_by is None
        assert one(position(attendee_email="participant2@example.org"), email=None).filed_by is None

    def test_a_variation_may_have_a_mode_of_its_own(self) -> None:
        positions = [position(1), position(2, variation=7), position(3, variation=8)]
        records, _ = read(order(*positions), modes={1: "on-site", (1, 7): ParticipationMode.REMOTE})
        assert [each.mode.value for each in records] == ["on-site", "remote", "on-site"]

    def test_other_products_are_no_registrations(self) -> None:
        records, found = read(order(position(1), position(2, item=9), position(3, item=9), position(4, item="x y")))
        assert [each.id for each in records] == ["ABC12-1"]
        assert found == [
            ("product-unknown", "/results/0/positions/1/item", "9"),
            ("value-dropped", "/results/0/positions/3/item", "wrong-type"),
        ]

    def test_addons_are_sessions_of_the_ticket_that_they_belong_to(self) -> None:
        addons = [position(3, item=5, addon_to=502), position(4, item=6, addon_to=502, canceled=True)]
        positions = [position(1), position(2, item=2), *addons]
        records, found = read(order(*positions), sessions={5: "workshop", 6: "dinner", 2: "stream"})
        assert found == []
        assert [each.session_ids for each in records] == [frozenset(), {"workshop", "stream"}]

    @pytest.mark.parametrize(
        ("ticket", "others"),
        [
            ([], []),
            ([position(1, item=9)], ["product-unknown"]),
            ([position(1, subevent=8)], ["date-not-chosen"]),
        ],
    )
    def test_a_session_without_its_ticket_is_noted(self, ticket: Any, others: list[str]) -> None:
        records, found = read(order(*ticket, position(2, item=5, addon_to=501)), sessions={5: "workshop"})
        assert records == ()
        assert found[-1] == ("ticket-missing", f"/results/0/positions/{len(ticket)}")
        assert [code for code, *_ in found[:-1]] == others

    def test_a_session_that_was_bought_alone_is_noted(self) -> None:
        records, found = read(order(position(1), position(2, item=5)), sessions={5: "workshop"})
        assert [each.session_ids for each in records] == [frozenset()]
        assert found == [("ticket-missing", "/results/0/positions/1")]

    def test_an_order_that_comes_twice_is_one(self) -> None:
        whole = order(position(1), position(2, item=5, addon_to=501))
        records, found = read(whole, order(position(3)), whole, sessions={5: "workshop"})
        assert [each.id for each in records] == ["ABC12-1", "ABC12-3"]
        assert found == [("entry-repeated", "/results/2/positions/0")]

    def test_test_orders_are_left_out(self) -> None:
        records, found = read(order(testmode=True), order(testmode=True), order())
        assert len(records) == 1
        assert found == [("order-for-test", "/results/0")]

    def test_other_dates_of_a_series_are_left_out(self) -> None:
        positions = [position(1, subevent=3), position(2, subevent=4), position(3)]
        records, found = read(order(*positions), subevent=4)
        assert [each.id for each in records] == ["ABC12-2"]
        assert found == [("date-not-chosen", "/results/0/positions/0")]

    def test_a_ticket_without_a_name_is_an_error_at_its_place(self) -> None:
        records, found = read(order(position(1, attendee_name=None), position(2)))
        assert [each.id for each in records] == ["ABC12-2"]
        assert found[-1] == ("participant-missing", "/results/0/positions/0")

    def test_secrets_payments_and_addresses_are_not_kept(self) -> None:
        kept = to_json(one(position(answers=[answer("DIET", "Vegan")])))
        for each in (SECRET, "Street", "Participant 9", "23.", "banktransfer", "Seen", "MQLJ"):
            assert each.encode() not in kept

    def test_what_no_field_can_hold_is_noted(self) -> None:
        _, found = read(order(position(seat={"id": 1, "name": "A1"}), newest=1))
        assert [(code, name) for code, _, name in found] == [
            ("member-unsupported", "newest"),
            ("member-unsupported", "seat"),
        ]


class TestState:
    """`status` of an order: n pending, p paid, e expired, c canceled."""

    @pytest.mark.parametrize(
        ("changes", "state", "at"),
        [
            ({"status": "n"}, "pending", None),
            ({"status": "n", "valid_if_pending": True}, "approved", "2027-01-10T08:00:00+00:00"),
            ({"status": "p"}, "approved", "2027-01-10T08:00:00+00:00"),
            ({"status": "e"}, "withdrawn", "2027-01-24T22:59:59+00:00"),
            ({"status": "e", "expires": None}, "withdrawn", "2027-01-10T08:00:00+00:00"),
            ({"status": "c"}, "withdrawn", "2027-01-12T10:00:00+00:00"),
            ({"status": "c", "cancellation_date": "2027-01-11T10:00:00Z"}, "withdrawn", "2027-01-11T10:00:00+00:00"),
            ({"status": "r", "last_modified": "then"}, "withdrawn", "2027-01-10T08:00:00+00:00"),
        ],
    )
    def test_the_state_of_an_order(self, changes: Any, state: str, at: str | None) -> None:
        record = one(**changes)
        assert record.state.value == state
        assert [each.at.isoformat() for each in record.history] == ([] if at is None else [at])

    def test_a_cancelled_position_is_withdrawn(self) -> None:
        records, _ = read(order(position(1, canceled=True), position(2)))
        assert [each.state.value for each in records] == ["withdrawn", "approved"]

    def test_the_first_scan_is_the_arrival(self) -> None:
        scans = [
            checkin("2027-03-04T10:00:00Z"),
            checkin("2027-03-04T08:10:00Z"),
            checkin("2027-03-04T07:00:00Z", type="exit"),
        ]
        record = one(position(checkins=scans))
        assert record.state is RegistrationState.ATTENDED
        assert record.checked_in_at is not None
        assert record.checked_in_at.isoformat() == "2027-03-04T08:10:00+00:00"
        assert [each.after for each in record.history] == ["approved", "attended"]

    def test_an_order_that_was_entered_after_the_arrival(self) -> None:
        record = one(position(checkins=[checkin("2027-01-09T08:00:00Z", type=None)]))
        assert record.state is RegistrationState.ATTENDED
        assert record.history[0].at == record.history[1].at

    def test_a_pending_ticket_that_was_scanned_stays_pending(self) -> None:
        assert one(position(checkins=[checkin("2027-03-04T08:10:00Z")]), status="n").state is RegistrationState.PENDING

    def test_an_unknown_status_is_noted(self) -> None:
        (record,), found = read(order(status="x"))
        assert record.state is RegistrationState.PENDING
        assert found == [("value-dropped", "/results/0/status", "state-unknown")]

    def test_an_order_without_a_moment_is_refused(self) -> None:
        records, found = read(order(datetime="yesterday"))
        assert records == ()
        assert found == [("moment-unreadable", "/results/0/datetime")]


class TestAnswers:
    """`AnswerSerializer`: a text, and the identifiers of the question and of the options."""

    @pytest.mark.parametrize(
        ("given", "value"),
        [
            (answer("DIET", "Vegan"), "Vegan"),
            (answer("AGE", "-42"), -42),
            (answer("SIZE", "1.50"), "1.50"),
            (answer("DAY", "2027-03-04"), "2027-03-04"),
            (answer("FROM", "CH"), "CH"),
            (answer("OK", "True"), True),
            (answer("DINNER", "False"), False),
            (answer("ROOM", "Room A", "A"), "A"),
            (answer("TOPICS", "First, second", "A", "B"), ("A", "B")),
        ],
    )
    def test_an_answer_to_a_question_of_the_event(self, given: Any, value: Any) -> None:
        record = one(position(answers=[given]))
        assert dict(record.answers) == {given["question_identifier"]: value}

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            (answer("DIET", ""), "text-empty"),
            (answer("AGE", "4.5"), "wrong-type"),
            (answer("SIZE", "big"), "number-malformed"),
            (answer("DAY", "4 March"), "date-unreadable"),
            (answer("OK", "maybe"), "wrong-type"),
            (answer("ROOM", "Room Z", "Z"), "choice-unknown"),
            (answer("ROOM", "Room A, Room B", "A", "B"), "null-refused"),
            (answer("TOPICS", "Z", "Z"), "choice-unknown"),
            (answer("TOPICS", "Z") | {"option_identifiers": [{}, []]}, "wrong-type"),
            (answer("ROOM", "Z") | {"option_identifiers": [{}]}, "wrong-type"),
        ],
    )
    def test_an_answer_that_does_not_fit_its_question_is_left_out(self, given: Any, code: str) -> None:
        (record,), found = read(order(position(answers=[given])))
        assert dict(record.answers) == {}
        assert found == [("value-dropped", "/results/0/positions/0/answers/0", code)]

    def test_an_answer_to_another_question_is_noted_once(self) -> None:
        _, found = read(order(position(1, answers=[answer("OTHER", "A")]), position(2, answers=[answer("OTHER", "B")])))
        assert found == [("member-unsupported", "/results/0/positions/0/answers/0", "answers.OTHER")]

    def test_an_event_without_a_call_has_no_questions(self) -> None:
        imported = from_pretix(
            page(order(position(answers=[answer("DIET", "Vegan")]))), evolve(EVENT, calls=()), modes={1: "on-site"}
        )
        assert short(imported) == [
            ("member-unsupported", "/results/0/positions/0/answers/0", "answers.DIET"),
        ]


class TestDocument:
    """A page of the API, an array, one order, or the export."""

    def test_each_form_is_read(self) -> None:
        whole = order()
        forms: list[Any] = [page(whole), json.dumps([whole]), whole, json.dumps(page(whole)).encode(), export(whole)]
        for each in forms:
            assert [one.id for one in from_pretix(each, EVENT, modes={1: "on-site"}).records] == ["ABC12-1"]

    def test_the_export_names_questions_in_one_place(self) -> None:
        whole = export(order(position(answers=[answer("DIET", "Vegan")])))
        imported = from_pretix(whole, EVENT, modes={1: "on-site"})
        assert short(imported) == []
        assert dict(imported.records[0].answers) == {"DIET": "Vegan"}

    def test_an_empty_page_has_no_registrations(self) -> None:
        assert read() == ((), [])

    def test_a_page_of_several_is_noted(self) -> None:
        whole = page(order()) | {"count": 500, "next": "https://tickets.example.org/api/v1/orders/?page=2"}
        imported = from_pretix(whole, EVENT, modes={1: "on-site"})
        assert len(imported.records) == 1
        assert short(imported) == [("page-incomplete", "/next")]

    @pytest.mark.parametrize("data", [b"{}", {"event": "forum"}, b"5"])
    def test_a_document_without_orders_is_refused(self, data: Any) -> None:
        with pytest.raises(MessageError) as caught:
            from_pretix(data, EVENT, modes={1: "on-site"})
        assert [(each.code, each.path) for each in caught.value.findings] == [("records-missing", "")]

    def test_what_is_no_json_is_refused(self) -> None:
        with pytest.raises(PayloadError, match="not-json"):
            from_pretix(b"[", EVENT, modes={1: "on-site"})

    def test_a_document_has_limits(self) -> None:
        with pytest.raises(PayloadError, match="payload-too-large"):
            from_pretix(page(order()), EVENT, modes={1: "on-site"}, limits=Limits(bytes=100))

    def test_arguments_are_checked(self) -> None:
        with pytest.raises(InvalidValueError, match="value-unknown"):
            from_pretix(page(), EVENT, modes={1: "onsite"})
        with pytest.raises(InvalidValueError, match="wrong-type") as caught:
            from_pretix(page(), EVENT, modes={}, sessions={5: 5})  # type: ignore[dict-item]  # refused
        assert caught.value.findings[0].path == "/sessions"
        with pytest.raises(InvalidValueError, match="id-malformed"):
            from_pretix(page(), EVENT, modes={}, sessions={5: "a workshop"})
        with pytest.raises(TypeError, match="Event"):
            from_pretix(page(), "forum", modes={})  # type: ignore[arg-type]  # refused

    @pytest.mark.parametrize(
        "wrong", [[1], {"1": "on-site"}, {True: "on-site"}, {(1,): "x"}, {(1, "7"): "x"}, {None: "x"}]
    )
    @pytest.mark.parametrize("parameter", ["modes", "sessions"])
    def test_the_keys_of_an_argument_are_products(self, parameter: str, wrong: Any) -> None:
        options: dict[str, Any] = {"modes": {}, parameter: wrong}
        with pytest.raises(TypeError, match=parameter):
            from_pretix(page(), EVENT, **options)

    @pytest.mark.parametrize("wrong", ["4", True, 4.0])
    def test_a_date_is_a_whole_number(self, wrong: Any) -> None:
        with pytest.raises(TypeError, match="subevent"):
            from_pretix(page(), EVENT, modes={}, subevent=wrong)

    def test_messages_repeat_nothing(self) -> None:
        name = "Zaphod"
        bad = position(
            attendee_name=name * 200, attendee_email=name, country=name, company=[name], item=name, checkins=[name]
        )
        bad |= {f"{name} {name}": name, "answers": [answer(f"{name} {name}", name), answer("DAY", name), name]}
        _, found = read(order(bad, bad | {"item": 1}, email=name, phone=name, locale=name, status=name))
        assert len(found) > 6
        assert name not in str(found)
