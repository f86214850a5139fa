"""`page.form`: the form of an event as people fill it in, and as a browser sends it."""

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from typing import Any, Final
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import wtisd_model as wm
from tests.hypothesis_profiles import LAW
from tests.json.drawn_forms import forms, validator_of
from tests.markup.reading import outline, read_html, read_xml, text_of
from tests.page.pages import ELEMENTS, by_id, links, read, shown
from tests.refusals import refused
from tests.samples.conference import GOOD, NOW, QUESTIONS, UID, WRONG, conference, outcome_of
from tests.samples.mails import HOSTILE, LANGUAGES
from wtisd_model.page import form, form_style
from wtisd_model.programme import files

TAKEN: Final = {("maps", "on-site"): 5}
CONTROLS: Final = {"input", "select", "option", "textarea"}


def page(event: Any = None, **options: Any) -> Element:
    return read(form(conference() if event is None else event, **options))


def inputs(root: Element) -> Iterator[Element]:
    return (each for each in root.iter() if each.tag in CONTROLS - {"option"})


def sent_by(root: Element) -> dict[str, list[str]]:
    """Return what a browser sends if nobody changes anything."""
    sent: dict[str, list[str]] = {}
    for each in inputs(root):
        values = [each.get("value", "")]
        if each.get("type") in {"radio", "checkbox"}:
            values = values if "checked" in each.attrib else []
        elif each.tag == "select":
            options = list(each.iter("option"))
            values = [option.get("value", "") for option in options if "selected" in option.attrib] or [""]
        elif each.tag == "textarea":
            values = [(each.text or "").removeprefix("\n")]
        sent.setdefault(each.attrib["name"], []).extend(values)
    return {name: values for name, values in sent.items() if values}


def named(root: Element, name: str) -> list[Element]:
    return [each for each in inputs(root) if each.get("name") == name]


def text_by_id(root: Element, id_: str) -> str:
    found = by_id(root).get(id_)
    return "" if found is None else " ".join(text_of(found).split())


def beside(root: Element, name: str) -> str:
    """Return the findings beside a field."""
    return text_by_id(root, f"error~{name}")


class TestFields:
    """It asks what the schema describes, in inputs with the names that `clean_form` reads."""

    def test_each_field_has_its_inputs(self) -> None:
        root = page()
        schema = wm.json_schema(wm.Registration, submission=True, event=conference())
        contact = [f"participant.{key}" for key in schema["$defs"]["ContactSubmission"]["properties"]]
        top = [key for key in schema["properties"] if key not in {"participant", "filedBy", "answers"}]
        names = {each.attrib["name"] for each in inputs(root)}
        assert {*contact, *top, *(f"answers.{each.id}" for each in QUESTIONS)} <= names
        assert {name.partition(".")[0] for name in names} == schema["properties"].keys()

    def test_each_input_has_a_label_and_what_it_refers_to_is_there(self) -> None:
        root = page(values=WRONG, findings=outcome_of(WRONG).findings)
        ids, labels = by_id(root), {each.attrib["for"] for each in root.iter("label")}
        for each in inputs(root):
            is_labelled = each.get("id") in labels or "aria-label" in each.attrib
            assert is_labelled or each.get("type") == "hidden", each.attrib
        referred = [each.get("aria-describedby", "").split() for each in root.iter()]
        assert {name for names in referred for name in names} <= ids.keys()
        assert labels <= ids.keys()
        assert [each for each in links(root) if each.startswith("#") and each[1:] not in ids] == []

    def test_inputs_say_what_they_are_for(self) -> None:
        root = page()
        kinds = {
            "participant.name": ("text", "name", None, "auto"),
            "participant.email": ("email", "email", None, "ltr"),
            "participant.phone": ("tel", "tel", None, "ltr"),
            "participant.jobTitle": ("text", "organization-title", None, "auto"),
            "filedBy.name": ("text", None, None, "auto"),
            "organization": ("text", "organization", None, "auto"),
            "answers.guests": ("text", None, "numeric", "ltr"),
            "answers.arrival": ("date", None, None, "ltr"),
            "answers.page": ("url", None, None, "ltr"),
        }
        for name, expected in kinds.items():
            (found,) = named(root, name)
            assert tuple(found.get(key) for key in ("type", "autocomplete", "inputmode", "dir")) == expected
        assert named(root, "country")[0].get("autocomplete") == "country"

    def test_what_has_to_be_filled_in_says_so_in_words(self) -> None:
        marked = [" ".join(text_of(each).split()) for each in page(language="fr").iter("label")]
        assert "Nom (obligatoire)" in marked
        assert "Téléphone" in marked

    def test_a_choice_that_can_be_left_open_is_a_list(self) -> None:
        root = page()
        assert [each.get("type") for each in named(root, "mode")] == ["radio", "radio"]
        (membership,) = named(root, "membership")
        first, *_ = membership.iter("option")
        assert first.attrib == {"value": ""}

    def test_countries_and_languages_have_names_in_the_language_of_the_form(self) -> None:
        root = page(language="fr")
        names = {each.get("value"): text_of(each) for each in named(root, "country")[0].iter("option")}
        assert names["CH"] == "Suisse"
        in_order = list(names.values())
        assert in_order.index("Égypte") < in_order.index("Espagne")
        tongues = {each.get("value"): text_of(each) for each in named(root, "participant.language")[0].iter("option")}
        assert tongues["pt-BR"].startswith("Portugais")
        assert {"fr", "ase"} <= tongues.keys()

    def test_texts_without_a_translation_say_their_language(self) -> None:
        root = page(language="fr")
        foreign = [text_of(each) for each in root.iter("bdi") if each.get("lang") == "en"]
        assert foreign == ["Poster session"]
        assert "lang" not in next(root.iter("h1"))[0].attrib

    def test_a_session_with_the_title_of_a_question_has_it_once(self) -> None:
        event = conference()
        same = evolve(QUESTIONS[0], label=event.sessions[0].title)
        root = page(evolve(event, calls=(evolve(event.calls[0], questions=(same,)),)), language="zh")
        assert text_of(next(root.iter("b"))) == "Opening"

    def test_the_help_of_a_question_is_its_hint(self) -> None:
        assert text_by_id(page(), "hint~answers.allergies") == "For the kitchen only."

    def test_a_label_like_an_attribute_is_not_taken_for_a_choice(self) -> None:
        event, label = conference(), wm.LocalizedText('As value="vegan"', "en")
        first, *others = QUESTIONS[0].choices
        meal = evolve(QUESTIONS[0], required=False, choices=(evolve(first, label=label), *others))
        root = page(evolve(event, calls=(evolve(event.calls[0], questions=(meal,)),)), values=GOOD)
        options = list(named(root, "answers.meal")[0].iter("option"))
        assert [each.get("value") for each in options if "selected" in each.attrib] == ["vegan"]
        assert text_of(options[1]) == 'As value="vegan"'

    def test_a_question_without_choices_is_left_out(self) -> None:
        gone = evolve(QUESTIONS[3].choices[0], retired=True)
        question = evolve(QUESTIONS[3], kind="choice", maximum=None, choices=(gone,))
        event = conference()
        root = page(evolve(event, calls=(evolve(event.calls[0], questions=(question,)),)))
        assert named(root, "answers.topics") == []


class TestSessions:
    """Sessions are boxes, by day, with their times and what else the page of the event says about them."""

    def test_they_are_under_their_days_with_their_times(self) -> None:
        root = page()
        ids = [each.attrib["value"] for each in named(root, "sessionIds")]
        assert ids == [each.id for each in conference().sessions]
        labels = [" ".join(text_of(each).split()) for each in root.iter("label")]
        assert "10:00–12:00Workshop: open maps" in [each.replace(" W", "W") for each in labels]
        days = [text_of(each) for each in root.iter("legend") if "2027" in text_of(each)]
        assert days == ["Tuesday, 11 May 2027", "Wednesday, 12 May 2027", "Thursday, 13 May 2027"]
        assert text_by_id(root, "field-sessionIds~maps~") == "Workshop · Room: Lab 2 · On site · Seats (On site): 5"

    def test_a_postponed_one_says_so(self) -> None:
        event = conference()
        first, *others = event.sessions
        root = page(evolve(event, sessions=(first.postpone(at=NOW), *others)))
        assert "postponed" in text_by_id(root, "field-sessionIds~opening~")


class TestQuestions:
    """A question with a condition appears when it is met, by a rule; without such rules, it says when it is asked."""

    def test_the_rules_hide_what_is_not_asked(self) -> None:
        rules = form_style(conference())
        assert rules in read_style(form(conference())) or rules.endswith("}}")
        inside = rules.partition("@supports selector(:has(a)){")[2]
        on_site = "[name='mode'][value='on-site']:checked,[name='mode']>[value='on-site']:checked"
        assert f".wm-form:not(:has({on_site})) [id='asked-meal'].asked{{display:none}}" in inside
        both = re.search(r"[^}]*\[id='asked-allergies'\]\.asked\{", inside)
        assert both
        assert on_site in both[0]
        assert "[name='answers.meal'][value='meat']:checked" in both[0]
        assert inside.count("[name='sessionIds'][value='maps']") == 1

    def test_the_sentence_names_the_choices(self) -> None:
        when = [" ".join(text_of(each).split()) for each in page().iter("p") if each.get("class") == "when"]
        assert when == [
            "Only if you chose above: Participation – On site",
            "Only if you chose above: Participation – On site · Which meal do you take at noon? – With meat, Vegan",
            "Only if you chose above: Sessions – Workshop: licences, Workshop: open maps, Workshop: privacy",
        ]

    def test_the_sentence_names_sessions_in_their_language_and_not_what_is_full(self) -> None:
        event, when = conference(), wm.Condition(session_ids={"maps", "poster"})
        question = evolve(QUESTIONS[2], when=when)
        root = page(evolve(event, calls=(evolve(event.calls[0], questions=(question,)),)), language="fr", taken=TAKEN)
        (sentence,) = (each for each in root.iter("p") if each.get("class") == "when")
        assert [(each.get("lang"), text_of(each)) for each in sentence.iter("bdi")] == [
            (None, "Atelier : cartes ouvertes"),
            ("en", "Poster session"),
        ]

    def test_without_a_question_that_can_be_asked_there_is_no_group_of_them(self) -> None:
        event = conference()
        retired = evolve(QUESTIONS[0].choices[0], retired=True)
        questions = (
            wm.Question(id="a", label=line("A"), kind="choice", choices=(retired,)),
            wm.Question(id="b", label=line("B"), kind="country", when=wm.Condition(question="a", answers=("meat",))),
            wm.Question(id="c", label=line("C"), kind="text", when=wm.Condition(question="b", answers=("CH",))),
        )
        root = page(evolve(event, calls=(evolve(event.calls[0], questions=questions),)))
        assert "field-answers" not in by_id(root)

    def test_conditions_on_lists_boxes_and_answers(self) -> None:
        questions = (
            wm.Question(id="a.b", label=line("Visa?"), kind="boolean"),
            wm.Question(id="terms", label=line("Agreed"), kind="agreement"),
            wm.Question(id="from", label=line("From"), kind="country"),
            wm.Question(id="one", label=line("One"), kind="text", when=wm.Condition(question="a.b", answers=(True,))),
            wm.Question(id="two", label=line("Two"), kind="text", when=wm.Condition(question="terms", answers=(True,))),
            wm.Question(id="three", label=line("3"), kind="text", when=wm.Condition(question="from", answers=("CH",))),
            wm.Question(id="four", label=line("4"), kind="text", when=wm.Condition(memberships={"press"})),
        )
        rules = form_style(asking(questions))
        for test in (
            "[name='answers[a.b]']>[value='on']",
            "[name='answers.terms'][value='on']",
            "[name='answers.from']>[value='CH']",
            "[name='membership']>[value='press']",
        ):
            assert f"{test}:checked" in rules
        assert "Only if you chose above: Agreed – Yes" in shown(page(asking(questions)))

    def test_a_question_that_is_never_asked_is_left_out(self) -> None:
        gone = wm.Question(id="gone", label=line("Gone"), kind="boolean", retired=True)
        never = wm.Question(id="a", label=line("A"), kind="text", when=wm.Condition(question="gone", answers=(True,)))
        after = wm.Question(id="b", label=line("B"), kind="choice", choices=(wm.Choice(id="x", label=line("X")),))
        last = wm.Question(id="c", label=line("C"), kind="text", when=wm.Condition(question="a2", answers=("x",)))
        between = evolve(after, id="a2", when=wm.Condition(question="gone", answers=(True,)))
        root = page(asking((gone, never, between, last, wm.Question(id="d", label=line("D"), kind="text"))))
        assert {each.attrib["name"] for each in inputs(root) if "answers" in each.attrib["name"]} == {"answers.d"}

    def test_what_is_wrong_is_shown_whatever_is_chosen(self) -> None:
        sent = {name: value for name, value in GOOD.items() if name not in {"answers.laptop", "answers.meal"}}
        root = page(values=sent, findings=outcome_of(sent).findings)
        looks = {id_: each.get("class") for id_, each in by_id(root).items() if id_.startswith("asked-")}
        assert looks == {"asked-meal": None, "asked-allergies": "asked", "asked-laptop": None}

    def test_what_a_hidden_question_still_holds_is_dropped(self) -> None:
        sent = GOOD | {"mode": "remote", "sessionIds": ["opening"]}
        outcome = outcome_of(sent)
        assert outcome.findings == ()
        assert set(outcome.value_or_raise().answers) == {"topics", "guests", "terms"}
        assert "checked" not in {key for each in named(page(values=sent), "answers.meal") for key in each.attrib}

    def test_what_is_chosen_twice_or_not_at_all_drops_no_answer(self) -> None:
        for mode in ({}, {"mode": ["on-site", "remote"]}):
            sent = {name: value for name, value in GOOD.items() if name != "mode"} | mode
            assert wm.clean_form(wm.Registration, sent, event=conference())["answers"]["meal"] == "vegan"


def line(text: str) -> wm.LocalizedText:
    return wm.LocalizedText(text, "en")


def asking(questions: tuple[wm.Question, ...]) -> wm.Event:
    event = conference()
    return evolve(event, calls=(evolve(event.calls[0], questions=questions),))


class TestFindings:
    """What `to_problem` shows to a sender is at the top with links, and beside the fields with the fix."""

    def test_each_is_beside_its_field(self) -> None:
        root = page(values=WRONG, findings=outcome_of(WRONG).findings, language="fr")
        for name in ("participant.email", "answers.topics", "answers.guests", "answers.arrival", "answers.terms"):
            assert beside(root, name)
        assert beside(root, "participant.name") == ""
        (summary,) = [each for each in root.iter("section") if each.get("class") == "summary"]
        assert [each[1:] for each in links(summary)] == [
            *("field-participant.email", "field-answers.topics", "field-answers.arrival", "field-answers.guests"),
            "field-answers.terms",
        ]
        assert text_of(next(summary.iter("h2"))).startswith("Résultat")
        assert text_of(next(root.iter("title"))).startswith("Résultat")
        (email,) = named(root, "participant.email")
        assert email.attrib["aria-invalid"] == "true"
        assert email.attrib["aria-describedby"] == "error~participant.email"

    def test_what_is_about_no_field_is_at_the_top(self) -> None:
        sent = GOOD | {"unheard-of": "x", "state": "approved"}
        root = page(values=sent, findings=outcome_of(sent).findings)
        (summary,) = [each for each in root.iter("section") if each.get("class") == "summary"]
        assert len(list(summary.iter("li"))) == 2
        assert list(links(summary)) == []

    def test_what_is_inside_a_field_is_beside_it(self) -> None:
        sent = GOOD | {"sessionIds": ["opening", "unknown"]}
        assert beside(page(values=sent, findings=outcome_of(sent).findings), "sessionIds")

    def test_nobody_learns_who_is_registered(self) -> None:
        found = wm.Finding(code=wm.Code.REGISTRATION_REPEATED, message="m", fix="f", severity=wm.Severity.ERROR)
        assert form(conference(), findings=[found]) == form(conference())
        other = wm.Finding(code="ours", path="/mode", message="Not <b>now</b>.", fix="Ask us.")
        root = page(findings=[found, other])
        assert beside(root, "mode") == "Not <b>now</b>. Ask us."
        assert named(root, "mode")[0].get("aria-invalid") is None

    def test_a_warning_beside_an_error_marks_no_field_as_wrong(self) -> None:
        warning = wm.Finding(code="ours", path="/country", message="M.", fix="F.", severity=wm.Severity.WARNING)
        root = page(findings=[warning, wm.Finding(code="ours", path="/mode", message="M.", fix="F.")])
        assert beside(root, "country") == "M. F."
        assert "aria-invalid" not in named(root, "country")[0].attrib

    def test_only_findings_can_be_shown(self) -> None:
        with pytest.raises(TypeError, match="findings"):
            form(conference(), findings=outcome_of(WRONG))  # type: ignore[arg-type]  # a caller who does not check types


class TestValues:
    """What was typed is filled in again, and never becomes markup."""

    @pytest.mark.parametrize("sent", [GOOD, WRONG])
    def test_what_is_filled_in_is_sent_again(self, sent: dict[str, Any]) -> None:
        payload = wm.clean_form(wm.Registration, sent, event=conference())
        again = sent_by(page(values=sent))
        assert wm.clean_form(wm.Registration, again, event=conference()) == payload
        assert form(conference(), values=payload) == form(conference(), values=sent)

    def test_a_form_that_is_filled_in_is_a_good_registration(self) -> None:
        again = sent_by(page(values=GOOD))
        outcome = outcome_of(again)
        assert outcome.findings == ()
        person = outcome.value_or_raise()
        assert person == evolve(outcome_of(GOOD).value_or_raise(), id=person.id)
        assert person.answers["allergies"] == "nuts\nand milk"

    def test_what_no_list_offers_stays(self) -> None:
        root = page(values={"country": '"><b>', "participant.language": "xx", "listeningLanguages": ["fr", "zz"]})
        assert sent_by(root)["country"] == ['"><b>']
        assert sent_by(root)["participant.language"] == ["xx"]
        assert sent_by(root)["listeningLanguages"] == ["fr", "zz", ""]

    def test_what_no_input_can_hold_is_left_out(self) -> None:
        names = ("participant.name", "participant", "sessionIds", "answers", "answers.terms", "mode", "unknown")
        values: tuple[Any, ...] = (None, 10**5000, 1e300, {"a": [{}]}, [[]], object(), float("nan"))
        for value in values:
            for name in names:
                assert form(conference(), values={name: value}) == form(conference())

    def test_numbers_and_dates_come_back(self) -> None:
        root = page(values={"answers": {"guests": 2, "arrival": "2027-05-10"}, 3: "x"})
        assert named(root, "answers.guests")[0].attrib["value"] == "2"
        assert named(root, "answers.arrival")[0].attrib["type"] == "date"
        assert named(page(values=WRONG), "answers.arrival")[0].attrib["type"] == "text"

    def test_other_types_are_refused(self) -> None:
        with pytest.raises(TypeError, match="mapping"):
            form(conference(), values=[("mode", "remote")])  # type: ignore[arg-type]  # a caller who does not check types


class TestPage:
    """A whole page loads and runs nothing; the form alone is a part of another one."""

    def test_the_policy_allows_its_style_and_its_own_address(self) -> None:
        document = form(conference())
        digest = b64encode(sha256(read_style(document).encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'"
        assert policies(document) == [policy]
        assert policies(form(conference(), action="https://example.org/a?b=c"))[0].endswith(
            "'self' https://example.org"
        )

    def test_it_has_the_title_the_notice_and_the_other_languages(self) -> None:
        root = page(language="ar", notice="Soon", alternates={"fr": "./?language=fr"}, theme=wm.Theme(accent="#0a7d55"))
        assert root.attrib == {"lang": "ar", "dir": "rtl"}
        assert text_of(next(root.iter("h1"))) == "مؤتمر البيانات المفتوحة"
        assert "./?language=fr" in links(root)
        assert "Soon" in shown(root)
        assert next(root.iter("body")).attrib["class"] == "wm-0a7d55"

    def test_it_sends_hidden_values_to_an_address(self) -> None:
        root = page(action="register", hidden={"token": '"<1>', "privacyNotice": "2027-01"})
        assert next(root.iter("form")).attrib["action"] == "register"
        assert named(root, "token")[0].attrib == {"type": "hidden", "name": "token", "value": '"<1>'}
        assert "action" not in next(page().iter("form")).attrib

    @pytest.mark.parametrize("hidden", ["token", [("token", "1")], {"token": 1}, {"token": None}, {1: "token"}])
    def test_hidden_values_are_strings(self, hidden: Any) -> None:
        with pytest.raises(TypeError, match="hidden must be"):
            form(conference(), hidden=hidden)

    @pytest.mark.parametrize("action", ["javascript:alert(1)", "//example.org", "data:text/html,x", "a b", 3])
    def test_an_address_that_is_not_safe_is_refused(self, action: Any) -> None:
        assert refused(lambda: form(conference(), action=action))[0] in {"uri-malformed", "wrong-type"}

    def test_alone_it_is_the_element(self) -> None:
        root = read_html(form(conference(), alone=True).decode())
        assert root.tag == "form"
        assert root.attrib["class"] == "wm-form wm-0b5cad"
        assert list(root.iter("style")) == []
        assert ".wm-0a7d55{" in form_style(conference(), theme=wm.Theme(accent="#0a7d55"))

    def test_a_draft_has_none(self) -> None:
        draft = wm.Event(uid=UID, title=line("Forum"), status="draft")
        for make in (form, form_style):
            assert refused(partial(make, draft), wm.ExportError) == ("event-without-slot", "/slot")

    def test_its_size_has_a_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for octets in (40_000, 1000):  # of the page, and of its rules
            monkeypatch.setattr(files, "MOST_OCTETS", octets)
            assert refused(lambda: form(conference()), wm.ExportError)[0] == "feed-too-large"

    def test_a_cancelled_event_says_so(self) -> None:
        assert "cancelled" in shown(page(conference().cancel(at=NOW)))

    def test_the_dossier_of_an_event_has_its_form(self) -> None:
        assert form(wm.Dossier(event=conference())) == form(conference())

    def test_it_asks_for_the_fields_of_the_call_and_says_what_is_full(self) -> None:
        event = conference(fields=("organization", "participant.phone", "sessionIds"), required=("organization",))
        names = {each.attrib["name"] for each in inputs(page(event)) if not each.attrib["name"].startswith("answers")}
        person = {f"participant.{key}" for key in ("name", "email", "phone")}
        assert names == {"eventUid", "mode", "organization", "sessionIds"} | person
        labels = [" ".join(text_of(each).split()) for each in page(event, taken=TAKEN).iter("label")]
        assert "Organization (required)" in labels
        assert [each for each in labels if "open maps (full" in each]

    def test_findings_have_the_labels_of_the_form(self) -> None:
        sent = GOOD | {"answers.meal": "x"}
        root = page(language="fr", values=sent, findings=outcome_of(sent).findings)
        assert "Avec viande, Végétalien, Aucun" in beside(root, "answers.meal")

    def test_requests_and_pledges_have_forms(self) -> None:
        root = page(wm.wtisd_23(), cls=wm.InterpretationRequest, language="en", values={"targetLanguages": ["ar"] * 4})
        assert sent_by(root)["targetLanguages"] == ["ar", "ar", "ar", "ar", ""]
        assert "Send" in text_of(next(root.iter("button")))
        pledge = page(wm.wtisd_23(), cls=wm.Pledge, language="en", values={"partners": [{"name": {"text": "A"}}]})
        assert [each.get("value") for each in named(pledge, "partners[0].name.text")] == ["A"]
        assert named(pledge, "pledged.amount")[0].get("inputmode") == "decimal"
        assert named(pledge, "pledged.currency")[0].tag == "select"


def read_style(document: bytes) -> str:
    (style,) = read(document).iter("style")
    return style.text or ""


def policies(document: bytes) -> list[str]:
    return [each.attrib["content"] for each in read(document).iter("meta") if "http-equiv" in each.attrib]


TYPED: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(HOSTILE) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FORMS: Final = 30


Drawn = list[tuple[type, wm.Event, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    """Return events with the submissions to them."""
    return [each for each in forms(FORMS) if each[1].status is not wm.EventStatus.DRAFT and each[1].slot is not None]


def any_of(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, FORMS * FORMS).map(lambda number: values[number % len(values)])


@LAW
@given(st.sampled_from(LANGUAGES), st.data())
def test_every_field_is_there_and_every_finding_is_shown_once_whatever_was_typed(
    drawn: Drawn, language: str, data: Any
) -> None:
    cls, event, documents = data.draw(any_of(drawn))
    document = data.draw(any_of(documents))
    typed = document | data.draw(st.dictionaries(st.sampled_from([*document]) | st.text(max_size=9), TYPED, max_size=3))
    findings = validator_of(cls, event)(wm.clean_form(cls, typed, event=event)).findings
    written = form(event, cls=cls, language=language, values=typed, findings=findings)
    assert_well_formed(written)
    root = read(written)
    assert_all_fields(root, cls, event)
    summaries = [each for each in root.iter("section") if each.get("class") == "summary"]
    listed = [item for each in summaries for item in each.iter("li")]
    assert len(listed) == len(wm.to_problem(findings).get("errors", ()))
    linked = [item for item in listed if next(item.iter("a"), None) is not None]
    assert len([each for each in root.iter("p") if each.get("class") == "error"]) == len(linked)


def assert_well_formed(written: bytes) -> None:
    """Fail if a form has what no form may have, or names what is not there."""
    root = read(written)
    assert outline(root) == outline(read_xml(written.decode().removeprefix("<!DOCTYPE html>")))
    assert {each.tag for each in root.iter()} <= ELEMENTS | {"form", "fieldset", "legend", "label", "button"} | CONTROLS
    assert not list(root.iter("script"))
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]
    ids = by_id(root)
    assert {each[1:] for each in links(root) if each.startswith("#")} <= ids.keys()
    described = [each.get("aria-describedby", "").split() for each in root.iter()]
    assert {name for names in described for name in names} <= ids.keys()


def assert_all_fields(root: Element, cls: type, event: wm.Event) -> None:
    """Fail unless each field has its inputs, with a name for those of one value that no other input has."""
    schema = wm.json_schema(cls, submission=True, event=event)
    names = [each.attrib["name"] for each in inputs(root) if each.get("type") not in {"radio", "checkbox"}]
    several = {each for each in names if names.count(each) > 1}
    assert several <= {key for key, field in schema["properties"].items() if field.get("type") == "array"}
    known = {each.attrib["name"].partition(".")[0].partition("[")[0] for each in inputs(root)}
    assert known <= schema["properties"].keys()
    assert {*schema["required"]} - {"answers"} <= known


@LAW
@given(st.data())
def test_what_is_filled_in_is_what_is_sent(drawn: Drawn, data: Any) -> None:
    cls, event, documents = data.draw(any_of(drawn))
    assume(cls is not wm.Pledge)
    asked = wm.json_schema(cls, submission=True, event=event)["properties"]
    offered = {each.attrib["value"] for each in named(page(event, cls=cls), "sessionIds")}
    is_valid = wm.schema_validator(cls, submission=True, event=event).is_valid
    valid = [each for each in documents if is_valid(each) and offered.issuperset(each.get("sessionIds", ()))]
    assume(valid)
    document = {key: value for key, value in data.draw(any_of(valid)).items() if key in asked}
    sent = sent_by(page(event, cls=cls, values=document))
    assert _comparable(wm.clean_form(cls, sent, event=event)) == _comparable(document)


def _comparable(value: Any) -> Any:
    """Return a payload without what is empty, which no browser sends, and with lists in one order."""
    match value:
        case dict():
            members = {key: _comparable(each) for key, each in value.items()}
            return {key: each for key, each in members.items() if each not in ({}, [])}
        case list():
            return sorted(value)
        case _:
            return value
