"""The codes whose sentences are not translated yet: their findings are in English meanwhile.

``python -m tests.gates.translations`` lists them by language, and fails if there are any: a release waits for them,
while a change that adds a code does not.
"""

import sys

from wtisd_model.locales import DEFAULT_LANGUAGE, finding_texts_for, languages


def waiting(language: str) -> list[str]:
    """Return the codes without sentences in a language, in the order of the English file."""
    own = finding_texts_for(language).codes
    return [code for code in finding_texts_for(DEFAULT_LANGUAGE).codes if code not in own]


if __name__ == "__main__":
    lines = [f"{language}: {' '.join(codes)}" for language in sorted(languages()) if (codes := waiting(language))]
    print("\n".join(lines) or "Every code has its sentences in every language.")
    sys.exit(bool(lines))
