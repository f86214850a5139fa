"""`page`: a folder that can be published."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from tests.cli.running import here
from tests.planning.listeners import approved, plan
from tests.samples.whole import AT, event
from wtisd_model import Dossier, EventStatus, LocalizedText, Theme, to_html, to_ical, to_json, wtisd_23
from wtisd_model.page import calendar_files, overview

STAMPED = ("--stamped", "2023-04-12T00:00:00Z")


class TestSeveralEvents:
    """`page EVENT... --name TEXT`: a page that lists them, one calendar, and a folder for each."""

    def test_the_folder_has_all_that_its_pages_link_to(self, tmp_path: Path) -> None:
        early, dossier = evolve(wtisd_23(), updated=AT), Dossier(event=evolve(event(), uid="b@example.org", updated=AT))
        (tmp_path / "early event.json").write_bytes(to_json(early))
        (tmp_path / "b.json").write_bytes(to_json(dossier))
        site = tmp_path / "site"
        ended = here("page", tmp_path / "early event.json", tmp_path / "b.json", "--out", site, "--name", "Ours")
        assert (ended.code, ended.err) == (0, "")
        called = LocalizedText("Ours", "fr")
        pages = {early.uid: "./early%20event/index.html", "b@example.org": "./b/index.html"}
        expected = overview([early, dossier], name=called, pages=pages, calendar="events.ics", language="fr")
        assert (site / "index.html").read_bytes() == expected
        assert (site / "events.ics").read_bytes() == to_ical([early, dossier], name=called, language="fr")
        assert (site / "b" / "index.html").read_bytes() == to_html(dossier, language="fr")
        assert {each.name for each in (site / "early event").iterdir()} == {"index.html", "event.ics"}

    def test_each_language_has_its_own(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_bytes(to_json(wtisd_23()))
        site, languages = tmp_path / "site", ("--language", "fr", "--language", "en")
        ended = here("page", tmp_path / "a.json", "--out", site, "--name", "Ours", *languages)
        assert (ended.code, ended.text) == (0, f"Wrote 8 files into {site}.\n")
        listed, own = (site / "en" / "index.html").read_text(), (site / "en" / "a" / "index.html").read_text()
        assert 'hreflang="fr" href="../index.html"' in listed
        assert 'hreflang="fr" href="../../a/index.html"' in own
        assert 'href="./a/index.html"' in listed

    def test_events_without_an_update_are_stamped_now(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_bytes(to_json(wtisd_23()))
        assert here("page", tmp_path / "a.json", "--out", tmp_path, "--name", "Ours", *STAMPED).code == 0
        assert b"DTSTAMP:20230412T000000Z" in (tmp_path / "events.ics").read_bytes()

    def test_what_cannot_be_told_apart_is_a_usage_error(self, tmp_path: Path) -> None:
        given = to_json(wtisd_23())
        (tmp_path / "x").mkdir()
        for name in ("a.json", "A.json", "fr.json", "x/a.json"):
            (tmp_path / name).write_bytes(given)
        out, a = ("--out", tmp_path / "site"), tmp_path / "a.json"
        own = "With --name, each event needs a file with a name of its own: its pages get that name."
        for arguments, said in (
            ((a, tmp_path / "x" / "a.json"), "Several events need --name TEXT, the title of the page that lists them."),
            ((a, tmp_path / "x" / "a.json", "--name", "Ours"), own),
            ((a, tmp_path / "A.json", "--name", "Ours"), own),
            ((a, tmp_path / "fr.json", "--name", "Ours", "--language", "en", "--language", "fr"), own),
            (("-", "--name", "Ours"), own),
        ):
            ended = here("page", *arguments, *out, stdin=given)
            assert (ended.code, ended.err.splitlines()[-1]) == (2, f"Error: {said}")

    @pytest.mark.parametrize("stem", ["index.html", "events.ics", "EVENTS.ics", "Fe\u0301te"])
    def test_a_name_that_is_taken_is_a_usage_error(self, tmp_path: Path, stem: str) -> None:
        """Some systems take names for one that differ in case or in the form of an accent."""
        given, out = (tmp_path / f"{stem}.json", tmp_path / "f\xe9te.json"), tmp_path / "site"
        ended = here("page", *given, "--out", out, "--name", "Ours")
        assert (ended.code, out.exists()) == (2, False)
        assert ended.err.endswith("each event needs a file with a name of its own: its pages get that name.\n")

    @pytest.mark.parametrize(
        "stem",
        ["..", ".", ".git", "a.", "a ", " a", "a:b", "a\\b", "a\nb", "\udcff", "CON", "nul.x", "com1", "a\u202eb"],
    )
    def test_a_name_that_is_no_folder_on_every_system_is_a_usage_error(self, tmp_path: Path, stem: str) -> None:
        out = tmp_path / "o" / "site"
        ended = here("page", tmp_path / "a.json", tmp_path / f"{stem}.json", "--out", out, "--name", "Ours")
        assert (ended.code, [*tmp_path.iterdir()]) == (2, [])
        assert ended.err.endswith(".json, which not every system takes for a folder.\n")

    def test_other_names_are_those_of_folders(self, tmp_path: Path) -> None:
        for number, stem in enumerate(("Événement 2027", "conference", "a.b", "com10", "会议")):
            (tmp_path / f"{stem}.json").write_bytes(to_json(evolve(wtisd_23(), uid=f"{number}@example.org")))
        ended = here("page", *tmp_path.glob("*.json"), "--out", tmp_path / "site", "--name", "Ours", *STAMPED)
        assert (ended.code, ended.err) == (0, "")
        assert (tmp_path / "site" / "会议" / "index.html").exists()

    def test_a_refusal_names_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_bytes(to_json(wtisd_23()))
        (tmp_path / "b.json").write_bytes(to_json(wtisd_23()))
        both = (tmp_path / "a.json", tmp_path / "b.json")
        ended = here("page", *both, "--out", tmp_path / "site", "--name", "Ours")
        assert ended.code == 1
        assert ended.err.startswith(f"{both[0]}, {both[1]}: 1 error\n[uid-repeated] at /1/uid:")
        (tmp_path / "b.json").write_bytes(to_json(evolve(wtisd_23(), status=EventStatus.DRAFT, history=())))
        ended = here("page", *both, "--out", tmp_path / "site", "--name", "Ours")
        assert ended.err.startswith(f"{both[1]}: 1 error\n[event-without-slot] at /status:")
        assert not (tmp_path / "site").exists()


class TestPage:
    """All that the page links to is in the folder."""

    def test_the_folder_has_each_file_that_the_page_links_to(self, tmp_path: Path) -> None:
        given = to_json(event())
        ended = here("page", "-", "--out", tmp_path / "site", "--as", "event", *STAMPED, stdin=given)
        assert (ended.code, ended.err) == (0, "")
        names = {each.name for each in (tmp_path / "site").iterdir()}
        assert ended.text == f"Wrote {len(names)} files into {tmp_path / 'site'}.\n"
        page = (tmp_path / "site" / "index.html").read_bytes()
        assert page == to_html(event())
        assert {*re.findall(r'href="([^"/#]+\.ics)"', page.decode())} == names - {"index.html"}
        assert all(
            (tmp_path / "site" / name).read_bytes().startswith(b"BEGIN:VCALENDAR") for name in names - {"index.html"}
        )
        again = here("page", "-", "--out", tmp_path / "site", "--as", "event", *STAMPED, stdin=given)
        assert f"{len(names)} files" in again.text
        assert "replac" in again.text

    def test_files_of_sessions_that_are_gone_are_named(self, tmp_path: Path) -> None:
        for name in ("session-gone.ics", "session-S-1.ics", "sessions.ics"):
            (tmp_path / name).write_text("")
        given = to_json(event())
        ended = here("page", "-", "--out", tmp_path, "--as", "event", *STAMPED, stdin=given)
        assert ended.code == 0
        assert ended.err == (
            f"{tmp_path / 'session-gone.ics'}: warning: no session of the page has this calendar file; delete it.\n"
        )
        assert (tmp_path / "session-gone.ics").exists()

    @pytest.mark.parametrize("name", ["index.html", "event.ics", "session-s-1.ics"])
    def test_it_does_not_replace_what_it_reads(self, tmp_path: Path, name: str) -> None:
        given = to_json(event())
        (tmp_path / name).write_bytes(given)
        ended = here("page", tmp_path / name, "--out", tmp_path, *STAMPED)
        assert (ended.code, ended.out) == (2, b"")
        assert "--out names a file that is read; it would be lost." in ended.err
        assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(name, given)]

    def test_the_page_is_replaced_only_with_the_files_that_it_links_to(self, tmp_path: Path) -> None:
        (tmp_path / "session-s-1.ics").mkdir()
        (tmp_path / "index.html").write_text("older")
        ended = here("page", "-", "--out", tmp_path, *STAMPED, stdin=to_json(event()))
        assert ended.code == 3
        assert (tmp_path / "index.html").read_text() == "older"

    def test_the_options_are_those_of_to_html(self, tmp_path: Path) -> None:
        options = ("--language", "fr", "--zone", "Asia/Tokyo", "--accent", "#990000", "--notice", "Salle changée")
        ended = here("page", "-", "--out", tmp_path, *options, stdin=to_json(wtisd_23()))
        assert ended.code == 0
        assert (tmp_path / "index.html").read_bytes() == to_html(
            wtisd_23(), language="fr", zone="Asia/Tokyo", theme=Theme(accent="#990000"), notice="Salle changée"
        )

    def test_pages_in_several_languages_lead_to_each_other(self, tmp_path: Path) -> None:
        languages = ("--language", "fr", "--language", "ar", "--language", "en", "--language", "fr")
        (tmp_path / "ar").mkdir()
        (tmp_path / "ar" / "session-gone.ics").write_text("")
        ended = here("page", "-", "--out", tmp_path, *languages, "--notice", "Salle changée", stdin=to_json(wtisd_23()))
        assert ended.code == 0
        assert ended.text == f"Wrote 6 files into {tmp_path}.\n"
        assert "session-gone.ics" in ended.err
        addresses = {
            "fr": {"fr": "index.html", "ar": "ar/index.html", "en": "en/index.html"},
            "ar": {"fr": "../index.html", "ar": "index.html", "en": "../en/index.html"},
        }
        assert (tmp_path / "index.html").read_bytes() == to_html(
            wtisd_23(), language="fr", notice="Salle changée", alternates=addresses["fr"]
        )
        assert (tmp_path / "ar" / "index.html").read_bytes() == to_html(
            wtisd_23(), language="ar", notice=LocalizedText("Salle changée", "fr"), alternates=addresses["ar"]
        )
        assert {each.name for each in (tmp_path / "en").iterdir()} == {"index.html", "event.ics"}

    def test_calendars_are_stamped_with_the_last_update(self, tmp_path: Path) -> None:
        given = evolve(event(), updated=AT)
        assert here("page", "-", "--out", tmp_path, "--as", "event", stdin=to_json(given)).code == 0
        assert (tmp_path / "event.ics").read_bytes() == calendar_files(given)["event.ics"]

    def test_the_calendar_files_of_a_dossier_say_what_is_interpreted(self, tmp_path: Path) -> None:
        given = plan(requests=(approved("i", "en", "fr"),))
        ended = here("page", "-", "--out", tmp_path, "--as", "dossier", *STAMPED, stdin=to_json(given))
        assert ended.code == 0
        written = {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.suffix == ".ics"}
        assert written == calendar_files(given, stamped=datetime(2023, 4, 12, tzinfo=UTC))
        assert b"Interpretation: into French" in written["session-s.ics"]

    def test_a_draft_is_refused_where_it_is(self, tmp_path: Path) -> None:
        draft = evolve(event(), status=EventStatus.DRAFT, history=())
        for kind, given, where in (("event", draft, "/status"), ("dossier", Dossier(event=draft), "/event/status")):
            ended = here("page", "-", "--out", tmp_path, "--as", kind, stdin=to_json(given))
            assert ended.code == 1
            assert f"[event-without-slot] at {where}" in ended.err
        assert not [*tmp_path.iterdir()]

    @pytest.mark.parametrize(
        ("option", "code"),
        [("--accent", "color-malformed"), ("--zone", "zone-unknown"), ("--language", "language-unknown")],
    )
    def test_a_wrong_option_is_a_usage_error(self, tmp_path: Path, option: str, code: str) -> None:
        ended = here("page", "-", "--out", tmp_path, option, "?", stdin=to_json(wtisd_23()))
        assert ended.code == 2
        assert f"[{code}]" in ended.err
