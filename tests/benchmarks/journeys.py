"""How far a reader has to walk: the functions and modules behind each everyday call, and the size of the whole.

    python tests/benchmarks/journeys.py [--compiled] [CHECKOUT]

Each journey is traced with `sys.setprofile`, after it ran twice to fill the caches, in plain Python unless
``--compiled`` is given. CHECKOUT is the root of any checkout of this project; without it, this one is measured.
"""

import argparse
import ast
import asyncio
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import attrs

STAMPED = datetime(2023, 4, 14, 10, 0, tzinfo=UTC)
ENGINE = ("json", "schema", "payload", "nodes", "fields", "characters", "suggestions", "export/writing")
"""What reads and writes JSON, by the start of its path: the first two now, the others before they moved."""
_BLANK = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


class Trace(NamedTuple):
    """What one run of a journey did inside the package."""

    calls: int
    functions: int
    modules: int
    rooms: int
    """How many folders of the package they are in, with each module outside of these as a room of its own."""
    changes: int
    """How often a call is in another module than the call before it."""


def trace(journey: Callable[[], object], package: Path) -> Trace:
    """Return the trace of the third run of *journey*."""
    called: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(f"{package}/"):
            called.append((code.co_filename, code.co_qualname))

    journey()
    journey()
    sys.setprofile(note)
    try:
        journey()
    finally:
        sys.setprofile(None)
    files = [file for file, _ in called]
    changes = sum(one != other for one, other in zip(files, ["", *files], strict=False))
    rooms = {Path(file).relative_to(package).parts[0] for file in files}
    return Trace(len(called), len(set(called)), len(set(files)), len(rooms), changes)


def journeys(root: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the name and the function of each journey."""
    import wtisd_model as wm
    from wtisd_model import invitation

    good = (root / "tests" / "data" / "examples" / "registration.json").read_bytes()
    bad = good.replace(b'"submittedAt"', b'"submittedOn"').replace(b"@example.org", b"@")
    office = wm.Organization(name=wm.LocalizedText(text="UIT", language="fr"), email="office@example.org")
    event = attrs.evolve(wm.wtisd_23(), organizer=office)
    registration = wm.Registration(
        id="r-1",
        event_uid=event.uid,
        participant=wm.Contact(name="Participant 1", email="participant1@example.org", language="en"),
        mode=wm.ParticipationMode.ON_SITE,
        submitted_at=STAMPED,
    ).approve(at=STAMPED)
    dossier = wm.Dossier(event=event, registrations=(registration,))
    message = invitation.invite(event, registration, stamped=STAMPED)
    accepted = invitation.reply(message, wm.ParticipationStatus.ACCEPTED, stamped=STAMPED, comment="By train.")
    reply = invitation.read_reply(accepted.ics, sender="participant1@example.org")
    calendar = wm.to_ical(wm.wtisd_23(), stamped=STAMPED)
    document = wm.to_jscalendar(wm.wtisd_23(), stamped=STAMPED)
    forum = wm.from_json(wm.Dossier, (root / "docs" / "gallery" / "forum.json").read_bytes()).event

    yield "good registration", lambda: wm.from_json(wm.Registration, good)
    yield "bad registration", lambda: wm.validate(wm.Registration, bad).findings
    yield "invite", lambda: invitation.invite(event, registration, stamped=STAMPED)
    yield "mail", lambda: invitation.mail(message, sender="office@example.org")
    yield (
        "invite and mail",
        lambda: invitation.mail(invitation.invite(event, registration, stamped=STAMPED), sender="office@example.org"),
    )
    yield "read_reply", lambda: invitation.read_reply(accepted.ics, sender="participant1@example.org")
    yield "apply", lambda: invitation.apply(dossier, [reply])
    yield (
        "reply to dossier",
        lambda: invitation.apply(dossier, [invitation.read_reply(accepted.ics, sender="participant1@example.org")]),
    )
    yield "from_ical of one event", lambda: wm.from_ical(calendar)
    yield "from_jscalendar", lambda: wm.from_jscalendar(document)
    yield "to_ical", lambda: wm.to_ical(event, stamped=STAMPED)
    yield "page of 8 sessions", lambda: wm.to_html(forum)
    yield "check", lambda: wm.check(dossier, now=STAMPED)
    if find_spec("fastapi"):
        yield "bad registration over FastAPI", over_fastapi(dossier, bad)


def over_fastapi(dossier: Any, body: bytes) -> Callable[[], object]:
    """Return the journey of a registration to an app that refuses it in French."""
    from fastapi import FastAPI

    import wtisd_model as wm
    from wtisd_model.integrations.fastapi import add_problem_details

    app = FastAPI()
    add_problem_details(app)

    @app.post("/")
    async def register(body: wm.Submission[wm.Registration]) -> None:
        body.accept(dossier, now=STAMPED).value_or_raise()

    async def request() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            assert message.get("status", 422) == 422

        headers = [(b"content-type", b"application/json"), (b"accept-language", b"fr")]
        scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "query_string": b""}
        await app(scope, receive, send)

    return lambda: asyncio.run(request())


def lines_of_code(source: str) -> int:
    """Count the lines that hold code: no blank lines, comments and docstrings."""
    said = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    held = {line for each in tokens if each.type not in _BLANK for line in range(each.start[0], each.end[0] + 1)}
    return len(held - said)


def used_once(sources: Iterable[str]) -> tuple[int, int]:
    """Count the private functions and methods that their module uses only once, and all of them."""
    once = private = 0
    for source in sources:
        nodes = list(ast.walk(ast.parse(source)))
        named = Counter(
            node.id if isinstance(node, ast.Name) else node.attr
            for node in nodes
            if isinstance(node, ast.Name | ast.Attribute)
        )
        for node in nodes:
            if isinstance(node, ast.FunctionDef) and re.match("_[^_]", node.name):
                private += 1
                once += named[node.name] == 1
    return once, private


def size(package: Path, tests: Path) -> Iterator[tuple[str, str]]:
    """Yield each figure about the size of a checkout, and its name."""
    sources = {
        path.relative_to(package).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in package.rglob("*.py")
    }
    lines = {name: len(source.splitlines()) for name, source in sources.items()}
    code = {name: lines_of_code(source) for name, source in sources.items()}
    engine = [name for name in sources if name.startswith(ENGINE)]
    cython = [path.read_text(encoding="utf-8") for path in package.rglob("*.p[yx][xi]") if path.suffix != ".py"]
    largest = max(lines, key=lines.__getitem__)
    once, private = used_once(sources.values())
    tested = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in tests.rglob("*.py"))
    yield "modules", f"{len(sources):,}"
    yield "lines of Python", f"{sum(lines.values()):,}"
    yield "of them code", f"{sum(code.values()):,}"
    yield "lines of Cython", f"{sum(len(text.splitlines()) for text in cython):,}"
    yield "lines of engine, code", f"{sum(lines[each] for each in engine):,}, {sum(code[each] for each in engine):,}"
    yield "largest module", f"{largest}.py, {lines[largest]:,} lines"
    yield "modules of 400 lines or more", f"{sum(count >= 400 for count in lines.values()):,}"
    yield "private helpers used once", f"{once:,} of {private:,} ({once / private:.0%})"
    yield "lines of tests", f"{tested:,}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--compiled", action="store_true", help="trace with the accelerator, where it is compiled")
    parser.add_argument("checkout", metavar="CHECKOUT", type=Path, nargs="?", default=Path(__file__).parents[2])
    asked = parser.parse_args()
    root: Path = asked.checkout.resolve()
    package = root / "src" / "wtisd_model"
    sys.path.insert(0, str(root / "src"))
    if not asked.compiled:
        for path in package.rglob("*"):
            if path.name.endswith(tuple(EXTENSION_SUFFIXES)):
                name = ".".join([*path.relative_to(root / "src").parent.parts, path.name.partition(".")[0]])
                sys.modules[name] = None  # type: ignore[assignment] # makes an import of it fail
    print(f"{'journey':<30}{'calls':>8}{'functions':>11}{'modules':>9}{'rooms':>7}{'changes of module':>19}")
    for name, journey in journeys(root):
        found = trace(journey, package)
        print(f"{name:<30}{found.calls:>8}{found.functions:>11}{found.modules:>9}{found.rooms:>7}{found.changes:>19}")
    print()
    for name, figure in size(package, root / "tests"):
        print(f"{name:<30}{figure:>26}")


if __name__ == "__main__":
    main()
