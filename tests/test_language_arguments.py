"""The tag of a language at every door: documents take a canonical one only, and what is looked up takes any text."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from inspect import isfunction, signature
from typing import Final

import pytest

import wtisd_model as wm
from tests.planning.rosters import FORUM, ROSTER
from tests.refusals import refusal
from tests.samples.invited import EVENT, LATER
from tests.samples.invited import registration as approved
from tests.samples.whole import deadline, dossier, event, registration, text
from tests.samples.wtisd import STAMPED
from wtisd_model import from_indico, invitation, page, pictures, to_vcard
from wtisd_model.findings import finding
from wtisd_model.integrations.accept_language import accepted_language

_TOTALS: Final = wm.totals(dossier().pledges, by="country", on=date(2023, 6, 1))

DOORS: Final = (
    partial(wm.from_ical, b""),
    partial(wm.from_jcal, []),
    partial(wm.from_jscalendar, {}),
    partial(wm.from_schedule_json, {}),
    partial(from_indico, {}),
    partial(wm.json_schema, wm.Registration, submission=True, event=event()),
    partial(wm.form_layout, event(), "json-forms"),
    partial(wm.to_columns, wm.Registration, [registration()]),
    partial(wm.to_csv, wm.Registration, [registration()]),
    partial(wm.to_html, event(), stamped=STAMPED),
    partial(page.calendar_files, event(), stamped=STAMPED),
    partial(page.form, event()),
    partial(page.overview, [event()], name="Ours", pages={}),
    partial(wm.to_ical, event(), stamped=STAMPED),
    partial(wm.to_icalendar, event(), stamped=STAMPED),
    partial(wm.to_jcal, event(), stamped=STAMPED),
    partial(wm.to_jscalendar, event(), stamped=STAMPED),
    partial(wm.to_jsonld, event()),
    partial(wm.to_schedule_json, event()),
    partial(wm.to_schedule_xml, event()),
    partial(to_vcard, [registration()]),
    partial(invitation.cancel, EVENT, approved(), stamped=LATER),
    partial(invitation.cancels, EVENT, [approved()], stamped=LATER),
    partial(invitation.decline_counter, EVENT, approved(), stamped=LATER),
    partial(invitation.invite, EVENT, approved(), stamped=LATER),
    partial(invitation.invites, EVENT, [approved()], stamped=LATER),
    partial(invitation.letters, dossier(), dossier(), stamped=LATER),
    partial(invitation.publish, EVENT, stamped=LATER),
    partial(invitation.reminders, dossier(), now=LATER, before=timedelta(days=1)),
    partial(invitation.updates, dossier(), dossier(), stamped=LATER),
    partial(pictures.coverage, dossier()),
    partial(pictures.pledges, _TOTALS),
    partial(pictures.registrations, dossier(), by="country"),
    partial(pictures.roster, ROSTER, [FORUM]),
    partial(pictures.timetable, event()),
    partial(deadline().remaining_in_words, STAMPED),
)
"""The functions that write or read a document in a language, with their other arguments."""


def _functions_with_a_language() -> Iterator[Callable[..., object]]:
    for module in (wm, invitation, page, pictures):
        for name in module.__all__:
            value = getattr(module, name)
            if isfunction(value) and "language" in signature(value).parameters:
                yield value


class TestDocuments:
    """docs/how-to/languages.md: what writes or reads a document takes a tag in canonical form."""

    @pytest.mark.parametrize("tag", ["fr_CH", "FR", "français", "", "fr\r\nX-FORGED:1"])
    @pytest.mark.parametrize("door", DOORS, ids=lambda door: door.func.__qualname__)
    def test_any_other_text_is_refused(self, door: Callable[..., object], tag: str) -> None:
        found = refusal(lambda: door(language=tag))
        assert (found.code, found.path) == (wm.Code.LANGUAGE_UNKNOWN, "/language")
        assert found.params.get("suggestion") == {"fr_CH": "fr-CH", "FR": "fr"}.get(tag)

    def test_these_are_all_doors(self) -> None:
        assert {*_functions_with_a_language()} <= {each.func for each in DOORS} | {wm.to_problem}


class TestLookup:
    """docs/how-to/languages.md: what is looked up for a reader is found, or has a default; no text is refused."""

    @pytest.mark.parametrize("tag", ["fr", "FR", "fr-CH", "fr-ch", "fr_CH", "fr-CH-u-ca-gregory"])
    def test_the_language_is_found_in_any_spelling(self, tag: str) -> None:
        found = finding(wm.Code.ZONE_UNKNOWN)
        assert found.in_language(tag) == found.in_language("fr")
        assert wm.to_problem([found], language=tag) == wm.to_problem([found], language="fr")
        assert text(fr="Le forum").in_language(tag) == ("Le forum", "fr")
        assert accepted_language(tag) == "fr"

    @pytest.mark.parametrize("tag", ["it", "français", "", "_", "-fr", "fr\r\nX-FORGED:1", "x" * 100_000])
    def test_any_other_text_has_the_default(self, tag: str) -> None:
        found = finding(wm.Code.ZONE_UNKNOWN)
        assert found.in_language("ru").in_language(tag) == found
        assert wm.to_problem([found], language=tag) == wm.to_problem([found])
        assert text(fr="Le forum").in_language(tag) == ("Forum", "en")
        assert accepted_language(tag) == "en"
