"""What stands between the texts that one property holds, for who writes them and for who takes them apart again."""

from typing import Final

BETWEEN_PARAGRAPHS: Final = "\n\n"
"""Between the paragraphs of a DESCRIPTION."""

BETWEEN_PLACES: Final = "; "
"""Between the places of a LOCATION: Outlook takes what a semicolon parts for several."""

BETWEEN_PARTS: Final = ", "
"""Between the name, the room, the address and the town of a place, and the name and the address of a CONTACT."""


def labelled(label: str, address: str) -> str:
    """Write the paragraph of a place to dial in: what it is called, and its address."""
    return f"{label}: {address}"
