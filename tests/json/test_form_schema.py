"""The JSON Schema of the form of an event: words, choices, conditions, and one verdict with the reader."""

import json
from typing import Any

import pytest
from attrs import evolve

from tests.hypothesis_profiles import sampled
from tests.json.drawn_forms import (
    DOCUMENTS_EACH,
    EVENTS,
    JUDGED,
    VALUES,
    errors_of,
    forms,
    judged,
    sessions_of_each_status,
    validator_of,
)
from tests.samples.whole import asked, text
from wtisd_model import (
    Call,
    CallKind,
    Choice,
    Code,
    Condition,
    Event,
    EventStatus,
    InterpretationRequest,
    InvalidValueError,
    LocalizedText,
    Membership,
    ParticipationMode,
    Pledge,
    Question,
    QuestionKind,
    Registration,
    Session,
    json_schema,
    schema_validator,
    wtisd_23,
)
from wtisd_model.json.json_schema import Schema
from wtisd_model.locales import languages, locale_for
from wtisd_model.model.documents import SUBMISSIONS


def choices(*ids: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=each, label=text(each.upper(), fr=f"{each} (fr)")) for each in ids)


def event_with(*questions: Question, kind: CallKind = CallKind.REGISTRATION, **fields: Any) -> Event:
    event = wtisd_23()
    calls = tuple(each for each in event.calls if each.kind is not kind)
    return evolve(event, calls=(*calls, Call(kind=kind, address_unknown=True, questions=questions)), **fields)


def form(event: Event, cls: type = Registration, language: str | None = None) -> Schema:
    return json_schema(cls, submission=True, event=event, language=language)


def titles(schema: Schema) -> dict[str, str]:
    return {each["const"]: each["title"] for each in schema["oneOf"]}


def enum_of(field: Schema, published: Schema) -> list[str] | None:
    """Return the words that a field or its items may hold; None if they are no enum of ours, such as countries."""
    item = field.get("items", field)
    reference = item.get("allOf", [item])[0].get("$ref", "")
    definition = published["$defs"].get(reference.removeprefix("#/$defs/"), {})
    return definition.get("enum") if "description" in definition else None


def accepts(event: Event, **fields: Any) -> bool:
    """Return True if the form of an event accepts a registration with other fields than a small one has."""
    document = {
        "eventUid": event.uid,
        "participant": {"name": "Participant 1", "email": "participant1@example.org"},
        "mode": "remote",
        **fields,
    }
    return schema_validator(Registration, submission=True, event=event).is_valid(
        {key: each for key, each in document.items() if each is not None}
    )


class TestWords:
    """A form has words for people, in the language asked for as far as the event and the locales have it."""

    def test_fields_have_titles_and_labels_in_the_language(self) -> None:
        schema = form(wtisd_23(), language="fr")
        assert schema["description"] == "Inscription"
        assert schema["properties"]["participant"]["title"] == "Participant"
        assert schema["$defs"]["ContactSubmission"]["properties"]["email"]["title"] == "Courriel"
        assert titles(schema["properties"]["mode"]) == {"on-site": "Sur place", "remote": "À distance"}
        assert titles(schema["properties"]["needs"]["items"])["captions"] == "Sous-titrage"

    def test_questions_and_choices_have_theirs(self) -> None:
        helped = asked(kind=QuestionKind.CHOICE, choices=choices("a"), help=text("Help.", fr="Aide."))
        drawn = form(event_with(helped), language="fr")["properties"]["answers"]["properties"]["q"]
        assert (drawn["title"], drawn["description"]) == ("Pourquoi ?", "Aide.")
        assert titles(drawn) == {"a": "a (fr)"}

    def test_a_longer_tag_falls_back_to_a_shorter_one(self) -> None:
        event = event_with(asked())
        assert form(event, language="fr-CH") == form(event, language="fr")

    def test_without_a_language_it_is_that_of_the_title_of_the_event(self) -> None:
        event = event_with(asked(), title=LocalizedText(text="Forum mondial", language="fr"))
        schema = form(event)
        assert schema["title"] == "Forum mondial"
        assert schema["properties"]["mode"]["title"] == locale_for("fr").fields["mode"]
        assert schema["properties"]["answers"]["properties"]["q"]["title"] == "Why?"

    def test_what_is_hard_to_write_has_a_hint_unless_the_organizer_helps(self) -> None:
        helped = asked("b", QuestionKind.PHONE, help=text("Your mobile phone."))
        drawn = form(event_with(asked("a", QuestionKind.PHONE), helped), language="en")["properties"]["answers"][
            "properties"
        ]
        assert [drawn[each]["description"] for each in "ab"] == [locale_for("en").hints["phone"], "Your mobile phone."]

    def test_a_language_has_a_hint_wherever_one_is_asked_for(self) -> None:
        schema = form(event_with(asked(kind=QuestionKind.LANGUAGE)), language="en")
        assert schema["$defs"]["language"]["description"] == locale_for("en").hints["language"]
        reference = {"$ref": "#/$defs/language"}
        assert schema["properties"]["listeningLanguages"]["items"] == reference
        assert reference.items() <= schema["properties"]["answers"]["properties"]["q"].items()

    def test_a_key_of_two_meanings_has_two_titles(self) -> None:
        definitions = form(wtisd_23(), Pledge, "en")["$defs"]
        units = [definitions[each]["properties"]["unit"]["title"] for each in ("Organization", "Target")]
        assert units == ["Department", "Unit"]

    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_descriptions_for_programmers_are_left_out(self, cls: type) -> None:
        written = json.dumps(form(wtisd_23(), cls))
        published = json_schema(cls, submission=True)
        objects = [published, *published["$defs"].values()]
        fields = [each for schema in objects for each in schema.get("properties", {}).values()]
        described = [each["description"] for each in [*objects, *fields] if "description" in each]
        assert described
        assert [each for each in described if each in written] == []

    def test_a_text_of_several_lines_is_told_from_a_line(self) -> None:
        event = event_with(asked("line"), asked("lines", QuestionKind.LONG_TEXT))
        drawn = form(event)["properties"]["answers"]["properties"]
        assert "contentMediaType" not in drawn["line"]
        assert drawn["lines"]["contentMediaType"] == "text/plain"
        assert form(event, InterpretationRequest)["properties"]["note"]["contentMediaType"] == "text/plain"

    @pytest.mark.parametrize("language", sorted(languages()))
    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_every_field_of_every_submission_has_words(self, cls: type, language: str) -> None:
        locale = locale_for(language)
        published = json_schema(cls, submission=True)
        objects = {cls.__name__: published, **published["$defs"]}
        for owner, schema in objects.items():
            for key, each in schema.get("properties", {}).items():
                if key in {"@type", "schemaVersion", "$schema"}:
                    continue
                assert f"{owner}.{key}" in locale.fields or key in locale.fields, (owner, key)
                words = enum_of(each, published)
                assert words is None or set(words) == set(locale.choices[key]), (owner, key)

    def test_no_word_is_left_over(self) -> None:
        locale, used, labelled = locale_for("en"), set[str](), {"boolean"}
        for cls in SUBMISSIONS:
            published = json_schema(cls, submission=True)
            for owner, schema in {cls.__name__: published, **published["$defs"]}.items():
                for key, each in schema.get("properties", {}).items():
                    used |= {f"{owner}.{key}", key}
                    if enum_of(each, published) is not None:
                        labelled.add(key)
        assert set(locale.fields) <= used
        assert set(locale.choices) == labelled | {"roles"}  # which no form asks for; a calendar and a card name them
        assert set(locale.hints) <= {each.value for each in QuestionKind}


class TestEvent:
    """The form is that of one event: its uid, its modes, its sessions."""

    def test_it_is_of_this_event(self) -> None:
        assert accepts(wtisd_23())
        assert not accepts(wtisd_23(), eventUid="another")

    def test_only_its_modes_are_offered(self) -> None:
        remote = evolve(wtisd_23(), locations=())
        assert list(titles(form(remote)["properties"]["mode"])) == ["remote"]
        assert list(titles(form(remote, InterpretationRequest)["properties"]["delivery"])) == ["remote"]

    def test_a_mode_that_a_session_offers_is_offered_too(self) -> None:
        slot, locations = wtisd_23().slot, wtisd_23().locations
        assert slot is not None
        session = Session(id="s1", title=text("Workshop"), slot=slot, locations=locations)
        mixed = evolve(wtisd_23(), locations=(), sessions=(session,))
        assert list(titles(form(mixed)["properties"]["mode"])) == ["on-site", "remote"]

    def test_a_draft_without_a_place_offers_all(self) -> None:
        draft = evolve(wtisd_23(), status=EventStatus.DRAFT, locations=(), virtual_locations=(), calls=(), history=())
        assert list(titles(form(draft)["properties"]["mode"])) == ["on-site", "remote"]

    def test_its_sessions_are_listed_with_their_titles(self) -> None:
        slot = wtisd_23().slot
        assert slot is not None
        event = evolve(wtisd_23(), sessions=(Session(id="s1", title=text("Opening", fr="Ouverture"), slot=slot),))
        assert titles(form(event, language="fr")["properties"]["sessionIds"]["items"]) == {"s1": "Ouverture"}
        assert accepts(event, sessionIds=["s1"])
        assert not accepts(event, sessionIds=["s2"])

    def test_only_sessions_that_are_held_are_offered(self) -> None:
        event = evolve(wtisd_23(), sessions=sessions_of_each_status())
        schema = form(event)
        items = schema["properties"]["sessionIds"]["items"]
        assert titles(items["else"]) == {"scheduled": "Title of scheduled", "postponed": "Title of postponed"}
        assert "Title of cancelled" not in json.dumps(schema)
        for each in ["scheduled", "postponed", "cancelled"]:
            assert accepts(event, sessionIds=[each])
        assert not accepts(event, sessionIds=["other"])

    def test_a_draft_session_is_neither_named_nor_accepted(self) -> None:
        for_drafts = Condition(session_ids=frozenset({"unannounced"}))
        for_some = Condition(session_ids=frozenset({"unannounced", "scheduled"}))
        event = event_with(
            asked("a", required=True, when=for_drafts, label=text("About unannounced?")),
            asked("b", required=True, when=for_some),
            sessions=sessions_of_each_status(),
        )
        assert "unannounced" not in json.dumps(form(event))
        assert not accepts(event, sessionIds=["unannounced"])
        assert accepts(event, sessionIds=["postponed"])
        assert not accepts(event, sessionIds=["scheduled"])
        assert accepts(event, sessionIds=["scheduled"], answers={"b": "x"})
        assert not accepts(event, sessionIds=["scheduled"], answers={"a": "x", "b": "x"})

    def test_where_no_session_is_held_nobody_is_asked_for_them(self) -> None:
        cancelled = sessions_of_each_status()[-1:]
        event = evolve(wtisd_23(), sessions=cancelled)
        assert "sessionIds" not in form(event)["properties"]
        assert accepts(event, sessionIds=["cancelled"])
        assert not accepts(event, sessionIds=["other"])

    def test_without_sessions_nobody_is_asked_for_them(self) -> None:
        assert "sessionIds" not in form(wtisd_23())["properties"]
        assert accepts(wtisd_23(), sessionIds=[])
        assert not accepts(wtisd_23(), sessionIds=["s1"])

    def test_nobody_is_asked_for_the_envelope_which_may_be_there(self) -> None:
        schema = form(wtisd_23())
        assert not {"@type", "schemaVersion", "$schema"} & schema["properties"].keys()
        drawn = {key: each["if"] for each in schema["allOf"] for key in each["then"]["properties"]}
        assert drawn["@type"] == {"required": ["@type"]}
        assert accepts(wtisd_23(), **{"@type": "Registration", "schemaVersion": 1})
        assert not accepts(wtisd_23(), **{"@type": "Pledge"})
        assert not accepts(wtisd_23(), unknown=1)

    def test_nobody_is_asked_for_the_privacy_notice_which_the_program_sets(self) -> None:
        assert "privacyNotice" not in form(wtisd_23())["properties"]
        assert accepts(wtisd_23(), privacyNotice="2023-01")
        assert not accepts(wtisd_23(), privacyNotice="")

    def test_two_forms_can_be_in_one_program(self) -> None:
        assert "$id" not in form(wtisd_23())

    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_every_submission_has_a_form_with_the_questions_of_its_call(self, cls: type) -> None:
        kinds = {Registration: CallKind.REGISTRATION, InterpretationRequest: CallKind.INTERPRETATION}
        event = event_with(asked(required=True), kind=kinds.get(cls, CallKind.PLEDGE))
        schema = form(event, cls)
        schema_validator(cls, submission=True, event=event).check_schema(schema)
        assert list(schema["properties"]["answers"]["properties"]) == ["q"]
        assert "answers" in schema["required"]

    def test_the_result_is_a_dict_of_your_own(self) -> None:
        event = event_with(asked(kind=QuestionKind.AGREEMENT))
        form(event)["properties"]["answers"]["properties"]["q"].clear()
        assert form(event)["properties"]["answers"]["properties"]["q"]

    def test_wrong_arguments_are_mistakes_of_the_caller(self) -> None:
        with pytest.raises(TypeError, match="submission"):
            json_schema(Registration, event=wtisd_23())
        with pytest.raises(TypeError, match="Event"):
            json_schema(Registration, submission=True, event=wtisd_23().calls[0])  # type: ignore[arg-type] # refused
        with pytest.raises(TypeError, match="event"):
            json_schema(Registration, submission=True, language="fr")
        with pytest.raises(TypeError, match="cannot be a submission"):
            json_schema(Event, submission=True, event=wtisd_23())
        with pytest.raises(InvalidValueError) as refused:
            json_schema(Registration, submission=True, event=wtisd_23(), language="xx-invalid-x")
        assert refused.value.findings[0].code == Code.LANGUAGE_UNKNOWN


class TestAnswers:
    """Each kind of question has the schema of its answers; required ones have to be answered."""

    @pytest.mark.parametrize("kind", VALUES)
    def test_each_kind_accepts_its_values(self, kind: QuestionKind) -> None:
        event = event_with(asked(kind=kind))
        for value in VALUES[kind]:
            assert accepts(event, answers={"q": value})
        assert not accepts(event, answers={"q": ["x"]})

    def test_a_form_without_questions_takes_no_answers(self) -> None:
        assert "answers" not in form(wtisd_23())["properties"]
        assert accepts(wtisd_23(), answers={})
        assert not accepts(wtisd_23(), answers={"q": True})

    def test_an_answer_is_missing_or_unknown(self) -> None:
        event = event_with(asked(required=True))
        assert accepts(event, answers={"q": "x"})
        assert not accepts(event, answers={})
        assert not accepts(event)
        assert not accepts(event, answers={"q": "x", "other": "x"})

    def test_agreement_is_true_and_no_program_can_fill_it_in(self) -> None:
        event = event_with(asked(kind=QuestionKind.AGREEMENT))
        assert accepts(event, answers={"q": True})
        assert not accepts(event, answers={"q": False})
        assert not {"const", "enum", "default"} & form(event)["properties"]["answers"]["properties"]["q"].keys()

    def test_retired_questions_and_choices_are_not_offered(self) -> None:
        some = (*choices("a"), evolve(choices("b")[0], retired=True))
        event = event_with(
            asked("one", QuestionKind.CHOICE, choices=some),
            asked("all", QuestionKind.CHOICES, choices=some),
            asked("old", retired=True, required=True),
            asked("none", QuestionKind.CHOICE, choices=some[1:]),
        )
        assert accepts(event, answers={"one": "a", "all": ["a"]})
        for answers in [{"one": "b"}, {"all": ["a", "b"]}, {"old": "x"}, {"none": "b"}]:
            assert not accepts(event, answers=answers), answers

    def test_a_required_question_of_several_choices_needs_one(self) -> None:
        event = event_with(asked(kind=QuestionKind.CHOICES, choices=choices("a"), required=True))
        schema_validator(Registration, submission=True, event=event).check_schema(form(event))
        assert accepts(event, answers={"q": ["a"]})
        assert not accepts(event, answers={"q": []})

    def test_bounds_are_those_of_the_question(self) -> None:
        event = event_with(
            asked("several", QuestionKind.CHOICES, choices=choices("a", "b", "c"), minimum=1, maximum=2),
            asked("number", QuestionKind.INTEGER, minimum=1, maximum=2),
            asked("line", maximum=3),
        )
        assert accepts(event, answers={"several": ["a", "b"], "number": 2, "line": "abc"})
        for answers in [{"several": []}, {"several": ["a", "b", "c"]}, {"number": 3}, {"line": "abcd"}]:
            assert not accepts(event, answers=answers), answers


class TestConditions:
    """A question with a condition is in `then`: it is drawn where it is asked, and refused elsewhere."""

    def test_a_question_for_a_mode(self) -> None:
        when = Condition(modes=frozenset({ParticipationMode.ON_SITE}))
        event = event_with(asked("always"), asked("q", required=True, when=when))
        assert list(form(event)["properties"]["answers"]["properties"]) == ["always"]
        assert form(event)["properties"]["answers"]["propertyNames"]["enum"] == ["always", "q"]
        assert accepts(event, mode="on-site", answers={"q": "x"})
        assert not accepts(event, mode="on-site")
        assert accepts(event, mode="remote")
        assert not accepts(event, mode="remote", answers={"q": "x"})

    def test_a_question_for_a_membership_and_a_session(self) -> None:
        slot = wtisd_23().slot
        assert slot is not None
        sessions = tuple(Session(id=each, title=text(each), slot=slot) for each in ("s1", "s2"))
        when = Condition(memberships=frozenset({Membership.PRESS}), session_ids=frozenset({"s1"}))
        event = event_with(asked(when=when), sessions=sessions)
        assert accepts(event, membership="press", sessionIds=["s2", "s1"], answers={"q": "x"})
        for membership, chosen in [("press", []), ("press", ["s2"]), (None, ["s1"]), ("observer", ["s1"])]:
            assert not accepts(event, membership=membership, sessionIds=chosen, answers={"q": "x"})

    @pytest.mark.parametrize(
        ("kind", "wanted", "met", "unmet"),
        [
            (QuestionKind.CHOICE, "b", "b", "a"),
            (QuestionKind.CHOICES, "b", ["a", "b"], ["a"]),
            (QuestionKind.BOOLEAN, False, False, True),
            (QuestionKind.COUNTRY, "CH", "CH", "FR"),
        ],
    )
    def test_a_question_for_an_answer(self, kind: QuestionKind, wanted: str | bool, met: object, unmet: object) -> None:
        offered = choices("a", "b") if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} else ()
        when = Condition(question="first", answers=(wanted,))
        event = event_with(asked("first", kind, choices=offered), asked("q", required=True, when=when))
        assert accepts(event, answers={"first": met, "q": "x"})
        assert not accepts(event, answers={"first": met})
        assert accepts(event, answers={"first": unmet})
        assert not accepts(event, answers={"first": unmet, "q": "x"})
        assert accepts(event)

    def test_a_question_after_one_that_is_not_asked_is_not_asked_either(self) -> None:
        boolean, yes = QuestionKind.BOOLEAN, (True,)
        event = event_with(
            asked("a", boolean),
            asked("b", boolean, when=Condition(question="a", answers=yes)),
            asked("c", required=True, when=Condition(question="b", answers=yes)),
            asked("old", boolean, retired=True),
            asked("d", required=True, when=Condition(question="old", answers=yes)),
        )
        assert accepts(event, answers={"a": True, "b": True, "c": "x"})
        assert accepts(event, answers={"a": False})
        for answers in [{"a": True, "b": True}, {"b": True, "c": "x"}, {"a": False, "c": "x"}, {"d": "x"}]:
            assert not accepts(event, answers=answers), answers
        # A program that draws the form may keep the answer to b, but then c is not drawn either.
        asked_c = form(event)["$defs"]["asked-c"]
        assert "d" not in form(event)["properties"]["answers"]["propertyNames"]["enum"]
        assert {"$ref": "#/$defs/asked-b"} in asked_c["allOf"]


class TestSize:
    """A form is not much larger than the parts of the event that it shows."""

    def test_it_grows_with_the_questions_and_their_choices(self) -> None:
        kinds = [each for each in QuestionKind if each not in {QuestionKind.CHOICE, QuestionKind.CHOICES}]
        many = [asked(f"q{index}", kinds[index % len(kinds)]) for index in range(100)]
        large = [
            asked(f"c{index}", QuestionKind.CHOICES, choices=choices(*(f"choice-{each}" for each in range(500))))
            for index in range(100)
        ]
        empty, with_many, with_large = (len(json.dumps(form(event_with(*each)))) for each in ([], many, large))
        assert with_many - empty < 100 * 1_000
        labels = 100 * 500 * len(json.dumps({"const": "choice-100", "title": "CHOICE-100"}) + ", ")
        assert with_large - empty < labels + 100 * 500


class TestVerdict:
    """The schema of a form accepts what the reader and the rules accept: shape, answers, modes, sessions, the uid."""

    @staticmethod
    def compare(number: int) -> tuple[dict[bool | None, int], set[Code]]:
        """Compare the verdicts on submissions to so many events; return how many of each, and the codes of errors."""
        verdicts: dict[bool | None, int] = {True: 0, False: 0, None: 0}
        codes: set[Code] = set()
        for cls, event, documents in forms(number):
            validator, schema = validator_of(cls, event), schema_validator(cls, submission=True, event=event)
            schema.check_schema(json_schema(cls, submission=True, event=event))
            for document in documents:
                errors = errors_of(validator, document)
                codes |= errors
                ours = judged(errors, event, document)
                verdicts[ours] += 1
                assert ours is None or schema.is_valid(document) is ours, document
        return verdicts, codes

    def test_on_a_few_forms(self) -> None:
        verdicts, _ = self.compare(12)
        assert min(verdicts[True], verdicts[False]) > 12 * DOCUMENTS_EACH * 0.3

    @pytest.mark.slow
    def test_on_submissions_to_many_events_with_every_error_that_is_compared(self) -> None:
        number = len([*sampled(range(EVENTS), desk=4)])
        verdicts, codes = self.compare(number)
        whole = number * DOCUMENTS_EACH
        assert sum(verdicts.values()) == whole
        assert min(verdicts[True], verdicts[False]) > whole * 0.3
        assert verdicts[None] < whole * 0.05
        assert codes >= JUDGED
