"""What `to_csv` wrote is read back by `from_csv` without a mapping: everything but what the format does not carry."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import wtisd_model.strategies as ours
from tests.columns.answered import ANSWERS, EVENT
from tests.columns.csv_injection import hostile_rows
from tests.hypothesis_profiles import LAW
from tests.programme.format_laws import assert_format, without_fields
from tests.samples.whole import asking, pledge, registration
from wtisd_model import (
    Assignment,
    Booth,
    InterpretationRequest,
    Interpreter,
    Outcome,
    PayloadError,
    Pledge,
    Registration,
    Session,
    from_csv,
    to_csv,
)
from wtisd_model.columns.header import csv_format
from wtisd_model.formats import losses
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.strategies import questions
from wtisd_model.strategies.events import answers_to

DRAWN: dict[type, Any] = {
    # A virtual location with neither a name nor an address leaves no text in any column.
    Session: ours.sessions().filter(lambda each: all(one.name or one.uri for one in each.virtual_locations)),
    Registration: ours.registrations(),
    InterpretationRequest: ours.interpretation_requests(),
    Pledge: ours.pledges(),
    Interpreter: ours.interpreters(),
    Booth: ours.booths(),
    Assignment: ours.assignments(),
}


def drawn(cls: type) -> SearchStrategy[Any]:
    """Draw objects that are still valid without what a table does not carry, such as the translations of names."""

    def is_valid(thing: Any) -> bool:
        plain = without_fields(cls, to_builtins(thing), csv_format(cls).not_carried)
        try:
            from_builtins(cls, plain)
        except PayloadError:
            return False
        return True

    strategy: SearchStrategy[Any] = DRAWN[cls]
    return strategy.filter(is_valid)


def written(thing: Any, **options: Any) -> bytes:
    return b"".join(to_csv(type(thing), [thing], personal=True, **options))


def read(cls: type, content: bytes, **options: Any) -> Any:
    """Return the object in the only row of a table."""
    outcome: Outcome[Any]
    (outcome,) = from_csv(cls, content, **options)
    assert outcome.findings == ()
    assert outcome.line == 2
    return outcome.value


@pytest.mark.parametrize("cls", DRAWN, ids=lambda cls: cls.__name__)
class TestCsvFormat:
    """A column for each field, except translations, lists in lists, and objects whose keys no class declares."""

    @LAW
    @given(data=st.data())
    def test_the_format_carries_what_it_says(self, cls: type, data: st.DataObject) -> None:
        thing = data.draw(drawn(cls))
        assert_format(csv_format(cls), thing, written, lambda content: read(cls, content))

    @LAW
    @given(data=st.data())
    def test_what_was_read_is_written_as_the_same_bytes(self, cls: type, data: st.DataObject) -> None:
        options = data.draw(st.fixed_dictionaries({"delimiter": st.sampled_from(",;\t"), "bom": st.booleans()}))
        content = written(data.draw(drawn(cls)), **options)
        assert written(read(cls, content), **options) == content

    def test_hostile_texts_are_read_back(self, cls: type) -> None:
        rows = [evolve(row, id=f"row-{index}") for index, row in enumerate(hostile_rows(cls))]
        content = b"".join(to_csv(cls, rows, personal=True))
        outcomes: list[Outcome[Any]] = list(from_csv(cls, content))
        again = [each.value for each in outcomes]
        assert b"".join(to_csv(cls, again, personal=True)) == content


class TestAnswers:
    """With the event, answers are carried too."""

    def test_the_format_with_answers_carries_them(self) -> None:
        row = registration(answers={"q-text": "x"})
        lost, kept = (
            {found.params["field"] for found in losses(csv_format(Registration, with_answers=each), row)}
            for each in (False, True)
        )
        assert lost - kept == {"Registration.answers"}

    def test_a_pledge_for_no_event_is_still_for_none(self) -> None:
        row = evolve(pledge(), event_uid=None)
        assert read(Pledge, written(row, event=EVENT), event=EVENT).event_uid is None

    @LAW
    @given(st.data())
    def test_each_has_the_same_value(self, data: st.DataObject) -> None:
        asked = {id_: evolve(data.draw(questions()), id=id_) for id_ in "abc"}
        row = registration(answers={id_: data.draw(answers_to(each)) for id_, each in asked.items()})
        event = asking(*asked.values())
        again = read(Registration, written(row, event=event), event=event)
        given = {id_: answer for id_, answer in row.answers.items() if answer != ()}  # an empty cell
        assert {id_: asked[id_].value(each) for id_, each in again.answers.items()} == {
            id_: asked[id_].value(each) for id_, each in given.items()
        }

    @pytest.mark.parametrize("others", [{}, {"q-integer": "two", "unknown": ["a", "b"]}])
    def test_those_that_fit_no_question_come_back_too(self, others: dict[str, Any]) -> None:
        answers = {f"q-{kind}": answer for kind, (answer, _) in ANSWERS.items() if kind != "decimal"}
        for each in (answers | others, others):
            row = registration(answers=each)
            assert read(Registration, written(row, event=EVENT), event=EVENT).answers == row.answers
