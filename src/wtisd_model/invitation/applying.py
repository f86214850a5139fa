"""Answers put into the registrations that they come from."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, FindingCollector, MessageError, finding, pointer
from wtisd_model.ical.method import Method
from wtisd_model.invitation.receiving.reply import IncomingReply
from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import MOST_REPLIES, Registration
from wtisd_model.model.reply import ParticipationStatus, Reply, reply_order
from wtisd_model.types.arguments import require_iterable


def apply(dossier: Dossier, replies: Iterable[IncomingReply]) -> Dossier:
    """Give the dossier with what people answered, and with the answers kept.

    In whatever order answers come, and however often, the outcome is the same: they are ordered by the revision that
    they are about and then by time. ``participation_status`` is what the last one about the event says or, where it is
    about an older revision than the event's, needs-action: who was invited again has not answered yet. Proposals of
    another time and questions change nothing.

    Args:
        dossier: the event with its registrations.
        replies: what `read_reply` gave.

    Raises:
        MessageError: at least one cannot be applied, and none is: ``uid-foreign``, ``person-unknown`` or
            ``sequence-ahead``, with paths that count them: ``/replies/3``. Leave those out and call again.
        TypeError: *dossier* is no Dossier, *replies* are not several, or one of them is no IncomingReply.

    Source: RFC 5546 sections 2.1.5 and 3.2.3.
    """
    event = as_dossier(dossier).event
    about = _subjects(event)
    people = _people(dossier.registrations)
    gathered = FindingCollector()
    new: dict[int, list[Reply]] = {}
    for index, reply in enumerate(require_iterable(replies, "replies")):
        found = _refused(_as_reply(reply), event, about, people)
        if found is not None:
            gathered.add(found.prefixed(pointer("replies", index)))
        elif reply.method is Method.REPLY:
            for each in people[reply.attendee.casefold()]:
                new.setdefault(each, []).append(_answer(reply, about[reply.uid]))
    if gathered.kept:
        raise MessageError(*gathered.kept)
    registrations = list(dossier.registrations)
    for index, answers in new.items():
        registrations[index] = _answered(registrations[index], answers, event)
    return evolve(dossier, registrations=tuple(registrations))


def _as_reply(reply: object) -> IncomingReply:
    if not isinstance(reply, IncomingReply):
        raise TypeError("apply takes what read_reply gives.")
    return reply


def _subjects(event: Event) -> Mapping[str, str | None]:
    """Map the uid of the event and of each session to the id of the session, None for the event."""
    sessions: dict[str, str | None] = {each.export_uid(event.uid): each.id for each in event.sessions}
    return sessions | {event.uid: None}


def _people(registrations: Iterable[Registration]) -> Mapping[str, list[int]]:
    """Map each address to its registrations: those that are active or, where none is, all of them."""
    active: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    for index, each in enumerate(registrations):
        if each.participant is not None and each.participant.email is not None:
            kind = active if each.state.is_active else others
            kind.setdefault(each.participant.email.casefold(), []).append(index)
    return others | active


def _refused(
    reply: IncomingReply, event: Event, about: Mapping[str, str | None], people: Mapping[str, list[int]]
) -> Finding | None:
    if reply.uid not in about:
        return finding(Code.UID_FOREIGN, "/uid")
    if reply.attendee.casefold() not in people:
        return finding(Code.PERSON_UNKNOWN, "/attendee")
    if reply.sequence > event.sequence:
        return finding(Code.SEQUENCE_AHEAD, "/sequence", maximum=event.sequence)
    return None


def _answer(reply: IncomingReply, session_id: str | None) -> Reply:
    return Reply(
        at=reply.at, status=reply.status, sequence=reply.sequence, session_id=session_id, comment=reply.comment
    )


def _answered(registration: Registration, new: Sequence[Reply], event: Event) -> Registration:
    answers = sorted({*registration.replies, *new}, key=_order)
    last = next((each for each in reversed(answers) if each.session_id is None), None)
    kept = answers if len(answers) <= MOST_REPLIES else _latest(answers, last)
    status = registration.participation_status
    # What was known before changes nothing, however often it comes: the event may have gone on since.
    if last is not None and any(each.session_id is None and each not in registration.replies for each in new):
        status = last.status if last.sequence >= event.sequence else ParticipationStatus.NEEDS_ACTION
    return evolve(registration, replies=tuple(kept), participation_status=status)


def _order(answer: Reply) -> tuple[object, ...]:
    """Order answers, those of one moment by what they say: so the outcome does not depend on which came first."""
    return *reply_order(answer), answer.session_id or "", answer.status.value, answer.comment or ""


def _latest(answers: list[Reply], last: Reply | None) -> list[Reply]:
    """Keep as many as there is room for: the last about the event, whatever came after it, and the latest others."""
    others = [each for each in answers if each is not last]
    kept = others[len(others) - MOST_REPLIES + (last is not None) :]
    return sorted([*kept, *([] if last is None else [last])], key=_order)
