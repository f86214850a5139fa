"""Recording incoming replies in the registrations of the people who sent them."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import Finding, FindingCollector, finding, pointer
from wtisd_model.invitation.recipients import is_invited, status_since
from wtisd_model.invitation.reply_reader import IncomingReply
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event, entry_sequences
from wtisd_model.model.registration import MOST_REPLIES, Registration
from wtisd_model.model.reply import Method, ParticipationStatus, Reply, last_own_reply, reply_order
from wtisd_model.rules.identity import People
from wtisd_model.types.arguments import require_instance, require_iterable


# Why: docs/decisions/0014
def apply(dossier: Dossier, replies: Iterable[IncomingReply]) -> Dossier:
    """Return the dossier with the replies in its registrations.

    The result does not depend on when or in which order replies are applied, or on how often: they are sorted by the
    revision that they are about and then by time. The ``participation_status`` of each person who has replied about
    the event, now or before, becomes what the function `participation_status` returns for the current event: so
    ``apply(dossier, ())`` brings it up to date after a change of the event. It stays as it is for people who have not
    replied about the event, and for those whose personal data were removed. Proposals of another time and questions
    change nothing.

    The reply of a delegate without a registration is recorded in that of the person who delegated, if that person's own
    reply names the delegate, here or before. The person's status stays delegated; if all delegates decline, the person
    has to reply again, and it becomes needs-action.

    Args:
        dossier: the event with its registrations.
        replies: returned by `read_reply`. If several people share an address, set ``registration_id`` to that of the
            person who replied.

    Raises:
        MessageError: at least one reply cannot be applied, so none is: ``uid-foreign``, ``person-unknown``,
            ``sequence-ahead``, ``delegation-unconfirmed``, ``delegator-missing``, or ``reply-ambiguous`` if several
            people share the address, with the index of each in its path: ``/replies/3``. Leave those out and call
            again.
        TypeError: *dossier* is not a Dossier, *replies* is not iterable, or one of them is not an IncomingReply.

    Source: RFC 5546 sections 2.1.5, 3.2.3, 4.2.5 and 5.2.2.
    """
    event = require_dossier(dossier).event
    # The uid of the event and of each session, and the id of the session.
    subjects: dict[str, str | None] = {session.export_uid(event.uid): session.id for session in event.sessions}
    subjects[event.uid] = None
    sequences = entry_sequences(event)
    people = _people(event, dossier.registrations)
    findings = FindingCollector()
    new: dict[int, list[Reply]] = {}
    by_others: list[tuple[int, IncomingReply]] = []
    for index, reply in enumerate(require_iterable(replies, "replies")):
        require_instance(reply, IncomingReply, "Not an IncomingReply: pass the results of read_reply.")
        refusal = _refusal(reply, sequences)
        whose = refusal or _whose(reply, people.get(reply.attendee.casefold(), ()), dossier.registrations)
        if isinstance(whose, Finding):
            findings.add(whose.prefixed(pointer("replies", index)))
        elif whose:
            _record(reply, subjects[reply.uid], whose, new)
        else:
            by_others.append((index, reply))
    if by_others:
        # They may be delegates, whom the replies of others name (section 5.2.2), so they come second.
        delegations = Delegations(dossier.registrations, new, people)
        for index, reply in by_others:
            delegators = delegations.delegators(reply, subjects[reply.uid])
            if isinstance(delegators, Finding):
                findings.add(delegators.prefixed(pointer("replies", index)))
            else:
                _record(reply, subjects[reply.uid], delegators, new, delegate=reply.attendee)
    if findings.kept:
        raise MessageError(*findings.kept)
    last_change = event.last_change()
    registrations = (
        _with_status(_with_replies(registration, new.get(index, ())), last_change)
        for index, registration in enumerate(dossier.registrations)
    )
    return evolve(dossier, registrations=tuple(registrations))


class Delegations:
    """The delegations that people with a registration have told the organizer of in their own replies.

    A delegate cannot delegate further (RFC 5546 section 3.2.2.3 leaves that to the implementation): that delegate would
    have been named by somebody without a registration.
    """

    def __init__(
        self,
        registrations: Sequence[Registration],
        new: Mapping[int, Sequence[Reply]],
        people: Mapping[str, Sequence[int]],
    ) -> None:
        """Collect the delegations in the replies of *registrations* and the *new* ones of some, by index.

        *people* are the indexes of the registrations of each address.
        """
        self._people = people
        self._named = {
            (index, reply.session_id, address.casefold())
            for index, registration in enumerate(registrations)
            for reply in (*registration.replies, *new.get(index, ()))
            if reply.status is ParticipationStatus.DELEGATED and reply.delegate is None
            for address in reply.delegated_to
        }
        self._delegates = {named[1:] for named in self._named}

    def delegators(self, reply: IncomingReply, session_id: str | None) -> Sequence[int] | Finding:
        """Return the indexes of the registrations that a delegate replies for, or the finding that prevents it.

        Nobody replies for others unless all of them have named that person, so the result does not depend on the order
        in which replies come.
        """
        delegate = reply.attendee.casefold()
        if not reply.delegated_from:
            if (session_id, delegate) in self._delegates:
                return finding(Code.DELEGATOR_MISSING, "/attendee")
            return finding(Code.PERSON_UNKNOWN, "/attendee")
        delegators: list[int] = []
        for address in reply.delegated_from:
            indexes = self._people.get(address.casefold(), ())
            confirmed = [index for index in indexes if (index, session_id, delegate) in self._named]
            if not confirmed:
                return finding(Code.DELEGATION_UNCONFIRMED, "/delegatedFrom")
            delegators += confirmed
        return delegators


def _people(event: Event, registrations: Iterable[Registration]) -> Mapping[str, list[int]]:
    """Map each address to the indexes of its invited registrations, else of its active ones, else of all.

    Only invited people got something to reply to: a stranger who registers with the address of one must not get in the
    way of that person's replies.
    """
    invited: dict[str, list[int]] = {}
    active: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    for index, registration in enumerate(registrations):
        if registration.participant is not None and registration.participant.email is not None:
            kind = invited if is_invited(event, registration) else active if registration.state.is_active else others
            kind.setdefault(registration.participant.email.casefold(), []).append(index)
    return others | active | invited


def _refusal(reply: IncomingReply, sequences: Mapping[str, int]) -> Finding | None:
    if reply.uid not in sequences:
        return finding(Code.UID_FOREIGN, "/uid")
    if reply.sequence > sequences[reply.uid]:
        return finding(Code.SEQUENCE_AHEAD, "/sequence", maximum=sequences[reply.uid])
    return None


# Why: docs/decisions/0016
def _whose(
    reply: IncomingReply, indexes: Sequence[int], registrations: Sequence[Registration]
) -> Sequence[int] | Finding:
    """Return those registrations with the address of a reply, by their *indexes*, whose person replied."""
    if reply.registration_id is not None:
        named = [index for index in indexes if registrations[index].id == reply.registration_id]
        return named or finding(Code.PERSON_UNKNOWN, "/registrationId")
    contacts = [person for index in indexes if (person := registrations[index].participant) is not None]
    if reply.method is Method.REPLY and len(set(map(People(contacts).identity, contacts))) > 1:
        return finding(Code.REPLY_AMBIGUOUS, "/attendee")
    return indexes


def _record(
    incoming: IncomingReply,
    session_id: str | None,
    registrations: Iterable[int],
    new: dict[int, list[Reply]],
    *,
    delegate: str | None = None,
) -> None:
    """Add a reply to the *new* ones of some registrations, given by their indexes."""
    if incoming.method is not Method.REPLY:
        return
    is_delegated = incoming.status is ParticipationStatus.DELEGATED
    reply = Reply(
        at=incoming.at,
        status=incoming.status,
        sequence=incoming.sequence,
        session_id=session_id,
        comment=incoming.comment,
        delegated_to=frozenset(incoming.delegated_to if is_delegated else ()),
        delegate=delegate,
    )
    for index in registrations:
        new.setdefault(index, []).append(reply)


def _with_replies(registration: Registration, new: Sequence[Reply]) -> Registration:
    if not new:
        return registration
    replies = sorted({*registration.replies, *new}, key=reply_key)
    last = last_own_reply(replies, None)
    if len(replies) > MOST_REPLIES:
        # The person's last one about the event stays, and the latest of the others.
        others = [reply for reply in replies if reply is not last]
        others = others[len(others) - MOST_REPLIES + (last is not None) :]
        replies = sorted(others if last is None else [*others, last], key=reply_key)
    # Until the status is worked out; the old one may be that of another reply.
    status = registration.participation_status if last is None else ParticipationStatus.NEEDS_ACTION
    return evolve(registration, replies=tuple(replies), participation_status=status)


def _with_status(registration: Registration, last_change: int) -> Registration:
    # Without personal data the replies of delegates are gone, so the status can no longer be worked out.
    if registration.purged_at is not None:
        return registration
    status = status_since(last_change, registration, None)
    is_known = status is registration.participation_status
    return registration if is_known else evolve(registration, participation_status=status)


def reply_key(reply: Reply) -> tuple[object, ...]:
    """Return the sort key of a reply; two of one moment are ordered by content, not by which came first."""
    texts = reply.session_id, reply.status.value, reply.comment, reply.delegate
    return *reply_order(reply), *(text or "" for text in texts), sorted(reply.delegated_to)
