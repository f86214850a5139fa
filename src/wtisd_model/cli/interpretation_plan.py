"""`interpretation`: who is served in which language, and how many interpreters that takes."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Final, NamedTuple, TypeVar

import click

from wtisd_model.cli import console, jsonl, loading, params, report
from wtisd_model.columns.csv import to_csv
from wtisd_model.errors import InvalidValueError
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.documents import schema_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm
from wtisd_model.model.registration import Registration
from wtisd_model.planning.demand import (
    COUNTS,
    HEADS,
    CoverageRow,
    Heads,
    LanguageNeeded,
    SessionNeeds,
    coverage,
    languages_needed,
)
from wtisd_model.rules.teams import TeamSize, Unsettled, team_size
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import is_unspecific

Submission = TypeVar("Submission", Registration, InterpretationRequest)


class PlannedTeam(NamedTuple):
    """A team for one service in one session, in the size that each norm asks for."""

    session: SessionNeeds
    service: InterpretationService
    targets: list[str]
    sizes: list[TeamSize]


@params.command("interpretation")
@params.argument(
    "event", metavar="EVENT", type=params.FILE, meaning="An event or a dossier in JSON; - is standard input."
)
@params.argument(
    "registrations",
    metavar="[REGISTRATIONS]...",
    nargs=-1,
    type=params.FILE,
    meaning="Registrations for it, as JSON Lines.",
)
@click.option(
    "--requests", metavar="FILE", type=params.FILE, multiple=True, help="Requests for interpretation, as JSON Lines."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Write the table of coverage as CSV.")
@click.pass_context
def plan_interpretation(
    ctx: click.Context,
    /,
    *,
    event: str,
    registrations: tuple[str, ...],
    requests: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show who is served in which language at each session, who is not, and how many interpreters each norm requires.

    The registrations and requests of a dossier count too. Lines with errors are left out and counted.

    Exit codes: 0 all could be read, gaps or not; 1 a document or a line has errors.
    """
    params.require_one_form(as_json=as_json, as_csv=as_csv)
    params.require_apart([event, *registrations, *requests])
    document: Event | Dossier = loading.load(event, None, among=(Event, Dossier))
    dossier = document if isinstance(document, Dossier) else Dossier(event=document)
    refused = 0

    def lines_of(cls: type[Submission], files: tuple[str, ...]) -> Iterator[Submission]:
        nonlocal refused
        for file in files:
            errors = others = 0
            with console.InputFile(file) as opened:
                for outcome in jsonl.outcomes_of(cls, jsonl.split(opened, schema_name(cls, submission=False))[1]):
                    if outcome.value is None:
                        errors += 1
                        continue
                    others += outcome.value.event_uid != dossier.event.uid
                    yield outcome.value
            for count, what in ((errors, "with errors; `validate` reports them"), (others, "for another event")):
                if count:
                    console.say(f"{console.name_of(file)}: left out {console.counted(count, 'line')} {what}.")
            refused += errors

    try:
        whole = Dossier(
            event=dossier.event,
            registrations=(*dossier.registrations, *lines_of(Registration, registrations)),
            interpretation_requests=(*dossier.interpretation_requests, *lines_of(InterpretationRequest, requests)),
        )
    except InvalidValueError as error:  # more than a dossier may hold
        raise report.DocumentError(str(error)) from None
    if as_json:
        console.write(f"{json.dumps(plan_object(whole))}\n".encode())
    elif as_csv:
        for chunk in to_csv(CoverageRow, coverage(whole)):
            console.write(chunk)
    else:
        console.write_text(plan_text(whole))
    ctx.exit(min(refused, 1))


_ON_SITE, _REMOTE = ParticipationMode


def _teams(needs: tuple[SessionNeeds, ...]) -> list[PlannedTeam]:
    """Return a team for all that is interpreted or missing."""
    return [
        PlannedTeam(
            session,
            service,
            sorted(targets),
            [
                team_size(
                    # A floor in "mul" is one that nobody has stated.
                    source_languages=()
                    if any(map(is_unspecific, session.floor_languages))
                    else session.floor_languages,
                    target_languages=targets,
                    slot=session.slot,
                    service=service,
                    norm=norm,
                    interpreters_at=_REMOTE if session.has_remote_interpreters else _ON_SITE,
                )
                for norm in Norm
            ],
        )
        for session in needs
        for service, targets in (
            (InterpretationService.SIMULTANEOUS, session.to_interpret),
            (InterpretationService.SIGN, session.to_sign),
        )
        if targets
    ]


_EVENT: Final = "(event)"


def plan_text(dossier: Dossier) -> str:
    """Format a plan for people: tables of coverage, gaps and interpreters, and what the norms leave open."""
    needs, rows = languages_needed(dossier), coverage(dossier)
    if not needs:
        return "Nothing to interpret: the event is a draft or cancelled.\n"
    if not rows:
        return (
            "Nothing to plan: nobody has registered, no floor language is stated, and no interpretation is approved.\n"
            "Pass registrations as JSON Lines, and requests for interpretation with --requests.\n"
        )
    services = [
        (row.session_id or _EVENT, row.language or "(none named)", *(str(getattr(row, way) or ".") for way in COUNTS))
        for row in rows
    ]
    teams = _teams(needs)
    team_rows = [
        (team.session.session_id or _EVENT, team.service.value, " ".join(team.targets), *map(_people, team.sizes))
        for team in teams
    ]
    norms: dict[Unsettled, set[str]] = {}
    for size in (size for team in teams for size in team.sizes):
        for reason in size.unsettled:
            norms.setdefault(reason, set()).add(size.norm)
    parts = [
        "People by session, language and the way in which it comes to them",
        console.aligned(("session", "language", *COUNTS), services, left=2),
        *_gaps(needs),
    ]
    if teams:
        parts += [
            "Interpreters by norm, for what is interpreted and what is missing",
            console.aligned(("session", "service", "into", *(norm.value for norm in Norm)), team_rows, left=3),
        ]
    if norms:
        parts += [
            "What the norms leave open",
            "\n".join(f"{' '.join(sorted(norms[reason]))}: {reason.meaning}" for reason in sorted(norms)),
        ]
    return "\n\n".join(parts) + "\n"


def _gaps(needs: tuple[SessionNeeds, ...]) -> list[str]:
    if not any(session.languages for session in needs):
        return ["Gaps: unknown; nobody has named a language to listen in."]
    rows = [
        (
            session.session_id or _EVENT,
            needed.language,
            str(needed.missing.on_site or "."),
            str(needed.missing.remote or "."),
        )
        for session in needs
        for needed in session.languages
        if needed.missing.total
    ]
    if not rows:
        return ["Gaps: none; everybody who named a language is served."]
    return [
        "Gaps: people whom none of their languages reaches",
        console.aligned(("session", "language", "on-site", "remote"), rows, left=2),
    ]


def _people(size: TeamSize) -> str:
    if size.heads is not None:
        return str(size.heads)
    if size.fewest is None:
        return "?"
    return f"{size.fewest} or more" if size.most is None else f"{size.fewest} to {size.most}"


def plan_object(dossier: Dossier) -> dict[str, object]:
    """Return a plan for JSON."""
    rows = {(row.session_id, row.language): row for row in coverage(dossier)}
    teams = _teams(needs := languages_needed(dossier))
    return {
        "eventUid": dossier.event.uid,
        "sessions": [
            {
                **({} if session.session_id is None else {"sessionId": session.session_id}),
                "slot": to_builtins(session.slot),
                "floorLanguages": session.floor_languages,
                "people": _heads(session.people),
                "unstated": _heads(session.unstated),
                "languages": [
                    _language(needed, rows[session.session_id, needed.language]) for needed in session.languages
                ],
                "teams": [_team(team, size) for team in teams if team.session is session for size in team.sizes],
            }
            for session in needs
        ],
    }


def _heads(heads: Heads) -> dict[str, int]:
    return {"onSite": heads.on_site, "remote": heads.remote}


def _language(needed: LanguageNeeded, row: CoverageRow) -> dict[str, object]:
    return {
        "language": needed.language,
        **{name: _heads(getattr(needed, name)) for name in HEADS},
        "relayedFrom": needed.relayed_from,
        "offered": row.offered,
        "ways": {way: getattr(row, way) for way in COUNTS if way != "unstated"},
    }


def _team(team: PlannedTeam, size: TeamSize) -> dict[str, object]:
    published = size.source.published
    members: dict[str, object] = {
        "service": team.service.value,
        "sourceLanguages": team.session.floor_languages,
        "targetLanguages": team.targets,
        "norm": size.norm.value,
        "booths": size.booths,
        "heads": size.heads,
        "fewest": size.fewest,
        "most": size.most,
        "sittings": size.sittings,
        "restMinutes": None if size.rest is None else size.rest // timedelta(minutes=1),
        "unsettled": size.unsettled,
        "source": size.source.title,
        "url": size.source.url,
        "published": None if published is None else published.isoformat(),
        "read": size.source.read.isoformat(),
    }
    return {key: value for key, value in members.items() if value is not None}
