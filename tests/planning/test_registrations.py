"""Counts of the people who have registered, in which nobody can be recognized."""

from collections import Counter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.pictures.figures import rows_of
from tests.planning.plans import plans
from tests.samples.small import call, dossier, event, hours, registration, session, wait
from tests.samples.whole import asked, text
from wtisd_model import Choice, Contact, Dossier, InvalidValueError, Membership, ParticipationMode, planning
from wtisd_model.pictures import registrations as drawn
from wtisd_model.planning.results import Counts, RegistrationDimension
from wtisd_model.rules.identity import People


def counted(of: Dossier, by: str) -> dict[str | None, int]:
    return dict(planning.registrations(of, by=by, smallest=1).groups)


class TestRegistrations:
    """Each person counts once, by the first registration that holds."""

    def test_people_are_grouped_by_what_they_state(self) -> None:
        made = dossier(
            registration("a", country="CH", membership=Membership.PRESS, mode=ParticipationMode.REMOTE),
            registration("b", country="CH", listening_languages=("fr", "en")),
            registration("c", listening_languages=("en",)).approve(at=hours(1)),
        )
        assert counted(made, "country") == {"CH": 2, None: 1}
        assert counted(made, "membership") == {None: 2, "press": 1}
        assert counted(made, "mode") == {"on-site": 2, "remote": 1}
        assert counted(made, "language") == {"en": 2, "fr": 1, None: 1}
        assert counted(made, "state") == {"pending": 2, "approved": 1}

    def test_a_person_is_in_all_sessions_that_they_chose(self) -> None:
        one = registration("a", session_ids=frozenset({"s", "t"}))
        again = evolve(registration("b", session_ids=frozenset({"u"})), participant=one.participant)
        made = dossier(one, again, registration("c"), of=event(sessions=(session("s"),)))
        assert counted(made, "session") == {"s": 1, "t": 1, "u": 1, None: 1}

    def test_a_session_that_somebody_waits_for_does_not_count(self) -> None:
        made = dossier(
            registration("a", session_ids={"s", "t"}, waits=[wait("s")]),
            registration("b", session_ids={"s"}, waits=[wait("s")]),
            registration("c", session_ids={"s"}).waitlist(at=hours(1)),
            of=event(sessions=(session("s"),)),
        )
        assert counted(made, "session") == {"t": 1, None: 2}

    def test_a_person_with_two_registrations_counts_once_by_the_first(self) -> None:
        one = registration("a", country="CH")
        again = evolve(registration("b", country="TD"), participant=one.participant)
        assert counted(dossier(one, again), "country") == {"CH": 1}
        assert counted(dossier(one.withdraw(at=hours(1)), again), "country") == {"TD": 1}

    def test_rejected_and_withdrawn_ones_do_not_count(self) -> None:
        made = dossier(registration("a").withdraw(at=hours(1)), registration("b").reject(at=hours(1)))
        assert all(counted(made, by) == {} for by in RegistrationDimension)

    def test_registrations_for_another_event_do_not_count(self) -> None:
        assert counted(dossier(registration("a", event_uid="e-2")), "mode") == {}

    def test_small_groups_are_put_together(self) -> None:
        made = dossier(
            *(registration(f"c{number}", country="CH") for number in range(7)),
            *(registration(f"t{number}", country="TD") for number in range(3)),
            *(registration(f"k{number}", country="KE") for number in range(2)),
        )
        found = planning.registrations(made, by=RegistrationDimension.COUNTRY)
        assert (dict(found.groups), found.others, found.total) == ({"CH": 7}, 5, 12)

    def test_an_unknown_dimension_is_refused(self) -> None:
        with pytest.raises(InvalidValueError) as refused:
            planning.registrations(dossier(), by="colour")
        assert [(each.code, each.path) for each in refused.value.findings] == [("value-unknown", "/by")]

    @LAW
    @given(plans(), st.sampled_from([each for each in RegistrationDimension if not each.overlaps]))
    def test_the_numbers_add_up_to_the_people(self, made: Dossier, by: RegistrationDimension) -> None:
        active = [each for each in made.registrations if each.event_uid == made.event.uid and each.state.is_active]
        people = People(each.participant for each in active if each.participant is not None)
        persons = {people.identity(each.participant) if each.participant else each.id for each in active}
        found = planning.registrations(made, by=by, smallest=1)
        assert (found.total, found.others) == (len(persons), 0)

    @LAW
    @given(plans())
    def test_by_language_each_of_them_counts(self, made: Dossier) -> None:
        found = planning.registrations(made, by="language", smallest=1).groups
        languages = Counter(tag for each in made.registrations for tag in each.listening_languages)
        assert all(number <= languages[tag] for tag, number in found.items() if tag is not None)


class TestTwoTables:
    """Hidden numbers: nothing follows from the difference of the totals of two tables of the same people."""

    SIZES = asked("size", "choice", choices=tuple(Choice(id=size, label=text(size)) for size in "sml"))
    ANSWERS = st.sampled_from([{}, *({"size": size} for size in "sml")])
    COUNTRIES = st.sampled_from([None, "CH", "CH", "TD"])

    def test_who_was_rejected_or_withdrew_is_not_what_two_totals_differ_by(self) -> None:
        staying = [registration(f"r{number}", country="CH").approve(at=hours(1)) for number in range(9)]
        left = registration("a").withdraw(at=hours(1)), registration("b").reject(at=hours(1))
        made = dossier(*staying, *left, registration("c").waitlist(at=hours(1)))
        for by in RegistrationDimension:
            assert planning.registrations(made, by=by).total == 10

    @LAW
    @given(plans(most_people=24, most_requests=0), st.data())
    def test_the_totals_of_all_our_tables_are_the_same(self, made: Dossier, data: st.DataObject) -> None:
        people = tuple(
            evolve(
                each,
                # Answers are those of registrations: of the same people if nobody has registered twice.
                participant=each.participant and Contact(name=each.id, email="p@example.org"),
                answers={} if each.purged_at else data.draw(self.ANSWERS),
                country=data.draw(self.COUNTRIES),
            )
            for each in made.registrations
        )
        made = evolve(made, registrations=people, event=evolve(made.event, calls=(call(questions=(self.SIZES,)),)))
        for smallest in (2, 5):
            pictures = [drawn(made, by=by, smallest=smallest) for by in RegistrationDimension if not by.overlaps]
            tables: list[Counts[Any]] = [
                planning.registrations(made, by=by, smallest=smallest)
                for by in RegistrationDimension
                if not by.overlaps
            ]
            active = [each for each in people if each.event_uid == made.event.uid and each.state.is_active]
            tables += [
                planning.answers(made, "size", smallest=smallest),
                planning.counts(active, lambda each: each.country, smallest=smallest),
            ]
            totals = {table.total for table in tables}
            assert len(totals) == 1
            (total,) = totals
            shown = {row[-1] for each in pictures for row in rows_of(each)[-1:]}
            assert shown == (set() if total is None else {str(total)})
