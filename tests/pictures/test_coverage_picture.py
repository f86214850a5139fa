"""The picture of who is served in which language: the numbers of planning, gaps first."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.markup.reading import must_be_isolated, read_html, read_xml, text_of
from tests.markup.texts import HOSTILE
from tests.pictures.figures import must_be_mirrored, must_be_readable, must_be_sound, rows_of, table_of, texts_of
from tests.planning.listeners import approved, listens
from tests.planning.plans import plans
from tests.samples.small import dossier, event, hours, session, slot, stretch
from wtisd_model import Dossier, InvalidValueError, LocalizedText, Need, Session, TimeSlot, planning
from wtisd_model.locales import languages, locale_for
from wtisd_model.pictures import Picture, coverage
from wtisd_model.pictures.coverage_picture import COLUMNS, MOST_LANGUAGES, MOST_SESSIONS
from wtisd_model.planning.results import CoverageRow
from wtisd_model.programme.names import language_heading
from wtisd_model.strategies import dossiers

CHANNELS = locale_for("en").pictures.coverage.channels
SIGNS, CAPTIONS = frozenset({Need.SIGN_LANGUAGE}), frozenset({Need.CAPTIONS})

THREE_DAYS = stretch("2023-05-17T00:00", "2023-05-20T00:00")
FORUM = dossier(
    listens("a", "en"),
    listens("b", "fr"),
    listens("c", "fr", needs=CAPTIONS),
    listens("d", "ar"),
    listens("e", "es"),
    listens("f", "ase", needs=SIGNS),
    listens("g"),
    listens("h", "zh"),
    listens("i", "zh"),
    of=event(
        sessions=(
            session("late", "15:00", "16:00", floor_languages=("en",)),
            session("early", "14:30", "15:00", floor_languages=("en",)),
        )
    ),
    requests=(
        approved("i-1", "en", "fr"),
        approved("i-2", "fr", "ar"),
        approved("i-3", "en", "ase", "sign"),
        approved("i-4", "en", "fr", "captions"),
        approved("i-5", "en", "ru"),
    ),
)


def numbers(row: CoverageRow, columns: Iterable[str]) -> list[int]:
    return [getattr(row, each) for each in columns]


def heads_of(picture: Picture) -> list[str]:
    """Return the headings of the columns of the table."""
    return [text_of(each) for each in table_of(picture).iter("th") if each.get("scope") == "col"]


def cells_of(picture: Picture) -> dict[str | None, set[str]]:
    """Return what the cells of each session say in words, by its title."""
    (drawing,) = picture.drawings
    groups = read_xml(f"<svg>{drawing.content}</svg>").iter("g")
    rows = [each for each in groups if each.find("g/title") is not None]
    return {each.findtext("g/title"): {text_of(cell) for cell in each.iterfind("g/rect/title")} for each in rows}


def titled(name: str, **titles: str) -> LocalizedText:
    return LocalizedText(text=name, language="en", translations=titles)


def _by_day(given: TimeSlot | None) -> tuple[date, datetime]:
    assert given is not None
    return given.first_day, given.starts_at


def forum(*sessions: Session, languages: tuple[str, ...] = ("fr",)) -> Dossier:
    return dossier(*(listens(f"r-{each}", each) for each in languages), of=event(slot=THREE_DAYS, sessions=sessions))


class TestNumbers:
    """The table has the rows of `planning.coverage`, by the time of the sessions."""

    @LAW
    @given(plans())
    @example(FORUM)  # people are served through every channel
    def test_they_are_those_of_planning(self, made: Dossier) -> None:
        shown = rows_of(coverage(made))
        rows = planning.coverage(made)
        slots = {each.id: each.slot for each in made.event.sessions} | {None: made.event.slot}
        expected = sorted(rows, key=lambda row: _by_day(slots[row.session_id]))
        counted = [each for each in COLUMNS if each == "missing" or any(getattr(row, each) for row in rows)]
        heads = heads_of(coverage(made))
        assert heads[heads.index("Available") + 1 :] == [CHANNELS[each] for each in counted]
        assert [[int(each) for each in row[-len(counted) :]] for row in shown] == [
            numbers(row, counted) for row in expected
        ]

    def test_lists_are_written_as_the_language_does(self) -> None:
        channels = locale_for("ar").pictures.coverage.channels
        offered = {row[4] for row in rows_of(coverage(FORUM, language="ar"))}
        assert f"{channels['direct']}، {channels['captions']}" in offered

    def test_a_row_says_what_is_available(self) -> None:
        rows = {row[3]: row[4] for row in rows_of(coverage(FORUM)) if row[0] == "early"}
        assert rows == {
            "American Sign Language": "Sign language",
            "Arabic": "Interpretation by relay",
            "Chinese": "no",
            "English": "Floor language",
            "French": "Direct interpretation, Captions",
            "Russian": "Direct interpretation",
            "Spanish": "no",
            "No language named": "no",
        }

    def test_the_answer_comes_first(self) -> None:
        texts = texts_of(coverage(FORUM))
        assert " ".join(texts[:2]) == "Sessions with people who are not served: 2 of 2"

    def test_everybody_served_is_said(self) -> None:
        made = dossier(listens("a", "en"), of=event(sessions=(session("s", floor_languages=("en",)),)))
        assert "Everybody who named a language is served." in " ".join(texts_of(coverage(made)))
        nobody = dossier(of=event(sessions=(session("s", floor_languages=("en",)),)))
        assert "Nobody has registered yet." in texts_of(coverage(nobody))
        assert "0: available, but nobody uses it" in texts_of(coverage(nobody))

    def test_nothing_to_plan_is_said(self) -> None:
        picture = coverage(dossier(of=event(floor_languages=())))
        assert " ".join(texts_of(picture)).startswith("Nothing to plan:")
        assert rows_of(picture) == []
        must_be_sound(picture)


class TestDrawing:
    """Languages with gaps come first; a sign and a number say how many people are served in which way."""

    def test_gaps_come_first_and_those_who_named_none_last(self) -> None:
        names = {"Chinese", "Spanish", "English", "French", "Arabic", "Russian", "American Sign Language"}
        texts = texts_of(coverage(FORUM))
        heads = texts[: texts.index("Wednesday, 17 May 2023")]
        order = [each for each in heads if each in names]
        assert order[:2] == ["Chinese", "Spanish"]
        assert order[-1] == "Russian"
        assert " ".join(heads).endswith("No language named")

    def test_a_way_that_serves_nobody_has_no_column(self) -> None:
        assert heads_of(coverage(forum(session("s"))))[-2:] == ["Available", "Not served"]
        served = coverage(dossier(listens("a", "en"), of=event(sessions=(session("s", floor_languages=("en",)),))))
        assert heads_of(served)[-3:] == ["Available", "Not served", "Floor language"]

    def test_each_cell_says_in_words_what_its_signs_mean(self) -> None:
        expected = {
            "American Sign Language\nSign language: 1",
            "Arabic\nInterpretation by relay: 1",
            "Chinese\nNot served: 2",
            "English\nFloor language: 1",
            "French\nDirect interpretation: 1\nCaptions: 1",
            "No language named\nNo language named: 1",
            "Russian\nDirect interpretation: 0",
            "Spanish\nNot served: 1",
        }
        assert cells_of(coverage(FORUM)) == {"early": expected, "late": expected}

    def test_cells_are_in_the_row_of_their_session(self) -> None:
        languages_of = {"a": ("en",), "b": ("fr",), "c": ("es",)}
        sessions = [session(each, floor_languages=tags) for each, tags in languages_of.items()]
        cells = cells_of(coverage(dossier(listens("r", "en"), of=event(sessions=tuple(sessions)))))
        assert cells == {
            "a": {"English\nFloor language: 1"},
            "b": {"English\nNot served: 1", "French\nFloor language: 0"},
            "c": {"English\nNot served: 1", "Spanish\nFloor language: 0"},
        }

    def test_a_floor_language_shows_that_it_is_one_even_if_others_are_spoken_too(self) -> None:
        people = [listens(f"r-{each}", each) for each in ("en", "fr")]
        held = event(sessions=(session("s", floor_languages=("en", "fr")),))
        empty = coverage(dossier(of=held))
        assert texts_of(empty).count("French\nFloor language: 0") == 1
        alone = coverage(dossier(*people, of=held))
        assert "French\nFloor language, Not served: 1" in texts_of(alone)
        assert "people are served if they can follow all of them" in " ".join(texts_of(alone))
        requests = (approved("i", "", "en fr"),)
        both = coverage(dossier(*people, of=held, requests=requests))
        assert "English\nFloor language, Direct interpretation: 1" in texts_of(both)
        assert {row[4] for row in rows_of(both)} == {"Floor language, Direct interpretation"}
        assert {"Floor language", "Direct interpretation"} <= {*texts_of(both)}
        must_be_sound(both)

    def test_an_empty_cell_is_explained(self) -> None:
        empty = "Empty: not available, and nobody needs it"
        sessions = session("a", floor_languages=("en",)), session("b", floor_languages=("fr",))
        assert empty in " ".join(texts_of(coverage(dossier(of=event(sessions=sessions)))))
        assert empty not in " ".join(texts_of(coverage(dossier(of=event(sessions=sessions[:1])))))

    def test_sessions_are_by_time_with_their_days(self) -> None:
        made = forum(session("b", slot=slot(day="2023-05-18")), session("a"), session("c").postpone(at=hours(1)))
        texts = texts_of(coverage(made))
        places = [texts.index(each) for each in ("Wednesday, 17 May 2023", "a", "Thursday, 18 May 2023", "b")]
        assert places == sorted(places)
        assert texts.count("Wednesday, 17 May 2023") == 1
        assert {"14:30–15:00", "14:30–16:30", "Postponed", "All times: Europe/Zurich"} <= {*texts}

    def test_whole_days_nights_and_several_zones(self) -> None:
        made = forum(
            session("day", slot=TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich")),
            session("night", slot=stretch("2023-05-17T22:00", "2023-05-18T01:00")),
            session("far", slot=slot(zone="Asia/Tokyo")),
        )
        texts = texts_of(coverage(made))
        assert {"All day", "22:00–01:00 (+1)", "Europe/Zurich", "14:30–16:30 Asia/Tokyo"} <= {*texts}
        assert "22:00–01:00 (+1) Europe/Zurich" in [row[2] for row in rows_of(coverage(made))]

    def test_each_day_is_there_once_in_several_zones(self) -> None:
        made = forum(
            session("tokyo", slot=stretch("2023-05-18T06:00", "2023-05-18T07:00", "Asia/Tokyo")),
            session("late", slot=stretch("2023-05-17T23:30", "2023-05-18T00:00")),
            session("tokyo-2", slot=stretch("2023-05-18T07:30", "2023-05-18T08:00", "Asia/Tokyo")),
        )
        texts = texts_of(coverage(made))
        days = ("Wednesday, 17 May 2023", "late", "Thursday, 18 May 2023", "tokyo", "tokyo-2")
        assert [texts.count(each) for each in days if each.endswith("2023")] == [1, 1]
        assert [*dict.fromkeys(each for each in texts if each in days)] == [*days]
        assert [row[0] for row in rows_of(coverage(made))] == ["late", "tokyo", "tokyo-2"]
        assert [row[1] for row in rows_of(coverage(made))] == [days[0], days[2], days[2]]

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            (stretch("2023-05-17T22:00", "2023-05-18T00:00"), "22:00–00:00"),
            (stretch("2023-05-17T22:00", "2023-05-19T01:00"), "22:00–01:00 (+2)"),
            (
                TimeSlot.days("2023-05-17", "2023-05-19", "Europe/Zurich"),
                "from Wednesday, 17 May 2023 to Thursday, 18 May 2023",
            ),
            (stretch("2023-10-29T01:00", "2023-10-29T04:00"), "01:00 UTC+2–04:00 UTC+1"),
        ],
    )
    def test_times_are_those_of_a_timetable(self, when: TimeSlot, expected: str) -> None:
        year = TimeSlot.days("2023-01-01", "2024-01-01", "Europe/Zurich")
        made = dossier(listens("r", "fr"), of=event(slot=year, sessions=(session("s", slot=when),), calls=()))
        assert [row[2] for row in rows_of(coverage(made))] == [expected]

    def test_what_is_postponed_is_said_in_the_table_too(self) -> None:
        made = forum(session("a"), session("b", "17:00", "18:00").postpone(at=hours(1)))
        assert [row[:4] for row in rows_of(coverage(made))] == [
            ["a", "Wednesday, 17 May 2023", "14:30–15:00", ""],
            ["b", "Wednesday, 17 May 2023", "17:00–18:00", "Postponed"],
        ]
        assert ">Status</th>" in coverage(made).table
        assert ">Status</th>" not in coverage(forum(session("a"))).table

    def test_the_event_itself_takes_the_place_of_sessions(self) -> None:
        assert "Whole event" in texts_of(coverage(forum()))

    def test_what_is_not_drawn_is_in_the_table_and_that_is_said(self) -> None:
        tags = ("en", "fr", "ar", "es", "ru", "zh", "pt", "de", "it", "sw", "am", "ha", "hi", "bn", "ur", "fa", "tr")
        more = ("uk", "pl", "ro", "el", "nl", "sv")
        many = tuple(session(f"s{number}") for number in range(MOST_SESSIONS + 2))
        made = forum(*many, languages=("fr",))
        assert "Sessions only in the table: 2" in texts_of(coverage(made))
        assert len(rows_of(coverage(made))) == MOST_SESSIONS + 2
        made = forum(session("s"), languages=(*tags, *more))
        assert f"Languages only in the table: {len(tags + more) - MOST_LANGUAGES}" in texts_of(coverage(made))
        assert len(rows_of(coverage(made))) == len(tags + more)

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_the_names_of_the_six_languages_are_on_a_line_each(self, language: str) -> None:
        shown = texts_of(
            coverage(dossier(*[listens(each, each) for each in languages()], of=FORUM.event), language=language)
        )
        assert {language_heading(each, language) for each in languages()} <= {*shown}

    def test_long_titles_are_cut_but_whole_in_the_title_and_in_the_table(self) -> None:
        name = "Empowering the least developed countries through information and communication technologies"
        picture = coverage(forum(evolve(session("s"), title=titled(name))))
        assert name in texts_of(picture)
        assert any(each.endswith("…") for each in texts_of(picture))
        assert rows_of(picture)[0][0] == name


class TestPicture:
    """Any texts, any language, both directions."""

    @LAW
    @given(dossiers(), st.sampled_from(sorted(languages())))
    def test_html_and_xml_read_it(self, made: Dossier, language: str) -> None:
        must_be_sound(coverage(made, language=language))

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile_titles_are_texts(self, name: str) -> None:
        hostile = titled(name.partition("\n")[0])
        picture = coverage(evolve(FORUM, event=event(title=hostile, sessions=(evolve(session("s"), title=hostile),))))
        must_be_sound(picture)
        assert rows_of(picture)[0][0] == hostile.text

    def test_it_is_readable_and_mirrored(self) -> None:
        must_be_readable(coverage(FORUM))
        same_heights = forum(session("s"), session("t", "15:00", "16:00"))
        must_be_mirrored(coverage(same_heights), coverage(same_heights, language="ar"))

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_its_words_are_those_of_the_language(self, language: str) -> None:
        channels = locale_for(language).pictures.coverage.channels
        assert set(channels) == {*COLUMNS}
        texts = " ".join(texts_of(coverage(FORUM, language=language)))
        assert all(each in texts for each in channels.values())

    @pytest.mark.parametrize(("language", "other"), [("en", "منتدى 5"), ("ar", "Forum 5")])
    def test_a_title_that_runs_the_other_way_affects_nothing_beside_it(self, language: str, other: str) -> None:
        picture = coverage(evolve(FORUM, event=evolve(FORUM.event, title=titled(other))), language=language)
        for root in (read_xml(picture.svg), read_html(picture.html), read_html(picture.fragment)):
            must_be_isolated(root, other)

    def test_a_wrong_argument_is_refused(self) -> None:
        wrong: Any = event()
        with pytest.raises(TypeError, match="Dossier"):
            coverage(wrong)
        with pytest.raises(InvalidValueError, match="language-unknown"):
            coverage(FORUM, language="xx-nowhere")
        with pytest.raises(TypeError, match="Not a Theme"):
            coverage(FORUM, theme="#990000")  # type: ignore[arg-type]  # refused

    def test_texts_are_in_the_language_and_say_their_own(self) -> None:
        title = LocalizedText(text="Apertura", language="it", translations={"fr": "Ouverture"})
        made = forum(evolve(session("s"), title=title))
        made = evolve(made, event=evolve(made.event, title=title))
        french, english, italian = (coverage(made, language=each) for each in ("fr", "en", "it-CH"))
        assert (french.language, english.language, italian.language) == ("fr", "en", "en")
        assert [rows_of(each)[0][0] for each in (french, english)] == ["Ouverture", "Apertura"]
        assert italian.title == "Interpretation: Apertura"
        assert '<bdi lang="it">Apertura</bdi>' in english.table
        assert 'lang="it"' in english.svg
        assert 'lang="fr" dir' not in french.table
        translated = titled("Opening", it="Apertura")
        assert rows_of(coverage(forum(evolve(session("s"), title=translated)), language="it"))[0][0] == "Apertura"
