"""Identifiers that have to be unique in a list."""

from wtisd_model import Code
from wtisd_model.findings import finding
from wtisd_model.types.identifiers import first_ids, repeated_ids


class TestRepeatedIds:
    def test_each_id_that_came_before_is_found(self) -> None:
        assert list(repeated_ids("sessions", ["a", "b", "a", "a"])) == [
            finding(Code.ID_REPEATED, "/sessions/2/id"),
            finding(Code.ID_REPEATED, "/sessions/3/id"),
        ]

    def test_different_ids_are_fine(self) -> None:
        assert not list(repeated_ids("sessions", ["a", "A", "b"]))


class TestFirstIds:
    """A message names ten ids at most, so that its length does not grow with an event."""

    def test_all_are_named_if_there_are_ten(self) -> None:
        assert first_ids(["a", "b"]) == "a, b"
        assert first_ids(list("abcdefghij")) == "a, b, c, d, e, f, g, h, i, j"

    def test_the_others_are_counted(self) -> None:
        assert first_ids(list("abcdefghijkl")) == "a, b, c, d, e, f, g, h, i, j, … (+2)"
