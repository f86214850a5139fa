"""The limits of terms over the sittings of one person: what excludes what, and how much is too much."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from wtisd_model import Code, Terms, Window
from wtisd_model.rules.interpretation_schedule import SittingRoom
from wtisd_model.rules.working_hours import NOWHERE, HourLimit, Work, clash, exclusions, sums

HALL = SittingRoom("Hall", "Geneva")


def terms(**changes: Any) -> Terms:
    return Terms(name="Ours", **changes)


def work(start: str, minutes: int = 180, *, day: int = 1, room: SittingRoom = HALL, remote: bool = False) -> Work:
    """Return the work of so many minutes from a time on a day of May 2023, in UTC."""
    starts_at = datetime.fromisoformat(f"2023-05-{day:02}T{start}:00+00:00")
    ends_at = starts_at + timedelta(minutes=minutes)
    return Work(starts_at, ends_at, minutes, date(2023, 5, day), NOWHERE if remote else room, remote)


def found(limits: Sequence[HourLimit]) -> list[tuple[str, dict[int, int], int]]:
    return [(limit.code.value, dict(limit.weights), limit.most) for limit in limits]


class TestClash:
    """Nobody may take two sittings without the rest, the night or the time to travel between them."""

    @pytest.mark.parametrize(
        ("changes", "earlier", "later", "code"),
        [
            ({}, work("10:00"), work("12:59"), Code.INTERPRETER_DOUBLE_BOOKED),
            ({}, work("10:00"), work("13:00"), Code.REST_TOO_SHORT),
            ({}, work("10:00"), work("14:29"), Code.REST_TOO_SHORT),
            ({}, work("10:00"), work("14:30"), None),
            ({"rest": 0}, work("10:00"), work("13:00"), None),
            ({"night": 660}, work("19:00"), work("08:59", day=2), Code.NIGHT_TOO_SHORT),
            ({"night": 660}, work("19:00"), work("09:00", day=2), None),
            ({"night": 660}, work("10:00"), work("19:00"), None),
            (
                {"room_change": 100},
                work("10:00"),
                work("14:30", room=SittingRoom("Attic", "Geneva")),
                Code.TRAVEL_TOO_SHORT,
            ),
            ({"room_change": 100}, work("10:00"), work("14:40", room=SittingRoom("Attic", "Geneva")), None),
            ({"room_change": 100}, work("10:00"), work("14:30"), None),
            (
                {"room_change": 100},
                work("10:00"),
                work("14:30", room=SittingRoom("Hall", "Bern")),
                Code.TRAVEL_TOO_SHORT,
            ),
            ({"travel": 240}, work("10:00"), work("16:59", room=SittingRoom("Hall", "Bern")), Code.TRAVEL_TOO_SHORT),
            ({"travel": 240}, work("10:00"), work("17:00", room=SittingRoom("Hall", "Bern")), None),
            ({"travel": 240}, work("10:00"), work("14:30", room=SittingRoom("Attic", "Geneva")), None),
            (
                {"travel": 240, "room_change": 100},
                work("10:00"),
                work("14:30", room=SittingRoom("Attic", None)),
                Code.TRAVEL_TOO_SHORT,
            ),
            ({"travel": 240, "room_change": 100}, work("10:00"), work("14:30", remote=True), None),
        ],
    )
    def test_two_sittings_are_far_enough_apart(
        self, changes: dict[str, Any], earlier: Work, later: Work, code: Code | None
    ) -> None:
        why = clash(terms(**changes), earlier, later)
        assert (why and why.code) == code

    def test_the_minimum_is_told(self) -> None:
        why = clash(terms(), work("10:00"), work("13:00"))
        assert why == (Code.REST_TOO_SHORT, {"minimum": 90})


class TestExclusions:
    """The limits on several sittings allow what `clash` allows for each two of them."""

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"rest": 0},
            {"rest": 0, "room_change": 30, "travel": 200},
            {"night": 660},
            {"night": 900, "room_change": 120, "travel": 300},
            {"rest": 300, "night": 200, "room_change": 400},
        ],
    )
    def test_each_clash_is_in_one_and_they_hold_nothing_else(self, changes: dict[str, Any]) -> None:
        rooms = (HALL, SittingRoom("Attic", "Geneva"), SittingRoom("Hall", "Bern"), NOWHERE)
        times = (("08:00", 60), ("09:00", 180), ("10:00", 180), ("10:00", 60), ("14:30", 180), ("20:00", 150))
        works = [
            work(start, minutes, day=day, room=room) for day in (1, 2) for start, minutes in times for room in rooms
        ]
        limits = [*exclusions(terms(**changes), works)]
        assert all(limit.most == 1 and {*limit.weights.values()} == {1} for limit in limits)
        excluded = {pair for limit in limits for pair in combinations(sorted(limit.weights), 2)}
        clashing = {
            (one, other)
            for one, other in combinations(range(len(works)), 2)
            if clash(terms(**changes), *sorted((works[one], works[other]), key=lambda each: each.starts_at))
        }
        assert excluded == clashing
        for limit in limits:
            pairs = [
                sorted((works[one], works[other]), key=lambda each: each.starts_at)
                for one, other in combinations(limit.weights, 2)
            ]
            assert limit.code in {why.code for pair in pairs if (why := clash(terms(**changes), *pair))}

    def test_sittings_at_once_are_one_limit(self) -> None:
        works = [work("10:00", room=SittingRoom(str(number), None)) for number in range(10)]
        assert found([*exclusions(terms(), works)]) == [("interpreter-double-booked", dict.fromkeys(range(10), 1), 1)]

    def test_a_rest_that_is_too_short_for_all_of_two_times_is_one_limit(self) -> None:
        works = [work("14:00"), work("10:00"), work("14:00"), work("10:00")]
        assert found([*exclusions(terms(), works)]) == [
            ("interpreter-double-booked", {1: 1, 3: 1}, 1),
            ("interpreter-double-booked", {0: 1, 2: 1}, 1),
            ("rest-too-short", {1: 1, 3: 1, 0: 1, 2: 1}, 1),
        ]

    def test_a_tour_of_towns_that_are_all_too_far_is_one_limit(self) -> None:
        tour = [work("10:00", day=day, room=SittingRoom("Hall", f"Town {day}")) for day in range(1, 7)]
        limits = [*exclusions(terms(travel=10_000), tour)]
        assert found(limits) == [("travel-too-short", dict.fromkeys(range(6), 1), 1)]

    @pytest.mark.parametrize("works", [[], [work("10:00")], [work("10:00"), work("15:00")]])
    def test_there_is_none_without_a_clash(self, works: list[Work]) -> None:
        assert [*exclusions(terms(night=600, travel=300, room_change=60), works)] == []


class TestSums:
    """A limit names the sittings that are too much together, with their weights."""

    @pytest.mark.parametrize(
        ("changes", "works", "limits"),
        [
            ({"sitting": 120}, [work("10:00", 120), work("15:00", 121)], [("sitting-too-long", {1: 121}, 120)]),
            ({"sittings": 1}, [work("15:00"), work("10:00")], [("day-sittings-exceeded", {1: 1, 0: 1}, 1)]),
            ({"sittings": 1}, [work("15:00"), work("10:00", day=2)], []),
            ({"day": 359}, [work("10:00"), work("15:00")], [("day-too-long", {0: 180, 1: 180}, 359)]),
            ({"day": 360}, [work("10:00"), work("15:00")], []),
            (
                {"remote_day": 200},
                [work("10:00", remote=True), work("15:00", 30, remote=True), work("20:00")],
                [("remote-day-too-long", {0: 180, 1: 30}, 200)],
            ),
            ({"remote_day": 200}, [work("10:00", remote=True), work("15:00")], []),
        ],
    )
    def test_of_sittings_and_days(
        self, changes: dict[str, Any], works: list[Work], limits: list[tuple[str, dict[int, int], int]]
    ) -> None:
        assert found([*sums(terms(**changes), works)]) == limits

    def test_of_days_on_end(self) -> None:
        works = [work("10:00", day=day) for day in (1, 2, 3, 4, 9, 10)]
        limits = [*sums(terms(windows=(Window(days=3, sittings=2), Window(days=7, sittings=4))), works)]
        assert [(limit.params["days"], [*limit.weights], limit.most) for limit in limits] == [
            (3, [0, 1, 2], 2),
            (3, [1, 2, 3], 2),
        ]
        assert limits[0].code is Code.PERIOD_SITTINGS_EXCEEDED
        assert limits[0].params == {"maximum": 2, "days": 3}
