"""Statistics that point to nobody, and what purging alone leaves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, combinations_with_replacement
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model import Contact, InvalidValueError, Membership, ParticipationMode, Registration, planning, to_json
from wtisd_model.planning.results import Counts

NUMBERS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12))
SMALLEST = st.integers(1, 8)


def counted(numbers: dict[str, int], smallest: int = 5) -> Counts[str]:
    things = chain.from_iterable(group * number for group, number in numbers.items())
    return planning.counts(things, lambda each: each, smallest=smallest)


class TestCounts:
    """A cell below the threshold is hidden; with its total, so is the next smallest, which subtraction would reveal."""

    def test_large_groups_are_shown_the_largest_first(self) -> None:
        found = counted({"a": 5, "b": 7, "c": 7})
        assert ([*found.groups.items()], found.others, found.total) == ([("b", 7), ("c", 7), ("a", 5)], 0, 19)

    def test_small_groups_are_put_together(self) -> None:
        assert counted({"a": 3, "b": 2, "c": 6}) == Counts(groups={"c": 6}, others=5)

    def test_others_who_are_too_few_take_the_next_smallest_group_with_them(self) -> None:
        """Of 6, 9 and 1, the total 16 would reveal the 1."""
        assert counted({"a": 6, "b": 9, "c": 1}) == Counts(groups={"b": 9}, others=7)

    def test_groups_of_one_size_are_shown_or_hidden_together(self) -> None:
        """If names decided, a reader would know that a hidden group with an earlier name is the smaller one."""
        assert counted({"a": 6, "b": 6, "c": 1, "d": 7}) == Counts(groups={"d": 7}, others=13)

    def test_groups_that_just_fail_to_be_shown_take_the_next_smallest_with_them(self) -> None:
        """Of 8 people in two groups, neither with 5 or more, each has 4."""
        assert counted({"a": 4, "b": 4, "c": 5}) == Counts(groups={}, others=13)
        assert counted({"a": 3, "b": 3, "c": 5}) == Counts(groups={"c": 5}, others=6)

    def test_two_people_are_too_few_even_if_one_is_enough(self) -> None:
        assert counted({"a": 1, "b": 1}, smallest=2) == Counts(groups={}, others=None)
        assert counted({"a": 2}, smallest=2) == Counts(groups={}, others=None)
        assert counted({"a": 1, "b": 1}, smallest=1) == Counts(groups={"a": 1, "b": 1}, others=0)

    def test_too_few_in_all_are_not_shown_at_all(self) -> None:
        found = counted({"a": 3, "b": 1})
        assert (dict(found.groups), found.others, found.total) == ({}, None, None)

    def test_no_things_are_no_groups_and_no_others(self) -> None:
        found = counted({})
        assert (dict(found.groups), found.others, found.total) == ({}, 0, 0)

    def test_two_things_are_not_counted_unless_single_ones_are(self) -> None:
        assert counted({"a": 2}, 2) == Counts(groups={}, others=None)
        assert counted({"a": 2}, 1) == Counts(groups={"a": 2}, others=0)

    def test_a_group_may_be_anything_that_can_be_counted(self) -> None:
        found = planning.counts([(None, 1), (None, 1), ("x", 2)], lambda each: each, smallest=2)
        assert (dict(found.groups), found.others) == ({}, 3)
        assert planning.counts([None] * 5, lambda each: each).groups == {None: 5}

    def test_a_thing_in_several_groups_counts_once_among_the_others(self) -> None:
        """One person with many languages does not pass for many people."""
        languages = [("ar", "bi", "dz", "sm", "to"), *[("en", "fr")] * 6, *[("en",)] * 2, ()]
        found = planning.counts(languages, tuple, several=True)
        assert found == Counts(groups={"en": 8}, others=7)
        assert planning.counts(languages[:1], tuple, several=True) == Counts(groups={}, others=None)
        assert planning.counts(languages[-1:], tuple, several=True) == Counts(groups={}, others=0)

    def test_a_group_that_comes_twice_in_a_thing_counts_once(self) -> None:
        assert planning.counts([("en", "en")] * 5, tuple, several=True).groups == {"en": 5}

    def test_several_groups_are_an_iterable_and_no_text(self) -> None:
        with pytest.raises(TypeError, match="by must be an iterable"):
            planning.counts(["en"], str, several=True)

    @LAW
    @given(st.lists(st.frozensets(st.sampled_from("abcdef"))), SMALLEST)
    def test_the_others_are_the_things_that_no_shown_groups_cover(
        self, things: list[frozenset[str]], smallest: int
    ) -> None:
        found = planning.counts(things, frozenset[str], several=True, smallest=smallest)
        hidden = sum(not each <= found.groups.keys() for each in things)
        assert found.others == (None if 0 < hidden < max(smallest, 3) else hidden)
        assert found.others is not None or not found.groups
        assert found.groups.items() <= Counter(chain.from_iterable(things)).items()
        assert all(number >= smallest for number in found.groups.values())

    def test_the_order_of_groups_of_one_size_does_not_depend_on_the_order_in_a_set(self) -> None:
        """Members that hash alike are kept in the order in which they came."""
        one, other = 2**61 - 1, 0  # equal hashes
        groups = [frozenset((one, other)), frozenset((other, one))]
        assert str(groups[0]) != str(groups[1])
        for pair in groups:
            chosen = [*[pair] * 6, *[frozenset((1,))] * 6]
            assert [*planning.counts(chosen, lambda each: (each, None)).groups] == [
                (pair, None),
                (frozenset((1,)), None),
            ]

    def test_results_compare_by_their_numbers_and_can_be_hashed(self) -> None:
        assert len({counted({"a": 5}), counted({"b": 5}), counted({"a": 5})}) == 2

    @pytest.mark.parametrize("smallest", [0, 1_000_001, 5.0, "5"])
    def test_the_smallest_number_is_a_whole_one(self, smallest: int) -> None:
        with pytest.raises(InvalidValueError) as caught:
            counted({}, smallest)
        assert [each.path for each in caught.value.findings] == ["/smallest"]

    def test_a_single_object_is_no_list(self) -> None:
        with pytest.raises(TypeError, match="things"):
            planning.counts("abc", str)

    @LAW
    @given(NUMBERS, SMALLEST)
    def test_no_number_that_can_be_worked_out_is_small(self, numbers: dict[str, int], smallest: int) -> None:
        found = counted(numbers, smallest)
        shown = [*found.groups.values(), *([found.others] if found.others else [])]
        assert all(each >= smallest for each in shown)
        assert dict(found.groups).items() <= numbers.items()
        if found.total is None:
            # Of two things, with ``smallest=2``, a reader of several tables could tell the groups.
            assert smallest > 1
            assert 0 < sum(numbers.values()) < max(smallest, 3)
        else:
            # With the total and any groups known, the rest is nobody or at least as many as may be shown.
            assert found.total == sum(numbers.values())
            for known in chain.from_iterable(combinations(shown, size) for size in range(len(shown) + 1)):
                rest = found.total - sum(known)
                assert rest == 0 or rest >= smallest

    @LAW
    @given(NUMBERS, SMALLEST)
    def test_no_group_is_hidden_without_need(self, numbers: dict[str, int], smallest: int) -> None:
        found = counted(numbers, smallest)
        hidden = sorted(number for group, number in numbers.items() if group not in found.groups)
        # Without those of the largest size, the others would be too few or could be told; or that size is too small.
        fewer = [each for each in hidden if each != hidden[-1]]
        assert not hidden or hidden[-1] < smallest or sum(fewer) < max(smallest, 3) or {*fewer} == {smallest - 1}

    @LAW
    @given(NUMBERS, SMALLEST, st.randoms(use_true_random=False))
    def test_the_order_of_things_does_not_matter(self, numbers: dict[str, int], smallest: int, random: Random) -> None:
        things = [*chain.from_iterable(group * number for group, number in numbers.items())]
        random.shuffle(things)
        again = planning.counts(things, lambda each: each, smallest=smallest)
        assert [*again.groups.items()] == [*counted(numbers, smallest).groups.items()]


def must_be_ambiguous(several: Iterable[Sequence[str]], possible: str, smallest: int) -> None:
    """Raise AssertionError if, from what is shown of some of these tables, the number of a hidden group follows.

    Args:
        several: lists of things, among them all that a reader could take for any one of them; a thing is a text of the
            letters of its groups.
        possible: the letters of all groups that are possible.
        smallest: the smallest number that is shown.
    """
    tables = defaultdict[tuple[tuple[tuple[str, int], ...], int | None], list[Counter[str]]](list)
    for things in several:
        found = planning.counts(things, tuple, several=True, smallest=smallest)
        tables[tuple(found.groups.items()), found.others].append(Counter("".join(things)))
    for (shown, others), numbers in tables.items():
        hidden = set(possible).difference(name for name, _ in shown) if others != 0 else set()
        for group in hidden:
            assert len({each[group] for each in numbers}) > 1, (shown, others, group, numbers[0])


class TestHiddenNumbers:
    """The reader knows the possible groups and the rule, and tries all numbers that would show the same."""

    @pytest.mark.parametrize("smallest", [2, 3, 4, 5, 6])
    @pytest.mark.parametrize(("groups", "most"), [("ab", 20), ("abc", 18), ("abcd", 14)])
    def test_no_number_of_a_hidden_group_follows(self, groups: str, most: int, smallest: int) -> None:
        numbers = chain.from_iterable(combinations_with_replacement(groups, number) for number in range(most + 1))
        must_be_ambiguous(numbers, groups, smallest)

    @pytest.mark.parametrize("smallest", [2, 3, 4])
    @pytest.mark.parametrize(("groups", "most"), [("ab", 9), ("abc", 6)])
    def test_no_number_follows_if_people_are_in_several_groups(self, groups: str, most: int, smallest: int) -> None:
        sets = ["".join(each) for size in range(1, len(groups) + 1) for each in combinations(groups, size)]
        chosen = chain.from_iterable(combinations_with_replacement(sets, number) for number in range(most + 1))
        must_be_ambiguous(chosen, groups, smallest)

    @pytest.mark.parametrize("smallest", [4, 5, 6])
    @pytest.mark.parametrize(("groups", "most"), [("ab", 11), ("abc", 8)])
    def test_no_number_follows_from_the_total_if_some_state_nothing(
        self, groups: str, most: int, smallest: int
    ) -> None:
        """Of 6 people by language, "en 5, others 5" would say that one states none: he is not among the 5."""
        sets = ["".join(each) for size in range(len(groups) + 1) for each in combinations(groups, size)]
        for number in range(most + 1):
            tables = defaultdict[tuple[tuple[str | None, ...], str], list[Counter[str | None]]](list)
            for things in combinations_with_replacement(sets, number):
                stated: list[tuple[str | None, ...]] = [tuple(each) or (None,) for each in things]
                found = planning.counts(stated, lambda each: each, several=True, smallest=smallest)
                tables[tuple(found.groups), str(found)].append(Counter(chain.from_iterable(stated)))
            for (shown, table), alike in tables.items():
                for group in {None, *groups}.difference(shown):
                    assert {each[group] for each in alike} == {0} or len({each[group] for each in alike}) > 1, table


def delegates(number: int) -> list[Registration]:
    """Return registrations such as an office has: most countries send a few people, within some weeks."""
    random = Random(296)
    opened = datetime(2023, 4, 13, 8, tzinfo=UTC)
    made: list[Registration] = []
    for index in range(number):
        sent = opened + timedelta(seconds=random.randrange(30 * 86_400))
        each = Registration(
            id=f"r-{index}",
            event_uid="e-1",
            participant=Contact(name=f"Participant {index}", email=f"participant{index}@example.org"),
            membership=random.choice((*[Membership.MEMBER_STATE] * 5, *Membership)),
            country=random.choice(("CH", "CH", "CH", "FR", "FR", "KE", "TD", "NE", "BT", "VU", "BR", "IN")),
            mode=random.choice((*[ParticipationMode.ON_SITE] * 2, ParticipationMode.REMOTE)),
            listening_languages=random.choice((("en",), ("en",), ("fr",), ("fr", "en"), ("ar",), ("es",), ())),
            submitted_at=sent,
        )
        made.append(each.approve(at=sent + timedelta(seconds=random.randrange(86_400)), by="Desk 1"))
    return made


def alone(records: list[object]) -> int:
    """Return how many records differ from all others."""
    return sum(number == 1 for number in Counter(records).values())


class TestPurgedRecords:
    """Purging removes what identifies people by itself; the rest still tells them apart."""

    PURGED = tuple(each.purged(at=datetime(2024, 1, 1, tzinfo=UTC)) for each in delegates(296))

    def test_nearly_every_purged_record_is_unique_even_without_its_id_and_by_the_day(self) -> None:
        assert alone([to_json(evolve(each, id="r")) for each in self.PURGED]) == 296
        by_day: list[object] = [
            (
                each.submitted_at.date(),
                each.country,
                each.membership,
                each.mode,
                each.listening_languages,
                each.history[0].at.date(),
            )
            for each in self.PURGED
        ]
        assert alone(by_day) > 280

    def test_no_count_points_to_fewer_than_five(self) -> None:
        found = planning.counts(self.PURGED, lambda each: (each.country, each.membership, each.mode))
        exact = Counter((each.country, each.membership, each.mode) for each in self.PURGED)
        assert sum(number == 1 for number in exact.values()) > 30
        assert min(found.groups.values()) >= 5
        assert found.others is not None
        assert found.others >= 5
        assert found.total == 296
        by_day = planning.counts(self.PURGED, lambda each: each.submitted_at.date())
        assert len(by_day.groups) > 20
