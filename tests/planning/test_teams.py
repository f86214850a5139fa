"""Teams by published norms, row by row (research of November 2026), and what the norms leave open."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal
from tests.samples.small import slot
from wtisd_model import (
    Code,
    InterpretationService,
    InvalidValueError,
    Norm,
    ParticipationMode,
    TimeSlot,
    local_time,
    planning,
    wtisd_23,
)
from wtisd_model.data import norms
from wtisd_model.planning.results import TeamSize, Unsettled
from wtisd_model.strategies import slots

SIX = "ar zh en fr ru es"
DAY = slot("09:00", "15:00")
SHORT = slot("09:00", "12:00")
EU = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"


def team(source: str, target: str, norm: str = "aiic", service: str = "simultaneous", **changes: Any) -> TeamSize:
    return planning.team_size(
        **{
            "source_languages": source.split(),
            "target_languages": target.split(),
            "slot": DAY,
            "service": service,
            "norm": norm,
            **changes,
        }
    )


def numbers(size: TeamSize) -> tuple[int | None, int | None, int | None]:
    return size.heads, size.fewest, size.most


def lasting(minutes: int) -> TimeSlot:
    start = local_time("2023-05-17T09:00:00", "Europe/Zurich")
    return TimeSlot(start=start, end=start.add(minutes=minutes))


class TestReferenceEvent:
    """Domain 3: "six booths give 12 by AIIC's general rule or 14 by UN practice"; 120 minutes are one sitting."""

    @pytest.mark.parametrize(("norm", "heads"), [("aiic", 12), ("un", 14)])
    def test_six_booths(self, norm: str, heads: int) -> None:
        found = team(SIX, SIX, norm, slot=wtisd_23().slot)
        assert (found.booths, found.heads, found.sittings, found.rest, found.unsettled) == (6, heads, 1, None, ())

    @pytest.mark.parametrize(("norm", "heads"), [("aiic", 12), ("un", 14)])
    def test_the_letter_states_no_floor_language_and_gets_the_same_numbers(self, norm: str, heads: int) -> None:
        found = team("", SIX, norm, slot=wtisd_23().slot)
        assert (*numbers(found), found.unsettled) == (heads, heads, heads, ())


class TestAiic:
    """AIIC, Professional Standards, article 6."""

    @pytest.mark.parametrize(
        ("source", "target", "booths", "heads"),
        [
            ("en", "fr", 1, 2),
            ("en", "fr es", 2, 4),
            ("en fr", "fr", 1, 2),
            ("en fr", "en fr", 2, 3),
            ("en fr", "en fr es", 3, 5),
            ("en fr", "en fr es ru", 4, 7),
            ("en fr es", "fr", 1, 2),
            ("en fr es", "fr es", 2, 3),
            ("en fr es", "en fr es", 3, 5),
            ("en fr es", "en fr es ru", 4, 7),
            ("en fr es", "en fr es ru ar", 5, 9),
            ("en fr es ru", "fr", 1, 2),
            ("en fr es ru", "fr es", 2, 4),
            ("en fr es ru", "fr es ru", 3, 6),
            ("en fr es ru", "en fr es ru", 4, 8),
            ("en fr es ru", "en fr es ru ar", 5, 10),
            ("en fr es ru", "en fr es ru ar zh", 6, 12),
        ],
    )
    def test_the_table(self, source: str, target: str, booths: int, heads: int) -> None:
        found = team(source, target)
        assert (found.booths, *numbers(found)) == (booths, heads, heads, heads)
        assert found.source.title == "AIIC, Professional Standards, article 6"

    def test_outside_the_table_there_are_two_for_each_booth(self) -> None:
        assert team("en", "fr es ru").heads == 6
        assert team("en fr", "es ru").heads == 4  # into neither of the languages used: no row says so
        assert team("en fr es ru ar", "en").heads == 2

    def test_two_languages_both_ways_need_one_booth_and_two_people_on_a_short_day(self) -> None:
        assert team("en fr", "en fr").unsettled == (Unsettled.ONE_BOOTH,)
        found = team("en fr", "en fr", slot=SHORT)
        assert (*numbers(found), found.unsettled) == (3, 2, 3, (Unsettled.ONE_BOOTH, Unsettled.SHORT_DAY))

    def test_without_known_source_languages_the_general_rule_applies_and_fewer_may_do(self) -> None:
        assert (*numbers(team("", "en fr")), team("", "en fr").unsettled) == (4, 3, 4, (Unsettled.FLOOR_UNKNOWN,))
        assert (*numbers(team("", "fr")), team("", "fr").unsettled) == (2, 2, 2, ())

    @pytest.mark.parametrize(("languages", "heads"), [("en fr", 2), ("en fr es", 3)])
    def test_consecutive(self, languages: str, heads: int) -> None:
        found = team(languages, languages, service="consecutive")
        assert (found.booths, *numbers(found)) == (0, heads, heads, heads)
        assert found.unsettled == (Unsettled.ONE_FEWER,)

    def test_whispered(self) -> None:
        for source in ("en", "en es", "en fr"):
            found = team(source, "fr", service="whispered")
            assert (found.booths, *numbers(found), found.unsettled) == (0, 2, 2, 2, (Unsettled.LISTENERS,))

    @pytest.mark.parametrize(
        ("source", "target", "pairs"),
        [("en", "ase", 1), ("en fr", "ase", 2), ("en", "ase fsl", 2), ("ase", "en", 1), ("en ase", "en ase", 1)],
    )
    def test_signed_languages_have_two_or_three_for_each_pair(self, source: str, target: str, pairs: int) -> None:
        found = team(source, target, service="sign")
        assert (found.booths, *numbers(found)) == (0, None, 2 * pairs, 3 * pairs)
        assert found.unsettled == (Unsettled.TWO_OR_THREE,)
        assert found.source.title.startswith("AIIC Sign Language Network")

    def test_signs_from_an_unknown_floor_have_at_least_one_pair(self) -> None:
        found = team("", "ase ils", service="sign")
        assert (*numbers(found), found.unsettled) == (None, 4, None, (Unsettled.FLOOR_UNKNOWN, Unsettled.TWO_OR_THREE))
        assert numbers(team("", "en", service="sign")) == (None, None, None)


class TestCanada:
    """AIIC, Professional Practice Conditions for Conference Interpreters in Canada, 3 September 2014."""

    @pytest.mark.parametrize(
        ("minutes", "heads"),
        [(1, 1), (40, 1), (41, 2), (210, 2), (241, 3), (360, 3), (361, 4), (480, 4)],
    )
    def test_one_booth_both_ways_by_hours(self, minutes: int, heads: int) -> None:
        for service, booths in (("simultaneous", 1), ("whispered", 0)):
            found = team("en fr", "en fr", "aiic-canada", service, slot=lasting(minutes))
            assert (found.booths, *numbers(found), found.unsettled) == (booths, heads, heads, heads, ())
            assert found.source.published == date(2014, 9, 3)

    def test_between_the_two_limits_it_is_open(self) -> None:
        for minutes in (211, 240):
            found = team("en fr", "en fr", "aiic-canada", slot=lasting(minutes))
            assert (*numbers(found), found.booths, found.unsettled) == (None, 2, 3, 1, (Unsettled.HOURS_OPEN,))

    def test_beyond_eight_hours_it_names_no_number(self) -> None:
        found = team("en fr", "en fr", "aiic-canada", slot=lasting(481))
        assert (*numbers(found), found.booths, found.unsettled) == (None, 4, None, 1, (Unsettled.HOURS_LONG,))
        found = team("en fr", "en fr", "aiic-canada", slot=lasting(25 * 60))
        assert (*numbers(found), found.booths, found.unsettled) == (None, 1, None, 1, (Unsettled.HOURS_UNKNOWN,))
        assert found.sittings is None

    def test_three_languages_and_more(self) -> None:
        assert numbers(team("en fr es", "en fr es", "aiic-canada")) == (6, 6, 6)
        assert numbers(team("en", "fr es", "aiic-canada")) == (6, 6, 6)
        found = team("en fr es ru", "en fr es ru", "aiic-canada")
        assert (*numbers(found), found.booths, found.unsettled) == (8, 8, 12, 4, (Unsettled.HEAVY_BOOTHS,))

    def test_consecutive(self) -> None:
        assert numbers(team("en fr", "en fr", "aiic-canada", "consecutive")) == (2, 2, 2)
        assert numbers(team("en fr es", "en fr es", "aiic-canada", "consecutive")) == (3, 3, 3)

    def test_without_known_source_languages(self) -> None:
        assert team("", "en fr es ru", "aiic-canada").heads == 8
        found = team("", "en fr", "aiic-canada")
        assert (*numbers(found), found.booths, found.unsettled) == (None, None, None, 2, (Unsettled.FLOOR_UNKNOWN,))


class TestInstitutions:
    """United Nations: 14 for six languages. European Parliament: two in a booth up to six languages, then three."""

    def test_each_booth_of_the_united_nations(self) -> None:
        for target, heads in (("ar", 3), ("zh", 3), ("en fr", 4), ("es ru", 4), ("zh-Hans", 3), ("cmn", 3), ("arb", 3)):
            found = team(f"{target} pt", target, "un")
            assert (*numbers(found), found.unsettled) == (heads, heads, heads, (Unsettled.SIX_LANGUAGES,))
            assert found.booths == len(target.split())

    def test_the_united_nations_name_no_number_for_other_languages(self) -> None:
        found = team(SIX, "en pt", "un")
        assert (*numbers(found), found.booths, found.unsettled) == (None, None, None, 2, (Unsettled.NOT_COVERED,))

    def test_the_parliament_by_the_number_of_languages(self) -> None:
        assert numbers(team("en fr de it es pl", "en fr de it es pl", "ep")) == (12, 12, 12)
        assert numbers(team("en fr de it es pl pt", "en fr de it es pl pt", "ep")) == (21, 21, 21)
        assert (team(EU, EU, "ep").booths, team(EU, EU, "ep").heads) == (24, 72)
        assert numbers(team("pt", "en fr de it es pl", "ep")) == (18, 18, 18)

    def test_the_parliament_without_known_source_languages(self) -> None:
        found = team("", "en fr", "ep")
        assert (*numbers(found), found.booths, found.unsettled) == (None, 4, 6, 2, (Unsettled.FLOOR_UNKNOWN,))
        assert team("", EU, "ep").heads == 72


class TestWhatNoNormSettles:
    """Gaps are stated, and nothing is guessed."""

    @pytest.mark.parametrize(
        ("norm", "service", "source", "target"),
        [
            *((norm, "captions", "en", "en") for norm in Norm),
            *((norm, service, "en fr", "en fr") for norm in ("un", "ep") for service in ("consecutive", "whispered")),
            *((norm, "sign", "en", "ase") for norm in ("un", "ep", "aiic-canada")),
            ("aiic", "sign", "en", "fr"),
            ("aiic", "consecutive", "en", "fr"),
            ("aiic", "consecutive", "en fr es ru", "en fr es ru"),
            ("aiic", "whispered", "en", "fr es"),
            ("aiic", "whispered", "en es ru", "fr"),
            ("aiic-canada", "simultaneous", "en", "fr"),
        ],
    )
    def test_it_has_no_number(self, norm: str, service: str, source: str, target: str) -> None:
        found = team(source, target, norm, service)
        assert (*numbers(found), found.unsettled) == (None, None, None, (Unsettled.NOT_COVERED,))

    @pytest.mark.parametrize("service", ["consecutive", "whispered"])
    def test_without_known_source_languages_it_has_no_number_either(self, service: str) -> None:
        found = team("", "fr", service=service)
        assert (*numbers(found), found.unsettled) == (None, None, None, (Unsettled.FLOOR_UNKNOWN,))


class TestVarieties:
    """A booth is for a language: people who listen in fr-CA and fr-CH share the French one, by every norm."""

    @pytest.mark.parametrize(("norm", "heads"), [("aiic", 2), ("un", 2), ("ep", 2)])
    @pytest.mark.parametrize("target", ["fr-CA fr-CH", "fr fr-CH", "fr-CA fr-CH fr-BE"])
    def test_varieties_of_a_language_share_a_booth(self, norm: str, heads: int, target: str) -> None:
        found = team(SIX, target, norm)
        assert (found.booths, found.heads) == (1, heads)

    def test_two_languages_both_ways_are_two_in_any_variety(self) -> None:
        for norm in ("aiic", "aiic-canada"):
            assert numbers(team("en-GB en-US fr", "en fr-CA", norm)) == numbers(team("en fr", "en fr", norm))

    def test_scripts_and_spoken_forms_are_one_language_too(self) -> None:
        assert team("en", "zh-Hans zh-Hant cmn", "un").heads == 3
        assert team("en", "ar arb").booths == 1
        assert team("en", "zh yue").booths == 2

    def test_nothing_is_interpreted_into_a_variety_of_the_only_source(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            team("fr-CA", "fr-CH")
        assert [(each.code, each.path) for each in caught.value.findings] == [
            (Code.LANGUAGES_OVERLAP, "/target_languages")
        ]
        assert team("en-GB", "en fr").booths == 1


class TestHours:
    """AIIC: two sittings of three hours a day with 90 minutes between; remote, three hours a day."""

    @pytest.mark.parametrize(("minutes", "sittings"), [(1, 1), (180, 1), (181, 2), (360, 2)])
    def test_sittings_and_rest(self, minutes: int, sittings: int) -> None:
        found = team("en", "fr", slot=lasting(minutes))
        assert (found.sittings, found.rest) == (sittings, timedelta(minutes=90) if sittings == 2 else None)
        assert (numbers(found), found.unsettled) == ((2, 2, 2), ())
        assert found.hours_source.url == "https://aiic.net/node/2375"

    def test_a_longer_day_needs_more_people_but_the_norm_has_no_number(self) -> None:
        for norm in ("aiic", "un", "ep"):
            found = team(SIX, "fr", norm, slot=lasting(361))
            assert (found.heads, found.fewest, found.most, found.sittings) == (None, 2, None, 3)
            assert Unsettled.HOURS_LONG in found.unsettled

    def test_a_longer_remote_day_needs_more_people_too(self) -> None:
        assert team("en", "fr", slot=lasting(180), interpreters_at=ParticipationMode.REMOTE).heads == 2
        for norm, target in (("aiic", "fr"), ("aiic-canada", "en fr")):
            found = team("en fr", target, norm, slot=lasting(181), interpreters_at=ParticipationMode.REMOTE)
            assert (found.heads, found.fewest, found.most) == (None, 2, None)
            assert found.unsettled == (Unsettled.HOURS_REMOTE,)
            assert found.hours_source.url == "https://aiic.net/page/143"

    def test_the_work_in_a_slot_of_several_days_is_unknown(self) -> None:
        found = team("en", "fr", slot=lasting(24 * 60 + 1))
        assert (*numbers(found), found.sittings, found.rest) == (2, 2, None, None, None)
        assert found.unsettled == (Unsettled.HOURS_UNKNOWN,)

    def test_a_repeated_hour_is_worked_twice(self) -> None:
        start = local_time("2026-10-25T00:30:00", "Europe/Zurich")
        night = TimeSlot(start=start, end=local_time("2026-10-25T03:00:00", "Europe/Zurich"))
        assert team("en", "fr", slot=night).sittings == 2


class TestArguments:
    """Words are accepted for members; unknown languages, services and norms are refused."""

    def test_words_are_accepted(self) -> None:
        plain = planning.team_size(
            source_languages={"en"},
            target_languages={"fr"},
            slot=DAY,
            service="simultaneous",
            norm="aiic",
            interpreters_at="remote",
        )
        assert repr(plain) == repr(team("en", "fr", interpreters_at=ParticipationMode.REMOTE))
        assert plain.norm is Norm.AIIC

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"norm": "itu"}, Code.VALUE_UNKNOWN, "/norm"),
            ({"service": None}, Code.VALUE_UNKNOWN, "/service"),
            ({"interpreters_at": "mixed"}, Code.VALUE_UNKNOWN, "/interpreters_at"),
            ({"source_languages": ["fr-ch"]}, Code.LANGUAGE_UNKNOWN, "/source_languages"),
            ({"source_languages": ["mul"]}, Code.LANGUAGE_UNSPECIFIC, "/source_languages"),
            ({"target_languages": ["fr", "zxx"]}, Code.LANGUAGE_UNSPECIFIC, "/target_languages"),
            ({"target_languages": [None]}, Code.WRONG_TYPE, "/target_languages"),
            ({"target_languages": []}, Code.TOO_FEW_ITEMS, "/target_languages"),
            ({"target_languages": ["en"]}, Code.LANGUAGES_OVERLAP, "/target_languages"),
        ],
    )
    def test_invalid_arguments_are_refused(self, changes: dict[str, Any], code: Code, path: str) -> None:
        with pytest.raises(InvalidValueError) as caught:
            team("en", "fr", **changes)
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, path)]

    def test_one_target_at_least_is_asked_for(self) -> None:
        assert refusal(lambda: team("en", "")).params == {"minimum": 1}

    @pytest.mark.parametrize("changes", [{"source_languages": "en"}, {"target_languages": "fr"}, {"slot": None}])
    def test_wrong_types_are_a_mistake_of_the_program(self, changes: dict[str, Any]) -> None:
        with pytest.raises(TypeError):
            team("en", "fr", **changes)

    def test_the_only_source_is_not_interpreted_into(self) -> None:
        assert team("en", "en fr").booths == 1
        assert team("en", "en", service="captions").booths == 0


LANGUAGES = st.sets(st.sampled_from([*SIX.split(), "pt", "ase", "fr-CH"]))


class TestLaws:
    """Laws for any arguments."""

    @LAW
    @given(LANGUAGES, LANGUAGES.filter(bool), slots(), st.sampled_from(InterpretationService), st.sampled_from(Norm))
    def test_numbers_are_ordered_and_missing_ones_have_a_reason(
        self, source: set[str], target: set[str], when: TimeSlot, service: InterpretationService, norm: Norm
    ) -> None:
        only = {tag.partition("-")[0] for tag in source | target}
        if service is not InterpretationService.CAPTIONS and source and len(only) == 1:
            return
        for place in ParticipationMode:
            found = planning.team_size(
                source_languages=source,
                target_languages=target,
                slot=when,
                service=service,
                norm=norm,
                interpreters_at=place,
            )
            least = found.fewest or 1
            assert least <= (found.heads or least) <= (found.most or found.heads or least)
            assert found.unsettled or found.heads == found.fewest == found.most is not None
            assert list(found.unsettled) == sorted(set(found.unsettled))
            assert 0 <= found.booths <= len(target)
            assert (found.rest is None) == (found.sittings is None or found.sittings == 1)

    def test_one_more_booth_never_needs_fewer_people(self) -> None:
        languages = SIX.split()
        for norm in ("aiic", "un", "ep"):
            for size in range(1, len(languages)):
                for few in combinations(languages, size):
                    more = (*few, next(each for each in languages if each not in few))
                    one, other = (team(SIX, " ".join(each), norm).heads or 0 for each in (few, more))
                    assert one < other


class TestSources:
    """Each norm says where it was read, and when."""

    def test_every_norm_has_a_source(self) -> None:
        assert set(norms.SOURCES) == {norm.value for norm in Norm}
        sources = [*norms.SOURCES.values(), norms.SIGN_SOURCE, norms.HOURS_SOURCE, norms.REMOTE_SOURCE]
        assert all(each.url.startswith("http") and each.title for each in sources)
        assert all(each.published is None or each.published < each.read for each in sources)

    def test_everything_left_open_has_a_sentence_of_its_own(self) -> None:
        assert len({each.meaning for each in Unsettled}) == len(Unsettled)

    def test_the_general_rule_never_asks_for_fewer_than_the_table(self) -> None:
        table = norms.AIIC_SIMULTANEOUS
        assert all(heads <= norms.AIIC_EACH_BOOTH * into for (_, into), heads in table.items())
