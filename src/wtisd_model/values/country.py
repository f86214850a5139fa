"""Countries by their codes."""

from typing import Annotated

from wtisd_model.codes import Code
from wtisd_model.nodes import OneOf
from wtisd_model.tables.countries import COUNTRIES, COUNTRY_HINTS

CountryCode = Annotated[str, OneOf("country", COUNTRIES, Code.COUNTRY_UNKNOWN, lambda: COUNTRY_HINTS)]
"""A country or territory (ISO 3166-1 alpha-2)."""
