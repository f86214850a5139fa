"""An object that is kept makes the same messages as the functions, however often it is asked and with what stamps."""

from datetime import timedelta
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.samples.invited import EVENT, LATER, guests, invitable, open_sessions, person, registration
from tests.samples.whole import slot
from wtisd_model import Dossier, Event, MessageError, ParticipationMode, Registration, VirtualLocation
from wtisd_model import invitation as inv
from wtisd_model.invitation import template

LINKED = evolve(
    EVENT,
    sessions=tuple(
        evolve(each, virtual_locations=(VirtualLocation(uri=f"https://example.org/{each.id}"),))
        for each in EVENT.sessions
    ),
)
MINUTE = timedelta(minutes=1)
MOVED = EVENT.reschedule(slot("2023-05-01T09:00:00", "2023-05-31T19:00:00"), at=LATER)


def everybody() -> list[Registration]:
    """Return people of two languages and modes, with all choices of two sessions."""
    return [
        registration(number, participant=person(number, language=tag), mode=mode, session_ids=frozenset(chosen))
        for number, (tag, mode, chosen) in enumerate(
            (tag, mode, chosen)
            for tag in ("en", "fr")
            for mode in (ParticipationMode.ON_SITE, ParticipationMode.REMOTE)
            for chosen in ((), ("opening",), ("panel",), ("opening", "panel"))
        )
    ]


class TestInvitations:
    """docs/how-to/invitations.md: "it holds one version of the event with the options"."""

    def test_its_messages_are_those_of_the_functions(self) -> None:
        options: dict[str, Any] = {"reminders": [MINUTE], "utc": True, "privacy": inv.Privacy.SECRET}
        held = inv.Invitations(LINKED, **options)
        for stamped in (LATER, LATER + MINUTE):
            for each in everybody():
                assert held.invite(each, stamped=stamped) == inv.invite(LINKED, each, stamped=stamped, **options)
            assert [*held.invites(everybody(), stamped=stamped, reason=inv.Reason.PROMOTED)] == [
                *inv.invites(LINKED, everybody(), stamped=stamped, reason=inv.Reason.PROMOTED, **options)
            ]

    def test_a_session_is_invited_to_as_well(self) -> None:
        held = inv.Invitations(EVENT)
        guest = registration(session_ids=frozenset({"panel"}))
        assert held.invite(guest, stamped=LATER, session="panel") == inv.invite(
            EVENT, guest, stamped=LATER, session="panel"
        )
        with pytest.raises(MessageError, match="session-not-chosen"):
            held.invite(guest, stamped=LATER, session="opening")

    def test_people_who_see_the_same_share_its_texts(self) -> None:
        held = inv.Invitations(LINKED)
        texts = [
            held.invite(each, stamped=LATER + number * MINUTE).texts for number, each in enumerate(everybody() * 2)
        ]
        # Each choice has its sessions.
        assert len({id(each) for each in texts}) == 2 * 2 * 4

    def test_updates_are_those_of_the_function(self) -> None:
        before = Dossier(event=EVENT, registrations=tuple(everybody()))
        after = Dossier(event=MOVED, registrations=before.registrations[1:])
        held = inv.Invitations(after).updates(inv.Invitations(before), stamped=LATER, by_session=True)
        assert [*held] == [*inv.updates(before, after, stamped=LATER, by_session=True)]

    def test_updates_of_many_share_their_texts(self) -> None:
        before = Dossier(event=EVENT, registrations=(registration(1), registration(2)))
        one, other = inv.updates(before, evolve(before, event=MOVED), stamped=LATER)
        assert one.texts is other.texts
        assert one.texts.previous == EVENT.slot

    def test_updates_share_their_texts_even_if_these_are_written_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(template, "MOST_OCTETS", 0)
        people = tuple(registration(n, participant=person(n, language=tag)) for n, tag in enumerate(("en", "fr", "en")))
        before = Dossier(event=EVENT, registrations=people)
        one, _, other = inv.updates(before, evolve(before, event=MOVED), stamped=LATER)
        assert one.texts is other.texts

    def test_reminders_may_be_an_iterator(self) -> None:
        before = Dossier(event=EVENT, registrations=(registration(1),))
        assert [*inv.updates(before, before, stamped=LATER, reminders=iter([MINUTE]))] == []

    @pytest.mark.parametrize(
        "options",
        [{"reminders": [MINUTE]}, {"utc": True}, {"language": "fr"}, {"privacy": "secret"}, {"transparent": True}],
        ids=lambda options: next(iter(options)),
    )
    def test_updates_need_the_same_options(self, options: dict[str, Any]) -> None:
        dossier = Dossier(event=EVENT, registrations=(registration(1),))
        with pytest.raises(TypeError, match="Both Invitations need the same options"):
            inv.Invitations(dossier, **options).updates(inv.Invitations(dossier), stamped=LATER)
        same = inv.Invitations(dossier, **options).updates(inv.Invitations(dossier, **options), stamped=LATER)
        assert [*same] == []

    def test_other_people_to_list_are_no_reason_for_a_message(self) -> None:
        dossier = Dossier(event=EVENT, registrations=(registration(1),))
        listing = inv.Invitations(dossier, others=[registration(2)])
        assert [*listing.updates(inv.Invitations(dossier), stamped=LATER)] == []

    def test_updates_compare_registrations_and_not_who_was_invited(self) -> None:
        dossier = Dossier(event=EVENT, registrations=(registration(1),))
        held, newcomer = inv.Invitations(dossier), registration(2)
        held.invite(newcomer, stamped=LATER)
        joined = inv.Invitations(evolve(dossier, registrations=(registration(1), newcomer)))
        assert [one.recipient for one in joined.updates(held, stamped=LATER)] == ["p2@example.org"]
        again = inv.Invitations(evolve(dossier, registrations=(registration(1), newcomer)))
        assert [*again.updates(joined, stamped=LATER)] == []

    def test_updates_need_dossiers_and_invitations(self) -> None:
        dossier = Dossier(event=EVENT)
        with pytest.raises(TypeError, match="of a Dossier"):
            inv.Invitations(EVENT).updates(inv.Invitations(dossier), stamped=LATER)
        with pytest.raises(TypeError, match="of a Dossier"):
            inv.Invitations(dossier).updates(inv.Invitations(EVENT), stamped=LATER)
        with pytest.raises(TypeError, match="Not an Invitations"):
            inv.Invitations(dossier).updates(cast("Any", dossier), stamped=LATER)
        with pytest.raises(TypeError, match="Not an Event"):
            inv.Invitations(cast("Any", None))

    def test_a_draft_or_a_cancelled_event_invites_nobody(self) -> None:
        for event, code in ((EVENT.cancel(at=LATER), "event-cancelled"), (evolve(EVENT, organizer=None), "organizer")):
            held = inv.Invitations(event)
            with pytest.raises(MessageError, match=code):
                held.invite(registration(), stamped=LATER)
            with pytest.raises(MessageError, match=code):
                held.invites([registration()], stamped=LATER)

    @LAW
    @given(st.data())
    def test_whoever_is_invited_it_is_the_same_message(self, data: st.DataObject) -> None:
        event: Event = data.draw(invitable())
        held = inv.Invitations(event)
        for number in range(3):
            guest = data.draw(guests(event))
            for about in (None, *open_sessions(event, guest)):
                stamped = LATER + number * MINUTE
                assert held.invite(guest, stamped=stamped, session=about) == inv.invite(
                    event, guest, stamped=stamped, session=about
                )
