"""`convert --to` and `--from`: every format that the package writes or reads, with the options that it takes."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.cli.running import EXAMPLES, here
from tests.importers import indico_documents
from wtisd_model import Event, Registration, from_json, to_json, wtisd_23
from wtisd_model.cli.formats import EVENT_FORMATS, INPUT_FORMATS

EVENT = EXAMPLES / "event.json"
CALENDARS = EXAMPLES.parent / "calendars"
STAMPED = ("--stamped", "2023-04-12T00:00:00Z")


@pytest.mark.parametrize("name", EVENT_FORMATS)
def test_an_event_is_written_in_each_format(name: str) -> None:
    target = EVENT_FORMATS[name]
    stamped: dict[str, Any] = {"stamped": datetime(2023, 4, 12, tzinfo=UTC)} if "stamped" in target.options else {}
    ended = here("convert", "--to", name, "-", *(STAMPED if stamped else ()), stdin=to_json(wtisd_23()))
    assert ended.code == 0
    assert ended.out == target.write(wtisd_23(), **stamped)
    assert "standard input: [field-not-carried] warning: " in ended.err


@pytest.mark.parametrize("name", ["jscalendar", "jscalendar-1"])
def test_jscalendar_says_what_is_left_out_without_personal_data(name: str) -> None:
    extended = evolve(wtisd_23(), extensions={"example.org:id": 5})
    public, personal = (
        here("convert", "--to", name, "-", *STAMPED, *options, stdin=to_json(extended)).err
        for options in ((), ("--personal",))
    )
    assert "Event.extensions" in public
    assert "Event.extensions" not in personal


def test_each_format_has_a_name_of_its_own() -> None:
    assert {name: target.carries({"personal": True}).name for name, target in EVENT_FORMATS.items()} == {
        name: name for name in EVENT_FORMATS
    }


@pytest.mark.parametrize(
    "name", [name for name in EVENT_FORMATS if name.removesuffix("-1").removesuffix("-2") in INPUT_FORMATS]
)
def test_what_was_written_is_read(name: str) -> None:
    stamped = STAMPED if "stamped" in EVENT_FORMATS[name].options else ()
    written = here("convert", "--to", name, "-", *stamped, stdin=to_json(wtisd_23())).out
    ended = here("convert", "--from", name.removesuffix("-1").removesuffix("-2"), "-", stdin=written)
    assert ended.code == 0
    assert from_json(Event, ended.out).title.text == wtisd_23().title.text


@pytest.mark.parametrize("name", ["jcal", "jscalendar", "schedule-json", "indico"])
def test_a_file_of_another_program_is_one_error(name: str) -> None:
    for content, code in ((b"<html>", "[not-json]"), (b"[]", "[")):
        ended = here("convert", "--from", name, "-", stdin=content)
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith("standard input: 1 error\n" + code)


def test_a_document_that_says_nothing_may_be_of_another_program() -> None:
    ended = here("convert", "-", stdin=b"{}")
    assert ended.code == 2
    assert ended.err.endswith("If another program wrote it, name its format with --from.\n")


def test_the_place_of_rooms_can_be_stated() -> None:
    written = here("convert", "--to", "schedule-json", "-", stdin=to_json(wtisd_23())).out
    place = ("--place", "Palexpo", "Genève", "CH", "--source-language", "fr")
    ended = here("convert", "--from", "schedule-json", "-", *place, stdin=written)
    assert {each.name.text for each in from_json(Event, ended.out).locations} == {"Palexpo"}
    ended = here("convert", "--from", "schedule-json", "-", "--place", "x", "y", "Z", stdin=written)
    assert (ended.code, "[country-unknown]" in ended.err) == (2, True)


def test_attendees_and_the_method_are_reported() -> None:
    ended = here("convert", CALENDARS / "google-invite.ics", "--indent")
    assert ended.code == 0
    assert "[field-not-carried] warning: Imported.method, Imported.attendees" in ended.err
    assert from_json(Event, ended.out).title.text == "Forum"


class TestRows:
    """Rows are the objects of one class."""

    def test_an_event_of_others_has_no_registrations(self) -> None:
        ended = here("convert", CALENDARS / "google-invite.ics", "--to", "csv", "--as", "registration")
        assert (ended.code, ended.out) == (2, b"")
        assert "has no registration." in ended.err


class TestIndico:
    """Events of Indico."""

    def test_an_event(self) -> None:
        exported = json.dumps(
            indico_documents.result(indico_documents.conference(contributions=[indico_documents.contribution()]))
        ).encode()
        ended = here("convert", "--from", "indico", "-", stdin=exported)
        assert ended.code == 0
        assert from_json(Event, ended.out).sessions

    def test_an_event_without_a_zone_needs_one(self) -> None:
        start, end = ({"date": "2027-03-04", "time": time} for time in ("09:00:00", "18:00:00"))
        whole = indico_documents.conference(startDate=start, endDate=end, timezone="")
        exported = json.dumps(indico_documents.result(whole)).encode()
        ended = here("convert", "--from", "indico", "-", stdin=exported)
        assert ended.code == 1
        assert "time-floating" in ended.err
        ended = here("convert", "--from", "indico", "-", "--zone", "Europe/Zurich", stdin=exported)
        assert ended.code == 0
        assert b'"timeZone":"Europe/Zurich"' in ended.out


class TestTables:
    """Tables of organizers become documents, a line for each row."""

    TABLE = b"Name;Mail;Kommt\r\nParticipant 1;p1@example.org;on-site\r\n;;\r\n"

    def test_a_table(self, tmp_path: Path) -> None:
        table = tmp_path / "people.csv"
        table.write_bytes(
            b"name,email,mode,submitted_at\nParticipant 1,p1@example.org,remote,2023-04-13 10:00\nx,y,z,\n"
        )
        ended = here(
            *("convert", table, "--as", "registration", "--zone", "Europe/Zurich"), *("--default", "event_uid", "e-1")
        )
        assert ended.code == 1
        (line,) = ended.out.splitlines()
        assert from_json(Registration, line).participant is not None
        assert "people.csv, line 3: " in ended.err

    def test_the_columns_of_a_table(self) -> None:
        columns = ("--column", "Kommt", "mode", "--column", "Mail", "participant.email", "--event", EVENT)
        values = ("--default", "submitted_at", "2023-04-13T10:00:00Z")
        reading = ("convert", "--from", "csv", "-", "--as", "registration", *columns, *values)
        ended = here(*reading, stdin=self.TABLE)
        assert ended.code == 0
        assert from_json(Registration, ended.out).mode == "on-site"
        assert here(*reading, "--to", "csv", stdin=self.TABLE).text.splitlines()[1].split(",")[4] == "on-site"

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ((), "Name the type of the rows with --as TYPE."),
            (("--as", "registration", "--default", "x", "y"), "[key-unknown]"),
            (
                ("--as", "registration", "--column", "No=id", "--to", "json"),
                "Two values are needed, without =: --column No id",
            ),
            (("--as", "registration", "--encoding", "utf-99"), "[value-unknown]"),
        ],
    )
    def test_a_wrong_option(self, options: tuple[str, ...], said: str) -> None:
        ended = here("convert", "--from", "csv", "-", *options, stdin=self.TABLE)
        assert ended.code == 2
        assert said in ended.err
