"""One object of a JSCalendar document: its members, its texts in their languages, and where it is."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import pointer, safe_pointer_token
from wtisd_model.formats.foreign import At, Notes
from wtisd_model.jscalendar.names import FIELDS, LOCALIZATIONS, Object, Version
from wtisd_model.schema.constraints import Text
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location


@frozen(kw_only=True)
class JSCalendarContext:
    """The options of the reader, and the findings so far."""

    notes: Notes
    version: Version
    """The version of the document."""
    zone: str | None
    """The zone for times without one."""
    language: str
    """The language of objects without ``locale``."""
    place: Location | None = field(repr=False)
    """Where the rooms are that locations name."""


def as_object(value: object) -> Object:
    """Return a JSON object; an empty one for anything else."""
    return cast("Object", value) if isinstance(value, dict) else {}


def object_in(members: Object, name: str, path: str, notes: Notes) -> Object:
    """Return the object that is a member of another one at *path*; for any other value, {} with a finding."""
    if not isinstance(members.get(name), dict | None):
        notes.note(Code.VALUE_DROPPED, path + pointer(name), reason=Code.WRONG_TYPE)
    return as_object(members.get(name))


def as_list(value: object) -> list[object]:
    """Return a JSON array; an empty one for anything else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def own_fields(source: Object) -> Object:
    """Return our fields that no property could hold; none in an object of another program."""
    return as_object(source.get(FIELDS))


@frozen(kw_only=True)
class JSCalendarEvent:
    """An Event of the document."""

    members: Object = field(repr=False)
    path: str
    context: JSCalendarContext
    locale: str
    """The language of its texts."""
    translations: Mapping[str, Mapping[str, At]] = field(repr=False)
    """Values by language for each path that a PatchObject of ``localizations`` names."""
    read: set[str] = field(factory=set[str], repr=False)
    """The paths of the texts that were read."""

    @property
    def notes(self) -> Notes:
        """The findings about the document."""
        return self.context.notes

    def entries(self, name: str) -> Iterator[tuple[str, Object, str]]:
        """Yield the key, the object and the path of each entry of a map of objects, by its number if it has one."""
        value = object_in(self.members, name, self.path, self.notes)
        for key in sorted(value, key=by_number):
            path = self.path + pointer(name) + safe_pointer_token(key)
            if isinstance(value[key], dict):
                yield key, value[key], path
            else:
                self.notes.note(Code.VALUE_DROPPED, path, reason=Code.WRONG_TYPE)

    def localized(
        self,
        value: object,
        constraint: Text,
        path: str,
        *steps: str,
        own: object = None,
        plain: Callable[[str], str] = str,
    ) -> Object | None:
        """Return a text and its translations as our JSON; None without a text.

        Args:
            value: the text.
            constraint: that of the field.
            path: the place of the text in the document.
            steps: the steps to it from the Event, as translations name it.
            own: our fields of the text, which may name its language.
            plain: returns the text of a field from that of the document, in each language.
        """
        notes = self.notes
        text = notes.text(plain(value) if isinstance(value, str) else value, constraint, path)
        language = language_tag(as_text(as_object(own).get("language"))) or self.locale
        step = pointer(*steps)[1:]
        self.read.add(step)
        if text is None:
            return None
        translations: Object = {}
        for tag, (translated, place) in self.translations.get(step, {}).items():
            if not isinstance(translated, str):
                notes.note(Code.VALUE_DROPPED, place, reason=Code.WRONG_TYPE)
            elif tag != language:
                kept = notes.text(plain(translated), constraint, place)
                translations |= {} if kept is None else {tag: kept}
            elif translated != value:
                notes.note(Code.VALUE_DROPPED, place, reason=Code.LANGUAGE_REPEATED)
        return {"text": text, "language": language, "translations": translations}

    def note_unsupported(self, source: Object, path: str, read: AbstractSet[str], defaults: Object) -> None:
        """Note the members of an object that no field can hold, once for each name."""
        object_in(source, FIELDS, path, self.notes)
        for name, value in source.items():
            if name not in read and not (name in defaults and value == defaults[name]):
                note_member(self.notes, path, name)

    def note_unread_patches(self) -> None:
        """Note translations of what is not read."""
        if not self.read.issuperset(self.translations):
            note_member(self.notes, self.path, "localizations")


def note_member(notes: Notes, path: str, name: str) -> None:
    """Note a member that no field can hold, once for each name; a name that may be personal data is not shown."""
    token = safe_pointer_token(name)
    notes.note_once(Code.MEMBER_UNSUPPORTED, path + token, member=token[1:] or "?")


def source_of(members: Object, path: str, context: JSCalendarContext) -> JSCalendarEvent:
    """Return an Event of a document."""
    stated = language_tag(as_text(members.get("locale")))
    if stated is None and members.get("locale") is not None:
        context.notes.note(Code.VALUE_DROPPED, path + "/locale", reason=Code.LANGUAGE_UNKNOWN)
    translations: dict[str, dict[str, At]] = {}
    for name in ("localizations", LOCALIZATIONS):
        patches = object_in(members, name, path, context.notes)
        for key in patches:
            tag = language_tag(key)
            if tag is None:
                context.notes.note(Code.VALUE_DROPPED, path + pointer(name), reason=Code.LANGUAGE_UNKNOWN)
                continue
            for step, value in object_in(patches, key, path + pointer(name), context.notes).items():
                at = At(value, path + pointer(name, key) + safe_pointer_token(step))
                if translations.setdefault(step, {}).setdefault(tag, at).value != value:
                    context.notes.note(Code.VALUE_DROPPED, at.path, reason=Code.LANGUAGE_REPEATED)
    locale = stated or context.language
    return JSCalendarEvent(members=members, path=path, context=context, locale=locale, translations=translations)


def as_text(value: object) -> str | None:
    """Return a JSON string; None for anything else."""
    return value if isinstance(value, str) else None


def by_number(key: str) -> tuple[int, str]:
    """Return a key that sorts ``contact-2`` before ``contact-10``."""
    return len(key), key
