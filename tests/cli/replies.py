"""The replies of `tests/data/replies`, and whose they are."""

from pathlib import Path

from tests.samples.invited import person, registration

DATA = Path(__file__).parents[1] / "data"
REPLIES, CALENDARS = DATA / "replies", DATA / "calendars"
SENDER = "participant1@example.org"
PERSON = registration(1, participant=person(1, email=SENDER))
