"""Messages made by hand."""

from datetime import UTC, datetime
from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.samples.whole import slot
from wtisd_model import EventStatus, ParticipationStatus, RegistrationState
from wtisd_model.invitation import ChosenSession, Letter, Message, Method, Notice, Reason, Texts
from wtisd_model.strategies import contacts, languages, moments, slots, zones
from wtisd_model.strategies.fields import values_of
from wtisd_model.types.text import EMAIL, LINE, LONG, NAME

LANGUAGES = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")
STAMPED = datetime(2026, 5, 2, 8, 30, tzinfo=UTC)
ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"

HOSTILE = (
    '"><script>alert(1)</script>',
    "</title></head><h1>&amp;&lt;",
    "' onmouseover='x",
    "=?utf-8?q?a=0D=0ABcc:_b=40example.org?=",
    "=?utf-8?B?DQpCY2M6IGI=?=",
    'Quote " and \\ and <desk2@example.org>, ',
    "a@b.example, c@d.example;",
    "(comment) [x]: group: y;",
    "--=_mixed",
    "Title \u202e to the left",
    "Title \u2067 to the left",
    "Title \u2069\u202c\u2069 ends nothing",
    "👩‍👩‍👧‍👦 " * 40,
    "é" * 500,
    "ж " * 250,
    "a" * 500,
    "long words and short ones " * 19,
    "a  b   c",
    "{title} {who} {0} %s",
    "From ",
    ".",
)


AFTERNOON = slot("2026-05-17T14:30:00", "2026-05-17T16:30:00")


def texts(**changes: Any) -> Texts:
    return Texts(**{"title": ("Opening", "en"), "slot": AFTERNOON, "status": EventStatus.SCHEDULED, **changes})


def message(*, method: Method = Method.REQUEST, reason: Reason = Reason.INVITED, **changes: Any) -> Message:
    usual = {
        "uid": "1@example.org",
        "sequence": 0,
        "stamped": STAMPED,
        "recipient": "participant1@example.org",
        "name": "Participant 1",
        "language": "en",
        "texts": texts(),
        "ics": ICS,
    }
    return Message(method=method, reason=reason, **{**usual, **changes})


OCCASIONS: tuple[tuple[Method, Reason], ...] = (
    (Method.REQUEST, Reason.INVITED),
    (Method.REQUEST, Reason.MOVED),
    (Method.REQUEST, Reason.EDITED),
    (Method.REQUEST, Reason.PROMOTED),
    (Method.REQUEST, Reason.PROGRAMME_CHANGED),
    (Method.REQUEST, Reason.CLOCKS_CHANGED),
    (Method.CANCEL, Reason.CANCELLED),
    (Method.CANCEL, Reason.DROPPED),
    (Method.CANCEL, Reason.WITHDRAWN),
    (Method.PUBLISH, Reason.PUBLISHED),
    (Method.REPLY, Reason.ANSWERED),
    (Method.REFRESH, Reason.ASKED),
    (Method.COUNTER, Reason.COUNTERED),
    (Method.DECLINECOUNTER, Reason.COUNTER_DECLINED),
)


def _said(node: Any) -> SearchStrategy[tuple[str, str]]:
    text = values_of(node)
    hostile = st.sampled_from(HOSTILE).map(str.strip)
    return st.tuples(st.one_of(text, hostile), languages())


_URIS: SearchStrategy[str] = st.sampled_from(
    ("https://example.org/?a=1&b=%22#x", "tel:+41227305111,,123#", "javascript:alert(1)")
)


@st.composite
def _chosen(draw: st.DrawFn) -> tuple[ChosenSession, ...]:
    """Draw some of three sessions, in any order."""
    line, name = _said(LINE), _said(NAME)
    return tuple(
        ChosenSession(
            id=id_,
            title=draw(line),
            slot=draw(slots()),
            status=draw(st.sampled_from((EventStatus.SCHEDULED, EventStatus.POSTPONED, EventStatus.CANCELLED))),
            where=tuple(draw(st.lists(name, max_size=1))),
            links=tuple(draw(st.lists(st.tuples(name, _URIS), max_size=1))),
            awaited=draw(st.booleans()),
            names=tuple(draw(st.lists(values_of(NAME), max_size=1))),
        )
        for id_ in draw(st.lists(st.sampled_from(("a", "b", "c")), max_size=2))
    )


@st.composite
def all_texts(draw: st.DrawFn) -> Texts:
    """Draw any texts that the model allows, and some that it does not."""
    line, name, long = _said(LINE), _said(NAME), _said(LONG)
    return Texts(
        title=draw(line),
        within=draw(st.none() | line),
        slot=draw(slots()),
        previous=draw(st.none() | slots()),
        previous_where=draw(st.none() | st.lists(name, max_size=2).map(tuple)),
        status=draw(st.sampled_from(EventStatus)),
        where=tuple(draw(st.lists(name, max_size=3))),
        links=tuple(draw(st.lists(st.tuples(name, _URIS), max_size=3))),
        remote_first=draw(st.booleans()),
        about=tuple(draw(st.lists(long, max_size=3))),
        organizer=draw(st.none() | name),
        organizer_email=draw(st.none() | values_of(EMAIL)),
        url=draw(st.none() | _URIS),
        maps=tuple(draw(st.lists(st.tuples(name, _URIS), max_size=2))),
        image=draw(st.none() | _URIS),
        sessions=draw(_chosen()),
        previous_sessions=draw(st.none() | _chosen()),
        comment=draw(st.none() | values_of(LONG)),
        answer=draw(st.sampled_from((None, *ParticipationStatus))),
    )


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Draw a message of any kind."""
    method, reason = draw(st.sampled_from(OCCASIONS))
    return message(
        method=method,
        reason=reason,
        texts=draw(all_texts()),
        stamped=draw(moments()),
        recipient=None if method is Method.PUBLISH else draw(values_of(EMAIL)),
        name=draw(st.none() | values_of(NAME) | st.sampled_from(HOSTILE).map(str.strip)),
        language=draw(st.sampled_from((*LANGUAGES, "de", "fr-CH", "zh-Hant", "fa"))),
        copied_to=draw(st.none() | contacts()),
    )


OF_OTHERS = {Reason.ANSWERED, Reason.ASKED, Reason.COUNTERED, Reason.COUNTER_DECLINED}
OF_LETTERS = sorted(set(Reason) - OF_OTHERS - {Reason.PUBLISHED})
_SOMEBODY = st.none() | values_of(NAME) | st.sampled_from(HOSTILE).map(str.strip)


@st.composite
def _notices(draw: st.DrawFn) -> Notice:
    return Notice(
        name=draw(_SOMEBODY),
        reasons=tuple(draw(st.lists(st.sampled_from(OF_LETTERS), min_size=1, max_size=3, unique=True))),
        still=draw(st.sampled_from((None, RegistrationState.PENDING, RegistrationState.WAITLISTED))),
        decision=draw(st.none() | st.tuples(values_of(LONG), st.sampled_from(LANGUAGES))),
        link=draw(st.none() | st.sampled_from(("https://example.org/r/1?a=1&b=%22", "javascript:alert(1)"))),
    )


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """Draw a letter of any kind to up to three people, with up to three messages."""
    notices = tuple(draw(st.lists(_notices(), max_size=3)))
    told = draw(all_texts())
    recipient, language = draw(values_of(EMAIL)), draw(st.sampled_from((*LANGUAGES, "de", "fa")))
    requests = messages().filter(lambda made: made.method in {Method.REQUEST, Method.CANCEL})
    given = draw(st.lists(requests, max_size=3))
    return Letter(
        recipient=recipient,
        name=draw(_SOMEBODY),
        reasons=tuple(dict.fromkeys(reason for notice in notices for reason in notice.reasons))
        or (draw(st.sampled_from(OF_LETTERS)),),
        language=language,
        stamped=draw(moments()),
        texts=evolve(told, notices=notices, comment=None, answer=None),
        messages=tuple(
            evolve(
                made, recipient=recipient, language=language, ics=ICS.replace(b"METHOD", b"UID:%d\r\nMETHOD" % number)
            )
            for number, made in enumerate(given)
        ),
        registration_ids=tuple(f"R-{number}" for number in range(len(notices) or 1)),
        copied_to=draw(st.none() | contacts()),
        zone=draw(st.none() | zones()),
    )


@st.composite
def senders(draw: st.DrawFn) -> str:
    """Draw a name and an address as a header has them."""
    address: str = draw(values_of(EMAIL))
    name: str | None = draw(st.none() | values_of(NAME))
    if name is None:
        return address
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def reader_zones() -> SearchStrategy[str | None]:
    return st.none() | zones()
