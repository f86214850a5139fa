"""UUIDs, slugs and numbers of a schedule: the same ones for the same event, on every machine and for ever."""

import re
from collections.abc import Callable, Iterable
from typing import Final
from unicodedata import normalize
from uuid import UUID

from wtisd_model.types.uid import name_based_uid

UUID_FORM: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_SHORTEST_ACRONYM: Final = 4
_LONGEST_SLUG: Final = 60
_LARGEST_NUMBER: Final = 2**31 - 1


def session_guid(uid: str) -> str:
    """Return the guid of the session that has *uid* in calendars: that uid itself if it is a UUID.

    Source: RFC 9562 section 5.5 (UUID version 5).
    """
    return uid if UUID_FORM.fullmatch(uid) else name_based_uid(uid)


def derived_guid(kind: str, *names: str) -> str:
    """Return the guid of something that has no uid, such as a room, by its kind and what distinguishes it."""
    return name_based_uid("\n".join((kind, *names)))


def slug(text: str) -> str:
    """Return a text in the letters, digits, hyphens and underscores of a slug; empty if fewer than two are left."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    kept = re.sub(r"[^a-z0-9_-]+", "_", plain)[:_LONGEST_SLUG].strip("_-")
    return kept if len(kept) > 1 else ""


def acronym(name: str, year: int) -> str:
    """Return a name as the acronym of a conference, four characters at least; with the year if it is shorter."""
    short = slug(name).replace("-", "_")
    return short if len(short) >= _SHORTEST_ACRONYM else f"{short or 'event'}_{year}"


def distinct(wanted: str, taken: dict[str, int], numbered: Callable[[str, int], str] = "{}_{}".format) -> str:
    """Return a name that is not *taken*, with a number if it has to be, and take it.

    The last number of each name is kept, so that a thousand equal names take no longer than different ones.
    """
    name, number = wanted, taken.get(wanted, 0)
    while name in taken:
        number += 1
        name = numbered(wanted, number + 1)
    taken[wanted] = number
    taken.setdefault(name, 0)
    return name


def numbers(guids: Iterable[str]) -> dict[str, int]:
    """Return a number for each guid: version 1 requires one, and some programs know sessions only by it."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for guid in guids:
        number = UUID(guid).int % _LARGEST_NUMBER + 1
        while number in taken:
            number = number % _LARGEST_NUMBER + 1
        taken.add(number)
        found[guid] = number
    return found
