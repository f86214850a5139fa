"""Data of other programs, which this package keeps and does not interpret."""

from typing import Annotated

from wtisd_model.codes import Code
from wtisd_model.schema.constraints import Map, Pattern
from wtisd_model.schema.json_values import LARGEST, AnyJson, JsonObject

# RFC 8984 section 3.3: a name of a vendor's own begins with a domain name that the vendor controls, and a colon.
EXTENSION_KEY = Pattern(
    r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?:[A-Za-z0-9._-]{1,64}(?!\n)$",
    255,
    Code.EXTENSION_KEY_MALFORMED,
)

Extensions = Annotated[JsonObject, Map(EXTENSION_KEY, AnyJson(LARGEST), by_office=True)]
"""JSON values by a name that begins with the domain of its owner: ``example.org:badge`` (RFC 8984 section 3.3)."""
