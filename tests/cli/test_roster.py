"""`roster`: who interprets what, what is missing and why, and what is wrong in a roster that was changed by hand."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.cli.running import here
from tests.planning.rosters import FORUM, PEOPLE, ROSTER, TERMS, assigned
from tests.samples.small import hours
from wtisd_model import Dossier, Objectives, Roster, TimeSlot, from_json, to_json
from wtisd_model.cli.roster import summary

NOW = ("--now", "2023-04-20T12:00:00Z")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a dossier and interpreters, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("forum.json").write_bytes(to_json(FORUM))
    Path("people.json").write_bytes(to_json(Roster(terms=TERMS, interpreters=PEOPLE)))
    return tmp_path


def proposed(*more: str) -> Roster:
    ended = here("roster", "forum.json", "--interpreters", "people.json", *NOW, *more)
    assert ended.code == 0, ended.err
    return from_json(Roster, ended.out)


class TestProposing:
    """`roster DOSSIER... --interpreters FILE` writes a roster, and says what is missing."""

    def test_it_is_written_and_what_is_missing_is_said_with_the_reason(self) -> None:
        ended = here("roster", "forum.json", "--interpreters", "people.json", *NOW, "-o", "roster.json")
        assert (ended.code, ended.out) == (0, b"")
        made = from_json(Roster, Path("roster.json").read_bytes())
        assert made.terms == TERMS
        assert made.values is not None
        lines = ended.err.splitlines()
        assert lines[0] == "Wrote roster.json."
        short = made.values.heads_short
        assert lines[1] == f"Missing interpreters: {short}. Fewest in any roster: {short}."
        assert "  es: 1 of 2 missing (one, two, Popov, 2023-05-17 14:00). Needed then: 2" in ended.err
        assert "  ru: en not heard (late).\n" in ended.err
        assert lines[-1] == "Proven: no roster is better."

    def test_it_is_said_in_the_language_asked_for(self) -> None:
        ended = here("roster", "forum.json", "--interpreters", "people.json", *NOW, "--language", "fr")
        lines = ended.err.splitlines()
        assert lines[0].startswith("Interprètes manquants\u00a0: ")
        assert "  ru\u00a0: en non entendu (late)." in lines
        assert lines[-1] == "Prouvé\u00a0: aucun planning n'est meilleur."

    def test_booths_and_pivots_that_serve_nobody_are_said(self) -> None:
        Path("booths.csv").write_text("id,room,language\nb-1,popov,fr\n")
        ended = here(
            "roster", "forum.json", "--interpreters", "people.json", "--booths", "booths.csv", "--pivot", "de", *NOW
        )
        assert ended.code == 0
        assert "  en: ar not heard (one, two).\n  es: ar, en not heard (one, two).\n" in ended.err
        assert "[booth-room-unknown] warning at /booths/0/room" in ended.err
        assert "[pivot-not-held] warning at /pivots" in ended.err

    def test_it_is_said_if_no_request_is_approved(self) -> None:
        waiting = [evolve(each, state="requested", team=None, history=()) for each in FORUM.interpretation_requests]
        waiting[0] = waiting[0].withdraw(at=waiting[0].submitted_at)
        Path("forum.json").write_bytes(to_json(evolve(FORUM, interpretation_requests=waiting)))
        ended = here("roster", "forum.json", "--interpreters", "people.json", *NOW, "-o", "roster.json")
        assert (ended.code, ended.err.splitlines()[1]) == (
            0,
            f"No request for interpretation is approved. Waiting for a decision: {len(waiting) - 1}.",
        )

    def test_a_norm_applies_instead_of_the_terms_of_the_file(self) -> None:
        assert proposed("--norm", "un").terms.name == "United Nations"

    def test_an_earlier_roster_is_kept(self) -> None:
        first = proposed()
        Path("first.json").write_bytes(to_json(first))
        ended = here("roster", "forum.json", "--keep", "first.json", *NOW)
        again = from_json(Roster, ended.out)
        assert again.assignments == first.assignments
        assert again.sequence == first.sequence + 1

    def test_people_of_a_file_have_the_terms_of_the_earlier_roster(self) -> None:
        Path("first.json").write_bytes(to_json(evolve(proposed(), terms=evolve(TERMS, name="Later"))))
        assert proposed("--keep", "first.json").terms.name == "Ours"

    def test_booths_may_be_those_of_a_roster(self) -> None:
        Path("booths.json").write_bytes(to_json(evolve(ROSTER, booths=proposed().booths[:1])))
        assert len(proposed("--booths", "booths.json").booths) == 1

    def test_a_table_of_the_assignments_is_written_too(self) -> None:
        made = proposed("--csv", "assignments.csv")
        lines = Path("assignments.csv").read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("id,interpreter_id,name,event_uid,session_id,title,start,end,time_zone,room")
        assert len(lines) == len(made.assignments) + 1
        assert ",Interpreter 3," in lines[1] + "".join(lines)

    def test_interpreters_may_be_a_table(self) -> None:
        Path("people.csv").write_text("id,contact.name,languages\np-3,Interpreter 3,fr:A | en:C\n", encoding="utf-8")
        ended = here("roster", "forum.json", "--interpreters", "people.csv", "--norm", "un", *NOW)
        assert {each.interpreter_id for each in from_json(Roster, ended.out).assignments} == {"p-3"}

    def test_all_wrong_rows_of_a_table_are_reported(self) -> None:
        table = "id,contact.name,languages,Shoes\np-1,Interpreter 1,fr:Z,\np-2,Interpreter 2,fr:A,\np-3,,,\n"
        Path("people.csv").write_text(table, encoding="utf-8")
        ended = here("roster", "forum.json", "--interpreters", "people.csv", "--norm", "un", *NOW)
        assert (ended.code, ended.out) == (1, b"")
        refused = [line.split(":")[0] for line in ended.err.splitlines() if line.startswith("people.csv, ")]
        assert refused == ["people.csv, line 1", "people.csv, line 2", "people.csv, line 4"]
        assert "[column-unsupported] warning at /lines/1/columns/4: " in ended.err
        assert "(line 1, column 4)" in ended.err
        assert "(line 2, column languages)" in ended.err
        assert "no roster is proposed until all rows are good" in ended.err

    def test_costs_in_two_currencies_are_an_error_in_their_file(self) -> None:
        table = "id,languages,cost.amount,cost.currency\np-1,fr:A,900,CHF\np-2,fr:A,900,USD\n"
        Path("people.csv").write_text(table)
        ended = here("roster", "forum.json", "--interpreters", "people.csv", "--norm", "un", *NOW)
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith("people.csv: 1 error\n[currencies-differ] at /interpreters/1/cost/currency: ")

    @pytest.mark.parametrize(("zone", "expected"), [((), "Africa/Lagos"), (("--zone", "Asia/Tokyo"), "Asia/Tokyo")])
    def test_availability_without_a_zone_is_at_the_first_event(self, zone: tuple[str, ...], expected: str) -> None:
        abroad = evolve(
            FORUM.event, uid="e-0", slot=TimeSlot.at("2023-05-17T09:00", "10:00", "Africa/Lagos"), sessions=()
        )
        Path("abroad.json").write_bytes(to_json(Dossier(event=abroad)))
        table = "id,contact.name,languages,available\np-3,Interpreter 3,fr:A,2023-05-16 - 2023-05-18\n"
        Path("people.csv").write_text(table, encoding="utf-8")
        ended = here("roster", "abroad.json", "forum.json", "--interpreters", "people.csv", "--norm", "un", *NOW, *zone)
        (person,) = from_json(Roster, ended.out).interpreters
        assert person.available == (TimeSlot.days("2023-05-16", "2023-05-19", expected),)

    def test_a_table_of_others_is_read_as_convert_reads_it(self) -> None:
        table = "No;Who;Name;Languages;Available\n3;ü;Interpreter 3;fr:A | en:C;16.05.2023 - 18.05.2023\n"
        Path("people.csv").write_text(table, encoding="cp1252")
        ended = here(
            *("roster", "forum.json", "--interpreters", "people.csv", "--norm", "un", *NOW, "--encoding", "cp1252"),
            *("--column", "Who", "base", "--date-format", "%d.%m.%Y"),
        )
        assert ended.err.count("warning") == 0
        (person,) = from_json(Roster, ended.out).interpreters
        assert (person.id, person.base, len(person.available)) == ("3", "ü", 1)

    def test_an_earlier_roster_knows_people_without_ids_again(self) -> None:
        Path("people.csv").write_text("name,languages\nInterpreter 3,fr:A | en:C\n", encoding="utf-8")
        first = proposed("--interpreters", "people.csv", "--norm", "un")
        Path("first.json").write_bytes(to_json(first))
        again = proposed("--interpreters", "people.csv", "--norm", "un", "--keep", "first.json")
        assert again.assignments == first.assignments

    def test_terms_may_be_ones_own(self) -> None:
        terms = json.loads(to_json(Roster(terms=evolve(TERMS, name="Own"))))["terms"]
        Path("terms.json").write_text(json.dumps({"terms": terms}), encoding="utf-8")
        assert proposed("--terms", "terms.json").terms.name == "Own"
        Path("terms.json").write_text("{}", encoding="utf-8")
        ended = here("roster", "forum.json", "--interpreters", "people.json", "--terms", "terms.json", *NOW)
        assert ended.code == 1
        assert "[key-missing]" in ended.err

    def test_the_picture_may_be_of_a_day(self) -> None:
        proposed("--picture", "r.html", "--by", "booths", "--day", "2023-05-18")
        assert "Interpreter 3" not in Path("r.html").read_text(encoding="utf-8")

    @pytest.mark.parametrize(("name", "begin"), [("r.svg", "<svg"), ("r.html", "<!DOCTYPE html>")])
    def test_a_picture_is_drawn_too(self, name: str, begin: str) -> None:
        proposed("--picture", name, "--by", "booths")
        assert Path(name).read_text(encoding="utf-8").startswith(begin)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--norm", "un"), "--interpreters FILE"),
            (("--interpreters", "people.json", "--picture", "r.png"), "ends with .svg or .html"),
            (("--interpreters", "people.json", "--norm", "un", "--terms", "people.json"), "exclude each other"),
            (("--interpreters", "people.json", "--column", "No", "id"), "--column does not apply to a roster in JSON"),
            (("--interpreters", "people.json", "--zone", "Mars/X"), "--zone does not apply to interpreters in JSON"),
            (("--keep", "people.json", "--zone", "Mars/X"), "--zone does not apply to interpreters in JSON"),
            (("--interpreters", "people.csv", "--column", "No=id", "--norm", "un"), "--column No id"),
            (("--interpreters", "people.json", "--pivot", "zzzz"), "[language-unknown]"),
            (("--check", "people.json", "--keep", "people.json"), "--keep does not apply to --check"),
            (("--interpreters", "people.json", "--out", "forum.json"), "it would be lost"),
            (("--interpreters", "people.json", "--csv", "-"), "--csv needs the name of a file"),
            (("--interpreters", "people.csv", "--norm", "un", "--zone", "Nowhere"), "[zone-unknown]"),
        ],
    )
    def test_what_does_not_go_together_is_a_usage_error(self, arguments: tuple[str, ...], said: str) -> None:
        Path("people.csv").write_text("id,languages\np-3,fr:A\n", encoding="utf-8")
        ended = here("roster", "forum.json", *arguments)
        assert ended.code == 2
        assert said in ended.err

    def test_a_table_needs_terms(self) -> None:
        Path("people.csv").write_text("id,contact.name,languages\np-3,Interpreter 3,fr:A | en:C\n", encoding="utf-8")
        ended = here("roster", "forum.json", "--interpreters", "people.csv")
        assert ended.code == 2
        assert "--norm un" in ended.err

    def test_without_the_solver_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "highspy", None)
        ended = here("roster", "forum.json", "--interpreters", "people.json")
        assert ended.code == 3
        assert "wtisd-model[roster]" in ended.err


class TestChecking:
    """`roster DOSSIER... --check FILE` reports what is wrong, and changes nothing."""

    def test_a_proposal_has_no_errors(self) -> None:
        Path("roster.json").write_bytes(to_json(proposed()))
        ended = here("roster", "forum.json", "--check", "roster.json", *NOW)
        assert (ended.code, ended.err) == (0, "")

    def test_findings_are_those_of_check_at_their_lines(self) -> None:
        twice = evolve(ROSTER, assignments=[assigned(3, "fr", "late"), assigned(3, "fr", "late", id="a-2")])
        Path("roster.json").write_bytes(to_json(twice))
        ended = here("roster", "forum.json", "--check", "roster.json", *NOW, "--picture", "r.svg", "--csv", "a.csv")
        assert ended.code == 1
        assert "[interpreter-double-booked] at /assignments/1" in ended.text
        assert "line 1" in ended.text
        assert Path("r.svg").exists()
        assert Path("a.csv").read_text(encoding="utf-8").splitlines()[2].startswith("a-2,p-3,Interpreter 3,e-1,late")

    def test_an_event_that_is_given_twice_is_a_usage_error(self) -> None:
        Path("roster.json").write_bytes(to_json(ROSTER))
        ended = here("roster", "forum.json", "forum.json", "--check", "roster.json", *NOW)
        assert ended.code == 2
        assert "[item-repeated]" in ended.err

    def test_the_picture_has_no_offer_that_has_expired(self) -> None:
        offer = assigned(3, "fr", "late", expires_at=hours(1000))
        Path("roster.json").write_bytes(to_json(evolve(ROSTER, assignments=[offer])))
        for now, is_drawn in (("2023-04-20T12:00:00Z", True), ("2023-06-20T12:00:00Z", False)):
            here("roster", "forum.json", "--check", "roster.json", "--now", now, "--picture", "r.svg", "--by", "booths")
            assert ("Interpreter 3" in Path("r.svg").read_text(encoding="utf-8")) == is_drawn

    def test_what_is_no_roster_is_an_error(self) -> None:
        Path("roster.json").write_text('{"@type": "Roster"}', encoding="utf-8")
        ended = here("roster", "forum.json", "--check", "roster.json", "--picture", "r.svg", "--csv", "a.csv")
        assert ended.code == 1
        assert "[key-missing] at /terms" in ended.text
        assert not Path("a.csv").exists()
        assert not Path("r.svg").exists()


class TestOtherCommands:
    """What other commands do with a roster."""

    def test_check_says_what_checks_a_roster(self) -> None:
        ended = here("check", "people.json")
        assert ended.code == 2
        assert "roster DOSSIER --check people.json" in ended.err

    @pytest.mark.parametrize(
        ("kind", "number"), [("interpreter", len(PEOPLE)), ("booth", 0), ("assignment", len(ROSTER.assignments))]
    )
    def test_convert_writes_tables_of_a_roster(self, kind: str, number: int) -> None:
        Path("roster.json").write_bytes(to_json(ROSTER))
        ended = here("convert", "roster.json", "--to", "csv", "--as", kind)
        assert ended.code == 0, ended.err
        assert ended.text.startswith("id,")
        assert len(ended.text.splitlines()) == number + 1

    def test_what_only_a_roster_has_is_no_document(self) -> None:
        for file, target in (("people.json", "json"), ("people.csv", "csv")):
            ended = here("convert", file, "--to", target, "--as", "interpreter")
            assert ended.code == 2
            assert "--to csv of a roster in JSON" in ended.err
            assert "--interpreters" in ended.err


class TestSummary:
    """What a coordinator reads below a proposal."""

    def lines(self, bounds: dict[str, Any], **values: int) -> list[str]:
        made = evolve(ROSTER, values=Objectives(**values), bounds=Objectives(**bounds))
        return [*summary(made, [FORUM], "en")]

    def test_nobody_is_missing(self) -> None:
        assert self.lines({})[0] == "Nobody is missing. Assignments: 12."

    def test_without_bounds_it_is_said_that_not_all_rosters_were_tried(self) -> None:
        assert self.lines({})[-1] == "Not proven: a better roster may exist. Not all rosters were tried."
        assert self.lines({"heads_short": 1}, heads_short=2)[-1] == "Not proven: a better roster may exist."

    def test_what_is_not_proven_is_not_claimed(self) -> None:
        assert self.lines({"heads_short": 1}, heads_short=2)[0] == ("Missing interpreters: 2. Fewest in any roster: 1.")
        assert self.lines({}, heads_short=1)[0] == "Missing interpreters: 1."

    def test_relays_retours_and_changes_are_counted(self) -> None:
        assert self.lines({}, relays=1, retours=2, changes=1)[1:-1] == [
            "Floor languages heard by relay: 1.",
            "Work by retour: 2.",
            "Earlier seats lost: 1.",
        ]
