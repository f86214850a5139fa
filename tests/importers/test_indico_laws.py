"""An event of drawn values in the shape of Indico comes back with what the table of the docs promises."""

from attrs import fields
from hypothesis import assume, given

import wtisd_model
import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from tests.importers.indico_documents import as_conference, conference, contribution, inside, result
from wtisd_model import Contact, Event, EventStatus, Location, from_indico
from wtisd_model.importers.indico import INDICO
from wtisd_model.importers.pretix import PRETIX
from wtisd_model.reading.html_text import html_text


def written(contacts: tuple[Contact, ...]) -> list[tuple[str | None, ...]]:
    return [(each.name, each.email, each.organization) for each in contacts]


class TestLaws:
    """docs/how-to/coming-from-indico.md, "What goes where"."""

    @LAW
    @given(ours.events(status=EventStatus.SCHEDULED), ours.locations())
    def test_what_is_read_of_an_event_comes_back(self, event: Event, place: Location) -> None:
        descriptions = [event.description, *(each.description for each in event.sessions)]
        assume(all(html_text(each.text) == each.text for each in descriptions if each is not None))
        assert event.slot is not None
        # The document has them in UTC, where they may be in a year that no slot has.
        assume(all(1970 <= each.year <= 2199 for each in (event.slot.starts_at, event.slot.ends_at)))
        imported = from_indico(result(as_conference(event)), place=place)
        (back,) = imported.events
        assert back.slot is not None
        assert imported.findings == ()
        assert back.title.text == event.title.text
        assert back.title.language == event.title.language
        assert (back.slot.starts_at, back.slot.ends_at) == (event.slot.starts_at, event.slot.ends_at)
        assert back.slot.time_zone == event.slot.time_zone
        assert back.keywords == event.keywords
        assert written(back.contacts) == written(event.contacts)
        assert (back.organizer and back.organizer.name.text) == (event.organizer and event.organizer.name.text)
        assert [each.name for each in back.locations] == [place.name]
        for again, session in zip(back.sessions, inside(event), strict=True):
            assert again.title.text == session.title.text
            assert (again.description and again.description.text) == (session.description and session.description.text)
            assert (again.slot.starts_at, again.slot.ends_at) == (session.slot.starts_at, session.slot.ends_at)
            assert (again.code, again.kind, again.track) == (session.code, session.kind, session.track)
            assert written(again.people) == written(session.people)
            assert again.url == session.url

    def test_the_tables_name_fields(self) -> None:
        for each in (*INDICO.values(), *PRETIX.values()):
            assert each.fields.keys() <= {field.name for field in fields(getattr(wtisd_model, each.becomes))}

    def test_the_tables_have_every_member_that_is_written(self) -> None:
        unsupported = {"references", "board_number", "subContributions", "primaryauthors", "coauthors", "keywords"}
        assert conference().keys() - INDICO["Conference"].known == {"references"}
        assert contribution().keys() - INDICO["Contribution"].known == unsupported
