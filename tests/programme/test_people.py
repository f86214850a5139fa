"""Whom documents name, over all writers: a token for each role, and which writers show it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from tests.samples.whole import AT, contact, document, event, registration, session
from wtisd_model import (
    Contact,
    Event,
    Registration,
    Role,
    Session,
    from_jscalendar,
    to_html,
    to_ical,
    to_jcal,
    to_jscalendar,
    to_json,
    to_jsonld,
    to_schedule_json,
    to_schedule_xml,
)
from wtisd_model.invitation import Message, cancel, invite, mail
from wtisd_model.pictures import timetable
from wtisd_model.programme.people import NAMED, Readers, people_named

ON_STAGE = frozenset(
    {
        *(Role.CHAIR, Role.VICE_CHAIR, Role.HOST, Role.MODERATOR),
        *(Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST, Role.RAPPORTEUR),
    }
)


def named(token: str, *roles: Role) -> Contact:
    """Return a person whose values all have a token; no token is part of another one."""
    number = sum(map(ord, token))
    return contact(
        id=f"id-{token}",
        name=f"Name {token}",
        email=f"mail-{token}@example.org",
        phone=f"+4199{number:05}{len(token):02}",
        roles=frozenset(roles),
        organization=f"Unit {token}",
        job_title=f"Title {token}",
    )


def people(letter: str) -> dict[str, Contact]:
    """Return a person with each role, one without, and one with a role on stage and another one, by token."""
    single = {f"{letter}{role.name.replace('_', '').title()}Z": (role,) for role in Role}
    both = {f"{letter}BothZ": (Role.SPEAKER, Role.INTERPRETER, Role.SECRETARY), f"{letter}NoneZ": ()}
    return {token: named(token, *roles) for token, roles in (single | both).items()}


OF_EVENT, OF_SESSION = people("Q"), people("X")
NAMELESS = contact(id=None, name=None, email="nameless@example.org", roles=frozenset({Role.SPEAKER}))
SESSION = session(people=(*OF_SESSION.values(), NAMELESS), description=None)
WHOLE = event(contacts=tuple(OF_EVENT.values()), sessions=(SESSION,), extensions={})

PROGRAMME = {token for token, person in OF_SESSION.items() if not person.roles or person.roles & ON_STAGE}
CONTACTS = {token for token, person in OF_EVENT.items() if Role.CONTACT in person.roles}
SIGNATORIES = {token for token, person in OF_EVENT.items() if Role.SIGNATORY in person.roles}


def as_mail(message: Any) -> str:
    """Return the texts of a mail, with its calendar."""
    parts = mail(message, sender="Desk 1 <desk1@example.org>").walk()
    return "\n".join(part.get_content() for part in parts if part.get_content_maintype() == "text")


GUEST = registration(replies=(), participant=contact(id=None, language="en", phone=None)).approve(at=AT)


def invitation(whole: Event) -> Message:
    return invite(whole, GUEST, stamped=AT, session=whole.sessions[0])


def cancellation(whole: Event) -> Message:
    return cancel(whole.cancel(at=AT), GUEST, stamped=AT, session=whole.sessions[0].id)


WITH_CONTACTS: dict[str, Callable[[Event], Any]] = {
    "feed": lambda whole: to_ical(whole, stamped=AT, structured=True, html=True),
    "jcal": lambda whole: to_jcal(whole, stamped=AT, structured=True),
    "page": to_html,
    "schema.org": to_jsonld,
    "jscalendar": lambda whole: to_jscalendar(whole, stamped=AT),
    "jscalendar 1.0": lambda whole: to_jscalendar(whole, stamped=AT, version="1.0"),
    "message": lambda whole: invitation(whole).ics,
    "mail": lambda whole: as_mail(invitation(whole)),
}
OTHERS: dict[str, Callable[[Event], Any]] = {
    "schedule": to_schedule_json,
    "schedule 2": lambda whole: to_schedule_json(whole, version="2"),
    "schedule in XML": to_schedule_xml,
}
UNION: dict[str, Callable[[Event], Any]] = {"union": lambda whole: to_jsonld(whole, profile="cpev")}
CANCELLED: dict[str, Callable[[Event], Any]] = {"cancellation": lambda whole: as_mail(cancellation(whole))}
WRITERS = WITH_CONTACTS | OTHERS | UNION | CANCELLED


def text_of(written: Any) -> str:
    whole = written.decode() if isinstance(written, bytes) else str(written)
    return re.sub(r"\r\n[ \t]", "", whole)


def tokens(written: str) -> set[str]:
    return {token for token in (*OF_EVENT, *OF_SESSION) if token in written}


WITH_THE_LETTER = {"feed", "jcal", "page", "jscalendar", "jscalendar 1.0"}
"""The writers that name who signed the letter of invitation."""


class TestPublic:
    """Named are people on stage and people without a role, the contacts of the event with their addresses, and who
    signed its letter.
    """

    @pytest.mark.parametrize("writer", WITH_CONTACTS)
    def test_it_has_the_people_of_the_programme_and_the_contacts(self, writer: str) -> None:
        signed = SIGNATORIES if writer in WITH_THE_LETTER else set[str]()
        assert tokens(text_of(WRITERS[writer](WHOLE))) == PROGRAMME | CONTACTS | signed

    @pytest.mark.parametrize("writer", WITH_CONTACTS)
    @pytest.mark.parametrize("signed", [0, 2])
    def test_without_the_one_document_that_they_signed_signatories_are_not_named(
        self, writer: str, signed: int
    ) -> None:
        letters = tuple(document(symbol=None, signed=number < signed) for number in range(2))
        assert tokens(text_of(WRITERS[writer](evolve(WHOLE, documents=letters)))) == PROGRAMME | CONTACTS

    def test_a_signatory_has_a_function_and_no_address(self) -> None:
        (token,) = SIGNATORIES
        for writer in WITH_THE_LETTER:
            written = text_of(WRITERS[writer](WHOLE))
            assert f"Title {token}" in written
            assert f"mail-{token}" not in written
            assert str(OF_EVENT[token].phone) not in written

    def test_a_signatory_without_a_name_is_left_out(self) -> None:
        nameless = contact(id=None, name=None, email="nameless@example.org", roles=frozenset({Role.SIGNATORY}))
        assert people_named(evolve(WHOLE, contacts=(nameless,))) == []

    @pytest.mark.parametrize("writer", OTHERS)
    def test_a_schedule_has_only_the_programme(self, writer: str) -> None:
        assert tokens(text_of(WRITERS[writer](WHOLE))) == PROGRAMME

    @pytest.mark.parametrize("writer", WRITERS)
    def test_no_other_role_is_told_and_no_address_of_a_speaker(self, writer: str) -> None:
        written = text_of(WRITERS[writer](WHOLE))
        assert tokens(written) <= PROGRAMME | CONTACTS | SIGNATORIES
        assert not re.search("interpreter|secretary|head.of.delegation", written, re.IGNORECASE)
        assert "nameless" not in written
        for token, person in OF_SESSION.items():
            for value in (f"mail-{token}", f"id-{token}", str(person.phone)):
                assert value not in written

    @pytest.mark.parametrize("writer", WITH_CONTACTS)
    def test_a_contact_of_the_event_has_an_address_and_a_telephone_number(self, writer: str) -> None:
        (person,) = (OF_EVENT[token] for token in CONTACTS)
        written = text_of(WRITERS[writer](WHOLE))
        for value in (person.name, person.email, person.phone):
            assert str(value) in written

    def test_in_the_vocabulary_of_the_union_contacts_have_no_name(self) -> None:
        (person,) = (OF_EVENT[token] for token in CONTACTS)
        points = json.loads(UNION["union"](WHOLE))["contactPoint"]
        assert {"@type": "ContactPoint", "hasEmail": person.email, "hasTelephone": person.phone} in points

    def test_pictures_name_nobody(self) -> None:
        drawn = timetable(WHOLE)
        assert tokens(f"{drawn.svg}{drawn.html}") == set()


class TestOffice:
    """JSON and JSCalendar with *personal* have everybody, with all roles."""

    @pytest.mark.parametrize("write", [to_json, lambda whole: to_jscalendar(whole, stamped=AT, personal=True)])
    def test_it_has_everybody(self, write: Callable[[Event], bytes]) -> None:
        written = text_of(write(WHOLE))
        assert tokens(written) == {*OF_EVENT, *OF_SESSION}
        assert "nameless@example.org" in written

    @pytest.mark.parametrize("version", ["1.0", "2.0"])
    def test_it_comes_back(self, version: Any) -> None:
        back = from_jscalendar(to_jscalendar(WHOLE, stamped=AT, version=version, personal=True)).events[0]
        assert (back.contacts, back.sessions[0].people) == (WHOLE.contacts, SESSION.people)


class TestTable:
    """Each role is decided on for all readers."""

    @pytest.mark.parametrize("thing", [Event, Session, Registration])
    def test_the_office_has_all_roles(self, thing: type) -> None:
        assert NAMED[Readers.OFFICE][thing] == {None, *Role}

    def test_the_public_has_those_of_the_programme(self) -> None:
        programme = {None, *ON_STAGE}
        assert NAMED[Readers.PUBLIC] == {
            Event: {Role.CONTACT, Role.SIGNATORY},
            Session: programme,
            Registration: programme,
        }
