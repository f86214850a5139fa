"""Problem details (RFC 9457): the response of a web handler to a payload that is refused."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, Literal, NotRequired, TypedDict

from wtisd_model.codes import Code, Nature, Severity
from wtisd_model.errors import PayloadError
from wtisd_model.findings import Finding, errors_in
from wtisd_model.locales import (
    DEFAULT_LANGUAGE,
    borrowed_from,
    finding_texts_for,
    joined_words,
    language_for,
    locale_for,
)
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.types.arguments import require_instance, require_iterable

if TYPE_CHECKING:
    from wtisd_model.locales.finding_texts import FindingTexts


class ProblemEntry(TypedDict):
    """One finding."""

    detail: str
    pointer: str
    code: str
    severity: Literal["error", "warning"]
    fix: str
    params: dict[str, str | int]
    language: NotRequired[str]
    """The language of its sentences, where it is not that of the response: they are not translated yet."""


# Not total, since `to_problem` returns an empty one if nothing is refused.
class Problem(TypedDict, total=False):
    """Problem details (RFC 9457 section 3.1) with the members of this package."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemEntry]
    omitted: int
    language: str
    """The language of its title and its detail, where the reader's language lacks a part of them."""


# Programs test the type; a type always has the same title in a language (RFC 9457 section 3.1.3).
_TYPE: Final = "urn:wtisd-model:problem:1:"
_TOO_LARGE: Final = (413, "too-large")
_UNREADABLE: Final = (400, "unreadable")
_INVALID: Final = (422, "invalid")

_LARGE: Final = frozenset({Code.PAYLOAD_TOO_LARGE, Code.PAYLOAD_TOO_MANY_VALUES})
# Well-formed, but unknown to this release: RFC 9110 section 15.5.21 has the status 422 for that.
_READABLE: Final = frozenset({Code.SCHEMA_VERSION_NEWER})

_ABOUT_OTHERS: Final = frozenset({Code.MAILBOX_SHARED, Code.REGISTRATION_REPEATED, Code.WAITLIST_PASSED_OVER})


def to_problem(
    findings: Iterable[Finding],
    *,
    omitted: int = 0,
    for_office: bool = False,
    language: str = DEFAULT_LANGUAGE,
    event: Event | None = None,
) -> Problem:
    """Return findings as problem details, or an empty dict if there is nothing to refuse.

    The members are ``type``, ``title``, ``status``, ``detail`` and ``errors``: for each finding its ``detail``
    (the message), its ``pointer`` (a JSON Pointer as a URI fragment), ``code``, ``severity``, ``fix`` and ``params``.
    All are plain values for any JSON library; send them as ``application/problem+json``. ``status`` is 413 for a
    payload that is too large, 400 for one that cannot be parsed, and 422 for all others.

    Findings that reveal something about other people are left out: ``registration-repeated``, ``mailbox-shared``,
    ``waitlist-passed-over``, and ``id-repeated`` for the id of the document itself. They are not counted either, and if
    there are no others, the dict is empty, as for a good payload. Warnings alone refuse nothing. So let the dict decide
    about the response, not `Outcome.ok`, which takes all findings into account.

    Args:
        findings: those of an `Outcome`, of a `PayloadError`, or your own.
        omitted: `Outcome.omitted`, which becomes part of ``detail`` and a member of that name.
        for_office: True if the response goes to people who may know who is registered; nothing is left out.
        language: the reader's language, such as ``fr`` or ``fr-CH``; English takes the place of a language that is
            not one of the eight.
        event: the event whose form the reader has filled in: the sentences then name its sessions, modes and choices by
            the labels of the form, wherever a form can be the cause. ``params`` keep the ids.

    Raises:
        TypeError: *findings* is not an iterable, such as an `Outcome`: pass its findings; *event* is not an Event.

    Source: RFC 9457, and the example in its section 3; RFC 6901 section 6 for the pointers.
    """
    if event is not None:
        require_instance(event, Event, "event must be an Event: of a dossier, pass its event.")
    shown = shown_findings(require_iterable(findings, "findings"), for_office=for_office)
    if not is_refusal(shown, omitted):
        return {}
    errors = errors_in(shown)
    warnings = len(shown) - len(errors)
    status, kind = _kind(errors)
    texts, words = finding_texts_for(language), None if event is None else _FormWords(event, language)
    title, detail, said = _about(texts, kind, len(errors), warnings, omitted)
    problem: Problem = {
        "type": _TYPE + kind,
        "title": title,
        "status": status,
        "detail": detail,
        "errors": [
            _error(words.found(each) if words else each.in_language(language), texts.language) for each in shown
        ],
    }
    if omitted:
        problem["omitted"] = omitted
    if said != texts.language:
        problem["language"] = said
    return problem


def is_refusal(shown: Sequence[Finding], omitted: int) -> bool:
    """Return True if a payload with these findings is refused; *shown* is without those about other people."""
    # The omitted findings may include an error, unless a warning was kept: errors take the place of warnings.
    return bool(errors_in(shown)) or (omitted > 0 and not shown)


def problem_of(error: PayloadError, language: str = DEFAULT_LANGUAGE) -> tuple[int, Problem]:
    """Return the status and the body of the response to a payload that was refused, in a language.

    Raises:
        PayloadError: *error* itself, if it has only findings that the sender may not see.
    """
    event = error.event if isinstance(error.event, Event) else None
    problem = to_problem(
        error.findings, omitted=error.omitted, for_office=error.for_office, language=language, event=event
    )
    if "status" not in problem:
        raise error
    return problem["status"], problem


class _FormWords:
    """The labels that the form of an event has for its sessions, modes and choices, in a language."""

    def __init__(self, event: Event, language: str) -> None:
        self._event, self._language = event, language

    def found(self, found: Finding) -> Finding:
        """Return a finding in the language, whose sentences have these labels instead of ids and words.

        What no form sends, such as the id of a question that it does not have, is for programmers, and keeps its words.
        """
        labels: dict[str, str] = {}
        if found.code not in {Code.ANSWER_UNKNOWN, Code.VALUE_UNKNOWN}:
            for key in found.params.keys() & {"ids", "session", "choices", "suggestion"}:
                known = self._sessions if key in {"ids", "session"} else self._values(found.path)
                labels[key] = self._named(str(found.params[key]), known)
        said = found.in_language(self._language, labels=labels)
        if not labels or said is found or said.language == language_for(self._language):
            return said
        # A sentence or a label is missing: both are said in the other language.
        return _FormWords(self._event, said.language).found(found)

    def _named(self, value: str, labels: Mapping[str, str]) -> str:
        """Return a list of ids as one of labels; as it is if one is unknown."""
        listed, more, rest = value.partition(", …")  # as `first_ids` ends a long one
        ids = listed.split(", ")
        if not labels.keys() >= {*ids}:
            return value
        return joined_words([labels[id_] for id_ in ids], locale_for(self._language).comma) + more + rest

    @cached_property
    def _sessions(self) -> Mapping[str, str]:
        return {each.id: each.title.in_language(self._language)[0] for each in announced_sessions(self._event)}

    def _values(self, path: str) -> Mapping[str, str]:
        """Return the labels of the values that can be at a path."""
        key, _, rest = path.removeprefix("/").partition("/")
        if key != "answers":
            return self._sessions if key == "sessionIds" else locale_for(self._language).choices.get(key, {})
        id_, questions = rest.partition("/")[0], (question for call in self._event.calls for question in call.questions)
        asked = [question for question in questions if question.id == id_]
        # If two calls ask a question with this id, either may be meant.
        choices = asked[0].choices if len(asked) == 1 else ()
        return {choice.id: choice.label.in_language(self._language)[0] for choice in choices}


def shown_findings(findings: Iterable[Finding], *, for_office: bool) -> list[Finding]:
    """Return the findings that may be part of a response."""
    return [each for each in findings if for_office or not _is_about_others(each)]


def _is_about_others(found: Finding) -> bool:
    # The id of a session has a longer path: that the document has it twice reveals nothing about other people.
    return found.code in _ABOUT_OTHERS or (found.code == Code.ID_REPEATED and found.path == "/id")


def _kind(errors: list[Finding]) -> tuple[int, str]:
    codes = {each.code for each in errors}
    if codes & _LARGE:
        return _TOO_LARGE
    return _UNREADABLE if codes & _unreadable() else _INVALID


@cache
def _unreadable() -> frozenset[Code]:
    """Return the codes for payloads that cannot be parsed, except for those that are too large."""
    return frozenset(each for each in Code if each.nature is Nature.READING) - _LARGE - _READABLE


def _about(texts: "FindingTexts", kind: str, errors: int, warnings: int, omitted: int) -> tuple[str, str, str]:
    """Return the title and the detail, which are in one language, and that language."""
    words = texts.problem
    counted = ((errors, words.errors), (warnings, words.warnings), (omitted, words.omitted))
    counts = [texts.format(sentence, {"n": count}) for count, sentence in counted if count]
    other = borrowed_from((words.titles[kind], words.detail, *counts))
    if other is not None:
        return _about(finding_texts_for(other), kind, errors, warnings, omitted)
    return words.titles[kind], words.detail.format(counts=words.separator.join(counts)), texts.language


def _error(found: Finding, language: str) -> ProblemEntry:
    from urllib.parse import quote  # for refusals alone

    entry: ProblemEntry = {
        "detail": found.message,
        # The characters that RFC 3986 section 3.5 allows in a fragment are kept; half of a surrogate pair becomes "?".
        "pointer": "#" + quote(found.path, safe="/~!$&'()*+,;=:@?", errors="replace"),
        "code": str(found.code),
        "severity": "warning" if found.severity is Severity.WARNING else "error",
        "fix": found.fix,
        "params": {str(key): value if type(value) is int else str(value) for key, value in found.params.items()},
    }
    if found.language != language:
        entry["language"] = found.language
    return entry
