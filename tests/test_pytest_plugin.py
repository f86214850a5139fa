"""The plugin of pytest, in suites as users write them."""

import pytest

pytest_plugins = ["pytester"]


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a folder for the tests of a user, who has warnings as errors."""
    # Under python -O, pytest warns in this process too; the asserts of test modules are rewritten.
    optimized = "ignore:assertions not in test modules or plugins will be ignored:pytest.PytestConfigWarning"
    pytester.makeini(f"[pytest]\nfilterwarnings =\n    error\n    {optimized}\n")
    return pytester


def test_the_fixtures_fit_together(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        import wtisd_model as wm


        @pytest.fixture(scope="session")
        def dossier(wtisd_event, wtisd_registrations):
            return wm.Dossier(event=wtisd_event, registrations=wtisd_registrations)


        def test_no_registration_has_a_finding_but_that_no_seats_are_limited(dossier, wtisd_now):
            found = [each for each in wm.check(dossier, now=wtisd_now) if "/registrations" in each.path]
            assert [(each.code, each.path) for each in found] == [("waitlist-needless", "/registrations/3/state")]


        def test_every_state_before_an_event_occurs(wtisd_registrations):
            states = set(wm.RegistrationState) - {wm.RegistrationState.ATTENDED, wm.RegistrationState.NO_SHOW}
            assert {each.state for each in wtisd_registrations} == states


        def test_both_modes_occur(wtisd_registrations):
            assert {each.mode for each in wtisd_registrations} == set(wm.ParticipationMode)


        def test_people_are_different_and_invented(wtisd_registrations):
            emails = {each.participant.email for each in wtisd_registrations}
            assert len(emails) == len(wtisd_registrations)
            assert all(each.endswith("@example.org") for each in emails)


        def test_now_is_before_the_event_and_after_all_that_happened(wtisd_event, wtisd_registrations, wtisd_now):
            assert wtisd_now < wtisd_event.slot.start
            assert all(each.submitted_at < wtisd_now for each in wtisd_registrations)
            assert all(step.at < wtisd_now for each in wtisd_registrations for step in each.history)


        def test_the_event_is_the_reference_event(wtisd_event):
            assert wtisd_event == wm.wtisd_23()
        """
    )
    suite.runpytest_inprocess().assert_outcomes(passed=6)


def test_a_suite_that_does_not_use_it_does_not_load_the_package(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import sys


        def test_modules():
            assert [name for name in sys.modules if name.startswith("wtisd")] == []
        """
    )
    suite.runpytest_subprocess().assert_outcomes(passed=1)


def test_each_fixture_is_listed_with_its_description(suite: pytest.Pytester) -> None:
    suite.makepyfile("")
    lines = suite.runpytest_inprocess("--fixtures").stdout
    lines.fnmatch_lines(
        [
            "wtisd_event*session scope*",
            "*17 May 2023*",
            "wtisd_now*session scope*",
            "*10 May 2023*",
            "wtisd_registrations*session scope*",
            "*six registrations*",
        ]
    )


def test_it_can_be_switched_off(suite: pytest.Pytester) -> None:
    suite.makepyfile("def test_it(wtisd_event): ...")
    result = suite.runpytest_inprocess("-p", "no:wtisd_model")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'wtisd_event' not found"])
