"""Promotion, numbers of seats, findings about seats and tables of people, against a plain second count."""

from collections import Counter

import pytest
from hypothesis import given, settings

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.planning import second_count
from tests.rules.crowds import crowds
from tests.samples.small import hours
from wtisd_model import planning
from wtisd_model.planning.results import RegistrationDimension

LATER = hours(30)
ABOUT_SEATS = {
    "room-too-small",
    "seats-exceeded",
    "session-seats-exceeded",
    "waitlist-needless",
    "waitlist-order",
    "waitlist-passed-over",
}
CANNOT_COME = {"mode-not-offered", "mode-only-in-sessions", "session-mode-not-offered", "session-unknown"}


def agrees(made: wm.Dossier) -> None:
    after = wm.promote(made, now=LATER)
    changed = {one.id for one, before in zip(after.registrations, made.registrations, strict=True) if one != before}
    assert changed == second_count.promoted(made, LATER).keys()
    found = wm.check(made, now=LATER)
    about_seats = [(str(each.code), each.path) for each in found if each.code in ABOUT_SEATS]
    assert Counter(about_seats) == second_count.findings(made, LATER)
    refused = {each.path.split("/")[2] for each in found if each.code in CANNOT_COME}
    assert not refused & {str(index) for index, one in enumerate(made.registrations) if one.id in changed}
    assert [
        (row.session_id, row.mode, row.offered, row.taken, row.waiting, row.free) for row in planning.seats(made)
    ] == second_count.rows(made)
    for by in RegistrationDimension:
        assert planning.registrations(made, by=by, smallest=1).groups == second_count.table(made, by)


class TestSecondCount:
    """What everybody relies on is right if two ways of counting, one of them plain, agree."""

    @LAW
    @given(crowds())
    def test_both_counts_agree(self, made: wm.Dossier) -> None:
        agrees(made)

    @pytest.mark.slow
    @settings(max_examples=500)
    @given(crowds())
    def test_both_counts_agree_about_hundreds(self, made: wm.Dossier) -> None:
        agrees(made)
