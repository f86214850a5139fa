"""What calendars say about an event or a session in words: the paragraphs of its description, and its categories."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from wtisd_model.ical.documents import documents_in_words
from wtisd_model.ical.languages import labelled_lines, languages_in_words
from wtisd_model.ical.location import Link
from wtisd_model.ical.participation import how_to_take_part
from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event
from wtisd_model.model.places import Places
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.planning.session_languages import ProgrammeLanguages
from wtisd_model.programme.people import people_named, person_in_words
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText, TaggedText


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
    words: Locale

    def paragraphs(
        self, links: Iterable[Link], *, venue_to_follow: bool, remote_first: bool = False
    ) -> Iterator[TaggedText]:
        """Yield all paragraphs, among them *links*, which come before the others for remote readers.

        Google and Apple do not read CONFERENCE, so the text repeats the links. Last comes that the location will
        follow, which LOCATION cannot say.
        """
        linked = [(f"{name}: {address}", tag) for (name, tag), address in links]
        others = (*self.about, *labelled_lines(self.languages, self.words), *self.terms)
        yield from self.status
        yield from (*linked, *others) if remote_first else (*others, *linked)
        if venue_to_follow:
            yield self.words.labels.venue_to_follow, self.words.language


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
    """Return the description of an event or a session.

    Args:
        event: the event.
        session: the session; None for the event itself.
        languages: what is spoken and, if that is known, interpreted.
        places: its places.
        documents: those to name.
        status: the status that is shown; None to show none.
        language: the language of texts; None for the originals.
        words: the words of the reader's language.
        announces: True to say how people who have not registered take part.
    """
    about = list(texts_about(event, session, language))
    people = () if session is None else people_named(session)
    if people:
        about.append(("\n".join(person_in_words(each, words) for each in people), words.language))
    terms = list[TaggedText]()
    slot = event.slot if session is None else session.slot
    if announces and status is EventStatus.SCHEDULED and slot is not None:
        calls = event.calls if session is None else ()  # they are for the event as a whole
        terms += how_to_take_part(places.virtual_locations, calls, zone=slot.time_zone, words=words)
    if documents:
        terms += documents_in_words(documents, language, words)
    sentences = words.event if session is None else words.session
    warning = list[TaggedText]()
    if status is EventStatus.CANCELLED or status is EventStatus.POSTPONED:
        warning.append((sentences[status], words.language))
    return Description(
        status=tuple(warning),
        about=tuple(about),
        languages=tuple(languages_in_words(languages.at(session), words)),
        terms=tuple(terms),
        words=words,
    )


def texts_about(event: Event, session: Session | None, language: str | None) -> Iterator[TaggedText]:
    """Yield the texts of an event or a session about itself: the theme of the event, and the description."""
    texts: tuple[LocalizedText | None, ...] = (event.theme, event.description)
    for each in texts if session is None else (session.description,):
        if each is not None:
            yield each.in_language(language)


def categories(event: Event, session: Session | None, words: Locale) -> list[str]:
    """Return the keywords of an event; for a session also its track, and as the last one its kind in words."""
    if session is None:
        return sorted(event.keywords)
    own = () if session.track is None else (session.track,)
    kind = () if session.kind is None else (words.sessions[session.kind],)
    return [*sorted(event.keywords.union(own)), *kind]
