"""Whether two contacts are the same person: nobody registers twice, or is in two sessions at once."""

from unicodedata import normalize

from wtisd_model.types.people import Contact

Identity = tuple[str, str]
"""What contacts of the same person have in common; for comparing only."""


def identity_of(contact: Contact) -> Identity:
    """Return the e-mail address of a contact or, without one, the name, in a form that can be compared.

    Case does not matter, nor does how accents are encoded.

    Source: Unicode Standard section 3.13, canonical caseless matching.
    """
    if contact.email is not None:
        return "email", contact.email.casefold()
    return "name", caseless(contact.name or "")


def caseless(text: str) -> str:
    """Return a text in NFC and without case, for comparing only."""
    # Folding may take a text out of NFC, and decomposed text may fold otherwise: so before and after.
    return normalize("NFC", normalize("NFC", text).casefold())
