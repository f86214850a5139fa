"""Documents, people and kinds of session in calendars of others."""

import pytest

from tests.ical.calendars import codes, one, read, vcalendar, vevent
from tests.ical.imported import OURS, left_out, text
from tests.samples.invited import ORGANIZER, registration
from tests.samples.wtisd import STAMPED, event, session
from wtisd_model import Contact, Document, DocumentKind, Imported, Role, Session, SessionKind, from_ical, to_ical
from wtisd_model import invitation as inv


def participant(*lines: str) -> str:
    return "\r\n".join(["BEGIN:PARTICIPANT", "UID:p-1", *lines, "END:PARTICIPANT"])


def with_session(*lines: str, product: str = "-//example.org//Agent//EN") -> Imported:
    whole = vevent("CATEGORIES:a")
    return read(vcalendar(whole, vevent("RELATED-TO:e-1", *lines, uid="e-2"), product=product))


def first_session(*lines: str, product: str = "-//example.org//Agent//EN") -> Session:
    return with_session(*lines, product=product).events[0].sessions[0]


class TestDocuments:
    """RFC 5545 section 3.8.1.1: ATTACH is a URI or binary data."""

    def test_a_web_address_is_a_document_of_its_event_or_session(self) -> None:
        line = 'ATTACH;LABEL="Agenda, draft";LANGUAGE=en:https://example.org/agenda.pdf'
        agenda = Document(
            kind=DocumentKind.OTHER, title=text("Agenda, draft", "en"), url="https://example.org/agenda.pdf"
        )
        imported = read(one(line))
        assert imported.events[0].documents == (agenda,)
        assert codes(imported) == []
        assert first_session(line).materials == (agenda,)

    def test_google_calls_it_by_its_file_name(self) -> None:
        (made,) = read(one("ATTACH;FILENAME=Agenda.pdf;FMTTYPE=application/pdf:https://example.org/a")).events
        assert made.documents == (
            Document(kind=DocumentKind.OTHER, title=text("Agenda.pdf"), url="https://example.org/a"),
        )

    def test_a_link_is_a_document_too(self) -> None:
        imported = read(one("LINK;LINKREL=SOURCE;LABEL=Agenda;VALUE=URI:https://example.org/a", "LINK:urn:uuid:1"))
        assert imported.events[0].documents == (
            Document(kind=DocumentKind.OTHER, title=text("Agenda"), url="https://example.org/a"),
        )
        assert left_out(imported) == ["LINKREL", "LINK"]

    @pytest.mark.parametrize("value", ["cid:part1@example.org", "ftp://example.org/a", "javascript:alert(1)", "AAAA"])
    def test_another_one_is_left_out(self, value: str) -> None:
        imported = read(one(f"ATTACH:{value}"))
        assert imported.events[0].documents == ()
        assert left_out(imported) == ["ATTACH"]

    def test_no_more_are_read_than_an_event_has(self) -> None:
        imported = read(one(*(f"ATTACH:https://example.org/{number}" for number in range(102))))
        assert len(imported.events[0].documents) == 100
        assert codes(imported) == ["value-dropped"]

    def test_those_that_are_left_out_do_not_count(self) -> None:
        imported = read(one(*(f"ATTACH:CID:{number}" for number in range(100)), "ATTACH:https://example.org/a"))
        assert [document.url for document in imported.events[0].documents] == ["https://example.org/a"]


class TestPeople:
    """RFC 9073 section 6.2: PARTICIPANT-TYPE."""

    @pytest.mark.parametrize(
        ("kind", "roles"),
        [("ACTIVE", set()), ("speaker", {Role.SPEAKER}), ("PERFORMER", set()), ("PLANNER-CONTACT", {Role.CONTACT})],
    )
    def test_who_is_there_is_among_the_people_of_a_session(self, kind: str, roles: set[Role]) -> None:
        (person,) = first_session(participant(f"PARTICIPANT-TYPE:{kind}", "SUMMARY:Participant 1")).people
        assert person == Contact(name="Participant 1", roles=frozenset(roles))

    def test_those_who_are_left_out_do_not_count(self) -> None:
        sponsors = [participant("PARTICIPANT-TYPE:SPONSOR", "SUMMARY:Sponsor 1")] * 200
        (person,) = first_session(*sponsors, participant("PARTICIPANT-TYPE:SPEAKER", "SUMMARY:Participant 1")).people
        assert person.name == "Participant 1"

    def test_those_of_an_event_are_contacts_with_their_roles(self) -> None:
        lines = ("PARTICIPANT-TYPE:SPEAKER", "SUMMARY:Participant 1", "CALENDAR-ADDRESS:mailto:p1@example.org")
        imported = read(one("CONTACT:Desk", participant(*lines)))
        assert imported.events[0].contacts == (
            Contact(name="Desk", roles=frozenset({Role.CONTACT})),
            Contact(name="Participant 1", email="p1@example.org", roles=frozenset({Role.SPEAKER})),
        )
        assert codes(imported) == []

    @pytest.mark.parametrize(
        "lines",
        [
            ("PARTICIPANT-TYPE:SPONSOR", "SUMMARY:Participant 1"),
            ("SUMMARY:Participant 1",),
            ("PARTICIPANT-TYPE:SPEAKER",),
            ("PARTICIPANT-TYPE:SPEAKER", "SUMMARY: "),
        ],
    )
    def test_nobody_and_sponsors_are_left_out(self, lines: tuple[str, ...]) -> None:
        imported = with_session(participant(*lines))
        assert imported.events[0].sessions[0].people == ()
        assert "PARTICIPANT" in left_out(imported)


class TestKinds:
    """RFC 5545 section 3.8.1.2: CATEGORIES."""

    @pytest.mark.parametrize(
        ("word", "kind"), [("Workshop", "workshop"), ("side event", "side-event"), ("BREAK", "break")]
    )
    def test_a_category_that_is_a_kind_of_session_is_its_kind(self, word: str, kind: str) -> None:
        made = first_session(f"CATEGORIES:a,Security,{word}")
        assert (made.kind, made.track) == (kind, "Security")
        made = first_session(f"CATEGORIES:a,{word}")
        assert (made.kind, made.track) == (kind, None)

    def test_of_two_none_is_chosen(self) -> None:
        imported = with_session("CATEGORIES:a,Panel,Workshop")
        assert (imported.events[0].sessions[0].kind, imported.events[0].sessions[0].track) == (None, None)
        assert "session-field-dropped" in codes(imported)

    def test_in_our_files_a_track_may_have_the_name_of_a_kind(self) -> None:
        made = first_session("CATEGORIES:a,Workshop", product=OURS)
        assert (made.kind, made.track) == (None, "Workshop")
        made = first_session("CATEGORIES:a,Panel,Panel", "X-WTISD-KIND:panel", product=OURS)
        assert (made.kind, made.track) == (SessionKind.PANEL, "Panel")
        made = first_session("CATEGORIES:a,Atelier", "X-WTISD-KIND:workshop", product=OURS)
        assert (made.kind, made.track) == (SessionKind.WORKSHOP, None)

    def test_an_unknown_one_is_left_out(self) -> None:
        imported = with_session("CATEGORIES:a,Panel", "X-WTISD-KIND:concert")
        assert imported.events[0].sessions[0].kind is SessionKind.PANEL
        assert "X-WTISD-KIND" in left_out(imported)

    def test_the_event_of_an_invitation_to_a_session_has_no_kind(self) -> None:
        whole = event(organizer=ORGANIZER, sessions=(session(kind=SessionKind.PANEL, track="Security"),))
        message = inv.invite(whole, registration(1, event_uid=whole.uid), stamped=STAMPED, session="opening")
        assert b"\r\nX-WTISD-KIND:panel" in message.ics
        imported = from_ical(message.ics)
        assert imported.events[0].keywords == {"Security"}
        assert "X-WTISD-KIND" in left_out(imported)


class TestIds:
    """A session with a uid of its own has its id in X-WTISD-ID."""

    def test_they_come_back(self) -> None:
        own = session(id="opening", uid="opening@example.org")
        whole = event(sessions=(own, session(id="panel"), session(id="closing", uid=f"x.{event().uid}")))
        imported = from_ical(to_ical(whole, stamped=STAMPED))
        assert [(each.id, each.uid) for each in imported.events[0].sessions] == [
            ("opening", "opening@example.org"),
            ("panel", None),
            ("closing", f"x.{event().uid}"),
        ]
        assert left_out(imported) == []

    def test_the_event_of_an_invitation_to_a_session_has_none(self) -> None:
        whole = event(organizer=ORGANIZER, sessions=(session(uid="opening@example.org"),))
        message = inv.invite(whole, registration(1, event_uid=whole.uid), stamped=STAMPED, session="opening")
        assert b"X-WTISD-ID" not in message.ics
