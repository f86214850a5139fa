"""Strings of a fixed form: tags of languages, addresses, identifiers, dates as they are written.

A `Pattern` that is not named here is drawn from its regular expression.
"""

import string
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from wtisd_model.model.event import Goal
from wtisd_model.model.interpretation import RequestState
from wtisd_model.model.pledge import PledgeState
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.session import EventStatus
from wtisd_model.nodes import Pattern, compiled
from wtisd_model.strategies.choosing import weighted
from wtisd_model.tables.languages import LANGUAGES, SIGN_LANGUAGES
from wtisd_model.values.document import IssueDate
from wtisd_model.values.language import LanguageTag
from wtisd_model.values.lifecycle import StateName
from wtisd_model.values.text import ConferenceAddress, Email, Identifier, Phone, Uid, WebAddress

_SAFE = string.ascii_letters + string.digits

_OFFICIAL = ("en", "fr", "ar", "es", "ru", "zh")
_TAGS = (
    "fr-CH",
    "he",
    "fa",
    "ur",
    "pt-BR",
    "zh-Hans",
    "zh-Hant-HK",
    "sr-Latn",
    "es-419",
    "de-1996",
    "ckb",
    "gsw",
    "mis",
)
_LONGEST_TAG = "zh-Hant-HK-abcdefg1-abcdefg2-abcde1"

_signed = st.sampled_from(("ils", "ase", "bfi", *sorted(SIGN_LANGUAGES)))
_made_up = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(sorted(LANGUAGES)),
    st.sampled_from(("", "", "-Latn", "-Arab", "-Cyrl", "-Deva")),
    st.sampled_from(("", "", "-CH", "-NP", "-001", "-419")),
    st.sampled_from(("", "", "", "-1996", "-fonipa", "-fonipa-1abc")),
)


def language_tags(*, signed: bool | None = None) -> SearchStrategy[str]:
    """Draw language tags: spoken ones, signed ones, or both where it is not said."""
    return _signed if signed else _SPOKEN if signed is False else _ANY_LANGUAGE


_SPOKEN = weighted(
    (5, st.sampled_from(_OFFICIAL)), (3, st.sampled_from(_TAGS)), (3, _made_up), (1, st.just(_LONGEST_TAG))
)
_ANY_LANGUAGE = weighted((10, _SPOKEN), (1, _signed))


def _identifiers() -> SearchStrategy[str]:
    return weighted(
        (6, st.builds("{}-{}".format, st.sampled_from("rsip"), st.integers(1, 9999))),
        (3, st.builds(str.__add__, st.sampled_from(_SAFE), st.text(f"{_SAFE}._-", max_size=12))),
        (1, st.builds(str.__mul__, st.sampled_from(_SAFE), st.sampled_from((1, 63, 64)))),
    )


def _uids() -> SearchStrategy[str]:
    printable = "".join(map(chr, range(0x21, 0x7F)))
    return weighted(
        (6, st.uuids(version=5).map(str)),
        (2, st.builds("{}@example.org".format, st.integers(1, 9999))),
        (3, st.text(printable, min_size=1, max_size=12)),
        (1, st.builds(str.__mul__, st.sampled_from('a~;:"\\,'), st.sampled_from((1, 75, 254, 255)))),
    )


_LONGEST_DOMAIN = ".".join((*("abc" * 21,) * 2, "a" * 57, "org"))
"""189 characters, which with 64 before the @ make the 254 of RFC 5321."""


def _emails() -> SearchStrategy[str]:
    atoms = st.text(f"{_SAFE}!#$%&'*+/=?^_`{{|}}~-", min_size=1, max_size=8)
    domains = st.sampled_from(("example.org", "example.com", "a-b.example.org", "EXAMPLE.ORG", "xn--nxasmq6b.example"))
    return weighted(
        (6, st.builds("p{}@example.org".format, st.integers(1, 99))),
        (1, st.builds("P{}@Example.org".format, st.integers(1, 99))),
        (3, st.builds("{}@{}".format, st.lists(atoms, min_size=1, max_size=3).map(".".join), domains)),
        (
            1,
            st.builds(
                "{}@{}".format,
                st.sampled_from("az'^").map("x".ljust(63).replace(" ", "y").__add__),
                st.just(_LONGEST_DOMAIN),
            ),
        ),
    )


_PATHS = (
    "",
    "/",
    "/wtisd",
    "/a/b.html?x=1&y=2#z",
    "/?q=a,b;c&d='e'",
    "/%E5%9B%BD/%0D%0ABEGIN:VEVENT",
    "/~a/(b)@d!$*+",
    "#f",
)


def _web_addresses() -> SearchStrategy[str]:
    site = st.builds(
        "{}://{}{}".format,
        st.sampled_from(("https", "http")),
        st.sampled_from(("example.org", "www.example.org", "192.0.2.1", "[2001:db8::1]", "a--b.example")),
        st.sampled_from(("", "", ":8080", ":65535")),
    )
    longest = st.builds(lambda site, size: f"{site}/".ljust(size, "a"), site, st.sampled_from((60, 75, 2047, 2048)))
    rest = st.text(f"{_SAFE}._~:/?@!$&'()*+,;=-", max_size=12).map("/".__add__)
    return weighted(
        (6, st.builds(str.__add__, site, st.sampled_from(_PATHS))),
        (2, st.builds(str.__add__, site, rest)),
        (1, longest),
    )


def _phones() -> SearchStrategy[str]:
    return weighted(
        (4, st.integers(100_000_000, 999_999_999).map("+41{}".format)),
        (1, st.sampled_from(("+10", "+999999999999999"))),
    )


def _conference_addresses() -> SearchStrategy[str]:
    tails = st.sampled_from(("", ",,123456#", ";ext=12", ",*1"))
    return weighted((3, _web_addresses()), (1, st.builds("tel:{}{}".format, _phones(), tails)))


def _issue_dates() -> SearchStrategy[str]:
    days = weighted(
        (3, st.dates(date(2020, 1, 1), date(2030, 12, 31))), (1, st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    )
    return weighted((2, days.map(date.isoformat)), (1, days.map("{:%Y-%m}".format)))


def _state_names() -> SearchStrategy[str]:
    return st.sampled_from(sorted({*EventStatus, *RegistrationState, *RequestState, *PledgeState})).map(str)


def _goals() -> SearchStrategy[str]:
    goals = st.integers(1, 17)
    return weighted(
        (2, goals.map(str)),
        (1, st.builds("{}.{}".format, goals, st.integers(1, 99))),
        (1, st.builds("{}.{}".format, goals, st.sampled_from("abcdefgh"))),
    )


def _pattern(annotation: Any) -> Pattern:
    """Take the pattern out of ``Annotated[str, Pattern(...)]``."""
    return next(each for each in get_args(annotation) if isinstance(each, Pattern))


_KNOWN: Mapping[Pattern, SearchStrategy[str]] = {
    _pattern(LanguageTag): _ANY_LANGUAGE,
    _pattern(Identifier): _identifiers(),
    _pattern(Uid): _uids(),
    _pattern(Email): _emails(),
    _pattern(Phone): _phones(),
    _pattern(WebAddress): _web_addresses(),
    _pattern(ConferenceAddress): _conference_addresses(),
    _pattern(IssueDate): _issue_dates(),
    _pattern(StateName): _state_names(),
    _pattern(Goal): _goals(),
}


@cache
def strings_of(node: Pattern) -> SearchStrategy[str]:
    """Draw strings of the form that a `Pattern` asks for."""
    known = _KNOWN.get(node)
    if known is not None:
        return known
    # What an expression cannot say, such as that there is no 30 February, is sorted out; that is rare.
    return st.from_regex(compiled(node.pattern), fullmatch=True).filter(lambda text: node.check(text) is None)
