"""`csv`: the bytes of `to_csv`, from JSON Lines or a dossier; what is refused is told and left out."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.cli.running import EXAMPLES, here, process
from tests.columns.fill_fields import MARKS, ROWS, with_persons
from wtisd_model.codes import Code
from wtisd_model.columns.csv import to_csv
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import from_json
from wtisd_model.model.documents import schema_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.reference import wtisd_23

OBJECTS: dict[type, Any] = {cls: from_json(cls, document) for cls, document in ROWS.items()}
GOOD = to_json(OBJECTS[Registration])
BAD = GOOD.replace(b'"mode"', b'"mod"')


def table(cls: type, *rows: object, **options: Any) -> bytes:
    return b"".join(to_csv(cls, rows, **options))


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Write a dossier with one object of each kind."""
    whole = Dossier(
        event=evolve(wtisd_23(), sessions=(OBJECTS[Session],)),
        registrations=(OBJECTS[Registration],),
        interpretation_requests=(OBJECTS[InterpretationRequest],),
        pledges=(OBJECTS[Pledge],),
    )
    path = tmp_path / "dossier.json"
    path.write_bytes(to_json(whole))
    return path


class TestLines:
    """A row for each line, as it comes."""

    @pytest.mark.parametrize("cls", ROWS)
    def test_it_is_what_to_csv_gives(self, cls: type, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(to_json(OBJECTS[cls]) + b"\n" + to_json(OBJECTS[cls]))
        ended = here("csv", path)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == table(cls, OBJECTS[cls], OBJECTS[cls])

    def test_every_option_reaches_it(self) -> None:
        document = {**ROWS[Pledge], "title": {"text": "Schools", "language": "en", "translations": {"fr": "Écoles"}}}
        line = json.dumps({key: value for key, value in document.items() if not key.startswith("@")}).encode()
        words = ("--lines", "--as", "pledge", "--personal", "--language", "fr", "--delimiter", "semicolon", "--bom")
        ended = here("csv", "-", *words, stdin=line)
        assert ended.out == table(
            Pledge, from_json(Pledge, document), personal=True, language="fr", delimiter=";", bom=True
        )
        assert "Écoles".encode() in ended.out

    def test_nothing_personal_is_there_unasked(self) -> None:
        line = json.dumps(with_persons(Registration, ROWS[Registration])).encode()
        usual, whole = (here("csv", "--lines", "-", *words, stdin=line).text for words in ((), ("--personal",)))
        assert not [mark for mark in MARKS if mark in usual]
        assert [mark for mark in MARKS if mark in whole] == [*MARKS]

    def test_what_is_refused_is_told_and_left_out(self, tmp_path: Path) -> None:
        path = tmp_path / "a.ndjson"
        path.write_bytes(GOOD + b"\n" + BAD + b"\n\n" + GOOD + b"\n")
        ended = here("csv", path)
        assert (ended.code, ended.out) == (1, table(Registration, *[OBJECTS[Registration]] * 2))
        assert ended.err == (
            f"{path}, line 2: 2 errors\n"
            f"[key-unknown] at /mod: {Code.KEY_UNKNOWN.message}\n"
            f'    Did you mean "mode"? {Code.KEY_UNKNOWN.fix}\n'
            f"[key-missing] at /mode: {Code.KEY_MISSING.message}\n"
            f"    {Code.KEY_MISSING.fix}\n"
            f"{path}, line 3: 1 error\n"
            "[not-json] Not valid JSON: parsing stopped at byte 0.\n"
            f"    {Code.NOT_JSON.fix}\n"
        )

    def test_packed_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress(GOOD + b"\n"))
        assert here("csv", path).out == table(Registration, OBJECTS[Registration])

    @pytest.mark.slow
    def test_packed_lines_that_are_cut_off_end_with_3(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress(b"".join(b"%d\n" % each for each in range(100_000)) + GOOD)[:-20])
        ended = here("csv", path, "--as", "registration")
        assert ended.code == 3
        assert "[gzip-damaged]" in ended.err

    @pytest.mark.parametrize("line", [b"", to_json(wtisd_23())])
    def test_lines_that_are_no_rows(self, line: bytes) -> None:
        ended = here("csv", "--lines", "-", stdin=line)
        assert (ended.code, ended.out) == (2, b"")
        assert (
            "Error: Nothing in standard input is a row. Its lines are to be session, registration,"
            " interpretation-request or pledge, by @type or by --as TYPE.\n" in ended.err
        )

    def test_an_empty_file_of_rows_gives_the_header(self) -> None:
        ended = here("csv", "--lines", "-", "--as", "pledge")
        assert (ended.code, ended.out) == (0, table(Pledge))


class TestDossier:
    """Of a dossier, the list that --as names; of an event, its sessions."""

    @pytest.mark.parametrize("cls", ROWS)
    def test_its_lists(self, cls: type, dossier: Path) -> None:
        ended = here("csv", dossier, "--as", schema_name(cls, submission=False))
        assert (ended.code, ended.err, ended.out) == (0, "", table(cls, OBJECTS[cls]))

    def test_the_sessions_of_an_event(self) -> None:
        event = from_json(Event, (EXAMPLES / "event.json").read_bytes())
        assert here("csv", EXAMPLES / "event.json", "--as", "session").out == table(Session, *event.sessions)

    def test_an_event_has_no_registrations(self) -> None:
        ended = here("csv", EXAMPLES / "event.json", "--as", "registration")
        assert (ended.code, ended.out) == (1, b"")
        assert "[value-unknown] at /@type" in ended.err

    def test_which_of_them_has_to_be_said(self, dossier: Path) -> None:
        ended = here("csv", dossier)
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.endswith(
            "Error: Say with --as TYPE what the rows are to be; of JSON Lines with another name, --lines.\n"
        )


class TestOut:
    """--out replaces a file, and only when there is something to write."""

    def test_a_file_is_written(self, dossier: Path, tmp_path: Path) -> None:
        out = tmp_path / "a.csv"
        out.write_bytes(b"before")
        ended = here("csv", dossier, "--as", "registration", "--out", out)
        assert (ended.code, ended.out) == (0, b"")
        assert out.read_bytes() == table(Registration, OBJECTS[Registration])

    def test_standard_output_may_be_named(self, dossier: Path) -> None:
        assert here("csv", dossier, "--as", "pledge", "--out", "-").out == table(Pledge, OBJECTS[Pledge])

    def test_what_is_read_is_not_written_over(self, dossier: Path) -> None:
        before = dossier.read_bytes()
        ended = here("csv", dossier, "--as", "registration", "--out", dossier)
        assert (ended.code, dossier.read_bytes()) == (2, before)

    def test_a_mistake_leaves_the_file_as_it_was(self, dossier: Path, tmp_path: Path) -> None:
        out = tmp_path / "a.csv"
        out.write_bytes(b"before")
        ended = here("csv", dossier, "--as", "session", "--language", "FR", "--out", out)
        assert (ended.code, out.read_bytes()) == (2, b"before")
        assert "[language-unknown] at /language" in ended.err

    def test_what_cannot_be_written_ends_with_3(self, dossier: Path, tmp_path: Path) -> None:
        assert here("csv", dossier, "--as", "registration", "--out", tmp_path).code == 3
        assert here("csv", tmp_path / "missing.jsonl", "--as", "registration").code == 3


class TestProcess:
    """As a process: bytes on a pipe, and a reader that goes away."""

    def test_bytes_are_not_changed_by_the_locale(self) -> None:
        document = {**ROWS[Pledge], "title": {"text": "Écoles", "language": "fr"}}
        ended = process("csv", "--lines", "-", stdin=json.dumps(document).encode(), env={"PYTHONIOENCODING": "ascii"})
        assert (ended.code, ended.out) == (0, table(Pledge, from_json(Pledge, document)))
