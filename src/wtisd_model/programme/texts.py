"""What is said about an event or a session: the paragraphs of its description, its documents, and its categories."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from wtisd_model.locales.locale import Locale
from wtisd_model.model.call import Call
from wtisd_model.model.event import Event
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.languages import ProgrammeLanguages, language_texts
from wtisd_model.programme.names import language_name
from wtisd_model.programme.people import people_named, person_in_words
from wtisd_model.programme.places import links_of
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText, TaggedText
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
    """How people who have not registered take part, and the documents."""
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

    Texts are in *language*, or the originals for None. If it *announces*, it says how people who have not registered
    take part.
    """
    about, here = [*texts_about(event, session, language)], words.language
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
    if documents:
        terms += documents_in_words(documents, language, words)
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


def documents_in_words(documents: Iterable[Document], language: str | None, words: Locale) -> Iterator[TaggedText]:
    """Yield a paragraph for each document with a web address: what it is, in which language, and where."""
    for document in documents:
        if document.url is not None:
            label, tag = document_label(document, language, words)
            copy = ""
            if document.language is not None and document.language != tag:
                copy = f" ({language_name(document.language, words.language)})"
            yield f"{label}{copy}: {document.url}", tag


def document_label(document: Document, language: str | None, words: Locale) -> TaggedText:
    """Return the title of a document or, without one, its kind and symbol."""
    if document.title is not None:
        return document.title.in_language(language)
    kind = words.documents[document.kind]
    return kind if document.symbol is None else f"{kind} {document.symbol}", words.language
