"""A plan for interpretation as it is shown: in tables for people, as one JSON object, or as CSV."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final, Self

from attrs import frozen

from wtisd_model.columns.csv import to_csv
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.planning import coverage, languages_needed, team_size
from wtisd_model.planning.coverage_rows import CoverageRow
from wtisd_model.planning.demand import Heads, LanguageNeeded, SessionNeeds
from wtisd_model.rules.teams import TeamSize
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.timeslot import TimeSlot

_WAYS: Final = ("floor", "direct", "relay", "sign", "captions", "missing", "unstated")
_WHOLE_EVENT: Final = "(event)"
_NOBODY: Final = "(none named)"


@frozen(kw_only=True)
class TeamNeeded:
    """The interpreters whom a session needs for one service, by each norm."""

    session: SessionNeeds
    service: InterpretationService
    target_languages: tuple[str, ...]
    sizes: tuple[TeamSize, ...]
    """One for each norm."""


@frozen(kw_only=True)
class Plan:
    """What there is to say about the interpretation of an event."""

    event_uid: str
    rows: tuple[CoverageRow, ...]
    needs: tuple[SessionNeeds, ...]
    teams: tuple[TeamNeeded, ...]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Plan the interpretation of an event: teams for all that is interpreted, and for all that is missing."""
        needs = languages_needed(dossier)
        afar = dossier.event.attendance_mode is AttendanceMode.REMOTE
        delivery = ParticipationMode.REMOTE if afar else ParticipationMode.ON_SITE
        return cls(
            event_uid=dossier.event.uid,
            rows=coverage(dossier),
            needs=needs,
            teams=tuple(team for each in needs for team in _teams(each, delivery)),
        )


def _teams(session: SessionNeeds, delivery: ParticipationMode) -> Iterator[TeamNeeded]:
    wanted = (
        (InterpretationService.SIMULTANEOUS, session.to_interpret),
        (InterpretationService.SIGN, session.to_sign),
    )
    for service, targets in wanted:
        if targets:
            yield TeamNeeded(
                session=session,
                service=service,
                target_languages=tuple(sorted(targets)),
                sizes=tuple(
                    team_size(
                        source_languages=session.floor_languages,
                        target_languages=targets,
                        slot=session.slot,
                        service=service,
                        norm=norm,
                        delivery=delivery,
                    )
                    for norm in Norm
                ),
            )


def as_text(plan: Plan) -> str:
    """Show a plan in tables: coverage, gaps, interpreters by norm, and what the norms leave open."""
    if not plan.needs:
        return "Nothing to interpret: the event is a draft or cancelled.\n"
    if not plan.rows:
        return (
            "Nothing to plan: nobody has registered, no floor language is stated, and no interpretation is approved.\n"
            "Give registrations as JSON Lines, and requests for interpretation with --requests.\n"
        )
    return "\n".join(filter(None, (_coverage(plan), _gaps(plan), _interpreters(plan), _open(plan))))


def _coverage(plan: Plan) -> str:
    head = ("session", "language", *_WAYS)
    rows = [
        (_place(row.session_id), row.language or _NOBODY, *(str(getattr(row, way) or ".") for way in _WAYS))
        for row in plan.rows
    ]
    return f"People by session, language and the way in which it comes to them\n\n{_table(head, rows, left=2)}"


def _gaps(plan: Plan) -> str:
    rows = [
        (_place(session.session_id), each.language, str(each.missing.on_site or "."), str(each.missing.remote or "."))
        for session in plan.needs
        for each in session.languages
        if each.missing.total
    ]
    if not any(session.languages for session in plan.needs):
        return "Gaps: not known; nobody has named a language to listen in.\n"
    if not rows:
        return "Gaps: none; everybody who named a language is served.\n"
    return f"Gaps: people to whom none of their languages comes\n\n{_table(_GAPS, rows, left=2)}"


_GAPS: Final = ("session", "language", "on-site", "remote")


def _interpreters(plan: Plan) -> str:
    head = ("session", "service", "into", *Norm)
    rows = [
        (
            _place(team.session.session_id),
            team.service.value,
            " ".join(team.target_languages),
            *(_number(size) for size in team.sizes),
        )
        for team in plan.teams
    ]
    return (
        f"Interpreters by norm, for what is interpreted and what is missing\n\n{_table(head, rows, left=3)}"
        if rows
        else ""
    )


def _number(size: TeamSize) -> str:
    if size.heads is not None:
        return str(size.heads)
    if size.fewest is None:
        return "?"
    return f"{size.fewest} or more" if size.most is None else f"{size.fewest} to {size.most}"


def _open(plan: Plan) -> str:
    reasons = {each: each.meaning for team in plan.teams for size in team.sizes for each in size.unsettled}
    by = {
        each: " ".join(sorted({size.norm for team in plan.teams for size in team.sizes if each in size.unsettled}))
        for each in reasons
    }
    if not reasons:
        return ""
    lines = "".join(f"{by[each]}: {reasons[each]}\n" for each in sorted(reasons))
    return f"What the norms leave open\n\n{lines}"


def _place(session_id: str | None) -> str:
    return _WHOLE_EVENT if session_id is None else session_id


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int) -> str:
    """Align columns, the first few on the left and numbers on the right. Ids and tags are ASCII, so widths are sure."""
    lines = [tuple(map(str, head)), *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(
            cell.ljust(width) if index < left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        + "\n"
        for line in lines
    )


def as_csv(plan: Plan) -> Iterator[bytes]:
    """Write the table of coverage, chunk by chunk."""
    return to_csv(CoverageRow, plan.rows)


def as_object(plan: Plan) -> str:
    """Write a plan as one JSON object in a line; it is ASCII, so that it can be written and read anywhere."""
    rows = {(row.session_id, row.language): row for row in plan.rows}
    whole = {
        "eventUid": plan.event_uid,
        "sessions": [
            {
                **({} if session.session_id is None else {"sessionId": session.session_id}),
                "slot": _slot(session.slot),
                "floorLanguages": session.floor_languages,
                "people": _heads(session.people),
                "unstated": _heads(session.unstated),
                "languages": [_language(each, rows[session.session_id, each.language]) for each in session.languages],
                "teams": [_size(team, size) for team in plan.teams if team.session is session for size in team.sizes],
            }
            for session in plan.needs
        ],
    }
    return f"{json.dumps(whole)}\n"


def _slot(slot: TimeSlot) -> dict[str, str]:
    written = slot.written()
    members = {
        "start": written.start,
        "end": written.end,
        "timeZone": written.time_zone,
        "startRepeated": written.start_repeated,
        "endRepeated": written.end_repeated,
    }
    return {key: value for key, value in members.items() if value is not None}


def _heads(heads: Heads) -> dict[str, int]:
    return {"onSite": heads.on_site, "remote": heads.remote}


def _language(each: LanguageNeeded, row: CoverageRow) -> dict[str, Any]:
    return {
        "language": each.language,
        "preferred": _heads(each.preferred),
        "floor": _heads(each.floor),
        "granted": _heads(each.granted),
        "missing": _heads(each.missing),
        "interpreters": _heads(each.interpreters),
        "captions": _heads(each.captions),
        "relayedFrom": each.relayed_from,
        "offered": row.offered,
        "ways": {way: getattr(row, way) for way in _WAYS if way != "unstated"},
    }


def _size(team: TeamNeeded, size: TeamSize) -> dict[str, Any]:
    published = size.source.published
    members = {
        "service": team.service.value,
        "sourceLanguages": team.session.floor_languages,
        "targetLanguages": team.target_languages,
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
