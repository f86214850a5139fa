"""Strings: free texts in many scripts, and those that match a pattern, such as addresses and identifiers."""

import string
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from attrs import evolve
from hypothesis import strategies as st

from wtisd_model.data.goals import TARGETS
from wtisd_model.data.languages import LANGUAGES, SIGN_LANGUAGES
from wtisd_model.model.interpretation import RequestState
from wtisd_model.model.pledge_parts import PledgeState
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.session import EventStatus
from wtisd_model.schema.constraints import Pattern, Text, compiled
from wtisd_model.strategies.combinators import among, collections_of, weighted
from wtisd_model.types.document import IssueDate
from wtisd_model.types.extensions import EXTENSION_KEY
from wtisd_model.types.identifiers import uid_from_name
from wtisd_model.types.language import LanguageTag
from wtisd_model.types.lifecycle import StateName
from wtisd_model.types.provenance import ValuePath
from wtisd_model.types.text import (
    ConferenceAddress,
    Email,
    Goal,
    Identifier,
    OrganizationIdentifier,
    Phone,
    Uid,
    WebAddress,
)

_SAMPLES = {
    kind: tuple(samples)
    for kind, samples in tomllib.loads(Path(__file__).with_name("samples.toml").read_text("utf-8")).items()
}
SAMPLES: tuple[str, ...] = _SAMPLES["texts"]
"""Texts that have broken a parser or a serializer, and names of real people's kind."""

_SEPARATORS = (" ", ", ", "; ", ": ", " / ", "", "\\", "\n", "\n ")


@cache
def texts_of(constraint: Text) -> st.SearchStrategy[str]:
    """Generate texts that a `Text` allows: samples, joined samples, any characters, and texts of maximum length."""
    fitting = tuple(sample for sample in SAMPLES if constraint.check(sample) is None) or ("x",)
    samples = st.sampled_from(fitting)
    within = evolve(constraint, maximum=3)
    refused = "".join(character for character in map(chr, range(0x3000)) if within.check(f"a{character}a") is not None)
    # All but surrogates. With codec= instead, Hypothesis would first walk all of Unicode, which takes a second.
    characters = st.characters(exclude_categories=["Cs"], exclude_characters=refused)

    def cut(text: str) -> str:
        return _fitted(constraint, text, constraint.maximum)

    def joined(separator: str, texts: tuple[str, ...]) -> str:
        return cut(separator.join(texts))

    def repeated(text: str, separator: str, size: int) -> str:
        # A drawn character costs as much as a drawn object, so a long text is a short text, repeated.
        return _fitted(constraint, f"{text}{separator}" * (size // len(text) + 1), size)

    def long(sizes: Sequence[int]) -> st.SearchStrategy[str]:
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


_SAFE = string.ascii_letters + string.digits

_SIGNED = st.sampled_from(("ils", "ase", "bfi", *sorted(SIGN_LANGUAGES)))
_TAGS = (*("en", "fr", "ar", "es", "ru", "zh", "de", "pt") * 3, *_SAMPLES["languages"])
_MADE_UP = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(sorted(LANGUAGES)),
    st.sampled_from(("", "", "-Latn", "-Arab", "-Cyrl", "-Deva")),
    st.sampled_from(("", "", "-CH", "-NP", "-001", "-419")),
    st.sampled_from(("", "", "", "-1996", "-fonipa", "-fonipa-1abc")),
)
_SPOKEN = among(_TAGS, (25, _MADE_UP))
_ANY_LANGUAGE = among(_TAGS, (20, _MADE_UP), (10, _SIGNED))


def languages(*, signed: bool | None = None) -> st.SearchStrategy[str]:
    """Generate language tags of signed or of spoken languages, by default of both."""
    if signed is None:
        return _ANY_LANGUAGE
    return _SIGNED if signed else _SPOKEN


def _identifiers() -> st.SearchStrategy[str]:
    usual = [f"{kind}-{number}" for number in range(1, 30) for kind in "rsip"]
    longest = [first * size for first in "aZ0" for size in (1, 63, 64)]
    characters = st.builds(str.__add__, st.sampled_from(_SAFE), st.text(f"{_SAFE}._-", max_size=12))
    return among((*usual, *longest), (20, characters))


def _uids() -> st.SearchStrategy[str]:
    usual = [
        *(uid_from_name(f"E-{number}") for number in range(60)),
        *(f"{number}@example.org" for number in range(20)),
        *(f"series {number}" for number in range(3)),
    ]
    longest = [character * size for character in 'a~;:"\\,' for size in (1, 75, 254, 255)]
    return among((*usual, *longest), (20, st.text("".join(map(chr, range(0x21, 0x7F))), min_size=1, max_size=12)))


def _emails() -> st.SearchStrategy[str]:
    usual = [f"p{number}@example.org" for number in range(1, 30)]
    # People take the first two for one mailbox; the last has the maximum lengths, 64 before the @ and 254 (RFC 5321).
    others = ["P1@Example.org", "p1@EXAMPLE.ORG", f"{'x' * 64}@{'abc' * 21}.{'abc' * 21}.{'a' * 57}.org"]
    domains = ("example.org", "a-b.example.org", "xn--nxasmq6b.example")
    atoms = st.lists(st.text(f"{_SAFE}!#$%&'*+/=?^_`{{|}}~-", min_size=1, max_size=8), min_size=1, max_size=3)
    return among((*usual, *others), (20, st.builds("{}@{}".format, atoms.map(".".join), st.sampled_from(domains))))


def _web_addresses() -> st.SearchStrategy[str]:
    sites = [f"{scheme}://{host}" for host in _SAMPLES["hosts"] for scheme in ("https", "http")]
    longest = [f"{sites[0]}/".ljust(size, "a") for size in (*range(60, 76), 2047, 2048)]
    rest = st.text(f"{_SAFE}._~:/?@!$&'()*+,;=-", max_size=12).map(f"{sites[0]}/{{}}".format)
    return among((*(site + path for path in _SAMPLES["paths"] for site in sites), *longest), (20, rest))


_PHONES = among(_SAMPLES["phones"], (60, st.integers(100_000_000, 999_999_999).map("+41{}".format)))
_URNS = among(
    _SAMPLES["urns"],
    (20, st.builds("urn:{}:{}".format, st.from_regex(r"[a-z][a-z0-9]{1,8}", fullmatch=True), _identifiers())),
)
_CONFERENCE_CALLS = st.builds("tel:{}{}".format, _PHONES, st.sampled_from(("", ",,123456#", ";ext=12", ",*1")))


def _extension_keys() -> st.SearchStrategy[str]:
    domains = ("example.org", "a-b.example", "0.a1.example.org", "xn--nxasmq6b.example")
    names = ("badge", "x", "Seat.no_1-a", "-", "0" * 64)
    usual = [f"{domain}:{name}" for domain in domains for name in names]
    longest = [f"{'a' * 63}.{'0' * 63}.{'z' * size}:{'x' * 64}" for size in (61, 62)]
    label = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    made_up = st.builds("{}.example:{}".format, label, st.text(f"{_SAFE}._-", min_size=1, max_size=12))
    return among((*usual, *longest), (20, made_up))


def _paths() -> st.SearchStrategy[str]:
    longest = [("/a" * 127).ljust(size, "0") for size in (254, 255)]
    part = st.text(f"{_SAFE}-", min_size=1, max_size=8)
    made_up = st.lists(part, min_size=1, max_size=4).map(lambda parts: f"/{'/'.join(parts)}")
    return among((*_SAMPLES["values"], *longest), (20, made_up))


def _issue_dates() -> st.SearchStrategy[str]:
    days = weighted(
        (3, st.dates(date(2020, 1, 1), date(2030, 12, 31))), (1, st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    )
    return weighted((2, days.map(date.isoformat)), (1, days.map("{:%Y-%m}".format)))


_STATES = sorted({*EventStatus, *RegistrationState, *RequestState, *PledgeState})


_GOALS = weighted(
    (1, st.sampled_from(tuple(TARGETS))), (1, st.sampled_from(tuple(chain.from_iterable(TARGETS.values()))))
)


def _pattern(annotation: Any) -> Pattern:
    """Return the pattern in ``Annotated[str, Pattern(...)]``."""
    return next(part for part in get_args(annotation) if isinstance(part, Pattern))


_KNOWN: Mapping[Pattern, st.SearchStrategy[str]] = {
    _pattern(LanguageTag): _ANY_LANGUAGE,
    _pattern(Identifier): _identifiers(),
    _pattern(Uid): _uids(),
    _pattern(Email): _emails(),
    _pattern(Phone): _PHONES,
    _pattern(WebAddress): _web_addresses(),
    _pattern(ConferenceAddress): weighted((3, _web_addresses()), (1, _CONFERENCE_CALLS)),
    _pattern(OrganizationIdentifier): weighted((2, _web_addresses()), (1, _URNS)),
    EXTENSION_KEY: _extension_keys(),
    _pattern(ValuePath): _paths(),
    _pattern(IssueDate): _issue_dates(),
    _pattern(StateName): st.sampled_from(_STATES).map(str),
    _pattern(Goal): _GOALS,
}


@cache
def strings_of(constraint: Pattern) -> st.SearchStrategy[str]:
    """Generate strings that a `Pattern` accepts."""
    known = _KNOWN.get(constraint)
    if known is not None:
        return known
    # The rare strings that match the expression but are not accepted, such as 30 February, are filtered out.
    return st.from_regex(compiled(constraint.pattern), fullmatch=True).filter(
        lambda text: constraint.check(text) is None
    )
