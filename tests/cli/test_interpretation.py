"""`interpretation`: the plan for an event, in tables, as JSON and as CSV."""

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
from tests.planning.plans import plans
from tests.planning.test_coverage import REMOTE, approved, listens, plan
from tests.rules.samples import DAY, dossier, event, place, session, slot
from wtisd_model.cli.demo import demo_files
from wtisd_model.cli.interpretation import together
from wtisd_model.cli.plan import Plan, as_object, as_text
from wtisd_model.cli.report import FoundError
from wtisd_model.columns.csv import to_csv
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import from_json
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus
from wtisd_model.planning import coverage
from wtisd_model.planning.coverage_rows import CoverageRow

FORUM = event(sessions=(session("opening", floor_languages=("en",)), session("panel", floor_languages=("fr",))))
PEOPLE = (listens("r-1", "fr"), listens("r-2", "en", mode=REMOTE), listens("r-3", "ar", "es"), listens("r-4"))
REQUESTS = (approved("i-1", "en", "fr"), approved("i-2", "fr", "en", delivery=REMOTE))


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

Gaps: people to whom none of their languages comes

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
class TestCommand:
    """Issue: "coverage table, gaps, heads by norm; --json, --csv"."""

    def test_it_shows_tables(self) -> None:
        ended = here(*ASKED)
        assert (ended.code, ended.err) == (0, "")
        assert ended.text == SHOWN

    def test_a_dossier_holds_people_and_requests_itself(self) -> None:
        whole = dossier(*PEOPLE[:2], of=FORUM, requests=REQUESTS)
        Path("dossier.json").write_bytes(to_json(whole))
        Path("more.jsonl").write_bytes(lines(PEOPLE[2:]))
        assert here("interpretation", "dossier.json", "more.jsonl").text == SHOWN

    def test_people_come_from_several_files_packed_or_not_and_from_standard_input(self) -> None:
        Path("one.jsonl").write_bytes(lines(PEOPLE[:1]))
        ended = here(
            "interpretation", "event.json", "one.jsonl", "-", "--requests", "requests.jsonl", stdin=lines(PEOPLE[1:])
        )
        assert (ended.code, ended.text) == (0, SHOWN)

    def test_lines_with_errors_are_left_out_and_told(self) -> None:
        with Path("people.jsonl").open("ab") as file:
            file.write(b'{"@type": "Registration"}\n\xff\n' + to_json(evolve(PEOPLE[0], event_uid="e-2")) + b"\n")
        Path("requests.jsonl").write_bytes(lines(REQUESTS) + b"[]\n")
        ended = here(*ASKED)
        assert (ended.code, ended.text) == (1, SHOWN)
        assert ended.err == (
            "people.jsonl: 2 lines with errors left out; `validate` says what is wrong.\n"
            "people.jsonl: 1 line for another event left out.\n"
            "requests.jsonl: 1 line with errors left out; `validate` says what is wrong.\n"
        )

    def test_json_says_all_of_it(self) -> None:
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

    def test_one_form_at_a_time(self) -> None:
        assert here(*ASKED, "--csv", "--json").code == 2

    def test_standard_input_is_read_once(self) -> None:
        assert here("interpretation", "event.json", "-", "--requests", "-").code == 2

    def test_what_cannot_be_read_is_told(self) -> None:
        assert here("interpretation", "nobody.json").code == 3
        assert here("interpretation", "event.json", "nobody.jsonl").code == 3
        Path("pledge.json").write_bytes(b'{"@type": "Pledge"}')
        assert here("interpretation", "pledge.json").code == 1

    def test_more_than_a_dossier_holds_is_refused(self) -> None:
        with pytest.raises(FoundError) as caught:
            together(dossier(of=FORUM), PEOPLE[:1] * 100_001, ())
        assert caught.value.message.startswith("[too-many-items] at /registrations:")
        assert caught.value.__context__ is None

    def test_names_of_files_do_not_act_on_the_terminal(self) -> None:
        Path("\x1b[2J.jsonl").write_bytes(b"{}\n")
        ended = process("interpretation", "event.json", "\x1b[2J.jsonl")
        assert ended.code == 1
        assert "\x1b" not in ended.err


class TestText:
    """What is shown to people."""

    def test_ranges_and_what_a_norm_says_nothing_of(self) -> None:
        long = event(
            slot=slot("08:00", "20:00"),
            sessions=(session("s", "08:00", "20:00", floor_languages=("en",)),),
        )
        crowd = (listens("a", "ase"), listens("b", "fr"))
        shown = as_text(Plan.of(dossier(*crowd, of=long)))
        assert "s        simultaneous  fr    2 or more            ?  2 or more  2 or more" in shown
        assert "s        sign          ase   2 or more            ?          ?          ?" in shown
        assert "aiic ep un: More hours in a day than" in shown.replace("aiic-canada ", "")
        short = as_text(Plan.of(plan(listens("a", "ase"))))
        assert "s        sign     ase   2 to 3            ?   ?   ?" in short

    def test_where_nothing_is_missing_it_says_so(self) -> None:
        shown = as_text(Plan.of(plan(listens("a", "en"))))
        assert shown.endswith("\n\nGaps: none; everybody who named a language is served.\n")
        assert "Interpreters" not in shown

    def test_where_nothing_takes_place_it_says_so(self) -> None:
        made = dossier(of=event(status=EventStatus.DRAFT))
        assert as_text(Plan.of(made)) == "Nothing to interpret: the event is a draft or cancelled.\n"

    def test_where_nobody_asked_for_anything_that_is_no_good_news(self) -> None:
        nobody = (
            "Nothing to plan: nobody has registered, no floor language is stated, and no interpretation is approved."
        )
        for made in (dossier(of=event()), dossier(of=event(sessions=(session("a"), session("b"))))):
            assert as_text(Plan.of(made)).splitlines() == [
                nobody,
                "Give registrations as JSON Lines, and requests for interpretation with --requests.",
            ]
        unknown = "Gaps: not known; nobody has named a language to listen in.\n"
        for made in (
            dossier(of=event(floor_languages=("en",))),
            dossier(listens("a"), listens("b"), of=event()),
            dossier(of=event(), requests=(approved("i-1", "en", "fr", session_ids=frozenset()),)),
        ):
            assert as_text(Plan.of(made)).startswith("People by session")
            assert as_text(Plan.of(made)).endswith(f"\n\n{unknown}")
        assert unknown not in as_text(Plan.of(dossier(listens("a"), listens("b", "fr"), of=event())))

    def test_an_event_that_is_remote_has_its_interpreters_far_away(self) -> None:
        crowd = (listens("a", "fr", mode=REMOTE),)
        made = event(slot=slot("09:00", "13:00"), floor_languages=("en",), locations=())
        assert "2 or more" in as_text(Plan.of(dossier(*crowd, of=made)))
        on_site = evolve(made, locations=(place(),))
        assert "2 or more" not in as_text(Plan.of(dossier(*crowd, of=on_site)))

    def test_the_event_itself_has_a_name_of_its_own(self) -> None:
        made = dossier(listens("a", "en"), of=event(floor_languages=("en",)))
        assert "(event)  en " in as_text(Plan.of(made))


class TestForms:
    """All three forms say the same of any dossier."""

    @LAW
    @given(plans())
    def test_each_can_be_read_back(self, made: Dossier) -> None:
        shown = Plan.of(made)
        whole = json.loads(as_object(shown))
        table = b"".join(to_csv(CoverageRow, shown.rows)).decode()
        rows = list(csv.DictReader(io.StringIO(table, newline="")))
        expected = [(row.session_id or "", row.language or "", row.missing) for row in coverage(made)]
        assert [(row["session_id"], row["language"], int(row["missing"])) for row in rows] == expected
        missing = sum(each["ways"]["missing"] for place in whole["sessions"] for each in place["languages"])
        assert missing == sum(number for _, _, number in expected)
        assert all(line.isprintable() for line in as_text(shown).splitlines())


class TestDemo:
    """The demo shows both on the reference event, with numbered participants at example.org."""

    def test_its_people_are_made_up(self) -> None:
        made = json.loads(demo_files()["interpretation.json"])
        for each in made["registrations"]:
            assert each["participant"]["name"].startswith("Participant ")
            assert each["participant"]["email"].endswith("@example.org")

    def test_its_plan_is_what_the_program_shows(self, tmp_path: Path) -> None:
        files = demo_files()
        (tmp_path / "interpretation.json").write_bytes(files["interpretation.json"])
        assert here("interpretation", tmp_path / "interpretation.json").out == files["coverage.txt"]

    def test_it_shows_every_way(self) -> None:
        rows = coverage(from_json(Dossier, demo_files()["interpretation.json"]))
        for way in ("floor", "direct", "relay", "sign", "captions", "missing", "unstated"):
            assert sum(getattr(row, way) for row in rows) > 0, way
