"""`picture`: pictures as files."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cli.running import here
from tests.markup.reading import read_html, read_xml
from tests.samples.whole import dossier, event, registration
from wtisd_model import Dimension, Dossier, to_json
from wtisd_model.planning.results import RegistrationDimension


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an event and a dossier, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("event.json").write_bytes(to_json(event()))
    Path("dossier.json").write_bytes(to_json(dossier()))
    Path("registration.json").write_bytes(to_json(registration()))
    return tmp_path


def _alternatives(words: Iterable[str]) -> str:
    *most, last = sorted(words)
    return f"{', '.join(most)} or {last}"


@pytest.mark.usefixtures("folder")
class TestTimetable:
    """The ending of the file says which form the picture has."""

    @pytest.mark.parametrize("file", ["event.json", "dossier.json"])
    def test_it_writes_svg_and_html(self, file: str) -> None:
        for out, read in (("a.svg", read_xml), ("a.html", read_html)):
            ended = here("picture", "timetable", file, "--out", out)
            assert (ended.code, ended.out, ended.err) == (0, b"", f"Wrote {out}.\n")
            assert read(Path(out).read_text(encoding="utf-8")).tag in {"svg", "html"}

    def test_options_are_those_of_the_function(self) -> None:
        chosen = ("--language", "ar", "--zone", "Asia/Tokyo", "--day", "2023-05-17", "--accent", "#aa0000")
        assert here("picture", "timetable", "event.json", "--out", "a.svg", *chosen).code == 0
        written = Path("a.svg").read_text(encoding="utf-8")
        assert 'lang="ar"' in written
        assert "Asia/Tokyo" in written
        assert "#aa0000" in written

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("event.json", "--out", "a.png"), "--out needs the name of a file that ends with .svg or .html."),
            (("event.json", "--out", "-"), "--out needs the name of a file that ends with .svg or .html."),
            (("event.json", "--out", "a.svg", "--zone", "CEST"), "[zone-unknown] at /zone:"),
            (("event.json", "--out", "a.svg", "--day", "today"), "[date-unreadable] at /day:"),
            (("event.json", "--out", "a.svg", "--day", "2023-06-17"), "[value-unknown] at /day:"),
            (("event.json", "--out", "a.svg", "--language", "x"), "[language-unknown] at /language:"),
            (("event.json", "--out", "a.svg", "--accent", "blue"), "[color-malformed] at /accent:"),
        ],
    )
    def test_wrong_options_are_refused(self, arguments: tuple[str, ...], message: str) -> None:
        ended = here("picture", "timetable", *arguments)
        assert ended.code == 2
        assert message in ended.err
        assert not list(Path().glob("a.*"))

    def test_an_option_of_another_kind_is_refused(self) -> None:
        ended = here("picture", "timetable", "event.json", "--out", "a.svg", "--by", "country")
        assert ended.code == 2
        assert "Error: --by does not apply to timetable." in ended.err

    @pytest.mark.parametrize("kind", ["registrations", "pledges"])
    def test_groups_need_a_property(self, kind: str) -> None:
        ended = here("picture", kind, "dossier.json", "--out", "a.svg")
        assert ended.code == 2
        assert f"Error: {kind} needs --by, such as --by country." in ended.err

    def test_the_help_lists_the_properties(self) -> None:
        shown = " ".join(here("picture", "--help").text.split()).replace("- ", "-")  # broken after hyphens too
        assert f"registrations: {_alternatives(RegistrationDimension)}." in shown
        assert f"pledges: {_alternatives(Dimension)}." in shown

    def test_seats_are_shown_on_request(self) -> None:
        for options, shown in (((), False), (("--seats",), True)):
            assert here("picture", "timetable", "dossier.json", "--out", "a.html", *options).code == 0
            assert (" taken" in Path("a.html").read_text(encoding="utf-8")) is shown

    def test_an_event_has_no_seats_to_show(self) -> None:
        ended = here("picture", "timetable", "event.json", "--out", "a.svg", "--seats")
        assert ended.code == 2
        assert "Error: --seats needs a dossier." in ended.err
        assert not Path("a.svg").exists()

    def test_what_has_no_timetable_is_refused(self) -> None:
        ended = here("picture", "timetable", "registration.json", "--out", "a.svg")
        assert (ended.code, ended.out) == (1, b"")
        Path("draft.json").write_bytes(
            b'{"schemaVersion": 1, "@type": "Event", "uid": "e", "status": "draft", '
            b'"title": {"text": "T", "language": "en"}}'
        )
        ended = here("picture", "timetable", "draft.json", "--out", "a.svg")
        assert ended.code == 1
        assert "[event-without-slot] at /slot" in ended.err


@pytest.mark.usefixtures("folder")
class TestOthers:
    """The other kinds take a dossier."""

    @pytest.mark.parametrize(
        "arguments",
        [("coverage",), ("registrations", "--by", "country"), ("pledges", "--by", "kind", "--on", "2024-01-01")],
        ids=lambda each: each[0],
    )
    def test_they_are_written(self, arguments: tuple[str, ...]) -> None:
        kind, *options = arguments
        ended = here("picture", kind, "dossier.json", "--out", "a.html", "--language", "fr", *options)
        assert (ended.code, ended.err) == (0, "Wrote a.html.\n")
        assert read_html(Path("a.html").read_text(encoding="utf-8")).get("lang") == "fr"

    @pytest.mark.parametrize(
        "arguments", [("coverage",), ("registrations", "--by", "country"), ("pledges", "--by", "kind")]
    )
    def test_of_an_empty_dossier_they_are_empty(self, arguments: tuple[str, ...]) -> None:
        kind, *options = arguments
        Path("empty.json").write_bytes(to_json(Dossier(event=event())))
        assert here("picture", kind, "empty.json", "--out", "a.svg", *options).code == 0

    def test_pledges_count_today_by_default(self) -> None:
        for on in ((), ("--on", "2023-12-31")):
            ended = here(
                *("picture", "pledges", "dossier.json", "--out", "a.svg", "--by", "kind", *on),
                env={"SOURCE_DATE_EPOCH": "1703980800"},  # 31 December 2023
            )
            assert ended.code == 0
            Path("a.svg").rename(f"{len(on)}.svg")
        assert Path("0.svg").read_bytes() == Path("2.svg").read_bytes()

    def test_countries_that_may_have_left_a_group_are_counted_on_request(self) -> None:
        document = json.loads(Path("dossier.json").read_bytes())
        for pledge in document["pledges"]:
            pledge.update({"countries": [{"country": "BD"}], "groups": []})
        Path("doubtful.json").write_text(json.dumps(document))
        drawn = ("picture", "pledges", "doubtful.json", "--out", "a.svg", "--by", "group", "--on", "2026-12-01")
        ended = here(*drawn)
        assert ended.code == 2
        assert "Error: [group-member-doubtful] at /on" in ended.err
        assert ended.err.endswith(" Use --as-last-known.\n")
        assert here(*drawn, "--as-last-known").code == 0
        assert "(BD)" not in Path("a.svg").read_text(encoding="utf-8")

    def test_the_smallest_number_is_chosen(self) -> None:
        for smallest, hides in (("1", False), ("2", True), ("0", None)):
            ended = here(
                "picture", "registrations", "dossier.json", "--by", "mode", "--smallest", smallest, "--out", "a.svg"
            )
            if hides is None:
                assert "[number-out-of-range] at /smallest" in ended.err
            else:
                assert ("Too few people" in Path("a.svg").read_text(encoding="utf-8")) is hides

    def test_they_need_a_dossier(self) -> None:
        assert here("picture", "coverage", "event.json", "--out", "a.svg").code == 1
