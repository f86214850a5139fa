"""Texts in one language, and their translations as patches: ``localizations``."""

from attrs import field, frozen

from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.types.language import LocalizedText


@frozen
class TextWriter:
    """A writer of the texts of one JSCalendar object."""

    locale: str
    """The language of the object: that of its title."""
    language: str | None
    """The language of all texts; None for the originals, with their translations as patches."""
    patches: dict[str, dict[str, str]] = field(factory=dict[str, dict[str, str]])
    """A PatchObject for each language."""

    def write(self, target: Object, key: str, text: LocalizedText | None, path: str, after: str = "") -> None:
        """Set a property of *target* to a text, and add patches for its translations.

        Args:
            target: the object of JSCalendar.
            key: the name of the property.
            text: the text with its translations; None writes nothing.
            path: the JSON Pointer to *target*, without its first slash; empty for the object itself.
            after: what follows the text in each language.
        """
        if text is None:
            return
        written, tag = text.in_language(self.language)
        target[key] = written + after
        if tag != self.locale:
            target.setdefault(FIELDS, {})[key] = {"language": tag}
        if self.language is None:
            for other, translation in text.translations.items():
                self.patch(other, f"{path}/{key}" if path else key, translation + after)

    def patch(self, tag: str, path: str, text: str) -> None:
        """Add a patch for a language."""
        self.patches.setdefault(tag, {})[path] = text

    def localizations(self) -> Object:
        """Return the patches, sorted by language."""
        return dict(sorted(self.patches.items()))
