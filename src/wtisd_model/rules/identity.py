"""Who is the same person: the comparison behind one registration each and nobody in two sessions at once."""

from unicodedata import normalize

from wtisd_model.types.people import Contact


def same_person(contact: Contact) -> tuple[str, str]:
    """Give what two contacts of the same person have in common: the e-mail address, else the name.

    For comparing only: the case of letters and the way accents are encoded make no difference.

    Source: Unicode Standard section 3.13, canonical caseless matching.
    """
    if contact.email is not None:
        return "email", contact.email.casefold()
    return "name", caseless(contact.name or "")


def caseless(text: str) -> str:
    """Give a text as it is compared: without the case of letters, and in NFC."""
    # Folding may take a text out of NFC, and decomposed text may fold otherwise: so before and after.
    return normalize("NFC", normalize("NFC", text).casefold())
