"""The sentences of findings in one language, as its TOML file has them."""

from collections.abc import Mapping

from msgspec import Struct

from wtisd_model.locales import BorrowedWord, locale_for
from wtisd_model.locales.locale import PluralForms, Sentence

Params = Mapping[str, str | int]


class _Number(int):
    """Shown as its language writes numbers: "100,000"; a year or the number of a line, ``{last:d}``, without groups."""

    language: str

    def __format__(self, spec: str) -> str:
        return super().__format__(spec) if spec else locale_for(self.language).numbers.format(int(self))


class FindingText(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of a code."""

    message: Sentence
    fix: Sentence
    fix_submission: Sentence | None = None
    """Used instead of the fix for the sender of a submission, who cannot do what an office can."""
    only_value: str | None = None
    """Used instead of the message when ``{minimum}`` and ``{maximum}`` are the same."""

    def templates(self) -> tuple[str, str]:
        """Return the message and the fix with their placeholders; of several plural forms, the general one."""
        message, fix = (each.other if isinstance(each, PluralForms) else each for each in (self.message, self.fix))
        return message, fix


class ProblemText(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of problem details (RFC 9457)."""

    titles: Mapping[str, str]
    """By the last part of the type."""
    detail: str
    """Has ``{counts}``: how many findings there are, of each of the following kinds."""
    separator: str
    """Between them, with its blank."""
    errors: Sentence
    warnings: Sentence
    omitted: Sentence
    """Findings that are not listed."""


class ReportText(Struct, frozen=True, forbid_unknown_fields=True):
    """The words around findings, as text and in the output of a command."""

    good: str
    """About a document without errors."""
    warning: str
    """Before a finding that is no error."""
    at: str
    """Where it is in the document."""
    line: str
    place: str
    """Where it is in the file."""
    standard_input: str
    """Instead of the name of a file."""
    lines: Sentence
    good_lines: Sentence
    refused_lines: Sentence
    submission: str
    """A hint for the office."""
    json_lines: str
    """A hint for a file that is no document."""
    one_line: str
    """The same, if the command reads no JSON Lines."""


class FindingTexts(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of all codes, and the words for their params."""

    language: str
    """BCP 47 tag, which is the name of the file."""
    suggestion: str
    """Instead of the fix, which is a part of it, if there is a suggestion."""
    params: Mapping[str, Mapping[str, str]]
    """The words for the tokens of each param; values that are not there are shown as they are."""
    problem: ProblemText
    report: ReportText
    foreign: FindingText
    """About a value that another library refuses."""
    codes: Mapping[str, FindingText]

    def format_finding(self, code: str, params: Params, *, to_sender: bool) -> tuple[str, str]:
        """Return the message and the fix of a finding; *to_sender*, the fix is one that a sender can carry out.

        A code that is none of this package is one of another library.
        """
        text = self.codes.get(code, self.foreign)
        message = text.message
        if text.only_value is not None and params["minimum"] == params["maximum"]:
            message = text.only_value
        fix = self.format((to_sender and text.fix_submission) or text.fix, params)
        if "suggestion" in params:
            fix = self.suggestion.format(suggestion=params["suggestion"], fix=fix)
        return self.format(message, params), fix

    def borrows(self, code: str, params: Params) -> bool:
        """Return True if a part of what is said about a code is borrowed from another language."""
        said = [self._format_param(key, value) for key, value in params.items() if isinstance(value, str)]
        said += [self.suggestion] if "suggestion" in params else []
        said += self.codes.get(code, self.foreign).templates()
        return any(isinstance(each, BorrowedWord) for each in said)

    def _format_param(self, key: str, value: str | int) -> str | int:
        if isinstance(value, int):
            number = _Number(value)
            number.language = self.language
            return number
        tokens = self.params.get(key)
        if tokens is None:
            return value
        token, colon, name = value.partition(":")
        words = tokens.get(token + colon)
        return value if words is None else words.format(name=name)

    def format(self, sentence: Sentence, values: Params) -> str:
        """Return a sentence with its placeholders filled."""
        shown = {key: self._format_param(key, value) for key, value in values.items()}
        if isinstance(sentence, PluralForms):  # these, and numbers, need the rest of the language
            return locale_for(self.language).format(sentence, shown)
        return sentence.format_map(shown)
