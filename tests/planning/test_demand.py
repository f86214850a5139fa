"""Which languages are needed, served and missing."""

import pytest
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.planning.listeners import CAPTIONS, REMOTE, SIGN, approved, listens, plan
from tests.planning.plans import plans
from tests.samples.small import dossier, event, registration, session
from wtisd_model import AttendanceMode, Dossier, ParticipationMode, SessionKind, planning
from wtisd_model.planning.results import Channel, Heads, LanguageNeeded, SessionNeeds
from wtisd_model.strategies import dossiers


def needs(made: Dossier) -> SessionNeeds:
    (only,) = planning.languages_needed(made)
    return only


def language(made: Dossier, tag: str) -> LanguageNeeded:
    return next(each for each in needs(made).languages if each.language == tag)


class TestLanguagesNeeded:
    """Domain 3: "preferred listening languages, less those served by the floor language, split by mode"."""

    def test_each_language_has_the_people_served_by_channel_and_mode(self) -> None:
        made = plan(
            listens("a", "en"),
            listens("b", "fr", "en", mode=REMOTE),
            listens("c", "fr"),
            listens("d", "es", mode=REMOTE),
            listens("e"),
            requests=(approved("i", "en", "fr"),),
        )
        assert needs(made) == SessionNeeds(
            session_id="s",
            slot=made.event.sessions[0].slot,
            floor_languages=("en",),
            people=Heads(3, 2),
            unstated=Heads(1, 0),
            languages=(
                LanguageNeeded(
                    language="en",
                    preferred=Heads(1, 0),
                    floor=Heads(1, 1),
                    granted=Heads(),
                    missing=Heads(),
                    interpreters=Heads(),
                    captions=Heads(),
                    relayed_from=(),
                ),
                LanguageNeeded(
                    language="es",
                    preferred=Heads(0, 1),
                    floor=Heads(),
                    granted=Heads(),
                    missing=Heads(0, 1),
                    interpreters=Heads(0, 1),
                    captions=Heads(),
                    relayed_from=(),
                ),
                LanguageNeeded(
                    language="fr",
                    preferred=Heads(1, 1),
                    floor=Heads(),
                    granted=Heads(1, 0),
                    missing=Heads(),
                    interpreters=Heads(1, 0),
                    captions=Heads(),
                    relayed_from=(),
                ),
            ),
            has_remote_interpreters=False,
        )
        assert needs(made).to_interpret == {"es", "fr"}
        assert needs(made).people.total == 5

    @pytest.mark.parametrize(
        ("service", "at", "expected"),
        [("simultaneous", None, False), ("simultaneous", REMOTE, True), ("captions", REMOTE, False)],
    )
    def test_interpreters_are_remote_only_if_their_request_says_so(
        self, service: str, at: ParticipationMode | None, *, expected: bool
    ) -> None:
        asked = approved("i", "en", "fr", service, delivery=AttendanceMode.REMOTE, interpreters_at=at)
        assert needs(plan(requests=(asked,))).has_remote_interpreters is expected

    @pytest.mark.parametrize("kind", [SessionKind.BREAK, SessionKind.SOCIAL])
    def test_nobody_listens_at_a_break_or_a_reception(self, kind: SessionKind) -> None:
        lunch = session("lunch", "15:00", "15:30", kind=kind)
        made = dossier(
            registration("a", listening_languages=("fr",)),
            of=event(sessions=(session("s", floor_languages=("en",)), lunch)),
        )
        assert [each.session_id for each in planning.languages_needed(made)] == ["s"]
        assert {each.session_id for each in planning.coverage(made)} == {"s"}

    def test_an_event_with_nothing_but_breaks_counts_itself(self) -> None:
        lunch = session("lunch", kind=SessionKind.BREAK)
        made = dossier(of=event(sessions=(lunch,), floor_languages=("en",)))
        assert needs(made).session_id is None

    def test_without_sessions_the_event_itself_has_a_row(self) -> None:
        made = dossier(registration("a", listening_languages=("fr",)), of=event(floor_languages=("en",)))
        assert (needs(made).session_id, needs(made).slot, needs(made).floor_languages) == (
            None,
            made.event.slot,
            ("en",),
        )
        assert needs(made).to_interpret == {"fr"}

    def test_relay_names_its_pivots(self) -> None:
        requests = (approved("i", "ru", "en"), approved("j", "en", "fr"))
        made = plan(listens("a", "fr"), floor="ru", requests=requests)
        assert language(made, "fr").relayed_from == ("en",)
        assert language(made, "fr").granted == Heads(1, 0)
        twice = dossier(
            listens("a", "fr"),
            of=event(sessions=tuple(session(name, floor_languages=("ru",)) for name in ("s", "t"))),
            requests=requests,
        )
        assert {each.relayed_from for row in planning.languages_needed(twice) for each in row.languages} == {("en",)}
        straight = plan(listens("a", "fr"), floor="ru", requests=(*requests, approved("l", "ru", "fr")))
        assert language(straight, "fr").relayed_from == ()

    def test_languages_are_for_booths_signs_or_captions(self) -> None:
        reads, watches = frozenset({CAPTIONS}), frozenset({SIGN})
        made = plan(
            listens("a", "ase", needs=watches),
            listens("b", "en", needs=reads),
            listens("c", "fr", needs=watches),
            listens("d", "es-MX"),
            listens("e", "es"),
            listens("f", "zh-Hant"),
            listens("g", "de"),
            listens("h", "ru", needs=reads),
            requests=(approved("i", "", "de", "captions"), approved("j", "", "en", "captions")),
        )
        found = needs(made)
        # One booth for es and es-MX; somebody who needs signs and names none cannot be helped by any of the three.
        assert found.to_interpret == {"es", "zh-Hant"}
        assert found.to_sign == {"ase"}
        assert found.to_caption == {"de", "en", "ru"}
        assert language(made, "fr").missing == Heads(1, 0)

    @pytest.mark.parametrize(
        ("tags", "booths"),
        [
            ("fr-CA fr-CH", {"fr"}),
            ("fr-CA", {"fr-CA"}),
            ("fr fr-CA fr-CH", {"fr"}),
            ("zh-Hans zh-Hant-TW", {"zh"}),
            ("cmn zh", {"zh"}),
            ("yue zh", {"yue", "zh"}),
        ],
    )
    def test_varieties_of_a_language_need_one_booth(self, tags: str, booths: set[str]) -> None:
        people = (listens(f"r{number}", tag) for number, tag in enumerate(tags.split()))
        assert needs(plan(*people)).to_interpret == booths

    @LAW
    @given(plans())
    def test_it_agrees_with_the_table(self, made: Dossier) -> None:
        agree(made)

    @pytest.mark.slow
    @given(dossiers())
    def test_any_dossier_has_the_same_findings_too(self, made: Dossier) -> None:
        agree(made)


def agree(made: Dossier) -> None:
    rows = planning.coverage(made)
    for found in planning.languages_needed(made):
        of_session = [row for row in rows if row.session_id == found.session_id]
        assert sum(row.people for row in of_session) == found.people.total
        assert sum(row.unstated for row in of_session) == found.unstated.total
        by_language = {row.language: row for row in of_session}
        for each in found.languages:
            row = by_language[each.language]
            assert each.floor.total == row.floor
            assert each.granted.total == row.direct + row.relay + row.sign + row.captions
            assert each.missing.total == row.missing
            assert each.interpreters.total + each.captions.total <= each.granted.total + each.missing.total
            assert each.relayed_from or Channel.RELAY not in row.offered
        assert sum(each.preferred.total for each in found.languages) + found.unstated.total == found.people.total
