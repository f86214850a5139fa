"""Laws of SEQUENCE: what is written of a uid never falls, and a reply counts until its entry changes."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.invitation.changes import changed_once, drawn, stamp
from wtisd_model import Dossier, Event, EventStatus, ParticipationStatus, Registration, Reply, Session, to_ical
from wtisd_model import invitation as inv

ACCEPTED, NEEDS_ACTION = ParticipationStatus.ACCEPTED, ParticipationStatus.NEEDS_ACTION

RANDOMS = st.randoms(use_true_random=True)
"""A seed each: with choices of Hypothesis' own, a chain of changes would exceed what it keeps of one example."""


def chain(random: Random) -> list[Dossier]:
    """A dossier, and what becomes of it, change by change."""
    found = [drawn(random)]
    for step in range(1, random.randrange(2, 25)):
        found.append(changed_once(random, found[-1], step))
    return found


def entries(event: Event) -> Iterator[Session | None]:
    """The event and its sessions that people may be invited to."""
    if event.status is not EventStatus.CANCELLED:
        yield None
        yield from (each for each in event.sessions if each.status.is_held)


def whereabouts(event: Event, session: Session | None) -> tuple[object, ...]:
    """The uid, the time, the place and the status of an entry: told here without the package's help."""
    if session is None:
        return event.uid, event.slot, event.status, event.locations, event.virtual_locations, event.venue_to_follow
    both = {event.status, session.status}
    status = next(each for each in ("cancelled", "postponed", session.status) if each in both)
    on_site, remote = session.inherited_places != "remote", session.inherited_places != "on-site"
    places = (
        session.locations or (on_site and event.locations),
        session.virtual_locations or (remote and event.virtual_locations),
        not session.locations and on_site and event.venue_to_follow,
    )
    return session.uid or f"{session.id}.{event.uid}", session.slot, status, *(each or () for each in places)


def by_uid(ics: bytes) -> Iterator[tuple[str, int]]:
    """The uid and the SEQUENCE of each VEVENT."""
    for vevent in ics.decode().replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        lines = dict(line.split(":", 1) for line in vevent.split("\r\n") if line.startswith(("UID:", "SEQUENCE:")))
        yield lines["UID"], int(lines["SEQUENCE"])


def written(before: Dossier, after: Dossier, step: int, *, by_session: bool) -> Iterator[bytes]:
    """Whatever may be sent or published after a change."""
    event, stamped = after.event, stamp(step)
    yield from (each.ics for each in inv.updates(before, after, stamped=stamped, by_session=by_session))
    yield to_ical(event, stamped=stamped)
    yield from (each.ics for each in inv.cancels(event, after.registrations, stamped=stamped, by_session=by_session))
    for session in before.event.sessions:  # those that are gone too
        if session.status.is_held:
            yield from (each.ics for each in inv.cancels(event, after.registrations, stamped=stamped, session=session))


class TestNothingFalls:
    """RFC 5546 section 2.1.5: of two with one UID, the higher SEQUENCE obsoletes the other."""

    @pytest.mark.slow
    @LAW
    @given(RANDOMS, st.booleans())
    def test_no_message_and_no_feed_has_a_lower_sequence_than_one_before(
        self,
        random: Random,
        by_session: bool,
    ) -> None:
        highest: dict[str, int] = {}
        for step, (before, after) in enumerate(pairwise(chain(random)), start=1):
            for ics in written(before, after, step, by_session=by_session):
                for uid, sequence in by_uid(ics):
                    assert sequence >= highest.get(uid, 0)
                    assert sequence <= after.event.sequence
                    highest[uid] = sequence


def answered(event: Event, one: Registration, session: Session | None, at: int) -> Registration:
    """The registration with an acceptance of an entry, as it is now; replies of before are forgotten."""
    message = inv.invite(event, one, stamped=stamp(at), session=session)
    answer = inv.reply(message, ACCEPTED, stamped=stamp(at) + timedelta(minutes=1))
    read = inv.read_reply(answer.ics, sender=message.recipient or "")
    (given,) = inv.apply(Dossier(event=event, registrations=(one,)), [read]).registrations
    return given


def status(event: Event, one: Registration, session: Session | None) -> str:
    """What the next message of an entry says of the person's reply."""
    ics = inv.cancel(event, one, stamped=stamp(99), session=session).ics.decode().replace("\r\n ", "")
    return ics.partition("PARTSTAT=")[2].partition(";")[0].lower()


class TestReplies:
    """RFC 5546 section 3.2.2.1: who is asked again has not replied yet; nobody else is."""

    @LAW
    @given(RANDOMS)
    def test_an_acceptance_counts_until_the_time_the_place_or_the_status_of_its_entry_changes(
        self, random: Random
    ) -> None:
        dossiers = chain(random)
        invited = [each for each in dossiers[0].registrations if inv.is_invited(dossiers[0].event, each)]
        for one in invited[:1]:
            person = evolve(one, session_ids=frozenset(), waits=(), replies=(), participation_status=NEEDS_ACTION)
            for first in entries(dossiers[0].event):
                accepted = answered(dossiers[0].event, person, first, 0)
                is_the_same = True
                for before, after in pairwise(dossiers):
                    was, now = (self.entry(each.event, first) for each in (before, after))
                    is_the_same = is_the_same and None not in {was, now} and was == now
                    session = self.current(after.event, first)
                    if now is not None and (session is None or session.status is not EventStatus.DRAFT):
                        assert status(after.event, accepted, session) == (ACCEPTED if is_the_same else NEEDS_ACTION)

    @staticmethod
    def current(event: Event, first: Session | None) -> Session | None:
        return next((each for each in event.sessions if first is not None and each.id == first.id), None)

    def entry(self, event: Event, first: Session | None) -> tuple[object, ...] | None:
        session = self.current(event, first)
        return None if first is not None and session is None else whereabouts(event, session)

    @pytest.mark.slow
    @LAW
    @given(RANDOMS, st.booleans())
    def test_who_loses_an_acceptance_is_asked_again_in_that_moment_and_nobody_else(
        self,
        random: Random,
        by_session: bool,
    ) -> None:
        for step, (one, two) in enumerate(pairwise(chain(random)), start=1):
            before, after = (
                evolve(each, registrations=tuple(accepting(one.event, person, step) for person in each.registrations))
                for each in (one, two)
            )
            messages = inv.updates(before, after, stamped=stamp(step), by_session=by_session)
            asked = {(each.recipient, each.uid) for each in messages if b"RSVP=TRUE" in each.ics.replace(b"\r\n ", b"")}
            kept = entries_of(before, by_session=by_session)
            for key, (person, session) in entries_of(after, by_session=by_session).items():
                if key in kept:
                    assert (status(after.event, person, session) == NEEDS_ACTION) == (key in asked)


def accepting(event: Event, one: Registration, step: int) -> Registration:
    """The registration of a person who accepted all entries before a change, each in the revision that was sent."""
    if one.participant is None:
        return one
    given = [
        Reply(
            at=stamp(step - 1),
            status=ACCEPTED,
            sequence=event.entry_sequence(each),
            session_id=None if each is None else each.id,
        )
        for each in (None, *event.sessions)
    ]
    given.sort(key=lambda reply: reply.sequence)
    return evolve(one, replies=tuple(given), participation_status=ACCEPTED)


def entries_of(
    dossier: Dossier, *, by_session: bool
) -> dict[tuple[str | None, str], tuple[Registration, Session | None]]:
    """The entries that people are invited to, by address and uid; of several with one address, the first."""
    found: dict[tuple[str | None, str], tuple[Registration, Session | None]] = {}
    for one in dossier.registrations:
        if inv.is_invited(dossier.event, one):
            assert one.participant is not None
            chosen = by_session and one.attended_ids
            for each in entries(dossier.event):
                mode = None if each is None else dossier.event.mode_of(each)
                if mode is not None and one.mode not in mode.modes:
                    continue
                if (each.id in one.attended_ids) if chosen and each else (each is None and not chosen):
                    uid = dossier.event.uid if each is None else each.export_uid(dossier.event.uid)
                    found.setdefault((one.participant.email, uid), (one, each))
    return found
