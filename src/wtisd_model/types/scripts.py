"""The scripts that letters belong to, where those of several look alike."""

from unicodedata import category

from wtisd_model.schema.constraints import compiled

# The letters of each script in Unicode 15.0 (Scripts.txt); ranges span gaps that hold no letter. Mathematical letters
# and the micro sign belong to no script.
_LATIN = (
    r"A-Za-z\u00aa\u00ba\u00c0-\u02b8\u02e0-\u02e4\u1d00-\u1d25\u1d2c-\u1d5c\u1d62-\u1d65\u1d6b-\u1d77\u1d79-\u1dbe"
    r"\u1e00-\u1eff\u2071\u207f\u2090-\u209c\u212a-\u212b\u2132\u214e\u2183-\u2184\u2c60-\u2c7f\ua722-\ua787"
    r"\ua78b-\ua7ff\uab30-\uab64\uab66-\uab69\ufb00-\ufb06\uff21-\uff5a\U00010780-\U000107bf\U0001df00-\U0001dfff"
)
_GREEK = (
    r"\u0370-\u0373\u0376-\u03e1\u03f0-\u03ff\u1d26-\u1d2a\u1d5d-\u1d61\u1d66-\u1d6a\u1dbf\u1f00-\u1fff\u2126\uab65"
)
_CYRILLIC = r"\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\ua640-\ua69f\U0001e030-\U0001e06d"
_SCRIPTS = rf"([{_LATIN}])|([{_GREEK}])|([{_CYRILLIC}])"


def mixes_scripts(text: str) -> bool:
    """Return True if a word of *text* has letters of more than one of the Latin, Greek and Cyrillic scripts.

    Letters of other scripts go with any of the three, as Latin and Japanese do in one name. A hyphen, an apostrophe or
    a digit ends a word; a combining mark or an invisible character does not.

    Source: Unicode Technical Standard 39, section 5.1 (mixed scripts), for the scripts whose letters look alike.
    """
    if text.isascii() or not compiled(f"[{_GREEK}{_CYRILLIC}]").search(text):
        return False
    known = compiled(_SCRIPTS)
    script: int | None = None
    for letter in text:
        if letter.isalpha():
            match = known.match(letter)
            its = None if match is None else match.lastindex
            if script is not None and its not in {None, script}:
                return True
            script = its or script
        elif category(letter)[0] != "M" and category(letter) != "Cf":
            script = None
    return False
