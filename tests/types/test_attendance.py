"""How one takes part."""

import pytest

from wtisd_model import AttendanceMode, ParticipationMode


class TestAttendanceMode:
    """schema.org eventAttendanceMode: on site, from afar, or either."""

    @pytest.mark.parametrize(
        ("mode", "ways"), [("on-site", {"on-site"}), ("remote", {"remote"}), ("mixed", {"on-site", "remote"})]
    )
    def test_a_person_can_choose_these_modes(self, mode: str, ways: set[str]) -> None:
        assert AttendanceMode(mode).modes == frozenset(map(ParticipationMode, ways))
