"""`interpretation`: plans for people, as JSON and as CSV."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given

from tests.cli.running import here, process
from tests.hypothesis_profiles import LAW
from tests.planning.listeners import ON_SITE, REMOTE, approved, listens, plan
from tests.planning.plans import plans
from tests.samples.small import DAY, dossier, event, session, slot
from wtisd_model import (
    AttendanceMode,
    Dossier,
    EventStatus,
    InterpretationRequest,
    Outcome,
    ParticipationMode,
    Registration,
    from_json,
    to_csv,
    to_json,
)
from wtisd_model.cli.demo import demo_files
from wtisd_model.cli.interpretation_plan import plan_object, plan_text
from wtisd_model.planning import coverage
from wtisd_model.planning.results import CoverageRow

FORUM = event(sessions=(session("opening", floor_languages=("en",)), session("panel", floor_languages=("fr",))))
PEOPLE = (listens("r-1", "fr"), listens("r-2", "en", mode=REMOTE), listens("r-3", "ar", "es"), listens("r-4"))
REQUESTS = (approved("i-1", "en", "fr"), approved("i-2", "fr", "en", delivery=AttendanceMode.REMOTE))


def lines(things: Iterable[Registration | InterpretationRequest]) -> bytes:
    return b"".join(to_json(each) + b"\n" for each in things)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an event, people and requests, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "event.json").write_bytes(to_json(FORUM))
    (tmp_path / "people.jsonl").write_bytes(lines(PEOPLE))
    (tmp_path / "requests.jsonl").write_bytes(lines(REQUESTS))
    return tmp_path


ASKED = ("interpretation", "event.json", "people.jsonl", "--requests", "requests.jsonl")

SHOWN = """\
People by session, language and the way in which it comes to them

session  language      floor  direct  relay  sign  captions  missing  unstated
opening  ar                .       .      .     .         .        1         .
opening  en                1       .      .     .         .        .         .
opening  fr                .       1      .     .         .        .         .
opening  (none named)      .       .      .     .         .        .         1
panel    ar                .       .      .     .         .        1         .
panel    en                .       1      .     .         .        .         .
panel    fr                1       .      .     .         .        .         .
panel    (none named)      .       .      .     .         .        .         1

Gaps: people whom none of their languages reaches

session  language  on-site  remote
opening  ar              1       .
panel    ar              1       .

Interpreters by norm, for what is interpreted and what is missing

session  service       into   aiic  aiic-canada  ep  un
opening  simultaneous  ar fr     4            6   4   5
panel    simultaneous  ar en     4            6   4   5

What the norms leave open

un: The norm is for a meeting in six languages; its number for each booth is used for a smaller one.
"""


@pytest.mark.usefixtures("folder")
class TestInterpretation:
    """Issue: "coverage table, gaps, heads by norm; --json, --csv"."""

    def test_it_shows_tables(self) -> None:
        ended = here(*ASKED)
        assert (ended.code, ended.err) == (0, "")
        assert ended.text == SHOWN

    def test_the_people_and_requests_of_a_dossier_count(self) -> None:
        whole = dossier(*PEOPLE[:2], of=FORUM, requests=REQUESTS)
        Path("dossier.json").write_bytes(to_json(whole))
        Path("more.jsonl").write_bytes(lines(PEOPLE[2:]))
        assert here("interpretation", "dossier.json", "more.jsonl").text == SHOWN

    def test_people_can_be_in_several_files_and_in_standard_input(self) -> None:
        Path("one.jsonl").write_bytes(lines(PEOPLE[:1]))
        ended = here(
            "interpretation", "event.json", "one.jsonl", "-", "--requests", "requests.jsonl", stdin=lines(PEOPLE[1:])
        )
        assert (ended.code, ended.text) == (0, SHOWN)

    def test_lines_with_errors_are_left_out_and_counted(self) -> None:
        with Path("people.jsonl").open("ab") as file:
            file.write(b'{"@type": "Registration"}\n\xff\n' + to_json(evolve(PEOPLE[0], event_uid="e-2")) + b"\n")
        Path("requests.jsonl").write_bytes(lines(REQUESTS) + b"[]\n")
        ended = here(*ASKED)
        assert (ended.code, ended.text) == (1, SHOWN)
        assert ended.err == (
            "people.jsonl: left out 2 lines with errors; `validate` reports them.\n"
            "people.jsonl: left out 1 line for another event.\n"
            "requests.jsonl: left out 1 line with errors; `validate` reports them.\n"
        )

    def test_a_team_of_several_sittings_has_its_rest_in_minutes(self, folder: Path) -> None:
        hours = slot("09:00", "18:00")
        day = event(slot=hours, sessions=(session("day", "09:00", "18:00", floor_languages=("en",)),))
        (folder / "day.json").write_bytes(to_json(day))
        (folder / "requests.jsonl").write_bytes(lines([approved("i-1", "en", "fr")]))
        ended = here("interpretation", "day.json", "people.jsonl", "--requests", "requests.jsonl", "--json")
        (planned,) = json.loads(ended.out)["sessions"]
        assert planned["teams"]
        assert {(each["sittings"], each["restMinutes"]) for each in planned["teams"]} == {(3, 90)}

    def test_json_has_the_whole_plan(self) -> None:
        ended = here(*ASKED, "--json")
        assert ended.out.isascii()
        assert ended.out.endswith(b"}\n")
        whole = json.loads(ended.out)
        opening = whole["sessions"][0]
        assert whole["eventUid"] == "e-1"
        assert opening["sessionId"] == "opening"
        assert opening["slot"] == {
            "start": f"{DAY}T14:30:00",
            "end": f"{DAY}T15:00:00",
            "timeZone": "Europe/Zurich",
        }
        assert (opening["people"], opening["unstated"]) == ({"onSite": 3, "remote": 1}, {"onSite": 1, "remote": 0})
        arabic = opening["languages"][0]
        assert (arabic["language"], arabic["missing"]) == ("ar", {"onSite": 1, "remote": 0})
        assert [(each["norm"], each.get("heads")) for each in opening["teams"]] == [
            ("aiic", 4),
            ("aiic-canada", 6),
            ("ep", 4),
            ("un", 5),
        ]
        assert opening["teams"][1]["published"] == "2014-09-03"
        assert [(each["sittings"], each.get("restMinutes")) for each in opening["teams"]] == [(1, None)] * 4

    def test_json_has_the_rest_between_two_sittings(self) -> None:
        long = dossier(listens("r-1", "fr"), of=event(slot=slot("09:00", "13:30"), floor_languages=("en",)))
        (whole,) = json.loads(json.dumps(plan_object(long)))["sessions"]
        assert [(each["sittings"], each["restMinutes"]) for each in whole["teams"]] == [(2, 90)] * 4

    def test_csv_is_the_table(self) -> None:
        ended = here(*ASKED, "--csv")
        rows = list(csv.reader(io.StringIO(ended.text, newline="")))
        assert ended.text.endswith("\r\n")
        assert rows[0] == [
            *("session_id", "language", "offered"),
            *("floor", "direct", "relay", "sign", "captions", "missing", "unstated"),
        ]
        assert rows[1] == ["opening", "ar", "", "0", "0", "0", "0", "0", "1", "0"]
        assert rows[4] == ["opening", "", "", "0", "0", "0", "0", "0", "0", "1"]

    def test_json_and_csv_exclude_each_other(self) -> None:
        assert here(*ASKED, "--csv", "--json").code == 2

    def test_standard_input_is_read_once(self) -> None:
        assert here("interpretation", "event.json", "-", "--requests", "-").code == 2

    def test_files_that_cannot_be_read_are_errors(self) -> None:
        assert here("interpretation", "nobody.json").code == 3
        assert here("interpretation", "event.json", "nobody.jsonl").code == 3
        Path("pledge.json").write_bytes(b'{"@type": "Pledge"}')
        assert here("interpretation", "pledge.json").code == 1

    def test_more_than_a_dossier_holds_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        many = [Outcome(value=PEOPLE[0])] * 100_001
        monkeypatch.setattr("wtisd_model.cli.jsonl.outcomes_of", lambda _cls, _parts: iter(many))
        ended = here(*ASKED[:3])
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith("[too-many-items] at /registrations:")

    def test_control_characters_in_file_names_are_escaped(self) -> None:
        Path("\x1b[2J.jsonl").write_bytes(b"{}\n")
        ended = process("interpretation", "event.json", "\x1b[2J.jsonl")
        assert ended.code == 1
        assert "\x1b" not in ended.err


class TestInterpretationText:
    """The text for people."""

    def test_team_sizes_can_be_ranges_or_unknown(self) -> None:
        long = event(
            slot=slot("08:00", "20:00"),
            sessions=(session("s", "08:00", "20:00", floor_languages=("en",)),),
        )
        crowd = (listens("a", "ase"), listens("b", "fr"))
        shown = plan_text(dossier(*crowd, of=long))
        assert "s        simultaneous  fr    2 or more            ?  2 or more  2 or more" in shown
        assert "s        sign          ase   2 or more            ?          ?          ?" in shown
        assert "aiic ep un: More hours in a day than" in shown.replace("aiic-canada ", "")
        short = plan_text(plan(listens("a", "ase")))
        assert "s        sign     ase   2 to 3            ?   ?   ?" in short

    def test_there_may_be_no_gaps(self) -> None:
        shown = plan_text(plan(listens("a", "en")))
        assert shown.endswith("\n\nGaps: none; everybody who named a language is served.\n")
        assert "Interpreters" not in shown

    def test_a_draft_needs_no_interpretation(self) -> None:
        made = dossier(of=event(status=EventStatus.DRAFT))
        assert plan_text(made) == "Nothing to interpret: the event is a draft or cancelled.\n"

    def test_gaps_are_unknown_without_registrations(self) -> None:
        nobody = (
            "Nothing to plan: nobody has registered, no floor language is stated, and no interpretation is approved."
        )
        for made in (dossier(of=event()), dossier(of=event(sessions=(session("a"), session("b"))))):
            assert plan_text(made).splitlines() == [
                nobody,
                "Pass registrations as JSON Lines, and requests for interpretation with --requests.",
            ]
        unknown = "Gaps: unknown; nobody has named a language to listen in.\n"
        for made in (
            dossier(of=event(floor_languages=("en",))),
            dossier(listens("a"), listens("b"), of=event()),
            dossier(of=event(), requests=(approved("i-1", "en", "fr", session_ids=frozenset()),)),
        ):
            assert plan_text(made).startswith("People by session")
            assert plan_text(made).endswith(f"\n\n{unknown}")
        assert unknown not in plan_text(dossier(listens("a"), listens("b", "fr"), of=event()))

    @pytest.mark.parametrize(("at", "longer"), [(None, False), (ON_SITE, False), (REMOTE, True)])
    def test_remote_interpreters_are_more_people_on_a_long_day(
        self, at: ParticipationMode | None, *, longer: bool
    ) -> None:
        crowd = (listens("a", "fr", mode=REMOTE),)
        made = event(slot=slot("09:00", "13:00"), floor_languages=("en",), locations=())
        asked = approved("i-1", "en", "fr", delivery=AttendanceMode.REMOTE, interpreters_at=at)
        assert ("2 or more" in plan_text(dossier(*crowd, of=made, requests=(asked,)))) is longer
        assert "2 or more" not in plan_text(dossier(*crowd, of=made))

    def test_tags_that_name_no_language_get_no_interpreters(self) -> None:
        # check reports them; a document that an earlier release wrote has a plan nevertheless.
        crowd = (listens("a", "zxx"), listens("b", "fr"))
        shown = plan_text(dossier(*crowd, of=event(floor_languages=("mul",))))
        assert "(event)  simultaneous  fr " in shown
        assert plan_text(dossier(*crowd[:1], of=event(floor_languages=("mul",)))).count("simultaneous") == 0

    def test_an_event_without_sessions_is_a_row(self) -> None:
        made = dossier(listens("a", "en"), of=event(floor_languages=("en",)))
        assert "(event)  en " in plan_text(made)


class TestInterpretationForms:
    """Text, JSON and CSV agree."""

    @LAW
    @given(plans())
    def test_each_can_be_read_back(self, made: Dossier) -> None:
        whole = json.loads(json.dumps(plan_object(made)))
        table = b"".join(to_csv(CoverageRow, coverage(made))).decode()
        rows = list(csv.DictReader(io.StringIO(table, newline="")))
        expected = [(row.session_id or "", row.language or "", row.missing) for row in coverage(made)]
        assert [(row["session_id"], row["language"], int(row["missing"])) for row in rows] == expected
        missing = sum(each["ways"]["missing"] for place in whole["sessions"] for each in place["languages"])
        assert missing == sum(number for _, _, number in expected)
        assert all(line.isprintable() for line in plan_text(made).splitlines())


class TestDemo:
    """The demo shows both on the reference event, with numbered participants at example.org."""

    def test_its_people_are_made_up(self) -> None:
        made = json.loads(demo_files()["interpretation.json"])
        for each in made["registrations"]:
            assert each["participant"]["name"].startswith("Participant ")
            assert each["participant"]["email"].endswith("@example.org")

    def test_its_plan_is_that_of_the_command(self, tmp_path: Path) -> None:
        files = demo_files()
        (tmp_path / "interpretation.json").write_bytes(files["interpretation.json"])
        assert here("interpretation", tmp_path / "interpretation.json").out == files["coverage.txt"]

    def test_it_has_people_in_every_column(self) -> None:
        rows = coverage(from_json(Dossier, demo_files()["interpretation.json"]))
        for way in ("floor", "direct", "relay", "sign", "captions", "missing", "unstated"):
            assert sum(getattr(row, way) for row in rows) > 0, way
