"""What a caller says of a foreign document where it says nothing itself: a zone, a language, a place."""

from typing import Any

from attrs import Attribute, field, frozen
from attrs.converters import optional

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.location import Location
from wtisd_model.types.timezone import require_zone


def _language(language: str) -> str:
    return require_valid(language, LANGUAGE, "/language")


def _location(_defaults: Any, _attribute: "Attribute[Any]", place: object) -> None:
    if not isinstance(place, Location | None):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/place", expected="instance:Location"))


@frozen
class Defaults:
    """The arguments that readers of foreign formats share, checked.

    Raises:
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type``.
    """

    zone: str | None = field(converter=optional(require_zone))
    """For times without a zone, or in an unknown one: its IANA name."""
    language: str = field(converter=_language)
    """Of texts that state none; ``und`` if it is undetermined."""
    place: Location | None = field(validator=_location, repr=False)
    """Where the rooms are that a document names."""
