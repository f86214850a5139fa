"""The sentences of findings in one language, as its TOML file has them."""

from collections.abc import Mapping

from msgspec import Struct

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import PluralForms, Sentence

Params = Mapping[str, str | int]


class FindingText(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of a code."""

    message: Sentence
    fix: Sentence
    fix_submission: Sentence | None = None
    """Used instead of the fix for the sender of a submission, who cannot do what an office can."""
    only_value: str | None = None
    """Used instead of the message when ``{minimum}`` and ``{maximum}`` are the same."""


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
    """The words around findings in the output of a command."""

    good: str
    """About a document without errors."""
    warning: str
    """Before a finding that is no error."""
    at: str
    """Where it is in the document."""
    line: str
    place: str
    """Where it is in the file."""


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

    def word(self, code: str, params: Params, *, to_sender: bool) -> tuple[str, str]:
        """Return the message and the fix of a finding.

        Args:
            code: a code of this package; any other is that of another library.
            params: the values for its placeholders.
            to_sender: True for the fix that the sender of a submission can carry out.
        """
        text = self.codes.get(code, self.foreign)
        words = {key: self._shown(key, value) for key, value in params.items()}
        message = text.message
        if text.only_value is not None and params["minimum"] == params["maximum"]:
            message = text.only_value
        fix = self.filled((to_sender and text.fix_submission) or text.fix, words)
        if "suggestion" in words:
            fix = self.suggestion.format(suggestion=words["suggestion"], fix=fix)
        return self.filled(message, words), fix

    def _shown(self, key: str, value: str | int) -> str | int:
        tokens = self.params.get(key)
        if tokens is None or not isinstance(value, str):
            return value
        token, colon, name = value.partition(":")
        words = tokens.get(token + colon)
        return value if words is None else words.format(name=name)

    def filled(self, sentence: Sentence, values: Params) -> str:
        """Return a sentence with its placeholders filled."""
        if isinstance(sentence, PluralForms):  # only these need the rest of the language
            return locale_for(self.language).format(sentence, values)
        return sentence.format_map(values)
