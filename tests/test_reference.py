"""WTISD-23, fact by fact, against short phrases of circular letter CL-23/9."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import attrs
import icalendar
import pytest

from wtisd_model import (
    AttendanceMode,
    Call,
    CallKind,
    Deadline,
    Event,
    ProvenanceKind,
    TimeSlot,
    from_json,
    to_ical,
    to_json,
    wtisd_23,
)
from wtisd_model.schema.fields import fields_of

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "reference-event.md").read_text(encoding="utf-8")
EXAMPLE = TESTS / "data" / "examples" / "event.json"

TITLE = "Journée mondiale des télécommunications et de la société de l'information"
THEME = (
    "Donner des moyens d'action aux pays les moins avancés "
    "grâce aux technologies de l'information et de la communication"
)

PROGRAMME = (
    "une manifestation d'envergure mondiale, destinée à sensibiliser au rôle important que jouent les technologies de "
    "l'information et de la communication (TIC) pour relever les défis liés au développement des PMA. Cette "
    "manifestation sera également l'occasion de présenter les principales activités menées par le Bureau de "
    "développement de l'UIT, afin d'aider les PMA grâce aux technologies, ainsi que certains engagements pris au titre "
    "de l'initiative Partner2Connect (P2C) et visant précisément à promouvoir une connectivité efficace et universelle "
    "dans les PMA. [...] les célébrations prévues à l'occasion de l'anniversaire de la création de l'UIT"
)
# The same words as two sentences.
DESCRIPTION = PROGRAMME.replace("une manifestation", "Manifestation", 1).replace("[...] les c", "C") + "."

STARTS = dt.datetime(2023, 5, 17, 12, 30, tzinfo=dt.UTC)
ENDS = dt.datetime(2023, 5, 17, 14, 30, tzinfo=dt.UTC)
STAMPED = dt.datetime(2023, 4, 12, tzinfo=dt.UTC)
CLOSES = dt.datetime(2023, 4, 20, 22, tzinfo=dt.UTC)

# Each field that the letter fills: the value, and the words that say it.
SAID = {
    "title.text": (TITLE, "Objet: Journée mondiale des télécommunications et de la société de l'information (WTISD)"),
    "short_title": ("WTISD-23", "(WTISD-23)"),
    "theme.text": (THEME, f'Le thème de cette année, "{THEME}"'),
    "description.text": (DESCRIPTION, PROGRAMME),
    "slot.start": ("2023-05-17T14:30:00", "mercredi 17 mai de 14 h 30"),
    "slot.end": ("2023-05-17T16:30:00", "à 16 h 30"),
    "status": ("scheduled", "qui se tiendra"),
    "locations.0.name.text": ("Siège de l'UIT", "au siège de l'UIT"),
    "locations.0.room": ("Popov", "(Salle Popov)"),
    "locations.0.locality": ("Genève", "présents à Genève"),
    "virtual_locations.0": ("", "prendre part à la manifestation à distance"),
    "organizer.name.text": ("UIT", "L'UIT célébrera"),
    "contacts.0.name": ("Victoria Sukenik", "Contact: Victoria Sukenik"),
    "contacts.0.email": ("strategy@itu.int", "Courriel: strategy@itu.int"),
    "contacts.0.phone": ("+41227306036", "Tél.: +41 22 730 6036"),
    "contacts.0.roles": ("contact", "Contact:"),
    "contacts.1.name": ("Doreen Bogdan-Martin", "Doreen Bogdan-Martin"),
    "contacts.1.roles": ("signatory", "[original signé]"),
    "contacts.1.job_title": ("Secrétaire générale", "Secrétaire générale"),
    "audience": (
        "academia, associate, member-state, sector-member",
        "États Membres de l'UIT; Membres de Secteur; Associés et établissements universitaires",
    ),
    "calls.0.kind": ("registration", "Pour vous inscrire"),
    "calls.0.address_unknown": ("true", "veuillez cliquer ici"),
    "calls.1.kind": ("interpretation", "bénéficier d'un service d'interprétation"),
    "calls.1.email": ("strategy@itu.int", "à l'adresse strategy@itu.int"),
    "calls.1.deadline.date": ("2023-04-20", "au plus tard le 20 avril 2023"),
    "calls.2.kind": ("pledge", "soumis des engagements"),
    "calls.2.email": ("partner2connect@itu.int", "à l'adresse partner2connect@itu.int"),
    "documents.0.symbol": ("CL-23/9", "Référence: CL-23/9"),
    "documents.0.issued": ("2023-04-12", "le 12 avril 2023"),
    "documents.0.signed": ("true", "[original signé]"),
    "documents.0.addressees": (
        "academia, associate, member-state, sector-member",
        "États Membres de l'UIT; Membres de Secteur; Associés et établissements universitaires",
    ),
    "documents.0.follows.kind": ("circular-letter", "Lettre circulaire"),
    "documents.0.follows.symbol": ("CL-23/5", "(CL-23/5)"),
    "documents.0.follows.issued": ("2023-03", "envoyée en mars 2023"),
    "documents.1.kind": ("media", "mon message vidéo"),
    "documents.1.title.text": ("message vidéo", "mon message vidéo"),
    "documents.2.kind": ("media", "aux supports promotionnels"),
    "documents.2.title.text": ("supports promotionnels", "aux supports promotionnels"),
    "documents.3.kind": ("media", "sur les réseaux sociaux"),
    "documents.3.title.text": ("réseaux sociaux", "sur les réseaux sociaux"),
    "groups": ("ldc", "un appui aux pays les moins avancés (PMA)"),
    "keywords": (
        "Objectifs de développement durable à l'horizon 2030",
        "atteindre les Objectifs de développement durable à l'horizon 2030",
    ),
}

# Where the value is a reading of the words: dates, times, a number without its blanks, a capital, words of ours.
READINGS = {
    "description.text",
    "slot.start",
    "slot.end",
    "status",
    "locations.0.name.text",
    "contacts.0.phone",
    "contacts.0.roles",
    "contacts.1.roles",
    "audience",
    "calls.0.kind",
    "calls.0.address_unknown",
    "calls.1.kind",
    "calls.1.deadline.date",
    "calls.2.kind",
    "documents.0.issued",
    "documents.0.signed",
    "documents.0.addressees",
    "documents.0.follows.kind",
    "documents.0.follows.issued",
    "documents.1.kind",
    "documents.2.kind",
    "documents.3.kind",
    "groups",
}

# Each field that takes a step from the letter's words to the value.
INFERRED = {
    "uid": "0afd7437-a0a7-510e-b2b6-ac4856994a8c",
    "title.language": "fr",
    "theme.language": "fr",
    "description.language": "fr",
    "slot.time_zone": "Europe/Zurich",
    "locations.0.name.language": "fr",
    "locations.0.country": "CH",
    "organizer.name.language": "fr",
    "organizer.unit": "SG",
    "organizer.email": "strategy@itu.int",
    "calls.1.deadline.time_zone": "Europe/Zurich",
    "documents.0.kind": "circular-letter",
    "documents.0.language": "fr",
    "documents.1.title.language": "fr",
    "documents.2.title.language": "fr",
    "documents.3.title.language": "fr",
    "url": "https://www.itu.int/wtisd",
    "sequence": "0",
}

# What `outside_facts=True` adds.
OUTSIDE = {
    "title.translations.en": "World Telecommunication and Information Society Day",
    "theme.translations.en": (
        "Empowering the least developed countries through information and communication technologies"
    ),
    "locations.0.name.translations.en": "ITU Headquarters",
    "locations.0.address": "Place des Nations",
    "organizer.name.translations.en": "ITU",
}


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every value in an object that is not empty."""
    match value:
        case TimeSlot():
            yield from leaves(value.written(), path)
        case _ if attrs.has(type(value)):
            members = ((spec.name, getattr(value, spec.name)) for spec in fields_of(type(value)))
            yield from prefixed(path, [(name, each) for name, each in members if is_said(each)])
        case Mapping():
            yield from prefixed(path, list(cast("Mapping[object, object]", value).items()))
        case tuple():
            yield from prefixed(path, list(enumerate(cast("tuple[object, ...]", value))))
        case frozenset():
            yield path, ", ".join(sorted(map(str, cast("frozenset[object]", value))))
        case _:
            yield path, "true" if value is True else str(value)


def prefixed(path: str, members: Sequence[tuple[object, object]]) -> Iterator[tuple[str, str]]:
    if not members:  # the letter only says that it exists
        yield path, ""
    for name, each in members:
        yield from leaves(each, f"{path}.{name}" if path else str(name))


def facts(event: Event) -> dict[str, str]:
    """Return all values of an event, without those that say where the others come from."""
    return {path: value for path, value in leaves(event) if not path.startswith("provenance.")}


def dotted(pointer: str) -> str:
    """Return a JSON Pointer as a dotted path: slot.time_zone for /slot/timeZone."""
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", pointer[1:].replace("/", "."))


def resolved(whole: Any, pointer: str) -> Any:
    """Return the value at a JSON Pointer (RFC 6901)."""
    value = whole
    for token in pointer.split("/")[1:]:
        value = value[int(token) if isinstance(value, list) else token]
    return value


def is_said(value: object) -> bool:
    return (
        value is not None and value is not False and not (isinstance(value, tuple | frozenset | Mapping) and not value)
    )


def at(value: object, path: str) -> object:
    """Follow a dotted path to a value, which may be empty."""
    for name in path.split("."):
        value = cast("tuple[object, ...]", value)[int(name)] if name.isdigit() else getattr(value, name)
    return value


def the_slot(event: Event) -> TimeSlot:
    assert event.slot is not None
    return event.slot


def the_call(event: Event, kind: CallKind) -> Call:
    call = event.call(kind)
    assert call is not None
    return call


def the_deadline(event: Event) -> Deadline:
    deadline = the_call(event, CallKind.INTERPRETATION).deadline
    assert deadline is not None
    return deadline


def read_back(feed: bytes) -> icalendar.cal.Component:
    (event,) = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    return event


def table(heading: str) -> list[list[str]]:
    """Read the table below a heading of the page: its rows, without markup."""
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    found = [each for each in section if each.startswith(f"{heading}\n")]
    rows = [line for each in found for line in each.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows[2:]]


class TestFacts:
    """Every fact of the letter, and none that it does not state."""

    @pytest.mark.parametrize("path", SAID)
    def test_the_event_holds_what_the_letter_says(self, path: str) -> None:
        value, words = SAID[path]
        assert facts(wtisd_23())[path] == value, words

    @pytest.mark.parametrize("path", INFERRED)
    def test_the_event_holds_what_follows_from_the_letter(self, path: str) -> None:
        assert facts(wtisd_23())[path] == INFERRED[path]

    def test_it_holds_nothing_else(self) -> None:
        assert sorted(facts(wtisd_23())) == sorted([*SAID, *INFERRED])

    def test_what_is_not_a_reading_is_spelled_as_the_letter_spells_it(self) -> None:
        assert {path for path, (value, words) in SAID.items() if value not in words} == READINGS

    def test_the_description_has_the_words_of_the_letter(self) -> None:
        sentences = SAID["description.text"][0].rstrip(".").split(". ")
        assert [each for each in sentences if each[1:] not in PROGRAMME] == []

    def test_the_telephone_number_has_the_digits_of_the_letter(self) -> None:
        value, words = SAID["contacts.0.phone"]
        assert value in words.replace(" ", "")

    def test_it_is_the_same_event_every_time(self) -> None:
        assert wtisd_23() == wtisd_23()
        assert hash(wtisd_23()) == hash(wtisd_23())


class TestProvenance:
    """The event itself marks what was inferred from the letter, and what is from outside."""

    def test_it_marks_what_was_inferred_with_the_reason(self) -> None:
        marked = wtisd_23().provenance
        assert {dotted(each.path) for each in marked} == INFERRED.keys()
        assert {each.kind for each in marked} == {ProvenanceKind.INFERRED}
        assert all(each.note is not None and each.note.endswith(".") for each in marked)

    def test_it_marks_what_is_from_outside_with_its_sources(self) -> None:
        marked = wtisd_23(outside_facts=True).provenance
        outside = [each for each in marked if each.kind is ProvenanceKind.OUTSIDE]
        assert {dotted(each.path) for each in outside} == OUTSIDE.keys()
        sources = {path: source for path, _, source in table("Facts from outside")}
        assert all(f"({each.url})" in sources[dotted(each.path)] for each in outside)
        assert len(outside) == "".join(sources.values()).count("](")
        assert marked[: len(marked) - len(outside)] == wtisd_23().provenance

    @pytest.mark.parametrize("outside_facts", [False, True])
    def test_each_mark_points_to_a_value(self, *, outside_facts: bool) -> None:
        event = wtisd_23(outside_facts=outside_facts)
        whole = json.loads(to_json(event))
        assert all(resolved(whole, each.path) is not None for each in event.provenance)


# The facts of the letter, each with the pointers to it in JSON and the values there.
LETTER: dict[str, dict[str, object]] = {
    "the unit that sends it": {"/organizer/unit": "SG", "/organizer/name/text": "UIT"},
    "its date": {"/documents/0/issued": "2023-04-12"},
    "its reference": {"/documents/0/symbol": "CL-23/9"},
    "the letter before it": {"/documents/0/follows/symbol": "CL-23/5", "/documents/0/follows/issued": "2023-03"},
    "the contact": {"/contacts/0/name": "Victoria Sukenik", "/contacts/0/roles": ["contact"]},
    "the telephone": {"/contacts/0/phone": "+41227306036"},
    "the mailbox": {"/contacts/0/email": "strategy@itu.int", "/organizer/email": "strategy@itu.int"},
    "the addressees": {"/documents/0/addressees": ["academia", "associate", "member-state", "sector-member"]},
    "the title": {"/title/text": TITLE, "/title/language": "fr", "/shortTitle": "WTISD-23"},
    "the theme": {"/theme/text": THEME},
    "the time": {"/slot": {"start": "2023-05-17T14:30:00", "end": "2023-05-17T16:30:00", "timeZone": "Europe/Zurich"}},
    "the place": {
        "/locations/0/room": "Popov",
        "/locations/0/name/text": "Siège de l'UIT",
        "/locations/0/locality": "Genève",
    },
    "remote participation": {"/virtualLocations": [{}]},
    "registration": {"/calls/0": {"kind": "registration", "addressUnknown": True}},
    "interpretation": {
        "/calls/1/kind": "interpretation",
        "/calls/1/email": "strategy@itu.int",
        "/calls/1/deadline/date": "2023-04-20",
    },
    "pledges": {"/calls/2": {"kind": "pledge", "email": "partner2connect@itu.int"}},
    "the website and the media": {
        "/url": "https://www.itu.int/wtisd",
        "/documents/1": {"kind": "media", "title": {"text": "message vidéo", "language": "fr"}},
        "/documents/2": {"kind": "media", "title": {"text": "supports promotionnels", "language": "fr"}},
        "/documents/3": {"kind": "media", "title": {"text": "réseaux sociaux", "language": "fr"}},
    },
    "the programme": {"/description": {"text": DESCRIPTION, "language": "fr"}},
    "the 2030 Agenda": {"/keywords": ["Objectifs de développement durable à l'horizon 2030"]},
    "the group of countries": {"/groups": ["ldc"]},
    "the signature": {
        "/documents/0/signed": True,
        "/contacts/1": {
            "name": "Doreen Bogdan-Martin",
            "roles": ["signatory"],
            "jobTitle": "Secrétaire générale",
        },
    },
}


class TestLetter:
    """All 21 facts of the letter are in the JSON of the event."""

    def test_there_are_21_facts(self) -> None:
        assert len(LETTER) == 21

    @pytest.mark.parametrize("fact", LETTER)
    def test_the_json_has_the_fact(self, fact: str) -> None:
        whole = json.loads(to_json(wtisd_23()))
        for pointer, expected in LETTER[fact].items():
            assert resolved(whole, pointer) == expected


# Where a calendar program shows each of these facts: texts of properties that all of them show.
IN_CALENDAR: dict[str, dict[str, tuple[str, ...]]] = {
    "the unit that sends it": {"DESCRIPTION": ("Organisateur\u00a0: UIT, SG",)},
    "its date": {"DESCRIPTION": ("Date\u00a0: mercredi 12 avril 2023",)},
    "its reference": {"DESCRIPTION": ("Lettre circulaire CL-23/9",)},
    "the letter before it": {"DESCRIPTION": ("Fait suite à\u00a0: Lettre circulaire CL-23/5 (2023-03)",)},
    "the contact": {"DESCRIPTION": ("Contact\u00a0: Victoria Sukenik, ",), "CONTACT": ("Victoria Sukenik",)},
    "the telephone": {"DESCRIPTION": ("+41227306036",), "CONTACT": ("+41227306036",)},
    "the mailbox": {"DESCRIPTION": ("Victoria Sukenik, strategy@itu.int",), "ORGANIZER": ("mailto:strategy@itu.int",)},
    "the addressees": {
        "DESCRIPTION": ("Destinataires\u00a0: Établissement universitaire, Associé, État Membre, Membre de Secteur",)
    },
    "the title": {"SUMMARY": (TITLE,), "DESCRIPTION": ("WTISD-23",)},
    "the theme": {"DESCRIPTION": (THEME,)},
    "the time": {"DTSTART": ("2023-05-17 14:30:00+02:00",), "DTEND": ("2023-05-17 16:30:00+02:00",)},
    "the place": {"LOCATION": ("Siège de l'UIT, Popov, Genève",)},
    "remote participation": {"DESCRIPTION": ("Il est possible de participer à distance.",)},
    "registration": {"DESCRIPTION": ("Inscription\u00a0: s'adresser à l'organisateur",)},
    "interpretation": {
        "DESCRIPTION": ("Demandes d'interprétation\u00a0: strategy@itu.int (dernier jour\u00a0: jeudi 20 avril 2023)",)
    },
    "pledges": {"DESCRIPTION": ("Engagements\u00a0: partner2connect@itu.int",)},
    "the website and the media": {
        "URL": ("https://www.itu.int/wtisd",),
        "DESCRIPTION": (
            "Médias\u00a0: message vidéo",
            "Médias\u00a0: supports promotionnels",
            "Médias\u00a0: réseaux sociaux",
        ),
    },
    "the programme": {"DESCRIPTION": (DESCRIPTION,)},
    "the 2030 Agenda": {"CATEGORIES": ("Objectifs de développement durable à l'horizon 2030",)},
    "the group of countries": {"DESCRIPTION": ("pays les moins avancés", "PMA")},
    "the signature": {"DESCRIPTION": ("Signataire\u00a0: Doreen Bogdan-Martin, Secrétaire générale",)},
}


class TestLetterInItsCalendar:
    """The package icalendar finds all 21 facts in the calendar of the event."""

    def test_there_are_the_same_facts(self) -> None:
        assert list(IN_CALENDAR) == list(LETTER)

    @pytest.mark.parametrize("fact", IN_CALENDAR)
    def test_the_calendar_has_the_fact(self, fact: str) -> None:
        entry: Any = icalendar.Calendar.from_ical(to_ical(wtisd_23(), stamped=STARTS)).walk("VEVENT")[0]
        for name, texts in IN_CALENDAR[fact].items():
            shown = entry[name].cats if name == "CATEGORIES" else [entry[name]]
            said = "\n".join(str(getattr(each, "dt", each)) for each in shown)
            assert [text for text in texts if text not in said] == []


class TestTime:
    """ "mercredi 17 mai de 14 h 30 à 16 h 30 (CEST)"; the year is in the subject."""

    def test_it_is_from_1230_to_1430_in_utc(self) -> None:
        slot = the_slot(wtisd_23())
        assert slot.starts_at == STARTS
        assert slot.ends_at == ENDS

    def test_it_takes_120_minutes(self) -> None:
        assert the_slot(wtisd_23()).duration.total_minutes() == 120

    def test_the_weekday_agrees_with_the_date(self) -> None:
        assert the_slot(wtisd_23()).start.format("dddd D MMMM", locale="fr") == "mercredi 17 mai"

    def test_the_clocks_of_the_place_show_cest(self) -> None:
        slot = the_slot(wtisd_23())
        assert {slot.start.tzname(), slot.end.tzname()} == {"CEST"}
        assert slot.start.utcoffset() == dt.timedelta(hours=2)

    def test_a_reader_elsewhere_sees_the_same_moments(self) -> None:
        shown = wtisd_23().slot_in("Asia/Tokyo")
        assert shown is not None
        assert (shown.start.to_time_string(), shown.end.to_time_string()) == ("21:30:00", "23:30:00")
        assert shown.starts_at == the_slot(wtisd_23()).starts_at


class TestDeadline:
    """ "au plus tard le 20 avril 2023": all of that day in Geneva."""

    def test_it_closes_when_the_day_ends_in_geneva(self) -> None:
        closes = the_deadline(wtisd_23()).closes_at
        assert closes == CLOSES
        assert closes.to_iso8601_string() == "2023-04-21T00:00:00+02:00"

    @pytest.mark.parametrize(
        ("at", "is_open"),
        [
            ("2023-04-20T00:00:00+02:00", True),
            ("2023-04-20T21:59:59Z", True),
            ("2023-04-20T22:00:00Z", False),
            ("2023-04-21T00:00:00Z", False),
        ],
    )
    def test_the_whole_day_is_in_time_and_no_more(self, at: str, *, is_open: bool) -> None:
        assert the_deadline(wtisd_23()).is_open(dt.datetime.fromisoformat(at)) is is_open

    def test_it_is_8_days_after_the_letter_and_27_before_the_event(self) -> None:
        event = wtisd_23()
        last_day = the_deadline(event).date
        assert event.documents[0].issued is not None
        assert (last_day - dt.date.fromisoformat(event.documents[0].issued)).days == 8
        assert (the_slot(event).starts_at.date() - last_day).days == 27


class TestSilence:
    """Where the letter is silent, so is the event."""

    def test_it_can_be_attended_in_the_room_and_from_afar(self) -> None:
        assert wtisd_23().attendance_mode is AttendanceMode.MIXED

    @pytest.mark.parametrize("kind", [CallKind.REGISTRATION, CallKind.PLEDGE])
    def test_only_interpretation_has_a_last_day(self, kind: CallKind) -> None:
        assert the_call(wtisd_23(), kind).deadline is None

    def test_no_address_is_made_up_for_a_link_that_lost_it(self) -> None:
        event = wtisd_23()
        lost = [
            *(call.url for call in event.calls),
            *(place.uri for place in event.virtual_locations),
            *(document.url for document in event.documents),
            event.documents[0].follows and event.documents[0].follows.url,
        ]
        assert lost == [None] * 9

    def test_no_language_is_promised(self) -> None:
        event = wtisd_23()
        assert event.floor_languages == ()
        assert the_call(event, CallKind.INTERPRETATION).languages == ()
        assert event.documents[0].original_language is None

    def test_no_agenda_no_goal_and_no_number_of_seats_is_made_up(self) -> None:
        event = wtisd_23()
        assert (event.sessions, event.goals) == ((), frozenset())
        assert {each for call in event.calls for each in (call.on_site_capacity, call.remote_capacity)} == {None}

    def test_nothing_is_said_about_its_record(self) -> None:
        event = wtisd_23()
        assert (event.created, event.updated, event.sequence, event.history) == (None, None, 0, ())


class TestOutsideFacts:
    """Facts from elsewhere come in by an explicit option, and change nothing that the letter says."""

    def test_they_add_what_the_page_lists_and_change_nothing(self) -> None:
        assert facts(wtisd_23(outside_facts=True)) == facts(wtisd_23()) | OUTSIDE

    def test_none_of_them_is_there_unasked(self) -> None:
        assert not OUTSIDE.keys() & facts(wtisd_23()).keys()

    def test_a_reader_of_english_gets_the_english_title(self) -> None:
        title = wtisd_23(outside_facts=True).title
        assert title.in_language("en-GB") == ("World Telecommunication and Information Society Day", "en")
        assert title.in_language("es") == (TITLE, "fr")

    def test_it_stays_the_same_event(self) -> None:
        assert wtisd_23(outside_facts=True).uid == wtisd_23().uid
        assert wtisd_23(outside_facts=True) != wtisd_23()


class TestJson:
    """The example of an event is the reference event with a session that the letter does not have."""

    def test_it_is_the_example_without_its_session(self) -> None:
        example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        assert len(example.pop("sessions")) == 1
        assert to_json(wtisd_23()) == json.dumps(example, ensure_ascii=False, separators=(",", ":")).encode()

    @pytest.mark.parametrize("outside_facts", [False, True])
    def test_it_comes_back_equal_with_the_same_instants(self, *, outside_facts: bool) -> None:
        event = wtisd_23(outside_facts=outside_facts)
        back = from_json(Event, to_json(event))
        assert back == event
        assert (the_slot(back).starts_at, the_slot(back).ends_at) == (STARTS, ENDS)
        assert the_deadline(back).closes_at == CLOSES


class TestIcal:
    """Another reader finds the same moments in the calendar file, by zone and in UTC."""

    @pytest.mark.parametrize(("utc", "clock"), [(False, "14:30"), (True, "12:30")])
    def test_it_starts_and_ends_at_the_same_instants(self, *, utc: bool, clock: str) -> None:
        read: Any = read_back(to_ical(wtisd_23(), stamped=STAMPED, utc=utc))
        start, end = read["DTSTART"].dt, read["DTEND"].dt
        assert (start.astimezone(dt.UTC), end.astimezone(dt.UTC)) == (STARTS, ENDS)
        assert start.strftime("%H:%M") == clock

    def test_it_says_what_the_letter_says(self) -> None:
        read = read_back(to_ical(wtisd_23(), stamped=STAMPED))
        assert (str(read["UID"]), str(read["SUMMARY"]), str(read["STATUS"])) == (wtisd_23().uid, TITLE, "CONFIRMED")
        assert "Popov" in str(read["LOCATION"])
        assert read["DTSTART"].params["TZID"] == "Europe/Zurich"


class TestPage:
    """docs/reference-event.md quotes the letter for each field."""

    def test_it_gives_the_words_for_each_fact(self) -> None:
        assert table("What the letter says") == [[words, path, value] for path, (value, words) in SAID.items()]

    def test_it_gives_the_reason_for_each_inference(self) -> None:
        rows = table("What was inferred")
        assert {path: value for path, value, _ in rows} == INFERRED
        assert [(path, reason) for path, _, reason in rows] == [
            (dotted(each.path), each.note) for each in wtisd_23().provenance
        ]

    def test_it_gives_the_source_of_each_fact_from_outside(self) -> None:
        rows = table("Facts from outside")
        assert {path: value for path, value, _ in rows} == OUTSIDE
        assert all("](https://" in source for _, _, source in rows)

    def test_it_names_each_field_of_the_event_that_stays_empty(self) -> None:
        event = wtisd_23()
        named = {path for row in table("What the letter does not say") for path in re.findall(r"[a-z0-9_.]+", row[0])}
        assert {spec.name for spec in fields_of(Event) if not is_said(getattr(event, spec.name))} <= named
        assert [path for path in named if is_said(at(event, path))] == []
