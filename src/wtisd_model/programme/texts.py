"""What is said about an event or a session: the paragraphs of its description, its documents, and its categories."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from wtisd_model.locales import joined_words, language_of
from wtisd_model.locales.locale import Locale
from wtisd_model.model.call import Call
from wtisd_model.model.event import Event
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.languages import ProgrammeLanguages, language_texts
from wtisd_model.programme.names import language_name
from wtisd_model.programme.people import contacts_of, people_named, person_in_words, signatories_of
from wtisd_model.programme.places import links_of
from wtisd_model.types.document import Document, DocumentReference
from wtisd_model.types.language import LocalizedText, TaggedText
from wtisd_model.types.people import Role
from wtisd_model.types.timezone import at_zone


@frozen(kw_only=True)
class Description:
    """The parts of a description."""

    status: tuple[TaggedText, ...]
    """That it is cancelled or postponed."""
    about: tuple[TaggedText, ...]
    """What it is about, and the people of a session."""
    languages: tuple[tuple[str, str], ...]
    """Labels, each with a text: the languages spoken, and those interpreted into."""
    terms: tuple[TaggedText, ...]
    """How people who have not registered take part, whom they can ask, and the documents."""
    links: tuple[TaggedText, ...]
    """The virtual locations with their addresses, since Google and Apple do not read CONFERENCE."""
    to_follow: tuple[TaggedText, ...]
    """That the location will follow, which LOCATION cannot say."""
    words: Locale

    def paragraphs(self, *, remote_first: bool = False) -> Iterator[TaggedText]:
        """Yield all paragraphs; for remote readers the links come before the others."""
        others = [*self.about, *self.terms]
        if self.languages:
            lines = "\n".join([f"{label}{self.words.colon}{text}" for label, text in self.languages])
            others.insert(len(self.about), (lines, self.words.language))
        yield from self.status
        yield from (*self.links, *others) if remote_first else (*others, *self.links)
        yield from self.to_follow


def description_of(
    event: Event,
    session: Session | None,
    languages: ProgrammeLanguages,
    *,
    places: Places,
    documents: Sequence[Document],
    status: EventStatus | None,
    language: str | None,
    words: Locale,
    announces: bool,
) -> Description:
    """Return the description of an event or a session, with the status that is shown, if there is any.

    Texts are in *language*, or the originals for None. If it *announces*, it says what the letter of invitation says
    to people who have not registered: how they take part, whom they can ask, and more about the documents.
    """
    about, here = [*texts_about(event, session, language)], words.language
    if announces and session is None and event.short_title is not None:
        about.insert(0, (event.short_title, here))
    people = () if session is None else people_named(session)
    if people:
        about.append(("\n".join([person_in_words(person, words) for person in people]), here))
    terms, links = list[TaggedText](), links_of(places, language, words)
    slot = event.slot if session is None else session.slot
    if announces and status is EventStatus.SCHEDULED and slot is not None:
        calls = event.calls if session is None else ()  # they are for the event as a whole
        if places.virtual_locations and not links:  # a link says enough
            terms.append((words.participation["remote"], here))
        if calls:
            terms.append(("\n".join([call_in_words(call, slot.time_zone, words) for call in calls]), here))
    if announces and session is None:
        asked = "\n".join(offices_in_words(event, language, words))
        terms += [(asked, here)] if asked else []
    terms += documents_in_words(event, documents, language, words, announces=announces)
    warning = list[TaggedText]()
    if status is EventStatus.CANCELLED or status is EventStatus.POSTPONED:
        warning.append(((words.event if session is None else words.session)[status], here))
    return Description(
        status=tuple(warning),
        about=tuple(about),
        languages=tuple(language_texts(languages.at(session), words).labelled(words)),
        terms=tuple(terms),
        links=tuple([(f"{name}: {address}", tag) for (name, tag), address in links]),
        to_follow=((words.labels.venue_to_follow, here),) if places.venue_to_follow else (),
        words=words,
    )


def texts_about(event: Event, session: Session | None, language: str | None) -> Iterator[TaggedText]:
    """Yield the texts of an event or a session about itself: the theme of the event, and the description."""
    texts: tuple[LocalizedText | None, ...] = (event.theme, event.description)
    for text in texts if session is None else (session.description,):
        if text is not None:
            yield text.in_language(language)


def categories(event: Event, session: Session | None, words: Locale) -> list[str]:
    """Return the keywords of an event; for a session also its track, and as the last one its kind in words."""
    if session is None:
        return sorted(event.keywords)
    own = () if session.track is None else (session.track,)
    kind = () if session.kind is None else (words.sessions[session.kind],)
    return [*sorted(event.keywords.union(own)), *kind]


def call_in_words(call: Call, zone: str, words: Locale) -> str:
    """Return a line about a call, with times in *zone*: what it is for, where to respond, from when and until when."""
    said, dates = words.participation, words.dates
    known = words.comma.join(filter(None, (call.url, call.email))) or said["ask-organizer"]
    line = f"{said[call.kind]}{words.colon}{known}"
    if call.opens is not None:
        line += f" ({said['opens'].format(moment=dates.format_moment(at_zone(call.opens, zone)))})"
    if call.deadline is not None:
        last = said["last-day"].format(day=dates.format_day(call.deadline.date))
        elsewhere = "" if call.deadline.time_zone == zone else f"{words.comma}{call.deadline.time_zone}"
        line += f" ({last}{elsewhere})"
    return line


def offices_in_words(event: Event, language: str | None, words: Locale) -> Iterator[str]:
    """Yield a line about the department of the organizer, and one about each person to contact."""
    organizer = event.organizer
    if organizer is not None and organizer.unit is not None:
        name, _ = organizer.name.in_language(language)
        yield f"{words.labels.organizer}{words.colon}{name}{words.comma}{organizer.unit}"
    for person in contacts_of(event):
        known = words.comma.join(filter(None, (person.name, person.email, person.phone)))
        yield f"{words.page.contact}{words.colon}{known}"


def documents_in_words(
    event: Event, documents: Iterable[Document], language: str | None, words: Locale, *, announces: bool
) -> Iterator[TaggedText]:
    """Yield a paragraph for each document: what it is, in which language, and where.

    If it *announces*, also for one without a web address, and with a line for each of its facts.
    """
    for document in documents:
        label, tag = document_label(document, language, words)
        if document.url is None and not announces:
            continue
        if document.url is None and document.title is not None:  # an address tells what it is
            label = f"{words.documents[document.kind]}{words.colon}{label}"
        if document.language is not None and document.language != tag:
            label += f" ({language_name(document.language, words.language)})"
        lines = [label if document.url is None else f"{label}: {document.url}"]
        if announces:
            issued = [] if document.issued is None else [(words.labels.date, issue_date(document.issued, words))]
            facts = (*issued, *document_facts(event, document, language, words))
            lines += [f"{name}{words.colon}{value}" for name, value in facts]
        yield "\n".join(lines), tag


def document_facts(event: Event, document: Document, language: str | None, words: Locale) -> Iterator[tuple[str, str]]:
    """Yield labels, each with a text: the document before it, whom it is addressed to, and who signed it."""
    before = document.follows
    if before is not None:
        label, _ = document_label(before, language, words)
        issued = "" if before.issued is None else f" ({issue_date(before.issued, words)})"
        yield words.labels.follows, label + issued
    if document.addressees:
        categories = map(words.choices["membership"].__getitem__, sorted(document.addressees))
        yield words.labels.addressees, joined_words(categories, words.comma)
    for person in signatories_of(event, document):
        yield words.choices["roles"][Role.SIGNATORY], person_in_words(person, words)


def issue_date(issued: str, words: Locale) -> str:
    """Return the date of issue of a document in words; a month without a day as it is written."""
    return words.dates.format_day(date.fromisoformat(issued)) if len(issued) == _DAY else issued


_DAY: Final = len("2023-04-12")


def document_label(document: Document | DocumentReference, language: str | None, words: Locale) -> TaggedText:
    """Return the title of a document or, without one, its kind and symbol."""
    if document.title is not None:
        return document.title.in_language(language)
    kind = words.documents[document.kind]
    return kind if document.symbol is None else kind + f" {document.symbol}", language_of(kind, words.language)
