"""`form`: the form of an event as a web page without scripts, drawn from the JSON Schema of the form."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, cast
from unicodedata import combining, normalize
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from wtisd_model.data.display_names import display_names
from wtisd_model.findings import Finding, pointer
from wtisd_model.json.html_form import clean_form
from wtisd_model.json.json_schema import Schema
from wtisd_model.json.problem_details import Problem, ProblemEntry, to_problem
from wtisd_model.json.schema_files import json_schema
from wtisd_model.markup.element import Child, Markup, element, html_document, joined, legal, tagged
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.documents import questions_for
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event, announced_sessions, session_status
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus
from wtisd_model.page.facts import PageContext
from wtisd_model.page.sections import SessionWriter, by_day, header
from wtisd_model.page.style import BASE, FORM
from wtisd_model.page.write import checked_pages, context_of, notice_in
from wtisd_model.programme.files import require_size
from wtisd_model.programme.names import country_name, language_heading
from wtisd_model.schema.constraints import compiled
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LocalizedText, is_signed
from wtisd_model.types.text import PAGE_ADDRESS

Submitted = Registration | InterpretationRequest | Pledge

_POLICY: Final = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'{origin}"


def form(
    event: Event | Dossier,
    *,
    cls: type[Submitted] = Registration,
    language: str | None = None,
    values: Mapping[str, Any] | None = None,
    findings: Iterable[Finding] = (),
    action: str = "",
    hidden: Mapping[str, str] | None = None,
    notice: str | LocalizedText | None = None,
    alternates: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
    theme: Theme | None = None,
    alone: bool = False,
) -> bytes:
    """Return the form in which people register for an event, as a whole web page.

    It asks what ``json_schema(cls, submission=True, event=...)`` describes, in inputs with the names that `clean_form`
    reads. Nothing in it runs, and nothing is loaded. It can be used with a keyboard, on a phone and by a screen reader,
    and looks like the page of `to_html`. A question with a condition appears, by a rule of the style sheet, as soon as
    what is chosen above meets it; a browser that does not know ``:has()`` shows it with a sentence that says when to
    answer it.

    Args:
        event: not a draft; or the dossier of such an event.
        cls: Registration, InterpretationRequest or Pledge. Translations of texts are not asked for.
        language: that of the page, as for `to_html`.
        values: what is filled in: a payload, or what the browser has sent, as for `clean_form`. What the form does not
            ask for is left out.
        findings: those of an `Outcome` or a `PayloadError`. What `to_problem` shows to a sender is at the top of the
            form, with links to the fields, and beside each field with the fix.
        action: the address to which the form is sent, a web address or a path; by default that of the page.
        hidden: names and values of inputs that people do not see, such as a token.
        notice: a text of some lines for the top of the page; a string is in *language*.
        alternates: the addresses of the form in other languages, as for `to_html`.
        zone: the zone of all times, as for `to_html`.
        theme: the colours; by default blue.
        alone: True for the element ``form`` alone, for a page of yours with the rules of `form_style`; without them,
            all questions are shown.

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
    writer = _FormWriter(context, cls, values, to_problem(findings, language=words.language))
    to = None if action == "" else require_valid(action, PAGE_ADDRESS, "/action")
    drawn = writer.form(to, {} if hidden is None else hidden, f"wm-form {colours.scope}")
    if alone:
        page = drawn.encode()
    else:
        style = legal(colours.style_sheet() + BASE + FORM + writer.rules())
        digest = b64encode(sha256(style.encode()).digest()).decode()
        origin = "".join(f" {each}" for each in compiled(r"\Ahttps?://[^/?#]+").findall(action))
        head = joined(
            element("meta", http_equiv="Content-Security-Policy", content=_POLICY.format(digest=digest, origin=origin)),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", writer.title),
            element("style", style),
        )
        body = element(
            "body",
            element("a", words.page.skip, class_="skip", href="#main"),
            header(context, said, links),
            element("main", element("h2", writer.schema["description"]), drawn, id="main", tabindex=-1),
            class_=colours.scope,
        )
        page = html_document(head, body, language=words.language, direction=words.direction).encode()
    require_size(len(page))
    return page


def form_style(event: Event | Dossier, *, cls: type[Submitted] = Registration, theme: Theme | None = None) -> str:
    """Return the style sheet for a form in a page of yours: its look, and when each question appears.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``.
        TypeError: an argument has another type than these.
    """
    writer = _FormWriter(context_of(event, None, None), cls, None, {})
    writer.form(None, {}, "")  # what may be chosen is known once it is drawn
    return require_theme(theme).style_sheet() + FORM + writer.rules()


_Path = tuple[str | int, ...]
"""The steps to a field in the payload."""
_Choices = tuple[Mapping[str, Child], Markup]
"""What may be chosen: the labels by what the browser sends, and the same as options of a list."""
_Attributes = Mapping[str, str | None]

_MOST_RADIOS: Final = 6
"""More choices, and those that nobody has to make, are a list, in which people can take back what they chose."""
_FEWEST_INPUTS: Final = 3
"""The number of inputs for the items of a list, if fewer are filled in."""
_LARGE: Final = 10**21
"""Floats beyond it are written with an exponent, and integers may be too long to be written."""
_TYPES: Final = {"email": "email", "phone": "tel", "uri": "url", "url": "url"}
_DECIMAL: Final = frozenset({"amount", "decimal", "number", "share"})
# What people say about themselves (WCAG 2.2, 1.3.5), in the tokens of HTML, section 4.10.18.7.
_TOKENS: Final = {
    **{key: key for key in ("country", "email", "language", "name", "organization")},
    "jobTitle": "organization-title",
    "phone": "tel",
}


class _FormWriter:
    """A writer of the form of an event, which is drawn from its schema."""

    def __init__(
        self, context: PageContext, cls: type[Submitted], values: Mapping[str, Any] | None, problem: Problem
    ) -> None:
        event, self._context, self._words = context.event, context, context.words
        self.schema: Schema = json_schema(cls, submission=True, event=event, language=context.language)
        self._button = self._words.page.register if cls is Registration else self._words.page.send
        self._values = {} if values is None else clean_form(cls, values, event=event)
        self._detail = problem.get("detail", "")
        self._entries = [(unquote(entry["pointer"])[1:], entry) for entry in problem.get("errors", ())]
        self._linked: list[Markup] = []
        self._chosen_in: dict[_Path, tuple[Child, Mapping[str, Child]]] = {}
        self._rules: list[str] = []
        self._questions = {question.id: question for question in questions_for(cls, event)}
        # The schema has texts without their languages.
        texts = [text for each in self._questions.values() for text in (each.label, each.help) if text is not None]
        texts += [choice.label for each in self._questions.values() for choice in each.choices]
        said = [text.in_language(context.language) for text in texts]
        self._foreign = {text: tag for text, tag in said if tag != self._words.language}

    @property
    def title(self) -> str:
        """The title of the page, which says first that something has to be corrected."""
        return " – ".join(filter(None, (self._detail, self.schema["description"], self.schema["title"])))

    def rules(self) -> str:
        """Return the rules of a style sheet that hide questions while they are not asked."""
        return f"@supports selector(:has(a)){{.wm-form .when{{display:none}}{''.join(self._rules)}}}"

    def form(self, action: str | None, hidden: Mapping[str, str], class_: str) -> Markup:
        """Return the form, with the findings before its fields."""
        unseen = [element("input", type="hidden", name=name, value=value) for name, value in hidden.items()]
        fields = [*self._fields(self.schema, (), self._values)]  # first: what they do not show is said above them
        content = (self._summary(), *unseen, *fields, element("button", self._button))
        # A browser would refuse what a hidden question holds, and would say so in a language of its own.
        return element("form", *content, method="post", action=action, novalidate=True, class_=class_)

    def _summary(self) -> Markup | None:
        if not self._detail:
            return None
        others = [element("li", self._found(entry, entry["fix"])) for _, entry in self._entries]
        return element(
            "section",
            element("h2", self._detail, id="found"),
            element("ul", *others, *self._linked),
            class_="summary",
            aria_labelledby="found",
            tabindex=-1,
            autofocus=True,
        )

    def _found(self, entry: ProblemEntry, *more: str) -> Markup:
        language = self._words.language
        return tagged("bdi", (" ".join((entry["detail"], *more)), entry.get("language", language)), within=language)

    def _said(self, text: str, tag: str = "bdi") -> Child:
        return tagged(tag, (text, self._foreign[text])) if text in self._foreign else text

    def _resolved(self, part: Schema) -> Schema:
        """Return a schema with what it refers to."""
        definition = self.schema["$defs"].get(part.get("$ref", "").removeprefix("#/$defs/"), {})
        return {**definition, **part, "required": [*definition.get("required", ()), *part.get("required", ())]}

    def _fields(self, parent: Schema, path: _Path, values: object) -> Iterator[Markup]:
        """Yield the fields of an object."""
        given = _members(values)
        for key, part in parent["properties"].items():
            schema, value, below = self._resolved(part), given.get(key), (*path, key)
            if below == ("answers",):
                yield self._fieldset(below, schema, [*self._answers(schema, value)], class_="group")
            else:
                yield from self._field(below, schema, value, required=key in parent["required"])

    def _field(self, path: _Path, part: Schema, value: object, *, required: bool) -> Iterator[Markup]:
        """Yield a field; nothing for translations, and for choices of which there are none."""
        match part:
            case {"const": const}:
                yield element("input", type="hidden", name=_name(path), value=const)
            case {"properties": _}:
                yield self._fieldset(path, part, [*self._fields(part, path, value)], class_="group")
            case {"type": "array", "items": items}:
                item = self._resolved(items.get("else", items))
                content = [*self._several(path, part, item, _items(value))]
                class_ = "group" if path == ("sessionIds",) else "field"
                required = required or part.get("minItems", 0) > 0
                yield self._fieldset(path, part, content, required=required, class_=class_)
            case {"type": "boolean"} if "oneOf" not in part:
                yield self._tick(path, part, value, required=required)
            case {"type": "object"} | {"not": _}:
                return
            case _:
                yield self._single(path, part, _text(value), required=required)

    def _answers(self, always: Schema, values: object) -> Iterator[Markup]:
        """Yield the questions in the order of the call; one with a condition says with which choices it is asked."""
        given, holders = _members(values), dict[str, Schema]()
        for part in self.schema["allOf"]:
            if "$ref" in part["if"]:
                answers = part["then"]["properties"]["answers"]
                holders |= dict.fromkeys(answers["properties"], answers)
        for id_ in always["propertyNames"]["enum"]:
            holder, path, asked = holders.get(id_, always), ("answers", id_), f"asked-{id_}"
            tests = self._tests(asked) if id_ in holders else []
            if tests is None:
                continue
            is_wrong = any(f"{place}/".startswith(f"/answers/{id_}/") for place, _ in self._entries)
            part, required = self._resolved(holder["properties"][id_]), id_ in holder.get("required", ())
            fields = [*self._field(path, part, given.get(id_), required=required)]
            if tests:
                self._rules.append(_hiding(asked, tests))
                # What is wrong is shown, whatever else is chosen.
                when = element("p", *self._when(tests), class_="when")
                yield element("div", when, *fields, class_=None if is_wrong else "asked", id=asked)
            else:
                yield from fields

    def _tests(self, name: str) -> list[tuple[_Path, list[str]]] | None:
        """Return fields, each with the choices of which it has to have one; None if a condition can never be met."""
        tests: list[tuple[_Path, list[str]]] = []
        for part in self.schema["$defs"][name].get("allOf", [{"enum": []}]):
            if "$ref" in part:
                before = self._tests(part["$ref"].removeprefix("#/$defs/"))
                if before is None:
                    return None
                tests += before
                continue
            path, inner = cast("_Path", ()), part
            while "properties" in inner:
                ((key, inner),) = inner["properties"].items()
                path = (*path, key)
            _, offered = self._chosen_in.get(path, ("", {}))
            # Only what may be chosen becomes part of a rule.
            values = [value for value in map(_text, inner.get("contains", inner)["enum"]) if value in offered]
            if not values:
                return None
            tests.append((path, values))
        return tests

    def _when(self, tests: Iterable[tuple[_Path, list[str]]]) -> Iterator[Child]:
        yield f"{self._words.page.only_if}{self._words.colon}"
        for number, (path, values) in enumerate(tests):
            title, labels = self._chosen_in[path]
            several = joined(*[labels[value] for value in values], separator=self._words.comma)
            yield joined(" · " if number else None, title, self._words.colon, several)

    def _about(self, path: _Path, part: Schema, *, required: bool) -> tuple[Markup, Markup, _Attributes]:
        """Return the title of a field, its hint and what is wrong, and what its input says of itself."""
        words, id_, title, is_wrong = self._words, ".".join(map(str, path)), self._said(part["title"]), False
        others: list[tuple[str, ProblemEntry]] = []
        found: list[Markup] = []
        for place, entry in self._entries:
            if not f"{place}/".startswith(f"{pointer(*path)}/"):
                others.append((place, entry))
                continue
            is_wrong = is_wrong or entry["severity"] == "error"
            found.append(element("p", self._found(entry, entry["fix"]), class_="error"))
            link = element("a", title, words.colon, self._found(entry), href=f"#field-{id_}")
            self._linked.append(element("li", link))
        self._entries = others
        # Among the names of languages nobody needs the hint how to write a tag.
        hint = None if "$ref" in part else part.get("description")
        texts = {
            f"hint~{id_}": None
            if hint is None
            else element("div", self._said(hint, "p"), class_="hint", id=f"hint~{id_}"),
            f"error~{id_}": element("div", *found, id=f"error~{id_}") if found else None,
        }
        described = " ".join(name for name, text in texts.items() if text is not None) or None
        mark = element("span", f" ({words.page.required})", class_="muted") if required else None
        invalid = "true" if is_wrong else None
        attributes = {"id": f"field-{id_}", "aria_describedby": described, "aria_invalid": invalid}
        return joined(title, mark), joined(*texts.values()), attributes

    def _fieldset(
        self,
        path: _Path,
        part: Schema,
        content: Iterable[Markup],
        *,
        required: bool = False,
        class_: str = "field",
        role: str | None = None,
    ) -> Markup:
        """Return a field with several inputs; those inside have shown their own findings."""
        title, text, own = self._about(path, part, required=required)
        look = f"{class_} wrong" if own["aria_invalid"] else class_
        attributes = own if role else {**own, "aria_invalid": None}
        return element(
            "fieldset", element("legend", title), text, *content, class_=look, role=role, tabindex=-1, **attributes
        )

    def _tick(self, path: _Path, part: Schema, value: object, *, required: bool) -> Markup:
        title, text, own = self._about(path, part, required=required)
        self._chosen_in[path] = self._said(part["title"]), {"on": self._words.choices["boolean"]["true"]}
        box = element("input", type="checkbox", name=_name(path), value="on", checked=_text(value) == "on", **own)
        return _wrapped(own, text, element("div", box, element("label", title, for_=own["id"]), class_="choice"))

    def _single(self, path: _Path, part: Schema, typed: str, *, required: bool) -> Markup:
        """Return a field with one value: an input, a list, or a few choices."""
        choices = self._choices_of(part)
        if choices is not None:
            self._chosen_in[path] = self._said(part["title"]), choices[0]
            if required and len(choices[0]) <= _MOST_RADIOS:
                radios = self._boxes("radio", path, choices[0], {typed})
                return self._fieldset(path, part, radios, required=True, role="radiogroup")
        title, text, own = self._about(path, part, required=required)
        label = element("label", title, for_=own["id"])
        return _wrapped(own, label, text, self._input(path, part, choices, typed, **own))

    def _several(self, path: _Path, part: Schema, item: Schema, values: Sequence[object]) -> Iterator[Markup]:
        """Yield the inputs of a field with several values: boxes to tick, or inputs of which some stay empty."""
        choices, chosen = self._choices_of(item), set(map(_text, values))
        if choices is not None and "oneOf" in item:
            self._chosen_in[path] = self._said(part["title"]), choices[0]
            is_of_sessions = path == ("sessionIds",)
            yield from (
                self._sessions(choices[0], chosen)
                if is_of_sessions
                else self._boxes("checkbox", path, choices[0], chosen)
            )
            return
        for number in range(min(max(len(values) + 1, _FEWEST_INPUTS), part["maxItems"])):
            value, title, below = (
                values[number] if number < len(values) else None,
                f"{part['title']} {number + 1}",
                (*path, number),
            )
            if "properties" in item:
                named = {**item, "title": title, "required": []}
                yield self._fieldset(below, named, [*self._fields(named, below, value)])
            else:
                own = {"id": f"field-{'.'.join(map(str, below))}", "aria_label": title}
                yield self._input(path, item, choices, _text(value), **own)

    def _boxes(self, type_: str, path: _Path, labels: Mapping[str, Child], chosen: set[str]) -> Iterator[Markup]:
        for number, (value, label) in enumerate(labels.items()):
            id_ = f"field-{'.'.join(map(str, path))}~{number}"
            box = element("input", type=type_, name=_name(path), value=value, checked=value in chosen, id=id_)
            yield element("div", box, element("label", label, for_=id_), class_="choice")

    def _sessions(self, labels: Mapping[str, Child], chosen: set[str]) -> Iterator[Markup]:
        """Yield the sessions of each day, with their times and what else the page of the event says of them."""
        context, event = self._context, self._context.event
        sessions = [session for session in announced_sessions(event) if session.id in labels]
        writer = SessionWriter(context, sessions)
        for day, several in by_day(context, sessions).items():
            heading, with_offsets = writer.heading(day, several)
            boxes: list[Markup] = []
            for session in several:
                status, id_ = session_status(event, session), f"field-sessionIds~{session.id}"
                is_held = status is EventStatus.SCHEDULED
                times, (said, tag) = (
                    context.hours(session.slot, with_offsets=with_offsets),
                    session.title.in_language(context.language),
                )
                title = joined(
                    tagged("bdi", (said, tag), within=self._words.language), str(labels[session.id]).removeprefix(said)
                )
                box = element(
                    "input",
                    type="checkbox",
                    name="sessionIds",
                    value=session.id,
                    checked=session.id in chosen,
                    id=id_,
                    aria_describedby=f"{id_}~",
                )
                time = element("span", times if is_held else element("s", times))
                notice = None if is_held else element("p", self._words.session[status])
                # Nobody should leave the form by a link, which only sessions that are held have.
                about = element("div", writer.line(session, is_held=False), notice, id=f"{id_}~")
                boxes.append(
                    element(
                        "div",
                        box,
                        element("label", time, element("b", title), for_=id_),
                        about,
                        class_="choice session",
                    )
                )
            yield element("fieldset", element("legend", heading), *boxes)

    def _choices_of(self, part: Schema) -> _Choices | None:
        """Return what may be chosen; None if people write something themselves."""
        language, reference = self._words.language, part.get("$ref")
        if reference == "#/$defs/language":
            return _languages(language)
        if "enum" in part:
            return _names(tuple(part["enum"]), language if reference == "#/$defs/Country" else None)
        if "oneOf" not in part:
            return None
        titles = {_text(choice["const"]): choice["title"] for choice in part["oneOf"]}
        options = [
            element("option", title, value=value, lang=self._foreign.get(title)) for value, title in titles.items()
        ]
        return {value: self._said(title) for value, title in titles.items()}, joined(*options)

    def _input(self, path: _Path, part: Schema, choices: _Choices | None, typed: str, **own: str | None) -> Markup:
        """Return a list of choices, or an input for a text, with what is chosen or typed."""
        key, question = path[-1], self._questions.get(str(path[-1])) if path[0] == "answers" else None
        is_own = path[0] in {key, "participant", "requester", "contact"}
        common = {"name": _name(path), "autocomplete": _TOKENS.get(str(key)) if is_own else None, **own}
        if choices is not None:
            labels, options = choices
            chosen, other = f' value="{typed}"', None
            if typed in labels:
                options = Markup(options.replace(chosen, f'{chosen} selected=""', 1))
            elif typed:
                other = element("option", typed, value=typed, selected=True)
            return element("select", element("option", "–", value=""), options, other, **common)
        if "contentMediaType" in part:
            return element("textarea", f"\n{typed}", rows=4, dir="auto", **common)  # HTML drops the first line feed
        kind = part.get("format") or (question.kind if question else key)
        # An input for dates would lose anything else.
        is_date = kind == "date" and (not typed or compiled(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch(typed) is not None)
        type_ = "date" if is_date else _TYPES.get(kind, "text")
        mode = "numeric" if part["type"] == "integer" else "decimal" if kind in _DECIMAL else None
        direction = "auto" if type_ == "text" and mode is None else "ltr"
        return element("input", type=type_, value=typed, class_="text", inputmode=mode, dir=direction, **common)


def _wrapped(own: _Attributes, *content: Markup) -> Markup:
    return element("div", *content, class_="field wrong" if own["aria_invalid"] else "field")


def _name(path: _Path) -> str:
    """Return the name of an input, as `clean_form` reads it."""
    first, *rest = map(str, path)
    return first + "".join(f"[{step}]" if "." in step or step.isdecimal() else f".{step}" for step in rest)


def _text(value: object) -> str:
    """Return a value as a browser sends it; an empty text for what no input can hold."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float) and abs(value) < _LARGE:
        return str(value)
    return value if isinstance(value, str) else ""


def _members(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _items(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else ()


def _hiding(id_: str, tests: Iterable[tuple[_Path, list[str]]]) -> str:
    """Return the rule that hides a question unless each of the fields has one of its choices."""
    hidden: list[str] = []
    for path, values in tests:
        # Of a box itself, or of an option in a list.
        chosen = [f"[name='{_name(path)}']{of}[value='{value}']:checked" for value in values for of in ("", ">")]
        hidden.append(f".wm-form:not(:has({','.join(chosen)})) [id='{id_}'].asked")
    return f"{','.join(hidden)}{{display:none}}"


@lru_cache(8)
def _languages(language: str) -> _Choices:
    """Return the languages that have a code of two letters, with their variants, and signed languages."""
    tags = [tag for tag in display_names(language).names if tag[0].islower()]
    named = {tag: language_heading(tag, language) for tag in tags if tag[2:3] in {"", "-"} or is_signed(tag)}
    return _in_order(named)


@lru_cache(32)
def _names(codes: tuple[str, ...], language: str | None) -> _Choices:
    """Return codes with the names of the countries in a language, or as they are."""
    return _in_order({code: code if language is None else country_name(code, language) for code in codes})


def _in_order(names: Mapping[str, str]) -> _Choices:
    """Return choices in the order of their names, whatever accents these have."""
    plain = {code: "".join(c for c in normalize("NFKD", name) if not combining(c)) for code, name in names.items()}
    labels = {code: names[code] for code in sorted(names, key=lambda code: plain[code].casefold())}
    return labels, joined(*[element("option", name, value=code) for code, name in labels.items()])
