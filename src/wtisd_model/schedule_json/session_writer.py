"""One session as the plain values of a schedule, in either version."""

from typing import Any, Final

from attrs import field, frozen
from pendulum import DateTime

from wtisd_model.model.event import Event
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Recording, Session, SessionKind
from wtisd_model.programme.people import people_named
from wtisd_model.schedule_json.identity import derived_guid, session_guid
from wtisd_model.schedule_json.rooms import ScheduleRoom
from wtisd_model.schedule_json.times import clock_text
from wtisd_model.schedule_json.tracks import Tracks
from wtisd_model.schedule_json.vocabulary import (
    ATTACHMENTS,
    BREAK_2,
    CODE_FORM,
    LINKS,
    SHORT_TAG,
    STATE_BY_STATUS,
    TALK,
    TYPE_BY_KIND,
    VENDOR,
    WORD_BY_ROLE,
    is_plain,
    kind_of,
)
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact
from wtisd_model.types.text import WEB_ADDRESS
from wtisd_model.types.timezone import at_zone

Plain = dict[str, Any]

_MAIN_ROLES: Final = ("SPEAKER", "MODERATOR", "HOST", "CONTRIBUTOR")
"""The roles of version 2; the first of several is the main one."""

_NO_LANGUAGE: Final = "en"
"""The language in version 2, which requires two letters, of a session for which no such code is known."""

_ADDRESSES: Final = frozenset({"feedback_url", "logo", "origin_url"})
"""The texts in extensions that have to be web addresses."""

_RECORDING: Final[dict[Recording | None, Plain]] = {
    None: {"do_not_record": None},
    Recording.ALLOWED: {"do_not_record": False},
    Recording.NO_RECORDING: {"do_not_record": True},
    Recording.NO_STREAMING: {"do_not_record": True, "do_not_stream": True},
}


@frozen
class ScheduledSession:
    """A session, and what it is called in a schedule."""

    session: Session
    status: EventStatus
    places: Places
    guid: str
    slug: str
    room: ScheduleRoom


@frozen
class SessionWriter:
    """A writer of the sessions of one event."""

    event: Event
    zone: str
    """The zone of the schedule."""
    language: str | None
    tracks: Tracks
    numbers: dict[str, int] = field(repr=False)
    """The numbers of sessions by guid, which version 1 requires."""

    def version_1(self, entry: ScheduledSession) -> Plain:
        """Return a session in version 1, with the members of pretalx."""
        session = entry.session
        start, end = self._times(session)
        if session.track is not None:
            self.tracks.slug(session.track)
        written: Plain = {
            "guid": entry.guid,
            **_code(session),
            "id": self.numbers[entry.guid],
            "logo": kept(session, "logo"),
            "date": moment_text(start),
            "start": f"{start:%H:%M}",
            "end": moment_text(end),
            "duration": clock_text(session.slot.ends_at - session.slot.starts_at),
            "room": entry.room.name,
            "slug": entry.slug,
            "url": self._url(entry),
            "title": self.text(session.title),
            "subtitle": kept(session, "subtitle") or "",
            "track": session.track,
            "type": _type_1(session),
            "language": next(iter(session.floor_languages), None),
            "abstract": "",
            "description": None if session.description is None else self.text(session.description),
            "recording_license": kept(session, "recording_license") or "",
            **_RECORDING[session.recording],
            "persons": [self._person(each) for each in people_named(session)],
            "links": self._links(entry),
        }
        for name in ("feedback_url", "origin_url"):
            if (url := kept(session, name)) is not None:
                written[name] = url
        return {**written, "attachments": self._attachments(session)}

    def version_2(self, entry: ScheduledSession) -> Plain:
        """Return a session in version 2: a break is a MetaEvent, unless that would lose something."""
        session = entry.session
        start, end = map(moment_text, self._times(session))
        room = {"guid": entry.room.guid, "name": entry.room.name, "slug": entry.room.slug}
        logo, links, attachments = kept(session, "logo"), self._links(entry), self._attachments(session)
        for link in (*links, *attachments):
            link["type"] = link["type"].upper()
        for name, type_ in (("feedback_url", "FEEDBACK"), ("origin_url", "ORIGIN")):
            if (url := kept(session, name)) is not None:
                links.append({"type": type_, "url": url})
        people = [
            {"guid": self._guid(each), "name": each.name, "role": _main_role(each)} for each in people_named(session)
        ]
        about = None if session.description is None else self.localizable(session.description, session.title)
        if (
            session.kind is SessionKind.BREAK
            and entry.status is EventStatus.SCHEDULED
            and not any(
                (about, people, links, attachments, logo, session.track, session.url, kept(session, "subtitle"))
            )
        ):
            meta_event: Plain = {"type": BREAK_2, "title": self.text(session.title), "guid": entry.guid}
            return {**meta_event, "start": start, "end": end, "room": room}
        return {
            "guid": entry.guid,
            **_code(session),
            "logo": None if logo is None else {"url": logo},
            "start": start,
            "end": end,
            "room": room,
            "slug": entry.slug,
            "url": self._url(entry),
            "title": self.text(session.title),
            "subtitle": kept(session, "subtitle"),
            "track": {"slug": self.tracks.slug(session.track)},
            "type": TYPE_BY_KIND[session.kind],
            "language": self._language_2(session),
            "abstract": None,
            "description": about,
            "participants": people,
            "links": links,
            "attachments": attachments,
            **({"state": STATE_BY_STATUS[entry.status]} if entry.status in STATE_BY_STATUS else {}),
        }

    def meta(self, entry: ScheduledSession, written: Plain) -> Plain:
        """Return the values of a session that the format has no exact member for, by their JSON keys."""
        session, languages = entry.session, list(entry.session.floor_languages)
        stated = written.get("language")
        exact: Plain = {}
        if session.id != written.get("slug"):
            exact["id"] = session.id
        # Without a uid here, the guid is read as that of the id, if it is that, and as the uid otherwise.
        derived = session_guid(f"{session.id}.{self.event.uid}")
        if session.uid != (None if entry.guid == derived else entry.guid):
            exact["uid"] = session.uid
        if session.code != written.get("code"):
            exact["code"] = session.code
        if session.kind is not kind_of(written["type"]):
            exact["kind"] = session.kind
        if languages != ([] if stated is None else [stated]):
            exact["floorLanguages"] = languages
        if session.recording is not None and "do_not_record" not in written:
            exact["recording"] = session.recording
        if (tag := session.title.in_language(self.language)[1]) != self.event.title.in_language(self.language)[1]:
            exact["language"] = tag
        exact |= self.description_language(session)
        if session.slot.time_zone != self.zone:
            exact["timeZone"] = session.slot.time_zone
        if session.slot.whole_days:
            exact["wholeDays"] = True
        return exact

    def description_language(self, of: Event | Session) -> Plain:
        """Return the language of a description, if it is another one than that of the title."""
        if of.description is None:
            return {}
        title, about = (text.in_language(self.language)[1] for text in (of.title, of.description))
        return {} if about == title else {"descriptionLanguage": about}

    def text(self, text: LocalizedText) -> str:
        """Return a text in the language of the schedule."""
        return text.in_language(self.language)[0]

    def localizable(self, text: LocalizedText, title: LocalizedText) -> str | dict[str, str]:
        """Return a text by language, the original first, if it is in several, or in another one than its title.

        Only languages with a code of two letters can be stated.
        """
        texts = {text.language: text.text, **text.translations}
        texts = {tag: each for tag, each in texts.items() if SHORT_TAG.fullmatch(tag)}
        differs = len(texts) > 1 or text.language != title.language
        return texts if self.language is None and text.language in texts and differs else self.text(text)

    def _times(self, session: Session) -> tuple[DateTime, DateTime]:
        return at_zone(session.slot.starts_at, self.zone), at_zone(session.slot.ends_at, self.zone)

    def _url(self, entry: ScheduledSession) -> str:
        # Both versions require an address.
        return entry.session.url or self.event.url or f"urn:uuid:{entry.guid}"

    def _language_2(self, session: Session) -> str:
        known = (*session.floor_languages, *self.event.floor_languages, session.title.language)
        codes = (each.partition("-")[0] for each in known)
        return next((each for each in codes if SHORT_TAG.fullmatch(each)), _NO_LANGUAGE)

    def _person(self, person: Contact) -> Plain:
        # Programs read one or the other name; with a number too, the schema would take it for two kinds of person.
        return {"guid": self._guid(person), "name": person.name, "public_name": person.name}

    def _guid(self, person: Contact) -> str:
        # Not of the e-mail address, as c3voc proposes: people could try addresses until one fits.
        return derived_guid("person", self.event.uid, person.id or "", person.name or "")

    def _attachments(self, session: Session) -> list[Plain]:
        return [
            self._reference(each, ATTACHMENTS[each.kind])
            for each in session.materials
            if each.url is not None and each.kind in ATTACHMENTS
        ]

    def _links(self, entry: ScheduledSession) -> list[Plain]:
        documents = [
            self._reference(each, LINKS.get(each.kind, "related"))
            for each in entry.session.materials
            if each.url is not None and each.kind not in ATTACHMENTS
        ]
        virtual = () if entry.room.is_online else entry.places.virtual_locations
        return documents + [
            {"type": "related", "url": each.uri, **({} if each.name is None else {"title": self.text(each.name)})}
            for each in virtual
            if each.uri is not None
        ]

    def _reference(self, about: Document, type_: str) -> Plain:
        title = about.symbol if about.title is None else self.text(about.title)
        return {"type": type_, "url": about.url, **({} if title is None else {"title": title})}


def kept(session: Session, name: str) -> str | None:
    """Return a text about a session that only its extensions hold; an address only if it is one."""
    value = session.extensions.get(f"{VENDOR}:{name}")
    if not isinstance(value, str) or not value:
        return None
    return None if name in _ADDRESSES and WEB_ADDRESS.check(value, suggest=False) is not None else value


def _main_role(person: Contact) -> str:
    return min(
        (WORD_BY_ROLE.get(role, "SPEAKER") for role in person.roles),
        key=_MAIN_ROLES.index,
        default="SPEAKER",
    )


def _code(session: Session) -> Plain:
    return {"code": session.code} if session.code is not None and CODE_FORM.fullmatch(session.code) else {}


def _type_1(session: Session) -> str:
    type_ = kept(session, "type")
    if type_ is not None and not is_plain(type_) and kind_of(type_) is session.kind:
        return type_
    return TALK if session.kind is None else session.kind
