"""Sessions for the tests of JSON-LD."""

from typing import Any

from tests.model import samples
from wtisd_model import Session


def bare_session(**changes: Any) -> Session:
    """Return a session without places and seats of its own."""
    bare = {"uid": None, "locations": (), "virtual_locations": (), "inherited_places": None}
    return samples.session(**bare | {"on_site_capacity": None, "remote_capacity": None} | changes)
