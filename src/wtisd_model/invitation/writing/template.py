"""A message but for whom it is for: what all who read it alike get, written once for all of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from attrs import field, frozen

from wtisd_model.findings import unchecked_constructor
from wtisd_model.ical.alarms import alarms
from wtisd_model.ical.component import Component
from wtisd_model.ical.method import Method
from wtisd_model.ical.property import Property
from wtisd_model.ical.serializer import PreparedComponent, prepare
from wtisd_model.ical.values import encode_keyword
from wtisd_model.ical.vevent import Shared, session_status, shared
from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.invitation.person import Person
from wtisd_model.invitation.writing.attendee import check_organizer
from wtisd_model.invitation.writing.options import Manner, Privacy
from wtisd_model.invitation.writing.texts import entry_of, texts_of
from wtisd_model.invitation.writing.vcalendar import calendar
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session

_CLASS: Final = {
    Privacy.PRIVATE: Property("CLASS", encode_keyword("PRIVATE")),
    Privacy.PUBLIC: Property("CLASS", encode_keyword("PUBLIC")),
    Privacy.SECRET: Property("CLASS", encode_keyword("CONFIDENTIAL")),
}

MOST_OCTETS: Final = 8_000_000
"""How large the templates are together that are kept at a time: thousands of a usual event."""

MOST_LANGUAGES: Final = 64


@frozen(kw_only=True)
class Template:
    """A message to be addressed."""

    method: Method
    stamped: datetime
    uid: str
    sequence: int
    language: str
    texts: Texts
    calendar: Component = field(repr=False, eq=False)
    prepared: PreparedComponent

    def addressed(self, reason: Reason, attendees: bytes, person: Person | None) -> Message:
        """Put the line of the person in, and those of others whom the person is to see; none for everybody."""
        email, name = (None, None) if person is None else (person.email, person.name)
        ics = self.prepared.prefix + attendees + self.prepared.suffix
        calendar = self.calendar if self.method is Method.REQUEST else None
        return _construct_message(
            self.method,
            self.uid,
            self.sequence,
            self.stamped,
            email,
            name,
            reason,
            self.language,
            self.texts,
            ics,
            calendar,
        )


_construct_message: Final[Callable[..., Message]] = unchecked_constructor(Message)  # a million are made


Key = tuple[str | None, bool, tuple[str, str | None] | None]
"""What readers of one template share: their language, whether they take part from afar, and what tells a session."""


class Templates:
    """The templates of the messages of one call, each written when it is first asked for.

    Raises:
        MessageError: ``organizer-without-address``.
    """

    def __init__(self, event: Event, manner: Manner) -> None:
        check_organizer(event)
        self._event = event
        self._manner = manner
        self._sessions = frozenset(each.id for each in event.sessions)
        self._commons: dict[tuple[str | None, bool], Shared] = {}
        self._templates: dict[Key, Template] = {}
        self._octets = 0

    def template(self, language: str | None, remote: bool, session: Session | None) -> Template:  # noqa: FBT001 - a key
        """Give the template for readers of a language, who take part from afar or not, about a session or the event."""
        key = (language, remote, None if session is None else (session.id, session.uid))
        template = self._templates.get(key)
        if template is None:
            template = self._written(language, session, self._common(language, remote))
            self._keep(key, template)
        return template

    def _keep(self, key: Key, template: Template) -> None:
        # Languages come from registrations, so that there may be many templates: memory stays flat.
        size = len(template.prepared.prefix) + len(template.prepared.suffix)
        if self._octets + size > MOST_OCTETS:
            self._templates.clear()
            self._octets = 0
        self._templates[key] = template
        self._octets += size

    def is_dropped(self, session: Session | None) -> bool:
        """Tell whether a session is none of the event's any more."""
        return session is not None and session.id not in self._sessions

    def _common(self, language: str | None, remote: bool) -> Shared:  # noqa: FBT001 - a key
        common = self._commons.get((language, remote))
        if common is None:
            if len(self._commons) == MOST_LANGUAGES:
                self._commons.clear()
            stamped, utc = self._manner.stamped, self._manner.utc
            common = shared(self._event, stamped=stamped, language=language, utc=utc, remote_first=remote)
            self._commons[language, remote] = common
        return common

    def _written(self, language: str | None, session: Session | None, common: Shared) -> Template:
        event, manner = self._event, self._manner
        status = self._status(session)
        # "If uninviting specific Attendees, then MUST NOT be included" (RFC 5546 section 3.2.5, STATUS).
        said = None if manner.method is Method.CANCEL and status is not EventStatus.CANCELLED else status
        entry = entry_of(event, session, common, status=said, transparent=manner.transparent)
        privacy = () if manner.privacy is None else (_CLASS[manner.privacy],)
        # "ATTENDEE 0" (RFC 5546 section 3.2.1)
        person = () if manner.method is Method.PUBLISH else ("ATTENDEE",)
        reminders = alarms(manner.reminders, entry.title) if status is EventStatus.SCHEDULED else ()
        vevent = Component("VEVENT", [*entry.properties, *privacy], reminders)
        whole = calendar(manner.method, vevent, *person, slots=[entry.slot], utc=manner.utc)
        return Template(
            method=manner.method,
            stamped=manner.stamped,
            uid=entry.uid,
            sequence=event.sequence,
            language=language or event.title.language,
            texts=texts_of(event, session, common, entry, status),
            calendar=whole,
            prepared=prepare(whole, vevent),
        )

    def _status(self, session: Session | None) -> EventStatus:
        if session is None:
            return self._event.status
        return EventStatus.CANCELLED if self.is_dropped(session) else session_status(self._event, session)
