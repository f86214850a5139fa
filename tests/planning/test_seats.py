"""How many seats are offered, taken, waited for and free."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.samples.small import call, dossier, event, hours, registration, session
from wtisd_model import Dossier, EventStatus, ParticipationMode, VirtualLocation, planning, to_csv
from wtisd_model.planning.results import SeatRow
from wtisd_model.strategies import dossiers

ON_SITE, REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE
WORKSHOP = frozenset({"workshop"})


class TestSeats:
    """The rows of the event come first, then those of its sessions."""

    MADE = dossier(
        registration("a", session_ids=WORKSHOP).approve(at=hours(1)),
        registration("b", session_ids=frozenset({"workshop", "keynote"})).waitlist(at=hours(1)),
        registration("c", mode=REMOTE, session_ids=frozenset({"keynote"})),
        registration("d", session_ids=frozenset({"gone"})).waitlist(at=hours(2)).purged(at=hours(3)),
        registration("e", session_ids=WORKSHOP).withdraw(at=hours(1)),
        of=event(
            calls=(call(on_site_capacity=4, waitlist=True),),
            sessions=(
                session("workshop", inherited_places=ON_SITE, on_site_capacity=1),
                session("keynote", remote_capacity=0),
                session("draft", status=EventStatus.DRAFT, on_site_capacity=1),
                session("cancelled", on_site_capacity=1).cancel(at=hours(1)),
            ),
        ),
    )

    def test_there_is_a_row_for_each_mode_that_is_offered(self) -> None:
        assert [
            (row.session_id, row.mode, row.offered, row.taken, row.waiting, row.free)
            for row in planning.seats(self.MADE)
        ] == [
            (None, ON_SITE, 4, 1, 1, 3),
            (None, REMOTE, None, 1, 0, None),
            ("workshop", ON_SITE, 1, 1, 1, 0),
            ("keynote", ON_SITE, None, 0, 1, None),
            ("keynote", REMOTE, 0, 1, 0, 0),
        ]

    def test_where_a_mode_is_not_offered_there_are_no_seats_but_perhaps_people(self) -> None:
        made = dossier(registration("a", mode=REMOTE, session_ids=WORKSHOP), of=self.MADE.event)
        (row,) = [row for row in planning.seats(made) if (row.session_id, row.mode) == ("workshop", REMOTE)]
        assert (row.offered, row.taken, row.free) == (0, 1, 0)

    def test_an_event_does_not_limit_a_mode_that_only_sessions_offer(self) -> None:
        streamed = session("k", virtual_locations=(VirtualLocation(),))
        for also, offered in (((streamed,), None), ((streamed.cancel(at=hours(1)),), 0), ((), 0)):
            of = event(virtual_locations=(), sessions=also)
            made = dossier(registration("a", mode=REMOTE, session_ids=frozenset({"k"})), of=of)
            (row,) = [row for row in planning.seats(made) if (row.session_id, row.mode) == (None, REMOTE)]
            assert (row.offered, row.taken, row.free) == (offered, 1, offered)

    def test_a_draft_without_a_place_has_rows_only_for_people(self) -> None:
        draft = event(status=EventStatus.DRAFT, locations=(), virtual_locations=())
        assert planning.seats(dossier(of=draft)) == ()
        (row,) = planning.seats(dossier(registration("a"), of=draft))
        assert (row.mode, row.offered, row.taken, row.free) == (ON_SITE, None, 1, None)

    def test_registrations_for_another_event_are_not_counted(self) -> None:
        elsewhere = (
            registration("f", event_uid="e-2", session_ids=WORKSHOP).approve(at=hours(1)),
            registration("g", event_uid="e-2", session_ids=WORKSHOP).waitlist(at=hours(1)),
        )
        with_them = evolve(self.MADE, registrations=(*elsewhere, *self.MADE.registrations))
        assert planning.seats(with_them) == planning.seats(self.MADE)

    def test_they_are_a_table(self) -> None:
        lines = b"".join(to_csv(SeatRow, planning.seats(self.MADE))).decode().splitlines()
        assert lines[0] == "session_id,mode,offered,taken,waiting,free"
        assert lines[2:4] == [",remote,,1,0,", "workshop,on-site,1,1,1,0"]

    def test_an_event_is_not_a_dossier(self) -> None:
        alone: Any = event()
        with pytest.raises(TypeError, match="Not a Dossier"):
            planning.seats(alone)

    @given(dossiers())
    def test_any_dossier_has_rows(self, made: Dossier) -> None:
        for row in planning.seats(made):
            assert row.free == (None if row.offered is None else max(0, row.offered - row.taken))
