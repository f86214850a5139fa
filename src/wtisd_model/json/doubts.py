"""What a reader of JSON values gives in place of what it could not make."""

from typing import Any, Final

from wtisd_model.codes import Code
from wtisd_model.findings import finding
from wtisd_model.schema.constraints import Text


class Doubt:
    """Stands for a value of which nothing could be made."""

    __slots__ = ()


UNSOUND: Final = Doubt()
"""The doubt about a value that has no parts."""


class PartDoubt(Doubt):
    """What was seen of an object that could not be made."""

    __slots__ = ("all_known", "cls", "doubtful", "lacking", "plain", "text", "there", "values")

    def __init__(
        self,
        cls: type,
        text: Text | None,
        plain: dict[str, Any],
        all_known: bool,  # noqa: FBT001 - by their order, since many are made
        lacking: int,
        there: int,
        doubtful: dict[str, Doubt],
        values: list[Any],
    ) -> None:
        self.cls: type = cls
        self.text: Text | None = text
        """What free texts in it are narrowed to."""
        self.plain: dict[str, Any] = plain
        """What it should have been made of, or at least all of it that is in doubt, not known, or null."""
        self.all_known: bool = all_known
        """Whether all of its keys are known, and none of them is null."""
        self.lacking: int = lacking
        """How many fields that have to be there are not."""
        self.there: int = there
        """Which fields are there, as the bits of their numbers."""
        self.doubtful: dict[str, Doubt] = doubtful
        """What of it is in doubt, by key, in the order in which it came."""
        self.values: list[Any] = values
        """What the object would hold, field by field."""


class PartsDoubt(Doubt):
    """A list of objects of which some could not be made."""

    __slots__ = ("made", "sent")

    def __init__(self, made: list[Any], sent: list[Any]) -> None:
        self.made: list[Any] = made
        """The objects, and the doubts; where there are many of these, only the first."""
        self.sent: list[Any] = sent
        """What they should have been made of; or True in place of what is not looked at again."""


MISSING: Final = finding(Code.KEY_MISSING)
NO_VALUE: Final = finding(Code.NULL_REFUSED)
NOT_YOURS: Final = finding(Code.FIELD_NOT_YOURS)
"""What is told of keys, of which each gets a copy with its place."""

KINDS: Final[set[type]] = {Doubt, PartDoubt, PartsDoubt}
"""The classes of doubts; the compiled readers add their own, which have the same attributes."""


def is_doubt(made: object) -> bool:
    """Tell whether what a reader gave is a doubt."""
    return type(made) in KINDS
