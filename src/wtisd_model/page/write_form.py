"""`form`: the form of an event as a web page without scripts, drawn from the JSON Schema of the form."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple, cast
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from wtisd_model.data.display_names import display_names
from wtisd_model.findings import Finding, pointer
from wtisd_model.json.form_schema import answers_in, questions_asked, resolved
from wtisd_model.json.html_form import clean_form
from wtisd_model.json.json_schema import Schema
from wtisd_model.json.problem_details import Problem, ProblemEntry, to_problem
from wtisd_model.json.schema_files import json_schema
from wtisd_model.markup.element import Child, Markup, element, html_document, joined, legal, tagged
from wtisd_model.markup.theme import Theme, require_theme, style_rules
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event, announced_sessions, session_status
from wtisd_model.model.question import Question
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.page.facts import PageContext
from wtisd_model.page.sections import BASE, SessionWriter, by_day, header
from wtisd_model.page.write import checked_pages, context_of, notice_in
from wtisd_model.programme.files import require_size
from wtisd_model.programme.names import language_heading, name_order
from wtisd_model.rules.context import AnySubmission
from wtisd_model.schema.constraints import compiled
from wtisd_model.schema.json_values import is_array, is_object
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.attendance import TakenSeats
from wtisd_model.types.language import LocalizedText, is_signed
from wtisd_model.types.text import PAGE_ADDRESS

_RULES: Final = style_rules(Path(__file__).with_name("form.css"))

_POLICY: Final = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'{origin}"


def form(
    event: Event | Dossier,
    *,
    cls: type[AnySubmission] = Registration,
    language: str | None = None,
    values: Mapping[str, Any] | None = None,
    findings: Iterable[Finding] = (),
    action: str = "",
    hidden: Mapping[str, str] | None = None,
    notice: str | LocalizedText | None = None,
    alternates: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
    theme: Theme | None = None,
    taken: TakenSeats | None = None,
    alone: bool = False,
) -> bytes:
    """Return the form in which people register for an event, as a web page that looks like that of `to_html`.

    It asks what ``json_schema(cls, submission=True, event=...)`` describes, in inputs with the names that `clean_form`
    reads. Nothing in it runs, and nothing is loaded. A question with a condition appears, by a rule of the style sheet,
    as soon as what is chosen above meets it; a browser without ``:has()`` always shows it, and says when to answer it.

    Args:
        event: not a draft; or the dossier of such an event, whose form says where no seat is left.
        cls: Registration, InterpretationRequest or Pledge, without translations of its texts.
        language: that of the page, as for `to_html`.
        values: what is filled in: a payload, or what the browser has sent, as for `clean_form`.
        findings: those of an `Outcome` or a `PayloadError`. What `to_problem` shows to a sender is at the top, with
            links to the fields, and beside each field with the fix.
        action: where the form is sent, a web address or a path; by default the address of the page.
        hidden: names and values of inputs that people do not see, such as a token.
        notice: a text of some lines for the top of the page; a string is in *language*.
        alternates: the addresses of the form in other languages, as for `to_html`.
        zone: the zone of all times, as for `to_html`.
        theme: the colours; by default blue.
        taken: as for `json_schema`.
        alone: True for the element ``form`` alone, for a page of yours that has the rules of `form_style`, and no other
            such form: their ids are the same.

    Returns:
        UTF-8, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``.
        InvalidValueError: ``language-unknown``, ``zone-unknown``; ``uri-malformed`` for *action* or *alternates*; a
            code of texts for *notice*.
        TypeError: an argument has another type than these.
    """
    context, colours = context_of(event, language, zone), require_theme(theme)
    words, said, links = context.words, notice_in(notice, context.language), checked_pages(alternates)
    problem = to_problem(findings, language=words.language, event=context.event)
    schema = json_schema(cls, submission=True, event=event, language=context.language, taken=taken)
    writer = _FormWriter(context, cls, schema, values, problem)
    to = None if action == "" else require_valid(action, PAGE_ADDRESS, "/action")
    drawn = writer.form(to, _checked_texts(hidden), f"wm-form {colours.scope}")
    page: str = drawn
    if not alone:
        style = legal(colours.style_sheet() + BASE + _RULES + writer.rules())
        digest = b64encode(sha256(style.encode()).digest()).decode()
        origin = "".join(f" {each}" for each in compiled(r"\Ahttps?://[^/?#]+").findall(action))
        title = (problem.get("detail"), writer.schema["description"], writer.schema["title"])
        head = joined(
            element("meta", http_equiv="Content-Security-Policy", content=_POLICY.format(digest=digest, origin=origin)),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", _IS.join(filter(None, title))),
            element("style", style),
        )
        skip = element("a", words.page.skip, class_="skip", href="#main")
        main = element("main", element("h2", writer.said(writer.schema["description"])), drawn, id="main", tabindex=-1)
        body = element("body", skip, header(context, said, links), main, class_=colours.scope)
        page = html_document(head, body, language=words.language, direction=words.direction)
    written = page.encode()
    require_size(len(written))
    return written


def form_style(event: Event | Dossier, *, cls: type[AnySubmission] = Registration, theme: Theme | None = None) -> str:
    """Return the style sheet for a form in a page of yours: its look, and when each question appears.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``.
        TypeError: an argument has another type than these.
    """
    schema = json_schema(cls, submission=True, event=event)
    writer = _FormWriter(context_of(event, None, None), cls, schema, None, {})
    writer.form(None, {}, "")  # what may be chosen is known once it is drawn
    return require_theme(theme).style_sheet() + _RULES + writer.rules()


def _checked_texts(hidden: Mapping[str, str] | None) -> Mapping[str, str]:
    if hidden is None:
        return {}
    if not isinstance(cast("object", hidden), Mapping):
        raise TypeError("hidden must be a mapping of names to strings.")
    texts = (cast("object", text) for pair in hidden.items() for text in pair)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("hidden must be a mapping of names to strings.")
    return hidden


_Path = tuple[str | int, ...]
"""The steps to a field in the payload."""
_Labels = Mapping[str, Child]
"""What may be chosen: labels by what the browser sends."""
_Tests = list[tuple[_Path, list[str]]]
"""Fields, each with the choices of which it has to have one."""

_IS: Final = " – "
"""Stands between the title of a field and a remark about it: many titles end with ``?`` already."""
_MOST_RADIOS: Final = 6
"""More choices, and those that nobody has to make, are a list, in which people can take back what they chose."""
_FEWEST_INPUTS: Final = 3
"""The number of inputs for the items of a list, if fewer are filled in."""
_LARGE: Final = 10**21
"""Floats beyond it are written with an exponent, and integers may be too long to be written."""
_TYPES: Final = {"email": "email", "phone": "tel", "uri": "url", "url": "url"}
_DECIMAL: Final = frozenset({"amount", "decimal", "number", "share"})
# What people say about themselves (WCAG 2.2, 1.3.5), in the tokens of HTML, section 4.10.18.7.
_TOKENS: Final = {key: key for key in ("country", "email", "language", "name", "organization")} | {
    "jobTitle": "organization-title",
    "phone": "tel",
}


class _Field(NamedTuple):
    """A field of the form."""

    path: _Path
    part: Schema
    """Its schema."""
    value: Any
    """What is filled in."""
    required: bool = False

    @property
    def id(self) -> str:
        return ".".join(map(str, self.path))

    @property
    def name(self) -> str:
        """The name of its inputs, as `clean_form` reads it."""
        first, *rest = map(str, self.path)
        return first + "".join(f"[{step}]" if "." in step or step.isdecimal() else f".{step}" for step in rest)


class _FormWriter:
    """A writer of the form of an event, which is drawn from its schema."""

    def __init__(
        self,
        context: PageContext,
        cls: type[AnySubmission],
        schema: Schema,
        values: Mapping[str, Any] | None,
        problem: Problem,
    ) -> None:
        event, self._context, self._words = context.event, context, context.words
        self.schema: Schema = schema
        self._button = self._words.page.register if cls is Registration else self._words.page.send
        self._values = {} if values is None else clean_form(cls, values, event=event)
        self._detail, self._language = problem.get("detail"), problem.get("language")
        self._entries = [(f"{unquote(entry['pointer'])[1:]}/", entry) for entry in problem.get("errors", ())]
        self._linked: list[Markup] = []
        self._choices: dict[_Path, tuple[str, Child, _Labels]] = {}
        self._rules: list[str] = []
        self._octets = 0
        self._questions = {question.id: question for question in questions_asked(cls, event)}
        # The schema has texts without their languages.
        texts = [text for each in self._questions.values() for text in (each.label, each.help) if text is not None]
        texts += [choice.label for each in self._questions.values() for choice in each.choices]
        said = [text.in_language(context.language) for text in texts]
        self._foreign = {text: tag for text, tag in said if tag != self._words.language}
        self._foreign |= self._words.borrowed_in_forms()

    def rules(self) -> str:
        """Return the rules of a style sheet that hide questions while they are not asked."""
        return f"@supports selector(:has(a)){{.wm-form .when{{display:none}}{''.join(self._rules)}}}"

    def form(self, action: str | None, hidden: Mapping[str, str], class_: str) -> Markup:
        """Return the form, with the findings before its fields."""
        fields = [element("input", type="hidden", name=name, value=value) for name, value in hidden.items()]
        fields += self._fields(self.schema, (), self._values)
        if self._detail is not None:
            # Those that no field has shown.
            others = [element("li", self._found(entry, entry["fix"])) for _, entry in self._entries]
            content = (
                element("h2", self._detail, lang=self._language, id="found"),
                element("ul", *others, *self._linked),
            )
            look = {"class_": "summary", "aria_labelledby": "found"}
            fields.insert(0, element("section", *content, tabindex=-1, autofocus=True, **look))
        # A browser would refuse what a hidden question holds, and would say so in a language of its own.
        own = {"method": "post", "action": action, "class_": class_}
        return element("form", *fields, element("button", self._button), novalidate=True, **own)

    def _found(self, entry: ProblemEntry, *more: str) -> Markup:
        language = self._words.language
        return tagged("bdi", (" ".join((entry["detail"], *more)), entry.get("language", language)), within=language)

    def said(self, text: str, tag: str = "bdi") -> Child:
        """Return a text of the schema, with its language where that is another one."""
        return tagged(tag, (text, self._foreign[text])) if text in self._foreign else text

    def _fields(self, parent: Schema, path: _Path, values: object) -> Iterator[Markup]:
        """Yield the fields of an object."""
        given = values if is_object(values) else {}
        for key, part in parent["properties"].items():
            field = _Field((*path, key), resolved(part, self.schema), given.get(key), key in parent["required"])
            yield from self._field(field)

    def _field(self, field: _Field) -> Iterator[Markup]:
        """Yield a field; nothing for translations, and for choices of which there are none."""
        path, part, value, _ = field
        match part:
            case {"const": const}:
                yield element("input", type="hidden", name=field.name, value=const)
            case {"properties": _}:
                is_of_answers = path == ("answers",)
                fields = [*(self._answers(value) if is_of_answers else self._fields(part, path, value))]
                if fields:
                    yield self._fieldset(field._replace(required=False), fields, "group")
            case {"type": "array", "items": items}:
                content = [*self._several(field, resolved(items.get("else", items), self.schema))]
                yield self._fieldset(field, content, "group" if path == ("sessionIds",) else "field")
            case {"type": "object"} | {"type": "string", "not": _}:
                return
            case _:
                yield self._single(field, _text(value))

    def _answers(self, values: object) -> Iterator[Markup]:
        """Yield the questions in the order of the call."""
        given = values if is_object(values) else {}
        for id_, (part, _) in answers_in(self.schema).items():
            question = self._questions[id_]
            tests = self._tests(question)
            if tests is None:
                continue
            before = len(self._linked)
            field = _Field(("answers", id_), resolved(part, self.schema), given.get(id_), question.required)
            fields = [*self._field(field)]
            # What is wrong is shown, whatever else is chosen.
            look = None if len(self._linked) > before else "asked"
            yield from [self._conditional(f"asked-{id_}", tests, fields, look)] if tests else fields

    def _tests(self, question: Question) -> _Tests | None:
        """Return what the condition of a question tests, if it has any; None if it can never be met."""
        when, tests = question.when, cast("_Tests | None", [])
        if when is None:
            return tests
        if when.question is not None:
            tests = self._tests(self._questions[when.question])
        compared: dict[_Path, Iterable[object]] = {("answers", when.question or ""): when.answers}
        compared |= {("mode",): when.modes, ("membership",): when.memberships, ("sessionIds",): when.session_ids}
        for path, values in compared.items():
            if values and tests is not None:
                offered: _Labels = self._choices[path][2] if path in self._choices else {}
                # Nothing else becomes part of a rule.
                chosen = sorted(offered.keys() & set(map(_text, values)))
                tests = [*tests, (path, chosen)] if chosen else None
        return tests

    def _conditional(self, id_: str, tests: _Tests, fields: Iterable[Markup], look: str | None) -> Markup:
        """Return a question which says with what it is asked, and which a rule hides without that."""
        words, hidden, when = self._words, list[str](), list[Markup]()
        for path, values in tests:
            name, title, labels = self._choices[path]
            when.append(joined(title, _IS, joined(*map(labels.get, values), separator=words.comma)))
            # A box itself, or an option in a list.
            chosen = [f"[name='{name}']{of}[value='{value}']:checked" for value in values for of in ("", ">")]
            hidden.append(f".wm-form:not(:has({','.join(chosen)})) [id='{id_}'].asked")
        self._rules.append(f"{','.join(hidden)}{{display:none}}")
        sentence = joined(words.page.only_if + words.colon, joined(*when, separator=" · "))
        # Both repeat what the questions before it need, of which there may be many.
        self._octets += len(self._rules[-1]) + len(sentence)
        require_size(self._octets)
        return element("div", element("p", sentence, class_="when"), *fields, class_=look, id=id_)

    def _about(self, field: _Field) -> tuple[Markup, Markup, dict[str, str | None]]:
        """Return the title of a field, its hint and what is wrong, and what its input says of itself."""
        words, id_, title = self._words, field.id, self.said(field.part["title"])
        mine = [entry for place, entry in self._entries if place.startswith(f"{pointer(*field.path)}/")]
        self._entries = [pair for pair in self._entries if pair[1] not in mine]
        for entry in mine:
            link = element("a", title, _IS, self._found(entry), href=f"#field-{id_}")
            self._linked.append(element("li", link))
        found = [element("p", self._found(entry, entry["fix"]), class_="error") for entry in mine]
        # Among the names of languages nobody needs the hint how to write a tag.
        hint = None if "$ref" in field.part else field.part.get("description")
        texts: dict[str, list[Child]] = {"hint": [] if hint is None else [self.said(hint, "p")], "error": [*found]}
        around = [element("div", *text, class_=kind, id=f"{kind}~{id_}") for kind, text in texts.items() if text]
        attributes = {
            "id": f"field-{id_}",
            "aria_describedby": " ".join(f"{kind}~{id_}" for kind, text in texts.items() if text) or None,
            "aria_invalid": "true" if any(entry["severity"] == "error" for entry in mine) else None,
        }
        mark = element("span", " (", words.page.required, ")", class_="muted") if field.required else None
        return joined(title, mark), joined(*around), attributes

    def _fieldset(self, field: _Field, content: Iterable[Markup], look: str, role: str | None = None) -> Markup:
        """Return a field with several inputs; those inside have shown their own findings."""
        title, text, own = self._about(field)
        look = f"{look} wrong" if own["aria_invalid"] else look
        own |= {"class_": look, "role": role, "aria_invalid": own["aria_invalid"] if role else None}
        return element("fieldset", element("legend", title), text, *content, tabindex=-1, **own)

    def _single(self, field: _Field, typed: str) -> Markup:
        """Return a field with one value: an input, a list, a few choices, or a box to tick."""
        is_tick = field.part["type"] == "boolean" and "oneOf" not in field.part
        labels, options = self._choices_of(field.part)
        if is_tick:
            labels = {"on": self._words.choices["boolean"]["true"]}
        self._choices[field.path] = field.name, self.said(field.part["title"]), labels
        if labels and field.required and not is_tick and len(labels) <= _MOST_RADIOS:
            return self._fieldset(field, self._boxes("radio", field, labels, {typed}), "field", "radiogroup")
        title, text, own = self._about(field)
        label = element("label", title, for_=own["id"])
        content = [label, text]
        if is_tick:
            box = element("input", type="checkbox", name=field.name, value="on", checked=typed == "on", **own)
            content = [text, element("div", box, label, class_="choice")]
        else:
            content.append(self._input(field, labels, options, typed, **own))
        return element("div", *content, class_="field wrong" if own["aria_invalid"] else "field")

    def _several(self, field: _Field, item: Schema) -> Iterator[Markup]:
        """Yield the inputs of a field with several values: boxes to tick, or inputs of which some stay empty."""
        path, part, given, _ = field
        values: list[Any] = given if is_array(given) else []
        (labels, options), chosen = self._choices_of(item), set(map(_text, values))
        if "oneOf" in item:
            if path == ("sessionIds",):  # conditions name them in their languages, and do not say what is full
                titles = {choice["const"]: choice["title"] for choice in item["oneOf"]}
                sessions = [session for session in announced_sessions(self._context.event) if session.id in titles]
                self._choices[path] = (
                    field.name,
                    self.said(part["title"]),
                    {session.id: self._title(session) for session in sessions},
                )
                yield from self._sessions(sessions, titles, chosen)
            else:
                self._choices[path] = field.name, self.said(part["title"]), labels
                yield from self._boxes("checkbox", field, labels, chosen)
            return
        for number in range(min(max(len(values) + 1, _FEWEST_INPUTS), part["maxItems"])):
            title, value = f"{part['title']} {number + 1}", values[number] if number < len(values) else None
            if part["title"] in self._foreign:
                self._foreign[title] = self._foreign[part["title"]]
            row = _Field((*path, number), {**item, "title": title, "required": list[str]()}, value)
            if "properties" in item:
                yield self._fieldset(row, [*self._fields(row.part, row.path, value)], "field")
            else:
                own = {"id": f"field-{row.id}", "aria_label": title}
                yield self._input(row._replace(path=path), labels, options, _text(value), **own)

    def _boxes(self, type_: str, field: _Field, labels: _Labels, chosen: set[str]) -> Iterator[Markup]:
        for number, (value, label) in enumerate(labels.items()):
            own = {"type": type_, "name": field.name, "value": value, "id": f"field-{field.id}~{number}"}
            box = element("input", **own, checked=value in chosen)
            yield element("div", box, element("label", label, for_=own["id"]), class_="choice")

    def _title(self, session: Session) -> Markup:
        return tagged("bdi", session.title.in_language(self._context.language), within=self._words.language)

    def _sessions(self, sessions: Sequence[Session], titles: Mapping[str, str], chosen: set[str]) -> Iterator[Markup]:
        """Yield the sessions of each day, with their times and what else the page of the event says of them.

        A title that says what is full begins with that of the session.
        """
        context, event = self._context, self._context.event
        writer = SessionWriter(context, sessions)
        for day, several in by_day(context, sessions).items():
            heading, with_offsets = writer.heading(day, several)
            boxes: list[Markup] = []
            for session in several:
                id_, status = f"field-sessionIds~{session.id}", session_status(event, session)
                own = {"type": "checkbox", "name": "sessionIds", "value": session.id, "id": id_}
                box = element("input", **own, checked=session.id in chosen, aria_describedby=f"{id_}~")
                note = titles[session.id].removeprefix(session.title.in_language(context.language)[0])
                title = element("b", self._title(session), note)
                time = element("span", context.hours(session.slot, with_offsets=with_offsets))
                label = element("label", time, title, for_=id_)
                notice = None if status is EventStatus.SCHEDULED else element("p", self._words.session[status])
                # Nobody should leave the form by a link, which only sessions that are held have.
                about = element("div", writer.line(session, is_held=False), notice, id=f"{id_}~")
                boxes.append(element("div", box, label, about, class_="choice session"))
            yield element("fieldset", element("legend", heading), *boxes)

    def _choices_of(self, part: Schema) -> tuple[_Labels, Markup]:
        """Return what may be chosen, also as the options of a list; nothing if people write something themselves."""
        reference, language = part.get("$ref"), self._words.language
        if "enum" in part or reference == "#/$defs/language":
            return _named(tuple(part.get("enum", ())), language)
        titles = {_text(choice["const"]): choice["title"] for choice in part.get("oneOf", ())}
        tags = self._foreign
        options = [element("option", title, value=value, lang=tags.get(title)) for value, title in titles.items()]
        return {value: self.said(title) for value, title in titles.items()}, joined(*options)

    def _input(self, field: _Field, labels: _Labels, options: Markup, typed: str, **own: str | None) -> Markup:
        """Return a list of choices, or an input for a text, with what is chosen or typed."""
        first, key = field.path[0], str(field.path[-1])
        is_own = first in {key, "participant", "requester", "contact"}
        common = {"name": field.name, "autocomplete": _TOKENS.get(key) if is_own else None, **own}
        if labels:
            other = element("option", typed, value=typed, selected=True) if typed and typed not in labels else None
            value = f'<option value="{typed}"'  # a label has no "<"
            marked = Markup(options.replace(value, f'{value} selected=""', 1)) if typed in labels else options
            return element("select", element("option", "–", value=""), marked, other, **common)
        if "contentMediaType" in field.part:
            return element("textarea", f"\n{typed}", rows=4, dir="auto", **common)  # HTML drops the first line feed
        kind = field.part.get("format") or (self._questions[key].kind if first == "answers" else key)
        # An input for dates would lose anything else.
        is_date = kind == "date" and (not typed or compiled(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch(typed) is not None)
        type_ = "date" if is_date else _TYPES.get(kind, "text")
        mode = "numeric" if field.part["type"] == "integer" else "decimal" if kind in _DECIMAL else None
        direction = "auto" if type_ == "text" and mode is None else "ltr"
        return element("input", type=type_, value=typed, class_="text", inputmode=mode, dir=direction, **common)


def _text(value: object) -> str:
    """Return a value as a browser sends it; an empty text for what no input can hold."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float) and abs(value) < _LARGE:
        return str(int(value) if value == int(value) else value)
    return value if isinstance(value, str) else ""


@lru_cache(32)
def _named(codes: tuple[str, ...], language: str) -> tuple[_Labels, Markup]:
    """Return countries, or without any codes languages, in the order of their names, whatever accents these have."""
    known = display_names(language).names
    # Languages that have a code of two letters, with their variants, and signed ones.
    tags = [tag for tag in known if tag[0].islower() and (tag[2:3] in {"", "-"} or is_signed(tag))]
    names = {code: known.get(code, code) for code in codes} or {tag: language_heading(tag, language) for tag in tags}
    labels = dict(sorted(names.items(), key=lambda pair: name_order(pair[1])))
    return labels, joined(*[element("option", name, value=code) for code, name in labels.items()])
