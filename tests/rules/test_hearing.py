"""How the languages spoken on the floor reach each booth."""

from typing import Any

from wtisd_model.rules.hearing import Crewed, Hearing, Way, hearings

DIRECT, MISSING = Hearing(Way.DIRECT), Hearing(Way.MISSING)


def booth(language: str, *pairs: str, **changes: Any) -> Crewed:
    """Return a booth of people who work from one language into another: ``en>fr``."""
    return Crewed(language, {(pair[:2], pair[3:]) for pair in pairs}, **changes)


def heard(floor: str, *booths: Crewed, pivots: set[str] | None = None) -> list[Hearing]:
    """Return how a floor language reaches each booth of another language."""
    return [hearing for _, _, hearing in hearings({floor}, booths, pivots)]


ARABIC = booth("ar", "ar>en", "ar>fr", "en>ar", both_ways=True)
"""Its people work from Arabic into English and French, and from English into Arabic."""


class TestDirect:
    """A floor language reaches a booth if somebody there works from it."""

    def test_somebody_works_from_it(self) -> None:
        assert heard("en", booth("fr", "de>fr", "en>fr")) == [DIRECT]

    def test_into_the_language_of_the_booth(self) -> None:
        assert heard("en", booth("fr", "en>de", "de>fr")) == [MISSING]

    def test_an_empty_booth_has_nobody(self) -> None:
        assert heard("en", booth("fr")) == [MISSING]

    def test_no_booth_is_needed_for_its_own_language(self) -> None:
        assert list(hearings({"fr", "en"}, [booth("fr", "en>fr"), booth("en")])) == [
            (0, "en", DIRECT),
            (1, "fr", MISSING),
        ]

    def test_a_team_that_cannot_listen_has_to_work_from_it(self) -> None:
        assert heard("ar", ARABIC, booth("fr", "ar>fr", listens=False)) == [DIRECT]


class TestRetour:
    """Somebody in a booth that works both ways works from its language into that of another booth."""

    def test_the_other_booth_needs_nobody_for_it(self) -> None:
        assert heard("ar", ARABIC, booth("fr")) == [Hearing(Way.RETOUR, 0)]

    def test_it_is_for_those_who_do_not_hear_it_directly(self) -> None:
        assert heard("ar", ARABIC, booth("fr", "ar>fr")) == [DIRECT]

    def test_it_comes_before_a_relay(self) -> None:
        assert heard("ar", booth("en", "ar>en"), booth("fr", "en>fr"), ARABIC) == [DIRECT, Hearing(Way.RETOUR, 2)]

    def test_captions_of_it_are_written_by_somebody(self) -> None:
        captions = booth("fr", "fr>fr", feeds=False)
        assert heard("ar", booth("fr", "ar>fr"), captions, ARABIC) == [DIRECT, Hearing(Way.RETOUR, 2)]
        for nobody in (booth("fr", feeds=False), booth("fr", "ru>fr", feeds=False)):
            assert heard("ar", ARABIC, booth("fr"), nobody) == [Hearing(Way.RETOUR, 0), MISSING]

    def test_the_first_booth_is_named(self) -> None:
        assert heard("ar", booth("en"), ARABIC, ARABIC) == [Hearing(Way.RETOUR, 1)]

    def test_only_from_the_language_of_the_booth(self) -> None:
        assert heard("en", booth("ar", "en>fr", "en>ar", both_ways=True), booth("fr")) == [DIRECT, MISSING]

    def test_only_a_booth_that_works_both_ways(self) -> None:
        assert heard("ar", ARABIC._replace(both_ways=False), booth("fr")) == [MISSING]

    def test_only_into_a_pivot(self) -> None:
        assert heard("ar", ARABIC, booth("fr"), booth("en"), pivots={"en"}) == [MISSING, Hearing(Way.RETOUR, 0)]

    def test_only_where_others_can_be_heard(self) -> None:
        assert heard("ar", ARABIC, booth("fr", listens=False)) == [MISSING]
        assert heard("ar", ARABIC._replace(feeds=False), booth("fr")) == [MISSING]


class TestRelay:
    """Somebody in a booth works from a third language, which carries the floor language directly or by retour."""

    def test_through_a_booth_that_has_it(self) -> None:
        assert heard("ru", booth("fr", "en>fr"), booth("en", "ru>en")) == [Hearing(Way.RELAY, 1, "en"), DIRECT]

    def test_through_a_retour(self) -> None:
        assert heard("ar", booth("de", "en>de"), ARABIC) == [Hearing(Way.RELAY, 1, "en")]

    def test_a_booth_that_has_it_comes_before_a_retour(self) -> None:
        assert heard("ar", ARABIC, booth("en", "ar>en"), booth("de", "en>de")) == [DIRECT, Hearing(Way.RELAY, 1, "en")]

    def test_the_first_pivot_is_named(self) -> None:
        ways = heard("ru", booth("fr", "ru>fr"), booth("en", "ru>en"), booth("de", "en>de", "fr>de"))
        assert ways == [DIRECT, DIRECT, Hearing(Way.RELAY, 1, "en")]

    def test_the_relay_of_a_relay_does_not_count(self) -> None:
        assert heard("zh", booth("en", "zh>en"), booth("fr", "en>fr"), booth("de", "fr>de")) == [
            DIRECT,
            Hearing(Way.RELAY, 0, "en"),
            MISSING,
        ]

    def test_only_through_a_pivot(self) -> None:
        booths = booth("en", "ru>en"), booth("fr", "en>fr")
        assert heard("ru", *booths, pivots={"en"}) == [DIRECT, Hearing(Way.RELAY, 0, "en")]
        assert heard("ru", *booths, pivots={"fr"}) == [DIRECT, MISSING]

    def test_only_through_a_booth_that_others_hear(self) -> None:
        assert heard("ru", booth("en", "ru>en", feeds=False), booth("fr", "en>fr")) == [DIRECT, MISSING]

    def test_only_where_others_can_be_heard(self) -> None:
        assert heard("ru", booth("en", "ru>en"), booth("fr", "en>fr", listens=False)) == [DIRECT, MISSING]

    def test_not_from_its_own_language(self) -> None:
        assert heard("ru", booth("fr", "ru>fr"), booth("fr", "fr>en", feeds=False)) == [DIRECT, MISSING]
