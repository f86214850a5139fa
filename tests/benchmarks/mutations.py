"""What can be wrong with a registration: one function a kind, which breaks a good document and says where.

Each says which fields it touches, so that no two breakages of one payload meet: what is wrong is then exactly what
they say, whatever any validator thinks of it.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple, NotRequired, TypedDict

Document = dict[str, Any]


class Story(TypedDict):
    """How a registration came to its state."""

    at: datetime
    by: NotRequired[str]
    note: NotRequired[str]


STORIES = {
    "pending": (),
    "approved": ("approved",),
    "rejected": ("rejected",),
    "withdrawn": ("withdrawn",),
    "waitlisted": ("waitlisted",),
    "attended": ("approved", "attended"),
    "no-show": ("waitlisted", "approved", "no-show"),
}
STORY = ("state", "waitlistedAt", "checkedInAt", "history")
"""What says how far a registration has come, and has to fit together."""


def tell(document: Document, state: str, story: Story) -> None:
    """Set the state of a document, and a history that leads to it."""
    for key in STORY:
        document.pop(key, None)
    document["state"] = state
    history: list[Document] = []
    at, before = story["at"], "pending"
    for after in STORIES[state]:
        step: Document = {"at": written(at), "before": before, "after": after}
        history.append(step | {key: story[key] for key in ("by", "note") if key in story})
        at, before = at + timedelta(hours=1), after
    if state == "waitlisted":
        document["waitlistedAt"] = history[-1]["at"]
    if state == "attended":
        document["checkedInAt"] = history[-1]["at"]
    if history:
        document["history"] = history


def written(at: datetime) -> str:
    """Write a moment in UTC."""
    return at.isoformat().replace("+00:00", "Z")


class Kind(NamedTuple):
    """A way of breaking a document."""

    name: str
    touches: frozenset[str]
    """The fields that it reads or changes, as paths; a field includes everything in it."""
    invariant: bool
    """Whether no JSON Schema can see it."""
    apply: Callable[[Document, Random], Iterable[str]]
    """Breaks the document and names the places; none where this document has nothing to break."""


KINDS: list[Kind] = []
Breaking = Callable[[Document, Random], Iterable[str]]


def _kind(name: str, *touches: str, invariant: bool = False) -> Callable[[Breaking], Breaking]:
    def add(apply: Breaking) -> Breaking:
        KINDS.append(Kind(name, frozenset(touches), invariant, apply))
        return apply

    return add


def _values(name: str, key: str, *values: object) -> None:
    """Add a kind that puts one of *values* at *key*, which is a field or, with a slash, a field in the participant."""
    parent, _, field = key.rpartition("/")

    def apply(document: Document, choose: Random) -> Iterable[str]:
        inner = document.get(parent) if parent else document
        if not isinstance(inner, dict):
            return ()
        inner[field] = choose.choice(values)
        return (f"/{key}",)

    KINDS.append(Kind(name, frozenset({key}), invariant=False, apply=apply))


def _missing(key: str) -> None:
    def apply(document: Document, _choose: Random) -> Iterable[str]:
        del document[key]
        return (f"/{key}",)

    KINDS.append(Kind(f"{key} is missing", frozenset({key}), invariant=False, apply=apply))


for each in ("id", "eventUid", "mode", "submittedAt"):
    _missing(each)

_values("id with a blank", "id", "r 1", "r/1", "-r1", "", "é1")
_values("id too long", "id", "r" * 65)
_values("id with a line feed at its end", "id", "r-1\n")
_values("uid beyond ASCII", "eventUid", "évènement", "")
_values("uid that is a number", "eventUid", 20230517)
_values("participant that is a text", "participant", "Participant 1", "p1@example.org")
_values("participant that is null", "participant", None)
_values("name with a control character", "participant/name", "Participant\t1", "Participant\u0007", "Participant\n1")
_values("name with a bidi override", "participant/name", "Participant \u202e1", "\u2066Participant")
_values("name of which nothing is seen", "participant/name", "", " ", "\u200b", "\u3164", "\u00ad\u200d")
_values("name with an outer blank", "participant/name", " Participant 1", "Participant 1\u00a0", "参加者\u3000")
_values("name too long", "participant/name", "П" * 501)
_values("name that is a list", "participant/name", ["Participant", "1"])
_values("e-mail without @", "participant/email", "p1.example.org", "p1")
_values("e-mail in a wrong form", "participant/email", "p..1@example.org", ".p1@example.org", "p1@example", "p1@-e.org")
_values("e-mail with a blank", "participant/email", "p1@example.org ", "p 1@example.org", "p1@example.org\n")
_values("e-mail with too long a name", "participant/email", f"{'p' * 65}@example.org")
_values("e-mail that is not ASCII", "participant/email", "участник@example.org", "p1@exämple.org")
_values("phone as at home", "participant/phone", "022 730 51 11", "+41 22 730 51 11", "0041227305111")
_values("phone that is a number", "participant/phone", 41227305111)
_values("language in the wrong case", "participant/language", "FR", "fr-ch", "zh-hans")
_values("language by three letters", "participant/language", "fra", "eng", "zho")
_values("language that was replaced", "participant/language", "iw", "zh-guoyu", "sgn-BR", "art-lojban")
_values("organization with a line separator", "organization", "Ministry\u2028Office", "Ministry\u0085", "a\x00b")
_values("organization that is a number", "organization", 42, 1.5)
_values("organization that is null", "organization", None)
_values("unknown membership", "membership", "member", "Member State", "MEMBER-STATE")
_values("unknown country", "country", "UK", "XX", "CHE", "Switzerland", "")
_values("country in lower case", "country", "ch", "td")
_values("unknown mode", "mode", "online", "On-site", "on_site", "hybrid")
_values("mode that is a flag", "mode", *(True, False))
_values("sessions as one text", "sessionIds", "opening", "opening,closing")
_values("too many sessions", "sessionIds", [f"session-{number}" for number in range(101)])
_values("languages as an object", "listeningLanguages", {"first": "fr"})
_values("consent that is a flag", "listingConsent", *(True, False))
_values("unknown consent", "listingConsent", "all", "yes")
_values("notice of which nothing is seen", "privacyNotice", "", "\ufeff", "\u2800")
_values("moment without offset", "submittedAt", "2023-04-13T08:15:00", "2023-04-13T08:15:00.5")
_values("moment with a space", "submittedAt", "2023-04-13 08:15:00Z", "2023-04-13 08:15:00+02:00")
_values("day that there is not", "submittedAt", "2023-02-30T08:15:00Z", "2023-04-31T00:00:00Z", "2023-13-01T00:00:00Z")
_values("moment in a loose form", "submittedAt", "2023-04-13T08:15Z", "2023-04-13T08:15:00+0200", "20230413T081500Z")
_values("moment that is a number", "submittedAt", 1681373700, "1681373700")
_values("moment of another century", "submittedAt", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z")
_values("leap second", "submittedAt", "2016-12-31T23:59:60Z")
_values("unknown state", "state", "accepted", "Pending", "")
_values("unknown answer", "participationStatus", "yes", "ACCEPTED")
_values("type of another document", "@type", "Event", "registration")
_values("version that is a text", "schemaVersion", "1", "1.0")


@_kind("session in a wrong form", "sessionIds")
def _(document: Document, choose: Random) -> Iterable[str]:
    document["sessionIds"] = ["opening", "closing", "session-1"]
    index = choose.randrange(3)
    document["sessionIds"][index] = choose.choice(("a session", "", 7, None, "-"))
    return (f"/sessionIds/{index}",)


@_kind("session repeated", "sessionIds")
def _(document: Document, _choose: Random) -> Iterable[str]:
    document["sessionIds"] = ["opening", "session-1", "opening"]
    return ("/sessionIds/2",)


@_kind("language repeated", "listeningLanguages")
def _(document: Document, _choose: Random) -> Iterable[str]:
    document["listeningLanguages"] = ["fr", "fr"]
    return ("/listeningLanguages/1",)


@_kind("language in a wrong form", "listeningLanguages")
def _(document: Document, choose: Random) -> Iterable[str]:
    document["listeningLanguages"] = ["en", choose.choice(("pt_BR", "French", "e", 2, "fr-"))]
    return ("/listeningLanguages/1",)


@_kind("unknown need", "needs")
def _(document: Document, choose: Random) -> Iterable[str]:
    document["needs"] = ["captions", choose.choice(("wheelchair", "Visa letter", ""))]
    return ("/needs/1",)


@_kind("need repeated", "needs")
def _(document: Document, _choose: Random) -> Iterable[str]:
    document["needs"] = ["captions", "captions", "dietary"]
    return ("/needs/1",)


@_kind("unknown key", "/unknown")
def _(document: Document, choose: Random) -> Iterable[str]:
    key = choose.choice(("countri", "age", "passportNumber", "session_ids", "submittedat"))
    document[key] = choose.choice((1, "x", [], {}, None))
    return (f"/{key}",)


@_kind("unknown key of the participant", "participant/unknown")
def _(document: Document, choose: Random) -> Iterable[str]:
    if not isinstance(document.get("participant"), dict):
        return ()
    key = choose.choice(("firstName", "title", "mail"))
    document["participant"][key] = "x"
    return (f"/participant/{key}",)


@_kind("unknown role", "participant/roles")
def _(document: Document, choose: Random) -> Iterable[str]:
    if not isinstance(document.get("participant"), dict):
        return ()
    document["participant"]["roles"] = ["speaker", choose.choice(("guest", "Chair", 1))]
    return ("/participant/roles/1",)


@_kind("no participant", "participant", "purgedAt", invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    document.pop("participant", None)
    return ("/participant",)


@_kind("participant without anything", "participant", invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    document["participant"] = {}
    return ("/participant",)


@_kind("participant without name or e-mail", "participant", invariant=True)
def _(document: Document, choose: Random) -> Iterable[str]:
    key = choose.choice(("name", "email"))
    document["participant"] = {"name": "Participant 1", "email": "p1@example.org", "language": "fr"}
    del document["participant"][key]
    return (f"/participant/{key}",)


_AT = {"at": datetime(2023, 5, 1, 9, 30, tzinfo=UTC)}


def _told(document: Document, state: str) -> list[Document]:
    tell(document, state, {"at": _AT["at"]})
    return list(document.get("history", ()))


@_kind("waitlisted since never", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    _told(document, "waitlisted")
    del document["waitlistedAt"]
    return ("/waitlistedAt",)


@_kind("waiting though not waitlisted", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    _told(document, "approved")
    document["waitlistedAt"] = "2023-05-01T09:30:00Z"
    return ("/waitlistedAt",)


@_kind("attended but never came", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    _told(document, "attended")
    del document["checkedInAt"]
    return ("/checkedInAt",)


@_kind("came though not attended", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    _told(document, "no-show")
    document["checkedInAt"] = "2023-05-17T09:00:00+02:00"
    return ("/checkedInAt",)


@_kind("history that ends elsewhere", *STORY, invariant=True)
def _(document: Document, choose: Random) -> Iterable[str]:
    _told(document, choose.choice(("approved", "rejected")))
    document["state"] = "withdrawn"
    return ("/state",)


@_kind("state without a history", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    _told(document, "approved")
    del document["history"]
    return ("/state",)


@_kind("history with a step left out", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    history = _told(document, "no-show")
    document["history"] = [history[0], history[2]]
    return ("/history/1/before",)


@_kind("history without its beginning", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    document["history"] = _told(document, "no-show")[1:]
    return ("/history/0/before",)


@_kind("history out of order", *STORY, invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    history = _told(document, "attended")
    history[1]["at"] = "2023-05-01T11:29:59+02:00"
    document["checkedInAt"] = history[1]["at"]
    return ("/history/1/at",)


@_kind("step that is not allowed", *STORY, invariant=True)
def _(document: Document, choose: Random) -> Iterable[str]:
    history = _told(document, choose.choice(("approved", "rejected")))
    history[0]["after"] = document["state"] = choose.choice(("no-show", "pending"))
    return ("/history/0/after",)


@_kind("step without a moment", *STORY)
def _(document: Document, _choose: Random) -> Iterable[str]:
    del _told(document, "approved")[0]["at"]
    return ("/history/0/at",)


@_kind("step to a word that is no state", *STORY)
def _(document: Document, choose: Random) -> Iterable[str]:
    history = _told(document, "attended")
    history[1]["after"] = choose.choice(("Attended", "no show", "", "came-"))
    return ("/history/1/after",)


@_kind("note with a control character", *STORY)
def _(document: Document, _choose: Random) -> Iterable[str]:
    _told(document, "rejected")[0]["note"] = "Asked\r\ntwice"
    return ("/history/0/note",)


@_kind("answer that is none", "replies", "participationStatus")
def _(document: Document, choose: Random) -> Iterable[str]:
    document["replies"] = [{"at": "2023-05-02T08:00:00Z", "status": choose.choice(("yes", "ACCEPTED", ""))}]
    return ("/replies/0/status",)


@_kind("answer to a negative revision", "replies", "participationStatus")
def _(document: Document, _choose: Random) -> Iterable[str]:
    document["replies"] = [{"at": "2023-05-02T08:00:00Z", "status": "declined", "sequence": -1}]
    return ("/replies/0/sequence",)


@_kind("replies out of order", "replies", "participationStatus", invariant=True)
def _(document: Document, _choose: Random) -> Iterable[str]:
    newer = {"at": "2023-05-02T08:00:00Z", "status": "declined", "sequence": 1}
    document["replies"] = [newer, {"at": "2023-05-03T08:00:00Z", "status": "accepted"}]
    document["participationStatus"] = "needs-action"
    return ("/replies/1",)


@_kind("status that no answer gives", "replies", "participationStatus", invariant=True)
def _(document: Document, choose: Random) -> Iterable[str]:
    document["replies"] = [{"at": "2023-05-02T08:00:00Z", "status": "declined"}]
    document["participationStatus"] = choose.choice(("accepted", "tentative"))
    return ("/participationStatus",)


@_kind(
    "purged with personal data",
    *("participant", "organization", "needs", "submittedBy", "replies", "participationStatus", "purgedAt"),
    *STORY,
    invariant=True,
)
def _(document: Document, _choose: Random) -> Iterable[str]:
    document["participant"] = {"name": "Participant 1", "email": "p1@example.org"}
    document["purgedAt"] = "2023-12-01T00:00:00Z"
    _told(document, "approved")[0]["by"] = "Desk 4"
    document["replies"] = [{"at": "2023-05-02T08:00:00Z", "status": "accepted", "comment": "By train"}]
    document["participationStatus"] = "accepted"
    kept = [key for key in ("participant", "organization", "needs", "submittedBy") if key in document]
    return (*(f"/{key}" for key in kept), "/history/0/by", "/replies/0/comment")


def break_some(
    document: Document, choose: Random, count: int
) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Break a document in *count* ways that do not meet: which, where a schema sees it, and where none can."""
    names: list[str] = []
    places: dict[bool, set[str]] = {False: set(), True: set()}
    touched: list[str] = []
    while len(names) < count:
        kind = choose.choice(KINDS)
        if any(_meet(one, other) for one in kind.touches for other in touched):
            continue
        found = list(kind.apply(document, choose))
        if found:
            names.append(kind.name)
            touched += kind.touches
            places[kind.invariant].update(found)
    return tuple(names), frozenset(places[False]), frozenset(places[True])


def _meet(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")
