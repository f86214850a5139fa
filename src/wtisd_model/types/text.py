"""Free texts and fixed formats that several fields share: names, identifiers, addresses, goals."""

from typing import Annotated

from wtisd_model.codes import Code
from wtisd_model.schema.constraints import Pattern, Text, compiled

LINE = Text(500)
"""A title or another text of one line."""

NAME = Text(500, name=True)
"""The name of a person, an organization, a place or a room."""

LONG = Text(10_000, lines=True)
"""A text of several lines."""

Name = Annotated[str, NAME]
"""The name of a person, an organization, a place or a room."""

Note = Annotated[str, LONG]
"""A remark in any language."""

Label = Annotated[str, Text(64, name=True)]
"""A short word or code, such as an acronym."""

IDENTIFIER = Pattern(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?!\n)$", 64, Code.ID_MALFORMED)

Identifier = Annotated[str, IDENTIFIER]
"""An identifier that is unique within its event."""

# Other programs write spaces, even at the ends, and compare the whole.
_UID = r"^ *[!-~][ -~]*(?!\n)$"
UID = Pattern(_UID, 255, Code.UID_MALFORMED)

Uid = Annotated[str, UID]
"""A globally unique identifier (RFC 5545 UID)."""

ExportUid = Annotated[str, Pattern(_UID, IDENTIFIER.maximum + 1 + UID.maximum, Code.UID_MALFORMED)]
"""The uid of an entry in a calendar: that of an event or a session, or made of that and the id of a session."""

_WORD = r"[A-Za-z0-9]++"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOMAIN_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"

# RFC 5321 without quoted local parts and address literals, to which no registration desk can send mail.
EMAIL = Pattern(
    rf"^(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_DOMAIN_LABEL}\.)+(?=[A-Za-z]){_DOMAIN_LABEL}(?!\n)$",
    254,
    Code.EMAIL_MALFORMED,
    format="email",
    # In an address this short no part is too long; the possessive quantifiers never backtrack.
    usual=rf"{_ATOM}+(?:\.{_ATOM}+)*+@(?:{_WORD}(?:-++{_WORD})*+\.)++(?=[A-Za-z]){_WORD}(?:-++{_WORD})*+\Z",
)

Email = Annotated[str, EMAIL]
"""One e-mail address (RFC 5321), in ASCII."""

_E164 = r"\+[1-9][0-9]{1,14}"

PHONE = Pattern(rf"^{_E164}(?!\n)$", 16, Code.PHONE_MALFORMED)

Phone = Annotated[str, PHONE]
"""A telephone number (ITU-T E.164)."""

# Older documents may have hosts and ports that cannot exist: the patterns of fields allow them, a rule finds them.
_ANY_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)"
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
# RFC 1035 section 2.3.4: at most 253 characters; and no top-level domain is a number (RFC 3696 section 2).
_DOMAIN = (
    r"(?=[A-Za-z0-9.-]{1,253}(?![A-Za-z0-9.-]))"
    rf"(?:{_DOMAIN_LABEL}\.)*(?=[0-9]*[A-Za-z-]){_DOMAIN_LABEL}(?![A-Za-z0-9.-])"
)
_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|(?:{_BYTE}\.){{3}}{_BYTE}(?![A-Za-z0-9.-])|{_DOMAIN})"
_PORT = r"(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
# RFC 3986 sections 3.3 to 3.5: a path, a query and a fragment, in which brackets and a second # are not allowed.
_PART = r"(?:[A-Za-z0-9._~:@!$&'()*+,;=/?-]|%[0-9A-Fa-f]{2})*"
_REST = rf"(?:[/?]{_PART})?(?:#{_PART})?"
# No user information: a name before an @ makes a foreign host look like a known one.
_WEB = rf"https?://{_ANY_HOST}(?::[0-9]{{1,5}})?{_REST}"


def has_valid_ipv6(uri: str) -> bool:
    """Return False if a web address has an IPv6 address that cannot exist."""
    bracketed = compiled(r"https?://\[(.*?)\]").match(uri)
    if bracketed is None:
        return True
    # Few web addresses have one, and the module takes as long to load as five of ours.
    from ipaddress import IPv6Address

    try:
        IPv6Address(bracketed[1])
    except ValueError:
        return False
    return True


def has_possible_host(uri: str) -> bool:
    """Return True if host and port of a web address can exist; True for a tel URI."""
    return uri.startswith("tel:") or compiled(rf"https?://{_HOST}(?::{_PORT})?(?=[/?#]|\Z)").match(uri) is not None


WEB_ADDRESS = Pattern(rf"^{_WEB}(?!\n)$", 2048, Code.URI_MALFORMED, format="uri", accepts=has_valid_ipv6)

WebAddress = Annotated[str, WEB_ADDRESS]
"""An http or https address (RFC 3986), in ASCII."""

PAGE_ADDRESS = Pattern(
    # RFC 3986 section 4.2, but for the forms without a scheme that lead to another host, or look like a scheme.
    rf"^(?:{_WEB}|(?:/(?!/)|\.\.?/|[A-Za-z0-9_][A-Za-z0-9._~-]*(?![^/?#])|\?){_PART}(?:#{_PART})?)(?!\n)$",
    2048,
    Code.URI_MALFORMED,
    accepts=has_valid_ipv6,
)
"""The address of another page: a web address, or one from the page that links to it (``../fr/``, ``?language=fr``)."""

CONFERENCE_ADDRESS = Pattern(
    # After the number: a parameter, or pauses, a conference code and a closing #.
    rf"^(?:{_WEB}|tel:{_E164}(?:[,;][0-9A-Za-z=,;*-]*#?)?)(?!\n)$",
    2048,
    Code.URI_MALFORMED,
    format="uri",
    accepts=has_valid_ipv6,
)

ConferenceAddress = Annotated[str, CONFERENCE_ADDRESS]
"""The address of a virtual place: a web address, or a telephone number as a tel URI (RFC 3966)."""

# RFC 8141 section 2, in ASCII: a namespace, and a name in it. No other scheme: somebody may make a link of it.
_URN = r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[A-Za-z0-9._~!$&'()*+,;=:@%-][A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*"

OrganizationIdentifier = Annotated[
    str,
    Pattern(
        rf"^(?:https?://{_HOST}(?::{_PORT})?{_REST}|{_URN})(?!\n)$",
        2048,
        Code.ORGANIZATION_IDENTIFIER_MALFORMED,
        format="uri",
        accepts=has_valid_ipv6,
    ),
]
"""An organization in a registry: the web address of its entry, or a URN (RFC 8141)."""

Goal = Annotated[str, Pattern(r"^(?:1[0-7]|[1-9])(?:\.(?:[1-9][0-9]?|[a-h]))?(?!\n)$", 5, Code.GOAL_UNKNOWN)]
"""A Sustainable Development Goal of the 2030 Agenda, or one of its targets: 9, 9.1, 9.c."""
