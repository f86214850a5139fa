"""The layouts of the form of an event for the two programs that tests/outside/test_forms.py runs."""

import json
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from tests.json.drawn_forms import sessions_of_each_status
from tests.samples.whole import asked, text
from wtisd_model import (
    Call,
    CallKind,
    Choice,
    Condition,
    Event,
    InterpretationRequest,
    Pledge,
    Session,
    TimeSlot,
    form_layout,
    wtisd_23,
)

YES = Condition(question="b", answers=(True,))
QUESTIONS = (
    asked("a", "long-text", when=Condition(modes={"on-site"})),
    asked("b", "boolean", label=text("B?")),
    asked("c", "choices", choices=(Choice(id="x", label=text("X")), Choice(id="y", label=text("Y"))), when=YES),
    asked("d", "phone"),
)
HIDDEN = {"ui:widget": "hidden"}


def event_with(kind: CallKind = CallKind.REGISTRATION, **changes: Any) -> Event:
    call = Call(
        kind=kind, address_unknown=True, questions=changes.pop("questions", ()), fields=changes.pop("fields", ())
    )
    return evolve(wtisd_23(), calls=(call,), **changes)


class TestReactJsonSchemaForm:
    """What the schema cannot say: widgets, hidden fields, the order of the questions, the times of sessions."""

    def test_a_small_form_needs_hidden_fields_only(self) -> None:
        layout = form_layout(event_with(), "react-jsonschema-form")
        assert layout == {"eventUid": HIDDEN, "privacyNotice": HIDDEN}

    def test_questions_have_their_order_and_widgets(self) -> None:
        questions = (asked("a", when=Condition(modes={"remote"})), *QUESTIONS[1:])
        assert form_layout(event_with(questions=questions), "react-jsonschema-form")["answers"] == {
            "ui:order": ["a", "b", "c", "d"],
            "b": {"ui:widget": "radio", "ui:options": {"inline": True}},
            "c": {"ui:widget": "checkboxes", "oneOf": [{"ui:title": "X"}, {"ui:title": "Y"}]},
        }
        long = form_layout(event_with(questions=QUESTIONS), "react-jsonschema-form")["answers"]["a"]
        assert long == {"ui:widget": "textarea"}

    def test_sessions_have_their_times_and_come_in_this_order(self) -> None:
        slot = wtisd_23().slot
        assert slot is not None
        late, early = (
            Session(id=id_, title=text(id_), slot=evolve(slot, start=start))
            for id_, start in (("late", slot.start.add(minutes=30)), ("early", slot.start))
        )
        whole = event_with(fields=("sessionIds",), sessions=(late, early))
        assert form_layout(whole, "react-jsonschema-form", language="en")["sessionIds"] == {
            "ui:widget": "checkboxes",
            "oneOf": [
                {"ui:title": "Wednesday, 17 May 2023, 14:30 - early"},
                {"ui:title": "Wednesday, 17 May 2023, 15:00 - late"},
            ],
        }

    def test_a_session_of_whole_days_has_its_first_day(self) -> None:
        slot = TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich")
        whole = event_with(fields=("sessionIds",), slot=slot, sessions=(Session(id="x", title=text("X"), slot=slot),))
        titles = form_layout(whole, "react-jsonschema-form", language="en")["sessionIds"]["oneOf"]
        assert titles == [{"ui:title": "Wednesday, 17 May 2023 - X"}]

    def test_those_that_are_cancelled_are_left_out_and_those_without_seats_say_so(self) -> None:
        whole = event_with(fields=("sessionIds",), sessions=sessions_of_each_status())
        full = evolve(whole, sessions=[evolve(each, on_site_capacity=1) for each in whole.sessions])
        layout = form_layout(
            full, "react-jsonschema-form", language="en", taken={(None, "on-site"): 0, ("scheduled", "on-site"): 1}
        )
        assert [each["ui:title"].partition(" - ")[2] for each in layout["sessionIds"]["oneOf"]] == [
            "Title of scheduled (On site: full)",
            "Title of postponed",
        ]

    def test_objects_have_the_hints_of_their_fields(self) -> None:
        pledge = event_with(CallKind.PLEDGE, fields=("description", "partners", "groups"))
        layout = form_layout(pledge, "react-jsonschema-form", cls=Pledge)
        assert layout["description"] == {"text": {"ui:widget": "textarea"}}
        assert layout["groups"]["ui:widget"] == layout["focusAreas"]["ui:widget"] == "checkboxes"
        assert "partners" not in layout


class TestJsonForms:
    """JSON Forms draws what its layout lists: fields, groups of them, and questions with their conditions."""

    def test_objects_are_groups_and_fields_are_controls(self) -> None:
        layout = form_layout(event_with(fields=("country", "participant.phone")), "json-forms", language="en")
        person, country, mode = layout["elements"]
        assert (layout["type"], person["type"], person["label"]) == ("VerticalLayout", "Group", "Participant")
        phone = "#/properties/participant/properties/phone"
        assert [each["label"] for each in person["elements"]] == ["Name", "E-mail", "Telephone"]
        described = {"options": {"showUnfocusedDescription": True}}
        assert person["elements"][2] == {"type": "Control", "scope": phone, "label": "Telephone", **described}
        assert [country["scope"], mode["scope"]] == ["#/properties/country", "#/properties/mode"]

    def test_questions_are_a_group_with_their_conditions(self) -> None:
        group = form_layout(event_with(questions=QUESTIONS), "json-forms", language="en")["elements"][-1]
        assert group["label"] == "Further questions"
        long, boolean, several, phone = group["elements"]
        assert long["options"] == {"multi": True}
        assert boolean["options"] == {"format": "radio"}
        assert "rule" not in boolean
        assert phone["scope"] == "#/properties/answers/properties/d"
        condition = Draft202012Validator(several["rule"]["condition"]["schema"])
        assert condition.is_valid({"answers": {"b": True}})
        assert not condition.is_valid({"answers": {"b": False}})

    def test_requests_have_one_too(self) -> None:
        layout = form_layout(event_with(CallKind.INTERPRETATION), "json-forms", cls=InterpretationRequest)
        assert "#/properties/service" in {each.get("scope") for each in layout["elements"]}


class TestArguments:
    """It is plain JSON, and takes what `json_schema` takes."""

    @pytest.mark.parametrize("program", ["json-forms", "react-jsonschema-form"])
    def test_it_is_json_of_your_own(self, program: Any) -> None:
        whole = event_with(questions=QUESTIONS)
        form_layout(whole, program).clear()
        assert json.loads(json.dumps(form_layout(whole, program))) == form_layout(whole, program)

    def test_another_program_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(TypeError, match="react-jsonschema-form"):
            form_layout(wtisd_23(), "rjsf")  # type: ignore[arg-type] # refused
