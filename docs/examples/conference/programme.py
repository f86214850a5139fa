"""A conference of three days: nine talks that are streamed, three workshops with seats in a room, eight questions."""

from functools import partial

from attrs import evolve

import wtisd_model as wm

text, on_site = partial(wm.LocalizedText, language="en"), wm.Condition(modes=["on-site"])


def session(id_: str, start: str, end: str, title: str, seats: int | None = None) -> wm.Session:
    """Return a talk that is held there and streamed or, with a number of seats, a workshop that is not."""
    talk = wm.Session(id=id_, title=text(title), slot=wm.TimeSlot.at(f"2199-03-{start}", end, "Africa/Lagos"))
    return evolve(talk, inherited_places="on-site", on_site_capacity=seats) if seats else talk


QUESTIONS = (
    wm.Question(id="role", label=text("What do you do?"), kind="text", required=True),
    wm.Question(id="first", label=text("Is it your first time here?"), kind="boolean", statistical=True),
    wm.Question(id="arrival", label=text("When do you arrive?"), kind="date", when=on_site),
    wm.Question(id="lunches", label=text("On how many days do you have lunch?"), kind="integer", when=on_site),
    wm.Question(id="allergies", label=text("What can you not eat?"), kind="long-text", when=on_site),
    wm.Question(id="language", label=text("In which language do you read?"), kind="language"),
    wm.Question(id="hope", label=text("What do you hope to learn?"), kind="long-text"),
    wm.Question(id="terms", label=text("I agree to the code of conduct."), kind="agreement", required=True),
)
EVENT = wm.Event(
    uid="networks-2199@example.org",
    title=text("Networks for everybody"),
    slot=wm.TimeSlot.at("2199-03-04T09:00", "2199-03-06T18:00", "Africa/Lagos"),
    locations=[wm.Location(name=text("Landmark Centre"), locality="Lagos", country="NG")],
    virtual_locations=[wm.VirtualLocation(uri="https://meet.example.org/1")],
    organizer=wm.Organization(name=text("Conference desk"), email="desk@example.org"),
    calls=[wm.Call(kind="registration", address_unknown=True, on_site_capacity=60, waitlist=True, questions=QUESTIONS)],
    sessions=[
        session("opening", "04T09:00", "10:30", "Opening"),
        session("spectrum", "04T11:00", "12:30", "Spectrum for all"),
        session("routing", "04T14:00", "17:00", "Workshop: secure routing", seats=5),
        session("cables", "04T14:00", "15:30", "Cables and coasts"),
        session("names", "05T09:00", "10:30", "Names in every script"),
        session("measuring", "05T11:00", "12:30", "Measuring networks"),
        session("antennas", "05T14:00", "17:00", "Workshop: antennas", seats=20),
        session("schools", "05T14:00", "15:30", "Networks for schools"),
        session("disasters", "06T09:00", "10:30", "After the storm"),
        session("skills", "06T11:00", "12:30", "Skills"),
        session("radio", "06T14:00", "17:00", "Workshop: community radio", seats=12),
        session("closing", "06T17:00", "18:00", "Closing"),
    ],
)
