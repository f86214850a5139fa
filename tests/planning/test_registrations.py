"""Counts of the people who have registered, in which nobody can be recognized."""

from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.planning.plans import plans
from tests.rules.samples import dossier, event, hours, registration, session
from wtisd_model import planning
from wtisd_model.findings import InvalidValueError
from wtisd_model.model.dossier import Dossier
from wtisd_model.planning.results import RegistrationDimension
from wtisd_model.rules.identity import People
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Membership


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

    def test_a_person_with_two_registrations_counts_once_by_the_first(self) -> None:
        one = registration("a", country="CH")
        again = evolve(registration("b", country="TD"), participant=one.participant)
        assert counted(dossier(one, again), "country") == {"CH": 1}
        assert counted(dossier(one.withdraw(at=hours(1)), again), "country") == {"TD": 1}

    def test_rejected_and_withdrawn_ones_count_by_state_only(self) -> None:
        made = dossier(registration("a").withdraw(at=hours(1)), registration("b").reject(at=hours(1)))
        assert counted(made, "mode") == {}
        assert counted(made, "state") == {"rejected": 1, "withdrawn": 1}

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
        active = [
            each
            for each in made.registrations
            if each.event_uid == made.event.uid and (each.state.is_active or by is RegistrationDimension.STATE)
        ]
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
