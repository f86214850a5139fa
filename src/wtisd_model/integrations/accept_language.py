"""The language that a request prefers."""

import re
from collections.abc import Iterator
from typing import Final

from wtisd_model.locales import DEFAULT_LANGUAGE, language_with_words, languages

__all__ = ["accepted_language"]

_MOST_RANGES: Final = 100
_RANGE: Final = re.compile(r"\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*")  # RFC 4647 section 2.1
_WEIGHT: Final = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")  # RFC 9110 section 12.4.2


def accepted_language(header: str | None) -> str:
    """Return the language with words that a value of Accept-Language prefers; English if it accepts none of them.

    A range with a script or a region, such as ``fr-CH``, accepts its language; ``fr_CH``, which some apps send, is read
    as ``fr-CH``. Of languages with the same weight, the first one is taken. Malformed ranges are skipped, and only the
    first hundred ranges are read.

    Source: RFC 9110 section 12.5.4; the lookup of RFC 4647 section 3.4.
    """
    weights: dict[str, float] = {}
    for language, weight in _ranges(header or ""):
        if weight > weights.get(language, -1.0):
            weights.pop(language, None)  # so that the order is that of the weights that count
            weights[language] = weight
    others = weights.get("*", 0.0)
    known = [language for language in (*weights, DEFAULT_LANGUAGE, *sorted(languages())) if language in languages()]
    best = max(known, key=lambda language: weights.get(language, others))
    return best if weights.get(best, others) else DEFAULT_LANGUAGE


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Yield the language of each range, or ``*``, with its weight."""
    for language_range in header.lower().replace("_", "-").split(",", _MOST_RANGES)[:_MOST_RANGES]:
        tag, semicolon, parameter = language_range.partition(";")
        matched = _RANGE.fullmatch(tag.strip(" \t"))
        weight = _WEIGHT.fullmatch(parameter.strip(" \t") if semicolon else "q=1")
        language = matched and (language_with_words(matched[0]) or matched[0])
        if language and weight:
            yield language, float(weight[1])
