"""Promotion, numbers of seats, findings about seats and tables of people, against a plain second count."""

import json
from collections import Counter
from contextlib import suppress
from datetime import datetime

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.planning import second_count
from tests.rules.crowds import crowds
from tests.samples.small import call, event, hours, registration, session
from wtisd_model import planning
from wtisd_model.planning.results import RegistrationDimension

LATER = hours(30)
ABOUT_SEATS = {
    "room-too-small",
    "seats-exceeded",
    "session-seats-exceeded",
    "waitlist-needless",
    "waitlist-order",
    "waitlist-passed-over",
}
CANNOT_COME = {"mode-not-offered", "mode-only-in-sessions", "session-mode-not-offered", "session-unknown"}


def agrees(made: wm.Dossier, now: datetime = LATER) -> None:
    after = wm.promote(made, now=now)
    assert after == second_count.after_promotion(made, now)
    pairs = zip(after.registrations, made.registrations, strict=True)
    approved = {one.id for one, before in pairs if one.state is not before.state}
    found = wm.check(made, now=now)
    about_seats = [(str(each.code), each.path) for each in found if each.code in ABOUT_SEATS]
    assert Counter(about_seats) == second_count.findings(made, now)
    refused = {each.path.split("/")[2] for each in found if each.code in CANNOT_COME}
    assert not refused & {str(index) for index, one in enumerate(made.registrations) if one.id in approved}
    assert [
        (row.session_id, row.mode, row.offered, row.taken, row.waiting, row.free) for row in planning.seats(made)
    ] == second_count.rows(made)
    for by in RegistrationDimension:
        assert planning.registrations(made, by=by, smallest=1).groups == second_count.table(made, by)


LENGTHS = st.integers(5, 25)
FEW, CAPACITY, COIN = st.integers(0, 2), st.none() | st.integers(1, 5), st.booleans()
PERSONS, WANTED = st.integers(0, 40), st.sets(st.sampled_from(["w1", "w2"]))
MODES = st.sampled_from(["on-site"] * 4 + ["remote"])
DEEDS = st.sampled_from(
    ["receive"] * 10
    + ["approve"] * 4
    + ["choose", "promote"] * 3
    + ["withdraw", "check_in", "mark_no_show", "undo_attendance", "reset", "waitlist", "exception"]
    + ["lift", "lower", "cancel", "drop", "close"]
)
EVENTS = {"lift", "lower", "cancel", "drop", "close"}


def conference(data: st.DataObject) -> wm.Event:
    """Draw an event with two workshops, which have few seats."""
    calls = call(
        on_site_capacity=data.draw(CAPACITY),
        waitlist=data.draw(FEW) > 0,
        needs_approval=data.draw(COIN),
        pending_counts=data.draw(COIN),
    )
    workshops = [session(name, on_site_capacity=data.draw(FEW), inherited_places="on-site") for name in ("w1", "w2")]
    return event(calls=[calls], sessions=workshops)


def somebody(data: st.DataObject, name: str, at: datetime) -> wm.Registration:
    """Draw a registration of one of a few people, most of whom can come."""
    person = f"participant{data.draw(PERSONS)}"
    return registration(
        name,
        participant=wm.Contact(name=person, email=f"{person}@example.org"),
        mode=data.draw(MODES),
        session_ids=data.draw(WANTED),
        submitted_at=at,
    )


def steps(data: st.DataObject) -> None:
    """Draw what happens to a dossier, one deed an hour, and compare both counts after each."""
    made = wm.Dossier(event=conference(data))
    for hour in range(data.draw(LENGTHS)):
        now, before, deed = hours(hour), made, data.draw(DEEDS)
        one = data.draw(st.sampled_from(made.registrations)) if made.registrations else None
        if deed == "receive":
            made = received(made, somebody(data, f"r{hour}", now), now)
        elif deed == "promote":
            made = wm.promote(made, now=now)
        elif deed in EVENTS:
            made = evolve(made, event=with_deed(made.event, deed, now))
        elif one is not None and deed == "approve":
            made = approved(made, data.draw(st.sets(st.sampled_from([each.id for each in made.registrations]))), now)
        elif one is not None and deed == "choose":
            made = chosen(made, one, frozenset(data.draw(WANTED)), now)
        elif one is not None:
            with suppress(wm.MoveError):
                after = getattr(one, "approve" if deed == "exception" else deed)(at=now)
                made = evolve(made, registrations=[after if each is one else each for each in made.registrations])
        for seat, limit in second_count.limits(made).items():
            if deed in {"receive", "approve", "choose", "promote"}:
                assert second_count.taken(made, seat) <= max(limit, second_count.taken(before, seat))
        agrees(made, now)


def with_deed(event: wm.Event, deed: str, now: datetime) -> wm.Event:
    """Return an event with a limit lifted or lowered, a session cancelled or dropped, or its waitlist closed."""
    if deed == "close":
        return evolve(event, calls=[evolve(call, waitlist=False) for call in event.calls])
    if not event.sessions:
        return event
    first, *others = event.sessions
    if deed in {"lift", "lower"}:
        return evolve(event, sessions=(evolve(first, on_site_capacity=None if deed == "lift" else 1), *others))
    with suppress(wm.ModelError):  # it is cancelled already, or postponed later
        first = first.cancel(at=now)
    return evolve(event, sessions=(first, *others) if deed == "cancel" else others)


def approved(made: wm.Dossier, ids: set[str], now: datetime) -> wm.Dossier:
    may_be = {each.id for each in made.registrations if each.state in {"pending", "waitlisted"}}
    named = sorted(ids)
    if not ids <= may_be:
        with pytest.raises(wm.InvalidValueError) as caught:
            planning.approve(made, named, now=now)
        paths = [f"/ids/{index}" for index, id_ in enumerate(named) if id_ not in may_be]
        assert [each.path for each in caught.value.findings] == paths
        return made
    after = planning.approve(made, named, now=now)
    assert after == second_count.approved(made, ids, now)
    return after


def received(made: wm.Dossier, one: wm.Registration, now: datetime) -> wm.Dossier:
    judge = wm.Validator(wm.Registration, dossier=made, now=now, submission=True)
    fields = {"eventUid", "mode", "participant", "sessionIds", "country"}
    sent = {key: value for key, value in json.loads(wm.to_json(one)).items() if key in fields}
    outcome = judge(json.dumps(sent), id=one.id)
    errors = {each.code for each in outcome.findings if each.severity == "error"}
    plain = wm.from_json(wm.Registration, sent | {"id": one.id, "submittedAt": now.isoformat()})
    stored = second_count.received(made, plain, now)
    assert (stored is None) == bool(errors & {"seats-exceeded", "session-seats-exceeded"})
    if errors - {"seats-exceeded", "session-seats-exceeded"} or stored is None:
        return made
    assert outcome.value == stored
    return evolve(made, registrations=(*made.registrations, stored))


def chosen(made: wm.Dossier, one: wm.Registration, ids: frozenset[str], now: datetime) -> wm.Dossier:
    after = second_count.chosen(made, one, {*ids}, now)
    possible = {session.id for session in made.event.sessions if one.mode in second_count.offered(made, session.id)}
    possible -= {session.id for session in made.event.sessions if session.status == "cancelled"}
    added = ids - one.session_ids
    if after is None or added - possible or not (ids or one.mode in second_count.offered(made, None)):
        with pytest.raises(wm.InvalidValueError) as caught:
            planning.choose(made, one.id, ids, now=now)
        assert added - possible or not ids or caught.value.findings[0].code == "session-seats-exceeded"
        return made
    expected = evolve(made, registrations=[after if each is one else each for each in made.registrations])
    assert planning.choose(made, one.id, ids, now=now) == expected
    return expected


class TestSecondCount:
    """What everybody relies on is right if two ways of counting, one of them plain, agree."""

    @LAW
    @given(crowds())
    def test_both_counts_agree(self, made: wm.Dossier) -> None:
        agrees(made)

    @pytest.mark.slow
    @settings(max_examples=500)
    @given(crowds())
    def test_both_counts_agree_about_hundreds(self, made: wm.Dossier) -> None:
        agrees(made)

    @LAW
    @given(st.data())
    def test_whatever_happens_in_whatever_order(self, data: st.DataObject) -> None:
        steps(data)

    @pytest.mark.slow
    @settings(max_examples=300)
    @given(st.data())
    def test_whatever_happens_in_hundreds(self, data: st.DataObject) -> None:
        steps(data)
