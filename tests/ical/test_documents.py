"""Documents of an event and materials of a session: ATTACH, and lines in the description."""

from attrs import evolve

from tests.ical.records import Attachment, Entry, Said
from tests.ical.strict_reader import strictly
from tests.samples.invited import ORGANIZER, registration
from tests.samples.whole import text
from tests.samples.wtisd import STAMPED, event, session
from wtisd_model import Contact, Document, DocumentKind, Event, Role, from_ical, to_ical
from wtisd_model import invitation as inv

LETTER = Document(
    kind=DocumentKind.CIRCULAR_LETTER, symbol="CL-23/9", language="fr", url="https://www.itu.int/md/S23-CIR-0009"
)
SLIDES = Document(
    kind=DocumentKind.PRESENTATION, title=text("Slides", fr="Diapositives"), url="https://example.org/slides"
)
UNKNOWN = Document(kind=DocumentKind.AGENDA, title=text("Agenda"))


def entries(whole: Event, language: str | None = "en") -> tuple[Entry, ...]:
    return strictly(to_ical(whole, language=language)).entries


class TestDocuments:
    """RFC 5545 section 3.8.1.1; RFC 7986 section 6.4: LABEL is for people."""

    WHOLE = event(documents=(LETTER, UNKNOWN), sessions=(session(materials=(SLIDES,)),), organizer=ORGANIZER)

    def test_each_document_is_in_words_and_attached_if_it_has_an_address(self) -> None:
        whole, part = entries(self.WHOLE)
        label = Said(text="Circular letter CL-23/9", language="en")
        assert whole.attachments == (Attachment(uri="https://www.itu.int/md/S23-CIR-0009", label=label),)
        text = "Circular letter CL-23/9 (French): https://www.itu.int/md/S23-CIR-0009\n\nAgenda: Agenda"
        assert whole.description == Said(text=text, language="en")
        assert part.attachments == (
            Attachment(uri="https://example.org/slides", label=Said(text="Slides", language="en")),
        )
        assert part.description == Said(text="Slides: https://example.org/slides", language="en")

    def test_it_is_called_as_the_reader_calls_it(self) -> None:
        whole, part = entries(self.WHOLE, "fr")
        (letter,), (slides,) = whole.attachments, part.attachments
        assert letter.label == Said(text="Lettre circulaire CL-23/9", language="fr")
        assert slides.label == Said(text="Diapositives", language="fr")
        said = f"Lettre circulaire CL-23/9: {LETTER.url}\n\nOrdre du jour\u00a0: Agenda"
        assert whole.description == Said(text=said, language=None)

    def test_an_invitation_has_the_documents_of_the_event_and_no_materials(self) -> None:
        """A file that a speaker adds is no reason for a mail to everybody."""
        invited = registration(1, event_uid=self.WHOLE.uid)
        of_event, of_session = (
            inv.invite(self.WHOLE, invited, stamped=STAMPED, session=each, language="en") for each in (None, "opening")
        )
        assert b"\r\nATTACH" in of_event.ics
        assert "Circular letter CL-23/9" in of_event.texts.about[0][0]
        assert b"ATTACH" not in of_session.ics
        announcement = inv.publish(self.WHOLE, stamped=STAMPED, session="opening")
        assert b"\r\nATTACH" in announcement.ics

    def test_only_those_who_are_not_invited_yet_are_told_more_about_it(self) -> None:
        letter = evolve(LETTER, issued="2023-04-12", signed=True, addressees={"academia"})
        signatory = Contact(name="Participant 1", roles=frozenset({Role.SIGNATORY}))
        whole = evolve(self.WHOLE, documents=(letter, UNKNOWN), contacts=(signatory,), short_title="WTISD-23")
        facts = ["Date: Wednesday, 12 April 2023", "Addressed to: Academia", "Signatory: Participant 1"]
        announced = inv.publish(whole, stamped=STAMPED, language="en")
        invited = inv.invite(whole, registration(1, event_uid=whole.uid), stamped=STAMPED, language="en")
        shown, hidden = ("\n".join(text for text, _ in each.texts.about) for each in (announced, invited))
        assert [fact in shown for fact in (*facts, "WTISD-23", "Agenda")] == [True] * 5
        assert [fact in hidden for fact in (*facts, "WTISD-23", "Agenda")] == [False] * 5

    def test_addresses_and_titles_come_back(self) -> None:
        (again,) = from_ical(to_ical(self.WHOLE, language="en")).events
        assert [(each.url, each.title) for each in again.documents] == [(LETTER.url, text("Circular letter CL-23/9"))]
        assert [(each.url, each.title) for each in again.sessions[0].materials] == [(SLIDES.url, text("Slides"))]

    def test_a_message_of_others_keeps_what_is_attached_and_its_text(self) -> None:
        invited = registration(1, event_uid=self.WHOLE.uid)
        message = inv.invite(self.WHOLE, invited, stamped=STAMPED, language="en")
        imported = from_ical(message.ics)
        assert message.recipient is not None
        again = inv.request_for(imported, message.recipient, stamped=STAMPED)
        assert again.ics.count(b"\r\nATTACH") == 1
        assert again.ics.replace(b"\r\n ", b"").count(b"Circular letter CL-23/9 (French)") == 1
