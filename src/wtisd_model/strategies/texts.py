# ruff: noqa: RUF001 - letters of many scripts that look alike are what this module is for
"""Free texts that find bugs: many scripts, combining and bidirectional marks, characters with a meaning in some format.

Invisible characters are written as escapes.
"""

from collections.abc import Sequence
from functools import cache

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from wtisd_model.schema.constraints import Text
from wtisd_model.strategies.combinators import among, collections_of

SAMPLES = (
    # Plain words.
    "Forum",
    "Siège de l'UIT",
    "Journée mondiale – édition 2023",
    "Großer Saal",
    "İstanbul’da ıslak",  # longer after casefolding
    # Scripts: Arabic, Persian with its non-joiner, Urdu, Hebrew, Chinese, Japanese, Korean, Cyrillic, Greek,
    # Devanagari, Tamil, Thai, Amharic, Armenian, Georgian, N'Ko, Thaana.
    "الاتحاد الدولي للاتصالات",
    "می\u200cخواهم",
    "بین الاقوامی",
    "האיגוד הבין־לאומי",
    "国际电信联盟",
    "電気通信の日",
    "국제전기통신연합",
    "Международный союз электросвязи",
    "Διεθνής Ένωση",
    "अंतर्राष्ट्रीय दूरसंचार संघ",
    "சர்வதேச",
    "สหภาพโทรคมนาคม",
    "ዓለም አቀፍ",
    "Միջազգային",
    "საერთაშორისო",
    "ߞߊ߬ߙߊ߲߬",
    "ދުނިޔޭގެ",
    # Texts that break when cut: joined emoji, flags, combining marks, characters beyond 16 bits.
    "\U0001f469\U0001f3fd\u200d\U0001f4bb \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1e8\U0001f1ed\U0001f1fa\U0001f1f3",
    "Zoe\u0308 A\u030a",
    "\u212b \ufb01n",  # changed by normalization
    "Z\u0351\u034b\u0310a\u0323\u0329\u0347",
    "\U00020bb7野家 \U0001d4af\U0001d4ee\U0001d501\U0001d4fd",
    "\U0010fffd",
    # Changes of direction: marks, embeddings and isolates.
    "\u05de\u05e1\u05e4\u05e8 5\u200f!",
    "abc \u200edef \u05d0\u05d1",
    "\u2067\u05e2\u05d1\u05e8\u05d9\u05ea\u2069 x",
    "\u202eabc\u202c x",
    # Syntax of some format: iCalendar, RFC 6868, JSON, CSV, HTML, mail, URIs.
    "He said \"yes\", she said 'no'",
    "Rooms A, B; C: D",
    "C:\\New folder\\name",
    "\\\\server\\share\\",
    "^n ^' ^^ \\n \\, \\; \\N",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "ATTENDEE;CN=x:mailto:p1@example.org",
    "TZID=Europe/Zurich:20230517T143000",
    "%0D%0ABEGIN:VEVENT",
    "=?utf-8?q?=0D=0A?=",
    '{"a": [null]}',
    "&amp; <b>x</b> ]]>",
    "=1+1",
    "@SUM(A1)",
    "+41",
    "-0",
    "null",
    "~0/~1",
    "%s {0} {x} $x",
    "10\u00a0000 \u202f?",
    "a\u200bb\ufeffc",
    # Several lines.
    "one\ntwo",
    "one\n\n\nBEGIN:VEVENT\nEND:VEVENT",
    "\\\nn",
)
"""Texts that have broken a parser or a serializer, and names of real people's kind."""

_SEPARATORS = (" ", ", ", "; ", ": ", " / ", "", "\\", "\n", "\n ")


@cache
def texts_of(constraint: Text) -> SearchStrategy[str]:
    """Generate texts that a `Text` allows: samples, joined samples, any characters, and texts of maximum length."""
    fitting = tuple(each for each in SAMPLES if constraint.check(each) is None) or ("x",)
    samples = st.sampled_from(fitting)
    within = evolve(constraint, maximum=3)
    refused = "".join(each for each in map(chr, range(0x3000)) if within.check(f"a{each}a") is not None)
    # All but surrogates. With codec= instead, Hypothesis would first walk all of Unicode, which takes a second.
    characters = st.characters(exclude_categories=["Cs"], exclude_characters=refused)

    def cut(text: str) -> str:
        return _fitted(constraint, text, constraint.maximum)

    def joined(separator: str, texts: tuple[str, ...]) -> str:
        return cut(separator.join(texts))

    def repeated(text: str, separator: str, size: int) -> str:
        # A drawn character costs as much as a drawn object, so a long text is a short text, repeated.
        return _fitted(constraint, f"{text}{separator}" * (size // len(text) + 1), size)

    def long(sizes: Sequence[int]) -> SearchStrategy[str]:
        fitting_sizes = st.sampled_from([size for size in sizes if size <= constraint.maximum] or [constraint.maximum])
        return st.builds(repeated, samples, st.sampled_from(("", " ", "\n")), fitting_sizes)

    return among(
        fitting,
        (20, st.builds(joined, st.sampled_from(_SEPARATORS), collections_of(samples, tuple, min_size=2, max_size=4))),
        (20, st.text(characters, max_size=20).map(cut)),
        (6, long(_LINE)),
        (3, long((constraint.maximum, constraint.maximum - 1))),
    )


# A line of iCalendar has 75 octets (RFC 5545 section 3.1), including the name of the property.
_LINE = range(40, 76)


def _fitted(constraint: Text, text: str, size: int) -> str:
    """Cut *text* to *size*, and protect characters that are refused at either end with an x."""
    cut = text[:size]
    if constraint.check(cut) is None:
        return cut
    inner = cut if constraint.lines else cut.replace("\n", "")
    return f"x{inner[: max(constraint.maximum - 2, 0)]}x"[: constraint.maximum]
