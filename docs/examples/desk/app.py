"""The pages: the form for everybody, and the list and the replies for the office."""

import sys
from datetime import UTC, datetime
from os import environ
from pathlib import Path
from secrets import compare_digest
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

from attrs import evolve
from fastapi import Body, Depends, FastAPI, Header, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware.base import RequestResponseEndpoint

import wtisd_model as wm
from desk.store import Store
from wtisd_model import invitation, planning
from wtisd_model.integrations.fastapi import add_problem_details
from wtisd_model.integrations.starlette import problem_response
from wtisd_model.page import form

HERE = Path(__file__).parent
TOKEN = environ["DESK_TOKEN"] if environ.get("DESK_TOKEN", "").strip() else sys.exit("Set DESK_TOKEN, a password.")
EVENT = wm.from_json(wm.Event, Path(environ.get("DESK_EVENT", HERE / "event.json")).read_bytes())
STORE = Store(environ.get("DESK_DATABASE", "sqlite:///desk.sqlite"), EVENT, environ.get("DESK_SMTP", "127.0.0.1:8025"))
THANKS = {"pending": "Thank you. We will write to you.", "waitlisted": "Thank you. You are on the waitlist."}
THANKS["waiting"] = "Thank you. We will write to you. You wait for a seat in some of your sessions."
BUSY = "The desk is busy. Please try again in a moment."
FORMS = {tag: f"./?language={tag}" for tag in (EVENT.title.language, *EVENT.title.translations)}
POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"

templates = Jinja2Templates(HERE / "templates")  # they escape every value
templates.env.globals.update(event=EVENT, languages=("ar", "de", "en", "es", "fr", "pt", "ru", "zh"))
show = templates.TemplateResponse
app = FastAPI(max_body_size=1_000_000, openapi_url=None)
app.mount("/static", StaticFiles(directory=HERE / "static"))
add_problem_details(app)


def require_office(request: Request, given: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> None:
    """Refuse requests without the office's token, and those that another site makes a browser send."""
    if not compare_digest(given.password.encode(), TOKEN.encode()):
        raise HTTPException(401, "Wrong token.", {"WWW-Authenticate": "Basic"})
    # Browsers send at least one of the two headers; mail servers and scripts send neither.
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = site in {"same-origin", "none"} if site else origin in {None, str(request.base_url).rstrip("/")}
    if request.method == "POST" and not ours:
        raise HTTPException(403, "Another site sent this.")


@app.get("/")
def draw(language: str = "") -> Response:
    """Show the empty form, which says what is full."""
    return filled_in(language, event=STORE.read()[0])


def filled_in(language: str, status: int = 200, event: wm.Event | wm.Dossier = EVENT, **content: Any) -> Response:
    """Return the form with what was typed."""
    known = language if language in FORMS else None
    return HTMLResponse(form(event, language=known, alternates=FORMS, **content), status)


def fields(body: bytes) -> dict[str, list[str]]:
    """Return what a form has sent."""
    try:
        return parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise HTTPException(400, "This was not sent by the form.") from None


@app.post("/")
def register(body: Annotated[bytes, Body()], language: str = "") -> Response:
    """Store a registration, or show the form again with the input and the findings."""
    payload = wm.clean_form(wm.Registration, fields(body), event=EVENT)
    try:
        outcome = STORE.receive(payload)
    except OperationalError:
        return filled_in(language, 503, values=payload, notice=wm.LocalizedText(text=BUSY, language="en"))
    if wm.to_problem(outcome.findings):
        return filled_in(language, 422, values=payload, findings=outcome.findings)
    registration = outcome.value_or_raise()  # a repeat has the answer of a new person, and no seat
    return RedirectResponse(f"/done/{'waiting' if registration.waits else registration.state.value}", 303)


@app.get("/done/{state}")
def done(request: Request, state: Literal["pending", "waiting", "waitlisted"]) -> Response:
    """Show the same thanks whether or not somebody was registered already."""
    return show(request, "page.html", {"message": THANKS[state]})


@app.get("/office", dependencies=[Depends(require_office)])
def overview(request: Request) -> Response:
    """Show the registrations, the seats and the findings."""
    dossier, waiting = STORE.read()
    found, seats = wm.check(dossier, now=datetime.now(UTC)), planning.seats(dossier)
    return show(request, "office.html", {"dossier": dossier, "waiting": waiting, "findings": found, "seats": seats})


@app.post("/office/replies", dependencies=[Depends(require_office)])
def record_reply(mail: Annotated[bytes, Body()], sender: Annotated[str, Header(alias="X-Sender")]) -> Response:
    """Record the reply in a mail from a *sender* that the mail server has authenticated."""
    try:
        reply = invitation.read_reply(mail, sender=sender)
        if any(each.code == wm.Code.ANSWERED_FOR_ANOTHER for each in reply.findings):
            raise HTTPException(422, "Somebody replies for another person. The office has to decide.")
        STORE.change(lambda dossier, _: invitation.apply(dossier, [reply]))
    except (wm.MessageError, wm.PayloadError) as refused:
        return problem_response(wm.PayloadError(*refused.findings, for_office=True))
    return Response(status_code=204)


@app.post("/office/reminders", dependencies=[Depends(require_office)])
def remind() -> Response:
    """Write to those for whom something begins within a day, but to each of them once."""
    STORE.remind()
    return RedirectResponse("/office", 303)


@app.post("/office/{id_}/{verb}", dependencies=[Depends(require_office)])
def move(
    id_: str, verb: Literal["approve", "waitlist", "reject", "withdraw", "choose"], body: Annotated[bytes, Body()] = b""
) -> Response:
    """Decide on a registration, withdraw it or change its sessions; seats that become free go to others who wait."""
    sent = fields(body)
    typed = {name: values[-1].replace("\r\n", "\n").strip() for name, values in sent.items()}

    def step(dossier: wm.Dossier, now: datetime) -> wm.Dossier:
        people = {each.id: each for each in dossier.registrations}
        note = typed.get("note") or None
        if id_ not in people:
            raise HTTPException(404, "There is no such registration.")
        if verb == "approve":
            if (after := planning.approve(dossier, [id_], now=now, note=note)) == dossier:
                raise HTTPException(409, "No seat is free, or others have waited longer for it.")
            return after
        if verb == "choose":
            return planning.choose(dossier, id_, sent.get("session", []), now=now)
        reason = wm.LocalizedText(text=typed["reason"], language=typed["language"]) if typed.get("reason") else None
        people[id_] = getattr(people[id_], verb)(at=now, note=note, reason=reason)
        return evolve(dossier, registrations=tuple(people.values()))

    try:
        STORE.change(step, id_)
    except (wm.MoveError, wm.InvalidValueError) as refused:
        raise HTTPException(409, refused.findings[0].message) from None
    return RedirectResponse("/office", 303)


@app.middleware("http")
async def protect(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Forbid storing a page in a cache, scripts in it, and other sites to frame it."""
    response = await call_next(request)
    response.headers.update({"Cache-Control": "no-store", "Content-Security-Policy": POLICY})
    return response


@app.exception_handler(HTTPException)
@app.exception_handler(OperationalError)
def refuse(request: Request, error: Exception) -> Response:
    """Show a page with the reason for a refusal."""
    refused = error if isinstance(error, HTTPException) else HTTPException(503, BUSY)
    return show(request, "page.html", {"message": refused.detail}, refused.status_code, refused.headers)
