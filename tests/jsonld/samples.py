"""Sessions for the tests of JSON-LD."""

from typing import Any

from hypothesis import strategies as st

import wtisd_model.strategies as ours
from tests.samples import whole
from wtisd_model import EventStatus, Session


def bare_session(**changes: Any) -> Session:
    """Return a session without places and seats of its own."""
    bare = {"uid": None, "locations": (), "virtual_locations": (), "inherited_places": None}
    return whole.session(**bare | {"on_site_capacity": None, "remote_capacity": None} | changes)


EVENTS = st.sampled_from([each for each in EventStatus if each is not EventStatus.DRAFT]).flatmap(
    lambda status: ours.events(status=status)
)
