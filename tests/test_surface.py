"""The rules of the surface (decision 41): they hold for every function at a door, and for those to come."""

from collections import Counter

import wtisd_model as wm
from tests.gates.doors import doors, public_names
from wtisd_model import exports, invitation, page, pictures, planning

ROOMS = (exports, invitation, page, pictures, planning)


class TestDoors:
    """A name has one place, and whoever looks for a format looks at the top."""

    def test_every_reader_and_writer_is_at_the_top(self) -> None:
        assert {name for name in public_names() if name.startswith(("to_", "from_"))} - {*wm.__all__} == set()

    def test_a_thing_has_one_door(self) -> None:
        things = Counter(id(getattr(module, name)) for module in (wm, *ROOMS) for name in module.__all__)
        assert [count for count in things.values() if count > 1] == []

    def test_the_pages_teach_no_other_door(self) -> None:
        promised = {"wtisd_model", *(room.__name__ for room in ROOMS), "wtisd_model.planning.results"}
        others = doors() - promised - {"wtisd_model.strategies"}
        assert {name for name in others if not name.startswith("wtisd_model.integrations.")} == set()
