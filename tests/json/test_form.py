"""`clean_form`: what a browser sends becomes a payload, and what cannot be cleaned is left to validation."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import call, event, text
from wtisd_model import (
    CallKind,
    Choice,
    Condition,
    Event,
    InterpretationRequest,
    Money,
    Pledge,
    Question,
    QuestionKind,
    Registration,
    clean_form,
    to_json,
    validate,
    wtisd_23,
)

EVENTS = st.one_of(ours.events(), st.just(wtisd_23()))
SUBMITTED = EVENTS.flatmap(
    lambda event: st.one_of(
        st.just((None, event)),
        st.tuples(st.just(event), ours.registrations(event=event)),
        st.tuples(st.just(event), ours.interpretation_requests(event=event)),
        st.tuples(st.just(event), ours.pledges(event=event)),
    )
)
"""A document, and the event whose questions it answers."""
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
GUEST = Question(id="guest", label=text("Do you bring a guest?"), kind=QuestionKind.BOOLEAN)
IF_ANSWERED = Question(
    id="terms",
    label=text("Do you agree?"),
    kind=QuestionKind.AGREEMENT,
    when=Condition(question="guest", answers=(False, True)),
)

NO_FIELDS = {"@type", "schemaVersion", "$schema", "extensions"}


def asked_for(value: Any) -> Any:
    """Return what a form can ask for: neither the envelope, nor data of other programs, nor objects without fields."""
    match value:
        case dict():
            fields = {key: asked_for(each) for key, each in value.items() if key not in NO_FIELDS}
            return {key: each for key, each in fields.items() if each not in ({}, [])}
        case list():
            return [each for each in map(asked_for, value) if each != {}]
        case _:
            return value


def with_conditions_as_texts(value: Any) -> Any:
    """Return a payload in which the True and False of a condition are the texts that a form sends for them."""
    match value:
        case {"question": _, "answers": [*answers]}:
            return value | {"answers": [("off", "on")[each] if isinstance(each, bool) else each for each in answers]}
        case dict():
            return {key: with_conditions_as_texts(each) for key, each in value.items()}
        case list():
            return [with_conditions_as_texts(each) for each in value]
        case _:
            return value


def as_form(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields of a form that ask for a value, filled in as people do."""
    match value:
        case dict():
            for key, each in value.items():
                dotted = key.isalnum() and len(key) % 2
                yield from as_form(f"{name}.{key}" if dotted else f"{name}[{key}]", each)
        case [dict(), *_]:
            for index, each in enumerate(value):
                yield from as_form(f"{name}[{index}]", each)
        case list():
            yield from (
                (f"{name}[]" if len(value) % 2 else name, text) for item in value for _, text in as_form("", item)
            )
        case bool():
            yield name, "on" if value else "off"
        case int():
            yield name, f"{value}"
        case _:
            # A uid may begin and end with blanks, and is not typed by people.
            yield name, value if name.lower().endswith("uid") else f"  {value}\t".replace("\n", "\r\n")


class MultiDict(dict[str, str]):
    """A multi-dict as those of Django, Werkzeug and Starlette are: an item is one value, and `getlist` has all."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def getlist(self, name: str) -> list[str]:
        return [value for key, value in self._pairs if key == name]


class MultiMapping(MultiDict):
    """A multi-dict as that of aiohttp, which names each field as often as it occurs."""

    getlist: Any = None

    def getall(self, name: str) -> list[str]:
        return super().getlist(name)

    def __iter__(self) -> Iterator[str]:
        return iter([key for key, _ in self._pairs])


class TestLaws:
    """What a field accepts is never changed, and cleaning twice changes nothing more."""

    @LAW
    @given(SUBMITTED)
    def test_a_payload_that_is_good_stays_as_it_is(self, submitted: tuple[Event | None, Any]) -> None:
        event, document = submitted
        payload = json.loads(to_json(document))
        for cleaned in (clean_form(type(document), payload), clean_form(type(document), payload, event=event)):
            assert cleaned == payload
            assert list(cleaned) == list(payload)

    @LAW
    @given(SUBMITTED, st.sampled_from([MultiDict, MultiMapping, lambda pairs: parse_qs(urlencode(pairs))]))
    @example((None, event(calls=(call(questions=(GUEST, IF_ANSWERED)),))), MultiDict)
    def test_a_form_that_asks_for_every_field_becomes_its_payload(
        self, submitted: tuple[Event | None, Any], framework: Any
    ) -> None:
        event, document = submitted
        payload = asked_for(json.loads(to_json(document)))
        pairs = [pair for key, value in payload.items() for pair in as_form(key, value)]
        pairs += [("theme.text", "")] if type(document) is Event and "theme" not in payload else []
        # Whether "on" is an agreement or the id of a choice is said by the question, which may be missing.
        assert clean_form(type(document), framework(pairs), event=event) == with_conditions_as_texts(payload)

    @LAW
    @given(
        st.dictionaries(
            st.lists(
                st.sampled_from(
                    ["participant", "name", "mode", "sessionIds", ".", "[", "]", "[]", "[0]", "x", "é", "__proto__"]
                ),
                max_size=5,
            ).map("".join),
            st.recursive(
                st.sampled_from(["", " ", "on", " remote\r\n", "+41 22 730 51 11", 5, True, None, b"x"]),
                lambda each: st.lists(each, max_size=2),
                max_leaves=3,
            ),
        ),
        st.sampled_from([Registration, InterpretationRequest, Pledge]),
    )
    def test_cleaning_twice_changes_nothing_more(self, data: dict[str, Any], cls: type[Registration]) -> None:
        kept = json.dumps(data, default=str)
        cleaned = clean_form(cls, data)
        assert clean_form(cls, cleaned) == cleaned
        assert json.dumps(data, default=str) == kept  # nothing of the caller is changed
        validate(cls, cleaned, submission=True, now=NOW)


class TestCleanForm:
    """Only what forms do to every value is undone; a guess is never made."""

    def test_a_whole_form(self) -> None:
        body = urlencode(
            [
                ("eventUid", "wtisd-23"),
                ("participant.name", " Participant 1 "),
                ("participant.email", "participant1@example.org\r\n"),
                ("participant.phone", "+41 22 730-51-11"),
                ("organization", ""),
                ("mode", "remote"),
                ("sessionIds", "opening"),
                ("listeningLanguages[]", "fr"),
                ("listeningLanguages[]", "en"),
            ]
        )
        cleaned = clean_form(Registration, parse_qs(body, keep_blank_values=True))
        assert cleaned == {
            "eventUid": "wtisd-23",
            "participant": {
                "name": "Participant 1",
                "email": "participant1@example.org",
                "phone": "+41227305111",
            },
            "mode": "remote",
            "sessionIds": ["opening"],
            "listeningLanguages": ["fr", "en"],
        }
        assert validate(Registration, cleaned, submission=True, now=NOW).ok

    @pytest.mark.parametrize(
        ("cls", "name", "value", "cleaned"),
        [
            (InterpretationRequest, "anonymous", "x", {"anonymous": "x"}),
            (Event, "sequence", " 007 ", {"sequence": 7}),
            (Event, "sequence", "-0", {"sequence": 0}),
            (Event, "sequence", "1e3", {"sequence": "1e3"}),
            (Event, "sequence", "1,000", {"sequence": "1,000"}),
            (Event, "sequence", "٣", {"sequence": "٣"}),
            (Event, "sequence", "9" * 5000, {"sequence": "9" * 5000}),
            (Event, "sequence", ["1"], {"sequence": 1}),
            (Event, "sequence", ["1", "2"], {"sequence": ["1", "2"]}),
            (Event, "sequence", [["1"]], {"sequence": [["1"]]}),
            (Event, "slot.start", "2027-03-04T09:00", {"slot": {"start": "2027-03-04T09:00:00"}}),
            (Event, "slot.start", "4.3.2027 09:00", {"slot": {"start": "4.3.2027 09:00"}}),
            (Event, "calls[0].waitlist", "on", {"calls": [{"waitlist": True}]}),
            (Event, "calls[0].waitlist", "False", {"calls": [{"waitlist": False}]}),
            (Event, "calls[0].waitlist", "0", {"calls": [{"waitlist": False}]}),
            (Event, "calls[0].waitlist", "yes", {"calls": [{"waitlist": "yes"}]}),
            (Event, "calls[0].waitlist", ["0", "1"], {"calls": [{"waitlist": ["0", "1"]}]}),
            (Event, "calls.0.waitlist", "1", {"calls": [{"waitlist": True}]}),
            (Event, "calls[a].waitlist", "1", {"calls": {"a": {"waitlist": "1"}}}),
            (Event, "calls", {}, {"calls": {}}),
            (Event, "calls", [], {"calls": []}),
            (Event, "calls", 5, {"calls": 5}),
            (Event, "title.text", "", {}),
            (Event, "title.translations.fr", " Le forum", {"title": {"translations": {"fr": "Le forum"}}}),
            (Event, "title.translations", "x", {"title": {"translations": "x"}}),
            (Event, "title", "x", {"title": "x"}),
            (Event, "description.text", "one\r\ntwo\r\n", {"description": {"text": "one\ntwo"}}),
            (Event, "retentionDays", None, {"retentionDays": None}),
            (Event, "color", " Red ", {"color": "Red"}),
            (Event, "keywords", ["", " ", "a "], {"keywords": ["a"]}),
            (Event, "keywords", ["", " "], {}),
            (Event, "uid", " a ", {"uid": " a "}),  # a uid may begin with a blank
            (Event, "csrf_token", " a ", {"csrf_token": " a "}),
            (Event, "x.y", ["a"], {"x": {"y": ["a"]}}),
            (Event, "a[][b]", "c", {"a[][b]": "c"}),
            (Event, "a[b", "c", {"a[b": "c"}),
            (Event, "a..b", "c", {"a..b": "c"}),
            (Event, ".b", "c", {".b": "c"}),
            (Event, "[b]", "c", {"[b]": "c"}),
            (Event, "a[b]c", "d", {"a[b]c": "d"}),
            (Event, "", "c", {"": "c"}),
            (Event, 5, "c", {5: "c"}),
        ],
    )
    def test_one_field(self, cls: type, name: Any, value: Any, cleaned: object) -> None:
        assert clean_form(cls, {name: value}) == cleaned

    def test_arrays_are_in_the_order_of_their_indices(self) -> None:
        form = {f"calls[{index}].kind": kind for index, kind in ((10, "pledge"), (2, "registration"))}
        assert clean_form(Event, form) == {"calls": [{"kind": "registration"}, {"kind": "pledge"}]}

    @pytest.mark.parametrize(
        ("form", "cleaned"),
        [
            ({"participant": "x", "participant.name": "y"}, {"participant": "x", "participant.name": "y"}),
            ({"participant.name": "y", "participant": "x"}, {"participant": "x", "participant.name": "y"}),
            ({"sessionIds": "x", "sessionIds[]": "y"}, {"sessionIds": ["x", "y"]}),
            ({"sessionIds[]": ["y", ""], "sessionIds": ["x"]}, {"sessionIds": ["y", "x"]}),
            ({"answers.a": "x", "answers[a]": "y"}, {"answers": {"a": ["x", "y"]}}),
            ({"answers.a": " ", "answers[a]": " y "}, {"answers": {"a": "y"}}),
            ({"answers.a": "x", "answers[a]": ""}, {"answers": {"a": "x"}}),
            ({"answers.a": "", "answers[a]": ""}, {}),
            (
                {"answers": "x", "answers.a": "y", "answers[a]": "z"},
                {"answers": "x", "answers.a": "y", "answers[a]": "z"},
            ),
            ({"answers": {"a": "x"}, "answers.a": "y"}, {"answers": {"a": "x"}, "answers.a": "y"}),
            ({"mode": "", "mode.x": "y"}, {"mode": {"x": "y"}}),
            (
                {"participant": {"name": "x"}, "participant.email": "y"},
                {"participant": {"name": "x", "email": "y"}},
            ),
            ({"participant": {"name": ""}}, {}),
            ({"participant": {}}, {"participant": {}}),
        ],
    )
    def test_no_value_takes_the_place_of_another(self, form: dict[str, Any], cleaned: object) -> None:
        assert clean_form(Registration, form) == cleaned

    def test_what_is_kept_is_reported_where_it_is(self) -> None:
        form = {
            "eventUid": "e-1",
            "mode": "Remote",
            "participant.name": "P",
            "participant.mail": "a",
            "participant.email": "p1@example.org",
            "participant[email]": "p2@example.org",
            "csrf_token": "b",
        }
        found = validate(Registration, clean_form(Registration, form), submission=True, now=NOW).findings
        assert {(each.code, each.path) for each in found} == {
            ("value-unknown", "/mode"),
            ("key-unknown", "/participant/mail"),
            ("wrong-type", "/participant/email"),
            ("key-unknown", "/csrf_token"),
        }

    def test_only_documents_have_forms(self) -> None:
        with pytest.raises(TypeError, match="Not a document class"):
            clean_form(Money, {})
        body: Any = b"mode=remote"
        with pytest.raises(TypeError, match="must be a mapping"):
            clean_form(Registration, body)

    def test_hostile_names_are_neither_deep_nor_slow(self) -> None:
        deep = "a" + "[b]" * 100_000
        wide = {f"a[{index}]": "x" for index in range(100_000)}
        cleaned = clean_form(Registration, {deep: "x", **wide})
        assert cleaned[deep] == "x"
        assert len(cleaned["a"]) == 100_000
        deepest = clean_form(Registration, {"a" + ".b" * 31: "x"})
        assert len(json.dumps(deepest)) < 300
        outcome = validate(Registration, cleaned, submission=True, now=NOW)
        assert [found.code for found in outcome.findings] == ["payload-too-many-values"]


KINDS = ("agreement", "boolean", "choice", "choices", "date", "decimal", "integer", "long-text", "phone", "text")
CHOICES = (Choice(id="a", label=text("A")), Choice(id="b.c", label=text("B")))
QUESTIONS = tuple(
    Question(id=kind, label=text(kind), kind=QuestionKind(kind), choices=CHOICES if kind.startswith("choice") else ())
    for kind in KINDS
)


class TestAnswers:
    """The answers to an event's own questions are cleaned by the kinds of its questions."""

    EVENT = event(calls=(call(kind=CallKind.REGISTRATION, questions=QUESTIONS),))

    def cleaned(self, form: dict[str, Any], asked: Event | None = EVENT) -> object:
        return clean_form(Registration, form, event=asked, country="CH").get("answers")

    @pytest.mark.parametrize(
        ("kind", "sent", "answer"),
        [
            ("agreement", "on", True),
            ("boolean", "off", False),
            ("choice", " a ", "a"),
            ("choice", ["a"], "a"),
            ("choice", ["a", "b.c"], ["a", "b.c"]),
            ("choices", "b.c", ["b.c"]),
            ("choices", ["a", "", "b.c "], ["a", "b.c"]),
            ("date", "2027-03-04 ", "2027-03-04"),
            ("decimal", " 12.5", "12.5"),
            ("integer", "12", 12),
            ("integer", "many", "many"),
            ("long-text", "one\r\ntwo", "one\ntwo"),
            ("phone", "022 730 51 11", "+41227305111"),
            ("text", "on", "on"),
            ("text", "12", "12"),
        ],
    )
    def test_each_kind(self, kind: str, sent: Any, answer: object) -> None:
        for form in ({f"answers.{kind}": sent}, {f"answers[{kind}]": sent}, {"answers": {kind: sent}}):
            assert self.cleaned(form) == {kind: answer}
            assert self.cleaned({"answers": {kind: answer}}) == {kind: answer}

    def test_what_is_not_answered_is_dropped(self) -> None:
        assert self.cleaned({"answers.text": "", "answers.choices": ["", ""], "answers.x": " "}) is None

    @pytest.mark.parametrize("asked", [None, event(), EVENT])
    def test_an_answer_to_an_unknown_question_stays_a_text(self, asked: Event | None) -> None:
        assert self.cleaned({"answers[no.such]": " 12 "}, asked) == {"no.such": "12"}
        assert self.cleaned({"answers[no]": ["on"]}, asked) == {"no": ["on"]}
        assert self.cleaned({"answers": "x"}, asked) == "x"

    def test_only_submissions_answer_questions(self) -> None:
        not_an_event: Any = "wtisd-23"
        for cls, asked, message in (
            (Event, self.EVENT, "leave out event="),
            (Registration, not_an_event, "Not an Event"),
        ):
            with pytest.raises(TypeError, match=message):
                clean_form(cls, {}, event=asked)

    def test_data_of_other_programs_is_not_touched(self) -> None:
        extensions = {"example.org:badge": " x ", "example.org:sizes": ["", {"a": ""}]}
        assert clean_form(Event, {"extensions": extensions}) == {"extensions": extensions}


class TestPhones:
    """ITU-T E.164 in documents; people write numbers as in E.123, or as they are dialled at home."""

    def cleaned(self, text: str, country: str | None = None) -> str:
        cleaned: str = clean_form(Registration, {"participant.phone": text}, country=country)["participant"]["phone"]
        return cleaned

    @pytest.mark.parametrize("country", [None, "CH"])
    @pytest.mark.parametrize("text", ["+41 22 730 51 11", "+41-22-730.51.11", " +41\u00a022/7305111 ", "+41227305111"])
    def test_separators_are_removed_from_an_international_number(self, text: str, country: str | None) -> None:
        assert self.cleaned(text, country) == "+41227305111"

    @pytest.mark.parametrize(
        ("text", "country", "number"),
        [
            ("022 730 51 11", "CH", "+41227305111"),
            ("(022) 730 51 11", "CH", "+41227305111"),
            ("0041 22 730 51 11", "CH", "+41227305111"),
            ("0803 123 4567", "NG", "+2348031234567"),
            ("+234 803 123 4567", "CH", "+2348031234567"),
        ],
    )
    def test_a_national_number_is_completed_by_its_country(self, text: str, country: str, number: str) -> None:
        assert self.cleaned(text, country) == number

    @pytest.mark.parametrize(
        ("text", "country"),
        [
            ("022 730 51 11", None),
            ("+41 (0)22 730 51 11", None),
            ("+41 22 730 51 11 x5", None),
            ("022 730 51 11 x5", "CH"),  # the extension would be lost
            ("730 51 11", "CH"),
            ("12", "CH"),
            ("call me", "CH"),
        ],
    )
    def test_what_could_be_another_number_is_kept(self, text: str, country: str | None) -> None:
        assert self.cleaned(text, country) == text

    @pytest.mark.parametrize(
        ("country", "code"), [("ch", "country-unknown"), ("EU", "country-unassigned"), (5, "wrong-type")]
    )
    def test_the_country_is_one_of_iso_3166(self, country: Any, code: str) -> None:
        assert refused(lambda: clean_form(Registration, {}, country=country)) == (code, "/country")

    def test_without_the_extra_a_country_is_an_error_that_names_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "phonenumbers", None)
        with pytest.raises(ImportError, match=r"wtisd-model\[phone\]") as raised:
            clean_form(Registration, {}, country="CH")
        assert raised.value.name == "phonenumbers"
        assert clean_form(Registration, {"participant.phone": "+41 22"}) == {"participant": {"phone": "+4122"}}
