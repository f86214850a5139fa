"""Columns of answers: typed, never lost, and personal unless the question is statistical."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.answered import ANSWERS, EVENT, of_kind
from tests.columns.csv_injection import TEXTS, without_escapes
from tests.hypothesis_profiles import LAW
from tests.samples.whole import asked, asking, event, pledge, registration, request
from wtisd_model import (
    CallKind,
    Dossier,
    InterpretationRequest,
    InvalidValueError,
    Pledge,
    Question,
    QuestionKind,
    Registration,
    Session,
    Total,
    to_columns,
    to_csv,
)
from wtisd_model.columns.table import OTHER_ANSWERS
from wtisd_model.model.question import IN_OWN_WORDS
from wtisd_model.planning.results import CoverageRow, SeatRow
from wtisd_model.strategies import questions
from wtisd_model.strategies.events import answers_to


def answered(**answers: Any) -> Registration:
    return registration(answers=answers)


class TestColumns:
    """A question has a column whose values are those of ``Question.value``."""

    def test_every_kind_has_its_type(self) -> None:
        assert set(ANSWERS) == {*QuestionKind}
        row = registration(answers={f"q-{kind}": answer for kind, (answer, _) in ANSWERS.items()})
        columns = to_columns(Registration, [row, registration(answers={})], personal=True, event=EVENT)
        for kind, (_, value) in ANSWERS.items():
            assert columns[f"answers.q-{kind}"] == [value, None]
            assert type(columns[f"answers.q-{kind}"][0]) is type(value)
        assert columns[OTHER_ANSWERS] == [None, None]
        arrow: Any = pa.table(columns)
        assert str(arrow.schema.field("answers.q-date").type) == "date32[day]"

    def test_they_come_last_and_without_an_event_there_are_none(self) -> None:
        usual, whole = (to_columns(Registration, [answered()], event=each) for each in (None, EVENT))
        assert [*whole][: len(usual)] == [*usual]
        assert [*whole][len(usual) :] == [f"answers.q-{kind}" for kind in ANSWERS if kind not in IN_OWN_WORDS]
        assert not any("answers" in name for name in usual)

    def test_they_are_personal_unless_the_question_is_statistical(self) -> None:
        assert [f"answers.q-{kind}" in to_columns(Registration, [], event=EVENT) for kind in ("text", "country")] == [
            False,
            True,
        ]
        whole = to_columns(Registration, [], personal=True, event=EVENT)
        assert {"answers.q-text", OTHER_ANSWERS} <= {*whole}

    def test_each_class_has_the_questions_of_its_own_call(self) -> None:
        asking_all = event(calls=tuple(asking(asked(kind.value), kind=kind).calls[0] for kind in CallKind))
        rows: list[tuple[type, Any, str]] = [
            (Registration, registration(answers={"registration": "a"}), "registration"),
            (InterpretationRequest, request(answers={"interpretation": "a"}), "interpretation"),
            (Pledge, pledge(answers={"pledge": "a"}), "pledge"),
        ]
        for cls, row, name in rows:
            columns = to_columns(cls, [row], personal=True, event=asking_all)
            assert {each: values for each, values in columns.items() if "answers" in each} == {
                f"answers.{name}": ["a"],
                OTHER_ANSWERS: [None],
            }

    def test_an_event_that_no_longer_asks_anything_keeps_what_was_answered(self) -> None:
        columns = to_columns(Registration, [answered(size="s")], personal=True, event=event(calls=()))
        assert [(name, values) for name, values in columns.items() if "answers" in name] == [
            (OTHER_ANSWERS, ['{"size":"s"}'])
        ]

    def test_choices_are_ids_in_every_language(self) -> None:
        columns = to_columns(Registration, [answered(**{"q-choice": "none"})], language="fr", event=EVENT)
        assert columns["answers.q-choice"] == ["none"]

    @pytest.mark.parametrize("cls", [Session, SeatRow, CoverageRow, Total])
    def test_a_class_without_answers_has_no_use_for_the_event(self, cls: type) -> None:
        for write in (to_columns, to_csv):
            with pytest.raises(TypeError, match="leave out event="):
                write(cls, [], event=EVENT)

    def test_another_object_for_the_event_is_refused(self) -> None:
        wrong: Any = Dossier(event=EVENT)
        with pytest.raises(TypeError, match=r"Not an Event: pass event=dossier\.event"):
            to_columns(Registration, [], event=wrong)
        with pytest.raises(TypeError, match="Not an Event"):
            to_csv(Registration, [], event=wrong)


class TestAnswersThatDoNotFit:
    """Questions change after answers have come, which are not lost."""

    def test_they_are_in_a_column_of_their_own(self) -> None:
        row = answered(**{"q-integer": "two", "q-choice": "xl", "q-date": "2027-03-04", "unknown": ["a", "b"]})
        columns = to_columns(Registration, [row], personal=True, event=EVENT)
        assert [columns[f"answers.q-{kind}"] for kind in ("integer", "choice", "date")] == [
            [None],
            [None],
            [date(2027, 3, 4)],
        ]
        assert columns[OTHER_ANSWERS] == ['{"q-choice":"xl","q-integer":"two","unknown":["a","b"]}']

    def test_an_answer_in_another_event_may_be_one_to_another_question(self) -> None:
        row = evolve(answered(**{"q-integer": 2}), event_uid="e-other")
        columns = to_columns(Registration, [row], personal=True, event=EVENT)
        assert (columns["answers.q-integer"], columns[OTHER_ANSWERS]) == ([None], ['{"q-integer":2}'])
        (kept,) = to_columns(Pledge, [pledge(event_uid=None, answers={"partner": "a"})], personal=True, event=EVENT)[
            OTHER_ANSWERS
        ]
        assert kept == '{"partner":"a"}'

    def test_an_answer_to_a_retired_question_fits(self) -> None:
        asks = asking(of_kind("integer", retired=True, statistical=True))
        assert to_columns(Registration, [answered(**{"q-integer": 2})], event=asks)["answers.q-integer"] == [2]

    @LAW
    @given(st.data())
    def test_no_answer_is_lost_whatever_the_questions_become(self, data: st.DataObject) -> None:
        drawn = data.draw(st.dictionaries(st.sampled_from("abc"), questions().flatmap(answers_to)))
        asks = {id_: evolve(data.draw(questions()), id=id_) for id_ in "bcd"}
        row = registration(answers=drawn)
        columns = to_columns(Registration, [row], personal=True, event=asking(*asks.values()))
        values = {id_: columns[f"answers.{id_}"][0] for id_ in asks}
        told = {id_: value for id_, value in values.items() if value is not None}
        (rest,) = columns[OTHER_ANSWERS]
        others = {} if rest is None else json.loads(rest)
        assert sorted([*told, *others]) == sorted(drawn)
        assert told == {id_: asks[id_].value(row.answers[id_]) for id_ in told}
        assert not [id_ for id_ in others if id_ in asks and fits(asks[id_], row.answers[id_])]
        assert others == {id_: JSON_OF[type(row.answers[id_])](row.answers[id_]) for id_ in others}


JSON_OF: dict[type, Any] = {tuple: list, str: str, int: int, bool: bool}


def fits(question: Question, answer: object) -> bool:
    try:
        question.value(answer)
    except InvalidValueError:
        return False
    return True


class TestCsv:
    """CWE-1236: an answer is no formula, in whichever column it is."""

    def test_bytes(self) -> None:
        asks = asking(*(of_kind(kind, statistical=True) for kind in ("boolean", "choices", "decimal", "date")))
        answers = {"q-boolean": True, "q-choices": ["small", "none"], "q-decimal": "-1.5", "q-date": "2027-03-04"}
        content = b"".join(to_csv(Registration, [registration(answers=answers)], event=asks))
        header, line = content.decode().splitlines()
        assert header.endswith("answers.q-boolean,answers.q-choices,answers.q-decimal,answers.q-date")
        assert line.endswith(",true,small | none,-1.5,2027-03-04")

    def test_hostile_answers_are_read_back_and_escaped(self) -> None:
        rows = [answered(**{"q-text": each, "q-integer": each, "unknown": each}) for each in TEXTS]
        content = b"".join(to_csv(Registration, rows, personal=True, event=EVENT)).decode()
        header, *lines = csv.reader(StringIO(content, newline=""), strict=True)
        cells = {name: [line[header.index(name)] for line in lines] for name in ("answers.q-text", OTHER_ANSWERS)}
        assert not [each for values in cells.values() for each in values if each[0] in "=+-@＝－＠﹣"]
        read = without_escapes(cells)
        assert read["answers.q-text"] == [*TEXTS]
        assert [json.loads(each) for each in read[OTHER_ANSWERS]] == [
            {"q-integer": each, "unknown": each} for each in TEXTS
        ]

    def test_no_answer_is_in_a_table_without_the_event(self) -> None:
        row = answered(**{"q-text": "zqxmk", "unknown": "zqxmk"})
        for personal in (False, True):
            assert b"zqxmk" not in b"".join(to_csv(Registration, [row], personal=personal))
        assert b"zqxmk" not in b"".join(to_csv(Registration, [row], event=EVENT))
