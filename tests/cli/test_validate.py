"""`validate` and `check`: what they say, in lines and in JSON, and the codes that they end with."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import EXAMPLES, TO_ICAL, here, process
from wtisd_model import Code, Finding, Severity
from wtisd_model.findings import finding
from wtisd_model.locales import languages
from wtisd_model.model.documents import DOCUMENTS, schema_name

FORUM = {"uid": "e-1", "title": {"text": "Forum", "language": "en"}, "status": "draft"}


def raw(document: object) -> bytes:
    """Return a document as JSON."""
    return json.dumps(document).encode()


def inner(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document as a part of a dossier."""
    return {key: value for key, value in document.items() if key not in {"@type", "schemaVersion"}}


def example(name: str) -> dict[str, Any]:
    """Return an example document."""
    document: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_bytes())
    return document


class TestValidate:
    """`validate FILE...`: 0 good, 1 findings, and each finding with its code first."""

    @pytest.mark.parametrize(
        "name", [schema_name(cls, submission=False) for cls in DOCUMENTS if cls.__name__ != "Session"]
    )
    def test_every_example_is_good_under_its_type(self, name: str) -> None:
        path = EXAMPLES / f"{name}.json"
        for arguments in ([], ["--as", name]):
            ended = here("validate", path, *arguments)
            assert (ended.code, ended.text, ended.err) == (0, f"{path}: good\n", "")

    def test_a_session_is_a_document_too(self) -> None:
        session = example("event")["sessions"][0]
        assert here("validate", "-", "--as", "session", stdin=raw(session)).text == "standard input: good\n"

    def test_a_finding_has_a_code_a_path_a_message_and_a_fix(self) -> None:
        ended = here("validate", "-", stdin=raw({**FORUM, "@type": "Event", "titel": "x"}))
        assert (ended.code, ended.err) == (1, "")
        assert ended.text == (
            "standard input: 1 error\n"
            "[key-unknown] at /titel: Unknown key. (line 1, column 99)\n"
            f'    Did you mean "title"? {Code.KEY_UNKNOWN.fix}\n'
        )

    def test_findings_are_said_in_a_language(self) -> None:
        event = raw({**FORUM, "@type": "Event", "titel": "x"})
        said = here("validate", "-", "--language", "fr", stdin=event)
        assert (said.code, said.err) == (1, "")
        assert said.text == (
            "entrée standard: 1 erreur\n"
            "[key-unknown] à /titel: Clé inconnue. (ligne 1, colonne 99)\n"
            "    Vouliez-vous dire « title » ? Corrigez son nom, ou supprimez-la.\n"
        )
        told = json.loads(here("validate", "-", "--language", "ru", "--json", stdin=event).out)
        assert told["findings"][0]["message"] == finding(Code.KEY_UNKNOWN).in_language("ru").message

    @pytest.mark.parametrize("language", sorted(languages() - {"en"}))
    @pytest.mark.parametrize(
        ("command", "document"),
        [
            ("validate", raw({**FORUM, "@type": "Event", "contacts": [{"name": "Participant 1", "email": "x"}] * 200})),
            ("validate", raw({**inner(example("registration")), "@type": "Registration", "needs": {}})),
            ("validate", raw({"@type": "Registration"})),
            ("validate", raw(FORUM | {"@type": "Event"}) + b"\n" + raw(FORUM)),
            ("validate --lines", raw(example("registration")) + b"\n" + raw({"@type": "Registration"}) + b"\n"),
            ("validate --as pledge", raw(FORUM | {"@type": "Event"})),
            ("check", raw(FORUM | {"@type": "Event"})),
            ("check", raw({"@type": "Dossier", "event": FORUM})),
        ],
    )
    def test_all_that_is_said_about_a_document_is_in_its_language(
        self, command: str, document: bytes, language: str
    ) -> None:
        said, plain = (here(*command.split(), "-", "--language", each, stdin=document) for each in (language, "en"))
        assert said.code == plain.code
        assert said.code in {0, 1}
        lines, others = ((each.text + each.err).splitlines() for each in (said, plain))
        assert len(lines) == len(others) > 0
        numbers = {line for line in lines if re.fullmatch(r" +[0-9]+ [a-z-]+", line)}
        assert numbers == {*lines} & {*others}
        names = r'\[.*?\]|/\S*|".*?"|`.*?`|JSON Lines?|--[a-z]+|\b[A-Z][A-Za-z]+\b'
        english = r"\b(at|columns?|errors|further|good|if|input|is|it|lines?|not|of|refused|this|to|use|warnings?)\b"
        own = {"use"} if language == "pt" else set()
        for line in {*lines} - numbers:
            assert {*re.findall(english, re.sub(names, "", line))} <= own, line

    @pytest.mark.parametrize(
        ("language", "counted"),
        [
            ("ar", "1,001 سطر، بلا أخطاء: 1,000، مرفوضة: 1، لا تحذيرات"),
            ("de", "1.001 Zeilen, 1.000 in Ordnung, 1 abgelehnt, 0 Warnungen"),
            ("en", "1,001 lines, 1,000 good, 1 refused, 0 warnings"),
            ("es", "1001 líneas, 1000 correctas, 1 rechazada, 0 advertencias"),
            ("fr", "1 001 lignes, 1 000 valides, 1 refusée, 0 avertissement"),
            ("pt", "1.001 linhas, 1.000 corretas, 1 recusada, nenhuma advertência"),
            ("ru", "1 001 строка, без ошибок: 1 000, отклонено: 1, 0 предупреждений"),
            ("zh", "1,001行，1,000行无错误，1行被拒绝，0个警告"),
        ],
    )
    def test_lines_are_counted_in_a_language(self, language: str, counted: str) -> None:
        lines = (raw(example("registration")) + b"\n") * 1000 + b"{}\n"
        said = here("validate", "--lines", "--as", "registration", "-", "--language", language, stdin=lines).text
        assert f": {counted}\n" in said

    def test_findings_about_the_dossier_are_in_the_language_too(self, tmp_path: Path) -> None:
        dossier = tmp_path / "dossier.json"
        dossier.write_bytes(b"{}\n{}")
        ended = here("validate", EXAMPLES / "registration.json", "--dossier", dossier, "--language", "es")
        assert "[not-json] No es JSON válido" in ended.err
        assert ended.err.endswith(
            f"{dossier}: si es un archivo JSON Lines, indique una sola línea: esta orden lee un solo documento.\n"
        )

    def test_findings_are_shown_up_to_a_limit(self) -> None:
        people = [{"name": "Participant 1", "email": "x", "phone": "y"}] * 100
        ended = here("validate", "-", stdin=raw({**FORUM, "@type": "Event", "contacts": people}))
        first, *between, last = ended.text.splitlines()
        assert first.startswith("standard input: ")
        shown = sum(line.startswith("[") for line in between)
        assert first.endswith(f" errors, {200 - shown} further findings, not listed")
        assert last == f"... {200 - shown} further findings, not listed"
        assert ended.code == 1
        told = json.loads(
            here("validate", "--json", "-", stdin=raw({**FORUM, "@type": "Event", "contacts": people})).out
        )
        assert len(told["findings"]) + told["omitted"] == 200

    def test_several_documents_are_validated_in_order(self, tmp_path: Path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_bytes(b"{")
        good, missing = EXAMPLES / "event.json", tmp_path / "missing.json"
        ended = here("validate", good, bad, good)
        assert ended.code == 1
        assert [line for line in ended.text.splitlines() if ".json: " in line] == [
            f"{good}: good",
            f"{bad}: 1 error",
            f"{good}: good",
        ]
        ended = here("validate", missing, bad, good)
        assert ended.code == 3
        assert ended.err.count("\n") == 1
        assert ended.text.count(".json: ") == 2

    def test_anything_but_a_document_is_a_finding(self) -> None:
        for payload, code in (
            (b"", Code.NOT_JSON),
            (b"{", Code.NOT_JSON),
            (b"\xff", Code.NOT_UTF8),
            (b"\xef\xbb\xbf{}", Code.NOT_UTF8),
            (b'{"a":1,"a":2}', Code.KEY_REPEATED),
            (b"[" * 40 + b"]" * 40, Code.PAYLOAD_TOO_DEEP),
            (b"[]", Code.WRONG_TYPE),
            (b'"Event"', Code.WRONG_TYPE),
            (b'{"@type":"Meeting"}', Code.VALUE_UNKNOWN),
            (b'{"@type":["Event"]}', Code.VALUE_UNKNOWN),
            (b'{"@type":null}', Code.VALUE_UNKNOWN),
        ):
            ended = here("validate", "-", stdin=payload)
            assert ended.code == 1
            assert ended.text.splitlines()[1].startswith(f"[{code}] ")
            assert ended.err == ""

    def test_a_document_without_a_type_needs_an_option(self) -> None:
        ended = here("validate", "-", stdin=b"{}")
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err == 'Error: Nothing in standard input says what it is: give it "@type", or use --as TYPE.\n'

    @pytest.mark.parametrize(
        "command",
        [
            "picture timetable - --out a.svg",
            "interpretation -",
            "pledges - --by kind",
            "reply a.ics --dossier -",
            "convert --to csv --as pledge -",
        ],
    )
    def test_the_option_is_named_only_where_it_helps(self, command: str) -> None:
        ended = here(*command.split(), stdin=b"{}")
        assert (ended.code, ended.out) == (2, b"")
        assert 'Nothing in standard input says what it is: give it "@type".' in ended.err

    @pytest.mark.parametrize("name", ["untyped.json", "untyped.jsonl"])
    def test_the_files_after_one_without_a_type_are_validated(self, name: str, tmp_path: Path) -> None:
        untyped, bad = tmp_path / name, tmp_path / "bad.json"
        untyped.write_bytes(b"{}")
        bad.write_bytes(b"{")
        ended = here("validate", untyped, bad)
        assert ended.code == 2
        assert ended.text.startswith(f"{bad}: 1 error\n")
        assert ended.err.startswith("Error: Nothing in ")
        assert here("validate", untyped, tmp_path / "missing.json").code == 3

    def test_a_wrong_type_is_the_only_finding(self) -> None:
        ended = here("validate", EXAMPLES / "event.json", "--as", "pledge")
        assert (ended.code, ended.err) == (1, "")
        assert ended.text == (
            f"{EXAMPLES / 'event.json'}: 1 error\n"
            "[value-unknown] at /@type: Not one of the allowed values. (line 2, column 2)\n"
            "    Use one of: Pledge.\n"
        )

    def test_an_unknown_type_is_one_of_several_findings(self) -> None:
        for stated in ("Evnt", ["Event"]):
            ended = here("validate", "-", "--as", "event", stdin=raw({**FORUM, "@type": stated, "titel": "x"}))
            said = "[value-unknown] at /@type: Not one of the allowed values. (line 1, column 81)\n"
            assert f"{said}    Use one of: Event.\n" in ended.text
            assert "[key-unknown] at /titel: " in ended.text


class TestEventsAndDossiers:
    """An event instead of a dossier, and the reverse, is one error that names the type."""

    INSTEAD_OF_DOSSIER = (
        "{}: 1 error\n"
        "[value-unknown] at /@type: Not one of the allowed values. (line 2, column 2)\n"
        "    Use one of: {}.\n"
    )

    @pytest.mark.parametrize(
        ("arguments", "wanted"),
        [
            (["convert", "--to", "csv", "{event}", "--as", "pledge"], "Dossier"),
            (["pledges", "{event}", "--by", "kind"], "Dossier, Pledge"),
            (["reply", "{event}", "--dossier", "{event}"], "Dossier"),
            (["updates", "{dossier}", "{event}", "--out", "out"], "Dossier"),
            (["updates", "{event}", "{dossier}", "--out", "out"], "Dossier"),
            (["validate", "{event}", "--as", "dossier"], "Dossier"),
            (["validate", "{dossier}", "--as", "registration", "--dossier", "{event}"], "Dossier"),
        ],
    )
    def test_an_event_is_not_a_dossier(
        self, arguments: list[str], wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        files = {name: EXAMPLES / f"{name}.json" for name in ("event", "dossier")}
        ended = here(*(each.format(**files) for each in arguments))
        assert ended.code == 1
        assert ended.text + ended.err == self.INSTEAD_OF_DOSSIER.format(files["event"], wanted)
        assert [*tmp_path.iterdir()] == []

    def test_an_event_wrapped_as_the_docs_say_is_a_dossier(self) -> None:
        event = {"$schema": "./schemas/event.json", **example("event")}
        for name in ("@type", "schemaVersion", "$schema"):
            del event[name]
        assert here("validate", "-", stdin=raw({"@type": "Dossier", "event": event})).text == "standard input: good\n"

    @pytest.mark.parametrize("command", [["convert"], ["validate"], [*TO_ICAL]], ids=" ".join)
    def test_a_dossier_is_not_an_event(self, command: list[str]) -> None:
        dossier = EXAMPLES / "dossier.json"
        ended = here(*command, dossier, "--as", "event")
        assert ended.code == 1
        assert ended.text + ended.err == (
            f"{dossier}: 1 error\n"
            "[value-unknown] at /@type: Not one of the allowed values. (line 2, column 2)\n"
            "    Use one of: Event.\n"
        )

    def test_the_finding_in_json_is_the_same_for_a_document_and_a_line(self) -> None:
        dossier = raw(example("dossier"))
        for options in ([], ["--lines"]):
            told = json.loads(here("validate", "-", "--as", "event", "--json", *options, stdin=dossier).out)
            (found,) = told["findings"]
            assert (found["code"], found["path"], found["params"]) == ("value-unknown", "/@type", {"choices": "Event"})


class TestJson:
    """`--json`: one JSON object for each document: file, ok, findings, omitted."""

    def test_each_document_is_a_line(self) -> None:
        names = ["event", "pledge"]
        ended = here("validate", "--json", *(EXAMPLES / f"{name}.json" for name in names))
        assert [json.loads(line) for line in ended.text.splitlines()] == [
            {"file": str(EXAMPLES / f"{name}.json"), "ok": True, "findings": [], "omitted": 0} for name in names
        ]

    def test_a_finding_is_an_object(self) -> None:
        told = json.loads(here("validate", "--json", "-", stdin=raw({**FORUM, "@type": "Event", "titel": "x"})).out)
        found = Finding(
            code=Code.KEY_UNKNOWN,
            path="/titel",
            message=Code.KEY_UNKNOWN.message,
            fix=f'Did you mean "title"? {Code.KEY_UNKNOWN.fix}',
            params={"suggestion": "title"},
        )
        assert told == {
            "file": "-",
            "ok": False,
            "findings": [
                {
                    "code": found.code,
                    "severity": found.severity,
                    "path": found.path,
                    "message": found.message,
                    "fix": found.fix,
                    "params": {"suggestion": "title"},
                    "line": 1,
                    "column": 99,
                }
            ],
            "omitted": 0,
        }

    def test_it_is_ascii_also_for_any_file_name(self, tmp_path: Path) -> None:
        path = f"{tmp_path}/é\u202e\udcff.json"
        Path(path).write_bytes((EXAMPLES / "event.json").read_bytes())
        ended = here("validate", "--json", path)
        assert ended.out.isascii()
        assert json.loads(ended.out)["file"] == f"{tmp_path}/é\u202e\ufffd.json"


class TestSubmission:
    """`--submission`: fields of the office are refused."""

    SUBMITTED = EXAMPLES / "registration-submission.json"

    def test_a_submission_needs_no_fields_of_the_office(self) -> None:
        assert here("validate", "--as", "registration", "--submission", self.SUBMITTED).code == 0
        assert here("validate", "--as", "registration", self.SUBMITTED).code == 1

    def test_what_may_be_a_submission_gets_a_hint_at_the_option(self, tmp_path: Path) -> None:
        hint = "if people outside the office sent this, use --submission.\n"
        form = json.loads(self.SUBMITTED.read_bytes())
        assert here("validate", "--as", "registration", "-", stdin=raw(form)).err == f"standard input: {hint}"
        assert here("validate", "--as", "registration", "-", stdin=raw({**form, "id": "r-1"})).err == ""
        assert here("validate", "--as", "registration", "--submission", "-", stdin=raw({})).err == ""
        lines = tmp_path / "forms.jsonl"
        lines.write_bytes(raw(form) + b"\n" + raw(example("registration")) + b"\n")
        ended = here("validate", lines)
        assert (ended.code, ended.err) == (1, f"{lines}: {hint}")

    def test_a_field_of_the_office_is_refused(self) -> None:
        ended = here("validate", "--submission", "-", stdin=raw(example("registration")))
        assert ended.code == 1
        assert "[field-not-yours] at /state: " in ended.text

    def test_an_event_cannot_be_a_submission(self) -> None:
        ended = here("validate", "--submission", EXAMPLES / "event.json")
        assert (ended.code, ended.out) == (2, b"")
        assert "a registration, interpretation-request or pledge" in ended.err

    def test_the_default_moment_is_that_of_the_clock(self) -> None:
        arguments = ["validate", "--as", "registration", "--submission", str(self.SUBMITTED)]
        assert here(*arguments, "--now", "2023-04-13T10:15:00+02:00").code == 0
        assert here(*arguments, env={"SOURCE_DATE_EPOCH": "1681373700"}).code == 0
        assert here(*arguments, env={"SOURCE_DATE_EPOCH": None}).code == 0
        # Only what needs the clock looks at it.
        assert here("validate", EXAMPLES / "event.json", env={"SOURCE_DATE_EPOCH": "x"}).code == 0
        for epoch in ("x", "-1", " 1", "1.5", "\u0661", "7258118400", "9" * 11):
            ended = here(*arguments, env={"SOURCE_DATE_EPOCH": epoch})
            assert (ended.code, ended.out) == (2, b"")
            assert "SOURCE_DATE_EPOCH" in ended.err

    @pytest.mark.parametrize(
        "moment",
        [
            "now",
            "2023-04-13",
            "2023-04-13T10:15:00",
            "10:15",
            "P1D",
            "",
            "2023-02-30T00:00:00Z",
            "\u0662023-04-13T10:15:00Z",
        ],
    )
    def test_a_moment_needs_an_offset(self, moment: str) -> None:
        ended = here("validate", "--now", moment, self.SUBMITTED)
        assert ended.code == 2
        assert "Error: Invalid value for '--now': Not a date and time with an offset (RFC 3339)." in ended.err


class TestCheck:
    """`check DOSSIER`: findings of the rules; warnings alone end with 0."""

    def dossier(self, **changes: object) -> bytes:
        registration = {**example("dossier")["registrations"][0], "eventUid": example("event")["uid"], **changes}
        # Its call for interpretation gets a warning of its own.
        event = inner(example("event")) | {"calls": list[object]()}
        return raw({"event": event, "registrations": [registration]})

    def test_a_good_dossier_is_good(self) -> None:
        ended = here("check", "-", "--now", "2023-05-16T09:00:00Z", stdin=self.dossier())
        assert (ended.code, ended.text, ended.err) == (0, "standard input: good\n", "")

    def test_warnings_alone_are_good(self) -> None:
        dossier = self.dossier(needs=["visa-letter"])
        ended = here("check", "-", "--now", "2023-05-16T09:00:00Z", stdin=dossier)
        assert ended.code == 0
        column = dossier.index(b'"needs"') + 1
        assert ended.text.startswith(
            "standard input: good, 1 warning\n"
            f"[visa-letter-remote] warning at /registrations/0/needs: {Code.VISA_LETTER_REMOTE.message}"
            f" (line 1, column {column})\n"
        )

    def test_an_error_ends_with_1(self) -> None:
        dossier = self.dossier(eventUid="e-2", needs=["visa-letter"])
        ended = here("check", "--json", "-", stdin=dossier, env={"SOURCE_DATE_EPOCH": "1684227600"})
        assert ended.code == 1
        told = json.loads(ended.out)
        assert told["ok"] is False
        assert {(each["code"], each["severity"]) for each in told["findings"]} == {
            (Code.EVENT_UID_DIFFERS, Severity.ERROR),
            (Code.VISA_LETTER_REMOTE, Severity.WARNING),
        }
        assert here("check", "-", stdin=dossier).text.startswith("standard input: 1 error, 1 warning\n")

    def test_findings_depend_on_the_moment(self) -> None:
        event = example("event")
        held = {**inner(event), "retentionDays": 30}
        kept = {**example("dossier")["registrations"][0], "eventUid": event["uid"]}
        dossier = raw({"event": held, "registrations": [kept]})
        assert here("check", "-", "--now", "2023-06-01T00:00:00Z", stdin=dossier).code == 0
        late = here("check", "-", "--now", "2023-07-01T00:00:00Z", stdin=dossier)
        assert late.code == 1
        assert "[retention-over] at /registrations/0: " in late.text

    def test_validate_checks_a_dossier_by_the_rules_if_it_has_a_moment(self) -> None:
        dossier = self.dossier(eventUid="e-2")
        assert here("validate", "--as", "dossier", "-", stdin=dossier).code == 0
        assert here("validate", "--as", "dossier", "-", "--now", "2023-05-16T09:00:00Z", stdin=dossier).code == 1

    def test_an_event_is_checked_as_its_dossier_is_and_findings_point_into_it(self, tmp_path: Path) -> None:
        event, moment = example("event"), ("--json", "--now", "2023-05-16T09:00:00Z")
        alone = json.loads(here("check", EXAMPLES / "event.json", *moment).out)["findings"]
        within = json.loads(here("check", "-", *moment, stdin=raw({"event": inner(event)})).out)["findings"]
        assert alone
        assert [f"/event{each['path']}" for each in alone] == [each["path"] for each in within]
        path = tmp_path / "event.json"
        path.write_bytes(raw({**event, "uid": ""}))
        assert here("check", path) == here("validate", path)

    def test_other_documents_are_refused(self) -> None:
        ended = here("check", EXAMPLES / "pledge.json")
        assert ended.code == 1
        assert ended.text.endswith("    Use one of: Event, Dossier.\n")


RULES = """
import sys
from wtisd_model import Finding
from wtisd_model.cli.console import TerminatedError

def addresses(dossier, now):
    for index, one in enumerate(dossier.registrations):
        path = f"/registrations/{index}/participant/email"
        yield Finding(code="our-address", path=path, message="Another address.", fix="Use that of your work.")

def fails(dossier, now):
    raise FileNotFoundError(2, "No such file or directory", "list.txt")

def ended(dossier, now):
    raise TerminatedError(143)

def exits(dossier, now):
    sys.exit(0)

def mistaken(dossier, now):
    return [Finding(code="our-address", severity="warning", message="Another address.", fix="Use that of your work.")]

listed = [addresses]
"""


class TestRules:
    """`--rules MODULE:FUNCTION`: rules of one's own, from the current folder as with ``python -m``."""

    NOW = ("--now", "2023-05-16T09:00:00Z")

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "office_rules.py").write_text(RULES, encoding="utf-8")
        (tmp_path / "office_broken.py").write_text("import office_missing", encoding="utf-8")
        (tmp_path / "office_exits.py").write_text("\nraise SystemExit(0)", encoding="utf-8")
        (tmp_path / "office_typo.py").write_text("def rule(:", encoding="utf-8")
        (tmp_path / "dossier.json").write_bytes(TestCheck().dossier())
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "path", [each for each in sys.path if each])
        for name in ("office_rules", "office_broken", "office_exits", "office_typo"):
            monkeypatch.delitem(sys.modules, name, raising=False)

    def test_check_calls_them_beside_ours(self) -> None:
        dossier = TestCheck().dossier(eventUid="e-2")
        rules = ("--rules", "office_rules:addresses")
        ended = here("check", "--json", "-", *self.NOW, *rules, *rules, stdin=dossier)
        assert (ended.code, ended.err) == (1, "")
        codes = [each["code"] for each in json.loads(ended.out)["findings"]]
        assert codes == [Code.EVENT_UID_DIFFERS, "our-address", "our-address"]

    def test_validate_calls_them_for_what_comes_in(self) -> None:
        sent = {"participant": {"name": "Participant 9", "email": "p9@example.org"}, "mode": "remote"}
        line = raw({**sent, "eventUid": example("event")["uid"]})
        Path("sent.jsonl").write_bytes(line + b"\n" + line)
        given = ("--as", "registration", "--submission", "--dossier", "dossier.json", "--now", "2023-04-14T09:00:00Z")
        for arguments, times in ((["sent.jsonl"], 3), (["-"], 1)):
            ended = here("validate", *arguments, *given, "--rules", "office_rules:addresses", stdin=line)
            assert (ended.code, ended.err) == (1, "")
            assert ended.text.count("our-address") == times  # with the summary of the lines
            assert "[our-address] at /participant/email: Another address." in ended.text

    def test_validate_calls_them_for_a_dossier(self) -> None:
        ended = here("validate", "--as", "dossier", "dossier.json", "--rules", "office_rules:addresses")
        assert "[our-address] at /registrations/0/participant/email: Another address." in ended.text

    def test_other_documents_need_a_dossier(self) -> None:
        ended = here("validate", EXAMPLES / "event.json", "--rules", "office_rules:addresses")
        assert (ended.code, ended.err.splitlines()[-1]) == (2, "Error: --rules needs --dossier, or a dossier.")

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("office_rules", "Name a rule as module:function."),
            ("office_rules:", "Name a rule as module:function."),
            (":addresses", "Name a rule as module:function."),
            ("office/rules:addresses", "Name a rule as module:function."),
            ("office_rules:adresses", "The module office_rules has no function adresses."),
            ("office_rules:listed", "The module office_rules has no function listed."),
        ],
    )
    def test_what_is_not_there_is_said(self, name: str, message: str) -> None:
        ended = here("check", "dossier.json", "--rules", name)
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.splitlines()[-1] == f"Error: Invalid value for --rules: {message}"

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("office:addresses", "ModuleNotFoundError: No module named 'office'"),
            ("office_broken:rule", "ModuleNotFoundError: No module named 'office_missing' (line 1 of office_broken)"),
            ("office_exits:rule", "SystemExit: 0 (line 2 of office_exits)"),
            ("office_typo:rule", "SyntaxError: invalid syntax (office_typo.py, line 1)"),
            ("office_rules:fails", "FileNotFoundError: [Errno 2] No such file or directory: 'list.txt' (line 12 of"),
            ("office_rules:exits", "SystemExit: 0 (line 18 of office_rules)"),
            ("office_rules:mistaken", "TypeError: The rule mistaken yielded a finding whose severity is of type str. "),
        ],
    )
    @pytest.mark.parametrize("command", [("check",), ("validate", "--as", "dossier")], ids=" ".join)
    def test_a_rule_that_fails_is_a_line_and_no_verdict(
        self, command: tuple[str, ...], name: str, message: str
    ) -> None:
        """1 would mean that the document has errors, and 0 that it has none."""
        ended = here(*command, "dossier.json", "--rules", name)
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, b"", 1)
        assert ended.err.startswith(f"Error: --rules {name}: {message}")

    def test_a_signal_while_a_rule_runs_ends_the_program(self) -> None:
        with pytest.raises(SystemExit, match="143"):
            here("check", "dossier.json", "--rules", "office_rules:ended")

    def test_the_program_finds_them_in_the_current_folder(self) -> None:
        ended = process("check", "dossier.json", *self.NOW, "--rules", "office_rules:addresses", env=dict(os.environ))
        assert ended.code == 1
        assert "[our-address]" in ended.text
