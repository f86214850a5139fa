"""The event of tests/data/feed.ics: WTISD-23 as CL-23/9 announces it; all else that a feed can show is made up."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.samples.whole import slot, text
from wtisd_model import (
    Contact,
    Document,
    DocumentKind,
    Event,
    EventStatus,
    Location,
    Organization,
    Role,
    Session,
    SessionKind,
    Transition,
    VirtualFeature,
    VirtualLocation,
    to_ical,
)

GOLDEN = Path(__file__).parents[1] / "data" / "feed.ics"

STAMPED = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
REMINDERS = (timedelta(minutes=15), timedelta(days=1))
REFRESH = timedelta(hours=12)


def session(id: str = "opening", **changes: object) -> Session:
    given = {"title": text("Opening"), "slot": slot("2023-05-17T14:30:00", "2023-05-17T14:45:00"), **changes}
    return Session(id=id, **given)  # type: ignore[arg-type]  # a test may give what the class refuses


def event(**changes: object) -> Event:
    given = {
        "uid": "0afd7437-a0a7-510e-b2b6-ac4856994a8c",
        "title": text("Journée mondiale des télécommunications et de la société de l'information", "fr"),
        "slot": slot("2023-05-17T14:30:00", "2023-05-17T16:30:00"),
        "locations": (Location(name=text("Siège de l'UIT", "fr"), room="Popov", locality="Genève", country="CH"),),
        "updated": STAMPED,
        **changes,
    }
    return Event(**given)  # type: ignore[arg-type]  # as above


def full_event() -> Event:
    """Use every property that a feed knows."""
    return event(
        title=text(
            "Journée mondiale des télécommunications et de la société de l'information",
            "fr",
            en="World Telecommunication and Information Society Day",
        ),
        theme=text(
            "Donner des moyens d'action aux pays les moins avancés grâce aux technologies de l'information et de la "
            "communication",
            "fr",
        ),
        description=text(
            "Premier paragraphe ; virgule, et « guillemets ».\n\nC:\\Nouveau \\n n'est pas une fin.", "fr"
        ),
        locations=(
            Location(
                name=text("Siège de l'UIT", "fr", en="ITU headquarters"),
                room="Popov",
                address="Place des Nations",
                locality="Genève",
                country="CH",
                latitude=Decimal("46.2211"),
                longitude=Decimal("6.1367"),
            ),
        ),
        virtual_locations=(
            VirtualLocation(
                name=text('Salle "A", ligne ^1', "fr"),
                uri="https://example.org/live?room=a,b;c",
                features=frozenset({VirtualFeature.VIDEO, VirtualFeature.AUDIO}),
            ),
            VirtualLocation(uri="tel:+41225550100,,1234#", features=frozenset({VirtualFeature.PHONE})),
            VirtualLocation(),
        ),
        organizer=Organization(name=text("UIT", "fr", en="ITU"), email="organizer@example.org"),
        contacts=(
            Contact(
                name="Participant 1", email="p1@example.org", phone="+41225550101", roles=frozenset({Role.CONTACT})
            ),
            Contact(name="Participant 2", email="p2@example.org", roles=frozenset({Role.SIGNATORY})),
            Contact(email="desk@example.org", roles=frozenset({Role.CONTACT, Role.SPEAKER})),
        ),
        documents=(
            Document(kind=DocumentKind.MEDIA, title=text("Vidéo", "fr", en="Video"), url="https://example.org/video"),
            Document(
                kind=DocumentKind.CIRCULAR_LETTER, symbol="CL-23/9", language="es", url="https://example.org/cl-23-9"
            ),
            Document(kind=DocumentKind.AGENDA, title=text("Agenda")),
        ),
        keywords=frozenset({"télécommunications", "information, society", "back\\slash"}),
        url="https://www.itu.int/wtisd",
        image="https://example.org/wtisd.png",
        color="royalblue",
        sequence=2,
        created=datetime(2023, 4, 12, 7, tzinfo=UTC),
        sessions=(
            session(
                title=text("Opening", fr="Ouverture"),
                description=text("Welcome"),
                kind=SessionKind.CEREMONY,
                track="Plenary",
                people=(
                    Contact(name="Participant 3", email="p3@example.org", roles=frozenset({Role.CHAIR})),
                    Contact(
                        name="Participant 4",
                        roles=frozenset({Role.SPEAKER, Role.MODERATOR}),
                        job_title="Director",
                        organization="Organization 1",
                    ),
                    Contact(name="Participant 5", roles=frozenset({Role.INTERPRETER})),
                ),
                materials=(
                    Document(
                        kind=DocumentKind.PRESENTATION,
                        title=text('Slides: "one", two'),
                        url="https://example.org/slides?a=1,2;b",
                    ),
                ),
            ),
            session(
                "panel",
                uid="panel@example.org",
                title=text("Подключение, 连接, الاتصال", "ru"),
                slot=slot("2023-05-17T13:45:00", "2023-05-17T14:30:00", "Europe/London"),
                locations=(Location(name=text("Room B"), locality="Geneva", country="CH"),),
                virtual_locations=(VirtualLocation(uri="https://example.org/b"),),
            ),
            session(
                "workshop",
                status=EventStatus.POSTPONED,
                history=(Transition(at=STAMPED, before="scheduled", after="postponed"),),
                slot=slot("2023-05-17T13:30:00", "2023-05-17T14:00:00", "UTC"),
            ),
            session(
                "side-event",
                status=EventStatus.CANCELLED,
                history=(Transition(at=STAMPED, before="scheduled", after="cancelled"),),
            ),
            session("secret", status=EventStatus.DRAFT, title=text("Not announced")),
        ),
    )


if __name__ == "__main__":
    # python -m tests.samples.wtisd writes the file anew, for a person to look at what changed in it.
    GOLDEN.write_bytes(to_ical(full_event(), stamped=STAMPED, reminders=REMINDERS, refresh=REFRESH))
