"""Registrations as they come in: realistic documents, most of them good, the same ones for the same seed.

A good one has about 550 bytes. Six in ten have a name that is not ASCII, in one of 14 scripts;
half are as `to_json` writes them, with all that the office added, and half as a form sends them. One in twenty is
written in ASCII with escapes, as many programs do. Bad ones are good ones in which one to four things were broken
(`tests.benchmarks.mutations`); one in fifty is cut off instead.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.benchmarks.mutations import Story, break_some, tell
from wtisd_model import Registration
from wtisd_model.data.countries import COUNTRIES
from wtisd_model.schema.fields import fields_of

Document = dict[str, Any]

EVENT = "0afd7437-a0a7-510e-b2b6-ac4856994a8c"
FIRST = datetime(2023, 4, 13, 8, 0, tzinfo=UTC)
OFFSETS = (-480, -300, 60, 120, 330, 480)
COUNTRY_CODES = sorted(COUNTRIES)
KEYS = ("@type", "schemaVersion", *(spec.key for spec in fields_of(Registration)))

NAMES = (
    "Participante Núñez",
    "Participant·e Évêché",
    "Teilnehmerin Größe",
    "Uczestniczka Żółwińska",
    "Účastník Dvořáček",
    "Katılımcı Işıkoğlu",
    "Người tham dự Đức",
    "Участник Перепись",
    "Συμμετέχων Ονομαστός",
    "مشارك القائمة",
    "משתתפת הרשימה",
    "प्रतिभागी सूची",
    "অংশগ্রহণকারী তালিকা",
    "ผู้เข้าร่วม รายชื่อ",
    "მონაწილე სია",
    "Մասնակից Ցուցակ",
    "ተሳታፊ ዝርዝር",
    "与会者",
    "参加者リスト",
    "참가자 명단",
)
"""The word for a participant and another one, in many languages; no one's name."""

ORGANIZATIONS = (
    "Ministry of Communications and the Digital Economy",
    "Ministère des Télécommunications, des Postes et du Numérique",
    "Telecommunications Regulatory Authority",
    "Агентство по регулированию связи",
    "هيئة تنظيم الاتصالات",
    "総務省 総合通信基盤局",
    "Example Networks S.p.A.",
    "University of Example, Institute for Networks",
    "Confederación de Radiodifusión, A.C.",
    "Verband der Netzbetreiber e. V.",
)
MEMBERSHIPS = ("member-state",) * 5 + ("sector-member",) * 3 + ("academia", "associate", "press", "un-agency")
LANGUAGES = ("en",) * 5 + ("fr", "fr", "es", "es", "ar", "ru", "zh", "de", "pt-BR", "fr-CH", "zh-Hans", "ase")
SESSIONS = ("opening", "closing", "ministerial-round-table", *(f"session-{number}" for number in range(1, 13)))
NEEDS = ("captions", "dietary", "hearing-loop", "sign-language", "visa-letter", "wheelchair-access")
NOTICES = ("2023-01", "Privacy notice 3.2", "Notice d’information, édition de mars 2023")
DESKS = ("Registration desk", "Bureau des inscriptions", "Бюро регистрации", "Desk 4")
NOTES = (
    "Letter of the delegation received.",
    "Confirmé par la lettre de la mission permanente du 12 avril 2023.\nBadge à l’entrée nord.",
    "Asked twice; the second one was withdrawn.",
)
ANSWERS = ("needs-action",) * 3 + ("accepted", "accepted", "tentative", "declined")
STATES = ("pending",) * 9 + ("approved",) * 6 + ("waitlisted",) * 2 + ("attended", "rejected", "withdrawn", "no-show")


def documents(count: int, *, seed: int) -> Iterator[Document]:
    """Yield good documents, as `json.loads` returns them."""
    choose = Random(seed)
    for number in range(count):
        yield _document(choose, number)


def good(count: int, *, seed: int) -> list[bytes]:
    """Return good payloads."""
    choose = Random(seed + 1)
    return [written(document, choose) for document in documents(count, seed=seed)]


class Bad(NamedTuple):
    """A payload with something wrong in it, and where."""

    raw: bytes
    document: Document | None
    """What `json.loads` gives, and None where it is cut off."""
    kinds: tuple[str, ...]
    """What was broken."""
    shape: frozenset[str]
    """JSON Pointers to what the published schema refuses; a missing or unknown key is pointed at itself."""
    invariants: frozenset[str]
    """JSON Pointers to what no JSON Schema can refuse."""

    @property
    def places(self) -> frozenset[str]:
        """All that is wrong."""
        return self.shape | self.invariants


def bad(count: int, *, seed: int) -> list[Bad]:
    """Return bad payloads, each with one to four mistakes or cut off."""
    choose = Random(seed + 2)
    made: list[Bad] = []
    # One that was purged is another thing altogether: what is broken in it may be right.
    whole = (each for each in documents(2 * count, seed=seed) if "purgedAt" not in each)
    for number, document in enumerate(islice(whole, count)):
        if number % 50 == 49:
            raw = written(document, choose)
            cut = raw[: choose.randrange(1, len(raw))]
            made.append(Bad(cut, None, ("cut off",), frozenset({""}), frozenset()))
            continue
        broken = break_some(document, choose, choose.choice((1, 1, 2, 2, 3, 4)))
        made.append(Bad(written(document, choose), document, *broken))
    return made


def rows(*, seed: int) -> Iterator[bytes]:
    """Yield payloads endlessly, one in a hundred of them bad; they repeat after 20,000."""
    lines = good(20_000, seed=seed)
    lines[99::100] = [each.raw for each in bad(len(lines[99::100]), seed=seed + 5)]
    return cycle(lines)


def write_lines(path: Path, count: int, *, seed: int) -> None:
    """Write so many of `rows` as a JSON Lines file."""
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in islice(rows(seed=seed), count))


def written(document: Document, choose: Random) -> bytes:
    """Write a document compact, and one in twenty in ASCII."""
    return json.dumps(document, ensure_ascii=choose.random() < 0.05, separators=(",", ":")).encode()


def moment(value: datetime, choose: Random) -> str:
    """Write a moment, most often in UTC, some with another offset or parts of a second."""
    if choose.random() < 0.15:
        value = value.astimezone(timezone(timedelta(minutes=choose.choice(OFFSETS))))
    if choose.random() < 0.2:
        value = value.replace(microsecond=choose.randrange(1_000_000))
    return value.isoformat().replace("+00:00", "Z")


def _document(choose: Random, number: int) -> Document:
    stored = choose.random() < 0.5
    at = FIRST + timedelta(seconds=choose.randrange(3_000_000))
    document: Document = {"@type": "Registration", "schemaVersion": 1} if stored else {}
    document |= {"id": f"r-{number + 1}", "eventUid": EVENT}
    purged = stored and choose.random() < 0.02
    if not purged:
        document["participant"] = _participant(choose, number)
        if choose.random() < 0.85:
            document["organization"] = choose.choice(ORGANIZATIONS)
    document |= _delegation(choose)
    if not purged and choose.random() < 0.25:
        document["needs"] = sorted(choose.sample(NEEDS, choose.randint(1, 2)))
    if choose.random() < 0.8:
        document["listingConsent"] = choose.choice(("everyone", "nobody", "participants"))
        document["privacyNotice"] = choose.choice(NOTICES)
    document["submittedAt"] = moment(at, choose)
    if stored:
        _add_office(document, choose, at, purged=purged)
    return {key: document[key] for key in KEYS if key in document}


def _participant(choose: Random, number: int) -> Document:
    plain = choose.random() < 0.4
    name = f"Participant {number + 1}" if plain else f"{choose.choice(NAMES)} {number + 1}"
    participant: Document = {"name": name, "email": f"p{number + 1}.{choose.choice(SESSIONS)}@mail.example.org"}
    if choose.random() < 0.3:
        participant["phone"] = f"+4122{choose.randrange(10**6, 10**7)}"
    if choose.random() < 0.7:
        participant["language"] = choose.choice(LANGUAGES)
    return participant


def _answer(choose: Random, at: datetime, status: str, *, purged: bool) -> Document:
    answer: Document = {"at": moment(at + timedelta(hours=choose.randint(200, 400)), choose), "status": status}
    answer["sequence"] = choose.choice((0, 0, 0, 1))
    if not purged and choose.random() < 0.2:
        answer["comment"] = choose.choice(NOTES)
    return answer


def _delegation(choose: Random) -> Document:
    some: Document = {}
    if choose.random() < 0.85:
        some["membership"] = choose.choice(MEMBERSHIPS)
    if choose.random() < 0.9:
        some["country"] = choose.choice(COUNTRY_CODES)
    some["mode"] = choose.choice(("on-site", "on-site", "remote"))
    sessions = choose.sample(SESSIONS, choose.randint(0, 6))
    if sessions:
        some["sessionIds"] = sorted(sessions)
    listening = list(dict.fromkeys(choose.choices(LANGUAGES, k=choose.randint(0, 3))))
    if listening:
        some["listeningLanguages"] = listening
    return some


def _add_office(document: Document, choose: Random, at: datetime, *, purged: bool) -> None:
    if not purged and choose.random() < 0.1:
        document["submittedBy"] = f"Focal point {choose.randint(1, 9)}"
    story: Story = {"at": at + timedelta(hours=choose.randint(1, 200))}
    if not purged and choose.random() < 0.7:
        story["by"] = choose.choice(DESKS)
    if not purged and choose.random() < 0.2:
        story["note"] = choose.choice(NOTES)
    tell(document, choose.choice(STATES), story)
    document["participationStatus"] = status = choose.choice(ANSWERS)
    if status != "needs-action" and choose.random() < 0.5:
        document["replies"] = [_answer(choose, at, status, purged=purged)]
    if purged:
        document["purgedAt"] = "2023-12-01T00:00:00Z"
