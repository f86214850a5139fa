"""The languages of a session: those spoken, and those interpreted into."""

from attrs import evolve
from hypothesis import assume, given

from tests.hypothesis_profiles import LAW
from tests.planning.listeners import approved, plan
from tests.planning.plans import plans
from tests.samples.small import dossier, event, hours, session
from wtisd_model import Dossier, InterpretationRequest, SessionKind, planning
from wtisd_model.planning.results import Channel
from wtisd_model.programme.languages import Direction, ProgrammeLanguages, SessionLanguages

HEARD, SIGNED, WRITTEN = {Channel.DIRECT, Channel.RELAY}, {Channel.SIGN}, {Channel.CAPTIONS}


def known_of(made: Dossier) -> ProgrammeLanguages:
    return ProgrammeLanguages(made.event, made.interpretation_requests)


def languages(floor: str, *requests: InterpretationRequest) -> SessionLanguages:
    made = plan(floor=floor, requests=requests)
    return known_of(made).at(made.event.sessions[0])


def spoken(floor: str, *pairs: tuple[str, str]) -> str:
    """Return the directions of a floor with approved interpretation, by its sources and targets."""
    requests = [approved(f"i-{number}", *pair) for number, pair in enumerate(pairs)]
    signs = {True: "<>", False: ">"}
    return "; ".join(
        f"{' '.join(each.sources)} {signs[each.is_mutual]} {' '.join(each.targets)}".lstrip()
        for each in languages(floor, *requests).spoken
    )


class TestDirections:
    """What is interpreted into what, so that nobody has to guess it from two lists."""

    def test_floor_languages_that_are_interpreted_into_each_other_are_mutual(self) -> None:
        assert spoken("en fr", ("", "en fr")) == "en fr <> en fr"
        assert spoken("en fr", ("en", "fr"), ("fr", "en")) == "en fr <> en fr"
        six = "ar zh en fr ru es"
        assert spoken(six, ("", six)) == f"{six} <> {six}"

    def test_further_languages_are_from_all_that_is_spoken(self) -> None:
        assert spoken("fr en", ("", "ar en fr")) == "fr en <> fr en; fr en > ar"
        assert spoken("en", ("", "ar fr")) == "en > ar fr"

    def test_one_direction_is_not_taken_for_both(self) -> None:
        assert spoken("en fr", ("en", "fr")) == "en > fr"
        assert spoken("en fr", ("en", "ar")) == "en > ar"

    def test_two_of_three_floor_languages_may_be_mutual(self) -> None:
        assert spoken("en fr es", ("en", "fr"), ("fr", "en")) == "en fr <> en fr"
        assert spoken("en fr es", ("", "en fr")) == "en fr es > en fr"

    def test_interpretation_by_relay_is_from_the_floor_too(self) -> None:
        assert spoken("en", ("en", "fr"), ("fr", "ar")) == "en > ar fr"

    def test_other_floors_need_nothing_from_a_language_that_is_not_spoken(self) -> None:
        assert spoken("es", ("en", "fr")) == ""

    def test_of_a_floor_that_is_not_stated_the_named_sources_are_said(self) -> None:
        assert spoken("", ("", "ar")) == "> ar"
        assert spoken("", ("en", "fr"), ("fr", "en"), ("", "ar")) == "en fr <> en fr; > ar"

    def test_signs_and_captions_are_apart(self) -> None:
        requests = (approved("i-1", "", "ase", "sign"), approved("i-2", "", "en", "captions"))
        assert languages("en fr", *requests) == SessionLanguages(
            floor=("en", "fr"),
            signed=(Direction(("en", "fr"), ("ase",)),),
            written=(Direction(("en", "fr"), ("en",)),),
        )


class TestSessions:
    """A session has its own languages or those of its event; where nobody has the floor there are none to interpret."""

    def test_those_of_the_event_are_inherited_but_not_by_breaks(self) -> None:
        sessions = (
            session("own", floor_languages=("fr",)),
            session("inherits", floor_languages=()),
            session("break", floor_languages=(), kind=SessionKind.BREAK),
            session("dinner", floor_languages=("fr",), kind=SessionKind.SOCIAL),
        )
        made = dossier(of=event(sessions=sessions, floor_languages=("en",)), requests=(approved("i", "", "ar"),))
        known = known_of(made)
        assert [known.at(each).floor for each in sessions] == [("fr",), ("en",), (), ("fr",)]
        assert [bool(known.at(each).spoken) for each in sessions] == [True, True, False, False]
        assert known.at(None) == known.at(sessions[1])

    def test_what_does_not_take_place_is_not_interpreted(self) -> None:
        held = session("s", floor_languages=("en",))
        sessions = (held, evolve(held, id="off").cancel(at=hours(1)))
        made = dossier(of=event(sessions=sessions), requests=(approved("i", "", "ar"),))
        known = known_of(made)
        assert known.at(made.event.sessions[0]).spoken
        assert known.at(made.event.sessions[1]) == SessionLanguages(floor=("en",))

    def test_of_an_event_alone_the_floor_is_known(self) -> None:
        made = plan(requests=(approved("i", "", "ar"),)).event
        assert ProgrammeLanguages(made).at(made.sessions[0]) == SessionLanguages(floor=("en",))


def pairs(directions: tuple[Direction, ...], *, itself: bool = False) -> set[tuple[str, str]]:
    """Return each source with each target, without pairs of a language with itself unless they are meant."""
    return {
        (source, target)
        for each in directions
        for source in each.sources
        for target in each.targets
        if itself or source != target
    }


class TestLaws:
    """The languages agree with the table of coverage."""

    @LAW
    @given(plans(most_people=0))
    def test_each_direction_is_what_coverage_offers_while_that_language_is_spoken(self, made: Dossier) -> None:
        known = known_of(made)
        assume(planning.coverage(made))
        rows = {row.session_id for row in planning.coverage(made)}
        for each in (*made.event.sessions, None):
            if (None if each is None else each.id) not in rows:
                continue
            said = known.at(each)
            expected = {channel: set[tuple[str, str]]() for channel in Channel}
            for floor in said.floor:
                alone = _with_floor(made, None if each is None else each.id, floor)
                for row in planning.coverage(alone):
                    if row.session_id == (None if each is None else each.id):
                        for channel in row.offered:
                            expected[channel].add((floor, row.language or ""))
            if said.floor:
                assert pairs(said.spoken) == expected[Channel.DIRECT] | expected[Channel.RELAY]
                assert pairs(said.signed) == expected[Channel.SIGN]
                assert pairs(said.written, itself=True) == expected[Channel.CAPTIONS]


def _with_floor(made: Dossier, id_: str | None, floor: str) -> Dossier:
    """Return the dossier with one language spoken at a session or at the event."""
    whole = made.event
    if id_ is None:
        return evolve(made, event=evolve(whole, floor_languages=(floor,)))
    sessions = [evolve(each, floor_languages=(floor,)) if each.id == id_ else each for each in whole.sessions]
    return evolve(made, event=evolve(whole, sessions=tuple(sessions)))
