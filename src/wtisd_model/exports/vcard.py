"""A list of participants as vCards, for those who may see it by the consent of each participant."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.serializer import serialize
from wtisd_model.contentlines.values import encode_keyword, encode_text, encode_uri
from wtisd_model.locales import DEFAULT_LANGUAGE, locale_for
from wtisd_model.model.registration import ListingConsent, Registration, RegistrationState
from wtisd_model.programme.format import Format, listed
from wtisd_model.programme.people import Readers, organization_of, people_named
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.arguments import parse_enum, require_records, require_valid
from wtisd_model.types.identifiers import name_based_uid
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.people import Contact

_LISTED: Final = frozenset({"event_uid", "id", "listing_consent", "organization", "participant", "state"})

FORMAT: Final = Format(
    name="vcard",
    media_type="text/vcard",
    extension=".vcf",
    as_text=listed(Contact="roles"),
    not_carried={
        "Registration": frozenset(spec.name for spec in fields_of(Registration)) - _LISTED,
        **listed(Contact="email id language phone"),
    },
)
"""What is written of a participant who is in the list, without *may_contact*."""

_CONSENTS: Final = {
    ListingConsent.EVERYONE: frozenset({ListingConsent.EVERYONE}),
    ListingConsent.PARTICIPANTS: frozenset({ListingConsent.EVERYONE, ListingConsent.PARTICIPANTS}),
}
"""The consents that suffice for a list, by its audience."""


def to_vcard(
    registrations: Iterable[Registration],
    *,
    audience: ListingConsent | str = ListingConsent.EVERYONE,
    may_contact: Callable[[Registration], bool] | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> bytes:
    """Encode a list of participants as vCards: those who are approved or attended, and agreed to be in the list.

    A list for everyone names people as a programme does: those with a role on stage, and those without a role. Somebody
    who only interprets, for example, is in the list for participants.

    A card has the name, the organization, the job title and the roles of a person; ``listing_consent`` covers no more.
    The organization is the one on badges: that of the registration or, without one, of the participant. There is no N,
    since a name is not divided into parts. The UID of a card is derived from the uid of the event and the id of the
    registration, not from the address, which it would confirm to somebody who guesses it.

    Args:
        registrations: such as ``dossier.registrations``.
        audience: who may read the list: ``everyone``, or ``participants`` for the other participants.
        may_contact: returns True for a person who agreed that readers see the e-mail address, the telephone number and
            the language of correspondence as well, such as in an answer to a question of yours; by default nobody did.
        language: the language of the names of roles.

    Returns:
        UTF-8 with CRLF, in the order of *registrations*; empty if nobody is listed.

    Raises:
        InvalidValueError: ``value-unknown`` for *audience*, such as ``nobody``; ``language-unknown``.
        TypeError: *registrations* is not an iterable of registrations.

    Source: RFC 6350 (vCard 4.0).
    """
    readers = parse_enum(_CONSENTS, audience, "/audience")
    labels = locale_for(require_valid(language, LANGUAGE, "/language"))
    cards: list[bytes] = []
    for registration in require_records(registrations, Registration, "registrations"):
        if registration.state not in _TAKING_PART or registration.listing_consent not in _CONSENTS[readers]:
            continue
        is_public = readers is ListingConsent.EVERYONE
        for participant in people_named(registration, Readers.PUBLIC if is_public else Readers.OFFICE):
            is_reachable = may_contact is not None and may_contact(registration)
            properties = _properties(registration, participant, labels.language, labels.choices["roles"])
            contact = _contact_properties(participant) if is_reachable else ()
            cards.append(serialize(Component("VCARD", [*properties, *contact])))
    return b"".join(cards)


_TAKING_PART: Final = frozenset({RegistrationState.APPROVED, RegistrationState.ATTENDED})


def _properties(
    registration: Registration, participant: Contact, language: str, roles: Mapping[str, str]
) -> Iterator[Property]:
    """Yield what the consent to be in a list covers; VERSION comes first (RFC 6350 section 6.7.9)."""
    uid = name_based_uid(f"VCARD {registration.id} {registration.event_uid}")
    yield Property("VERSION", encode_text("4.0"))
    yield Property("KIND", encode_keyword("individual"))
    yield Property("UID", encode_uri(f"urn:uuid:{uid}"))
    yield Property("FN", encode_text(participant.name or ""))
    organization = organization_of(registration, participant)
    if organization is not None:
        yield Property("ORG", encode_text(organization))
    if participant.job_title is not None:
        yield Property("TITLE", encode_text(participant.job_title))
    for role in sorted(participant.roles):
        yield Property("ROLE", encode_text(roles[role]), {"LANGUAGE": (language,)})


def _contact_properties(participant: Contact) -> Iterator[Property]:
    yield Property("EMAIL", encode_text(participant.email or ""))
    if participant.phone is not None:
        yield Property("TEL", encode_uri(f"tel:{participant.phone}"), {"VALUE": ("uri",)})
    if participant.language is not None:
        yield Property("LANG", encode_text(participant.language))
