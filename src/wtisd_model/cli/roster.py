"""`roster`: who interprets what, what is short and why; and what is wrong in a roster that was changed by hand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, cast

import click
from attrs import evolve

from wtisd_model.cli import console, formats, loading, params, report
from wtisd_model.codes import Code
from wtisd_model.columns.csv import to_csv
from wtisd_model.columns.csv_reader import from_csv
from wtisd_model.errors import InvalidValueError
from wtisd_model.json.encoder import to_json
from wtisd_model.json.outcome import Outcome
from wtisd_model.locales import locale_for
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import RequestState
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.roster import Booth, Objectives, Roster
from wtisd_model.model.terms import TERMS, Terms
from wtisd_model.pictures.roster_picture import roster as draw
from wtisd_model.planning.booth_sheets import AssignmentRow, assignment_rows
from wtisd_model.planning.roster import roster as propose
from wtisd_model.rules.check import check
from wtisd_model.types.timeslot import TimeSlot

T = TypeVar("T", Interpreter, Booth)

_CSV: Final = ".csv"
_FIELDS: Final = {Interpreter: "interpreters", Booth: "booths"}
_PROPOSING: Final = (
    "interpreters",
    "zone",
    "norm",
    "own_terms",
    "booths",
    "pivots",
    "keep",
    "expires",
    "time_limit",
    "out",
    *formats.TABLE_FORMS,
)
"""The options that do not go with --check."""
_SAID: Final = {Code.BOOTH_ROOM_UNKNOWN, Code.PIVOT_NOT_HELD, Code.INTERPRETER_REMOTE}
"""What is said of a proposal too; the rest of `check` is in its shortages."""


@params.command("roster")
@params.files(
    metavar="DOSSIER...", meaning="Dossiers with approved requests for interpretation, in JSON; - is standard input."
)
@click.option(
    "--interpreters",
    type=params.FILE,
    metavar="FILE",
    help="The interpreters: a table in CSV, or those of a roster in JSON (default: those of --keep).",
)
@click.option(
    "--zone",
    metavar="ZONE",
    help="The zone of availability in the table without one, such as Europe/Zurich (default: that of the first event).",
)
@formats.TABLE_FORM_OPTIONS
@click.option(
    "--norm",
    type=click.Choice(tuple(TERMS)),
    help="The terms of work by a published norm (default: those of the roster with the interpreters).",
)
@click.option(
    "--terms", "own_terms", type=params.FILE, metavar="FILE", help='Terms of your own, in JSON: {"terms": ...}.'
)
@click.option(
    "--booths",
    type=params.FILE,
    metavar="FILE",
    help="The booths that there are: a table in CSV, or those of a roster in JSON (default: as many as are needed).",
)
@click.option(
    "--pivot",
    "pivots",
    metavar="TAG",
    multiple=True,
    help="A language that others may work from by relay; can be given several times (default: any).",
)
@click.option("--keep", type=params.FILE, metavar="FILE", help="An earlier roster, of which as much is kept as can be.")
@click.option("--expires", type=params.moment, metavar="MOMENT", help="When new offers expire.")
@click.option("--time-limit", type=click.FloatRange(0), metavar="SECONDS", help="How long to look for a better roster.")
@click.option("--check", "checked", type=params.FILE, metavar="FILE", help="Check this roster; propose none.")
@click.option(
    "--now", type=params.moment, metavar="MOMENT", help="By which offers have expired (default: the present moment)."
)
@click.option(
    "--csv",
    "table",
    type=params.OUTPUT,
    metavar="FILE",
    help="Write the table of its assignments into this file too, with names, titles and times.",
)
@click.option("--picture", type=params.OUTPUT, metavar="FILE", help="Draw it into this file too: .svg or .html.")
@click.option(
    "--by",
    type=click.Choice(("people", "booths")),
    default="people",
    show_default=True,
    help="The rows of the picture.",
)
@click.option("--day", type=params.day, metavar="DAY", help="The local day that the picture shows (default: all).")
@click.option(
    "--out", "-o", type=params.OUTPUT, metavar="FILE", help="Write to this file, and replace it if it exists."
)
@params.FINDINGS_LANGUAGE
@params.LANGUAGE_FOLDERS
@click.pass_context
def write_roster(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    interpreters: str | None,
    zone: str | None,
    norm: str | None,
    own_terms: str | None,
    booths: str | None,
    pivots: tuple[str, ...],
    keep: str | None,
    expires: datetime | None,
    time_limit: float | None,
    checked: str | None,
    now: datetime | None,
    table: Path | None,
    picture: Path | None,
    by: Literal["people", "booths"],
    day: date | None,
    out: Path | None,
    language: str,
    **forms: Any,
) -> None:
    """Propose who interprets what: the roster in which the fewest interpreters are missing.

    Messages say what is missing and why, what is heard by relay, and whether a better roster is possible. With --keep,
    those who were asked keep their work as far as that can be. With --check, what is wrong in a roster is reported
    instead, such as one that was changed by hand. Needs highspy: pip install 'wtisd-model[roster]'.

    Exit codes: 0 a roster, whether interpreters are missing or not; 1 a document has errors, or --check finds any.
    """
    read = [*files, *(file for file in (interpreters, booths, keep, checked) if file is not None)]
    params.require_apart(read, out=out, csv=table, picture=picture)
    if picture is not None and picture.suffix not in {".svg", ".html"}:
        raise click.UsageError("--picture needs the name of a file that ends with .svg or .html.")
    moment = now or params.current_time()
    if checked is not None:
        params.refuse_given(ctx, _PROPOSING, "--check")
    tables = [file for file in (interpreters, booths) if file is not None and file.lower().endswith(_CSV)]
    params.refuse_given(ctx, () if tables else formats.TABLE_FORMS, "a roster in JSON")
    params.refuse_given(ctx, () if interpreters in tables else ("zone",), "interpreters in JSON")
    dossiers: list[Dossier] = [loading.load(file, None, among=(Dossier,), language=language) for file in files]
    errors = 0
    with report.refusals(files[0]):
        if checked is not None:
            raw = loading.read_document(checked)
            outcome: Outcome[Roster] = loading.validate_document(raw, checked, "roster")
            if outcome.value is not None:
                outcome = evolve(outcome, findings=check(outcome.value, dossiers=dossiers, now=moment))
            console.write_text(report.as_text(checked, outcome, raw, language))
            errors = 0 if outcome.ok else 1
            found = outcome.value
        else:
            earlier: Roster | None = None if keep is None else loading.load(keep, "roster", language=language)
            zone = zone or next((each.event.slot.time_zone for each in dossiers if each.event.slot is not None), None)
            people, terms = _people(interpreters, earlier, language, {"zone": zone, **formats.table_forms(forms)})
            own: Roster | None = None if own_terms is None else loading.load(own_terms, "roster", language=language)
            if norm is not None and own is not None:
                raise click.UsageError("--norm and --terms exclude each other.")
            by_terms = norm or (terms if own is None else own.terms)
            if by_terms is None:
                raise click.UsageError("Say by which terms they work, such as --norm un, or --terms FILE.")
            try:
                found = propose(
                    dossiers,
                    people,
                    norm=by_terms,
                    booths=None
                    if booths is None
                    else _records(booths, Booth, language, {"encoding": forms["encoding"]})[0],
                    pivots=pivots,
                    keep=earlier,
                    expires_at=expires,
                    now=moment,
                    time_limit=time_limit,
                )
            except InvalidValueError as error:
                if interpreters is None or not all(each.path.startswith("/interpreters/") for each in error.findings):
                    raise
                raise report.DocumentError.of(interpreters, Outcome[None](findings=error.findings)) from None
            except ImportError as error:  # the solver is not installed
                raise console.CannotError(str(error)) from None
            console.deliver(to_json(found) + b"\n", out)
            unserved = (each for each in check(found, dossiers=dossiers, now=moment) if each.code in _SAID)
            for line in (*summary(found, dossiers, language), *(str(each.in_language(language)) for each in unserved)):
                console.say(line)
        if table is not None and found is not None:
            console.deliver(to_csv(AssignmentRow, assignment_rows(found, dossiers), personal=True), table)
        if picture is not None and found is not None:
            drawn = draw(found, dossiers, by=by, day=day, now=moment, language=language)
            console.deliver((drawn.svg if picture.suffix == ".svg" else drawn.html).encode(), picture)
    ctx.exit(errors)


def _people(
    file: str | None, earlier: Roster | None, language: str, forms: Mapping[str, Any]
) -> tuple[tuple[Interpreter, ...], Terms | None]:
    """Return the interpreters, and the terms of the roster that they are from."""
    if file is not None:
        people, roster = _records(file, Interpreter, language, forms)
        known = roster or earlier
        return people, None if known is None else known.terms
    if earlier is None:
        raise click.UsageError("Say who may be asked: --interpreters FILE.")
    return earlier.interpreters, earlier.terms


def _records(file: str, cls: type[T], language: str, forms: Mapping[str, Any]) -> tuple[tuple[T, ...], Roster | None]:
    """Return the interpreters or booths of a table, or those of a roster, and that roster.

    A table with an error in any row is refused: a roster without somebody would be another one.
    """
    if not file.lower().endswith(_CSV):
        roster: Roster = loading.load(file, "roster", language=language)
        return getattr(roster, _FIELDS[cls]), roster
    records, is_good = list[T](), True
    with report.refusals(file):
        for outcome in from_csv(cls, loading.read_document(file), **forms):
            is_good &= outcome.ok
            if outcome.findings:
                report.tell(file, outcome, language)
            if outcome.value is not None:
                records.append(outcome.value)
    if not is_good:
        raise report.DocumentError(f"{console.name_of(file)}: no roster is proposed until all rows are good.")
    return tuple(records), None


def summary(roster: Roster, dossiers: Sequence[Dossier], language: str) -> Iterator[str]:
    """Yield what a coordinator has to know about a proposal: what is missing and why, and if it can be better."""
    events = {dossier.event.uid: dossier.event for dossier in dossiers}
    states = [request.state for dossier in dossiers for request in dossier.interpretation_requests]
    titles = {uid: {each.id: each.title.text for each in event.sessions} for uid, event in events.items()}
    values, bounds = roster.values or Objectives(), roster.bounds or Objectives()
    locale = locale_for(language)
    words = locale.roster
    if not any(state.is_approved for state in states):
        yield words["unapproved"].format(number=states.count(RequestState.REQUESTED))
    elif not values.heads_short:
        yield words["complete"].format(number=len(roster.assignments))
    else:
        bound = (words["bound"].format(number=bounds.heads_short),) if bounds.heads_short else ()
        yield " ".join((words["missing"].format(number=values.heads_short), *bound))
    for shortage in roster.shortages:
        slot = cast("TimeSlot", events[shortage.event_uid].slot)  # an event without one needs nobody
        yield f"  {shortage.sentence(slot.time_zone, language=language, titles=titles[shortage.event_uid])}"
    unheard: defaultdict[tuple[str, tuple[str, ...], str], list[str]] = defaultdict(list)
    for each in roster.unreached:
        unheard[each.event_uid, each.session_ids, each.language].append(each.floor)
    for (uid, ids, booth), floors in unheard.items():
        where = locale.comma.join([titles[uid][id_] for id_ in ids] or [events[uid].title.text])
        yield "  " + words["unheard"].format(language=booth, floors=locale.comma.join(floors), where=where)
    for name in ("relays", "retours", "changes"):
        if getattr(values, name):
            yield words[name].format(number=getattr(values, name))
    if roster.proven:
        yield words["proven"]
    else:
        yield " ".join((words["unproven"], *([words["untried"]] if bounds == Objectives() else [])))
