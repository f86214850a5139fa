"""The direction of a text: left to right, or right to left."""

from unicodedata import bidirectional


def is_rtl(text: str) -> bool | None:
    """Return True if the first strong character of *text* is right-to-left; None if it has none (UAX 9, P2 and P3)."""
    if text.isascii():
        return False if any(map(str.isalpha, text)) else None
    for each in text:
        direction = bidirectional(each)
        if direction == "L":
            return False
        if direction in {"R", "AL"}:
            return True
    return None
