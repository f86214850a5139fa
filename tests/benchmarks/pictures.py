"""Compare `pictures.timetable` with what the standard library takes to serialize the same SVG, and measure its growth.

    python -m tests.benchmarks.pictures [--json]

A programme of 500 sessions in ten rooms is drawn, and its SVG made. That lays out the rooms, measures and breaks all
texts and looks for clashes as well, while ElementTree only writes the elements, which it has parsed.
Both are timed in turns. The exit code is 1 if the timetable takes more than three times as long as ElementTree, or if
four times the sessions take more than 4.8 times as long.
"""

import json
import sys
from pathlib import Path
from statistics import median
from xml.etree import ElementTree as ET

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

import wtisd_model as wm
from tests.benchmarks.rounds import race
from wtisd_model import pictures

SESSIONS, TIMES_AS_MANY = 500, 4
MOST, MOST_GROWTH = 3.0, 4.8
ROUNDS = 7
ZONE = "Europe/Zurich"
ROOMS, A_DAY = 10, 50


def programme(sessions: int) -> wm.Event:
    """Return an event with so many sessions, fifty a day."""
    building = wm.LocalizedText("Headquarters", "en")
    rooms = [wm.Location(name=building, room=f"Room {each}", locality="Geneva", country="CH") for each in range(ROOMS)]
    made = list[wm.Session]()
    for number in range(sessions):
        days, place = divmod(number, A_DAY)
        hour, room = divmod(place, ROOMS)
        day = f"2027-{1 + days // 28:02}-{1 + days % 28:02}"
        made.append(
            wm.Session(
                id=f"s-{number}",
                title=wm.LocalizedText(f"Session {number}: connectivity for the least developed countries", "en"),
                slot=wm.TimeSlot.at(f"{day}T{9 + 2 * hour:02}:00", f"{10 + 2 * hour:02}:30", ZONE),
                locations=(rooms[room],),
                floor_languages=("en", "fr"),
            )
        )
    return wm.Event(
        uid="programme@example.org",
        title=wm.LocalizedText("Forum", "en"),
        slot=wm.TimeSlot.at("2027-01-01T00:00", "2027-12-31T00:00", ZONE),
        locations=(wm.Location(name=building, locality="Geneva", country="CH"),),
        sessions=tuple(made),
    )


def figures() -> dict[str, float]:
    """Return the medians in seconds, how many times as long as ElementTree a timetable takes, and its growth."""
    few, many = programme(SESSIONS), programme(SESSIONS * TIMES_AS_MANY)
    root = ET.fromstring(pictures.timetable(few).svg)  # noqa: S314 - ours
    times = race(
        {
            "timetable": lambda: pictures.timetable(few).svg,
            "four times as many": lambda: pictures.timetable(many).svg,
            "ElementTree": lambda: ET.tostring(root, encoding="unicode"),
        },
        ROUNDS,
    )
    found = {name: median(taken) for name, taken in times.items()}
    return {
        **{name: round(taken, 4) for name, taken in found.items()},
        "ratio": round(found["timetable"] / found["ElementTree"], 2),
        "most": MOST,
        "growth": round(found["four times as many"] / found["timetable"], 2),
        "most growth": MOST_GROWTH,
    }


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code tells whether the bounds hold."""
    found = figures()
    if "--json" in arguments:
        print(json.dumps(found))
    else:
        print(
            f"{SESSIONS} sessions: {found['timetable'] * 1000:.0f} ms; {found['ratio']} x ElementTree, at most {MOST}"
        )
        print(f"{TIMES_AS_MANY} times as many: {found['growth']} x as long, at most {MOST_GROWTH}")
    return 0 if found["ratio"] <= MOST and found["growth"] <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
