"""Registrations of Indico's check-in API become registrations of ours."""

import json
from typing import Any

import pytest
from attrs import evolve, fields

from tests.importers.indico_people import EVENT, SECRET, field, person
from wtisd_model import (
    InvalidValueError,
    MessageError,
    Registration,
    RegistrationState,
    from_indico_registrations,
    to_json,
)
from wtisd_model.importers.indico_registrations import INDICO_REGISTRATIONS


def read(*people: Any, **options: Any) -> tuple[tuple[Registration, ...], list[tuple[str, ...]]]:
    """Return the registrations, and the findings in short."""
    options.setdefault("mode", "on-site")
    imported = from_indico_registrations(json.dumps(people), EVENT, **options)
    found = [(each.code, each.path, *map(str, each.params.values())) for each in imported.findings]
    return imported.records, found


class TestRegistration:
    """indico/modules/events/registration/schemas.py, `CheckinRegistrationSchema`."""

    def test_a_registration_is_read_without_a_loss(self) -> None:
        (record,), found = read(person(), mode="remote")
        assert found == []
        assert (record.id, record.event_uid, record.mode) == ("r42", EVENT.uid, "remote")
        assert record.participant is not None
        assert (record.participant.name, record.participant.email) == ("Participant 1", "participant1@example.org")
        assert record.submitted_at.isoformat() == "2027-01-10T09:00:00.123456+00:00"
        assert record.state is RegistrationState.APPROVED

    @pytest.mark.parametrize(
        ("changes", "state"),
        [
            ({"state": "pending"}, "pending"),
            ({"state": "unpaid"}, "pending"),
            ({"state": "rejected"}, "rejected"),
            ({"state": "withdrawn"}, "withdrawn"),
            ({"checked_in": True, "checked_in_dt": "2027-03-04T08:00:00+00:00"}, "attended"),
        ],
    )
    def test_its_state(self, changes: Any, state: str) -> None:
        (record,), found = read(person(**changes))
        assert found == []
        assert record.state.value == state

    @pytest.mark.parametrize("moment", [None, "soon"])
    def test_an_arrival_without_a_time_is_noted(self, moment: str | None) -> None:
        (record,), found = read(person(checked_in=True, checked_in_dt=moment))
        assert found == [("value-dropped", "/0/checked_in", "checked-in-at-missing")]
        assert record.state is RegistrationState.APPROVED

    def test_an_unknown_state_is_noted(self) -> None:
        (record,), found = read(person(state=["x"]))
        assert record.state is RegistrationState.PENDING
        assert found == [("value-dropped", "/0/state", "state-unknown")]

    def test_what_cannot_be_read_is_an_error_at_its_place(self) -> None:
        records, found = read(person(registration_date="then"), person(id=44, email=None), person(id=43))
        assert [each.id for each in records] == ["r43"]
        assert found == [
            ("moment-unreadable", "/0/registration_date"),
            ("value-dropped", "/1", "participant-incomplete"),
            ("participant-missing", "/1"),
        ]

    def test_a_registration_that_comes_twice_is_one(self) -> None:
        records, found = read(person(), person(id=43), person(full_name="Participant 2"))
        assert [each.id for each in records] == ["r42", "r43"]
        assert found == [("entry-repeated", "/2")]

    def test_secrets_and_payments_are_not_kept(self) -> None:
        (record,), _ = read(person())
        kept = to_json(record)
        assert SECRET.encode() not in kept
        assert b"10.0" not in kept

    def test_tags_and_new_members_are_noted(self) -> None:
        _, found = read(person(tags=[{"id": 1, "title": "VIP", "color": "red"}], newest=1))
        assert [(code, name) for code, _, name in found] == [
            ("member-unsupported", "tags"),
            ("member-unsupported", "newest"),
        ]

    @pytest.mark.parametrize(
        ("given", "value"),
        [
            (field(1, "Vegan"), "Vegan"),
            (field(2, 3, "number"), 3),
            (field(2, 0, "number"), 0),
            (field(3, 2, "number"), "2"),
            (field(4, data=False, kind="bool"), False),
            (field(5, "CH", "country"), "CH"),
            (field(6, "2027-03-04T00:00:00", "date"), "2027-03-04"),
            (field(7, {"aaaa-1": 1}, "single_choice"), "aaaa-1"),
            (field(8, {"bbbb-2": 1, "aaaa-1": 2}, "multi_choice"), ("bbbb-2", "aaaa-1")),
        ],
    )
    def test_an_answer_to_a_question_of_the_event(self, given: Any, value: Any) -> None:
        (record,), found = read(person(given))
        assert found == []
        assert dict(record.answers) == {str(given["id"]): value}

    @pytest.mark.parametrize(
        ("given", "found"),
        [
            (field(1, ""), []),
            (field(2, None, "number"), []),
            (field(8, {}, "multi_choice"), []),
            (field(9, "x"), [("member-unsupported", "/0/registration_data/0/fields/0/data", "fields.9")]),
            (field(9, "x") | {"id": "x"}, [("member-unsupported", "/0/registration_data/0/fields/0/data", "fields")]),
            (field(2, "3"), [("value-dropped", "/0/registration_data/0/fields/0/data", "wrong-type")]),
            (field(7, {"z": 1}), [("value-dropped", "/0/registration_data/0/fields/0/data", "choice-unknown")]),
            (field(7, {"a": 1, "b": 1}), [("value-dropped", "/0/registration_data/0/fields/0/data", "wrong-type")]),
        ],
    )
    def test_an_answer_that_does_not_fit_is_left_out(self, given: Any, found: Any) -> None:
        (record,), said = read(person(given))
        assert dict(record.answers) == {}
        assert said == found

    def test_an_event_without_a_call_has_no_questions(self) -> None:
        event = evolve(EVENT, calls=())
        imported = from_indico_registrations(person(field(1, "Vegan")), event, mode="on-site")
        assert [each.code for each in imported.findings] == ["member-unsupported"]

    def test_anything_else_is_refused(self) -> None:
        with pytest.raises(MessageError, match="records-missing"):
            from_indico_registrations({}, EVENT, mode="on-site")
        with pytest.raises(InvalidValueError, match="value-unknown"):
            from_indico_registrations(person(), EVENT, mode="onsite")
        with pytest.raises(TypeError, match="Event"):
            from_indico_registrations(person(), "7", mode="on-site")  # type: ignore[arg-type]  # refused

    def test_the_table_has_every_member_that_is_written(self) -> None:
        table = INDICO_REGISTRATIONS["Registration"]
        assert person().keys() - table.known == {"tags"}
        assert table.fields.keys() <= {each.name for each in fields(Registration)}
