"""The service: people register with JSON, and nobody gets a seat that is taken."""

from os import environ
from typing import Annotated

from fastapi import FastAPI, Header
from sqlalchemy.orm import Session

import wtisd_model as wm
from conference.programme import EVENT
from conference.store import DeskBase, EventRow, connect, receive
from wtisd_model.integrations.fastapi import add_problem_details

ENGINE = connect(environ.get("CONFERENCE_DATABASE", "sqlite:///conference.db"))
app = FastAPI(max_body_size=1_000_000)
add_problem_details(app)
Key = Annotated[str | None, Header(alias="Idempotency-Key")]


@app.post("/registrations", status_code=201)
def register(sent: wm.Submission[wm.Registration], key: Key = None) -> wm.Registration:
    """Store a registration, and return it: with a seat, waitlisted, or waiting for sessions."""
    return receive(ENGINE, EVENT.uid, sent, key).outcome.value_or_raise()


if __name__ == "__main__":  # once, before the servers start
    DeskBase.metadata.create_all(ENGINE)
    with Session(ENGINE) as session, session.begin():
        if session.get(EventRow, EVENT.uid) is None:  # the office may have changed it since
            session.add(EventRow(uid=EVENT.uid, event=EVENT))
