"""What a format does not carry is said once for each field, at its first value."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW_OF_FIELDS
from tests.programme.format_laws import assert_format, without_fields
from tests.samples.whole import contact, document, later, session, slot, text
from wtisd_model import Code, Dossier, Event, EventStatus, LocalizedText, Role, Severity, to_json, wtisd_23
from wtisd_model.formats import FORMATS, Format, losses
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.programme.people import Readers

TITLES = Format(
    name="titles",
    media_type="text/plain",
    extension=".txt",
    as_text={"Event": frozenset({"theme"})},
    not_carried={"Event": frozenset({"sessions", "keywords"}), "LocalizedText": frozenset({"translations"})},
)


make_event: Any = Event


def small(**fields: Any) -> Event:
    """Return an event with no more than it needs."""
    made: Event = make_event(
        **({"uid": "e-1", "title": text("Forum"), "slot": slot(), "venue_to_follow": True} | fields)
    )
    return made


def test_each_format_has_its_name_and_nobody_can_change_the_list() -> None:
    assert {name: format_.name for name, format_ in FORMATS.items()} == {
        name: name.removesuffix("-personal") for name in FORMATS
    }
    with pytest.raises(TypeError, match="does not support item assignment"):
        FORMATS["titles"] = TITLES  # type: ignore[index] # the refusal is the test


def test_a_page_says_as_text_what_its_json_ld_lacks() -> None:
    page, data = FORMATS["html"], FORMATS["jsonld"]
    assert page.as_text["Event"] - data.as_text["Event"] == {"sessions", "updated"}
    assert data.not_carried["Event"] - page.not_carried["Event"] == {"updated"}


def test_a_field_is_reported_once_at_its_first_value() -> None:
    both = LocalizedText(text="Forum", language="en", translations={"fr": "Forum"})
    found = [*losses(TITLES, small(title=both, theme=text("Theme"), description=both, keywords=("a", "b")))]
    assert [(each.code, each.path, each.params) for each in found] == [
        (Code.FIELD_NOT_CARRIED, "/title/translations", {"field": "LocalizedText.translations"}),
        (Code.FIELD_AS_TEXT, "/theme", {"field": "Event.theme"}),
        (Code.FIELD_NOT_CARRIED, "/keywords", {"field": "Event.keywords"}),
    ]
    assert {each.severity for each in found} == {Severity.WARNING}


def test_items_of_lists_are_looked_into() -> None:
    letters = Format(name="x", media_type="x/x", extension=".x", not_carried={"Contact": frozenset({"phone", "roles"})})
    found = [each for each in losses(letters, wtisd_23()) if each.code is not Code.PEOPLE_LEFT_OUT]
    assert [each.path for each in found] == ["/contacts/0/phone", "/contacts/0/roles"]


def test_nothing_is_reported_of_what_is_absent() -> None:
    assert not [*losses(TITLES, small())]


@LAW_OF_FIELDS
@given(ours.events())
def test_json_carries_everything(drawn: Event) -> None:
    everything = Format(name="json", media_type="application/json", extension=".json")
    assert_format(everything, drawn, to_json, lambda data: from_builtins(Event, json.loads(data)))
    assert_format(everything, drawn, to_json)


class TestTheLawItself:
    """`assert_format` fails where a format says too much or too little."""

    @staticmethod
    def write(drawn: Any) -> bytes:
        """Write the JSON of an event without what `TITLES` does not carry."""
        return json.dumps(without_fields(Event, to_builtins(drawn), TITLES.not_carried)).encode()

    THING = small(theme=text("Theme"), keywords=("a",), color="red")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"not_carried": {"Event": frozenset({"color"})}},  # it changes the result
            {"not_carried": {}},  # the keywords do not
            {"as_text": {"Event": frozenset({"keywords"})}, "not_carried": {}},
        ],
    )
    def test_a_wrong_word_is_found(self, wrong: dict[str, Any]) -> None:
        said = evolve(TITLES, as_text={})
        assert_format(said, self.THING, self.write)
        with pytest.raises(AssertionError):
            assert_format(evolve(said, **wrong), self.THING, self.write)

    def test_what_does_not_come_back_is_found(self) -> None:
        with pytest.raises(AssertionError):
            assert_format(
                Format(name="x", media_type="x/x", extension=".x"),
                self.THING,
                to_json,
                lambda _: small(theme=text("Theme"), keywords=("a",)),
            )

    def test_what_is_true_passes(self) -> None:
        assert_format(TITLES, self.THING, self.write)


def test_sessions_that_a_format_leaves_out_are_reported_once_for_each_status() -> None:
    held = Format(name="x", media_type="x/x", extension=".x", statuses=frozenset({EventStatus.SCHEDULED}))
    (scheduled,) = small(sessions=(session(people=()),)).sessions
    draft = evolve(scheduled, id="draft", status=EventStatus.DRAFT)
    gone = [evolve(scheduled, id=f"gone-{number}").cancel(at=later(1)) for number in range(2)]
    whole = small(sessions=(scheduled, draft, *gone))
    assert [(each.code, each.path, each.params) for each in losses(held, whole)] == [
        (Code.SESSIONS_LEFT_OUT, "/sessions/1", {"status": "draft"}),
        (Code.SESSIONS_LEFT_OUT, "/sessions/2", {"status": "cancelled"}),
    ]
    assert [each.path for each in losses(held, Dossier(event=whole))] == ["/event/sessions/1", "/event/sessions/2"]
    of_event = [(each.path, each.params) for each in losses(held, whole.postpone(at=later(1)))]
    assert of_event == [
        ("/sessions/0", {"status": "postponed"}),
        ("/sessions/1", {"status": "draft"}),
        ("/sessions/2", {"status": "cancelled"}),
    ]
    every = evolve(held, statuses=Format(name="x", media_type="x/x", extension=".x").statuses)
    assert [each.params["status"] for each in losses(every, whole)] == ["draft"]
    assert not [*losses(held, draft)]  # alone it is not left out


class TestPeople:
    """A document for the public does not name everybody; for the office, it does."""

    PUBLIC = Format(name="x", media_type="x/x", extension=".x")
    SPEAKER = contact(roles=frozenset({Role.SPEAKER}))
    INTERPRETER = contact(roles=frozenset({Role.INTERPRETER}))

    def left_out(self, format_: Format, thing: Event | Dossier) -> list[str]:
        return [each.path for each in losses(format_, thing) if each.code is Code.PEOPLE_LEFT_OUT]

    def test_the_first_person_whom_it_does_not_name_is_reported(self) -> None:
        people = (self.SPEAKER, self.INTERPRETER, contact(name=None, roles=frozenset({Role.SPEAKER})))
        whole = small(contacts=(contact(),), sessions=(session(people=people),))
        assert self.left_out(self.PUBLIC, whole) == ["/sessions/0/people/1"]
        assert self.left_out(self.PUBLIC, Dossier(event=whole)) == ["/event/sessions/0/people/1"]
        assert self.left_out(self.PUBLIC, evolve(whole, contacts=(contact(), self.SPEAKER))) == [
            "/contacts/1",
            "/sessions/0/people/1",
        ]
        both = contact(roles=frozenset({Role.SPEAKER, Role.SECRETARY}))
        assert self.left_out(self.PUBLIC, small(sessions=(session(people=(both,)),))) == ["/sessions/0/people/0"]
        assert self.left_out(evolve(self.PUBLIC, readers=Readers.OFFICE), whole) == []

    def test_a_signatory_is_named_where_the_letter_is(self) -> None:
        signatory = contact(roles=frozenset({Role.SIGNATORY}))
        whole = small(contacts=(signatory,), documents=(document(),))
        assert self.left_out(self.PUBLIC, whole) == []
        assert self.left_out(self.PUBLIC, evolve(whole, documents=())) == ["/contacts/0"]
        for lost in ({"Event": frozenset({"documents"})}, {"Document": frozenset({"signed"})}):
            assert self.left_out(evolve(self.PUBLIC, not_carried=lost), whole) == ["/contacts/0"]

    def test_a_draft_and_a_format_without_contacts_leave_out_nobody_more(self) -> None:
        draft = session(people=(self.INTERPRETER,), status=EventStatus.DRAFT)
        whole = small(contacts=(self.SPEAKER,), sessions=(draft,))
        assert self.left_out(evolve(self.PUBLIC, not_carried={"Event": frozenset({"contacts"})}), whole) == []
