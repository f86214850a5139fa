"""The people of a session: in words for every calendar program, and as components for those that know RFC 9073."""

from collections.abc import Iterable, Iterator
from typing import Final

from wtisd_model.ical.component import Component
from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_keyword, encode_text, encode_text_list
from wtisd_model.locales.locale import Locale
from wtisd_model.model.session import Session
from wtisd_model.types.language import TaggedText
from wtisd_model.types.people import Contact, Role
from wtisd_model.types.uid import name_based_uid

_SPEAKING: Final = (Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST)
_ON_STAGE: Final = (Role.CHAIR, Role.VICE_CHAIR, Role.HOST, Role.MODERATOR, *_SPEAKING, Role.RAPPORTEUR)
"""The roles that a programme shows, in the order in which it names several of one person."""


def people_on_stage(session: Session) -> list[Contact]:
    """Return the people whom the programme names: those with a name, and with such a role or without any."""
    return [
        each
        for each in session.people
        if each.name is not None and (not each.roles or not each.roles.isdisjoint(_ON_STAGE))
    ]


def people_in_words(session: Session, words: Locale) -> Iterator[TaggedText]:
    """Yield a paragraph with a line for each person: roles, name, job title and organization, but no address."""
    lines = [person_in_words(each, words) for each in people_on_stage(session)]
    if lines:
        yield "\n".join(lines), words.language


def participants(session: Session, uid: str) -> Iterator[Component]:
    """Yield a PARTICIPANT for each person; *uid* is that of the session in calendars.

    The type says only that a person speaks or takes part, so the roles are categories. There is no CALENDAR-ADDRESS.

    Source: RFC 9073 sections 6.2 and 7.1.
    """
    for number, each in enumerate(people_on_stage(session)):
        name = each.name or ""
        speaks = not each.roles.isdisjoint(_SPEAKING)
        about = ", ".join(part for part in (each.job_title, each.organization) if part is not None)
        roles = [role for role in _ON_STAGE if role in each.roles]
        yield Component(
            "PARTICIPANT",
            [
                Property("UID", encode_text(name_based_uid(f"PARTICIPANT {number} {uid} {name}"))),
                Property("PARTICIPANT-TYPE", encode_keyword("SPEAKER" if speaks else "ACTIVE")),
                Property("SUMMARY", encode_text(name)),
                *([Property("DESCRIPTION", encode_text(about))] if about else []),
                *([Property("CATEGORIES", encode_text_list(roles))] if roles else []),
            ],
        )


def person_in_words(person: Contact, words: Locale) -> str:
    """Return the roles, the name, the job title and the organization of a person, but no address."""
    labels = words.choices["roles"]
    roles = words.comma.join(labels[role] for role in _ON_STAGE if role in person.roles)
    parts: Iterable[str | None] = (person.name, person.job_title, person.organization)
    about = words.comma.join(part for part in parts if part is not None)
    return f"{roles}{words.colon}{about}" if roles else about
