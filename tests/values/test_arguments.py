"""Arguments that anybody may have given."""

from enum import StrEnum

import pytest

from tests.invitation.refusal import invalid
from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError
from wtisd_model.nodes import Whole
from wtisd_model.values.arguments import checked, member_of


class Way(StrEnum):
    BY_AIR = "air"
    BY_LAND = "land"
    BY_SEA = "sea"


class TestArguments:
    """What a caller gives is used as it is, or refused where it stands."""

    def test_what_may_be_is_given_back(self) -> None:
        value = 10**6
        assert checked(value, Whole(0, value), "/count") is value

    def test_anything_else_is_refused_at_its_path(self) -> None:
        with invalid(Code.NUMBER_OUT_OF_RANGE, "/count"):
            checked(11, Whole(0, 10), "/count")

    @pytest.mark.parametrize("value", ["sea", Way.BY_SEA])
    def test_a_word_is_as_good_as_the_member(self, value: str) -> None:
        assert member_of(Way, value, "/way") is Way.BY_SEA

    @pytest.mark.parametrize("value", ["SEA", "BY_SEA", "", None, 3, Way.BY_AIR])
    def test_another_word_is_refused_with_those_there_are(self, value: object) -> None:
        some = (each for each in Way if each is not Way.BY_AIR)
        with pytest.raises(InvalidValueError) as refused:
            member_of(some, value, "/way")
        (found,) = refused.value.findings
        assert (found.code, found.path) == ("value-unknown", "/way")
        assert found.params == {"choices": "land, sea"}
