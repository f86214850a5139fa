"""Identifiers that have to be unique in a list."""

from wtisd_model.codes import Code
from wtisd_model.findings import finding
from wtisd_model.types.identifiers import repeated_ids


class TestRepeatedIds:
    def test_each_id_that_came_before_is_found(self) -> None:
        assert list(repeated_ids("sessions", ["a", "b", "a", "a"])) == [
            finding(Code.ID_REPEATED, "/sessions/2/id"),
            finding(Code.ID_REPEATED, "/sessions/3/id"),
        ]

    def test_different_ids_are_fine(self) -> None:
        assert not list(repeated_ids("sessions", ["a", "A", "b"]))
