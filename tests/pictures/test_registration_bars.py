"""The picture of the people who have registered: what planning counts, and nothing from which more can be derived."""

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.markup.reading import must_be_isolated, read_html, read_xml
from tests.markup.texts import HOSTILE
from tests.pictures.figures import must_be_mirrored, must_be_readable, must_be_sound, rows_of, texts_of
from tests.planning.plans import plans
from tests.samples.small import dossier, event, hours, registration, session
from wtisd_model import Dossier, EventStatus, InvalidValueError, LocalizedText, Membership, planning
from wtisd_model.locales import languages
from wtisd_model.pictures import registrations
from wtisd_model.planning.results import RegistrationDimension
from wtisd_model.strategies import dossiers

DIMENSIONS = st.sampled_from(RegistrationDimension)
COUNTRIES = ("CH", "TD", "KE", "VU", "NE")
RARE = ("AD", "BB", "CV", "DM", "ER", "FJ", "GD", "HT", "IS", "JM", "KI", "LI", "MC", "NR", "OM", "PW")
"""One person is from each."""
MOST_BARS = 60
"""Of a picture; the table has all groups."""


def people(*groups: tuple[str | None, int]) -> Dossier:
    """Return a dossier with that number of people from each country."""
    names = ((country, f"r{index}-{number}") for index, (country, size) in enumerate(groups) for number in range(size))
    return dossier(*(registration(name, country=country) for country, name in names))


class TestNumbers:
    """The table has the numbers of `planning.registrations`."""

    @LAW
    @given(plans(), DIMENSIONS, st.integers(1, 4))
    def test_they_are_those_of_planning(self, made: Dossier, by: RegistrationDimension, smallest: int) -> None:
        found = planning.registrations(made, by=by, smallest=smallest)
        picture = registrations(made, by=by, smallest=smallest)
        numbers = [int(number) for _, number in rows_of(picture)]
        expected = [*found.groups.values(), *([found.others] if found.others else [])]
        if found.total is not None and not by.overlaps:
            expected.append(found.total)
        assert numbers == expected
        must_be_sound(picture)

    def test_the_largest_group_is_first_and_the_total_is_said(self) -> None:
        picture = registrations(people(("TD", 5), ("CH", 12)), by="country")
        assert rows_of(picture) == [["Switzerland", "12"], ["Chad", "5"], ["Total", "17"]]
        assert "People registered: 17" in texts_of(picture)

    def test_people_who_have_withdrawn_are_not_said_to_be_registered(self) -> None:
        made = dossier(registration("a"), registration("b").withdraw(at=hours(1)))
        picture = registrations(made, by="state", smallest=1)
        assert rows_of(picture) == [["Pending", "1"], ["Total", "1"]]
        assert "People registered: 1" in texts_of(picture)

    def test_people_in_several_groups_are_not_added_up(self) -> None:
        made = dossier(*(registration(f"r{each}", listening_languages=("fr", "en")) for each in range(6)))
        picture = registrations(made, by="language")
        assert rows_of(picture) == [["English", "6"], ["French", "6"]]
        assert "A person may be in several groups." in texts_of(picture)
        assert not any("12" in each for each in texts_of(picture))

    def test_groups_are_named_in_the_language_of_the_reader(self) -> None:
        made = dossier(
            registration("a", membership=Membership.PRESS, listening_languages=("fr",), session_ids=frozenset({"s"})),
            registration("b", session_ids=frozenset({"gone"})),
            registration("c", country="TD").approve(at=hours(1)),
            of=event(
                sessions=(
                    evolve(
                        session("s"),
                        title=LocalizedText(text="Opening", language="en", translations={"fr": "Ouverture"}),
                    ),
                )
            ),
        )
        names = {
            by: {name for name, _ in rows_of(registrations(made, by=by, smallest=1, language="fr"))}
            for by in RegistrationDimension
        }
        assert names == {
            "country": {"Tchad", "Non indiqué", "Total"},
            "language": {"Français", "Non indiqué"},
            "membership": {"Presse", "Non indiqué", "Total"},
            "mode": {"Sur place", "Total"},
            "session": {"Ouverture", "Séance non annoncée", "Ensemble de l'événement"},
            "state": {"En cours d'examen", "Approuvée", "Total"},
        }

    def test_drafts_are_not_named(self) -> None:
        """The picture is published, and nobody has announced them."""
        draft = evolve(session("s"), title=LocalizedText("Secret", "en"), status=EventStatus.DRAFT)
        made = dossier(registration("a", session_ids=frozenset({"s"})), of=event(sessions=(draft,)))
        picture = registrations(made, by="session", smallest=1)
        assert rows_of(picture) == [["Session that is not announced", "1"]]
        assert "Secret" not in picture.html

    @pytest.mark.parametrize(("language", "other"), [("en", "منتدى 5"), ("ar", "Forum 5")])
    def test_a_title_that_runs_the_other_way_affects_nothing_beside_it(self, language: str, other: str) -> None:
        title = LocalizedText(text=other, language="mul")
        people = [registration(f"r{each}", session_ids=frozenset({"s"})) for each in range(5)]
        named = event(title=title, sessions=(evolve(session("s"), title=title),))
        picture = registrations(dossier(*people, of=named), by="session", language=language)
        must_be_isolated(read_xml(picture.svg), other)
        must_be_isolated(read_html(picture.html), other)
        (bar,) = [each for each in texts_of(picture) if each.endswith("5") and other in each and each != other]
        assert bar.startswith(f"\u2068{other}\u2069")

    def test_titles_are_in_the_language_of_the_reader_if_the_words_are_not(self) -> None:
        title = LocalizedText(text="Ouverture", language="fr", translations={"it": "Apertura"})
        made = dossier(
            registration("a", session_ids=frozenset({"s"})),
            of=event(title=title, sessions=(evolve(session("s"), title=title),)),
        )
        picture = registrations(made, by="session", smallest=1, language="it-CH")
        assert (picture.language, picture.title) == ("en", "Registrations by session: Apertura")
        assert rows_of(picture) == [["Apertura", "1"]]
        assert '<bdi lang="it">Apertura</bdi>' in picture.table

    def test_bars_that_are_not_drawn_are_in_the_table_and_that_is_said(self) -> None:
        sessions = tuple(session(f"s{number}") for number in range(MOST_BARS + 3))
        everywhere = frozenset(each.id for each in sessions)
        made = dossier(registration("a", session_ids=everywhere), of=event(sessions=sessions))
        picture = registrations(made, by="session", smallest=1)
        assert len(rows_of(picture)) == MOST_BARS + 3
        assert "Groups only in the table: 3" in texts_of(picture)

    def test_without_people_it_says_so(self) -> None:
        picture = registrations(dossier(), by="country")
        assert texts_of(picture) == ["Nobody has registered yet."]
        must_be_sound(picture)


class TestHiddenNumbers:
    """A number below the smallest one cannot be read or derived."""

    def test_too_few_people_have_no_numbers_at_all(self) -> None:
        pictures = {registrations(people(("CH", number)), by="country").html for number in range(1, 5)}
        pictures |= {registrations(people(("CH", 1), ("TD", number)), by="country").html for number in range(1, 4)}
        assert len(pictures) == 1

    @LAW
    @given(
        st.lists(st.tuples(st.sampled_from(COUNTRIES), st.integers(1, 4)), max_size=4, unique_by=lambda each: each[0]),
    )
    def test_two_crowds_with_the_same_counts_have_the_same_picture(self, hidden: list[tuple[str, int]]) -> None:
        """What is drawn depends on nothing but what `planning.registrations` returns."""
        # Several groups that all lack one person take the next larger group with them.
        assume(len(hidden) < 2 or any(number < 4 for _, number in hidden))
        size = sum(number for _, number in hidden)
        first, other = people(("FR", 9), *hidden), people(("FR", 9), *((each, 1) for each in RARE[:size]))
        one, two = (planning.registrations(each, by="country") for each in (first, other))
        assert (one.groups, one.others, one.total) == (two.groups, two.others, two.total)
        assert registrations(first, by="country").html == registrations(other, by="country").html
        for name, number in rows_of(registrations(first, by="country")):
            assert int(number) >= 5, name

    @LAW
    @given(plans(most_people=14), DIMENSIONS, st.integers(2, 6))
    def test_no_number_is_below_the_smallest(self, made: Dossier, by: RegistrationDimension, smallest: int) -> None:
        picture = registrations(made, by=by, smallest=smallest)
        assert all(int(number) == 0 or int(number) >= smallest for _, number in rows_of(picture))

    def test_two_people_are_too_few(self) -> None:
        """Each would be known to be alone in a group."""
        picture = registrations(people(("CH", 1), ("TD", 1)), by="country", smallest=2)
        assert texts_of(picture)[-1].endswith("fewer than 3.")

    def test_a_hidden_group_has_no_name(self) -> None:
        picture = registrations(people(("CH", 9), ("TD", 3), ("KE", 3)), by="country")
        assert rows_of(picture) == [["Switzerland", "9"], ["Other groups together", "6"], ["Total", "15"]]
        assert "Chad" not in picture.html
        assert "Kenya" not in picture.svg


class TestPicture:
    """Any texts, any language."""

    @LAW
    @given(dossiers(), DIMENSIONS, st.sampled_from(sorted(languages())))
    def test_html_and_xml_read_it(self, made: Dossier, by: RegistrationDimension, language: str) -> None:
        must_be_sound(registrations(made, by=by, smallest=1, language=language))

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile_names_are_texts(self, name: str) -> None:
        hostile = LocalizedText(text=name.partition("\n")[0], language="en")
        made = dossier(
            registration("a", session_ids=frozenset({"s"})),
            of=event(title=hostile, sessions=(evolve(session("s"), title=hostile),)),
        )
        picture = registrations(made, by="session", smallest=1)
        must_be_sound(picture)
        assert rows_of(picture)[0][0] == hostile.text

    def test_it_is_readable_and_mirrored(self) -> None:
        made = people(("CH", 9), ("TD", 3), ("KE", 3), (None, 5))
        must_be_readable(registrations(made, by="country"))
        must_be_mirrored(registrations(made, by="mode"), registrations(made, by="mode", language="ar"))

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(InvalidValueError, match="value-unknown"):
            registrations(dossier(), by="colour")
        with pytest.raises(InvalidValueError, match="language-unknown"):
            registrations(dossier(), by="mode", language="xx-nowhere")
        with pytest.raises(TypeError, match="Dossier"):
            registrations(event(), by="mode")  # type: ignore[arg-type]  # refused
        with pytest.raises(TypeError, match="Not a Theme"):
            registrations(dossier(), by="mode", theme="#990000")  # type: ignore[arg-type]  # refused
