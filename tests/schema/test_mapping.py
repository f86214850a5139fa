"""A mapping that cannot be changed."""

import copy
import pickle
from typing import Any

import pytest

from wtisd_model.schema.mapping import FrozenMapping


class TestFrozenMapping:
    """What `Translations` and the amounts of a total are; more of it is tested with the former."""

    MADE: FrozenMapping[int] = FrozenMapping({"b": 2, "a": 1})

    def test_it_is_sorted_and_compares_as_any_mapping_does(self) -> None:
        assert list(self.MADE.items()) == [("a", 1), ("b", 2)]
        assert self.MADE == {"b": 2, "a": 1}
        assert hash(self.MADE) == hash(FrozenMapping({"a": 1, "b": 2}))
        assert dict(FrozenMapping[int]()) == {}
        assert repr(self.MADE) == "FrozenMapping({'a': 1, 'b': 2})"

    def test_it_cannot_be_changed_and_says_what_it_is(self) -> None:
        changeable: Any = self.MADE
        with pytest.raises(AttributeError, match="FrozenMapping cannot be changed"):
            changeable._values = {}
        with pytest.raises(AttributeError, match="FrozenMapping cannot be changed"):
            del changeable._values

    def test_it_pickles_and_copies(self) -> None:
        for again in (pickle.loads(pickle.dumps(self.MADE)), copy.deepcopy(self.MADE)):
            assert again == self.MADE
            assert type(again) is FrozenMapping
