"""Threads read and write at the same time, as they do in a Python without a global lock; wheels for it run this too."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any, TypeVar

import pytest

import wtisd_model as wm
from tests.json.examples import codes, example

THREADS = 8
T = TypeVar("T")
BEFORE = datetime(2023, 4, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Let threads take turns as often as they can, where they cannot run at the same time."""
    before = sys.getswitchinterval()
    # Traced, as for coverage, threads that take turns so often have waited for each other without an end.
    if sys.gettrace() is None:
        sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(task: Callable[[int], T]) -> list[T]:
    """Return what a task gives in each of some threads, which begin at the same time."""
    barrier = Barrier(THREADS)
    given: dict[int, T] = {}

    def begin(number: int) -> None:
        barrier.wait()
        given[number] = task(number)

    # An executor may give two tasks to one thread that is about to be idle, which then waits for itself.
    threads = [Thread(target=begin, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [given[number] for number in range(THREADS)]


def sent(thread: int, number: int) -> dict[str, Any]:
    """Return a payload that no other is equal to."""
    registration = example("registration")
    own = {"name": f"Participant {thread} {number}", "email": f"participant{thread}-{number}@example.org"}
    return {**registration, "id": f"r-{thread}-{number}", "participant": registration["participant"] | own}


class TestThreads:
    """Objects do not change, and neither does what reads and writes them, but for the strings that it remembers."""

    @pytest.mark.parametrize("form", [dict, json.dumps])
    def test_each_reads_its_own(self, form: Callable[[dict[str, Any]], Any]) -> None:
        def read(thread: int) -> list[dict[str, Any]]:
            made = [wm.from_json(wm.Registration, form(sent(thread, number))) for number in range(30)]
            return [json.loads(wm.to_json(registration)) for registration in made]

        for thread, written in enumerate(at_once(read)):
            assert written == [sent(thread, number) for number in range(30)]

    def test_each_gets_its_own_findings(self) -> None:
        def validate(thread: int) -> list[tuple[str, str]]:
            wrong = sent(thread, 0) | {"mode": "onsite", f"surprise{thread}": 1}
            return codes(wm.validate(wm.Registration, wrong))

        for thread, found in enumerate(at_once(validate)):
            assert ("key-unknown", f"/surprise{thread}") in found
            assert len(found) == 2

    def test_they_share_a_validator(self) -> None:
        dossier = wm.Dossier(event=wm.from_json(wm.Event, example("event")))
        judge = wm.Validator(wm.Registration, submission=True, dossier=dossier, now=BEFORE)
        office = ("id", "state", "history", "participationStatus", "submittedAt")

        def submit(thread: int) -> list[tuple[str, str]]:
            own = {key: value for key, value in sent(thread, 0).items() if key not in office}
            return codes(judge(own | {f"surprise{thread}": 1}))

        assert at_once(submit) == [[("key-unknown", f"/surprise{thread}")] for thread in range(THREADS)]

    def test_a_dict_that_another_changes_is_read_or_refused(self) -> None:
        """Whatever it is at that moment; the same keys come and go."""
        shared = sent(0, 0)
        contact = shared["participant"]

        def task(thread: int) -> set[str]:
            found = set()
            for number in range(200):
                if thread == 0:
                    contact["email"] = f"participant{number}@example.org"
                    contact.pop("language", None) if number % 2 else contact.update(language="fr")
                else:
                    found |= {each.code for each in wm.validate(wm.Registration, shared).findings}
            return found

        assert set().union(*at_once(task)) <= {"participant-incomplete"}
