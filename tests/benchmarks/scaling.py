"""How time grows with size: twice as much may take 2.3 times as long at most, up to the limits.

    python tests/benchmarks/scaling.py [--json]

Each case is timed at a size and at twice that size, in turns, the best of five of each. Where that looks like too
fast a growth, as many rounds again are taken, four times at most, and the best of all is kept: what disturbs a run
makes it longer and never shorter, so more rounds come closer to the truth, and what does grow too fast still does.
Ends with 1 where a case grows faster, or where a refusal or the calendar of a stranger takes more than a second.
"""

import gc
import io
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from attrs import evolve

import wtisd_model as wm
from wtisd_model import invitation, planning

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.incoming import CALENDARS, GREEDY_CALENDARS

BOUND = 2.3
ROUNDS = 5
MORE = 4
REFUSED_WITHIN = 1.0
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
TITLE = wm.LocalizedText(text="Session", language="en")


def event_of(sessions: int, *, together: bool) -> wm.Event:
    """Make an event of many sessions, all in one room: at the same time, or one after the other."""
    begin = wm.local_time("2023-05-17T08:00:00", "Europe/Zurich")

    def slot(index: int) -> wm.TimeSlot:
        start = begin if together else begin.add(minutes=index)
        return wm.TimeSlot(start=start, end=start.add(minutes=1))

    place = wm.Location(name=wm.LocalizedText(text="Tower", language="en"), room="1", locality="Genève", country="CH")
    return wm.Event(
        uid="scaling",
        title=TITLE,
        slot=wm.TimeSlot(start=begin, end=begin.add(minutes=sessions + 1)),
        locations=(place,),
        sessions=tuple(
            wm.Session(
                id=f"s{index}",
                title=TITLE,
                slot=slot(index),
                people=(wm.Contact(email=f"p{index % 7}@example.org"),),
            )
            for index in range(sessions)
        ),
    )


def dossier_of(registrations: int) -> wm.Dossier:
    """Make a dossier in which everybody waits for half as many seats."""
    call = wm.Call(
        kind=wm.CallKind.REGISTRATION, address_unknown=True, on_site_capacity=registrations // 2, waitlist=True
    )
    waiting = tuple(
        wm.Registration(
            id=f"r{index}",
            event_uid="scaling",
            participant=wm.Contact(name=f"Participant {index}", email=f"p{index}@example.org"),
            mode=wm.ParticipationMode.ON_SITE,
            submitted_at=NOW,
        ).waitlist(at=NOW + timedelta(seconds=index))
        for index in range(registrations)
    )
    return wm.Dossier(event=evolve(event_of(1, together=True), calls=(call,)), registrations=waiting)


FLOORS = ("en", "fr", "es")
LANGUAGES = (*FLOORS, "ar", "ru", "zh")


def plan_of(sessions: int, *, choosy: bool = False) -> wm.Dossier:
    """Make a dossier of many sessions and four times as many people, and what is interpreted there.

    One of three languages is spoken at each session. People listen in up to three languages, at up to four sessions or,
    one in ten, at all; where they are *choosy*, nobody does. Interpretation is approved into French for everybody, and
    into others at every fifth session.
    """
    event = event_of(sessions, together=False)
    spoken = tuple(
        evolve(each, floor_languages=(FLOORS[index % 3],), locations=()) for index, each in enumerate(event.sessions)
    )
    drawn = random.Random(sessions)
    people = tuple(
        wm.Registration(
            id=f"r{index}",
            event_uid="scaling",
            participant=wm.Contact(name=f"Participant {index}", email=f"p{index}@example.org"),
            mode=drawn.choice(tuple(wm.ParticipationMode)),
            session_ids=frozenset(
                ()
                if index % 10 == 0 and not choosy
                else (f"s{drawn.randrange(sessions)}" for _ in range(drawn.randint(1, 4)))
            ),
            listening_languages=tuple(drawn.sample(LANGUAGES, drawn.randint(1, 3))),
            submitted_at=NOW,
        ).approve(at=NOW)
        for index in range(4 * sessions)
    )

    def approved(name: str, target: str, *ids: str) -> wm.InterpretationRequest:
        return wm.InterpretationRequest(
            id=name,
            event_uid="scaling",
            session_ids=frozenset(ids),
            requester=wm.Contact(email="office@example.org"),
            service=wm.InterpretationService.SIMULTANEOUS,
            target_languages=frozenset({target}),
            delivery=wm.AttendanceMode.ON_SITE,
            submitted_at=NOW,
        ).approve(at=NOW)

    requests = [approved("all", "fr")]
    requests += [approved(f"i{index}", LANGUAGES[index % 6], f"s{index}") for index in range(0, sessions, 5)]
    return wm.Dossier(
        event=evolve(event, sessions=spoken), registrations=people, interpretation_requests=tuple(requests)
    )


def refused(make: Callable[[int], bytes]) -> Callable[[int], Callable[[], object]]:
    """Validate what *make* gives as a registration, which it is not."""

    def prepared(size: int) -> Callable[[], object]:
        payload = make(size)
        return lambda: wm.validate(wm.Registration, payload)

    return prepared


def reading_event(size: int) -> Callable[[], object]:
    """Read an event of many sessions."""
    payload = wm.to_json(event_of(size, together=False))
    return lambda: wm.from_json(wm.Event, payload)


def reading_lines(size: int) -> Callable[[], object]:
    """Check a stream of many registrations, every tenth line of it bad."""
    good = wm.to_json(dossier_of(1).registrations[0])
    stream = b"\n".join(b"{}" if index % 10 == 0 else good for index in range(size))
    return lambda: sum(outcome.ok for outcome in wm.validate_lines(wm.Registration, io.BytesIO(stream)))


def writing_event(size: int) -> Callable[[], object]:
    """Write an event of many sessions as JSON."""
    event = event_of(size, together=False)
    return lambda: wm.to_json(event)


def writing_feed(size: int) -> Callable[[], object]:
    """Write an event of many sessions as a calendar."""
    event = event_of(size, together=False)
    return lambda: wm.to_ical(event, stamped=NOW)


def checking_sessions(size: int) -> Callable[[], object]:
    """Find the clashes among sessions that all clash."""
    dossier = wm.Dossier(event=event_of(size, together=True))
    return lambda: wm.check(dossier, now=NOW)


def checking_registrations(size: int) -> Callable[[], object]:
    """Check a dossier of many registrations."""
    dossier = dossier_of(size)
    return lambda: wm.check(dossier, now=NOW + timedelta(days=1))


def promoting(size: int) -> Callable[[], object]:
    """Move a long waitlist up."""
    dossier = dossier_of(size)
    return lambda: wm.promote(dossier, now=NOW + timedelta(days=1))


def writing_letters(size: int) -> Callable[[], object]:
    """Write to many people whose event has moved, half of whom wait for a seat."""
    before = wm.promote(dossier_of(size), now=NOW + timedelta(days=1))
    office = wm.Organization(name=TITLE, email="office@example.org")
    before = evolve(before, event=evolve(before.event, organizer=office, sequence=0))
    assert before.event.slot is not None
    moved = before.event.revised(at=NOW, slot=before.event.slot + timedelta(days=1), sessions=())
    after = evolve(before, event=moved)
    return lambda: sum(1 for _ in invitation.letters(before, after, stamped=NOW))


def totalling(size: int) -> Callable[[], object]:
    """Total many pledges by country, half of them with shares."""
    countries = ("AO", "BT", "CH", "KE", "TD")
    pledges = [
        wm.Pledge(
            id=f"p{index}",
            title=TITLE,
            pledger=wm.Organization(name=TITLE),
            kind=wm.PledgeKind.FINANCIAL,
            focus_areas=frozenset({wm.FocusArea.ACCESS}),
            pledged=wm.Money(amount=Decimal(index + 1), currency="USD"),
            scope=wm.PledgeScope.COUNTRIES,
            countries=tuple(
                wm.CountryShare(country=country, share=Decimal(20) if index % 2 else None) for country in countries
            ),
            submitted_at=NOW,
        )
        for index in range(size)
    ]
    return lambda: wm.totals(pledges, by="country", on=NOW.date())


def covering(size: int) -> Callable[[], object]:
    """Cover an event of many sessions, where four times as many people listen."""
    dossier = plan_of(size)
    return lambda: planning.coverage(dossier)


def needing(size: int) -> Callable[[], object]:
    """Find the languages needed at many sessions, for four times as many people."""
    dossier = plan_of(size)
    return lambda: planning.languages_needed(dossier)


REFUSALS: dict[str, tuple[int, Callable[[int], Callable[[], object]]]] = {
    "many findings": (20_000, refused(lambda n: json.dumps({f"k{i}": i for i in range(n)}).encode())),
    "many near misses": (
        9_000,
        refused(
            lambda n: json.dumps({"listeningLanguages": ["fr-ch"], **{f"countri{i}": i for i in range(n)}}).encode()
        ),
    ),
    "many items": (20_000, refused(lambda n: json.dumps({"sessionIds": ["-"] * n}).encode())),
    "long text": (400_000, refused(lambda n: json.dumps({"organization": "x" * n}).encode())),
    "combining marks": (100_000, refused(lambda n: ('{"organization":"a' + "\u0301\u0323" * (n // 2) + '"}').encode())),
    "long address": (400_000, refused(lambda n: json.dumps({"participant": {"email": "a." * (n // 2)}}).encode())),
    "empty objects": (9_000, refused(lambda n: json.dumps({"history": [{}] * 900, "needs": [{}] * n}).encode())),
    "empty arrays": (400_000, refused(lambda n: b"[]" * n)),
    "closing brackets": (400_000, refused(lambda n: b"[" * 40 + b"]" * n)),
    "deep nesting": (20_000, refused(lambda n: b'{"needs":' + b"[" * n + b"]" * n + b"}")),
    "open brackets": (20_000, refused(lambda n: b"[" * n)),
    "open strings": (400_000, refused(lambda n: b'"\\' * (n // 2))),
    "repeated keys": (20_000, refused(lambda n: b'{"a":[' + b'{"b":1,"b":2},' * (n // 4) + b"1]}")),
}
MEMORY = 200.0
"""Megabytes that a refusal may take: of the most that an event may be, in a process of its own."""

GREEDY = {
    "empty strings": "b'\"\",' * 2_666_666",
    "quotes": "b'\"' * 8_000_000",
    "open objects": "b'{\"a\":' * 1_333_333",
}


def megabytes(payload: str) -> float:
    """Return how much the memory of a new process grows while it refuses a payload."""
    code = (
        "import resource, wtisd_model as wm; wm.validate(wm.Event, b'{}'); payload = " + payload + "\n"
        "usage = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; before = usage()\n"
        "assert not wm.validate(wm.Event, payload).ok; print((usage() - before) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def megabytes_to_read(inside: str) -> float:
    """Return how much the memory of a new process grows while it reads a calendar."""
    code = (
        "from pathlib import Path; from tests.benchmarks import incoming\n"
        "incoming.read(lambda _: incoming.event('X-A:1'))(1)(); act = incoming.read(lambda _: " + inside + ")(1)\n"
        # What getrusage tells begins with what the parent has.
        "told = lambda: Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
        "before = int(told()); act(); print((int(told()) - before) / 1024)"
    )
    folder = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([folder, os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment, cwd=folder
    )
    return float(done.stdout)


WORK: dict[str, tuple[int, Callable[[int], Callable[[], object]]]] = {
    "read an event": (500, reading_event),
    "read lines": (1_000, reading_lines),
    "write an event": (1_000, writing_event),
    "write a feed": (1_000, writing_feed),
    "clashing sessions": (1_000, checking_sessions),
    "check registrations": (1_000, checking_registrations),
    "promote": (500, promoting),
    "letters of a move": (1_000, writing_letters),
    "total pledges": (2_000, totalling),
    "cover": (2_500, covering),
    "languages needed": (2_500, needing),
}


def seconds(run: Callable[[], object]) -> float:
    """Take the processor time of one run, which other programmes do not lengthen."""
    gc.collect()
    begin = time.process_time()
    run()
    return time.process_time() - begin


def measure(size: int, prepare: Callable[[int], Callable[[], object]]) -> tuple[float, float]:
    """Take the best times at a size and at twice that size."""
    once, twice = prepare(size), prepare(2 * size)
    first = second = float("inf")
    for _ in range(MORE + 1):
        for _ in range(ROUNDS):
            first, second = min(first, seconds(once)), min(second, seconds(twice))
        if second <= BOUND * first:
            break
    return first, second


def main() -> int:
    """Measure all cases and say which grow too fast."""
    report: dict[str, dict[str, float]] = {}
    bad: list[str] = []
    for name, (size, prepare) in {**REFUSALS, **CALENDARS, **WORK}.items():
        first, second = measure(size, prepare)
        # Below a hundredth of a millisecond a ratio says nothing about growth.
        ratio = second / first if second > 1e-5 else 1.0
        report[name] = {"size": size, "seconds": round(first, 6), "ratio": round(ratio, 2)}
        if ratio > BOUND or (name not in WORK and second > REFUSED_WITHIN):
            bad.append(name)
    memory = {name: round(megabytes(payload), 1) for name, payload in GREEDY.items()}
    memory |= {name: round(megabytes_to_read(inside), 1) for name, inside in GREEDY_CALENDARS.items()}
    bad += [name for name, most in memory.items() if most > MEMORY]
    if "--json" in sys.argv[1:]:
        print(json.dumps({"bound": BOUND, "cases": report, "megabytes": memory, "bad": bad}))
    else:
        for name, row in report.items():
            print(
                f"{name:22} {row['size']:>8.0f} {row['seconds'] * 1e3:10.3f} ms   x{row['ratio']:.2f} for twice as much"
            )
        for name, most in memory.items():
            print(f"{name:22} {most:>8.0f} MB to refuse 8 MB or to read a calendar, at most {MEMORY:.0f}")
        print(f"At most x{BOUND}: {'no, ' + ', '.join(bad) if bad else 'yes'}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
