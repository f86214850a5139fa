"""Delegates without a registration: for which registrations their replies count."""

from collections.abc import Mapping, Sequence

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.invitation.receive import IncomingReply
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import ParticipationStatus, Reply


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

        Args:
            registrations: those of the event.
            new: replies that are not in them yet.
            people: the indexes of the registrations of each address.
        """
        self._people = people
        self._named = {
            (index, reply.session_id, address.casefold())
            for index, registration in enumerate(registrations)
            for reply in (*registration.replies, *new.get(index, ()))
            if reply.status is ParticipationStatus.DELEGATED and reply.delegate is None
            for address in reply.delegated_to
        }
        self._delegates = {each[1:] for each in self._named}

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
        found: list[int] = []
        for address in reply.delegated_from:
            indexes = self._people.get(address.casefold(), ())
            confirmed = [each for each in indexes if (each, session_id, delegate) in self._named]
            if not confirmed:
                return finding(Code.DELEGATION_UNCONFIRMED, "/delegatedFrom")
            found += confirmed
        return found
