"""Languages of interpreters and their availability as people type them: one text each in a cell."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.samples.whole import interpreter, skill
from wtisd_model import (
    Booth,
    Interpreter,
    LanguageLevel,
    Outcome,
    Skill,
    TimeSlot,
    from_csv,
    local_time,
    to_columns,
    to_csv,
)

ZURICH = "Europe/Zurich"


def read(languages: str = "fr:A", available: str = "", **options: Any) -> Outcome[Interpreter]:
    """Return what becomes of an interpreter with these cells."""
    table = f'id\tlanguages\tavailable\nt-1\t"{languages}"\t"{available}"\n'
    (outcome,) = from_csv(Interpreter, table, **options)
    return outcome


def known(outcome: Outcome[Interpreter]) -> list[tuple[str, str, str]]:
    assert outcome.value is not None, outcome.findings
    return [
        (each.language, ",".join(sorted(each.into)), ",".join(sorted(each.services)))
        for each in outcome.value.languages
    ]


def available(cell: str, **options: Any) -> Sequence[TimeSlot]:
    outcome = read(available=cell, **options)
    assert outcome.value is not None, outcome.findings
    return outcome.value.available


def found(outcome: Outcome[Interpreter]) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in outcome.findings]


def slot(start: str, end: str) -> TimeSlot:
    return TimeSlot(start=local_time(start, ZURICH), end=local_time(end, ZURICH))


class TestLanguages:
    """``fr:A>en; es:C``: languages with their levels, and what one also works into from them."""

    @pytest.mark.parametrize(
        "cell",
        [
            "fr:A>en,de; es:C",
            "fr : a > en , de | es:c",
            "French:A>English,de\nespañol:C;",
            "fr:A>en,de, es:C",
            "fr:A > en, de,es : C",
        ],
    )
    def test_they_are_read_as_people_type_them(self, cell: str) -> None:
        outcome = read(cell)
        assert known(outcome) == [("fr", "de,en", ""), ("es", "", "")]
        assert outcome.value is not None
        assert [each.level for each in outcome.value.languages] == [LanguageLevel.A, LanguageLevel.C]

    @pytest.mark.parametrize("cell", ["fr:A, es:C", "fr:a,es:c", "fr:A (sign, consecutive), es:C"])
    def test_commas_separate_languages_too(self, cell: str) -> None:
        assert [(tag, into) for tag, into, _ in known(read(cell))] == [("fr", ""), ("es", "")]

    def test_services_are_in_parentheses(self) -> None:
        assert known(read("ase:B (Sign); fr:A>ase (sign, consecutive)")) == [
            ("ase", "", "sign"),
            ("fr", "ase", "consecutive,sign"),
        ]

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            ("fr", "value-unknown"),
            ("en:A, fr", "value-unknown"),
            ("en-A, fr-C", "value-unknown"),
            ("English A", "value-unknown"),
            ("fr>en:A", "value-unknown"),
            ("fr:D", "value-unknown"),
            ("fr:A>narnian", "language-unknown"),
            ("narnian:A", "language-unknown"),
            ("fr:A (sign) and more", "value-unknown"),
            ("fr:A; fr:C", "skill-repeated"),
        ],
    )
    def test_what_is_wrong_is_found_at_the_column(self, cell: str, code: str) -> None:
        assert found(read(cell)) == [(code, "/lines/2/columns/2")]

    def test_what_is_no_language_is_shown_with_an_example(self) -> None:
        (single,) = read("English A").findings
        assert "en:A | fr:C" in single.fix

    def test_nobody_is_without_a_language(self) -> None:
        assert found(read("")) == [("key-missing", "/lines/2/columns/2")]
        (outcome,) = from_csv(Interpreter, "id,name\nt-1,Interpreter 1\n")
        assert [each.code for each in outcome.findings] == ["column-missing"]

    def test_words_of_a_table_can_be_translated_and_have_a_default(self) -> None:
        table = "id,name,Combination\nt-1,Interpreter 1,Classic\nt-2,Interpreter 2,\n"
        rows = from_csv(
            Interpreter,
            table,
            columns={"Combination": "languages"},
            values={"languages": {"classic": "fr:A>en"}},
            defaults={"languages": "es:A"},
        )
        assert [known(each) for each in rows] == [[("fr", "en", "")], [("es", "", "")]]

    def test_a_name_is_that_of_the_person(self) -> None:
        (outcome,) = from_csv(Interpreter, "Name,E-mail,Languages\nInterpreter 1,t1@example.org,fr:A\n")
        assert outcome.value is not None
        assert outcome.value.contact is not None
        assert (outcome.value.contact.name, outcome.value.contact.email) == ("Interpreter 1", "t1@example.org")


class TestIds:
    """Ids of people in a table without a column of them: an earlier roster has to know them again."""

    def ids(self, table: str, **options: Any) -> list[str]:
        return [each.value.id for each in from_csv(Interpreter, table, **options) if each.value is not None]

    def test_they_are_the_same_at_each_reading(self) -> None:
        table = "name,email,languages\nInterpreter 1,t1@example.org,fr:A\nInterpreter 2,,fr:A\n"
        first = self.ids(table)
        assert first == self.ids(table)
        assert first == self.ids("Name,E-Mail,Languages\ninterpreter 1, T1@EXAMPLE.ORG,es:C\nInterpreter  2,,fr:A\n")
        assert len({*first}) == 2
        assert self.ids(table, ids=["a", "b"]) == ["a", "b"]

    def test_an_address_or_a_name_is_that_of_one_person(self) -> None:
        table = "name,email,languages\nInterpreter 1,t1@example.org,fr:A\nInterpreter 2,t1@example.org,fr:A\n"
        one, two = from_csv(Interpreter, table)
        assert one.ok
        assert found(two) == [("id-repeated", "/lines/3")]

    def test_nobody_is_without_both(self) -> None:
        (outcome,) = from_csv(Interpreter, "base,languages\nGeneva,fr:A\n")
        assert found(outcome) == [("key-missing", "/lines/2")]

    @pytest.mark.parametrize("header", ["No", "nr.", "Number"])
    def test_a_number_is_the_id_if_nothing_else_is(self, header: str) -> None:
        assert self.ids(f"{header},name,languages\n7,Interpreter 1,fr:A\n") == ["7"]
        assert self.ids(f"{header},id,name,languages\n7,t-1,Interpreter 1,fr:A\n") == ["t-1"]
        assert self.ids(f"{header},name,languages\n7,Interpreter 1,fr:A\n", columns={header: None}) != ["7"]

    @pytest.mark.parametrize(("cls", "rest"), [(Interpreter, ",fr:A"), (Booth, ",fr")])
    def test_a_row_that_comes_twice_is_found_at_its_line(self, cls: type, rest: str) -> None:
        header = {Interpreter: "id,languages", Booth: "id,language"}[cls]
        outcomes: list[Outcome[Any]] = [*from_csv(cls, f"{header}\n1{rest}\n1{rest}\n")]
        one, two = outcomes
        assert one.ok
        assert [(each.code, each.path) for each in two.findings] == [("id-repeated", "/lines/3/columns/1")]


class TestAvailability:
    """Slots with the zone of the place, or days of which the last one is the last that somebody is available."""

    @pytest.mark.parametrize(
        "cell",
        [
            "2026-05-17T09:00:00 - 2026-05-17T13:00:00 Europe/Zurich",
            "2026-05-17 09:00 – 13:00",
            "2026-05-17T09:00:00/2026-05-17T13:00:00 Europe/Zurich",
        ],
    )
    def test_times_are_read_as_people_type_them(self, cell: str) -> None:
        assert available(cell, zone=ZURICH) == (slot("2026-05-17T09:00:00", "2026-05-17T13:00:00"),)

    def test_other_formats_can_be_stated(self) -> None:
        formats = {"zone": ZURICH, "date_format": "%d/%m/%Y", "time_format": "%I:%M %p"}
        assert available("17/05/2026 09:00 AM - 01:00 PM", **formats) == (
            slot("2026-05-17T09:00:00", "2026-05-17T13:00:00"),
        )

    def test_days_include_the_last_one(self) -> None:
        assert available("2026-05-17 - 2026-05-19 Europe/Zurich; 2026-06-01 Europe/Zurich") == (
            TimeSlot.days("2026-05-17", "2026-05-20", ZURICH),
            TimeSlot.days("2026-06-01", "2026-06-02", ZURICH),
        )

    def test_a_time_that_comes_twice_is_the_first_or_the_second(self) -> None:
        night = TimeSlot(
            start=local_time("2026-10-25T02:30:00", ZURICH, repeated="first"),
            end=local_time("2026-10-25T02:30:00", ZURICH, repeated="second"),
        )
        assert available("2026-10-25 02:30 first - 02:30 second Europe/Zurich") == (night,)
        (text,) = to_columns(Interpreter, [interpreter(available=(night,))], personal=True)["available"]
        assert text == ("2026-10-25T02:30:00 first - 2026-10-25T02:30:00 second Europe/Zurich",)

    @pytest.mark.parametrize(
        ("cell", "codes"),
        [
            ("2026-05-17", ["zone-missing"]),
            ("2026-05-17 Europe/Zurig", ["zone-unknown"]),
            ("2026-02-30 UTC", ["time-unreadable"]),
            ("soon UTC", ["time-unreadable"]),
            ("2026-05-19 - 2026-05-17 UTC", ["slot-ends-before-start"]),
            ("2026-05-17 09:00 UTC", ["slot-ends-before-start"]),
            ("2026-05-17 - 2026-05-17 13:00 UTC", ["slot-forms-differ"]),
        ],
    )
    def test_what_is_wrong_is_found_at_the_column(self, cell: str, codes: list[str]) -> None:
        assert found(read(available=cell)) == [(code, "/lines/2/columns/3") for code in codes]

    def test_the_last_day_is_not_called_the_one_after_it(self) -> None:
        (single,) = read(available="2026-05-19 - 2026-05-17 UTC").findings
        assert "day after" not in single.fix


class TestCost:
    """A fee has an amount; a currency alone says nothing."""

    def test_a_currency_alone_is_left_out(self) -> None:
        header, row = from_csv(Interpreter, "id,languages,Fee,Currency\n1,fr:A,900,CHF\n")
        assert found(header) == [
            ("column-unsupported", "/lines/1/columns/3"),
            ("column-unsupported", "/lines/1/columns/4"),
        ]
        assert [each.params.get("header") for each in header.findings] == [None, "Currency"]
        assert row.value is not None
        assert row.value.cost is None

    def test_a_default_one_is_refused(self) -> None:
        (header,) = from_csv(Interpreter, "id,languages\n1,fr:A\n", defaults={"cost.currency": "CHF"})
        assert found(header) == [("column-missing", "/lines/1")]

    def test_the_header_is_named_unless_it_is_unknown(self) -> None:
        table = "id,languages,Fee,Currency,Shoes\n1,fr:A,9x,CHF,\n"
        header, row = from_csv(Interpreter, table, columns={"Fee": "cost.amount"})
        assert ["header" in each.params for each in header.findings] == [False]
        assert [(each.params["header"], each.params["field"]) for each in row.findings] == [("Fee", "cost.amount")]
        assert "string" not in row.findings[0].fix


class TestWritten:
    """`to_csv` and `to_columns` write the same texts."""

    PERSON = interpreter(
        languages=(skill(), Skill(language="es", level=LanguageLevel.C)),
        available=(
            TimeSlot.days("2026-05-17", "2026-05-20", ZURICH),
            TimeSlot.days("2026-06-01", "2026-06-02", ZURICH),
        ),
    )

    def test_a_data_frame_has_a_text_for_each(self) -> None:
        columns = to_columns(Interpreter, [self.PERSON], personal=True)
        assert columns["languages"] == [("fr:A>en (simultaneous)", "es:C")]
        assert columns["available"] == [("2026-05-17 - 2026-05-19 Europe/Zurich", "2026-06-01 Europe/Zurich")]

    def test_when_somebody_is_available_is_personal(self) -> None:
        usual = b"".join(to_csv(Interpreter, [self.PERSON])).decode()
        assert "fr:A>en (simultaneous) | es:C" in usual
        assert "2026" not in usual
