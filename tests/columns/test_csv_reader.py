"""`from_csv`: tables of organizers, as their spreadsheets and forms write them."""

import gzip
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.refusals import refused
from tests.samples.whole import asked, asking, text
from wtisd_model import (
    Choice,
    Code,
    Event,
    InterpretationRequest,
    InvalidValueError,
    Limits,
    LocalizedText,
    Pledge,
    Registration,
    Session,
    Severity,
    from_csv,
    to_json,
)
from wtisd_model.columns.header import TargetFields, targets_of
from wtisd_model.columns.table import OBJECTS
from wtisd_model.schema.constraints import Enumeration

AT = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)
ALL: dict[str, Any] = {"event_uid": "e-1", "mode": "remote", "submitted_at": AT}
"""What a table of registrations needs and people do not write."""


def outcomes(source: Any, cls: type = Registration, **options: Any) -> list[Any]:
    """Read a table in UTF-8, with values for what people do not write."""
    content = source.encode() if isinstance(source, str) else source
    if cls is Registration:
        options = {"defaults": ALL} | options
    return list(from_csv(cls, content, **options))


def values(source: Any, cls: type = Registration, **options: Any) -> list[Any]:
    """Read a table without a finding."""
    found = outcomes(source, cls, **options)
    assert [finding for each in found for finding in each.findings] == []
    return [each.value for each in found]


def findings(source: Any, cls: type = Registration, **options: Any) -> list[tuple[str, str]]:
    """Read a table, and return the codes and paths of all findings."""
    return [(each.code, each.path) for one in outcomes(source, cls, **options) for each in one.findings]


class TestRows:
    """A row is an object, or findings; it does not affect other rows."""

    TABLE = (
        "Name,E-mail,Country\r\n"
        "Participant 1,participant1@example.org,CH\r\n"
        "Participant 2,participant2(at)example.org,XX\r\n"
        "\r\n"
        ",,\r\n"
        '"Participant\n3",participant3@example.org,\r\n'
        "Participant 4,participant4@example.org,NA"
    )

    def test_each_has_its_line_and_each_finding_its_column(self) -> None:
        found = outcomes(self.TABLE)
        assert [(each.line, each.ok) for each in found] == [(2, True), (3, False), (6, False), (8, True)]
        assert [(each.code, each.path, each.params["field"]) for one in found for each in one.findings] == [
            (Code.EMAIL_MALFORMED, "/lines/3/columns/2", "participant.email"),
            (Code.COUNTRY_UNKNOWN, "/lines/3/columns/3", "country"),
            (Code.TEXT_CONTROL, "/lines/6/columns/1", "participant.name"),
        ]
        assert [each.value and each.value.country for each in found] == ["CH", None, None, "NA"]

    def test_a_finding_about_several_fields_is_one_about_the_row(self) -> None:
        table = "mode,state,waitlisted_at,purged_at\nremote,waitlisted,,\n"
        (outcome,) = outcomes(table)
        assert [(each.code, each.path, each.params["field"]) for each in outcome.findings] == [
            (Code.PARTICIPANT_MISSING, "/lines/2", "participant"),
            (Code.WAITLISTED_AT_MISSING, "/lines/2/columns/3", "waitlisted_at"),
            (Code.HISTORY_ENDS_ELSEWHERE, "/lines/2/columns/2", "state"),
        ]

    def test_a_row_may_lack_cells_at_its_end_but_has_no_more_than_the_header(self) -> None:
        table = "Name,E-mail,Country\nParticipant 1,participant1@example.org\n"
        assert values(table)[0].country is None
        assert values(f"{table[:-1]},,,\n")[0].country is None
        assert findings(f"{table[:-1]},CH,Genève\n") == [(Code.CELLS_TOO_MANY, "/lines/2")]
        assert values("Name,E-mail,,\nParticipant 1,participant1@example.org,,\n")

    def test_no_message_repeats_what_is_in_the_table(self) -> None:
        table = "Name,E-mail,zqxmk,mode,needs\nzqxmk\x01,zqxmk,zqxmk,zqxmk,zqxmk|zqxmk\n"
        found = [finding for each in outcomes(table) for finding in each.findings]
        assert len(found) >= 5
        assert "zqxmk" not in "".join(f"{each} {dict(each.params)}" for each in found)

    def test_more_findings_than_anybody_reads_are_counted(self) -> None:
        parts = {
            "history": ["at", "before", "after", "by", "note"],
            "replies": ["at", "status", "sequence", "session_id", "comment", "delegate"],
        }
        names = [f"{name}.{each}" for name, several in parts.items() for each in several]
        bad = "|".join(["\x01"] * 1_000)
        (outcome,) = outcomes(f"Name,E-mail,{','.join(names)}\nA,a@example.org{f',{bad}' * len(names)}\n")
        assert outcome.value is None
        assert len(outcome.findings) == 100
        assert outcome.omitted == 10_000


class TestSource:
    """Content, the path of a file, or a binary stream; gzip is decompressed."""

    CONTENT = b"Name,E-mail\nParticipant 1,participant1@example.org\n"

    def test_each_kind_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_bytes(self.CONTENT)
        packed = tmp_path / "table.csv.gz"
        packed.write_bytes(gzip.compress(self.CONTENT))
        sources = (
            self.CONTENT,
            self.CONTENT.decode(),
            path,
            BytesIO(self.CONTENT),
            packed,
            gzip.compress(self.CONTENT),
        )
        assert len({to_json(each) for source in sources for each in values_of(source)}) == 1

    def test_a_file_is_closed_and_a_stream_is_not(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_bytes(self.CONTENT)
        with closing(from_csv(Registration, path, defaults=ALL)) as rows:
            assert next(rows).ok
        stream = BytesIO(self.CONTENT)
        list(from_csv(Registration, stream, defaults=ALL))
        assert not stream.closed

    def test_what_is_none_of_these_is_refused_at_the_call(self, tmp_path: Path) -> None:
        for wrong in (StringIO("Name"), 7, None):
            source: Any = wrong
            with pytest.raises(TypeError, match="The source must be"):
                from_csv(Registration, source)
        with pytest.raises(FileNotFoundError):
            from_csv(Registration, tmp_path / "none.csv")

    def test_the_name_of_a_file_is_content_whose_refusal_says_what_to_do(self) -> None:
        (outcome,) = from_csv(Registration, "people.csv")
        assert outcome.findings[-1].code == Code.COLUMN_MISSING
        assert outcome.findings[-1].fix.startswith('Did you mean "Path(...)"?')

    def test_a_text_has_no_encoding(self) -> None:
        table = self.CONTENT.decode().replace("Participant 1", "Частник 1")
        (outcome,) = from_csv(Registration, table, defaults=ALL, encoding="utf-16")
        assert outcome.value is not None
        assert "Частник 1" in to_json(outcome.value).decode()

    def test_damaged_gzip_is_reported_at_the_first_line_that_is_lost(self) -> None:
        packed = gzip.compress(self.CONTENT * 2_000)
        *_, last = outcomes(packed[:-9])
        assert last.line is not None
        assert [(each.code, each.path) for each in last.findings] == [(Code.GZIP_DAMAGED, f"/lines/{last.line}")]

    def test_rows_are_read_as_they_are_asked_for(self) -> None:
        asked_for: list[int] = []

        class Endless:
            def read(self, size: int) -> bytes:
                asked_for.append(size)
                return (b"Name,E-mail\n" if len(asked_for) == 1 else b"") + self_rows * 10

        self_rows = b"Participant 1,participant1@example.org\n"
        with closing(from_csv(Registration, Endless(), defaults=ALL)) as rows:
            assert next(rows).ok
        assert len(asked_for) < 5


def values_of(source: Any) -> Iterator[Any]:
    return (each.value for each in from_csv(Registration, source, defaults=ALL, ids=["r-1"]))


class TestEncoding:
    """A byte order mark says it, else the caller; without either it is UTF-8."""

    TABLE = "Name;E-mail;Organization\nParticipant 1;participant1@example.org;Ministère de l’Économie\n"

    @pytest.mark.parametrize(
        ("encoding", "stated"),
        [
            ("utf-8", None),
            ("utf-8", "UTF8"),
            ("utf-8-sig", None),
            ("utf-8-sig", "cp1252"),
            ("utf-16", None),
            ("utf-16", "utf-16"),
            ("utf-16-be", "utf-16-be"),
            ("cp1252", "cp1252"),
        ],
    )
    def test_text_is_decoded(self, encoding: str, stated: str | None) -> None:
        (row,) = values(self.TABLE.encode(encoding), encoding=stated)
        assert row.organization == "Ministère de l’Économie"

    def test_utf_16_of_either_order_is_known_by_its_mark(self) -> None:
        for encoding in ("utf-16-le", "utf-16-be"):
            assert len(values(("\ufeff" + self.TABLE).encode(encoding))) == 1

    def test_what_cannot_be_decoded_costs_its_row_only(self) -> None:
        good = "Participant 2;participant2@example.org;Öffentlich\n"
        for encoding, bad in ((None, b"\xff"), ("cp1252", b"\x81"), ("ascii", b"\xe9")):
            content = self.TABLE.replace("è", "e").replace("’", "'").replace("É", "E").encode()
            wrong = b"Participant " + bad + b";a@example.org;b\n"
            table = content + wrong + good.replace("Ö", "O").encode()
            assert [each.line for each in outcomes(table, encoding=encoding) if each.ok] == [2, 4]
            (found,) = [finding for each in outcomes(table, encoding=encoding) for finding in each.findings]
            assert (found.code, found.path) == (Code.BYTES_UNDECODABLE, "/lines/3")
            assert found.params["encoding"] == (encoding or "utf-8")

    def test_utf_16_with_half_a_pair_or_half_a_unit(self) -> None:
        table = "\ufeffName,E-mail\nA\ud800,a@example.org\nB,b@example.org\n".encode("utf-16-le", "surrogatepass")
        assert findings(table) == [(Code.BYTES_UNDECODABLE, "/lines/2")]
        assert findings(table[:-1]) == [(Code.BYTES_UNDECODABLE, "/lines/2"), (Code.BYTES_UNDECODABLE, "/lines/3")]

    def test_a_nul_is_no_text(self) -> None:
        assert findings("Name,E-mail\nA\0,a@example.org\nB,b@example.org\n") == [(Code.TEXT_CONTROL, "/lines/2")]
        assert findings(self.TABLE.encode("utf-16-le")) == [(Code.TEXT_CONTROL, "/lines/1")]

    def test_an_encoding_that_is_none_is_refused(self) -> None:
        for wrong in ("latin-15x", "rot13", "zip", "undefined"):
            with pytest.raises(InvalidValueError, match=r"^\[value-unknown\] at /encoding: "):
                from_csv(Registration, b"", encoding=wrong)


class TestDialect:
    """RFC 4180; the delimiter is the one that fits the header best."""

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_the_delimiter_is_recognized(self, delimiter: str) -> None:
        table = '\nName,"E-mail"\nParticipant 1,participant1@example.org'.replace(",", delimiter)
        assert len(values(table)) == 1
        assert len(values(table, delimiter=delimiter)) == 1

    def test_known_names_count_more_than_cells(self) -> None:
        table = "Name;E-mail;Remarks, wishes, complaints, praise\nA;a@example.org;x\n"
        assert findings(table) == [(Code.COLUMN_UNSUPPORTED, "/lines/1/columns/3")]
        table = "Wer;Wo, wann, warum;Was\nA;x;a@example.org\n"
        assert (
            len(values(table, columns={"Wer": "participant.name", "Was": "participant.email", "Wo, wann, warum": None}))
            == 1
        )

    def test_a_header_of_several_lines_is_recognized(self) -> None:
        table = '"Name\n(first; last)";E-mail\nA;a@example.org\n'
        (found,) = outcomes(table, columns={"Name\n(first; last)": "participant.name"})
        assert (found.line, found.value.participant.name) == (3, "A")

    def test_quoted_cells(self) -> None:
        table = 'Name,E-mail,Organization\n"One, ""two""",a@example.org,12" disks\n'
        (row,) = values(table)
        assert (row.participant.name, row.organization) == ('One, "two"', '12" disks')

    @pytest.mark.parametrize(
        "bad", ['"A" B,b@example.org', "A,b@example.org\rC,d@example.org", f'"{"a" * 200_000}",b@example.org']
    )
    def test_a_row_that_cannot_be_split_is_skipped(self, bad: str) -> None:
        table = f"Name,E-mail\nA,a@example.org\n{bad}\nC,c@example.org\n"
        found = outcomes(table)
        assert [each.line for each in found if each.ok] == [2, 4]
        (one,) = [finding for each in found for finding in each.findings]
        assert (one.code, one.path, one.params) == (Code.ROW_MALFORMED, "/lines/3", {"last": 3})

    def test_a_quotation_mark_without_its_match_costs_the_lines_up_to_the_next_one(self) -> None:
        table = 'Name,E-mail\nA,"a@example.org\nB,b@example.org\n"C",c@example.org\nD,d@example.org\n'
        found = outcomes(table)
        assert [(each.line, each.ok) for each in found] == [(2, False), (5, True)]
        assert found[0].findings[0].params == {"last": 4}
        assert findings('Name,E-mail\nA,"a@example.org\n') == [(Code.ROW_MALFORMED, "/lines/2")]

    def test_a_row_longer_than_the_limit_is_skipped(self) -> None:
        long = "x" * 300
        limits = Limits(bytes=200)
        table = f'Name,E-mail\n{long},a@example.org\n"{long[:150]}\n{long[:150]}",b@example.org\nC,c@example.org\n'
        found = outcomes(table, limits=limits)
        assert [(each.line, [one.code for one in each.findings]) for each in found] == [
            (2, [Code.PAYLOAD_TOO_LARGE]),
            (3, [Code.PAYLOAD_TOO_LARGE]),
            (5, []),
        ]

    def test_a_line_longer_than_the_limit_may_come_in_many_pieces(self) -> None:
        table = f"Name,E-mail\n{'x' * 200_000},a@example.org\nC,c@example.org\n".encode()
        found = outcomes(table, limits=Limits(bytes=200))
        assert [(each.line, each.ok) for each in found] == [(2, False), (3, True)]


class TestHeader:
    """A header names a field, or has its title; what is not known is told once, and what is needed is missed once."""

    def test_a_column_that_is_not_known_is_told_once_with_a_suggestion(self) -> None:
        table = "Name,E-mail,Jobtitel,Seat,,participant.emial\n" + "A,a@example.org,x,1,2,3\n" * 3
        first, *rest = outcomes(table)
        assert (first.line, first.value, first.ok) == (1, None, True)
        assert [(each.code, each.path, each.params.get("suggestion")) for each in first.findings] == [
            (Code.COLUMN_UNSUPPORTED, "/lines/1/columns/3", "participant.job_title"),
            (Code.COLUMN_UNSUPPORTED, "/lines/1/columns/4", None),
            (Code.COLUMN_UNSUPPORTED, "/lines/1/columns/5", None),
            (Code.COLUMN_UNSUPPORTED, "/lines/1/columns/6", "participant.email"),
        ]
        assert {each.severity for each in first.findings} == {Severity.WARNING}
        assert len([each.value for each in rest if each.value]) == 3

    def test_a_short_title_is_no_misspelling(self) -> None:
        """ "No" is a number, and not the name of a person, which is "Nom" in French."""
        (found,) = outcomes("Name,E-mail,No\n")[0].findings
        assert (found.code, found.params) == (Code.COLUMN_UNSUPPORTED, {})

    @pytest.mark.parametrize("cls", OBJECTS)
    @pytest.mark.parametrize("title", ["After", "AFTER", "Before", "By", "At", "Sequence", "Delegate"])
    def test_no_title_of_a_form_means_what_the_office_notes(self, cls: type, title: str) -> None:
        """A change of state, a reply or a report has the name of its column."""
        meant = TargetFields(cls, None).called(title)
        assert meant is None or meant.name == title.casefold()

    @pytest.mark.parametrize("title", ["Comment", "comment", "Status", "Note"])
    def test_such_a_column_is_told_and_left_out(self, title: str) -> None:
        first, second = outcomes(f"Name,E-mail,{title}\nA,a@example.org,Vegan\n")
        assert [(each.code, each.path) for each in first.findings] == [(Code.COLUMN_UNSUPPORTED, "/lines/1/columns/3")]
        assert second.ok

    def test_a_stated_column_comes_before_one_that_is_only_called_so(self) -> None:
        table = "Name,E-mail,Mail\nA,x,a@example.org\n"
        found = outcomes(table, columns={"Mail": "participant.email"})
        assert [(each.code, each.path) for each in found[0].findings] == [
            (Code.COLUMN_UNSUPPORTED, "/lines/1/columns/2")
        ]
        assert found[1].value.participant.email == "a@example.org"
        assert len(values(table, columns={"Mail": "participant.email", "E-mail": None})) == 1

    def test_two_columns_for_one_field_end_the_table(self) -> None:
        assert findings("Name,E-mail,E-mail\nA,x,a@example.org\n") == [(Code.COLUMN_REPEATED, "/lines/1/columns/3")]

    def test_what_every_row_needs_is_missed_once(self) -> None:
        (outcome,) = outcomes("Titel;Beginn\nA;B\nC;D\n", Session, columns={"Titel": "title", "Beginn": "slot.start"})
        assert [(each.code, each.path, each.params["field"]) for each in outcome.findings] == [
            (Code.COLUMN_MISSING, "/lines/1", name) for name in ("title.language", "slot.end", "slot.time_zone")
        ]
        for empty in (b"", b"\xef\xbb\xbf", b"\n\n", b"Seat\n1\n"):
            (*_, outcome) = outcomes(empty)
            errors = [each for each in outcome.findings if each.severity is Severity.ERROR]
            assert [(each.code, each.path, each.params["field"]) for each in errors] == [
                (Code.COLUMN_MISSING, "/lines/1", name) for name in ("participant.name", "participant.email")
            ]
        (outcome,) = outcomes("targetLanguages\nfr\n", InterpretationRequest, defaults={"event_uid": "e-1"})
        assert [each.params["field"] for each in outcome.findings] == [
            "requester",
            "service",
            "delivery",
            "submitted_at",
        ]

    def test_the_parts_of_an_optional_object_are_needed_if_it_has_a_column(self) -> None:
        options: dict[str, Any] = {"defaults": {"submitted_at": AT, "kind": "other", "scope": "global"}}
        table = "title.text,title.language,Name,pledger.name.language,focus_areas,Amount,targets.due\n"
        (outcome,) = outcomes(table, Pledge, **options)
        assert [each.params["field"] for each in outcome.findings] == [
            "pledged.currency",
            "targets.text.text",
            "targets.text.language",
        ]

    def test_a_stated_header_that_is_not_there_is_missed(self) -> None:
        (outcome,) = outcomes("Name,E-mail\nA,a@example.org\n", columns={"Land": "country", "Seat": None})
        assert [(each.code, each.params["field"]) for each in outcome.findings] == [(Code.COLUMN_MISSING, "country")]
        assert "or the stated column is not in the table" in outcome.findings[0].message

    def test_a_title_of_the_table_may_be_above_it(self) -> None:
        above = '"List of participants;\nForum";;;\n4.3.2027;;;\n;;;\n\n'
        first, good, bad = outcomes(f"{above}Name;E-mail;Country;\nA;a@example.org;CH\nB;b;CH;\n")
        assert [(each.code, each.path, each.severity) for each in first.findings] == [
            (Code.ROWS_ABOVE_HEADER, "/lines/6", Severity.WARNING)
        ]
        assert (first.line, good.line, good.value.country) == (6, 7, "CH")
        assert [(each.code, each.path) for each in bad.findings] == [(Code.EMAIL_MALFORMED, "/lines/8/columns/2")]

    def test_missing_columns_are_reported_for_the_row_with_the_most_known_titles(self) -> None:
        table = "List of participants\nName,Country\nA,CH\n"
        assert findings(table) == [(Code.ROWS_ABOVE_HEADER, "/lines/2"), (Code.COLUMN_MISSING, "/lines/2")]

    def test_it_is_among_the_first_twenty_rows(self) -> None:
        table = "Forum\n" * 19 + "Name,E-mail\nA,a@example.org\n"
        assert findings(table) == [(Code.ROWS_ABOVE_HEADER, "/lines/20")]
        assert (Code.COLUMN_MISSING, "/lines/1") in findings(f"Forum\n{table}")

    def test_more_columns_than_a_sheet_has_are_refused(self) -> None:
        header = ",".join(["x"] * 16_385)
        assert findings(f"{header}\n") == [(Code.TOO_MANY_ITEMS, "/lines/1")]
        (outcome,) = outcomes(f"Name,E-mail,{header[: 2 * 16_000]}y\n")
        assert outcome.ok
        assert len(outcome.findings) + outcome.omitted == 16_001

    def test_a_column_of_ours_that_does_not_exist_is_an_error_of_the_caller(self) -> None:
        assert refused(lambda: from_csv(Registration, b"", columns={"Mail": "participant.emial"})) == (
            Code.KEY_UNKNOWN,
            "/columns/Mail",
        )
        assert refused(lambda: from_csv(Registration, b"", values={"mod": {}})) == (Code.KEY_UNKNOWN, "/values/mod")
        assert refused(lambda: from_csv(Registration, b"", defaults={"zqxmk": 1})) == (
            Code.KEY_UNKNOWN,
            "/defaults/zqxmk",
        )


class TestValues:
    """Cells have our words, labels in any language, or what the caller states."""

    def one(self, header: str, cell: str, **options: Any) -> Any:
        (row,) = values(f'Name\tE-mail\t{header}\nA\ta@example.org\t"{cell}"\n', **options)
        return row

    @pytest.mark.parametrize("word", ["on-site", "On site", " ON SITE ", "Sur place"])
    def test_an_enum_is_written_as_its_word_or_a_label(self, word: str) -> None:
        defaults = {key: each for key, each in ALL.items() if key != "mode"}
        assert self.one("mode", word, defaults=defaults).mode == "on-site"

    @pytest.mark.parametrize(
        "cell", ["Plenary", "PLENARY", "Plénière", "Plenaria", "Пленарное заседание", "جلسة عامة", "全体会议"]
    )
    def test_the_kind_of_a_session_is_a_label_in_any_language(self, cell: str) -> None:
        assert targets_of(Session)["kind"].labels[cell.casefold()] == "plenary"

    @pytest.mark.parametrize("cls", OBJECTS)
    def test_our_words_are_read_in_any_case(self, cls: type) -> None:
        for target in targets_of(cls).values():
            if isinstance(target.leaf, Enumeration):
                assert {each.value for each in target.leaf.members} == set(target.labels.values())
                assert all(target.labels[each.value.casefold()] == each.value for each in target.leaf.members)

    @pytest.mark.parametrize(
        ("cell", "code"),
        [("MA", "MA"), ("Maroc", "MA"), (" morocco ", "MA"), ("المغرب", "MA"), ("Cote", None), ("Côte d'Ivoire", "CI")],
    )
    def test_a_country_is_a_code_or_a_name_in_any_language(self, cell: str, code: str | None) -> None:
        found = outcomes(f'Name\tE-mail\tcountry\nA\ta@example.org\t"{cell}"\n')
        assert [each.code for each in found[0].findings] == ([] if code else [Code.COUNTRY_UNKNOWN])
        assert code is None or found[0].value.country == code

    def test_languages_are_tags_or_names_in_any_language(self) -> None:
        assert self.one("listening_languages", "Français|arabe | zh-Hans|Swiss French").listening_languages == (
            "fr",
            "ar",
            "zh-Hans",
            "fr-CH",
        )
        found = findings("Name,E-mail,listening_languages\nA,a@example.org,Ga\n")
        assert found == [(Code.LANGUAGE_UNKNOWN, "/lines/2/columns/3")]
        assert self.one("country", "Schweiz", values={"country": {"schweiz": "CH"}}).country == "CH"

    def test_a_list_has_bars_or_what_is_stated(self) -> None:
        assert self.one("needs", "captions | Letter for a visa|").needs == {"captions", "visa-letter"}
        assert self.one("needs", "captions, visa-letter", separator=",").needs == {"captions", "visa-letter"}
        assert self.one("needs", "  ").needs == frozenset()

    def test_values_are_translated(self) -> None:
        stated = {"Country": {"Schweiz": "CH"}, "needs": {"Rollstuhl": "wheelchair-access"}}
        assert self.one("country", "schweiz ", values={"country": stated["Country"]}).country == "CH"
        assert self.one("needs", "Rollstuhl|captions", values={"needs": stated["needs"]}).needs == {
            "captions",
            "wheelchair-access",
        }

    def test_texts_are_texts(self) -> None:
        for written, meant in (
            ("=1+1", "=1+1"),
            ("'=1+1", "=1+1"),
            ("'t Hooft", "'t Hooft"),
            ("O'Brien,'x'", "O'Brien,'x'"),
            ("  a  ", "a"),
            ("+41", "+41"),
        ):
            assert self.one("organization", written).organization == meant

    def test_a_telephone_number_may_have_separators_or_be_national(self) -> None:
        assert self.one("phone", "+41 22 730 51 11").participant.phone == "+41227305111"
        assert self.one("phone", "022 730 51 11", country="CH").participant.phone == "+41227305111"

    def test_moments(self) -> None:
        def at(cell: str, **options: Any) -> Any:
            options.setdefault("defaults", {key: each for key, each in ALL.items() if key != "submitted_at"})
            found = outcomes(f'Name\tE-mail\tsubmitted_at\nA\ta@example.org\t"{cell}"\n', **options)
            return found[0].value.submitted_at if found[0].value else [each.code for each in found[0].findings]

        assert at("2027-03-04T10:00:00+01:00") == at("2027-03-04 09:00:00+00:00") == AT
        assert at("2027-03-04 10:00", zone="Europe/Zurich") == AT
        assert at("4.3.2027 10.00", zone="Europe/Zurich", date_format="%d.%m.%Y", time_format="%H.%M") == AT
        assert at("3/4/27, 9:00\u202fAM", zone="UTC", datetime_format="%m/%d/%y, %I:%M %p") == AT
        for wrong, zone in (
            ("2027-03-04 10:00", None),
            ("2027-03-04", "Europe/Zurich"),
            ("2027-02-30 10:00", "Europe/Zurich"),
            ("2027-10-31 02:30", "Europe/Zurich"),
            ("2027-03-28 02:30", "Europe/Zurich"),
            ("soon", "Europe/Zurich"),
        ):
            assert at(wrong, zone=zone) == [Code.MOMENT_UNREADABLE]

    def test_a_stated_format_is_the_only_one(self) -> None:
        pledged = {"title": "A", "title.language": "en", "pledger.name": "B", "pledger.name.language": "en"}
        options: dict[str, Any] = {
            "defaults": pledged | {"submitted_at": AT, "kind": "other", "scope": "global", "focus_areas": ["access"]}
        }
        (row,) = values("Start\n04.03.2027\n", Pledge, date_format="%d.%m.%Y", **options)
        assert row.start == date(2027, 3, 4)
        (row,) = values("Start\n2027-03-04\n", Pledge, **options)
        assert row.start == date(2027, 3, 4)
        assert findings("Start\n2027-03-04\n31.02.2027\n", Pledge, date_format="%d.%m.%Y", **options) == [
            (Code.DATE_UNREADABLE, "/lines/2/columns/1"),
            (Code.DATE_UNREADABLE, "/lines/3/columns/1"),
        ]

    @pytest.mark.parametrize(
        ("cell", "decimal", "amount"),
        [
            ("1250.5", None, "1250.50"),
            ("1,250.50", None, None),
            ("1250,50", None, None),
            ("1.250,5", ",", "1250.50"),
            ("1250,50", ",", "1250.50"),
            ("1 250 000", ",", "1250000.00"),
            ("1'250.50", ".", "1250.50"),
            ("1,250", ".", "1250.00"),
            ("1250.50", ",", None),
            ("1.25", ",", None),
            ("1.250.00", ",", None),
            ("12,50.0", ".", None),
        ],
    )
    def test_numbers(self, cell: str, decimal: Any, amount: str | None) -> None:
        options: dict[str, Any] = {
            "defaults": {
                "title": "A",
                "title.language": "en",
                "pledger.name": "B",
                "pledger.name.language": "en",
                "submitted_at": AT,
                "kind": "other",
                "scope": "global",
                "focus_areas": ["access"],
                "pledged.currency": "CHF",
            }
        }
        (outcome,) = outcomes(f'Amount\tpublic\n"{cell}"\tOui\n', Pledge, decimal=decimal, **options)
        if amount is None:
            assert [(each.code, each.path) for each in outcome.findings] == [
                (Code.NUMBER_MALFORMED, "/lines/2/columns/1")
            ]
        else:
            assert outcome.value.pledged.amount == Decimal(amount)
            assert outcome.value.public is True

    def test_whole_numbers(self) -> None:
        table = "title\tslot.start\tslot.end\ton_site_capacity\nA\t2027-03-04 09:00\t10:00\t{}\n"
        options: dict[str, Any] = {"zone": "UTC", "defaults": {"title.language": "en"}}
        for cell, decimal in (("1200", None), ("1200.0", None), ("1,200", "."), ("1.200", ",")):
            (row,) = values(table.format(cell), Session, decimal=decimal, **options)
            assert row.on_site_capacity == 1200
        for cell in ("1,200", "12.5", "many"):
            assert findings(table.format(cell), Session, **options) == [(Code.WRONG_TYPE, "/lines/2/columns/4")]


class TestJoined:
    """Columns that the caller states for one field are joined."""

    def one(self, table: str, columns: dict[str, str | None], **options: Any) -> Any:
        defaults = {key: each for key, each in ALL.items() if key not in columns.values()}
        (outcome,) = outcomes(table, columns=columns, defaults=defaults, **options)
        return outcome.value or [(each.code, each.path, each.params["field"]) for each in outcome.findings]

    def test_a_day_and_a_time_are_a_moment(self) -> None:
        columns: dict[str, str | None] = {"Day": "submitted_at", "Hour": "submitted_at"}
        formats = {"zone": "Europe/Zurich", "date_format": "%d.%m.%Y", "time_format": "%H.%M"}
        row = self.one("Hour,Name,E-mail,Day\n10.00,A,a@example.org,4.3.2027\n", columns, **formats)
        assert row.submitted_at == AT
        for wrong in ("10.00,A,a@example.org,\n", ",A,a@example.org,4.3.2027\n", "10.00,A,a@example.org\n"):
            assert self.one(f"Hour,Name,E-mail,Day\n{wrong}", columns, **formats) == [
                (Code.MOMENT_UNREADABLE, "/lines/2/columns/4", "submitted_at")
            ]
        assert self.one("Hour,Name,E-mail,Day\n,A,a@example.org, \n", columns, **formats) == [
            (Code.KEY_MISSING, "/lines/2/columns/4", "submitted_at")
        ]

    def test_texts_are_joined_in_the_order_of_the_caller(self) -> None:
        columns: dict[str, str | None] = {"First": "participant.name", "Last": "participant.name"}
        for cells, name in (("B,A", "A B"), ("B,", "B"), (" ,A", "A")):
            assert self.one(f"Last,First,E-mail\n{cells},a@example.org\n", columns).participant.name == name

    def test_items_are_joined_to_a_list(self) -> None:
        columns: dict[str, str | None] = {"Need 1": "needs", "Need 2": "needs", "Need 3": "needs"}
        table = "Name,E-mail,Need 1,Need 2,Need 3\nA,a@example.org,captions,,visa-letter\n"
        assert self.one(table, columns).needs == {"captions", "visa-letter"}
        assert self.one(table, columns, separator="/").needs == {"captions", "visa-letter"}
        columns = {"At": "history.at", "Before": "history.before", "Then": "history.after", "Last": "history.after"}
        table = f"Name,E-mail,At,Before,Then,Last\nA,a@example.org,{AT}|{AT},pending|approved,approved,pending\n"
        assert [each.after for each in self.one(table, columns).history] == ["approved", "pending"]

    def test_a_malformed_row_is_reported(self) -> None:
        columns: dict[str, str | None] = {"First": "participant.name", "Last": "participant.name"}
        table = 'First,Last,E-mail\n"A" B,b,c\n'
        assert findings(table, columns=columns) == [(Code.ROW_MALFORMED, "/lines/2")]

    def test_columns_with_equal_titles_are_not_joined(self) -> None:
        table = "Name,Name,E-mail\nA,B,a@example.org\n"
        assert findings(table, columns={"Name": "participant.name"}) == [(Code.COLUMN_REPEATED, "/lines/1/columns/2")]


class TestDefaults:
    """Values for rows that have none."""

    def test_a_cell_comes_first(self) -> None:
        table = "Name,E-mail,mode\nA,a@example.org,on-site\nB,b@example.org,\n"
        assert [each.mode for each in values(table)] == ["on-site", "remote"]

    def test_it_is_no_reason_for_an_object_that_a_row_lacks(self) -> None:
        table = "Name,E-mail,filed_by.email,history.at\nA,a@example.org,,\nB,b@example.org,c@example.org,\n"
        step = {"history.before": "pending", "history.after": "pending"}
        first, second = values(table, defaults=ALL | {"filed_by.language": "fr"} | step)
        assert first.filed_by is None
        assert first.history == ()
        assert second.filed_by.language == "fr"

    def test_an_object_without_columns_is_made_of_defaults(self) -> None:
        table = "title,start,end,room\nA,2027-03-04 09:00,2027-03-04 10:00,Popov\nB,2027-03-04 09:00,10:00,\n"
        place = {"locations.name": "CICG", "locations.name.language": "fr"}
        place |= {"locations.locality": "Genève", "locations.country": "CH"}
        defaults = {"title.language": "en", "people.name": "Participant 1", **place}
        first, second = values(table, Session, zone="Europe/Zurich", defaults=defaults)
        assert [(each.room, each.name.text) for each in first.locations] == [("Popov", "CICG")]
        assert second.locations == ()
        assert [each.name for each in first.people] == ["Participant 1"]

    def test_what_is_wrong_about_one_is_found_in_the_row(self) -> None:
        defaults = {"title.language": "en", "title.translations.en": "Forum"}
        (outcome,) = outcomes("title,start,end\nA,2027-03-04 09:00,10:00\n", Session, zone="UTC", defaults=defaults)
        assert [(each.code, each.path, each.params["field"]) for each in outcome.findings] == [
            (Code.LANGUAGE_REPEATED, "/lines/2", "title.translations")
        ]

    def test_values_of_python_are_taken(self) -> None:
        defaults = ALL | {"needs": ["captions"], "listening_languages": ("fr", "en"), "organization": "=1 | '2"}
        (row,) = values("Name,E-mail\nA,a@example.org\n", defaults=defaults)
        assert (row.needs, row.listening_languages, row.organization) == ({"captions"}, ("fr", "en"), "=1 | '2")
        assert row.submitted_at == AT

    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("mode", "nowhere", Code.VALUE_UNKNOWN),
            ("country", "", Code.TEXT_EMPTY),
            ("needs", ["captions", "x"], Code.VALUE_UNKNOWN),
            ("history.at", "soon", Code.MOMENT_UNREADABLE),
        ],
    )
    def test_a_wrong_one_is_an_error_of_the_caller(self, name: str, value: Any, code: Code) -> None:
        assert refused(lambda: from_csv(Registration, b"", defaults={name: value})) == (code, f"/defaults/{name}")


class TestLists:
    """The columns of a list of objects have an item for each."""

    HEADER = "Name\tE-mail\thistory.at\thistory.before\thistory.after\thistory.by\n"

    def test_items_belong_together(self) -> None:
        times = "2027-03-05T09:00:00Z|2027-03-06T09:00:00Z"
        table = f"{self.HEADER}A\ta@example.org\t{times}\tpending|approved\tapproved|pending\t|Desk 1\n"
        (row,) = values(table, defaults=ALL)
        assert [(each.after, each.by) for each in row.history] == [("approved", None), ("pending", "Desk 1")]

    def test_a_wrong_item_is_found_in_its_column(self) -> None:
        table = f"{self.HEADER}A\ta@example.org\t2027-03-05T09:00:00Z|soon\tpending|approved\tapproved|pending\t\n"
        (outcome,) = outcomes(table)
        assert [(each.code, each.path, each.params["field"]) for each in outcome.findings] == [
            (Code.MOMENT_UNREADABLE, "/lines/2/columns/3", "history.at")
        ]

    def test_as_many_in_each_column(self) -> None:
        table = f"{self.HEADER}A\ta@example.org\t2027-03-05T09:00:00Z\tpending|approved\tapproved\t\n"
        (outcome,) = outcomes(table, defaults=ALL)
        assert [(each.code, each.path, each.params["field"]) for each in outcome.findings] == [
            (Code.CELL_ITEMS_DIFFER, "/lines/2/columns/4", "history.before")
        ]


class TestSlots:
    """The day of a session may have a column of its own."""

    def slots(self, *cells: str, **options: Any) -> Any:
        defaults = {"title": "A", "title.language": "en"}
        table = "Date,Start,End\n{}\n".format(",".join(cells))
        found = outcomes(table, Session, zone="Europe/Zurich", defaults=defaults, **options)
        return [each.value.slot if each.value else [(one.code, one.path) for one in each.findings] for each in found]

    def test_it_is_put_before_the_times(self) -> None:
        (slot,) = self.slots("2027-03-04", "9:30", "10:00")
        assert (
            slot
            == self.slots("", "2027-03-04T09:30", "2027-03-04 10:00:00")[0]
            == self.slots("", "2027-03-04 09:30", "10:00")[0]
        )
        assert str(slot.start) == "2027-03-04 09:30:00+01:00"
        (whole,) = self.slots("", "2027-03-04", "2027-03-05")
        assert whole.whole_days

    def test_a_day_is_not_there_twice(self) -> None:
        assert self.slots("2027-03-04", "2027-03-05 09:30", "10:00") == [[(Code.KEY_UNKNOWN, "/lines/2/columns/1")]]

    def test_what_is_missing_or_unreadable_is_found_at_its_column(self) -> None:
        assert self.slots("2027-03-04", "", "10:00") == [
            [(Code.TIME_UNREADABLE, "/lines/2/columns/3"), (Code.KEY_MISSING, "/lines/2/columns/2")]
        ]
        assert self.slots("2027-03-04", "soon", "10:00") == [
            [(Code.TIME_UNREADABLE, "/lines/2/columns/2"), (Code.TIME_UNREADABLE, "/lines/2/columns/3")]
        ]
        assert self.slots("", "9:30", "10:00")[0][0] == (Code.TIME_UNREADABLE, "/lines/2/columns/2")

    def test_earlier_slots_too(self) -> None:
        earlier = ",".join(f"previous_slots.{each}" for each in ("date", "start", "end", "time_zone"))
        table = f"title,slot.start,slot.end,{earlier}\n"
        table += "A,2027-03-04 09:00,10:00,2027-03-01 | 2027-03-02,09:00|09:00,10:00|11:00,UTC|UTC\n"
        (row,) = values(table, Session, zone="UTC", defaults={"title.language": "en"})
        assert [each.first_day for each in row.previous_slots] == [date(2027, 3, 1), date(2027, 3, 2)]

    def test_translations_have_columns(self) -> None:
        table = "title,Titre,start,end\nForum,Le forum,2027-03-04 09:00,10:00\nForum,,2027-03-04 09:00,10:00\n"
        columns = {"Titre": "title.translations.fr"}
        first, second = values(table, Session, columns=columns, zone="UTC", defaults={"title.language": "en"})
        assert first.title == LocalizedText(text="Forum", language="en", translations={"fr": "Le forum"})
        assert second.title == LocalizedText(text="Forum", language="en")


class TestQuestions:
    """Answers to the questions of the event."""

    SIZES = (
        Choice(id="s", label=text("Small", fr="Petit")),
        Choice(id="m", label=text("Medium", fr="Moyen")),
        Choice(id="small", label=text("M")),
    )
    MEALS = (Choice(id="fish", label=text("Fish")), Choice(id="none", label=text("None")))
    EVENT = asking(
        asked("tshirt", "choice", label=text("Size", fr="Taille"), choices=SIZES),
        asked("meals", "choices", label=text("Meals"), choices=MEALS),
        asked("vegan", "boolean", label=text("Vegan?")),
        asked("count", "integer", label=text("How many?"), maximum=9),
        asked("twice", label=text("Same")),
        asked("again", label=text("Same")),
    )

    def one(self, header: str, cell: str) -> Any:
        (outcome,) = outcomes(f"Name\tE-mail\t{header}\nA\ta@example.org\t{cell}\n", event=self.EVENT)
        return dict(outcome.value.answers) if outcome.value else [(each.code, each.path) for each in outcome.findings]

    def test_headers_and_choices_are_ids_or_labels(self) -> None:
        assert self.one("Taille", "moyen") == {"tshirt": "m"}
        assert self.one("answers.tshirt", "s") == {"tshirt": "s"}
        assert self.one("size", "small") == {"tshirt": "small"}  # an id comes before a label
        assert self.one("Meals", "Fish | none") == {"meals": ("fish", "none")}
        assert self.one("vegan?", "Sí") == {"vegan": True}
        assert self.one("How many?", "2") == {"count": 2}

    def test_answers_that_do_not_fit_are_found_at_their_columns(self) -> None:
        assert self.one("Taille", "Gigantic") == [(Code.CHOICE_UNKNOWN, "/lines/2/columns/3")]
        assert self.one("Meals", "fish|x") == [(Code.CHOICE_UNKNOWN, "/lines/2/columns/3")]
        assert self.one("How many?", "99") == [(Code.NUMBER_OUT_OF_RANGE, "/lines/2/columns/3")]
        assert self.one("other_answers", "[1]") == [(Code.WRONG_TYPE, "/lines/2/columns/3")]
        assert self.one("other_answers", "  ") == {}
        (outcome,) = outcomes('Name\tE-mail\tother_answers\nA\ta@example.org\t"{""zqxmk"": null}"\n', event=self.EVENT)
        assert [(each.code, each.path, each.params["field"]) for each in outcome.findings] == [
            (Code.NULL_REFUSED, "/lines/2/columns/3", "other_answers")
        ]

    def test_ids_may_differ_in_case_only(self) -> None:
        event = asking(asked("a", label=text("One")), asked("A", label=text("Two")))
        table = "Name\tE-mail\tanswers.a\tanswers.A\nA\ta@example.org\tx\ty\n"
        assert values(table, event=event)[0].answers == {"a": "x", "A": "y"}

    def test_a_label_of_two_questions_means_neither(self) -> None:
        table = "Name\tE-mail\tSame\nA\ta@example.org\tx\n"
        assert findings(table, event=self.EVENT) == [(Code.COLUMN_UNSUPPORTED, "/lines/1/columns/3")]
        assert values(table, event=self.EVENT, columns={"Same": "answers.again"})[0].answers == {"again": "x"}

    def test_defaults_for_answers(self) -> None:
        table = "Name;E-mail;Vegan?;other_answers\nA;a@example.org;;\nB;b@example.org;no;\nC;c@example.org;;[]\n"
        found = outcomes(table, event=self.EVENT, defaults=ALL | {"answers.vegan": True})
        assert [each.value and dict(each.value.answers) for each in found] == [{"vegan": True}, {"vegan": False}, None]

    def test_rows_belong_to_the_event_unless_they_name_another(self) -> None:
        given = {key: value for key, value in ALL.items() if key != "event_uid"}
        table = "Name\tE-mail\tevent_uid\nA\ta@example.org\t\nB\tb@example.org\te-2\n"
        found = values(table, event=self.EVENT, defaults=given)
        assert [each.event_uid for each in found] == [self.EVENT.uid, "e-2"]
        table = "Name\tE-mail\nA\ta@example.org\n"
        assert values(table, event=self.EVENT, defaults=given)[0].event_uid == self.EVENT.uid
        assert values(table, event=self.EVENT, defaults=given | {"eventUid": "e-2"})[0].event_uid == "e-2"

    def test_without_the_event_there_are_no_columns_of_answers(self) -> None:
        table = "Name\tE-mail\tanswers.tshirt\nA\ta@example.org\tm\n"
        assert findings(table) == [(Code.COLUMN_UNSUPPORTED, "/lines/1/columns/3")]

    def test_only_a_submission_answers_questions(self) -> None:
        wrong: Any = "e-1"
        for cls, asks, message in ((Session, self.EVENT, "leave out event="), (Registration, wrong, "Not an Event")):
            with pytest.raises(TypeError, match=message):
                from_csv(cls, b"", event=asks)


class TestArguments:
    """What can be wrong is wrong at the call."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"delimiter": "|"},
            {"decimal": "·"},
            {"date_format": "%d.%m"},
            {"date_format": "%d.%m.%Y %H:%M"},
            {"date_format": "%d %B %Y"},
            {"date_format": "%d.%d.%m.%Y"},
            {"date_format": "%y %Y-%m-%d"},
            {"date_format": "%d.%m.%Y%"},
            {"time_format": "%I:%M"},
            {"time_format": "%H:%M %p"},
            {"time_format": "noon"},
            {"datetime_format": "%Y-%m-%d"},
        ],
    )
    def test_a_wrong_value(self, wrong: dict[str, Any]) -> None:
        (name,) = wrong
        assert refused(lambda: from_csv(Registration, b"", **wrong)) == (Code.VALUE_UNKNOWN, f"/{name}")

    def test_a_separator_has_a_character(self) -> None:
        assert refused(lambda: from_csv(Registration, b"", separator="")) == (Code.TEXT_EMPTY, "/separator")

    @pytest.mark.parametrize("wrong", [{"limits": 7}, {"separator": 7}])
    def test_a_wrong_type(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(TypeError, match="must be"):
            from_csv(Registration, b"", **wrong)

    @pytest.mark.parametrize(
        "wrong", [{"columns": ["title"]}, {"defaults": 5}, {"values": [1]}, {"values": {"kind": 5}}]
    )
    def test_mappings_are_mappings(self, wrong: Any) -> None:
        with pytest.raises(TypeError, match="must be mappings"):
            from_csv(Session, b"title\nx\n", **wrong)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"columns": {1: "mode"}},
            {"columns": {"Mode": 1}},
            {"defaults": {1: "on-site"}},
            {"values": {1: {}}},
            {"values": {"mode": {1: "on-site"}}},
            {"values": {"mode": {"x": None}}},
        ],
    )
    def test_names_and_words_are_texts(self, wrong: Any) -> None:
        with pytest.raises(TypeError, match="must be texts"):
            from_csv(Registration, b"", **wrong)

    def test_a_class_that_is_no_row(self) -> None:
        with pytest.raises(TypeError, match="Not a class of rows that can be read"):
            from_csv(Event, b"")

    def test_names_that_are_not_known(self) -> None:
        assert refused(lambda: from_csv(Session, b"", zone="Europe/Geneva")) == (Code.ZONE_UNKNOWN, "/zone")
        assert refused(lambda: from_csv(Session, b"", country="XX")) == (Code.COUNTRY_UNKNOWN, "/country")


class Stream:
    """A stream that begins with *head*, and goes on with *piece* many times."""

    def __init__(self, head: bytes, piece: bytes = b"", times: int = 0) -> None:
        self._head = head
        self._piece = piece
        self._left = times

    def read(self, _size: int) -> bytes:
        head, self._head = self._head, b""
        if head or not self._left:
            return head
        self._left -= 1
        return self._piece


class TestHostileTables:
    """Memory is bounded, and each byte is read once."""

    HEAD = b"Name,E-mail\n"

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            (Stream(HEAD + b'"', b"a" * 65_536, 400), [(Code.PAYLOAD_TOO_LARGE, "/lines/2")]),
            (Stream(b'"', b"a" * 65_536, 400), [(Code.PAYLOAD_TOO_LARGE, "/lines/1")]),
            (Stream(b'"', b"a\n" * 32_768, 4), [(Code.ROW_MALFORMED, "/lines/1")]),
            (Stream(b"a," * 400_000), [(Code.TOO_MANY_ITEMS, "/lines/1")]),
            (Stream(b"a," * 1_000_000), [(Code.PAYLOAD_TOO_LARGE, "/lines/1")]),
            (Stream(HEAD + b"A,a@example.org" + b"," * 900_000), []),
            (Stream(HEAD + b"A,'" + b",'" * 400_000), [(Code.CELLS_TOO_MANY, "/lines/2")]),
            (Stream(b"Name,E-mail,needs\nA,a@example.org," + b"|" * 50_000), []),
            (
                Stream(b"Name,E-mail,needs\nA,a@example.org," + b"\\" * 131_000),
                [(Code.VALUE_UNKNOWN, "/lines/2/columns/3")],
            ),
        ],
        ids=range(9),
    )
    def test_a_table_without_end_ends(self, source: Any, found: list[tuple[str, str]]) -> None:
        tracemalloc.start()
        try:
            assert findings(source) == found
            assert tracemalloc.get_traced_memory()[1] < 60_000_000
        finally:
            tracemalloc.stop()

    def test_quotation_marks_are_not_looked_for_again_and_again(self) -> None:
        source = Stream(self.HEAD, b'a","\n' * 13_000, 16)
        found = findings(source, limits=Limits(bytes=100_000))
        assert {code for code, _ in found} <= {Code.PAYLOAD_TOO_LARGE, Code.ROW_MALFORMED}
        assert len(found) < 20
