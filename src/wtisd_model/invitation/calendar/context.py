"""What the components of a calendar are read with."""

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import finding
from wtisd_model.invitation.calendar.clocks import Clocks
from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.invitation.calendar.tree import Note
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.invitation.calendar.values import cleaned, language, text
from wtisd_model.schema.constraints import Text
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location


@frozen(kw_only=True)
class Context:
    """What is the same for all components of a calendar."""

    clocks: Clocks
    language: str
    """The language of texts that do not say theirs."""
    note: Note
    """Is given what cannot be kept."""
    place: Location | None = field(default=None, repr=False)
    """Where the rooms are that LOCATION names."""
    is_ours: bool = False
    """Whether this package wrote the calendar."""

    def tag(self, found: Property) -> str:
        """Give the language that a property says it is in, or the default."""
        return language(found.parameter("LANGUAGE")) or self.language

    def clean(self, value: str, constraint: Text, found: Property) -> str | None:
        """Make of a text what a field may hold, and note where that changes it or nothing is left."""
        kept = cleaned(value, constraint)
        if kept is None:
            self.drop(found)
        elif kept != value:
            self.note(finding(Code.TEXT_CHANGED, line_path(found.line), property=found.name))
        return kept

    def localized(self, found: Property, constraint: Text) -> LocalizedText | None:
        """Read a TEXT property in its language."""
        kept = self.clean(text(found.value), constraint, found)
        return None if kept is None else LocalizedText(text=kept, language=self.tag(found))

    def drop(self, found: Property) -> None:
        """Note that a property is left out."""
        self.note(finding(Code.PROPERTY_DROPPED, line_path(found.line), property=found.name))
