"""A schedule in version 2, whose sessions are a list and have a status."""

from typing import Final

from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session, SessionKind
from wtisd_model.programme.format import ANNOUNCED, format_like, listed
from wtisd_model.programme.people import people_named
from wtisd_model.programme.times import ends_of
from wtisd_model.schedule_json.both_versions import (
    Plain,
    ScheduledSession,
    ScheduleWriter,
    WrittenSessions,
    code_of,
    day_members,
    extra_text,
)
from wtisd_model.schedule_json.version_1 import Version1Writer
from wtisd_model.schedule_json.vocabulary import (
    BREAK_2,
    SHORT_TAG,
    STATE_BY_STATUS,
    TYPE_BY_KIND,
    WORD_BY_ROLE,
)
from wtisd_model.types.moment import moment_text
from wtisd_model.types.people import Contact

_MAIN_ROLES: Final = ("SPEAKER", "MODERATOR", "HOST", "CONTRIBUTOR")
"""The roles; the first of several is the main one."""


class Version2Writer(ScheduleWriter):
    """A writer of one event in version 2."""

    FORMAT = format_like(
        Version1Writer.FORMAT,
        name="schedule-json-2",
        as_text=listed(Event="status", LocalizedText="translations", Session="status"),
        statuses=ANNOUNCED,
    )
    SCHEMA = "https://c3voc.de/schema/schedule2"
    ONLINE = "VIRTUAL"

    def schedule(self, conference: Plain, sessions: WrittenSessions) -> Plain:
        """Return the conference, and the sessions beside it."""
        days = [day_members(number, day) for number, day in enumerate(self.days, 1)]
        return {"conference": {**conference, "days": days}, "events": [session for _, session in sessions]}

    def description(self, thing: Event | Session) -> str | dict[str, str] | None:
        """Return the texts by language, the original first, if there are several, or one unlike that of the title.

        Only languages with a code of two letters can be stated.
        """
        text = thing.description
        if text is None:
            return None
        texts = {text.language: text.text, **text.translations}
        texts = {tag: said for tag, said in texts.items() if SHORT_TAG.fullmatch(tag)}
        differs = len(texts) > 1 or text.language != thing.title.language
        return texts if self.language is None and text.language in texts and differs else self.text(text)

    def image(self, address: str) -> Plain:
        """Return a picture by its address."""
        return {"url": address}

    def languages(self) -> Plain:
        """Return the languages that have a code of two letters."""
        codes = [tag for tag in self.event.floor_languages if SHORT_TAG.fullmatch(tag)]
        title = self.tag(self.event.title)
        return {"languages": codes, **({"defaults": {"language": title}} if SHORT_TAG.fullmatch(title) else {})}

    def session(self, entry: ScheduledSession) -> Plain:
        """Return a session: a break is a MetaEvent, unless that would lose something."""
        session = entry.session
        start, end = map(moment_text, ends_of(session.slot, self.slot.time_zone))
        room = {"guid": entry.room.guid, "name": entry.room.name, "slug": entry.room.slug}
        logo, links, attachments = extra_text(session, "logo"), self.links(entry), self.attachments(session)
        for link in (*links, *attachments):
            link["type"] = link["type"].upper()
        for name, type_ in (("feedback_url", "FEEDBACK"), ("origin_url", "ORIGIN")):
            if (url := extra_text(session, name)) is not None:
                links.append({"type": type_, "url": url})
        people = [
            {"guid": self.guid(person), "name": person.name, "role": _main_role(person)}
            for person in people_named(session)
        ]
        about = self.description(session)
        if (
            session.kind is SessionKind.BREAK
            and entry.status is EventStatus.SCHEDULED
            and not any(
                (about, people, links, attachments, logo, session.track, session.url, extra_text(session, "subtitle"))
            )
        ):
            meta_event: Plain = {"type": BREAK_2, "title": self.text(session.title), "guid": entry.guid}
            return {**meta_event, "start": start, "end": end, "room": room}
        return {
            "guid": entry.guid,
            **code_of(session),
            "logo": None if logo is None else {"url": logo},
            "start": start,
            "end": end,
            "room": room,
            "slug": entry.slug,
            "url": self.url(entry),
            "title": self.text(session.title),
            "subtitle": extra_text(session, "subtitle"),
            "track": {"slug": self.tracks.slug(session.track)},
            "type": TYPE_BY_KIND[session.kind],
            "language": self._language(session),
            "abstract": None,
            "description": about,
            "participants": people,
            "links": links,
            "attachments": attachments,
            **({"state": STATE_BY_STATUS[entry.status]} if entry.status in STATE_BY_STATUS else {}),
        }

    def _language(self, session: Session) -> str:
        known = (*session.floor_languages, *self.event.floor_languages, session.title.language)
        codes = (tag.partition("-")[0] for tag in known)
        return next((code for code in codes if SHORT_TAG.fullmatch(code)), "en")


def _main_role(person: Contact) -> str:
    words = [WORD_BY_ROLE.get(role, "SPEAKER") for role in person.roles]
    return min(words, key=_MAIN_ROLES.index, default="SPEAKER")
